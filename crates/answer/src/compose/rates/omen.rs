//! Whether pacts went with danger, and whether they brought it.

mod attacked;
mod matching;

use std::collections::BTreeMap;

use jonbar_model::{Cell, Kind, SLOTS, TermSpec};
use jonbar_question::{Cases, Claim, Reading};
use jonbar_record::{Pact, PactType};
use jonbar_survival::{RateRatio, rate_ratio};

use super::cases;
use super::{LEVEL, YEAR};
use crate::answer::{Answer, Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// For each dyad: when one of these bilateral pacts was in force or had ended within a year, in days.
fn lives(study: &Study, pacts: &[&Pact]) -> BTreeMap<(usize, usize), Vec<(f64, f64)>> {
    let mut lives: BTreeMap<(usize, usize), Vec<(f64, f64)>> = BTreeMap::new();
    let last = f64::from(study.record.span.to.0) + 1.0;
    for p in pacts {
        let [a, b] = p.parties[..] else { continue };
        let from = f64::from(p.signed.reading().0);
        let to = p.end.as_ref().map_or(last, |e| f64::from(e.reading().0) + 366.0).min(last);
        lives.entry((a.0.min(b.0), a.0.max(b.0))).or_default().push((from, to));
    }
    // Overlapping pacts of one pair are one stretch.
    for spans in lives.values_mut() {
        spans.sort_by(|x, y| x.0.total_cmp(&y.0));
        let mut merged: Vec<(f64, f64)> = Vec::new();
        for &(from, to) in spans.iter() {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        *spans = merged;
    }
    lives
}

/// Rates of force and war in dyad-years with and without a pact, raw and adjusted.
pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let wanted = claim.of.pact.unwrap_or(PactType::Nonaggression);
    let of = Cases { pact: Some(wanted), many: false, ..claim.of.clone() };
    let pacts = cases::pacts(study, &of);
    let help = matches!(wanted, PactType::Defence | PactType::Guarantee);
    let label = words::with_article(wanted.label());
    let asked = if help {
        format!(
            "Were states with {label} attacked less often, and pairs bound by one likelier to fight than others?"
        )
    } else {
        format!("Were pairs bound by {label} likelier to fight than others, and is that the pact's doing?")
    };
    let mut answer = blank(reading, "base rate", asked);
    if pacts.is_empty() {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    let term = match Study::pact_kind(wanted) {
        Some(Kind::DefencePact) => "alliance_in_force",
        Some(Kind::ConsultationPact) => "consultation_in_force",
        _ => "nonaggression_in_force",
    };
    let covered = lives(study, &pacts);
    let covers = |a: usize, b: usize, from: f64, to: f64| -> f64 {
        let spans = covered.get(&(a.min(b), a.max(b)));
        spans.map_or(0.0, |spans| spans.iter().map(|(s, e)| (e.min(to) - s.max(from)).max(0.0)).sum())
    };
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (kind, kinds) in [
        (Kind::ArmedDispute, &[Kind::ArmedDispute][..]),
        (Kind::WarBegun, &[Kind::WarBegun, Kind::WarJoined]),
    ] {
        let mut exposure = [0.0_f64; 2];
        let mut events = [0_usize; 2];
        for (index, list) in study.panel.segments.iter().enumerate() {
            let Cell::Dyad(a, b) = study.panel.cells.at(index) else { continue };
            for (i, s) in list.iter().enumerate() {
                let end = list.get(i + 1).map_or(study.panel.window.1, |n| n.start);
                let at_risk =
                    SLOTS.iter().enumerate().any(|(b, slot)| slot.kind == kind && s.value.risk >> b & 1 == 1);
                if at_risk {
                    let with = covers(a, b, s.start, end);
                    exposure[1] += with / YEAR;
                    exposure[0] += (end - s.start - with) / YEAR;
                }
            }
        }
        for item in &study.timeline.items {
            if let Some((_, a, b)) = item.unit.filter(|(k, ..)| kinds.contains(k)) {
                events[usize::from(covers(a, b, item.time, item.time + 0.5) > 0.0)] += 1;
            }
        }
        let rate = |i: usize| events[i] as f64 / exposure[i].max(1e-9) * 1000.0;
        let side = |i: usize| (events[i] as u64, exposure[i].max(1e-9));
        let ratio = rate_ratio(side(1), side(0), LEVEL);
        let coefficient = study.fit.coefficients(&study.spec, kind).into_iter().find(|c| c.name == term);
        let adjusted = coefficient
            .map(|c| (libm::exp(c.mode), libm::exp(c.mode - 1.645 * c.sd), libm::exp(c.mode + 1.645 * c.sd)));
        rows.push(vec![
            Datum::Text(kind.label().to_owned()),
            Datum::Count(events[1] as u64),
            Datum::Number(exposure[1], 0),
            Datum::Number(rate(1), 1),
            Datum::Count(events[0] as u64),
            Datum::Number(exposure[0], 0),
            Datum::Number(rate(0), 1),
            if ratio.ratio.is_finite() { Datum::Number(ratio.ratio, 1) } else { Datum::NotApplicable },
            Datum::Text(format!("{:.1} to {:.1}", ratio.lower, ratio.upper)),
            adjusted.map_or(Datum::None, |(factor, ..)| Datum::Number(factor, 2)),
            adjusted.map_or(Datum::None, |(_, low, high)| Datum::Text(format!("{low:.2} to {high:.2}"))),
        ]);
        lines.push((kind, ratio, adjusted, events[1]));
    }
    let (mut strongest, mut shown) = (1.0_f64, false);
    for (kind, ratio, adjusted, n) in lines {
        let held_equal = match adjusted {
            Some((factor, low, high)) => format!(
                "with claims, past force, borders, power and period held equal the fitted factor of a pact in force is \
                 {factor:.1} (90 % interval {low:.1} to {high:.1})"
            ),
            None => "the model has no effect of such a pact on this".to_owned(),
        };
        let what = if kind == Kind::WarBegun { "war begun or joined" } else { kind.label() };
        let raw = if ratio.ratio.is_finite() && ratio.upper.is_finite() {
            format!(
                "had {:.1} times the raw rate of all other pairs (90 % interval {:.1} to {:.1}; {n} cases with a pact)",
                ratio.ratio, ratio.lower, ratio.upper
            )
        } else {
            format!("had {n} cases, and too few happened to compare")
        };
        answer.summary.push(format!(
            "{}: pairs with a pact, or within a year of its end, {raw}; {held_equal}.",
            words::capital(what)
        ));
        shown |= ratio.lower > 1.0;
        strongest = strongest.max(e_value(ratio));
    }
    let like_with_like = matching::matched(study, &pacts);
    if let Some((_, sentence)) = &like_with_like {
        answer.summary.push(sentence.clone());
    }
    if strongest > 1.0 {
        let known = strongest_known(study);
        answer.summary.push(format!(
            "A hidden cause could explain the raw ratios away if it made both a pact and fighting {strongest:.1} times as likely \
             (E-value of the lower ends){}.",
            known.map_or(String::new(), |(gloss, factor)| format!(
                "; the strongest circumstance that the model knows of ({gloss}) makes fighting {factor:.1} times as likely"
            ))
        ));
    }
    answer.summary.push(
        if shown {
            "So pairs with a pact did fight more than others; that the pact brought it is not shown, since what made them sign \
             (a border, a claim, an old quarrel) makes pairs fight as well."
        } else {
            "That pairs with a pact fought more than others is not shown."
        }
        .to_owned(),
    );
    answer.sections.push(Section::Table(Table {
        title: "With and without a pact".to_owned(),
        intro: "Events per 1,000 dyad-years (a dyad-year is one pair of states for one year). The adjusted factor is the fitted effect of a pact in force in the model of that kind.".to_owned(),
        columns: [
            "", "events with", "dyad-years", "rate with", "events without", "dyad-years", "rate without", "ratio", "90 %", "adjusted", "90 %",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        notes: vec![
            "All pairs of the casebook are compared, most of which have nothing to do with each other; the raw ratio says little by itself.".to_owned(),
            "The fitted factor begins from a cautious expectation that a pact restrains a little (see `jonbar fit`); so few cases move it little.".to_owned(),
        ],
    }));
    if let Some((table, _)) = like_with_like {
        answer.sections.push(Section::Table(table));
    }
    let mut citer = Citer::new(study.record);
    // Pacts of help are meant against others than the partner.
    if help && let Some((sentence, section)) = attacked::attacked(study, &of, &mut citer) {
        answer.summary.insert(0, sentence);
        answer.sections.push(section);
    }
    let fates = cases::fates(study, &of, None);
    answer.sections.push(Section::Table(Table {
        title: "The pacts".to_owned(),
        intro: format!("{}.", words::counted(fates.len(), "pact", "pacts")),
        columns: cases::columns(study, None),
        rows: cases::rows(study, &fates, &mut citer),
        notes: Vec::new(),
    }));
    finish(answer, citer)
}

/// How strong a hidden cause would have to be, on both sides, to make the lower end of a ratio of nothing (VanderWeele and
/// Ding 2017, Annals of Internal Medicine 167: 268-274).
fn e_value(ratio: RateRatio) -> f64 {
    let low = ratio.lower;
    if low.is_finite() && low > 1.0 { low + (low * (low - 1.0)).sqrt() } else { 1.0 }
}

/// The circumstance between two states that raises the rate of force or war most in the fitted model.
fn strongest_known(study: &Study) -> Option<(&'static str, f64)> {
    [Kind::ArmedDispute, Kind::WarBegun]
        .into_iter()
        .flat_map(|kind| study.fit.coefficients(&study.spec, kind))
        .filter(|c| TermSpec::is_of_the_pair(&c.name) || c.name.starts_with("claim"))
        .map(|c| (TermSpec::gloss(&c.name), libm::exp(c.mode)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}
