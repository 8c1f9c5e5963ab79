//! The model file: which effects enter each kind, and the priors of their coefficients.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cells::{CellValue, Mask, each_bit};
use crate::effects;
use crate::facts::Facts;
use crate::kinds::{Kind, Orientation};
use crate::timeline::Mark;

/// A normal prior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Mean of the coefficient.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// One coefficient of a linear predictor.
#[derive(Clone, Debug)]
pub struct Term {
    /// Effect name, or `intercept`.
    pub name: String,
    /// Its prior.
    pub prior: Prior,
    /// Why that prior.
    pub reason: String,
    source: TermSource,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum TermSource {
    One,
    Pair(usize),
    Claim(usize),
}

/// The terms of one linear predictor; the first is the intercept.
#[derive(Clone, Debug, Default)]
pub struct TermSpec {
    /// Terms in order.
    pub terms: Vec<Term>,
    /// What they read of a cell.
    mask: Mask,
    /// Where each is read.
    places: Places,
}

/// The terms by where their statistics stand in a cell, so that a linear predictor adds up only what is not zero.
#[derive(Clone, Debug)]
struct Places {
    /// By pair effect: its term, if it is an indicator.
    of_bit: [u8; 64],
    /// By claim effect: its term.
    of_claim_bit: [u8; 64],
    /// Pair effects that are numbers, with their terms.
    numbers: Vec<(usize, usize)>,
}

impl Default for Places {
    fn default() -> Places {
        Places { of_bit: [0; 64], of_claim_bit: [0; 64], numbers: Vec::new() }
    }
}

impl TermSpec {
    /// Priors of the coefficients, in order.
    pub(crate) fn priors(&self) -> Vec<Prior> {
        self.terms.iter().map(|t| t.prior).collect()
    }

    /// Covariates of an ordered unit in the order of the terms, `forward` being the direction in which it acts.
    pub fn covariates<'s>(
        &'s self,
        value: &'s CellValue,
        orientation: Orientation,
        reversed: bool,
    ) -> impl Iterator<Item = f64> + 's {
        let (ahead, back) =
            if reversed { (&value.backward, &value.forward) } else { (&value.forward, &value.backward) };
        self.terms.iter().map(move |term| match (term.source, orientation) {
            (TermSource::One, _) => 1.0,
            // An act of both counts a one-sided circumstance whichever side it is on.
            (TermSource::Pair(e), Orientation::Unordered) => ahead.get(e).max(back.get(e)),
            (TermSource::Pair(e), _) => ahead.get(e),
            (TermSource::Claim(e), _) => value.backward.bit(e),
        })
    }

    /// The same, put into a list.
    pub fn gather(&self, value: &CellValue, orientation: Orientation, reversed: bool, x: &mut Vec<f64>) {
        x.clear();
        x.extend(self.covariates(value, orientation, reversed));
    }

    /// Whether any covariate is among those in which two values of a cell differ.
    #[inline]
    pub fn reads_any(&self, difference: Mask) -> bool {
        self.mask.meets(difference)
    }

    /// The linear predictor, without building the covariates.
    #[inline]
    pub fn predict(&self, value: &CellValue, orientation: Orientation, reversed: bool, beta: &[f64]) -> f64 {
        let (ahead, back) =
            if reversed { (&value.backward, &value.forward) } else { (&value.forward, &value.backward) };
        let mut eta = beta[0];
        // An act of both counts a one-sided circumstance whichever side it is on.
        let both = orientation == Orientation::Unordered;
        each_bit(self.mask.indicators(ahead, both.then_some(back)))
            .for_each(|bit| eta += beta[usize::from(self.places.of_bit[bit])]);
        for &(effect, term) in &self.places.numbers {
            let x = if both { ahead.get(effect).max(back.get(effect)) } else { ahead.get(effect) };
            eta += beta[term] * x;
        }
        if orientation == Orientation::Claim {
            each_bit(self.mask.claims(&value.backward))
                .for_each(|bit| eta += beta[usize::from(self.places.of_claim_bit[bit])]);
        }
        eta
    }

    /// What a term is, for a reader.
    pub fn gloss(name: &str) -> &'static str {
        effects::all()
            .map(|e| (e.name, e.gloss))
            .chain(effects::all_claim().iter().map(|e| (e.name, e.gloss)))
            .find(|(n, _)| *n == name)
            .map_or("the base rate", |(_, gloss)| gloss)
    }

    /// Whether a term is about what holds between two states and nothing else.
    pub fn is_of_the_pair(name: &str) -> bool {
        effects::all()
            .any(|e| e.name == name && e.scope == effects::Scope::Pair && !e.reads.meets(Facts::HOLDERS))
    }

    /// What moves a term.
    pub fn reads(name: &str) -> Facts {
        effects::all()
            .map(|e| (e.name, e.reads))
            .chain(effects::all_claim().iter().map(|e| (e.name, e.reads)))
            .find(|(n, _)| *n == name)
            .map_or(Facts::NONE, |(_, reads)| reads)
    }
}

/// The model of a casebook.
#[derive(Clone, Debug)]
pub struct ModelSpec {
    /// Log-intensity of each kind, by position in [`Kind::ALL`].
    pub kinds: Vec<TermSpec>,
    /// Log-odds that a demand is conceded, and that it ends in war, against being resisted.
    pub demand: [TermSpec; 2],
    /// Log-odds that an attacker takes the land it claims.
    pub conquest: TermSpec,
    /// Other sets of effects, to see how far an answer hangs on the choice.
    pub alternatives: Vec<Alternative>,
}

/// The model without some of its effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Name in the model file.
    pub name: String,
    /// Effects left out, wherever they enter.
    pub without: Vec<String>,
    /// Why one might do without them.
    pub reason: String,
}

/// The spread of a coefficient that is held at zero.
const NOTHING: Prior = Prior { mean: 0.0, sd: 1e-6 };

impl ModelSpec {
    /// The model without some effects: their coefficients are held at zero, so that everything keeps its place.
    pub fn without(&self, effects: &[String]) -> ModelSpec {
        let mut spec = self.clone();
        let parts = spec.kinds.iter_mut().chain(&mut spec.demand).chain([&mut spec.conquest]);
        for term in parts.flat_map(|p| &mut p.terms).filter(|t| effects.contains(&t.name)) {
            term.prior = NOTHING;
        }
        spec
    }

    /// The terms of a kind.
    pub fn of(&self, kind: Kind) -> &TermSpec {
        &self.kinds[kind as usize]
    }

    /// Pair effects read by any kind of a dyad, and those read by demands and their answers, as bits.
    pub(crate) fn pair_effects(&self) -> (u64, u64) {
        let bits = |spec: &TermSpec| {
            spec.terms.iter().fold(0_u64, |bits, t| match t.source {
                TermSource::Pair(e) => bits | 1 << e,
                TermSource::One | TermSource::Claim(_) => bits,
            })
        };
        let of = |claim: bool| {
            Kind::ALL
                .iter()
                .filter(|k| (k.orientation() == Orientation::Claim) == claim)
                .fold(0, |all, k| all | bits(self.of(*k)))
        };
        let demands = of(true) | bits(&self.demand[0]) | bits(&self.demand[1]);
        (of(false) | bits(&self.conquest), demands)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    format: u32,
    kinds: BTreeMap<String, KindFile>,
    marks: MarksFile,
    #[serde(default)]
    alternatives: BTreeMap<String, AlternativeFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlternativeFile {
    without: Vec<String>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    conceded: KindFile,
    war: KindFile,
    conquest: KindFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    intercept: PriorFile,
    terms: BTreeMap<String, PriorFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorFile {
    mean: f64,
    sd: f64,
    reason: String,
}

/// Reads a model file.
///
/// # Errors
/// A sentence with line and column: not TOML, an unknown kind or effect (with the nearest names), a prior whose
/// spread is not above zero or that gives no reason, a kind without terms.
pub fn parse_spec(text: &str) -> Result<ModelSpec, String> {
    let file: ModelFile = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |s| s.start.min(text.len()));
        let before = &text[..text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        format!("model.toml:{line}:{column}: {}", error.message())
    })?;
    if file.format != 1 {
        return Err(format!("model.toml: format {} is not known here; write format = 1", file.format));
    }
    if let Some(unknown) = file.kinds.keys().find(|k| Kind::parse(k).is_none()) {
        let near = jonbar_record::nearest(unknown, Kind::ALL.iter().map(|k| k.name()), 3).join(", ");
        return Err(format!("model.toml: unknown kind `{unknown}`; nearest: {near}"));
    }
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let Some(terms) = file.kinds.get(kind.name()) else {
            return Err(format!("model.toml: no [kinds.{}]", kind.name()));
        };
        kinds.push(read_terms(kind.name(), terms, kind.orientation())?);
    }
    let claim = |name: &str, file: &KindFile| read_terms(name, file, Orientation::Claim);
    let mut spec = ModelSpec {
        kinds,
        demand: [claim("marks.conceded", &file.marks.conceded)?, claim("marks.war", &file.marks.war)?],
        conquest: read_terms("marks.conquest", &file.marks.conquest, Orientation::Ordered)?,
        alternatives: Vec::new(),
    };
    for (name, alternative) in file.alternatives {
        spec.alternatives.push(read_alternative(&spec, name, alternative)?);
    }
    Ok(spec)
}

fn read_alternative(spec: &ModelSpec, name: String, file: AlternativeFile) -> Result<Alternative, String> {
    let parts = || spec.kinds.iter().chain(&spec.demand).chain([&spec.conquest]);
    let known = || parts().flat_map(|p| p.terms.iter().skip(1)).map(|t| t.name.as_str());
    if let Some(unknown) = file.without.iter().find(|w| known().all(|k| k != *w)) {
        let mut names: Vec<&str> = known().collect();
        names.sort_unstable();
        names.dedup();
        let near = jonbar_record::nearest(unknown, names, 3).join(", ");
        return Err(format!(
            "model.toml: alternatives.{name} leaves out `{unknown}`, which the model does not have; nearest: {near}"
        ));
    }
    if file.without.is_empty() || file.reason.trim().is_empty() {
        return Err(format!("model.toml: alternatives.{name} needs effects to leave out, and a reason"));
    }
    Ok(Alternative { name, without: file.without, reason: file.reason })
}

fn read_terms(kind: &str, file: &KindFile, orientation: Orientation) -> Result<TermSpec, String> {
    let mut terms = vec![read_term(kind, "intercept", &file.intercept, TermSource::One)?];
    for (name, prior) in &file.terms {
        let pair = effects::all().position(|e| e.name == name).map(TermSource::Pair);
        let claim = effects::all_claim().iter().position(|e| e.name == name).map(TermSource::Claim);
        let source = match (pair, claim) {
            (Some(source), _) => source,
            (None, Some(source)) if orientation == Orientation::Claim => source,
            (None, Some(_)) => {
                return Err(format!("model.toml: `{name}` describes a claim and cannot enter {kind}"));
            }
            (None, None) => {
                let names = effects::all().map(|e| e.name).chain(effects::all_claim().iter().map(|e| e.name));
                let near = jonbar_record::nearest(name, names, 3).join(", ");
                let near = if near.is_empty() { String::new() } else { format!("nearest: {near}; ") };
                return Err(format!(
                    "model.toml: {kind} names an unknown effect `{name}`; {near}`jonbar effects` lists all"
                ));
            }
        };
        terms.push(read_term(kind, name, prior, source)?);
    }
    let (mut mask, mut places) = (Mask::default(), Places::default());
    for (i, term) in terms.iter().enumerate() {
        match term.source {
            TermSource::Pair(e) => {
                mask.read_pair(e);
                if effects::NUMBERS >> e & 1 == 1 {
                    places.numbers.push((e, i));
                } else {
                    places.of_bit[e] = i as u8;
                }
            }
            TermSource::Claim(e) => {
                mask.claim |= 1 << e;
                places.of_claim_bit[e] = i as u8;
            }
            TermSource::One => {}
        }
    }
    Ok(TermSpec { terms, mask, places })
}

fn read_term(kind: &str, name: &str, file: &PriorFile, source: TermSource) -> Result<Term, String> {
    if !(file.sd > 0.0 && file.sd.is_finite() && file.mean.is_finite()) {
        return Err(format!("model.toml: {kind}.{name} needs a finite mean and an sd above zero"));
    }
    if file.reason.trim().is_empty() {
        return Err(format!("model.toml: {kind}.{name} gives no reason for its prior"));
    }
    Ok(Term {
        name: name.to_owned(),
        prior: Prior { mean: file.mean, sd: file.sd },
        reason: file.reason.clone(),
        source,
    })
}

/// Index of a mark among the two log-odds, `None` for the reference.
pub(crate) fn mark_index(mark: Mark) -> Option<usize> {
    match mark {
        Mark::Resisted => None,
        Mark::Conceded => Some(0),
        Mark::War => Some(1),
    }
}
