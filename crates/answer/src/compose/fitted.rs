//! What the fit says: coefficients, rates and log-intensities taken apart.

use jonbar_counterfactual::Action;
use jonbar_model::{CellValue, Fit, Kind, Orientation, SLOTS, TermSpec};
use jonbar_record::ActorId;

use super::study::Study;
use super::{YEAR, words};
use crate::answer::{Datum, Decomposition, DecompositionRow, Section, Table};

/// Fitted events per year of a unit at a time in the record, at the posterior mode; zero when not at risk.
pub(crate) fn rate(study: &Study, kind: Kind, a: usize, b: usize, claim: Option<usize>, time: f64) -> f64 {
    let (cell, slot) = study.panel.cells.slot(kind, a, b, claim);
    let value = study.panel.value_at(cell, time);
    rate_of(study, kind, slot, value)
}

pub(crate) fn rate_of(study: &Study, kind: Kind, slot: usize, value: &CellValue) -> f64 {
    if value.risk >> slot & 1 == 0 {
        return 0.0;
    }
    let reversed = reversed(kind, slot);
    let beta = &study.fit.of(kind).posterior.mode;
    libm::exp(study.spec.of(kind).predict(value, kind.orientation(), reversed, beta)) * YEAR
}

pub(crate) fn reversed(kind: Kind, slot: usize) -> bool {
    kind.orientation() == Orientation::Ordered && SLOTS[slot].reversed
}

/// The value of a unit's cell just before a time when some actions are taken and nothing else differs.
pub(crate) fn value_with(study: &Study, actions: &[Action], cell: usize, time: f64) -> CellValue {
    let intervention = jonbar_counterfactual::Intervention::of(actions, &study.timeline, study.record);
    let mut state = study.timeline.initial.clone();
    let mut imposed = intervention.imposed_changes();
    imposed.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut imposed = imposed.into_iter().peekable();
    for (index, item) in study.timeline.items.iter().enumerate().take_while(|(_, i)| i.time < time) {
        while let Some((at, changes)) = imposed.next_if(|(at, _)| *at <= item.time) {
            state.take_in(&study.world, at, &changes);
        }
        if intervention.removes(index, &study.timeline) {
            continue;
        }
        state.take_in(&study.world, item.time, &item.changes);
    }
    for (at, changes) in imposed.take_while(|(at, _)| *at < time) {
        state.take_in(&study.world, at, &changes);
    }
    state.set_now(time - 1e-6);
    study.panel.cells.evaluate(&study.world, &state, study.panel.cells.at(cell))
}

/// Takes the log-intensity of a unit apart at a time, in the record and, if given, under some actions.
pub(crate) fn decompose(
    study: &Study,
    title: String,
    intro: String,
    unit: (Kind, usize, usize, Option<usize>),
    time: f64,
    actions: Option<&[Action]>,
) -> Option<Section> {
    let (kind, a, b, claim) = unit;
    let (cell, slot) = study.panel.cells.slot(kind, a, b, claim);
    let recorded = *study.panel.value_at(cell, time - 1e-6);
    if recorded.risk >> slot & 1 == 0 {
        return None;
    }
    let alternative = actions.map(|actions| value_with(study, actions, cell, time));
    let terms = study.spec.of(kind);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    terms.gather(&recorded, kind.orientation(), reversed(kind, slot), &mut x);
    if let Some(alternative) = &alternative {
        terms.gather(alternative, kind.orientation(), reversed(kind, slot), &mut y);
    }
    let coefficients = study.fit.coefficients(&study.spec, kind);
    let mut rows: Vec<DecompositionRow> = coefficients
        .iter()
        .enumerate()
        .map(|(i, c)| DecompositionRow {
            effect: c.name.clone(),
            gloss: TermSpec::gloss(&c.name).to_owned(),
            coefficient: c.mode,
            sd: c.sd,
            value: x[i],
            contribution: c.mode * x[i],
            value_alternative: y.get(i).copied(),
            contribution_alternative: y.get(i).map(|v| c.mode * v),
        })
        .filter(|r| r.value != 0.0 || r.value_alternative.is_some_and(|v| v != 0.0))
        .collect();
    let base = rows.iter().position(|r| r.effect == "intercept").unwrap_or(0);
    rows.swap(0, base);
    rows[1..].sort_by(|p, q| q.contribution.abs().total_cmp(&p.contribution.abs()));
    Some(Section::Decomposition(Decomposition {
        title,
        intro,
        rows,
        rate_record: rate_of(study, kind, slot, &recorded),
        rate_alternative: alternative.map(|v| rate_of(study, kind, slot, &v)),
    }))
}

/// The effects that a model file may name: what each is, whether of a pair or of a claim, and which kinds of this model have it.
pub fn effects_report(study: &Study) -> Table {
    let used = |name: &str| {
        let kinds: Vec<&str> = Kind::ALL
            .into_iter()
            .filter(|k| study.spec.of(*k).terms.iter().any(|t| t.name == name))
            .map(Kind::name)
            .collect();
        if kinds.is_empty() { Datum::None } else { Datum::Text(kinds.join(", ")) }
    };
    let row = |name: &str, of: &str, gloss: &str| {
        vec![
            Datum::Text(name.to_owned()),
            Datum::Text(of.to_owned()),
            Datum::Text(gloss.to_owned()),
            used(name),
        ]
    };
    let pairs = jonbar_model::effects::all().map(|e| row(e.name, "pair", e.gloss));
    let claims = jonbar_model::effects::all_claim().iter().map(|e| row(e.name, "claim", e.gloss));
    let rows: Vec<Vec<Datum>> = pairs.chain(claims).collect();
    Table {
        title: "Effects".to_owned(),
        intro: format!("{} effects that `[kinds.KIND.terms]` in model.toml may name.", rows.len()),
        columns: ["effect", "of a", "what it is", "in this model, of"].map(str::to_owned).to_vec(),
        rows,
        notes: vec![
            "An effect of a claim can stand under territorial_demand alone, and in the marks of its answers."
                .to_owned(),
        ],
    }
}

/// The fit as tables, one per kind, with intervals, exposure, event counts and warnings.
pub fn fit_report(study: &Study, only: Option<Kind>) -> Vec<Table> {
    let number = |x: f64| Datum::Number(x, 3);
    let mut tables = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|k| only.is_none_or(|o| o == *k)) {
        let fit = study.fit.of(kind);
        let rows = study
            .fit
            .coefficients(&study.spec, kind)
            .into_iter()
            .zip(&study.spec.of(kind).terms)
            .map(|(c, term)| {
                vec![
                    Datum::Text(c.name),
                    number(c.mode),
                    number(c.sd),
                    number(c.mode - 1.645 * c.sd),
                    number(c.mode + 1.645 * c.sd),
                    Datum::Number(libm::exp(c.mode), 2),
                    Datum::Text(format!("{} ± {}", term.prior.mean, term.prior.sd)),
                ]
            })
            .collect();
        tables.push(Table {
            title: kind.name().to_owned(),
            intro: format!(
                "{} events over {:.0} unit-years at risk, {} covariate patterns, log-likelihood {:.4} (exposure in days), {} Newton steps.",
                fit.events,
                fit.exposure / YEAR,
                fit.patterns,
                fit.log_likelihood,
                fit.steps
            ),
            columns: ["effect", "coefficient", "sd", "5 %", "95 %", "times", "prior"].map(str::to_owned).to_vec(),
            rows,
            notes: fit.warnings.clone(),
        });
    }
    if only.is_none() {
        tables.push(marks(study, &study.fit));
    }
    tables
}

fn marks(study: &Study, fit: &Fit) -> Table {
    let mut rows = Vec::new();
    let blocks = [
        ("demand conceded", &study.spec.demand[0], &fit.demand.posteriors[0]),
        ("demand ends in war", &study.spec.demand[1], &fit.demand.posteriors[1]),
        ("attacker takes land", &study.spec.conquest, &fit.conquest.posteriors[0]),
    ];
    for (name, spec, posterior) in blocks {
        for ((term, mode), sd) in spec.terms.iter().zip(&posterior.mode).zip(posterior.sds()) {
            rows.push(vec![
                Datum::Text(format!("{name}: {}", term.name)),
                Datum::Number(*mode, 3),
                Datum::Number(sd, 3),
                Datum::Number(mode - 1.645 * sd, 3),
                Datum::Number(mode + 1.645 * sd, 3),
                Datum::Number(libm::exp(*mode), 2),
                Datum::Text(format!("{} ± {}", term.prior.mean, term.prior.sd)),
            ]);
        }
    }
    let c = &fit.demand.counts;
    let w = &fit.conquest.counts;
    let mut notes = fit.demand.warnings.clone();
    notes.extend(fit.conquest.warnings.clone());
    notes.push(format!(
        "Median days from a conceded demand to the change of holder {:.0}, from an attack {:.0}; median length of a war {:.0} days.",
        fit.cession_lag, fit.conquest_lag, fit.war_length
    ));
    Table {
        title: "marks".to_owned(),
        intro: format!(
            "Demands: {} resisted, {} conceded, {} ended in war. Wars: {} in which land was taken, {} in which none was.",
            c[0], c[1], c[2], w[1], w[0]
        ),
        columns: ["log-odds", "coefficient", "sd", "5 %", "95 %", "times", "prior"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes,
    }
}

/// A sentence naming a dyad and what the model makes of a kind there.
pub(crate) fn unit_name(study: &Study, kind: Kind, a: ActorId, b: ActorId) -> String {
    words::unit(study, kind, a.0, b.0, None)
}
