//! On which days of the week, or in which months, acts fell.

mod common;

use common::{answer, table};
use jonbar_answer::Datum;

/// On which days acts fell is counted from the dates of the record, each day once.
#[test]
fn days_of_the_week_and_months_are_counted() {
    let record = common::record();
    let weekends = answer("Hitler's big moves fell on weekends far more often than chance would allow");
    assert!(
        weekends.summary.last().is_some_and(|s| s.starts_with("No, not more often")),
        "{:?}",
        weekends.summary
    );
    let cases = table(&weekends, "The cases");
    let date = |row: &Vec<Datum>| match &row[0] {
        Datum::Entry(_, id) => record.event(id).map(|e| record.events[e.0].when.reading()),
        _ => None,
    };
    let days: Vec<_> = cases.rows.iter().filter_map(date).collect();
    assert_eq!(days.len(), cases.rows.len());
    assert!(days.windows(2).all(|d| d[0] < d[1]), "each day once");
    // By the calendar: Saturdays the Rhineland and conscription, a Sunday the attack in the east, Fridays Austria and Poland.
    let of = |entry: &str| {
        cases.rows.iter().find(|r| matches!(&r[0], Datum::Entry(day, _) if day == entry)).map(|r| &r[1])
    };
    for (day, week) in [
        ("16 March 1935", "Saturday"),
        ("7 March 1936", "Saturday"),
        ("11 March 1938", "Friday"),
        ("1 September 1939", "Friday"),
        ("22 June 1941", "Sunday"),
    ] {
        assert_eq!(of(day), Some(&Datum::Text(week.to_owned())), "{day}");
    }
    let so = cases.rows.iter().filter(|r| r[2] == Datum::Flag(true)).count();
    assert!(
        weekends.summary[0].starts_with(&format!("{so} of {} days", cases.rows.len())),
        "{}",
        weekends.summary[0]
    );
    let spring = answer("Germany usually attacked in the spring.");
    assert!(
        spring
            .reading
            .sentence
            .contains("attacks and annexations of Germany fell on a day from March to May"),
        "{}",
        spring.reading.sentence
    );
    // A state that is beaten in a war is attacked once, on the day on which the war began.
    let attacks: Vec<_> =
        table(&spring, "The cases").rows.iter().filter_map(date).map(|d| d.to_string()).collect();
    assert!(
        attacks.contains(&"1940-05-10".to_owned()) && !attacks.contains(&"1940-05-28".to_owned()),
        "{attacks:?}"
    );
    let both = answer("Wars usually began in spring and summer.");
    assert!(both.reading.sentence.contains("from March to August"), "{}", both.reading.sentence);
    // Of one event, of whom it was done to, of what became of it and of a comparison it tells nothing.
    for said in [
        "The war began in September.",
        "Was Poland attacked in September?",
        "Why did Germany attack in the spring?",
        "Which pacts did Italy sign in October?",
        "Pacts signed in August were usually broken.",
        "Great powers attacked small states mostly in spring.",
        "The Sunday Times reported most attacks.",
        "Wars usually began from March to February",
    ] {
        assert!(!answer(said).reading.sentence.contains("fell on"), "{said}");
    }
    for said in ["Germany attacked Poland on a Friday.", "Wars began in summer more often than in winter."] {
        assert!(!answer(said).reading.sentence.contains("fell on"), "{said}");
    }
}
