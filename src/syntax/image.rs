//! PNG and other pictures: facts with exact spans.
