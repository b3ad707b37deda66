//! Rules about the archive: its files, their names, their encoding.

pub mod byte_order_mark;
pub mod carriage_return;
pub mod missing_file;
pub mod odd_entry;
pub mod system_dropping;
pub mod unused_file;
pub mod wrapping_folder;
pub mod wrong_encoding;
