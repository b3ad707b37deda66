//! Requests that stop the page until they are answered.

use super::{ajax_call, is_false};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Script};

/// Options that only requests have.
const REQUEST_OPTIONS: [&str; 8] = ["url", "type", "method", "data", "dataType", "contentType", "success", "beforeSend"];
/// How far an options object is followed through variables and `extend` calls.
const HOPS: u32 = 6;

static ASYNC_FALSE: Message = Message {
    id: "async-false",
    text: "`{code}` makes this jQuery request synchronous.",
    help: "Leave the option out and go on in the request's `.done(...)` or `.then(...)`; show a loader if the user must wait.",
};

static SYNC_OPEN: Message = Message {
    id: "sync-open",
    text: "The third argument of `{code}` makes this XMLHttpRequest synchronous.",
    help: "Leave it out, or pass `true`, and go on in the `load` event; `fetch(url).then(...)` is never synchronous.",
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
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $.ajax({ url: '/a', async: true });\n  window.open('/a', '_blank', false);\n});\n",
    }],
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
        for call in script.methods("open") {
            if let Some(certainty) = sync_open(script, call) {
                let finding = out.finding(certainty, &SYNC_OPEN, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)));
            }
        }
    }
}

/// Every place that sets `async` to false for a request.
fn async_false(script: &Script) -> Vec<(NodeId, Certainty)> {
    let named = script.named("async").iter().copied();
    let places = named.filter_map(|id| match script.kind(id) {
        Kind::Property(_) if script.last_child(id).is_some_and(|value| is_false(script, value)) => Some((id, script.parent(id))),
        Kind::Member(_) => {
            let assignment = script.parent(id);
            let sets = script.kind(assignment) == Kind::Assign { plain: true } && script.child(assignment, 0) == Some(id);
            let value = script.child(assignment, 1).filter(|_| sets)?;
            is_false(script, value).then_some((assignment, script.child(id, 0)?))
        }
        _ => None,
    });
    places.filter_map(|(place, options)| reaches_request(script, options, HOPS).map(|certainty| (place, certainty))).collect()
}

/// Whether an options object reaches a request: surely, perhaps, or (none) not.
fn reaches_request(script: &Script, options: NodeId, hops: u32) -> Option<Certainty> {
    let best = uses(script, options).into_iter().filter_map(|user| {
        let parent = script.parent(user);
        match script.kind(parent) {
            Kind::Call => {
                let call = script.call(parent).filter(|call| call.callee != user)?;
                match ajax_call(script, call) {
                    Some(true) => Some(Certainty::Certain),
                    Some(false) => Some(Certainty::Suspect),
                    None if matches!(script.callee_name(call), Some("extend" | "assign" | "merge" | "defaults")) && hops > 0 => {
                        reaches_request(script, parent, hops - 1)
                    }
                    None => None,
                }
            }
            Kind::Spread if hops > 0 => reaches_request(script, script.parent(parent), hops - 1),
            _ => None,
        }
    });
    best.min().or_else(|| looks_like_request(script, options).then_some(Certainty::Suspect))
}

/// The expressions that stand for an object, or for the variable whose member is set.
fn uses(script: &Script, object: NodeId) -> Vec<NodeId> {
    match script.symbol(object) {
        Some(symbol) => script.references(symbol).to_vec(),
        None => script.standing_for(object),
    }
}

/// Whether an object has the options of a request beside `async`.
fn looks_like_request(script: &Script, options: NodeId) -> bool {
    let object = script.value(options);
    REQUEST_OPTIONS.iter().filter(|name| script.property(object, name).is_some()).count() >= 2
        || (script.property(object, "url").is_some() && script.children(object).count() > 1)
}

fn sync_open(script: &Script, call: Call<'_>) -> Option<Certainty> {
    let is_sync = call.argument(2).is_some_and(|third| is_false(script, third));
    if !is_sync || script.is_path(call.callee, "open") {
        return None;
    }
    let receiver = script.value(call.receiver()?);
    let is_request = script.kind(receiver) == Kind::New
        && script
            .child(receiver, 0)
            .and_then(|class| script.path(class))
            .is_some_and(|class| matches!(&*class, "XMLHttpRequest" | "ActiveXObject" | "XDomainRequest"));
    let method = call.argument(0).and_then(|method| script.constant(method));
    let is_method = method
        .as_deref()
        .map(|method| matches!(&*method.to_ascii_uppercase(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"));
    match (is_request, is_method) {
        (true, _) | (false, Some(true)) => Some(Certainty::Certain),
        (false, Some(false)) => None,
        (false, None) => {
            let name = script.code(call.receiver()?).to_ascii_lowercase();
            ["xhr", "http", "ajax", "request"].iter().any(|part| name.contains(part)).then_some(Certainty::Suspect)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "sync-request",
            &[
                ("$.ajax({ url: u, async: false })", "!async: false"),
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
                ("this.x.open('post', u, false)", "!this.x.open('post', u, false)"),
                ("function f($) { $.ajax({ url: u, async: false }) }", "?async: false"),
                ("send({ url: u, method: 'POST', async: false })", "?async: false"),
                ("xhr.open(m, u, false)", "?xhr.open(m, u, false)"),
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
