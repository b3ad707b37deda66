//! The command, as a shell sees it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kommo-preflight"));
    command.current_dir(fixtures()).env_remove("CLICOLOR_FORCE");
    command
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the command runs")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(out(output)).unwrap_or_else(|error| panic!("{error}: {}", out(output)))
}

#[test]
fn json_is_one_compact_line_with_and_without_the_subcommand() {
    let with = run(&["check", "clean", "--format", "json"]);
    let without = run(&["clean", "--format", "json"]);
    assert_eq!(with.status.code(), Some(0), "{}", err(&with));
    assert_eq!(out(&with), out(&without));
    assert_eq!(out(&with).matches('\n').count(), 1);
    let report = json(&with);
    assert_eq!(report["package"]["name"], "clean");
    assert_eq!(report["items"].as_array().map(Vec::len), Some(60));
}

#[test]
fn what_cannot_be_read_still_has_its_report_and_ends_in_3() {
    for path in ["no such file", "clean/manifest.json", "clean/images/logo.png"] {
        let output = run(&[path, "--format", "json", "--fail-on", "never"]);
        assert_eq!(output.status.code(), Some(3), "{path}: {}", err(&output));
        let report = json(&output);
        assert_eq!(report["verdict"], "unreadable");
        assert_eq!(report["counts"]["review"], 60);
        assert_ne!(report["not_examined"][0]["message"], "");
    }
}

#[test]
fn standard_input_is_read_and_named_with_a_dash() {
    let mut child = command()
        .args(["-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output)["package"]["name"], "-");
    assert_eq!(json(&output)["not_examined"][0]["code"], "empty-input");
}

#[test]
fn several_paths_give_a_line_each_in_their_order_and_the_highest_code() {
    let output = run(&["clean", "nowhere", "clean", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let verdicts: Vec<_> = out(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["clear", "unreadable", "clear"]);
}

#[test]
fn what_is_not_understood_ends_in_2() {
    for arguments in [&[][..], &["--format", "json"], &["clean", "--format", "yaml"], &["clean", "--no-such-flag"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(out(&output).is_empty() && !err(&output).is_empty(), "{arguments:?}");
    }
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}
