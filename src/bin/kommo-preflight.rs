//! The shell's door.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Many small texts are made and dropped; the system's own allocators take longer for them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    kommo_preflight::cli::run(std::env::args_os())
}
