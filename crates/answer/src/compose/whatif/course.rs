//! Our timeline and the alternatives side by side: what of the record still happens, what is new, and when.

use super::*;

/// Rows of each sort at most.
const ROWS_MAX: usize = 16;

/// Recorded events between the states concerned that are shown although they always still happen, at most.
const KEPT_MAX: usize = 8;

/// Shares below this are left out: what happens once in hundreds of histories tells nothing.
const SHARE_MIN: f64 = 0.01;

/// Events of one sort that only alternatives have.
#[derive(Default)]
struct New {
    runs: u32,
    /// The first in each run.
    times: Vec<f64>,
}

/// A recorded item, and what has become of it.
struct Recorded {
    item: usize,
    lost: u32,
}

/// A row of the table, by day.
struct Row {
    day: Day,
    /// Entry of the record, what it says, and the share of histories in which it still happens.
    recorded: Option<(Datum, String, f64)>,
    new: Option<(String, New)>,
}

/// The table, in order of time.
pub(super) fn section(study: &Study, whatif: &WhatIf, ensemble: &Ensemble) -> Section {
    let (recorded, new) = gather(study, whatif, ensemble);
    let n = f64::from(ensemble.settings.runs.max(1));
    let mut new: Vec<(String, New)> =
        new.into_iter().filter(|(_, x)| f64::from(x.runs) / n >= SHARE_MIN).collect();
    new.sort_by(|a, b| b.1.runs.cmp(&a.1.runs).then(a.0.cmp(&b.0)));
    new.truncate(ROWS_MAX);
    let mut rows: Vec<Row> = Vec::new();
    for r in recorded {
        let text = words::item(study, r.item);
        // What does not happen then may happen at another time: one line tells of both.
        let again = new.iter().position(|(t, _)| *t == text).map(|i| new.remove(i));
        let share = 1.0 - f64::from(r.lost) / n;
        let day = words::day(study.timeline.items[r.item].time);
        let date = match study.timeline.items[r.item].source {
            ItemSource::Event(e) => Datum::Entry(day.to_string(), study.record.events[e].id.clone()),
            ItemSource::Calendar => Datum::Text(day.to_string()),
        };
        rows.push(Row {
            day,
            recorded: Some((date, text, share)),
            new: again.map(|(_, x)| ("the same, another day".to_owned(), x)),
        });
    }
    rows.extend(new.into_iter().map(|(text, x)| Row {
        day: words::day(quantile(&x.times, 0.5)),
        recorded: None,
        new: Some((text, x)),
    }));
    rows.sort_by_key(|r| (r.day, r.recorded.is_none()));
    let hindsight = ensemble.settings.mode == Mode::Hindsight;
    let empty = rows.is_empty();
    let rows = rows
        .into_iter()
        .map(|r| {
            // An empty side of the table is no fact that the record lacks.
            let nothing = || Datum::Text(String::new());
            let (date, left, still) = match r.recorded {
                Some((date, text, share)) => (
                    date,
                    Datum::Text(text),
                    if hindsight { Datum::Share(share) } else { Datum::NotApplicable },
                ),
                None => (Datum::Text("new".to_owned()), nothing(), nothing()),
            };
            let (right, share, when) = match r.new {
                Some((text, x)) => {
                    let day = |q: f64| words::day(quantile(&x.times, q)).to_string();
                    let when = match (day(0.1), day(0.9)) {
                        (from, to) if from == to => from,
                        (from, to) => format!("{from} to {to}"),
                    };
                    (Datum::Text(text), Datum::Share(f64::from(x.runs) / n), Datum::Text(when))
                }
                None => (nothing(), nothing(), nothing()),
            };
            vec![date, left, still, right, share, when]
        })
        .collect();
    Section::Table(Table {
        title: "Our timeline and the alternatives, side by side".to_owned(),
        intro: if empty {
            "Nothing else differs from our timeline in one history of a hundred.".to_owned()
        } else {
            "In order of time, over all states. On the left what happened, and the share of histories in which it still does; on the \
             right what only the alternatives have, with the dates of the middle eight in ten."
                .to_owned()
        },
        columns: [
            "our timeline",
            "what happened",
            "still happens",
            "with the change",
            "share of runs",
            "mostly between",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        notes: Vec::new(),
    })
}

fn quantile(sorted: &[f64], q: f64) -> f64 {
    let index = ((sorted.len() as f64 - 1.0) * q).round() as usize;
    sorted.get(index).copied().unwrap_or(0.0)
}

fn gather(study: &Study, whatif: &WhatIf, ensemble: &Ensemble) -> (Vec<Recorded>, BTreeMap<String, New>) {
    let mut lost: BTreeMap<usize, u32> = BTreeMap::new();
    let mut new: BTreeMap<String, New> = BTreeMap::new();
    for t in &ensemble.trajectories {
        let mut seen = std::collections::BTreeSet::new();
        for d in &t.differences {
            match d.what {
                What::Removed { item } => *lost.entry(item).or_default() += 1,
                What::Imposed { .. } => {}
                What::Added { .. } | What::Answered { .. } | What::Derived { .. } => {
                    let text = words::difference(study, d);
                    // The end of a war that only the alternative has is no event that anybody asks about.
                    if text.is_empty() || text.starts_with("peace") || !seen.insert(text.clone()) {
                        continue;
                    }
                    let one = new.entry(text).or_default();
                    one.runs += 1;
                    one.times.push(d.time);
                }
            }
        }
    }
    for one in new.values_mut() {
        one.times.sort_by(f64::total_cmp);
    }
    let least = SHARE_MIN * f64::from(ensemble.settings.runs);
    let mut recorded: Vec<Recorded> = lost
        .iter()
        .filter(|(_, n)| f64::from(**n) >= least)
        .map(|(&item, &lost)| Recorded { item, lost })
        .collect();
    recorded.sort_by(|a, b| b.lost.cmp(&a.lost).then(a.item.cmp(&b.item)));
    recorded.truncate(ROWS_MAX);
    let involved = parties(study, &whatif.actions);
    let kept: Vec<usize> = study
        .timeline
        .items
        .iter()
        .enumerate()
        .filter(|(i, item)| {
            let between = |(_, a, b): (Kind, usize, usize)| involved.contains(&a) && involved.contains(&b);
            item.time >= f64::from(whatif.day.0)
                && item.unit.is_some_and(between)
                && !recorded.iter().any(|r| r.item == *i)
        })
        .map(|(i, _)| i)
        .take(KEPT_MAX)
        .collect();
    recorded
        .extend(kept.into_iter().map(|item| Recorded { item, lost: lost.get(&item).copied().unwrap_or(0) }));
    (recorded, new)
}
