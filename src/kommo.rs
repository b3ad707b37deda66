//! The platform's own names, as Kommo documents them and as its front end uses them.

pub mod hosts;
pub mod locations;
pub mod manifest;
pub mod names;
