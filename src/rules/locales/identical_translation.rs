//! A text is the same in two languages, so one of them was not translated.

use super::{is_latin_language, is_prose, name_key};
use crate::context::Context;
use crate::finding::{Finding, Findings, Location};
use crate::package::locale::{Locale, LocaleText};
use crate::rule::{Example, Message, Rule};
use crate::syntax::language::{Language, Verdict, is_cyrillic, judge};
use crate::text::plain::Plain;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

static IDENTICAL: Message = Message {
    id: "identical",
    text: "\"{key}\" says the same in {languages}: \"{text}\".",
    help: "Translate it where it is still in the other language.",
};
static COPIED_FILE: Message = Message {
    id: "copied",
    text: "{count} texts say the same in {languages}, first \"{text}\" (\"{key}\").",
    help: "Translate them.{advice}",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "identical-translation",
    item: "translated",
    title: "Text left untranslated",
    why: "A sentence that is the same in two languages is foreign to the users of one of them.",
    fix: "Translate the text in the i18n file that still holds the other language.",
    messages: &[&IDENTICAL, &COPIED_FILE],
    bad: &[Example { path: "i18n/pt.json", text: r#"{"panel": {"empty": «"Nobody has left a note here yet."»}}"# }],
    good: &[
        Example { path: "i18n/pt.json", text: r#"{"panel": {"empty": "Ninguém deixou uma nota aqui ainda."}}"# },
        Example {
            path: "i18n/pt.json",
            text: r#"{"panel": {"title": "WhatsApp Business API", "saved": "https://auroranotes.com/notes/of/the/shift"}}"#,
        },
    ],
    about_code: false,
    check,
};

/// Texts of one language that are reported one by one; more make one finding.
const SINGLE: usize = 5;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let declared: Vec<&Locale> = cx.locales().declared().collect();
    let mut by_locale: BTreeMap<usize, Vec<Shared<'_>>> = BTreeMap::new();
    for copy in copies(&declared, name_key(cx)) {
        by_locale.entry(copy.place).or_default().push(copy);
    }
    for (place, copies) in by_locale {
        let Some(locale) = declared.get(place) else { continue };
        if copies.len() <= SINGLE {
            for copy in &copies {
                let finding = out.suspect(&IDENTICAL, copy.at(&declared));
                out.push(with_others(finding, copy, &declared));
            }
        } else if let [first, rest @ ..] = &copies[..] {
            let advice = match locale.language().as_str() {
                "tr" | "id" => " Kommo lets Turkish and Indonesian be copies of English for six months.",
                _ => "",
            };
            let finding = out.suspect(&COPIED_FILE, first.at(&declared)).arg("count", copies.len()).arg("advice", advice);
            let finding = with_others(finding, first, &declared);
            out.push(finding.also_at(rest.iter().map(|copy| copy.at(&declared))));
        }
    }
}

/// A text that stands in more than one language.
struct Shared<'a> {
    text: &'a LocaleText,
    plain: Cow<'a, str>,
    /// The language to report it in: the last that is not English.
    place: usize,
    others: Vec<(usize, &'a LocaleText)>,
}

impl Shared<'_> {
    fn at(&self, declared: &[&Locale]) -> Location {
        Location { path: declared.get(self.place).map(|locale| locale.path.clone()), span: Some(self.text.span) }
    }
}

fn with_others(mut finding: Finding, copy: &Shared<'_>, declared: &[&Locale]) -> Finding {
    let code = |index: usize| declared.get(index).map_or("", |locale| &*locale.code);
    let mut languages: Vec<_> = copy.others.iter().map(|(index, _)| code(*index)).collect();
    languages.push(code(copy.place));
    for (index, text) in &copy.others {
        if let Some(locale) = declared.get(*index) {
            finding = finding.related(&SAME_TEXT, Location::span(&*locale.path, text.span));
        }
    }
    finding.arg("key", &*copy.text.key).arg("languages", languages.join(" and ")).arg("text", &*copy.plain)
}

static SAME_TEXT: Message = Message { id: "same-text", text: "The same text.", help: "" };

fn copies<'a>(declared: &[&'a Locale], name_key: &str) -> Vec<Shared<'a>> {
    let mut found = Vec::new();
    let mut keys: HashMap<&str, Vec<(usize, &LocaleText)>> = HashMap::new();
    let mut order = Vec::new();
    for (index, locale) in declared.iter().enumerate() {
        for text in locale.texts.iter().filter(|text| text.key != name_key && !text.is_empty()) {
            let known = keys.entry(&text.key).or_default();
            if known.is_empty() {
                order.push(text.key.as_str());
            }
            known.push((index, text));
        }
    }
    for key in order {
        let Some(mut texts) = keys.remove(key).filter(|texts| texts.len() > 1) else { continue };
        while texts.len() > 1 {
            let sample = texts[0].1.value.text.trim();
            let (same, rest): (Vec<_>, Vec<_>) = texts.iter().partition(|(_, text)| text.value.text.trim() == sample);
            texts = rest;
            found.extend(copy_of(&same, declared));
        }
    }
    found
}

fn copy_of<'a>(same: &[(usize, &'a LocaleText)], declared: &[&Locale]) -> Option<Shared<'a>> {
    let (_, first) = same.first().filter(|_| same.len() > 1)?;
    let plain = Plain::of(&first.value.text).text;
    let language = |index: usize| declared.get(index).map(|locale| locale.language()).unwrap_or_default();
    let languages: Vec<_> = same.iter().map(|(index, _)| language(*index)).collect();
    let sisters = languages.iter().all(|language| matches!(language.as_str(), "es" | "pt"));
    let dialects = languages.iter().all(|language| *language == languages[0]);
    if dialects || !is_prose(&plain, if sisters { 4 } else { 3 }) {
        return None;
    }
    let at = misplaced(&plain, &languages);
    let (place, text) = *same.get(at)?;
    let others = same.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, other)| *other).collect();
    Some(Shared { text, plain, place, others })
}

/// Of the languages that hold a text, the one that it is foreign to; the last that is not English, if nothing tells.
fn misplaced(plain: &str, languages: &[String]) -> usize {
    let is_foreign = |language: &String| {
        plain.contains(is_cyrillic) && is_latin_language(language)
            || Language::of_locale(language).is_some_and(|declared| matches!(judge(plain, declared), Verdict::Other { .. }))
    };
    let foreign = languages.iter().rposition(is_foreign);
    foreign.or_else(|| languages.iter().rposition(|language| language != "en")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::is_prose;
    use crate::testing::{Seen, Widget, suspect};

    fn two(languages: [&str; 2], first: &str, second: &str) -> Vec<Seen> {
        let [a, b] = languages;
        Widget::clean()
            .file("manifest.json", format!(r#"{{"widget": {{"name": "widget.name", "locale": ["{a}", "{b}"]}}}}"#))
            .file(&format!("i18n/{a}.json"), first)
            .file(&format!("i18n/{b}.json"), second)
            .findings("identical-translation")
    }

    #[test]
    fn sentences_count_and_names_do_not() {
        for text in [
            "Save your settings",
            "Save Your Settings",
            "Connect WhatsApp now please",
            "Enviar mensagem agora",
            "Введите ваш ключ API",
            "Save Now, Send Later, Google It",
        ] {
            assert!(is_prose(text, 3), "{text}");
        }
        for text in [
            "Save settings",
            "WhatsApp Business API",
            "Google Sheets Sync",
            "A B C D",
            "Telegram bot token",
            "Google Calendar, WhatsApp Business, Microsoft Teams",
            "Facebook Messenger, Instagram Direct, WhatsApp Business",
            "{{contact.name}} {{lead.id}} OK",
            "https://a.com/b c d",
            "10:00 - 18:00 UTC",
            "Chat online",
            "",
        ] {
            assert!(!is_prose(text, 3), "{text}");
        }
    }

    #[test]
    fn the_copy_is_reported_where_it_is_not_english() {
        let text = r#"{"a": "Save your settings here"}"#;
        let expected = [suspect("identical", "i18n/es.json", "\"Save your settings here\"")];
        assert_eq!(two(["en", "es"], text, text), expected);
        assert_eq!(two(["es", "en"], text, text), expected);
        let russian = r#"{"a": "Введите номер телефона клиента"}"#;
        let expected = [suspect("identical", "i18n/en.json", "\"Введите номер телефона клиента\"")];
        assert_eq!(two(["en", "ru"], russian, russian), expected);
        let names = r#"{"a": "Настройки виджета ТехАвтоГрупп"}"#;
        let expected = [suspect("identical", "i18n/en.json", "\"Настройки виджета ТехАвтоГрупп\"")];
        assert_eq!(two(["ru", "en"], names, names), expected);
    }

    #[test]
    fn the_name_and_short_words_may_be_the_same() {
        let text = r#"{"widget": {"name": "Shift notes for teams"}, "ok": "OK", "chat": "Chat online"}"#;
        assert_eq!(two(["en", "es"], text, text), []);
    }

    #[test]
    fn spanish_and_portuguese_share_short_texts() {
        assert_eq!(two(["es", "pt"], r#"{"a": "Código de barras"}"#, r#"{"a": "Código de barras"}"#), []);
        let long = r#"{"a": "Guarda la nota ahora mismo"}"#;
        assert_eq!(two(["es", "pt"], long, long).len(), 1);
    }

    #[test]
    fn a_copied_file_is_one_finding() {
        let texts: Vec<_> = (0..8).map(|at| format!(r#""k{at}": "This is text number {at} of many""#)).collect();
        let text = format!("{{{}}}", texts.join(","));
        let report = Widget::clean()
            .file("manifest.json", r#"{"widget": {"name": "widget.name", "locale": ["en", "tr"]}}"#)
            .file("i18n/en.json", &text)
            .file("i18n/tr.json", &text)
            .report();
        let found: Vec<_> =
            report.items.iter().flat_map(|item| &item.findings).filter(|f| f.rule.id == "identical-translation").collect();
        assert_eq!(found.iter().map(|finding| finding.count).collect::<Vec<_>>(), [8]);
        assert!(found[0].args["advice"].to_string().contains("six months"));
    }
}
