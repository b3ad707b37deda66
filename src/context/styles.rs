//! What rules about styles ask of the package as a whole.

use super::apart::{is_put_apart, may_leave_page};
use super::scripts::is_attribute;
use super::{Context, Examined, Origin};
use crate::order;
use crate::package::reach::file_name;
use crate::syntax::markup::Markup;
use crate::syntax::script::{NodeId, Script, TextRole};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Where the package names a stylesheet.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    /// No text does.
    Nowhere,
    /// Only what never meets Kommo's page does.
    Apart,
    /// Kommo's page may.
    InPage,
}

/// Notes each stylesheet that a text names.
fn note_names(text: &str, named: &mut BTreeMap<&str, Named>, is_apart: impl Fn() -> bool) {
    let is_between = |letter: char| {
        matches!(letter, '/' | '"' | '\'' | '`' | '?' | '#' | '!' | '=' | ',' | '<' | '>') || letter.is_whitespace()
    };
    for name in text.split(is_between).filter(|name| name.contains('.')) {
        if let Some(place) = named.get_mut(name).filter(|place| **place != Named::InPage) {
            *place = if is_apart() { Named::Apart } else { Named::InPage };
        }
    }
}

impl Context<'_> {
    /// Whether a template is a page of its own (`<html>`, `<body>`), as an iframe shows, rather than a piece that the widget renders.
    #[must_use]
    pub fn is_page(&self, path: &str) -> bool {
        self.pages.contains(path)
    }

    /// Whether a stylesheet never meets Kommo's page: only pages of their own, shadow roots and other documents link it.
    #[must_use]
    pub fn is_kept_apart(&self, path: &str) -> bool {
        self.apart.contains(path)
    }

    /// Finds the pages of their own, and the stylesheets that never meet Kommo's.
    pub(super) fn find_pages(&mut self) {
        let templates = self.markups.iter().filter(|markup| markup.origin == Origin::File);
        let is_page =
            |markup: &&Examined<Markup>| markup.facts.elements.iter().any(|element| matches!(&*element.name, "html" | "body"));
        self.pages = order::set(templates.clone().filter(is_page).map(|markup| markup.path.clone()));
        // Without either, every stylesheet meets Kommo's page, and no script needs to be searched for its name.
        if self.pages.is_empty() && !self.scripts.iter().any(|script| may_leave_page(&script.facts)) {
            return;
        }
        let sheets = self.styles.iter().filter(|sheet| sheet.origin == Origin::File);
        let mut named: BTreeMap<&str, Named> = order::map(sheets.map(|sheet| (file_name(&sheet.path), Named::Nowhere)));
        for markup in templates {
            let links = markup.facts.elements.iter().filter_map(|element| element.attribute("href"));
            links.for_each(|link| note_names(&link.value.text, &mut named, || self.is_page(&markup.path)));
        }
        let scripts = self.scripts.iter().filter(|script| matches!(script.origin, Origin::File | Origin::Element));
        for Examined { path, facts: script, .. } in scripts {
            let leaves = may_leave_page(script);
            for text in script.texts() {
                let is_apart = || self.is_page(path) || leaves && is_put_apart(script, text);
                note_names(script.code(text), &mut named, is_apart);
            }
        }
        // A sheet that another imports stands where that one does, which may be known only when its own importer is.
        for is_last in [false, false, false, true] {
            for sheet in self.styles.iter().filter(|sheet| !sheet.facts.imports.is_empty()) {
                let is_apart = match named.get(file_name(&sheet.path)) {
                    _ if sheet.origin != Origin::File => sheet.origin == Origin::Apart || self.is_page(&sheet.path),
                    Some(Named::Nowhere) if !is_last => continue,
                    place => place == Some(&Named::Apart),
                };
                sheet.facts.imports.iter().for_each(|import| note_names(&import.address, &mut named, || is_apart));
            }
        }
        let sheets = self.styles.iter().filter(|sheet| sheet.origin == Origin::File);
        let apart =
            sheets.filter(|sheet| named.get(file_name(&sheet.path)) == Some(&Named::Apart)).map(|sheet| sheet.path.clone());
        self.apart = order::set(apart);
    }

    /// Whether the widget makes an element with this class: in templates, in markup of its scripts, or by script.
    #[must_use]
    pub fn gives_class(&self, class: &str) -> bool {
        let is_class = |script: &Script, text| match script.text_role(text) {
            TextRole::Assigned(_, Some("className")) => true,
            TextRole::Property(Some("class" | "className")) => is_attribute(script, text),
            _ => false,
        };
        let words = |value: String| value.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let classes = || order::set(self.given("class", is_class).into_iter().flat_map(words));
        self.classes.get_or_init(classes).contains(class)
    }

    /// Every id that the widget gives to an element: in templates, in markup of its scripts, and by script.
    #[must_use]
    pub fn rendered_ids(&self) -> BTreeSet<String> {
        let is_id = |script: &Script, text| match script.text_role(text) {
            TextRole::Assigned(_, Some("id")) => true,
            TextRole::Property(Some("id")) => is_attribute(script, text),
            TextRole::Argument(call, 1) => {
                matches!(call.method(), Some("attr" | "prop" | "setAttribute"))
                    && call.argument(0).and_then(|name| script.constant(name)).is_some_and(|name| name == "id")
            }
            _ => false,
        };
        order::set(self.given("id", is_id).into_iter().filter(|id| !id.is_empty()))
    }

    /// What the widget gives to an attribute of its elements: in markup, and by the texts of its scripts for which `is_given` holds.
    fn given(&self, attribute: &str, is_given: impl Fn(&Script, NodeId) -> bool) -> Vec<String> {
        let elements = self.markups.iter().flat_map(|markup| &markup.facts.elements);
        let in_markup =
            elements.filter_map(|element| element.attribute(attribute)).map(|given| given.value.text.trim().to_owned());
        let by_script = self.scripts.iter().flat_map(|script| {
            let script = &script.facts;
            script.texts().filter(|&text| is_given(script, text)).filter_map(|text| script.constant(text)).map(Cow::into_owned)
        });
        in_markup.chain(by_script).collect()
    }
}
