//! A text, or a sentence of it, in another language than the rest of its file.

use super::foreign_locale::{foreign_attribute, judged, verdicts};
use super::name_key;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::locale::{Locale, LocaleText, OtherLanguage};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::language::{Language, Verdict, cyrillic, judge, words};
use crate::text::plain::Plain;

static FILE: Message = Message {
    id: "untranslated-file",
    text: "{path} is not translated: most of its texts are in {found}, not {declared}.",
    help: "Translate the file into {declared}.",
};
static WORDS: Message = Message {
    id: "words-of-other-language",
    text: "\"{key}\" in {path} has words that look like {found}, not {declared}: \"{text}\".",
    help: "Translate these words into {declared}. Names of products may stay as they are.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-words",
    item: "translated",
    title: "Words of another language",
    why: "A sentence in another language in the middle of a window looks unfinished, and some clients cannot read it.",
    fix: "Translate every text whole.",
    messages: &[&FILE, &WORDS],
    bad: &[
        Example {
            path: "i18n/pt.json",
            text: r#"{"panel": {"hint": "Anote o que é importante. «The next colleague will see it first.» Nada se perde."}}"#,
        },
        Example { path: "i18n/es.json", text: r#"{"panel": {"hint": «"Write down what your colleague should know"»}}"# },
    ],
    good: &[
        Example {
            path: "i18n/pt.json",
            text: r#"{"panel": {"hint": "Anote o que é importante. A próxima pessoa verá primeiro. Nada se perde."}}"#,
        },
        Example {
            path: "i18n/pt.json",
            text: r#"{"panel": {"hint": "Envie leads para o Mailchimp. Use a API key do WhatsApp Business. Status do lead no pipeline."}}"#,
        },
    ],
    about_code: false,
    check,
};

/// Texts this long that are the same in two languages are reported as such.
const IDENTICAL_WORDS: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let name = name_key(cx);
    for locale in &cx.locales().all {
        let Some(declared) = Language::of_locale(&locale.code) else { continue };
        let judged = judged(locale, declared);
        if let Some(OtherLanguage { language: found, .. }) = judged.other_language {
            let finding = out.suspect(&FILE, Location::file(&*locale.path)).arg("path", &*locale.path);
            out.push(finding.arg("declared", declared.name()).arg("found", found.name()));
            continue;
        }
        for (text, verdict) in verdicts(locale, judged, name) {
            let Some((span, found, words)) = foreign_part(text, verdict, declared) else { continue };
            if is_identical_elsewhere(cx, locale, text) {
                continue;
            }
            let finding = out.suspect(&WORDS, Location::span(&*locale.path, span)).arg("key", &*text.key);
            let finding = finding.arg("path", &*locale.path).arg("declared", declared.name()).arg("found", found);
            out.push(finding.arg("text", words));
        }
    }
}

/// The first sentence or attribute in another language where the others are in the declared one, else the text as a whole.
fn foreign_part(text: &LocaleText, verdict: Verdict, declared: Language) -> Option<(Span, &'static str, String)> {
    let attribute = || foreign_attribute(text, declared).map(|(span, language, words)| (span, language, words.to_owned()));
    let judged = foreign_sentence(text, verdict, declared).or_else(attribute);
    judged.map(|(span, language, words)| (span, language.name(), words)).or_else(|| cyrillic_words(text, declared))
}

/// From the first to the last Cyrillic word of a text in Latin letters: one is enough.
fn cyrillic_words(text: &LocaleText, declared: Language) -> Option<(Span, &'static str, String)> {
    let plain = Plain::of(&text.value.text);
    let words = if declared == Language::Russian { Vec::new() } else { cyrillic(&plain.text).words };
    let span = words.first()?.join(*words.last()?);
    Some((text.value.map.span(plain.source(span)), "a language in Cyrillic letters", span.of(&plain.text).to_owned()))
}

fn foreign_sentence(text: &LocaleText, verdict: Verdict, declared: Language) -> Option<(Span, Language, String)> {
    let whole = match verdict {
        Verdict::Other { language, .. } => Some(language),
        _ => None,
    };
    let plain = Plain::of(&text.value.text);
    let sentences = plain.sentences();
    // One sentence is the whole text, unless it can be read as mark-up once more.
    if sentences.len() == 1 && !plain.text.contains(['<', '&']) {
        return Some((text.span, whole?, text.value.text.to_string()));
    }
    let judged: Vec<_> = sentences.into_iter().map(|span| (span, judge(span.of(&plain.text), declared))).collect();
    let foreign = judged.iter().find_map(|&(span, verdict)| match verdict {
        Verdict::Other { language, .. } => Some((span, language)),
        _ => None,
    });
    let mixed = judged.iter().any(|&(_, verdict)| verdict == Verdict::Own);
    match (foreign, whole) {
        (Some((span, language)), whole) if mixed || whole.is_none() => {
            Some((text.value.map.span(plain.source(span)), language, span.of(&plain.text).to_owned()))
        }
        (_, whole) => Some((text.span, whole?, text.value.text.to_string())),
    }
}

fn is_identical_elsewhere(cx: &Context<'_>, locale: &Locale, text: &LocaleText) -> bool {
    let same = |other: &Locale| {
        other.path != locale.path && other.text(&text.key).is_some_and(|twin| twin.value.text == text.value.text)
    };
    cx.locales().all.iter().any(same) && words(&Plain::of(&text.value.text).text).len() >= IDENTICAL_WORDS
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn a_text_that_is_the_same_elsewhere_is_reported_as_identical() {
        let text = r#"{"a": "Write down what your colleague should know"}"#;
        let widget = Widget::clean().file("i18n/en.json", text).file("i18n/es.json", text);
        assert_eq!(widget.findings("foreign-words"), []);
    }

    #[test]
    fn the_name_of_the_widget_is_a_name() {
        let text = r#"{"widget": {"name": "Write Down Your Notes via Aurora"}, "a": "Guarda la nota en tu panel"}"#;
        for rule in ["foreign-words", "foreign-locale"] {
            assert_eq!(Widget::clean().file("i18n/es.json", text).findings(rule), [], "{rule}");
            let literal = Widget::clean().file("manifest.json", r#"{"widget": {"name": "Your Notes via Aurora"}}"#);
            assert_eq!(literal.file("i18n/es.json", text).findings(rule), [], "{rule}");
        }
    }

    #[test]
    fn a_file_is_named_once() {
        let text = r#"{"a": "Guardar los cambios", "b": "Conecta tu cuenta", "c": "Elige los campos que deseas copiar", "d": "El contacto no existe"}"#;
        let found = Widget::clean().file("i18n/en.json", text).findings("foreign-words");
        assert_eq!(found, [suspect("untranslated-file", "i18n/en.json", "")]);
    }

    #[test]
    fn attributes_too() {
        let text = r#"{"a": "Leia o <a href='x' title='What your colleague should know'>texto</a>"}"#;
        let found = Widget::clean().file("i18n/pt.json", text).findings("foreign-words");
        assert_eq!(found, [suspect("words-of-other-language", "i18n/pt.json", "What your colleague should know")]);
    }

    #[test]
    fn russian_sentences_too() {
        let text = r#"{"a": "Save the note now. Введите номер телефона клиента сюда."}"#;
        let found = Widget::clean().file("i18n/en.json", text).findings("foreign-words");
        assert_eq!(found, [suspect("words-of-other-language", "i18n/en.json", "Введите номер телефона клиента сюда.")]);
        let text = r#"{"a": "Guardar la nota: <b>Да</b>, ещё.", "b": "Idioma: Русский", "c": "Guardar la nota del сliente"}"#;
        let found = Widget::clean().file("i18n/es.json", text).findings("foreign-words");
        assert_eq!(found, [suspect("words-of-other-language", "i18n/es.json", "Да</b>, ещё")]);
    }
}
