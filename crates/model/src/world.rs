//! What does not change during a run: who the actors are, their claims, borders, capabilities and stances.

use jonbar_record::{Day, Office, PactType, Record, StanceKind, Window};

use crate::actor_set::{ACTORS_MAX, ActorSet};

/// A claim as the model needs it. Times are days (see [`jonbar_record::Day`]).
#[derive(Clone, Debug)]
pub struct ModelClaim {
    /// Who claims.
    pub claimant: usize,
    /// Position of the territory in the record.
    pub territory: usize,
    /// First and last day of the claim, open or latent.
    pub live: Window,
    /// When it is stated openly.
    pub asserted: Vec<Window>,
    /// From when the claimant had accepted the loss by treaty.
    pub settled_from: Day,
    /// Weight of the issue, 1 to 3.
    pub salience: u8,
    /// Former territory of the claimant.
    pub former: bool,
}

/// A stance as the model needs it.
#[derive(Clone, Debug)]
pub(crate) struct ModelStance {
    pub person: usize,
    pub actor: usize,
    pub towards: usize,
    pub kind: StanceKind,
    pub window: Window,
}

/// The fixed part of a model world.
#[derive(Clone, Debug)]
pub struct World {
    /// Number of actors.
    pub n_actors: usize,
    /// Codes, in order: the names by which noise is keyed.
    pub codes: Vec<String>,
    /// Great powers of the period.
    pub great: ActorSet,
    /// Claims, in the order of the record.
    pub claims: Vec<ModelClaim>,
    /// Territory ids, in the order of the record.
    pub territories: Vec<String>,
    /// The state of which a territory is the whole homeland, if any.
    pub homeland_of: Vec<Option<usize>>,
    /// First and last day modelled.
    pub span: Window,
    /// Who has a claim to each territory, at whatever time.
    pub claimants: Vec<ActorSet>,
    claims_by_actor: Vec<Vec<usize>>,
    claims_by_territory: Vec<Vec<usize>>,
    pub(crate) exists: Vec<Vec<Window>>,
    pub(crate) borders: Vec<(usize, usize, Window)>,
    /// When each actor was a democracy.
    pub(crate) democracies: Vec<Vec<Window>>,
    /// Stances by the actor they are held for.
    pub(crate) stances_of: Vec<Vec<ModelStance>>,
    /// Natural log of capability by actor, one value per year from `first_year`.
    log_capability: Vec<Vec<f64>>,
    first_year: i32,
}

impl World {
    /// Actors that exist at any time in the casebook.
    pub fn existing(&self) -> ActorSet {
        let exists = |a: &usize| self.exists[*a].iter().any(|w| w.meets(self.span));
        ActorSet::of((0..self.n_actors).filter(exists))
    }

    /// Takes from the record what the model needs.
    ///
    /// # Errors
    /// If the casebook has more actors than fit.
    pub fn from_record(record: &Record) -> Result<World, String> {
        let n = record.actors.len();
        if n > ACTORS_MAX {
            return Err(format!("{n} actors; at most {ACTORS_MAX} fit in one casebook"));
        }
        let first_year = record.span.from.year();
        let last_year = record.span.to.year();
        let claims: Vec<ModelClaim> = record
            .claims
            .iter()
            .map(|c| ModelClaim {
                claimant: c.claimant.0,
                territory: c.territory.0,
                live: c.live,
                asserted: c.asserted.clone(),
                settled_from: c.settled.as_ref().map_or(Day::DISTANT_FUTURE, |s| s.reading()),
                salience: c.salience,
                former: c.basis == "former_territory",
            })
            .collect();
        let homeland = |id: &str| {
            record.actors.iter().position(|a| {
                let slug = a.name.to_lowercase().replace(' ', "-");
                id.strip_suffix("-land") == Some(slug.as_str())
            })
        };
        Ok(World {
            n_actors: n,
            codes: record.actors.iter().map(|a| a.code.clone()).collect(),
            great: ActorSet::of((0..n).filter(|&i| record.actors[i].great_power)),
            claims_by_actor: (0..n)
                .map(|a| (0..claims.len()).filter(|&c| claims[c].claimant == a).collect())
                .collect(),
            claims_by_territory: (0..record.territories.len())
                .map(|t| (0..claims.len()).filter(|&c| claims[c].territory == t).collect())
                .collect(),
            claimants: (0..record.territories.len())
                .map(|t| ActorSet::of(claims.iter().filter(|c| c.territory == t).map(|c| c.claimant)))
                .collect(),
            claims,
            territories: record.territories.iter().map(|t| t.id.clone()).collect(),
            homeland_of: record.territories.iter().map(|t| homeland(&t.id)).collect(),
            span: record.span,
            exists: record.actors.iter().map(|a| a.exists.clone()).collect(),
            borders: record.borders.iter().map(|b| (b.a.0, b.b.0, b.window)).collect(),
            democracies: (0..n)
                .map(|a| {
                    let own = record.regimes.iter().filter(|r| r.actor.0 == a && r.democracy);
                    own.map(|r| r.window).collect()
                })
                .collect(),
            stances_of: (0..n)
                .map(|actor| {
                    let own = record.stances.iter().filter(|s| s.actor.0 == actor);
                    own.map(|s| ModelStance {
                        person: s.person.0,
                        actor,
                        towards: s.towards.0,
                        kind: s.kind,
                        window: s.window,
                    })
                    .collect()
                })
                .collect(),
            log_capability: log_capabilities(record, first_year, last_year),
            first_year,
        })
    }

    /// Positions of an actor's claims.
    pub fn claims_of(&self, actor: usize) -> impl Iterator<Item = usize> + '_ {
        self.claims_by_actor[actor].iter().copied()
    }

    /// Positions of the claims to a territory.
    pub fn claims_on(&self, territory: usize) -> impl Iterator<Item = usize> + '_ {
        self.claims_by_territory[territory].iter().copied()
    }

    /// Natural log of an actor's capability in a year: the geometric mean of population and output, in the units
    /// of the casebook. Only ratios are used.
    pub fn log_capability(&self, actor: usize, year: i32) -> f64 {
        let series = &self.log_capability[actor];
        let index = (year - self.first_year).clamp(0, series.len() as i32 - 1);
        series[index as usize]
    }
}

/// One value per actor and year; gaps take the nearest known year, and an actor without figures the median.
fn log_capabilities(record: &Record, first: i32, last: i32) -> Vec<Vec<f64>> {
    let mut all: Vec<f64> = record.capabilities.iter().map(|c| libm::log(c.index)).collect();
    all.sort_by(f64::total_cmp);
    let median = all.get(all.len() / 2).copied().unwrap_or(0.0);
    (0..record.actors.len())
        .map(|actor| {
            let own: Vec<_> = record.capabilities.iter().filter(|c| c.actor.0 == actor).collect();
            (first..=last.max(first))
                .map(|year| {
                    let nearest = own.iter().min_by_key(|c| (c.year - year).abs());
                    nearest.map_or(median, |c| libm::log(c.index))
                })
                .collect()
        })
        .collect()
}

/// The office order in which [`crate::State`] keeps office-holders.
pub(crate) fn office_index(office: Office) -> usize {
    match office {
        Office::HeadOfState => 0,
        Office::HeadOfGovernment => 1,
        Office::ForeignMinister => 2,
        Office::Leader => 3,
    }
}

/// The obligation class under which the model keeps a pact; peace treaties settle titles, and they and others bind no further.
pub(crate) fn pact_class(kind: PactType) -> Option<crate::PactClass> {
    match kind {
        PactType::Nonaggression | PactType::Neutrality => Some(crate::PactClass::Nonaggression),
        PactType::Consultation | PactType::Friendship => Some(crate::PactClass::Consultation),
        PactType::Defence | PactType::Guarantee => Some(crate::PactClass::Defence),
        PactType::Peace | PactType::Other => None,
    }
}
