//! ICOW territorial claims.

use std::collections::BTreeSet;

use jonbar_record::{Day, Problem, Window};

use crate::book::{Book, StateCode, cells, slug, unused};
use crate::datasets::DataSet;
use crate::table::{Date, Row, Table};

/// Claims, with the land claimed as a territory of the state that it was claimed from. A claim of ICOW is a demand made
/// by the government, so it is asserted as long as it lasts.
pub(crate) fn claims(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    book.table("territories.csv", "id,name,aliases,holder,lat,lon,note,sources");
    book.table(
        "claims.csv",
        "id,territory,claimant,start,end,asserted,settled,settled_by,salience,basis,end_kind,note,sources",
    );
    let key = DataSet::Claims.described().key;
    let (mut territories, mut ids) = (BTreeSet::new(), BTreeSet::new());
    table.each(|row| {
        // Claims added after the first edition have no number.
        let number = row.optional::<u32>("claim")?;
        let numbered = number.map_or(String::new(), |n| format!("-{n}"));
        let states = (row.number::<StateCode>("chal")?, row.number::<StateCode>("tgt")?);
        let Some(begin) = month(row, "begclaim")? else {
            return Err(row.problem("begclaim", "no year"));
        };
        let end = month(row, "endclaim")?;
        let code = |number| book.states.get(&number).map(|s| s.code.clone());
        let (Some(claimant), Some(holder)) = (code(states.0), code(states.1)) else {
            book.leave_out("claims of states outside the casebook");
            return Ok(());
        };
        let (Some(from), to) = (begin.first(), end.and_then(Date::last).unwrap_or(Day::DISTANT_FUTURE))
        else {
            return Err(row.problem("begclaim", "no such month"));
        };
        if to < from {
            return Err(row.problem("endclaim", "ends before it begins"));
        }
        let salience = match row.optional::<i32>("icowsalc")? {
            Some(1) => "low",
            Some(2) | None => "medium",
            Some(3) => "high",
            Some(other) => return Err(row.problem("icowsalc", format!("`{other}` is not 1, 2 or 3"))),
        };
        let name = row.text("name");
        let source = number.map_or(key.to_owned(), |n| format!("{key}:claim {n}"));
        let land = format!("{}{numbered}-{}", slug(name), holder.to_lowercase());
        if territories.insert(land.clone()) {
            book.write("territories.csv", [&land, name, "", &holder, "", "", "", source.as_str()]);
        }
        let id = unused(&mut ids, &format!("{land}-{}", claimant.to_lowercase()));
        let [from, end] = cells(Window { from, to });
        let row = [
            &id,
            &land,
            &claimant,
            &from,
            &end,
            &format!("{from}/{end}"),
            "",
            "",
            salience,
            "unknown",
            "",
            "",
            &source,
        ];
        book.write("claims.csv", row);
        Ok(())
    })
}

/// A year and month; 99 and 0 for the month of an open or unknown one.
fn month(row: Row<'_>, column: &str) -> Result<Option<Date>, Problem> {
    let Some(number) = row.optional::<i32>(column)? else { return Ok(None) };
    // Some rows have a month of one digit: 20171 for January 2017.
    let (year, month) =
        if number >= 100_000 { (number / 100, number % 100) } else { (number / 10, number % 10) };
    match month {
        99 if column == "endclaim" => Ok(None),
        99 | 0 => Ok(Some(Date::month(year, if column == "endclaim" { 12 } else { 1 }))),
        1..=12 => Ok(Some(Date::month(year, month))),
        _ => Err(row.problem(column, format!("`{number}` is not a year and month"))),
    }
}
