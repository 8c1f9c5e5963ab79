//! How things stood, whenever they began: claims to land, regimes, war and relations between two states.

use jonbar_model::State;
use jonbar_question::{Ask, Focus, Found, Reading};
use jonbar_record::{ActorId, EventKind, Window};

use crate::answer::{Answer, Datum, RecordList, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// "Did Hungary claim Transylvania?": a claim stands from a day on, whether or not it is pressed; demands are entries beside it.
pub(super) fn claims(
    study: &Study,
    reading: &Reading,
    by: Option<ActorId>,
    focus: &Focus,
    answer: &mut Answer,
    citer: &mut Citer,
) {
    let record = study.record;
    // "Claims on Polish territory": on what that state held while they stood.
    let text = reading.text.to_lowercase();
    let on = [
        "claim on ",
        "claims on ",
        "claim to ",
        "claims to ",
        "claim against ",
        "claims against ",
        "claim upon ",
    ];
    let of_its = |a: &ActorId| {
        record.actors[a.0].demonyms.iter().any(|d| text.contains(&format!("claimed {}", d.to_lowercase())))
    };
    let on_what = focus.territories.is_empty()
        && (on.iter().any(|w| text.contains(w)) || focus.actors.iter().any(of_its));
    // "Did Romania make claims on Hungary?": the state behind "on" held what the other wanted.
    let named_behind = |a: &ActorId| {
        let actor = &record.actors[a.0];
        let mut names = std::iter::once(&actor.name).chain(&actor.aliases).map(|n| n.to_lowercase());
        names.any(|n| on.iter().any(|w| text.contains(&format!("{w}{n}"))))
    };
    let (against, by) = match focus.actors[..] {
        [one] if on_what && by.is_none() => (Some(one), None),
        [one, two] if named_behind(&one) != named_behind(&two) => {
            if named_behind(&one) {
                (Some(one), Some(two))
            } else {
                (Some(two), Some(one))
            }
        }
        _ => (None, by),
    };
    let held = |c: &jonbar_record::Claim, by: ActorId| {
        let from = c.live.from.max(record.span.from);
        record.holder(c.territory, from) == Some(by)
            || record.events.iter().any(|e| {
                e.kind == EventKind::TerritoryCeded
                    && e.territories.contains(&c.territory)
                    && e.actors.contains(&by)
                    && c.live.contains(e.when.reading())
            })
    };
    let wanted: Vec<&jonbar_record::Claim> = record
        .claims
        .iter()
        .filter(|c| {
            let whose = match against {
                Some(holder) => c.claimant != holder && by.is_none_or(|a| c.claimant == a) && held(c, holder),
                None => by.or(focus.actors.first().copied()).is_none_or(|a| c.claimant == a),
            };
            whose
                && (focus.territories.is_empty() || focus.territories.contains(&c.territory))
                && focus.window.is_none_or(|w| c.live.meets(w))
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    let told: Vec<String> = wanted
        .iter()
        .take(3)
        .map(|c| {
            format!(
                "{} had a claim to {} from {}{}",
                words::name(study, c.claimant),
                record.territories[c.territory.0].name,
                stretch(study, c.live),
                if c.asserted.is_empty() { ", never stated openly by its government" } else { "" }
            )
        })
        .collect();
    let more =
        if wanted.len() > 3 { format!("; and {} more below", wanted.len() - 3) } else { String::new() };
    answer.summary.push(format!("By the casebook {}{more}.", told.join("; ")));
    let rows = wanted
        .iter()
        .map(|c| {
            let stated: Vec<String> = c
                .asserted
                .iter()
                .map(|w| {
                    let to = if w.to >= record.span.to { "the end".to_owned() } else { w.to.to_string() };
                    format!("{} to {to}", w.from.max(record.span.from))
                })
                .collect();
            vec![
                Datum::Text(words::capital(&words::name(study, c.claimant))),
                Datum::Text(record.territories[c.territory.0].name.clone()),
                Datum::Text(stretch(study, c.live)),
                if stated.is_empty() { Datum::None } else { Datum::Text(stated.join(", ")) },
                c.settled
                    .as_ref()
                    .map_or(Datum::None, |s| Datum::Text(format!("{} {}", s.text, c.settled_by))),
                Datum::Text(c.note.clone()),
                Datum::Text(citer.marks(&c.citations)),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "Claims".to_owned(),
        intro: "A claim stands from its beginning to its end, stated or not; it is settled when the claimant accepts the loss by treaty."
            .to_owned(),
        columns: ["claimant", "land", "claim", "stated openly", "settled by treaty", "note", "source"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }));
}

/// From when to when, as far as the casebook reaches.
fn stretch(study: &Study, window: Window) -> String {
    let span = study.record.span;
    let to = if window.to >= span.to { "the end of the casebook".to_owned() } else { window.to.long() };
    format!("{} to {to}", window.from.max(span.from).long())
}

/// "Was Estonia a democracy in 1935?"
pub(super) fn regimes(
    study: &Study,
    reading: &Reading,
    focus: &Focus,
    answer: &mut Answer,
    citer: &mut Citer,
) {
    let record = study.record;
    let window = focus.window.unwrap_or(record.span);
    let rows: Vec<&jonbar_record::Regime> =
        record.regimes.iter().filter(|r| focus.actors.contains(&r.actor) && r.window.meets(window)).collect();
    // "Was it a dictatorship?" is the other way round.
    let text = reading.text.to_lowercase();
    let asked_other = text.contains("dictator") || text.contains("autocra");
    let was = |r: &jonbar_record::Regime| {
        let regime = if r.democracy { "a democracy" } else { "no democracy" };
        format!("{regime} from {}", stretch(study, r.window))
    };
    for &state in &focus.actors {
        let name = words::name(study, state);
        let own: Vec<&&jonbar_record::Regime> = rows.iter().filter(|r| r.actor == state).collect();
        let is = |yes: bool| own.iter().any(|r| (r.democracy != asked_other) == yes);
        let lead = match (is(true), is(false)) {
            (true, true) => "For part of that time",
            (true, false) => "Yes",
            (false, true) => "No",
            (false, false) => {
                answer.summary.push(format!("The casebook does not say what regime {name} had then."));
                continue;
            }
        };
        let told: Vec<String> = own.iter().map(|r| was(r)).collect();
        answer.summary.push(format!("{lead}: by the casebook {name} was {}.", words::list(&told)));
    }
    answer.summary.push(
        "A democracy here has a government answerable to those chosen in free elections in which most men at least could vote; where the \
         literature disputes a case the stricter reading stands."
            .to_owned(),
    );
    let entries: Vec<_> = record
        .events
        .iter()
        .filter(|e| e.kind == EventKind::RegimeChange && e.parties().any(|a| focus.actors.contains(&a)))
        .map(|e| citer.entry(e))
        .collect();
    answer.sections.push(Section::Record(RecordList {
        title: "Changes of regime".to_owned(),
        intro: format!("{}.", words::counted(entries.len(), "entry", "entries")),
        entries,
    }));
}

/// "Were they at war in May 1940?", "Did they have relations in 1930?": how two states stood in the time asked about.
pub(super) fn standing(
    study: &Study,
    reading: &Reading,
    ask: Ask,
    means: Found,
    focus: &Focus,
) -> Option<String> {
    let [a, b] = &focus.actors[..] else { return None };
    let text = format!(" {} ", reading.text.to_lowercase());
    let (asks, yes_or_no) = match ask {
        Ask::Force => (text.contains(" at war ") && focus.window.is_some(), true),
        // "Did Switzerland recognise Moscow?": who has no entry of it may have had relations all along, or never.
        Ask::Relations => {
            (true, focus.window.is_some() && (text.contains(" have ") || text.contains(" had ")))
        }
        _ => (false, false),
    };
    if !asks || means == Found::No && yes_or_no {
        return None;
    }
    // Of pairs of which nothing is recorded the record does not tell; the model takes them to have relations.
    let record = study.record;
    let lacking = |(x, y): &(ActorId, ActorId)| (x == a && y == b) || (x == b && y == a);
    let known = record.no_relations_at_start.iter().any(lacking)
        || record.events.iter().any(|e| {
            matches!(e.kind, EventKind::RelationsOpened | EventKind::RelationsBroken) && e.joins(*a, *b)
        });
    if ask == Ask::Relations && !yes_or_no && !known {
        return None;
    }
    let span = study.record.span;
    let window = focus.window.unwrap_or(span);
    let (from, to) = (window.from.max(span.from), window.to.min(span.to));
    let stands = |state: &State| match ask {
        Ask::Force => state.actors[a.0].wars.contains(b.0),
        _ => state.actors[a.0].relations.contains(b.0),
    };
    // How they stand on the first day, and then at every change up to the last.
    let (first, last) = (f64::from(from.0) + 1.0, f64::from(to.0) + 1.0);
    let mut state = study.timeline.state_before(&study.world, first);
    let mut seen = vec![(from, stands(&state))];
    for item in study.timeline.items.iter().filter(|i| first <= i.time && i.time < last) {
        state.take_in(&study.world, item.time, &item.changes);
        if seen.last().is_some_and(|(_, before)| *before != stands(&state)) {
            seen.push((words::day(item.time), stands(&state)));
        }
    }
    let who = words::names(study, &[*a, *b]);
    let say = |yes: bool| match (ask, yes) {
        (Ask::Force, true) => "at war",
        (Ask::Force, false) => "not at war",
        (_, true) => "in diplomatic relations",
        (_, false) => "without diplomatic relations",
    };
    if !yes_or_no && seen.len() == 1 {
        let (from, to) = (from.long(), to.long());
        return Some(format!(
            "By the record {who} were {} all through, from {from} to {to}.",
            say(seen[0].1)
        ));
    }
    let lead = match (seen.len(), seen[0].1) {
        _ if !yes_or_no => "",
        (1, true) => "Yes",
        (1, false) => "No",
        _ => "For part of that time",
    };
    let at = |n: usize| if n == 0 { "on" } else { "from" };
    let each: Vec<String> =
        (0..).zip(&seen).map(|(n, (day, yes))| format!("{} {} {}", say(*yes), at(n), day.long())).collect();
    let lead = if lead.is_empty() { "By".to_owned() } else { format!("{lead}: by") };
    Some(format!("{lead} the record {who} were {}.", words::list(&each)))
}

/// "Which states had no relations with the Soviets at the end of 1934?": lists them, if that is asked.
pub(super) fn related(study: &Study, reading: &Reading, focus: &Focus, answer: &mut Answer) -> bool {
    let ([state], Some(window)) = (&focus.actors[..], focus.window) else { return false };
    let text = format!(" {} ", reading.text.to_lowercase());
    let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let lists = says(&[" which ", " what countries ", " what states ", " name ", " list ", " who "]);
    let stands = says(&[" had ", " have ", " without ", " were ", " maintain", " lack"]);
    // Of a state that began with relations the entries say who had none, and not who had them.
    let without = says(&[" no ", " without ", " not ", "n't ", " lack", " still had no "]);
    let lacking = study.record.no_relations_at_start.iter().filter(|(a, b)| a == state || b == state).count();
    let told = without || 2 * lacking > study.record.actors.len();
    if !told || !lists || !stands || says(&[" broke", " open", " establish", " recogni", " restor", " resum"])
    {
        return false;
    }
    let span = study.record.span;
    let day = window.to.min(span.to);
    let then = study.timeline.state_before(&study.world, f64::from(day.0) + 1.0);
    let meant = |x: &ActorId| {
        x != state && then.alive.contains(x.0) && then.actors[state.0].relations.contains(x.0) != without
    };
    let found: Vec<ActorId> = (0..study.record.actors.len()).map(ActorId).filter(meant).collect();
    let name = words::name(study, *state);
    let (lead, day) = (if without { "without" } else { "in" }, day.long());
    answer.summary.push(match &found[..] {
        [] => format!("By the record no state of the casebook was {lead} diplomatic relations with {name} on {day}."),
        some => format!(
            "{} of the states of the casebook {} {lead} diplomatic relations with {name} on {day}, by the record: {}.",
            some.len(),
            if some.len() == 1 { "was" } else { "were" },
            words::names(study, some)
        ),
    });
    answer.summary.push(
        "Relations are recorded from the beginning of the casebook for the Soviet state; for other pairs they count as there unless an \
         entry says otherwise."
            .to_owned(),
    );
    true
}

/// "Was Spain a member of the League in 1935?": when each state asked about was one.
pub(super) fn members(study: &Study, reading: &Reading, focus: &Focus) -> Vec<String> {
    let record = study.record;
    let text = reading.text.to_lowercase();
    let member = text.contains("member") || text.contains(" in the league");
    if !member || focus.actors.is_empty() && focus.window.is_none() {
        return Vec::new();
    }
    let yes_or_no = ["was ", "were ", "is "].iter().any(|w| reading.text.to_lowercase().starts_with(w));
    let stretches_of = |state: ActorId| {
        let mut stretches: Vec<Window> = Vec::new();
        for event in record.events.iter().filter(|e| e.actors.contains(&state)) {
            let day = event.when.reading();
            match (event.kind, stretches.last_mut()) {
                (EventKind::LeagueEntered, Some(last)) if last.to >= record.span.to => {}
                (EventKind::LeagueEntered, _) => stretches.push(Window { from: day, to: record.span.to }),
                (EventKind::LeagueLeft, Some(last)) => last.to = last.to.min(day),
                _ => {}
            }
        }
        stretches
    };
    // "Which states were members in 1935?"
    if let (true, Some(w)) = (focus.actors.is_empty(), focus.window) {
        let then = |s: &ActorId| stretches_of(*s).iter().any(|m| m.from <= w.to && w.from < m.to);
        let all: Vec<ActorId> = (0..record.actors.len()).map(ActorId).filter(then).collect();
        return vec![format!(
            "Members of the League of Nations then, of the states of the casebook: {}.",
            words::names(study, &all)
        )];
    }
    let told = |state: ActorId| {
        let stretches = stretches_of(state);
        let name = words::name(study, state);
        if stretches.is_empty() {
            let lead = if yes_or_no { "No: by" } else { "By" };
            return format!("{lead} the record {name} never was a member of the League of Nations.");
        }
        let within = |w: Window| stretches.iter().any(|s| s.from <= w.from && w.to < s.to);
        let meets = |w: Window| stretches.iter().any(|s| s.from <= w.to && w.from < s.to);
        let lead = match focus.window.filter(|_| yes_or_no) {
            None => "By",
            Some(w) if within(w) => "Yes: by",
            Some(w) if meets(w) => "For part of that time: by",
            Some(_) => "No: by",
        };
        let each: Vec<String> = stretches.iter().map(|s| format!("from {}", stretch(study, *s))).collect();
        format!("{lead} the record {name} was a member of the League of Nations {}.", words::list(&each))
    };
    focus.actors.iter().map(|state| told(*state)).collect()
}
