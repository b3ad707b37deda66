//! What we are willing to read: sizes, counts, depth and time.

/// The bounds under which a package is read and checked. Bytes are counted while inflating, never taken from headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Entries of an archive, folders included.
    pub entries: usize,
    /// Bytes of one archive as it is given.
    pub archive_bytes: u64,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files.
    pub total_bytes: u64,
    /// Bytes of one script or stylesheet.
    pub code_bytes: u64,
    /// Bytes of one template, and of one string of a script that is read as markup or as styles.
    pub markup_bytes: u64,
    /// Bytes of one JSON file.
    pub json_bytes: u64,
    /// Pixels of one image.
    pub pixels: u64,
    /// Levels of nesting in a source text; chains (`a.b.c`, `a + b + c`) count too.
    pub nesting: usize,
    /// Findings per rule and file that are listed; the rest is counted.
    pub findings: usize,
    /// Milliseconds for reading and checking together.
    pub time_ms: u64,
}

// What follows keeps the readers' own stack and memory within reach, and no caller may choose it.

/// Tokens of one script: a tenth more than the largest known bundle has, Plotly's of 4.5 MB with 1.98 million. A script of 8 MB may
/// have twice as many, each of which takes some hundred bytes of memory to resolve, and three microseconds in a browser.
pub const TOKENS: usize = 2_200_000;

/// Uses of a variable, or calls of a function, that are looked at for one value.
pub const USES: usize = 64;

/// Places of one name, before and after a place of it each, that are compared with what stands there.
pub const NAMESAKES: usize = 500;

/// Blocks inside blocks that are followed in a stylesheet; the parser goes one call deeper for each.
pub const STYLE_BLOCKS: u8 = 75;

/// Pseudo-classes inside pseudo-classes, `:is(:not(...))`, that are followed in a selector.
pub const PSEUDO_CLASSES: u8 = 16;

/// Parts kept of one stylesheet or one text of markup - selectors, declarations, elements, attributes, comments: many times what the
/// largest known framework holds.
pub const PARTS: usize = 300_000;

/// Scripts, event handlers, styles and `style` attributes that are read of one text of markup.
pub const EMBEDDED: usize = 3_000;

/// Bytes of one text of an i18n file: the longest legal text is far shorter.
pub const TEXT_BYTES: usize = 200_000;

/// Texts that are read of all i18n files together: every rule about texts reads each of them.
pub const TEXTS: usize = 40_000;

/// `<script type="text/template">` inside such an element.
pub const TEMPLATES_IN_TEMPLATES: u8 = 3;

const MIB: u64 = 1024 * 1024;

impl Default for Bounds {
    fn default() -> Self {
        Self {
            entries: 10_000,
            archive_bytes: 256 * MIB,
            file_bytes: 64 * MIB,
            total_bytes: 256 * MIB,
            code_bytes: 8 * MIB,
            markup_bytes: 4 * MIB,
            json_bytes: 16 * MIB,
            pixels: 50_000_000,
            nesting: 200,
            findings: 1_000,
            time_ms: 8_000,
        }
    }
}

/// A number of bytes for people: `8 MB` for 8 MiB.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    if bytes >= MIB { format!("{} MB", bytes / MIB) } else { format!("{} KB", bytes.div_ceil(1024)) }
}

/// A clock: milliseconds since any fixed moment. A native one is looked at by several threads.
#[cfg(not(target_arch = "wasm32"))]
pub type Now<'a> = dyn Fn() -> f64 + Sync + 'a;

/// A clock: milliseconds since any fixed moment. A browser's belongs to its worker.
#[cfg(target_arch = "wasm32")]
pub type Now<'a> = dyn Fn() -> f64 + 'a;

/// The moment at which work has to end.
#[derive(Clone, Copy)]
pub struct Deadline<'a> {
    now_ms: &'a Now<'a>,
    end_ms: f64,
}

impl<'a> Deadline<'a> {
    /// Ends `bounds.time_ms` from now. `now_ms` gives milliseconds since any fixed moment: a [`Stopwatch`] natively, `performance.now` in a browser.
    #[must_use]
    pub fn new(now_ms: &'a Now<'a>, bounds: &Bounds) -> Self {
        Self { now_ms, end_ms: now_ms() + bounds.time_ms as f64 }
    }

    /// Ends when the clock shows `end_ms`.
    #[must_use]
    pub fn at(now_ms: &'a Now<'a>, end_ms: f64) -> Self {
        Self { now_ms, end_ms }
    }

    /// Whether the time is over.
    #[must_use]
    pub fn passed(&self) -> bool {
        (self.now_ms)() >= self.end_ms
    }
}

impl std::fmt::Debug for Deadline<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deadline").field("end_ms", &self.end_ms).finish_non_exhaustive()
    }
}

/// The clock of a native program.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

#[cfg(not(target_arch = "wasm32"))]
impl Stopwatch {
    /// Starts at zero.
    #[must_use]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Milliseconds since the start.
    #[must_use]
    pub fn elapsed_ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_passes_when_its_time_is_over() {
        let now = std::sync::atomic::AtomicU32::new(100);
        let clock = || f64::from(now.load(std::sync::atomic::Ordering::Relaxed));
        let deadline = Deadline::new(&clock, &Bounds { time_ms: 50, ..Bounds::default() });
        assert!(!deadline.passed());
        now.store(150, std::sync::atomic::Ordering::Relaxed);
        assert!(deadline.passed());
    }

    #[test]
    fn sizes_are_said_in_whole_units() {
        assert_eq!(megabytes(8 * MIB), "8 MB");
        assert_eq!(megabytes(1500), "2 KB");
    }
}
