//! The report as JSON: compact, one final newline, the same bytes as `JSON.stringify` of the browser's report.

use super::WireReport;

/// The report as one line of JSON.
///
/// # Errors
/// None in practice: the wire types hold nothing that JSON cannot say.
pub fn to_json(report: &WireReport) -> serde_json::Result<String> {
    let mut text = serde_json::to_string(report)?;
    text.push('\n');
    Ok(text)
}
