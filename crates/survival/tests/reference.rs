//! Against R's `survival`, goldfish and a brute-force program, on the data they were run on. Those data are not part of
//! this repository: the tests run where a folder with them stands beside it, and say so where it does not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jonbar_survival::*;
use serde_json::Value;

/// A folder that holds the numbers of R, somewhere beside the repository, or where `JONBAR_REFERENCE` says.
fn folder() -> Option<PathBuf> {
    fn search(folder: &Path, depth: usize) -> Option<PathBuf> {
        if folder.join("survival_r.json").is_file() {
            return Some(folder.to_owned());
        }
        let inner = std::fs::read_dir(folder).ok()?.flatten().map(|e| e.path());
        let mut inner: Vec<PathBuf> = inner.filter(|p| depth > 0 && p.is_dir() && !p.is_symlink()).collect();
        inner.sort();
        inner.iter().find_map(|p| search(p, depth - 1))
    }
    let named = std::env::var_os("JONBAR_REFERENCE").map(PathBuf::from);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().ok()?;
    let beside = || {
        let around = std::fs::read_dir(repository.parent()?).ok()?.flatten().map(|e| e.path());
        let mut around: Vec<PathBuf> =
            around.filter(|p| p.is_dir() && *p != repository && !p.join("Cargo.toml").exists()).collect();
        around.sort();
        around.iter().find_map(|p| search(p, 2))
    };
    let found = named.or_else(beside);
    if found.is_none() {
        println!("skipped: the reference data are not beside this repository");
    }
    found
}

type Rows = Vec<BTreeMap<String, String>>;

fn table(folder: &Path, name: &str) -> Rows {
    let mut reader = csv::Reader::from_path(folder.join("data").join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or(f64::NAN)
}

/// Rows in which none of these columns is missing.
fn complete<'a>(rows: &'a Rows, columns: &'a [&str]) -> impl Iterator<Item = &'a BTreeMap<String, String>> {
    rows.iter().filter(move |row| columns.iter().all(|c| row[*c] != "NA"))
}

/// Agreement to so many significant digits.
fn agrees(ours: f64, theirs: f64, digits: i32, what: &str) {
    let tolerance = theirs.abs() * 10.0_f64.powi(-digits);
    assert!((ours - theirs).abs() <= tolerance, "{what}: {ours} is not {theirs} to {digits} digits");
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// Coefficients and standard errors to 6 digits, likelihoods to 8.
fn same_fit(fit: &CoxFit, reference: &Value, robust: bool, what: &str) {
    let se = if robust { &fit.robust_se } else { &fit.se };
    for (i, (coef, theirs)) in numbers(&reference["coef"]).iter().zip(numbers(&reference["se"])).enumerate() {
        agrees(fit.coefficients[i], *coef, 6, what);
        agrees(se[i], theirs, 6, what);
    }
    agrees(fit.log_likelihood, reference["loglik"].as_f64().unwrap(), 9, what);
    if let Some(null) = reference["loglik_null"].as_f64() {
        agrees(fit.log_likelihood_null, null, 9, what);
    }
    for (i, naive) in reference["naive_se"].as_array().into_iter().flatten().enumerate() {
        agrees(fit.se[i], naive.as_f64().unwrap(), 6, what);
    }
}

#[test]
fn cox_regression_equals_coxph() {
    let Some(folder) = folder() else { return };
    let reference = &json(&folder, "survival_r.json")["cox"];
    let lung = table(&folder, "lung.csv");
    let columns = ["time", "status", "age", "sex", "ph.ecog"];
    let spells: Vec<Spell> = (0..)
        .zip(complete(&lung, &columns))
        .map(|(i, r)| Spell::simple(i, number(r, "time"), number(r, "status") == 2.0))
        .collect();
    let x: Vec<Vec<f64>> =
        complete(&lung, &columns).map(|r| ["age", "sex", "ph.ecog"].map(|c| number(r, c)).to_vec()).collect();
    let efron = cox(&spells, &x, Ties::Efron).unwrap();
    same_fit(&efron, &reference["lung_efron"], false, "lung, Efron");
    same_fit(&cox(&spells, &x, Ties::Breslow).unwrap(), &reference["lung_breslow"], false, "lung, Breslow");
    let hazard = &json(&folder, "survival_r.json")["basehaz_lung_efron"];
    for (time, theirs) in numbers(&hazard["times"]).into_iter().zip(numbers(&hazard["cumhaz"])) {
        agrees(efron.baseline_at(0, time), theirs, 6, "lung, baseline hazard");
    }

    let veteran = table(&folder, "veteran.csv");
    let cells = ["squamous", "smallcell", "adeno", "large"];
    let stratum =
        |r: &BTreeMap<String, String>| cells.iter().position(|c| *c == r["celltype"]).unwrap() as u32;
    let spells: Vec<Spell> = (0..)
        .zip(&veteran)
        .map(|(i, r)| Spell::simple(i, number(r, "time"), number(r, "status") == 1.0))
        .collect();
    let x: Vec<Vec<f64>> = veteran
        .iter()
        .map(|r| {
            let cell = |c: u32| f64::from(u8::from(stratum(r) == c));
            let rest = ["karno", "diagtime", "age", "prior"].map(|c| number(r, c));
            [&[number(r, "trt"), cell(1), cell(2), cell(3)], &rest[..]].concat()
        })
        .collect();
    same_fit(&cox(&spells, &x, Ties::Efron).unwrap(), &reference["veteran_efron"], false, "veteran, Efron");
    same_fit(
        &cox(&spells, &x, Ties::Breslow).unwrap(),
        &reference["veteran_breslow"],
        false,
        "veteran, Breslow",
    );
    let strata: Vec<Spell> =
        spells.iter().zip(&veteran).map(|(s, r)| Spell { stratum: stratum(r), ..*s }).collect();
    let x: Vec<Vec<f64>> =
        veteran.iter().map(|r| ["trt", "karno", "age"].map(|c| number(r, c)).to_vec()).collect();
    same_fit(&cox(&strata, &x, Ties::Efron).unwrap(), &reference["veteran_strata"], false, "veteran, strata");
}

#[test]
fn cox_regression_with_late_entry_strata_and_clusters_equals_coxph() {
    let Some(folder) = folder() else { return };
    let reference = &json(&folder, "survival_r.json")["cox"];
    let heart = table(&folder, "heart.csv");
    let spell = |i: usize, r: &BTreeMap<String, String>, stratum: &str, cluster: &str| Spell {
        entry: number(r, "start"),
        exit: number(r, "stop"),
        outcome: number(r, "event") as u32,
        stratum: r.get(stratum).map_or(0, |s| s.parse().unwrap()),
        cluster: r.get(cluster).map_or(i as u32, |c| c.parse().unwrap()),
    };
    let spells: Vec<Spell> = heart.iter().enumerate().map(|(i, r)| spell(i, r, "", "")).collect();
    let x: Vec<Vec<f64>> = heart
        .iter()
        .map(|r| ["age", "year", "surgery", "transplant"].map(|c| number(r, c)).to_vec())
        .collect();
    same_fit(&cox(&spells, &x, Ties::Efron).unwrap(), &reference["heart_timedep_efron"], false, "heart");

    let rats = table(&folder, "rats.csv");
    let spells: Vec<Spell> = rats
        .iter()
        .map(|r| Spell {
            cluster: r["litter"].parse().unwrap(),
            ..Spell::simple(0, number(r, "time"), number(r, "status") == 1.0)
        })
        .collect();
    let x: Vec<Vec<f64>> =
        rats.iter().map(|r| vec![number(r, "rx"), f64::from(u8::from(r["sex"] == "m"))]).collect();
    same_fit(&cox(&spells, &x, Ties::Efron).unwrap(), &reference["rats_cluster"], true, "rats, litters");

    let bladder = table(&folder, "bladder2.csv");
    let x: Vec<Vec<f64>> =
        bladder.iter().map(|r| ["rx", "size", "number"].map(|c| number(r, c)).to_vec()).collect();
    for (name, stratum) in [("bladder2_ag_cluster", ""), ("bladder2_pwp_strata", "enum")] {
        let spells: Vec<Spell> =
            bladder.iter().enumerate().map(|(i, r)| spell(i, r, stratum, "id")).collect();
        same_fit(&cox(&spells, &x, Ties::Efron).unwrap(), &reference[name], true, name);
    }
}

#[test]
fn curves_tests_and_shares_equal_survfit_and_survdiff() {
    let Some(folder) = folder() else { return };
    let reference = json(&folder, "survival_r.json");
    let lung = table(&folder, "lung.csv");
    let spells: Vec<Spell> = (0..)
        .zip(&lung)
        .map(|(i, r)| Spell::simple(i, number(r, "time"), number(r, "status") == 2.0))
        .collect();
    let curve = kaplan_meier(&spells, Interval::Log, 0.95).unwrap();
    let at = &reference["km_lung_at"];
    for (i, time) in numbers(&at["time"]).into_iter().enumerate() {
        let step = curve.at(time).unwrap();
        for (ours, column) in
            [(step.survival, "surv"), (step.se, "se"), (step.lower, "lower"), (step.upper, "upper")]
        {
            agrees(ours, numbers(&at[column])[i], 9, column);
        }
    }
    let summary = &reference["km"]["lung_all"];
    let (mean, se) = curve.restricted_mean(curve.last);
    agrees(mean, summary["table"][0]["rmean"].as_f64().unwrap(), 9, "restricted mean");
    agrees(se, summary["table"][0]["se(rmean)"].as_f64().unwrap(), 6, "its standard error");
    for p in ["25", "50", "75"] {
        let share: f64 = p.parse::<f64>().unwrap() / 100.0;
        assert_eq!(curve.quantile(share), summary["q"]["quantile"][0][p].as_f64());
        let ends = (summary["q"]["lower"][0][p].as_f64(), summary["q"]["upper"][0][p].as_f64());
        assert_eq!(curve.quantile_interval(share), ends, "quantile {p}");
    }
    let sex: Vec<usize> = lung.iter().map(|r| number(r, "sex") as usize - 1).collect();
    for (name, rho) in [("lung_sex", 0.0), ("lung_sex_peto", 1.0)] {
        let (ours, theirs) = (log_rank(&spells, &sex, rho).unwrap(), &reference["logrank"][name]);
        agrees(ours.chi_squared, theirs["chisq"].as_f64().unwrap(), 9, name);
        agrees(ours.p, theirs["p"].as_f64().unwrap(), 6, name);
        agrees(ours.expected[1], numbers(&theirs["exp"])[1], 9, name);
    }
    // A median that falls on a level stretch of the curve: the middle of it.
    let veteran = table(&folder, "veteran.csv");
    for (arm, median) in [("1", 103.0), ("2", 52.5)] {
        let spells: Vec<Spell> = veteran
            .iter()
            .filter(|r| r["trt"] == arm)
            .map(|r| Spell::simple(0, number(r, "time"), number(r, "status") == 1.0))
            .collect();
        assert_eq!(kaplan_meier(&spells, Interval::Log, 0.95).unwrap().quantile(0.5), Some(median));
    }

    let mgus = table(&folder, "mgus2.csv");
    let spells: Vec<Spell> = (0..)
        .zip(&mgus)
        .map(|(i, r)| {
            let progressed = number(r, "pstat") == 1.0;
            let exit = number(r, if progressed { "ptime" } else { "futime" });
            let outcome = if progressed { 1 } else { 2 * number(r, "death") as u32 };
            Spell { outcome, ..Spell::simple(i, exit, true) }
        })
        .collect();
    let incidence = cumulative_incidence(&spells).unwrap();
    let theirs = &reference["aj_mgus2"];
    for (i, time) in numbers(&theirs["times"]).into_iter().enumerate() {
        let step = incidence.at(time).unwrap();
        let (share, se) = (&theirs["pstate"][i], &theirs["se"][i]);
        agrees(step.none, share["V1"].as_f64().unwrap(), 9, "nothing yet");
        for k in 0..2 {
            let column = format!("V{}", k + 2);
            agrees(step.share[k], share[&column].as_f64().unwrap(), 9, "share");
            agrees(step.se[k], se[&column].as_f64().unwrap(), 6, "standard error of a share");
        }
    }
}

/// Patients whose age, sex and size of spike are known, and those three.
fn mgus_covariates(mgus: &Rows) -> (Vec<&BTreeMap<String, String>>, Vec<Vec<f64>>) {
    let rows: Vec<_> = complete(mgus, &["age", "sex", "mspike"]).collect();
    let x = rows
        .iter()
        .map(|r| vec![number(r, "age"), f64::from(u8::from(r["sex"] == "M")), number(r, "mspike")])
        .collect();
    (rows, x)
}

/// Each cause of an end by itself, the other one censored.
#[test]
fn cause_specific_hazards_equal_coxph() {
    let Some(folder) = folder() else { return };
    let reference = &json(&folder, "survival_r.json")["cox_cause"];
    let mgus = table(&folder, "mgus2.csv");
    let (rows, x) = mgus_covariates(&mgus);
    for (name, progression) in [("mgus2_pcm", true), ("mgus2_death", false)] {
        let spells: Vec<Spell> = (0..)
            .zip(&rows)
            .map(|(i, r)| {
                let progressed = number(r, "pstat") == 1.0;
                let exit = number(r, if progressed { "ptime" } else { "futime" });
                let event = if progression { progressed } else { !progressed && number(r, "death") == 1.0 };
                Spell::simple(i, exit, event)
            })
            .collect();
        same_fit(&cox(&spells, &x, Ties::Efron).unwrap(), &reference[name], false, name);
    }
}

/// The share that a cause takes, not its hazard: `crr` of the R package cmprsk. Ties as Breslow's, no late entry.
#[test]
fn subdistribution_hazards_equal_crr() {
    let Some(folder) = folder() else { return };
    let reference = &json(&folder, "survival_r.json")["finegray_mgus2_pcm"];
    let mgus = table(&folder, "mgus2.csv");
    let (rows, x) = mgus_covariates(&mgus);
    let spells: Vec<Spell> = (0..)
        .zip(&rows)
        .map(|(i, r)| {
            let progressed = number(r, "pstat") == 1.0;
            let exit = number(r, if progressed { "ptime" } else { "futime" });
            let outcome = if progressed { 1 } else { 2 * number(r, "death") as u32 };
            Spell { outcome, ..Spell::simple(i, exit, true) }
        })
        .collect();
    let fit = fine_gray(&spells, &x).unwrap();
    for j in 0..3 {
        agrees(fit.coefficients[j], numbers(&reference["coef"])[j], 6, "coefficient");
        agrees(fit.se[j], numbers(&reference["se"])[j], 6, "standard error");
    }
    agrees(fit.log_likelihood, reference["loglik"].as_f64().unwrap(), 8, "log-likelihood");
    agrees(fit.log_likelihood_null, reference["loglik_null"].as_f64().unwrap(), 8, "null log-likelihood");
}

/// A network of past calls and the friendships known at each call.
struct Calls {
    events: Vec<(f64, usize, usize)>,
    friends: Vec<(f64, usize, usize, f64)>,
    floors: Vec<String>,
    grades: Vec<String>,
}

impl Calls {
    fn read(folder: &Path) -> Calls {
        let actors = table(folder, "social_evolution_actors.csv");
        let index = |label: &str| actors.iter().position(|r| r["label"] == label).unwrap();
        let pair =
            |r: &BTreeMap<String, String>| (number(r, "time"), index(&r["sender"]), index(&r["receiver"]));
        Calls {
            events: table(folder, "social_evolution_calls.csv").iter().map(pair).collect(),
            friends: table(folder, "social_evolution_friendship.csv")
                .iter()
                .map(|r| {
                    let (time, i, j) = pair(r);
                    (time, i, j, number(r, "replace"))
                })
                .collect(),
            floors: actors.iter().map(|r| r["floor"].clone()).collect(),
            grades: actors.iter().map(|r| r["gradeType"].clone()).collect(),
        }
    }

    /// For each call, told its number, time and pair: the counts of earlier calls and the friendships before it.
    fn walk(&self, mut tell: impl FnMut(u32, (usize, usize), &[Vec<f64>], &[Vec<f64>])) {
        let n = self.floors.len();
        let (mut calls, mut friends) = (vec![vec![0.0; n]; n], vec![vec![0.0; n]; n]);
        let mut known = 0;
        for (number, &(time, i, j)) in (0..).zip(&self.events) {
            while self.friends.get(known).is_some_and(|f| f.0 < time) {
                let (_, a, b, value) = self.friends[known];
                friends[a][b] = value;
                known += 1;
            }
            tell(number, (i, j), &calls, &friends);
            calls[i][j] += 1.0;
        }
    }
}

fn past(count: f64) -> f64 {
    f64::from(u8::from(count > 0.0))
}

/// The order in which pairs call each other: at each call all 84 x 83 ordered pairs are at risk. The partial likelihood
/// has no exposure, so no convention about it.
#[test]
fn an_ordered_relational_event_model_equals_goldfish_and_coxph() {
    let Some(folder) = folder() else { return };
    let calls = Calls::read(&folder);
    let n = calls.floors.len();
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    calls.walk(|number, event, past_calls, friends| {
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i) {
                let same = f64::from(u8::from(calls.floors[i] == calls.floors[j]));
                spells.push(Spell { stratum: number, ..Spell::simple(0, 1.0, (i, j) == event) });
                x.push(vec![past(past_calls[i][j]), past(past_calls[j][i]), friends[i][j], same]);
            }
        }
    });
    let fit = cox(&spells, &x, Ties::Breslow).unwrap();
    let exact = json(&folder, "rem_social_evolution_exact.json");
    same_fit(&fit, &exact["ordered"]["inertia_recip_tie_same_binary"], false, "ordered, exact");
    same_fit(&fit, &json(&folder, "goldfish.json")["models"]["se_rem_ord"], false, "ordered, goldfish");
}

/// Whom a student calls, given that it calls (DyNAM choice: a multinomial choice among the 83 others), by whether it had
/// called that one before, been called by it, and how many it had called that had called that one.
#[test]
fn an_actor_oriented_choice_model_equals_goldfish() {
    let Some(folder) = folder() else { return };
    let calls = Calls::read(&folder);
    let n = calls.floors.len();
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    calls.walk(|number, (i, chosen), past_calls, _| {
        for j in (0..n).filter(|&j| j != i) {
            let between = (0..n).filter(|&k| past_calls[i][k] > 0.0 && past_calls[k][j] > 0.0).count();
            spells.push(Spell { stratum: number, ..Spell::simple(0, 1.0, j == chosen) });
            x.push(vec![past(past_calls[i][j]), past(past_calls[j][i]), between as f64]);
        }
    });
    let fit = cox(&spells, &x, Ties::Breslow).unwrap();
    same_fit(&fit, &json(&folder, "goldfish.json")["models"]["se_choice3"], false, "choice, goldfish");
}

/// The same choice by six circumstances, friendships and what the two have in common among them.
#[test]
fn a_choice_model_with_two_networks_and_shared_traits_equals_goldfish() {
    let Some(folder) = folder() else { return };
    let calls = Calls::read(&folder);
    let n = calls.floors.len();
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    calls.walk(|number, (i, chosen), past_calls, friends| {
        for j in (0..n).filter(|&j| j != i) {
            let same = |of: &[String]| f64::from(u8::from(of[i] == of[j]));
            spells.push(Spell { stratum: number, ..Spell::simple(0, 1.0, j == chosen) });
            x.push(vec![
                past(past_calls[i][j]),
                past(past_calls[j][i]),
                friends[i][j],
                friends[j][i],
                same(&calls.grades),
                same(&calls.floors),
            ]);
        }
    });
    let fit = cox(&spells, &x, Ties::Breslow).unwrap();
    same_fit(&fit, &json(&folder, "goldfish.json")["models"]["se_choice6"], false, "choice of six, goldfish");
}

/// Who calls next (DyNAM rate, the order alone), by how many had called that one and whom it had called.
#[test]
fn an_actor_oriented_rate_model_equals_goldfish() {
    let Some(folder) = folder() else { return };
    let calls = Calls::read(&folder);
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    calls.walk(|number, (caller, _), past_calls, _| {
        for (i, own) in past_calls.iter().enumerate() {
            let called_by = past_calls.iter().map(|of| past(of[i])).sum::<f64>();
            spells.push(Spell { stratum: number, ..Spell::simple(0, 1.0, i == caller) });
            x.push(vec![called_by, own.iter().map(|count| past(*count)).sum::<f64>()]);
        }
    });
    let fit = cox(&spells, &x, Ties::Breslow).unwrap();
    same_fit(&fit, &json(&folder, "goldfish.json")["models"]["se_rate_ord"], false, "rate, goldfish");
}

/// Simulated events of 20 actors: counts of earlier events either way, and a common group. Ordered, and timed with all
/// exposure from time 0 to the last event.
#[test]
fn relational_event_models_of_simulated_events_equal_brute_force_relevent_and_redeem() {
    let Some(folder) = folder() else { return };
    let reference = json(&folder, "rem_synthetic_exact.json");
    let fits = reference["fits"].as_array().unwrap();
    let find = |mode: &str| {
        fits.iter().find(|f| f["N"] == 20 && f["mode"] == mode && f["drop_first"] == false).unwrap().clone()
    };
    let n = 20;
    let mut counts = vec![vec![0.0; n]; n];
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    // Pairs with equal covariates share a row.
    let mut patterns: BTreeMap<[u64; 3], (f64, f64)> = BTreeMap::new();
    let mut before = 0.0;
    for (number, row) in (0..).zip(table(&folder, "synth_rem_20x2000.csv")) {
        let time: f64 = row["time"].parse().unwrap();
        let of = |column: &str| row[column].parse::<usize>().unwrap() - 1;
        let event = (of("sender"), of("receiver"));
        for (i, j) in (0..n * n).map(|pair| (pair / n, pair % n)).filter(|(i, j)| i != j) {
            let same = f64::from(u8::from(i % 3 == j % 3));
            let covariates = [counts[i][j], counts[j][i], same];
            spells.push(Spell { stratum: number, ..Spell::simple(0, 1.0, (i, j) == event) });
            x.push(covariates.to_vec());
            let tally = patterns.entry(covariates.map(f64::to_bits)).or_default();
            tally.0 += f64::from(u8::from((i, j) == event));
            tally.1 += time - before;
        }
        counts[event.0][event.1] += 1.0;
        before = time;
    }
    same_fit(&cox(&spells, &x, Ties::Breslow).unwrap(), &find("ord"), false, "simulated, ordered");
    let timed = find("int");
    let x: Vec<Vec<f64>> =
        patterns.keys().map(|k| [vec![1.0], k.map(f64::from_bits).to_vec()].concat()).collect();
    let (events, exposure): (Vec<f64>, Vec<f64>) = patterns.values().copied().unzip();
    let fit = poisson_regression(&x, &events, &exposure, &(0..x.len() as u32).collect::<Vec<_>>()).unwrap();
    for (i, (coef, se)) in numbers(&timed["coef"]).into_iter().zip(numbers(&timed["se"])).enumerate() {
        agrees(fit.coefficients[i], coef, 6, "simulated, timed");
        agrees(fit.se[i], se, 6, "simulated, timed");
    }
    agrees(fit.log_likelihood, timed["loglik"].as_f64().unwrap(), 9, "simulated, timed");
}

/// A piece of time in which nothing changes: its length, who calls at its end if anybody does, and what is known in it.
struct Stretch {
    length: f64,
    caller: Option<usize>,
    /// For every student: covariates.
    known: Vec<Vec<f64>>,
}

impl Calls {
    /// Time cut at every call, every change of friendship after the first call, and where `window` is given at every call that
    /// passes out of it. Convention C of the reference: the first call has no time before it, and time after the last
    /// call counts up to the last change. What is known at a cut is what was known before it.
    fn intervals(&self, window: Option<f64>) -> Vec<Stretch> {
        let n = self.floors.len();
        let first = self.events[0].0;
        let mut cuts: Vec<f64> = self.events.iter().map(|e| e.0).collect();
        cuts.extend(self.friends.iter().map(|f| f.0).filter(|t| *t > first));
        cuts.extend(window.iter().flat_map(|w| self.events.iter().map(move |e| e.0 + w)));
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let (mut calls, mut recent) = (vec![vec![0.0; n]; n], vec![vec![0.0; n]; n]);
        let mut friends = vec![vec![0.0; n]; n];
        let (mut called, mut befriended, mut passed) = (0, 0, 0);
        let mut before = first;
        let mut out = Vec::new();
        while self.friends.get(befriended).is_some_and(|f| f.0 < first) {
            let (_, a, b, value) = self.friends[befriended];
            friends[a][b] = value;
            befriended += 1;
        }
        let degree = |of: &[Vec<f64>], i: usize| {
            let into = of.iter().map(|row| past(row[i])).sum::<f64>();
            (into, of[i].iter().map(|count| past(*count)).sum::<f64>())
        };
        for time in cuts {
            let known = (0..n)
                .map(|i| {
                    let (into, out_of) = degree(&calls, i);
                    let (recent_in, recent_out) = degree(&recent, i);
                    let liked = friends.iter().map(|row| past(row[i])).sum::<f64>();
                    match window {
                        None => vec![1.0, into, out_of, liked],
                        Some(_) => vec![1.0, into, out_of, recent_in, recent_out, liked],
                    }
                })
                .collect();
            let call = self.events.get(called).filter(|e| e.0 == time).copied();
            out.push(Stretch { length: time - before, caller: call.map(|c| c.1), known });
            if let Some((_, i, j)) = call {
                calls[i][j] += 1.0;
                recent[i][j] += 1.0;
                called += 1;
            }
            while window.is_some_and(|w| self.events.get(passed).is_some_and(|e| e.0 + w <= time)) {
                let (_, i, j) = self.events[passed];
                recent[i][j] -= 1.0;
                passed += 1;
            }
            while self.friends.get(befriended).is_some_and(|f| f.0 <= time) {
                let (_, a, b, value) = self.friends[befriended];
                friends[a][b] = value;
                befriended += 1;
            }
            before = time;
        }
        out
    }
}

/// Who calls next and when (DyNAM rate, timed): a Poisson regression on the spells of the 84 students, in seconds, with exposure
/// by convention C; and the same with what happened within the last five minutes.
#[test]
fn timed_actor_oriented_rate_models_equal_goldfish() {
    let Some(folder) = folder() else { return };
    let calls = Calls::read(&folder);
    let reference = json(&folder, "goldfish.json");
    for (name, window) in [("se_rate_int", None), ("se_rate_win", Some(300.0))] {
        let theirs = &reference["models"][name];
        let intervals = calls.intervals(window);
        assert_eq!(intervals.len() as u64, theirs["n_intervals"].as_u64().unwrap(), "{name}");
        let mut patterns: BTreeMap<Vec<u64>, (f64, f64)> = BTreeMap::new();
        for interval in &intervals {
            for (i, known) in interval.known.iter().enumerate() {
                let tally = patterns.entry(known.iter().map(|x| x.to_bits()).collect()).or_default();
                tally.0 += f64::from(u8::from(interval.caller == Some(i)));
                tally.1 += interval.length;
            }
        }
        let x: Vec<Vec<f64>> =
            patterns.keys().map(|k| k.iter().map(|b| f64::from_bits(*b)).collect()).collect();
        let (events, exposure): (Vec<f64>, Vec<f64>) = patterns.values().copied().unzip();
        let fit =
            poisson_regression(&x, &events, &exposure, &(0..x.len() as u32).collect::<Vec<_>>()).unwrap();
        for (i, (coef, se)) in numbers(&theirs["coef"]).into_iter().zip(numbers(&theirs["se"])).enumerate() {
            agrees(fit.coefficients[i], coef, 6, name);
            agrees(fit.se[i], se, 6, name);
        }
        agrees(fit.log_likelihood, theirs["loglik"].as_f64().unwrap(), 8, name);
    }
}
