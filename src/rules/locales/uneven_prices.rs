//! A price that the description states in one language and not in another.

use crate::context::{Context, ListingText, ShownText};
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::text::plain::Plain;
use crate::text::prices::{Gratis, Price, gratis, prices};

static MISSING: Message = Message {
    id: "price-missing",
    text: "The description in {language} states no price; the one in {other} says \"{price}\".",
    help: "State the same prices, with their currency, in every language.",
};
static STATED: Message = Message { id: "price-stated", text: "The price stands here.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "uneven-prices",
    item: "description-price",
    title: "Price stated in some languages only",
    why: "Clients want to know what an integration costs before they install it, whatever their language.",
    fix: "State prices and currencies in the description of every language, or say that the integration is free.",
    messages: &[&MISSING],
    bad: &[Example {
        path: "i18n/en.json",
        text: r#"{"widget": {"description": "Notes for your team, 15 USD a month. https://auroranotes.com/privacy"}}"#,
    }],
    good: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": "Notes for your team, free on every plan. https://auroranotes.com/privacy"}}"#,
        },
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": "Replaces $1 in your notes. Free on every plan."}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let ListingText::Shown { texts, .. } = cx.listing_text(&["widget", "description"]) else { return };
    let teasers = match cx.listing_text(&["widget", "short_description"]) {
        ListingText::Shown { texts, .. } => texts,
        _ => Vec::new(),
    };
    let mut stated = Vec::new();
    for text in texts.iter().filter(|text| !text.value.text.trim().is_empty()) {
        let own = |teaser: &&ShownText<'_>| teaser.language() == text.language();
        let mut found = Vec::new();
        let mut is_free = false;
        for text in std::iter::once(text).chain(teasers.iter().find(own)) {
            is_free |= evidence(text, &mut found, out);
        }
        if found.is_empty() && !is_free {
            let note = "The description states no price.";
            out.evidence("note", text.language(), note, text.location.clone());
        }
        stated.push((text, found));
    }
    let Some((other, (price, at))) = stated.iter().find_map(|(text, found)| Some((*text, found.first()?))) else { return };
    for (text, _) in stated.iter().filter(|(_, found)| found.is_empty()) {
        let finding = out.suspect(&MISSING, text.location.clone()).arg("language", text.language());
        out.push(finding.arg("other", other.language()).arg("price", price.as_str()).related(&STATED, at.clone()));
    }
}

/// Shows what a text says about money, and adds its prices to `found`; says whether it calls the integration free.
fn evidence(text: &ShownText<'_>, found: &mut Vec<(String, Location)>, out: &mut Findings<'_>) -> bool {
    let plain = Plain::of(&text.value.text);
    let mut is_free = false;
    for (span, kind) in gratis(&plain.text) {
        is_free |= kind == Gratis::Free;
        let label = format!("{}, {}", text.language(), if kind == Gratis::Free { "free" } else { "trial" });
        out.evidence("price", label, span.of(&plain.text), text.part(plain.source(span)));
    }
    let place = |price: &Price| (price.span.of(&plain.text).to_owned(), text.part(plain.source(price.span)));
    for price in prices(&plain.text) {
        let (written, at) = place(&price);
        out.evidence("price", format!("{}, {}", text.language(), price.currency), written.clone(), at.clone());
        found.push((written, at));
    }
    is_free
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn what_is_free_states_no_other_price() {
        let notes = |description: &str| {
            let text = format!(r#"{{"widget": {{"description": "{description}"}}}}"#);
            let report = Widget::clean().file("i18n/en.json", text).report();
            let item = report.items.into_iter().find(|item| item.item.id == "description-price").expect("an item");
            item.evidence.iter().filter(|evidence| evidence.kind == "note").count()
        };
        assert_eq!(notes("Notes, free on every plan"), 0);
        assert_eq!(notes("Notes with a free trial of 7 days"), 1);
        assert_eq!(notes("Notes"), 1);
    }

    #[test]
    fn languages_without_the_price_are_named() {
        let text = r#"{"widget": {"description": "15 USD"}}"#;
        let widget = Widget::clean().file("i18n/en.json", text).file("i18n/es.json", text);
        let found = widget.file("i18n/pt.json", r#"{"widget": {"description": "Notas"}}"#).findings("uneven-prices");
        assert_eq!(found, [suspect("price-missing", "i18n/pt.json", "\"Notas\"")]);
    }
}
