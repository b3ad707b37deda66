//! Template tags inside markup - Twig's `{{ }}`, `{% %}`, `{# #}` and Underscore's `<% %>` - and their mask.

use crate::syntax::{Fragment, OffsetMap, Span, find, hole, is_hole};
use std::borrow::Cow;

/// Closing marks tried for one opening mark when a string inside the tag holds the closing mark, too.
const CLOSERS: usize = 16;

/// A tag of the template language, not of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateTag {
    /// From its opening to its closing mark.
    pub span: Span,
    /// What it does.
    pub kind: TagKind,
    /// What stands between the marks, trimmed.
    pub code: Box<str>,
    /// The string literals in it, quotes not included.
    pub strings: Vec<(Box<str>, Span)>,
}

/// What a template tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// Prints a value.
    Output,
    /// Decides, repeats, includes: prints nothing itself.
    Statement,
    /// Nothing.
    Comment,
}

impl TemplateTag {
    /// The first word of a statement: `include`, `if`.
    #[must_use]
    pub fn keyword(&self) -> &str {
        self.code.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap_or_default()
    }

    /// Whether its strings name other templates.
    #[must_use]
    pub fn includes_other_templates(&self) -> bool {
        self.kind == TagKind::Statement && matches!(self.keyword(), "include" | "extends" | "embed" | "import" | "from" | "use")
    }
}

/// The text with every template tag replaced by as many bytes: letters where it prints something, white space where it does not.
pub(super) fn mask<'f>(fragment: &'f Fragment<'_>, room: &mut usize) -> (Cow<'f, str>, Vec<TemplateTag>) {
    if !fragment.text.contains('{') && !fragment.text.contains("<%") {
        return (Cow::Borrowed(&fragment.text), Vec::new());
    }
    let mut scanner = Scanner {
        text: &fragment.text,
        map: &fragment.map,
        at: 0,
        place: Place::Text,
        unclosed: [false; MARKS.len()],
        uncommented: false,
    };
    let mut masked = String::with_capacity(fragment.text.len());
    let mut tags = Vec::new();
    let mut copied = 0;
    while scanner.skip() {
        match scanner.tag() {
            Some((tag, mask)) if *room > 0 => {
                *room -= 1;
                masked.push_str(scanner.text.get(copied..scanner.at).unwrap_or_default());
                scanner.at += mask.len();
                copied = scanner.at;
                masked.push_str(&mask);
                tags.push(tag);
            }
            _ => scanner.step(),
        }
    }
    masked.push_str(scanner.text.get(copied..).unwrap_or_default());
    (masked.into(), tags)
}

/// Opening mark, closing mark, kind.
const MARKS: [(&str, &str, TagKind); 7] = [
    ("{#", "#}", TagKind::Comment),
    ("{{", "}}", TagKind::Output),
    ("{%", "%}", TagKind::Statement),
    ("<%=", "%>", TagKind::Output),
    ("<%-", "%>", TagKind::Output),
    ("<%", "%>", TagKind::Statement),
    ("{{!--", "--}}", TagKind::Comment),
];

/// Where in the markup the scanner stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    /// Between `<name` and `>`; after a start tag of one of [`RAW`], its text follows.
    Tag(Option<&'static str>),
    Quoted(u8, Option<&'static str>),
    /// In the text of an element in which no tag starts.
    Raw(&'static str),
    Comment,
}

/// Elements whose text holds no tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

struct Scanner<'a> {
    text: &'a str,
    map: &'a OffsetMap,
    at: usize,
    place: Place,
    /// Marks of [`MARKS`] that nothing closes from here on.
    unclosed: [bool; MARKS.len()],
    /// Whether no `{% endcomment %}` follows.
    uncommented: bool,
}

impl Scanner<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The template tag that starts here, and its mask.
    fn tag(&mut self) -> Option<(TemplateTag, String)> {
        let index = match self.rest() {
            [b'{', b'#', ..] => 0,
            [b'{', b'{', b'!', b'-', b'-', ..] => 6,
            [b'{', b'{', ..] => 1,
            [b'{', b'%', ..] => 2,
            [b'<', b'%', b'=', ..] => 3,
            [b'<', b'%', b'-', ..] => 4,
            [b'<', b'%', ..] => 5,
            _ => return None,
        };
        let rest = self.text.get(self.at..)?;
        let (open, close, kind) = MARKS[index];
        if self.unclosed[index] {
            return None;
        }
        let inside = rest.get(open.len()..)?;
        let Some(length) = length_to(close, inside, kind) else {
            self.unclosed[index] = true;
            return None;
        };
        let whole = open.len() + length + close.len();
        if let Some(comment) = self.block_comment(rest, whole) {
            return Some(comment);
        }
        let kind = handlebars_kind(inside).filter(|_| open == "{{").unwrap_or(kind);
        let code = inside.get(..length)?;
        let base = self.at + open.len();
        let tag = TemplateTag {
            span: self.map.span(Span::new(self.at as u32, (self.at + whole) as u32)),
            kind,
            code: code.trim_matches(['-', '~', '!']).trim().into(),
            strings: if kind == TagKind::Comment { Vec::new() } else { self.strings(code, base) },
        };
        let mask = self.mask_of(&tag, whole);
        if mask.starts_with('x') {
            self.place = Place::Tag(None);
        }
        Some((tag, mask))
    }

    /// Django's `{% comment %} ... {% endcomment %}`, whose first tag takes `head` bytes of `rest`.
    fn block_comment(&mut self, rest: &str, head: usize) -> Option<(TemplateTag, String)> {
        let keyword = rest.get(2..head - 2).filter(|_| rest.starts_with("{%"))?.split_whitespace().next();
        if keyword != Some("comment") || self.uncommented {
            return None;
        }
        let inside = rest.get(head..)?;
        let is_end = |(at, tag): (usize, &str)| {
            let name = inside.get(at + tag.len()..)?.trim_start_matches(['-', ' ']).strip_prefix("endcomment")?;
            let after = name.trim_start_matches(['-', ' ']).strip_prefix("%}")?;
            Some((at, inside.len() - after.len()))
        };
        let Some((length, end)) = inside.match_indices("{%").find_map(is_end) else {
            self.uncommented = true;
            return None;
        };
        let whole = head + end;
        let tag = TemplateTag {
            span: self.map.span(Span::new(self.at as u32, (self.at + whole) as u32)),
            kind: TagKind::Comment,
            code: inside.get(..length)?.trim().into(),
            strings: Vec::new(),
        };
        Some((tag, " ".repeat(whole)))
    }

    /// The mask of a tag of `length` bytes that starts here.
    fn mask_of(&self, tag: &TemplateTag, length: usize) -> String {
        let before = self.text.get(..self.at).unwrap_or_default();
        let after = self.text.get(self.at + length..).unwrap_or_default();
        let names_element = self.place == Place::Text && (before.ends_with('<') || before.ends_with("</"));
        let prints = match tag.kind {
            TagKind::Output => true,
            TagKind::Comment => self.is_glue(before, after),
            // A tag in a line of its own prints whole lines, if anything.
            TagKind::Statement if matches!(tag.keyword(), "include" | "embed") => {
                !matches!(self.place, Place::Tag(_)) && !after.trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '<'])
            }
            TagKind::Statement => !matches!(tag.keyword(), "else" | "elseif" | "elif") && self.is_glue(before, after),
        };
        if names_element && prints {
            // An element's name starts with a letter of ASCII.
            "x".repeat(length)
        } else if prints {
            hole(length)
        } else {
            " ".repeat(length)
        }
    }

    /// Whether white space instead of the tag would split a name.
    fn is_glue(&self, before: &str, after: &str) -> bool {
        let in_value = matches!(self.place, Place::Quoted(..) | Place::Raw("style"));
        let name_before = before.ends_with("}}") || before.ends_with(|letter| is_name(letter) || matches!(letter, '#' | '.'));
        let name_after = after.starts_with(|letter| is_name(letter) || matches!(letter, '#' | '.' | '[' | ':'));
        in_value && name_before && name_after
    }

    /// The string literals of a tag's code, which starts at byte `base`.
    fn strings(&self, code: &str, base: usize) -> Vec<(Box<str>, Span)> {
        let bytes = code.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((quote, start)) = next_quote(bytes, at) {
            let end = start + string_length(bytes.get(start..).unwrap_or_default(), quote);
            if let Some(text) = code.get(start..end) {
                let span = Span::new((base + start) as u32, (base + end) as u32);
                found.push((text.into(), self.map.span(span)));
            }
            at = end + 1;
        }
        found
    }

    fn follows_equals(&self) -> bool {
        self.text.get(..self.at).is_some_and(|before| before.trim_end().ends_with('='))
    }

    /// Moves on to the next byte that may start something or end what it stands in. False at the end.
    fn skip(&mut self) -> bool {
        let rest = self.rest();
        let ahead = match self.place {
            Place::Text | Place::Raw(_) => memchr::memchr2(b'{', b'<', rest),
            Place::Tag(_) => rest.iter().position(|byte| matches!(byte, b'{' | b'<' | b'>' | b'"' | b'\'')),
            Place::Quoted(quote, _) => memchr::memchr3(b'{', b'<', quote, rest),
            Place::Comment => memchr::memchr3(b'{', b'<', b'-', rest),
        };
        self.at += ahead.unwrap_or(rest.len());
        ahead.is_some()
    }

    /// Moves on by one byte of markup.
    fn step(&mut self) {
        let rest = self.rest();
        let Some(&byte) = rest.first() else { return };
        let mut length = 1;
        self.place = match self.place {
            Place::Text if rest.starts_with(b"<!--") => Place::Comment,
            Place::Text if byte == b'<' => match rest.get(1) {
                Some(letter) if letter.is_ascii_alphabetic() => Place::Tag(raw_element(rest.get(1..).unwrap_or_default())),
                Some(b'/') if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => Place::Tag(None),
                _ => Place::Text,
            },
            Place::Tag(None) if byte == b'>' => Place::Text,
            Place::Tag(Some(name)) if byte == b'>' => Place::Raw(name),
            Place::Tag(raw) if matches!(byte, b'"' | b'\'') && self.follows_equals() => Place::Quoted(byte, raw),
            Place::Quoted(quote, raw) if byte == quote => Place::Tag(raw),
            Place::Raw(name) if byte == b'<' && closes(rest, name) => Place::Tag(None),
            Place::Comment if rest.starts_with(b"-->") => {
                length = 3;
                Place::Text
            }
            place => place,
        };
        self.at += length;
    }
}

/// Bytes up to the closing mark that stands outside strings; within the first few closing marks, else up to the first.
fn length_to(close: &str, inside: &str, kind: TagKind) -> Option<usize> {
    let first = find(inside.as_bytes(), close.as_bytes())?;
    if kind == TagKind::Comment {
        return Some(first);
    }
    let bytes = inside.as_bytes();
    let mut at = 0;
    let mut end = first;
    for _ in 0..CLOSERS {
        while let Some((quote, start)) = next_quote(bytes.get(..end).unwrap_or_default(), at) {
            at = start + string_length(bytes.get(start..).unwrap_or_default(), quote) + 1;
        }
        if at <= end {
            return Some(end);
        }
        match bytes.get(at..).and_then(|rest| find(rest, close.as_bytes())) {
            Some(next) => end = at + next,
            None => break,
        }
    }
    Some(first)
}

/// The next quotation mark from `at` on, and where its text starts.
fn next_quote(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let start = at + memchr::memchr2(b'"', b'\'', bytes.get(at..)?)? + 1;
    Some((bytes[start - 1], start))
}

/// Bytes up to the unescaped `quote`, or all.
fn string_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == quote {
            return at;
        }
        at += 1 + usize::from(byte == b'\\');
    }
    bytes.len()
}

/// What Handlebars does with a tag that Twig would print: `{{#if}}`, `{{/if}}`, `{{else}}`, `{{> part}}`, `{{! note }}`.
fn handlebars_kind(inside: &str) -> Option<TagKind> {
    match inside.as_bytes() {
        [b'!', ..] => Some(TagKind::Comment),
        [b'#' | b'/' | b'^' | b'>', ..] => Some(TagKind::Statement),
        _ if inside.starts_with("else}}") => Some(TagKind::Statement),
        _ => None,
    }
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') || (!letter.is_ascii() && !is_hole(letter))
}

fn raw_element(name: &[u8]) -> Option<&'static str> {
    if !matches!(name, [b's' | b'S' | b't' | b'T', ..]) {
        return None;
    }
    RAW.into_iter().find(|raw| {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        name.get(..raw.len()).is_some_and(|start| start.eq_ignore_ascii_case(raw.as_bytes()))
            && name.get(raw.len()).is_some_and(ends)
    })
}

fn closes(rest: &[u8], name: &str) -> bool {
    rest.get(1) == Some(&b'/') && rest.get(2..2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
}
