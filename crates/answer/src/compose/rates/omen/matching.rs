//! Pairs with a pact beside pairs that were like them and had none.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_model::effects;
use jonbar_record::{ActorId, Day, EventKind, Pact};

use super::super::YEAR;
use super::super::cases::FORCE;
use crate::answer::{Datum, Table};
use crate::compose::study::Study;
use crate::compose::words;

/// Years for which both pairs of a match are watched.
const YEARS: f64 = 10.0;

/// What a match has to share exactly.
const EXACT: [&str; 6] =
    ["contiguous", "one_great_power", "both_great_powers", "claim_live", "recent_force", "relations"];

/// A pact with the most similar pair that had none.
struct Match<'s> {
    pact: &'s Pact,
    control: (usize, usize),
    days: i32,
    outcomes: [bool; 2],
}

/// Where a match finds its circumstances among the effects: the exact ones, and the inequality of strength.
fn places() -> Option<([usize; EXACT.len()], usize)> {
    let at = |name: &str| effects::all().position(|e| e.name == name);
    let mut exact = [0; EXACT.len()];
    for (place, name) in exact.iter_mut().zip(EXACT) {
        *place = at(name)?;
    }
    Some((exact, at("log_capability_ratio")?))
}

/// What is known of a dyad on a day, symmetric in its two states: the exact circumstances, and how unequal it is.
fn profile(
    study: &Study,
    (exact, ratio): ([usize; EXACT.len()], usize),
    (a, b): (usize, usize),
    day: Day,
) -> Option<([bool; EXACT.len()], f64)> {
    let cell = study.panel.cells.dyad(a, b);
    let value = study.panel.value_at(cell, f64::from(day.0));
    if value.risk == 0 {
        return None;
    }
    let known = exact.map(|at| value.forward.get(at).max(value.backward.get(at)) > 0.0);
    Some((known, value.forward.get(ratio).abs()))
}

fn fights(study: &Study, a: usize, b: usize, from: Day, days: i32) -> bool {
    let (a, b) = (ActorId(a), ActorId(b));
    let facing =
        |e: &jonbar_record::Event, kinds: &[EventKind]| kinds.contains(&e.kind) && e.sets_against(&[a], &[b]);
    study.record.events.iter().any(|e| {
        let day = e.when.reading();
        facing(e, FORCE) && day > from && day <= from.plus(days)
    })
}

/// Matches every pact to the pair that was most like its own on the day before, had no pact of the type, and is used once.
fn matches<'s>(study: &'s Study, pacts: &[&'s Pact]) -> Vec<Match<'s>> {
    let n = study.world.n_actors;
    let Some(places) = places() else { return Vec::new() };
    let mut first: BTreeMap<(usize, usize), Day> = BTreeMap::new();
    for pact in pacts {
        if let [a, b] = pact.parties[..] {
            let day = first.entry((a.0.min(b.0), a.0.max(b.0))).or_insert(pact.signed.reading());
            *day = pact.signed.reading().min(*day);
        }
    }
    let first_pact = |a: usize, b: usize| first.get(&(a, b)).copied();
    let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut found = Vec::new();
    for pact in pacts {
        let [a, b] = pact.parties[..] else { continue };
        let (a, b) = (a.0.min(b.0), a.0.max(b.0));
        // Only the first pact of a pair: later ones have the first among their causes.
        if !seen.insert((a, b)) {
            continue;
        }
        let signed = pact.signed.reading();
        let Some((exact, unequal)) = profile(study, places, (a, b), signed.plus(-1)) else { continue };
        let mut best: Option<(f64, (usize, usize))> = None;
        for x in 0..n {
            for y in x + 1..n {
                let Some((other, their)) = profile(study, places, (x, y), signed.plus(-1)) else { continue };
                let far = (their - unequal).abs();
                if other != exact || best.is_some_and(|(least, _)| far >= least) || (x, y) == (a, b) {
                    continue;
                }
                let free = first_pact(x, y).is_none_or(|day| day > signed) && !used.contains(&(x, y));
                if free {
                    best = Some((far, (x, y)));
                }
            }
        }
        if let Some((_, control)) = best {
            used.insert(control);
            // Both are watched until the control signs a pact of its own, or the casebook ends.
            let until = first_pact(control.0, control.1).unwrap_or(study.record.span.to);
            let days = (YEARS * YEAR) as i32;
            let days = days.min(until.0 - signed.0).min(study.record.span.to.0 - signed.0).max(0);
            let outcome = |x: usize, y: usize| fights(study, x, y, signed, days);
            let outcomes = [outcome(a, b), outcome(control.0, control.1)];
            found.push(Match { pact, control, days, outcomes });
        }
    }
    found
}

/// The matches of these bilateral pacts as a table, and a sentence about them.
pub(super) fn matched<'s>(study: &'s Study, pacts: &[&'s Pact]) -> Option<(Table, String)> {
    let found = matches(study, pacts);
    if found.is_empty() {
        return None;
    }
    let (bound, free) = (
        found.iter().filter(|m| m.outcomes[0]).count() as u64,
        found.iter().filter(|m| m.outcomes[1]).count() as u64,
    );
    // Only matches in which one fought and the other did not tell anything (McNemar 1947).
    let only = |i: usize| found.iter().filter(|m| m.outcomes[i] && !m.outcomes[1 - i]).count() as u64;
    let p = jonbar_survival::rate_ratio((only(0), 1.0), (only(1), 1.0), 0.9).p;
    let sentence = format!(
        "Beside each pact the pair most like its own that had none (same border, power, claims, past force and relations): within \
         ten years {bound} of {} pairs with a pact fought, and {free} of as many without{}.",
        found.len(),
        if p < 0.1 { format!(" (p {p:.2})") } else { "; a difference so small can be chance".to_owned() }
    );
    let mut pairs: Vec<(usize, usize)> = pacts
        .iter()
        .filter_map(|p| match p.parties[..] {
            [a, b] => Some((a.0.min(b.0), a.0.max(b.0))),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let left = pairs.len().saturating_sub(found.len());
    let yes = |fought: bool| Datum::Text(if fought { "fought" } else { "did not" }.to_owned());
    let rows = found
        .iter()
        .map(|m| {
            vec![
                Datum::Text(words::names(study, &m.pact.parties)),
                Datum::Text(m.pact.signed.text.clone()),
                yes(m.outcomes[0]),
                Datum::Text(words::names(study, &[ActorId(m.control.0), ActorId(m.control.1)])),
                yes(m.outcomes[1]),
                Datum::Number(f64::from(m.days) / YEAR, 1),
            ]
        })
        .collect();
    let table = Table {
        title: "Like with like".to_owned(),
        intro: format!(
            "{} first pacts of a pair, each beside the most similar pair without one: the same on border, great powers, live \
             claims, force within five years and diplomatic relations, and nearest in inequality of strength.",
            found.len()
        ),
        columns: ["pact of", "signed", "afterwards", "without a pact", "afterwards", "years watched"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: vec![
            format!(
                "{left} first pacts had no pair like theirs left, or nothing was at risk the day before, and are not here."
            ),
            "Fought: any use of force, war or occupation between the two.".to_owned(),
        ],
    };
    Some((table, sentence))
}
