//! Scripts that browsers cannot run.

use crate::context::{Context, Origin};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::Reason;

static SYNTAX: Message = Message {
    id: "syntax",
    text: "This script has a syntax error: {error}.",
    help: "Correct the place. `node --check file.js` names the next one, if there are more.",
};

static DIALECT: Message = Message {
    id: "dialect",
    text: "This script seems to be {language}, which browsers do not run.",
    help: "Ship the JavaScript that your build makes of it, and leave the source out of the archive.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "script-syntax-error",
    item: "declared-variables",
    title: "Syntax error in a script",
    why: "A script with a syntax error does not run at all, and the widget vanishes without a message.",
    fix: "Correct the syntax, and check every file once more before you pack it.",
    messages: &[&SYNTAX, &DIALECT],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  var a = «;»\n});\n" }],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  var a = 1;\n});\n" },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var a = b?.c ?? 1;\n  return class { #d = a; static { } };\n});\nvar b;\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for script in cx.broken_scripts() {
        let Reason::Syntax { message, dialect } = &script.unparsed.reason else { continue };
        let location = crate::finding::Location::span(&*script.path, script.unparsed.span);
        if let Some(dialect) = dialect {
            out.push(out.suspect(&DIALECT, location).arg("language", dialect.name()));
            continue;
        }
        let message = message.trim_end_matches('.').to_owned();
        let is_whole = script.origin != Origin::ScriptString && !script.has_holes;
        let finding = if is_whole { out.certain(&SYNTAX, location) } else { out.suspect(&SYNTAX, location) };
        out.push(finding.arg("error", message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn errors_of_both_goals_and_early_errors_are_certain() {
        for script in [
            "var a = ;",
            "function (",
            "let a; let a;",
            "const a;",
            "break;",
            "x = /(/",
            "return 1;",
            "for (const a of b",
            "var a = 'b\n';",
            "class A { constructor() {} constructor() {} }",
            "'use strict'; with (a) {}",
            "import a from 'b'; with (a) {}",
            "a => { let a; var a }",
            "1 = 2",
            "async () => { for await (x in y) {} }",
        ] {
            assert!(found("script-syntax-error", script).starts_with('!'), "{script}");
        }
    }

    #[test]
    fn other_languages_are_suspect_and_every_edition_is_fine() {
        for script in ["const a = <b>c</b>;", "let a: string = 'b';", "var a = {{ b }} + ;", "interface A { b: string }"] {
            assert!(found("script-syntax-error", script).starts_with('?'), "{script}");
        }
        for script in [
            "with (a) {}",
            "import a from 'b'; export default a",
            "var a = 010",
            "await a",
            "a ||= b; c ??= d?.e?.[f]",
            "class A { #b = 1; static c() { return #b in this } }",
            "async function* a() { yield* b; for await (const c of d) {} }",
            "label: for (;;) { continue label }",
            "var a = 1_000n ** 2n",
            "<!-- x\nvar a",
            "#!/usr/bin/env node\nvar a",
            "",
        ] {
            assert_eq!(found("script-syntax-error", script), "", "{script}");
        }
    }
}
