//! Whole packages: folders, archives that are made from files and lies, archives of any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::Input(bytes).check());
