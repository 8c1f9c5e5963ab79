//! The record as the model sees it: changes of state in order of time.

use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactType, Record};

use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::kinds::Kind;
use crate::state::{
    BREACH_YEARS, DEMAND_YEARS, FORCE_YEARS, GAIN_YEARS, PactClass, State, TALKS_YEARS, WAVE_YEARS,
    window_end,
};
use crate::world::{World, office_index, pact_class};

/// A primitive change of state. Actors, territories, claims, people and pacts are positions in the record.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum Change {
    /// A pact comes into force between its living parties.
    PactBegins { class: PactClass, parties: ActorSet, bilateral: bool, pact: Option<usize> },
    /// A pact of the record stops.
    PactEnds { pact: usize },
    /// Every bilateral pact between two states stops.
    BilateralPactsEnd { a: usize, b: usize },
    /// One state takes land from another or goes to war with it: pacts between the two that only an alternative has
    /// stop. What became of recorded ones, the record says.
    NewPactsEnd { by: usize, with: usize },
    /// Two states talk about a pact.
    Talks { a: usize, b: usize },
    /// Talks may stop being recent.
    TalksExpire { a: usize, b: usize },
    /// A state broke a pact.
    Breach { by: usize },
    /// Force is used.
    Force { a: usize, b: usize },
    /// A demand is made on a claim.
    Demand { claim: usize, by: usize },
    /// War begins or ends between two states.
    War { a: usize, b: usize, on: bool },
    /// A state that is at war with another is beaten by it.
    Defeat { actor: usize, by: usize },
    /// Relations begin or end.
    Relations { a: usize, b: usize, on: bool },
    /// A territory passes to a new holder, provided that the old one (if given) still holds it.
    Holder { territory: usize, from: Option<usize>, to: Option<usize> },
    /// A state loses or regains independence.
    Independence { actor: usize, by: Option<usize>, on: bool },
    /// Others leave a state to `to`.
    Sphere { to: usize, over: usize },
    /// A state has another no longer in its sphere: it left it to somebody.
    SphereLeft { by: usize, over: usize },
    /// Others leave whoever holds a territory to `to`.
    SphereOver { to: usize, territory: usize },
    /// A person takes an office, or it falls vacant if `leaving` (where given) still holds it.
    Office { actor: usize, office: usize, person: Option<usize>, leaving: Option<usize> },
    /// A border appears or disappears.
    Border { a: usize, b: usize, on: bool },
    /// A state is founded.
    Founded { actor: usize },
    /// Stances of an actor's office-holders are to be looked up again.
    Stances { actor: usize },
    /// A use of force may stop being recent.
    ForceExpires { a: usize, b: usize },
    /// A fact about an actor that depends on the date alone may have changed.
    Touch { actor: usize, facts: Facts },
    /// Something about all actors that depends on the calendar year may have changed.
    NewYear,
}

impl Change {
    /// The sorts of fact it can move. For the loss of independence that includes pacts and wars, which end with it.
    pub fn moves(&self) -> Facts {
        match *self {
            Change::PactBegins { class, bilateral, .. } => {
                let signed = class == PactClass::Nonaggression && bilateral;
                class.facts().and(Facts::GREAT_TIES).and(if signed { Facts::WAVES } else { Facts::NONE })
            }
            Change::PactEnds { .. } | Change::BilateralPactsEnd { .. } => Facts::PACTS.and(Facts::GREAT_TIES),
            Change::NewPactsEnd { .. } => Facts::PACTS.and(Facts::GREAT_TIES).and(Facts::BREACHES),
            Change::Talks { .. } | Change::TalksExpire { .. } => Facts::TALKS,
            Change::Breach { .. } => Facts::BREACHES,
            Change::Force { .. } | Change::Demand { .. } | Change::ForceExpires { .. } => Facts::FORCE,
            Change::War { .. } => Facts::WARS.and(Facts::RELATIONS),
            Change::Relations { .. } => Facts::RELATIONS,
            Change::Holder { .. } => Facts::HOLDERS,
            Change::Independence { on, .. } => {
                let lost = Facts::FATES
                    .and(Facts::PACTS)
                    .and(Facts::GREAT_TIES)
                    .and(Facts::WARS)
                    .and(Facts::BORDERS);
                if on { lost.and(Facts::BIRTHS) } else { lost }
            }
            Change::Founded { .. } => Facts::FATES.and(Facts::BIRTHS),
            Change::Defeat { .. } => Facts::FATES,
            Change::Sphere { .. } | Change::SphereLeft { .. } | Change::SphereOver { .. } => Facts::SPHERES,
            Change::Office { .. } | Change::Stances { .. } => Facts::OFFICES,
            Change::Border { .. } => Facts::BORDERS,
            Change::Touch { facts, .. } => facts,
            Change::NewYear => Facts::YEAR,
        }
    }
}

/// The answer to a territorial demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Refused, and nothing followed at once.
    Resisted,
    /// The land was given up.
    Conceded,
    /// War followed.
    War,
}

impl Mark {
    /// All marks; the first is the reference of the logit.
    pub const ALL: [Mark; 3] = [Mark::Resisted, Mark::Conceded, Mark::War];

    /// The word in the casebook.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Resisted => "resisted",
            Mark::Conceded => "conceded",
            Mark::War => "war",
        }
    }

    /// The mark with this word.
    pub fn parse(word: &str) -> Option<Mark> {
        Self::ALL.into_iter().find(|m| m.name() == word)
    }
}

/// Where an item comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemSource {
    /// An event of the record, by position.
    Event(usize),
    /// The calendar: a date on which something given changes by itself.
    Calendar,
}

/// One step of the timeline.
#[derive(Clone, Debug)]
pub struct Item {
    /// Day and fraction; events of one day keep the order of the record.
    pub time: f64,
    /// Event or calendar.
    pub source: ItemSource,
    /// The modelled kind and the ordered pair it happens to; `None` if exogenous.
    pub unit: Option<(Kind, usize, usize)>,
    /// The claim a demand rests on.
    pub claim: Option<usize>,
    /// The answer to a demand.
    pub mark: Option<Mark>,
    /// Item without which this one would not have happened.
    pub follows: Option<usize>,
    /// What it changes.
    pub changes: Vec<Change>,
    /// States involved.
    pub parties: ActorSet,
}

/// The record as a sequence of [`Item`]s, with the state in which it begins.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Items in order of time.
    pub items: Vec<Item>,
    /// State before the first item.
    pub initial: State,
    /// First and last moment, in days.
    pub window: (f64, f64),
}

impl Timeline {
    /// Turns the record into changes of state.
    pub fn from_record(record: &Record, world: &World) -> Timeline {
        let no_relations: Vec<(usize, usize)> =
            record.no_relations_at_start.iter().map(|(a, b)| (a.0, b.0)).collect();
        let holders = record.territories.iter().map(|t| t.holder.map(|a| a.0)).collect();
        let mut initial = State::initial(world, &no_relations, holders);
        let mut builder = Builder { record, world, items: Vec::new() };
        builder.calendar();
        // Pacts and offices older than the casebook belong to its first day.
        for (i, event) in record.events.iter().enumerate() {
            builder.event(i, event);
        }
        let mut items = builder.finish();
        let window = (f64::from(record.span.from.0), f64::from(record.span.to.0) + 1.0);
        let first = items.partition_point(|item| item.time < window.0);
        for item in &items[..first] {
            initial.set_now(item.time);
            item.changes.iter().for_each(|c| initial.apply(world, c, &mut ActorSet::default()));
        }
        initial.set_now(window.0);
        // Whoever came to office before the first day holds on it what is on record of him from then on.
        for actor in 0..world.n_actors {
            initial.apply(world, &Change::Stances { actor }, &mut ActorSet::default());
        }
        items.drain(..first);
        for item in &mut items {
            item.follows = item.follows.and_then(|f| f.checked_sub(first));
        }
        Timeline { items, initial, window }
    }

    /// The state of the record just before a time, in days.
    pub fn state_before(&self, world: &World, time: f64) -> State {
        let mut state = self.initial.clone();
        for item in self.items.iter().take_while(|i| i.time < time) {
            state.take_in(world, item.time, &item.changes);
        }
        state
    }

    /// Items of one recorded event.
    pub fn items_of(&self, event: usize) -> impl Iterator<Item = usize> + '_ {
        self.items
            .iter()
            .enumerate()
            .filter(move |(_, item)| item.source == ItemSource::Event(event))
            .map(|(i, _)| i)
    }
}

/// When the time windows opened by a change close again, and what to look up then.
pub fn expiries(change: &Change, time: f64, out: &mut Vec<(f64, Change)>) {
    let mut touch = |years: f64, actor: usize| {
        out.push((window_end(time, years), Change::Touch { actor, facts: change.moves() }));
    };
    match *change {
        Change::Force { a, b } => out.push((window_end(time, FORCE_YEARS), Change::ForceExpires { a, b })),
        Change::Talks { a, b } => out.push((window_end(time, TALKS_YEARS), Change::TalksExpire { a, b })),
        Change::Demand { by, .. } => touch(DEMAND_YEARS, by),
        Change::Breach { by } | Change::NewPactsEnd { by, .. } => touch(BREACH_YEARS, by),
        Change::Holder { to: Some(to), .. } => touch(GAIN_YEARS, to),
        Change::PactBegins { class: PactClass::Nonaggression, parties, bilateral: true, .. } => {
            parties.iter().for_each(|actor| touch(WAVE_YEARS, actor));
        }
        _ => {}
    }
}

fn claim_of(world: &World, event: &Event) -> Option<usize> {
    let claimant = event.actors.first()?.0;
    let territory = event.territories.first()?.0;
    world.claims.iter().position(|c| c.claimant == claimant && c.territory == territory)
}

struct Builder<'a> {
    record: &'a Record,
    world: &'a World,
    items: Vec<Item>,
}

impl Builder<'_> {
    fn push(&mut self, day: Day, source: ItemSource, parties: ActorSet, changes: Vec<Change>) -> &mut Item {
        self.items.push(Item {
            time: f64::from(day.0),
            source,
            unit: None,
            claim: None,
            mark: None,
            follows: None,
            changes,
            parties,
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    fn date(&mut self, day: Day, change: Change) {
        if day > self.record.span.from && day <= self.record.span.to {
            self.push(day, ItemSource::Calendar, ActorSet::EMPTY, vec![change]);
        }
    }

    fn calendar(&mut self) {
        let (first, last) = (self.record.span.from.year() + 1, self.record.span.to.year());
        for year in first..=last {
            if let Some(day) = Day::from_ymd(year, 1, 1) {
                self.date(day, Change::NewYear);
            }
        }
        for (actor, windows) in self.world.exists.iter().enumerate() {
            for w in windows {
                self.date(w.from, Change::Founded { actor });
            }
        }
        for &(a, b, w) in &self.world.borders {
            self.date(w.from, Change::Border { a, b, on: true });
            if w.to < self.record.span.to {
                self.date(w.to.plus(1), Change::Border { a, b, on: false });
            }
        }
        for c in &self.world.claims {
            let turns = Change::Touch { actor: c.claimant, facts: Facts::HOLDERS };
            let windows = c.asserted.iter().flat_map(|w| [w.from, w.to.plus(1)]);
            for day in [c.live.from, c.live.to.plus(1), c.settled_from].into_iter().chain(windows) {
                self.date(day, turns.clone());
            }
        }
        for (actor, windows) in self.world.democracies.iter().enumerate() {
            for day in windows.iter().flat_map(|w| [w.from, w.to.plus(1)]) {
                self.date(day, Change::Touch { actor, facts: Facts::REGIMES });
            }
        }
        for s in self.world.stances_of.iter().flatten() {
            self.date(s.window.from, Change::Stances { actor: s.actor });
            self.date(s.window.to.plus(1), Change::Stances { actor: s.actor });
        }
    }

    fn event(&mut self, index: usize, event: &Event) {
        let day = event.when.reading();
        let source = ItemSource::Event(index);
        let parties = ActorSet::of(event.parties().map(|a| a.0));
        let pairs: Vec<(usize, usize)> =
            event.opposed().map(|(a, b)| (a.0, b.0)).filter(|(a, b)| a != b).collect();
        let record = self.record;
        let mut one = |unit: Option<(Kind, usize, usize)>, changes: Vec<Change>, parties: ActorSet| {
            self.push(day, source, parties, changes).unit = unit;
        };
        match event.kind {
            EventKind::PactSigned => self.pact_signed(index, event, day),
            EventKind::PactDenounced | EventKind::PactViolated => self.pact_broken(index, event, day, &pairs),
            EventKind::PactExpired | EventKind::PactReplaced | EventKind::PactLapsed => {
                if let Some(pact) = event.pact {
                    one(None, vec![Change::PactEnds { pact: pact.0 }], parties);
                }
            }
            EventKind::TerritorialDemand => self.demand(index, event, day),
            EventKind::ArmedDispute => {
                for (a, b) in pairs {
                    one(Some((Kind::ArmedDispute, a, b)), vec![Change::Force { a, b }], ActorSet::of([a, b]));
                }
            }
            EventKind::WarBegun | EventKind::WarJoined => {
                let kind = if event.kind == EventKind::WarBegun { Kind::WarBegun } else { Kind::WarJoined };
                for (a, b) in pairs {
                    let changes = vec![
                        Change::War { a, b, on: true },
                        Change::Force { a, b },
                        Change::NewPactsEnd { by: a, with: b },
                    ];
                    one(Some((kind, a, b)), changes, ActorSet::of([a, b]));
                }
            }
            EventKind::WarEnded => one(None, war_ended(record, event), parties),
            EventKind::TerritoryCeded => {
                let to = event.actors.first().map(|a| a.0);
                let from = event.targets.first().map(|a| a.0);
                let mut changes: Vec<Change> =
                    event.territories.iter().map(|t| Change::Holder { territory: t.0, from, to }).collect();
                // Land given up under a demand or lost in war; a cession by agreement leaves pacts as they are.
                if let (Some(by), Some(with), true) = (to, from, self.is_taken(event)) {
                    changes.push(Change::NewPactsEnd { by, with });
                }
                self.push(day, source, parties, changes);
            }
            EventKind::IndependenceLost => {
                let by = event.actors.first().map(|a| a.0);
                let changes = event
                    .targets
                    .iter()
                    .map(|t| Change::Independence { actor: t.0, by, on: false })
                    .collect();
                one(None, changes, parties);
            }
            EventKind::IndependenceRegained => {
                let lost = if event.targets.is_empty() { &event.actors } else { &event.targets };
                let changes =
                    lost.iter().map(|a| Change::Independence { actor: a.0, by: None, on: true }).collect();
                one(None, changes, parties);
            }
            EventKind::RelationsOpened | EventKind::RelationsBroken => {
                let on = event.kind == EventKind::RelationsOpened;
                let kind = if on { Kind::RelationsOpened } else { Kind::RelationsBroken };
                let both: Vec<usize> = event.actors.iter().chain(&event.targets).map(|a| a.0).collect();
                if let [a, b] = both[..] {
                    one(
                        Some((kind, a.min(b), a.max(b))),
                        vec![Change::Relations { a, b, on }],
                        ActorSet::of([a, b]),
                    );
                }
            }
            EventKind::SphereConceded => {
                let mut changes = Vec::new();
                for by in &event.actors {
                    changes
                        .extend(event.about.iter().map(|over| Change::SphereLeft { by: by.0, over: over.0 }));
                }
                for to in &event.targets {
                    changes.extend(event.about.iter().map(|over| Change::Sphere { to: to.0, over: over.0 }));
                    changes.extend(
                        event.territories.iter().map(|t| Change::SphereOver { to: to.0, territory: t.0 }),
                    );
                }
                one(None, changes, parties);
            }
            EventKind::OfficeTaken | EventKind::OfficeLeft => {
                if let (Some(actor), Some(office)) = (event.actors.first(), event.office) {
                    let who = event.people.first().map(|p| p.0);
                    let (person, leaving) = match event.kind {
                        EventKind::OfficeTaken => (who, None),
                        _ => (None, who),
                    };
                    let change =
                        Change::Office { actor: actor.0, office: office_index(office), person, leaving };
                    one(None, vec![change], ActorSet::of([actor.0]));
                }
            }
            _ if event.kind.is_negotiation() => {
                // Conferences of many are no talks between two.
                let all: Vec<usize> = parties.iter().collect();
                let changes: Vec<Change> = all
                    .iter()
                    .enumerate()
                    .flat_map(|(i, &a)| all[i + 1..].iter().map(move |&b| Change::Talks { a, b }))
                    .collect();
                let about_a_pact = PactType::parse(&event.mark).and_then(pact_class).is_some();
                if all.len() <= 3 && !changes.is_empty() && about_a_pact {
                    one(None, changes, parties);
                }
            }
            // Statements and regimes change no state that an effect reads.
            _ => {}
        }
    }

    /// Whether a change of holder was forced: some event it follows is a demand, a use of force or a war.
    fn is_taken(&self, event: &Event) -> bool {
        let mut cause = event.follows;
        while let Some(c) = cause {
            let e = &self.record.events[c.0];
            let forced = matches!(
                e.kind,
                EventKind::TerritorialDemand
                    | EventKind::ArmedDispute
                    | EventKind::WarBegun
                    | EventKind::WarJoined
            );
            if forced {
                return true;
            }
            cause = e.follows;
        }
        false
    }

    fn pact_signed(&mut self, index: usize, event: &Event, day: Day) {
        let Some((position, pact)) = event.pact.map(|p| (p.0, &self.record.pacts[p.0])) else { return };
        if pact.end_kind == PactEnd::NeverInForce {
            return;
        }
        let Some(class) = pact_class(pact.main_type()) else { return };
        let (unit, parties) = (self.pact_unit(pact, class), ActorSet::of(pact.parties.iter().map(|a| a.0)));
        let change =
            Change::PactBegins { class, parties, bilateral: pact.is_bilateral(), pact: Some(position) };
        self.push(day, ItemSource::Event(index), parties, vec![change]).unit = unit;
    }

    fn pact_unit(&self, pact: &Pact, class: PactClass) -> Option<(Kind, usize, usize)> {
        // A guarantee given in a crisis is an act of its own and stays exogenous.
        if !pact.is_bilateral() || pact.main_type() == PactType::Guarantee {
            return None;
        }
        let kind = match class {
            PactClass::Nonaggression => Kind::NonaggressionPact,
            PactClass::Consultation => Kind::ConsultationPact,
            PactClass::Defence => Kind::DefencePact,
        };
        let (a, b) = (pact.parties[0].0, pact.parties[1].0);
        Some((kind, a.min(b), a.max(b)))
    }

    fn pact_broken(&mut self, index: usize, event: &Event, day: Day, pairs: &[(usize, usize)]) {
        let Some((position, pact)) = event.pact.map(|p| (p.0, &self.record.pacts[p.0])) else { return };
        let mut changes = vec![Change::PactEnds { pact: position }];
        changes.extend(event.actors.iter().map(|a| Change::Breach { by: a.0 }));
        let parties = ActorSet::of(event.parties().map(|a| a.0));
        let modelled = pact_class(pact.main_type()).and_then(|class| self.pact_unit(pact, class));
        let other = |a: usize| pact.parties.iter().map(|p| p.0).find(|&p| p != a);
        let unit = modelled.and_then(|_| {
            let by = event.actors.first()?.0;
            let towards = pairs.first().map(|p| p.1).or_else(|| other(by))?;
            Some((Kind::PactBroken, by, towards))
        });
        self.push(day, ItemSource::Event(index), parties, changes).unit = unit;
    }

    fn demand(&mut self, index: usize, event: &Event, day: Day) {
        // A demand over a claim that is not coded happens to no unit.
        let Some(claim) = claim_of(self.world, event) else { return };
        let (Some(a), Some(b)) = (event.actors.first(), event.targets.first()) else { return };
        let (unit, mark) = ((Kind::TerritorialDemand, a.0, b.0), Mark::parse(&event.mark));
        let item = self.push(
            day,
            ItemSource::Event(index),
            ActorSet::of([a.0, b.0]),
            vec![Change::Demand { claim, by: a.0 }],
        );
        (item.unit, item.mark, item.claim) = (Some(unit), mark, Some(claim));
    }

    /// Adds the dates on which windows close, sorts, spreads the events of one day, and links consequences.
    fn finish(mut self) -> Vec<Item> {
        let mut dates = Vec::new();
        for item in &self.items {
            item.changes.iter().for_each(|c| expiries(c, item.time, &mut dates));
        }
        let end = f64::from(self.record.span.to.0);
        for (time, change) in dates.into_iter().filter(|(t, _)| *t <= end) {
            self.push(Day(time as i32), ItemSource::Calendar, ActorSet::EMPTY, vec![change]);
        }
        self.items.sort_by(|a, b| {
            let rank = |i: &Item| match i.source {
                ItemSource::Calendar => 0,
                ItemSource::Event(e) => e + 1,
            };
            a.time.total_cmp(&b.time).then(rank(a).cmp(&rank(b)))
        });
        // What the calendar turns at one instant is one step.
        self.items.dedup_by(|later, first| {
            let same = first.source == ItemSource::Calendar
                && later.source == ItemSource::Calendar
                && first.time == later.time;
            if same {
                first.changes.append(&mut later.changes);
            }
            same
        });
        let mut day = f64::NEG_INFINITY;
        let mut order = 0;
        for item in &mut self.items {
            if item.time > day {
                (day, order) = (item.time, 0);
            }
            if item.source != ItemSource::Calendar {
                // Inside the day, 2^-12 apart, so that the same-day order of the record is an order in time.
                item.time = day + 0.25 + f64::from(order) / 4096.0;
                order += 1;
            }
        }
        let first_item: std::collections::BTreeMap<usize, usize> = self
            .items
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(i, item)| match item.source {
                ItemSource::Event(e) => Some((e, i)),
                ItemSource::Calendar => None,
            })
            .collect();
        for i in 0..self.items.len() {
            if let ItemSource::Event(e) = self.items[i].source {
                let mut cause = self.record.events[e].follows;
                // A cause that changes no state (a conference, a statement) passes its own cause on.
                while let Some(c) = cause {
                    if let Some(&item) = first_item.get(&c.0) {
                        self.items[i].follows = (item < i).then_some(item);
                        break;
                    }
                    cause = self.record.events[c.0].follows;
                }
            }
        }
        self.items
    }
}

fn war_ended(record: &Record, event: &Event) -> Vec<Change> {
    let actors: Vec<usize> = event.actors.iter().chain(&event.targets).map(|a| a.0).collect();
    let mut changes = Vec::new();
    // The mark names the winner; who was at war with it then is beaten.
    if let Some(by) = record.actor(&event.mark).map(|a| a.0) {
        changes.extend(actors.iter().filter(|a| **a != by).map(|&actor| Change::Defeat { actor, by }));
    }
    // Those who fought side by side have no peace to make with each other.
    let fought = |a: usize, b: usize| !record.attacks_between(ActorId(a), ActorId(b)).is_empty();
    for (i, &a) in actors.iter().enumerate() {
        let others = actors[i + 1..].iter().filter(|&&b| fought(a, b));
        changes.extend(others.map(|&b| Change::War { a, b, on: false }));
    }
    changes
}
