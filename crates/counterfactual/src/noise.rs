//! Randomness with an address.
//!
//! A draw is a pure function of (seed, trajectory, purpose, name, counter) through the Philox4x32-10 block
//! function (Salmon and others 2011, SC11). Names, not positions, are the address: the draws of
//! `territorial_demand RUS bessarabia` are the same in a casebook with more actors, on any number of threads,
//! and in a trajectory replayed alone.

use rand_philox::philox4x32_10;

/// What a draw is for. Part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Whether a recorded event survives.
    Survival = 1,
    /// Waiting for a new event of a unit.
    Waiting = 2,
    /// The mark of an event.
    Mark = 3,
    /// Coefficients.
    Parameters = 4,
    /// Outcome of a war.
    Conquest = 5,
    /// Which reading of a date.
    Dates = 6,
}

/// The noise of one trajectory.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    seed: u64,
    trajectory: u32,
}

impl Noise {
    /// The noise of trajectory number `trajectory` under a seed.
    pub fn new(seed: u64, trajectory: u32) -> Noise {
        Noise { seed, trajectory }
    }

    /// A number strictly between 0 and 1.
    #[inline]
    pub fn uniform(&self, purpose: Purpose, name: u64, counter: u32) -> f64 {
        let [a, b, _, _] = self.block(purpose, name, counter);
        // 52 bits, centred, so that neither 0 nor 1 can come out.
        let bits = (u64::from(a) << 20) | (u64::from(b) >> 12);
        (bits as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// A standard exponential number.
    #[inline]
    pub fn exponential(&self, purpose: Purpose, name: u64, counter: u32) -> f64 {
        -libm::log(self.uniform(purpose, name, counter))
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&self, purpose: Purpose, name: u64, counter: u32) -> f64 {
        let u = self.uniform(purpose, name, counter.wrapping_mul(2));
        let v = self.uniform(purpose, name, counter.wrapping_mul(2).wrapping_add(1));
        libm::sqrt(-2.0 * libm::log(u)) * libm::cos(core::f64::consts::TAU * v)
    }

    fn block(&self, purpose: Purpose, name: u64, counter: u32) -> [u32; 4] {
        let key = [self.seed as u32, (self.seed >> 32) as u32];
        let purpose_and_counter = (purpose as u32) << 24 | (counter & 0x00ff_ffff);
        philox4x32_10([name as u32, (name >> 32) as u32, self.trajectory, purpose_and_counter], key)
    }
}

/// A stable 64-bit number for a name: FNV-1a over its parts (Fowler, Noll and Vo), then mixed.
pub(crate) fn name_of(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_function_meets_the_published_vectors() {
        // Random123 1.09, kat_vectors: philox4x32-10.
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
        assert_eq!(
            philox4x32_10([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        );
    }

    #[test]
    fn draws_depend_on_every_part_of_their_address_and_on_nothing_else() {
        let noise = Noise::new(7, 3);
        let draw = noise.uniform(Purpose::Waiting, name_of(&["war_begun", "RUS", "ROM"]), 0);
        assert_eq!(
            draw,
            Noise::new(7, 3).uniform(Purpose::Waiting, name_of(&["war_begun", "RUS", "ROM"]), 0)
        );
        let others = [
            Noise::new(8, 3).uniform(Purpose::Waiting, name_of(&["war_begun", "RUS", "ROM"]), 0),
            Noise::new(7, 4).uniform(Purpose::Waiting, name_of(&["war_begun", "RUS", "ROM"]), 0),
            noise.uniform(Purpose::Survival, name_of(&["war_begun", "RUS", "ROM"]), 0),
            noise.uniform(Purpose::Waiting, name_of(&["war_begun", "ROM", "RUS"]), 0),
            noise.uniform(Purpose::Waiting, name_of(&["war_begun", "RUS", "ROM"]), 1),
        ];
        assert!(others.iter().all(|o| *o != draw));
    }

    #[test]
    fn uniforms_are_uniform_and_normals_normal() {
        let n = 40_000_u32;
        let noise = Noise::new(1, 0);
        let us: Vec<f64> = (0..n).map(|i| noise.uniform(Purpose::Mark, 5, i)).collect();
        let mean = us.iter().sum::<f64>() / f64::from(n);
        assert!((mean - 0.5).abs() < 5.0 / (12.0 * f64::from(n)).sqrt(), "mean {mean}");
        let zs: Vec<f64> = (0..n).map(|i| noise.normal(Purpose::Parameters, 5, i)).collect();
        let variance = zs.iter().map(|z| z * z).sum::<f64>() / f64::from(n);
        assert!((variance - 1.0).abs() < 5.0 * (2.0 / f64::from(n)).sqrt(), "variance {variance}");
    }
}
