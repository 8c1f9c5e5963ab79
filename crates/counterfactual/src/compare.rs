//! Where record and alternative can have come apart: which cells to look at after a step, and what to do there.

use jonbar_model::{ActorSet, Cell, Change, Facts, Histories, Item, Panel, Segment};

use crate::engine::Mode;
use crate::prefix::Update;
use crate::walk::{Entry, Walk};

impl<'e, 'a> Walk<'e, 'a> {
    /// Whether an item of the record, which nothing keeps from happening here too, is the same step in both histories and
    /// leaves every cell that differs as it is: then nothing needs to be looked at.
    pub(crate) fn passes(&mut self, index: usize, item: &Item) -> bool {
        let (reach, panel) = (&self.engine.reach[index], self.engine.panel);
        let beside = self.beside(index);
        if !self.near.or(&beside).meets(reach) {
            return true;
        }
        if !self.moves_alike(index) {
            return false;
        }
        let breaks = |c: &Change| match *c {
            Change::NewPactsEnd { by, with } => self.state.new_pact(by, with),
            _ => false,
        };
        let differs = self.engine.units[index].is_some_and(|(cell, ..)| self.room.entry_of[cell] != u32::MAX);
        !differs
            && !item.changes.iter().any(breaks)
            && (panel.claims_turned[index].is_empty() || !panel.moved[index].meets(Facts::UNCOVERING))
            && panel.dyads_turned[index].iter().all(|(a, with)| !with.meets(self.room.pairs.with(*a)))
            && reach.iter().all(|a| self.alone[a].is_empty())
            && self.claims_apart.iter().all(|&c| {
                let (claimant, holder) = self.sides(c);
                !reach.contains(claimant) && holder.is_none_or(|h| !reach.contains(h))
            })
    }

    /// Whether an item that happens in both histories moves the same facts in both, and every statistic alike: nothing that
    /// it moves, or that counts together with it, differs about the actors it reaches or those linked to them.
    pub(crate) fn moves_alike(&mut self, index: usize) -> bool {
        let births = self.engine.besides[self.engine.beside[index]].meets(Facts::BIRTHS);
        !births && !self.beside(index).meets(&self.engine.reach[index])
    }

    /// Actors about whom anything differs that counts together with what an item moves, and those linked to them by facts
    /// that do. What third parties do counts through such links.
    fn beside(&mut self, index: usize) -> ActorSet {
        let group = self.engine.beside[index];
        let (known, near) = &mut self.room.beside[group];
        if *known != self.room.watched {
            let sorts = self.engine.besides[group];
            *known = self.room.watched;
            *near = self.parted.of(sorts);
            let links = sorts.of(Facts::LINKING);
            if links != Facts::NONE {
                // Links hold both ways.
                for actor in self.parted.of(links).iter() {
                    *near = near.or(&self.state.linked(actor, links));
                }
            }
        }
        *near
    }

    /// Follows an item that moves every statistic alike in both histories: cells that differ go on differing, from a
    /// new value in the record.
    pub(crate) fn follow(&mut self, index: usize, moved: Facts) {
        self.room.stamp += 1;
        let (panel, cells) = (self.engine.panel, &self.engine.panel.cells);
        self.reconsider_turned(index, moved);
        let touched = panel.touched[index];
        self.reconsider_alone(&touched, moved);
        self.reconsider_claims_apart(&touched, moved);
        if moved.meets(Facts::UNCOVERING) {
            for &claim in &panel.claims_turned[index] {
                self.reconsider(cells.claim(claim as usize), moved);
            }
        }
        self.watch(false);
    }

    /// Compares the two histories in every cell that a step can have changed. `touched`: the actors it touched in
    /// either; `moved`: the sorts of fact it moved in either; `item`: the step of the record that it is.
    pub(crate) fn compare(&mut self, touched: ActorSet, moved: Facts, item: Option<usize>) {
        if self.engine.exhaustive {
            self.refresh_everything();
            return;
        }
        self.room.stamp += 1;
        let (engine, cells) = (self.engine, &self.engine.panel.cells);
        let fresh = self.mode == Mode::FreshNoise;
        let before = self.parted;
        if !fresh {
            self.parted.update(engine.world, (&self.state, &self.recorded), &touched, moved);
        }
        let fates = (before.of(Facts::FATES), self.parted.of(Facts::FATES));
        let histories = Histories {
            world: engine.world,
            alternative: &self.state,
            recorded: (!fresh).then_some(&self.recorded),
            parted: &self.parted,
        };
        // All pairs first: the value of a claim may hang on one that another actor turns.
        let mut turned = std::mem::take(&mut self.room.turned);
        turned.extend(touched.iter().map(|a| {
            let fated = fates.0.contains(a) != fates.1.contains(a);
            (a, cells.turn(&histories, &mut self.room.pairs, (a, fated), &touched, moved))
        }));
        for (a, with) in turned.drain(..) {
            for b in with.dyads.iter() {
                self.reconsider(cells.dyad(a, b), moved);
            }
            if !with.claims.is_empty() {
                self.compare_claims(a, &with.claims, moved);
            }
        }
        self.room.turned = turned;
        self.reconsider_claims_apart(&touched, moved);
        if fresh {
            return;
        }
        if let Some(index) = item {
            self.reconsider_turned(index, moved);
        }
        self.reconsider_alone(&touched, moved);
        if moved.meets(Facts::HOLDERS.and(Facts::FORCE)) {
            self.compare_claims_themselves(&touched, moved);
        }
        self.watch(moved.meets(Facts::LINKING) || before != self.parted);
    }

    /// Looks at the dyads that turn with an item in the record and in which any statistic differs.
    fn reconsider_turned(&mut self, index: usize, moved: Facts) {
        let (panel, cells) = (self.engine.panel, &self.engine.panel.cells);
        for (a, with) in &panel.dyads_turned[index] {
            let known = with.and(self.room.pairs.with(*a));
            for b in known.iter() {
                self.reconsider(cells.dyad(*a, b), moved);
            }
        }
    }

    /// Looks at the dyads of these actors of which the record tells nothing.
    fn reconsider_alone(&mut self, touched: &ActorSet, moved: Facts) {
        for a in touched.iter() {
            let alone = self.alone[a];
            for b in alone.iter() {
                self.reconsider(self.engine.panel.cells.dyad(a, b), moved);
            }
        }
    }

    /// Looks at the claims that differ and concern these actors.
    fn reconsider_claims_apart(&mut self, touched: &ActorSet, moved: Facts) {
        for i in (0..self.claims_apart.len()).rev() {
            let claim = self.claims_apart[i];
            let (claimant, holder) = self.sides(claim);
            if touched.contains(claimant) || holder.is_some_and(|h| touched.contains(h)) {
                self.reconsider(self.engine.panel.cells.claim(claim), moved);
            }
        }
    }

    /// Looks at the claims that an actor has against these others, and they against it.
    fn compare_claims(&mut self, a: usize, others: &ActorSet, moved: Facts) {
        let (world, cells) = (self.engine.world, &self.engine.panel.cells);
        let held = |walk: &Self, claim: usize, by: &dyn Fn(usize) -> bool| {
            let territory = world.claims[claim].territory;
            [walk.state.holders[territory], walk.recorded.holders[territory]].into_iter().flatten().any(by)
        };
        for c in world.claims_of(a) {
            if held(self, c, &|holder| others.contains(holder)) {
                self.reconsider(cells.claim(c), moved);
            }
        }
        for x in others.iter() {
            for c in world.claims_of(x) {
                if held(self, c, &|holder| holder == a) {
                    self.reconsider(cells.claim(c), moved);
                }
            }
        }
    }

    /// Looks at claims in which the holder or a demand differs, and at those that just came to be live or against another
    /// holder in the record: towards that holder anything may differ already.
    fn compare_claims_themselves(&mut self, touched: &ActorSet, moved: Facts) {
        let (world, cells) = (self.engine.world, &self.engine.panel.cells);
        if let Some(item) = self.met.checked_sub(1) {
            for &claim in &self.engine.panel.claims_turned[item] {
                self.reconsider(cells.claim(claim as usize), moved);
            }
        }
        let territories = if moved.meets(Facts::HOLDERS) { world.territories.len() } else { 0 };
        for territory in 0..territories {
            if self.state.holders[territory] != self.recorded.holders[territory] {
                for claim in world.claims_on(territory) {
                    self.reconsider(cells.claim(claim), moved);
                }
            }
        }
        for actor in touched.and(&self.parted.of(Facts::FORCE)).iter() {
            for claim in world.claims_of(actor) {
                if self.state.demand_until[claim] != self.recorded.demand_until[claim] {
                    self.reconsider(cells.claim(claim), moved);
                }
            }
        }
    }

    /// Who has a claim, and who holds the land in the alternative.
    fn sides(&self, claim: usize) -> (usize, Option<usize>) {
        let claim = &self.engine.world.claims[claim];
        (claim.claimant, self.state.holders[claim.territory])
    }

    /// Notes about whom anything differs, in themselves or in a cell.
    fn watch(&mut self, parted_anew: bool) {
        if parted_anew {
            self.room.watched += 1;
        }
        let mut near = self.parted.of(Facts::ALL).or(&self.apart_actors);
        for &c in &self.claims_apart {
            let claim = &self.engine.world.claims[c];
            near.insert(claim.claimant);
            for state in [&self.state, &self.recorded] {
                state.holders[claim.territory].into_iter().for_each(|h| near.insert(h));
            }
        }
        self.near = near;
    }

    /// With the record forgotten, every cell has its own rates from the first moment on.
    pub(crate) fn forget_the_record(&mut self) {
        let everybody = ActorSet::of(0..self.engine.world.n_actors);
        self.compare(everybody, Facts::ALL, None);
        self.refresh_everything();
    }

    pub(crate) fn refresh_everything(&mut self) {
        self.room.stamp += 1;
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
    pub(crate) fn reconsider(&mut self, cell_index: usize, moved: Facts) {
        if self.room.stamp_of[cell_index] == self.room.stamp {
            return;
        }
        self.room.stamp_of[cell_index] = self.room.stamp;
        let engine = self.engine;
        let cell = engine.panel.cells.at(cell_index);
        let fresh = self.mode == Mode::FreshNoise;
        let (cells, world) = (&engine.panel.cells, engine.world);
        let position = self.room.entry_of[cell_index];
        let known = self.entries.get(position as usize).filter(|e| e.differs);
        let at = match known {
            // What is forgotten has no segments.
            _ if fresh => 0,
            Some(entry) => engine.panel.position_from(cell_index, entry.segment, self.met),
            None => self.position(cell_index),
        };
        let segment = &engine.panel.segments[cell_index][at];
        let recorded = &segment.value;
        let alone = known.is_some_and(|e| e.alternative.risk != 0) && recorded.risk == 0;
        let alternative = match (cell, known) {
            _ if engine.exhaustive => cells.evaluate(world, &self.state, cell),
            _ if fresh => cells.value((world, &self.state), cell, None, &self.room.pairs),
            (Cell::Dyad(a, b), Some(entry)) if alone => {
                let mut alternative = entry.alternative;
                cells.revise(world, &self.state, (a, b), moved, &mut alternative);
                alternative
            }
            _ => cells.value((world, &self.state), cell, Some(recorded), &self.room.pairs),
        };
        if let Some(entry) = known {
            let unchanged = entry.segment == at && entry.alternative == alternative;
            // An event just happened if a slot waits for its next clock.
            if unchanged && !entry.just_fired {
                return;
            }
        } else if !fresh && alternative == *recorded {
            return;
        }
        let settled_before = position != u32::MAX;
        if !settled_before {
            self.room.entry_of[cell_index] = self.entries.len() as u32;
            self.entries.push(Entry::new(cell_index, cell, alternative, at));
        }
        let position = self.room.entry_of[cell_index] as usize;
        let same = !fresh && alternative == *recorded;
        let now = self.state.now();
        let entry = &mut self.entries[position];
        let stirred = match cell {
            Cell::Dyad(..) if settled_before => {
                let before = &engine.panel.segments[cell_index][entry.segment].value;
                engine.stirred((&entry.alternative, &alternative), (before, recorded))
            }
            _ => u16::MAX,
        };
        let differed = settled_before && entry.differs;
        entry.alternative = alternative;
        entry.segment = at;
        entry.just_fired = false;
        entry.differs = !same;
        match cell {
            Cell::Dyad(a, b) => {
                for (x, y) in [(a, b), (b, a)] {
                    self.apart[x].set(y, !same);
                    self.apart_actors.set(x, !self.apart[x].is_empty());
                }
                self.alone[a].set(b, !same && recorded.risk == 0);
                self.alone[b].set(a, !same && recorded.risk == 0);
            }
            Cell::Claim(c) if same => self.claims_apart.retain(|known| *known != c),
            Cell::Claim(c) if !differed => self.claims_apart.push(c),
            Cell::Claim(_) => {}
        }
        if let Some(log) = &mut self.log {
            log.push(Update { cell: cell_index, alternative, segment: at });
            return;
        }
        entry.settle(engine, self.beta, &self.noise, now, (!fresh).then_some(recorded), stirred);
        self.room.soonest.set(position, entry.next);
    }

    /// Position of the recorded segment of a cell now.
    fn position(&self, cell_index: usize) -> usize {
        self.engine.panel.position_after(cell_index, self.met)
    }

    /// The recorded segment of the cell of an entry now.
    pub(crate) fn segment(&self, entry: &Entry) -> &'a Segment {
        let panel: &'a Panel = self.engine.panel;
        &panel.segments[entry.cell][panel.position_from(entry.cell, entry.segment, self.met)]
    }
}
