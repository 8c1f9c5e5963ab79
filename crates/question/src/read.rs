//! From a text to what it asks.

use std::ops::Range;

use jonbar_record::{ActorId, PactType, Record};

use crate::alone::without_tag;
use crate::calendar::calendar;
use crate::change::{
    Change, Meaning, against_the_attacker, change_of, great_war, merge_fights, stranger, told,
};
use crate::claim::{Says, counts};
use crate::clause::{Clause, clauses, time_clause};
use crate::dates::DateSpan;
use crate::forms;
use crate::heading::heading;
use crate::identifier::by_identifier;
use crate::lengths::lengths;
use crate::lexicon::{Verb, auxiliary, denies, is_it, is_quiet, is_they, is_unpolitical, pact_at};
use crate::order;
use crate::reading::{Ask, Asked, Focus, Form, Found, Reading, Statement};
use crate::sentence::{Sentence, distinct};
use crate::sequels::sequels;
use crate::states::states;
use crate::supposing::{Supposed, is_present, possibility, supposed, war_moved, war_undone};
use crate::text::passages;
use crate::wars::war_asked;

/// What a piece of text speaks of.
pub fn spoken_of(text: &str, record: &Record) -> Focus {
    Sentence::of(text, record).focus(record)
}

/// The words of a text that tell what it is about, folded, without the names of states, dates and denials.
pub fn telling_words(text: &str, record: &Record) -> Vec<String> {
    let s = Sentence::of(text, record);
    let denial = |i: usize| denies(&s.folded[i]);
    let state = |i: usize| {
        s.names.iter().any(|n| n.span.contains(&i) && matches!(n.entity, jonbar_record::Entity::Actor(_)))
    };
    s.telling(0..s.folded.len(), |i| state(i) || denial(i))
}

/// Reads one question.
pub fn read_question(text: &str, record: &Record) -> Vec<Reading> {
    read_text(text, record).0
}

/// Reads a whole discussion: its questions, and the statements it makes or quotes.
pub fn read_text(text: &str, record: &Record) -> (Vec<Reading>, Vec<Statement>) {
    match under_a_heading(text, record) {
        Some(read) => read,
        None => read_plain(text, record),
    }
}

/// The same of a text without a heading.
fn read_plain(text: &str, record: &Record) -> (Vec<Reading>, Vec<Statement>) {
    let passages = passages(text);
    let mut reader = Reader { record, context: Focus::default(), alone: passages.len() == 1 };
    if let Some(read) = reader.scene(&passages) {
        return read;
    }
    let (mut readings, mut statements): (Vec<Reading>, Vec<Statement>) = (Vec::new(), Vec::new());
    if let [passage] = &passages[..]
        && !passage.quoted
    {
        return reader.read_alone(&passage.text);
    }
    for passage in passages {
        let sentence = Sentence::of(&without_tag(&passage.text), record);
        if passage.quoted {
            statements.extend(reader.statement(&sentence));
            continue;
        }
        match reader.question(&sentence) {
            Some(reading) => {
                // The title of a thread asks what its first post asks.
                if !readings.iter().any(|r| same_question(r, &reading)) {
                    readings.push(reading);
                }
            }
            None => statements.extend(reader.statement(&sentence)),
        }
        reader.remember(&sentence);
    }
    (readings, statements)
}

/// A premise is no longer than this, in bytes.
const PREMISE_MAX: usize = 2000;

/// A premise with its heading: "POD: October 1939. Finland gives way to the Soviet demands." `None` if there is none.
fn under_a_heading(text: &str, record: &Record) -> Option<(Vec<Reading>, Vec<Statement>)> {
    if text.len() > PREMISE_MAX {
        return None;
    }
    let (when, rest) = heading(text, record)?;
    let (mut readings, statements) = read_plain(&rest, record);
    let mut premise = false;
    for reading in &mut readings {
        if let Form::WhatIf { focus, .. } = &mut reading.form {
            premise = true;
            focus.window = focus.window.or(when);
        }
    }
    premise.then_some((readings, statements))
}

fn same_question(a: &Reading, b: &Reading) -> bool {
    match (&a.form, &b.form) {
        (Form::WhatIf { changes: x, focus: f, .. }, Form::WhatIf { changes: y, focus: g, .. }) => {
            x == y && (f.window == g.window || f.window.is_none() || g.window.is_none())
        }
        // Two questions that were not understood are the same only if they say the same.
        (Form::NotUnderstood { .. }, Form::NotUnderstood { .. }) => a.text == b.text,
        (x, y) => x == y,
    }
}

/// Reads a text sentence by sentence.
pub(crate) struct Reader<'a> {
    pub(crate) record: &'a Record,
    /// What the discussion was last about, for `they`, `one`, `it`.
    pub(crate) context: Focus,
    /// The sentence is all that is said.
    pub(crate) alone: bool,
}

impl Reader<'_> {
    pub(crate) fn remember(&mut self, sentence: &Sentence) {
        let focus = sentence.focus(self.record);
        // Two states are whom a discussion is about; more are named in passing.
        if focus.actors.len() == 2 || self.context.actors.len() < 2 && !focus.actors.is_empty() {
            self.context.actors = focus.actors;
        }
        if focus.pact.is_some() {
            self.context.pact = focus.pact;
        }
        if focus.named.is_some() {
            self.context.named = focus.named;
        }
        if !focus.territories.is_empty() {
            self.context.territories = focus.territories;
        }
        if focus.window.is_some() {
            self.context.window = focus.window;
        }
        if !focus.people.is_empty() {
            self.context.people = focus.people;
        }
    }

    /// Fills what a sentence leaves to its context, and says so.
    fn fill(&self, focus: &mut Focus, sentence: &Sentence, assumed: &mut Vec<String>) {
        let record = self.record;
        let known = focus.actors.iter().all(|a| self.context.actors.contains(a));
        let they = sentence.folded.iter().any(|w| is_they(w)) && known;
        let it = sentence.folded.iter().any(|w| is_it(w) || w == "then" || w == "there");
        let spoken_of = focus.actors.is_empty() && focus.people.is_empty() && focus.territories.is_empty();
        if self.context.actors.len() >= 2 && (focus.actors.len() < 2 && they || spoken_of && it) {
            focus.actors = self.context.actors.clone();
            let names: Vec<String> = focus.actors.iter().map(|a| record.actors[a.0].in_sentence()).collect();
            let word = if they { "they" } else { "it" };
            assumed.push(format!("\"{word}\": of {}, spoken of before.", names.join(" and ")));
        }
        if focus.pact.is_none()
            && focus.named.is_none()
            && it
            && let Some(pact) = self.context.pact
        {
            focus.pact = Some(pact);
            assumed.push(format!("The agreement meant is a {}.", pact.label()));
        }
        if focus.window.is_none()
            && sentence.has(&["then"])
            && !sentence.starts(&["then"])
            && let Some(window) = self.context.window
        {
            focus.window = Some(window);
            assumed.push(format!("\"then\" is {} to {}.", window.from, window.to));
        }
    }

    pub(crate) fn question(&self, s: &Sentence) -> Option<Reading> {
        if let Some(reading) = by_identifier(self.record, s) {
            return Some(reading);
        }
        let supposed = supposed(s, self.alone);
        let undone = supposed.as_ref().and_then(|x| {
            let moved = war_moved(self.record, s, &x.range).map(Some);
            moved.or_else(|| war_undone(self.record, s, &x.range))
        });
        if let Some(Some((plainly, told))) = undone {
            let mut reading = self.question(&Sentence::of(&plainly, self.record))?;
            reading.text.clone_from(&s.text);
            reading.assumed.push(told);
            return Some(reading);
        }
        if let Some(reading) = self.dated_by_event(s) {
            return Some(reading);
        }
        let (mut assumed, mut not_understood) = (s.read_as.clone(), Vec::new());
        let focus = s.focus(self.record);
        let unpolitical = (0..s.folded.len()).find(|&i| {
            is_unpolitical(&s.folded[i]) && s.folded.get(i + 1..).is_some_and(|w| pact_at(w).is_some())
        });
        let form = match supposed {
            _ if unpolitical.is_some() && s.is_question() => {
                let words = unpolitical.map(|i| s.quote(&(i..i + 2))).unwrap_or_default();
                not_understood.push(format!("\"{words}\": the casebook has political pacts only."));
                Form::NotUnderstood { focus }
            }
            Some(_) if undone.is_some() => {
                not_understood.push("A war that never happened is read only as the one change.".to_owned());
                Form::NotUnderstood { focus }
            }
            Some(supposed) => self.what_if(s, focus, &supposed, &mut assumed, &mut not_understood),
            None => match self.other_form(s, focus, &mut assumed, &mut not_understood) {
                Some(form) if !matches!(form, Form::NotUnderstood { .. }) => form,
                refused => match self.alone.then(|| self.told(s)).flatten() {
                    Some(told) if refused.is_none() || matches!(told.form, Form::WhatIf { .. }) => {
                        return Some(told);
                    }
                    _ => refused?,
                },
            },
        };
        if matches!(form, Form::NotUnderstood { .. }) {
            if !s.strangers.is_empty() && !not_understood.contains(&stranger(self.record, s)) {
                not_understood.push(stranger(self.record, s));
            }
            if not_understood.is_empty() {
                not_understood.push(format!("\"{}\" was not understood.", s.text));
            }
        }
        Some(Reading { text: s.text.clone(), form, assumed, not_understood })
    }

    /// "Who was prime minister of Hungary when it joined the Tripartite Pact?": what stood at the time of something else.
    fn dated_by_event(&self, s: &Sentence) -> Option<Reading> {
        let (main, when) = when_clause(s)?;
        let mut reading = self.question(&Sentence::of(&format!("{main}?"), self.record))?;
        let Form::Fact { ask, focus, .. } = &mut reading.form else { return None };
        let stands =
            matches!(ask, Ask::Office | Ask::InForce | Ask::Relations | Ask::Territory | Ask::Regime);
        if !stands || focus.window.is_some() {
            return None;
        }
        let pronoun =
            |w: &&str| matches!(w.to_lowercase().as_str(), "it" | "they" | "he" | "she" | "them" | "him");
        let it = when.split(' ').any(|w| pronoun(&w));
        let of_person = focus.people.iter().find_map(|p| self.record.people[p.0].actor);
        let who = focus.actors.first().copied().or(of_person);
        let name = |a: ActorId| self.record.actors[a.0].in_sentence();
        // "When the pact with Germany was signed": with Germany, by whom the question is about.
        let said = Sentence::of(&when, self.record).actors();
        focus.at = Some(match who {
            Some(who) if it => {
                let named = |w| if pronoun(&w) { name(who) } else { w.to_owned() };
                when.split(' ').map(named).collect::<Vec<_>>().join(" ")
            }
            Some(who) if said.len() == 1 && !said.contains(&who) && signed_with(&when) => {
                format!("{when} by {}", name(who))
            }
            _ => when,
        });
        reading.text.clone_from(&s.text);
        Some(reading)
    }

    /// Every form but the what-if; `None` for what is no question.
    fn other_form(
        &self,
        s: &Sentence,
        mut focus: Focus,
        assumed: &mut Vec<String>,
        not_understood: &mut Vec<String>,
    ) -> Option<Form> {
        let refused = |focus: Focus| Some(Form::NotUnderstood { focus });
        if let Some(group) = forms::members_of(s) {
            return Some(Form::Members { group });
        }
        if let Some((form, note)) = war_asked(self.record, s, &focus) {
            assumed.extend(note);
            return Some(form);
        }
        if let Some((one, other)) = order::between(s) {
            return Some(Form::Between { one, other });
        }
        if let Some(of) = order::afterwards(s) {
            return Some(Form::Afterwards { of, focus });
        }
        let unclear_party = !s.strangers.is_empty() && focus.actors.len() < 2 && s.is_question();
        if let Some(group) = forms::unmarked_group(s)
            && s.pact().is_some()
            && s.is_question()
        {
            not_understood.push(format!(
                "\"{group}\" is not a group of states that the casebook marks; name states, or ask of all."
            ));
            return refused(focus);
        }
        if let Some(claim) = calendar(self.record, s) {
            assumed.extend(claim.assumed.iter().cloned());
            return Some(Form::Calendar { claim: Box::new(claim) });
        }
        if let Some(claim) = lengths(self.record, s) {
            assumed.extend(claim.assumed.iter().cloned());
            return Some(Form::Lengths { claim: Box::new(claim) });
        }
        if let Some(claim) = sequels(self.record, s) {
            assumed.extend(claim.assumed.iter().cloned());
            return Some(Form::Sequels { claim: Box::new(claim) });
        }
        if let Some(claim) = states(self.record, s) {
            assumed.extend(claim.assumed.iter().cloned());
            return Some(Form::States { claim: Box::new(claim) });
        }
        if focus.pact.is_none() {
            // "They were a bad omen": a sentence about pacts in general may say only "they" or "the term".
            let alone = self.alone && s.starts(&["they"]) && focus.is_empty();
            let pact = self.context.pact.or(alone.then_some(PactType::Nonaggression));
            let general = Focus { pact, ..focus.clone() };
            if let Some(form) = forms::generalisation(self.record, s, &general) {
                assumed.extend(pacts_meant(&form, general.pact));
                assumed.extend(claim_assumed(&form));
                return Some(form);
            }
        }
        self.fill(&mut focus, s, assumed);
        if let Some(form) = forms::generalisation(self.record, s, &focus) {
            assumed.extend(claim_assumed(&form));
            return Some(form);
        }
        if let Some(form) = forms::comparison(s, &focus, &self.context) {
            return Some(form);
        }
        if let Some(form) = forms::contrast(self.record, s, &focus, &self.context, assumed) {
            return Some(form);
        }
        // "Poland never signed an alliance with Czechoslovakia", said alone, asks whether it did.
        let past = !is_present(s, &(s.opening()..s.folded.len()));
        let denied =
            self.alone && past && !s.is_question() && forms::denies_an_act(s) && focus.actors.len() == 2;
        let fact = forms::is_fact(s) || denied;
        if forms::is_motive(s) && !s.has_phrase(&["why", "not"]) {
            if focus.is_empty() || unclear_party {
                return if s.is_question() { refused(focus) } else { None };
            }
            not_understood.extend(not_used(s, false));
            return Some(Form::Motive { focus });
        }
        if focus.actors.len() == 2 && s.pact().is_some() && s.is_question() && possibility(s) {
            assumed.push("Read as a what-if: see there how likely the change was.".to_owned());
            // "Is it plausible that ..."
            let that = s.folded.iter().position(|w| w == "that").map_or(s.opening(), |i| i + 1);
            let clause = Clause::of(s, that..s.folded.len());
            return match change_of(self.record, s, &clause, &focus, &[]) {
                Meaning::Changes(changes, notes) => {
                    assumed.extend(notes);
                    Some(Form::WhatIf { changes, asked: Vec::new(), focus })
                }
                Meaning::Refused(why) => {
                    not_understood.push(why);
                    refused(focus)
                }
            };
        }
        if !fact {
            return if s.is_question() { refused(focus) } else { None };
        }
        if s.has(&["would", "might"]) {
            not_understood.push("\"would\" needs an \"if\": say what is changed.".to_owned());
            return refused(focus);
        }
        // Entries that name both would not say which had more; "more than once" compares nobody.
        let more = |w: &[String]| matches!(w[0].as_str(), "more" | "fewer" | "less") && w[1] != "than";
        if focus.actors.len() >= 2 && s.folded.windows(2).any(more) && s.has(&["than", "or"]) {
            not_understood.push(
                "Which of two states had more is answered where a sentence says so: \"Germany attacked more often than Italy.\" \
                 \"Germany broke more pacts than Italy.\" So with demands and changes of land."
                    .to_owned(),
            );
            return refused(focus);
        }
        // "Was the Soviet Union ever thrown out of the League?"
        let others = s.has(&["quit", "left", "leave", "leaving", "withdrew"]);
        if s.has_phrase(&["thrown", "out", "of", "the", "league"]) && !others {
            let words = vec!["expelled".to_owned(), "league".to_owned()];
            return Some(Form::LookUp { words, focus: Focus { actors: focus.actors, ..Focus::default() } });
        }
        let Some(ask) = forms::fact_asked(s) else {
            return match forms::looked_up(s, &focus) {
                Some(words) => Some(Form::LookUp { focus, words }),
                None => refused(focus),
            };
        };
        // Of exits from the League expulsions are told by their words alone.
        let expelled = s.folded.iter().find(|w| w.starts_with("expel") || w.starts_with("expul"));
        if ask == Ask::League
            && let Some(expelled) = expelled
        {
            return Some(Form::LookUp {
                words: vec![expelled.clone(), "league".to_owned()],
                focus: Focus::default(),
            });
        }
        // "By the end of 1939": until then.
        let by_then = |d: &DateSpan| {
            let end = s.before(d.words.0, 1) == "of" && s.before(d.words.0, 2) == "end";
            // "Up to the end of 1940"
            let up_to = s.has_phrase(&["up", "to"]) && matches!(s.before(d.words.0, 1), "of" | "to" | "the");
            if up_to {
                return true;
            }
            let the = usize::from(s.before(d.words.0, 1) == "the");
            s.before(d.words.0, 1 + the) == "by" || end && s.before(d.words.0, 4) == "by"
        };
        // "Before the one they signed in 1932": until then too.
        let before_one = |d: &DateSpan| {
            let before = s.folded[..d.words.0].iter().rposition(|w| w == "before");
            before.is_some_and(|i| {
                i + 2 < d.words.0
                    && s.folded[i + 1] == "the"
                    && matches!(s.folded[i + 2].as_str(), "one" | "ones")
            })
        };
        if let (Some(window), [date]) = (&mut focus.window, &s.dates[..])
            && (by_then(date) || before_one(date))
        {
            window.from = self.record.span.from;
        }
        // "The ultimatums to the Baltic states": to each of them, unless it is asked which.
        let of_group = forms::names_all_of_a_group(s);
        if of_group {
            let members = s.groups.iter().flat_map(|g| g.members.iter().copied());
            let members: Vec<ActorId> = members.filter(|m| !focus.actors.contains(m)).collect();
            focus.actors.extend(members);
        }
        // "Did Hitler and Stalin ever have a deal?": their states.
        let of_pacts = matches!(ask, Ask::Signed | Ask::InForce | Ask::Broken | Ask::Proposed | Ask::Ended);
        if of_pacts && focus.actors.is_empty() && focus.named.is_none() && focus.people.len() == 2 {
            let states = focus.people.iter().filter_map(|p| self.record.people[p.0].actor);
            focus.actors = distinct(states);
            let who: Vec<String> =
                focus.people.iter().map(|p| self.record.people[p.0].name.clone()).collect();
            assumed.push(format!("{} stand for their states.", who.join(" and ")));
            focus.people.clear();
        }
        // "Was Hungary allied with anybody?", "Who was obliged to defend Czechoslovakia?"
        if ask == Ask::InForce && focus.pact.is_none() && focus.named.is_none() && forms::of_alliances(s) {
            focus.pact = Some(PactType::Defence);
        }
        // "Did the Baltic states form an alliance of their own?": among its members.
        let mut of_group = of_group;
        if let [group] = &s.groups[..]
            && of_pacts
            && focus.actors.is_empty()
            && forms::among_themselves(s)
        {
            focus.actors.clone_from(&group.members);
            of_group = true;
        }
        // "Which pacts were signed in 1934?": by whomever.
        let of_a_time = ask.is_list()
            && (!forms::asks_yes_or_no(s) || s.has(&["anybody", "anyone", "any"]))
            && (focus.window.is_some() || ask == Ask::League)
            && s.strangers.is_empty();
        if focus.is_empty() && !of_a_time || unclear_party {
            if focus.is_empty() && s.strangers.is_empty() {
                not_understood.push("Of whom? Name a state, a person, a territory or a pact.".to_owned());
            }
            return refused(focus);
        }
        let found = if denied { Found::Contrary } else { forms::found_means(s, ask) };
        // Of relations the whole course is listed, whatever is denied of it.
        if found == Found::Open && ask != Ask::Relations && forms::denials(s) % 2 == 1 {
            not_understood.push("Lists of what did not happen are not made; ask for what did.".to_owned());
            return refused(focus);
        }
        // "Which of the Baltic states", "any great power": whoever answers for others than those asked about answers another question.
        let whom = forms::unused(s).into_iter().find(|&i| {
            s.in_group(i) && !of_group
                || matches!(
                    s.folded[i].as_str(),
                    "great" | "small" | "minor" | "major" | "weak" | "democratic"
                )
        });
        if let Some(i) = whom {
            not_understood
                .push(format!("\"{}\": facts are listed by state, not by sort of state.", s.words[i].raw));
            return refused(focus);
        }
        // "Who signed for Poland at Locarno as foreign minister?": who was it then.
        let place = s.labels.iter().find(|&&i| s.before(i, 1) == "at");
        match place.filter(|_| ask == Ask::Office && focus.window.is_none()) {
            Some(&place) => focus.at = Some(format!("at {}", s.words[place].raw)),
            None => not_understood.extend(not_used(s, of_group)),
        }
        let by = forms::fact_agent(s, ask);
        Some(Form::Fact { ask, by, found, focus })
    }

    pub(crate) fn what_if(
        &self,
        s: &Sentence,
        focus: Focus,
        supposed: &Supposed,
        assumed: &mut Vec<String>,
        not_understood: &mut Vec<String>,
    ) -> Form {
        let range = supposed.range.clone();
        // "No Anglo-German Naval Agreement": none of the pacts that there are.
        let unpolitical = range.clone().find(|&i| {
            is_unpolitical(&s.folded[i]) && s.folded.get(i + 1..).is_some_and(|w| pact_at(w).is_some())
        });
        if let Some(i) = unpolitical {
            not_understood
                .push(format!("\"{}\": the casebook has political pacts only.", s.quote(&(i..i + 2))));
            return Form::NotUnderstood { focus };
        }
        let they: Vec<ActorId> =
            if self.context.actors.len() == 2 { self.context.actors.clone() } else { Vec::new() };
        let mut spoken_of = focus.clone();
        // The outcome asked for may have a date of its own, and so may a treaty named in it ("the 1935 treaty"), which dates nothing.
        let tells_when = s.dates.iter().all(|d| !s.names_a_pact(d));
        spoken_of.window = s.window_in(&range).or(focus.window.filter(|_| tells_when));
        self.fill(&mut spoken_of, s, assumed);
        let when = time_clause(s, &range).filter(|_| spoken_of.window.is_none());
        spoken_of.at = when.as_ref().map(|at| s.quote(at));
        let mut changes: Vec<Change> = Vec::new();
        let mut left_out: Vec<usize> = Vec::new();
        let mut refused = Vec::new();
        let mut subject: Vec<ActorId> = if supposed.who.is_empty() {
            Vec::new()
        } else {
            Clause::of(s, supposed.who.clone()).everybody(self.record)
        };
        let mut he = self.context.people.last().copied();
        for (number, range) in clauses(s, range).into_iter().enumerate() {
            let mut clause = Clause::of(s, range.clone());
            clause.denied ^= supposed.without && number == 0;
            clause.inherited = subject;
            // Whoever a time is told by takes no part: "when Hitler met Franco".
            if let Some(when) = &when {
                clause.groups.retain(|g| !when.contains(&g.span.start));
            }
            // "Zog caves. He signs ...", "his health holds up and he stays".
            if matches!(s.folded[range.start].as_str(), "he" | "she")
                && let Some(person) = he
            {
                clause.name_person(range.start, person);
            }
            subject = clause.subject(self.record);
            he = clause.people().last().copied().or(he);
            match change_of(self.record, s, &clause, &spoken_of, &they) {
                Meaning::Changes(read, notes) => {
                    assumed.extend(notes);
                    left_out.extend(clause.left_out);
                    for change in read {
                        if !changes.contains(&change) {
                            changes.push(change);
                        }
                    }
                }
                Meaning::Refused(why) => match told(self.record, s, &clause, &why) {
                    Some(told) => changes.push(told),
                    None => refused.push(why),
                },
            }
        }
        // "If Dollfuss survives, would the Anschluss still have come in 1938?": that dates what is asked, and no office.
        let of_people = |c: &Change| {
            matches!(
                c,
                Change::Keep { .. } | Change::Leave { .. } | Change::Bar { .. } | Change::Appoint { .. }
            )
        };
        if !changes.is_empty() && changes.iter().all(of_people) {
            spoken_of.window = s.window_in(&supposed.range);
        }
        assumed.extend(against_the_attacker(self.record, &mut changes));
        if let Some(when) = merge_fights(self.record, &mut changes) {
            spoken_of.window = spoken_of.window.or(Some(when));
        }
        not_understood.extend(refused);
        if changes.is_empty() {
            return Form::NotUnderstood { focus };
        }
        // A state that is not known, or a part that denies or turns round what is understood, is no small matter.
        let doubtful: Vec<String> = self.doubts(s, &changes);
        if !doubtful.is_empty() {
            not_understood.extend(doubtful);
            return Form::NotUnderstood { focus };
        }
        let words: Vec<String> = left_out
            .iter()
            .filter(|i| !s.labels.contains(i) && !when.as_ref().is_some_and(|when| when.contains(i)))
            .map(|i| format!("\"{}\"", s.words[*i].raw))
            .collect();
        if !words.is_empty() {
            not_understood.push(format!("{}: not in the model.", words.join(", ")));
        }
        if s.has(&["clause", "article", "wording", "word", "protocol"])
            && changes.iter().any(|c| matches!(c, Change::Sign { .. }))
        {
            assumed.push(
                "The text of a pact (its clauses and wording) is outside the model: the pact is added as one of its type."
                    .to_owned(),
            );
        }
        let mut asked: Vec<Asked> = Vec::new();
        for rest in supposed.rests(s) {
            let weighty = rest.clone().any(|i| !s.in_date(i) && !is_quiet(&s.folded[i]));
            match self.asked(s, rest.clone(), &changes) {
                Some(found) => asked.extend(found),
                None if weighty => assumed.push(format!(
                    "\"{}\" is not read as an outcome to ask for; what concerns the states involved is shown.",
                    s.quote(&rest)
                )),
                None => {}
            }
        }
        Form::WhatIf { changes, asked, focus: spoken_of }
    }

    /// What is asked about the changes: "would Germany have attacked it anyway by 1941?"
    pub(crate) fn asked(&self, s: &Sentence, rest: Range<usize>, changes: &[Change]) -> Option<Vec<Asked>> {
        let (outcomes, stands) = self.outcomes(s, rest.clone(), changes)?;
        // "After 1939", "not before 1940", "between 1938 and 1939": only a time until which is one that can be counted.
        let dates = || s.dates.iter().filter(|d| rest.contains(&d.words.0) && !s.names_a_pact(d));
        let until = |d: &DateSpan| {
            let lead = |n: usize| s.before(d.words.0, n);
            matches!(lead(1), "by" | "before" | "in" | "on" | "until" | "of" | "the" | "at" | "end")
                && !matches!(lead(2), "not" | "only" | "after" | "since")
                || s.folded[d.words.0] == "by"
        };
        if dates().any(|d| d.range || !until(d)) {
            return None;
        }
        let by = dates().map(|d| d.window.to).max();
        let asks = |c: &Change| {
            !matches!(
                c,
                Change::Keep { .. }
                    | Change::Leave { .. }
                    | Change::Bar { .. }
                    | Change::Appoint { .. }
                    | Change::Told { .. }
                    | Change::Prevent { .. }
                    | Change::Move { .. }
                    | Change::NoCoup { .. }
            )
        };
        outcomes
            .iter()
            .all(asks)
            .then(|| outcomes.into_iter().map(|what| Asked { what, by, stands }).collect())
    }

    /// The outcomes, and whether they are asked for as what stands.
    fn outcomes(&self, s: &Sentence, rest: Range<usize>, changes: &[Change]) -> Option<(Vec<Change>, bool)> {
        let record = self.record;
        // "Would WW2 still have happened?"
        let said = s.quote(&rest).to_lowercase();
        let whole = ["ww2", "wwii", "second world war", "world war two", "world war ii", "world war 2"];
        if whole.iter().any(|w| said.contains(w))
            && let Some(war) = great_war(record)
        {
            let war = &record.events[war.0];
            let (by, on) = (war.actors.first().copied(), war.targets.first().copied());
            return Some((vec![Change::NoAttack { by, on, land: false }], false));
        }
        let mut clause = Clause::of(s, rest.clone());
        // "It" is who does or does not do what is changed.
        let who = changes.first().and_then(Change::subject);
        let it = rest
            .clone()
            .find(|&i| matches!(s.folded[i].as_str(), "it" | "them" | "they" | "he" | "him" | "she" | "her"));
        if let (Some(who), Some(at)) = (who, it) {
            clause.name(at, who);
        }
        let has = |words: &[&str]| rest.clone().any(|i| words.contains(&s.folded[i].as_str()));
        let states = clause.everybody(record);
        // "Do they have normal relations by 1925?"
        if states.len() == 2 && has(&["relations"]) && !has(&["break", "broken", "sever"]) {
            return Some((vec![Change::Relations { actors: states }], true));
        }
        // "Is it still in the Tripartite Pact?"
        let inside = has(&["in", "part", "member"]) && has(&["is", "be", "been", "remain", "stay"]);
        if let Some(pact) = clause.named_pact.map(|p| &record.pacts[p.0]).filter(|_| inside) {
            let who = states
                .iter()
                .copied()
                .chain(who)
                .find(|a| !pact.is_bilateral() || pact.parties.contains(a))?;
            let pairs: Vec<_> = pact.parties.iter().filter(|p| **p != who).map(|p| (who, *p)).collect();
            let actors = std::iter::once(who).chain(pairs.iter().map(|p| p.1)).collect();
            return Some((vec![Change::Sign { pact: Some(pact.main_type()), actors, pairs }], true));
        }
        // "Would Italy still have got Fiume?"
        let gets = has(&["get", "gets", "got"]);
        if gets && !matches!(clause.verb, Some(Verb::Take | Verb::Sign)) {
            clause.verb = Some(Verb::Take);
            clause.unknown_verb = None;
            clause.denied = false;
        }
        let focus = Focus { window: None, ..Focus::default() };
        let read = |clause: &Clause| match change_of(record, s, clause, &focus, &[]) {
            Meaning::Changes(changes, _) => Some(changes),
            Meaning::Refused(_) => None,
        };
        // Whether it comes and whether it does not is one question; a part may be missing only in the second.
        let found = read(&clause).or_else(|| {
            clause.denied = !clause.denied;
            read(&clause)
        });
        Some((found?, false))
    }

    /// Strangers in the place of a party.
    fn doubts(&self, s: &Sentence, changes: &[Change]) -> Vec<String> {
        let lacking = changes.iter().any(|c| match c {
            Change::Sign { pairs, .. } => pairs.is_empty(),
            Change::NoPact { actors, named, .. } | Change::Move { actors, named, .. } => {
                actors.len() < 2 && named.is_none()
            }
            Change::Relations { actors } => actors.len() < 2,
            Change::Answer { holder, claimant, .. } => holder.is_none() && claimant.is_none(),
            _ => false,
        });
        let party = |i: usize| {
            let word = |j: Option<usize>| j.and_then(|j| s.folded.get(j)).map_or("", String::as_str);
            matches!(word(i.checked_sub(1)), "and" | "with" | "by" | "between" | "if" | "of")
                || word(Some(i + 1)) == "and" && s.in_name(i + 2)
                || auxiliary(word(Some(i + 1))).is_some() && !s.gap(i + 1).contains(',')
        };
        let strange = s.strangers.iter().any(|i| lacking || party(*i));
        if strange { vec![stranger(self.record, s)] } else { Vec::new() }
    }

    pub(crate) fn statement(&self, s: &Sentence) -> Option<Statement> {
        // "More often than Italy after 1933" tells of no one event.
        if s.has(&["than"]) && counts(&s.text) {
            return None;
        }
        let focus = s.focus(self.record);
        (!focus.is_empty() || !s.dates.is_empty() || s.has(&["further", "dormant"])).then(|| Statement {
            text: s.text.clone(),
            focus,
            dates: s.dates.clone(),
            words: s.folded.clone(),
            places: s.places(),
        })
    }
}

fn claim_assumed(form: &Form) -> Vec<String> {
    match form {
        Form::BaseRate { claim, .. } => claim.assumed.clone(),
        _ => Vec::new(),
    }
}

/// Which pacts a sentence is about that does not name their type.
fn pacts_meant(form: &Form, context: Option<PactType>) -> Option<String> {
    let demands = matches!(form, Form::BaseRate { claim, .. } if claim.of.unit.has_direction());
    // "Having an ally" has named it.
    if matches!(form, Form::BaseRate { claim, .. } if claim.of.pact.is_some()) && context.is_none() {
        return None;
    }
    let needs_type = match form {
        Form::Trend { .. } => true,
        Form::BaseRate { claim, .. } => claim.says == Says::Omen,
        _ => false,
    };
    match context {
        _ if demands => None,
        Some(pact) => Some(format!("The agreements meant are {}s.", pact.label())),
        None if needs_type => Some(format!("The agreements meant are {}s.", PactType::Nonaggression.label())),
        None => Some("No type of pact is named: all are counted but peace treaties.".to_owned()),
    }
}

/// "The pact with Germany was signed": by whom is left to the sentence before.
fn signed_with(when: &str) -> bool {
    let words: Vec<String> = crate::text::words_of(when).into_iter().map(|w| w.folded).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let pact = (0..words.len()).any(|i| pact_at(&words[i..]).is_some());
    pact && has(&["with"]) && has(&["was", "were"])
}

/// A question cut at "when" or "at the time", where words of both parts remain.
fn when_clause(s: &Sentence) -> Option<(String, String)> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let asks = matches!(
        word(s.opening()),
        "who" | "was" | "were" | "did" | "what" | "which" | "how" | "had" | "is" | "has" | "whose"
    );
    let opening = s.opening() + 2;
    let cut = (opening..s.folded.len()).find_map(|i| match (word(i), word(i + 1), word(i + 2)) {
        ("when", ..) => Some((i, i + 1)),
        ("at", "the", "time") | ("on", "the", "day") => Some((i, i + 3 + usize::from(word(i + 3) == "that"))),
        // "The night the ultimatum arrived"
        ("the", "night" | "day" | "morning" | "evening" | "moment" | "year" | "week", _)
            if word(i + 2) != "of" =>
        {
            Some((i, i + 2 + usize::from(word(i + 2) == "that")))
        }
        _ => None,
    });
    let (end, start) = cut.filter(|(_, start)| asks && s.is_question() && start + 1 < s.words.len())?;
    let main = s.text[..s.words[end].at].trim_end().to_owned();
    let when = s.text[s.words[start].at..].trim_end_matches(['?', ' ', '.']).to_owned();
    Some((main, when))
}

/// Words that a question spends on nothing the answer uses.
fn not_used(s: &Sentence, of_group: bool) -> Option<String> {
    let unused = forms::unused(s).into_iter().filter(|i| !(of_group && s.in_group(*i)));
    let words: Vec<String> = unused.map(|i| format!("\"{}\"", s.words[i].raw)).collect();
    (!words.is_empty()).then(|| {
        format!("Not used: {}. What is listed may therefore answer a wider question.", words.join(", "))
    })
}
