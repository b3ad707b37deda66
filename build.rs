//! Writes the table of HTML's entities as text: the library's own, of pointers, takes three times as much of the wasm module.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut lines: Vec<String> =
        htmlize::ENTITIES.entries().map(|(name, meaning)| format!("{}\t{}", text(&name[1..]), text(meaning))).collect();
    lines.sort_unstable();
    let folder = env::var("OUT_DIR").expect("cargo names the folder");
    // One of the entities stands for the end of a line.
    fs::write(Path::new(&folder).join("entities.txt"), lines.join("\0")).expect("the folder can be written to");
}
