//! An i18n file, or a text of it, that is in another language than the file's name says.

use super::{certainty, is_latin_language, name_key};
use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::order;
use crate::package::locale::{JudgedTexts, Locale, LocaleText, OtherLanguage};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::language::{Language, Verdict, judge, judge_group};
use crate::text::plain::shown_attributes;

static FILE: Message = Message {
    id: "file-in-other-language",
    text: "{path} should be in {declared}, but most of its {count} texts are in {found}.",
    help: "Translate the texts into {declared}. If the language is not supported yet, take it out of \"locale\" in the manifest.",
};
static COPY: Message = Message {
    id: "copy-of-english",
    text: "{path} should be in {declared}, but most of its {count} texts are in {found}.",
    help: "Kommo accepts a copy of the English texts for six months. Check when the widget was published, and translate in time.",
};
static TEXT: Message = Message {
    id: "text-in-other-language",
    text: "The text \"{key}\" in {path} looks like {found}, not {declared}: \"{text}\".",
    help: "Translate \"{key}\" into {declared}, or leave it if the words are a name.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-locale",
    item: "locale-language",
    title: "Texts in another language than the file's",
    why: "Kommo shows each client the file of their own language; what is in it must be that language.",
    fix: "Translate the file, or move the texts to the file of their language.",
    messages: &[&FILE, &COPY, &TEXT],
    bad: &[Example {
        path: "i18n/es.json",
        text: r#"{"panel": {"save": "Guardar esta nota", "hint": «"Write down what your colleague should know"», "done": "La nota está guardada"}}"#,
    }],
    good: &[
        Example {
            path: "i18n/es.json",
            text: r#"{"panel": {"save": "Guardar esta nota", "hint": "Escribe lo que tu colega debe saber", "done": "La nota está guardada"}}"#,
        },
        Example {
            path: "i18n/es.json",
            text: r#"{"panel": {"title": "Sincroniza leads del pipeline con Google Sheets vía webhook", "names": "WhatsApp Business, Facebook Messenger, Instagram Direct", "key": "API key"}}"#,
        },
    ],
    about_code: false,
    check,
};

/// From this many different texts on, a file can be judged for certain.
const WHOLE_FILE: usize = 20;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let name = name_key(cx);
    for locale in &cx.locales().all {
        let Some(declared) = Language::of_locale(&locale.code) else { continue };
        let judged = judged(locale, declared);
        if let Some(OtherLanguage { language: found, count, without_names }) = judged.other_language {
            // A file in Russian is told by its letters.
            if found == Language::Russian && is_latin_language(&locale.language()) {
                continue;
            }
            let copy = found == Language::English && matches!(declared, Language::Turkish | Language::Indonesian);
            let certainty = if count >= WHOLE_FILE && without_names { certainty(locale) } else { Certainty::Suspect };
            let message = if copy { &COPY } else { &FILE };
            let finding = out.finding(certainty, message, Location::file(&*locale.path)).arg("path", &*locale.path);
            out.push(finding.arg("declared", declared.name()).arg("found", found.name()).arg("count", count));
            continue;
        }
        for (text, verdict) in verdicts(locale, judged, name) {
            let foreign = match verdict {
                Verdict::Other { language, .. } => Some((text.span, language, &*text.value.text)),
                _ => foreign_attribute(text, declared),
            };
            let Some((span, found, words)) = foreign.filter(|&(_, found, _)| found != Language::Russian) else { continue };
            let finding = out.suspect(&TEXT, Location::span(&*locale.path, span)).arg("key", &*text.key);
            let finding = finding.arg("path", &*locale.path).arg("declared", declared.name()).arg("found", found.name());
            out.push(finding.arg("text", words));
        }
    }
}

/// What languages the texts of a file are in.
pub(super) fn judged(locale: &Locale, declared: Language) -> &JudgedTexts {
    /// A smaller file is judged text by text.
    const FEWEST: usize = 4;
    locale.judged.get_or_init(|| {
        let texts = prose(locale).map(|(at, text)| (text.value.text.trim(), at));
        let mut texts: Vec<(&str, u32)> = texts.filter(|(text, _)| !text.is_empty()).collect();
        order::sort(&mut texts);
        let different = || texts.chunk_by(|one, other| one.0 == other.0);
        let group = judge_group(different().map(|same| same[0].0), declared);
        let mut verdicts = Vec::with_capacity(texts.len());
        for (same, &verdict) in different().zip(&group.each) {
            verdicts.extend(same.iter().map(|&(_, at)| (at, verdict)));
        }
        order::sort_by_key(&mut verdicts, |&(at, _)| at);
        let other_language = match group.together {
            Verdict::Other { language, .. } if group.each.len() >= FEWEST => {
                let sentences = different().map(|same| same[0].0).filter(|text| !is_written_as_name(text));
                let without_names = matches!(judge_group(sentences, declared).together, Verdict::Other { language: same, .. } if same == language);
                Some(OtherLanguage { language, count: group.each.len(), without_names })
            }
            _ => None,
        };
        JudgedTexts { other_language, verdicts }
    })
}

/// The verdict on each text of a language that is prose, but for the one with the key `name`.
pub(super) fn verdicts<'a>(
    locale: &'a Locale,
    judged: &'a JudgedTexts,
    name: &'a str,
) -> impl Iterator<Item = (&'a LocaleText, Verdict)> {
    let verdicts = judged.verdicts.iter().filter_map(|&(at, verdict)| Some((locale.texts.get(at as usize)?, verdict)));
    verdicts.filter(move |(text, _)| text.key != name)
}

/// The first of a text's attributes that a person reads in another language: its place, the language, and what it says.
pub(super) fn foreign_attribute(text: &LocaleText, declared: Language) -> Option<(Span, Language, &str)> {
    let source = &*text.value.text;
    shown_attributes(source).into_iter().find_map(|span| match judge(span.of(source), declared) {
        Verdict::Other { language, .. } => Some((text.value.map.span(span), language, span.of(source))),
        _ => None,
    })
}

/// The texts of a language but for lists of countries, cities, banks or time zones: names say nothing about a language.
fn prose(locale: &Locale) -> impl Iterator<Item = (u32, &LocaleText)> {
    let siblings = locale.texts.chunk_by(|one, other| block_of(&one.key) == block_of(&other.key));
    let prose = siblings.flat_map(|texts| {
        let is_list = is_list_of_names(texts);
        texts.iter().map(move |text| (text, is_list && is_written_as_name(&text.value.text)))
    });
    (0..).zip(prose).filter(|(_, (_, is_name))| !is_name).map(|(at, (text, _))| (at, text))
}

/// The block that holds the text of a dotted key.
fn block_of(key: &str) -> &str {
    key.rsplit_once('.').map_or("", |(block, _)| block)
}

/// Whether the texts of a block are a list of names: it has codes or numbers for keys, or is called one.
fn is_list_of_names(texts: &[LocaleText]) -> bool {
    const FEWEST: usize = 5;
    const CALLED: [&str; 8] = ["countr", "cities", "bank", "zone", "region", "currenc", "language", "brand"];
    let Some(first) = texts.first().filter(|_| texts.len() >= FEWEST) else { return false };
    let block = block_of(&first.key);
    let name = block.rsplit('.').next().unwrap_or_default().to_lowercase();
    let key = |text: &LocaleText| text.key.len() - block.len();
    let has_codes = || texts.iter().all(|text| key(text) <= 4 || text.key.contains('/'));
    let are_names = || texts.iter().filter(|text| is_written_as_name(&text.value.text)).count() * 10 >= texts.len() * 9;
    (CALLED.iter().any(|word| name.contains(word)) || has_codes()) && are_names()
}

/// Whether every word has a capital but for small ones that join names.
fn is_written_as_name(text: &str) -> bool {
    const SMALL: [&str; 16] = ["and", "da", "dan", "de", "del", "do", "e", "el", "la", "las", "los", "of", "the", "ve", "y", "и"];
    let is_plain = |c: char| !c.is_alphabetic();
    let is_name = |word: &str| {
        word.contains(char::is_uppercase) || word.chars().all(is_plain) || SMALL.contains(&word.trim_matches(is_plain))
    };
    text.split_whitespace().all(is_name)
}

#[cfg(test)]
mod tests {
    use crate::finding::Certainty;
    use crate::testing::{Widget, certain, suspect};

    const SPANISH: [&str; 20] = [
        "Guardar los cambios",
        "Conecta tu cuenta",
        "Elige un embudo",
        "El contacto no existe",
        "Mensaje enviado",
        "Nombre del cliente",
        "Teléfono",
        "Correo del usuario",
        "Añadir una regla nueva",
        "Eliminar la regla",
        "¿Seguro que quieres salir?",
        "Etapa del embudo",
        "Campo obligatorio",
        "Sin resultados",
        "Volver a la lista",
        "Crear una tarea",
        "Fecha de inicio",
        "Fecha de cierre",
        "Persona responsable",
        "Escribe tu nota aquí",
    ];

    fn file(texts: &[&str]) -> String {
        let members: Vec<String> = texts.iter().enumerate().map(|(at, text)| format!("\"k{at}\": \"{text}\"")).collect();
        format!("{{{}}}", members.join(", "))
    }

    #[test]
    fn a_whole_file_is_certain() {
        let found = Widget::clean().file("i18n/en.json", file(&SPANISH)).findings("foreign-locale");
        assert_eq!(found, [certain("file-in-other-language", "i18n/en.json", "")]);
        assert_eq!(Widget::clean().file("i18n/es.json", file(&SPANISH)).findings("foreign-locale"), []);
        let found = Widget::clean().file("i18n/pt.json", file(&SPANISH)).findings("foreign-locale");
        assert_eq!(found, [certain("file-in-other-language", "i18n/pt.json", "")]);
    }

    #[test]
    fn shorter_files_undeclared_ones_and_copies_are_suspect() {
        let found = Widget::clean().file("i18n/en.json", file(&SPANISH[..12])).findings("foreign-locale");
        assert_eq!(found, [suspect("file-in-other-language", "i18n/en.json", "")]);
        let found = Widget::clean().file("i18n/tr.json", file(&SPANISH)).findings("foreign-locale");
        assert_eq!(found, [suspect("file-in-other-language", "i18n/tr.json", "")]);
        let english = file(&[
            "Save the changes",
            "Connect your account",
            "Choose a pipeline of your team",
            "Write your note here",
            "The contact does not exist",
        ]);
        let found = Widget::clean().file("i18n/id.json", english).findings("foreign-locale");
        assert_eq!(found, [suspect("copy-of-english", "i18n/id.json", "")]);
    }

    #[test]
    fn names_prove_nothing_about_a_whole_file() {
        let mut texts = vec!["Save the note", "Open the settings of your shop", "There are no notes for this lead yet"];
        texts.extend(["Ciudad de México", "Nuevo León", "San Luis Potosí", "Mar del Plata", "Viña del Mar", "Banco de Chile"]);
        texts.extend(["Santiago de Chile", "Punta del Este", "Santa Cruz de la Sierra", "Banco del Pacífico", "La Paz", "Quito"]);
        texts.extend(["Córdoba", "Bogotá", "Medellín", "Cartagena de Indias", "Asunción", "Ciudad del Este", "San José"]);
        let found = Widget::clean().file("i18n/en.json", file(&texts)).findings("foreign-locale");
        assert!(found.iter().all(|seen| seen.certainty == Certainty::Suspect), "{found:?}");
    }

    #[test]
    fn lists_of_names_say_nothing() {
        let names = [
            "Saint Vincent and the Grenadines",
            "United States of America",
            "Democratic Republic of the Congo",
            "South Georgia and the South Sandwich Islands",
            "British Indian Ocean Territory",
            "Isle of Man",
        ];
        let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let coded: Vec<String> = names.iter().zip('a'..).map(|(name, code)| format!("\"{code}{code}\": \"{name}\"")).collect();
        let keyed: Vec<String> = names.iter().map(|name| format!("\"{}\": \"{name}\"", name.replace(' ', "_"))).collect();
        let (list, coded, keyed) = (list.join(", "), coded.join(", "), keyed.join(", "));
        for block in [format!("\"places\": [{list}]"), format!("\"places\": {{{coded}}}"), format!("\"countries\": {{{keyed}}}")]
        {
            let text = format!(r#"{{"a": "Guardar esta nota en el panel", "b": "Conecta tu cuenta", {block}}}"#);
            for rule in ["foreign-locale", "foreign-words"] {
                assert_eq!(Widget::clean().file("i18n/es.json", text.clone()).findings(rule), [], "{rule} {block}");
            }
        }
        // Labels in capitals, and sentences in a list, are no names.
        for block in [
            format!("\"buttons\": {{{}}}", keyed.replace("Isle of Man", "Create New Contact and Close Window")),
            format!("\"zones\": [\"Write down what your colleague should know\", {list}, \"Lima\", \"Quito\", \"Paris\"]"),
        ] {
            let text = format!(r#"{{"a": "Guardar esta nota en el panel", "b": "Conecta tu cuenta", {block}}}"#);
            assert_ne!(Widget::clean().file("i18n/es.json", text).findings("foreign-locale"), [], "{block}");
        }
    }

    #[test]
    fn attributes_are_read_too() {
        let text =
            |title: &str| format!(r#"{{"a": "See the <a href='x' title='{title}' class='ver los datos del cliente'>data</a>"}}"#);
        let found = |title: &str| Widget::clean().file("i18n/en.json", text(title)).findings("foreign-locale");
        let spanish = "Ver todos los datos del cliente";
        assert_eq!(found(spanish), [suspect("text-in-other-language", "i18n/en.json", spanish)]);
        assert_eq!(found("See all the data of the client"), []);
    }

    #[test]
    fn a_russian_file_is_left_to_its_letters() {
        let russian = file(&[
            "Сохранить изменения в карточке",
            "Подключите ваш аккаунт",
            "Выберите воронку продаж",
            "Введите текст заметки здесь",
        ]);
        assert_eq!(Widget::clean().file("i18n/en.json", russian.clone()).findings("foreign-locale"), []);
        assert_eq!(Widget::clean().file("i18n/ru.json", russian).findings("foreign-locale"), []);
        let english = file(&[
            "Save the changes",
            "Connect your account",
            "Choose a pipeline of your team",
            "Write your note here",
            "The contact does not exist",
        ]);
        let found = Widget::clean().file("i18n/ru.json", english).findings("foreign-locale");
        assert_eq!(found, [suspect("file-in-other-language", "i18n/ru.json", "")]);
    }
}
