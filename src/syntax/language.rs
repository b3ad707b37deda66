//! The language of short interface texts in English, Spanish, Portuguese, Russian, Turkish and Indonesian, never accusing on thin evidence;
//! of their neighbours only what nobody can mistake.

mod alphabets;

use crate::syntax::Span;
use crate::text::plain::{Plain, span};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::borrow::Cow;
use std::sync::OnceLock;

pub use alphabets::other_script;

/// A language that a widget's texts can be judged in, or one that they may be found to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
    /// Portuguese, of Brazil and of Portugal alike.
    Portuguese,
    /// Turkish.
    Turkish,
    /// Indonesian.
    Indonesian,
    /// Russian.
    Russian,
    /// Ukrainian, told by its letters.
    Ukrainian,
    /// Polish, told by its letters.
    Polish,
    /// German, told by its small words.
    German,
    /// French, told by its small words.
    French,
    /// Italian, told by its small words.
    Italian,
}

impl Language {
    /// Those that texts can be judged in; those in the Latin script come first, in the order of the weights.
    pub const ALL: [Self; 6] = [Self::English, Self::Spanish, Self::Portuguese, Self::Turkish, Self::Indonesian, Self::Russian];

    /// The language of a locale code such as `pt` or `pt-BR`; none for a language that is not of the six.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The two-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Turkish => "tr",
            Self::Indonesian => "id",
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
            Self::Polish => "pl",
            Self::German => "de",
            Self::French => "fr",
            Self::Italian => "it",
        }
    }

    /// The name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Spanish",
            Self::Portuguese => "Portuguese",
            Self::Turkish => "Turkish",
            Self::Indonesian => "Indonesian",
            Self::Russian => "Russian",
            Self::Ukrainian => "Ukrainian",
            Self::Polish => "Polish",
            Self::German => "German",
            Self::French => "French",
            Self::Italian => "Italian",
        }
    }
}

/// What a text turned out to be, compared with the language it is declared to be in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing speaks against the declared language.
    Own,
    /// Confidently another one.
    Other {
        /// Which.
        language: Language,
        /// How much likelier than the declared one, as a logarithm.
        margin: f32,
    },
    /// Too little to tell.
    Thin,
}

/// The number of languages told apart by the weights: those in the Latin script.
pub const LATIN: usize = 5;
/// Rows of the table of weights.
pub const BUCKETS: usize = 1 << BUCKET_BITS;
const BUCKET_BITS: u32 = 13;
/// One weight is this much evidence, as a logarithm.
pub const WEIGHT_UNIT: f32 = 1.0 / 8.0;
/// For each bucket one signed byte per language; made by `cargo xtask train language`.
static WEIGHTS: &[u8] = include_bytes!("language/weights.bin");

/// What one word may say at most for or against a language, so that no single name decides.
const WORD_LIMIT: f32 = 4.0;
/// The same for a word that may be a name.
const NAME_LIMIT: f32 = 1.5;
/// Below this many words a text is thin.
const FEWEST_WORDS: usize = 4;
/// The likelihood ratio, as a logarithm, that accuses, by the number of words that are no brands or loan words; more words need the last.
const MARGINS: [f32; 5] = [f32::INFINITY, f32::INFINITY, 4.0, 3.0, 2.5];
/// So much more is asked for between Spanish and Portuguese, in which many short sentences are nearly the same.
const CLOSE_MARGIN: f32 = 0.5;
/// What is enough between the two where a word or a spelling that only the other one has stands in the text, and none of the declared one.
const MARKED_MARGIN: f32 = 1.5;
/// What one text of a group may say at most.
const TEXT_LIMIT: f32 = 6.0;
/// The likelihood ratio, as a logarithm, that accuses a whole group.
const GROUP_MARGIN: f32 = 12.0;
/// From this ratio on, a text of a group counts as one in the other language, or in the declared one; texts between are neither.
const LEANING: f32 = 1.0;

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Word<'a> {
    /// Where it stands.
    pub span: Span,
    /// In lower case; empty for a number, a placeholder, an address or other code.
    pub text: Cow<'a, str>,
    /// Whether it can tell a language: no brand, abbreviation or loan word.
    pub telling: bool,
    /// Whether it may be a name, as it has a capital and is not the first word.
    pub name_like: bool,
    /// Whether white space or the start of the text stands before it.
    pub spaced: bool,
}

/// The words of a plain text; a number, a placeholder, an address, a file name and the like are one word that tells nothing.
#[must_use]
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut reader = WordReader { text, shouted: is_shouted(text), any: false, words: Vec::new() };
    let mut start = 0;
    for hidden in placeholders(text) {
        reader.stretch(start, hidden.start as usize);
        reader.words.push(Word::code(hidden));
        start = text.ceil_char_boundary(hidden.end as usize);
    }
    reader.stretch(start, text.len());
    let mut words = reader.words;
    mask_second_names(text, &mut words);
    mask_joined_names(text, &mut words);
    mask_quoted(text, &mut words);
    words
}

/// A capital after a name goes on with the name: "WhatsApp Business", "Instagram Direct".
fn mask_second_names(text: &str, words: &mut [Word<'_>]) {
    let mut after_name = None;
    for word in words {
        let capital = word.span.of(text).starts_with(char::is_uppercase);
        let named = !word.telling && capital;
        if capital && after_name.is_some_and(|end| text.get(end..word.span.start as usize) == Some(" ")) {
            word.telling = false;
        }
        after_name = named.then_some(word.span.end as usize);
    }
}

/// A few words in quotation marks name what another program shows, in its language: `Haz clic en "Add phone number"`.
fn mask_quoted(text: &str, words: &mut [Word<'_>]) {
    const LONGEST: usize = 4;
    const OPENING: [char; 3] = ['"', '“', '«'];
    let mut quoted = Vec::new();
    let mut at = 0;
    while let Some((start, mark)) = text[at..].char_indices().find(|(_, c)| OPENING.contains(c)) {
        let inside = at + start + mark.len_utf8();
        let closing = match mark {
            '“' => '”',
            '«' => '»',
            _ => '"',
        };
        let Some(length) = text[inside..].find(closing) else { break };
        let first_from = |place: usize| words.partition_point(|word| (word.span.start as usize) < place);
        let within = first_from(inside)..first_from(inside + length);
        at = inside + length + closing.len_utf8();
        if within.len() <= LONGEST {
            quoted.push(within);
        }
    }
    let count = |words: &[Word<'_>]| words.iter().filter(|word| word.telling).count();
    let told_inside: usize = quoted.iter().map(|within| count(&words[within.clone()])).sum();
    // A text that is a quotation from end to end has nothing else to be judged by.
    if told_inside < count(words) {
        quoted.into_iter().flatten().for_each(|word| words[word].telling = false);
    }
}

const JOINING: [&str; 11] = ["da", "das", "de", "del", "do", "dos", "el", "la", "las", "los", "y"];

/// What joins two capitals is a part of a name in any language: "Rio de Janeiro", "Juan de la Cruz". So is the first of them.
fn mask_joined_names(text: &str, words: &mut [Word<'_>]) {
    let joins = |word: &Word<'_>| JOINING.contains(&&*word.text) && !word.name_like;
    let is_next = |one: &Word<'_>, other: &Word<'_>| text.get(one.span.end as usize..other.span.start as usize) == Some(" ");
    for first in 0..words.len() {
        let joining = words[first + 1..].iter().take_while(|word| joins(word)).count();
        let last = first + joining + 1;
        let is_name = joining > 0
            && words[first].span.of(text).starts_with(char::is_uppercase)
            && words.get(last).is_some_and(|word| word.name_like)
            && words[first..=last].is_sorted_by(is_next);
        if is_name {
            words[first].name_like = true;
            words[first + 1..last].iter_mut().for_each(|word| word.telling = false);
        }
    }
}

impl Word<'_> {
    fn code(span: Span) -> Self {
        Self { span, text: Cow::Borrowed(""), telling: false, name_like: false, spaced: true }
    }
}

/// Whether a text is all in capitals, which then mark no abbreviation. "CPF, CNPJ ou PIS" is nothing but abbreviations.
fn is_shouted(text: &str) -> bool {
    const LONGEST_ABBREVIATION: usize = 4;
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    let has_word = || text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > LONGEST_ABBREVIATION);
    upper > 8 && upper > lower * 4 && (lower == 0 || has_word())
}

/// Stretches that a program fills in: `{{name}}`, `{0}`, `{% if %}`, `${x}`, `:name`, `%s`, `%(name)s`, `%name%`, `#HOST#`, `[[x]]`.
/// Of a choice, `{n, plural, one {# file} other {# files}}`, they are what stands around its texts.
#[must_use]
pub fn placeholders(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Choices whose texts are being read.
    let mut choices = 0_usize;
    while at < bytes.len() {
        let length = match bytes[at] {
            b'{' if let Some(length) = choice_start(&text[at..]) => {
                choices += 1;
                Some(length)
            }
            b'{' => closed(&bytes[at..], b'{', b'}'),
            b'}' if choices > 0 => {
                let (length, goes_on) = choice_text_end(&bytes[at..]);
                choices -= usize::from(!goes_on);
                Some(length)
            }
            b':' => variable(bytes, at),
            b'[' if bytes[at..].starts_with(b"[[") => closed(&bytes[at..], b'[', b']'),
            b'%' => percent(&bytes[at..]),
            b'#' => fenced(&bytes[at..], b'#'),
            _ => None,
        };
        if let Some(length) = length {
            found.push(span(at, at + length));
        }
        at += length.unwrap_or(1);
    }
    found
}

/// How far a stretch between brackets may reach before it is taken for prose.
const LONGEST_HOLE: usize = 120;

fn closed(bytes: &[u8], open: u8, close: u8) -> Option<usize> {
    let mut depth = 0;
    for (at, &byte) in bytes.iter().enumerate().take(LONGEST_HOLE) {
        depth += i32::from(byte == open) - i32::from(byte == close);
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// How far `{n, plural, one {` reaches, which starts a choice and its first text.
fn choice_start(text: &str) -> Option<usize> {
    let head = text.get(1..)?.split(['{', '}']).next()?;
    let kind = head.split(',').nth(1)?.trim();
    let end = head.len() + 1;
    (matches!(kind, "plural" | "select" | "selectordinal") && text[end..].starts_with('{')).then_some(end + 1)
}

/// How far the end of a text of a choice reaches: to the next text, `} other {`, or to the end of the choice, `}}`; and whether there is
/// a next.
fn choice_text_end(bytes: &[u8]) -> (usize, bool) {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"=_-".contains(byte);
    let next = 1 + bytes[1..].iter().take_while(|byte| is_name(byte)).count();
    match bytes.get(next) {
        Some(b'{') => (next + 1, true),
        Some(b'}') => (next + 1, false),
        _ => (1, false),
    }
}

/// The length of `:name`, before which no word and no other mark of its kind stands; capitals after a colon are prose, or a currency.
fn variable(bytes: &[u8], at: usize) -> Option<usize> {
    let follows = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || !bytes[at - 1].is_ascii() || bytes[at - 1] == b':');
    let name = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    (!follows && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)).then_some(name + 1)
}

fn percent(bytes: &[u8]) -> Option<usize> {
    let rest = &bytes[1..];
    if rest.first() == Some(&b'(') {
        let end = rest.iter().take(LONGEST_HOLE).position(|&byte| byte == b')')?;
        return Some(1 + end + 2).filter(|&length| length <= bytes.len());
    }
    if let Some(length) = fenced(bytes, b'%') {
        return Some(length);
    }
    let flags = rest.iter().take_while(|byte| byte.is_ascii_digit() || b"$.-+*".contains(byte)).count();
    let kind = rest.get(flags)?;
    let long = usize::from(matches!(kind, b'l' | b'h' | b'z'))
        * rest[flags..].iter().take_while(|b| matches!(b, b'l' | b'h' | b'z')).count();
    let kind = rest.get(flags + long)?;
    let ends = !rest.get(flags + long + 1).is_some_and(|next| next.is_ascii_alphabetic());
    (b"sdiufgxXcp@%".contains(kind) && (ends || flags > 0)).then_some(flags + long + 2)
}

fn fenced(bytes: &[u8], fence: u8) -> Option<usize> {
    let name = bytes[1..].iter().take(LONGEST_HOLE).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    (name > 0 && bytes.get(1 + name) == Some(&fence)).then_some(name + 2)
}

/// Cuts a text into words.
struct WordReader<'a> {
    text: &'a str,
    shouted: bool,
    /// Whether there was a word that is no code.
    any: bool,
    words: Vec<Word<'a>>,
}

impl WordReader<'_> {
    /// Reads a stretch without placeholders.
    fn stretch(&mut self, start: usize, end: usize) {
        let mut chunk_start = start;
        for (at, c) in self.text[start..end].char_indices() {
            if c.is_whitespace() {
                self.chunk(chunk_start, start + at);
                chunk_start = start + at + c.len_utf8();
            }
        }
        self.chunk(chunk_start, end);
    }

    /// Reads a stretch without white space.
    fn chunk(&mut self, start: usize, end: usize) {
        let chunk = &self.text[start..end];
        if chunk.is_empty() {
            return;
        }
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.word(span(start, end), true);
        }
        if is_code(chunk) || chunk.contains('-') && is_loan(&chunk.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()) {
            self.words.push(Word::code(span(start, end)));
            return;
        }
        let mut word_start = None;
        // White space, or the start of the text, stands before the first word alone.
        let mut spaced = true;
        let mut chars = chunk.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let joins = is_apostrophe(c) && word_start.is_some() && next.is_some_and(char::is_alphabetic);
            let mut word_end = at;
            if c.is_alphanumeric() || joins {
                word_start.get_or_insert(at);
                if next.is_some_and(|next| next.is_alphanumeric() || is_apostrophe(next)) {
                    continue;
                }
                word_end += c.len_utf8();
            }
            if let Some(from) = word_start.take() {
                self.word(span(start + from, start + word_end), spaced);
                spaced = false;
            }
        }
    }

    fn word(&mut self, span: Span, spaced: bool) {
        let written = span.of(self.text);
        let is_lower = written.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_lower && written.chars().any(char::is_numeric) {
            self.words.push(Word { spaced, ..Word::code(span) });
            return;
        }
        let capital = !is_lower && !self.shouted && written.starts_with(char::is_uppercase);
        let abbreviation = !is_lower && !self.shouted && written.chars().skip(1).any(char::is_uppercase);
        let name_like = capital && self.any;
        let initial = name_like && written.chars().count() == 1;
        let text = if is_lower { Cow::Borrowed(written) } else { Cow::Owned(written.to_lowercase()) };
        // Turkish puts its endings behind names: "Kommo'ya".
        let stem = text.split(is_apostrophe).next().unwrap_or_default();
        let telling = !abbreviation && !initial && !is_unit(&text) && !is_loan(stem);
        self.any = true;
        self.words.push(Word { span, text, telling, name_like, spaced });
    }
}

/// What joins the letters before and after it to one word: an apostrophe, or the accent that marks Russian stress.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{301}')
}

/// A single Latin consonant is a unit, a mark or a counter: "4 x 6", "c) Brush". A letter again and again is a date's: "dd MMMM yyyy".
fn is_unit(word: &str) -> bool {
    match word.as_bytes() {
        [letter] => letter.is_ascii_alphabetic() && !b"aeiouy".contains(letter),
        [first, rest @ ..] => rest.iter().all(|letter| letter == first),
        [] => false,
    }
}

/// Addresses, e-mails, file names, options and identifiers.
fn is_code(chunk: &str) -> bool {
    let core = chunk
        .trim_matches(|c: char| matches!(c, '(' | ')' | '"' | '\'' | ',' | ';' | ':' | '.' | '!' | '?' | '«' | '»' | '“' | '”'));
    // Nearly every word is of letters alone.
    if core.bytes().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()) {
        return false;
    }
    let dotted = core
        .char_indices()
        .filter(|&(_, c)| c == '.')
        .any(|(at, _)| core[..at].ends_with(char::is_alphanumeric) && core[at + 1..].starts_with(char::is_alphanumeric));
    core.contains("://")
        || core.contains('@')
        || core.contains('_')
        || core.contains('\\')
        || core.contains('=')
        || core.starts_with("--")
        || core.starts_with('/')
        || core.starts_with('$')
        || core.matches('/').count() > 1
        || dotted
}

/// Names and words that are the same in every language, sorted.
static LOAN_WORDS: &str = include_str!("language/loan-words.txt");

/// Whether a word in lower case is the same in every language.
#[must_use]
pub fn is_loan(word: &str) -> bool {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| LOAN_WORDS.lines().collect()).contains(word)
}

/// The script of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Anything else.
    Other,
}

/// The script that most letters of `word` are in.
#[must_use]
pub fn script(word: &str) -> Script {
    if word.is_ascii() {
        return Script::Latin;
    }
    let cyrillic = word.chars().filter(|&c| is_cyrillic(c)).count();
    let latin = word.chars().filter(|&c| is_latin(c)).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if cyrillic * 2 > letters {
        Script::Cyrillic
    } else if latin * 2 >= letters {
        Script::Latin
    } else {
        Script::Other
    }
}

/// Whether `c` is a Cyrillic letter.
#[must_use]
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Evidence for each of the languages in the Latin script, summed over the words of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Evidence {
    score: [f32; LATIN],
    /// What of it words say that may be names.
    named: [f32; LATIN],
    /// Words that tell a language and are no names.
    plain: usize,
    latin: usize,
    cyrillic: usize,
    telling: usize,
    words: usize,
}

impl Evidence {
    fn of(words: &[Word<'_>]) -> Self {
        let mut evidence = Self::default();
        let mut seen = FxHashSet::with_capacity_and_hasher(words.len(), FxBuildHasher);
        for word in words {
            evidence.words += usize::from(word.spaced);
            match script(&word.text) {
                // A list of languages names each in its own letters.
                Script::Cyrillic if is_own_name(&word.text) => {}
                Script::Cyrillic => {
                    evidence.cyrillic += 1;
                    evidence.telling += 1;
                }
                Script::Latin if word.telling && seen.insert(&*word.text) => {
                    evidence.latin += 1;
                    evidence.telling += 1;
                    evidence.plain += usize::from(!word.name_like);
                    let limit = if word.name_like { NAME_LIMIT } else { WORD_LIMIT };
                    for (language, score) in word_score(&word.text).into_iter().enumerate() {
                        let score = score.clamp(-limit, limit);
                        evidence.score[language] += score;
                        evidence.named[language] += if word.name_like { score } else { 0.0 };
                    }
                }
                _ => {}
            }
        }
        evidence
    }
}

impl Evidence {
    /// For each of the six languages how much speaks for it; the mean of the languages in the Latin script is 0.
    ///
    /// Texts in Cyrillic hold Latin names, hardly ever the reverse: the larger part decides between the scripts.
    fn scores(&self) -> [f32; Language::ALL.len()] {
        let mut scores = [0.0; Language::ALL.len()];
        if self.cyrillic > self.latin {
            scores[Language::Russian as usize] = self.cyrillic as f32 * WORD_LIMIT;
        } else {
            scores[..LATIN].copy_from_slice(&self.score);
            // Among words of both scripts nothing can be held against Russian.
            if self.cyrillic > 0 {
                scores[Language::Russian as usize] = scores[highest(&self.score)];
            }
        }
        scores
    }
}

/// What a word says for each language, relative to their mean.
fn word_score(word: &str) -> [f32; LATIN] {
    // All weights of a row are added at once, each made positive in sixteen bits of its own.
    const SIXTEENS: u64 = 0x00ff_00ff_00ff_00ff;
    let (mut even, mut odd, mut features) = (0_u64, 0_u64, 0_u16);
    for_each_feature(word, |bucket| {
        features += 1;
        let [a, b, c, d, e] = WEIGHTS.as_chunks().0[bucket];
        let row = u64::from_le_bytes([a, b, c, d, e, 0, 0, 0]) ^ 0x8080_8080_8080_8080;
        even += row & SIXTEENS;
        odd += row >> 8 & SIXTEENS;
    });
    let mut score = [0.0; LATIN];
    for (language, score) in score.iter_mut().enumerate() {
        let sum = if language % 2 == 0 { even } else { odd } >> (language / 2 * 16) & 0xffff;
        *score = (sum as f32 - f32::from(features) * 128.0) * WEIGHT_UNIT;
    }
    let scale = 1.0 / f32::from(features.max(1)).sqrt();
    let mean = score.iter().sum::<f32>() / LATIN as f32;
    for sum in &mut score {
        *sum = (*sum - mean) * scale;
    }
    score
}

/// The longest stretch of a word that is looked at; real words are shorter.
const LONGEST_WORD: usize = 40;

/// The longest runs of letters that are features.
const LONGEST_RUN: usize = 4;

/// Calls `visit` with the bucket of each feature of `word`: its runs of one to four letters, ends marked, and the word itself.
pub fn for_each_feature(word: &str, mut visit: impl FnMut(usize)) {
    let mut letters = [0; LONGEST_WORD + 2];
    letters[0] = 1;
    let mut end = 1;
    for (letter, c) in letters[1..=LONGEST_WORD].iter_mut().zip(word.chars()) {
        *letter = u32::from(c);
        end += 1;
    }
    letters[end] = 2;
    let letters = &letters[..=end];
    // For each place the hash of the run that starts there, one letter longer each time.
    let mut runs = [0x811c_9dc5; LONGEST_WORD + 2];
    for (run, &letter) in runs.iter_mut().zip(letters) {
        *run = extended(*run, letter);
    }
    // The mark of an end is no feature by itself.
    runs[1..end].iter().for_each(|&run| visit(bucket(run)));
    for longer in 1..LONGEST_RUN {
        for (run, &last) in runs.iter_mut().zip(letters.get(longer..).unwrap_or_default()) {
            *run = extended(*run, last);
            visit(bucket(*run));
        }
    }
    if letters.len() > LONGEST_RUN {
        visit(bucket(letters[LONGEST_RUN..].iter().fold(runs[0], |run, &letter| extended(run, letter))));
    }
}

/// The hash of a run of letters with one more.
fn extended(run: u32, letter: u32) -> u32 {
    let hash = (run ^ letter).wrapping_mul(0x0100_0193);
    hash ^ hash >> 15
}

fn bucket(run: u32) -> usize {
    (run.wrapping_mul(0x85eb_ca6b) >> (32 - BUCKET_BITS)) as usize
}

/// Judges one text, which may hold mark-up.
#[must_use]
pub fn judge(text: &str, declared: Language) -> Verdict {
    judge_words(&words(&Plain::of(text).text), declared)
}

/// Judges the words of one text.
#[must_use]
pub fn judge_words(words: &[Word<'_>], declared: Language) -> Verdict {
    verdict(words, &Evidence::of(words), declared)
}

/// Whether all words after the first have capitals but for small words of the declared language, or of any where the declared one joins
/// them: "Ana Souza e João Dias", "Rio de Janeiro and Belo Horizonte". Capitals alone make names where more than one mark stands between
/// them, as in "5th Avenue, New York, NY", or one and a joiner, as in "Rio de Janeiro, Brazil": buttons have capitals, too.
fn are_names(words: &[Word<'_>], declared: Language) -> bool {
    // What joins two names, and what stands inside of one.
    let small = |language: Language| -> (&str, &[&str]) {
        match language {
            Language::English => ("and", &["by", "of"]),
            Language::Spanish => ("y", &["de", "del", "e"]),
            Language::Portuguese => ("e", &["da", "de", "do"]),
            Language::Turkish => ("ve", &[]),
            Language::Indonesian => ("dan", &[]),
            Language::Russian => ("и", &[]),
            _ => ("", &[]),
        }
    };
    let is_small = |word: &Word<'_>, language| {
        let (and, inside) = small(language);
        word.text == and || inside.contains(&&*word.text)
    };
    let rest: Vec<&Word<'_>> = words.iter().filter(|word| !word.text.is_empty()).skip(1).filter(|word| !word.name_like).collect();
    let is_joined = rest.iter().any(|word| word.text == small(declared).0);
    let is_inside =
        |word: &Word<'_>| is_small(word, declared) || is_joined && Language::ALL.into_iter().any(|one| is_small(word, one));
    let is_joiner = |word: &&Word<'_>| !word.telling && JOINING.contains(&&*word.text);
    let marks = || words.array_windows().filter(|[word, next]| word.span.end + 1 < next.span.start).count();
    if rest.iter().all(is_joiner) && marks() + usize::from(!rest.is_empty()) > 1 {
        return true;
    }
    !rest.is_empty() && rest.into_iter().all(is_inside)
}

/// What the texts of a file or of a group turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupVerdict {
    /// All of them together.
    pub together: Verdict,
    /// Each by itself, in their order.
    pub each: Vec<Verdict>,
}

/// Judges all the texts of a file or of a group, each and together. To be in another language together, most of them have to be; or a
/// third, where names and the like make up the rest and hardly any is in the declared one.
#[must_use]
pub fn judge_group<'a>(texts: impl IntoIterator<Item = &'a str>, declared: Language) -> GroupVerdict {
    // For each text how far each language lies behind the likeliest.
    let mut behind = Vec::new();
    let mut each = Vec::new();
    for text in texts {
        let plain = Plain::of(text);
        let words = words(&plain.text);
        let evidence = Evidence::of(&words);
        each.push(verdict(&words, &evidence, declared));
        if evidence.telling > 0 {
            let scores = evidence.scores();
            let top = scores[highest(&scores)];
            behind.push(scores.map(|score| (score - top).max(-TEXT_LIMIT)));
        }
    }
    let together = neighbour_of_most(&each).unwrap_or_else(|| together(&behind, declared));
    GroupVerdict { together, each }
}

/// The verdict on most texts, if it is one that the weights do not know.
fn neighbour_of_most(each: &[Verdict]) -> Option<Verdict> {
    let is_neighbour =
        |verdict: &&Verdict| matches!(verdict, Verdict::Other { language, .. } if !Language::ALL.contains(language));
    let found = each.iter().find(is_neighbour).copied()?;
    let count = each.iter().filter(is_neighbour).count();
    (count * 2 > each.len()).then_some(found)
}

fn together(behind: &[[f32; Language::ALL.len()]], declared: Language) -> Verdict {
    let own = declared as usize;
    let total: [f32; Language::ALL.len()] = std::array::from_fn(|language| behind.iter().map(|text| text[language]).sum());
    let best = highest(&total);
    let margin = total[best] - total[own];
    let leaning = |to: usize, from: usize| behind.iter().filter(|text| text[to] - text[from] >= LEANING).count();
    let (other, same) = (leaning(best, own), leaning(own, best));
    if behind.is_empty() {
        Verdict::Thin
    } else if best == own {
        Verdict::Own
    } else if margin >= GROUP_MARGIN && (other * 2 > behind.len() || other > same * 3 && other * 3 > behind.len()) {
        Verdict::Other { language: Language::ALL[best], margin }
    } else {
        Verdict::Thin
    }
}

fn highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = index;
        }
    }
    best
}

fn verdict(words: &[Word<'_>], evidence: &Evidence, declared: Language) -> Verdict {
    // Two telling words among many names are no sentence.
    if evidence.words < FEWEST_WORDS || evidence.telling == 2 && evidence.words > 4 || are_names(words, declared) {
        return Verdict::Thin;
    }
    if let Some((language, marks)) = neighbour(words, declared) {
        return Verdict::Other { language, margin: marks as f32 * WORD_LIMIT };
    }
    let scores = evidence.scores();
    let best = highest(&scores);
    if best == declared as usize {
        return Verdict::Own;
    }
    let margin = scores[best] - scores[declared as usize];
    let named = |language: usize| evidence.named.get(language).copied().unwrap_or_default();
    // "Deliver to São Paulo, Bogotá" is in no other language for its cities.
    let only_names = evidence.plain > 0 && margin <= named(best) - named(declared as usize);
    let is_close = [declared, Language::ALL[best]].iter().all(|one| matches!(one, Language::Spanish | Language::Portuguese));
    let marked = |language| words.iter().any(|word| word.telling && !word.name_like && is_mark(&word.text, language));
    let needed = match MARGINS[evidence.telling.min(MARGINS.len() - 1)] {
        needed if !is_close => needed,
        needed if needed.is_finite() && marked(Language::ALL[best]) && !marked(declared) => MARKED_MARGIN,
        needed => needed + CLOSE_MARGIN,
    };
    if margin >= needed && !only_names { Verdict::Other { language: Language::ALL[best], margin } } else { Verdict::Thin }
}

/// The neighbours of the six languages, each with small words that none of the six knows.
const NEIGHBOURS: [(Language, &str); 5] = [
    (Language::Ukrainian, "ще або якщо це щоб має може бути"),
    (Language::Polish, "nie dla oraz przez"),
    (
        Language::German,
        "der den dem und nicht für ist ein eine einen auf zu von oder kann wird werden wurde noch keine diese dieser ihre sind bitte",
    ),
    (Language::French, "avec vous votre vos nous notre dans ce cet cette est sont être pour qui des du au aux veuillez"),
    (Language::Italian, "il dei della delle degli dal dalla nel nella alla sono questo questa gli più che non è essere"),
];

/// The neighbour whose letter this is, and none of the six languages'.
fn neighbour_of_letter(letter: char) -> Option<Language> {
    match letter {
        'і' | 'ї' | 'є' | 'ґ' => Some(Language::Ukrainian),
        'ł' | 'ż' | 'ź' | 'ś' | 'ć' | 'ń' | 'ą' | 'ę' => Some(Language::Polish),
        'ß' => Some(Language::German),
        'œ' => Some(Language::French),
        _ => None,
    }
}

/// Whether a word in lower case is a small word of one of the neighbours.
fn is_small_word_of_neighbours(word: &str) -> bool {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| NEIGHBOURS.iter().flat_map(|(_, small)| small.split(' ')).collect()).contains(word)
}

/// The neighbour of the six languages that a text is in, and how many different words say so: each has a letter, or is a small word, that
/// none of the six knows. Two are needed, and one in seven.
fn neighbour(words: &[Word<'_>], declared: Language) -> Option<(Language, usize)> {
    const SHARE: usize = 7;
    let may_tell = |word: &&Word<'_>| {
        !word.name_like
            && (is_small_word_of_neighbours(&word.text)
                || !word.text.is_ascii() && word.text.chars().any(|letter| neighbour_of_letter(letter).is_some()))
    };
    let telling: Vec<&str> = words.iter().filter(may_tell).map(|word| &*word.text).collect();
    if telling.len() < 2 {
        return None;
    }
    NEIGHBOURS.into_iter().find_map(|(language, small)| {
        // In a language of Latin letters all Cyrillic is foreign, and told by them.
        if language == Language::Ukrainian && declared != Language::Russian {
            return None;
        }
        let is_mark = |word: &&str| {
            small.split(' ').any(|known| known == *word)
                || word.chars().any(|letter| neighbour_of_letter(letter) == Some(language))
        };
        let marks: FxHashSet<&str> = telling.iter().copied().filter(is_mark).collect();
        (marks.len() >= 2 && marks.len() * SHARE >= words.len()).then_some((language, marks.len()))
    })
}

/// Whether a word in lower case is Spanish and never Portuguese, or the reverse, by itself or by its spelling.
fn is_mark(word: &str, language: Language) -> bool {
    let (words, inside, ends) = match language {
        Language::Spanish => (
            "acceso agregar al archivo archivos aún borrar cambiar cambios cargando cargar clave claves clic columna con \
             correo crear cuando cuenta cuentas datos debe deben del donde el elija embudo en equipo es esto fecha ha haga \
             hasta hay haz hoy ingrese llamada llamadas mismo muy más negocio nombre nuestra nuestro nueva nuevas nuevo \
             nuevos otra otras otro otros pero persona personas plantilla precio precios producto productos prueba puede \
             pueden quien según siempre sin son su sus tabla también tarea tareas tarjeta teléfono teléfonos tienda tiene \
             tienen un una usted usuario usuarios venta ventas y ya",
            "ñ miento ll",
            "aje ales anza aron dad ible ibles iendo ieron ió iones ón tud ía",
        ),
        Language::Portuguese => (
            "acesso adicionar agora ao aos após arquivo arquivos assinatura ativo ativos até cadastro carregando carregar \
             chave chaves coluna com conta contas contato contatos criar dados das depois dia dias digite do ele eles equipe \
             erro essa essas esse esses foi fonte funil isso itens já loja mais mesmo muito na nas nome nossa nosso nova \
             novas novo novos nível onde os ou outra outras outro outros painel pela pelo pode produto produtos quais qual \
             qualquer quando quem sem sempre seu seus sua suas tabela telefone telefones tem teste um uma venda vendas voltar \
             é",
            "ã õ ç â ê ô à lh nh eir aix eix ss atual",
            "ais ária árias ário ários dade em ou ram veis vel ória ório órios",
        ),
        _ => return false,
    };
    words.split(' ').any(|known| known == word)
        || inside.split(' ').any(|run| word.contains(run))
        || ends.split(' ').any(|end| word.ends_with(end))
}

/// A letter of another script inside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The word.
    pub word: Span,
    /// The letter.
    pub letter: Span,
}

/// What Cyrillic a text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cyrillic {
    /// Words of two letters or more that are no language's own name.
    pub words: Vec<Span>,
    /// The first Cyrillic letter of each word that is Latin otherwise, or that is this one letter and stands among Latin ones.
    pub strays: Vec<Stray>,
}

/// Cyrillic letters that look like Latin ones: a word with no other Cyrillic letter may be a slip of the keyboard.
const LOOKALIKES: &str = "АВЕКМНОРСТУХЅІЈавекмнорстухѕіјԁԛԝ";

/// Finds the Cyrillic words and stray letters of a plain text.
#[must_use]
pub fn cyrillic(text: &str) -> Cyrillic {
    let mut found = Cyrillic::default();
    // The first bytes of all Cyrillic letters.
    if !text.bytes().any(|byte| matches!(byte, 0xD0..=0xD4)) {
        return found;
    }
    let mut names = Vec::new();
    let mut start = 0;
    for run in text.split(|c: char| !c.is_alphabetic()) {
        let at = start;
        start += run.len() + text[start + run.len()..].chars().next().map_or(0, char::len_utf8);
        let letters = run.chars().filter(|&c| is_cyrillic(c)).count();
        if letters == 0 {
            continue;
        }
        let total = run.chars().count();
        let mostly = letters * 2 > total && run.chars().any(|c| is_cyrillic(c) && !LOOKALIKES.contains(c));
        let word = span(at, at + run.len());
        if letters < 2 || (letters < total && !mostly) {
            let first = run.char_indices().find(|&(_, c)| is_cyrillic(c));
            let letter = first.map_or(word, |(offset, c)| span(at + offset, at + offset + c.len_utf8()));
            found.strays.push(Stray { word, letter });
        } else if is_own_name(run) {
            names.push(word);
        } else {
            found.words.push(word);
        }
    }
    if !names.is_empty() {
        found.words.retain(|&word| !belongs_to_name(text, word, &names));
    }
    // Among Cyrillic words a single letter is one of their prepositions.
    if !found.words.is_empty() {
        found.strays.retain(|stray| stray.letter != stray.word);
    }
    found
}

/// The names that languages written in Cyrillic have for themselves, as lists of languages show them.
const OWN_NAMES: [&str; 22] = [
    "русский",
    "рус",
    "українська",
    "укр",
    "беларуская",
    "български",
    "српски",
    "црногорски",
    "македонски",
    "қазақша",
    "қазақ",
    "кыргызча",
    "кыргыз",
    "тоҷикӣ",
    "монгол",
    "татарча",
    "татар",
    "башҡортса",
    "башҡорт",
    "ўзбекча",
    "ўзбек",
    "чӑвашла",
];

/// The word for "language" that goes with some of the names: `Қазақ тілі`, `Забони тоҷикӣ`.
const LANGUAGE_WORDS: [&str; 9] = ["язык", "мова", "език", "језик", "јазик", "тілі", "тили", "хэл", "теле"];

fn is_own_name(word: &str) -> bool {
    let word = word.to_lowercase();
    OWN_NAMES.contains(&word.as_str())
}

/// Whether a word is a part of a language's own name, of which `names` gives the main words in order: the word for "language" beside
/// it, or a country or an alphabet in brackets behind it, as in `Русский (Россия)`.
fn belongs_to_name(text: &str, word: Span, names: &[Span]) -> bool {
    let behind = names.partition_point(|name| name.start < word.start);
    let between = |start: u32, end: u32| text.get(start as usize..end as usize);
    let before = behind.checked_sub(1).and_then(|before| between(names[before].end, word.start));
    let after = names.get(behind).and_then(|name| between(word.end, name.start));
    match word.of(text).to_lowercase().as_str() {
        "забони" => after == Some(" "),
        language if LANGUAGE_WORDS.contains(&language) => before == Some(" "),
        _ => before == Some(" (") && text[word.end as usize..].starts_with(')'),
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{English, Indonesian, Portuguese, Russian, Spanish, Turkish};
    use super::*;

    #[test]
    fn abbreviations_and_what_other_programs_show_tell_nothing() {
        for (text, declared) in [
            ("RFC, CUIT o NIT", Spanish),
            ("Haz clic en \"Add phone number\" en Twilio", Spanish),
            ("Para continuar, toque \"Abrir Okta Verify\"", Spanish),
            ("Label: “Número de pedido”", English),
        ] {
            assert!(!matches!(judge(text, declared), Verdict::Other { .. }), "{text}");
        }
        for (text, declared) in [
            ("NÃO FOI POSSÍVEL SALVAR O CONTATO", Spanish),
            ("\"Choose which fields to copy\"", Spanish),
            ("\"Open the chat now\"", Spanish),
            ("Error: \"The contact could not be saved\"", Spanish),
            ("Choose the fields to copy from \"{{name}}\" and «Leads»", Spanish),
            ("Press \"Guardar\" to keep what you have changed", Spanish),
        ] {
            assert!(matches!(judge(text, declared), Verdict::Other { language: English | Portuguese, .. }), "{text}");
        }
    }

    const SENTENCES: [(Language, [&str; 4]); 6] = [
        (
            English,
            [
                "Connect your account to start receiving messages",
                "The contact could not be saved",
                "Choose which fields to copy",
                "Enter the phone number of the customer",
            ],
        ),
        (
            Spanish,
            [
                "Conecta tu cuenta para empezar a recibir mensajes",
                "No se pudo guardar el contacto",
                "Elige los campos que deseas copiar",
                "Ingresa el teléfono del cliente",
            ],
        ),
        (
            Portuguese,
            [
                "Conecte sua conta para começar a receber mensagens",
                "Não foi possível salvar o contato",
                "Escolha os campos que deseja copiar",
                "Informe o telefone do cliente",
            ],
        ),
        (
            Turkish,
            [
                "Mesaj almaya başlamak için hesabınızı bağlayın",
                "Kişi kaydedilemedi, lütfen tekrar deneyin",
                "Kopyalanacak alanları buradan seçin",
                "Müşterinin telefon numarasını girin",
            ],
        ),
        (
            Indonesian,
            [
                "Hubungkan akun Anda untuk mulai menerima pesan",
                "Kontak tidak dapat disimpan sekarang",
                "Pilih kolom yang ingin disalin",
                "Masukkan nomor telepon pelanggan Anda",
            ],
        ),
        (
            Russian,
            [
                "Подключите аккаунт, чтобы получать сообщения",
                "Не удалось сохранить контакт клиента",
                "Выберите поля, которые нужно скопировать",
                "Введите номер телефона клиента",
            ],
        ),
    ];

    #[test]
    fn sentences_of_six_languages() {
        for (language, texts) in SENTENCES {
            for text in texts {
                assert!(!matches!(judge(text, language), Verdict::Other { .. }), "{text}");
                for declared in Language::ALL.into_iter().filter(|&declared| declared != language) {
                    let near = matches!((language, declared), (Spanish, Portuguese) | (Portuguese, Spanish));
                    match judge(text, declared) {
                        Verdict::Other { language: found, margin } => {
                            assert!(found == language && margin >= MARGINS[4], "{text}")
                        }
                        verdict => assert!(near && verdict == Verdict::Thin, "{text} in {declared:?}"),
                    }
                }
            }
            assert_eq!(judge_group(texts, language).together, Verdict::Own, "{language:?}");
            for declared in Language::ALL.into_iter().filter(|&declared| declared != language) {
                let verdict = judge_group(texts, declared).together;
                assert!(
                    matches!(verdict, Verdict::Other { language: found, .. } if found == language),
                    "{language:?} {declared:?}"
                );
            }
        }
    }

    #[test]
    fn short_texts_never_accuse() {
        for text in [
            "",
            "Save changes",
            "Guardar los cambios",
            "Leads",
            "OK",
            "Salvar alterações agora",
            "{{count}} %s #HOST#",
            "Настройки виджета",
        ] {
            for declared in Language::ALL {
                assert!(!matches!(judge(text, declared), Verdict::Other { .. }), "{text}");
            }
        }
    }

    #[test]
    fn names_loan_words_and_code_do_not_accuse() {
        for (declared, text) in [
            (Spanish, "Sincroniza leads del pipeline con Google Sheets vía webhook"),
            (Spanish, "WhatsApp Business, Facebook Messenger, Instagram Direct y Telegram"),
            (Spanish, "API key, Webhook URL, Client ID, Access token"),
            (Portuguese, "Envie leads para o Mailchimp e o Google Analytics"),
            (Portuguese, "Status do lead, e-mail e link do site"),
            (Russian, "WhatsApp Business Cloud API, Google Sheets, Salesforce"),
            (Russian, "Webhook URL: https://example.com/the/best/page/of/all"),
            (English, "See https://ejemplo.com/la/pagina/de/ayuda/para/clientes for help"),
            (English, "info@nuestra-empresa.com, {{nombre_del_cliente}}, #SUBDOMAIN#"),
            (Turkish, "HTTP status code 404, request ID %s, OAuth token"),
            (Spanish, "Pro plan: 20 USD"),
            (Spanish, "English, Español, Português, Русский"),
        ] {
            assert!(!matches!(judge(text, declared), Verdict::Other { .. }), "{text}: {:?}", judge(text, declared));
        }
    }

    #[test]
    fn numbers_and_placeholders_count_as_words_and_few_telling_ones_need_to_be_clear() {
        for text in ["Deleted {{count}} items successfully", "Generate an API token", "Remove header row 5"] {
            assert!(matches!(judge(text, Spanish), Verdict::Other { language: English, .. }), "{text}");
        }
        for text in ["Filtro 3 x 4", "4 x 6 in.", "Total: 5 de 10", "Plan 2 API CRM"] {
            assert!(!matches!(judge(text, Portuguese), Verdict::Other { .. }), "{text}");
        }
    }

    #[test]
    fn spanish_and_portuguese_are_told_by_what_only_one_has() {
        for (text, language, declared) in [
            ("Este campo es obligatorio para continuar", Spanish, Portuguese),
            ("Este campo é obrigatório para continuar", Portuguese, Spanish),
            ("Elige un color para el equipo", Spanish, Portuguese),
            ("Escolha uma cor para os times", Portuguese, Spanish),
            ("Haga clic para abrir", Spanish, Portuguese),
            ("Este valor debe ser único", Spanish, Portuguese),
            ("Agrupar por esta coluna", Portuguese, Spanish),
            ("Para onde gostaria de duplicar este campo?", Portuguese, Spanish),
        ] {
            assert!(matches!(judge(text, declared), Verdict::Other { language: found, .. } if found == language), "{text}");
            assert!(!matches!(judge(text, language), Verdict::Other { .. }), "{text}");
        }
        for text in ["Editor de filtros", "Total de contactos (máximo)", "Total de filtros: 5"] {
            for declared in [Spanish, Portuguese] {
                assert!(!matches!(judge(text, declared), Verdict::Other { .. }), "{text}");
            }
        }
    }

    #[test]
    fn names_with_turkish_endings_tell_nothing() {
        let told =
            |text| words(text).into_iter().filter(|word| word.telling).map(|word| word.text.into_owned()).collect::<Vec<_>>();
        assert_eq!(told("Kommo'ya giriş yapın"), ["giriş", "yapın"]);
        assert_eq!(told("Don't sign in"), ["don't", "sign", "in"]);
        assert!(!matches!(judge("Frappe Cloud'a Giriş Yapın", Turkish), Verdict::Other { .. }));
    }

    #[test]
    fn neighbours_are_told_by_what_only_they_have() {
        for (declared, text, expected) in [
            (Russian, "Виберіть обліковий запис, який ви хочете під'єднати", Language::Ukrainian),
            (Russian, "Це поле є обов'язковим для заповнення користувачем", Language::Ukrainian),
            (English, "Nie ma jeszcze żadnych notatek dla tego zamówienia", Language::Polish),
            (English, "Für diese Bestellung sind noch keine Notizen gespeichert", Language::German),
            (Spanish, "Il n'y a pas encore de notes pour cette commande", Language::French),
            (Spanish, "Non ci sono ancora note salvate per questo ordine", Language::Italian),
        ] {
            assert!(matches!(judge(text, declared), Verdict::Other { language, .. } if language == expected), "{text}");
        }
        for (declared, text) in [
            (Russian, "Выберите аккаунт, который хотите подключить"),
            (Russian, "Город Київ і область в списке доставки"),
            (English, "Deliver to Łódź, Kraków and Gdańsk by the next day"),
            (English, "Say bitte when you ask for the order of a client"),
            (Turkish, "Bu il için henüz bir not yok"),
            (Indonesian, "Tidak ada catatan untuk pesanan di alla ini"),
        ] {
            let found = judge(text, declared);
            assert!(!matches!(found, Verdict::Other { language, .. } if !Language::ALL.contains(&language)), "{text}: {found:?}");
        }
        let texts = ["Das ist noch nicht fertig", "Bitte wählen Sie eine Datei", "Diese Notizen sind nicht sichtbar"];
        let group = judge_group(texts, English);
        assert!(matches!(group.together, Verdict::Other { language: Language::German, .. }), "{group:?}");
    }

    #[test]
    fn names_alone_do_not_accuse_a_sentence() {
        for text in ["Deliver to São Paulo, Bogotá, Córdoba", "Ask José García Núñez about the order"] {
            assert!(!matches!(judge(text, English), Verdict::Other { .. }), "{text}");
        }
        assert!(matches!(judge("Enviar la nota a José García", English), Verdict::Other { language: Spanish, .. }));
        assert!(matches!(judge("Guardar Los Cambios Del Pedido", English), Verdict::Other { language: Spanish, .. }));
    }

    #[test]
    fn compound_loan_words_do_not_accuse() {
        for (declared, text) in [
            (Indonesian, "AdGuard Home melalui add-on Home Assistant"),
            (Portuguese, "A instalar o add-on Silicon Labs Flasher."),
            (Portuguese, "Landing page e pop-up"),
        ] {
            assert!(!matches!(judge(text, declared), Verdict::Other { .. }), "{text}");
        }
        assert!(matches!(judge("Install the add-on from your account", Spanish), Verdict::Other { language: English, .. }));
    }

    #[test]
    fn names_that_the_declared_language_joins_do_not_accuse() {
        for (declared, text) in [
            (Spanish, "Benjamin Schwartz y Steve Daulton"),
            (Spanish, "© 2005 - 2011 Joris Guisson e Ivan Vasic"),
            (Portuguese, "Dominic Mazzoni, David R. Sky e Steve Daulton"),
            (Turkish, "Joris Guisson ve Ivan Vasic"),
            (Spanish, "Banco do Brasil, Itaú y Bradesco"),
            (English, "Rio de Janeiro and Belo Horizonte"),
            (English, "Offices: México, Bogotá, Lima, Santiago"),
            (English, "Rio de Janeiro, Brazil"),
            (Spanish, "5th Avenue, New York, NY 10001"),
            (Indonesian, "Jl. Sudirman No. 10, Jakarta"),
        ] {
            assert_eq!(judge(text, declared), Verdict::Thin, "{text}");
        }
        for text in ["Create New Contact and Close Window", "Create New Contact List", "Create New Contact: Required Fields"] {
            assert!(matches!(judge(text, Spanish), Verdict::Other { language: English, .. }), "{text}");
        }
    }

    #[test]
    fn names_joined_in_their_own_language_do_not_accuse_the_sentence_around_them() {
        for text in [
            "Rio de Janeiro office team",
            "Invoice for São Bernardo do Campo",
            "Universidad de Buenos Aires students",
            "Ask Juan de la Cruz first",
            "Notify Ana Paula dos Santos",
        ] {
            let verdict = judge(text, English);
            assert!(!matches!(verdict, Verdict::Other { .. }), "{text}: {verdict:?}");
        }
        for text in ["Lista de Contatos do Funil", "Conta de usuário do cliente", "Ask for Nome do cliente e telefone de contato"]
        {
            let verdict = judge(text, English);
            assert!(matches!(verdict, Verdict::Other { .. }), "{text}: {verdict:?}");
        }
    }

    #[test]
    fn names_in_a_file_do_not_hide_its_sentences_and_own_sentences_speak_for_it() {
        let names = ["WhatsApp", "Instagram Krita", "Nintendo", "Zoho Kirk", "Trello Max", "Berlin"];
        let english =
            ["Choose which fields to copy", "The contact could not be saved", "Enter the phone number", "No results were found"];
        let verdict = judge_group(names.into_iter().chain(english), Portuguese).together;
        assert!(matches!(verdict, Verdict::Other { language: English, .. }), "{verdict:?}");
        let own = ["Não foi possível salvar o contato", "Escolha os campos que deseja copiar", "Informe o telefone do cliente"];
        let verdict = judge_group(names.into_iter().chain(english).chain(own), Portuguese).together;
        assert!(!matches!(verdict, Verdict::Other { .. }), "{verdict:?}");
    }

    #[test]
    fn mark_up_does_not_hide_the_language() {
        let text = "<p>Conecta tu <b>cuenta</b> y recibe {{count}} mensajes en <a href='https://example.com'>tu panel</a></p>";
        assert!(matches!(judge(text, English), Verdict::Other { language: Spanish, .. }));
    }

    #[test]
    fn words_leave_out_what_a_program_fills_in() {
        let texts =
            |text: &'static str| words(text).into_iter().filter(|word| word.telling).map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(
            texts("Hello {{user name}}, %1$s of %d at #HOST# costs 5%, 100% sure"),
            ["hello", "of", "at", "costs", "sure"]
        );
        assert_eq!(texts("${total of all} {% if a b %} %(count)s [[x y]] end"), ["end"]);
        assert_eq!(
            texts("Showing :first to (:last) of :total, 10:30 a::b note:this :That"),
            ["showing", "to", "of", "a", "note", "this", "that"]
        );
        assert_eq!(
            texts("{n, plural, =0 {no file of {owner}} one {# file} other {# files}} deleted {n, number}"),
            ["no", "file", "of", "file", "files", "deleted"]
        );
        assert_eq!(
            texts("{a, select, x {one {b, plural, other {two}} more} y {three}} end } here"),
            ["one", "two", "more", "three", "end", "here"]
        );
        assert_eq!(texts("{n, plural, one {open"), ["open"]);
        assert_eq!(texts("on dd MMMM yyyy at HH:mm"), ["on", "at"]);
        assert_eq!(texts("Don't use iPhone, HTTP or file_name.txt v2 and/or www.site.com"), ["don't", "use", "or", "and", "or"]);
        let word = &words("año nuevo")[1];
        assert_eq!(word.span, span(5, 10));
    }

    #[test]
    fn cyrillic_words_and_stray_letters() {
        let found = cyrillic("Language: Русский");
        assert_eq!(found, Cyrillic::default());
        for names in ["Русский язык / Українська мова", "Қазақ тілі, Ўзбек тили", "Рус / Eng"]
        {
            assert_eq!(cyrillic(names), Cyrillic::default(), "{names}");
        }
        assert_eq!(cyrillic("Язык: русский").words, [span(0, 8)]);
        assert_eq!(cyrillic("Русский, язык системы").words.len(), 2);
        let text = "The виджет is here";
        assert_eq!(cyrillic(text).words, [span(4, 16)]);
        // The first letter is a Cyrillic Es.
        let text = "my \u{421}ontact";
        let found = cyrillic(text);
        assert_eq!(found.strays, [Stray { word: span(3, 11), letter: span(3, 5) }]);
        assert!(found.words.is_empty());
        for name in [
            "Қазақ тілі",
            "Кыргыз тили / Українська мова",
            "Русский язык, Български език",
            "Забони тоҷикӣ",
            "Русский (Россия)",
            "Српски (ћирилица)",
        ] {
            assert_eq!(cyrillic(name), Cyrillic::default(), "{name}");
        }
        for (text, words) in [
            ("Выберите язык", 2),
            ("Русский перевод", 1),
            ("Русский (по умолчанию)", 2),
            ("язык: Русский", 1),
            ("Забони. Тоҷикӣ", 1),
            ("Русский (Россия", 1),
        ] {
            assert_eq!(cyrillic(text).words.len(), words, "{text}");
        }
        assert_eq!(cyrillic("CRM-система").words.len(), 1);
        assert_eq!(cyrillic("Приветe").words.len(), 1, "one Latin letter in a Cyrillic word");
        assert_eq!(cyrillic("a \u{430} b").strays.len(), 1);
        assert_eq!(cyrillic("Отчёт в вкладке").strays, []);
        assert_eq!(cyrillic("plain"), Cyrillic::default());
    }

    #[test]
    fn locales_name_languages() {
        assert_eq!(Language::of_locale("pt-BR"), Some(Portuguese));
        assert_eq!(Language::of_locale("ES"), Some(Spanish));
        assert_eq!(Language::of_locale("fr"), None);
        for (index, language) in Language::ALL.into_iter().enumerate() {
            assert_eq!(language as usize, index);
            assert_eq!(Language::of_locale(language.code()), Some(language));
        }
    }

    #[test]
    fn the_weights_are_whole() {
        assert_eq!(WEIGHTS.len(), BUCKETS * LATIN);
        assert!(WEIGHTS.iter().any(|&weight| weight != 0));
    }

    #[test]
    fn loan_words_are_sorted_and_single() {
        let lines: Vec<_> = LOAN_WORDS.lines().collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(lines.iter().all(|line| *line == line.to_lowercase() && !line.contains(' ')));
    }
}
