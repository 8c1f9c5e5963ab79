//! On which days of the week, or in which months, acts of states fell, beside what equal days would give.

use std::collections::BTreeMap;

use jonbar_question::{Acts, Calendar, CalendarDays, Reading};
use jonbar_record::{Day, Event, EventKind, MONTHS, Record, WEEKDAYS};
use jonbar_survival::rate_ratio;

use super::{LEVEL, YEAR, chance, shares, span, times_over};
use crate::answer::{Answer, Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// Kinds of entry that are such acts.
fn kinds(of: Acts) -> &'static [EventKind] {
    use EventKind::*;
    match of {
        Acts::Moves => &[
            WarBegun,
            IndependenceLost,
            ArmedDispute,
            TerritorialDemand,
            PactViolated,
            PactDenounced,
            LeagueLeft,
        ],
        Acts::Attacks => &[WarBegun, IndependenceLost],
        Acts::Demands => &[TerritorialDemand],
        Acts::Pacts => &[PactSigned],
        Acts::Land => &[TerritoryCeded, IndependenceLost],
    }
}

/// Whether a state that lost its independence had been attacked by the same before: that is no act of its own.
fn ends_a_war(record: &Record, e: &Event) -> bool {
    /// Days before within which the war that it ends began.
    const LONG: i32 = 1000;
    let began = |w: &Event| {
        let days = e.when.reading().0 - w.when.reading().0;
        w.kind == EventKind::WarBegun
            && (0..=LONG).contains(&days)
            && w.actors.iter().any(|a| e.actors.contains(a))
            && w.targets.iter().any(|t| e.targets.contains(t))
    };
    e.kind == EventKind::IndependenceLost && record.events.iter().any(began)
}

fn noun(of: Acts) -> &'static str {
    match of {
        Acts::Moves => "moves against others",
        Acts::Attacks => "attacks and annexations",
        Acts::Demands => "territorial demands",
        Acts::Pacts => "signatures of pacts",
        Acts::Land => "changes of holder and annexations",
    }
}

/// What a day falls under: its day of the week, Monday first, or its month.
fn falls(days: &CalendarDays, day: Day) -> u8 {
    match days {
        CalendarDays::Week(_) => day.weekday(),
        CalendarDays::Months(_) => day.ymd().1,
    }
}

fn wanted(days: &CalendarDays) -> &[u8] {
    match days {
        CalendarDays::Week(wanted) | CalendarDays::Months(wanted) => wanted,
    }
}

/// The days named, in words: "a Saturday or Sunday", "August to November".
fn named(days: &CalendarDays) -> String {
    match days {
        CalendarDays::Week(d) if d[..] == [5, 6] => "a Saturday or Sunday".to_owned(),
        CalendarDays::Week(d) => {
            format!("a {}", d.iter().map(|d| WEEKDAYS[usize::from(*d)]).collect::<Vec<_>>().join(" or "))
        }
        CalendarDays::Months(months) => {
            let names: Vec<String> = months.iter().map(|m| MONTHS[usize::from(*m) - 1].to_owned()).collect();
            let runs = months.windows(2).all(|w| w[1] == w[0] % 12 + 1);
            match &names[..] {
                [one] => format!("a day in {one}"),
                [first, .., last] if runs => format!("a day from {first} to {last}"),
                all => format!("a day in {}", words::list(all)),
            }
        }
    }
}

pub(crate) fn answer(study: &Study, reading: &Reading, claim: &Calendar) -> Answer {
    let record = study.record;
    let within = claim.window.map_or(record.span, |w| w.within(record.span));
    let mut citer = Citer::new(record);
    // What a state does on one day is one move, whatever it does.
    let mut acts: BTreeMap<Day, &Event> = BTreeMap::new();
    let mut undated = 0;
    let of_kind = |e: &&Event| {
        kinds(claim.of).contains(&e.kind) && within.contains(e.when.reading()) && !ends_a_war(record, e)
    };
    for e in record.events.iter().filter(of_kind).filter(|e| claim.by.is_none_or(|a| e.actors.contains(&a))) {
        if e.when.earliest == e.when.latest {
            acts.entry(e.when.earliest).or_insert(e);
        } else {
            undated += 1;
        }
    }
    let whose = claim.by.map_or(String::new(), |a| format!(" of {}", words::name(study, a)));
    let time = match claim.window {
        Some(_) => format!("{} to {}", within.from.long(), within.to.long()),
        None => span(study),
    };
    let (on, noun) = (named(&claim.days), noun(claim.of));
    let mut answer = blank(reading, "base rate", format!("How many {noun}{whose} fell on {on}, {time}?"));
    answer.reading.not_understood.extend(claim.left_out.iter().cloned());
    if acts.is_empty() {
        answer.summary.push("The casebook has no such act with a known day.".to_owned());
        return answer;
    }
    let is = |day: Day| wanted(&claim.days).contains(&falls(&claim.days, day));
    let row = shares::row(format!("fell on {on}"), acts.keys().map(|d| Some(is(*d))), claim.word);
    let all = f64::from(within.to.0 - within.from.0 + 1);
    let such = (within.from.0..=within.to.0).filter(|d| is(Day(*d))).count() as f64;
    let ratio = rate_ratio((row.count, such / YEAR), (row.of - row.count, (all - such) / YEAR), LEVEL);
    answer.summary.push(format!(
        "{} of {} days with such acts fell on {on}: {:.0} in 100, where {:.0} in 100 of all days are such.",
        row.count,
        row.of,
        100.0 * row.share,
        100.0 * such / all
    ));
    let told = format!(
        "such a day had {:.1} times as many as another (90 % interval {} to {}; {})",
        ratio.ratio,
        times_over(ratio.lower),
        times_over(ratio.upper),
        chance(ratio.p)
    );
    let clear = ratio.differs();
    answer.summary.push(match (clear, ratio.ratio > 1.0) {
        (true, true) => format!("That is more than chance: {told}."),
        (true, false) => format!("That is less than chance would give: {told}."),
        (false, _) => format!("Chance alone would do as much: {told}."),
    });
    if let Some(vague) = claim.word {
        answer.summary.push(shares::verdict(vague, &format!("on {on}"), std::slice::from_ref(&row)));
    } else if claim.than_chance {
        let more = clear && ratio.ratio > 1.0;
        answer.summary.push(
            if more { "Yes, more often than chance." } else { "No, not more often than chance." }.to_owned(),
        );
    }
    if undated > 0 {
        let left = words::counted(undated, "such act is", "such acts are");
        answer.summary.push(format!("{left} left out, whose day is not known."));
    }
    answer.sections.push(Section::Table(distribution(claim, &acts, (within.from, within.to))));
    let rows = acts
        .iter()
        .map(|(day, e)| {
            vec![
                Datum::Entry(day.long(), e.id.clone()),
                Datum::Text(WEEKDAYS[usize::from(day.weekday())].to_owned()),
                Datum::Flag(is(*day)),
                Datum::Text(e.summary.clone()),
                Datum::Text(citer.marks(&e.citations)),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: "One for each day, though more than one thing may have been done on it.".to_owned(),
        columns: ["date", "day of the week", "as said", "what", "source"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }));
    finish(answer, citer)
}

/// How many days with acts fell under each day of the week or month, and how many equal days would give.
fn distribution(claim: &Calendar, acts: &BTreeMap<Day, &Event>, (from, to): (Day, Day)) -> Table {
    let (names, first): (&[&str], u8) = match claim.days {
        CalendarDays::Week(_) => (&WEEKDAYS, 0),
        CalendarDays::Months(_) => (&MONTHS, 1),
    };
    let all = f64::from(to.0 - from.0 + 1);
    let rows = (first..).zip(names).map(|(n, name)| {
        let seen = acts.keys().filter(|d| falls(&claim.days, **d) == n).count();
        let days = (from.0..=to.0).filter(|d| falls(&claim.days, Day(*d)) == n).count();
        let expected = acts.len() as f64 * days as f64 / all;
        vec![
            Datum::Text((*name).to_owned()),
            Datum::Count(seen as u64),
            Datum::Number(expected, 1),
            Datum::Share(seen as f64 / acts.len() as f64),
        ]
    });
    Table {
        title: match claim.days {
            CalendarDays::Week(_) => "By day of the week",
            CalendarDays::Months(_) => "By month",
        }
        .to_owned(),
        intro: "Days on which something was done, and as many as there would be if all days were alike."
            .to_owned(),
        columns: ["", "days", "if all days were alike", "share"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        notes: Vec::new(),
    }
}
