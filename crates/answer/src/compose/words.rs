//! Words for units, changes and lists, made from the record's names.

use jonbar_counterfactual::{Cause, Difference, What};
use jonbar_model::{Change, ItemSource, Kind, Mark, TermSpec};
use jonbar_record::{ActorId, Day, Event, Record, TerritoryId};

use super::study::Study;

/// `A`, `A and B`, `A, B and C`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

pub(crate) fn names(study: &Study, actors: &[ActorId]) -> String {
    list(&actors.iter().map(|a| name(study, *a)).collect::<Vec<_>>())
}

/// Territories in a sentence: `Bessarabia and Northern Bukovina`.
pub(crate) fn lands(record: &Record, territories: &[TerritoryId]) -> String {
    list(&territories.iter().map(|t| record.territories[t.0].name.clone()).collect::<Vec<_>>())
}

/// A state in a sentence: `Romania`, `the Soviet Union`.
pub(crate) fn name(study: &Study, actor: ActorId) -> String {
    study.record.actors[actor.0].in_sentence()
}

/// The same at the beginning of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Day of a model time.
pub(crate) fn day(time: f64) -> Day {
    Day(time.floor() as i32)
}

/// A unit in words: `the Soviet Union and Romania sign a non-aggression pact`.
pub(crate) fn unit(study: &Study, kind: Kind, a: usize, b: usize, claim: Option<usize>) -> String {
    let (a, b) = (name(study, ActorId(a)), name(study, ActorId(b)));
    match kind {
        Kind::NonaggressionPact | Kind::ConsultationPact | Kind::DefencePact => {
            format!("{a} and {b} sign {}", with_article(kind.label()))
        }
        Kind::PactBroken => format!("{a} breaks or denounces its pact with {b}"),
        Kind::TerritorialDemand => {
            let land = claim
                .map(|c| study.record.territories[study.world.claims[c].territory].name.clone())
                .unwrap_or_else(|| "land".to_owned());
            format!("{a} demands {land} from {b}")
        }
        Kind::ArmedDispute => format!("{a} uses force against {b}"),
        Kind::WarBegun => format!("{a} goes to war against {b}"),
        Kind::WarJoined => format!("{a} joins the war against {b}"),
        Kind::RelationsOpened => format!("{a} and {b} open relations"),
        Kind::RelationsBroken => format!("{a} and {b} break off relations"),
    }
}

pub(crate) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Resisted => "it is refused",
        Mark::Conceded => "it is conceded",
        Mark::War => "it ends in war",
    }
}

/// A change of state in words; empty for bookkeeping.
pub(crate) fn change(study: &Study, change: &Change) -> String {
    let name = |a: usize| name(study, ActorId(a));
    match change {
        Change::Holder { territory, to, .. } => {
            let land = &study.record.territories[*territory].name;
            match to {
                Some(to) => format!("{land} passes to {}", name(*to)),
                None => format!("{land} is given up"),
            }
        }
        Change::Independence { actor, on: false, .. } => format!("{} loses its independence", name(*actor)),
        Change::Independence { actor, on: true, .. } => format!("{} is independent again", name(*actor)),
        Change::War { a, b, on: true } => format!("war between {} and {}", name(*a), name(*b)),
        Change::War { a, b, on: false } => format!("peace between {} and {}", name(*a), name(*b)),
        Change::BilateralPactsEnd { a, b } => {
            format!("{} breaks its pact with {} by what it does", name(*a), name(*b))
        }
        Change::Sphere { to, over } => format!("{} is left to the sphere of {}", name(*over), name(*to)),
        Change::Relations { a, b, on } => {
            format!("{} and {} {} relations", name(*a), name(*b), if *on { "have" } else { "have no" })
        }
        Change::Office { actor, office, person, .. } => {
            let office = jonbar_record::Office::ALL[*office].label();
            match person {
                Some(p) => format!("{} is {office} of {}", study.record.people[*p].name, name(*actor)),
                None => format!("the office of {office} of {} falls vacant", name(*actor)),
            }
        }
        Change::PactBegins { parties, class, .. } => {
            let names: Vec<String> = parties.iter().map(name).collect();
            let class = match class {
                jonbar_model::PactClass::Nonaggression => "non-aggression pact",
                jonbar_model::PactClass::Consultation => "consultation pact",
                jonbar_model::PactClass::Defence => "mutual-assistance pact",
            };
            format!("{class} of {}", list(&names))
        }
        _ => String::new(),
    }
}

fn changes(study: &Study, all: &[Change]) -> String {
    let words: Vec<String> = all.iter().map(|c| change(study, c)).filter(|w| !w.is_empty()).collect();
    list(&words)
}

/// A recorded item in a few words.
pub(crate) fn item(study: &Study, index: usize) -> String {
    let item = &study.timeline.items[index];
    match (item.unit, item.source) {
        (Some((kind, a, b)), _) => unit(study, kind, a, b, item.claim),
        (None, ItemSource::Event(e)) => {
            let words = changes(study, &item.changes);
            if words.is_empty() { study.record.events[e].kind.label().to_owned() } else { words }
        }
        (None, ItemSource::Calendar) => "a date passes".to_owned(),
    }
}

/// A difference in a few words, with what becomes of it.
pub(crate) fn difference(study: &Study, d: &Difference) -> String {
    match &d.what {
        What::Imposed { unit: Some((kind, a, b)), claim, .. } => unit(study, *kind, *a, *b, *claim),
        What::Imposed { changes: all, .. } | What::Derived { changes: all } => changes(study, all),
        What::Removed { item: i } => format!("no: {}", item(study, *i)),
        What::Answered { item: i, mark: m, .. } => format!("{}, and {}", item(study, *i), mark(*m)),
        What::Added { kind, a, b, claim, mark: m, .. } => {
            let words = unit(study, *kind, *a, *b, *claim);
            match m {
                Some(m) => format!("{words}, and {}", mark(*m)),
                None => words,
            }
        }
    }
}

/// Why a difference arose, in words.
pub(crate) fn why(study: &Study, d: &Difference, earlier: &[Difference]) -> String {
    let after = match d.cause.parent.and_then(|p| earlier.get(p)) {
        Some(parent) => format!(" after: {}", difference(study, parent)),
        None => String::new(),
    };
    match d.cause {
        Cause { term: Some((kind, term)), shift, .. } => {
            let name = &study.spec.of(kind).terms[term].name;
            let times = libm::exp(shift);
            format!("{} (rate x{times:.1}){after}", TermSpec::gloss(name))
        }
        Cause { parent: None, .. } => "the change asked about".to_owned(),
        _ => format!("direct consequence{after}"),
    }
}

/// A label with its indefinite article: "a territorial demand".
pub(crate) fn with_article(label: &str) -> String {
    let article = if label.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {label}")
}

/// An entry in a line: `13 March 1940: The peace of Moscow ends the Winter War.`
pub(crate) fn dated(event: &Event) -> String {
    format!("{}: {}", capital(&event.when.long()), event.summary)
}

/// So many days in the unit that people would use: `2.1 years`, `3.4 months`.
pub(crate) fn years_or_months(days: i32) -> String {
    let years = f64::from(days) / super::YEAR;
    if years >= 1.0 { format!("{years:.1} years") } else { format!("{:.1} months", years * 12.0) }
}

/// A number with its noun: `1 war`, `3 wars`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Whether the record calls an event an ultimatum.
pub(crate) fn is_ultimatum(event: &Event) -> bool {
    event.id.contains("ultimatum") || event.summary.to_lowercase().contains("ultimatum")
}
