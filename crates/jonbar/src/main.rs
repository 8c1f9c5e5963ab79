//! The program: reads files and arguments, calls the library, prints. No formula lives here.

mod ask;
mod casebook;
mod cite;
mod cli;
mod commitments;
mod compare;
mod import;
mod map;
mod output;
mod read;
mod record;
mod runfile;
mod serve;
mod stream;

use std::process::ExitCode;

use clap::Parser;

/// What went wrong, in words for the user, and the exit status.
#[derive(Debug)]
pub(crate) struct Failure {
    pub message: String,
    pub status: u8,
}

impl Failure {
    /// Bad input or usage: status 2.
    pub(crate) fn input(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), status: 2 }
    }

    /// The same, with what may be the reason.
    pub(crate) fn with(self, note: &str) -> Failure {
        Failure { message: format!("{}\n    {note}", self.message), ..self }
    }

    /// The thing checked is not right: status 1.
    pub(crate) fn found(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), status: 1 }
    }
}

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("jonbar: {}", failure.message);
            }
            ExitCode::from(failure.status)
        }
    }
}
