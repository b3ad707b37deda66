//! Twig and HTML: facts with exact spans.

/// The facts of one text.
#[derive(Debug)]
pub struct Markup {}
