//! Whether allies came to each other's aid: alliances and guarantees when a party was attacked.

use jonbar_question::{Cases, Claim, Reading, Than, Whose};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactType};

use super::cases::{self, ATTACK, WAR, WITHIN_A_YEAR, date, is, name, pacts};
use super::definitions::saying;
use super::tally::{Noun, Tally, table};
use super::{shares, span};
use crate::answer::{Answer, Datum, ForestRow, Section};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// A promise of help called upon: a party attacked by a state outside the pact, and what each partner did.
struct Occasion<'s> {
    pact: &'s Pact,
    attack: &'s Event,
    victim: ActorId,
    partner: ActorId,
    /// The partner's war against the attacker: under way at the attack, or the first after it.
    war: Option<&'s Event>,
    /// Days from the attack to that war.
    days: i32,
}

fn occasions<'s>(study: &'s Study, claim: &Claim, of_victim: bool) -> Vec<Occasion<'s>> {
    let record = study.record;
    let bound = |many: bool| pacts(study, &Cases { many, party: None, ..claim.of.clone() });
    let mut all: Vec<&Pact> = bound(false);
    all.extend(bound(true));
    let mut found: Vec<Occasion> = Vec::new();
    for attack in record.events.iter().filter(|e| ATTACK.contains(&e.kind)) {
        let day = attack.when.reading();
        for pact in all.iter().copied().filter(|p| p.in_force(day) || p.in_force(day.plus(-1))) {
            for &victim in attack.targets.iter().filter(|v| pact.parties.contains(v)) {
                for &partner in pact.parties.iter().filter(|p| **p != victim) {
                    let takes_part = |x: &ActorId| attack.actors.contains(x) || attack.targets.contains(x);
                    let wanted = match (claim.of.party, claim.by) {
                        (Some(a), _) if of_victim => a == victim,
                        (Some(a), _) | (_, Some(Whose::Actor(a))) => a == partner,
                        (_, Some(Whose::Sort(sort))) => is(study, sort, partner, day),
                        (None, None) => true,
                    };
                    // A war of one state against two is one occasion for each, and a pact counts once for it.
                    let known = found.iter().any(|o| {
                        o.victim == victim
                            && o.partner == partner
                            && o.attack.actors.iter().any(|a| attack.actors.contains(a))
                            && (day.0 - o.attack.when.reading().0).abs() < WITHIN_A_YEAR
                    });
                    if takes_part(&partner) || !wanted || known {
                        continue;
                    }
                    let faces = |e: &Event| e.sets_against(&[partner], &attack.actors);
                    let wars = || record.events.iter().filter(|e| WAR.contains(&e.kind) && faces(e));
                    // A partner that is at war with the attacker already is at its side at once.
                    let already = wars().rfind(|e| e.when.reading() < day).filter(|begun| {
                        !record.events.iter().any(|e| {
                            let end = e.when.reading();
                            e.kind == EventKind::WarEnded
                                && e.actors.contains(&partner)
                                && end > begun.when.reading()
                                && end < day
                                && attack.actors.iter().any(|a| e.actors.contains(a) || e.targets.contains(a))
                        })
                    });
                    let war = already.or_else(|| wars().find(|e| e.when.reading() >= day));
                    let days = war.map_or(i32::MAX, |e| (e.when.reading().0 - day.0).max(0));
                    found.push(Occasion { pact, attack, victim, partner, war, days });
                }
            }
        }
    }
    found
}

/// A label, and the days within which the partner was at war; with `true` by its own declaration.
type Definition = (&'static str, i32, bool);

/// What "came to its aid" can mean; not known where the casebook ends sooner.
const DEFINITIONS: [Definition; 4] = [
    ("at war with the attacker within 30 days", 30, false),
    ("at war with the attacker within a year", WITHIN_A_YEAR, false),
    ("at war with the attacker by their own declaration within a year", WITHIN_A_YEAR, true),
    ("at war with the attacker at any time in the casebook", i32::MAX - 1, false),
];

impl Occasion<'_> {
    /// Whether the partner was at war with the attacker within so many days; `None` where the casebook ends before they are over.
    fn within(&self, days: i32, declared: bool, last: Day) -> Option<bool> {
        let by_themselves = !declared || self.war.is_some_and(|e| e.actors.contains(&self.partner));
        let seen = self.days <= days && by_themselves;
        let watched = days > 10_000 || self.attack.when.reading().plus(days) <= last;
        // One that was seen in a short watch would not have been counted had it not been seen.
        watched.then_some(seen)
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("call for help", "calls for help");

/// The occasions on which help was promised, and whether it came.
fn tally(study: &Study, claim: &Claim, aided: bool, victim: bool, citer: &mut Citer) -> Tally {
    let occasions = occasions(study, claim, victim);
    let last = study.record.span.to;
    let definitions = DEFINITIONS
        .iter()
        .map(|&(label, days, declared)| {
            let label = if aided { label.to_owned() } else { format!("not {label}") };
            let known = occasions.iter().map(|o| Some(o.within(days, declared, last)? == aided));
            (label, known.collect())
        })
        .collect();
    let rows = occasions
        .iter()
        .map(|o| {
            vec![
                Datum::Entry(words::capital(&words::name(study, o.victim)), o.attack.id.clone()),
                Datum::Text(words::names(study, &o.attack.actors)),
                Datum::Text(o.attack.when.text.clone()),
                Datum::Text(words::name(study, o.partner)),
                Datum::Text(format!("{} ({})", o.pact.name, o.pact.signed.text)),
                date(o.war),
                Datum::Text(citer.marks(&o.pact.citations)),
            ]
        })
        .collect();
    Tally {
        name: match (claim.of.party, claim.by) {
            (None, Some(Whose::Sort(_))) => format!("promises of help of {}", cases::whose(study, claim.by)),
            _ => format!("promises in {}", name(study, &claim.of).replace("bilateral ", "")),
        },
        noun: NOUN,
        ids: occasions
            .iter()
            .map(|o| format!("{} {} {}", o.attack.id, o.victim.0, o.partner.0))
            .collect(),
        days: occasions.iter().map(|o| o.attack.when.reading()).collect(),
        definitions,
        table: table(NOUN, &["attacked", "by", "when", "partner", "pact", "partner at war with the attacker", "source"], rows, &[
                "Attacks are wars begun or joined and losses of independence. States attack those they expect to fight alone: the share \
                 among attacks says nothing about attacks that a pact kept from being made (Smith 1995; Leeds 2003).",
                "Land yielded to a demand without a fight, as at Munich, is no attack and no case here.",
            ]),
        mind: vec![
            "Whether the text of each pact obliged the partner to fight in that very case is not weighed: many were aimed at one \
             neighbour, or bound only after a decision of the League."
                .to_owned(),
        ],
    }
}

/// A claim about pacts that promise help, if it names no type.
fn of_help(of: &Cases) -> Cases {
    Cases { pact: of.pact.or(Some(PactType::Defence)), ..of.clone() }
}

/// Whether one sort of partner came to the aid of those attacked more often than another.
pub(super) fn compare(study: &Study, reading: &Reading, claim: &Claim, than: &Than, aided: bool) -> Answer {
    let mut citer = Citer::new(study.record);
    let other = than.cases.clone().unwrap_or_else(|| cases::rest_of(&claim.of));
    // Whose promises they were: of the partners, not of those attacked.
    let side = |of: &Cases| Claim {
        by: of.sides[0].map(Whose::Sort).or(of.party.map(Whose::Actor)),
        of: Cases { sides: [None; 2], ..of_help(of) },
        ..claim.clone()
    };
    let both = [&claim.of, &other].map(|of| tally(study, &side(of), aided, false, &mut citer));
    super::tally::beside(study, reading, claim, than, both, citer)
}

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim, aided: bool, victim: bool) -> Answer {
    let claim = &Claim { of: of_help(&claim.of), ..claim.clone() };
    let mut citer = Citer::new(study.record);
    let tally = tally(study, claim, aided, victim, &mut citer);
    let named = claim.of.party.map(|a| words::name(study, a));
    let (attacked, whose) = match (named, victim) {
        (Some(name), true) => (name, "its partners".to_owned()),
        (Some(name), false) => ("a party".to_owned(), name),
        (None, _) => ("a party".to_owned(), "the partners".to_owned()),
    };
    let mut answer = blank(
        reading,
        "base rate",
        format!(
            "When {attacked}, bound by {}, was attacked by a state outside, did {whose} come to its aid, {}?",
            name(study, &Cases { party: None, ..claim.of.clone() }).replace("bilateral ", ""),
            span(study)
        ),
    );
    if tally.days.is_empty() {
        answer.summary.push("The casebook has no attack on a state that was promised help so.".to_owned());
        return answer;
    }
    let vague = claim.word;
    let rows: Vec<ForestRow> = tally
        .definitions
        .iter()
        .map(|(label, known)| shares::row(label.clone(), known.iter().copied(), vague))
        .collect();
    answer.summary.push(format!(
        "In {} of {} cases in which a party was attacked from outside, the partner was {}.",
        rows[0].count, rows[0].of, rows[0].label
    ));
    if let Some(vague) = vague {
        answer.summary.push(shares::verdict(vague, &saying(claim.says), &rows));
    }
    answer.summary.extend(tally.mind);
    answer.sections.push(Section::Forest(shares::forest(vague, rows)));
    answer.sections.push(Section::Table(tally.table));
    finish(answer, citer)
}
