//! The shell's door.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Trees are many small pieces of memory, which several threads take and give back at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    kommo_preflight::cli::run(std::env::args_os())
}
