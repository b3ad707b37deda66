//! `cargo xtask build`: everything that is published, into dist/.

use crate::{Command, budget, project, setup, shell, wasm};
use anyhow::{Context, Result};
use std::fs;

pub const COMMAND: Command = Command { name: "build", about: "builds the page and the npm package into dist/", run };

fn run(_: &[String]) -> Result<()> {
    setup::rust::ensure_wasm_tools()?;
    setup::npm::ensure_packages("www")?;
    wasm::build_one(wasm::RELEASE)?;
    shell::run(&mut shell::script("www", "build"))?;
    pack()?;
    print_sizes()?;
    budget::check()
}

/// The size of each file at the top of dist/.
fn print_sizes() -> Result<()> {
    for entry in fs::read_dir(project::path("dist"))? {
        let entry = entry?;
        let facts = entry.metadata()?;
        if facts.is_file() {
            println!("{:>9} bytes  dist/{}", facts.len(), entry.file_name().display());
        }
    }
    Ok(())
}

/// The npm package as the only tarball in dist/.
pub fn pack() -> Result<()> {
    shell::run(&mut shell::script("www", "translation"))?;
    let dist = project::path("dist");
    fs::create_dir_all(&dist).with_context(|| format!("creating {}", dist.display()))?;
    for entry in fs::read_dir(&dist)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "tgz") {
            fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        }
    }
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(project::path(license), project::path("pkg").join(license))
            .with_context(|| format!("copying {license} into pkg"))?;
    }
    shell::run(shell::npm("npm").args(["pack", "./pkg", "--pack-destination"]).arg(dist))
}
