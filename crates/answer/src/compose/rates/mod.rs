//! How often, whether a sign of worse, right before what, and more or less over time: sentences people argue about, each
//! answered under its definitions, with the cases.

mod aid;
mod attack;
mod attacks;
mod became;
mod breaches;
mod calendar;
mod cases;
mod claimed;
mod compared;
mod counted;
mod definitions;
mod demands;
mod joined;
mod lasting;
mod lengths;
mod omen;
mod ruptures;
mod shares;
mod states;
mod tally;
mod times;
mod transfers;
mod trend;

use jonbar_question::{Claim, Reading, Says, Unit};

use super::study::Study;
use super::{LEVEL, YEAR};
use crate::answer::Answer;

pub(crate) use calendar::answer as calendar;
pub(crate) use lengths::answer as lengths;
pub(crate) use states::answer as states;
pub(crate) use states::sequels::answer as sequels;
pub(crate) use trend::trend;

pub(crate) fn base_rate(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let mut answer = match (claim.says, &claim.than) {
        (Says::Omen, _) => omen::answer(study, reading, claim),
        (Says::Aided { aided, .. }, Some(than)) => aid::compare(study, reading, claim, than, aided),
        (Says::Aided { aided, victim }, _) => aid::answer(study, reading, claim, aided, victim),
        (Says::BrokenBeforeAttack, _) => attack::answer(study, reading, claim),
        (Says::Counted, Some(than)) => counted::answer(study, reading, claim, than),
        (Says::Timed, _) => times::answer(study, reading, claim),
        (Says::Peak, _) => times::peak(study, reading, claim),
        (_, than) if claim.of.unit != Unit::Pacts => match than {
            Some(than) => tally::compare(study, reading, claim, than),
            None => tally::answer(study, reading, claim),
        },
        (_, Some(than)) => compared::answer(study, reading, claim, than),
        (Says::Joined, _) => joined::answer(study, reading, claim),
        (Says::Lasted { .. } | Says::FullTerm { .. }, _) => lasting::answer(study, reading, claim),
        _ => became::answer(study, reading, claim),
    };
    answer.reading.not_understood.extend(claim.left_out.iter().cloned());
    answer
}

/// Years that "soon" stands for where a claim names no time.
const SOON: f64 = 5.0;

/// A probability of chance as it is written.
fn chance(p: f64) -> String {
    if p < 0.001 { "p below 0.001".to_owned() } else { format!("p {p:.3}") }
}

/// An end of the interval of a ratio as it is written.
fn times_over(ratio: f64) -> String {
    if ratio.is_finite() { format!("{ratio:.1}") } else { "any number".to_owned() }
}

/// "1918 to 1941", the years of the casebook.
fn span(study: &Study) -> String {
    format!("{} to {}", study.record.span.from.year(), study.record.span.to.year())
}
