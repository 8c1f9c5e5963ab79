//! "Hitler made his big moves at weekends", "Wars began between August and November": on which days of the week, or in which months, acts of
//! states fell.

use std::ops::Range;

use jonbar_record::{ActorId, Record, WEEKDAYS, Window};

use crate::claim::{in_office, not_weighed, sorts};
use crate::dates::month_of;
use crate::lexicon::{Verb, auxiliary, denies_thing, denies_verb, is_quiet};
use crate::sentence::Sentence;
use crate::vague::Vague;

/// A sentence about the days or months in which acts fell.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Which acts.
    pub of: Acts,
    /// Of this state alone.
    pub by: Option<ActorId>,
    /// Only those of this time.
    pub window: Option<Window>,
    /// When they are said to have fallen.
    pub days: CalendarDays,
    /// They are said to have fallen so more often than chance would have it.
    pub than_chance: bool,
    /// How often, if the sentence says so.
    pub word: Option<&'static Vague>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that no answer weighs.
    pub left_out: Vec<String>,
}

/// Acts that have a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acts {
    /// Whatever a state does to others: attacks, uses of force, demands, pacts broken or denounced, exits from the League.
    Moves,
    /// Attacks and wars.
    Attacks,
    /// Demands for land.
    Demands,
    /// Pacts signed.
    Pacts,
    /// Land taken or given up.
    Land,
}

/// Days of the week, or months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarDays {
    /// Days of the week, Monday first, from 0.
    Week(Vec<u8>),
    /// Months, January first, from 1.
    Months(Vec<u8>),
}

/// Seasons with their months.
const SEASONS: [(&str, [u8; 3]); 5] = [
    ("spring", [3, 4, 5]),
    ("summer", [6, 7, 8]),
    ("autumn", [9, 10, 11]),
    ("fall", [9, 10, 11]),
    ("winter", [12, 1, 2]),
];

/// Beginnings of words for acts.
const ACTS: [(&[&str], Acts); 5] = [
    (&["landgrab", "annexation", "land", "territor", "conquest"], Acts::Land),
    (&["attack", "invasion", "invade", "invading", "war", "wars", "aggression"], Acts::Attacks),
    (&["demand", "ultimatum"], Acts::Demands),
    (&["pact", "treat", "alliance", "agreement"], Acts::Pacts),
    (
        &["move", "surprise", "stroke", "strike", "struck", "gamble", "step", "act", "crises", "crisis"],
        Acts::Moves,
    ),
];

/// Words that such a sentence may have and lose nothing by it.
const IDLE: [&str; 45] = [
    "big",
    "bold",
    "great",
    "foreign",
    "policy",
    "preferred",
    "prefer",
    "liked",
    "loved",
    "tended",
    "made",
    "did",
    "staged",
    "took",
    "fell",
    "came",
    "far",
    "began",
    "begun",
    "started",
    "launched",
    "happened",
    "signed",
    "broke",
    "out",
    "choose",
    "chose",
    "planned",
    "timed",
    "place",
    "during",
    "chance",
    "would",
    "allow",
    "expect",
    "grabs",
    "ahead",
    "way",
    "month",
    "other",
    "period",
    "europe",
    "interwar",
    "months",
    "more",
];

/// More words than this that are not understood make it another sentence.
const UNKNOWN_MAX: usize = 1;

/// Reads such a sentence; `None` if it is none.
pub(crate) fn calendar(record: &Record, s: &Sentence) -> Option<Calendar> {
    let (days, told) = days(s)?;
    let word = |i: usize| s.folded[i].as_str();
    // The earliest word for an act says which acts are meant; a word of a name says nothing.
    let of = (0..s.folded.len()).filter(|i| !s.in_name(*i)).find_map(|i| act(word(i)))?;
    let denied = s.folded.iter().any(|w| denies_verb(w) && w != "never" || denies_thing(w));
    // A date says when one of them was, and a second state on whom.
    let people = s.focus(record).people;
    let states = s.actors();
    let named = states.len() + people.len() > 1 || !s.territories().is_empty();
    let compared = s.has(&["than"]) && !s.has(&["chance"]);
    if denied || !s.dates.is_empty() || named || compared || asks_of_one(s) || says_more(s) {
        return None;
    }
    // "The war began in September" is one; a rule is told of many, or says how often.
    let many = (0..s.folded.len()).any(|i| {
        let counted = act(word(i)).is_some() && !s.in_name(i) || told.contains(&i);
        word(i).ends_with('s') && counted
    });
    let than_chance = s.has_phrase(&["than", "chance"]);
    let often = Vague::find(&s.folded).is_some() || than_chance;
    if !(often
        || many && (!s.is_question() || states.is_empty() && people.is_empty() || told_in_plural(s, &told)))
    {
        return None;
    }
    let mut assumed = Vec::new();
    let window = people.first().and_then(|p| in_office(record, *p));
    if let (Some(person), Some(w)) = (people.first(), window) {
        let name = &record.people[person.0].name;
        assumed.push(format!(
            "Of {name} those from {} to {} count, when he was in office.",
            w.from.long(),
            w.to.long()
        ));
    }
    let vague = Vague::find(&s.folded).map(|(v, _)| v).filter(|_| !than_chance);
    let vague =
        vague.or_else(|| if s.is_question() || than_chance { None } else { Vague::unsaid(&mut assumed) });
    let known = |i: usize| {
        told.contains(&i)
            || s.in_name(i)
            || is_quiet(word(i))
            || auxiliary(word(i)).is_some()
            || IDLE.contains(&word(i))
            || act(word(i)).is_some()
            || (i.saturating_sub(2)..=i).any(|j| Vague::at(&s.folded, j).is_some())
            || than_chance && matches!(word(i), "more" | "often" | "less" | "far" | "have")
    };
    let unknown: Vec<String> =
        (0..s.folded.len()).filter(|&i| !known(i)).map(|i| format!("\"{}\"", s.words[i].raw)).collect();
    if unknown.len() > UNKNOWN_MAX {
        return None;
    }
    Some(Calendar {
        of,
        by: states.first().copied().or_else(|| record.people[people.first()?.0].actor),
        window,
        days,
        than_chance,
        word: vague,
        assumed,
        left_out: not_weighed(&unknown).into_iter().collect(),
    })
}

/// The days of the week or the months that a sentence speaks of, and the words that say so.
fn days(s: &Sentence) -> Option<(CalendarDays, Range<usize>)> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let on = |i: usize| {
        matches!(
            s.before(i, 1),
            "on" | "at"
                | "over"
                | "of"
                | "a"
                | "the"
                | "or"
                | "and"
                | "chose"
                | "choose"
                | "preferred"
                | "liked"
        )
    };
    // "The Sunday Times" is no day.
    let called = |i: usize| s.words.get(i + 1).is_some_and(|w| w.raw.starts_with(char::is_uppercase));
    let weekdays: Vec<usize> =
        (0..s.folded.len()).filter(|&i| days_of(word(i)).is_some() && !called(i)).collect();
    if let (Some(first), Some(last)) = (weekdays.first(), weekdays.last()) {
        // "A Saturday" of one event, or the rule?
        let many = weekdays.iter().any(|&i| word(i).ends_with('s')) || word(*first).starts_with("weekend");
        let mut all: Vec<u8> = weekdays.iter().filter_map(|&i| days_of(word(i))).flatten().collect();
        all.sort_unstable();
        all.dedup();
        return (many || on(*first) && Vague::find(&s.folded).is_some())
            .then_some((CalendarDays::Week(all), *first..last + 1));
    }
    // "March was the month for land grabs"
    let opening = s.opening();
    let was = |i: usize| s.folded.get(i).is_some_and(|w| w == "was");
    if let Some(only) = month_of(word(opening)).filter(|_| was(opening + 1) && s.has(&["month"])) {
        return Some((CalendarDays::Months(vec![only]), opening..opening + 2));
    }
    // "Between August and November"
    let month = |i: usize| {
        month_of(word(i)).filter(|_| s.words.get(i).is_some_and(|w| w.raw.starts_with(char::is_uppercase)))
    };
    let from = (0..s.folded.len()).find_map(|i| {
        let lead = matches!(word(i), "between" | "from");
        let joint = matches!(word(i + 2), "and" | "to");
        Some((i, month(i + 1)?, month(i + 3)?)).filter(|_| lead && joint)
    });
    if let Some((i, first, last)) = from {
        let long = (i32::from(last) - i32::from(first)).rem_euclid(12);
        if long == 11 {
            return None;
        }
        let months = (0..=long).map(|n| ((i32::from(first) - 1 + n) % 12 + 1) as u8).collect();
        return Some((CalendarDays::Months(months), i..i + 4));
    }
    // "In the spring", "in May or June"
    let named = |i: usize| SEASONS.iter().any(|(name, _)| *name == word(i)) || month(i).is_some();
    let lead = |i: usize| s.before(i, 1) == "in" || s.before(i, 1) == "the" && s.before(i, 2) == "in";
    let first = (0..s.folded.len()).find(|&i| lead(i) && named(i))?;
    // Of several that are joined all are meant.
    let joins = |i: usize| named(i) || matches!(word(i), "and" | "or" | "in" | "the");
    let end = (first..s.folded.len()).find(|&i| !joins(i)).unwrap_or(s.folded.len());
    let all = (first..end).filter(|&i| named(i));
    let mut months: Vec<u8> = all
        .flat_map(|i| match SEASONS.iter().find(|(name, _)| *name == word(i)) {
            Some((_, months)) => months.to_vec(),
            None => month(i).into_iter().collect(),
        })
        .collect();
    months.sort_unstable();
    months.dedup();
    (months.len() < 12).then_some((CalendarDays::Months(months), first..end))
}

/// Whether a question asks for one thing, or names things to be listed.
fn asks_of_one(s: &Sentence) -> bool {
    let first = s.folded.get(s.opening()).map_or("", String::as_str);
    matches!(
        first,
        "why"
            | "which"
            | "when"
            | "who"
            | "whom"
            | "whose"
            | "what"
            | "where"
            | "name"
            | "list"
            | "give"
            | "show"
    )
}

/// Whether a sentence says something of the acts beside their day: what became of them, on whom they were, or of which states.
fn says_more(s: &Sentence) -> bool {
    const MORE: [&str; 9] = [
        "against",
        "on",
        "kept",
        "accepted",
        "refused",
        "successful",
        "successfully",
        "neighbours",
        "neighbors",
    ];
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let told = |i: usize| match Verb::phrase(&s.folded[i..]).map(|(verb, _)| verb) {
        // "Broke out"
        Some(Verb::Break) => word(i + 1) != "out",
        Some(
            Verb::Honour
            | Verb::Accept
            | Verb::Refuse
            | Verb::Fail
            | Verb::Renew
            | Verb::Expire
            | Verb::Cede
            | Verb::Result,
        ) => !s.in_name(i),
        // "Poland was attacked": on whom.
        Some(Verb::Attack | Verb::Seize) => {
            i > 0 && auxiliary(s.before(i, 1)) == Some(true)
                || i > 1 && auxiliary(s.before(i, 2)) == Some(true)
        }
        _ => false,
    };
    // "On a Friday" is a day, "on neighbours" is whom.
    let more = |i: usize| {
        MORE.contains(&word(i)) && (word(i) != "on" || !(i + 1..i + 3).any(|j| days_of(word(j)).is_some()))
    };
    !sorts(s, 0..s.folded.len()).is_empty() || (0..s.folded.len()).any(|i| told(i) || more(i))
}

/// The acts that a word is for.
fn act(word: &str) -> Option<Acts> {
    let of_these = |(stems, _): &&(&[&str], Acts)| stems.iter().any(|t| word.starts_with(t));
    ACTS.iter().find(of_these).map(|(_, acts)| *acts)
}

/// The days of the week that a word is for.
fn days_of(word: &str) -> Option<Vec<u8>> {
    if word.starts_with("weekend") {
        return Some(vec![5, 6]);
    }
    let bare = word.strip_suffix('s').unwrap_or(word);
    WEEKDAYS.iter().position(|d| d.eq_ignore_ascii_case(bare)).map(|d| vec![d as u8])
}

/// "On Saturdays", "at weekends".
fn told_in_plural(s: &Sentence, told: &Range<usize>) -> bool {
    told.clone().any(|i| s.folded[i].ends_with('s') && days_of(&s.folded[i]).is_some())
}
