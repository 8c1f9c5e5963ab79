//! Attacks, wars and staying out of them.

use super::*;

/// Staying out of a war, or of a pact of several.
pub(super) fn staying(record: &Record, c: &Clause, quoted: &str) -> Meaning {
    let by = c.subject(record);
    if by.is_empty() {
        return Refused(format!("\"{quoted}\": who stays out? Name the state."));
    }
    // "Had kept its hands off Teschen."
    if !c.lands().is_empty() && c.named_pact.is_none() && !c.denied {
        return each(&by, &[], |by, on| Change::NoAttack { by, on, land: true });
    }
    let named = c.groups.iter().filter(|g| g.span.start > c.at && g.part != Part::With);
    let on = distinct(named.flat_map(|g| g.actors.iter().copied()).filter(|a| !by.contains(a)));
    match (c.named_pact, c.denied) {
        (Some(_), false) => staying_out(record, c.named_pact, &by),
        (None, false) => each(&by, &on, |by, on| Change::NoAttack { by, on, land: false }),
        (_, true) => Refused(format!("\"{quoted}\": say what it does instead, as in \"had attacked ...\".")),
    }
}

/// "The Czechs stand up to Hitler": what is demanded is refused, and where nothing was demanded there is war.
pub(super) fn defying(record: &Record, s: &Sentence, c: &Clause, focus: &Focus) -> Meaning {
    let by = c.subject(record);
    let to =
        distinct(c.object(record).into_iter().chain(c.part(record, Part::On)).filter(|a| !by.contains(a)));
    let demanded = |holder: ActorId| {
        record.events.iter().any(|e| {
            e.kind == EventKind::TerritorialDemand
                && e.targets.contains(&holder)
                && to.iter().all(|a| e.actors.contains(a))
        })
    };
    match by[..] {
        [holder] if demanded(holder) => change(Change::Answer {
            holder: Some(holder),
            claimant: to.first().copied(),
            mark: if c.denied { "conceded" } else { "resisted" },
        }),
        _ => fight(record, s, c, focus),
    }
}

pub(super) fn attack(record: &Record, c: &Clause, they: &[ActorId]) -> Meaning {
    let (subject, agent) = (c.subject(record), c.part(record, Part::By));
    let (by, on) = if c.passive {
        (agent, subject)
    } else {
        let named = c.object(record).into_iter().chain(c.part(record, Part::On));
        let mut on: Vec<ActorId> = distinct(named.filter(|a| !subject.contains(a)));
        if on.is_empty() && c.they && they.len() == 2 {
            on.extend(they.iter().filter(|a| !subject.contains(a)));
        }
        (subject, on)
    };
    match (&by[..], &on[..], c.denied) {
        ([_, ..], _, true) | (_, [_, ..], true) => {
            each(&by, &on, |by, on| Change::NoAttack { by, on, land: false })
        }
        ([_, ..], [_, ..], false) => {
            let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| Change::Attack { by, on }));
            Meaning::Changes(pairs.collect(), Vec::new())
        }
        _ => Refused("Who attacks whom? Name both states.".to_owned()),
    }
}

/// A change for every pair, `None` where a side is not named.
pub(super) fn each(
    by: &[ActorId],
    on: &[ActorId],
    change: impl Fn(Option<ActorId>, Option<ActorId>) -> Change,
) -> Meaning {
    let side = |side: &[ActorId]| match side {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };
    let (by, on) = (side(by), side(on));
    let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| (by, on)));
    Meaning::Changes(pairs.map(|(by, on)| change(by, on)).collect(), Vec::new())
}

pub(super) fn fight(record: &Record, s: &Sentence, c: &Clause, focus: &Focus) -> Meaning {
    let mut by = c.subject(record);
    if by.is_empty() {
        // "rejected the ultimatum and fought": the subject is the one before.
        by.extend(focus.actors.first());
    }
    // What is fought over is no enemy.
    let over = |start: usize| {
        (c.span.start..start).rev().take(2).any(|i| matches!(s.folded[i].as_str(), "over" | "for"))
    };
    let mut against: Vec<ActorId> = distinct(
        c.groups
            .iter()
            .filter(|g| g.span.start > c.at && g.of.is_none() && !over(g.span.start))
            // "... after meeting Hitler": when, and not against whom.
            .filter(|g| {
                !(c.at..g.span.start).any(|i| matches!(s.folded[i].as_str(), "after" | "before" | "when"))
            })
            .flat_map(|g| g.states(record))
            .filter(|a| !by.contains(a)),
    );
    // "France and Germany went to war".
    // Two that fight over a land in which neither has a stake fight beside each other.
    let stake = |a: &ActorId, land: &TerritoryId| {
        record.territories[land.0].holder == Some(*a)
            || record.claims.iter().any(|x| x.claimant == *a && x.territory == *land)
    };
    let lands: Vec<TerritoryId> = c.groups.iter().flat_map(|g| g.lands.iter().copied()).collect();
    let each_other = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "war" | "fought"))
        && (lands.is_empty() || by.iter().any(|a| lands.iter().any(|land| stake(a, land))));
    if let ([first, second], [], true) = (&by[..], &against[..], each_other) {
        against.push(*second);
        by = vec![*first];
    }
    if by.is_empty() {
        return Refused("Who fights? Name the state.".to_owned());
    }
    if c.denied {
        return each(&by, &against, |by, on| Change::NoAttack { by, on, land: false });
    }
    // "On Finland's side", "for Poland", "alongside the Poles": against whom that state fights.
    let beside = c.groups.iter().find(|g| {
        let side = s.folded.get(g.span.end).is_some_and(|w| w == "side");
        let before = |places: usize| s.before(g.span.start, places);
        let beside =
            matches!(before(1), "alongside" | "beside" | "with") || before(1) == "the" && before(2) == "with";
        let of_side = matches!(before(1), "of") && before(2) == "side";
        g.span.start > c.at && (side || beside || of_side)
    });
    let friends = beside.map_or(&[][..], |g| &g.actors[..]);
    // "On the Allied side": against who began the great war of the record.
    let allied = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "allied" | "allies"));
    let attacker = great_war(record)
        .and_then(|war| record.events[war.0].actors.first().copied())
        .filter(|_| allied && beside.is_none());
    let on = against.into_iter().find(|a| !friends.contains(a)).or(attacker.filter(|a| !by.contains(a)));
    // "Germany attacks, Poland joins in": beside the one who did.
    let joins = s.folded.get(c.at).is_some_and(|w| w.starts_with("join"))
        && s.folded.get(c.at + 1).is_some_and(|w| w == "in");
    let joined = c.inherited.first().filter(|a| joins && on.is_none() && !by.contains(a));
    let beside = friends.first().or(joined).copied();
    // "Carol tells Molotov to get lost and fights": whoever is spoken to does not.
    let before: Vec<&Group> =
        c.groups.iter().filter(|g| g.part == Part::Bare && g.span.end <= c.at).collect();
    let joined = |pair: &[&Group]| {
        let between = pair[0].span.end..pair[1].span.start;
        between.clone().all(|i| matches!(s.folded[i].as_str(), "and" | "the" | "both"))
            || s.gap(pair[1].span.start).contains(',')
    };
    let together = before.windows(2).all(joined);
    let who = if together { by.len() } else { 1 };
    let fights = by.into_iter().take(who).map(|by| Change::Fight { by, on, beside });
    Meaning::Changes(fights.collect(), Vec::new())
}

/// "Germany attacks Czechoslovakia and France marches": against the attacker, unless it is said to join him. Returns a note of each.
pub(crate) fn against_the_attacker(record: &Record, changes: &mut [Change]) -> Vec<String> {
    let mut notes = Vec::new();
    let attack = changes.iter().find_map(|c| match c {
        Change::Attack { by, on } => Some((*by, *on)),
        _ => None,
    });
    for change in changes.iter_mut() {
        let Change::Fight { by, on: on @ None, beside } = change else { continue };
        let enemy = match (attack, *beside) {
            (Some((attacker, attacked)), Some(friend)) if friend == attacker && *by != attacked => attacked,
            (Some((attacker, _)), None) if *by != attacker => attacker,
            _ => continue,
        };
        (*on, *beside) = (Some(enemy), None);
        let name = |a: ActorId| record.actors[a.0].in_sentence();
        notes.push(format!("{} is read as fighting against {}.", name(*by), name(enemy)));
    }
    notes
}

/// "refused the ultimatum and fought" is one change: the demand ends in war. So is "no Munich: Benes fights", where a settlement made
/// without a state is undone by it.
pub(crate) fn merge_fights(record: &Record, changes: &mut Vec<Change>) -> Option<Window> {
    let fight = changes
        .iter()
        .find_map(|c| if let Change::Fight { by, on, .. } = c { Some((*by, *on)) } else { None });
    let (by, on) = fight?;
    let (mut merged, mut when) = (false, None);
    for change in changes.iter_mut() {
        match change {
            Change::Answer { holder, claimant, mark }
                if *mark != "conceded" && holder.is_none_or(|h| h == by) =>
            {
                (*holder, *mark, merged) = (Some(by), "war", true);
                *claimant = claimant.or(on);
            }
            Change::NoPact { named: Some(p), .. } if !record.pacts[p.0].parties.contains(&by) => {
                let signed = &record.pacts[p.0].signed;
                let signed = Window { from: signed.earliest, to: signed.latest };
                let over = record.events.iter().any(|e| {
                    e.kind == EventKind::TerritorialDemand
                        && e.targets.contains(&by)
                        && (signed.from.0 - e.when.reading().0).abs() <= 31
                });
                if over {
                    *change = Change::Answer { holder: Some(by), claimant: on, mark: "war" };
                    (merged, when) = (true, Some(signed));
                }
            }
            _ => {}
        }
    }
    if merged {
        changes.retain(|c| !matches!(c, Change::Fight { .. }));
    }
    when
}

/// "Had left the Baltic states alone": no attack on any of them.
pub(super) fn leaving_alone(record: &Record, s: &Sentence, c: &Clause) -> Option<Meaning> {
    let verb = leaves(s, c)?;
    // "Alone" or "in peace", and behind it a date at most: whoever is left alone to face somebody is not left in peace.
    let alone = (verb + 1..c.span.end)
        .find(|&i| s.folded[i] == "alone" || s.folded[i] == "peace" && s.before(i, 1) == "in")?;
    let dated = |i: usize| s.in_date(i) || matches!(s.folded[i].as_str(), "in" | "on" | "that" | "the");
    let side = |before: bool| {
        let groups = c.groups.iter().filter(|g| (g.span.start < verb) == before && g.span.start < alone);
        distinct(groups.flat_map(|g| g.states(record)))
    };
    let own = side(true);
    let by = if own.is_empty() { c.inherited.clone() } else { own };
    let on: Vec<ActorId> = side(false).into_iter().filter(|a| !by.contains(a)).collect();
    ((alone + 1..c.span.end).all(dated) && !c.denied && !by.is_empty() && !on.is_empty())
        .then(|| each(&by, &on, |by, on| Change::NoAttack { by, on, land: true }))
}

/// "Had put off the invasion of Poland": it does not come when it did.
pub(super) fn put_off(record: &Record, s: &Sentence, c: &Clause) -> Option<Meaning> {
    let off = c.span.clone().find(|&i| {
        let word = s.folded[i].as_str();
        let next = s.folded.get(i + 1).map_or("", String::as_str);
        matches!((word, next), ("put" | "puts" | "called" | "calls", "off"))
            || word.starts_with("postpon")
            || word.starts_with("delay")
    })?;
    let attack = (off..c.span.end)
        .find(|&i| Happening::of(&s.folded[i]) == Some(Happening::Attack) && !s.in_name(i))?;
    // Who puts it off is who attacks: nobody puts off another's.
    let by = distinct(c.groups.iter().filter(|g| g.span.end <= off).flat_map(|g| g.states(record)));
    let another = |g: &Group| g.span.start > off && g.states(record).iter().any(|a| !by.contains(a));
    let others = c.groups.iter().any(|g| g.span.end <= attack && another(g));
    let behind = c.groups.iter().filter(|g| g.span.start > attack);
    let on = distinct(behind.flat_map(|g| g.states(record)).filter(|a| !by.contains(a)));
    if c.denied || others || by.is_empty() || on.is_empty() {
        return None;
    }
    let note = "Put off is read as not coming when it did; that it comes later instead is not put in, but may follow in the model.";
    match each(&by, &on, |by, on| Change::NoAttack { by, on, land: false }) {
        Meaning::Changes(changes, _) => Some(Meaning::Changes(changes, vec![note.to_owned()])),
        refused => Some(refused),
    }
}
