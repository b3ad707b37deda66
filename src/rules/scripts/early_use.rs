//! Variables that are used above their declaration.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Kind, NodeId, Role, Script};
use std::collections::BTreeSet;

static EARLY: Message = Message {
    id: "early",
    text: "`{name}` is used before the line that declares it.",
    help: "Move the declaration above this place: until it is reached, every use of `{name}` throws a ReferenceError.",
};

static DECLARED: Message = Message { id: "declared", text: "It is declared here.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "early-use",
    item: "declared-variables",
    title: "Variable used before its declaration",
    why: "A `let`, `const` or `class` does not exist before its declaration: using it there throws.",
    fix: "Declare the variable above its first use.",
    messages: &[&EARLY],
    bad: &[Example {
        path: "script.js",
        text: "define([], function () {\n  show(«total»);\n  const total = 1;\n  function show() {}\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  const total = 1;\n  show(total);\n  function show() {}\n});\n",
        },
        Example {
            path: "script.js",
            text: "define([], function () {\n  function show() { return total; }\n  const total = 1;\n  show(late);\n  var late = 2;\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let mut seen = BTreeSet::new();
        for id in script.nodes() {
            let Some((name, binding)) = early(script, id) else { continue };
            if seen.insert(binding) {
                let finding = out.suspect(&EARLY, examined.at(script.span(id))).arg("name", name);
                out.push(finding.related(&DECLARED, examined.at(script.span(binding))));
            }
        }
    }
}

/// The name and declaration of a variable that is used at `id` before it exists.
fn early(script: &Script, id: NodeId) -> Option<(&str, NodeId)> {
    let Kind::Name { name, symbol: Some(symbol), .. } = script.kind(id) else { return None };
    let binding = script.binding(symbol)?;
    let declaration = script.parent(binding);
    // A loop's variable and the like stand inside what declares them.
    let declares = || matches!(script.kind(declaration), Kind::Declare | Kind::Parameter(_) | Kind::Default);
    let in_own_value = || script.is_inside(id, declaration) && binding < id && declares();
    if id >= binding && !in_own_value() {
        return None;
    }
    let function = script.function_around(binding);
    let is_parameter = parameter_around(script, binding).is_some();
    if !is_parameter && !script.begins_at_declaration(symbol) {
        return None;
    }
    let default_of = parameter_around(script, id).map(|parameter| script.parent(parameter));
    // A parameter exists from its own place on, for the defaults after it; none of them sees what the body declares.
    if is_parameter != (default_of.is_some() && default_of == function) {
        return None;
    }
    let runs_there = is_run_in(script, id, function) && !in_instance_field(script, id, binding);
    (runs_there && script.kind(script.parent(id)) != Kind::Export).then(|| (script.word(name), binding))
}

/// The parameter that a node stands in, of the nearest function around it.
fn parameter_around(script: &Script, id: NodeId) -> Option<NodeId> {
    let outer = script.ancestors(id).find(|&outer| matches!(script.kind(outer), Kind::Function { .. } | Kind::Parameter(_)))?;
    matches!(script.kind(outer), Kind::Parameter(_)).then_some(outer)
}

/// Whether a node runs as part of `function`: in it, or in functions that are called where they stand.
fn is_run_in(script: &Script, id: NodeId, function: Option<NodeId>) -> bool {
    let mut around = script.function_around(id);
    while around != function {
        let Some(inner) = around else { return false };
        // The body of a generator waits for its first `next`, the rest of an asynchronous function for its first `await`.
        let is_whole = matches!(script.kind(inner), Kind::Function { asynchronous: false, .. })
            && !script.code(inner).trim_start_matches("function").trim_start().starts_with('*');
        if !is_whole || !matches!(script.role(inner), Role::Immediate) {
            return false;
        }
        around = script.function_around(inner);
    }
    true
}

/// Whether a use stands in the value of a field that each object of a class gets when it is made, and the declaration outside.
fn in_instance_field(script: &Script, id: NodeId, binding: NodeId) -> bool {
    let mut around = std::iter::once(id).chain(script.ancestors(id)).take_while(|&outer| !script.is_inside(binding, outer));
    around.any(|inner| {
        let property = script.parent(inner);
        matches!(script.kind(property), Kind::Property(_))
            && script.kind(script.parent(property)) == Kind::Class
            && script.last_child(property) == Some(inner)
            && script.children(property).count() > usize::from(script.code(property).starts_with('['))
            && !script.code(property).starts_with("static")
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn only_what_surely_comes_too_early() {
        check(
            "early-use",
            &[
                ("f(a); let a = 1; function f() {}", "?a"),
                ("new B(); class B {}", "?B"),
                ("let a = a + 1", "?a"),
                ("{ f(c); const c = 1 } function f() {}", "?c"),
                ("f(a); var a = 1; f(); function f() { return b } const b = 1", ""),
                ("let a; { let a = 1; f(a) } function f() {}", ""),
                ("const f = () => f(); const o = { m() { return o } }", ""),
                ("class C { static make() { return new C() } }", ""),
                ("class A { x = late; [late2] = 1 } const late = 1, late2 = 2; f(A)", "?late2"),
                ("class A { static x = late } const late = 1", "?late"),
                ("(function () { f(a) })(); let a = 1; function f() {}", "?a"),
                ("(() => { (() => a)() })(); const a = 1", "?a"),
                ("function f(a = b, b = 1) {} function g(c = c) {} function h({ d = e, e }) {}", "?b ?c ?e"),
                ("function f(a, b = a, c = () => d, d) {} function g(e = e_) { let e_ = e }", ""),
                ("function f(a) { return a = a || 1 } function g(b = 1) { b = b; var c = b }", ""),
                ("(function* () { f(a) })(); (async () => { await 1; f(a) })(); let a = 1; function f() {}", ""),
                ("setTimeout(function () { a() }); const a = () => (function () { return a })()", ""),
                ("for (const x of []) { x } for (let i = 0; i < 3; i++) { i }", ""),
            ],
        );
    }
}
