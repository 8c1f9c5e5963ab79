//! Questions about a war as a whole: how long it lasted, who won it, when it began and ended, who fought in it.

use jonbar_record::{ActorId, EventId, EventKind, Record};

use crate::lexicon::denies;
use crate::reading::{Focus, Form, WarAsk};
use crate::sentence::Sentence;

/// The war that a sentence asks about, what it asks, and what was assumed.
pub(crate) fn war_asked(record: &Record, s: &Sentence, focus: &Focus) -> Option<(Form, Option<String>)> {
    let asks = asked(s)?;
    let Attacks { pair, begun: attacks } = match s.wars[..] {
        [(war, _)] => {
            return Some((Form::War { begun: record.wars[war].begun, between: None, asks }, None));
        }
        [] => between(record, s, focus)?,
        _ => return None,
    };
    let begun = *attacks.first()?;
    let when = &record.events[begun.0].when;
    let several = attacks.len() > 1 && focus.window.is_none();
    let assumed = format!("The war meant is the one that began on {}; give a year for another.", when.long());
    Some((Form::War { begun, between: pair, asks }, several.then_some(assumed)))
}

/// The attack that began the war that some words call by its name.
pub fn war_called(words: &str, record: &Record) -> Option<EventId> {
    match Sentence::of(words, record).wars[..] {
        [(war, _)] => Some(record.wars[war].begun),
        _ => None,
    }
}

fn asked(s: &Sentence) -> Option<WarAsk> {
    let word = |i: usize| s.folded.get(s.opening() + i).map_or("", String::as_str);
    let won = s.has(&["won", "win", "wins", "winner", "victor", "victorious", "outcome"])
        || matches!((word(0), word(1)), ("who", "lost"));
    let ends =
        s.has(&["end", "ended", "over", "finish", "finished", "stop", "stopped", "conclude", "concluded"]);
    let begins = s.has(&["begin", "began", "start", "started", "break", "broke", "erupt", "erupted"]);
    let subject = s.mentions().first().map(|(_, actor)| *actor);
    // "How long after the Winter War ...?" asks of two events.
    let of_two = s.has(&["after", "before", "until", "till", "since"]);
    if of_two || s.folded.iter().any(|w| denies(w)) {
        return None;
    }
    if !s.is_question() {
        // "Paraguay won the Chaco War." stands or falls with the winner.
        let verb = s.folded.iter().position(|w| w == "won")?;
        let first = s.mentions().into_iter().find(|(i, _)| *i < verb && !s.in_war(*i))?.1;
        return Some(WarAsk::Winner(Some(first)));
    }
    let yes_or_no = matches!(word(0), "did" | "was" | "were" | "had");
    match (word(0), word(1)) {
        ("how", "long") => Some(WarAsk::Length),
        ("how", "many") if s.has(&["days", "weeks", "months", "years"]) => Some(WarAsk::Length),
        ("who" | "which" | "what", _) if won => Some(WarAsk::Winner(None)),
        ("how", _) if ends => Some(WarAsk::End),
        ("when", _) | ("what", "date" | "day" | "year" | "month") | ("in" | "on", "what" | "which")
            if ends =>
        {
            Some(WarAsk::End)
        }
        ("when", _) | ("what", "date" | "day" | "year" | "month") | ("in" | "on", "what" | "which")
            if begins =>
        {
            Some(WarAsk::Beginning)
        }
        ("when", "was" | "were") => Some(WarAsk::Beginning),
        ("who" | "which", _)
            if s.has(&[
                "fought",
                "fight",
                "part",
                "involved",
                "belligerents",
                "sides",
                "participants",
                "joined",
                "join",
            ]) =>
        {
            Some(WarAsk::Parties)
        }
        _ if yes_or_no && won => Some(WarAsk::Winner(subject)),
        // "Did Finland lose the Winter War?": who won it.
        _ if yes_or_no && s.has(&["lose", "lost"]) && !s.has(&["land", "territory"]) => {
            Some(WarAsk::Winner(None))
        }
        _ if yes_or_no && ends => Some(WarAsk::End),
        _ if yes_or_no && begins => Some(WarAsk::Beginning),
        _ if yes_or_no && s.has(&["join", "part", "fight", "participate", "involved"]) => {
            subject.map(WarAsk::Part)
        }
        _ => None,
    }
}

/// The attacks that began a war of two states, or one of many (no pair).
struct Attacks {
    pair: Option<(ActorId, ActorId)>,
    begun: Vec<EventId>,
}

/// "The war between Greece and Turkey", "the Romanian-Hungarian war", "the German attack on Greece": the attacks that began
/// one in the time named.
fn between(record: &Record, s: &Sentence, focus: &Focus) -> Option<Attacks> {
    let war = s.has(&["war", "fighting", "hostilities"]);
    let attack = s.has(&["invasion", "attack"]);
    let fits = |id: &EventId| {
        let when = &record.events[id.0].when;
        focus.window.is_none_or(|w| when.meets(w))
    };
    let (a, b) = match focus.actors[..] {
        [a, b] if war || attack => (a, b),
        // "Did Hungary take part in the German invasion of Yugoslavia?"
        [_, a, b] if attack => (a, b),
        _ => return None,
    };
    let attacks = record.attacks_between(a, b).into_iter().filter(fits);
    if attack && !war {
        // Who joins an attack follows the one that began it.
        let first = |id: EventId| record.events[id.0].follows.filter(|f| begins(record, *f)).unwrap_or(id);
        return Some(Attacks { pair: None, begun: attacks.map(first).collect() });
    }
    Some(Attacks { pair: Some((a, b)), begun: attacks.collect() })
}

fn begins(record: &Record, id: EventId) -> bool {
    record.events[id.0].kind == EventKind::WarBegun
}
