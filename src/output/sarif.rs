//! The reports as SARIF 2.1.0, for code scanning and editors: one run for each package.

use super::{Checked, Range, WireEvidence, WireFinding, WireNotExamined, WireRelated, WireReport, WireSilenced};
use crate::checklist;
use crate::finding::Certainty;
use crate::report::{Outcome, Verdict};
use crate::rule::Rule;
use crate::rules::RULES;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What may stand in a path of a URI as it is. A colon may not: in a relative reference it would end a scheme.
const PATH: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The name under which results carry our fingerprint; the number changes when the way of making it does.
const FINGERPRINT: &str = "kommoPreflight/v1";

/// One SARIF log of all reports. `prefix` leads from the root of the repository to the widget: empty, or with its final slash.
///
/// # Errors
/// None in practice: the log holds nothing that JSON cannot say.
pub fn to_sarif(checked: &[Checked], prefix: &str) -> serde_json::Result<String> {
    let runs: Vec<Value> = checked.iter().map(|checked| Run { checked, prefix }.run()).collect();
    let mut text = serde_json::to_string_pretty(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs }))?;
    text.push('\n');
    Ok(text)
}

struct Run<'a> {
    checked: &'a Checked,
    prefix: &'a str,
}

impl Run<'_> {
    fn run(&self) -> Value {
        let report = &self.checked.report;
        let mut results = Vec::new();
        for item in &report.items {
            results.extend(item.findings.iter().map(|finding| self.result(finding)));
            results.extend(item.silenced.iter().map(|silenced| self.silenced(silenced)));
        }
        json!({
            "tool": { "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "rules": RULES.iter().map(|rule| self.describe(rule)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": format!("kommo-preflight/{}", report.package.name) },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The folder that the paths are relative to." } } },
            "invocations": [{
                "executionSuccessful": report.verdict != Verdict::Unreadable,
                "toolExecutionNotifications": self.notifications(report),
            }],
            "results": results,
        })
    }

    fn describe(&self, rule: &Rule) -> Value {
        let section = checklist::item(rule.item).map(|item| item.section);
        let mut description = json!({
            "id": rule.id,
            "shortDescription": { "text": sentence(rule.title) },
            "fullDescription": { "text": rule.why },
            "help": { "text": rule.fix, "markdown": format!("{}\n\n{}", rule.why, rule.fix) },
            "properties": { "item": rule.item, "tags": ["kommo", section] },
        });
        if let Some(page) = self.checked.rule_page(rule.id) {
            description["helpUri"] = json!(page);
        }
        description
    }

    fn result(&self, finding: &WireFinding) -> Value {
        let level = match finding.certainty {
            Certainty::Certain => "error",
            Certainty::Suspect => "warning",
        };
        json!({
            "ruleId": finding.rule,
            "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule),
            "level": level,
            "message": { "text": format!("{} {}", sentence(&finding.message), finding.help) },
            "locations": [self.location(finding.path.as_deref(), finding.range, self.snippet(finding))],
            "relatedLocations": self.related_locations(finding),
            "partialFingerprints": { FINGERPRINT: finding.fingerprint },
            "occurrenceCount": finding.count,
            "properties": { "messageId": finding.message_id, "certainty": finding.certainty },
        })
    }

    fn silenced(&self, silenced: &WireSilenced) -> Value {
        let mut result = self.result(&silenced.finding);
        let inside = self.checked.report.package.files.iter().any(|file| file.path == silenced.source.path);
        let mut suppression = json!({ "kind": if inside { "inSource" } else { "external" }, "status": "accepted" });
        if let Some(reason) = &silenced.reason {
            suppression["justification"] = json!(reason);
        }
        result["suppressions"] = json!([suppression]);
        result
    }

    /// Without repetitions, as the schema asks.
    fn related_locations(&self, finding: &WireFinding) -> Vec<Value> {
        let mut locations = Vec::with_capacity(finding.related.len());
        for location in finding.related.iter().map(|related| self.related(related)) {
            if !locations.contains(&location) {
                locations.push(location);
            }
        }
        locations
    }

    fn related(&self, related: &WireRelated) -> Value {
        let mut location = self.location(related.path.as_deref(), related.range, None);
        location["message"] = json!({ "text": related.message });
        location
    }

    /// A finding about the package as a whole stands at its manifest: viewers show no result without a file.
    fn location(&self, path: Option<&str>, range: Option<Range>, snippet: Option<String>) -> Value {
        let mut physical = Map::new();
        physical.insert("artifactLocation".to_owned(), self.artifact(path.unwrap_or("manifest.json")));
        if let Some(range) = range {
            physical.insert("region".to_owned(), region(range, snippet));
        }
        json!({ "physicalLocation": physical })
    }

    fn artifact(&self, path: &str) -> Value {
        json!({ "uri": utf8_percent_encode(&format!("{}{path}", self.prefix), &PATH).to_string(), "uriBaseId": "%SRCROOT%" })
    }

    /// The marked part of the source.
    fn snippet(&self, finding: &WireFinding) -> Option<String> {
        let excerpt = self.checked.sources.excerpt(finding)?;
        excerpt.text.get(excerpt.marked).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// What was not examined, and items in review for no other reason.
    fn notifications(&self, report: &WireReport) -> Vec<Value> {
        let unread = report.items.iter().filter(|item| item.status == Outcome::Review).flat_map(|item| {
            let entries = item.evidence.iter().filter(|evidence| evidence.kind == "not-examined");
            entries.map(|evidence| self.unread(item.id, evidence))
        });
        report.not_examined.iter().map(|entry| self.not_examined(entry)).chain(unread).collect()
    }

    fn not_examined(&self, entry: &WireNotExamined) -> Value {
        let mut notification = json!({
            "level": "warning",
            "message": { "text": entry.message },
            "descriptor": { "id": entry.code },
        });
        if entry.path.is_some() {
            notification["locations"] = json!([self.location(entry.path.as_deref(), None, None)]);
        }
        notification
    }

    fn unread(&self, item: &str, evidence: &WireEvidence) -> Value {
        json!({
            "level": "warning",
            "message": { "text": format!("{item} needs a look: {}", evidence.value) },
            "descriptor": { "id": "not-examined" },
            "locations": [self.location(evidence.path.as_deref(), evidence.range, None)],
        })
    }
}

fn region(range: Range, snippet: Option<String>) -> Value {
    let mut region = json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
        "byteOffset": range.start.offset,
        "byteLength": range.end.offset.saturating_sub(range.start.offset),
    });
    if let Some(text) = snippet {
        region["snippet"] = json!({ "text": text });
    }
    region
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '`']) { text.to_owned() } else { format!("{text}.") }
}
