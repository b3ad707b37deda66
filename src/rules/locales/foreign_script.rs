//! Cyrillic words, and single Cyrillic letters, in a language that is written in Latin letters.

use super::{certainty, is_latin_language, part};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::language::cyrillic;
use crate::text::plain::Plain;

static WORD: Message = Message {
    id: "cyrillic-word",
    text: "The text \"{key}\" in {language} holds Cyrillic: \"{word}\".",
    help: "Translate the text \"{key}\". A language's own name in a list of languages may stay as it is.",
};
static LETTER: Message = Message {
    id: "stray-letter",
    text: "The word \"{word}\" in \"{key}\" holds the Cyrillic letter \"{letter}\" (U+{code}).",
    help: "Type the word again with a Latin keyboard: the letter only looks right, and searches will not find the word.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-script",
    item: "locale-language",
    title: "Cyrillic in a Latin-script language",
    why: "A client who chose English, Spanish or Portuguese cannot read Cyrillic words in the middle of the window.",
    fix: "Translate what was left over, and type look-alike letters again with a Latin keyboard.",
    messages: &[&WORD, &LETTER],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"name": "Notes via Aurora"}, "panel": {"save": "«Сохранить» note"}}"#,
        },
        Example { path: "i18n/es.json", text: "{\"panel\": {\"save\": \"Guardar la nota del \u{ab}\u{441}\u{bb}liente\"}}" },
    ],
    good: &[
        Example { path: "i18n/en.json", text: r#"{"widget": {"name": "Notes via Aurora"}, "panel": {"save": "Save the note"}}"# },
        Example {
            path: "i18n/en.json",
            text: r#"{"languages": {"ru": "Русский", "kk": "Қазақ тілі", "es": "Español"}, "panel": {"save": "Save"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for locale in cx.locales().all.iter().filter(|locale| is_latin_language(&locale.language())) {
        for text in &locale.texts {
            let plain = Plain::of(&text.value.text);
            let found = cyrillic(&plain.text);
            let mut places = found.words.iter().map(|&word| part(locale, text, plain.source(word)));
            if let (Some(at), Some(word)) = (places.next(), found.words.first()) {
                let finding = out.finding(certainty(locale), &WORD, at);
                let finding = finding.arg("key", &*text.key).arg("language", &*locale.code).arg("word", word.of(&plain.text));
                out.push(finding.also_at(places));
            }
            for stray in &found.strays {
                let letter = stray.letter.of(&plain.text);
                let code = letter.chars().next().map_or(0, u32::from);
                let at = part(locale, text, plain.source(stray.letter));
                let finding = out.finding(Certainty::Suspect, &LETTER, at).arg("key", &*text.key);
                let finding = finding.arg("word", stray.word.of(&plain.text)).arg("letter", letter);
                out.push(finding.arg("code", format!("{code:04X}")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, suspect};

    #[test]
    fn words_are_certain_in_the_marketplace_languages_only() {
        let text = r#"{"a": "Привет, <b>мир</b>", "b": "CRM-система"}"#;
        assert_eq!(
            Widget::clean().file("i18n/pt.json", text).findings("foreign-script"),
            [certain("cyrillic-word", "i18n/pt.json", "Привет"), certain("cyrillic-word", "i18n/pt.json", "система")]
        );
        let undeclared = Widget::clean().file("i18n/tr.json", text).findings("foreign-script");
        assert_eq!(undeclared[0], suspect("cyrillic-word", "i18n/tr.json", "Привет"));
    }

    #[test]
    fn russian_and_other_cyrillic_languages_are_written_so() {
        for path in ["i18n/ru.json", "i18n/uk.json", "i18n/kk.json"] {
            assert_eq!(Widget::clean().file(path, r#"{"a": "Привет, мир"}"#).findings("foreign-script"), []);
        }
    }

    #[test]
    fn languages_may_be_called_by_their_own_names() {
        let list = r#"{"languages": ["Қазақ тілі", "Русский (Россия)", "Bahasa Indonesia", "Português (Brasil)", "中文", "Tiếng Việt"]}"#;
        assert_eq!(Widget::clean().file("i18n/en.json", list).findings("foreign-script"), []);
        let sentence = r#"{"a": "Русский перевод"}"#;
        let found = Widget::clean().file("i18n/en.json", sentence).findings("foreign-script");
        assert_eq!(found, [certain("cyrillic-word", "i18n/en.json", "перевод")]);
    }

    #[test]
    fn escapes_are_pointed_at_whole() {
        let text = r#"{"a": "x \u041f\u0440\u0438\u0432\u0435\u0442"}"#;
        let found = Widget::clean().file("i18n/en.json", text).findings("foreign-script");
        assert_eq!(found, [certain("cyrillic-word", "i18n/en.json", r"\u041f\u0440\u0438\u0432\u0435\u0442")]);
    }

    #[test]
    fn a_stray_letter_is_named() {
        let found = Widget::clean().file("i18n/en.json", "{\"a\": \"Your \u{421}ontact\"}").findings("foreign-script");
        assert_eq!(found, [suspect("stray-letter", "i18n/en.json", "\u{421}")]);
    }
}
