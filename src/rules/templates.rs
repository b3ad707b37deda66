//! Rules that read templates and markup.
