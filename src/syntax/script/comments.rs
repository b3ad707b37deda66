//! Comments, joined to the blocks that people read them as.

use super::Script;
use crate::syntax::Span;

/// A block comment, or line comments that stand on consecutive lines.
#[derive(Clone, Debug)]
pub struct CommentBlock {
    /// Its place in the file.
    pub span: Span,
    /// What it says, without delimiters.
    pub text: String,
}

impl Script {
    /// The script's comments, in order.
    #[must_use]
    pub fn comment_blocks(&self) -> Vec<CommentBlock> {
        let mut blocks: Vec<(Span, String)> = Vec::new();
        for &span in &self.comments {
            let raw = span.of(self.source());
            let text = match raw.strip_prefix("/*") {
                Some(rest) => rest.strip_suffix("*/").unwrap_or(rest),
                None => raw.strip_prefix("//").unwrap_or(raw),
            };
            let goes_on = |last: Span| {
                let between = Span::new(last.end, span.start).of(self.source());
                raw.starts_with("//")
                    && self.starts_line(last.start)
                    && last.of(self.source()).starts_with("//")
                    && is_line_end(between)
            };
            match blocks.last_mut() {
                Some((last, so_far)) if goes_on(*last) => {
                    *last = last.join(span);
                    so_far.push('\n');
                    so_far.push_str(text);
                }
                _ => blocks.push((span, text.to_owned())),
            }
        }
        blocks.into_iter().map(|(span, text)| CommentBlock { span: self.file(span), text }).collect()
    }

    fn starts_line(&self, at: u32) -> bool {
        let before = self.source().get(..at as usize).unwrap_or_default();
        before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) || before.trim().is_empty()
    }
}

/// Whether a text is one line end and blanks.
fn is_line_end(between: &str) -> bool {
    between.trim().is_empty() && between.replace("\r\n", "\n").matches(['\n', '\r']).count() == 1
}
