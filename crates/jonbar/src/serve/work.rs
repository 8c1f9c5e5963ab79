//! Questions at work: one at a time, the last answers kept, and no longer a queue than can be served.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jonbar_answer::{Answer, Options, Study, answer_text, answer_whatif};
use jonbar_counterfactual::{Mode, parse_whatif};
use tokio::sync::Semaphore;

use crate::casebook::Casebook;
use crate::runfile::Asked;

/// Answers kept.
const ANSWERS_MAX: usize = 24;
/// Long texts kept.
const TEXTS_MAX: usize = 50;
/// Questions that may wait.
const WAITING_MAX: usize = 12;
/// Least and most runs, and those taken if none are asked for.
const RUNS: (u32, u32, u32) = (100, 20_000, 1_000);
/// The seed taken if none is asked for.
const SEED: u64 = 1932;

/// Why there is no answer.
pub(super) enum Refused {
    /// The queue is full.
    Busy,
    /// The computation broke down.
    Failed,
}

/// How to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) runs: u32,
    pub(super) seed: u64,
    pub(super) fresh: bool,
}

impl Settings {
    /// What was asked for, within bounds.
    pub(super) fn new(runs: Option<u32>, seed: Option<u64>, fresh: bool) -> Settings {
        let (least, most, usual) = RUNS;
        Settings { runs: runs.unwrap_or(usual).clamp(least, most), seed: seed.unwrap_or(SEED), fresh }
    }
}

/// A question answered lately.
#[derive(Clone)]
pub(super) struct Recent {
    pub(super) question: String,
    pub(super) link: String,
}

struct Kept {
    asked: Asked,
    settings: Settings,
    recent: Recent,
    answers: Arc<Vec<Answer>>,
}

/// Where questions are worked on.
pub(super) struct Desk {
    study: &'static Study<'static>,
    casebook: &'static Casebook,
    /// One question at a time uses all threads.
    turn: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    kept: Mutex<VecDeque<Kept>>,
    texts: Mutex<VecDeque<(String, String)>>,
}

/// What another thread left in it is whole: nothing panics while it holds the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(super) fn new(study: &'static Study<'static>, casebook: &'static Casebook) -> Desk {
        Desk {
            study,
            casebook,
            turn: Arc::new(Semaphore::new(1)),
            waiting: Arc::default(),
            kept: Mutex::default(),
            texts: Mutex::default(),
        }
    }

    /// What happened.
    pub(super) fn record(&self) -> &'static jonbar_record::Record {
        self.study.record
    }

    /// The shipped what-ifs: name and question.
    pub(super) fn whatifs(&self) -> Vec<(String, String)> {
        let read = |(name, text): &(String, String)| {
            let whatif = parse_whatif(name, text, self.study.record, &self.study.world).ok()?;
            Some((name.clone(), whatif.question))
        };
        self.casebook.whatifs.iter().filter_map(read).collect()
    }

    /// File name, text and question of a shipped what-if.
    pub(super) fn whatif(&self, name: &str) -> Option<(String, String, String)> {
        let (_, text) = self.casebook.whatifs.iter().find(|(n, _)| n == name)?;
        let whatif = parse_whatif(name, text, self.study.record, &self.study.world).ok()?;
        Some((format!("{name}.toml"), text.clone(), whatif.question))
    }

    /// Questions answered lately, the last first.
    pub(super) fn recent(&self) -> Vec<Recent> {
        lock(&self.kept).iter().rev().map(|k| k.recent.clone()).collect()
    }

    /// Keeps a long text; returns its number.
    pub(super) fn keep(&self, text: &str) -> String {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let number = format!("{:016x}", hasher.finish());
        let mut texts = lock(&self.texts);
        if !texts.iter().any(|(n, _)| *n == number) {
            texts.push_back((number.clone(), text.to_owned()));
            if texts.len() > TEXTS_MAX {
                texts.pop_front();
            }
        }
        number
    }

    /// The text kept under a number.
    pub(super) fn kept(&self, number: &str) -> Option<String> {
        lock(&self.texts).iter().find(|(n, _)| n == number).map(|(_, text)| text.clone())
    }

    /// Answers a question, or finds the answer again. What has been begun is finished and kept even if whoever asked has gone:
    /// asking again then finds it, and no second computation begins beside the first.
    pub(super) async fn answer(
        self: Arc<Desk>,
        asked: Asked,
        settings: Settings,
        question: &str,
        link: &str,
    ) -> Result<Arc<Vec<Answer>>, Refused> {
        if let Some(answers) = self.known(&asked, settings) {
            return Ok(answers);
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Refused::Busy);
        }
        let place = Place(self.waiting.clone());
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| Refused::Failed)?;
        // Somebody else may have asked the same while this one waited.
        if let Some(answers) = self.known(&asked, settings) {
            return Ok(answers);
        }
        let short: String = question.chars().take(160).collect();
        let recent = Recent { question: short, link: link.to_owned() };
        let desk = self.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _hold = (place, turn);
            let answers = Arc::new(compute(desk.study, &asked, settings));
            let mut kept = lock(&desk.kept);
            kept.push_back(Kept { asked, settings, recent, answers: answers.clone() });
            if kept.len() > ANSWERS_MAX {
                kept.pop_front();
            }
            answers
        });
        work.await.map_err(|_| Refused::Failed)
    }

    fn known(&self, asked: &Asked, settings: Settings) -> Option<Arc<Vec<Answer>>> {
        let kept = lock(&self.kept);
        kept.iter().find(|k| k.asked == *asked && k.settings == settings).map(|k| k.answers.clone())
    }
}

/// Gives up a place in the queue when its question is answered or nobody waits for it any more.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn compute(study: &Study, asked: &Asked, settings: Settings) -> Vec<Answer> {
    let mode = if settings.fresh { Mode::FreshNoise } else { Mode::Hindsight };
    let options = Options { runs: settings.runs, seed: settings.seed, mode, progress: &|_| {} };
    match asked {
        Asked::Text(text) => answer_text(study, text, &options, &mut |_| {}),
        // Shipped what-ifs have been read before.
        Asked::WhatIf { file, text } => parse_whatif(file, text, study.record, &study.world)
            .map(|whatif| vec![answer_whatif(study, &whatif, &options)])
            .unwrap_or_default(),
    }
}
