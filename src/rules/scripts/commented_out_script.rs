//! JavaScript that was commented out.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::rules::styles::commented_out_style;
use crate::syntax::Span;
use crate::syntax::script::{Script, code_line};

static CODE: Message = Message {
    id: "code",
    text: "This comment holds code rather than a remark: `{code}`",
    help: "Delete it; the version control keeps what was there. If it is meant as an explanation, say it in words.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "commented-out-script",
    item: "comments",
    title: "Commented-out JavaScript",
    why: "Kommo's reviewers ask for comments that explain; dead code makes them guess which of two versions counts.",
    fix: "Delete commented-out code.",
    messages: &[&CODE],
    bad: &[
        Example { path: "script.js", text: "define([], function () {\n  «// self.render(settings);»\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  «/*\n  if (ready) {\n    show();\n  }\n  */»\n});\n" },
    ],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  // The settings are shown once they are loaded.\n});\n" },
        Example {
            path: "script.js",
            text: "/*! Own 1.0 | MIT */\n// TODO: ask the team (see render())\n/** @param {string} name shown = title; */\n/* eslint no-alert: 0 */\ndefine([], function () {\n  // Closed: {a, b}\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        for (span, text) in dead_blocks(&examined.facts) {
            let code = text.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(out.suspect(&CODE, examined.at(span)).arg("code", code));
        }
    }
}

/// The comments that hold code: their place, and what they say. Blank lines between commented-out lines do not part them.
fn dead_blocks(script: &Script) -> Vec<(Span, String)> {
    let mut dead: Vec<(Span, String)> = Vec::new();
    let mut was_code = false;
    for block in script.comment_blocks() {
        let first = code_line(&block.text).or_else(|| is_style(&block.text).then_some(0));
        match (first, dead.last_mut().filter(|_| was_code && block.goes_on)) {
            (Some(_), Some((span, text))) => {
                *span = span.join(block.span);
                text.push('\n');
                text.push_str(&block.text);
            }
            (Some(first), None) => {
                // Words before the code are no part of it, where they have lines of their own.
                let (skipped, start) = block.starts.get(first).map_or((0, block.span.start), |&start| (first, start));
                let code = block.text.splitn(skipped + 1, '\n').last().unwrap_or_default();
                dead.push((Span::new(start, block.span.end), code.to_owned()));
            }
            (None, _) => {}
        }
        was_code = first.is_some();
    }
    dead
}

/// Whether a comment is whole declarations or rules of CSS.
fn is_style(comment: &str) -> bool {
    comment.trim_end().ends_with([';', '}']) && commented_out_style::is_code(comment)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn code_of_scripts_and_styles_is_found() {
        check(
            "commented-out-script",
            &[
                ("// show();\n// hide();\nf()", "?// show();\n// hide();"),
                ("f(); // show();", "?// show();"),
                ("// background: #fafafa;\nf()", "?// background: #fafafa;"),
                ("/* .own { color: red; } */ f()", "?/* .own { color: red; } */"),
                ("// show();\n\n  // hide();\r\n\r\n//show();\nf()", "?// show();\n\n  // hide();\r\n\r\n//show();"),
                ("// show();\n\n// Shows it to everybody\n\n// hide();\nf()", "?// show(); ?// hide();"),
                ("// show();\nf()\n// hide();", "?// show(); ?// hide();"),
                ("f(); // show();\n\n// hide();", "?// show(); ?// hide();"),
                ("/* \"cargo_type\": \"Type of cargo\", */ f()\n/* Departures: taken from the form */", ""),
                (
                    "x = {\n  // \"cargo_type\": \"bulk\",\n  a: 1 }\n// title: 'Type of cargo',",
                    "?// \"cargo_type\": \"bulk\", ?// title: 'Type of cargo',",
                ),
                ("// our colour: red\nf() // see show()", ""),
                ("// Shows it\n// to everybody\n// show();\n// hide();\nf()", "?// show();\n// hide();"),
                (
                    "// Shows it\n// own: function (a) {\n// var b = 1;\n// show(a, b);\nf()",
                    "?// own: function (a) {\n// var b = 1;\n// show(a, b);",
                ),
                ("/* Shows it\n show(); */ f()", "?/* Shows it\n show(); */"),
            ],
        );
    }
}
