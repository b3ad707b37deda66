//! The shell's door.

fn main() {}
