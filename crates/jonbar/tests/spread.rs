//! What the pictures of many alternatives say together: who holds what year by year, which outcome comes first, what makes what.

mod common;

use jonbar_answer::{Answer, Decomposition, Graph, Holders, Incidence, Section, Spread};

fn run(name: &str) -> Answer {
    let out = common::jonbar(&["run", name, "--runs", "400", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    serde_json::from_value(value["answers"][0].clone()).unwrap()
}

fn find<'a, T>(answer: &'a Answer, of: impl Fn(&'a Section) -> Option<&'a T>) -> &'a T {
    answer.sections.iter().find_map(of).unwrap()
}

/// Every history stands in one band at most, and once in it stays there.
#[test]
fn the_bands_of_what_comes_first_exclude_each_other() {
    let answer = run("riga-1932");
    let bands: &Incidence = find(&answer, |s| if let Section::Incidence(i) = s { Some(i) } else { None });
    assert!(bands.causes.len() >= 2);
    for cause in &bands.causes {
        assert!(cause.steps.windows(2).all(|w| w[0].1 <= w[1].1), "{}", cause.label);
    }
    let ends = bands.causes.iter().map(|c| c.steps.last().unwrap().1);
    assert!(ends.sum::<f64>() <= 1.0 + 1e-12);
    // A band is no larger than the outcome it is of.
    let Section::Outcomes(outcomes) =
        &answer.sections.iter().find(|s| matches!(s, Section::Outcomes(_))).unwrap()
    else {
        unreachable!("found as such")
    };
    for cause in &bands.causes {
        let row = outcomes.rows.iter().find(|r| r.label == cause.label).unwrap();
        assert!(cause.steps.last().unwrap().1 <= row.with + 1e-12 && !row.imposed);
    }
}

#[test]
fn the_graph_hangs_together_and_counts_histories() {
    let answer = run("no-molotov-ribbentrop");
    let graph: &Graph = find(&answer, |s| if let Section::Graph(g) = s { Some(g) } else { None });
    assert_eq!((graph.nodes[0].depth, graph.nodes[0].count), (0, graph.runs));
    assert!(graph.nodes.len() > 3 && !graph.links.is_empty());
    for node in &graph.nodes[1..] {
        assert!(node.depth >= 1 && node.count <= graph.runs, "{node:?}");
    }
    for link in &graph.links {
        let (from, to) = (&graph.nodes[link.from], &graph.nodes[link.to]);
        assert!(link.count <= from.count && link.count <= to.count && link.from != link.to, "{link:?}");
    }
    // The commonest chains of the answer run through it.
    assert!(graph.nodes.iter().any(|n| n.label.contains("sphere of the Soviet Union")));
}

/// Year by year: a year that goes as it did in every history has no difference, and none has one before the change.
#[test]
fn the_spread_is_told_for_every_year() {
    let answer = run("riga-1932");
    let spread: &Spread = find(&answer, |s| if let Section::Spread(x) = s { Some(x) } else { None });
    let years: Vec<i32> = spread.rows.iter().map(|r| r.year).collect();
    assert_eq!(years, (1932..=1941).collect::<Vec<_>>());
    for row in &spread.rows {
        let all: f64 = row.reached.iter().sum();
        assert!((0.0..=1.0).contains(&row.as_it_did), "{row:?}");
        assert!(all >= 1.0 - row.as_it_did - 1e-9, "a history that differs has a difference: {row:?}");
        assert!(row.as_it_did < 1.0 || all == 0.0, "{row:?}");
    }
}

/// The steps of the waterfall lead from the one rate to the other.
#[test]
fn the_terms_of_a_rate_lead_from_our_timeline_to_the_alternative() {
    let answer = run("riga-1932");
    let taken: &Decomposition =
        find(&answer, |s| if let Section::Decomposition(d) = s { Some(d) } else { None });
    let moved: f64 = taken
        .rows
        .iter()
        .map(|r| r.contribution_alternative.unwrap_or(r.contribution) - r.contribution)
        .sum();
    let factor = taken.rate_alternative.unwrap() / taken.rate_record;
    assert!((moved.exp() - factor).abs() < 1e-9 * factor, "{} against {factor}", moved.exp());
}

#[test]
fn lands_are_told_for_the_end_of_every_year() {
    let answer = run("no-molotov-ribbentrop");
    let holders: &Holders = find(&answer, |s| if let Section::Holders(h) = s { Some(h) } else { None });
    let days: Vec<&str> = holders.days.iter().map(|on| on.day.as_str()).collect();
    assert_eq!(days, ["1939-12-31", "1940-12-31", "1941-06-22"]);
    for on in &holders.days {
        for row in &on.rows {
            let all: f64 = row.with.iter().map(|w| w.2).sum();
            assert!((all - 1.0).abs() < 1e-9, "{} on {}", row.name, on.day);
        }
    }
    // Estonia keeps its land where nobody was left a sphere, and longer than a year.
    let estonia = |day: usize| holders.days[day].rows.iter().find(|r| r.territory == "estonia-land");
    assert!(estonia(0).is_none(), "in 1939 Estonia still held it in our timeline too");
    assert_eq!(estonia(1).unwrap().with[0].1, "Estonia");
}

/// An answer that moves an outcome says through what: "nothing about this changed" never stands under a difference.
#[test]
fn what_moves_has_a_reason() {
    let answers = |args: &[&str]| -> Vec<Answer> {
        let out = common::jonbar(args);
        let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        serde_json::from_value(value["answers"].clone()).unwrap()
    };
    let mut moved = 0;
    for question in [
        "What if Czechoslovakia had rejected the Munich terms and fought?",
        "What if Poland had refused to sign the 1934 non-aggression pact with Germany?",
        "What if there had been no Molotov-Ribbentrop Pact?",
        "What if Finland had accepted the Soviet demands in 1939?",
    ] {
        for answer in answers(&["ask", question, "--runs", "200", "--json"]) {
            let rows = answer
                .sections
                .iter()
                .find_map(|s| if let Section::Outcomes(o) = s { Some(&o.rows) } else { None });
            let paths =
                answer.sections.iter().find_map(|s| if let Section::Paths(p) = s { Some(p) } else { None });
            let (Some(rows), Some(paths)) = (rows, paths) else { continue };
            let row = rows.iter().find(|r| paths.title == format!("Why: {}", r.label)).unwrap();
            if row.difference.abs() > 0.05 {
                moved += 1;
                assert!(!paths.intro.starts_with("In no run"), "{question}: {}", row.label);
            }
        }
    }
    assert!(moved >= 3, "{moved} answers moved anything");
}
