//! Questions, what-ifs and the fit.

use std::io::Read as _;
use std::path::Path;

use jonbar_answer::writers;
use jonbar_answer::{
    Answer, Options, Section, Study, answer_text, answer_whatif, effects_report, fit_report, score_report,
};
use jonbar_counterfactual::{Mode, Moved, PactEffect, WhatIf, parse_whatif};
use jonbar_model::Kind;
use jonbar_record::When;

use crate::Failure;
use crate::casebook::{self, Casebook};
use crate::cli::{Compute, Show, Source};
use crate::output;
use crate::runfile::{Asked, RunFile};

/// Longest text read, in bytes.
const TEXT_BYTES_MAX: u64 = 5_000_000;

/// `jonbar ask`.
pub(crate) fn ask(question: &[String], compute: &Compute, show: &Show) -> Result<(), Failure> {
    let text = question_text(question)?;
    let casebook = casebook::open(&compute.source)?;
    let study = study(&casebook)?;
    answer(&study, Asked::Text(text), compute, show)
}

/// `jonbar run`.
pub(crate) fn run(name: &str, compute: &Compute, show: &Show) -> Result<(), Failure> {
    let casebook = casebook::open(&compute.source)?;
    let study = study(&casebook)?;
    let (file, text) = whatif_text(&casebook, name)?;
    // Read once here so that a bad file is refused before anything is computed.
    read_whatif(&study, &file, &text)?;
    answer(&study, Asked::WhatIf { file, text }, compute, show)
}

/// The name and text of a what-if: a file, or one of those shipped.
pub(crate) fn whatif_text(casebook: &Casebook, name: &str) -> Result<(String, String), Failure> {
    match casebook.whatifs.iter().find(|(n, _)| n == name) {
        Some((n, text)) if !Path::new(name).exists() => Ok((format!("{n}.toml"), text.clone())),
        _ if !Path::new(name).exists() => {
            let names = casebook.whatifs.iter().map(|(n, _)| n.as_str());
            let near = jonbar_record::nearest(name, names, 3).join(", ");
            let near = if near.is_empty() { String::new() } else { format!(" (nearest: {near})") };
            Err(Failure::input(format!(
                "`{name}` is neither a file nor a shipped what-if{near}; list them with: jonbar whatifs"
            )))
        }
        _ => Ok((name.to_owned(), read_text(Path::new(name))?)),
    }
}

/// How answers are computed: what a run file keeps beside the question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setup {
    /// Trajectories per what-if.
    pub runs: u32,
    /// Seed of all chance.
    pub seed: u64,
    /// Forget what really happened after the change.
    pub fresh_noise: bool,
    /// Compute also with the other sets of effects.
    pub models: bool,
    /// Compute also with other readings of uncertain dates.
    pub dates: bool,
    /// What is moved by hand.
    pub moved: Moved,
}

impl Setup {
    /// The setup that the command line asks for.
    pub(crate) fn of(compute: &Compute) -> Result<Setup, Failure> {
        let bad = |flag: &str, text: &str, help: String| Failure::input(format!("{flag} {text}: {help}"));
        let pact_effect = match compute.pact_effect.as_deref() {
            None => None,
            Some(text) => Some(
                PactEffect::parse(text)
                    .ok_or_else(|| bad("--pact-effect", text, "write fitted, none or strong".to_owned()))?,
            ),
        };
        for kind in &compute.hold {
            kind_named(Some(kind))?;
        }
        let day = match compute.on.as_deref() {
            None => None,
            Some(text) => Some(When::parse(text).map_err(|why| bad("--on", text, why))?.reading().0),
        };
        Ok(Setup {
            runs: compute.runs,
            seed: compute.seed,
            fresh_noise: compute.fresh_noise,
            models: compute.models,
            dates: compute.dates,
            moved: Moved {
                pact_effect,
                held: compute.hold.clone(),
                day,
                left_out: compute.leave_out.clone(),
            },
        })
    }

    /// The same for the library.
    pub(crate) fn options<'p>(&self, progress: &'p (dyn Fn(u64) + Sync)) -> Options<'p> {
        let mode = if self.fresh_noise { Mode::FreshNoise } else { Mode::Hindsight };
        Options {
            runs: self.runs,
            seed: self.seed,
            mode,
            moved: self.moved.clone(),
            models: self.models,
            dates: self.dates,
            stop: None,
            progress,
        }
    }
}

fn answer(study: &Study, asked: Asked, compute: &Compute, show: &Show) -> Result<(), Failure> {
    let setup = Setup::of(compute)?;
    let style = output::style(show);
    let streams = output::streams(show);
    let answers = in_pool(compute.threads, || {
        compute_answers(study, &asked, &setup, &mut |a| {
            if streams {
                // A closed pipe is noticed at the end.
                let _ = output::print(&writers::terminal(std::slice::from_ref(a), &style));
            }
        })
    })??;
    output::finish(&answers, show, Some(study.record))?;
    if let Some(path) = &compute.save {
        let file = RunFile::new(study, asked, &setup, &answers);
        output::write_whole(path, file.to_json().as_bytes())?;
        output::notice(&format!("Saved {0}; repeat with: jonbar replay {0}", path.display()));
    }
    Ok(())
}

/// Computes what was asked, with a progress bar for each what-if.
pub(crate) fn compute_answers(
    study: &Study,
    asked: &Asked,
    setup: &Setup,
    each: &mut dyn FnMut(&Answer),
) -> Result<Vec<Answer>, Failure> {
    let runs = u64::from(setup.runs);
    let bar = output::progress(runs);
    let progress = |n: u64| {
        bar.inc(n);
        if bar.position() >= runs {
            bar.reset();
        }
    };
    let options = setup.options(&progress);
    let mut each = |a: &Answer| bar.suspend(|| each(a));
    let answers = match asked {
        Asked::Text(text) => answer_text(study, text, &options, &mut each),
        Asked::WhatIf { file, text } => {
            let whatif = read_whatif(study, file, text)?;
            let answer = answer_whatif(study, &whatif, &options);
            each(&answer);
            vec![answer]
        }
    };
    bar.finish_and_clear();
    Ok(answers)
}

/// Runs on a pool of so many threads; results do not depend on it.
pub(crate) fn in_pool<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Failure> {
    match threads {
        None => Ok(work()),
        Some(0) => Err(Failure::input("--threads must be at least 1")),
        Some(n) => rayon::ThreadPoolBuilder::new()
            .num_threads(n.min(256))
            .build()
            .map(|pool| pool.install(work))
            .map_err(|e| Failure::input(format!("cannot start {n} threads: {e}"))),
    }
}

pub(crate) fn read_whatif(study: &Study, file: &str, text: &str) -> Result<WhatIf, Failure> {
    parse_whatif(file, text, study.record, &study.world).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::input(format!("{file} cannot be run\n{}", lines.join("\n")))
    })
}

pub(crate) fn study(casebook: &Casebook) -> Result<Study<'_>, Failure> {
    Study::new(&casebook.record, casebook.spec.clone()).map_err(Failure::input)
}

/// The question as typed, or the text of the file it names, or standard input.
pub(crate) fn question_text(question: &[String]) -> Result<String, Failure> {
    match question {
        [one] if one == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .take(TEXT_BYTES_MAX + 1)
                .read_to_end(&mut bytes)
                .map_err(|e| Failure::input(format!("standard input: {e}")))?;
            decode("standard input", bytes)
        }
        [one] if Path::new(one).is_file() => read_text(Path::new(one)),
        [one] if looks_like_path(one) => Err(Failure::input(format!("{one}: no such file"))),
        words => Ok(words.join(" ")),
    }
}

fn looks_like_path(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.contains('/') || text.ends_with(".txt") || text.ends_with(".md"))
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|f| f.take(TEXT_BYTES_MAX + 1).read_to_end(&mut bytes))
        .map_err(|e| Failure::input(format!("{}: {e}", path.display())))?;
    decode(&path.display().to_string(), bytes)
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    if bytes.len() as u64 > TEXT_BYTES_MAX {
        return Err(Failure::input(format!(
            "{name}: more than {} MB; is this the right file?",
            TEXT_BYTES_MAX / 1_000_000
        )));
    }
    String::from_utf8(bytes).map_err(|e| {
        Failure::input(format!(
            "{name}: not UTF-8 text (byte {}); save it as UTF-8",
            e.utf8_error().valid_up_to() + 1
        ))
    })
}

/// `jonbar whatifs`.
pub(crate) fn whatifs(source: &Source, print: Option<&str>) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let study = study(&casebook)?;
    if let Some(name) = print {
        let found = casebook.whatifs.iter().find(|(n, _)| n == name);
        let Some((_, text)) = found else {
            return Err(Failure::input(format!(
                "no shipped what-if is called `{name}`; list them with: jonbar whatifs"
            )));
        };
        return output::print(text);
    }
    let mut out = String::new();
    for (name, text) in &casebook.whatifs {
        let whatif = read_whatif(&study, name, text)?;
        out.push_str(&format!("{name}\n    {}\n", whatif.question));
    }
    out.push_str(if casebook.whatifs.is_empty() {
        "The casebook ships no what-ifs; one is a TOML file in its folder whatifs/.\n"
    } else {
        "\nRun one with: jonbar run NAME\n"
    });
    output::print(&out)
}

/// `jonbar fit`.
pub(crate) fn fit(kind: Option<&str>, source: &Source, show: &Show) -> Result<(), Failure> {
    let only = kind_named(kind)?;
    let casebook = casebook::open(source)?;
    let study = study(&casebook)?;
    let question = format!("The fit of the casebook \"{}\"", casebook.record.title);
    let sentence = "Coefficients of the log-intensity per day, estimated now from the casebook's events.";
    report(
        "fit",
        question,
        sentence,
        fit_report(&study, only).into_iter().map(Section::Table).collect(),
        show,
    )
}

/// `jonbar effects`.
pub(crate) fn effects(source: &Source, show: &Show) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let study = study(&casebook)?;
    let question = "The effects that a model file may name".to_owned();
    let sentence =
        "Circumstances of a pair of states, or of a claim to land, that can raise or lower a rate.";
    report("effects", question, sentence, vec![Section::Table(effects_report(&study))], show)
}

/// `jonbar score`.
pub(crate) fn score(kind: Option<&str>, years: i32, source: &Source, show: &Show) -> Result<(), Failure> {
    let only = kind_named(kind)?;
    let casebook = casebook::open(source)?;
    let study = study(&casebook)?;
    let question = format!("The track record of the model on the casebook \"{}\"", casebook.record.title);
    let sentence =
        "Forecasts of every year from the years before it, computed now and held against the record.";
    report("score", question, sentence, score_report(&study, only, years), show)
}

fn kind_named(name: Option<&str>) -> Result<Option<Kind>, Failure> {
    let Some(name) = name else { return Ok(None) };
    Kind::parse(name).map(Some).ok_or_else(|| {
        let names: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
        Failure::input(format!("unknown kind `{name}`; write one of: {}", names.join(", ")))
    })
}

/// Shows sections as an answer.
fn report(
    form: &str,
    question: String,
    sentence: &str,
    sections: Vec<Section>,
    show: &Show,
) -> Result<(), Failure> {
    let answer = Answer {
        version: jonbar_answer::ANSWER_VERSION,
        question,
        reading: jonbar_answer::ReadingShown {
            form: form.to_owned(),
            sentence: sentence.to_owned(),
            assumed: Vec::new(),
            not_understood: Vec::new(),
        },
        summary: Vec::new(),
        sections,
        sources: Vec::new(),
        run: None,
    };
    output::show(&answer, show)
}
