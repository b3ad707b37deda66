//! The teaser gives no reason to choose the integration.

use super::{TEXT_ABSENT, TEXT_NOWHERE, TEXT_UNNAMED, named, plain, report_unjudged};
use crate::context::{Context, ListingText};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::text::wording::is_sample_teaser;

static SAME_AS_NAME: Message = Message {
    id: "same-as-name",
    text: "The teaser in {language} repeats the name: \"{teaser}\".",
    help: "Say in the teaser what the client gains; the name stands beside it already.",
};
static SAMPLE: Message = Message {
    id: "sample-text",
    text: "The teaser in {language} is a sample text: \"{teaser}\".",
    help: "Replace it by one reason to choose the integration, in at most 60 characters.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pointless-teaser",
    item: "teaser-purpose",
    title: "Teaser that gives no reason",
    why: "The teaser is what a client reads before deciding to look at the integration at all.",
    fix: "Say in one short sentence what the client gains.",
    messages: &[&SAME_AS_NAME, &SAMPLE, &TEXT_NOWHERE, &TEXT_UNNAMED, &TEXT_ABSENT],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"name": "Shift Notes via Aurora", "short_description": «"Shift notes via Aurora."»}}"#,
        },
        Example { path: "i18n/en.json", text: r#"{"widget": {"short_description": «"Short description of the widget"»}}"# },
    ],
    good: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"name": "Shift Notes via Aurora", "short_description": "Hand over every lead without losing a detail"}}"#,
        },
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"name": "Notes via Aurora", "short_description": "A short description of every shift, on each lead"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let teaser = cx.listing_text(&["widget", "short_description"]);
    report_unjudged(cx, &teaser, "teaser", out);
    let ListingText::Shown { texts, .. } = teaser else { return };
    let names = match cx.listing_text(&["widget", "name"]) {
        ListingText::Shown { texts, .. } => texts,
        _ => Vec::new(),
    };
    for text in &texts {
        let teaser = plain(text).text;
        if teaser.is_empty() {
            continue;
        }
        out.evidence("text", text.language(), &*teaser, text.location.clone());
        let name = names.iter().find(|name| name.language() == text.language()).map(|name| plain(name).text);
        let repeats = name.is_some_and(|name| {
            // The name may be repeated with or without its creator.
            let lower = name.to_lowercase().replace("vía", "via");
            let short = lower.split(" via ").next().map(letters);
            letters(&name) == letters(&teaser) || short == Some(letters(&teaser))
        });
        let message = match repeats {
            true => &SAME_AS_NAME,
            false if is_sample_teaser(&teaser) => &SAMPLE,
            false => continue,
        };
        let finding = out.suspect(message, text.location.clone()).arg("language", text.language()).arg("teaser", &*teaser);
        out.push(named(finding, text));
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn teaser(name: &str, teaser: &str) -> Vec<Seen> {
        let text = format!(r#"{{"widget": {{"name": "{name}", "short_description": "{teaser}"}}}}"#);
        Widget::clean().file("i18n/pt.json", text).findings("pointless-teaser")
    }

    #[test]
    fn the_name_again_and_sample_texts() {
        assert_eq!(teaser("Notas via Aurora", "Notas"), [suspect("same-as-name", "i18n/pt.json", "\"Notas\"")]);
        assert_eq!(teaser("Notas", "Lorem ipsum dolor"), [suspect("sample-text", "i18n/pt.json", "\"Lorem ipsum dolor\"")]);
        assert_eq!(
            teaser("Notas", "Descrição curta do widget"),
            [suspect("sample-text", "i18n/pt.json", "\"Descrição curta do widget\"")]
        );
    }

    #[test]
    fn a_teaser_may_use_the_words_of_the_name() {
        assert_eq!(teaser("Notas via Aurora", "Notas que ninguém perde"), []);
        assert_eq!(teaser("Notas", "Teste gratuito de 14 dias"), []);
    }
}
