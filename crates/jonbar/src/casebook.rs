//! Casebooks from the binary or from a folder.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use include_dir::{Dir, include_dir};
use jonbar_model::{ModelSpec, parse_spec};
use jonbar_record::{Files, Record, Severity, load};

use crate::cli::Source;
use crate::{Failure, output};

/// The casebook that `jonbar new` makes.
static EXAMPLE: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../casebooks/example");

static INTERWAR: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../casebooks/interwar");

/// No file of a casebook is read beyond this; the reader then says that it is too large.
const FILE_BYTES_MAX: u64 = 20_000_001;

/// A casebook ready for use: record, model and what-ifs (name and text).
pub(crate) struct Casebook {
    pub record: Record,
    pub spec: ModelSpec,
    pub whatifs: Vec<(String, String)>,
}

/// Reads the casebook asked for and refuses it if it has errors.
pub(crate) fn open(source: &Source) -> Result<Casebook, Failure> {
    let files = match &source.casebook {
        Some(dir) => from_folder(dir)?,
        None => embedded(),
    };
    let loaded = load(&files);
    let Some(record) = loaded.record else {
        let errors: Vec<String> = loaded
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        let shown = errors.len().min(5);
        return Err(Failure::input(format!(
            "the casebook cannot be used: {} errors\n{}{}",
            errors.len(),
            errors[..shown].join("\n"),
            if errors.len() > shown { "\nSee them all with: jonbar check DIR" } else { "" }
        )));
    };
    let spec = model(&files)?;
    let whatifs = files
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("whatifs/")?.strip_suffix(".toml")?;
            Some((name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect();
    Ok(Casebook { record, spec, whatifs })
}

fn model(files: &Files) -> Result<ModelSpec, Failure> {
    let Some(bytes) = files.get("model.toml") else {
        return Err(Failure::input("model.toml: no such file in the casebook"));
    };
    let text = std::str::from_utf8(bytes).map_err(|_| Failure::input("model.toml: not UTF-8 text"))?;
    parse_spec(text).map_err(Failure::input)
}

/// The files of the casebook built in.
pub(crate) fn embedded() -> Files {
    let mut files = Files::new();
    for part in PARTS {
        let folder = if part.is_empty() { Some(&INTERWAR) } else { INTERWAR.get_dir(part) };
        for file in folder.into_iter().flat_map(Dir::files).filter(|f| belongs(f.path())) {
            files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
        }
    }
    files
}

/// Folders of a casebook; others hold what is about it and not of it.
const PARTS: [&str; 3] = ["", "events", "whatifs"];

fn belongs(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "csv" || e == "toml" || e == "bib" || e == "geojson")
}

fn from_folder(dir: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    if !dir.is_dir() {
        return Err(Failure::input(format!("{} is not a folder", dir.display())));
    }
    for part in PARTS {
        let folder = dir.join(part);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if !belongs(&path) || !path.is_file() {
                continue;
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let key = if part.is_empty() { name } else { format!("{part}/{name}") };
            let mut bytes = Vec::new();
            fs::File::open(&path)
                .and_then(|f| f.take(FILE_BYTES_MAX).read_to_end(&mut bytes))
                .map_err(|e| Failure::input(format!("{}: {e}", path.display())))?;
            files.insert(key, bytes);
        }
    }
    Ok(files)
}

/// `jonbar new`: a casebook to start from.
pub(crate) fn new(dir: &Path) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::input(format!("{}: {e}", dir.display()));
    output::not_there_yet(dir)?;
    output::whole_folder(dir, |folder| EXAMPLE.extract(folder)).map_err(fail)?;
    println!(
        "Made {0}: fourteen events of the Balkan Wars of 1912-13, to be replaced by yours.",
        dir.display()
    );
    println!(
        "Next: jonbar check {0}; then edit its files (guide: docs/casebook.md) and check again.",
        dir.display()
    );
    Ok(())
}

/// `jonbar check`: every problem at once.
pub(crate) fn check(dir: Option<&Path>) -> Result<(), Failure> {
    let files = match dir {
        Some(dir) => from_folder(dir)?,
        None => embedded(),
    };
    let loaded = load(&files);
    let mut errors = loaded.problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = loaded.problems.len() - errors;
    for problem in &loaded.problems {
        println!("{problem}");
    }
    if let Err(failure) = model(&files) {
        println!("{}", failure.message);
        errors += 1;
    }
    if let Some(record) = &loaded.record {
        let unknown = jonbar_answer::unknown_coverage(record);
        unknown.iter().for_each(|problem| println!("{problem}"));
        errors += unknown.len() + check_whatifs(&files, record);
        println!(
            "{}: {}, {}, {}, {}, {}; {}, {}",
            record.title,
            counted(record.actors.len(), "actor"),
            counted(record.events.len(), "event"),
            counted(record.pacts.len(), "pact"),
            counted(record.claims.len(), "claim"),
            counted(record.sources.len(), "source"),
            counted(errors, "error"),
            counted(warnings, "warning")
        );
    }
    if errors > 0 { Err(Failure::found(counted(errors, "error"))) } else { Ok(()) }
}

fn counted(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

fn check_whatifs(files: &Files, record: &Record) -> usize {
    let Ok(world) = jonbar_model::World::from_record(record) else { return 0 };
    let mut errors = 0;
    for (path, bytes) in files.iter().filter(|(p, _)| p.starts_with("whatifs/")) {
        let text = String::from_utf8_lossy(bytes);
        if let Err(problems) = jonbar_counterfactual::parse_whatif(path, &text, record, &world) {
            problems.iter().for_each(|p| println!("{p}"));
            errors += problems.len();
        }
    }
    errors
}
