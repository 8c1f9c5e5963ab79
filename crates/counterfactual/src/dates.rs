//! Records with other readings of their dates: where sources differ, and where a date is known to a month or a year only.

use std::collections::BTreeMap;

use jonbar_record::{Day, Event, Record, When};

use crate::noise::{Noise, Purpose, name_of};

/// The record with every uncertain date read anew: of the dates that sources give each is as likely as the next, and of the days
/// that one may mean each is as likely as any other. Dates of one pact, office, land or chain of consequences keep their order; where
/// a drawn one would break it, those of the group stay as they are read otherwise. Returns how many dates were drawn, too.
pub fn redated(record: &Record, seed: u64, draw: u32) -> (Record, usize) {
    let noise = Noise::new(seed, draw);
    let mut drawn: BTreeMap<usize, Day> = BTreeMap::new();
    for (i, event) in record.events.iter().enumerate() {
        let readings = 1 + event.also_dated.len();
        if readings == 1 && event.when.earliest == event.when.latest {
            continue;
        }
        let name = name_of(&["date", &event.id]);
        let pick = |n: usize, counter: u32| {
            ((noise.uniform(Purpose::Dates, name, counter) * n as f64) as usize).min(n - 1)
        };
        let when = match pick(readings, 0).checked_sub(1) {
            None => &event.when,
            Some(other) => &event.also_dated[other].0,
        };
        let days = (when.latest.0 - when.earliest.0).max(0) as usize + 1;
        drawn.insert(i, Day(when.earliest.0 + pick(days, 1) as i32));
    }
    keep_order(record, &mut drawn);
    let mut redated = record.clone();
    for (&i, &day) in &drawn {
        redated.events[i].when = When::exactly(day);
    }
    (redated, drawn.len())
}

/// Takes back what would put events of one group into another order.
fn keep_order(record: &Record, drawn: &mut BTreeMap<usize, Day>) {
    let mut groups: BTreeMap<(u8, usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, event) in record.events.iter().enumerate() {
        for group in groups_of(event) {
            groups.entry(group).or_default().push(i);
        }
        if let Some(cause) = event.follows {
            let chain = groups.entry((3, cause.0, 0)).or_default();
            chain.extend([cause.0, i]);
        }
    }
    // Taking one back can put another group out of order: until nothing changes.
    loop {
        let before = drawn.len();
        for events in groups.values() {
            let day = |i: usize| drawn.get(&i).copied().unwrap_or(record.events[i].when.reading());
            let mut order = events.clone();
            order.sort_by_key(|i| (record.events[*i].when.reading(), *i));
            if order.windows(2).any(|w| day(w[0]) > day(w[1])) {
                events.iter().for_each(|i| _ = drawn.remove(i));
            }
        }
        if drawn.len() == before {
            return;
        }
    }
}

/// What an event is one of: the story of a pact, of an office, of a land.
fn groups_of(event: &Event) -> Vec<(u8, usize, usize)> {
    let mut groups: Vec<(u8, usize, usize)> = event.territories.iter().map(|t| (2, t.0, 0)).collect();
    groups.extend(event.pact.map(|pact| (0, pact.0, 0)));
    if let (Some(office), Some(actor)) = (event.office, event.actors.first()) {
        groups.push((1, actor.0, office as usize));
    }
    groups
}
