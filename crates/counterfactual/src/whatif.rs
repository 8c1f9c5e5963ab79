//! What-ifs as files: a divergence in TOML, and the outcomes asked of it.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_model::{ActorSet, Change, Item, ItemSource, Kind, Mark, PactClass, Timeline, World};
use jonbar_record::{Day, EventId, Office, PersonId, Problem, Record, When, nearest};
use serde::Deserialize;
use toml::Spanned;

use crate::assumptions::{Assumptions, PactEffect};
use crate::outcome::OutcomeSpec;

/// One thing changed.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum Action {
    /// An event of a modelled kind happens.
    Add { kind: Kind, a: usize, b: usize, claim: Option<usize>, mark: Option<Mark>, day: Day },
    /// A recorded event does not happen.
    Prevent { event: EventId },
    /// A recorded event happens on another day.
    Move { event: EventId, day: Day },
    /// A recorded demand is answered differently.
    Answer { event: EventId, mark: Mark },
    /// A person stays in, or comes to, an office until a day.
    Keep { person: PersonId, actor: usize, office: Office, from: Day, until: Day },
    /// A person leaves an office on a day, and does not come back to it. Whoever the record has come later still does.
    Leave { person: PersonId, actor: usize, office: Office, day: Day },
    /// A fact is set.
    Set { change: Change, day: Day, parties: ActorSet },
}

/// A what-if: a divergence and the outcomes asked.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// The question as a forum would put it.
    pub question: String,
    /// Remarks, with the historical background.
    pub note: String,
    /// Day of the divergence: the earliest change.
    pub day: Day,
    /// The changes.
    pub actions: Vec<Action>,
    /// What is taken for granted beside it.
    pub assumptions: Assumptions,
    /// What to ask of every trajectory.
    pub outcomes: Vec<OutcomeSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhatIfFile {
    format: u32,
    id: String,
    title: String,
    question: String,
    #[serde(default)]
    note: String,
    date: Spanned<String>,
    assume: Option<AssumeFile>,
    #[serde(default)]
    change: Vec<ChangeFile>,
    #[serde(default)]
    outcome: Vec<OutcomeFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssumeFile {
    pact_effect: Option<Spanned<String>>,
    #[serde(default)]
    hold: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeFile {
    add: Option<Spanned<String>>,
    between: Option<Spanned<Vec<String>>>,
    by: Option<Spanned<String>>,
    on: Option<Spanned<String>>,
    over: Option<Spanned<String>>,
    mark: Option<Spanned<String>>,
    date: Option<Spanned<String>>,
    prevent: Option<Spanned<String>>,
    #[serde(rename = "move")]
    move_: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
    answer: Option<Spanned<String>>,
    keep: Option<Spanned<String>>,
    leave: Option<Spanned<String>>,
    office: Option<Spanned<String>>,
    of: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    set: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeFile {
    ask: Spanned<String>,
    #[serde(default)]
    label: String,
}

/// Reads a what-if file. `file` is its name, for messages.
///
/// # Errors
/// Every problem found, with line and column: not TOML, unknown names, dates outside the casebook, changes that
/// contradict each other or the record, outcomes that cannot be read.
pub fn parse_whatif(file: &str, text: &str, record: &Record, world: &World) -> Result<WhatIf, Vec<Problem>> {
    let place = |offset: usize| {
        let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
        (line, column)
    };
    let parsed: WhatIfFile = toml::from_str(text).map_err(|error| {
        let (line, column) = place(error.span().map_or(0, |s| s.start));
        vec![Problem::at(file, line, column, error.message().to_owned())]
    })?;
    let mut reader = Reader { file, place: &place, record, world, problems: Vec::new() };
    if parsed.format != 1 {
        reader.problems.push(
            Problem::file(file, format!("format {} is not known here", parsed.format))
                .help("write format = 1"),
        );
    }
    let date = reader.day(&parsed.date);
    let actions: Vec<Action> =
        parsed.change.iter().filter_map(|c| reader.change(c, date?, parsed.date.span().start)).collect();
    if parsed.change.is_empty() {
        reader.problems.push(
            Problem::file(file, "no [[change]]: a what-if must change something")
                .help("add for example:\n[[change]]\nprevent = \"id-of-an-event\""),
        );
    }
    reader.contradictions(&actions);
    let assumptions = parsed.assume.map(|a| reader.assumptions(&a)).unwrap_or_default();
    let day = first_day(&actions, record);
    let mut outcomes = Vec::new();
    for outcome in &parsed.outcome {
        let spec = OutcomeSpec { ask: outcome.ask.get_ref().clone(), label: outcome.label.clone() };
        if let Some(day) = day {
            match spec.resolve(record, world, day) {
                Ok(_) => outcomes.push(spec),
                Err(message) => reader.complain(outcome.ask.span().start, message, None),
            }
        }
    }
    match day {
        Some(day) if reader.problems.is_empty() => Ok(WhatIf {
            id: parsed.id,
            title: parsed.title,
            question: parsed.question,
            note: parsed.note,
            day,
            actions,
            assumptions,
            outcomes,
        }),
        _ => Err(reader.problems),
    }
}

/// The day on which actions first change anything.
pub(crate) fn first_day(actions: &[Action], record: &Record) -> Option<Day> {
    actions.iter().map(|a| action_day(a, record)).min()
}

/// The day on which an action first changes anything.
fn action_day(action: &Action, record: &Record) -> Day {
    match action {
        Action::Add { day, .. } | Action::Set { day, .. } => *day,
        Action::Keep { from, .. } => *from,
        Action::Leave { day, .. } => *day,
        Action::Prevent { event } | Action::Answer { event, .. } => record.events[event.0].when.reading(),
        Action::Move { event, day } => record.events[event.0].when.reading().min(*day),
    }
}

struct Reader<'a, P: Fn(usize) -> (u64, u64)> {
    file: &'a str,
    place: &'a P,
    record: &'a Record,
    world: &'a World,
    problems: Vec<Problem>,
}

impl<P: Fn(usize) -> (u64, u64)> Reader<'_, P> {
    fn complain(&mut self, offset: usize, message: impl Into<String>, help: Option<String>) {
        let (line, column) = (self.place)(offset);
        let mut problem = Problem::at(self.file, line, column, message);
        problem.help = help;
        self.problems.push(problem);
    }

    fn day(&mut self, text: &Spanned<String>) -> Option<Day> {
        match When::parse(text.get_ref()) {
            Ok(when) if self.record.span.contains(when.reading()) => Some(when.reading()),
            Ok(_) => {
                let (from, to) = (self.record.span.from, self.record.span.to);
                self.complain(
                    text.span().start,
                    format!("{} is outside the casebook", text.get_ref()),
                    Some(format!("it covers {from} to {to}")),
                );
                None
            }
            Err(message) => {
                self.complain(text.span().start, message, None);
                None
            }
        }
    }

    fn assumptions(&mut self, file: &AssumeFile) -> Assumptions {
        let mut assumptions = Assumptions::default();
        if let Some(text) = &file.pact_effect {
            match PactEffect::parse(text.get_ref()) {
                Some(effect) => assumptions.pact_effect = effect,
                None => self.complain(
                    text.span().start,
                    format!("`{}` is no effect of a pact", text.get_ref()),
                    Some("write fitted, none or strong".to_owned()),
                ),
            }
        }
        for text in &file.hold {
            match Kind::parse(text.get_ref()) {
                Some(kind) => assumptions.held.push(kind),
                None => {
                    let near = nearest(text.get_ref(), Kind::ALL.iter().map(|k| k.name()), 3).join(", ");
                    self.complain(
                        text.span().start,
                        format!("unknown kind `{}`", text.get_ref()),
                        Some(format!("nearest: {near}")),
                    );
                }
            }
        }
        assumptions
    }

    fn actor(&mut self, code: &str, offset: usize) -> Option<usize> {
        let found = self.record.actor(code);
        if found.is_none() {
            let near = nearest(code, self.record.actors.iter().map(|a| a.code.as_str()), 3).join(", ");
            let help = match self.record.gazetteer.find(code).first() {
                Some((jonbar_record::Entity::Actor(a), _)) => format!("write {}", self.record.code(*a)),
                _ => format!("nearest codes: {near}"),
            };
            self.complain(offset, format!("unknown actor `{code}`"), Some(help));
        }
        found.map(|a| a.0)
    }

    fn event(&mut self, id: &Spanned<String>) -> Option<EventId> {
        let found = self.record.event(id.get_ref());
        if found.is_none() {
            let ids = self.record.events.iter().map(|e| e.id.as_str());
            let near = nearest(id.get_ref(), ids, 3).join(", ");
            self.complain(
                id.span().start,
                format!("unknown event `{}`", id.get_ref()),
                Some(format!("nearest: {near}")),
            );
        }
        found
    }

    fn need<'s, T>(&mut self, value: &'s Option<T>, offset: usize, what: &str) -> Option<&'s T> {
        if value.is_none() {
            self.complain(offset, format!("this change needs `{what}`"), None);
        }
        value.as_ref()
    }

    fn mark(&mut self, text: &Spanned<String>) -> Option<Mark> {
        let mark = Mark::parse(text.get_ref());
        if mark.is_none() {
            let message = format!("`{}` is not an answer to a demand", text.get_ref());
            self.complain(text.span().start, message, Some("write conceded, resisted or war".to_owned()));
        }
        mark
    }

    fn change(&mut self, change: &ChangeFile, date: Day, offset: usize) -> Option<Action> {
        let verbs = [
            &change.add,
            &change.prevent,
            &change.move_,
            &change.answer,
            &change.keep,
            &change.leave,
            &change.set,
        ];
        let given: Vec<&Spanned<String>> = verbs.into_iter().flatten().collect();
        let [verb] = given[..] else {
            let at = given.first().map_or(offset, |v| v.span().start);
            self.complain(
                at,
                format!("a change does one thing; this one has {}", given.len()),
                Some(
                    "give each [[change]] exactly one of add, prevent, move, answer, keep, leave, set"
                        .to_owned(),
                ),
            );
            return None;
        };
        let at = verb.span().start;
        let day = match &change.date {
            Some(text) => self.day(text)?,
            None => date,
        };
        if change.prevent.is_some() {
            return Some(Action::Prevent { event: self.event(verb)? });
        }
        if change.move_.is_some() {
            let to = self.need(&change.to, at, "to")?;
            return Some(Action::Move { event: self.event(verb)?, day: self.day(to)? });
        }
        if change.answer.is_some() {
            let mark = self.need(&change.mark, at, "mark")?;
            let (event, mark) = (self.event(verb)?, self.mark(mark)?);
            if self.record.events[event.0].kind != jonbar_record::EventKind::TerritorialDemand {
                self.complain(at, format!("`{}` is not a territorial demand", verb.get_ref()), None);
                return None;
            }
            return Some(Action::Answer { event, mark });
        }
        if change.keep.is_some() {
            return self.keep(change, verb, day);
        }
        if change.leave.is_some() {
            let (person, actor, office) = self.of_office(change, verb)?;
            return Some(Action::Leave { person, actor, office, day });
        }
        if change.set.is_some() {
            return self.set(change, verb, day);
        }
        self.add(change, verb, day)
    }

    fn keep(&mut self, change: &ChangeFile, verb: &Spanned<String>, from: Day) -> Option<Action> {
        let (person, actor, office) = self.of_office(change, verb)?;
        let until = match &change.until {
            Some(text) => self.day(text)?,
            None => self.record.span.to,
        };
        if until <= from {
            self.complain(verb.span().start, "the office is kept until before the change", None);
            return None;
        }
        Some(Action::Keep { person, actor, office, from, until })
    }

    /// Who holds which office of which state.
    fn of_office(
        &mut self,
        change: &ChangeFile,
        verb: &Spanned<String>,
    ) -> Option<(PersonId, usize, Office)> {
        let at = verb.span().start;
        let Some(person) = self.record.person(verb.get_ref()) else {
            let near =
                nearest(verb.get_ref(), self.record.people.iter().map(|p| p.id.as_str()), 3).join(", ");
            self.complain(
                at,
                format!("unknown person `{}`", verb.get_ref()),
                Some(format!("nearest: {near}")),
            );
            return None;
        };
        let office_text = self.need(&change.office, at, "office")?;
        let Some(office) = Office::parse(office_text.get_ref()) else {
            self.complain(
                office_text.span().start,
                format!("unknown office `{}`", office_text.get_ref()),
                Some("write head_of_state, head_of_government, foreign_minister or leader".to_owned()),
            );
            return None;
        };
        let of = self.need(&change.of, at, "of")?;
        let actor = self.actor(of.get_ref(), of.span().start)?;
        Some((person, actor, office))
    }

    fn set(&mut self, change: &ChangeFile, verb: &Spanned<String>, day: Day) -> Option<Action> {
        let at = verb.span().start;
        let (fact, parties) = match verb.get_ref().as_str() {
            "relations" | "no_relations" => {
                let (a, b) = self.pair(change, at)?;
                (Change::Relations { a, b, on: verb.get_ref() == "relations" }, ActorSet::of([a, b]))
            }
            "sphere_conceded" => {
                let of = self.need(&change.of, at, "of")?;
                let over = self.need(&change.over, at, "over")?;
                let to = self.actor(of.get_ref(), of.span().start)?;
                let over = self.actor(over.get_ref(), over.span().start)?;
                (Change::Sphere { to, over }, ActorSet::of([to, over]))
            }
            "holder" => {
                let of = self.need(&change.of, at, "of")?;
                let on = self.need(&change.on, at, "on")?;
                let to = self.actor(of.get_ref(), of.span().start)?;
                let Some(territory) = self.record.territory(on.get_ref()) else {
                    self.complain(on.span().start, format!("unknown territory `{}`", on.get_ref()), None);
                    return None;
                };
                let from = self.record.holder(territory, day).map(|h| h.0);
                let parties = ActorSet::of(from.into_iter().chain([to]));
                (Change::Holder { territory: territory.0, from, to: Some(to) }, parties)
            }
            other => {
                self.complain(
                    at,
                    format!("`{other}` cannot be set"),
                    Some("write relations, no_relations, sphere_conceded or holder".to_owned()),
                );
                return None;
            }
        };
        Some(Action::Set { change: fact, day, parties })
    }

    fn pair(&mut self, change: &ChangeFile, at: usize) -> Option<(usize, usize)> {
        if let (Some(by), Some(on)) = (&change.by, &change.on) {
            let pair =
                (self.actor(by.get_ref(), by.span().start)?, self.actor(on.get_ref(), on.span().start)?);
            return self.distinct(pair, at);
        }
        let between = self.need(&change.between, at, "between = [\"A\", \"B\"]")?;
        let [a, b] = &between.get_ref()[..] else {
            self.complain(between.span().start, "`between` names two actors", None);
            return None;
        };
        let start = between.span().start;
        let pair = (self.actor(a, start)?, self.actor(b, start)?);
        self.distinct(pair, at)
    }

    fn distinct(&mut self, pair: (usize, usize), at: usize) -> Option<(usize, usize)> {
        if pair.0 == pair.1 {
            self.complain(at, "a state cannot act with itself; name two", None);
            return None;
        }
        Some(pair)
    }

    fn add(&mut self, change: &ChangeFile, verb: &Spanned<String>, day: Day) -> Option<Action> {
        let at = verb.span().start;
        let Some(kind) = Kind::parse(verb.get_ref()) else {
            let near = nearest(verb.get_ref(), Kind::ALL.iter().map(|k| k.name()), 3).join(", ");
            self.complain(at, format!("unknown kind `{}`", verb.get_ref()), Some(format!("nearest: {near}")));
            return None;
        };
        let (a, b, claim, mark) = if kind == Kind::TerritorialDemand {
            let by = self.need(&change.by, at, "by")?;
            let on = self.need(&change.on, at, "on")?;
            let a = self.actor(by.get_ref(), by.span().start)?;
            let territory = self.record.territory(on.get_ref()).map(|t| t.0);
            let claim =
                self.world.claims.iter().position(|c| c.claimant == a && Some(c.territory) == territory);
            let Some(claim) = claim else {
                self.complain(
                    on.span().start,
                    format!("{} has no coded claim to `{}`", by.get_ref(), on.get_ref()),
                    None,
                );
                return None;
            };
            let mark = match &change.mark {
                Some(text) => self.mark(text)?,
                None => Mark::Resisted,
            };
            let land = jonbar_record::TerritoryId(self.world.claims[claim].territory);
            let Some(holder) = self.record.holder(land, day).filter(|h| h.0 != a) else {
                self.complain(at, "nobody else holds that territory on that day", None);
                return None;
            };
            (a, holder.0, Some(claim), Some(mark))
        } else {
            let (a, b) = self.pair(change, at)?;
            (a, b, None, None)
        };
        for actor in [a, b] {
            if !self.record.is_independent(jonbar_record::ActorId(actor), day) {
                let name = &self.record.actors[actor].name;
                self.complain(at, format!("{name} is not an independent state on {day}"), None);
                return None;
            }
        }
        Some(Action::Add { kind, a, b, claim, mark, day })
    }

    /// Two changes that cannot both be made.
    fn contradictions(&mut self, actions: &[Action]) {
        let mut touched: BTreeMap<EventId, &str> = BTreeMap::new();
        let mut kept: BTreeSet<(usize, Office)> = BTreeSet::new();
        for action in actions {
            let (event, word) = match action {
                Action::Prevent { event } => (*event, "prevented"),
                Action::Move { event, .. } => (*event, "moved"),
                Action::Answer { event, .. } => (*event, "answered differently"),
                Action::Keep { actor, office, .. } | Action::Leave { actor, office, .. } => {
                    if !kept.insert((*actor, *office)) {
                        self.problems.push(Problem::file(
                            self.file,
                            format!(
                                "two changes fill the office of {} of {}",
                                office.label(),
                                self.world.codes[*actor]
                            ),
                        ));
                    }
                    continue;
                }
                Action::Add { .. } | Action::Set { .. } => continue,
            };
            if let Some(other) = touched.insert(event, word) {
                let id = &self.record.events[event.0].id;
                self.problems.push(
                    Problem::file(self.file, format!("`{id}` is both {other} and {word}"))
                        .help("keep one of the two changes"),
                );
            }
            // Whatever follows from a prevented event is prevented with it and cannot be changed as well.
            let mut cause = self.record.events[event.0].follows;
            while let Some(c) = cause {
                if actions.iter().any(|a| matches!(a, Action::Prevent { event } if *event == c)) {
                    let (id, root) = (&self.record.events[event.0].id, &self.record.events[c.0].id);
                    self.problems.push(Problem::file(
                        self.file,
                        format!("`{id}` is {word}, but it follows `{root}`, which is prevented"),
                    ));
                }
                cause = self.record.events[c.0].follows;
            }
        }
    }
}

/// A what-if ready for the engine.
#[derive(Clone, Debug)]
pub struct Intervention {
    /// First moment at which the alternative may differ.
    pub start: f64,
    /// What happens that did not.
    pub(crate) added: Vec<Imposed>,
    /// Recorded items that do not happen.
    pub(crate) prevented: BTreeSet<usize>,
    /// Recorded demands answered differently.
    pub(crate) answers: BTreeMap<usize, Mark>,
    /// Offices whose recorded changes do not happen for a while.
    offices: Vec<(usize, usize, f64, f64)>,
}

/// Something imposed at a time.
#[derive(Clone, Debug)]
pub(crate) struct Imposed {
    pub time: f64,
    pub unit: Option<(Kind, usize, usize)>,
    pub claim: Option<usize>,
    pub mark: Option<Mark>,
    pub changes: Vec<Change>,
    pub parties: ActorSet,
}

impl Imposed {
    /// A fact set on a day, which is no unit of the model.
    fn fact(day: f64, change: Change, parties: ActorSet) -> Imposed {
        Imposed { time: day + 0.2, unit: None, claim: None, mark: None, changes: vec![change], parties }
    }
}

impl Intervention {
    /// No change at all, from a time on.
    pub fn none(start: f64) -> Intervention {
        Intervention {
            start,
            added: Vec::new(),
            prevented: BTreeSet::new(),
            answers: BTreeMap::new(),
            offices: Vec::new(),
        }
    }

    /// Translates actions into items of the timeline.
    pub fn of(actions: &[Action], timeline: &Timeline, record: &Record) -> Intervention {
        let start = actions.iter().map(|a| f64::from(action_day(a, record).0)).fold(f64::INFINITY, f64::min);
        let mut it = Intervention::none(start.max(timeline.window.0));
        for action in actions {
            match action {
                Action::Add { kind, a, b, claim, mark, day } => it.added.push(Imposed {
                    time: f64::from(day.0) + 0.2,
                    unit: Some((*kind, *a, *b)),
                    claim: *claim,
                    mark: *mark,
                    changes: added_changes(*kind, *a, *b, *claim),
                    parties: ActorSet::of([*a, *b]),
                }),
                Action::Prevent { event } => it.prevented.extend(timeline.items_of(event.0)),
                Action::Move { event, day } => {
                    for index in timeline.items_of(event.0) {
                        it.prevented.insert(index);
                        let item = &timeline.items[index];
                        let is_war = matches!(item.unit, Some((Kind::WarBegun | Kind::WarJoined, ..)));
                        it.added.push(Imposed {
                            time: f64::from(day.0) + 0.2,
                            unit: item.unit,
                            claim: item.claim,
                            mark: item.mark,
                            // The engine draws the course of a war.
                            changes: if is_war { Vec::new() } else { item.changes.clone() },
                            parties: item.parties,
                        });
                    }
                }
                Action::Answer { event, mark } => {
                    it.answers.extend(timeline.items_of(event.0).map(|index| (index, *mark)));
                }
                Action::Keep { person, actor, office, from, until } => {
                    let office = Office::ALL.iter().position(|o| o == office).unwrap_or(0);
                    let (from, until) = (f64::from(from.0), f64::from(until.0));
                    it.offices.push((*actor, office, from, until));
                    let held_by = |person| Change::Office { actor: *actor, office, person, leaving: None };
                    it.added.push(Imposed::fact(from, held_by(Some(person.0)), ActorSet::of([*actor])));
                    // Afterwards the office goes to whoever holds it in the record.
                    let turns = timeline.items.iter().take_while(|i| i.time < until).flat_map(|i| &i.changes);
                    let mut successor = None;
                    for change in turns {
                        if let Change::Office { actor: a, office: o, person, leaving } = *change
                            && (a, o) == (*actor, office)
                            && (leaving.is_none() || Some(leaving) == successor)
                        {
                            successor = Some(person);
                        }
                    }
                    if let (Some(person), true) = (successor, until < timeline.window.1 - 1.0) {
                        it.added.push(Imposed::fact(until, held_by(person), ActorSet::of([*actor])));
                    }
                }
                Action::Leave { person, actor, office, day } => {
                    let office = Office::ALL.iter().position(|o| o == office).unwrap_or(0);
                    let returns = |item: &Item| {
                        item.time > f64::from(day.0)
                            && item.changes.iter().any(|c| {
                                matches!(c, Change::Office { actor: a, office: o, person: Some(p), .. }
                                    if (*a, *o, *p) == (*actor, office, person.0))
                            })
                    };
                    let back = (0..timeline.items.len()).filter(|&i| returns(&timeline.items[i]));
                    it.prevented.extend(back);
                    let empty =
                        Change::Office { actor: *actor, office, person: None, leaving: Some(person.0) };
                    it.added.push(Imposed::fact(f64::from(day.0), empty, ActorSet::of([*actor])));
                }
                Action::Set { change, day, parties } => {
                    it.added.push(Imposed::fact(f64::from(day.0), change.clone(), *parties));
                }
            }
        }
        it
    }

    /// The imposed changes with their times, without the consequences the engine draws.
    pub fn imposed_changes(&self) -> Vec<(f64, Vec<Change>)> {
        self.added.iter().map(|i| (i.time, i.changes.clone())).collect()
    }

    /// Whether an item is prevented, or follows from one that is prevented or answered differently.
    pub fn removes(&self, index: usize, timeline: &Timeline) -> bool {
        let item = &timeline.items[index];
        if item.source == ItemSource::Calendar {
            return false;
        }
        self.prevents(index, item)
            || item.follows.is_some_and(|cause| {
                let answered =
                    self.answers.get(&cause).is_some_and(|mark| timeline.items[cause].mark != Some(*mark));
                answered || self.removes(cause, timeline)
            })
    }

    /// Whether an item of the record is prevented or answered because the user said so.
    pub(crate) fn concerns(&self, index: usize, item: &Item) -> bool {
        item.source != ItemSource::Calendar
            && (self.prevents(index, item) || self.answers.contains_key(&index))
    }

    /// Whether an item of the record does not happen because the user said so.
    pub(crate) fn prevents(&self, index: usize, item: &Item) -> bool {
        debug_assert!(item.source != ItemSource::Calendar, "the calendar cannot be prevented");
        self.prevented.contains(&index)
            || self.offices.iter().any(|&(actor, office, from, until)| {
                (from..until).contains(&item.time)
                    && item
                        .changes
                        .iter()
                        .any(|c| matches!(c, Change::Office { actor: a, office: o, .. } if (*a, *o) == (actor, office)))
            })
    }
}

fn added_changes(kind: Kind, a: usize, b: usize, claim: Option<usize>) -> Vec<Change> {
    let pact = |class| {
        vec![Change::PactBegins { class, parties: ActorSet::of([a, b]), bilateral: true, pact: None }]
    };
    match kind {
        Kind::NonaggressionPact => pact(PactClass::Nonaggression),
        Kind::ConsultationPact => pact(PactClass::Consultation),
        Kind::DefencePact => pact(PactClass::Defence),
        Kind::PactBroken => vec![Change::BilateralPactsEnd { a, b }, Change::Breach { by: a }],
        Kind::TerritorialDemand => claim.map(|claim| Change::Demand { claim, by: a }).into_iter().collect(),
        Kind::ArmedDispute => vec![Change::Force { a, b }],
        // The engine draws the course of the war.
        Kind::WarBegun | Kind::WarJoined => Vec::new(),
        Kind::RelationsOpened => vec![Change::Relations { a, b, on: true }],
        Kind::RelationsBroken => vec![Change::Relations { a, b, on: false }],
    }
}
