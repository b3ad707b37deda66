//! The report for people at a terminal: the verdict first, then what fails, what needs a look, and what only a person can judge.

use super::{WireFinding, WireItem, WireReport};
use crate::report::{Outcome, Verdict};
use std::fmt::Write;

/// The report as text.
#[must_use]
pub fn to_text(report: &WireReport) -> String {
    let mut out = String::new();
    let counts = &report.counts;
    let verdict = match report.verdict {
        Verdict::Fail => "not ready",
        Verdict::Review => "nothing fails for certain",
        Verdict::Clear => "nothing left to repair here; Kommo's moderators decide",
        Verdict::Unreadable => "it could not be read",
    };
    let _ = writeln!(out, "{}: {verdict}", report.package.name);
    let _ = writeln!(
        out,
        "{} fail, {} need a look, {} are yours to judge, {} pass, {} do not apply, {} findings silenced",
        counts.fail, counts.review, counts.manual, counts.pass, counts.not_applicable, counts.silenced
    );
    for entry in &report.not_examined {
        let _ = writeln!(out, "not examined: {}", entry.message);
    }
    if report.verdict != Verdict::Unreadable {
        for status in [Outcome::Fail, Outcome::Review, Outcome::Manual] {
            for item in report.items.iter().filter(|item| item.status == status) {
                self::item(&mut out, item);
            }
        }
    }
    out
}

fn item(out: &mut String, item: &WireItem) {
    let mark = match item.status {
        Outcome::Fail => "fails",
        Outcome::Review => "needs a look",
        _ => "yours to judge",
    };
    let _ = writeln!(out, "\n{mark}: {} ({})", item.title, item.id);
    for finding in &item.findings {
        self::finding(out, finding);
    }
}

fn finding(out: &mut String, finding: &WireFinding) {
    let place = match (&finding.path, finding.range) {
        (Some(path), Some(range)) => format!("{path}:{}:{}", range.start.line, range.start.column),
        (Some(path), None) => path.clone(),
        (None, _) => "package".to_owned(),
    };
    let _ = writeln!(out, "  {place}: {} [{}]\n    {}", finding.message, finding.message_id, finding.help);
}
