//! `cargo xtask serve`: the page on this machine, with what is being worked on.

use crate::{Command, setup, shell, wasm};
use anyhow::Result;

pub const COMMAND: Command = Command { name: "serve", about: "builds the wasm and serves the page; arguments go to Vite", run };

fn run(arguments: &[String]) -> Result<()> {
    setup::rust::ensure_wasm_tools()?;
    setup::npm::ensure_packages("www")?;
    println!("Building the engine for the browser; the first time, its libraries are compiled, which takes a few minutes.");
    wasm::build_one(wasm::RELEASE)?;
    println!("Serving the page; Ctrl-C ends it. Its address:");
    shell::run(shell::script("www", "dev").arg("--").args(arguments))
}
