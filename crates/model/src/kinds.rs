//! The kinds of event that the model makes happen, and where each has its place in a cell.

/// A modelled kind of event. All other kinds are exogenous: held at the record unless the user intervenes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A bilateral non-aggression or neutrality pact is signed.
    NonaggressionPact,
    /// A bilateral consultation or friendship pact is signed.
    ConsultationPact,
    /// A bilateral pact of mutual assistance or guarantee is signed.
    DefencePact,
    /// A party breaks or denounces a bilateral pact in force.
    PactBroken,
    /// A claimant demands the territory from its holder.
    TerritorialDemand,
    /// Force short of war.
    ArmedDispute,
    /// War is begun.
    WarBegun,
    /// A third state joins a war.
    WarJoined,
    /// Diplomatic relations are opened.
    RelationsOpened,
    /// Diplomatic relations are broken off.
    RelationsBroken,
}

/// What a kind happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// An unordered dyad.
    Unordered,
    /// An ordered dyad, from who acts to whom it is done.
    Ordered,
    /// A claim: claimant, holder and territory.
    Claim,
}

impl Kind {
    /// All modelled kinds.
    pub const ALL: [Kind; 10] = [
        Kind::NonaggressionPact,
        Kind::ConsultationPact,
        Kind::DefencePact,
        Kind::PactBroken,
        Kind::TerritorialDemand,
        Kind::ArmedDispute,
        Kind::WarBegun,
        Kind::WarJoined,
        Kind::RelationsOpened,
        Kind::RelationsBroken,
    ];

    /// The name used in model files, what-ifs and output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::NonaggressionPact => "nonaggression_pact",
            Kind::ConsultationPact => "consultation_pact",
            Kind::DefencePact => "defence_pact",
            Kind::PactBroken => "pact_broken",
            Kind::TerritorialDemand => "territorial_demand",
            Kind::ArmedDispute => "armed_dispute",
            Kind::WarBegun => "war_begun",
            Kind::WarJoined => "war_joined",
            Kind::RelationsOpened => "relations_opened",
            Kind::RelationsBroken => "relations_broken",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// A noun phrase for a reader.
    pub fn label(self) -> &'static str {
        match self {
            Kind::NonaggressionPact => "non-aggression pact",
            Kind::ConsultationPact => "consultation or friendship pact",
            Kind::DefencePact => "mutual-assistance pact",
            Kind::PactBroken => "pact broken or denounced",
            Kind::TerritorialDemand => "territorial demand",
            Kind::ArmedDispute => "use of force short of war",
            Kind::WarBegun => "war begun",
            Kind::WarJoined => "war joined",
            Kind::RelationsOpened => "relations opened",
            Kind::RelationsBroken => "relations broken",
        }
    }

    /// What the kind happens to.
    pub fn orientation(self) -> Orientation {
        match self {
            Kind::NonaggressionPact
            | Kind::ConsultationPact
            | Kind::DefencePact
            | Kind::RelationsOpened
            | Kind::RelationsBroken => Orientation::Unordered,
            Kind::PactBroken | Kind::ArmedDispute | Kind::WarBegun | Kind::WarJoined => Orientation::Ordered,
            Kind::TerritorialDemand => Orientation::Claim,
        }
    }
}

/// One unit inside a cell: a kind, and for ordered kinds the direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The kind.
    pub kind: Kind,
    /// For ordered kinds: from the second actor of the dyad to the first.
    pub reversed: bool,
}

const fn slot(kind: Kind, reversed: bool) -> Slot {
    Slot { kind, reversed }
}

/// The units of a dyad cell, in order. A claim cell has the single slot 0 for its demand.
pub const SLOTS: [Slot; 13] = [
    slot(Kind::NonaggressionPact, false),
    slot(Kind::ConsultationPact, false),
    slot(Kind::DefencePact, false),
    slot(Kind::PactBroken, false),
    slot(Kind::PactBroken, true),
    slot(Kind::ArmedDispute, false),
    slot(Kind::ArmedDispute, true),
    slot(Kind::WarBegun, false),
    slot(Kind::WarBegun, true),
    slot(Kind::WarJoined, false),
    slot(Kind::WarJoined, true),
    slot(Kind::RelationsOpened, false),
    slot(Kind::RelationsBroken, false),
];
