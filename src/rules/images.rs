//! Rules that read pictures.
