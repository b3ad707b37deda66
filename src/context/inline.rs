//! Comments that ask to silence a finding: `kommo-preflight-ignore RULE: reason`, for its own line and the one after it.

use super::Context;
use crate::options::Silence;
use crate::order;
use crate::package::SourceFile;
use crate::syntax::{Span, find};

/// What such a comment says first.
const ASKS: &str = "kommo-preflight-ignore";

/// Comments of a file that are read; nobody writes more.
const MAX_PER_FILE: usize = 1_000;

impl Context<'_> {
    /// What the comments of scripts, stylesheets and templates ask to silence, in the order of the files.
    #[must_use]
    pub fn inline_silences(&self) -> Vec<Silence> {
        let scripts = self
            .scripts
            .iter()
            .flat_map(|script| self.asking(&script.path, script.facts.comment_blocks().into_iter().map(|comment| comment.span)));
        let styles = self.styles.iter().flat_map(|style| self.asking(&style.path, style.facts.comments.iter().copied()));
        let markups = self
            .markups
            .iter()
            .flat_map(|markup| self.asking(&markup.path, markup.facts.comments.iter().map(|comment| comment.span)));
        let mut silences: Vec<Silence> = Vec::new();
        for (path, comment) in order::set(scripts.chain(styles).chain(markups)) {
            let of_file = silences.iter().rev().take_while(|silence| silence.source_path == path).count();
            if let (true, Some(file)) = (of_file < MAX_PER_FILE, self.package.file(path)) {
                silences.extend(silences_in(file, comment));
            }
        }
        silences
    }

    /// The comments of a file that ask for something.
    fn asking<'a>(&self, path: &'a str, comments: impl Iterator<Item = Span>) -> impl Iterator<Item = (&'a str, Span)> {
        let mut comments = comments.peekable();
        let file = comments.peek().and_then(|_| self.package.file(path));
        let bytes = file.map(SourceFile::bytes).unwrap_or_default();
        let asks = |comment: &Span| {
            let text = bytes.get(comment.start as usize..comment.end as usize).unwrap_or_default();
            find(text, ASKS.as_bytes()).is_some()
        };
        comments.filter(asks).map(move |comment| (path, comment))
    }
}

/// What one comment asks for; each of its lines may ask for one thing.
fn silences_in(file: &SourceFile, comment: Span) -> Vec<Silence> {
    let last = file.position(comment.end.saturating_sub(1)).line;
    let first = file.position(comment.start).line;
    let after = file.lines().line_span(file.bytes(), last + 1);
    let end = if after.is_empty() { file.lines().line_span(file.bytes(), last).end } else { after.end };
    let asked = (first..=last).filter_map(|line| {
        let span = file.lines().line_span(file.bytes(), line);
        let within = Span::new(span.start.max(comment.start), span.end.min(comment.end));
        let text = std::str::from_utf8(file.bytes().get(within.start as usize..within.end as usize)?).ok()?;
        let (rule, reason) = asked(text)?;
        Some(Silence {
            rule,
            path: Some(file.path.clone()),
            within: Some(Span::new(span.start, end)),
            reason,
            source_path: file.path.clone(),
            source_line: line,
        })
    });
    asked.collect()
}

/// The rule and the reason that a line of a comment names.
fn asked(line: &str) -> Option<(String, Option<String>)> {
    let (_, rest) = line.split_once(ASKS)?;
    let rest = ["*/", "-->", "#}"].iter().fold(rest, |rest, end| rest.split(end).next().unwrap_or(rest)).trim();
    let (rule, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let reason = reason.trim();
    let rule: String = rule.trim().chars().take(100).collect();
    (!rule.is_empty()).then(|| (rule, (!reason.is_empty()).then(|| reason.chars().take(300).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Outcome;
    use crate::testing::Widget;

    const SCRIPT: &str = "define([], function () {\n  // kommo-preflight-ignore sync-request: the old server cannot do otherwise\n  \
                          $.ajax({ url: 'https://example.com', async: false });\n});\n";

    #[test]
    fn a_line_names_a_rule_and_a_reason() {
        let reason = Some("it is old".to_owned());
        assert_eq!(asked("/* kommo-preflight-ignore sync-request: it is old */"), Some(("sync-request".to_owned(), reason)));
        assert_eq!(asked("<!-- kommo-preflight-ignore comments -->"), Some(("comments".to_owned(), None)));
        assert_eq!(asked("// kommo-preflight-ignore"), None);
        assert_eq!(asked("// nothing"), None);
    }

    #[test]
    fn comments_silence_nothing_unless_the_caller_allows_it() {
        let widget = Widget::clean().file("script.js", SCRIPT);
        assert_eq!(widget.outcome("sync-requests"), Outcome::Fail);
        let note = widget.report().not_examined.into_iter().find(|entry| entry.code == "inline-silence-ignored");
        assert_eq!(note.and_then(|entry| entry.path).as_deref(), Some("script.js"));
    }

    #[test]
    fn an_allowed_comment_silences_its_line_and_the_next() {
        let widget = Widget::clean().options(|options| options.allow_inline = true);
        assert_ne!(widget.clone().file("script.js", SCRIPT).outcome("sync-requests"), Outcome::Fail);
        let further = SCRIPT.replace("otherwise\n", "otherwise\n\n");
        let report = widget.file("script.js", further).report();
        assert!(report.items.iter().any(|item| item.item.id == "sync-requests" && item.outcome == Outcome::Fail));
        assert!(report.not_examined.iter().any(|entry| entry.code == "unused-silence"), "{:?}", report.not_examined);
    }
}
