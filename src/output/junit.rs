//! The reports as JUnit XML, for CI servers: a suite for each package, a test for each item of the checklist.

use super::sentences::place;
use super::{Checked, WireItem};
use crate::package::shown;
use crate::report::{Outcome, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// One document of all reports. An item in review passes, with its findings in the test's output, unless `review_fails`.
///
/// # Errors
/// None in practice: the document is written into memory.
pub fn to_junit(checked: &[Checked], review_fails: bool) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attribute(("name", "kommo-preflight"))
        .write_inner_content(|writer| checked.iter().try_for_each(|checked| suite(writer, checked, review_fails)))?;
    let mut text = String::from_utf8(writer.into_inner()).map_err(io::Error::other)?;
    text.push('\n');
    Ok(text)
}

fn suite(writer: &mut Writer<Vec<u8>>, checked: &Checked, review_fails: bool) -> io::Result<()> {
    let report = &checked.report;
    let counts = &report.counts;
    let unreadable = report.verdict == Verdict::Unreadable;
    let errors = if unreadable { report.items.len() } else { 0 };
    let failures = if unreadable { 0 } else { counts.fail + if review_fails { counts.review } else { 0 } };
    let attributes = [
        ("name", shown(&report.package.name)),
        ("tests", report.items.len().to_string()),
        ("failures", failures.to_string()),
        ("errors", errors.to_string()),
        ("skipped", (counts.manual + counts.not_applicable).to_string()),
    ];
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    writer.create_element("testsuite").with_attributes(attributes).write_inner_content(|writer| {
        for item in &report.items {
            let case = [("classname", section(item)), ("name", format!("{}: {}", item.id, item.title))];
            let case = case.iter().map(|(name, value)| (*name, value.as_str()));
            let case = writer.create_element("testcase").with_attributes(case);
            match item.status {
                _ if unreadable => {
                    let reasons: Vec<_> = report.not_examined.iter().map(|entry| shown(&entry.message)).collect();
                    case.write_inner_content(|writer| {
                        outcome(writer, "error", "The package could not be read", &reasons.join("\n"))
                    })?;
                }
                Outcome::Fail => {
                    case.write_inner_content(|writer| outcome(writer, "failure", "Fails", &findings(item)))?;
                }
                Outcome::Review if review_fails => {
                    case.write_inner_content(|writer| outcome(writer, "failure", "Needs a look", &findings(item)))?;
                }
                Outcome::Review => {
                    let text = findings(item);
                    case.write_inner_content(|writer| {
                        writer.create_element("system-out").write_text_content(BytesText::new(&xml_text(&text))).map(|_| ())
                    })?;
                }
                Outcome::Manual => {
                    case.write_inner_content(|writer| skipped(writer, "Only a person can decide"))?;
                }
                Outcome::NotApplicable => {
                    case.write_inner_content(|writer| skipped(writer, "The package has nothing that the item speaks of"))?;
                }
                Outcome::Pass => {
                    case.write_empty()?;
                }
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn outcome(writer: &mut Writer<Vec<u8>>, element: &str, message: &str, text: &str) -> io::Result<()> {
    let element = writer.create_element(element).with_attribute(("message", message));
    element.write_text_content(BytesText::new(&xml_text(text))).map(|_| ())
}

fn skipped(writer: &mut Writer<Vec<u8>>, why: &str) -> io::Result<()> {
    writer.create_element("skipped").with_attribute(("message", why)).write_empty().map(|_| ())
}

fn section(item: &WireItem) -> String {
    serde_json::to_value(item.section).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn findings(item: &WireItem) -> String {
    let found = item.findings.iter().map(|finding| {
        let place = place(finding.path.as_deref(), finding.range);
        format!("{place}: {} [{}]\n  {}", finding.message, finding.rule, finding.help.replace('\n', "\n  "))
    });
    let unread = item.evidence.iter().filter(|entry| entry.kind == "not-examined");
    let unread = unread.map(|entry| format!("{}: {}", place(entry.path.as_deref(), entry.range), entry.value));
    found.chain(unread).collect::<Vec<_>>().join("\n")
}

/// XML has no way to write most control characters, not even escaped.
fn xml_text(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().map(|c| if allowed(c) { c } else { '\u{FFFD}' }).collect()
}
