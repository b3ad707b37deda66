//! Technical terms in the description.

use crate::context::{Context, ListingText};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::text::plain::Plain;
use crate::text::wording::technical_terms;

static TERMS: Message = Message {
    id: "technical-terms",
    text: "The description in {language} uses technical terms: {terms}.",
    help: "Say what the client gains in everyday words, and leave the technique to the documentation.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "technical-description",
    item: "description-friendly",
    title: "Technical description",
    why: "Salespeople choose integrations. Terms of engineers tell them nothing and keep them from installing.",
    fix: "Describe what happens to leads, messages and time spent.",
    messages: &[&TERMS],
    bad: &[Example {
        path: "i18n/en.json",
        text: r#"{"widget": {"description": "Sends a «webhook» with JSON to your REST endpoint."}}"#,
    }],
    good: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": "Each new order becomes a lead, with the buyer's phone number. https://auroranotes.com/privacy"}}"#,
        },
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": "Get some rest: messages of the WhatsApp Business API reach your leads. See https://auroranotes.com/api/json"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let ListingText::Shown { texts, .. } = cx.listing_text(&["widget", "description"]) else { return };
    for text in &texts {
        let plain = Plain::of(&text.value.text);
        out.evidence("text", text.language(), &*plain.text, text.location.clone());
        let terms = technical_terms(&plain.text);
        let mut places = terms.iter().map(|&term| text.part(plain.source(term)));
        let Some(first) = places.next() else { continue };
        let mut names: Vec<&str> = Vec::new();
        for name in terms.iter().map(|term| term.of(&plain.text)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let finding = out.suspect(&TERMS, first).arg("language", text.language()).arg("terms", names.join(", "));
        out.push(finding.also_at(places));
    }
}
