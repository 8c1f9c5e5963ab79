//! What the words of a claim can mean: for each thing said of pacts, the definitions under which it is counted.

use jonbar_question::{Aftermath, Says};
use jonbar_record::{Day, Event, EventKind};

use super::cases::{ATTACK, FORCE, Fate, WAR, WITHIN_A_YEAR};

/// One meaning: a label after "were", with `{}` where it says by whom, and whether it is true of a pact; `None` where the
/// casebook does not reach far enough to tell, or the question does not arise.
pub(super) struct Definition {
    pub label: String,
    pub is: Known,
    /// Where it is about something within so many years of signing: the years, and when that first happened, so that pacts not
    /// watched so long can be allowed for.
    pub within: Option<(f64, First)>,
    /// Whether the definition says that it did not happen.
    pub not: bool,
}

type First = Box<dyn Fn(&Fate) -> Option<Day>>;

type Known = Box<dyn Fn(&Fate) -> Option<bool>>;

fn definition(label: impl Into<String>, is: impl Fn(&Fate) -> Option<bool> + 'static) -> Definition {
    Definition { label: label.into(), is: Box::new(is), within: None, not: false }
}

/// Something that happened within so many years of signing.
fn within(
    label: impl Into<String>,
    years: f64,
    first: impl Fn(&Fate, Day) -> Option<Day> + Copy + 'static,
) -> Definition {
    let by = move |f: &Fate| f.start.plus((years * super::YEAR).round() as i32);
    Definition {
        label: label.into(),
        is: Box::new(move |f| {
            // Seen is seen; not seen counts only where it was looked for long enough.
            first(f, by(f)).map(|_| true).or_else(|| f.after(years).map(|_| false))
        }),
        within: Some((years, Box::new(move |f| first(f, Day(i32::MAX))))),
        not: false,
    }
}

fn certain(label: &str, is: fn(&Fate) -> bool) -> Definition {
    definition(label, move |f| Some(is(f)))
}

/// What "broken" can mean.
fn broken() -> Vec<Definition> {
    let force_early = |f: &Fate| f.first(FORCE, f.start.plus((super::SOON * super::YEAR) as i32)).is_some();
    vec![
        certain("violated{}: broken by an act against the other party", |f| f.violated),
        certain("denounced{}", |f| f.denounced),
        certain("violated or denounced{}", |f| f.violated || f.denounced),
        certain("violated, or force used{} before the end", |f| f.violated || f.force_before_end().is_some()),
        within("met with force{} within five years of signing", super::SOON, |f, to| {
            f.first(FORCE, to).map(|e| e.when.reading())
        }),
        certain("followed by war begun or joined{} before the end or within a year of it", |f| {
            f.war_before_or_soon().is_some()
        }),
        definition("broken in any of these ways{}", move |f| {
            Some(
                f.violated
                    || f.denounced
                    || f.force_before_end().is_some()
                    || force_early(f)
                    || f.war_before_or_soon().is_some(),
            )
        }),
    ]
}

/// "five years", "18 months", "a year and a half".
pub(super) fn span_in_words(years: f64) -> String {
    let days = (super::YEAR * years).round() as i64;
    if days < 60 {
        return if days == 1 { "a day".to_owned() } else { format!("{days} days") };
    }
    let months = (12.0 * years).round() as i64;
    match (months % 12, months / 12) {
        (0, 1) => "a year".to_owned(),
        (0, n) => format!("{n} years"),
        _ if months == 1 => "a month".to_owned(),
        _ => format!("{months} months"),
    }
}

fn renewed() -> Vec<Definition> {
    vec![
        certain("prolonged at least once", |f| f.extended > 0),
        definition("prolonged at least once, of those made for a fixed time", |f| {
            f.pact.term_years.map(|_| f.extended > 0)
        }),
        certain("prolonged, or replaced by a new pact of the same parties", |f| {
            f.extended > 0 || f.succeeded
        }),
        certain("prolonged twice or more", |f| f.extended > 1),
    ]
}

/// For how long pacts were made: one term or another, or between two; those for no fixed time are of none.
fn term((low, high): (f64, f64)) -> Vec<Definition> {
    let named = |f: &Fate| f.pact.term_years;
    let said = saying(Says::Term { years: (low, high) });
    let open = low == 0.0 || high.is_infinite();
    let is = move |t: f64| if open { low <= t && t <= high } else { t == low || t == high };
    let mut list = vec![
        definition(said.clone(), move |f| Some(named(f).is_some_and(is))),
        definition(format!("{said}, of those made for a fixed time"), move |f| named(f).map(is)),
    ];
    if !open {
        let label = format!("made for at least {}, of those made for a fixed time", span_in_words(low));
        list.push(definition(label, move |f| named(f).map(|t| t >= low)));
    }
    list
}

fn day(event: Option<&Event>) -> Option<Day> {
    event.map(|e| e.when.reading())
}

fn followed(by: Aftermath, years: Option<f64>) -> Vec<Definition> {
    let years = years.unwrap_or(super::SOON);
    let time = span_in_words(years);
    let far = Day(i32::MAX);
    let times = move |what: &str, first: fn(&Fate, Day) -> Option<Day>| {
        vec![
            definition(format!("followed by {what}{{}} before the end or within a year of it"), move |f| {
                Some(first(f, f.end.plus(WITHIN_A_YEAR)).is_some())
            }),
            within(format!("followed by {what}{{}} within {time} of signing"), years, first),
            definition(format!("followed by {what}{{}} at any time in the casebook"), move |f| {
                Some(first(f, far).is_some())
            }),
        ]
    };
    match by {
        Aftermath::War => times("war between the parties", |f, to| day(f.first(WAR, to))),
        Aftermath::Attack => {
            times("attack or occupation of one by the other", |f, to| day(f.first(ATTACK, to)))
        }
        // Said of demands alone.
        Aftermath::Demand => Vec::new(),
        Aftermath::Attacked => times("an attack on a party by whatever state", |f, to| day(f.attacked(to))),
        Aftermath::Annexation => {
            let mut list = times("the end of one party's independence at the other's hands", |f, to| {
                day(f.first(&[EventKind::IndependenceLost], to))
            });
            list.extend(times("a loss of land to the other party", |f, to| day(f.loss(to))));
            list
        }
    }
}

/// The definitions of what a claim says, and which of them is the plainest.
pub(super) fn definitions(says: Says) -> (Vec<Definition>, usize) {
    match says {
        Says::Broken => (broken(), 0),
        Says::Denounced => (broken(), 1),
        Says::Kept => {
            let list = broken().into_iter().map(|d| Definition {
                label: format!("not {}", d.label.split(':').next().unwrap_or_default()),
                is: Box::new(move |f| (d.is)(f).map(|x| !x)),
                within: d.within,
                not: true,
            });
            (list.collect(), 0)
        }
        Says::Renewed => (renewed(), 0),
        Says::Followed { by, years } => (followed(by, years), 0),
        Says::Term { years } => (term(years), 0),
        // A length, or not about what became of pacts.
        Says::Aided { .. }
        | Says::Lasted { .. }
        | Says::FullTerm { .. }
        | Says::BrokenBeforeAttack
        | Says::Omen
        | Says::Signed
        | Says::Joined
        | Says::Counted
        | Says::Met
        | Says::Refused
        | Says::Fought { .. }
        | Says::Peaceful { .. }
        | Says::Won { .. }
        | Says::Bound { .. }
        | Says::Unwarned
        | Says::Warned
        | Says::Timed
        | Says::Peak => (Vec::new(), 0),
    }
}

/// What a claim says, after "were" or by itself, in a question's words.
pub(super) fn saying(says: Says) -> String {
    match says {
        Says::Broken | Says::BrokenBeforeAttack => "broken".to_owned(),
        Says::Denounced => "denounced".to_owned(),
        Says::Kept => "kept".to_owned(),
        Says::Lasted { years: None, .. } => "in force".to_owned(),
        Says::Lasted { years: Some(years), under, unbroken } => {
            let time = span_in_words(years);
            match (under, unbroken) {
                (true, true) => format!("broken within {time}"),
                (false, true) => format!("kept for {time}"),
                (true, false) => format!("over within {time}"),
                (false, false) => format!("in force for {time}"),
            }
        }
        Says::Term { years: (low, high) } if high.is_infinite() => {
            format!("made for at least {}", span_in_words(low))
        }
        Says::Term { years: (0.0, high) } => {
            format!("made for at most {}", span_in_words(high))
        }
        Says::Term { years: (low, high) } if low == high => format!("made for {}", span_in_words(low)),
        Says::Term { years: (low, high) } => {
            format!("made for {} or {}", span_in_words(low), span_in_words(high))
        }
        Says::FullTerm { short: false } => "in force for the time agreed".to_owned(),
        Says::FullTerm { short: true } => "over before the time agreed".to_owned(),
        Says::Renewed => "renewed".to_owned(),
        Says::Followed { by: Aftermath::War, .. } => "followed by war between the parties".to_owned(),
        Says::Followed { by: Aftermath::Attack, .. } => {
            "followed by an attack of one party on the other".to_owned()
        }
        Says::Followed { by: Aftermath::Attacked, .. } => "followed by an attack on a party".to_owned(),
        Says::Followed { by: Aftermath::Annexation, .. } => "followed by annexation".to_owned(),
        Says::Followed { by: Aftermath::Demand, .. } => "followed by another demand".to_owned(),
        Says::Aided { aided: true, .. } => "honoured when a party was attacked".to_owned(),
        Says::Aided { aided: false, .. } => "not honoured when a party was attacked".to_owned(),
        Says::Omen => "a sign of danger".to_owned(),
        Says::Signed => "signed".to_owned(),
        Says::Joined => "such".to_owned(),
        Says::Counted => "seen".to_owned(),
        Says::Met => "met".to_owned(),
        Says::Refused => "refused".to_owned(),
        Says::Fought { war: true } => "followed by war".to_owned(),
        Says::Fought { war: false } => "followed by force".to_owned(),
        Says::Peaceful { war: true } => "without war".to_owned(),
        Says::Peaceful { war: false } => "without force".to_owned(),
        Says::Won { without_force: false } => "won".to_owned(),
        Says::Won { without_force: true } => "won without force".to_owned(),
        Says::Bound { .. } => "on states with a pact".to_owned(),
        Says::Unwarned => "made without warning".to_owned(),
        Says::Warned => "made after warning".to_owned(),
        Says::Timed | Says::Peak => "seen".to_owned(),
    }
}
