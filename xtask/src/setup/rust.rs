//! The wasm32 target, wasm-pack and wasm-bindgen's command.

use crate::{config, project, shell};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// The target triple of the wasm build.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Installs the wasm32 target, wasm-pack and wasm-bindgen's command where they are missing or of another version.
pub fn ensure_wasm_tools() -> Result<()> {
    ensure_target()?;
    let config = config::read()?;
    // Its own lock file is left aside: it can name versions of crates that a package index does not have.
    ensure_tool("wasm-bindgen-cli", &["wasm-bindgen", "wasm-bindgen-test-runner"], &config::wasm_bindgen_version()?, &[])?;
    ensure_tool("wasm-pack", &["wasm-pack"], &config.tools.wasm_pack, &["--locked"])
}

fn ensure_target() -> Result<()> {
    if has_target() {
        return Ok(());
    }
    println!("The {WASM} target is missing; rustup installs it.");
    shell::run(shell::command("rustup").args(["target", "add", WASM]))
        .context("install the wasm32 standard library of your Rust")?;
    ensure!(has_target(), "rustup installed the {WASM} target, but the rustc in use does not have it");
    Ok(())
}

fn has_target() -> bool {
    let query = ["--print", "target-libdir", "--target", WASM];
    shell::output(shell::command("rustc").args(query)).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn ensure_tool(package: &str, programs: &[&str], version: &str, flags: &[&str]) -> Result<()> {
    if programs.iter().all(|program| is_version(program, version)) {
        return Ok(());
    }
    println!("{package} {version} is missing; it is compiled into target/tools, which takes two to five minutes once.");
    let tools = project::tools();
    shell::run(
        shell::command("cargo")
            .args(["install", package, "--version", version, "--quiet", "--force"])
            .args(flags)
            .arg("--root")
            .arg(&tools)
            .arg("--target-dir")
            .arg(tools.join("build"))
            // Short to compile matters more here than fast to run.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    )?;
    for program in programs {
        ensure!(is_version(program, version), "{program} was installed, but does not say that it is {version}");
    }
    Ok(())
}

/// Installs rustfmt and clippy where they are missing.
pub fn ensure_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if shell::output(shell::command("cargo").args([subcommand, "--version"])).is_none() {
            println!("{component} is missing; rustup installs it.");
            shell::run(shell::command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

fn is_version(program: &str, version: &str) -> bool {
    shell::output(shell::command(program).arg("--version")).is_some_and(|line| line.split_whitespace().nth(1) == Some(version))
}
