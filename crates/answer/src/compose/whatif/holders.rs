//! Who holds what at the end of the casebook, over all alternatives.

use std::collections::BTreeMap;

use jonbar_counterfactual::{Ensemble, holders};
use jonbar_record::{ActorId, TerritoryId};

use super::Study;
use crate::answer::{HolderRow, Holders, Section};

/// Land that changes hands in fewer alternatives than one in this many is left out.
const RARE: u32 = 100;

/// Territories whose holder differs from the record's in some alternatives; `None` if there are none.
pub(super) fn section(study: &Study, ensemble: &Ensemble) -> Option<Section> {
    let record = study.record;
    let day = record.span.to;
    let runs = ensemble.trajectories.len() as u32;
    let mut counts: Vec<BTreeMap<Option<usize>, u32>> = vec![BTreeMap::new(); record.territories.len()];
    for trajectory in &ensemble.trajectories {
        let held = holders(&study.timeline, trajectory, f64::from(day.0) + 1.0);
        for (count, holder) in counts.iter_mut().zip(held) {
            *count.entry(holder).or_default() += 1;
        }
    }
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
    (!rows.is_empty()).then(|| {
        Section::Holders(Holders {
            title: format!("Who holds what on {}", day.long()),
            intro:
                "Land that at least one alternative in a hundred leaves to another holder than the record."
                    .to_owned(),
            day: day.to_string(),
            runs,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        })
    })
}
