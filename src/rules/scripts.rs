//! Rules that read scripts.

pub mod blocked_interaction;
pub mod bottom_position;
pub mod collected_data;
pub mod commented_out_script;
pub mod console_debug_call;
pub mod constant_write;
pub mod debug_leftover;
pub mod drop_zone;
pub mod early_use;
pub mod external_code;
pub mod frame_code;
pub mod global_kommo_write;
pub mod install_click;
pub mod late_dependency;
pub mod loaded_stylesheet;
pub mod page_change;
pub mod script_element;
pub mod script_format;
pub mod script_secret;
pub mod script_syntax_error;
pub mod stray_console_trace;
pub mod switcher_name;
pub mod sync_request;
pub mod test_address;
pub mod undeclared_variable;
pub mod unhandled_request;
pub mod untrusted_code;

use crate::context::Context;
use crate::kommo::names::{CLASSES, HOOKS, IDS, LIBRARY_CLASSES, WORDS};
use crate::syntax::script::{Call, Kind, NodeId, Role, Root, Script};
use crate::syntax::{Span, has_hole, is_hole};
use std::collections::BTreeMap;

/// Beginnings of Kommo's names for areas that it gives to widgets.
const OWN_AREAS: [&str; 7] =
    ["card-widgets__widget", "widget_settings", "widget-settings", "modal", "digital-pipeline", "js-widget", "work-area"];

/// A text for people: an ellipsis for each part that only run time knows.
fn readable(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        match letter {
            _ if !is_hole(letter) => shown.push(letter),
            _ if !shown.ends_with('…') => shown.push('…'),
            _ => {}
        }
    }
    shown
}

/// Whether a class is Kommo's: by its name, or as an element of a block of Kommo's (`left-menu__own`), of which new ones come and go.
fn is_kommo_class(class: &str) -> bool {
    is_listed_class(class) || class.split_once("__").is_some_and(|(block, _)| is_listed_class(block))
}

/// Whether a class is surely Kommo's, and of Kommo alone.
fn is_listed_class(class: &str) -> bool {
    (CLASSES.contains(class) || HOOKS.contains(class)) && !WORDS.contains(class) && !LIBRARY_CLASSES.contains(class)
}

/// The name of Kommo's that a selector means, which starts at one of Kommo's, if it stands outside of the areas for widgets.
fn kommo_name(selector: &str) -> Option<String> {
    selector.split(',').find_map(|part| {
        let mut compounds = part.split([' ', '>', '+', '~']).filter(|compound| !compound.is_empty());
        let start = kommo_names(compounds.next()?)?;
        let is_for_widgets = |compound| names(compound).any(|name| OWN_AREAS.iter().any(|area| name[1..].starts_with(area)));
        if part.split([' ', '>', '+', '~']).any(is_for_widgets) {
            return None;
        }
        // What it ends at is meant, if that is Kommo's, too.
        Some(compounds.next_back().and_then(kommo_names).unwrap_or(start).to_owned())
    })
}

/// The classes and ids of a part of a selector between combinators, each with its mark: `.own`.
fn names(compound: &str) -> impl Iterator<Item = &str> {
    let plain = &compound[..compound.find([':', '[']).unwrap_or(compound.len())];
    plain.match_indices(['.', '#']).map(|(at, _)| {
        let end = plain[at + 1..].find(['.', '#']).map_or(plain.len(), |end| at + 1 + end);
        &plain[at..end]
    })
}

/// The first class or id of such a part, if every one of them is Kommo's.
fn kommo_names(compound: &str) -> Option<&str> {
    let is_kommo = |name: &str| match name.split_at(1) {
        ("#", id) => IDS.contains(id),
        (_, class) => is_kommo_class(class),
    };
    names(compound).all(|name| is_kommo(name) && !has_hole(name)).then(|| names(compound).next())?
}

/// The name of Kommo's at which the elements of an expression start. A class that only sounds like one of Kommo's is the widget's if
/// the widget makes elements with it.
fn kommo_root(cx: &Context<'_>, script: &Script, element: NodeId) -> Option<String> {
    let is_own = |class: &str| !is_listed_class(class) && cx.gives_class(class);
    kommo_name(&selector_at_root(script, element)?).filter(|name| !name.strip_prefix('.').is_some_and(is_own))
}

/// The selector at which the elements of an expression start; of those that calls and lists give, the first that means something of
/// Kommo's.
fn selector_at_root(script: &Script, element: NodeId) -> Option<String> {
    if let Some(text) = script.text(element) {
        return Some(text.text.into_owned());
    }
    let selection = script.selection(element);
    let text_of = |selector| Some(script.text(selector)?.text.into_owned());
    let given =
        |selector| script.sources(selector).into_iter().filter_map(text_of).find(|selector| kommo_name(selector).is_some());
    Some(match selection.root {
        Root::Selector(selector) => text_of(selector).or_else(|| given(selector))?,
        Root::Unknown(selector) if selection.jquery => given(selector)?,
        // $('body').find(selector)
        Root::Document | Root::Body | Root::Html => {
            let found = selection.steps.iter().find(|step| step.moves()).filter(|step| step.method == "find")?;
            script.text(found.argument?)?.text.into_owned()
        }
        Root::Id(id) => format!("#{}", script.text(id)?.text),
        Root::Class(class) => format!(".{}", script.text(class)?.text),
        _ => return None,
    })
}

/// A style that a script sets: its name as in CSS, its value in lower case, and the place.
type StyleSet = (String, String, NodeId);
/// An element, and the styles that one function of a script sets on it.
type ElementStyles = (NodeId, Vec<StyleSet>);

/// The styles that a script sets.
fn styles_set(script: &Script) -> Vec<ElementStyles> {
    let mut by_element: BTreeMap<(Option<NodeId>, &str), ElementStyles> = BTreeMap::new();
    let mut add = |place: NodeId, element: NodeId, styles: Vec<StyleSet>| {
        let key = (script.function_around(place), script.code(element));
        by_element.entry(key).or_insert_with(|| (element, Vec::new())).1.extend(styles);
    };
    for call in ["css", "animate"].into_iter().flat_map(|name| script.methods(name)) {
        let (Some(mut element), Some(first)) = (call.receiver(), call.argument(0)) else { continue };
        while let Some(inner) = script
            .call(element)
            .filter(|inner| matches!(inner.method(), Some("css" | "animate")))
            .and_then(|inner| inner.receiver())
        {
            element = inner;
        }
        let styles = match (script.constant(first), call.argument(1)) {
            (Some(name), Some(value)) => style(script, &name, value, first).into_iter().collect(),
            _ => object_styles(script, first),
        };
        add(call.node, element, styles);
    }
    // $('<div>', { css: { ... } })
    for &property in script.named("css").iter().filter(|&&id| matches!(script.kind(id), Kind::Property(_))) {
        let options = script.parent(property);
        let call = script.argument_position(script.parent(options), options);
        let (Some((call, 1)), Some(value)) = (call, script.last_child(property)) else { continue };
        if script.jquery(call.callee).is_some() {
            add(property, call.node, object_styles(script, value));
        }
    }
    for &member in script.named("style") {
        // { style: { ... } }, as React and Vue have it
        if let (Kind::Property(_), Some(value)) = (script.kind(member), script.last_child(member)) {
            add(member, member, object_styles(script, value));
        }
        let Some(element) = script.child(member, 0).filter(|_| matches!(script.kind(member), Kind::Member(_))) else { continue };
        add(member, element, member_styles(script, member));
        // const style = element.style; style.zIndex = 9999
        let held = script.parent(member);
        let symbol = script.child(held, 0).filter(|_| script.kind(held) == Kind::Declare).and_then(|name| script.symbol(name));
        if let Some(symbol) = symbol.filter(|&symbol| script.only_value(symbol) == Some(member)) {
            for &used in script.references(symbol) {
                add(used, element, member_styles(script, used));
            }
        }
    }
    by_element.into_values().filter(|(_, styles)| !styles.is_empty()).collect()
}

/// What is set through an expression that is an element's `style`.
fn member_styles(script: &Script, styles: NodeId) -> Vec<StyleSet> {
    let holder = script.parent(styles);
    let one = |style: Option<StyleSet>| style.into_iter().collect();
    match script.kind(holder) {
        Kind::Member(name) if script.word(name) == "setProperty" => {
            let call = script.call_of(holder);
            let set = call.and_then(|call| Some((call.argument(0)?, call.argument(1)?)));
            one(set.and_then(|(first, value)| style(script, &script.constant(first)?, value, first)))
        }
        Kind::Member(name) => {
            let value = script.assigned_value(holder);
            one(value.and_then(|value| style(script, script.word(name), value, script.parent(holder))))
        }
        Kind::Call => {
            let options = script.call(holder).filter(|call| call.method() == Some("assign")).and_then(|call| call.argument(1));
            options.map(|options| object_styles(script, options)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn object_styles(script: &Script, object: NodeId) -> Vec<StyleSet> {
    let object = script.value(object);
    if script.kind(object) != Kind::Object {
        return Vec::new();
    }
    let properties = script.children(object).filter_map(|property| match script.kind(property) {
        Kind::Property(Some(name)) => style(script, script.word(name), script.last_child(property)?, property),
        _ => None,
    });
    properties.collect()
}

fn style(script: &Script, name: &str, value: NodeId, place: NodeId) -> Option<StyleSet> {
    let value = match script.kind(script.value(value)) {
        Kind::Number => script.code(script.value(value)).to_owned(),
        _ => script.constant(value)?.trim().to_ascii_lowercase(),
    };
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    Some((kebab, value, place))
}

/// Whether a call's `n`th argument is the options of one of jQuery's requests or of their defaults: surely, by name alone, or (none) not.
fn request_options(script: &Script, call: Call<'_>, n: usize) -> Option<bool> {
    let path = script.path(call.callee);
    let (method, sure) = match path.as_deref().and_then(|path| path.strip_prefix("$.")) {
        Some(method) => (method, Some(true)),
        None => (script.callee_name(call)?, call.receiver().and_then(|receiver| script.jquery(receiver))),
    };
    match (method, n) {
        ("$authorizedAjax", 0 | 1) => Some(true),
        ("ajax" | "ajaxSetup", 0 | 1) | ("get" | "post", 0) => sure,
        _ => None,
    }
}

/// Whether a call of a method `load` asks for what an address gives, and is not given the handler of an event.
fn loads_address(script: &Script, call: Call<'_>) -> bool {
    call.argument(0).is_some_and(|address| match script.kind(script.value(address)) {
        Kind::Function { .. } => false,
        Kind::Name { .. } | Kind::Member(_) => call.argument(1).is_some(),
        _ => true,
    })
}

/// The call of a function and its place, or the function itself where it is passed on or kept to be called.
fn called(script: &Script, used: NodeId) -> Option<(NodeId, Span)> {
    if let Some(call) = script.call_of(used) {
        return Some((call.node, call.place()));
    }
    let holder = || script.kind(script.parent(script.bound(used)));
    let is_called = match script.role(used) {
        Role::Argument(..) | Role::Immediate => true,
        Role::Method(_) => script.assigned_value(used).is_none(),
        // What holds nothing else is followed to its calls.
        Role::Named => matches!(holder(), Kind::Either { .. } | Kind::Conditional),
        Role::Other => matches!(holder(), Kind::Array | Kind::Return | Kind::Default | Kind::Parameter(_)),
    };
    is_called.then(|| (used, script.span(used)))
}

/// Whether an expression is `false`, however it is written.
fn is_false(script: &Script, id: NodeId) -> bool {
    let id = script.value(id);
    match script.kind(id) {
        Kind::Boolean(value) => !value,
        Kind::Number => script.code(id).trim_matches(['0', '.']).is_empty(),
        Kind::Not => script.child(id, 0).is_some_and(|operand| match script.kind(script.value(operand)) {
            Kind::Boolean(value) => value,
            Kind::Number => script.code(operand).parse::<f64>().is_ok_and(|number| number != 0.0),
            Kind::Object | Kind::Array | Kind::Function { .. } => true,
            _ => false,
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Certainty;
    use crate::testing::Widget;

    /// What a rule finds in a script that stands alone: `!` before what is certain, `?` before what is suspect.
    pub(super) fn found(rule: &str, script: &str) -> String {
        let findings = Widget::empty().file("script.js", script).findings(rule);
        let marked = findings.iter().map(|seen| match seen.certainty {
            Certainty::Certain => format!("!{}", seen.text),
            Certainty::Suspect => format!("?{}", seen.text),
        });
        marked.collect::<Vec<_>>().join(" ")
    }

    /// Checks each script of a table against what is found in it.
    pub(super) fn check(rule: &str, table: &[(&str, &str)]) {
        for (script, expected) in table {
            assert_eq!(found(rule, script), *expected, "{script}");
        }
    }
}
