//! Running other programs: what runs is shown, and a failure names it.

use crate::project;
use anyhow::{Context, Result, ensure};
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A command that runs in the project's top folder, without input, and finds the project's own tools before any other.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).env("PATH", search_path()).stdin(Stdio::null());
    command
}

/// npm or npx, whose file has another name on Windows.
pub fn npm(program: &str) -> Command {
    if cfg!(windows) { command(&format!("{program}.cmd")) } else { command(program) }
}

/// An npm script of a folder of the project.
pub fn script(folder: &str, name: &str) -> Command {
    let mut command = npm("npm");
    command.args(["run", name]).current_dir(project::path(folder));
    command
}

/// Shows the command, runs it, and fails when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("could not start: {shown}"))?;
    ensure!(status.success(), "{status}: {shown}");
    Ok(())
}

/// What a command prints on its standard output, without the ends' white space; `None` when it cannot be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Where a program of that name is found, the project's own tools first.
pub fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search_path()).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

fn search_path() -> OsString {
    let own = project::tools().join("bin");
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(own).chain(env::split_paths(&inherited))).unwrap_or(inherited)
}

fn show(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
