//! `cargo xtask fuzz`: random input for every reader of the engine, by cargo-fuzz on nightly Rust.

use crate::{Command, project, shell};
use anyhow::{Context, Result, bail, ensure};
use std::fs;

pub const COMMAND: Command =
    Command { name: "fuzz", about: "random input: fuzz [--minutes N] [TARGET...]; needs nightly Rust and cargo-fuzz", run };

/// Every target of `fuzz/Cargo.toml`, and the longest input it is given.
const TARGETS: &[(&str, u32)] = &[
    ("archive", 16_384),
    ("manifest", 8_192),
    ("script", 8_192),
    ("style", 8_192),
    ("markup", 8_192),
    ("image", 16_384),
    ("language", 2_048),
    ("engine", 16_384),
];

/// What one input may take: seconds, and megabytes of the whole process.
const LIMITS: &[&str] = &["-timeout=10", "-rss_limit_mb=512"];

fn run(arguments: &[String]) -> Result<()> {
    let (minutes, chosen) = read(arguments)?;
    ensure_tools()?;
    let seeds = project::path("fuzz/seeds");
    if seeds.exists() {
        fs::remove_dir_all(&seeds).with_context(|| format!("removing {}", seeds.display()))?;
    }
    shell::run(shell::command("cargo").args(["run", "--quiet", "--package", "measure", "--", "seeds", "fuzz/seeds"]))?;
    for (target, longest) in TARGETS {
        if chosen.is_empty() || chosen.iter().any(|name| name == target) {
            fuzz(target, *longest, minutes)?;
        }
    }
    Ok(())
}

/// The minutes for each target, and the targets; none for all.
fn read(arguments: &[String]) -> Result<(u32, Vec<String>)> {
    let mut minutes = 1;
    let mut chosen = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--minutes" {
            minutes = rest.next().and_then(|number| number.parse().ok()).context("--minutes wants a number")?;
        } else if TARGETS.iter().any(|(name, _)| name == argument) {
            chosen.push(argument.clone());
        } else {
            let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
            bail!("there is no target {argument}; there are {}", names.join(", "));
        }
    }
    Ok((minutes, chosen))
}

fn ensure_tools() -> Result<()> {
    ensure!(
        shell::output(shell::command("cargo").args(["+nightly", "--version"])).is_some(),
        "fuzzing needs nightly Rust: rustup toolchain install nightly"
    );
    ensure!(
        shell::output(shell::command("cargo").args(["fuzz", "--version"])).is_some(),
        "fuzzing needs cargo-fuzz: cargo install cargo-fuzz"
    );
    Ok(())
}

/// Without a sanitizer: the project's own code has no `unsafe`, and more inputs are tried in the same time and within the same memory.
fn fuzz(target: &str, longest: u32, minutes: u32) -> Result<()> {
    let corpus = format!("fuzz/corpus/{target}");
    fs::create_dir_all(project::path(&corpus)).with_context(|| format!("making {corpus}"))?;
    let mut cargo = shell::command("cargo");
    cargo.args(["+nightly", "fuzz", "run", "--sanitizer", "none", "--target-dir", "target/fuzz", target]);
    cargo.args([corpus, format!("fuzz/seeds/{target}")]).arg("--").args(LIMITS);
    cargo
        .arg(format!("-max_total_time={}", 60 * minutes))
        .arg(format!("-max_len={longest}"))
        .args(["-len_control=0", "-print_final_stats=1"]);
    let words = format!("fuzz/dictionaries/{target}.dict");
    if project::path(&words).exists() {
        cargo.arg(format!("-dict={words}"));
    }
    shell::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn minutes_and_targets_come_in_any_order() {
        assert_eq!(read(&words("script --minutes 10 style")).expect("valid"), (10, words("script style")));
        assert_eq!(read(&[]).expect("valid"), (1, Vec::new()));
        assert!(read(&words("--minutes")).is_err() && read(&words("scripts")).is_err());
    }

    #[test]
    fn every_target_of_the_manifest_is_run() {
        let manifest = fs::read_to_string(project::path("fuzz/Cargo.toml")).expect("there");
        let targets = manifest.matches("path = \"targets/").count();
        assert_eq!(targets, TARGETS.len());
        assert!(TARGETS.iter().all(|(name, _)| manifest.contains(&format!("path = \"targets/{name}.rs\""))));
    }
}
