//! `cargo xtask train | measure`: what the engine learns from data, and how well it does on other data; both run optimised.

use crate::{Command, shell};
use anyhow::Result;

pub const TRAIN: Command =
    Command { name: "train", about: "learns from data again: train language", run: |rest| start("train", rest) };
pub const MEASURE: Command = Command {
    name: "measure",
    about: "measures on real data: measure language [--alarms] | comments [--mistakes]",
    run: |rest| start("measure", rest),
};

fn start(what: &str, rest: &[String]) -> Result<()> {
    let mut cargo = shell::command("cargo");
    shell::run(cargo.args(["run", "--quiet", "--profile", "measure", "--package", "measure", "--", what]).args(rest))
}
