//! Dialogs, breakpoints and console output of development.

use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Kind, NodeId, Role, Script};

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
    good: &[Example {
        path: "script.js",
        text: "define([], function () {\n  var modal = { alert: function () {} };\n  modal.alert('saved');\n  try {\n    modal.alert();\n  } catch (error) {\n    console.error(error);\n  }\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for (names, certainty) in
            [(["alert", "confirm"].as_slice(), Certainty::Certain), (["prompt"].as_slice(), Certainty::Suspect)]
        {
            for name in names {
                for call in
                    [*name, &format!("top.{name}"), &format!("parent.{name}")].iter().flat_map(|path| script.calls_to(path))
                {
                    let finding = out.finding(certainty, &DIALOG, examined.at(call.place()));
                    out.push(finding.arg("code", script.code(call.node)));
                }
            }
        }
        for id in script.nodes().filter(|&id| script.kind(id) == Kind::Debugger) {
            let span = script.span(id);
            let word = crate::syntax::Span::new(span.start, span.start + "debugger".len() as u32);
            out.push(out.certain(&DEBUGGER, examined.at(word)).arg("code", "debugger"));
        }
        for method in CONSOLE_METHODS {
            report_console(examined, method, |_, _| true, out);
        }
        for method in ["error", "warn"] {
            report_console(examined, method, is_unprovoked, out);
        }
    }
}

fn report_console(
    examined: &crate::context::Examined<Script>,
    method: &str,
    counts: impl Fn(&Script, NodeId) -> bool,
    out: &mut Findings<'_>,
) {
    let script = &examined.facts;
    for used in script.uses(&format!("console.{method}")) {
        let call = script.call_of(used);
        let passed_on = matches!(script.role(used), Role::Argument(..));
        let (node, place) = match call {
            Some(call) => (call.node, call.place()),
            None if passed_on => (used, script.span(used)),
            None => continue,
        };
        if counts(script, node) {
            out.push(out.suspect(&CONSOLE, examined.at(place)).arg("code", script.code(node)));
        }
    }
}

/// Whether nothing around a call speaks of an error: no catch block, no error callback, no condition.
fn is_unprovoked(script: &Script, node: NodeId) -> bool {
    if let Role::Argument(..) = script.role(node) {
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

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "debug-leftover",
            &[
                ("alert('a')", "!alert('a')"),
                ("window.alert('a')", "!window.alert('a')"),
                ("if (confirm('a')) {}", "!confirm('a')"),
                ("self.confirm('a')", "!self.confirm('a')"),
                ("top.alert('a')", "!top.alert('a')"),
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
                ("if (window.console && console.log) {}", ""),
            ],
        );
    }

    #[test]
    fn handlers_of_templates_are_code_too() {
        let findings =
            crate::testing::Widget::empty().file("templates/a.twig", "<b onclick=\"alert(1)\">x</b>").findings("debug-leftover");
        assert_eq!(findings.iter().map(|seen| seen.text.as_str()).collect::<Vec<_>>(), ["alert(1)"]);
    }
}
