//! `cargo xtask test`: everything that can be checked, in order; every step runs whose needs were met.

use crate::setup::{self, browser::Browser};
use crate::{Command, budget, build, config, project, shell, wasm};
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

pub const COMMAND: Command = Command { name: "test", about: "runs every check and test there is", run };

struct Step {
    name: &'static str,
    /// Steps that must have passed before.
    needs: &'static [&'static str],
    run: fn() -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "formatting", needs: &[], run: formatting },
    Step { name: "lints", needs: &[], run: lints },
    Step { name: "Rust tests", needs: &[], run: rust_tests },
    Step { name: "set-up: wasm tools", needs: &[], run: setup::rust::ensure_wasm_tools },
    Step { name: "set-up: npm packages", needs: &[], run: npm_packages },
    Step { name: "set-up: browser", needs: &[], run: || setup::browser::ensure_browser().map(drop) },
    Step { name: "lints for wasm32", needs: &["set-up: wasm tools"], run: lints_for_wasm },
    Step { name: "TypeScript", needs: &["set-up: npm packages"], run: typescript },
    Step { name: "wasm build", needs: &["set-up: wasm tools"], run: wasm::build_all },
    Step { name: "hostile archives", needs: &["Rust tests"], run: hostile_archives },
    Step { name: "wasm tests", needs: &["set-up: wasm tools", "set-up: browser"], run: wasm_tests },
    Step {
        name: "npm package",
        needs: &["Rust tests", "hostile archives", "wasm build", "set-up: npm packages", "set-up: browser"],
        run: npm_package,
    },
    Step { name: "page: unit tests", needs: &["wasm build", "set-up: npm packages"], run: page_tests },
    Step { name: "page: build", needs: &["wasm build", "set-up: npm packages"], run: page_build },
    Step { name: "size budget", needs: &["page: build"], run: budget::check },
    Step { name: "page: end to end", needs: &["page: build", "hostile archives", "set-up: browser"], run: page_end_to_end },
];

#[derive(PartialEq)]
enum Outcome {
    Passed,
    Failed,
    NotRun,
}

fn run(_: &[String]) -> Result<()> {
    let mut passed = BTreeSet::new();
    let mut results = Vec::new();
    for step in STEPS {
        let start = Instant::now();
        let outcome = run_step(step, &passed);
        if outcome == Outcome::Passed {
            passed.insert(step.name);
        }
        results.push((step.name, outcome, start.elapsed()));
    }
    summarise(&results)
}

fn run_step(step: &Step, passed: &BTreeSet<&str>) -> Outcome {
    println!("\n=== {} ===", step.name);
    if let Some(missing) = step.needs.iter().find(|need| !passed.contains(*need)) {
        println!("not run: needs \"{missing}\"");
        return Outcome::NotRun;
    }
    match (step.run)() {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            println!("FAILED: {error:#}");
            Outcome::Failed
        }
    }
}

fn summarise(results: &[(&str, Outcome, Duration)]) -> Result<()> {
    println!("\n=== summary ===");
    for (name, outcome, time) in results {
        let word = match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::NotRun => "not run",
        };
        println!("{word:<8} {:>5} s  {name}", time.as_secs());
    }
    let passed = results.iter().filter(|(_, outcome, _)| *outcome == Outcome::Passed).count();
    println!("\n{passed} passed, {} failed", results.len() - passed);
    if passed < results.len() {
        bail!("{} of {} steps did not pass", results.len() - passed, results.len());
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Result<()> {
    shell::run(shell::command("cargo").args(arguments))
}

fn formatting() -> Result<()> {
    setup::rust::ensure_components()?;
    cargo(&["fmt", "--all", "--check"])
}

fn lints() -> Result<()> {
    setup::rust::ensure_components()?;
    cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    // A workspace of its own, which nothing else here compiles; without the fuzzer, for which a machine may have no compiler.
    let fuzz =
        ["clippy", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target/fuzz", "--no-default-features"];
    cargo(&[fuzz.as_slice(), &["--", "--deny", "warnings"]].concat())
}

fn rust_tests() -> Result<()> {
    cargo(&["test", "--locked", "--workspace"])
}

/// Writes the attacks for the tests in Node and in the browser.
fn hostile_archives() -> Result<()> {
    shell::run(
        shell::command("cargo")
            .args(["test", "--locked", "--test", "hostile", "write_attacks", "--", "--ignored"])
            .env("ATTACKS", project::path("target/attacks")),
    )
}

/// In the profile of the build, whose compiled libraries it shares.
fn lints_for_wasm() -> Result<()> {
    shell::run(
        shell::command("cargo")
            .args(["clippy", "--locked", "--lib", "--no-default-features"])
            .args(["--target", setup::rust::WASM, "--profile", &config::read()?.build.profile])
            .args(["--", "--deny", "warnings"]),
    )
}

fn npm_packages() -> Result<()> {
    setup::npm::ensure_packages("www")?;
    setup::npm::ensure_packages("tests/npm")
}

fn typescript() -> Result<()> {
    shell::run(&mut shell::script("www", "typecheck"))
}

/// In the profile of the build, whose compiled libraries it shares.
fn wasm_tests() -> Result<()> {
    let browser = setup::browser::ensure_browser()?;
    shell::run(
        shell::command("cargo")
            .args(["test", "--locked", "--test", "wasm", "--no-default-features"])
            .args(["--target", setup::rust::WASM, "--profile", &config::read()?.build.profile])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", &browser.chromedriver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.webdriver_json()?),
    )
}

fn npm_package() -> Result<()> {
    build::pack()?;
    shell::run(with_browser(&mut shell::script("tests/npm", "test"), &setup::browser::ensure_browser()?))
}

fn page_tests() -> Result<()> {
    shell::run(&mut shell::script("www", "test"))
}

fn page_build() -> Result<()> {
    shell::run(&mut shell::script("www", "build"))
}

fn page_end_to_end() -> Result<()> {
    shell::run(with_browser(&mut shell::script("www", "e2e"), &setup::browser::ensure_browser()?))
}

/// Tells tests in Node which browser to start, and how.
fn with_browser<'a>(command: &'a mut std::process::Command, browser: &Browser) -> &'a mut std::process::Command {
    command
        .env("KOMMO_PREFLIGHT_CHROMIUM", &browser.chromium)
        .env("KOMMO_PREFLIGHT_CHROMIUM_FLAGS", setup::browser::flags().join(" "))
}
