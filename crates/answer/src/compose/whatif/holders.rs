//! Who holds what at the end of each year, over all alternatives.

use std::collections::BTreeMap;

use jonbar_counterfactual::{Ensemble, WhatIf, holders};
use jonbar_record::{ActorId, Day, TerritoryId, Window};

use super::Study;
use crate::answer::{HolderRow, Holders, HoldersOn, Section};

/// Land that changes hands in fewer alternatives than one in this many is left out.
const RARE: u32 = 100;

/// Territories whose holder differs from the record's in some alternatives, by the end of each year from the change on; `None`
/// if there are none.
pub(super) fn section(study: &Study, whatif: &WhatIf, ensemble: &Ensemble) -> Option<Section> {
    let last = study.record.span.to;
    let ends = (whatif.day.year()..last.year()).filter_map(|year| Day::from_ymd(year, 12, 31));
    let days: Vec<Day> = ends.chain([last]).collect();
    let runs = ensemble.trajectories.len() as u32;
    let times: Vec<f64> = days.iter().map(|day| f64::from(day.0) + 1.0).collect();
    let mut counts = vec![vec![Counts::new(); study.record.territories.len()]; days.len()];
    for trajectory in &ensemble.trajectories {
        for (counts, held) in counts.iter_mut().zip(holders(&study.timeline, trajectory, &times)) {
            for (count, holder) in counts.iter_mut().zip(held) {
                *count.entry(holder).or_default() += 1;
            }
        }
    }
    let days: Vec<HoldersOn> = days
        .into_iter()
        .zip(counts)
        .map(|(day, counts)| HoldersOn { day: day.to_string(), rows: rows(study, day, &counts, runs) })
        .collect();
    let mut holders = Holders {
        title: String::new(),
        intro: "Land that at least one alternative in a hundred leaves to another holder than the record."
            .to_owned(),
        runs,
        days,
    };
    let shown = Window::parse(&holders.shown()?.day).ok()?.from;
    holders.title = format!("Who holds what on {}", shown.long());
    Some(Section::Holders(holders))
}

/// In how many alternatives each holder has a land.
type Counts = BTreeMap<Option<usize>, u32>;

fn rows(study: &Study, day: Day, counts: &[Counts], runs: u32) -> Vec<HolderRow> {
    let record = study.record;
    let name = |a: usize| record.actors[a].name.clone();
    let mut rows: Vec<(u32, HolderRow)> = Vec::new();
    for (t, count) in counts.iter().enumerate() {
        let recorded = record.holder(TerritoryId(t), day);
        let same = count.get(&recorded.map(|a| a.0)).copied().unwrap_or(0);
        if (runs - same) * RARE < runs {
            continue;
        }
        let mut with: Vec<(String, String, f64)> = count
            .iter()
            .map(|(holder, n)| {
                let share = f64::from(*n) / f64::from(runs.max(1));
                match holder {
                    Some(a) => (record.code(ActorId(*a)).to_owned(), name(*a), share),
                    None => (String::new(), "no state of the casebook".to_owned(), share),
                }
            })
            .collect();
        with.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let land = &record.territories[t];
        rows.push((
            runs - same,
            HolderRow {
                territory: land.id.clone(),
                name: land.name.clone(),
                record: recorded.map(|a| name(a.0)),
                with,
            },
        ));
    }
    rows.sort_by_key(|(moved, row)| (std::cmp::Reverse(*moved), row.territory.clone()));
    rows.into_iter().map(|(_, row)| row).collect()
}
