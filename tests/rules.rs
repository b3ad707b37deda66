//! What the rules find in the flawed and the broken widget, and the rules' pages.

use kommo_preflight::docs;
use kommo_preflight::rules::RULES;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn report(fixture: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_kommo-preflight"))
        .args([fixture, "--format", "json"])
        .current_dir(root().join("tests/fixtures"))
        .output()
        .expect("the command runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Each item with what is said of it, and its findings by message and place.
fn outline(fixture: &str) -> String {
    let mut out = String::new();
    for item in report(fixture)["items"].as_array().expect("items") {
        let _ = writeln!(out, "{}: {}", text(&item["id"]), text(&item["status"]));
        for finding in item["findings"].as_array().expect("findings") {
            let start = &finding["range"]["start"];
            let place = if start.is_null() { String::new() } else { format!(":{}:{}", start["line"], start["column"]) };
            let (certainty, message, path) = (text(&finding["certainty"]), text(&finding["message_id"]), text(&finding["path"]));
            let _ = writeln!(out, "  {certainty} {message} {path}{place}");
        }
    }
    out
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

#[test]
fn every_rule_that_can_speak_finds_something() {
    let reports = [report("flawed"), report("broken")];
    let items = reports.iter().flat_map(|report| report["items"].as_array().expect("items"));
    let findings = items.flat_map(|item| item["findings"].as_array().expect("findings"));
    let fired: BTreeSet<&str> = findings.map(|finding| text(&finding["rule"])).collect();
    let silent: Vec<&str> =
        RULES.iter().filter(|rule| !rule.messages.is_empty() && !fired.contains(rule.id)).map(|rule| rule.id).collect();
    assert!(silent.is_empty(), "no fixture breaks {silent:?}: add a place to tests/fixtures/flawed");
}

#[test]
fn the_flawed_widget_is_judged_as_ever() {
    insta::assert_snapshot!("flawed", outline("flawed"));
}

#[test]
fn the_broken_widget_is_judged_as_ever() {
    insta::assert_snapshot!("broken", outline("broken"));
}

/// Compares a file with what it should hold, or writes it when `UPDATE_DOCS` is set.
fn keep(path: &Path, expected: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, expected).expect("a file to write");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == expected, "{} is not current: run UPDATE_DOCS=1 cargo test --test rules", path.display());
}

#[test]
fn every_rule_has_its_page_and_no_page_is_left_over() {
    let folder = root().join("docs/rules");
    for rule in RULES {
        keep(&folder.join(format!("{}.md", rule.id)), &docs::page(rule));
    }
    keep(&folder.join("README.md"), &format!("# Rules\n\n{}", docs::table("")));
    for entry in std::fs::read_dir(folder).expect("docs/rules") {
        let path = entry.expect("a page").path();
        let known = RULES.iter().any(|rule| path.file_stem().is_some_and(|stem| stem == rule.id));
        assert!(known || path.ends_with("README.md"), "{} describes no rule", path.display());
    }
}
