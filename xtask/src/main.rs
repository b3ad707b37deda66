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

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn every_command_that_the_documentation_names_is_there() {
        let pages =
            [include_str!("../../README.md"), include_str!("../../www/README.md"), include_str!("../../examples/README.md")];
        let named: Vec<&str> = pages
            .iter()
            .flat_map(|page| page.split("cargo xtask ").skip(1))
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next())
            .collect();
        assert!(named.len() > 5, "{named:?}");
        for name in named {
            assert!(COMMANDS.iter().any(|command| command.name == name), "cargo xtask {name}");
        }
    }
}
