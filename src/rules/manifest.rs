//! Rules that read manifest.json.

pub mod malformed_manifest;
pub mod missing_manifest_field;
pub mod mistyped_manifest_field;
pub mod unknown_manifest_key;
