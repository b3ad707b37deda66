//! PNG and other pictures: format, size, damage, and what the pixels say.

mod damage;
mod grid;
mod pixels;
mod upscaling;

use crate::package::Bounds;

pub use damage::Damage;
pub use pixels::Pixels;
pub use upscaling::Upscaling;

/// A picture, as its bytes show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// What the bytes are; none when no known format starts like them.
    pub format: Option<Format>,
    /// Width and height in pixels, from the header.
    pub size: Option<(u32, u32)>,
    /// What is broken, the worst first.
    pub damage: Vec<Damage>,
    /// Bytes after the picture's end.
    pub trailing_bytes: u64,
    /// Whether it has frames that move (APNG).
    pub is_animated: bool,
    /// Whether it is stored in passes (Adam7).
    pub is_interlaced: bool,
    /// Whether viewers show it turned by a quarter, so that its width and height change places (EXIF).
    pub is_turned: bool,
    /// Whether it has more pixels than we are willing to decode.
    pub is_too_large: bool,
    /// What the pixels say; none when they were not decoded.
    pub pixels: Option<Pixels>,
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PNG, animated or not.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// Windows bitmap.
    Bmp,
    /// Windows icon.
    Ico,
    /// AVIF or HEIC.
    Avif,
    /// TIFF.
    Tiff,
    /// SVG: drawn, not stored in pixels.
    Svg,
}

impl Format {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Ico => "ico",
            Self::Avif => "avif",
            Self::Tiff => "tiff",
            Self::Svg => "svg",
        }
    }
}

/// What the bytes of a file are that should be a picture, for a message.
#[must_use]
pub fn bytes_noun(format: Option<Format>, bytes: &[u8]) -> &'static str {
    match (format, bytes) {
        (Some(Format::Png), _) => "those of a PNG picture",
        (Some(Format::Jpeg), _) => "those of a JPEG picture",
        (Some(Format::Gif), _) => "those of a GIF picture",
        (Some(Format::Webp), _) => "those of a WebP picture",
        (Some(Format::Bmp), _) => "those of a BMP picture",
        (Some(Format::Ico), _) => "those of an ICO picture",
        (Some(Format::Avif), _) => "those of an AVIF picture",
        (Some(Format::Tiff), _) => "those of a TIFF picture",
        (Some(Format::Svg), _) => "those of an SVG picture",
        (None, []) => "missing: the file is empty",
        // What a PNG and a JPEG begin with in base64.
        _ if [&b"iVBORw0KGgo"[..], b"/9j/"].iter().any(|start| bytes.trim_ascii_start().starts_with(start)) => {
            "a picture written as text (base64)"
        }
        _ => "of no known picture",
    }
}

impl Image {
    /// Reads a picture; pixels are decoded under `bounds`.
    #[must_use]
    pub fn read(bytes: &[u8], bounds: &Bounds) -> Self {
        match format(bytes) {
            Some(Format::Png) => pixels::read_png(bytes, bounds),
            Some(Format::Jpeg) => pixels::read_jpeg(bytes, bounds),
            format => Self { format, size: format.and_then(|format| size(format, bytes)), ..Self::default() },
        }
    }

    /// What is odd about it and no fault.
    pub fn notes(&self) -> impl Iterator<Item = &'static str> {
        let notes = [(self.is_animated, "has frames that move (APNG)"), (self.is_interlaced, "is interlaced")];
        notes.into_iter().filter_map(|(is_so, what)| is_so.then_some(what))
    }

    /// Whether a browser can be given it for a preview: its size is known and within bounds.
    #[must_use]
    pub fn is_safe_to_decode(&self, bounds: &Bounds) -> bool {
        let within = |(width, height)| u64::from(width) * u64::from(height) <= bounds.pixels;
        matches!(self.format, Some(Format::Png | Format::Jpeg | Format::Gif | Format::Webp)) && self.size.is_some_and(within)
    }
}

fn format(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..]
        | [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', b'c', ..] => Some(Format::Avif),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Format::Bmp),
        [0, 0, 1, 0, _, 0, ..] => Some(Format::Ico),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some(Format::Tiff),
        _ => is_svg(bytes).then_some(Format::Svg),
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..1024).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    start.starts_with("<svg") || ((start.starts_with("<?xml") || start.starts_with("<!")) && start.contains("<svg"))
}

/// The size in the header of a format that is not decoded.
fn size(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let little = |at: usize, length: usize| {
        let field = bytes.get(at..at + length)?;
        Some(field.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)))
    };
    match format {
        Format::Gif => Some((little(6, 2)?, little(8, 2)?)),
        Format::Bmp => Some((little(18, 4)?, little(22, 4)?.cast_signed().unsigned_abs())),
        Format::Webp => match bytes.get(12..16)? {
            b"VP8X" => Some((little(24, 3)? + 1, little(27, 3)? + 1)),
            b"VP8 " => Some((little(26, 2)? & 0x3FFF, little(28, 2)? & 0x3FFF)),
            b"VP8L" => {
                let packed = little(21, 4)?;
                Some(((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawing, png, with_chunk};

    fn read(bytes: &[u8]) -> Image {
        Image::read(bytes, &Bounds::default())
    }

    fn damage(bytes: &[u8]) -> Vec<Damage> {
        read(bytes).damage
    }

    fn critical(text: &str) -> Vec<Damage> {
        vec![Damage::Critical(text.to_owned())]
    }

    /// The same with the byte at `at` changed.
    fn changed(bytes: &[u8], at: usize) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x55;
        bytes
    }

    fn find(bytes: &[u8], kind: &[u8]) -> usize {
        bytes.windows(4).position(|four| four == kind).expect("the chunk is there")
    }

    #[test]
    fn a_sound_png_is_read_whole() {
        let image = read(&png(40, 30, drawing(1)));
        assert_eq!((image.format, image.size), (Some(Format::Png), Some((40, 30))));
        assert!(image.damage.is_empty() && image.trailing_bytes == 0 && image.pixels.is_some(), "{image:?}");
        assert!(image.is_safe_to_decode(&Bounds::default()));
    }

    #[test]
    fn critical_and_ancillary_damage_are_told_apart() {
        let sound = with_chunk(&png(40, 30, drawing(1)), b"tEXt", b"Comment\0made by hand");
        assert!(damage(&sound).is_empty());
        let text = damage(&changed(&sound, find(&sound, b"tEXt") + 10));
        assert_eq!(text, [Damage::Ancillary("the checksum of its tEXt chunk is wrong".to_owned())]);
        assert_eq!(damage(&changed(&sound, find(&sound, b"IDAT") + 20)), critical("the checksum of its IDAT chunk is wrong"));
        assert_eq!(damage(&sound[..sound.len() - 30]), critical("it is cut off before its end"));
        assert_eq!(damage(&sound[..30]), critical("it has no pixel data"));
        assert_eq!(damage(&with_chunk(&sound, b"ABCD", b"x")), critical("its chunk ABCD is unknown"));
        assert_eq!(damage(&with_chunk(&sound, b"PLTE", b"four")), critical("its PLTE chunk has the wrong length"));
    }

    #[test]
    fn pixels_that_do_not_inflate_are_critical_although_every_checksum_is_right() {
        let sound = png(40, 30, drawing(1));
        let start = find(&sound, b"IDAT") - 4;
        let broken = with_chunk(&[&sound[..start], &sound[sound.len() - 12..]].concat(), b"IDAT", b"\x78\x9c not deflate");
        assert!(matches!(&*damage(&broken), [Damage::Critical(text)] if text.starts_with("its pixels cannot be decoded")));
    }

    #[test]
    fn the_sum_of_the_inflated_pixels_is_no_part_of_the_picture() {
        let sound = png(40, 30, drawing(1));
        let data = find(&sound, b"IDAT");
        let length = u32::from_be_bytes(sound[data - 4..data].try_into().expect("four bytes")) as usize;
        let mut wrong = changed(&sound, data + 4 + length - 1);
        let crc = crc32fast::hash(&wrong[data..data + 4 + length]).to_be_bytes();
        wrong.splice(data + 4 + length..data + 8 + length, crc);
        let image = read(&wrong);
        assert_eq!(image.damage, [Damage::Ancillary("the checksum of its pixels is wrong".to_owned())]);
        assert_eq!(image.pixels, read(&sound).pixels);
    }

    #[test]
    fn bytes_after_the_end_are_counted() {
        let image = read(&[png(4, 4, drawing(1)), b"extra".to_vec()].concat());
        assert_eq!((image.trailing_bytes, image.damage.len()), (5, 0));
    }

    #[test]
    fn a_picture_of_too_many_pixels_is_not_decoded() {
        let mut huge = png(4, 4, drawing(1));
        huge.splice(16..24, [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
        let crc = crc32fast::hash(&huge[12..29]).to_be_bytes();
        huge.splice(29..33, crc);
        let image = read(&huge);
        assert!(image.is_too_large && image.pixels.is_none() && image.damage.is_empty(), "{image:?}");
        assert!(!image.is_safe_to_decode(&Bounds::default()));
    }

    #[test]
    fn equal_pixels_have_equal_hashes_whatever_the_file() {
        let one = png(40, 30, drawing(1));
        let same = with_chunk(&one, b"tEXt", b"Comment\0other bytes");
        let hash = |bytes: &[u8]| read(bytes).pixels.expect("decoded").hash;
        assert_eq!(hash(&one), hash(&same));
        assert_ne!(hash(&one), hash(&png(40, 30, drawing(2))));
        assert_eq!(hash(&png(4, 4, |_, _| [9, 9, 9, 0])), hash(&png(4, 4, |_, _| [1, 2, 3, 0])));
    }

    #[test]
    fn uniformity_is_the_share_of_one_colour() {
        let uniformity = |bytes: &[u8]| read(bytes).pixels.expect("decoded").uniformity;
        assert_eq!(uniformity(&png(50, 50, |_, _| [10, 20, 30, 255])), 1.0);
        assert_eq!(uniformity(&png(50, 50, |x, _| [127 + (x % 3) as u8, 20, 30, 255])), 1.0);
        assert!((uniformity(&png(50, 50, |x, _| if x < 5 { [0; 4] } else { [255; 4] })) - 0.9).abs() < 1e-9);
        // White on transparent: the shape is in the alpha.
        assert!(uniformity(&png(50, 50, |x, _| [255, 255, 255, if x < 25 { 255 } else { 0 }])) < 0.6);
    }

    /// A screen of words: glyph-like dots and boxes; `x` and `y` are whole pixels of the picture before it was enlarged.
    fn screen(x: f64, y: f64) -> f64 {
        let (column, row) = (x as u32, y as u32);
        let noise = (column.wrapping_mul(374_761_393) ^ row.wrapping_mul(668_265_263)).wrapping_mul(2_246_822_519) >> 13;
        let box_shade = f64::from((column / 140 * 37 + row / 99 * 61) % 90);
        if row % 22 < 12 && column % 50 < 40 && noise.is_multiple_of(3) { 20.0 } else { 250.0 - box_shade }
    }

    fn slide(shade: impl Fn(u32, u32) -> f64) -> Option<Upscaling> {
        let bytes = png(640, 320, |x, y| {
            [shade(x, y) as u8; 3].iter().copied().chain([255]).collect::<Vec<_>>().try_into().expect("four")
        });
        read(&bytes).pixels.expect("decoded").upscaling
    }

    #[test]
    fn an_enlarged_slide_is_told_from_a_sharp_one() {
        assert_eq!(slide(|x, y| screen(f64::from(x), f64::from(y))), None);
        for factor in [2.0, 3.0] {
            let blocks = slide(|x, y| screen((f64::from(x) / factor).floor(), (f64::from(y) / factor).floor()));
            assert_eq!(blocks, Some(Upscaling::Blocks), "times {factor}");
            let soft = slide(|x, y| smooth(f64::from(x) / factor, f64::from(y) / factor));
            assert_eq!(soft, Some(Upscaling::Soft), "times {factor}");
        }
    }

    /// The screen between its pixels, as bilinear enlarging makes it.
    fn smooth(x: f64, y: f64) -> f64 {
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let mix = |y: f64| screen(left, y) * (1.0 - right) + screen(left + 1.0, y) * right;
        mix(top) * (1.0 - down) + mix(top + 1.0) * down
    }

    #[test]
    fn plain_slides_with_a_few_boxes_are_not_called_enlarged() {
        let boxes = |x: u32, y: u32| if (100..500).contains(&x) && (80..300).contains(&y) { 90.0 } else { 240.0 };
        assert_eq!(slide(boxes), None);
    }

    const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x0B\x08\x02\x68\x04\xA4\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0?\0\x12\xFF\0\x34\xFF\xD9";

    #[test]
    fn jpeg_is_known_by_its_bytes_and_measured_by_its_frame() {
        let image = read(JPEG);
        assert_eq!((image.format, image.size, image.damage), (Some(Format::Jpeg), Some((1188, 616)), vec![]));
        assert_eq!(damage(&JPEG[..JPEG.len() - 2]), [damage::no_end()]);
        assert_eq!(damage(&JPEG[..12]), critical("its header is broken"));
    }

    #[test]
    fn a_jpeg_is_turned_by_its_orientation() {
        let turned = |exif: &[u8]| {
            let length = [&[0xFF, 0xE1, 0], &[exif.len() as u8 + 2][..]].concat();
            read(&[&JPEG[..2], &length, exif, &JPEG[2..]].concat()).is_turned
        };
        assert!(turned(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"));
        assert!(turned(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0"));
        assert!(!turned(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0"));
        for broken in [&b""[..], b"Exif\0\0", b"Exif\0\0MM\0*\xFF\xFF\xFF\xFF\0\x01", b"Exif\0\0MM\0*\0\0\0\x08\xFF\xFF\x01\x12"]
        {
            assert!(!turned(broken), "{broken:?}");
        }
    }

    #[test]
    fn the_pixels_of_a_jpeg_are_measured_too() {
        let mut bytes = Vec::new();
        let plain = image::RgbImage::from_pixel(64, 48, image::Rgb([200, 30, 30]));
        image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&plain).expect("a picture in memory");
        let image = read(&bytes);
        assert_eq!((image.size, image.damage.len()), (Some((64, 48)), 0));
        assert!(image.pixels.expect("decoded").uniformity > 0.99);
    }

    #[test]
    fn a_jpeg_without_its_end_marker_is_told_from_one_without_its_last_rows() {
        for quality in [40, 75, 95] {
            let mut bytes = Vec::new();
            let noise = image::RgbImage::from_fn(120, 80, |x, y| image::Rgb([(x * y % 251) as u8, (x * 7 % 256) as u8, y as u8]));
            let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
            encoder.encode_image(&noise).expect("a picture in memory");
            let whole = read(&bytes[..bytes.len() - 2]);
            assert_eq!(whole.damage, [damage::no_end()]);
            assert_eq!(whole.pixels, read(&bytes).pixels);
            for part in [3, 5, 7, 9] {
                let cut = &bytes[..bytes.len() * part / 10];
                assert_eq!(damage(cut), critical("it is cut off before its end"), "quality {quality}, {part} tenths");
            }
        }
    }

    #[test]
    fn other_formats_are_named() {
        let named = |bytes: &[u8]| (read(bytes).format.map(Format::name), read(bytes).size);
        assert_eq!(named(b"GIF89a\x10\0\x20\0"), (Some("gif"), Some((16, 32))));
        assert_eq!(named(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x0F\0\0\x1F\0\0"), (Some("webp"), Some((16, 32))));
        assert_eq!(named(b"\xEF\xBB\xBF<?xml version='1.0'?><svg/>"), (Some("svg"), None));
        assert_eq!(named(b"not a picture"), (None, None));
        assert_eq!(named(b""), (None, None));
    }
}
