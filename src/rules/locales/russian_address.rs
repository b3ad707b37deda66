//! An address under `.ru` in a language of the marketplace.

use super::{certainty, is_latin_language, part};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::language::is_cyrillic;
use crate::text::links::{is_russian, links, pictures};

static ADDRESS: Message = Message {
    id: "ru-domain",
    text: "The text \"{key}\" in {language} leads to \"{host}\", a Russian domain.",
    help: "Give a page or a mailbox under an international domain, in the language of this file.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "russian-address",
    item: "locale-language",
    title: "Russian domain in another language",
    why: "Clients of the English, Spanish and Portuguese marketplace expect pages and mailboxes made for them.",
    fix: "Replace the address by one under an international domain.",
    messages: &[&ADDRESS],
    bad: &[
        Example {
            path: "i18n/en.json", text: r#"{"panel": {"help": "Read more on https://«help.auroranotes.ru»/start?a=1"}}"#
        },
        Example { path: "i18n/es.json", text: r#"{"panel": {"help": "Escribe a ayuda@«auroranotes.ru»."}}"# },
    ],
    good: &[
        Example { path: "i18n/en.json", text: r#"{"panel": {"help": "Read more on https://help.auroranotes.com/start?a=1"}}"# },
        Example {
            path: "i18n/en.json",
            text: r#"{"panel": {"help": "See https://auroranotes.com/a.ru?from=mail.ru, file.rules and Rubén"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for locale in cx.locales().all.iter().filter(|locale| is_latin_language(&locale.language())) {
        for text in &locale.texts {
            for link in links(&text.value.text).into_iter().chain(pictures(&text.value.text)) {
                // A host in Cyrillic letters is named for them.
                let Some(host) = link.host().filter(|host| is_russian(host) && !host.contains(is_cyrillic)) else { continue };
                let certainty = if host.ends_with(".ru") { certainty(locale) } else { Certainty::Suspect };
                let written = link.span.of(&text.value.text);
                let span = written.to_lowercase().find(&host).map_or(link.span, |at| {
                    let start = link.span.start + at as u32;
                    crate::syntax::Span::new(start, start + host.len() as u32)
                });
                let finding = out.finding(certainty, &ADDRESS, part(locale, text, span));
                out.push(finding.arg("key", &*text.key).arg("language", &*locale.code).arg("host", host));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, suspect};

    #[test]
    fn links_mailboxes_and_bare_domains() {
        let text = r#"{"a": "<a href='https://Acme.ru/x'>go</a>", "b": "acme.ru", "c": "mail@acme.ru", "d": "acme.su"}"#;
        assert_eq!(
            Widget::clean().file("i18n/pt.json", text).findings("russian-address"),
            [
                certain("ru-domain", "i18n/pt.json", "Acme.ru"),
                certain("ru-domain", "i18n/pt.json", "acme.ru"),
                certain("ru-domain", "i18n/pt.json", "acme.ru"),
                suspect("ru-domain", "i18n/pt.json", "acme.su"),
            ]
        );
    }

    #[test]
    fn ports_and_queries_may_follow() {
        let text = r#"{"a": "acme.ru?from=crm", "b": "acme.ru:8080", "c": "<img src='//acme.ru:8443/a.png'>", "d": "acme.com?to=acme.ru", "e": "file.rules?x=1"}"#;
        let found = Widget::clean().file("i18n/en.json", text).findings("russian-address");
        assert_eq!(found, ["acme.ru"; 3].map(|host| certain("ru-domain", "i18n/en.json", host)));
    }

    #[test]
    fn russian_texts_and_undeclared_languages() {
        assert_eq!(Widget::clean().file("i18n/ru.json", r#"{"a": "acme.ru"}"#).findings("russian-address"), []);
        let found = Widget::clean().file("i18n/id.json", r#"{"a": "acme.ru"}"#).findings("russian-address");
        assert_eq!(found, [suspect("ru-domain", "i18n/id.json", "acme.ru")]);
    }
}
