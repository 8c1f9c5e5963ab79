//! Dated events.

use crate::date::When;
use crate::entities::{ActorId, EventId, PactId, PersonId, TerritoryId};
use crate::sources::{Citation, SourceId};

/// Declares the closed list of event kinds once: variant, casebook name, words for a sentence.
macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal $label:literal;)*) => {
        /// What sort of thing happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind { $($(#[$doc])* $variant,)* }

        impl EventKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$variant,)*];

            /// The name written in the `kind` column.
            pub fn name(self) -> &'static str {
                match self { $(EventKind::$variant => $name,)* }
            }

            /// A noun phrase for a reader.
            pub fn label(self) -> &'static str {
                match self { $(EventKind::$variant => $label,)* }
            }
        }
    };
}

event_kinds! {
    /// A pact is signed by all `actors`.
    PactSigned "pact_signed" "pact signed";
    /// A pact is ratified or enters into force.
    PactRatified "pact_ratified" "pact ratified";
    /// A pact is prolonged.
    PactExtended "pact_extended" "pact extended";
    /// One party gives notice.
    PactDenounced "pact_denounced" "pact denounced";
    /// One party breaks the pact by its acts.
    PactViolated "pact_violated" "pact violated";
    /// The pact ran out.
    PactExpired "pact_expired" "pact expired";
    /// The parties replaced it by another.
    PactReplaced "pact_replaced" "pact replaced";
    /// Overtaken by events, or a party ceased to exist.
    PactLapsed "pact_lapsed" "pact lapsed";
    /// A government asks another for land.
    TerritorialDemand "territorial_demand" "territorial demand";
    /// Force short of war.
    ArmedDispute "armed_dispute" "use of force short of war";
    /// A war begins.
    WarBegun "war_begun" "war begun";
    /// A state joins a war.
    WarJoined "war_joined" "war joined";
    /// A war ends.
    WarEnded "war_ended" "war ended";
    /// Land changes hands.
    TerritoryCeded "territory_ceded" "change of holder";
    /// A state, the target, stops being independent by the act of another, the actor.
    IndependenceLost "independence_lost" "independence lost";
    /// A state is independent again.
    IndependenceRegained "independence_regained" "independence regained";
    /// Full diplomatic relations begin.
    RelationsOpened "relations_opened" "relations opened";
    /// Diplomatic relations are broken off.
    RelationsBroken "relations_broken" "relations broken";
    /// States become members of the League of Nations.
    LeagueEntered "league_entered" "League entered";
    /// A member leaves the League of Nations, gives notice of it, or is expelled.
    LeagueLeft "league_left" "League left";
    /// A claim to land is stated.
    ClaimAsserted "claim_asserted" "claim stated";
    /// A claim to land is given up.
    ClaimRenounced "claim_renounced" "claim given up";
    /// One power leaves a country to another's sphere.
    SphereConceded "sphere_conceded" "sphere of influence conceded";
    /// One side proposes an agreement.
    Proposal "proposal" "proposal";
    /// Talks begin.
    NegotiationOpened "negotiation_opened" "talks opened";
    /// Talks fail.
    NegotiationFailed "negotiation_failed" "talks failed";
    /// A text is agreed but not signed.
    DraftAgreed "draft_agreed" "draft agreed";
    /// A conference meets.
    Conference "conference" "conference";
    /// A position is stated.
    Statement "statement" "statement";
    /// Why a party acted, as documented.
    Motive "motive" "documented motive";
    /// A person takes an office.
    OfficeTaken "office_taken" "office taken";
    /// A person leaves an office.
    OfficeLeft "office_left" "office left";
    /// A coup, revolution or new constitution.
    RegimeChange "regime_change" "change of regime";
}

impl EventKind {
    /// The kind with this casebook name.
    pub fn parse(name: &str) -> Option<EventKind> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Talk about a pact rather than a change in the world: proposals, talks, drafts.
    pub fn is_negotiation(self) -> bool {
        matches!(
            self,
            EventKind::Proposal
                | EventKind::NegotiationOpened
                | EventKind::NegotiationFailed
                | EventKind::DraftAgreed
        )
    }

    /// One of the ways in which a pact stops.
    pub fn ends_pact(self) -> bool {
        matches!(
            self,
            EventKind::PactDenounced
                | EventKind::PactViolated
                | EventKind::PactExpired
                | EventKind::PactReplaced
                | EventKind::PactLapsed
        )
    }
}

/// An office the record follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// King, president, regent.
    HeadOfState,
    /// Prime minister, chancellor.
    HeadOfGovernment,
    /// Foreign minister.
    ForeignMinister,
    /// Whoever really decides, where that is somebody else.
    Leader,
}

impl Office {
    /// All offices.
    pub const ALL: [Office; 4] =
        [Office::HeadOfState, Office::HeadOfGovernment, Office::ForeignMinister, Office::Leader];

    /// The name written in the `office` column.
    pub fn name(self) -> &'static str {
        match self {
            Office::HeadOfState => "head_of_state",
            Office::HeadOfGovernment => "head_of_government",
            Office::ForeignMinister => "foreign_minister",
            Office::Leader => "leader",
        }
    }

    /// The office with this casebook name.
    pub fn parse(name: &str) -> Option<Office> {
        Self::ALL.into_iter().find(|office| office.name() == name)
    }

    /// Words for a reader.
    pub fn label(self) -> &'static str {
        match self {
            Office::HeadOfState => "head of state",
            Office::HeadOfGovernment => "head of government",
            Office::ForeignMinister => "foreign minister",
            Office::Leader => "leader",
        }
    }
}

/// How well an entry is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Confirmed in good sources.
    High,
    /// Probable; a detail may be off.
    Medium,
    /// Could not be confirmed.
    Low,
}

impl Confidence {
    /// The word in the casebook.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }
}

/// Something dated that happened, with its sources.
#[derive(Clone, Debug)]
pub struct Event {
    /// Readable unique id from the casebook.
    pub id: String,
    /// When, as the sources give it.
    pub when: When,
    /// What sort of thing.
    pub kind: EventKind,
    /// Who acted; both sides of a mutual act.
    pub actors: Vec<ActorId>,
    /// Towards whom.
    pub targets: Vec<ActorId>,
    /// Territories it is about.
    pub territories: Vec<TerritoryId>,
    /// Third states it is about.
    pub about: Vec<ActorId>,
    /// The pact it concerns.
    pub pact: Option<PactId>,
    /// People named.
    pub people: Vec<PersonId>,
    /// The office taken or left.
    pub office: Option<Office>,
    /// The categorical mark: answer to a demand, winner of a war, type of pact talked about.
    pub mark: String,
    /// The event without which this one would not have happened.
    pub follows: Option<EventId>,
    /// Dates that other sources give.
    pub also_dated: Vec<(When, SourceId)>,
    /// One sentence.
    pub summary: String,
    /// Sources with places.
    pub citations: Vec<Citation>,
    /// How well established.
    pub confidence: Confidence,
    /// File and line in the casebook.
    pub place: (String, u64),
}

impl Event {
    /// Everyone the event involves: actors, targets, and states it is about.
    pub fn parties(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.actors.iter().chain(&self.targets).chain(&self.about).copied()
    }

    /// Each who acts with each who is acted upon.
    pub fn opposed(&self) -> impl Iterator<Item = (ActorId, ActorId)> + '_ {
        self.actors.iter().flat_map(|by| self.targets.iter().map(move |on| (*by, *on)))
    }

    /// Whether both states act or are acted upon in the event.
    pub fn joins(&self, a: ActorId, b: ActorId) -> bool {
        let has = |x| self.actors.contains(&x) || self.targets.contains(&x);
        has(a) && has(b)
    }

    /// Whether one of these states acts upon one of those in the event, or is acted upon by it.
    pub fn sets_against(&self, these: &[ActorId], those: &[ActorId]) -> bool {
        let has = |list: &[ActorId], other: &[ActorId]| list.iter().any(|a| other.contains(a));
        has(&self.actors, these) && has(&self.targets, those)
            || has(&self.actors, those) && has(&self.targets, these)
    }
}
