//! How questions are read, as typed on a forum.

mod common;

use jonbar_question::{Change, Form, Found, LengthSaid, Otherwise, Stay, WarAsk, Whose, read_text};
use jonbar_record::{PactType, Record};

/// The reading of a question in a few words: form, then what was found.
fn reading(record: &Record, text: &str) -> String {
    let (readings, _) = read_text(text, record);
    let Some(first) = readings.first() else { return "no question".to_owned() };
    let code = |a: &jonbar_record::ActorId| record.code(*a).to_owned();
    let maybe = |a: &Option<jonbar_record::ActorId>| a.as_ref().map_or("?".into(), &code);
    let codes = |list: &[jonbar_record::ActorId]| list.iter().map(&code).collect::<Vec<_>>().join("-");
    let pact = |p: &Option<PactType>| p.map_or("pact", PactType::name);
    match &first.form {
        Form::WhatIf { changes, asked, focus } => {
            let in_words = |changes: &mut dyn Iterator<Item = &Change>| -> String {
                let words: Vec<String> = changes
                    .map(|c| match c {
                        Change::Sign { pact: p, actors, pairs } if pairs.is_empty() => {
                            format!("sign {} {}?", pact(p), codes(actors))
                        }
                        Change::Sign { pact: p, pairs, .. } => {
                            let pairs: Vec<String> =
                                pairs.iter().map(|(a, b)| format!("{}-{}", code(a), code(b))).collect();
                            format!("sign {} {}", pact(p), pairs.join(","))
                        }
                        Change::NoPact { named: Some(p), .. } => format!("no {}", record.pacts[p.0].id),
                        Change::NoPact { pact: p, pairs, .. } if pairs.len() > 1 => {
                            let pairs: Vec<String> =
                                pairs.iter().map(|(a, b)| format!("{}-{}", code(a), code(b))).collect();
                            format!("no {} {}", pact(p), pairs.join(","))
                        }
                        Change::NoPact { pact: p, actors, .. } => format!("no {} {}", pact(p), codes(actors)),
                        Change::Move { pact: p, actors, days, .. } => {
                            format!("move {} {} {days}", pact(p), codes(actors))
                        }
                        Change::NoCoup { state } => format!("no coup {}", code(state)),
                        Change::Answer { holder, claimant, mark } => {
                            format!("answer {} {} {mark}", maybe(holder), maybe(claimant))
                        }
                        Change::NoDemand { claimant, holder } => {
                            format!("no demand {} {}", code(claimant), maybe(holder))
                        }
                        Change::Keep { person, stay } => {
                            let stay = match stay {
                                Some(Stay::Until(day)) => format!(" until {day}"),
                                Some(Stay::Years(years)) => format!(" for {years} years"),
                                None => String::new(),
                            };
                            format!("keep {}{stay}", record.people[person.0].id)
                        }
                        Change::Leave { person } => format!("leave {}", record.people[person.0].id),
                        Change::KeepLand { land, holder } => {
                            format!("keep land {} {}", record.territories[land.0].id, maybe(holder))
                        }
                        Change::KeepIndependence { state } => format!("keep independence {}", code(state)),
                        Change::Fight { by, on, beside } => {
                            let beside = beside.map_or(String::new(), |a| format!(" beside {}", code(&a)));
                            format!("fight {} {}{beside}", code(by), maybe(on))
                        }
                        Change::Appoint { person, instead } => {
                            let instead =
                                instead.map_or(String::new(), |p| format!(" for {}", record.people[p.0].id));
                            format!("appoint {}{instead}", record.people[person.0].id)
                        }
                        Change::Bar { person } => format!("bar {}", record.people[person.0].id),
                        Change::Attack { by, on } => format!("attack {} {}", code(by), code(on)),
                        Change::NoAttack { by, on, .. } => format!("no attack {} {}", maybe(by), maybe(on)),
                        Change::Relations { actors } => format!("relations {}", codes(actors)),
                        Change::Break { by, towards } => format!("break {} {}", code(by), maybe(towards)),
                        Change::NoBreak { by, towards } => {
                            format!("no break {} {}", code(by), maybe(towards))
                        }
                        Change::Prevent { event } => format!("prevent {}", record.events[event.0].id),
                        Change::Told { how, actors, people, words, .. } => format!(
                            "{} {} {} {}",
                            match how {
                                Otherwise::Undone => "undo",
                                Otherwise::Accepted => "accepted",
                                Otherwise::Refused => "refused",
                            },
                            codes(actors),
                            people
                                .iter()
                                .map(|p| record.people[p.0].id.clone())
                                .collect::<Vec<_>>()
                                .join("+"),
                            words.join(" ")
                        ),
                        Change::Cede { land, from, to } => {
                            format!("cede {} {} {}", record.territories[land.0].id, maybe(from), maybe(to))
                        }
                    })
                    .collect();
                words.join("; ")
            };
            let when = focus.window.map_or("undated".to_owned(), |w| w.from.to_string());
            let by = asked.iter().find_map(|a| a.by).map_or(String::new(), |by| format!(" by {by}"));
            let asked = match &in_words(&mut asked.iter().map(|a| &a.what))[..] {
                "" => String::new(),
                asked => format!(" ? {asked}{by}"),
            };
            format!("what if: {} @ {when}{asked}", in_words(&mut changes.iter()))
        }
        Form::Fact { ask, by, found, focus } => {
            let by = by.as_ref().map_or(String::new(), |a| format!(" by {}", code(a)));
            let means = match found {
                Found::Yes => ": yes",
                Found::No => ": no",
                Found::Contrary => ": contrary",
                Found::Open => "",
            };
            format!("fact {ask:?} {}{by}{means}", codes(&focus.actors))
        }
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
        Form::BaseRate { claim, .. } => {
            let of = claim.of.party.as_ref().map_or("any".into(), code);
            let than = match &claim.than {
                Some(than) => match &than.cases {
                    Some(other) => format!(" than {}", other.party.as_ref().map_or("any".into(), code)),
                    None => " than others".to_owned(),
                },
                None => String::new(),
            };
            format!("base rate {:?} {of}{than}", claim.says)
        }
        Form::States { claim } => format!(
            "states {:?} {}{:?} {}",
            claim.who.sort,
            if claim.never { "not " } else { "" },
            claim.deed,
            if claim.acts { "done" } else { "suffered" }
        ),
        Form::Calendar { claim } => format!("calendar of {:?}: {:?}", claim.of, claim.days),
        Form::Lengths { claim } => {
            let whose = |w: &Option<Whose>| match w {
                Some(Whose::Actor(a)) => format!(" of {}", code(a)),
                Some(Whose::Sort(sort)) => format!(" of {sort:?}"),
                None => String::new(),
            };
            let says = match &claim.says {
                LengthSaid::Within { years, under, word } => {
                    let word = word.map_or("how often", |w| w.word);
                    format!("{} {years:.2} years, {word}", if *under { "under" } else { "over" })
                }
                LengthSaid::Compared { with, then, less } => format!(
                    "{} than those{}{}",
                    if *less { "shorter" } else { "longer" },
                    whose(with),
                    then.map_or(String::new(), |w| format!(" @ {}", w.from))
                ),
                LengthSaid::Number { than, less } => {
                    format!("{} than{}", if *less { "fewer" } else { "more" }, whose(&Some(*than)))
                }
                other => format!("{other:?}"),
            };
            format!("lengths of {:?}{}: {says}", claim.of.kind, whose(&claim.of.whose))
        }
        Form::Sequels { claim } => format!(
            "sequels of {:?}: {:?} within {:.2} years, {}",
            claim.after,
            claim.deed,
            claim.years,
            claim.word.map_or("how often", |w| w.word)
        ),
        Form::LookUp { words, .. } => format!("look up {}", words.join(" ")),
        Form::War { begun, asks, .. } => {
            let asks = match asks {
                WarAsk::Winner(Some(a)) => format!("won by {}", code(a)),
                WarAsk::Part(a) => format!("part of {}", code(a)),
                other => format!("{other:?}").to_lowercase(),
            };
            format!("war {} {asks}", record.events[begun.0].id)
        }
        Form::Members { group } => format!("members of {}", record.groups[group.0].name),
        Form::Afterwards { of, .. } => format!("afterwards, {of}"),
        Form::Between { one, other } => format!("between {one} / {other}"),
        Form::Trend { focus } => format!("trend {}", pact(&focus.pact)),
        Form::NotUnderstood { .. } => format!("not understood: {}", first.not_understood.join(" ")),
    }
}

/// Questions in the ways people write them: typos, old spellings, no capitals, passives, double denials, three parties,
/// forum prefixes, titles, ranges of dates; and such as cannot be read, which must be refused and not guessed at.
#[test]
fn questions_are_read_as_people_write_them() {
    let record = common::record();
    let mut wrong = Vec::new();
    let lines = include_str!("data/readings.tsv").lines().filter(|l| !l.starts_with('#'));
    for line in lines {
        let (text, expected) = line.split_once('\t').unwrap();
        let got = reading(&record, text);
        let got = if got.starts_with("not understood") { "not understood" } else { &got };
        if got != expected {
            wrong.push(format!("{text}\n  read:     {got}\n  expected: {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} read otherwise:\n{}", wrong.len(), wrong.join("\n"));
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
        ("What if Hitler had been shot in 1932?", "what if: leave hitler-adolf @ 1932-01-01"),
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
    assert!(said.contains("\"Polland\" is not a name") && said.contains("\"Poland\""), "{said}");
}
