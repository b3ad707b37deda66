//! `cargo xtask`: installs what is missing, then does the work.
fn main() {}
