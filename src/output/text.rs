//! The report for people at a terminal: the verdict first, then what fails, what needs a look, and what only a person can judge.

use super::sentences::{counted, counts, place, verdict};
use super::{Checked, Excerpt, WireFinding, WireItem, WireRelated, WireReport};
use crate::finding::{ALSO_HERE, Certainty};
use crate::package::shown;
use crate::report::{Outcome, Verdict};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::fmt::Write;

/// How much of a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The first findings of each rule; the rest is counted.
    Short,
    /// Every finding.
    Full,
}

/// Findings of a rule that [`Detail::Short`] prints.
const FIRST: usize = 5;

/// Further places of a finding that [`Detail::Short`] prints.
const FIRST_PLACES: usize = 3;

/// The reports as text, with terminal styles: whoever prints it strips them where they do not belong.
#[must_use]
pub fn to_text(checked: &[Checked], detail: Detail) -> String {
    let mut writer = Writer { out: String::new(), detail };
    for (index, one) in checked.iter().enumerate() {
        if index > 0 {
            writer.out.push('\n');
        }
        writer.report(one);
    }
    if checked.len() > 1 {
        writer.summary(checked);
    }
    writer.out
}

/// A sentence on one line: code in it may stand on several.
fn one_line(text: &str) -> String {
    shown(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `text` with its control characters made visible, line by line.
fn visible(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

struct Writer {
    out: String,
    detail: Detail,
}

impl Writer {
    fn line(&mut self, text: impl AsRef<str>) {
        self.out.push_str(text.as_ref());
        self.out.push('\n');
    }

    fn report(&mut self, checked: &Checked) {
        let report = &checked.report;
        let level = match report.verdict {
            Verdict::Fail | Verdict::Unreadable => Level::ERROR,
            Verdict::Review => Level::WARNING,
            Verdict::Clear => Level::HELP,
        };
        let name = shown(&report.package.name);
        let title = level.with_name(name).primary_title(verdict(report));
        self.line(Renderer::styled().render(&[Group::with_title(title)]));
        if report.verdict != Verdict::Unreadable {
            self.line(counts(report));
        }
        for entry in &report.not_examined {
            self.line(format!("Note: {}.", visible(entry.message.trim_end_matches('.'))));
        }
        if report.verdict == Verdict::Unreadable {
            return;
        }
        for status in [Outcome::Fail, Outcome::Review] {
            for item in report.items.iter().filter(|item| item.status == status) {
                self.item(item, checked);
            }
        }
        self.manual(report);
        self.silenced(report);
        // The head of a long report is out of sight by now.
        self.line(format!("\n{}: {}", shown(&report.package.name), counts(report)));
    }

    fn item(&mut self, item: &WireItem, checked: &Checked) {
        let (level, says) = match item.status {
            Outcome::Fail => (Level::ERROR, "Fails"),
            _ => (Level::WARNING, "Needs a look"),
        };
        let title = level.with_name(says).primary_title(format!("{} ({})", item.title, item.id));
        let heading = Renderer::styled().render(&[Group::with_title(title)]);
        self.line(format!("\n{heading}"));
        for entry in item.evidence.iter().filter(|entry| entry.kind == "not-examined") {
            self.line(format!("  {}: {}", place(entry.path.as_deref(), entry.range), visible(&entry.value)));
        }
        let mut rest = item.findings.as_slice();
        while let Some(first) = rest.first() {
            let same =
                rest.iter().take_while(|finding| finding.rule == first.rule && finding.certainty == first.certainty).count();
            let (of_rule, others) = rest.split_at(same);
            let limit = if self.detail == Detail::Full { same } else { FIRST };
            for finding in of_rule.iter().take(limit) {
                self.finding(finding, checked);
            }
            if same > limit {
                self.line(format!("  ... and {} more of {}; --all prints them", same - limit, first.rule));
            }
            rest = others;
        }
    }

    fn finding(&mut self, finding: &WireFinding, checked: &Checked) {
        let (level, says) = match finding.certainty {
            Certainty::Certain => (Level::ERROR, "fails"),
            Certainty::Suspect => (Level::WARNING, "look"),
        };
        let title = level.with_name(says).primary_title(one_line(&finding.message)).id(finding.rule);
        let path = finding.path.as_deref().map_or_else(|| "(the package as a whole)".to_owned(), shown);
        let mut group = match checked.sources.excerpt(finding) {
            Some(excerpt) => {
                let whole = 0..excerpt.text.len();
                // Where a line is cut or hidden characters are written out, its columns are not the file's.
                let holds = finding.range.is_some_and(|range| column(&excerpt) == range.start.column as usize);
                let snippet = Snippet::source(excerpt.text)
                    .line_start(excerpt.first_line as usize)
                    .fold(false)
                    .annotation(AnnotationKind::Primary.span(excerpt.marked))
                    .annotation(AnnotationKind::Visible.span(whole));
                match holds {
                    true => title.element(snippet.path(path)),
                    false => title.element(origin(path, finding)).element(snippet),
                }
            }
            None => title.element(origin(path, finding)),
        };
        for related in finding.related.iter().filter(|related| related.message != ALSO_HERE.text) {
            let text = format!("{} ({})", one_line(&related.message), related_place(related));
            group = group.element(Element::from(Level::NOTE.message(text)));
        }
        if let Some(also) = self.also(finding) {
            group = group.element(Element::from(Level::NOTE.message(also)));
        }
        group = group.element(Element::from(Level::HELP.message(visible(&finding.help))));
        let rendered = Renderer::styled().render(&[group]);
        self.line(format!("\n{rendered}"));
    }

    /// Further places of a finding that stands for several.
    fn also(&self, finding: &WireFinding) -> Option<String> {
        let places: Vec<&WireRelated> = finding.related.iter().filter(|related| related.message == ALSO_HERE.text).collect();
        let others = (finding.count as usize).saturating_sub(1).max(places.len());
        if others == 0 {
            return None;
        }
        let limit = if self.detail == Detail::Full { places.len() } else { FIRST_PLACES };
        let shown: Vec<String> = places.iter().take(limit).map(|related| related_place(related)).collect();
        let rest = others - shown.len();
        let mut text = format!("also at {}", shown.join(", "));
        if shown.is_empty() {
            text = format!("stands for {} places", others + 1);
        } else if rest > 0 {
            let _ = write!(text, " and {rest} more");
        }
        Some(text)
    }

    /// The items that only a person can decide, a line each.
    fn manual(&mut self, report: &WireReport) {
        let manual: Vec<&WireItem> = report.items.iter().filter(|item| item.status == Outcome::Manual).collect();
        if manual.is_empty() {
            return;
        }
        self.line("\nYours to judge:");
        for item in manual {
            let evidence = match item.evidence.len() {
                0 => String::new(),
                count => format!(": {} to look at", counted(count, "thing", "things")),
            };
            self.line(format!("  {} ({}){evidence}", item.title, item.id));
        }
        self.line("`--format markdown` or `--format html` shows what to look at; `kommo-preflight explain ITEM` what is asked.");
    }

    /// Findings that somebody decided to live with, a line each.
    fn silenced(&mut self, report: &WireReport) {
        if report.counts.silenced == 0 {
            return;
        }
        self.line("\nSilenced:");
        for one in report.items.iter().flat_map(|item| &item.silenced) {
            let reason = one.reason.as_deref().map_or_else(|| "no reason given".to_owned(), one_line);
            let at = place(one.finding.path.as_deref(), one.finding.range);
            self.line(format!("  {at}: {} ({reason}; {}:{})", one.finding.rule, shown(&one.source.path), one.source.line));
        }
    }

    /// One line for each of several packages.
    fn summary(&mut self, checked: &[Checked]) {
        self.line(format!("\n{} packages:", checked.len()));
        for one in checked {
            let silenced = match one.report.counts.silenced {
                0 => String::new(),
                count => format!(" ({count} silenced)"),
            };
            self.line(format!("  {}: {}{silenced}", shown(&one.report.package.name), verdict(&one.report)));
        }
    }
}

fn origin(path: String, finding: &WireFinding) -> Origin<'static> {
    let origin = Origin::path(path);
    match finding.range {
        Some(range) => origin.line(range.start.line as usize).char_column(range.start.column as usize),
        None => origin,
    }
}

/// The 1-based column of the marked part, in characters of the excerpt.
fn column(excerpt: &Excerpt) -> usize {
    let before = excerpt.text.get(..excerpt.marked.start).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
}

fn related_place(related: &WireRelated) -> String {
    place(related.path.as_deref(), related.range)
}
