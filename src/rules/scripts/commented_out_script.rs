//! JavaScript that was commented out.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::rules::styles::commented_out_style;
use crate::syntax::script::is_code;

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
        for block in examined.facts.comment_blocks() {
            if is_code(&block.text) || is_style(&block.text) {
                let code = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push(out.suspect(&CODE, examined.at(block.span)).arg("code", code));
            }
        }
    }
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
                ("// our colour: red\nf() // see show()", ""),
            ],
        );
    }
}
