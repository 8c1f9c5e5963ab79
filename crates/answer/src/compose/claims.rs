//! All claims of one claimant side by side.

use jonbar_question::Reading;
use jonbar_record::{ActorId, EventKind, TerritoryId};

use super::cite::Citer;
use super::study::Study;
use super::{YEAR, blank, finish, words};
use crate::answer::{Answer, Datum, RecordList, Section, Table};

/// All claims of one state side by side: `jonbar compare --claims-of`.
pub fn compare_claims(study: &Study, claimant: ActorId) -> Answer {
    let reading = Reading {
        text: format!("Compare the claims of {}", words::name(study, claimant)),
        form: jonbar_question::Form::Comparison {
            claimant,
            territory: None,
            focus: jonbar_question::Focus::default(),
        },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    answer(study, &reading, claimant, None)
}

/// Why this claim of all: which losses were settled by treaty, by whom held, when stated, when pressed.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    claimant: ActorId,
    territory: Option<TerritoryId>,
) -> Answer {
    let record = study.record;
    let mut citer = Citer::new(record);
    let name = words::name(study, claimant);
    let asked = territory.map(|t| record.territories[t.0].name.clone());
    let mut answer = blank(
        reading,
        "comparison",
        match &asked {
            Some(land) => format!("Why {land}, of all the claims of {name}?"),
            None => format!("How do the claims of {name} compare?"),
        },
    );
    // "Lost lands" are former territories; without that word every claim counts.
    let lost_only = reading.text.to_lowercase().contains("lost");
    let mut claims: Vec<&jonbar_record::Claim> = record
        .claims
        .iter()
        .filter(|c| c.claimant == claimant)
        .filter(|c| {
            // A lost land is one that was the claimant's and that another state of the casebook held.
            let lost = c.basis == "former_territory" && other_holder(study, c).is_some();
            !lost_only || lost || Some(c.territory) == territory
        })
        .collect();
    claims.sort_by_key(|c| {
        (Some(c.territory) != territory, c.settled.is_some(), std::cmp::Reverse(asserted_days(study, c)))
    });
    let unsettled: Vec<&&jonbar_record::Claim> = claims.iter().filter(|c| c.settled.is_none()).collect();
    if let Some(t) = territory
        && let Some(this) = claims.iter().find(|c| c.territory == t)
    {
        let years = asserted_days(study, this) as f64 / YEAR;
        let most = claims.iter().all(|c| asserted_days(study, c) <= asserted_days(study, this));
        let land = &record.territories[t.0].name;
        answer.summary.push(match (&this.settled, unsettled.len()) {
            (None, 1) => format!(
                "{land} is the only one of these {} losses that {name} never gave up by treaty.",
                claims.len()
            ),
            (None, n) => format!(
                "{land} is one of {n} among these {} claims that {name} never gave up by treaty.",
                claims.len()
            ),
            (Some(when), _) => {
                format!("{name} gave up {land} by treaty on {} ({}).", when.long(), this.settled_by)
            }
        });
        answer.summary.push(format!(
            "It was stated openly for {years:.0} of the {} years of the casebook{}.",
            record.span.to.year() - record.span.from.year(),
            if most { ", longer than any other" } else { "" }
        ));
    }
    let rows = claims.iter().map(|c| row(study, c)).collect();
    answer.sections.push(Section::Table(Table {
        title: format!("Claims of {name}"),
        intro: "Settled means that the claimant accepted the loss in a treaty. Openness is counted in years in which the government stated the claim.".to_owned(),
        columns: ["territory", "holder then", "settled by treaty", "years stated openly", "weight", "demands"]
            .map(str::to_owned)
            .into_iter()
            .chain([format!("outcome by {}", record.span.to.year())])
            .collect(),
        rows,
        notes: Vec::new(),
    }));
    if let Some(t) = territory {
        let entries: Vec<_> = record
            .events
            .iter()
            .filter(|e| {
                e.territories.contains(&t)
                    && e.parties().any(|p| p == claimant)
                    && matches!(
                        e.kind,
                        EventKind::ClaimAsserted
                            | EventKind::ClaimRenounced
                            | EventKind::TerritorialDemand
                            | EventKind::Statement
                            | EventKind::Motive
                            | EventKind::TerritoryCeded
                    )
            })
            .map(|e| citer.entry(e))
            .collect();
        answer.sections.push(Section::Record(RecordList {
            title: format!("How the claim to {} was handled", asked.unwrap_or_default()),
            intro: format!("{} entries.", entries.len()),
            entries,
        }));
    }
    finish(answer, citer)
}

/// Who held the land while the claim was live: the holder for most of the years in which the claimant did not.
fn other_holder(study: &Study, claim: &jonbar_record::Claim) -> Option<ActorId> {
    let record = study.record;
    let mut years: std::collections::BTreeMap<ActorId, u32> = std::collections::BTreeMap::new();
    std::iter::successors(Some(claim.live.from.max(record.span.from)), |d| Some(d.plus(183)))
        .take_while(|d| *d <= record.span.to)
        .filter_map(|d| record.holder(claim.territory, d).filter(|h| *h != claim.claimant))
        .for_each(|h| *years.entry(h).or_default() += 1);
    years.into_iter().max_by_key(|(_, n)| *n).map(|(h, _)| h)
}

fn asserted_days(study: &Study, claim: &jonbar_record::Claim) -> i32 {
    let span = study.record.span;
    claim.asserted.iter().map(|w| (w.to.0.min(span.to.0) - w.from.0.max(span.from.0)).max(0)).sum()
}

fn row(study: &Study, claim: &jonbar_record::Claim) -> Vec<Datum> {
    let record = study.record;
    let demands = record
        .events
        .iter()
        .filter(|e| {
            e.kind == EventKind::TerritorialDemand
                && e.actors.contains(&claim.claimant)
                && e.territories.contains(&claim.territory)
        })
        .count();
    let holder = other_holder(study, claim);
    let end = record.holder(claim.territory, record.span.to);
    vec![
        Datum::Text(record.territories[claim.territory.0].name.clone()),
        holder.map_or(Datum::None, |h| Datum::Text(words::name(study, h))),
        match &claim.settled {
            Some(when) => Datum::Text(format!("{} {}", when.text, claim.settled_by)),
            None => Datum::Flag(false),
        },
        Datum::Number(f64::from(asserted_days(study, claim)) / YEAR, 0),
        Datum::Text(["", "low", "medium", "high"][usize::from(claim.salience)].to_owned()),
        Datum::Count(demands as u64),
        match end {
            Some(h) if h == claim.claimant => Datum::Text("taken".to_owned()),
            Some(h) => Datum::Text(format!("held by {}", words::names(study, &[h]))),
            None => Datum::Unknown,
        },
    ]
}
