//! Archigos leaders as holders of the office of leader.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_record::Problem;

use crate::book::{Book, Event, StateCode, slug, unused};
use crate::datasets::DataSet;
use crate::table::{Date, Row, Table};

/// Archigos numbers states after Gleditsch and Ward. These have another number in the Correlates of War list.
fn correlates(number: StateCode, year: i32) -> StateCode {
    match number {
        260 if year >= 1990 => 255,
        340 => 345,
        678 if year >= 1990 => 679,
        other => other,
    }
}

/// Leaders, their entries and exits.
pub(crate) fn leaders(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    const FILE: &str = "events/offices.csv";
    book.table("people.csv", "id,name,aliases,actor,sources");
    book.events(FILE);
    let key = DataSet::Leaders.described().key;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let (mut ids, mut spells) = (BTreeSet::new(), BTreeSet::new());
    table.each(|row| {
        let (begin, end) = (day(row, "startdate")?, day(row, "enddate")?);
        let number = correlates(row.number("ccode")?, begin.year);
        let (spell, leader) = (row.text("obsid"), row.text("leader"));
        let Some(code) = book.member(number, begin.date).map(str::to_owned) else {
            book.leave_out("leaders of states not in the system");
            return Ok(());
        };
        if !book.covers(begin.date) {
            book.leave_out("leaders who came to office outside the casebook's time");
            return Ok(());
        }
        if end.date.first() < begin.date.first() {
            return Err(row.problem("enddate", "leaves before coming"));
        }
        if !spells.insert(slug(spell)) {
            return Err(row.problem("obsid", format!("`{spell}` stands on two rows")));
        }
        let person = known.entry(row.text("leadid").to_owned()).or_insert_with(|| {
            let id = unused(&mut ids, &format!("{}-{}", slug(leader), code.to_lowercase()));
            book.write("people.csv", [&id, leader, "", &code, key]);
            id
        });
        let event = |id: String, date: Date, kind, summary| Event {
            id,
            date: date.to_string(),
            kind,
            actors: code.clone(),
            person,
            office: "leader",
            summary,
            source: key,
            ..Event::default()
        };
        let spell = slug(spell);
        let taken =
            event(format!("{spell}-taken"), begin.date, "office_taken", format!("{leader} comes to power."));
        book.event(FILE, &taken);
        if book.covers(end.date) && book.member(number, end.date).is_some() {
            let left =
                event(format!("{spell}-left"), end.date, "office_left", format!("{leader} leaves power."));
            book.event(FILE, &left);
        }
        Ok(())
    })
}

struct Dated {
    date: Date,
    year: i32,
}

fn day(row: Row<'_>, column: &str) -> Result<Dated, Problem> {
    let text = row.text(column);
    let mut parts = text.split('-').map(str::parse::<i32>);
    if let (Some(Ok(year)), Some(Ok(month)), Some(Ok(d)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        let date = Date::day(year, month, d);
        if date.first().is_some() {
            return Ok(Dated { date, year });
        }
    }
    Err(row.problem(column, format!("`{text}` is not a day like 1932-01-21")))
}
