//! What a statistic may read and a change may move.

use crate::cells::each_bit;

/// A set of sorts of fact. Effects declare what they read and changes what they move, so that a run looks only at
/// units in which a difference can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts(u32);

impl Facts {
    /// Nothing that an event or a date changes.
    pub const NONE: Facts = Facts(0);
    /// Non-aggression pacts in force.
    pub const NONAGGRESSION: Facts = Facts(1);
    /// Consultation pacts in force.
    pub const CONSULTATION: Facts = Facts(1 << 1);
    /// Pacts of assistance in force.
    pub const DEFENCE: Facts = Facts(1 << 2);
    /// Non-aggression pacts lately signed.
    pub const WAVES: Facts = Facts(1 << 3);
    /// Breaches of pacts.
    pub const BREACHES: Facts = Facts(1 << 4);
    /// Talks under way.
    pub const TALKS: Facts = Facts(1 << 5);
    /// Diplomatic relations.
    pub const RELATIONS: Facts = Facts(1 << 6);
    /// Wars under way.
    pub const WARS: Facts = Facts(1 << 7);
    /// Uses of force and demands.
    pub const FORCE: Facts = Facts(1 << 8);
    /// Who holds and who claims what.
    pub const HOLDERS: Facts = Facts(1 << 9);
    /// Who borders whom.
    pub const BORDERS: Facts = Facts(1 << 10);
    /// Spheres conceded.
    pub const SPHERES: Facts = Facts(1 << 11);
    /// Office-holders and their stances.
    pub const OFFICES: Facts = Facts(1 << 12);
    /// Which states are independent, and which are beaten.
    pub const FATES: Facts = Facts(1 << 13);
    /// The calendar year.
    pub const YEAR: Facts = Facts(1 << 14);
    /// Pacts of any class with a great power; a fact about the other party.
    pub const GREAT_TIES: Facts = Facts(1 << 15);
    /// States that come, or come back, into existence.
    pub const BIRTHS: Facts = Facts(1 << 16);
    /// How states are governed.
    pub const REGIMES: Facts = Facts(1 << 17);
    /// Number of sorts.
    pub const COUNT: usize = 18;
    /// All sorts.
    pub const ALL: Facts = Facts((1 << Facts::COUNT) - 1);
    /// Pacts in force, of any class.
    pub const PACTS: Facts = Facts::NONAGGRESSION.and(Facts::CONSULTATION).and(Facts::DEFENCE);
    /// Facts that link actors, through which third parties count in effects.
    pub const LINKING: Facts = Facts::PACTS
        .and(Facts::GREAT_TIES)
        .and(Facts::FORCE)
        .and(Facts::WARS)
        .and(Facts::BORDERS)
        .and(Facts::FATES);
    /// Facts that decide whether units are at risk at all, and so whether their covariates show.
    pub const UNCOVERING: Facts = Facts::FATES.and(Facts::WARS).and(Facts::HOLDERS).and(Facts::BIRTHS);

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    /// The sorts in both.
    #[must_use]
    pub const fn of(self, other: Facts) -> Facts {
        Facts(self.0 & other.0)
    }

    /// Whether any sort is in both.
    pub const fn meets(self, other: Facts) -> bool {
        self.0 & other.0 != 0
    }

    /// Each sort in the set by itself.
    pub fn sorts(self) -> impl Iterator<Item = (usize, Facts)> {
        each_bit(self.0.into()).map(|i| (i, Facts(1 << i)))
    }

    /// Positions of the sorts in the set, 0 to [`Facts::COUNT`] - 1.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        each_bit(self.0.into())
    }

    /// Something for each sort, by position.
    pub(crate) fn each<T>(of: impl Fn(Facts) -> T) -> [T; Facts::COUNT] {
        std::array::from_fn(|i| of(Facts(1 << i)))
    }
}
