//! `jonbar import`: reads the user's files, writes a casebook beside them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use jonbar_import::DataSet;
use jonbar_record::{Day, Files, Window};

use crate::{Failure, casebook, output};

/// Problems printed at most.
const PROBLEMS_SHOWN: usize = 20;
/// No file is read beyond this.
const FILE_BYTES_MAX: u64 = 500_000_000;

/// Makes a casebook and says what went into it.
pub(crate) fn import(
    data: &[PathBuf],
    out: &Path,
    skip_damaged: bool,
    (from, to): (i32, i32),
) -> Result<(), Failure> {
    let (Some(first), Some(last)) = (Day::from_ymd(from, 1, 1), Day::from_ymd(to, 12, 31)) else {
        return Err(Failure::input(format!("--from {from} --to {to}: no such years")));
    };
    if first > last {
        return Err(Failure::input(format!("--from {from} is after --to {to}")));
    }
    output::not_there_yet(out)?;
    let mut inputs = Files::new();
    for path in data {
        gather(path, path.is_dir(), &mut inputs)?;
    }
    let known = casebook::embedded();
    let names = known.get("actors.csv").map(|b| String::from_utf8_lossy(b)).unwrap_or_default();
    let span = Window { from: first, to: last };
    let made = jonbar_import::import(&inputs, span, &names, skip_damaged).map_err(|problems| {
        let mut lines: Vec<String> = problems.iter().take(PROBLEMS_SHOWN).map(ToString::to_string).collect();
        if problems.len() > lines.len() {
            lines.push(format!("and {} more", problems.len() - lines.len()));
        }
        Failure::input(format!(
            "nothing was written\n{}\nMend the lines, get the file anew, or leave damaged lines out with --skip-damaged",
            lines.join("\n")
        ))
    })?;
    output::whole_folder(out, |folder| write(&made.files, folder))
        .map_err(|e| Failure::input(format!("{}: {e}", out.display())))?;
    for (file, set) in &made.used {
        println!("{:<38} {file}", set.name());
    }
    let missing: Vec<&str> = DataSet::ALL
        .into_iter()
        .filter(|set| !made.used.iter().any(|(_, s)| s == set))
        .map(DataSet::name)
        .collect();
    if !missing.is_empty() {
        println!("Not among the files, or not used because a fuller set was: {}.", missing.join(", "));
    }
    for (why, rows) in &made.left_out {
        println!("Left out: {rows} {why}.");
    }
    println!(
        "Made {} for {from}-{to}. The terms of the data sets apply to it: see {}.",
        out.display(),
        out.join("LICENCE.md").display()
    );
    println!("Next: jonbar check {0}, jonbar fit --casebook {0}", out.display());
    Ok(())
}

/// Reads a file, or every table under a folder.
fn gather(path: &Path, passing: bool, inputs: &mut Files) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::input(format!("{}: {e}", path.display()));
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(fail)? {
            gather(&entry.map_err(fail)?.path(), true, inputs)?;
        }
        return Ok(());
    }
    let name = path.to_string_lossy().into_owned();
    let gzipped = name.ends_with(".gz");
    if passing && !name.trim_end_matches(".gz").ends_with(".csv") {
        return Ok(());
    }
    let file = fs::File::open(path).map_err(fail)?;
    let mut reader: Box<dyn std::io::Read> =
        if gzipped { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    // The columns tell what a file is; the rest of a large file of another sort need not be read.
    let mut bytes = Vec::new();
    reader.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).map_err(fail)?;
    let set = DataSet::of_file(&bytes);
    match set {
        Some(_) => {
            reader.take(FILE_BYTES_MAX).read_to_end(&mut bytes).map_err(fail)?;
            inputs.insert(name, bytes);
            Ok(())
        }
        None if passing => Ok(()),
        None => Err(Failure::input(format!(
            "{name} has not the columns of any data set that can be imported: {}",
            DataSet::ALL.map(DataSet::name).join(", ")
        ))),
    }
}

/// Enough of a file to hold its column names.
const HEAD_BYTES: u64 = 64_000;

/// Writes the files of a casebook into its folder.
fn write(files: &Files, folder: &Path) -> std::io::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
