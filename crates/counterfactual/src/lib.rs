//! What might have happened.
//!
//! The recorded history is one realisation of independent Poisson random measures, one per unit, in which an
//! event happens where a point lies under the unit's intensity. [`run_ensemble`] walks the record and one
//! alternative forward together under an intervention: a recorded event survives with probability
//! `min(1, lambda'/lambda)`, new ones arise at rate `max(0, lambda' - lambda)`, marks follow the Gumbel-max
//! posterior (Oberst and Sontag 2019, ICML; Noorbakhsh and Gomez-Rodriguez 2022, NeurIPS). Every draw is a pure
//! function of names (see [`Noise`]), so results do not depend on threads, order, or actors not involved.

mod assumptions;
mod compare;
mod dates;
mod engine;
mod ensemble;
mod holders;
mod noise;
mod outcome;
mod paths;
mod prefix;
mod soonest;
mod walk;
mod whatif;

#[cfg(test)]
mod calibration;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use assumptions::{Assumptions, Moved, PactEffect, without_hidden_cause};
pub use dates::redated;
pub use engine::{Cause, Difference, Engine, Mode, Trajectory, What};
pub use ensemble::{Ensemble, Runner, Settings, Share, Tally, run_ensemble, share};
pub use holders::holders;
pub use noise::{Noise, Purpose};
pub use outcome::{Outcome, OutcomeSpec, Subject};
pub use paths::{CausalPath, causal_paths};
pub use whatif::{Action, Intervention, WhatIf, parse_whatif};
