//! Whether there were more acts of one state than of another, for each year that each was independent.

use jonbar_question::{Cases, Claim, Reading, Than, Unit};
use jonbar_record::{ActorId, Day, Window};
use jonbar_survival::{rate_interval, rate_ratio};

use super::cases::{is, name, period};
use super::tally::{Tally, tally};
use super::{LEVEL, YEAR, span, times_over};
use crate::answer::{Answer, RateRow, Rates, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim, than: &Than) -> Answer {
    let whole = study.record.span;
    let other = than.cases.clone().unwrap_or_default();
    let named = claim.of.window.unwrap_or(whole);
    let within = named.within(whole);
    let mut citer = Citer::new(study.record);
    let mut count = |of: &Cases| tally(study, (of, of), claim.says, &mut citer);
    let sides = [count(&claim.of), count(&other)];
    let years = [&claim.of, &other].map(|of| independent(study, of, within));
    let more = match (than.equal, than.less) {
        (true, _) => "as many",
        (_, true) => "fewer",
        (_, false) => "more",
    };
    let joint = if than.equal { "as" } else { "than" };
    let time = claim.of.window.map_or_else(|| span(study), |_| period(within));
    // "attacks and occupations by Germany" and "by Italy", without the time, which is told once.
    let timeless = |of: &Cases| name(study, &Cases { window: None, ..of.clone() });
    let (first, second) = (timeless(&claim.of), timeless(&other));
    let noun = name(study, &Cases { unit: claim.of.unit, ..Cases::default() });
    let beside = second.strip_prefix(&noun).unwrap_or(&second).trim();
    let mut answer =
        blank(reading, "base rate", format!("Were there {more} {first} {joint} {beside}, {time}?"));
    let seen = [sides[0].days.len() as u64, sides[1].days.len() as u64];
    if years.iter().any(|y| *y <= 0.0) || seen == [0, 0] {
        answer.summary.push("There is nothing to compare: the casebook has no such cases then.".to_owned());
        return answer;
    }
    let ratio = rate_ratio((seen[0], years[0]), (seen[1], years[1]), LEVEL);
    let clear = ratio.differs();
    // What is counted decides whether the sentence is true, and the interval whether chance alone would do it.
    let so = match (than.equal, than.less) {
        (true, _) => seen[0] == seen[1],
        (_, true) => seen[0] < seen[1],
        (_, false) => seen[0] > seen[1],
    };
    let verdict = match (than.equal, so, clear) {
        (true, true, _) | (false, true, true) => "Yes",
        (true, false, false) => "Not to the number, but the difference is within chance",
        (false, true, false) => "Yes by the count, but the difference is within chance",
        (_, false, _) => "No",
    };
    // Of many states more is to be expected than of few.
    let turned = ratio.ratio.is_finite() && seen[0] != seen[1] && (seen[0] > seen[1]) != (ratio.ratio > 1.0);
    let chance = if clear { "" } else { ", though that difference is within chance" };
    let verdict = match turned && !than.equal {
        true if so => {
            format!("By the count yes; per state and year no, since there were more of them{chance}")
        }
        true => format!("By the count no; per state and year yes, since there were fewer of them{chance}"),
        false => verdict.to_owned(),
    };
    // "More land" may mean its size, of which the casebook says nothing.
    answer.summary.push(match claim.of.unit {
        Unit::Transfers => {
            format!("If each change of holder counts once, whatever its size: {}.", verdict.to_lowercase())
        }
        _ => format!("{verdict}."),
    });
    answer.summary.push(format!(
        "{} {first}, {:.2} for each year of independence, against {} {beside}, {:.2}.",
        seen[0],
        seen[0] as f64 / years[0],
        seen[1],
        seen[1] as f64 / years[1],
    ));
    if ratio.ratio.is_finite() {
        answer.summary.push(format!(
            "That is {:.1} times the rate (90 % interval {} to {}).",
            ratio.ratio,
            times_over(ratio.lower),
            times_over(ratio.upper)
        ));
    }
    answer.summary.push("It says how often, and nothing of how large they were or why.".to_owned());
    answer.summary.extend(sides[0].mind.iter().cloned());
    let row = |side: &Tally, label: &str, years: f64| {
        let events = side.days.len() as u64;
        RateRow {
            label: words::capital(label),
            events,
            exposure: years,
            rate: events as f64 / years,
            interval: rate_interval(events, years, LEVEL),
        }
    };
    answer.sections.push(Section::Rates(Rates {
        title: "Side by side".to_owned(),
        intro: "Years are those in which the state was independent; intervals of 90 % (exact, Garwood)."
            .to_owned(),
        unit: "a year".to_owned(),
        rows: sides
            .iter()
            .zip([&first, &second])
            .zip(years)
            .map(|((side, label), years)| row(side, label, years))
            .collect(),
    }));
    for (side, label) in sides.into_iter().zip([first, second]) {
        let title = format!("The cases: {label}");
        answer.sections.push(Section::Table(Table { title, ..side.table }));
    }
    finish(answer, citer)
}

/// Years within a window in which the state whose cases are counted was independent by the record; of a sort of state, those of all
/// together, each while it was of that sort.
fn independent(study: &Study, of: &Cases, within: Window) -> f64 {
    let record = study.record;
    let sort = of.sides.into_iter().flatten().next();
    let states: Vec<ActorId> = match (of.party.or(of.target), sort) {
        (Some(actor), _) => vec![actor],
        (None, Some(_)) => (0..record.actors.len()).map(ActorId).collect(),
        (None, None) => Vec::new(),
    };
    let counts = |actor: ActorId, day: Day| {
        record.is_independent(actor, day) && sort.is_none_or(|sort| is(study, sort, actor, day))
    };
    let days = |actor: &ActorId| (within.from.0..=within.to.0).filter(|d| counts(*actor, Day(*d))).count();
    states.iter().map(days).sum::<usize>() as f64 / YEAR
}
