//! Stands in for the crate `encoding_rs`, of which lol_html needs these names: UTF-8 alone, the one encoding that it is given here.
//!
//! The tables of the other encodings would be a seventh of the wasm module, and no linker can tell that they are never read.

use std::borrow::Cow;

/// An encoding by its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding(&'static str);

/// The encoding of every text that is parsed.
pub static UTF_8: &Encoding = &Encoding("UTF-8");

/// What lol_html shows bytes in when it is debugged.
pub static WINDOWS_1252: &Encoding = &Encoding("windows-1252");

impl Encoding {
    /// The encoding that a document names.
    #[must_use]
    pub fn for_label_no_replacement(_label: &[u8]) -> Option<&'static Self> {
        Some(UTF_8)
    }

    /// Its name.
    #[must_use]
    pub fn name(&'static self) -> &'static str {
        self.0
    }

    /// Whether ASCII is written as ASCII.
    #[must_use]
    pub fn is_ascii_compatible(&'static self) -> bool {
        true
    }

    /// The length of the ASCII that `bytes` start with.
    #[must_use]
    pub fn ascii_valid_up_to(bytes: &[u8]) -> usize {
        bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len())
    }

    /// Text as bytes, the encoding used, and whether something could not be written.
    #[must_use]
    pub fn encode<'a>(&'static self, text: &'a str) -> (Cow<'a, [u8]>, &'static Self, bool) {
        (Cow::Borrowed(text.as_bytes()), self, false)
    }

    /// Bytes as text, the encoding used, and whether something could not be read.
    #[must_use]
    pub fn decode<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, &'static Self, bool) {
        let text = String::from_utf8_lossy(bytes);
        let has_errors = matches!(text, Cow::Owned(_));
        (text, self, has_errors)
    }

    /// A decoder of a text in pieces.
    #[must_use]
    pub fn new_decoder_without_bom_handling(&'static self) -> Decoder {
        Decoder(self)
    }

    /// An encoder of a text in pieces.
    #[must_use]
    pub fn new_encoder(&'static self) -> Encoder {
        Encoder
    }
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoderResult {
    /// All of the input was read.
    InputEmpty,
    /// There was no room for more.
    OutputFull,
}

/// Reads a text in pieces.
#[derive(Debug)]
pub struct Decoder(&'static Encoding);

impl Decoder {
    /// What it reads.
    #[must_use]
    pub fn encoding(&self) -> &'static Encoding {
        self.0
    }

    /// Counts what it would write, and leaves `room` as it is: here lol_html is asked where texts stand, never what they say.
    pub fn decode_to_str(&mut self, bytes: &[u8], room: &mut str, _last: bool) -> (CoderResult, usize, usize, bool) {
        let length = bytes.len().min(room.len());
        let result = if length == bytes.len() { CoderResult::InputEmpty } else { CoderResult::OutputFull };
        (result, length, length, false)
    }
}

/// Writes a text in pieces.
#[derive(Debug)]
pub struct Encoder;

impl Encoder {
    /// Whether something is still to be written.
    #[must_use]
    pub fn has_pending_state(&self) -> bool {
        false
    }

    /// Copies as much of `text` as there is room for.
    pub fn encode_from_utf8(&mut self, text: &str, room: &mut [u8], _last: bool) -> (CoderResult, usize, usize, bool) {
        let length = text.floor_char_boundary(room.len());
        room[..length].copy_from_slice(&text.as_bytes()[..length]);
        let result = if length == text.len() { CoderResult::InputEmpty } else { CoderResult::OutputFull };
        (result, length, length, false)
    }
}
