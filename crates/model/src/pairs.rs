//! Statistics of all pairs of actors as bits, by rows and by dyad.

use crate::actor_set::ActorSet;
use crate::cells::each_bit;
use crate::effects::N_PAIR;

/// The place of the risk beside those of the pair effects: whether units of a dyad are at risk at all, or at another.
pub(crate) const RISK: usize = N_PAIR;

/// For every pair effect, between whom it is 1 in one history, or between whom it differs between two. Kept by rows, since a
/// step of history changes whole rows, and by dyad, since a rate is that of one.
#[derive(Clone, Debug)]
pub struct Pairs {
    n_actors: usize,
    /// By effect and actor: towards whom it is set, and from whom.
    rows: Vec<[ActorSet; 2]>,
    /// By dyad, the smaller position first: effects set from the first to the second, and back.
    bits: Vec<[u64; 2]>,
    /// By actor: with whom any effect is set.
    with: Vec<ActorSet>,
    /// By effect: for how many ordered pairs it is set.
    weight: [u32; RISK + 1],
}

impl Pairs {
    /// Nothing set.
    pub fn new(n_actors: usize) -> Pairs {
        Pairs {
            n_actors,
            rows: vec![[ActorSet::EMPTY; 2]; (RISK + 1) * n_actors],
            bits: vec![[0; 2]; n_actors * n_actors],
            with: vec![ActorSet::EMPTY; n_actors],
            weight: [0; RISK + 1],
        }
    }

    /// With whom anything is set for an actor.
    #[inline]
    pub fn with(&self, actor: usize) -> &ActorSet {
        &self.with[actor]
    }

    /// Effects set from the first actor of a dyad to the second, and back.
    #[inline]
    pub(crate) fn of_dyad(&self, a: usize, b: usize) -> [u64; 2] {
        self.bits[a * self.n_actors + b]
    }

    /// Effects set from one actor to another.
    #[inline]
    pub(crate) fn towards(&self, i: usize, j: usize) -> u64 {
        if i < j { self.of_dyad(i, j)[0] } else { self.of_dyad(j, i)[1] }
    }

    /// Whether an effect is set for any pair.
    #[inline]
    pub(crate) fn has_any(&self, effect: usize) -> bool {
        self.weight[effect] > 0
    }

    /// Towards whom an effect is set for an actor.
    #[inline]
    pub(crate) fn row(&self, effect: usize, actor: usize) -> &ActorSet {
        &self.rows[effect * self.n_actors + actor][0]
    }

    /// Sets an effect of an actor anew, towards these others and from those; with whom it turned.
    pub(crate) fn turn(&mut self, effect: usize, actor: usize, rows: [ActorSet; 2]) -> ActorSet {
        let known = &mut self.rows[effect * self.n_actors + actor];
        let turned = [rows[0].xor(&known[0]), rows[1].xor(&known[1])];
        *known = rows;
        for (direction, others) in turned.iter().enumerate() {
            for other in others.iter() {
                self.rows[effect * self.n_actors + other][1 - direction].flip(actor);
                self.flip_bit(effect, actor, other, direction);
            }
        }
        turned[0].or(&turned[1])
    }

    /// Sets an effect of a pair in both directions; whether it turned.
    pub(crate) fn set(&mut self, effect: usize, a: usize, b: usize, on: bool) -> bool {
        if self.row(effect, a).contains(b) == on {
            return false;
        }
        for (x, y) in [(a, b), (b, a)] {
            self.flip(effect, x, y);
        }
        true
    }

    /// Everything set, by dyad.
    pub fn list(&self) -> Vec<(usize, usize, [u64; 2])> {
        let dyads =
            (0..self.n_actors).flat_map(|a| self.with[a].iter().filter(move |&b| a < b).map(move |b| (a, b)));
        dyads.map(|(a, b)| (a, b, self.of_dyad(a, b))).collect()
    }

    /// Sets what such a list holds, where nothing is set.
    pub fn restore(&mut self, list: &[(usize, usize, [u64; 2])]) {
        for &(a, b, [ahead, back]) in list {
            each_bit(ahead).for_each(|effect| self.flip(effect, a, b));
            each_bit(back).for_each(|effect| self.flip(effect, b, a));
        }
    }

    /// Sets nothing any more.
    pub fn clear(&mut self) {
        let list = self.list();
        self.restore(&list);
    }

    /// Turns an effect from one actor to another.
    fn flip(&mut self, effect: usize, i: usize, j: usize) {
        self.rows[effect * self.n_actors + i][0].flip(j);
        self.rows[effect * self.n_actors + j][1].flip(i);
        self.flip_bit(effect, i, j, 0);
    }

    /// Turns the bit of an effect from an actor to another (direction 0), or back (1).
    #[inline]
    fn flip_bit(&mut self, effect: usize, actor: usize, other: usize, direction: usize) {
        let (cell, ahead) = if actor < other {
            (actor * self.n_actors + other, direction)
        } else {
            (other * self.n_actors + actor, 1 - direction)
        };
        let bits = &mut self.bits[cell];
        bits[ahead] ^= 1 << effect;
        if bits[ahead] >> effect & 1 == 1 {
            self.weight[effect] += 1;
        } else {
            self.weight[effect] -= 1;
        }
        let any = bits[0] | bits[1] != 0;
        self.with[actor].set(other, any);
        self.with[other].set(actor, any);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_dyads_tell_the_same_and_what_is_listed_can_be_restored() {
        let mut pairs = Pairs::new(70);
        // Effect 3 holds from 1 towards 65 and 2, and from 4 towards 1.
        let turned = pairs.turn(3, 1, [ActorSet::of([65, 2]), ActorSet::of([4])]);
        assert_eq!(turned, ActorSet::of([2, 4, 65]));
        assert!(pairs.set(RISK, 65, 1, true) && !pairs.set(RISK, 1, 65, true));
        assert_eq!(pairs.towards(1, 65), 1 << 3 | 1 << RISK);
        assert_eq!(pairs.towards(65, 1), 1 << RISK);
        assert_eq!(pairs.of_dyad(1, 4), [0, 1 << 3]);
        assert_eq!(pairs.row(3, 4), &ActorSet::of([1]));
        assert_eq!(pairs.with(1), &ActorSet::of([2, 4, 65]));
        let mut copy = Pairs::new(70);
        copy.restore(&pairs.list());
        assert_eq!((copy.list(), copy.rows == pairs.rows), (pairs.list(), true));
        assert_eq!(pairs.turn(3, 65, [ActorSet::EMPTY; 2]), ActorSet::of([1]));
        assert_eq!(pairs.with(65), &ActorSet::of([1]), "the risk is still set");
        pairs.clear();
        assert!(pairs.list().is_empty() && (0..=RISK).all(|effect| !pairs.has_any(effect)));
        assert!(pairs.rows.iter().all(|rows| *rows == [ActorSet::EMPTY; 2]));
    }
}
