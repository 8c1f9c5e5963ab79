//! In which year there were most of some cases, and times in which there were none: held against counts made here from the record itself.

mod common;

use std::collections::BTreeMap;

use jonbar_record::{Day, Event, EventKind, PactEnd, PactType, Record};
use serde_json::Value;

fn answer(said: &str) -> Value {
    let out = common::jonbar(&["ask", said, "--json", "--runs", "100"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"][0].clone()
}

fn first(said: &str) -> String {
    answer(said)["summary"][0].as_str().unwrap_or_default().to_owned()
}

/// The year in which most days fall, and how many do; of years with as many, all.
fn peak(days: impl Iterator<Item = Day>) -> (Vec<i32>, usize, usize) {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    days.for_each(|d| *years.entry(d.year()).or_default() += 1);
    let most = years.values().copied().max().unwrap_or(0);
    let first = years.iter().filter(|(_, n)| **n == most).map(|(year, _)| *year).collect();
    (first, most, years.values().sum())
}

fn within(record: &Record, kind: EventKind) -> impl Iterator<Item = &Event> {
    let inside = |e: &&Event| record.span.contains(e.when.reading());
    record.events.iter().filter(move |e| e.kind == kind).filter(inside)
}

fn signed(record: &Record) -> impl Iterator<Item = Day> {
    // What never came into force is no case of a pact.
    let two = |p: &&jonbar_record::Pact| {
        p.is_bilateral() && p.main_type() != PactType::Peace && p.end_kind != PactEnd::NeverInForce
    };
    let days = record.pacts.iter().filter(two).map(|p| p.signed.reading());
    days.filter(|d| record.span.contains(*d))
}

#[test]
fn the_year_with_most_is_that_of_a_count_by_hand() {
    let record = common::record();
    let (years, most, all) = peak(within(&record, EventKind::TerritorialDemand).map(|e| e.when.reading()));
    let [year] = years[..] else { panic!("{years:?}") };
    for asked in [
        "In which year were most demands made?".to_owned(),
        "Which year saw the most demands?".to_owned(),
        format!("More demands were made in {year} than in any other year."),
        format!("{year} saw more demands than any other year."),
    ] {
        let told = first(&asked);
        assert!(told.contains(&format!("made in {year} ({most} of {all})")), "{asked}\n{told}");
        assert!(asked.ends_with('?') || told.starts_with("Yes: "), "{told}");
    }
    let told = first(&format!("More demands were made in {} than in any other year.", year - 3));
    assert!(told.starts_with("No: ") && told.contains(&format!("in {} there were", year - 3)), "{told}");

    let (years, most, all) = peak(signed(&record));
    let told = first("In which single year were the most pacts concluded?");
    assert!(told.contains(&format!("signed in {} ({most} of {all})", years[0])), "{told}, {most} of {all}");
}

#[test]
fn what_never_happened_in_a_time_is_told_with_what_did() {
    let record = common::record();
    let in_1920 = signed(&record).filter(|d| d.year() == 1920).count();
    assert!(in_1920 > 1);
    assert_eq!(
        first("Not a single pact was signed in 1920."),
        format!("No: of bilateral pacts the casebook has {in_1920} in 1920.")
    );
    let moved = |from: i32, to: i32| {
        let years = from..=to;
        within(&record, EventKind::TerritoryCeded)
            .filter(|e| years.contains(&e.when.reading().year()))
            .count()
    };
    assert_eq!(moved(1926, 1929), 0);
    assert!(first("No border changed between 1926 and 1929.").starts_with("Yes: of changes of holder"));
    assert!(moved(1938, 1940) > 20);
    assert!(first("No land changed hands between 1938 and 1940.").starts_with("No: of changes of holder"));
    // Breaches of pacts of two that are no peace are meant, and it is said.
    let of_two = |e: &&Event| {
        e.pact
            .map(|p| &record.pacts[p.0])
            .is_some_and(|p| p.is_bilateral() && p.main_type() != PactType::Peace)
    };
    let broken = within(&record, EventKind::PactViolated).filter(of_two).map(|e| e.when.reading().year());
    assert!(broken.min().unwrap() >= 1925);
    assert!(first("No pact was broken before 1925.").starts_with("Yes: of breaches of bilateral pacts"));
}

/// "More than it received": the same state as the one that asks and as the one that is asked.
#[test]
fn demands_made_are_beside_demands_received() {
    let record = common::record();
    let poland = record.actor("POL").unwrap();
    let demands = || within(&record, EventKind::TerritorialDemand);
    let made = demands().filter(|e| e.actors.contains(&poland)).count();
    let received = demands().filter(|e| e.targets.contains(&poland)).count();
    let told = answer("Poland made more demands than it received.")["summary"].to_string();
    assert!(made < received && told.starts_with("[\"No."), "{made} {received} {told}");
    assert!(told.contains(&format!("{made} territorial demands of Poland")), "{told}");
    assert!(told.contains(&format!("against {received} on Poland")), "{told}");
}

/// Cabinets of one country at two times.
#[test]
fn tenures_at_two_times_are_held_side_by_side() {
    let answer = answer("French governments fell faster in the thirties than in the twenties.");
    let told = answer["summary"][0].as_str().unwrap();
    assert!(told.contains("begun from 1930 to 1939") && told.contains("begun from 1920 to 1929"), "{told}");
    let record = common::record();
    let france = record.actor("FRN").unwrap();
    let begun = |decade: i32| {
        let tenures = record.tenures(france, jonbar_record::Office::HeadOfGovernment);
        tenures.iter().filter(|(_, w)| w.from.year() / 10 * 10 == decade).count()
    };
    assert!(told.contains(&format!("half of the {} tenures", begun(1930))), "{told}");
    assert!(told.contains(&format!("half of the {} tenures", begun(1920))), "{told}");
}

/// Two events told in words, from one until the other; where there are several of a sort, those that lie together.
#[test]
fn days_from_one_event_until_another() {
    for (asked, days) in [
        ("How many days from the Soviet ultimatum to Romania until Soviet troops entered Bessarabia?", 2),
        ("How long between the Munich Agreement and the occupation of Prague?", 166),
        ("From the Munich Agreement to the occupation of Prague: how long was that?", 166),
    ] {
        let told = first(asked);
        assert!(told.contains(&format!("{days} days later")), "{asked}\n{told}");
    }
}

/// Sentences that look like these and say something else are not read as these.
#[test]
fn other_sentences_with_most_or_no_are_not_taken_for_these() {
    for said in [
        "No fewer than ten pacts were signed in 1939.",
        "There is no doubt that most pacts were signed in 1939.",
        "No, most pacts were signed in 1939.",
        "No wonder pacts were broken in 1939.",
        "Not more demands were made in 1938 than in any other year.",
        "More demands were made in 1938 and 1939 than in any other year.",
        "In which year did Poland sign most pacts?",
        "In which year of the 1920s were most pacts signed?",
        "In which year were most pacts denounced?",
        "No Polish border moved between 1922 and 1937.",
    ] {
        let answer = answer(said);
        let told = answer["summary"][0].as_str().unwrap_or_default();
        let read = answer["reading"]["sentence"].as_str().unwrap();
        assert!(!read.starts_with("In which calendar year"), "{said}: {read}");
        assert!(!told.starts_with("No: of") && !told.starts_with("Yes: of"), "{said}: {told}");
    }
}
