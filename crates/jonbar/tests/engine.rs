//! The engine on the interwar casebook: shortcuts give what looking at everything gives.

mod common;

use jonbar_answer::Study;
use jonbar_counterfactual::{Difference, Intervention, Mode, Settings, parse_whatif, run_ensemble};
use jonbar_model::{ActorSet, parse_spec, track_record};

fn study(record: &jonbar_record::Record) -> Study<'_> {
    let spec = parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    Study::new(record, spec).unwrap()
}

/// Effects declare which facts they read and changes which facts they move, and spells are built by following those. Were a
/// declaration too narrow, the spell of some cell would be out of date at some step of the record.
#[test]
fn spells_built_from_what_items_move_equal_every_cell_evaluated_whole() {
    let record = common::record();
    let study = study(&record);
    let (world, panel) = (&study.world, &study.panel);
    let cells = &panel.cells;
    let places: Vec<_> = (0..cells.len())
        .filter(|&i| !matches!(cells.at(i), jonbar_model::Cell::Dyad(a, b) if a >= b))
        .map(|i| (i, cells.at(i)))
        .collect();
    let mut state = study.timeline.initial.clone();
    let items = &study.timeline.items;
    for (index, item) in items.iter().enumerate() {
        state.take_in(world, item.time, &item.changes);
        // Several items at one instant leave only the last value.
        if items.get(index + 1).is_some_and(|next| next.time == item.time) {
            continue;
        }
        for &(cell, place) in &places {
            let spell = panel.segments[cell][panel.position_after(cell, index + 1)].value;
            let whole = cells.evaluate(world, &state, place);
            assert_eq!(spell, whole, "item {index}, {place:?}: {:?}", item.changes);
        }
    }
    assert!(panel.n_segments() > 5000, "hardly anything changed: {}", panel.n_segments());
}

/// Lithuania was left to Germany on 23 August 1939, and by Germany to the Soviet Union on 28 September: it is in one sphere at a time.
#[test]
fn who_leaves_a_state_to_another_has_it_no_longer_in_its_sphere() {
    let record = common::record();
    let study = study(&record);
    let actor = |id: &str| record.actors.iter().position(|a| a.code == id).unwrap();
    let (germany, soviets, lithuania) = (actor("GMY"), actor("RUS"), actor("LIT"));
    let mut state = study.timeline.initial.clone();
    let mut spheres = Vec::new();
    for item in &study.timeline.items {
        state.take_in(&study.world, item.time, &item.changes);
        let of = |x: usize| state.actors[x].spheres.contains(lithuania);
        if spheres.last() != Some(&(of(germany), of(soviets))) {
            spheres.push((of(germany), of(soviets)));
        }
    }
    assert_eq!(spheres, [(false, false), (true, false), (false, true)]);
}

/// What office-holders are on record as wanting counts from the first day they hold office and the record has it, to the last:
/// looking it up again at any step finds nothing new.
#[test]
fn stances_are_those_of_whoever_holds_office() {
    let record = common::record();
    let study = study(&record);
    let mut state = study.timeline.initial.clone();
    let again = |state: &jonbar_model::State| {
        let (mut copy, mut touched) = (state.clone(), ActorSet::EMPTY);
        for actor in 0..study.world.n_actors {
            copy.apply(&study.world, &jonbar_model::Change::Stances { actor }, &mut touched);
        }
        touched
    };
    assert!(again(&state).is_empty(), "on the first day");
    let mut held = 0;
    let items = &study.timeline.items;
    for (i, item) in items.iter().enumerate() {
        state.take_in(&study.world, item.time, &item.changes);
        if items.get(i + 1).is_none_or(|next| next.time > item.time) {
            assert!(again(&state).is_empty(), "item {i}: {:?}", item.changes);
            held += usize::from(!state.actors.iter().all(|a| a.revisionist.is_empty()));
        }
    }
    assert!(held > 1000, "hardly any stance is held: {held}");
}

#[test]
fn an_incremental_run_of_every_shipped_whatif_equals_one_that_looks_at_every_cell() {
    let record = common::record();
    let study = study(&record);
    let files = common::files();
    let hindsight = Settings { runs: 16, seed: 5, mode: Mode::Hindsight, at_mode: false };
    let forecast = Settings { runs: 2, mode: Mode::FreshNoise, ..hindsight };
    let mut differences = 0;
    let whatifs = files.iter().filter(|(name, _)| name.starts_with("whatifs/"));
    for ((name, text), settings) in whatifs.flat_map(|whatif| [(whatif, hindsight), (whatif, forecast)]) {
        let whatif = parse_whatif(name, std::str::from_utf8(text).unwrap(), &record, &study.world).unwrap();
        let intervention = Intervention::of(&whatif.actions, &study.timeline, &record);
        let quick = study.engine();
        let mut slow = study.engine();
        slow.exhaustive = true;
        let a = run_ensemble(&quick, &intervention, &[], settings, &|_| {});
        let b = run_ensemble(&slow, &intervention, &[], settings, &|_| {});
        for (x, y) in a.trajectories.iter().zip(&b.trajectories) {
            for (d, e) in x.differences.iter().zip(&y.differences) {
                // Looking between two steps of one instant can move a waiting time by its last digit.
                let time = if (d.time - e.time).abs() < 1e-9 { d.time } else { e.time };
                let e = Difference { time, ..e.clone() };
                assert_eq!(*d, e, "{name}, {:?}, trajectory {}", settings.mode, x.index);
            }
            assert_eq!(x.differences.len(), y.differences.len(), "{name}, trajectory {}", x.index);
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
            let held =
                jonbar_counterfactual::holders(&study.timeline, t, &[f64::from(record.span.to.0) + 1.0]);
            for ((territory, actor, ask), said) in asks.iter().zip(&t.outcomes) {
                assert_eq!(held[0][*territory] == Some(*actor), *said, "{name}, run {}: {ask}", t.index);
                let recorded = record.holder(jonbar_record::TerritoryId(*territory), record.span.to);
                moved += usize::from(*said && recorded.map(|a| a.0) != Some(*actor));
            }
        }
        assert!(moved > 10, "{name}: hardly anything moved: {moved}");
    }
}
