//! `measure comments`: how many real comments of scripts are rightly told to be code, or not.

use crate::packages;
use anyhow::{Context, Result, ensure};
use kommo_preflight::syntax::script::{CommentBlock, Form, is_code, parse};
use kommo_preflight::syntax::{Fragment, Span};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Comments that a person read: package, version, file, first byte, byte after the last, `code` or `prose`.
const LABELS: &str = include_str!("comments.tsv");
/// Levels of nesting that a script may have.
const NESTING: u32 = 200;

/// A comment, labelled by a person.
struct Labelled {
    package: &'static str,
    version: &'static str,
    file: &'static str,
    span: Span,
    is_code: bool,
}

/// Prints precision and recall; with `mistakes` every wrong answer too.
pub fn measure(mistakes: bool) -> Result<()> {
    let labelled: Vec<Labelled> = LABELS.lines().map(labelled).collect::<Result<_>>()?;
    let mut read: HashMap<_, Vec<CommentBlock>> = HashMap::new();
    let mut counts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    for label in &labelled {
        let blocks = match read.entry((label.package, label.version, label.file)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unread) => unread.insert(blocks(label)?),
        };
        let block = blocks.iter().find(|block| block.span == label.span);
        let Labelled { package, file, span, .. } = label;
        let block = block.with_context(|| format!("{package} {file}: no comment from {} to {}", span.start, span.end))?;
        let said = is_code(&block.text);
        *counts.entry((label.is_code, said)).or_default() += 1;
        if mistakes && said != label.is_code {
            let kind = if said { "taken for code" } else { "missed" };
            println!("{package} {file} {}: {kind}: {}", span.start, block.text.trim());
        }
    }
    let count = |is_code, said| counts.get(&(is_code, said)).copied().unwrap_or_default();
    let (right, missed, wrong, left) = (count(true, true), count(true, false), count(false, true), count(false, false));
    let share = |part: usize, whole: usize| part as f64 * 100.0 / whole.max(1) as f64;
    let packages = labelled.iter().map(|label| label.package).collect::<BTreeSet<_>>().len();
    println!("{} comments of {} files of {packages} packages\n", labelled.len(), read.len());
    println!("| a person says | taken for code | left alone |\n|---|--:|--:|");
    println!("| code | {right} | {missed} |\n| not code | {wrong} | {left} |\n");
    println!("Precision {:.1} %, recall {:.1} %", share(right, right + wrong), share(right, right + missed));
    Ok(())
}

fn labelled(line: &'static str) -> Result<Labelled> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [package, version, file, start, end, label] = fields[..] else { anyhow::bail!("six fields expected: {line}") };
    ensure!(matches!(label, "code" | "prose"), "`code` or `prose` expected: {line}");
    Ok(Labelled { package, version, file, span: Span::new(start.parse()?, end.parse()?), is_code: label == "code" })
}

/// The comments of a labelled one's file, as the engine joins them.
fn blocks(label: &Labelled) -> Result<Vec<CommentBlock>> {
    let path = packages::fetched(label.package, label.version)?.join(label.file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
    let script = parse(&Fragment::verbatim(&text, 0), Form::Program, NESTING);
    Ok(script.map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?.comment_blocks())
}
