//! Rules that read the archive and its files.
