//! Files that a system or an editor left behind.

use crate::context::Context;
use crate::finding::{Finding, Findings, Location};
use crate::package::dropping;
use crate::rule::{Message, Rule};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "system-dropping",
    item: "unused-files",
    title: "Left behind by a system or an editor",
    why: "The checklist asks to delete every file that the integration does not use. These are never part of a widget, and a .git folder gives its whole history away.",
    fix: "Delete it, and leave such files out when zipping.",
    messages: &[&FOLDER, &FILE],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static FOLDER: Message = Message {
    id: "folder",
    text: "A system or an editor left the folder {name} behind; files in it: {count}.",
    help: "Delete {name}. On a Mac, zip on the command line leaves such things out: zip -r widget.zip . -x '__MACOSX/*' '*.DS_Store' '.git/*' '.idea/*'",
};
static FILE: Message = Message {
    id: "file",
    text: "{name} was left behind by a system or an editor.",
    help: "Delete it. On a command line: zip -d widget.zip '{name}'",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut found: BTreeMap<&str, Finding> = BTreeMap::new();
    for path in cx.package().files.values().filter(|file| file.is_dropping).map(|file| file.path.as_str()) {
        let name = dropping(path).unwrap_or(path);
        let location = Location::file(path);
        if let Some(finding) = found.get_mut(name) {
            finding.also(location);
        } else {
            let message = if name.ends_with('/') { &FOLDER } else { &FILE };
            found.insert(name, out.certain(message, location).arg("name", name));
        }
    }
    for finding in found.into_values() {
        let count = finding.count;
        out.push(finding.arg("count", count));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain};

    #[test]
    fn each_folder_is_one_finding_and_each_file_one() {
        let widget = Widget::clean()
            .file("__MACOSX/._script.js", "x")
            .file("__MACOSX/images/._logo.png", "x")
            .file("images/.DS_Store", "x")
            .file("js/.git/HEAD", "x")
            .file("script.js~", "x");
        let found = widget.findings("system-dropping");
        let expected = [
            certain("folder", "__MACOSX/._script.js", ""),
            certain("file", "images/.DS_Store", ""),
            certain("folder", "js/.git/HEAD", ""),
            certain("file", "script.js~", ""),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn look_alikes_are_left_alone() {
        let widget = Widget::clean().file("images/store.png", "x").file("gitignore.md", "x").file(".gitignore", "x");
        assert!(widget.findings("system-dropping").is_empty());
    }
}
