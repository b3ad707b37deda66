//! Requests that stop the page until they are answered.

use super::is_false;
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::order;
use crate::package::bounds::USES;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Role, Script};
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// Options that only requests have.
const REQUEST_OPTIONS: [&str; 8] = ["url", "type", "method", "data", "dataType", "contentType", "success", "beforeSend"];
/// Functions that join objects, later ones over earlier ones.
const JOINING: [&str; 4] = ["extend", "assign", "merge", "defaults"];
/// How far an options object is followed through variables and `extend` calls.
const HOPS: u32 = 6;

static ASYNC_FALSE: Message = Message {
    id: "async-false",
    text: "`{code}` makes this jQuery request synchronous.",
    help: "Leave the option out and go on once the answer is there: `$.ajax({ url: url }).done(function (data) { ... }).fail(function () { ... })`. Show a loader if the user must wait.",
};

static SYNC_OPEN: Message = Message {
    id: "sync-open",
    text: "The third argument of `{code}` makes this XMLHttpRequest synchronous.",
    help: "Leave it out, or pass `true`, and go on in the `load` event: `xhr.open('GET', url); xhr.onload = function () { ... };`. `fetch(url).then(...)` is never synchronous.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "sync-request",
    item: "sync-requests",
    title: "Synchronous request",
    why: "A synchronous request freezes the whole of Kommo until the server answers.",
    fix: "Send the request asynchronously and go on in its callback.",
    messages: &[&ASYNC_FALSE, &SYNC_OPEN],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $.ajax({ url: '/a', «async: false» });\n});\n",
    }],
    good: &[
        Example { path: "script.js", text: "define(['jquery'], function ($) {\n  $.ajax({ url: '/a' });\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $.ajax({ url: '/a', async: true });\n  window.open('/a', '_blank', false);\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for (node, certainty) in async_false(script) {
            let finding = out.finding(certainty, &ASYNC_FALSE, examined.at(script.span(node)));
            out.push(finding.arg("code", script.code(node)));
        }
        // A method `open` of its own, of whatever object.
        let has_own_open = LazyCell::new(|| script.functions_named("open").next().is_some());
        for call in script.methods("open") {
            if let Some(certainty) = sync_open(script, call, || *has_own_open) {
                let finding = out.finding(certainty, &SYNC_OPEN, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)));
            }
        }
    }
}

/// Every place that sets `async` to false for a request.
fn async_false(script: &Script) -> Vec<(NodeId, Certainty)> {
    let changed = set_otherwise(script);
    script
        .named("async")
        .iter()
        .filter_map(|&id| Some((set_to_false(script, id)?, id)))
        .filter_map(|((place, sure), id)| {
            let (object, certainty) = match script.kind(id) {
                Kind::Member(_) => (script.child(id, 0)?, assigned_reaches(script, script.child(id, 0)?)?),
                _ => {
                    let object = script.parent(id);
                    let mut later = script.children(object).filter(|&other| other > id);
                    (object, joined_reaches(script, &mut later, object, HOPS)?)
                }
            };
            let is_doubtful = uses(script, object).into_iter().any(|own| may_change(script, own, &changed));
            Some((place, if is_doubtful { Certainty::Suspect } else { certainty.max(sure) }))
        })
        .collect()
}

/// Whether an object of options may lose its `async: false` where it is used: by its own name, by another, or in a function that is
/// not in sight.
fn may_change(script: &Script, own: NodeId, changed: &BTreeSet<&str>) -> bool {
    if changed.contains(script.code(own)) {
        return true;
    }
    let holder = script.parent(own);
    match script.kind(holder) {
        // const other = options
        Kind::Declare | Kind::Assign { plain: true } if script.child(holder, 1) == Some(own) => {
            script.child(holder, 0).is_some_and(|other| changed.contains(script.code(other)))
        }
        // options[name] = ...
        Kind::Index => script.assigned_value(holder).is_some() && script.child(holder, 0) == Some(own),
        Kind::Call => {
            let Some((call, position)) = script.argument_position(holder, own) else { return false };
            match script.callee_name(call) {
                Some("extend" | "assign") if position == 0 => {
                    call.arguments().into_iter().skip(1).any(|part| may_set_async(script, part))
                }
                Some("stringify" | "log" | "keys") => false,
                Some(name) if JOINING.contains(&name) => false,
                _ => {
                    super::request_options(script, call, position).is_none()
                        && !matches!(script.kind(script.value(call.callee)), Kind::Function { .. })
                }
            }
        }
        _ => false,
    }
}

/// Whether an object that is joined to others may have an `async`.
fn may_set_async(script: &Script, part: NodeId) -> bool {
    let part = script.value(part);
    let is_other = |property| !matches!(script.kind(property), Kind::Property(Some(name)) if script.word(name) != "async");
    script.kind(part) != Kind::Object || script.children(part).any(is_other)
}

/// How the objects are written whose `async` is deleted or gets another value than false.
fn set_otherwise(script: &Script) -> BTreeSet<&str> {
    let members = script.named("async").iter().filter(|&&id| matches!(script.kind(id), Kind::Member(_)));
    let changed = members.filter(|&&id| {
        let holder = script.parent(id);
        match script.kind(holder) {
            Kind::Delete | Kind::Default | Kind::Update | Kind::Each | Kind::Pattern | Kind::PatternProperty(_) => true,
            Kind::Assign { .. } if script.child(holder, 0) == Some(id) => set_to_false(script, id).is_none(),
            _ => false,
        }
    });
    order::set(changed.filter_map(|&id| script.child(id, 0)).map(|object| script.code(object)))
}

/// The property or assignment that gives `async` the value false, and whether that is sure.
fn set_to_false(script: &Script, id: NodeId) -> Option<(NodeId, Certainty)> {
    let (place, value) = match script.kind(id) {
        Kind::Property(_) => (id, script.last_child(id)?),
        Kind::Member(_) => {
            let assignment = script.parent(id);
            let sets = script.kind(assignment) == Kind::Assign { plain: true } && script.child(assignment, 0) == Some(id);
            (assignment, script.child(assignment, 1).filter(|_| sets)?)
        }
        _ => return None,
    };
    Some((place, falsity(script, value)?))
}

/// Whether an expression is false: surely, in some cases (`ready ? true : false`), unless a caller says otherwise
/// (`function (async = false)`), or (none) not.
fn falsity(script: &Script, value: NodeId) -> Option<Certainty> {
    if is_false(script, value) {
        return Some(Certainty::Certain);
    }
    if script.values(value).into_iter().any(|choice| is_false(script, choice)) {
        return Some(Certainty::Suspect);
    }
    let holder = script.symbol(script.value(value)).and_then(|symbol| script.binding(symbol)).map(|name| script.parent(name))?;
    let default = script.child(holder, 1).filter(|_| matches!(script.kind(holder), Kind::Parameter(_) | Kind::Default))?;
    is_false(script, default).then_some(Certainty::Suspect)
}

/// Whether an object whose member is set reaches a request, or holds the defaults of all requests.
fn assigned_reaches(script: &Script, object: NodeId) -> Option<Certainty> {
    if script.is_path(object, "$.ajaxSettings") {
        return Some(Certainty::Certain);
    }
    reaches_request(script, object, HOPS).or_else(|| is_given_options(script, object).then_some(Certainty::Suspect))
}

/// Whether an object is the options that jQuery gives to what looks over each request: `$.ajaxPrefilter(function (options) {})`.
fn is_given_options(script: &Script, object: NodeId) -> bool {
    let parameter = script.symbol(object).and_then(|symbol| script.binding(symbol)).map(|binding| script.parent(binding));
    let Some(Kind::Parameter(position)) = parameter.map(|parameter| script.kind(parameter)) else { return false };
    match (parameter.map(|parameter| script.role(script.parent(parameter))), position) {
        (Some(Role::Argument(call, _)), 0) => script.is_path(call.callee, "$.ajaxPrefilter"),
        (Some(Role::Argument(call, _)), 2) => call.method() == Some("ajaxSend"),
        (Some(Role::Method(name)), 1) => name == "beforeSend",
        _ => false,
    }
}

/// Whether an options object reaches a request: surely, perhaps, or (none) not.
fn reaches_request(script: &Script, options: NodeId, hops: u32) -> Option<Certainty> {
    let hops = hops.checked_sub(1)?;
    let best = uses(script, options).into_iter().filter_map(|user| used_in_request(script, user, hops)).min();
    best.or_else(|| looks_like_request(script, options).then_some(Certainty::Suspect))
}

fn used_in_request(script: &Script, user: NodeId, hops: u32) -> Option<Certainty> {
    let parent = script.parent(user);
    match script.kind(parent) {
        Kind::Call => {
            let (call, position) = script.argument_position(parent, user)?;
            match super::request_options(script, call, position) {
                Some(true) => Some(Certainty::Certain),
                Some(false) => Some(Certainty::Suspect),
                None if script.callee_name(call).is_some_and(|name| JOINING.contains(&name)) => {
                    let mut later = call.arguments().into_iter().skip(position + 1);
                    joined_reaches(script, &mut later, parent, hops)
                }
                None => reaches_request(script, parameter(script, call, position)?, hops),
            }
        }
        Kind::Spread => {
            let object = script.parent(parent);
            let mut later = script.children(object).filter(|&other| other > parent);
            joined_reaches(script, &mut later, object, hops)
        }
        Kind::Conditional | Kind::Either { .. } => reaches_request(script, parent, hops),
        _ => None,
    }
}

/// Whether an object reaches a request after `later` ones were joined to it, if none of them has an `async` of its own.
fn joined_reaches(script: &Script, later: &mut dyn Iterator<Item = NodeId>, joined: NodeId, hops: u32) -> Option<Certainty> {
    let mut at_best = Certainty::Certain;
    for part in later {
        let part = if script.kind(part) == Kind::Spread { script.child(part, 0)? } else { part };
        let value = script.value(part);
        match script.kind(value) {
            Kind::Property(Some(name)) if script.word(name) == "async" => return None,
            Kind::Property(Some(_)) => {}
            Kind::Object if script.property(value, "async").is_some() => return None,
            Kind::Object => {}
            _ => at_best = Certainty::Suspect,
        }
    }
    reaches_request(script, joined, hops).map(|certainty| certainty.max(at_best))
}

/// The parameter that a function of the script takes a call's argument by.
fn parameter(script: &Script, call: Call<'_>, position: usize) -> Option<NodeId> {
    let function = script.value(call.callee);
    let position = u16::try_from(position).ok()?;
    let parameter = script.children(function).find(|&child| script.kind(child) == Kind::Parameter(position))?;
    script.child(parameter, 0)
}

/// The expressions that stand for an object, or for the variable whose member is set.
fn uses(script: &Script, object: NodeId) -> Vec<NodeId> {
    match script.symbol(object) {
        Some(symbol) => script.references_near(symbol, object).iter().copied().take(USES).collect(),
        None => script.standing_for(object),
    }
}

/// Whether an object has the options of a request beside `async`.
fn looks_like_request(script: &Script, options: NodeId) -> bool {
    let object = script.value(options);
    REQUEST_OPTIONS.iter().filter(|name| script.property(object, name).is_some()).count() >= 2
        || (script.property(object, "url").is_some() && script.children(object).count() > 1)
}

fn sync_open(script: &Script, call: Call<'_>, has_own_open: impl Fn() -> bool) -> Option<Certainty> {
    let sure = falsity(script, call.argument(2)?)?;
    let is_address = call.argument(1).is_some_and(|address| {
        !matches!(script.kind(script.value(address)), Kind::Object | Kind::Number | Kind::Boolean(_) | Kind::Function { .. })
    });
    if !is_address || script.is_path(call.callee, "open") {
        return None;
    }
    let receiver = call.receiver()?;
    let is_request = is_request_object(script, receiver);
    let method = call.argument(0).and_then(|method| script.constant(method));
    let is_method = method
        .as_deref()
        .map(|method| matches!(&*method.to_ascii_uppercase(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"));
    let certainty = match (is_request, is_method) {
        (true, _) => Some(Certainty::Certain),
        (false, Some(true)) if is_own_object(script, receiver) => None,
        // The object may be one of those that have an `open` of their own.
        (false, Some(true)) if has_own_open() => Some(Certainty::Suspect),
        // A method's name in small letters may as well be a word: `menu.open('delete', id, false)`.
        (false, Some(true)) => {
            let is_written_so = method.is_some_and(|method| method.bytes().all(|letter| letter.is_ascii_uppercase()));
            let is_known = is_written_so || is_named_request(script, receiver) || is_sent(script, receiver);
            Some(if is_known { Certainty::Certain } else { Certainty::Suspect })
        }
        (false, Some(false)) => None,
        (false, None) => is_named_request(script, receiver).then_some(Certainty::Suspect),
    };
    certainty.map(|certainty| certainty.max(sure))
}

/// Whether an object has the name of a request.
fn is_named_request(script: &Script, receiver: NodeId) -> bool {
    let name = script.code(receiver).to_ascii_lowercase();
    ["xhr", "http", "ajax", "request"].iter().any(|part| name.contains(part))
}

/// Whether something is sent by what is written like that object.
fn is_sent(script: &Script, receiver: NodeId) -> bool {
    let senders = script.named_near("send", receiver).iter().filter_map(|&send| script.call_of(send)?.receiver());
    senders.into_iter().any(|sender| script.code(sender) == script.code(receiver))
}

/// Whether an expression is an object whose methods are the script's own: written out, or made by a class of the script.
fn is_own_object(script: &Script, receiver: NodeId) -> bool {
    let made = script.value(receiver);
    let class = || script.child(made, 0).map(|class| script.value(class));
    match script.kind(made) {
        Kind::Object => script.property(made, "open").is_some(),
        Kind::New => class().is_some_and(|class| match script.kind(class) {
            Kind::Function { .. } => true,
            // One that extends another may be a request with more to it.
            Kind::Class => {
                script.children(class).all(|part| matches!(script.kind(part), Kind::Binding { .. } | Kind::Property(_)))
            }
            _ => false,
        }),
        _ => false,
    }
}

/// Whether an expression is a request that the script has made: all its values are, or all that its member gets.
fn is_request_object(script: &Script, receiver: NodeId) -> bool {
    let mut made = script.values(receiver);
    if let [member] = made[..]
        && let Kind::Member(name) = script.kind(member)
    {
        let others = script.named_near(script.word(name), member).iter();
        made = others
            .filter_map(|&other| match script.kind(script.parent(other)) {
                Kind::Assign { plain: true } if script.code(other) == script.code(member) => {
                    script.child(script.parent(other), 1)
                }
                Kind::Class => script.last_child(other),
                _ => None,
            })
            .collect();
    }
    let is_request = |&value: &NodeId| {
        let class = script.child(value, 0).filter(|_| script.kind(value) == Kind::New).and_then(|class| script.path(class));
        class.is_some_and(|class| matches!(&*class, "XMLHttpRequest" | "ActiveXObject" | "XDomainRequest"))
    };
    !made.is_empty() && made.iter().all(is_request)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "sync-request",
            &[
                ("class Box { open() {} } new Box().open('GET', u, false); var b = { open() {} }; b.open('GET', u, false)", ""),
                ("class Own extends XMLHttpRequest {} new Own().open('GET', u, false)", "!new Own().open('GET', u, false)"),
                ("$.ajax({ url: u, async: false })", "!async: false"),
                ("$.ajax({ url: u, async: a ? true : false }); $.ajax({ url: u, async: a ? 1 : b })", "?async: a ? true : false"),
                ("jQuery.ajax('/a', { async: !1 })", "!async: !1"),
                ("window.$.ajax({ 'async': 0 })", "!'async': 0"),
                ("define(['jquery'], function (q) { q.get({ url: u, async: false }) })", "!async: false"),
                ("$.ajaxSetup({ async: false })", "!async: false"),
                ("self.$authorizedAjax({ url: u, async: false })", "!async: false"),
                ("var o = { url: u, async: false }; $.ajax(o)", "!async: false"),
                ("var o = { url: u }; o.async = false; $.ajax(o)", "!o.async = false"),
                ("$.ajax($.extend({}, base, { async: false }))", "!async: false"),
                ("$.ajax({ ...base, async: false })", "!async: false"),
                ("var base = { async: false }; $.ajax({ ...base, url: u })", "!async: false"),
                ("const no = false; $.ajax({ url: u, async: no })", "!async: no"),
                ("var x = new XMLHttpRequest(); x.open('GET', u, false)", "!x.open('GET', u, false)"),
                ("var x = new window.XMLHttpRequest; x.open(m, u, !1)", "!x.open(m, u, !1)"),
                ("this.x.open('POST', u, false)", "!this.x.open('POST', u, false)"),
                ("this.x.open('post', u, false); this.x.send()", "!this.x.open('post', u, false)"),
                ("xhr.open('get', u, false)", "!xhr.open('get', u, false)"),
                ("menu.open('delete', id, false)", "?menu.open('delete', id, false)"),
                ("function f($) { $.ajax({ url: u, async: false }) }", "?async: false"),
                ("send({ url: u, method: 'POST', async: false })", "?async: false"),
                ("xhr.open(m, u, false)", "?xhr.open(m, u, false)"),
                ("var ajax = $.ajax; ajax({ async: false })", "!async: false"),
                ("$.ajax(a ? { async: false } : {})", "!async: false"),
                ("function send(o) { return $.ajax(o) } send({ async: false })", "!async: false"),
                ("$.ajaxSettings.async = false", "!$.ajaxSettings.async = false"),
                ("$.ajaxPrefilter(function (o) { o.async = false })", "?o.async = false"),
                ("$.ajax({ [`async`]: false })", "![`async`]: false"),
                ("$.ajax({ async: false, ...more })", "?async: false"),
                ("$.ajax({ async: false, ...{ url: u } })", "!async: false"),
                ("var o = { url: u }; o.async = false; o.async = true; $.ajax(o)", "?o.async = false"),
                ("var o = { url: u, async: false }; delete o.async; $.ajax(o); s.async = true", "?async: false"),
                ("var o = { url: u, async: false }; s.async = true; $.ajax(o)", "!async: false"),
                ("function load(url, async = false) { $.ajax({ url, async }) }", "?async"),
                ("const load = ({ url, wait: async = !1 }) => $.ajax({ url, async: async })", "?async: async"),
                ("function load(o, async = false) { o.async = async; $.ajax(o) }", "?o.async = async"),
                (
                    "function load(u, async = false) { var x = new XMLHttpRequest(); x.open('GET', u, async) }",
                    "?x.open('GET', u, async)",
                ),
                (
                    "function load(url, async = true) { $.ajax({ url, async }) } function f(url, async) { $.ajax({ url, async }) }",
                    "",
                ),
                ("modal.open('POST', { url: u }, false)", ""),
                ("this.modal.open('GET', false, false)", ""),
                ("var o = { url: u, async: false }; $.extend(o, { async: true }); $.ajax(o)", "?async: false"),
                ("var o = { url: u, async: false }; Object.assign(o, own.defaults); $.ajax(o)", "?async: false"),
                ("var o = { url: u, async: false }; $.extend(o, { type: 'POST' }); $.ajax(o)", "!async: false"),
                ("var o = { url: u, async: false }; panel.tune(o); $.ajax(o)", "?async: false"),
                ("var o = { url: u, async: false }; console.log(o); $.ajax(o)", "!async: false"),
                ("var o = { url: u, async: false }; ({ a: o.async } = { a: true }); $.ajax(o)", "?async: false"),
                ("var o = { url: u, async: false }; for (const k of ['async']) o[k] = true; $.ajax(o)", "?async: false"),
                ("var o = { url: u, async: false }; const r = o; r.async = true; $.ajax(o)", "?async: false"),
                ("class P { open(dir, id, focus) {} tab() { this.open('get', 7, false) } }", ""),
                (
                    "class P { open(method, id) {} tab() { this.open('get', this.id, false) } }",
                    "?this.open('get', this.id, false)",
                ),
                ("$.ajax($.extend({ async: false }, more))", "?async: false"),
                ("this.x = new XMLHttpRequest(); this.x.open(m, u, false)", "!this.x.open(m, u, false)"),
                ("class A { x = new XMLHttpRequest(); f() { this.x.open(m, u, false) } }", "!this.x.open(m, u, false)"),
                ("$.ajax({ ...{ async: false }, async: true }); $.ajax($.extend({ async: false }, { async: true }))", ""),
                ("$.get(u, { async: false }); $.post(u, { async: false }); $.getJSON(u, { async: false })", ""),
                ("$.ajax({ async: false, async: true })", ""),
                ("$.ajax({ url: u, async: true })", ""),
                ("$.ajax({ url: u })", ""),
                ("window.open(u, '_blank', false); open(u, n, false)", ""),
                ("var s = document.createElement('script'); s.async = false", ""),
                ("load({ async: false })", ""),
                ("dialog.open('settings', u, false)", ""),
                ("x.open('GET', u, true)", ""),
                ("var t = '$.ajax({ async: false })'; // $.ajax({ async: false })", ""),
                ("$.ajax({ url: u, async: settings.async })", ""),
                ("$(el).ajaxForm({ async: false })", ""),
            ],
        );
    }
}
