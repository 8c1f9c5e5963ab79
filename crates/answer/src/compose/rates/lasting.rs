//! Whether pacts lasted so long: until any end, until broken, or free of force.

use jonbar_question::{Claim, Reading, Says};
use jonbar_record::Day;
use jonbar_survival::{Spell, cumulative_incidence, share_interval};

use super::SOON;
use super::became::{self, asked};
use super::cases::{self, FORCE, Fate};
use super::definitions::{saying, span_in_words};
use super::{LEVEL, YEAR, shares};
use crate::answer::{Answer, ForestRow, Section};
use crate::compose::blank;
use crate::compose::cite::Citer;
use crate::compose::study::Study;

/// One meaning of lasting: what ends it, and whether a pact that ended otherwise can no longer fail.
struct Meaning {
    /// After "were", of those that failed; `{}` stands for the time.
    failed: &'static str,
    /// The same of those that lasted.
    lasted: &'static str,
    /// When it failed.
    fails: fn(&Fate) -> Option<Day>,
    over: bool,
}

const MEANINGS: [Meaning; 5] = [
    Meaning {
        failed: "ended, in whatever way, within {}",
        lasted: "in force for {} at least",
        fails: |f| f.pact.end.as_ref().map(|_| f.end),
        over: true,
    },
    Meaning {
        failed: "violated within {}",
        lasted: "not violated within {}",
        fails: |f| f.violated.then_some(f.end),
        over: true,
    },
    Meaning {
        failed: "violated or denounced within {}",
        lasted: "neither violated nor denounced within {}",
        fails: |f| (f.violated || f.denounced).then_some(f.end),
        over: true,
    },
    Meaning { failed: "met with force within {}", lasted: "free of force for {}", fails: force, over: false },
    Meaning {
        failed: "violated, denounced or met with force within {}",
        lasted: "free of breach, denunciation and force for {}",
        fails: |f| {
            let broken = (f.violated || f.denounced).then_some(f.end);
            broken.into_iter().chain(force(f)).min()
        },
        over: false,
    },
];

fn were(n: u64) -> String {
    format!("{n} {}", if n == 1 { "was" } else { "were" })
}

fn force(fate: &Fate) -> Option<Day> {
    fate.first(FORCE, Day(i32::MAX)).map(|e| e.when.reading())
}

/// How far, in years, an anniversary may be from a whole number of years of 365.25 days.
const ANNIVERSARY: f64 = 0.003;

/// What is known of the pacts at the limit.
struct Known {
    failed: u64,
    lasted: u64,
    /// Share that had failed, those not yet watched so long allowed for, with its interval.
    share: f64,
    interval: (f64, f64),
}

/// Cases with the length of their unit of time in days: a year, or the term agreed.
fn known(study: &Study, cases: &[(&Fate, f64)], meaning: &Meaning, limit: f64) -> Option<Known> {
    let last = study.record.span.to;
    let spells: Vec<Spell> = (0..)
        .zip(cases)
        .map(|(number, (fate, unit))| {
            let (exit, outcome) = match (meaning.fails)(fate) {
                Some(day) => (day, 1),
                None if meaning.over && fate.pact.end.is_some() => (fate.end, 2),
                None => (last, 0),
            };
            let days = f64::from((exit.0 - fate.start.0).max(1));
            Spell { outcome, ..Spell::simple(number, days / unit, false) }
        })
        .collect();
    let incidence = cumulative_incidence(&spells).ok()?;
    // A pact that ended on an anniversary lasted so many years, whatever days the leap years give it.
    let limit = limit - ANNIVERSARY;
    let failed = spells.iter().filter(|s| s.outcome == 1 && s.exit <= limit).count() as u64;
    let lasted = spells.iter().filter(|s| s.exit > limit || s.outcome == 2).count() as u64;
    let step = incidence.at(limit);
    let of = |values: &[f64]| values.first().copied().unwrap_or(0.0);
    let (share, se) = step.map_or((0.0, 0.0), |s| (of(&s.share), of(&s.se)));
    // Where nothing failed, or all did, the standard error says nothing.
    let interval = if se > 0.0 {
        ((share - 1.645 * se).max(0.0), (share + 1.645 * se).min(1.0))
    } else {
        share_interval(failed, (failed + lasted).max(1), LEVEL)
    };
    (failed + lasted > 0).then_some(Known { failed, lasted, share, interval })
}

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let fates = cases::fates(study, &claim.of, claim.by);
    let mut citer = Citer::new(study.record);
    let mut answer = blank(reading, "base rate", asked(study, claim));
    let (limit, under, unbroken, time) = match claim.says {
        Says::Lasted { years, under, unbroken } => {
            let years = years.unwrap_or(SOON);
            (years, under, unbroken, span_in_words(years))
        }
        // A pact that enters into force on ratification ends a little early by the day of signature.
        says => (0.99, says == Says::FullTerm { short: true }, false, "the time first agreed".to_owned()),
    };
    let of_term = matches!(claim.says, Says::FullTerm { .. });
    let cases: Vec<(&Fate, f64)> = fates
        .iter()
        .filter_map(|f| Some((f, if of_term { f.pact.term_years? * YEAR } else { YEAR })))
        .collect();
    if cases.is_empty() {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let vague = claim.word;
    let mut rows = Vec::new();
    for meaning in MEANINGS.iter().skip(usize::from(unbroken)) {
        let Some(k) = known(study, &cases, meaning, limit) else { continue };
        let (low, high) = k.interval;
        let (label, count, share, interval) = if under {
            (meaning.failed, k.failed, k.share, (low, high))
        } else {
            (meaning.lasted, k.lasted, 1.0 - k.share, (1.0 - high, 1.0 - low))
        };
        if rows.is_empty() {
            let unknown = cases.len() as u64 - k.failed - k.lasted;
            answer.summary.push(format!(
                "Of {} such pacts{} {} {} and {} {}; {} not watched so long before the casebook ends. Allowing for those, \
                 {:.0} in 100 were {} (90 % interval {:.0} to {:.0}).",
                cases.len(),
                if of_term { " made for a fixed time" } else { "" },
                were(k.failed),
                meaning.failed.replace("{}", &time),
                were(k.lasted),
                meaning.lasted.replace("{}", &time),
                were(unknown),
                100.0 * share,
                label.replace("{}", &time),
                100.0 * interval.0,
                100.0 * interval.1
            ));
        }
        rows.push(ForestRow {
            label: label.replace("{}", &time),
            count,
            of: cases.len() as u64,
            share,
            interval: Some(interval),
            holds: vague.is_some_and(|v| v.covers(share)),
        });
    }
    if let Some(vague) = vague {
        answer.summary.push(shares::verdict(vague, &saying(claim.says), &rows));
    }
    let mut forest = shares::forest(vague, rows);
    forest.intro.push_str(
        " The share allows for pacts not watched so long when the casebook ends (Aalen and Johansen); the cases counted are those \
         already seen.",
    );
    answer.sections.push(Section::Forest(forest));
    let survival = if unbroken {
        became::survival_unviolated(&fates, claim.by)
    } else {
        became::survival_of_any(&fates)
    };
    if let Some((curve, sentence)) = survival {
        answer.summary.push(sentence);
        answer.sections.push(Section::Curve(curve));
    }
    became::follow_up(study, claim, &fates, &mut citer, &mut answer);
    crate::compose::finish(answer, citer)
}
