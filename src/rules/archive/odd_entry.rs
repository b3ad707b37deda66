//! Entries of the archive that unpackers read in different ways, or not at all.

use crate::context::Context;
use crate::finding::{Finding, Findings, Location};
use crate::package::{Oddity, OddityKind, shown};
use crate::rule::{Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "odd-entry",
    item: "archive-files",
    title: "An odd entry in the archive",
    why: "A file that cannot be unpacked, or that two programs unpack differently, may be missing or another one when Kommo installs the widget.",
    fix: "Make the archive again with an ordinary zip program, from a folder that holds the widget's files only.",
    messages: &[
        &BACKSLASH, &ABSOLUTE, &PARENT, &DUPLICATE, &NOT_UTF8, &HIDDEN, &ENCRYPTED, &METHOD, &DAMAGED, &LINK, &OVERLAP,
        &MISMATCH, &CASE, &NESTED,
    ],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static BACKSLASH: Message = Message {
    id: "backslash-name",
    text: "The name {name} has backslashes where slashes belong (such entries: {count}).",
    help: "On Linux, where Kommo runs, it unpacks to one file of that odd name. Zip with a program that writes slashes: the Explorer of Windows 10 or later, 7-Zip, or zip on a command line.",
};
static ABSOLUTE: Message = Message {
    id: "absolute-name",
    text: "The name {name} starts at the root of a disk.",
    help: "Zip the files from inside the widget's folder, so that names start with it: manifest.json, images/logo.png.",
};
static PARENT: Message = Message {
    id: "parent-name",
    text: "The name {name} has a \"..\" part, which programs that unpack read differently.",
    help: "Zip the files from inside the widget's folder; no name may contain a \"..\" part.",
};
static DUPLICATE: Message = Message {
    id: "duplicate-name",
    text: "{name} stands in the archive more than once; the last one was checked.",
    help: "Which one is used depends on the program that unpacks it. Make the archive anew instead of adding to the old one.",
};
static NOT_UTF8: Message = Message {
    id: "name-not-utf8",
    text: "The name {name} is not written in UTF-8.",
    help: "Name the file with plain Latin letters, digits, hyphens and underscores, and zip again.",
};
static HIDDEN: Message = Message {
    id: "hidden-characters",
    text: "The name {name} holds characters that cannot be seen or that turn the direction of the text.",
    help: "Rename the file with plain letters, digits, hyphens and underscores.",
};
static ENCRYPTED: Message =
    Message { id: "encrypted", text: "{name} is encrypted and could not be read.", help: "Zip the widget without a password." };
static METHOD: Message = Message {
    id: "unsupported-method",
    text: "{name} is compressed by {detail}, which was not read.",
    help: "Zip the widget with the method Deflate (the usual one) or Store.",
};
static DAMAGED: Message = Message {
    id: "damaged",
    text: "{name} is damaged in the archive: {detail}.",
    help: "Make the archive anew, and test it: unzip -t widget.zip, or Test archive in 7-Zip.",
};
static LINK: Message = Message {
    id: "link",
    text: "{name} is a symbolic link, which was not followed.",
    help: "Put the file itself into the archive in place of the link.",
};
static OVERLAP: Message = Message {
    id: "overlap",
    text: "{name} shares bytes of the archive with {detail}.",
    help: "No ordinary program writes such an archive. Make it anew from the widget's files.",
};
static MISMATCH: Message = Message {
    id: "name-mismatch",
    text: "{name} is called {detail} where its content stands.",
    help: "Programs that unpack take one name or the other. Make the archive anew from the widget's files.",
};

static CASE: Message = Message {
    id: "case-clash",
    text: "{name} and {detail} differ in case only.",
    help: "Windows and macOS keep one of the two when they unpack. Rename or delete the other.",
};
static NESTED: Message = Message {
    id: "nested-archive",
    text: "{name} is an archive inside the archive; what it holds was not checked.",
    help: "Delete it, or put the files that the widget needs into the archive themselves.",
};

/// Entries of one kind that get a finding of their own; the last of them holds the rest.
const MOST_OF_A_KIND: usize = 50;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut found: Vec<(OddityKind, Finding)> = Vec::new();
    for oddity in &cx.package().oddities {
        // One that the widget names may be there to be downloaded.
        let is_used = oddity.kind == OddityKind::NestedArchive && cx.is_reached(&oddity.path);
        let Some(message) = message(oddity.kind).filter(|_| !is_used) else {
            note(oddity, out);
            continue;
        };
        let location = location(cx, &oddity.path);
        // One cause, one finding: a program that writes backslashes or names from a disk's root writes them everywhere.
        let is_habit = matches!(oddity.kind, OddityKind::BackslashName | OddityKind::AbsoluteName);
        let most = if is_habit { 1 } else { MOST_OF_A_KIND };
        let mut alike = found.iter_mut().filter(|(kind, _)| *kind == oddity.kind);
        if let Some((_, last)) = alike.nth(most - 1) {
            last.also(location);
            continue;
        }
        let finding = out.suspect(message, location).arg("name", shown(&oddity.path)).arg("detail", shown(&oddity.detail));
        found.push((oddity.kind, finding));
    }
    for (_, finding) in found {
        let count = finding.count;
        out.push(finding.arg("count", count));
    }
}

fn message(kind: OddityKind) -> Option<&'static Message> {
    match kind {
        OddityKind::BackslashName => Some(&BACKSLASH),
        OddityKind::AbsoluteName => Some(&ABSOLUTE),
        OddityKind::ParentName => Some(&PARENT),
        OddityKind::DuplicateName => Some(&DUPLICATE),
        OddityKind::NonUtf8Name => Some(&NOT_UTF8),
        OddityKind::ControlName => Some(&HIDDEN),
        OddityKind::Encrypted => Some(&ENCRYPTED),
        OddityKind::UnsupportedMethod => Some(&METHOD),
        OddityKind::Damaged => Some(&DAMAGED),
        OddityKind::Link => Some(&LINK),
        OddityKind::Overlap => Some(&OVERLAP),
        OddityKind::NameMismatch => Some(&MISMATCH),
        OddityKind::CaseClash => Some(&CASE),
        OddityKind::NestedArchive => Some(&NESTED),
        OddityKind::WrappingFolder | OddityKind::EmptyFile | OddityKind::LeadingData | OddityKind::TrailingData => None,
    }
}

/// What a person may want to know, and no program trips over.
fn note(oddity: &Oddity, out: &mut Findings<'_>) {
    let (path, detail) = (shown(&oddity.path), shown(&oddity.detail));
    let (label, value) = match oddity.kind {
        OddityKind::NestedArchive => ("Archive inside", format!("{path} is an archive; it was not opened")),
        OddityKind::EmptyFile => ("Empty file", path),
        OddityKind::LeadingData => ("Bytes before the archive", format!("Before the first entry, in bytes: {detail}")),
        OddityKind::TrailingData => ("Bytes after the archive", format!("After its end, in bytes: {detail}")),
        _ => return,
    };
    let location = if oddity.path.is_empty() { Location::package() } else { Location::file(&*oddity.path) };
    out.evidence("note", label, value, location);
}

/// The file that an entry's name became; the package for one that was not read.
fn location(cx: &Context<'_>, name: &str) -> Location {
    let path = name.replace('\\', "/");
    let path = path.strip_prefix(&cx.package().root).unwrap_or(&path);
    if cx.package().files.contains_key(path) { Location::file(path) } else { Location::package() }
}

#[cfg(test)]
mod tests {
    use super::MOST_OF_A_KIND;
    use crate::testing::{Widget, suspect};

    #[test]
    fn backslashes_are_one_finding_and_each_other_odd_name_its_own() {
        let widget = Widget::clean().file("images\\a.png", "x").file("images\\b.png", "x");
        assert_eq!(widget.findings("odd-entry"), [suspect("backslash-name", "images/a.png", "")]);
        let widget = widget.file("../evil.js", "x").file("../worse.js", "x");
        let findings =
            widget.report().items.into_iter().flat_map(|item| item.findings).filter(|finding| finding.rule.id == "odd-entry");
        let names: Vec<_> = findings.map(|finding| finding.args["name"].to_string()).collect();
        assert_eq!(names, ["../evil.js", "../worse.js", "images\\a.png"]);
        let many = (0..MOST_OF_A_KIND + 2).fold(Widget::clean(), |widget, number| widget.file(&format!("../{number}.js"), "x"));
        assert_eq!(many.findings("odd-entry").len(), MOST_OF_A_KIND);
    }

    #[test]
    fn names_alike_and_archives_that_nothing_names_are_suspect() {
        let widget = Widget::clean().file("images/Logo.PNG", "x").file("Style.css", ".own { top: 0 }");
        assert_eq!(
            widget.findings("odd-entry"),
            [suspect("case-clash", "images/logo.png", ""), suspect("case-clash", "style.css", "")]
        );
        for (path, bytes) in
            [("old.zip", &b"x"[..]), ("data/old", b"PK\x03\x04"), ("old.dat", b"Rar!\x1a\x07\x01"), ("old.tgz", b"")]
        {
            assert_eq!(Widget::clean().file(path, bytes).findings("odd-entry"), [suspect("nested-archive", path, "")], "{path}");
        }
        let script = "define([], function () { return ['/style.css', '/files/sounds.zip']; });";
        let named = Widget::clean().file("files/sounds.zip", "PK\x03\x04").file("script.js", script);
        assert!(named.findings("odd-entry").is_empty());
        assert!(Widget::clean().file("guide.docx", "PK\x03\x04").findings("odd-entry").is_empty());
    }

    #[test]
    fn empty_files_are_evidence() {
        let widget = Widget::clean().file("style.css", "");
        assert!(widget.findings("odd-entry").is_empty());
        let item = widget.report().items.into_iter().find(|item| item.item.id == "archive-files").expect("an item");
        let values: Vec<_> = item.evidence.iter().map(|evidence| evidence.value.as_str()).collect();
        assert!(values.contains(&"style.css"), "{values:?}");
    }
}
