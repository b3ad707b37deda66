//! `wasm-pack.toml`, and the one version that Cargo.lock decides.

use crate::project;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs;

/// The whole of `wasm-pack.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    pub tools: Tools,
    pub build: Build,
    #[serde(rename = "module")]
    pub modules: Vec<Module>,
}

/// Pinned versions of tools.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tools {
    pub wasm_pack: String,
}

/// How every module is built.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Build {
    /// A profile of Cargo.toml.
    pub profile: String,
    pub wasm_opt: bool,
}

/// One wasm module and where it goes.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Module {
    pub name: String,
    /// The kind of glue: `web`, `no-modules`, ...
    pub target: String,
    pub features: Vec<String>,
    /// Below the project's top folder.
    pub folder: String,
}

/// Reads `wasm-pack.toml`.
pub fn read() -> Result<Config> {
    let text = fs::read_to_string(project::path("wasm-pack.toml")).context("reading wasm-pack.toml")?;
    toml::from_str(&text).context("wasm-pack.toml")
}

/// The version of wasm-bindgen in Cargo.lock, which its command must share.
pub fn wasm_bindgen_version() -> Result<String> {
    let text = fs::read_to_string(project::path("Cargo.lock")).context("reading Cargo.lock")?;
    locked_version(&text, "wasm-bindgen")
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
}

fn locked_version(lock: &str, name: &str) -> Result<String> {
    let lock: Lock = toml::from_str(lock).context("Cargo.lock")?;
    lock.package
        .into_iter()
        .find(|package| package.name == name)
        .map(|package| package.version)
        .with_context(|| format!("Cargo.lock names no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_file_is_read() {
        let config = read().unwrap();
        assert!(config.modules.iter().any(|module| module.folder == "pkg"));
    }

    #[test]
    fn the_version_is_that_of_the_package_of_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version(lock, "wasm").is_err());
    }
}
