//! Sets of actors as bits.

/// Largest number of actors a world may have.
pub(crate) const ACTORS_MAX: usize = 256;

/// A set of actors, by their position in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActorSet([u64; ACTORS_MAX / 64]);

impl ActorSet {
    /// No actors.
    pub const EMPTY: ActorSet = ActorSet([0; ACTORS_MAX / 64]);

    /// Just these actors.
    pub fn of(actors: impl IntoIterator<Item = usize>) -> ActorSet {
        let mut set = ActorSet::EMPTY;
        actors.into_iter().for_each(|a| set.insert(a));
        set
    }

    /// The first `n` actors.
    pub(crate) fn first(n: usize) -> ActorSet {
        ActorSet(std::array::from_fn(|word| match n.saturating_sub(word * 64) {
            0 => 0,
            rest if rest < 64 => (1 << rest) - 1,
            _ => u64::MAX,
        }))
    }

    /// Adds an actor.
    #[inline]
    pub fn insert(&mut self, actor: usize) {
        self.0[actor / 64] |= 1 << (actor % 64);
    }

    /// Takes an actor out.
    #[inline]
    pub fn remove(&mut self, actor: usize) {
        self.0[actor / 64] &= !(1 << (actor % 64));
    }

    /// Adds if out, takes out if in.
    #[inline]
    pub(crate) fn flip(&mut self, actor: usize) {
        self.0[actor / 64] ^= 1 << (actor % 64);
    }

    /// Adds or takes out.
    #[inline]
    pub fn set(&mut self, actor: usize, member: bool) {
        if member { self.insert(actor) } else { self.remove(actor) }
    }

    /// Whether the actor is in.
    #[inline]
    pub fn contains(&self, actor: usize) -> bool {
        self.0[actor / 64] >> (actor % 64) & 1 == 1
    }

    /// Actors in both.
    #[inline]
    #[must_use]
    pub fn and(&self, other: &ActorSet) -> ActorSet {
        ActorSet(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// Actors in either.
    #[inline]
    #[must_use]
    pub fn or(&self, other: &ActorSet) -> ActorSet {
        ActorSet(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Actors in one but not in both.
    #[inline]
    #[must_use]
    pub fn xor(&self, other: &ActorSet) -> ActorSet {
        ActorSet(std::array::from_fn(|i| self.0[i] ^ other.0[i]))
    }

    /// Actors in this and not in the other.
    #[inline]
    #[must_use]
    pub fn without(&self, other: &ActorSet) -> ActorSet {
        ActorSet(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    /// Whether any actor is in both.
    #[inline]
    pub fn meets(&self, other: &ActorSet) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Nobody in it.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    /// Membership as bits.
    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Members in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & (w - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |w| i * 64 + w.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_back_in_order() {
        let mut set = ActorSet::of([200, 3, 64]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 64, 200]);
        set.remove(64);
        assert!(!set.contains(64) && set.contains(200));
        assert!(set.meets(&ActorSet::of([3])) && !set.meets(&ActorSet::of([4])));
        assert!(ActorSet::EMPTY.is_empty());
        for n in [0, 3, 64, 130, 256] {
            assert_eq!(ActorSet::first(n), ActorSet::of(0..n));
        }
        let mut flipped = ActorSet::first(2);
        flipped.flip(1);
        flipped.flip(64);
        assert_eq!(flipped, ActorSet::of([0, 64]));
    }
}
