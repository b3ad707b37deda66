//! Pixels as runs of one colour, and what can be counted of them: screens are full of flat stretches and of equal rows.

use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::ops::Range;

use super::pixels::Pixels;
use super::upscaling;

/// The pixels of a picture.
pub(super) struct Grid {
    /// Pixels of a row.
    pub(super) width: usize,
    /// Number of rows.
    pub(super) height: usize,
    /// Where each line starts, from top to bottom, and where the last one ends.
    starts: Vec<Start>,
    /// The runs of every line.
    runs: Vec<Run>,
}

/// Where a line starts: as small as can be, for a picture may be as narrow as one pixel.
struct Start {
    row: u32,
    run: u32,
}

/// Neighbouring rows that are equal.
pub(super) struct Line {
    /// The rows, counted from the top.
    pub(super) rows: Range<usize>,
    /// Where its runs stand among those of all lines.
    runs: Range<usize>,
}

/// Neighbouring pixels of one colour.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// Red, green, blue and opacity.
    pub(super) color: [u8; 4],
    /// How many pixels.
    pub(super) length: u32,
}

impl Run {
    const NONE: Self = Self { color: [0; 4], length: 0 };
}

/// The colour of a pixel of which only the brightness is given.
pub(super) fn gray([gray]: [u8; 1]) -> [u8; 4] {
    [gray, gray, gray, 255]
}

/// The colour of an opaque pixel.
pub(super) fn opaque([red, green, blue]: [u8; 3]) -> [u8; 4] {
    [red, green, blue, 255]
}

/// The colour that is seen: all that is fully transparent is one.
pub(super) fn seen(color: [u8; 4]) -> [u8; 4] {
    if color[3] == 0 { [0; 4] } else { color }
}

impl Grid {
    /// Puts samples together to pixels, which `color` shows, and equal neighbours to runs and lines.
    pub(super) fn new<const CHANNELS: usize>(width: usize, samples: &[u8], color: impl Fn([u8; CHANNELS]) -> [u8; 4]) -> Self {
        let mut grid = Self { width, height: 0, starts: Vec::new(), runs: Vec::new() };
        let mut above: &[u8] = &[];
        for row in samples.chunks_exact((width * CHANNELS).max(1)) {
            if equal_bytes(above, row) < row.len() {
                grid.start_line();
                grid.push_runs(row, &color);
            }
            grid.height += 1;
            above = row;
        }
        grid.start_line();
        grid
    }

    fn start_line(&mut self) {
        self.starts.push(Start { row: self.height as u32, run: self.runs.len() as u32 });
    }

    /// Adds the runs of a row.
    fn push_runs<const CHANNELS: usize>(&mut self, row: &[u8], color: impl Fn([u8; CHANNELS]) -> [u8; 4]) {
        /// Runs up to this are found faster pixel by pixel.
        const SHORT: usize = 6;
        let pixels = row.as_chunks::<CHANNELS>().0;
        let mut run = Run::NONE;
        let mut at = 0;
        while let Some(pixel) = pixels.get(at) {
            let mut length = 1;
            while length < SHORT && pixels.get(at + length) == Some(pixel) {
                length += 1;
            }
            if length == SHORT {
                length = equal_bytes(&row[at * CHANNELS..], &row[(at + 1) * CHANNELS..]) / CHANNELS + 1;
            }
            at += length;
            let color = color(*pixel);
            // Different samples may look the same.
            if color != run.color && run.length > 0 {
                self.runs.push(run);
                run.length = 0;
            }
            run = Run { color, length: run.length + length as u32 };
        }
        self.runs.push(run);
    }

    /// The rows from top to bottom; those that equal the one above them are one line.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line> {
        (0..self.count_lines()).map(|number| self.line(number))
    }

    /// The number of lines.
    pub(super) fn count_lines(&self) -> usize {
        self.starts.len() - 1
    }

    /// The line of this number.
    pub(super) fn line(&self, number: usize) -> Line {
        let (start, end) = (&self.starts[number], &self.starts[number + 1]);
        Line { rows: start.row as usize..end.row as usize, runs: start.run as usize..end.run as usize }
    }

    /// The runs of a line.
    pub(super) fn runs(&self, line: &Line) -> &[Run] {
        &self.runs[line.runs.clone()]
    }

    /// Where a line's runs start, the first one left out.
    pub(super) fn boundaries(&self, line: &Line) -> impl Iterator<Item = usize> {
        let before_last = self.runs(line).split_last().map_or(&[][..], |(_, runs)| runs);
        before_last.iter().scan(0, |at, run| {
            *at += run.length as usize;
            Some(*at)
        })
    }

    /// The number of runs when those that go on in the next row are counted once.
    pub(super) fn count_runs(&self) -> usize {
        let mut count = 0;
        let mut last_above = None;
        for line in self.lines() {
            let runs = self.runs(&line);
            let (first, last) = (runs.first().map(|run| run.color), runs.last().map(|run| run.color));
            count += line.rows.len() * runs.len() - usize::from(last_above == first);
            count -= if first == last { line.rows.len() - 1 } else { 0 };
            last_above = last;
        }
        count
    }

    pub(super) fn measure(self) -> Pixels {
        Pixels { hash: self.hash(), upscaling: upscaling::of(&self), uniformity: self.uniformity() }
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write_u64((self.width as u64) << 32 | self.height as u64);
        for line in self.lines() {
            let mut row = FxHasher::default();
            for run in self.runs(&line) {
                row.write_u64(u64::from(u32::from_le_bytes(run.color)) << 32 | u64::from(run.length));
            }
            // Row by row: what is equal to the eye may be lines by its samples in one file, and one line in another.
            let row = row.finish();
            line.rows.for_each(|_| hasher.write_u64(row));
        }
        hasher.finish()
    }

    /// The share of pixels near the commonest colour.
    fn uniformity(self) -> f64 {
        const NEAR: u8 = 10;
        let pixels = self.width * self.height;
        let areas = self.areas();
        let mut counts = vec![0_u32; 1 << 16];
        let (mut count, mut commonest) = (0, 0);
        for area in &areas {
            let halves = halves(area.color);
            let counted = &mut counts[place(halves)];
            *counted += area.length;
            (count, commonest) = (count, commonest).max((*counted, halves));
        }
        let mut sum = [0_u64; 4];
        for area in areas.iter().filter(|area| halves(area.color) == commonest) {
            let length = u64::from(area.length);
            sum.iter_mut().zip(area.color).for_each(|(sum, channel)| *sum += u64::from(channel) * length);
        }
        let mean = sum.map(|sum| (sum / u64::from(count.max(1))) as u8);
        let is_near = |area: &&Run| area.color.iter().zip(mean).all(|(channel, mean)| channel.abs_diff(mean) <= NEAR);
        let near: u32 = areas.iter().filter(is_near).map(|area| area.length).sum();
        f64::from(near) / pixels.max(1) as f64
    }

    /// Every colour with its pixels, wherever they are; one that does not come again soon stands there more than once.
    fn areas(mut self) -> Vec<Run> {
        const SLOTS: u32 = 1 << 12;
        let mut recent = vec![Run::NONE; SLOTS as usize];
        // They take the place of the runs that were counted: each run adds one at most.
        let mut counted = 0;
        for number in 0..self.count_lines() {
            let line = self.line(number);
            for at in line.runs {
                let run = self.runs[at];
                let spread = u32::from_be_bytes(run.color).wrapping_mul(0x9E37_79B1);
                let area = &mut recent[(spread / (u32::MAX / SLOTS + 1)) as usize];
                if area.color != run.color {
                    self.runs[counted] = std::mem::replace(area, Run { color: run.color, length: 0 });
                    counted += 1;
                }
                area.length += run.length * line.rows.len() as u32;
            }
        }
        self.runs.truncate(counted);
        self.runs.append(&mut recent);
        self.runs
    }
}

/// The upper half of each channel, red first.
fn halves(color: [u8; 4]) -> u32 {
    u32::from_be_bytes(color) & 0xF0F0_F0F0
}

/// The same without the room for the lower halves.
fn place(halves: u32) -> usize {
    let pairs = (halves >> 4 | halves >> 8) & 0x00FF_00FF;
    ((pairs | pairs >> 8) & 0xFFFF) as usize
}

/// How many bytes two slices have in common at their start.
pub(super) fn equal_bytes(left: &[u8], right: &[u8]) -> usize {
    const WORD: usize = 8;
    const WORDS: usize = 4;
    let mut equal = 0;
    for (left, right) in left.as_chunks::<{ WORD * WORDS }>().0.iter().zip(right.as_chunks::<{ WORD * WORDS }>().0) {
        let mut differ = 0;
        // Gathered without a branch for each word.
        for (left, right) in left.as_chunks::<WORD>().0.iter().zip(right.as_chunks::<WORD>().0) {
            differ |= u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        }
        if differ != 0 {
            break;
        }
        equal += WORD * WORDS;
    }
    for (left, right) in left[equal..].as_chunks::<WORD>().0.iter().zip(right[equal..].as_chunks::<WORD>().0) {
        let differ = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if differ != 0 {
            return equal + differ.trailing_zeros() as usize / 8;
        }
        equal += WORD;
    }
    while equal < left.len().min(right.len()) && left[equal] == right[equal] {
        equal += 1;
    }
    equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_counted_across_every_step() {
        let one: Vec<u8> = (0..100).collect();
        for at in 0..100 {
            let mut other = one.clone();
            other[at] ^= 0x80;
            assert_eq!(equal_bytes(&one, &other), at);
            assert_eq!(equal_bytes(&one, &one[..at]), at);
        }
        assert_eq!(equal_bytes(&one, &one), 100);
    }

    #[test]
    fn rows_that_only_look_equal_hash_as_equal_ones_do() {
        let hash = |samples: &[u8]| Grid::new(2, samples, seen).measure().hash;
        let equal = [7, 7, 7, 255, 0, 0, 0, 0];
        let alike = [7, 7, 7, 255, 9, 9, 9, 0];
        assert_eq!(hash(&[equal, equal].concat()), hash(&[equal, alike].concat()));
        assert_eq!(hash(&[equal, equal].concat()), hash(&[alike, alike].concat()));
        assert_ne!(hash(&[equal, equal].concat()), hash(&[equal, equal, equal].concat()));
    }

    #[test]
    fn gray_and_coloured_samples_of_one_picture_are_the_same() {
        let gray = Grid::new(3, &[1, 1, 2, 1, 1, 2], gray);
        let colored = [[1; 3], [1; 3], [2; 3], [1; 3], [1; 3], [2; 3]].concat();
        assert_eq!((gray.count_lines(), gray.runs.len(), gray.height), (1, 2, 2));
        assert_eq!(gray.measure(), Grid::new(3, &colored, opaque).measure());
    }

    #[test]
    fn of_equally_common_colours_the_brighter_is_measured_against() {
        // The darker one has a near neighbour, the brighter one has none.
        let samples = [[28_u8], [200], [33], [28], [200], [200], [28], [90]].concat();
        let grid = Grid::new(8, &samples, gray);
        assert_eq!(grid.uniformity(), 3.0 / 8.0);
    }
}
