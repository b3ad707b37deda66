//! Line ends of Windows or of the old Macintosh.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::SourceFile;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "carriage-return",
    item: "text-encoding",
    title: "Line ends other than LF",
    why: "The checklist asks for LF line ends in every text file.",
    fix: "Convert the line ends of the file to LF, and make the editor or Git keep them so.",
    messages: &[&CRLF, &LONE, &MIXED],
    bad: &[Example { path: "style.css", text: ".shift-notes {«\r\n»  color: red;\r\n}\n" }],
    good: &[
        Example { path: "style.css", text: ".shift-notes {\n  color: red;\n}\n" },
        Example { path: "script.js", text: "define([], function () { return '\\r\\n'; });\n" },
    ],
    about_code: false,
    check,
};

static CRLF: Message = Message {
    id: "crlf",
    text: "{file} has line ends of Windows (CR LF): {count}; the first ends line {line}.",
    help: "Convert it to LF: in VS Code click CRLF in the status bar and choose LF. The line `* text=auto eol=lf` in .gitattributes keeps the whole project so.",
};
static LONE: Message = Message {
    id: "lone-cr",
    text: "{file} has line ends that are a lone CR: {count}; the first ends line {line}.",
    help: "Convert it to LF: in VS Code search for \\r with regular expressions on and replace it with \\n, then save with LF line ends.",
};
static MIXED: Message = Message {
    id: "mixed",
    text: "{file} has {count} line ends with a CR: {crlf} CR LF and {lone} lone CR; the first ends line {line}.",
    help: "Convert them all to LF: in VS Code click the line end in the status bar and choose LF, then search for \\r that are left.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // Bytes of an unknown name that are not UTF-8 may be no text at all.
    let is_text =
        |file: &&SourceFile| file.kind.is_text() && !file.is_utf16() && (file.is_text_by_name() || file.text().is_some());
    for file in cx.package().widget_files().filter(is_text) {
        let bytes = file.bytes();
        let Some(first) = memchr::memchr(b'\r', bytes) else { continue };
        let count = bytes.iter().filter(|byte| **byte == b'\r').count();
        let crlf = bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
        let message = match (crlf, count - crlf) {
            (_, 0) => &CRLF,
            (0, _) => &LONE,
            _ => &MIXED,
        };
        let length = if bytes.get(first + 1) == Some(&b'\n') { 2 } else { 1 };
        let span = Span::new(first as u32, (first + length) as u32);
        let finding = out.certain(message, Location::span(&*file.path, span)).arg("file", &*file.path).arg("count", count);
        out.push(finding.arg("crlf", crlf).arg("lone", count - crlf).arg("line", file.position(span.start).line));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain};

    #[test]
    fn line_ends_are_counted_by_their_kind() {
        let found = |text: &str| Widget::clean().file("README.md", text).findings("carriage-return");
        assert_eq!(found("a\r\nb\r\n"), [certain("crlf", "README.md", "\r\n")]);
        assert_eq!(found("a\rb\n"), [certain("lone-cr", "README.md", "\r")]);
        assert_eq!(found("a\rb\r\n"), [certain("mixed", "README.md", "\r")]);
        assert!(found("a\nb\n").is_empty());
    }

    #[test]
    fn pictures_and_two_byte_texts_are_left() {
        assert!(Widget::clean().file("a.png", "\r\n").findings("carriage-return").is_empty());
        assert!(Widget::clean().file("a.svg", b"\x89PNG\r\n\x1a\n\xFF").findings("carriage-return").is_empty());
        assert!(Widget::clean().file("a.phar", b"<?php\r\n\xFF").findings("carriage-return").is_empty());
        assert_eq!(Widget::clean().file("a.php", b"<?php\r\n\xFF").findings("carriage-return").len(), 1);
        assert!(Widget::clean().file("a.txt", b"\xFF\xFEa\0\r\0\n\0").findings("carriage-return").is_empty());
    }
}
