//! The promises of the coupling on small worlds: identity, law, locality, independence of threads and of actors
//! not involved.

use std::collections::BTreeSet;

use jonbar_model::{Fit, Kind, ModelSpec, Panel, Timeline, World, fit, parse_spec};
use jonbar_record::{Files, Record, load};

use crate::engine::{Difference, Engine, Mode, What};
use crate::ensemble::{Settings, run_ensemble};
use crate::noise::Noise;
use crate::outcome::{Outcome, OutcomeSpec};
use crate::walk::Room;
use crate::whatif::{Action, Intervention};

/// A casebook of states named by letters, with two disputed lands, and the events given.
pub(crate) fn small_record(actors: &[&str], events: &str) -> Record {
    let mut files = Files::new();
    let mut put = |name: &str, text: String| files.insert(name.to_owned(), text.into_bytes());
    put(
        "casebook.toml",
        "format = 1\nid = \"small\"\ntitle = \"Small\"\nspan = \"1920-01-01/1929-12-31\"\nlicence = \"CC0-1.0\"\n".into(),
    );
    let mut table = "id,name,exists,great_power,names,demonyms,metonyms,capital,lat,lon,sources\n".to_owned();
    for code in actors {
        // A state called ZZZ is founded only after the end and so takes part in nothing.
        let exists = if *code == "ZZZ" { "1950-01-01/.." } else { "1900-01-01/.." };
        let great = if *code == "AAA" { "yes" } else { "no" };
        table.push_str(&format!("{code},{code} land,{exists},{great},,,,,,,\n"));
    }
    put("actors.csv", table);
    put(
        "territories.csv",
        "id,name,aliases,holder,lat,lon,note,sources\nt-one,T One,,BBB,,,,\nt-two,T Two,,DDD,,,,\n".into(),
    );
    put(
        "claims.csv",
        "id,territory,claimant,start,end,asserted,settled,settled_by,salience,basis,end_kind,note,sources\n\
         t-one-a,t-one,AAA,1920-01-01,..,1920-01-01/..,,,high,former_territory,open,,\n\
         t-two-c,t-two,CCC,1920-01-01,..,,,,low,ethnic,open,,\n"
            .into(),
    );
    put(
        "borders.csv",
        "a,b,from,to,kind\nAAA,BBB,..,..,land\nBBB,CCC,..,..,land\nCCC,DDD,..,..,land\n".into(),
    );
    put(
        "events/all.csv",
        format!(
            "id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence\n{events}"
        ),
    );
    put("sources.bib", "@book{one2000, title = {One}, year = {2000}}\n".into());
    let loaded = load(&files);
    let errors: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.record.unwrap_or_else(|| panic!("{}", errors.join("\n")))
}

/// A lively model in which every kind happens and every sort of effect matters.
pub(crate) fn small_spec() -> ModelSpec {
    let kind = |name: &str, intercept: f64, terms: &[(&str, f64)]| {
        let mut text = format!(
            "[kinds.{name}]\nintercept = {{ mean = {intercept}, sd = 0.3, reason = \"test\" }}\n[kinds.{name}.terms]\n"
        );
        for (term, mean) in terms {
            text.push_str(&format!("{term} = {{ mean = {mean}, sd = 0.2, reason = \"test\" }}\n"));
        }
        text
    };
    let text = [
        "format = 1\n".to_owned(),
        kind("nonaggression_pact", -7.5, &[("contiguous", 0.5), ("pact_wave", 1.0), ("patron_pull", 0.8)]),
        kind("consultation_pact", -8.5, &[("common_enemy", 0.7)]),
        kind("defence_pact", -8.0, &[("common_enemy", 0.8), ("nonaggression_in_force", 0.6)]),
        kind("pact_broken", -7.5, &[("recent_force", 0.9), ("actor_at_war", 0.5)]),
        kind("territorial_demand", -7.0, &[("nonaggression_in_force", -1.2), ("momentum", 0.8), ("patron_down", 0.5)]),
        kind("armed_dispute", -7.5, &[("recent_force", 1.0), ("nonaggression_in_force", -1.0), ("rivals_ally", 0.6)]),
        kind("war_begun", -9.5, &[("recent_force", 1.0), ("contiguous", 0.5)]),
        kind("war_joined", -8.0, &[("ally_fights", 1.5)]),
        kind("relations_opened", -6.0, &[("nonaggression_in_force", 0.5)]),
        kind("relations_broken", -9.0, &[("recent_force", 1.0)]),
        "[marks.conceded]\nintercept = { mean = 0.0, sd = 0.2, reason = \"test\" }\n[marks.conceded.terms]\nnonaggression_in_force = { mean = 0.7, sd = 0.2, reason = \"test\" }\n".to_owned(),
        "[marks.war]\nintercept = { mean = -1.0, sd = 0.2, reason = \"test\" }\n[marks.war.terms]\n".to_owned(),
        "[marks.conquest]\nintercept = { mean = 0.0, sd = 0.2, reason = \"test\" }\n[marks.conquest.terms]\n".to_owned(),
    ]
    .join("\n");
    parse_spec(&text).unwrap()
}

pub(crate) struct Small {
    pub(crate) record: Record,
    pub(crate) world: World,
    pub(crate) timeline: Timeline,
    pub(crate) panel: Panel,
    pub(crate) spec: ModelSpec,
    pub(crate) fit: Fit,
}

impl Small {
    fn new(record: Record) -> Small {
        Small::with(record, small_spec())
    }

    pub(crate) fn with(record: Record, spec: ModelSpec) -> Small {
        let world = World::from_record(&record).unwrap();
        let timeline = Timeline::from_record(&record, &world);
        let panel = Panel::build(&world, &timeline, &spec);
        let fit = fit(&spec, &panel, &timeline, |_| record.span);
        Small { record, world, timeline, panel, spec, fit }
    }

    pub(crate) fn engine(&self) -> Engine<'_> {
        Engine::new(&self.world, &self.timeline, &self.panel, &self.spec, &self.fit, |i, item| {
            format!("{}-{i}", item.time)
        })
    }

    pub(crate) fn outcome(&self, ask: &str) -> Outcome {
        let spec = OutcomeSpec { ask: ask.to_owned(), label: String::new() };
        spec.resolve(&self.record, &self.world, self.record.span.from).unwrap()
    }

    pub(crate) fn index(&self, code: &str) -> usize {
        self.record.actor(code).unwrap().0
    }

    /// A non-aggression pact of A and B on a day.
    pub(crate) fn pact(&self, year: i32) -> Intervention {
        let day = jonbar_record::Day::from_ymd(year, 1, 15).unwrap();
        let action = Action::Add {
            kind: Kind::NonaggressionPact,
            a: self.index("AAA"),
            b: self.index("BBB"),
            claim: None,
            mark: None,
            day,
        };
        Intervention::of(&[action], &self.timeline, &self.record)
    }
}

pub(crate) const FOUR: [&str; 4] = ["AAA", "BBB", "CCC", "DDD"];

pub(crate) const LIVELY: &str = "\
e1,1921-03-04,armed_dispute,AAA,BBB,,,,,,,,Force.,one2000,high
e2,1922-05-06,territorial_demand,AAA,BBB,t-one,,,,conceded,,,Demand.,one2000,high
e3,1922-06-06,territory_ceded,AAA,BBB,t-one,,,,,e2,,Cession.,one2000,high
e4,1923-01-02,war_begun,CCC,DDD,,,,,,,,War.,one2000,high
e5,1923-09-02,war_ended,CCC;DDD,,,,,,draw,,,Peace.,one2000,high
e6,1924-02-02,armed_dispute,DDD,AAA,,,,,,,,Force.,one2000,high
e7,1926-02-02,armed_dispute,BBB,CCC,,,,,,,,Force.,one2000,high
e8,1927-02-02,relations_broken,AAA,DDD,,,,,,,,Break.,one2000,high
";

fn run_one(
    small: &Small,
    engine: &Engine,
    intervention: &Intervention,
    seed: u64,
    mode: Mode,
) -> Vec<Difference> {
    let outcomes = [small.outcome("war(AAA, BBB)")];
    let prepared = engine.prepare(intervention, &outcomes);
    let beta = engine.draw(seed, 0, false);
    let mut room = Room::new(engine);
    engine.run(&prepared, intervention, &outcomes, (&beta, Noise::new(seed, 0), None), mode, &mut room).0
}

#[test]
fn identity_without_an_intervention_every_trajectory_is_the_record() {
    let small = Small::new(small_record(&FOUR, LIVELY));
    let engine = small.engine();
    for seed in 0..200 {
        let start = small.timeline.window.0 + (seed as f64 * 17.0) % 3600.0;
        let differences = run_one(&small, &engine, &Intervention::none(start), seed, Mode::Hindsight);
        assert!(differences.is_empty(), "seed {seed}: {differences:?}");
    }
}

#[test]
fn an_incremental_walk_equals_one_that_looks_at_every_cell_after_every_step() {
    let small = Small::new(small_record(&FOUR, LIVELY));
    let quick = small.engine();
    let mut slow = small.engine();
    slow.exhaustive = true;
    let mut differing = 0;
    for seed in 0..400 {
        let intervention = small.pact(1920 + (seed % 8) as i32);
        let a = run_one(&small, &quick, &intervention, seed, Mode::Hindsight);
        let b = run_one(&small, &slow, &intervention, seed, Mode::Hindsight);
        assert_eq!(a, b, "seed {seed}");
        differing += usize::from(a.len() > 3);
    }
    assert!(differing > 50, "the worlds are too dull to test anything: {differing}");
}

#[test]
fn locality_a_unit_whose_intensity_never_differs_never_changes() {
    // Without third-party effects a change between A and B cannot reach C and D before an event links them.
    let small = Small::new(small_record(&FOUR, LIVELY));
    let engine = small.engine();
    let (c, d) = (small.index("CCC"), small.index("DDD"));
    for seed in 0..300 {
        let differences = run_one(&small, &engine, &small.pact(1921), seed, Mode::Hindsight);
        for (i, difference) in differences.iter().enumerate() {
            let only_cd = difference.parties.iter().all(|a| a == c || a == d);
            if only_cd {
                let linked = differences[..i].iter().any(|e| e.parties.contains(c) || e.parties.contains(d))
                    || matches!(difference.what, What::Derived { .. });
                assert!(linked, "seed {seed}: {difference:?} came from nowhere");
            }
        }
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let small = Small::new(small_record(&FOUR, LIVELY));
    let engine = small.engine();
    let outcomes = [small.outcome("war(AAA, BBB)"), small.outcome("holds(AAA, t-one) on 1928-01-01")];
    let settings = Settings { runs: 203, seed: 7, mode: Mode::Hindsight, at_mode: false };
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run_ensemble(&engine, &small.pact(1921), &outcomes, settings, &|_| {}))
    };
    let (one, two, seven) = (run(1), run(2), run(7));
    for other in [two, seven] {
        for (x, y) in one.trajectories.iter().zip(&other.trajectories) {
            assert_eq!(x.differences, y.differences);
            assert_eq!(x.outcomes, y.outcomes);
        }
    }
}

#[test]
fn an_actor_that_is_not_involved_shifts_no_draw() {
    let with: Vec<&str> = ["ZZZ"].into_iter().chain(FOUR).collect();
    let plain = Small::new(small_record(&FOUR, LIVELY));
    let mut more = Small::new(small_record(&with, LIVELY));
    more.fit = plain.fit.clone();
    let names = |small: &Small, differences: &[Difference]| -> Vec<String> {
        differences
            .iter()
            .map(|d| {
                let parties: Vec<&str> = d.parties.iter().map(|a| small.world.codes[a].as_str()).collect();
                format!("{:.6} {} {:.9}", d.time, parties.join(" "), d.cause.shift)
            })
            .collect()
    };
    for seed in 0..200 {
        let a = run_one(&plain, &plain.engine(), &plain.pact(1921), seed, Mode::Hindsight);
        let b = run_one(&more, &more.engine(), &more.pact(1921), seed, Mode::Hindsight);
        assert_eq!(names(&plain, &a), names(&more, &b), "seed {seed}");
    }
}

/// A state that does not exist yet, but borders on others from some day on: their rows of it must not depend on what ran before.
#[test]
fn a_room_used_before_gives_the_same_as_a_new_one() {
    let with: Vec<&str> = FOUR.into_iter().chain(["ZZZ"]).collect();
    let mut small = Small::new(small_record(&with, LIVELY));
    let zzz = small.index("ZZZ");
    // Borders that come and go after the divergence, so that what a walk leaves behind differs from what it began with.
    for (code, year) in [("AAA", 1924), ("BBB", 1925), ("CCC", 1926), ("DDD", 1927)] {
        let time = f64::from(jonbar_record::Day::from_ymd(year, 6, 1).unwrap().0);
        let change = jonbar_model::Change::Border { a: small.index(code), b: zzz, on: true };
        small.timeline.items.push(jonbar_model::Item {
            time,
            source: jonbar_model::ItemSource::Calendar,
            unit: None,
            claim: None,
            mark: None,
            follows: None,
            changes: vec![change],
            parties: jonbar_model::ActorSet::default(),
        });
    }
    small.timeline.items.sort_by(|x, y| x.time.total_cmp(&y.time));
    small.panel = Panel::build(&small.world, &small.timeline, &small.spec);
    let engine = small.engine();
    let pact = small.pact(1921);
    let prepared = engine.prepare(&pact, &[]);
    assert!(prepared.in_play.contains(zzz), "a row that borders reach is saved and put back");
    let mut used = Room::new(&engine);
    for seed in 0..200 {
        let beta = engine.draw(seed, 0, false);
        let draws = || (&beta, Noise::new(seed, 0), None);
        let mut new = Room::new(&engine);
        let fresh = engine.run(&prepared, &pact, &[], draws(), Mode::FreshNoise, &mut new);
        let again = engine.run(&prepared, &pact, &[], draws(), Mode::FreshNoise, &mut used);
        assert_eq!(fresh.0, again.0, "seed {seed}");
    }
}

/// Counts by kind and pair after the intervention, from an ensemble of alternatives.
#[derive(Default, Clone)]
struct Moments {
    n: f64,
    sum: Vec<f64>,
    sum_of_squares: Vec<f64>,
}

impl Moments {
    fn add(&mut self, values: &[f64]) {
        if self.sum.is_empty() {
            self.sum = vec![0.0; values.len()];
            self.sum_of_squares = vec![0.0; values.len()];
        }
        self.n += 1.0;
        for (i, v) in values.iter().enumerate() {
            self.sum[i] += v;
            self.sum_of_squares[i] += v * v;
        }
    }

    fn mean_and_variance(&self, i: usize) -> (f64, f64) {
        let mean = self.sum[i] / self.n;
        (mean, (self.sum_of_squares[i] / self.n - mean * mean).max(0.0))
    }
}

/// What happens in an alternative, as a timeline that can serve as a record.
pub(crate) fn as_timeline(empty: &Timeline, differences: &[Difference]) -> Timeline {
    use jonbar_model::{Item, ItemSource, expiries};
    let mut timeline = empty.clone();
    let mut windows = Vec::new();
    for (i, d) in differences.iter().enumerate() {
        let (unit, claim, mark, changes, follows) = match &d.what {
            What::Added { kind, a, b, claim, mark, changes } => {
                (Some((*kind, *a, *b)), *claim, *mark, changes.clone(), None)
            }
            What::Derived { changes } => (None, None, None, changes.clone(), d.cause.parent),
            _ => continue,
        };
        changes.iter().for_each(|c| expiries(c, d.time, &mut windows));
        timeline.items.push(Item {
            time: d.time,
            source: ItemSource::Event(i),
            unit,
            claim,
            mark,
            // Filled in below, when the order is known.
            follows: follows.map(|f| f + 1_000_000),
            changes,
            parties: d.parties,
        });
    }
    for (time, change) in windows.into_iter().filter(|(t, _)| *t < empty.window.1) {
        timeline.items.push(Item {
            time,
            source: ItemSource::Calendar,
            unit: None,
            claim: None,
            mark: None,
            follows: None,
            changes: vec![change],
            parties: Default::default(),
        });
    }
    timeline.items.sort_by(|a, b| a.time.total_cmp(&b.time));
    let place = |difference: usize, items: &[Item]| {
        items.iter().position(|i| i.source == ItemSource::Event(difference))
    };
    let items = timeline.items.clone();
    for item in &mut timeline.items {
        item.follows = item.follows.and_then(|f| place(f - 1_000_000, &items));
    }
    timeline
}

/// Law: draw a record from the model, run the coupling on it; the alternatives must be distributed as the intervened
/// model simulated directly. Means of eight statistics are compared at |z| < 4.0; were they independent the chance
/// of a false alarm would be about 8 x 6.3e-5 = 0.05 %. Seeds are fixed, so the test cannot flicker.
#[test]
fn law_alternatives_of_simulated_records_are_distributed_as_direct_simulations() {
    const REPLICATES: u64 = 2500;
    let base = Small::new(small_record(&FOUR, ""));
    let intervention = base.pact(1922);
    let (a, b) = (base.index("AAA"), base.index("BBB"));
    let statistics = |differences: &[Difference], record: Option<&Timeline>| -> Vec<f64> {
        let removed: BTreeSet<usize> = differences
            .iter()
            .filter_map(|d| if let What::Removed { item } = d.what { Some(item) } else { None })
            .collect();
        let after = intervention.start;
        let mut counts = vec![0.0; 8];
        let mut count = |kind: Kind, x: usize, y: usize| {
            let ab = (x == a && y == b) || (x == b && y == a);
            let slot = match kind {
                Kind::ArmedDispute if ab => 0,
                Kind::ArmedDispute => 1,
                Kind::TerritorialDemand if ab => 2,
                Kind::PactBroken if ab => 3,
                Kind::WarBegun | Kind::WarJoined => 4,
                Kind::DefencePact => 5,
                Kind::NonaggressionPact => 6,
                _ => 7,
            };
            counts[slot] += 1.0;
        };
        for d in differences.iter().filter(|d| d.time >= after) {
            if let What::Added { kind, a, b, .. } = d.what {
                count(kind, a, b);
            }
        }
        if let Some(record) = record {
            for (i, item) in record.items.iter().enumerate() {
                if let (Some((kind, x, y)), true) = (item.unit, item.time >= after && !removed.contains(&i)) {
                    count(kind, x, y);
                }
            }
        }
        counts
    };
    let (mut direct, mut coupled) = (Moments::default(), Moments::default());
    let engine = base.engine();
    let beta = engine.draw(0, 0, true);
    let whole = Intervention::none(base.timeline.window.0);
    let mut survived = 0;
    for seed in 0..REPLICATES {
        // The intervened model, simulated directly from the beginning.
        let walk = |engine: &Engine, what: &Intervention, trajectory: u32, mode: Mode| {
            let mut room = Room::new(engine);
            let prepared = engine.prepare(what, &[]);
            engine.run(&prepared, what, &[], (&beta, Noise::new(seed, trajectory), None), mode, &mut room).0
        };
        let differences = walk(&engine, &late(&intervention, whole.start), 1, Mode::FreshNoise);
        direct.add(&statistics(&differences, None));
        // A record from the model, and its alternative through the coupling.
        let record = walk(&engine, &whole, 2, Mode::FreshNoise);
        let timeline = as_timeline(&base.timeline, &record);
        let panel = Panel::build(&base.world, &timeline, &base.spec);
        let engine = Engine::new(&base.world, &timeline, &panel, &base.spec, &base.fit, |i, _| i.to_string());
        let differences = walk(&engine, &intervention, 3, Mode::Hindsight);
        survived += usize::from(!differences.is_empty());
        coupled.add(&statistics(&differences, Some(&timeline)));
    }
    assert!(survived > 0);
    for i in 0..8 {
        let (m1, v1) = direct.mean_and_variance(i);
        let (m2, v2) = coupled.mean_and_variance(i);
        let z = (m1 - m2) / ((v1 + v2) / REPLICATES as f64).sqrt().max(1e-12);
        assert!(m1 > 0.01, "statistic {i} hardly ever happens ({m1}): it tests nothing");
        assert!(z.abs() < 4.0, "statistic {i}: direct {m1:.4}, coupled {m2:.4}, z {z:.2}");
    }
}

/// The same change, in a run that starts earlier.
fn late(intervention: &Intervention, start: f64) -> Intervention {
    let mut same = intervention.clone();
    same.start = start;
    same
}

#[test]
fn a_share_splits_into_runs_and_coefficients() {
    use crate::ensemble::share;
    // Draws that agree within and differ between: all of the spread is between coefficients.
    let between: Vec<bool> = (0..800).map(|i| (i / 8) % 2 == 0).collect();
    let s = share(&between);
    assert_eq!(s.share, 0.5);
    assert!((s.parameters - 0.5).abs() < 0.01, "{s:?}");
    // The same share mixed evenly within every draw: nothing between.
    let within: Vec<bool> = (0..800).map(|i| i % 2 == 0).collect();
    let s = share(&within);
    assert!(
        s.parameters < 1e-9 && (s.monte_carlo - 0.5 * (8.0_f64 / 7.0 / 800.0).sqrt()).abs() < 1e-9,
        "{s:?}"
    );
}
