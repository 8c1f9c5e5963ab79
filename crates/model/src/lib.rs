//! History as a marked point process: what could happen next, how likely each thing is, and what the record
//! says about that.
//!
//! [`World`] holds what never changes in a run, [`State`] what events change. [`Timeline`] is the record turned
//! into changes of state. [`Panel::build`] walks it once and notes every stretch of time over which nothing a
//! unit depends on changed (a *spell*); [`fit`] estimates the coefficients from those spells. Nothing here knows
//! about interventions, simulation, files or clocks.

mod actor_set;
mod cells;
pub mod effects;
mod facts;
mod fit;
mod histories;
mod kinds;
mod pairs;
mod panel;
mod residuals;
mod score;
mod spec;
mod state;
mod timeline;
mod world;

pub use actor_set::ActorSet;
pub use cells::{Cell, CellValue, Cells, Mask, Turned};
pub use facts::Facts;
pub use fit::{Coefficient, Fit, KindFit, MarkFit, Posterior, fit};
pub use histories::{Histories, Parted};
pub use kinds::{Kind, Orientation, SLOTS, Slot};
pub use pairs::Pairs;
pub use panel::{Panel, Segment};
pub use residuals::{GapTest, Residuals, residuals};
pub use score::{Bin, Forecast, Gain, TrackRecord, stacking, track_record};
pub use spec::{Alternative, ModelSpec, Prior, Term, TermSpec, parse_spec};
pub use state::{ActorState, BoundPact, PactClass, SavedState, State, window_end};
pub use timeline::{Change, Item, ItemSource, Mark, Timeline, expiries};
pub use world::{ModelClaim, World};
