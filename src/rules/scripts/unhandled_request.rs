//! Requests whose failure nobody hears of.

use crate::context::Context;
use crate::finding::{Findings, cut};
use crate::order;
use crate::package::bounds::USES;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::script::{Access, Call, Kind, NodeId, Role, Script};
use std::collections::BTreeSet;

/// Options of a jQuery request that are called when it fails.
const ERROR_OPTIONS: [&str; 3] = ["error", "complete", "statusCode"];
/// The position of the error callback among the arguments of `crm_post`.
const CRM_POST_ERROR: usize = 4;
/// Links, variables and calls that are followed for one request.
const STEPS: u32 = 400;
/// Variables and objects that are looked at to see whether others get a function.
const HANDED: u32 = 200;
/// Members whose functions, or the functions in them, are called by a page, a framework or Kommo.
const HANDLERS: [&str; 15] = [
    "callbacks",
    "events",
    "handlers",
    "listeners",
    "methods",
    "watch",
    "handleEvent",
    "connectedCallback",
    "disconnectedCallback",
    "attributeChangedCallback",
    "componentDidMount",
    "componentDidUpdate",
    "created",
    "mounted",
    "updated",
];
/// Calls of a page and of timers, which wait for nothing that their callbacks give back.
const LISTENING: [&str; 6] = ["on", "one", "click", "addEventListener", "setTimeout", "setInterval"];
/// Characters of a request's code that the evidence shows.
const SHOWN: usize = 120;

static UNHANDLED: Message = Message {
    id: "no-error-path",
    text: "Nothing happens for the user when the request `{code}` fails.",
    help: "Show a message that says what went wrong and what to do next: `.fail(function () { showError(self.i18n('errors.save')); })` for jQuery, `.catch(...)` for fetch, or `try { await ... } catch (error) { ... }`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unhandled-request",
    item: "error-messages",
    title: "Request without an error path",
    why: "A request can fail at any time, and a user who sees nothing thinks that the widget is broken. Moderators try it without a connection.",
    fix: "Give every request a handler for its failure that shows a clear message with the next step.",
    messages: &[&UNHANDLED],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  «$.post('/notes', { text: 'x' })».done(function () {\n    $('#own').text('ok');\n  });\n});\n",
    }],
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $.post('/notes', { text: 'x' }).fail(function () {\n    $('#own').addClass('own-error');\n  });\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let for_all = ForAll { promises: hears_of_promises(script), jquery: hears_of_jquery(script) };
        for request in requests(script) {
            let place = examined.at(request.place);
            let code = shown(script.code(request.node));
            let path = error_path(script, &request, &for_all);
            out.evidence("request", path.unwrap_or("no error path"), &*code, place.clone());
            if path.is_none() {
                out.push(out.suspect(&UNHANDLED, place).arg("code", code));
            }
        }
    }
}

/// A request's code in one line, with an ellipsis for what is too long.
fn shown(code: &str) -> String {
    let mut line = code.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&mut line, SHOWN);
    line
}

/// What hears of a request that nobody else listens to.
const FOR_ALL: &str = "handler for all requests";

/// Whether a script hears of the failure of every request of a kind.
struct ForAll {
    promises: bool,
    jquery: bool,
}

/// How a request is sent.
#[derive(Clone, Copy, PartialEq)]
enum Means {
    JQuery,
    Promise,
    CrmPost,
    Xhr,
    Load,
}

struct Request {
    node: NodeId,
    place: Span,
    means: Means,
}

/// Every request that the script sends, in order.
fn requests(script: &Script) -> Vec<Request> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |call: Call<'_>, means| {
        if seen.insert(call.node) {
            found.push(Request { node: call.node, place: call.place(), means });
        }
    };
    for name in ["ajax", "get", "post", "getJSON", "$authorizedAjax"] {
        for call in script.methods(name).filter(|&call| script.ajax_call(call).is_some()) {
            add(call, Means::JQuery);
        }
    }
    for call in script.methods("load").filter(|call| loads_into_elements(script, call)) {
        add(call, Means::Load);
    }
    for path in ["fetch", "axios", "axios.get", "axios.post", "axios.put", "axios.patch", "axios.delete", "axios.request"] {
        for call in script.calls_to(path).into_iter().chain(script.calls_to(&format!("module:{path}"))) {
            add(call, Means::Promise);
        }
    }
    for method in ["get", "post", "put", "patch", "delete", "request"] {
        for call in script.methods(method).filter(|call| is_axios_instance(script, call)) {
            add(call, Means::Promise);
        }
    }
    for call in script.methods("crm_post") {
        add(call, Means::CrmPost);
    }
    for call in script.calls_to("XMLHttpRequest").into_iter().filter(|call| call.is_new()) {
        add(call, Means::Xhr);
    }
    order::sort_by_key(&mut found, |request| request.node);
    found
}

/// Whether a call loads what an address gives into the elements of a jQuery object: `$('.own').load('/list')`.
fn loads_into_elements(script: &Script, call: &Call<'_>) -> bool {
    super::loads_address(script, *call) && call.receiver().is_some_and(|elements| script.is_jquery_object(elements) == Some(true))
}

/// What hears of the failure of such a load: the function that it calls in any case with what came of it.
fn load_handler(script: &Script, node: NodeId) -> Option<&'static str> {
    let arguments = script.call(node)?.arguments();
    let handler = script.value(*arguments.last().filter(|_| arguments.len() > 1)?);
    let is_told = match script.kind(handler) {
        Kind::Function { .. } => script.children(handler).any(|child| script.kind(child) == Kind::Parameter(1)),
        Kind::Name { .. } | Kind::Member(_) => true,
        _ => false,
    };
    (is_told || script.methods("ajaxError").next().is_some()).then_some("handler that always runs")
}

/// Whether a method is called on what `axios.create(...)` made.
fn is_axios_instance(script: &Script, call: &Call<'_>) -> bool {
    let made = call.receiver().and_then(|receiver| script.call(script.value(receiver)));
    made.filter(|made| made.method() == Some("create"))
        .and_then(|made| made.receiver())
        .and_then(|axios| script.path(axios))
        .is_some_and(|path| matches!(&*path, "axios" | "module:axios"))
}

/// What hears of the request's failure, in a few words; nothing if nobody does.
fn error_path(script: &Script, request: &Request, for_all: &ForAll) -> Option<&'static str> {
    let own = match request.means {
        Means::JQuery => jquery_options(script, request.node).or_else(|| for_all.jquery.then_some(FOR_ALL)),
        Means::CrmPost => script.call(request.node).and_then(|call| call.argument(CRM_POST_ERROR)).map(|_| "error callback"),
        Means::Xhr => return xhr_error(script, request.node),
        Means::Load => return load_handler(script, request.node),
        Means::Promise => for_all.promises.then_some(FOR_ALL),
    };
    own.or_else(|| followed(script, request.node, &mut { STEPS }))
}

/// Whether something hears of the failure of every promise or of every request of axios.
fn hears_of_promises(script: &Script) -> bool {
    let listens = |call: Call<'_>| {
        call.argument(0).and_then(|event| script.constant(event)).is_some_and(|event| event == "unhandledrejection")
    };
    let intercepts = |call: Call<'_>| {
        call.argument(1).is_some()
            && call.receiver().is_some_and(|receiver| script.code(receiver).ends_with("interceptors.response"))
    };
    script.methods("addEventListener").chain(script.calls_to("addEventListener")).any(listens)
        || script.methods("use").any(intercepts)
        || script.named("onunhandledrejection").iter().any(|&id| matches!(script.kind(script.parent(id)), Kind::Assign { .. }))
}

/// Whether something hears of the failure of every request of jQuery.
fn hears_of_jquery(script: &Script) -> bool {
    !script.calls_to("$.ajaxSetup").is_empty() || script.methods("ajaxError").next().is_some()
}

fn jquery_options(script: &Script, node: NodeId) -> Option<&'static str> {
    let call = script.call(node)?;
    // Of $.post('/notes', { error: 1 }) the object is what is sent.
    let is_general = matches!(call.method(), Some("ajax" | "$authorizedAjax"));
    for argument in call.arguments().into_iter().take(if is_general { 2 } else { 1 }) {
        let options = script.value(argument);
        let hears = |name: &str| {
            let handler = script.property(options, name);
            handler.is_some_and(|handler| name != "complete" || may_tell(script, handler))
        };
        match script.kind(options) {
            Kind::Object if ERROR_OPTIONS.into_iter().any(hears) || is_completed(script, argument) => {
                return Some("error option");
            }
            Kind::Object if script.children(options).any(|child| script.kind(child) == Kind::Spread) => {
                return Some("options from elsewhere");
            }
            // Options that come from elsewhere may hold anything.
            Kind::Text | Kind::Template | Kind::Add | Kind::Function { .. } | Kind::Null => {}
            _ if !is_general => {}
            Kind::Name { .. } | Kind::Member(_) | Kind::Call
                if call.argument(0).map(|first| script.value(first)) == Some(options) =>
            {
                return Some("options from elsewhere");
            }
            _ => {}
        }
    }
    None
}

/// Whether a handler that always runs can tell a failure: one that takes nothing does the same whatever happened.
fn may_tell(script: &Script, handler: NodeId) -> bool {
    let handler = script.value(handler);
    !matches!(script.kind(handler), Kind::Function { .. })
        || script.children(handler).any(|child| matches!(script.kind(child), Kind::Parameter(_)))
}

/// Whether a variable that holds options gets one for errors later: `options.error = f`.
fn is_completed(script: &Script, options: NodeId) -> bool {
    let Some(symbol) = script.symbol(options) else { return false };
    script.references_near(symbol, options).iter().any(|&used| {
        let member = script.parent(used);
        matches!(script.kind(member), Kind::Member(name) if ERROR_OPTIONS.contains(&script.word(name)))
            && matches!(script.kind(script.parent(member)), Kind::Assign { .. })
    })
}

/// What hears of the failure of a promise, followed along its chain and out of the function that makes it.
fn followed(script: &Script, node: NodeId, steps: &mut u32) -> Option<&'static str> {
    *steps = steps.checked_sub(1)?;
    let parent = script.parent(node);
    match script.kind(parent) {
        Kind::Member(name) if script.child(parent, 0) == Some(node) => {
            let link = script.call_of(parent)?;
            match script.word(name) {
                "fail" | "catch" | "error" => Some("failure handler"),
                "always" | "complete" if link.argument(0).is_some_and(|handler| may_tell(script, handler)) => {
                    Some("handler that always runs")
                }
                "then" if link.argument(1).is_some_and(|second| script.kind(second) != Kind::Null) => {
                    Some("second handler of then")
                }
                _ => followed(script, link.node, steps),
            }
        }
        Kind::Await => awaited(script, parent, steps),
        Kind::Return => returned(script, script.function_around(parent), steps),
        Kind::Function { arrow: true, .. } => returned(script, Some(parent), steps),
        // Of a sequence, only the last value goes on.
        Kind::Sequence if script.last_child(parent) != Some(node) => None,
        Kind::Conditional | Kind::Either { .. } | Kind::Sequence => followed(script, parent, steps),
        // $.when(request), Promise.all([request]), show(request)
        Kind::Array => followed(script, parent, steps),
        Kind::Call | Kind::New => {
            let joins = script.call(parent).and_then(|call| script.callee_name(call));
            if joins == Some("allSettled") {
                // It never fails: what comes after it is given the failures.
                Some("all are waited for")
            } else if matches!(joins, Some("when" | "all" | "race" | "any" | "resolve")) {
                followed(script, parent, steps)
            } else {
                Some("passed on")
            }
        }
        Kind::Assign { .. } | Kind::Declare => {
            let target = script.child(parent, 0)?;
            let Some(symbol) = script.symbol(target) else { return Some("kept for later") };
            let read = |&&id: &&NodeId| matches!(script.kind(id), Kind::Name { access: Access::Read, .. });
            script.references_near(symbol, target).iter().filter(read).find_map(|&reference| followed(script, reference, steps))
        }
        Kind::Property(_) | Kind::Export => Some("kept for later"),
        _ => None,
    }
}

/// What hears of the failure of a promise that is waited for.
fn awaited(script: &Script, node: NodeId, steps: &mut u32) -> Option<&'static str> {
    let function = script.function_around(node);
    let mut inner = node;
    for outer in script.ancestors(node) {
        if Some(outer) == function {
            break;
        }
        let in_block = script.kind(outer) == Kind::Try && script.child(outer, 0) == Some(inner);
        if in_block && script.children(outer).any(|part| script.kind(part) == Kind::Catch) {
            return Some("catch block");
        }
        inner = outer;
    }
    let function = function?;
    match (script.kind(function), script.role(function)) {
        // What compilers write for an async function: __awaiter(this, void 0, void 0, function* () { yield request })
        (Kind::Function { asynchronous: false, .. }, Role::Argument(runner, _)) => followed(script, runner.node, steps),
        _ if is_handed_out(script, function) => Some("given back to the caller"),
        _ => called(script, function, steps),
    }
}

/// Whether a function that is not called in this script is given to others, who then hear of its failure: as a member of a class or of
/// an object that is returned, exported or kept, or by its own name. A handler is called by those who wait for nothing.
fn is_handed_out(script: &Script, function: NodeId) -> bool {
    let own_name = script.child(function, 0).and_then(|name| script.symbol(name));
    let is_used_here = || !script.callers(function).is_empty() || !script.passed_to(function).is_empty();
    let mut steps = HANDED;
    let is_given = is_given(script, function, &mut steps)
        || own_name
            .is_some_and(|symbol| script.references(symbol).iter().take(USES).any(|&used| is_given(script, used, &mut steps)));
    is_given && !is_used_here()
}

/// Whether an expression is something that others get.
fn is_given(script: &Script, value: NodeId, steps: &mut u32) -> bool {
    let Some(left) = steps.checked_sub(1) else { return false };
    *steps = left;
    let holder = script.parent(value);
    match script.kind(holder) {
        Kind::Return | Kind::Export => true,
        // export { load }
        Kind::Other => script.kind(script.parent(holder)) == Kind::Export,
        Kind::Function { arrow: true, .. } => true,
        Kind::Property(name) => {
            let object = script.parent(holder);
            let is_handler = name.is_some_and(|name| is_handler(script.word(name)));
            !is_handler && (script.kind(object) == Kind::Class || is_given(script, object, steps))
        }
        Kind::Declare | Kind::Assign { .. } => {
            let Some(target) = script.child(holder, 0).filter(|&target| target != value) else { return false };
            if let Kind::Member(name) = script.kind(target) {
                // this.callbacks.render = f
                let holds_handlers = script.child(target, 0).is_some_and(|object| match script.kind(object) {
                    Kind::Member(name) | Kind::Name { name, .. } => is_handler(script.word(name)),
                    _ => false,
                });
                return !holds_handlers && !is_handler(script.word(name));
            }
            script.kind(script.parent(holder)) == Kind::Export
                || script.symbol(target).is_some_and(|symbol| {
                    script.references_near(symbol, target).iter().any(|&used| used != target && is_given(script, used, steps))
                })
        }
        // define('own/api', [], { load: load })
        Kind::Call => script.call(holder).is_some_and(|call| script.is_path(call.callee, "define")),
        _ => false,
    }
}

/// Whether a member of that name holds what a page, a framework or Kommo calls without waiting for it.
fn is_handler(name: &str) -> bool {
    let is_event = name.strip_prefix("on").is_some_and(|event| !event.is_empty());
    is_event || HANDLERS.contains(&name)
}

/// A function that gives the promise back leaves its failure to its callers; without a caller in sight, one may still be elsewhere.
fn returned(script: &Script, function: Option<NodeId>, steps: &mut u32) -> Option<&'static str> {
    // A handler of a chain hands the promise on to the chain; a callback of an event or a timer hands it to nobody.
    let Some(function) = function else { return Some("given back to the caller") };
    match script.role(function) {
        Role::Argument(call, _) if matches!(call.method(), Some("then" | "done" | "catch" | "finally")) => {
            followed(script, call.node, steps)
        }
        Role::Argument(call, _) if script.callee_name(call).is_some_and(|name| LISTENING.contains(&name)) => None,
        Role::Immediate => called(script, function, steps),
        _ => Some("given back to the caller"),
    }
}

/// What hears of the failure of an async function, where it is called.
fn called(script: &Script, function: NodeId, steps: &mut u32) -> Option<&'static str> {
    // What compilers write for a private method: __privateMethod(this, set, load).call(this, 'rows')
    let private = script.passed_to(function).into_iter().filter_map(|(helper, _)| {
        let member = script.parent(helper.node);
        let calls = matches!(script.kind(member), Kind::Member(name) if matches!(script.word(name), "call" | "apply"));
        calls.then(|| script.call_of(member))?
    });
    script.callers(function).into_iter().chain(private).find_map(|call| followed(script, call.node, steps))
}

/// What hears of the failure of an `XMLHttpRequest`.
fn xhr_error(script: &Script, node: NodeId) -> Option<&'static str> {
    let holder = script.parent(node);
    let target = match script.kind(holder) {
        Kind::Assign { .. } | Kind::Declare => script.child(holder, 0)?,
        _ => return Some("kept for later"),
    };
    let Some(symbol) = script.symbol(target) else { return Some("kept for later") };
    script.references_near(symbol, target).iter().find_map(|&reference| {
        let member = script.parent(reference);
        match script.kind(member) {
            Kind::Member(name) if script.child(member, 0) == Some(reference) => match script.word(name) {
                "onerror" | "ontimeout" | "onloadend" => Some("error handler"),
                "status" | "statusText" => Some("status is read"),
                "addEventListener" => {
                    let event = script.call_of(member)?.argument(0)?;
                    matches!(&*script.constant(event)?, "error" | "timeout" | "loadend").then_some("error handler")
                }
                _ => None,
            },
            Kind::Return => Some("given back to the caller"),
            Kind::Call if script.child(member, 0) != Some(reference) => Some("passed on"),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::testing::Widget;

    #[test]
    fn what_needs_a_look_and_what_is_fine() {
        check(
            "unhandled-request",
            &[
                ("$.get(u, function () {})", "?$.get(u, function () {})"),
                ("$.ajax({ url: u, success: f })", "?$.ajax({ url: u, success: f })"),
                ("$.post(u).done(f)", "?$.post(u)"),
                ("$.post(u, { ...row })", "?$.post(u, { ...row })"),
                ("$.post(u, { error: row.error })", "?$.post(u, { error: row.error })"),
                ("$.post({ url: u, error: f }); $.ajax(u, { error: f }); $.ajax({ ...defaults, url: u })", ""),
                ("$(a).on('click', () => $.post(u)); setInterval(function () { return fetch(u) }, 9)", "?$.post(u) ?fetch(u)"),
                ("fetch(u).then(f)", "?fetch(u)"),
                ("$('.a').load('/a?b=' + c)", "?$('.a').load('/a?b=' + c)"),
                ("$('.a').load(u, { b: 1 }, function () {})", "?$('.a').load(u, { b: 1 }, function () {})"),
                ("$('.a').load(u, function (text, status) {}); $('.a').load(u, show)", ""),
                ("$('img').load(function () {}); $('img').load(f); own.load('/a'); $('.a').load()", ""),
                ("fetch(u).then(f, null)", "?fetch(u)"),
                ("async function g() { await fetch(u) } g()", "?fetch(u)"),
                ("var init = () => (show(), fetch(u).then(show), !0)", "?fetch(u)"),
                ("(() => fetch(u))(); var p = (() => fetch(v))(); p.then(f)", "?fetch(u) ?fetch(v)"),
                ("(() => run(this, function* () { yield fetch(u) }))()", "?fetch(u)"),
                (
                    "function* g() { yield fetch(u) } g(); run(function* () { var a = yield fetch(v) }).then(f)",
                    "?fetch(u) ?fetch(v)",
                ),
                (
                    "define([], function () { return { load: async function (u) { await fetch(u) } } }); var own = api.load(v); own.then(f)",
                    "?fetch(u)",
                ),
                ("this.callbacks = { render: async function () { await fetch(u) } }", "?fetch(u)"),
                ("self.callbacks.render = async function () { await fetch(u) }", "?fetch(u)"),
                (
                    "function W() { var self = this; this.callbacks = { render: async function () { await fetch(u) } }; this.tpl = function () { return self.render({ href: '/a.twig' }, f) } }",
                    "?fetch(u)",
                ),
                (
                    "var W = { render: async function () { await fetch(u) }, init() { return this.render({ ref: '/tmpl/a.twig' }, f) } }",
                    "?fetch(u)",
                ),
                (
                    "function W() { var self = this; self.callbacks = {}; self.callbacks.render = async () => { await fetch(u) }; self.draw = () => self.render(name).catch(f) }",
                    "?fetch(u)",
                ),
                ("var view = { render: async function () { await fetch(u) }, init() { this.render().catch(show) } }", ""),
                ("class View { async render() { await fetch(u) } init() { return this.render() } }", ""),
                (
                    "function View() {} View.prototype.render = async function () { await fetch(u) }; View.prototype.init = function () { this.render().catch(show) }",
                    "",
                ),
                ("function View() { this.render = async function () { await fetch(u) }; this.render().catch(show) }", ""),
                ("var view = { render: async function () { await fetch(u) } }; view.render().catch(show)", ""),
                (
                    "var callbacks = {}; async function render() { await fetch(u) } callbacks.render = render; this.callbacks = callbacks",
                    "?fetch(u)",
                ),
                (
                    "$('.own').on('click', async () => { await fetch(u) }); $(async function () { await fetch(v) })",
                    "?fetch(u) ?fetch(v)",
                ),
                (
                    "class A { async save() { await fetch(u) } bind() { $('.own').on('click', this.save.bind(this)) } }",
                    "?fetch(u)",
                ),
                ("const own = { onClick: async () => { await fetch(u) } }; export default own", "?fetch(u)"),
                ("async function unused() { await fetch(u) }", "?fetch(u)"),
                ("$.ajax({ url: u, error: f, success: async function () { await fetch(v) } })", "?fetch(v)"),
                ("el.onclick = async () => { const a = await fetch(u); show(a) }", "?fetch(u)"),
                ("var r = $.get(u); r.done(f)", "?$.get(u)"),
                ("Promise.all([fetch(a), fetch(b)]).then(f)", "?fetch(a) ?fetch(b)"),
                ("self.crm_post(u, d, f, 'json')", "?self.crm_post(u, d, f, 'json')"),
                ("var x = new XMLHttpRequest(); x.open('GET', u); x.onload = f; x.send()", "?new XMLHttpRequest()"),
                ("self.$authorizedAjax({ url: u }).done(f)", "?self.$authorizedAjax({ url: u })"),
                ("$.get(u).done(f).always(function () { hide() })", "?$.get(u)"),
                ("$.ajax({ url: u, complete: function () { hide() } })", "?$.ajax({ url: u, complete: function () { hide() } })"),
                ("const api = axios.create({}); api.get(u).then(f)", "?api.get(u)"),
                ("axios.get(u).then(f)", "?axios.get(u)"),
                ("Promise.allSettled([fetch(a)]).then(f)", ""),
                ("$.get(u).fail(f)", ""),
                ("$.get(u).done(f).always(g)", ""),
                ("$.get(u).always(function (a, status) { show(status) })", ""),
                ("var o = { url: u }; o.error = f; $.ajax(o)", ""),
                ("window.addEventListener('unhandledrejection', f); fetch(u)", ""),
                ("axios.interceptors.response.use(f, g); axios.get(u)", ""),
                ("$.ajax({ url: u, error: f })", ""),
                ("$.ajax({ url: u, error() {} })", ""),
                ("function fail() {} $.ajax({ url: u, error: fail })", ""),
                ("$.ajax(options)", ""),
                ("$.ajax(this.options)", ""),
                ("$.ajax({ ...options, url: u })", ""),
                ("fetch(u).then(f).catch(g)", ""),
                ("fetch(u).then(f, g)", ""),
                ("async function g() { try { await fetch(u) } catch (e) { show(e) } }", ""),
                ("(() => fetch(u))().catch(show); var load = () => (show(), fetch(u).then(show))", ""),
                ("function g() { return run(this, function* () { try { yield fetch(u) } catch (e) { show(e) } }) }", ""),
                ("function g() { return run(this, function* () { yield fetch(u) }) }", ""),
                ("async function g() { const r = await fetch(u); return r.json() } g().catch(show)", ""),
                ("function load() { return $.get(u) }", ""),
                (
                    "class Api { rows() { return own(this, set, load).call(this, 'rows') } } async function load() { await fetch(u) }",
                    "",
                ),
                ("own(this, set, load).call(this); async function load() { await fetch(u) }", "?fetch(u)"),
                (
                    "define([], function () { return { load: async function (u) { const r = await fetch(u); return r.json() } } })",
                    "",
                ),
                ("define({ async load(u) { return await fetch(u) } }); exports.save = async u => { await fetch(u) }", ""),
                ("export async function load(u) { await fetch(u) }", ""),
                ("export const load = async u => { await fetch(u) }", ""),
                ("async function load(u) { await fetch(u) } export default { load }", ""),
                ("async function load(u) { await fetch(u) } export { load }", ""),
                ("define([], function () { const api = { load: async u => (await fetch(u)).json() }; return api })", ""),
                ("class Api { async load(u) { return await fetch(u) } static save = async u => { await fetch(u) } }", ""),
                ("function Api() {} Api.prototype.load = async function (u) { await fetch(u) }", ""),
                ("define([], function () { async function load(u) { await fetch(u) } return { load: load } })", ""),
                ("var api = { async load(u) { await fetch(u) } }; api.load(v).catch(showError)", ""),
                ("const load = () => fetch(u)", ""),
                ("fetch(u).then(function () { return fetch(v) }).catch(g)", ""),
                ("$.when($.get(a), $.get(b)).then(f, g)", ""),
                ("var r = $.get(u); r.done(f); r.fail(g)", ""),
                ("self.crm_post(u, d, f, 'json', g)", ""),
                ("var x = new XMLHttpRequest(); x.onerror = f; x.send()", ""),
                ("var x = new XMLHttpRequest(); x.onload = function () { if (x.status !== 200) f() }; x.send()", ""),
                ("$.ajaxSetup({ error: f }); $.get(u)", ""),
                ("map.get(u); cache.post(v); $('#own').get(0)", ""),
                ("function fetch(a) { return a } fetch(u)", ""),
            ],
        );
    }

    #[test]
    fn long_requests_are_shown_in_one_line_and_end_in_an_ellipsis() {
        assert_eq!(super::shown("$.get(\n  u,\n  f\n)"), "$.get( u, f )");
        assert_eq!(super::shown(&"я".repeat(121)), format!("{}…", "я".repeat(120)));
        assert_eq!(super::shown(&"я".repeat(120)), "я".repeat(120));
    }

    #[test]
    fn each_request_is_evidence_with_what_hears_of_its_failure() {
        let report = Widget::empty().file("script.js", "$.get(u).fail(f); fetch(v)").report();
        let item = report.items.iter().find(|result| result.item.id == "error-messages").expect("sixty items");
        let shown: Vec<_> = item.evidence.iter().map(|entry| (entry.label.as_str(), entry.value.as_str())).collect();
        assert_eq!(shown, [("failure handler", "$.get(u)"), ("no error path", "fetch(v)")]);
    }
}
