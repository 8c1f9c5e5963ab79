//! Dates as sources give them, and days as the model counts them.

use std::fmt;

use edtf_core::{Bound, Edtf};
use jiff::civil;

/// A civil day (proleptic Gregorian), counted from 1900-01-01, which is day 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const EPOCH: civil::Date = civil::date(1900, 1, 1);

impl Day {
    /// Earlier than any day a casebook may name.
    pub const DISTANT_PAST: Day = Day(-400_000);
    /// Later than any day a casebook may name.
    pub const DISTANT_FUTURE: Day = Day(400_000);

    /// The day of a calendar date, or `None` if there is no such date (31 June) or the year is not in 1000..=2900.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        if !(1000..=2900).contains(&year) {
            return None;
        }
        let date = civil::Date::new(year as i16, month as i8, day as i8).ok()?;
        Some(Day((date - EPOCH).get_days()))
    }

    /// Year, month and day of this day.
    pub fn ymd(self) -> (i32, u8, u8) {
        let clamped = self.0.clamp(-328_000, 365_000);
        // The clamp keeps the sum inside the years 1000 to 2900, which jiff can represent.
        let date = EPOCH.saturating_add(jiff::Span::new().days(clamped));
        (date.year().into(), date.month() as u8, date.day() as u8)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The day of the week, Monday first, from 0.
    pub fn weekday(self) -> u8 {
        // The first day of 1900 was a Monday.
        self.0.rem_euclid(7) as u8
    }

    /// This day moved by a number of days.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The same calendar date `years` later (29 February becomes 28 February).
    pub fn plus_years(self, years: i32) -> Day {
        let (y, m, d) = self.ymd();
        Day::from_ymd(y + years, m, d).or_else(|| Day::from_ymd(y + years, m, 28)).unwrap_or(self)
    }

    /// The date in words, such as `26 June 1940`.
    pub fn long(self) -> String {
        let (y, m, d) = self.ymd();
        format!("{d} {} {y}", MONTHS[usize::from(m) - 1])
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

/// English names of the days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as a source gives it: EDTF text (ISO 8601-2) and the days it may mean.
///
/// `1932-01` is any day of January 1932, not its first; `1932-01-21/1932-01-22` stands for a conflict between
/// sources or an action that took two days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The EDTF text as written in the casebook.
    pub text: String,
    /// First day it may mean.
    pub earliest: Day,
    /// Last day it may mean.
    pub latest: Day,
    /// Marked approximate or uncertain (`~`, `?`, `%`).
    pub approximate: bool,
}

impl When {
    /// Reads an EDTF date or closed interval.
    ///
    /// # Errors
    /// A sentence saying what is wrong and what to write instead: not EDTF, an impossible date, or an open end
    /// where a date is needed.
    pub fn parse(text: &str) -> Result<When, String> {
        let window = Window::parse(text)?;
        if window.from == Day::DISTANT_PAST || window.to == Day::DISTANT_FUTURE {
            return Err(format!("`{text}` is open-ended; an event needs a date or a closed interval"));
        }
        Ok(When {
            text: text.to_owned(),
            earliest: window.from,
            latest: window.to,
            approximate: text.contains(['~', '?', '%']),
        })
    }

    /// A date known to the day.
    pub fn exactly(day: Day) -> When {
        When { text: day.to_string(), earliest: day, latest: day, approximate: false }
    }

    /// The day the model uses: the middle of what the date may mean.
    pub fn reading(&self) -> Day {
        Day(self.earliest.0 + (self.latest.0 - self.earliest.0) / 2)
    }

    /// Known to the day.
    pub fn is_exact(&self) -> bool {
        self.earliest == self.latest && !self.approximate
    }

    /// Whether the two dates may mean the same day.
    pub fn may_equal(&self, other: &When) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether it may be a day of a window.
    pub fn meets(&self, window: Window) -> bool {
        self.earliest <= window.to && window.from <= self.latest
    }

    /// The date in words: `26 June 1940`, `January 1932`, `about 1923`, `6 January 1932 to 20 January 1932`.
    pub fn long(&self) -> String {
        let about = if self.approximate { "about " } else { "" };
        let (y0, m0, d0) = self.earliest.ymd();
        let (y1, m1, d1) = self.latest.ymd();
        let whole_month = self.earliest.plus(-1).ymd().1 != m0 && self.latest.plus(1).ymd().1 != m1;
        if self.earliest == self.latest {
            format!("{about}{}", self.earliest.long())
        } else if y0 == y1 && (m0, d0, m1, d1) == (1, 1, 12, 31) {
            format!("{about}{y0}")
        } else if y0 == y1 && m0 == m1 && whole_month {
            format!("{about}{} {y0}", MONTHS[usize::from(m0) - 1])
        } else {
            format!("{about}{} to {}", self.earliest.long(), self.latest.long())
        }
    }
}

/// A stretch of days, both ends included; open ends are [`Day::DISTANT_PAST`] and [`Day::DISTANT_FUTURE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Window {
    /// Reads an EDTF date or interval; `..` is an open end.
    ///
    /// # Errors
    /// A sentence saying what is wrong and what to write instead.
    pub fn parse(text: &str) -> Result<Window, String> {
        let edtf = Edtf::parse(text).map_err(|e| {
            format!("`{text}` is not a date in EDTF form ({e}); write for example 1932-01-21, 1932-01, 1924~ or 1932-01-06/1932-01-20")
        })?;
        let bounds = edtf.bounds();
        let day = |bound: Bound| match bound {
            Bound::NegativeInfinity => Ok(Day::DISTANT_PAST),
            Bound::PositiveInfinity => Ok(Day::DISTANT_FUTURE),
            Bound::Date(d) => Day::from_ymd(d.year as i32, d.month, d.day)
                .ok_or_else(|| format!("`{text}` is outside the years 1000 to 2900")),
            Bound::Unknown => Err(format!("`{text}` has an unknown end; write `..` for an open one")),
        };
        let window = Window { from: day(bounds.earliest)?, to: day(bounds.latest)? };
        if window.from > window.to {
            return Err(format!("`{text}` ends before it begins; put the earlier date first"));
        }
        Ok(window)
    }

    /// Whether the day lies inside.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days that lie in both; it ends before it begins if there are none.
    pub fn within(self, other: Window) -> Window {
        Window { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// Whether any day lies in both.
    pub fn meets(self, other: Window) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u8, d: u8) -> Day {
        Day::from_ymd(y, m, d).unwrap()
    }

    #[test]
    fn days_count_from_1900_and_know_leap_years() {
        assert_eq!(day(1900, 1, 1), Day(0));
        assert_eq!(day(1900, 3, 1), Day(59), "1900 was not a leap year");
        assert_eq!(Day::from_ymd(1914, 6, 31), None);
        assert_eq!(day(1940, 6, 26).long(), "26 June 1940");
        assert_eq!(day(1940, 2, 29).plus_years(1), day(1941, 2, 28));
    }

    #[test]
    fn a_month_is_any_of_its_days() {
        let january = When::parse("1932-01").unwrap();
        assert_eq!((january.earliest, january.latest), (day(1932, 1, 1), day(1932, 1, 31)));
        assert_eq!(january.reading(), day(1932, 1, 16));
        assert_eq!(january.long(), "January 1932");
        assert_eq!(When::parse("1924~").unwrap().long(), "about 1924");
        assert_eq!(When::parse("1932-01-06/1932-01-20").unwrap().long(), "6 January 1932 to 20 January 1932");
    }

    #[test]
    fn impossible_and_open_dates_are_refused_with_advice() {
        for (text, advice) in [
            ("1914-06-31", "EDTF"),
            ("21.1.1932", "1932-01-21"),
            ("1932-01-20/1932-01-06", ""),
            ("1932/..", "open-ended"),
            ("", "EDTF"),
        ] {
            let message = When::parse(text).unwrap_err();
            assert!(message.contains(advice), "{text}: {message}");
        }
        assert_eq!(Window::parse("1932/..").unwrap().to, Day::DISTANT_FUTURE);
    }
}
