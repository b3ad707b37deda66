//! Learns what the engine knows from data, measures how well it does on other data, and makes what fuzzing starts from; `cargo xtask` starts it.

mod catalogues;
mod comments;
mod language;
mod packages;
mod seeds;
mod train;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", "language"] => train::language(),
        ["measure", "language"] => language::measure(false),
        ["measure", "language", "--alarms"] => language::measure(true),
        ["measure", "comments"] => comments::measure(false),
        ["measure", "comments", "--mistakes"] => comments::measure(true),
        ["seeds", folder] => seeds::write(folder),
        _ => bail!(
            "usage: cargo xtask train language | cargo xtask measure language [--alarms] | cargo xtask measure comments [--mistakes] | cargo xtask fuzz"
        ),
    }
}
