//! Everything that rules read: the package, and the facts of each of its files, examined once.

use crate::finding::Location;
use crate::options::Options;
use crate::package::locale::Locales;
use crate::package::manifest::Manifest;
use crate::package::reach::Reach;
use crate::package::{Deadline, Kind, NotExamined, Package, SourceFile};
use crate::report::{FileFacts, PackageFacts};
use crate::syntax::Span;
use crate::syntax::image::Image;
use crate::syntax::markup::Markup;
use crate::syntax::script::Script;
use crate::syntax::style::Stylesheet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

mod apart;
mod examine;
mod images;
mod inline;
mod listing;
mod reach;
mod scripts;
mod shown;
mod styles;

pub use images::{NamedFile, Slide};
pub use listing::{Lacking, ListingText, ShownText};
pub use scripts::BrokenScript;
pub use shown::{Address, Shown};

/// What a rule reads.
#[derive(Debug)]
pub struct Context<'p> {
    package: &'p Package,
    options: &'p Options,
    manifest: Option<Manifest>,
    locales: Locales,
    scripts: Vec<Examined<Script>>,
    styles: Vec<Examined<Stylesheet>>,
    markups: Vec<Examined<Markup>>,
    images: BTreeMap<String, Image>,
    reach: Reach,
    unparsed: Vec<Unparsed>,
    not_examined: Vec<NotExamined>,
    bundled: BTreeSet<String>,
    broken_scripts: Vec<BrokenScript>,
    pages: BTreeSet<String>,
    apart: BTreeSet<String>,
    /// Every address of the widget, once a rule asked for them.
    addresses: OnceLock<Vec<Address>>,
    /// The declared languages without an i18n file, once a rule asked for them.
    without_file: OnceLock<Vec<Lacking>>,
    /// The classes of the elements that the widget makes, once a rule asked for one.
    classes: OnceLock<BTreeSet<String>>,
    /// The files by their paths without case, accents, percent signs and odd slashes, once a name was looked for among them; nothing
    /// for one that could not be unpacked.
    by_spelling: OnceLock<BTreeMap<String, Option<&'p SourceFile>>>,
    /// The paths of the files in the order of their ends, once an end was looked for among them.
    by_end: OnceLock<Vec<&'p str>>,
    /// How many strings are open that the text being examined stands in.
    open_strings: usize,
}

/// The facts of a text in one language: of a file, or of a part of a file of another language.
#[derive(Debug)]
pub struct Examined<T> {
    /// The file that holds it.
    pub path: String,
    /// Where in the file it stands.
    pub origin: Origin,
    /// What was read; every span is of the file's own bytes.
    pub facts: T,
}

impl<T> Examined<T> {
    /// A part of the file.
    #[must_use]
    pub fn at(&self, span: Span) -> Location {
        Location::span(&*self.path, span)
    }
}

/// Where a text of one language stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// It is the whole file.
    File,
    /// A `<style>` or `<script>` element of a template.
    Element,
    /// A `style` or `on...` attribute of a template.
    Attribute,
    /// A `<style>` element of a shadow root or of another document, which no style leaves.
    Apart,
    /// A string of a script, or a part of such a string.
    ScriptString,
}

/// A text that could not be parsed.
#[derive(Clone, Debug)]
pub struct Unparsed {
    /// The file that holds it.
    pub path: String,
    /// The language that it should have been.
    pub kind: Kind,
    /// Where reading stopped, if it is known.
    pub span: Option<Span>,
    /// Why, in a sentence.
    pub reason: String,
}

impl<'p> Context<'p> {
    /// Examines every file of `package` once, until `deadline`; `progress` is called with each file before.
    #[must_use]
    pub fn new(package: &'p Package, options: &'p Options, deadline: &Deadline<'_>, progress: &mut dyn FnMut(&str)) -> Self {
        let mut context = Self { not_examined: package.not_examined.clone(), ..Self::empty(package, options) };
        context.read_listing();
        context.examine(deadline, progress);
        context.find_pages();
        context.note_unread_entries();
        context.trace_reach();
        context
    }

    /// Nothing examined yet.
    fn empty(package: &'p Package, options: &'p Options) -> Self {
        Self {
            package,
            options,
            manifest: None,
            locales: Locales::default(),
            scripts: Vec::new(),
            styles: Vec::new(),
            markups: Vec::new(),
            images: BTreeMap::new(),
            reach: Reach::default(),
            unparsed: Vec::new(),
            not_examined: Vec::new(),
            bundled: BTreeSet::new(),
            broken_scripts: Vec::new(),
            pages: BTreeSet::new(),
            apart: BTreeSet::new(),
            addresses: OnceLock::new(),
            without_file: OnceLock::new(),
            classes: OnceLock::new(),
            by_spelling: OnceLock::new(),
            by_end: OnceLock::new(),
            open_strings: 0,
        }
    }

    /// The files and the archive's own oddities.
    #[must_use]
    pub fn package(&self) -> &'p Package {
        self.package
    }

    /// What the caller asked for.
    #[must_use]
    pub fn options(&self) -> &'p Options {
        self.options
    }

    /// Every script: files, inline scripts and `on...` attributes of templates and of markup in scripts.
    #[must_use]
    pub fn scripts(&self) -> &[Examined<Script>] {
        &self.scripts
    }

    /// Every stylesheet: files, `<style>` elements, `style` attributes, strings of scripts.
    #[must_use]
    pub fn styles(&self) -> &[Examined<Stylesheet>] {
        &self.styles
    }

    /// Every piece of markup: templates, and strings of scripts.
    #[must_use]
    pub fn markups(&self) -> &[Examined<Markup>] {
        &self.markups
    }

    /// Every script that could not be read, with its cause.
    #[must_use]
    pub fn broken_scripts(&self) -> &[BrokenScript] {
        &self.broken_scripts
    }

    /// What could not be parsed.
    #[must_use]
    pub fn unparsed(&self) -> &[Unparsed] {
        &self.unparsed
    }

    /// What was left out, and every limit that was hit.
    #[must_use]
    pub fn not_examined(&self) -> &[NotExamined] {
        &self.not_examined
    }

    /// What the package is, for the head of the report.
    #[must_use]
    pub fn facts(&self) -> PackageFacts {
        let files = self
            .package
            .files
            .values()
            .map(|file| FileFacts {
                path: file.path.clone(),
                kind: file.kind.name(),
                bytes: file.bytes().len() as u64,
                bundled: self.is_bundled(&file.path),
                reached: self.is_reached(&file.path),
            })
            .collect();
        PackageFacts { files, locales: self.declared_locales(), widget: self.widget_facts(), images: self.image_facts() }
    }

    /// Whether a file is bundled code, by its shape.
    #[must_use]
    pub fn is_bundled(&self, path: &str) -> bool {
        self.bundled.contains(path)
    }
}
