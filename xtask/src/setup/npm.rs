//! The npm packages of a folder, as its lock file names them.

use crate::{project, shell};
use anyhow::{Context, Result, ensure};
use std::fs;

/// The oldest major version of Node that the project supports.
const NODE: u32 = 20;

/// Installs the packages of a folder of the project when its lock file has changed since the last time.
pub fn ensure_packages(folder: &str) -> Result<()> {
    ensure_node()?;
    let folder = project::path(folder);
    let wanted =
        fs::read(folder.join("package-lock.json")).with_context(|| format!("reading {}/package-lock.json", folder.display()))?;
    let installed = folder.join("node_modules/.installed-package-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("The npm packages of {} are missing or old; npm installs them.", folder.display());
    shell::run(
        shell::npm("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            // The browser of this machine is used; see `browser`.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(&installed, wanted).with_context(|| format!("writing {}", installed.display()))
}

fn ensure_node() -> Result<()> {
    let version = shell::output(shell::command("node").arg("--version"))
        .with_context(|| format!("node is missing: install Node.js {NODE} or newer, with npm"))?;
    ensure!(major(&version).is_some_and(|major| major >= NODE), "node is {version}: install Node.js {NODE} or newer, with npm");
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_number_before_the_first_dot() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
