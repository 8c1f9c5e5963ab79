//! The record beside the alternatives: what still happens, and comparable cases.

use super::*;

/// Recorded entries listed at most.
pub(super) const RECORD_MAX: usize = 40;

/// Recorded entries between the parties from a few years before the divergence, with the share of runs in which
/// each still happens.
pub(super) fn record_section(
    study: &Study,
    whatif: &WhatIf,
    moment: &Divergence,
    ensemble: &Ensemble,
    engine: &Engine,
    citer: &mut Citer,
) -> Section {
    let record = study.record;
    let involved: Vec<ActorId> = parties(study, &whatif.actions).into_iter().map(ActorId).collect();
    let mut removed: BTreeMap<usize, u32> = BTreeMap::new();
    for t in &ensemble.trajectories {
        for d in &t.differences {
            if let What::Removed { item } | What::Answered { item, .. } = d.what
                && let ItemSource::Event(e) = engine.timeline.items[item].source
                && engine.timeline.items_of(e).next() == Some(item)
            {
                *removed.entry(e).or_default() += 1;
            }
        }
    }
    let from = whatif.day.plus_years(-3);
    let mut chosen: Vec<usize> = (0..record.events.len())
        .filter(|&i| {
            let e = &record.events[i];
            let between = involved.len() >= 2
                && involved.iter().filter(|a| e.parties().any(|p| p == **a)).count() >= 2
                && e.when.reading() >= from;
            moment.documented.contains(&EventId(i)) || (between && e.kind != EventKind::Motive)
        })
        .collect();
    if chosen.len() > RECORD_MAX {
        // Keep what was on the table and the entries that matter most to the model.
        chosen.sort_by_key(|&i| {
            let e = &record.events[i];
            let modelled = study.timeline.items_of(i).any(|k| study.timeline.items[k].unit.is_some());
            let changes = study.timeline.items_of(i).next().is_some();
            let talk = e.kind.is_negotiation();
            (!moment.documented.contains(&EventId(i)), !modelled, !changes, !talk, i)
        });
        chosen.truncate(RECORD_MAX);
        chosen.sort_unstable();
    }
    let n = f64::from(ensemble.settings.runs.max(1));
    let mut entries = Vec::new();
    for i in chosen {
        let e = &record.events[i];
        let mut entry = citer.entry(e);
        // Talks, statements and offices are held at the record: of them no run tells anything.
        let moves = study.timeline.items_of(i).next().is_some_and(|k| {
            let item = &study.timeline.items[k];
            item.unit.is_some() || item.follows.is_some()
        });
        if moves && e.when.reading() >= whatif.day && ensemble.settings.mode == Mode::Hindsight {
            entry.still_happens = Some(1.0 - f64::from(removed.get(&i).copied().unwrap_or(0)) / n);
        }
        entries.push(entry);
    }
    let intro = if entries.is_empty() {
        "The casebook has no entries between the states concerned.".to_owned()
    } else {
        "Dated and sourced. What the model can move shows in how many alternative histories it still happens as it did; talks, \
         statements and offices are held as they were, also where the change would have made them pointless."
            .to_owned()
    };
    Section::Record(RecordList { title: "What happened in our timeline".to_owned(), intro, entries })
}

/// Pacts of the same type that either party signed with others, and what became of them.
pub(super) fn comparable(study: &Study, whatif: &WhatIf) -> Option<Section> {
    let (kind, a, b) = whatif.actions.iter().find_map(|x| match x {
        Action::Add { kind, a, b, .. } if *kind as usize <= Kind::DefencePact as usize => {
            Some((*kind, *a, *b))
        }
        _ => None,
    })?;
    let record = study.record;
    let mut rows = Vec::new();
    let great = if study.world.great.contains(a) { a } else { b };
    for pact in record.pacts.iter().filter(|p| p.is_bilateral() && p.parties.contains(&ActorId(great))) {
        if Study::pact_kind(pact.main_type()) != Some(kind) {
            continue;
        }
        let Some(&other) = pact.parties.iter().find(|p| p.0 != great) else { continue };
        let claims = study.claims_between(ActorId(great), other);
        let unsettled = claims.iter().any(|&c| {
            let claim = &record.claims[c];
            claim.claimant.0 == great && !claim.is_settled(pact.signed.reading())
        });
        let years = pact.end.as_ref().map(|e| f64::from(e.reading().0 - pact.signed.reading().0) / YEAR);
        rows.push(vec![
            Datum::Text(words::name(study, other)),
            Datum::Text(pact.signed.long()),
            if claims.is_empty() { Datum::NotApplicable } else { Datum::Flag(unsettled) },
            Datum::Text(pact.end_kind.label().to_owned()),
            years.map_or(Datum::None, |y| Datum::Number(y, 1)),
        ]);
    }
    (!rows.is_empty()).then(|| {
        Section::Table(Table {
            title: format!("Comparable cases: pacts of this type signed by {}", record.actors[great].name),
            intro: "The real cases nearest to this what-if, and how each pact ended.".to_owned(),
            columns: ["partner", "signed", "title to land unsettled", "end", "years"]
                .map(str::to_owned)
                .to_vec(),
            rows,
            notes: Vec::new(),
        })
    })
}
