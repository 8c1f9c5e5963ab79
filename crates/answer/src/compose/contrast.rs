//! Why there and not here: two dyads side by side.

use jonbar_model::{Kind, Orientation, TermSpec};
use jonbar_question::{Focus, Reading};
use jonbar_record::{ActorId, Day, EventKind, PactType};

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, fitted, words};
use crate::answer::{Answer, Datum, RecordList, Section, Table};

type Dyad = (ActorId, ActorId);

/// The dyad that signed beside the dyad that did not, at the date of the pact that was signed.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    example: Dyad,
    subject: Dyad,
    focus: &Focus,
) -> Answer {
    let record = study.record;
    let wanted = focus.pact.unwrap_or(PactType::Nonaggression);
    let kind = Study::pact_kind(wanted).unwrap_or(Kind::NonaggressionPact);
    let pact = record
        .pacts
        .iter()
        .filter(|p| p.binds(example.0, example.1) && p.types.iter().any(|t| Study::same_class(*t, wanted)))
        .filter(|p| focus.window.is_none_or(|w| p.signed.meets(w)))
        .min_by_key(|p| (!p.is_bilateral(), p.signed.reading()));
    let day = pact.map(|p| p.signed.reading()).or(focus.window.map(|w| w.from)).unwrap_or(Day((record
        .span
        .from
        .0
        + record.span.to.0)
        / 2));
    let sentence = format!(
        "Why a {} of {} and not of {}, on {}?",
        wanted.label(),
        both(study, example),
        both(study, subject),
        day.long()
    );
    let answer = blank(reading, "contrast", sentence);
    compared(study, answer, (example, subject), kind, day, pact.is_some())
}

/// Two pairs of states side by side on a day, for events of one kind: `jonbar compare`.
pub fn compare(study: &Study, example: Dyad, subject: Dyad, kind: Kind, day: Day) -> Answer {
    let sentence = format!(
        "{} of {} beside {}, on {}.",
        words::capital(kind.label()),
        both(study, example),
        both(study, subject),
        day.long()
    );
    let reading = Reading {
        text: format!("Compare {} with {}", both(study, example), both(study, subject)),
        form: jonbar_question::Form::Contrast { example, subject, focus: Focus::default() },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    let answer = blank(&reading, "contrast", sentence);
    compared(study, answer, (example, subject), kind, day, true)
}

fn both(study: &Study, d: Dyad) -> String {
    format!("{} and {}", words::name(study, d.0), words::name(study, d.1))
}

fn compared(
    study: &Study,
    mut answer: Answer,
    (example, subject): (Dyad, Dyad),
    kind: Kind,
    day: Day,
    signed: bool,
) -> Answer {
    let record = study.record;
    let mut citer = Citer::new(record);
    let name = |d: Dyad| both(study, d);
    let rates = [example, subject].map(|d| rate(study, kind, d, day));
    answer.summary = summary(study, example, subject, day, &rates, kind, signed);
    answer.summary.extend(would_have_to_differ(study, kind, example, subject, day));
    answer.sections.push(facts_table(study, example, subject, day, &name));
    answer.sections.push(covariates(study, kind, example, subject, day, &name));
    answer.sections.extend(nearest_cases(study, kind, subject, day, &mut citer));
    let relevant = |e: &jonbar_record::Event, d: Dyad| {
        e.joins(d.0, d.1)
            && (e.kind.is_negotiation()
                || matches!(
                    e.kind,
                    EventKind::PactSigned
                        | EventKind::RelationsOpened
                        | EventKind::Motive
                        | EventKind::ClaimRenounced
                )
                || kind.orientation() != Orientation::Unordered
                    && matches!(
                        e.kind,
                        EventKind::ArmedDispute
                            | EventKind::TerritorialDemand
                            | EventKind::WarBegun
                            | EventKind::WarJoined
                    ))
            && (e.when.reading().0 - day.0).abs() < 5 * 366
    };
    for dyad in [example, subject] {
        let entries: Vec<_> =
            record.events.iter().filter(|e| relevant(e, dyad)).map(|e| citer.entry(e)).collect();
        answer.sections.push(Section::Record(RecordList {
            title: format!("The record: {}", name(dyad)),
            intro: if entries.is_empty() {
                "No entry within five years of that date.".to_owned()
            } else {
                "What bears on it within five years of that date.".to_owned()
            },
            entries,
        }));
    }
    finish(answer, citer)
}

/// Fitted events a year of a pair just before a day; for an act of one, from the first state to the second.
fn rate(study: &Study, kind: Kind, d: Dyad, day: Day) -> f64 {
    fitted::rate(study, kind, d.0.0, d.1.0, None, f64::from(day.0) - 0.001)
}

/// Which circumstances, made as they were for the pair held up as an example, would have brought the other's rate to it.
fn would_have_to_differ(study: &Study, kind: Kind, example: Dyad, subject: Dyad, day: Day) -> Option<String> {
    let (x, y) = (gather(study, kind, example, day), gather(study, kind, subject, day));
    let coefficients = study.fit.coefficients(&study.spec, kind);
    let mut gains: Vec<(f64, &str)> = coefficients
        .iter()
        .enumerate()
        .skip(1)
        .map(|(i, c)| (c.mode * (x[i] - y[i]), TermSpec::gloss(&c.name)))
        .filter(|(gain, _)| *gain > 0.05)
        .collect();
    gains.sort_by(|a, b| b.0.total_cmp(&a.0));
    let gap: f64 = coefficients.iter().enumerate().map(|(i, c)| c.mode * (x[i] - y[i])).sum();
    if gap <= 0.05 || gains.is_empty() {
        return None;
    }
    let (mut closed, mut needed) = (0.0, Vec::new());
    for (gain, gloss) in gains {
        needed.push(format!("\"{gloss}\" (times {:.1})", libm::exp(gain)));
        closed += gain;
        if closed >= gap {
            break;
        }
    }
    Some(format!(
        "To be as likely there as in the example, the fewest circumstances that would have had to be like its own: {}.",
        words::list(&needed)
    ))
}

/// The recorded events of the kind whose pairs were most like this one when it happened: the mean difference of all
/// circumstances that the model of the kind reads, each between 0 and 1 (Gower 1971, Biometrics 27: 857-871).
fn nearest_cases(study: &Study, kind: Kind, subject: Dyad, day: Day, citer: &mut Citer) -> Option<Section> {
    const SHOWN: usize = 6;
    let terms = study.spec.of(kind);
    let here = gather(study, kind, subject, day);
    let mut cases: Vec<(Vec<f64>, usize)> = Vec::new();
    for (item, _, slot, value) in &study.panel.events {
        let this = study.timeline.items[*item].unit.is_some_and(|(k, ..)| k == kind);
        if this && value.risk >> slot & 1 == 1 {
            let mut x = Vec::new();
            terms.gather(value, kind.orientation(), fitted::reversed(kind, *slot), &mut x);
            cases.push((x, *item));
        }
    }
    let ranges: Vec<f64> = (0..here.len())
        .map(|i| {
            let all = cases.iter().map(|(x, _)| x[i]).chain([here[i]]);
            let (low, high) = all.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
            high - low
        })
        .collect();
    let used: Vec<usize> = (1..here.len()).filter(|&i| ranges[i] > 0.0).collect();
    if cases.is_empty() || used.is_empty() {
        return None;
    }
    let far =
        |x: &[f64]| used.iter().map(|&i| (x[i] - here[i]).abs() / ranges[i]).sum::<f64>() / used.len() as f64;
    let mut near: Vec<(f64, &(Vec<f64>, usize))> = cases.iter().map(|c| (far(&c.0), c)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.1.cmp(&b.1.1)));
    let rows = near
        .iter()
        .take(SHOWN)
        .filter_map(|(distance, (x, item))| {
            let jonbar_model::ItemSource::Event(e) = study.timeline.items[*item].source else { return None };
            let event = &study.record.events[e];
            let unlike: Vec<&str> = used
                .iter()
                .filter(|&&i| (x[i] - here[i]).abs() > 0.5 * ranges[i])
                .map(|&i| TermSpec::gloss(&terms.terms[i].name))
                .collect();
            let parties: Vec<ActorId> = event.actors.iter().chain(&event.targets).copied().collect();
            Some(vec![
                Datum::Text(words::names(study, &parties)),
                Datum::Text(event.when.text.clone()),
                Datum::Number(*distance, 2),
                if unlike.is_empty() { Datum::None } else { Datum::Text(unlike.join("; ")) },
                Datum::Text(citer.marks(&event.citations)),
            ])
        })
        .collect();
    Some(Section::Table(Table {
        title: "The cases most like it".to_owned(),
        intro: format!(
            "Recorded events of the kind ({}) whose pairs were then most like {} on {}. The distance is the mean difference \
             over {} circumstances, 0 for the same in all.",
            kind.label(),
            both(study, subject),
            day.long(),
            used.len()
        ),
        columns: ["between", "date", "distance", "unlike in", "source"].map(str::to_owned).to_vec(),
        rows,
        notes: vec!["A distance above 0.3 means that nothing like it has happened in the record: the model reaches beyond its data there.".to_owned()],
    }))
}

/// The claim between two states that matters most: unsettled before settled, then by salience.
fn main_claim(study: &Study, d: Dyad, day: Day) -> Option<usize> {
    study
        .claims_between(d.0, d.1)
        .into_iter()
        .filter(|&c| {
            let claim = &study.record.claims[c];
            let holder = study.record.holder(claim.territory, day);
            claim.live.contains(day) && holder.is_some_and(|h| h != claim.claimant && (h == d.0 || h == d.1))
        })
        .max_by_key(|&c| {
            let claim = &study.record.claims[c];
            (claim.is_asserted(day), !claim.is_settled(day), claim.salience)
        })
}

fn summary(
    study: &Study,
    example: Dyad,
    subject: Dyad,
    day: Day,
    rates: &[f64],
    kind: Kind,
    signed: bool,
) -> Vec<String> {
    let record = study.record;
    let mut out = Vec::new();
    let title = |d: Dyad| match main_claim(study, d, day) {
        None => "no land in dispute".to_owned(),
        Some(c) => {
            let claim = &record.claims[c];
            let land = &record.territories[claim.territory.0].name;
            match (&claim.settled, claim.is_settled(day)) {
                (Some(when), true) => {
                    format!("{land}, settled by treaty on {} ({})", when.long(), claim.settled_by)
                }
                _ => format!("{land}, which no treaty had settled"),
            }
        }
    };
    let disputed = |d: Dyad| main_claim(study, d, day).is_some();
    out.push(if disputed(example) || disputed(subject) {
        format!(
            "The disputed land differs: between {} {}; between {} {}.",
            words::names(study, &[example.0, example.1]),
            title(example),
            words::names(study, &[subject.0, subject.1]),
            title(subject)
        )
    } else {
        "No land was in dispute between either pair.".to_owned()
    });
    if rates[0] > 0.0 && rates[1] > 0.0 {
        let ratio = rates[0] / rates[1];
        let (more, times) = if ratio >= 1.0 { (example, ratio) } else { (subject, 1.0 / ratio) };
        let sd = ratio_sd(study, kind, example, subject, day);
        out.push(format!(
            "By the fitted model the {} of {} was then {times:.1} times as likely as the other (90 % interval {:.1} to {:.1}).",
            kind.label(),
            words::names(study, &[more.0, more.1]),
            times * libm::exp(-1.645 * sd),
            times * libm::exp(1.645 * sd)
        ));
    }
    if !signed {
        out.push("The record has no such pact of the pair held up as an example at that time.".to_owned());
    }
    let talks: Vec<String> = record
        .events
        .iter()
        .filter(|e| {
            let of_type = PactType::parse(&e.mark).and_then(Study::pact_kind) == Some(kind);
            e.joins(subject.0, subject.1)
                && of_type
                && matches!(e.kind, EventKind::NegotiationFailed | EventKind::DraftAgreed)
        })
        .map(|e| e.when.long())
        .collect();
    if !talks.is_empty() {
        out.push(format!(
            "It was not impossible: {} negotiated such a pact and did not sign it ({}).",
            words::names(study, &[subject.0, subject.1]),
            words::list(&talks)
        ));
    }
    out
}

/// Standard deviation of the log of the ratio of two dyads' rates.
fn ratio_sd(study: &Study, kind: Kind, example: Dyad, subject: Dyad, day: Day) -> f64 {
    let (x, y) = (gather(study, kind, example, day), gather(study, kind, subject, day));
    let difference: Vec<f64> = x.iter().zip(&y).map(|(a, b)| a - b).collect();
    study.fit.of(kind).posterior.linear(&difference).1
}

/// Covariates of a dyad just before a day.
fn gather(study: &Study, kind: Kind, d: Dyad, day: Day) -> Vec<f64> {
    let mut x = Vec::new();
    let value = study.panel.value_at(study.panel.cells.dyad(d.0.0, d.1.0), f64::from(day.0) - 0.001);
    let reversed = kind.orientation() == Orientation::Ordered && d.0 > d.1;
    study.spec.of(kind).gather(value, kind.orientation(), reversed, &mut x);
    x
}

/// Days of five years.
const FIVE_YEARS: i32 = 1826;

/// Recorded facts of both dyads on the day.
fn facts_table(
    study: &Study,
    example: Dyad,
    subject: Dyad,
    day: Day,
    name: &dyn Fn(Dyad) -> String,
) -> Section {
    use jonbar_model::PactClass;
    let record = study.record;
    let value =
        |d: Dyad| study.panel.value_at(study.panel.cells.dyad(d.0.0, d.1.0), f64::from(day.0) - 0.001);
    let flag = |d: Dyad, effect: &str| {
        let Some(i) = jonbar_model::effects::all().position(|e| e.name == effect) else {
            return Datum::Unknown;
        };
        let v = value(d);
        if v.risk == 0 {
            Datum::NotApplicable
        } else {
            Datum::Flag(v.forward.get(i).max(v.backward.get(i)) > 0.0)
        }
    };
    let claim = |d: Dyad, f: &dyn Fn(&jonbar_record::Claim) -> Datum| {
        main_claim(study, d, day).map_or(Datum::None, |c| f(&record.claims[c]))
    };
    let there = |d: Dyad| record.is_independent(d.0, day) && record.is_independent(d.1, day);
    let state = study.timeline.state_before(&study.world, f64::from(day.0));
    let before = |e: &&jonbar_record::Event| e.when.reading() <= day;
    let relations = |d: Dyad| {
        let turned = |kind: EventKind| {
            let of_both = |e: &&jonbar_record::Event| e.kind == kind && e.joins(d.0, d.1);
            record.events.iter().filter(before).rfind(of_both).map(|e| e.when.long())
        };
        let have = state.actors[d.0.0].relations.contains(d.1.0);
        match (there(d), have) {
            (false, _) => Datum::NotApplicable,
            (true, true) => Datum::Text(
                turned(EventKind::RelationsOpened).map_or("yes".to_owned(), |day| format!("since {day}")),
            ),
            (true, false) => Datum::Text(
                turned(EventKind::RelationsBroken).map_or("no".to_owned(), |day| format!("no, broken {day}")),
            ),
        }
    };
    let bound = |d: Dyad, class| Datum::Flag(study.bound(d.0, d.1, class, day.plus(-1)));
    type Column<'f> = (&'f str, &'f dyn Fn(Dyad) -> Datum);
    let land = |d: Dyad| claim(d, &|c| Datum::Text(record.territories[c.territory.0].name.clone()));
    let settled = |d: Dyad| {
        claim(d, &|c| match (&c.settled, c.is_settled(day)) {
            (Some(when), true) => Datum::Text(format!("{}, {}", when.long(), c.settled_by)),
            _ => Datum::Flag(false),
        })
    };
    let asserted = |d: Dyad| claim(d, &|c| Datum::Flag(c.is_asserted(day)));
    let border = |d: Dyad| Datum::Flag(record.land_borders(d.0, d.1).any(|w| w.contains(day)));
    let force = |d: Dyad| {
        let recent = |e: &&jonbar_record::Event| day.0 - e.when.reading().0 <= FIVE_YEARS;
        let used = |e: &&jonbar_record::Event| {
            matches!(e.kind, EventKind::ArmedDispute | EventKind::WarBegun | EventKind::WarJoined)
                && e.sets_against(&[d.0], &[d.1])
        };
        Datum::Flag(record.events.iter().filter(before).filter(recent).any(|e| used(&e)))
    };
    let patron = |d: Dyad| flag(d, "patron_pull");
    let defence = |d: Dyad| bound(d, PactClass::Defence);
    let nonaggression = |d: Dyad| bound(d, PactClass::Nonaggression);
    let columns: [Column; 9] = [
        ("land in dispute", &land),
        ("settled by treaty", &settled),
        ("claim stated openly that day", &asserted),
        ("diplomatic relations", &relations),
        ("common border by land", &border),
        ("force used within five years", &force),
        ("a patron of one side had a pact with the other", &patron),
        ("bound by a mutual-assistance pact", &defence),
        ("already bound not to attack (multilateral pacts included)", &nonaggression),
    ];
    // What no effect of the model reads is not told by it.
    let reads_patrons =
        Kind::ALL.iter().any(|k| study.spec.of(*k).terms.iter().any(|t| t.name == "patron_pull"));
    let rows = columns
        .iter()
        .filter(|(label, _)| reads_patrons || !label.contains("patron"))
        .map(|(label, f)| vec![Datum::Text((*label).to_owned()), f(example), f(subject)])
        .collect();
    Section::Table(Table {
        title: format!("Side by side on {}", day.long()),
        intro: "Recorded facts.".to_owned(),
        columns: vec![String::new(), name(example), name(subject)],
        rows,
        notes: Vec::new(),
    })
}

/// Every covariate of the kind with its contribution to the log-rate in both dyads.
fn covariates(
    study: &Study,
    kind: Kind,
    example: Dyad,
    subject: Dyad,
    day: Day,
    name: &dyn Fn(Dyad) -> String,
) -> Section {
    let (x, y) = (gather(study, kind, example, day), gather(study, kind, subject, day));
    let mut rows: Vec<(f64, Vec<Datum>)> = study
        .fit
        .coefficients(&study.spec, kind)
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(i, _)| x[*i] != 0.0 || y[*i] != 0.0)
        .map(|(i, c)| {
            let difference = c.mode * (x[i] - y[i]);
            (
                difference,
                vec![
                    Datum::Text(TermSpec::gloss(&c.name).to_owned()),
                    Datum::Number(c.mode, 2),
                    Datum::Number(c.sd, 2),
                    Datum::Number(c.mode * x[i], 2),
                    Datum::Number(c.mode * y[i], 2),
                    Datum::Number(difference, 2),
                ],
            )
        })
        .collect();
    rows.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    Section::Table(Table {
        title: "What the model makes of it".to_owned(),
        intro: format!(
            "Contributions to the log-rate of a {}. A difference of +0.7 doubles the rate of the first pair against the second.",
            kind.label()
        ),
        columns: vec![
            "circumstance".to_owned(),
            "coefficient".to_owned(),
            "sd".to_owned(),
            name(example),
            name(subject),
            "difference".to_owned(),
        ],
        rows: rows.into_iter().map(|(_, r)| r).collect(),
        notes: Vec::new(),
    })
}
