//! How questions are read, as typed on a forum.

mod common;

use jonbar_question::{Change, Form, read_text};
use jonbar_record::{PactType, Record};

/// The reading of a question in a few words: form, then what was found.
fn reading(record: &Record, text: &str) -> String {
    let (readings, _) = read_text(text, record);
    let Some(first) = readings.first() else { return "no question".to_owned() };
    let code = |a: &jonbar_record::ActorId| record.code(*a).to_owned();
    let codes = |list: &[jonbar_record::ActorId]| list.iter().map(&code).collect::<Vec<_>>().join("-");
    let pact = |p: &Option<PactType>| p.map_or("pact", PactType::name);
    match &first.form {
        Form::WhatIf { changes, focus } => {
            let words: Vec<String> = changes
                .iter()
                .map(|c| match c {
                    Change::Sign { pact: p, actors } => format!("sign {} {}", pact(p), codes(actors)),
                    Change::NoPact { pact: p, actors } => format!("no {} {}", pact(p), codes(actors)),
                    Change::Answer { holder, claimant, mark } => format!(
                        "answer {} {} {mark}",
                        holder.as_ref().map_or("?".into(), &code),
                        claimant.as_ref().map_or("?".into(), &code)
                    ),
                    Change::Keep { person } => format!("keep {}", record.people[person.0].id),
                    Change::Fight { by, on } => {
                        format!("fight {} {}", code(by), on.as_ref().map_or("?".into(), &code))
                    }
                    Change::Relations { actors } => format!("relations {}", codes(actors)),
                    Change::Break { by, towards } => {
                        format!("break {} {}", code(by), towards.as_ref().map_or("?".into(), &code))
                    }
                })
                .collect();
            let when = focus.window.map_or("undated".to_owned(), |w| w.from.to_string());
            format!("what if: {} @ {when}", words.join("; "))
        }
        Form::Fact { ask, focus } => format!("fact {ask:?} {}", codes(&focus.actors)),
        Form::Motive { focus } => format!("motive {}", codes(&focus.actors)),
        Form::Contrast { example, subject, .. } => format!(
            "contrast {}-{} / {}-{}",
            code(&example.0),
            code(&example.1),
            code(&subject.0),
            code(&subject.1)
        ),
        Form::Comparison { claimant, territory, .. } => {
            format!(
                "comparison {} {}",
                code(claimant),
                territory.map_or("?", |t| &record.territories[t.0].id)
            )
        }
        Form::BaseRate { claim, by, .. } => {
            format!("base rate {claim:?} {}", by.as_ref().map_or("any".into(), code))
        }
        Form::Trend { focus } => format!("trend {}", pact(&focus.pact)),
        Form::NotUnderstood { .. } => format!("not understood: {}", first.not_understood.join(" ")),
    }
}

#[test]
fn the_showcases_are_read_as_typed() {
    let record = common::record();
    let cases = [
        (
            "What if the Riga talks had produced a Soviet-Romanian non-aggression pact with a clause setting disputes aside? (1932-01-20)",
            "what if: sign nonaggression RUS-ROM @ 1932-01-20",
        ),
        (
            "What if Cadere had accepted the word \"existing\" at Geneva and the pact had been signed before Titulescu took office? (1932-10-04)",
            "what if: sign pact ROM @ 1932-10-04",
        ),
        (
            "What if King Carol had kept Titulescu and the Montreux draft had been signed at Geneva? (1936-08-29)",
            "what if: keep titulescu-nicolae; sign pact ROM @ 1936-08-29",
        ),
        (
            "What if Romania had rejected the ultimatum and fought on the Dniester? (1940-06-27)",
            "what if: answer ROM ? war @ 1940-06-27",
        ),
        (
            "What if Barthou had not been killed at Marseille? (1934-10-09)",
            "what if: keep barthou-louis @ 1934-10-09",
        ),
        (
            "What if France had marched when the Rhineland was remilitarised? (1936-03-07)",
            "what if: fight FRN ? @ 1936-03-07",
        ),
        (
            "What if Czechoslovakia had fought in September 1938? (1938-09-30)",
            "what if: fight CZE ? @ 1938-09-30",
        ),
        (
            "What if the Moscow military talks of August 1939 had ended in an alliance? (1939-08-21)",
            "what if: sign defence  @ 1939-08-21",
        ),
        (
            "What if Ribbentrop had been refused and there had been no German-Soviet pact? (1939-08-23)",
            "what if: no pact GMY-RUS @ 1939-08-23",
        ),
        (
            "What if Finland had accepted the Soviet terms of autumn 1939? (1939-11-13)",
            "what if: answer FIN RUS conceded @ 1939-11-13",
        ),
        (
            "What if Bulgaria had accepted the Sobolev offer of a mutual-assistance pact? (1940-11-25)",
            "what if: sign defence BUL-RUS @ 1940-11-25",
        ),
        (
            "What if the Second Vienna Award had been refused and Romania had fought Hungary? (1940-08-30)",
            "what if: answer ROM HUN war @ 1940-08-30",
        ),
    ];
    let read: Vec<(String, &str, &str)> =
        cases.iter().map(|(text, expected)| (reading(&record, text), *expected, *text)).collect();
    for (got, expected, text) in &read {
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn every_form_of_question_is_told_apart() {
    let record = common::record();
    let cases = [
        ("Did Poland propose a pact to the Soviet Union?", "fact Proposed POL-RUS"),
        ("When did Finland and the USSR sign a nonaggression pact?", "fact Signed FIN-RUS"),
        ("Why did Britain guarantee Poland?", "motive UKG-POL"),
        ("What motivated Romania and the Soviets in 1932?", "motive ROM-RUS"),
        (
            "Why could Poland sign a pact with the Soviets in 1932 while Romania could not with the Soviets?",
            "contrast RUS-POL / RUS-ROM",
        ),
        (
            "Of all its losses, why did Hungary press Transylvania in particular?",
            "comparison HUN northern-transylvania",
        ),
        ("Were nonaggression pacts broken regularly?", "base rate Broken any"),
        ("Nonagression pacts were a bad omen.", "base rate Omen any"),
        ("Did the nonaggression pact fall out of fashion?", "trend nonaggression"),
        (
            "What if the USSR had denounced its pact with Poland in 1938?",
            "what if: break RUS POL @ 1938-01-01",
        ),
        ("What if Hitler had been shot in 1932?", "not understood"),
        ("What is the best sandwich?", "not understood"),
    ];
    for (text, expected) in cases {
        let got = reading(&record, text);
        assert!(got.starts_with(expected), "{text}\n  read: {got}\n  expected: {expected}");
    }
}

#[test]
fn a_misspelt_name_is_named_and_the_nearest_offered() {
    let record = common::record();
    let (readings, _) = read_text("What if Polland and Romania had signed an alliance in 1935?", &record);
    let said = readings[0].not_understood.join(" ");
    assert!(said.contains("Polland") && said.contains("poland"), "{said}");
}
