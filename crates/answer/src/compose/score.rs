//! How well the model would have forecast: the table of `jonbar score`, and the words beside an answer.

use jonbar_model::{Bin, Forecast, Gain, Kind, Orientation, TrackRecord, track_record};
use jonbar_record::Window;

use super::study::Study;
use super::words;
use crate::answer::{Datum, Notes, Section, Table};

/// Edges of the bins of a reliability diagram: events are rare, so they widen by about three.
const EDGES: [f64; 7] = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 1.01];

/// Forecasts from here on are called "likely" beside an answer: one in ten.
const HIGH: [f64; 2] = [0.1, 1.01];

/// The track record of every kind, or of one, over a horizon in years.
pub fn score_report(study: &Study, only: Option<Kind>, horizon: i32) -> Vec<Table> {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|k| only.is_none_or(|o| o == *k)).collect();
    let records: Vec<TrackRecord> = kinds.iter().map(|&k| of(study, k, horizon)).collect();
    let mut tables = vec![rivals(&records, horizon), discrimination(&records)];
    tables.extend(records.iter().filter(|r| !r.forecasts.is_empty()).map(reliability));
    tables
}

fn of(study: &Study, kind: Kind, horizon: i32) -> TrackRecord {
    let window = study.coverage(kind);
    // Forecasts end with the casebook even where a coverage is declared beyond it.
    let window = Window { from: window.from.max(study.end().from), to: window.to.min(study.end().to) };
    track_record(&study.spec, &study.panel, &study.timeline, kind, window, horizon)
}

fn rivals(records: &[TrackRecord], horizon: i32) -> Table {
    let gain = |g: Gain| {
        Datum::Text(format!(
            "{:+.1} ± {:.1} ({} of {})",
            g.nats,
            1.645 * g.standard_error,
            g.years_better,
            g.years
        ))
    };
    let rows = records
        .iter()
        .map(|r| {
            vec![
                Datum::Text(r.kind.label().to_owned()),
                Datum::Count(r.forecasts.len() as u64),
                Datum::Count(r.happened() as u64),
                gain(r.gain(|f| f.model, |f| f.constant)),
                gain(r.gain(|f| f.model, |f| f.logit)),
            ]
        })
        .collect();
    let unforeseen: usize = records.iter().map(|r| r.unforeseen).sum();
    Table {
        title: "Forecasts from each year's past".to_owned(),
        intro: format!(
            "For every year the model is fitted to the years before it alone, and says for each pair of states (or claim) \
             how likely the event is within {}. What came is then counted.",
            years(horizon)
        ),
        columns: ["", "forecasts", "came true", "gain on constant rate", "gain on logit"].map(str::to_owned).to_vec(),
        rows,
        notes: vec![
            "Gain: how much more the model gave to what came than the rival did (sum of natural logarithms of the \
             probabilities), with 90 % interval from the spread between years; in brackets, the years in which it did \
             better."
                .to_owned(),
            "Constant rate: every pair the same. Logit: the unit-year regression usual in the field, on the same \
             circumstances, with weak priors."
                .to_owned(),
            format!(
                "{unforeseen} more events came to units not yet at risk on 1 January (over a claim or in a war that began \
                 later that year); none of the three forecasts those."
            ),
            "The effects and their priors were chosen by people who know how it ended; that flatters the model and, less, \
             the logit."
                .to_owned(),
        ],
    }
}

fn discrimination(records: &[TrackRecord]) -> Table {
    let area = |a: Option<f64>| a.map_or(Datum::None, |a| Datum::Number(a, 3));
    let rows = records
        .iter()
        .map(|r| {
            vec![
                Datum::Text(r.kind.label().to_owned()),
                area(r.roc_area(|f| f.model)),
                area(r.roc_area(|f| f.logit)),
                area(r.precision_area(|f| f.model)),
                area(r.precision_area(|f| f.logit)),
                Datum::Number(1000.0 * r.brier(|f| f.model), 2),
                Datum::Number(1000.0 * r.brier(|f| f.logit), 2),
                Datum::Number(1000.0 * r.brier(|f| f.constant), 2),
            ]
        })
        .collect();
    Table {
        title: "Telling the pairs apart".to_owned(),
        intro: "ROC: the chance that a pair with the event had been given more than one without (0.5 is guessing). PR: mean \
                precision over the events. Brier: mean squared error times 1,000, the less the better."
            .to_owned(),
        columns: ["", "ROC", "ROC logit", "PR", "PR logit", "Brier", "Brier logit", "Brier constant"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }
}

fn reliability(record: &TrackRecord) -> Table {
    let rows = record
        .bins(&EDGES)
        .into_iter()
        .map(|b| {
            vec![
                Datum::Text(range(&b)),
                Datum::Count(b.forecasts as u64),
                Datum::Number(b.expected, 1),
                Datum::Count(b.happened as u64),
                Datum::Text(format!("{} to {}", b.band.0, b.band.1)),
                Datum::Text(verdict(&b).to_owned()),
            ]
        })
        .collect();
    Table {
        title: format!("When the model gave so much to {}", words::with_article(record.kind.label())),
        intro: String::new(),
        columns: ["probability", "forecasts", "expected", "came true", "90 % range", "reading"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }
}

fn range(bin: &Bin) -> String {
    match (bin.from, bin.to) {
        (0.0, to) => format!("under {} %", 100.0 * to),
        (from, to) if to > 1.0 => format!("over {} %", 100.0 * from),
        (from, to) => format!("{} to {} %", 100.0 * from, 100.0 * to),
    }
}

fn verdict(bin: &Bin) -> &'static str {
    if bin.happened < bin.band.0 {
        "gave too much"
    } else if bin.happened > bin.band.1 {
        "gave too little"
    } else {
        "fits"
    }
}

fn years(n: i32) -> String {
    if n == 1 { "one year".to_owned() } else { format!("{n} years") }
}

/// The track record of the kind that an answer turns on, in a few sentences.
pub(crate) fn beside(study: &Study, kind: Kind) -> Option<Section> {
    let record = of(study, kind, 1);
    let (first, last) = (record.forecasts.first()?.year, record.forecasts.last()?.year);
    let gain = record.gain(|f| f.model, |f| f.constant);
    let units = match kind.orientation() {
        Orientation::Claim => "claim",
        _ => "pair of states",
    };
    let mut text = vec![format!(
        "Fitted to each year's past alone, the model forecast the next year for every {units} at risk, {first} to \
         {last}: {} forecasts of {}, of which {} came true. It did better than a constant rate in {} of {} years{}.",
        record.forecasts.len(),
        words::with_article(kind.label()),
        record.happened(),
        gain.years_better,
        gain.years,
        if gain.nats - 1.645 * gain.standard_error > 0.0 {
            ""
        } else if gain.nats > 0.0 {
            ", and over all of them not clearly"
        } else {
            ", and over all of them worse"
        }
    )];
    if let Some(area) = record.roc_area(|f: &Forecast| f.model) {
        text.push(format!(
            "A {units} to which it happened had been given more than one to which it did not {:.0} times in 100 (50 is \
             guessing).",
            100.0 * area
        ));
    }
    if let [high] = record.bins(&HIGH)[..] {
        text.push(format!(
            "Of the {} forecasts of one in ten or more, {} came true; {:.1} were expected, and {} to {} would be chance.",
            high.forecasts, high.happened, high.expected, high.band.0, high.band.1
        ));
    }
    text.push("All kinds, with rivals and calibration: jonbar score".to_owned());
    Some(Section::Notes(Notes { title: format!("Track record: {}", kind.label()), points: true, text }))
}
