//! What a rule is: its texts, its examples and its check function.

use crate::context::Context;
use crate::finding::Findings;

/// One check that serves an item of the checklist. A rule reports; it never says that all is well.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case noun of the failing state; stable.
    pub id: &'static str,
    /// The id of the item that it serves.
    pub item: &'static str,
    /// A few words, as a heading.
    pub title: &'static str,
    /// Why it matters to users or to Kommo's moderators; whole sentences.
    pub why: &'static str,
    /// How to repair it; whole sentences.
    pub fix: &'static str,
    /// Everything that the rule can say.
    pub messages: &'static [&'static Message],
    /// What it catches. The marked part is where the finding points.
    pub bad: &'static [Example],
    /// What it leaves alone, although it looks alike.
    pub good: &'static [Example],
    /// Whether its findings are about code: suspect in files that nothing reaches, suspect and grouped in bundled ones.
    pub about_code: bool,
    /// Reads the package and reports.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// A sentence that a rule can say, with named holes.
#[derive(Debug)]
pub struct Message {
    /// Kebab case, unique within its rule; stable. On the wire it follows the rule's id and a slash.
    pub id: &'static str,
    /// English text; `{name}` stands for the argument of that name. Names the offending value.
    pub text: &'static str,
    /// What to do next, in one to three sentences or lines of code; may hold the same `{name}`s. Says more than the text.
    pub help: &'static str,
}

/// A small file that shows a rule at work, for the report, the documentation and the tests.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Where the file stands in the widget; it takes the place of the clean widget's file of that name.
    pub path: &'static str,
    /// The file's text; in bad examples `«` and `»` enclose the part that the finding points at.
    pub text: &'static str,
}

impl Example {
    /// The text without its marks.
    #[must_use]
    pub fn unmarked(&self) -> String {
        self.text.replace(['«', '»'], "")
    }

    /// The marked byte range of [`Example::unmarked`], if a part is marked.
    #[must_use]
    pub fn marked(&self) -> Option<std::ops::Range<usize>> {
        let start = self.text.find('«')?;
        let end = self.text.find('»')?;
        Some(start..end - '«'.len_utf8())
    }
}
