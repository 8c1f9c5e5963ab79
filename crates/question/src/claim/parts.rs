//! What a claim is made of.

use jonbar_record::{ActorId, GroupId, PactType, Window};

use crate::vague::Vague;

/// A sentence about how often something happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Of which cases.
    pub of: Cases,
    /// What is said of them.
    pub says: Says,
    /// Whose acts alone count; `None` for either side.
    pub by: Option<Whose>,
    /// Where it is of which sort most cases were: the cases it is told of.
    pub whole: Cases,
    /// Where it is about a time: whether cases are said to have been rarer then, or more frequent, if either.
    pub rarer: Option<bool>,
    /// How often, if it says so.
    pub word: Option<&'static Vague>,
    /// The other cases, if it compares.
    pub than: Option<Than>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Parts of the sentence that no answer weighs.
    pub left_out: Vec<String>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Pacts.
    #[default]
    Pacts,
    /// Demands for land, ultimatums among them.
    Demands,
    /// Claims to land that another state holds.
    Claims,
    /// Attacks: wars begun or joined, and independence lost.
    Attacks,
    /// Pacts broken.
    Breaches,
    /// Land that passes from one state to another.
    Transfers,
    /// Diplomatic relations broken off.
    Ruptures,
}

impl Unit {
    /// Whether its two sides do different things: one demands, claims, attacks or breaks.
    pub fn has_direction(self) -> bool {
        self != Unit::Pacts
    }
}

/// The cases that a claim is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// What they are.
    pub unit: Unit,
    /// Type of pact, with those that count as the same obligation; `None` for any but a peace treaty.
    pub pact: Option<PactType>,
    /// Only those of this state; where one side acts on the other, those of which it is the one that acts.
    pub party: Option<ActorId>,
    /// Where one side acts on the other, only those in which this state is acted upon.
    pub target: Option<ActorId>,
    /// Sorts of state that the sides must be, in either order; `None` for any. Where one side acts on the other, who acts and on whom.
    pub sides: [Option<Sort>; 2],
    /// What the two must be to each other.
    pub pair: Option<Pair>,
    /// Only pacts of more than two states; otherwise only pacts of two.
    pub many: bool,
    /// Only pacts made for a fixed time, or only those made for no fixed time.
    pub fixed_term: Option<bool>,
    /// Of demands, only those met, or only those refused.
    pub answered: Option<bool>,
    /// Only those signed or made then.
    pub window: Option<Window>,
}

/// A sort of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A great power of the casebook.
    Great,
    /// Any other state.
    Small,
    /// A democracy on the day.
    Democracy,
    /// Any other regime.
    Dictatorship,
    /// A member of a group that the casebook names.
    Group(GroupId),
}

/// What two states are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// They share a border by land.
    Neighbours,
    /// They do not.
    Distant,
    /// One claims land that the other holds.
    Rivals,
}

/// Whose acts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A state's.
    Actor(ActorId),
    /// Those of any state of a sort.
    Sort(Sort),
}

/// What is said of the cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Says {
    /// Pacts were broken.
    Broken,
    /// Pacts were denounced.
    Denounced,
    /// Pacts were kept.
    Kept,
    /// Pacts lasted so many years, or less.
    Lasted {
        /// Years; `None` where only a length is asked, or two lengths are compared.
        years: Option<f64>,
        /// Less than that.
        under: bool,
        /// Until broken or denounced; otherwise until any end.
        unbroken: bool,
    },
    /// Pacts ran the time agreed.
    FullTerm {
        /// Or did not.
        short: bool,
    },
    /// Pacts were made for so many years.
    Term {
        /// The shortest and the longest that is meant.
        years: (f64, f64),
    },
    /// Pacts were prolonged or renewed.
    Renewed,
    /// Pacts went before something.
    Followed {
        /// What.
        by: Aftermath,
        /// Years after signing within which it counts, if the sentence says so.
        years: Option<f64>,
    },
    /// Allies came, or did not come, to the aid of a party attacked.
    Aided {
        /// They came.
        aided: bool,
        /// The party named is the one attacked; otherwise the one that promised help.
        victim: bool,
    },
    /// Pacts were broken right before an attack or demand.
    BrokenBeforeAttack,
    /// Pacts went with war: a bad omen, or a safeguard.
    Omen,
    /// Pacts were signed.
    Signed,
    /// Pacts were those of the sorts of state named, out of all.
    Joined,
    /// There were more of them, or fewer, than of another state's.
    Counted,
    /// Demands were met.
    Met,
    /// Demands were refused.
    Refused,
    /// Demands, or claims, led to force or war.
    Fought {
        /// War is spoken of.
        war: bool,
    },
    /// Demands, or claims, led to no force.
    Peaceful {
        /// War is spoken of: to no war.
        war: bool,
    },
    /// The land claimed came to the claimant.
    Won {
        /// And without force.
        without_force: bool,
    },
    /// A state that was attacked had a pact with the attacker.
    Bound {
        /// Signed within so many years before, if the sentence says so.
        years: Option<f64>,
    },
    /// Attacks came without a demand before; of breaches, the pact was not denounced before.
    Unwarned,
    /// Attacks came after a demand; of breaches, the pact was denounced before.
    Warned,
    /// Cases fell within the time named, mostly or more than at other times.
    Timed,
    /// There were more of them in the year named than in any other, or in which year that was.
    Peak,
}

/// What came after a pact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aftermath {
    /// War between the parties.
    War,
    /// Attack or occupation of one by the other.
    Attack,
    /// Attack on or occupation of a party by any state.
    Attacked,
    /// One party annexed by the other, or its land taken.
    Annexation,
    /// Another demand of the same state.
    Demand,
}

/// What the cases are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Than {
    /// The other cases; `None` for all others.
    pub cases: Option<Cases>,
    /// "All other", "the rest": without the cases of the first half.
    pub others: bool,
    /// Said to be less, shorter, rarer.
    pub less: bool,
    /// Said to be alike: "as often as".
    pub equal: bool,
    /// It is a number of things that is compared: "more pacts", and not "more often".
    pub number: bool,
}

impl Says {
    /// What is said where the sentence denies it; `None` if that is nothing we count.
    pub(super) fn denied(self) -> Option<Says> {
        Some(match self {
            Says::Broken | Says::Denounced => Says::Kept,
            Says::Kept => Says::Broken,
            Says::Aided { aided, victim } => Says::Aided { aided: !aided, victim },
            Says::Met => Says::Refused,
            Says::Refused => Says::Met,
            // Whether pacts went with war or kept it away is one question.
            Says::Omen => Says::Omen,
            Says::FullTerm { short } => Says::FullTerm { short: !short },
            Says::Warned => Says::Unwarned,
            Says::Unwarned => Says::Warned,
            Says::Fought { war } => Says::Peaceful { war },
            Says::Peaceful { war } => Says::Fought { war },
            Says::Lasted { years, under, unbroken } => Says::Lasted { years, under: !under, unbroken },
            _ => return None,
        })
    }
}
