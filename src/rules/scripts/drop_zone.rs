//! Places where files or cards can be dropped.

use super::kommo_name;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, NodeId, Root, Script};

static KOMMO_AREA: Message = Message {
    id: "kommo-area",
    text: "`{code}` makes Kommo's own `{name}` a drop area.",
    help: "Let users drop onto an element of your own that stands in the widget's area.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "drop-zone",
    item: "drop-area",
    title: "Drop area on Kommo's controls",
    why: "The left menu and the top right corner hold Kommo's own controls; a drop area there gets in the way.",
    fix: "Listen for drops on elements of your own.",
    messages: &[&KOMMO_AREA],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  «$('.left-menu-content').on('drop', function () {})»;\n});\n",
    }],
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $('.own-drop').on('dragover drop', function () {});\n  $('.left-menu-content').on('click', function () {});\n});\n",
    }],
    about_code: true,
    check,
};

/// Parts of the names of Kommo's left menu and top bar.
const AREAS: [&str; 9] =
    ["left-menu", "nav__", "nav-", "list-top", "top-nav", "page-header", "list__top", "head", "button-input-more"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut has_listeners = false;
    for examined in cx.scripts() {
        let script = &examined.facts;
        for (call, element) in listeners(script) {
            has_listeners = true;
            out.evidence("listener", "Drag and drop", script.code(call.callee), examined.at(call.place()));
            let name = element.and_then(|element| selector(script, element)).and_then(|selector| kommo_name(&selector));
            if let Some(name) = name.filter(|name| AREAS.iter().any(|area| name.contains(area))) {
                let finding = out.suspect(&KOMMO_AREA, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)).arg("name", name));
            }
        }
    }
    let in_markup = cx.markups().iter().any(|markup| {
        markup
            .facts
            .elements
            .iter()
            .any(|element| element.attributes.iter().any(|attribute| matches!(&*attribute.name, "ondrop" | "ondragover")))
    });
    if !has_listeners && !in_markup {
        out.not_applicable();
    }
}

/// Every listener for drops, with the element that it is on.
fn listeners(script: &Script) -> Vec<(Call<'_>, Option<NodeId>)> {
    let mut found = Vec::new();
    for name in ["on", "one", "bind", "addEventListener", "delegate", "live"] {
        for call in script.methods(name) {
            let events = call.argument(usize::from(name == "delegate")).and_then(|events| script.constant(events));
            let drops = events.is_some_and(|events| {
                events.split_whitespace().any(|event| matches!(event.split('.').next(), Some("drop" | "dragover" | "dragenter")))
            });
            if drops {
                let delegated = matches!(name, "on" | "one")
                    .then(|| call.argument(1))
                    .flatten()
                    .filter(|&selector| script.text(selector).is_some());
                found.push((call, delegated.or(call.receiver())));
            }
        }
    }
    for name in ["droppable", "sortable", "dropzone"] {
        found.extend(script.methods(name).map(|call| (call, call.receiver())));
    }
    found
}

/// The selector of an element, or the text that is one.
fn selector(script: &Script, element: NodeId) -> Option<String> {
    if let Some(text) = script.text(element) {
        return Some(text.text.into_owned());
    }
    match script.selection(element).root {
        Root::Selector(text) => script.text(text).map(|text| text.text.into_owned()),
        Root::Id(id) => script.text(id).map(|id| format!("#{}", id.text)),
        Root::Class(class) => script.text(class).map(|class| format!(".{}", class.text)),
        _ => None,
    }
}
