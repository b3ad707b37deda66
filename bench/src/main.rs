//! What `cargo xtask bench` runs: it makes the corpora, and times the floor and the engine inside one process.

mod corpora;
mod engine;
mod floor;
mod random;
mod writing;

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["corpora", folder] => corpora::write_all(Path::new(folder), None),
        ["corpora", folder, libraries] => corpora::write_all(Path::new(folder), Some(Path::new(libraries))),
        ["floor", archive, runs] => time(archive, runs, floor::read),
        ["scripts", archive, runs] => time(archive, runs, floor::read_scripts),
        ["engine", archive, runs] => time(archive, runs, engine::check),
        ["memory", archive] => memory(archive),
        _ => bail!("usage: bench corpora FOLDER [NODE_MODULES] | floor|scripts|engine ARCHIVE RUNS | memory ARCHIVE"),
    }
}

/// Prints the milliseconds of each run over an archive, as a JSON array.
fn time(archive: &str, runs: &str, work: impl Fn(&[u8]) -> Result<()>) -> Result<()> {
    let bytes = std::fs::read(archive).with_context(|| archive.to_owned())?;
    let mut times = Vec::new();
    for _ in 0..runs.parse()? {
        let start = Instant::now();
        work(&bytes)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    println!("{}", serde_json::to_string(&times)?);
    Ok(())
}

/// Prints the kilobytes that this process needed for a check at its peak, and those that are allowed: four times the unpacked
/// files, 45 times the largest script, and 40 MB.
fn memory(archive: &str) -> Result<()> {
    let bytes = std::fs::read(archive).with_context(|| archive.to_owned())?;
    let sizes = floor::sizes(&bytes)?;
    engine::check(&bytes)?;
    let status = std::fs::read_to_string("/proc/self/status").context("the peak is known on Linux alone")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the kernel tells no peak")?;
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse()?;
    println!("[{peak}, {}]", (4 * sizes.all + 45 * sizes.largest_script) / 1000 + 40_000);
    Ok(())
}
