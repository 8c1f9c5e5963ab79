//! Dates in running English: `26 June 1940`, `January 26, 1928`, `autumn 1939`, `the 1920s`, `1932-01-20`.

use jonbar_record::{Day, Window};

/// A date or period found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    /// Days it may mean.
    pub window: Window,
    /// Position of its first and one past its last word.
    pub words: (usize, usize),
    /// Known to the day.
    pub exact: bool,
    /// The words said on which side of the date, or between which dates: `after 1935`.
    pub range: bool,
}

/// Where a range without an end runs to: beyond any casebook.
const FAR: (i32, i32) = (1700, 2100);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(crate) fn month_of(word: &str) -> Option<u8> {
    if word == "sept" {
        return Some(9);
    }
    let long = word.len() >= 3;
    MONTHS
        .iter()
        .position(|m| *m == word || (long && word.len() == 3 && m.starts_with(word)))
        .map(|i| i as u8 + 1)
}

fn year_of(word: &str) -> Option<i32> {
    // "around 1933ish"
    let word = word.strip_suffix("ish").unwrap_or(word);
    let year: i32 = word.parse().ok()?;
    (word.len() == 4 && (1800..=2100).contains(&year)).then_some(year)
}

pub(crate) fn day_of(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let day: u8 = digits.parse().ok()?;
    ((1..=31).contains(&day) && matches!(suffix, "" | "st" | "nd" | "rd" | "th")).then_some(day)
}

pub(crate) fn month_window(year: i32, month: u8) -> Option<Window> {
    let from = Day::from_ymd(year, month, 1)?;
    let next = if month == 12 { Day::from_ymd(year + 1, 1, 1) } else { Day::from_ymd(year, month + 1, 1) }?;
    Some(Window { from, to: next.plus(-1) })
}

pub(crate) fn months(year: i32, first: u8, last: u8) -> Option<Window> {
    Some(Window { from: month_window(year, first)?.from, to: month_window(year, last)?.to })
}

/// Year, month and day.
type Ymd = (i32, u8, u8);

/// Periods known by name: their words, first and last day.
const PERIODS: &[(&[&str], Ymd, Ymd)] = &[
    (&["interwar"], (1918, 11, 11), (1939, 8, 31)),
    (&["inter", "war"], (1918, 11, 11), (1939, 8, 31)),
    (&["between", "the", "wars"], (1918, 11, 11), (1939, 8, 31)),
    (&["between", "the", "world", "wars"], (1918, 11, 11), (1939, 8, 31)),
    (&["first", "years", "after", "the", "war"], (1918, 11, 11), (1923, 12, 31)),
    (&["early", "years", "after", "the", "war"], (1918, 11, 11), (1923, 12, 31)),
    (&["cold", "war"], (1947, 1, 1), (1991, 12, 26)),
    (&["nineteenth", "century"], (1801, 1, 1), (1900, 12, 31)),
    (&["19th", "century"], (1801, 1, 1), (1900, 12, 31)),
    (&["twentieth", "century"], (1901, 1, 1), (2000, 12, 31)),
    (&["20th", "century"], (1901, 1, 1), (2000, 12, 31)),
];

/// Periods known by name that are only a part of a casebook's time. In one about the years between the wars the word
/// "interwar" narrows nothing.
pub(crate) fn find_periods(words: &[String], span: Window) -> Vec<DateSpan> {
    let mut found = Vec::new();
    for i in 0..words.len() {
        for (name, first, last) in PERIODS {
            let here = words[i..].iter().take(name.len()).eq(name.iter());
            let day = |&(y, m, d): &(i32, u8, u8)| Day::from_ymd(y, m, d);
            let (true, Some(from), Some(to)) = (here, day(first), day(last)) else { continue };
            // The casebook's first and last years do not make a period narrower than it.
            if span.from.year() < from.year() || span.to.year() > to.year() + 5 {
                found.push(DateSpan {
                    window: Window { from, to },
                    words: (i, i + name.len()),
                    exact: false,
                    range: true,
                });
            }
        }
    }
    found
}

/// Finds dates among folded words, leftmost longest first. An ISO date is one word (`1932-01-20`).
pub(crate) fn find_dates(words: &[String]) -> Vec<DateSpan> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some((window, taken)) = range_at(&words[i..]) {
            found.push(DateSpan { window, words: (i, i + taken), exact: false, range: true });
            i += taken;
        } else if let Some((window, taken)) = date_at(&words[i..]) {
            let exact = window.from == window.to;
            found.push(DateSpan { window, words: (i, i + taken), exact, range: false });
            i += taken;
        } else {
            i += 1;
        }
    }
    found
}

/// `between 1920 and 1930`, `from 1932 to 1934`, `after 1935`, `since`, `before`, `until`.
fn range_at(words: &[String]) -> Option<(Window, usize)> {
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    let joins: &[&str] = match word(0) {
        "between" => &["and"],
        "from" => &["to", "until", "till", "through"],
        _ => &[],
    };
    if !joins.is_empty() {
        let (first, n) = date_at(&words[1..])?;
        // "From 1933 up to 1940"
        let n = n + usize::from(word(1 + n) == "up");
        if !joins.contains(&word(1 + n)) {
            return None;
        }
        let (last, m) = date_at(&words[2 + n..])?;
        // "between 1941 and 1930" can only mean the years between.
        let (first, last) = if first.from <= last.to { (first, last) } else { (last, first) };
        return Some((Window { from: first.from, to: last.to }, 2 + n + m));
    }
    // "1932-1934", "1932-34", "1939 or 1940".
    if let Some(first) = year_of(word(0)) {
        let (at, other) = if word(1) == "or" { (2, word(2)) } else { (1, word(1)) };
        let short = other.parse::<i32>().ok().filter(|n| other.len() == 2 && at == 1 && *n > first % 100);
        let last = year_of(other).or(short.map(|n| first - first % 100 + n)).filter(|last| *last > first);
        if let Some(last) = last {
            return Some((
                Window { from: Day::from_ymd(first, 1, 1)?, to: Day::from_ymd(last, 12, 31)? },
                at + 1,
            ));
        }
    }
    let (from_word, starts) = match word(0) {
        "after" => (true, false),
        "since" => (true, true),
        "before" | "until" | "till" => (false, word(0) != "before"),
        _ => return None,
    };
    // "After the mid-thirties"
    let skip = 1 + usize::from(word(1) == "the");
    let (date, n) = date_at(words.get(skip..).unwrap_or_default())?;
    let window = if from_word {
        let from = if starts { date.from } else { date.to.plus(1) };
        Window { from, to: Day::from_ymd(FAR.1, 12, 31)? }
    } else {
        let to = if starts { date.to } else { date.from.plus(-1) };
        Window { from: Day::from_ymd(FAR.0, 1, 1)?, to }
    };
    Some((window, skip + n))
}

/// The date that a text is, in the ways people write them: `1 September 1936`, `September 1936`, `autumn 1936`.
pub fn date_in(text: &str) -> Option<Window> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    date_at(&words).filter(|(_, n)| *n == words.len()).map(|(window, _)| window)
}

fn date_at(words: &[String]) -> Option<(Window, usize)> {
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    let exact = |y, m, d| Day::from_ymd(y, m, d).map(|day| Window { from: day, to: day });
    if let Ok(window) = Window::parse(word(0))
        && word(0).contains('-')
        && word(0).starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((window, 1));
    }
    // Christmas 1940, "Christmas of 1940"
    if matches!(word(0), "christmas" | "xmas") {
        let of = usize::from(word(1) == "of");
        let year = year_of(word(1 + of))?;
        return Some((
            Window { from: Day::from_ymd(year, 12, 20)?, to: Day::from_ymd(year, 12, 31)? },
            2 + of,
        ));
    }
    // 23.10.1940
    let number = |i: usize| word(i).parse::<u8>().ok();
    if let (Some(day), Some(month), Some(year)) = (number(0), number(1), year_of(word(2)))
        && let Some(window) = exact(year, month, day)
    {
        return Some((window, 3));
    }
    // 20-21 May 1938
    if let (Some(first), Some(last), Some(month)) = (day_of(word(0)), day_of(word(1)), month_of(word(2)))
        && first < last
        && let Some(year) = year_of(word(3))
        && let (Some(from), Some(to)) = (Day::from_ymd(year, month, first), Day::from_ymd(year, month, last))
    {
        return Some((Window { from, to }, 4));
    }
    // 26 June 1940, 26th of June 1940
    if let Some(day) = day_of(word(0)) {
        let skip = usize::from(word(1) == "of");
        if let (Some(month), Some(year)) = (month_of(word(1 + skip)), year_of(word(2 + skip))) {
            return Some((exact(year, month, day)?, 3 + skip));
        }
    }
    // June 26, 1940 and June 1940
    if let Some(month) = month_of(word(0)) {
        if let (Some(day), Some(year)) = (day_of(word(1)), year_of(word(2))) {
            return Some((exact(year, month, day)?, 3));
        }
        if let Some(year) = year_of(word(1)) {
            return Some((month_window(year, month)?, 2));
        }
        // "Sept 38", where no day of a month can be meant.
        if let Some(short) = number(1).filter(|n| (32..=41).contains(n)) {
            return Some((month_window(1900 + i32::from(short), month)?, 2));
        }
    }
    // the end of 1940
    if matches!(word(0), "end" | "close")
        && word(1) == "of"
        && let Some(year) = year_of(word(2))
    {
        return Some((months(year, 10, 12)?, 3));
    }
    // autumn 1939, spring of 1920, early 1932, late 1938
    let of = usize::from(word(1) == "of");
    if let Some(year) = year_of(word(1 + of)) {
        // "the winter of 1938-39"
        let next = number(2 + of).filter(|n| i32::from(*n) == (year + 1) % 100);
        let next = next.is_some() || year_of(word(2 + of)) == Some(year + 1);
        if word(0) == "winter" && next {
            let (from, to) = (months(year, 12, 12)?.from, months(year + 1, 1, 3)?.to);
            return Some((Window { from, to }, 3 + of));
        }
        let season = match word(0) {
            "winter" => Some((1, 3)),
            "spring" => Some((3, 5)),
            "summer" => Some((6, 8)),
            "autumn" | "fall" => Some((9, 11)),
            "early" => Some((1, 4)),
            "mid" => Some((5, 8)),
            "late" => Some((9, 12)),
            _ => None,
        };
        if let Some((first, last)) = season {
            return Some((months(year, first, last)?, 2 + of));
        }
    }
    // the 1920s, the twenties, the late 30s
    let part = match word(0) {
        "early" => Some((0, 3)),
        "mid" => Some((4, 6)),
        "late" => Some((7, 9)),
        _ => None,
    };
    let skip = usize::from(part.is_some());
    let (first, last) = part.unwrap_or((0, 9));
    if let Some(decade) = decade_of(word(skip)) {
        let day = |year, month, day| Day::from_ymd(year, month, day);
        let window = Window { from: day(decade + first, 1, 1)?, to: day(decade + last, 12, 31)? };
        return Some((window, 1 + skip));
    }
    year_of(word(0)).and_then(|year| Some((months(year, 1, 12)?, 1)))
}

/// The first year of a decade: "1930s", "thirties", "30s".
fn decade_of(word: &str) -> Option<i32> {
    let number = word.trim_start_matches(['\'', '’']).strip_suffix('s');
    match word {
        "twenties" => Some(1920),
        "thirties" => Some(1930),
        "forties" => Some(1940),
        // Of this century's first half, as long as nobody speaks of others so.
        _ => match number? {
            "20" => Some(1920),
            "30" => Some(1930),
            "40" => Some(1940),
            long => year_of(long).filter(|y| y % 10 == 0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        let words: Vec<String> = crate::text::words_of(text).into_iter().map(|w| w.folded).collect();
        find_dates(&words).iter().map(|d| format!("{}/{}", d.window.from, d.window.to)).collect()
    }

    #[test]
    fn dates_in_the_ways_people_write_them() {
        assert_eq!(dates("on June 9, 1934, relations"), ["1934-06-09/1934-06-09"]);
        assert_eq!(dates("In January 1932 in Riga"), ["1932-01-01/1932-01-31"]);
        assert_eq!(dates("the 26th of June 1940"), ["1940-06-26/1940-06-26"]);
        assert_eq!(
            dates("terms of autumn 1939? (1939-11-13)"),
            ["1939-09-01/1939-11-30", "1939-11-13/1939-11-13"]
        );
        assert_eq!(dates("between 1920 and 1930"), ["1920-01-01/1930-12-31"]);
        assert_eq!(dates("between 1930 and 1920"), ["1920-01-01/1930-12-31"]);
        assert_eq!(
            dates("in 1932-1934, 1936-39 and 1940 or 1941"),
            ["1932-01-01/1934-12-31", "1936-01-01/1939-12-31", "1940-01-01/1941-12-31"]
        );
        assert_eq!(dates("from May 1932 to 1934"), ["1932-05-01/1934-12-31"]);
        assert_eq!(dates("until the pact of 1934"), ["1934-01-01/1934-12-31"]);
        assert_eq!(dates("after 1935"), ["1936-01-01/2100-12-31"]);
        assert_eq!(dates("before June 1934"), ["1700-01-01/1934-05-31"]);
        assert_eq!(dates("around 1933ish"), ["1933-01-01/1933-12-31"]);
        assert_eq!(dates("in the 1920's"), ["1920-01-01/1929-12-31"]);
        assert_eq!(dates("signed in the thirties"), ["1930-01-01/1939-12-31"]);
        assert_eq!(dates("signed in the late 30s"), ["1937-01-01/1939-12-31"]);
        assert_eq!(dates("by the mid-thirties"), ["1934-01-01/1936-12-31"]);
        assert_eq!(dates("after the mid-thirties"), ["1937-01-01/2100-12-31"]);
        assert_eq!(dates("the early 1920s"), ["1920-01-01/1923-12-31"]);
        assert_eq!(
            dates("31 June 1914"),
            ["1914-06-01/1914-06-30"],
            "no such day: the month is what is left"
        );
        assert_eq!(dates("may we ask in 1936"), ["1936-01-01/1936-12-31"]);
        assert_eq!(dates("Hendaye, 23.10.1940"), ["1940-10-23/1940-10-23"]);
        assert_eq!(dates("in sept 38"), ["1938-09-01/1938-09-30"]);
    }
}
