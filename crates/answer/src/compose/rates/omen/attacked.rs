//! Whether states with an ally were attacked less often than states without one, by whomever.

use jonbar_question::{Cases, Sort};
use jonbar_record::{ActorId, Day, EventKind, Pact, PactEnd};
use jonbar_survival::rate_ratio;

use crate::answer::{Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::rates::{LEVEL, YEAR};
use crate::compose::study::Study;
use crate::compose::words;

/// Attacks on states with such an ally and on states without, with the years each lived so; and what they show.
pub(super) fn attacked(study: &Study, pacts: &[&Pact], of: &Cases, citer: &mut Citer) -> (String, Section) {
    let record = study.record;
    let (first, last) = (record.span.from.0, record.span.to.0);
    let some = of.sides.iter().flatten();
    let great_ally = some.clone().any(|s| *s == Sort::Great);
    let small_only = some.clone().any(|s| *s == Sort::Small) || great_ally;
    let counted = |state: ActorId| !(small_only && record.actors[state.0].great_power);
    let in_force = |p: &Pact, day: Day| p.end_kind != PactEnd::NeverInForce && p.in_force(day);
    // Whoever attacks is no ally against himself.
    let allies = |state: ActorId, day: Day, attackers: &[ActorId]| -> Vec<&&Pact> {
        let helps = |p: &&&Pact| {
            p.parties.contains(&state)
                && in_force(p, day)
                && p.parties.iter().any(|x| {
                    *x != state && !attackers.contains(x) && (!great_ally || record.actors[x.0].great_power)
                })
        };
        pacts.iter().filter(helps).collect()
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
    let opens = |kind: EventKind| matches!(kind, EventKind::WarBegun | EventKind::WarJoined);
    for event in record.events.iter().filter(|e| opens(e.kind)) {
        let day = event.when.reading();
        for &state in event.targets.iter().filter(|s| counted(**s)) {
            let eve = day.plus(-1);
            let bound = allies(state, eve, &event.actors);
            attacks[usize::from(!bound.is_empty())] += 1;
            let names: Vec<&str> = bound.iter().map(|p| p.name.as_str()).collect();
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
        notes: vec!["A state attacked by several counts once for each.".to_owned()],
    };
    (sentence, Section::Table(table))
}
