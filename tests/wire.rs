//! Every report keeps to `report.schema.json`, and every SARIF log to SARIF's own schema.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Every fixture by its name, and something that is no package.
fn inputs() -> Vec<String> {
    let folders = std::fs::read_dir(fixtures()).expect("the fixtures");
    let mut names: Vec<String> =
        folders.map(|entry| entry.expect("a fixture").file_name().to_string_lossy().into_owned()).collect();
    names.push("clean/manifest.json".to_owned());
    names.sort();
    names
}

fn printed(input: &str, format: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_kommo-preflight"))
        .args(["check", input, "--format", format, "--widget-code", "some_code"])
        .current_dir(fixtures())
        .output()
        .expect("the command runs");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{input}: {error}"))
}

fn assert_valid(schema: &Value, instance: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(instance).take(5).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

#[test]
fn every_report_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("report.schema.json")).expect("JSON");
    for input in inputs() {
        assert_valid(&schema, &printed(&input, "json"), &input);
    }
}

#[test]
fn a_report_that_breaks_its_schema_is_noticed() {
    let schema: Value = serde_json::from_str(include_str!("report.schema.json")).expect("JSON");
    let mut report = printed("clean", "json");
    report["items"][0]["id"] = "something-else".into();
    assert!(!jsonschema::is_valid(&schema, &report));
}

#[test]
fn every_sarif_log_keeps_to_the_schema_of_sarif() {
    let schema = sarif_schema();
    for input in inputs() {
        assert_valid(&schema, &printed(&input, "sarif"), &input);
    }
}

/// The schema that the package `serde-sarif` brings with it.
fn sarif_schema() -> Value {
    let about = Command::new("rustc").arg("-vV").output().expect("rustc runs").stdout;
    let about = String::from_utf8(about).expect("UTF-8");
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host's name");
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let fault = String::from_utf8_lossy(&metadata.stderr).into_owned();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap_or_else(|error| panic!("{error}: {fault}"));
    let packages = metadata["packages"].as_array().expect("packages");
    let sarif = packages.iter().find(|package| package["name"] == "serde-sarif").expect("it is a dependency");
    let manifest = Path::new(sarif["manifest_path"].as_str().expect("a path"));
    let schema = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("the schema of SARIF");
    // A pattern in it holds a bracket that strict regular expressions want escaped.
    serde_json::from_str(&schema.replace("{2}]?$", r"{2}\\]?$")).expect("JSON")
}
