//! Pacts signed, not signed, moved, joined and broken.

use super::*;
use crate::claim::number;
use crate::lexicon::is_parliament;

/// Both parties, from whatever part of the clause names them.
pub(super) fn parties(record: &Record, c: &Clause, focus: &Focus, they: &[ActorId]) -> Vec<ActorId> {
    let here = c.everybody(record);
    if here.len() >= 2 {
        return here;
    }
    if c.they && they.len() == 2 && here.iter().all(|a| they.contains(a)) {
        return they.to_vec();
    }
    // The state of a person named elsewhere in the sentence is a party; so are the states named elsewhere.
    let elsewhere = focus.people.iter().filter_map(|p| record.people[p.0].actor);
    let aside = c.aside();
    let all = here.into_iter().chain(focus.actors.iter().copied()).chain(elsewhere);
    distinct(all.filter(|a| !aside.contains(a)))
}

pub(super) fn signing(
    record: &Record,
    s: &Sentence,
    c: &Clause,
    pact: Option<PactType>,
    focus: &Focus,
    they: &[ActorId],
) -> Meaning {
    let quoted = s.quote(&c.span);
    // Refusing or failing is itself a denial; doing so in the negative is signing.
    let refusing = matches!(c.verb, Some(Verb::Refuse | Verb::Fail));
    let denied = c.denied != refusing;
    let described = c.describing(record, Noun::Pact);
    let mut with = c.part(record, Part::With);
    if matches!(c.verb, Some(Verb::Guarantee)) {
        with.extend(c.object(record));
        with.extend(c.part(record, Part::On));
    }
    // "a guarantee to Poland", "a pact with".
    if pact == Some(PactType::Guarantee) {
        with.extend(c.part(record, Part::On));
    }
    let mut subject = c.subject(record);
    if c.passive {
        subject = c.part(record, Part::By).into_iter().chain(subject).collect();
    }
    let talkers = c.describing(record, Noun::Talks);
    let all = distinct(
        subject.iter().chain(&described).chain(&with).chain(&talkers).chain(&c.object(record)).copied(),
    );
    // "the pact with Poland" of a state named before it.
    if !denied && described.len() >= 2 && subject.iter().any(|a| !described.contains(a)) {
        return Refused(format!(
            "\"{quoted}\": {} joining a pact of others is not in the model; ask what if two states had signed one.",
            record.name(subject[0])
        ));
    }
    let actors = if all.len() >= 2 { all } else { parties(record, c, focus, they) };
    let named = c.named_pact;
    let sides = distinct(subject.iter().chain(&described).copied());
    let others: Vec<ActorId> = distinct(with.into_iter().filter(|w| !sides.contains(w)));
    let pairs = if !sides.is_empty() && !others.is_empty() {
        sides.iter().flat_map(|a| others.iter().map(move |b| (*a, *b))).collect()
    } else {
        all_pairs(&actors)
    };
    if let Some(i) = c.span.clone().find(|&i| relative_time(s, i)) {
        return Refused(format!("\"{}\": give the date itself.", s.quote(&(i..i + 2))));
    }
    if denied && s.folded[c.span.clone()].iter().any(|w| w == "but") {
        return Refused(format!(
            "\"{quoted}\" says what is not and what is instead; join them with \"and\", each with its verb."
        ));
    }
    if let Some(pact) = named.map(|p| &record.pacts[p.0]).filter(|p| denied && !p.is_bilateral())
        && !subject.is_empty()
        && !pact.parties.iter().all(|p| subject.contains(p))
    {
        return staying_out(record, named, &subject);
    }
    if denied {
        return change(Change::NoPact { pact, named, actors, pairs });
    }
    if let Some(days) = shift(s, &c.span) {
        return change(Change::Move { pact, named, actors, days });
    }
    // "Bulgaria signs the Balkan Pact": it joins those who did.
    if let (Some(pact), [one]) = (named.map(|p| &record.pacts[p.0]), &subject[..])
        && !pact.is_bilateral()
        && !pact.parties.contains(one)
    {
        return joining(record, c);
    }
    if actors.len() < 2 && !s.strangers.is_empty() {
        return Refused(stranger(record, s));
    }
    change(Change::Sign { pact, actors, pairs })
}

/// What was signed comes into force, or does not.
pub(super) fn ratifying(
    record: &Record,
    s: &Sentence,
    c: &Clause,
    focus: &Focus,
    they: &[ActorId],
) -> Meaning {
    let denied = c.denied != (c.verb == Some(Verb::Refuse));
    let id = c.named_pact.or_else(|| signed_before(record, &parties(record, c, focus, they), c, focus));
    let Some((id, named)) = id.map(|p| (p, &record.pacts[p.0])) else {
        return match c.pact {
            Some(pact) => signing(record, s, c, pact, focus, they),
            None => Refused(format!("\"{}\": which pact? Name it or its parties.", s.quote(&c.span))),
        };
    };
    if denied {
        let note = format!(
            "The {} was signed on {}; not ratified, it is read as not coming into force.",
            named.name,
            named.signed.long()
        );
        let undone =
            Change::NoPact { pact: None, named: Some(id), actors: named.parties.clone(), pairs: Vec::new() };
        return Meaning::Changes(vec![undone], vec![note]);
    }
    if named.end_kind != PactEnd::NeverInForce {
        return Refused(format!("The record has the {} come into force.", named.name));
    }
    let pact = named.main_type();
    if matches!(pact, PactType::Peace | PactType::Other) {
        return Refused(format!(
            "{}: whether a {} comes into force is not in the model.",
            named.name,
            pact.label()
        ));
    }
    let note = format!(
        "Signed on {}, it never came into force. Ratifying it is read as a {} in force from then on.",
        named.signed.long(),
        pact.label()
    );
    let actors = named.parties.clone();
    let pairs = all_pairs(&actors);
    Meaning::Changes(vec![Change::Sign { pact: Some(pact), actors, pairs }], vec![note])
}

/// Whether a pact is spoken of in a parliament, where nothing is signed.
pub(super) fn in_parliament(s: &Sentence, c: &Clause) -> bool {
    let voted = s.folded.get(c.at).is_some_and(|w| w.starts_with("vot"));
    let pact = c.named_pact.is_some() || c.pact.is_some();
    pact && (voted || c.span.clone().any(|i| is_parliament(&s.folded[i])))
}

/// Years between a signature and the vote on it.
const UNTIL_THE_VOTE: i32 = 3;

/// The pact of two states that was last signed before the time named, and not long before.
fn signed_before(record: &Record, parties: &[ActorId], c: &Clause, focus: &Focus) -> Option<PactId> {
    let window = focus.window?;
    let [a, b] = parties[..] else { return None };
    let fits = |p: &&PactId| {
        let pact = &record.pacts[p.0];
        let signed = pact.signed.earliest;
        let kind = c.pact.flatten();
        pact.is_bilateral()
            && pact.binds(a, b)
            && kind.is_none_or(|k| pact.types.contains(&k))
            && signed <= window.to
            && window.from.0 - signed.0 <= 366 * UNTIL_THE_VOTE
    };
    let ids: Vec<PactId> = (0..record.pacts.len()).map(PactId).collect();
    ids.iter().filter(fits).max_by_key(|p| record.pacts[p.0].signed.reading()).copied()
}

/// Days in a unit of time.
fn unit_of_time(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('s') {
        "day" => 1.0,
        "week" => 7.0,
        "month" => 30.44,
        "year" => 365.25,
        _ => return None,
    })
}

/// "a year before Munich": a unit of time and its anchor.
fn relative_time(s: &Sentence, i: usize) -> bool {
    unit_of_time(&s.folded[i]).is_some()
        && s.folded.get(i + 1).is_some_and(|w| w == "before" || w == "after")
        && !s.in_date(i + 1)
}

/// "Delay the pact by two years": in days.
pub(super) fn delayed(s: &Sentence, c: &Clause) -> Option<i32> {
    let said =
        |stems: &[&str]| c.span.clone().any(|i| stems.iter().any(|stem| s.folded[i].starts_with(stem)));
    let sign = match (said(&["delay", "postpon"]), said(&["advance", "hasten", "forward"])) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    let by = c.span.clone().find(|&i| s.folded[i] == "by" && !s.in_date(i + 1))?;
    let unit = unit_of_time(s.folded.get(by + 2)?)?;
    Some(sign * (f64::from(small_number(s.folded.get(by + 1)?)?) * unit).round() as i32)
}

/// A whole number as lengths of time are told: "a", "three", "18"; none but digits beyond twenty.
pub(crate) fn small_number(word: &str) -> Option<i32> {
    match word {
        "a" | "an" => Some(1),
        _ => {
            let spelt = || number(word).filter(|n| (1.0..=20.0).contains(n)).map(|n| n as i32);
            word.parse().ok().or_else(spelt)
        }
    }
}

/// "a year later", "six months earlier": in days.
pub(crate) fn shift(s: &Sentence, span: &std::ops::Range<usize>) -> Option<i32> {
    let at = span.clone().find(|&i| matches!(s.folded[i].as_str(), "later" | "earlier" | "sooner"))?;
    let sign = if s.folded[at] == "later" { 1 } else { -1 };
    let unit = unit_of_time(s.folded.get(at.checked_sub(1)?)?)?;
    let n = small_number(s.folded.get(at.checked_sub(2)?)?)?;
    Some(sign * (f64::from(n) * unit).round() as i32)
}

pub(super) fn all_pairs(actors: &[ActorId]) -> Vec<(ActorId, ActorId)> {
    actors.iter().enumerate().flat_map(|(i, a)| actors[i + 1..].iter().map(move |b| (*a, *b))).collect()
}

/// A state that does not sign a pact of several: where it acceded to it later, its accession does not happen.
pub(super) fn staying_out(record: &Record, named: Option<PactId>, subject: &[ActorId]) -> Meaning {
    let Some(named) = named else { return Refused("Which pact? Name it as the casebook does.".to_owned()) };
    let own = |p: &PactId| {
        let pact = &record.pacts[p.0];
        *p != named
            && record.is_same_instrument(named, *p)
            && pact.parties.first().is_some_and(|a| subject == [*a])
    };
    match (0..record.pacts.len()).map(PactId).find(own) {
        Some(accession) => change(Change::NoPact {
            pact: None,
            named: Some(accession),
            actors: record.pacts[accession.0].parties.clone(),
            pairs: Vec::new(),
        }),
        None => Refused(format!("Staying out of the {} is not in the model.", record.pacts[named.0].name)),
    }
}

/// A state that joins a pact of several signs with each.
pub(super) fn joining(record: &Record, c: &Clause) -> Meaning {
    let subject = c.subject(record);
    if c.denied && c.named_pact.is_some() {
        return staying_out(record, c.named_pact, &subject);
    }
    let Some(pact) = c.named_pact.map(|p| &record.pacts[p.0]) else {
        return Refused(
            "Which pact is joined? Name it as the casebook does, such as \"the Balkan Pact\".".to_owned(),
        );
    };
    let [joiner] = subject[..] else {
        return Refused(format!("Who joins the {}?", pact.name));
    };
    let pairs: Vec<_> = pact.parties.iter().filter(|p| **p != joiner).map(|p| (joiner, *p)).collect();
    let mut actors = vec![joiner];
    actors.extend(pairs.iter().map(|p| p.1));
    let note = format!(
        "Joining the {} is read as {} signing a {} with each of its parties.",
        pact.name,
        record.name(joiner),
        pact.main_type().label()
    );
    Meaning::Changes(vec![Change::Sign { pact: Some(pact.main_type()), actors, pairs }], vec![note])
}

/// Who breaks, and towards whom. `undone`: the recorded breach does not happen.
pub(super) fn breach(record: &Record, c: &Clause, they: &[ActorId], undone: bool) -> Meaning {
    let described = c.describing(record, Noun::Pact);
    let subject = c.subject(record);
    let agents = if c.passive { c.part(record, Part::By) } else { subject.clone() };
    if agents.is_empty() {
        return Refused("Who breaks the pact? Name the state.".to_owned());
    }
    let towards = distinct(
        described
            .into_iter()
            .chain(c.part(record, Part::With))
            .chain(c.object(record))
            .chain(c.part(record, Part::On))
            .chain(if c.passive { subject } else { Vec::new() })
            .chain(if c.they { they.to_vec() } else { Vec::new() })
            .filter(|a| !agents.contains(a)),
    );
    let towards = towards.first().copied();
    let (agents, towards) = match agents[..] {
        // "Poland and Germany had broken their pact"
        [first, second] if towards.is_none() => (vec![first], Some(second)),
        _ => (agents, towards),
    };
    let each = agents
        .into_iter()
        .map(|by| if undone { Change::NoBreak { by, towards } } else { Change::Break { by, towards } });
    Meaning::Changes(each.collect(), Vec::new())
}
