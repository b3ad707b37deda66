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

/// Cuts a plain text into tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let token = |start: usize, end: usize| Token { span: span(start, end), word: folded(&text[start..end]) };
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            tokens.push(token(start, at));
        }
    }
    tokens.extend(start.map(|start| token(start, text.len())));
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

/// How many of `tokens`, from the first on, are the words of `phrase`; a word that ends in `*` stands for all that begin so.
#[must_use]
pub fn starts_with(tokens: &[Token<'_>], phrase: &str) -> Option<usize> {
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

/// The span of the first of `phrases` that `tokens` begin with.
#[must_use]
pub fn phrase_at(tokens: &[Token<'_>], phrases: &[&str]) -> Option<Span> {
    let count = phrases.iter().find_map(|phrase| starts_with(tokens, phrase))?;
    Some(tokens.first()?.span.join(tokens.get(count - 1)?.span))
}

/// The span of every place where one of `phrases` stands.
pub fn find_all<'t>(tokens: &'t [Token<'_>], phrases: &'t [&str]) -> impl Iterator<Item = Span> + 't {
    // Most words start with none of the phrases' letters: one bit for each letter tells it.
    let letter = |text: &str| text.bytes().next().map_or(0, |first| 1_u64 << (first & 63));
    let letters = phrases.iter().fold(0, |letters, phrase| letters | letter(phrase));
    let starting = (0..tokens.len()).filter(move |&at| letter(&tokens[at].word) & letters != 0);
    starting.filter_map(|at| phrase_at(&tokens[at..], phrases))
}

/// The span of the first place where one of `phrases` stands.
#[must_use]
pub fn find(tokens: &[Token<'_>], phrases: &[&str]) -> Option<Span> {
    find_all(tokens, phrases).next()
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
        assert_eq!(find(&tokens, &["free trial"]).map(|span| span.of(text)), Some("free trial"));
        assert_eq!(find(&tokens, &["бесплатн* период*"]).map(|span| span.of(text)), Some("бесплатный период"));
        assert_eq!(find(&tokens, &["trial free", "tria"]), None);
        assert_eq!(find(&[], &["a"]), None);
    }
}
