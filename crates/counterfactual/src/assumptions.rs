//! What an answer takes for granted beside the change, and can be moved by hand.

use jonbar_model::Kind;
use jonbar_record::{ActorId, Day, Record};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::whatif::{Action, WhatIf, first_day};

/// How a pact in force bears on the rates of what its parties do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PactEffect {
    /// As estimated from the casebook.
    #[default]
    Fitted,
    /// Not at all.
    None,
    /// It halves every rate it bears on: about the most hopeful reading of the literature.
    Strong,
}

impl PactEffect {
    /// All of them.
    pub const ALL: [PactEffect; 3] = [PactEffect::Fitted, PactEffect::None, PactEffect::Strong];

    /// The word in files and links.
    pub fn name(self) -> &'static str {
        match self {
            PactEffect::Fitted => "fitted",
            PactEffect::None => "none",
            PactEffect::Strong => "strong",
        }
    }

    /// The effect with this name.
    pub fn parse(name: &str) -> Option<PactEffect> {
        Self::ALL.into_iter().find(|e| e.name() == name)
    }

    /// Words for a reader.
    pub fn label(self) -> &'static str {
        match self {
            PactEffect::Fitted => "as fitted",
            PactEffect::None => "none: a pact changes no rate",
            PactEffect::Strong => "strong: a pact halves every rate it bears on",
        }
    }

    /// The coefficient that takes the place of the fitted ones.
    pub fn coefficient(self) -> Option<f64> {
        match self {
            PactEffect::Fitted => None,
            PactEffect::None => Some(0.0),
            PactEffect::Strong => Some(-std::f64::consts::LN_2),
        }
    }
}

/// The effects of a pact in force, by name.
const IN_FORCE: [&str; 3] = ["nonaggression_in_force", "consultation_in_force", "alliance_in_force"];

/// What a what-if takes for granted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assumptions {
    /// Effect of a pact in force.
    pub pact_effect: PactEffect,
    /// Kinds held at the record: no new events, and none lost but with the event that it followed from.
    pub held: Vec<Kind>,
}

impl Assumptions {
    /// Sets an engine to them.
    pub fn apply(&self, engine: &mut Engine) {
        if let Some(value) = self.pact_effect.coefficient() {
            engine.fixed.extend(IN_FORCE.map(|name| (name.to_owned(), value)));
        }
        for &kind in &self.held {
            engine.hold_kind(kind);
        }
    }
}

/// Takes from the effect of a pact in force what a hidden cause would have added to it: one that made both a pact, and each of
/// demands, force and war, `strength` times as likely. The ratio of rates is then too high by a factor of at most
/// `strength^2 / (2 strength - 1)` (Ding and VanderWeele 2016, Epidemiology 27: 368-377).
pub fn without_hidden_cause(engine: &mut Engine, strength: f64) {
    let bias = strength * strength / (2.0 * strength - 1.0);
    for kind in [Kind::TerritorialDemand, Kind::ArmedDispute, Kind::WarBegun, Kind::WarJoined] {
        engine.shifted.extend(IN_FORCE.map(|name| (kind, name, -libm::log(bias))));
    }
}

/// A what-if moved by hand: other assumptions, another day, or without some of its changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Moved {
    /// Effect of a pact in force, in place of the one that the what-if assumes.
    pub pact_effect: Option<PactEffect>,
    /// Names of kinds to be held at the record as well.
    pub held: Vec<String>,
    /// Day on which the first change happens; later ones keep their distance.
    pub day: Option<i32>,
    /// Changes left out, by position from 1.
    pub left_out: Vec<usize>,
}

impl Moved {
    /// Moves a what-if. What cannot be moved so is left as it was, with the reasons returned.
    pub fn apply(&self, whatif: &mut WhatIf, record: &Record) -> Vec<String> {
        let mut refused = Vec::new();
        if let Some(effect) = self.pact_effect {
            whatif.assumptions.pact_effect = effect;
        }
        for kind in self.held.iter().filter_map(|name| Kind::parse(name)) {
            if !whatif.assumptions.held.contains(&kind) {
                whatif.assumptions.held.push(kind);
            }
        }
        for n in self.left_out.iter().filter(|n| !(1..=whatif.actions.len()).contains(*n)) {
            refused.push(format!("There is no change number {n} to leave out."));
        }
        let kept: Vec<Action> = (1..)
            .zip(&whatif.actions)
            .filter(|(i, _)| !self.left_out.contains(i))
            .map(|(_, a)| a.clone())
            .collect();
        if kept.is_empty() {
            refused.push("A what-if needs a change: none was left out.".to_owned());
        } else {
            whatif.actions = kept;
        }
        whatif.day = first_day(&whatif.actions, record).unwrap_or(whatif.day);
        if let Some(day) = self.day.map(Day).filter(|d| *d != whatif.day) {
            match shifted(&whatif.actions, day.0 - whatif.day.0, record) {
                Ok(actions) => {
                    whatif.actions = actions;
                    whatif.day = first_day(&whatif.actions, record).unwrap_or(day);
                }
                Err(why) => refused.push(format!("Not moved to {}: {why}.", day.long())),
            }
        }
        refused
    }
}

/// The changes so many days later.
fn shifted(actions: &[Action], days: i32, record: &Record) -> Result<Vec<Action>, String> {
    let within = |day: Day| {
        let moved = day.plus(days);
        if record.span.contains(moved) {
            Ok(moved)
        } else {
            Err(format!("{} is outside the casebook", moved.long()))
        }
    };
    let there = |a: usize, day: Day| {
        if record.is_independent(ActorId(a), day) {
            Ok(())
        } else {
            Err(format!("{} was no independent state on {}", record.actors[a].in_sentence(), day.long()))
        }
    };
    actions
        .iter()
        .map(|action| {
            let mut action = action.clone();
            match &mut action {
                Action::Add { a, b, day, .. } => {
                    *day = within(*day)?;
                    there(*a, *day)?;
                    there(*b, *day)?;
                }
                Action::Set { day, .. } | Action::Leave { day, .. } => *day = within(*day)?,
                Action::Keep { from, until, .. } => {
                    *from = within(*from)?;
                    if *from >= *until {
                        return Err("the office would be kept until before it is taken".to_owned());
                    }
                }
                Action::Move { day, .. } => *day = within(*day)?,
                Action::Prevent { .. } | Action::Answer { .. } => {
                    return Err("a recorded event has its day".to_owned());
                }
            }
            Ok(action)
        })
        .collect()
}
