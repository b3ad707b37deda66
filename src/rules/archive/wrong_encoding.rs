//! A text file that is not UTF-8.

use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::package::Encoding;
use crate::rule::{Message, Rule};
use crate::syntax::Span;

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-encoding",
    item: "text-encoding",
    title: "Text that is not UTF-8",
    why: "The checklist asks for UTF-8. Kommo and browsers read every file as UTF-8, so letters of another encoding turn into question marks.",
    fix: "Open the file in the encoding it was written in and save it as UTF-8 without BOM.",
    messages: &[&LIKELY, &INVALID],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static LIKELY: Message = Message {
    id: "likely",
    text: "{file} is not UTF-8; it looks like {encoding}. Line {line} has the first byte that does not fit: 0x{byte}.",
    help: "In VS Code choose Reopen with Encoding, pick {encoding}, check that the text reads well, then Save with Encoding, UTF-8.",
};
static INVALID: Message = Message {
    id: "invalid",
    text: "{file} is not valid UTF-8: line {line} has the byte 0x{byte} in a place where UTF-8 does not allow it.",
    help: "Look at that line: a character was cut in half, or the file mixes encodings. Repair it and save the file as UTF-8 without BOM.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for file in cx.package().widget_files().filter(|file| file.kind.is_text()) {
        let Encoding::Invalid { at, likely } = file.encoding() else { continue };
        // Bytes of an unknown name may be no text at all.
        let certainty = if file.is_text_by_name() { Certainty::Certain } else { Certainty::Suspect };
        let location = Location::span(&*file.path, Span::new(at, at + 1));
        let byte = file.bytes().get(at as usize).copied().unwrap_or_default();
        let finding = out.finding(certainty, if likely.is_some() { &LIKELY } else { &INVALID }, location);
        let finding = finding.arg("file", &*file.path).arg("line", file.position(at).line).arg("byte", format!("{byte:02X}"));
        out.push(finding.arg("encoding", likely.unwrap_or("an unknown encoding")));
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Certainty;
    use crate::testing::Widget;

    #[test]
    fn other_encodings_are_named_at_their_first_byte() {
        let russian = b"// \xEF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0\n";
        let found = Widget::clean().file("script.js", russian).report();
        let item = found.items.iter().find(|item| item.item.id == "text-encoding").expect("an item");
        let finding = item.findings.first().expect("a finding");
        assert_eq!((finding.certainty, finding.args["encoding"].to_string()), (Certainty::Certain, "Windows-1251".to_owned()));
        assert_eq!((finding.location.span.expect("a place").start, finding.args["byte"].to_string()), (3, "EF".to_owned()));
    }

    #[test]
    fn utf16_is_one_finding_and_unknown_names_are_only_suspect() {
        let utf16 = Widget::clean().file("README.md", b"\xFF\xFEa\0\r\0\n\0");
        assert_eq!(utf16.findings("wrong-encoding").len(), 1);
        let unknown = Widget::clean().file("data.xyz", b"caf\xE9 com leite").findings("wrong-encoding");
        assert_eq!(unknown.iter().map(|seen| seen.certainty).collect::<Vec<_>>(), [Certainty::Suspect]);
        assert!(Widget::clean().file("README.md", "Привет, café, 😀\n").findings("wrong-encoding").is_empty());
        assert!(Widget::clean().file("a.bin", b"\x00\x01\xFF\xC0").findings("wrong-encoding").is_empty());
    }
}
