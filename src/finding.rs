//! What rules report: findings and evidence, each with its place, and the collector that takes them.

use crate::order;
use crate::rule::{Message, Rule};
use crate::syntax::{Span, has_hole, is_hole};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It breaks the item, without doubt.
    Certain,
    /// A person must look at the place.
    Suspect,
}

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file's path inside the package; nothing for the package as a whole.
    pub path: Option<String>,
    /// The part of the file; nothing for the file as a whole.
    pub span: Option<Span>,
}

impl Location {
    /// The package as a whole.
    #[must_use]
    pub fn package() -> Self {
        Self::default()
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), span: None }
    }

    /// A part of a file; `span` holds byte offsets of the file.
    #[must_use]
    pub fn span(path: impl Into<String>, span: Span) -> Self {
        Self { path: Some(path.into()), span: Some(span) }
    }
}

/// A named value inside a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number under 2^53.
    Number(u64),
    /// A text.
    Text(String),
}

impl std::fmt::Display for Arg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

macro_rules! arg_from {
    ($($number:ty),*) => { $(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(number as u64)
            }
        }
    )* };
}
arg_from!(u8, u16, u32, u64, usize);

impl From<&str> for Arg {
    /// Takes the beginning of a long text: no more of it can be shown, and many findings may quote the same one.
    fn from(text: &str) -> Self {
        Self::Text(text[..text.floor_char_boundary(16 * MAX_TEXT)].to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The named values of a message, by name.
pub type Args = BTreeMap<&'static str, Arg>;

/// A second place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// What stands there.
    pub message: &'static Message,
    /// The holes of the message.
    pub args: Args,
    /// Where.
    pub location: Location,
}

/// The message of a related place that repeats the finding's cause.
pub static ALSO_HERE: Message = Message { id: "also-here", text: "Also here.", help: "" };

/// One thing that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Who found it.
    pub rule: &'static Rule,
    /// What it says.
    pub message: &'static Message,
    /// The holes of the message.
    pub args: Args,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where.
    pub location: Location,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How many places it stands for; 1 unless grouped.
    pub count: u32,
}

impl Finding {
    /// Adds a named value of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, message: &'static Message, location: Location) -> Self {
        self.related.push(Related { message, args: Args::new(), location });
        self
    }

    fn group(&self) -> Group {
        (self.rule.id, self.certainty, self.location.path.clone())
    }

    /// Takes in another finding of the same rule and file: its count and its places.
    pub(crate) fn absorb(&mut self, other: Finding) {
        self.count = self.count.saturating_add(other.count);
        let places = std::iter::once(other.location).chain(other.related.into_iter().map(|related| related.location));
        for location in places.take(MAX_RELATED.saturating_sub(self.related.len())) {
            self.related.push(Related { message: &ALSO_HERE, args: Args::new(), location });
        }
    }

    /// Adds further places of the same cause, of which the finding is the first; [`Finding::count`] grows with them.
    #[must_use]
    pub fn also_at(mut self, places: impl IntoIterator<Item = Location>) -> Self {
        places.into_iter().for_each(|location| self.also(location));
        self
    }

    /// Adds one further place of the same cause; [`Finding::count`] grows with it.
    pub fn also(&mut self, location: Location) {
        self.count = self.count.saturating_add(1);
        if self.related.len() < MAX_RELATED {
            self.related.push(Related { message: &ALSO_HERE, args: Args::new(), location });
        }
    }
}

/// Findings that have one cause each: what repeats a cause becomes a further place of the first.
#[derive(Debug, Default)]
pub struct ByCause(BTreeMap<String, Finding>);

impl ByCause {
    /// Adds a finding, or its place to the one that has the same cause.
    pub fn add(&mut self, cause: &str, finding: Finding) {
        match self.0.get_mut(cause) {
            Some(first) => first.absorb(finding),
            None => _ = self.0.insert(cause.to_owned(), finding),
        }
    }

    /// Reports them.
    pub fn push_to(self, out: &mut Findings<'_>) {
        self.0.into_values().for_each(|finding| out.push(finding));
    }
}

/// Places kept behind a grouped finding; further ones are counted.
pub const MAX_RELATED: usize = 100;

/// Something that helps a person to judge an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// What it is, in kebab case: `link`, `text`, `image`, `host`, `request`, `setting`, `price`, `note` ...
    pub kind: &'static str,
    /// A few words before the value; for texts of a language, its code.
    pub label: String,
    /// The value itself, as it stands in the package.
    pub value: String,
    /// Where.
    pub location: Location,
}

/// Characters of an argument or an evidence's value that are kept; longer texts end in an ellipsis.
pub const MAX_TEXT: usize = 300;

/// What a limit on findings counts: a rule's findings of one certainty in one file.
pub(crate) type Group = (&'static str, Certainty, Option<String>);

/// Everything that the rules reported.
#[derive(Debug)]
pub struct Collected {
    limit: usize,
    /// How many findings of each group there are, as soon as one may be full.
    kept: FxHashMap<Group, usize>,
    pub(crate) findings: Vec<Finding>,
    evidence: BTreeMap<&'static str, Shown>,
    pub(crate) not_applicable: BTreeSet<&'static str>,
    pub(crate) secrets: Vec<Location>,
    overflow: BTreeMap<Group, usize>,
}

/// The evidence for one item.
#[derive(Debug, Default)]
struct Shown {
    /// How often there was some, repetitions included.
    offered: usize,
    /// What is kept, each with how often there was some before.
    kept: Vec<(usize, Evidence)>,
    /// The hashes of what is kept.
    hashes: FxHashSet<u64>,
}

impl Shown {
    /// Keeps what is not yet here; `before` tells how often there was some.
    fn keep(&mut self, before: usize, evidence: Evidence) {
        // What has a hash of its own is new.
        if self.hashes.insert(FxBuildHasher.hash_one(&evidence)) || !self.kept.iter().any(|(_, known)| *known == evidence) {
            self.kept.push((before, evidence));
        }
    }
}

impl Collected {
    /// Keeps `limit` findings per rule, file and certainty, and as many pieces of evidence per item; counts the rest.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: FxHashMap::default(),
            findings: Vec::new(),
            evidence: BTreeMap::new(),
            not_applicable: BTreeSet::new(),
            secrets: Vec::new(),
            overflow: BTreeMap::new(),
        }
    }

    /// Takes in what a further rule reported, as if it had reported it here.
    pub(crate) fn absorb(&mut self, mut rule: Self) {
        self.findings.append(&mut rule.findings);
        self.not_applicable.extend(rule.not_applicable);
        self.secrets.append(&mut rule.secrets);
        self.overflow.extend(rule.overflow);
        for (item, further) in rule.evidence {
            let shown = self.evidence.entry(item).or_default();
            for (before, evidence) in further.kept {
                if shown.kept.len() < self.limit {
                    shown.keep(shown.offered + before, evidence);
                }
            }
            shown.offered += further.offered;
        }
    }

    /// Each item's evidence.
    pub(crate) fn take_evidence(&mut self) -> BTreeMap<&'static str, Vec<Evidence>> {
        let shown = std::mem::take(&mut self.evidence).into_iter();
        order::map(shown.map(|(item, shown)| (item, shown.kept.into_iter().map(|(_, evidence)| evidence).collect())))
    }

    /// How many findings of each group, and how much evidence of each item, were counted and not kept.
    pub(crate) fn take_overflow(&mut self) -> BTreeMap<Group, usize> {
        let mut overflow = std::mem::take(&mut self.overflow);
        for (item, shown) in self.evidence.iter().filter(|(_, shown)| shown.kept.len() == self.limit) {
            let until_full = shown.kept.last().map_or(0, |(before, _)| before + 1);
            if shown.offered > until_full {
                *overflow.entry((item, Certainty::Suspect, None)).or_default() += shown.offered - until_full;
            }
        }
        overflow
    }

    /// The collector that `rule` reports to.
    pub fn of(&mut self, rule: &'static Rule) -> Findings<'_> {
        Findings { rule, all: self }
    }
}

/// Takes what one rule reports.
#[derive(Debug)]
pub struct Findings<'c> {
    rule: &'static Rule,
    all: &'c mut Collected,
}

impl Findings<'_> {
    /// A finding that breaks the item without doubt; [`Findings::push`] takes it.
    #[must_use]
    pub fn certain(&self, message: &'static Message, location: Location) -> Finding {
        self.finding(Certainty::Certain, message, location)
    }

    /// A finding that a person must look at; [`Findings::push`] takes it.
    #[must_use]
    pub fn suspect(&self, message: &'static Message, location: Location) -> Finding {
        self.finding(Certainty::Suspect, message, location)
    }

    /// A finding of either certainty; [`Findings::push`] takes it.
    #[must_use]
    pub fn finding(&self, certainty: Certainty, message: &'static Message, location: Location) -> Finding {
        Finding { rule: self.rule, message, args: Args::new(), certainty, location, related: Vec::new(), count: 1 }
    }

    /// Takes a finding, or counts it when its file has too many of them.
    pub fn push(&mut self, mut finding: Finding) {
        // While all groups together have fewer findings than one may have, none is full.
        if self.all.findings.len() >= self.all.limit {
            let Collected { limit, kept, findings, overflow, .. } = &mut *self.all;
            if kept.is_empty() {
                findings.iter().for_each(|finding| *kept.entry(finding.group()).or_default() += 1);
            }
            let kept = kept.entry(finding.group()).or_default();
            if kept == limit {
                *overflow.entry(finding.group()).or_default() += 1;
                return;
            }
            *kept += 1;
        }
        for arg in finding.args.values_mut() {
            if let Arg::Text(text) = arg {
                fold_lines(text);
                shorten(text);
            }
        }
        self.all.findings.push(finding);
    }

    /// Takes evidence for the running rule's item.
    pub fn evidence(&mut self, kind: &'static str, label: impl Into<String>, value: impl Into<String>, location: Location) {
        self.evidence_for(self.rule.item, kind, label, value, location);
    }

    /// Takes evidence for another item.
    pub fn evidence_for(
        &mut self,
        item: &'static str,
        kind: &'static str,
        label: impl Into<String>,
        value: impl Into<String>,
        location: Location,
    ) {
        let shown = self.all.evidence.entry(item).or_default();
        shown.offered += 1;
        if shown.kept.len() == self.all.limit {
            return;
        }
        let mut value = value.into();
        shorten(&mut value);
        shown.keep(shown.offered - 1, Evidence { kind, label: label.into(), value, location });
    }

    /// Says that the package has nothing that the running rule's item speaks of.
    pub fn not_applicable(&mut self) {
        self.all.not_applicable.insert(self.rule.item);
    }

    /// Names a secret's place: its text is masked wherever the package is shown or exported.
    pub fn secret(&mut self, location: Location) {
        self.all.secrets.push(location);
    }
}

/// Puts a text of several lines on one: a message is a sentence, and code in it may stand on several.
fn fold_lines(text: &mut String) {
    if text.contains(['\n', '\r']) {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

/// Makes a text of the package fit to be shown: not too long, and with an ellipsis for what only run time knows.
fn shorten(text: &mut String) {
    if has_hole(text) {
        let runs = text.chars().map(|letter| if is_hole(letter) { '…' } else { letter });
        *text = runs.fold(String::with_capacity(text.len()), |mut shown, letter| {
            if letter != '…' || !shown.ends_with('…') {
                shown.push(letter);
            }
            shown
        });
    }
    cut(text, MAX_TEXT);
}

/// Leaves the first `most` characters of a text, with an ellipsis for the rest.
pub(crate) fn cut(text: &mut String, most: usize) {
    if text.len() > most
        && let Some((end, _)) = text.char_indices().nth(most)
    {
        text.truncate(end);
        text.push('…');
    }
}

/// A secret as it may be shown: its first four characters, then dots.
#[must_use]
pub fn masked(secret: &str) -> String {
    let shown: String = secret.chars().take(4).collect();
    format!("{shown}....")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_short_and_without_the_marks_of_holes() {
        let mut text = format!("<script src=\"{}{}\">", crate::syntax::hole(2), crate::syntax::hole(7));
        shorten(&mut text);
        assert_eq!(text, "<script src=\"…\">");
        let mut long = "я".repeat(MAX_TEXT + 5);
        shorten(&mut long);
        assert_eq!(long.chars().count(), MAX_TEXT + 1);
    }

    #[test]
    fn a_message_stands_on_one_line() {
        let mut text = "$('.own')\r\n    .css({ a: 1 })\n    .append".to_owned();
        fold_lines(&mut text);
        assert_eq!(text, "$('.own') .css({ a: 1 }) .append");
        let mut spaced = "a  b".to_owned();
        fold_lines(&mut spaced);
        assert_eq!(spaced, "a  b");
    }

    #[test]
    fn no_more_than_the_limit_is_kept_and_the_rest_is_counted() {
        let rule = crate::rules::RULES.iter().find(|rule| !rule.messages.is_empty()).expect("rules that say something");
        let mut all = Collected::new(2);
        let mut findings = all.of(rule);
        for _ in 0..5 {
            findings.push(findings.suspect(rule.messages[0], Location::file("a.js")));
        }
        findings.push(findings.certain(rule.messages[0], Location::file("a.js")));
        assert_eq!(all.findings.len(), 3);
        assert_eq!(all.take_overflow().into_values().collect::<Vec<_>>(), [3]);
    }
}
