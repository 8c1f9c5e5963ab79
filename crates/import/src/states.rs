//! States, who was a great power, who touches whom, how strong they were and how they were governed.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_record::{Day, Problem, Window};

use crate::book::{Book, Event, State, StateCode, cells};
use crate::datasets::DataSet;
use crate::table::{Date, Row, Table};
use crate::{Names, Tables};

/// Contiguity up to this code (24 miles of water) is a border or a narrow sea.
const NARROW_SEA: i32 = 3;
/// A Polity score of 6 or more is a democracy, as the makers of the scale advise (Jaggers and Gurr 1995, Journal of Peace
/// Research 32: 469-482).
const DEMOCRACY: f64 = 6.0;
/// Capabilities are kept in steps of a tenth: the figures are no better than that, and every change begins a spell.
const STEP: f64 = 1.1;

fn spell(row: Row<'_>, begin: [&str; 3], end: [&str; 3]) -> Result<Window, Problem> {
    let day = |[y, m, d]: [&str; 3], last: bool| -> Result<Day, Problem> {
        let date = row.date(y, m, d)?.ok_or_else(|| row.problem(y, "no year"))?;
        let day = if last { date.last() } else { date.first() };
        day.ok_or_else(|| row.problem(d, format!("there is no {date}")))
    };
    let window = Window { from: day(begin, false)?, to: day(end, true)? };
    if window.from > window.to { Err(row.problem(end[0], "ends before it begins")) } else { Ok(window) }
}

const BEGIN: [&str; 3] = ["styear", "stmonth", "stday"];
const END: [&str; 3] = ["endyear", "endmonth", "endday"];

/// Actors, with losses of independence as events.
pub(crate) fn states(book: &mut Book, tables: &Tables, names: &Names) -> Result<(), Vec<Problem>> {
    let mut full_names: BTreeMap<StateCode, String> = BTreeMap::new();
    let (mut last_day, mut codes) = (Day(i32::MIN), BTreeMap::new());
    let table = tables.required(DataSet::States)?;
    table.each(|row| {
        let number = row.number("ccode")?;
        let code = row.text("stateabb").to_owned();
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(row.problem("stateabb", format!("`{code}` is not a code of letters")));
        }
        if codes.insert(code.clone(), number).is_some_and(|other| other != number) {
            return Err(row.problem("stateabb", format!("`{code}` stands for two states")));
        }
        let window = spell(row, BEGIN, END)?;
        last_day = last_day.max(window.to);
        full_names.insert(number, row.text("statenme").to_owned());
        let state = book.states.entry(number).or_insert_with(|| State { code, spells: Vec::new() });
        state.spells.push(window);
        Ok(())
    })?;
    for state in book.states.values_mut() {
        state.spells.sort_by_key(|w| w.from);
        // Who is there when the list of states ends has not ceased to exist.
        if let Some(last) = state.spells.last_mut().filter(|w| w.to == last_day) {
            last.to = Day::DISTANT_FUTURE;
        }
    }
    let (from, to) = (book.span.from, book.span.to);
    book.states.retain(|_, s| s.spells.iter().any(|w| w.from <= to && w.to >= from));
    if book.states.is_empty() {
        let listed = if last_day > Day(i32::MIN) {
            format!("; the list ends on {}", last_day.long())
        } else {
            String::new()
        };
        return Err(vec![Problem::file(
            &table.file,
            format!("no state of this list existed between {} and {}{listed}", from.long(), to.long()),
        )]);
    }
    let great = great_powers(book, tables)?;
    write_actors(book, names, &full_names, &great);
    write_fates(book);
    Ok(())
}

/// Everybody who was a major power within the span.
fn great_powers(book: &Book, tables: &Tables) -> Result<BTreeSet<StateCode>, Vec<Problem>> {
    let mut great = BTreeSet::new();
    if let Some(table) = tables.get(DataSet::Majors) {
        table.each(|row| {
            let window = spell(row, BEGIN, END)?;
            if window.meets(book.span) {
                great.insert(row.number("ccode")?);
            }
            Ok(())
        })?;
    }
    Ok(great)
}

fn write_actors(
    book: &mut Book,
    names: &Names,
    full: &BTreeMap<StateCode, String>,
    great: &BTreeSet<StateCode>,
) {
    book.table("actors.csv", "id,name,exists,great_power,names,demonyms,metonyms,capital,lat,lon,sources");
    let rows: Vec<[String; 11]> = book
        .states
        .iter()
        .map(|(number, state)| {
            let [from, _] = cells(state.spells[0]);
            let own = full.get(number).map_or("", String::as_str);
            let known = names.of(&state.code);
            let cell = |column: &str| known.map_or("", |k| k.get(column)).to_owned();
            let name = known.map_or(own, |k| k.get("name"));
            let mut aliases: Vec<&str> = known.map_or(Vec::new(), |k| k.get("names").split(';').collect());
            if name != own && !aliases.contains(&own) {
                aliases.push(own);
            }
            // A name that another state of this larger casebook bears would stand for both.
            let taken = |alias: &str| full.iter().any(|(n, f)| n != number && f == alias);
            aliases.retain(|a| !a.is_empty() && !taken(a));
            [
                state.code.clone(),
                name.to_owned(),
                format!("{from}/.."),
                if great.contains(number) { "yes" } else { "no" }.to_owned(),
                aliases.join(";"),
                cell("demonyms"),
                cell("metonyms"),
                cell("capital"),
                cell("lat"),
                cell("lon"),
                DataSet::States.described().key.to_owned(),
            ]
        })
        .collect();
    for row in &rows {
        book.write("actors.csv", row.iter().map(String::as_str));
    }
}

/// Leaving the state system and coming back.
fn write_fates(book: &mut Book) {
    const FILE: &str = "events/fates.csv";
    book.events(FILE);
    let mut events = Vec::new();
    for state in book.states.values() {
        for (i, spell) in state.spells.iter().enumerate() {
            let year = |day: Day| day.year();
            if i > 0 && spell.from > book.span.from && spell.from <= book.span.to {
                events.push((spell.from, "independence_regained", state.code.clone(), year(spell.from)));
            }
            if spell.to < book.span.to && spell.to >= book.span.from {
                events.push((spell.to, "independence_lost", state.code.clone(), year(spell.to)));
            }
        }
    }
    for (day, kind, code, year) in events {
        let lost = kind == "independence_lost";
        let verb = if lost { "leaves" } else { "is again in" };
        book.event(
            FILE,
            &Event {
                id: format!("{year}-{}-{kind}", code.to_lowercase()),
                date: day.to_string(),
                kind,
                // Who ended a state is not in the list of states; the state itself stands in both columns' place.
                actors: code.clone(),
                targets: code.clone(),
                summary: format!("{code} {verb} the state system."),
                source: DataSet::States.described().key,
                ..Event::default()
            },
        );
    }
}

/// Borders and narrow seas.
pub(crate) fn borders(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    book.table("borders.csv", "a,b,from,to,kind");
    let mut rows = Vec::new();
    let mut last_month = 0;
    table.each(|row| {
        last_month = last_month.max(row.number::<i32>("end")?);
        Ok(())
    })?;
    let mut left = 0;
    table.each(|row| {
        let kind: i32 = row.number("conttype")?;
        if kind > NARROW_SEA {
            return Ok(());
        }
        let month = |column: &str| -> Result<Date, Problem> {
            let number: i32 = row.number(column)?;
            let date = Date::month(number / 100, number % 100);
            if date.first().is_some() {
                Ok(date)
            } else {
                Err(row.problem(column, format!("`{number}` is not a year and month")))
            }
        };
        let (begin, end) = (month("begin")?, month("end")?);
        let pair = ["statelno", "statehno"].map(|c| row.number::<StateCode>(c));
        let [a, b] = pair;
        let (Some(a), Some(b)) = (book.states.get(&a?), book.states.get(&b?)) else {
            left += 1;
            return Ok(());
        };
        let from = begin.first().unwrap_or(book.span.from);
        if end.last().is_some_and(|last| last < from) {
            return Err(row.problem("end", "ends before it begins"));
        }
        let to = if row.number::<i32>("end")? == last_month {
            "..".to_owned()
        } else {
            end.last().unwrap_or(book.span.to).to_string()
        };
        let kind = if kind == 1 { "land" } else { "sea" };
        rows.push([a.code.clone(), b.code.clone(), from.to_string(), to, kind.to_owned()]);
        Ok(())
    })?;
    for row in &rows {
        book.write("borders.csv", row.iter().map(String::as_str));
    }
    (0..left).for_each(|_| book.leave_out("contiguity of states outside the casebook"));
    Ok(())
}

/// Capabilities by year, in steps of a tenth.
pub(crate) fn capabilities(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    book.table("capabilities.csv", "actor,year,index,basis,sources");
    let (mut rows, mut missing) = (Vec::new(), 0);
    table.each(|row| {
        let (number, year) = (row.number::<StateCode>("ccode")?, row.number::<i32>("year")?);
        let share = row.optional::<f64>("cinc")?.filter(|x| *x > 0.0);
        let within = (book.span.from.year()..=book.span.to.year()).contains(&year);
        match (book.states.get(&number), share) {
            (Some(state), Some(share)) if within => {
                let steps = (share.ln() / STEP.ln()).round();
                rows.push((state.code.clone(), year, format!("{:.3e}", STEP.powf(steps))));
            }
            (Some(_), None) if within => missing += 1,
            _ => {}
        }
        Ok(())
    })?;
    for (code, year, index) in &rows {
        let row = [code, &year.to_string(), index, "reported", DataSet::Capabilities.described().key];
        book.write("capabilities.csv", row);
    }
    (0..missing).for_each(|_| book.leave_out("state-years without a figure of capabilities"));
    Ok(())
}

/// Stretches of years under a democracy.
pub(crate) fn regimes(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    book.table("regimes.csv", "actor,from,to,regime,sources");
    let mut years: BTreeMap<StateCode, BTreeMap<i32, bool>> = BTreeMap::new();
    let span = book.span.from.year()..=book.span.to.year();
    table.each(|row| {
        let (number, year) = (row.number("ccode")?, row.number("year")?);
        if let Some(score) = row.optional::<f64>("polity2")?
            && span.contains(&year)
        {
            years.entry(number).or_default().insert(year, score >= DEMOCRACY);
        }
        Ok(())
    })?;
    let mut rows = Vec::new();
    for (number, scores) in &years {
        let Some(state) = book.states.get(number) else { continue };
        let mut spells: Vec<(i32, i32, bool)> = Vec::new();
        for (&year, &democracy) in scores {
            match spells.last_mut() {
                Some((_, to, same)) if *same == democracy && *to + 1 == year => *to = year,
                _ => spells.push((year, year, democracy)),
            }
        }
        for (from, to, democracy) in spells {
            rows.push((state.code.clone(), from, to, if democracy { "democracy" } else { "other" }));
        }
    }
    let key = DataSet::Regimes.described().key;
    for (code, from, to, regime) in &rows {
        let row = [code.as_str(), &format!("{from}-01-01"), &format!("{to}-12-31"), regime, key];
        book.write("regimes.csv", row);
    }
    Ok(())
}
