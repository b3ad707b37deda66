//! Constants that get another value.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Access, Kind};

static WRITE: Message = Message {
    id: "write",
    text: "`{name}` gets another value, but it is declared with `const`.",
    help: "Declare it with `let`, or give the new value a variable of its own: until then this line throws a TypeError.",
};

static DECLARED: Message = Message { id: "declared", text: "It is declared here.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "constant-write",
    item: "declared-variables",
    title: "Constant that gets another value",
    why: "A `const` keeps its first value: a line that gives it another one throws when it runs.",
    fix: "Declare variables that change with `let` or `var`.",
    messages: &[&WRITE],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  const total = 1;\n  «total» = 2;\n});\n" }],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  let total = 1;\n  total = 2;\n});\n" },
        Example {
            path: "script.js",
            text: "define([], function () {\n  const state = {};\n  state.total = 2;\n  for (const key in state) { show(key); }\n  function show(state) { state = 1; }\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for id in script.nodes() {
            let Kind::Name { name, symbol: Some(symbol), access: Access::Write | Access::ReadWrite } = script.kind(id) else {
                continue;
            };
            if let Some(binding) = script.binding(symbol).filter(|_| script.is_constant(symbol)) {
                let finding = out.suspect(&WRITE, examined.at(script.span(id))).arg("name", script.word(name));
                out.push(finding.related(&DECLARED, examined.at(script.span(binding))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn every_write_but_the_first_is_found() {
        check(
            "constant-write",
            &[
                ("const a = 1; a = 2; a++; a += 3", "?a ?a ?a"),
                ("const { a, b: [c] } = {}; [c] = [1]; ({ x: a } = {})", "?c ?a"),
                ("const a = 1; function f() { a = 2 }", "?a"),
                ("for (const i = 0; i < 3; i++) {}", "?i"),
                ("const a = {}; a.b = 1; a['c']++; delete a.d", ""),
                ("const a = 1; { let a; a = 2 } function f(a) { a = 2 }", ""),
                ("for (const a of []) {} for (const b in {}) {} let c; c = 1; var d = 1; d = 2", ""),
            ],
        );
    }
}
