//! Texts that users read, in two languages: the input stands as each of them.
#![no_main]

use serde_json::json;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let texts = json!({"widget": {"name": text, "description": text, "short_description": text}, "settings": {"key": text}});
    let texts = texts.to_string();
    fuzz::check_with_all(&[("i18n/en.json", texts.as_bytes()), ("i18n/es.json", texts.as_bytes())]);
});
