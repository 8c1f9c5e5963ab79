//! What happened, when, and who says so.
//!
//! A *casebook* is a folder of plain files about one place and period: actors, territories, claims, pacts,
//! dated events and the sources they rest on. [`load`] turns the text of those files into a [`Record`] and a
//! list of everything that is wrong with them; nothing here opens a file, asks the time, or knows that a
//! model exists.

mod check;
mod date;
mod doubts;
mod entities;
mod event;
mod load;
mod names;
mod problem;
mod shapes;
mod sources;
mod table;
mod wars;

pub use check::check;
pub use date::{Day, MONTHS, WEEKDAYS, When, Window};
pub use entities::{
    Actor, ActorId, Border, Capability, Claim, ClaimId, Coverage, EventId, Group, GroupId, Pact, PactEnd,
    PactId, PactType, Person, PersonId, Place, Record, Regime, Stance, StanceKind, Territory, TerritoryId,
};
pub use event::{Confidence, Event, EventKind, Office};
pub use load::{Files, Loaded, load};
pub use names::{Entity, Gazetteer, NameKind, fold, misspelling, nearest, nearest_spelling};
pub use problem::{Problem, Severity};
pub use shapes::Shape;
pub use sources::{Citation, Source, SourceId};
pub use wars::{War, WarCourse};
