//! What every writer must hold to, shown on a small made-up answer.

use textwrap::core::display_width;

use super::{TerminalStyle, bbcode, html, json, markdown, terminal};
use crate::answer::*;

const HOSTILE: &str = "Actor A <script>alert(1)</script> [B]x[/B] a|b `code` \u{1b}[31m \u{202e}end";
const URL: &str = "https://example.org/volume/136";

fn outcome(label: &str, with: f64, without: f64, record_date: Option<&str>) -> OutcomeRow {
    OutcomeRow {
        imposed: false,
        label: label.into(),
        ask: "happens pact by 1936".into(),
        with,
        monte_carlo: 0.011,
        parameters: 0.034,
        model_choice: None,
        dates_read: None,
        interval: ((with - 0.08).max(0.0), (with + 0.08).min(1.0)),
        without,
        difference: with - without,
        record_date: record_date.map(String::from),
        dates: Some(("1933".into(), "1934".into(), "1936".into())),
        by_year: [(1933, with / 4.0, 0.0), (1934, with / 2.0, without), (1936, with, without)]
            .map(|(year, with, without)| ByYear { year, with, interval: (0.8 * with, with), without })
            .to_vec(),
    }
}

fn entry(text: &str) -> RecordEntry {
    RecordEntry {
        id: "e1".into(),
        date: "25 July 1932".into(),
        edtf: "1932-07-25".into(),
        kind: "pact".into(),
        text: text.into(),
        cites: vec![(1, "vol. 136 p. 41".into()), (2, String::new())],
        confidence: "medium".into(),
        also_dated: vec![("26 July 1932".into(), 2)],
        still_happens: Some(0.4),
    }
}

fn decomposition_row(effect: &str, contribution: f64) -> DecompositionRow {
    DecompositionRow {
        effect: effect.into(),
        gloss: "earlier pacts of Actor B".into(),
        coefficient: 0.42,
        sd: 0.1,
        value: 2.0,
        contribution,
        value_alternative: Some(3.0),
        contribution_alternative: Some(contribution + 0.42),
    }
}

fn simulated_sections(text: &str) -> Vec<Section> {
    vec![
        Section::Gauge(Gauge {
            change: text.into(),
            window: "within a year".into(),
            probability: Some(1.0 / 12.0),
            interval: Some((0.04, 0.15)),
            band: "stretch".into(),
            documented: "negotiated".into(),
            parts: vec![GaugePart {
                effect: "shared_rival".into(),
                gloss: "a shared rival".into(),
                factor: 2.4,
            }],
            conflicts: vec![text.into()],
        }),
        Section::Outcomes(Outcomes {
            title: "What follows".into(),
            runs: 2000,
            rows: vec![outcome(text, 0.58, 1.0, Some("1934")), outcome("Actor B joins", 0.0, 0.0, None)],
            notes: vec!["Read down the columns.".into()],
        }),
        Section::Paths(Paths {
            title: format!("Why {text}"),
            intro: "The most frequent chains.".into(),
            runs: 2000,
            paths: vec![PathShown { steps: vec!["the pact".into(), text.into()], count: 600 }],
        }),
        Section::Decomposition(Decomposition {
            title: "What drives it".into(),
            intro: "At that moment.".into(),
            rows: vec![decomposition_row("base", -3.0), decomposition_row("pacts", 0.84)],
            rate_record: 0.04,
            rate_alternative: Some(0.7),
        }),
        Section::Histories(Histories {
            title: "Sample histories".into(),
            samples: vec![History {
                label: "typical".into(),
                run: 1204,
                lines: vec![HistoryLine {
                    date: "1933".into(),
                    text: text.into(),
                    status: "new".into(),
                    why: "it follows".into(),
                }],
            }],
        }),
    ]
}

fn recorded_sections(text: &str) -> Vec<Section> {
    vec![
        Section::Record(RecordList {
            title: "Record".into(),
            intro: String::new(),
            entries: vec![entry(text)],
        }),
        Section::Table(Table {
            title: "Cases".into(),
            intro: "Similar cases.".into(),
            columns: vec!["Case".into(), text.into(), "Share".into()],
            rows: vec![vec![Datum::Text(text.into()), Datum::Unknown, Datum::Share(0.25)]],
            notes: vec![text.into()],
        }),
        Section::Notes(Notes { title: "Limits".into(), points: false, text: vec![text.into()] }),
        Section::Statements(Statements {
            title: "Statements".into(),
            statements: vec![StatementShown {
                excerpt: text.into(),
                span: None,
                verdict: "disagrees".into(),
                explanation: "The record has another date.".into(),
                entries: vec![entry("Actor A and Actor B sign a pact")],
            }],
        }),
    ]
}

fn answer(text: &str) -> Answer {
    let mut sections = simulated_sections(text);
    sections.extend(recorded_sections(text));
    Answer {
        version: ANSWER_VERSION,
        question: text.into(),
        reading: ReadingShown {
            form: "what if".into(),
            sentence: text.into(),
            assumed: vec!["By the end of 1936.".into()],
            not_understood: vec![text.into()],
        },
        summary: vec![text.into()],
        sections,
        sources: vec![
            SourceShown { key: "a".into(), full: text.into(), url: Some(URL.into()) },
            SourceShown {
                key: "b".into(),
                full: "Second work".into(),
                url: Some("javascript:alert(1)".into()),
            },
        ],
        run: Some(RunCard {
            program: "jonbar 0.1.0".into(),
            casebook: "sample".into(),
            casebook_hash: "0123456789abcdef0123456789abcdef".into(),
            runs: 2000,
            seed: 1932,
            mode: "hindsight".into(),
            whatif: format!("[whatif]\nname = \"{text}\"\n# ```\n[/CODE]\n"),
        }),
    }
}

fn peaceful() -> Answer {
    answer("What if Actor A and Actor B sign a pact of neutrality in January 1932 after long talks?")
}

fn plain(width: usize) -> TerminalStyle {
    TerminalStyle { width, color: false, plain: true }
}

fn has_drawing(text: &str) -> bool {
    text.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c))
}

#[test]
fn plain_text_has_no_escape_codes_drawing_or_tabs() {
    for text in [HOSTILE, "What if Actor A waits?"] {
        let out = terminal(&[answer(text)], &TerminalStyle { width: 80, color: true, plain: true });
        assert!(!out.contains(['\u{1b}', '\t', '\u{202e}']));
        assert!(!has_drawing(&out));
    }
}

#[test]
fn colour_comes_only_when_asked_for() {
    let style = TerminalStyle { width: 100, color: false, plain: false };
    let out = terminal(&[answer(HOSTILE)], &style);
    assert!(!out.contains('\u{1b}'));
    assert!(has_drawing(&out));
    assert!(out.contains("██"));
    assert!(terminal(&[peaceful()], &TerminalStyle { color: true, ..style }).contains('\u{1b}'));
}

#[test]
fn lines_keep_to_the_width() {
    for width in [20, 40, 60, 80, 120] {
        for plain in [false, true] {
            let out = terminal(&[peaceful(), answer(HOSTILE)], &TerminalStyle { width, color: false, plain });
            for line in out.lines().filter(|line| !line.contains("://")) {
                assert!(display_width(line) <= width, "{width}: {line:?}");
            }
        }
    }
}

#[test]
fn terminal_text_has_its_landmarks() {
    let out = terminal(&[peaceful()], &plain(100));
    for words in ["Q  What if", "Read as:", "Assumed:", "Left out:", "58 of 100", "happened"] {
        assert!(out.contains(words), "{words} is missing");
    }
    assert!(out.contains("[1, vol. 136 p. 41; 2]"));
    assert!(out.trim_end().ends_with("repeat: jonbar replay FILE"));
    let mut without_run = peaceful();
    without_run.run = None;
    assert!(!terminal(&[without_run], &plain(100)).contains("repeat:"));
}

#[test]
fn markdown_escapes_markup() {
    let out = markdown(&[answer(HOSTILE)]);
    assert!(out.contains("\\<script\\>"));
    assert!(out.contains("a\\|b \\`code\\`"));
    let fenced = out.find("````").expect("the file is fenced by more backticks than it contains");
    assert!(!out[..fenced].contains("<script>"));
    assert!(!out.contains('\u{1b}'));
    assert!(out.contains("*Alternative history: computed, not recorded."));
}

#[test]
fn bbcode_has_only_its_own_tags_and_starts_with_the_notice() {
    let out = bbcode(&[answer(HOSTILE)]);
    assert!(out.starts_with("[I]Alternative history: computed, not recorded."));
    // The file at the end stands in a code block, where tags do nothing.
    assert!(!out.split("[SPOILER=The what-if").next().unwrap_or_default().contains("[B]x"));
    assert!(!out.contains("[/CODE]\n[/CODE]"));
    for tag in ["B", "I", "U", "LIST", "CODE"] {
        let (opened, closed) = (format!("[{tag}]"), format!("[/{tag}]"));
        // Inside the code block of the file, tags do nothing.
        let body = out.split("[SPOILER=The what-if").next().unwrap_or_default();
        assert_eq!(body.matches(&opened).count(), body.matches(&closed).count(), "{tag}");
    }
    assert_eq!(out.matches("[SPOILER=").count(), out.matches("[/SPOILER]").count());
    assert!(out.contains(&format!("[URL={URL}]")));
    assert!(!out.contains("[URL=javascript"));
}

#[test]
fn a_forum_post_fits_and_says_what_it_leaves_out() {
    let long = Answer { summary: vec!["What was found. ".repeat(40)], ..answer(HOSTILE) };
    let many: Vec<Answer> = std::iter::repeat_n(long, 40).collect();
    for answers in [vec![peaceful()], many] {
        let post = super::forum_post(&answers);
        assert!(post.chars().count() <= 10_000, "{} characters", post.chars().count());
        for tag in ["B", "I", "U", "LIST", "CODE"] {
            let (opened, closed) = (format!("[{tag}]"), format!("[/{tag}]"));
            assert_eq!(post.matches(&opened).count(), post.matches(&closed).count(), "{tag}");
        }
    }
    assert!(super::forum_post(&vec![answer(HOSTILE); 60]).contains("Shortened to fit a post"));
}

#[test]
fn html_escapes_markup_and_asks_for_nothing_outside() {
    let out = html(&[answer(HOSTILE)]);
    assert!(!out.contains("<script"));
    assert!(out.contains("&lt;script&gt;"));
    assert!(!out.contains("src="));
    assert!(!out.contains("url("));
    assert_eq!(out.matches("http").count(), out.matches(&format!("href=\"{URL}\"")).count());
    for link in out.split("href=\"").skip(1) {
        assert!(link.starts_with('#') || link.starts_with(URL));
    }
}

#[test]
fn html_headings_are_in_order() {
    for answers in [vec![peaceful()], vec![peaceful(), answer(HOSTILE)]] {
        let out = html(&answers);
        let mut last = 0;
        for (i, _) in out.match_indices("<h") {
            let level = out[i + 2..].chars().next().and_then(|c| c.to_digit(10));
            if let Some(level) = level {
                assert!(level <= last + 1, "a heading of level {level} follows one of level {last}");
                last = level;
            }
        }
        assert_eq!(out.matches("<h1>").count(), 1);
        assert_eq!(out.contains("<nav"), answers.len() > 1);
    }
}

#[test]
fn every_picture_is_named_and_stamped() {
    let out = html(&[peaceful()]);
    let pictures: Vec<&str> =
        out.split("<svg").skip(1).filter_map(|rest| rest.split("</svg>").next()).collect();
    // Three of them are drawn for narrow screens too.
    assert_eq!(pictures.len(), 8);
    assert_eq!(pictures.iter().filter(|p| p.contains("class=\"narrow\"")).count(), 3);
    for picture in pictures {
        assert!(picture.contains("role=\"img\""));
        assert!(picture.contains("<title>") && picture.contains("<desc>"));
        assert!(picture.matches("alternative, computed, not recorded").count() >= 2);
    }
}

#[test]
fn json_can_be_read_back() {
    let answers = vec![answer(HOSTILE), peaceful()];
    let out = json(&answers);
    assert!(out.ends_with("}\n"));
    let value: serde_json::Value = serde_json::from_str(&out).expect("valid JSON");
    let read: Vec<Answer> = serde_json::from_value(value["answers"].clone()).expect("a list of answers");
    assert_eq!(read.len(), 2);
    // Decimal fractions may come back one unit in the last place off, so the words are compared.
    for (before, after) in answers.iter().zip(&read) {
        assert_eq!(before.question, after.question);
        assert_eq!(before.sections.len(), after.sections.len());
        assert_eq!(before.run, after.run);
        assert_eq!(before.sources, after.sources);
    }
}
