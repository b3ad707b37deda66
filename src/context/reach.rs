//! What the widget reaches: where reaching starts, and what each kind of file names.

use super::{Context, Examined};
use crate::checklist::LIMITS;
use crate::package::locale::Locale;
use crate::package::reach::{Namer, Reach, Reference};
use crate::package::{Kind, NotExamined};
use crate::syntax::json::{self, Value};
use crate::syntax::markup::Markup;
use crate::syntax::script::{Script, TextRole};
use crate::syntax::style::Stylesheet;
use std::collections::BTreeMap;

impl Context<'_> {
    /// Whether the widget reaches a file. One that could not be unpacked counts as reached: nobody can tell.
    #[must_use]
    pub fn is_reached(&self, path: &str) -> bool {
        self.reach.contains(path) || self.package.unread.contains(path)
    }

    /// Who names a file that is reached.
    #[must_use]
    pub fn namer(&self, path: &str) -> Option<&Namer> {
        self.reach.namer(path)
    }

    /// Follows what the examined files name.
    pub(super) fn trace_reach(&mut self) {
        let files: Vec<&str> = self.package.widget_files().map(|file| file.path.as_str()).collect();
        let scripts = by_path(&self.scripts);
        let styles = by_path(&self.styles);
        let markups = by_path(&self.markups);
        self.reach = Reach::trace(&files, self.reach_starts(), |path| {
            let mut found = Vec::new();
            if path == "manifest.json" {
                self.manifest
                    .iter()
                    .filter_map(|manifest| manifest.json.root.as_ref())
                    .for_each(|root| of_json(root, &mut found));
                // What reading lost may name files all the same.
                if !self.manifest_is_whole() {
                    found.extend(self.of_plain_text(path));
                }
                return found;
            }
            if let Some(locale) = self.locales.all.iter().find(|locale| locale.path == path) {
                of_locale(locale, &mut found);
                return found;
            }
            scripts.get(path).into_iter().flatten().for_each(|script| of_script(script, &mut found));
            styles.get(path).into_iter().flatten().for_each(|style| of_style(style, &mut found));
            markups.get(path).into_iter().flatten().for_each(|markup| of_markup(markup, &mut found));
            let has_facts = scripts.contains_key(path) || styles.contains_key(path) || markups.contains_key(path);
            if !has_facts {
                found.extend(self.of_plain_text(path));
            }
            found
        });
        if self.reach.is_cut {
            let message =
                "The scripts put more names of files together than are followed: a file that counts as unused may be used.";
            self.not_examined.push(NotExamined::new("reach-limit", message, None));
        }
    }

    /// What every widget has, and the languages that the manifest declares.
    fn reach_starts(&self) -> Vec<(String, Namer)> {
        let mut starts = Vec::new();
        let mut start = |path: &str, namer: Namer| starts.push((path.to_owned(), namer));
        let everywhere = || Namer { path: None, span: None };
        for path in ["manifest.json", "script.js"] {
            start(path, everywhere());
        }
        for logo in LIMITS.logos.iter().chain([&LIMITS.pipeline_logo]) {
            start(&format!("images/{}", logo.file), everywhere());
            start(logo.file, everywhere());
        }
        let manifest = || Namer { path: Some("manifest.json".to_owned()), span: None };
        for locale in self.locales.declared() {
            start(&locale.path, manifest());
        }
        starts
    }

    /// The text of a file without facts of its own: data, a picture that is drawn, a script that could not be parsed.
    fn of_plain_text(&self, path: &str) -> Option<Reference> {
        let file = self.package.file(path)?;
        let names_files = matches!(file.kind, Kind::Script | Kind::Style | Kind::Template | Kind::Svg | Kind::Json);
        if !names_files {
            return None;
        }
        Some(Reference { text: file.fragment()?.text.into_owned(), span: None })
    }
}

fn by_path<T>(all: &[Examined<T>]) -> BTreeMap<&str, Vec<&T>> {
    let mut map: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for examined in all {
        map.entry(&examined.path).or_default().push(&examined.facts);
    }
    map
}

/// The texts of the manifest.
fn of_json(root: &Value, found: &mut Vec<Reference>) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match &value.kind {
            json::Kind::Array(items) => open.extend(items),
            json::Kind::Object(object) => open.extend(object.effective().map(|member| &member.value)),
            json::Kind::String(text) => found.push(Reference { text: text.text.to_string(), span: Some(value.span) }),
            _ => {}
        }
    }
}

/// The texts of a language: a description may show a picture.
fn of_locale(locale: &Locale, found: &mut Vec<Reference>) {
    found.extend(locale.texts.iter().map(|text| Reference { text: text.value.text.to_string(), span: Some(text.span) }));
}

fn of_script(script: &Script, found: &mut Vec<Reference>) {
    for (id, text) in script.contents() {
        let span = Some(script.span(id));
        // `templates.render('card')`: whoever renders adds the folder and the extension.
        let is_rendered = match script.text_role(id) {
            TextRole::Argument(call, _) => call.method().is_some_and(|method| {
                let method = method.to_ascii_lowercase();
                ["render", "template", "twig"].iter().any(|word| method.contains(word))
            }),
            _ => false,
        };
        if is_rendered && !text.text.contains(['<', '.', '/']) {
            found.push(Reference { text: format!("{}.twig", text.text), span });
        }
        found.push(Reference { text: text.text.to_string(), span });
    }
}

fn of_style(style: &Stylesheet, found: &mut Vec<Reference>) {
    let addresses = style.addresses.iter().map(|address| (&address.address, address.span));
    let imports = style.imports.iter().map(|import| (&import.address, import.span));
    found.extend(addresses.chain(imports).map(|(text, span)| Reference { text: text.to_string(), span: Some(span) }));
}

fn of_markup(markup: &Markup, found: &mut Vec<Reference>) {
    for attribute in markup.elements.iter().flat_map(|element| &element.attributes) {
        found.push(Reference { text: attribute.value.text.to_string(), span: Some(attribute.value_span) });
    }
    for (text, span) in markup.tags.iter().flat_map(|tag| &tag.strings) {
        found.push(Reference { text: text.to_string(), span: Some(*span) });
    }
}
