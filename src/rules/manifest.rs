//! Rules that read manifest.json.
