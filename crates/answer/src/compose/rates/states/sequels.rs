//! What states did, or met with, in the years after a turn in their affairs, beside what states did in as long a time otherwise.

use jonbar_question::{Amount, Other, Reading, Sequels, StatesClaim, Turn, Who};
use jonbar_record::{ActorId, Day, Event, EventKind, Office};
use jonbar_survival::fisher_exact;

use super::super::definitions::span_in_words;
use super::super::{YEAR, chance, shares, span};
use super::acts::{Act, Meaning, meanings};
use super::own;
use super::told::deed;
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// A state's affairs take a turn.
struct Case<'s> {
    state: ActorId,
    day: Day,
    entry: Option<&'s Event>,
}

/// Days between the moments at which states are looked at otherwise.
const QUARTER: i32 = 91;

/// Days within which what happens to a state is one turn: land lost to several in one settlement.
const ONE_TURN: i32 = 31;

/// What is said to have come, as a sentence about states says it.
fn what_came(claim: &Sequels) -> StatesClaim {
    StatesClaim {
        who: Who::default(),
        deed: claim.deed,
        acts: claim.acts,
        other: Other::Anyone,
        times: 1,
        bound: None,
        never: false,
        amount: Amount::Asked,
        window: None,
        assumed: Vec::new(),
    }
}

pub(crate) fn answer(study: &Study, reading: &Reading, claim: &Sequels) -> Answer {
    let mut citer = Citer::new(study.record);
    let cases = cases(study, claim.after);
    let then = what_came(claim);
    let deed = deed(study, &then);
    let time = span_in_words(claim.years);
    let mut answer = blank(
        reading,
        "base rate",
        format!("How many states {deed} within {time} of {}, {}?", turn(claim.after), span(study)),
    );
    answer.reading.not_understood.extend(claim.left_out.iter().cloned());
    if cases.is_empty() {
        answer.summary.push("The casebook has no such case.".to_owned());
        return answer;
    }
    let days = (claim.years * YEAR).round() as i32;
    let meanings = meanings(study, &then);
    // All are followed equally long, or not counted: a case cut short would count only where it came.
    let known = |m: &Meaning, state: ActorId, day: Day| {
        (day.plus(days) <= study.record.span.to).then(|| first(m, &then, state, day, days).is_some())
    };
    let rows: Vec<ForestRow> = meanings
        .iter()
        .map(|m| {
            let is = cases.iter().map(|c| known(m, c.state, c.day));
            shares::row(format!("{deed} within {time}{}", meant(m, &deed)), is, claim.word)
        })
        .collect();
    let plainest = &rows[0];
    if plainest.of == 0 {
        answer.summary.push(format!(
            "None of {} cases can be followed for {time} before the casebook ends.",
            cases.len()
        ));
        return answer;
    }
    answer.summary.push(format!(
        "Of {} that can be followed so long {} {}.",
        words::counted(plainest.of as usize, "such case", "such cases"),
        plainest.count,
        plainest.label
    ));
    if let Some(vague) = claim.word {
        answer.summary.push(shares::verdict(vague, &format!("followed by it within {time}"), &rows));
    }
    let (so, all) = otherwise(study, &meanings[0], days, &known);
    if all > 0 {
        let own = (plainest.count, plainest.of);
        let p = fisher_exact(own, (so as u64, all as u64));
        let hundred = |k: f64, of: f64| 100.0 * k / of;
        answer.summary.push(format!(
            "After {} {:.0} in 100 {deed} within {time}; of all states at any time, looked at every quarter, {:.0} in 100 ({}{}).",
            turn(claim.after),
            hundred(own.0 as f64, own.1 as f64),
            hundred(so as f64, all as f64),
            chance(p),
            if p < 0.1 { "" } else { ": the difference may be chance" }
        ));
    }
    answer.summary.push(
        "That one came after the other does not say that it came of it: both may have grown from the same quarrel.".to_owned(),
    );
    answer.sections.push(Section::Forest(shares::forest(claim.word, rows)));
    answer.sections.push(Section::Table(table(study, claim, &cases, &meanings[0], days, &mut citer)));
    finish(answer, citer)
}

/// The first that a state did, or met with, in so many days after one.
fn first<'m, 's>(
    meaning: &'m Meaning<'s>,
    then: &StatesClaim,
    state: ActorId,
    day: Day,
    days: i32,
) -> Option<&'m Act<'s>> {
    meaning.acts.iter().find(|a| own(then, a) == state && a.day > day && a.day <= day.plus(days))
}

/// What a meaning says beyond the deed itself.
fn meant<'m>(meaning: &'m Meaning, deed: &str) -> &'m str {
    meaning.label.strip_prefix(deed).unwrap_or_default()
}

/// Of the states that exist at the beginning of each quarter, how often it is so, and how often it can be told.
fn otherwise(
    study: &Study,
    meaning: &Meaning,
    days: i32,
    known: &dyn Fn(&Meaning, ActorId, Day) -> Option<bool>,
) -> (usize, usize) {
    let record = study.record;
    let last = record.span.to.plus(-days);
    let quarters =
        std::iter::successors(Some(record.span.from), |d| Some(d.plus(QUARTER))).take_while(|d| *d <= last);
    let told: Vec<bool> = quarters
        .flat_map(|day| (0..record.actors.len()).map(move |a| (ActorId(a), day)))
        .filter(|(a, day)| record.is_independent(*a, *day))
        .filter_map(|(a, day)| known(meaning, a, day))
        .collect();
    (told.iter().filter(|x| **x).count(), told.len())
}

/// The turn in words, after "within two years of".
fn turn(after: Turn) -> &'static str {
    match after {
        Turn::LeagueExit => "leaving the League",
        Turn::Dictatorship => "the end of their democracy",
        Turn::RegimeChange => "a change of regime",
        Turn::NewHead => "a new head of government",
        Turn::LandLost => "losing land",
    }
}

fn cases<'s>(study: &'s Study, after: Turn) -> Vec<Case<'s>> {
    let record = study.record;
    let of_kind = |kind: EventKind| record.events.iter().filter(move |e| e.kind == kind);
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |e: &'s Event, states: &[ActorId]| {
        let day = e.when.reading();
        cases.extend(states.iter().map(|&state| Case { state, day, entry: Some(e) }));
    };
    match after {
        Turn::LeagueExit => of_kind(EventKind::LeagueLeft).for_each(|e| add(e, &e.actors)),
        Turn::RegimeChange => of_kind(EventKind::RegimeChange).for_each(|e| add(e, &e.actors)),
        Turn::LandLost => of_kind(EventKind::TerritoryCeded).for_each(|e| add(e, &e.targets)),
        Turn::NewHead => of_kind(EventKind::OfficeTaken)
            .filter(|e| e.office == Some(Office::HeadOfGovernment) && e.when.reading() > record.span.from)
            .for_each(|e| add(e, &e.actors)),
        Turn::Dictatorship => {
            for r in record.regimes.iter().filter(|r| !r.democracy && r.window.from > record.span.from) {
                let before = r.window.from.plus(-1);
                let democracy = |x: &&jonbar_record::Regime| {
                    x.actor == r.actor && x.democracy && x.window.contains(before)
                };
                if record.regimes.iter().any(|x| democracy(&x)) {
                    let near = |e: &&Event| {
                        e.kind == EventKind::RegimeChange
                            && e.actors.contains(&r.actor)
                            && (e.when.reading().0 - r.window.from.0).abs() <= 31
                    };
                    let entry = record.events.iter().find(near);
                    cases.push(Case { state: r.actor, day: r.window.from, entry });
                }
            }
        }
    }
    // A state that is gone does nothing any more.
    cases.retain(|c| record.is_independent(c.state, c.day.plus(1)));
    cases.sort_by_key(|c| (c.state, c.day));
    cases.dedup_by(|next, kept| next.state == kept.state && next.day.0 - kept.day.0 <= ONE_TURN);
    cases.sort_by_key(|c| (c.day, c.state));
    cases
}

fn table(
    study: &Study,
    claim: &Sequels,
    cases: &[Case],
    meaning: &Meaning,
    days: i32,
    citer: &mut Citer,
) -> Table {
    let then = what_came(claim);
    let rows = cases
        .iter()
        .map(|c| {
            let name = words::capital(&words::name(study, c.state));
            let act = first(meaning, &then, c.state, c.day, days);
            let other = act.map(|a| if claim.acts { a.on } else { a.by });
            vec![
                c.entry.map_or(Datum::Text(name.clone()), |e| Datum::Entry(name.clone(), e.id.clone())),
                Datum::Text(c.day.long()),
                act.map_or(Datum::None, |a| match a.entry {
                    Some(e) => Datum::Entry(a.day.long(), e.id.clone()),
                    None => Datum::Text(a.day.long()),
                }),
                other.map_or(Datum::None, |o| Datum::Text(words::name(study, o))),
                c.entry.map_or(Datum::None, |e| Datum::Text(citer.marks(&e.citations))),
            ]
        })
        .collect();
    Table {
        title: "The cases".to_owned(),
        intro: format!("{}.", words::counted(cases.len(), "case", "cases")),
        columns: ["state", "turn", "what came first", "towards or from", "source"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: vec![
            "Cases not followed so long before the casebook ends count only where it came.".to_owned(),
        ],
    }
}
