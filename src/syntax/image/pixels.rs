//! Decodes the pixels of a PNG, and measures them.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{ImageDecoder, ImageError};
use png::{ColorType, DecodeOptions, Decoder, DecodingError, Limits, Transformations};

use super::Image;
use super::damage::{self, Damage, read_chunks};
use super::grid::{self, Grid};
use super::upscaling::Upscaling;
use crate::package::Bounds;

/// What the pixels of a picture say.
#[derive(Clone, Debug, PartialEq)]
pub struct Pixels {
    /// Equal for pictures of equal size and equal pixels, whatever their compression.
    pub hash: u64,
    /// The share of the pixels that have the commonest colour or nearly so; 1 for a picture of one colour.
    pub uniformity: f64,
    /// Why it looks enlarged from a smaller picture, if it does.
    pub upscaling: Option<Upscaling>,
}

/// Pictures with more pixels are decoded row by row, to see whether they are whole, and not measured.
const MEASURED_PIXELS: u64 = 4_000_000;

/// Reads a PNG.
pub(super) fn read_png(bytes: &[u8], bounds: &Bounds) -> Image {
    let chunks = read_chunks(bytes);
    let mut image = chunks.image;
    let Some((width, height)) = image.size else { return image };
    let count = u64::from(width) * u64::from(height);
    image.is_too_large = count > bounds.pixels;
    if image.is_too_large || image.damage.iter().any(|damage| matches!(damage, Damage::Critical(_))) {
        return image;
    }
    // Checksums that are known to be right are not taken once more.
    let is_intact = image.damage.is_empty();
    let decode = |sums| {
        let decoder = decoder(&chunks.bare, is_intact, sums);
        if count <= MEASURED_PIXELS { decode(decoder).map(Some) } else { decode_rows(decoder).map(|()| None) }
    };
    let (decoded, damage) = match decode(Sums::Checked) {
        Ok(grid) => (grid, None),
        // Browsers do not look at the sum of the inflated pixels.
        Err(error) => match decode(Sums::Ignored) {
            Ok(grid) => (grid, Some(Damage::Ancillary("the checksum of its pixels is wrong".to_owned()))),
            Err(_) => (None, Some(Damage::Critical(format!("its pixels cannot be decoded ({error})")))),
        },
    };
    image.pixels = decoded.map(|grid| grid.measure());
    if let Some(damage) = damage {
        image.damage.insert(0, damage);
    }
    image
}

/// What is made of the checksum at the end of the compressed pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sums {
    Checked,
    Ignored,
}

/// Reads a JPEG. One that its markers call sound and that does not decode is not measured: the decoder may lack its kind.
pub(super) fn read_jpeg(bytes: &[u8], bounds: &Bounds) -> Image {
    let mut image = damage::read_jpeg(bytes, bounds);
    let pixels = image.size.map_or(u64::MAX, |(width, height)| u64::from(width) * u64::from(height));
    if image.is_too_large || pixels > MEASURED_PIXELS {
        return image;
    }
    let measure = |bytes: &[u8]| decode_jpeg(bytes).ok().map(|grid| grid.measure());
    if image.damage.is_empty() {
        image.pixels = measure(bytes);
    } else if image.damage == [damage::no_end()] {
        // Where pixels are missing, what is put in their place can be seen.
        let pixels = measure(&[bytes, &END].concat());
        let filled = measure(&[bytes, &FILLING, &END].concat());
        if pixels == filled {
            image.pixels = pixels;
        } else {
            image.damage = vec![Damage::Critical("it is cut off before its end".to_owned())];
        }
    }
    image
}

/// The end marker of a JPEG.
const END: [u8; 2] = [0xFF, 0xD9];

/// Bytes as the compressed pixels of a JPEG may be.
const FILLING: [u8; 64] = {
    let mut filling = [0; 64];
    let mut at = 0;
    while at < filling.len() {
        filling[at] = (at * 151 + 83) as u8 % 251;
        at += 1;
    }
    filling
};

fn decode_jpeg(bytes: &[u8]) -> Result<Grid, ImageError> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MEASURED_PIXELS * 16);
    let mut decoder = JpegDecoder::new(Cursor::new(bytes))?;
    decoder.set_limits(limits)?;
    let (width, color) = (decoder.dimensions().0 as usize, decoder.color_type());
    let mut samples = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or_default()];
    decoder.read_image(&mut samples)?;
    // The decoder turns every other kind of colour into these.
    Ok(match color {
        image::ColorType::L8 => Grid::new(width, &samples, grid::gray),
        _ => Grid::new(width, &samples, grid::opaque),
    })
}

fn decoder(bytes: &[u8], is_intact: bool, sums: Sums) -> Decoder<Cursor<&[u8]>> {
    let mut options = DecodeOptions::default();
    options.set_ignore_adler32(sums == Sums::Ignored);
    options.set_ignore_crc(is_intact);
    let mut decoder = Decoder::new_with_options(Cursor::new(bytes), options);
    // The chunks that can blow up are left out already; what is left needs a few rows of memory.
    decoder.set_limits(Limits { bytes: 64 << 20 });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder
}

fn decode_rows(decoder: Decoder<Cursor<&[u8]>>) -> Result<(), DecodingError> {
    let mut reader = decoder.read_info()?;
    while reader.next_row()?.is_some() {}
    Ok(())
}

fn decode(decoder: Decoder<Cursor<&[u8]>>) -> Result<Grid, DecodingError> {
    let mut reader = decoder.read_info()?;
    let mut samples = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let output = reader.next_frame(&mut samples)?;
    let width = output.width as usize;
    Ok(match output.color_type {
        ColorType::Grayscale | ColorType::Indexed => Grid::new(width, &samples, grid::gray),
        ColorType::GrayscaleAlpha => Grid::new(width, &samples, |[gray, alpha]| grid::seen([gray, gray, gray, alpha])),
        ColorType::Rgb => Grid::new(width, &samples, grid::opaque),
        ColorType::Rgba => Grid::new(width, &samples, grid::seen),
    })
}
