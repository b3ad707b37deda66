//! What the work needs on this machine: each function installs what is missing and does nothing when all is there.

pub mod browser;
pub mod npm;
pub mod rust;
