//! How often promises were kept in the wars that called for them.

use jonbar_survival::share_interval;

use super::{LEVEL, blank};
use crate::answer::{Answer, Datum, Section, Table};

/// A promise tested by a war: from before 1945 or later, kept or not in each of two codings (`None`: not tested), and what was
/// promised (defence, offence, neutrality, non-aggression, consultation).
#[derive(Clone, Debug)]
pub struct Tested {
    /// Before 1945.
    pub early: bool,
    /// Kept, by the first and the second coding.
    pub kept: [Option<bool>; 2],
    /// What was promised.
    pub obligations: [bool; 5],
}

const CODINGS: [&str; 2] = ["Leeds, Long and Mitchell's coding", "Berkemeier and Fuhrmann's coding"];

/// Shares honoured overall, by period and by obligation.
pub fn commitments_report(cases: &[Tested]) -> Answer {
    let reading = jonbar_question::Reading {
        text: "Were commitments honoured in war?".to_owned(),
        form: jonbar_question::Form::NotUnderstood { focus: jonbar_question::Focus::default() },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    let sentence = "Of the alliances that a war called upon, how many were honoured?".to_owned();
    let mut answer = blank(&reading, "base rate", sentence);
    type Group = (&'static str, fn(&Tested) -> bool);
    let groups: [Group; 13] = [
        ("all", |_| true),
        ("before 1945", |t| t.early),
        ("1945 and later", |t| !t.early),
        ("with a promise of defence", |t| t.obligations[0]),
        ("with a promise of offence", |t| t.obligations[1]),
        ("with a promise of neutrality", |t| t.obligations[2]),
        ("with a promise of non-aggression", |t| t.obligations[3]),
        ("with a promise to consult", |t| t.obligations[4]),
        ("defence, before 1945", |t| t.obligations[0] && t.early),
        ("defence, 1945 and later", |t| t.obligations[0] && !t.early),
        ("non-aggression, before 1945", |t| t.obligations[3] && t.early),
        ("non-aggression, 1945 and later", |t| t.obligations[3] && !t.early),
        ("neutrality, before 1945", |t| t.obligations[2] && t.early),
    ];
    let count = |coding: usize, of: fn(&Tested) -> bool| {
        let tested: Vec<bool> = cases.iter().filter(|t| of(t)).filter_map(|t| t.kept[coding]).collect();
        (tested.iter().filter(|k| **k).count() as u64, tested.len() as u64)
    };
    let percent = |(kept, of): (u64, u64)| 100.0 * kept as f64 / of.max(1) as f64;
    let (all, early, late) = (count(0, groups[0].1), count(0, groups[1].1), count(0, groups[2].1));
    answer.summary.push(format!(
        "{} of {} commitments put to the test were honoured ({:.0} %): {:.0} % before 1945 and {:.0} % from then on.",
        all.0,
        all.1,
        percent(all),
        percent(early),
        percent(late)
    ));
    let bare = count(0, groups[6].1);
    answer.summary.push(format!(
        "Of those with a promise not to attack {} of {} ({:.0} %) were.",
        bare.0,
        bare.1,
        percent(bare)
    ));
    for (coding, name) in CODINGS.iter().enumerate() {
        let rows = groups
            .iter()
            .map(|(label, of)| {
                let (kept, n) = count(coding, *of);
                let interval = share_interval(kept, n, LEVEL);
                let share = |x: f64| if n == 0 { Datum::NotApplicable } else { Datum::Share(x) };
                vec![
                    Datum::Text((*label).to_owned()),
                    Datum::Count(kept),
                    Datum::Count(n),
                    share(kept as f64 / n.max(1) as f64),
                    share(interval.0),
                    share(interval.1),
                ]
            })
            .collect();
        answer.sections.push(Section::Table(Table {
            title: (*name).to_owned(),
            intro: "Alliances in wars that called for what they promise. Intervals are 90 %.".to_owned(),
            columns: ["alliances", "honoured", "tested", "share", "from", "to"].map(str::to_owned).to_vec(),
            rows,
            notes: vec![
                "A promise is counted once for each war that tested it; a treaty with two promises counts under both."
                    .to_owned(),
                "War tests alliances that failed to deter: promises that no war called upon are not here.".to_owned(),
            ],
        }));
    }
    answer
}
