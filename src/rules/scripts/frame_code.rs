//! Text that is run as code, and where it comes from.

use crate::context::{Context, Examined, Origin};
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Root, Script, SymbolId};
use std::collections::BTreeSet;

static FROM_FRAME: Message = Message {
    id: "from-frame",
    text: "`{code}` runs code that came from a frame.",
    help: "Send data, not code, and look up what to do: `var actions = { close: close }; if (actions[event.data.action]) actions[event.data.action]();`.",
};

static FROM_TEXT: Message = Message {
    id: "from-text",
    text: "`{code}` runs a text as code.",
    help: "Call a function instead: `setTimeout(update, 100)`, `handlers[name](value)`; read data with `JSON.parse(text)`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "frame-code",
    item: "iframe-code",
    title: "Code obtained from an iframe",
    why: "Whoever controls a frame would control the user's Kommo account if the widget ran the code that it sends.",
    fix: "Exchange data with the frame, check its origin, and act on it with functions of your own.",
    messages: &[&FROM_FRAME, &FROM_TEXT],
    bad: &[Example {
        path: "script.js",
        text: "define([], function () {\n  window.addEventListener('message', function (event) {\n    «eval(event.data)»;\n  });\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  window.addEventListener('message', function (event) { show(JSON.parse(event.data)); });\n  function show() {}\n});\n",
        },
        Example {
            path: "script.js",
            text: "define([], function () {\n  window.addEventListener('message', function (event) {\n    show(JSON.parse(event.data));\n  });\n  setTimeout(function () {}, 10);\n});\n",
        },
    ],
    about_code: true,
    check,
};

/// How often taint is carried from one function or variable on to the next.
const ROUNDS: u32 = 6;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let sinks = sinks(script);
        if sinks.is_empty() {
            continue;
        }
        let tainted = if is_of_page(examined) { tainted(script) } else { BTreeSet::new() };
        for (call, code, sink) in sinks {
            report(examined, call, code, sink, &tainted, out);
        }
    }
}

/// Whether a script runs in a page: the messages that a worker gets come from its own page.
fn is_of_page(examined: &Examined<Script>) -> bool {
    let names = ["window", "document", "define", "$"];
    examined.origin != Origin::File
        || examined.path.rsplit('/').next() == Some("script.js")
        || names.iter().any(|name| !examined.facts.named(name).is_empty())
}

fn report(
    examined: &Examined<Script>,
    place: NodeId,
    code: NodeId,
    sink: Sink,
    tainted: &BTreeSet<SymbolId>,
    out: &mut Findings<'_>,
) {
    let script = &examined.facts;
    let location = examined.at(script.span(place));
    if comes_from_frame(script, code, tainted) {
        let certainty = if sink == Sink::Perhaps { Certainty::Suspect } else { Certainty::Certain };
        out.push(out.finding(certainty, &FROM_FRAME, location).arg("code", script.code(place)));
    } else if sink == Sink::Code {
        out.push(out.suspect(&FROM_TEXT, location).arg("code", script.code(place)));
    }
}

/// What becomes of a text when it is run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sink {
    /// It is run as code, and worth a look whatever it is.
    Code,
    /// It is run as code, or as a part of it.
    Inserted,
    /// It is run if it is a text and no function, or if its element is a script and no block of data.
    Perhaps,
}

/// Every place that runs a text: the place, the text, and how.
fn sinks(script: &Script) -> Vec<(NodeId, NodeId, Sink)> {
    let mut sinks = Vec::new();
    for path in ["eval", "execScript", "$.globalEval"] {
        sinks.extend(script.calls_to(path).iter().filter_map(|call| Some((call.node, call.argument(0)?, Sink::Code))));
    }
    for call in script.calls_to("Function") {
        sinks.extend(call.arguments().last().map(|&code| (call.node, code, Sink::Code)));
    }
    sinks.retain(|&(_, code, _)| !asks_for_global_object(script, code));
    for path in ["setTimeout", "setInterval"] {
        for call in script.calls_to(path) {
            if let Some(code) = call.argument(0) {
                let is_function = matches!(script.kind(script.value(code)), Kind::Function { .. });
                if !is_function {
                    sinks.push((call.node, code, if is_text(script, code) { Sink::Code } else { Sink::Perhaps }));
                }
            }
        }
    }
    for call in script.methods("createElement").filter(|call| {
        call.argument(0).and_then(|name| script.constant(name)).is_some_and(|name| name.eq_ignore_ascii_case("script"))
    }) {
        sinks.extend(code_of_element(script, call));
    }
    for method in ["append", "prepend", "html", "insertAdjacentHTML", "write", "createContextualFragment"] {
        for call in script.methods(method) {
            let markup = call.argument(usize::from(method == "insertAdjacentHTML"));
            let has_script =
                |markup: NodeId| script.text(markup).is_some_and(|text| text.text.to_ascii_lowercase().contains("<script"));
            sinks.extend(markup.filter(|&markup| has_script(markup)).map(|markup| (call.node, markup, Sink::Inserted)));
        }
    }
    sinks
}

/// Whether a text is the old way to ask for the global object: `Function('return this')()`, `eval('this')`.
fn asks_for_global_object(script: &Script, code: NodeId) -> bool {
    script.constant(code).is_some_and(|code| {
        let code = code.trim_matches(|letter: char| letter.is_whitespace() || letter == ';');
        code == "this" || code.split_whitespace().eq(["return", "this"])
    })
}

/// Whether an expression is surely a text.
fn is_text(script: &Script, id: NodeId) -> bool {
    let made = script.call(script.value(id)).and_then(|call| script.callee_name(call));
    script.text(id).is_some()
        || made.is_some_and(|name| matches!(name, "String" | "toString" | "trim" | "atob" | "decodeURIComponent"))
}

/// What is assigned to a script element as its code or address.
fn code_of_element(script: &Script, call: Call<'_>) -> Vec<(NodeId, NodeId, Sink)> {
    let Some(is_code) = script.element_fate(call.node).is_code(script) else { return Vec::new() };
    let sink = if is_code { Sink::Inserted } else { Sink::Perhaps };
    let assigned = |used: NodeId| {
        let member = script.parent(used);
        match script.kind(member) {
            Kind::Member(name) if matches!(script.word(name), "text" | "textContent" | "innerHTML" | "innerText" | "src") => {
                Some((script.parent(member), script.assigned_value(member)?, sink))
            }
            _ => None,
        }
    };
    script.standing_for(call.node).into_iter().filter_map(assigned).collect()
}

/// Whether an expression holds something that came from a frame.
fn comes_from_frame(script: &Script, code: NodeId, tainted: &BTreeSet<SymbolId>) -> bool {
    let arrives = |id: NodeId| {
        let mut around = std::iter::once(id).chain(script.ancestors(id)).take_while(|&at| at != code);
        around.all(|at| hands_on(script, script.parent(at), at))
    };
    script.subtree(code).any(|id| is_tainted(script, id, tainted) && arrives(id))
}

/// Whether the value of an expression holds what the part `inner` of it holds: what is only asked or looked up with does not go on.
fn hands_on(script: &Script, outer: NodeId, inner: NodeId) -> bool {
    let is_first = script.child(outer, 0) == Some(inner);
    match script.kind(outer) {
        Kind::Member(_) | Kind::Index => is_first,
        Kind::Conditional | Kind::Assign { .. } => !is_first,
        Kind::Sequence => script.last_child(outer) == Some(inner),
        Kind::Either { and } => !(and && is_first),
        Kind::Add | Kind::Template | Kind::Await | Kind::Array | Kind::Spread => true,
        // What a call of something unseen makes of a message is its own, JSON.parse and the like aside.
        Kind::Call => is_first || script.call(outer).and_then(|call| script.callee_name(call)).is_some_and(keeps_text),
        _ => false,
    }
}

/// Whether a function of that name gives back its argument, or a text made of it.
fn keeps_text(name: &str) -> bool {
    matches!(
        name,
        "parse" | "parseJSON" | "replace" | "concat" | "decodeURIComponent" | "decodeURI" | "unescape" | "atob" | "String"
    )
}

fn is_tainted(script: &Script, id: NodeId, tainted: &BTreeSet<SymbolId>) -> bool {
    match script.kind(id) {
        Kind::Name { symbol: Some(symbol), .. } => tainted.contains(&symbol),
        Kind::Member(name) => match script.word(name) {
            "contentDocument" | "contentWindow" => true,
            "document" => script.child(id, 0).is_some_and(|frame| is_frame(script, frame)),
            _ => false,
        },
        Kind::Call => script.call(id).is_some_and(|call| {
            call.method() == Some("contents")
                && call.receiver().is_some_and(|receiver| match script.selection(receiver).root {
                    Root::Selector(selector) => script.text(selector).is_some_and(|text| text.text.contains("iframe")),
                    _ => false,
                })
        }),
        _ => false,
    }
}

/// Whether an expression is one of the page's frames: `frames[0]`, `window.frames.name`.
fn is_frame(script: &Script, id: NodeId) -> bool {
    let list = script.child(id, 0).filter(|_| matches!(script.kind(id), Kind::Index | Kind::Member(_)));
    list.is_some_and(|list| script.is_path(list, "window") && script.code(list).ends_with("frames"))
}

/// Variables that hold the data of a window's message, or something made of it.
fn tainted(script: &Script) -> BTreeSet<SymbolId> {
    let mut tainted = BTreeSet::new();
    for function in message_handlers(script) {
        let parameter = script.children(function).find(|&child| script.kind(child) == Kind::Parameter(0));
        if let Some(parameter) = parameter {
            tainted.extend(
                script
                    .subtree(parameter)
                    .filter(|&id| matches!(script.kind(id), Kind::Binding { .. }))
                    .filter_map(|id| script.symbol(id)),
            );
        }
    }
    for id in script.nodes() {
        if matches!(script.kind(id), Kind::Member(name) if matches!(script.word(name), "contentDocument" | "contentWindow")) {
            taint_holder(script, id, &mut tainted);
        }
    }
    for _ in 0..ROUNDS {
        let before = tainted.len();
        for symbol in tainted.clone() {
            for &used in script.references(symbol) {
                taint_holder(script, used, &mut tainted);
            }
        }
        if tainted.len() == before {
            break;
        }
    }
    tainted
}

/// Taints the variable that a value made of `used` is assigned to, or the parameter that it is passed as.
fn taint_holder(script: &Script, used: NodeId, tainted: &mut BTreeSet<SymbolId>) {
    let mut inner = used;
    for outer in script.ancestors(used).take(12) {
        match script.kind(outer) {
            Kind::Declare | Kind::Assign { .. } => {
                // What one member of an object is given says nothing of the others.
                let is_variable = |&target: &NodeId| {
                    target != inner && matches!(script.kind(target), Kind::Binding { .. } | Kind::Name { .. } | Kind::Pattern)
                };
                let target = script.child(outer, 0).filter(is_variable);
                tainted.extend(target.into_iter().flat_map(|target| script.subtree(target)).filter_map(|id| script.symbol(id)));
                return;
            }
            Kind::Call => {
                let Some(call) = script.call(outer) else { return };
                let function = script.value(call.callee);
                let position = (0..8).find(|&n| call.argument(n) == Some(inner));
                if let (Kind::Function { .. }, Some(position)) = (script.kind(function), position) {
                    let parameter =
                        script.children(function).find(|&child| script.kind(child) == Kind::Parameter(position as u16));
                    tainted.extend(
                        parameter.and_then(|parameter| script.child(parameter, 0)).and_then(|binding| script.symbol(binding)),
                    );
                    return;
                }
                if !hands_on(script, outer, inner) {
                    return;
                }
            }
            _ if hands_on(script, outer, inner) => {}
            _ => return,
        }
        inner = outer;
    }
}

/// Every function that gets the messages of a window.
fn message_handlers(script: &Script) -> Vec<NodeId> {
    let mut handlers = Vec::new();
    for call in script
        .methods("addEventListener")
        .chain(script.methods("on"))
        .chain(script.methods("one"))
        .chain(script.methods("bind"))
        .chain(script.methods("attachEvent"))
    {
        if call.receiver().is_some_and(|receiver| is_window(script, receiver)) {
            add_handler(script, call, &mut handlers);
        }
    }
    for call in script.calls_to("addEventListener") {
        add_handler(script, call, &mut handlers);
    }
    for &id in script.named("onmessage") {
        let handler = script.assigned_value(id).filter(|_| script.is_path(id, "onmessage"));
        handlers.extend(handler.map(|handler| script.value(handler)));
    }
    handlers.retain(|&function| matches!(script.kind(function), Kind::Function { .. }));
    handlers
}

fn add_handler(script: &Script, call: Call<'_>, handlers: &mut Vec<NodeId>) {
    let is_message = call
        .argument(0)
        .and_then(|event| script.constant(event))
        .is_some_and(|event| matches!(event.split('.').next(), Some("message" | "onmessage")));
    if is_message {
        handlers.extend(call.arguments().into_iter().skip(1).map(|handler| unbound(script, handler)));
    }
}

/// The function behind `handler`, or behind `handler.bind(this)`, or the method `this.handler` of this script.
fn unbound(script: &Script, handler: NodeId) -> NodeId {
    let value = script.value_unbound(handler);
    if let Kind::Member(name) = script.kind(value) {
        return only_method(script, script.word(name)).unwrap_or(value);
    }
    value
}

fn is_window(script: &Script, receiver: NodeId) -> bool {
    match script.selection(receiver).root {
        Root::Window => true,
        Root::Unknown(node) => script.path(node).is_some_and(|path| matches!(&*path, "window" | "top" | "parent")),
        _ => false,
    }
}

/// The only method of that name in the script.
fn only_method(script: &Script, name: &str) -> Option<NodeId> {
    let mut functions = script.functions_named(name);
    let first = functions.next()?;
    functions.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::testing::suspect;

    #[test]
    fn messages_of_a_worker_come_from_its_page() {
        let widget = crate::testing::Widget::empty().file("script.js", "new Worker('./own/worker.js')");
        let worker = |text: &str| widget.clone().file("own/worker.js", text).findings("frame-code");
        assert_eq!(worker("onmessage = e => { eval(e.data) }"), [suspect("from-text", "own/worker.js", "eval(e.data)")]);
        let page = "define([], function () { onmessage = e => { eval(e.data) } })";
        assert!(worker(page).iter().all(|seen| seen.message == "from-frame"));
    }

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "frame-code",
            &[
                ("window.addEventListener('message', function (e) { eval(e.data) })", "!eval(e.data)"),
                (
                    "self.run = function (e) { eval(e.data) }; window.addEventListener('message', $.proxy(self.run, self))",
                    "!eval(e.data)",
                ),
                (
                    "onmessage = function (e) { var s = document.createElement('script'); s.type = 'application/json'; s.text = e.data; b.append(s) }",
                    "",
                ),
                (
                    "onmessage = function (e) { var s = document.createElement('script'); s.type = own.type; s.text = e.data; b.append(s) }",
                    "?s.text = e.data",
                ),
                ("addEventListener('message', e => new Function(e.data)())", "!new Function(e.data)"),
                (
                    "_createClass(Own, [{ key: 'start', value: function start() { window.addEventListener('message', this.run) } }, { key: 'run', value: function run(_ref) { eval(_ref.data) } }])",
                    "!eval(_ref.data)",
                ),
                ("own = [{ key: 'run', text: function (e) { eval(e.data) } }]; onmessage = own.run", "?eval(e.data)"),
                ("window.onmessage = ({ data }) => { eval(data) }", "!eval(data)"),
                (
                    "window.addEventListener('message', function (e) { var d = JSON.parse(e.data); setTimeout(d.code, 1) })",
                    "?setTimeout(d.code, 1)",
                ),
                (
                    "addEventListener('message', e => { setTimeout('go(' + e.data + ')', 1); setInterval(String(e.data), 1) })",
                    "!setTimeout('go(' + e.data + ')', 1) !setInterval(String(e.data), 1)",
                ),
                ("addEventListener('message', e => setTimeout(e.data.ms))", "?setTimeout(e.data.ms)"),
                (
                    "addEventListener('message', function (e) { setTimeout(hide, e.data.ms); setTimeout(show.bind(null, e.data), 1); setTimeout(own[e.data.type], 1) })",
                    "",
                ),
                ("addEventListener('message', e => eval(own[e.data.type]))", "?eval(own[e.data.type])"),
                ("addEventListener('message', e => eval(e.data ? 'a()' : 'b()'))", "?eval(e.data ? 'a()' : 'b()')"),
                ("addEventListener('message', e => { self.last = e.data }); var self = {}; eval(self.code)", "?eval(self.code)"),
                (
                    "addEventListener('message', e => { var d = JSON.parse(e.data); var c = (d.code || '').trim(); eval(['(', c, ')'].join('')) })",
                    "!eval(['(', c, ')'].join(''))",
                ),
                (
                    "$(window).on('message', function (e) { var c = e.originalEvent.data; window.eval('(' + c + ')') })",
                    "!window.eval('(' + c + ')')",
                ),
                (
                    "function on(e) { run(e.data) } function run(c) { eval(c) } window.addEventListener('message', on, false)",
                    "!eval(c)",
                ),
                (
                    "class A { on(e) { eval(e.data) } go() { window.addEventListener('message', this.on.bind(this)) } }",
                    "!eval(e.data)",
                ),
                (
                    "window.addEventListener('message', function (e) { var s = document.createElement('script'); s.text = e.data; b.append(s) })",
                    "!s.text = e.data",
                ),
                (
                    "window.addEventListener('message', function (e) { $('body').append('<script>' + e.data + '</script>') })",
                    "!$('body').append('<script>' + e.data + '</script>')",
                ),
                ("eval(frame.contentWindow.document.body.innerText)", "!eval(frame.contentWindow.document.body.innerText)"),
                ("var d = frame.contentDocument; eval(d.body.textContent)", "!eval(d.body.textContent)"),
                ("eval($('iframe').contents().find('pre').text())", "!eval($('iframe').contents().find('pre').text())"),
                ("eval(window.frames[0].document.body.textContent)", "!eval(window.frames[0].document.body.textContent)"),
                ("eval(x)", "?eval(x)"),
                ("new Function('a', 'return a')", "?new Function('a', 'return a')"),
                ("new Function('a', 'return this.a')", "?new Function('a', 'return this.a')"),
                ("Function('return this' + x)()", "?Function('return this' + x)"),
                ("eval('this.a()')", "?eval('this.a()')"),
                ("setTimeout('go()', 1)", "?setTimeout('go()', 1)"),
                ("var g = this || new Function(\"return this\")() || Function(' return  this; ')() || (0, eval)('this')", ""),
                ("worker.addEventListener('message', function (e) { eval(e.data) })", "?eval(e.data)"),
                ("socket.onmessage = function (e) { eval(e.data) }", "?eval(e.data)"),
                ("port.onmessage = function (e) { show(e.data) }", ""),
                ("window.addEventListener('message', function (e) { show(e.data); setTimeout(hide, 1) })", ""),
                ("setTimeout(go, 1); setInterval(function () {}, 1); setTimeout(this.go.bind(this), 1)", ""),
                ("function eval2() {} parser.eval(x); var s = 'eval(x)'", ""),
            ],
        );
    }
}
