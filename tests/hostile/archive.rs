//! Writes zip archives byte by byte, so that each of their numbers can lie.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// One entry, as it is to be written.
pub struct Entry {
    /// The name in the list of files.
    pub name: Vec<u8>,
    /// The name before the content, if it is another.
    pub local_name: Option<Vec<u8>>,
    /// 0 for stored, 8 for deflated.
    pub method: u16,
    /// Bit 0 says that it is encrypted.
    pub flags: u16,
    /// The checksum.
    pub crc: u32,
    /// The size that is declared.
    pub size: u32,
    /// The file's mode, shifted as Unix programs write it.
    pub attributes: u32,
    /// The content as it stands in the archive; none for an entry that points at the content of the one before.
    pub body: Option<Vec<u8>>,
}

impl Entry {
    /// An honest, deflated entry.
    pub fn new(name: impl AsRef<[u8]>, content: &[u8]) -> Self {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(content).expect("memory takes it");
        let crc = crc32fast::hash(content);
        let size = u32::try_from(content.len()).expect("under 4 GB");
        let body = Some(deflate.finish().expect("memory takes it"));
        Self { name: name.as_ref().to_vec(), local_name: None, method: 8, flags: 0, crc, size, attributes: 0, body }
    }

    /// An honest entry of `length` zeros, made in pieces.
    pub fn zeros(name: &str, length: u32) -> Self {
        let piece = vec![0; 1 << 20];
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        let mut checksum = crc32fast::Hasher::new();
        let mut left = length as usize;
        while left > 0 {
            let part = &piece[..left.min(piece.len())];
            deflate.write_all(part).expect("memory takes it");
            checksum.update(part);
            left -= part.len();
        }
        let body = Some(deflate.finish().expect("memory takes it"));
        Self { crc: checksum.finalize(), size: length, body, ..Self::new(name, b"") }
    }
}

/// The archive of `entries`.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    let (mut offset, mut length) = (0, 0);
    for entry in entries {
        if let Some(body) = &entry.body {
            (offset, length) = (bytes.len(), body.len());
            let name = entry.local_name.as_ref().unwrap_or(&entry.name);
            bytes.extend(b"PK\x03\x04\x14\0");
            fields(&mut bytes, entry, length);
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend([0, 0]);
            bytes.extend(name);
            bytes.extend(body);
        }
        list.extend(b"PK\x01\x02\x14\x03\x14\0");
        fields(&mut list, entry, length);
        list.extend((entry.name.len() as u16).to_le_bytes());
        list.extend([0; 8]);
        list.extend(entry.attributes.to_le_bytes());
        list.extend((offset as u32).to_le_bytes());
        list.extend(&entry.name);
    }
    let start = bytes.len() as u32;
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([(entries.len() as u16).to_le_bytes(), (entries.len() as u16).to_le_bytes()].concat());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// What both headers of an entry have in common.
fn fields(bytes: &mut Vec<u8>, entry: &Entry, length: usize) {
    bytes.extend(entry.flags.to_le_bytes());
    bytes.extend(entry.method.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(entry.crc.to_le_bytes());
    bytes.extend((length as u32).to_le_bytes());
    bytes.extend(entry.size.to_le_bytes());
}
