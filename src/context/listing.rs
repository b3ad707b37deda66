//! What a widget says of itself: its manifest, its texts in each language, and the two looked up in each other.

use super::{Context, Unparsed};
use crate::finding::{Certainty, Location, MAX_TEXT};
use crate::package::locale::{Locale, Locales, MAX_LANGUAGES, Reading};
use crate::package::manifest::{Manifest, ManifestText};
use crate::package::{Kind, NotExamined, SourceFile};
use crate::report::{LocalText, WidgetFacts};
use crate::syntax::json::{Limit, Problem};
use crate::syntax::{Fragment, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A text of the listing, looked up in every language.
#[derive(Debug)]
pub enum ListingText<'a> {
    /// The manifest does not name it.
    Unnamed,
    /// The manifest names a key that no language has.
    Nowhere(ManifestText<'a>),
    /// It is there, at least in one language.
    Shown {
        /// In each language that has it, empty ones included.
        texts: Vec<ShownText<'a>>,
        /// Declared languages that lack it for certain, though others have it.
        missing: Vec<Lacking>,
        /// The key under which it is looked up.
        key: String,
    },
}

/// A declared language that lacks a text for certain.
#[derive(Clone, Debug)]
pub struct Lacking {
    /// The language's code.
    pub language: String,
    /// The path of its i18n file, which may be what is lacking.
    pub path: String,
    /// Whether the archive has that file.
    pub has_file: bool,
    /// Where the text should stand; of a language without a file, where the manifest declares it.
    pub location: Location,
}

impl Lacking {
    /// A language whose file lacks it in the block at `span`; without one, in the file as a whole.
    #[must_use]
    pub fn of(locale: &Locale, span: Option<Span>) -> Self {
        let path = locale.path.clone();
        Self { language: locale.code.clone(), location: Location { path: Some(path.clone()), span }, path, has_file: true }
    }
}

/// A text of the listing in one language.
#[derive(Clone, Debug)]
pub struct ShownText<'a> {
    /// The language; nothing for a text that the manifest itself holds.
    pub locale: Option<&'a Locale>,
    /// What it says, mark-up included.
    pub value: &'a Fragment<'static>,
    /// Where it stands.
    pub location: Location,
    /// Where the manifest names it; nothing when there is no manifest.
    pub named_at: Option<Location>,
    /// How sure a finding about it can be.
    pub certainty: Certainty,
}

impl ShownText<'_> {
    /// The language's code; of a text that the manifest itself holds, "the manifest".
    #[must_use]
    pub fn language(&self) -> &str {
        self.locale.map_or("the manifest", |locale| &locale.code)
    }

    /// The place of a part of the text.
    #[must_use]
    pub fn part(&self, span: Span) -> Location {
        Location { path: self.location.path.clone(), span: Some(self.value.map.span(span)) }
    }
}

impl Context<'_> {
    /// The manifest, as far as it can be read; nothing when the package has none.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// The texts in every language.
    #[must_use]
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The text that the manifest names at `path`, in every language. Without a manifest, the key of that name counts.
    #[must_use]
    pub fn listing_text(&self, path: &[&str]) -> ListingText<'_> {
        let Some(manifest) = &self.manifest else {
            return self.by_key(&path.join("."), None);
        };
        let Some(named) = manifest.text(path).filter(|named| !named.text().is_empty()) else {
            return ListingText::Unnamed;
        };
        let at = Location::span(&*manifest.path, named.span);
        match self.locales.resolve(&named) {
            Reading::Key(_) => self.by_key(named.text(), Some(at)),
            Reading::Nowhere => ListingText::Nowhere(named),
            Reading::Literal(value) => {
                let text = ShownText { locale: None, value, location: at.clone(), named_at: None, certainty: Certainty::Certain };
                ListingText::Shown { texts: vec![text], missing: Vec::new(), key: String::new() }
            }
        }
    }

    fn by_key(&self, key: &str, named_at: Option<Location>) -> ListingText<'_> {
        let mut texts = Vec::new();
        let mut missing = Vec::new();
        for locale in &self.locales.all {
            if let Some(text) = locale.text(key) {
                texts.push(ShownText {
                    locale: Some(locale),
                    value: &text.value,
                    location: Location::span(&*locale.path, text.span),
                    named_at: named_at.clone(),
                    certainty: locale.certainty(),
                });
            } else if locale.declared && locale.proves_absence() {
                missing.push(Lacking::of(locale, locale.block_for(key)));
            }
        }
        if texts.is_empty() {
            return ListingText::Unnamed;
        }
        missing.extend_from_slice(self.languages_without_file());
        ListingText::Shown { texts, missing, key: key.to_owned() }
    }

    /// The declared languages that the archive has no i18n file of, each once.
    #[must_use]
    pub fn languages_without_file(&self) -> &[Lacking] {
        self.without_file.get_or_init(|| self.find_languages_without_file())
    }

    /// Whether anything in the folder of texts could not be unpacked.
    #[must_use]
    pub fn has_unread_texts(&self) -> bool {
        self.package.unread.iter().any(|path| path.starts_with("i18n/"))
    }

    /// The i18n file of a language, in either layout, that the archive may hold and that could not be unpacked.
    #[must_use]
    pub fn unread_texts(&self, language: &str) -> Option<String> {
        let paths = [format!("i18n/{language}.json"), format!("i18n/{language}/config.json")];
        paths.into_iter().find(|path| self.package.may_hold(path))
    }

    fn find_languages_without_file(&self) -> Vec<Lacking> {
        let Some(manifest) = &self.manifest else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let mut without = Vec::new();
        for declared in manifest.locales() {
            let language = declared.text().to_owned();
            let path = format!("i18n/{language}.json");
            let is_there = language.is_empty() || self.locales.get(&language).is_some() || self.unread_texts(&language).is_some();
            if !is_there && seen.insert(language.clone()) {
                without.push(Lacking {
                    language,
                    path,
                    has_file: false,
                    location: Location::span(&*manifest.path, declared.span),
                });
            }
        }
        without
    }

    /// Whether the manifest was read whole, so that a member that is not in it was really left out.
    #[must_use]
    pub fn manifest_is_whole(&self) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.json.whole && manifest.json.limit.is_none())
    }

    /// Reads the manifest and the i18n files.
    pub(super) fn read_listing(&mut self) {
        let depth = self.options.bounds.nesting;
        let package = self.package;
        let readable = |file: &SourceFile| !self.options.skip.contains(&file.path);
        self.manifest = package
            .file("manifest.json")
            .filter(|file| readable(file))
            .and_then(|file| Some(Manifest::read(&file.path, &json_text(file)?, depth)));
        // A language that cannot be read is a language all the same: what is in it stays unknown.
        let mut unread = BTreeSet::new();
        let texts: Vec<(&str, Cow<'_, str>)> = package
            .widget_files()
            .filter(|file| file.path.starts_with("i18n/") && file.path.ends_with(".json"))
            .map(|file| {
                let text = Some(file).filter(|file| readable(file)).and_then(json_text);
                unread.extend(text.is_none().then_some(&*file.path));
                (&*file.path, text.unwrap_or_default())
            })
            .collect();
        let files = texts.iter().map(|(path, text)| (*path, &**text));
        let is_whole = self.manifest_is_whole() || !package.may_hold("manifest.json");
        self.locales = Locales::read(files, self.manifest.as_ref(), is_whole, depth);
        self.note_unread(&unread);
    }

    /// Names what of the listing could not be read: a manifest with gaps, an i18n file that Kommo cannot load. What could not be
    /// read at all, `unread`, is named where it is examined.
    fn note_unread(&mut self, unread: &BTreeSet<&str>) {
        let mut unparsed = Vec::new();
        let mut note = |path: &str, span: Option<Span>, reason: String| {
            unparsed.push(Unparsed { path: path.to_owned(), kind: Kind::Json, span, reason });
        };
        if let Some(Manifest { path, json }) = &self.manifest {
            if let Some((limit, span)) = json.limit {
                note(path, Some(span), limit_reason(path, limit));
            } else if !json.whole {
                note(path, json.problems.first().map(|problem| problem.span), problem_reason(path, &json.problems));
            }
        }
        for locale in self.locales.all.iter().filter(|locale| !unread.contains(&*locale.path)) {
            if let Some((limit, span)) = locale.limit {
                note(&locale.path, Some(span), limit_reason(&locale.path, limit));
            } else if let Some(first) = locale.problems.first() {
                note(&locale.path, Some(first.span), problem_reason(&locale.path, &locale.problems));
            }
        }
        let limits = self.manifest.iter().filter_map(|manifest| Some((&*manifest.path, manifest.json.limit?.0)));
        let limits = limits.chain(self.locales.all.iter().filter_map(|locale| Some((&*locale.path, locale.limit?.0))));
        let limits: Vec<_> =
            limits.map(|(path, limit)| NotExamined::new("json-limit", limit_reason(path, limit), Some(path))).collect();
        self.not_examined.extend(limits);
        for path in &self.locales.left_out {
            let message = format!("{path} was not read: there are more than {MAX_LANGUAGES} languages.");
            unparsed.push(Unparsed { path: path.clone(), kind: Kind::Json, span: None, reason: message.clone() });
            self.not_examined.push(NotExamined::new("too-many-languages", message, Some(path)));
        }
        self.unparsed.extend(unparsed);
    }

    /// The languages that the manifest declares, as it writes them.
    pub(super) fn declared_locales(&self) -> Vec<String> {
        let locales = self.manifest.iter().flat_map(Manifest::locales);
        locales.take(MAX_LANGUAGES).map(|locale| cut(locale.text())).collect()
    }

    /// The widget as its manifest and its texts describe it.
    pub(super) fn widget_facts(&self) -> WidgetFacts {
        let names = match self.listing_text(&["widget", "name"]) {
            ListingText::Shown { texts, .. } => texts
                .iter()
                .map(|text| LocalText { locale: text.language().to_owned(), text: cut(text.value.text.trim()) })
                .collect(),
            _ => Vec::new(),
        };
        let manifest = self.manifest.as_ref();
        WidgetFacts {
            code: self.options.widget_code.clone().or_else(|| manifest.and_then(Manifest::code).map(|code| cut(code.text()))),
            version: manifest.and_then(Manifest::version).map(|version| cut(version.text())),
            names,
        }
    }
}

/// As much of a text as a report's head shows.
fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// The text of a JSON file, byte order mark included; nothing when it is too large or no text.
fn json_text(file: &SourceFile) -> Option<Cow<'_, str>> {
    if file.too_large.is_some() {
        return None;
    }
    file.text().map(Cow::Borrowed).or_else(|| file.fragment().map(|fragment| fragment.text))
}

fn problem_reason(path: &str, problems: &[Problem]) -> String {
    let what = problems.first().map_or("It holds no JSON value", |problem| problem.kind.sentence());
    format!("{path} is not strict JSON. {what}.")
}

fn limit_reason(path: &str, limit: Limit) -> String {
    match limit {
        Limit::Depth => format!("{path} nests its blocks deeper than this program follows; the rest was not read."),
        Limit::Values => format!("{path} holds more values than this program reads; the rest was not read."),
        Limit::Length => format!("{path} holds a text longer than this program reads; that text was not read."),
    }
}

#[cfg(test)]
mod tests {
    use super::ListingText;
    use crate::report::Outcome;
    use crate::testing::Widget;

    #[test]
    fn the_clean_widget_is_described() {
        Widget::clean().with_context(|cx| {
            assert!(cx.manifest_is_whole());
            assert_eq!(cx.declared_locales(), ["en", "es", "pt"]);
            let facts = cx.widget_facts();
            assert_eq!(facts.version.as_deref(), Some("1.2.0"));
            assert_eq!(facts.names[1].text, "Notas de turno vía Aurora");
            assert!(cx.unparsed().iter().all(|unparsed| !unparsed.path.ends_with(".json")));
        });
    }

    #[test]
    fn a_slip_in_the_manifest_costs_nothing_and_a_gap_is_named() {
        let slip = Widget::clean().file("manifest.json", r#"{"widget": {"name": "Shift notes"},}"#);
        slip.with_context(|cx| assert!(cx.manifest_is_whole() && cx.unparsed().is_empty()));
        let gap = Widget::clean().file("manifest.json", r#"{"widget": {"name": "Shift notes""#);
        gap.with_context(|cx| {
            assert!(!cx.manifest_is_whole());
            assert_eq!(cx.unparsed()[0].reason, "manifest.json is not strict JSON. The file ends before a bracket is closed.");
        });
    }

    #[test]
    fn an_i18n_file_that_kommo_cannot_load_is_named() {
        let widget = Widget::clean().file("i18n/es.json", "{\"widget\": {},}").file("i18n/pt.json", b"\xff\xfe{\0}\0");
        widget.with_context(|cx| {
            let paths: Vec<_> = cx.unparsed().iter().map(|unparsed| &*unparsed.path).collect();
            assert_eq!(paths, ["i18n/es.json", "i18n/pt.json"]);
        });
    }

    #[test]
    fn what_a_language_says_that_cannot_be_read_stays_unknown() {
        let widget = Widget::clean().file("i18n/pt.json", b"\xff\xfe{\0}\0");
        let items = widget.report().items;
        for id in ["translated", "teaser-length", "name-via", "locale-language", "privacy-policy"] {
            let outcome = items.iter().find(|item| item.item.id == id).map(|item| item.outcome);
            assert_eq!(outcome, Some(Outcome::Review), "{id}");
        }
        for rule in ["unused-file", "missing-privacy-link", "teaser-out-of-bounds"] {
            assert_eq!(widget.findings(rule), [], "{rule}");
        }
    }

    #[test]
    fn a_text_is_missing_only_where_it_is_declared_and_readable() {
        let widget = Widget::clean()
            .file("i18n/es.json", "{}")
            .file("i18n/pt.json", r#"{"widget": {"name": "Not"#)
            .file("i18n/tr.json", "{}");
        widget.with_context(|cx| {
            let ListingText::Shown { texts, missing, .. } = cx.listing_text(&["widget", "name"]) else { panic!("a name") };
            assert_eq!(texts.iter().map(|text| text.language()).collect::<Vec<_>>(), ["en", "pt"]);
            assert_eq!(missing.iter().map(|lacking| &*lacking.language).collect::<Vec<_>>(), ["es"]);
        });
    }

    #[test]
    fn a_declared_language_without_a_file_lacks_every_text() {
        let widget = Widget::clean()
            .file("manifest.json", r#"{"widget": {"name": "widget.name", "locale": ["en", "es", "tr", "tr", "id", ""]}}"#)
            .file("i18n/id/config.json", "{}")
            .file("i18n/es.json", b"\xff");
        widget.with_context(|cx| {
            let ListingText::Shown { missing, .. } = cx.listing_text(&["widget", "name"]) else { panic!("a name") };
            let lacking = missing.iter().map(|lacking| (&*lacking.language, &*lacking.path));
            assert_eq!(lacking.collect::<Vec<_>>(), [("id", "i18n/id/config.json"), ("tr", "i18n/tr.json")]);
        });
        Widget::clean().without("manifest.json").with_context(|cx| assert!(cx.languages_without_file().is_empty()));
    }
}
