//! Stands in for the crate `crc32fast`: the checksum of zip and PNG.
//!
//! The crate's tables are 16 KB of numbers that nothing compresses, one byte in fifty of the wasm module. These are made when the
//! first checksum is.

use std::sync::LazyLock;

/// The polynomial, its lowest power first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

/// So many bytes are taken in one step.
const STEP: usize = 8;

/// What a byte does to the checksum when `n` more bytes of the step follow it.
static TABLES: LazyLock<[[u32; 256]; STEP]> = LazyLock::new(|| {
    let mut tables = [[0; 256]; STEP];
    tables[0] = std::array::from_fn(|byte| (0..8).fold(byte as u32, |crc, _| (crc >> 1) ^ (POLYNOMIAL * (crc & 1))));
    for n in 1..STEP {
        tables[n] = tables[n - 1].map(|crc| (crc >> 8) ^ tables[0][(crc & 0xFF) as usize]);
    }
    tables
});

/// The checksum of `bytes`.
#[must_use]
pub fn hash(bytes: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(bytes);
    hasher.finalize()
}

/// The checksum of bytes that come in pieces.
#[derive(Clone, Debug, Default)]
pub struct Hasher {
    /// Of the bytes so far.
    crc: u32,
    length: u64,
}

impl Hasher {
    /// Of no bytes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of `length` bytes whose checksum is known.
    #[must_use]
    pub fn new_with_initial_len(crc: u32, length: u64) -> Self {
        Self { crc, length }
    }

    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let tables = &*TABLES;
        let mut crc = !self.crc;
        let (steps, rest) = bytes.as_chunks::<STEP>();
        for step in steps {
            let [a, b, c, d] = crc.to_le_bytes();
            let first = [step[0] ^ a, step[1] ^ b, step[2] ^ c, step[3] ^ d];
            let bytes = first.into_iter().chain(step[4..].iter().copied());
            crc = bytes.zip(tables.iter().rev()).fold(0, |crc, (byte, table)| crc ^ table[usize::from(byte)]);
        }
        for byte in rest {
            crc = (crc >> 8) ^ tables[0][usize::from(crc as u8 ^ byte)];
        }
        self.crc = !crc;
        self.length += bytes.len() as u64;
    }

    /// The checksum.
    #[must_use]
    pub fn finalize(self) -> u32 {
        self.crc
    }

    /// Forgets every byte.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Takes the bytes of another checksum, as if they came after these.
    pub fn combine(&mut self, other: &Self) {
        // Each zero byte moves the checksum on; the other one starts from nothing.
        for _ in 0..other.length {
            self.crc = (self.crc >> 8) ^ TABLES[0][(self.crc & 0xFF) as usize];
        }
        self.crc ^= other.crc;
        self.length += other.length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(hash(b""), 0);
        assert_eq!(hash(b"123456789"), 0xCBF4_3926);
        assert_eq!(hash(b"The quick brown fox jumps over the lazy dog"), 0x414F_A339);
    }

    #[test]
    fn pieces_make_the_whole() {
        let text = b"The quick brown fox jumps over the lazy dog";
        for at in 0..text.len() {
            let mut hasher = Hasher::new();
            hasher.update(&text[..at]);
            let mut joined = hasher.clone();
            hasher.update(&text[at..]);
            assert_eq!(hasher.finalize(), hash(text));
            let mut rest = Hasher::new();
            rest.update(&text[at..]);
            joined.combine(&rest);
            assert_eq!(joined.finalize(), hash(text));
        }
    }
}
