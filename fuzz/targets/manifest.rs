//! Manifests, and the same JSON as a file of texts.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check_with_all(&[("manifest.json", bytes), ("i18n/en.json", bytes)]));
