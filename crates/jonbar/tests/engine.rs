//! The engine on the interwar casebook: shortcuts give what looking at everything gives.

mod common;

use jonbar_answer::Study;
use jonbar_counterfactual::{Intervention, Mode, Settings, parse_whatif, run_ensemble};
use jonbar_model::{ActorSet, Facts, parse_spec, track_record};

fn study(record: &jonbar_record::Record) -> Study<'_> {
    let spec = parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    Study::new(record, spec).unwrap()
}

/// Effects declare which facts they read and changes which facts they move. Were a declaration too narrow, a revised
/// cell would be out of date at some step of the record.
#[test]
fn a_cell_revised_by_what_an_item_moves_equals_one_evaluated_whole() {
    let record = common::record();
    let study = study(&record);
    let (world, cells) = (&study.world, &study.panel.cells);
    let mut state = study.timeline.initial.clone();
    let places: Vec<_> = (0..cells.len())
        .filter(|&i| !matches!(cells.at(i), jonbar_model::Cell::Dyad(a, b) if a >= b))
        .map(|i| cells.at(i))
        .collect();
    let mut values: Vec<_> = places.iter().map(|&place| cells.evaluate(world, &state, place)).collect();
    let mut changed = 0;
    for (index, item) in study.timeline.items.iter().enumerate() {
        state.set_now(item.time);
        let mut touched = ActorSet::EMPTY;
        item.changes.iter().for_each(|c| state.apply(world, c, &mut touched));
        let moved = item.changes.iter().fold(Facts::NONE, |all, c| all.and(c.moves()));
        for (place, value) in places.iter().zip(&mut values) {
            let before = *value;
            let near = match *place {
                jonbar_model::Cell::Dyad(a, b) => touched.contains(a) || touched.contains(b),
                jonbar_model::Cell::Claim(c) => {
                    let claim = &world.claims[c];
                    touched.contains(claim.claimant)
                        || state.holders[claim.territory].is_some_and(|h| touched.contains(h))
                }
            };
            let whole = cells.evaluate(world, &state, *place);
            if near {
                cells.revise(world, &state, *place, moved, value);
            }
            assert_eq!(*value, whole, "item {index} moves {moved:?}, {place:?}: {:?}", item.changes);
            changed += usize::from(whole != before);
        }
    }
    assert!(changed > 5000, "hardly anything changed: {changed}");
}

/// Effects that say they are the same from either side are computed once for both.
#[test]
fn mutual_effects_are_the_same_from_either_side() {
    let record = common::record();
    let study = study(&record);
    let n = study.world.n_actors;
    let mut state = study.timeline.initial.clone();
    let mut different = std::collections::BTreeSet::new();
    for (index, item) in study.timeline.items.iter().enumerate() {
        state.set_now(item.time);
        item.changes.iter().for_each(|c| state.apply(&study.world, c, &mut ActorSet::default()));
        if index % 25 > 0 {
            continue;
        }
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            for effect in jonbar_model::effects::all() {
                let value = |i, j| effect.value(&study.world, &state, i, j);
                if value(i, j) != value(j, i) {
                    assert!(!effect.mutual, "`{}` differs between {i} and {j} at {}", effect.name, item.time);
                    different.insert(effect.name);
                }
            }
        }
    }
    assert!(different.len() > 8, "hardly anything is told from one side: {different:?}");
}

#[test]
fn an_incremental_run_of_every_shipped_whatif_equals_one_that_looks_at_every_cell() {
    let record = common::record();
    let study = study(&record);
    let files = common::files();
    let settings = Settings { runs: 24, seed: 5, mode: Mode::Hindsight, at_mode: false };
    let mut differences = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("whatifs/")) {
        let whatif = parse_whatif(name, std::str::from_utf8(text).unwrap(), &record, &study.world).unwrap();
        let intervention = Intervention::of(&whatif.actions, &study.timeline, &record);
        let quick = study.engine();
        let mut slow = study.engine();
        slow.exhaustive = true;
        let a = run_ensemble(&quick, &intervention, &[], settings, &|_| {});
        let b = run_ensemble(&slow, &intervention, &[], settings, &|_| {});
        for (x, y) in a.trajectories.iter().zip(&b.trajectories) {
            assert_eq!(x.differences, y.differences, "{name}, trajectory {}", x.index);
            differences += x.differences.len();
        }
    }
    assert!(differences > 200, "too little differs to test anything: {differences}");
}

/// Locality: the noise of a unit hangs on its name, and a state reads nothing of those it has nothing to do with. So 150
/// states more leave every alternative as it was until one of them takes part in it.
#[test]
fn states_that_have_no_part_in_anything_change_no_alternative() {
    let files = common::files();
    let (record, more) = (
        common::record(),
        jonbar_record::load(&common::with_idle_states(files.clone(), 150, 1900)).record.unwrap(),
    );
    let (study, larger) = (study(&record), study(&more));
    assert_eq!(larger.world.n_actors, study.world.n_actors + 150);
    let settings = Settings { runs: 200, seed: 5, mode: Mode::Hindsight, at_mode: false };
    let idle = ActorSet::of(study.world.n_actors..larger.world.n_actors);
    let (mut differences, mut with_idle) = (0, 0);
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with("whatifs/")) {
        let [plain, beside] = [&study, &larger].map(|s| {
            let text = std::str::from_utf8(text).unwrap();
            let whatif = parse_whatif(name, text, s.record, &s.world).unwrap();
            let mut engine = s.engine();
            engine.fit = &study.fit;
            run_ensemble(
                &engine,
                &Intervention::of(&whatif.actions, &s.timeline, s.record),
                &[],
                settings,
                &|_| {},
            )
        });
        for (x, y) in plain.trajectories.iter().zip(&beside.trajectories) {
            let first = y.differences.iter().position(|d| d.parties.meets(&idle));
            let alike = first.unwrap_or(y.differences.len());
            assert_eq!(
                x.differences[..alike.min(x.differences.len())],
                y.differences[..alike],
                "{name}, {}",
                x.index
            );
            assert!(first.is_some() || x.differences.len() == alike, "{name}, trajectory {}", x.index);
            differences += alike;
            with_idle += y.differences.len() - alike;
        }
    }
    assert!(differences > 1000 && with_idle > 0, "{differences} and {with_idle}");
}

/// Were a forecast to use anything of its own year or later, cutting the record off would change it.
#[test]
fn forecasts_know_only_the_years_before_them() {
    let record = common::record();
    let study = study(&record);
    let until = |year: i32| {
        let window = jonbar_record::Window {
            from: record.span.from,
            to: jonbar_record::Day::from_ymd(year, 12, 31).unwrap(),
        };
        let kind = jonbar_model::Kind::NonaggressionPact;
        track_record(&study.spec, &study.panel, &study.timeline, kind, window, 1, true)
    };
    let (short, long) = (until(1934), until(1939));
    assert_eq!(short.forecasts.last().map(|f| f.year), Some(1934));
    assert!(short.happened() > 10 && long.happened() > short.happened());
    assert_eq!(short.forecasts[..], long.forecasts[..short.forecasts.len()]);
}

/// Who holds what in an alternative, told from its differences, is what the walk itself says when asked whether a state
/// holds a land on the day.
#[test]
fn holders_told_from_differences_are_those_of_the_walk() {
    let record = common::record();
    let study = study(&record);
    let engine = study.engine();
    let lands = [
        "bessarabia",
        "estonia-land",
        "vilnius",
        "karelian-isthmus",
        "northern-transylvania",
        "southern-dobruja",
    ];
    for name in ["no-molotov-ribbentrop", "riga-1932"] {
        let file = format!("whatifs/{name}.toml");
        let text = String::from_utf8(common::files()[&file].clone()).unwrap();
        let mut whatif = parse_whatif(&file, &text, &record, &study.world).unwrap();
        let asks: Vec<(usize, usize, String)> = lands
            .iter()
            .flat_map(|land| {
                let territory = record.territory(land).unwrap().0;
                ["RUS", "ROM", "EST", "POL", "LIT", "FIN", "HUN", "BUL"].map(|state| {
                    let actor = record.actor(state).unwrap().0;
                    (territory, actor, format!("holds({state}, {land}) on 1941-06-22"))
                })
            })
            .collect();
        let head = text.split("[[outcome]]").next().unwrap();
        let asked: String =
            asks.iter().map(|(_, _, ask)| format!("[[outcome]]\nask = \"{ask}\"\nlabel = \"x\"\n")).collect();
        whatif.outcomes =
            parse_whatif(&file, &format!("{head}\n{asked}"), &record, &study.world).unwrap().outcomes;
        let outcomes: Vec<_> =
            whatif.outcomes.iter().map(|o| o.resolve(&record, &study.world, whatif.day).unwrap()).collect();
        assert_eq!(outcomes.len(), asks.len());
        let intervention = Intervention::of(&whatif.actions, &study.timeline, &record);
        let settings = Settings { runs: 300, seed: 5, mode: Mode::Hindsight, at_mode: false };
        let ensemble = run_ensemble(&engine, &intervention, &outcomes, settings, &|_| {});
        let mut moved = 0;
        for t in &ensemble.trajectories {
            let held = jonbar_counterfactual::holders(&study.timeline, t, f64::from(record.span.to.0) + 1.0);
            for ((territory, actor, ask), said) in asks.iter().zip(&t.outcomes) {
                assert_eq!(held[*territory] == Some(*actor), *said, "{name}, run {}: {ask}", t.index);
                let recorded = record.holder(jonbar_record::TerritoryId(*territory), record.span.to);
                moved += usize::from(*said && recorded.map(|a| a.0) != Some(*actor));
            }
        }
        assert!(moved > 10, "{name}: hardly anything moved: {moved}");
    }
}
