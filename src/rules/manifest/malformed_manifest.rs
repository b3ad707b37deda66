//! The manifest is not strict JSON, or names a key twice.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::shown;
use crate::rule::{Example, Message, Rule};
use crate::syntax::json::{Member, Problem, ProblemKind, Value};
use std::collections::BTreeMap;

static NOT_STRICT: Message = Message {
    id: "not-strict-json",
    text: "{problem}: {text}",
    help: "{advice} Kommo reads manifest.json with a strict JSON reader and refuses the archive otherwise.",
};
static EMPTY: Message = Message {
    id: "empty-file",
    text: "{path} is empty.",
    help: "Write the manifest: an object with \"widget\", \"locations\" and \"settings\".",
};
static OPEN_BLOCK: Message = Message {
    id: "open-block",
    text: "The file ends before the {bracket} of an earlier line is closed.",
    help: "Add the closing bracket where that block should end. Most editors show the partner of a bracket when you click it.",
};
static OPENED_HERE: Message = Message { id: "opened-here", text: "This {bracket} has no partner.", help: "" };
static DUPLICATE: Message = Message {
    id: "duplicate-key",
    text: "The key \"{key}\" stands more than once in one block; the last one counts.",
    help: "Keep one of them, so that nobody edits one that has no effect.",
};
static FIRST_HERE: Message = Message { id: "first-here", text: "The first \"{key}\".", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "malformed-manifest",
    item: "manifest-fields",
    title: "Manifest that is not strict JSON",
    why: "Kommo reads the manifest with a strict JSON reader. A single comma too many makes it refuse the whole archive.",
    fix: "Write plain JSON: double quotes, no comments, no comma before a closing bracket.",
    messages: &[&NOT_STRICT, &EMPTY, &OPEN_BLOCK, &DUPLICATE],
    bad: &[
        Example { path: "manifest.json", text: "{\n  \"widget\": {\"version\": \"1.0.0\"«,»}\n}\n" },
        Example { path: "manifest.json", text: "{\n  «// the places»\n  \"locations\": [\"settings\"]\n}\n" },
    ],
    good: &[
        Example { path: "manifest.json", text: "{\n  \"widget\": {\"version\": \"1.0.0\"}\n}\n" },
        Example {
            path: "manifest.json",
            text: "\n{\"widget\": {\"version\": \"1.0.0\", \"support\": {\"link\": \"https://example.com//a,}\"}}}\n",
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let at = |problem: &Problem| Location::span(&*manifest.path, problem.span);
    let source = cx.package().file(&manifest.path).map(|file| file.bytes()).unwrap_or_default();
    let text = |problem: &Problem| {
        let bytes = source.get(problem.span.start as usize..problem.span.end as usize).unwrap_or_default();
        shown(&String::from_utf8_lossy(bytes))
    };
    let problems = independent(&manifest.json.problems);
    for (index, problem) in problems.iter().enumerate() {
        if problems[..index].iter().any(|earlier| earlier.kind == problem.kind) {
            continue;
        }
        let finding = match (problem.kind, problem.opened) {
            (ProblemKind::Empty, _) => out.certain(&EMPTY, Location::file(&*manifest.path)).arg("path", &*manifest.path),
            (ProblemKind::UnclosedBlock, Some(opened)) => {
                let bracket = text(&Problem { span: opened, ..problem.clone() });
                let mut finding = out
                    .certain(&OPEN_BLOCK, at(problem))
                    .arg("bracket", &*bracket)
                    .related(&OPENED_HERE, Location::span(&*manifest.path, opened));
                if let Some(related) = finding.related.last_mut() {
                    related.args.insert("bracket", bracket.into());
                }
                finding
            }
            (kind, _) => out
                .certain(&NOT_STRICT, at(problem))
                .arg("problem", kind.sentence())
                .arg("advice", kind.advice())
                .arg("text", text(problem)),
        };
        let others = problems[index + 1..].iter().filter(|other| other.kind == problem.kind);
        out.push(finding.also_at(others.map(at)));
    }
    if let Some(root) = &manifest.json.root {
        report_repeated(root, &manifest.path, out);
    }
}

/// The problems up to the first after which the reader could no longer tell what was meant: later ones may only follow from it.
fn independent(problems: &[Problem]) -> &[Problem] {
    let end = problems.iter().position(|problem| !problem.kind.is_slip()).map_or(problems.len(), |at| at + 1);
    &problems[..end]
}

/// Reports each key that stands more than once in a block; one that does in several blocks, or many times, is one habit.
fn report_repeated(root: &Value, path: &str, out: &mut Findings<'_>) {
    let mut repeated = Vec::new();
    add_repeated(root, &mut repeated);
    let mut by_key: BTreeMap<&str, Vec<(&Member, &Member)>> = BTreeMap::new();
    for (later, first) in repeated {
        by_key.entry(&later.key).or_default().push((later, first));
    }
    let at = |member: &Member| Location::span(path, member.key_span);
    for (key, places) in by_key {
        let [(later, first), others @ ..] = &*places else { continue };
        let mut finding = out.suspect(&DUPLICATE, at(later)).arg("key", key).related(&FIRST_HERE, at(first));
        if let Some(related) = finding.related.last_mut() {
            related.args.insert("key", key.into());
        }
        out.push(finding.also_at(others.iter().map(|(later, _)| at(later))));
    }
}

/// Adds the keys that stand more than once in a block, each with the first of them.
fn add_repeated<'v>(value: &'v Value, found: &mut Vec<(&'v Member, &'v Member)>) {
    if let Some(object) = value.as_object() {
        found.extend(object.duplicates());
        object.members.iter().for_each(|member| add_repeated(&member.value, found));
    }
    value.as_array().unwrap_or_default().iter().for_each(|item| add_repeated(item, found));
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn findings(text: &str) -> Vec<Seen> {
        Widget::clean().file("manifest.json", text).findings("malformed-manifest")
    }

    #[test]
    fn mistakes_of_one_kind_are_one_finding() {
        let report = Widget::clean().file("manifest.json", "{ // a\n \"x\": 1, // b\n \"y\": 'z'}").report();
        let item = report.items.iter().find(|result| result.item.id == "manifest-fields").unwrap();
        let found: Vec<_> = item.findings.iter().filter(|finding| finding.rule.id == "malformed-manifest").collect();
        assert_eq!(found.iter().map(|finding| finding.count).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(found[0].args["text"].to_string(), "// a");
    }

    #[test]
    fn nothing_is_said_of_what_follows_from_a_broken_structure() {
        assert_eq!(findings("{\"a\": 1} \"b\": 2, }"), [certain("not-strict-json", "manifest.json", "\"b\": 2, }")]);
        assert_eq!(findings("{\n \"a\": [1\n"), [certain("open-block", "manifest.json", "1")]);
        assert_eq!(findings(" \n"), [certain("empty-file", "manifest.json", "")]);
    }

    #[test]
    fn a_byte_order_mark_is_no_matter_of_json() {
        assert_eq!(findings("\u{feff}{}"), []);
    }

    #[test]
    fn repeated_keys_are_suspect() {
        assert_eq!(
            findings("{\"settings\": {\"a\": {\"type\": \"text\", \"type\": \"pass\"}}}"),
            [suspect("duplicate-key", "manifest.json", "\"type\"")]
        );
    }

    #[test]
    fn one_key_is_one_finding_however_often_it_stands() {
        let text = r#"{"_comment": 1, "_comment": 2, "_comment": 3, "a": [{"_comment": 4, "_comment": 5, "b": 6, "b": 7}]}"#;
        let report = Widget::clean().file("manifest.json", text).report();
        let findings = report.items.iter().flat_map(|item| &item.findings);
        let found: Vec<_> = findings.filter(|finding| finding.message.id == "duplicate-key").collect();
        let counts: Vec<_> = found.iter().map(|finding| (finding.args["key"].to_string(), finding.count)).collect();
        assert_eq!(counts, [("_comment".to_owned(), 3), ("b".to_owned(), 1)]);
        assert_eq!(found[0].location.span.map(|span| span.start), Some(16));
    }
}
