//! Places in text, and the modules that read one language each: the only ones that name a parser crate.

pub mod image;
pub mod json;
pub mod language;
pub mod markup;
pub mod script;
pub mod style;

use std::borrow::Cow;

/// A byte range of a file: `start` is its first byte, `end` the byte after its last.
///
/// Offsets are those of the file's own bytes, a byte order mark included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to, not including, `end`; an `end` before `start` is moved up to it.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same range of a text that starts at `start` of another, as a range of that one.
    #[must_use]
    pub fn shifted(self, start: u32) -> Self {
        Self { start: self.start + start, end: self.end + start }
    }

    /// The part of `text` that the range covers; empty when it does not lie on character boundaries.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// 1-based; LF, CR LF and a lone CR end a line.
    pub line: u32,
    /// 1-based, in UTF-16 code units.
    pub column: u32,
    /// Bytes from the start of the file.
    pub offset: u32,
}

/// Where the lines of a file start: turns byte offsets into [`Position`]s.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Inside long lines, in order: to count columns from each line's start would take a minified file's square.
    marks: Vec<Mark>,
}

/// A character's start inside a long line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: u32,
    /// UTF-16 units from the line's start.
    units: u32,
}

/// Bytes from one mark to the next.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Reads the line ends of `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let ends = starts.iter().skip(1).map(|&next| next as usize).chain([bytes.len()]);
        let mut marks = Vec::new();
        for (&start, end) in starts.iter().zip(ends).filter(|(start, end)| end - **start as usize > STRIDE) {
            mark_line(bytes, start as usize..end, &mut marks);
        }
        Self { starts, marks }
    }

    /// The number of lines; text after the last line end counts, even if it is empty.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The position of byte `offset` of the same `bytes`. An offset past the end is the end; one inside a character is the character's start.
    #[must_use]
    pub fn position(&self, bytes: &[u8], offset: u32) -> Position {
        let offset = offset.min(bytes.len() as u32);
        let line = self.starts.partition_point(|&start| start <= offset).max(1) - 1;
        let start = self.starts[line];
        let after = self.marks.partition_point(|mark| mark.offset < offset);
        let mark = after.checked_sub(1).and_then(|index| self.marks.get(index)).filter(|mark| mark.offset > start);
        let Mark { offset: from, units } = mark.copied().unwrap_or(Mark { offset: start, units: 0 });
        let column = units + utf16_len(&bytes[from as usize..offset as usize]) + 1;
        Position { line: line as u32 + 1, column, offset }
    }

    /// The byte range of a 1-based line, without its line end; empty for a line that does not exist.
    #[must_use]
    pub fn line_span(&self, bytes: &[u8], line: u32) -> Span {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.starts.get(index as usize)) else {
            return Span::default();
        };
        let next = self.starts.get(line as usize).map_or(bytes.len(), |&next| next as usize);
        let text = &bytes[start as usize..next];
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        Span::new(start, start + text.len() as u32)
    }
}

/// Marks a line at `STRIDE` bytes and a little less, each time.
fn mark_line(bytes: &[u8], line: std::ops::Range<usize>, marks: &mut Vec<Mark>) {
    let (mut offset, mut units) = (line.start, 0);
    while line.end - offset > STRIDE {
        let end = offset + STRIDE;
        // A character that goes on here starts at most three bytes before.
        let is_inside = |back: &usize| bytes[end - back] & 0xC0 == 0x80;
        let next = end - (0..=3).find(|back| !is_inside(back)).unwrap_or(0);
        units += utf16_units(&bytes[offset..next]);
        offset = next;
        marks.push(Mark { offset: offset as u32, units });
    }
}

/// UTF-16 code units of `bytes`; an invalid byte counts as one, an unfinished character at the end not at all.
fn utf16_len(bytes: &[u8]) -> u32 {
    let unfinished = || bytes.utf8_chunks().last().is_some_and(|last| is_unfinished(last.invalid()));
    utf16_units(bytes) - u32::from(!bytes.is_ascii() && unfinished())
}

/// UTF-16 code units of `bytes`; whatever is invalid counts as one.
fn utf16_units(bytes: &[u8]) -> u32 {
    if bytes.is_ascii() {
        return bytes.len() as u32;
    }
    let units = |chunk: std::str::Utf8Chunk<'_>| chunk.valid().encode_utf16().count() + usize::from(!chunk.invalid().is_empty());
    bytes.utf8_chunks().map(units).sum::<usize>() as u32
}

/// Whether `invalid`, found at the very end, may be the beginning of a character that was cut off.
fn is_unfinished(invalid: &[u8]) -> bool {
    match invalid {
        [first, rest @ ..] => {
            let needed = match first {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return false,
            };
            rest.len() + 1 < needed
        }
        [] => false,
    }
}

/// Where `word` stands first in `text`, looked for by its first byte that is no small letter, for those are everywhere.
#[must_use]
pub fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let rare = word.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or_default();
    let mut starts = memchr::memchr_iter(*word.get(rare)?, text).filter_map(|at| at.checked_sub(rare));
    starts.find(|&at| text[at..].starts_with(word))
}

/// Text of one language together with the place that each of its bytes has in a file: a whole file,
/// a `<style>` element of a template, or a string literal of a script with its escapes resolved.
#[derive(Clone, Debug)]
pub struct Fragment<'a> {
    /// The text as its language's parser reads it.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub map: OffsetMap,
}

impl<'a> Fragment<'a> {
    /// A text that stands in its file byte for byte, from `start` on.
    #[must_use]
    pub fn verbatim(text: &'a str, start: u32) -> Self {
        Self { text: Cow::Borrowed(text), map: OffsetMap::verbatim(start) }
    }

    /// The part of the text in `span` (byte offsets of the text), with its own map.
    #[must_use]
    pub fn slice(&self, span: Span) -> Fragment<'static> {
        Fragment { text: Cow::Owned(span.of(&self.text).to_owned()), map: self.map.slice(span) }
    }
}

/// Maps byte offsets of a [`Fragment`]'s text to byte offsets of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffsetMap {
    /// Starts with the text. Nearly all texts are of one piece, which needs no allocation.
    first: Piece,
    /// In order of `text`; each piece reaches to the next one's start.
    more: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where the piece starts in the text. Negative pieces do not occur: a cut piece starts at 0.
    text: u32,
    /// Where it stands in the file.
    file: Span,
    /// Whether each byte of the text stands for one byte of the file; else the piece stands for `file` as a whole.
    verbatim: bool,
}

impl OffsetMap {
    /// Every byte stands for itself, from `start` of the file on.
    #[must_use]
    pub fn verbatim(start: u32) -> Self {
        Self { first: Piece { text: 0, file: Span::new(start, u32::MAX), verbatim: true }, more: Vec::new() }
    }

    /// The place in the file of `span` of the text.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        let start = self.start(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.end(span.end))
    }

    fn piece(&self, offset: u32) -> &Piece {
        let after = self.more.partition_point(|piece| piece.text <= offset);
        after.checked_sub(1).and_then(|index| self.more.get(index)).unwrap_or(&self.first)
    }

    fn start(&self, offset: u32) -> u32 {
        let piece = self.piece(offset);
        if piece.verbatim { piece.file.start.saturating_add(offset - piece.text).min(piece.file.end) } else { piece.file.start }
    }

    fn end(&self, offset: u32) -> u32 {
        let last = offset.saturating_sub(1);
        let piece = self.piece(last);
        if piece.verbatim {
            piece.file.start.saturating_add(last - piece.text).saturating_add(1).min(piece.file.end)
        } else {
            piece.file.end
        }
    }

    /// The map of the text in `part` alone.
    fn slice(&self, part: Span) -> Self {
        let cut = |piece: &Piece| {
            let cut = part.start.saturating_sub(piece.text);
            let start = if piece.verbatim { piece.file.start.saturating_add(cut).min(piece.file.end) } else { piece.file.start };
            Piece {
                text: piece.text.saturating_sub(part.start),
                file: Span::new(start, piece.file.end),
                verbatim: piece.verbatim,
            }
        };
        let from = self.more.partition_point(|piece| piece.text <= part.start);
        let to = self.more.partition_point(|piece| piece.text < part.end).max(from);
        Self { first: cut(self.piece(part.start)), more: self.more[from..to].iter().map(cut).collect() }
    }
}

/// Puts a [`Fragment`] together from pieces: literal stretches, escapes, holes.
#[derive(Debug, Default)]
pub struct FragmentBuilder {
    text: String,
    first: Option<Piece>,
    more: Vec<Piece>,
}

impl FragmentBuilder {
    /// Appends text that stands in the file as it is, from `start` on.
    pub fn verbatim(&mut self, text: &str, start: u32) {
        if text.is_empty() {
            return;
        }
        let end = start + text.len() as u32;
        let length = self.text.len() as u32;
        match self.more.last_mut().or(self.first.as_mut()) {
            // What goes on where the last piece ends is a part of it.
            Some(last) if last.verbatim && last.file.end == start && last.file.len() == length - last.text => last.file.end = end,
            _ => self.push(Piece { text: length, file: Span::new(start, end), verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// Appends text that stands for `file` as a whole: a decoded escape, or identifier characters that mask a hole.
    pub fn instead_of(&mut self, text: &str, file: Span) {
        if !text.is_empty() {
            self.push(Piece { text: self.text.len() as u32, file, verbatim: false });
            self.text.push_str(text);
        }
    }

    fn push(&mut self, piece: Piece) {
        match self.first {
            None => self.first = Some(piece),
            Some(_) => self.more.push(piece),
        }
    }

    /// Appends a stretch that is only known at run time: `file` is the `{{ ... }}`, `${...}` or variable that stands for it.
    pub fn hole(&mut self, file: Span) {
        self.instead_of(&hole(2), file);
    }

    /// Appends a whole fragment.
    pub fn append(&mut self, fragment: &Fragment<'_>) {
        let base = self.text.len() as u32;
        let moved = |piece: &Piece| Piece { text: piece.text + base, ..*piece };
        self.push(moved(&fragment.map.first));
        self.more.extend(fragment.map.more.iter().map(moved));
        self.text.push_str(&fragment.text);
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The finished fragment; an empty one stands at offset `start`.
    #[must_use]
    pub fn finish(self, start: u32) -> Fragment<'static> {
        let first = self.first.unwrap_or(Piece { text: 0, file: Span::new(start, start), verbatim: true });
        Fragment { text: Cow::Owned(self.text), map: OffsetMap { first, more: self.more } }
    }
}

/// What stands in a [`Fragment`]'s text for a stretch that is only known at run time: `bytes` bytes (two at least) of letters.
///
/// They are letters of every language read here (HTML, CSS, JavaScript), so a hole becomes a name or a part of one and never
/// splits what surrounds it; and letters that nobody writes, so [`has_hole`] finds them in any name or value cut from the text.
#[must_use]
pub fn hole(bytes: usize) -> String {
    let bytes = bytes.max(2);
    let mut hole = String::with_capacity(bytes);
    if bytes % 2 == 1 {
        hole.push(HOLE_OF_THREE_BYTES);
    }
    while hole.len() < bytes {
        hole.push(HOLE_OF_TWO_BYTES);
    }
    hole
}

/// Whether a name or a value holds something that is only known at run time.
#[must_use]
pub fn has_hole(text: &str) -> bool {
    // The first bytes of the two letters, which stand in few texts.
    memchr::memchr2(0xCA, 0xEA, text.as_bytes()).is_some() && text.contains(is_hole)
}

/// Whether `letter` is part of a hole.
#[must_use]
pub fn is_hole(letter: char) -> bool {
    matches!(letter, HOLE_OF_TWO_BYTES | HOLE_OF_THREE_BYTES)
}

const HOLE_OF_TWO_BYTES: char = '\u{298}';
const HOLE_OF_THREE_BYTES: char = '\u{a66e}';

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, offset: usize) -> (u32, u32) {
        let at = LineIndex::new(text.as_bytes()).position(text.as_bytes(), offset as u32);
        (at.line, at.column)
    }

    #[test]
    fn words_are_found_at_their_first_place() {
        for (text, word, place) in [
            ("parcel, parcelRequire, parcelRequire", "parcelRequire", Some(8)),
            ("Require(parcelRequir)", "parcelRequire", None),
            ("exports.exports", "exports", Some(0)),
            ("a_b __webpack_require__", "__webpack_require__", Some(4)),
            ("", "a", None),
            ("a", "", None),
        ] {
            assert_eq!(find(text.as_bytes(), word.as_bytes()), place, "{text} {word}");
        }
    }

    #[test]
    fn every_line_end_counts_once() {
        let text = "a\nb\r\nc\rd\u{2028}e";
        assert_eq!(position(text, 2), (2, 1));
        assert_eq!(position(text, 5), (3, 1));
        assert_eq!(position(text, 7), (4, 1));
        assert_eq!(position(text, text.len() - 1), (4, 3));
        let index = LineIndex::new(text.as_bytes());
        assert_eq!(index.line_span(text.as_bytes(), 2).of(text), "b");
        assert_eq!(index.line_span(text.as_bytes(), 3).of(text), "c");
        assert_eq!(index.line_span(text.as_bytes(), 9), Span::default());
    }

    #[test]
    fn columns_are_utf16_units() {
        let text = "😀 Привет x";
        assert_eq!(position(text, text.len() - 1), (1, 11));
        assert_eq!(position(text, 4), (1, 3));
    }

    #[test]
    fn columns_of_long_lines_are_those_of_short_ones() {
        let pieces: [&[u8]; 7] = [b"ab", "é".as_bytes(), "😀".as_bytes(), b"\xff", b"\xf0\x9f", "я".as_bytes(), b"x"];
        let mut bytes = b"first\r\n".to_vec();
        for round in 0..3_000_usize {
            bytes.extend(pieces[round * round % pieces.len()]);
        }
        bytes.extend(b"\nlast");
        let index = LineIndex::new(&bytes);
        assert!(index.marks.len() > 3);
        for offset in 7..bytes.len() - 5 {
            assert_eq!(index.position(&bytes, offset as u32).column, utf16_len(&bytes[7..offset]) + 1, "{offset}");
        }
        assert_eq!(index.position(&bytes, bytes.len() as u32).column, 5);
    }

    #[test]
    fn invalid_bytes_count_one_column_each() {
        let bytes = b"ab\xffcd";
        assert_eq!(LineIndex::new(bytes).position(bytes, 4).column, 5);
    }

    #[test]
    fn offsets_past_the_end_are_the_end() {
        assert_eq!(position("ab", 99), (1, 3));
    }

    #[test]
    fn a_slice_maps_as_the_whole_does_and_keeps_no_more() {
        let mut builder = FragmentBuilder::default();
        for at in 0..100 {
            builder.verbatim("ab", at * 10);
            builder.instead_of("\n", Span::new(at * 10 + 2, at * 10 + 4));
        }
        let whole = builder.finish(0);
        for start in 0..20 {
            for end in start + 1..30 {
                let part = whole.slice(Span::new(start, end));
                assert!(part.map.more.len() <= (end - start) as usize);
                for at in start..end {
                    let expected = whole.map.span(Span::new(at, at + 1));
                    assert_eq!(part.map.span(Span::new(at - start, at - start + 1)), expected, "{start}..{end} at {at}");
                }
            }
        }
    }

    #[test]
    fn a_hole_is_as_long_as_asked_and_can_be_seen() {
        for bytes in 2..12 {
            assert_eq!(hole(bytes).len(), bytes);
            assert!(hole(bytes).chars().all(is_hole));
        }
        assert_eq!(hole(0).len(), 2);
        assert!(has_hole(&format!("item-{}", hole(7))) && !has_hole("item-\u{448}"));
    }

    #[test]
    fn fragments_map_back_through_escapes_and_holes() {
        // file: 'a\nb${x}c'  with the quote at 10
        let mut builder = FragmentBuilder::default();
        builder.verbatim("a", 11);
        builder.instead_of("\n", Span::new(12, 14));
        builder.verbatim("b", 14);
        builder.instead_of("hole", Span::new(15, 19));
        builder.verbatim("c", 19);
        let fragment = builder.finish(10);
        assert_eq!(fragment.text, "a\nbholec");
        assert_eq!(fragment.map.span(Span::new(0, 1)), Span::new(11, 12));
        assert_eq!(fragment.map.span(Span::new(1, 2)), Span::new(12, 14));
        assert_eq!(fragment.map.span(Span::new(2, 5)), Span::new(14, 19));
        assert_eq!(fragment.map.span(Span::new(7, 8)), Span::new(19, 20));
        let tail = fragment.slice(Span::new(4, 8));
        assert_eq!(tail.text, "olec");
        assert_eq!(tail.map.span(Span::new(0, 1)), Span::new(15, 19));
        assert_eq!(tail.map.span(Span::new(3, 4)), Span::new(19, 20));
    }
}
