//! Whether one sort of pact, or the pacts of one state, fared otherwise than another.

use jonbar_question::{Cases, Claim, Reading, Says, Sort, Than, Whose};
use jonbar_record::{ActorId, Day};
use jonbar_survival::{Interval, Spell, fisher_exact, kaplan_meier, log_rank, rate_ratio, share_interval};

use super::cases::{self, Fate, fates};
use super::definitions::{definitions, saying};
use super::{LEVEL, YEAR, became, chance, span};
use crate::answer::{Answer, Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish};

/// One side of the comparison.
struct Side<'s> {
    name: String,
    of: Cases,
    by: Option<Whose>,
    /// All cases of these but those of the other side.
    rest: bool,
    fates: Vec<Fate<'s>>,
}

/// Both sides. "Germany broke its pacts more often than Italy": each by its own acts, if the sentence says who acts.
fn sides<'s>(study: &'s Study, claim: &Claim, than: &Than) -> [Side<'s>; 2] {
    let by = |of: &Cases| match (of.party, of.sides[0]) {
        // Beside all others, of whom any side may break a pact, either side's breaches count.
        _ if than.others => None,
        (Some(party), _) if claim.by.is_some() => Some(Whose::Actor(party)),
        (None, Some(sort)) if claim.by.is_some() => Some(Whose::Sort(sort)),
        _ => None,
    };
    let side = |of: &Cases| {
        let by = by(of);
        Side { name: cases::name(study, of), of: of.clone(), by, rest: false, fates: fates(study, of, by) }
    };
    let first = side(&claim.of);
    let second = match &than.cases {
        Some(other) => {
            let mut second = side(other);
            if than.others {
                second.fates.retain(|f| !first.fates.iter().any(|g| g.pact.id == f.pact.id));
                second.name = format!("other {}", second.name);
            }
            second
        }
        None => {
            let mut rest = side(&cases::rest_of(&claim.of));
            rest.fates.retain(|f| !first.fates.iter().any(|g| g.pact.id == f.pact.id));
            rest.rest = true;
            if !claim.of.many {
                rest.name = format!("all other {}", rest.name);
            }
            rest
        }
    };
    [first, second]
}

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim, than: &Than) -> Answer {
    let [first, second] = sides(study, claim, than);
    let mut citer = Citer::new(study.record);
    let saying = saying(claim.says);
    let mut answer = blank(
        reading,
        "base rate",
        format!(
            "Were {} {saying} {} {}{}?",
            first.name,
            measure(claim.says, than),
            second.name,
            if first.of.window.is_none() { format!(", {}", span(study)) } else { String::new() }
        ),
    );
    if first.fates.is_empty() || second.fates.is_empty() || first.name == second.name {
        answer.summary.push(no_sides(study, [&first.of, &second.of]));
        return answer;
    }
    match claim.says {
        Says::Lasted { years: None, unbroken, .. } => {
            durations(&first, &second, than, unbroken, &mut answer);
        }
        Says::Signed => signed(study, &first, &second, than, &mut answer),
        says => shares(says, &first, &second, than, &mut answer),
    }
    for side in [&first, &second] {
        answer.sections.push(Section::Table(Table {
            title: format!("The cases: {}", side.name),
            intro: format!("{} pacts.", side.fates.len()),
            columns: cases::columns(study, side.by),
            rows: cases::rows(study, &side.fates, &mut citer),
            notes: Vec::new(),
        }));
    }
    finish(answer, citer)
}

/// "more often than", "about as long as".
pub(super) fn measure(says: Says, than: &Than) -> &'static str {
    match (says, than.less) {
        (Says::Lasted { years: None, .. }, _) if than.equal => "about as long as",
        _ if than.equal => "about as often as",
        (Says::Lasted { years: None, .. }, true) => "for a shorter time than",
        (Says::Lasted { years: None, .. }, false) => "for longer than",
        (_, true) => "less often than",
        (_, false) => "more often than",
    }
}

/// Why two sides cannot be compared.
pub(super) fn no_sides(study: &Study, sides: [&Cases; 2]) -> String {
    let regimes = sides
        .iter()
        .any(|of| of.sides.iter().flatten().any(|x| matches!(x, Sort::Democracy | Sort::Dictatorship)));
    if regimes && study.record.regimes.is_empty() {
        "The casebook does not say which states were democracies."
    } else {
        "The two sides of the comparison could not be told apart, or the casebook has no such cases."
    }
    .to_owned()
}

/// Shares under every definition of what is said of pacts.
fn shares(says: Says, first: &Side, second: &Side, than: &Than, answer: &mut Answer) {
    let both = definitions(says).0.into_iter().map(|d| {
        let known = |side: &Side| side.fates.iter().map(|f| (d.is)(f)).collect();
        (d.label.replace("{}", ""), known(first), known(second))
    });
    side_by_side(&saying(says), [&first.name, &second.name], both, than, answer);
}

/// What is true of each case of either side under each definition: its label, the first side, the second.
type Both = (String, Vec<Option<bool>>, Vec<Option<bool>>);

/// Shares of two sides under every definition.
pub(super) fn side_by_side(
    saying: &str,
    [first, second]: [&str; 2],
    definitions: impl Iterator<Item = Both>,
    than: &Than,
    answer: &mut Answer,
) {
    let less = than.less;
    let (mut holds, mut clear, mut tried) = (0, 0, 0);
    let mut rows = Vec::new();
    // The first definition: its label, and the cases and all cases of either side.
    let mut plainest = None;
    for (label, one, other) in definitions {
        let count = |known: &[Option<bool>]| {
            let known: Vec<bool> = known.iter().flatten().copied().collect();
            (known.iter().filter(|x| **x).count() as u64, known.len() as u64)
        };
        let ((a, n), (b, m)) = (count(&one), count(&other));
        if n == 0 || m == 0 {
            continue;
        }
        tried += 1;
        if plainest.is_none() {
            plainest = Some((label.clone(), (a, n), (b, m)));
        }
        let (p, q) = (a as f64 / n as f64, b as f64 / m as f64);
        let p_value = fisher_exact((a, n), (b, m));
        let apart = p_value < 0.1;
        let so = if than.equal {
            !apart
        } else if less {
            p < q
        } else {
            p > q
        };
        holds += usize::from(so);
        clear += usize::from(so && p_value < 0.1);
        let range = |k: u64, of: u64| {
            let (low, high) = share_interval(k, of, LEVEL);
            Datum::Text(format!("{:.0} to {:.0} %", 100.0 * low, 100.0 * high))
        };
        rows.push(vec![
            Datum::Text(label),
            Datum::Text(format!("{a} of {n}")),
            Datum::Share(p),
            range(a, n),
            Datum::Text(format!("{b} of {m}")),
            Datum::Share(q),
            range(b, m),
            Datum::Number(p_value, 2),
            Datum::Flag(so),
        ]);
    }
    let measure = if less { "less" } else { "more" };
    // "Broke more pacts than": the number is what is said, the share of each side's pacts another matter.
    if let Some((label, (a, n), (b, m))) = plainest.filter(|_| than.number) {
        let so = if less { a < b } else { a > b };
        answer.summary.push(format!(
            "By number, {}: {a} of {n} {first} were {label}, against {b} of {m} {second}. As shares of the pacts of each:",
            if so { "yes" } else { "no" },
        ));
    }
    if tried == 0 {
        answer.summary.push("That cannot be compared: the casebook counts it for neither side.".to_owned());
        return;
    }
    answer.summary.push(match (holds, clear) {
        (h, _) if than.equal && h == tried => format!(
            "As far as can be told: under none of {tried} definitions is the difference beyond chance (p below 0.1). With few cases \
             that is no proof that they are alike."
        ),
        (h, _) if than.equal => format!(
            "{}: under {} of {tried} definitions the difference is beyond chance (p below 0.1).",
            if h == 0 { "No" } else { "Only in part" },
            tried - h
        ),
        (0, _) => {
            format!("No: under none of {tried} definitions were {} {saying} {measure} often than {}.", first, second)
        }
        (h, 0) if 2 * h < tried => format!(
            "No: under {} of {tried} definitions {} were not {saying} {measure} often than {}, and under the other{} the difference \
             may be chance.",
            tried - h,
            first,
            second,
            if h == 1 { "" } else { "s" }
        ),
        (h, 0) => format!(
            "Perhaps: {} were {saying} {measure} often than {} under {h} of {tried} definitions, but under each of them the \
             difference may be chance.",
            first, second
        ),
        (h, c) if h == tried && c == tried => "Yes, under every definition tried, beyond chance.".to_owned(),
        (h, _) if h == tried => format!(
            "Yes: {} were {saying} {measure} often than {} under all {tried} definitions, under {clear} of them beyond chance \
             (p below 0.1).",
            first, second
        ),
        _ => format!(
            "It depends on the definition: {} were {saying} {measure} often than {} under {holds} of {tried}, under {clear} of them \
             beyond chance (p below 0.1).",
            first, second
        ),
    });
    answer.sections.push(Section::Table(Table {
        title: "Side by side".to_owned(),
        intro: format!(
            "First {}, then {}. Intervals are 90 %; p is the probability of so uneven a split by chance (Fisher).",
            first, second
        ),
        columns: ["definition", "first", "share", "interval", "second", "share", "interval", "p", "so?"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: vec![
            "With a state named, only breaches and force by that state count.".to_owned(),
            UNLIKE.to_owned(),
        ],
    }));
}

const UNLIKE: &str = "Pairs that sign one sort of pact are not like those that sign another: a difference here need not be the \
                      pact's doing.";

type Until = (&'static str, fn(u32) -> bool);

/// Until when a pact is said to last, with the outcomes of [`became::spell`] that end it.
const UNTIL: [Until; 3] = [
    ("until any end", |outcome| outcome > 0),
    ("until violated or denounced", |outcome| matches!(outcome, 1 | 2)),
    ("until violated", |outcome| outcome == 1),
];

/// The first word of an answer: whether the first side has more, and whether the difference is beyond chance.
fn verdict(than: &Than, more: bool, clear: bool) -> &'static str {
    match clear {
        true if than.equal => "No",
        false if than.equal => "As far as can be told",
        _ => shown(more != than.less, clear),
    }
}

/// The first word of an answer: whether what is seen is as the sentence says, and whether it is beyond chance.
pub(super) fn shown(as_said: bool, clear: bool) -> &'static str {
    match (as_said, clear) {
        (true, true) => "Yes",
        (true, false) => "Perhaps, but the difference may be chance",
        (false, true) => "No, the other way round",
        (false, false) => "No",
    }
}

/// How long the pacts of both sides lasted.
fn durations(first: &Side, second: &Side, than: &Than, unbroken: bool, answer: &mut Answer) {
    let mut rows = Vec::new();
    let mut said = Vec::new();
    for (label, event) in UNTIL {
        let spells = [first, second].map(|side| became::spells(&side.fates, None, event));
        let curves = spells.each_ref().map(|s| kaplan_meier(s, Interval::LogLog, LEVEL).ok());
        let [Some(one), Some(other)] = curves else { continue };
        let horizon = one.last.min(other.last);
        let groups: Vec<usize> = (0..2).flat_map(|g| vec![g; spells[g].len()]).collect();
        let all: Vec<Spell> = spells.concat();
        let test = log_rank(&all, &groups, 0.0).ok();
        let means = [&one, &other].map(|curve| curve.restricted_mean(horizon));
        let difference = means[0].0 - means[1].0;
        let se = (means[0].1 * means[0].1 + means[1].1 * means[1].1).sqrt();
        let median = |curve: &jonbar_survival::Curve| {
            curve.quantile(0.5).map_or(Datum::Text("not reached".to_owned()), |m| Datum::Number(m, 1))
        };
        rows.push(vec![
            Datum::Text(label.to_owned()),
            median(&one),
            median(&other),
            Datum::Number(means[0].0, 1),
            Datum::Number(means[1].0, 1),
            Datum::Text(format!(
                "{difference:+.1} ({:+.1} to {:+.1})",
                difference - 1.645 * se,
                difference + 1.645 * se
            )),
            test.as_ref().map_or(Datum::NotApplicable, |t| Datum::Number(t.p, 3)),
        ]);
        said.push((label, horizon, means, test.map(|t| t.p)));
    }
    let plain = said.iter().find(|(label, ..)| (*label == "until any end") != unbroken).or(said.first());
    let Some((label, horizon, means, p)) = plain else {
        answer.summary.push("Too few pacts ended to compare how long they lasted.".to_owned());
        return;
    };
    let clear = p.is_some_and(|p| p < 0.1);
    answer.summary.push(format!(
        "{}: {label}, {} lasted {:.1} years on average within the first {horizon:.1}, {} {:.1}{}.",
        verdict(than, means[0].0 > means[1].0, clear),
        first.name,
        means[0].0,
        second.name,
        means[1].0,
        p.map_or(String::new(), |p| format!(" ({} by the log-rank test)", chance(p)))
    ));
    answer.sections.push(Section::Table(Table {
        title: "How long they lasted".to_owned(),
        intro: format!(
            "In years; first {}, then {}. Pacts still in force when the casebook ends are allowed for (Kaplan and Meier). The mean is \
             that of the years both sides can be followed for, with a 90 % interval of the difference; p is the probability of such \
             curves by chance (log-rank).",
            first.name, second.name
        ),
        columns: ["definition", "median", "second", "mean", "second", "difference", "p"].map(str::to_owned).to_vec(),
        rows,
        notes: vec![UNLIKE.to_owned()],
    }));
}

/// Pacts signed for every hundred years of a pair that could sign one.
fn signed(study: &Study, first: &Side, second: &Side, than: &Than, answer: &mut Answer) {
    let span = study.record.span;
    let exposure = |side: &Side| {
        let window = side.of.window.map_or(span, |w| w.within(span));
        let actors = || (0..study.record.actors.len()).map(ActorId);
        let days: Vec<Day> = std::iter::successors(Some(window.from), |d| Some(d.plus(365)))
            .take_while(|d| *d <= window.to)
            .collect();
        let pairs: usize = days
            .iter()
            .map(|&day| {
                let there: Vec<ActorId> = actors().filter(|a| study.record.is_independent(*a, day)).collect();
                there
                    .iter()
                    .flat_map(|&a| there.iter().map(move |&b| (a, b)))
                    .filter(|(a, b)| a < b)
                    .filter(|(a, b)| side.of.party.is_none_or(|p| p == *a || p == *b))
                    .filter(|(a, b)| cases::fits(study, &side.of, *a, *b, day))
                    .count()
            })
            .sum();
        let years = f64::from(window.to.0 - window.from.0 + 1) / YEAR;
        years * pairs as f64 / days.len().max(1) as f64
    };
    let own = exposure(first);
    let of = |s: &Side| if s.rest { exposure(s) - own } else { exposure(s) };
    let sides =
        [(first.fates.len() as u64, own.max(1e-9)), (second.fates.len() as u64, of(second).max(1e-9))];
    let ratio = rate_ratio(sides[0], sides[1], LEVEL);
    let rate = |i: usize| 100.0 * sides[i].0 as f64 / sides[i].1;
    let clear = ratio.differs();
    let [(a, _), (b, _)] = sides;
    let rates = format!(
        "{:.1} and {:.1} for every 100 years of a pair that could sign one, {:.1} times the rate (90 % interval {:.1} to {:.1})",
        rate(0),
        rate(1),
        ratio.ratio,
        ratio.lower,
        ratio.upper
    );
    // A number said to be larger is so or not; how often is a rate, about which chance has a say.
    if than.number && !second.rest && !than.equal {
        let so = if than.less { a < b } else { a > b };
        let turned = (rate(0) > rate(1)) != (a > b);
        answer.summary.push(format!(
            "By number, {}: {a} {}, against {b} {}. {}: {rates}{}.",
            if so { "yes" } else { "no" },
            first.name,
            second.name,
            if turned { "By rate it is the other way round" } else { "By rate" },
            if clear { ", beyond chance" } else { ", which may be chance" }
        ));
        return;
    }
    answer.summary.push(format!(
        "{}: {a} {}, against {b} ({}): {rates}.",
        verdict(than, rate(0) > rate(1), clear),
        first.name,
        second.name
    ));
}
