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
            "twig" | "html" | "htm" | "xhtml" => Some(Self::Template),
            "json" => Some(Self::Json),
            "svg" => Some(Self::Svg),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "ico" | "avif" | "apng" | "tif" | "tiff" => Some(Self::Image),
            "zip" | "gz" | "tgz" | "rar" | "7z" | "tar" | "bz2" | "xz" => Some(Self::Archive),
            "docx" | "xlsx" | "pptx" | "pdf" => Some(Self::Other),
            "woff" | "woff2" | "ttf" | "otf" | "eot" => Some(Self::Font),
            "md" | "txt" | "map" | "ts" | "tsx" | "vue" | "scss" | "sass" | "less" | "php" | "py" | "rb" | "sh" | "bat"
            | "xml" | "csv" | "yml" | "yaml" | "toml" | "ini" | "conf" | "lock" | "log" | "hbs" | "ejs" | "tpl" | "mustache"
            | "gitignore" | "gitattributes" | "editorconfig" | "eslintrc" | "babelrc" | "npmrc" | "env" => Some(Self::Text),
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
        /// The first byte that is no UTF-8.
        at: u32,
        /// `UTF-16 little-endian`, `UTF-16 big-endian`, `Windows-1251` or `Windows-1252 (Latin-1)`.
        likely: Option<&'static str>,
    },
}

const BOM: &str = "\u{FEFF}";

impl SourceFile {
    /// Reads what the bytes are.
    #[must_use]
    pub fn new(path: String, bytes: Vec<u8>, bounds: &Bounds) -> Self {
        let kind = Kind::of_name(&path).unwrap_or_else(|| kind_by_bytes(&bytes));
        let too_large = too_large(&path, kind, bytes.len() as u64, bounds);
        let content = if utf16(&bytes).is_some() {
            // UTF-16 of Latin letters is valid UTF-8 full of zero bytes.
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
                let at = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len()) as u32;
                Encoding::Invalid { at, likely: likely_encoding(bytes) }
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
    const IMAGES: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF8", b"II*\0"];
    const ARCHIVES: [&[u8]; 5] = [b"PK\x03\x04", b"PK\x05\x06", b"\x1F\x8B\x08", b"Rar!\x1a\x07", b"7z\xBC\xAF\x27\x1C"];
    const FONTS: [&[u8]; 4] = [b"wOFF", b"wOF2", b"OTTO", b"\0\x01\0\0\0"];
    let starts = |magics: &[&[u8]]| magics.iter().any(|magic| bytes.starts_with(magic));
    if starts(&IMAGES) || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) {
        Kind::Image
    } else if starts(&ARCHIVES) {
        Kind::Archive
    } else if starts(&FONTS) {
        Kind::Font
    } else if looks_like_text(bytes) {
        Kind::Text
    } else {
        Kind::Other
    }
}

/// Whether bytes of no known name or beginning are text: no control characters but white space, or UTF-16.
fn looks_like_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    utf16(bytes).is_some() || start.iter().all(|byte| *byte >= b' ' || byte.is_ascii_whitespace())
}

/// What bytes that are not UTF-8 look like.
fn likely_encoding(bytes: &[u8]) -> Option<&'static str> {
    utf16(bytes).or_else(|| {
        let high: Vec<u8> = bytes.iter().copied().filter(|byte| *byte >= 0x80).take(4096).collect();
        // In Windows-1251 every Russian letter is at 0xC0 or above, and words are runs of them; Latin texts have single accents between ASCII letters.
        let runs = bytes.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0xC0)).take(4096).count();
        if high.is_empty() {
            None
        } else if runs * 2 >= high.len() {
            Some("Windows-1251")
        } else {
            Some("Windows-1252 (Latin-1)")
        }
    })
}

/// The byte order of UTF-16, by its mark or by the zero bytes of Latin text.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    const LITTLE: &str = "UTF-16 little-endian";
    const BIG: &str = "UTF-16 big-endian";
    if bytes.starts_with(b"\xFF\xFE") {
        return Some(LITTLE);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some(BIG);
    }
    let start = bytes.get(..512).unwrap_or(bytes);
    let zeros = |at: usize| start.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if half < 4 || even + odd < half * 3 / 4 || (even > 0 && odd > 0) {
        None
    } else if odd > 0 {
        Some(LITTLE)
    } else {
        Some(BIG)
    }
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
        assert_eq!(file("LICENSE", b"Permission\r\n").kind, Kind::Text);
        assert_eq!(file("data.bin", b"\x01\x02\x03").kind, Kind::Other);
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
        assert_eq!(likely(b"a\0b\0c\0d\0e\0"), Some("UTF-16 little-endian"));
        assert!(file("a.js", b"\xFF\xFEa\0b\0").fragment().is_none());
    }

    #[test]
    fn a_source_past_its_bound_is_left_and_named() {
        let bounds = Bounds { code_bytes: 4, ..Bounds::default() };
        let file = SourceFile::new("a.js".to_owned(), b"12345".to_vec(), &bounds);
        assert!(file.fragment().is_none());
        assert_eq!(file.too_large.expect("noted").code, "source-too-large");
    }
}
