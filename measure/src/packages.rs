//! Packages of the npm registry, fetched at pinned versions into `target/packages/`; nothing of them is committed.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The folder with the files of a package.
pub fn fetched(package: &str, version: &str) -> Result<PathBuf> {
    let folder = PathBuf::from("target/packages").join(format!("{}-{version}", package.replace('/', "-")));
    let files = folder.join("package");
    if !files.exists() {
        let name = format!("{package}@{version}");
        fs::create_dir_all(&folder)?;
        let packed = Command::new("npm").args(["pack", "--silent", &name]).current_dir(&folder).output();
        let packed = packed.context("npm, which fetches the packages, cannot be started")?;
        ensure!(packed.status.success(), "npm pack {name}: {}", String::from_utf8_lossy(&packed.stderr));
        let archive = String::from_utf8(packed.stdout)?;
        let unpacked = Command::new("tar").args(["-xzf", archive.trim()]).current_dir(&folder).output();
        ensure!(unpacked.context("tar cannot be started")?.status.success(), "tar could not unpack {name}");
        fs::remove_file(folder.join(archive.trim()))?;
        // Old packages call their folder otherwise.
        if !files.exists() {
            let inner = fs::read_dir(&folder)?.next().with_context(|| format!("{name} is empty"))??;
            fs::rename(inner.path(), &files)?;
        }
    }
    Ok(files)
}
