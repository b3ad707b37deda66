//! Which files a widget reaches, from its manifest on, and who names each of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::syntax::{Span, has_hole, is_hole};

/// A text that may name files of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The text, with holes for what only run time knows. It may hold several names, or none.
    pub text: Cow<'t, str>,
    /// Where it stands in its file, if that is known.
    pub span: Option<Span>,
}

/// Who names a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namer {
    /// The file that does; none when every widget has the named file.
    pub path: Option<String>,
    /// Where it does.
    pub span: Option<Span>,
}

/// The files that a widget reaches.
#[derive(Debug, Default)]
pub struct Reach {
    reached: FxHashMap<String, Namer>,
    /// Those of them of which only the shape of a computed path speaks: whether it ever names them is not seen.
    doubtful: FxHashSet<String>,
    /// Whether the texts hold more names than are compared with the files.
    pub is_cut: bool,
}

/// Comparisons of names and patterns with paths before the rest of them is left: enough for any package but an attack.
const WORK: usize = 6_000_000;

/// How often files of computed paths are looked for among the texts that reaching others has brought; then the rest is doubtful.
const ROUNDS: usize = 16;

impl Reach {
    /// Follows references through `files`, the paths of the package. `starts` are reached in any case; `references` are what a
    /// file names, asked once for each file that is reached.
    #[must_use]
    pub fn trace<'t>(
        files: &[&str],
        starts: Vec<(String, Namer)>,
        mut references: impl FnMut(&str) -> Vec<Reference<'t>>,
    ) -> Self {
        let names = Names::new(files);
        let mut trace = Trace::default();
        let mut work = Work { left: WORK };
        let mut known_patterns = BTreeSet::new();
        for (path, namer) in starts {
            if files.binary_search(&path.as_str()).is_ok() {
                trace.add(&path, namer);
            }
        }
        while let Some(from) = trace.next() {
            // A file names the same again and again, and only the first time counts.
            let mut seen = BTreeSet::new();
            for Reference { text, span } in references(&from) {
                let namer = || Namer { path: Some(from.clone()), span };
                for (at, token) in tokens(&text).enumerate() {
                    // Nearly all words of a package name no file.
                    let may_name = is_computed(&token) || names.may_name(&token);
                    if !may_name || seen.contains(&*token) {
                        continue;
                    }
                    seen.insert(token.to_string());
                    if at == 0 && !is_computed(&token) {
                        trace.texts.insert(token.to_string());
                    }
                    for path in known_part(&token).map(|name| names.named(name, &from, &mut work)).unwrap_or_default() {
                        trace.add(path, namer());
                    }
                    let Some(pattern) = Pattern::new(&token) else { continue };
                    if !known_patterns.contains(&pattern) && work.take(files.len()) {
                        for path in files.iter().filter(|path| pattern.matches(path)) {
                            trace.of_shape.entry((*path).to_owned()).or_insert_with(namer);
                        }
                        known_patterns.insert(pattern);
                    }
                }
            }
        }
        trace.reach.is_cut = work.left == 0;
        trace.reach
    }

    /// Whether the widget reaches `path`.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.reached.contains_key(path)
    }

    /// Whether the widget surely reaches `path`: not only by the shape of a path that is put together at run time.
    #[must_use]
    pub fn is_certain(&self, path: &str) -> bool {
        self.contains(path) && !self.doubtful.contains(path)
    }

    /// Who names `path` first; none when nobody does.
    #[must_use]
    pub fn namer(&self, path: &str) -> Option<&Namer> {
        self.reached.get(path)
    }
}

/// Following references: what is reached, and what is still open.
#[derive(Default)]
struct Trace {
    reach: Reach,
    /// Files that are reached and not read yet.
    open: VecDeque<String>,
    /// Whole texts of the files read, of those that may name a file.
    texts: FxHashSet<String>,
    /// Files that have the shape of a computed path, with who computes it.
    of_shape: BTreeMap<String, Namer>,
    rounds: usize,
    /// Whether what is added now is reached by its shape alone.
    in_doubt: bool,
}

impl Trace {
    fn add(&mut self, path: &str, namer: Namer) {
        if self.reach.contains(path) {
            return;
        }
        self.reach.reached.insert(path.to_owned(), namer);
        self.open.push_back(path.to_owned());
        if self.in_doubt {
            self.reach.doubtful.insert(path.to_owned());
        }
    }

    /// The next file to read. Those of computed paths come after those that are named: first the ones of which a text fills the
    /// hole, then the others.
    fn next(&mut self) -> Option<String> {
        while self.open.is_empty() && !self.of_shape.is_empty() {
            let mut named: Vec<String> = self.of_shape.keys().filter(|path| fills_hole(&self.texts, path)).cloned().collect();
            self.rounds += 1;
            self.in_doubt |= named.is_empty() || self.rounds > ROUNDS;
            if self.in_doubt {
                named = self.of_shape.keys().cloned().collect();
            }
            for path in named {
                if let Some(namer) = self.of_shape.remove(&path) {
                    self.add(&path, namer);
                }
            }
        }
        self.open.pop_front()
    }
}

/// Whether one of the texts may stand in a computed path for `path`: its name or the end of its path, with or without extension.
fn fills_hole(texts: &FxHashSet<String>, path: &str) -> bool {
    let ends = |path: &str| {
        let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        starts.into_iter().any(|start| path.get(start..).is_some_and(|end| texts.contains(end)))
    };
    ends(path) || ends(stem(path))
}

/// The parts of a text that may be names of files: the text itself, and what stands between quotes, brackets and white space,
/// each without loader plugins, query and fragment.
fn tokens(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let is_between = |letter: char| {
        matches!(letter, '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '=' | '|')
            || letter.is_whitespace()
    };
    let parts = text.split(is_between).filter(move |part| part.len() < text.len());
    std::iter::once(text.trim()).chain(parts).map(bare).filter(|token| !token.is_empty() && token.len() <= LONGEST_NAME)
}

/// The most bytes of a name: longer texts are no paths.
const LONGEST_NAME: usize = 512;

/// `text!./a.twig!strip?v=1` without its plugin and its query.
fn bare(token: &str) -> Cow<'_, str> {
    if !token.bytes().any(|byte| matches!(byte, b'?' | b'#' | b'!')) {
        return token.into();
    }
    let name = token.split(['?', '#']).next().unwrap_or_default();
    let name = name.strip_suffix("!strip").unwrap_or(name);
    match name.rsplit_once('!') {
        None => name.into(),
        // This plugin takes names with and without their extension.
        Some((plugin, sheet)) if plugin.ends_with("css") && !sheet.ends_with(".css") => format!("{sheet}.css").into(),
        Some((_, name)) => name.into(),
    }
}

/// What of a token is known and may name a file: all of it, or from the first slash after the last hole on, for the address that
/// the widget is served from is known at run time only.
fn known_part(token: &str) -> Option<&str> {
    if !has_hole(token) {
        return Some(token);
    }
    let tail = token.rsplit(is_hole).next().unwrap_or_default();
    let path = tail.get(tail.find('/')?..)?.trim_start_matches('/');
    (!path.is_empty() && !path.ends_with('/') && (!is_address(token) || is_of_computed_host(token))).then_some(path)
}

/// Whether an address has a host that only run time knows, as the account's own has.
fn is_of_computed_host(token: &str) -> bool {
    let host = token.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let known = host.trim_start_matches(is_hole);
    known.len() < host.len() && matches!(known, "" | ".kommo.com" | ".amocrm.com" | ".amocrm.ru")
}

/// Whether the token is an address of its own, on another host or none.
fn is_address(token: &str) -> bool {
    let scheme = token.split(':').next().unwrap_or_default();
    token.starts_with("//")
        || (scheme.len() > 1 && scheme.len() < token.len() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Comparisons that are left.
struct Work {
    left: usize,
}

impl Work {
    /// Whether so many more may be made.
    fn take(&mut self, count: usize) -> bool {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or(0);
        left.is_some()
    }
}

/// The files of a package, by what may name them.
struct Names<'f> {
    files: &'f [&'f str],
    /// By the file's name, and by its name without the extension, both in lower case.
    by_name: FxHashMap<String, Vec<&'f str>>,
}

impl<'f> Names<'f> {
    fn new(files: &'f [&'f str]) -> Self {
        let mut by_name: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        for path in files {
            let name = file_name(path);
            if stem(name) != name {
                by_name.entry(stem(name).to_lowercase()).or_default().push(path);
            }
            by_name.entry(name.to_lowercase()).or_default().push(path);
        }
        Self { files, by_name }
    }

    /// The files of a name, with or without their extension, whatever the case of its letters.
    fn alike(&self, name: &str, work: &mut Work) -> &[&'f str] {
        let files = self.by_name.get(&*lowercase(name)).map(Vec::as_slice).unwrap_or_default();
        if work.take(files.len()) { files } else { &[] }
    }

    /// The files that `token`, without holes and found in the file `from`, names.
    fn named(&self, token: &str, from: &str, work: &mut Work) -> Vec<&'f str> {
        if !self.may_name(token) {
            return Vec::new();
        }
        let mut found = self.named_exactly(token, from, work);
        if found.is_empty()
            && let Some(decoded) = decoded(token)
        {
            found = self.named_exactly(&decoded, from, work);
        }
        if found.is_empty() { self.named_in_another_case(token, work) } else { found }
    }

    /// Whether the last part of `token` is a file's name, or would be after decoding or resolving.
    fn may_name(&self, token: &str) -> bool {
        let name = file_name(token);
        matches!(name, "" | "." | "..") || token.contains('%') || self.by_name.contains_key(&*lowercase(name))
    }

    /// The files that `token` names but for the case of its letters: on Windows they are found, and the author means them.
    fn named_in_another_case(&self, token: &str, work: &mut Work) -> Vec<&'f str> {
        let Some(tail) = join("", &token.replace("../", "")).map(|tail| tail.to_lowercase()) else { return Vec::new() };
        let name = file_name(&tail);
        let names = if tail.contains('/') { vec![name.to_owned(), format!("{name}.js")] } else { vec![name.to_owned()] };
        let files = names.iter().flat_map(|name| {
            let alike = self.alike(name, work).iter().copied();
            alike.filter(move |path| lowercase(file_name(path)) == **name)
        });
        let means = |path: &&str| {
            let path = path.to_lowercase();
            ends_with(&path, &tail) || ends_with(stem(&path), &tail)
        };
        files.filter(|path| !is_address(token) && means(path)).collect()
    }

    fn named_exactly(&self, token: &str, from: &str, work: &mut Work) -> Vec<&'f str> {
        if is_address(token) {
            return Vec::new();
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let places = [join(folder, token), join("", token)];
        for place in places.iter().flatten() {
            // A module is named without its extension.
            for candidate in [place.clone(), format!("{place}.js")] {
                if let Ok(at) = self.files.binary_search(&candidate.as_str()) {
                    return vec![self.files[at]];
                }
            }
        }
        let Some(tail) = join("", &token.replace("../", "")) else { return Vec::new() };
        if tail.starts_with(SYSTEM_TEMPLATES) {
            return Vec::new();
        }
        let name = file_name(&tail);
        let alike = self.alike(name, work).iter().copied();
        let named = alike.clone().filter(|path| file_name(path) == name);
        let named = named.filter(|path| ends_with(path, &tail) || ends_with(&tail, path));
        // `views/card` may become `views/card.twig`; a word alone names no file.
        let is_stem = |path: &&str| tail.contains('/') && stem(file_name(path)) == name && ends_with(stem(path), &tail);
        named.chain(alike.filter(is_stem)).collect()
    }
}

/// The folder of Kommo's own templates, on Kommo's servers.
const SYSTEM_TEMPLATES: &str = "tmpl/";

/// Whether a path ends with whole parts of it, `tail`.
fn ends_with(path: &str, tail: &str) -> bool {
    path.strip_suffix(tail).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// `my%20file.svg` with its spaces; none when nothing is encoded.
pub(crate) fn decoded(token: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(token.len());
    let mut rest = token.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok().filter(|decoded| decoded != token)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A name in lower case; most are so already.
fn lowercase(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { name.into() } else { name.to_lowercase().into() }
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// `token` seen from `folder`, without `.` and `..`; none when it leads out of the package.
pub(crate) fn join(folder: &str, token: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in token.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a token is a part of a path that is put together at run time.
fn is_computed(token: &str) -> bool {
    token.ends_with('/') || has_hole(token)
}

/// The shape of a path that is put together at run time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    /// What is known, in order; anything may stand between.
    pieces: Vec<String>,
    /// Whether the path starts with the first piece.
    is_open: bool,
    /// Whether more may follow the last piece.
    goes_on: bool,
}

impl Pattern {
    /// The shape of `token`: one with a hole, or a folder to which a name is added somewhere else.
    fn new(token: &str) -> Option<Self> {
        if is_address(token) || !is_computed(token) {
            return None;
        }
        let pieces: Vec<String> = token.split(is_hole).filter(|piece| !piece.is_empty()).map(str::to_owned).collect();
        let says_something = |piece: &String| piece.chars().any(char::is_alphanumeric);
        if !pieces.iter().any(says_something) {
            return None;
        }
        let is_open = token.starts_with(is_hole);
        let goes_on = token.ends_with(is_hole) || token.ends_with('/');
        let mut pieces = pieces;
        if !is_open && let Some(first) = pieces.first_mut() {
            *first = first.trim_start_matches(['.', '/']).to_owned();
        }
        // A folder, or how the name ends, is known well enough to mean files; `panel.` before a hole may be the key of a text.
        let ends_name = !goes_on && pieces.last().is_some_and(|piece| piece.contains('.'));
        (ends_name || pieces.iter().any(|piece| piece.contains('/'))).then_some(Self { pieces, is_open, goes_on })
    }

    fn matches(&self, path: &str) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        let ends = |last: &String| path.ends_with(last.trim_start_matches('/'));
        if !self.goes_on && !self.pieces.last().is_some_and(ends) {
            return false;
        }
        let mut found = path.match_indices(first.as_str()).map(|(at, _)| at);
        // A hole at the start stands for the widget's own address; else the path may still lie under a folder that is added elsewhere.
        if self.is_open {
            let is_slashed = |name: &&str| !name.is_empty() && path.starts_with(*name);
            let slashed = first.strip_prefix('/').filter(is_slashed);
            slashed.is_some_and(|name| self.follows(path, name.len(), rest))
                || found.any(|at| self.follows(path, at + first.len(), rest))
        } else {
            let is_folder = |at: usize| at == 0 || path.as_bytes().get(at - 1) == Some(&b'/');
            found.any(|at| is_folder(at) && self.follows(path, at + first.len(), rest))
        }
    }

    /// Whether the pieces after the first follow from `at` on. The earliest place of each leaves the most room for the others.
    fn follows(&self, path: &str, mut at: usize, rest: &[String]) -> bool {
        let Some((last, between)) = rest.split_last() else {
            return if self.goes_on { at < path.len() } else { at == path.len() };
        };
        for piece in between {
            let Some(found) = path.get(at..).and_then(|tail| tail.find(piece.as_str())) else { return false };
            at += found + piece.len();
        }
        let tail = path.get(at..).unwrap_or_default();
        if self.goes_on { tail.contains(last.as_str()) } else { tail.ends_with(last.as_str()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::hole;

    /// The files reached from script.js, which holds `texts`; `~` stands for a hole.
    fn reached(files: &[&str], texts: &[&str]) -> Vec<String> {
        let mut all = vec!["script.js"];
        all.extend(files);
        all.sort_unstable();
        let start = ("script.js".to_owned(), Namer { path: None, span: None });
        let reach = Reach::trace(&all, vec![start], |path| {
            let texts = if path == "script.js" { texts } else { &[] };
            texts.iter().map(|text| Reference { text: text.replace('~', &hole(2)).into(), span: None }).collect()
        });
        all.into_iter().filter(|path| *path != "script.js" && reach.contains(path)).map(str::to_owned).collect()
    }

    #[test]
    fn a_file_is_reached_by_its_path_or_name_and_not_by_a_part_of_it() {
        let files = ["css/style.css", "js/app.js", "images/icons/a b.png", "templates/card.twig"];
        assert_eq!(reached(&files, &["style.css?v=1"]), ["css/style.css"]);
        assert_eq!(reached(&files, &["./js/app"]), ["js/app.js"]);
        assert_eq!(reached(&files, &["text!./templates/card.twig"]), ["templates/card.twig"]);
        assert_eq!(reached(&files, &["/templates/card"]), ["templates/card.twig"]);
        assert_eq!(reached(&files, &["images/icons/a b.png"]), ["images/icons/a b.png"]);
        assert_eq!(reached(&files, &["<link href='~/css/style.css'>"]), ["css/style.css"]);
        assert_eq!(
            reached(&files, &["text!./templates/card.twig!strip", "css!./css/style"]),
            ["css/style.css", "templates/card.twig"]
        );
        assert_eq!(reached(&files, &["images/icons/a%20b.png", "./JS/App"]), ["images/icons/a b.png", "js/app.js"]);
        assert_eq!(reached(&files, &["~//css//style.css"]), ["css/style.css"]);
        assert_eq!(reached(&files, &["https://~.kommo.com/upl/~/widget/css/style.css"]), ["css/style.css"]);
        for text in [
            "yle.css",
            "card",
            "app",
            "css",
            "/",
            "style.css.map",
            "https://host.example/js/app.js",
            "the style. css",
            "https://~.cdn.example/js/app.js",
            "/tmpl/templates/card.twig",
            "APP",
        ] {
            assert_eq!(reached(&files, &[text]), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_computed_path_reaches_all_of_its_shape() {
        let files = ["templates/a.twig", "templates/b/c.twig", "templates/d.html", "old/a.twig", "images/x.png", "style.css"];
        assert_eq!(reached(&files, &["/templates/~.twig"]), ["templates/a.twig", "templates/b/c.twig"]);
        assert_eq!(reached(&files, &["~/templates/~.twig"]), ["templates/a.twig", "templates/b/c.twig"]);
        assert_eq!(reached(&files, &["~/images/~"]), ["images/x.png"]);
        assert_eq!(reached(&files, &["~.css?v=~"]), ["style.css"]);
        assert_eq!(reached(&files, &["~/style.css"]), ["style.css"]);
        assert_eq!(reached(&files, &["<link href=\"/upl/~/widget/style.css\">"]), ["style.css"]);
        assert_eq!(reached(&files, &["images/"]), ["images/x.png"]);
        for text in ["~", "~/~", "~ of ~", "https://~/images/~", "a~", "/api/~/x", "~yle~", "style.~"] {
            assert_eq!(reached(&files, &[text]), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_file_of_the_shape_of_a_computed_path_is_certain_once_a_text_fills_the_hole() {
        let files = ["script.js", "templates/copy.twig", "templates/main.twig", "templates/parts/row.twig"];
        let references = |path: &str| {
            let texts: &[&str] = match path {
                "script.js" => &["/templates/~.twig", "main"],
                "templates/main.twig" => &["parts/row"],
                _ => &["copy"],
            };
            texts.iter().map(|text| Reference { text: text.replace('~', &hole(2)).into(), span: None }).collect()
        };
        let reach = Reach::trace(&files, vec![("script.js".to_owned(), Namer { path: None, span: None })], references);
        let certain: Vec<_> = files.into_iter().filter(|path| reach.is_certain(path)).collect();
        assert_eq!(certain, ["script.js", "templates/copy.twig", "templates/main.twig", "templates/parts/row.twig"]);
        let references = |path: &str| {
            let texts: &[&str] = if path == "script.js" { &["/templates/~.twig", "main", "a copy"] } else { &["copy"] };
            texts.iter().map(|text| Reference { text: text.replace('~', &hole(2)).into(), span: None }).collect()
        };
        let files = ["script.js", "templates/main copy.twig", "templates/main.twig", "templates/other.twig"];
        let reach = Reach::trace(&files, vec![("script.js".to_owned(), Namer { path: None, span: None })], references);
        let certain: Vec<_> = files.into_iter().filter(|path| reach.is_certain(path)).collect();
        assert_eq!(certain, ["script.js", "templates/main.twig"]);
        assert!(reach.contains("templates/other.twig") && reach.contains("templates/main copy.twig"));
    }

    #[test]
    fn references_are_followed_from_reached_files_only_and_from_their_own_folder() {
        let files = ["css/a.css", "css/b.css", "css/img/c.png", "img/c.png", "old.css", "script.js"];
        let references = |path: &str| {
            let text = match path {
                "script.js" => "css/a.css",
                "css/a.css" => "b.css",
                "css/b.css" => "img/c.png",
                "old.css" => "../img/c.png",
                _ => "a.css",
            };
            vec![Reference { text: text.into(), span: Some(Span::new(1, 2)) }]
        };
        let reach = Reach::trace(&files, vec![("script.js".to_owned(), Namer { path: None, span: None })], references);
        let unreached: Vec<_> = files.into_iter().filter(|path| !reach.contains(path)).collect();
        assert_eq!(unreached, ["img/c.png", "old.css"]);
        assert_eq!(
            reach.namer("css/img/c.png"),
            Some(&Namer { path: Some("css/b.css".to_owned()), span: Some(Span::new(1, 2)) })
        );
    }

    #[test]
    fn many_names_over_many_files_of_one_name_end_soon() {
        let files: Vec<String> = (0..10_000).map(|number| format!("f/{number:05}/a.js")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let start = (files[0].to_owned(), Namer { path: None, span: None });
        for ending in ["/a.js", "/A.js", "/a", "/%61.js"] {
            let text = |number: usize| Reference { text: format!("x{number}{ending}").into(), span: None };
            let reach = Reach::trace(&files, vec![start.clone()], |_| (0..100_000).map(text).collect());
            assert!(reach.is_cut && !reach.contains(files[1]), "{ending}");
        }
    }

    #[test]
    fn many_patterns_over_many_files_end_soon() {
        let files: Vec<String> = (0..10_000).map(|number| format!("f/{number:05}.js")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let start = (files[0].to_owned(), Namer { path: None, span: None });
        let text = |number: usize| Reference { text: format!("{}/x{number}/{}.js", hole(2), hole(2)).into(), span: None };
        let reach = Reach::trace(&files, vec![start], |_| (0..20_000).map(text).collect());
        assert!(reach.contains(files[0]) && !reach.contains(files[1]));
    }
}
