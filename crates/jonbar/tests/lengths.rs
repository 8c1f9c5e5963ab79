//! How long tenures and wars lasted, and what states did after a turn in their affairs.

mod common;

use serde_json::Value;

fn answer(said: &str) -> Value {
    let out = common::jonbar(&["ask", said, "--json", "--runs", "100"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"][0].clone()
}

fn summary(said: &str) -> String {
    answer(said)["summary"].to_string()
}

/// The rows of the table of cases, by the name of each column.
fn cases(answer: &Value) -> Vec<Vec<Value>> {
    let sections = answer["sections"].as_array().unwrap();
    let table = sections.iter().find(|s| s["title"] == "The cases").expect("a table of the cases");
    table["rows"].as_array().unwrap().iter().map(|r| r.as_array().unwrap().clone()).collect()
}

#[test]
fn who_was_longest_in_office_is_known_from_every_history() {
    for (asked, told) in [
        ("Who was the longest-serving foreign minister?", "Giuseppe Motta, foreign minister of Switzerland"),
        ("Which British foreign secretary served the shortest time?", "Marquess of Reading"),
        ("Which war lasted longest?", "the Sino-Japanese war"),
        ("Who got through more prime ministers, France or Yugoslavia?", "France: France had"),
        ("Britain had more prime ministers than France.", "No: the United Kingdom had"),
        ("How long did French prime ministers usually last?", "Half of them were over within"),
    ] {
        let summary = summary(asked);
        assert!(summary.contains(told), "{asked}\n{summary}");
    }
}

/// What is counted can be counted again from the cases listed.
#[test]
fn the_count_of_short_wars_is_that_of_the_cases() {
    let answer = answer("Most wars lasted less than six months.");
    let rows = cases(&answer);
    let short =
        rows.iter().filter(|r| r[2]["type"] != "none" && r[3]["value"][0].as_f64().unwrap() <= 0.503).count();
    let said = format!("{short} of {} were over within 6 months.", rows.len());
    assert_eq!(answer["summary"][0], said.as_str());
}

/// Who left the League and took land within two years. Cases that cannot be followed so long are listed and not counted.
#[test]
fn what_came_after_a_turn_is_counted_by_its_cases() {
    let answer = answer("Walking out of Geneva was followed, inside two years, by a grab for land.");
    let rows = cases(&answer);
    let followed = |row: &&Vec<Value>| {
        let year = row[1]["value"].as_str().unwrap().rsplit(' ').next().unwrap().parse::<i32>().unwrap();
        year < 1939
            || row[1]["value"].as_str().unwrap().ends_with(" May 1939")
            || row[0].to_string().contains("Hungary")
    };
    let (of, came) = rows
        .iter()
        .filter(followed)
        .fold((0, 0), |(of, came), row| (of + 1, came + usize::from(row[2]["type"] != "none")));
    let first = answer["summary"][0].as_str().unwrap();
    let said = format!("Of {of} such cases that can be followed so long {came} gained land within 2 years");
    assert!(first.starts_with(&said), "{first}\n{said}\n{rows:?}");
    let states: Vec<String> = rows.iter().map(|r| r[0].to_string()).collect();
    for state in ["Japan", "Germany", "Italy", "Hungary", "Spain"] {
        assert!(states.iter().any(|s| s.contains(state)), "{state} left the League: {states:?}");
    }
}

/// Lists of how things stood are told from the state of that day, and not from what happened in it.
#[test]
fn who_had_no_relations_is_told_from_the_state_of_the_day() {
    let summary = summary("Which states had no relations with the USSR at the end of 1934?");
    for state in ["Switzerland", "Portugal", "the Netherlands", "Belgium", "Yugoslavia"] {
        assert!(summary.contains(state), "{state}\n{summary}");
    }
    for state in ["Romania", "Czechoslovakia", "Hungary", "the United States"] {
        assert!(!summary.contains(state), "{state} had relations by then\n{summary}");
    }
}

/// A premise of several sentences in which states fight: each against the one that is no partner.
#[test]
fn who_fights_beside_whom_follows_from_the_rest_of_the_premise() {
    for (asked, told) in [
        (
            "What if Germany had attacked Czechoslovakia in September 1938, Poland joined in and France marched?",
            "Poland goes to war against Czechoslovakia on 15 September 1938; France goes to war against Germany",
        ),
        (
            "What if Estonia had rejected the bases pact of 28 September 1939 and chosen to fight?",
            "Estonia goes to war against the Soviet Union",
        ),
        ("Franco enters the war in January 1941.", "Spain goes to war against the United Kingdom"),
    ] {
        let answer = answer(asked);
        let sentence = answer["reading"]["sentence"].as_str().unwrap();
        assert!(sentence.contains(told), "{asked}\n{sentence}");
    }
}
