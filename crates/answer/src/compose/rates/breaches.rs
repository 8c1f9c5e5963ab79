//! Pacts that were broken: by whom, with what notice, and when; and pacts by the day of their signature.

use jonbar_question::{Cases, Says, Unit, Whose};
use jonbar_record::PactEnd;

use super::cases::{self, Fate, fates, means, name};
use super::tally::Tally;
use crate::answer::Table;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// Pacts that ended in a breach, or were denounced and followed by an attack within a year.
fn broken<'s>(study: &'s Study, of: &Cases) -> Vec<Fate<'s>> {
    let signed = Cases { unit: Unit::Pacts, party: None, sides: [None; 2], window: None, ..of.clone() };
    let mut list = fates(study, &signed, None);
    list.retain(|f| {
        let ends = f.violated || f.denounced && f.attack().is_some();
        ends && of.window.is_none_or(|w| w.contains(f.end))
            && of.party.is_none_or(|a| f.pact.ended_by.contains(&a))
    });
    list.sort_by_key(|f| f.end);
    list
}

pub(super) fn tally(study: &Study, of: &Cases, says: Says, citer: &mut Citer) -> Tally {
    let joined = says == Says::Joined;
    let all = Cases {
        sides: [None; 2],
        party: of.party.filter(|_| !joined || of.sides != [None; 2]),
        ..of.clone()
    };
    let list = broken(study, &all);
    let told = |label: String, is: &dyn Fn(&Fate) -> bool| {
        (label, list.iter().map(|f| Some(is(f))).collect::<Vec<_>>())
    };
    let definitions = match (says, of.sides[0].or(of.sides[1])) {
        (Says::Warned, _) => vec![
            told("denounced before the other side was attacked".to_owned(), &|f| {
                f.pact.end_kind == PactEnd::Denounced
            }),
            told("denounced at least 30 days before the attack".to_owned(), &|f| {
                f.pact.end_kind == PactEnd::Denounced
                    && f.attack().is_some_and(|e| e.when.reading().0 - f.end.0 >= NOTICE)
            }),
        ],
        (Says::Unwarned, _) => {
            vec![told("without denouncing the pact first".to_owned(), &|f| {
                f.pact.end_kind != PactEnd::Denounced
            })]
        }
        (Says::Joined, Some(sort)) => {
            let by =
                |f: &Fate| f.pact.ended_by.iter().any(|a| means(study, Some(Whose::Sort(sort)), *a, f.end));
            vec![told(format!("broken by {}", cases::whose(study, Some(Whose::Sort(sort)))), &by)]
        }
        (Says::Joined, None) => {
            let by = of.party.map(Whose::Actor);
            let is = |f: &Fate| f.pact.ended_by.iter().any(|a| means(study, by, *a, f.end));
            vec![told(format!("broken by {}", cases::whose(study, by)), &is)]
        }
        _ => Vec::new(),
    };
    Tally {
        name: name(study, if joined { &all } else { of }),
        noun: ("breach", "breaches"),
        days: list.iter().map(|f| f.end).collect(),
        definitions,
        table: table(study, &list, citer),
        mind: vec![
            "A breach is a pact ended by an act against the other side, or denounced and followed by an attack within a year."
                .to_owned(),
        ],
    }
}

/// Days of notice that give the other side time.
const NOTICE: i32 = 30;

/// Pacts by the day of their signature.
pub(super) fn signed(study: &Study, of: &Cases, citer: &mut Citer) -> Tally {
    let list = fates(study, of, None);
    Tally {
        name: name(study, of),
        noun: ("pact", "pacts"),
        days: list.iter().map(|f| f.start).collect(),
        definitions: Vec::new(),
        table: table(study, &list, citer),
        mind: Vec::new(),
    }
}

fn table(study: &Study, list: &[Fate], citer: &mut Citer) -> Table {
    Table {
        title: "The cases".to_owned(),
        intro: format!("{}.", words::counted(list.len(), "pact", "pacts")),
        columns: cases::columns(study, None),
        rows: cases::rows(study, list, citer),
        notes: Vec::new(),
    }
}
