//! Whatever is fed to the readers, they answer with problems, not with a panic.

mod common;

use std::sync::OnceLock;

use jonbar_counterfactual::parse_whatif;
use jonbar_model::{World, parse_spec};
use jonbar_question::read_text;
use jonbar_record::{Files, Record, load};
use proptest::prelude::*;

fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(common::files)
}

fn record() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(common::record)
}

/// Bytes cut out, put in or overwritten at a place.
fn damaged(bytes: &[u8], at: usize, cut: usize, put: &[u8]) -> Vec<u8> {
    let at = at % (bytes.len() + 1);
    let end = (at + cut).min(bytes.len());
    [&bytes[..at], put, &bytes[end..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_casebook_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        at in any::<usize>(),
        cut in 0_usize..80,
        put in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let names: Vec<&String> = files().keys().collect();
        let name = names[which.index(names.len())].clone();
        let mut files = files().clone();
        let bytes = damaged(&files[&name], at, cut, &put);
        files.insert(name, bytes);
        let loaded = load(&files);
        prop_assert!(loaded.record.is_some() || !loaded.problems.is_empty());
    }

    #[test]
    fn a_damaged_model_file_is_read_or_refused(at in any::<usize>(), cut in 0_usize..60, put in "[ -~\n]{0,30}") {
        let text = String::from_utf8_lossy(&damaged(&files()["model.toml"], at, cut, put.as_bytes())).into_owned();
        let _ = parse_spec(&text);
    }

    #[test]
    fn a_damaged_whatif_is_read_or_refused(at in any::<usize>(), cut in 0_usize..60, put in "[ -~\n]{0,30}") {
        let world = World::from_record(record()).unwrap();
        let bytes = damaged(&files()["whatifs/montreux-1936.toml"], at, cut, put.as_bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _ = parse_whatif("damaged.toml", &text, record(), &world);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        let _ = read_text(&text, record());
    }

    #[test]
    fn any_sentence_of_the_right_words_is_read(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "without", "when", "take", "away", "delay", "by", "between", "first,", "or", "only", "let", "says", "yes",
                "until", "1940", "alive", "so", "instead of", "POD:", "-", "the moment", "gives", "up", "over", "Ż", "é's",
                "What", "if", "had", "not", "been", "signed", "refused", "and", "the", "Soviets", "Romania", "Polish",
                "pact", "non-aggression", "Titulescu", "Bessarabia", "ultimatum", "1932", "(1940-06-26)", "?", ".", "\"",
                "they", "one", "Why", "did", "Geneva", "kept", "fought", "regularly", "broken", "before", "no", "Of all",
                "the Winter War", "won", "How long", "Who", "last", "war between", "ratify", "swallows", "taken", "given", "armistice",
                "member", "the League", "by the end of", "14th.", "MARCH", "the coup", "came off", "dies", "Do", "note", "Danzig",
                "Having an ally made a country less likely to be attacked", "the Balkan Pact", "proposals", "in what year",
                "Had", "would", "later", ".[?]", ".[1.]", "“", "”", "1932-34", "or", "never", "rather than", "\n",
            ]),
            0..30,
        ),
    ) {
        let text = words.join(" ");
        let _ = read_text(&text, record());
        let _ = jonbar_question::assertions(&text, record());
    }
}
