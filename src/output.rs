//! The wire format: what every front end and format prints, apart from the engine's own types.

use crate::checklist::{EDITION, Section};
use crate::finding::{Arg, Certainty, Evidence, Finding, Location, Related};
use crate::fingerprint::{Fingerprints, evidence_digest};
use crate::package::{NotExamined, Package, SourceFile};
use crate::report::{FileFacts, ImageFacts, ItemResult, Outcome, Report, Verdict, WidgetFacts};
use crate::rule::Rule;
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
    pub fn new(report: Report, package: &Package) -> Self {
        let counts = Counts {
            fail: report.count(Outcome::Fail),
            review: report.count(Outcome::Review),
            manual: report.count(Outcome::Manual),
            pass: report.count(Outcome::Pass),
            not_applicable: report.count(Outcome::NotApplicable),
            silenced: report.silenced(),
        };
        let Report { verdict, items, not_examined, facts, secrets } = report;
        let secrets = Secrets::new(&secrets, package);
        let mut writer = Writer { package, secrets: &secrets, fingerprints: Fingerprints::default() };
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
                locales: facts.locales,
                widget: facts.widget,
                files: facts.files,
            },
            verdict,
            counts,
            items: items.into_iter().map(|item| writer.item(item)).collect(),
            images: facts.images,
            not_examined: not_examined.into_iter().map(WireNotExamined::new).collect(),
            secrets,
        }
    }
}

impl WireNotExamined {
    fn new(entry: NotExamined) -> Self {
        Self { code: entry.code, args: entry.args, message: entry.message, path: entry.path }
    }
}

struct Writer<'p> {
    package: &'p Package,
    secrets: &'p Secrets,
    fingerprints: Fingerprints,
}

impl<'p> Writer<'p> {
    fn item(&mut self, result: ItemResult) -> WireItem {
        WireItem {
            id: result.item.id,
            section: result.item.section,
            title: result.item.title,
            asks: result.item.asks,
            status: result.outcome,
            evidence_digest: evidence_digest(&result.evidence),
            findings: result.findings.into_iter().map(|finding| self.finding(finding)).collect(),
            silenced: result
                .silenced
                .into_iter()
                .map(|(finding, silence)| WireSilenced {
                    finding: self.finding(finding),
                    reason: silence.reason,
                    source: SilenceSource { path: silence.source_path, line: silence.source_line },
                })
                .collect(),
            evidence: result.evidence.into_iter().map(|evidence| self.evidence(evidence)).collect(),
        }
    }

    fn finding(&mut self, finding: Finding) -> WireFinding {
        let file = self.file(&finding.location);
        let fingerprint = self.fingerprints.of(&finding, file);
        let Finding { rule, message, args, certainty, location, related, count } = finding;
        let args = self.secrets.mask_args(args);
        WireFinding {
            rule: rule.id,
            certainty,
            message_id: [rule.id, "/", message.id].concat(),
            message: fill(message.text, &args),
            help: fill(message.help, &args),
            args,
            count,
            fingerprint,
            range: range(file, &location),
            path: location.path,
            related: related.into_iter().map(|related| self.related(rule, related)).collect(),
        }
    }

    fn related(&self, rule: &Rule, related: Related) -> WireRelated {
        let Related { message, args, location } = related;
        let args = self.secrets.mask_args(args);
        WireRelated {
            message_id: [rule.id, "/", message.id].concat(),
            message: fill(message.text, &args),
            args,
            range: range(self.file(&location), &location),
            path: location.path,
        }
    }

    fn evidence(&self, evidence: Evidence) -> WireEvidence {
        let Evidence { kind, label, value, location } = evidence;
        WireEvidence {
            kind,
            label: self.secrets.mask(label),
            value: self.secrets.mask(value),
            range: range(self.file(&location), &location),
            path: location.path,
        }
    }

    fn file(&self, location: &Location) -> Option<&'p SourceFile> {
        self.package.files.get(location.path.as_deref()?)
    }
}

fn range(file: Option<&SourceFile>, location: &Location) -> Option<Range> {
    let (file, Span { start, end }) = (file?, location.span?);
    Some(Range { start: file.position(start), end: file.position(end) })
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
                match arg {
                    Arg::Text(text) => out.push_str(text),
                    Arg::Number(number) => out.push_str(&number.to_string()),
                }
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
