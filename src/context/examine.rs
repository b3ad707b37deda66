//! Examines each file of a package once, and what is embedded in it.

use super::{Context, Examined, Origin, Unparsed};
use crate::package::{Deadline, Kind, NotExamined, SourceFile};
use crate::syntax::{Fragment, style};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Context<'_> {
    /// Examines every file, until `deadline`; `progress` is called with each file before.
    pub(super) fn examine(&mut self, deadline: &Deadline<'_>, progress: &mut dyn FnMut(&str)) {
        for file in self.package.widget_files() {
            if let Some(reason) = self.reason_to_leave_out(file, deadline) {
                self.leave_out(file, reason);
                continue;
            }
            if let Some(reason) = &file.too_large {
                self.unread(file, reason);
                continue;
            }
            progress(&file.path);
            // A fault in one file must not cost the rest of the report. In the browser it ends the worker instead.
            if catch_unwind(AssertUnwindSafe(|| self.examine_file(file))).is_err() {
                let message = format!("{} was not examined: reading it ended by a fault of this program.", file.path);
                self.leave_out(file, NotExamined::new("file-failed", message, Some(&file.path)));
            }
        }
    }

    fn reason_to_leave_out(&self, file: &SourceFile, deadline: &Deadline<'_>) -> Option<NotExamined> {
        let path = Some(file.path.as_str());
        if self.options.skip.contains(&file.path) {
            let message = format!("{} was left out: reading it ended an earlier attempt.", file.path);
            Some(NotExamined::new("skipped", message, path))
        } else if deadline.passed() {
            let message = format!("{} was not examined: the time for the check was over.", file.path);
            Some(NotExamined::new("time-limit", message, path))
        } else {
            None
        }
    }

    fn leave_out(&mut self, file: &SourceFile, reason: NotExamined) {
        self.unread(file, &reason);
        self.not_examined.push(reason);
    }

    fn unread(&mut self, file: &SourceFile, reason: &NotExamined) {
        self.unparsed.push(Unparsed { path: file.path.clone(), kind: file.kind, span: None, reason: reason.message.clone() });
    }

    fn examine_file(&mut self, file: &SourceFile) {
        let Some(fragment) = file.fragment() else {
            if file.kind.is_text() {
                let message = format!("{} could not be read as text: it is not UTF-8.", file.path);
                self.leave_out(file, NotExamined::new("not-utf8", message, Some(&file.path)));
            }
            return;
        };
        if file.kind == Kind::Style {
            self.style(&file.path, Origin::File, &fragment);
        }
    }

    fn style(&mut self, path: &str, origin: Origin, fragment: &Fragment<'_>) {
        let facts = if origin == Origin::Attribute { style::parse_attribute(fragment) } else { style::parse(fragment) };
        if facts.cut {
            let message =
                format!("{path} holds more styles, or more deeply nested ones, than are read: the rest was not examined.");
            self.unparsed.push(Unparsed { path: path.to_owned(), kind: Kind::Style, span: None, reason: message.clone() });
            self.not_examined.push(NotExamined::new("style-limit", message, Some(path)));
        }
        self.styles.push(Examined { path: path.to_owned(), origin, facts });
    }
}
