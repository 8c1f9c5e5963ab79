//! `jonbar compare`: pairs of states, or the claims of one, side by side.

use jonbar_answer::{compare as dyads, compare_claims};
use jonbar_model::{Kind, Orientation};
use jonbar_record::{ActorId, Day, Record, nearest};

use crate::cli::{Show, Source};
use crate::record::{actor, outside, single_day};
use crate::{Failure, ask, casebook, output};

/// Compares and shows.
pub(crate) fn compare(
    pairs: &[String],
    kind: &str,
    at: Option<&str>,
    claims_of: Option<&str>,
    source: &Source,
    show: &Show,
) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let record = &casebook.record;
    let study = ask::study(&casebook)?;
    let answer = match (claims_of, pairs, at) {
        (Some(state), _, _) => compare_claims(&study, actor(record, state)?),
        (None, [example, subject], Some(day)) => {
            let (kind, day) = (kind_of(kind)?, single_day("--at", day)?);
            let (example, subject) = (pair(record, example)?, pair(record, subject)?);
            can_be_compared(record, example, subject, day)?;
            dyads(&study, example, subject, kind, day)
        }
        (None, [_, _], None) => {
            let year = jonbar_question::usual_pact(record).1;
            return Err(Failure::input(format!("on which day? Add for example --at {year}-07-25")));
        }
        _ => {
            let code = |i: usize| record.actors.get(i).map_or("A", |a| a.code.as_str());
            let year = jonbar_question::usual_pact(record).1;
            return Err(Failure::input(format!(
                "name two pairs, as in: jonbar compare {0}-{1} {0}-{2} --at {year}-07-25",
                code(0),
                code(1),
                code(2)
            )));
        }
    };
    output::show(&answer, show)
}

/// Two pairs of states that were there on a day that the casebook covers.
fn can_be_compared(
    record: &Record,
    example: (ActorId, ActorId),
    subject: (ActorId, ActorId),
    day: Day,
) -> Result<(), Failure> {
    if let Some(outside) = outside(record, day) {
        return Err(Failure::input(format!("--at: {outside}")));
    }
    if example == subject || (example.1, example.0) == subject {
        return Err(Failure::input("the two pairs are the same; name two that differ"));
    }
    let gone =
        [example.0, example.1, subject.0, subject.1].into_iter().find(|a| !record.is_independent(*a, day));
    gone.map_or(Ok(()), |a| {
        let name = record.actors[a.0].in_sentence();
        Err(Failure::input(format!("--at: on {} {name} was not an independent state", day.long())))
    })
}

fn kind_of(name: &str) -> Result<Kind, Failure> {
    let of_pairs = |k: &Kind| k.orientation() != Orientation::Claim;
    Kind::parse(name).filter(of_pairs).ok_or_else(|| {
        let names = || Kind::ALL.into_iter().filter(of_pairs).map(Kind::name);
        let near = nearest(name, names(), 1);
        let help = near.first().map_or_else(|| names().collect::<Vec<_>>().join(", "), |n| (*n).to_owned());
        Failure::input(format!(
            "--kind: `{name}` is no kind of event between two states; did you mean: {help}?"
        ))
    })
}

fn pair(record: &Record, text: &str) -> Result<(ActorId, ActorId), Failure> {
    let Some((a, b)) = text.split_once('-') else {
        return Err(Failure::input(format!(
            "`{text}` is not a pair; write two states with a hyphen: USSR-Poland"
        )));
    };
    let (a, b) = (actor(record, a.trim())?, actor(record, b.trim())?);
    if a == b {
        return Err(Failure::input(format!("`{text}`: both are {}", record.name(a))));
    }
    Ok((a, b))
}
