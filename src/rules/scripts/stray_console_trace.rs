//! `console.trace` outside of error handling.

use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Role, Script};
use std::collections::BTreeSet;

static STRAY_TRACE: Message = Message {
    id: "stray-trace",
    text: "`{code}` does not stand in a catch block or in a function that handles a rejection.",
    help: "Move it to where the error is caught, `catch (error) { console.trace(error); }` or `.then(show, function (error) { console.trace(error); })`, or remove it.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "stray-console-trace",
    item: "console-trace",
    title: "console.trace outside error handling",
    why: "Kommo allows console.trace only where an error is caught: in a catch block, or as an onRejected argument.",
    fix: "Call it where the error is caught, or not at all.",
    messages: &[&STRAY_TRACE],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  «console.trace('loaded')»;\n});\n" }],
    good: &[Example {
        path: "script.js",
        text: "define([], function () {\n  load().catch(function (error) {\n    console.trace(error);\n  });\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let is_main = examined.path.rsplit('/').next() == Some("script.js");
        let used = script.uses("console.trace");
        // Kommo itself calls what script.js gives it.
        let given = if is_main && !used.is_empty() { given(script) } else { BTreeSet::new() };
        for used in used {
            let call = script.call_of(used);
            let verdict = match call {
                Some(call) => judge(script, call.node, &given),
                None => judge_reference(script, used),
            };
            if let Some(certainty) = verdict {
                let (node, place) = call.map_or((used, script.span(used)), |call| (call.node, call.place()));
                out.push(out.finding(certainty, &STRAY_TRACE, examined.at(place)).arg("code", script.code(node)));
            }
        }
    }
}

/// What a function is to the promise or event that calls it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Handler {
    /// It handles a rejection.
    Rejection,
    /// It is called when something else happens.
    Other,
    /// It runs as a part of the function around it.
    Inline,
    /// It cannot be told.
    Unknown,
}

/// Whether a call is out of place: surely, perhaps, or (none) not.
fn judge(script: &Script, call: NodeId, given: &BTreeSet<NodeId>) -> Option<Certainty> {
    let mut verdict = None;
    for outer in script.ancestors(call) {
        match script.kind(outer) {
            Kind::Catch => return None,
            Kind::Function { .. } => match handler(script, outer, given) {
                Handler::Rejection => return None,
                Handler::Other => verdict = verdict.or(Some(Certainty::Certain)),
                Handler::Unknown => verdict = verdict.or(Some(Certainty::Suspect)),
                Handler::Inline => {}
            },
            _ => {}
        }
    }
    Some(verdict.unwrap_or(Certainty::Certain))
}

/// `promise.then(show, console.trace)`: passed on, not called.
fn judge_reference(script: &Script, used: NodeId) -> Option<Certainty> {
    match script.role(used) {
        Role::Argument(call, n) => match as_argument(script, call, n) {
            Handler::Rejection => None,
            Handler::Other => Some(Certainty::Certain),
            Handler::Inline | Handler::Unknown => Some(Certainty::Suspect),
        },
        _ => None,
    }
}

fn handler(script: &Script, function: NodeId, given: &BTreeSet<NodeId>) -> Handler {
    let passed = script.passed_to(function);
    if passed.iter().any(|&(call, n)| as_argument(script, call, n) == Handler::Rejection) {
        return Handler::Rejection;
    }
    match script.role(function) {
        Role::Argument(call, n) => as_argument(script, call, n),
        Role::Immediate => Handler::Inline,
        Role::Method(name) if is_dom_event(name) => Handler::Other,
        Role::Method(_) if is_widget_callback(script, function) => Handler::Other,
        Role::Method(name) => as_option(script, function, name),
        _ if given.contains(&function) => Handler::Other,
        _ => Handler::Unknown,
    }
}

fn as_argument(script: &Script, call: Call<'_>, n: usize) -> Handler {
    let is_jquery = || call.receiver().is_some_and(|receiver| script.jquery(receiver) == Some(true));
    match (script.callee_name(call).unwrap_or_default(), n) {
        ("catch", 0) | ("then" | "pipe", 1) | ("fail", _) => Handler::Rejection,
        // requirejs calls its third argument when a module does not load.
        ("require" | "requirejs", 2) => Handler::Unknown,
        ("then" | "pipe" | "done" | "finally", 0)
        | ("progress" | "setTimeout" | "setInterval" | "requestAnimationFrame" | "queueMicrotask" | "ready", _)
        | ("crm_post", 2)
        | ("define" | "require" | "requirejs", _) => Handler::Other,
        ("on" | "one" | "once" | "bind" | "delegate" | "live" | "addEventListener" | "attachEvent", 1..) => {
            match call.argument(0).and_then(|event| script.constant(event)) {
                Some(event) if !is_failure(&event) => Handler::Other,
                _ => Handler::Unknown,
            }
        }
        (
            "click" | "change" | "submit" | "keyup" | "keydown" | "keypress" | "focus" | "blur" | "hover" | "scroll" | "resize"
            | "input" | "mouseenter" | "mouseleave",
            _,
        ) => Handler::Other,
        ("get" | "post" | "getJSON", _) if is_jquery() => Handler::Other,
        ("$" | "jQuery", 0) if script.jquery(call.callee) == Some(true) => Handler::Other,
        (
            "forEach" | "map" | "filter" | "reduce" | "some" | "every" | "find" | "each" | "sort" | "Promise" | "defer"
            | "Deferred" | "call" | "apply",
            _,
        ) => Handler::Inline,
        _ => Handler::Unknown,
    }
}

/// What a function is as an option: `$.ajax({ success: function () {} })`, `$(el).on({ click: function () {} })`.
fn as_option(script: &Script, function: NodeId, name: &str) -> Handler {
    let options = script.parent(script.parent(function));
    let Some((call, n)) = script.argument_position(script.parent(options), options) else { return Handler::Unknown };
    let is_other = match script.callee_name(call) {
        Some("on" | "one") if n == 0 => !is_failure(name),
        _ => matches!(name, "success" | "beforeSend" | "dataFilter") && super::request_options(script, call, n) == Some(true),
    };
    if is_other { Handler::Other } else { Handler::Unknown }
}

/// Whether an event is, or may be, that something failed.
fn is_failure(event: &str) -> bool {
    let event = event.to_ascii_lowercase();
    ["error", "fail", "abort", "timeout", "reject"].iter().any(|word| event.contains(word))
}

/// Whether a name is that of a DOM event's property: `onclick`; an error event's may well handle an error.
fn is_dom_event(name: &str) -> bool {
    name.strip_prefix("on")
        .is_some_and(|event| !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_lowercase()) && !is_failure(event))
}

fn is_widget_callback(script: &Script, function: NodeId) -> bool {
    let holder = script.parent(function);
    script.callbacks().names.values().any(|&place| place == holder || script.parent(place) == holder)
}

/// What the script's `define`s give: their factories, and the values that these return.
fn given(script: &Script) -> BTreeSet<NodeId> {
    let mut given = BTreeSet::new();
    for factory in script.modules().into_iter().filter_map(|module| module.factory) {
        let factory = script.value(factory);
        given.insert(factory);
        given.extend(script.returned(factory).into_iter().flat_map(|returned| script.values(returned)));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        let trace = "!console.trace(1)";
        let maybe = "?console.trace(1)";
        check(
            "stray-console-trace",
            &[
                ("console.trace(1)", trace),
                ("if (a) { console.trace(1) }", trace),
                ("var report = function () { console.trace(1) }; a.fail($.proxy(report, this))", ""),
                (
                    "a.fail($.proxy(function () { console.trace(1) }, this)); b.catch(_.bind(function () { console.trace(1) }, this))",
                    "",
                ),
                ("a.done($.proxy(function () { console.trace(1) }, this))", trace),
                ("a.fail([function () { console.trace(1) }]); a.fail([show, function () { console.trace(2) }])", ""),
                ("a.done([function () { console.trace(1) }])", trace),
                ("require(['a'], f, function () { console.trace(1) })", maybe),
                ("require(['a'], function () { console.trace(1) })", trace),
                ("define([], function () { console.trace(1) })", trace),
                (
                    "define([], function () { return function () { this.callbacks = { render: function () { console.trace(1) } } } })",
                    trace,
                ),
                ("$(a).on('click', function () { console.trace(1) })", trace),
                ("a.onclick = () => console.trace(1)", trace),
                ("setTimeout(function () { console.trace(1) }, 1)", trace),
                ("p.then(function () { console.trace(1) })", trace),
                ("p.then(console.trace)", "!console.trace"),
                ("try { console.trace(1) } catch (e) {}", trace),
                ("try {} catch (e) {} finally { console.trace(1) }", trace),
                ("[1].forEach(() => console.trace(1))", trace),
                ("var t = console.trace; t(1)", "!t(1)"),
                ("function onError() { console.trace(1) }", maybe),
                ("class A { fail() { console.trace(1) } }", maybe),
                ("p.always(function () { console.trace(1) })", maybe),
                ("$.ajax({ error: function () { console.trace(1) } })", maybe),
                ("try {} catch (e) { console.trace(1) }", ""),
                ("try {} catch { [1].forEach(function () { console.trace(1) }) }", ""),
                ("$.ajax({ success: function () { console.trace(1) } })", trace),
                ("$(function () { console.trace(1) })", trace),
                ("$(a).on({ click() { console.trace(1) } })", trace),
                ("define([], function () { function W() { console.trace(1) } return W })", trace),
                ("define([], function () { return class { constructor() { console.trace(1) } } })", maybe),
                ("socket.on('error', function () { console.trace(1) })", maybe),
                ("api.get(u, show, function () { console.trace(1) })", maybe),
                ("send({ success: function () { console.trace(1) } })", maybe),
                ("p.catch(own || function () { console.trace(1) })", ""),
                ("p.then(a, function () { console.trace(1) })", ""),
                ("p.then(a, console.trace)", ""),
                ("p.catch(e => { console.trace(1) })", ""),
                ("p.catch(console.trace)", ""),
                ("$.get(u).fail(function () { setTimeout(function () { console.trace(1) }) })", ""),
                ("function onError() { console.trace(1) } p.catch(onError)", ""),
                ("class A { fail() { console.trace(1) } run() { p.catch(this.fail.bind(this)) } }", ""),
                ("var fail = () => { console.trace(1) }; p.then(a, fail)", ""),
                ("logger.trace(1); var s = 'console.trace()'; // console.trace(1)", ""),
                ("function f(console) { console.trace(1) }", ""),
            ],
        );
    }
}
