//! `cargo xtask size`: what each crate costs in the wasm module, for docs/size.md.

use crate::{Command, project, setup, shell};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

pub const COMMAND: Command = Command { name: "size", about: "writes docs/size.md: what each crate costs in the module", run };

/// Crates that cost less are one line together.
const LEAST: usize = 4_000;

fn run(_: &[String]) -> Result<()> {
    setup::rust::ensure_wasm_tools()?;
    let target = project::path("target/size");
    let mut cargo = shell::command("cargo");
    cargo.args(["build", "--locked", "--package", "module", "--profile", "wasm", "--target", setup::rust::WASM, "--target-dir"]);
    // With the names of the functions, which tell whose they are.
    shell::run(cargo.arg(&target).env("CARGO_PROFILE_WASM_STRIP", "none"))?;
    let module = target.join(setup::rust::WASM).join("wasm/module.wasm");
    let bytes = fs::read(&module).with_context(|| format!("reading {}", module.display()))?;
    let page = page(&Costs::of(&bytes)?)?;
    print!("{page}");
    fs::write(project::path("docs/size.md"), page).context("writing docs/size.md")
}

/// Bytes of the module.
#[derive(Default)]
struct Costs {
    /// Of code, by the crate that defines the function.
    crates: BTreeMap<String, usize>,
    /// Of texts and tables.
    data: usize,
}

impl Costs {
    fn of(module: &[u8]) -> Result<Self> {
        let mut costs = Self::default();
        let mut imported = 0;
        let mut sizes = Vec::new();
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
                Payload::DataSection(section) => costs.data = section.range().len(),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(section) = section.as_known() else { continue };
                    for part in section {
                        let Name::Function(functions) = part? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index, naming.name);
                        }
                    }
                }
                _ => {}
            }
        }
        for (index, size) in (imported..).zip(sizes) {
            let name = names.get(&index).map_or("", |name| *name);
            *costs.crates.entry(crate_of(&rustc_demangle::demangle(name).to_string())).or_default() += size;
        }
        Ok(costs)
    }
}

/// The crate that a function belongs to: `<zip::read::Reader as std::io::Read>::read` is of zip.
fn crate_of(name: &str) -> String {
    const STANDARD: [&str; 3] = ["core", "alloc", "std"];
    let parts = name.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'));
    let mut crates = parts.filter_map(|part| Some(part.split_once("::")?.0)).filter(|part| !part.is_empty()).peekable();
    let first = crates.peek().copied().unwrap_or("(other)");
    let owner = if name.starts_with('<') { crates.find(|part| !STANDARD.contains(part)).unwrap_or(first) } else { first };
    if STANDARD.contains(&owner) { "(standard library)".to_owned() } else { owner.to_owned() }
}

fn page(costs: &Costs) -> Result<String> {
    let code: usize = costs.crates.values().sum();
    let mut rows: Vec<_> = costs.crates.iter().filter(|(_, size)| **size >= LEAST).collect();
    rows.sort_by_key(|(name, size)| (std::cmp::Reverse(**size), *name));
    let rest = code - rows.iter().map(|(_, size)| **size).sum::<usize>();
    let mut page = String::from(
        "# What each crate costs\n\nBytes of the wasm module before compression, by the crate that defines the code; generic code of the standard library counts \
         as its own, whoever needs it. Written by `cargo xtask size`.\n\n| part | bytes |\n| --- | ---: |\n",
    );
    for (name, size) in rows {
        writeln!(page, "| {name} | {size} |")?;
    }
    writeln!(
        page,
        "| crates of less than {LEAST} bytes | {rest} |\n| texts and tables | {} |\n| **all** | **{}** |",
        costs.data,
        code + costs.data
    )?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_belong_to_the_crate_that_defines_them() {
        assert_eq!(crate_of("zip::read::find"), "zip");
        assert_eq!(crate_of("<zip::read::Reader as std::io::Read>::read"), "zip");
        assert_eq!(crate_of("<alloc::vec::Vec<T> as core::clone::Clone>::clone"), "(standard library)");
        assert_eq!(crate_of("core::slice::sort::quicksort"), "(standard library)");
        assert_eq!(crate_of("memcpy"), "(other)");
    }
}
