//! A widget package in memory: its files by path, and what is odd about the archive that held them.

pub mod archive;
pub mod bounds;
pub mod locale;
pub mod manifest;
pub mod reach;
pub mod source_file;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

#[cfg(not(target_arch = "wasm32"))]
pub use bounds::Stopwatch;
pub use bounds::{Bounds, Deadline};
pub use source_file::{Encoding, Kind, SourceFile};

use serde_json::Value;

/// A package, read under [`Bounds`].
#[derive(Debug)]
pub struct Package {
    /// The file or folder name as given; `-` for standard input.
    pub name: String,
    /// Lower-case hex of the archive's SHA-256; none for a folder.
    pub sha256: Option<String>,
    /// The archive's size; none for a folder.
    pub compressed_bytes: Option<u64>,
    /// All bytes of the files that were read.
    pub unpacked_bytes: u64,
    /// The folder that holds everything, with its final slash (`widget/`); empty when there is none.
    pub root: String,
    /// Whether files lie beside that folder.
    pub has_files_beside_root: bool,
    /// The files, by path relative to `root`. Droppings are among them: see [`SourceFile::is_dropping`].
    pub files: BTreeMap<String, SourceFile>,
    /// What is odd about the archive and its names, in the archive's order.
    pub oddities: Vec<Oddity>,
    /// What was not read, and why.
    pub not_examined: Vec<NotExamined>,
    /// Files that the archive lists but whose content could not be read; relative to `root` like `files`.
    pub unread: BTreeSet<String>,
    /// Whether every entry of the archive is in `files` or `unread`: false when a bound cut the list off.
    pub is_complete: bool,
}

impl Package {
    /// A package without files.
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            sha256: None,
            compressed_bytes: None,
            unpacked_bytes: 0,
            root: String::new(),
            has_files_beside_root: false,
            files: BTreeMap::new(),
            oddities: Vec::new(),
            not_examined: Vec::new(),
            unread: BTreeSet::new(),
            is_complete: true,
        }
    }

    /// Puts the files of a folder together; `files` are paths relative to it and their bytes.
    ///
    /// # Errors
    /// When the folder holds no file that can be read.
    pub fn from_files(
        name: &str,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
        bounds: &Bounds,
        deadline: &Deadline<'_>,
    ) -> Result<Self, Unreadable> {
        let mut builder = Builder::new(name, bounds);
        for (path, bytes) in files {
            if !builder.admits_entry() {
                builder.leave_rest(None);
                break;
            }
            if deadline.passed() {
                builder.out_of_time(None);
                break;
            }
            if let Some(path) = builder.admit_path(&path, path.as_bytes()) {
                if bytes.len() as u64 > bounds.file_bytes {
                    builder.too_large(&path);
                } else if bytes.len() as u64 > builder.room() {
                    builder.no_room(&path);
                } else {
                    builder.add(path, bytes);
                }
            }
        }
        builder.finish()
    }

    /// The file at `path`, relative to the root; droppings are no files of the widget.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path).filter(|file| !file.is_dropping)
    }

    /// The widget's files in order of their paths, droppings left out.
    pub fn widget_files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values().filter(|file| !file.is_dropping)
    }

    /// The widget's files in a folder, whose path ends with a slash.
    pub fn files_in(&self, folder: &str) -> impl Iterator<Item = &SourceFile> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let files = self.files.range::<str, _>(from).take_while(move |(path, _)| path.starts_with(folder));
        files.map(|(_, file)| file).filter(|file| !file.is_dropping)
    }

    /// Whether the archive may hold `path`: it was read, or listed and not read, or the list was cut off.
    #[must_use]
    pub fn may_hold(&self, path: &str) -> bool {
        !self.is_complete || self.unread.contains(path) || self.file(path).is_some()
    }

    /// The same for a path in an address, as it is written or with `%20` and its like decoded.
    #[must_use]
    pub fn may_hold_encoded(&self, path: &str) -> bool {
        self.may_hold(path) || reach::decoded(path).is_some_and(|path| self.may_hold(&path))
    }
}

/// Something that was left unread or unexamined, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NotExamined {
    /// A stable id of the reason: kebab-case.
    pub code: &'static str,
    /// The values that the message names.
    pub args: BTreeMap<&'static str, Value>,
    /// English: what was left, and why.
    pub message: String,
    /// The file; none when it is about the whole archive.
    pub path: Option<String>,
}

impl NotExamined {
    /// An entry without arguments.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, path: Option<&str>) -> Self {
        Self { code, args: BTreeMap::new(), message: message.into(), path: path.map(str::to_owned) }
    }

    /// The same with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.insert(name, value.into());
        self
    }
}

/// Why no package could be read at all.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// The file or folder name as given.
    pub name: String,
    /// Lower-case hex of the input's SHA-256; none for a folder.
    pub sha256: Option<String>,
    /// The input's size; none for a folder.
    pub compressed_bytes: Option<u64>,
    /// The reasons, the decisive one first.
    pub reasons: Vec<NotExamined>,
}

impl Unreadable {
    /// The package without files that its report is about.
    #[must_use]
    pub fn package(&self) -> Package {
        Package { sha256: self.sha256.clone(), compressed_bytes: self.compressed_bytes, ..Package::new(&self.name) }
    }
}

/// Something odd about the archive or one of its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Oddity {
    /// What is odd.
    pub kind: OddityKind,
    /// The name as the archive spells it; empty when it is about the whole archive.
    pub path: String,
    /// What else the message names: the other file, a method, a number of bytes.
    pub detail: String,
}

/// The kinds of [`Oddity`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OddityKind {
    /// Everything lies inside one folder.
    WrappingFolder,
    /// A name with backslashes in place of slashes.
    BackslashName,
    /// A name that starts with a slash or a drive.
    AbsoluteName,
    /// A name with `..`: what it leads to depends on who unpacks it.
    ParentName,
    /// Two names that differ in case only; `detail` is the other.
    CaseClash,
    /// Two entries of one name; the later one is used.
    DuplicateName,
    /// A name that is not UTF-8.
    NonUtf8Name,
    /// Control or direction-changing characters in a name.
    ControlName,
    /// A password is needed.
    Encrypted,
    /// A compression method that is not supported; `detail` is the method.
    UnsupportedMethod,
    /// Content that does not match its checksum or its declared size, or does not inflate; `detail` says which.
    Damaged,
    /// A symbolic link.
    Link,
    /// An archive inside the archive.
    NestedArchive,
    /// A file of no bytes.
    EmptyFile,
    /// Entries that share bytes of the archive.
    Overlap,
    /// The name in the list of files differs from the one at the content; `detail` is the latter.
    NameMismatch,
    /// Bytes before the first entry; `detail` is their number.
    LeadingData,
    /// Bytes after the end of the archive; `detail` is their number.
    TrailingData,
}

/// `name` with control and direction-changing characters made visible, so that a message shows what is there.
#[must_use]
pub fn shown(name: &str) -> String {
    name.chars().map(|c| if is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// Whether a character cannot be seen, or changes the order in which others are shown.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}' | '\u{FEFF}')
}

/// The part of `path` that a system or an editor dropped: a folder, with its final slash, or the file itself.
#[must_use]
pub fn dropping(path: &str) -> Option<&str> {
    const FOLDERS: [&str; 5] = ["__MACOSX", ".git", ".svn", ".idea", ".vscode"];
    const FILES: [&str; 3] = [".ds_store", "thumbs.db", "desktop.ini"];
    const ENDS: [&str; 4] = ["~", ".orig", ".swp", ".swo"];
    let mut start = 0;
    for (slash, _) in path.match_indices('/') {
        if path.get(start..slash).is_some_and(|folder| FOLDERS.contains(&folder)) {
            return path.get(..=slash);
        }
        start = slash + 1;
    }
    let name = path.get(start..).unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    let is_backup = ENDS.iter().any(|end| lower.len() > end.len() && lower.ends_with(end));
    (FILES.contains(&lower.as_str()) || name.starts_with("._") || is_backup).then_some(path)
}

/// Whether `path` is something that a system or an editor dropped, or such a thing's content.
#[must_use]
pub fn is_dropping(path: &str) -> bool {
    dropping(path).is_some()
}

/// Collects entries, under bounds, into a [`Package`].
struct Builder<'a> {
    bounds: &'a Bounds,
    package: Package,
    entries: usize,
    /// Files left unread.
    left: usize,
}

/// Files that are named as left unread, each with its reason; further ones are counted.
const MOST_LEFT: usize = 100;

impl<'a> Builder<'a> {
    fn new(name: &str, bounds: &'a Bounds) -> Self {
        Self { bounds, package: Package::new(name), entries: 0, left: 0 }
    }

    /// Counts one entry; false when the bound is reached.
    fn admits_entry(&mut self) -> bool {
        self.entries += 1;
        self.entries <= self.bounds.entries
    }

    /// The bytes that may still be read.
    fn room(&self) -> u64 {
        self.bounds.total_bytes.saturating_sub(self.package.unpacked_bytes)
    }

    fn odd(&mut self, kind: OddityKind, path: &str, detail: impl Into<String>) {
        self.package.oddities.push(Oddity { kind, path: path.to_owned(), detail: detail.into() });
    }

    fn leave(&mut self, path: &str, reason: NotExamined) {
        self.left += 1;
        if self.left <= MOST_LEFT {
            self.package.not_examined.push(reason);
        }
        self.package.unread.insert(path.to_owned());
    }

    /// The path that an entry's name stands for, its oddities noted; none when it leads out of the archive.
    fn admit_path(&mut self, name: &str, raw: &[u8]) -> Option<String> {
        if std::str::from_utf8(raw).is_err() {
            self.odd(OddityKind::NonUtf8Name, name, "");
        }
        if name.chars().any(is_hidden) {
            self.odd(OddityKind::ControlName, name, shown(name));
        }
        let slashed = name.replace('\\', "/");
        if slashed != name {
            self.odd(OddityKind::BackslashName, name, slashed.clone());
        }
        let bytes = slashed.as_bytes();
        let has_drive = bytes.len() > 1 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic();
        let relative = if has_drive { &slashed[2..] } else { &slashed };
        if has_drive || relative.starts_with('/') {
            self.odd(OddityKind::AbsoluteName, name, "");
        }
        let mut parts: Vec<&str> = Vec::new();
        let (mut has_parent, mut leads_out) = (false, false);
        for part in relative.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." {
                has_parent = true;
                leads_out |= parts.pop().is_none();
            } else {
                parts.push(part);
            }
        }
        if has_parent {
            self.odd(OddityKind::ParentName, name, "");
        }
        if leads_out {
            let message = format!("{} leads out of the archive and was not read", shown(name));
            self.package.not_examined.push(NotExamined::new("parent-path", message, Some(name)));
            return None;
        }
        (!parts.is_empty()).then(|| parts.join("/"))
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.package.unpacked_bytes += bytes.len() as u64;
        let file = SourceFile::new(path.clone(), bytes, self.bounds);
        if self.package.files.contains_key(&path) {
            self.odd(OddityKind::DuplicateName, &path, "");
        }
        self.package.files.insert(path, file);
    }

    fn too_large(&mut self, path: &str) {
        let limit = self.bounds.file_bytes;
        let message = format!("{} is larger than {} and was not read", shown(path), bounds::megabytes(limit));
        self.leave(path, NotExamined::new("file-too-large", message, Some(path)).with("limit", limit));
    }

    /// Notes that the bytes of `path` would pass the bound for all files; said once, counted for the rest.
    fn no_room(&mut self, path: &str) {
        let limit = self.bounds.total_bytes;
        let known = self.package.not_examined.iter().position(|entry| entry.code == "archive-too-large");
        if known.is_none() {
            let message =
                format!("The files hold more than {} in all; {} and others were not read", bounds::megabytes(limit), shown(path));
            let entry = NotExamined::new("archive-too-large", message, Some(path)).with("limit", limit);
            self.package.not_examined.push(entry);
        }
        self.package.unread.insert(path.to_owned());
    }

    /// Notes that entries past the bound are left; `total` is their number where it is known.
    fn leave_rest(&mut self, total: Option<usize>) {
        let limit = self.bounds.entries;
        let message = total.map_or_else(
            || format!("There are more than {limit} files; the rest was not read"),
            |total| format!("The archive lists {total} entries; those after the first {limit} were not read"),
        );
        self.package.not_examined.push(NotExamined::new("too-many-entries", message, None).with("limit", limit));
        self.package.is_complete = false;
    }

    fn out_of_time(&mut self, path: Option<&str>) {
        let message = format!("Reading took longer than {} s; the rest was not read", self.bounds.time_ms / 1000);
        self.package.not_examined.push(NotExamined::new("out-of-time", message, path).with("limit", self.bounds.time_ms));
        self.package.is_complete = false;
    }

    fn finish(mut self) -> Result<Package, Unreadable> {
        let more = self.left.saturating_sub(MOST_LEFT);
        if more > 0 {
            let message = format!("More files could not be read, and are not listed: {more}");
            self.package.not_examined.push(NotExamined::new("more-unread", message, None).with("count", more));
        }
        if self.package.files.is_empty() {
            let nothing = if self.package.not_examined.is_empty() {
                NotExamined::new("no-files", "There are no files inside", None)
            } else {
                NotExamined::new("no-readable-files", "None of the files inside could be read", None)
            };
            let mut reasons = vec![nothing];
            reasons.append(&mut self.package.not_examined);
            let Package { name, sha256, compressed_bytes, .. } = self.package;
            return Err(Unreadable { name, sha256, compressed_bytes, reasons });
        }
        self.strip_root();
        self.note_files();
        Ok(self.package)
    }

    /// Takes off the folder that holds everything.
    fn strip_root(&mut self) {
        let paths: Vec<&str> = self.package.files.keys().chain(&self.package.unread).map(String::as_str).collect();
        let root = wrapping_folder(&paths);
        if root.is_empty() {
            return;
        }
        let files = std::mem::take(&mut self.package.files);
        for (path, mut file) in files {
            self.package.has_files_beside_root |= !file.is_dropping && !path.starts_with(&root);
            let inside = path.strip_prefix(&root).map_or_else(|| path.clone(), str::to_owned);
            file.path.clone_from(&inside);
            self.package.files.entry(inside).or_insert(file);
        }
        let unread = std::mem::take(&mut self.package.unread);
        self.package.unread =
            unread.into_iter().map(|path| path.strip_prefix(&root).map_or_else(|| path.clone(), str::to_owned)).collect();
        for entry in &mut self.package.not_examined {
            if let Some(inside) = entry.path.as_deref().and_then(|path| path.strip_prefix(&root)) {
                entry.path = Some(inside.to_owned());
            }
        }
        self.odd(OddityKind::WrappingFolder, &root.clone(), "");
        self.package.root = root;
    }

    /// Notes what is odd about single files and about names beside each other.
    fn note_files(&mut self) {
        let mut by_case: BTreeMap<String, &str> = BTreeMap::new();
        let mut oddities = Vec::new();
        let mut not_examined = Vec::new();
        for file in self.package.widget_files() {
            let mut odd = |kind, detail: &str| oddities.push(Oddity { kind, path: file.path.clone(), detail: detail.to_owned() });
            if let Some(other) = by_case.insert(file.path.to_lowercase(), &file.path) {
                odd(OddityKind::CaseClash, other);
            }
            if file.bytes().is_empty() {
                odd(OddityKind::EmptyFile, "");
            }
            if file.kind == Kind::Archive {
                odd(OddityKind::NestedArchive, "");
                let message = format!("{} is an archive inside the archive; it was not opened", shown(&file.path));
                not_examined.push(NotExamined::new("nested-archive", message, Some(&file.path)));
            }
            not_examined.extend(file.too_large.clone());
        }
        self.package.oddities.append(&mut oddities);
        self.package.not_examined.append(&mut not_examined);
    }
}

/// The folder, with its final slash, that holds every path and looks like a widget inside; empty when none does. Droppings are
/// passed over, and so are files beside the folder when it holds the manifest: what is inside is still the widget.
fn wrapping_folder(paths: &[&str]) -> String {
    let is_beside = |path: &str| !path.contains('/') && !matches!(path, "manifest.json" | "script.js");
    let has_manifest =
        |paths: &[&str]| paths.iter().any(|path| path.strip_suffix("/manifest.json").is_some_and(|folder| !folder.contains('/')));
    let beside_too: Vec<&str> = paths.iter().copied().filter(|path| !is_dropping(path)).collect();
    let mut widget = beside_too.clone();
    if has_manifest(&beside_too) {
        widget.retain(|path| !is_beside(path));
    }
    let Some(first) = widget.first() else { return String::new() };
    for (at, _) in first.match_indices('/') {
        let root = &first[..=at];
        if !widget.iter().all(|path| path.starts_with(root)) {
            break;
        }
        let looks_like_widget = widget.iter().filter_map(|path| path.strip_prefix(root)).any(|path| {
            path == "manifest.json" || path == "script.js" || path.starts_with("i18n/") || path.starts_with("images/")
        });
        if looks_like_widget {
            return root.to_owned();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(files: &[(&str, &str)]) -> Package {
        let stopwatch = Stopwatch::start();
        let clock = || stopwatch.elapsed_ms();
        let bounds = Bounds::default();
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Package::from_files("widget", files, &bounds, &Deadline::new(&clock, &bounds)).expect("files were given")
    }

    fn oddities(package: &Package) -> Vec<(OddityKind, &str, &str)> {
        package.oddities.iter().map(|oddity| (oddity.kind, oddity.path.as_str(), oddity.detail.as_str())).collect()
    }

    #[test]
    fn a_wrapping_folder_is_taken_off_and_named() {
        let package = package(&[("my widget/manifest.json", "{}"), ("my widget/i18n/en.json", "{}"), ("__MACOSX/._x", "x")]);
        assert_eq!(package.root, "my widget/");
        assert!(package.file("manifest.json").is_some());
        assert!(package.file("i18n/en.json").is_some());
        assert!(package.file("__MACOSX/._x").is_none());
        assert_eq!(oddities(&package), [(OddityKind::WrappingFolder, "my widget/", "")]);
    }

    #[test]
    fn a_folder_of_the_widget_is_no_wrapping_folder() {
        assert_eq!(package(&[("i18n/en.json", "{}"), ("i18n/es.json", "{}")]).root, "");
        assert_eq!(package(&[("w/script.js", ""), ("README.md", "x")]).root, "");
        assert_eq!(package(&[("w/manifest.json", "{}"), ("other/a.js", "x")]).root, "");
        assert_eq!(package(&[("w/manifest.json", "{}"), ("manifest.json", "{}")]).root, "");
    }

    #[test]
    fn a_file_beside_the_wrapping_folder_does_not_hide_it() {
        let package = package(&[("w/manifest.json", "{}"), ("w/images/logo.png", "x"), ("README.md", "x")]);
        assert_eq!(package.root, "w/");
        assert!(package.file("images/logo.png").is_some() && package.file("README.md").is_some());
    }

    #[test]
    fn of_many_files_left_unread_the_first_are_named_and_the_rest_is_counted() {
        let read = |count: usize| {
            let bounds = Bounds { file_bytes: 4, ..Bounds::default() };
            let large = (0..count).map(|number| (format!("js/{number}.js"), b"large".to_vec()));
            let files = large.chain([("a.js".to_owned(), b"1".to_vec())]);
            Package::from_files("widget", files, &bounds, &Deadline::new(&|| 0.0, &bounds)).expect("files were given")
        };
        assert_eq!(read(MOST_LEFT).not_examined.len(), MOST_LEFT);
        let package = read(MOST_LEFT + 7);
        assert_eq!((package.unread.len(), package.not_examined.len()), (MOST_LEFT + 7, MOST_LEFT + 1));
        assert_eq!(package.not_examined[MOST_LEFT].message, "More files could not be read, and are not listed: 7");
    }

    #[test]
    fn names_are_read_as_a_tolerant_unpacker_would_and_their_oddities_noted() {
        let package = package(&[
            ("images\\logo.png", "x"),
            ("/manifest.json", "{}"),
            ("C:/a.js", "1"),
            ("a/../../b.js", "2"),
            ("a/../c.js", "3"),
        ]);
        assert!(package.file("images/logo.png").is_some() && package.file("manifest.json").is_some());
        assert!(package.file("c.js").is_some() && package.file("b.js").is_none());
        assert_eq!(
            oddities(&package),
            [
                (OddityKind::BackslashName, "images\\logo.png", "images/logo.png"),
                (OddityKind::AbsoluteName, "/manifest.json", ""),
                (OddityKind::AbsoluteName, "C:/a.js", ""),
                (OddityKind::ParentName, "a/../../b.js", ""),
                (OddityKind::ParentName, "a/../c.js", ""),
            ]
        );
        assert_eq!(package.not_examined[0].code, "parent-path");
    }

    #[test]
    fn clashing_hidden_and_empty_names_are_noted() {
        let package = package(&[("a.js", "1"), ("A.js", "2"), ("b\u{202E}sj.exe", "3"), ("e.css", "")]);
        let found = oddities(&package);
        assert!(found.contains(&(OddityKind::CaseClash, "a.js", "A.js")), "{found:?}");
        assert!(found.contains(&(OddityKind::ControlName, "b\u{202E}sj.exe", "b\\u{202e}sj.exe")));
        assert!(found.contains(&(OddityKind::EmptyFile, "e.css", "")));
    }

    #[test]
    fn droppings_are_told_from_files_of_like_names() {
        for path in ["__MACOSX/a.png", "x/.DS_Store", "Thumbs.db", ".git/config", "script.js~", "a.orig", ".a.js.swp", "a/._b"] {
            assert!(is_dropping(path), "{path}");
        }
        for path in ["macosx/a.png", "git/config.js", "~", "original.js", "store.js", "a.swpx", "images/_logo.png", ".swp"] {
            assert!(!is_dropping(path), "{path}");
        }
    }
}
