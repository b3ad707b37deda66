//! The command, as a shell sees it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kommo-preflight"));
    command.current_dir(fixtures()).env_remove("CLICOLOR_FORCE");
    command
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn run(arguments: &[&str]) -> Output {
    finish(command().args(arguments))
}

/// One command at a time: a check has a time limit, which many side by side would meet on a small machine.
fn finish(command: &mut Command) -> Output {
    static ONE: Mutex<()> = Mutex::new(());
    let _alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    command.output().expect("the command runs")
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
fn an_archive_on_standard_input_is_judged_like_its_file() {
    let folder = folder("standard-input");
    write(&folder, "flawed.zip", zipped(&fixtures().join("flawed"), &[]));
    let archive = std::fs::File::open(folder.join("flawed.zip")).expect("the archive");
    let piped = finish(command().args(["-", "--format", "json"]).stdin(archive));
    assert_eq!(piped.status.code(), Some(1), "{}", err(&piped));
    assert_eq!(json(&piped)["items"], json(&run_in(&folder, &["flawed.zip", "--format", "json"]))["items"]);
}

/// `script` runs it on a terminal of its own.
#[cfg(target_os = "linux")]
#[test]
fn many_archives_show_their_progress_on_a_terminal_only() {
    let line = format!("'{}' clean clean clean --format json --output /dev/null", env!("CARGO_BIN_EXE_kommo-preflight"));
    let mut on_terminal = Command::new("script");
    on_terminal.args(["-qec", &line, "/dev/null"]).current_dir(fixtures()).env("TERM", "xterm");
    let shown = finish(&mut on_terminal);
    assert!(out(&shown).contains(" of 3"), "{}", out(&shown));
    assert_eq!(err(&run(&["clean", "clean", "clean", "--format", "json"])), "");
}

#[test]
fn several_paths_give_a_line_each_in_their_order_and_the_highest_code() {
    let output = run(&["flawed", "nowhere", "flawed", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let verdicts: Vec<_> = out(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["fail", "unreadable", "fail"]);
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

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn write(folder: &Path, path: &str, content: impl AsRef<[u8]>) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder to write to");
    std::fs::write(file, content).expect("a file to write");
}

/// Runs in `folder`.
fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    finish(command().current_dir(folder).args(arguments))
}

/// A folder with a widget that makes one synchronous request.
fn with_sync_request(name: &str) -> PathBuf {
    let folder = folder(name);
    write(&folder, "widget/script.js", "define(['jquery'], function ($) {\n  $.ajax({ url: '/a', async: false });\n});\n");
    write(&folder, "widget/manifest.json", "{}");
    folder
}

const SILENCE: &str = "[[silence]]\nrule = \"sync-request\"\npath = \"*.js\"\nreason = \"the old server needs it\"\n";

fn item<'r>(report: &'r serde_json::Value, id: &str) -> &'r serde_json::Value {
    report["items"].as_array().and_then(|items| items.iter().find(|item| item["id"] == id)).expect("the item")
}

#[test]
fn text_says_the_verdict_first_and_marks_the_source() {
    let output = run(&["flawed"]);
    let text = out(&output);
    assert!(text.starts_with("flawed: not ready: "), "{text}");
    assert!(text.contains("67 |           confirm('Send the quote now?');\n"), "{text}");
    assert!(text.contains("|           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"), "{text}");
    assert!(!text.contains("approved"));
    let clean = run(&["clean"]);
    assert!(out(&clean).starts_with("clean: nothing left to repair here; Kommo's moderators decide\n"), "{}", out(&clean));
}

#[test]
fn styles_stay_out_of_pipes_and_files_unless_they_are_asked_for() {
    assert!(!out(&run(&["flawed"])).contains('\u{1b}'));
    let forced = finish(command().env("CLICOLOR_FORCE", "1").arg("flawed"));
    assert!(out(&forced).contains('\u{1b}'));
    let refused = finish(command().env("NO_COLOR", "1").arg("flawed"));
    assert!(!out(&refused).contains('\u{1b}'));
}

#[test]
fn fail_on_decides_what_ends_in_1() {
    let folder = folder("fail-on");
    let script = std::fs::read_to_string(fixtures().join("clean/script.js")).expect("a script");
    for entry in ["manifest.json", "i18n/en.json", "i18n/es.json", "i18n/pt.json", "style.css", "templates/panel.twig"] {
        write(&folder, &format!("review/{entry}"), std::fs::read(fixtures().join("clean").join(entry)).expect("a file"));
    }
    for entry in std::fs::read_dir(fixtures().join("clean/images")).expect("pictures") {
        let path = entry.expect("a picture").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        write(&folder, &format!("review/images/{name}"), std::fs::read(&path).expect("a picture"));
    }
    write(&folder, "review/script.js", script.replace("message('saved');", "console.log('saved');"));
    let code = |path: &str, fail_on: &str| run_in(&folder, &[path, "--fail-on", fail_on, "--format", "json"]).status.code();
    let flawed = fixtures().join("flawed").display().to_string();
    assert_eq!([code(&flawed, "fail"), code(&flawed, "review"), code(&flawed, "never")], [Some(1), Some(1), Some(0)]);
    assert_eq!([code("review", "fail"), code("review", "review"), code("review", "never")], [Some(0), Some(1), Some(0)]);
}

#[test]
fn output_goes_to_a_file() {
    let folder = folder("output");
    let file = folder.join("report.txt");
    let output = run(&["flawed", "--output", file.to_str().expect("UTF-8")]);
    assert_eq!((output.status.code(), out(&output)), (Some(1), ""));
    assert_eq!(std::fs::read_to_string(file).expect("the report"), out(&run(&["flawed"])));
    let nowhere = folder.join("no/such/folder/report.txt");
    assert_eq!(run(&["clean", "--output", nowhere.to_str().expect("UTF-8")]).status.code(), Some(2));
}

#[test]
fn the_widget_code_reaches_the_report() {
    let report = json(&run(&["clean", "--format", "json", "--widget-code", "shift_notes"]));
    assert_eq!(report["package"]["widget"]["code"], "shift_notes");
}

#[test]
fn a_folder_and_its_archive_are_judged_alike() {
    let folder = folder("archive");
    write(&folder, "flawed.zip", zipped(&fixtures().join("flawed"), &[]));
    let of_zip = json(&run_in(&folder, &["flawed.zip", "--format", "json"]));
    let of_folder = json(&run(&["flawed", "--format", "json"]));
    assert_eq!(of_zip["items"], of_folder["items"]);
    assert_eq!(of_zip["package"]["name"], "flawed.zip");
    assert_eq!(of_zip["package"]["sha256"].as_str().map(str::len), Some(64));
    assert!(of_folder["package"]["sha256"].is_null());
}

/// The files below `folder` as an archive, and some more.
fn zipped(folder: &Path, more: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut writer, content).expect("its content");
    };
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
                add(&name, &std::fs::read(&path).expect("a file"));
            }
        }
    }
    for (name, content) in more {
        add(name, content.as_bytes());
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn a_project_file_beside_the_package_silences_and_the_report_says_so() {
    let folder = with_sync_request("beside");
    assert_eq!(item(&json(&run_in(&folder, &["widget", "--format", "json"])), "sync-requests")["status"], "fail");
    write(&folder, "kommo-preflight.toml", SILENCE);
    let report = json(&run_in(&folder, &["widget", "--format", "json"]));
    let silenced = &item(&report, "sync-requests")["silenced"][0];
    assert_ne!(item(&report, "sync-requests")["status"], "fail");
    assert_eq!(silenced["reason"], "the old server needs it");
    assert_eq!(silenced["source"]["line"], 2);
    assert_eq!(report["counts"]["silenced"], 1);
    assert!(out(&run_in(&folder, &["widget"])).contains("1 finding is silenced"));
    let without = json(&run_in(&folder, &["widget", "--format", "json", "--no-config"]));
    assert_eq!(item(&without, "sync-requests")["status"], "fail");
}

#[test]
fn a_project_file_among_the_sources_of_a_folder_counts_and_is_no_file_of_the_widget() {
    let folder = with_sync_request("inside");
    write(&folder, "widget/kommo-preflight.toml", SILENCE);
    let report = json(&run_in(&folder, &["widget", "--format", "json"]));
    assert_eq!(report["counts"]["silenced"], 1);
    assert!(!report["package"]["files"].to_string().contains("kommo-preflight.toml"));
}

#[test]
fn a_project_file_inside_an_archive_is_named_and_not_applied() {
    let folder = with_sync_request("in-archive");
    write(&folder, "zips/widget.zip", zipped(&folder.join("widget"), &[("kommo-preflight.toml", SILENCE)]));
    let report = json(&run_in(&folder, &["zips/widget.zip", "--format", "json"]));
    assert_eq!(report["counts"]["silenced"], 0);
    assert!(report["not_examined"].to_string().contains("project-file-ignored"), "{}", report["not_examined"]);
}

#[test]
fn a_silence_that_matches_nothing_is_reported() {
    let folder = with_sync_request("unused");
    write(&folder, "kommo-preflight.toml", SILENCE.replace("*.js", "other.js"));
    let output = run_in(&folder, &["widget"]);
    assert!(
        out(&output).contains("kommo-preflight.toml, line 2, silences sync-request where nothing is found"),
        "{}",
        out(&output)
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_faulty_project_file_ends_in_2_and_names_what_was_meant() {
    let folder = with_sync_request("faulty");
    write(&folder, "kommo-preflight.toml", SILENCE.replace("sync-request", "sync-requst"));
    let output = run_in(&folder, &["widget"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("did you mean `sync-request`?"), "{}", err(&output));
    write(&folder, "other.toml", SILENCE);
    assert_eq!(run_in(&folder, &["widget", "--config", "other.toml", "--format", "json"]).status.code(), Some(1));
    assert_eq!(run_in(&folder, &["widget", "--config", "missing.toml"]).status.code(), Some(2));
}

#[test]
fn comments_silence_only_when_they_are_allowed_to() {
    let folder = with_sync_request("inline");
    let script = "define(['jquery'], function ($) {\n  // kommo-preflight-ignore sync-request: an old server\n  \
                  $.ajax({ url: '/a', async: false });\n});\n";
    write(&folder, "widget/script.js", script);
    let refused = json(&run_in(&folder, &["widget", "--format", "json"]));
    assert_eq!(item(&refused, "sync-requests")["status"], "fail");
    assert!(refused["not_examined"].to_string().contains("inline-silence-ignored"));
    let allowed = json(&run_in(&folder, &["widget", "--format", "json", "--allow-inline"]));
    assert_eq!(item(&allowed, "sync-requests")["silenced"][0]["reason"], "an old server");
    write(&folder, "widget/script.js", script.replace("sync-request:", "debug-leftover:"));
    let unused = run_in(&folder, &["widget", "--allow-inline"]);
    assert!(out(&unused).contains("script.js, line 2, silences debug-leftover where nothing is found"), "{}", out(&unused));
    write(&folder, "widget/script.js", script);
    let sarif = json(&run_in(&folder, &["widget", "--format", "sarif", "--allow-inline"]));
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let silenced = results.iter().find(|result| result["ruleId"] == "sync-request").expect("it is included");
    assert_eq!(silenced["suppressions"][0]["kind"], "inSource");
}

#[test]
fn sarif_has_encoded_paths_fingerprints_and_suppressions() {
    let folder = with_sync_request("sarif");
    let script = std::fs::read(folder.join("widget/script.js")).expect("the script");
    write(&folder, "widget/script.js", "define(['./a b:ñ'], function () {});\n");
    write(&folder, "widget/a b:ñ.js", script);
    write(&folder, "kommo-preflight.toml", SILENCE);
    let log = json(&run_in(&folder, &["widget", "--format", "sarif", "--path-prefix", "src/widget"]));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let results = run["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == "sync-request").expect("the silenced one is included");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/widget/a%20b%3A%C3%B1.js");
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(result["suppressions"][0]["kind"], "external");
    assert_eq!(result["suppressions"][0]["justification"], "the old server needs it");
    assert_eq!(result["partialFingerprints"]["kommoPreflight/v1"].as_str().map(str::len), Some(32));
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "sync-request");
}

#[test]
fn fingerprints_survive_moved_lines_and_tell_equal_findings_apart() {
    let folder = folder("fingerprints");
    write(&folder, "widget/manifest.json", "{}");
    let fingerprints = |script: &str| -> Vec<(String, u64)> {
        write(&folder, "widget/script.js", script);
        let log = json(&run_in(&folder, &["widget", "--format", "sarif"]));
        let results = log["runs"][0]["results"].as_array().expect("results");
        let of_rule = results.iter().filter(|result| result["ruleId"] == "debug-leftover");
        let facts = of_rule.map(|result| {
            let line = result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().expect("a line");
            (result["partialFingerprints"]["kommoPreflight/v1"].as_str().expect("a fingerprint").to_owned(), line)
        });
        facts.collect()
    };
    let before = fingerprints("define([], function () {\n  debugger;\n  debugger;\n});\n");
    let moved = fingerprints("// One more line.\n\ndefine([], function () {\n\n\t debugger;\n\tdebugger;\n});\n");
    let ids = |of: &[(String, u64)]| of.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    assert_eq!(before.len(), 2, "{before:?}");
    assert_eq!(ids(&moved), ids(&before));
    assert_eq!(moved.iter().map(|(_, line)| *line).collect::<Vec<_>>(), [5, 6]);
    assert_ne!(before[0].0, before[1].0);
    assert_ne!(ids(&fingerprints("define([], function () {\n  alert(1);\n});\n")), ids(&before)[..1]);
}

#[test]
fn nothing_of_a_package_becomes_markup_or_a_command() {
    let folder = folder("hostile");
    let style = "\u{1b}[31m<script>alert(1)</script>\n::error::x { color: red }\n]]>&\u{0}{}\n";
    write(&folder, "<img src=x>/style.css", style);
    write(&folder, "<img src=x>/manifest.json", "{}");
    let printed = |format: &str| {
        let output = run_in(&folder, &["<img src=x>", "--format", format]);
        assert!(output.status.code() == Some(1), "{format}: {}", err(&output));
        out(&output).to_owned()
    };
    let html = printed("html");
    assert!(html.contains("&lt;img src=x&gt;") && !html.contains("<img") && !html.contains("<script"), "{html}");
    assert!(!printed("text").contains('\u{1b}'));
    let markdown = printed("markdown");
    assert!(markdown.starts_with("# &lt;img src=x&gt;\n"), "{markdown}");
    let junit = printed("junit");
    let mut reader = quick_xml::Reader::from_str(&junit);
    reader.config_mut().check_end_names = true;
    while !matches!(reader.read_event().expect("well-formed XML"), quick_xml::events::Event::Eof) {}
    assert!(junit.chars().all(|c| c == '\n' || !c.is_control()), "{junit}");
    for line in printed("github").lines() {
        assert!(line.starts_with("::error ") || line.starts_with("::warning ") || line.starts_with("::notice "), "{line}");
    }
}

#[test]
fn findings_link_to_their_rules_where_the_pages_are_published() {
    let printed = |format: &str, more: &[&str]| out(&run(&[&["flawed", "--format", format], more].concat())).to_owned();
    let with = |format: &str| printed(format, &["--rules-url", "https://widgets.example/preflight/rules/"]);
    let page = "https://widgets.example/preflight/rules/debug-leftover.html";
    let rules =
        |log: &str| serde_json::from_str::<serde_json::Value>(log).expect("JSON")["runs"][0]["tool"]["driver"]["rules"].clone();
    let linked = rules(&with("sarif"));
    let uris: Vec<_> = linked.as_array().expect("rules").iter().filter_map(|rule| rule["helpUri"].as_str()).collect();
    assert!(uris.len() > 60 && uris.contains(&page), "{uris:?}");
    assert!(rules(&printed("sarif", &[]))[0].get("helpUri").is_none(), "an address that nobody gave is not made up");
    assert!(with("markdown").contains(&format!("([`debug-leftover`](<{page}>))")));
    assert!(with("html").contains(&format!("<a href=\"{page}\">debug-leftover</a>")));
    assert_eq!(run(&["flawed", "--rules-url", "javascript:alert(1)"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let folder = folder("pipe");
    let quoted = fixtures().join("flawed").display().to_string();
    let output =
        shell(&folder, &format!("set +o pipefail; kommo-preflight check '{quoted}' --all --format json | head -c 1"), &[]);
    assert_eq!((out(&output), err(&output)), ("{", ""));
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_named_and_not_followed() {
    let folder = folder("links");
    write(&folder, "w/manifest.json", "{}");
    write(&folder, "secret.js", "debugger;");
    let _ = std::fs::remove_file(folder.join("w/script.js"));
    let _ = std::fs::remove_file(folder.join("w/loop"));
    std::os::unix::fs::symlink("../secret.js", folder.join("w/script.js")).expect("a link");
    std::os::unix::fs::symlink(".", folder.join("w/loop")).expect("a link");
    let report = json(&run_in(&folder, &["w", "--format", "json"]));
    let named: Vec<_> = report["not_examined"].as_array().expect("a list").iter().map(|entry| entry["path"].clone()).collect();
    assert!(named.contains(&"script.js".into()) && named.contains(&"loop".into()), "{named:?}");
    assert_eq!(report["package"]["files"].as_array().expect("a list").len(), 1);
}

#[test]
fn an_empty_file_ends_in_3_and_the_case_of_a_name_does_not_matter() {
    let folder = folder("names");
    write(&folder, "EMPTY.ZIP", "");
    write(&folder, "WIDGET.ZIP", zipped(&fixtures().join("clean"), &[]));
    assert_eq!(run_in(&folder, &["EMPTY.ZIP"]).status.code(), Some(3));
    assert_eq!(run_in(&folder, &["WIDGET.ZIP"]).status.code(), Some(0));
}

#[test]
fn junit_has_a_test_for_each_item() {
    let junit = out(&run(&["flawed", "--format", "junit"])).to_owned();
    assert_eq!(junit.matches("<testcase ").count(), 60);
    let failures = junit.matches("<failure ").count();
    assert_eq!(failures as u64, json(&run(&["flawed", "--format", "json"]))["counts"]["fail"]);
    let unreadable = out(&run(&["nowhere", "--format", "junit"])).to_owned();
    assert_eq!(unreadable.matches("<error ").count(), 60);
}

#[test]
fn annotations_name_file_and_line() {
    let output = run(&["flawed", "--format", "github", "--path-prefix", "src/"]);
    let expected = "::error file=src/script.js,line=67,endLine=67,col=11,endColumn=41,title=debug-leftover::";
    assert!(out(&output).contains(expected), "{}", out(&output));
}

#[test]
fn markdown_and_html_show_the_source_and_what_to_look_at() {
    let markdown = out(&run(&["flawed", "--format", "markdown"])).to_owned();
    assert!(markdown.contains("\n## Fails\n") && markdown.contains("```js\n") && markdown.contains("`script.js:67:11`"));
    let html = out(&run(&["flawed", "--format", "html"])).to_owned();
    assert!(
        html.contains("<mark>confirm(&#39;Send the quote now?&#39;)</mark>")
            || html.contains("<mark>confirm('Send the quote now?')</mark>")
    );
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn explain_knows_rules_and_items_and_names_what_was_meant() {
    assert!(out(&run(&["explain", "sync-request"])).contains("## How to repair it"));
    assert!(out(&run(&["explain", "sync-requests"])).contains("`sync-request`"));
    let unknown = run(&["explain", "sync-requets"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean `sync-request"), "{}", err(&unknown));
}

#[test]
fn rules_completions_and_the_manual_are_printed() {
    assert!(out(&run(&["rules"])).contains("sync-request"));
    assert!(out(&run(&["rules", "--format", "markdown"])).starts_with("| Item | Rule |"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&["completions", shell])).contains("kommo-preflight"), "{shell}");
    }
    assert!(out(&run(&["man"])).contains(".TH kommo-preflight"));
}

/// Runs a line of a shell with the command at hand.
#[cfg(unix)]
fn shell(folder: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_kommo-preflight")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut bash = Command::new("bash");
    bash.args(["-eo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path).envs(variables.iter().copied());
    finish(&mut bash)
}

#[cfg(unix)]
#[test]
fn every_command_of_the_documentation_runs() {
    let folder = folder("documented");
    let archive = zipped(&fixtures().join("clean"), &[]);
    for name in ["widget.zip", "one.zip", "two.zip"] {
        write(&folder, name, &archive);
    }
    for name in ["manifest.json", "script.js"] {
        write(&folder, &format!("widget/{name}"), std::fs::read(fixtures().join("clean").join(name)).expect("a file"));
    }
    let pages = [include_str!("../docs/command-line.md"), include_str!("../README.md")];
    let commands: Vec<&str> =
        pages.iter().flat_map(|page| page.lines()).filter(|line| line.starts_with("kommo-preflight ")).collect();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        let output = shell(&folder, command, &[]);
        let code = output.status.code();
        let incomplete = command.contains(" widget/");
        assert!(code == Some(0) || incomplete && code == Some(1), "{command}: {code:?} {}", err(&output));
    }
    assert!(folder.join("report.html").is_file() && folder.join("report.sarif").is_file());
}

#[cfg(unix)]
#[test]
fn the_action_annotates_summarises_and_fails() {
    let action = include_str!("../action.yml");
    let (_, script) = action.rsplit_once("run: |\n").expect("a script");
    let script: Vec<&str> = script.lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect();
    let folder = folder("action");
    for name in ["manifest.json", "script.js"] {
        write(&folder, &format!("src/widget/{name}"), std::fs::read(fixtures().join("flawed").join(name)).expect("a file"));
    }
    let variables = [
        ("PATHS", "src/widget\n"),
        ("FAIL_ON", "fail"),
        ("WIDGET_CODE", ""),
        ("SARIF", "log.sarif"),
        ("RULES_URL", "https://widgets.example/rules"),
        ("GITHUB_STEP_SUMMARY", "summary.md"),
    ];
    let output = shell(&folder, &script.join("\n"), &variables);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("::error file=src/widget/script.js,line=67"), "{}", out(&output));
    assert!(std::fs::read_to_string(folder.join("summary.md")).expect("a summary").starts_with("# widget\n"));
    assert!(std::fs::read_to_string(folder.join("log.sarif")).expect("a log").contains("src/widget/script.js"));
}

#[test]
fn secrets_are_covered_in_every_format() {
    for format in ["text", "json", "markdown", "html", "sarif", "junit", "github"] {
        let output = run(&["flawed", "--format", format, "--all"]);
        assert!(out(&output).contains("kP3x...."), "{format} does not speak of it");
        assert!(!out(&output).contains("kP3xW9vTq2LmZ7sYb4Nd8RhJ6cFg1UaE"), "{format}");
    }
}
