//! The state of the world at a time: a deterministic fold over changes.

use jonbar_record::{Day, StanceKind};

use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::timeline::Change;
use crate::world::World;

/// Obligation classes of pacts in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PactClass {
    /// Non-aggression or neutrality.
    Nonaggression,
    /// Consultation or friendship.
    Consultation,
    /// Mutual assistance or guarantee.
    Defence,
}

impl PactClass {
    /// All classes.
    pub const ALL: [PactClass; 3] = [PactClass::Nonaggression, PactClass::Consultation, PactClass::Defence];

    /// The sort of fact that pacts of this class are.
    pub fn facts(self) -> Facts {
        match self {
            PactClass::Nonaggression => Facts::NONAGGRESSION,
            PactClass::Consultation => Facts::CONSULTATION,
            PactClass::Defence => Facts::DEFENCE,
        }
    }
}

/// A pact in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundPact {
    /// Its obligation class.
    pub class: PactClass,
    /// Parties.
    pub parties: ActorSet,
    /// Two parties only; only these can be broken in the model.
    pub bilateral: bool,
    /// Day of signature.
    pub since: f64,
    /// Position in the record, or `None` for a pact that exists only in an alternative.
    pub pact: Option<usize>,
}

impl BoundPact {
    /// A number for who is bound by which pact: the finaliser of MurmurHash3 (Appleby) over its parts.
    fn number(&self) -> u64 {
        let mix = |mut h: u64| {
            h = (h ^ h >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
            h = (h ^ h >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
            h ^ h >> 33
        };
        let pact = self.pact.map_or(0, |p| p as u64 + 1);
        self.parties.words().iter().fold(mix(pact << 3 | self.class as u64), |h, word| mix(h ^ mix(*word)))
    }

    /// Whether both are parties to it.
    pub fn binds(&self, a: usize, b: usize) -> bool {
        self.parties.contains(a) && self.parties.contains(b)
    }
}

/// Years for which a use of force counts as recent.
pub(crate) const FORCE_YEARS: f64 = 5.0;
/// Years for which a breach of a pact counts as recent.
pub(crate) const BREACH_YEARS: f64 = 5.0;
/// Years for which a gain of land counts as momentum.
pub(crate) const GAIN_YEARS: f64 = 2.0;
/// Years for which signing counts as part of a wave of pacts.
pub(crate) const WAVE_YEARS: f64 = 2.0;
/// Years for which talks about a pact count as recent.
pub(crate) const TALKS_YEARS: f64 = 1.0;
/// Years for which a demand on the same claim counts as recent.
pub(crate) const DEMAND_YEARS: f64 = 2.0;
/// Days in a year.
pub(crate) const YEAR: f64 = 365.25;

const LONG_AGO: f64 = -1.0e9;

/// When something that happened on a day stops being within the last `years`: the beginning of a calendar day, so
/// that every cell can be looked at again exactly then.
pub fn window_end(day: f64, years: f64) -> f64 {
    (day + years * YEAR).ceil()
}

/// Until when something between two actors counts as recent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Until {
    /// The smaller position first.
    dyad: (usize, usize),
    until: f64,
}

impl Until {
    pub(crate) fn concerns(&self, actor: usize) -> bool {
        self.dyad.0 == actor || self.dyad.1 == actor
    }
}

/// Notes that something between two actors counts as recent until then.
fn extend(list: &mut Vec<Until>, a: usize, b: usize, until: f64) {
    let dyad = (a.min(b), a.max(b));
    match list.iter_mut().find(|u| u.dyad == dyad) {
        Some(known) => known.until = until,
        None => list.push(Until { dyad, until }),
    }
}

/// Forgets what stopped being recent between two actors; whether anything is left.
fn expire(list: &mut Vec<Until>, a: usize, b: usize, now: f64) -> bool {
    let dyad = (a.min(b), a.max(b));
    match list.iter().position(|u| u.dyad == dyad) {
        Some(at) if now >= list[at].until => {
            list.remove(at);
            false
        }
        known => known.is_some(),
    }
}

/// Puts two actors into each other's set, or takes them out.
fn set_both(
    actors: &mut [ActorState],
    set: impl Fn(&mut ActorState) -> &mut ActorSet,
    (a, b): (usize, usize),
    member: bool,
    touched: &mut ActorSet,
) {
    set(&mut actors[a]).set(b, member);
    set(&mut actors[b]).set(a, member);
    touched.insert(a);
    touched.insert(b);
}

/// What events change about one actor. Times are days.
#[derive(Clone, Debug)]
pub struct ActorState {
    /// Partners, by obligation class.
    pub ties: [ActorSet; 3],
    /// Partners in bilateral pacts, by obligation class.
    bilateral: [ActorSet; 3],
    /// Partners in non-aggression pacts of more than two parties.
    pub among_several: ActorSet,
    /// By class, and for pacts with a great power: what pacts it is bound by, as one number to compare.
    bonds: [u64; 4],
    /// Partners in diplomatic relations.
    pub relations: ActorSet,
    /// Enemies at war.
    pub wars: ActorSet,
    /// Neighbours.
    pub neighbours: ActorSet,
    /// States that others left to its sphere.
    pub spheres: ActorSet,
    /// Opponents in a use of force within the last years.
    pub recent_force: ActorSet,
    /// With whom a pact was talked about within the last year.
    pub talks: ActorSet,
    /// States that sitting office-holders seek an agreement with.
    pub seeks: ActorSet,
    /// States that sitting office-holders resist an agreement with.
    pub opposes: ActorSet,
    /// States at whose expense sitting office-holders want borders changed.
    pub revisionist: ActorSet,
    /// Who has come to hold land it has a claim to. Never shrinks; it only saves looking.
    claimed_from: ActorSet,
    /// Until when a breach of its own counts as recent.
    pub breach_until: f64,
    /// Until when a gain of land counts as momentum.
    pub gain_until: f64,
    /// Until when a non-aggression pact counts as part of a wave.
    pub wave_until: f64,
    /// Office-holders: head of state, head of government, foreign minister, leader.
    pub(crate) offices: [Option<usize>; 4],
}

impl ActorState {
    /// Before anything happened.
    fn initial() -> ActorState {
        ActorState {
            ties: [ActorSet::EMPTY; 3],
            bilateral: [ActorSet::EMPTY; 3],
            among_several: ActorSet::EMPTY,
            bonds: [0; 4],
            relations: ActorSet::EMPTY,
            wars: ActorSet::EMPTY,
            neighbours: ActorSet::EMPTY,
            spheres: ActorSet::EMPTY,
            recent_force: ActorSet::EMPTY,
            talks: ActorSet::EMPTY,
            seeks: ActorSet::EMPTY,
            opposes: ActorSet::EMPTY,
            revisionist: ActorSet::EMPTY,
            claimed_from: ActorSet::EMPTY,
            breach_until: LONG_AGO,
            gain_until: LONG_AGO,
            wave_until: LONG_AGO,
            offices: [None; 4],
        }
    }
}

/// Everything that events change. Times are days.
#[derive(Clone, Debug)]
pub struct State {
    now: f64,
    today: Day,
    year: i32,
    /// The first day of that year.
    new_year: Day,
    /// Founded and independent.
    pub alive: ActorSet,
    /// Lost its independence or was beaten in a war.
    pub defeated: ActorSet,
    /// By actor.
    pub actors: Vec<ActorState>,
    /// Pacts in force.
    pub pacts: Vec<BoundPact>,
    /// Who holds each territory.
    pub holders: Vec<Option<usize>>,
    /// Until when a demand counts as recent, by claim.
    pub demand_until: Vec<f64>,
    /// Until when a use of force counts as recent.
    pub(crate) force_until: Vec<Until>,
    /// Until when talks count as recent.
    pub(crate) talks_until: Vec<Until>,
}

/// A state as it was, without the rows of actors about whom nothing changes.
#[derive(Clone, Debug)]
pub struct SavedState {
    rows: Vec<(usize, ActorState)>,
    rest: State,
}

impl SavedState {
    /// The time at which it was saved, in days.
    pub fn now(&self) -> f64 {
        self.rest.now
    }
}

impl State {
    /// The world as the casebook begins: founding dates, borders and holders applied, no pacts, no wars.
    pub fn initial(world: &World, no_relations: &[(usize, usize)], holders: Vec<Option<usize>>) -> State {
        let n = world.n_actors;
        let mut actors = vec![ActorState::initial(); n];
        let everybody = ActorSet::of(0..n);
        for (i, actor) in actors.iter_mut().enumerate() {
            actor.relations = everybody;
            actor.relations.remove(i);
        }
        for &(a, b) in no_relations {
            actors[a].relations.remove(b);
            actors[b].relations.remove(a);
        }
        for claim in &world.claims {
            if let Some(holder) = holders[claim.territory] {
                actors[claim.claimant].claimed_from.insert(holder);
            }
        }
        let mut state = State {
            now: f64::from(world.span.from.0),
            today: world.span.from,
            year: world.span.from.year(),
            new_year: Day::from_ymd(world.span.from.year(), 1, 1).unwrap_or(world.span.from),
            alive: ActorSet::EMPTY,
            defeated: ActorSet::EMPTY,
            actors,
            pacts: Vec::new(),
            holders,
            demand_until: vec![LONG_AGO; world.claims.len()],
            force_until: Vec::new(),
            talks_until: Vec::new(),
        };
        for actor in 0..n {
            let founded = world.exists[actor].iter().any(|w| w.contains(world.span.from));
            state.alive.set(actor, founded);
        }
        for &(a, b, window) in &world.borders {
            if window.contains(world.span.from) {
                state.actors[a].neighbours.insert(b);
                state.actors[b].neighbours.insert(a);
            }
        }
        state
    }

    /// What it is now, to be restored later, without the rows of any but these actors.
    pub fn save(&self, actors: &ActorSet) -> SavedState {
        SavedState {
            rows: actors.iter().map(|a| (a, self.actors[a].clone())).collect(),
            rest: State {
                actors: Vec::new(),
                pacts: self.pacts.clone(),
                holders: self.holders.clone(),
                demand_until: self.demand_until.clone(),
                force_until: self.force_until.clone(),
                talks_until: self.talks_until.clone(),
                ..*self
            },
        }
    }

    /// Becomes what was saved; the rows of other actors stay as they are. Reuses what room it has.
    pub fn restore(&mut self, saved: &SavedState) {
        // Every field by name, so that none is forgotten.
        let State {
            now,
            today,
            year,
            new_year,
            alive,
            defeated,
            actors: _,
            pacts,
            holders,
            demand_until,
            force_until,
            talks_until,
        } = &saved.rest;
        (self.now, self.today, self.year, self.new_year) = (*now, *today, *year, *new_year);
        (self.alive, self.defeated) = (*alive, *defeated);
        self.pacts.clone_from(pacts);
        self.holders.clone_from(holders);
        self.demand_until.clone_from(demand_until);
        self.force_until.clone_from(force_until);
        self.talks_until.clone_from(talks_until);
        for (actor, row) in &saved.rows {
            self.actors[*actor].clone_from(row);
        }
    }

    /// Now, in days.
    #[inline]
    pub fn now(&self) -> f64 {
        self.now
    }

    /// The calendar day of [`State::now`].
    #[inline]
    pub fn today(&self) -> Day {
        self.today
    }

    /// The calendar year of [`State::now`].
    #[inline]
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Sets the time.
    #[inline]
    pub fn set_now(&mut self, now: f64) {
        self.now = now;
        let today = Day(now.floor() as i32);
        if today != self.today {
            self.today = today;
            // Telling the year of a day takes long, and most days are of the year of the day before.
            if !(0..365).contains(&(today.0 - self.new_year.0)) {
                self.year = today.year();
                self.new_year = Day::from_ymd(self.year, 1, 1).unwrap_or(today);
            }
        }
    }

    /// At war with anyone but `other`.
    #[inline]
    pub fn at_war_elsewhere(&self, actor: usize, other: usize) -> bool {
        let mut enemies = self.actors[actor].wars;
        enemies.remove(other);
        !enemies.is_empty()
    }

    /// Everybody an actor is bound to, at odds with or beside, by links of these sorts.
    pub fn linked(&self, actor: usize, sorts: Facts) -> ActorSet {
        let mut linked = ActorSet::EMPTY;
        for class in PactClass::ALL {
            if sorts.meets(class.facts().and(Facts::GREAT_TIES)) {
                linked = linked.or(&self.actors[actor].ties[class as usize]);
            }
        }
        let own = &self.actors[actor];
        let others =
            [(Facts::FORCE, &own.recent_force), (Facts::WARS, &own.wars), (Facts::BORDERS, &own.neighbours)];
        others.iter().filter(|(sort, _)| sorts.meets(*sort)).fold(linked, |all, (_, set)| all.or(set))
    }

    /// Who has ever held land that an actor has a claim to; nobody else does now.
    #[inline]
    pub fn may_claim_from(&self, actor: usize) -> &ActorSet {
        &self.actors[actor].claimed_from
    }

    /// Whether a bilateral pact of any class is in force between two states.
    #[inline]
    pub fn bilateral_pact(&self, a: usize, b: usize) -> bool {
        self.actors[a].bilateral.iter().any(|class| class.contains(b))
    }

    /// With whom an actor has bilateral pacts of this class in force.
    pub fn bilateral(&self, actor: usize, class: PactClass) -> &ActorSet {
        &self.actors[actor].bilateral[class as usize]
    }

    /// Whether a bilateral pact of this class is in force between two states.
    #[inline]
    pub fn bilateral_of_class(&self, a: usize, b: usize, class: PactClass) -> bool {
        self.actors[a].bilateral[class as usize].contains(b)
    }

    /// The sorts of fact that a change moves if it is applied now; narrower than [`Change::moves`] for the end of pacts.
    pub fn moved_by(&self, change: &Change) -> Facts {
        let ends = |which: &dyn Fn(&BoundPact) -> bool| {
            let classes = self.pacts.iter().filter(|p| which(p)).map(|p| p.class.facts());
            classes.fold(Facts::NONE, |all, class| all.and(class).and(Facts::GREAT_TIES))
        };
        match *change {
            Change::PactEnds { pact } => ends(&|p| p.pact == Some(pact)),
            Change::BilateralPactsEnd { a, b } => ends(&|p| p.bilateral && p.binds(a, b)),
            Change::NewPactsEnd { by, with } => {
                let moved = ends(&|p| p.bilateral && p.pact.is_none() && p.binds(by, with));
                if moved == Facts::NONE { moved } else { moved.and(Facts::BREACHES) }
            }
            _ => change.moves(),
        }
    }

    /// Whether a pact of two states is in force that the record does not have.
    pub fn new_pact(&self, a: usize, b: usize) -> bool {
        self.bilateral_pact(a, b)
            && self.pacts.iter().any(|p| p.pact.is_none() && p.bilateral && p.binds(a, b))
    }

    /// Person in an office.
    pub fn office_holder(&self, actor: usize, office: usize) -> Option<usize> {
        self.actors[actor].offices[office]
    }

    /// Applies a change at the time [`State::now`] and adds the actors whose units it may touch. A change that
    /// cannot apply (a pact with a state that is gone, a cession of land already held) does nothing.
    pub fn apply(&mut self, world: &World, change: &Change, touched: &mut ActorSet) {
        match *change {
            Change::PactBegins { class, parties, bilateral, pact } => {
                let living = parties.and(&self.alive);
                if living.iter().count() < 2 {
                    return;
                }
                let bound = BoundPact { class, parties: living, bilateral, since: self.now, pact };
                self.pacts.push(bound);
                self.bind(world, &bound, true);
                self.tie(&bound);
                if class == PactClass::Nonaggression && bilateral {
                    let until = window_end(self.now, WAVE_YEARS);
                    living.iter().for_each(|a| self.actors[a].wave_until = until);
                }
                *touched = touched.or(&living);
            }
            Change::PactEnds { pact } => {
                self.end_pacts(world, touched, |p| p.pact == Some(pact));
            }
            Change::BilateralPactsEnd { a, b } => {
                self.end_pacts(world, touched, |p| p.bilateral && p.binds(a, b));
            }
            Change::NewPactsEnd { by, with } => {
                if self.new_pact(by, with) {
                    let ours = |p: &BoundPact| p.parties.contains(by) && p.parties.contains(with);
                    self.end_pacts(world, touched, |p| p.pact.is_none() && p.bilateral && ours(p));
                    self.actors[by].breach_until = window_end(self.now, BREACH_YEARS);
                    touched.insert(by);
                }
            }
            Change::Talks { a, b } => {
                extend(&mut self.talks_until, a, b, window_end(self.now, TALKS_YEARS));
                set_both(&mut self.actors, |x| &mut x.talks, (a, b), true, touched);
            }
            Change::TalksExpire { a, b } => {
                let going_on = expire(&mut self.talks_until, a, b, self.now);
                set_both(&mut self.actors, |x| &mut x.talks, (a, b), going_on, touched);
            }
            Change::Breach { by } => {
                self.actors[by].breach_until = window_end(self.now, BREACH_YEARS);
                touched.insert(by);
            }
            Change::Force { a, b } => {
                extend(&mut self.force_until, a, b, window_end(self.now, FORCE_YEARS));
                set_both(&mut self.actors, |x| &mut x.recent_force, (a, b), true, touched);
            }
            Change::Demand { claim, by } => {
                self.demand_until[claim] = window_end(self.now, DEMAND_YEARS);
                touched.insert(by);
            }
            Change::War { a, b, on } => {
                if on && !(self.alive.contains(a) && self.alive.contains(b)) {
                    return;
                }
                set_both(&mut self.actors, |x| &mut x.wars, (a, b), on, touched);
                if on {
                    set_both(&mut self.actors, |x| &mut x.relations, (a, b), false, touched);
                }
            }
            Change::Defeat { actor, by } => {
                if self.actors[by].wars.contains(actor) {
                    self.defeated.insert(actor);
                    self.touch_friends(actor, touched);
                }
            }
            Change::Relations { a, b, on } => {
                set_both(&mut self.actors, |x| &mut x.relations, (a, b), on, touched)
            }
            Change::Holder { territory, from, to } => {
                if from.is_none() || self.holders[territory] == from {
                    self.cede(world, territory, to, touched);
                }
            }
            Change::Independence { actor, by, on } => self.set_independence(world, actor, by, on, touched),
            Change::Sphere { to, over } => {
                self.actors[to].spheres.insert(over);
                touched.insert(to);
                touched.insert(over);
            }
            Change::SphereLeft { by, over } => {
                self.actors[by].spheres.remove(over);
                touched.insert(by);
                touched.insert(over);
            }
            Change::SphereOver { to, territory } => {
                if let Some(over) = self.holders[territory]
                    && over != to
                {
                    self.actors[to].spheres.insert(over);
                    touched.insert(to);
                    touched.insert(over);
                }
            }
            Change::Office { actor, office, person, leaving } => {
                // Whoever leaves after a successor has come leaves the office as it is.
                if leaving.is_some() && self.actors[actor].offices[office] != leaving {
                    return;
                }
                let before = std::mem::replace(&mut self.actors[actor].offices[office], person);
                // Of most people no stance is on record.
                let stands = |who: usize| world.stances_of[actor].iter().any(|stance| stance.person == who);
                if before.is_some_and(stands) || person.is_some_and(stands) {
                    self.restance(world, actor, touched);
                }
            }
            Change::Border { a, b, on } => {
                set_both(&mut self.actors, |x| &mut x.neighbours, (a, b), on, touched)
            }
            Change::Founded { actor } => {
                self.alive.insert(actor);
                touched.insert(actor);
            }
            Change::Stances { actor } => self.restance(world, actor, touched),
            Change::ForceExpires { a, b } => {
                let recent = expire(&mut self.force_until, a, b, self.now);
                set_both(&mut self.actors, |x| &mut x.recent_force, (a, b), recent, touched);
            }
            Change::Touch { actor, .. } => touched.insert(actor),
            Change::NewYear => *touched = ActorSet::of(0..world.n_actors),
        }
    }

    /// Takes in the changes of one step at its time, for those who only want the state after it.
    pub fn take_in(&mut self, world: &World, time: f64, changes: &[Change]) {
        self.set_now(time);
        changes.iter().for_each(|c| self.apply(world, c, &mut ActorSet::default()));
    }

    /// Applies the changes of one step in turn: the actors whose units they may touch, and the sorts of fact moved.
    pub fn apply_all(&mut self, world: &World, changes: &[Change]) -> (ActorSet, Facts) {
        let (mut touched, mut moved) = (ActorSet::EMPTY, Facts::NONE);
        for change in changes {
            moved = moved.and(self.moved_by(change));
            self.apply(world, change, &mut touched);
        }
        (touched, moved)
    }

    /// The fate of an actor concerns all that are tied to it.
    fn touch_friends(&self, actor: usize, touched: &mut ActorSet) {
        for class in PactClass::ALL {
            *touched = touched.or(&self.actors[actor].ties[class as usize]);
        }
        touched.insert(actor);
    }

    fn end_pacts(&mut self, world: &World, touched: &mut ActorSet, ends: impl Fn(&BoundPact) -> bool) {
        let mut at = 0;
        while let Some(pact) = self.pacts.get(at).copied() {
            if !ends(&pact) {
                at += 1;
                continue;
            }
            self.pacts.remove(at);
            self.bind(world, &pact, false);
            self.retie(pact.class, &pact.parties);
            *touched = touched.or(&pact.parties);
        }
    }

    /// Enters a pact among the bonds of its parties, or strikes it out.
    fn bind(&mut self, world: &World, pact: &BoundPact, on: bool) {
        let number = if on { pact.number() } else { pact.number().wrapping_neg() };
        for a in pact.parties.iter() {
            let mut others = pact.parties.and(&world.great);
            others.remove(a);
            let bonds = &mut self.actors[a].bonds;
            bonds[pact.class as usize] = bonds[pact.class as usize].wrapping_add(number);
            if !others.is_empty() {
                bonds[3] = bonds[3].wrapping_add(number);
            }
        }
    }

    /// What pacts of a class an actor is bound by, or (class `None`) what pacts with a great power, as a number to
    /// compare with another history. Pacts that only an alternative has are told from recorded ones even where they
    /// bind alike, since they may end apart.
    pub(crate) fn bonds(&self, class: Option<PactClass>, actor: usize) -> u64 {
        self.actors[actor].bonds[class.map_or(3, |c| c as usize)]
    }

    /// Makes the parties of a pact partners.
    fn tie(&mut self, pact: &BoundPact) {
        for a in pact.parties.iter() {
            let mut others = pact.parties;
            others.remove(a);
            let class = pact.class as usize;
            self.actors[a].ties[class] = self.actors[a].ties[class].or(&others);
            if pact.bilateral {
                self.actors[a].bilateral[class] = self.actors[a].bilateral[class].or(&others);
            } else if pact.class == PactClass::Nonaggression {
                self.actors[a].among_several = self.actors[a].among_several.or(&others);
            }
        }
    }

    /// Recomputes the partners of these actors in one class from the pacts in force.
    fn retie(&mut self, class: PactClass, actors: &ActorSet) {
        for a in actors.iter() {
            let (mut partners, mut alone, mut several) = (ActorSet::EMPTY, ActorSet::EMPTY, ActorSet::EMPTY);
            for p in self.pacts.iter().filter(|p| p.class == class && p.parties.contains(a)) {
                partners = partners.or(&p.parties);
                if p.bilateral {
                    alone = alone.or(&p.parties);
                } else {
                    several = several.or(&p.parties);
                }
            }
            partners.remove(a);
            alone.remove(a);
            several.remove(a);
            if class == PactClass::Nonaggression {
                self.actors[a].among_several = several;
            }
            self.actors[a].ties[class as usize] = partners;
            self.actors[a].bilateral[class as usize] = alone;
        }
    }

    fn cede(&mut self, world: &World, territory: usize, to: Option<usize>, touched: &mut ActorSet) {
        let from = self.holders[territory];
        if from == to || to.is_some_and(|t| !self.alive.contains(t)) {
            return;
        }
        self.holders[territory] = to;
        if let Some(to) = to {
            for claim in world.claims.iter().filter(|c| c.territory == territory) {
                self.actors[claim.claimant].claimed_from.insert(to);
            }
        }
        if let Some(from) = from {
            touched.insert(from);
        }
        if let Some(to) = to {
            self.actors[to].gain_until = window_end(self.now, GAIN_YEARS);
            touched.insert(to);
        }
    }

    fn set_independence(
        &mut self,
        world: &World,
        actor: usize,
        by: Option<usize>,
        on: bool,
        touched: &mut ActorSet,
    ) {
        if self.alive.contains(actor) == on {
            return;
        }
        self.touch_friends(actor, touched);
        self.alive.set(actor, on);
        self.defeated.set(actor, !on);
        if on {
            return;
        }
        self.end_pacts(world, touched, |p| p.bilateral && p.parties.contains(actor));
        for enemy in self.actors[actor].wars.iter().collect::<Vec<_>>() {
            self.actors[enemy].wars.remove(actor);
            touched.insert(enemy);
        }
        self.actors[actor].wars = ActorSet::EMPTY;
        if let Some(by) = by {
            // The conqueror now borders whatever the lost state bordered.
            for neighbour in self.actors[actor].neighbours.iter().filter(|&x| x != by).collect::<Vec<_>>() {
                self.actors[by].neighbours.insert(neighbour);
                self.actors[neighbour].neighbours.insert(by);
                touched.insert(neighbour);
            }
            touched.insert(by);
        }
    }

    /// Looks up the stances of an actor's office-holders again; touches the actor only if one changed.
    fn restance(&mut self, world: &World, actor: usize, touched: &mut ActorSet) {
        let (mut seeks, mut opposes, mut revisionist) = (ActorSet::EMPTY, ActorSet::EMPTY, ActorSet::EMPTY);
        for stance in &world.stances_of[actor] {
            if stance.window.contains(self.today) && self.actors[actor].offices.contains(&Some(stance.person))
            {
                match stance.kind {
                    StanceKind::SeeksPact => seeks.insert(stance.towards),
                    StanceKind::OpposesPact => opposes.insert(stance.towards),
                    StanceKind::Revisionist => revisionist.insert(stance.towards),
                    StanceKind::Conciliatory | StanceKind::Hostile => {}
                }
            }
        }
        let own = &mut self.actors[actor];
        if (seeks, opposes, revisionist) != (own.seeks, own.opposes, own.revisionist) {
            touched.insert(actor);
            (own.seeks, own.opposes, own.revisionist) = (seeks, opposes, revisionist);
        }
    }
}
