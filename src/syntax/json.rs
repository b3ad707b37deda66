//! JSON: a strict verdict, and a tree with exact spans that survives the usual mistakes.
//!
//! `serde_json` gives the verdict. The tree comes from a reader of our own, because the published tolerant parsers stop at the
//! first mistake that they do not know, and none of them maps a decoded string back to its file.

use super::{Fragment, FragmentBuilder, Span};
use crate::order;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A JSON text, read as far as it can be.
#[derive(Debug, Default)]
pub struct Document {
    /// The value; nothing when the text holds none.
    pub root: Option<Value>,
    /// What is not strict JSON, in order of place. Empty exactly when a strict parser takes the text.
    pub problems: Vec<Problem>,
    /// Whether the tree holds all that the author wrote, in the place that was meant. If not, a missing key proves nothing.
    pub whole: bool,
    /// The limit that was hit, and where.
    pub limit: Option<(Limit, Span)>,
}

/// What this module refuses to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Blocks inside blocks, deeper than the caller allows.
    Depth,
    /// More values than a file of a widget ever holds.
    Values,
    /// A text longer than its reader wants it.
    Length,
}

/// Values read from one file; far above any real catalogue of texts.
pub const MAX_VALUES: usize = 200_000;

/// Mistakes kept per file; the first one alone makes the file unreadable for Kommo.
const MAX_PROBLEMS: usize = 100;

/// Characters of a line that are searched for the end of a text whose quotes were not escaped.
const MAX_GUESS: usize = 2_000;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Value {
    /// From its first to its last character, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of values.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, decoded, with a map back to the file.
    String(Box<Fragment<'static>>),
    /// A list.
    Array(Vec<Value>),
    /// A block.
    Object(Object),
    /// Something that is no JSON value; says nothing about the type that was meant.
    Unknown,
}

/// The members of a block, in order of place, repeated keys included.
#[derive(Debug, Default, Clone)]
pub struct Object {
    /// All members.
    pub members: Vec<Member>,
    /// Where each key stands last; left out in blocks that are quicker to search from end to end.
    index: HashMap<Box<str>, usize>,
}

/// Members from which on a block has an index.
const INDEXED: usize = 16;

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Member {
    /// The key, decoded.
    pub key: Box<str>,
    /// The key's place, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Member {
    /// The place of key and value together.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key_span.join(self.value.span)
    }
}

impl Object {
    fn new(members: Vec<Member>) -> Self {
        let mut index = HashMap::new();
        if members.len() >= INDEXED {
            index.extend(members.iter().enumerate().map(|(at, member)| (member.key.clone(), at)));
        }
        Self { members, index }
    }

    /// The member of this key; of several the last, as parsers do.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Member> {
        if self.members.len() >= INDEXED {
            return self.members.get(*self.index.get(key)?);
        }
        self.members.iter().rev().find(|member| &*member.key == key)
    }

    /// The members that count: of several with one key the last.
    pub fn effective(&self) -> impl Iterator<Item = &Member> {
        let is_indexed = self.members.len() >= INDEXED;
        let is_last = move |at: usize, key: &str| match is_indexed {
            true => self.index.get(key) == Some(&at),
            false => self.members[at + 1..].iter().all(|later| &*later.key != key),
        };
        self.members.iter().enumerate().filter(move |(at, member)| is_last(*at, &member.key)).map(|(_, member)| member)
    }

    /// Keys that stand more than once: each later member with the first one.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(&Member, &Member)> {
        let mut first = HashMap::new();
        let mut found = Vec::new();
        for member in &self.members {
            match first.entry(&*member.key) {
                Entry::Occupied(entry) => found.push((member, *entry.get())),
                Entry::Vacant(entry) => {
                    entry.insert(member);
                }
            }
        }
        found
    }
}

impl Value {
    /// The members, if it is a block.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The decoded text with its map, if it is a string.
    #[must_use]
    pub fn as_fragment(&self) -> Option<&Fragment<'static>> {
        match &self.kind {
            Kind::String(fragment) => Some(fragment),
            _ => None,
        }
    }

    /// The decoded text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.as_fragment().map(|fragment| &*fragment.text)
    }

    /// The value of a key, if it is a block that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Member> {
        self.as_object()?.get(key)
    }

    /// What it is, for a person: "a text", "a list" ...
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a text",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "a block",
            Kind::Unknown => "no JSON value",
        }
    }
}

/// A place where the text is not strict JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where: the offending characters, or the character before which something is missing.
    pub span: Span,
    /// The bracket or quote that was opened and has to do with it.
    pub opened: Option<Span>,
}

/// The ways in which a text is not strict JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Nothing but white space.
    Empty,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// Two members or elements without a comma between them.
    MissingComma,
    /// A key and a value without a colon between them.
    MissingColon,
    /// `=`, `=>` or `;` where a colon or comma belongs.
    WrongSeparator,
    /// A key without a value.
    MissingValue,
    /// A comment.
    Comment,
    /// A text in single quotes or backticks.
    WrongQuotes,
    /// A text in typographic quotes.
    CurlyQuotes,
    /// A key without quotes.
    UnquotedKey,
    /// A word that is no JSON value.
    UnknownWord,
    /// A number in a form that JSON does not have.
    BadNumber,
    /// A backslash before a character that has no escape.
    BadEscape,
    /// A line break inside a text.
    LineBreakInText,
    /// A tab or another control character inside a text.
    ControlCharacter,
    /// A double quote inside a text without a backslash.
    UnescapedQuote,
    /// A text without its closing quote.
    UnclosedText,
    /// A bracket without its closing one, up to the end of the file.
    UnclosedBlock,
    /// A list that goes over into the members of the block around it.
    UnclosedList,
    /// A closing bracket that does not fit the open one, or fits none.
    WrongBracket,
    /// Something after the end of the value.
    TextAfterEnd,
    /// White space other than space, tab and line ends.
    StraySpace,
    /// Characters that belong to no JSON value.
    UnexpectedText,
}

impl ProblemKind {
    /// What is wrong, as a sentence without its place.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "The file is empty",
            Self::TrailingComma => "A comma stands before a closing bracket",
            Self::ExtraComma => "A comma has nothing before it",
            Self::MissingComma => "A comma is missing before this",
            Self::MissingColon => "A colon is missing between a key and its value",
            Self::WrongSeparator => "This sign separates nothing in JSON",
            Self::MissingValue => "A key has no value",
            Self::Comment => "JSON has no comments",
            Self::WrongQuotes => "A text stands in single quotes or backticks",
            Self::CurlyQuotes => "A text stands in typographic quotes",
            Self::UnquotedKey => "A key stands without quotes",
            Self::UnknownWord => "This word is no JSON value",
            Self::BadNumber => "JSON does not write numbers this way",
            Self::BadEscape => "A backslash stands before a character that JSON does not escape",
            Self::LineBreakInText => "A text goes over the end of its line",
            Self::ControlCharacter => "A text holds a raw tab or control character",
            Self::UnescapedQuote => "A double quote inside a text ends the text too early",
            Self::UnclosedText => "A text has no closing quote",
            Self::UnclosedBlock => "The file ends before a bracket is closed",
            Self::UnclosedList => "A closing bracket ] is missing after this",
            Self::WrongBracket => "This closing bracket fits no open one",
            Self::TextAfterEnd => "Something follows the end of the JSON value",
            Self::StraySpace => "A space character stands here that JSON does not know",
            Self::UnexpectedText => "Something stands here that is no JSON",
        }
    }

    /// How to repair it, as whole sentences.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Empty => "Write a JSON value into the file.",
            Self::TrailingComma => "Take out the comma before the closing bracket.",
            Self::ExtraComma => "Take out the comma.",
            Self::MissingComma => "Put a comma after the value that stands before it.",
            Self::MissingColon => "Put a colon between the key and its value.",
            Self::WrongSeparator => "Put a colon between a key and its value, and a comma between two members.",
            Self::MissingValue => "Write a value after the colon, or take the key out.",
            Self::Comment => "Take out the comment; put what it explains into a README.",
            Self::WrongQuotes => "Put the text in double quotes.",
            Self::CurlyQuotes => "Replace the typographic quotes by plain double quotes; word processors put them in.",
            Self::UnquotedKey => "Put the key in double quotes.",
            Self::UnknownWord => "Write true, false or null in lower case, or put a text in double quotes.",
            Self::BadNumber => "Write digits, a point and digits; no leading zero, plus sign or hexadecimal form.",
            Self::BadEscape => "Write two backslashes for one that is shown, or take it out.",
            Self::LineBreakInText => "Keep the text on one line and write \\n where it should break.",
            Self::ControlCharacter => "Write \\t for a tab, or take the character out.",
            Self::UnescapedQuote => "Write \\\" for a double quote inside a text.",
            Self::UnclosedText => "Put a double quote at the end of the text.",
            Self::UnclosedBlock => "Add the missing closing bracket.",
            Self::UnclosedList => "Close the list with ] after its last value.",
            Self::WrongBracket => "Take the bracket out, or close the block that is open with its own bracket.",
            Self::TextAfterEnd => "Take out what follows, or look for a bracket that closes too early.",
            Self::StraySpace => "Replace it by a plain space.",
            Self::UnexpectedText => "Take it out: the file must hold one JSON value and nothing else.",
        }
    }

    /// Whether the reader knows what was meant, so that the tree is still what the author wrote.
    #[must_use]
    pub fn is_slip(self) -> bool {
        !matches!(
            self,
            Self::Empty
                | Self::UnclosedText
                | Self::UnclosedBlock
                | Self::WrongBracket
                | Self::TextAfterEnd
                | Self::UnexpectedText
        )
    }
}

/// Reads a text. A leading byte order mark is passed over (it is no matter of JSON); spans count it.
#[must_use]
pub fn read(text: &str, max_depth: usize) -> Document {
    read_some(text, max_depth, MAX_VALUES)
}

/// Reads a text as [`read`] does, of at most `max_values` values.
#[must_use]
pub fn read_some(text: &str, max_depth: usize, max_values: usize) -> Document {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - body.len()) as u32;
    let verdict = serde_json::from_str::<IgnoredAny>(body);
    let mut document = recover(text, skipped as usize, max_depth, max_values);
    match verdict {
        Ok(_) => document.problems.clear(),
        Err(error) if document.problems.is_empty() && document.limit.is_none() => {
            let at = offset_of(body, error.line(), error.column()) + skipped;
            document.problem_at(ProblemKind::UnexpectedText, Span::new(at, at), None);
        }
        Err(_) => {}
    }
    document
}

/// Reads what can be read from byte `start` on.
fn recover(text: &str, start: usize, max_depth: usize, max_values: usize) -> Document {
    let document = Document { whole: true, ..Document::default() };
    let mut reader = Reader { text, at: start, max_depth, values_left: max_values, open: Vec::new(), document };
    reader.document();
    order::sort_by_key(&mut reader.document.problems, |problem| problem.span);
    reader.document
}

/// The byte before which `serde_json` stopped; it counts lines from one and bytes within them.
fn offset_of(text: &str, line: usize, column: usize) -> u32 {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len()) as u32
}

impl Document {
    fn problem_at(&mut self, kind: ProblemKind, span: Span, opened: Option<Span>) {
        self.whole &= kind.is_slip();
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span, opened });
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    max_depth: usize,
    values_left: usize,
    /// Closing brackets of the open blocks, outermost first.
    open: Vec<char>,
    document: Document,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn since(&self, start: usize) -> Span {
        Span::new(start as u32, self.at as u32)
    }

    /// The next character.
    fn here(&self) -> Span {
        Span::new(self.at as u32, (self.at + self.peek().map_or(0, char::len_utf8)) as u32)
    }

    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.document.problem_at(kind, span, None);
    }

    fn limit(&mut self, limit: Limit, span: Span) {
        self.document.whole = false;
        self.document.limit.get_or_insert((limit, span));
    }

    fn document(&mut self) {
        self.space();
        let Some(first) = self.peek() else {
            return self.problem(ProblemKind::Empty, self.here());
        };
        if !starts_value(first) || first.is_alphabetic() && self.word_here_is_code() {
            self.leading_text();
        }
        if self.peek().is_none() {
            return;
        }
        let root = self.value(0);
        self.document.root = Some(root);
        self.space();
        if self.peek().is_some() {
            self.problem(ProblemKind::TextAfterEnd, Span::new(self.at as u32, self.line_end() as u32));
        }
    }

    /// Whether the word at the very start introduces code around a value, as in `module.exports = {`.
    fn word_here_is_code(&self) -> bool {
        let word = self.rest().split(is_delimiter).next().unwrap_or_default();
        !matches!(word, "true" | "false" | "null")
    }

    /// Passes over what stands before the first bracket.
    fn leading_text(&mut self) {
        let start = self.at;
        let length = self.rest().find(['{', '[']).unwrap_or(self.rest().len());
        let shown = self.rest().lines().next().unwrap_or_default().trim_end().len().min(length);
        self.problem(ProblemKind::UnexpectedText, Span::new(start as u32, (start + shown) as u32));
        self.at += length;
    }

    /// White space and comments.
    fn space(&mut self) {
        while let Some(next) = self.peek() {
            let start = self.at;
            match next {
                ' ' | '\t' | '\n' | '\r' => self.bump(),
                '/' if self.rest().starts_with("//") => self.comment(start, self.line_end()),
                '/' if self.rest().starts_with("/*") => {
                    let body = self.rest().get(2..).unwrap_or_default();
                    let length = body.find("*/").map_or(self.rest().len(), |end| end + 4);
                    self.comment(start, start + length);
                }
                '<' if self.rest().starts_with("<!--") => {
                    let length = self.rest().find("-->").map_or(self.rest().len(), |end| end + 3);
                    self.comment(start, start + length);
                }
                '#' => self.comment(start, self.line_end()),
                _ if next.is_whitespace()
                    || next.is_control()
                    || matches!(next, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}') =>
                {
                    self.bump();
                    self.problem(ProblemKind::StraySpace, self.since(start));
                }
                _ => return,
            }
        }
    }

    fn comment(&mut self, start: usize, end: usize) {
        self.at = end;
        self.problem(ProblemKind::Comment, self.since(start));
    }

    fn line_end(&self) -> usize {
        self.at + self.rest().find(['\n', '\r']).unwrap_or(self.rest().len())
    }

    fn value(&mut self, depth: usize) -> Value {
        let start = self.at;
        let Some(left) = self.values_left.checked_sub(1) else {
            let kind = self.too_many();
            return Value { span: self.since(start), kind };
        };
        self.values_left = left;
        let kind = match self.peek() {
            Some('{' | '[') if depth >= self.max_depth => self.too_deep(),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some(quote) if closing_quote(quote).is_some() => Kind::String(Box::new(self.string(true))),
            _ => self.word(),
        };
        Value { span: self.since(start), kind }
    }

    /// Passes over a block that is nested too deeply, brackets counted, texts respected.
    fn too_deep(&mut self) -> Kind {
        self.limit(Limit::Depth, self.here());
        let mut level = 0usize;
        while let Some(next) = self.peek() {
            match next {
                '{' | '[' => level += 1,
                '}' | ']' => level = level.saturating_sub(1),
                '"' => self.pass_text(),
                _ => {}
            }
            self.bump();
            if level == 0 {
                break;
            }
        }
        Kind::Unknown
    }

    /// Moves to the closing quote of the text here.
    fn pass_text(&mut self) {
        let mut escaped = true;
        for (at, next) in self.rest().char_indices() {
            if next == '"' && !escaped {
                self.at += at;
                return;
            }
            escaped = next == '\\' && !escaped;
        }
        self.at = self.text.len();
    }

    fn too_many(&mut self) -> Kind {
        self.limit(Limit::Values, self.here());
        self.at = self.text.len();
        Kind::Unknown
    }

    fn object(&mut self, depth: usize) -> Kind {
        let opened = self.here();
        self.bump();
        self.open.push('}');
        let mut members = Vec::new();
        let mut list = Separators::default();
        while self.separators(&mut list, '}', opened) {
            if let Some(member) = self.member(depth) {
                members.push(member);
            }
            list.after_item();
        }
        self.open.pop();
        Kind::Object(Object::new(members))
    }

    fn array(&mut self, depth: usize) -> Kind {
        let opened = self.here();
        self.bump();
        self.open.push(']');
        let mut items = Vec::new();
        let mut list = Separators::default();
        while self.separators(&mut list, ']', opened) {
            items.push(self.value(depth + 1));
            list.after_item();
            if self.is_next_member(&items) {
                self.leave_list(&mut items, opened);
                break;
            }
        }
        self.open.pop();
        Kind::Array(items)
    }

    /// Whether the last of a list's items is the key of a member: the list was not closed before it.
    fn is_next_member(&mut self, items: &[Value]) -> bool {
        let [.., _, last] = items else { return false };
        let is_in_block = self.open.len() > 1 && self.open.get(self.open.len() - 2) == Some(&'}');
        is_in_block && last.as_str().is_some() && self.rest().trim_start().starts_with(':')
    }

    /// Gives the key back, and ends the list after the item before it.
    fn leave_list(&mut self, items: &mut Vec<Value>, opened: Span) {
        let key = items.pop().map_or(opened, |key| key.span);
        let last = items.last().map_or(opened, |item| item.span);
        self.document.problems.retain(|problem| problem.span.start < key.start);
        self.at = last.end as usize;
        self.document.problem_at(ProblemKind::UnclosedList, last, Some(opened));
    }

    /// Moves to the next item of a block; false when the block has ended.
    fn separators(&mut self, list: &mut Separators, close: char, opened: Span) -> bool {
        loop {
            self.space();
            let here = self.here();
            match self.peek() {
                None => {
                    let told = self.document.problems.iter().any(|problem| problem.kind == ProblemKind::UnclosedBlock);
                    if self.document.limit.is_none() && !told {
                        self.document.problem_at(ProblemKind::UnclosedBlock, end_of(self.text), Some(opened));
                    }
                    return false;
                }
                Some(next) if next == close => {
                    if let Some(comma) = list.comma {
                        self.problem(ProblemKind::TrailingComma, comma);
                    }
                    self.bump();
                    return false;
                }
                Some(next @ ('}' | ']' | ')')) => {
                    self.document.problem_at(ProblemKind::WrongBracket, here, Some(opened));
                    if self.open.contains(&next) {
                        return false;
                    }
                    self.bump();
                }
                Some(next @ (',' | ';')) => {
                    if next == ';' {
                        self.problem(ProblemKind::WrongSeparator, here);
                    } else if list.item {
                        list.comma = Some(here);
                    } else {
                        self.problem(ProblemKind::ExtraComma, here);
                    }
                    list.item = false;
                    self.bump();
                }
                Some(':') if list.item => {
                    self.problem(ProblemKind::WrongSeparator, here);
                    list.item = false;
                    self.bump();
                }
                Some(next) if list.item && !starts_item(next, self.rest()) => self.junk(),
                Some(_) if list.item => {
                    self.problem(ProblemKind::MissingComma, here);
                    list.item = false;
                    return true;
                }
                Some(_) => return true,
            }
        }
    }

    /// Passes over what follows a value and belongs to no JSON: the rest of a call, of a sum, of a function.
    fn junk(&mut self) {
        let start = self.at;
        let mut open = 0_usize;
        for (at, next) in self.rest().char_indices() {
            match next {
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' if open > 0 => open -= 1,
                ',' | ']' | '}' | '\n' | '\r' if open == 0 => {
                    self.at = start + at;
                    break;
                }
                _ => {}
            }
            self.at = start + at + next.len_utf8();
        }
        // A word that is no value was named already; what follows it has the same cause.
        let told = self.document.problems.last().is_some_and(|problem| {
            problem.kind == ProblemKind::UnknownWord
                && self.text.get(problem.span.end as usize..start).is_some_and(|between| between.trim().is_empty())
        });
        if !told {
            let shown = self.text.get(start..self.at).and_then(|junk| junk.lines().next()).unwrap_or_default().trim_end();
            self.problem(ProblemKind::UnexpectedText, Span::new(start as u32, (start + shown.len()) as u32));
        }
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        let start = self.at;
        let next = self.peek()?;
        let key: Cow<'_, str> = if closing_quote(next).is_some() {
            self.string(false).text
        } else {
            let word = self.pass_word();
            if word.is_empty() {
                self.bump();
                self.problem(ProblemKind::UnexpectedText, self.since(start));
                return None;
            }
            self.problem(ProblemKind::UnquotedKey, self.since(start));
            word.into()
        };
        let key_span = self.since(start);
        let key = key.into();
        self.colon();
        let value = match self.peek() {
            None | Some(',' | ';' | '}' | ']') => {
                if self.peek().is_some() {
                    self.problem(ProblemKind::MissingValue, key_span);
                }
                Value { span: Span::new(self.at as u32, self.at as u32), kind: Kind::Unknown }
            }
            Some(_) => self.value(depth + 1),
        };
        Some(Member { key, key_span, value })
    }

    fn colon(&mut self) {
        self.space();
        let start = self.at;
        match self.peek() {
            Some(':') => self.bump(),
            Some('=') => {
                self.bump();
                if self.peek() == Some('>') {
                    self.bump();
                }
                self.problem(ProblemKind::WrongSeparator, self.since(start));
            }
            None | Some(',' | ';' | '}' | ']') => return,
            Some(_) => self.problem(ProblemKind::MissingColon, self.here()),
        }
        self.space();
    }

    /// A word, a number, or characters that are neither.
    fn word(&mut self) -> Kind {
        let start = self.at;
        let word = self.pass_word();
        if word.is_empty() {
            self.bump();
            self.problem(ProblemKind::UnexpectedText, self.since(start));
            return Kind::Unknown;
        }
        let known = match word {
            "true" => return Kind::Bool(true),
            "false" => return Kind::Bool(false),
            "null" => return Kind::Null,
            "True" | "TRUE" => Kind::Bool(true),
            "False" | "FALSE" => Kind::Bool(false),
            _ if word.starts_with(['-', '+', '.']) || word.starts_with(|c: char| c.is_ascii_digit()) => {
                if is_number(word) {
                    return Kind::Number(word.into());
                }
                self.problem(ProblemKind::BadNumber, self.since(start));
                return Kind::Unknown;
            }
            _ => Kind::Unknown,
        };
        self.problem(ProblemKind::UnknownWord, self.since(start));
        known
    }

    fn pass_word(&mut self) -> &'a str {
        let rest = self.rest();
        let word = rest.find(is_delimiter).map_or(rest, |end| &rest[..end]);
        self.at += word.len();
        word
    }

    /// A text; its span is what was passed, quotes included. In a value, quotes that were not escaped are taken into the text.
    fn string(&mut self, is_value: bool) -> Fragment<'static> {
        let start = self.at;
        let quote = self.peek().unwrap_or('"');
        let close = closing_quote(quote).unwrap_or(quote);
        self.bump();
        let mut builder = FragmentBuilder::default();
        loop {
            self.plain(&mut builder, close);
            let at = self.at;
            match self.peek() {
                None => {
                    self.unclosed(start);
                    break;
                }
                Some('\\') => self.escape(&mut builder),
                Some(next) if next == close => {
                    self.bump();
                    let inside = is_value && quote == '"' && self.quote_belongs_to_text();
                    if !inside {
                        break;
                    }
                    self.problem(ProblemKind::UnescapedQuote, self.since(at));
                    builder.verbatim("\"", at as u32);
                }
                Some('\n' | '\r') if !self.text_goes_on(close) => {
                    self.unclosed(start);
                    if self.text[..self.at].trim_end().ends_with(',') && builder.text().len() > 1 {
                        return self.without_comma(start, close);
                    }
                    break;
                }
                Some(next) => {
                    self.bump();
                    if next == '\r' && self.peek() == Some('\n') {
                        self.bump();
                    }
                    let kind =
                        if matches!(next, '\n' | '\r') { ProblemKind::LineBreakInText } else { ProblemKind::ControlCharacter };
                    self.problem(kind, self.since(at));
                    builder.verbatim(&self.text[at..self.at], at as u32);
                }
            }
        }
        match quote {
            '"' => {}
            '\'' | '`' => self.problem(ProblemKind::WrongQuotes, self.since(start)),
            _ => self.problem(ProblemKind::CurlyQuotes, self.since(start)),
        }
        builder.finish((start + quote.len_utf8()) as u32)
    }

    /// Characters that stand for themselves.
    fn plain(&mut self, builder: &mut FragmentBuilder, close: char) {
        let rest = self.rest();
        let end = rest.find(|c: char| c == close || c == '\\' || c < ' ').unwrap_or(rest.len());
        builder.verbatim(&rest[..end], self.at as u32);
        self.at += end;
    }

    fn unclosed(&mut self, start: usize) {
        let span = Span::new(start as u32, self.at as u32);
        self.document.problem_at(ProblemKind::UnclosedText, span, None);
    }

    /// The text from `start` up to the comma that ends its line; the comma is left to be read.
    fn without_comma(&mut self, start: usize, close: char) -> Fragment<'static> {
        let line = &self.text[start..self.at];
        let end = line.rfind(',').map_or(self.at, |comma| start + comma);
        self.at = start;
        self.bump();
        let first = self.at as u32;
        let mut builder = FragmentBuilder::default();
        while self.at < end {
            let before = self.at;
            self.plain(&mut builder, close);
            if self.at == before {
                self.bump();
            }
        }
        self.at = end;
        let fragment = builder.finish(first);
        let length = end.saturating_sub(first as usize).min(fragment.text.len()) as u32;
        fragment.slice(Span::new(0, length))
    }

    /// Whether guesses about what was meant are still worth their time; hostile files need them at every character.
    fn may_guess(&self) -> bool {
        self.document.problems.len() < MAX_PROBLEMS
    }

    /// Whether a text that meets the end of its line goes on after it, rather than lacking its closing quote.
    fn text_goes_on(&self, close: char) -> bool {
        let rest = self.rest();
        let Some(end) = rest.find(close).filter(|_| self.may_guess()) else { return false };
        let between = rest[..end].trim_start();
        if between.is_empty() || between.starts_with(['}', ']']) {
            return false;
        }
        // After a text that lacks its quote, the next quote opens a key or a text instead of closing one.
        let after = rest[end + close.len_utf8()..].trim_start();
        after.is_empty() || after.starts_with([',', '}', ']', ':', '/'])
    }

    /// Whether the quote just passed stands inside a text: what follows it cannot follow a value, and a later quote can end it.
    fn quote_belongs_to_text(&self) -> bool {
        let rest = self.rest();
        let after = rest.trim_start_matches([' ', '\t']);
        let in_list = self.open.last() == Some(&']');
        match after.chars().next() {
            None | Some('\n' | '\r' | '}' | ']' | '/' | '#' | ';' | ':' | '=' | '{' | '[') => return false,
            Some('"') => return rest.strip_prefix('"').is_some_and(|rest| ends_value(rest, in_list)) && self.may_guess(),
            Some(',') if item_follows(&after[1..], in_list) => return false,
            Some(_) if word_is_key(after) => return false,
            Some(c) if after.len() < rest.len() && !c.is_alphabetic() => return false,
            Some(_) => {}
        }
        let mut line = rest.char_indices().take(MAX_GUESS).take_while(|(_, c)| !matches!(c, '\n' | '\r'));
        self.may_guess() && line.any(|(at, c)| c == '"' && ends_value(&rest[at + 1..], in_list))
    }

    fn escape(&mut self, builder: &mut FragmentBuilder) {
        let start = self.at;
        self.bump();
        let decoded = match self.peek() {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => {
                if let Some(decoded) = self.unicode_escape() {
                    return builder.instead_of(decoded.encode_utf8(&mut [0; 4]), self.since(start));
                }
                None
            }
            _ => None,
        };
        if let Some(decoded) = decoded {
            self.bump();
            return builder.instead_of(decoded.encode_utf8(&mut [0; 4]), self.since(start));
        }
        // A line end stays for the caller to judge; another character stands for itself.
        if let Some(c) = self.peek().filter(|c| !matches!(c, '\n' | '\r')) {
            self.bump();
            builder.instead_of(c.encode_utf8(&mut [0; 4]), self.since(start));
        }
        self.problem(ProblemKind::BadEscape, self.since(start));
    }

    /// `u` and four digits, or two such escapes that make one character; half of a pair becomes U+FFFD, as browsers show it.
    fn unicode_escape(&mut self) -> Option<char> {
        let first = self.code_unit(1)?;
        self.at += 5;
        if !(0xD800..0xDC00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or('\u{fffd}'));
        }
        let second = if self.rest().starts_with("\\u") { self.code_unit(2) } else { None };
        match second.filter(|unit| (0xDC00..0xE000).contains(unit)) {
            Some(second) => {
                self.at += 6;
                char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            }
            None => Some('\u{fffd}'),
        }
    }

    /// The four hexadecimal digits that stand `skip` bytes ahead.
    fn code_unit(&self, skip: usize) -> Option<u32> {
        let digits = self.rest().get(skip..skip + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

/// What was last read in a block.
#[derive(Default)]
struct Separators {
    /// The comma after the last item.
    comma: Option<Span>,
    /// Whether an item was read and no comma since.
    item: bool,
}

impl Separators {
    fn after_item(&mut self) {
        self.comma = None;
        self.item = true;
    }
}

/// Whether `rest`, standing behind a closing quote, is what may follow a value.
fn ends_value(rest: &str, in_list: bool) -> bool {
    let after = rest.trim_start_matches([' ', '\t']);
    match after.strip_prefix(',') {
        Some(after) => item_follows(after, in_list),
        None => after.is_empty() || after.starts_with(['\n', '\r', '}', ']']),
    }
}

/// Whether `rest`, standing behind a comma, goes on with an item or with the end of the block.
fn item_follows(rest: &str, in_list: bool) -> bool {
    let after = rest.trim_start();
    let plain = after.starts_with(|c: char| c.is_ascii_digit() || "-[{tfn".contains(c));
    after.is_empty() || after.starts_with(['"', '\'', '“', '}', ']', '/', '#', ',']) || in_list && plain || word_is_key(after)
}

/// Whether the line starts with a word and a colon, and not with an address.
fn word_is_key(line: &str) -> bool {
    let after = line.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-').trim_start();
    after.len() < line.len() && after.starts_with(':') && !after.starts_with("://")
}

/// Whether what follows a value without a comma may be the next item; a plus or minus sign joins it to another value.
fn starts_item(c: char, rest: &str) -> bool {
    let is_joined = matches!(c, '+' | '-') && !rest[1..].starts_with(|next: char| next.is_ascii_digit());
    !is_joined && starts_value(c) || c == '_' || c == '$'
}

fn starts_value(c: char) -> bool {
    matches!(c, '{' | '[' | '-' | '+') || c.is_ascii_alphanumeric() || closing_quote(c).is_some()
}

/// The quote that ends what this one begins.
fn closing_quote(quote: char) -> Option<char> {
    match quote {
        '"' | '\'' | '`' => Some(quote),
        '\u{201c}' | '\u{201d}' | '\u{201e}' => Some('\u{201d}'),
        '\u{2018}' | '\u{2019}' => Some('\u{2019}'),
        '\u{ab}' => Some('\u{bb}'),
        _ => None,
    }
}

fn is_delimiter(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ':' | ';' | '=' | '{' | '}' | '[' | ']' | '(' | ')' | '"' | '\'' | '`' | '/' | '#' | '<' | '>')
        || closing_quote(c).is_some()
}

/// The last character of a text, where something is missing; its very start if there is none.
fn end_of(text: &str) -> Span {
    let trimmed = text.trim_end();
    let last = trimmed.chars().next_back().map_or(0, char::len_utf8);
    Span::new((trimmed.len() - last) as u32, trimmed.len() as u32)
}

/// Whether a word is a number of JSON.
fn is_number(word: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(ProblemKind, &str)> {
        read(text, 200).problems.iter().map(|problem| (problem.kind, problem.span.of(text))).collect()
    }

    /// The tree without places.
    fn plain(value: &Value) -> serde_json::Value {
        match &value.kind {
            Kind::Null | Kind::Unknown => serde_json::Value::Null,
            Kind::Bool(value) => (*value).into(),
            Kind::Number(number) => serde_json::from_str(number).unwrap_or_default(),
            Kind::String(text) => text.text.to_string().into(),
            Kind::Array(items) => items.iter().map(plain).collect(),
            Kind::Object(object) => object
                .members
                .iter()
                .map(|member| (member.key.to_string(), plain(&member.value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    fn tree(text: &str) -> String {
        let document = read(text, 200);
        document.root.map(|root| plain(&root).to_string()).unwrap_or_default()
    }

    #[test]
    fn strict_texts_have_no_problem_and_the_same_value() {
        for text in [
            "{}",
            "\r\n[1, -2.5e+3, true, false, null, \"\"]\t",
            r#"{"a": "\u00e9\n\ud83d\ude00 \/", "b": {"c": ["x", {"d": "e"}]}}"#,
            r#"["a",1,"b",true,"c",{"x":"y"},"d",[]]"#,
            "\"alone\"",
            "17",
        ] {
            assert!(recover(text, 0, 200, MAX_VALUES).problems.is_empty(), "{text}");
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(tree(text), expected.to_string());
        }
    }

    #[test]
    fn slips_are_named_at_their_place_and_the_tree_survives() {
        use ProblemKind as P;
        let whole = r#"{"a":"x","b":["y","z"]}"#;
        for (text, kind, place) in [
            (r#"{"a":"x","b":["y","z"],}"#, P::TrailingComma, ","),
            (r#"{"a":"x","b":["y","z",]}"#, P::TrailingComma, ","),
            (r#"{"a":"x",,"b":["y","z"]}"#, P::ExtraComma, ","),
            (r#"{,"a":"x","b":["y","z"]}"#, P::ExtraComma, ","),
            ("{\"a\":\"x\"\n\"b\":[\"y\",\"z\"]}", P::MissingComma, "\""),
            (r#"{"a":"x","b":["y" "z"]}"#, P::MissingComma, "\""),
            (r#"{"a" "x","b":["y","z"]}"#, P::MissingColon, "\""),
            (r#"{"a"="x","b":["y","z"]}"#, P::WrongSeparator, "="),
            (r#"{"a"=>"x","b":["y","z"]}"#, P::WrongSeparator, "=>"),
            (r#"{"a":"x";"b":["y","z"]}"#, P::WrongSeparator, ";"),
            ("{\"a\":\"x\", // why\n\"b\":[\"y\",\"z\"]}", P::Comment, "// why"),
            (r#"{"a":"x",/* b */"b":["y","z"]}"#, P::Comment, "/* b */"),
            ("{\"a\":\"x\", # b\n\"b\":[\"y\",\"z\"]}", P::Comment, "# b"),
            (r#"{'a':"x","b":["y","z"]}"#, P::WrongQuotes, "'a'"),
            (r#"{"a":`x`,"b":["y","z"]}"#, P::WrongQuotes, "`x`"),
            (r#"{"a":“x”,"b":["y","z"]}"#, P::CurlyQuotes, "“x”"),
            (r#"{"a":"x",“b”:["y","z"]}"#, P::CurlyQuotes, "“b”"),
            (r#"{a:"x","b":["y","z"]}"#, P::UnquotedKey, "a"),
            (r#"{"a":"x"b:["y","z"]}"#, P::MissingComma, "b"),
            ("{\"a\":\u{a0}\"x\",\"b\":[\"y\",\"z\"]}", P::StraySpace, "\u{a0}"),
            ("{\"a\":\0\"x\",\"b\":[\"y\",\"z\"]}", P::StraySpace, "\0"),
        ] {
            assert_eq!(problems(text).first(), Some(&(kind, place)), "{text}");
            assert_eq!(tree(text), whole, "{text}");
            assert!(read(text, 200).whole, "{text}");
        }
    }

    #[test]
    fn words_and_numbers_that_json_lacks() {
        use ProblemKind as P;
        assert_eq!(problems("[True, None]"), [(P::UnknownWord, "True"), (P::UnknownWord, "None")]);
        assert_eq!(tree("[True, None]"), "[true,null]");
        assert_eq!(problems("{\"a\": function () {}, \"b\": 1}"), [(P::UnknownWord, "function")]);
        assert_eq!(tree("{\"a\": function (a, b) { return {}; }, \"b\": 1}"), r#"{"a":null,"b":1}"#);
        assert_eq!(problems("{\"a\": \"1\" + \"2\", \"b\": 1}"), [(P::UnexpectedText, "+ \"2\"")]);
        assert_eq!(tree("{\"a\": \"1\" + \"2\",\n\"b\": 1}"), r#"{"a":"1","b":1}"#);
        assert_eq!(problems("[undefined, NaN, 1]"), [(P::UnknownWord, "undefined"), (P::UnknownWord, "NaN")]);
        for number in ["01", "+1", ".5", "5.", "0x1F", "1e", "-"] {
            assert_eq!(problems(&format!("[{number}]")), [(P::BadNumber, number)], "{number}");
        }
        assert_eq!(problems(r#"{"a": , "b": 1}"#), [(P::MissingValue, "\"a\"")]);
    }

    #[test]
    fn mistakes_inside_texts() {
        use ProblemKind as P;
        assert_eq!(problems("[\"a\tb\"]"), [(P::ControlCharacter, "\t")]);
        assert_eq!(problems(r#"["a\qb"]"#), [(P::BadEscape, "\\q")]);
        assert_eq!(problems(r#"["a\u12"]"#), [(P::BadEscape, "\\u")]);
        let two_lines = "{\"a\": \"one\ntwo\", \"b\": 1}";
        assert_eq!(problems(two_lines), [(P::LineBreakInText, "\n")]);
        assert_eq!(tree(two_lines), r#"{"a":"one\ntwo","b":1}"#);
        let quotes = r#"{"a": "Say "hi" now", "b": "<a href="https://x.y">z</a>", "c": "end "q"" }"#;
        assert_eq!(problems(quotes).len(), 6);
        assert!(problems(quotes).iter().all(|problem| *problem == (P::UnescapedQuote, "\"")));
        assert_eq!(tree(quotes), r#"{"a":"Say \"hi\" now","b":"<a href=\"https://x.y\">z</a>","c":"end \"q\""}"#);
    }

    #[test]
    fn a_text_without_its_closing_quote_ends_with_its_line() {
        let text = "{\n  \"a\": \"one,\n  \"b\": \"two\"\n}";
        assert_eq!(problems(text), [(ProblemKind::UnclosedText, "\"one,")]);
        assert_eq!(tree(text), r#"{"a":"one","b":"two"}"#);
        assert!(!read(text, 200).whole);
        let last = "{\"a\": \"one\n}";
        assert_eq!(problems(last), [(ProblemKind::UnclosedText, "\"one")]);
        assert_eq!(tree(last), r#"{"a":"one"}"#);
    }

    #[test]
    fn brackets_that_do_not_fit() {
        use ProblemKind as P;
        let cut = "{\n \"a\": {\n  \"b\": [1";
        let document = read(cut, 200);
        assert_eq!(problems(cut), [(P::UnclosedBlock, "1")]);
        assert_eq!(document.problems[0].opened.map(|opened| opened.of(cut)), Some("["));
        assert!(!document.whole);
        assert_eq!(tree(cut), r#"{"a":{"b":[1]}}"#);
        assert_eq!(problems("[1)]"), [(P::WrongBracket, ")")]);
        assert_eq!(problems("{\"a\": 1}}"), [(P::TextAfterEnd, "}")]);
        assert_eq!(problems("{\"a\": 1} {\"b\": 2}"), [(P::TextAfterEnd, "{\"b\": 2}")]);
    }

    #[test]
    fn a_list_without_its_bracket_ends_before_the_next_member() {
        use ProblemKind as P;
        let open = "{\"a\": [\"x\", \"y\",\n \"b\": {\"c\": 1}}";
        assert_eq!(problems(open), [(P::UnclosedList, "\"y\"")]);
        assert_eq!(tree(open), r#"{"a":["x","y"],"b":{"c":1}}"#);
        let comma = "{\"a\": [\"x\"\n \"b\": 1}";
        assert_eq!(problems(comma), [(P::UnclosedList, "\"x\""), (P::MissingComma, "\"")]);
        // A block in the wrong brackets is no list that goes on too long.
        assert_eq!(problems("{\"a\": [\"b\": 1]}"), [(P::WrongSeparator, ":")]);
        assert_eq!(problems("[\"a\", \"b\": 1]"), [(P::WrongSeparator, ":")]);
    }

    #[test]
    fn texts_that_are_no_json_at_all() {
        use ProblemKind as P;
        assert_eq!(problems(""), [(P::Empty, "")]);
        assert_eq!(problems(" \n"), [(P::Empty, "")]);
        assert_eq!(problems("<!DOCTYPE html>\n<p>"), [(P::UnexpectedText, "<!DOCTYPE html>")]);
        let code = "module.exports = {\"a\": 1};";
        assert_eq!(problems(code), [(P::UnexpectedText, "module.exports = "), (P::TextAfterEnd, ";")]);
        assert_eq!(tree(code), r#"{"a":1}"#);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_and_counted() {
        let text = "\u{feff}{\"a\": 1,}";
        assert_eq!(problems(text), [(ProblemKind::TrailingComma, ",")]);
        assert_eq!(read(text, 200).root.unwrap().span, Span::new(3, text.len() as u32));
    }

    #[test]
    fn places_inside_texts_map_back_through_escapes() {
        let text = r#"{"k\u0065y": "a\u00e9\nfind me"}"#;
        let document = read(text, 200);
        let root = document.root.unwrap();
        let member = root.get("key").unwrap();
        assert_eq!(member.key_span.of(text), r#""k\u0065y""#);
        let value = member.value.as_fragment().unwrap();
        let at = value.text.find("find").unwrap() as u32;
        assert_eq!(value.map.span(Span::new(at, at + 4)).of(text), "find");
        assert_eq!(value.map.span(Span::new(1, 3)).of(text), "\\u00e9");
        assert_eq!(member.value.span.of(text), r#""a\u00e9\nfind me""#);
    }

    #[test]
    fn repeated_keys_are_kept_and_the_last_counts() {
        let root = read(r#"{"a": 1, "b": 2, "a": 3}"#, 200).root.unwrap();
        let object = root.as_object().unwrap();
        assert!(matches!(&object.get("a").unwrap().value.kind, Kind::Number(number) if &**number == "3"));
        assert_eq!(object.duplicates().len(), 1);
        assert_eq!(object.effective().count(), 2);
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep, 200).limit.map(|(limit, _)| limit), Some(Limit::Depth));
        let closed = format!("[{}\"]\"{}, 7]", "[".repeat(300), "]".repeat(300));
        let document = read(&closed, 200);
        assert_eq!(document.limit.map(|(limit, _)| limit), Some(Limit::Depth));
        assert!(document.problems.is_empty());
        assert_eq!(document.root.unwrap().as_array().unwrap().len(), 2);
        let wide = format!("[{}0]", "0,".repeat(MAX_VALUES));
        assert_eq!(read(&wide, 200).limit.map(|(limit, _)| limit), Some(Limit::Values));
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in ["\"", "\"\n", "\"a\"b ", "'", "\\", "\"\\", "{\"a\":", "[\"a\"x,", "}", "“", "\"a\", ", "\"a\nb"] {
            let text = unit.repeat(400_000 / unit.len());
            let started = std::time::Instant::now();
            assert!(!read(&text, 200).problems.is_empty() || read(&text, 200).limit.is_some(), "{unit}");
            assert!(started.elapsed().as_secs() < 5, "{unit} took {:?}", started.elapsed());
        }
    }

    #[test]
    fn verdict_and_reader_agree_on_changed_texts() {
        let sample =
            "{\n  \"widget\": {\"name\": \"w.n\", \"ok\": true, \"list\": [1, -2.5, \"é\\n\\u0041\", null]},\n  \"x\": {}\n}\n";
        let characters: Vec<char> = sample.chars().collect();
        let alphabet: Vec<char> = "{}[]\":,'\\/ \n\t0-+.eatn#u;=é“".chars().collect();
        let mut seed = 7u64;
        let mut random = |bound: usize| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as usize % bound
        };
        for _ in 0..20_000 {
            let mut changed = characters.clone();
            for _ in 0..=random(3) {
                let at = random(changed.len());
                match random(3) {
                    0 => drop(changed.remove(at)),
                    1 => changed.insert(at, alphabet[random(alphabet.len())]),
                    _ => changed[at] = alphabet[random(alphabet.len())],
                }
            }
            let text: String = changed.into_iter().collect();
            let found = recover(&text, 0, 200, MAX_VALUES);
            let strict = serde_json::from_str::<IgnoredAny>(&text);
            assert_eq!(found.problems.is_empty(), strict.is_ok(), "{text}\n{:?} {strict:?}", found.problems);
            for problem in &found.problems {
                assert!(text.is_char_boundary(problem.span.start as usize) && text.is_char_boundary(problem.span.end as usize));
            }
        }
    }
}
