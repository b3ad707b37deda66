//! Where things are: every path that xtask reads or writes.

use std::path::{Path, PathBuf};

/// The project's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A path inside the project, from its parts below the top folder.
pub fn path(below: &str) -> PathBuf {
    root().join(below)
}

/// Where the project's own tools are installed.
pub fn tools() -> PathBuf {
    path("target/tools")
}
