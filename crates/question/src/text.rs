//! Cutting a text into passages, sentences and words.

use jonbar_record::{Window, fold};

/// A piece of text with its standing: asked by the author, or quoted as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// One sentence.
    pub text: String,
    /// Quoted from elsewhere: evidence, not a question.
    pub quoted: bool,
}

/// A word as typed and folded (lower case, no diacritics).
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub raw: String,
    pub folded: String,
    /// Where it begins in the sentence, in bytes.
    pub at: usize,
}

/// Quotations shorter than this, in characters, are words being mentioned ("existing"), not evidence.
const QUOTATION_CHARS_MIN: usize = 60;

/// Cuts a discussion into sentences and marks those inside quotations.
pub fn passages(text: &str) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for (line, block) in lines(text) {
        for (part, quoted) in split_quotations(&line) {
            for sentence in sentences(part) {
                let passage = Passage { text: sentence.to_owned(), quoted: quoted || block };
                // A forum repeats posts when it quotes them; once is enough.
                if !out.contains(&passage) {
                    out.push(passage);
                }
            }
        }
    }
    out
}

/// Lines with their standing; one that breaks off is joined to the next, as mailers wrap them.
fn lines(text: &str) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    for paragraph in text.split('\n') {
        let line = paragraph.trim();
        let (line, block) = match line.strip_prefix('>') {
            Some(rest) => (rest.trim_start_matches('>').trim(), true),
            None => (line, false),
        };
        let goes_on = |last: &str| {
            last.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'))
                && line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        };
        match out.last_mut() {
            Some((last, standing)) if *standing == block && goes_on(last) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => out.push((line.to_owned(), block)),
        }
    }
    out
}

/// Parts of a line outside and inside long quotations. Nested quotation marks stay inside the outer quotation.
fn split_quotations(line: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut rest, mut start) = (line, 0);
    while let Some(open) = rest.find(['"', '“']) {
        let mark = rest[open..].chars().next().map_or(1, char::len_utf8);
        let body = &rest[open + mark..];
        let Some(close) = closing(body) else { break };
        let after = close + body[close..].chars().next().map_or(1, char::len_utf8);
        // Words being mentioned stay in their sentence.
        if body[..close].chars().count() >= QUOTATION_CHARS_MIN {
            parts.push((&line[start..line.len() - rest.len() + open], false));
            parts.push((&body[..close], true));
            start = line.len() - body.len() + after;
        }
        rest = &body[after..];
    }
    parts.push((&line[start..], false));
    parts.retain(|(part, _)| !part.trim().is_empty());
    parts
}

/// Where a quotation just opened closes. A mark before a word opens another within it.
fn closing(body: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (i, c) in body.char_indices() {
        let opens = c == '“' || c == '"' && before.is_whitespace();
        if opens {
            depth += 1;
        } else if matches!(c, '"' | '”') {
            if depth == 0 {
                return Some(i);
            }
            depth -= 1;
        }
        before = c;
    }
    // Marks that do not match: the last on the line.
    body.rfind(['"', '”'])
}

/// Sentences of a paragraph. A full stop after an initial, a number mark or a known abbreviation does not end one.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for &(i, c) in &chars {
        // A mark inside a footnote mark already taken ends nothing.
        if !matches!(c, '.' | '?' | '!') || i < start {
            continue;
        }
        let mut end = i + c.len_utf8();
        // Footnote marks and closing brackets belong to the sentence they follow.
        let mut after = &text[end..];
        while let Some(mark) =
            after.strip_prefix('[').and_then(|a| a.find(']').map(|n| n + 2)).filter(|n| *n <= 6)
        {
            end += mark;
            after = &text[end..];
        }
        if let Some(rest) = after.strip_prefix(['"', '”', '’', ')']) {
            end += after.len() - rest.len();
            after = rest;
        }
        let ends_text = after.trim().is_empty();
        let next_starts = after.starts_with(char::is_whitespace)
            && after.trim_start().starts_with(|n: char| {
                c == '?' || n.is_uppercase() || n.is_numeric() || matches!(n, '"' | '“' | '(')
            });
        // "... in October 1920. do they make peace?"
        let next_starts = next_starts || after.starts_with(char::is_whitespace) && asks(after.trim_start());
        let before: String = text[start..i].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        // "No. 5", but "The Finns said no. Molotov denounced the pact."
        let answered = before.eq_ignore_ascii_case("on")
            && !after.trim_start().starts_with(|n: char| n.is_ascii_digit());
        let abbreviation = c == '.'
            && !answered
            && (before.chars().count() == 1
                || matches!(
                    before.chars().rev().collect::<String>().to_lowercase().as_str(),
                    "p" | "pp"
                        | "mr"
                        | "dr"
                        | "st"
                        | "no"
                        | "vol"
                        | "cf"
                        | "ca"
                        | "jan"
                        | "feb"
                        | "apr"
                        | "aug"
                        | "sept"
                        | "sep"
                        | "oct"
                        | "nov"
                        | "dec"
                        | "gen"
                        | "col"
                ));
        // A date in brackets right after a question belongs to it.
        let bracket_date = after.trim_start().starts_with('(')
            && after.trim_start()[1..].starts_with(|n: char| n.is_ascii_digit());
        if (ends_text || next_starts) && !abbreviation && !bracket_date {
            push(&mut out, &text[start..end]);
            start = end;
        }
    }
    push(&mut out, &text[start..]);
    out
}

/// Whether a text begins as a question does, though without a capital.
fn asks(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let opens = ["do", "does", "did", "would", "could", "will", "what", "how", "who", "why", "is", "are"];
    opens.contains(&word) && text.split(['.', '!']).next().is_some_and(|s| s.contains('?'))
}

fn push<'t>(out: &mut Vec<&'t str>, sentence: &'t str) {
    let sentence = sentence.trim();
    if !sentence.is_empty() {
        out.push(sentence);
    }
}

/// Where a part of a text begins in it, in bytes.
pub(crate) fn offset_of(part: &str, text: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Whether a word as typed ends in an apostrophe with which something is said to be somebody's: "Poland's", "the Soviets'".
pub(crate) fn is_possessive(raw: &str) -> bool {
    ["'s", "’s", "s'", "s’"].iter().any(|end| raw.ends_with(end))
}

/// Words of a sentence. Hyphens inside ISO dates and `non-aggression` stay; elsewhere they separate words.
pub(crate) fn words_of(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for chunk in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/' | '~'))) {
        let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '~');
        if chunk.is_empty() {
            continue;
        }
        let folded = fold(chunk);
        let iso = folded.starts_with(|c: char| c.is_ascii_digit())
            && folded.split('-').nth(1).is_some_and(|month| month.parse().is_ok_and(|m: u8| m <= 12))
            && Window::parse(&folded).is_ok();
        // Who is anti-Soviet is no Soviet; but the Anti-Comintern Pact is called so.
        let against = folded.starts_with("anti-") && !folded.starts_with("anti-comin");
        if iso || folded.starts_with("non-ag") || against {
            out.push(Word { raw: chunk.to_owned(), folded, at: offset_of(chunk, text) });
        } else {
            for part in chunk.split(['-', '/', '~', '–', '—']).filter(|p| !p.is_empty()) {
                out.push(Word { raw: part.to_owned(), folded: fold(part), at: offset_of(part, text) });
            }
        }
    }
    for word in &mut out {
        // The possessive is the name.
        if let Some(bare) = word.raw.strip_suffix("'s").or_else(|| word.raw.strip_suffix("’s"))
            && !bare.ends_with(|c: char| c.is_ascii_digit())
        {
            word.folded = fold(bare);
        }
        // "Would've" is "would have": the verb behind it says the rest.
        if let Some(bare) = word.raw.strip_suffix("'ve").or_else(|| word.raw.strip_suffix("’ve"))
            && matches!(fold(bare).as_str(), "would" | "could" | "should" | "might" | "must")
        {
            word.folded = fold(bare);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotations_are_evidence_and_short_ones_are_not() {
        let text = "He wrote: \"In January 1932 in Riga, and in September 1932 in Geneva, talks were held as a prelude.[48] It failed.\" https://example.org\nWhat if Cadere had accepted the word \"existing\" at Geneva?";
        let found = passages(text);
        let quoted: Vec<&str> = found.iter().filter(|p| p.quoted).map(|p| p.text.as_str()).collect();
        assert_eq!(quoted.len(), 2, "{found:?}");
        assert!(quoted[0].ends_with("prelude.[48]"), "{quoted:?}");
        assert!(found.iter().any(|p| !p.quoted && p.text.starts_with("What if Cadere")));
    }

    #[test]
    fn wrapped_lines_quotations_and_footnote_marks_do_not_hide_a_question() {
        let asked = |text: &str| -> Vec<String> {
            passages(text).into_iter().filter(|p| !p.quoted).map(|p| p.text).collect()
        };
        assert_eq!(
            asked("Did Poland sign a pact\nwith Germany in 1934?"),
            ["Did Poland sign a pact with Germany in 1934?"]
        );
        assert_eq!(asked("It failed.[1.] What if it had not?"), ["It failed.[1.]", "What if it had not?"]);
        let long = "x".repeat(QUOTATION_CHARS_MIN);
        let text = format!("He said \"{long}\" at last. What if not? She said \"{long}\" too.");
        assert!(asked(&text).contains(&"What if not?".to_owned()), "{:?}", passages(&text));
        let text = "What if he had accepted the word \"existing\" at Geneva in 1932, and the words \"in dispute\" in it?";
        assert_eq!(asked(text), [text]);
    }

    #[test]
    fn a_date_in_brackets_belongs_to_its_question() {
        let found = passages("What if Barthou had not been killed at Marseille? (1934-10-09)");
        assert_eq!(found.len(), 1);
        assert!(found[0].text.contains("1934-10-09"));
    }

    #[test]
    fn words_lose_case_accents_and_possessives() {
        let words: Vec<String> = words_of("Rumania's seizure; non-aggression, Soviet-Romanian (1932-01-20)")
            .into_iter()
            .map(|w| w.folded)
            .collect();
        assert_eq!(words, ["rumania", "seizure", "non-aggression", "soviet", "romanian", "1932-01-20"]);
    }
}
