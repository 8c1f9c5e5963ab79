//! Land and independence kept, given and taken, and demands for land.

use super::*;

/// Land or independence that is kept.
pub(super) fn keeping(record: &Record, s: &Sentence, c: &Clause, quoted: &str) -> Meaning {
    let free =
        c.span.clone().any(|i| matches!(s.folded[i].as_str(), "independence" | "independent" | "free"));
    let (subject, lands) = (c.subject(record), c.lands());
    if let Some(&land) = lands.first() {
        // "Vilnius remains Lithuanian": whose it is stands behind the verb.
        let stays = c.groups.iter().any(|g| g.lands.contains(&land) && g.span.end <= c.at);
        let holder = if stays { c.object(record) } else { subject };
        return change(Change::KeepLand { land, holder: holder.first().copied() });
    }
    // "Keep Poland independent", and "Poland survives", as a state.
    let states = if subject.is_empty() { c.object(record) } else { subject };
    let survives = s.folded.get(c.at).is_some_and(|w| w.starts_with("surviv"))
        && !c.span.clone().any(|i| matches!(s.folded[i].as_str(), "without" | "war" | "losing"));
    if (free || survives) && !states.is_empty() {
        let each = states.into_iter().map(|state| Change::KeepIndependence { state });
        return Meaning::Changes(each.collect(), Vec::new());
    }
    Refused(format!("\"{quoted}\": what is kept? Name a person, a territory, a pact or its independence."))
}

/// Giving up and taking land.
pub(super) fn land(record: &Record, c: &Clause, verb: Verb, quoted: &str) -> Meaning {
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let to = c.part(record, Part::On);
    let lands = c.lands();
    if verb == Verb::Seize {
        let by = if c.passive { agent.first() } else { subject.first() }.copied();
        let on =
            c.object(record).first().copied().or(if c.passive { subject.first().copied() } else { None });
        return match (by, on, c.denied) {
            (by, on, true) if by.is_some() || on.is_some() => change(Change::NoAttack { by, on, land: true }),
            (Some(by), Some(on), false) => change(Change::Attack { by, on }),
            // "Takes the Sudetenland", of whoever holds it.
            (Some(by), None, false) if !lands.is_empty() => {
                change(Change::Cede { land: lands[0], from: None, to: Some(by) })
            }
            _ => Refused(format!("\"{quoted}\": say from which state, as in \"had attacked ...\".")),
        };
    }
    let Some(&land) = lands.first() else {
        return Refused(format!(
            "\"{quoted}\": which territory? The casebook knows {} of them.",
            record.territories.len()
        ));
    };
    let from = if c.passive { agent.first() } else { subject.first() }.copied();
    if c.denied {
        let claimant = to.first().copied();
        return change(Change::Answer { holder: from, claimant, mark: "resisted" });
    }
    change(Change::Cede { land, from, to: to.first().copied() })
}

/// "Had left Vilnius to the Lithuanians": who gets it keeps it.
pub(super) fn leaving_land(record: &Record, s: &Sentence, c: &Clause) -> Option<Meaning> {
    let verb = leaves(s, c)?;
    let land = c.groups.iter().find(|g| g.span.start > verb && !g.lands.is_empty())?.lands[0];
    let Some(&holder) = c.part(record, Part::On).first() else { return leaving_it(record, s, c, land) };
    let alone = c.span.clone().any(|i| s.folded[i] == "alone");
    // Only who took it from that state could have left it: Lithuania had no part in what became of Memel in Germany's hands.
    let subject = c.subject(record);
    let took = record.events.iter().any(|e| {
        e.kind == EventKind::TerritoryCeded
            && e.territories.contains(&land)
            && e.actors.iter().any(|a| subject.contains(a))
            && (e.targets.contains(&holder) || record.holder(land, e.when.reading().plus(-1)) == Some(holder))
    });
    (!c.denied && !alone && (took || subject.is_empty()))
        .then(|| change(Change::KeepLand { land, holder: Some(holder) }))
}

/// "Hitler leaves Memel for later": whoever took it does not, and who held it before holds it.
fn leaving_it(record: &Record, s: &Sentence, c: &Clause, land: TerritoryId) -> Option<Meaning> {
    // "Leaves Memel", and not "leaves for Memel".
    let verb = leaves(s, c)?;
    let behind = |start: usize| (verb + 1..start).all(|i| s.folded[i] == "the");
    let group = c.groups.iter().find(|g| g.lands.contains(&land) && behind(g.span.start))?;
    let left = |i: usize| {
        s.in_date(i)
            || matches!(s.folded[i].as_str(), "alone" | "be" | "later" | "in" | "on" | "until")
            || s.folded[i] == "for" && s.folded.get(i + 1).is_some_and(|w| w == "later")
    };
    let subject = c.subject(record);
    let window = s.window();
    let taken = record.events.iter().filter(|e| {
        let then = window.is_none_or(|w| e.when.meets(w));
        let ceded = e.kind == EventKind::TerritoryCeded && e.territories.contains(&land);
        ceded && then && e.actors.iter().any(|a| subject.contains(a))
    });
    let before: Vec<ActorId> = distinct(taken.filter_map(|e| record.holder(land, e.when.reading().plus(-1))));
    match before[..] {
        [holder] if !c.denied && (group.span.end..c.span.end).all(left) => {
            Some(change(Change::KeepLand { land, holder: Some(holder) }))
        }
        _ => None,
    }
}

/// Whether what is given is land.
pub(super) fn gives_land(s: &Sentence, c: &Clause) -> bool {
    let given = matches!(s.folded.get(c.at).map(String::as_str), Some("give" | "gives" | "gave" | "given"));
    let land = c.groups.iter().any(|g| !g.lands.is_empty() && (c.passive || g.span.start > c.at));
    given && land && c.pact.is_none() && !c.demand && nothing_else(c)
}

/// Whether nothing behind the verb is left over: "given the Sudetenland autonomy" gives no land away, and a claim may be taken to the League.
pub(super) fn nothing_else(c: &Clause) -> bool {
    !c.left_out.iter().any(|i| *i > c.at)
}

pub(super) fn demanding(record: &Record, c: &Clause, quoted: &str) -> Meaning {
    let by = if c.passive { c.part(record, Part::By) } else { c.subject(record) };
    match (by.first(), c.denied) {
        (Some(&claimant), true) => {
            let holder =
                c.object(record).into_iter().chain(c.part(record, Part::Aside)).find(|a| *a != claimant);
            change(Change::NoDemand { claimant, holder })
        }
        _ => Refused(format!(
            "\"{quoted}\": say how the demand is answered (\"had accepted the demand\", \"had refused\", \"had fought\"), or that \
             it is not made."
        )),
    }
}

pub(super) fn answer(record: &Record, c: &Clause, verb: Verb) -> Meaning {
    let accepts = (verb == Verb::Accept) != c.denied;
    let mark = if accepts { "conceded" } else { "resisted" };
    let claimants = c.describing(record, Noun::Demand);
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let by_whom_demanded = |rest: &[ActorId], holder: Option<ActorId>| {
        claimants.iter().chain(rest).copied().find(|a| Some(*a) != holder)
    };
    let (holder, claimant) = if c.passive {
        // "the German demand on Poland had been accepted", "Hungary had been refused by Romania".
        let holder = agent.first().or(c.part(record, Part::On).first()).copied();
        (holder, by_whom_demanded(&subject, holder))
    } else {
        let holder = subject.first().copied();
        let rest: Vec<ActorId> = c.object(record).into_iter().chain(c.part(record, Part::On)).collect();
        (holder, by_whom_demanded(&rest, holder))
    };
    change(Change::Answer { holder, claimant, mark })
}
