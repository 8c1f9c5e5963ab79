//! One [`Answer`] value for every question, how it is composed from record and model, and its writers.
//!
//! [`Study`] holds a casebook fitted and ready; [`answer_text`] reads a question or a discussion and returns one
//! answer per question. The writers in [`writers`] turn answers into text and compute nothing.

mod answer;
mod compose;
pub mod writers;

pub use answer::*;
pub use compose::{
    LookUp, Options, Study, Tested, answer_text, answer_whatif, as_of, changes_in_words, commitments_report,
    compare, compare_claims, divergences, effects_report, entry_report, events_parquet, fit_report, look_up,
    map_report, outcomes_parquet, prepared_whatif, questions_about, read_prose, score_report,
    unknown_coverage,
};
