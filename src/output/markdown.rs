//! The reports as Markdown, for chats, tickets and agents.

use super::sentences::{counts, place, verdict};
use super::{Checked, WireEvidence, WireFinding, WireItem, WireReport};
use crate::finding::ALSO_HERE;
use crate::package::shown;
use crate::report::{Outcome, Verdict};
use std::fmt::Write;

/// Pieces of evidence that are listed for an item; the rest is counted.
const EVIDENCE: usize = 20;

/// The reports, one after the other.
#[must_use]
pub fn to_markdown(checked: &[Checked]) -> String {
    checked.iter().map(report).collect::<Vec<_>>().join("\n")
}

fn report(checked: &Checked) -> String {
    let report = &checked.report;
    let mut out = format!("# {}\n\n**{}**\n", escaped(&report.package.name), escaped(&capitalised(&verdict(report))));
    if report.verdict != Verdict::Unreadable {
        let _ = writeln!(out, "\n{}", escaped(&counts(report)));
    }
    facts(&mut out, report);
    if !report.not_examined.is_empty() {
        out.push_str("\n## Not examined\n\n");
        for entry in &report.not_examined {
            let _ = writeln!(out, "- {}", escaped(&entry.message));
        }
    }
    if report.verdict == Verdict::Unreadable {
        return out;
    }
    for (status, heading) in [(Outcome::Fail, "Fails"), (Outcome::Review, "Needs a look"), (Outcome::Manual, "Yours to judge")] {
        let mut items = report.items.iter().filter(|item| item.status == status).peekable();
        if items.peek().is_some() {
            let _ = writeln!(out, "\n## {heading}");
        }
        for item in items {
            self::item(&mut out, item, checked);
        }
    }
    silenced(&mut out, report);
    for (status, heading) in [(Outcome::Pass, "Passes"), (Outcome::NotApplicable, "Does not apply")] {
        let titles: Vec<_> = report.items.iter().filter(|item| item.status == status).map(|item| item.title).collect();
        if !titles.is_empty() {
            let _ = writeln!(out, "\n## {heading}\n\n{}.", escaped(&titles.join(", ")));
        }
    }
    out
}

/// What was checked.
fn facts(out: &mut String, report: &WireReport) {
    let package = &report.package;
    let mut facts =
        vec![format!("{} {}", report.tool.name, report.tool.version), format!("checklist {}", report.checklist.edition)];
    facts.extend(package.widget.version.as_ref().map(|version| format!("widget version {version}")));
    facts.extend((!package.locales.is_empty()).then(|| format!("languages {}", package.locales.join(", "))));
    facts.extend(package.sha256.as_ref().map(|hash| format!("SHA-256 {hash}")));
    let _ = writeln!(out, "\n{}", escaped(&capitalised(&facts.join("; "))));
}

fn item(out: &mut String, item: &WireItem, checked: &Checked) {
    let _ = writeln!(out, "\n### {} (`{}`)\n\n{}", escaped(item.title), item.id, escaped(item.asks));
    for finding in &item.findings {
        self::finding(out, finding, checked);
    }
    if !item.evidence.is_empty() {
        out.push_str("\nTo look at:\n\n");
        for evidence in item.evidence.iter().take(EVIDENCE) {
            let _ = writeln!(out, "- {}", self::evidence(evidence));
        }
        if item.evidence.len() > EVIDENCE {
            let _ = writeln!(out, "- and {} more; the JSON report lists them", item.evidence.len() - EVIDENCE);
        }
    }
}

fn evidence(evidence: &WireEvidence) -> String {
    let value = evidence.value.replace('\n', " ");
    let text = if evidence.label.is_empty() { value } else { format!("{}: {value}", evidence.label) };
    match &evidence.path {
        Some(path) => format!("{} ({})", escaped(&text), code(&place(Some(path), evidence.range))),
        None => escaped(&text),
    }
}

fn finding(out: &mut String, finding: &WireFinding, checked: &Checked) {
    let place = place(finding.path.as_deref(), finding.range);
    let rule = match checked.rule_page(finding.rule) {
        Some(page) => format!("[`{}`](<{page}>)", finding.rule),
        None => format!("`{}`", finding.rule),
    };
    let _ = writeln!(out, "\n- {}: {} ({rule})", code(&place), escaped(&finding.message));
    if let Some(excerpt) = checked.sources.excerpt(finding) {
        let fence = fence(&excerpt.text);
        let _ = writeln!(out, "\n  {fence}{}", language(finding.path.as_deref()));
        for line in excerpt.text.split('\n') {
            let _ = writeln!(out, "  {line}");
        }
        let _ = writeln!(out, "  {fence}");
    }
    let (also, other): (Vec<_>, Vec<_>) = finding.related.iter().partition(|related| related.message == ALSO_HERE.text);
    for related in other {
        let at = self::place(related.path.as_deref(), related.range);
        let _ = writeln!(out, "\n  {} ({})", escaped(&related.message), code(&at));
    }
    if !also.is_empty() {
        let places: Vec<_> = also.iter().map(|related| code(&self::place(related.path.as_deref(), related.range))).collect();
        let _ = writeln!(out, "\n  Also at {}.", places.join(", "));
    }
    if (finding.count as usize) > also.len() + 1 {
        let _ = writeln!(out, "\n  It stands for {} places.", finding.count);
    }
    let _ = writeln!(out, "\n  {}", escaped(&finding.help).replace('\n', "\n  "));
}

fn silenced(out: &mut String, report: &WireReport) {
    let mut silenced = report.items.iter().flat_map(|item| &item.silenced).peekable();
    if silenced.peek().is_some() {
        out.push_str("\n## Silenced\n\n");
    }
    for one in silenced {
        let place = place(one.finding.path.as_deref(), one.finding.range);
        let reason = one.reason.as_deref().unwrap_or("no reason given");
        let source = format!("{}:{}", shown(&one.source.path), one.source.line);
        let _ = writeln!(
            out,
            "- {}: {} (`{}`), silenced by {}: {}",
            code(&place),
            escaped(&one.finding.message),
            one.finding.rule,
            code(&source),
            escaped(reason)
        );
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Text that Markdown shows as it is: nothing of a package becomes a link, an image or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push_str(&shown(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// A code span of `text`, whatever backticks it holds.
fn code(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

fn fence(text: &str) -> String {
    "`".repeat((longest_run(text) + 1).max(3))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn language(path: Option<&str>) -> &'static str {
    match path.and_then(|path| path.rsplit('.').next()) {
        Some("js") => "js",
        Some("css") => "css",
        Some("twig") => "twig",
        Some("html" | "htm") => "html",
        Some("json") => "json",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_a_link_an_image_or_html() {
        assert_eq!(escaped("![x](http://a) <img> & *b* `c`"), "!\\[x\\](http://a) &lt;img&gt; &amp; \\*b\\* \\`c\\`");
    }

    #[test]
    fn code_holds_any_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(fence("x ```` y"), "`````");
    }
}
