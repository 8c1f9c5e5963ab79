//! How often, whether a sign of worse, right before what, and more or less over time: sentences people argue about, each
//! answered under its definitions, with the cases.

mod attack;
mod broken;
mod compared;
mod omen;
mod trend;
mod vague;

use jonbar_question::{BaseRate, Focus, Reading};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactType, Window};

use super::cite::Citer;
use super::study::Study;
use super::words;
use crate::answer::{Answer, Datum};

pub(crate) use trend::trend;

/// Days in a year.
const YEAR: f64 = 365.25;

/// Level of all intervals.
const LEVEL: f64 = 0.90;

pub(crate) fn base_rate(
    study: &Study,
    reading: &Reading,
    claim: BaseRate,
    by: Option<ActorId>,
    focus: &Focus,
) -> Answer {
    let asked = Asked::of(reading, claim, by, focus);
    let mut answer = match claim {
        BaseRate::Broken => broken::answer(study, reading, &asked),
        BaseRate::Compared => compared::answer(study, reading, &asked),
        BaseRate::BrokenBeforeAttack => attack::answer(study, reading, &asked),
        BaseRate::Omen => {
            let mut answer = omen::answer(study, reading, focus);
            if let Some(&one) = focus.actors.first() {
                let name = words::name(study, one);
                answer.reading.not_understood.push(format!("{name}: answered for the pacts of all states"));
            }
            answer
        }
    };
    answer.reading.not_understood.extend(asked.left_out);
    answer
}

/// What a sentence about broken pacts speaks of.
struct Asked {
    pact: PactType,
    /// Only pacts of this state.
    party: Option<ActorId>,
    /// Only breaches by this state; `None` for either side.
    by: Option<ActorId>,
    /// The sentence says that pacts were kept.
    kept: bool,
    /// Only pacts signed then.
    signed: Option<Window>,
    /// Parts of the sentence that are not answered.
    left_out: Vec<String>,
}

impl Asked {
    fn of(reading: &Reading, claim: BaseRate, by: Option<ActorId>, focus: &Focus) -> Asked {
        let text = format!(" {} ", reading.text.to_lowercase().replace([',', '.', '?', '!'], " "));
        let has = |words: &[&str]| words.iter().any(|w| text.contains(&format!(" {w} ")));
        let kept = has(&[
            "kept",
            "keep",
            "honoured",
            "honored",
            "observed",
            "respected",
            "upheld",
            "survived",
            "held",
            "hold",
        ]) || has(&["not broken", "not violated", "weren't broken", "unbroken"]);
        // "Italy's treaties were broken" does not say by whom.
        let passive = has(&["were", "was", "been", "be", "are", "get", "got"]);
        let mut left_out = Vec::new();
        if has(&["than"]) && claim != BaseRate::Compared {
            left_out.push("the comparison (\"than ...\"): the shares are those of all such pacts".to_owned());
        }
        if has(&["other side", "other party", "others", "partner", "partners"]) {
            left_out.push("by the other side: breaches by either side are counted".to_owned());
        }
        if has(&["within"]) {
            left_out.push("within a time: see how long pacts went unviolated".to_owned());
        }
        Asked {
            pact: focus.pact.unwrap_or(PactType::Nonaggression),
            party: by,
            by: by.filter(|_| !passive),
            kept,
            signed: focus.window,
            left_out,
        }
    }
}

/// What pacts of a type and those counted with it are called, in the plural.
fn plural(pact: PactType) -> &'static str {
    match pact {
        PactType::Nonaggression | PactType::Neutrality => "non-aggression and neutrality pacts",
        PactType::Consultation | PactType::Friendship => "consultation and friendship treaties",
        PactType::Defence | PactType::Guarantee => "pacts of mutual assistance and guarantees",
        PactType::Peace => "peace treaties",
        PactType::Other => "agreements of other kinds",
    }
}

/// Bilateral pacts of the type asked about and those counted with it, in order of signature; of one party and of a time if
/// named.
fn cases<'s>(
    study: &'s Study,
    pact: PactType,
    party: Option<ActorId>,
    signed: Option<Window>,
) -> Vec<&'s Pact> {
    let mut found: Vec<&Pact> = study
        .record
        .pacts
        .iter()
        .filter(|p| {
            p.is_bilateral()
                && p.end_kind != PactEnd::NeverInForce
                // A clause in a peace treaty is no pact of this type.
                && p.main_type() != PactType::Peace
                && p.types.iter().any(|t| Study::same_class(*t, pact))
                && party.is_none_or(|a| p.parties.contains(&a))
                && signed.is_none_or(|w| w.contains(p.signed.reading()))
        })
        .collect();
    found.sort_by_key(|p| p.signed.reading());
    found
}

/// First event that matches between two states after a day and up to another.
fn first_between<'s>(
    study: &'s Study,
    pact: &Pact,
    by: Option<ActorId>,
    kinds: &[EventKind],
    from: Day,
    to: Day,
) -> Option<&'s Event> {
    let [a, b] = pact.parties[..] else { return None };
    let acts = |e: &Event| by.is_none_or(|by| e.actors.contains(&by));
    study.record.events.iter().find(|e| {
        let facing = (e.actors.contains(&a) && e.targets.contains(&b))
            || (e.actors.contains(&b) && e.targets.contains(&a));
        kinds.contains(&e.kind) && facing && acts(e) && e.when.reading() > from && e.when.reading() <= to
    })
}

const FORCE: &[EventKind] =
    &[EventKind::ArmedDispute, EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
/// Attack, occupation or annexation.
const ATTACK: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
const WAR: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined];

struct Fate<'s> {
    pact: &'s Pact,
    /// By the state asked about, if one is.
    violated: bool,
    denounced: bool,
    force_before_end: Option<&'s Event>,
    force_in_five_years: Option<&'s Event>,
    war_before_or_soon: Option<&'s Event>,
    attack: Option<&'s Event>,
}

fn fate<'s>(study: &'s Study, pact: &'s Pact, by: Option<ActorId>) -> Fate<'s> {
    let start = pact.signed.reading();
    let end = pact.end.as_ref().map_or(study.record.span.to, |e| e.reading());
    let by_them = by.is_none_or(|a| pact.ended_by.contains(&a));
    // An incident just before a war is part of it; the attack is the war or the occupation.
    let attack = first_between(study, pact, by, ATTACK, end.plus(-30), end.plus(366));
    Fate {
        pact,
        violated: pact.end_kind == PactEnd::Violated && by_them,
        denounced: pact.end_kind == PactEnd::Denounced && by_them,
        force_before_end: first_between(study, pact, by, FORCE, start, end),
        force_in_five_years: first_between(study, pact, by, FORCE, start, start.plus((5.0 * YEAR) as i32)),
        war_before_or_soon: first_between(study, pact, by, WAR, start, end.plus(366)),
        attack,
    }
}

/// A probability of chance as it is written.
fn chance(p: f64) -> String {
    if p < 0.001 { "p below 0.001".to_owned() } else { format!("p {p:.3}") }
}

fn case_rows(study: &Study, fates: &[Fate], citer: &mut Citer) -> Vec<Vec<Datum>> {
    fates
        .iter()
        .map(|f| {
            let cites = citer.marks(&f.pact.citations);
            let event = |e: Option<&Event>| e.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()));
            vec![
                match study.record.signature(f.pact) {
                    Some(e) => Datum::Entry(
                        words::names(study, &f.pact.parties),
                        study.record.events[e.0].id.clone(),
                    ),
                    None => Datum::Text(words::names(study, &f.pact.parties)),
                },
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(format!(
                    "{}{}",
                    f.pact.end_kind.label(),
                    f.pact.end.as_ref().map(|e| format!(" {}", e.text)).unwrap_or_default()
                )),
                if f.pact.ended_by.is_empty() {
                    Datum::None
                } else {
                    Datum::Text(words::names(study, &f.pact.ended_by))
                },
                event(f.force_before_end),
                event(f.war_before_or_soon),
                Datum::Text(cites),
            ]
        })
        .collect()
}

/// Columns of the cases; with a state named, force and war are its own acts alone.
fn case_columns(study: &Study, by: Option<ActorId>) -> Vec<String> {
    let whose = by.map_or(String::new(), |a| format!(" by {}", words::name(study, a)));
    vec![
        "parties".to_owned(),
        "signed".to_owned(),
        "end".to_owned(),
        "by".to_owned(),
        format!("force{whose} before the end"),
        format!("war{whose} before or within a year"),
        "source".to_owned(),
    ]
}

/// "1918 to 1941", the years of the casebook.
fn span(study: &Study) -> String {
    format!("{} to {}", study.record.span.from.year(), study.record.span.to.year())
}
