//! Learns what the engine knows from data, and measures how well it does on other data; `cargo xtask` starts it.

mod catalogues;
mod language;
mod train;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", "language"] => train::language(),
        ["measure", "language"] => language::measure(false),
        ["measure", "language", "--alarms"] => language::measure(true),
        _ => bail!("usage: cargo xtask train language | cargo xtask measure language [--alarms]"),
    }
}
