//! A text held against the record: every statement in it about an event, with a verdict.
//!
//! For each assertion the entries of the record are scored by how much they share with it: the sort of event, the states,
//! people and lands, the time, and rare words. The best entry decides: it agrees, or differs in its date, its parties or who
//! acted. Every weight of a verdict stands in `index.rs`; nothing is learnt. `near.rs` finds entries for a text that makes no statement.

mod differences;
mod index;
mod judge;
mod named;
mod near;

use std::collections::HashMap;
use std::ops::Range;

use jonbar_question::{Assertion, agreement_called, assertions, war_begins};
use jonbar_record::{ActorId, Event, EventId, EventKind, PersonId, Record, TerritoryId, Window};
pub(super) use near::{clearly_nearest, entries_near, entries_told, the_nearest};
use rayon::prelude::*;

use super::cite::Citer;
use super::{blank, finish};
use crate::answer::{Answer, Notes, Section, StatementShown, Statements};

/// What a statement comes to.
struct Verdict {
    word: &'static str,
    explanation: String,
    events: Vec<usize>,
}

/// Between a statement and an entry that agree in all but the date, so many days may lie.
const DAYS_MAX: i32 = 5 * 365;

/// An assertion ready to be compared with entries.
struct Said<'s> {
    assertion: &'s Assertion,
    /// By entry: how much of what it says in other words the entry says too, from 0 to 1.
    likeness: Vec<f64>,
    /// Things that it numbers.
    numbered: Vec<(String, String)>,
}

impl std::ops::Deref for Said<'_> {
    type Target = Assertion;

    fn deref(&self) -> &Assertion {
        self.assertion
    }
}

/// The entries of the record by what they share with a text.
struct Index<'a> {
    record: &'a Record,
    /// Entries by state.
    of_actor: Vec<Vec<usize>>,
    /// Stems of the words of entries, numbered.
    numbers: HashMap<String, u32>,
    /// By form of a word that the record has: the number of its stem.
    forms: HashMap<String, u32>,
    /// How telling each stem is: the log of how few entries have it.
    weights: Vec<f64>,
    /// By stem: the entries that have it, in order.
    having: Vec<Vec<usize>>,
    /// States of each entry, those of its people included.
    parties: Vec<Vec<ActorId>>,
    /// Things that each entry numbers: "the second Vienna award".
    numbered: Vec<Vec<(String, String)>>,
    /// People of each entry, those that only its sentence names included.
    people: Vec<Vec<PersonId>>,
}

/// Whether an entry falls into a statement's time; where it gives none, any does.
fn meets(a: &Said, event: &Event) -> bool {
    a.time.as_ref().is_none_or(|t| t.meets(event.when.earliest, event.when.latest))
}

/// Whether a statement tells of joining a pact of others.
fn joins(a: &Said) -> bool {
    a.words.iter().any(|w| ["acced", "adher", "join"].iter().any(|stem| w.starts_with(stem)))
}

/// Days between a statement's time and an entry; 0 where it gives none.
fn days_apart(a: &Said, event: &Event) -> i32 {
    let Some(time) = &a.time else { return 0 };
    let apart = |w: &Window| {
        (event.when.earliest.0 - w.to.0).max(if time.by { 0 } else { w.from.0 - event.when.latest.0 }).max(0)
    };
    time.windows.iter().map(apart).min().unwrap_or(0)
}

/// A statement of a text about an event, and what it comes to.
pub(super) struct Judged {
    /// Where it stands, in bytes.
    pub(super) span: Range<usize>,
    excerpt: String,
    verdict: Verdict,
}

impl Judged {
    pub(super) fn disagrees(&self) -> bool {
        self.verdict.word == "disagrees"
    }

    /// With its entries cited; `span` is in characters, as editors count them.
    pub(super) fn shown(
        &self,
        span: Option<(usize, usize)>,
        record: &Record,
        citer: &mut Citer,
    ) -> StatementShown {
        StatementShown {
            excerpt: self.excerpt.clone(),
            span,
            verdict: self.verdict.word.to_owned(),
            explanation: self.verdict.explanation.clone(),
            entries: self.verdict.events.iter().map(|i| citer.entry(&record.events[*i])).collect(),
        }
    }
}

/// The statements of a text about events, in its order, each with its verdict.
pub(super) fn judged(record: &Record, text: &str) -> Vec<Judged> {
    let index = Index::new(record);
    let judge = |a: Assertion| {
        let verdict = one_by_one(&index, &a).or_else(|| index.judge(&index.said(&a)))?;
        Some(Judged { span: a.span, excerpt: a.text, verdict })
    };
    // Each is judged by itself; the order stays that of the text.
    assertions(text, record).into_par_iter().filter_map(judge).collect()
}

/// The entry of the record that each of some words tells of: "Hungary joined the Tripartite Pact", "Munich". The agreement, if it is
/// one that is called so.
pub(super) fn entries_of<const N: usize>(record: &Record, words: [&str; N]) -> [Option<EventId>; N] {
    let index = Index::new(record);
    let plainly = |words: &str| war_begins(words, record).or_else(|| index.entry_of(words));
    words.map(|words| plainly(words).or_else(|| index.nearest(words, None)))
}

/// The entries that say most of what some words say, of those in which everybody named has a part, about one of the lands named, in the
/// time named: the best, and any about as good.
pub(super) fn entries_like(
    record: &Record,
    (states, people, lands): (&[ActorId], &[PersonId], &[TerritoryId]),
    window: Option<Window>,
    words: &[String],
) -> Vec<EventId> {
    /// So much of the words, by weight, an entry must have, and within so much of the best it is as good.
    const ENOUGH: f64 = 0.45;
    const CLEARLY: f64 = 0.08;
    let index = Index::new(record);
    let likeness = index.likeness(words);
    let fits = |i: &usize| {
        let event = &record.events[*i];
        let office = matches!(event.kind, EventKind::OfficeTaken | EventKind::OfficeLeft | EventKind::Motive);
        !office
            && states.iter().all(|a| index.has_part(*a, *i))
            && people.iter().all(|p| index.people[*i].contains(p))
            && (lands.is_empty() || event.territories.iter().any(|t| lands.contains(t)))
            && window.is_none_or(|w| event.when.meets(w))
    };
    let mut found: Vec<usize> = (0..record.events.len()).filter(fits).collect();
    found.sort_by(|x, y| likeness[*y].total_cmp(&likeness[*x]));
    let best = found.first().map_or(0.0, |i| likeness[*i]);
    // One telling word of three is chance.
    let half = |i: usize| 2 * words.iter().filter(|w| index.has_word(w, i)).count() >= words.len();
    let good = |i: &usize| likeness[*i] >= ENOUGH && best - likeness[*i] < CLEARLY && half(*i);
    found.into_iter().take_while(good).map(EventId).collect()
}

impl Index<'_> {
    fn entry_of(&self, words: &str) -> Option<EventId> {
        let record = self.record;
        let fits = |a: &Assertion| {
            let verdict = self.by_likeness(&self.said(a))?;
            let one = matches!(verdict.events[..], [_]);
            (one && matches!(verdict.word, "agrees" | "more precise than the record"))
                .then(|| EventId(verdict.events[0]))
        };
        let told = assertions(&format!("{words}."), record).iter().find_map(fits);
        told.or_else(|| {
            let called = agreement_called(words, record)?;
            let signs = |e: &Event| e.kind == EventKind::PactSigned && e.pact == Some(called);
            record.events.iter().position(signs).map(EventId)
        })
    }
}

/// Holds every statement of a text against the record.
pub fn read_prose(record: &Record, text: &str) -> Answer {
    let mut citer = Citer::new(record);
    let (mut at_byte, mut at_char) = (0, 0);
    let mut characters = |byte: usize| {
        at_char += text.get(at_byte..byte).map_or(0, |t| t.chars().count());
        at_byte = byte;
        at_char
    };
    let show = |judged: Judged| {
        let long = text.get(judged.span.clone()).map_or(0, |quote| quote.chars().count());
        let from = characters(judged.span.start);
        judged.shown(Some((from, from + long)), record, &mut citer)
    };
    let shown: Vec<StatementShown> = judged(record, text).into_iter().map(show).collect();
    let head = jonbar_question::Reading {
        text: "The text".to_owned(),
        form: jonbar_question::Form::NotUnderstood { focus: jonbar_question::Focus::default() },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    let mut answer = blank(
        &head,
        "statement",
        format!("What the text says happened, held against the record \"{}\".", record.title),
    );
    let count = |word: &str| shown.iter().filter(|s: &&StatementShown| s.verdict == word).count();
    answer.summary.push(format!(
        "{} found: {} agree with the record, {} disagree, {} are more precise than it, and {} are not in it.",
        match shown.len() {
            1 => "One statement about an event was".to_owned(),
            n => format!("{n} statements about events were"),
        },
        count("agrees"),
        count("disagrees"),
        count("more precise than the record"),
        count("not in the record")
    ));
    let outside = count("not checkable");
    if outside > 0 {
        answer.summary.push(format!(
            "{outside} {} not checkable: the record runs from {} to {}.",
            if outside == 1 { "is" } else { "are" },
            record.span.from.long(),
            record.span.to.long()
        ));
    }
    answer.summary.push("Questions, conditions, predictions and opinions are not judged.".to_owned());
    if !shown.is_empty() {
        answer.sections.push(Section::Statements(Statements {
            title: "Statement by statement".to_owned(),
            statements: shown,
        }));
    }
    let cited = citations(text);
    if !cited.is_empty() {
        answer.sections.push(Section::Notes(Notes {
            title: "What the text itself cites".to_owned(),
            points: true,
            text: cited,
        }));
    }
    finish(answer, citer)
}

/// "Poland signed pacts with both Germany and the Soviet Union": two statements, each with its entry. `None` if it is one, or
/// if one of them is not judged.
fn one_by_one(index: &Index, a: &Assertion) -> Option<Verdict> {
    let several =
        a.words.iter().any(|w| matches!(w.as_str(), "pacts" | "treaties" | "alliances" | "agreements"));
    let active = a.text.contains(" with ") && !a.text.contains(" by ");
    let [signer] = a.agents[..] else { return None };
    if a.kinds.first() != Some(&EventKind::PactSigned)
        || !several
        || !active
        || a.by_name.len() < 3
        || a.denied
        || !a.by_name.contains(&signer)
    {
        return None;
    }
    let others = a.by_name.iter().copied().filter(|x| *x != signer);
    let pairs: Vec<Assertion> = others
        .map(|other| {
            let two = vec![signer, other];
            Assertion { actors: two.clone(), by_name: two, bystanders: Vec::new(), ..a.clone() }
        })
        .collect();
    let verdicts: Vec<Verdict> =
        pairs.iter().map(|pair| index.judge(&index.said(pair))).collect::<Option<_>>()?;
    let events = verdicts.iter().flat_map(|v| v.events.iter().copied()).collect();
    let word = verdicts.iter().map(|v| v.word).find(|w| *w != "agrees").unwrap_or("agrees");
    let told: Vec<String> = verdicts
        .iter()
        .zip(&pairs)
        .map(|(v, pair)| format!("With {}: {}", index.names(&pair.by_name[1..]), v.explanation))
        .collect();
    Some(Verdict { word, explanation: told.join(" "), events })
}

/// Addresses, pages in brackets and footnote marks found in a text, each once.
fn citations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |s: &str| {
        let s = s.trim().trim_end_matches(['.', ',', ';', ')', '"', '”']).to_owned();
        if !s.is_empty() && !found.contains(&s) {
            found.push(s);
        }
    };
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '(' | '"')) {
        if word.starts_with("http://") || word.starts_with("https://") {
            add(word);
        }
    }
    for part in text.split('(').skip(1) {
        let inner = part.split(')').next().unwrap_or("");
        let pages =
            inner.rsplit([',', ' ']).next().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        if inner.len() < 120 && pages && (inner.contains(" p. ") || inner.contains(" pp. ")) {
            add(inner);
        }
    }
    for part in text.split('[').skip(1) {
        let inner = part.split(']').next().unwrap_or("");
        let mark = inner.strip_prefix('^').unwrap_or(inner);
        if !mark.is_empty() && mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_digit()) {
            add(&format!("[{inner}]"));
        }
    }
    found
}
