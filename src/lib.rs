//! Checks a Kommo widget package against the marketplace's publishing checklist.

pub mod syntax;
