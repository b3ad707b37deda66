//! A key shown as text, or a sample text that nobody replaced; and every text as evidence.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::locale::Reading;
use crate::rule::{Example, Message, Rule};
use crate::syntax::{Fragment, Span};
use crate::text::plain::Plain;
use crate::text::wording::{garbled, is_raw_key, listing_sample, sample};
use rustc_hash::FxHashSet;

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
static GARBLED: Message = Message {
    id: "garbled",
    text: "\"{key}\" in {path} is garbled: \"{text}\".",
    help: "The text was saved in one encoding and read in another. Type it again, and keep the file in UTF-8.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unfinished-copy",
    item: "ui-copy",
    title: "Unfinished text",
    why: "A key or a sample text in the window tells the user nothing, and shows that nobody looked.",
    fix: "Replace it by a text that a person without technical knowledge understands.",
    messages: &[&KEY, &SAMPLE, &GARBLED],
    bad: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"save": «"panel.save"», "title": "Notes"}}"# },
        Example { path: "i18n/en.json", text: r#"{"panel": {"title": "«Lorem ipsum» dolor"}}"# },
        Example { path: "i18n/en.json", text: r#"{"widget": {"name": "«MyWidget»"}}"# },
        Example { path: "i18n/es.json", text: "{\"panel\": {\"none\": \"«TodavÃ\u{AD}a» no hay notas\"}}" },
        Example { path: "i18n/en.json", text: r#"{"widget": {"description": "«Full description»"}}"# },
    ],
    good: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"save": "Save the note", "title": "Notes"}}"# },
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": "A full description of each shift, on every lead."}, "panel": {"long": "Full description"}}"#,
        },
        Example {
            path: "i18n/es.json",
            text: r#"{"panel": {"all": "TODO", "file": "style.css", "site": "auroranotes.com", "test": "Prueba la conexión"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let listing = listing_keys(cx);
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
            // In Spanish and Portuguese it is a word: "all".
            let may_be_note = !matches!(&*locale.language(), "es" | "pt");
            check_text((&locale.path, &text.key), &text.value, listing.contains(&*text.key), may_be_note, out);
        }
    }
    let Some(manifest) = cx.manifest() else { return };
    for named in manifest.named_texts() {
        if let Reading::Literal(value) = cx.locales().resolve(&named) {
            check_text((&manifest.path, &named.place), value, is_listed(&named.place), true, out);
        }
    }
}

/// Looks for a sample, and for garbled words, in the text under a key of a file.
fn check_text((path, key): (&str, &str), value: &Fragment<'_>, is_listed: bool, may_be_note: bool, out: &mut Findings<'_>) {
    let plain = Plain::of(&value.text);
    let whole = (may_be_note && plain.text == "TODO").then(|| Span::new(0, plain.text.len() as u32));
    let find = if is_listed { listing_sample } else { sample };
    let sample = whole.or_else(|| find(&plain.text)).map(|part| (&SAMPLE, part));
    if let Some((message, part)) = sample.or_else(|| Some((&GARBLED, garbled(&plain.text)?))) {
        let at = Location::span(path, value.map.span(plain.source(part)));
        out.push(out.suspect(message, at).arg("key", key).arg("path", path).arg("text", part.of(&plain.text)));
    }
}

/// The keys of the texts of the listing and of the menus, which are no captions of the widget's own.
fn listing_keys<'a>(cx: &'a Context<'_>) -> FxHashSet<&'a str> {
    match cx.manifest() {
        Some(manifest) => {
            let named = manifest.named_texts().into_iter().filter(|named| is_listed(&named.place));
            named.map(|named| named.value.text.trim()).collect()
        }
        None => [
            "widget.description",
            "widget.short_description",
            "tour.tour_description",
            "widget.tour_description",
            "advanced.title",
        ]
        .into_iter()
        .collect(),
    }
}

fn is_listed(place: &str) -> bool {
    LISTING.iter().any(|block| place.starts_with(block))
}

/// The blocks of the manifest that name texts of the listing and of the menus.
const LISTING: [&str; 4] = ["widget.", "tour.", "advanced.", "left_menu."];

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn the_samples_of_templates_are_known_in_the_listing_and_the_menus() {
        const MANIFEST: &str = r#"{
            "widget": {"locale": ["en"], "description": "widget.long"}, "tour": {"tour_description": "widget.tour"},
            "advanced": {"title": "menu.title"}, "settings": {"a": {"name": "widget.caption", "type": "text"}},
            "left_menu": {"a": {"title": "menu.first", "submenu": {"b": {"title": "menu.second"}}}}
        }"#;
        let found = |path: &str, key: &str, text: &str| {
            let (block, key) = key.split_once('.').expect("a block and a key");
            let texts = format!(r#"{{"{block}": {{"{key}": "{text}"}}}}"#);
            Widget::clean().file("manifest.json", MANIFEST).file(path, texts).findings("unfinished-copy")
        };
        for (path, key, text) in [
            ("i18n/en.json", "widget.long", "Full description"),
            ("i18n/en.json", "widget.long", "Widget full description."),
            ("i18n/en.json", "widget.long", "description"),
            ("i18n/en.json", "widget.tour", "Tour description"),
            ("i18n/en.json", "menu.title", "Settings menu item title"),
            ("i18n/en.json", "menu.first", "Menu item title"),
            ("i18n/es.json", "menu.second", "Título del elemento del menú de configuración"),
            ("i18n/es.json", "widget.long", "Descripción completa"),
            ("i18n/pt.json", "widget.long", "Descrição completa do widget"),
            ("i18n/pt.json", "menu.title", "Título do item de menu de configurações"),
            ("i18n/ru.json", "widget.long", "Полное описание виджета"),
            ("i18n/ru.json", "widget.tour", "Описание виджета"),
            ("i18n/ru.json", "menu.title", "Заголовок меню в настройках"),
        ] {
            assert_eq!(found(path, key, text), [suspect("sample-text", path, text.trim_end_matches('.'))], "{text}");
        }
        for (path, key, text) in [
            ("i18n/en.json", "widget.caption", "Full description"),
            ("i18n/en.json", "panel.caption", "Menu item title"),
            ("i18n/en.json", "widget.long", "Full description of each lead, in one place"),
            ("i18n/ru.json", "widget.long", "Полное описание виджета есть на нашем сайте"),
        ] {
            assert_eq!(found(path, key, text), [], "{text}");
        }
    }

    #[test]
    fn a_text_that_the_manifest_holds_is_judged_too() {
        let found = |text: &str| {
            let manifest = format!(r#"{{"widget": {{"locale": ["en"], "name": "{text}"}}}}"#);
            Widget::clean().file("manifest.json", manifest).findings("unfinished-copy")
        };
        assert_eq!(found("MyWidget"), [suspect("sample-text", "manifest.json", "MyWidget")]);
        assert_eq!(found("Notes via Aurora"), []);
    }

    #[test]
    fn a_note_is_a_word_in_spanish_and_portuguese() {
        let todo = |path: &str| Widget::clean().file(path, r#"{"panel": {"save": "TODO"}}"#).findings("unfinished-copy");
        assert_eq!(todo("i18n/en.json"), [suspect("sample-text", "i18n/en.json", "TODO")]);
        assert_eq!(todo("i18n/es.json"), []);
        assert_eq!(todo("i18n/pt.json"), []);
    }
}
