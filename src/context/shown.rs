//! Texts and addresses of a whole widget, each with the language that it serves: of i18n files, manifest, templates and scripts.

use super::{Context, Origin};
use crate::finding::Location;
use crate::package::locale::{Locale, Reading};
use crate::syntax::{Fragment, Span, has_hole};
use crate::text::links::{Link, links};

/// Something that the widget may show.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The language that it serves; nothing for what every language shows.
    pub locale: Option<&'a Locale>,
    path: &'a str,
    /// What it says, mark-up included.
    pub value: &'a Fragment<'static>,
}

impl Shown<'_> {
    /// The place of a part of it.
    #[must_use]
    pub fn part(&self, span: Span) -> Location {
        Location::span(self.path, self.value.map.span(span))
    }

    /// The code of its language.
    #[must_use]
    pub fn language(&self) -> &str {
        self.locale.map_or("all languages", |locale| &locale.code)
    }
}

/// An address that the widget shows or uses.
#[derive(Debug)]
pub struct Address {
    /// The index of its language in [`crate::package::locale::Locales::all`]; nothing for one that every language shows.
    locale: Option<usize>,
    /// What it is; its span is of the text around it.
    pub link: Link,
    /// Where it stands.
    pub location: Location,
}

impl Address {
    /// The language that it serves; nothing for one that every language shows.
    #[must_use]
    pub fn locale<'a>(&self, cx: &'a Context<'_>) -> Option<&'a Locale> {
        cx.locales().all.get(self.locale?)
    }

    /// The code of its language.
    #[must_use]
    pub fn language<'a>(&self, cx: &'a Context<'_>) -> &'a str {
        self.locale(cx).map_or("all languages", |locale| &locale.code)
    }

    /// The address with what a person sees in its place.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.link.anchor.as_deref() {
            Some(anchor) if !anchor.is_empty() => format!("{} ({anchor})", self.link.address),
            _ => self.link.address.clone(),
        }
    }
}

impl Context<'_> {
    /// Every text of the i18n files, then those that the manifest holds itself, then the texts of templates, then the strings of
    /// scripts that are not bundled.
    pub fn shown(&self) -> impl Iterator<Item = Shown<'_>> {
        let locales = self.locales.all.iter();
        locales.flat_map(shown_in).chain(self.shown_in_all_languages())
    }

    /// The strings of scripts that are bundled: of libraries for the most part, so only what is told by its words is worth a look.
    pub fn shown_in_bundles(&self) -> impl Iterator<Item = Shown<'_>> {
        let scripts = self.scripts.iter().filter(|script| self.is_bundled(&script.path));
        let texts = scripts.flat_map(|script| script.facts.contents().map(|(_, value)| (&script.path, value)));
        texts.map(|(path, value)| Shown { locale: None, path, value })
    }

    /// Every text of the i18n files, then those that the manifest holds itself.
    pub fn listed(&self) -> impl Iterator<Item = Shown<'_>> {
        let held = self.held_by_manifest().map(|(path, value)| Shown { locale: None, path, value });
        self.locales.all.iter().flat_map(shown_in).chain(held)
    }

    fn shown_in_all_languages(&self) -> impl Iterator<Item = Shown<'_>> {
        let markups = self.markups.iter().filter(|markup| markup.origin != Origin::ScriptString);
        let markups = markups.flat_map(|markup| markup.facts.texts.iter().map(|value| (&markup.path, value)));
        let scripts = self.scripts.iter().filter(|script| !self.is_bundled(&script.path));
        let scripts = scripts.flat_map(|script| script.facts.contents().map(|(_, value)| (&script.path, value)));
        let others = self.held_by_manifest().chain(markups).chain(scripts);
        others.map(|(path, value)| Shown { locale: None, path, value })
    }

    fn held_by_manifest(&self) -> impl Iterator<Item = (&String, &Fragment<'static>)> {
        self.manifest.iter().flat_map(|manifest| {
            let texts = manifest.named_texts().into_iter();
            texts.filter_map(|named| match self.locales.resolve(&named) {
                Reading::Literal(value) => Some((&manifest.path, value)),
                _ => None,
            })
        })
    }

    /// Every address of the widget whose host is known before run time, in the order of [`Context::shown`]; then those of links in
    /// templates, and of the manifest. They are looked for once.
    pub fn addresses(&self) -> &[Address] {
        self.addresses.get_or_init(|| self.find_addresses())
    }

    fn find_addresses(&self) -> Vec<Address> {
        let mut found = Vec::new();
        for (at, locale) in self.locales.all.iter().enumerate() {
            shown_in(locale).for_each(|text| add_addresses(&text, Some(at), &mut found));
        }
        self.shown_in_all_languages().for_each(|text| add_addresses(&text, None, &mut found));
        for markup in self.markups.iter().filter(|markup| markup.origin != Origin::ScriptString) {
            for element in &markup.facts.elements {
                let Some(target) = element.attribute("href").filter(|_| &*element.name == "a") else { continue };
                // The texts are in order.
                let is_before = |text: &Fragment<'_>| text.map.span(Span::new(0, 1)).start < element.span.end;
                let anchor = markup.facts.texts.get(markup.facts.texts.partition_point(is_before));
                let written = format!("<a href=\"{}\">", target.value.text.replace('"', "&quot;"));
                for mut link in links(&written) {
                    link.anchor = anchor.filter(|text| !has_hole(&text.text)).map(|text| text.text.trim().to_owned());
                    found.push(Address { locale: None, link, location: markup.at(target.value_span) });
                }
            }
        }
        if let Some(manifest) = &self.manifest {
            for key in ["link", "email"] {
                let Some(text) = manifest.text(&["widget", "support", key]) else { continue };
                let location = Location::span(&*manifest.path, text.span);
                found.extend(links(text.text()).into_iter().map(|link| Address {
                    locale: None,
                    link,
                    location: location.clone(),
                }));
            }
        }
        found
    }
}

fn shown_in(locale: &Locale) -> impl Iterator<Item = Shown<'_>> {
    locale.texts.iter().map(move |text| Shown { locale: Some(locale), path: &locale.path, value: &text.value })
}

fn add_addresses(text: &Shown<'_>, locale: Option<usize>, found: &mut Vec<Address>) {
    for link in links(&text.value.text) {
        if !has_hole(&link.host().unwrap_or_default()) {
            found.push(Address { locale, location: text.part(link.span), link });
        }
    }
}
