//! Examines each file of a package once, and what is embedded in it.

use super::Context;
use crate::package::{Deadline, NotExamined};

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
            } else {
                progress(&file.path);
            }
        }
    }
}
