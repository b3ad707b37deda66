//! Examines each file of a package once, and what is embedded in it.

use super::{Context, Examined, Origin, Unparsed};
use crate::package::{Deadline, Kind, NotExamined};
use crate::syntax::Fragment;
use crate::syntax::markup::{self, EmbeddedKind};
use crate::syntax::style::{self, Stylesheet};

impl Context<'_> {
    /// Examines every file, until `deadline`; `progress` is called with each file before.
    pub(super) fn examine(&mut self, deadline: &Deadline<'_>, progress: &mut dyn FnMut(&str)) {
        for file in self.package.widget_files() {
            if self.options.skip.contains(&file.path) {
                let message = format!("{} was left out: reading it ended an earlier attempt.", file.path);
                self.not_examined.push(NotExamined::new("skipped", message, Some(&file.path)));
            } else if deadline.passed() {
                let message = format!("{} was not examined: the time for the check was over.", file.path);
                self.not_examined.push(NotExamined::new("time-limit", message, Some(&file.path)));
            } else if let Some(fragment) = file.fragment() {
                progress(&file.path);
                match file.kind {
                    Kind::Style => self.add_style(&file.path, Origin::File, style::parse(&fragment)),
                    Kind::Template => self.examine_markup(&file.path, Origin::File, &fragment),
                    _ => {}
                }
            }
        }
    }

    /// Examines markup, and the styles inside it.
    fn examine_markup(&mut self, path: &str, origin: Origin, fragment: &Fragment<'_>) {
        let facts = markup::parse(fragment);
        for embedded in &facts.embedded {
            let place = |inside| if origin == Origin::File { inside } else { origin };
            match embedded.kind {
                EmbeddedKind::Style => self.add_style(path, place(Origin::Element), style::parse(&embedded.fragment)),
                EmbeddedKind::StyleAttribute => {
                    self.add_style(path, place(Origin::Attribute), style::parse_attribute(&embedded.fragment));
                }
                EmbeddedKind::Script | EmbeddedKind::Module | EmbeddedKind::Handler => {}
            }
        }
        self.note_cut(path, Kind::Template, facts.cut);
        self.markups.push(Examined { path: path.to_owned(), origin, facts });
    }

    fn add_style(&mut self, path: &str, origin: Origin, facts: Stylesheet) {
        self.note_cut(path, Kind::Style, facts.cut);
        self.styles.push(Examined { path: path.to_owned(), origin, facts });
    }

    /// Names a text of which a limit left a part unread.
    fn note_cut(&mut self, path: &str, kind: Kind, cut: bool) {
        let known = |unparsed: &Unparsed| unparsed.path == path && unparsed.kind == kind;
        if cut && !self.unparsed.iter().any(known) {
            let reason =
                format!("{path} is nested too deeply or holds too many rules or elements: a part of it was not examined.");
            self.not_examined.push(NotExamined::new("partly-examined", &*reason, Some(path)));
            self.unparsed.push(Unparsed { path: path.to_owned(), kind, span: None, reason });
        }
    }
}
