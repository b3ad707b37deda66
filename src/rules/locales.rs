//! Rules that read the i18n files.
