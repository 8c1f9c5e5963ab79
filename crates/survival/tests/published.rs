//! Against figures in print: the remission times of Freireich and others (1963, Blood 21: 699-716), 42 patients with acute
//! leukaemia on 6-mercaptopurine or placebo, the standard example of the field; and a table of counts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use jonbar_survival::*;

/// Weeks in remission on 6-MP; `true` is a relapse, `false` the end of the watch.
const DRUG: [(f64, bool); 21] = [
    (6.0, true),
    (6.0, true),
    (6.0, true),
    (6.0, false),
    (7.0, true),
    (9.0, false),
    (10.0, true),
    (10.0, false),
    (11.0, false),
    (13.0, true),
    (16.0, true),
    (17.0, false),
    (19.0, false),
    (20.0, false),
    (22.0, true),
    (23.0, true),
    (25.0, false),
    (32.0, false),
    (32.0, false),
    (34.0, false),
    (35.0, false),
];

/// Weeks in remission on placebo; all relapsed.
const PLACEBO: [f64; 21] = [
    1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0, 15.0, 17.0,
    22.0, 23.0,
];

fn drug() -> Vec<Spell> {
    (0..).zip(DRUG).map(|(i, (weeks, relapse))| Spell::simple(i, weeks, relapse)).collect()
}

fn both() -> (Vec<Spell>, Vec<usize>) {
    let mut spells = drug();
    spells.extend((100..).zip(PLACEBO).map(|(i, weeks)| Spell::simple(i, weeks, true)));
    let groups = (0..42).map(|i| usize::from(i >= 21)).collect();
    (spells, groups)
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} is not {b} within {tolerance}");
}

#[test]
fn kaplan_meier_and_greenwood_as_in_klein_and_moeschberger_table_4_1() {
    let curve = kaplan_meier(&drug(), Interval::Log, 0.95).unwrap();
    let table = [
        (6.0, 21, 3, 0.857, 0.0764),
        (7.0, 17, 1, 0.807, 0.0869),
        (10.0, 15, 1, 0.753, 0.0963),
        (13.0, 12, 1, 0.690, 0.1068),
        (16.0, 11, 1, 0.627, 0.1141),
        (22.0, 7, 1, 0.538, 0.1282),
        (23.0, 6, 1, 0.448, 0.1346),
    ];
    assert_eq!(curve.steps.len(), table.len());
    for (step, (time, at_risk, events, survival, se)) in curve.steps.iter().zip(table) {
        assert_eq!((step.time, step.at_risk, step.events), (time, at_risk, events));
        close(step.survival, survival, 0.00051);
        close(step.se, se, 0.00006);
    }
    assert_eq!(curve.quantile(0.5), Some(23.0));
}

#[test]
fn nelson_aalen_as_in_klein_and_moeschberger_table_4_2() {
    let curve = nelson_aalen(&drug(), Interval::LogLog, 0.95).unwrap();
    let hazards = [0.1428, 0.2017, 0.2683, 0.3517, 0.4426, 0.5854, 0.7521];
    for (step, hazard) in curve.steps.iter().zip(hazards) {
        close(step.hazard, hazard, 0.0001);
    }
}

#[test]
fn the_log_rank_test_and_the_cox_model_tell_the_drug_from_the_placebo() {
    let (spells, groups) = both();
    let test = log_rank(&spells, &groups, 0.0).unwrap();
    close(test.chi_squared, 16.79, 0.005);
    close(test.expected[0], 19.25, 0.005);
    let x: Vec<Vec<f64>> = groups.iter().map(|&g| vec![g as f64]).collect();
    // Coefficients printed by every package for these data.
    let efron = cox(&spells, &x, Ties::Efron).unwrap();
    close(efron.coefficients[0], 1.572, 0.0005);
    close(efron.se[0], 0.412, 0.0005);
    let breslow = cox(&spells, &x, Ties::Breslow).unwrap();
    close(breslow.coefficients[0], 1.509, 0.0005);
    close(breslow.se[0], 0.410, 0.0005);
}

/// Phone calls among 84 students (Madan and others 2012, Social Evolution): ordered pairs by whether the first had called
/// the second, been called by it, named it a friend, or lived on its floor, with calls and pair-seconds; and the fit of
/// the timed relational event model to them. Convention: the first call counts with no exposure before it, exposure ends
/// with the last call.
#[test]
fn a_timed_relational_event_model_is_a_poisson_regression_on_spells() {
    let table = [
        ([0., 0., 0., 0.], 24., 21435426732.),
        ([0., 0., 0., 1.], 7., 2560451055.),
        ([0., 0., 1., 0.], 18., 743019916.),
        ([0., 0., 1., 1.], 15., 494495933.),
        ([0., 1., 0., 0.], 2., 33907282.),
        ([0., 1., 0., 1.], 2., 6628653.),
        ([0., 1., 1., 0.], 8., 6853291.),
        ([0., 1., 1., 1.], 8., 9683391.),
        ([1., 0., 0., 0.], 52., 31652912.),
        ([1., 0., 0., 1.], 11., 4294957.),
        ([1., 0., 1., 0.], 61., 9107661.),
        ([1., 0., 1., 1.], 12., 12017087.),
        ([1., 1., 0., 0.], 1., 2466.),
        ([1., 1., 0., 1.], 6., 4512095.),
        ([1., 1., 1., 0.], 180., 14883580.),
        ([1., 1., 1., 1.], 32., 8925893.),
    ];
    let x: Vec<Vec<f64>> = table.iter().map(|(x, ..)| [&[1.0], &x[..]].concat()).collect();
    let (events, exposure): (Vec<f64>, Vec<f64>) = table.iter().map(|(_, d, t)| (*d, *t)).unzip();
    let fit = poisson_regression(&x, &events, &exposure, &(0..x.len() as u32).collect::<Vec<_>>()).unwrap();
    let coefficients = [-19.636222046896, 5.820730236107, 0.7684503181133, 1.752056341438, -0.8181469967327];
    let se = [0.1135741259695, 0.1637536934089, 0.1206808455476, 0.1563841903323, 0.1191670784194];
    for i in 0..5 {
        close(fit.coefficients[i], coefficients[i], 1e-9);
        close(fit.se[i], se[i], 1e-9);
    }
    close(fit.log_likelihood, -6300.18347139623, 1e-8);
}

#[test]
fn rates_have_exact_intervals() {
    // Garwood (1936), table: limits for 0, 1, 10 and 20 events.
    for (events, lower, upper) in
        [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (20, 12.217, 30.888)]
    {
        let interval = rate_interval(events, 1.0, 0.95);
        close(interval.0, lower, 0.0006);
        close(interval.1, upper, 0.0006);
    }
    // Brown, Cai and DasGupta (2001): for 0 of 10 the upper end is 0.2172; and a share and its complement mirror each other.
    let (low, high) = share_interval(0, 10, 0.95);
    assert_eq!(low, 0.0);
    close(high, 0.2172, 0.0001);
    let (one, other) = (share_interval(3, 10, 0.9), share_interval(7, 10, 0.9));
    close(one.0, 1.0 - other.1, 1e-9);
    // Twice the exposure, half the rate.
    let (once, twice) = (rate_interval(7, 1.0, 0.9), rate_interval(7, 2.0, 0.9));
    close(once.0, 2.0 * twice.0, 1e-12);
    // Equal counts over equal exposure: a ratio of one, and its interval symmetric on the log scale.
    let even = rate_ratio((8, 3.0), (8, 3.0), 0.95);
    close(even.ratio, 1.0, 1e-12);
    close(even.lower * even.upper, 1.0, 1e-9);
    close(even.p, 1.0, 1e-12);
    // Nine of ten events on one side of an even split: 2 * (10 + 1) / 2^10.
    close(rate_ratio((9, 1.0), (1, 1.0), 0.95).p, 22.0 / 1024.0, 1e-9);
}

#[test]
fn a_change_of_rate_is_found_where_it_is() {
    let events = [5, 4, 6, 5, 5, 0, 1, 0, 0, 1];
    let change = change_point(&events, &[1.0; 10]).unwrap();
    assert_eq!(change.index, 5);
    assert!(change.p < 0.01 && (change.before, change.after) == (5.0, 0.4), "{change:?}");
    // Nothing to find in a steady rate.
    assert!(change_point(&[3, 2, 4, 3, 3, 2, 3, 4], &[1.0; 8]).unwrap().p > 0.5);
    assert_eq!(change_point(&[0, 0], &[1.0; 2]), None);
}

#[test]
fn late_entry_and_order_are_taken_as_they_should_be() {
    let (spells, groups) = both();
    let x: Vec<Vec<f64>> = groups.iter().map(|&g| vec![g as f64]).collect();
    let whole = cox(&spells, &x, Ties::Efron).unwrap();
    // A spell cut in two at 5 weeks says the same as the whole.
    let (mut cut, mut cut_x) = (Vec::new(), Vec::new());
    for (s, x) in spells.iter().zip(&x) {
        if s.exit > 5.0 {
            cut.push(Spell { exit: 5.0, outcome: 0, ..*s });
            cut.push(Spell { entry: 5.0, ..*s });
            cut_x.extend([x.clone(), x.clone()]);
        } else {
            cut.push(*s);
            cut_x.push(x.clone());
        }
    }
    let halves = cox(&cut, &cut_x, Ties::Efron).unwrap();
    close(whole.coefficients[0], halves.coefficients[0], 1e-10);
    close(whole.log_likelihood, halves.log_likelihood, 1e-9);
    close(whole.robust_se[0], halves.robust_se[0], 1e-9);
    let curves = [kaplan_meier(&spells, Interval::Log, 0.95), kaplan_meier(&cut, Interval::Log, 0.95)];
    let [one, other] = curves.map(|c| c.unwrap().at(12.0).copied().unwrap());
    assert_eq!((one.survival, one.se), (other.survival, other.se));
    let mut backwards: (Vec<Spell>, Vec<Vec<f64>>) = (spells.clone(), x.clone());
    backwards.0.reverse();
    backwards.1.reverse();
    let again = cox(&backwards.0, &backwards.1, Ties::Efron).unwrap();
    close(whole.coefficients[0], again.coefficients[0], 1e-12);
}

#[test]
fn shares_of_competing_causes_add_up() {
    let spells: Vec<Spell> = (0..60)
        .map(|i| Spell { outcome: i % 3, ..Spell::simple(i, 1.0 + f64::from(i * 7 % 60), true) })
        .collect();
    let incidence = cumulative_incidence(&spells).unwrap();
    for step in &incidence.steps {
        close(step.none + step.share.iter().sum::<f64>(), 1.0, 1e-12);
    }
    let any = kaplan_meier(&spells, Interval::Log, 0.95).unwrap();
    let (last, curve) = (incidence.steps.last().unwrap(), any.steps.last().unwrap());
    close(last.none, curve.survival, 1e-12);
}

#[test]
fn what_cannot_be_computed_is_refused_in_words() {
    let backwards = [Spell { entry: 2.0, ..Spell::simple(0, 1.0, true) }];
    assert!(kaplan_meier(&backwards, Interval::Log, 0.95).unwrap_err().contains("no length"));
    let (spells, groups) = both();
    let x: Vec<Vec<f64>> = groups.iter().map(|&g| vec![g as f64, g as f64]).collect();
    assert!(cox(&spells, &x, Ties::Efron).unwrap_err().contains("collinear"));
    assert!(
        poisson_regression(&[vec![1.0]], &[0.0], &[1.0], &[0]).unwrap_err().contains("at least one event")
    );
    assert!(log_rank(&spells, &[0; 42], 0.0).is_err());
    // Everybody in one group has the event at once and nobody in the other ever: no finite hazard ratio.
    let apart: Vec<Spell> = (0..10).map(|i| Spell::simple(i, 1.0 + f64::from(i), i < 5)).collect();
    let x: Vec<Vec<f64>> = (0..10).map(|i| vec![f64::from(u8::from(i < 5))]).collect();
    let fit = cox(&apart, &x, Ties::Efron);
    assert!(fit.is_err() || fit.is_ok_and(|f| f.se[0] > 50.0));
}

/// One rate for clusters of known counts: its robust variance on the log scale is the sum over clusters of the squared difference of
/// events and expectation, over the square of all events; with a cluster for each event and none else it is the model's own.
#[test]
fn clustered_errors_of_a_single_rate_are_those_of_the_formula() {
    let (events, exposure) = ([3.0, 0.0, 5.0, 1.0, 2.0], [2.0, 1.0, 3.0, 2.0, 4.0]);
    let x = vec![vec![1.0]; 5];
    let fit = poisson_regression(&x, &events, &exposure, &[0, 0, 1, 1, 2]).unwrap();
    let rate = 11.0 / 12.0;
    assert!((fit.coefficients[0] - f64::ln(rate)).abs() < 1e-10);
    assert!((fit.se[0] - 1.0 / f64::sqrt(11.0)).abs() < 1e-10);
    let off = [3.0 - 3.0 * rate, 6.0 - 5.0 * rate, 2.0 - 4.0 * rate];
    let expected = off.iter().map(|d| d * d).sum::<f64>().sqrt() / 11.0;
    assert!((fit.robust_se[0] - expected).abs() < 1e-10, "{} {expected}", fit.robust_se[0]);
}

/// The lady tasting tea: three of four and one of four (Fisher 1935, The Design of Experiments, chapter 2).
#[test]
fn fisher_s_exact_test_of_the_tea() {
    assert!((fisher_exact((3, 4), (1, 4)) - 34.0 / 70.0).abs() < 1e-9);
    assert!((fisher_exact((4, 4), (0, 4)) - 2.0 / 70.0).abs() < 1e-9);
    assert!((fisher_exact((2, 4), (2, 4)) - 1.0).abs() < 1e-9);
}
