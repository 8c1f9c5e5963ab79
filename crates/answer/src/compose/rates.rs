//! How often, and more or less over time: first honest answers with the list of cases.

use jonbar_model::{Cell, Kind, SLOTS};
use jonbar_question::{BaseRate, Focus, Reading};
use jonbar_record::{ActorId, Event, EventKind, Pact, PactEnd, PactType};

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, words};
use crate::answer::{Answer, Datum, Notes, Section, Table};

const YEAR: f64 = 365.25;

pub(crate) fn base_rate(
    study: &Study,
    reading: &Reading,
    claim: BaseRate,
    by: Option<ActorId>,
    focus: &Focus,
) -> Answer {
    match claim {
        BaseRate::Broken => broken(study, reading, by, focus),
        BaseRate::BrokenBeforeAttack => before_attack(study, reading, by, focus),
        BaseRate::Omen => omen(study, reading, focus),
    }
}

/// Bilateral pacts of the type asked about (non-aggression and neutrality unless said), of one party if named.
fn cases<'s>(study: &'s Study, pact: Option<PactType>, by: Option<ActorId>) -> Vec<&'s Pact> {
    let wanted = pact.unwrap_or(PactType::Nonaggression);
    study
        .record
        .pacts
        .iter()
        .filter(|p| {
            p.is_bilateral()
                && p.end_kind != PactEnd::NeverInForce
                // A clause in a peace treaty is no pact of this type.
                && p.main_type() != PactType::Peace
                && p.types.iter().any(|t| Study::same_class(*t, wanted))
                && by.is_none_or(|a| p.parties.contains(&a))
        })
        .collect()
}

/// First event that matches between two states after a day and up to another.
fn first_between<'s>(
    study: &'s Study,
    pact: &Pact,
    by: Option<ActorId>,
    kinds: &[EventKind],
    from: jonbar_record::Day,
    to: jonbar_record::Day,
) -> Option<&'s Event> {
    let [a, b] = pact.parties[..] else { return None };
    let acts = |e: &Event| by.is_none_or(|by| e.actors.contains(&by));
    study.record.events.iter().find(|e| {
        let facing = (e.actors.contains(&a) && e.targets.contains(&b))
            || (e.actors.contains(&b) && e.targets.contains(&a));
        kinds.contains(&e.kind) && facing && acts(e) && e.when.reading() > from && e.when.reading() <= to
    })
}

const FORCE: &[EventKind] =
    &[EventKind::ArmedDispute, EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
/// Attack, occupation or annexation.
const ATTACK: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
const WAR: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined];

struct Fate<'s> {
    pact: &'s Pact,
    /// By the state asked about, if one is.
    violated: bool,
    denounced: bool,
    force_before_end: Option<&'s Event>,
    war_before_or_soon: Option<&'s Event>,
    attack: Option<&'s Event>,
}

fn fate<'s>(study: &'s Study, pact: &'s Pact, by: Option<ActorId>) -> Fate<'s> {
    let start = pact.signed.reading();
    let end = pact.end.as_ref().map_or(study.record.span.to, |e| e.reading());
    let by_them = by.is_none_or(|a| pact.ended_by.contains(&a));
    // An incident just before a war is part of it; the attack is the war or the occupation.
    let attack = first_between(study, pact, by, ATTACK, end.plus(-30), end.plus(366));
    Fate {
        pact,
        violated: pact.end_kind == PactEnd::Violated && by_them,
        denounced: pact.end_kind == PactEnd::Denounced && by_them,
        force_before_end: first_between(study, pact, by, FORCE, start, end),
        war_before_or_soon: first_between(study, pact, by, WAR, start, end.plus(366)),
        attack,
    }
}

fn case_rows(study: &Study, fates: &[Fate], citer: &mut Citer) -> Vec<Vec<Datum>> {
    fates
        .iter()
        .map(|f| {
            let cites = citer.marks(&f.pact.citations);
            let event = |e: Option<&Event>| e.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()));
            vec![
                Datum::Text(words::names(study, &f.pact.parties)),
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(format!(
                    "{}{}",
                    f.pact.end_kind.label(),
                    f.pact.end.as_ref().map(|e| format!(" {}", e.text)).unwrap_or_default()
                )),
                if f.pact.ended_by.is_empty() {
                    Datum::None
                } else {
                    Datum::Text(words::names(study, &f.pact.ended_by))
                },
                event(f.force_before_end),
                event(f.war_before_or_soon),
                Datum::Text(cites),
            ]
        })
        .collect()
}

const CASE_COLUMNS: [&str; 7] =
    ["parties", "signed", "end", "by", "force before the end", "war before or within a year", "source"];

/// Central 90 % interval of a share (Jeffreys' prior, normal approximation on the logit scale).
fn interval(k: usize, n: usize) -> (f64, f64) {
    let (k_is_none, k_is_all) = (k == 0, k == n);
    let (a, b) = (k as f64 + 0.5, (n - k) as f64 + 0.5);
    let logit = libm::log(a / b);
    let sd = (1.0 / a + 1.0 / b).sqrt();
    let back = |x: f64| 1.0 / (1.0 + libm::exp(-x));
    let (low, high) = (back(logit - 1.645 * sd), back(logit + 1.645 * sd));
    (if k_is_none { 0.0 } else { low }, if k_is_all { 1.0 } else { high })
}

/// A documented reading of "regularly": at least one in three.
const REGULARLY: f64 = 1.0 / 3.0;

fn broken(study: &Study, reading: &Reading, by: Option<ActorId>, focus: &Focus) -> Answer {
    let pacts = cases(study, focus.pact, by);
    let fates: Vec<Fate> = pacts.iter().map(|p| fate(study, p, by)).collect();
    let n = fates.len();
    let mut citer = Citer::new(study.record);
    let what = focus.pact.unwrap_or(PactType::Nonaggression).label();
    let (of, whose) = by.map_or((String::new(), "a party".to_owned()), |a| {
        (format!(" of {}", words::name(study, a)), words::name(study, a))
    });
    let mut answer = blank(
        reading,
        "base rate",
        match by {
            None => format!("How often were the bilateral {what}s of 1918 to 1941 broken?"),
            Some(_) => format!("How often did {whose} break its bilateral {what}s of 1918 to 1941?"),
        },
    );
    if n == 0 {
        answer.summary.push("The casebook has no such pact.".to_owned());
        return answer;
    }
    type Definition<'d> = (&'d str, &'d dyn Fn(&Fate) -> bool);
    let definitions: [Definition; 4] = [
        ("broken by an act against the other party (violated)", &|f| f.violated),
        ("violated or denounced", &|f| f.violated || f.denounced),
        ("violated, or force between the parties before the end", &|f| {
            f.violated || f.force_before_end.is_some()
        }),
        ("war between the parties before the end or within a year of it", &|f| {
            f.war_before_or_soon.is_some()
        }),
    ];
    let mut rows = Vec::new();
    let mut shares = Vec::new();
    for (label, is) in definitions {
        let k = fates.iter().filter(|f| is(f)).count();
        let (low, high) = interval(k, n);
        shares.push((label, k as f64 / n as f64));
        rows.push(vec![
            Datum::Text(label.to_owned()),
            Datum::Count(k as u64),
            Datum::Count(n as u64),
            Datum::Share(k as f64 / n as f64),
            Datum::Share(low),
            Datum::Share(high),
            Datum::Flag(k as f64 / n as f64 >= REGULARLY),
        ]);
    }
    let kept = fates.iter().filter(|f| !f.violated && !f.denounced && f.force_before_end.is_none()).count();
    let violated = fates.iter().filter(|f| f.violated).count();
    answer.summary.push(format!(
        "{violated} of {n} such pacts{of} were broken by an act of {whose} by June 1941; {kept} saw neither breach, denunciation \
         nor force by {whose} while they lasted."
    ));
    if reading.text.to_lowercase().contains("never") {
        let none: Vec<&str> = shares.iter().filter(|s| s.1 == 0.0).map(|s| s.0).collect();
        answer.summary.push(match none.len() {
            0 => "\"Never\" is false under every definition tried.".to_owned(),
            n if n == shares.len() => "\"Never\" is true under every definition tried.".to_owned(),
            _ => format!("\"Never\" is true only of: {}.", none.join("; ")),
        });
    }
    let yes: Vec<String> = shares.iter().filter(|s| s.1 >= REGULARLY).map(|s| s.0.to_owned()).collect();
    answer.summary.push(if yes.is_empty() {
        "Read as \"at least one in three\", \"regularly\" is true under no definition tried.".to_owned()
    } else if yes.len() == shares.len() {
        "Read as \"at least one in three\", \"regularly\" is true under every definition tried.".to_owned()
    } else {
        format!(
            "Read as \"at least one in three\", \"regularly\" depends on the definition: it is true of {}.",
            yes.iter().map(|d| format!("\"{d}\"")).collect::<Vec<_>>().join(" and of ")
        )
    });
    answer.sections.push(Section::Table(Table {
        title: "Under each definition".to_owned(),
        intro: "\"Regularly\" is read here as at least one in three. Intervals are 90 %.".to_owned(),
        columns: ["definition", "broken", "pacts", "share", "from", "to", "regularly?"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }));
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{n} bilateral pacts."),
        columns: CASE_COLUMNS.map(str::to_owned).to_vec(),
        rows: case_rows(study, &fates, &mut citer),
        notes: vec![
            "A pact signed by a pair that was already in danger is likelier to be broken than a pact as such: see the question whether such pacts were a bad omen.".to_owned(),
            "The count ends on 22 June 1941: what was broken later counts as kept.".to_owned(),
        ],
    }));
    finish(answer, citer)
}

fn before_attack(study: &Study, reading: &Reading, by: Option<ActorId>, focus: &Focus) -> Answer {
    let pacts = cases(study, focus.pact, by);
    let fates: Vec<Fate> = pacts.iter().map(|p| fate(study, p, by)).collect();
    let mut citer = Citer::new(study.record);
    let who = by.map_or("a party".to_owned(), |a| words::name(study, a));
    let mut answer = blank(
        reading,
        "base rate",
        format!("How often did {who} break a pact right before an attack or occupation?"),
    );
    // One attack on a partner with two pacts counts once.
    let mut own: Vec<&Fate> = Vec::new();
    for f in fates.iter().filter(|f| f.attack.is_some()) {
        let known = |o: &&Fate| {
            o.attack.map(|e| &e.id) == f.attack.map(|e| &e.id) && o.pact.parties == f.pact.parties
        };
        if !own.iter().any(known) {
            own.push(f);
        }
    }
    let gap = |f: &Fate| {
        let (end, attack) = f.pact.end.as_ref().zip(f.attack)?;
        Some(attack.when.reading().0 - end.reading().0)
    };
    let denounced: Vec<String> = own
        .iter()
        .filter(|f| f.pact.end_kind == PactEnd::Denounced)
        .filter_map(|f| {
            let days = gap(f).filter(|g| (0..=90).contains(g))?;
            let plural = if days == 1 { "day" } else { "days" };
            Some(format!("{}: {days} {plural} before", words::names(study, &f.pact.parties)))
        })
        .collect();
    let partners: Vec<String> = own
        .iter()
        .map(|f| match by {
            Some(a) => {
                words::names(study, &f.pact.parties.iter().copied().filter(|p| *p != a).collect::<Vec<_>>())
            }
            None => words::names(study, &f.pact.parties),
        })
        .collect();
    answer.summary.push(format!(
        "Of {} such pacts {} ended in an attack or occupation by {who}: {}.",
        fates.len(),
        own.len(),
        if partners.is_empty() { "none".to_owned() } else { partners.join("; ") }
    ));
    answer.summary.push(match &denounced[..] {
        [] => "In none of them was the pact denounced in the 90 days before; it was in force, replaced, or denounced earlier."
            .to_owned(),
        cases => format!(
            "The pact was denounced right before (within 90 days) in {} of those {} ({}); in the others it was still in force, \
             replaced, or denounced earlier.",
            cases.len(),
            own.len(),
            cases.join("; ")
        ),
    });
    let rows = own
        .iter()
        .filter_map(|f| {
            let attack = f.attack?;
            let end = f.pact.end.as_ref();
            Some(vec![
                Datum::Text(words::names(study, &f.pact.parties)),
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(f.pact.end_kind.label().to_owned()),
                end.map_or(Datum::None, |e| Datum::Text(e.text.clone())),
                Datum::Text(attack.when.text.clone()),
                gap(f).map_or(Datum::NotApplicable, |g| Datum::Number(f64::from(g), 0)),
                Datum::Text(attack.summary.clone()),
            ])
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "End of the pact and attack".to_owned(),
        intro: "Days from the end of the pact to the attack; zero or less when it was still in force."
            .to_owned(),
        columns: ["parties", "signed", "how it ended", "end", "attack", "days", "what"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: Vec::new(),
    }));
    answer.sections.push(Section::Table(Table {
        title: "All the pacts counted".to_owned(),
        intro: format!("{} bilateral pacts.", fates.len()),
        columns: CASE_COLUMNS.map(str::to_owned).to_vec(),
        rows: case_rows(study, &fates, &mut citer),
        notes: Vec::new(),
    }));
    finish(answer, citer)
}

/// For each dyad: when a bilateral pact of the type was in force or had ended within a year, in days.
fn lives(
    study: &Study,
    pact: Option<PactType>,
) -> std::collections::BTreeMap<(usize, usize), Vec<(f64, f64)>> {
    let mut lives: std::collections::BTreeMap<(usize, usize), Vec<(f64, f64)>> =
        std::collections::BTreeMap::new();
    let last = f64::from(study.record.span.to.0) + 1.0;
    for p in cases(study, pact, None) {
        let [a, b] = p.parties[..] else { continue };
        let from = f64::from(p.signed.reading().0);
        let to = p.end.as_ref().map_or(last, |e| f64::from(e.reading().0) + 366.0).min(last);
        lives.entry((a.0.min(b.0), a.0.max(b.0))).or_default().push((from, to));
    }
    // Overlapping pacts of one pair are one stretch.
    for spans in lives.values_mut() {
        spans.sort_by(|x, y| x.0.total_cmp(&y.0));
        let mut merged: Vec<(f64, f64)> = Vec::new();
        for &(from, to) in spans.iter() {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        *spans = merged;
    }
    lives
}

/// Rates of force and war in dyad-years with and without a pact, raw and adjusted.
fn omen(study: &Study, reading: &Reading, focus: &Focus) -> Answer {
    let mut answer = blank(
        reading,
        "base rate",
        format!(
            "Were pairs bound by {} likelier to fight than others, and is that the pact's doing?",
            words::with_article(focus.pact.unwrap_or(PactType::Nonaggression).label())
        ),
    );
    let term = match focus.pact.and_then(Study::pact_kind) {
        Some(Kind::DefencePact) => "alliance_in_force",
        Some(Kind::ConsultationPact) => "consultation_in_force",
        _ => "nonaggression_in_force",
    };
    let covered = lives(study, focus.pact);
    let covers = |a: usize, b: usize, from: f64, to: f64| -> f64 {
        let spans = covered.get(&(a.min(b), a.max(b)));
        spans.map_or(0.0, |spans| spans.iter().map(|(s, e)| (e.min(to) - s.max(from)).max(0.0)).sum())
    };
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (kind, kinds) in [
        (Kind::ArmedDispute, &[Kind::ArmedDispute][..]),
        (Kind::WarBegun, &[Kind::WarBegun, Kind::WarJoined]),
    ] {
        let mut exposure = [0.0_f64; 2];
        let mut events = [0_usize; 2];
        for (index, list) in study.panel.segments.iter().enumerate() {
            let Cell::Dyad(a, b) = study.panel.cells.at(index) else { continue };
            for (i, s) in list.iter().enumerate() {
                let end = list.get(i + 1).map_or(study.panel.window.1, |n| n.start);
                let at_risk =
                    SLOTS.iter().enumerate().any(|(b, slot)| slot.kind == kind && s.value.risk >> b & 1 == 1);
                if at_risk {
                    let with = covers(a, b, s.start, end);
                    exposure[1] += with / YEAR;
                    exposure[0] += (end - s.start - with) / YEAR;
                }
            }
        }
        for item in &study.timeline.items {
            if let Some((_, a, b)) = item.unit.filter(|(k, ..)| kinds.contains(k)) {
                events[usize::from(covers(a, b, item.time, item.time + 0.5) > 0.0)] += 1;
            }
        }
        let rate = |i: usize| events[i] as f64 / exposure[i].max(1e-9) * 1000.0;
        let ratio = rate(1) / rate(0).max(1e-9);
        let coefficient = study.fit.coefficients(&study.spec, kind).into_iter().find(|c| c.name == term);
        let adjusted = coefficient
            .map(|c| (libm::exp(c.mode), libm::exp(c.mode - 1.645 * c.sd), libm::exp(c.mode + 1.645 * c.sd)));
        rows.push(vec![
            Datum::Text(kind.label().to_owned()),
            Datum::Count(events[1] as u64),
            Datum::Number(exposure[1], 0),
            Datum::Number(rate(1), 1),
            Datum::Count(events[0] as u64),
            Datum::Number(exposure[0], 0),
            Datum::Number(rate(0), 1),
            Datum::Number(ratio, 1),
            adjusted.map_or(Datum::None, |(factor, ..)| Datum::Number(factor, 2)),
            adjusted.map_or(Datum::None, |(_, low, high)| Datum::Text(format!("{low:.2} to {high:.2}"))),
        ]);
        lines.push((kind, ratio, adjusted, events[1]));
    }
    for (kind, ratio, adjusted, n) in lines {
        let held_equal = match adjusted {
            Some((factor, low, high)) => format!(
                "with claims, past force, borders, power and period held equal the fitted factor of a pact in force is \
                 {factor:.1} (90 % interval {low:.1} to {high:.1})"
            ),
            None => "the model has no effect of such a pact on this".to_owned(),
        };
        let what = if kind == Kind::WarBegun { "war begun or joined" } else { kind.label() };
        answer.summary.push(format!(
            "{}: pairs with a pact, or within a year of its end, had {ratio:.1} times the raw rate of all other pairs ({n} cases \
             with a pact); {held_equal}.",
            words::capital(what)
        ));
    }
    answer.summary.push(
        "So as a sign a pact did go with danger; that it brought the danger is not shown, because pacts were signed where danger already was."
            .to_owned(),
    );
    answer.sections.push(Section::Table(Table {
        title: "With and without a pact".to_owned(),
        intro: "Events per 1,000 dyad-years (a dyad-year is one pair of states for one year). The adjusted factor is the fitted effect of a pact in force in the model of that kind.".to_owned(),
        columns: [
            "", "events with", "dyad-years", "rate with", "events without", "dyad-years", "rate without", "ratio", "adjusted", "90 %",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        notes: vec![
            "All pairs of the casebook are compared, most of which have nothing to do with each other; the raw ratio says little by itself.".to_owned(),
            "The fitted factor begins from a cautious expectation that a pact restrains a little (see `jonbar fit`); so few cases move it little.".to_owned(),
        ],
    }));
    let pacts = cases(study, focus.pact, None);
    let fates: Vec<Fate> = pacts.iter().map(|p| fate(study, p, None)).collect();
    let mut citer = Citer::new(study.record);
    answer.sections.push(Section::Table(Table {
        title: "The pacts".to_owned(),
        intro: format!("{} bilateral pacts.", fates.len()),
        columns: CASE_COLUMNS.map(str::to_owned).to_vec(),
        rows: case_rows(study, &fates, &mut citer),
        notes: Vec::new(),
    }));
    finish(answer, citer)
}

/// Pacts signed per year by period, with exposure.
pub(crate) fn trend(study: &Study, reading: &Reading, focus: &Focus) -> Answer {
    let record = study.record;
    let wanted = focus.pact.unwrap_or(PactType::Nonaggression);
    let mut answer = blank(
        reading,
        "trend",
        format!("Did the {} become more or less common, 1918 to 1941?", wanted.label()),
    );
    let periods = [(1919, 1924), (1925, 1929), (1930, 1934), (1935, 1938), (1939, 1941)];
    let mut rows = Vec::new();
    let mut rates = Vec::new();
    for (from, to) in periods {
        let signed = |bare: bool, bilateral: bool| {
            record
                .pacts
                .iter()
                .filter(|p| {
                    let year = p.signed.reading().year();
                    let has = if bare {
                        Study::same_class(p.main_type(), wanted)
                    } else {
                        p.types.iter().any(|t| Study::same_class(*t, wanted))
                    };
                    has && p.is_bilateral() == bilateral && (from..=to).contains(&year)
                })
                .count()
        };
        let all = record.pacts.iter().filter(|p| (from..=to).contains(&p.signed.reading().year())).count();
        let years = if to == 1941 { 2.5 } else { f64::from(to - from + 1) };
        let clause = signed(false, true) + signed(false, false);
        let rate = signed(true, true) as f64 / years;
        rates.push(((from, to), rate));
        rows.push(vec![
            Datum::Text(format!("{from}-{to}")),
            Datum::Count(signed(true, true) as u64),
            Datum::Number(rate, 1),
            Datum::Count(signed(true, false) as u64),
            Datum::Count(clause as u64),
            Datum::Count(all as u64),
            if all == 0 { Datum::NotApplicable } else { Datum::Share(clause as f64 / all as f64) },
        ]);
    }
    let peak = rates.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some(((from, to), top)), Some((_, last))) = (peak, rates.last()) {
        answer.summary.push(format!(
            "Bilateral pacts of this type were signed most often in {from}-{to} ({top:.1} a year); at the end of the casebook the rate was {last:.1} a year."
        ));
        answer.summary.push(if *last >= 0.5 * top {
            "Within the period they did not fall out of use.".to_owned()
        } else {
            "Within the period they had become rarer by its end.".to_owned()
        });
    }
    answer.summary.push(
        "What became of the type after June 1941 is outside this casebook; import a longer data set to ask that.".to_owned(),
    );
    answer.sections.push(Section::Table(Table {
        title: "New pacts by period".to_owned(),
        intro: "A bare pact has this as its main obligation; a clause may stand in a wider treaty."
            .to_owned(),
        columns: [
            "years",
            "bilateral, bare",
            "a year",
            "multilateral, bare",
            "any with the clause",
            "all pacts",
            "share with the clause",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        notes: Vec::new(),
    }));
    let mut citer = Citer::new(record);
    let list: Vec<Vec<Datum>> = record
        .pacts
        .iter()
        .filter(|p| p.types.iter().any(|t| Study::same_class(*t, wanted)))
        .map(|p| {
            let cites = citer.marks(&p.citations);
            vec![
                Datum::Text(p.signed.text.clone()),
                Datum::Text(p.name.clone()),
                Datum::Text(p.main_type().label().to_owned()),
                Datum::Flag(p.is_bilateral()),
                Datum::Text(cites),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{} pacts.", list.len()),
        columns: ["signed", "pact", "main obligation", "bilateral", "source"].map(str::to_owned).to_vec(),
        rows: list,
        notes: Vec::new(),
    }));
    answer.sections.push(Section::Notes(Notes {
        title: "How far to trust this".to_owned(),
        points: true,
        text: vec!["Counts of signatures say nothing about the word in use; a clause not to attack can live on under other names.".to_owned()],
    }));
    finish(answer, citer)
}
