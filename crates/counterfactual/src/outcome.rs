//! Outcomes: small readable questions asked of every trajectory.
//!
//! ```text
//! territory_ceded(bessarabia, ROM -> RUS) before 1941-06-22
//! pact_broken(RUS, ROM) within 5 years
//! nonaggression_pact(RUS, ROM) before 1936-01-01
//! holds(ROM, bessarabia) on 1940-12-31
//! in_office(titulescu-nicolae, ROM, foreign_minister) on 1936-12-31
//! count(territorial_demand, RUS -> *) before 1941-06-22 >= 3
//! ```

use jonbar_model::{Change, Kind, PactClass, State, Timeline, World};
use jonbar_record::{Day, Office, Record, nearest};

use crate::engine::{Difference, What};

/// An outcome as text with a label, before names are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeSpec {
    /// The predicate.
    pub ask: String,
    /// Words for a reader; the predicate in words if empty.
    pub label: String,
}

/// An outcome with names looked up and dates made definite.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The predicate as written.
    pub ask: String,
    /// Words for a reader.
    pub label: String,
    question: Question,
}

#[derive(Clone, Debug)]
enum Question {
    /// At least `at_least` matching events in the window.
    Happens { pattern: Pattern, from: f64, to: f64, at_least: usize },
    /// Something about the state at a moment.
    Holds { probe: Probe, time: f64 },
}

#[derive(Clone, Debug)]
struct Pattern {
    what: Sort,
    a: Option<usize>,
    b: Option<usize>,
    /// The order of `a` and `b` matters.
    ordered: bool,
    territory: Option<usize>,
    claim: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Unit(Kind),
    /// Any of the kinds of war.
    War,
    Ceded,
    IndependenceLost,
}

/// What an event outcome speaks of; `None` stands for any.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The modelled kind that brings it about.
    pub kind: Kind,
    /// Who acts.
    pub a: Option<usize>,
    /// Towards whom.
    pub b: Option<usize>,
    /// The territory that changes hands.
    pub territory: Option<usize>,
    /// The claim, for demands.
    pub claim: Option<usize>,
}

/// A state of affairs to look at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Probe {
    Holds { actor: usize, territory: usize },
    InForce { class: Option<PactClass>, a: usize, b: usize },
    AtWar { a: usize, b: usize },
    Independent { actor: usize },
    InOffice { person: usize, actor: usize, office: usize },
    Relations { a: usize, b: usize },
}

impl Outcome {
    /// When to look at the state, for outcomes about a state.
    pub(crate) fn probe_time(&self) -> Option<f64> {
        match self.question {
            Question::Holds { time, .. } => Some(time),
            Question::Happens { .. } => None,
        }
    }

    pub(crate) fn look(&self, state: &State) -> bool {
        let Question::Holds { probe, .. } = &self.question else { return false };
        match *probe {
            Probe::Holds { actor, territory } => state.holders[territory] == Some(actor),
            Probe::InForce { class, a, b } => match class {
                Some(class) => state.actors[a].ties[class as usize].contains(b),
                None => state.actors[a].ties.iter().any(|t| t.contains(b)),
            },
            Probe::AtWar { a, b } => state.actors[a].wars.contains(b),
            Probe::Independent { actor } => state.alive.contains(actor),
            Probe::InOffice { person, actor, office } => state.office_holder(actor, office) == Some(person),
            Probe::Relations { a, b } => state.actors[a].relations.contains(b),
        }
    }

    /// The dyads and territory an event outcome speaks of.
    pub fn subject(&self) -> Option<Subject> {
        let Question::Happens { pattern, .. } = &self.question else { return None };
        let kind = match pattern.what {
            Sort::Unit(kind) => kind,
            Sort::War => Kind::WarBegun,
            Sort::Ceded => {
                // Land is ceded from `a` to `b`; the demand goes the other way.
                return Some(Subject {
                    kind: Kind::TerritorialDemand,
                    a: pattern.b,
                    b: pattern.a,
                    territory: pattern.territory,
                    claim: None,
                });
            }
            Sort::IndependenceLost => return None,
        };
        Some(Subject { kind, a: pattern.a, b: pattern.b, territory: None, claim: pattern.claim })
    }

    /// The items of the record that make an event outcome true, by position.
    pub(crate) fn recorded(&self, timeline: &Timeline) -> Vec<usize> {
        let Question::Happens { pattern, from, to, .. } = &self.question else { return Vec::new() };
        let hits = |item: &jonbar_model::Item| {
            *from <= item.time && item.time < *to && pattern.matches(item.unit, item.claim, &item.changes)
        };
        (0..timeline.items.len()).filter(|&i| hits(&timeline.items[i])).collect()
    }

    /// Whether a difference makes an event outcome come true.
    fn is_made_by(&self, timeline: &Timeline, d: &Difference) -> bool {
        let Question::Happens { pattern, from, to, .. } = &self.question else { return false };
        *from <= d.time
            && d.time < *to
            && match &d.what {
                What::Added { kind, a, b, claim, changes, .. } => {
                    pattern.matches(Some((*kind, *a, *b)), *claim, changes)
                }
                What::Imposed { unit, claim, changes } => pattern.matches(*unit, *claim, changes),
                What::Derived { changes } => pattern.matches(None, None, changes),
                What::Answered { mark: jonbar_model::Mark::War, item, .. } => {
                    let unit = timeline.items[*item].unit.map(|(_, a, b)| (Kind::WarBegun, a, b));
                    pattern.matches(unit, None, &[])
                }
                What::Removed { .. } | What::Answered { .. } => false,
            }
    }

    /// Whether an event outcome turns on a difference: it makes it come true, or takes away what does in the record.
    pub fn turns_on(&self, timeline: &Timeline, d: &Difference) -> bool {
        let Question::Happens { pattern, from, to, .. } = &self.question else { return false };
        match d.what {
            What::Removed { item } => {
                let item = &timeline.items[item];
                *from <= item.time && item.time < *to && pattern.matches(item.unit, item.claim, &item.changes)
            }
            _ => self.is_made_by(timeline, d),
        }
    }

    /// Whether an event outcome came true, and when, given the items of the record that make it true, which of them
    /// happened, and what was added.
    pub(crate) fn judge(
        &self,
        timeline: &Timeline,
        recorded: &[usize],
        kept: impl Fn(usize) -> bool,
        differences: &[Difference],
    ) -> (bool, Option<f64>) {
        let Question::Happens { at_least, .. } = &self.question else { return (false, None) };
        let mut times: Vec<f64> =
            recorded.iter().filter(|&&i| kept(i)).map(|&i| timeline.items[i].time).collect();
        times.extend(differences.iter().filter(|d| self.is_made_by(timeline, d)).map(|d| d.time));
        times.sort_by(f64::total_cmp);
        (times.len() >= *at_least, times.get(at_least.saturating_sub(1)).copied())
    }

    /// Whether the outcome is true of the record itself, and when.
    pub fn in_record(&self, world: &World, timeline: &Timeline) -> (bool, Option<f64>) {
        match &self.question {
            Question::Happens { .. } => self.judge(timeline, &self.recorded(timeline), |_| true, &[]),
            Question::Holds { time, .. } => {
                // What happens at that very time counts.
                let state = timeline.state_before(world, time.next_up());
                (self.look(&state), None)
            }
        }
    }
}

impl Pattern {
    fn matches(&self, unit: Option<(Kind, usize, usize)>, claim: Option<usize>, changes: &[Change]) -> bool {
        let pair = |x: usize, y: usize| {
            let fits = |x: usize, y: usize| self.a.is_none_or(|a| a == x) && self.b.is_none_or(|b| b == y);
            fits(x, y) || (!self.ordered && fits(y, x))
        };
        match self.what {
            // A pact that falls with the land taken or the war begun is broken too.
            Sort::Unit(Kind::PactBroken) if unit.is_none() => changes.iter().any(|c| match *c {
                Change::BilateralPactsEnd { a: x, b: y } => pair(x, y),
                _ => false,
            }),
            Sort::Unit(kind) => {
                unit.is_some_and(|(k, x, y)| k == kind && pair(x, y))
                    && self.claim.is_none_or(|wanted| claim == Some(wanted))
            }
            Sort::War => {
                unit.is_some_and(|(k, x, y)| {
                    matches!(k, Kind::WarBegun | Kind::WarJoined) && pair(x, y)
                }) || changes.iter().any(|c| matches!(*c, Change::War { a, b, on: true } if pair(a, b)))
            }
            Sort::Ceded => changes.iter().any(|c| match *c {
                Change::Holder { territory, from, to } => {
                    self.territory.is_none_or(|t| t == territory)
                        && self.a.is_none_or(|a| from == Some(a))
                        && self.b.is_none_or(|b| to == Some(b))
                }
                _ => false,
            }),
            Sort::IndependenceLost => changes
                .iter()
                .any(|c| matches!(*c, Change::Independence { actor, on: false, .. } if self.a.is_none_or(|a| a == actor))),
        }
    }
}

impl OutcomeSpec {
    /// Looks up names and dates. `start` is the day of the divergence, from which `within N years` counts.
    ///
    /// # Errors
    /// A sentence naming what was not understood and what to write instead.
    pub fn resolve(&self, record: &Record, world: &World, start: Day) -> Result<Outcome, String> {
        let question = Parser { text: &self.ask, rest: self.ask.trim(), record, world, start }.question()?;
        let label = if self.label.is_empty() { self.ask.clone() } else { self.label.clone() };
        Ok(Outcome { ask: self.ask.clone(), label, question })
    }
}

const EVENTS: &[&str] = &["war", "territory_ceded", "independence_lost"];
const STATES: &[&str] = &["holds", "in_force", "at_war", "independent", "in_office", "relations"];

struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
    record: &'a Record,
    world: &'a World,
    start: Day,
}

impl<'a> Parser<'a> {
    fn fail<T>(&self, message: impl std::fmt::Display) -> Result<T, String> {
        let column = self.text.len() - self.rest.len() + 1;
        Err(format!("outcome `{}`, column {column}: {message}", self.text))
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { self.fail(format!("expected `{token}`")) }
    }

    fn word(&mut self) -> &'a str {
        self.skip();
        let end = self
            .rest
            .char_indices()
            .find(|(i, c)| {
                let arrow = self.rest[*i..].starts_with("->");
                arrow || !(c.is_alphanumeric() || matches!(c, '_' | '-' | '*'))
            })
            .map_or(self.rest.len(), |(i, _)| i);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn question(mut self) -> Result<Question, String> {
        let name = self.word();
        let question = if name == "count" {
            self.expect("(")?;
            let name = self.word();
            self.expect(",")?;
            let pattern = self.pattern(name)?;
            self.expect(")")?;
            let (from, to) = self.window()?;
            self.expect(">=")?;
            let n = self.word();
            let Ok(at_least) = n.parse::<usize>() else {
                return self.fail(format!("`{n}` is not a count"));
            };
            Question::Happens { pattern, from, to, at_least }
        } else if STATES.contains(&name) {
            self.expect("(")?;
            let probe = self.probe(name)?;
            self.expect(")")?;
            self.expect("on")?;
            // The state at the end of the day.
            let time = f64::from(self.date()?.0) + 0.999;
            Question::Holds { probe, time }
        } else {
            self.expect("(")?;
            let pattern = self.pattern(name)?;
            self.expect(")")?;
            let (from, to) = self.window()?;
            Question::Happens { pattern, from, to, at_least: 1 }
        };
        self.skip();
        if self.rest.is_empty() { Ok(question) } else { self.fail(format!("`{}` is left over", self.rest)) }
    }

    fn pattern(&mut self, name: &str) -> Result<Pattern, String> {
        let what = match name {
            "war" => Sort::War,
            "territory_ceded" => Sort::Ceded,
            "independence_lost" => Sort::IndependenceLost,
            _ => match Kind::parse(name) {
                Some(kind) => Sort::Unit(kind),
                None => {
                    let names = Kind::ALL.iter().map(|k| k.name()).chain(EVENTS.iter().copied());
                    let near = nearest(name, names.chain(STATES.iter().copied()), 3).join(", ");
                    let hint = if near.is_empty() { "see docs/whatif.md".to_owned() } else { near };
                    return self.fail(format!("unknown outcome `{name}`; nearest: {hint}"));
                }
            },
        };
        let mut pattern = Pattern { what, a: None, b: None, ordered: false, territory: None, claim: None };
        if what == Sort::IndependenceLost {
            pattern.a = self.actor_or_any()?;
            return Ok(pattern);
        }
        let mark = self.rest;
        let first = self.word();
        let is_territory = self.record.territory(first).is_some();
        if is_territory {
            pattern.territory = self.record.territory(first).map(|t| t.0);
            if !self.take(",") {
                return Ok(pattern);
            }
        } else {
            self.rest = mark;
        }
        pattern.a = self.actor_or_any()?;
        pattern.ordered = self.take("->");
        if !pattern.ordered {
            self.expect(",")?;
        }
        pattern.b = self.actor_or_any()?;
        match (what, pattern.territory) {
            (_, None) | (Sort::Ceded, _) => {}
            (Sort::Unit(Kind::TerritorialDemand), Some(t)) => {
                let claims = &self.world.claims;
                pattern.claim =
                    claims.iter().position(|c| c.territory == t && pattern.a.is_none_or(|a| a == c.claimant));
                if pattern.claim.is_none() {
                    return self.fail("no claim to that territory is coded");
                }
            }
            _ => return self.fail("only territorial_demand and territory_ceded name a territory"),
        }
        Ok(pattern)
    }

    fn actor_or_any(&mut self) -> Result<Option<usize>, String> {
        let word = self.word();
        if word == "*" {
            return Ok(None);
        }
        match self.record.actor(word) {
            Some(actor) => Ok(Some(actor.0)),
            None => {
                let codes = self.record.actors.iter().map(|a| a.code.as_str());
                let near = nearest(word, codes, 3).join(", ");
                self.fail(format!("unknown actor `{word}`; write a code such as RUS, or * (nearest: {near})"))
            }
        }
    }

    fn actor(&mut self) -> Result<usize, String> {
        match self.actor_or_any()? {
            Some(actor) => Ok(actor),
            None => self.fail("a state must be named here"),
        }
    }

    fn two_actors(&mut self) -> Result<(usize, usize), String> {
        let a = self.actor()?;
        self.expect(",")?;
        Ok((a, self.actor()?))
    }

    fn probe(&mut self, name: &str) -> Result<Probe, String> {
        match name {
            "holds" => {
                let actor = self.actor()?;
                self.expect(",")?;
                let id = self.word();
                match self.record.territory(id) {
                    Some(territory) => Ok(Probe::Holds { actor, territory: territory.0 }),
                    None => {
                        let ids = self.record.territories.iter().map(|t| t.id.as_str());
                        let near = nearest(id, ids, 3).join(", ");
                        self.fail(format!("unknown territory `{id}`; nearest: {near}"))
                    }
                }
            }
            "in_force" => {
                let class = match self.word() {
                    "nonaggression" => Some(PactClass::Nonaggression),
                    "consultation" => Some(PactClass::Consultation),
                    "defence" => Some(PactClass::Defence),
                    "any" => None,
                    other => {
                        return self
                            .fail(format!("`{other}`: write nonaggression, consultation, defence or any"));
                    }
                };
                self.expect(",")?;
                let (a, b) = self.two_actors()?;
                Ok(Probe::InForce { class, a, b })
            }
            "at_war" => self.two_actors().map(|(a, b)| Probe::AtWar { a, b }),
            "relations" => self.two_actors().map(|(a, b)| Probe::Relations { a, b }),
            "independent" => self.actor().map(|actor| Probe::Independent { actor }),
            _ => {
                let id = self.word();
                let Some(person) = self.record.person(id) else {
                    let ids = self.record.people.iter().map(|p| p.id.as_str());
                    let near = nearest(id, ids, 3).join(", ");
                    return self.fail(format!("unknown person `{id}`; nearest: {near}"));
                };
                self.expect(",")?;
                let actor = self.actor()?;
                self.expect(",")?;
                let word = self.word();
                match Office::ALL.iter().position(|o| o.name() == word) {
                    Some(office) => Ok(Probe::InOffice { person: person.0, actor, office }),
                    None => self.fail(format!(
                        "unknown office `{word}`; write head_of_state, head_of_government, foreign_minister or leader"
                    )),
                }
            }
        }
    }

    fn date(&mut self) -> Result<Day, String> {
        let word = self.word();
        match jonbar_record::When::parse(word) {
            Ok(when) => Ok(when.latest),
            Err(message) => self.fail(message),
        }
    }

    /// From the divergence unless it says otherwise, to the end of the casebook.
    fn window(&mut self) -> Result<(f64, f64), String> {
        let mut from = f64::from(self.start.0);
        let mut to = f64::from(self.record.span.to.0) + 1.0;
        if self.take("before") {
            to = f64::from(self.date()?.0);
        } else if self.take("by") {
            to = f64::from(self.date()?.0) + 1.0;
        } else if self.take("after") {
            from = f64::from(self.date()?.0) + 1.0;
        } else if self.take("between") {
            from = f64::from(self.date()?.0);
            self.expect("and")?;
            to = f64::from(self.date()?.0) + 1.0;
        } else if self.take("within") {
            let n = self.word();
            let Ok(years) = n.parse::<i32>() else {
                return self.fail(format!("`{n}` is not a number of years"));
            };
            self.expect("years")?;
            to = f64::from(self.start.plus_years(years).0) + 1.0;
        }
        if from >= to {
            return self.fail("the time asked about ends before the change");
        }
        Ok((from, to))
    }
}
