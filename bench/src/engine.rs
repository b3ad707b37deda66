//! The engine by itself, from the archive's bytes to the report as JSON: what the wasm module does, compiled for this machine.

use anyhow::Result;
use kommo_preflight::options::Options;
use kommo_preflight::package::{Deadline, Package, Stopwatch};
use std::hint::black_box;

pub fn check(archive: &[u8]) -> Result<()> {
    let options = Options::default();
    let clock = Stopwatch::start();
    let now = || clock.elapsed_ms();
    let deadline = Deadline::new(&now, &options.bounds);
    let package = Package::from_zip(archive, "widget.zip", &options.bounds, &deadline, &mut |_| {});
    black_box(serde_json::to_string(&kommo_preflight::report(&package, &options, &deadline, &mut |_| {}))?);
    Ok(())
}
