//! What is wrong with a file, where, and what to write instead.

use std::fmt;

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The casebook cannot be used until this is mended.
    Error,
    /// Worth a look; the casebook can be used.
    Warning,
}

/// One thing wrong with a casebook or what-if file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path of the file inside the casebook.
    pub file: String,
    /// Line, counted from 1; 0 when the problem is with the file as a whole.
    pub line: u64,
    /// Column in characters, counted from 1; 0 when it is the whole line.
    pub column: u64,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to write instead, if we can say.
    pub help: Option<String>,
}

impl Problem {
    /// An error about a whole file.
    pub fn file(file: &str, message: impl Into<String>) -> Problem {
        Problem::at(file, 0, 0, message)
    }

    /// An error at a place.
    pub fn at(file: &str, line: u64, column: u64, message: impl Into<String>) -> Problem {
        Problem {
            file: file.to_owned(),
            line,
            column,
            severity: Severity::Error,
            message: message.into(),
            help: None,
        }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// The same problem as a warning.
    #[must_use]
    pub fn warning(mut self) -> Problem {
        self.severity = Severity::Warning;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {word}: {}", self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n    help: {help}")?;
        }
        Ok(())
    }
}

/// Line and column, both from 1, of a byte offset in a text.
pub(crate) fn line_column(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
    (line, column)
}
