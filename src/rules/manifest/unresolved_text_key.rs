//! The manifest names a text that a language does not have.

use crate::context::{Context, Lacking};
use crate::finding::{ByCause, Finding, Findings, Location};
use crate::package::locale::{Locale, LocaleText, Reading};
use crate::rule::{Example, Message, Rule};

static NOWHERE: Message = Message {
    id: "nowhere",
    text: "No i18n file has the key \"{key}\" that \"{place}\" names.",
    help: "Add \"{key}\" to every i18n file, or write the key that you meant. Kommo shows the raw key or nothing otherwise.",
};
static MISSING_HERE: Message = Message {
    id: "missing-here",
    text: "{language} lacks the key \"{key}\" that \"{place}\" names.",
    help: "Add the text to {path}; the other languages have it.",
};
static NO_FILE: Message = Message {
    id: "no-file",
    text: "{language} has no i18n file, and so none of the {count} keys that the manifest names.",
    help: "Add {path} with a text for each of them, or take {language} out of widget.locale.",
};
static FLAT: Message = Message {
    id: "flat-key",
    text: "{path} writes \"{key}\" as one key with dots; Kommo looks for \"{last}\" inside the block \"{block}\".",
    help: "Write blocks instead of dots: {example}. Kommo does not find the text otherwise.",
};
static NAMED_HERE: Message = Message { id: "named-here", text: "Named here.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "unresolved-text-key",
    item: "manifest-fields",
    title: "Manifest key without a text",
    why: "The manifest names texts by their keys in the i18n files. Where a key leads nowhere, users see the key or an empty place.",
    fix: "Keep the keys of the manifest and of all i18n files alike.",
    messages: &[&NOWHERE, &MISSING_HERE, &NO_FILE, &FLAT],
    bad: &[Example { path: "manifest.json", text: r#"{"settings": {"key": {"name": «"settings.api_key"», "type": "text"}}}"# }],
    good: &[Example {
        path: "manifest.json",
        text: r#"{"widget": {"name": "Notes v2.1"}, "settings": {"team": {"name": "settings.team", "type": "text"}}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let locales = cx.locales();
    let all_known = !locales.all.is_empty() && locales.all.iter().all(|locale| locale.proves_absence());
    let mut count = 0u32;
    let mut flat = ByCause::default();
    for named in manifest.named_texts() {
        let at = Location::span(&*manifest.path, named.span);
        let key = named.text();
        match locales.resolve(&named) {
            Reading::Nowhere if all_known => out.push(out.suspect(&NOWHERE, at).arg("key", key).arg("place", &*named.place)),
            Reading::Key(texts) => {
                count += 1;
                for (locale, text) in texts.iter().filter_map(|(locale, text)| Some((*locale, (*text)?))) {
                    if let Some(finding) = flat_key(cx, locale, text, out) {
                        flat.add(&locale.path, finding);
                    }
                }
                let lacking = texts.iter().filter(|(_, text)| text.is_none()).map(|(locale, _)| *locale);
                for locale in lacking.filter(|locale| locale.declared && locale.proves_absence()) {
                    let place = Location { path: Some(locale.path.clone()), span: locale.block_for(key) };
                    let finding = out
                        .suspect(&MISSING_HERE, place)
                        .arg("language", &*locale.code)
                        .arg("path", &*locale.path)
                        .arg("key", key)
                        .arg("place", &*named.place);
                    out.push(finding.related(&NAMED_HERE, at.clone()));
                }
            }
            _ => {}
        }
    }
    flat.push_to(out);
    if count > 0 {
        for Lacking { language, path, location, .. } in cx.languages_without_file() {
            out.push(
                out.suspect(&NO_FILE, location.clone()).arg("language", &**language).arg("path", &**path).arg("count", count),
            );
        }
    }
}

/// That a text stands under a key with dots in it, if it does: Kommo takes each dot as a step into a block.
fn flat_key(cx: &Context<'_>, locale: &Locale, text: &LocaleText, out: &Findings<'_>) -> Option<Finding> {
    let source = cx.package().file(&locale.path)?.text()?;
    text.key_span.of(source).contains('.').then_some(())?;
    let (block, last) = text.key.rsplit_once('.')?;
    let blocks: String = text.key.split('.').map(|part| format!("{{\"{part}\": ")).collect();
    let example = format!("{blocks}\"...\"{}", "}".repeat(text.key.split('.').count()));
    let finding = out.suspect(&FLAT, Location::span(&*locale.path, text.key_span)).arg("path", &*locale.path);
    Some(finding.arg("key", &*text.key).arg("block", block).arg("last", last).arg("example", example))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn without(locale: &str, line: &str) -> Vec<Seen> {
        let path = format!("i18n/{locale}.json");
        let widget = Widget::clean();
        let text = String::from_utf8(widget.package().file(&path).unwrap().bytes().to_vec()).unwrap();
        assert!(text.contains(line));
        widget.file(&path, text.replacen(line, "\"other\":", 1)).findings("unresolved-text-key")
    }

    #[test]
    fn a_language_without_the_text_is_named_at_the_block_that_lacks_it() {
        assert_eq!(without("es", "\"team\":"), [suspect("missing-here", "i18n/es.json", "\"settings\"")]);
        assert_eq!(without("pt", "\"name\":"), [suspect("missing-here", "i18n/pt.json", "\"widget\"")]);
    }

    #[test]
    fn a_declared_language_without_a_file_lacks_every_key() {
        let found = Widget::clean().without("i18n/es.json").findings("unresolved-text-key");
        assert_eq!(found, [suspect("no-file", "manifest.json", "\"es\"")]);
    }

    #[test]
    fn nothing_is_claimed_of_files_that_cannot_be_read() {
        let widget = Widget::clean().file("i18n/es.json", "{\"widget\": {\"name\": \"Notas");
        assert_eq!(widget.findings("unresolved-text-key"), []);
        let none = Widget::clean().without("i18n/en.json").without("i18n/es.json").without("i18n/pt.json");
        assert_eq!(none.findings("unresolved-text-key"), []);
    }

    #[test]
    fn keys_with_dots_are_no_blocks() {
        let flat =
            r#"{"widget.name": "Notes via Acme", "widget": {"description": "Notes", "short_description": "Notes"}, "a.b": "x"}"#;
        let found = |text: &str| {
            let manifest = r#"{"widget": {"name": "widget.name", "description": "widget.description", "locale": ["en"]}}"#;
            Widget::empty().file("manifest.json", manifest).file("i18n/en.json", text).findings("unresolved-text-key")
        };
        assert_eq!(found(flat), [suspect("flat-key", "i18n/en.json", "\"widget.name\"")]);
        assert_eq!(found(r#"{"widget": {"name": "Notes v1.2", "description": "Notes"}, "a.b": "x"}"#), []);
        let several = r#"{"widget.name": "Notes", "widget.description": "Notes"}"#;
        assert_eq!(found(several), [suspect("flat-key", "i18n/en.json", "\"widget.name\"")]);
    }

    #[test]
    fn undeclared_languages_may_lack_it() {
        assert_eq!(Widget::clean().file("i18n/ru.json", "{}").findings("unresolved-text-key"), []);
    }
}
