//! Newton's method.

use nalgebra::{DMatrix, DVector};

/// Newton steps after which a fit is declared not to have converged.
const STEPS_MAX: usize = 100;

/// Where a concave function is greatest.
#[derive(Clone, Debug)]
pub struct Maximum {
    /// The point.
    pub beta: Vec<f64>,
    /// The function there.
    pub value: f64,
    /// The negative of its matrix of second derivatives there.
    pub information: DMatrix<f64>,
    /// Steps taken.
    pub steps: usize,
    /// Whether the last step was too small to matter.
    pub converged: bool,
}

impl Maximum {
    /// The inverse of the information; `None` where it has none to speak of (collinear covariates).
    pub fn covariance(&self) -> Option<DMatrix<f64>> {
        let cholesky = self.information.clone().cholesky()?;
        let lower = cholesky.l_dirty();
        // What is left of a coefficient's information once those before it are known.
        let own = |i: usize| lower[(i, i)] * lower[(i, i)] > 1e-11 * self.information[(i, i)];
        (0..self.beta.len()).all(own).then(|| cholesky.inverse())
    }
}

/// Maximises a concave function by Newton's method with halved steps. The function adds its gradient and the lower
/// triangle of its matrix of second derivatives to the arrays given, which are zero, and returns its value.
pub fn maximise(start: &[f64], function: impl Fn(&[f64], &mut [f64], &mut DMatrix<f64>) -> f64) -> Maximum {
    let k = start.len();
    let evaluate = |beta: &[f64]| {
        let (mut gradient, mut hessian) = (vec![0.0; k], DMatrix::zeros(k, k));
        let value = function(beta, &mut gradient, &mut hessian);
        hessian.fill_upper_triangle_with_lower_triangle();
        (value, DVector::from_vec(gradient), -hessian)
    };
    let mut beta = start.to_vec();
    let mut here = evaluate(&beta);
    let (mut steps, mut converged) = (0, false);
    let mut failed = false;
    while steps < STEPS_MAX && !converged && !failed {
        steps += 1;
        let Some(cholesky) = here.2.clone().cholesky() else { break };
        let step = cholesky.solve(&here.1);
        let mut scale = 1.0;
        loop {
            let trial: Vec<f64> = beta.iter().zip(step.iter()).map(|(b, s)| b + scale * s).collect();
            let there = evaluate(&trial);
            if there.0.is_finite() && there.0 >= here.0 - 1e-12 * here.0.abs() {
                let size = trial.iter().fold(1.0_f64, |size, b| size.max(b.abs()));
                converged = step.amax() * scale < 1e-10 * size;
                (beta, here) = (trial, there);
                break;
            }
            scale *= 0.5;
            if scale < 1e-12 {
                // No step of any length is better: the summit, unless the slope says otherwise.
                let slope = step.dot(&here.1);
                converged = here.0.is_finite() && slope.abs() <= 1e-9 * here.0.abs().max(1.0);
                failed = !converged;
                break;
            }
        }
    }
    Maximum { beta, value: here.0, information: here.2, steps, converged }
}
