//! Whether a type of pact became more or less common.

use jonbar_question::{Focus, Reading};
use jonbar_record::{Day, PactType};
use jonbar_survival::{change_point, rate_interval};

use super::{LEVEL, YEAR, chance, span};
use crate::answer::{Answer, Datum, Notes, RateRow, Rates, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish};

/// Pacts signed per year by period, with exposure.
pub(crate) fn trend(study: &Study, reading: &Reading, focus: &Focus) -> Answer {
    let record = study.record;
    let wanted = focus.pact.unwrap_or(PactType::Nonaggression);
    let mut answer = blank(
        reading,
        "trend",
        format!("Did the {} become more or less common, {}?", wanted.label(), span(study)),
    );
    // Stretches of five years, the last as long as the casebook goes.
    let (first, last) = (record.span.from.year(), record.span.to.year());
    let periods: Vec<(i32, i32)> =
        (first..=last).step_by(5).map(|from| (from, (from + 4).min(last))).collect();
    let mut rows = Vec::new();
    let mut rates = Vec::new();
    for (from, to) in periods {
        let signed = |bare: bool, bilateral: bool| {
            record
                .pacts
                .iter()
                .filter(|p| {
                    let year = p.signed.reading().year();
                    let has = if bare {
                        Study::same_class(p.main_type(), wanted)
                    } else {
                        p.types.iter().any(|t| Study::same_class(*t, wanted))
                    };
                    has && p.is_bilateral() == bilateral && (from..=to).contains(&year)
                })
                .count()
        };
        let all = record.pacts.iter().filter(|p| (from..=to).contains(&p.signed.reading().year())).count();
        let years = exposure(study, from, to);
        let clause = signed(false, true) + signed(false, false);
        let rate = signed(true, true) as f64 / years;
        rates.push(((from, to), rate));
        rows.push(vec![
            Datum::Text(format!("{from}-{to}")),
            Datum::Count(signed(true, true) as u64),
            Datum::Number(rate, 1),
            Datum::Count(signed(true, false) as u64),
            Datum::Count(clause as u64),
            Datum::Count(all as u64),
            if all == 0 { Datum::NotApplicable } else { Datum::Share(clause as f64 / all as f64) },
        ]);
    }
    if rates.iter().all(|(_, rate)| *rate == 0.0) {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let peak = rates.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some(((from, to), top)), Some((_, last))) = (peak, rates.last()) {
        answer.summary.push(format!(
            "Bilateral pacts of this type were signed most often in {from}-{to} ({top:.1} a year); at the end of the casebook the rate was {last:.1} a year."
        ));
        answer.summary.push(if *last >= 0.5 * top {
            "Within the period they did not fall out of use.".to_owned()
        } else {
            "Within the period they had become rarer by its end.".to_owned()
        });
    }
    by_year(study, wanted, &mut answer);
    answer.summary.push(format!(
        "What became of the type after {} is outside this casebook.",
        study.record.span.to.long()
    ));
    answer.sections.push(Section::Table(Table {
        title: "New pacts by period".to_owned(),
        intro: "A bare pact has this as its main obligation; a clause may stand in a wider treaty."
            .to_owned(),
        columns: [
            "years",
            "bilateral, bare",
            "a year",
            "multilateral, bare",
            "any with the clause",
            "all pacts",
            "share with the clause",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        notes: Vec::new(),
    }));
    let mut citer = Citer::new(record);
    let list: Vec<Vec<Datum>> = record
        .pacts
        .iter()
        .filter(|p| p.types.iter().any(|t| Study::same_class(*t, wanted)))
        .map(|p| {
            let cites = citer.marks(&p.citations);
            vec![
                Datum::Text(p.signed.text.clone()),
                Datum::Text(p.name.clone()),
                Datum::Text(p.main_type().label().to_owned()),
                Datum::Flag(p.is_bilateral()),
                Datum::Text(cites),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{} pacts.", list.len()),
        columns: ["signed", "pact", "main obligation", "bilateral", "source"].map(str::to_owned).to_vec(),
        rows: list,
        notes: Vec::new(),
    }));
    answer.sections.push(Section::Notes(Notes {
        title: "How far to trust this".to_owned(),
        points: true,
        text: vec!["Counts of signatures say nothing about the word in use; a clause not to attack can live on under other names.".to_owned()],
    }));
    finish(answer, citer)
}

/// Bilateral pacts of the type for every year, and the year in which their rate changed most.
fn by_year(study: &Study, wanted: PactType, answer: &mut Answer) {
    let span = study.record.span;
    let years: Vec<i32> = (span.from.year()..=span.to.year()).collect();
    let events: Vec<u64> = years
        .iter()
        .map(|&year| {
            let signed = study.record.pacts.iter().filter(|p| {
                p.is_bilateral()
                    && Study::same_class(p.main_type(), wanted)
                    && p.signed.reading().year() == year
            });
            signed.count() as u64
        })
        .collect();
    let exposure: Vec<f64> = years.iter().map(|&year| self::exposure(study, year, year)).collect();
    if let Some(change) = change_point(&events, &exposure) {
        let way = if change.after > change.before { "up" } else { "down" };
        answer.summary.push(if change.p < 0.05 {
            format!(
                "The one change that explains the years best is {way} in {}: {:.1} a year before, {:.1} from then on ({}, allowing for \
                 the choice among all years).",
                years[change.index],
                change.before,
                change.after,
                chance(change.p)
            )
        } else {
            "No single change of the rate between years stands out from chance.".to_owned()
        });
    }
    let rows = years
        .iter()
        .zip(events.iter().zip(&exposure))
        .map(|(&year, (&n, &time))| RateRow {
            label: if time < 0.99 { format!("{year} (part)") } else { year.to_string() },
            events: n,
            exposure: time,
            rate: n as f64 / time,
            interval: rate_interval(n, time, LEVEL),
        })
        .collect();
    answer.sections.push(Section::Rates(Rates {
        title: "Year by year".to_owned(),
        intro: "Bilateral pacts with this as their main obligation, signed a year; intervals of 90 % (exact, Garwood)."
            .to_owned(),
        unit: "a year".to_owned(),
        rows,
    }));
}

/// Years of the casebook between two calendar years, both included.
fn exposure(study: &Study, from: i32, to: i32) -> f64 {
    let day = |y: i32| Day::from_ymd(y, 1, 1).map_or(0, |d| d.0);
    let span = study.record.span;
    f64::from(day(to + 1).min(span.to.0 + 1) - day(from).max(span.from.0)) / YEAR
}
