//! The sentences that every format for people shares.

use super::{Range, WireReport};
use crate::package::shown;
use crate::report::Verdict;
use std::fmt::Write;

/// The verdict in a sentence's worth of words.
#[must_use]
pub fn verdict(report: &WireReport) -> String {
    match report.verdict {
        Verdict::Fail => format!("not ready: {}", counted(report.counts.fail, "item fails", "items fail")),
        Verdict::Review => {
            format!("nothing fails for certain, {}", counted(report.counts.review, "item needs a look", "items need a look"))
        }
        Verdict::Clear => "nothing left to repair here; Kommo's moderators decide".to_owned(),
        Verdict::Unreadable => "it could not be read, so nothing was judged".to_owned(),
    }
}

/// The counts in a sentence.
#[must_use]
pub fn counts(report: &WireReport) -> String {
    let counts = &report.counts;
    let mut text = format!(
        "{}, {}, {}, {}, {}.",
        counted(counts.fail, "item fails", "items fail"),
        counted(counts.review, "needs a look", "need a look"),
        counted(counts.manual, "is yours to judge", "are yours to judge"),
        counted(counts.pass, "passes", "pass"),
        counted(counts.not_applicable, "does not apply", "do not apply"),
    );
    if counts.silenced > 0 {
        let _ = write!(text, " {}.", counted(counts.silenced, "finding is silenced", "findings are silenced"));
    }
    text
}

/// `path:line:column` of a finding, as far as it is known; words for the package as a whole.
#[must_use]
pub fn place(path: Option<&str>, range: Option<Range>) -> String {
    match (path, range) {
        (Some(path), Some(range)) => format!("{}:{}:{}", shown(path), range.start.line, range.start.column),
        (Some(path), None) => shown(path),
        (None, _) => "the package as a whole".to_owned(),
    }
}

/// A number with the word that goes with it.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
