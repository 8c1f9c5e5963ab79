//! Whether cases fell within a time, mostly or more than at other times.

use jonbar_question::{Cases, Claim, Reading, Unit};
use jonbar_record::{Day, Window};
use jonbar_survival::{rate_interval, rate_ratio};

use super::cases::{name, period};
use super::compared::shown;
use super::tally::tally;
use super::{LEVEL, YEAR, shares, span, times_over};
use crate::answer::{Answer, RateRow, Rates, Section};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let span_of = study.record.span;
    let mut citer = Citer::new(study.record);
    let all = Cases { window: None, ..claim.of.clone() };
    // What began before the casebook does is of none of its years.
    let tally = tally(study, (&all, &all), claim.says, &mut citer).within(span_of);
    let named = claim.of.window.unwrap_or(span_of);
    let within = named.within(span_of);
    let when = period(within);
    let did = done(claim.of.unit);
    let what = name(study, &all);
    let mut answer = blank(
        reading,
        "base rate",
        format!("How many {what} were {did} {when}, beside other times, {}?", span(study)),
    );
    if tally.days.is_empty() {
        answer.summary.push(format!("The casebook has no such {}.", tally.noun.0));
        return answer;
    }
    let inside = tally.days.iter().filter(|d| within.contains(**d)).count() as u64;
    let length = |w: Window| f64::from(w.to.0 - w.from.0 + 1) / YEAR;
    // "Than in the thirties": beside another time; otherwise beside all other times.
    let other = claim.than.as_ref().and_then(|t| t.cases.as_ref()?.window);
    let other = other.map(|w| w.within(span_of));
    let (outside, rest, elsewhere) = match other {
        Some(w) => (tally.days.iter().filter(|d| w.contains(**d)).count() as u64, length(w), period(w)),
        None => {
            (tally.days.len() as u64 - inside, length(span_of) - length(within), "at other times".to_owned())
        }
    };
    let own = length(within);
    answer.summary.push(format!(
        "{inside} of {} {what} fell within the {own:.1} years {when}: {:.1} a year, against {outside}, {:.1} a year, {elsewhere}.",
        tally.days.len(),
        inside as f64 / own,
        outside as f64 / rest.max(0.01),
    ));
    // "Not one": a share of all cases says nothing of that.
    let never = claim.word.is_some_and(|v| v.word == "never");
    if never {
        answer.summary.insert(
            0,
            match inside {
                0 => format!("Yes: of {what} the casebook has none {when}."),
                n => format!("No: of {what} the casebook has {n} {when}."),
            },
        );
    }
    let vague = claim.word.filter(|_| !never);
    let row =
        shares::row(format!("{did} {when}"), tally.days.iter().map(|d| Some(within.contains(*d))), vague);
    if let Some(vague) = vague {
        answer.summary.push(format!(
            "Read as \"{}\", \"{}\" is {} of the share of that time.",
            vague.meaning,
            vague.word,
            if row.holds { "true" } else { "false" }
        ));
    }
    if rest > 0.1 && !never {
        let ratio = rate_ratio((inside, own), (outside, rest), LEVEL);
        let clear = ratio.differs();
        let more = if ratio.ratio >= 1.0 { "more" } else { "less" };
        let times = if ratio.ratio.is_finite() {
            format!("That is {:.1} times that rate", ratio.ratio)
        } else {
            "There were none then".to_owned()
        };
        answer.summary.push(format!(
            "{times} (90 % interval {} to {}): {}.",
            times_over(ratio.lower),
            times_over(ratio.upper),
            if clear {
                format!("{more} often, beyond chance")
            } else {
                "not clearly more or less often".to_owned()
            }
        ));
        if let Some(rarer) = claim.rarer.filter(|_| claim.word.is_none()) {
            let so = (ratio.ratio < 1.0) == rarer;
            answer.summary.insert(0, format!("{}.", shown(so, clear)));
        }
    }
    if vague.is_some() {
        answer.sections.push(Section::Forest(shares::forest(vague, vec![row])));
    }
    answer.sections.push(Section::Rates(by_year(study, &tally.days)));
    answer.summary.extend(tally.mind);
    answer.sections.push(Section::Table(tally.table));
    finish(answer, citer)
}

/// What is done with such cases.
fn done(unit: Unit) -> &'static str {
    match unit {
        Unit::Pacts => "signed",
        Unit::Demands => "made",
        // No claim to land is told by its time.
        Unit::Claims => "alive",
        Unit::Attacks | Unit::Breaches | Unit::Transfers | Unit::Ruptures => "seen",
    }
}

/// In which calendar year there were most.
pub(super) fn peak(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    /// Years that the summary tells.
    const TOLD: usize = 3;
    let mut citer = Citer::new(study.record);
    let all = Cases { window: None, ..claim.of.clone() };
    let tally = tally(study, (&all, &all), claim.says, &mut citer).within(study.record.span);
    let (what, did) = (name(study, &all), done(claim.of.unit));
    let mut answer = blank(
        reading,
        "base rate",
        format!("In which calendar year were most {what} {did}, {}?", span(study)),
    );
    if tally.days.is_empty() {
        answer.summary.push(format!("The casebook has no such {}.", tally.noun.0));
        return answer;
    }
    let rates = by_year(study, &tally.days);
    let (start, end) = (study.record.span.from.year(), study.record.span.to.year());
    let mut years: Vec<(u64, i32)> = rates.rows.iter().map(|row| row.events).zip(start..=end).collect();
    years.sort_by_key(|(n, year)| (std::cmp::Reverse(*n), *year));
    let most = years[0].0;
    let first: Vec<String> =
        years.iter().filter(|(n, _)| *n == most).map(|(_, year)| year.to_string()).collect();
    let next: Vec<String> = years
        .iter()
        .skip(first.len())
        .filter(|(n, _)| *n > 0)
        .take(TOLD - 1)
        .map(|(n, year)| format!("{year} ({n})"))
        .collect();
    let each = if first.len() > 1 { "each with " } else { "" };
    let told = format!("{} ({each}{most} of {})", words::list(&first), tally.days.len());
    if let Some(said) = claim.of.window.map(|w| w.from.year()) {
        let own = years.iter().find(|(_, year)| *year == said).map_or(0, |(n, _)| *n);
        answer.summary.push(match own == most {
            true if first.len() == 1 => format!("Yes: most {what} were {did} in {told}."),
            true => format!("Not alone: most {what} were {did} in {told}."),
            false => format!("No: most {what} were {did} in {told}; in {said} there were {own}."),
        });
    } else {
        answer.summary.push(format!("Most {what} were {did} in {told}."));
    }
    if !next.is_empty() {
        answer.summary.push(format!("Then come {}.", words::list(&next)));
    }
    answer.summary.push(format!(
        "Counted by calendar year; the first and the last, {start} and {end}, may be there in part only."
    ));
    answer.sections.push(Section::Rates(rates));
    answer.summary.extend(tally.mind);
    answer.sections.push(Section::Table(tally.table));
    finish(answer, citer)
}

/// How many in each calendar year of the casebook.
fn by_year(study: &Study, days: &[Day]) -> Rates {
    let span = study.record.span;
    let rows = (span.from.year()..=span.to.year())
        .map(|year| {
            let first = Day::from_ymd(year, 1, 1).unwrap_or(span.from).max(span.from);
            let last = Day::from_ymd(year, 12, 31).unwrap_or(span.to).min(span.to);
            let exposure = f64::from(last.0 - first.0 + 1) / YEAR;
            let events = days.iter().filter(|d| d.year() == year).count() as u64;
            RateRow {
                label: if exposure < 0.99 { format!("{year} (part)") } else { year.to_string() },
                events,
                exposure,
                rate: events as f64 / exposure,
                interval: rate_interval(events, exposure, LEVEL),
            }
        })
        .collect();
    Rates {
        title: "Year by year".to_owned(),
        intro: format!(
            "{} in all; intervals of 90 % (exact, Garwood).",
            words::counted(days.len(), "case", "cases")
        ),
        unit: "a year".to_owned(),
        rows,
    }
}
