//! Code that is loaded past the dependency list of `define`.

use crate::context::Context;
use crate::finding::Findings;
use crate::kommo::hosts::Address;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Load, Loader, Through};

static LATE: Message = Message {
    id: "late",
    text: "`{address}` is loaded by {how} instead of define's dependency list.",
    help: "Name it in the list and take it as a parameter: `define(['jquery', '{address}'], function ($, lib) { ... })`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "late-dependency",
    item: "requirejs-dependencies",
    title: "Dependency outside define's list",
    why: "In define's list requirejs loads a dependency once and before the widget runs, and reviewers see it at a glance.",
    fix: "Move the address into the dependency list of `define`.",
    messages: &[&LATE],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $.getScript(«'https://code.jquery.com/ui/1.13.2/jquery-ui.min.js'»);\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define(['jquery', 'https://code.jquery.com/ui/1.13.2/jquery-ui.min.js'], function ($) {});\n",
        },
        Example {
            path: "script.js",
            text: "define(['jquery', 'https://code.jquery.com/ui/1.13.2/jquery-ui.min.js'], function ($) {\n  require(['moment'], function () {});\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for load in script.loads() {
            // `import('node:fs')` of a library that also runs in Node never runs in a browser, and `import('')` only asks whether it can.
            let is_no_load = load.address.is_empty() || load.address.starts_with("node:");
            if let Some(how) = how(load).filter(|_| !load.is_doubtful && !is_no_load) {
                let finding = out.suspect(&LATE, examined.at(script.span(load.node)));
                out.push(finding.arg("address", super::readable(&load.address)).arg("how", how));
            }
        }
        // An address that is wholly computed is loaded all the same.
        let is_computed = |address| script.sources(address).into_iter().all(|source| script.text(source).is_none());
        for call in script.methods("getScript") {
            let Some(address) = call.argument(0).filter(|&address| is_computed(address)) else { continue };
            if call.receiver().is_some_and(|receiver| script.jquery(receiver).is_some()) {
                let finding = out.suspect(&LATE, examined.at(call.place()));
                out.push(finding.arg("address", script.code(address)).arg("how", "$.getScript"));
            }
        }
        let imports = script.dependencies().iter().filter(|dependency| dependency.loader == Loader::DynamicImport);
        for address in imports.map(|dependency| dependency.name).filter(|&address| is_computed(address)) {
            let finding = out.suspect(&LATE, examined.at(script.span(script.parent(address))));
            out.push(finding.arg("address", script.code(address)).arg("how", "import()"));
        }
    }
}

fn how(load: &Load) -> Option<&'static str> {
    match load.through {
        Through::GetScript => Some("$.getScript"),
        Through::ImportScripts => Some("importScripts"),
        Through::DynamicImport => Some("import()"),
        Through::NestedRequire if Address::parse(&load.address).is_some() => Some("a nested require"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "late-dependency",
            &[
                ("$.getScript('/a.js')", "?'/a.js'"),
                ("$.getScript(url, f)", "?$.getScript(url, f)"),
                ("['/a.js', '/b.js'].forEach(a => $.getScript(a))", "?'/a.js' ?'/b.js'"),
                ("importScripts('a.js')", "?'a.js'"),
                ("import('./a.js')", "?'./a.js'"),
                ("define([], function () { require(['https://a.com/b.js'], f) })", "?'https://a.com/b.js'"),
                (
                    "define(['require', 'exports'], function (require) { require(['https://a.com/b.js'], f) })",
                    "?'https://a.com/b.js'",
                ),
                ("define([], function () { require(['moment', './b.js', 'text!https://a.com/b'], f) })", ""),
                ("define(['https://a.com/b.js'], f); import x from 'https://a.com/b.js'", ""),
                ("import('node:fs'); if (node) import('node:stream/web').then(f)", ""),
                ("import('./node:a.js')", "?'./node:a.js'"),
                (
                    "import(own.address); import(''); function load(a) { return import(a) } load('./b.js')",
                    "?import(own.address) ?'./b.js'",
                ),
                ("loader.getScript('/a.js')", ""),
            ],
        );
    }
}
