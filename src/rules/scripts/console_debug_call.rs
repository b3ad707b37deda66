//! `console.debug`, counted per file.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::order;
use crate::rule::{Example, Message, Rule};
use std::collections::BTreeMap;

static CONSOLE_DEBUG: Message = Message {
    id: "console-debug",
    text: "Calls of `console.debug` in {file}: {calls}.",
    help: "Keep only the calls that help to support the published widget, such as `console.debug('Sync failed', error)`, and take the others out.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "console-debug-call",
    item: "console-debug",
    title: "console.debug",
    why: "Kommo's moderators accept console.debug only for what matters; the rest fills every user's console.",
    fix: "Remove the calls that served development.",
    messages: &[&CONSOLE_DEBUG],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  «console.debug('loaded')»;\n});\n" }],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  var loaded = true;\n});\n" },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var console = logger();\n  console.debug('loaded');\n  return 'console.debug()';\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut places: BTreeMap<&str, Vec<Location>> = BTreeMap::new();
    for examined in cx.scripts() {
        let script = &examined.facts;
        let calls = script.uses("console.debug").into_iter().filter_map(|used| super::called(script, used));
        places.entry(&examined.path).or_default().extend(calls.map(|(_, place)| examined.at(place)));
    }
    for (path, mut places) in places {
        order::sort(&mut places);
        let calls = places.len();
        let mut places = places.into_iter();
        if let Some(first) = places.next() {
            let finding = out.suspect(&CONSOLE_DEBUG, first).arg("calls", calls).arg("file", path);
            out.push(finding.also_at(places));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn calls_of_a_file_are_one_finding() {
        let script = "console.debug(1); window.console.debug(2); var d = console.debug; d(3); this.debug(4); p.then(console.debug); own.debug = console.debug";
        let findings = Widget::empty().file("script.js", script).findings("console-debug-call");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].text, "console.debug(1)");
        let report = Widget::empty().file("script.js", script).report();
        let counts: Vec<_> = report
            .items
            .iter()
            .filter(|item| item.item.id == "console-debug")
            .flat_map(|item| &item.findings)
            .map(|finding| finding.count)
            .collect();
        assert_eq!(counts, [5]);
    }
}
