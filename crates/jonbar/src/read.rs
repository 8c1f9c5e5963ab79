//! `jonbar read`: a text held against the record.

use jonbar_answer::read_prose;

use crate::cli::{Show, Source};
use crate::{Failure, ask, casebook, output};

/// Reads and shows.
pub(crate) fn read(file: &str, source: &Source, show: &Show) -> Result<(), Failure> {
    if file != "-" && !std::path::Path::new(file).is_file() {
        return Err(Failure::input(format!(
            "{file}: no such file; to ask a question use: jonbar ask \"...\""
        )));
    }
    let text = ask::question_text(&[file.to_owned()])?;
    let casebook = casebook::open(source)?;
    let answer = read_prose(&casebook.record, &text);
    output::show(&answer, show)
}
