//! `jonbar commitments`: how often promises were kept in war, from a published data set.

use std::path::Path;

use jonbar_answer::{Tested, commitments_report};
use jonbar_import::{Commitment, Kept};

use crate::cli::Show;
use crate::{Failure, output};

/// Reads the file and shows the shares.
pub(crate) fn commitments(file: &Path, show: &Show) -> Result<(), Failure> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| Failure::input(format!("{name}: {e}")))?;
    let cases = jonbar_import::commitments(&name, &bytes).map_err(|problems| {
        Failure::input(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    let answer = commitments_report(&cases.iter().map(tested).collect::<Vec<_>>());
    output::show(&answer, show)
}

fn tested(case: &Commitment) -> Tested {
    let kept = |k: Kept| match k {
        Kept::Honoured => Some(true),
        Kept::Violated => Some(false),
        Kept::NotTested => None,
    };
    Tested { early: case.before_1945, kept: case.kept.map(kept), obligations: case.obligations }
}
