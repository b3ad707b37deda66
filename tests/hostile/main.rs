//! Hostile archives: every one ends by itself, in time and in bounded memory, with a whole report that names what was left.

mod archive;
mod attacks;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use attacks::{Attack, Named, attacks};
use kommo_preflight::options::Options;
use kommo_preflight::package::{Deadline, Package, Stopwatch};
use kommo_preflight::report::{Outcome, Report};
use serde_json::{Value, json};

/// Seconds for one archive; unoptimised code on a busy machine is given more.
const SECONDS: u64 = if cfg!(debug_assertions) { 60 } else { 10 };
/// Kilobytes of memory at the most.
const KILOBYTES: u64 = 512 * 1024;

/// What came of an attack.
struct Run {
    code: Option<i32>,
    output: Vec<u8>,
    took: Duration,
    peak: u64,
}

fn run(path: &Path) -> Run {
    let start = Instant::now();
    let output = path.with_extension("json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kommo-preflight"))
        .arg(path)
        .args(["--format", "json", "--output"])
        .arg(&output)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the command starts");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_memory(child.id()));
        if let Some(status) = child.try_wait().expect("the command is ours") {
            break Some(status);
        }
        if start.elapsed().as_secs() > SECONDS {
            child.kill().expect("the command is ours");
            child.wait().expect("the command is ours");
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let report = std::fs::read(&output).unwrap_or_default();
    Run { code: status.and_then(|status| status.code()), output: report, took: start.elapsed(), peak }
}

/// The most memory that a process has used so far, in kilobytes; 0 where the system does not say.
fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

/// What is wrong with how an attack ended.
fn faults(attack: &Attack, outcome: &Run) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |is_so: bool, what: String| {
        if !is_so {
            faults.push(format!("{}: {what}", attack.name));
        }
    };
    expect(outcome.took.as_secs() <= SECONDS, format!("took {:?}", outcome.took));
    expect(outcome.peak <= KILOBYTES, format!("used {} MB", outcome.peak / 1024));
    let Ok(report) = serde_json::from_slice::<Value>(&outcome.output) else {
        expect(false, format!("left no report; exit code {:?}", outcome.code));
        return faults;
    };
    expect(report["items"].as_array().map(Vec::len) == Some(60), "has not all items".to_owned());
    let is_unreadable = report["verdict"] == "unreadable";
    expect(is_unreadable == (attack.named == Named::Unreadable), format!("verdict {}", report["verdict"]));
    expect(outcome.code == Some(if is_unreadable { 3 } else { 1 }), format!("exit code {:?}", outcome.code));
    if !is_unreadable {
        let finds_canary = text_of(&report, "debug-leftovers").contains("script.js");
        expect(finds_canary || attack.name == "name-duplicate", "did not check script.js".to_owned());
    }
    let not_examined = report["not_examined"].as_array().cloned().unwrap_or_default();
    for fault in ["rule-failed", "file-failed", "program-fault"] {
        expect(!not_examined.iter().any(|entry| entry["code"] == fault), format!("{fault} in {not_examined:?}"));
    }
    match attack.named {
        Named::Code(code) => {
            expect(not_examined.iter().any(|entry| entry["code"] == code), format!("{code} is not among {not_examined:?}"))
        }
        Named::Oddity(text) => {
            let item = text_of(&report, "archive-files");
            expect(item.contains(text), format!("{text} is not in {item}"));
        }
        Named::Unreadable => expect(!not_examined.is_empty(), "says nothing".to_owned()),
        Named::Nothing => {}
    }
    faults
}

fn text_of(report: &Value, item: &str) -> String {
    let items = report["items"].as_array().into_iter().flatten();
    items.filter(|result| result["id"] == item).map(Value::to_string).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Runs the attacks that `choose` takes, all that `ATTACK` does not name left out.
fn run_attacks(name: &str, choose: impl Fn(&str) -> bool) {
    let folder = folder(name);
    let only = std::env::var("ATTACK").unwrap_or_default();
    let mut all = Vec::new();
    for make in attacks() {
        let attack = make();
        if !choose(&attack.name) || !attack.name.contains(&only) {
            continue;
        }
        let path = folder.join(format!("{}.zip", attack.name));
        std::fs::write(&path, &attack.bytes).expect("the target folder can be written");
        let outcome = run(&path);
        println!("{:<40} {:>6} ms {:>5} MB", attack.name, outcome.took.as_millis(), outcome.peak / 1024);
        all.extend(faults(&attack, &outcome));
        std::fs::remove_file(&path).expect("the file is ours");
        _ = std::fs::remove_file(path.with_extension("json"));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn archives_that_lie_are_read_as_far_as_they_go() {
    run_attacks("archives", |name| {
        !["nest-", "findings-", "line-", "truncated-", "png-"].iter().any(|start| name.starts_with(start))
    });
}

#[test]
fn a_cut_off_archive_is_unreadable_wherever_it_is_cut() {
    run_attacks("truncated", |name| name.starts_with("truncated-"));
}

#[test]
fn pictures_that_blow_up_are_decoded_within_bounds() {
    run_attacks("pictures", |name| name.starts_with("png-"));
}

#[test]
fn sources_nested_without_end_do_not_end_the_program() {
    run_attacks("nests", |name| name.starts_with("nest-"));
}

#[test]
fn masses_of_findings_and_endless_lines_are_bounded() {
    run_attacks("masses", |name| name.starts_with("findings-") || name.starts_with("line-"));
}

/// What may stand where something else belongs.
fn strange_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1.5e300),
        json!(""),
        json!("widget.name"),
        json!([]),
        json!([[], {}, null, 7]),
        json!({"": {"a": []}}),
    ]
}

/// Every place in `value`, as JSON pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), all)),
        Value::Object(members) => members.iter().for_each(|(key, member)| places(member, &format!("{at}/{key}"), all)),
        _ => {}
    }
}

const MANIFEST: &str = r#"{"widget": {"name": "widget.name", "description": "widget.description", "short_description": "widget.short",
"version": "1.0", "interface_version": 2, "init_once": false, "locale": ["en", "es"], "installation": true, "code": "notes", "secret_key": "x",
"support": {"link": "https://a.example", "email": "a@a.example"}}, "locations": ["lcard-1", "digital_pipeline", "widget_page", "salesbot_designer"],
"tour": {"is_tour": true, "tour_images": {"en": ["/images/a.png"], "es": ["images/b.png"]}, "tour_description": "widget.tour"},
"settings": {"login": {"name": "settings.login", "type": "text", "required": true}},
"dp": {"settings": {"a": {"name": "settings.a", "type": "text"}}, "action_multiple": true, "webhook_url": "https://a.example"},
"advanced": {"title": "advanced.title"}, "mobile": {"frame_url": "https://a.example", "color": "fff"}, "sms": {"endpoint": "https://a.example"},
"left_menu": {"notes": {"title": "menu.title", "icon": "images/menu.svg", "sort": {"after": "leads"}, "submenu": {"a": {"title": "menu.a", "sort": 1}}}},
"salesbot_designer": {"logo": "images/a.png", "handler": {"name": "bot.name", "settings": {"a": {"name": "bot.a", "type": "url"}}}}}"#;

const TEXTS: &str = r#"{"widget": {"name": "Notes via Aurora", "description": "<b>Notes</b> for 15 USD", "short": "Notes", "tour": "How"},
"settings": {"login": "Login", "a": "A"}, "advanced": {"title": "Notes"}, "menu": {"title": "Notes", "a": "A"}, "bot": {"name": "Note", "a": "A"}}"#;

#[test]
fn values_of_wrong_types_anywhere_are_judged_without_a_fault() {
    for (path, text) in [("manifest.json", MANIFEST), ("i18n/en.json", TEXTS)] {
        let sound: Value = serde_json::from_str(text).expect("JSON");
        let mut all = Vec::new();
        places(&sound, "", &mut all);
        for place in &all {
            for strange in strange_values() {
                let mut changed = sound.clone();
                *changed.pointer_mut(place).expect("the place is there") = strange;
                let changed = changed.to_string();
                let report =
                    check(&[("manifest.json", MANIFEST), ("i18n/en.json", TEXTS), ("i18n/es.json", TEXTS), (path, &changed)]);
                let not_examined: Vec<_> = report.not_examined.iter().map(|entry| entry.code).collect();
                assert!(!not_examined.contains(&"rule-failed"), "{path} {place}: {changed}");
                assert_eq!(report.items.len(), 60, "{path} {place}: {changed}");
            }
        }
    }
}

#[test]
fn what_cannot_be_unpacked_is_never_taken_for_sound() {
    let locked = archive::Entry { flags: 1, ..archive::Entry::new("script.js", b"1") };
    let bytes = archive::archive(&[archive::Entry::new("manifest.json", b"{}"), locked]);
    let options = Options::default();
    let stopwatch = Stopwatch::start();
    let clock = || stopwatch.elapsed_ms();
    let deadline = Deadline::new(&clock, &options.bounds);
    let package = Package::from_zip(&bytes, "widget.zip", &options.bounds, &deadline, &mut |_| ()).expect("one file can be read");
    let report = kommo_preflight::check(&package, &options, &deadline, &mut |_| ());
    for id in ["console-debug", "sync-requests", "archive-files"] {
        let outcome = report.items.iter().find(|result| result.item.id == id).map(|result| result.outcome);
        assert!(matches!(outcome, Some(Outcome::Review | Outcome::Fail)), "{id}: {outcome:?}");
    }
}

/// The report on files in memory; of several of one name the last counts.
fn check(files: &[(&str, &str)]) -> Report {
    let options = Options::default();
    let stopwatch = Stopwatch::start();
    let clock = || stopwatch.elapsed_ms();
    let deadline = Deadline::new(&clock, &options.bounds);
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    let package = Package::from_files("widget", files, &options.bounds, &deadline).expect("files were given");
    kommo_preflight::check(&package, &options, &deadline, &mut |_| ())
}

/// Writes the attacks into the folder that `ATTACKS` names, for a browser to try.
#[test]
#[ignore = "a tool, not a test: ATTACKS=folder cargo test --test hostile -- --ignored"]
fn write_attacks() {
    let folder = std::env::var("ATTACKS").expect("ATTACKS names a folder");
    attacks::write_all(Path::new(&folder)).expect("the folder can be written");
}
