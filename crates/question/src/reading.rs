//! How a text was read: the forms of question, and what each asks.

use jonbar_record::{
    ActorId, Day, EventId, GroupId, Office, PactId, PactType, PersonId, TerritoryId, Window,
};

use crate::calendar::Calendar;
use crate::change::Change;
use crate::claim::Claim;
use crate::dates::DateSpan;
use crate::lengths::Lengths;
use crate::sequels::Sequels;
use crate::states::StatesClaim;

/// One question (or checkable statement) and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// As typed.
    pub text: String,
    /// What is asked.
    pub form: Form,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts that were not understood or not made use of, with what can be asked instead.
    pub not_understood: Vec<String>,
}

/// What a question speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Focus {
    /// States, in order of mention.
    pub actors: Vec<ActorId>,
    /// Type of pact.
    pub pact: Option<PactType>,
    /// A pact called by its name.
    pub named: Option<PactId>,
    /// Territories, in order of mention.
    pub territories: Vec<TerritoryId>,
    /// People, in order of mention.
    pub people: Vec<PersonId>,
    /// An office called by its title.
    pub office: Option<Office>,
    /// Words that say where or by whom something was agreed: entries may mention them.
    pub labels: Vec<String>,
    /// An ultimatum is spoken of, and no mere demand.
    pub ultimatum: bool,
    /// Period.
    pub window: Option<Window>,
    /// What happened at that time, where the sentence dates itself so and by no date: "when Hitler marched into the Rhineland".
    pub at: Option<String>,
}

impl Focus {
    /// Nothing that entries could be told apart by.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
            && self.people.is_empty()
            && self.territories.is_empty()
            && self.named.is_none()
    }
}

/// What a fact question wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Whether and when it was proposed or talked about.
    Proposed,
    /// Whether and when it was signed.
    Signed,
    /// Which pacts were in force, and for how long.
    InForce,
    /// Whether, when and by whom it was broken or denounced.
    Broken,
    /// How it ended: broken, run out, replaced or lapsed.
    Ended,
    /// How a demand was answered.
    Answered,
    /// Whether and when force was used.
    Force,
    /// Whether and when land was demanded or a claim stated.
    Demands,
    /// Whether and when relations were opened or broken.
    Relations,
    /// Who entered or left the League of Nations.
    League,
    /// Who held an office.
    Office,
    /// Who held a territory, or when it changed hands.
    Territory,
    /// Whether a state was a democracy.
    Regime,
    /// Everything about those named.
    Anything,
}

impl Ask {
    /// Whether what happened in a time can be listed of all states.
    pub(crate) fn is_list(self) -> bool {
        matches!(
            self,
            Ask::Signed
                | Ask::InForce
                | Ask::Broken
                | Ask::Ended
                | Ask::Force
                | Ask::Demands
                | Ask::Relations
                | Ask::League
                | Ask::Territory
                | Ask::Regime
        )
    }
}

/// An outcome that a what-if asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What comes about, or does not.
    pub what: Change,
    /// By when, if it says so.
    pub by: Option<Day>,
    /// Whether it stands then, and not whether it comes about: "is Italy still in the Pact of Steel?"
    pub stands: bool,
}

/// What is asked of a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarAsk {
    /// How long it lasted.
    Length,
    /// Who won it, or whether this state did.
    Winner(Option<ActorId>),
    /// When it began.
    Beginning,
    /// When and how it ended.
    End,
    /// Who fought in it.
    Parties,
    /// Whether this state fought in it.
    Part(ActorId),
}

/// What it means for a yes-or-no question that something is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Yes.
    Yes,
    /// No: asked whether a pact was kept, and a breach is found.
    No,
    /// The contrary of what the question takes for granted: asked whether there was none.
    Contrary,
    /// Neither: not a yes-or-no question, or one with a condition that is not weighed.
    Open,
}

/// The forms of question.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// What would have followed.
    WhatIf {
        /// The changes.
        changes: Vec<Change>,
        /// What is asked about them: whether these come about.
        asked: Vec<Asked>,
        /// What it speaks of.
        focus: Focus,
    },
    /// What happened.
    Fact {
        /// What it wants to know.
        ask: Ask,
        /// The state that acted, if the question says so.
        by: Option<ActorId>,
        /// What finding it would mean.
        found: Found,
        /// What it speaks of.
        focus: Focus,
    },
    /// Why a party acted.
    Motive {
        /// What it speaks of.
        focus: Focus,
    },
    /// Why there and not here: the dyad that did, the dyad that did not.
    Contrast {
        /// The dyad held up as an example.
        example: (ActorId, ActorId),
        /// The dyad asked about.
        subject: (ActorId, ActorId),
        /// What it speaks of.
        focus: Focus,
    },
    /// Why this claim, of all claims of one claimant.
    Comparison {
        /// The claimant.
        claimant: ActorId,
        /// The claim asked about.
        territory: Option<TerritoryId>,
        /// What it speaks of.
        focus: Focus,
    },
    /// How often something happens.
    BaseRate {
        /// What is claimed, and of which cases.
        claim: Box<Claim>,
        /// What it speaks of.
        focus: Focus,
    },
    /// How many states did something, or which most often.
    States {
        /// What is claimed, and of which states.
        claim: Box<StatesClaim>,
    },
    /// On which days of the week, or in which months, acts fell.
    Calendar {
        /// Which acts, and when they are said to have fallen.
        claim: Box<Calendar>,
    },
    /// How long tenures or wars lasted.
    Lengths {
        /// What is said, and of which.
        claim: Box<Lengths>,
    },
    /// What states did after a turn in their affairs.
    Sequels {
        /// After what, and what is said to have come.
        claim: Box<Sequels>,
    },
    /// Whether something became more or less common.
    Trend {
        /// What it speaks of.
        focus: Focus,
    },
    /// Who belongs to a group of states.
    Members {
        /// The group.
        group: GroupId,
    },
    /// Something of which only the words are known, for the record to find.
    LookUp {
        /// What it speaks of.
        focus: Focus,
        /// The other words, folded.
        words: Vec<String>,
    },
    /// What a war was: when, between whom, how it ended.
    War {
        /// The attack that began it.
        begun: EventId,
        /// Of two states alone, where those are named.
        between: Option<(ActorId, ActorId)>,
        /// What is asked of it first.
        asks: WarAsk,
    },
    /// What came after an event.
    Afterwards {
        /// The event in words.
        of: String,
        /// What it speaks of.
        focus: Focus,
    },
    /// Which of two events came first, and how long lay between them.
    Between {
        /// One of them in words.
        one: String,
        /// The other.
        other: String,
    },
    /// Nothing we can answer.
    NotUnderstood {
        /// What it speaks of, as far as understood.
        focus: Focus,
    },
}

/// A dated statement in a text, ready to be held against the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// What it speaks of.
    pub focus: Focus,
    /// Dates in it.
    pub dates: Vec<DateSpan>,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Rivers, cities and straits named: positions in the record's places.
    pub places: Vec<usize>,
}
