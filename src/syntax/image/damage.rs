//! The structure of PNG and JPEG files, and what is broken in it.

use super::{Format, Image};
use crate::order;
use crate::package::Bounds;
use std::borrow::Cow;

/// Something broken in a picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The picture cannot be shown whole; says what is broken.
    Critical(String),
    /// The picture can be shown whole: only an addition to it (a text, a colour profile) or a checksum is broken; says which.
    Ancillary(String),
}

impl Damage {
    /// What is broken, in words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Critical(text) | Self::Ancillary(text) => text,
        }
    }
}

/// What the chunks of a PNG say.
pub(super) struct Chunks<'a> {
    /// What they say of the picture; its pixels are not decoded yet.
    pub(super) image: Image,
    /// The file without anything that is not needed to decode its pixels.
    pub(super) bare: Cow<'a, [u8]>,
}

const PNG_SIGNATURE: usize = 8;

/// Walks the chunks of a PNG.
pub(super) fn read_chunks(bytes: &[u8]) -> Chunks<'_> {
    let mut image = Image { format: Some(Format::Png), ..Image::default() };
    let mut bare = Cow::Borrowed(bytes.get(..PNG_SIGNATURE).unwrap_or_default());
    let mut at = PNG_SIGNATURE;
    let (mut has_data, mut has_end) = (false, false);
    while let Some(chunk) = Chunk::at(bytes, at) {
        let first = at == PNG_SIGNATURE;
        let name = || String::from_utf8_lossy(chunk.kind);
        if first != (chunk.kind == b"IHDR") {
            image.damage.push(Damage::Critical("its first chunk is not IHDR, or IHDR stands twice".to_owned()));
            break;
        }
        if !chunk.is_intact {
            let text = format!("the checksum of its {} chunk is wrong", name());
            image.damage.push(if chunk.is_critical() { Damage::Critical(text) } else { Damage::Ancillary(text) });
        }
        match chunk.kind {
            b"IHDR" => read_header(chunk.data, &mut image),
            b"IDAT" => has_data = true,
            b"acTL" => image.is_animated = true,
            // Three bytes a colour.
            b"PLTE" if !chunk.data.len().is_multiple_of(3) => {
                image.damage.push(Damage::Critical("its PLTE chunk has the wrong length".to_owned()));
            }
            b"PLTE" | b"tRNS" | b"IEND" => {}
            _ if chunk.is_critical() => {
                image.damage.push(Damage::Critical(format!("its chunk {} is unknown", name().escape_debug())))
            }
            _ => {}
        }
        if matches!(chunk.kind, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND") {
            // Nothing is copied until something is left out.
            match &mut bare {
                Cow::Borrowed(start) if start.len() == at => *start = &bytes[..at + chunk.whole.len()],
                bare => bare.to_mut().extend_from_slice(chunk.whole),
            }
        }
        at += chunk.whole.len();
        if chunk.kind == b"IEND" {
            has_end = true;
            image.trailing_bytes = (bytes.len() - at) as u64;
            break;
        }
    }
    if !has_data {
        image.damage.push(Damage::Critical("it has no pixel data".to_owned()));
    } else if !has_end && !image.damage.iter().any(|damage| matches!(damage, Damage::Critical(_))) {
        image.damage.push(Damage::Critical("it is cut off before its end".to_owned()));
    }
    order::sort(&mut image.damage);
    Chunks { image, bare }
}

fn read_header(data: &[u8], image: &mut Image) {
    if let [w1, w2, w3, w4, h1, h2, h3, h4, _, _, _, _, interlace] = *data {
        image.size = Some((u32::from_be_bytes([w1, w2, w3, w4]), u32::from_be_bytes([h1, h2, h3, h4])));
        image.is_interlaced = interlace == 1;
    } else {
        image.damage.push(Damage::Critical("its IHDR chunk has the wrong length".to_owned()));
    }
}

struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    whole: &'a [u8],
    is_intact: bool,
}

impl<'a> Chunk<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?));
        let length = usize::try_from(number(at)?).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?;
        let (kind, data) = (bytes.get(at + 4..at + 8)?, bytes.get(at + 8..end)?);
        let is_intact = number(end)? == crc32fast::hash(bytes.get(at + 4..end)?);
        Some(Self { kind, data, whole: bytes.get(at..end + 4)?, is_intact })
    }

    /// Whether the picture cannot be shown without it: its name starts with a capital.
    fn is_critical(&self) -> bool {
        self.kind.first().is_some_and(u8::is_ascii_uppercase)
    }
}

/// A JPEG without its last two bytes: browsers show it whole, if nothing else is missing.
pub(super) fn no_end() -> Damage {
    Damage::Ancillary("its end marker is missing".to_owned())
}

/// Walks the segments of a JPEG; its pixels are not decoded.
pub(super) fn read_jpeg(bytes: &[u8], bounds: &Bounds) -> Image {
    let mut image = Image { format: Some(Format::Jpeg), ..Image::default() };
    let mut at = 2;
    let mut has_scan = false;
    while let Some(marker) = next_marker(bytes, &mut at) {
        match marker {
            0xD9 => {
                image.trailing_bytes = (bytes.len() - at) as u64;
                if !has_scan || image.size.is_none() {
                    break;
                }
                image.is_too_large = !image.is_safe_to_decode(bounds);
                return image;
            }
            0x01 | 0xD0..=0xD8 => {}
            _ => {
                let Some(segment) = segment(bytes, at) else { break };
                // Start of frame: C0 to CF, but C4, C8 and CC mean other things.
                if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) && image.size.is_none() {
                    image.size = frame_size(segment);
                }
                image.is_turned |= marker == 0xE1 && is_turned(segment).unwrap_or_default();
                has_scan |= marker == 0xDA;
                at += segment.len() + 2;
            }
        }
    }
    let has_header = image.size.is_some() && has_scan;
    image.damage.push(if has_header { no_end() } else { Damage::Critical("its header is broken".to_owned()) });
    image.is_too_large = image.size.is_some() && !image.is_safe_to_decode(bounds);
    image
}

/// Moves `at` behind the next marker; the compressed data before it is skipped.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        *at += bytes.get(*at..)?.iter().position(|byte| *byte == 0xFF)? + 1;
        match bytes.get(*at)? {
            0x00 => *at += 1,
            0xFF => {}
            marker => {
                *at += 1;
                return Some(*marker);
            }
        }
    }
}

/// A segment's content, after its length.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length).filter(|_| length >= 2)
}

fn frame_size(segment: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?])));
    Some((number(3)?, number(1)?)).filter(|(width, _)| *width > 0)
}

/// Whether the EXIF data of a segment, if it holds any, turns the picture by a quarter: an orientation of 5 to 8.
fn is_turned(segment: &[u8]) -> Option<bool> {
    const ORIENTATION: usize = 0x0112;
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let number = |at: usize, length: usize| {
        let field = tiff.get(at..at.checked_add(length)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if tiff.starts_with(b"II") { field.iter().rev().fold(0, add) } else { field.iter().fold(0, add) })
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?.min(tiff.len() / 12);
    let mut fields = (0..count).map(|field| directory + 2 + field * 12);
    let field = fields.find(|&field| number(field, 2) == Some(ORIENTATION))?;
    Some(matches!(number(field + 8, 2)?, 5..=8))
}
