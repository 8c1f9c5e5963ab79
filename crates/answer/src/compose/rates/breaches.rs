//! Pacts that were broken: by whom, with what notice, and when; and pacts by the day of their signature.

use jonbar_question::{Cases, Says, Sort, Unit};
use jonbar_record::{ActorId, PactEnd};

use super::cases::{self, Fate, fates, name};
use super::tally::{Tally, sort_told};
use crate::answer::Table;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// Pacts that ended in a breach, or were denounced and followed by an attack within a year.
fn broken<'s>(study: &'s Study, of: &Cases) -> Vec<Fate<'s>> {
    let signed =
        Cases { unit: Unit::Pacts, party: None, target: None, sides: [None; 2], window: None, ..of.clone() };
    let mut list = fates(study, &signed, None);
    list.retain(|f| {
        let ends = f.violated || f.denounced && f.attack().is_some();
        ends && of.window.is_none_or(|w| w.contains(f.end)) && by_and_against(study, of, f)
    });
    list.sort_by_key(|f| f.end);
    list
}

/// Whether a pact was broken by those named, against those named.
fn by_and_against(study: &Study, of: &Cases, f: &Fate) -> bool {
    let is = |sort: Option<Sort>, a: ActorId| sort.is_none_or(|s| cases::is(study, s, a, f.end));
    f.pact.ended_by.iter().any(|&by| {
        of.party.is_none_or(|p| p == by)
            && is(of.sides[0], by)
            && f.pact
                .parties
                .iter()
                .any(|&on| on != by && of.target.is_none_or(|p| p == on) && is(of.sides[1], on))
    })
}

pub(super) fn tally(study: &Study, (of, whole): (&Cases, &Cases), says: Says, citer: &mut Citer) -> Tally {
    let (all, which) = sort_told(study, of, whole);
    let counted = if says == Says::Joined { &all } else { of };
    let list = broken(study, counted);
    let told = |label: String, is: &dyn Fn(&Fate) -> bool| {
        (label, list.iter().map(|f| Some(is(f))).collect::<Vec<_>>())
    };
    let definitions = match says {
        Says::Warned => vec![
            told("denounced before the other side was attacked".to_owned(), &|f| {
                f.pact.end_kind == PactEnd::Denounced
            }),
            told("denounced at least 30 days before the attack".to_owned(), &|f| {
                f.pact.end_kind == PactEnd::Denounced
                    && f.attack().is_some_and(|e| e.when.reading().0 - f.end.0 >= NOTICE)
            }),
        ],
        Says::Unwarned => {
            vec![told("without denouncing the pact first".to_owned(), &|f| {
                f.pact.end_kind != PactEnd::Denounced
            })]
        }
        Says::Joined => vec![told(which, &|f| by_and_against(study, of, f))],
        _ => Vec::new(),
    };
    Tally {
        name: name(study, counted),
        noun: ("breach", "breaches"),
        ids: list.iter().map(|f| f.pact.id.clone()).collect(),
        days: list.iter().map(|f| f.end).collect(),
        definitions,
        table: table(study, &list, citer),
        mind: vec![format!(
            "A breach is a pact ended by an act against the other side, or denounced and followed by an attack within a year. {}",
            match of.pact {
                Some(_) => "Pacts of more than two states are not among them.",
                None => "Peace treaties and pacts of more than two states are not among them.",
            }
        )],
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
        ids: list.iter().map(|f| f.pact.id.clone()).collect(),
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
