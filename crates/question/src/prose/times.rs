//! Dates that lean on the dates before them: `a year later`, `in March`, `on the same day`, `by the end of June`.

use jonbar_record::{Day, Window};

use crate::dates::{DateSpan, day_of, find_dates, month_of, month_window, months};

/// A time that a statement gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// What it may mean; more than one where the year is open.
    pub windows: Vec<Window>,
    /// Known to the day.
    pub exact: bool,
    /// At the latest then: `by 1937`.
    pub by: bool,
    /// Something went on until then, or came then after a wait.
    pub until: bool,
    /// Its day and month, where the year is only inferred.
    pub day_told: Option<(u8, u8)>,
    /// It leans on a time of another sentence: "that September", "two years later".
    pub leaning: bool,
    /// Its words, first and one past the last.
    pub words: (usize, usize),
}

impl Time {
    /// At that time, and neither by nor until it.
    fn of(windows: Vec<Window>, exact: bool, words: (usize, usize)) -> Time {
        Time { windows, exact, by: false, until: false, day_told: None, leaning: false, words }
    }
}

const NUMBERS: [(&str, i32); 22] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("eighteen", 18),
    ("twenty", 20),
    ("thirty", 30),
    ("few", 3),
];

fn number(word: &str) -> Option<i32> {
    let small = word.parse::<i32>().ok().filter(|n| (1..=60).contains(n));
    small.or_else(|| NUMBERS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n))
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "day" => Unit::Day,
        "week" | "fortnight" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

/// So many units after (or before) a time.
fn moved(from: Window, n: i32, unit: Unit) -> Option<Window> {
    let around =
        |days: i32, slack: i32| Window { from: from.from.plus(days - slack), to: from.to.plus(days + slack) };
    Some(match unit {
        Unit::Day => around(n, 0),
        Unit::Week => around(7 * n, 4),
        Unit::Month => {
            let (y, m, _) = from.from.ymd();
            let months = y * 12 + i32::from(m) - 1 + n;
            let first = month_window(months.div_euclid(12), (months.rem_euclid(12) + 1) as u8)?;
            // "Four months later" is seldom meant to the day.
            Window { from: first.from.plus(-15), to: first.to.plus(15) }
        }
        Unit::Year => {
            let year = from.from.year() + n;
            months(year, 1, 12)?
        }
    })
}

/// Every time in a sentence; `before` is the time spoken of last, on which the others lean. `capital` tells whether a word
/// begins with a capital, for the month of May.
pub(super) fn times(
    words: &[String],
    capital: &dyn Fn(usize) -> bool,
    before: Option<Window>,
    years: &[i32],
) -> Vec<Time> {
    let mut found: Vec<Time> = find_dates(words)
        .into_iter()
        .map(|d| until(words, &d).unwrap_or_else(|| Time::of(vec![d.window], d.exact, d.words)))
        .collect();
    let mut last = before;
    let mut i = 0;
    while i < words.len() {
        if let Some(known) = found.iter().find(|t| t.words.0 == i) {
            last = known.windows.first().copied().filter(|w| w.to.0 - w.from.0 < 4000).or(last);
            i = known.words.1;
            continue;
        }
        match leaning(words, i, capital, last, years) {
            Some(mut time) => {
                let end = time.words.1;
                time.leaning &= found.iter().all(|t| t.leaning || t.words.0 > i);
                if found.iter().all(|t| t.words.0 >= end || t.words.1 <= i) {
                    last = time.windows.first().copied().or(last);
                    found.push(time);
                }
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    found.sort_by_key(|t| t.words);
    for time in &mut found {
        let before = |n: usize| time.words.0.checked_sub(n).map_or("", |i| words[i].as_str());
        let ends = matches!(before(1), "of") && before(2) == "end";
        time.by = matches!(before(1), "by") || ends && matches!(before(4), "by");
    }
    found
}

/// "Held out until 27 February 1939": what is told came then.
fn until(words: &[String], date: &DateSpan) -> Option<Time> {
    if !matches!(words[date.words.0].as_str(), "until" | "till") {
        return None;
    }
    let last = find_dates(&words[date.words.0 + 1..date.words.1]).into_iter().next()?;
    Some(Time { until: true, ..Time::of(vec![last.window], last.exact, date.words) })
}

/// A sentence that is nothing but a day of the month spoken of, or a month after it: "14th.", "MAY".
pub(super) fn heading(words: &[String], before: Window) -> Option<Time> {
    let [word] = words else { return None };
    let (year, month, _) = before.from.ymd();
    let window = if let Some(day) = day_of(word) {
        let day = Day::from_ymd(year, month, day)?;
        Window { from: day, to: day }
    } else {
        let month = month_of(word)?;
        [year, year + 1].into_iter().filter_map(|y| month_window(y, month)).find(|w| w.to >= before.from)?
    };
    Some(Time::of(vec![window], window.from == window.to, (0, 1)))
}

/// Until when, and in how many words: "before Christmas", "before the month was out".
fn before_the_end(words: &[String], i: usize, spoken: Day) -> Option<(Day, usize)> {
    let word = |n: usize| words.get(i + n).map_or("", String::as_str);
    if word(0) != "before" {
        return None;
    }
    let (year, month, _) = spoken.ymd();
    let out = matches!(word(3), "was" | "is") && matches!(word(4), "out" | "over");
    Some(match (word(1), word(2)) {
        ("christmas" | "xmas", _) => (Day::from_ymd(year, 12, 25)?, 2),
        ("the" | "that", "month") if out => (month_window(year, month)?.to, 5),
        ("the" | "that", "year") if out => (Day::from_ymd(year, 12, 31)?, 5),
        ("the" | "that", "week") if out => (spoken.plus(7), 5),
        _ => return None,
    })
}

fn leaning(
    words: &[String],
    i: usize,
    capital: &dyn Fn(usize) -> bool,
    last: Option<Window>,
    years: &[i32],
) -> Option<Time> {
    let word = |n: usize| words.get(i + n).map_or("", String::as_str);
    let time = |windows: Vec<Window>, taken: usize| {
        let exact = windows.iter().all(|w| w.from == w.to);
        Some(Time { leaning: true, ..Time::of(windows, exact, (i, i + taken)) })
    };
    // A month and the last two figures of a year: "july 32".
    if let Some(month) = month_of(word(0)).filter(|_| word(0) != "may" || capital(i)) {
        let year = word(1).trim_start_matches(['\'', '’']);
        let short = year.parse::<i32>().ok().filter(|n| year.len() == 2 && (32..=45).contains(n));
        if let Some(n) = short {
            let window = month_window(1900 + n, month)?;
            return Some(Time::of(vec![window], false, (i, i + 2)));
        }
    }
    let last = last?;
    // A month told by so many months has some days around it, and is that of its middle.
    let spoken = Day((last.from.0 + last.to.0) / 2);
    let year = if last.to.0 - last.from.0 < 100 { spoken.year() } else { last.from.year() };
    // "before Christmas", "before the month was out", "by the end of the year": from what was spoken of until then.
    if let Some((end, taken)) = before_the_end(words, i, spoken) {
        // What was just told is not told again.
        let window = Window { from: last.to.plus(1).min(end), to: end };
        return Some(Time { leaning: true, ..Time::of(vec![window], false, (i, i + taken)) });
    }
    // "on the last day of that month", "on the first day of the same month"
    if matches!((word(0), word(1), word(2)), ("last" | "first", "day", "of")) {
        let the = usize::from(word(3) == "the" && word(4) == "same");
        if matches!(word(3 + the), "that" | "the" | "same") && word(4 + the) == "month" {
            let (year, month, _) = spoken.ymd();
            let month = month_window(year, month)?;
            let day = if word(0) == "last" { month.to } else { month.from };
            return time(vec![Window { from: day, to: day }], 5 + the);
        }
    }
    match (word(0), word(1), word(2)) {
        ("same" | "that" | "very", "day" | "occasion" | "date" | "hour" | "moment" | "breath", _)
        | ("that", "evening" | "night" | "morning", _) => {
            return time(vec![last], 2);
        }
        ("that" | "same", "month", _) => {
            let (y, m, _) = spoken.ymd();
            return time(vec![month_window(y, m)?], 2);
        }
        ("that" | "same", "year", _) => return time(vec![months(year, 1, 12)?], 2),
        ("last", w, _) if unit(w).is_some() => return time(vec![moved(last, -1, unit(w)?)?], 2),
        ("yesterday", _, _) => return time(vec![moved(last, -1, Unit::Day)?], 1),
        ("next" | "following", "day", _) => return time(vec![moved(last, 1, Unit::Day)?], 2),
        ("next" | "following", w, _) if unit(w).is_some() => {
            return time(vec![moved(last, 1, unit(w)?)?], 2);
        }
        ("the", w, "before" | "earlier") if unit(w).is_some() => {
            return time(vec![moved(last, -1, unit(w)?)?], 3);
        }
        ("the", w, "after") if unit(w).is_some() => return time(vec![moved(last, 1, unit(w)?)?], 3),
        ("within", "the", w) if unit(w).is_some() => {
            let end = moved(last, 1, unit(w)?)?;
            return time(vec![Window { from: last.from, to: end.to }], 3);
        }
        _ => {}
    }
    // "two days before Christmas", "a week after 28 June".
    if let (Some(n), Some(u), "before" | "after") = (number(word(0)), unit(word(1)), word(2)) {
        let rest = &words[i + 3..];
        let dated = find_dates(rest).into_iter().find(|d| d.words.0 == 0).map(|d| (d.window, d.words.1));
        let feast =
            || leaning(words, i + 3, capital, Some(last), years).map(|t| (t.windows[0], t.words.1 - i - 3));
        if let Some((window, taken)) = dated.or_else(feast) {
            let sign = if word(2) == "before" { -1 } else { 1 };
            return time(vec![moved(window, sign * n, u)?], 3 + taken);
        }
    }
    // "two years later", "eight days afterwards", "six months earlier".
    if let (Some(n), Some(u)) = (number(word(0)), unit(word(1))) {
        let n = if word(1).starts_with("fortnight") { 2 * n } else { n };
        let sign = match word(2) {
            "later" | "afterwards" | "afterward" | "after" | "on" => 1,
            "earlier" | "before" | "previously" => -1,
            _ => 0,
        };
        // "Five days after the Anschluss" leans on that, and not on what was told last.
        let of_something = matches!(word(2), "after" | "before")
            && (matches!(word(3), "the" | "his" | "its" | "their" | "this" | "a" | "an")
                || i + 3 < words.len() && capital(i + 3));
        if sign != 0 && !of_something {
            return time(vec![moved(last, sign * n, u)?], 3);
        }
    }
    // "that spring", "in the autumn"
    let season = match word(1) {
        "spring" => Some((3, 5)),
        "summer" => Some((6, 8)),
        "autumn" | "fall" => Some((9, 11)),
        "winter" => Some((12, 12)),
        _ => None,
    };
    if let (Some((a, b)), "that" | "the" | "same") = (season, word(0)) {
        return time(vec![months(year, a, b)?, months(year + 1, a, b)?], 2);
    }
    if matches!(word(0), "christmas" | "xmas") {
        let day = Day::from_ymd(year, 12, 25)?;
        return time(vec![Window { from: day, to: day }], 1);
    }
    // A day and a month, or a month alone: of the year spoken of, or the next.
    let (month, day, taken) = if let Some(day) = day_of(word(0)) {
        let skip = usize::from(word(1) == "of");
        match month_of(word(1 + skip)) {
            Some(month) => (month, Some(day), 2 + skip),
            // "the 28th"
            None if i > 0 && words[i - 1] == "the" && !word(0).ends_with(|c: char| c.is_ascii_digit()) => {
                (spoken.ymd().1, Some(day), 1)
            }
            None => return None,
        }
    } else {
        let month = month_of(word(0))?;
        let plain = matches!(word(0), "may" | "march" | "mar");
        let tells = i > 0
            && matches!(
                words[i - 1].as_str(),
                "in" | "of"
                    | "by"
                    | "early"
                    | "late"
                    | "since"
                    | "until"
                    | "mid"
                    | "on"
                    | "that"
                    | "from"
                    | "following"
                    | "next"
            );
        match day_of(word(1)) {
            Some(day) => (month, Some(day), 2),
            None if plain && !(tells && capital(i)) => return None,
            None => (month, None, 1),
        }
    };
    let of = |year: i32| match day {
        Some(day) => Day::from_ymd(year, month, day).map(|d| Window { from: d, to: d }),
        None => month_window(year, month),
    };
    // "September of the following year", "in June of the same year"
    let rest: Vec<&str> = words[i + taken..].iter().take(4).map(String::as_str).collect();
    let (leading, rest) = if rest.first() == Some(&"of") { (1, &rest[1..]) } else { (0, &rest[..]) };
    let told = match rest {
        ["the", "following" | "next", "year", ..] => Some((1, 3)),
        ["the", "previous" | "preceding", "year", ..] => Some((-1, 3)),
        ["the", "same", "year", ..] => Some((0, 3)),
        ["that" | "this", "year", ..] if leading == 1 => Some((0, 2)),
        _ => None,
    };
    if let Some((later, more)) = told {
        return time(vec![of(year + later)?], taken + leading + more);
    }
    // "The following April": the first after the time spoken of.
    if i > 0 && matches!(words[i - 1].as_str(), "following" | "next") {
        let first = [year, year + 1].into_iter().filter_map(of).find(|w| w.from > last.from);
        return time(vec![first?], taken);
    }
    let mut windows: Vec<Window> = of(year).into_iter().collect();
    // Earlier in the year than what was spoken of: rather the next year is meant, as a story goes on.
    if windows.first().is_none_or(|w| w.to < last.from) {
        windows.splice(0..0, of(year + 1));
    }
    // A text may return to a year named before.
    let back = if day.is_some() { years.len() } else { 2 };
    windows.extend(years.iter().rev().take(back).filter(|y| **y != year).filter_map(|y| of(*y)));
    if windows.is_empty() {
        return None;
    }
    // A day of a month leans on nothing but the year.
    let day_told = day.map(|day| (month, day));
    time(windows, taken).map(|t| Time { leaning: day.is_none(), day_told, ..t })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, last: &str) -> Vec<String> {
        let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let capitals: Vec<bool> =
            text.split_whitespace().map(|w| w.starts_with(char::is_uppercase)).collect();
        times(&words, &|i| capitals[i], Window::parse(last).ok(), &[])
            .iter()
            .map(|t| {
                format!(
                    "{}/{}{}",
                    t.windows[0].from,
                    t.windows[0].to,
                    if t.by { " at the latest" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn times_lean_on_the_time_before() {
        assert_eq!(found("a year later it ended", "1932-07-25"), ["1933-01-01/1933-12-31"]);
        assert_eq!(found("on the same day", "1932-07-25"), ["1932-07-25/1932-07-25"]);
        assert_eq!(found("handed over eight days later", "1940-08-30"), ["1940-09-07/1940-09-07"]);
        assert_eq!(found("on 28 April it gave notice", "1939-03"), ["1939-04-28/1939-04-28"]);
        assert_eq!(found("in August they signed", "1939-03"), ["1939-08-01/1939-08-31"]);
        assert_eq!(found("the poles signed in july 32", "1920"), ["1932-07-01/1932-07-31"]);
        assert_eq!(found("eighteen months earlier", "1934-01-26"), ["1932-06-16/1932-08-15"]);
        assert_eq!(found("of the 25th", "1941-03-01"), ["1941-03-25/1941-03-25"]);
        assert_eq!(found("in September of the following year", "1925"), ["1926-09-01/1926-09-30"]);
        assert_eq!(found("in June of the same year", "1935-04"), ["1935-06-01/1935-06-30"]);
        assert_eq!(found("the following March", "1938-11-02"), ["1939-03-01/1939-03-31"]);
        assert_eq!(found("they may sign and march", "1932"), [""; 0]);
    }

    #[test]
    fn by_a_time_is_at_the_latest_then() {
        assert_eq!(found("by 1937 it was claimed", "1932"), ["1937-01-01/1937-12-31 at the latest"]);
        assert_eq!(found("by the end of June 1940 all", "1932"), ["1940-06-01/1940-06-30 at the latest"]);
    }
}
