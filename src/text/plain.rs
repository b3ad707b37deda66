//! The text that a person reads: mark-up stripped, entities decoded, white space folded, with a map back to the source.

use crate::syntax::{FragmentBuilder, OffsetMap, Span};
use crate::text::entities;
use std::borrow::Cow;

/// A piece of a text that may hold mark-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between tags, entities not decoded.
    Text(Span),
    /// A tag, comment or declaration.
    Tag {
        /// From `<` to `>`.
        span: Span,
        /// As written; empty for comments and declarations.
        name: &'a str,
        /// Whether it is an end tag.
        closing: bool,
    },
}

/// Cuts `source` into tags and the text between them. A `<` that opens no tag is text.
#[must_use]
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    let last_close = source.rfind('>').unwrap_or(0);
    let mut tags = Tags { source, last_close, respect_quotes: true, comments_end: true };
    let mut hidden_ends = true;
    while let Some(found) = source[at..].find('<') {
        let open = at + found;
        let Some(tag) = tags.at(open) else {
            at = open + 1;
            continue;
        };
        if text_start < open {
            pieces.push(Piece::Text(span(text_start, open)));
        }
        at = tag.end;
        pieces.push(Piece::Tag { span: span(open, tag.end), name: tag.name, closing: tag.closing });
        let hides_text = !tag.closing && ["script", "style"].iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if hides_text && hidden_ends {
            let end = find_end_tag(&source[at..], tag.name);
            hidden_ends = end.is_some();
            at += end.unwrap_or_default();
        }
        text_start = at;
    }
    if text_start < source.len() {
        pieces.push(Piece::Text(span(text_start, source.len())));
    }
    pieces
}

struct Tag<'a> {
    name: &'a str,
    closing: bool,
    end: usize,
}

struct Tags<'a> {
    source: &'a str,
    last_close: usize,
    /// Off after one tag whose quotes never close, so that hostile input is not read again and again.
    respect_quotes: bool,
    /// Off after one comment that never ends, likewise.
    comments_end: bool,
}

impl<'a> Tags<'a> {
    fn at(&mut self, open: usize) -> Option<Tag<'a>> {
        if open > self.last_close {
            return None;
        }
        let rest = &self.source[open + 1..];
        if rest.starts_with("!--") {
            let end = if self.comments_end { rest.find("-->").map(|at| at + 3) } else { None };
            self.comments_end = end.is_some();
            let end = end.or_else(|| rest.find('>').map(|at| at + 1))?;
            return Some(Tag { name: "", closing: false, end: open + 1 + end });
        }
        let closing = rest.starts_with('/');
        let body = rest.strip_prefix('/').unwrap_or(rest);
        let name_length = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':').unwrap_or(body.len());
        let name = &body[..name_length];
        let declaration = rest.starts_with('!') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        if !declaration && !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let after_name = &body[name_length..];
        if !declaration && !after_name.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>') {
            return None;
        }
        let end = self.close(after_name)?;
        let end = self.source.len() - after_name.len() + end - (self.source.len() - open - 1 - rest.len());
        Some(Tag { name: if declaration { "" } else { name }, closing, end })
    }

    /// The offset after the `>` that ends a tag, given what follows the tag's name.
    fn close(&mut self, rest: &str) -> Option<usize> {
        if self.respect_quotes {
            let mut quote = None;
            for (at, byte) in rest.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(at + 1),
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
            }
            self.respect_quotes = false;
        }
        rest.find('>').map(|at| at + 1)
    }
}

/// Attributes whose values a person reads or hears.
pub const SHOWN_ATTRIBUTES: [&str; 4] = ["title", "placeholder", "alt", "aria-label"];

/// The values of the attributes in `source` that a person reads or hears.
#[must_use]
pub fn shown_attributes(source: &str) -> Vec<Span> {
    if !source.contains('<') || !source.contains('=') {
        return Vec::new();
    }
    let tags = pieces(source).into_iter().filter_map(|piece| match piece {
        Piece::Tag { span, name, closing: false } if !name.is_empty() => Some(span),
        _ => None,
    });
    let values = tags.flat_map(|tag| {
        let value = move |name| attribute(tag.of(source), name);
        SHOWN_ATTRIBUTES.into_iter().filter_map(value).map(move |value| value.shifted(tag.start))
    });
    values.collect()
}

/// The value of an attribute of a start tag.
pub(super) fn attribute(tag: &str, wanted: &str) -> Option<Span> {
    let bytes = tag.as_bytes();
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let mut at = 1 + bytes.iter().skip(1).take_while(|byte| !byte.is_ascii_whitespace()).count();
    while at < bytes.len() {
        while is_space(at) || bytes.get(at) == Some(&b'/') {
            at += 1;
        }
        let name_start = at;
        while at < bytes.len() && !is_space(at) && !matches!(bytes[at], b'=' | b'>' | b'/') {
            at += 1;
        }
        let name = tag.get(name_start..at)?;
        while is_space(at) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            at += usize::from(at == name_start);
            continue;
        }
        at += 1;
        while is_space(at) {
            at += 1;
        }
        let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
        at += usize::from(quote.is_some());
        let start = at;
        while at < bytes.len() && quote.map_or(!is_space(at) && bytes[at] != b'>', |quote| bytes[at] != quote) {
            at += 1;
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(span(start, at));
        }
        at += usize::from(quote.is_some());
    }
    None
}

/// Where the end tag `name` starts in `rest`.
fn find_end_tag(rest: &str, name: &str) -> Option<usize> {
    rest.match_indices("</").map(|(at, _)| at).find(|at| {
        let after = &rest.as_bytes()[at + 2..];
        after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    })
}

/// A text as a person reads it.
#[derive(Clone, Debug)]
pub struct Plain<'a> {
    /// Tags out, entities decoded, runs of white space folded to one space, ends trimmed; block tags and `<br>` are line breaks.
    pub text: Cow<'a, str>,
    /// The length as the checklist counts it, in code points: here a block tag is nothing at all.
    pub length: usize,
    /// Paragraphs with something in them: set apart by `<p>`, by two `<br>` in a row or by blank lines.
    pub paragraphs: usize,
    places: Places,
}

/// Where the source has the bytes of a plain text.
#[derive(Clone, Debug)]
enum Places {
    /// One for each, from this offset on.
    Shifted(u32),
    Mapped(OffsetMap),
}

impl<'a> Plain<'a> {
    /// Reads `source`, which may hold mark-up.
    #[must_use]
    pub fn of(source: &'a str) -> Self {
        let text = source.trim_start();
        let start = (source.len() - text.len()) as u32;
        let text = text.trim_end();
        if text.is_empty() {
            return Self { text: Cow::Borrowed(text), length: 0, paragraphs: 0, places: Places::Shifted(0) };
        }
        if is_read_as_written(text) {
            let text = Cow::Borrowed(text);
            return Self { length: text.chars().count(), paragraphs: 1, places: Places::Shifted(start), text };
        }
        let mut reader = Reader::default();
        for piece in pieces(source) {
            match piece {
                Piece::Text(span) => reader.text(span.of(source), span.start),
                Piece::Tag { span, name, .. } => reader.tag(name, span),
            }
        }
        reader.finish()
    }

    /// The place in the source of `span` of [`Plain::text`].
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        match &self.places {
            Places::Shifted(start) => span.shifted(*start),
            Places::Mapped(map) => map.span(span),
        }
    }

    /// Sentences and lines of [`Plain::text`], trimmed, none of them empty.
    #[must_use]
    pub fn sentences(&self) -> Vec<Span> {
        let mut sentences = Vec::new();
        let mut start = 0;
        let mut chars = self.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let ends_sentence = matches!(c, '.' | '!' | '?' | '…' | ';')
                && chars.peek().is_none_or(|&(_, next)| next.is_whitespace())
                && self.text[start..at].chars().rev().take_while(|c| c.is_alphabetic()).count() > 1
                && !(c == '.' && ends_with_title(self.text[start..at].trim_start()));
            if c == '\n' || ends_sentence {
                let end = at + c.len_utf8();
                sentences.push(trimmed(&self.text, start, end));
                start = end;
            }
        }
        sentences.push(trimmed(&self.text, start, self.text.len()));
        sentences.retain(|sentence| !sentence.is_empty());
        sentences
    }
}

/// Whether a trimmed text has no tag, no entity, and no white space inside but single spaces: as nearly every text of a script.
fn is_read_as_written(text: &str) -> bool {
    let mut after_space = false;
    if text.is_ascii() {
        return text.bytes().all(|byte| {
            let is_space = byte == b' ';
            let fits = byte > b' ' && byte != b'<' && byte != b'&' || is_space && !after_space;
            after_space = is_space;
            fits
        });
    }
    text.chars().all(|c| {
        let is_space = c == ' ';
        let fits = !matches!(c, '<' | '&') && (!c.is_whitespace() || is_space && !after_space);
        after_space = is_space;
        fits
    })
}

/// Whether a name goes on after the last word of a text, short and with a capital: "to Av. Paulista", "by Dr. Silva".
fn ends_with_title(text: &str) -> bool {
    let Some((_, word)) = text.rsplit_once(' ') else { return false };
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.clone().all(char::is_lowercase) && letters.count() <= 2
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    span(start + lead, (start + part.trim_end().len()).max(start + lead))
}

/// Tags that end a line of text.
const BLOCKS: [&str; 22] = [
    "br",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "tr",
    "td",
    "th",
    "section",
    "blockquote",
];

#[derive(Default)]
struct Reader {
    out: FragmentBuilder,
    length: usize,
    paragraphs: usize,
    /// White space met since the last visible character, with its place; a line break wins over a space.
    gap: Option<(&'static str, Span)>,
    /// Whether that white space counts in the length: a block tag alone does not.
    gap_counts: bool,
    breaks: usize,
    blank_line: usize,
    new_paragraph: bool,
    start: Option<u32>,
}

impl Reader {
    fn tag(&mut self, name: &str, span: Span) {
        if name.eq_ignore_ascii_case("p") {
            self.new_paragraph = true;
        }
        if name.eq_ignore_ascii_case("br") {
            self.breaks += 1;
        }
        if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
            self.gap = Some(("\n", self.gap.map_or(span, |(_, earlier)| earlier.join(span))));
        }
    }

    fn text(&mut self, text: &str, start: u32) {
        let place = |from: usize, to: usize| Span::new(start + from as u32, start + to as u32);
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let end = rest.find(|c: char| c == '&' || c.is_whitespace()).unwrap_or(rest.len());
            if end > 0 {
                self.visible(&rest[..end], place(at, at + end));
                at += end;
                continue;
            }
            let entity = if rest.starts_with('&') { entity(rest) } else { None };
            let length = entity.as_ref().map_or_else(|| rest.chars().next().map_or(0, char::len_utf8), |(length, _)| *length);
            let decoded = entity.as_ref().map_or(&rest[..length], |(_, decoded)| decoded);
            for c in decoded.chars() {
                self.char(c, place(at, at + length));
            }
            at += length;
        }
    }

    fn char(&mut self, c: char, place: Span) {
        if c.is_whitespace() {
            self.blank_line += usize::from(c == '\n');
            self.gap_counts = true;
            let kind = if c == '\n' { "\n" } else { self.gap.map_or(" ", |(kind, _)| kind) };
            self.gap = Some((kind, self.gap.map_or(place, |(_, earlier)| earlier.join(place))));
        } else {
            self.visible(c.encode_utf8(&mut [0; 4]), place);
        }
    }

    /// Takes a run of characters that are no white space.
    fn visible(&mut self, text: &str, place: Span) {
        let first = self.length == 0;
        if let Some((kind, gap)) = self.gap.take()
            && !first
        {
            self.out.instead_of(kind, gap);
            self.length += usize::from(self.gap_counts);
        }
        if first || self.new_paragraph || self.breaks > 1 || self.blank_line > 1 {
            self.paragraphs += 1;
        }
        (self.gap_counts, self.new_paragraph, self.breaks, self.blank_line) = (false, false, 0, 0);
        self.start.get_or_insert(place.start);
        self.length += text.chars().count();
        if place.len() as usize == text.len() {
            self.out.verbatim(text, place.start);
        } else {
            self.out.instead_of(text, place);
        }
    }

    fn finish(self) -> Plain<'static> {
        let fragment = self.out.finish(self.start.unwrap_or_default());
        Plain { text: fragment.text, length: self.length, paragraphs: self.paragraphs, places: Places::Mapped(fragment.map) }
    }
}

/// The length of the entity that `text` starts with, and what it stands for.
fn entity(text: &str) -> Option<(usize, Cow<'_, str>)> {
    /// The longest name of an entity, `&` and `;` included.
    const LONGEST: usize = 33;
    let body = text.as_bytes().iter().take(LONGEST);
    let name_length = body.skip(1).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    let length = 1 + name_length + usize::from(text.as_bytes().get(1 + name_length) == Some(&b';'));
    let decoded = entities::unescape(&text[..length]);
    (decoded != text[..length]).then_some((length, decoded))
}

/// A span of offsets that fit: no text is longer than a file may be.
pub(crate) fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn plain(source: &str, text: &str, length: usize, paragraphs: usize) {
        let plain = Plain::of(source);
        assert_eq!((&*plain.text, plain.length, plain.paragraphs), (text, length, paragraphs), "{source}");
    }

    #[test]
    fn tags_entities_and_white_space() {
        plain("", "", 0, 0);
        plain("  <p> </p>&nbsp; ", "", 0, 0);
        plain("  One \n  two  ", "One\ntwo", 7, 1);
        plain("Sales &amp; <b>support</b>&nbsp;team", "Sales & support team", 20, 1);
        plain("caf&eacute; &#1071;&#x42F;", "café ЯЯ", 7, 1);
        plain("a<br>b", "a\nb", 2, 1);
        plain("a <br/> b", "a\nb", 3, 1);
        plain("x <!-- not > shown --> y", "x y", 3, 1);
        plain("<style>a > b { }</style>ok", "ok", 2, 1);
    }

    #[test]
    fn what_looks_like_a_tag_but_is_text() {
        plain("5 < 6 and 7 > 6", "5 < 6 and 7 > 6", 15, 1);
        plain("AT&T, R&D;", "AT&T, R&D;", 10, 1);
        plain("<3 from us", "<3 from us", 10, 1);
        plain("a <b", "a <b", 4, 1);
        plain("<a href='x>y'>go</a>", "go", 2, 1);
        plain("<a href=\"x>go</a>", "go", 2, 1);
    }

    #[test]
    fn paragraphs() {
        plain("<p>One</p><p>Two</p>", "One\nTwo", 6, 2);
        plain("One<br>two<br><br>three", "One\ntwo\nthree", 11, 2);
        plain("One<br> <br/>two", "One\ntwo", 7, 2);
        plain("One\n\ntwo\n \n\nthree\nfour", "One\ntwo\nthree\nfour", 18, 3);
        plain("<p></p><p>One</p><p>&nbsp;</p>", "One", 3, 1);
    }

    #[test]
    fn places_map_back() {
        let source = "  A <b>caf&eacute;</b>  bar";
        let plain = Plain::of(source);
        assert_eq!(plain.text, "A café bar");
        let at = |part: &str| {
            let start = plain.text.find(part).unwrap();
            plain.source(span(start, start + part.len())).of(source)
        };
        assert_eq!(at("caf"), "caf");
        assert_eq!(at("é"), "&eacute;");
        assert_eq!(at("bar"), "bar");
        assert_eq!(at("café"), "caf&eacute;");
    }

    #[test]
    fn attributes_that_are_read() {
        let values = |source: &'static str| shown_attributes(source).into_iter().map(|span| span.of(source)).collect::<Vec<_>>();
        assert_eq!(values("Go <a href='x' title=\"One > two\">on</a> <IMG alt=Three src=y>"), ["One > two", "Three"]);
        assert_eq!(values("<input placeholder = 'Your name' data-title='no'><b title>=</b>"), ["Your name"]);
        assert_eq!(values("a < b and title='c' > d <!-- title='x' -->"), [""; 0]);
    }

    #[test]
    fn sentences_end_at_marks_and_lines() {
        let plain = Plain::of("One two. Three v1.2 four e.g. five!<br>Six");
        let texts: Vec<_> = plain.sentences().iter().map(|span| span.of(&plain.text)).collect();
        assert_eq!(texts, ["One two.", "Three v1.2 four e.g. five!", "Six"]);
        let plain = Plain::of("Send it to Av. Paulista soon. Yes. See the PDF. Bye.");
        let texts: Vec<_> = plain.sentences().iter().map(|span| span.of(&plain.text)).collect();
        assert_eq!(texts, ["Send it to Av. Paulista soon.", "Yes.", "See the PDF.", "Bye."]);
    }

    #[test]
    fn hostile_text_is_read_once() {
        let started = std::time::Instant::now();
        for part in ["<a \"", "<a '\"", "<a '\">", "<", "<!--", "<!-- >", "&", "<script>", "</", "&#", "<style></"] {
            let text = part.repeat(200_000);
            assert!(Plain::of(&text).length <= text.len());
        }
        assert!(started.elapsed().as_secs() < 20);
    }
}
