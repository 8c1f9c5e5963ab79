//! Whether states with an ally were attacked less often than states without one, by whomever.

use std::collections::BTreeMap;

use jonbar_question::{Cases, Sort};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactId, PactType, Record};
use jonbar_survival::rate_ratio;

use crate::answer::{Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::rates::{LEVEL, YEAR};
use crate::compose::study::Study;
use crate::compose::words;

/// Days within which several attacks on one state are one.
const ONE_ATTACK: i32 = 90;

/// Whom a pact promises help: one of mutual assistance all parties, a guarantee those of them who were given it.
fn protected(record: &Record, index: usize) -> Vec<ActorId> {
    let pact = &record.pacts[index];
    let signed = |e: &&Event| e.kind == EventKind::PactSigned && e.pact == Some(PactId(index));
    let given = record.events.iter().find(signed).map_or(&[][..], |e| &e.targets[..]);
    let all = given.is_empty() || pact.types.contains(&PactType::Defence);
    pact.parties.iter().copied().filter(|p| all || given.contains(p)).collect()
}

/// Whether a war was joined against its aggressor, which is help and no attack.
fn helps(record: &Record, event: &Event) -> bool {
    event.follows.is_some_and(|begun| {
        let begun = &record.events[begun.0];
        begun.kind == EventKind::WarBegun && event.targets.iter().any(|t| begun.actors.contains(t))
    })
}

/// Attacks on states with an ally and on states without, with the years each lived so, and what they show; nothing of one state alone.
pub(super) fn attacked(study: &Study, of: &Cases, citer: &mut Citer) -> Option<(String, Section)> {
    let record = study.record;
    if of.party.is_some() || of.target.is_some() {
        return None;
    }
    let window = of.window.unwrap_or(record.span);
    let (first, last) = (window.from.0.max(record.span.from.0), window.to.0.min(record.span.to.0));
    let some = of.sides.iter().flatten();
    let great_ally = some.clone().any(|s| *s == Sort::Great);
    let small_only = some.clone().any(|s| *s == Sort::Small) || great_ally;
    let counted = |state: ActorId| !(small_only && record.actors[state.0].great_power);
    let promises = |p: &Pact| {
        let help = |t: &PactType| matches!(t, PactType::Defence | PactType::Guarantee);
        p.types.iter().any(help) && p.main_type() != PactType::Peace && p.end_kind != PactEnd::NeverInForce
    };
    let of_help: Vec<(&Pact, Vec<ActorId>)> = (record.pacts.iter().enumerate())
        .filter(|(_, pact)| promises(pact))
        .map(|(i, pact)| (pact, protected(record, i)))
        .collect();
    // Whoever attacks is no ally against himself.
    let allies = |state: ActorId, day: Day, attackers: &[ActorId]| -> Vec<&str> {
        let bound = |(pact, protected): &&(&Pact, Vec<ActorId>)| {
            let mut others = pact.parties.iter().filter(|x| **x != state && !attackers.contains(x));
            pact.in_force(day)
                && protected.contains(&state)
                && others.any(|x| !great_ally || record.actors[x.0].great_power)
        };
        of_help.iter().filter(bound).map(|(pact, _)| pact.name.as_str()).collect()
    };
    let mut exposure = [0.0_f64; 2];
    for state in (0..record.actors.len()).map(ActorId).filter(|s| counted(*s)) {
        // By the month, which is close enough for years of life.
        for day in (first..=last).step_by(30).map(Day) {
            if record.is_independent(state, day) {
                let with = usize::from(!allies(state, day, &[]).is_empty());
                exposure[with] += 30.0 / YEAR;
            }
        }
    }
    let mut attacks = [0_u64; 2];
    let mut rows = Vec::new();
    let mut attacked_on: BTreeMap<ActorId, Day> = BTreeMap::new();
    let opens = |kind: EventKind| matches!(kind, EventKind::WarBegun | EventKind::WarJoined);
    let within = |e: &&Event| (first..=last).contains(&e.when.reading().0);
    for event in record.events.iter().filter(|e| opens(e.kind) && !helps(record, e)).filter(within) {
        let day = event.when.reading();
        for &state in event.targets.iter().filter(|s| counted(**s)) {
            if attacked_on.insert(state, day).is_some_and(|before| day.0 - before.0 <= ONE_ATTACK) {
                continue;
            }
            let names = allies(state, day.plus(-1), &event.actors);
            attacks[usize::from(!names.is_empty())] += 1;
            rows.push(vec![
                Datum::Text(day.long()),
                Datum::Text(words::names(study, &event.actors)),
                Datum::Text(words::name(study, state)),
                if names.is_empty() { Datum::None } else { Datum::Text(names.join("; ")) },
                Datum::Text(citer.marks(&event.citations)),
            ]);
        }
    }
    let rate = |i: usize| attacks[i] as f64 / exposure[i].max(1e-9) * 100.0;
    let ratio = rate_ratio((attacks[1], exposure[1].max(1e-9)), (attacks[0], exposure[0].max(1e-9)), LEVEL);
    let who = if small_only { "smaller states" } else { "states" };
    let ally = if great_ally { "a great power bound to help" } else { "such an ally" };
    let verdict = if ratio.upper < 1.0 {
        "less often, beyond chance"
    } else if ratio.lower > 1.0 {
        "more often, beyond chance"
    } else {
        "neither more nor less often, as far as can be told"
    };
    let sentence = format!(
        "Attacked by anybody: {who} with {ally} {} in {:.0} years of a state ({:.1} in 100), those without {} in {:.0} ({:.1} in 100): {:.1} \
         times the rate (90 % interval {:.1} to {:.1}), {verdict}. States in danger look for allies, which this does not take out.",
        words::counted(attacks[1] as usize, "time", "times"),
        exposure[1],
        rate(1),
        words::counted(attacks[0] as usize, "time", "times"),
        exposure[0],
        rate(0),
        ratio.ratio,
        ratio.lower,
        ratio.upper
    );
    let table = Table {
        title: "Attacks, and who was bound to help".to_owned(),
        intro: format!(
            "Wars opened or joined against {who}, with the pacts of help with others than the attacker in force the day before."
        ),
        columns: ["when", "attacker", "attacked", "bound to help by", "source"].map(str::to_owned).to_vec(),
        rows,
        notes: vec![
            "Several attackers within three months count as one attack, and whoever went to war against the aggressor attacked nobody.".to_owned(),
            "A guarantee protects whom it was given to; pacts of mutual assistance all their parties.".to_owned(),
        ],
    };
    Some((sentence, Section::Table(table)))
}
