//! Cyrillic words, and single Cyrillic letters, in a language that is written in Latin letters; words in a third script in any.

use super::{certainty, is_latin_language, part};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::package::locale::{Locale, LocaleText};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::language::{Language, cyrillic, other_script, placeholders};
use crate::text::plain::{Plain, shown_attributes};

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
static SCRIPT: Message = Message {
    id: "other-script",
    text: "The text \"{key}\" in {language} holds words in the {script} script: \"{words}\".",
    help: "Translate the text \"{key}\". A language's own name in a list of languages may stay as it is.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-script",
    item: "locale-language",
    title: "Cyrillic in a Latin-script language",
    why: "A client who chose English, Spanish or Portuguese cannot read Cyrillic words in the middle of the window.",
    fix: "Translate what was left over, and type look-alike letters again with a Latin keyboard.",
    messages: &[&WORD, &LETTER, &SCRIPT],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"name": "Notes via Aurora"}, "panel": {"save": "«Сохранить» note"}}"#,
        },
        Example { path: "i18n/en.json", text: r#"{"panel": {"none": "«还没有消息»", "save": "Save the note"}}"# },
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
    for locale in &cx.locales().all {
        for text in &locale.texts {
            let source = &*text.value.text;
            let whole = Span::new(0, source.len() as u32);
            for read in std::iter::once(whole).chain(shown_attributes(source)) {
                check_part(locale, text, read, out);
            }
        }
    }
}

/// Looks at what a person reads of a text: at all of it but for its mark-up, or at one attribute.
fn check_part(locale: &Locale, text: &LocaleText, read: Span, out: &mut Findings<'_>) {
    let plain = Plain::of(read.of(&text.value.text));
    let place = |span: Span| part(locale, text, plain.source(span).shifted(read.start));
    if Language::of_locale(&locale.code).is_some()
        && let Some((words, script)) = other_script(&plain.text)
    {
        let finding = out.suspect(&SCRIPT, place(words)).arg("key", &*text.key).arg("language", &*locale.code);
        out.push(finding.arg("script", script).arg("words", words.of(&plain.text)));
    }
    if !is_latin_language(&locale.language()) {
        return;
    }
    let found = cyrillic(&plain.text);
    let mut places = found.words.iter().map(|&word| place(word));
    if let (Some(at), Some(word)) = (places.next(), found.words.first()) {
        // What a program fills in: nobody reads "{{имя}}", unless it is not filled in.
        let holes = placeholders(&plain.text);
        let is_filled = |word: &Span| holes.iter().any(|hole| hole.contains(*word));
        let certainty = if found.words.iter().all(is_filled) { Certainty::Suspect } else { certainty(locale) };
        let finding = out.finding(certainty, &WORD, at);
        let finding = finding.arg("key", &*text.key).arg("language", &*locale.code).arg("word", word.of(&plain.text));
        out.push(finding.also_at(places));
    }
    for stray in &found.strays {
        let letter = stray.letter.of(&plain.text);
        let code = letter.chars().next().map_or(0, u32::from);
        let finding = out.finding(Certainty::Suspect, &LETTER, place(stray.letter)).arg("key", &*text.key);
        let finding = finding.arg("word", stray.word.of(&plain.text)).arg("letter", letter);
        out.push(finding.arg("code", format!("{code:04X}")));
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
    fn attributes_that_a_person_reads_are_judged() {
        let found = |text: &str| Widget::clean().file("i18n/en.json", text).findings("foreign-script");
        let word = |word: &str| [certain("cyrillic-word", "i18n/en.json", word)];
        assert_eq!(found(r#"{"a": "Go <a href='x' title='Открыть'>on</a>"}"#), word("Открыть"));
        assert_eq!(found(r#"{"a": "<img src='a.png' alt=\"Логотип\">"}"#), word("Логотип"));
        assert_eq!(found(r#"{"a": "<b class='жирный' data-id='икс' title='Русский'>Bold</b><!-- титул -->"}"#), []);
    }

    #[test]
    fn what_a_program_fills_in_is_suspect() {
        let found = |text: &str| Widget::clean().file("i18n/en.json", text).findings("foreign-script");
        assert_eq!(found(r#"{"a": "Dear {{имя}}"}"#), [suspect("cyrillic-word", "i18n/en.json", "имя")]);
        let choice = r#"{"a": "{n, plural, one {# файл} other {# files}}"}"#;
        assert_eq!(found(choice), [certain("cyrillic-word", "i18n/en.json", "файл")]);
    }

    #[test]
    fn third_scripts_are_suspect_in_the_languages_that_are_judged() {
        let text = r#"{"a": "还没有消息", "b": "中文, 日本語"}"#;
        for path in ["i18n/en.json", "i18n/ru.json", "i18n/id.json"] {
            let found = Widget::clean().file(path, text).findings("foreign-script");
            assert_eq!(found, [suspect("other-script", path, "还没有消息")]);
        }
        assert_eq!(Widget::clean().file("i18n/zh.json", text).findings("foreign-script"), []);
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
