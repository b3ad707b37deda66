//! Texts and addresses of a whole widget, each with the language that it serves: of i18n files, manifest, templates and scripts.

use crate::context::{Context, Origin};
use crate::finding::Location;
use crate::package::locale::{Locale, LocaleText};
use crate::syntax::{Fragment, Span, has_hole};
use crate::text::links::{Link, links};

/// Something that the widget may show.
pub struct Shown<'a> {
    /// The language that it serves; nothing for what every language shows.
    pub locale: Option<&'a Locale>,
    path: &'a str,
    /// What it says, mark-up included.
    pub value: &'a Fragment<'static>,
}

impl Shown<'_> {
    /// The place of a part of it.
    pub fn part(&self, span: Span) -> Location {
        Location::span(self.path, self.value.map.span(span))
    }

    /// The code of its language.
    pub fn language(&self) -> &str {
        self.locale.map_or("all languages", |locale| &locale.code)
    }
}

/// The place of a part of a text of an i18n file.
pub fn part(locale: &Locale, text: &LocaleText, span: Span) -> Location {
    Location::span(&*locale.path, text.value.map.span(span))
}

/// Every text of the i18n files, then the texts of templates, then the strings of scripts that are not bundled.
pub fn shown<'a>(cx: &'a Context<'_>) -> Vec<Shown<'a>> {
    let mut shown = Vec::new();
    for locale in &cx.locales().all {
        for text in &locale.texts {
            shown.push(Shown { locale: Some(locale), path: &locale.path, value: &text.value });
        }
    }
    for markup in cx.markups().iter().filter(|markup| markup.origin != Origin::ScriptString) {
        for text in &markup.facts.texts {
            shown.push(Shown { locale: None, path: &markup.path, value: text });
        }
    }
    for script in cx.scripts().iter().filter(|script| !cx.is_bundled(&script.path)) {
        for (_, value) in script.facts.contents() {
            shown.push(Shown { locale: None, path: &script.path, value });
        }
    }
    shown
}

/// An address that the widget shows or uses.
pub struct Address<'a> {
    /// The language that it serves; nothing for one that every language shows.
    pub locale: Option<&'a Locale>,
    /// What it is; its span is of the text around it.
    pub link: Link,
    /// Where it stands.
    pub location: Location,
}

impl Address<'_> {
    /// The code of its language.
    pub fn language(&self) -> &str {
        self.locale.map_or("all languages", |locale| &locale.code)
    }

    /// The address with what a person sees in its place.
    pub fn shown(&self) -> String {
        match self.link.anchor.as_deref() {
            Some(anchor) if !anchor.is_empty() => format!("{} ({anchor})", self.link.address),
            _ => self.link.address.clone(),
        }
    }
}

/// Every address of the widget whose host is known before run time, in the order of [`shown`]; then those of the manifest.
pub fn addresses<'a>(cx: &'a Context<'_>) -> Vec<Address<'a>> {
    let mut found = Vec::new();
    for text in shown(cx) {
        for link in links(&text.value.text) {
            if !has_hole(&link.host().unwrap_or_default()) {
                found.push(Address { locale: text.locale, location: text.part(link.span), link });
            }
        }
    }
    for markup in cx.markups().iter().filter(|markup| markup.origin != Origin::ScriptString) {
        for element in &markup.facts.elements {
            let Some(target) = element.attribute("href").filter(|_| &*element.name == "a") else { continue };
            let anchor = markup.facts.texts.iter().find(|text| text.map.span(Span::new(0, 1)).start >= element.span.end);
            let written = format!("<a href=\"{}\">", target.value.text.replace('"', "&quot;"));
            for mut link in links(&written) {
                link.anchor = anchor.filter(|text| !has_hole(&text.text)).map(|text| text.text.trim().to_owned());
                found.push(Address { locale: None, link, location: markup.at(target.value_span) });
            }
        }
    }
    if let Some(manifest) = cx.manifest() {
        for key in ["link", "email"] {
            let Some(text) = manifest.text(&["widget", "support", key]) else { continue };
            let location = Location::span(&*manifest.path, text.span);
            found.extend(links(text.text()).into_iter().map(|link| Address { locale: None, link, location: location.clone() }));
        }
    }
    found
}
