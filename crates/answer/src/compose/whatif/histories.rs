//! Sample histories.

use super::*;

/// Differences shown per sample history.
pub(super) const LINES_MAX: usize = 14;

/// Wars and uses of force more than in the record.
fn violence(study: &Study, t: &Trajectory) -> i64 {
    let violent = |kind: Kind| matches!(kind, Kind::WarBegun | Kind::WarJoined | Kind::ArmedDispute);
    t.differences
        .iter()
        .map(|d| match d.what {
            What::Added { kind, .. } if violent(kind) => 1,
            What::Removed { item }
                if study.timeline.items[item].unit.is_some_and(|(kind, ..)| violent(kind)) =>
            {
                -1
            }
            _ => 0,
        })
        .sum()
}

/// Five sample histories.
pub(super) fn histories(study: &Study, ensemble: &Ensemble) -> Section {
    let all = &ensemble.trajectories;
    let mut samples: Vec<History> = Vec::new();
    let mut lengths: Vec<usize> = all.iter().map(|t| t.differences.len()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    // A typical run has the commoner answer to every outcome, or to most, and a middling number of differences.
    let n_outcomes = all.first().map_or(0, |t| t.outcomes.len());
    let common: Vec<bool> =
        (0..n_outcomes).map(|o| all.iter().filter(|t| t.outcomes[o]).count() * 2 >= all.len()).collect();
    let unlike = |t: &Trajectory| t.outcomes.iter().zip(&common).filter(|(x, y)| x != y).count();
    let picks = [
        ("closest to our timeline", all.iter().min_by_key(|t| (t.differences.len(), t.index))),
        ("typical", all.iter().min_by_key(|t| (unlike(t), t.differences.len().abs_diff(median), t.index))),
        ("most peaceful", all.iter().min_by_key(|t| (violence(study, t), t.index))),
        ("most violent", all.iter().max_by_key(|t| (violence(study, t), u32::MAX - t.index))),
        ("one at random: the first", all.first()),
    ];
    for (label, pick) in picks {
        let Some(t) = pick else { continue };
        if let Some(same) = samples.iter_mut().find(|s| s.run == t.index) {
            same.label = format!("{}, {label}", same.label);
            continue;
        }
        samples.push(History { label: label.to_owned(), run: t.index, lines: lines(study, t) });
    }
    Section::Histories(Histories { title: "Sample histories".to_owned(), samples })
}

pub(super) fn lines(study: &Study, t: &Trajectory) -> Vec<HistoryLine> {
    let mut all: Vec<HistoryLine> = t
        .differences
        .iter()
        .filter_map(|d| {
            let text = words::difference(study, d);
            if text.is_empty() {
                return None;
            }
            let status = match d.what {
                What::Imposed { .. } => "imposed",
                What::Removed { .. } => "does not happen",
                What::Answered { .. } => "goes otherwise",
                What::Added { .. } => "new",
                What::Derived { .. } => "follows",
            };
            let text = text.strip_prefix("no: ").unwrap_or(&text).to_owned();
            Some(HistoryLine {
                date: words::day(d.time).to_string(),
                text,
                status: status.to_owned(),
                why: words::why(study, d, &t.differences),
            })
        })
        .collect();
    if all.len() > LINES_MAX {
        let rest = all.len() - LINES_MAX;
        let from = all[LINES_MAX].date.clone();
        all.truncate(LINES_MAX);
        all.push(HistoryLine {
            date: from,
            text: format!("and {rest} further differences"),
            status: "follows".to_owned(),
            why: String::new(),
        });
    }
    all
}
