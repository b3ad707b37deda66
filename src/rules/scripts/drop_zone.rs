//! Places where files or cards can be dropped.

use super::kommo_name;
use crate::context::Context;
use crate::finding::{ByCause, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::script::{Call, Kind, NodeId, Root, Script};

static KOMMO_AREA: Message = Message {
    id: "kommo-area",
    text: "`{code}` makes Kommo's own `{name}` a drop area.",
    help: "Let users drop onto an element of your own that stands in the widget's area: `$('#own-drop-area').on('drop', handler)`.",
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
        // However many listeners it has, an area of Kommo's is one.
        let mut areas = ByCause::default();
        for Listener { listens, place, element } in listeners(script) {
            has_listeners = true;
            out.evidence("listener", "Drag and drop", script.code(listens), examined.at(place));
            let name = element.and_then(|element| selector(script, element)).and_then(|selector| kommo_name(&selector));
            if let Some(name) = name.filter(|name| AREAS.iter().any(|area| name.contains(area))) {
                let finding = out.suspect(&KOMMO_AREA, examined.at(place)).arg("code", script.code(listens));
                areas.add(&name, finding.arg("name", name.as_str()));
            }
        }
        areas.push_to(out);
    }
    for markup in cx.markups() {
        for element in &markup.facts.elements {
            let handlers = HANDLERS.iter().filter_map(|name| element.attribute(name));
            for handler in handlers {
                has_listeners = true;
                out.evidence("listener", "Drag and drop", &*handler.name, markup.at(handler.name_span));
            }
        }
    }
    if !has_listeners {
        out.not_applicable();
    }
}

/// Attributes of an element, and its properties, that make it a drop area.
const HANDLERS: [&str; 3] = ["ondrop", "ondragover", "ondragenter"];

/// Something that listens for drops.
struct Listener {
    /// The callee, or the property that is set.
    listens: NodeId,
    place: Span,
    /// The element that it is on.
    element: Option<NodeId>,
}

/// Every listener for drops.
fn listeners(script: &Script) -> Vec<Listener> {
    let mut found = Vec::new();
    let by_call = |call: Call<'_>, element| Listener { listens: call.callee, place: call.place(), element };
    for name in ["on", "one", "bind", "addEventListener", "delegate", "live"] {
        for call in script.methods(name) {
            let events = call.argument(usize::from(name == "delegate")).map(|events| script.value(events));
            let names_drops = |events: &str| {
                events.split_whitespace().any(|event| matches!(event.split('.').next(), Some("drop" | "dragover" | "dragenter")))
            };
            let drops = |events: NodeId| match script.kind(events) {
                Kind::Object => script.children(events).any(|event| match script.kind(event) {
                    Kind::Property(Some(name)) => names_drops(script.word(name)),
                    _ => false,
                }),
                _ => script.constant(events).is_some_and(|events| names_drops(&events)),
            };
            if events.is_some_and(drops) {
                let delegated = matches!(name, "on" | "one")
                    .then(|| call.argument(1))
                    .flatten()
                    .filter(|&selector| script.text(selector).is_some());
                found.push(by_call(call, delegated.or(call.receiver())));
            }
        }
    }
    for name in ["droppable", "sortable", "dropzone"] {
        found.extend(script.methods(name).map(|call| by_call(call, call.receiver())));
    }
    for name in HANDLERS {
        let is_set = |&id: &NodeId| script.assigned_value(id).is_some();
        let members = script.named(name).iter().copied().filter(|&id| matches!(script.kind(id), Kind::Member(_)));
        found.extend(members.filter(is_set).map(|id| Listener {
            listens: id,
            place: script.span(id),
            element: script.child(id, 0),
        }));
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

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::rules::styles::small;

    #[test]
    fn handlers_in_markup_and_properties_are_listeners() {
        for (path, text, value) in [
            ("templates/panel.twig", "<p ondragover=\"return false\" class=\"own\">x</p>", "ondragover"),
            ("script.js", "document.getElementById('own').ondrop = function () {};", "document.getElementById('own').ondrop"),
        ] {
            let report = small().file(path, text).report();
            let item = report.items.into_iter().find(|item| item.item.id == "drop-area");
            let Some(item) = item else { panic!("the item is missing") };
            assert_eq!(item.outcome, Outcome::Manual, "{text}");
            assert!(item.evidence.iter().any(|evidence| evidence.kind == "listener" && evidence.value == value), "{text}");
        }
        assert_eq!(small().outcome("drop-area"), Outcome::NotApplicable);
    }

    #[test]
    fn properties_of_kommos_elements_and_lists_of_events_are_named() {
        for (script, count) in [
            ("document.querySelector('.left-menu').ondrop = function () {};", 1),
            ("$('.left-menu').on({ click: f, 'drop.own': f });", 1),
            ("$('.left-menu').on({ click: f, dropdown: f });", 0),
            ("var menu = $('.left-menu'); menu.on('dragover', f); menu.on('drop', f);", 1),
            ("$('.left-menu').on('drop', f); $('.nav__menu').on('drop', f);", 2),
            ("$('.own').on({ drop: f }); $(document).on({ drop: f }, '.own');", 0),
        ] {
            assert_eq!(small().file("script.js", script).findings("drop-zone").len(), count, "{script}");
        }
    }
}
