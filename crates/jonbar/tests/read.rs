//! `jonbar read`: how many of the statements that a careful reader marked by hand are found and judged as they were.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{jonbar, stderr, stdout};
use jonbar_answer::{Section, StatementShown, read_prose};
use jonbar_record::Record;

fn passages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/passages")
}

/// One statement marked by hand.
struct Marked {
    span: (usize, usize),
    quote: String,
    verdict: String,
    /// Events of the record, or pacts, that decide it.
    record: Vec<String>,
}

fn marked(gold: &str, file: &str, text: &str) -> Vec<Marked> {
    let mut found = Vec::new();
    for line in gold.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0] == file {
            let at = text.find(cells[1]).unwrap_or_else(|| panic!("{file}: {} is not in it", cells[1]));
            let from = text[..at].chars().count();
            found.push(Marked {
                span: (from, from + cells[1].chars().count()),
                quote: cells[1].to_owned(),
                verdict: cells[2].to_owned(),
                record: cells[6].split(';').filter(|r| !r.is_empty()).map(str::to_owned).collect(),
            });
        }
    }
    found
}

fn statements(record: &Record, text: &str) -> Vec<StatementShown> {
    let answer = read_prose(record, text);
    answer
        .sections
        .into_iter()
        .find_map(|s| if let Section::Statements(s) = s { Some(s.statements) } else { None })
        .unwrap_or_default()
}

/// A sentence that is one statement, with its verdict.
#[track_caller]
fn assert_judged(record: &Record, sentence: &str, verdict: &str) {
    let found = statements(record, sentence);
    let said: Vec<&str> = found.iter().map(|s| s.verdict.as_str()).collect();
    assert_eq!(said, [verdict], "{sentence}: {:?}", found.first().map(|s| &s.explanation));
}

/// How a reader did on some texts.
#[derive(Default, Debug)]
struct Score {
    /// Statements reported.
    reported: usize,
    /// Of those, with the verdict of a marked statement that they overlap.
    right: usize,
    /// Of those, where the mark names the entry that decides it.
    named: usize,
    /// Of those, with that entry.
    entry: usize,
    /// Statements marked, opinions and predictions apart.
    marked: usize,
    /// Of those, reported with their verdict.
    found: usize,
    /// Of those, reported with whatever verdict.
    touched: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.reported.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.marked.max(1) as f64
    }
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn score(record: &Record, files: &[String], gold: &str, log: bool) -> Score {
    let mut score = Score::default();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(passages().join(file)).unwrap();
        let (reported, marks) = (statements(record, &text), marked(gold, file, &text));
        score.reported += reported.len();
        for r in &reported {
            let over: Vec<&Marked> = marks.iter().filter(|m| overlap(m.span, r.span.unwrap())).collect();
            let right = over.iter().any(|m| m.verdict == r.verdict);
            score.right += usize::from(right);
            let same: Vec<&&Marked> =
                over.iter().filter(|m| m.verdict == r.verdict && !m.record.is_empty()).collect();
            if r.verdict != "not in the record" && !same.is_empty() {
                let entry = same.iter().flat_map(|m| &m.record).any(|id| {
                    r.entries.iter().any(|e| e.id == *id)
                        || record.events.iter().any(|e| {
                            r.entries.iter().any(|shown| shown.id == e.id)
                                && e.pact.is_some_and(|p| record.pacts[p.0].id == *id)
                        })
                });
                score.named += 1;
                score.entry += usize::from(entry);
                if log && !entry {
                    let shown: Vec<&str> = r.entries.iter().map(|e| e.id.as_str()).collect();
                    println!(
                        "{file} ENTRY {}: {} | {shown:?} want {:?}",
                        r.verdict, r.excerpt, same[0].record
                    );
                }
            }
            if log && !right {
                let want = over.first().map_or("nothing", |m| m.verdict.as_str());
                *wrong.entry(format!("{} for {want}", r.verdict)).or_default() += 1;
                let entry = r.entries.first().map_or("", |e| e.id.as_str());
                println!(
                    "{file} FALSE {} (want {want}): {} | {} {entry}",
                    r.verdict, r.excerpt, r.explanation
                );
            }
        }
        for m in marks.iter().filter(|m| m.verdict != "not checkable") {
            let over: Vec<&StatementShown> =
                reported.iter().filter(|r| overlap(m.span, r.span.unwrap())).collect();
            score.marked += 1;
            score.touched += usize::from(!over.is_empty());
            score.found += usize::from(over.iter().any(|r| r.verdict == m.verdict));
            if log && over.is_empty() {
                println!("{file} MISSED {}: {}", m.verdict, m.quote);
            }
        }
    }
    if log {
        println!("{wrong:#?}");
    }
    score
}

fn files(part: &str) -> Vec<String> {
    let split = std::fs::read_to_string(passages().join("split.txt")).unwrap();
    let mut files: Vec<String> =
        split.lines().filter_map(|l| l.strip_prefix(part)).map(|f| f.trim().to_owned()).collect();
    files.sort();
    files
}

/// The statements of passages marked by hand (`data/passages/README.md`). Precision: of the statements reported, those with the
/// verdict that the marked statement they overlap was given. Recall: of the statements marked, those reported with their verdict.
/// Right entry: of the verdicts that are right and rest on an entry, those that show the entry that the mark names.
/// The bounds are what the reader reaches, so that it does not get worse unseen; docs/read.md says what it misses.
#[test]
fn statements_are_found_and_judged_as_by_hand() {
    let gold = std::fs::read_to_string(passages().join("gold.tsv")).unwrap();
    let record = common::record();
    for (part, precision, recall, entry) in [("dev ", 0.75, 0.57, 0.75), ("held ", 0.58, 0.44, 0.65)] {
        // What the texts held back show is not to be read.
        let log = part.starts_with("dev") && std::env::var_os("JONBAR_LOG").is_some();
        let s = score(&record, &files(part), &gold, log);
        let right_entry = s.entry as f64 / s.named.max(1) as f64;
        println!(
            "{part}: precision {:.2}, recall {:.2}, right entry {right_entry:.2}; {s:?}",
            s.precision(),
            s.recall()
        );
        assert!(s.precision() >= precision && s.recall() >= recall && right_entry >= entry, "{part}{s:?}");
    }
}

/// What is said of a day must be of the sort that the record has of it; who came after whom, until when, and by whom signed.
#[test]
fn a_day_an_end_and_a_successor_are_told_apart() {
    let record = common::record();
    for (said, verdict) in [
        ("On 14 April 1939 Hitler resigned.", "not in the record"),
        ("On 16 May 1934 Hull left the League.", "not in the record"),
        ("On 4 August 1936 Metaxas shut up shop on parliament.", "agrees"),
        ("On 19 October 1933 Germany got into the League.", "not in the record"),
        ("Neurath was foreign minister until 4 February 1938.", "agrees"),
        ("Neurath was foreign minister until 4 February 1936.", "agrees"),
        ("On 4 February 1938 Hitler replaced Neurath with Ribbentrop.", "agrees"),
        ("On 3 May 1939 Litvinov was succeeded by Potemkin.", "disagrees"),
        ("In May 1939 Stalin succeeded in removing Litvinov.", "agrees"),
        ("On 7 February 1934 Daladier resigned as prime minister.", "agrees"),
        ("By the treaty of 28 September 1939 Lithuania fell into the German sphere.", "disagrees"),
        ("By the treaty of 28 September 1939 Lithuania fell into the Soviet sphere.", "agrees"),
        ("In March 1925 Chamberlain became Foreign Secretary.", "disagrees"),
        ("On 30 September 1938 Chamberlain and Hitler signed a declaration.", "agrees"),
        ("The Franco-German declaration was signed by Bonnet and Neurath on 6 December 1938.", "disagrees"),
    ] {
        let found = statements(&record, said);
        let verdicts: Vec<&str> = found.iter().map(|s| s.verdict.as_str()).collect();
        assert_eq!(
            verdicts,
            [verdict],
            "{said} {:?}",
            found.iter().map(|s| &s.explanation).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_text_is_read_with_places_sources_and_a_verdict_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("essay.md");
    let text = "Romania and the Soviet Union opened relations on 9 June 1934. Poland denounced its pact with Germany in April \
                1939. What if they had not? See (Men and Politics, p. 135) and https://example.org/a.[^1]";
    std::fs::write(&path, text).unwrap();
    let output = jonbar(&["read", &path.to_string_lossy(), "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let answer = json.get(0).unwrap_or(&json);
    let answer = answer.get("answers").map_or(answer, |a| &a[0]);
    let of = |section: &str| {
        let sections = answer["sections"].as_array().unwrap();
        sections.iter().find(|s| s["section"] == section).unwrap().clone()
    };
    let statements = of("statements")["statements"].as_array().unwrap().clone();
    let verdicts: Vec<&str> = statements.iter().map(|s| s["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["agrees", "disagrees"], "{statements:#?}");
    let chars: Vec<char> = text.chars().collect();
    let span = |i: usize, end: usize| statements[i]["span"][end].as_u64().unwrap() as usize;
    let quoted: String = chars[span(1, 0)..span(1, 1)].iter().collect();
    assert!(quoted.starts_with("Poland denounced") && quoted.ends_with("1939"), "{quoted}");
    let cited: Vec<String> =
        of("notes")["text"].as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect();
    assert_eq!(cited, ["https://example.org/a", "Men and Politics, p. 135", "[^1]"]);
    let missing = jonbar(&["read", "no-such-file.txt"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("no such file"), "{}", stderr(&missing));
}

/// Plain sentences with one thing wrong, or nothing.
#[test]
fn who_took_who_gave_and_which_year_are_told_apart() {
    let record = common::record();
    for (sentence, verdict, entry) in [
        ("Romania ceded Bessarabia to the Soviet Union on 28 June 1940.", "agrees", "1940-bessarabia-ceded"),
        (
            "The Soviet Union ceded Bessarabia to Romania on 28 June 1940.",
            "disagrees",
            "1940-bessarabia-ceded",
        ),
        ("Bulgaria ceded Southern Dobruja to Romania in 1940.", "disagrees", "1940-dobruja-ceded"),
        ("Poland ceded Teschen to Czechoslovakia in 1938.", "disagrees", "1938-teschen-ceded"),
        ("Finland annexed Karelia in March 1940.", "disagrees", "1940-isthmus-ceded"),
        ("Poland annexed Danzig in 1939.", "disagrees", "1939-danzig-annexed"),
        (
            "Poland and Germany had a non-aggression pact in 1938.",
            "agrees",
            "1934-german-polish-nonaggression-signed",
        ),
        ("Germany annexed Austria in March 1938.", "agrees", "1938-austria-annexed"),
        ("Germany invaded Poland on 1 September 1939.", "agrees", "1939-germany-poland"),
        ("Poland invaded Germany on 1 September 1939.", "disagrees", "1939-germany-poland"),
        ("Germany invaded Poland on 1 September 1940.", "disagrees", "1939-germany-poland"),
        ("Germany invaded Poland in 1938.", "disagrees", "1939-germany-poland"),
        (
            "Yugoslavia signed the Tripartite Pact on 25 March 1941.",
            "agrees",
            "1941-tripartite-yugoslavia-signed",
        ),
        (
            "Hungary signed the Tripartite Pact on 20 November 1940.",
            "agrees",
            "1940-tripartite-hungary-signed",
        ),
    ] {
        let found = statements(&record, sentence);
        let said: Vec<(&str, &str)> =
            found.iter().map(|s| (s.verdict.as_str(), s.entries.first().map_or("", |e| &e.id))).collect();
        assert_eq!(said, [(verdict, entry)], "{sentence}");
    }
}

/// Sentences as people write them, in a chronicle or by the way: who stands by, what a month or a year covers, who is nobody
/// the casebook knows, and what is called by its name.
#[test]
fn the_shorthand_of_threads_is_read_as_it_is_meant() {
    let record = common::record();
    for (verdict, sentence) in [
        ("agrees", "Hitler was chancellor in 1933."),
        ("agrees", "Jan 1933: Hitler becomes chancellor."),
        ("agrees", "Doumergue was French prime minister in 1934."),
        ("disagrees", "Goebbels became foreign minister of Germany in February 1938."),
        ("disagrees", "Mannerheim became president of Finland in December 1940."),
        ("disagrees", "On 9 October 1934 the French prime minister Louis Barthou was shot in Marseille."),
        (
            "disagrees",
            "Northern Transylvania had already gone to Hungary under the First Vienna Award in August 1940.",
        ),
        ("agrees", "And don't forget the British guarantee to Romania, April 1939."),
        ("agrees", "When Italy invaded Albania in April 1939 Yugoslavia did nothing."),
        ("agrees", "March 1939 - Prague occupied"),
        ("agrees", "Poland fought the Soviets in 1920."),
        ("agrees", "Germany invaded Denmark and Norway on 9 April 1940."),
        ("agrees", "Prince Paul's government joined the Tripartite Pact on 25 March 1941."),
        ("disagrees", "Finland ceded the Karelian Isthmus and Petsamo in March 1940."),
        ("agrees", "Estonia was annexed in August 1940."),
        ("disagrees", "Nov 1936 - Anti-Comintern Pact with Italy"),
        ("disagrees", "Göring signed the Pact of Steel on 22 May 1939."),
        ("not checkable", "Britain declared war on Finland in December 1941."),
        ("agrees", "Italy did not declare war on France until 10 June 1940."),
        ("agrees", "7 March 1936. German troops enter the Rhineland."),
        ("disagrees", "7 April 1939. Italy invades Greece."),
        ("agrees", "The Polish-Soviet War was formally closed by the Treaty of Riga of 18 March 1921."),
        ("agrees", "On 14 August 1920 Czechoslovakia and Yugoslavia conclude an alliance against Hungary."),
    ] {
        assert_judged(&record, sentence, verdict);
    }
    // What one entry cannot tell is not judged.
    for sentence in [
        "It wasn't Britain but France who first guaranteed Romania in April 1939.",
        "The Franco-Soviet pact of 1935 came before the Czech-Soviet one.",
        "The Anglo-Polish alliance was signed before the Molotov-Ribbentrop Pact.",
    ] {
        assert!(statements(&record, sentence).is_empty(), "{sentence}");
    }
    // Of a list with one wrong name only that one is told.
    let found = statements(&record, "Germany invaded Denmark, Norway and Switzerland on 9 April 1940.");
    assert!(found[0].explanation.contains("Switzerland has no part"), "{}", found[0].explanation);
    assert_eq!(found[0].entries.len(), 2);
}

/// Who is said to have refused or threatened something is not said to have done it.
#[test]
fn what_was_refused_or_threatened_is_not_what_was_done() {
    let record = common::record();
    for sentence in [
        "In September 1928 the USSR refused to join the Kellogg-Briand Pact.",
        "In March 1941 Yugoslavia refused to join the Tripartite Pact.",
        "On 1 September 1939 Germany threatened to attack Poland.",
        "On 28 November 1939 Molotov threatened to denounce the pact with Finland.",
        "In 1935 the League threw sanctions at Italy.",
    ] {
        let found = statements(&record, sentence);
        assert!(found.iter().all(|s| s.verdict != "agrees"), "{sentence}: {found:?}");
    }
}

/// Whom a clause leaves out, what a name stands for, and what only goes along with what is told.
#[test]
fn names_that_only_go_along_are_no_parties() {
    let record = common::record();
    for (verdict, sentence) in [
        // Whoever is signed with stands for his state.
        ("agrees", "Poland signed a pact with Hitler on 26 January 1934."),
        ("agrees", "Italy had gained Fiume by the Treaty of Rome with Yugoslavia on 27 January 1924."),
        (
            "agrees",
            "On 23 August 1939 came the Nazi-Soviet pact, whose secret protocol left Estonia to Moscow.",
        ),
        ("agrees", "Romania's 1921 treaty with Poland (3 March) was aimed at Russia."),
        ("agrees", "On 28 July 1920 the Conference of Ambassadors split Teschen between them."),
        ("agrees", "As for the Soviets, the Riga peace of 18 March 1921 held."),
        ("agrees", "12 March 1938: Austria occupied without a shot by the Wehrmacht."),
        ("agrees", "In September 1928 the USSR acceded to the Kellogg-Briand Pact."),
        ("agrees", "In August 1920 the delegates signed at Sèvres."),
        ("agrees", "The three Baltic states formed their Entente on 12 September 1934."),
        ("disagrees", "On 3 May 1939 he was replaced by Andrey Vyshinsky."),
        ("disagrees", "In the December 1921 plebiscite Sopron opted for Austria."),
        // ... and with another state in its place the same is wrong, or says nothing.
        ("disagrees", "On 23 August 1939 Germany signed without consulting Japan a pact with Poland."),
        ("disagrees", "On 30 November 1939 the Soviets attacked without warning Sweden."),
        // What two governments said of each other is no pact.
        ("not in the record", "Romania concluded a similar pact with Moscow in October 1932."),
    ] {
        assert_judged(&record, sentence, verdict);
    }
    let verdicts =
        |text: &str| -> Vec<String> { statements(&record, text).into_iter().map(|s| s.verdict).collect() };
    for (said, text) in [
        // Times that lean on the sentence before.
        (
            &["agrees"; 2][..],
            "On 13 March 1938 Austria was annexed. Four days later Poland handed Lithuania an ultimatum.",
        ),
        (
            &["agrees"; 2][..],
            "On 14 June 1940 Lithuania received an ultimatum from Moscow. Latvia received hers two days later.",
        ),
        (
            &["agrees"; 2][..],
            "Poland left the talks to others. Germany took Prague on 15 March 1939. Poland was guaranteed by Chamberlain on the last day of that month.",
        ),
        // A denial ends its sentence, and the League is "it".
        (
            &["agrees"; 3][..],
            "In 1939 the Finns said no. Molotov denounced the Finnish pact on 28 November 1939; on 14 December the League threw the Soviets out.",
        ),
        (
            &["disagrees", "agrees"][..],
            "Germany had walked out of the League in October 1934 and the Soviets got into it in September of the same year.",
        ),
        // The number of a list is no day.
        (
            &["agrees"; 2][..],
            "3. 17 March 1934: Italy, Austria and Hungary sign the Rome Protocols.\n4. April 1935: Britain, France and Italy form the Stresa Front.\n",
        ),
    ] {
        let found = verdicts(text);
        assert_eq!(found.iter().filter(|v| **v != "not in the record").collect::<Vec<_>>(), said, "{text}");
    }
}

/// What only the sentences before lead one to suppose contradicts nothing; what a sentence says itself does.
#[test]
fn only_what_is_said_contradicts() {
    let record = common::record();
    let verdicts =
        |text: &str| -> Vec<String> { statements(&record, text).into_iter().map(|s| s.verdict).collect() };
    // True in each case, though the sentence before would lead astray: of which year, of whom, and of which of two matters.
    for text in [
        "Hitler came to power in January 1933. Dollfuss was murdered that July.",
        "Poland annexed Vilnius in 1922. A year earlier the country was admitted to the League.",
        "The Soviet ultimatum to Lithuania was delivered on 14 June 1940 and the tanks came next day; Smetona fled to Germany.",
        "Austria signs at Saint-Germain in September 1919; two days later D'Annunzio is in Fiume; Germany protests.",
        "In June 1922 Rathenau is murdered, two months after his handshake with Chicherin.",
        "In December 1935 Hoare resigned over his plan with Laval.",
        "By the Rapallo treaty of November 1920 Rome and Belgrade made Fiume a free state.",
    ] {
        let found = verdicts(text);
        assert!(found.iter().all(|v| v != "disagrees"), "{text}: {found:?}");
    }
    // The same said outright is wrong.
    for text in [
        "Dollfuss was murdered in July 1933.",
        "In 1921 Poland was admitted to the League.",
        "On 14 June 1940 Germany delivered an ultimatum to Lithuania.",
        "By the Rapallo treaty of April 1922 Rome and Belgrade signed a pact with Moscow.",
        "They signed nothing before. On 24 August 1939 Germany and the Soviet Union signed their pact.",
    ] {
        let found = verdicts(text);
        assert!(found.iter().any(|v| v == "disagrees" || v == "not in the record"), "{text}: {found:?}");
    }
}

/// A state or a treaty that the casebook does not know is in no entry that does not name it.
#[test]
fn what_no_entry_names_is_in_none() {
    let record = common::record();
    for sentence in [
        "The Lateran Treaty with the Holy See was signed by Italy in February 1929.",
        "In February 1929 Italy signed a treaty of friendship with Siam.",
        "On 9 February 1934 Greece signed the Cairo Pact with Egypt.",
    ] {
        let found = statements(&record, sentence);
        assert!(found.iter().all(|s| s.verdict == "not in the record"), "{sentence}: {found:?}");
        assert!(!found.is_empty(), "{sentence}");
    }
}

/// Verbs are known in all their forms, and infinitives of what is only wanted are not.
#[test]
fn a_verb_is_known_in_any_form() {
    let record = common::record();
    for sentence in [
        "In May 1927 Britain breaks off relations with Moscow.",
        "Britain and Moscow having broken off relations in May 1927, nobody was surprised.",
        "In October 1929 Stresemann dies.",
        "Stresemann died in October 1929.",
        "In January 1923 French and Belgian troops walk into the Ruhr.",
        "In January 1923 French and Belgian troops walked into the Ruhr.",
        "In March 1933 Japan quits the League.",
    ] {
        let found = statements(&record, sentence);
        assert!(found.iter().any(|s| s.verdict == "agrees"), "{sentence}: {found:?}");
    }
    let wanted = statements(&record, "In May 1926 London was not ready to break off relations with Moscow.");
    assert!(wanted.iter().all(|s| s.verdict != "agrees"), "{wanted:?}");
}

/// Damage of any sort is read without a panic, and every span lies in the text.
#[test]
fn hostile_text_is_read_without_harm() {
    let record = common::record();
    let base = std::fs::read_to_string(passages().join("13-fragment.html")).unwrap();
    let chars: Vec<char> = base.chars().collect();
    let mut seed = 7_u64;
    let mut random = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let odd = [
        '<',
        '>',
        '&',
        '\u{0}',
        '\u{202e}',
        '\u{e9}',
        '\u{1f600}',
        '[',
        ']',
        '(',
        '\n',
        '"',
        '\u{300}',
        '-',
        '/',
        '9',
    ];
    for _ in 0..150 {
        let from = random(chars.len());
        let mut text: Vec<char> = chars[from..].iter().take(300).copied().collect();
        for _ in 0..20 {
            let at = random(text.len().max(1)).min(text.len());
            text.insert(at, odd[random(odd.len())]);
        }
        let text: String = text.into_iter().collect();
        let length = text.chars().count();
        for s in statements(&record, &text) {
            let (a, b) = s.span.unwrap();
            assert!(a <= b && b <= length, "{a}..{b} of {length}: {text}");
        }
    }
}

#[test]
fn sources_are_exported_for_a_bibliography() {
    let bib = stdout(&jonbar(&["cite", "vanmeurs1994bessarabian"]));
    assert!(bib.starts_with("@book{vanmeurs1994bessarabian,") && bib.contains("Bessarabian"), "{bib}");
    let csl: serde_json::Value =
        serde_json::from_str(&stdout(&jonbar(&["cite", "vanmeurs1994bessarabian", "--csl"]))).unwrap();
    assert_eq!(csl[0]["author"][0]["family"], "van Meurs");
    assert_eq!(csl[0]["issued"]["date-parts"][0][0], 1994);
    // Of a saved answer: what it cites and nothing else.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json").to_string_lossy().into_owned();
    let answer = jonbar(&["ask", "Who was foreign minister of Romania in 1936?", "--json"]);
    std::fs::write(&path, &answer.stdout).unwrap();
    let cited = stdout(&jonbar(&["cite", &path]));
    assert_eq!(cited.matches("@").count(), stdout(&answer).matches("\"full\"").count(), "{cited}");
    let unknown = jonbar(&["cite", "vanmeurs1994"]);
    assert!(stderr(&unknown).contains("nearest: vanmeurs1994bessarabian"), "{}", stderr(&unknown));
}

#[test]
fn a_new_casebook_runs_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mine").to_string_lossy().into_owned();
    let made = jonbar(&["new", &dir]);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(stdout(&jonbar(&["check", &dir])).contains("0 errors, 0 warnings"));
    let ran = jonbar(&["run", "no-second-war", "--casebook", &dir, "--runs", "200", "--plain"]);
    assert!(stdout(&ran).contains("War between Romania and Bulgaria"), "{}", stderr(&ran));
    let again = jonbar(&["new", &dir]);
    assert!(stderr(&again).contains("is there already"), "{}", stderr(&again));
}

/// What each of these says is told apart from what the record has, in the way that is named.
#[test]
fn a_false_statement_is_not_taken_for_the_true_one_beside_it() {
    let record = common::record();
    for (said, verdict, told) in [
        // A decision of one state about another's pact is no pact.
        (
            "The Soviet Union signed a nonaggression pact with Romania in 1932.",
            "not in the record",
            "no pact of",
        ),
        // The wrong way round.
        ("In the autumn of 1935 Ethiopia attacked Italy.", "disagrees", "it was Italy that acted"),
        (
            "On October 28, 1940, General Metaxas presented an ultimatum to Italy.",
            "disagrees",
            "it was Italy that acted",
        ),
        (
            "By the treaty of 5 June 1926 Mosul was assigned to Turkey.",
            "disagrees",
            "the United Kingdom held Mosul",
        ),
        (
            "On 10 October 1939 Lithuania transferred the city of Vilna to the Soviet Union.",
            "disagrees",
            "Lithuania held",
        ),
        ("Lithuania gave up Memel without a fight.", "agrees", "22 March 1939"),
        // An amount is no comparison.
        (
            "Germany attacked Poland with more than a million men in September 1939.",
            "agrees",
            "1 September 1939",
        ),
        // Somebody comes to an office where he is said to have left it.
        ("In London Lord Halifax resigned in February 1938.", "disagrees", "take the office then"),
        ("Anthony Eden resigned in February 1938.", "agrees", "20 February 1938"),
        // The League.
        ("Italy left the League in December 1936.", "disagrees", "11 December 1937"),
        ("The Soviet Union joined the League in 1934.", "agrees", "18 September 1934"),
        // One signer and two partners are two pacts.
        (
            "Poland signed nonaggression pacts with both Germany and the Soviet Union.",
            "agrees",
            "With the Soviet Union",
        ),
        // Another land of the same time, another taker, a land that the casebook does not have.
        ("Hungary seized Teschen from Czechoslovakia in October 1938.", "disagrees", "Poland held Zaolzie"),
        ("Hungary annexed Memel in March 1939.", "disagrees", "Germany held Memel"),
        ("Germany occupied Bukovina in June 1940.", "not in the record", "nothing like it"),
        ("Poland occupied Kiev in May 1920.", "not in the record", "nothing like it"),
        ("The Soviet Union took Bukovina in June 1940.", "agrees", "28 June 1940"),
        // What it is only compared with.
        (
            "The Soviet-Polish NAP was signed in July 1932, a good year and a half before the German one.",
            "agrees",
            "25 July 1932",
        ),
        // Who stands by need not have a part in it.
        (
            "When Austrian Nazis murdered Dollfuss in July 1934, Mussolini rushed troops to the Brenner.",
            "agrees",
            "25 July 1934",
        ),
    ] {
        let found = statements(&record, said);
        assert_eq!(found.len(), 1, "{said}: {found:?}");
        assert_eq!(
            (found[0].verdict.as_str(), found[0].explanation.contains(told)),
            (verdict, true),
            "{said}: {found:?}"
        );
    }
    // An occupation that began with an invasion is dated by either; no pact of Germany made the one of the Soviet Union.
    assert!(statements(&record, "Germany occupied Norway in April 1940.").is_empty());
    let said =
        "Yugoslavia had signed a friendship treaty with Germany hours before the attack in April 1941.";
    assert!(statements(&record, said).iter().all(|s| !s.excerpt.contains("friendship")));
    for rule in [
        "Germany usually demanded territory where Germans lived.",
        "Romania lost land to everyone it had a dispute with.",
        "The Kellogg-Briand Pact had no means of enforcement.",
        "Belgium returned to neutrality in 1936.",
        "The Soviet Union seized more land than Germany did in 1940.",
    ] {
        assert_eq!(statements(&record, rule), [], "{rule}");
    }
}

/// A hundred and twenty dated facts, written without the casebook at hand: none of them is contradicted. Moved by a year, hardly one is
/// taken for true.
#[test]
fn facts_agree_and_facts_moved_by_a_year_do_not() {
    let record = common::record();
    let text = include_str!("data/facts.txt");
    let count = |said: &[StatementShown], verdict: &str| said.iter().filter(|s| s.verdict == verdict).count();
    let found = statements(&record, text);
    let denied: Vec<&StatementShown> = found.iter().filter(|s| s.verdict == "disagrees").collect();
    assert!(denied.is_empty(), "{denied:#?}");
    assert!(count(&found, "agrees") >= 112, "{} of {}", count(&found, "agrees"), text.lines().count());
    for years in [-1, 1] {
        let moved: String = text.split_inclusive(' ').map(|word| moved_by(word, years)).collect();
        let (mut agrees, mut judged) = (0, 0);
        for line in moved.lines() {
            let found = statements(&record, line);
            judged += usize::from(!found.is_empty());
            agrees += usize::from(found.iter().any(|s| s.verdict == "agrees"));
        }
        assert!(judged >= 105, "{judged} judged, moved by {years}");
        assert!(agrees <= 6, "{agrees} agree, moved by {years}");
    }
}

/// A word with a year in it, so many years later.
fn moved_by(word: &str, years: i32) -> String {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    match digits.parse::<i32>() {
        Ok(year) if digits.len() == 4 => word.replacen(&digits, &(year + years).to_string(), 1),
        _ => word.to_owned(),
    }
}
