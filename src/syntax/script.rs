//! JavaScript: facts with exact spans.
