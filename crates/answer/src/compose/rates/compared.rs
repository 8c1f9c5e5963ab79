//! Whether pacts of one sort, or of one state, were broken more often than those of another.

use jonbar_question::{Focus, Reading, spoken_of};
use jonbar_record::{ActorId, PactType};
use jonbar_survival::{fisher_exact, share_interval};

use super::broken::DEFINITIONS;
use super::{Asked, Fate, LEVEL, case_columns, case_rows, cases, fate, plural, span};
use crate::answer::{Answer, Datum, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// One side of the comparison.
struct Side<'s> {
    name: String,
    fates: Vec<Fate<'s>>,
    by: Option<ActorId>,
}

impl<'s> Side<'s> {
    /// Pacts of a type, of one state where one is named; then only breaches by that state count.
    fn of(study: &'s Study, pact: PactType, party: Option<ActorId>, asked: &Asked) -> Side<'s> {
        let fates: Vec<Fate> =
            cases(study, pact, party, asked.signed).into_iter().map(|p| fate(study, p, party)).collect();
        let of = party.map_or(String::new(), |a| format!(" of {}", words::name(study, a)));
        Side { name: format!("{}{of}", plural(pact)), fates, by: party }
    }

    fn count(&self, is: fn(&Fate) -> bool) -> (u64, u64) {
        (self.fates.iter().filter(|f| is(f)).count() as u64, self.fates.len() as u64)
    }
}

pub(super) fn answer(study: &Study, reading: &Reading, asked: &Asked) -> Answer {
    let text = reading.text.to_lowercase();
    let after = text.find(" than ").map_or("", |i| reading.text.get(i + 6..).unwrap_or(""));
    let other: Focus = spoken_of(after, study.record);
    let (first, second) = (
        Side::of(study, asked.pact, asked.party, asked),
        Side::of(
            study,
            other.pact.unwrap_or(asked.pact),
            other.actors.first().copied().or(if other.pact.is_some() { asked.party } else { None }),
            asked,
        ),
    );
    let less = text.contains("less often") || text.contains("less likely");
    let mut citer = Citer::new(study.record);
    let mut answer = blank(
        reading,
        "base rate",
        format!(
            "Were {} {} {} often than {}, {}?",
            first.name,
            if asked.kept { "kept" } else { "broken" },
            if less { "less" } else { "more" },
            second.name,
            span(study)
        ),
    );
    if first.fates.is_empty() || second.fates.is_empty() || first.name == second.name {
        answer.summary.push(
            "The two sides of the comparison could not be told apart, or the casebook has no such pacts."
                .to_owned(),
        );
        return answer;
    }
    let mut holds = 0;
    let mut clear = 0;
    let rows: Vec<Vec<Datum>> = DEFINITIONS
        .iter()
        .map(|(label, is)| {
            let ((a, n), (b, m)) = (first.count(*is), second.count(*is));
            // "Kept" is the other side of "broken".
            let (a, b) = if asked.kept { (n - a, m - b) } else { (a, b) };
            let (p, q) = (a as f64 / n as f64, b as f64 / m as f64);
            let chance = fisher_exact((a, n), (b, m));
            let so = if less { p < q } else { p > q };
            holds += usize::from(so);
            clear += usize::from(so && chance < 0.1);
            let (low, high) = share_interval(a, n, LEVEL);
            let (low2, high2) = share_interval(b, m, LEVEL);
            let range = |l: f64, h: f64| Datum::Text(format!("{:.0} to {:.0} %", 100.0 * l, 100.0 * h));
            vec![
                Datum::Text(format!("{}{}", if asked.kept { "not " } else { "" }, label.replace("{}", ""))),
                Datum::Text(format!("{a} of {n}")),
                Datum::Share(p),
                range(low, high),
                Datum::Text(format!("{b} of {m}")),
                Datum::Share(q),
                range(low2, high2),
                Datum::Number(chance, 2),
                Datum::Flag(so),
            ]
        })
        .collect();
    let verb = if asked.kept { "kept" } else { "broken" };
    let measure = if less { "less" } else { "more" };
    let n = DEFINITIONS.len();
    answer.summary.push(match (holds, clear) {
        (0, _) => format!("No: under none of {n} definitions were {} {verb} {measure} often than {}.", first.name, second.name),
        (_, 0) => format!(
            "Not shown: {} were {verb} {measure} often than {} under {holds} of {n} definitions, but under none so clearly that \
             chance can be left out.",
            first.name, second.name
        ),
        (h, c) if h == n && c == n => "Yes, under every definition tried, beyond chance.".to_owned(),
        _ => format!(
            "In part: {} were {verb} {measure} often than {} under {holds} of {n} definitions, under {clear} of them beyond chance \
             (p below 0.1).",
            first.name, second.name
        ),
    });
    answer.sections.push(Section::Table(Table {
        title: "Side by side".to_owned(),
        intro: format!(
            "Bilateral pacts: first {}, then {}. Intervals are 90 %; p is the probability of so uneven a split by chance (Fisher).",
            first.name, second.name
        ),
        columns: ["definition", "first", "share", "interval", "second", "share", "interval", "p", "so?"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: vec![
            "With a state named, only breaches and force by that state count.".to_owned(),
            "Pairs that sign one sort of pact are not like those that sign another: a difference here need not be the pact's doing.".to_owned(),
        ],
    }));
    for side in [&first, &second] {
        answer.sections.push(Section::Table(Table {
            title: format!("The cases: {}", side.name),
            intro: format!("{} bilateral pacts.", side.fates.len()),
            columns: case_columns(study, side.by),
            rows: case_rows(study, &side.fates, &mut citer),
            notes: Vec::new(),
        }));
    }
    finish(answer, citer)
}
