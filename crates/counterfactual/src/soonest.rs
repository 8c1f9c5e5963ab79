//! The earliest of many times that keep changing.

/// Times by position, and which of them is the earliest: a tournament in which every change costs as many comparisons as it takes
/// to halve the field down to one. The sampling method of Gibson and Bruck (2000), with a tree of winners for their heap.
#[derive(Debug, Default)]
pub(crate) struct Soonest {
    /// Leaves stand at `field..`, and each node above holds the position of the earlier of the two below it.
    winners: Vec<u32>,
    times: Vec<f64>,
    /// Places for times: a power of two.
    field: usize,
}

impl Soonest {
    /// Sets the time of a position.
    pub(crate) fn set(&mut self, position: usize, time: f64) {
        if position >= self.field {
            self.grow(position + 1);
        }
        if self.times[position] == time {
            return;
        }
        self.times[position] = time;
        let mut node = (self.field + position) / 2;
        while node > 0 {
            self.winners[node] = self.earlier(2 * node, 2 * node + 1);
            node /= 2;
        }
    }

    /// The earliest time and its position; of equal times the first position. Infinity if there is none.
    pub(crate) fn first(&self) -> (f64, usize) {
        match self.field {
            0 => (f64::INFINITY, 0),
            1 => (self.times[0], 0),
            _ => (self.times[self.winners[1] as usize], self.winners[1] as usize),
        }
    }

    /// Forgets all times.
    pub(crate) fn clear(&mut self) {
        self.times.fill(f64::INFINITY);
        // With all alike the first of each two stands for both.
        self.play();
    }

    /// Plays the whole tournament, from the leaves up.
    fn play(&mut self) {
        for node in (1..self.field).rev() {
            self.winners[node] = self.earlier(2 * node, 2 * node + 1);
        }
    }

    fn earlier(&self, left: usize, right: usize) -> u32 {
        let who =
            |node: usize| if node >= self.field { (node - self.field) as u32 } else { self.winners[node] };
        let (left, right) = (who(left), who(right));
        if self.times[right as usize] < self.times[left as usize] { right } else { left }
    }

    fn grow(&mut self, places: usize) {
        self.field = places.next_power_of_two();
        self.times.resize(self.field, f64::INFINITY);
        self.winners.clear();
        self.winners.resize(self.field, 0);
        self.play();
    }
}

#[cfg(test)]
mod tests {
    use super::Soonest;

    #[test]
    fn the_first_is_the_earliest_after_every_change() {
        let mut soonest = Soonest::default();
        let mut times: Vec<f64> = Vec::new();
        let mut seed = 1_u64;
        for round in 0..2000_usize {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let position = (seed >> 33) as usize % (1 + round / 10);
            let time = if seed.is_multiple_of(7) { f64::INFINITY } else { ((seed >> 20) % 50) as f64 };
            if position >= times.len() {
                times.resize(position + 1, f64::INFINITY);
            }
            times[position] = time;
            soonest.set(position, time);
            let mut best = (f64::INFINITY, 0);
            for (i, t) in times.iter().enumerate() {
                if *t < best.0 {
                    best = (*t, i);
                }
            }
            assert_eq!(soonest.first().0, best.0);
            if best.0 < f64::INFINITY {
                assert_eq!(soonest.first().1, best.1);
            }
        }
    }
}
