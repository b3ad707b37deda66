//! Reads a zip archive, entry by entry, under bounds.

use crate::order;
use std::io::{Cursor, Read};

use sha2::{Digest, Sha256};
use zip::CompressionMethod;
use zip::ZipReadOptions;
use zip::read::ZipFileEntry;
use zip::unstable::read::ZipIterable;

use super::bounds::{Bounds, Deadline, megabytes};
use super::{Builder, NotExamined, OddityKind, Package, Unreadable, shown};

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Entries read.
    pub done: usize,
    /// Entries in all.
    pub total: usize,
}

impl Package {
    /// Reads a zip archive. One bad entry never stops the rest.
    ///
    /// # Errors
    /// When the bytes are no zip archive, or none of its files can be read.
    pub fn from_zip(
        bytes: &[u8],
        name: &str,
        bounds: &Bounds,
        deadline: &Deadline<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, Unreadable> {
        if let Some(refusal) = Unreadable::for_size(name, bytes.len() as u64, bounds) {
            return Err(refusal);
        }
        let sha256 = hex(&Sha256::digest(bytes));
        let mut archive = ZipIterable::try_new(Cursor::new(bytes), zip::read::Config::default()).map_err(|error| Unreadable {
            name: name.to_owned(),
            sha256: Some(sha256.clone()),
            compressed_bytes: Some(bytes.len() as u64),
            reasons: vec![why_no_zip(bytes, &error)],
        })?;
        let mut builder = Builder::new(name, bounds);
        builder.package.sha256 = Some(sha256);
        builder.package.compressed_bytes = Some(bytes.len() as u64);
        let reader = ArchiveReader { bytes, deadline, builder: &mut builder };
        reader.read(&mut archive, progress);
        builder.finish()
    }
}

impl Unreadable {
    /// Why an archive of so many bytes is not even opened; none when it may be.
    #[must_use]
    pub fn for_size(name: &str, bytes: u64, bounds: &Bounds) -> Option<Self> {
        let limit = bounds.archive_bytes;
        let message = format!("The file is larger than {} and was not read", megabytes(limit));
        (bytes > limit).then(|| Self {
            name: name.to_owned(),
            sha256: None,
            compressed_bytes: Some(bytes),
            reasons: vec![NotExamined::new("archive-file-too-large", message, None).with("limit", limit)],
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Says in our words why the bytes are no readable zip.
fn why_no_zip(bytes: &[u8], error: &zip::result::ZipError) -> NotExamined {
    if bytes.is_empty() {
        return NotExamined::new("empty-input", "The file is empty", None);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "The zip archive is damaged or cut off: the list of its files cannot be read";
        return NotExamined::new("damaged-archive", message, None).with("reason", error.to_string());
    }
    let looks = match bytes {
        [0x1F, 0x8B, ..] => "a gzip or tar.gz archive",
        [b'R', b'a', b'r', b'!', ..] => "a RAR archive",
        [b'7', b'z', 0xBC, 0xAF, ..] => "a 7z archive",
        _ if bytes.get(257..262) == Some(b"ustar") => "a tar archive",
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => "an image",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        _ => "something else",
    };
    NotExamined::new("not-a-zip", format!("The file is not a zip archive; it looks like {looks}"), None).with("looks_like", looks)
}

/// What reading needs at hand.
struct ArchiveReader<'a, 'b, 'c> {
    bytes: &'a [u8],
    deadline: &'a Deadline<'a>,
    builder: &'b mut Builder<'c>,
}

/// The part of the archive that an entry takes.
struct Extent {
    start: u64,
    end: u64,
    name: String,
}

impl ArchiveReader<'_, '_, '_> {
    fn read(mut self, archive: &mut ZipIterable<Cursor<&[u8]>>, progress: &mut dyn FnMut(Progress)) {
        let total = archive.len();
        let Ok(entries) = archive.files() else { return };
        let mut extents = Vec::new();
        for (done, entry) in entries.enumerate() {
            progress(Progress { done, total });
            if !self.builder.admits_entry() {
                self.builder.leave_rest(Some(total));
                break;
            }
            if self.deadline.passed() {
                self.builder.out_of_time(None);
                break;
            }
            match entry {
                Ok(entry) => extents.extend(self.read_entry(entry)),
                Err(error) => {
                    let message =
                        format!("The archive's list of files is damaged after entry {done} of {total}; the rest was not read");
                    let entry = NotExamined::new("damaged-list", message, None).with("reason", error.to_string());
                    self.builder.package.not_examined.push(entry);
                    self.builder.package.is_complete = false;
                }
            }
        }
        progress(Progress { done: total, total });
        self.note_extents(extents);
        self.note_trailing_data();
        self.note_unlisted(total);
    }

    fn read_entry(&mut self, entry: ZipFileEntry<'_>) -> Option<Extent> {
        let raw = entry.name_raw().to_vec();
        let name = entry.name().map_or_else(|_| String::from_utf8_lossy(&raw).into_owned(), std::borrow::Cow::into_owned);
        let path = self.builder.admit_path(&name, &raw)?;
        if name.ends_with(['/', '\\']) {
            return None;
        }
        if entry.is_symlink() {
            self.leave(&path, OddityKind::Link, "link", "is a symbolic link, which was not followed", "");
            return None;
        }
        if entry.encrypted() {
            self.leave(&path, OddityKind::Encrypted, "encrypted", "is encrypted and cannot be read without its password", "");
            return None;
        }
        let method = entry.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            let method = method.to_string();
            let why = format!("is compressed by a method that is not supported ({method}); zip it with Deflate or Store");
            self.leave(&path, OddityKind::UnsupportedMethod, "unsupported-method", &why, &method);
            return None;
        }
        let (start, compressed, declared) = (entry.header_start(), entry.compressed_size(), entry.size());
        self.note_local_name(start, &raw, &name);
        let mut cursor = Cursor::new(self.bytes);
        let mut file = match entry.with_reader(&mut cursor, ZipReadOptions::new()) {
            Ok(file) => file,
            Err(error) => {
                self.leave_damaged(&path, &error.to_string());
                return None;
            }
        };
        let end = file.data_start().unwrap_or(start).saturating_add(compressed);
        match self.inflate(&mut file, declared) {
            Ok(content) => {
                if content.len() as u64 != declared {
                    let detail = format!("of {declared} declared bytes, {} can be read", content.len());
                    self.builder.odd(OddityKind::Damaged, &path, detail);
                }
                self.builder.add(path, content);
            }
            Err(Stop::TooLarge) => self.builder.too_large(&path),
            Err(Stop::NoRoom) => self.builder.no_room(&path),
            Err(Stop::OutOfTime) => {
                self.builder.out_of_time(Some(&path));
                self.builder.package.unread.insert(path);
            }
            Err(Stop::Damaged(why)) => self.leave_damaged(&path, &why),
        }
        Some(Extent { start, end, name })
    }

    /// Inflates one entry, counting. `declared` is a hint alone: no more is taken beforehand than one step reads.
    fn inflate(&self, file: &mut impl Read, declared: u64) -> Result<Vec<u8>, Stop> {
        const STEP: u64 = 1 << 20;
        let room = self.builder.room();
        let limit = self.builder.bounds.file_bytes.min(room);
        let mut content = Vec::with_capacity(declared.min(STEP) as usize);
        loop {
            let step = file.by_ref().take(STEP).read_to_end(&mut content).map_err(|error| Stop::Damaged(error.to_string()))?;
            if content.len() as u64 > limit {
                return Err(if limit == room { Stop::NoRoom } else { Stop::TooLarge });
            }
            if (step as u64) < STEP {
                content.shrink_to_fit();
                return Ok(content);
            }
            if self.deadline.passed() {
                return Err(Stop::OutOfTime);
            }
        }
    }

    fn leave(&mut self, path: &str, kind: OddityKind, code: &'static str, why: &str, detail: &str) {
        self.builder.odd(kind, path, detail);
        self.builder.leave(path, NotExamined::new(code, format!("{} {why}", shown(path)), Some(path)));
    }

    fn leave_damaged(&mut self, path: &str, reason: &str) {
        self.leave(path, OddityKind::Damaged, "damaged-entry", &format!("is damaged in the archive ({reason})"), reason);
    }

    /// Compares the name in the list with the one that stands before the content.
    fn note_local_name(&mut self, start: u64, raw: &[u8], name: &str) {
        let local = usize::try_from(start).ok().and_then(|start| local_name(self.bytes.get(start..)?));
        if let Some(local) = local.filter(|local| *local != raw) {
            let local = String::from_utf8_lossy(local).into_owned();
            self.builder.odd(OddityKind::NameMismatch, name, local);
        }
    }

    /// Notes bytes before the first entry, and entries that share bytes.
    fn note_extents(&mut self, mut extents: Vec<Extent>) {
        order::sort_by_key(&mut extents, |extent| (extent.start, extent.end));
        if let Some(first) = extents.first().filter(|first| first.start > 0 && !self.bytes.starts_with(b"PK\x03\x04")) {
            let bytes = first.start;
            self.builder.odd(OddityKind::LeadingData, "", bytes.to_string());
        }
        let overlaps: Vec<(String, String)> = extents
            .windows(2)
            .filter_map(|pair| match pair {
                [one, two] if two.start < one.end => Some((two.name.clone(), one.name.clone())),
                _ => None,
            })
            .collect();
        if let Some((name, other)) = overlaps.into_iter().next() {
            self.builder.odd(OddityKind::Overlap, &name, other);
        }
    }

    /// Notes entries past the number that the archive gives: other programs may unpack them.
    fn note_unlisted(&mut self, total: usize) {
        if let Some(more) = entries_of_list(self.bytes).and_then(|listed| listed.checked_sub(total)).filter(|more| *more > 0) {
            let message = format!("The archive lists more entries than it says it has ({total}); not read of them: {more}");
            self.builder.package.not_examined.push(NotExamined::new("unlisted-entries", message, None).with("count", more));
            self.builder.package.is_complete = false;
        }
    }

    fn note_trailing_data(&mut self) {
        if let Some(end) = end_of_archive(self.bytes).filter(|end| *end < self.bytes.len()) {
            self.builder.odd(OddityKind::TrailingData, "", (self.bytes.len() - end).to_string());
        }
    }
}

/// Why inflating ended early.
enum Stop {
    TooLarge,
    NoRoom,
    OutOfTime,
    Damaged(String),
}

/// The name inside a local file header.
fn local_name(header: &[u8]) -> Option<&[u8]> {
    if !header.starts_with(b"PK\x03\x04") {
        return None;
    }
    header.get(30..30 + number(header, 26)?)
}

/// Where the archive ends: after the comment of the last end record.
fn end_of_archive(bytes: &[u8]) -> Option<usize> {
    let at = end_record(bytes)?;
    Some(at + 22 + number(bytes, at + 20)?)
}

/// Where the last end record starts.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    Some(from + bytes.get(from..)?.windows(4).rposition(|four| four == b"PK\x05\x06")?)
}

/// The entries of the list of files, counted one by one; none when it does not stand right before the end record.
fn entries_of_list(bytes: &[u8]) -> Option<usize> {
    let end = end_record(bytes)?;
    let size = number(bytes, end + 12)? | number(bytes, end + 14)? << 16;
    let mut at = end.checked_sub(size)?;
    let mut count = 0;
    while at < end {
        if !bytes.get(at..end)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        at += 46 + number(bytes, at + 28)? + number(bytes, at + 30)? + number(bytes, at + 32)?;
        count += 1;
    }
    Some(count)
}

/// A number of two bytes.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
}
