//! Demands answered otherwise, attacks made or left undone, land given up.

use jonbar_record::Pact;

use super::*;

pub(super) fn answer(
    study: &Study,
    holder: Option<ActorId>,
    claimant: Option<ActorId>,
    mark: &str,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let mark = Mark::parse(mark).unwrap_or(Mark::Resisted);
    // "Metaxas says yes": of what was demanded while he was in office.
    let in_office = (focus.window.is_none()).then(|| tenure_of(study, holder, focus)).flatten();
    let dated = Focus { window: in_office, ..focus.clone() };
    let focus = if in_office.is_some() { &dated } else { focus };
    let demands: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            let holder_fits = holder.is_none_or(|h| e.targets.contains(&h));
            let claimant_fits = claimant.is_none_or(|c| e.actors.contains(&c));
            let named = focus.actors.is_empty()
                || holder.is_some()
                || e.targets.iter().chain(&e.actors).any(|a| focus.actors.contains(a));
            let land =
                focus.territories.is_empty() || e.territories.iter().any(|t| focus.territories.contains(t));
            e.kind == EventKind::TerritorialDemand
                && holder_fits
                && claimant_fits
                && named
                && land
                && near(focus.window, e)
        })
        .filter(|id| study.timeline.items_of(id.0).next().is_some())
        .collect();
    // Where nobody is named, the day must be right.
    let nobody = holder.is_none() && claimant.is_none() && focus.actors.is_empty();
    let on_the_day = |id: &EventId| {
        let day = record.events[id.0].when.reading();
        focus.window.is_none_or(|w| !nobody || w.from != w.to || distance(w, day) <= 3)
    };
    let demands: Vec<EventId> =
        prefer_mentioned(study, focus, demands).into_iter().filter(on_the_day).collect();
    if demands.is_empty() {
        return match ultimatum_refused(study, mark, focus) {
            Some(refused) => Ok(refused),
            None => Err(nothing_demanded(study, focus)),
        };
    }
    // "The ultimatum" is no mere demand.
    let ultimatum = |id: &EventId| words::is_ultimatum(&record.events[id.0]);
    let ultimatums: Vec<EventId> = demands.iter().copied().filter(ultimatum).collect();
    let demands = if focus.ultimatum && !ultimatums.is_empty() { ultimatums } else { demands };
    // What is answered otherwise was not answered so.
    let granted = |id: &EventId| record.events[id.0].mark == Mark::Conceded.name();
    let any_granted = mark != Mark::Conceded && demands.iter().any(granted);
    let otherwise: Vec<EventId> = demands
        .iter()
        .copied()
        .filter(|id| if any_granted { granted(id) } else { record.events[id.0].mark != mark.name() })
        .collect();
    let demands = if focus.window.is_none() && !otherwise.is_empty() { otherwise } else { demands };
    // Without a date it must be clear which demand is meant.
    let first = record.events[demands[0].0].when.reading();
    let spread = demands.iter().any(|id| record.events[id.0].when.reading().0 - first.0 > 370);
    if focus.window.is_none()
        && spread
        && !demands.iter().any(|id| mentions(focus, &record.events[id.0]) && !focus.labels.is_empty())
    {
        let which: Vec<String> = demands
            .iter()
            .map(|id| &record.events[id.0])
            .map(|e| {
                format!(
                    "of {} on {} ({})",
                    words::names(study, &e.actors),
                    words::names(study, &e.targets),
                    e.when.long()
                )
            })
            .take(6)
            .collect();
        return Err(format!("Which demand? The record has those {}; give the year.", words::list(&which)));
    }
    // Of several demands at one time, the weightiest, unless the question says whose.
    let weight = |id: &EventId| {
        let e = &record.events[id.0];
        let salience = record
            .claims
            .iter()
            .filter(|c| e.actors.contains(&c.claimant) && e.territories.contains(&c.territory))
            .map(|c| c.salience)
            .max();
        let great = e.actors.iter().any(|a| record.actors[a.0].great_power);
        (great, salience.unwrap_or(0))
    };
    let anchor = focus.window.unwrap_or(Window { from: first, to: first });
    let distance = |id: &EventId| distance(anchor, record.events[id.0].when.reading());
    let nearest = demands.iter().map(distance).min().unwrap_or(0);
    let closest = demands
        .iter()
        .copied()
        .filter(|id| distance(id) <= nearest + 30)
        .min_by_key(|id| (std::cmp::Reverse(weight(id)), distance(id)))
        .unwrap_or(demands[0]);
    let nearest_day = record.events[closest.0].when.reading();
    // One note may ask for two lands: all demands of one claimant within a fortnight are answered together.
    let by = record.events[closest.0].actors.clone();
    let together: Vec<EventId> = demands
        .into_iter()
        .filter(|id| {
            let e = &record.events[id.0];
            (e.when.reading().0 - nearest_day.0).abs() <= 14 && e.actors == by && e.mark != mark.name()
        })
        .collect();
    if together.is_empty() {
        return Err(format!(
            "That is what happened: by the record the demand was answered so ({}).",
            record.events[closest.0].mark
        ));
    }
    let day = together.iter().map(|id| record.events[id.0].when.reading()).min().unwrap_or(nearest_day);
    let mut lands: Vec<String> = Vec::new();
    for t in together.iter().flat_map(|id| record.events[id.0].territories.iter()) {
        let land = &record.territories[t.0].name;
        if !lands.contains(land) {
            lands.push(land.clone());
        }
    }
    let sentence = format!(
        "the demand of {} on {} for {} is {}",
        words::names(study, &by),
        words::names(study, &record.events[closest.0].targets),
        words::list(&lands),
        match mark {
            Mark::Resisted => "refused",
            Mark::Conceded => "accepted",
            Mark::War => "refused and fought over",
        }
    );
    let mut assumed = Vec::new();
    if together.len() > 1 {
        assumed.push("Demands made by the same state within a fortnight are answered alike.".to_owned());
    }
    Ok(Divergence {
        label: format!("territorial demand, {}", day.long()),
        day,
        actions: together.iter().map(|id| Action::Answer { event: *id, mark }).collect(),
        sentence,
        documented: together,
        assumed,
    })
}

pub(super) fn no_demand(
    study: &Study,
    claimant: ActorId,
    holder: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    undone(study, &[EventKind::TerritorialDemand], Some(claimant), holder, focus, "such demand")
}

pub(super) fn fight(
    study: &Study,
    by: ActorId,
    on: Option<ActorId>,
    beside: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let enemy = match beside {
        Some(friend) => Some(enemy_of(study, friend, by, focus)?),
        None => None,
    };
    let on = on.or(enemy);
    // A state that fights where it gave way in the record answers a demand otherwise.
    if on.is_none()
        && let Ok(d) = answer(study, Some(by), None, "war", focus)
    {
        return Ok(d);
    }
    let moment = focus.window.filter(|w| is_moment(Some(*w)));
    let provoked = provocation(study, by, on, moment, focus);
    let target = on.or_else(|| provoked.and_then(|id| record.events[id.0].actors.first().copied()));
    // "Enters the war": on the side of a partner who is in it.
    let middle = |w: Window| Day(w.from.0 + (w.to.0 - w.from.0) / 2);
    let partner = target.is_none().then(|| partner_at_war(study, by, middle(moment?))).flatten();
    let target = target.or(partner.map(|(_, enemy)| enemy));
    let mut assumed = vec![
        "Marching or fighting is read as war; the model has no smaller step that answers force.".to_owned(),
    ];
    assumed.extend(partner.map(|(partner, enemy)| {
        format!(
            "Nobody is named: read as war beside {}, with which {} had a pact then, against {}.",
            words::name(study, partner),
            words::name(study, by),
            words::name(study, enemy)
        )
    }));
    let Some(target) = target else {
        return Err(format!(
            "It is not clear whom {} would have fought; name the other state.",
            words::name(study, by)
        ));
    };
    let day = match (moment, provoked) {
        (Some(w), _) if w.from == w.to => w.from,
        (_, Some(id)) => record.events[id.0].when.latest,
        (Some(w), None) => middle(w),
        (None, None) => return Err("When? Name a date, as in \"(1936-03-07)\".".to_owned()),
    };
    if !record.span.contains(day) {
        return Err(format!(
            "{} is outside the casebook ({} to {}).",
            day.long(),
            record.span.from,
            record.span.to
        ));
    }
    Ok(Divergence {
        label: format!("war, {}", day.long()),
        day,
        actions: vec![Action::Add {
            kind: Kind::WarBegun,
            a: by.0,
            b: target.0,
            claim: None,
            mark: None,
            day,
        }],
        sentence: format!(
            "{} goes to war against {} on {}",
            words::name(study, by),
            words::name(study, target),
            day.long()
        ),
        documented: provoked.into_iter().collect(),
        assumed,
    })
}

/// The state at war on a day with which another had last signed a pact that still held, and whom it had fought longest of those that are
/// no partners.
fn partner_at_war(study: &Study, by: ActorId, day: Day) -> Option<(ActorId, ActorId)> {
    let record = study.record;
    // A war begun on that day is one.
    let state = study.timeline.state_before(&study.world, f64::from(day.0 + 1));
    let bound = |a: ActorId| state.bilateral_pact(by.0, a.0);
    let enemy = |a: ActorId| {
        let begun = |e: &Event| matches!(e.kind, EventKind::WarBegun | EventKind::WarJoined);
        let wars = record.events.iter().filter(|e| begun(e) && e.when.reading() <= day);
        let against = wars.flat_map(|e| e.opposed().collect::<Vec<_>>());
        let enemies = against.filter_map(|(x, y)| if x == a { Some(y) } else { (y == a).then_some(x) });
        enemies.into_iter().find(|e| state.actors[a.0].wars.contains(e.0) && !bound(*e) && *e != by)
    };
    let pacts = record.pacts.iter().filter(|p| {
        p.is_bilateral() && p.parties.contains(&by) && p.main_type() != PactType::Peace && p.in_force(day)
    });
    // Whoever promised help before whoever promised peace.
    let weight = |p: &Pact| (Study::same_class(p.main_type(), PactType::Defence), p.signed.reading());
    let partners = pacts.filter_map(|p| Some((weight(p), *p.parties.iter().find(|a| **a != by)?)));
    let at_war = partners.filter_map(|(weight, a)| Some((weight, (a, enemy(a)?))));
    at_war.max_by_key(|(weight, _)| *weight).map(|(_, pair)| pair)
}

/// What in the record a state would have fought over: what was done to it at the moment named, or about the land named.
fn provocation(
    study: &Study,
    by: ActorId,
    on: Option<ActorId>,
    moment: Option<Window>,
    focus: &Focus,
) -> Option<EventId> {
    let record = study.record;
    // "Stood up to Hitler over the Rhineland", of no time: what was done about the land named, if that was once.
    let done = |id: &EventId| {
        let e = &record.events[id.0];
        matches!(e.kind, EventKind::ArmedDispute | EventKind::WarBegun)
            && on.is_some_and(|x| e.actors.contains(&x))
            && e.territories.iter().any(|t| focus.territories.contains(t))
    };
    let done: Vec<EventId> = (0..record.events.len()).map(EventId).filter(done).collect();
    let only = done.first().copied().filter(|_| focus.window.is_none() && done.len() == 1);
    let provoked = (0..record.events.len()).map(EventId).find(|id| {
        let e = &record.events[id.0];
        matches!(
            e.kind,
            EventKind::ArmedDispute
                | EventKind::PactViolated
                | EventKind::WarBegun
                | EventKind::TerritorialDemand
        ) && e.targets.contains(&by)
            && on.is_none_or(|x| e.actors.contains(&x))
            && (focus.territories.is_empty() || e.territories.iter().any(|t| focus.territories.contains(t)))
            && moment.is_some_and(|w| {
                // A day may be off by a fortnight; a month or a year named is kept to.
                let slack = if w.from == w.to { 15 } else { 0 };
                e.when.earliest <= w.to.plus(slack) && e.when.latest >= w.from.plus(-slack)
            })
    });
    // "Over the Sudetenland in 1938": whoever wanted it then.
    let wanted = (0..record.events.len()).map(EventId).filter(|id| {
        let e = &record.events[id.0];
        matches!(e.kind, EventKind::TerritorialDemand | EventKind::ArmedDispute | EventKind::WarBegun)
            && on.is_none_or(|x| e.actors.contains(&x))
            && !e.actors.contains(&by)
            && e.territories.iter().any(|t| focus.territories.contains(t))
            && moment.is_some_and(|w| w.contains(e.when.reading()))
    });
    let claims = |id: &EventId| {
        let e = &record.events[id.0];
        record.claims.iter().any(|c| e.actors.contains(&c.claimant) && e.territories.contains(&c.territory))
    };
    // Whoever claims it, and by a demand before by force.
    let wanted = wanted.min_by_key(|id| {
        let e = &record.events[id.0];
        (!claims(id), e.kind != EventKind::TerritorialDemand, e.when.reading())
    });
    provoked.or(only).or(wanted)
}

pub(super) fn attack(study: &Study, by: ActorId, on: ActorId, focus: &Focus) -> Result<Divergence, String> {
    let record = study.record;
    // "Over the Sudetenland", of a whole year: when it was demanded in it.
    let demanded = record.events.iter().find(|e| {
        let land = e.territories.iter().any(|t| focus.territories.contains(t));
        let within = focus.window.is_some_and(|w| w.to.0 - w.from.0 > 31 && w.contains(e.when.reading()));
        e.kind == EventKind::TerritorialDemand && land && within && e.actors.contains(&on)
    });
    let day = match demanded {
        Some(e) => e.when.reading(),
        None => day_within(study, focus.window)?,
    };
    if !(study.record.is_independent(by, day) && study.record.is_independent(on, day)) {
        return Err(format!("On {} not both were independent states.", day.long()));
    }
    Ok(Divergence {
        label: format!("war, {}", day.long()),
        day,
        actions: vec![Action::Add { kind: Kind::WarBegun, a: by.0, b: on.0, claim: None, mark: None, day }],
        sentence: format!(
            "{} goes to war against {} on {}",
            words::name(study, by),
            words::name(study, on),
            day.long()
        ),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}

pub(super) fn no_attack(
    study: &Study,
    by: Option<ActorId>,
    on: Option<ActorId>,
    land: bool,
    focus: &Focus,
) -> Result<Divergence, String> {
    use EventKind::*;
    let kinds: &[EventKind] = if land {
        &[WarBegun, WarJoined, TerritoryCeded, IndependenceLost, ArmedDispute]
    } else {
        &[WarBegun, WarJoined, ArmedDispute]
    };
    undone(study, kinds, by, on, focus, "such attack")
}

/// With whom a state was at war on the day named, other than the one that comes to its side.
fn enemy_of(study: &Study, friend: ActorId, by: ActorId, focus: &Focus) -> Result<ActorId, String> {
    let day = day_within(study, focus.window)?;
    let state = study.timeline.state_before(&study.world, f64::from(day.0));
    let enemies = state.actors[friend.0].wars;
    let enemy = enemies.iter().map(ActorId).find(|e| *e != by);
    enemy.ok_or_else(|| {
        format!("By the record {} was at war with nobody on {}.", words::name(study, friend), day.long())
    })
}

/// A recorded loss of land that does not come: the first of that land, or the one nearest to the date named.
pub(super) fn keep_land(
    study: &Study,
    land: jonbar_record::TerritoryId,
    holder: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let lost = |e: &Event| e.kind == EventKind::TerritoryCeded && e.territories.contains(&land);
    // "Vilnius remains Lithuanian after 1920": lost by whoever holds on to it.
    if let Some(holder) = holder
        && !record.events.iter().any(|e| lost(e) && e.targets.contains(&holder))
    {
        return Err(format!(
            "By the record {} did not lose {}.",
            words::name(study, holder),
            record.territories[land.0].name
        ));
    }
    let fits = |id: &EventId| {
        let e = &record.events[id.0];
        lost(e) && holder.is_none_or(|h| e.targets.contains(&h)) && record.span.contains(e.when.reading())
    };
    // "After 1920" and "past 1938" say how long, not when: the loss nearest to then, or the first.
    let time = focus.window.or_else(|| tenure_of(study, holder, focus));
    let anchor = time.map(|w| if w.from < record.span.from { w.to } else { w.from });
    let day = |id: &EventId| record.events[id.0].when.reading();
    let losses = (0..record.events.len()).map(EventId).filter(fits);
    let nearest = losses.min_by_key(|id| anchor.map_or(day(id).0, |a| (day(id).0 - a.0).abs()));
    let Some(event) = nearest else {
        return Err("The record has no such loss of land to take away.".to_owned());
    };
    Ok(Divergence {
        label: format!("{} not lost, {}", record.territories[land.0].name, day(&event).long()),
        day: day(&event),
        actions: vec![Action::Prevent { event }],
        sentence: format!("this does not happen: {}", record.events[event.0].summary.trim_end_matches('.')),
        documented: vec![event],
        assumed: Vec::new(),
    })
}

/// A recorded loss of independence that does not come.
pub(super) fn keep_independence(study: &Study, state: ActorId, focus: &Focus) -> Result<Divergence, String> {
    let about = Focus { territories: Vec::new(), window: None, ..focus.clone() };
    undone(study, &[EventKind::IndependenceLost], None, Some(state), &about, "loss of independence")
}

pub(super) fn cede(
    study: &Study,
    land: jonbar_record::TerritoryId,
    from: Option<ActorId>,
    to: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let day = day_within(study, focus.window)?;
    let name = &record.territories[land.0].name;
    let holder = record.holder(land, day);
    if let (Some(from), Some(holder)) = (from, holder)
        && from != holder
    {
        // "Warsaw hands over Danzig", which it did not hold: what was demanded of it is granted.
        let about = Focus { territories: vec![land], ..focus.clone() };
        if let Ok(granted) = answer(study, Some(from), to, "conceded", &about) {
            return Ok(granted);
        }
        return Err(format!("On {} {name} was held by {}.", day.long(), words::name(study, holder)));
    }
    // Without a taker, whoever claimed it then.
    let claimants: Vec<ActorId> = record
        .claims
        .iter()
        .filter(|c| c.territory == land && c.live.contains(day) && Some(c.claimant) != holder)
        .map(|c| c.claimant)
        .collect();
    let to = match (to, &claimants[..]) {
        (Some(to), _) => to,
        (None, [only]) => *only,
        _ => return Err(format!("To whom would {name} be given? Name the state.")),
    };
    let parties = jonbar_model::ActorSet::of(holder.iter().chain([&to]).map(|a| a.0));
    Ok(Divergence {
        label: format!("{name} given up, {}", day.long()),
        day,
        actions: vec![Action::Set {
            change: jonbar_model::Change::Holder {
                territory: land.0,
                from: holder.map(|h| h.0),
                to: Some(to.0),
            },
            day,
            parties,
        }],
        sentence: format!("{name} passes to {} on {}", words::name(study, to), day.long()),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}

/// From when to when the person named was in an office of the state that answers.
fn tenure_of(study: &Study, holder: Option<ActorId>, focus: &Focus) -> Option<Window> {
    let actor = holder?;
    let person = focus.people.iter().find(|p| study.record.people[p.0].actor == Some(actor))?;
    let mut windows = study.record.terms_of(*person).into_iter();
    let first = windows.next()?;
    Some(windows.fold(first, |all, w| Window { from: all.from.min(w.from), to: all.to.max(w.to) }))
}

/// An ultimatum that was for something else than land, refused: what the record says followed from it does not happen.
fn ultimatum_refused(study: &Study, mark: Mark, focus: &Focus) -> Option<Divergence> {
    let record = study.record;
    let ultimatum = ultimatum_for_else(study, focus).filter(|_| mark == Mark::Resisted)?;
    let followed = |id: &EventId| record.events[id.0].follows == Some(ultimatum);
    let gone: Vec<EventId> = (0..record.events.len()).map(EventId).filter(followed).collect();
    let first = gone.iter().map(|id| record.events[id.0].when.reading()).min()?;
    let said: Vec<&str> = gone.iter().map(|id| record.events[id.0].summary.trim_end_matches('.')).collect();
    Some(Divergence {
        label: format!("ultimatum refused, {}", first.long()),
        day: first,
        actions: gone.iter().map(|&event| Action::Prevent { event }).collect(),
        sentence: format!("this does not happen: {}", said.join("; ")),
        documented: vec![ultimatum],
        assumed: vec![
            "The ultimatum was not for land. Refusing it is read as leaving out what followed from it; what the other side does then is \
             for the model to say."
                .to_owned(),
        ],
    })
}

/// An event between those named that was an ultimatum for something else than land.
fn ultimatum_for_else(study: &Study, focus: &Focus) -> Option<EventId> {
    (0..study.record.events.len()).map(EventId).find(|id| {
        let e = &study.record.events[id.0];
        let named = focus.actors.iter().filter(|a| e.parties().any(|p| p == **a)).count() >= 2;
        named
            && e.kind != EventKind::TerritorialDemand
            && focus.window.is_some_and(|w| w.from <= e.when.latest && e.when.earliest <= w.to)
            && e.summary.to_lowercase().contains("ultimatum")
    })
}

/// Why no demand can be answered otherwise: there was none, or it was for something else than land.
fn nothing_demanded(study: &Study, focus: &Focus) -> String {
    match ultimatum_for_else(study, focus).map(|id| &study.record.events[id.0]) {
        Some(e) => format!(
            "The ultimatum of the record at that time was not for land: \"{}\" ({}). The model only answers demands for land \
             otherwise.",
            e.summary,
            e.when.long()
        ),
        None => {
            "The record has no demand or ultimatum to those named at that time whose answer could be changed."
                .to_owned()
        }
    }
}
