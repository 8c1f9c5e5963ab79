//! How often pacts were broken.

use jonbar_question::Reading;
use jonbar_record::{ActorId, Pact, PactEnd};
use jonbar_survival::{Interval, Spell, cumulative_incidence, kaplan_meier, rate_interval, share_interval};

use super::vague::Vague;
use super::{Asked, Fate, LEVEL, YEAR, case_columns, case_rows, cases, fate, plural, span};
use crate::answer::{
    Answer, Cause, Curve, CurvePoint, Forest, ForestRow, Incidence, Section, Strip, StripCase, Table,
};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) type Definition = (&'static str, fn(&Fate) -> bool);

/// What "broken" can mean; `{}` stands for whose acts count.
pub(super) const DEFINITIONS: [Definition; 7] = [
    ("violated{}: broken by an act against the other party", |f| f.violated),
    ("denounced{}", |f| f.denounced),
    ("violated or denounced{}", |f| f.violated || f.denounced),
    ("violated, or force used{} before the end", |f| f.violated || f.force_before_end.is_some()),
    ("force used{} within five years of signing", |f| f.force_in_five_years.is_some()),
    ("war begun or joined{} before the end or within a year of it", |f| f.war_before_or_soon.is_some()),
    ("any of these{}", |f| {
        f.violated
            || f.denounced
            || f.force_before_end.is_some()
            || f.force_in_five_years.is_some()
            || f.war_before_or_soon.is_some()
    }),
];

pub(super) fn answer(study: &Study, reading: &Reading, asked: &Asked) -> Answer {
    let by = asked.by;
    let pacts = cases(study, asked.pact, asked.party, asked.signed);
    let fates: Vec<Fate> = pacts.iter().map(|p| fate(study, p, by)).collect();
    let n = fates.len();
    let mut citer = Citer::new(study.record);
    let what = plural(asked.pact);
    let whose = by.map_or("a party".to_owned(), |a| words::name(study, a));
    let of = asked.party.map_or(String::new(), |a| format!(" of {}", words::name(study, a)));
    let when = match asked.signed {
        Some(w) => format!("signed from {} to {}", w.from.long(), w.to.long()),
        None => format!("of {}", span(study)),
    };
    let verb = if asked.kept { "kept" } else { "broken" };
    let mut answer = blank(
        reading,
        "base rate",
        match by {
            None => format!("How often were the bilateral {what}{of} {when} {verb}?"),
            Some(_) if asked.kept => format!("How often did {whose} keep its bilateral {what} {when}?"),
            Some(_) => format!("How often did {whose} break its bilateral {what} {when}?"),
        },
    );
    if n == 0 {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let claimed = Vague::of(&reading.text);
    let vague = claimed.unwrap_or_else(Vague::usual);
    let named = by.map_or(String::new(), |_| format!(" by {whose}"));
    let rows: Vec<ForestRow> = DEFINITIONS
        .iter()
        .map(|(label, is)| {
            let broken = fates.iter().filter(|f| is(f)).count();
            let (k, label) =
                if asked.kept { (n - broken, format!("not {label}")) } else { (broken, (*label).to_owned()) };
            let share = k as f64 / n as f64;
            ForestRow {
                label: label.replace("{}", &named),
                count: k as u64,
                of: n as u64,
                share,
                interval: share_interval(k as u64, n as u64, LEVEL),
                holds: vague.covers(share),
            }
        })
        .collect();
    let kept = fates.iter().filter(|f| !f.violated && !f.denounced && f.force_before_end.is_none()).count();
    let violated = fates.iter().filter(|f| f.violated).count();
    let until = study.record.span.to.long();
    answer.summary.push(format!(
        "{violated} of {n} such pacts{of} were broken by an act of {whose} by {until}; {kept} saw neither breach, denunciation \
         nor force by {whose} while they lasted."
    ));
    // "Denounced" is one definition among those tried, not a question of which is meant.
    let words = reading.text.to_lowercase();
    if words.contains("denounc") && !words.contains("brok") && !words.contains("violat") && by.is_none() {
        let row = &rows[1];
        let verdict = if row.holds { "true" } else { "false" };
        answer.summary.push(format!(
            "{} of {n} were denounced{}: read as \"{}\", \"{} denounced\" is {verdict}.",
            row.count,
            if asked.kept { " not" } else { "" },
            vague.meaning,
            vague.word
        ));
    }
    let yes: Vec<String> = rows.iter().filter(|r| r.holds).map(|r| format!("\"{}\"", r.label)).collect();
    let (word, meaning) = (vague.word, vague.meaning);
    let verdict = if yes.is_empty() {
        format!("Read as \"{meaning}\", \"{word} {verb}\" is true under no definition tried.")
    } else if yes.len() == rows.len() {
        format!("Read as \"{meaning}\", \"{word} {verb}\" is true under every definition tried.")
    } else {
        format!(
            "Read as \"{meaning}\", \"{word} {verb}\" depends on the definition: it is true of {}, and false of the other{}.",
            yes.join(" and of "),
            if rows.len() - yes.len() == 1 { "" } else { "s" }
        )
    };
    if claimed.is_some() {
        answer.summary.push(verdict);
    }
    answer.sections.push(Section::Forest(Forest {
        title: "Under each definition".to_owned(),
        intro: format!("\"{}\" is read here as {meaning}. Intervals are 90 %.", words::capital(word)),
        word: word.to_owned(),
        line: vague.line(),
        rows,
    }));
    if let Some(sentence) = bunched(study, &fates) {
        answer.summary.push(sentence);
    }
    if let Some((curve, sentence)) = survival(study, &pacts, by) {
        answer.summary.push(sentence);
        answer.sections.push(Section::Curve(curve));
    }
    if n >= FEW
        && let Some(incidence) = ends(study, &pacts, by)
    {
        answer.sections.push(Section::Incidence(incidence));
    }
    if n <= DRAWN {
        answer.sections.push(Section::Strip(strip(study, &fates)));
    }
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{n} bilateral pacts."),
        columns: case_columns(study, by),
        rows: case_rows(study, &fates, &mut citer),
        notes: vec![
            "A pact signed by a pair that was already in danger is likelier to be broken than a pact as such: see the question whether such pacts were a bad omen.".to_owned(),
            format!("The count ends on {until}: what was broken later counts as kept."),
        ],
    }));
    finish(answer, citer)
}

/// More cases than this make no picture that can be read.
const DRAWN: usize = 80;
/// Fewer cases than this make no curve of how pacts ended.
const FEW: usize = 8;

/// The three years into which most violations fall, where that is most of them.
fn bunched(study: &Study, fates: &[Fate]) -> Option<String> {
    let years: Vec<i32> = fates
        .iter()
        .filter(|f| f.violated)
        .filter_map(|f| Some(f.pact.end.as_ref()?.reading().year()))
        .collect();
    let within = |from: i32| years.iter().filter(|y| (from..from + 3).contains(*y)).count();
    let from = years.iter().copied().max_by_key(|&from| (within(from), -from))?;
    let most = within(from);
    (years.len() > 3 && 3 * most >= 2 * years.len()).then(|| {
        format!(
            "{most} of the {} violations fell in {from} to {}.",
            years.len(),
            (from + 2).min(study.record.span.to.year())
        )
    })
}

/// A pact as a spell, in years from signing: ended by a violation (1), denunciation (2), an agreed or foreseen end (3), or
/// because a party ceased to exist or to count (4), or by the other side where one state is asked about (5); censored at the end
/// of the casebook.
fn spell(study: &Study, number: u32, pact: &Pact, by: Option<ActorId>) -> Spell {
    let from = f64::from(pact.signed.reading().0);
    let last = f64::from(study.record.span.to.0);
    let end = pact.end.as_ref().map_or(last, |e| f64::from(e.reading().0).min(last));
    let ours = by.is_none_or(|a| pact.ended_by.contains(&a));
    let outcome = match pact.end_kind {
        PactEnd::Violated | PactEnd::Denounced if !ours => 5,
        PactEnd::Violated => 1,
        PactEnd::Denounced => 2,
        PactEnd::InForce | PactEnd::NeverInForce => 0,
        PactEnd::Lapsed => 4,
        _ => 3,
    };
    // A pact broken on the day it was signed lasted a day.
    Spell { outcome, ..Spell::simple(number, (end - from).max(1.0) / YEAR, true) }
}

/// The survival of pacts against violation, every other end taken out of risk, and a sentence about it.
fn survival(study: &Study, pacts: &[&Pact], by: Option<ActorId>) -> Option<(Curve, String)> {
    let spells: Vec<Spell> = (0..)
        .zip(pacts)
        .map(|(i, p)| {
            let s = spell(study, i, p, by);
            Spell { outcome: u32::from(s.outcome == 1), ..s }
        })
        .collect();
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
    let points = curve
        .steps
        .iter()
        .map(|s| CurvePoint {
            time: s.time,
            at_risk: s.at_risk as u64,
            survival: s.survival,
            interval: (s.lower.is_finite() && s.upper.is_finite()).then_some((s.lower, s.upper)),
        })
        .collect();
    let at_risk = [0.0, 1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|t| (t, spells.iter().filter(|s| s.exit > t).count() as u64))
        .collect();
    let curve = Curve {
        title: "How long pacts went unviolated".to_owned(),
        intro: "Share of pacts not violated, by years since signing (Kaplan and Meier). A pact that ended otherwise, or was in \
                force when the casebook ends, counts as unviolated up to then and leaves the count (censoring)."
            .to_owned(),
        points,
        at_risk,
        last: curve.last,
    };
    Some((curve, sentence))
}

/// Shares of pacts that had come to each kind of end.
fn ends(study: &Study, pacts: &[&Pact], by: Option<ActorId>) -> Option<Incidence> {
    let spells: Vec<Spell> = (0..).zip(pacts).map(|(i, p)| spell(study, i, p, by)).collect();
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
    let last = study.record.span.to.0;
    Strip {
        title: "Case by case".to_owned(),
        intro: "Each pact from its signature to its end.".to_owned(),
        mark: "force between the parties".to_owned(),
        cases: fates
            .iter()
            .map(|f| StripCase {
                label: words::capital(&words::names(study, &f.pact.parties)),
                from: year(f.pact.signed.reading().0),
                to: year(f.pact.end.as_ref().map_or(last, |e| e.reading().0.min(last))),
                ended: f.pact.end_kind.label().to_owned(),
                mark: f.force_before_end.map(|e| year(e.when.reading().0)),
            })
            .collect(),
    }
}
