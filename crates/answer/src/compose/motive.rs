//! Why a party acted: documented motives, and what the model makes of the circumstances.

use jonbar_question::{Focus, Reading};
use jonbar_record::{ActorId, EventKind, PactType};

use super::cite::Citer;
use super::study::Study;
use super::{blank, facts, finish, fitted, words};
use crate::answer::{Answer, RecordList, Section};

/// Recorded motives first, then the log-intensity of the event at the moment it was on the table.
pub(crate) fn answer(study: &Study, reading: &Reading, focus: &Focus) -> Answer {
    let record = study.record;
    let mut citer = Citer::new(record);
    let text = reading.text.to_lowercase();
    if let Some(answer) = of_leaving(study, reading, focus) {
        return answer;
    }
    let focus = &with_states_of_people(study, focus, &text);
    let of_type = |mark: &str| match (focus.pact, PactType::parse(mark)) {
        (Some(p), Some(m)) => Study::same_class(p, m),
        _ => true,
    };
    // Why a state attacked is no matter of why it signed a pact, but for what moved it just before.
    let force = ["attack", "invad", "annex", "occup", "seiz", "declare war"].iter().any(|w| text.contains(w));
    let attacks = match focus.actors[..] {
        [a, ref others @ ..] if force => others.iter().flat_map(|b| record.attacks_between(a, *b)).collect(),
        _ => Vec::new(),
    };
    let just_before = |e: &jonbar_record::Event| {
        attacks.iter().any(|id| {
            let day = record.events[id.0].when.reading();
            e.when.earliest <= day && day.0 - e.when.latest.0 <= LEADING_UP_DAYS
        })
    };
    let of_attack = |e: &jonbar_record::Event| {
        let of_pact = PactType::parse(&e.mark).is_some_and(|t| t != PactType::Other);
        !force || focus.pact.is_some() || !of_pact || just_before(e)
    };
    let motives: Vec<&jonbar_record::Event> = record
        .events
        .iter()
        .filter(|e| e.kind == EventKind::Motive && facts::concerns(study, e, focus))
        .filter(|e| of_type(&e.mark) && of_attack(e))
        .collect();
    let mut answer =
        blank(reading, "motive", format!("What moved the parties, {}?", facts::subject(study, focus)));
    for actor in &focus.actors {
        let own = motives.iter().filter(|e| e.actors.contains(actor)).count();
        if own > 0 {
            let counted = words::counted(own, "documented motive", "documented motives");
            // Few enough to be told at once.
            let told = if own > SHOWN_AT_ONCE {
                String::new()
            } else {
                let own = motives.iter().filter(|e| e.actors.contains(actor));
                let told: Vec<String> = own.map(|e| e.summary.trim_end_matches('.').to_owned()).collect();
                format!(": {}", told.join("; "))
            };
            answer.summary.push(words::capital(&format!("{}: {counted}{told}.", words::name(study, *actor))));
        }
    }
    if motives.is_empty() {
        answer.summary.push("The casebook records no motive for this.".to_owned());
        answer.sections.extend(facts::near_by_words(record, &reading.text, &mut citer).map(Section::Record));
    }
    for actor in motives.iter().flat_map(|e| e.actors.iter()).fold(Vec::<ActorId>::new(), |mut all, a| {
        if !all.contains(a) {
            all.push(*a);
        }
        all
    }) {
        let entries: Vec<_> =
            motives.iter().filter(|e| e.actors.first() == Some(&actor)).map(|e| citer.entry(e)).collect();
        if !entries.is_empty() {
            answer.sections.push(Section::Record(RecordList {
                title: format!("Motives of {}", words::name(study, actor)),
                intro: "As documented; a motive is what a party is known or credibly said to have acted on."
                    .to_owned(),
                entries,
            }));
        }
    }
    answer.sections.extend(stances(study, focus, &mut citer));
    if let [a, b, ..] = focus.actors[..]
        && let Some(kind) = Study::pact_kind(focus.pact.unwrap_or(PactType::Nonaggression))
    {
        // The moment it was most nearly done; otherwise the middle of the casebook.
        let moment = record
            .events
            .iter()
            .filter(|e| e.kind.is_negotiation() && e.joins(a, b) && of_type(&e.mark))
            .max_by_key(|e| {
                (
                    e.kind == EventKind::DraftAgreed,
                    e.kind == EventKind::NegotiationFailed,
                    -e.when.reading().0,
                )
            })
            .map(|e| e.when.reading())
            .unwrap_or(jonbar_record::Day((record.span.from.0 + record.span.to.0) / 2));
        if let Some(section) = fitted::decompose(
            study,
            format!("What the model makes of it: {}", fitted_unit(study, kind, a, b)),
            format!(
                "The fitted log-rate on {}: circumstances that made such a pact likelier (positive) or less likely (negative).",
                moment.long()
            ),
            (kind, a.0.min(b.0), a.0.max(b.0), None),
            f64::from(moment.0),
            None,
        ) {
            answer.sections.push(section);
        }
    }
    finish(answer, citer)
}

/// "Why was Litvinov sacked?": what the record tells of his leaving, and what moved his state in the year before. `None` if the question is
/// of no such thing.
fn of_leaving(study: &Study, reading: &Reading, focus: &Focus) -> Option<Answer> {
    const BEFORE: i32 = 366;
    let record = study.record;
    let [person] = focus.people[..] else { return None };
    let leaves = jonbar_question::kinds_told(&reading.text).first() == Some(&EventKind::OfficeLeft);
    let state = record.people[person.0].actor.filter(|_| leaves && focus.pact.is_none())?;
    let left = |e: &&jonbar_record::Event| {
        let then = focus.window.is_none_or(|w| e.when.meets(w));
        e.kind == EventKind::OfficeLeft && e.people.contains(&person) && then
    };
    let leaving: Vec<&jonbar_record::Event> = record.events.iter().filter(left).collect();
    let day = leaving.last()?.when.reading();
    let moved = |e: &&jonbar_record::Event| {
        let near = e.when.earliest <= day && day.0 - e.when.latest.0 <= BEFORE;
        e.kind == EventKind::Motive && e.actors.contains(&state) && near
    };
    let motives: Vec<&jonbar_record::Event> = record.events.iter().filter(moved).collect();
    let mut citer = Citer::new(record);
    let name = &record.people[person.0].name;
    let mut answer = blank(reading, "motive", format!("What does the record say of how {name} left office?"));
    answer.summary = leaving.iter().map(|e| words::dated(e)).collect();
    answer.summary.push("Why, the record says only as far as these entries do.".to_owned());
    let mut list = |title: String, intro: &str, events: &[&jonbar_record::Event]| {
        if !events.is_empty() {
            let entries = events.iter().map(|e| citer.entry(e)).collect();
            answer.sections.push(Section::Record(RecordList { title, intro: intro.to_owned(), entries }));
        }
    };
    list("The record".to_owned(), "Offices left.", &leaving);
    let of_state = words::name(study, state);
    list(format!("Motives of {of_state} in the year before"), "Of its policy, not of this step.", &motives);
    Some(finish(answer, citer))
}

/// Days before an attack within which a motive may be one of it.
const LEADING_UP_DAYS: i32 = 60;

/// Motives told in the summary itself, at most.
const SHOWN_AT_ONCE: usize = 3;

/// "Why did Poland sign with Hitler?": people stand for their states where two states are spoken of with them.
fn with_states_of_people(study: &Study, focus: &Focus, text: &str) -> Focus {
    let mut actors = focus.actors.clone();
    for state in focus.people.iter().filter_map(|p| study.record.people[p.0].actor) {
        if !actors.contains(&state) {
            actors.push(state);
        }
    }
    // "Why did Stalin attack Finland but leave Turkey in peace?": his state, and the one named first.
    if let ([state, _, _], [person]) = (&actors[..], &focus.people[..])
        && focus.actors.len() == 2
        && (text.contains(" but leave") || text.contains(" but not") || text.contains(" and not"))
        && let Some(own) = study.record.people[person.0].actor
    {
        return Focus { actors: vec![own, *state], people: Vec::new(), ..focus.clone() };
    }
    // "Why did Hitler occupy Denmark and Norway?": of his state and each of them, and not of those two with each other.
    if let ([one, two, own], 2) = (&actors[..], focus.actors.len()) {
        return Focus { actors: vec![*own, *one, *two], people: Vec::new(), ..focus.clone() };
    }
    if actors.len() == 2 && focus.actors.len() < 2 {
        Focus { actors, people: Vec::new(), ..focus.clone() }
    } else {
        focus.clone()
    }
}

fn fitted_unit(study: &Study, kind: jonbar_model::Kind, a: ActorId, b: ActorId) -> String {
    fitted::unit_name(study, kind, a, b)
}

/// Stances of office-holders between the two states.
fn stances(study: &Study, focus: &Focus, citer: &mut Citer) -> Option<Section> {
    use crate::answer::{Datum, Table};
    let record = study.record;
    let [a, b, ..] = focus.actors[..] else { return None };
    let rows: Vec<Vec<Datum>> = record
        .stances
        .iter()
        .filter(|s| (s.actor == a && s.towards == b) || (s.actor == b && s.towards == a))
        .map(|s| {
            let cites = citer.marks(&s.citations);
            vec![
                Datum::Text(record.people[s.person.0].name.clone()),
                Datum::Text(words::name(study, s.actor)),
                Datum::Text(s.kind.label().to_owned()),
                Datum::Text(format!("{} to {}", s.window.from, s.window.to)),
                Datum::Text(format!("{} {cites}", s.summary)),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Section::Table(Table {
            title: "Where office-holders stood".to_owned(),
            intro: format!("Recorded stances between {}.", words::names(study, &[a, b])),
            columns: ["who", "for", "stance", "when", "basis"].map(str::to_owned).to_vec(),
            rows,
            notes: Vec::new(),
        })
    })
}
