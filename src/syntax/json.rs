//! JSON: facts with exact spans.
