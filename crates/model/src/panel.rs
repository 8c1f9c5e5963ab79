//! Spells: stretches of time over which nothing a unit depends on changes.
//!
//! A panel holds, for every cell, the values it takes over time; a value is noted only when it changes.

use crate::actor_set::ActorSet;
use crate::cells::{Cell, CellValue, Cells};
use crate::facts::Facts;
use crate::histories::{Histories, Parted};
use crate::pairs::Pairs;
use crate::spec::ModelSpec;
use crate::state::State;
use crate::timeline::Timeline;
use crate::world::World;

/// A value and the time from which it holds.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Day from which it holds, until the next segment of the cell.
    pub start: f64,
    /// The value.
    pub value: CellValue,
}

/// The recorded history as spells, with the value of each unit just before each of its events.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Segments by cell index, in order of time.
    pub segments: Vec<Vec<Segment>>,
    /// By cell index, for each segment: number of items that had happened when it began. Apart from the values, so that
    /// looking up a segment reads little.
    pub beginnings: Vec<Vec<u32>>,
    /// For each item of a modelled kind: item, cell index, slot, and the value just before it.
    pub events: Vec<(usize, usize, usize, CellValue)>,
    /// For each item: the actors whose cells it touched in the record.
    pub touched: Vec<ActorSet>,
    /// For each item: the dyads that begin a new segment with it, as actors touched and with whom.
    pub dyads_turned: Vec<Vec<(usize, ActorSet)>>,
    /// For each item: the claims that begin a new segment with it.
    pub claims_turned: Vec<Vec<u32>>,
    /// For each item: the sorts of fact it moved in the record.
    pub moved: Vec<Facts>,
    /// Numbering of the cells.
    pub cells: Cells,
    /// State at the end.
    pub last: State,
    /// First and last moment, in days.
    pub window: (f64, f64),
}

impl Panel {
    /// Walks the timeline once, re-evaluating only the cells that an item touches.
    pub fn build(world: &World, timeline: &Timeline, spec: &ModelSpec) -> Panel {
        let cells = Cells::of(world, spec);
        let mut state = timeline.initial.clone();
        let mut pairs = Pairs::new(world.n_actors);
        let mut segments: Vec<Vec<Segment>> = vec![Vec::new(); cells.len()];
        let mut beginnings: Vec<Vec<u32>> = vec![Vec::new(); cells.len()];
        let mut events = Vec::new();
        let mut all_touched = Vec::with_capacity(timeline.items.len());
        let everybody = ActorSet::first(world.n_actors);
        let lists = (&mut segments[..], &mut beginnings[..]);
        note((world, &state), &cells, &mut pairs, (&everybody, Facts::ALL), 0, lists);
        let mut all_moved = Vec::with_capacity(timeline.items.len());
        let mut dyads_turned = Vec::with_capacity(timeline.items.len());
        let mut claims_turned = Vec::with_capacity(timeline.items.len());
        for (i, item) in timeline.items.iter().enumerate() {
            state.set_now(item.time);
            if let Some((kind, a, b)) = item.unit {
                let (index, slot) = cells.slot(kind, a, b, item.claim);
                events.push((i, index, slot, cells.evaluate(world, &state, cells.at(index))));
            }
            let (touched, moved) = state.apply_all(world, &item.changes);
            let lists = (&mut segments[..], &mut beginnings[..]);
            note((world, &state), &cells, &mut pairs, (&touched, moved), i + 1, lists);
            all_moved.push(moved);
            let turned = |cell: usize| beginnings[cell].last() == Some(&(i as u32 + 1));
            let with =
                |a: usize| ActorSet::of((0..world.n_actors).filter(|&b| b != a && turned(cells.dyad(a, b))));
            let dyads: Vec<_> = touched.iter().map(|a| (a, with(a))).filter(|(_, w)| !w.is_empty()).collect();
            dyads_turned.push(dyads);
            let claims = (0..world.claims.len()).filter(|&c| turned(cells.claim(c)));
            claims_turned.push(claims.map(|c| c as u32).collect());
            all_touched.push(touched);
        }
        Panel {
            segments,
            beginnings,
            events,
            touched: all_touched,
            dyads_turned,
            claims_turned,
            moved: all_moved,
            cells,
            last: state,
            window: timeline.window,
        }
    }

    /// The value of a cell at a time.
    pub fn value_at(&self, index: usize, time: f64) -> &CellValue {
        &self.segment_at(index, time).value
    }

    /// The segment of a cell at a time. Every cell has one from the first moment on.
    pub fn segment_at(&self, index: usize, time: f64) -> &Segment {
        let list = &self.segments[index];
        let next = list.partition_point(|s| s.start <= time);
        &list[next.saturating_sub(1)]
    }

    /// Position of the segment of a cell when so many items have happened.
    pub fn position_after(&self, index: usize, items: usize) -> usize {
        self.beginnings[index].partition_point(|&i| i as usize <= items).saturating_sub(1)
    }

    /// The same, where an earlier position is known: time only goes on.
    pub fn position_from(&self, index: usize, earlier: usize, items: usize) -> usize {
        let later = &self.beginnings[index][earlier + 1..];
        // Mostly it is still the same.
        if later.first().is_none_or(|&i| i as usize > items) {
            return earlier;
        }
        earlier + later.partition_point(|&i| i as usize <= items)
    }

    /// Number of segments in all.
    pub fn n_segments(&self) -> usize {
        self.segments.iter().map(Vec::len).sum()
    }
}

/// Notes the new value of every cell that a step can have changed which touched these actors and moved facts of these sorts,
/// where it did.
fn note(
    (world, state): (&World, &State),
    cells: &Cells,
    pairs: &mut Pairs,
    (touched, moved): (&ActorSet, Facts),
    items: usize,
    (segments, beginnings): (&mut [Vec<Segment>], &mut [Vec<u32>]),
) {
    let mut turned = Vec::with_capacity(4);
    let histories = Histories { world, alternative: state, recorded: None, parted: &Parted::default() };
    for a in touched.iter() {
        turned.push((a, cells.turn(&histories, pairs, (a, false), touched, moved).dyads));
    }
    // Land that passes to no state touches whoever held it before.
    let held =
        |c: usize| segments[cells.index(Cell::Claim(c))].last().and_then(|s| s.value.holder).map(usize::from);
    let claims: Vec<usize> = (0..world.claims.len())
        .filter(|&c| {
            let claim = &world.claims[c];
            let holders = [state.holders[claim.territory], held(c)];
            touched.contains(claim.claimant) || holders.into_iter().flatten().any(|h| touched.contains(h))
        })
        .collect();
    let mut update = |cell: Cell| {
        let value = cells.value((world, state), cell, None, pairs);
        let index = cells.index(cell);
        let list = &mut segments[index];
        match list.last_mut() {
            Some(last) if last.value == value => {}
            // Several items at one instant leave only the last value.
            Some(last) if last.start == state.now() => last.value = value,
            _ => {
                list.push(Segment { start: state.now(), value });
                beginnings[index].push(items as u32);
            }
        }
    };
    for (a, with) in &turned {
        for b in with.iter() {
            update(Cell::Dyad(b.min(*a), b.max(*a)));
        }
    }
    claims.into_iter().for_each(|c| update(Cell::Claim(c)));
    if items == 0 {
        // Every cell has a first value, those of states yet to come too.
        for (list, beginnings) in segments.iter_mut().zip(beginnings).filter(|(list, _)| list.is_empty()) {
            list.push(Segment { start: state.now(), value: CellValue::default() });
            beginnings.push(0);
        }
    }
}
