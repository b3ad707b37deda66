//! Twig and HTML: facts with exact spans.
