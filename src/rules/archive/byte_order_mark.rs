//! A text file that starts with a byte order mark.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "byte-order-mark",
    item: "text-encoding",
    title: "A byte order mark",
    why: "The checklist asks for UTF-8 without BOM. The three invisible bytes at the start break JSON readers and show up as stray characters where files are joined.",
    fix: "Save the file as UTF-8 without BOM.",
    messages: &[&BOM],
    bad: &[Example { path: "style.css", text: "«\u{FEFF}».shift-notes { color: red; }\n" }],
    good: &[Example { path: "style.css", text: ".shift-notes::before { content: \"\u{FEFF}\"; }\n" }],
    about_code: false,
    check,
};

static BOM: Message = Message {
    id: "bom",
    text: "{file} starts with a byte order mark (BOM).",
    help: "Save it as \"UTF-8\", not \"UTF-8 with BOM\": in VS Code click the encoding in the status bar and choose Save with Encoding.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for file in cx.package().widget_files().filter(|file| file.kind.is_text() && file.has_bom()) {
        out.push(out.certain(&BOM, Location::span(&*file.path, Span::new(0, 3))).arg("file", &*file.path));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain};

    #[test]
    fn every_kind_of_text_is_read_and_pictures_are_not() {
        for path in ["i18n/en.json", "README.md", "icon.svg", "page.html", "notes.xyz"] {
            let widget = Widget::clean().file(path, "\u{FEFF}{}");
            assert_eq!(widget.findings("byte-order-mark"), [certain("bom", path, "\u{FEFF}")], "{path}");
        }
        assert!(Widget::clean().file("data.png", "\u{FEFF}x").findings("byte-order-mark").is_empty());
        assert!(Widget::clean().file("__MACOSX/._a.js", "\u{FEFF}x").findings("byte-order-mark").is_empty());
    }
}
