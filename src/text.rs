//! What the texts of a widget say to a person: their plain form, links, prices, plans, wording.
//!
//! Every module takes one text (the value of a locale key, a text node, a literal of a script) and answers with byte ranges of it.

pub mod entities;
pub mod links;
pub mod plain;
pub mod prices;
pub mod secrets;
pub mod tokens;
pub mod wording;
