//! How many bytes a visitor may have to wait for, as a server sends them.

use crate::project;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Bytes of the wasm module after brotli.
const MODULE: usize = 905_000;

/// Bytes of all that the first visit loads, after brotli: the page, its style, its scripts and the module.
const FIRST_LOAD: usize = 955_000;

/// Files that are loaded later: the source viewer, and the texts of page and report in the other languages.
const LATER: [&str; 5] = ["editor-", "es-", "es.report-", "pt-", "pt.report-"];

/// Prints what the built page costs, and fails when that is over budget.
pub fn check() -> Result<()> {
    let page = project::path("dist/page");
    let mut module = 0;
    let mut first_load = compressed(&page.join("index.html"))?;
    let assets = page.join("assets");
    for entry in fs::read_dir(&assets).with_context(|| format!("reading {}", assets.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_loaded = [".css", ".js", ".wasm"].iter().any(|end| name.ends_with(end));
        if !is_loaded || LATER.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let bytes = compressed(&path)?;
        first_load += bytes;
        module += if name.ends_with(".wasm") { bytes } else { 0 };
    }
    println!("{module:>9} bytes  the module after brotli, of {MODULE}");
    println!("{first_load:>9} bytes  the first load after brotli, of {FIRST_LOAD}");
    ensure!(module > 0, "{} holds no module", assets.display());
    ensure!(module <= MODULE && first_load <= FIRST_LOAD, "over budget: `cargo xtask size` shows what each crate costs");
    Ok(())
}

/// The size of a file as a server sends it.
pub fn compressed(path: &Path) -> Result<usize> {
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 24;
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    writer.write_all(&bytes)?;
    Ok(writer.into_inner().len())
}
