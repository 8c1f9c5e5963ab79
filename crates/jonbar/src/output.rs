//! Terminal facts, progress, and files written whole or not at all.

use std::io::{IsTerminal, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use jonbar_answer::Answer;
use jonbar_answer::writers::{self, TerminalStyle};
use jonbar_record::Record;

use crate::Failure;
use crate::cli::Show;

/// Width of lines when the terminal does not say.
const WIDTH: usize = 100;

/// How to draw on standard output: colour only on a terminal and without NO_COLOR, width from COLUMNS or the
/// terminal.
pub(crate) fn style(show: &Show) -> TerminalStyle {
    let terminal = std::io::stdout().is_terminal();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<usize>().ok());
    let measured = if terminal { terminal_width() } else { None };
    TerminalStyle {
        width: columns.or(measured).unwrap_or(WIDTH).clamp(40, 160),
        color: terminal && !no_color && !show.plain,
        plain: show.plain,
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Prints answers in the format asked for. Terminal answers have been printed as they came. With the casebook, the page has
/// maps of the alternatives.
pub(crate) fn finish(answers: &[Answer], show: &Show, atlas: Option<&Record>) -> Result<(), Failure> {
    if let Some(path) = &show.html {
        let page = match atlas {
            Some(record) => writers::html_with_map(answers, record),
            None => writers::html(answers),
        };
        write_whole(path, page.as_bytes())?;
        notice(&format!("Wrote {}", path.display()));
    }
    if let Some(folder) = &show.csv {
        std::fs::create_dir_all(folder).map_err(|e| Failure::input(format!("{}: {e}", folder.display())))?;
        let files = writers::csv(answers);
        for file in &files {
            write_whole(&folder.join(&file.name), &file.bytes)?;
        }
        notice(&format!("Wrote {} tables to {}", files.len(), folder.display()));
    }
    if let Some(path) = &show.timeline {
        let text = writers::timeline(answers).ok_or_else(|| {
            Failure::input(format!("nothing has a date, so {} is not written", path.display()))
        })?;
        write_whole(path, text.as_bytes())?;
        notice(&format!("Wrote {}", path.display()));
    }
    if show.json {
        print(&writers::json(answers))
    } else if show.markdown {
        print(&writers::markdown(answers))
    } else if show.bbcode {
        print(&writers::bbcode(answers))
    } else {
        Ok(())
    }
}

/// Whether answers are to be printed one by one as they come.
pub(crate) fn streams(show: &Show) -> bool {
    !(show.json || show.markdown || show.bbcode)
}

/// Prints one answer that is ready, in the format asked for.
pub(crate) fn show(answer: &Answer, show: &Show) -> Result<(), Failure> {
    let answers = std::slice::from_ref(answer);
    if streams(show) {
        print(&writers::terminal(answers, &style(show)))?;
    }
    finish(answers, show, None)
}

/// A word about what was done, on standard error; nobody need be reading it.
pub(crate) fn notice(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints to standard output; a closed pipe is not an error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::input(format!("standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// Writes a file by way of a temporary file beside it, so that it is never half-written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let fail = |e: std::io::Error| Failure::input(format!("{}: {e}", path.display()));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    // Temporary files are for their owner alone; what is written for others to read keeps the rights of the file that
    // it replaces, or has the usual ones.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0o644, |old| old.permissions().mode() & 0o777);
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode)).map_err(fail)?;
    }
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(())
}

/// How the names of folders begin that are being filled.
pub(crate) const UNFINISHED: &str = ".jonbar-new";

/// Makes a folder by filling a temporary one beside it and giving it its name: no folder, or a whole one.
pub(crate) fn whole_folder(
    folder: &Path,
    fill: impl FnOnce(&Path) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)?;
    let filled = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(parent)?;
    fill(filled.path())?;
    std::fs::rename(filled.path(), folder)
}

/// Refuses the name of a folder to be made that is taken.
pub(crate) fn not_there_yet(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        return Err(Failure::input(format!(
            "{} is there already; name a folder that is not",
            folder.display()
        )));
    }
    Ok(())
}

/// A progress bar on standard error, drawn only on a terminal and only for work that takes a while.
pub(crate) fn progress(runs: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() || runs < 1000 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(runs);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} runs, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message("alternative histories");
    bar
}
