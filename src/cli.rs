//! The command: reads its arguments, runs the engine, prints the reports and answers with an exit code.

mod args;
mod catalogue;
mod check;
mod input;
mod project_file;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::io::{self, Write};
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
    match answer(arguments) {
        Ok(exit) => exit.into(),
        Err(Fault(message)) => {
            anstream::eprintln!("kommo-preflight: {message}");
            Exit::Usage.into()
        }
    }
}

fn answer(arguments: Arguments) -> Result<Exit, Fault> {
    let printed = match arguments.command {
        None => return check::run(&arguments.check),
        Some(Command::Check(check)) => return check::run(&check),
        Some(Command::Explain { id }) => catalogue::explain(&id)?,
        Some(Command::Rules { format }) => catalogue::rules(format),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), env!("CARGO_PKG_NAME"), &mut script);
            String::from_utf8(script).map_err(Fault::new)?
        }
        Some(Command::Man) => manual().map_err(Fault::new)?,
    };
    print(&printed)?;
    Ok(Exit::Nothing)
}

/// The manual page of the command.
fn manual() -> io::Result<String> {
    let mut command = Arguments::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    String::from_utf8(page).map_err(io::Error::other)
}

/// Writes to standard output; a reader that goes away early is no fault.
fn print(text: &str) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Fault(format!("standard output: {error}"))),
        _ => Ok(()),
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
