//! Commitments that a war put to the test.

use jonbar_record::Problem;

use crate::table::{Table, header};

/// What became of a promise when a war called for it, in one of the two codings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The promise was kept.
    Honoured,
    /// It was broken.
    Violated,
    /// The war did not call for it, or the case was left out.
    NotTested,
}

/// One alliance in one war.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// Before 1945, or from then on.
    pub before_1945: bool,
    /// ATOP number of the alliance.
    pub alliance: String,
    /// Name of the war.
    pub war: String,
    /// By the coding of Leeds, Long and Mitchell, and by that of the article.
    pub kept: [Kept; 2],
    /// Promises of defence, offence, neutrality, non-aggression and consultation.
    pub obligations: [bool; 5],
}

/// Reads the replication data of Berkemeier and Fuhrmann 2018 (Research & Politics 5: 1-5): a row for each alliance and war.
///
/// # Errors
/// Missing columns, and every row that cannot be read.
pub fn commitments(file: &str, bytes: &[u8]) -> Result<Vec<Commitment>, Vec<Problem>> {
    const NEEDED: [&str; 14] = [
        "offense",
        "neutral",
        "consul",
        "sample",
        "atopid",
        "warname",
        "dnaLLM",
        "honorLLM",
        "violateLLM",
        "dnaBF",
        "honorBF",
        "violateBF",
        "defense",
        "nonagg",
    ];
    let names = header(bytes);
    let missing: Vec<&str> = NEEDED.into_iter().filter(|c| !names.iter().any(|n| n == c)).collect();
    if !missing.is_empty() {
        return Err(vec![
            Problem::file(file, format!("missing column {}", missing.join(", ")))
                .help("the file is the replication data of Berkemeier and Fuhrmann 2018, as CSV"),
        ]);
    }
    let (table, damaged) = Table::read(file, bytes);
    if !damaged.is_empty() {
        return Err(damaged);
    }
    let mut found = Vec::new();
    table.each(|row| {
        let kept = |scheme: &str| -> Result<Kept, Problem> {
            let yes = |name: &str| row.yes(&format!("{name}{scheme}"));
            match (yes("dna"), yes("honor"), yes("violate")) {
                (true, ..) | (false, false, false) => Ok(Kept::NotTested),
                (false, true, false) => Ok(Kept::Honoured),
                (false, false, true) => Ok(Kept::Violated),
                (false, true, true) => {
                    Err(row.problem(&format!("honor{scheme}"), "both honoured and violated"))
                }
            }
        };
        found.push(Commitment {
            before_1945: match row.text("sample") {
                "1" => true,
                "0" => false,
                other => return Err(row.problem("sample", format!("`{other}` is not 0 or 1"))),
            },
            alliance: row.text("atopid").to_owned(),
            war: row.text("warname").to_owned(),
            kept: [kept("LLM")?, kept("BF")?],
            obligations: ["defense", "offense", "neutral", "nonagg", "consul"].map(|c| row.yes(c)),
        });
        Ok(())
    })?;
    Ok(found)
}
