//! Statements about events in running text: an essay, a post, a whole thread.
//!
//! A text is cut into paragraphs, sentences and clauses; a clause that speaks of an event of a known sort, and says of whom
//! or when, is an [`Assertion`]. Whether it is true is not asked here. Questions, conditions, predictions and opinions are
//! passed over.

mod cut;
mod html;
mod roles;
mod times;
mod triggers;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use jonbar_record::{
    ActorId, Day, Entity, EventKind, Office, PactId, PactType, PersonId, Record, TerritoryId, Window, fold,
};

use crate::lexicon::{auxiliary, is_quiet, office_at};
use crate::sentence::{Name, Sentence, Speller, distinct};
use crate::text::sentences;

use cut::cut;
use roles::{
    agents, bystanders, conditional, denials, is_by_the_way, receivers, signers, sphere, stranger, taker,
    unheard,
};
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

/// Bytes of a sentence that are read together: ten times the longest that people write. The cost of a sentence grows with the
/// square of its length.
const SENTENCE_MAX: usize = 4000;

/// A sentence in pieces of at most [`SENTENCE_MAX`] bytes, cut at spaces.
fn pieces(sentence: &str) -> Vec<&str> {
    let (mut out, mut rest) = (Vec::new(), sentence);
    while rest.len() > SENTENCE_MAX {
        let end = rest.floor_char_boundary(SENTENCE_MAX);
        let end = rest[..end].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(end);
        let (piece, after) = rest.split_at(end);
        out.push(piece);
        rest = after;
    }
    out.push(rest);
    out
}

/// The text with web addresses and the marks around links blanked, every byte in its place.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let blank = |out: &mut String, n: usize| out.extend(std::iter::repeat_n(' ', n));
    while let Some(at) = rest.find("http") {
        let (before, address) = rest.split_at(at);
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        let end = address
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ']'))
            .unwrap_or(address.len());
        let end = if is_address { end } else { 4 };
        // "[first](https://...)"
        let link = is_address && before.ends_with("](");
        out.push_str(if link { &before[..before.len() - 2] } else { before });
        if link {
            if let Some(open) = out.rfind('[').filter(|o| out.len() - o < 200) {
                out.replace_range(open..=open, " ");
            }
            blank(&mut out, 2);
        }
        if is_address {
            blank(&mut out, end)
        } else {
            out.push_str(&address[..end])
        }
        rest = &address[end..];
        if link && rest.starts_with(')') {
            blank(&mut out, 1);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// The text with the numbers of a list blanked, every byte in its place: "4. April 1935" behind "3. ..." is no fourth of April.
fn without_list_numbers(text: &str) -> Cow<'_, str> {
    let number = |line: &str| {
        let from = line.len() - line.trim_start().len();
        let digits = line[from..].bytes().take_while(u8::is_ascii_digit).count();
        let mark = line[from + digits..].starts_with(". ") || line[from + digits..].starts_with(") ");
        let n: u32 = line[from..from + digits].parse().ok().filter(|_| mark && digits <= 2)?;
        Some((n, from, from + digits + 1))
    };
    let mut lists: Vec<(u32, Range<usize>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lists.extend(number(line).map(|(n, from, to)| (n, at + from..at + to)));
        at += line.len();
    }
    let follows = |a: Option<&(u32, Range<usize>)>, b: Option<&(u32, Range<usize>)>| {
        a.zip(b).is_some_and(|(a, b)| a.0 + 1 == b.0)
    };
    let listed = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| lists.get(i));
        follows(before, lists.get(i)) || follows(lists.get(i), lists.get(i + 1))
    };
    let blanked: Vec<&Range<usize>> = (0..lists.len()).filter(|i| listed(*i)).map(|i| &lists[i].1).collect();
    if blanked.is_empty() {
        return text.into();
    }
    let mut out = text.to_owned();
    blanked.into_iter().for_each(|range| out.replace_range(range.clone(), &" ".repeat(range.len())));
    out.into()
}

/// Paragraphs: lines, joined where a line only breaks off as mailers wrap them.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let trimmed = line.trim();
        if trimmed.is_empty() || is_furniture(trimmed) {
            continue;
        }
        let goes_on = out.last().is_some_and(|last| {
            let before = text[last.clone()].trim_end();
            last.end == start
                && before.len() > 40
                && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '('))
                && trimmed.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(')
                && !heads_an_entry(trimmed)
        });
        match out.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}

/// A line of a chronicle: "24 June 1921 - The council of the League ...".
fn heads_an_entry(line: &str) -> bool {
    let beginning = &line[..line.floor_char_boundary(24)];
    let heads = ["\u{2013}", "\u{2014}", " - ", ": "].iter().filter_map(|mark| beginning.find(mark)).min();
    heads.is_some_and(|at| beginning[..at].contains(|c: char| c.is_ascii_digit()))
}

/// Lines that a forum puts around posts.
fn is_furniture(line: &str) -> bool {
    const LINES: [&str; 14] = [
        "Click to expand...",
        "Well-Known Member",
        "Donor",
        "Monthly Donor",
        "Banned",
        "Kicked",
        "Member",
        "Top",
        "Reply",
        "Quote",
        "Like",
        "Report",
        "Share",
        "Gone Fishin'",
    ];
    const BEGINNINGS: [&str; 9] = [
        "Joined:",
        "Messages:",
        "Location:",
        "Reactions:",
        "Last edited",
        "Posts:",
        "Reaction score",
        "You must log in",
        "Join Date",
    ];
    LINES.contains(&line)
        || BEGINNINGS.iter().any(|b| line.starts_with(b))
        || line.ends_with(" said:")
        || line.ends_with(" wrote:") && line.len() < 60
        || line.starts_with('#') && line[1..].chars().all(|c| c.is_ascii_digit())
}

/// A group of states of no more members than this is read as each of them.
const GROUP_MAX: usize = 3;

/// Words that make a sentence one about many events.
const RULES: [&str; 16] = [
    "usually",
    "normally",
    "typically",
    "generally",
    "often",
    "rarely",
    "seldom",
    "mostly",
    "regularly",
    "routinely",
    "always",
    "invariably",
    "everyone",
    "everybody",
    "whenever",
    "whoever",
];

/// Whether a clause is a rule about many events, which is a claim and no statement of one: it has such a word and no date closer than a
/// year. "As always", "as everyone knows" make none.
fn rule(s: &Sentence, clause: &Range<usize>, times: &[Time]) -> bool {
    let close = |t: &Time| clause.contains(&t.words.0) && t.windows.iter().all(|w| w.to.0 - w.from.0 < 300);
    let says = clause.clone().any(|i| {
        let before = i.checked_sub(1).map_or("", |j| s.folded[j].as_str());
        RULES.contains(&s.folded[i].as_str()) && before != "as"
    });
    (says || compares(s, clause)) && !times.iter().any(close)
}

/// "The Soviet Union took more land than Germany": it counts and compares, and says of neither when. "More than a million men" does not.
fn compares(s: &Sentence, clause: &Range<usize>) -> bool {
    let more = clause.clone().find(|&i| {
        matches!(s.folded[i].as_str(), "more" | "fewer" | "less" | "oftener" | "bigger" | "larger")
    });
    let than = clause.clone().rfind(|&i| s.folded[i] == "than");
    more.zip(than).is_some_and(|(more, than)| {
        let beside = s.names.iter().any(|n| n.span.start > than && n.span.start <= than + 2);
        than > more + 1 && beside
    })
}

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

    /// Said of a future or a supposed past.
    fn foretold(&self, s: &Sentence, clause: &Range<usize>, found: &[Found]) -> bool {
        // "Threatened to denounce its pact should Polish troops enter": a condition behind what was done. "Agreed that the Saar should go" is none.
        let named = |i: usize| s.names.iter().any(|n| n.span.end == i);
        // "Announced that it would stay out": that was said.
        let announced = |i: usize| {
            let said = |j: usize| {
                matches!(s.folded[j].as_str(), "announced" | "declared" | "announces" | "declares")
            };
            (clause.start..i).rev().take(5).any(said)
        };
        let told = found.iter().find(|f| clause.contains(&f.at) && !f.noun).map_or(clause.end, |f| f.at);
        clause.clone().any(|i| {
            let word = s.folded[i].as_str();
            (word != "should" || i < told || named(i))
                && !announced(i)
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
            let subject = s.names.iter().find_map(|n| match n.entity {
                Entity::Actor(a) if n.span.end <= clause.start => Some(a),
                _ => None,
            });
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

/// The agreement called after the place where some words have it signed: of several those of the time named.
fn signed_there(record: &Record, s: &Sentence, clause: &Range<usize>, time: Option<&Time>) -> Option<PactId> {
    let at = clause.clone().find(|&i| {
        let name = s.words[i].raw.starts_with(char::is_uppercase) && s.folded[i].len() >= 5;
        name && s.before(i, 1) == "at" && !s.in_name(i) && !s.in_date(i)
    })?;
    let place = &s.folded[at];
    let called = |p: &PactId| {
        let pact = &record.pacts[p.0];
        let names = std::iter::once(&pact.name).chain(&pact.aliases);
        names.flat_map(|n| n.split(' ')).any(|word| fold(word) == *place)
    };
    let found: Vec<PactId> = (0..record.pacts.len()).map(PactId).filter(called).collect();
    let then = |p: &&PactId| {
        let signed = &record.pacts[p.0].signed;
        time.is_some_and(|t| t.meets(signed.earliest, signed.latest))
    };
    let mut of_then = found.iter().filter(then);
    match (&found[..], of_then.next(), of_then.next()) {
        ([only], ..) => Some(*only),
        (_, Some(one), None) => Some(*one),
        _ => None,
    }
}

/// "The Rapallo treaty of November 1920": of the pacts called after that place the one of that time, where the other is of years later.
fn namesake(
    record: &Record,
    s: &Sentence,
    clause: &Range<usize>,
    pact: PactId,
    time: Option<&Time>,
) -> Option<PactId> {
    let time = time.filter(|t| !t.leaning)?;
    let then = |p: &PactId| {
        let pact = &record.pacts[p.0];
        time.meets(pact.signed.earliest, pact.signed.latest)
    };
    let called = |p: &PactId, word: &str| {
        let pact = &record.pacts[p.0];
        let names = std::iter::once(&pact.name).chain(&pact.aliases);
        names.flat_map(|n| n.split(' ')).any(|w| w.starts_with(char::is_uppercase) && fold(w) == word)
    };
    if then(&pact) || record.pacts[pact.0].in_force(time.windows.first()?.from) {
        return None;
    }
    let place = clause.clone().find(|&i| {
        let capital = s.words[i].raw.starts_with(char::is_uppercase) && !s.in_date(i);
        let agreement = crate::lexicon::pact_at(&s.folded[i..]).is_some();
        capital && !agreement && s.folded[i].len() >= 4 && called(&pact, &s.folded[i])
    })?;
    let mut others = (0..record.pacts.len()).map(PactId).filter(|p| then(p) && called(p, &s.folded[place]));
    others.next().filter(|_| others.next().is_none())
}

/// The types of obligation that a clause names.
fn types(words: &[&str], pact: Option<PactType>) -> Vec<PactType> {
    let named = words.iter().filter_map(|w| {
        Some(match *w {
            "friendship" | "amity" => PactType::Friendship,
            "neutrality" => PactType::Neutrality,
            "guarantee" | "guarantees" => PactType::Guarantee,
            "alliance" | "assistance" => PactType::Defence,
            "peace" => PactType::Peace,
            "consultation" => PactType::Consultation,
            w if w.starts_with("nonag") => PactType::Nonaggression,
            _ => return None,
        })
    });
    distinct(pact.into_iter().chain(named))
}

/// Whether an office is named here, and nothing is done to it: "the premiership", "the Foreign Office".
fn office_in(words: &[&str]) -> bool {
    let folded: Vec<String> = words.iter().take(3).map(|w| (*w).to_owned()).collect();
    office_at(&folded).is_some()
}

/// Sorts of event that the other words of the clause make likelier or rule out.
fn refine(kinds: &mut Vec<EventKind>, words: &[&str]) {
    use EventKind::*;
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let stem = |list: &[&str]| words.iter().any(|w| list.iter().any(|s| w.starts_with(s)));
    if has(&["relations"]) {
        let (opened, broken) = (
            stem(&["establish", "open", "restor", "resum", "recogni", "exchang", "normal", "enter"]),
            stem(&["broke", "sever", "suspend", "ended", "cut", "ruptur"]),
        );
        if broken && !opened {
            *kinds = vec![RelationsBroken];
        } else if opened {
            *kinds = vec![RelationsOpened];
        } else {
            // "Soviet-Finnish relations, 1920-1940" says nothing of them.
            kinds.retain(|k| !matches!(k, RelationsOpened | RelationsBroken));
        }
    }
    // "Troops entered the town": no pact. A state that attacks beside another joins its war.
    if kinds.contains(&ArmedDispute)
        && has(&["troops", "army", "forces", "soldiers", "divisions", "tanks", "columns"])
    {
        let joins = stem(&["join"]);
        kinds.retain(|k| !(matches!(k, PactSigned | Statement | ArmedDispute) || joins && *k == WarJoined));
        kinds.insert(0, ArmedDispute);
    }
    if kinds.contains(&DraftAgreed) && has(&["draft"]) && stem(&["agree", "initial", "accept"]) {
        *kinds = vec![DraftAgreed];
    }
    if kinds.first() == Some(&PactSigned) && stem(&["offer", "propos", "suggest"]) {
        kinds.retain(|k| *k != PactSigned);
        kinds.insert(0, Proposal);
    }
    // "Concluded a pact" is no end of talks.
    let talks = ["talk", "negotiat", "conversation", "conference", "without", "visit"];
    if kinds.first() == Some(&PactSigned) && stem(&["conclud"]) && !stem(&talks) {
        kinds.retain(|k| *k != NegotiationFailed);
    }
    // What is threatened is not done.
    if has(&["threatened", "threatens", "threatening"]) && has(&["to"]) {
        *kinds = vec![Statement, TerritorialDemand];
    }
    // "Was given the commissariat", "took over the Foreign Office".
    let office = (0..words.len()).any(|i| office_in(&words[i..]));
    let taken = stem(&["taken", "took", "takes", "taking", "given", "handed"]) || has(&["got", "inherited"]);
    if office && taken && kinds.contains(&TerritoryCeded) {
        *kinds = vec![OfficeTaken];
    }
    if has(&["sphere", "spheres"]) && !kinds.contains(&PactSigned) {
        kinds.retain(|k| *k != SphereConceded);
        kinds.insert(0, SphereConceded);
    }
    if stem(&["resign"]) && stem(&["offer", "tender", "hand"]) {
        *kinds = vec![OfficeLeft];
    }
    if kinds.contains(&OfficeTaken) && stem(&["dismiss", "resign", "sacked", "ousted", "fell"]) {
        kinds.retain(|k| *k != OfficeTaken);
    }
}

impl Time {
    /// Whether it may be a time between these days.
    pub fn meets(&self, from: Day, to: Day) -> bool {
        self.windows.iter().any(|w| if self.by { from <= w.to } else { w.from <= to && from <= w.to })
    }
}
