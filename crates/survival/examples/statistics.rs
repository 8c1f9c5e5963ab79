//! Times one statistic on the spells of a CSV file, for `bench/`: prints seconds and numbers as JSON.
//!
//! The file has the columns `time`, `status` (0 for censored, otherwise the cause) and any number of covariates. The time is that of
//! the computation alone, without reading the file; the best of five.

use std::time::Instant;

use jonbar_survival::{
    Interval, Spell, Ties, cox, cumulative_incidence, fine_gray, kaplan_meier, poisson_regression,
};

type Numbers = Result<Vec<f64>, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: statistics cox|poisson|survival|incidence|fine-gray FILE.csv";
    let (job, path) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let mut reader = csv::Reader::from_path(path)?;
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    for (i, row) in reader.records().enumerate() {
        let numbers = row?.iter().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        let outcome = numbers[1] as u32;
        spells.push(Spell { outcome, ..Spell::simple(i as u32, numbers[0], false) });
        x.push(numbers[2..].to_vec());
    }
    let compute: Box<dyn Fn() -> Numbers> = match job.as_str() {
        "cox" => Box::new(move || {
            let fit = cox(&spells, &x, Ties::Efron)?;
            Ok([fit.coefficients, fit.se, vec![fit.log_likelihood]].concat())
        }),
        "poisson" => {
            let rows: Vec<Vec<f64>> = x.iter().map(|row| [&[1.0], &row[..]].concat()).collect();
            let events: Vec<f64> = spells.iter().map(|s| f64::from(s.outcome)).collect();
            let exposure: Vec<f64> = spells.iter().map(|s| s.exit).collect();
            let clusters: Vec<u32> = spells.iter().map(|s| s.cluster).collect();
            Box::new(move || {
                let fit = poisson_regression(&rows, &events, &exposure, &clusters)?;
                Ok([fit.coefficients, fit.se].concat())
            })
        }
        "survival" => Box::new(move || {
            let curve = kaplan_meier(&spells, Interval::LogLog, 0.9)?;
            let at = [0.25, 0.5, 1.0].map(|time| curve.at(time));
            Ok(at.iter().flatten().flat_map(|s| [s.survival, s.lower, s.upper]).collect())
        }),
        "incidence" => Box::new(move || {
            let curve = cumulative_incidence(&spells)?;
            let at = [0.25, 0.5, 1.0].map(|time| curve.at(time));
            Ok(at.iter().flatten().flat_map(|s| [s.share[0], s.share[1], s.se[0], s.se[1]]).collect())
        }),
        "fine-gray" => Box::new(move || {
            let fit = fine_gray(&spells, &x)?;
            Ok([fit.coefficients, fit.se].concat())
        }),
        _ => return Err(usage.into()),
    };
    let mut best = f64::INFINITY;
    let mut numbers = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        numbers = compute()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{}", serde_json::json!({ "seconds": best, "numbers": numbers }));
    Ok(())
}
