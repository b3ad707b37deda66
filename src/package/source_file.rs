//! One file of a package: its bytes, its kind, its text.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::bounds::{Bounds, megabytes};
use super::{NotExamined, is_dropping, shown};
use crate::syntax::{Fragment, LineIndex, Position};

/// A file.
#[derive(Debug)]
pub struct SourceFile {
    /// The path relative to the package's root, with slashes.
    pub path: String,
    /// What it is, by content and name.
    pub kind: Kind,
    /// Whether a system or an editor dropped it: such a file satisfies nothing and is read by one rule alone.
    pub is_dropping: bool,
    /// Set when the file is larger than a file of its kind may be to be parsed.
    pub too_large: Option<NotExamined>,
    content: Content,
    lines: OnceLock<LineIndex>,
}

/// Bytes, checked once whether they are UTF-8.
#[derive(Debug)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// JavaScript.
    Script,
    /// CSS.
    Style,
    /// Twig or HTML.
    Template,
    /// JSON.
    Json,
    /// A picture of pixels: PNG, JPEG, GIF, WebP and so on, by name or by bytes.
    Image,
    /// SVG.
    Svg,
    /// Any other text.
    Text,
    /// A zip or another archive.
    Archive,
    /// A font.
    Font,
    /// Anything else.
    Other,
}

impl Kind {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Style => "style",
            Self::Template => "template",
            Self::Json => "json",
            Self::Image => "image",
            Self::Svg => "svg",
            Self::Text => "text",
            Self::Archive => "archive",
            Self::Font => "font",
            Self::Other => "other",
        }
    }

    /// What a path's name says; none for a name that says nothing.
    #[must_use]
    pub fn of_name(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let lower = name.to_ascii_lowercase();
        let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "js" | "mjs" | "cjs" | "jsx" => Some(Self::Script),
            "css" => Some(Self::Style),
            "twig" | "html" | "htm" | "xhtml" | "hbs" | "handlebars" | "mustache" | "ejs" | "tpl" | "tmpl" => {
                Some(Self::Template)
            }
            "json" => Some(Self::Json),
            "svg" => Some(Self::Svg),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "ico" | "avif" | "apng" | "tif" | "tiff" => Some(Self::Image),
            "zip" | "gz" | "tgz" | "rar" | "7z" | "tar" | "bz2" | "xz" => Some(Self::Archive),
            "docx" | "xlsx" | "pptx" | "pdf" => Some(Self::Other),
            "woff" | "woff2" | "ttf" | "otf" | "eot" => Some(Self::Font),
            "md" | "txt" | "map" | "ts" | "tsx" | "vue" | "scss" | "sass" | "less" | "php" | "py" | "rb" | "sh" | "bat"
            | "xml" | "csv" | "yml" | "yaml" | "toml" | "ini" | "conf" | "lock" | "log" | "gitignore" | "gitattributes"
            | "editorconfig" | "eslintrc" | "babelrc" | "npmrc" | "env" => Some(Self::Text),
            _ => matches!(&*lower, "license" | "licence" | "readme" | "changelog" | "makefile" | "dockerfile")
                .then_some(Self::Text),
        }
    }

    /// Whether a file of this kind is text.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Script | Self::Style | Self::Template | Self::Json | Self::Svg | Self::Text)
    }
}

/// How the bytes of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Not UTF-8, from byte `at` on; `likely` names what it looks like, where that can be told.
    Invalid {
        /// The first byte that is no UTF-8, or, in UTF-16, no text of UTF-8.
        at: u32,
        /// `UTF-16 little-endian`, `UTF-16 big-endian`, `Windows-1251`, `KOI8-R`, either of the two, or `Windows-1252 (Latin-1)`.
        likely: Option<&'static str>,
    },
}

const BOM: &str = "\u{FEFF}";

impl SourceFile {
    /// Reads what the bytes are.
    #[must_use]
    pub fn new(path: String, bytes: Vec<u8>, bounds: &Bounds) -> Self {
        let kind = match Kind::of_name(&path) {
            None => kind_by_bytes(&bytes),
            // A picture that is called a drawing, an archive that is called a text.
            Some(named @ (Kind::Svg | Kind::Text)) => kind_by_magic(&bytes).unwrap_or(named),
            Some(named) => named,
        };
        let too_large = too_large(&path, kind, bytes.len() as u64, bounds);
        let content = if utf16(&bytes).is_some() {
            // UTF-16 of Latin, Greek or Cyrillic letters may be valid UTF-8 full of control characters.
            Content::Bytes(bytes)
        } else {
            String::from_utf8(bytes).map_or_else(|error| Content::Bytes(error.into_bytes()), Content::Text)
        };
        Self { is_dropping: is_dropping(&path), path, kind, too_large, content, lines: OnceLock::new() }
    }

    /// The file's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// The name without its folders.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The whole text, a byte order mark included; none when the bytes are not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Bytes(_) => None,
        }
    }

    /// The text for a parser: without byte order mark, and with a `?` for each byte that is not UTF-8, so that offsets hold.
    /// None when the file is too large to be parsed, or is UTF-16.
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment<'_>> {
        if self.too_large.is_some() {
            return None;
        }
        match &self.content {
            Content::Text(text) => {
                let skipped = if text.starts_with(BOM) { BOM.len() } else { 0 };
                Some(Fragment::verbatim(text.get(skipped..).unwrap_or_default(), skipped as u32))
            }
            Content::Bytes(bytes) if utf16(bytes).is_some() => None,
            Content::Bytes(bytes) => {
                let masked: String =
                    bytes.utf8_chunks().flat_map(|chunk| [chunk.valid(), question_marks(chunk.invalid().len())]).collect();
                Some(Fragment { text: Cow::Owned(masked), map: crate::syntax::OffsetMap::verbatim(0) })
            }
        }
    }

    /// Whether the file starts with a byte order mark of UTF-8.
    #[must_use]
    pub fn has_bom(&self) -> bool {
        self.bytes().starts_with(BOM.as_bytes())
    }

    /// Whether the text is UTF-16.
    #[must_use]
    pub fn is_utf16(&self) -> bool {
        matches!(&self.content, Content::Bytes(bytes) if utf16(bytes).is_some())
    }

    /// Whether the name says that it is text; else only its bytes look so.
    #[must_use]
    pub fn is_text_by_name(&self) -> bool {
        Kind::of_name(&self.path).is_some_and(Kind::is_text)
    }

    /// How the text is written.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match &self.content {
            Content::Text(_) => Encoding::Utf8,
            Content::Bytes(bytes) => {
                let valid = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
                let utf16 = utf16(bytes);
                let control = utf16.and_then(|_| bytes.iter().position(is_control));
                let likely = utf16.or_else(|| likely_code_page(bytes));
                Encoding::Invalid { at: control.map_or(valid, |at| at.min(valid)) as u32, likely }
            }
        }
    }

    /// Where the file's lines start.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.bytes()))
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(self.bytes(), offset)
    }
}

/// As many question marks; an invalid sequence of UTF-8 is at most three bytes long.
fn question_marks(count: usize) -> &'static str {
    "???".get(..count).unwrap_or("???")
}

fn too_large(path: &str, kind: Kind, size: u64, bounds: &Bounds) -> Option<NotExamined> {
    let limit = match kind {
        Kind::Script | Kind::Style => bounds.code_bytes,
        Kind::Template => bounds.markup_bytes,
        Kind::Json => bounds.json_bytes,
        _ => return None,
    };
    (size > limit).then(|| {
        let message = format!("{} is larger than {} and was not examined", shown(path), megabytes(limit));
        NotExamined::new("source-too-large", message, Some(path)).with("limit", limit)
    })
}

fn kind_by_bytes(bytes: &[u8]) -> Kind {
    kind_by_magic(bytes).unwrap_or_else(|| if looks_like_text(bytes) { Kind::Text } else { Kind::Other })
}

/// The kind of a file whose first bytes are those of one.
fn kind_by_magic(bytes: &[u8]) -> Option<Kind> {
    const IMAGES: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF8", b"II*\0"];
    const ARCHIVES: [&[u8]; 7] =
        [b"PK\x03\x04", b"PK\x05\x06", b"\x1F\x8B\x08", b"Rar!\x1a\x07", b"7z\xBC\xAF\x27\x1C", b"BZh91AY&SY", b"\xFD7zXZ\0"];
    const FONTS: [&[u8]; 4] = [b"wOFF", b"wOF2", b"OTTO", b"\0\x01\0\0\0"];
    let starts = |magics: &[&[u8]]| magics.iter().any(|magic| bytes.starts_with(magic));
    if starts(&IMAGES) || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) {
        Some(Kind::Image)
    } else if starts(&ARCHIVES) || bytes.get(257..262) == Some(b"ustar") {
        Some(Kind::Archive)
    } else {
        starts(&FONTS).then_some(Kind::Font)
    }
}

/// Whether bytes of no known name or beginning are text: no control characters but white space, or UTF-16.
fn looks_like_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    utf16(bytes).is_some() || !start.iter().any(is_control)
}

/// Whether a byte stands in no text but that of UTF-16.
fn is_control(byte: &u8) -> bool {
    *byte < b' ' && !byte.is_ascii_whitespace()
}

/// What bytes that are neither UTF-8 nor UTF-16 look like.
fn likely_code_page(bytes: &[u8]) -> Option<&'static str> {
    let count =
        |length: usize, least: u8| bytes.windows(length).filter(|run| run.iter().all(|byte| *byte >= least)).take(4096).count();
    // Words of Russian are runs of letters, which stand at 0xC0 or above; Latin texts have one accent or two between ASCII letters.
    if count(3, 0xC0) > 0 && count(1, 0xC0) * 5 >= count(1, 0x80) * 4 {
        Some(cyrillic(bytes))
    } else {
        (count(3, 0x80) == 0).then_some("Windows-1252 (Latin-1)")
    }
}

/// Which encoding of Russian it is: the one in which more of the letters are frequent ones, capital or not.
fn cyrillic(bytes: &[u8]) -> &'static str {
    // Bit n stands for the bytes that end in the five bits n: the letters that are frequent in this encoding and rare in the other.
    const WINDOWS: u32 = 1 | 1 << 0x08 | 1 << 0x0D | 1 << 0x11 | 1 << 0x10 | 1 << 0x02 | 1 << 0x0B;
    const KOI8: u32 = 1 << 0x0F | 1 << 0x01 | 1 << 0x09 | 1 << 0x14 | 1 << 0x13 | 1 << 0x17 | 1 << 0x0C;
    let count = |letters: u32| bytes.iter().filter(|byte| **byte >= 0xC0 && letters >> (**byte & 31) & 1 == 1).take(4096).count();
    let (windows, koi8) = (count(WINDOWS), count(KOI8));
    if windows * 2 > koi8 * 3 {
        "Windows-1251"
    } else if koi8 * 2 > windows * 3 {
        "KOI8-R"
    } else {
        "Windows-1251 or KOI8-R"
    }
}

/// The byte order of UTF-16, by its mark or by what its text is.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    const LITTLE: &str = "UTF-16 little-endian";
    const BIG: &str = "UTF-16 big-endian";
    let start = bytes.get(..512).unwrap_or(bytes);
    // Two characters of ASCII are an ideograph to UTF-16, but a text of ideographs is not made of such pairs alone.
    let strange: usize = start.iter().map(|byte| usize::from(is_control(byte) | !byte.is_ascii())).sum();
    let reads_as = |unit| strange > 0 && reads_as_utf16(start, strange, unit);
    if bytes.starts_with(b"\xFF\xFE") || reads_as(u16::from_le_bytes) {
        Some(LITTLE)
    } else if bytes.starts_with(b"\xFE\xFF") || reads_as(u16::from_be_bytes) {
        Some(BIG)
    } else {
        None
    }
}

/// Whether bytes, so many of them `strange` in ASCII, are a text of UTF-16 and can be no other: nearly all of an alphabet, or
/// ideographs between ASCII characters.
fn reads_as_utf16(bytes: &[u8], strange: usize, unit: fn([u8; 2]) -> u16) -> bool {
    let units = || bytes.as_chunks().0.iter().map(|pair| unit(*pair));
    let count = |is: fn(u16) -> bool| units().filter(|unit| is(*unit)).count();
    let is_text = |unit: u16| {
        let is_control = unit < 0x20 && !matches!(unit, 0x09 | 0x0A | 0x0D) || (0x7F..0xA0).contains(&unit);
        !is_control && !(0xE000..0xF900).contains(&unit) && unit < 0xFFFE
    };
    units().len() >= 4
        && units().all(is_text)
        && (count(|unit| unit < 0x0700) * 4 >= units().len() * 3 || count(|unit| unit < 0x80) > 0 && strange * 4 >= bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, bytes: &[u8]) -> SourceFile {
        SourceFile::new(path.to_owned(), bytes.to_vec(), &Bounds::default())
    }

    #[test]
    fn kinds_come_from_names_and_else_from_bytes() {
        assert_eq!(file("a/B.JS", b"x").kind, Kind::Script);
        assert_eq!(file("logo", b"\x89PNG\r\n\x1a\nxx").kind, Kind::Image);
        assert_eq!(file("data.bin", b"PK\x03\x04xx").kind, Kind::Archive);
        assert_eq!(file("old", &[&[b'a'; 257][..], b"ustar\0"].concat()).kind, Kind::Archive);
        assert_eq!(file("LICENSE", b"Permission\r\n").kind, Kind::Text);
        assert_eq!(file("data.bin", b"\x01\x02\x03").kind, Kind::Other);
        assert_eq!(file("menu.svg", b"\x89PNG\r\n\x1a\nxx").kind, Kind::Image);
        assert_eq!(file("menu.svg", b"<svg/>").kind, Kind::Svg);
        assert_eq!(file("panel.hbs", b"<p>").kind, Kind::Template);
        assert_eq!(file("script.js", b"PK\x03\x04xx").kind, Kind::Script);
    }

    #[test]
    fn a_mark_is_skipped_and_offsets_still_hold() {
        let file = file("a.js", "\u{FEFF}x".as_bytes());
        let fragment = file.fragment().expect("text");
        assert_eq!(fragment.text, "x");
        assert_eq!(fragment.map.span(crate::syntax::Span::new(0, 1)), crate::syntax::Span::new(3, 4));
        assert!(file.has_bom());
    }

    #[test]
    fn bytes_that_are_not_utf8_are_masked_one_by_one() {
        let file = file("a.js", b"a\xCF\xF0\xE8\xE2b");
        assert_eq!(file.fragment().expect("text").text, "a????b");
        assert_eq!(file.encoding(), Encoding::Invalid { at: 1, likely: Some("Windows-1251") });
    }

    #[test]
    fn encodings_are_told_apart() {
        let likely = |bytes: &[u8]| match file("a.txt", bytes).encoding() {
            Encoding::Invalid { likely, .. } => likely,
            Encoding::Utf8 => None,
        };
        assert_eq!(likely(b"\xFF\xFEa\0b\0"), Some("UTF-16 little-endian"));
        assert_eq!(likely(b"\xFE\xFF\0a\0b"), Some("UTF-16 big-endian"));
        assert_eq!(likely(b"Integraci\xF3n con el CRM, informaci\xF3n y a\xF1os"), Some("Windows-1252 (Latin-1)"));
        for (text, encoding) in [
            (&b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0"[..], Some("Windows-1251")),
            (b"\xCA\xCD\xCE\xCF\xCA\xC0 \xD1\xCE\xD5\xD0\xC0\xCD\xC8\xD2\xDC", Some("Windows-1251")),
            (b"\xF0\xD2\xC9\xD7\xC5\xD4, \xCB\xC1\xCB \xC4\xC5\xCC\xC1", Some("KOI8-R")),
            (b"\xEB\xEE\xEF\xF0\xEB\xE1 \xF3\xEF\xE8\xF2\xE1\xEE\xE9\xF4\xF8", Some("KOI8-R")),
            (b"\xD2\xC5\xCE", Some("Windows-1251 or KOI8-R")),
            (b"Integra\xE7\xE3o, informa\xE7\xE3o", Some("Windows-1252 (Latin-1)")),
            (b"\x8F\xE0\xA8\xA2\xA5\xE2", None),
            (b"\xD5\xE2\xCA\xC7\xD2\xBB\xB8\xF6\xCB\xB5\xC3\xF7", None),
            ("Привет, П\u{0440}".as_bytes().split_last().unwrap().1, None),
        ] {
            assert_eq!(likely(text), encoding, "{}", String::from_utf8_lossy(text));
        }
        assert!(file("a.js", b"\xFF\xFEa\0b\0").fragment().is_none());
    }

    #[test]
    fn utf16_without_a_mark_is_told_from_what_only_looks_like_it() {
        for text in [
            "a note",
            "Привет, это заметка",
            "Αυτό είναι",
            "Widget «Смена»: 2",
            "שלום",
            "这是一个说明文件，\n介绍如何使用小部件。\n",
            "😀 abc def",
        ] {
            for (order, encoding) in [
                (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16 little-endian"),
                (u16::to_be_bytes as fn(u16) -> [u8; 2], "UTF-16 big-endian"),
            ] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
                let found = file("a.txt", &bytes);
                assert!(found.is_utf16() && found.fragment().is_none(), "{text} {encoding}");
                let Encoding::Invalid { at, likely } = found.encoding() else { panic!("{text}: UTF-8") };
                assert_eq!(likely, Some(encoding), "{text}");
                assert!(is_control(&bytes[at as usize]) || !bytes[at as usize].is_ascii(), "{text}");
            }
        }
        for text in [
            "plain text\0of two parts",
            "\0\0\0\0\0\0\0\0",
            "a\u{4}b\u{4}\u{4}c, then more words",
            "  \n\n  \n\n",
            "日本語の説明\n",
            "\u{4}\u{4}",
        ] {
            assert_eq!(file("a.txt", text.as_bytes()).encoding(), Encoding::Utf8, "{text:?}");
        }
        assert!(!file("a.txt", b"informaci\xF3n\0y a\xF1os, y m\xE1s palabras").is_utf16());
    }

    #[test]
    fn a_source_past_its_bound_is_left_and_named() {
        let bounds = Bounds { code_bytes: 4, ..Bounds::default() };
        let file = SourceFile::new("a.js".to_owned(), b"12345".to_vec(), &bounds);
        assert!(file.fragment().is_none());
        assert_eq!(file.too_large.expect("noted").code, "source-too-large");
    }
}
