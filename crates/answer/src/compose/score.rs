//! How well the model would have forecast: the table of `jonbar score`, and the words beside an answer.

use jonbar_model::{Bin, Forecast, Gain, Kind, Orientation, Residuals, TrackRecord, residuals, track_record};

use super::study::Study;
use super::words;
use crate::answer::{Datum, Notes, Reliability, ReliabilityGroup, Section, Table};

/// Edges of the bins of a reliability diagram: events are rare, so they widen by about three.
const EDGES: [f64; 7] = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 1.01];

/// Forecasts from here on are called "likely" beside an answer: one in ten.
const HIGH: [f64; 2] = [0.1, 1.01];

/// The track record of every kind, or of one, over a horizon in years.
pub fn score_report(study: &Study, only: Option<Kind>, horizon: i32) -> Vec<Section> {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|k| only.is_none_or(|o| o == *k)).collect();
    let records: Vec<TrackRecord> = kinds.iter().map(|&k| of(study, k, horizon, true)).collect();
    let mut sections = vec![
        Section::Table(rivals(&records, horizon)),
        Section::Table(discrimination(&records)),
        Section::Table(fit_in_time(study, &kinds)),
        Section::Table(fit_by_unit(study, &kinds)),
    ];
    if only.is_none() && !study.spec.alternatives.is_empty() {
        sections.insert(2, Section::Table(models(study)));
    }
    sections.extend(records.iter().filter(|r| !r.forecasts.is_empty()).map(reliability));
    sections
}

fn residuals_of(study: &Study, kind: Kind) -> Residuals {
    residuals(&study.spec, &study.panel, &study.timeline, &study.fit, kind, study.scored(kind))
}

/// The other sets of effects beside the model.
fn models(study: &Study) -> Table {
    let rows = study
        .models()
        .iter()
        .map(|m| {
            let reason = m.alternative.as_ref().map_or(String::new(), |a| a.reason.clone());
            vec![
                Datum::Text(m.name()),
                Datum::Text(format!("{:+.1}", m.gain)),
                Datum::Share(m.weight),
                Datum::Text(reason),
            ]
        })
        .collect();
    Table {
        title: "With other sets of effects".to_owned(),
        intro: "The model without some of its effects, fitted and made to forecast in the same way. Gain: how much more it gave to what \
                came than the model with all effects, over all kinds (natural logarithms). Weight: its share in the mixture of these \
                models that would have forecast best (stacking)."
            .to_owned(),
        columns: ["set", "gain", "weight", "why one might"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }
}

/// Probability below which a residual test is said to speak against the model.
const SUSPECT: f64 = 0.05;

fn fit_in_time(study: &Study, kinds: &[Kind]) -> Table {
    let rows = kinds
        .iter()
        .map(|&kind| {
            let residuals = residuals_of(study, kind);
            let name = Datum::Text(kind.label().to_owned());
            let events = Datum::Count(residuals.gaps.len() as u64);
            let Some(test) = residuals.test() else {
                return vec![
                    name,
                    events,
                    Datum::None,
                    Datum::None,
                    Datum::None,
                    Datum::Text("too few".to_owned()),
                ];
            };
            let reading = match test {
                t if t.p >= SUSPECT => "fits",
                t if t.bursts > 0.1 => "comes in bursts beyond the model",
                _ => "does not fit",
            };
            vec![
                name,
                events,
                Datum::Number(test.distance, 3),
                Datum::Number(test.p, 3),
                Datum::Number(test.bursts, 2),
                Datum::Text(reading.to_owned()),
            ]
        })
        .collect();
    Table {
        title: "Whether events come when the model says".to_owned(),
        intro: "Time measured in expected events instead of days: if the model is right, the gaps between events are then \
                exponential (time rescaling). One fit to the whole record."
            .to_owned(),
        columns: ["", "events", "distance", "p", "bursts", "reading"].map(str::to_owned).to_vec(),
        rows,
        notes: vec![
            "Distance: how far the distribution of the gaps is from the exponential (Kolmogorov); p: how often chance alone \
             would be as far off. Bursts: correlation of each gap with the next; above zero, short gaps follow short ones."
                .to_owned(),
            "Gaps on one day count as gaps: what one conference or one invasion brought about in several pairs looks like \
             a burst."
                .to_owned(),
        ],
    }
}

/// Edges of the groups of units by events expected of them.
const UNIT_EDGES: [f64; 5] = [0.0, 0.03, 0.1, 0.3, f64::INFINITY];

fn fit_by_unit(study: &Study, kinds: &[Kind]) -> Table {
    let rows = kinds
        .iter()
        .map(|&kind| {
            let groups = residuals_of(study, kind).by_expectation(&UNIT_EDGES);
            let cell =
                |&(_, expected, seen): &(usize, f64, usize)| Datum::Text(format!("{seen} of {expected:.1}"));
            let mut row = vec![Datum::Text(kind.label().to_owned())];
            row.extend(groups.iter().map(cell));
            row
        })
        .collect();
    Table {
        title: "Whether events come where the model says".to_owned(),
        intro: "Pairs and claims by how many events the model expects of them over the whole record: events seen, of those \
                expected."
            .to_owned(),
        columns: ["", "under 0.03", "0.03 to 0.1", "0.1 to 0.3", "0.3 and more"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }
}

fn of(study: &Study, kind: Kind, horizon: i32, with_logit: bool) -> TrackRecord {
    track_record(&study.spec, &study.panel, &study.timeline, kind, study.scored(kind), horizon, with_logit)
}

fn rivals(records: &[TrackRecord], horizon: i32) -> Table {
    let gain = |g: Gain| {
        // Nothing was forecast.
        if g.years == 0 {
            return Datum::None;
        }
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

fn reliability(record: &TrackRecord) -> Section {
    let group = |b: Bin| ReliabilityGroup {
        probability: range(&b),
        forecasts: b.forecasts as u64,
        expected: b.expected,
        came: b.happened as u64,
        band: (b.band.0 as u64, b.band.1 as u64),
        reading: verdict(&b).to_owned(),
    };
    Section::Reliability(Reliability {
        title: format!("When the model gave so much to {}", words::with_article(record.kind.label())),
        groups: record.bins(&EDGES).into_iter().map(group).collect(),
    })
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
    let record = of(study, kind, 1, false);
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
