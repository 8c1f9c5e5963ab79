//! `jonbar run --out DIR`: every trajectory of a what-if in files, in pieces that are whole or not there.
//!
//! The folder holds `run.json`, which says what was run, and a folder for every thousand trajectories. A piece is filled beside
//! its place and then given its name, so that a run that is broken off leaves whole pieces, and going on makes the same bytes
//! as a run that was not.

use std::path::Path;

use jonbar_answer::{Study, events_parquet, outcomes_parquet, prepared_whatif};
use jonbar_counterfactual::{Intervention, Runner, Settings};
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::ask::{self, Setup};
use crate::casebook;
use crate::cli::Compute;
use crate::output;

/// Trajectories of a piece: few enough to be held, enough for files worth opening.
const PIECE: u32 = 1_000;

/// What was run.
#[derive(Serialize, Deserialize, PartialEq)]
struct Card {
    program: String,
    casebook: String,
    casebook_hash: String,
    runs: u32,
    seed: u64,
    fresh_noise: bool,
    /// Trajectories of a piece.
    piece: u32,
    /// The what-if as a file that `jonbar run` reads, with everything moved by hand.
    whatif: String,
}

pub(crate) fn stream(name: &str, folder: &Path, resume: bool, compute: &Compute) -> Result<(), Failure> {
    let casebook = casebook::open(&compute.source)?;
    let study = ask::study(&casebook)?;
    let setup = Setup::of(compute)?;
    let (file, text) = ask::whatif_text(&casebook, name)?;
    let whatif = ask::read_whatif(&study, &file, &text)?;
    let options = setup.options(&|_| {});
    let (whatif, outcomes, text) =
        prepared_whatif(&study, &whatif, &options).map_err(|why| Failure::input(why.join("\n")))?;
    let card = Card {
        program: format!("jonbar {}", env!("CARGO_PKG_VERSION")),
        casebook: study.record.id.clone(),
        casebook_hash: study.record.hash.clone(),
        runs: setup.runs,
        seed: setup.seed,
        fresh_noise: setup.fresh_noise,
        piece: PIECE,
        whatif: text,
    };
    begin(folder, &card, resume)?;
    let mut engine = study.engine();
    whatif.assumptions.apply(&mut engine);
    let changed = Intervention::of(&whatif.actions, &study.timeline, study.record);
    let settings = Settings { runs: setup.runs, seed: setup.seed, mode: options.mode, at_mode: false };
    let pieces = setup.runs.div_ceil(PIECE);
    let missing: Vec<u32> = (0..pieces).filter(|&p| !folder.join(piece_name(p)).exists()).collect();
    let still = missing.iter().map(|p| setup.runs.min((p + 1) * PIECE) - p * PIECE).map(u64::from).sum();
    let bar = output::progress(still);
    ask::in_pool(compute.threads, || -> Result<(), Failure> {
        let runner = Runner::new(&engine, &changed, &outcomes, settings);
        for &piece in &missing {
            let done = runner.trajectories(piece * PIECE..(piece + 1) * PIECE, &|n| bar.inc(n));
            let files = [
                ("events.parquet", events_parquet(&study, &done)),
                ("outcomes.parquet", outcomes_parquet(&outcomes, &done)),
            ];
            write_piece(&folder.join(piece_name(piece)), files)?;
        }
        Ok(())
    })??;
    bar.finish_and_clear();
    output::print(&summary(&study, folder, &card, pieces, pieces - missing.len() as u32))
}

fn piece_name(piece: u32) -> String {
    format!("part-{piece:05}")
}

/// Makes the folder with its card, or finds the same run begun in it.
fn begin(folder: &Path, card: &Card, resume: bool) -> Result<(), Failure> {
    let name = folder.display();
    let path = folder.join("run.json");
    let fail = |e: std::io::Error| Failure::input(format!("{name}: {e}"));
    if !resume || !folder.exists() {
        if folder.exists() {
            return Err(Failure::input(format!(
                "{name} is there already; go on with it by --resume, or name a folder that is not"
            )));
        }
        let text = serde_json::to_string_pretty(card).unwrap_or_default() + "\n";
        return output::whole_folder(folder, |new| std::fs::write(new.join("run.json"), text)).map_err(fail);
    }
    let text =
        std::fs::read_to_string(&path).map_err(|e| Failure::input(format!("{}: {e}", path.display())))?;
    let there: Card = serde_json::from_str(&text).map_err(|e| {
        Failure::input(format!("{}:{}:{}: not a run card: {e}", path.display(), e.line(), e.column()))
    })?;
    if there != *card {
        let what = [
            ("the what-if", there.whatif != card.whatif),
            ("the number of runs", there.runs != card.runs),
            ("the seed", there.seed != card.seed),
            ("--fresh-noise", there.fresh_noise != card.fresh_noise),
            ("the casebook", there.casebook_hash != card.casebook_hash),
            ("the program", there.program != card.program),
        ];
        let other: Vec<&str> =
            what.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
        return Err(Failure::input(format!(
            "{name} holds another run: {} differs; ask for the same, or name another folder",
            if other.is_empty() { "its layout".to_owned() } else { other.join(", ") }
        )));
    }
    // What was being filled when the run was broken off.
    for entry in std::fs::read_dir(folder).map_err(fail)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(output::UNFINISHED) {
            std::fs::remove_dir_all(entry.path()).map_err(fail)?;
        }
    }
    Ok(())
}

type File = (&'static str, Result<Vec<u8>, String>);

fn write_piece(place: &Path, files: [File; 2]) -> Result<(), Failure> {
    let fail = |why: String| Failure::input(format!("{}: {why}", place.display()));
    let mut whole = Vec::new();
    for (name, bytes) in files {
        whole.push((name, bytes.map_err(fail)?));
    }
    output::whole_folder(place, |new| {
        whole.iter().try_for_each(|(name, bytes)| std::fs::write(new.join(name), bytes))
    })
    .map_err(|e| fail(e.to_string()))
}

fn summary(study: &Study, folder: &Path, card: &Card, pieces: u32, found: u32) -> String {
    let name = folder.display();
    let found = if found == 0 { String::new() } else { format!(" ({found} of them were there already)") };
    format!(
        "{} trajectories in {pieces} {}{found} under {name}/\n\
         part-*/events.parquet    one row for each difference from the record: trajectory, day, status, kind, states, cause\n\
         part-*/outcomes.parquet  one row for each outcome of each trajectory\n\
         run.json                 what was run: casebook {} ({}...), seed {}, and the what-if\n",
        card.runs,
        if pieces == 1 { "piece" } else { "pieces" },
        study.record.id,
        study.record.hash.get(..12).unwrap_or_default(),
        card.seed
    )
}
