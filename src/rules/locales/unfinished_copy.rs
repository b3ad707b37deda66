//! A key shown as text, or a sample text that nobody replaced; and every text as evidence.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::text::plain::Plain;
use crate::text::wording::{is_raw_key, sample};

static KEY: Message = Message {
    id: "raw-key",
    text: "\"{key}\" in {path} shows the key \"{text}\" instead of a text.",
    help: "Write what the user should read, or correct the reference to another key.",
};
static SAMPLE: Message = Message {
    id: "sample-text",
    text: "\"{key}\" in {path} is a sample or placeholder: \"{text}\".",
    help: "Write the real text for \"{key}\".",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unfinished-copy",
    item: "ui-copy",
    title: "Unfinished text",
    why: "A key or a sample text in the window tells the user nothing, and shows that nobody looked.",
    fix: "Replace it by a text that a person without technical knowledge understands.",
    messages: &[&KEY, &SAMPLE],
    bad: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"save": «"panel.save"», "title": "Notes"}}"# },
        Example { path: "i18n/en.json", text: r#"{"panel": {"title": "«Lorem ipsum» dolor"}}"# },
        Example { path: "i18n/en.json", text: r#"{"widget": {"name": "«MyWidget»"}}"# },
    ],
    good: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"save": "Save the note", "title": "Notes"}}"# },
        Example {
            path: "i18n/es.json",
            text: r#"{"panel": {"all": "TODO", "file": "style.css", "site": "auroranotes.com", "test": "Prueba la conexión"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for locale in &cx.locales().all {
        let is_block = |name: &str| locale.blocks.contains_key(name);
        for text in locale.texts.iter().filter(|text| !text.is_empty()) {
            let at = Location::span(&*locale.path, text.span);
            let value = &*text.value.text;
            out.evidence("text", &*locale.code, value, at.clone());
            if is_raw_key(value, &text.key, is_block) {
                let finding = out.suspect(&KEY, at).arg("key", &*text.key).arg("path", &*locale.path);
                out.push(finding.arg("text", value.trim()));
                continue;
            }
            let plain = Plain::of(value);
            // In Spanish and Portuguese it is a word: "all".
            let is_note = plain.text == "TODO" && !matches!(&*locale.language(), "es" | "pt");
            let whole = is_note.then(|| Span::new(0, plain.text.len() as u32));
            if let Some(part) = whole.or_else(|| sample(&plain.text)) {
                let at = Location::span(&*locale.path, text.value.map.span(plain.source(part)));
                let finding = out.suspect(&SAMPLE, at).arg("key", &*text.key).arg("path", &*locale.path);
                out.push(finding.arg("text", part.of(&plain.text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn a_note_is_a_word_in_spanish_and_portuguese() {
        let todo = |path: &str| Widget::clean().file(path, r#"{"panel": {"save": "TODO"}}"#).findings("unfinished-copy");
        assert_eq!(todo("i18n/en.json"), [suspect("sample-text", "i18n/en.json", "TODO")]);
        assert_eq!(todo("i18n/es.json"), []);
        assert_eq!(todo("i18n/pt.json"), []);
    }
}
