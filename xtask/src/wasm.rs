//! `cargo xtask wasm`: the modules of `wasm-pack.toml`, built into their folders.

use crate::config::{self, Build, Module};
use crate::{Command, project, setup, shell};
use anyhow::{Context, Result};
use std::fs;

pub const COMMAND: Command =
    Command { name: "wasm", about: "builds the wasm modules; a page that is being served takes the new one", run };

fn run(_: &[String]) -> Result<()> {
    setup::rust::ensure_wasm_tools()?;
    build_all()
}

/// The module that ships.
pub const RELEASE: &str = "release";

const OUT_NAME: &str = "kommo_preflight";

/// The files that a module's folder gets; instead of the glue's own declarations, the package has better ones.
const FILES: &[&str] = &["kommo_preflight.js", "kommo_preflight_bg.wasm", "kommo_preflight_bg.wasm.d.ts"];

/// Builds every module.
pub fn build_all() -> Result<()> {
    let config = config::read()?;
    config.modules.iter().try_for_each(|module| build(&config.build, module))
}

/// Builds the module of that name.
pub fn build_one(name: &str) -> Result<()> {
    let config = config::read()?;
    let module = config
        .modules
        .iter()
        .find(|module| module.name == name)
        .with_context(|| format!("wasm-pack.toml has no module {name}"))?;
    build(&config.build, module)
}

fn build(settings: &Build, module: &Module) -> Result<()> {
    let output = project::path("target/wasm-pack").join(&module.name);
    // wasm-pack gives up where this folder is missing.
    let cache = project::tools().join("cache");
    fs::create_dir_all(&cache).with_context(|| format!("creating {}", cache.display()))?;
    let mut command = shell::command("wasm-pack");
    command
        .args(["build", "module", "--mode", "no-install", "--no-pack"])
        .args(["--target", &module.target])
        .args(["--profile", &settings.profile])
        .args(["--out-name", OUT_NAME])
        .arg("--out-dir")
        .arg(&output)
        .env("WASM_PACK_CACHE", cache);
    if !settings.wasm_opt {
        command.arg("--no-opt");
    }
    command.args(["--", "--locked"]);
    if !module.features.is_empty() {
        command.args(["--features", &module.features.join(",")]);
    }
    shell::run(&mut command)?;
    let folder = project::path(&module.folder);
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    for file in FILES {
        fs::copy(output.join(file), folder.join(file)).with_context(|| format!("copying {file} into {}", folder.display()))?;
    }
    Ok(())
}
