//! The shell's door.

use std::process::ExitCode;

fn main() -> ExitCode {
    kommo_preflight::cli::run(std::env::args_os())
}
