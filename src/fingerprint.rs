//! What a finding and an item's evidence are recognised by, from one version of a widget to the next.

use crate::finding::{Evidence, Finding};
use crate::package::SourceFile;
use crate::syntax::Span;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Bytes of source on either side of a finding that belong to its fingerprint.
const AROUND: usize = 60;

/// Makes fingerprints that survive moved lines: of the rule, the message, the path, the source around without its white space,
/// and an ordinal among equals.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// How often each content occurred.
    seen: HashMap<Vec<u8>, u32>,
}

impl Fingerprints {
    /// 32 hexadecimal digits for a finding in `file`, to be asked in the report's order.
    pub fn of(&mut self, finding: &Finding, file: Option<&SourceFile>) -> String {
        let path = finding.location.path.as_deref().unwrap_or_default();
        let mut content = [finding.rule.id, finding.message.id, path, ""].join("\0").into_bytes();
        if let (Some(file), Some(span)) = (file, finding.location.span) {
            content.extend(source_around(file.bytes(), span));
        }
        let mut hash = Sha256::new_with_prefix(&content);
        let ordinal = self.seen.entry(content).or_default();
        hash.update(ordinal.to_le_bytes());
        *ordinal += 1;
        hex(&hash.finalize()[..16])
    }
}

/// The bytes of `span` and a little on either side, within its lines, without white space.
fn source_around(bytes: &[u8], span: Span) -> Vec<u8> {
    let clamp = |offset: u32| (offset as usize).min(bytes.len());
    let (start, end) = (clamp(span.start), clamp(span.end).min(clamp(span.start) + 10 * AROUND));
    let is_end = |&byte: &u8| byte == b'\n' || byte == b'\r';
    let before = &bytes[start.saturating_sub(AROUND)..start];
    let after = &bytes[end..(end + AROUND).min(bytes.len())];
    let before = &before[before.iter().rposition(is_end).map_or(0, |at| at + 1)..];
    let after = &after[..after.iter().position(is_end).unwrap_or(after.len())];
    [before, &bytes[start..end], after].concat().into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

/// What a person's answer to a manual item belongs to: 32 hexadecimal digits of its evidence, places aside; nothing without evidence.
#[must_use]
pub fn evidence_digest(evidence: &[Evidence]) -> Option<String> {
    if evidence.is_empty() {
        return None;
    }
    let mut hash = Sha256::new();
    for entry in evidence {
        for part in [entry.kind, &entry.label, &entry.value, entry.location.path.as_deref().unwrap_or_default()] {
            hash.update(part);
            hash.update([0]);
        }
    }
    Some(hex(&hash.finalize()[..16]))
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}
