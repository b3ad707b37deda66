//! A link in a text whose address names another language.

use super::part;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::text::links::{LinkKind, links};

static ADDRESS: Message = Message {
    id: "address-names-language",
    text: "The link in \"{key}\" of {path} goes to a page in another language ({found}): {address}.",
    help: "Link to the page in {declared}, or to one that follows the reader's own language.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "link-to-other-language",
    item: "locale-links",
    title: "Link to a page in another language",
    why: "A client who follows a link from a text in their language expects to read on in that language.",
    fix: "Give each language the address of its own page.",
    messages: &[&ADDRESS],
    bad: &[
        Example {
            path: "i18n/en.json", text: r#"{"panel": {"help": "<a href='«https://auroranotes.com/es/ayuda»'>Help</a>"}}"#
        },
        Example { path: "i18n/pt.json", text: r#"{"panel": {"help": "Veja «https://auroranotes.com/help?lang=ru»."}}"# },
    ],
    good: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"help": "<a href='https://auroranotes.com/en/help'>Help</a>"}}"# },
        Example {
            path: "i18n/pt.json",
            text: r#"{"panel": {"help": "https://auroranotes.com/pt-br/ajuda, https://www.kommo.com/br/, https://auroranotes.com/open/id/77"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for locale in &cx.locales().all {
        let declared = locale.language();
        if !["en", "es", "pt"].contains(&&*declared) {
            continue;
        }
        for text in &locale.texts {
            for link in links(&text.value.text).into_iter().filter(|link| link.kind != LinkKind::Mail) {
                let languages = link.languages();
                if languages.is_empty() || languages.contains(&&*declared) {
                    continue;
                }
                let finding = out.suspect(&ADDRESS, part(locale, text, link.span)).arg("key", &*text.key);
                let finding = finding.arg("path", &*locale.path).arg("found", languages.join(", "));
                out.push(finding.arg("address", link.address).arg("declared", &*declared));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn hosts_paths_and_queries_name_languages() {
        let text =
            r#"{"a": "https://ru.acme.com", "b": "https://acme.com/en/x", "c": "https://acme.com/?hl=en-US", "d": "acme.ru"}"#;
        let found = Widget::clean().file("i18n/es.json", text).findings("link-to-other-language");
        let expected = ["https://ru.acme.com", "https://acme.com/en/x", "https://acme.com/?hl=en-US", "acme.ru"];
        assert_eq!(found, expected.map(|address| suspect("address-names-language", "i18n/es.json", address)));
    }

    #[test]
    fn neutral_addresses_and_other_files_are_fine() {
        let text = r#"{"a": "https://acme.com/privacy", "b": "mail@es.acme.com", "c": "https://acme.com/es-MX/", "d": "https://acme.ru/es/"}"#;
        assert_eq!(Widget::clean().file("i18n/es.json", text).findings("link-to-other-language"), []);
        assert_eq!(
            Widget::clean().file("i18n/ru.json", r#"{"a": "https://acme.com/en/"}"#).findings("link-to-other-language"),
            []
        );
    }
}
