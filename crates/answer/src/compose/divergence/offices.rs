//! People kept in office, gone from it, put into it or kept from it, and coups that do not come.

use super::*;

/// Years for which a person is kept in office when the question does not say.
pub(super) const KEPT_YEARS: i32 = 3;

pub(super) fn keep(
    study: &Study,
    person: PersonId,
    stay: Option<Stay>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let name = &record.people[person.0].name;
    let (until, years) = match stay {
        Some(Stay::Until(day)) => (Some(day), None),
        Some(Stay::Years(years)) => (None, Some(years)),
        None => (None, None),
    };
    // The offices the person held, each with the event that ended the tenure.
    let mut tenures: Vec<(ActorId, Office, EventId)> = Vec::new();
    for (i, e) in record.events.iter().enumerate() {
        let (Some(&actor), Some(office)) = (e.actors.first(), e.office) else { continue };
        let ends = match e.kind {
            EventKind::OfficeLeft => e.people.contains(&person),
            EventKind::OfficeTaken if !e.people.contains(&person) => record.events[..i]
                .iter()
                .rev()
                .find(|p| p.office == Some(office) && p.actors.first() == Some(&actor))
                .is_some_and(|p| p.kind == EventKind::OfficeTaken && p.people.contains(&person)),
            _ => false,
        };
        if ends {
            tenures.push((actor, office, EventId(i)));
        }
    }
    if let Some(office) = focus.office
        && tenures.iter().any(|(_, held, _)| *held == office)
    {
        tenures.retain(|(_, held, _)| *held == office);
    } else if let Some(office) = focus.office.filter(|_| !tenures.is_empty()) {
        return Err(format!("By the record {name} left no office of {}.", office.label()));
    }
    // "until 1940" says how long, not when: the last office left before then.
    let last_day = until.or(focus.window.filter(|w| w.from < record.span.from).map(|w| w.to));
    if let Some(last) = last_day {
        tenures.retain(|(.., id)| record.events[id.0].when.reading() <= last);
    }
    let anchor = focus.window.filter(|_| last_day.is_none()).map(|w| w.from);
    let Some(&(actor, office, end)) = tenures.iter().min_by_key(|(_, office, id)| {
        let day = record.events[id.0].when.reading();
        let distance = anchor.map_or(-day.0, |a| (day.0 - a.0).abs());
        (distance, *office != Office::ForeignMinister)
    }) else {
        return Err(format!(
            "The record does not say when {name} left an office, so he or she cannot be kept in it."
        ));
    };
    let from = record.events[end.0].when.earliest.max(record.span.from.plus(1));
    let until = last_day.unwrap_or(from.plus_years(years.unwrap_or(KEPT_YEARS))).min(record.span.to);
    // Who dies leaves every office, and who lives keeps them all.
    let day = record.events[end.0].when.reading();
    let together = |t: &&(ActorId, Office, EventId)| {
        t.0 == actor && (record.events[t.2.0].when.reading().0 - day.0).abs() <= 31
    };
    let mut offices: Vec<Office> = vec![office];
    for (_, other, _) in tenures.iter().filter(together) {
        if !offices.contains(other) {
            offices.push(*other);
        }
    }
    let titles = titles(&offices);
    let keeps = |office: Office| Action::Keep { person, actor: actor.0, office, from, until };
    Ok(Divergence {
        label: format!("{} of {} kept, {}", titles, words::name(study, actor), from.long()),
        day: from,
        actions: offices.iter().map(|office| keeps(*office)).collect(),
        sentence: format!(
            "{name} stays {} of {} on {}{}",
            titles,
            words::name(study, actor),
            from.long(),
            years.map_or(String::new(), |_| format!(", until {}", until.long()))
        ),
        documented: vec![end],
        assumed: match (last_day, years) {
            (Some(_), _) | (_, Some(_)) => Vec::new(),
            (None, None) => vec![format!(
                "Kept in office until {}; how long he or she would have lasted is not in the model.",
                until.long()
            )],
        },
    })
}

/// "head of government and foreign minister"
fn titles(offices: &[Office]) -> String {
    let titles: Vec<String> = offices.iter().map(|o| o.label().to_owned()).collect();
    words::list(&titles)
}

/// A person who leaves every office held on a day, and does not come back. Nobody comes instead but whom the record has later.
pub(super) fn leave(study: &Study, person: PersonId, focus: &Focus) -> Result<Divergence, String> {
    let record = study.record;
    let name = &record.people[person.0].name;
    let Some(window) = focus.window else {
        return Err(format!("When does {name} leave or die? Name a date, as in \"in 1933\"."));
    };
    let day = day_within(study, Some(window))?;
    let Some(actor) = record.people[person.0].actor else {
        return Err(format!("The record does not say what office {name} held."));
    };
    let held = |office: &Office| record.office_holder(actor, *office, day) == Some(person);
    let offices: Vec<Office> = Office::ALL.into_iter().filter(held).collect();
    // Whoever is gone before coming to office never comes.
    if offices.is_empty() {
        return bar(study, person, &Focus { window: Some(Window { from: day, to: day }), ..focus.clone() });
    }
    let titles = titles(&offices);
    Ok(Divergence {
        label: format!("{name} gone, {}", day.long()),
        day,
        actions: offices
            .into_iter()
            .map(|office| Action::Leave { person, actor: actor.0, office, day })
            .collect(),
        sentence: format!(
            "{name} is no longer {} of {} from {} on",
            titles,
            words::name(study, actor),
            day.long()
        ),
        documented: Vec::new(),
        assumed: vec![format!(
            "Who comes after {name} is not in the model: until the record names another, the office is empty, with nobody's known aims."
        )],
    })
}

/// A person who comes to an office that another had in the record, on the day named or when the one named instead came to it.
pub(super) fn appoint(
    study: &Study,
    person: PersonId,
    instead: Option<PersonId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let name = &record.people[person.0].name;
    let Some(actor) = record.people[person.0].actor else {
        return Err(format!("The record does not say of which state {name} was."));
    };
    // The office that the other came to, nearest to the day named.
    let anchor = focus.window.map(|w| w.from);
    let others = (0..record.events.len()).map(EventId).filter(|id| {
        let e = &record.events[id.0];
        e.kind == EventKind::OfficeTaken
            && e.actors.first() == Some(&actor)
            && instead.is_some_and(|p| e.people.contains(&p))
            && focus.office.is_none_or(|o| e.office == Some(o))
    });
    let other = others.min_by_key(|id| {
        let day = record.events[id.0].when.reading();
        anchor.map_or(day.0, |a| (day.0 - a.0).abs())
    });
    let office =
        focus.office.or(other.and_then(|id| record.events[id.0].office)).unwrap_or(Office::HeadOfGovernment);
    let far = |id: EventId| !near(focus.window, &record.events[id.0]);
    let from = match (other.filter(|id| !far(*id)), focus.window) {
        (Some(id), _) => record.events[id.0].when.earliest,
        (None, Some(_)) => day_within(study, focus.window)?,
        (None, None) => {
            return Err(format!("When does {name} come to office? Name a date, as in \"in 1933\"."));
        }
    };
    if record.office_holder(actor, office, from) == Some(person) && other.is_none() {
        return Err(format!(
            "By the record {name} was {} of {} then.",
            office.label(),
            words::name(study, actor)
        ));
    }
    let until = from.plus_years(KEPT_YEARS).min(record.span.to);
    Ok(Divergence {
        label: format!("{name} in office, {}", from.long()),
        day: from,
        actions: vec![Action::Keep { person, actor: actor.0, office, from, until }],
        sentence: format!("{name} is {} of {} from {} on", office.label(), words::name(study, actor), from.long()),
        documented: other.into_iter().collect(),
        assumed: vec![
            format!("In office until {}; how long he or she would have lasted is not in the model.", until.long()),
            "A person moves the model only through the aims towards other states that the record gives him or her.".to_owned(),
        ],
    })
}

/// A person who never comes to office, or not from the date named on. Whoever held the office before stays in it until the record
/// names another.
pub(super) fn bar(study: &Study, person: PersonId, focus: &Focus) -> Result<Divergence, String> {
    let record = study.record;
    let name = &record.people[person.0].name;
    let from = focus.window.map_or(record.span.from, |w| w.from);
    let comes = |id: &EventId| {
        let e = &record.events[id.0];
        e.kind == EventKind::OfficeTaken && e.people.contains(&person) && e.when.latest >= from
    };
    let taken: Vec<EventId> = (0..record.events.len()).map(EventId).filter(comes).collect();
    let Some(first) = taken.first() else {
        return Err(format!("The record does not say when {name} came to an office."));
    };
    let day = record.events[first.0].when.reading();
    Ok(Divergence {
        label: format!("{name} not in office, {}", day.long()),
        day,
        actions: taken.iter().map(|&event| Action::Prevent { event }).collect(),
        sentence: format!("{name} does not come to office on {} or later", day.long()),
        documented: taken,
        assumed: vec![
            "Whoever held the office before stays in it until the record names another; nobody else is put in.".to_owned(),
        ],
    })
}

pub(super) fn no_coup(study: &Study, state: ActorId, focus: &Focus) -> Result<Divergence, String> {
    use EventKind::*;
    // "Had stayed in the Tripartite Pact, and there was no coup": soon after that pact.
    let signed = focus.named.map(|p| study.record.pacts[p.0].signed.reading());
    let soon = signed.filter(|_| focus.window.is_none()).map(|day| Window { from: day, to: day.plus(365) });
    let dated = Focus { window: focus.window.or(soon), ..focus.clone() };
    let focus = &dated;
    undone(study, &[RegimeChange, OfficeLeft], Some(state), None, focus, "such overthrow")
}
