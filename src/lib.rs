//! Checks a Kommo widget package against the marketplace's publishing checklist.
//!
//! ```text
//! zip bytes --Package::from_zip--> Package --check--> Report --WireReport::new--> page, text, json, sarif ...
//! ```

pub mod checklist;
#[cfg(feature = "cli")]
pub mod cli;
pub mod context;
#[cfg(feature = "cli")]
pub mod docs;
pub mod finding;
pub mod fingerprint;
pub mod kommo;
pub mod options;
mod order;
pub mod output;
pub mod package;
mod parallel;
pub mod report;
pub mod rule;
pub mod rules;
pub mod similar;
pub mod syntax;
#[cfg(test)]
mod testing;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

use context::Context;
use finding::Collected;
use options::Options;
use output::WireReport;
use package::{Deadline, Package, Unreadable};
use report::Report;
use rule::Rule;
use rules::RULES;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a check is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Examine the file of this path.
    Examine(&'a str),
    /// Run the rule of this id.
    Judge(&'static str),
}

/// Runs every rule on a package: the whole engine in one function.
///
/// What is not examined before `deadline` is named in the report. `progress` is called before each step, unless several threads work.
#[must_use]
pub fn check(package: &Package, options: &Options, deadline: &Deadline<'_>, progress: &mut dyn FnMut(Step<'_>)) -> Report {
    let context = Context::new(package, options, deadline, &mut |path| progress(Step::Examine(path)));
    let mut collected = Collected::new(options.bounds.findings);
    let is_skipped = |rule: &&'static Rule| options.skip_rules.iter().any(|id| id == rule.id);
    let (mut failed, rules): (Vec<_>, Vec<_>) = RULES.iter().partition(|rule| is_skipped(rule));
    let mut begin = |rule: &&'static Rule| progress(Step::Judge(rule.id));
    let judge = |rule: &&'static Rule| {
        let mut own = Collected::new(options.bounds.findings);
        // A fault of one rule must not cost the rest of the report. In the browser it ends the worker instead.
        let run = AssertUnwindSafe(|| (rule.check)(&context, &mut own.of(rule)));
        let fault = catch_unwind(run).err().map(|_| *rule);
        (own, fault)
    };
    parallel::each(&rules, options.helpers, &mut begin, judge, |(own, fault)| {
        collected.absorb(own);
        failed.extend(fault);
    });
    Report::assemble(&context, collected, &failed)
}

/// The report that a front end shows: of the check, or of why no package could be read.
#[must_use]
pub fn report(
    read: &Result<Package, Unreadable>,
    options: &Options,
    deadline: &Deadline<'_>,
    progress: &mut dyn FnMut(Step<'_>),
) -> WireReport {
    match read {
        Ok(package) => WireReport::new(check(package, options, deadline, progress), package),
        Err(reason) => WireReport::new(Report::unreadable(reason), &reason.package()),
    }
}
