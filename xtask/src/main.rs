//! `cargo xtask`: installs what is missing, then does the work. One file per subcommand, one line for each in `COMMANDS`.

mod bench;
mod budget;
mod build;
mod config;
mod fuzz;
mod measure;
mod project;
mod serve;
mod setup;
mod shell;
mod size;
mod test;
mod wasm;

use std::process::ExitCode;

/// A subcommand: what it is called, what it does in one line, and the function that gets the arguments after its name.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

const COMMANDS: &[Command] = &[
    build::COMMAND,
    serve::COMMAND,
    test::COMMAND,
    wasm::COMMAND,
    bench::COMMAND,
    fuzz::COMMAND,
    size::COMMAND,
    measure::TRAIN,
    measure::MEASURE,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        usage();
        return ExitCode::from(2);
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        usage();
        return ExitCode::from(2);
    };
    match (command.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    eprintln!("usage: cargo xtask COMMAND\n");
    for command in COMMANDS {
        eprintln!("  {:<8} {}", command.name, command.about);
    }
}
