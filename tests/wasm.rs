//! The browser's door, in a worker of a real browser.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use kommo_preflight::wasm::{self, Handle};
use serde_json::Value;
use std::io::{Cursor, Write};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

const FILES: &[(&str, &[u8])] = &[
    ("manifest.json", include_bytes!("fixtures/clean/manifest.json")),
    ("script.js", include_bytes!("fixtures/clean/script.js")),
    ("images/logo_small.png", include_bytes!("fixtures/clean/images/logo_small.png")),
];

fn archive() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in FILES {
        writer.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn blob(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value).unwrap();
    }
    object.into()
}

fn open(archive: &JsValue) -> Handle {
    Handle::open(archive, "widget.zip", JsValue::UNDEFINED, None).ok().unwrap()
}

fn check(handle: &Handle) -> Value {
    let report = handle.check().ok().unwrap();
    serde_json::from_str(&String::from(JSON::stringify(&report).unwrap())).unwrap()
}

#[wasm_bindgen_test]
fn bytes_and_a_blob_of_them_give_the_same_report() {
    let bytes = archive();
    let from_bytes = check(&open(&Uint8Array::from(bytes.as_slice())));
    assert_eq!(from_bytes["items"].as_array().unwrap().len(), 60);
    assert_eq!(from_bytes["package"]["name"], "widget.zip");
    assert_eq!(from_bytes["package"]["compressed_bytes"], bytes.len());
    assert_eq!(check(&open(&blob(&bytes))), from_bytes);
}

#[wasm_bindgen_test]
fn the_report_is_given_as_json_too() {
    let handle = open(&blob(&archive()));
    let json: Value = serde_json::from_slice(&handle.check_json().ok().unwrap()).unwrap();
    assert_eq!(json, check(&handle));
}

#[wasm_bindgen_test]
fn a_folder_is_read_from_bytes_and_blobs() {
    let files = FILES.iter().enumerate().map(|(at, (path, bytes))| {
        let content = if at == 0 { ("blob", blob(bytes).into()) } else { ("bytes", Uint8Array::from(*bytes).into()) };
        object(&[("path", JsValue::from_str(path)), content])
    });
    let handle = Handle::open_folder(&files.collect(), "widget", JsValue::UNDEFINED, None).ok().unwrap();
    let report = check(&handle);
    assert_eq!(report["package"]["files"].as_array().unwrap().len(), FILES.len());
    assert_eq!(report["package"]["sha256"], Value::Null);
}

#[wasm_bindgen_test]
fn files_are_shown_as_they_are() {
    let handle = open(&blob(&archive()));
    let (path, script) = FILES[1];
    assert_eq!(handle.text(path).unwrap().as_bytes(), script);
    assert_eq!(handle.text("images/logo_small.png"), None);
    assert_eq!(handle.bytes("images/logo_small.png").unwrap(), FILES[2].1);
    assert_eq!(handle.bytes("missing.js"), None);
}

#[wasm_bindgen_test]
fn secrets_that_a_check_found_are_dotted_out() {
    let manifest = br#"{"widget": {"secret_key": "0123456789abcdef0123456789abcdef"}}"#;
    let content = Uint8Array::from(manifest.as_slice());
    let file = object(&[("path", JsValue::from_str("manifest.json")), ("bytes", content.into())]);
    let handle = Handle::open_folder(&Array::of1(&file), "widget", JsValue::UNDEFINED, None).ok().unwrap();
    check(&handle);
    let shown = handle.text("manifest.json").unwrap();
    assert_eq!(shown, format!(r#"{{"widget": {{"secret_key": "0123{}"}}}}"#, ".".repeat(28)));
}

#[wasm_bindgen_test]
fn only_pictures_are_previewed() {
    let handle = open(&blob(&archive()));
    let picture = handle.preview("images/logo_small.png").ok().unwrap().unwrap();
    assert_eq!(picture.type_(), "image/png");
    assert_eq!(picture.size(), FILES[2].1.len() as f64);
    assert!(handle.preview("script.js").ok().unwrap().is_none());
    assert!(handle.preview("missing.png").ok().unwrap().is_none());
}

#[wasm_bindgen_test]
fn progress_names_each_file_and_rule_and_a_listener_that_throws_changes_nothing() {
    let calls = Array::new();
    let listener = Closure::<dyn FnMut(JsValue, JsValue, JsValue) -> Result<(), JsValue>>::new({
        let calls = calls.clone();
        move |step, path, rule| {
            calls.push(&Array::of3(&step, &path, &rule));
            Err(JsValue::from_str("a listener's fault"))
        }
    });
    let listener: Function = listener.into_js_value().unchecked_into();
    let archive = blob(&archive());
    let handle = Handle::open(&archive, "widget.zip", JsValue::UNDEFINED, Some(listener)).ok().unwrap();
    assert_eq!(check(&handle), check(&open(&archive)));
    let calls: Value = serde_json::from_str(&String::from(JSON::stringify(&calls).unwrap())).unwrap();
    assert_eq!(calls[0], serde_json::json!(["reading", null, null]));
    for call in [serde_json::json!(["examining", "script.js", null]), serde_json::json!(["checking", null, "sync-request"])] {
        assert!(calls.as_array().unwrap().contains(&call), "{calls}");
    }
}

#[wasm_bindgen_test]
fn a_file_that_is_left_out_is_named() {
    let options = object(&[("skip", Array::of1(&JsValue::from_str("script.js")).into())]);
    let handle = Handle::open(&blob(&archive()), "widget.zip", options, None).ok().unwrap();
    let report = check(&handle);
    let paths: Vec<&Value> = report["not_examined"].as_array().unwrap().iter().map(|entry| &entry["path"]).collect();
    assert!(paths.contains(&&Value::from("script.js")), "{paths:?}");
}

#[wasm_bindgen_test]
fn a_rule_that_is_left_out_is_named() {
    let options = object(&[("skip_rules", Array::of1(&JsValue::from_str("sync-request")).into())]);
    let report = check(&Handle::open(&blob(&archive()), "widget.zip", options, None).ok().unwrap());
    let named = |entry: &Value| entry["code"] == "rule-failed" && entry["args"]["rule"] == "sync-request";
    assert!(report["not_examined"].as_array().unwrap().iter().any(named), "{}", report["not_examined"]);
    let item = report["items"].as_array().unwrap().iter().find(|item| item["id"] == "sync-requests").unwrap();
    assert_eq!(item["status"], "review");
}

#[wasm_bindgen_test]
fn what_is_no_archive_gets_a_report_that_says_so() {
    let report = check(&open(&blob(b"no archive")));
    assert_eq!(report["verdict"], "unreadable");
    assert!(!report["not_examined"].as_array().unwrap().is_empty());
}

#[wasm_bindgen_test]
fn wrong_arguments_are_refused() {
    let archive: JsValue = blob(&archive()).into();
    let unknown = object(&[("widgetcode", JsValue::from_str("x"))]);
    assert!(Handle::open(&JsValue::from_str("widget.zip"), "widget.zip", JsValue::UNDEFINED, None).is_err());
    assert!(Handle::open(&archive, "widget.zip", unknown, None).is_err());
    assert!(Handle::open_folder(&Array::of1(&archive), "widget", JsValue::UNDEFINED, None).is_err());
}

#[wasm_bindgen_test]
fn the_checklist_and_the_rules_describe_themselves() {
    let to_value = |value: JsValue| -> Value { serde_json::from_str(&String::from(JSON::stringify(&value).unwrap())).unwrap() };
    let checklist = to_value(wasm::checklist().ok().unwrap());
    assert_eq!(checklist.as_array().unwrap().len(), 60);
    assert_eq!(checklist[0]["id"], "data-minimal");
    for rule in to_value(wasm::rules().ok().unwrap()).as_array().unwrap() {
        assert!(checklist.as_array().unwrap().iter().any(|item| item["id"] == rule["item"]), "{rule}");
    }
    assert_eq!(wasm::version(), env!("CARGO_PKG_VERSION"));
}
