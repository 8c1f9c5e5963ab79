//! ATOP alliances as pacts.

use jonbar_record::Problem;

use crate::book::{Book, Event, StateCode};
use crate::datasets::DataSet;
use crate::table::{Date, Row, Table};

/// ATOP has room for so many members.
const MEMBERS_MAX: usize = 59;

/// How ATOP codes the end of an alliance (its `term` column).
fn end_of(row: Row<'_>, ended: bool) -> Result<(&'static str, &'static str), Problem> {
    Ok(match (row.optional::<i32>("term")?, ended) {
        (Some(1), true) => ("expired", "pact_expired"),
        (Some(2), true) => ("violated", "pact_violated"),
        (Some(3), true) => ("replaced", "pact_replaced"),
        (Some(0) | None, true) => ("lapsed", "pact_lapsed"),
        (Some(0..=3) | None, false) => ("in_force", ""),
        (Some(other), _) => return Err(row.problem("term", format!("`{other}` is not 0, 1, 2 or 3"))),
    })
}

/// The obligations, the strongest first. Offensive obligations count as mutual assistance.
fn types_of(row: Row<'_>) -> Vec<&'static str> {
    let all = [
        ("defense", "defence"),
        ("offense", "defence"),
        ("nonagg", "nonaggression"),
        ("neutral", "neutrality"),
        ("consul", "consultation"),
    ];
    let mut types: Vec<&str> = all.iter().filter(|(c, _)| row.yes(c)).map(|(_, t)| *t).collect();
    types.dedup();
    types
}

/// Pacts with their signatures and ends.
pub(crate) fn alliances(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    const FILE: &str = "events/pacts.csv";
    book.table(
        "pacts.csv",
        "id,name,aliases,types,parties,signed,term_years,conditions,end,end_kind,ended_by,atop,sources,notes",
    );
    book.events(FILE);
    let key = DataSet::Alliances.described().key;
    table.each(|row| {
        let number: u32 = row.number("atopid")?;
        let signed = row.date("begyr", "begmo", "begday")?.ok_or_else(|| row.problem("begyr", "no year"))?;
        let ended = row.date("endyr", "endmo", "endday")?;
        let (end_kind, event_kind) = end_of(row, ended.is_some())?;
        let types = types_of(row);
        let parties = members(book, row, signed)?;
        if !book.covers(signed) {
            book.leave_out("alliances begun outside the casebook's time");
            return Ok(());
        }
        if types.is_empty() || parties.len() < 2 {
            book.leave_out("alliances with fewer than two members in the state system, or no obligation");
            return Ok(());
        }
        if ended.and_then(Date::last) < signed.first() && ended.is_some() {
            return Err(row.problem("endyr", "ends before it begins"));
        }
        let ended = ended.filter(|d| book.covers(*d));
        let (end_kind, event_kind) = if ended.is_some() { (end_kind, event_kind) } else { ("in_force", "") };
        let (id, parties) = (format!("atop-{number}"), parties.join(";"));
        let term = row.optional::<f64>("length")?.filter(|months| *months > 0.0);
        let cells = [
            &id,
            &format!("ATOP {number}"),
            "",
            &types.join(";"),
            &parties,
            &signed.to_string(),
            &term.map_or(String::new(), |months| format!("{}", months / 12.0)),
            "",
            &ended.map_or("..".to_owned(), |d| d.to_string()),
            end_kind,
            "",
            &number.to_string(),
            &format!("{key}:{number}"),
            "",
        ];
        book.write("pacts.csv", cells);
        let mut event = |date: Date, kind: &str, summary: String| {
            book.event(
                FILE,
                &Event {
                    id: format!("{id}-{}", kind.trim_start_matches("pact_")),
                    date: date.to_string(),
                    kind,
                    actors: parties.clone(),
                    pact: &id,
                    summary,
                    source: key,
                    ..Event::default()
                },
            );
        };
        event(signed, "pact_signed", format!("Alliance {number} of ATOP begins."));
        if let Some(date) = ended {
            event(date, event_kind, format!("Alliance {number} of ATOP ends ({end_kind})."));
        }
        Ok(())
    })
}

/// Members in the state system when the alliance began.
fn members(book: &Book, row: Row<'_>, signed: Date) -> Result<Vec<String>, Problem> {
    let mut parties: Vec<String> = Vec::new();
    for i in 1..=MEMBERS_MAX {
        if let Some(member) = row.optional::<StateCode>(&format!("mem{i}"))?
            && let Some(code) = book.member(member, signed)
            && !parties.iter().any(|p| p == code)
        {
            parties.push(code.to_owned());
        }
    }
    Ok(parties)
}
