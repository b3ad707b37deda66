//! The reports as one HTML file that stands alone: no script, nothing to load, everything of the package escaped.

use super::sentences::{counts, place, verdict};
use super::{Checked, WireEvidence, WireFinding, WireItem, WireReport, WireSilenced};
use crate::finding::{ALSO_HERE, Certainty};
use crate::package::shown;
use crate::report::{Outcome, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("html.css");

/// One document of all reports.
#[must_use]
pub fn to_html(checked: &[Checked]) -> String {
    let names: Vec<String> = checked.iter().map(|checked| shown(&checked.report.package.name)).collect();
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (names.join(", ")) " - kommo-preflight" }
                style { (PreEscaped(STYLE)) }
            }
            body { main { @for one in checked { (report(one)) } } }
        }
    };
    let mut text = document.into_string();
    text.push('\n');
    text
}

fn report(checked: &Checked) -> Markup {
    let report = &checked.report;
    html! {
        article {
            h1 { (shown(&report.package.name)) }
            p.verdict.(class(report.verdict)) { (verdict(report)) }
            @if report.verdict != Verdict::Unreadable { p { (counts(report)) } }
            (facts(report))
            @if !report.not_examined.is_empty() {
                h2 { "Not examined" }
                ul { @for entry in &report.not_examined { li { (shown(&entry.message)) } } }
            }
            @if report.verdict != Verdict::Unreadable {
                @for (status, heading) in HEADINGS { (section(checked, status, heading)) }
                (silenced(report))
            }
        }
    }
}

const HEADINGS: [(Outcome, &str); 5] = [
    (Outcome::Fail, "Fails"),
    (Outcome::Review, "Needs a look"),
    (Outcome::Manual, "Yours to judge"),
    (Outcome::Pass, "Passes"),
    (Outcome::NotApplicable, "Does not apply"),
];

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail | Verdict::Unreadable => "fail",
        Verdict::Review => "review",
        Verdict::Clear => "pass",
    }
}

fn facts(report: &WireReport) -> Markup {
    let package = &report.package;
    html! {
        p.facts {
            (report.tool.name) " " (report.tool.version) ", checklist " (report.checklist.edition)
            @if let Some(version) = &package.widget.version { "; widget version " (shown(version)) }
            @if !package.locales.is_empty() { "; languages " (shown(&package.locales.join(", "))) }
            @if let Some(hash) = &package.sha256 { "; SHA-256 " code { (hash) } }
        }
    }
}

/// The items of one outcome; those that ask for something are open.
fn section(checked: &Checked, status: Outcome, heading: &str) -> Markup {
    let items: Vec<&WireItem> = checked.report.items.iter().filter(|item| item.status == status).collect();
    let open = matches!(status, Outcome::Fail | Outcome::Review);
    html! {
        @if !items.is_empty() {
            h2 { (heading) " (" (items.len()) ")" }
            @for item in items {
                details open[open] {
                    summary { (item.title) " " code { (item.id) } }
                    p { (item.asks) }
                    @for finding in &item.findings { (self::finding(finding, checked)) }
                    @if !item.evidence.is_empty() { ul { @for entry in &item.evidence { (evidence(entry)) } } }
                }
            }
        }
    }
}

fn finding(finding: &WireFinding, checked: &Checked) -> Markup {
    let (says, class) = match finding.certainty {
        Certainty::Certain => ("fails", "fail"),
        Certainty::Suspect => ("look", "review"),
    };
    let (also, other): (Vec<_>, Vec<_>) = finding.related.iter().partition(|related| related.message == ALSO_HERE.text);
    html! {
        section.finding {
            p { b.(class) { (says) } " " (lines(&finding.message)) }
            p.place {
                code { (place(finding.path.as_deref(), finding.range)) } " "
                @if let Some(page) = checked.rule_page(finding.rule) { a href=(page) { (finding.rule) } } @else { (finding.rule) }
            }
            @if let Some(excerpt) = checked.sources.excerpt(finding) {
                @let (before, rest) = excerpt.text.split_at(excerpt.marked.start);
                @let (marked, after) = rest.split_at(excerpt.marked.len());
                pre { (before) mark { (marked) } (after) }
            }
            @for related in other { p { (lines(&related.message)) " " code { (place(related.path.as_deref(), related.range)) } } }
            @if !also.is_empty() {
                p { "Also at" @for related in &also { " " code { (place(related.path.as_deref(), related.range)) } } }
            }
            @if (finding.count as usize) > also.len() + 1 { p { "It stands for " (finding.count) " places." } }
            p.help { (lines(&finding.help)) }
        }
    }
}

fn evidence(evidence: &WireEvidence) -> Markup {
    html! {
        li {
            @if !evidence.label.is_empty() { (shown(&evidence.label)) ": " }
            (lines(&evidence.value))
            @if let Some(path) = &evidence.path { " " code { (place(Some(path), evidence.range)) } }
        }
    }
}

fn silenced(report: &WireReport) -> Markup {
    let silenced: Vec<&WireSilenced> = report.items.iter().flat_map(|item| &item.silenced).collect();
    html! {
        @if !silenced.is_empty() {
            h2 { "Silenced (" (silenced.len()) ")" }
            ul {
                @for one in silenced {
                    li {
                        code { (place(one.finding.path.as_deref(), one.finding.range)) } " "
                        (lines(&one.finding.message)) " " (one.finding.rule)
                        ", by " code { (shown(&one.source.path)) ":" (one.source.line) } ": "
                        (shown(one.reason.as_deref().unwrap_or("no reason given")))
                    }
                }
            }
        }
    }
}

/// Hidden characters made visible, line ends kept by the style sheet.
fn lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}
