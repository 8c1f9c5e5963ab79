//! The entries that share most with a text that says nothing a reader understands.

use jonbar_question::{Focus, kinds_told, spoken_of, telling_words};
use jonbar_record::{ActorId, EventId, EventKind, Record, Window, fold};

use super::Index;
use super::differences::numbered;

/// At most so many entries stand for those near to a text.
const NEAR_MAX: usize = 3;

/// What a text tells.
struct Told<'t> {
    text: &'t str,
    /// Whom, what and when it names.
    of: Focus,
    /// The words that tell what it is about.
    words: Vec<String>,
    /// By word: its stem in the index, if any entry has it.
    stems: Vec<Option<u32>>,
    /// By entry: how much of what the words tell it tells too.
    likeness: Vec<f64>,
    /// The stems of those words that name none of the people.
    unnamed: Vec<Option<u32>>,
    /// Sorts of event that it may tell of.
    kinds: Vec<EventKind>,
    /// It asks why.
    why: bool,
}

/// Entries that share most with a text, the best first: at most so many, none if none shares enough.
pub(in crate::compose) fn entries_near(record: &Record, text: &str, at_most: usize) -> Vec<EventId> {
    let index = Index::new(record);
    let told = index.told(text);
    // One word says nothing, whoever is named.
    let near = index.near(&told, None, None).into_iter().filter(|(_, id)| index.shares(&told, *id) >= 2);
    near.take(at_most).map(|(_, id)| id).collect()
}

/// Entries that share most with a text and at least three of the states, people, lands and words that it names, in the time named or close to
/// it: the best, and others about as good or of the same days. `then` is the time, if the text does not say.
pub(in crate::compose) fn entries_told(record: &Record, text: &str, then: Option<Window>) -> Vec<EventId> {
    /// Days about the time named within which an entry may be meant.
    const CLOSE: i32 = 75;
    /// So much an entry must share, and so much of what the words tell; if it shares many things, words may tell less.
    const SHARED: usize = 3;
    const MANY: usize = 5;
    const LIKE: f64 = 0.2;
    /// How much less than the best another may share.
    const APART: f64 = 0.7;
    /// Days within which entries tell of one matter.
    const FEW_DAYS: i32 = 20;
    let index = Index::new(record);
    let mut told = index.told(text);
    told.of.window = told.of.window.or(then);
    let close = told.of.window.map(|w| Window { from: w.from.plus(-CLOSE), to: w.to.plus(CLOSE) });
    let near = index.near(&told, None, close);
    let Some(&(most, best)) = near.first() else { return Vec::new() };
    let day = |id: EventId| record.events[id.0].when.reading().0;
    // A state called by its name has a part in what is told; "Yugoslav soil" need not.
    let said = format!(" {} ", fold(text));
    let called = |a: &ActorId| {
        let actor = &record.actors[a.0];
        let mut names = std::iter::once(&actor.name).chain(&actor.aliases);
        names.any(|name| said.contains(&format!(" {} ", fold(name))))
    };
    let stranger = |id: EventId| told.of.actors.iter().any(|a| !index.has_part(*a, id.0) && called(a));
    let fits = |(score, id): &(f64, EventId)| {
        let n = index.shares(&told, *id);
        let beside = most - score < APART || (day(*id) - day(best)).abs() <= FEW_DAYS;
        // Of a land and a time named little else needs to be told.
        let e = &record.events[id.0];
        let land = e.territories.iter().any(|t| told.of.territories.contains(t));
        let then = told.of.window.is_some_and(|w| e.when.meets(w));
        let enough = n >= MANY || told.likeness[id.0] >= LIKE || land && then;
        // What was said or offered goes otherwise only where the words speak of it, and so who held an office.
        let said = e.kind.is_negotiation()
            || matches!(
                e.kind,
                EventKind::Statement | EventKind::Conference | EventKind::OfficeTaken | EventKind::OfficeLeft
            );
        beside && n >= SHARED && enough && !stranger(*id) && (!said || told.kinds.contains(&e.kind))
    };
    let mut near: Vec<EventId> = near.into_iter().filter(fits).map(|(_, id)| id).collect();
    // What was done is meant before what was said of it.
    near.sort_by_key(|id| record.events[id.0].kind.is_negotiation());
    near
}

/// The entry that shares clearly most with a text, in which all named have a part, in the time named and within a window.
pub(in crate::compose) fn the_nearest(record: &Record, text: &str, within: Window) -> Option<EventId> {
    Index::new(record).nearest(text, Some(within))
}

/// The entry within a window, if there is one, that shares clearly most with a text, of those that tell of some words of it and fit.
pub(in crate::compose) fn clearly_nearest(
    record: &Record,
    (words, text): (&[String], &str),
    window: Option<Window>,
    fits: impl Fn(EventId) -> bool,
) -> Option<EventId> {
    let index = Index::new(record);
    let told = index.told(text);
    let near = index.near(&told, window, window).into_iter().take(NEAR_MAX);
    index.clearly_first(near.filter(|(_, id)| fits(*id) && index.tells_of(&told, words, *id)))
}

impl Index<'_> {
    /// What a text tells.
    fn told<'t>(&self, text: &'t str) -> Told<'t> {
        let record = self.record;
        let (of, mut words) = (spoken_of(text, record), telling_words(text, record));
        words.sort();
        words.dedup();
        let named: Vec<String> = of.people.iter().map(|p| fold(&record.people[p.0].name)).collect();
        let names = |word: &str| {
            named.iter().any(|name| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word))
        };
        let stems: Vec<Option<u32>> = words.iter().map(|w| self.number(w)).collect();
        let unnamed = words.iter().zip(&stems).filter(|(w, _)| !names(w)).map(|(_, stem)| *stem).collect();
        let why = text.split_whitespace().any(|w| w.eq_ignore_ascii_case("why"));
        let likeness = self.likeness(&words);
        Told { text, of, words, stems, likeness, unnamed, kinds: kinds_told(text), why }
    }

    /// How many of the states, people, lands and words that a text names an entry has, and one each if it is of the time named and of a sort
    /// that the text tells of.
    fn shares(&self, told: &Told, id: EventId) -> usize {
        let (e, of) = (&self.record.events[id.0], &told.of);
        let of_people: Vec<_> = of.people.iter().filter_map(|p| self.record.people[p.0].actor).collect();
        let own = of.actors.iter().filter(|a| !of_people.contains(a));
        let states = own.filter(|a| self.has_part(**a, id.0)).count();
        let people = of.people.iter().filter(|p| self.people[id.0].contains(p)).count();
        let lands = of.territories.iter().filter(|t| e.territories.contains(t)).count();
        // Who is named is counted already.
        let words = told.unnamed.iter().filter(|stem| self.has(**stem, id.0)).count();
        let dated = of.window.is_some_and(|w| e.when.meets(w));
        states + people + lands + words + usize::from(dated) + usize::from(told.kinds.contains(&e.kind))
    }

    /// The entry that shares clearly most with a text, in which all named have a part, in the time named.
    pub(super) fn nearest(&self, text: &str, within: Option<Window>) -> Option<EventId> {
        let told = self.told(text);
        let of = &told.of;
        let fits = |(_, id): &(f64, EventId)| {
            let event = &self.record.events[id.0];
            let office = matches!(event.kind, EventKind::OfficeTaken | EventKind::OfficeLeft);
            let all = of.actors.iter().all(|a| event.parties().any(|p| p == *a));
            let then = of.window.is_none_or(|w| event.when.meets(w));
            let people = of.people.iter().all(|p| event.people.contains(p));
            let office = office && of.people.is_empty();
            all && people && then && !office && self.tells_of(&told, &told.words, *id)
        };
        self.clearly_first(self.near(&told, None, within).into_iter().take(NEAR_MAX).filter(fits))
    }

    /// The first of some entries, if no other matter comes about as near as it: several entries of a few days tell of one.
    fn clearly_first(&self, mut near: impl Iterator<Item = (f64, EventId)>) -> Option<EventId> {
        /// How much less than the first another shares that is passed over, and the days within which entries tell of one matter.
        const CLEARLY: f64 = 0.5;
        const FEW_DAYS: i32 = 5;
        let (most, first) = near.next()?;
        let day = |id: EventId| self.record.events[id.0].when.reading().0;
        let same = |id: EventId| (day(id) - day(first)).abs() <= FEW_DAYS;
        near.all(|(score, id)| most - score > CLEARLY || same(id)).then_some(first)
    }

    /// Whether an entry has all of some words but one, or both of two, or is of a sort that a text tells of and about a land that it names.
    fn tells_of(&self, told: &Told, words: &[String], event: EventId) -> bool {
        let e = &self.record.events[event.0];
        // "The first Vienna award" is not the second.
        let said = numbered(told.text);
        let another = |(n, what): &(String, String)| said.iter().any(|(m, w)| w == what && m != n);
        if self.numbered[event.0].iter().any(another) {
            return false;
        }
        let missing = words.iter().filter(|w| !self.has_word(w, event.0)).count();
        let about = || told.of.territories.iter().any(|t| e.territories.contains(t));
        missing <= usize::from(words.len() > 2) && !words.is_empty()
            || told.kinds.contains(&e.kind) && about()
    }

    /// Entries that share most with a text, and how much: whom and what it names, its time, its words. None if none shares enough. `window` is
    /// when, if the text does not say so itself; entries that lie outside `within` are left out.
    fn near(&self, told: &Told, window: Option<Window>, within: Option<Window>) -> Vec<(f64, EventId)> {
        /// What an entry must share at least, and how much less than the best it may.
        const ENOUGH: f64 = 1.5;
        const APART: f64 = 1.2;
        /// The weight of words that tell an entry from others: one that few have, or two.
        const TELLING: f64 = 4.5;
        const SOME: f64 = 3.5;
        let (record, Told { of, words, stems, likeness, kinds, .. }) = (self.record, told);
        let share = |n: usize, all: usize| n as f64 / all.max(1) as f64;
        let score = |i: usize| {
            let event = &record.events[i];
            let lands = event.territories.iter().filter(|t| of.territories.contains(t)).count();
            let people = of.people.iter().filter(|p| self.people[i].contains(p)).count();
            let states = of.actors.iter().filter(|a| self.has_part(**a, i)).count();
            let narrow = of.window.or(window).filter(|w| w.to.0 - w.from.0 < 2 * 366);
            let meets = narrow.is_some_and(|w| event.when.meets(w));
            let away = |w: Window| (event.when.reading().0 - w.from.0).abs().min(1500);
            let time = match narrow {
                Some(_) if meets => 1.2,
                Some(w) => -0.5 * f64::from(away(w)) / 365.0,
                None => 0.0,
            };
            // Of many things of one state or time only words, people or lands tell which is meant.
            let telling = self.shared(stems, i);
            // One of several words is chance.
            let matched = stems.iter().filter(|n| self.has(**n, i)).count();
            let several = matched >= 2 || matched == words.len();
            let own = of.people.iter().filter_map(|p| record.people[p.0].actor);
            let others = own.filter(|a| !of.actors.contains(a) && self.has_part(*a, i)).count();
            let all = states == of.actors.len();
            let both = all && states + others >= 2 && kinds.contains(&event.kind);
            let named = people + lands > 0 && (meets || telling > 0.0) || both && telling >= SOME;
            let sort = if kinds.contains(&event.kind) { 0.6 } else { 0.0 };
            let parts = share(people, of.people.len()) + share(lands, of.territories.len());
            (named || several && telling >= TELLING)
                .then(|| 5.0 * likeness[i] + sort + parts + 1.5 * share(states, of.actors.len()) + time)
        };
        let admitted = |i: &usize| {
            let event = &record.events[*i];
            let inside = within.is_none_or(|w| event.when.meets(w));
            (told.why || event.kind != EventKind::Motive) && inside
        };
        let mut scored: Vec<(f64, usize)> =
            (0..record.events.len()).filter(admitted).filter_map(|i| Some((score(i)?, i))).collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let best = scored.first().map_or(0.0, |s| s.0);
        let good = |s: &&(f64, usize)| s.0 >= ENOUGH && best - s.0 < APART;
        scored.iter().take_while(good).map(|s| (s.0, EventId(s.1))).collect()
    }
}
