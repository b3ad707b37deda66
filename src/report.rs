//! The report: outcomes are derived here and nowhere else.

use crate::checklist::{DecidedBy, ITEMS, Input, Item, Subject};
use crate::context::{Context, Unparsed};
use crate::finding::{Certainty, Collected, Evidence, Finding, Location};
use crate::options::{PROJECT_FILE, Silence};
use crate::order;
use crate::package::{NotExamined, Unreadable};
use crate::rule::Rule;
use crate::rules::RULES;
use crate::syntax::Span;
use serde::Serialize;
use std::cell::LazyCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// What a check says of a package: the sixty items in the checklist's order, and what was not examined.
#[derive(Debug)]
pub struct Report {
    /// The answer in one word.
    pub verdict: Verdict,
    /// One result per item, in the checklist's order.
    pub items: Vec<ItemResult>,
    /// What could not be read, and every limit that was hit.
    pub not_examined: Vec<NotExamined>,
    /// What the package is.
    pub facts: PackageFacts,
    /// Where secrets stand: they are masked wherever the package is shown.
    pub secrets: Vec<Location>,
}

/// What a package is, as the report's head and the page's file tree show it.
#[derive(Clone, Debug, Default)]
pub struct PackageFacts {
    /// The languages that the manifest declares, as it writes them.
    pub locales: Vec<String>,
    /// The widget.
    pub widget: WidgetFacts,
    /// Every file, droppings included.
    pub files: Vec<FileFacts>,
    /// Every picture.
    pub images: Vec<ImageFacts>,
}

/// The widget as its manifest describes it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WidgetFacts {
    /// Its code, from the manifest or the caller.
    pub code: Option<String>,
    /// Its version, from the manifest.
    pub version: Option<String>,
    /// Its name in each language.
    pub names: Vec<LocalText>,
}

/// A text in one language.
#[derive(Clone, Debug, Serialize)]
pub struct LocalText {
    /// The language's code, as the i18n file is named.
    pub locale: String,
    /// The text.
    pub text: String,
}

/// A file of the package.
#[derive(Clone, Debug, Serialize)]
pub struct FileFacts {
    /// Relative to the package's root.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// Its size.
    pub bytes: u64,
    /// Whether it is bundled code, by its shape.
    pub bundled: bool,
    /// Whether the widget reaches it.
    pub reached: bool,
}

/// A picture of the package.
#[derive(Clone, Debug, Serialize)]
pub struct ImageFacts {
    /// Relative to the package's root.
    pub path: String,
    /// What it is for: `logo`, `slide`, `icon`; nothing when nobody names it.
    pub role: Option<String>,
    /// Pixels, when the header could be read.
    pub width: Option<u32>,
    /// Pixels, when the header could be read.
    pub height: Option<u32>,
    /// By its bytes: `png`, `jpeg` ...
    pub format: Option<&'static str>,
    /// Its size.
    pub bytes: u64,
    /// The size in pixels that Kommo asks for.
    pub expected: Option<PixelSize>,
}

/// A size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PixelSize {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The answer in one word. There is no word for approval: that is Kommo's moderators' to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// At least one item fails.
    Fail,
    /// No item fails, and at least one needs a look.
    Review,
    /// The program has nothing left to say; the manual items are a person's.
    Clear,
    /// No package could be read.
    Unreadable,
}

/// What is said of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A finding breaks the item for certain.
    Fail,
    /// A person must look at the places that are named.
    Review,
    /// Only a person can decide.
    Manual,
    /// Examined, and nothing found.
    Pass,
    /// The package has nothing that the item speaks of.
    NotApplicable,
}

/// An item of the checklist with what was found.
#[derive(Debug)]
pub struct ItemResult {
    /// The item.
    pub item: &'static Item,
    /// What is said of it.
    pub outcome: Outcome,
    /// Certain ones first, then by place.
    pub findings: Vec<Finding>,
    /// Findings that the caller's own configuration silences; they do not change the outcome.
    pub silenced: Vec<(Finding, Silence)>,
    /// What a person needs to judge.
    pub evidence: Vec<Evidence>,
}

impl Report {
    /// The report on something that is no package: all sixty items in review, the reason in `not_examined`.
    #[must_use]
    pub fn unreadable(reason: &Unreadable) -> Self {
        let items = ITEMS
            .iter()
            .map(|item| ItemResult {
                item,
                outcome: Outcome::Review,
                findings: Vec::new(),
                silenced: Vec::new(),
                evidence: Vec::new(),
            })
            .collect();
        Self {
            verdict: Verdict::Unreadable,
            items,
            not_examined: reason.reasons.clone(),
            facts: PackageFacts::default(),
            secrets: Vec::new(),
        }
    }

    /// Derives the outcomes from everything that the rules reported.
    pub(crate) fn assemble(context: &Context<'_>, mut collected: Collected, failed: &[&'static Rule]) -> Self {
        let mut not_examined = context.not_examined().to_vec();
        not_examined
            .extend(collected.take_overflow().into_iter().map(|((id, _, path), count)| too_many(id, path.as_deref(), count)));
        not_examined.extend(failed.iter().map(|rule| rule_failed(rule)));
        let mut evidence = collected.take_evidence();
        let Collected { mut findings, not_applicable, secrets, .. } = collected;
        let mut by_item: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
        // The gravest finding of a bundled file speaks for the group.
        order::sort_by_key(&mut findings, |finding| finding.certainty);
        soften(context, &mut findings);
        for finding in group_bundled(context, findings) {
            by_item.entry(finding.rule.item).or_default().push(finding);
        }
        let slides = order::set(context.slides().iter().map(|slide| slide.path().to_owned()));
        let mut silences = Silences::of(context);
        let items: Vec<ItemResult> = ITEMS
            .iter()
            .map(|item| {
                let (silenced, mut findings) = silences.split(by_item.remove(item.id).unwrap_or_default());
                order::sort_by(&mut findings, |a, b| {
                    (a.certainty, &a.location, a.rule.id, a.message.id).cmp(&(b.certainty, &b.location, b.rule.id, b.message.id))
                });
                let mut evidence = evidence.remove(item.id).unwrap_or_default();
                let mut unread = unread_evidence(context, item, &slides);
                unread.extend(
                    failed
                        .iter()
                        .filter(|rule| rule.item == item.id)
                        .map(|rule| not_examined_note(rule_failed(rule).message, Location::package())),
                );
                let outcome = outcome(context, item, &findings, !unread.is_empty(), not_applicable.contains(item.id));
                evidence.splice(0..0, unread);
                if evidence.is_empty() && RULES.iter().all(|rule| rule.item != item.id) {
                    evidence.push(Evidence {
                        kind: "note",
                        label: "Not automated".to_owned(),
                        value: "No rule of this version serves this item: please check it yourself.".to_owned(),
                        location: Location::package(),
                    });
                }
                ItemResult { item, outcome, findings, silenced, evidence }
            })
            .collect();
        not_examined.extend(silences.notes(context));
        let verdict = if items.iter().any(|result| result.outcome == Outcome::Fail) {
            Verdict::Fail
        } else if items.iter().any(|result| result.outcome == Outcome::Review) {
            Verdict::Review
        } else {
            Verdict::Clear
        };
        Self { verdict, items, not_examined, facts: context.facts(), secrets }
    }

    /// How many items have this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.iter().filter(|result| result.outcome == outcome).count()
    }

    /// How many findings are silenced.
    #[must_use]
    pub fn silenced(&self) -> usize {
        self.items.iter().map(|result| result.silenced.len()).sum()
    }
}

fn outcome(context: &Context<'_>, item: &Item, findings: &[Finding], unread: bool, not_applicable: bool) -> Outcome {
    if findings.iter().any(|finding| finding.certainty == Certainty::Certain) {
        Outcome::Fail
    } else if !findings.is_empty() || unread {
        Outcome::Review
    } else if not_applicable || !has_subject(context, item.subject) {
        Outcome::NotApplicable
    } else if item.decided_by == DecidedBy::Person || RULES.iter().all(|rule| rule.item != item.id) {
        Outcome::Manual
    } else {
        Outcome::Pass
    }
}

fn has_subject(context: &Context<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Any => true,
        Subject::Scripts => !context.scripts().is_empty(),
        Subject::Styles => !context.styles().is_empty(),
        Subject::Code => !(context.scripts().is_empty() && context.styles().is_empty() && context.markups().is_empty()),
    }
}

/// Files that an item names as not examined; further ones are counted.
const MOST_UNREAD: usize = 50;

/// Evidence of kind `not-examined` for each reached file that the item needs and that could not be read.
fn unread_evidence(context: &Context<'_>, item: &Item, slides: &BTreeSet<String>) -> Vec<Evidence> {
    let mut unread = context.unparsed().iter().filter(|unparsed| {
        item.reads.iter().any(|&input| is_input(context, input, unparsed, slides)) && context.is_reached(&unparsed.path)
    });
    let named = unread.by_ref().take(MOST_UNREAD).map(|unparsed| {
        not_examined_note(unparsed.reason.clone(), Location { path: Some(unparsed.path.clone()), span: unparsed.span })
    });
    let mut notes: Vec<_> = named.collect();
    let more = unread.count();
    if more > 0 {
        notes.push(not_examined_note(format!("More files were not examined: {more}."), Location::package()));
    }
    notes
}

fn is_input(context: &Context<'_>, input: Input, unparsed: &Unparsed, slides: &BTreeSet<String>) -> bool {
    let file = || context.package().file(&unparsed.path);
    match input {
        Input::Encoding => unparsed.kind.is_text() && file().is_none_or(|file| file.too_large.is_some()),
        Input::Slide => slides.contains(&unparsed.path),
        _ => Input::of(unparsed.kind, &unparsed.path) == Some(input),
    }
}

fn not_examined_note(value: String, location: Location) -> Evidence {
    Evidence { kind: "not-examined", label: "Not examined".to_owned(), value, location }
}

/// Names findings or evidence that were counted and not kept; `id` is a rule's or an item's.
fn too_many(id: &str, path: Option<&str>, count: usize) -> NotExamined {
    let place = path.map_or_else(String::new, |path| format!(" in {path}"));
    let message = format!("More results of {id}{place} were counted and are not listed: {count}.");
    NotExamined::new("findings-limit", message, path).with("id", id).with("count", count)
}

/// Says that a rule ended early, now or in an earlier attempt, by a fault of our own.
fn rule_failed(rule: &Rule) -> NotExamined {
    let message = format!("The rule {} ended early by a fault of this program: please check its item yourself.", rule.id);
    NotExamined::new("rule-failed", message, None).with("rule", rule.id)
}

/// What is certain about code is only suspect in a file that is bundled, or that nothing surely reaches, and in parts of which it is not
/// sure what they do.
fn soften(context: &Context<'_>, findings: &mut [Finding]) {
    let parts = LazyCell::new(|| context.doubtful_parts());
    let is_doubtful = |path: &str, span: Span| {
        let parts = parts.get(path).map_or(&[][..], Vec::as_slice);
        let after = parts.partition_point(|part| part.start <= span.start);
        parts[..after].last().is_some_and(|part| part.contains(span))
    };
    let certain = findings.iter_mut().filter(|finding| finding.certainty == Certainty::Certain && finding.rule.about_code);
    for finding in certain {
        let Location { path: Some(path), span } = &finding.location else { continue };
        let is_in_doubt = || span.is_some_and(|span| is_doubtful(path, span));
        if context.is_bundled(path) || !context.is_surely_reached(path) || is_in_doubt() {
            finding.certainty = Certainty::Suspect;
        }
    }
}

/// Findings about code in a bundled file become one per rule and file, with the count and the first places.
fn group_bundled(context: &Context<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut first: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let bundled = finding.location.path.as_ref().filter(|path| finding.rule.about_code && context.is_bundled(path));
        let Some(path) = bundled else {
            out.push(finding);
            continue;
        };
        match first.entry((finding.rule.id, path.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(out.len());
                out.push(finding);
            }
            Entry::Occupied(entry) => out[*entry.get()].absorb(finding),
        }
    }
    out
}

/// The silences that count, and which of them a finding matched.
struct Silences {
    counting: Vec<(Silence, bool)>,
    /// What comments of the package ask for without being allowed to.
    refused: Vec<Silence>,
}

impl Silences {
    fn of(context: &Context<'_>) -> Self {
        let options = context.options();
        let (allowed, refused) = match options.allow_inline {
            true => (context.inline_silences(), Vec::new()),
            false => (Vec::new(), context.inline_silences()),
        };
        Self { counting: options.silences.iter().cloned().chain(allowed).map(|silence| (silence, false)).collect(), refused }
    }

    /// The findings that are silenced, and those that stay.
    fn split(&mut self, findings: Vec<Finding>) -> (Vec<(Finding, Silence)>, Vec<Finding>) {
        let mut silenced = Vec::new();
        let mut open = Vec::new();
        for finding in findings {
            match self.counting.iter_mut().find(|(silence, _)| silence.covers(&finding)) {
                Some((silence, used)) => {
                    *used = true;
                    silenced.push((finding, silence.clone()));
                }
                None => open.push(finding),
            }
        }
        (silenced, open)
    }

    /// Silences that match nothing, and those that the package asks for in vain.
    fn notes(&self, context: &Context<'_>) -> Vec<NotExamined> {
        let unused = self.counting.iter().filter(|(_, used)| !used).map(|(silence, _)| unused_silence(silence));
        let mut refused: BTreeMap<&str, Vec<&Silence>> = BTreeMap::new();
        for silence in &self.refused {
            refused.entry(&silence.source_path).or_default().push(silence);
        }
        let refused =
            refused.into_iter().filter_map(|(path, silences)| Some(refused_silences(path, silences.first()?, silences.len())));
        let project_file = context.package().file(PROJECT_FILE).map(|_| {
            let message = format!("{PROJECT_FILE} inside the package was not applied: it counts only beside the package.");
            NotExamined::new("project-file-ignored", message, Some(PROJECT_FILE))
        });
        unused.chain(refused).chain(project_file).collect()
    }
}

fn unused_silence(silence: &Silence) -> NotExamined {
    let Silence { rule, source_path, source_line, .. } = silence;
    let message = format!("{source_path}, line {source_line}, silences {rule} where nothing is found: it can go.");
    NotExamined::new("unused-silence", message, None)
        .with("rule", rule.as_str())
        .with("source", source_path.as_str())
        .with("line", *source_line)
}

fn refused_silences(path: &str, first: &Silence, count: usize) -> NotExamined {
    let line = first.source_line;
    let message = format!("{path} asks to silence findings, first on line {line}: comments inside a package were not obeyed.");
    NotExamined::new("inline-silence-ignored", message, Some(path)).with("line", line).with("count", count)
}

#[cfg(test)]
mod tests {
    use super::{Certainty, MOST_UNREAD, Outcome};
    use crate::testing::Widget;

    #[test]
    fn a_rule_that_is_left_out_leaves_its_item_to_a_person() {
        let skipping = Widget::clean().options(|options| options.skip_rules = vec!["sync-request".to_owned()]);
        assert_eq!(Widget::clean().outcome("sync-requests"), Outcome::Pass);
        assert_eq!(skipping.outcome("sync-requests"), Outcome::Review);
        assert!(skipping.report().not_examined.iter().any(|entry| entry.code == "rule-failed"));
    }

    #[test]
    fn what_was_not_unpacked_is_missed_by_the_items_that_need_it_and_by_no_other() {
        let without = |path: &str| {
            let report = Widget::clean().unread(path).report();
            move |item: &str| report.items.iter().find(|result| result.item.id == item).expect("an item").outcome
        };
        let script = without("script.js");
        for item in ["text-encoding", "global-selectors", "easy-to-use", "global-kommo"] {
            assert_eq!(script(item), Outcome::Review, "{item}");
        }
        assert_eq!(script("branding-images"), Outcome::Pass);
        let template = without("templates/panel.twig");
        assert_eq!((template("system-classes"), template("console-trace")), (Outcome::Review, Outcome::Review));
        let logo = without("images/logo_min.png");
        assert_eq!((logo("branding-images"), logo("slideshow-size")), (Outcome::Review, Outcome::Pass));
        let slide = without("images/tour_1_en.png");
        assert_eq!((slide("branding-images"), slide("slideshow-size")), (Outcome::Pass, Outcome::Review));
        assert_eq!(without("manifest.json")("slideshow-quality"), Outcome::Review);
        let broken = Widget::clean().file("script.js", "define(");
        assert_eq!((broken.outcome("text-encoding"), broken.outcome("global-selectors")), (Outcome::Pass, Outcome::Review));
    }

    #[test]
    fn of_many_files_that_were_not_unpacked_the_first_are_named_and_the_rest_is_counted() {
        let named = |files: usize| {
            let widget = (0..files).fold(Widget::clean(), |widget, number| widget.unread(&format!("js/{number}.js")));
            let item = widget.report().items.into_iter().find(|result| result.item.id == "sync-requests").expect("an item");
            let notes = item.evidence.into_iter().filter(|entry| entry.kind == "not-examined");
            notes.map(|entry| entry.value).collect::<Vec<_>>()
        };
        assert_eq!(named(MOST_UNREAD).len(), MOST_UNREAD);
        let many = named(MOST_UNREAD + 3);
        assert_eq!((many.len(), &*many[MOST_UNREAD]), (MOST_UNREAD + 1, "More files were not examined: 3."));
    }

    #[test]
    fn nothing_is_certain_in_a_with() {
        let script = "with (own) { alert(1); go(function () { APP.a = 1 }) }\nalert(2);";
        let widget = Widget::empty().file("script.js", script);
        let found = |rule| widget.findings(rule).into_iter().map(|seen| (seen.certainty, seen.text)).collect::<Vec<_>>();
        let (certain, suspect) = (Certainty::Certain, Certainty::Suspect);
        assert_eq!(found("debug-leftover"), [(certain, "alert(2)".to_owned()), (suspect, "alert(1)".to_owned())]);
        assert_eq!(found("global-kommo-write")[0].0, suspect);
    }
}
