//! CSS: facts with exact spans.
