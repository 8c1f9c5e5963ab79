//! Force, claims and territory: the rules of `differences/force.md`.

use std::collections::BTreeMap;
use std::path::Path;

use jonbar_record::{ActorId, Day, Event, EventKind, Record, When, Window};

use crate::{Entry, Line, Lines, Row, Table, common, data, none, state};

/// Two intervals are near if neither begins more than so many days after the other has ended.
const SLACK: i32 = 60;

/// The end of whatever has no end in a data set, and of our wars.
fn latest() -> Day {
    Day::from_ymd(1945, 12, 31).unwrap()
}

fn near(a: Window, b: Window, slack: i32) -> bool {
    a.from <= b.to.plus(slack) && b.from <= a.to.plus(slack)
}

fn window(when: &When) -> Window {
    Window { from: when.earliest, to: when.latest }
}

/// The days that a date in numbers may mean: without a day the whole month, without a month the whole year.
fn days([year, month, day]: [i32; 3]) -> Option<Window> {
    if year < 1 {
        return None;
    }
    let has_month = (1..=12).contains(&month);
    let (first, last) = if has_month { (month, month) } else { (1, 12) };
    let (low, high) = if has_month && (1..=31).contains(&day) { (day, day) } else { (1, 31) };
    // The last day of the month that exists, where it has fewer than `day`.
    let existing = |month: i32, day: i32| {
        (1..=day).rev().find_map(|day| Day::from_ymd(year, month as u8, day as u8)).unwrap()
    };
    Some(Window { from: existing(first, low), to: existing(last, high) })
}

/// From the first day that the date in three cells may mean to the last day that the date in three others may mean.
fn between(entry: Entry, start: [&str; 3], end: [&str; 3]) -> Option<Window> {
    let date = |cells: [&str; 3]| days(cells.map(|cell| entry.number(cell)));
    Some(Window { from: date(start)?.from, to: date(end).map_or_else(latest, |w| w.to) })
}

/// The actor with this number; Austria is still Austria-Hungary in some first weeks.
fn fighter(record: &Record, number: i32) -> Option<ActorId> {
    state(record, if number == 300 { 305 } else { number })
}

/// A state in a dispute or war of a data set.
struct Participant<'t> {
    dispute: i32,
    number: i32,
    side: &'t str,
    days: Window,
    level: i32,
}

/// Two of our states on opposite sides of a dispute or war, and when.
struct Spell {
    id: String,
    pair: (ActorId, ActorId),
    days: Window,
    level: i32,
}

impl Spell {
    /// Takes in further days.
    fn join(&mut self, days: Window, level: i32) {
        self.days = Window { from: self.days.from.min(days.from), to: self.days.to.max(days.to) };
        self.level = self.level.max(level);
    }
}

/// Every two participants of one dispute on different sides whose days overlap within the span; several overlaps of a pair
/// are joined.
fn opposed<'t>(record: &Record, participants: impl Iterator<Item = Participant<'t>>) -> Vec<Spell> {
    let span = record.span;
    let mut disputes: BTreeMap<i32, Vec<Participant>> = BTreeMap::new();
    for p in participants {
        if fighter(record, p.number).is_some() && p.days.to > span.from && p.days.from <= span.to {
            disputes.entry(p.dispute).or_default().push(p);
        }
    }
    let mut spells: BTreeMap<(i32, i32, i32), Spell> = BTreeMap::new();
    for (dispute, states) in disputes {
        for (n, x) in states.iter().enumerate() {
            for y in states[n + 1..].iter().filter(|y| y.side != x.side) {
                let days = Window { from: x.days.from.max(y.days.from), to: x.days.to.min(y.days.to) };
                let (a, b) = (x.number.min(y.number), x.number.max(y.number));
                let pair = (fighter(record, a).unwrap(), fighter(record, b).unwrap());
                if days.from > days.to || pair.0 == pair.1 {
                    continue;
                }
                let level = x.level.max(y.level);
                let spell = Spell { id: format!("{dispute} {a}-{b}"), pair, days, level };
                spells.entry((dispute, a, b)).or_insert(spell).join(days, level);
            }
        }
    }
    spells.into_values().collect()
}

/// MID 5.0: participants, with the higher level of hostility of the two.
fn mid(record: &Record, table: &Table) -> Vec<Spell> {
    opposed(record, table.entries().filter_map(|row| participant(row, row.number("hostlev"))))
}

/// Gibler, Miller and Little: participants, with the highest level of hostility in the directed dyad-years.
fn gml(record: &Record, participants: &Table, dyad_years: &Table) -> Vec<Spell> {
    let mut levels: BTreeMap<String, i32> = BTreeMap::new();
    for row in dyad_years.entries() {
        let (a, b) = (row.number("ccode1"), row.number("ccode2"));
        let id = format!("{} {}-{}", row.number("dispnum"), a.min(b), a.max(b));
        let level = levels.entry(id).or_default();
        *level = row.number("hostlev1").max(row.number("hostlev2")).max(*level);
    }
    let mut spells = opposed(record, participants.entries().filter_map(|row| participant(row, 0)));
    for spell in &mut spells {
        spell.level = levels.get(&spell.id).copied().unwrap_or(0);
    }
    spells
}

fn participant(row: Entry<'_>, level: i32) -> Option<Participant<'_>> {
    let days = between(row, ["styear", "stmon", "stday"], ["endyear", "endmon", "endday"])?;
    let (dispute, number) = (row.number("dispnum"), row.number("ccode"));
    Some(Participant { dispute, number, side: row.text("sidea"), days, level })
}

/// COW wars: participants, each of up to two periods of fighting a spell of its own.
fn cow_war(record: &Record, table: &Table) -> Vec<Spell> {
    let periods = table.entries().flat_map(|row| ["1", "2"].map(|n| (row, n)));
    let participants = periods.filter_map(|(row, n)| {
        let start = ["StartYear", "StartMonth", "StartDay"].map(|name| format!("{name}{n}"));
        let end = ["EndYear", "EndMonth", "EndDay"].map(|name| format!("{name}{n}"));
        let days = between(row, start.each_ref().map(String::as_str), end.each_ref().map(String::as_str))?;
        let (dispute, number) = (row.number("WarNum"), row.number("ccode"));
        Some(Participant { dispute, number, side: row.text("Side"), days, level: 5 })
    });
    opposed(record, participants)
}

/// Interstate War Data: initiator and target, the years of one war and pair joined.
fn iwd(record: &Record, table: &Table) -> Vec<Spell> {
    let mut spells: BTreeMap<String, Spell> = BTreeMap::new();
    for row in table.entries() {
        let (i, t) = (row.number("init_ccode"), row.number("target_ccode"));
        let (a, b) = (i.min(t), i.max(t));
        let entry = ["year", "month_entry", "day_entry"];
        let exit = ["year", "month_exit", "day_exit"];
        if let (Some(x), Some(y)) = (fighter(record, a), fighter(record, b))
            && x != y
            && let Some(days) = between(row, entry, exit)
        {
            let id = format!("{} {a}-{b}", row.number("init_war_id"));
            let spell = Spell { id: id.clone(), pair: (x, y), days, level: 5 };
            spells.entry(id).or_insert(spell).join(days, 5);
        }
    }
    let in_scope = |s: &Spell| s.days.from <= record.span.to && s.days.to > record.span.from;
    spells.into_values().filter(in_scope).collect()
}

/// Whether one of the two is among the actors and the other among the targets.
fn against(event: &Event, (a, b): (ActorId, ActorId)) -> bool {
    let has = |x, y| event.actors.contains(&x) && event.targets.contains(&y);
    has(a, b) || has(b, a)
}

/// From each outbreak between the two to the first later end of war that has both among its actors.
fn wars(record: &Record, pair: (ActorId, ActorId)) -> impl Iterator<Item = Window> {
    let outbreak = |e: &&Event| matches!(e.kind, EventKind::WarBegun | EventKind::WarJoined);
    record.events.iter().filter(outbreak).filter(move |e| against(e, pair)).map(move |e| {
        let from = e.when.earliest;
        let ends = record.events.iter().filter(|end| {
            end.kind == EventKind::WarEnded
                && end.actors.contains(&pair.0)
                && end.actors.contains(&pair.1)
                && end.when.earliest >= from
        });
        Window { from, to: ends.map(|end| end.when.latest).min().unwrap_or_else(latest) }
    })
}

/// An event of force, of demand or of loss of the same pair is near, or a war of ours between the two is going on.
fn agrees(record: &Record, spell: &Spell) -> bool {
    let span = record.span;
    let days = Window { from: spell.days.from.max(span.from), to: spell.days.to.min(span.to) };
    let tells = |e: &Event| {
        matches!(
            e.kind,
            EventKind::ArmedDispute
                | EventKind::WarBegun
                | EventKind::WarJoined
                | EventKind::TerritorialDemand
                | EventKind::TerritoryCeded
                | EventKind::IndependenceLost
        )
    };
    record.events.iter().any(|e| tells(e) && against(e, spell.pair) && near(window(&e.when), days, SLACK))
        || wars(record, spell.pair).any(|war| near(war, days, 0))
}

fn rows(record: &Record, spells: &[Spell]) -> Vec<Row> {
    let row = |spell: &Spell| {
        let (a, b) = (record.code(spell.pair.0), record.code(spell.pair.1));
        let Window { from, to } = spell.days;
        let differs =
            (!agrees(record, spell)).then(|| format!("no event of ours between the two near {from} to {to}"));
        Row { id: spell.id.clone(), about: format!("{a}-{b}, level {}", spell.level), differs }
    };
    spells.iter().map(row).collect()
}

/// What is wrong with the events that a line saying `same` or `added` names: each is near in time and, where the set tells
/// the pair, of that pair.
fn misnamed(
    record: &Record,
    line: Option<&Line>,
    days: Window,
    pair: Option<(ActorId, ActorId)>,
) -> Vec<String> {
    let Some(line) = line.filter(|line| line.equates()) else { return Vec::new() };
    let wrong = |id: &str| {
        let what = match record.event(id).map(|e| &record.events[e.0]) {
            None => "is not an event",
            Some(e) if !near(window(&e.when), days, SLACK) => "is at another time",
            Some(e) if pair.is_some_and(|pair| !against(e, pair)) => "is of another pair",
            Some(_) => return None,
        };
        Some(format!("{} {}: `{id}` {what}", line.set, line.id))
    };
    line.ours().filter_map(wrong).collect()
}

/// Every spell agrees or has a line, and lines that say `same` or `added` name fitting events.
fn compare(set: &str, record: &Record, spells: &[Spell]) {
    let lines = Lines::read("force.csv");
    let mut complaints = lines.complaints(set, &rows(record, spells));
    for spell in spells {
        complaints.extend(misnamed(record, lines.about(set, &spell.id), spell.days, Some(spell.pair)));
    }
    none(&complaints);
}

fn open_mid(record: &Record, data: &Path) -> Vec<Spell> {
    mid(record, &Table::open(data, "mid/MIDB_5.0.csv"))
}

fn open_gml(record: &Record, data: &Path) -> Vec<Spell> {
    let participants = Table::open(data, "mid/gml2_2_1_participants.csv.gz");
    gml(record, &participants, &Table::open(data, "mid/gml2_2_1_directed_dyad_dispute_year.csv.gz"))
}

fn open_iwd(record: &Record, data: &Path) -> Vec<Spell> {
    iwd(record, &Table::open(data, "wars_crises/interstate_war_data_revised.csv"))
}

fn open_cow_war(record: &Record, data: &Path) -> Vec<Spell> {
    cow_war(record, &Table::open(data, "wars_crises/Inter-StateWarData_v4.0.csv"))
}

/// Two states on opposite sides of a militarized dispute that came to the use of force or to war have an event near it, or
/// were at war.
#[test]
fn every_forceful_dispute_of_mid_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let mut spells = open_mid(&record, &data);
    spells.retain(|spell| spell.level >= 4);
    compare("mid", &record, &spells);
}

/// The same for the revision by Gibler, Miller and Little.
#[test]
fn every_forceful_dispute_of_gml_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let mut spells = open_gml(&record, &data);
    spells.retain(|spell| spell.level >= 4);
    compare("gml", &record, &spells);
}

/// The same for the initiator and the target of each war of the Interstate War Data.
#[test]
fn every_war_of_iwd_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    compare("iwd", &record, &open_iwd(&record, &data));
}

/// The same for each two states on opposite sides of a war of the Correlates of War list.
#[test]
fn every_war_of_cow_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    compare("cow-war", &record, &open_cow_war(&record, &data));
}

/// Every crisis triggered within the span has a line, as the file names no states; a line that says `same` or `added` names
/// events near the time from trigger to end.
#[test]
fn every_crisis_of_icb_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let lines = Lines::read("force.csv");
    let table = Table::open(&data, "wars_crises/icb1v13.csv");
    let (mut rows, mut misnamings) = (Vec::new(), Vec::new());
    for crisis in table.entries() {
        let days = between(crisis, ["yrtrig", "motrig", "datrig"], ["yrterm", "moterm", "daterm"]);
        let Some(days) = days.filter(|days| record.span.contains(days.from)) else { continue };
        let id = crisis.text("crisno").to_owned();
        misnamings.extend(misnamed(&record, lines.about("icb", &id), days, None));
        let about = format!("{}, {} to {}", crisis.text("crisname"), days.from, days.to);
        rows.push(Row { id, about, differs: Some("no rule can match a crisis".to_owned()) });
    }
    none(&[lines.complaints("icb", &rows), misnamings].concat());
}

/// Every claim of one of our states on another that was alive within the span has a line; a line that says `same` names claims
/// of the same claimant that meet it in time.
#[test]
fn every_territorial_claim_of_icow_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let lines = Lines::read("force.csv");
    let table = Table::open(&data, "icow/icow_territorial_claims_ext2017.csv");
    let (mut rows, mut misnamings) = (Vec::new(), Vec::new());
    for dyad in table.entries() {
        let (from, to) = (dyad.number("begclaim"), dyad.number("endclaim"));
        let (claimant, target) =
            (fighter(&record, dyad.number("chal")), fighter(&record, dyad.number("tgt")));
        let (Some(claimant), Some(target)) = (claimant, target) else { continue };
        // A month is one number, such as 191811 for November 1918.
        if claimant == target || to < 191811 || from > 194106 {
            continue;
        }
        let id = dyad.text("claimdy").to_owned();
        let month = |number: i32| days([number / 100, number % 100, -9]).unwrap();
        let days = Window { from: month(from).from, to: month(to).to };
        if let Some(line) = lines.about("icow", &id).filter(|line| line.equates()) {
            for claim in record.claims.iter().filter(|claim| line.ours().any(|id| id == claim.id)) {
                if line.verdict == "same" && claim.claimant != claimant {
                    misnamings.push(format!("icow {id}: `{}` is of another claimant", claim.id));
                }
                if !near(claim.live, days, SLACK) {
                    misnamings.push(format!("icow {id}: `{}` is at another time", claim.id));
                }
            }
        }
        let (claimant, target) = (record.code(claimant), record.code(target));
        let about = format!("{}, {claimant} on {target}, {from} to {to}", dyad.text("name"));
        rows.push(Row { id, about, differs: Some("no rule can match a claim".to_owned()) });
    }
    none(&[lines.complaints("icow", &rows), misnamings].concat());
}

/// Land that passed from one of our states to another, by the Territorial Change data.
struct Transfer {
    id: String,
    gainer: ActorId,
    loser: ActorId,
    days: Window,
}

fn transfers(record: &Record, data: &Path) -> Vec<Transfer> {
    let table = Table::open(data, "cow/tc2018.csv");
    let transfer = |row: Entry| {
        let [year, month, gainer, loser] = ["year", "month", "gainer", "loser"].map(|name| row.number(name));
        let id = format!("{year}-{month:02}-{gainer}-{loser}-{}", row.text("entity"));
        let (gainer, loser) = (fighter(record, gainer)?, fighter(record, loser)?);
        Some(Transfer { id, gainer, loser, days: days([year, month, -9])? })
    };
    table.entries().filter_map(transfer).collect()
}

/// A change of holder, or of independence, of the same gainer and loser is near the month of each transfer.
#[test]
fn every_transfer_of_land_of_tc_agrees_or_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let span = record.span;
    let passes = |e: &Event| {
        matches!(
            e.kind,
            EventKind::TerritoryCeded | EventKind::IndependenceLost | EventKind::IndependenceRegained
        )
    };
    let transfers = transfers(&record, &data);
    let rows = transfers.iter().filter(|t| t.days.to >= span.from && t.days.from <= span.to).map(|t| {
        let matched = record.events.iter().any(|e| {
            passes(e)
                && e.actors.contains(&t.gainer)
                && e.targets.contains(&t.loser)
                && near(window(&e.when), t.days, SLACK)
        });
        let about = format!("{} from {}", record.code(t.gainer), record.code(t.loser));
        let differs = (!matched).then(|| "no change of holder of ours near it".to_owned());
        Row { id: t.id.clone(), about, differs }
    });
    none(&Lines::read("force.csv").complaints("tc", &rows.collect::<Vec<_>>()));
}

/// Each of our events of force without a dispute or war of any set near it, each change of holder without a transfer near it
/// or a line of `tc` that names it, and each claim that no line of `icow` names, has a line.
#[test]
fn every_event_and_claim_of_ours_alone_has_a_line() {
    let Some(data) = data() else { return };
    let record = common::record();
    let lines = Lines::read("force.csv");
    let sets = [open_mid, open_gml, open_iwd, open_cow_war];
    let spells: Vec<Spell> = sets.iter().flat_map(|open| open(&record, &data)).collect();
    let transfers = transfers(&record, &data);
    let alone = |e: &Event| {
        let days = window(&e.when);
        match e.kind {
            EventKind::ArmedDispute | EventKind::WarBegun | EventKind::WarJoined => {
                !spells.iter().any(|s| against(e, s.pair) && near(days, s.days, SLACK))
            }
            EventKind::TerritoryCeded => {
                !lines.names("tc", &e.id)
                    && !transfers.iter().any(|t| {
                        e.actors.contains(&t.gainer)
                            && e.targets.contains(&t.loser)
                            && near(days, t.days, SLACK)
                    })
            }
            _ => false,
        }
    };
    let row = |id: &str, about: String| Row {
        id: id.to_owned(),
        about,
        differs: Some("in none of the sets".to_owned()),
    };
    let events = record.events.iter().filter(|e| alone(e));
    let claims = record.claims.iter().filter(|claim| !lines.names("icow", &claim.id));
    let rows: Vec<Row> = events
        .map(|e| row(&e.id, format!("{}, {}", e.kind.name(), e.when.text)))
        .chain(claims.map(|claim| row(&claim.id, "claim".to_owned())))
        .collect();
    none(&lines.complaints("casebook", &rows));
}

/// A dispute invented for the days of the Winter War agrees; with the events between the two states taken away it is reported.
#[test]
fn a_dispute_without_an_event_of_ours_is_reported() {
    let header = "dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,hostlev";
    let table = format!("{header}\n1,365,1939,11,30,1940,3,-9,1,5\n1,375,1939,11,-9,1940,3,12,0,4\n");
    let mut record = common::record();
    let spells = mid(&record, &Table::read(table.as_bytes()));
    let [spell] = &spells[..] else { panic!("{} spells", spells.len()) };
    assert_eq!((spell.id.as_str(), spell.level), ("1 365-375", 5));
    assert_eq!(spell.days.from.to_string(), "1939-11-30");
    assert_eq!(spell.days.to.to_string(), "1940-03-12");
    let lines = Lines { file: "force.csv", lines: Vec::new() };
    none(&lines.complaints("mid", &rows(&record, &spells)));
    record.events.retain(|e| !against(e, spell.pair));
    let complaints = lines.complaints("mid", &rows(&record, &spells));
    assert_eq!(complaints.len(), 1);
    assert!(
        complaints[0].starts_with("mid 1 365-375 (RUS-FIN, level 5): no event of ours"),
        "{complaints:?}"
    );
}
