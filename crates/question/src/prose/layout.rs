//! A text as it was pasted: its paragraphs, without the lines a forum puts around posts, addresses and the numbers of lists.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a sentence that are read together: ten times the longest that people write. The cost of a sentence grows with the
/// square of its length.
const SENTENCE_MAX: usize = 4000;

/// A sentence in pieces of at most [`SENTENCE_MAX`] bytes, cut at spaces.
pub(super) fn pieces(sentence: &str) -> Vec<&str> {
    let (mut out, mut rest) = (Vec::new(), sentence);
    while rest.len() > SENTENCE_MAX {
        let end = rest.floor_char_boundary(SENTENCE_MAX);
        let end = rest[..end].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(end);
        let (piece, after) = rest.split_at(end);
        out.push(piece);
        rest = after;
    }
    out.push(rest);
    out
}

/// The text with web addresses and the marks around links blanked, every byte in its place.
pub(super) fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let blank = |out: &mut String, n: usize| out.extend(std::iter::repeat_n(' ', n));
    while let Some(at) = rest.find("http") {
        let (before, address) = rest.split_at(at);
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        let end = address
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ']'))
            .unwrap_or(address.len());
        let end = if is_address { end } else { 4 };
        // "[first](https://...)"
        let link = is_address && before.ends_with("](");
        out.push_str(if link { &before[..before.len() - 2] } else { before });
        if link {
            if let Some(open) = out.rfind('[').filter(|o| out.len() - o < 200) {
                out.replace_range(open..=open, " ");
            }
            blank(&mut out, 2);
        }
        if is_address {
            blank(&mut out, end)
        } else {
            out.push_str(&address[..end])
        }
        rest = &address[end..];
        if link && rest.starts_with(')') {
            blank(&mut out, 1);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// The text with the numbers of a list blanked, every byte in its place: "4. April 1935" behind "3. ..." is no fourth of April.
pub(super) fn without_list_numbers(text: &str) -> Cow<'_, str> {
    let number = |line: &str| {
        let from = line.len() - line.trim_start().len();
        let digits = line[from..].bytes().take_while(u8::is_ascii_digit).count();
        let mark = line[from + digits..].starts_with(". ") || line[from + digits..].starts_with(") ");
        let n: u32 = line[from..from + digits].parse().ok().filter(|_| mark && digits <= 2)?;
        Some((n, from, from + digits + 1))
    };
    let mut lists: Vec<(u32, Range<usize>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lists.extend(number(line).map(|(n, from, to)| (n, at + from..at + to)));
        at += line.len();
    }
    let follows = |a: Option<&(u32, Range<usize>)>, b: Option<&(u32, Range<usize>)>| {
        a.zip(b).is_some_and(|(a, b)| a.0 + 1 == b.0)
    };
    let listed = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| lists.get(i));
        follows(before, lists.get(i)) || follows(lists.get(i), lists.get(i + 1))
    };
    let blanked: Vec<&Range<usize>> = (0..lists.len()).filter(|i| listed(*i)).map(|i| &lists[i].1).collect();
    if blanked.is_empty() {
        return text.into();
    }
    let mut out = text.to_owned();
    blanked.into_iter().for_each(|range| out.replace_range(range.clone(), &" ".repeat(range.len())));
    out.into()
}

/// Paragraphs: lines, joined where a line only breaks off as mailers wrap them.
pub(super) fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let trimmed = line.trim();
        if trimmed.is_empty() || is_furniture(trimmed) {
            continue;
        }
        let goes_on = out.last().is_some_and(|last| {
            let before = text[last.clone()].trim_end();
            last.end == start
                && before.len() > 40
                && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '('))
                && trimmed.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(')
                && !heads_an_entry(trimmed)
        });
        match out.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}

/// A line of a chronicle: "24 June 1921 - The council of the League ...".
fn heads_an_entry(line: &str) -> bool {
    let beginning = &line[..line.floor_char_boundary(24)];
    let heads = ["\u{2013}", "\u{2014}", " - ", ": "].iter().filter_map(|mark| beginning.find(mark)).min();
    heads.is_some_and(|at| beginning[..at].contains(|c: char| c.is_ascii_digit()))
}

/// Lines that a forum puts around posts.
fn is_furniture(line: &str) -> bool {
    const LINES: [&str; 14] = [
        "Click to expand...",
        "Well-Known Member",
        "Donor",
        "Monthly Donor",
        "Banned",
        "Kicked",
        "Member",
        "Top",
        "Reply",
        "Quote",
        "Like",
        "Report",
        "Share",
        "Gone Fishin'",
    ];
    const BEGINNINGS: [&str; 9] = [
        "Joined:",
        "Messages:",
        "Location:",
        "Reactions:",
        "Last edited",
        "Posts:",
        "Reaction score",
        "You must log in",
        "Join Date",
    ];
    LINES.contains(&line)
        || BEGINNINGS.iter().any(|b| line.starts_with(b))
        || line.ends_with(" said:")
        || line.ends_with(" wrote:") && line.len() < 60
        || line.starts_with('#') && line[1..].chars().all(|c| c.is_ascii_digit())
}
