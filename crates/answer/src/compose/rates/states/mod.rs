//! How many states did something or had it done to them, state by state, and which did it most often.

mod acts;
mod members;
pub(crate) mod sequels;
mod told;

use std::collections::BTreeSet;

use jonbar_question::{Amount, Deed, Reading, StatesClaim};
use jonbar_record::ActorId;

use self::acts::{Act, Meaning, counts, meanings};
use self::members::members;
use self::told::{deed, group, mind, times};
use super::cases::period;
use super::{shares, span};
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// More states than this are not named in a sentence.
const NAMED_MAX: usize = 10;

pub(crate) fn answer(study: &Study, reading: &Reading, claim: &StatesClaim) -> Answer {
    let record = study.record;
    let window = claim.window.unwrap_or(record.span).within(record.span);
    let time = claim.window.map_or_else(|| span(study), |_| period(window));
    let group = group(study, &claim.who, false);
    let deed = deed(study, claim);
    let asked = match claim.amount {
        Amount::Most(_) | Amount::Topped(_) => format!("Which of {group} {deed} most often, {time}?"),
        Amount::Above(than) => {
            format!("Which of {group} {deed} more often than {}, {time}?", words::name(study, than))
        }
        _ => format!("How many of {group} {deed}, {time}?"),
    }
    .replace("of the states", "states");
    let mut answer = blank(reading, "base rate", asked);
    let members = members(study, claim, window);
    if window.from > window.to || members.is_empty() {
        answer.summary.push("The casebook has no such states then.".to_owned());
        return answer;
    }
    let meanings: Vec<Meaning> = meanings(study, claim)
        .into_iter()
        .map(|m| Meaning {
            acts: m.acts.into_iter().filter(|a| counts(study, claim, &members, window, a)).collect(),
            ..m
        })
        .collect();
    match claim.amount {
        Amount::Most(_) | Amount::Above(_) | Amount::Topped(_) => {
            most(study, claim, &members, &meanings, &mut answer);
        }
        _ => how_many(study, claim, &members, &meanings, &mut answer),
    }
    answer.summary.extend(mind(claim));
    let mut citer = Citer::new(record);
    answer.sections.push(Section::Table(table(study, claim, &members, &meanings, &mut citer)));
    finish(answer, citer)
}

fn own(claim: &StatesClaim, act: &Act) -> ActorId {
    if claim.acts { act.by } else { act.on }
}

/// How often a state did it, or had it done to it. A pact with several is one, and so is what one entry of the record tells of
/// several states at once; only attacks count by the states attacked.
fn times_of(claim: &StatesClaim, meaning: &Meaning, state: ActorId) -> usize {
    let own = meaning.acts.iter().filter(|a| own(claim, a) == state);
    let (named, others): (Vec<&Act>, Vec<&Act>) = own.partition(|a| a.told_by(claim.deed).is_some());
    let distinct: BTreeSet<&str> = named.iter().filter_map(|a| a.told_by(claim.deed)).collect();
    distinct.len() + others.len()
}

/// Of each state, whether it is as said under a meaning.
fn known(claim: &StatesClaim, members: &[ActorId], meaning: &Meaning) -> Vec<Option<bool>> {
    let enough = |m: ActorId| times_of(claim, meaning, m) >= claim.times as usize;
    members.iter().map(|m| Some(enough(*m) != claim.never)).collect()
}

/// How many states it is true of, held against what the sentence says.
fn how_many(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    meanings: &[Meaning],
    answer: &mut Answer,
) {
    let vague = if let Amount::Share(vague) = claim.amount { Some(vague) } else { None };
    let mut rows: Vec<ForestRow> = meanings
        .iter()
        .map(|m| ForestRow {
            interval: None,
            ..shares::row(m.label.clone(), known(claim, members, m).into_iter(), vague)
        })
        .collect();
    let number = if let Amount::Number { least, most } = claim.amount { Some((least, most)) } else { None };
    if let Some((least, most)) = number {
        for row in &mut rows {
            row.holds = row.count >= u64::from(least) && most.is_none_or(|most| row.count <= u64::from(most));
        }
    }
    let (of, group) = (members.len(), group(study, &claim.who, members.len() == 1));
    let said = number.map(|(least, most)| match (least, most) {
        (least, None) => format!("at least {least}"),
        (0, Some(most)) => format!("at most {most}"),
        (least, Some(most)) if least == most => format!("exactly {least}"),
        (least, Some(most)) => format!("{least} to {most}"),
    });
    // "Every state" means every one, not every time.
    let of_states = |meaning| match meaning {
        "every time" => "every one",
        "not once" => "not one",
        other => other,
    };
    let said = vague.map(|v| (v.word.to_owned(), Some(of_states(v.meaning)))).or(said.map(|n| (n, None)));
    if let (Amount::Only(only), Some(meaning)) = (claim.amount, meanings.first()) {
        let known = known(claim, members, meaning);
        let those: Vec<ActorId> =
            members.iter().zip(known).filter(|(_, is)| *is == Some(true)).map(|(m, _)| *m).collect();
        let others: Vec<ActorId> = those.iter().copied().filter(|a| *a != only).collect();
        answer.summary.push(match (those.contains(&only), others.is_empty()) {
            (true, true) => "Yes, it alone.".to_owned(),
            (true, false) => "No: so did others.".to_owned(),
            (false, _) if !members.contains(&only) => {
                format!(
                    "No: {} is not one of {}.",
                    words::name(study, only),
                    self::group(study, &claim.who, false)
                )
            }
            (false, _) => format!("No: of {} it is not so.", words::name(study, only)),
        });
    }
    if let Some((word, meaning)) = &said {
        answer.summary.push(verdict(word, *meaning, &rows));
    }
    if let (Some(plainest), Some(meaning)) = (rows.first(), meanings.first()) {
        let group = group.strip_prefix("the ").unwrap_or(&group);
        let known = known(claim, members, meaning);
        let those: Vec<ActorId> =
            members.iter().zip(known).filter(|(_, is)| *is == Some(true)).map(|(m, _)| *m).collect();
        let who = if those.is_empty() || those.len() > NAMED_MAX || those.len() == of {
            String::new()
        } else {
            let are = if those.len() == 1 { "It is" } else { "They are" };
            format!(" {are} {}.", words::names(study, &those))
        };
        answer.summary.push(format!("{} of {of} {group} {}.{who}", plainest.count, plainest.label));
    }
    let mut forest = shares::forest(vague, rows);
    let read = said.as_ref().and_then(|(word, meaning)| Some((word, (*meaning)?)));
    let read = read.map_or(String::new(), |(word, meaning)| {
        format!("\"{}\" is read here as {meaning}. ", words::capital(word))
    });
    forest.intro = format!(
        "{read}These are all such states of the casebook: their share is no sample and has no interval."
    );
    forest.word = said.map(|(word, _)| word);
    answer.sections.push(Section::Forest(forest));
}

/// Whether the word or number is true under each meaning.
fn verdict(word: &str, meaning: Option<&str>, rows: &[ForestRow]) -> String {
    let yes: Vec<String> = rows.iter().filter(|r| r.holds).map(|r| format!("\"{}\"", r.label)).collect();
    let read = meaning.map_or(String::new(), |m| format!("Read as \"{m}\", "));
    let word = if meaning.is_some() { format!("\"{word}\"") } else { words::capital(word) };
    match yes.len() {
        0 if rows.len() == 1 => format!("No. {read}{word} is not true."),
        0 => format!("No. {read}{word} is true under no definition tried."),
        1 if rows.len() == 1 => format!("Yes. {read}{word} is true."),
        n if n == rows.len() => format!("Yes. {read}{word} is true under every definition tried."),
        _ => format!(
            "It depends on the definition. {read}{word} is true of {}, and of no other.",
            words::list(&yes)
        ),
    }
}

/// Who did it most often.
fn most(study: &Study, claim: &StatesClaim, members: &[ActorId], meanings: &[Meaning], answer: &mut Answer) {
    for (i, meaning) in meanings.iter().enumerate() {
        let count = |m: ActorId| times_of(claim, meaning, m);
        let top = members.iter().map(|m| count(*m)).max().unwrap_or(0);
        let leaders: Vec<ActorId> = members.iter().copied().filter(|m| top > 0 && count(*m) == top).collect();
        let names = words::capital(&words::names(study, &leaders));
        if let Amount::Above(than) = claim.amount {
            let more: Vec<ActorId> = members.iter().copied().filter(|m| count(*m) > count(than)).collect();
            let who = if more.is_empty() {
                "Nobody".to_owned()
            } else {
                words::capital(&words::names(study, &more))
            };
            answer.summary.push(format!(
                "{who} more often than {} ({}): {}.",
                words::name(study, than),
                times(count(than)),
                meaning.label
            ));
            continue;
        }
        let of = |named: ActorId| {
            format!(
                "No: of {} there are {}. ",
                words::name(study, named),
                words::counted(count(named), "case", "cases")
            )
        };
        let head = match claim.amount {
            _ if i > 0 => String::new(),
            Amount::Most(Some(named)) if leaders == [named] => "Yes: nobody did so as often. ".to_owned(),
            Amount::Most(Some(named)) if leaders.contains(&named) => {
                "Not quite: others did so as often. ".to_owned()
            }
            Amount::Topped(named) if leaders == [named] => "Yes: nobody did so as often. ".to_owned(),
            Amount::Topped(named) if leaders.contains(&named) => {
                "Yes, though others did so as often. ".to_owned()
            }
            Amount::Most(Some(named)) | Amount::Topped(named) => of(named),
            _ => String::new(),
        };
        answer.summary.push(if leaders.is_empty() {
            format!("{head}None of them {}.", meaning.label)
        } else {
            let one = meaning.label.strip_prefix("were ").filter(|_| leaders.len() == 1);
            let label = one.map_or(meaning.label.clone(), |rest| format!("was {rest}"));
            format!("{head}{names} most often, {}: {label}.", times(top))
        });
    }
}

/// State by state: how often, and the first time.
fn table(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    meanings: &[Meaning],
    citer: &mut Citer,
) -> Table {
    let mut rows: Vec<(usize, Vec<Datum>)> = Vec::new();
    for &state in members {
        let own_acts = |m: &Meaning| times_of(claim, m, state);
        let first = meanings.iter().find_map(|m| m.acts.iter().find(|a| own(claim, a) == state));
        let mut row = vec![Datum::Text(words::capital(&words::name(study, state)))];
        row.extend(meanings.iter().map(|m| Datum::Count(own_acts(m) as u64)));
        let other = first.map(|a| if claim.acts { a.on } else { a.by });
        let when = first.map_or(Datum::None, |a| match a.entry {
            Some(event) => Datum::Entry(a.when.to_owned(), event.id.clone()),
            None if a.when.is_empty() => Datum::Text(a.day.long()),
            None => Datum::Text(a.when.to_owned()),
        });
        row.push(when);
        row.push(other.map_or(Datum::None, |a| Datum::Text(words::name(study, a))));
        row.push(first.map_or(Datum::None, |a| Datum::Text(citer.marks(a.citations))));
        rows.push((meanings.first().map_or(0, own_acts), row));
    }
    // Those of whom it is said come first.
    rows.sort_by_key(|(n, _)| if claim.never { *n as i64 } else { -(*n as i64) });
    let mut columns = vec!["state".to_owned()];
    columns.extend((1..=meanings.len()).map(|n| match n {
        1 => "times".to_owned(),
        n => format!("by definition {n}"),
    }));
    let side = match (claim.acts, claim.deed) {
        (_, Deed::Pact(_) | Deed::War) => "with whom",
        (true, _) => "whom",
        (false, _) => "by whom",
    };
    columns.extend(["first time", side, "source"].map(str::to_owned));
    Table {
        title: "The states".to_owned(),
        intro: format!("{}.", words::counted(members.len(), "state", "states")),
        columns,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        notes: vec!["A state counts if it was independent at some time of the period.".to_owned()],
    }
}
