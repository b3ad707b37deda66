//! What markup and stylesheets load from other hosts.

use crate::context::{Context, Examined, Origin};
use crate::finding::{Certainty, Location};
use crate::kommo::hosts::{self, Address, Host};
use crate::order;
use crate::syntax::markup::{Element, Markup, is_script_type};
use crate::syntax::{Fragment, Span, is_hole};

/// Holes that are followed to what is put there: each may take hundreds of calls to look through, and widgets have a few.
const FOLLOWED: u32 = 200;

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
    let mut left = FOLLOWED;
    for markup in cx.markups() {
        for element in &markup.facts.elements {
            let Some((name, is_style)) = loading_attribute(element) else { continue };
            let Some(attribute) = element.attribute(name) else { continue };
            let is_sure =
                || markup.origin != Origin::ScriptString || &*element.name != "script" || enters_page(cx, markup, element);
            let mut addresses = put_there(cx, &markup.path, &attribute.value, &mut left);
            if addresses.is_empty() {
                addresses.push((attribute.value.text.clone().into_owned(), attribute.value_span));
            }
            for (address, span) in addresses.into_iter().filter(|(address, _)| is_elsewhere(address)) {
                let certainty = if is_sure() { Certainty::Certain } else { Certainty::Suspect };
                found.push(Load { address: address.trim().to_owned(), is_style, certainty, location: markup.at(span) });
            }
        }
    }
    for sheet in cx.styles() {
        found.extend(sheet.facts.imports.iter().filter(|import| is_elsewhere(&import.address)).map(|import| {
            let certainty = if import.ignored { Certainty::Suspect } else { Certainty::Certain };
            let address = import.address.trim().to_owned();
            Load { address, is_style: true, certainty, location: sheet.at(import.span) }
        }));
    }
    // What a script puts into two texts is one load.
    order::sort_by(&mut found, |a, b| a.location.cmp(&b.location));
    found.dedup_by(|a, b| a.location == b.location);
    found
}

/// The addresses that a script puts where its text has nothing but a hole, each with its place; none once nothing is `left`.
fn put_there(cx: &Context<'_>, path: &str, value: &Fragment<'_>, left: &mut u32) -> Vec<(String, Span)> {
    if value.text.is_empty() || !value.text.chars().all(is_hole) || *left == 0 {
        return Vec::new();
    }
    *left -= 1;
    // A page may have any number of scripts, a script's own file has one.
    let Some(script) = cx.scripts_of(path).first().filter(|script| script.origin == Origin::File) else { return Vec::new() };
    let script = &script.facts;
    let hole = script.nodes_at(value.map.span(Span::new(0, value.text.len() as u32))).next();
    let given = hole.map(|hole| script.addresses(hole)).unwrap_or_default();
    given.into_iter().filter_map(|source| Some((script.text(source)?.text.into_owned(), script.span(source)))).collect()
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
