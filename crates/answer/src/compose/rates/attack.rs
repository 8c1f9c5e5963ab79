//! Whether pacts were broken right before an attack.

use jonbar_question::{Cases, Claim, Reading, Whose};
use jonbar_record::PactEnd;

use super::cases::{self, Fate};
use crate::answer::{Answer, Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    // What is said to be broken by a state is its own pact.
    let party = claim.of.party.or(match claim.by {
        Some(Whose::Actor(a)) => Some(a),
        _ => None,
    });
    let by = claim.by.or(party.map(Whose::Actor));
    let fates = cases::fates(study, &Cases { party, ..claim.of.clone() }, by);
    let mut citer = Citer::new(study.record);
    let who = cases::whose(study, by);
    let mut answer = blank(
        reading,
        "base rate",
        format!("How often did {who} break a pact right before an attack or occupation?"),
    );
    if fates.is_empty() {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    // One attack on a partner with two pacts counts once.
    let mut own: Vec<&Fate> = Vec::new();
    for f in fates.iter().filter(|f| f.attack().is_some()) {
        let known = |o: &&Fate| {
            o.attack().map(|e| &e.id) == f.attack().map(|e| &e.id) && o.pact.parties == f.pact.parties
        };
        if !own.iter().any(known) {
            own.push(f);
        }
    }
    let gap = |f: &Fate| {
        let (end, attack) = f.pact.end.as_ref().zip(f.attack())?;
        Some(attack.when.reading().0 - end.reading().0)
    };
    // Were a denunciation to fall on any day of a pact's life with the same chance, some would fall into the last 90 days
    // before the attack by chance alone.
    let by_chance: f64 = own
        .iter()
        .filter(|f| f.pact.end_kind == PactEnd::Denounced)
        .filter_map(|f| {
            let life = f.attack()?.when.reading().0 - f.pact.signed.reading().0;
            Some((90.0 / f64::from(life.max(1))).min(1.0))
        })
        .sum();
    let denounced: Vec<String> = own
        .iter()
        .filter(|f| f.pact.end_kind == PactEnd::Denounced)
        .filter_map(|f| {
            let days = gap(f).filter(|g| (0..=90).contains(g))?;
            let plural = if days == 1 { "day" } else { "days" };
            Some(format!("{}: {days} {plural} before", words::names(study, &f.pact.parties)))
        })
        .collect();
    let partners: Vec<String> = own
        .iter()
        .map(|f| match party {
            Some(a) => {
                words::names(study, &f.pact.parties.iter().copied().filter(|p| *p != a).collect::<Vec<_>>())
            }
            None => words::names(study, &f.pact.parties),
        })
        .collect();
    answer.summary.push(format!(
        "Of {} such pacts {} ended in an attack or occupation by {who}: {}.",
        fates.len(),
        own.len(),
        if partners.is_empty() { "none".to_owned() } else { partners.join("; ") }
    ));
    answer.summary.push(match &denounced[..] {
        [] if own.is_empty() => "So none was broken right before one.".to_owned(),
        [] => "In none of them was the pact denounced in the 90 days before; it was in force, replaced, or denounced earlier."
            .to_owned(),
        cases => format!(
            "The pact was denounced right before (within 90 days) in {} of those {} ({}); in the others it was still in force, \
             replaced, or denounced earlier.",
            cases.len(),
            own.len(),
            cases.join("; ")
        ),
    });
    if !denounced.is_empty() {
        let n = denounced.len();
        answer.summary.push(format!(
            "Were denunciations spread evenly over the lives of those pacts, {by_chance:.2} would have fallen into those 90 days{}.",
            if n < 3 { "; but so few cases show no rule" } else { "" }
        ));
    }
    let rows = own
        .iter()
        .filter_map(|f| {
            let attack = f.attack()?;
            let end = f.pact.end.as_ref();
            Some(vec![
                Datum::Text(words::names(study, &f.pact.parties)),
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(f.pact.end_kind.label().to_owned()),
                end.map_or(Datum::None, |e| Datum::Text(e.text.clone())),
                Datum::Text(attack.when.text.clone()),
                gap(f).map_or(Datum::NotApplicable, |g| Datum::Number(f64::from(g), 0)),
                Datum::Text(attack.summary.clone()),
            ])
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "End of the pact and attack".to_owned(),
        intro: "Days from the end of the pact to the attack; zero or less when it was still in force."
            .to_owned(),
        columns: ["parties", "signed", "how it ended", "end", "attack", "days", "what"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }));
    answer.sections.push(Section::Table(Table {
        title: "All the pacts counted".to_owned(),
        intro: format!("{}.", words::counted(fates.len(), "pact", "pacts")),
        columns: cases::columns(study, by),
        rows: cases::rows(study, &fates, &mut citer),
        notes: Vec::new(),
    }));
    finish(answer, citer)
}
