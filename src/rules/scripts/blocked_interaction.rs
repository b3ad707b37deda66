//! Scripts that hide Kommo's controls, cover its page or swallow its events.

use super::{kommo_root, styles_set};
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Root, Script};

static HIDDEN: Message = Message {
    id: "hidden",
    text: "`{code}` hides or disables Kommo's own `{name}`.",
    help: "Leave Kommo's controls as they are; hide elements of your own instead.",
};

static HIGH: Message = Message {
    id: "high-z-index",
    text: "z-index {value} may lift this above Kommo's own menus and windows.",
    help: "Use the lowest z-index that works inside your own area; Kommo's modal windows come from `lib/components/base/modal`.",
};

static COVERING: Message = Message {
    id: "covers-page",
    text: "`{code}` with position fixed covers the whole window, Kommo's controls included.",
    help: "Show it inside the widget's own area, or open Kommo's own modal window with `lib/components/base/modal`.",
};

static SWALLOWED: Message = Message {
    id: "swallowed",
    text: "`{code}` stops events of the whole page.",
    help: "Listen on an element of your own, or delegate to it: `$(document).on('click', '#own .own-button', handler)`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "blocked-interaction",
    item: "no-overlap",
    title: "Script in the way of Kommo's users",
    why: "A widget must not overlap Kommo's controls or keep people from using them.",
    fix: "Act on the widget's own elements and events only.",
    messages: &[&HIDDEN, &HIGH, &COVERING, &SWALLOWED],
    bad: &[
        Example { path: "script.js", text: "define(['jquery'], function ($) {\n  «$('#sidebar').hide()»;\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $(document).on('click', function (event) {\n    «event.preventDefault()»;\n  });\n});\n",
        },
    ],
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $('#own').hide();\n  $(document).on('click', '#own .own-button', function (event) {\n    event.preventDefault();\n  });\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for call in hiding_calls(script) {
            if let Some(name) = call.receiver().and_then(|receiver| kommo_root(script, receiver)) {
                let finding = out.suspect(&HIDDEN, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)).arg("name", name));
            }
        }
        for styles in styles_set(script) {
            for (_, value, node) in styles.iter().filter(|(name, ..)| name == "z-index") {
                if value.parse::<f64>().is_ok_and(|value| value >= 1000.0) {
                    out.push(out.suspect(&HIGH, examined.at(script.span(*node))).arg("value", value.as_str()));
                }
            }
            if let Some(node) = covering(&styles) {
                out.push(out.suspect(&COVERING, examined.at(script.span(node))).arg("code", script.code(node)));
            }
        }
        for stop in swallowed(script) {
            out.push(out.suspect(&SWALLOWED, examined.at(stop.place())).arg("code", script.code(stop.node)));
        }
    }
}

/// Calls that hide or disable elements.
fn hiding_calls(script: &Script) -> Vec<Call<'_>> {
    let mut found: Vec<_> = ["hide", "fadeOut", "slideUp"].into_iter().flat_map(|name| script.methods(name)).collect();
    let argument_is = |call: &Call<'_>, n: usize, values: &[&str]| {
        call.argument(n).and_then(|argument| script.constant(argument)).is_some_and(|text| values.contains(&&*text))
    };
    found.extend(script.methods("css").filter(|call| {
        (argument_is(call, 0, &["display"]) && argument_is(call, 1, &["none"]))
            || (argument_is(call, 0, &["visibility"]) && argument_is(call, 1, &["hidden"]))
            || (argument_is(call, 0, &["pointer-events", "pointerEvents"]) && argument_is(call, 1, &["none"]))
    }));
    for name in ["prop", "attr", "setAttribute"] {
        found.extend(script.methods(name).filter(|call| {
            argument_is(call, 0, &["disabled"]) && call.argument(1).is_some_and(|value| !super::is_false(script, value))
        }));
    }
    found
}

/// The place that makes something cover the whole window.
fn covering(styles: &[(String, String, NodeId)]) -> Option<NodeId> {
    let get = |wanted: &str| styles.iter().rev().find(|(name, ..)| name == wanted);
    let position = get("position").filter(|(_, value, _)| value == "fixed")?;
    let is_zero = |value: &str| matches!(value, "0" | "0px");
    let at = |name: &str| get(name).is_some_and(|(_, value, _)| is_zero(value));
    let full = |name: &str| get(name).is_some_and(|(_, value, _)| matches!(value.as_str(), "100%" | "100vw" | "100vh"));
    let covers = at("inset")
        || ((at("top") || at("bottom"))
            && (at("left") || at("right"))
            && (full("width") || (at("left") && at("right")))
            && (full("height") || (at("top") && at("bottom"))));
    covers.then_some(position.2)
}

/// Calls that stop an event in a handler of the whole page.
fn swallowed(script: &Script) -> Vec<Call<'_>> {
    let mut found = Vec::new();
    for name in ["on", "one", "bind", "addEventListener", "click", "keydown", "keyup", "keypress", "mousedown", "contextmenu"] {
        for call in script.methods(name) {
            let is_page = call.receiver().is_some_and(|receiver| {
                let selection = script.selection(receiver);
                matches!(selection.root, Root::Document | Root::Window | Root::Body | Root::Html)
                    && !selection.steps.iter().any(|step| step.moves())
            });
            let is_delegated = matches!(name, "on" | "one")
                && call.argument(2).is_some()
                && call.argument(1).is_some_and(|selector| delegates_to_own(script, selector));
            if !is_page || is_delegated {
                continue;
            }
            let handlers = call
                .arguments()
                .into_iter()
                .map(|argument| script.value(argument))
                .filter(|&argument| matches!(script.kind(argument), Kind::Function { .. }));
            found.extend(handlers.flat_map(|handler| stops(script, handler)));
        }
    }
    found.sort_by_key(|call| call.node);
    found.dedup_by_key(|call| call.node);
    found
}

/// Whether a delegated handler's selector is not Kommo's; an object of data is no selector.
fn delegates_to_own(script: &Script, selector: NodeId) -> bool {
    match script.text(selector) {
        Some(text) => super::kommo_name(&text.text).is_none(),
        None => !matches!(script.kind(script.value(selector)), Kind::Object | Kind::Null | Kind::Boolean(_)),
    }
}

/// Where a handler stops the event that it gets.
fn stops(script: &Script, handler: NodeId) -> Vec<Call<'_>> {
    let event = script
        .children(handler)
        .find(|&child| script.kind(child) == Kind::Parameter(0))
        .and_then(|parameter| script.child(parameter, 0))
        .and_then(|binding| script.symbol(binding));
    let Some(event) = event else { return Vec::new() };
    let calls = script.references(event).iter().filter_map(|&used| {
        let member = script.parent(used);
        let Kind::Member(name) = script.kind(member) else { return None };
        matches!(script.word(name), "preventDefault" | "stopPropagation" | "stopImmediatePropagation")
            .then(|| script.call_of(member))?
    });
    calls.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "blocked-interaction",
            &[
                ("$('.left-menu-content').hide()", "?$('.left-menu-content').hide()"),
                ("$('#sidebar').css('display', 'none')", "?$('#sidebar').css('display', 'none')"),
                ("$('.left-menu-content a').prop('disabled', true)", "?$('.left-menu-content a').prop('disabled', true)"),
                ("el.style.zIndex = '9999'", "?el.style.zIndex = '9999'"),
                ("$(el).css({ 'z-index': 1000 })", "?'z-index': 1000"),
                ("$(el).css({ position: 'fixed', top: 0, left: 0, width: '100%', height: '100%' })", "?position: 'fixed'"),
                ("document.addEventListener('keydown', function (e) { e.stopPropagation() }, true)", "?e.stopPropagation()"),
                ("function f(e) { e.preventDefault() } $('body').on('click', f)", "?e.preventDefault()"),
                ("$('.own').hide(); $('#own .left-menu-content').hide(); $(el).css({ zIndex: 10 })", ""),
                ("$(document).on('click', '.own', function (e) { e.preventDefault() })", ""),
                ("$('#own').on('click', function (e) { e.preventDefault() })", ""),
                ("$(document).on('click', function (e) { show(e) })", ""),
                ("$('.left-menu-content a').prop('disabled', false)", ""),
                ("$(el).css({ position: 'fixed', top: 0, right: 0, width: 300 })", ""),
            ],
        );
    }
}
