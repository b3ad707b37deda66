//! A text is there in one language, and missing or empty in another.

use super::NAMED_HERE;
use crate::context::{Context, Lacking};
use crate::finding::{Findings, Location};
use crate::order;
use crate::package::locale::{Locale, LocaleText, Reading};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use std::collections::{BTreeMap, BTreeSet};

static NAMED_EMPTY: Message = Message {
    id: "named-empty",
    text: "\"{key}\" is empty in {language}, although the manifest shows it.",
    help: "Write the text in {path}.",
};
static EMPTY: Message = Message {
    id: "empty",
    text: "\"{key}\" is empty in {language}, although {other} has a text.",
    help: "Write the text in {path}, or empty it in every language if it is no longer shown.",
};
static MISSING: Message = Message {
    id: "missing",
    text: "{language} lacks {keys}, which {other} has.",
    help: "Add the missing texts to {path}, or take them out of the other languages if nothing shows them.",
};
static NO_FILE: Message = Message {
    id: "no-file",
    text: "{language} has no i18n file, and so none of the {count} texts that {other} has.",
    help: "Add {path} with the translated texts, or take {language} out of widget.locale.",
};
static OTHER_LANGUAGE: Message = Message { id: "other-language", text: "The text in {language}.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-translation",
    item: "translated",
    title: "Text missing in a language",
    why: "Where a language lacks a text, its users see a raw key, an empty place or another language.",
    fix: "Keep the same keys in every i18n file, and a text behind each of them.",
    messages: &[&NAMED_EMPTY, &EMPTY, &MISSING, &NO_FILE],
    bad: &[Example {
        path: "i18n/es.json",
        text: r#"{
  "widget": {
    "name": "Notas vía Aurora", "short_description": «""», "description": "Notas de turno.", "tour_description": "Mira las notas."
  }
}"#,
    }],
    good: &[Example { path: "i18n/ru.json", text: r#"{"widget": {"name": "Заметки"}}"# }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let declared: Vec<&Locale> = cx.locales().declared().collect();
    let named = named_by_manifest(cx);
    for locale in &declared {
        for text in locale.texts.iter().filter(|text| text.is_empty()) {
            empty(locale, text, &declared, named.get(text.key.as_str()), out);
        }
        if locale.proves_absence() {
            missing(locale, &declared, out);
        }
    }
    let count = |locale: &Locale| locale.texts.iter().filter(|text| !text.is_empty()).count();
    let counted = declared.iter().rev().map(|locale| (*locale, count(locale)));
    let fullest = counted.max_by_key(|(_, count)| *count);
    let Some((other, count)) = fullest.filter(|(_, count)| *count > 0) else { return };
    for Lacking { language, path, location, .. } in cx.languages_without_file() {
        let finding = out.suspect(&NO_FILE, location.clone()).arg("language", &**language).arg("path", &**path);
        out.push(finding.arg("count", count).arg("other", &*other.code));
    }
}

/// The keys that the manifest names, with the place of each.
fn named_by_manifest(cx: &Context<'_>) -> BTreeMap<String, Location> {
    let Some(manifest) = cx.manifest() else { return BTreeMap::new() };
    let texts = manifest.named_texts();
    let keys = texts.iter().filter(|text| matches!(cx.locales().resolve(text), Reading::Key(_)));
    order::map(keys.map(|text| (text.text().to_owned(), Location::span(&*manifest.path, text.span))))
}

fn empty(locale: &Locale, text: &LocaleText, declared: &[&Locale], named_at: Option<&Location>, out: &mut Findings<'_>) {
    let at = Location::span(&*locale.path, text.span);
    let filled = filled(&text.key, declared);
    let mut finding = match (named_at, &filled) {
        (Some(named_at), _) => out.certain(&NAMED_EMPTY, at).related(&NAMED_HERE, named_at.clone()),
        (None, Some((other, _))) => out.suspect(&EMPTY, at).arg("other", &*other.code),
        (None, None) => return,
    };
    if let Some((other, text)) = filled {
        finding = finding.related(&OTHER_LANGUAGE, Location::span(&*other.path, text.span));
        if let Some(related) = finding.related.last_mut() {
            related.args.insert("language", (&*other.code).into());
        }
    }
    out.push(finding.arg("key", &*text.key).arg("language", &*locale.code).arg("path", &*locale.path));
}

/// A language that has something to say under this key.
fn filled<'a>(key: &str, declared: &[&'a Locale]) -> Option<(&'a Locale, &'a LocaleText)> {
    declared.iter().find_map(|locale| Some((*locale, locale.text(key).filter(|text| !text.is_empty())?)))
}

/// Texts, each with a language that has it.
type Held<'a> = Vec<(&'a Locale, &'a LocaleText)>;

/// One finding for each block of a language that lacks keys.
fn missing(locale: &Locale, declared: &[&Locale], out: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    let mut by_block: BTreeMap<(Option<Span>, &str), Held<'_>> = BTreeMap::new();
    for other in declared.iter().filter(|other| other.path != locale.path) {
        for text in other.texts.iter().filter(|text| !text.is_empty()) {
            // A list or a block in place of a text is another shape of the same key.
            let has_block = || locale.blocks.contains_key(&text.key);
            if locale.text(&text.key).is_none() && seen.insert(text.key.as_str()) && !has_block() {
                by_block.entry((locale.block_for(&text.key), &other.code)).or_default().push((other, text));
            }
        }
    }
    for ((block, other), texts) in by_block {
        const SHOWN: usize = 5;
        let mut keys: Vec<_> = texts.iter().take(SHOWN).map(|(_, text)| format!("\"{}\"", text.key)).collect();
        if texts.len() > SHOWN {
            keys.push(format!("and {} more", texts.len() - SHOWN));
        }
        let mut finding = out
            .suspect(&MISSING, Location { path: Some(locale.path.clone()), span: block })
            .arg("language", &*locale.code)
            .arg("other", other)
            .arg("path", &*locale.path)
            .arg("keys", keys.join(", "));
        finding.count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        for (other, text) in texts.iter().take(SHOWN) {
            finding = finding.related(&OTHER_LANGUAGE, Location::span(&*other.path, text.span));
            if let Some(related) = finding.related.last_mut() {
                related.args.insert("language", (&*other.code).into());
            }
        }
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn two(en: &str, es: &str) -> Vec<Seen> {
        Widget::clean()
            .file("manifest.json", r#"{"widget": {"name": "widget.name", "locale": ["en", "es"]}}"#)
            .file("i18n/en.json", en)
            .file("i18n/es.json", es)
            .findings("missing-translation")
    }

    #[test]
    fn bare_mark_up_says_nothing() {
        let named = |name: &str| two(r#"{"widget": {"name": "Notes"}}"#, &format!(r#"{{"widget": {{"name": "{name}"}}}}"#));
        for text in ["<br>", " &nbsp; ", "<p></p>"] {
            assert_eq!(named(text), [certain("named-empty", "i18n/es.json", &format!("\"{text}\""))], "{text}");
        }
        for text in ["<i class='icon'></i>", "&lt;", "<b>Notas</b>"] {
            assert_eq!(named(text), [], "{text}");
        }
    }

    #[test]
    fn keys_are_compared_in_both_directions() {
        assert_eq!(
            two(r#"{"a": {"x": "X", "y": "Y"}, "z": "Z"}"#, r#"{"a": {"x": "X", "w": "W"}}"#),
            [
                suspect("missing", "i18n/en.json", "\"a\""),
                suspect("missing", "i18n/es.json", ""),
                suspect("missing", "i18n/es.json", "\"a\""),
            ]
        );
    }

    #[test]
    fn keys_of_one_block_are_one_finding() {
        let report = Widget::clean().file("i18n/pt.json", r#"{"widget": {"name": "Notas via Aurora"}, "panel": {}}"#).report();
        let item = report.items.iter().find(|result| result.item.id == "translated").unwrap();
        let counts: Vec<_> = item.findings.iter().filter(|f| f.rule.id == "missing-translation").map(|f| f.count).collect();
        assert_eq!(counts, [1, 3, 6]);
        assert!(item.findings.iter().any(|f| f.args["keys"].to_string().ends_with("\"panel.saved\", and 1 more")));
    }

    #[test]
    fn empty_texts_are_certain_only_where_the_manifest_shows_them() {
        assert_eq!(
            two(r#"{"widget": {"name": "N"}}"#, r#"{"widget": {"name": " "}}"#),
            [certain("named-empty", "i18n/es.json", "\" \"")]
        );
        assert_eq!(two(r#"{"a": "x"}"#, r#"{"a": ""}"#), [suspect("empty", "i18n/es.json", "\"\"")]);
        assert_eq!(two(r#"{"a": ""}"#, r#"{"a": ""}"#), []);
    }

    #[test]
    fn a_declared_language_without_a_file_lacks_all() {
        let found = Widget::clean().without("i18n/pt.json").findings("missing-translation");
        assert_eq!(found, [suspect("no-file", "manifest.json", "\"pt\"")]);
    }

    #[test]
    fn undeclared_and_unreadable_languages_are_left_out() {
        assert_eq!(Widget::clean().file("i18n/tr.json", r#"{"extra": "x"}"#).findings("missing-translation"), []);
        assert_eq!(two(r#"{"a": "x"}"#, r#"{"b": "#).len(), 0);
    }
}
