//! Scripts that hide Kommo's controls, cover its page or swallow its events.

use super::{ElementStyles, kommo_root, styles_set};
use crate::context::Context;
use crate::finding::Findings;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::rules::styles::overlapping_style::hides;
use crate::syntax::Span;
use crate::syntax::script::{Call, Kind, NodeId, Root, Script};

static HIDDEN: Message = Message {
    id: "hidden",
    text: "`{code}` hides or disables Kommo's own `{name}`.",
    help: "Leave Kommo's controls as they are; hide elements of your own instead: `$('#own-panel').hide()`.",
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
    good: &[
        Example { path: "script.js", text: "define(['jquery'], function ($) {\n  $('#own').hide();\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('#own').hide();\n  $(document).on('click', '#own .own-button', function (event) {\n    event.preventDefault();\n  });\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for call in hiding_calls(script) {
            if let Some(name) = call.receiver().and_then(|receiver| kommo_root(cx, script, receiver)) {
                let finding = out.suspect(&HIDDEN, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)).arg("name", name));
            }
        }
        let styles_set = styles_set(script);
        for (place, element) in hiding_members(script).into_iter().chain(hiding_styles(script, &styles_set)) {
            if let Some(name) = kommo_root(cx, script, element) {
                let finding = out.suspect(&HIDDEN, examined.at(script.span(place)));
                out.push(finding.arg("code", script.code(place)).arg("name", name));
            }
        }
        for (_, styles) in styles_set {
            for (_, value, node) in styles.iter().filter(|(name, ..)| name == "z-index") {
                if value.parse::<f64>().is_ok_and(|value| value >= 1000.0) {
                    out.push(out.suspect(&HIGH, examined.at(script.span(*node))).arg("value", value.as_str()));
                }
            }
            if let Some(node) = covering(&styles) {
                out.push(out.suspect(&COVERING, examined.at(script.span(node))).arg("code", script.code(node)));
            }
        }
        for stops in swallowed(script).chunk_by(|a, b| script.function_around(a.0) == script.function_around(b.0)) {
            let [(node, place), rest @ ..] = stops else { continue };
            let finding = out.suspect(&SWALLOWED, examined.at(*place)).arg("code", script.code(*node));
            out.push(finding.also_at(rest.iter().map(|(_, place)| examined.at(*place))));
        }
    }
}

/// Classes by which Kommo hides elements.
const HIDING_CLASSES: [&str; 3] = ["hidden", "hide", "h-hidden"];

/// Calls that hide or disable elements.
fn hiding_calls(script: &Script) -> Vec<Call<'_>> {
    let mut found: Vec<_> = ["hide", "fadeOut", "slideUp"].into_iter().flat_map(|name| script.methods(name)).collect();
    let argument_is = |call: &Call<'_>, n: usize, values: &[&str]| {
        call.argument(n).and_then(|argument| script.constant(argument)).is_some_and(|text| values.contains(&&*text))
    };
    for (name, n) in [("toggle", 0), ("fadeTo", 1), ("height", 0), ("width", 0)] {
        found.extend(script.methods(name).filter(|call| call.argument(n).is_some_and(|shown| super::is_false(script, shown))));
    }
    let is_hiding_class = |call: &Call<'_>| argument_is(call, 0, &HIDING_CLASSES);
    found.extend(script.methods("addClass").filter(is_hiding_class));
    let is_given =
        |call: &Call<'_>| call.argument(1).is_some_and(|given| script.kind(script.value(given)) == Kind::Boolean(true));
    found.extend(script.methods("toggleClass").filter(|call| is_hiding_class(call) && is_given(call)));
    for name in ["prop", "attr", "setAttribute"] {
        found.extend(script.methods(name).filter(|call| {
            let set = call.argument(0).map(|set| script.value(set));
            let value = ["disabled", "hidden"].into_iter().find_map(|name| {
                if argument_is(call, 0, &[name]) { call.argument(1) } else { set.and_then(|set| script.property(set, name)) }
            });
            value.is_some_and(|value| !super::is_false(script, value))
        }));
    }
    found
}

/// Where a member hides or disables an element, with the element: `element.hidden = true`, `element.classList.add('hidden')`.
fn hiding_members(script: &Script) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    for call in script.methods("add") {
        let list =
            call.receiver().filter(|&list| matches!(script.kind(list), Kind::Member(name) if script.word(name) == "classList"));
        let class = call.argument(0).and_then(|class| script.constant(class));
        if let Some(element) = list.and_then(|list| script.child(list, 0))
            && class.is_some_and(|class| HIDING_CLASSES.contains(&&*class))
        {
            found.push((call.node, element));
        }
    }
    for &member in ["hidden", "disabled"].into_iter().flat_map(|name| script.named(name)) {
        if let Some((value, element)) = script.assigned_value(member).zip(script.child(member, 0))
            && script.kind(script.value(value)) == Kind::Boolean(true)
        {
            found.push((script.parent(member), element));
        }
    }
    found
}

/// Where a style hides an element, with the element: `$(element).css({ display: 'none' })`, `element.style.display = 'none'`,
/// `element.style.cssText = 'display: none'`.
fn hiding_styles(script: &Script, styles_set: &[ElementStyles]) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    for (element, styles) in styles_set {
        if let Some(&(_, _, node)) = styles.iter().find(|(name, value, _)| hides(name, value)) {
            // $(element).css('display', 'none')
            let call = script.argument_position(script.parent(node), node);
            found.push((call.map_or(node, |(call, _)| call.node), *element));
        }
    }
    for (place, element, text) in style_texts(script) {
        let text = script.constant(text).unwrap_or_default().to_ascii_lowercase();
        let mut declarations = text.split(';').filter_map(|declaration| declaration.split_once(':'));
        if declarations.any(|(name, value)| hides(name.trim(), value.trim())) {
            found.push((place, element));
        }
    }
    found
}

/// Where an element is given a text of declarations, with the element and the text: `.attr('style', text)`, `.style.cssText = text`.
fn style_texts(script: &Script) -> impl Iterator<Item = (NodeId, NodeId, NodeId)> {
    let calls = ["attr", "setAttribute", "css"].into_iter().flat_map(|name| script.methods(name));
    let calls = calls.filter(|call| {
        let name = call.argument(0).and_then(|name| script.constant(name));
        matches!(name.as_deref(), Some("style" | "cssText"))
    });
    let members = ["style", "cssText"].into_iter().flat_map(|name| script.named(name)).filter_map(|&member| {
        let holder = script.child(member, 0)?;
        let is_style = matches!(script.kind(holder), Kind::Member(name) if script.word(name) == "style");
        let element = if is_style { script.child(holder, 0)? } else { holder };
        Some((script.parent(member), element, script.assigned_value(member)?))
    });
    calls.filter_map(|call| Some((call.node, call.receiver()?, call.argument(1)?))).chain(members)
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

/// Where an event is stopped in a handler of the whole page.
fn swallowed(script: &Script) -> Vec<(NodeId, Span)> {
    let mut found = Vec::new();
    for name in LISTENING {
        for call in script.methods(name).filter(|call| call.receiver().is_some_and(|receiver| is_page(script, receiver))) {
            let is_map = |events: NodeId| script.kind(script.value(events)) == Kind::Object;
            let is_delegated = matches!(name, "on" | "one")
                && (call.argument(2).is_some() || call.argument(0).is_some_and(is_map))
                && call.argument(1).is_some_and(|selector| delegates_to_own(script, selector) && !is_of_tags(script, selector));
            if is_delegated {
                continue;
            }
            let is_jquery = name != "addEventListener";
            for argument in call.arguments() {
                let handler = script.value_unbound(argument);
                match script.kind(handler) {
                    Kind::Function { .. } => found.extend(stops(script, handler, is_jquery)),
                    // $(document).on('contextmenu', false)
                    Kind::Boolean(false) if is_jquery => found.push((argument, script.span(argument))),
                    Kind::Object => {
                        let handlers = script.children(handler).filter_map(|event| script.last_child(event));
                        let handlers = handlers.map(|handler| script.value(handler));
                        let handlers = handlers.filter(|&handler| matches!(script.kind(handler), Kind::Function { .. }));
                        found.extend(handlers.flat_map(|handler| stops(script, handler, is_jquery)));
                    }
                    _ => {}
                }
            }
        }
    }
    for event in ["onclick", "onkeydown", "onkeyup", "onkeypress", "onmousedown", "oncontextmenu", "onwheel"] {
        for &member in script.named(event) {
            let handler = script.assigned_value(member).map(|handler| script.value(handler));
            if script.child(member, 0).is_some_and(|target| is_page(script, target))
                && let Some(handler) = handler.filter(|&handler| matches!(script.kind(handler), Kind::Function { .. }))
            {
                found.extend(stops(script, handler, true));
            }
        }
    }
    order::sort_by_key(&mut found, |&(node, _)| node);
    found.dedup_by_key(|&mut (node, _)| node);
    found
}

/// Methods that listen to events.
const LISTENING: [&str; 11] =
    ["on", "one", "bind", "addEventListener", "click", "dblclick", "keydown", "keyup", "keypress", "mousedown", "contextmenu"];

/// Whether an expression is the document, its window or its body.
fn is_page(script: &Script, element: NodeId) -> bool {
    let selection = script.selection(element);
    matches!(selection.root, Root::Document | Root::Window | Root::Body | Root::Html)
        && !selection.steps.iter().any(|step| step.moves())
}

/// Whether a delegated handler's selector is not Kommo's; an object of data is no selector.
fn delegates_to_own(script: &Script, selector: NodeId) -> bool {
    match script.text(selector) {
        Some(text) => super::kommo_name(&text.text).is_none(),
        None => !matches!(script.kind(script.value(selector)), Kind::Object | Kind::Null | Kind::Boolean(_)),
    }
}

/// Whether a selector names nothing but tags, which Kommo's page has, too.
fn is_of_tags(script: &Script, selector: NodeId) -> bool {
    let is_of_tag = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | ',' | '>' | '*');
    script.text(selector).is_some_and(|text| text.text.chars().all(is_of_tag))
}

/// Where a handler stops the event that it gets, whatever the event hit.
fn stops(script: &Script, handler: NodeId, is_jquery: bool) -> Vec<(NodeId, Span)> {
    let references = script.parameter(handler, 0).map(|event| script.references(event)).unwrap_or_default();
    let calls = references.iter().filter_map(|&used| {
        let member = script.parent(used);
        let Kind::Member(name) = script.kind(member) else { return None };
        matches!(script.word(name), "preventDefault" | "stopPropagation" | "stopImmediatePropagation")
            .then(|| script.call_of(member))?
    });
    let mut found: Vec<_> = calls.map(|call| (call.node, call.place())).collect();
    if is_jquery {
        let returns = script.subtree(handler).filter(|&id| {
            script.kind(id) == Kind::Return
                && script.function_around(id) == Some(handler)
                && script.child(id, 0).is_some_and(|value| script.kind(value) == Kind::Boolean(false))
        });
        found.extend(returns.map(|id| (id, script.span(id))));
    }
    if !found.is_empty() {
        let aim = Aim::of(script, handler);
        found.retain(|&(node, _)| !aim.covers(script, node));
    }
    found
}

/// What a handler asks of the event before it does something: whether it hit something of the widget's own.
struct Aim {
    /// The conditions that ask it, in order.
    asking: Vec<NodeId>,
    /// The first of them that leaves the handler: what comes after it was asked as well.
    leaving: Option<NodeId>,
}

impl Aim {
    fn of(script: &Script, handler: NodeId) -> Self {
        // event.target.id === 'own'
        let is_name_of_target = |id: NodeId| {
            let word = |id: NodeId| if let Kind::Member(name) = script.kind(id) { script.word(name) } else { "" };
            matches!(word(id), "id" | "className") && script.child(id, 0).is_some_and(|target| word(target) == "target")
        };
        let asks = |condition: NodeId| {
            script.subtree(condition).any(|id| {
                let asked = script.call(id).filter(|call| {
                    matches!(call.method(), Some("closest" | "matches" | "is" | "hasClass" | "contains" | "has" | "parents"))
                });
                asked.and_then(|call| call.argument(0)).is_some_and(|what| delegates_to_own(script, what))
                    || is_name_of_target(id)
            })
        };
        let is_condition = |id: NodeId| matches!(script.kind(id), Kind::If | Kind::Either { .. } | Kind::Conditional);
        let conditions = script.subtree(handler).filter(|&id| is_condition(id));
        let asking: Vec<_> = conditions.filter(|&id| script.child(id, 0).is_some_and(asks)).collect();
        let leaves =
            |id: NodeId| script.kind(id) == Kind::If && script.subtree(id).any(|inner| script.kind(inner) == Kind::Return);
        let leaving = asking.iter().copied().find(|&id| leaves(id));
        Self { asking, leaving }
    }

    /// Whether what stands at `node` is done only to what was asked for.
    fn covers(&self, script: &Script, node: NodeId) -> bool {
        self.leaving.is_some_and(|leaving| leaving < node)
            || script.ancestors(node).any(|around| self.asking.binary_search(&around).is_ok())
    }
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
                (
                    "const [m] = $('#sidebar'); m.style.setProperty('display', 'none', 'important'); m.style.setProperty('top', 'none')",
                    "?m.style.setProperty('display', 'none', 'important')",
                ),
                ("$('#sidebar').addClass('hidden'); $('#own').addClass('hidden')", "?$('#sidebar').addClass('hidden')"),
                ("$('#sidebar').toggleClass('hide', true)", "?$('#sidebar').toggleClass('hide', true)"),
                ("$('#sidebar').toggleClass('hide', a).addClass('own')", ""),
                (
                    "document.querySelector('#sidebar').classList.add('hidden'); own.classList.add('hidden')",
                    "?document.querySelector('#sidebar').classList.add('hidden')",
                ),
                (
                    "class K { constructor() { document.addEventListener('keydown', this.stop.bind(this)) } stop(e) { e.preventDefault() } }",
                    "?e.preventDefault()",
                ),
                ("$('#sidebar').css('display', 'none')", "?$('#sidebar').css('display', 'none')"),
                ("$('.left-menu-content a').prop('disabled', true)", "?$('.left-menu-content a').prop('disabled', true)"),
                (
                    "$('#sidebar a').prop({ disabled: true }); $('#sidebar').attr('hidden', ''); $('#sidebar').attr({ hidden: false })",
                    "?$('#sidebar a').prop({ disabled: true }) ?$('#sidebar').attr('hidden', '')",
                ),
                ("$('#sidebar', '#own').hide(); $('#sidebar', document).hide()", "?$('#sidebar', document).hide()"),
                ("el.style.zIndex = '9999'", "?el.style.zIndex = '9999'"),
                ("$(el).css({ 'z-index': 1000 })", "?'z-index': 1000"),
                ("$(el).css({ position: 'fixed', top: 0, left: 0, width: '100%', height: '100%' })", "?position: 'fixed'"),
                ("document.addEventListener('keydown', function (e) { e.stopPropagation() }, true)", "?e.stopPropagation()"),
                ("function f(e) { e.preventDefault() } $('body').on('click', f)", "?e.preventDefault()"),
                ("$('#sidebar').css({ display: 'none' })", "?display: 'none'"),
                (
                    "document.querySelector('#sidebar').style.display = 'none'",
                    "?document.querySelector('#sidebar').style.display = 'none'",
                ),
                (
                    "$(document).on('contextmenu', false); $('body').on('click', function () { return false })",
                    "?false ?return false",
                ),
                (
                    "$('#sidebar').css('opacity', 0); document.querySelector('#sidebar').style.setProperty('display', 'none', 'important')",
                    "?$('#sidebar').css('opacity', 0) ?document.querySelector('#sidebar').style.setProperty('display', 'none', 'important')",
                ),
                ("Object.assign(document.querySelector('#sidebar').style, { opacity: 0 }); own.style.opacity = 0", "?opacity: 0"),
                (
                    "document.querySelectorAll('#sidebar').forEach((el) => { el.style.cssText = 'top: 0; display: none !important' })",
                    "?el.style.cssText = 'top: 0; display: none !important'",
                ),
                (
                    "$('#sidebar').attr('style', 'display:none'); own.setAttribute('style', 'display:none')",
                    "?$('#sidebar').attr('style', 'display:none')",
                ),
                (
                    "$('#sidebar').css('cssText', 'display: none'); document.getElementById('sidebar').style = 'opacity: 0'",
                    "?$('#sidebar').css('cssText', 'display: none') ?document.getElementById('sidebar').style = 'opacity: 0'",
                ),
                (
                    "$('#sidebar').css({ opacity: 0.5, height: 'auto' }).css('opacity', 1).attr('style', 'top: 0; color: none')",
                    "",
                ),
                ("document.onkeydown = function (e) { e.preventDefault() }", "?e.preventDefault()"),
                ("$(document).on({ click: function (e) { e.preventDefault() } })", "?e.preventDefault()"),
                ("$(document).on({ click: function (e) { e.preventDefault() } }, '.own')", ""),
                ("$(document).on('click', function (e) { e.preventDefault(); e.stopPropagation() })", "?e.preventDefault()"),
                ("$(el).css('z-index', 9999); el.style.setProperty('z-index', '2000')", "?'z-index' ?'z-index'"),
                ("document.addEventListener('click', function (e) { if (e.target.closest('.own')) e.preventDefault() })", ""),
                ("document.addEventListener('submit', function (e) { if (e.target.id === 'own-form') e.preventDefault() })", ""),
                (
                    "document.addEventListener('click', function (e) { if (e.id === 'own') e.preventDefault() })",
                    "?e.preventDefault()",
                ),
                ("$('body').on('click', function (e) { if (!$(e.target).is('.own')) return; e.stopPropagation() })", ""),
                ("$('.own').hide(); $('#own .left-menu-content').hide(); $(el).css({ zIndex: 10 })", ""),
                (
                    "$('#sidebar').fadeTo(200, 0); $('#sidebar').fadeTo(0, 0.5).height(20).width()",
                    "?$('#sidebar').fadeTo(200, 0)",
                ),
                (
                    "$('#sidebar').animate({ opacity: 0 }, 200).animate({ opacity: 1 }); $('.own').animate({ opacity: 0 })",
                    "?opacity: 0",
                ),
                ("$(document).on('click', '.own', function (e) { e.preventDefault() })", ""),
                ("$(document).on('click', 'a, button', function (e) { e.preventDefault() })", "?e.preventDefault()"),
                ("$('#own').on('click', function (e) { e.preventDefault() })", ""),
                ("$(document).on('click', function (e) { show(e) })", ""),
                ("$('.left-menu-content a').prop('disabled', false)", ""),
                ("$(el).css({ position: 'fixed', top: 0, right: 0, width: 300 })", ""),
            ],
        );
    }
}
