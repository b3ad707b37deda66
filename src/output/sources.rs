//! The source around a finding, as every format shows it: a few lines, long ones cut, hidden characters visible, secrets covered.

use super::{Range, Secrets, WireFinding, WireReport};
use crate::package::{Package, shown};
use crate::syntax::{LineIndex, Span};
use std::collections::BTreeMap;
use std::ops;

/// Lines shown on either side of a finding.
const AROUND: u32 = 2;

/// Lines shown of a finding that spans many.
const MAX_LINES: u32 = 8;

/// Characters shown of a line.
const MAX_WIDTH: usize = 160;

/// Characters of a cut line that are shown before a finding.
const LEAD: usize = 60;

/// A report together with the sources that it points into.
#[derive(Debug)]
pub struct Checked {
    /// The report.
    pub report: WireReport,
    /// The sources.
    pub sources: Sources,
    /// The address under which the rules' pages are published, if somebody published them: [`Checked::rule_page`].
    pub rules_url: Option<String>,
}

impl Checked {
    /// Keeps the sources of `package` that `report` points into.
    #[must_use]
    pub fn new(report: WireReport, package: &Package) -> Self {
        let sources = Sources::new(&report, package);
        Self { report, sources, rules_url: None }
    }

    /// The address of a rule's page, where one is known.
    #[must_use]
    pub fn rule_page(&self, rule: &str) -> Option<String> {
        Some(format!("{}/{rule}.html", self.rules_url.as_deref()?.trim_end_matches('/')))
    }
}

/// The texts of the files that findings point into, secrets covered.
#[derive(Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

#[derive(Debug)]
struct Source {
    text: String,
    lines: LineIndex,
}

/// The source around a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The 1-based number of the first line.
    pub first_line: u32,
    /// The lines, with a line feed between them.
    pub text: String,
    /// The bytes of [`Excerpt::text`] that the finding points at.
    pub marked: ops::Range<usize>,
}

impl Sources {
    fn new(report: &WireReport, package: &Package) -> Self {
        let findings = report.items.iter().flat_map(|item| {
            item.findings.iter().chain(item.silenced.iter().map(|silenced| &silenced.finding)).filter(|it| it.range.is_some())
        });
        let mut sources = BTreeMap::new();
        for path in findings.filter_map(|finding| finding.path.as_deref()) {
            if let (false, Some(file)) = (sources.contains_key(path), package.files.get(path)) {
                sources.insert(path.to_owned(), Source::new(file.bytes(), &report.secrets));
            }
        }
        Self(sources)
    }

    /// The source around `finding`; none when it points at no part of a file.
    #[must_use]
    pub fn excerpt(&self, finding: &WireFinding) -> Option<Excerpt> {
        Some(self.0.get(finding.path.as_deref()?)?.excerpt(finding.range?))
    }
}

impl Source {
    /// A `?` stands for each byte that is not UTF-8, so that offsets hold.
    fn new(bytes: &[u8], secrets: &Secrets) -> Self {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
        Self { text: secrets.cover(&text).into_owned(), lines: LineIndex::new(bytes) }
    }

    fn excerpt(&self, range: Range) -> Excerpt {
        let first = range.start.line.saturating_sub(AROUND).max(1);
        let last_marked = range.end.line.min(range.start.line.saturating_add(MAX_LINES - 1));
        let last = last_marked.saturating_add(AROUND).min(self.lines.lines());
        let mut writer =
            ExcerptWriter { out: String::new(), mark: range.start.offset as usize..range.end.offset as usize, marked: 0..0 };
        for line in first..=last {
            if line > first {
                writer.out.push('\n');
            }
            writer.line(&self.text, self.lines.line_span(self.text.as_bytes(), line));
        }
        let marked = writer.marked.start..writer.marked.end.max(writer.marked.start);
        Excerpt { first_line: first, text: writer.out, marked }
    }
}

/// Copies lines and follows where the marked part goes.
struct ExcerptWriter {
    out: String,
    /// What is marked in the source.
    mark: ops::Range<usize>,
    /// What is marked in `out`.
    marked: ops::Range<usize>,
}

impl ExcerptWriter {
    fn line(&mut self, text: &str, span: Span) {
        let line = span.of(text);
        let line_start = span.start as usize;
        let ahead = self.mark.start.saturating_sub(line_start).min(line.len());
        let skipped = if line.chars().nth(MAX_WIDTH).is_some() { chars_before(line, ahead).saturating_sub(LEAD) } else { 0 };
        if skipped > 0 {
            self.out.push('…');
        }
        let mut chars = line.char_indices().skip(skipped);
        for (at, c) in chars.by_ref().take(MAX_WIDTH) {
            self.note(line_start + at);
            match c {
                '\t' => self.out.push('\t'),
                c => self.out.push_str(&shown(c.encode_utf8(&mut [0; 4]))),
            }
        }
        match chars.next() {
            Some((at, _)) => {
                self.note(line_start + at);
                self.out.push('…');
            }
            None => self.note(line_start + line.len()),
        }
    }

    /// The byte `at` of the source goes to the end of `out`.
    fn note(&mut self, at: usize) {
        if at <= self.mark.start {
            self.marked.start = self.out.len();
        }
        if at <= self.mark.end {
            self.marked.end = self.out.len();
        }
    }
}

fn chars_before(line: &str, at: usize) -> usize {
    line.char_indices().take_while(|(start, _)| *start < at).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Position;

    fn excerpt(text: &str, marked: &str) -> Excerpt {
        let source = Source::new(text.as_bytes(), &Secrets::default());
        let start = text.find(marked).expect("it is there");
        let position = |offset: usize| -> Position { source.lines.position(text.as_bytes(), offset as u32) };
        source.excerpt(Range { start: position(start), end: position(start + marked.len()) })
    }

    fn marked(excerpt: &Excerpt) -> &str {
        &excerpt.text[excerpt.marked.clone()]
    }

    #[test]
    fn two_lines_stand_on_either_side() {
        let excerpt = excerpt("1\n2\n3\nabc\n5\n6\n7\n", "b");
        assert_eq!((excerpt.first_line, &*excerpt.text), (2, "2\n3\nabc\n5\n6"));
        assert_eq!(marked(&excerpt), "b");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let line = format!("{}MARK{}", "x".repeat(5_000), "y".repeat(5_000));
        let excerpt = excerpt(&line, "MARK");
        assert_eq!(marked(&excerpt), "MARK");
        assert!(excerpt.text.starts_with("…xxx") && excerpt.text.ends_with("yyy…"));
        assert_eq!(excerpt.text.chars().count(), MAX_WIDTH + 2);
    }

    #[test]
    fn a_long_mark_ends_where_the_excerpt_ends() {
        let text = "line\n".repeat(100);
        let excerpt = excerpt(&text, &text);
        assert_eq!(excerpt.text.lines().count(), (MAX_LINES + AROUND) as usize);
        assert_eq!(excerpt.marked, 0..excerpt.text.len());
    }

    #[test]
    fn hidden_characters_are_visible_and_the_mark_still_holds() {
        let excerpt = excerpt("\u{FEFF}a\u{202E}b", "b");
        assert_eq!(excerpt.text, "\\u{feff}a\\u{202e}b");
        assert_eq!(marked(&excerpt), "b");
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_their_places() {
        let source = Source::new(b"a\xCF\xF0b", &Secrets::default());
        assert_eq!(source.text, "a??b");
    }
}
