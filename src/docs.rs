//! The documentation of the rules, made from the rules themselves: `docs/rules/`.

use crate::checklist;
use crate::package::shown;
use crate::rule::{Example, Rule};
use crate::rules::RULES;
use std::fmt::Write;

/// A table of all rules as Markdown; `folder` leads to their pages, empty or with its final slash.
#[must_use]
pub fn table(folder: &str) -> String {
    let mut out = "| Item | Rule | What it finds |\n|---|---|---|\n".to_owned();
    for rule in RULES {
        let _ = writeln!(
            out,
            "| `{}` | [`{}`]({folder}{}.md) | {} |",
            rule.item,
            rule.id,
            rule.id,
            prose(rule.title).replace('|', "\\|")
        );
    }
    out
}

/// The page of one rule as Markdown.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut out = format!("# {} (`{}`)\n\n", prose(rule.title), rule.id);
    if let Some(item) = checklist::item(rule.item) {
        let _ = writeln!(out, "It serves the item *{}* (`{}`): {}\n", prose(item.title), item.id, prose(item.asks));
    }
    let _ = write!(out, "## Why\n\n{}\n\n## How to repair it\n\n{}\n", prose(rule.why), prose(rule.fix));
    examples(&mut out, "What it catches", rule.bad);
    examples(&mut out, "What it leaves alone", rule.good);
    if !rule.messages.is_empty() {
        out.push_str("\n## What it says\n");
    }
    for message in rule.messages {
        let help = prose(message.help).replace('\n', "\n  ");
        let _ = write!(out, "\n- `{}/{}`: {}\n\n  {help}\n", rule.id, message.id, prose(message.text));
    }
    out
}

fn examples(out: &mut String, heading: &str, examples: &[Example]) {
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {heading}");
    for example in examples {
        let text = visible(&example.unmarked());
        let fence = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
        let language = example.path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let _ = write!(out, "\n`{}`\n\n{fence}{language}\n{}\n{fence}\n", example.path, text.trim_end_matches('\n'));
    }
}

/// Text in which no angle bracket outside of backticks is taken for HTML.
fn prose(text: &str) -> String {
    let part = |(index, part): (usize, &str)| if index % 2 == 0 { part.replace('<', "&lt;") } else { part.to_owned() };
    text.split('`').enumerate().map(part).collect::<Vec<_>>().join("`")
}

/// Source text with carriage returns, byte order marks and the like written out.
fn visible(text: &str) -> String {
    let parts = text.split_inclusive(['\n', '\t']).map(|part| match part.strip_suffix(['\n', '\t']) {
        Some(start) => shown(start) + &part[start.len()..],
        None => shown(part),
    });
    parts.collect()
}
