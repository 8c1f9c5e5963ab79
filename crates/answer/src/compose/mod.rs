//! From a reading to an answer.

mod afterwards;
mod between;
mod cite;
mod claims;
mod commitments;
mod contrast;
mod divergence;
mod facts;
mod fitted;
mod limits;
mod lookup;
mod members;
mod motive;
mod prose;
mod rates;
mod score;
mod statements;
mod stream;
mod study;
mod wars;
mod whatif;
mod words;

use jonbar_counterfactual::Action;
use jonbar_model::Mark;
use jonbar_question::{Focus, Form, Reading, passages, read_text};
use jonbar_record::{ActorId, Entity, EventId, EventKind, NameKind, Record, Window, fold};

use crate::answer::{ANSWER_VERSION, Answer, ReadingShown};
use cite::Citer;

pub use claims::compare_claims;
pub use commitments::{Tested, commitments_report};
pub use contrast::compare;
pub use divergence::divergences;
pub use fitted::{effects_report, fit_report};
pub use lookup::{LookUp, as_of, entry_report, look_up, map_report};
pub use prose::read_prose;
pub use score::score_report;
pub use stream::{events_parquet, outcomes_parquet};
pub use study::{Options, Study, unknown_coverage};
pub use whatif::{answer_whatif, changes_in_words, prepared_whatif};

/// Days in a year.
const YEAR: f64 = 365.25;

/// Level of all intervals.
const LEVEL: f64 = 0.90;

/// Answers every question in a text, in its order; statements in it are held against the record in one more
/// answer at the end. `each` is called with every answer as soon as it is there. If the options' `stop` is set, the answers stop short.
pub fn answer_text(
    study: &Study,
    text: &str,
    options: &Options,
    each: &mut dyn FnMut(&Answer),
) -> Vec<Answer> {
    let (readings, statements) = read_text(text, study.record);
    let mut answers = Vec::new();
    let mut push = |answer: Answer, answers: &mut Vec<Answer>| {
        each(&answer);
        answers.push(answer);
    };
    let stopped = || options.stop.is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed));
    for reading in &readings {
        if stopped() {
            return answers;
        }
        answer_reading(study, reading, options, &mut |answer| push(answer, &mut answers));
    }
    // A lone sentence in which no rule finds anything asked may suppose something all the same.
    if readings.is_empty() && matches!(&passages(text)[..], [p] if !p.quoted) {
        let unread = unread(text, Vec::new());
        if whatif::answer_by_words(study, &unread, options, &mut |answer| push(answer, &mut answers)) {
            return answers;
        }
    }
    // What a what-if takes for granted is a statement too: "why they did not have one".
    let checked = statements::check(study, &readings, &statements);
    if let Some(answer) = checked {
        push(answer, &mut answers);
    }
    if answers.is_empty() {
        push(nothing_asked(study, text), &mut answers);
    }
    answers
}

/// Answers a reading; `each` is called with every answer as soon as it is there.
fn answer_reading(study: &Study, reading: &Reading, options: &Options, each: &mut dyn FnMut(Answer)) {
    let unread = matches!(reading.form, Form::NotUnderstood { .. });
    if unread && whatif::answer_by_words(study, reading, options, each) {
        return;
    }
    each(match &reading.form {
        Form::WhatIf { changes, asked, focus } => {
            let (focus, note) = dated_by_event(study, focus);
            let reading = noted(reading, note);
            return whatif::answer(study, &reading, (changes, asked), &focus, options, each);
        }
        Form::Fact { ask, by, found, focus } => {
            let (focus, note) = dated_by_event(study, focus);
            facts::answer(study, &noted(reading, note), *ask, *by, *found, &focus)
        }
        Form::Motive { focus } => motive::answer(study, reading, focus),
        Form::Contrast { example, subject, focus } => {
            contrast::answer(study, reading, *example, *subject, focus)
        }
        Form::Comparison { claimant, territory, .. } => claims::answer(study, reading, *claimant, *territory),
        Form::BaseRate { claim, .. } => rates::base_rate(study, reading, claim),
        Form::States { claim } => rates::states(study, reading, claim),
        Form::Calendar { claim } => rates::calendar(study, reading, claim),
        Form::Lengths { claim } => rates::lengths(study, reading, claim),
        Form::Sequels { claim } => rates::sequels(study, reading, claim),
        Form::Trend { focus } => rates::trend(study, reading, focus),
        Form::LookUp { focus, words } => facts::look_up(study, reading, focus, words),
        Form::War { begun, between, asks } => wars::answer(study, reading, (*begun, *between), *asks),
        Form::Members { group } => members::answer(study, reading, *group),
        Form::Afterwards { of, focus } => afterwards::answer(study, reading, of, focus),
        Form::Between { one, other } => between::answer(study, reading, (one, other)),
        Form::NotUnderstood { .. } => facts::nearest(study, reading).unwrap_or_else(|| {
            let mut reading = reading.clone();
            let of = jonbar_question::spoken_of(&reading.text, study.record);
            let near = near_in_the_record(study, &reading.text);
            reading.not_understood.push(near.unwrap_or_else(|| can_be_asked(study.record, &of.actors)));
            not_understood(&reading)
        }),
    });
}

/// A reading with one more thing assumed.
fn noted(reading: &Reading, note: Option<String>) -> Reading {
    let mut reading = reading.clone();
    reading.assumed.extend(note);
    reading
}

/// What a question speaks of, dated by the event it names for that ("when Hungary joined the Tripartite Pact"), and how it was dated.
fn dated_by_event(study: &Study, focus: &Focus) -> (Focus, Option<String>) {
    let Some(at) = focus.at.as_ref().filter(|_| focus.window.is_none()) else { return (focus.clone(), None) };
    let Some(event) = event_told(study, focus, at) else {
        return (focus.clone(), Some(format!("\"{at}\" was not found in the record, and dates nothing.")));
    };
    let e = &study.record.events[event.0];
    let window = Window { from: e.when.earliest, to: e.when.latest };
    let note = format!("\"{at}\" is dated {}: {}", e.when.long(), e.summary);
    (Focus { window: Some(window), ..focus.clone() }, Some(note))
}

/// The event that dates a question: of those that the words may mean, one of the state asked about. "Who was prime minister of Norway on the
/// day of the German invasion?"
fn event_told(study: &Study, focus: &Focus, at: &str) -> Option<EventId> {
    let record = study.record;
    // "When he met Hitler at Hendaye": who was spoken of before.
    let told = match (at.split_once(' '), focus.people.first()) {
        (Some(("he" | "she", rest)), Some(who)) => format!("{} {rest}", record.people[who.0].name),
        _ => at.to_owned(),
    };
    let at = told.as_str();
    // "Of the German invasion" leaves open of whom; "when the Rhineland was remilitarised" does not.
    let said = jonbar_question::spoken_of(at, record);
    if let Some(begun) = jonbar_question::war_called(at, record) {
        return Some(begun);
    }
    let plain = prose::entries_of(record, [at])[0].filter(|id| in_their_time(record, &said.people, *id));
    // "When Hitler sent troops into the Rhineland": in words that no rule knows, but in his time.
    let near = || {
        let near = prose::entries_near(record, at, NEAR_MAX);
        near.into_iter().find(|id| in_their_time(record, &said.people, *id))
    };
    let plain = plain.or_else(|| near().filter(|_| !said.people.is_empty() && !said.territories.is_empty()));
    // Whom the words themselves name was there; of "at Rapallo" all those asked about.
    let by_itself = !(said.actors.is_empty() && said.people.is_empty());
    if let Some(there) = agreed_there(record, if by_itself { &said } else { focus }, at, plain) {
        return Some(there);
    }
    let force = [EventKind::WarBegun, EventKind::ArmedDispute, EventKind::IndependenceLost];
    let attack = ["attack", "invasion", "invaded", "occupation"].iter().any(|w| at.contains(w))
        || jonbar_question::kinds_told(at).iter().any(|k| force.contains(k));
    let open = attack && said.actors.len() == 1 && said.territories.is_empty() && said.named.is_none();
    let Some(&state) = focus.actors.first().filter(|s| open && !said.actors.contains(s)) else {
        return plain;
    };
    let name = record.actors[state.0].in_sentence();
    let fuller = [format!("{at} of {name}"), format!("{at} {name}")];
    let [first, second] = prose::entries_of(record, [&*fuller[0], &*fuller[1]]);
    let own = |id: &EventId| record.events[id.0].parties().any(|p| p == state);
    [plain, first, second].into_iter().flatten().find(own)
}

/// Whether an entry falls in the time in which all these people held an office.
fn in_their_time(record: &Record, people: &[jonbar_record::PersonId], event: EventId) -> bool {
    let day = record.events[event.0].when.reading();
    people.iter().all(|p| {
        let terms = record.terms_of(*p);
        terms.is_empty() || terms.iter().any(|w| w.contains(day))
    })
}

/// The first entry about all those spoken of that names the place in some words, where the entry found by its words does not:
/// "at Rapallo", "when he met Hitler at Hendaye".
fn agreed_there(record: &Record, about: &Focus, at: &str, found: Option<EventId>) -> Option<EventId> {
    let of_people = about.people.iter().filter_map(|p| record.people[p.0].actor);
    let states: Vec<ActorId> = about.actors.iter().copied().chain(of_people).collect();
    // "Soviet" names a state and no place.
    let state = |w: &str| {
        let word = fold(w.trim_matches(|c: char| !c.is_alphanumeric()));
        record
            .gazetteer
            .find(&word)
            .iter()
            .any(|(e, k)| matches!(e, Entity::Actor(_)) && *k != NameKind::Metonym)
    };
    let place = at.split(' ').rfind(|w| w.len() >= 5 && w.starts_with(char::is_uppercase) && !state(w))?;
    let tells = |id: EventId| {
        let e = &record.events[id.0];
        let pact = e.pact.map(|p| &record.pacts[p.0]);
        e.summary.contains(place) || pact.is_some_and(|p| p.name.contains(place))
    };
    // Of two people named both were there.
    let of_all = |id: &EventId| {
        let e = &record.events[id.0];
        let there = about.people.len() < 2 || about.people.iter().all(|p| e.people.contains(p));
        there && states.iter().all(|a| e.parties().any(|p| p == *a))
    };
    if states.is_empty() || found.is_some_and(|id| tells(id) && of_all(&id)) {
        return None;
    }
    let entries = (0..record.events.len()).map(EventId).filter(|id| of_all(id) && tells(*id));
    entries.min_by_key(|id| record.events[id.0].when.reading())
}

/// An answer with its head filled and nothing in it yet.
fn blank(reading: &Reading, form: &str, sentence: String) -> Answer {
    Answer {
        version: ANSWER_VERSION,
        question: reading.text.clone(),
        reading: ReadingShown {
            form: form.to_owned(),
            sentence,
            assumed: reading.assumed.clone(),
            not_understood: reading.not_understood.clone(),
        },
        summary: Vec::new(),
        sections: Vec::new(),
        sources: Vec::new(),
        run: None,
    }
}

fn finish(mut answer: Answer, citer: Citer) -> Answer {
    answer.sources = citer.sources();
    answer
}

/// What-ifs that can be asked of an entry by its identifier: that it had not happened, if the model knows of anything it changed, and that
/// a demand had been answered the other way.
pub fn questions_about(study: &Study, event: EventId) -> Vec<String> {
    let e = &study.record.events[event.0];
    let within = study.record.span.contains(e.when.reading());
    let answered = match (e.kind, Mark::parse(&e.mark)) {
        (EventKind::TerritorialDemand, Some(Mark::Conceded)) => Some("refused"),
        (EventKind::TerritorialDemand, Some(_)) => Some("accepted"),
        _ => None,
    };
    // One that the model does not take for a demand is answered in no other way.
    let answered = answered.filter(|_| study.timeline.items_of(event.0).next().is_some());
    // Of most offices nothing in the model asks who held them.
    let prevented: Vec<_> =
        divergence::undone_with(study, event).into_iter().map(|event| Action::Prevent { event }).collect();
    let asks = || !whatif::default_outcomes(study, &prevented, e.when.reading()).is_empty();
    let undone = (within && divergence::can_be_undone(study, event) && asks())
        .then(|| format!("What if {} had not happened?", e.id));
    let answered = answered.filter(|_| within).map(|how| format!("What if {} had been {how}?", e.id));
    undone.into_iter().chain(answered).collect()
}

/// An entry with its date, and the what-ifs that can be asked of it.
fn with_questions(study: &Study, event: EventId) -> String {
    let asked = questions_about(study, event).into_iter().map(|q| format!(" \"{q}\""));
    format!("{}{}", words::dated(&study.record.events[event.0]), asked.collect::<String>())
}

/// Entries that stand for those near to some words.
const NEAR_MAX: usize = 3;

/// The entries of the record that share most with a question that could not be read, and what can be asked of each.
fn near_in_the_record(study: &Study, text: &str) -> Option<String> {
    let told: Vec<String> = prose::entries_near(study.record, text, NEAR_MAX)
        .into_iter()
        .map(|id| with_questions(study, id))
        .collect();
    (!told.is_empty()).then(|| format!("Nearest in the record: {}", told.join(" ")))
}

/// Questions of several sorts that can be answered, of these states if there are any.
fn can_be_asked(record: &Record, states: &[ActorId]) -> String {
    format!("What can be asked, for example: {}", jonbar_question::examples(record, states))
}

fn not_understood(reading: &Reading) -> Answer {
    let mut answer = blank(reading, "not understood", "This question was not understood.".to_owned());
    answer
        .summary
        .push("Nothing was computed, because the question could not be read with certainty.".to_owned());
    answer
}

/// Said of a claim that cannot be read, before examples of such as can.
const NOT_A_CLAIM: &str = "This looks like a claim about how often something happens, but not one that can be read. Claims that can \
                           be read speak of pacts, demands, claims to land, attacks, breaches, changes of land, or states; say \
                           whose or of what time; and say what became of them. For example:";

/// What a claim needs that could not be read, and claims near to it that can be.
fn not_a_claim(record: &Record, text: &str) -> Vec<String> {
    let near: Vec<String> =
        jonbar_question::nearest_claims(text, record).iter().map(|c| format!("\"{c}\"")).collect();
    let mut said = vec![format!("{NOT_A_CLAIM} {}", jonbar_question::example_claims(record))];
    if !near.is_empty() {
        said.insert(0, format!("Near to it, and answered: {}", near.join(" ")));
    }
    said
}

/// A text in which no question is found: what it states is held against the record, if it states anything.
fn nothing_asked(study: &Study, text: &str) -> Answer {
    let record = study.record;
    // "Pacts with Hitler rarely lasted": a rule about many events is no statement about one.
    let of = jonbar_question::spoken_of(text, record);
    // "Germany annexed all of Austria in March 1938" is one event all the same.
    let dated = of.window.is_some() && !of.actors.is_empty() && !jonbar_question::speaks_of_pacts(text);
    // "Poland signed pacts with both Germany and the Soviet Union" is two.
    let of_many = jonbar_question::speaks_of_many(text);
    // "Most land that changed hands in 1940 went to Germany" tells of no one event, whatever else it names.
    let one_event = !jonbar_question::counts(text)
        && (dated && !of_many || of.actors.len() >= 2 && !jonbar_question::says_how_often(text));
    let general = (jonbar_question::is_rule(text) || jonbar_question::counts(text)) && !one_event;
    let stated = (!general).then(|| prose::read_prose(record, text));
    let states = |a: &Answer| a.sections.iter().any(|s| matches!(s, crate::answer::Section::Statements(_)));
    if let Some(stated) = stated.filter(states) {
        return stated;
    }
    if general {
        return not_understood(&unread(text, not_a_claim(record, text)));
    }
    let none = "No question was found.".to_owned();
    let found = facts::nearest(study, &unread(text, vec![none.clone()]));
    found.unwrap_or_else(|| not_understood(&unread(text, vec![none, can_be_asked(record, &[])])))
}

/// A text that no rule reads, and why not.
fn unread(text: &str, not_understood: Vec<String>) -> Reading {
    Reading {
        text: text.trim().chars().take(TEXT_MAX).collect(),
        form: Form::NotUnderstood { focus: Focus::default() },
        assumed: Vec::new(),
        not_understood,
    }
}

/// Of a text that no rule reads no more than so many letters are shown, or looked for in the record.
const TEXT_MAX: usize = 300;
