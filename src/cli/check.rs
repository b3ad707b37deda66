//! `check`: reads, judges and prints packages, several at once.

use super::args::{CheckArguments, FailOn, Format};
use super::{Exit, Fault, input, project_file};
use crate::options::Options;
use crate::output::github::to_github;
use crate::output::html::to_html;
use crate::output::json::to_json;
use crate::output::junit::to_junit;
use crate::output::markdown::to_markdown;
use crate::output::sarif::to_sarif;
use crate::output::text::{Detail, to_text};
use crate::output::{Checked, WireReport};
use crate::package::{Deadline, NotExamined, Stopwatch, Unreadable};
use crate::parallel::{self, STACK};
use crate::report::{Report, Verdict};
use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use std::io;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

/// Checks every path and prints the reports in the order of the paths.
pub fn run(arguments: &CheckArguments) -> Result<Exit, Fault> {
    let options = arguments.paths.iter().map(|path| options(arguments, path)).collect::<Result<Vec<_>, Fault>>()?;
    let jobs: Vec<(&Path, Options)> = arguments.paths.iter().map(PathBuf::as_path).zip(options).collect();
    let mut checked = check_all(&jobs)?;
    for one in &mut checked {
        one.rules_url.clone_from(&arguments.rules_url);
    }
    let mut printed = render(&checked, arguments)?;
    if arguments.format == Format::Text && is_plain(arguments) {
        printed = strip_str(&printed).to_string();
    }
    match &arguments.output {
        Some(file) => {
            std::fs::write(file, printed).map_err(|error| Fault(format!("{} cannot be written: {error}", file.display())))?;
        }
        None => super::print(&printed)?,
    }
    Ok(checked.iter().map(|checked| exit_code(checked.report.verdict, arguments.fail_on)).max().unwrap_or(Exit::Nothing))
}

/// Whether the reader wants text without terminal styles: a file, a pipe, or NO_COLOR.
fn is_plain(arguments: &CheckArguments) -> bool {
    arguments.output.is_some() || AutoStream::choice(&io::stdout()) == ColorChoice::Never
}

fn options(arguments: &CheckArguments, path: &Path) -> Result<Options, Fault> {
    let silences = match &arguments.config {
        Some(file) => project_file::read(file)?,
        None if arguments.no_config => Vec::new(),
        None => project_file::silences_for(path)?,
    };
    Ok(Options {
        widget_code: arguments.widget_code.clone(),
        allow_inline: arguments.allow_inline,
        silences,
        // Several packages have a thread each; what of the machine is left over shares the work on them.
        helpers: threads() / arguments.paths.len().max(1).min(threads()) - 1,
        ..Options::default()
    })
}

fn render(checked: &[Checked], arguments: &CheckArguments) -> Result<String, Fault> {
    let prefix = match arguments.path_prefix.trim_start_matches("./").trim_end_matches('/') {
        "" | "." => String::new(),
        folder => format!("{folder}/"),
    };
    match arguments.format {
        Format::Text => Ok(to_text(checked, if arguments.all { Detail::Full } else { Detail::Short })),
        Format::Json => checked.iter().map(|checked| to_json(&checked.report)).collect::<Result<_, _>>().map_err(Fault::new),
        Format::Markdown => Ok(to_markdown(checked)),
        Format::Html => Ok(to_html(checked)),
        Format::Sarif => to_sarif(checked, &prefix).map_err(Fault::new),
        Format::Junit => to_junit(checked, arguments.fail_on == FailOn::Review).map_err(Fault::new),
        Format::Github => Ok(to_github(checked, &prefix)),
    }
}

/// The reports on all paths, in their order.
fn check_all(jobs: &[(&Path, Options)]) -> Result<Vec<Checked>, Fault> {
    let progress = progress(jobs.len());
    let check = |(path, options): &(&Path, Options)| {
        let checked = check_one(path, options);
        progress.inc(1);
        checked
    };
    let mut done = Vec::new();
    let check_each = || parallel::each(jobs, threads() - 1, &mut |_| (), check, |checked| done.push(checked));
    let outcome = thread::scope(|scope| {
        // The thread that a program starts with has too small a stack.
        let first = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, check_each);
        let first = first.map_err(|error| Fault(format!("no thread could be started: {error}")))?;
        first.join().map_err(|_| Fault("a check ended early".to_owned()))
    });
    progress.finish_and_clear();
    outcome.map(|()| done)
}

/// Threads that this machine runs at once.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What a terminal shows while several packages are checked.
fn progress(packages: usize) -> ProgressBar {
    if packages < 2 {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("checked {pos} of {len} {wide_bar}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(packages as u64).with_style(style)
}

/// The report on one path, whatever happens.
fn check_one(path: &Path, options: &Options) -> Checked {
    catch_unwind(AssertUnwindSafe(|| read_and_check(path, options))).unwrap_or_else(|_| {
        let message = "This program stopped on the package by a fault of its own, so nothing was judged";
        let reasons = vec![NotExamined::new("program-fault", message, None)];
        unread(&Unreadable { name: input::name(path), sha256: None, compressed_bytes: None, reasons })
    })
}

fn read_and_check(path: &Path, options: &Options) -> Checked {
    let stopwatch = Stopwatch::start();
    let clock = || stopwatch.elapsed_ms();
    let deadline = Deadline::new(&clock, &options.bounds);
    match input::read(path, &options.bounds, &deadline) {
        Ok(package) => {
            let report = crate::check(&package, options, &deadline, &mut |_| ());
            Checked::new(WireReport::new(report, &package), &package)
        }
        Err(reason) => unread(&reason),
    }
}

fn unread(reason: &Unreadable) -> Checked {
    let package = reason.package();
    Checked::new(WireReport::new(Report::unreadable(reason), &package), &package)
}

fn exit_code(verdict: Verdict, fail_on: FailOn) -> Exit {
    match (verdict, fail_on) {
        (Verdict::Unreadable, _) => Exit::Unreadable,
        (Verdict::Fail, FailOn::Fail | FailOn::Review) | (Verdict::Review, FailOn::Review) => Exit::Findings,
        _ => Exit::Nothing,
    }
}
