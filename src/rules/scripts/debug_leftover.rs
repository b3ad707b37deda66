//! Dialogs, breakpoints and console output of development.

use crate::context::{Context, Examined};
use crate::finding::{Certainty, Findings};
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::script::{Call, Kind, NodeId, Role, Script};
use std::cell::OnceCell;
use std::collections::BTreeSet;

static DIALOG: Message = Message {
    id: "dialog",
    text: "`{code}` opens a dialog of the browser.",
    help: "Remove it, or show Kommo's own dialog: `new Modal({ init: function ($body) { ... } })` with `lib/components/base/modal`.",
};

static DEBUGGER: Message = Message {
    id: "debugger",
    text: "A `{code}` statement stops the page of everybody who has the developer tools open.",
    help: "Remove the statement.",
};

static CONSOLE: Message = Message {
    id: "console",
    text: "`{code}` writes to the console.",
    help: "Remove it. In a `catch` block or an error callback, `console.error(error)` is fine.",
};

/// Methods of the console that only development needs. `debug` and `trace` have items of their own.
const CONSOLE_METHODS: [&str; 18] = [
    "log",
    "info",
    "dir",
    "dirxml",
    "table",
    "time",
    "timeEnd",
    "timeLog",
    "timeStamp",
    "group",
    "groupCollapsed",
    "groupEnd",
    "count",
    "countReset",
    "assert",
    "profile",
    "profileEnd",
    "clear",
];

/// The rule.
pub static RULE: Rule = Rule {
    id: "debug-leftover",
    item: "debug-leftovers",
    title: "Trace of development",
    why: "Dialogs, breakpoints and console output of development disturb users and fill their console.",
    fix: "Remove what served development before you publish.",
    messages: &[&DIALOG, &DEBUGGER, &CONSOLE],
    bad: &[
        Example { path: "script.js", text: "define([], function () {\n  «alert('saved')»;\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  «debugger»;\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  «console.log('saved')»;\n});\n" },
    ],
    good: &[
        Example {
            path: "script.js",
            text: "define(['lib/components/base/modal'], function (Modal) {\n  new Modal({ init: function ($body) { $body.text('saved'); } });\n});\n",
        },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var modal = { alert: function () {} };\n  modal.alert('saved');\n  try {\n    modal.alert();\n  } catch (error) {\n    console.error(error);\n  }\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let replaced = OnceCell::new();
    for examined in cx.scripts() {
        let script = &examined.facts;
        for (names, certainty) in
            [(["alert", "confirm"].as_slice(), Certainty::Certain), (["prompt"].as_slice(), Certainty::Suspect)]
        {
            for name in names {
                let paths = [*name, &format!("top.{name}"), &format!("parent.{name}")];
                for used in paths.iter().flat_map(|path| script.uses(path)) {
                    let Some((node, place)) = super::called(script, used) else { continue };
                    let is_doubtful =
                        node == used && !is_called_back(script, used) || replaced.get_or_init(|| own_globals(cx)).contains(*name);
                    let certainty = if is_doubtful { Certainty::Suspect } else { certainty };
                    out.push(out.finding(certainty, &DIALOG, examined.at(place)).arg("code", script.code(node)));
                }
            }
        }
        for id in script.nodes().filter(|&id| script.kind(id) == Kind::Debugger) {
            let span = script.span(id);
            let word = Span::new(span.start, span.start + "debugger".len() as u32);
            out.push(out.certain(&DEBUGGER, examined.at(word)).arg("code", "debugger"));
        }
        for method in CONSOLE_METHODS {
            report_console(examined, method, |_, _| true, out);
        }
        for method in ["error", "warn"] {
            report_console(examined, method, is_unprovoked, out);
        }
        for call in computed_calls(script) {
            out.push(out.suspect(&CONSOLE, examined.at(call.place())).arg("code", script.code(call.node)));
        }
    }
}

/// Calls of a method of the console that only run time knows: `console[level](text)`.
fn computed_calls(script: &Script) -> impl Iterator<Item = Call<'_>> {
    let members = script.uses("console").into_iter().map(|console| script.parent(console));
    members.filter(|&member| script.kind(member) == Kind::Index).filter_map(|member| script.call_of(member))
}

fn report_console(examined: &Examined<Script>, method: &str, counts: impl Fn(&Script, NodeId) -> bool, out: &mut Findings<'_>) {
    let script = &examined.facts;
    for used in script.uses(&format!("console.{method}")) {
        let Some((node, place)) = super::called(script, used).filter(|&(node, _)| counts(script, node)) else { continue };
        out.push(out.suspect(&CONSOLE, examined.at(place)).arg("code", script.code(node)));
    }
}

/// The names that scripts of the widget give to the page, perhaps in the place of functions of the browser.
fn own_globals(cx: &Context<'_>) -> BTreeSet<String> {
    order::set(cx.scripts().iter().flat_map(|script| script.facts.globals()).map(|(name, _)| name))
}

/// Whether a function that is passed on is surely called: by a timer, a promise, an event or a loop.
fn is_called_back(script: &Script, used: NodeId) -> bool {
    const CALLING: [&str; 14] = [
        "setTimeout",
        "setInterval",
        "requestAnimationFrame",
        "then",
        "catch",
        "finally",
        "done",
        "fail",
        "always",
        "on",
        "addEventListener",
        "click",
        "forEach",
        "each",
    ];
    matches!(script.role(used), Role::Argument(call, _) if script.callee_name(call).is_some_and(|name| CALLING.contains(&name)))
}

/// Whether nothing around a call speaks of an error: no catch block, no error callback, no condition.
fn is_unprovoked(script: &Script, node: NodeId) -> bool {
    // Passed on or kept, it is for those who have an error to tell.
    if script.call(node).is_none() {
        return false;
    }
    !script.ancestors(node).any(|outer| match script.kind(outer) {
        Kind::Catch | Kind::If | Kind::Conditional | Kind::Either { .. } => true,
        Kind::Function { .. } => handles_errors(script, outer),
        _ => false,
    })
}

fn handles_errors(script: &Script, function: NodeId) -> bool {
    let speaks_of_errors = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["err", "fail", "catch", "reject", "warn", "exception", "log"].iter().any(|part| name.contains(part))
    };
    let by_role = match script.role(function) {
        Role::Argument(call, n) => match script.callee_name(call).unwrap_or_default() {
            "then" => n == 1,
            "catch" | "fail" | "always" => true,
            "on" | "addEventListener" => {
                call.argument(0).and_then(|event| script.constant(event)).is_some_and(|event| speaks_of_errors(&event))
            }
            name => speaks_of_errors(name),
        },
        Role::Method(name) => speaks_of_errors(name),
        _ => false,
    };
    let by_name = || {
        let own = script.child(function, 0);
        let held = script.child(script.parent(function), 0);
        [own, held].into_iter().flatten().any(|name| match script.kind(name) {
            Kind::Binding { name, .. } | Kind::Name { name, .. } => speaks_of_errors(script.word(name)),
            Kind::Parameter(0) => script.child(name, 0).is_some_and(
                |target| matches!(script.kind(target), Kind::Binding { name, .. } if speaks_of_errors(script.word(name))),
            ),
            _ => false,
        })
    };
    by_role || by_name() || !script.passed_to(function).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::finding::Certainty;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "debug-leftover",
            &[
                ("alert('a')", "!alert('a')"),
                ("window.alert('a')", "!window.alert('a')"),
                ("if (confirm('a')) {}", "!confirm('a')"),
                ("self.confirm('a')", "!self.confirm('a')"),
                ("window.alert = show; alert('a'); confirm('b')", "!confirm('b') ?alert('a')"),
                ("top.alert('a')", "!top.alert('a')"),
                ("parent.window.confirm('a'); own.window.confirm('a')", "!parent.window.confirm('a')"),
                ("window[`alert`]('a')", "!window[`alert`]('a')"),
                ("setTimeout(alert, 1); p.catch(window.alert); hook(alert)", "!alert !window.alert ?alert"),
                ("debugger;", "!debugger"),
                ("prompt('a')", "?prompt('a')"),
                ("console.log('a')", "?console.log('a')"),
                ("console['info']('a')", "?console['info']('a')"),
                ("console.table(a); console.time('b'); console.group()", "?console.table(a) ?console.time('b') ?console.group()"),
                ("p.then(console.log)", "?console.log"),
                ("var log = console.log.bind(console); log(1)", "?log(1)"),
                ("console.error('here')", "?console.error('here')"),
                ("try {} catch (e) { console.error(e) }", ""),
                ("p.catch(function (e) { console.warn(e) })", ""),
                ("$.ajax({ error: function (x) { console.error(x) } })", ""),
                ("$.get(u).fail(() => console.error('a'))", ""),
                ("p.catch(console.error)", ""),
                ("if (!ok) { console.warn('a') }", ""),
                ("function confirm() {} confirm('a')", ""),
                ("this.alert('a'); modal.confirm(); vm.$confirm()", ""),
                ("function f(alert) { alert('a') }", ""),
                ("var s = \"alert('a')\"; // console.log(1)", ""),
                ("var words = { debugger: 1 }; x.debugger", ""),
                ("console.debug(1)", ""),
                ("Math.log(1); logger.log('a')", ""),
                ("console[level]('a'); console[a ? 'log' : 'info'](1)", "?console[level]('a') ?console[a ? 'log' : 'info'](1)"),
                ("console[name] = noop; own[level]('a'); if (console[name]) {}; console['error']", ""),
                ("(a ? console.log : f)(1); (window.b || alert)('c')", "?console.log ?alert"),
                ("var say = a.toast || alert; el.onclick = alert; var l = { log: console.log }", "?alert ?alert ?console.log"),
                (
                    "function f(log = console.log) {} const { say = alert } = own; [console.info].map(g)",
                    "?console.log ?alert ?console.info",
                ),
                ("const log = debug ? console.log.bind(console) : () => {}; log(1)", "?console.log"),
                ("self.log = console.log.bind(console, 'own'); self.onError = console.error", "?console.log"),
                ("var can = window.confirm ? 1 : 0; var has = window.console && console.log ? 1 : 0", ""),
                ("window.alert = show; console.log = noop; el.alert = f; var a = { alert: f }", ""),
                ("if (window.console && console.log) {}", ""),
            ],
        );
    }

    #[test]
    fn handlers_of_templates_are_code_too() {
        let findings =
            crate::testing::Widget::empty().file("templates/a.twig", "<b onclick=\"alert(1)\">x</b>").findings("debug-leftover");
        assert_eq!(findings.iter().map(|seen| seen.text.as_str()).collect::<Vec<_>>(), ["alert(1)"]);
        let script = "define([], function () { return '/templates/a.twig'; });";
        let found = |template: &str| {
            let widget = crate::testing::Widget::empty().file("script.js", script).file("templates/a.twig", template);
            widget.findings("debug-leftover").into_iter().map(|seen| seen.certainty).collect::<Vec<_>>()
        };
        assert_eq!(found("<b onclick=\"alert(1)\">x</b>"), [Certainty::Certain]);
        assert_eq!(found("<template><b onclick=\"alert(1)\">x</b></template>"), [Certainty::Suspect]);
        assert_eq!(found("<noscript><script>debugger</script></noscript>"), [Certainty::Suspect]);
    }

    #[test]
    fn handlers_in_strings_are_certain_where_the_string_gets_into_the_page() {
        let markup = "'<b onclick=\"alert(1)\">x</b>'";
        for (certainty, scripts) in [
            ("!", ["$('#own').append(HERE)", "el.innerHTML = HERE", "w.render_template({ caption: { html: HERE } })"]),
            (
                "!",
                ["var own = HERE; $(own).show()", "const list = { template: HERE }", "el.insertAdjacentHTML('beforeend', HERE)"],
            ),
            ("!", ["body.html(HERE)", "body.trigger('modal:loaded').append(HERE)", "h('b', { inner: { __html: HERE } })"]),
            ("?", ["own(HERE)", "var own = { help: HERE }", "function row() { return HERE }"]),
            ("?", ["list.append(HERE)", "self.log.before(HERE)", "function add(form) { form.append(HERE) }"]),
            ("!", ["$body.append(HERE)", "row.find('td').append(HERE)", "modal_body.append(HERE)"]),
        ] {
            let expected = format!("{certainty}alert(1)");
            for script in scripts {
                let script = script.replace("HERE", markup);
                assert_eq!(super::super::tests::found("debug-leftover", &script), expected, "{script}");
            }
        }
        assert_eq!(super::super::tests::found("debug-leftover", &format!("$('#own').text({markup})")), "");
    }
}
