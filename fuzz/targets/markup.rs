//! Templates.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check_with("templates/a.twig", bytes));
