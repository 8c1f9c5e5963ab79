//! A share under several definitions, and whether a vague word is true of it.

use jonbar_question::Vague;
use jonbar_survival::{Interval, Spell, kaplan_meier, share_interval};

use super::LEVEL;
use crate::answer::{Forest, ForestRow};
use crate::compose::words;

/// The row of one definition; `is` says of each case whether it is true, or `None` where that is not known.
pub(super) fn row(label: String, is: impl Iterator<Item = Option<bool>>, vague: Option<&Vague>) -> ForestRow {
    let (mut count, mut of) = (0, 0);
    for known in is.flatten() {
        of += 1;
        count += u64::from(known);
    }
    let share = if of == 0 { 0.0 } else { count as f64 / of as f64 };
    ForestRow {
        label,
        count,
        of,
        share,
        interval: Some(share_interval(count, of, LEVEL)),
        holds: of > 0 && vague.is_some_and(|v| v.covers(share)),
    }
}

/// The row of something within so many years of signing, from the years to it, or to the end of the watch, of each case: the share
/// allows for cases not watched so long (Kaplan and Meier), the cases counted are those already seen. With `not`, the row is of those in
/// which it did not happen.
pub(super) fn within(
    label: String,
    cases: impl Iterator<Item = (f64, bool)>,
    limit: f64,
    not: bool,
    vague: Option<&Vague>,
) -> ForestRow {
    // A day's grace: an anniversary is a whole number of years.
    let limit = limit + 0.003;
    let spells: Vec<Spell> =
        (0..).zip(cases).map(|(i, (years, seen))| Spell::simple(i, years, seen)).collect();
    let (of, count) =
        (spells.len() as u64, spells.iter().filter(|s| s.outcome > 0 && s.exit <= limit).count() as u64);
    let plain = share_interval(count, of, LEVEL);
    let curve = kaplan_meier(&spells, Interval::LogLog, LEVEL).ok();
    let step = curve.as_ref().and_then(|c| c.at(limit));
    let (share, interval) = match step {
        Some(s) if s.lower.is_finite() && s.upper.is_finite() => {
            (1.0 - s.survival, (1.0 - s.upper, 1.0 - s.lower))
        }
        // Where the last that were watched so long all met with it, there is no interval of the curve.
        Some(s) => (1.0 - s.survival, (plain.0, plain.1.max(1.0 - s.survival))),
        None => (0.0, plain),
    };
    let lasted = spells.iter().filter(|s| s.exit > limit).count() as u64;
    // Where nobody was watched so long and some are left, the casebook cannot tell.
    if lasted == 0 && share < 1.0 {
        return ForestRow { label, count: 0, of: 0, share: 0.0, interval: Some((0.0, 1.0)), holds: false };
    }
    let (count, share, interval) = if not {
        (lasted, 1.0 - share, (1.0 - interval.1, 1.0 - interval.0))
    } else {
        (count, share, interval)
    };
    ForestRow {
        label,
        count,
        of,
        share,
        interval: Some(interval),
        holds: of > 0 && vague.is_some_and(|v| v.covers(share)),
    }
}

/// "Most pacts were renewed": under which definitions that is so.
pub(super) fn verdict(vague: &Vague, saying: &str, rows: &[ForestRow]) -> String {
    let meaning = vague.meaning;
    // "Most" counts things, "usually" times.
    let adverb = vague.word.ends_with("ly")
        || ["never", "always", "often", "seldom", "sometimes", "ever", "not"]
            .iter()
            .any(|w| vague.word.ends_with(w));
    let word = match vague.word {
        word if adverb => word.to_owned(),
        "every" | "almost every" | "nearly every" => format!("{} one was", vague.word),
        "average" | "typical" => format!("the {} one was", vague.word),
        "common" => "commonly".to_owned(),
        "tended to" | "tend to" => "tended to be".to_owned(),
        word => format!("{word} were"),
    };
    let known: Vec<&ForestRow> = rows.iter().filter(|r| r.of > 0).collect();
    let yes: Vec<String> = known.iter().filter(|r| r.holds).map(|r| format!("\"{}\"", r.label)).collect();
    if known.len() == 1 {
        let (answer, is) = if yes.is_empty() { ("No", "not true") } else { ("Yes", "true") };
        return format!("{answer}. Read as \"{meaning}\", \"{word} {saying}\" is {is}.");
    }
    if yes.is_empty() {
        format!("No. Read as \"{meaning}\", \"{word} {saying}\" is true under no definition tried.")
    } else if yes.len() == known.len() {
        format!("Yes. Read as \"{meaning}\", \"{word} {saying}\" is true under every definition tried.")
    } else {
        format!(
            "It depends. Read as \"{meaning}\", \"{word} {saying}\" hangs on the definition: it is true of {}, and false of the other{}.",
            words::list(&yes),
            if known.len() - yes.len() == 1 { "" } else { "s" }
        )
    }
}

/// The picture of the rows; without a word of frequency nothing is held against them.
pub(super) fn forest(vague: Option<&Vague>, rows: Vec<ForestRow>) -> Forest {
    let read = |v: &Vague| format!("\"{}\" is read here as {}. ", words::capital(v.word), v.meaning);
    Forest {
        title: "Under each definition".to_owned(),
        intro: format!("{}Intervals are 90 %.", vague.map_or(String::new(), read)),
        word: vague.map(|v| v.word.to_owned()),
        line: vague.map(Vague::line),
        rows: rows.into_iter().filter(|r| r.of > 0).collect(),
    }
}
