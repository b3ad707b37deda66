//! HTML's character references, `&amp;` and `&#233;`, read as browsers read them.

use crate::order;
use std::borrow::Cow;

/// Name and meaning of every named entity, sorted: `amp;`, a tab, `&`, a zero byte. Those of old browsers go without a semicolon, too.
static ENTITIES: &str = include_str!(concat!(env!("OUT_DIR"), "/entities.txt"));

/// The longest name, its semicolon included.
const LONGEST: usize = 32;

/// The longest name without a semicolon.
const LONGEST_BARE: usize = 6;

/// A text with its references replaced.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    replace(text, named)
}

/// An attribute's value with its references replaced: `&copy=1` is none there.
#[must_use]
pub fn unescape_attribute(value: &str) -> Cow<'_, str> {
    replace(value, |name| {
        let end = name.len() - name.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()).len();
        let is_closed = name[end..].starts_with(';');
        if name[end..].starts_with('=') {
            return None;
        }
        let end = end + usize::from(is_closed);
        Some((end, meaning(&name[..end])?))
    })
}

/// Replaces every reference; `named` reads those that begin with a letter, and says how long the name is.
fn replace(text: &str, named: impl Fn(&str) -> Option<(usize, &'static str)>) -> Cow<'_, str> {
    let mut replaced = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices('&') {
        let name = &text[at + 1..];
        let reference = match name.strip_prefix('#') {
            Some(number) => numeric(number).map(|(length, letter)| (1 + length, Cow::Owned(letter.to_string()))),
            None => named(name).map(|(length, meaning)| (length, Cow::Borrowed(meaning))),
        };
        if let Some((length, meaning)) = reference {
            replaced.push_str(&text[copied..at]);
            replaced.push_str(&meaning);
            copied = at + 1 + length;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    replaced.push_str(&text[copied..]);
    Cow::Owned(replaced)
}

/// The named entity that `text` starts with: the longest, or else the one of old browsers.
fn named(text: &str) -> Option<(usize, &'static str)> {
    let letters = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let closed = text[letters..].starts_with(';').then_some(letters + 1);
    // No name without a semicolon is the start of another one.
    let bare = 1..=letters.min(LONGEST_BARE);
    closed.into_iter().chain(bare).find_map(|length| Some((length, meaning(&text[..length])?)))
}

/// What a name stands for.
fn meaning(name: &str) -> Option<&'static str> {
    let entry = order::find(ENTITIES, 0, |entry| name.cmp(entry.split('\t').next().unwrap_or_default()))?;
    entry.split_once('\t').map(|(_, meaning)| meaning)
}

/// The number that stands after `&#`, and its letter.
fn numeric(text: &str) -> Option<(usize, char)> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let length = digits.find(|letter: char| !letter.is_digit(radix)).unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let code = digits[..length].chars().filter_map(|digit| digit.to_digit(radix));
    let code = code.fold(0_u32, |code, digit| code.saturating_mul(radix).saturating_add(digit));
    let is_closed = digits[length..].starts_with(';');
    Some((text.len() - digits.len() + length + usize::from(is_closed), letter(code)))
}

/// The letter of a number; those that Unicode keeps for control are of Windows' old table.
fn letter(code: u32) -> char {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS[code as usize - 0x80],
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_read_alike(text: &str) {
        assert_eq!(unescape(text), htmlize::unescape(text), "{text}");
        assert_eq!(unescape_attribute(text), htmlize::unescape_attribute(text), "{text}");
    }

    #[test]
    fn every_entity_is_read_as_the_library_reads_it() {
        let mut count = 0;
        for entry in ENTITIES.split('\0') {
            let (name, expected) = entry.split_once('\t').unwrap_or_else(|| panic!("{entry}"));
            assert_eq!(unescape(&format!("&{name}")), expected);
            assert!(name.len() <= LONGEST && (name.ends_with(';') || name.len() <= LONGEST_BARE));
            let bare = name.trim_end_matches(';');
            for after in ["", ";", ";;", "=", "=;", "a", "a;", " ", "é", "&", "&lt", "&lt;", "0;", "-"] {
                is_read_alike(&format!("x&{bare}{after}"));
                is_read_alike(&format!("&{}{after}y", &bare[..bare.len() - 1]));
            }
            count += 1;
        }
        assert_eq!(count, 2231);
    }

    #[test]
    fn numbers_are_read_as_the_library_reads_them() {
        for code in (0..0x300).chain([0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFE, 0x1F600, 0x10_FFFF, 0x11_0000, u32::MAX]) {
            for after in ["", ";", "g", "=", " "] {
                is_read_alike(&format!("a&#{code}{after}b"));
                is_read_alike(&format!("&#x{code:x}{after}"));
                is_read_alike(&format!("&#X{code:X}{after}z"));
            }
        }
        for text in
            ["&#", "&#;", "&#x", "&#x;", "&#99999999999999999999;", "&#xFFFFFFFFFFFF", "&", "&&amp;&", "&#x1F;&#-1;", "&é;", ""]
        {
            is_read_alike(text);
        }
    }

    #[test]
    fn texts_of_any_letters_are_read_as_the_library_reads_them() {
        let parts = [
            "&",
            "amp",
            ";",
            "#",
            "x",
            "3",
            "not",
            "in",
            "lt",
            "=",
            "é",
            " ",
            "copy",
            "hellip",
            "CounterClockwiseContourIntegral",
        ];
        let mut state = 1_u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            is_read_alike(&text);
        }
    }
}
