//! From a question, or a whole discussion, to what is asked.
//!
//! The reader is a set of rules over names the casebook knows, dates, and a small lexicon of verbs and nouns. It
//! says how it read each question and what it assumed; what it cannot read it names. It never guesses silently.

mod alone;
mod calendar;
mod change;
mod claim;
mod clause;
mod dates;
mod examples;
mod forms;
mod heading;
mod identifier;
mod lengths;
mod lexicon;
mod order;
mod plainer;
mod prose;
mod read;
mod reading;
mod scene;
mod sentence;
mod sequels;
mod states;
mod supposing;
mod supposition;
mod text;
mod vague;
mod wars;

pub use calendar::{Acts, Calendar, CalendarDays};
pub use change::{Change, Otherwise, Stay, agreement_called, war_begins};
pub use claim::{
    Aftermath, Cases, Claim, Pair, Says, Sort, Than, Unit, Whose, counts, is_rule, nearest_claims,
    says_how_often, speaks_of_many, speaks_of_pacts,
};
pub use dates::{DateSpan, date_in};
pub use examples::{example_claims, examples, usual_pact};
pub use identifier::calls_an_entry;
pub use lengths::{LengthSaid, Lengths, SpellKind, Spells};
pub use prose::{Assertion, Time, assertions, kinds_told, only_talk, related};
pub use read::{read_question, read_text, spoken_of, telling_words};
pub use reading::{Ask, Asked, Focus, Form, Found, Reading, Statement, WarAsk};
pub use sequels::{Sequels, Turn};
pub use states::{Amount, Deed, Other, Relation, StatesClaim, Who};
pub use supposition::{Supposition, supposition, tells_of_failure};
pub use text::{Passage, passages};
pub use vague::Vague;
pub use wars::war_called;
