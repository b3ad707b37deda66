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
    /// Where each of the comments starts that are joined in it.
    pub starts: Vec<u32>,
    /// Whether it is line comments that only blank lines part from the line comments before.
    pub goes_on: bool,
}

impl Script {
    /// The script's comments, in order.
    #[must_use]
    pub fn comment_blocks(&self) -> Vec<CommentBlock> {
        let mut blocks: Vec<CommentBlock> = Vec::new();
        for &span in &self.comments {
            let raw = span.of(self.source());
            let text = match raw.strip_prefix("/*") {
                Some(rest) => rest.strip_suffix("*/").unwrap_or(rest),
                None => raw.strip_prefix("//").unwrap_or(raw),
            };
            let line_ends = blocks.last().map_or(0, |last| {
                let last = last.span;
                let are_lines = raw.starts_with("//") && last.of(self.source()).starts_with("//") && self.starts_line(last.start);
                if are_lines { line_ends(Span::new(last.end, span.start).of(self.source())) } else { 0 }
            });
            match blocks.last_mut() {
                Some(last) if line_ends == 1 => {
                    last.span = last.span.join(span);
                    last.text.push('\n');
                    last.text.push_str(text);
                    last.starts.push(span.start);
                }
                _ => blocks.push(CommentBlock { span, text: text.to_owned(), starts: vec![span.start], goes_on: line_ends > 1 }),
            }
        }
        for block in &mut blocks {
            block.span = self.file(block.span);
            for start in &mut block.starts {
                *start = self.file(Span::new(*start, *start)).start;
            }
        }
        blocks
    }

    fn starts_line(&self, at: u32) -> bool {
        let before = self.source().get(..at as usize).unwrap_or_default();
        before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) || before.trim().is_empty()
    }
}

/// How many line ends a text of blanks has; none if there is anything else.
fn line_ends(between: &str) -> usize {
    if between.trim().is_empty() { between.replace("\r\n", "\n").matches(['\n', '\r']).count() } else { 0 }
}
