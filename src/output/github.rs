//! The reports as workflow commands of GitHub Actions: an annotation for each finding.

use super::sentences::{counts, verdict};
use super::{Checked, WireFinding};
use crate::finding::Certainty;
use std::fmt::Write;

/// A line for each finding, and one with each verdict. `prefix` leads from the root of the repository to the widget.
#[must_use]
pub fn to_github(checked: &[Checked], prefix: &str) -> String {
    let mut out = String::new();
    for Checked { report, .. } in checked {
        for entry in &report.not_examined {
            let _ = writeln!(out, "::warning title=Not examined::{}", data(&entry.message));
        }
        for finding in report.items.iter().flat_map(|item| &item.findings) {
            let _ = writeln!(out, "{}", annotation(finding, prefix));
        }
        let text = format!("{}: {}\n{}", report.package.name, verdict(report), counts(report));
        let _ = writeln!(out, "::notice title=kommo-preflight::{}", data(&text));
    }
    out
}

fn annotation(finding: &WireFinding, prefix: &str) -> String {
    let command = match finding.certainty {
        Certainty::Certain => "error",
        Certainty::Suspect => "warning",
    };
    let mut properties = Vec::new();
    if let Some(path) = &finding.path {
        properties.push(format!("file={}", property(&format!("{prefix}{path}"))));
    }
    if let Some(range) = finding.range {
        properties.push(format!("line={},endLine={}", range.start.line, range.end.line));
        if range.start.line == range.end.line {
            properties.push(format!("col={},endColumn={}", range.start.column, range.end.column));
        }
    }
    properties.push(format!("title={}", property(finding.rule)));
    let text = format!("{}\n{}", finding.message, finding.help);
    format!("::{command} {}::{}", properties.join(","), data(&text))
}

/// A message: line ends would begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_or_a_text_begins_another_command() {
        assert_eq!(property("a,b:c\n::error::x"), "a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
    }
}
