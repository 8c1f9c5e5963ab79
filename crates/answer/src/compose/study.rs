//! A casebook fitted and ready to be asked.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use jonbar_counterfactual::{Engine, Mode, Moved};
use jonbar_model::{
    Alternative, Fit, ItemSource, Kind, ModelSpec, PactClass, Panel, Timeline, World, fit, stacking,
    track_record,
};
use jonbar_record::{ActorId, Day, EventId, PactType, Record, Window};

/// How answers are computed.
#[derive(Clone)]
pub struct Options<'p> {
    /// Trajectories per what-if.
    pub runs: u32,
    /// Seed.
    pub seed: u64,
    /// Hindsight or fresh noise.
    pub mode: Mode,
    /// What-ifs moved by hand.
    pub moved: Moved,
    /// Compute also with the other sets of effects of the model file.
    pub models: bool,
    /// Compute also with other readings of uncertain dates.
    pub dates: bool,
    /// Set from elsewhere when nobody waits for the answer any more: what comes out is then not to be used.
    pub stop: Option<&'p AtomicBool>,
    /// Called with the number of trajectories finished since its last call, from any thread.
    pub progress: &'p (dyn Fn(u64) + Sync),
}

/// The time over which a kind is declared complete; no time at all if it is not declared, so that nothing is fitted to
/// what a casebook does not claim to know.
fn declared(record: &Record, kind: Kind) -> Window {
    let never = Window { from: Day::DISTANT_FUTURE, to: Day::DISTANT_PAST };
    record.coverage.iter().find(|c| c.kind == kind.name()).map_or(never, |c| c.window)
}

/// A casebook with its world, spells and fit.
pub struct Study<'a> {
    /// What happened.
    pub record: &'a Record,
    /// The fixed part of the model world.
    pub world: World,
    /// The record as changes of state.
    pub timeline: Timeline,
    /// The record as spells.
    pub panel: Panel,
    /// The model.
    pub spec: ModelSpec,
    /// Its fit.
    pub fit: Fit,
    /// Other sets of effects, fitted and scored when first asked for.
    models: OnceLock<Vec<Model>>,
}

/// A set of effects, fitted and scored.
pub(crate) struct Model {
    /// What is left out, and why one might; `None` for the model itself.
    pub alternative: Option<Alternative>,
    /// The model with that set.
    pub spec: ModelSpec,
    /// Its fit.
    pub fit: Fit,
    /// How much more it gave to what came than the model itself did, forecasting each year from the years before it: the
    /// difference of the sums of log-probabilities.
    pub gain: f64,
    /// Its weight in the mixture that would have forecast best.
    pub weight: f64,
}

impl Model {
    /// What the set of effects is called.
    pub(crate) fn name(&self) -> String {
        self.alternative.as_ref().map_or("all effects".to_owned(), |a| a.name.replace('_', " "))
    }
}

/// Tables of a casebook that a coverage can be declared for, beside kinds of event.
const TABLES: [&str; 5] = ["regimes", "claims", "borders", "capabilities", "stances"];

/// Coverages of a casebook that are for nothing it could be complete for, and what to write instead.
pub fn unknown_coverage(record: &Record) -> Vec<String> {
    let modelled: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
    let unknown = record.coverage.iter().filter(|c| !can_be_covered(&c.kind));
    unknown
        .map(|c| {
            format!(
                "casebook.toml: [coverage.{}] names nothing that the casebook could be complete for. Write a kind that the model fits \
                 ({}), a kind of event, or a table ({})",
                c.kind,
                modelled.join(", "),
                TABLES.join(", ")
            )
        })
        .collect()
}

/// Whether a name can stand in `[coverage.NAME]`.
fn can_be_covered(name: &str) -> bool {
    Kind::ALL.iter().any(|k| k.name() == name)
        || jonbar_record::EventKind::parse(name).is_some()
        || TABLES.contains(&name)
}

impl<'a> Study<'a> {
    /// Builds spells and fits the model.
    ///
    /// # Errors
    /// If the casebook has more actors than the model can hold.
    pub fn new(record: &'a Record, spec: ModelSpec) -> Result<Study<'a>, String> {
        if let Some(unknown) = unknown_coverage(record).first() {
            return Err(unknown.clone());
        }
        let world = World::from_record(record)?;
        let timeline = Timeline::from_record(record, &world);
        let panel = Panel::build(&world, &timeline, &spec);
        let fit = fit(&spec, &panel, &timeline, |kind| declared(record, kind));
        Ok(Study { record, world, timeline, panel, spec, fit, models: OnceLock::new() })
    }

    /// Whether the model knows of anything that an entry changes, or that something which followed from it does.
    pub(crate) fn moves(&self, event: EventId) -> bool {
        let mut events = self.record.events.iter().enumerate();
        self.timeline.items_of(event.0).any(|i| !self.timeline.items[i].changes.is_empty())
            || events.any(|(i, e)| e.follows == Some(event) && self.moves(EventId(i)))
    }

    /// The model and its alternatives, fitted and scored by forecasts of every year from the years before it.
    pub(crate) fn models(&self) -> &[Model] {
        self.models.get_or_init(|| {
            let mut models: Vec<Model> = std::iter::once(None)
                .chain(self.spec.alternatives.iter().cloned().map(Some))
                .map(|alternative| {
                    let spec = match &alternative {
                        None => self.spec.clone(),
                        Some(a) => self.spec.without(&a.without),
                    };
                    let fit = fit(&spec, &self.panel, &self.timeline, |kind| declared(self.record, kind));
                    Model { alternative, spec, fit, gain: 0.0, weight: 0.0 }
                })
                .collect();
            let given: Vec<Vec<f64>> = models.iter().map(|m| self.given_to_what_came(&m.spec)).collect();
            for ((model, weight), own) in models.iter_mut().zip(stacking(&given)).zip(&given) {
                model.weight = weight;
                model.gain = own.iter().zip(&given[0]).map(|(a, b)| libm::log(*a) - libm::log(*b)).sum();
            }
            models
        })
    }

    /// The probability given to what came, for every unit, year and kind, forecast from the years before.
    fn given_to_what_came(&self, spec: &ModelSpec) -> Vec<f64> {
        let of = |kind: Kind| {
            let window = self.scored(kind);
            let record = track_record(spec, &self.panel, &self.timeline, kind, window, 1, false);
            record.forecasts.into_iter().map(|f| if f.happened { f.model } else { 1.0 - f.model }).collect()
        };
        Kind::ALL.into_iter().flat_map(|kind| -> Vec<f64> { of(kind) }).collect()
    }

    /// The window over which a kind is scored: forecasts end with the casebook even where a coverage is declared beyond it.
    pub(crate) fn scored(&self, kind: Kind) -> Window {
        let window = self.coverage(kind);
        Window { from: window.from.max(self.end().from), to: window.to.min(self.end().to) }
    }

    /// The engine with another set of effects.
    pub(crate) fn engine_of<'e>(&'e self, model: &'e Model) -> Engine<'e> {
        self.engine_with(&model.spec, &model.fit)
    }

    /// The time over which the casebook declares a kind complete.
    pub(crate) fn coverage(&self, kind: Kind) -> Window {
        declared(self.record, kind)
    }

    /// The engine for what-ifs. Items are named by the events they come from, so that noise is keyed by names.
    pub fn engine(&self) -> Engine<'_> {
        self.engine_with(&self.spec, &self.fit)
    }

    fn engine_with<'e>(&'e self, spec: &'e ModelSpec, fit: &'e Fit) -> Engine<'e> {
        Engine::new(&self.world, &self.timeline, &self.panel, spec, fit, |index, item| match item.source {
            ItemSource::Event(e) => {
                let first = self.timeline.items_of(e).next().unwrap_or(index);
                format!("{}#{}", self.record.events[e].id, index - first)
            }
            ItemSource::Calendar => format!("calendar {}", item.time),
        })
    }

    /// Index of the cell and slot of a pact kind for a dyad.
    pub(crate) fn pact_kind(pact: PactType) -> Option<Kind> {
        match pact {
            PactType::Nonaggression | PactType::Neutrality => Some(Kind::NonaggressionPact),
            PactType::Consultation | PactType::Friendship => Some(Kind::ConsultationPact),
            PactType::Defence | PactType::Guarantee => Some(Kind::DefencePact),
            PactType::Peace | PactType::Other => None,
        }
    }

    /// Whether two pact types are the same obligation for the model.
    pub(crate) fn same_class(a: PactType, b: PactType) -> bool {
        Self::pact_kind(a) == Self::pact_kind(b)
    }

    /// Positions of the claims between two states, by the record on a day: claimant first, holder second.
    pub(crate) fn claims_between(&self, a: ActorId, b: ActorId) -> Vec<usize> {
        (0..self.record.claims.len())
            .filter(|&c| {
                let claim = &self.record.claims[c];
                let ever_held = |x: ActorId| {
                    let territory = &self.record.territories[claim.territory.0];
                    territory.holder == Some(x)
                        || self.record.events.iter().any(|e| {
                            e.kind == jonbar_record::EventKind::TerritoryCeded
                                && e.territories.contains(&claim.territory)
                                && e.actors.contains(&x)
                        })
                };
                (claim.claimant == a && ever_held(b)) || (claim.claimant == b && ever_held(a))
            })
            .collect()
    }

    /// The last day of the casebook in words.
    pub(crate) fn end(&self) -> Window {
        self.record.span
    }

    /// Whether a pact of the class binds two states by the record on a day, multilateral ones included.
    pub(crate) fn bound(&self, a: ActorId, b: ActorId, class: PactClass, day: Day) -> bool {
        self.record.pacts.iter().any(|p| {
            p.binds(a, b)
                && p.in_force(day)
                && Self::pact_kind(p.main_type()).is_some_and(|k| {
                    k as usize
                        == match class {
                            PactClass::Nonaggression => Kind::NonaggressionPact,
                            PactClass::Consultation => Kind::ConsultationPact,
                            PactClass::Defence => Kind::DefencePact,
                        } as usize
                })
        })
    }
}

impl Study<'_> {
    /// Fitted probability that a recorded demand is answered so, at the posterior mode.
    pub(crate) fn mark_probability(&self, item: usize, mark: jonbar_model::Mark) -> f64 {
        let Some((_, _, _, value)) = self.panel.events.iter().find(|(i, ..)| *i == item) else { return 0.0 };
        let odds: Vec<f64> = self
            .spec
            .demand
            .iter()
            .zip(&self.fit.demand.posteriors)
            .map(|(terms, posterior)| {
                libm::exp(terms.predict(value, jonbar_model::Orientation::Claim, false, &posterior.mode))
            })
            .collect();
        let total = 1.0 + odds[0] + odds[1];
        match mark {
            jonbar_model::Mark::Resisted => 1.0 / total,
            jonbar_model::Mark::Conceded => odds[0] / total,
            jonbar_model::Mark::War => odds[1] / total,
        }
    }
}
