//! Pacts and offices: the rules of `differences/pacts.md`.
//!
//! Dates are compared as text, as far as the less exact of two goes.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_record::{
    ActorId, Day, Event, EventKind, Office, Pact, PactEnd, PactType, PersonId, Record, When,
};

use crate::{Entry, Lines, Row, Table, common, data, none, state};

/// The duties of an alliance in ATOP, and the types of pact that stand for them.
const DUTIES: [(&str, &[PactType]); 5] = [
    ("defense", &[PactType::Defence, PactType::Guarantee]),
    ("offense", &[PactType::Defence]),
    ("neutral", &[PactType::Neutrality]),
    ("nonagg", &[PactType::Nonaggression]),
    ("consul", &[PactType::Consultation]),
];

/// Ends of a pact, and of an alliance's member, may lie so many days apart.
const END_SLACK: i32 = 31;
/// Beginnings and ends of a time in office may lie so many days apart.
const OFFICE_SLACK: i32 = 3;

/// One of the types that are compared; friendship, peace and other are not.
fn is_duty(kind: PactType) -> bool {
    DUTIES.iter().any(|(_, types)| types.contains(&kind))
}

/// The text of a date of ours.
fn text(when: &When) -> String {
    when.text.replace('~', "")
}

/// The text of a date in three cells, as far as year, month and day are known.
fn date(entry: Entry, cells: [&str; 3]) -> Option<String> {
    let [year, month, day] = cells.map(|cell| entry.number(cell));
    let known = [year, month, day].iter().take_while(|number| **number > 0).count();
    match known {
        0 => None,
        1 => Some(format!("{year:04}")),
        2 => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}-{month:02}-{day:02}")),
    }
}

fn same_day(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// The day as which a date is counted: without a day the 15th, without a month 1 January.
fn counted(date: &str) -> Day {
    let numbers: Vec<i32> = date.split('-').map(|n| n.parse().unwrap()).collect();
    let (year, month, day) = match numbers[..] {
        [year] => (year, 1, 1),
        [year, month] => (year, month, 15),
        [year, month, day] => (year, month, day),
        _ => panic!("`{date}` is not a date"),
    };
    Day::from_ymd(year, month as u8, day as u8).unwrap()
}

fn near(a: &str, b: &str, slack: i32) -> bool {
    same_day(a, b) || (counted(a).0 - counted(b).0).abs() <= slack
}

/// First and last day of the casebook.
fn span(record: &Record) -> (String, String) {
    (record.span.from.to_string(), record.span.to.to_string())
}

/// The counterparts of an alliance: the pacts with its number.
fn counterparts<'r>(record: &'r Record, number: &str) -> Vec<&'r Pact> {
    record.pacts.iter().filter(|pact| pact.atop == number).collect()
}

/// The alliances of ATOP within scope.
fn alliances(record: &Record, table: &Table) -> Vec<Row> {
    let (first, last) = span(record);
    let row = |a: Entry| {
        let members: BTreeSet<ActorId> =
            (1..=59).filter_map(|n| state(record, a.number(&format!("mem{n}")))).collect();
        let begin = date(a, ["begyr", "begmo", "begday"])?;
        let end = date(a, ["endyr", "endmo", "endday"]);
        if members.len() < 2 || begin > last || end.as_ref().is_some_and(|end| *end <= first) {
            return None;
        }
        let id = a.text("atopid").to_owned();
        let ours = counterparts(record, &id);
        let differs = if ours.is_empty() {
            Some("no pact of ours has its number".to_owned())
        } else {
            let mut wrong = Vec::new();
            if !ours.iter().any(|pact| same_day(&text(&pact.signed), &begin)) {
                wrong.push(format!("none of our pacts was signed on {begin}"));
            }
            if ours.iter().flat_map(|pact| pact.parties.iter().copied()).collect::<BTreeSet<_>>() != members {
                wrong.push("other members".to_owned());
            }
            wrong.extend(other_duties(a, &ours));
            wrong.extend(other_term(a, &ours));
            wrong.extend(other_end(a, &ours, end.as_deref(), &last));
            (!wrong.is_empty()).then(|| wrong.join("; "))
        };
        let codes: Vec<&str> = members.iter().map(|member| record.code(*member)).collect();
        let about = format!("{}, {begin} to {}", codes.join(" "), end.as_deref().unwrap_or(".."));
        Some(Row { id, about, differs })
    };
    table.entries().filter_map(row).collect()
}

/// Each duty needs one of its types, and each type that is compared needs one of its duties.
fn other_duties(alliance: Entry, ours: &[&Pact]) -> Option<String> {
    let types: BTreeSet<PactType> = ours.iter().flat_map(|pact| pact.types.iter().copied()).collect();
    let duties: Vec<_> = DUTIES.iter().filter(|(duty, _)| alliance.number(duty) == 1).collect();
    let theirs: Vec<&str> = duties
        .iter()
        .filter(|(_, kinds)| !kinds.iter().any(|kind| types.contains(kind)))
        .map(|(duty, _)| *duty)
        .collect();
    let alone: Vec<&str> = types
        .iter()
        .filter(|kind| is_duty(**kind) && !duties.iter().any(|(_, kinds)| kinds.contains(kind)))
        .map(|kind| kind.name())
        .collect();
    (!theirs.is_empty() || !alone.is_empty())
        .then(|| format!("other duties: only theirs {theirs:?}, only ours {alone:?}"))
}

/// The term in years of the earliest pact is the length in months, where both are given.
fn other_term(alliance: Entry, ours: &[&Pact]) -> Option<String> {
    let years = ours.iter().min_by_key(|pact| text(&pact.signed))?.term_years?;
    let months = alliance.number("length");
    (months > 0 && years * 12.0 != f64::from(months))
        .then(|| format!("another term: ours {years} years, theirs {months} months"))
}

/// The last pact to end is in force if the alliance lasts beyond the span; else both end at one time and in one manner.
fn other_end(alliance: Entry, ours: &[&Pact], end: Option<&str>, last: &str) -> Option<String> {
    let pact = ours.iter().max_by_key(|pact| (pact.end.is_none(), pact.end.as_ref().map(text)))?;
    let kind = pact.end_kind;
    let ended = pact.end.as_ref().map(text);
    let theirs = alliance.number("term");
    let lasts = end.is_none_or(|end| end > last);
    let agrees = if lasts || kind == PactEnd::InForce {
        lasts && kind == PactEnd::InForce
    } else {
        let manner = match theirs {
            0 => kind == PactEnd::Lapsed,
            1 => matches!(kind, PactEnd::Expired | PactEnd::Lapsed),
            2 => matches!(kind, PactEnd::Violated | PactEnd::Denounced),
            3 => kind == PactEnd::Replaced,
            _ => false,
        };
        let time = ended.as_deref().zip(end).is_some_and(|(ours, theirs)| near(ours, theirs, END_SLACK));
        manner && time
    };
    (!agrees).then(|| {
        let ours = format!("{} {}", ended.as_deref().unwrap_or(".."), kind.name());
        format!("another end: ours {ours}, theirs {} by `term` {theirs}", end.unwrap_or(".."))
    })
}

/// The members among our states of the larger alliances within scope.
fn members(record: &Record, alliances: &[Row], table: &Table) -> Vec<Row> {
    let (first, last) = span(record);
    let in_scope: BTreeSet<&str> = alliances.iter().map(|row| row.id.as_str()).collect();
    // From the first entry to the last exit of each.
    let mut spells: BTreeMap<(&str, i32), (String, Option<String>)> = BTreeMap::new();
    for phase in table.entries().filter(|phase| phase.number("bilat") != 1) {
        let key = (phase.text("atopid"), phase.number("member"));
        let Some(entry) = date(phase, ["yrent", "moent", "dayent"]) else { continue };
        let exit = date(phase, ["yrexit", "moexit", "dayexit"]);
        let spell = spells.entry(key).or_insert_with(|| (entry.clone(), exit.clone()));
        if entry < spell.0 {
            spell.0 = entry;
        }
        spell.1 = spell.1.take().zip(exit).map(|(a, b)| a.max(b));
    }
    let row = |((alliance, number), (entry, exit)): ((&str, i32), (String, Option<String>))| {
        let member = state(record, number)?;
        if !in_scope.contains(alliance) || entry > last || exit.as_ref().is_some_and(|exit| *exit <= first) {
            return None;
        }
        let mut ours = counterparts(record, alliance);
        ours.retain(|pact| pact.parties.contains(&member));
        let signed = ours.iter().map(|pact| text(&pact.signed)).min();
        // Nothing where one of the pacts has no end.
        let ends: Option<Vec<String>> = ours.iter().map(|pact| pact.end.as_ref().map(text)).collect();
        let ended = ends.and_then(|ends| ends.into_iter().max());
        let leaves = exit.filter(|exit| *exit <= last);
        let differs = match signed {
            None => Some("party to none of our pacts with its number".to_owned()),
            Some(signed) if !same_day(&signed, &entry) => Some(format!("it enters ours on {signed}")),
            Some(_) => match (&ended, &leaves) {
                (None, None) => None,
                (Some(ended), Some(exit)) if near(ended, exit, END_SLACK) => None,
                _ => Some(format!("it leaves ours on {}", ended.as_deref().unwrap_or(".."))),
            },
        };
        let about = format!("{}, {entry} to {}", record.code(member), leaves.as_deref().unwrap_or(".."));
        Some(Row { id: format!("{alliance}-{number}"), about, differs })
    };
    spells.into_iter().filter_map(row).collect()
}

/// A person's time in an office.
struct Tenure {
    actor: ActorId,
    office: Office,
    person: PersonId,
    from: String,
    /// `None` if it lasts.
    to: Option<String>,
}

/// Who held which office, in order of the text of the date, then of the file.
fn tenures(record: &Record) -> Vec<Tenure> {
    let mut changes: Vec<&Event> = record
        .events
        .iter()
        .filter(|e| matches!(e.kind, EventKind::OfficeTaken | EventKind::OfficeLeft))
        .collect();
    changes.sort_by_key(|e| (e.when.text.as_str(), e.place.1));
    let mut tenures: Vec<Tenure> = Vec::new();
    for change in changes {
        let (Some(&actor), Some(office)) = (change.actors.first(), change.office) else { continue };
        let person = change.people.first().copied();
        let taken = change.kind == EventKind::OfficeTaken;
        let holder = tenures.iter_mut().find(|t| t.to.is_none() && t.actor == actor && t.office == office);
        if let Some(holder) = holder
            && (taken || person == Some(holder.person))
        {
            holder.to = Some(text(&change.when));
        }
        if taken && let Some(person) = person {
            tenures.push(Tenure { actor, office, person, from: text(&change.when), to: None });
        }
    }
    tenures
}

/// The first three letters of each word of three letters or more, without diacritics.
fn beginnings(name: &str) -> BTreeSet<String> {
    let plain = name.to_lowercase().replace('æ', "a").replace('ß', "s").replace(['\'', '’'], " ");
    jonbar_record::fold(&plain)
        .split(|c: char| !c.is_ascii_lowercase())
        .filter(|word| word.len() >= 3)
        .map(|word| word[..3].to_owned())
        .collect()
}

/// The spells of leaders of Archigos within scope.
fn leaders(record: &Record, table: &Table) -> Vec<Row> {
    let (first, last) = span(record);
    let tenures = tenures(record);
    let names: Vec<BTreeSet<String>> = record
        .people
        .iter()
        .map(|person| beginnings(&format!("{} {}", person.name, person.aliases.join(" "))))
        .collect();
    let mut spells: BTreeMap<ActorId, Vec<Entry>> = BTreeMap::new();
    for entry in table.entries() {
        if let Some(actor) = state(record, entry.number("ccode")) {
            spells.entry(actor).or_default().push(entry);
        }
    }
    let mut rows = Vec::new();
    for (actor, spells) in spells {
        for (n, spell) in spells.iter().enumerate() {
            let [leader, start, end] = ["leader", "startdate", "enddate"].map(|name| spell.text(name));
            if start > last.as_str() || end < first.as_str() {
                continue;
            }
            let next = spells.get(n + 1).map(|next| next.text("startdate"));
            let words = beginnings(leader);
            let agrees = |t: &Tenure| {
                let stops = match t.to.as_deref() {
                    None => end > last.as_str(),
                    Some(to) if end > last.as_str() => to > last.as_str(),
                    Some(to) => {
                        near(to, end, OFFICE_SLACK) || next.is_some_and(|next| near(to, next, OFFICE_SLACK))
                    }
                };
                stops
                    && t.actor == actor
                    && !words.is_disjoint(&names[t.person.0])
                    && near(&t.from, start, OFFICE_SLACK)
            };
            rows.push(Row {
                id: spell.text("obsid").to_owned(),
                about: format!("{}, {leader}, {start} to {end}", record.code(actor)),
                differs: (!tenures.iter().any(agrees)).then(|| "no time in office of ours fits".to_owned()),
            });
        }
    }
    rows
}

/// Our pacts with a promise that ATOP would count.
fn own_pacts(record: &Record) -> Vec<Row> {
    let promises = record.pacts.iter().filter(|pact| pact.types.iter().any(|kind| is_duty(*kind)));
    let row = |pact: &Pact| Row {
        id: pact.id.clone(),
        about: pact.name.clone(),
        differs: pact.atop.is_empty().then(|| "it has no number of ATOP".to_owned()),
    };
    promises.map(row).collect()
}

/// What the lines leave open, and lines that tell of a difference where there is none.
fn complaints(set: &str, rows: &[Row], lines: &Lines) -> Vec<String> {
    let mut complaints = lines.complaints(set, rows);
    for row in rows.iter().filter(|row| row.differs.is_none()) {
        if let Some(line) = lines.about(set, &row.id).filter(|line| !line.equates()) {
            complaints.push(format!("{set} {} ({}): `{}`, but it agrees", row.id, row.about, line.verdict));
        }
    }
    complaints
}

/// The pacts with the number of an alliance have its day of beginning, its members, duties, term and end.
#[test]
fn every_alliance_of_atop_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let rows = alliances(&common::record(), &Table::open(&data, "atop/atop5_0_alliance.csv"));
    none(&complaints("atop", &rows, &Lines::read("pacts.csv")));
}

/// A member of an alliance of more than two is a party to our pacts with its number, from entry to exit.
#[test]
fn every_member_of_a_larger_alliance_of_atop_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let alliances = alliances(&record, &Table::open(&data, "atop/atop5_0_alliance.csv"));
    let rows = members(&record, &alliances, &Table::open(&data, "atop/atop4_01_member.csv"));
    none(&complaints("atop-member", &rows, &Lines::read("pacts.csv")));
}

/// For each spell of a leader a person of like name holds an office of that state for the same time.
#[test]
fn every_leader_of_archigos_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let rows = leaders(&common::record(), &Table::open(&data, "leaders/archigos_4_1.csv"));
    none(&complaints("archigos", &rows, &Lines::read("pacts.csv")));
}

/// Each pact of ours with a promise of non-aggression, neutrality, consultation, defence or guarantee has a number of ATOP.
#[test]
fn every_pact_of_ours_has_a_number_of_atop_or_a_line() {
    none(&complaints("casebook", &own_pacts(&common::record()), &Lines::read("pacts.csv")));
}

/// Without one of its lines, or with a number filled in beside a line, a pact is reported.
#[test]
fn a_pact_without_its_line_and_a_line_that_is_not_needed_are_reported() {
    let mut record = common::record();
    let mut lines = Lines::read("pacts.csv");
    let first = lines.of("casebook").next().unwrap().id.clone();
    lines.lines.retain(|line| line.id != first);
    let found = complaints("casebook", &own_pacts(&record), &lines);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(&format!("casebook {first} (")), "{found:?}");

    let pact = record.pact(&first).unwrap();
    record.pacts[pact.0].atop = "1".to_owned();
    none(&complaints("casebook", &own_pacts(&record), &lines));
    let found = complaints("casebook", &own_pacts(&record), &Lines::read("pacts.csv"));
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("but it agrees"), "{found:?}");
}

/// Roosevelt's time as president agrees; with his taking office taken away it is reported.
#[test]
fn a_leader_whose_office_we_do_not_record_is_reported() {
    let table = "obsid,ccode,leader,startdate,enddate\nX,2,Roosevelt,1933-03-04,1945-04-12\n";
    let table = Table::read(table.as_bytes());
    let mut record = common::record();
    let lines = Lines { file: "pacts.csv", lines: Vec::new() };
    none(&complaints("archigos", &leaders(&record, &table), &lines));
    let roosevelt = record.person("roosevelt-franklin").unwrap();
    record.events.retain(|e| !e.people.contains(&roosevelt));
    assert_eq!(
        complaints("archigos", &leaders(&record, &table), &lines),
        [
            "archigos X (USA, Roosevelt, 1933-03-04 to 1945-04-12): no time in office of ours fits, and no line in differences/pacts.csv"
        ]
    );
}
