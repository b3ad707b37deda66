//! The words of a plain text in a form that phrases can be compared with: lower case, without accents.

use super::plain::span;
use crate::syntax::Span;
use std::borrow::Cow;

/// A run of letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands.
    pub span: Span,
    /// In lower case; Latin letters without accents.
    pub word: Cow<'a, str>,
}

/// Most texts have fewer words.
const WORDS: usize = 8;

/// Cuts a plain text into tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let token = |start: usize, end: usize| Token { span: span(start, end), word: folded(&text[start..end]) };
    let mut tokens = Vec::with_capacity(WORDS);
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            if start < at {
                tokens.push(token(start, at));
            }
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        tokens.push(token(start, text.len()));
    }
    tokens
}

/// Lower case, and Latin letters without accents.
#[must_use]
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    text.chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).map(base).collect::<String>().into()
}

fn base(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ş' => 's',
        'ğ' => 'g',
        'ё' => 'е',
        other => other,
    }
}

/// Phrases to look for, in lower case and without accents; a word that ends in `*` stands for all that begin so.
#[derive(Debug)]
pub struct Phrases {
    list: &'static [&'static str],
    /// The bit of [`start_of`] for the first word of each: most words start none.
    starts: [u64; 8],
}

impl Phrases {
    /// The phrases of a list. A first word that ends in `*` has three bytes before it at least.
    #[must_use]
    pub const fn of(list: &'static [&'static str]) -> Self {
        let mut starts = [0; 8];
        let mut at = 0;
        while at < list.len() {
            let (group, bit) = start_of(list[at].as_bytes());
            starts[group] |= bit;
            at += 1;
        }
        Self { list, starts }
    }

    fn may_start_with(&self, word: &[u8]) -> bool {
        let (group, bit) = start_of(word);
        self.starts[group] & bit != 0
    }

    /// Whether one of the phrases may stand in a plain text, which only then is worth to be cut into tokens.
    #[must_use]
    pub fn may_be_in(&self, text: &str) -> bool {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
        let mut words = text.as_bytes().chunk_by(|one, other| is_word(one) == is_word(other));
        !text.is_ascii() || words.any(|word| word.first().is_some_and(is_word) && self.may_start_with(word))
    }

    /// The span of the first of the phrases that `tokens` begin with.
    #[must_use]
    pub fn at(&self, tokens: &[Token<'_>]) -> Option<Span> {
        let first = tokens.first().filter(|first| self.may_start_with(first.word.as_bytes()))?;
        let count = self.list.iter().find_map(|phrase| starts_with(tokens, phrase))?;
        Some(first.span.join(tokens.get(count - 1)?.span))
    }

    /// Whether `tokens` are one of the phrases from the first to the last.
    #[must_use]
    pub fn are(&self, tokens: &[Token<'_>]) -> bool {
        let may_be = tokens.first().is_some_and(|first| self.may_start_with(first.word.as_bytes()));
        may_be && self.list.iter().any(|phrase| starts_with(tokens, phrase) == Some(tokens.len()))
    }

    /// The span of every place where one of the phrases stands.
    pub fn find_all<'t>(&'t self, tokens: &'t [Token<'_>]) -> impl Iterator<Item = Span> + 't {
        (0..tokens.len()).filter_map(|at| self.at(&tokens[at..]))
    }

    /// The span of the first place where one of the phrases stands.
    #[must_use]
    pub fn find(&self, tokens: &[Token<'_>]) -> Option<Span> {
        self.find_all(tokens).next()
    }
}

/// One of 512 bits, with the group of 64 that it belongs to, for the first three bytes of a word or a phrase, capitals or not.
const fn start_of(text: &[u8]) -> (usize, u64) {
    let mut place = 0;
    let mut at = 0;
    while at < 3 {
        // A short word starts phrases that go on with another word.
        let byte = if at < text.len() { text[at].to_ascii_lowercase() } else { b' ' };
        place = (place * 131 + byte as usize) % 512;
        if byte == b' ' {
            break;
        }
        at += 1;
    }
    (place / 64, 1 << (place % 64))
}

/// How many of `tokens`, from the first on, are the words of `phrase`.
fn starts_with(tokens: &[Token<'_>], phrase: &str) -> Option<usize> {
    // Most phrases start with another letter.
    if tokens.first()?.word.as_bytes().first() != phrase.as_bytes().first() {
        return None;
    }
    let mut count = 0;
    for wanted in phrase.split(' ') {
        let word = &tokens.get(count)?.word;
        let same = wanted.strip_suffix('*').map_or(word == wanted, |stem| word.starts_with(stem));
        if !same {
            return None;
        }
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_placed() {
        let text = "¡Grátis! Política-de PRIVACIDAD №5";
        let tokens = tokens(text);
        let words: Vec<_> = tokens.iter().map(|token| &*token.word).collect();
        assert_eq!(words, ["gratis", "politica", "de", "privacidad", "5"]);
        assert_eq!(tokens[1].span.of(text), "Política");
    }

    #[test]
    fn phrases_and_stems() {
        let text = "Start your free trial, бесплатный период";
        let tokens = tokens(text);
        let find = |phrases: &Phrases| phrases.find(&tokens).map(|span| span.of(text));
        assert_eq!(find(&Phrases::of(&["free trial"])), Some("free trial"));
        assert_eq!(find(&Phrases::of(&["бесплатн* период*"])), Some("бесплатный период"));
        assert_eq!(find(&Phrases::of(&["trial free", "tria"])), None);
        assert_eq!(Phrases::of(&["a"]).find(&[]), None);
    }

    #[test]
    fn phrases_of_short_words_and_texts_that_may_hold_them() {
        static PHRASES: Phrases = Phrases::of(&["a month", "x", "pix", "юмани"]);
        for text in ["Once a month", "A MONTH", "no X", "Pay by PIX!", "pix", "ЮМани"] {
            assert!(PHRASES.may_be_in(text) && PHRASES.find(&tokens(text)).is_some(), "{text}");
        }
        for text in ["", "an x1", "a", "Plan of the month"] {
            assert_eq!(PHRASES.find(&tokens(text)), None, "{text}");
        }
        assert!(!PHRASES.may_be_in("Save the note, then close it."));
        assert!(PHRASES.are(&tokens("a month")) && !PHRASES.are(&tokens("a month ago")) && !PHRASES.are(&[]));
    }
}
