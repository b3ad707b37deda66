//! Widgets in memory for the tests of rules.

#![allow(dead_code, reason = "the tests of rules use it")]

use crate::context::Context;
use crate::finding::{Certainty, Finding};
use crate::options::Options;
use crate::package::{Bounds, Deadline, Package};
use crate::report::{Outcome, Report};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// A widget under test: `Widget::clean().file("script.js", "...").findings("sync-request")`.
#[derive(Clone, Debug)]
pub struct Widget {
    files: BTreeMap<String, Vec<u8>>,
    unread: Vec<String>,
    options: Options,
}

/// A finding, as a test wants to see it.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// Certain or suspect.
    pub certainty: Certainty,
    /// The message's id.
    pub message: &'static str,
    /// The file; empty for the package.
    pub path: String,
    /// The text that it points at; empty without a span.
    pub text: String,
}

impl Widget {
    /// A small widget that breaks nothing: `tests/fixtures/clean`.
    pub fn clean() -> Self {
        static CLEAN: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
        let files =
            CLEAN.get_or_init(|| read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clean"))).clone();
        Self { files, unread: Vec::new(), options: Options::default() }
    }

    /// A widget without any file.
    pub fn empty() -> Self {
        Self { files: BTreeMap::new(), unread: Vec::new(), options: Options::default() }
    }

    /// Adds or replaces a file.
    #[must_use]
    pub fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), content.as_ref().to_vec());
        self
    }

    /// Takes a file away.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "{path} is not there");
        self
    }

    /// Makes a file, which may be there already, one that cannot be unpacked.
    #[must_use]
    pub fn unread(mut self, path: &str) -> Self {
        self.files.remove(path);
        self.unread.push(path.to_owned());
        self
    }

    /// Puts every file into a folder; `folder` ends in a slash.
    #[must_use]
    pub fn inside(self, folder: &str) -> Self {
        let files = self.files.into_iter().map(|(path, bytes)| (format!("{folder}{path}"), bytes)).collect();
        Self { files, ..self }
    }

    /// Changes the options.
    #[must_use]
    pub fn options(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// The package.
    pub fn package(&self) -> Package {
        let files = self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
        let package = Package::from_files("widget", files, &self.options.bounds, &unhurried());
        let mut package = package.expect("a widget in memory can be read");
        package.unread.extend(self.unread.iter().cloned());
        package
    }

    /// Checks it with `ask`.
    pub fn with_context<T>(&self, ask: impl FnOnce(&Context<'_>) -> T) -> T {
        let package = self.package();
        ask(&Context::new(&package, &self.options, &unhurried(), &mut |_| ()))
    }

    /// The whole report.
    pub fn report(&self) -> Report {
        crate::check(&self.package(), &self.options, &unhurried(), &mut |_| ())
    }

    /// What a rule finds, in the report's order.
    pub fn findings(&self, rule: &str) -> Vec<Seen> {
        assert!(crate::rules::RULES.iter().any(|known| known.id == rule), "no rule is called {rule}");
        let package = self.package();
        let report = crate::check(&package, &self.options, &unhurried(), &mut |_| ());
        let findings = report.items.iter().flat_map(|item| &item.findings).filter(|finding| finding.rule.id == rule);
        findings.map(|finding| seen(&package, finding)).collect()
    }

    /// What is said of an item.
    pub fn outcome(&self, item: &str) -> Outcome {
        let report = self.report();
        report.items.iter().find(|result| result.item.id == item).unwrap_or_else(|| panic!("no item is called {item}")).outcome
    }
}

/// A time that never comes.
fn unhurried() -> Deadline<'static> {
    Deadline::new(&|| 0.0, &Bounds::default())
}

fn seen(package: &Package, finding: &Finding) -> Seen {
    let path = finding.location.path.clone().unwrap_or_default();
    let text = match (package.files.get(&path), finding.location.span) {
        (Some(file), Some(span)) => {
            let bytes = file.bytes().get(span.start as usize..span.end as usize).expect("the span lies inside the file");
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => String::new(),
    };
    Seen { certainty: finding.certainty, message: finding.message.id, path, text }
}

/// A certain finding, for comparison.
pub fn certain(message: &'static str, path: &str, text: &str) -> Seen {
    Seen { certainty: Certainty::Certain, message, path: path.to_owned(), text: text.to_owned() }
}

/// A suspect finding, for comparison.
pub fn suspect(message: &'static str, path: &str, text: &str) -> Seen {
    Seen { certainty: Certainty::Suspect, message, path: path.to_owned(), text: text.to_owned() }
}

/// Every file below `folder`, by its path with slashes.
pub fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("a folder's entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside the folder").to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read(&path).expect("a readable file"));
            }
        }
    }
    files
}

/// A PNG whose pixels are what `color` says of each column and row.
pub fn png(width: u32, height: u32, color: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| color(x, y)).collect();
    encoder.write_header().expect("a header in memory").write_image_data(&pixels).expect("pixels in memory");
    bytes
}

/// A picture with something on it: letters of noise on a plain ground, different for each `seed`.
pub fn drawing(seed: u32) -> impl Fn(u32, u32) -> [u8; 4] {
    move |x, y| {
        let noise = (x.wrapping_mul(374_761_393) ^ y.wrapping_mul(668_265_263) ^ seed.wrapping_mul(2_246_822_519))
            .wrapping_mul(3_266_489_917);
        let is_line = y % 24 > 8 && x % 60 > 12;
        if is_line && noise >> 16 & 3 == 0 { [20, 40, (seed * 40 % 256) as u8, 255] } else { [245, 246, 250, 255] }
    }
}

/// A PNG with one more chunk, of a right checksum, before its end.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let (before, end) = png.split_at(png.len() - 12);
    let length = u32::try_from(data.len()).expect("a small chunk").to_be_bytes();
    let checked = [kind.as_slice(), data].concat();
    [before, &length, &checked, &crc32fast::hash(&checked).to_be_bytes(), end].concat()
}
