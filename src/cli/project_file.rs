//! `kommo-preflight.toml`: the findings that a project has decided to live with. It counts beside the sources, never inside an archive.

use super::Fault;
use super::catalogue::unknown_rule;
use super::input::is_standard_input;
use crate::options::{PROJECT_FILE, Silence};
use crate::rules::RULES;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectFile {
    #[serde(default)]
    silence: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    path: Option<String>,
    reason: Spanned<String>,
}

/// The silences for the package at `path`: of the first project file inside a folder, beside the package, or in the current folder.
pub fn silences_for(path: &Path) -> Result<Vec<Silence>, Fault> {
    match candidates(path).into_iter().find(|file| file.is_file()) {
        Some(file) => read(&file),
        None => Ok(Vec::new()),
    }
}

fn candidates(path: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if !is_standard_input(path) {
        folders.extend(path.is_dir().then(|| path.to_owned()));
        folders.extend(path.parent().map(Path::to_owned));
    }
    folders.push(PathBuf::new());
    folders.into_iter().map(|folder| folder.join(PROJECT_FILE)).collect()
}

/// The silences in one project file.
pub fn read(file: &Path) -> Result<Vec<Silence>, Fault> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| Fault(format!("{name} cannot be read: {error}")))?;
    parse(&text, &name.to_string())
}

fn parse(text: &str, name: &str) -> Result<Vec<Silence>, Fault> {
    let parsed: ProjectFile = toml::from_str(text).map_err(|error| Fault(format!("{name}: {error}")))?;
    parsed.silence.into_iter().map(|entry| silence(entry, text, name)).collect()
}

fn silence(entry: Entry, text: &str, name: &str) -> Result<Silence, Fault> {
    let line = line_at(text, entry.rule.span().start);
    let rule = entry.rule.into_inner();
    if !RULES.iter().any(|known| known.id == rule) {
        return Err(Fault(format!("{name}, line {line}: {}", unknown_rule(&rule))));
    }
    let reason_line = line_at(text, entry.reason.span().start);
    let reason = entry.reason.into_inner();
    if reason.trim().is_empty() {
        return Err(Fault(format!("{name}, line {reason_line}: say why {rule} may be silenced")));
    }
    Ok(Silence { rule, path: entry.path, within: None, reason: Some(reason), source_path: name.to_owned(), source_line: line })
}

fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_has_a_rule_a_path_a_reason_and_a_line() {
        let text = "# why\n[[silence]]\nrule = \"sync-request\"\npath = \"vendor/**\"\nreason = \"not ours\"\n";
        let silences = parse(text, "kommo-preflight.toml").expect("a sound file");
        let expected = Silence {
            rule: "sync-request".to_owned(),
            path: Some("vendor/**".to_owned()),
            within: None,
            reason: Some("not ours".to_owned()),
            source_path: "kommo-preflight.toml".to_owned(),
            source_line: 3,
        };
        assert_eq!(silences, [expected]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let fault = |text: &str| parse(text, "kommo-preflight.toml").expect_err("a faulty file").0;
        let misspelt = fault("[[silence]]\nrule = \"sync-requst\"\nreason = \"x\"\n");
        assert!(misspelt.contains("line 2") && misspelt.contains("`sync-request`"), "{misspelt}");
        let empty = fault("[[silence]]\nrule = \"sync-request\"\nreason = \" \"\n");
        assert!(empty.contains("line 3"), "{empty}");
        assert!(fault("[[silence]]\nrule = \"sync-request\"\n").contains("reason"));
        assert!(fault("[[silences]]\n").contains("silences"));
    }
}
