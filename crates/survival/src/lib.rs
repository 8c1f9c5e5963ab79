//! Event-history statistics.
//!
//! Everything here speaks of *spells*: stretches of time during which a unit is watched and at risk, each ended by an
//! event or by the end of the watch. A spell may begin after its clock does (left truncation), and one unit may have
//! several. Nothing here knows about states, pacts or casebooks; the functions are pure and their results do not depend
//! on the order of the spells.
//!
//! - [`kaplan_meier`], [`nelson_aalen`]: how long until the event, with intervals, quantiles and restricted means.
//! - [`cumulative_incidence`]: which event comes first, and when (Aalen and Johansen 1978).
//! - [`fine_gray`]: what moves the cumulative incidence of one cause among several.
//! - [`log_rank`]: whether curves differ.
//! - [`cox`]: the partial likelihood, with ties, strata and clusters; also the conditional logit of choice models.
//! - [`poisson_regression`]: rates that are constant over each spell.
//! - [`share_interval`], [`rate_interval`], [`rate_ratio`], [`change_point`]: counts over exposure.
//! - [`maximise`]: Newton's method on a concave function, which all fits share.

mod compare;
mod competing;
mod cox;
mod curve;
mod fine_gray;
mod newton;
mod poisson;
mod rates;
mod spell;

pub use compare::{LogRank, log_rank};
pub use competing::{CumulativeIncidence, IncidenceStep, cumulative_incidence};
pub use cox::{CoxFit, Ties, cox};
pub use curve::{Curve, CurveStep, Interval, kaplan_meier, nelson_aalen};
pub use fine_gray::{FineGrayFit, fine_gray};
pub use newton::{Maximum, maximise};
pub use poisson::{PoissonFit, poisson_regression};
pub use rates::{
    ChangePoint, RateRatio, change_point, fisher_exact, rate_interval, rate_ratio, share_interval,
};
pub use spell::Spell;
