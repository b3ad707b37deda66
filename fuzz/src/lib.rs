//! What every fuzz target does: it puts its input into a widget, has the widget checked, and holds the report to its promises.
//!
//! No rule is spared: a script that only the parser survives is of no use. A panic anywhere ends the run, one that the
//! engine would catch, too, for libFuzzer's hook aborts before the stack unwinds.

mod input;
#[path = "../../tests/hostile/archive.rs"]
#[expect(dead_code, reason = "the tests write more kinds of entries")]
mod zip;

pub use input::Input;

use kommo_preflight::checklist::ITEMS;
use kommo_preflight::options::Options;
use kommo_preflight::output::{Checked, WireReport, github, html, json, junit, markdown, sarif, text};
use kommo_preflight::package::{Bounds, Deadline, Package, Unreadable};
use kommo_preflight::report::Report;

/// Time stands still: an input that would run into the engine's time limit has to run into libFuzzer's.
fn still() -> Deadline<'static> {
    Deadline::at(&|| 0.0, f64::MAX)
}

const MANIFEST: &str = r#"{"widget":{"name":"widget.name","description":"widget.description","locale":["en","es"],"version":"1.0.0"},
"locations":["settings","everywhere"],"settings":{"key":{"name":"settings.key","type":"text","required":true}}}"#;
const SCRIPT: &str = "define(['jquery','./js/more.js'],function($){return function(){this.callbacks={init:function(){\
this.render({href:'/templates/a.twig'});return true}};return this}})";
const TEXTS: &str = r#"{"widget":{"name":"Notes via Aurora","description":"Notes for your deals"},"settings":{"key":"Key"}}"#;

/// Checks a small sound widget in which `path` holds `content`.
pub fn check_with(path: &str, content: &[u8]) {
    check_with_all(&[(path, content)]);
}

/// Checks a small sound widget in which each path holds its content.
pub fn check_with_all(changed: &[(&str, &[u8])]) {
    let own: [(&str, &str); 4] =
        [("manifest.json", MANIFEST), ("script.js", SCRIPT), ("i18n/en.json", TEXTS), ("i18n/es.json", TEXTS)];
    let own = own.into_iter().map(|(path, text)| (path, text.as_bytes()));
    let own = own.filter(|(path, _)| changed.iter().all(|(other, _)| other != path));
    let files = own.chain(changed.iter().copied()).map(|(path, content)| (path.to_owned(), content.to_vec()));
    judge(&Package::from_files("widget", files, &Bounds::default(), &still()));
}

/// Checks the files of a folder, and writes the report in every format.
pub fn check_folder(files: impl IntoIterator<Item = (String, Vec<u8>)>) {
    print(&[judge(&Package::from_files("widget", files, &Bounds::default(), &still()))]);
}

/// Checks an archive, and writes the report in every format.
pub fn check_archive(bytes: &[u8]) {
    print(&[judge(&Package::from_zip(bytes, "widget.zip", &Bounds::default(), &still(), &mut |_| ()))]);
}

/// Checks what was read.
fn judge(read: &Result<Package, Unreadable>) -> Checked {
    let options = Options { allow_inline: true, ..Options::default() };
    let checked = match read {
        Ok(package) => {
            let report = kommo_preflight::check(package, &options, &still(), &mut |_| ());
            let report = WireReport::new(report, package);
            for file in package.files.values() {
                hold_places(&report, &file.path, file.bytes());
            }
            Checked::new(report, package)
        }
        Err(reason) => {
            let package = reason.package();
            Checked::new(WireReport::new(Report::unreadable(reason), &package), &package)
        }
    };
    assert_eq!(checked.report.items.len(), ITEMS.len(), "every item is in the report");
    let report = json::to_json(&checked.report).expect("a report is JSON");
    assert!(!report.contains(r#""code":"rule-failed""#) && !report.contains(r#""code":"file-failed""#), "{report}");
    checked
}

/// Every place of the report that lies in `path` lies in its bytes, on a character's start.
fn hold_places(report: &WireReport, path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).ok();
    for item in &report.items {
        let findings = item.findings.iter().filter(|finding| finding.path.as_deref() == Some(path));
        let found = findings.filter_map(|finding| finding.range.as_ref().map(|range| (finding.message_id.as_str(), range)));
        let evidence = item.evidence.iter().filter(|evidence| evidence.path.as_deref() == Some(path));
        let shown = evidence.filter_map(|evidence| evidence.range.as_ref().map(|range| (item.id, range)));
        for (what, range) in found.chain(shown) {
            let (start, end) = (range.start.offset as usize, range.end.offset as usize);
            assert!(start <= end && end <= bytes.len(), "{what}: {start}..{end} of {} bytes in {path}", bytes.len());
            if let Some(text) = text {
                let whole = text.is_char_boundary(start) && text.is_char_boundary(end);
                assert!(whole, "{what}: {start}..{end} cuts a character of {path}");
            }
        }
    }
}

fn print(checked: &[Checked]) {
    let _ = text::to_text(checked, text::Detail::Full);
    let _ = markdown::to_markdown(checked);
    let _ = html::to_html(checked);
    let _ = github::to_github(checked, "");
    sarif::to_sarif(checked, "").expect("a report is SARIF");
    junit::to_junit(checked, true).expect("a report is JUnit");
}
