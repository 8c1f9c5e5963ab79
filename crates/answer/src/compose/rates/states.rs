//! How many states did something or had it done to them, state by state, and which did it most often.

use std::collections::BTreeSet;

use jonbar_question::{Amount, Cases, Deed, Other, Reading, Relation, Sort, StatesClaim, Who, Whose};
use jonbar_record::{ActorId, Citation, Day, Event, EventKind, Pact, PactEnd, PactType, Window};

use super::attacks::attacks;
use super::cases::{self, FORCE, Fate, WAR, fates, is, pairs, period, sort_name};
use super::claimed::disputes;
use super::transfers::transfers;
use super::{shares, span};
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// Something that one state did to another, or with it.
#[derive(Clone)]
struct Act<'s> {
    by: ActorId,
    on: ActorId,
    day: Day,
    /// When, as the record has it.
    when: &'s str,
    entry: Option<&'s Event>,
    /// The pact that was signed or ended: with several partners it is still one.
    pact: Option<&'s str>,
    citations: &'s [Citation],
}

impl<'s> Act<'s> {
    fn of(event: &'s Event, by: ActorId, on: ActorId) -> Act<'s> {
        let (day, when) = (event.when.reading(), &event.when.text);
        Act { by, on, day, when, entry: Some(event), pact: None, citations: &event.citations }
    }
}

/// One meaning of what is said: in words that stand after "states that", and the acts that count.
struct Meaning<'s> {
    label: String,
    acts: Vec<Act<'s>>,
}

/// More states than this are not named in a sentence.
const NAMED_MAX: usize = 10;

/// Days before an act in which a pact that ends still counts as one that it broke.
const JUST_ENDED: i32 = 30;

pub(crate) fn answer(study: &Study, reading: &Reading, claim: &StatesClaim) -> Answer {
    let record = study.record;
    let window = claim.window.unwrap_or(record.span).within(record.span);
    let time = claim.window.map_or_else(|| span(study), |_| period(window));
    let group = group(study, &claim.who, false);
    let deed = deed(study, claim);
    let asked = match claim.amount {
        Amount::Most(_) => format!("Which of {group} {deed} most often, {time}?"),
        _ => format!("How many of {group} {deed}, {time}?"),
    }
    .replace("of the states", "states");
    let mut answer = blank(reading, "base rate", asked);
    let members = members(study, claim, window);
    if window.from > window.to || members.is_empty() {
        answer.summary.push("The casebook has no such states then.".to_owned());
        return answer;
    }
    let meanings: Vec<Meaning> = meanings(study, claim)
        .into_iter()
        .map(|m| Meaning {
            acts: m.acts.into_iter().filter(|a| counts(study, claim, window, a)).collect(),
            ..m
        })
        .collect();
    match claim.amount {
        Amount::Most(first) => most(study, claim, &members, &meanings, first, &mut answer),
        _ => how_many(study, claim, &members, &meanings, &mut answer),
    }
    answer.summary.extend(mind(claim));
    let mut citer = Citer::new(record);
    answer.sections.push(Section::Table(table(study, claim, &members, &meanings, &mut citer)));
    finish(answer, citer)
}

fn own(claim: &StatesClaim, act: &Act) -> ActorId {
    if claim.acts { act.by } else { act.on }
}

/// How often a state did it, or had it done to it.
fn times_of(claim: &StatesClaim, meaning: &Meaning, state: ActorId) -> usize {
    let own = meaning.acts.iter().filter(|a| own(claim, a) == state);
    let (pacts, others): (Vec<&Act>, Vec<&Act>) = own.partition(|a| a.pact.is_some());
    let distinct: BTreeSet<&str> = pacts.iter().filter_map(|a| a.pact).collect();
    distinct.len() + others.len()
}

/// Of each state, whether it is as said under a meaning.
fn known(claim: &StatesClaim, members: &[ActorId], meaning: &Meaning) -> Vec<Option<bool>> {
    let enough = |m: ActorId| times_of(claim, meaning, m) >= claim.times as usize;
    members.iter().map(|m| Some(enough(*m) != claim.never)).collect()
}

/// How many states it is true of, held against what the sentence says.
fn how_many(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    meanings: &[Meaning],
    answer: &mut Answer,
) {
    let vague = if let Amount::Share(vague) = claim.amount { Some(vague) } else { None };
    let mut rows: Vec<ForestRow> = meanings
        .iter()
        .map(|m| ForestRow {
            interval: None,
            ..shares::row(m.label.clone(), known(claim, members, m).into_iter(), vague)
        })
        .collect();
    let number = if let Amount::Number { least, most } = claim.amount { Some((least, most)) } else { None };
    if let Some((least, most)) = number {
        for row in &mut rows {
            row.holds = row.count >= u64::from(least) && most.is_none_or(|most| row.count <= u64::from(most));
        }
    }
    let (of, group) = (members.len(), group(study, &claim.who, members.len() == 1));
    let said = number.map(|(least, most)| match (least, most) {
        (least, None) => format!("at least {least}"),
        (0, Some(most)) => format!("at most {most}"),
        (least, Some(most)) if least == most => format!("exactly {least}"),
        (least, Some(most)) => format!("{least} to {most}"),
    });
    // "Every state" means every one, not every time.
    let of_states = |meaning| match meaning {
        "every time" => "every one",
        "not once" => "not one",
        other => other,
    };
    let said = vague.map(|v| (v.word.to_owned(), Some(of_states(v.meaning)))).or(said.map(|n| (n, None)));
    if let (Amount::Only(only), Some(meaning)) = (claim.amount, meanings.first()) {
        let known = known(claim, members, meaning);
        let those: Vec<ActorId> =
            members.iter().zip(known).filter(|(_, is)| *is == Some(true)).map(|(m, _)| *m).collect();
        let others: Vec<ActorId> = those.iter().copied().filter(|a| *a != only).collect();
        answer.summary.push(match (those.contains(&only), others.is_empty()) {
            (true, true) => "Yes, it alone.".to_owned(),
            (true, false) => "No: so did others.".to_owned(),
            (false, _) if !members.contains(&only) => {
                format!(
                    "No: {} is not one of {}.",
                    words::name(study, only),
                    self::group(study, &claim.who, false)
                )
            }
            (false, _) => format!("No: of {} it is not so.", words::name(study, only)),
        });
    }
    if let Some((word, meaning)) = &said {
        answer.summary.push(verdict(word, *meaning, &rows));
    }
    if let (Some(plainest), Some(meaning)) = (rows.first(), meanings.first()) {
        let group = group.strip_prefix("the ").unwrap_or(&group);
        let known = known(claim, members, meaning);
        let those: Vec<ActorId> =
            members.iter().zip(known).filter(|(_, is)| *is == Some(true)).map(|(m, _)| *m).collect();
        let who = if those.is_empty() || those.len() > NAMED_MAX || those.len() == of {
            String::new()
        } else {
            format!(" They are {}.", words::names(study, &those))
                .replace("They are", if those.len() == 1 { "It is" } else { "They are" })
        };
        answer.summary.push(format!("{} of {of} {group} {}.{who}", plainest.count, plainest.label));
    }
    let mut forest = shares::forest(vague, rows);
    let read = said.as_ref().and_then(|(word, meaning)| Some((word, (*meaning)?)));
    let read = read.map_or(String::new(), |(word, meaning)| {
        format!("\"{}\" is read here as {meaning}. ", words::capital(word))
    });
    forest.intro = format!(
        "{read}These are all such states of the casebook: their share is no sample and has no interval."
    );
    forest.word = said.map(|(word, _)| word);
    answer.sections.push(Section::Forest(forest));
}

/// Whether the word or number is true under each meaning.
fn verdict(word: &str, meaning: Option<&str>, rows: &[ForestRow]) -> String {
    let yes: Vec<String> = rows.iter().filter(|r| r.holds).map(|r| format!("\"{}\"", r.label)).collect();
    let read = meaning.map_or(String::new(), |m| format!("Read as \"{m}\", "));
    let word = if meaning.is_some() { format!("\"{word}\"") } else { words::capital(word) };
    match yes.len() {
        0 if rows.len() == 1 => format!("No. {read}{word} is not true."),
        0 => format!("No. {read}{word} is true under no definition tried."),
        1 if rows.len() == 1 => format!("Yes. {read}{word} is true."),
        n if n == rows.len() => format!("Yes. {read}{word} is true under every definition tried."),
        _ => format!(
            "It depends on the definition. {read}{word} is true of {}, and of no other.",
            words::list(&yes)
        ),
    }
}

/// Who did it most often.
fn most(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    meanings: &[Meaning],
    first: Option<ActorId>,
    answer: &mut Answer,
) {
    for (i, meaning) in meanings.iter().enumerate() {
        let count = |m: ActorId| times_of(claim, meaning, m);
        let top = members.iter().map(|m| count(*m)).max().unwrap_or(0);
        let leaders: Vec<ActorId> = members.iter().copied().filter(|m| top > 0 && count(*m) == top).collect();
        let names = words::capital(&words::names(study, &leaders));
        let head = match first.filter(|_| i == 0) {
            None => String::new(),
            Some(named) if leaders == [named] => "Yes: nobody did so as often. ".to_owned(),
            Some(named) if leaders.contains(&named) => "Not quite: others did so as often. ".to_owned(),
            Some(named) => format!(
                "No: of {} there are {}. ",
                words::name(study, named),
                words::counted(count(named), "case", "cases")
            ),
        };
        answer.summary.push(if leaders.is_empty() {
            format!("{head}None of them {}.", meaning.label)
        } else {
            let one = meaning.label.strip_prefix("were ").filter(|_| leaders.len() == 1);
            let label = one.map_or(meaning.label.clone(), |rest| format!("was {rest}"));
            format!("{head}{names} most often, {}: {label}.", times(top))
        });
    }
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// What to keep in mind.
fn mind(claim: &StatesClaim) -> Vec<String> {
    let mut mind = Vec::new();
    if claim.who.of.iter().any(|(relation, _)| *relation == Relation::Neighbour) {
        mind.push(
            "Neighbours are the states that shared a border by land with it at any time of the period."
                .to_owned(),
        );
    }
    match claim.deed {
        Deed::Breach(_) | Deed::Denunciation(_) => {
            mind.push("Counted are states with a pact of the two alone that could be broken; peace treaties are left aside.".to_owned())
        }
        Deed::Attack => mind.push(
            "Who attacked whom follows the record's entry: the side that opened the war, or joined it.".to_owned(),
        ),
        _ => {}
    }
    if matches!(claim.who.sort, Some(Sort::Democracy | Sort::Dictatorship)) {
        mind.push(
            "A state counts if it was of that sort at any time of the period; acts count while it was."
                .to_owned(),
        );
    }
    mind
}

/// The states spoken of that existed at some time in a window.
fn members(study: &Study, claim: &StatesClaim, window: Window) -> Vec<ActorId> {
    let record = study.record;
    let who = &claim.who;
    let fates = |e: &&Event| matches!(e.kind, EventKind::IndependenceLost | EventKind::IndependenceRegained);
    // Independence begins and ends only there.
    let mut days: Vec<Day> = record.events.iter().filter(fates).map(|e| e.when.reading()).collect();
    days.extend(record.actors.iter().flat_map(|a| a.exists.iter().map(|w| w.from)));
    days.extend([window.from, window.to]);
    days.retain(|d| window.contains(*d));
    let existed = |a: ActorId| days.iter().any(|d| record.is_independent(a, *d));
    let sort = |a: ActorId| match who.sort {
        None => true,
        Some(Sort::Democracy | Sort::Dictatorship) => {
            let wanted = who.sort == Some(Sort::Democracy);
            let then = |w: Window| w.from <= window.to && w.to >= window.from;
            record.regimes.iter().any(|r| r.actor == a && then(r.window) && r.democracy == wanted)
        }
        Some(sort) => is(study, sort, a, window.from),
    };
    let related = |a: ActorId, of: (Relation, ActorId)| match of {
        (Relation::Neighbour, x) => record.borders.iter().any(|b| {
            let both = (b.a, b.b) == (a, x) || (b.a, b.b) == (x, a);
            both && b.land && b.window.from <= window.to && b.window.to >= window.from
        }),
        (Relation::Partner(kind), x) => {
            pacts_of_two(study, kind).any(|p| p.binds(a, x) && a != x && p.signed.reading() <= window.to)
        }
    };
    let breakable = |a: ActorId| match claim.deed {
        Deed::Breach(kind) | Deed::Denunciation(kind) => {
            pacts_of_two(study, kind).any(|p| p.parties.contains(&a) && p.signed.reading() <= window.to)
        }
        _ => true,
    };
    let mut found: Vec<ActorId> = (0..record.actors.len()).map(ActorId).collect();
    found.retain(|&a| sort(a) && who.of.iter().all(|of| related(a, *of)) && breakable(a) && existed(a));
    found
}

/// Pacts of two states of a type, peace treaties left aside.
fn pacts_of_two<'s>(study: &'s Study, kind: Option<PactType>) -> impl Iterator<Item = &'s Pact> {
    let of = Cases { pact: kind, ..Cases::default() };
    cases::pacts(study, &of).into_iter()
}

/// Whether an act is one of those spoken of.
fn counts(study: &Study, claim: &StatesClaim, window: Window, act: &Act) -> bool {
    let record = study.record;
    let (of, other) = if claim.acts { (act.by, act.on) } else { (act.on, act.by) };
    let day = act.day;
    let border = || {
        record.borders.iter().any(|b| {
            let both = (b.a, b.b) == (of, other) || (b.a, b.b) == (other, of);
            both && b.land && b.window.contains(day)
        })
    };
    let towards = match &claim.other {
        Other::Anyone => true,
        Other::Each => claim.who.sort.is_none_or(|sort| is(study, sort, other, day)),
        Other::States(list) => list.contains(&other),
        Other::Sort(sort) => is(study, *sort, other, day),
        Other::Neighbour => border(),
    };
    let sort = match claim.who.sort {
        Some(sort @ (Sort::Democracy | Sort::Dictatorship)) => is(study, sort, of, day),
        _ => true,
    };
    // What came before the pact was not done to a partner.
    let after = claim.who.of.iter().all(|relation| match *relation {
        (Relation::Partner(kind), x) if claim.other == Other::States(vec![x]) => {
            pacts_of_two(study, kind).any(|p| p.binds(of, x) && p.signed.reading() < day)
        }
        _ => true,
    });
    let bound = claim.bound.is_none_or(|kind| in_force(study, kind, of, other, day));
    window.contains(day) && towards && sort && after && bound
}

/// Whether a pact of the two alone was in force on a day, or had just ended.
fn in_force(study: &Study, kind: Option<PactType>, a: ActorId, b: ActorId, day: Day) -> bool {
    pacts_of_two(study, kind).any(|p| {
        let end = p.end.as_ref().map_or(study.record.span.to, |e| e.reading());
        p.binds(a, b) && p.signed.reading() < day && end >= day.plus(-JUST_ENDED)
    })
}

/// What is said, under each of its meanings.
fn meanings<'s>(study: &'s Study, claim: &StatesClaim) -> Vec<Meaning<'s>> {
    let plain = deed(study, claim);
    let meaning = |more: &str, acts: Vec<Act<'s>>| Meaning { label: format!("{plain}{more}"), acts };
    let mut list = match claim.deed {
        Deed::Attack => vec![
            meaning(": a war opened or joined, or independence taken", attacked(study)),
            meaning(", force short of war included", events(study, FORCE, false)),
        ],
        Deed::War => vec![meaning("", events(study, WAR, true))],
        Deed::Independence => {
            let lost = events(study, &[EventKind::IndependenceLost], false);
            let last = |a: &Act| !study.record.is_independent(a.on, study.record.span.to);
            let gone = lost.iter().filter(|a| last(a)).cloned().collect();
            vec![meaning("", lost), meaning(", and it was not regained by the end of the casebook", gone)]
        }
        Deed::Land => {
            let all = transfers(study, &Cases::default());
            let pressed = |t: &super::transfers::Transfer| t.force.is_some() || t.demand.is_some();
            let act = |t: &super::transfers::Transfer<'s>| Act::of(t.event, t.by, t.from);
            vec![
                meaning(", any land that changed hands", all.iter().map(act).collect()),
                meaning(
                    ", with force between the two or a demand for it in the year before",
                    all.iter().filter(|t| pressed(t)).map(act).collect(),
                ),
            ]
        }
        Deed::Demand => vec![meaning("", events(study, &[EventKind::TerritorialDemand], false))],
        Deed::Answer { met } => {
            let mut demands = events(study, &[EventKind::TerritorialDemand], false);
            demands.retain(|a| a.entry.is_some_and(|e| !e.mark.is_empty() && (e.mark == "conceded") == met));
            // Whoever answers is the one asked.
            let turned = demands.into_iter().map(|a| Act { by: a.on, on: a.by, ..a }).collect();
            vec![meaning("", turned)]
        }
        Deed::Claim => vec![meaning("", claimed(study))],
        Deed::Pact(kind) => vec![
            meaning(", of the two alone", signed(study, kind, false)),
            meaning(", or one of several states", signed(study, kind, true)),
        ],
        Deed::Denunciation(kind) => vec![meaning("", ended(study, kind, |f, _| f.denounced))],
        Deed::Breach(kind) => vec![
            meaning(", by an act against the other side", ended(study, kind, |f, _| f.violated)),
            meaning(", or denounced one", ended(study, kind, |f, _| f.violated || f.denounced)),
            meaning(
                ", or used force against the other side before the end",
                ended(study, kind, |f, _| f.violated || f.force_before_end().is_some()),
            ),
        ],
    };
    let partner = claim.who.of.iter().find_map(|of| match *of {
        (Relation::Partner(kind), x) => Some((kind, x)),
        (Relation::Neighbour, _) => None,
    });
    if let Some((kind, x)) = partner
        && claim.other == Other::States(vec![x])
        && claim.deed == Deed::Attack
    {
        let bound = |a: &&Act| in_force(study, kind, a.by, a.on, a.day);
        let acts = list[0].acts.iter().filter(bound).cloned().collect();
        list.push(meaning(", while a pact of the two was in force or within 30 days of its end", acts));
    }
    list
}

fn attacked<'s>(study: &'s Study) -> Vec<Act<'s>> {
    attacks(study, &Cases { unit: jonbar_question::Unit::Attacks, ..Cases::default() })
        .iter()
        .map(|a| Act::of(a.event, a.by, a.on))
        .collect()
}

/// Events of some kinds as acts of each that acts on each that it is done to; with `both`, of either side.
fn events<'s>(study: &'s Study, kinds: &[EventKind], both: bool) -> Vec<Act<'s>> {
    let mut acts = Vec::new();
    for event in study.record.events.iter().filter(|e| kinds.contains(&e.kind)) {
        for (&by, &on) in event.actors.iter().flat_map(|a| event.targets.iter().map(move |b| (a, b))) {
            acts.push(Act::of(event, by, on));
            if both {
                acts.push(Act::of(event, on, by));
            }
        }
    }
    acts
}

fn claimed<'s>(study: &'s Study) -> Vec<Act<'s>> {
    let of = Cases { unit: jonbar_question::Unit::Claims, ..Cases::default() };
    disputes(study, &of)
        .into_iter()
        .map(|d| Act {
            by: d.claim.claimant,
            on: d.holder,
            day: d.stands.from,
            when: "",
            entry: None,
            pact: None,
            citations: &d.claim.citations,
        })
        .collect()
}

/// Signatures, by each party with each other.
fn signed<'s>(study: &'s Study, kind: Option<PactType>, many: bool) -> Vec<Act<'s>> {
    let of = |many| cases::pacts(study, &Cases { pact: kind, many, ..Cases::default() });
    let mut pacts = of(false);
    if many {
        pacts.extend(of(true));
        pacts.sort_by_key(|p| p.signed.reading());
    }
    pacts
        .into_iter()
        .flat_map(|p| pairs(p).flat_map(move |(a, b)| [(p, a, b), (p, b, a)]))
        .map(|(p, by, on)| Act {
            by,
            on,
            day: p.signed.reading(),
            when: &p.signed.text,
            entry: study.record.signature(p).map(|e| &study.record.events[e.0]),
            pact: Some(&p.id),
            citations: &p.citations,
        })
        .collect()
}

/// Pacts that came to an end, or were fought over, by an act of one side.
fn ended<'s>(study: &'s Study, kind: Option<PactType>, so: fn(&Fate, ActorId) -> bool) -> Vec<Act<'s>> {
    let mut acts = Vec::new();
    for by in (0..study.record.actors.len()).map(ActorId) {
        let of = Cases { pact: kind, party: Some(by), ..Cases::default() };
        for fate in fates(study, &of, Some(Whose::Actor(by))).iter().filter(|f| so(f, by)) {
            let pact = fate.pact;
            let own_end = fate.violated || fate.denounced;
            let force = fate.force_before_end().filter(|_| !own_end);
            let when = pact.end.as_ref().filter(|_| pact.end_kind != PactEnd::InForce);
            let (day, text) = match (force, when) {
                (Some(event), _) => (event.when.reading(), &event.when.text),
                (None, Some(end)) => (end.reading(), &end.text),
                (None, None) => continue,
            };
            for &on in pact.parties.iter().filter(|p| **p != by) {
                let citations = force.map_or(&pact.citations[..], |e| &e.citations[..]);
                acts.push(Act { by, on, day, when: text, entry: force, pact: Some(&pact.id), citations });
            }
        }
    }
    acts.sort_by_key(|a| a.day);
    acts
}

/// The states in words: "the great powers", "the neighbours of Germany by land".
fn group(study: &Study, who: &Who, one: bool) -> String {
    let (states, powers, democracies) =
        if one { ("state", "great power", "democracy") } else { ("states", "great powers", "democracies") };
    let sort = match who.sort {
        None => format!("the {states}"),
        Some(Sort::Great) => format!("the {powers}"),
        Some(Sort::Small) => format!("the smaller {states}"),
        Some(Sort::Democracy) => format!("the {democracies}"),
        Some(Sort::Dictatorship) => format!("the {states} that were no democracies"),
        Some(Sort::Group(group)) => format!("the {}", study.record.groups[group.0].name),
    };
    let all = who.of.iter().map(|of| match *of {
        (Relation::Neighbour, x) => format!(" bordering {} by land", words::name(study, x)),
        (Relation::Partner(kind), x) => {
            format!(" with {} with {}", cases::a_pact(kind), words::name(study, x))
        }
    });
    all.fold(sort, |name, more| name + &more)
}

/// What is said of them, in words that stand after "states that".
fn deed(study: &Study, claim: &StatesClaim) -> String {
    let other = match &claim.other {
        Other::Anyone => String::new(),
        Other::Each => "another of them".to_owned(),
        Other::States(list) => {
            let names: Vec<String> = list.iter().map(|a| words::name(study, *a)).collect();
            names.join(" or ")
        }
        Other::Sort(sort) => sort_name(study, *sort),
        Other::Neighbour => "a neighbour by land".to_owned(),
    };
    let joined = |joint: &str| if other.is_empty() { String::new() } else { format!(" {joint} {other}") };
    let someone = || if other.is_empty() { " another state".to_owned() } else { format!(" {other}") };
    let what = match (claim.deed, claim.acts) {
        (Deed::Attack, true) => format!("attacked{}", someone()),
        (Deed::Attack, false) => format!("were attacked{}", joined("by")),
        (Deed::War, _) => format!("were at war{}", joined("with")),
        (Deed::Breach(kind), true) => format!("broke {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Breach(kind), false) => format!("saw {} broken{}", cases::a_pact(kind), joined("by")),
        (Deed::Denunciation(kind), _) => format!("denounced {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Pact(kind), _) => format!("signed {}{}", cases::a_pact(kind), joined("with")),
        (Deed::Land, true) => format!("gained land{}", joined("from")),
        (Deed::Land, false) => format!("lost land{}", joined("to")),
        (Deed::Independence, true) => format!("took the independence of{}", someone()),
        (Deed::Independence, false) => format!("lost their independence{}", joined("to")),
        (Deed::Demand, true) => format!("made a demand for land{}", joined("on")),
        (Deed::Demand, false) => format!("met with a demand for land{}", joined("from")),
        (Deed::Answer { met: true }, _) => format!("met a demand for land{}", joined("of")),
        (Deed::Answer { met: false }, _) => format!("refused a demand for land{}", joined("of")),
        (Deed::Claim, _) => format!("claimed land{}", joined("of")),
    };
    let what = match (claim.never, what.strip_prefix("were ")) {
        (true, Some(rest)) => format!("were never {rest}"),
        (true, None) => format!("never {what}"),
        (false, _) => what,
    };
    let what = match claim.bound {
        Some(kind) => format!("{what} while {} of the two was in force", cases::a_pact(kind)),
        None => what,
    };
    match claim.times {
        0 | 1 => what,
        n => format!("{what} at least {}", times(n as usize)),
    }
}

/// State by state: how often, and the first time.
fn table(
    study: &Study,
    claim: &StatesClaim,
    members: &[ActorId],
    meanings: &[Meaning],
    citer: &mut Citer,
) -> Table {
    let mut rows: Vec<(usize, Vec<Datum>)> = Vec::new();
    for &state in members {
        let own_acts = |m: &Meaning| times_of(claim, m, state);
        let first = meanings.iter().find_map(|m| m.acts.iter().find(|a| own(claim, a) == state));
        let mut row = vec![Datum::Text(words::capital(&words::name(study, state)))];
        row.extend(meanings.iter().map(|m| Datum::Count(own_acts(m) as u64)));
        let other = first.map(|a| if claim.acts { a.on } else { a.by });
        let when = first.map_or(Datum::None, |a| match a.entry {
            Some(event) => Datum::Entry(a.when.to_owned(), event.id.clone()),
            None if a.when.is_empty() => Datum::Text(a.day.long()),
            None => Datum::Text(a.when.to_owned()),
        });
        row.push(when);
        row.push(other.map_or(Datum::None, |a| Datum::Text(words::name(study, a))));
        row.push(first.map_or(Datum::None, |a| Datum::Text(citer.marks(a.citations))));
        rows.push((meanings.first().map_or(0, own_acts), row));
    }
    // Those of whom it is said come first.
    rows.sort_by_key(|(n, _)| if claim.never { *n as i64 } else { -(*n as i64) });
    let mut columns = vec!["state".to_owned()];
    columns.extend((1..=meanings.len()).map(|n| match n {
        1 => "times".to_owned(),
        n => format!("by definition {n}"),
    }));
    let side = match (claim.acts, claim.deed) {
        (_, Deed::Pact(_) | Deed::War) => "with whom",
        (true, _) => "whom",
        (false, _) => "by whom",
    };
    columns.extend(["first time", side, "source"].map(str::to_owned));
    Table {
        title: "The states".to_owned(),
        intro: format!("{}.", words::counted(members.len(), "state", "states")),
        columns,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        notes: vec!["A state counts if it was independent at some time of the period.".to_owned()],
    }
}
