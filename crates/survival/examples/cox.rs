//! Times a Cox regression of the spells in a CSV file, for `bench/`: prints seconds and coefficients as JSON.
//!
//! The file has the columns `time`, `status` and any number of covariates. The time is that of the fit alone, without
//! reading the file; the best of five.

use std::time::Instant;

use jonbar_survival::{Spell, Ties, cox};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: cox FILE.csv")?;
    let mut reader = csv::Reader::from_path(path)?;
    let (mut spells, mut x) = (Vec::new(), Vec::new());
    for (i, row) in reader.records().enumerate() {
        let numbers = row?.iter().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        spells.push(Spell::simple(i as u32, numbers[0], numbers[1] > 0.0));
        x.push(numbers[2..].to_vec());
    }
    let mut best = f64::INFINITY;
    let mut fit = None;
    for _ in 0..5 {
        let start = Instant::now();
        fit = Some(cox(&spells, &x, Ties::Efron)?);
        best = best.min(start.elapsed().as_secs_f64());
    }
    let fit = fit.ok_or("nothing fitted")?;
    let all = |v: &[f64]| v.iter().map(|x| format!("{x:.12}")).collect::<Vec<_>>().join(", ");
    println!(
        "{{\"seconds\": {best}, \"loglik\": {:.9}, \"coef\": [{}], \"se\": [{}]}}",
        fit.log_likelihood,
        all(&fit.coefficients),
        all(&fit.se)
    );
    Ok(())
}
