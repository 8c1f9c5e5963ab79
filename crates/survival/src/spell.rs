//! The unit of observation.

/// A stretch of time at risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// Time at which the watch begins; the spell is at risk after it.
    pub entry: f64,
    /// Time at which it ends; the spell is at risk up to and including it.
    pub exit: f64,
    /// What ended it: 0 for nothing (censored), otherwise the number of a cause.
    pub outcome: u32,
    /// Spells are compared within their stratum only.
    pub stratum: u32,
    /// Spells of one cluster are not independent of each other.
    pub cluster: u32,
}

impl Spell {
    /// A spell from 0 to `exit`, ended by cause 1 or censored, in one stratum and a cluster of its own number.
    pub fn simple(number: u32, exit: f64, event: bool) -> Spell {
        Spell { entry: 0.0, exit, outcome: u32::from(event), stratum: 0, cluster: number }
    }
}

/// What is wrong with these spells, if anything is.
pub(crate) fn check(spells: &[Spell]) -> Result<(), String> {
    let bad = |s: &&Spell| !(s.entry.is_finite() && s.exit.is_finite() && s.entry < s.exit);
    match spells.iter().find(bad) {
        Some(s) => Err(format!("a spell from {} to {} has no length", s.entry, s.exit)),
        None => Ok(()),
    }
}

/// Times at which the event happens to any of these spells, in rising order without repeats.
pub(crate) fn event_times(spells: &[Spell], is_event: impl Fn(&Spell) -> bool) -> Vec<f64> {
    let mut times: Vec<f64> = spells.iter().filter(|s| is_event(s)).map(|s| s.exit).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}
