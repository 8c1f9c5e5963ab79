//! A whole discussion, answered: the full answer is a snapshot, and what it must say is asserted by name.

mod common;

use std::path::Path;

use common::{jonbar, stderr, stdout};
use serde_json::Value;

fn answers(file: &str) -> Vec<Value> {
    let output = jonbar(&["ask", file, "--runs", "160", "--seed", "7", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let value: Value = serde_json::from_str(&stdout(&output)).unwrap();
    value["answers"].as_array().unwrap().clone()
}

fn of_form<'a>(answers: &'a [Value], form: &str) -> Vec<&'a Value> {
    answers.iter().filter(|a| a["reading"]["form"] == form).collect()
}

fn text_of(answers: &[&Value]) -> String {
    answers.iter().map(|a| a.to_string()).collect::<Vec<_>>().join("\n")
}

/// What every discussion of this kind must be answered with.
fn holds_up(answers: &[Value]) {
    let whatifs = of_form(answers, "what if");
    let dates: Vec<&str> = whatifs.iter().map(|a| a["reading"]["sentence"].as_str().unwrap()).collect();
    for day in ["20 January 1932", "4 October 1932", "27 November 1932", "21 July 1936"] {
        assert!(dates.iter().any(|d| d.contains(day)), "the what-if at {day} is missing: {dates:?}");
    }
    assert!(dates[0].contains("20 January 1932"), "Riga is shown first");
    let motives = text_of(&of_form(answers, "motive"));
    assert!(motives.contains("Manchuria") && motives.contains("Warsaw"), "motives of both sides");
    let facts = text_of(&of_form(answers, "fact"));
    assert!(facts.contains("Proposals came from") && facts.contains("Riga"), "{facts}");
    let contrast = text_of(&of_form(answers, "contrast"));
    assert!(
        contrast.contains("18 March 1921") && contrast.contains("which no treaty had settled"),
        "{contrast}"
    );
    let comparison = text_of(&of_form(answers, "comparison"));
    assert!(
        comparison.contains("never gave up by treaty") && comparison.contains("longer than any other"),
        "{comparison}"
    );
    let rates = text_of(&of_form(answers, "base rate"));
    assert!(
        rates.contains("denounced first") && rates.contains("under each definition")
            || rates.contains("Under")
    );
    assert!(rates.contains("times the raw rate"), "the omen question compares pairs with and without a pact");
    assert_eq!(of_form(answers, "trend").len(), 1);
    let statements = text_of(&of_form(answers, "statement"));
    for words in [
        "both were parties to",
        "the negotiation of the non-aggression pact itself",
        "Too strong",
        "was not dormant throughout",
        "The Dnieper does not touch Bessarabia; the river Dniester does",
    ] {
        assert!(statements.contains(words), "missing `{words}` in {statements}");
    }
}

#[test]
fn our_own_discussion_is_answered_whole() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/discussion.txt");
    let answers = answers(file.to_str().unwrap());
    holds_up(&answers);
    let statements = text_of(&of_form(&answers, "statement"));
    assert!(
        statements.contains("The record dates it 9 June 1934"),
        "a wrong date is corrected: {statements}"
    );
    insta::assert_snapshot!("discussion", serde_json::to_string_pretty(&answers).unwrap());
}

/// A sentence that only states something is judged in a question box as it is in an essay.
#[test]
fn a_statement_asked_is_judged_as_one_read() {
    for (said, verdict) in [
        ("Turkey ceded the Hatay to France in the summer of 1939.", "disagrees"),
        ("France ceded the Hatay to Turkey in June 1939.", "agrees"),
        ("Hungary ceded Northern Transylvania to Romania under the Second Vienna Award.", "disagrees"),
        ("Yugoslavia signed a friendship treaty with Germany in April 1941.", "not in the record"),
        ("Italy invaded Albania in April 1940, a few weeks before coming into the big war.", "disagrees"),
        ("Germany and Poland signed their ten-year NAP in January 1936.", "disagrees"),
        ("On 2 September 1939 Germany invaded Poland.", "disagrees"),
        ("Lithuania handed Memel over to Germany in March 1939.", "agrees"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("said.txt");
        std::fs::write(&file, said).unwrap();
        for command in ["ask", "read"] {
            let asked = if command == "ask" { said } else { file.to_str().unwrap() };
            let out = common::jonbar(&[command, asked, "--json"]);
            let all: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
            let statements = &all["answers"][0]["sections"][0]["statements"];
            assert_eq!(statements[0]["verdict"], verdict, "{command} {said}: {statements}");
        }
    }
}

/// "They" are those of the sentence before, and a rule about one half of a sentence leaves the other half its own verdict.
#[test]
fn statements_of_a_discussion_are_read_together() {
    let said = "Germany and the Soviet Union negotiated for weeks. They signed the pact on 24 August 1939. \
                On 9 June 1934 Romania and the Soviet Union opened relations, and there were no further attempts at a pact between them. \
                Did Germany attack Poland?";
    let out = common::jonbar(&["ask", said, "--json"]);
    let all: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let told: Vec<String> = all["answers"][1]["sections"][0]["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| format!("{}: {}", s["verdict"].as_str().unwrap(), s["explanation"].as_str().unwrap()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], "disagrees: The record dates it 23 August 1939.");
    assert!(told[1].starts_with("disagrees: Too strong"), "{told:?}");
}

/// The forum thread that started it all, where a copy of it is at hand.
#[test]
fn the_seed_thread_is_answered_whole() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/thread/soviet-romanian-pact.txt");
    if !file.is_file() {
        eprintln!("skipped: the thread is not at {}", file.display());
        return;
    }
    let answers = answers(file.to_str().unwrap());
    holds_up(&answers);
    let not_understood = of_form(&answers, "not understood");
    assert!(not_understood.is_empty(), "{not_understood:?}");
}
