//! Questions at work: one what-if at a time, the last answers kept, and no longer a queue than can be served.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jonbar_answer::{Answer, Options, Study, answer_text, answer_whatif, changes_in_words};
use jonbar_counterfactual::{Moved, WhatIf, parse_whatif};
use tokio::sync::Semaphore;

use crate::ask::Setup;
use crate::casebook::Casebook;
use crate::runfile::{Asked, RunFile};

/// Answers kept.
const ANSWERS_MAX: usize = 24;
/// Long texts kept.
const TEXTS_MAX: usize = 50;
/// Questions that may wait.
const WAITING_MAX: usize = 12;
/// Least and most runs, and those taken if none are asked for.
const RUNS: (u32, u32, u32) = (100, 20_000, 1_000);
/// Longest that a question may take.
const TIME_MAX: Duration = Duration::from_secs(60);
/// How long a computation goes on that nobody waits for any more: what is done by then is kept for whoever asks again.
const GRACE: Duration = Duration::from_secs(5);
/// Questions without a simulation that are answered at one time.
const QUICK_MAX: usize = 2;
/// The seed taken if none is asked for.
const SEED: u64 = 1932;

/// Why there is no answer.
pub(super) enum Refused {
    /// The queue is full.
    Busy,
    /// The computation broke down.
    Failed,
    /// It would have taken longer than a question may.
    TooLong,
}

/// What was asked for, within bounds.
pub(super) fn setup(
    runs: Option<u32>,
    seed: Option<u64>,
    fresh_noise: bool,
    (models, dates): (bool, bool),
    moved: Moved,
) -> Setup {
    let (least, most, usual) = RUNS;
    Setup {
        runs: runs.unwrap_or(usual).clamp(least, most),
        seed: seed.unwrap_or(SEED),
        fresh_noise,
        models,
        dates,
        moved,
    }
}

struct Kept {
    asked: Asked,
    setup: Setup,
    answers: Arc<Vec<Answer>>,
}

/// Where questions are worked on.
pub(super) struct Desk {
    study: &'static Study<'static>,
    casebook: &'static Casebook,
    /// One what-if at a time uses all threads.
    turn: Arc<Semaphore>,
    /// What needs no simulation does not wait for one.
    quick: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    kept: Mutex<VecDeque<Kept>>,
    texts: Mutex<VecDeque<(String, String)>>,
}

/// What another thread left in it is whole: nothing panics while it holds the lock.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(super) fn new(study: &'static Study<'static>, casebook: &'static Casebook) -> Desk {
        Desk {
            study,
            casebook,
            turn: Arc::new(Semaphore::new(1)),
            quick: Arc::new(Semaphore::new(QUICK_MAX)),
            waiting: Arc::default(),
            kept: Mutex::default(),
            texts: Mutex::default(),
        }
    }

    /// What happened.
    pub(super) fn record(&self) -> &'static jonbar_record::Record {
        self.study.record
    }

    /// What-ifs about an entry of the record.
    pub(super) fn questions_about(&self, id: &str) -> Vec<String> {
        let event = self.study.record.event(id);
        event.map_or(Vec::new(), |event| jonbar_answer::questions_about(self.study, event))
    }

    /// The shipped what-ifs: name and question.
    pub(super) fn whatifs(&self) -> Vec<(String, String)> {
        let read = |(name, text): &(String, String)| {
            let whatif = parse_whatif(name, text, self.study.record, &self.study.world).ok()?;
            Some((name.clone(), whatif.question))
        };
        self.casebook.whatifs.iter().filter_map(read).collect()
    }

    /// File name and text of a shipped what-if, and what it says.
    pub(super) fn whatif(&self, name: &str) -> Option<(String, String, WhatIf)> {
        let (_, text) = self.casebook.whatifs.iter().find(|(n, _)| n == name)?;
        let whatif = parse_whatif(name, text, self.study.record, &self.study.world).ok()?;
        Some((format!("{name}.toml"), text.clone(), whatif))
    }

    /// The changes of a what-if in words.
    pub(super) fn changes(&self, whatif: &WhatIf) -> Vec<String> {
        changes_in_words(self.study, whatif)
    }

    /// A run as the file that `jonbar replay` repeats.
    pub(super) fn run_file(&self, asked: Asked, setup: &Setup, answers: &[Answer]) -> RunFile {
        RunFile::new(self.study, asked, setup, answers)
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

    /// Answers a question, or finds the answer again. What nobody waits for any more is stopped after a while; what a moving control
    /// asked for (`passing`) at once.
    pub(super) async fn answer(
        self: Arc<Desk>,
        asked: Asked,
        setup: Setup,
        passing: bool,
    ) -> Result<Arc<Vec<Answer>>, Refused> {
        if let Some(answers) = self.known(&asked, &setup) {
            return Ok(answers);
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Refused::Busy);
        }
        let place = Place(self.waiting.clone());
        // Reading a long text takes a while too, and no thread that serves pages is to wait for it.
        let (desk, question) = (self.clone(), asked.clone());
        let simulated = tokio::task::spawn_blocking(move || desk.simulates(&question))
            .await
            .map_err(|_| Refused::Failed)?;
        let queue = if simulated { &self.turn } else { &self.quick };
        let turn = queue.clone().acquire_owned().await.map_err(|_| Refused::Failed)?;
        // Somebody else may have asked the same while this one waited.
        if let Some(answers) = self.known(&asked, &setup) {
            return Ok(answers);
        }
        let stop = Arc::new(AtomicBool::new(false));
        // Dropped with this future when the caller has gone; once the work is done it stops nothing.
        let _waits = Stops { stop: stop.clone(), after: if passing { Duration::ZERO } else { GRACE } };
        let stopped = stop.clone();
        let desk = self.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _hold = (place, turn);
            let answers = Arc::new(compute(desk.study, &asked, &setup, &stop));
            if !stop.load(Ordering::Relaxed) {
                let mut kept = lock(&desk.kept);
                kept.push_back(Kept { asked, setup, answers: answers.clone() });
                if kept.len() > ANSWERS_MAX {
                    kept.pop_front();
                }
            }
            answers
        });
        match tokio::time::timeout(TIME_MAX, work).await {
            Ok(answers) => answers.map_err(|_| Refused::Failed),
            Err(_) => {
                stopped.store(true, Ordering::Relaxed);
                Err(Refused::TooLong)
            }
        }
    }

    /// Whether a question needs a simulation.
    fn simulates(&self, asked: &Asked) -> bool {
        match asked {
            Asked::WhatIf { .. } => true,
            Asked::Text(text) => {
                let (readings, _) = jonbar_question::read_text(text, self.study.record);
                readings.iter().any(|r| matches!(r.form, jonbar_question::Form::WhatIf { .. }))
            }
        }
    }

    fn known(&self, asked: &Asked, setup: &Setup) -> Option<Arc<Vec<Answer>>> {
        let kept = lock(&self.kept);
        kept.iter().find(|k| k.asked == *asked && k.setup == *setup).map(|k| k.answers.clone())
    }
}

/// Gives up a place in the queue when its question is answered or nobody waits for it any more.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Stops a computation some time after whoever asked for it has gone.
struct Stops {
    stop: Arc<AtomicBool>,
    after: Duration,
}

impl Drop for Stops {
    fn drop(&mut self) {
        let (stop, after) = (self.stop.clone(), self.after);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if !after.is_zero() => {
                runtime.spawn(async move {
                    tokio::time::sleep(after).await;
                    stop.store(true, Ordering::Relaxed);
                });
            }
            _ => stop.store(true, Ordering::Relaxed),
        }
    }
}

fn compute(study: &Study, asked: &Asked, setup: &Setup, stop: &AtomicBool) -> Vec<Answer> {
    let options = Options { stop: Some(stop), ..setup.options(&|_| {}) };
    match asked {
        Asked::Text(text) => answer_text(study, text, &options, &mut |_| {}),
        // Shipped what-ifs have been read before.
        Asked::WhatIf { file, text } => parse_whatif(file, text, study.record, &study.world)
            .map(|whatif| vec![answer_whatif(study, &whatif, &options)])
            .unwrap_or_default(),
    }
}
