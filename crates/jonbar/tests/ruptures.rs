//! Claims about diplomatic relations broken off.

mod common;

use jonbar_record::EventKind;
use serde_json::Value;

fn answer(said: &str) -> Value {
    let out = common::jonbar(&["claim", said, "--json"]);
    let all: Value = serde_json::from_slice(&out.stdout).unwrap();
    all["answers"][0].clone()
}

/// Every break of the record is a case, and a break too near the end to be watched for so long counts neither way.
#[test]
fn breaks_of_relations_are_followed_for_as_long_as_the_casebook_lasts() {
    let record = common::record();
    let breaks: Vec<_> = record.events.iter().filter(|e| e.kind == EventKind::RelationsBroken).collect();
    let last = record.span.to.plus(-366);
    let watched = breaks.iter().filter(|e| e.when.reading() <= last).count();
    let answer = answer("Breaking off diplomatic relations was usually followed by war.");
    let sections = answer["sections"].as_array().unwrap();
    let section = |name: &str| sections.iter().find(|s| s["section"] == name).unwrap();
    assert_eq!(section("table")["rows"].as_array().unwrap().len(), breaks.len());
    let rows = section("forest")["rows"].as_array().unwrap();
    let (of, count) = (rows[0]["of"].as_u64().unwrap() as usize, rows[0]["count"].as_u64().unwrap());
    // Those followed by war count even if they could not be watched for a year.
    assert!((watched..=breaks.len()).contains(&of), "{of} of {watched}");
    // Of the Soviet breaks with Poland and Finland war came at once; that is another definition.
    let later = rows.iter().find(|r| r["label"].as_str().unwrap().contains("not within the week")).unwrap();
    assert!(later["count"].as_u64().unwrap() < count, "{later}");
}

#[test]
fn breaks_of_relations_are_read_in_the_words_people_use() {
    for (said, read) in [
        ("Breaking off relations hardly ever led to war.", "followed by war"),
        ("Most breaks in diplomatic relations healed.", "breaks of diplomatic relations healed"),
        (
            "Broken relations were usually restored within a few years.",
            "breaks of diplomatic relations healed",
        ),
        (
            "Were breaks of relations by the Soviet Union often followed by war?",
            "by the Soviet Union followed by war",
        ),
    ] {
        let answer = answer(said);
        let sentence = answer["reading"]["sentence"].as_str().unwrap();
        assert!(sentence.contains(read), "{said}: {sentence}");
        assert_eq!(answer["reading"]["not_understood"].as_array().unwrap().len(), 0, "{said}: {answer}");
    }
}
