//! Many trajectories, and what they add up to.

use std::ops::Range;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::engine::{Engine, Mode, Prepared, Trajectory};
use crate::noise::Noise;
use crate::outcome::Outcome;
use crate::prefix::Prefix;
use crate::walk::Room;
use crate::whatif::Intervention;

/// How an ensemble is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Number of trajectories.
    pub runs: u32,
    /// Seed of all noise.
    pub seed: u64,
    /// Hindsight or fresh noise.
    pub mode: Mode,
    /// Keep the coefficients at their modes instead of drawing them.
    pub at_mode: bool,
}

/// Trajectories that share one draw of the coefficients, so that the spread between draws can be told from the
/// spread within.
const RUNS_PER_DRAW: u32 = 8;

impl Share {
    /// The 90 % interval that holds both parts of the uncertainty.
    pub fn interval(&self) -> (f64, f64) {
        let spread = 1.645 * (self.monte_carlo * self.monte_carlo + self.parameters * self.parameters).sqrt();
        ((self.share - spread).max(0.0), (self.share + spread).min(1.0))
    }
}

/// A share of trajectories with its uncertainty split in two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Share of trajectories, 0 to 1.
    pub share: f64,
    /// Standard error from the finite number of trajectories.
    pub monte_carlo: f64,
    /// Standard deviation between draws of the coefficients.
    pub parameters: f64,
}

/// Counts of one outcome.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Trajectories in which it came true.
    pub count: u32,
    /// The share with its uncertainty.
    pub share: Share,
    /// Whether it is true of the record.
    pub in_record: bool,
    /// Day in the record.
    pub record_time: Option<f64>,
    /// Days at which it came true, in rising order (for dated outcomes).
    pub times: Vec<f64>,
}

/// The result of many runs.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// Trajectories in order of their number.
    pub trajectories: Vec<Trajectory>,
    /// One tally per outcome.
    pub tallies: Vec<Tally>,
    /// How it was run.
    pub settings: Settings,
}

/// A what-if ready to be run: trajectories can be computed in any order and in pieces, and each is the same whoever computes it.
pub struct Runner<'r> {
    engine: &'r Engine<'r>,
    intervention: &'r Intervention,
    outcomes: &'r [Outcome],
    settings: Settings,
    prepared: Prepared,
}

impl<'r> Runner<'r> {
    /// Computes what all trajectories share.
    pub fn new(
        engine: &'r Engine<'r>,
        intervention: &'r Intervention,
        outcomes: &'r [Outcome],
        settings: Settings,
    ) -> Runner<'r> {
        let mut prepared = engine.prepare(intervention, outcomes);
        if settings.mode == Mode::Hindsight {
            // The values of its cells do not depend on coefficients; any will do.
            let beta = engine.draw(settings.seed, 0, true);
            prepared.prefix = Some(Prefix::build(engine, &prepared, intervention, outcomes, &beta));
        }
        Runner { engine, intervention, outcomes, settings, prepared }
    }

    /// The trajectories with these numbers, on all threads of the current pool. `progress` is called with how many were finished
    /// since its last call, from any thread.
    pub fn trajectories(&self, numbers: Range<u32>, progress: &(dyn Fn(u64) + Sync)) -> Vec<Trajectory> {
        let numbers = numbers.start..numbers.end.min(self.settings.runs);
        let draws = numbers.start / RUNS_PER_DRAW..numbers.end.div_ceil(RUNS_PER_DRAW);
        // One room for each thread at work, whatever pieces the work is cut into.
        let rooms: Mutex<Vec<Room>> = Mutex::new(Vec::new());
        let free = || rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let by_draw: Vec<Vec<Trajectory>> = draws
            .into_par_iter()
            .map(|draw| {
                if self.engine.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                    return Vec::new();
                }
                let first = draw * RUNS_PER_DRAW;
                let own = first.max(numbers.start)..(first + RUNS_PER_DRAW).min(numbers.end);
                let room = free().pop();
                let mut room = room.unwrap_or_else(|| Room::new(self.engine));
                let done = self.of_draw(draw, own, &mut room);
                free().push(room);
                progress(done.len() as u64);
                done
            })
            .collect();
        by_draw.into_iter().flatten().collect()
    }

    /// Trajectories that share one draw of the coefficients.
    fn of_draw(&self, draw: u32, numbers: Range<u32>, room: &mut Room) -> Vec<Trajectory> {
        let (engine, settings) = (self.engine, self.settings);
        let beta = engine.draw(settings.seed, draw, settings.at_mode);
        let rates = self.prepared.prefix.as_ref().map(|prefix| prefix.rates(engine, &beta));
        numbers
            .map(|index| {
                let noise = Noise::new(settings.seed, index);
                let (differences, outcomes, first_times) = engine.run(
                    &self.prepared,
                    self.intervention,
                    self.outcomes,
                    (&beta, noise, rates.as_ref()),
                    settings.mode,
                    room,
                );
                Trajectory { index, differences, outcomes, first_times }
            })
            .collect()
    }
}

/// Runs an ensemble on all threads of the current pool. `progress` is called with the number of trajectories
/// finished since its last call, from any thread.
pub fn run_ensemble(
    engine: &Engine,
    intervention: &Intervention,
    outcomes: &[Outcome],
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Ensemble {
    let runner = Runner::new(engine, intervention, outcomes, settings);
    let trajectories = runner.trajectories(0..settings.runs, progress);
    let tallies =
        outcomes.iter().enumerate().map(|(i, outcome)| tally(engine, outcome, i, &trajectories)).collect();
    Ensemble { trajectories, tallies, settings }
}

fn tally(engine: &Engine, outcome: &Outcome, index: usize, trajectories: &[Trajectory]) -> Tally {
    let hits: Vec<bool> = trajectories.iter().map(|t| t.outcomes[index]).collect();
    let (in_record, record_time) = outcome.in_record(engine.world, engine.timeline);
    let mut times: Vec<f64> = trajectories.iter().filter_map(|t| t.first_times[index]).collect();
    times.sort_by(f64::total_cmp);
    Tally {
        count: hits.iter().filter(|h| **h).count() as u32,
        share: share(&hits),
        in_record,
        record_time,
        times,
    }
}

/// The share of trajectories, given in order of their number, in which something is so. Splits its variance into a part from noise and a part from coefficients by one-way analysis of
/// variance over the draws (Searle, Casella and McCulloch 1992, chapter 3).
pub fn share(hits: &[bool]) -> Share {
    let n = hits.len() as f64;
    if hits.is_empty() {
        return Share { share: 0.0, monte_carlo: 0.0, parameters: 0.0 };
    }
    let p = hits.iter().filter(|h| **h).count() as f64 / n;
    let groups: Vec<&[bool]> = hits.chunks(RUNS_PER_DRAW as usize).collect();
    let k = f64::from(RUNS_PER_DRAW);
    let means: Vec<f64> =
        groups.iter().map(|g| g.iter().filter(|h| **h).count() as f64 / g.len() as f64).collect();
    let within: f64 = means.iter().map(|m| m * (1.0 - m)).sum::<f64>() / means.len() as f64 * k / (k - 1.0);
    let between = means.iter().map(|m| (m - p) * (m - p)).sum::<f64>() / (means.len() as f64 - 1.0).max(1.0);
    let parameters = (between - within / k).max(0.0);
    Share {
        share: p,
        monte_carlo: (within / n + parameters / means.len() as f64).max(0.0).sqrt(),
        parameters: parameters.sqrt(),
    }
}
