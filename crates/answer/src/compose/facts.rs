//! Answers from the record alone.

mod standing;

use jonbar_model::Kind;
use jonbar_question::{Ask, Focus, Found, Reading, calls_an_entry, says_how_often, supposition};
use jonbar_record::{
    ActorId, Day, Event, EventId, EventKind, Office, Pact, PactEnd, PactId, PactType, Record, Window,
};

use super::cite::Citer;
use super::prose::{entries_like, entries_near};
use super::study::Study;
use super::{YEAR, blank, finish, words};
use crate::answer::{Answer, Datum, RecordList, Section, Table};
use standing::{claims, members, regimes, related, standing};

/// Entries shown at most.
const ENTRIES_MAX: usize = 30;

/// A fact question: what the record says, or that it says nothing and whether that means nothing happened.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    ask: Ask,
    by: Option<ActorId>,
    found: Found,
    focus: &Focus,
) -> Answer {
    let mut citer = Citer::new(study.record);
    let about = subject(study, focus);
    let agent = by.map(|a| format!(" by {}", words::name(study, a))).unwrap_or_default();
    let mut answer =
        blank(reading, "fact", format!("What does the record say of {}{agent} {about}?", asked(ask)));
    let span = study.record.span;
    if focus.window.is_some_and(|w| w.to < span.from || span.to < w.from) {
        answer.summary.push(format!(
            "The casebook covers {} to {} only, and has nothing of that time.",
            span.from.long(),
            span.to.long()
        ));
        return finish(answer, citer);
    }
    // With words left unused the question may be another.
    let found = if reading.not_understood.is_empty() { found } else { Found::Open };
    match ask {
        Ask::Office => offices(study, focus, &mut answer, &mut citer),
        Ask::InForce => in_force(study, found, focus, &mut answer, &mut citer),
        Ask::Territory => {
            holders(study, found, focus, &mut answer);
            entries(study, reading, (ask, by, found), focus, &mut answer, &mut citer);
        }
        Ask::Regime => regimes(study, reading, focus, &mut answer, &mut citer),
        Ask::Demands if !focus.territories.is_empty() || reading.text.to_lowercase().contains("claim") => {
            claims(study, reading, by, focus, &mut answer, &mut citer);
            entries(study, reading, (ask, by, found), focus, &mut answer, &mut citer);
        }
        Ask::Relations if related(study, reading, focus, &mut answer) => {}
        _ => {
            if ask == Ask::League {
                answer.summary.extend(members(study, reading, focus));
            }
            answer.summary.extend(standing(study, reading, ask, found, focus));
            entries(study, reading, (ask, by, found), focus, &mut answer, &mut citer);
        }
    }
    finish(answer, citer)
}

/// Entries that may be shown where only words tell which is meant.
const LOOKED_UP_MAX: usize = 5;

/// The entry that says most of what is asked, or the few that say as much.
pub(crate) fn look_up(study: &Study, reading: &Reading, focus: &Focus, words: &[String]) -> Answer {
    let record = study.record;
    let of_people: Vec<ActorId> = focus.people.iter().filter_map(|p| record.people[p.0].actor).collect();
    let states: Vec<ActorId> = focus.actors.iter().copied().filter(|a| !of_people.contains(a)).collect();
    let found = entries_like(record, (&states, &focus.people, &focus.territories), focus.window, words);
    // Entries of those named and nobody else are meant before others.
    let alone = |id: &EventId| record.events[id.0].parties().all(|p| focus.actors.contains(&p));
    let own: Vec<EventId> = found.iter().copied().filter(alone).collect();
    let found = if own.is_empty() { found } else { own };
    if found.is_empty() || found.len() > LOOKED_UP_MAX {
        let mut reading = reading.clone();
        reading.not_understood.push(if found.is_empty() {
            format!("\"{}\": no entry of the record says so.", reading.text)
        } else {
            format!(
                "\"{}\": {} entries say as much of it; name a year, or who else took part.",
                reading.text,
                found.len()
            )
        });
        reading.not_understood.push(super::can_be_asked(record, &focus.actors));
        return super::not_understood(&reading);
    }
    let mut events: Vec<&Event> = found.iter().map(|id| &record.events[id.0]).collect();
    events.sort_by_key(|e| e.when.reading());
    let mut citer = Citer::new(record);
    let about = subject(study, focus);
    let comma = if about.is_empty() { "" } else { ", " };
    let mut answer = blank(reading, "fact", format!("Which entries of the record tell of it{comma}{about}?"));
    answer.summary = events.iter().map(|e| words::dated(e)).collect();
    let intro = "What says most of what is asked; whether it answers the question is for the reader to see.";
    let entries = events.iter().map(|e| citer.entry(e)).collect();
    answer.sections.push(Section::Record(RecordList {
        title: "The record".to_owned(),
        intro: intro.to_owned(),
        entries,
    }));
    finish(answer, citer)
}

/// The entries that share most with a question which no rule reads; `None` where none shares enough, or where a what-if is asked.
pub(crate) fn nearest(study: &Study, reading: &Reading) -> Option<Answer> {
    let record = study.record;
    // What compares or says how often asks for no entry.
    let claims = says_how_often(&reading.text) && !reading.text.trim_end().ends_with('?');
    let supposes = || supposition(&reading.text, record).is_some();
    if claims || supposes() || calls_an_entry(&reading.text, record) {
        return None;
    }
    let mut citer = Citer::new(record);
    let list = near_by_words(record, &reading.text, &mut citer)?;
    let sentence = "Which entries of the record share most with these words?".to_owned();
    let mut answer = blank(reading, "nearest", sentence);
    answer.summary = list.entries.iter().map(|e| format!("{}: {}", e.date, e.text)).collect();
    answer.sections.push(Section::Record(list));
    Some(finish(answer, citer))
}

/// The entries that share most with some words, the nearest first; `None` if none shares enough.
pub(super) fn near_by_words(record: &Record, text: &str, citer: &mut Citer) -> Option<RecordList> {
    let found = entries_near(record, text, LOOKED_UP_MAX);
    let entries: Vec<_> = found.iter().map(|id| citer.entry(&record.events[id.0])).collect();
    (!entries.is_empty()).then(|| RecordList {
        title: "Nearest in the record".to_owned(),
        intro: "Looked up by the words of the question alone, the nearest entry first. Whether one answers it is for the reader to see."
            .to_owned(),
        entries,
    })
}

fn asked(ask: Ask) -> &'static str {
    match ask {
        Ask::Proposed => "proposals and talks",
        Ask::Signed => "pacts signed",
        Ask::InForce => "pacts in force",
        Ask::Broken => "broken pacts",
        Ask::Ended => "pacts that ended",
        Ask::Answered => "answers to demands",
        Ask::Force => "force and war",
        Ask::Demands => "claims and demands",
        Ask::Relations => "diplomatic relations",
        Ask::League => "entries into the League and exits from it",
        Ask::Office => "offices",
        Ask::Territory => "territory",
        Ask::Regime => "regimes",
        Ask::Anything => "everything",
    }
}

pub(crate) fn subject(study: &Study, focus: &Focus) -> String {
    let mut parts = Vec::new();
    if focus.actors.len() >= 2 {
        parts.push(format!("between {}", words::names(study, &focus.actors)));
    } else if let Some(a) = focus.actors.first() {
        parts.push(format!("involving {}", words::name(study, *a)));
    }
    if !focus.territories.is_empty() {
        parts.push(format!("about {}", words::lands(study.record, &focus.territories)));
    }
    if !focus.people.is_empty() {
        let names: Vec<String> = focus.people.iter().map(|p| study.record.people[p.0].name.clone()).collect();
        parts.push(format!("naming {}", words::list(&names)));
    }
    match (focus.named, focus.pact) {
        (Some(p), _) => parts.push(format!("on the {}", study.record.pacts[p.0].name)),
        (None, Some(pact)) => parts.push(format!("on a {}", pact.label())),
        (None, None) => {}
    }
    if let Some(w) = focus.window {
        parts.push(period(study, w));
    }
    parts.join(", ")
}

/// A period in words; an end beyond the casebook is not spelt out.
fn period(study: &Study, w: Window) -> String {
    let span = study.record.span;
    match (w.from < span.from, w.to > span.to) {
        (true, true) => "at any time".to_owned(),
        (true, false) => format!("until {}", w.to.long()),
        (false, true) => format!("from {} on", w.from.long()),
        (false, false) if w.from == w.to => format!("on {}", w.from.long()),
        (false, false) => format!("from {} to {}", w.from.long(), w.to.long()),
    }
}

pub(crate) fn concerns(study: &Study, e: &Event, focus: &Focus) -> bool {
    let actors = match &focus.actors[..] {
        [] => true,
        [one] => e.parties().any(|p| p == *one),
        several => several.iter().filter(|a| e.parties().any(|p| p == **a)).count() >= 2,
    };
    let land = focus.territories.is_empty() || e.territories.iter().any(|t| focus.territories.contains(t));
    // Two people did it together; of more, one will do.
    let people = match focus.people.len() {
        0 => true,
        2 => focus.people.iter().all(|p| e.people.contains(p)),
        _ => e.people.iter().any(|p| focus.people.contains(p)),
    };
    let when = focus.window.is_none_or(|w| e.when.meets(w));
    let named = focus.named.is_none_or(|p| e.pact.is_some_and(|q| study.record.is_same_instrument(p, q)));
    actors && land && people && when && named
}

fn pact_fits(study: &Study, e: &Event, wanted: Option<PactType>) -> bool {
    let Some(wanted) = wanted else { return true };
    let types: Vec<PactType> = match e.pact {
        Some(p) => study.record.pacts[p.0].types.clone(),
        None if e.mark == "other" => return false,
        None => PactType::parse(&e.mark).into_iter().collect(),
    };
    types.is_empty() || types.iter().any(|t| Study::same_class(*t, wanted))
}

/// Whether an entry is of the sort that the very words of a question name: to denounce is not to violate, an ultimatum no mere claim.
fn as_worded(e: &Event, ask: Ask, focus: &Focus, text: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
    match ask {
        Ask::Broken if says(&["denounc"]) => e.kind == EventKind::PactDenounced,
        Ask::Broken if says(&["violat"]) => e.kind == EventKind::PactViolated,
        Ask::Demands if focus.ultimatum => {
            let follows = matches!(
                e.kind,
                EventKind::PactViolated | EventKind::TerritoryCeded | EventKind::IndependenceLost
            );
            let called = e.summary.to_lowercase().contains("ultimatum");
            e.kind == EventKind::TerritorialDemand || called && !follows
        }
        // "Which territories did Hungary lose?", "did Poland take land from Czechoslovakia?"
        Ask::Territory if !text.contains(" by ") => {
            let first = focus.actors.first();
            let (takes, loses) = (takes_land(text), loses_land(text));
            if e.kind != EventKind::TerritoryCeded {
                // What was taken or lost is asked for, and no demand.
                return !(lists_land(text) && (takes || loses));
            }
            match first {
                Some(a) if loses && !takes => e.targets.contains(a),
                Some(a) if takes && !loses => e.actors.contains(a),
                _ => true,
            }
        }
        Ask::League => {
            let leaves = says(&[" leav", " left", " quit", " withdr", " walk", " expel", " thrown"]);
            let enters = says(&[" join", " enter", " admit", " admission", " came in"]);
            match e.kind {
                EventKind::LeagueLeft => leaves || !enters,
                _ => enters || !leaves,
            }
        }
        Ask::Force if says(&[" wars "]) && says(&[" ended", " end "]) => e.kind == EventKind::WarEnded,
        // "Which wars began in 1920?"
        Ask::Force if says(&[" wars "]) && says(&[" began", " begin", " broke", " start"]) => {
            e.kind == EventKind::WarBegun
        }
        // "Was Sweden in any war?": a seizure of ships is none.
        Ask::Force
            if says(&[" war ", " war?", " wars"])
                && !says(&["fight", "fought", "attack", "invad", "clash", "force", "the war"]) =>
        {
            matches!(e.kind, EventKind::WarBegun | EventKind::WarJoined | EventKind::WarEnded)
        }
        // "When did Italy join the war?"
        Ask::Force if says(&["join the war", "joined the war", "enter the war", "entered the war"]) => {
            e.kind == EventKind::WarJoined || e.kind == EventKind::WarBegun
        }
        Ask::Signed if says(&[" first "]) => e.kind == EventKind::PactSigned,
        _ => true,
    }
}

fn loses_land(text: &str) -> bool {
    [" lose", " lost", " cede", " gave up", " give up"].iter().any(|w| text.contains(w))
}

fn takes_land(text: &str) -> bool {
    let takes = [
        " gain",
        " take ",
        " took ",
        " annex ",
        " annexed ",
        " get ",
        " got ",
        " seize",
        " regain",
        " recover",
    ];
    takes.iter().any(|w| text.contains(w))
}

/// "Which lands did Hungary get back?"
fn lists_land(text: &str) -> bool {
    let which = ["which ", "what "].iter().any(|w| text.trim_start().starts_with(w));
    which && [" land", " territor", " province", " area", " region"].iter().any(|w| text.contains(w))
}

/// "Was Lithuania given an ultimatum", "did Poland give Lithuania an ultimatum": by whom to whom, where the question says so.
fn handed(e: &Event, focus: &Focus, text: &str) -> bool {
    if !focus.ultimatum {
        return true;
    }
    let received =
        [" given ", " receive", " handed an", " faced ", " face an", " get an", " got an", " presented with"];
    match focus.actors[..] {
        [one] if received.iter().any(|w| text.contains(w)) => e.targets.contains(&one),
        [one, other] if text.starts_with("did ") => e.actors.contains(&one) && e.targets.contains(&other),
        _ => true,
    }
}

fn matches(study: &Study, e: &Event, ask: Ask, focus: &Focus) -> bool {
    use EventKind::*;
    let kind = match ask {
        Ask::Proposed => e.kind.is_negotiation(),
        Ask::Signed => e.kind == PactSigned || e.kind == PactExtended || e.kind == PactRatified,
        Ask::Broken => matches!(e.kind, PactViolated | PactDenounced),
        Ask::Ended => e.kind.ends_pact(),
        Ask::Answered => e.kind == TerritorialDemand,
        Ask::Force => matches!(e.kind, ArmedDispute | WarBegun | WarJoined | WarEnded),
        Ask::Demands => matches!(e.kind, TerritorialDemand | ClaimAsserted | ClaimRenounced),
        Ask::Relations => matches!(e.kind, RelationsOpened | RelationsBroken),
        Ask::League => matches!(e.kind, LeagueEntered | LeagueLeft),
        Ask::Territory => {
            matches!(e.kind, TerritoryCeded | TerritorialDemand | ClaimAsserted | ClaimRenounced)
        }
        Ask::Regime => e.kind == RegimeChange,
        Ask::Office | Ask::InForce => false,
        Ask::Anything => e.kind != Motive,
    };
    kind && concerns(study, e, focus)
        && (!matches!(ask, Ask::Proposed | Ask::Signed | Ask::Broken | Ask::Ended)
            || pact_fits(study, e, focus.pact))
}

/// Two or more states compared by what each did: "Did Germany break more pacts than the USSR?"
fn compares(reading: &Reading, focus: &Focus) -> bool {
    let text = reading.text.to_lowercase();
    focus.actors.len() >= 2
        && (text.contains(" more ") || text.contains(" most ") || text.contains(" fewer "))
}

fn entries(
    study: &Study,
    reading: &Reading,
    (ask, by, means): (Ask, Option<ActorId>, Found),
    focus: &Focus,
    answer: &mut Answer,
    citer: &mut Citer,
) {
    let record = study.record;
    let comparing = compares(reading, focus);
    let text = reading.text.to_lowercase();
    let wide = Focus { actors: Vec::new(), ..focus.clone() };
    let all: Vec<&Event> = record
        .events
        .iter()
        .filter(|e| {
            if comparing {
                matches(study, e, ask, &wide) && e.actors.iter().any(|a| focus.actors.contains(a))
            } else {
                let told = ask == Ask::Demands && focus.ultimatum && concerns(study, e, focus);
                (told || matches(study, e, ask, focus))
                    && as_worded(e, ask, focus, &text)
                    && handed(e, focus, &text)
            }
        })
        .collect();
    // What the state named did, rather than what was done to it; a joint act is everybody's.
    let acts = |e: &&&Event| {
        // The end of a war is nobody's attack.
        let attacks = ask != Ask::Force || e.kind != EventKind::WarEnded;
        attacks && by.is_none_or(|a| if ask == Ask::Answered { &e.targets } else { &e.actors }.contains(&a))
    };
    let attacked = who_attacked(reading, ask, focus);
    let found: Vec<&Event> = match by {
        None if attacked.is_some() => {
            let on = |e: &&&Event| {
                attacked.is_some_and(|a| e.targets.contains(&a)) && e.kind != EventKind::WarEnded
            };
            all.iter().filter(on).copied().collect()
        }
        Some(_) if !comparing && ask != Ask::Proposed => all.iter().filter(acts).copied().collect(),
        Some(a) if ask == Ask::Proposed => {
            all.iter().copied().filter(|e| e.kind == EventKind::Proposal && e.actors.contains(&a)).collect()
        }
        _ => all.clone(),
    };
    if attacked.is_some() && !found.is_empty() {
        let mut by: Vec<ActorId> = Vec::new();
        found.iter().flat_map(|e| &e.actors).for_each(|a| {
            if !by.contains(a) {
                by.push(*a);
            }
        });
        answer.summary.push(format!(
            "{}, by the casebook: {} of force or war against it.",
            words::capital(&words::names(study, &by)),
            words::counted(found.len(), "entry", "entries")
        ));
    }
    if let (Ask::Signed, true, Some(first)) = (ask, text.contains(" first "), found.first()) {
        let others: Vec<ActorId> =
            first.actors.iter().copied().filter(|a| !focus.actors.contains(a)).collect();
        answer.summary.push(format!(
            "{}, on {}.",
            words::capital(&words::names(study, &others)),
            first.when.long()
        ));
    }
    // "Which states left the League?": who, before how many.
    if ask == Ask::League && focus.actors.is_empty() {
        let each: Vec<String> =
            found.iter().map(|e| format!("{} ({})", words::names(study, &e.actors), e.when.long())).collect();
        answer
            .summary
            .extend((!each.is_empty()).then(|| format!("{}.", words::capital(&words::list(&each)))));
    }
    if comparing && ask == Ask::Broken {
        answer.summary = counted(study, focus, &found);
    } else if answer.summary.is_empty() && ask == Ask::Territory && lists_land(&text) && !found.is_empty() {
        let ceded = found.iter().filter(|e| e.kind == EventKind::TerritoryCeded);
        let each: Vec<String> =
            ceded.map(|e| format!("{} ({})", words::lands(record, &e.territories), e.when.long())).collect();
        answer.summary.push(format!("By the casebook: {}.", words::list(&each)));
    } else if answer.summary.is_empty() {
        answer.summary.extend(summary(study, (ask, by, means), focus, &found, &all));
    }
    let mut shown = if found.is_empty() { all } else { found.clone() };
    let n = shown.len();
    if n > ENTRIES_MAX {
        shown.retain(|e| e.confidence != jonbar_record::Confidence::Low);
        shown.truncate(ENTRIES_MAX);
    }
    let intro = match (n, shown.len(), found.is_empty()) {
        (0, ..) => "No entry matches.".to_owned(),
        (n, _, true) => format!("{} that match otherwise.", capital_count(n)),
        (n, m, _) if m < n => format!("{m} of {n} matching entries."),
        (1, ..) => "One matching entry.".to_owned(),
        (n, ..) => format!("{n} matching entries."),
    };
    let entries = shown.into_iter().map(|e| citer.entry(e)).collect();
    answer.sections.push(Section::Record(RecordList { title: "The record".to_owned(), intro, entries }));
}

/// "Who attacked Peru?": the state that was attacked.
fn who_attacked(reading: &Reading, ask: Ask, focus: &Focus) -> Option<ActorId> {
    let text = reading.text.to_lowercase();
    let asks = [
        "who attacked",
        "who invaded",
        "who occupied",
        "which states attacked",
        "which state attacked",
        "which country attacked",
        "which countries attacked",
        "which states invaded",
        "which countries invaded",
    ];
    let one = if let [one] = focus.actors[..] { Some(one) } else { None };
    one.filter(|_| ask == Ask::Force && asks.iter().any(|start| text.trim_start().starts_with(start)))
}

/// How often each of the states compared broke or denounced a pact.
fn counted(study: &Study, focus: &Focus, found: &[&Event]) -> Vec<String> {
    let breaches = |a: ActorId| {
        found
            .iter()
            .filter(|e| matches!(e.kind, EventKind::PactViolated | EventKind::PactDenounced))
            .filter(|e| e.actors.contains(&a))
            .count()
    };
    let each: Vec<String> =
        focus.actors.iter().map(|a| format!("{}: {}", words::name(study, *a), breaches(*a))).collect();
    vec![format!("Pacts broken or denounced, by the casebook: {}.", each.join("; "))]
}

/// Yes or no first, where that is asked; then the count and the span. Where nothing is found, whether that means that
/// nothing happened.
fn summary(
    study: &Study,
    (ask, by, means): (Ask, Option<ActorId>, Found),
    focus: &Focus,
    found: &[&Event],
    all: &[&Event],
) -> Vec<String> {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        let kind = match ask {
            Ask::Signed => focus.pact.map_or(Some(Kind::NonaggressionPact), Study::pact_kind),
            Ask::Force => Some(Kind::WarBegun),
            Ask::Relations => Some(Kind::RelationsOpened),
            Ask::Broken => Some(Kind::PactBroken),
            _ => None,
        };
        // Complete for a kind between states is not complete for a person, a land or a pact of several.
        let plain = focus.people.is_empty() && focus.territories.is_empty() && focus.named.is_none();
        let within = |w: Window| {
            let asked = focus.window.unwrap_or(w);
            let span = study.record.span;
            w.from <= asked.from.max(span.from) && asked.to.min(span.to) <= w.to.plus(1)
        };
        let covered = study
            .record
            .coverage
            .iter()
            .find(|c| plain && kind.is_some_and(|k| k.name() == c.kind) && within(c.window));
        let whose = by.map(|a| format!(" by {}", words::name(study, a))).unwrap_or_default();
        let mut out = vec![match covered {
            Some(c) => format!(
                "None{whose} is recorded, and the casebook declares this kind complete for {} to {}: {}",
                c.window.from.long(),
                c.window.to.long(),
                c.note
            ),
            None => format!(
                "None{whose} is recorded. The casebook does not declare this kind complete, so that is not proof that there was \
                 none."
            ),
        }];
        if !all.is_empty() {
            out.push(format!("Others are: {} below.", count(all.len())));
        }
        return out;
    };
    let mut out = Vec::new();
    let span = if found.len() == 1 {
        first.when.long()
    } else {
        format!("the first {}, the last {}", first.when.long(), last.when.long())
    };
    // A treaty of many states that has such a clause is not what is meant by a pact of the two.
    let bilateral = |e: &&Event| e.pact.is_some_and(|p| study.record.pacts[p.0].is_bilateral());
    let with_others = ask == Ask::Signed
        && focus.actors.len() == 2
        && focus.named.is_none()
        && !found.iter().any(bilateral);
    let lead = match means {
        Found::Yes | Found::Contrary if with_others => "None of the two alone; with others, ",
        Found::Yes => "Yes: ",
        Found::No => "No, not always: ",
        Found::Contrary => "On the contrary: ",
        Found::Open => "",
    };
    out.push(words::capital(&format!("{lead}{} in the casebook, {span}.", count(found.len()))));
    if ask == Ask::Answered {
        let each = found.iter().take(8).map(|e| {
            let answer = jonbar_model::Mark::parse(&e.mark).map_or("answer not recorded", words::mark);
            let (from, on) = (words::names(study, &e.actors), words::names(study, &e.targets));
            format!("{} of {from} on {on}: {answer}.", words::capital(&e.when.long()))
        });
        out.extend(each);
    }
    if found.len() == 1 {
        out.push(format!("{} {}", words::capital(&first.when.long()), first.summary));
    }
    if ask == Ask::Broken && found.len() > 1 && focus.actors.len() >= 2 {
        let acts: Vec<String> = found
            .iter()
            .filter(|e| matches!(e.kind, EventKind::PactViolated | EventKind::PactDenounced))
            .map(|e| format!("{}, {} ({})", words::names(study, &e.actors), e.kind.label(), e.when.long()))
            .collect();
        if !acts.is_empty() {
            out.push(format!("Broken or denounced by: {}.", acts.join("; ")));
        }
    }
    if ask == Ask::Proposed && by.is_none() {
        out.extend(proposers(study, focus, found));
    }
    out
}

/// Who proposed: of the states asked about, and third states.
fn proposers(study: &Study, focus: &Focus, found: &[&Event]) -> Vec<String> {
    let mut out = Vec::new();
    let proposals: Vec<&&Event> = found.iter().filter(|e| e.kind == EventKind::Proposal).collect();
    for actor in &focus.actors {
        let own: Vec<String> = proposals
            .iter()
            .filter(|e| e.actors.contains(actor))
            .map(|e| format!("{}: {}", e.when.long(), e.summary.trim_end_matches('.')))
            .collect();
        if !own.is_empty() {
            out.push(format!("By {}: {}.", words::name(study, *actor), own.join("; ")));
        }
    }
    if focus.actors.iter().filter(|a| proposals.iter().any(|e| e.actors.contains(a))).count() >= 2 {
        out.insert(0, format!("Proposals came from {}.", words::names(study, &focus.actors)));
    }
    let mut others: Vec<ActorId> = Vec::new();
    for a in proposals.iter().flat_map(|e| &e.actors).filter(|a| !focus.actors.contains(a)) {
        if !others.contains(a) {
            others.push(*a);
        }
    }
    if !others.is_empty() {
        out.push(format!("Third states that proposed it: {}.", words::names(study, &others)));
    }
    out
}

/// Who held the offices asked about, in the time asked about.
fn offices(study: &Study, focus: &Focus, answer: &mut Answer, citer: &mut Citer) {
    let record = study.record;
    let window = focus.window.unwrap_or(record.span);
    let wanted: Vec<Office> = focus.office.map_or(Office::ALL.to_vec(), |o| vec![o]);
    let mut rows = Vec::new();
    // A person's own offices, or those of the states named.
    let states: Vec<ActorId> = if focus.actors.is_empty() {
        focus.people.iter().filter_map(|p| record.people[p.0].actor).collect()
    } else {
        focus.actors.clone()
    };
    for &state in &states {
        for &office in &wanted {
            let tenures: Vec<_> = record
                .tenures(state, office)
                .into_iter()
                .filter(|(p, w)| {
                    let own = focus.people.iter().any(|p| record.people[p.0].actor == Some(state));
                    let named = focus.people.contains(p) || !own;
                    named && w.meets(window)
                })
                .collect();
            if !tenures.is_empty() && (focus.office.is_some() || states.len() == 1 && tenures.len() <= 3) {
                let each: Vec<String> = tenures
                    .iter()
                    .map(|(p, w)| format!("{} ({})", record.people[p.0].name, term(study, *w)))
                    .collect();
                answer.summary.push(format!(
                    "{} of {}: {}.",
                    words::capital(office.label()),
                    words::name(study, state),
                    words::list(&each)
                ));
            }
            rows.extend(tenures.into_iter().map(|(p, w)| {
                vec![
                    Datum::Text(record.name(state).to_owned()),
                    Datum::Text(office.label().to_owned()),
                    Datum::Text(record.people[p.0].name.clone()),
                    Datum::Text(w.from.long()),
                    if w.to == record.span.to { Datum::None } else { Datum::Text(w.to.long()) },
                ]
            }));
        }
    }
    if rows.is_empty() {
        answer.summary.push("The casebook does not say who held that office then.".to_owned());
    } else if answer.summary.is_empty() {
        answer.summary.push(format!("{} in the casebook.", count(rows.len())));
    }
    let changes: Vec<_> = record
        .events
        .iter()
        .filter(|e| {
            matches!(e.kind, EventKind::OfficeTaken | EventKind::OfficeLeft | EventKind::RegimeChange)
        })
        .filter(|e| {
            concerns(study, e, focus) && (e.office.is_none() || wanted.iter().any(|o| e.office == Some(*o)))
        })
        .take(ENTRIES_MAX)
        .map(|e| citer.entry(e))
        .collect();
    let open = rows.iter().any(|row| matches!(row[4], Datum::None));
    answer.sections.push(Section::Table(Table {
        title: "In office".to_owned(),
        intro: format!("By the record, {}.", period(study, window)),
        columns: ["state", "office", "who", "from", "to"].map(str::to_owned).to_vec(),
        rows,
        notes: open
            .then(|| "No end date: still in office when the casebook ends.".to_owned())
            .into_iter()
            .collect(),
    }));
    if !changes.is_empty() {
        answer.sections.push(Section::Record(RecordList {
            title: "Changes in that time".to_owned(),
            intro: String::new(),
            entries: changes,
        }));
    }
}

fn term(study: &Study, w: Window) -> String {
    let from =
        if w.from <= study.record.span.from { String::new() } else { format!("from {}", w.from.long()) };
    let to = if w.to >= study.record.span.to { String::new() } else { format!("to {}", w.to.long()) };
    match (from.is_empty(), to.is_empty()) {
        (true, true) => "throughout".to_owned(),
        (false, false) => format!("{from} {to}"),
        _ => format!("{from}{to}"),
    }
}

/// Pacts in force in the time asked about, each with its life.
fn in_force(study: &Study, means: Found, focus: &Focus, answer: &mut Answer, citer: &mut Citer) {
    let record = study.record;
    let end_of = |p: &Pact| p.end.as_ref().map_or(record.span.to, |e| e.reading());
    let found: Vec<&Pact> = record
        .pacts
        .iter()
        .enumerate()
        .filter(|(i, p)| match (focus.named, &focus.actors[..]) {
            (Some(named), _) => record.is_same_instrument(named, PactId(*i)),
            (None, [a, b, ..]) => p.binds(*a, *b),
            (None, [a]) => p.parties.contains(a),
            (None, []) => true,
        })
        .map(|(_, p)| p)
        .filter(|p| p.end_kind != PactEnd::NeverInForce)
        .filter(|p| focus.pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t))))
        .filter(|p| focus.window.is_none_or(|w| p.signed.reading() <= w.to && w.from < end_of(p)))
        .collect();
    let whose = if focus.actors.is_empty() {
        String::new()
    } else {
        format!(" of {}", words::names(study, &focus.actors))
    };
    let when = focus.window.map(|w| format!(" {}", period(study, w))).unwrap_or_default();
    // A treaty of many states that has such a clause is not what is meant by a pact of the two.
    let of_two = focus.actors.len() != 2 || focus.named.is_some() || found.iter().any(|p| p.is_bilateral());
    let lead = match means {
        _ if focus.window.is_none() || found.is_empty() => "",
        Found::Yes | Found::Contrary if !of_two => "None of the two alone; with others, ",
        Found::Yes => "Yes: ",
        Found::Contrary => "On the contrary: ",
        _ => "",
    };
    answer.summary.push(match &found[..] {
        [] => format!("No such pact{whose} is recorded in force{when}."),
        [one] => {
            let years = f64::from(end_of(one).0 - one.signed.reading().0) / YEAR;
            format!(
                "{lead}{} {}: signed {}, {}{}; {years:.1} years.",
                if lead.is_empty() { "The" } else { "the" },
                one.name,
                one.signed.long(),
                one.end_kind.label(),
                one.end.as_ref().map(|e| format!(" {}", e.long())).unwrap_or_default()
            )
        }
        several => {
            let names: Vec<String> = several.iter().take(12).map(|p| p.name.clone()).collect();
            format!(
                "{lead}{}{whose} in force{when}: {}.",
                count_of(several.len(), "pact", "pacts"),
                words::list(&names)
            )
        }
    });
    let rows = found
        .iter()
        .map(|p| {
            let types: Vec<&str> = p.types.iter().map(|t| t.label()).collect();
            let cites = citer.marks(&p.citations);
            vec![
                Datum::Text(p.name.clone()),
                Datum::Text(words::names(study, &p.parties)),
                Datum::Text(types.join(", ")),
                Datum::Text(p.signed.long()),
                Datum::Text(format!(
                    "{}{}",
                    p.end_kind.label(),
                    p.end.as_ref().map(|e| format!(", {}", e.long())).unwrap_or_default()
                )),
                if p.ended_by.is_empty() {
                    Datum::None
                } else {
                    Datum::Text(words::names(study, &p.ended_by))
                },
                Datum::Text(cites),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "Pacts".to_owned(),
        intro: "By the recorded dates; pacts of several states included.".to_owned(),
        columns: ["pact", "parties", "obligations", "signed", "end", "ended by", "source"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }));
}

/// Who held the lands asked about, when the time asked about begins and as it went on.
fn holders(study: &Study, means: Found, focus: &Focus, answer: &mut Answer) {
    let record = study.record;
    let span = record.span;
    let window = focus.window.unwrap_or(span);
    let (from, to) = (window.from.max(span.from), window.to.min(span.to));
    for &land in focus.territories.iter().take(4) {
        let name = &record.territories[land.0].name;
        // "Was Bessarabia Romanian in 1930?"
        if let ([state], true, true) = (&focus.actors[..], means == Found::Yes, focus.window.is_some()) {
            let held = record.holder(land, from) == Some(*state);
            answer.summary.push(format!(
                "{}: on {} {name} was {}held by {}.",
                if held { "Yes" } else { "No" },
                from.long(),
                if held { "" } else { "not " },
                words::name(study, *state)
            ));
        }
        let who = |day: Day| {
            record.holder(land, day).map_or("no state of the casebook".to_owned(), |h| words::name(study, h))
        };
        let mut changes: Vec<String> = record
            .events
            .iter()
            .filter(|e| e.kind == EventKind::TerritoryCeded && e.territories.contains(&land))
            .filter(|e| e.when.reading() > from && e.when.reading() <= to)
            .map(|e| {
                let to = e
                    .actors
                    .first()
                    .map_or("no state of the casebook".to_owned(), |a| words::name(study, *a));
                format!("from {} by {to}", e.when.long())
            })
            .collect();
        changes.insert(0, format!("by {} on {}", who(from), from.long()));
        answer.summary.push(format!("{name} was held {}.", words::list(&changes)));
    }
}

fn count(n: usize) -> String {
    count_of(n, "entry", "entries")
}

fn count_of(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("one {one}") } else { format!("{n} {many}") }
}

fn capital_count(n: usize) -> String {
    words::capital(&count(n))
}
