//! What a statistic may read and a change may move.

/// A set of sorts of fact. Effects declare what they read and changes what they move, so that a run looks only at
/// units in which a difference can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts(u16);

impl Facts {
    /// Nothing that an event or a date changes.
    pub const NONE: Facts = Facts(0);
    /// Pacts in force or lately signed.
    pub const PACTS: Facts = Facts(1);
    /// Breaches of pacts.
    pub const BREACHES: Facts = Facts(1 << 1);
    /// Diplomatic relations.
    pub const RELATIONS: Facts = Facts(1 << 2);
    /// Wars under way.
    pub const WARS: Facts = Facts(1 << 3);
    /// Uses of force and demands.
    pub const FORCE: Facts = Facts(1 << 4);
    /// Who holds and who claims what.
    pub const HOLDERS: Facts = Facts(1 << 5);
    /// Who borders whom.
    pub const BORDERS: Facts = Facts(1 << 6);
    /// Spheres conceded.
    pub const SPHERES: Facts = Facts(1 << 7);
    /// Office-holders and their stances.
    pub const OFFICES: Facts = Facts(1 << 8);
    /// Which states are independent, and which are beaten.
    pub const FATES: Facts = Facts(1 << 9);
    /// The calendar year.
    pub const YEAR: Facts = Facts(1 << 10);
    /// Number of sorts.
    pub const COUNT: usize = 11;
    /// All sorts.
    pub const ALL: Facts = Facts((1 << Facts::COUNT) - 1);

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    /// Whether any sort is in both.
    pub const fn meets(self, other: Facts) -> bool {
        self.0 & other.0 != 0
    }

    /// Positions of the sorts in the set, 0 to [`Facts::COUNT`] - 1.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..Facts::COUNT).filter(move |i| self.0 >> i & 1 == 1)
    }

    /// Something for each sort, by position.
    pub(crate) fn each<T>(of: impl Fn(Facts) -> T) -> [T; Facts::COUNT] {
        std::array::from_fn(|i| of(Facts(1 << i)))
    }
}
