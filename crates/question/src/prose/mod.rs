//! Statements about events in running text: an essay, a post, a whole thread.
//!
//! A text is cut into paragraphs, sentences and clauses; a clause that speaks of an event of a known sort, and says of whom
//! or when, is an [`Assertion`]. Whether it is true is not asked here. Questions, conditions, predictions and opinions are
//! passed over.

mod called;
mod cut;
mod html;
mod kinds;
mod layout;
mod roles;
mod rules;
mod times;
mod triggers;

use std::collections::HashSet;
use std::ops::Range;

use jonbar_record::{
    ActorId, Day, Entity, EventKind, Office, PactId, PactType, PersonId, Record, TerritoryId, Window,
};

use crate::lexicon::{auxiliary, is_quiet, office_at};
use crate::sentence::{Name, Sentence, Speller, distinct};
use crate::text::sentences;

use called::{namesake, signed_at, signed_there};
use cut::cut;
use kinds::{refine, types};
use layout::{blocks, pieces, without_addresses, without_list_numbers};
use roles::{
    agents, bystanders, conditional, denials, is_by_the_way, receivers, signers, sphere, stranger, taker,
    unheard,
};
use rules::rule;
pub use times::Time;
use triggers::{Found, triggers};
pub use triggers::{only_talk, related};

/// Something that a text says happened.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// Its words, as they are read.
    pub text: String,
    /// Sorts of event that it may speak of, the likeliest first; empty where no word says which.
    pub kinds: Vec<EventKind>,
    /// States named in it, people and capitals standing for theirs.
    pub actors: Vec<ActorId>,
    /// Of those, the ones named as states, not by a person.
    pub by_name: Vec<ActorId>,
    /// Of the states those that only the sentences before name.
    pub supplied: Vec<ActorId>,
    /// States that act in it, where that can be told.
    pub agents: Vec<ActorId>,
    /// States spoken of before, which it may leave out.
    pub spoken_of: Vec<ActorId>,
    /// People named.
    pub people: Vec<PersonId>,
    /// Of those, the ones named before the verb.
    pub subjects: Vec<PersonId>,
    /// Lands named.
    pub territories: Vec<TerritoryId>,
    /// Pacts called by name.
    pub pacts: Vec<PactId>,
    /// Type of pact.
    pub pact: Option<PactType>,
    /// Every type of obligation named: "a treaty of guarantee and neutrality".
    pub types: Vec<PactType>,
    /// Office spoken of.
    pub office: Option<Office>,
    /// Whose office: "foreign minister of Poland", "the Polish foreign minister".
    pub office_of: Option<ActorId>,
    /// Somebody called by an office: "the French prime minister Barthou".
    pub titled: Option<(PersonId, Office)>,
    /// Somebody said to have taken an office or signed, by a name that the casebook does not know.
    pub stranger: Option<String>,
    /// Names that an entry must have to be meant, of states and agreements that the casebook does not know.
    pub unheard: Vec<String>,
    /// Places named that the casebook does not know: "at Mudanya".
    pub places: Vec<String>,
    /// Where something is said to have been signed: "signed at Warsaw".
    pub signed_at: Option<String>,
    /// States said to come by land: "Mosul is assigned to Turkey".
    pub receivers: Vec<ActorId>,
    /// Whose sphere is spoken of.
    pub sphere: Option<ActorId>,
    /// Somebody said to come after another in an office.
    pub taker: Option<PersonId>,
    /// By whom something is said to have been signed.
    pub signers: Vec<PersonId>,
    /// Of the states named, those that stand by, as subjects of something else: "Yugoslavia did nothing".
    pub bystanders: Vec<ActorId>,
    /// When, as far as it says so itself.
    pub time: Option<Time>,
    /// The time spoken of before.
    pub around: Option<Window>,
    /// It says that something was so, not that it came about: "was prime minister".
    pub lasting: bool,
    /// It says that this did not happen.
    pub denied: bool,
    /// It says that somebody refused to do this.
    pub refused: bool,
    /// It leaves the verb to the clause before: "Estonia in May".
    pub elliptic: bool,
    /// Its words, folded, without names and dates.
    pub words: Vec<String>,
}

/// Sorts of event that the words of a text may tell of.
pub fn kinds_told(text: &str) -> Vec<EventKind> {
    let words: Vec<String> = crate::text::words_of(text).into_iter().map(|w| w.folded).collect();
    triggers(&words).into_iter().flat_map(|f| f.kinds.iter().copied()).collect()
}

/// Every assertion of a text, in order. HTML is read as the text it shows.
pub fn assertions(text: &str, record: &Record) -> Vec<Assertion> {
    let html = html::is_html(text).then(|| html::Shown::of(text));
    let text = &without_addresses(html.as_ref().map_or(text, |shown| &shown.text));
    let text = &without_list_numbers(text);
    let mut reader = Reader {
        record,
        speller: Speller::new(record),
        context: Context::default(),
        subject: None,
        elsewhere: false,
        heading: None,
        out: Vec::new(),
    };
    let mut seen: HashSet<String> = HashSet::new();
    for block in blocks(text) {
        reader.elsewhere = false;
        reader.heading = None;
        for sentence in sentences(&text[block.clone()]).into_iter().flat_map(pieces) {
            let start = crate::text::offset_of(sentence, text);
            // A thread repeats posts where it quotes them; once is enough.
            if sentence.len() > 24 && !seen.insert(sentence.to_owned()) {
                continue;
            }
            reader.sentence(sentence, start);
        }
    }
    if let Some(shown) = html {
        for a in &mut reader.out {
            a.span = shown.source(a.span.start)..shown.source_end(a.span.end);
        }
    }
    reader.out
}

/// A group of states of no more members than this is read as each of them.
const GROUP_MAX: usize = 3;

/// "On 14 May 1926, with his regiments masters of the capital, the president resigned": a date in front of a sentence dates a later clause
/// too, unless another stands between them, or that clause tells of another time or of somebody spoken of before.
fn fronted<'t>(s: &Sentence, clause: &Range<usize>, times: &'t [Time]) -> Option<&'t Time> {
    let mut before = times.iter().filter(|t| t.words.0 < clause.start);
    let time = before.next().filter(|_| before.next().is_none())?;
    const APART: [&str; 14] = [
        "which", "who", "whom", "whose", "that", "after", "before", "since", "because", "although", "though",
        "where", "until", "when",
    ];
    let first = s.folded[clause.start].as_str();
    let later = [
        "later",
        "afterwards",
        "next",
        "then",
        "soon",
        "following",
        "earlier",
        "within",
        "eventually",
        "finally",
        "by",
        "end",
        "ended",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
    ];
    let otherwise = s.folded[clause.clone()].iter().any(|w| later.contains(&w.as_str()));
    let front = time.words.0 <= 2 && clause.start >= time.words.1 && time.exact;
    (front && !APART.contains(&first) && !otherwise).then_some(time)
}

/// What was spoken of last.
#[derive(Default)]
struct Context {
    /// States of the last clause that named any.
    actors: Vec<ActorId>,
    /// States of the one before, kept while the last named a single one.
    pair: Vec<ActorId>,
    time: Option<Window>,
    /// Years named, the last at the end.
    years: Vec<i32>,
    kinds: Vec<EventKind>,
    pact: Option<PactType>,
    pacts: Vec<PactId>,
    territories: Vec<TerritoryId>,
}

struct Reader<'r> {
    record: &'r Record,
    speller: Speller<'r>,
    context: Context,
    /// Whom the sentence before was about.
    subject: Option<ActorId>,
    /// The paragraph tells of another timeline.
    elsewhere: bool,
    /// A date that stands as a sentence of its own, as in a chronicle, and belongs to the rest of the paragraph.
    heading: Option<Time>,
    out: Vec<Assertion>,
}

impl Reader<'_> {
    fn sentence(&mut self, text: &str, start: usize) {
        let mut s = Sentence::spelt(text, self.record, &mut self.speller);
        s.settle_namesakes(self.record, self.context.time);
        if s.folded.is_empty() {
            return;
        }
        let capital = |i: usize| s.words[i].raw.starts_with(char::is_uppercase);
        let times = times::times(&s.folded, &capital, self.context.time, &self.context.years);
        let near = Window { from: self.record.span.from.plus(-1500), to: self.record.span.to.plus(1500) };
        // The Pacts of May are dated by no month.
        let named = |t: &Time| {
            let inside = |n: &Name| n.span.start <= t.words.0 && t.words.1 <= n.span.end;
            s.names.iter().any(|n| matches!(n.entity, Entity::Pact(_)) && inside(n))
        };
        let times: Vec<Time> = times
            .into_iter()
            .filter(|t| !named(t))
            .filter(|t| t.windows.iter().any(|w| w.to >= near.from && w.from <= near.to))
            .collect();
        // "7 March 1936. German troops enter the Rhineland."
        let covers = |t: &Time| t.words.0 <= 1 && t.words.1 >= s.folded.len();
        let alone = self.context.time.and_then(|before| times::heading(&s.folded, before));
        let covering = times.iter().find(|t| covers(t)).cloned().filter(|_| s.folded.len() <= 4);
        if let Some(time) = covering.or(alone) {
            self.context.time = time.windows.first().copied();
            self.context.years.extend(time.windows.first().map(|w| w.from.year()));
            self.heading = Some(Time { words: (usize::MAX, usize::MAX), ..time });
            return;
        }
        let heading = self.heading.clone();
        let found = triggers(&s.folded);
        let question = s.is_question();
        // What a writer of alternate history tells of "this timeline" is not said of ours.
        if s.has(&["ittl", "ttl", "atl", "pod"]) {
            self.elsewhere = true;
        } else if s.has(&["otl"]) {
            self.elsewhere = false;
        }
        // "It was not Britain but France that ..." says who did and who did not: more than one entry tells.
        let contrast = s.folded[0] == "it"
            && s.folded.get(1).is_some_and(|w| matches!(w.as_str(), "wasnt" | "was" | "isnt"))
            && s.has(&["but"])
            && s.folded.iter().take(4).any(|w| matches!(w.as_str(), "wasnt" | "not" | "isnt"));
        // What came before what is not told by one entry either.
        let beside_pact = (0..s.folded.len()).any(|i| {
            matches!(s.folded[i].as_str(), "before" | "after")
                && s.names
                    .iter()
                    .any(|n| matches!(n.entity, Entity::Pact(_)) && (i + 1..=i + 2).contains(&n.span.start))
        });
        let order = beside_pact || s.has_phrase(&["came", "before"]) || s.has_phrase(&["came", "after"]);
        let told = contrast
            || order
            || matches!(s.folded[0].as_str(), "name" | "list" | "explain" | "discuss" | "without");
        let clauses = cut(&s, &found, &times);
        self.subject = self.context.actors.first().copied();
        let mut hypothetical = false;
        for (n, clause) in clauses.iter().enumerate() {
            hypothetical |= conditional(&s, clause);
            // "Poland tore it up, so what is there to mourn?" asks in its last part only.
            let asks = question
                && (n + 1 == clauses.len()
                    || s.folded[clause.clone()].iter().take(3).any(|w| {
                        matches!(
                            w.as_str(),
                            "what"
                                | "why"
                                | "who"
                                | "whether"
                                | "did"
                                | "how"
                                | "could"
                                | "was"
                                | "were"
                                | "is"
                                | "when"
                        )
                    }));
            let skip = asks
                || hypothetical
                || told
                || self.elsewhere
                || self.foretold(&s, clause, &found)
                || rule(&s, clause, &times);
            // What had been so before that day is not dated by it.
            let past = s.folded[clause.clone()].iter().any(|w| matches!(w.as_str(), "had" | "been"));
            let heading = heading.as_ref().or(fronted(&s, clause, &times)).filter(|_| !past);
            if let Some(mut assertion) = self.clause(&s, clause, &found, (&times, heading), skip) {
                let first = &s.words[clause.start];
                let last = &s.words[clause.end - 1];
                let within = first.at..last.at + last.raw.len();
                assertion.text =
                    text.get(within.clone()).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
                assertion.span = start + within.start..start + within.end;
                self.out.push(assertion);
            }
        }
    }

    /// "Announced that it would stay out": a future that somebody spoke of.
    fn announced(&self, s: &Sentence, clause: &Range<usize>) -> bool {
        let said =
            |j: usize| matches!(s.folded[j].as_str(), "announced" | "declared" | "announces" | "declares");
        clause.clone().any(|i| s.folded[i] == "would" && (clause.start..i).rev().take(5).any(said))
    }

    /// Said of a future or a supposed past.
    fn foretold(&self, s: &Sentence, clause: &Range<usize>, found: &[Found]) -> bool {
        // "Threatened to denounce its pact should Polish troops enter": a condition behind what was done. "Agreed that the Saar should go" is none.
        let named = |i: usize| s.names.iter().any(|n| n.span.end == i);
        if self.announced(s, clause) {
            return false;
        }
        let told = found.iter().find(|f| clause.contains(&f.at) && !f.noun).map_or(clause.end, |f| f.at);
        clause.clone().any(|i| {
            let word = s.folded[i].as_str();
            (word != "should" || i < told || named(i))
                && matches!(
                    word,
                    "would"
                        | "could"
                        | "might"
                        | "will"
                        | "shall"
                        | "wouldnt"
                        | "couldnt"
                        | "hed"
                        | "theyd"
                        | "wont"
                        | "maybe"
                        | "perhaps"
                        | "should"
                        | "wait"
                )
        })
    }

    fn clause(
        &mut self,
        s: &Sentence,
        clause: &Range<usize>,
        found: &[Found],
        (times, heading): (&[Time], Option<&Time>),
        skip: bool,
    ) -> Option<Assertion> {
        let record = self.record;
        let inside = |i: usize| clause.contains(&i);
        let names: Vec<_> = s
            .names
            .iter()
            .filter(|n| inside(n.span.start) && !is_by_the_way(s, n.span.start, n.entity))
            .collect();
        let mut actors: Vec<ActorId> = Vec::new();
        let (mut people, mut territories, mut pacts) = (Vec::new(), Vec::new(), Vec::new());
        let mut placed: Vec<(usize, ActorId)> = Vec::new();
        for name in &names {
            match name.entity {
                Entity::Actor(a) => placed.push((name.span.start, a)),
                Entity::Person(p) => {
                    people.push(p);
                    placed.extend(record.people[p.0].actor.map(|a| (name.span.start, a)));
                }
                Entity::Territory(t) => territories.push(t),
                Entity::Pact(p) => pacts.push(p),
                Entity::Place(_) => {}
            }
        }
        // "The three Baltic states formed their Entente": each of a few, of what they did together.
        let told = || found.iter().filter(|f| inside(f.at));
        let verb = told().filter(|f| !f.noun).map(|f| f.at).min();
        let verb = verb.filter(|_| told().any(|f| f.kinds.contains(&EventKind::PactSigned)));
        for group in s.groups.iter().filter(|g| inside(g.span.start) && g.members.len() <= GROUP_MAX) {
            let whole = (1..=2).any(|n| s.before(group.span.start, n) == "the")
                && s.names.iter().all(|n| n.span.start != group.span.start);
            let states =
                matches!(s.folded[group.span.end - 1].as_str(), "states" | "countries" | "republics");
            if whole && states && verb.is_some_and(|verb| group.span.end <= verb) {
                placed.extend(group.members.iter().map(|a| (group.span.start, *a)));
            }
        }
        // "who replaced him": the name just before is meant.
        if matches!(s.folded[clause.start].as_str(), "who" | "which" | "that")
            && let Some(name) =
                s.names.iter().rfind(|n| n.span.end <= clause.start && n.span.end + 2 > clause.start)
        {
            match name.entity {
                Entity::Actor(a) => placed.push((clause.start, a)),
                Entity::Person(p) => {
                    people.insert(0, p);
                    placed.extend(record.people[p.0].actor.map(|a| (clause.start, a)));
                }
                Entity::Pact(p) => pacts.push(p),
                _ => {}
            }
        }
        // The parties of a pact called by its name are not named themselves.
        let in_pact =
            |at: usize| names.iter().any(|n| matches!(n.entity, Entity::Pact(_)) && n.span.contains(&at));
        let by_name = distinct(names.iter().filter_map(|n| match n.entity {
            Entity::Actor(a) if !in_pact(n.span.start) => Some(a),
            _ => None,
        }));
        placed.sort_unstable();
        actors.extend(distinct(placed.iter().map(|(_, a)| *a)));
        let hits: Vec<&Found> = found.iter().filter(|f| inside(f.at)).collect();
        // "Reaffirmed their 1932 pact in November 1938": a year that names a pact dates nothing, and the closer time is meant.
        let names_pact = |t: &&Time| {
            let year = t.words.1 == t.words.0 + 1 && s.folded[t.words.0].len() == 4;
            year && t.words.1 < clause.end
                && crate::lexicon::pact_at(&s.folded[t.words.1..clause.end]).is_some()
        };
        let wide = |t: &Time| t.windows.iter().any(|w| w.to.0 - w.from.0 > 100);
        let own = times.iter().filter(|t| inside(t.words.0) && !names_pact(t));
        let own = own.min_by_key(|t| (!t.exact, wide(t), t.words.0));
        let time = own.or(heading).cloned();
        let words: Vec<&str> = clause.clone().map(|i| s.folded[i].as_str()).collect();
        let has = |list: &[&str]| words.iter().any(|w| list.contains(w));

        // Verbs say more than the nouns of agreements.
        let verbs: Vec<&&Found> = hits.iter().filter(|f| !f.noun).collect();
        let mut kinds: Vec<EventKind> = Vec::new();
        let chosen: Vec<&Found> =
            if verbs.is_empty() { hits.clone() } else { verbs.iter().map(|f| **f).collect() };
        for hit in &chosen {
            kinds.extend(hit.kinds.iter().copied().filter(|k| !kinds.contains(k)).collect::<Vec<_>>());
        }
        refine(&mut kinds, &words);
        // "War followed": nobody came to an office where nobody is named and no office.
        let somebody = !people.is_empty()
            || words.iter().any(|w| matches!(*w, "he" | "she" | "him" | "who"))
            || clause.clone().any(|i| office_at(&s.folded[i..clause.end]).is_some())
            || stranger(s, clause, &chosen, times).is_some();
        // "Became the hope of the opposition" is no office.
        let became = chosen.iter().any(|h| s.folded[h.at].starts_with("becom") || s.folded[h.at] == "became");
        let office = clause.clone().any(|i| office_at(&s.folded[i..clause.end]).is_some());
        let hope =
            became && !office && clause.clone().any(|i| matches!(s.folded[i].as_str(), "the" | "a" | "an"));
        if !somebody || hope {
            kinds.retain(|k| *k != EventKind::OfficeTaken);
        }
        // "Returned to neutrality": no land.
        if has(&["neutrality", "isolation", "normal", "table"]) && territories.is_empty() {
            kinds.retain(|k| *k != EventKind::TerritoryCeded);
        }
        // "The pact had no means of enforcement": it is not said that there was none.
        let lacks = |i: usize| {
            matches!(s.folded[i].as_str(), "had" | "has" | "have")
                && s.folded.get(i + 1).is_some_and(|w| w == "no")
                && !found.iter().any(|f| (i + 2..i + 5).contains(&f.at))
        };
        if verbs.is_empty() && clause.clone().any(lacks) {
            kinds.clear();
        }
        let bare = kinds.is_empty();
        // "Latvia signed in February, Estonia in May": the clause before says what.
        let own_words = clause.clone().filter(|&i| {
            let w = s.folded[i].as_str();
            let said = names.iter().any(|n| n.span.contains(&i))
                || times.iter().any(|t| (t.words.0..t.words.1).contains(&i));
            // "Estonia got one too", "Latvia received hers".
            const ALIKE: [&str; 12] = [
                "received", "theirs", "hers", "ours", "followed", "suit", "likewise", "similar", "another",
                "same", "also", "gets",
            ];
            let tells = w.len() > 3 || matches!(w, "won" | "led" | "met" | "ran" | "put");
            tells && !said && !s.in_date(i) && !is_quiet(w) && auxiliary(w).is_none() && !ALIKE.contains(&w)
        });
        // "The Wehrmacht was in Prague the next day" has a verb of its own.
        let stood =
            has(&["was", "were"]) && actors.len() == 1 && !has(&["another", "next", "last", "first", "one"]);
        let stood = stood && clause.clone().any(|i| matches!(s.folded[i].as_str(), "in" | "at"));
        let short = words.len() <= 14 && own_words.count() <= 1;
        let elliptic = bare && !actors.is_empty() && time.is_some() && short && !stood;
        if elliptic {
            kinds.clone_from(&self.context.kinds);
            // "treaties ...: with Spain in August 1926, with Hungary in April 1927"
            if self.context.pact.is_some() && !kinds.contains(&EventKind::PactSigned) {
                kinds.insert(0, EventKind::PactSigned);
            }
        }
        // "Declared that it would attack": that was said, and not done.
        if self.announced(s, clause) {
            kinds = vec![EventKind::Statement];
        }
        // No word that is known tells what happened, but somebody is named and a day or month given.
        let untold = kinds.is_empty()
            && time.as_ref().is_some_and(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 < 40))
            && words.len() > 4;

        // Who is meant where nobody is named.
        let pair = if self.context.pair.len() >= 2 { &self.context.pair } else { &self.context.actors };
        let mut spoken_of = self.context.actors.clone();
        spoken_of.extend(self.context.pair.iter().copied());
        let spoken_of: Vec<ActorId> =
            distinct(spoken_of.into_iter()).into_iter().filter(|a| !actors.contains(a)).collect();
        let mut resolved: Vec<ActorId> = Vec::new();
        if words.windows(2).any(|w| w[0] == "the" && w[1] == "latter") {
            resolved.extend(pair.last());
        }
        if words.windows(2).any(|w| w[0] == "the" && w[1] == "former") {
            resolved.extend(pair.first());
        }
        let pronoun = has(&["it", "its", "he", "his", "him", "they", "them", "their", "both", "she", "we"]);
        // A pact called by its name needs nobody beside it.
        let told = pronoun || !bare && pacts.is_empty();
        if actors.is_empty() && resolved.is_empty() && told && (time.is_some() || pronoun) {
            resolved.extend(self.context.actors.iter().take(if has(&["both", "they", "their", "them"]) {
                2
            } else {
                1
            }));
        }
        // "then a treaty with Italy": whoever the sentence began with signs it.
        // So of "a neutrality pact with China was concluded".
        let passive = verbs.first().is_some_and(|verb| {
            auxiliary(s.before(verb.at, 1)) == Some(true) && !clause.clone().any(|i| s.folded[i] == "by")
        });
        let with = clause.clone().find(|&i| s.folded[i] == "with");
        let with = with.filter(|_| (verbs.is_empty() || passive) && placed.len() == 1);
        // In the passive only of what goes on telling of a pact: "while Germany protested, a pact with Poland was signed" is of others.
        let continued = !passive || self.context.kinds.first() == Some(&EventKind::PactSigned);
        if with.is_some_and(|with| placed[0].0 > with && placed[0].0 <= with + 2)
            && hits.iter().any(|h| h.noun)
            && continued
        {
            // Whom the sentence is about, or the one before it where it says only "it": nobody behind a preposition.
            let governed = |n: &Name| {
                matches!(
                    s.before(n.span.start, 1),
                    "with" | "by" | "of" | "to" | "from" | "in" | "at" | "for" | "on"
                )
            };
            let subject = s.names.iter().filter(|n| !governed(n)).find_map(|n| match n.entity {
                Entity::Actor(a) if n.span.end <= clause.start => Some(a),
                _ => None,
            });
            let subject = subject.or(self.subject.filter(|_| clause.start > 0));
            resolved.extend(subject.filter(|a| !actors.contains(a)));
        }
        // "Finland signed with the Soviets; Latvia signed hers, Estonia got one too": with the same.
        let alike = has(&["hers", "theirs", "too", "likewise", "similar", "suit"]);
        if alike
            && kinds.first() == Some(&EventKind::PactSigned)
            && let ([one], [_, partner]) = (&actors[..], &self.context.pair[..])
            && !self.context.pair.contains(one)
        {
            resolved.push(*partner);
        }
        let agents = agents(s, clause, &placed, &chosen, if pronoun { &resolved } else { &[] });
        // "Signed at Sèvres": the agreement called after that place.
        if kinds.first() == Some(&EventKind::PactSigned) && pacts.is_empty() && actors.len() < 2 {
            pacts.extend(signed_there(record, s, clause, time.as_ref()));
        }
        for pact in &mut pacts {
            if let Some(other) = namesake(record, s, clause, *pact, time.as_ref()) {
                *pact = other;
            }
        }
        let named = !actors.is_empty() || !territories.is_empty() || !pacts.is_empty() || !people.is_empty();
        let supplied: Vec<ActorId> =
            distinct(resolved.iter().copied()).into_iter().filter(|a| !actors.contains(a)).collect();
        actors.extend(&supplied);

        let refused = words
            .windows(2)
            .any(|w| w[1] == "to" && ["refus", "declin", "fail"].iter().any(|stem| w[0].starts_with(stem)));
        // To honour a pact is not to break it.
        let kept = words.iter().any(|w| w.starts_with("honour") || w.starts_with("honor"))
            || words.windows(2).any(|w| w[0] == "stood" && w[1] == "by");
        // "Did not declare war until June 1941": then it did.
        let until = clause.clone().any(|i| {
            matches!(s.folded[i].as_str(), "until" | "till")
                && times.iter().any(|t| (i..=i + 1).contains(&t.words.0) || t.words.0 < i && i < t.words.1)
        });
        let denials = if until { 0 } else { denials(s, clause, &chosen) };
        let denials = denials + usize::from(has(&["spared"])) + usize::from(kept);
        let pact = (clause.start..clause.end)
            .filter_map(|i| crate::lexicon::pact_at(&s.folded[i..clause.end]))
            .find_map(|(t, _)| t)
            .or(if hits.iter().any(|h| h.noun) || elliptic {
                self.context.pact.filter(|_| elliptic)
            } else {
                None
            });
        let said = clause.clone().find_map(|i| Some((i, office_at(&s.folded[i..clause.end])?)));
        let office = said.map(|(_, (office, _))| office);
        let office_of = said.and_then(|(i, (_, length))| {
            let of = i + length + 1 + usize::from(s.folded.get(i + length + 1).is_some_and(|w| w == "the"));
            let behind = s.folded.get(i + length).is_some_and(|w| w == "of");
            names.iter().find_map(|name| match name.entity {
                Entity::Actor(a) if name.span.end == i || behind && name.span.start == of => Some(a),
                _ => None,
            })
        });
        let titled = clause.clone().find_map(|i| {
            let (office, length) = office_at(&s.folded[i..clause.end])?;
            names.iter().find_map(|name| match name.entity {
                Entity::Person(p) if name.span.start == i + length => Some((p, office)),
                _ => None,
            })
        });
        let verb = chosen.iter().find(|h| !h.noun).map_or(clause.end, |h| h.at);
        let before = names.iter().filter(|n| n.span.start < verb);
        let subjects =
            before.filter_map(|n| if let Entity::Person(p) = n.entity { Some(p) } else { None }).collect();
        let stranger = stranger(s, clause, &chosen, times);
        let bystanders = bystanders(record, s, clause, &chosen, &names);
        let receivers = receivers(s, clause, &placed);

        // "The peace was signed at Riga": a peace is no other pact.
        let peace = kinds.first() == Some(&EventKind::PactSigned) && has(&["peace"]);
        let pact = pact.or(peace.then_some(PactType::Peace));

        let types = types(&words, pact);

        // Remember, whether or not this clause is judged.
        if !placed.is_empty() {
            let own = distinct(placed.iter().map(|(_, a)| *a));
            if own.len() >= 2 {
                self.context.pair.clone_from(&own);
            }
            self.context.actors = own;
        }
        if let Some(w) = time.as_ref().and_then(|t| t.windows.first()) {
            self.context.time = Some(*w);
            let year = w.from.year();
            self.context.years.retain(|y| *y != year);
            self.context.years.push(year);
            if self.context.years.len() > 4 {
                self.context.years.remove(0);
            }
        }
        let around = self.context.time;
        if !bare && !skip {
            self.context.kinds.clone_from(&kinds);
        }
        // "A Soviet pact", of no type told: what was spoken of before is no longer meant.
        let untyped = clause
            .clone()
            .any(|i| matches!(crate::lexicon::pact_at(&s.folded[i..clause.end]), Some((None, _))));
        if pact.is_some() || untyped {
            self.context.pact = pact;
        }
        if !territories.is_empty() {
            self.context.territories.clone_from(&territories);
        }
        if !pacts.is_empty() {
            self.context.pacts.clone_from(&pacts);
        }
        let dated = time.as_ref().is_some_and(|t| t.exact);
        let enough = if bare { elliptic } else { named || time.is_some() && !actors.is_empty() || dated };
        let enough = enough || untold && named;
        // "The Balkan Entente fell apart": a pact is named, and no word says that it was signed.
        let noun_alone = verbs.is_empty() && time.is_none() && !elliptic && !pacts.is_empty();
        let enough = enough && !noun_alone;
        if skip || kinds.is_empty() && !untold || !enough {
            return None;
        }
        let content = clause
            .clone()
            .filter(|&i| {
                let w = s.folded[i].as_str();
                w.len() > 3
                    && !s.in_date(i)
                    && !matches!(
                        w,
                        "then" | "with" | "that" | "into" | "their" | "them" | "also" | "there" | "later"
                    )
                    && auxiliary(w).is_none()
                    && !names.iter().any(|n| n.span.contains(&i) && matches!(n.entity, Entity::Actor(_)))
            })
            .map(|i| s.folded[i].clone())
            .collect();
        Some(Assertion {
            span: 0..0,
            text: String::new(),
            kinds,
            actors,
            by_name,
            supplied,
            agents,
            spoken_of,
            people,
            subjects,
            territories,
            pacts,
            pact,
            types,
            office,
            office_of,
            titled,
            stranger,
            unheard: unheard(s, clause),
            signed_at: signed_at(s, clause),
            places: clause.clone().filter(|i| s.labels.contains(i)).map(|i| s.folded[i].clone()).collect(),
            receivers,
            sphere: sphere(s, clause),
            taker: taker(s, clause),
            signers: signers(s, clause),
            bystanders,
            time,
            around,
            lasting: office.is_some() && verbs.is_empty() || has(&["remains", "remained"]),
            denied: denials % 2 == 1,
            refused,
            elliptic,
            words: content,
        })
    }
}

impl Time {
    /// Whether it may be a time between these days.
    pub fn meets(&self, from: Day, to: Day) -> bool {
        // "On 22 May", of a year that the text leaves open: that day of a year near by.
        const NEAR: i32 = 3 * 366;
        let same_day = |(month, day): (u8, u8)| {
            let (_, m, d) = from.ymd();
            let near = self.windows.iter().any(|w| (w.from.0 - from.0).abs() <= NEAR);
            from == to && (m, d) == (month, day) && near
        };
        self.windows.iter().any(|w| if self.by { from <= w.to } else { w.from <= to && from <= w.to })
            || self.day_told.is_some_and(same_day)
    }
}
