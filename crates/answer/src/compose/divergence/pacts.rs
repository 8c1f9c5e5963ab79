//! Pacts signed, not signed, moved, broken.

use super::*;

/// Events up to this many days apart belong to one moment.
pub(super) const MOMENT_DAYS: i32 = 50;

pub(super) fn sign(
    study: &Study,
    pact: Option<PactType>,
    actors: &[ActorId],
    pairs: &[(ActorId, ActorId)],
    focus: &Focus,
) -> Result<Vec<Divergence>, String> {
    let record = study.record;
    if let Some(w) = focus.window.filter(|w| w.to < record.span.from || w.from > record.span.to) {
        return Err(format!(
            "{} to {} is outside the casebook ({} to {}).",
            w.from, w.to, record.span.from, record.span.to
        ));
    }
    let wanted = pact.unwrap_or(PactType::Nonaggression);
    let fits = |e: &Event| {
        let mark = PactType::parse(&e.mark);
        let type_fits = match (pact, mark) {
            (Some(p), Some(m)) => Study::same_class(p, m) || e.kind == EventKind::DraftAgreed,
            (Some(_), None) => false,
            (None, m) => m.is_some(),
        };
        e.kind.is_negotiation() && type_fits && actors.iter().all(|a| e.parties().any(|p| p == *a))
    };
    let mut events: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            fits(e) && near(focus.window, e) && record.span.contains(e.when.reading())
        })
        .collect();
    let mut assumed = Vec::new();
    events = prefer_mentioned(study, focus, events);
    let mut pairs = pairs.to_vec();
    if pairs.is_empty() {
        // Without two named parties, the talks of the moment say who they are; that needs a date or a place.
        let told_apart = focus.window.is_some() || !focus.labels.is_empty() || !focus.people.is_empty();
        let best = events.iter().filter(|_| told_apart).min_by_key(|id| {
            let e = &record.events[id.0];
            let distance = focus.window.map_or(0, |w| (e.when.reading().0 - w.from.0).abs());
            (distance, e.actors.len() + e.targets.len())
        });
        let Some(id) = best else {
            return Err("Who signs? Name both states; the record has no talks at that date and place from which to tell."
                .to_owned());
        };
        let e = &record.events[id.0];
        let mut parties: Vec<ActorId> = e.actors.iter().chain(&e.targets).copied().collect();
        parties.dedup();
        assumed.push(format!(
            "The question does not name {}; the talks of {} were between {}.",
            if actors.is_empty() { "the states" } else { "both states" },
            e.when.long(),
            words::names(study, &parties)
        ));
        pairs = parties
            .iter()
            .enumerate()
            .flat_map(|(i, a)| parties[i + 1..].iter().map(|b| (*a, *b)))
            .filter(|(a, b)| actors.is_empty() || actors.contains(a) || actors.contains(b))
            .collect();
    }
    pairs.retain(|(a, b)| a != b);
    // Allies need not become allies again.
    if pairs.len() > 1
        && let Some(w) = focus.window
    {
        let bound = |(a, b): &(ActorId, ActorId)| {
            record.pacts.iter().any(|p| {
                p.is_bilateral()
                    && p.binds(*a, *b)
                    && p.in_force(w.from)
                    && p.types.iter().any(|t| Study::same_class(*t, wanted))
            })
        };
        let (already, rest): (Vec<_>, Vec<_>) = pairs.iter().copied().partition(bound);
        if !rest.is_empty() {
            for (a, b) in already {
                assumed.push(format!(
                    "{} had such a pact already, so nothing is added there.",
                    words::names(study, &[a, b])
                ));
            }
            pairs = rest;
        }
    }
    if pairs.is_empty() {
        return Err("A pact needs two states; name both.".to_owned());
    }
    events.retain(|id| {
        let e = &record.events[id.0];
        pairs.iter().all(|(a, b)| e.parties().any(|p| p == *a) && e.parties().any(|p| p == *b))
    });
    let mut moments = moments(study, &events);
    // Talks that ended in a pact binding both were no missed moment.
    moments.retain(|group| {
        let last = record.events[group[group.len() - 1].0].when.latest;
        !record.pacts.iter().any(|p| {
            let gap = p.signed.reading().0 - last.0;
            pairs.iter().all(|(a, b)| p.binds(*a, *b)) && (0..=90).contains(&gap)
        })
    });
    if pact.is_none() {
        assumed.push(
            "No type of pact is named: read as a non-aggression pact unless the talks say otherwise."
                .to_owned(),
        );
    }
    let mut found = Vec::new();
    let named_day = focus.window.filter(|w| w.from == w.to).map(|w| w.from);
    for moment in &moments {
        let last = &record.events[moment[moment.len() - 1].0];
        let mark = moment.iter().find_map(|id| PactType::parse(&record.events[id.0].mark)).unwrap_or(wanted);
        let type_here = pact.filter(|p| Study::same_class(*p, mark)).unwrap_or(mark);
        let Some(kind) = Study::pact_kind(type_here) else { continue };
        let day = named_day.filter(|_| moments.len() == 1).unwrap_or(last.when.latest.min(record.span.to));
        let mut notes = assumed.clone();
        if pact.is_some_and(|p| !Study::same_class(p, mark)) {
            notes.push(format!(
                "What was on the table then was a {}, so that is what is added.",
                mark.label()
            ));
        }
        let label = format!("{}, {}", last.kind.label(), last.when.long());
        found.push(signing(study, kind, &pairs, day, label, moment.clone(), notes));
    }
    if found.is_empty() {
        let Some(kind) = Study::pact_kind(wanted) else {
            return Err(format!(
                "The model does not sign a {}; ask about a non-aggression, neutrality, consultation or mutual-assistance pact.",
                wanted.label()
            ));
        };
        let day = undocumented_day(study, kind, pairs[0], focus.window);
        let mut notes = assumed;
        notes.push(format!(
            "The record has no talks on this at that time; it is dated {}, {}.",
            day.long(),
            if is_moment(focus.window) {
                "as the question says"
            } else {
                "when the model finds it likeliest"
            }
        ));
        let label = format!("no talks recorded, {}", day.long());
        found.push(signing(study, kind, &pairs, day, label, Vec::new(), notes));
    }
    // First the moment at which talks went furthest on exactly this pact; the earliest of equals.
    let rank = |d: &Divergence| {
        let same = d
            .actions
            .iter()
            .any(|a| matches!(a, Action::Add { kind, .. } if Some(*kind) == Study::pact_kind(wanted)));
        let far = d
            .documented
            .iter()
            .map(|id| match record.events[id.0].kind {
                EventKind::DraftAgreed => 3,
                EventKind::NegotiationFailed => 2,
                EventKind::NegotiationOpened => 1,
                _ => 0,
            })
            .max()
            .unwrap_or(0);
        (!same, -far, d.day)
    };
    found.sort_by_key(rank);
    if found.len() > 1 {
        let why = format!(
            "The question names no single date: answered for each of the {} moments at which it was on the table. First comes the \
             earliest of those at which talks on this type of pact got furthest.",
            found.len()
        );
        found[0].assumed.push(why);
    }
    Ok(found)
}

pub(super) fn signing(
    study: &Study,
    kind: Kind,
    pairs: &[(ActorId, ActorId)],
    day: Day,
    label: String,
    documented: Vec<EventId>,
    assumed: Vec<String>,
) -> Divergence {
    let actions = pairs
        .iter()
        .map(|(a, b)| Action::Add { kind, a: a.0.min(b.0), b: a.0.max(b.0), claim: None, mark: None, day })
        .collect();
    let who: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{} and {}", words::name(study, *a), words::name(study, *b)))
        .collect();
    let sentence = match &who[..] {
        [one] => format!("{one} sign a {} on {}", kind.label(), day.long()),
        several => format!("a {} is signed on {} by {}", kind.label(), day.long(), several.join("; by ")),
    };
    Divergence { label, day, actions, sentence, documented, assumed }
}

/// Groups talks into moments; a lone proposal that led to talks belongs to them.
pub(super) fn moments(study: &Study, events: &[EventId]) -> Vec<Vec<EventId>> {
    let mut groups: Vec<Vec<EventId>> = Vec::new();
    for &id in events {
        let day = study.record.events[id.0].when.reading();
        match groups.last_mut() {
            Some(group)
                if group
                    .last()
                    .is_some_and(|l| day.0 - study.record.events[l.0].when.reading().0 <= MOMENT_DAYS) =>
            {
                group.push(id);
            }
            _ => groups.push(vec![id]),
        }
    }
    let all = |g: &Vec<EventId>, kind: EventKind| g.iter().all(|id| study.record.events[id.0].kind == kind);
    let any = |g: &Vec<EventId>, kind: EventKind| g.iter().any(|id| study.record.events[id.0].kind == kind);
    let close = |g: &Vec<EventId>, later: &Vec<EventId>| {
        let date = |g: &Vec<EventId>| study.record.events[g[0].0].when.reading().0;
        date(later) - date(g) <= 3 * MOMENT_DAYS
    };
    // A proposal that led to talks belongs to them; an offer that merely ran out was open when it was made.
    let keep: Vec<bool> = (0..groups.len())
        .map(|i| {
            let group = &groups[i];
            let led_on = groups.get(i + 1).is_some_and(|next| {
                close(group, next)
                    && (any(next, EventKind::NegotiationOpened) || any(next, EventKind::DraftAgreed))
            });
            let ran_out = i > 0 && all(&groups[i - 1], EventKind::Proposal) && close(&groups[i - 1], group);
            let superseded = all(group, EventKind::Proposal) && led_on
                || all(group, EventKind::NegotiationFailed) && ran_out;
            !superseded
        })
        .collect();
    groups.into_iter().zip(keep).filter(|(_, k)| *k).map(|(g, _)| g).collect()
}

/// Without talks to date it: the middle of a named moment, or the start of the year in which the fitted intensity of
/// the unit is highest.
pub(super) fn undocumented_day(
    study: &Study,
    kind: Kind,
    pair: (ActorId, ActorId),
    window: Option<Window>,
) -> Day {
    let span = study.record.span;
    if let (true, Some(w)) = (is_moment(window), window) {
        return Day((w.from.0 + (w.to.0 - w.from.0) / 2).clamp(span.from.0 + 1, span.to.0 - 1));
    }
    let within = window.unwrap_or(span);
    (within.from.year().max(span.from.year() + 1)..=within.to.year().min(span.to.year()))
        .filter_map(|y| Day::from_ymd(y, 1, 2))
        .max_by(|x, y| {
            let rate = |d: &Day| fitted::rate(study, kind, pair.0.0, pair.1.0, None, f64::from(d.0));
            rate(x).total_cmp(&rate(y))
        })
        .unwrap_or(span.from.plus(1))
}

pub(super) fn no_pact(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let of_type = |p: &jonbar_record::Pact| {
        pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t)))
            && actors.iter().all(|a| p.parties.contains(a))
            // Taking away a pact of many takes more away than was asked.
            && (p.is_bilateral()
                || actors.len() > 2 && p.parties.len() == actors.len()
                // An accession has whoever accedes in front.
                || actors.len() == 1 && p.parties.first() == actors.first())
    };
    let found: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            let wanted = e.pact.is_some_and(|p| match named {
                Some(named) => p == named,
                None => {
                    // Of one state only what it signed in the time named can be meant.
                    let known = actors.len() >= 2 || actors.len() == 1 && during(focus.window, e);
                    known && of_type(&record.pacts[p.0]) && near(focus.window, e)
                }
            });
            e.kind == EventKind::PactSigned && wanted
        })
        .collect();
    let found = prefer_mentioned(study, focus, found);
    // "the Molotov-Ribbentrop pact": the one signed while both were in office.
    let in_office = |id: &EventId| {
        let day = record.events[id.0].when.reading();
        focus.people.iter().all(|p| {
            record.people[p.0].actor.is_some_and(|state| {
                Office::ALL.iter().any(|o| record.office_holder(state, *o, day) == Some(*p))
            })
        })
    };
    let of_people: Vec<EventId> = found.iter().copied().filter(in_office).collect();
    let found = if of_people.is_empty() { found } else { of_people };
    if found.is_empty() {
        return Err(format!(
            "The record has no such pact of {} to take away at that time.",
            if actors.is_empty() { "the states named".to_owned() } else { words::names(study, actors) }
        ));
    }
    // "A guarantee" is the one that is called so before a treaty that also promises help.
    let is_called_so = |id: &EventId| {
        let p = record.events[id.0].pact.map(|p| &record.pacts[p.0]);
        p.is_some_and(|p| pact.is_some_and(|t| p.main_type() == t))
    };
    let called_so: Vec<EventId> = found.iter().copied().filter(is_called_so).collect();
    let found = if called_so.len() == 1 { called_so } else { found };
    // A bare "no pact" with a date means the pact of that date; without one it must be clear which.
    let several_partners = actors.len() == 1 && found.len() > 1;
    let chosen = match focus.window.filter(|_| !several_partners) {
        Some(w) => {
            found.iter().copied().min_by_key(|id| (record.events[id.0].when.reading().0 - w.from.0).abs())
        }
        None if found.len() == 1 || named.is_some() => found.first().copied(),
        // Those signed within weeks of each other belong together; without the first there is no second.
        None if !several_partners
            && found.iter().all(|id| {
                let first = record.events[found[0].0].when.reading();
                (record.events[id.0].when.reading().0 - first.0).abs() <= 60
            }) =>
        {
            found.first().copied()
        }
        None => {
            let which: Vec<String> = found
                .iter()
                .filter_map(|id| record.events[id.0].pact)
                .map(|p| format!("the {} ({})", record.pacts[p.0].name, record.pacts[p.0].signed.text))
                .collect();
            return Err(format!(
                "Which one? The record has {}; name it or give the year.",
                words::list(&which)
            ));
        }
    };
    let Some(event) = chosen else {
        return Err("The record has no such pact to take away.".to_owned());
    };
    let e = &record.events[event.0];
    let day = e.when.reading();
    let alone = actors.len() == 1 && named.is_none();
    let partners: Vec<ActorId> = e.parties().filter(|p| !actors.contains(p)).collect();
    let assumed = alone.then(|| {
        format!(
            "The pact that {} signed then is that with {}.",
            words::names(study, actors),
            words::names(study, &partners)
        )
    });
    Ok(Divergence {
        label: format!("not signed, {}", day.long()),
        day,
        actions: vec![Action::Prevent { event }],
        sentence: format!("this does not happen: {}", e.summary.trim_end_matches('.')),
        documented: vec![event],
        assumed: assumed.into_iter().collect(),
    })
}

/// Whether an event falls into the time named.
fn during(window: Option<Window>, event: &Event) -> bool {
    window.is_some_and(|w| event.when.meets(w))
}

/// A pact taken away from each of several pairs.
pub(super) fn no_pacts(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    pairs: &[(ActorId, ActorId)],
    focus: &Focus,
) -> Result<Vec<Divergence>, String> {
    if named.is_some() || pairs.len() < 2 {
        return one(no_pact(study, pact, named, actors, focus));
    }
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for &(a, b) in pairs {
        match no_pact(study, pact, None, &[a, b], focus) {
            Ok(d) => found.push(d),
            Err(why) => missing.push(why),
        }
    }
    let Some(mut first) = found.first().cloned() else { return Err(missing.join(" ")) };
    for d in &found[1..] {
        first.actions.extend(d.actions.clone());
        first.day = first.day.min(d.day);
        first.sentence = format!("{}; {}", first.sentence, d.sentence);
        first.documented.extend(&d.documented);
    }
    first.assumed.extend(missing);
    Ok(vec![first])
}

/// A recorded pact signed on another day.
pub(super) fn moved(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    days: i32,
    focus: &Focus,
) -> Result<Divergence, String> {
    let mut found = no_pact(study, pact, named, actors, focus)?;
    let Some(&event) = found.documented.first() else { return Ok(found) };
    let e = &study.record.events[event.0];
    let day = e.when.reading().plus(days);
    if !study.record.span.contains(day) {
        return Err(format!("{} is outside the casebook.", day.long()));
    }
    found.day = found.day.min(day);
    found.label = format!("signed on {}", day.long());
    found.actions = vec![Action::Move { event, day }];
    found.sentence = format!("moved to {}: {}", day.long(), e.summary.trim_end_matches('.'));
    Ok(found)
}

/// A breach of a pact that binds the two alone on that day.
pub(super) fn breach(
    study: &Study,
    by: ActorId,
    towards: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let day = day_within(study, focus.window)?;
    let record = study.record;
    let partners: Vec<ActorId> = record
        .pacts
        .iter()
        .filter(|p| p.is_bilateral() && p.in_force(day) && p.parties.contains(&by))
        .filter(|p| focus.pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t))))
        .flat_map(|p| p.parties.iter().copied())
        .filter(|a| *a != by)
        .collect();
    let Some(towards) = towards else {
        return Err(format!(
            "Towards whom? On {} {} had pacts with {}.",
            day.long(),
            words::name(study, by),
            words::names(study, &partners)
        ));
    };
    if !partners.contains(&towards) {
        return Err(format!(
            "On {} no such pact bound {} alone, so none could be broken.",
            day.long(),
            words::names(study, &[by, towards])
        ));
    }
    two(study, &[by, towards], Kind::PactBroken, focus)
}

pub(super) fn no_breach(
    study: &Study,
    by: ActorId,
    towards: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    use EventKind::*;
    let kept = undone(study, &[PactViolated, PactDenounced], Some(by), towards, focus, "such breach");
    match (kept, towards) {
        (Err(problem), Some(ally)) => to_the_aid(study, by, ally, focus).ok_or(problem),
        (kept, _) => kept,
    }
}

/// An alliance honoured that nobody broke in so many words: the ally was threatened or attacked, and its partner goes to war for it.
fn to_the_aid(study: &Study, by: ActorId, ally: ActorId, focus: &Focus) -> Option<Divergence> {
    use EventKind::*;
    let record = study.record;
    let threats = record.events.iter().filter(|e| {
        // Who joins a war attacks too: Italy in June 1940.
        matches!(e.kind, WarBegun | WarJoined | TerritorialDemand | ArmedDispute)
            && e.targets.contains(&ally)
            && !e.actors.contains(&by)
            && focus.window.is_some_and(|w| w.meets(Window { from: e.when.earliest, to: e.when.latest }))
            && record.pacts.iter().any(|p| {
                let helps = matches!(p.main_type(), PactType::Defence | PactType::Guarantee);
                let day = e.when.reading();
                let ended = p.end.as_ref().is_some_and(|end| end.reading() < day);
                helps && p.binds(by, ally) && p.signed.reading() <= day && !ended
            })
    });
    // The war before the incident, and whoever threatened most before others.
    let threats: Vec<&Event> = threats.collect();
    let by_whom = |e: &Event| e.actors.first().copied();
    let weight = |e: &&&Event| {
        let great = e.actors.iter().any(|a| record.actors[a.0].great_power);
        let as_often = threats.iter().filter(|other| by_whom(other) == by_whom(e)).count();
        (
            !matches!(e.kind, WarBegun | WarJoined),
            !great,
            std::cmp::Reverse(as_often),
            e.kind != TerritorialDemand,
            e.when.reading(),
        )
    };
    let threat = threats.iter().min_by_key(weight)?;
    let on = by_whom(threat)?;
    let day = threat.when.reading();
    let about = Focus { window: Some(Window { from: day, to: day }), ..focus.clone() };
    let mut divergence = super::demands::fight(study, by, Some(on), None, &about).ok()?;
    divergence.assumed.push(format!(
        "The record has no breach of that alliance to take away: honouring it is read as going to war when {} was threatened.",
        words::name(study, ally)
    ));
    Some(divergence)
}
