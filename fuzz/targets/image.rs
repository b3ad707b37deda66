//! Pictures: as a logo, where size and content are judged, and as a slide, which may be a JPEG.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check_with_all(&[("images/logo.png", bytes), ("images/slide.jpg", bytes)]));
