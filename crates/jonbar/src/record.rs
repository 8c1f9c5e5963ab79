//! `jonbar record`: looking things up.

use jonbar_answer::{Answer, LookUp, Study, as_of, look_up};
use jonbar_record::{ActorId, Day, Entity, EventKind, Record, TerritoryId, Window, nearest};

use crate::cli::{Show, Source};
use crate::{Failure, ask, casebook, output};

/// What was asked on the command line.
pub(crate) struct Asked {
    pub between: Vec<String>,
    pub of: Vec<String>,
    pub kind: Vec<String>,
    pub about: Option<String>,
    pub during: Option<String>,
    pub as_of: Option<String>,
}

/// Looks up and shows.
pub(crate) fn record(asked: &Asked, source: &Source, show: &Show) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let study = ask::study(&casebook)?;
    let answer = answer(&study, asked)?;
    output::show(&answer, show)
}

fn answer(study: &Study, asked: &Asked) -> Result<Answer, Failure> {
    let record = study.record;
    let states: Vec<ActorId> =
        asked.between.iter().chain(&asked.of).map(|name| actor(record, name)).collect::<Result<_, _>>()?;
    if let [one, other] = &asked.between[..]
        && states[0] == states[1]
    {
        return Err(Failure::input(format!("--between: `{one}` and `{other}` are one state")));
    }
    if let Some(day) = &asked.as_of {
        return Ok(as_of(study, single_day("--as-of", day)?, &states));
    }
    let what = LookUp {
        states,
        kinds: asked.kind.iter().map(|name| kind(name)).collect::<Result<_, _>>()?,
        about: asked.about.as_deref().map(|name| territory(record, name)).transpose()?,
        during: asked.during.as_deref().map(window).transpose()?,
    };
    Ok(look_up(study, &what))
}

fn near(name: &str, names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let near = nearest(&name.to_lowercase(), names.iter().map(String::as_str), 3).join(", ");
    if near.is_empty() { String::new() } else { format!("; nearest: {near}") }
}

pub(crate) fn actor(record: &Record, name: &str) -> Result<ActorId, Failure> {
    let by_name = record.gazetteer.find(name).iter().find_map(|(entity, _)| match entity {
        Entity::Actor(a) => Some(*a),
        _ => None,
    });
    by_name.or_else(|| record.actor(&name.to_uppercase())).ok_or_else(|| {
        let names = record.actors.iter().map(|a| a.name.to_lowercase());
        Failure::input(format!("no state is called `{name}`{}", near(name, names)))
    })
}

fn territory(record: &Record, name: &str) -> Result<TerritoryId, Failure> {
    let by_name = record.gazetteer.find(name).iter().find_map(|(entity, _)| match entity {
        Entity::Territory(t) => Some(*t),
        _ => None,
    });
    by_name.or_else(|| record.territory(name)).ok_or_else(|| {
        let names = record.territories.iter().map(|t| t.name.to_lowercase());
        Failure::input(format!("no land is called `{name}`{}", near(name, names)))
    })
}

/// A kind by its name in the casebook or its words: `pact_signed`, `pact signed`.
fn kind(name: &str) -> Result<EventKind, Failure> {
    let wanted = name.to_lowercase().replace([' ', '-'], "_");
    let found =
        EventKind::ALL.iter().find(|k| k.name() == wanted || k.label().replace([' ', '-'], "_") == wanted);
    found.copied().ok_or_else(|| {
        let names = EventKind::ALL.iter().map(|k| k.name().to_owned());
        let near = near(name, names.clone());
        let all = if near.is_empty() {
            format!("; write one of: {}", names.collect::<Vec<_>>().join(", "))
        } else {
            near
        };
        Failure::input(format!("unknown kind `{name}`{all}"))
    })
}

/// A stretch of time: `1932`, `1932-07`, `1932..1936`, `1932/1936`.
fn window(text: &str) -> Result<Window, Failure> {
    let edtf = text.replace("...", "/").replace("..", "/");
    Window::parse(&edtf)
        .map_err(|e| Failure::input(format!("--during: {e}; or a stretch such as 1932..1936")))
}

/// What to say of a day that the casebook does not cover; `None` if it does.
pub(crate) fn outside(record: &Record, day: Day) -> Option<String> {
    let span = record.span;
    (!span.contains(day)).then(|| {
        format!(
            "{} is outside the casebook, which goes from {} to {}",
            day.long(),
            span.from.long(),
            span.to.long()
        )
    })
}

/// One day given as `option`: `1936-09-01`, or as people write it, `1 September 1936`.
pub(crate) fn single_day(option: &str, text: &str) -> Result<Day, Failure> {
    let wrong = |what: &str| {
        Failure::input(format!("{option}: `{text}` {what}; write for example 1936-09-01 or 1 September 1936"))
    };
    let window = Window::parse(text)
        .ok()
        .or_else(|| jonbar_question::date_in(text))
        .ok_or_else(|| wrong("is no date that can be read"))?;
    if window.from != window.to {
        return Err(wrong("is more than a day"));
    }
    Ok(window.from)
}
