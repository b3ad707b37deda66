//! Rules that read stylesheets.
