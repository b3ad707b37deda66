//! What rules about styles ask of the package as a whole.

use super::apart::{is_put_apart, may_leave_page};
use super::scripts::is_attribute;
use super::{Context, Examined, Origin};
use crate::order;
use crate::syntax::markup::Markup;
use crate::syntax::script::{NodeId, Script, TextRole};
use std::borrow::Cow;
use std::collections::BTreeSet;

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
        let links = order::set(templates.flat_map(|markup| self.links_of(markup)));
        let files = self.styles.iter().filter(|sheet| sheet.origin == Origin::File);
        self.apart = order::set(files.filter(|sheet| self.is_linked_apart(&sheet.path, &links)).map(|sheet| sheet.path.clone()));
    }

    /// What a template links, and whether it is a page of its own.
    fn links_of<'a>(&self, markup: &'a Examined<Markup>) -> impl Iterator<Item = (&'a str, bool)> + use<'a> {
        let by_page = self.is_page(&markup.path);
        let attributes = markup.facts.elements.iter().flat_map(|element| &element.attributes);
        attributes.filter(|attribute| &*attribute.name == "href").map(move |attribute| (&*attribute.value.text, by_page))
    }

    fn is_linked_apart(&self, path: &str, links: &BTreeSet<(&str, bool)>) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let by_templates = links.iter().filter(|(link, _)| link.contains(name)).map(|&(_, by_page)| by_page);
        let scripts = self.scripts.iter().filter(|script| matches!(script.origin, Origin::File | Origin::Element));
        let mut is_apart = by_templates.chain(scripts.filter_map(|script| self.links_apart(script, name)));
        is_apart.next() == Some(true) && is_apart.all(|is_apart| is_apart)
    }

    /// Whether a script that names the stylesheet `name` links it to nothing of Kommo's page; none if it does not name it.
    fn links_apart(&self, script: &Examined<Script>, name: &str) -> Option<bool> {
        let facts = &script.facts;
        if !facts.source().contains(name) {
            return None;
        }
        let is_of_page = self.is_page(&script.path);
        let leaves = may_leave_page(facts);
        let naming = facts.texts().filter(|&text| facts.code(text).contains(name));
        let mut is_apart = naming.map(|text| is_of_page || leaves && is_put_apart(facts, text)).peekable();
        is_apart.peek()?;
        Some(is_apart.all(|is_apart| is_apart))
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
