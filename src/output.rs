//! The wire format: what every front end and format prints, apart from the engine's own types.

use crate::checklist::{EDITION, Section};
use crate::finding::{Arg, Certainty, Evidence, Finding, Location, Related};
use crate::fingerprint::{Fingerprints, evidence_digest};
use crate::package::{NotExamined, Package};
use crate::report::{FileFacts, ImageFacts, ItemResult, Outcome, Report, Verdict, WidgetFacts};
use crate::syntax::{Position, Span};
use serde::Serialize;
use std::collections::BTreeMap;

#[cfg(feature = "cli")]
pub mod github;
pub mod html;
pub mod json;
#[cfg(feature = "cli")]
pub mod junit;
pub mod markdown;
#[cfg(feature = "cli")]
pub mod sarif;
pub mod secrets;
pub mod sentences;
pub mod sources;
#[cfg(feature = "cli")]
pub mod text;

pub use secrets::Secrets;
pub use sources::{Checked, Excerpt, Sources};

/// The number of the wire format; additions do not change it.
pub const SCHEMA_VERSION: u32 = 1;

/// A report as it travels: `report.schema.json`.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireReport {
    pub schema_version: u32,
    pub tool: Tool,
    pub checklist: Checklist,
    pub package: WirePackage,
    pub verdict: Verdict,
    pub counts: Counts,
    pub items: Vec<WireItem>,
    pub images: Vec<ImageFacts>,
    pub not_examined: Vec<WireNotExamined>,
    /// Stays here: what every excerpt of the package must cover.
    #[serde(skip)]
    pub secrets: Secrets,
}

/// Who made the report.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
}

/// What the report judges by.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct Checklist {
    pub edition: &'static str,
}

/// What was checked.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WirePackage {
    pub name: String,
    pub sha256: Option<String>,
    pub compressed_bytes: Option<u64>,
    pub unpacked_bytes: u64,
    pub root: String,
    pub locales: Vec<String>,
    pub widget: WidgetFacts,
    pub files: Vec<FileFacts>,
}

/// Items by outcome, and findings that are silenced.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct Counts {
    pub fail: usize,
    pub review: usize,
    pub manual: usize,
    pub pass: usize,
    pub not_applicable: usize,
    pub silenced: usize,
}

/// One of the sixty.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireItem {
    pub id: &'static str,
    pub section: Section,
    pub title: &'static str,
    pub asks: &'static str,
    pub status: Outcome,
    pub evidence_digest: Option<String>,
    pub findings: Vec<WireFinding>,
    pub silenced: Vec<WireSilenced>,
    pub evidence: Vec<WireEvidence>,
}

/// A finding with its words and positions.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireFinding {
    pub rule: &'static str,
    pub certainty: Certainty,
    pub message_id: String,
    pub args: BTreeMap<&'static str, Arg>,
    pub message: String,
    pub help: String,
    pub count: u32,
    pub fingerprint: String,
    pub path: Option<String>,
    pub range: Option<Range>,
    pub related: Vec<WireRelated>,
}

/// A finding that the caller silences.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireSilenced {
    #[serde(flatten)]
    pub finding: WireFinding,
    pub reason: Option<String>,
    pub source: SilenceSource,
}

/// Where a silence is written.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct SilenceSource {
    pub path: String,
    pub line: u32,
}

/// A second place of a finding.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireRelated {
    pub message_id: String,
    pub args: BTreeMap<&'static str, Arg>,
    pub message: String,
    pub path: Option<String>,
    pub range: Option<Range>,
}

/// What helps a person to judge.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireEvidence {
    pub kind: &'static str,
    pub label: String,
    pub value: String,
    pub path: Option<String>,
    pub range: Option<Range>,
}

/// What could not be read, or a limit that was hit.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct WireNotExamined {
    pub code: &'static str,
    pub args: BTreeMap<&'static str, serde_json::Value>,
    pub message: String,
    pub path: Option<String>,
}

/// A part of a file.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "report.schema.json describes the fields")]
pub struct Range {
    pub start: Position,
    pub end: Position,
}

impl WireReport {
    /// Gives the engine's report its words and positions.
    #[must_use]
    pub fn new(report: &Report, package: &Package) -> Self {
        let secrets = Secrets::new(&report.secrets, package);
        let mut writer = Writer { package, secrets: &secrets, fingerprints: Fingerprints::new(package) };
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            checklist: Checklist { edition: EDITION },
            package: WirePackage {
                name: package.name.clone(),
                sha256: package.sha256.clone(),
                compressed_bytes: package.compressed_bytes,
                unpacked_bytes: package.unpacked_bytes,
                root: package.root.clone(),
                locales: report.facts.locales.clone(),
                widget: report.facts.widget.clone(),
                files: report.facts.files.clone(),
            },
            verdict: report.verdict,
            counts: Counts {
                fail: report.count(Outcome::Fail),
                review: report.count(Outcome::Review),
                manual: report.count(Outcome::Manual),
                pass: report.count(Outcome::Pass),
                not_applicable: report.count(Outcome::NotApplicable),
                silenced: report.silenced(),
            },
            items: report.items.iter().map(|item| writer.item(item)).collect(),
            images: report.facts.images.clone(),
            not_examined: report.not_examined.iter().map(WireNotExamined::new).collect(),
            secrets,
        }
    }
}

impl WireNotExamined {
    fn new(entry: &NotExamined) -> Self {
        Self { code: entry.code, args: entry.args.clone(), message: entry.message.clone(), path: entry.path.clone() }
    }
}

struct Writer<'p> {
    package: &'p Package,
    secrets: &'p Secrets,
    fingerprints: Fingerprints<'p>,
}

impl Writer<'_> {
    fn item(&mut self, result: &ItemResult) -> WireItem {
        WireItem {
            id: result.item.id,
            section: result.item.section,
            title: result.item.title,
            asks: result.item.asks,
            status: result.outcome,
            evidence_digest: evidence_digest(&result.evidence),
            findings: result.findings.iter().map(|finding| self.finding(finding)).collect(),
            silenced: result
                .silenced
                .iter()
                .map(|(finding, silence)| WireSilenced {
                    finding: self.finding(finding),
                    reason: silence.reason.clone(),
                    source: SilenceSource { path: silence.source_path.clone(), line: silence.source_line },
                })
                .collect(),
            evidence: result.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
        }
    }

    fn finding(&mut self, finding: &Finding) -> WireFinding {
        let args = self.secrets.mask_args(&finding.args);
        WireFinding {
            rule: finding.rule.id,
            certainty: finding.certainty,
            message_id: format!("{}/{}", finding.rule.id, finding.message.id),
            message: fill(finding.message.text, &args),
            help: fill(finding.message.help, &args),
            args,
            count: finding.count,
            fingerprint: self.fingerprints.of(finding),
            path: finding.location.path.clone(),
            range: self.range(&finding.location),
            related: finding.related.iter().map(|related| self.related(finding, related)).collect(),
        }
    }

    fn related(&self, finding: &Finding, related: &Related) -> WireRelated {
        let args = self.secrets.mask_args(&related.args);
        WireRelated {
            message_id: format!("{}/{}", finding.rule.id, related.message.id),
            message: fill(related.message.text, &args),
            args,
            path: related.location.path.clone(),
            range: self.range(&related.location),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> WireEvidence {
        WireEvidence {
            kind: evidence.kind,
            label: self.secrets.mask(&evidence.label),
            value: self.secrets.mask(&evidence.value),
            path: evidence.location.path.clone(),
            range: self.range(&evidence.location),
        }
    }

    fn range(&self, location: &Location) -> Option<Range> {
        let file = self.package.files.get(location.path.as_deref()?)?;
        let Span { start, end } = location.span?;
        Some(Range { start: file.position(start), end: file.position(end) })
    }
}

/// Puts the arguments into the holes of a message.
#[must_use]
pub fn fill(text: &str, args: &BTreeMap<&'static str, Arg>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| args.get(name).map(|arg| (arg, tail))) {
            Some((arg, tail)) => {
                out.push_str(&arg.to_string());
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_take_their_arguments_and_other_braces_stay() {
        let args = BTreeMap::from([("name", Arg::from("a{b}c")), ("count", Arg::from(3_u32))]);
        assert_eq!(fill("{count} of {name}, {other} {", &args), "3 of a{b}c, {other} {");
        assert_eq!(fill("define(['x'], function () { {name} })", &args), "define(['x'], function () { a{b}c })");
    }
}
