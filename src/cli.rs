//! The command: reads its arguments, runs the engine, prints the reports and answers with an exit code.

mod args;
mod check;
mod input;

use args::{Arguments, Command};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// What the command answers the shell with; of several inputs the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing at or above what `--fail-on` names.
    Nothing = 0,
    /// Something at or above it.
    Findings = 1,
    /// The arguments or the project file cannot be understood.
    Usage = 2,
    /// An input could not be read.
    Unreadable = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the command. `arguments` begin with the program's name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors: they go to standard output.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Nothing };
            return if error.print().is_ok() { exit } else { Exit::Usage }.into();
        }
    };
    let done = match arguments.command {
        Some(Command::Check(check)) => check::run(&check),
        None => check::run(&arguments.check),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(Fault(message)) => {
            anstream::eprintln!("kommo-preflight: {message}");
            Exit::Usage.into()
        }
    }
}

/// Why the command cannot do what it was asked to, in a sentence.
#[derive(Debug)]
struct Fault(String);

impl Fault {
    fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}
