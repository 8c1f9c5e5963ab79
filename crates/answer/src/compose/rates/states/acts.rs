//! What states did to one another, or with each other, as a sentence about them counts it.

use jonbar_question::{Cases, Deed, Other, Relation, Sort, StatesClaim, Unit, Whose};
use jonbar_record::{ActorId, Citation, Day, Event, EventKind, Pact, PactEnd, PactType, Window};

use super::super::attacks::{JUST_ENDED, attacks};
use super::super::cases::{self, FORCE, Fate, WAR, fates, is, pairs};
use super::super::claimed::disputes;
use super::super::transfers::{Transfer, transfers};
use super::told::deed;
use crate::compose::study::Study;

/// Something that one state did to another, or with it.
#[derive(Clone)]
pub(super) struct Act<'s> {
    pub(super) by: ActorId,
    pub(super) on: ActorId,
    pub(super) day: Day,
    /// When, as the record has it.
    pub(super) when: &'s str,
    pub(super) entry: Option<&'s Event>,
    /// The pact that was signed or ended: with several partners it is still one.
    pub(super) pact: Option<&'s str>,
    pub(super) citations: &'s [Citation],
}

impl<'s> Act<'s> {
    fn of(event: &'s Event, by: ActorId, on: ActorId) -> Act<'s> {
        let (day, when) = (event.when.reading(), &event.when.text);
        Act { by, on, day, when, entry: Some(event), pact: None, citations: &event.citations }
    }
}

impl Act<'_> {
    /// What it counts once with: the pact, or the entry of the record.
    pub(super) fn told_by(&self, deed: Deed) -> Option<&str> {
        self.pact.or(self.entry.filter(|_| deed != Deed::Attack).map(|e| e.id.as_str()))
    }
}

/// One meaning of what is said: in words that stand after "states that", and the acts that count.
pub(super) struct Meaning<'s> {
    pub(super) label: String,
    pub(super) acts: Vec<Act<'s>>,
}

/// What is said, under each of its meanings.
pub(super) fn meanings<'s>(study: &'s Study, claim: &StatesClaim) -> Vec<Meaning<'s>> {
    let plain = deed(study, claim);
    let meaning = |more: &str, acts: Vec<Act<'s>>| Meaning { label: format!("{plain}{more}"), acts };
    let mut list = match claim.deed {
        Deed::Attack => vec![
            meaning(": a war opened or joined, or independence taken", attacked(study)),
            meaning(", force short of war included", events(study, FORCE, false)),
        ],
        Deed::War => vec![meaning("", events(study, WAR, true))],
        Deed::Independence => {
            let lost = events(study, &[EventKind::IndependenceLost], false);
            let last = |a: &Act| !study.record.is_independent(a.on, study.record.span.to);
            let gone = lost.iter().filter(|a| last(a)).cloned().collect();
            vec![meaning("", lost), meaning(", and it was not regained by the end of the casebook", gone)]
        }
        Deed::Land => {
            let all = transfers(study, &Cases::default());
            let pressed = |t: &Transfer| t.force.is_some() || t.demand.is_some();
            let act = |t: &Transfer<'s>| Act::of(t.event, t.by, t.from);
            vec![
                meaning(", any land that changed hands", all.iter().map(act).collect()),
                meaning(
                    ", with force between the two or a demand for it in the year before",
                    all.iter().filter(|t| pressed(t)).map(act).collect(),
                ),
            ]
        }
        Deed::Demand => vec![meaning("", events(study, &[EventKind::TerritorialDemand], false))],
        Deed::Answer { met } => {
            let mut demands = events(study, &[EventKind::TerritorialDemand], false);
            demands.retain(|a| a.entry.is_some_and(|e| !e.mark.is_empty() && (e.mark == "conceded") == met));
            // Whoever answers is the one asked.
            let turned = demands.into_iter().map(|a| Act { by: a.on, on: a.by, ..a }).collect();
            vec![meaning("", turned)]
        }
        Deed::Claim => vec![meaning("", claimed(study))],
        Deed::Pact(kind) => vec![
            meaning(", of the two alone", signed(study, kind, false)),
            meaning(", or one of several states", signed(study, kind, true)),
        ],
        Deed::Denunciation(kind) => vec![meaning("", ended(study, kind, |f| f.denounced))],
        Deed::Breach(kind) => vec![
            meaning(", by an act against the other side", ended(study, kind, |f| f.violated)),
            meaning(", or denounced one", ended(study, kind, |f| f.violated || f.denounced)),
            meaning(
                ", or used force against the other side before the end",
                ended(study, kind, |f| f.violated || f.force_before_end().is_some()),
            ),
        ],
    };
    let partner = claim.who.of.iter().find_map(|of| match *of {
        (Relation::Partner(kind), x) => Some((kind, x)),
        (Relation::Neighbour, _) => None,
    });
    if let Some((kind, x)) = partner
        && claim.other == Other::States(vec![x])
        && claim.deed == Deed::Attack
    {
        let bound = |a: &&Act| in_force(study, kind, a.by, a.on, a.day);
        let acts = list[0].acts.iter().filter(bound).cloned().collect();
        list.push(meaning(", while a pact of the two was in force or within 30 days of its end", acts));
    }
    list
}

/// Whether an act is one of those spoken of.
pub(super) fn counts(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    window: Window,
    act: &Act,
) -> bool {
    let (of, other) = if claim.acts { (act.by, act.on) } else { (act.on, act.by) };
    let day = act.day;
    let towards = match &claim.other {
        Other::Anyone => true,
        Other::Each => members.contains(&other),
        Other::States(list) => list.contains(&other),
        Other::Sort(sort) => is(study, *sort, other, day),
        Other::Neighbour => study.record.land_borders(of, other).any(|w| w.contains(day)),
    };
    let sort = match claim.who.sort {
        Some(sort @ (Sort::Democracy | Sort::Dictatorship)) => is(study, sort, of, day),
        _ => true,
    };
    // What came before the pact was not done to a partner.
    let after = claim.who.of.iter().all(|relation| match *relation {
        (Relation::Partner(kind), x) if claim.other == Other::States(vec![x]) => {
            pacts_of_two(study, kind).any(|p| p.binds(of, x) && p.signed.reading() < day)
        }
        _ => true,
    });
    let bound = claim.bound.is_none_or(|kind| in_force(study, kind, of, other, day));
    window.contains(day) && towards && sort && after && bound
}

/// Whether a pact of the two alone was in force on a day, or had just ended.
fn in_force(study: &Study, kind: Option<PactType>, a: ActorId, b: ActorId, day: Day) -> bool {
    pacts_of_two(study, kind).any(|p| {
        let end = p.end.as_ref().map_or(study.record.span.to, |e| e.reading());
        p.binds(a, b) && p.signed.reading() < day && end >= day.plus(-JUST_ENDED)
    })
}

/// Pacts of two states of a type, peace treaties left aside.
pub(super) fn pacts_of_two<'s>(study: &'s Study, kind: Option<PactType>) -> impl Iterator<Item = &'s Pact> {
    let of = Cases { pact: kind, ..Cases::default() };
    cases::pacts(study, &of).into_iter()
}

fn attacked<'s>(study: &'s Study) -> Vec<Act<'s>> {
    attacks(study, &Cases { unit: Unit::Attacks, ..Cases::default() })
        .iter()
        .map(|a| Act::of(a.event, a.by, a.on))
        .collect()
}

/// Events of some kinds as acts of each that acts on each that it is done to; with `both`, of either side.
fn events<'s>(study: &'s Study, kinds: &[EventKind], both: bool) -> Vec<Act<'s>> {
    let mut acts = Vec::new();
    for event in study.record.events.iter().filter(|e| kinds.contains(&e.kind)) {
        for (by, on) in event.opposed() {
            acts.push(Act::of(event, by, on));
            if both {
                acts.push(Act::of(event, on, by));
            }
        }
    }
    acts
}

fn claimed<'s>(study: &'s Study) -> Vec<Act<'s>> {
    let of = Cases { unit: Unit::Claims, ..Cases::default() };
    disputes(study, &of)
        .into_iter()
        .map(|d| Act {
            by: d.claim.claimant,
            on: d.holder,
            day: d.stands.from,
            when: "",
            entry: None,
            pact: None,
            citations: &d.claim.citations,
        })
        .collect()
}

/// Signatures, by each party with each other.
fn signed<'s>(study: &'s Study, kind: Option<PactType>, many: bool) -> Vec<Act<'s>> {
    let of = |many| cases::pacts(study, &Cases { pact: kind, many, ..Cases::default() });
    let mut pacts = of(false);
    if many {
        pacts.extend(of(true));
        pacts.sort_by_key(|p| p.signed.reading());
    }
    pacts
        .into_iter()
        .flat_map(|p| pairs(p).flat_map(move |(a, b)| [(p, a, b), (p, b, a)]))
        .map(|(p, by, on)| Act {
            by,
            on,
            day: p.signed.reading(),
            when: &p.signed.text,
            entry: study.record.signature(p).map(|e| &study.record.events[e.0]),
            pact: Some(&p.id),
            citations: &p.citations,
        })
        .collect()
}

/// Pacts that came to an end, or were fought over, by an act of one side.
fn ended<'s>(study: &'s Study, kind: Option<PactType>, so: fn(&Fate) -> bool) -> Vec<Act<'s>> {
    let mut acts = Vec::new();
    for by in (0..study.record.actors.len()).map(ActorId) {
        let of = Cases { pact: kind, party: Some(by), ..Cases::default() };
        for fate in fates(study, &of, Some(Whose::Actor(by))).iter().filter(|f| so(f)) {
            let pact = fate.pact;
            let own_end = fate.violated || fate.denounced;
            let force = fate.force_before_end().filter(|_| !own_end);
            let when = pact.end.as_ref().filter(|_| pact.end_kind != PactEnd::InForce);
            let (day, text) = match (force, when) {
                (Some(event), _) => (event.when.reading(), &event.when.text),
                (None, Some(end)) => (end.reading(), &end.text),
                (None, None) => continue,
            };
            for &on in pact.parties.iter().filter(|p| **p != by) {
                let citations = force.map_or(&pact.citations[..], |e| &e.citations[..]);
                acts.push(Act { by, on, day, when: text, entry: force, pact: Some(&pact.id), citations });
            }
        }
    }
    acts.sort_by_key(|a| a.day);
    acts
}
