//! One sentence with everything found in it: names, dates, and words that look like names and are none.

use std::collections::HashMap;
use std::ops::Range;

use jonbar_record::{
    ActorId, Entity, GroupId, NameKind, Office, PactId, PactType, PersonId, Record, TerritoryId, Window,
    misspelling,
};

use crate::dates::{DateSpan, find_dates, find_periods, month_of};
use crate::lexicon::{
    Verb, auxiliary, is_demand_noun, is_parliament, is_quiet, is_talks_noun, office_at, pact_at,
};
use crate::reading::Focus;
use crate::text::{Word, words_of};

/// A name found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) entity: Entity,
    pub(crate) kind: NameKind,
    /// Its words.
    pub(crate) span: Range<usize>,
}

/// A group of states as a sentence calls it.
#[derive(Clone, Debug)]
pub(crate) struct GroupName {
    pub(crate) group: GroupId,
    /// Who belongs to it.
    pub(crate) members: Vec<ActorId>,
    /// Its words.
    pub(crate) span: Range<usize>,
}

/// A sentence with everything found in it.
pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
    pub(crate) folded: Vec<String>,
    pub(crate) names: Vec<Name>,
    pub(crate) dates: Vec<DateSpan>,
    /// Groups of states and their words: "the Baltic states".
    pub(crate) groups: Vec<GroupName>,
    /// Wars called by a name: their positions in the record, and their words.
    pub(crate) wars: Vec<(usize, Range<usize>)>,
    /// Words that look like names and are in no casebook.
    pub(crate) strangers: Vec<usize>,
    /// Words that say where or by whom something was agreed: `Munich terms`, `at Montreux`.
    pub(crate) labels: Vec<usize>,
    /// How misspelt names and titles were read.
    pub(crate) read_as: Vec<String>,
    /// Names that several people have, and the time does not tell which is meant.
    namesakes: Vec<Range<usize>>,
}

/// Whether a surname in lower case is hardly any other word: "dollfuss", and not "beck" or "young".
fn rare(name: &str) -> bool {
    name.len() >= 6 && Verb::of(name).is_none() && !is_quiet(name) && auxiliary(name).is_none()
}

/// What is of the state whose capital stands behind it.
const OF_THE_STATE: [&str; 8] =
    ["charge", "coup", "putsch", "power", "office", "revolution", "government", "cabinet"];

/// Nouns that turn the capital before them into a meeting place.
const MEETINGS: [&str; 14] = [
    "award",
    "awards",
    "talks",
    "conference",
    "draft",
    "pact",
    "protocol",
    "convention",
    "agreement",
    "negotiations",
    "accord",
    "accords",
    "meeting",
    "military",
];

/// First halves of double names, with the name they stand for.
const PREFIXES: [(&str, &str); 10] = [
    ("anglo", "Britain"),
    ("franco", "France"),
    ("italo", "Italy"),
    ("sino", "China"),
    ("russo", "Russia"),
    ("greco", "Greece"),
    ("graeco", "Greece"),
    ("austro", "Austria"),
    ("turco", "Turkey"),
    ("romano", "Romania"),
];

/// A time that is longer than this tells no namesakes apart.
const NEAR_DAYS: i32 = 800;

/// Names that are also common words: they need their capital.
const NEEDS_CAPITAL: [&str; 12] = [
    "split",
    "may",
    "us",
    "the states",
    "turkey",
    "pole",
    "china",
    "reich",
    "lett",
    "consulta",
    "vichy",
    "walk",
];

/// What many sentences of one text need again and again: the names of groups and wars as words, and how words that are no names were
/// read.
pub(crate) struct Speller<'r> {
    states: Vec<&'r str>,
    known: HashMap<String, Option<&'r str>>,
    groups: Called,
    wars: Called,
}

impl<'r> Speller<'r> {
    pub(crate) fn new(record: &'r Record) -> Speller<'r> {
        let names = record
            .actors
            .iter()
            .flat_map(|a| std::iter::once(&a.name).chain(&a.aliases).chain(&a.demonyms))
            .map(String::as_str);
        let groups = record.groups.iter().map(|g| std::iter::once(&g.name).chain(&g.aliases));
        let wars = record.wars.iter().map(|w| std::iter::once(&w.name).chain(&w.aliases));
        Speller {
            states: names.filter(|n| !n.contains(' ')).collect(),
            known: HashMap::new(),
            groups: Called::new(groups),
            wars: Called::new(wars),
        }
    }

    fn misspelt(&mut self, word: &str) -> Option<&'r str> {
        if let Some(found) = self.known.get(word) {
            return *found;
        }
        let found = misspelling(word, self.states.iter().copied());
        self.known.insert(word.to_owned(), found);
        found
    }
}

/// Things called by names of several words: each name with the number of the thing, and which names begin with a word.
struct Called {
    names: Vec<(usize, Vec<String>)>,
    by_first: HashMap<String, Vec<usize>>,
}

impl Called {
    fn new<'n>(things: impl Iterator<Item = impl Iterator<Item = &'n String>>) -> Called {
        let words = |name: &String| words_of(name).into_iter().map(|w| w.folded).collect::<Vec<_>>();
        let names = things.enumerate().flat_map(|(number, all)| all.map(move |name| (number, words(name))));
        let names: Vec<(usize, Vec<String>)> = names.filter(|(_, words)| !words.is_empty()).collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, (_, words)) in names.iter().enumerate() {
            by_first.entry(words[0].clone()).or_default().push(i);
        }
        Called { names, by_first }
    }

    /// Names that may stand in a sentence, in order.
    fn in_words(&self, folded: &[String]) -> impl Iterator<Item = &(usize, Vec<String>)> {
        let mut found: Vec<usize> =
            folded.iter().filter_map(|w| self.by_first.get(w)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| &self.names[i])
    }
}

impl Sentence {
    pub(crate) fn of(text: &str, record: &Record) -> Sentence {
        let mut sentence = Sentence::spelt(text, record, &mut Speller::new(record));
        // "Did Chamberlain sign the Locarno treaties?": whoever was in office then.
        let signed = sentence.named_pact().map(|p| &record.pacts[p.0].signed);
        sentence.settle_namesakes(record, signed.map(|s| Window { from: s.earliest, to: s.latest }));
        // Of other namesakes who is asked about is the one that governed.
        for span in std::mem::take(&mut sentence.namesakes) {
            let all = record.gazetteer.find(&sentence.folded[span.clone()].join(" "));
            let people =
                all.iter().filter_map(|(e, _)| if let Entity::Person(p) = e { Some(*p) } else { None });
            if let Some(person) = people.max_by_key(|p| (governed(record, *p), std::cmp::Reverse(*p))) {
                sentence.add_person(record, person, span);
            }
        }
        sentence.names.sort_by_key(|n| n.span.start);
        sentence
    }

    fn add_person(&mut self, record: &Record, person: PersonId, span: Range<usize>) {
        self.read_as.push(format!("\"{}\" is read as {}.", self.quote(&span), record.people[person.0].name));
        self.names.push(Name { entity: Entity::Person(person), kind: NameKind::Name, span });
    }

    /// The same, with a memory of spellings for many sentences.
    pub(crate) fn spelt<'r>(text: &str, record: &'r Record, speller: &mut Speller<'r>) -> Sentence {
        let words = words_of(text);
        let folded: Vec<String> = words.iter().map(|w| w.folded.clone()).collect();
        let mut dates = find_dates(&folded);
        dates.extend(find_periods(&folded, record.span));
        dates.sort_by_key(|d| d.words);
        let mut sentence = Sentence {
            text: text.to_owned(),
            words,
            folded,
            names: Vec::new(),
            dates,
            groups: Vec::new(),
            wars: Vec::new(),
            strangers: Vec::new(),
            labels: Vec::new(),
            read_as: Vec::new(),
            namesakes: Vec::new(),
        };
        sentence.find_names(record);
        sentence.part_namesakes(record);
        sentence.find_groups(record, &speller.groups);
        // "The victors of 1918": a year that is part of a name dates nothing.
        let groups: Vec<Range<usize>> = sentence.groups.iter().map(|g| g.span.clone()).collect();
        sentence.dates.retain(|d| !groups.iter().any(|g| g.contains(&d.words.0)));
        sentence.find_wars(&speller.wars);
        sentence.find_strangers(record, speller);
        sentence.find_titles(record);
        sentence.names.sort_by_key(|n| n.span.start);
        sentence
    }

    fn find_names(&mut self, record: &Record) {
        // Who writes without capitals writes names without them too.
        let caseless = self.words.iter().skip(1).all(|w| !w.raw.starts_with(char::is_uppercase));
        let mut i = 0;
        while i < self.folded.len() {
            if self.in_date(i) {
                i += 1;
                continue;
            }
            // "Franco-Soviet", and "Franco Soviet", but not "Franco's government".
            let after = &self.text[self.words[i].at + self.words[i].raw.len()..];
            let first_half = || {
                after.starts_with(['-', '–', '/'])
                    || self.folded.get(i + 1).is_some_and(|next| {
                        record.gazetteer.find(next).iter().any(|(_, kind)| *kind == NameKind::Demonym)
                    })
            };
            let prefix = PREFIXES.iter().find(|(p, _)| *p == self.folded[i]).filter(|_| first_half());
            if let Some((entity, _)) = prefix.and_then(|(_, name)| record.gazetteer.find(name).first()) {
                self.names.push(Name { entity: *entity, kind: NameKind::Demonym, span: i..i + 1 });
                i += 1;
                continue;
            }
            let Some((taken, found)) = record.gazetteer.longest_at(&self.folded[i..]) else {
                i += 1;
                continue;
            };
            // "The Treaty of Rapallo" may be either of two.
            let one_pact = found.iter().filter(|(entity, _)| matches!(entity, Entity::Pact(_))).count() == 1;
            let capital = self.words[i].raw.starts_with(char::is_uppercase);
            let next = self.folded.get(i + taken).map_or("", String::as_str);
            let previous = i.checked_sub(1).map_or("", |p| self.folded[p].as_str());
            let name = self.folded[i..i + taken].join(" ");
            // "A coup in Sofia" is one against the government there.
            let of_the_state =
                previous == "in" && i > 1 && OF_THE_STATE.contains(&self.folded[i - 2].as_str());
            for &(entity, kind) in found {
                let meeting_place = kind == NameKind::Metonym
                    && !of_the_state
                    && (matches!(previous, "in" | "at" | "near") || MEETINGS.contains(&next));
                // A surname in lower case may be any word; a state rarely is.
                let lower_case = match entity {
                    Entity::Person(_) | Entity::Place(_) => caseless && (taken > 1 || rare(&name)),
                    _ => caseless || !NEEDS_CAPITAL.contains(&name.as_str()) && name.len() > 3,
                };
                let code = kind == NameKind::Code
                    && self.words[i].raw.chars().any(|c| c.is_alphabetic() && !c.is_uppercase());
                if (capital || lower_case) && !meeting_place && !code {
                    self.names.push(Name { entity, kind, span: i..i + taken });
                    // A pact of two known by name stands for its parties too.
                    if let Entity::Pact(p) = entity
                        && one_pact
                        && record.pacts[p.0].is_bilateral()
                    {
                        let parties = record.pacts[p.0].parties.iter();
                        self.names.extend(parties.map(|a| Name {
                            entity: Entity::Actor(*a),
                            kind: NameKind::Demonym,
                            span: i..i + taken,
                        }));
                    }
                }
            }
            i += taken;
        }
    }

    /// Of several people with one name the one that held an office in the time of the sentence.
    fn part_namesakes(&mut self, record: &Record) {
        let person = |n: &Name| if let Entity::Person(p) = n.entity { Some(p) } else { None };
        let mut spans: Vec<Range<usize>> = Vec::new();
        for name in self.names.iter().filter(|n| person(n).is_some()) {
            if !spans.contains(&name.span) {
                spans.push(name.span.clone());
            }
        }
        let window = self.window().filter(|w| w.to.0 - w.from.0 < NEAR_DAYS);
        self.settle(record, spans, window);
    }

    /// The same once more for namesakes left over, by the time spoken of before.
    pub(crate) fn settle_namesakes(&mut self, record: &Record, window: Option<Window>) {
        let spans = std::mem::take(&mut self.namesakes);
        for span in &spans {
            let all = record.gazetteer.find(&self.folded[span.clone()].join(" "));
            let people = all.iter().filter(|(e, _)| matches!(e, Entity::Person(_)));
            let names = people.map(|&(entity, kind)| Name { entity, kind, span: span.clone() });
            self.names.extend(names);
        }
        self.settle(record, spans, window);
        self.names.sort_by_key(|n| n.span.start);
    }

    fn settle(&mut self, record: &Record, spans: Vec<Range<usize>>, window: Option<Window>) {
        let person = |n: &Name| if let Entity::Person(p) = n.entity { Some(p) } else { None };
        for span in spans {
            let same: Vec<PersonId> =
                self.names.iter().filter(|n| n.span == span).filter_map(person).collect();
            if same.len() < 2 {
                continue;
            }
            let then = |p: &&PersonId| window.is_some_and(|w| in_office(record, **p, w));
            let mut meant = same.iter().filter(then);
            let one = meant.next().copied().filter(|_| meant.next().is_none());
            self.names.retain(|n| n.span != span || person(n).is_none());
            match one {
                Some(one) => self.add_person(record, one, span),
                None => self.namesakes.push(span),
            }
        }
    }

    fn find_groups(&mut self, record: &Record, groups: &Called) {
        for (number, words) in groups.in_words(&self.folded) {
            let here = |&i: &usize| self.folded[i..].starts_with(words) && !self.in_group(i);
            let found = (0..(self.folded.len() + 1).saturating_sub(words.len())).find(here);
            self.groups.extend(found.map(|i| GroupName {
                group: GroupId(*number),
                span: i..i + words.len(),
                members: record.groups[*number].members.clone(),
            }));
        }
    }

    /// The longest name of a war wherever one stands.
    fn find_wars(&mut self, wars: &Called) {
        for (number, words) in wars.in_words(&self.folded) {
            let here = |i: &usize| self.folded[*i..].starts_with(words);
            let Some(i) = (0..self.folded.len()).find(here) else { continue };
            let span = i..i + words.len();
            let inside = |other: &Range<usize>| other.start <= span.start && span.end <= other.end;
            if !self.wars.iter().any(|(_, other)| inside(other)) {
                self.wars.retain(|(_, other)| !(span.start <= other.start && other.end <= span.end));
                self.wars.push((*number, span));
            }
        }
    }

    /// A word that is part of a war's name.
    pub(crate) fn in_war(&self, word: usize) -> bool {
        self.wars.iter().any(|(_, span)| span.contains(&word))
    }

    /// Capitalised words inside the sentence that are no name: misspelt ones are read as what they are close to, and
    /// said to be.
    fn find_strangers<'r>(&mut self, record: &'r Record, speller: &mut Speller<'r>) {
        let caseless = self.words.iter().skip(1).all(|w| !w.raw.starts_with(char::is_uppercase));
        for i in 0..self.folded.len() {
            let word = self.folded[i].clone();
            let known = self.in_name(i)
                || self.in_group(i)
                || self.in_war(i)
                || self.in_date(i)
                || self.namesakes.iter().any(|span| span.contains(&i));
            let common = Verb::of(&word).is_some()
                || auxiliary(&word).is_some()
                || pact_at(&self.folded[i..]).is_some()
                || is_quiet(&word)
                || is_talks_noun(&word)
                || is_parliament(&word)
                || is_demand_noun(&word);
            if known || common || word.len() < 4 {
                continue;
            }
            let raw = self.words[i].raw.clone();
            // "Walk" is a word, and no Valga; Saint-Germain is no Germany.
            let part = i > 0 && self.gap(i) == "-";
            let name = !part && (caseless || raw.starts_with(char::is_uppercase));
            if let Some(name) = speller.misspelt(&word).filter(|_| name)
                && let Some(&(entity, kind)) = record.gazetteer.find(name).first()
            {
                self.read_as.push(format!("\"{raw}\" is read as {name}."));
                self.names.push(Name { entity, kind, span: i..i + 1 });
                continue;
            }
            // The first word of a sentence has its capital anyway, and so have months and continents.
            let place = matches!(word.as_str(), "europe" | "european" | "eastern" | "western" | "central");
            if place || month_of(&word).is_some() || i == 0 || !raw.starts_with(char::is_uppercase) {
                continue;
            }
            let before = i.checked_sub(1).map_or("", |p| self.folded[p].as_str());
            let after = &self.folded[(i + 1).min(self.folded.len())..];
            let noun = after.iter().take_while(|w| is_quiet(w)).count();
            let describes = |w: &String| is_talks_noun(w) || is_demand_noun(w) || pact_word(w);
            let label = matches!(before, "in" | "at" | "near" | "from")
                || after.first().is_some_and(describes)
                || noun == 1 && after.get(1).is_some_and(describes);
            // A place of the casebook passed over as a meeting place is no stranger.
            let place = record.gazetteer.find(&word).iter().any(|(_, k)| *k == NameKind::Metonym);
            if label || place {
                self.labels.push(i);
            } else {
                self.strangers.push(i);
            }
        }
    }

    /// `the Soviet foreign minister`, with a date, is a person.
    fn find_titles(&mut self, record: &Record) {
        let Some(window) = self.window().filter(|w| w.to.0 - w.from.0 < 370) else { return };
        for i in 1..self.folded.len() {
            let Some((office, taken)) = office_at(&self.folded[i..]) else { continue };
            // "Who held the Romanian foreign ministry?": the office, and nobody in it.
            if self.folded[i..i + taken].iter().any(|w| matches!(w.as_str(), "ministry" | "commissariat")) {
                continue;
            }
            let state =
                self.names.iter().find(|n| n.span.end == i && n.kind != NameKind::Metonym).map(|n| n.entity);
            if let Some(Entity::Actor(actor)) = state
                && let Some(person) = record.office_holder(actor, office, window.from)
            {
                self.read_as.push(format!(
                    "The {} {} of {} is {}.",
                    record.actors[actor.0].adjective(),
                    office.label(),
                    window.from.long(),
                    record.people[person.0].name
                ));
                self.names.push(Name {
                    entity: Entity::Person(person),
                    kind: NameKind::Name,
                    span: i..i + taken,
                });
            }
        }
    }

    /// The words of a range that tell something: no dates and no small words, and none of those left out.
    pub(crate) fn telling(&self, range: Range<usize>, left_out: impl Fn(usize) -> bool) -> Vec<String> {
        let tells = |i: &usize| {
            let word = &self.folded[*i];
            !self.in_date(*i) && !is_quiet(word) && auxiliary(word).is_none() && !left_out(*i)
        };
        range.filter(tells).map(|i| self.folded[i].clone()).collect()
    }

    /// A word that is part of a date.
    pub(crate) fn in_date(&self, word: usize) -> bool {
        self.dates.iter().any(|d| (d.words.0..d.words.1).contains(&word))
    }

    /// A word that is part of a name.
    pub(crate) fn in_name(&self, word: usize) -> bool {
        self.names.iter().any(|n| n.span.contains(&word))
    }

    /// A word that is part of a group's name.
    pub(crate) fn in_group(&self, word: usize) -> bool {
        self.groups.iter().any(|g| g.span.contains(&word))
    }

    /// The word so many places before another; empty where there is none.
    pub(crate) fn before(&self, word: usize, places: usize) -> &str {
        word.checked_sub(places).map_or("", |i| self.folded[i].as_str())
    }

    pub(crate) fn has(&self, words: &[&str]) -> bool {
        self.folded.iter().any(|w| words.contains(&w.as_str()))
    }

    pub(crate) fn has_phrase(&self, phrase: &[&str]) -> bool {
        self.folded.windows(phrase.len()).any(|w| w.iter().zip(phrase).all(|(a, b)| a == b))
    }

    /// Position of its first real word.
    pub(crate) fn opening(&self) -> usize {
        const OPENERS: [&str; 16] = [
            "and",
            "so",
            "but",
            "well",
            "ok",
            "also",
            "pc",
            "wi",
            "ahc",
            "hi",
            "then",
            "otherwise",
            "pod",
            "atl",
            "dbwi",
            "hypothetically",
        ];
        self.folded.iter().take_while(|w| OPENERS.contains(&w.as_str())).count()
    }

    pub(crate) fn starts(&self, phrase: &[&str]) -> bool {
        let rest = &self.folded[self.opening().min(self.folded.len())..];
        rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(a, b)| a == b)
    }

    pub(crate) fn is_question(&self) -> bool {
        let text = self.text.trim_end();
        let marked = text.trim_end_matches(')').trim_end().ends_with('?') || self.text.contains("? (");
        marked || !text.ends_with(['.', '!', ':', ';']) && self.asks_unmarked()
    }

    /// Who writes without a mark asks too: "when did Finland lose Viipuri", "in what year did the US recognise the Soviets".
    fn asks_unmarked(&self) -> bool {
        let word = |i: usize| self.folded.get(self.opening() + i).map_or("", String::as_str);
        let helps =
            |w: &str| matches!(w, "did" | "was" | "were" | "is" | "are" | "has" | "had" | "does" | "do");
        match word(0) {
            "did" | "didnt" => true,
            "when" | "where" | "who" | "which" | "why" if helps(word(1)) => true,
            // "which alliances was poland bound by"
            "which" | "what" => (2..=5).any(|i| matches!(word(i), "did" | "was" | "were" | "had")),
            "how" => helps(word(1)) || matches!(word(1), "long" | "many" | "often" | "much"),
            "in" | "on" => matches!(word(1), "what" | "which") && helps(word(3)),
            _ => false,
        }
    }

    pub(crate) fn actors(&self) -> Vec<ActorId> {
        distinct(
            self.names.iter().filter_map(|n| if let Entity::Actor(a) = n.entity { Some(a) } else { None }),
        )
    }

    /// Actors in order of mention, repeats included: position of the first word and actor.
    pub(crate) fn mentions(&self) -> Vec<(usize, ActorId)> {
        self.names
            .iter()
            .filter_map(|n| if let Entity::Actor(a) = n.entity { Some((n.span.start, a)) } else { None })
            .collect()
    }

    fn people(&self) -> Vec<PersonId> {
        distinct(
            self.names.iter().filter_map(|n| if let Entity::Person(p) = n.entity { Some(p) } else { None }),
        )
    }

    pub(crate) fn has_people(&self) -> bool {
        !self.people().is_empty()
    }

    pub(crate) fn territories(&self) -> Vec<TerritoryId> {
        distinct(
            self.names
                .iter()
                .filter_map(|n| if let Entity::Territory(t) = n.entity { Some(t) } else { None }),
        )
    }

    pub(crate) fn named_pact(&self) -> Option<PactId> {
        self.names.iter().find_map(|n| if let Entity::Pact(p) = n.entity { Some(p) } else { None })
    }

    pub(crate) fn places(&self) -> Vec<usize> {
        self.names
            .iter()
            .filter_map(|n| if let Entity::Place(p) = n.entity { Some(p) } else { None })
            .collect()
    }

    /// The pact spoken of: type if named, and whether one is spoken of at all.
    pub(crate) fn pact(&self) -> Option<Option<PactType>> {
        let found: Vec<Option<PactType>> =
            (0..self.folded.len()).filter_map(|i| pact_at(&self.folded[i..])).map(|(t, _)| t).collect();
        found.iter().find(|t| t.is_some()).copied().or(found.first().copied())
    }

    pub(crate) fn window(&self) -> Option<Window> {
        self.window_in(&(0..self.folded.len()))
    }

    /// The time that a range of words speaks of.
    pub(crate) fn window_in(&self, range: &Range<usize>) -> Option<Window> {
        let here = || self.dates.iter().filter(|d| range.contains(&d.words.0));
        let tells_when = |d: &&DateSpan| !self.names_a_pact(d);
        // A date to the day, often in brackets, says more than a period.
        let best = here().find(|d| d.exact).or(here().find(tells_when)).or(here().next())?;
        Some(best.window)
    }

    /// Whether a date says which pact is meant, and not when: "honoured the 1934 pact in 1939".
    pub(crate) fn names_a_pact(&self, date: &DateSpan) -> bool {
        self.folded.get(date.words.1).is_some_and(pact_word)
    }

    /// The labels as typed, with the places of the casebook among the names.
    pub(crate) fn label_words(&self, record: &Record) -> Vec<String> {
        let raw = |i: usize| {
            let word = &self.words[i].raw;
            word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word).to_owned()
        };
        let places = self.places().into_iter().map(|p| record.places[p].name.clone());
        distinct(self.labels.iter().map(|i| raw(*i)).chain(places))
    }

    pub(crate) fn focus(&self, record: &Record) -> Focus {
        Focus {
            actors: self.actors(),
            pact: self.pact().flatten(),
            named: self.named_pact(),
            territories: self.territories(),
            people: self.people(),
            // "King Alexander" says who he is, and asks for no office.
            office: (0..self.folded.len())
                .filter_map(|i| office_at(&self.folded[i..]).map(|(office, taken)| (office, i + taken)))
                .find(|(_, end)| {
                    let person = |n: &Name| {
                        (n.span.start == *end || n.span.contains(&(*end - 1)))
                            && matches!(n.entity, Entity::Person(_))
                    };
                    !self.names.iter().any(person)
                })
                .map(|(office, _)| office),
            labels: self.label_words(record),
            ultimatum: self.has(&["ultimatum", "ultimatums"]),
            window: self.window(),
            at: None,
        }
    }

    /// What stands between a word and the one before it.
    pub(crate) fn gap(&self, i: usize) -> &str {
        let (Some(before), Some(word)) =
            (i.checked_sub(1).and_then(|j| self.words.get(j)), self.words.get(i))
        else {
            return "";
        };
        self.text.get(before.at + before.raw.len()..word.at).unwrap_or("")
    }

    /// The words of a range as typed.
    pub(crate) fn quote(&self, range: &Range<usize>) -> String {
        self.words[range.clone()].iter().map(|w| w.raw.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Whether somebody held an office at any time in a window.
fn in_office(record: &Record, person: PersonId, window: Window) -> bool {
    let state = record.people[person.0].actor;
    let tenures = |office: Office| state.map_or(Vec::new(), |state| record.tenures(state, office));
    Office::ALL.iter().any(|office| tenures(*office).iter().any(|(p, w)| *p == person && w.meets(window)))
}

/// Days for which somebody was head of government, or whoever really governed.
fn governed(record: &Record, person: PersonId) -> i32 {
    let state = record.people[person.0].actor;
    let offices = [Office::HeadOfGovernment, Office::Leader];
    let tenures = offices.into_iter().flat_map(|o| state.map_or(Vec::new(), |s| record.tenures(s, o)));
    tenures.filter(|(p, _)| *p == person).map(|(_, w)| w.to.0 - w.from.0).sum()
}

fn pact_word(word: &String) -> bool {
    pact_at(std::slice::from_ref(word)).is_some()
}

pub(crate) fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}
