//! What markup and stylesheets load from other hosts.

use crate::context::{Context, Examined, Origin};
use crate::finding::{Certainty, Location};
use crate::kommo::hosts::{self, Address, Host};
use crate::syntax::markup::{Element, Markup, is_script_type};

/// A script or a stylesheet that is loaded from another host.
pub(in crate::rules) struct Load {
    /// The address, as written.
    pub address: String,
    /// Whether it is a stylesheet.
    pub is_style: bool,
    /// How sure it is that the page loads it: browsers pass over an `@import` behind rules, and a script's text with a script tag may be
    /// shown as it is.
    pub certainty: Certainty,
    /// The address's own place.
    pub location: Location,
}

impl Load {
    /// The host, as written.
    pub fn host(&self) -> &str {
        Address::parse(&self.address).map(|address| address.host).unwrap_or_default()
    }

    /// The known host that it is loaded from.
    pub fn known(&self) -> Option<&'static Host> {
        hosts::known(self.host())
    }
}

/// Every load of markup and of `@import`; the developer's own machine is no other host.
pub(in crate::rules) fn loads(cx: &Context<'_>) -> Vec<Load> {
    let mut found = Vec::new();
    for markup in cx.markups() {
        for element in &markup.facts.elements {
            let Some((name, is_style)) = loading_attribute(element) else { continue };
            let Some(attribute) = element.attribute(name).filter(|attribute| is_elsewhere(&attribute.value.text)) else {
                continue;
            };
            let is_sure = markup.origin != Origin::ScriptString || &*element.name != "script" || enters_page(cx, markup, element);
            let certainty = if is_sure { Certainty::Certain } else { Certainty::Suspect };
            let address = attribute.value.text.trim().to_owned();
            found.push(Load { address, is_style, certainty, location: markup.at(attribute.value_span) });
        }
    }
    for sheet in cx.styles() {
        found.extend(sheet.facts.imports.iter().filter(|import| is_elsewhere(&import.address)).map(|import| {
            let certainty = if import.ignored { Certainty::Suspect } else { Certainty::Certain };
            let address = import.address.trim().to_owned();
            Load { address, is_style: true, certainty, location: sheet.at(import.span) }
        }));
    }
    found
}

/// Whether an address is of another host that is known.
fn is_elsewhere(address: &str) -> bool {
    let host = Address::parse(address.trim()).map(|address| address.host).unwrap_or_default();
    !host.is_empty() && !crate::syntax::has_hole(host) && !hosts::is_local(host)
}

/// Whether an element in a script's text is put into the page with it.
fn enters_page(cx: &Context<'_>, markup: &Examined<Markup>, element: &Element) -> bool {
    let scripts = cx.scripts_of(&markup.path).iter().map(|script| &script.facts);
    let mut around = scripts.flat_map(|script| script.texts_around(element.span).map(move |text| (script, text)));
    around.any(|(script, text)| script.enters_document(text))
}

/// The attribute whose address an element loads as code or style, and whether it is a style.
fn loading_attribute(element: &Element) -> Option<(&'static str, bool)> {
    let rel =
        |wanted: &str| element.attribute("rel").is_some_and(|rel| rel.words().any(|(word, _)| word.eq_ignore_ascii_case(wanted)));
    let is_for = |wanted: &str| element.attribute("as").is_some_and(|role| role.value.text.trim().eq_ignore_ascii_case(wanted));
    match &*element.name {
        "script" if element.attribute("type").is_none_or(|kind| is_script_type(&kind.value.text)) => Some(("src", false)),
        "link" if rel("stylesheet") => Some(("href", true)),
        "link" if rel("modulepreload") || (rel("preload") && is_for("script")) => Some(("href", false)),
        "link" if rel("preload") && is_for("style") => Some(("href", true)),
        _ => None,
    }
}
