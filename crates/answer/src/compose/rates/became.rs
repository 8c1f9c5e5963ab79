//! What became of pacts: how often they were broken, kept, renewed, how long they lasted, what followed.

use jonbar_question::{Claim, Reading, Says, Whose};
use jonbar_record::{PactEnd, Window};
use jonbar_survival::{
    Curve as Survival, Interval, Spell, cumulative_incidence, kaplan_meier, rate_interval,
};

use super::cases::{self, Fate, whose};
use super::definitions::{definitions, saying};
use super::{LEVEL, YEAR, shares, span};
use crate::answer::{
    Answer, Cause, Curve, CurvePoint, ForestRow, Incidence, Section, Strip, StripCase, Table,
};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let (by, says) = (claim.by, claim.says);
    let fates = cases::fates(study, &claim.of, by);
    let n = fates.len();
    let mut citer = Citer::new(study.record);
    let mut answer = blank(reading, "base rate", asked(study, claim));
    let (list, plainest) = definitions(says);
    // A reader gives no claim without definitions here.
    if n == 0 || list.is_empty() {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let vague = claim.word;
    let named = by.map_or(String::new(), |_| format!(" by {}", whose(study, by)));
    let rows: Vec<ForestRow> = list
        .iter()
        .map(|d| {
            let label = d.label.replace("{}", &named);
            match &d.within {
                Some((limit, first)) => {
                    shares::within(label, fates.iter().map(|f| f.until(first(f))), *limit, d.not, vague)
                }
                None => shares::row(label, fates.iter().map(|f| (d.is)(f)), vague),
            }
        })
        .collect();
    answer.summary.push(plainly(study, claim, &fates, &rows[plainest]));
    if let Some(vague) = vague {
        answer.summary.push(shares::verdict(vague, &saying(says), &rows));
    }
    let mut forest = shares::forest(vague, rows);
    if list.iter().any(|d| d.within.is_some()) {
        forest.intro.push_str(
            " What is to happen within a time allows for pacts not watched so long when the casebook ends (Kaplan and Meier); the cases \
             counted are those already seen.",
        );
    }
    answer.sections.push(Section::Forest(forest));
    if says != Says::Renewed
        && let Some(sentence) = bunched(study.record.span, &fates)
    {
        answer.summary.push(sentence);
    }
    let survival =
        if says == Says::Renewed { survival_of_any(&fates) } else { survival_unviolated(&fates, by) };
    if let Some((curve, sentence)) = survival {
        answer.summary.push(sentence);
        answer.sections.push(Section::Curve(curve));
    }
    follow_up(study, claim, &fates, &mut citer, &mut answer);
    finish(answer, citer)
}

/// The ends of the pacts, and the pacts themselves.
pub(super) fn follow_up(
    study: &Study,
    claim: &Claim,
    fates: &[Fate],
    citer: &mut Citer,
    answer: &mut Answer,
) {
    let n = fates.len();
    if n >= FEW
        && let Some(incidence) = ends(fates, claim.by)
    {
        answer.sections.push(Section::Incidence(incidence));
    }
    if n <= DRAWN {
        answer.sections.push(Section::Strip(strip(study, fates)));
    }
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{}.", words::counted(n, "pact", "pacts")),
        columns: cases::columns(study, claim.by),
        rows: cases::rows(study, fates, citer),
        notes: vec![
            "A pact signed by a pair that was already in danger is likelier to be broken than a pact as such: see the question \
             whether such pacts were a bad omen."
                .to_owned(),
            format!("The count ends on {}: what was broken later counts as kept.", study.record.span.to.long()),
        ],
    }));
}

/// The claim as a question.
pub(super) fn asked(study: &Study, claim: &Claim) -> String {
    let what = cases::name(study, &claim.of);
    let period = if claim.of.window.is_none() { format!(", {}", span(study)) } else { String::new() };
    match (claim.says, claim.by) {
        (Says::Kept, Some(_)) => {
            format!("How often did {} keep {what}{period}?", whose(study, claim.by))
        }
        (Says::Broken, Some(_)) => {
            format!("How often did {} break {what}{period}?", whose(study, claim.by))
        }
        (Says::Lasted { years: None, .. }, _) => format!("How long did {what} last{period}?"),
        (says, _) => format!("How often were {what} {}{period}?", saying(says)),
    }
}

/// The plainest definition in a sentence.
fn plainly(study: &Study, claim: &Claim, fates: &[Fate], row: &ForestRow) -> String {
    let until = study.record.span.to.long();
    let whose = whose(study, claim.by);
    let of = claim.of.party.map_or(String::new(), |a| format!(" of {}", words::name(study, a)));
    let n = fates.len();
    match claim.says {
        Says::Broken | Says::Kept => {
            let kept = fates
                .iter()
                .filter(|f| !f.violated && !f.denounced && f.force_before_end().is_none())
                .count();
            let violated = fates.iter().filter(|f| f.violated).count();
            format!(
                "{violated} of {n} such pacts{of} {} broken by an act of {whose} by {until}; {kept} saw neither breach, \
                 denunciation nor force by {whose} while they lasted.",
                if violated == 1 { "was" } else { "were" }
            )
        }
        _ if row.of == 0 => "The casebook does not reach far enough to tell.".to_owned(),
        _ => {
            let known = if row.of < n as u64 { " of which that can be told" } else { "" };
            let were = if row.count == 1 { "was" } else { "were" };
            format!("{} of {} such pacts{of}{known} {were} {}.", row.count, row.of, row.label)
        }
    }
}

/// More cases than this make no picture that can be read.
const DRAWN: usize = 80;
/// Fewer cases than this make no curve of how pacts ended.
const FEW: usize = 8;

/// The three years into which most violations fall, where that is most of them.
fn bunched(span: Window, fates: &[Fate]) -> Option<String> {
    let years: Vec<i32> = fates.iter().filter(|f| f.violated).map(|f| f.end.year()).collect();
    let within = |from: i32| years.iter().filter(|y| (from..from + 3).contains(*y)).count();
    let from = years.iter().copied().max_by_key(|&from| (within(from), -from))?;
    let most = within(from);
    (years.len() > 3 && 3 * most >= 2 * years.len()).then(|| {
        let all = if most == years.len() {
            format!("All {most}")
        } else {
            format!("{most} of the {}", years.len())
        };
        format!("{all} violations fell in {from} to {}.", (from + 2).min(span.to.year()))
    })
}

/// A pact as a spell, in years from signing: ended by a violation (1), denunciation (2), an agreed or foreseen end (3), or
/// because a party ceased to exist or to count (4), or by the other side where one state is asked about (5); censored at the end
/// of the casebook.
pub(super) fn spell(number: u32, fate: &Fate, by: Option<Whose>) -> Spell {
    let outcome = match fate.pact.end_kind {
        PactEnd::Violated if fate.violated => 1,
        PactEnd::Denounced if fate.denounced => 2,
        PactEnd::Violated | PactEnd::Denounced if by.is_some() => 5,
        PactEnd::Violated | PactEnd::Denounced => 3,
        PactEnd::InForce | PactEnd::NeverInForce => 0,
        PactEnd::Lapsed => 4,
        PactEnd::Expired | PactEnd::Replaced => 3,
    };
    // A pact broken on the day it was signed lasted a day.
    Spell { outcome, ..Spell::simple(number, f64::from((fate.end.0 - fate.start.0).max(1)) / YEAR, true) }
}

/// Spells in which only some of the outcomes of [`spell`] count as the event.
pub(super) fn spells(fates: &[Fate], by: Option<Whose>, event: fn(u32) -> bool) -> Vec<Spell> {
    (0..)
        .zip(fates)
        .map(|(i, f)| {
            let s = spell(i, f, by);
            Spell { outcome: u32::from(event(s.outcome)), ..s }
        })
        .collect()
}

pub(super) fn drawn(title: &str, intro: &str, curve: &Survival, spells: &[Spell]) -> Curve {
    Curve {
        title: title.to_owned(),
        intro: intro.to_owned(),
        points: curve.steps.iter().map(CurvePoint::from).collect(),
        at_risk: [0.0, 1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|t| (t, spells.iter().filter(|s| s.exit > t).count() as u64))
            .collect(),
        last: curve.last,
    }
}

/// How long pacts lasted until any end, and a sentence about it.
pub(super) fn survival_of_any(fates: &[Fate]) -> Option<(Curve, String)> {
    let spells = spells(fates, None, |outcome| outcome > 0);
    let curve = kaplan_meier(&spells, Interval::LogLog, LEVEL).ok()?;
    if curve.steps.is_empty() {
        return None;
    }
    let running = fates.iter().filter(|f| f.pact.end.is_none()).count();
    let sentence = match (curve.quantile(0.5), curve.quantile_interval(0.5)) {
        (Some(median), (low, high)) => {
            let end = |x: Option<f64>| x.map_or("beyond the casebook".to_owned(), |x| format!("{x:.1}"));
            format!(
                "Half of them had ended {median:.1} years after signing (90 % interval {} to {}), allowing for {running} still in \
                 force at the end of the casebook.",
                end(low),
                end(high)
            )
        }
        (None, _) => {
            format!("More than half lasted as long as they can be followed; {running} were still in force.")
        }
    };
    let intro = "Share of pacts in force, by years since signing (Kaplan and Meier). A pact in force when the casebook ends \
                 leaves the count then (censoring).";
    Some((drawn("How long pacts lasted", intro, &curve, &spells), sentence))
}

/// The survival of pacts against violation, every other end taken out of risk, and a sentence about it.
pub(super) fn survival_unviolated(fates: &[Fate], by: Option<Whose>) -> Option<(Curve, String)> {
    let spells = spells(fates, by, |outcome| outcome == 1);
    let curve = kaplan_meier(&spells, Interval::LogLog, LEVEL).ok()?;
    let broken = curve.steps.iter().map(|s| s.events).sum::<usize>() as u64;
    if broken == 0 {
        return None;
    }
    let years: f64 = spells.iter().map(|s| s.exit).sum();
    let rate = rate_interval(broken, years, LEVEL);
    let hundred = |x: f64| 100.0 * x;
    let mut sentence = format!(
        "In {years:.0} years of pacts in force {broken} were violated: {:.1} for every 100 years of a pact (90 % interval {:.1} to \
         {:.1})",
        hundred(broken as f64 / years),
        hundred(rate.0),
        hundred(rate.1)
    );
    // Only where pacts were watched that long, and some were left.
    if let Some(step) = curve.at(5.0).filter(|s| curve.last >= 5.0 && s.lower.is_finite()) {
        sentence.push_str(&format!(
            "; five years after signing {:.0} in 100 had not been violated (90 % interval {:.0} to {:.0})",
            hundred(step.survival),
            hundred(step.lower),
            hundred(step.upper)
        ));
    }
    sentence.push('.');
    let intro = "Share of pacts not violated, by years since signing (Kaplan and Meier). A pact that ended otherwise, or was in \
                 force when the casebook ends, counts as unviolated up to then and leaves the count (censoring).";
    Some((drawn("How long pacts went unviolated", intro, &curve, &spells), sentence))
}

/// Shares of pacts that had come to each kind of end.
fn ends(fates: &[Fate], by: Option<Whose>) -> Option<Incidence> {
    let spells: Vec<Spell> = (0..).zip(fates).map(|(i, f)| spell(i, f, by)).collect();
    let incidence = cumulative_incidence(&spells).ok()?;
    let years = [1.0, 2.0, 5.0, 10.0];
    let last = spells.iter().map(|s| s.exit).fold(0.0, f64::max);
    let names = [
        "violated",
        "denounced",
        "replaced or run out",
        "lapsed: a party gone, or without effect",
        "broken or denounced by the other side",
    ];
    let causes = names
        .iter()
        .take(if by.is_some() { 5 } else { 4 })
        .enumerate()
        .map(|(cause, name)| {
            let of = |values: &[f64]| values.get(cause).copied().unwrap_or(0.0);
            Cause {
                label: (*name).to_owned(),
                steps: incidence.steps.iter().map(|s| (s.time, of(&s.share))).collect(),
                at_years: years
                    .iter()
                    .map(|&year| {
                        let step = incidence.at(year);
                        let (share, se) = step.map_or((0.0, 0.0), |s| (of(&s.share), of(&s.se)));
                        let end = |z: f64| (share + z * se).clamp(0.0, 1.0);
                        (year <= last).then(|| (share, end(-1.645), end(1.645)))
                    })
                    .collect(),
            }
        })
        .collect();
    Some(Incidence {
        rest: "years since the beginning; the rest had not ended".to_owned(),
        title: "How pacts ended".to_owned(),
        intro: "Of 100 pacts, how many had come to each end so many years after signing, all ends in play (Aalen and \
                Johansen), with 90 % intervals."
            .to_owned(),
        years: years.to_vec(),
        causes,
        last,
    })
}

/// Each pact as a line from its signature to its end.
fn strip(study: &Study, fates: &[Fate]) -> Strip {
    let year = |day: i32| 1900.0 + f64::from(day) / YEAR;
    Strip {
        title: "Case by case".to_owned(),
        intro: "Each pact from its signature to its end.".to_owned(),
        mark: "force between the parties".to_owned(),
        cases: fates
            .iter()
            .map(|f| StripCase {
                label: words::capital(&words::names(study, &f.pact.parties)),
                from: year(f.start.0),
                to: year(f.end.0),
                ended: f.pact.end_kind.label().to_owned(),
                mark: f.force_before_end().map(|e| year(e.when.reading().0)),
            })
            .collect(),
    }
}
