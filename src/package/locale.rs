//! The texts of the widget in each language: i18n files, flattened, and the manifest's keys looked up in them.

use super::bounds::{TEXT_BYTES, TEXTS};
use super::manifest::{Manifest, ManifestText};
use crate::finding::Certainty;
use crate::order;
use crate::syntax::json::{self, Kind, Limit, Problem, Value};
use crate::syntax::language::{Language, Verdict};
use crate::syntax::{Fragment, Span};
use crate::text::plain::Plain;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// All languages of a widget.
#[derive(Debug, Default)]
pub struct Locales {
    /// One per i18n file, in order of path.
    pub all: Vec<Locale>,
    /// The i18n files after the first [`MAX_LANGUAGES`], which were not read.
    pub left_out: Vec<String>,
}

/// The texts of one language.
#[derive(Debug)]
pub struct Locale {
    /// The language, as the file or its folder is named.
    pub code: String,
    /// The file's path.
    pub path: String,
    /// Whether the manifest declares the language; every one counts as declared where the manifest declares none.
    pub declared: bool,
    /// Every text, in order of place.
    pub texts: Vec<LocaleText>,
    /// Every block: its dotted key with the place of the last part of the key.
    pub blocks: BTreeMap<String, Span>,
    /// Whether [`Locale::texts`] has all that the author wrote. If not, a missing key proves nothing.
    pub whole: bool,
    /// Where the file is not strict JSON.
    pub problems: Vec<Problem>,
    /// The limit that was hit while reading, and where.
    pub limit: Option<(Limit, Span)>,
    /// What languages its texts turn out to be in: judged once.
    pub judged: OnceLock<JudgedTexts>,
    /// Indices of [`Locale::texts`], sorted by key.
    by_key: Vec<u32>,
}

/// A text of an i18n file.
#[derive(Debug)]
pub struct LocaleText {
    /// Its dotted key, as scripts and the manifest name it.
    pub key: String,
    /// What it says.
    pub value: Fragment<'static>,
    /// Its place, quotes included.
    pub span: Span,
    /// The place of the last part of its key.
    pub key_span: Span,
}

/// A language that most texts of an i18n file are in, though it is not the file's.
#[derive(Clone, Copy, Debug)]
pub struct OtherLanguage {
    /// Which.
    pub language: Language,
    /// How many different texts there are.
    pub count: usize,
    /// Whether the texts say so that are not written as names.
    pub without_names: bool,
}

/// What languages the texts of an i18n file turned out to be in.
#[derive(Debug)]
pub struct JudgedTexts {
    /// The language that most of them are in, where it is another one.
    pub other_language: Option<OtherLanguage>,
    /// The verdict on each that is prose and not empty: its index in [`Locale::texts`], and what it is. In order of place.
    pub verdicts: Vec<(u32, Verdict)>,
}

impl LocaleText {
    /// Whether it says nothing: bare mark-up such as `<br>` and `&nbsp;` does not, while attributes may draw an icon.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let text = self.value.text.trim();
        text.is_empty() || text.starts_with(['<', '&']) && !text.contains('=') && Plain::of(text).text.is_empty()
    }
}

/// What a value of the manifest stands for.
#[derive(Debug)]
pub enum Reading<'a> {
    /// It is no key: the manifest holds the text itself.
    Literal(&'a Fragment<'static>),
    /// It is the key of a text that at least one language has.
    Key(Vec<(&'a Locale, Option<&'a LocaleText>)>),
    /// It looks like a key, and no language has it.
    Nowhere,
}

/// Languages that are read; Kommo has five.
pub const MAX_LANGUAGES: usize = 30;

/// Bytes of a dotted key that are kept; a longer one is cut.
const MAX_KEY: usize = 300;

impl Locales {
    /// Reads the i18n files of a package; `files` gives the path and text of every file that may be one.
    ///
    /// Where the manifest declares no language, each counts as declared, unless the list may have been lost with a part
    /// of the manifest: then `manifest_is_whole` is false.
    #[must_use]
    pub fn read<'t>(
        files: impl Iterator<Item = (&'t str, &'t str)>,
        manifest: Option<&Manifest>,
        manifest_is_whole: bool,
        max_depth: usize,
    ) -> Self {
        let declared = manifest.map(Manifest::language_codes).unwrap_or_default();
        let is_declared = |code: &str| declared.is_empty() && manifest_is_whole || declared.contains(code);
        let mut values = TEXTS;
        let mut locales = Self::default();
        let languages = files
            .filter_map(|(path, text)| Some((path, code_of(path)?, text)))
            .filter(|(_, code, _)| is_language_code(code) || !declared.is_empty() && is_declared(code));
        for (path, code, text) in languages {
            if locales.all.len() == MAX_LANGUAGES {
                locales.left_out.push(path.to_owned());
                continue;
            }
            let locale = Locale::read(path, code, text, is_declared(code), (max_depth, values));
            values = values.saturating_sub(locale.texts.len());
            locales.all.push(locale);
        }
        locales
    }

    /// The language of this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Locale> {
        self.all.iter().find(|locale| locale.code == code)
    }

    /// The languages that the manifest declares.
    pub fn declared(&self) -> impl Iterator<Item = &Locale> {
        self.all.iter().filter(|locale| locale.declared)
    }

    /// What a value of the manifest stands for.
    #[must_use]
    pub fn resolve<'a>(&'a self, named: &ManifestText<'a>) -> Reading<'a> {
        let key = named.text();
        let found: Vec<_> = self.all.iter().map(|locale| (locale, locale.text(key))).collect();
        if found.iter().any(|(_, text)| text.is_some()) {
            Reading::Key(found)
        } else if looks_like_key(key) {
            Reading::Nowhere
        } else {
            Reading::Literal(named.value)
        }
    }
}

impl Locale {
    fn read(path: &str, code: &str, text: &str, declared: bool, (depth, values): (usize, usize)) -> Self {
        let document = json::read_some(text, depth, values);
        let mut locale = Self {
            code: code.to_owned(),
            path: path.to_owned(),
            declared,
            texts: Vec::new(),
            blocks: BTreeMap::new(),
            whole: document.whole,
            problems: document.problems,
            limit: document.limit,
            judged: OnceLock::new(),
            by_key: Vec::new(),
        };
        if let Some(root) = document.root {
            let span = root.span;
            locale.flatten(String::new(), span, root);
        }
        let mut by_key: Vec<u32> = (0..locale.texts.len() as u32).collect();
        order::sort_by(&mut by_key, |&a, &b| locale.key(a).cmp(locale.key(b)).then(a.cmp(&b)));
        locale.by_key = by_key;
        locale
    }

    fn key(&self, index: u32) -> &str {
        self.texts.get(index as usize).map_or("", |text| &text.key)
    }

    fn flatten(&mut self, key: String, key_span: Span, value: Value) {
        match value.kind {
            Kind::Object(object) => {
                if !key.is_empty() {
                    self.blocks.insert(key.clone(), key_span);
                }
                let counts: Vec<Span> = object.effective().map(|member| member.key_span).collect();
                let mut counts = counts.into_iter().peekable();
                for member in object.members {
                    if counts.next_if_eq(&member.key_span).is_some() {
                        let child = self.join(&key, &member.key);
                        self.flatten(child, member.key_span, member.value);
                    }
                }
            }
            Kind::Array(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    let child = self.join(&key, &at.to_string());
                    self.flatten(child, key_span, item);
                }
            }
            Kind::String(text) if text.text.len() > TEXT_BYTES => self.limit = Some((Limit::Length, value.span)),
            Kind::String(text) => self.texts.push(LocaleText { key, value: *text, span: value.span, key_span }),
            Kind::Null => {
                let nothing = crate::syntax::FragmentBuilder::default().finish(value.span.start);
                self.texts.push(LocaleText { key, value: nothing, span: value.span, key_span });
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::Unknown => {}
        }
    }

    /// The dotted key of a part of `parent`; cut where it grows out of all proportion.
    fn join(&mut self, parent: &str, part: &str) -> String {
        let mut key = if parent.is_empty() { String::new() } else { format!("{parent}.") };
        if key.len() + part.len() <= MAX_KEY {
            key.push_str(part);
            return key;
        }
        self.whole = false;
        key.extend(part.chars().take(MAX_KEY.saturating_sub(key.len()) / 4));
        key.truncate(key.floor_char_boundary(MAX_KEY));
        key
    }

    /// The text of a dotted key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&LocaleText> {
        let at = self.by_key.partition_point(|&index| self.key(index) < key);
        self.texts.get(*self.by_key.get(at)? as usize).filter(|text| text.key == key)
    }

    /// The place to report a key at that is missing: the innermost block that should hold it; nothing for the file as a whole.
    #[must_use]
    pub fn block_for(&self, key: &str) -> Option<Span> {
        let mut parent = key;
        while let Some((rest, _)) = parent.rsplit_once('.') {
            parent = rest;
            if let Some(span) = self.blocks.get(parent) {
                return Some(*span);
            }
        }
        None
    }

    /// Whether a key that is missing here was really left out by the author.
    #[must_use]
    pub fn proves_absence(&self) -> bool {
        self.whole && self.limit.is_none()
    }

    /// How sure a finding about one of its texts can be: only declared languages can fail, and only where the text ends
    /// where its author meant it to.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        if self.declared && self.whole { Certainty::Certain } else { Certainty::Suspect }
    }

    /// The two letters of its language, in lower case, without a region.
    #[must_use]
    pub fn language(&self) -> String {
        language_of(&self.code)
    }
}

/// The two letters of a language's code, in lower case, without a region.
#[must_use]
pub fn language_of(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// The language of an i18n file: `i18n/en.json` or `i18n/en/config.json`.
fn code_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("i18n/")?;
    let code = rest.strip_suffix("/config.json").or_else(|| rest.strip_suffix(".json"))?;
    (!code.is_empty() && !code.contains('/')).then_some(code)
}

/// Whether a name is a language with or without a region: `en`, `pt-BR`, `es_ES`.
#[must_use]
pub fn is_language_code(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let is_word = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(|language| is_word(language, 2..=3))
        && parts.next().is_none_or(|region| is_word(region, 2..=4))
        && parts.next().is_none()
}

/// Whether a text has the shape of a key: words joined by dots, nothing else.
#[must_use]
pub fn looks_like_key(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    text.contains('.') && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locales(files: &[(&str, &str)], manifest: &str) -> Locales {
        let manifest = Manifest::read("manifest.json", manifest, 200);
        Locales::read(files.iter().copied(), Some(&manifest), true, 200)
    }

    #[test]
    fn files_of_both_layouts_are_languages() {
        let files = [
            ("i18n/en.json", "{}"),
            ("i18n/es_ES.json", "{}"),
            ("i18n/pt/config.json", "{}"),
            ("i18n/readme.json", "{}"),
            ("i18n/old/en.json", "{}"),
            ("src/i18n/en.json", "{}"),
        ];
        let codes: Vec<_> = locales(&files, "{}").all.into_iter().map(|locale| locale.code).collect();
        assert_eq!(codes, ["en", "es_ES", "pt"]);
    }

    #[test]
    fn every_language_counts_as_declared_where_none_is() {
        let files = [("i18n/en.json", "{}"), ("i18n/ru.json", "{}")];
        assert_eq!(locales(&files, "{}").declared().count(), 2);
        let declared = locales(&files, r#"{"widget": {"locale": ["en"]}}"#);
        assert_eq!(declared.declared().map(|locale| &*locale.code).collect::<Vec<_>>(), ["en"]);
        assert_eq!(declared.get("ru").unwrap().certainty(), Certainty::Suspect);
    }

    #[test]
    fn texts_are_flattened_with_their_places() {
        let text = r#"{"widget": {"name": "Acme", "name": "Acme 2"}, "list": ["a", {"b": null}], "n": 5}"#;
        let locales = locales(&[("i18n/en.json", text)], "{}");
        let en = locales.get("en").unwrap();
        let found: Vec<_> = en.texts.iter().map(|text| (&*text.key, &*text.value.text)).collect();
        assert_eq!(found, [("widget.name", "Acme 2"), ("list.0", "a"), ("list.1.b", "")]);
        assert_eq!(en.text("widget.name").unwrap().span.of(text), "\"Acme 2\"");
        assert_eq!(en.text("widget.name").unwrap().key_span.of(text), "\"name\"");
        assert!(en.text("widget").is_none() && en.text("zzz").is_none());
        assert_eq!(en.block_for("widget.other.deep").map(|span| span.of(text)), Some("\"widget\""));
        assert_eq!(en.block_for("other"), None);
    }

    #[test]
    fn values_of_the_manifest_are_keys_or_texts() {
        let files = [("i18n/en.json", r#"{"widget": {"name": "Acme"}}"#), ("i18n/es.json", "{}")];
        let manifest = Manifest::read(
            "manifest.json",
            r#"{"widget": {"name": "widget.name", "description": "Sends faxes. Fast.", "short_description": "widget.short"}}"#,
            200,
        );
        let locales = Locales::read(files.into_iter(), Some(&manifest), true, 200);
        let resolve = |key: &str| locales.resolve(&manifest.text(&["widget", key]).unwrap());
        let Reading::Key(found) = resolve("name") else { panic!("a key") };
        assert_eq!(found.iter().map(|(_, text)| text.is_some()).collect::<Vec<_>>(), [true, false]);
        assert!(matches!(resolve("description"), Reading::Literal(text) if text.text == "Sends faxes. Fast."));
        assert!(matches!(resolve("short_description"), Reading::Nowhere));
    }

    #[test]
    fn endless_keys_are_cut() {
        let text = format!(r#"{{"{}": {{"a": "x", "b": "y"}}}}"#, "k".repeat(100_000));
        let locales = locales(&[("i18n/en.json", &text)], "{}");
        let en = locales.get("en").unwrap();
        assert!(en.texts.iter().all(|text| text.key.len() <= MAX_KEY) && !en.whole);
    }
}
