//! Which states a sentence speaks of.

use jonbar_question::{Deed, Other, Relation, Sort, StatesClaim};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, Window};

use super::super::cases::is;
use super::acts::pacts_of_two;
use crate::compose::study::Study;

/// The states spoken of that existed at some time in a window.
pub(super) fn members(study: &Study, claim: &StatesClaim, window: Window) -> Vec<ActorId> {
    let record = study.record;
    let who = &claim.who;
    let fates = |e: &&Event| matches!(e.kind, EventKind::IndependenceLost | EventKind::IndependenceRegained);
    // Independence begins and ends only there.
    let mut days: Vec<Day> = record.events.iter().filter(fates).map(|e| e.when.reading()).collect();
    days.extend(record.actors.iter().flat_map(|a| a.exists.iter().map(|w| w.from)));
    days.extend([window.from, window.to]);
    days.retain(|d| window.contains(*d));
    let existed = |a: ActorId| days.iter().any(|d| record.is_independent(a, *d));
    let sort = |a: ActorId| match who.sort {
        None => true,
        Some(Sort::Democracy | Sort::Dictatorship) => {
            let wanted = who.sort == Some(Sort::Democracy);
            let then = |w: Window| w.from <= window.to && w.to >= window.from;
            record.regimes.iter().any(|r| r.actor == a && then(r.window) && r.democracy == wanted)
        }
        Some(sort) => is(study, sort, a, window.from),
    };
    let related = |a: ActorId, of: (Relation, ActorId)| match of {
        (Relation::Neighbour, x) => {
            record.land_borders(a, x).any(|w| w.from <= window.to && w.to >= window.from)
        }
        (Relation::Partner(kind), x) => {
            pacts_of_two(study, kind).any(|p| p.binds(a, x) && a != x && stands(study, p, window))
        }
    };
    let breakable = |a: ActorId| match claim.deed {
        Deed::Breach(kind) | Deed::Denunciation(kind) => {
            let with = |p: &Pact| match &claim.other {
                Other::States(list) => list.iter().any(|x| p.parties.contains(x) && *x != a),
                _ => true,
            };
            pacts_of_two(study, kind).any(|p| p.parties.contains(&a) && with(p) && stands(study, p, window))
        }
        // Whoever was never asked could neither give in nor refuse.
        Deed::Answer { .. } => record.events.iter().any(|e| {
            e.kind == EventKind::TerritorialDemand
                && e.targets.contains(&a)
                && window.contains(e.when.reading())
        }),
        _ => true,
    };
    let mut found: Vec<ActorId> = (0..record.actors.len()).map(ActorId).collect();
    found.retain(|&a| sort(a) && who.of.iter().all(|of| related(a, *of)) && breakable(a) && existed(a));
    found
}

/// Whether a pact was in force at any time of a window.
fn stands(study: &Study, pact: &Pact, window: Window) -> bool {
    let end = pact.end.as_ref().map_or(study.record.span.to, |e| e.reading());
    pact.signed.reading() <= window.to && end >= window.from
}
