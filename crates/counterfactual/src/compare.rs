//! Where record and alternative can have come apart: which cells to look at after a step, and what to do there.

use jonbar_model::{ActorSet, Beside, Cell, CellValue, Facts, PactClass, Segment};

use crate::engine::{Engine, Mode};
use crate::prefix::Update;
use crate::walk::{Entry, Walk};

impl<'e, 'a> Walk<'e, 'a> {
    /// Re-evaluates the cells that a step touching these actors can have changed in one history and not the other.
    /// `moved`: the sorts of fact it moved. `differs`: the step itself is not in both, or not alike.
    pub(crate) fn refresh(&mut self, touched: ActorSet, moved: Facts, differs: bool) {
        self.compare(touched, moved, differs);
        self.turning = false;
    }

    fn compare(&mut self, touched: ActorSet, moved: Facts, differs: bool) {
        if self.engine.exhaustive {
            self.refresh_everything();
            return;
        }
        self.stamp += 1;
        let cells = &self.engine.panel.cells;
        // Cells that differ follow both histories; those that agree again are found like any other.
        for a in touched.iter() {
            let with = self.apart[a];
            for b in with.iter() {
                self.reconsider(cells.dyad(a, b), moved);
            }
        }
        for i in 0..self.claims_apart.len() {
            let claim = self.claims_apart[i];
            if self.claim_touches(claim, &touched) {
                self.reconsider(cells.claim(claim), moved);
            }
        }
        if self.mode == Mode::FreshNoise {
            return;
        }
        self.cool();
        if let Some(item) = self.born_with
            && !self.engine.panel.births[item].is_empty()
        {
            // What differed while nobody was at risk shows now.
            let any = self.hot(Facts::ALL);
            for &cell in &self.engine.panel.births[item] {
                let differs = match cells.at(cell as usize) {
                    Cell::Dyad(a, b) => any.contains(a) || any.contains(b),
                    Cell::Claim(c) => self.claim_touches(c, &any),
                };
                if differs {
                    self.reconsider(cell as usize, moved);
                }
            }
        }
        let (dyads, claims) = cells.beside(moved);
        let hot = |beside: Beside| (self.hot(beside.wide), self.hot(beside.pair));
        let ((wide, pair), (wide_claims, pair_claims)) = (hot(dyads), hot(claims));
        if !differs && [wide, pair, wide_claims, pair_claims].iter().all(ActorSet::is_empty) {
            return;
        }
        let everybody = ActorSet::of(0..self.engine.world.n_actors);
        let mut claims_of = std::mem::take(&mut self.scratch);
        claims_of.clear();
        for a in touched.iter() {
            let spread = if wide.contains(a) || wide_claims.contains(a) {
                cells.spread(self.engine.world, (&self.state, &self.recorded), a, moved)
            } else {
                (Some(ActorSet::EMPTY), Some(ActorSet::EMPTY))
            };
            let with = |wide: &ActorSet, pair: &ActorSet, spread: Option<ActorSet>| {
                let mut with = *wide;
                if wide.contains(a) {
                    with = with.or(&spread.unwrap_or(everybody));
                }
                if pair.contains(a) {
                    with = with.or(pair);
                }
                // A step that is not alike in both may put the actors it touches apart in what holds between them.
                if differs {
                    with = with.or(&touched);
                }
                with
            };
            let claims_with = with(&wide_claims, &pair_claims, spread.1);
            if !claims_with.is_empty() {
                claims_of.push((a, claims_with));
            }
            for b in with(&wide, &pair, spread.0).iter().filter(|&b| b != a) {
                self.reconsider(cells.dyad(a, b), moved);
            }
        }
        if !claims_of.is_empty() {
            self.compare_claims(&claims_of, moved);
        }
        self.scratch = claims_of;
    }

    /// Looks at the claims between each of these actors and those beside it.
    fn compare_claims(&mut self, beside: &[(usize, ActorSet)], moved: Facts) {
        let world = self.engine.world;
        let today = self.state.today();
        let actors = ActorSet::of(beside.iter().map(|(a, _)| *a));
        for x in 0..world.n_actors {
            if !actors.contains(x) && !self.state.may_claim_from(x).meets(&actors) {
                continue;
            }
            for c in world.claims_of(x) {
                // A claim that is not live has no unit in either history; one that just ended was looked at above if
                // it differed.
                if !world.claims[c].live.contains(today) {
                    continue;
                }
                let Some(holder) = self.state.holders[world.claims[c].territory] else { continue };
                let concerned = |&(a, with): &(usize, ActorSet)| {
                    a == x && with.contains(holder) || a == holder && with.contains(x)
                };
                if beside.iter().any(concerned) {
                    self.reconsider(self.engine.panel.cells.claim(c), moved);
                }
            }
        }
    }

    /// Forgets differences that have worn off.
    fn cool(&mut self) {
        let now = self.state.now();
        for sort in 0..Facts::COUNT {
            if Facts::wears_off(sort).is_none() || self.divergent[sort].is_empty() {
                continue;
            }
            let set = self.divergent[sort];
            for a in set.iter() {
                if self.differs_until[sort * self.engine.world.n_actors + a] < now {
                    self.divergent[sort].remove(a);
                }
            }
        }
    }

    /// Whether claimant and holder of a claim are among these actors.
    fn sides(&self, claim: usize, actors: &ActorSet) -> (bool, bool) {
        let (claimant, territory) = self.engine.world.claim_sides[claim];
        let holder = self.state.holders[usize::from(territory)];
        (actors.contains(usize::from(claimant)), holder.is_some_and(|h| actors.contains(h)))
    }

    fn claim_touches(&self, claim: usize, actors: &ActorSet) -> bool {
        let (claimant, holder) = self.sides(claim, actors);
        claimant || holder
    }

    /// Actors whose covariates may differ through facts of these sorts: those with a differing fact, and allies of
    /// those whose independence or defeat differs.
    fn hot(&self, sorts: Facts) -> ActorSet {
        let mut hot = sorts.positions().fold(ActorSet::EMPTY, |hot, sort| hot.or(&self.divergent[sort]));
        if sorts.meets(Facts::FATES) && !self.divergent_fate.is_empty() {
            for class in [PactClass::Defence, PactClass::Consultation] {
                for (actor, ties) in self.state.ties[class as usize].iter().enumerate() {
                    if ties.meets(&self.divergent_fate) {
                        hot.insert(actor);
                    }
                }
            }
        }
        hot
    }

    pub(crate) fn refresh_everything(&mut self) {
        self.stamp += 1;
        let moved = Facts::ALL;
        let cells = &self.engine.panel.cells;
        for a in 0..self.engine.world.n_actors {
            for b in a + 1..self.engine.world.n_actors {
                self.reconsider(cells.dyad(a, b), moved);
            }
        }
        for c in 0..self.engine.world.claims.len() {
            self.reconsider(cells.claim(c), moved);
        }
    }

    /// Compares the two histories in one cell after facts of these sorts moved, and resets its waiting times.
    fn reconsider(&mut self, cell_index: usize, moved: Facts) {
        if self.stamp_of[cell_index] == self.stamp {
            return;
        }
        self.stamp_of[cell_index] = self.stamp;
        let engine = self.engine;
        let cell = engine.panel.cells.at(cell_index);
        let fresh = self.mode == Mode::FreshNoise;
        let segment = self.segment(cell_index);
        let recorded = &segment.value;
        let (cells, world) = (&engine.panel.cells, engine.world);
        let position = self.entry_of[cell_index];
        let known = self.entries.get(position as usize).filter(|e| e.differs);
        let alternative = if let Some(entry) = known {
            let mut alternative = entry.alternative;
            cells.revise(world, &self.state, cell, moved, &mut alternative);
            let unchanged = entry.recorded_since == segment.start && entry.alternative == alternative;
            // An event just happened if a slot waits for its next clock.
            if unchanged && !entry.just_fired {
                return;
            }
            alternative
        } else {
            // Where the histories agreed before this step, the record says what held before it.
            let before = self.before(cell_index);
            if !fresh && cells.agrees(world, &self.state, cell, moved, (before, recorded)) {
                return;
            }
            cells.evaluate(world, &self.state, cell)
        };
        if position == u32::MAX {
            self.entry_of[cell_index] = self.entries.len() as u32;
            self.entries.push(Entry::new(cell_index, cell, alternative, segment.start));
        }
        let position = self.entry_of[cell_index] as usize;
        let same = !fresh && alternative == *recorded;
        let now = self.state.now();
        let entry = &mut self.entries[position];
        entry.alternative = alternative;
        entry.recorded_since = segment.start;
        entry.just_fired = false;
        entry.differs = !same;
        self.soonest = None;
        match cell {
            Cell::Dyad(a, b) => {
                self.apart[a].set(b, !same);
                self.apart[b].set(a, !same);
            }
            Cell::Claim(c) if !self.claims_apart.contains(&c) => self.claims_apart.push(c),
            Cell::Claim(_) => {}
        }
        if let Some(log) = &mut self.log {
            log.push(Update { cell: cell_index, alternative, segment });
            return;
        }
        entry.settle(engine, self.beta, &self.noise, now, (!fresh).then_some(recorded));
    }

    /// The recorded segment of a cell now.
    pub(crate) fn segment(&self, cell_index: usize) -> &'a Segment {
        let engine: &'e Engine<'a> = self.engine;
        &engine.panel.segments[cell_index][usize::from(self.segment_of[cell_index])]
    }

    /// The recorded value of a cell just before now.
    fn before(&self, cell_index: usize) -> &'a CellValue {
        let engine: &'e Engine<'a> = self.engine;
        let (list, at) = (&engine.panel.segments[cell_index], usize::from(self.segment_of[cell_index]));
        let begins_now = self.turning && at > 0 && list[at].start == self.state.now();
        &list[at - usize::from(begins_now)].value
    }
}
