//! Rules that read scripts.
