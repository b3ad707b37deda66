//! Finds scripts that nest too deep for a recursive parser or are too much for one, in one pass over their characters and before
//! they are parsed.
//!
//! Nesting is counted in eighths of a level. A bracket is a whole level; operators, calls and the like nest in the parser too,
//! but cost it less, and honest code chains hundreds of them: they count for less, by what a parser on a small stack survives.

use crate::syntax::Span;

/// Eighths of a level.
const LEVEL: u32 = 8;
/// A member, a call, an index, an arrow, an assignment, the head of a loop or condition, a label.
const LINK: u32 = 2;
/// A unary or binary operator.
const OPERATOR: u32 = 1;
/// What follows a place on its line can be counted both as code and as text when it is no longer than this many bytes.
const LINE: usize = 2000;
/// Tokens that one more flag or digit counts for, where there are more of them than any honest code has.
const HEAVY: usize = 16;
/// Flags that a regular expression may have: the parser complains about each further one.
const FLAGS: usize = 8;
/// Digits of a number that are converted in no time.
const DIGITS: usize = 10_000;
/// Parameters of a function that count for one token more each: each pair of them is compared.
const PARAMETERS: usize = 10;
/// Tokens that a regular expression, a template or a private name counts for besides its own: what may be wrong in each of a million
/// of them fills the memory.
const COSTLY: usize = 2;

/// What of a script is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    Nesting,
    Tokens,
}

/// How many tokens `text` has, about; or the place where it passes `nesting` levels or `limit` tokens.
pub(super) fn tokens(text: &str, nesting: u32, limit: usize) -> Result<usize, (Excess, Span)> {
    let mut scan = Scan::new(text, nesting, limit);
    match scan.run() {
        Ok(()) => Ok(limit - scan.tokens_left),
        Err(at) => {
            let excess = if scan.tokens_left == 0 { Excess::Tokens } else { Excess::Nesting };
            Err((excess, Span::new(at as u32, at as u32 + 1)))
        }
    }
}

/// Whether a text stays within `nesting` levels when it is read as TypeScript, whose types nest between `<` and `>`, too.
pub(super) fn is_flat_typescript(text: &str, nesting: u32) -> bool {
    Scan { types: Types { here: true, around: true }, ..Scan::new(text, nesting, usize::MAX) }.run().is_ok()
}

/// What stands before the place that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// An operator, an opening bracket, a comma, or nothing.
    Operator,
    /// A `;`.
    Semicolon,
    /// A word after which an expression goes on: `return`, `typeof`, `else`.
    OpenWord,
    /// A word that may be such a one or a name: `await`, `of`.
    Contextual,
    /// `if`, `for`, `while`, `with`.
    Control,
    /// The `)` of such a head.
    ControlEnd,
    /// A `.`: the next word is a member.
    Dot,
    /// The end of an expression.
    Value,
    /// A `}`, of a block, a function or an object.
    BraceEnd,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Round,
    Control,
    Square,
    Brace,
    Hole,
    /// `<` of types, or of a comparison, which nobody can tell here.
    Angle,
}

struct Frame {
    bracket: Bracket,
    base: u32,
    chain: u32,
    stem: u32,
    commas: usize,
    types: Types,
}

/// Whether `<` may open types.
#[derive(Clone, Copy)]
struct Types {
    /// At this place.
    here: bool,
    /// Wherever a statement or item starts at this level.
    around: bool,
}

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    limit: u32,
    tokens_left: usize,
    frames: Vec<Frame>,
    /// Depth of the brackets around this place, with the chains that they stand in.
    base: u32,
    /// Depth within the current statement or item at this level.
    chain: u32,
    /// The part of it that a comma does not end: heads of loops and conditions.
    stem: u32,
    /// That part of the statement before, which an `else` goes on.
    ended: u32,
    /// Commas so far at this level.
    commas: usize,
    /// Commas in the round brackets that end right before this place.
    listed: usize,
    /// Depth that may be there unseen, because something can be read in two ways.
    unseen: u32,
    before: Before,
    /// Whether a line ended since the last token.
    newline: bool,
    types: Types,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, nesting: u32, tokens: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            limit: nesting.saturating_mul(LEVEL),
            tokens_left: tokens,
            frames: Vec::new(),
            base: 0,
            chain: 0,
            stem: 0,
            ended: 0,
            commas: 0,
            listed: 0,
            unseen: 0,
            before: Before::Operator,
            newline: true,
            types: Types { here: false, around: false },
        }
    }

    fn run(&mut self) -> Result<(), usize> {
        if self.bytes.starts_with(b"#!") {
            self.skip_line();
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            match byte {
                b'\n' | b'\r' => {
                    self.newline = true;
                    self.at += 1;
                }
                b' ' | b'\t' | 0x0b | 0x0c => self.at += 1,
                b'/' => self.slash()?,
                b'\'' | b'"' => self.string(byte),
                b'`' => {
                    self.at += 1;
                    self.spend(COSTLY);
                    self.chain += if self.before == Before::Value { LINK } else { 0 };
                    self.template()?;
                }
                b'(' | b'[' | b'{' => self.open(byte)?,
                b')' | b']' | b'}' => self.close(byte)?,
                b';' => {
                    self.at += 1;
                    self.end_statement();
                    self.token(Before::Semicolon);
                }
                b',' => {
                    self.at += 1;
                    self.chain = self.stem;
                    self.commas += 1;
                    self.token(Before::Operator);
                }
                b'<' if self.bytes[start..].starts_with(b"<!--") => self.page_comment(4)?,
                b'-' if self.newline && self.bytes[start..].starts_with(b"-->") => self.page_comment(3)?,
                b'<' if self.types.here && self.bytes.get(start + 1) != Some(&b'=') => {
                    self.at += 1;
                    self.push(Bracket::Angle)?;
                }
                b'>' if self.in_types() && self.bytes.get(start + 1) != Some(&b'=') => {
                    self.at += 1;
                    self.pop();
                    self.chain += LINK;
                    self.token(Before::Value);
                }
                b'0'..=b'9' => self.number(),
                0x80.. if let Some(blank) = self.blank() => {
                    self.newline |= is_line_end(blank);
                    self.at += blank.len_utf8();
                }
                // Bundlers that write ASCII alone name keys so: `{\u00C0: "A"}`.
                b'\\' if self.escapes_letter() => {
                    self.at += "\\u00C0".len();
                    self.token(Before::Value);
                }
                // Another escape, or a mistake that the parser may read on after in its own way.
                b'\\' => {
                    self.doubt_line()?;
                    self.at += 1;
                    self.token(Before::Value);
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'#' | b'@' | 0x80.. => self.word(),
                _ => self.operator(byte),
            }
            if self.base + self.chain + self.unseen > self.limit || self.tokens_left == 0 {
                return Err(start);
            }
        }
        Ok(())
    }

    fn token(&mut self, before: Before) {
        self.spend(1);
        self.listed = 0;
        self.before = before;
        self.newline = false;
    }

    /// Counts what is as much work for the parser as so many tokens.
    fn spend(&mut self, tokens: usize) {
        self.tokens_left = self.tokens_left.saturating_sub(tokens);
    }

    /// Counts what ends right before this place as the parameters of a function.
    fn spend_parameters(&mut self) {
        self.spend(self.listed * self.listed / PARAMETERS);
    }

    /// A new statement starts with this token when it cannot go on the one before.
    fn start_statement(&mut self) {
        if self.before == Before::BraceEnd || (self.before == Before::Value && self.newline) {
            self.end_statement();
        }
    }

    /// What looked like types in it were comparisons.
    fn end_statement(&mut self) {
        self.leave_types();
        self.ended = self.stem;
        (self.chain, self.stem) = (0, 0);
        self.types.here = self.types.around;
    }

    fn in_types(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.bracket == Bracket::Angle)
    }

    fn leave_types(&mut self) {
        while self.in_types() {
            self.pop();
        }
    }

    /// Goes back to what stands around the innermost bracket.
    fn pop(&mut self) -> Option<Bracket> {
        let frame = self.frames.pop()?;
        (self.base, self.chain, self.stem, self.types) = (frame.base, frame.chain, frame.stem, frame.types);
        self.commas = frame.commas;
        Some(frame.bracket)
    }

    /// The blank that stands here, of those that are no ASCII.
    fn blank(&self) -> Option<char> {
        let letter = self.text[self.at..].chars().next()?;
        (letter.is_whitespace() || matches!(letter, '\u{200B}' | '\u{FEFF}')).then_some(letter)
    }

    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find(is_line_end).unwrap_or(rest.len());
    }

    /// `<!--`, or `-->` where a line starts: the rest of the line is a comment, but code in a module.
    fn page_comment(&mut self, sign: usize) -> Result<(), usize> {
        self.at += sign;
        self.doubt_line()?;
        self.skip_line();
        Ok(())
    }

    /// Counts every bracket that is left in the line, which may be code as well as text; gives up where what follows the line
    /// depends on it.
    fn doubt_line(&mut self) -> Result<(), usize> {
        let rest = &self.text[self.at..];
        // A text goes on behind other ends of lines.
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())];
        if line.len() > LINE || line.contains('`') || line.contains("/*") || line.ends_with('\\') {
            return Err(self.at);
        }
        self.unseen += LEVEL * brackets(line);
        Ok(())
    }

    fn slash(&mut self) -> Result<(), usize> {
        match self.bytes.get(self.at + 1) {
            Some(b'/') => self.skip_line(),
            Some(b'*') => {
                let rest = &self.text[self.at + 2..];
                let length = rest.find("*/").unwrap_or(rest.len());
                self.newline |= rest[..length].contains(is_line_end);
                self.at = (self.at + length + 4).min(self.bytes.len());
            }
            _ => match self.regex_end() {
                Some((end, deepest)) if self.is_regex(end)? => {
                    self.at = end;
                    let flags = self.bytes[end..].iter().take_while(|&&byte| is_word_byte(byte)).count();
                    self.spend(COSTLY + flags.saturating_sub(FLAGS) * HEAVY);
                    self.chain = self.chain.saturating_add(deepest.saturating_mul(LEVEL));
                    self.token(Before::Value);
                }
                _ => self.operator(b'/'),
            },
        }
        Ok(())
    }

    /// Whether what may be a regular expression, up to `end`, is one and no division, as far as what stands before it tells. Where it
    /// does not, what either of them would hide is counted.
    fn is_regex(&mut self, end: usize) -> Result<bool, usize> {
        let is_divided = self.before == Before::Value;
        let in_doubt = matches!(self.before, Before::BraceEnd | Before::Contextual) || is_divided && self.newline;
        if in_doubt {
            let inside = &self.text[self.at + 1..end - 1];
            let hides_text = inside.contains(['"', '\'', '`']) || matches!(self.bytes.get(end), Some(b'/' | b'*'));
            let is_code = may_be_code(inside);
            if hides_text || is_code && !ends_value(inside) {
                // What follows may be in a text, a comment or a regular expression in one reading and not in the other.
                self.doubt_line()?;
            } else if is_code {
                self.unseen += LEVEL * brackets(inside);
            }
        }
        Ok(!is_divided)
    }

    /// Where a regular expression that starts here ends, and how deep its groups and classes nest.
    fn regex_end(&self) -> Option<(usize, u32)> {
        if self.before == Before::Value && !self.newline {
            return None;
        }
        let (mut in_class, mut depth, mut deepest) = (false, 0u32, 0u32);
        let mut skip = false;
        for (length, &byte) in self.bytes[self.at + 1..].iter().enumerate() {
            match byte {
                b'\n' | b'\r' => return None,
                _ if skip => {
                    skip = false;
                    continue;
                }
                b'\\' => skip = true,
                b'/' if !in_class => return Some((self.at + 2 + length, deepest)),
                b'[' => {
                    in_class = true;
                    depth += 1;
                }
                b']' => {
                    in_class = false;
                    depth = depth.saturating_sub(1);
                }
                b'(' if !in_class => depth += 1,
                b')' if !in_class => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        None
    }

    fn string(&mut self, quote: u8) {
        self.start_statement();
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' if self.bytes[self.at..].starts_with(b"\r\n") => self.at += 2,
                b'\\' => self.at += 1,
                b'\n' | b'\r' => break,
                _ if byte == quote => break,
                _ => {}
            }
        }
        self.token(Before::Value);
    }

    /// Literal text of a template, up to its end or its next hole.
    fn template(&mut self) -> Result<(), usize> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'`' => {
                    self.token(Before::Value);
                    return Ok(());
                }
                b'$' if self.bytes.get(self.at) == Some(&b'{') => {
                    self.at += 1;
                    return self.push(Bracket::Hole);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn push(&mut self, bracket: Bracket) -> Result<(), usize> {
        let Self { base, chain, stem, commas, types, .. } = *self;
        self.frames.push(Frame { bracket, base, chain, stem, commas, types });
        self.types.around = self.types.here;
        self.base = self.base.saturating_add(self.chain).saturating_add(LEVEL);
        (self.chain, self.stem, self.commas) = (0, 0, 0);
        self.token(Before::Operator);
        if self.base > self.limit { Err(self.at.saturating_sub(1)) } else { Ok(()) }
    }

    fn open(&mut self, byte: u8) -> Result<(), usize> {
        let follows_value = matches!(self.before, Before::Value | Before::BraceEnd);
        let bracket = match byte {
            b'(' if self.before == Before::Control => Bracket::Control,
            b'(' => Bracket::Round,
            b'[' => Bracket::Square,
            _ => Bracket::Brace,
        };
        if follows_value && byte != b'{' {
            self.chain += LINK;
        }
        if byte == b'{' {
            self.spend_parameters();
        }
        self.at += 1;
        self.push(bracket)
    }

    fn close(&mut self, byte: u8) -> Result<(), usize> {
        self.at += 1;
        self.leave_types();
        let listed = self.commas;
        match (byte, self.pop()) {
            (b'}', Some(Bracket::Hole)) => return self.template(),
            (b')', Some(Bracket::Control)) => {
                self.chain += LINK;
                self.stem = self.chain;
                self.token(Before::ControlEnd);
            }
            (b'}', Some(Bracket::Brace)) => self.token(Before::BraceEnd),
            (b')', Some(Bracket::Round)) => {
                self.token(Before::Value);
                self.listed = listed;
            }
            _ => self.token(Before::Value),
        }
        Ok(())
    }

    fn number(&mut self) {
        self.start_statement();
        let start = self.at;
        let is_digit = |&&byte: &&u8| byte.is_ascii_alphanumeric() || byte == b'_';
        self.at += self.bytes[self.at..].iter().take_while(is_digit).count();
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1 + self.bytes[self.at + 1..].iter().take_while(is_digit).count();
        }
        self.spend((self.at - start).saturating_sub(DIGITS) * HEAVY);
        self.token(Before::Value);
    }

    /// Whether the four digits of `\u00C0` stand here for a letter beyond ASCII: no parser takes that for anything else.
    fn escapes_letter(&self) -> bool {
        let digits = self.text[self.at..].strip_prefix("\\u").and_then(|digits| digits.get(..4));
        // A sign before them would be read as part of the number.
        let code = digits.filter(|digits| !digits.starts_with('+')).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        code.and_then(char::from_u32).is_some_and(|letter| !letter.is_ascii() && letter.is_alphabetic())
    }

    fn word(&mut self) {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|&byte| is_word_byte(byte) && (byte < 0x80 || self.blank().is_none())) {
            self.at += if self.bytes[self.at] < 0x80 { 1 } else { self.text[self.at..].chars().next().map_or(1, char::len_utf8) };
        }
        let word = &self.bytes[start..self.at];
        if word.starts_with(b"#") {
            self.spend(COSTLY);
        }
        if self.before == Before::Dot {
            self.token(Before::Value);
            return;
        }
        // The parser reads types behind them, of JavaScript, too; there they only rename imports and exports.
        let begins_types =
            matches!(word, b"as" | b"satisfies" | b"implements") && matches!(self.before, Before::Value | Before::BraceEnd);
        self.types.here |= begins_types;
        if self.before == Before::Semicolon && matches!(word, b"else" | b"while") {
            // `if (a) b; else c`, `do a; while (b)`
            self.stem = self.stem.max(self.ended);
            self.chain = self.chain.max(self.stem);
        }
        match word {
            b"else" | b"while" | b"catch" | b"finally" | b"in" | b"of" | b"instanceof" | b"as" | b"from" | b"extends" | b"is"
            | b"satisfies" => {}
            b"case" | b"default" => (self.chain, self.stem) = (0, 0),
            _ => self.start_statement(),
        }
        self.chain += match word {
            b"typeof" | b"void" | b"delete" | b"await" | b"yield" | b"in" | b"instanceof" => OPERATOR,
            b"new" | b"do" | b"async" => LINK,
            // Of types, where they may stand in rows.
            b"keyof" | b"unique" | b"readonly" | b"infer" | b"asserts" if self.types.here => LINK,
            b"extends" => 2 * LINK,
            _ => 0,
        };
        if word == b"do" {
            self.stem = self.chain;
        }
        let before = match word {
            b"if" | b"for" | b"while" | b"with" => Before::Control,
            // The head of `for await (` is a head too.
            b"await" if self.before == Before::Control => Before::Control,
            _ if begins_types => Before::Contextual,
            b"keyof" | b"unique" | b"readonly" | b"infer" | b"asserts" if self.types.here => Before::OpenWord,
            _ if is_contextual(word) => Before::Contextual,
            _ if is_open(word) => Before::OpenWord,
            _ => Before::Value,
        };
        self.token(before);
    }

    fn operator(&mut self, byte: u8) {
        let next = self.bytes.get(self.at + 1).copied();
        let (length, weight, before) = match (byte, next) {
            (b'.', Some(b'.')) if self.bytes.get(self.at + 2) == Some(&b'.') => (3, OPERATOR, Before::Operator),
            (b'.', Some(b'0'..=b'9')) => return self.number(),
            (b'.', _) => (1, LINK, Before::Dot),
            (b'?', Some(b'.')) => (2, LINK, Before::Dot),
            (b'+', Some(b'+')) | (b'-', Some(b'-')) => (2, OPERATOR, self.before_increment()),
            (b'=', Some(b'>')) => (2, LINK, Before::Operator),
            (b'=', Some(b'=')) | (b'!', Some(b'=')) => (2, OPERATOR, Before::Operator),
            (b'=' | b':', _) => (1, LINK, Before::Operator),
            // In TypeScript, `a!` is a value.
            (b'!', _) if !self.newline && matches!(self.before, Before::Value | Before::BraceEnd) => (1, OPERATOR, self.before),
            (b'&', Some(b'&')) | (b'|', Some(b'|')) | (b'*', Some(b'*')) | (b'?', Some(b'?')) => (2, OPERATOR, Before::Operator),
            _ => (1, OPERATOR, Before::Operator),
        };
        if (byte, next) == (b'=', Some(b'>')) {
            self.spend_parameters();
        }
        self.at += length;
        self.chain += weight;
        self.token(before);
    }

    /// Behind a value on the same line an increment ends it; anywhere else it begins one.
    fn before_increment(&self) -> Before {
        match self.before {
            Before::Value | Before::Contextual if !self.newline => self.before,
            _ => Before::Operator,
        }
    }
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// How many brackets stand in a text, of all kinds.
fn brackets(text: &str) -> u32 {
    text.bytes().filter(|byte| b"()[]{}<>".contains(byte)).count() as u32
}

/// Whether a text without texts in it may be code: that has no backslash, and its brackets close those that they belong to.
fn may_be_code(text: &str) -> bool {
    let mut open = Vec::new();
    text.bytes().all(|byte| match byte {
        b'(' => {
            open.push(b')');
            true
        }
        b'[' | b'{' => {
            open.push(byte + 2);
            true
        }
        b')' | b']' | b'}' => open.pop().is_none_or(|close| close == byte),
        _ => byte != b'\\',
    })
}

/// Whether a text, if it is code, surely ends with a value, so that a slash behind it divides.
fn ends_value(text: &str) -> bool {
    let text = text.trim_end().as_bytes();
    let word = text.rsplit(|&byte| !is_word_byte(byte)).next().unwrap_or_default();
    match text.last() {
        Some(b')' | b']') => true,
        _ => !word.is_empty() && !is_open(word) && !is_contextual(word),
    }
}

/// See [`Before::OpenWord`].
fn is_open(word: &[u8]) -> bool {
    matches!(
        word,
        b"return"
            | b"typeof"
            | b"void"
            | b"delete"
            | b"in"
            | b"instanceof"
            | b"new"
            | b"do"
            | b"else"
            | b"case"
            | b"default"
            | b"throw"
            | b"extends"
            | b"var"
            | b"const"
    )
}

/// See [`Before::Contextual`].
fn is_contextual(word: &[u8]) -> bool {
    matches!(word, b"await" | b"yield" | b"of" | b"let" | b"async")
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | b'@') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::{Excess, is_flat_typescript, tokens};
    use crate::syntax::Span;

    fn too_deep(text: &str, limit: u32) -> Option<Span> {
        tokens(text, limit, usize::MAX).err().map(|(_, span)| span)
    }

    #[test]
    fn what_is_more_work_than_its_tokens_counts_for_more() {
        let tokens = |text: &str| tokens(text, 200, 1_000_000).ok();
        let names = "a,".repeat(50_000);
        for text in [
            format!("function f({names}b) {{}}"),
            format!("({names}b) => 1"),
            format!("var r = /a/{};", "g".repeat(100_000)),
            format!("var n = 0x{}n;", "f".repeat(100_000)),
        ] {
            assert_eq!(tokens(&text), None, "{}", &text[..20]);
        }
        for text in [format!("f({names}b); {{}}"), format!("var l = [{names}b];"), format!("{} = 1;", "a".repeat(100_000))] {
            assert!(tokens(&text).is_some_and(|tokens| tokens < 110_000), "{}", &text[..20]);
        }
        assert_eq!(tokens("function f(a, b) { return /a/gi.test(a + 0xFFn); }"), Some(22));
        assert_eq!(tokens("class A { #a = `b`; }"), Some(12));
    }

    #[test]
    fn escaped_letters_as_keys_are_no_doubt() {
        let keys = "\\u00C0:[[\"A\"]],\\uFF21:[[\"A\"]],".repeat(60);
        assert!(too_deep(&format!("var letters={{{keys}}};"), 200).is_none());
        assert!(too_deep(&format!("var letters={{{}}};", keys.replace("00C0", "0022").replace("FF21", "0027")), 200).is_some());
    }

    #[test]
    fn tokens_are_counted_comments_and_blanks_are_not() {
        let line = "a = [ 'b', 1.5 ]; // c d e\n/* f */";
        let text = line.repeat(3);
        assert_eq!(tokens(&text, 200, 25), Ok(24));
        assert_eq!(tokens(&text, 200, 24), Err((Excess::Tokens, Span::new(84, 85))));
        assert_eq!(tokens(&format!("{}{text}", "[".repeat(300)), 200, 1_000).map_err(|(excess, _)| excess), Err(Excess::Nesting));
    }

    #[test]
    fn every_construct_that_recurses_is_stopped() {
        let closed = [
            ("[", "]"),
            ("(", ")"),
            ("{", "}"),
            ("{a:", "}"),
            ("f(", ")"),
            ("f(function(){", "})"),
            ("function f(){", "}"),
            ("if(a){", "}"),
            ("`${", "}`"),
            ("class A{a(){", "}}"),
            ("a[", "]"),
            ("(a)=>{", "}"),
            ("/(/;(", ")"),
        ];
        for (open, close) in closed {
            let text = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
            assert!(too_deep(&text, 200).is_some(), "{open}");
            assert!(too_deep(&text[..open.len() * 100_000], 200).is_some(), "{open} unclosed");
        }
        let chains = [
            "a+",
            "a.b().",
            "a().",
            "a?.b",
            "!",
            "- ",
            "typeof ",
            "await\n",
            "new ",
            "a=>",
            "a=",
            "a?b:",
            "a||",
            "a??",
            "a**",
            "a:\n",
            "if(a)\n",
            "if(a)b\nelse ",
            "for(;;)",
            "while(a)\n",
            "do\n",
            "with(a)",
            "a`x`",
            "a()\n(",
            "a\n.b",
            "a\n+",
            "x[0]",
            "class extends ",
            "else if(a){}",
            "if(a)b;else ",
            "if(a)b,c;/**/else ",
            "if(a)do b;while(c);else ",
        ];
        for chain in chains {
            assert!(too_deep(&chain.repeat(100_000), 200).is_some(), "{chain}");
        }
        assert!(too_deep(&format!("/{}/", "(".repeat(5000)), 200).is_some());
        assert!(too_deep(&format!("/{}/v", "[".repeat(5000)), 200).is_some());
        assert!(too_deep(&format!("1.{}", ".a".repeat(5000)), 200).is_some());
    }

    #[test]
    fn brackets_behind_what_could_hide_them_are_seen() {
        let before = [
            // Lines end here, and blanks are no words.
            "// '\u{2028}",
            "'\\\r\n'",
            "#!\u{2028}",
            "x = function () { return\u{a0}/'/.x(",
            "x = function () { return\u{feff}/'/.x(",
            // Comments of pages, which hold what would open a text.
            "<!-- `\n",
            "x = 1\n--> /*\n",
            "x = 1 /*\n*/--> `\n",
            // Regular expressions with the sign of a text in them.
            "x = function () { return /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/.x(",
            "export default /'/.x(",
            "while (1) { break\n/'/.x(",
            "var a\n/'/.x(",
            "import 'a'\n/'/.x(",
            "a: {}/'/.x(",
            // Divisions by a text.
            "x = function () {}/'/'",
            "x = class {}/'/'",
            "a!/'/'",
            "of/'/'",
            "await/'/'",
            // The sign of a comment after the second slash, or a regular expression that begins with it.
            "x = {}/a/* ' */+",
            "await /(/instanceof //",
            // An increment begins a value behind the end of a line, and ends one that has a name like a word.
            "debugger\n++/[']/.x(",
            "of++/'/'",
            // Mistakes that the parser passes over.
            "\\'",
            "x = \\u'",
            // Lines that end for a comment and not for a text.
            "a\n/(?:')///\u{2028},",
        ];
        for before in before {
            assert!(too_deep(&format!("{before}{}", "[".repeat(100_000)), 200).is_some(), "{before}");
        }
        let divided = format!("typeof {{}}/{}1/1,", "[".repeat(100));
        assert!(too_deep(&divided.repeat(100), 200).is_some(), "{divided}");
        let closing = format!("x = [{}\n<!-- {}\n,", "[".repeat(100), "]".repeat(100));
        assert!(too_deep(&closing.repeat(100), 200).is_some(), "{closing}");
    }

    #[test]
    fn types_that_recurse_are_stopped() {
        let types = [
            "A<B,",
            "keyof ",
            "keyof\n",
            "readonly ",
            "<T>",
            "A<{b: c; d: ",
            "B extends C<D, E> ? F : ",
            "B\nextends C<D> ? E : ",
            "\nB extends C<D> ? E : ",
        ];
        for (head, types) in types
            .iter()
            .flat_map(|types| ["a as ", "class A extends (B) implements ", "({}) satisfies "].map(|head| (head, types)))
        {
            let text = format!("{head}{}", types.repeat(100_000));
            assert!(!is_flat_typescript(&text, 200), "{types}");
            assert!(too_deep(&text, 200).is_some(), "{head}{types}");
        }
        let flat = [
            "let a: A<B, C> = b;",
            "let a: A<B<C>>\n",
            "if (a < b) { c }\n",
            "for (let i = 0; i < n; i++) { a[i] = b as C<D>; }",
            "x = a < b\n",
            "x = a << 2\n",
            "type A = keyof B;",
            "function f<T extends A<B>>(a: T): C<T> { return a as D<T> }\n",
            "class A<B> implements C<D>, E<F> {}\n",
        ];
        for line in flat {
            assert!(is_flat_typescript(&line.repeat(20_000), 200), "{line}");
        }
    }

    #[test]
    fn long_scripts_that_nest_little_pass() {
        let flat = [
            "a.b();",
            "a.b()\n",
            "var a = 1\n",
            "a = b\n",
            "a,",
            "a => b,",
            "function f() { return a.b }\n",
            "function f(){}",
            "'a',",
            "x = { a: 1 }\n",
            "if (a) { b() } else if (c) { d }\n",
            "if(a){b}if(c){d}",
            "case 1:\n",
            "a()\n/* x */\n",
            "`${a}`;",
            "x = /[(\"'`]/.test(y)\n",
            "x = a / b / c\n",
            "if (a) /[[[(]/.test(b)\n",
            "// ((((\n",
            "a++\n",
            "class A { a() {} b() {} }\n",
            "x = a ? b : c\n",
            "'use strict'\n",
            "\"((((\";",
            "'it\\'s (';",
            "(function(){})();",
            "return a\n",
            "}",
            ")",
            "a = 1e3 / 2\n",
            "x = '' + a + b\n",
            "a<b&&c(),",
            "import*as a from'b';a<b,",
            "export{a as b}",
            "import { a as b } from 'c'\n",
            "if (a) b; else c;\n",
            "if(a)b;else if(c)d;else e;f;",
            "while (a) b();\nc();\n",
            "if (a) { b }\n/c[(]/.test(d)\n",
            "x = a\n  / b // it's c\n",
            "<!--\n",
            "return /['\"(]/.test(a)\n",
            "x = { a: {} }\ny = {}\n",
        ];
        for line in flat {
            assert_eq!(too_deep(&line.repeat(20_000), 200), None, "{line}");
        }
        assert_eq!(too_deep(&format!("x = {}1", "'a' +\n".repeat(1_000)), 200), None);
        assert_eq!(too_deep(&format!("$(a){}", ".b()\n".repeat(300)), 200), None);
        assert_eq!(too_deep(&format!("{}x", "if (a) { b }\nelse ".repeat(300)), 200), None);
    }

    #[test]
    fn letters_of_several_bytes_stand_anywhere() {
        for text in [
            "..é",
            "...é",
            "'\\é'é",
            "`\\é",
            "/\\é/é",
            "1.é",
            "é.é",
            "?.é",
            "\\é",
            "'\\",
            "a\u{2028}é",
            "<!--é\u{2028}é",
            "/*é",
            "é/é/é",
            "{}/é/é",
        ] {
            assert!(tokens(text, 200, usize::MAX).is_ok(), "{text}");
            for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
                // Cut off anywhere it is read to its end, or given up at a place inside of it.
                let given_up = tokens(&text[..end], 200, usize::MAX).err();
                assert!(given_up.is_none_or(|(_, place)| place.start as usize <= end), "{text}");
            }
        }
    }

    #[test]
    fn the_place_is_where_the_limit_is_passed() {
        let span = too_deep(&"[".repeat(300), 200).unwrap_or_default();
        assert_eq!((span.start, span.end), (200, 201));
    }
}
