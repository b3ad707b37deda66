//! Prices of a language in other currencies than US dollars and euros alone.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::text::plain::Plain;
use crate::text::prices::prices;
use std::collections::BTreeMap;

static OTHER: Message = Message {
    id: "no-usd-or-eur",
    text: "The price \"{price}\" ({language}) is in {currency}, and no price of that language is in USD or EUR.",
    help: "State the price in US dollars or euros too.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-currency",
    item: "pricing-currency",
    title: "Prices neither in USD nor in EUR",
    why: "Clients of the marketplace live in many countries; dollars and euros are what they can compare.",
    fix: "Give every price in USD or EUR, and in local currency beside it if you like.",
    messages: &[&OTHER],
    bad: &[Example { path: "i18n/pt.json", text: r#"{"panel": {"price": "Só «R$ 49,90» por mês"}}"# }],
    good: &[Example {
        path: "i18n/pt.json",
        text: r#"{"panel": {"price": "Só R$ 49,90 (10 USD) por mês", "count": "{{count}} $ #1 $2"}}"#,
    }],
    about_code: false,
    check,
};

/// The prices of a language while none of them is in dollars or euros: the first, its currency, and every place.
struct Prices {
    first: String,
    currency: &'static str,
    places: Vec<Location>,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut languages: BTreeMap<String, Option<Prices>> = BTreeMap::new();
    // Scripts and templates are full of numbers beside dollar signs that mean something else.
    for text in cx.listed() {
        let plain = Plain::of(&text.value.text);
        for price in prices(&plain.text) {
            let written = price.span.of(&plain.text);
            let at = text.part(plain.source(price.span));
            out.evidence("price", format!("{}, {}", text.language(), price.currency), written, at.clone());
            let new = || Some(Prices { first: written.to_owned(), currency: price.currency, places: Vec::new() });
            let language = languages.entry(text.language().to_owned()).or_insert_with(new);
            if matches!(price.currency, "USD" | "EUR") {
                *language = None;
            } else if let Some(prices) = language {
                prices.places.push(at);
            }
        }
    }
    if languages.is_empty() {
        out.not_applicable();
    }
    for (language, prices) in languages {
        let Some(prices) = prices else { continue };
        let mut places = prices.places.into_iter();
        let Some(at) = places.next() else { continue };
        let finding = out.suspect(&OTHER, at).arg("price", prices.first).arg("language", language);
        out.push(finding.arg("currency", prices.currency).also_at(places));
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::{Widget, suspect};

    #[test]
    fn each_language_is_judged_by_itself() {
        let widget = Widget::clean()
            .file("i18n/en.json", r#"{"a": "10 USD"}"#)
            .file("i18n/es.json", r#"{"a": "250 MXN", "b": "300 MXN"}"#);
        assert_eq!(widget.findings("foreign-currency"), [suspect("no-usd-or-eur", "i18n/es.json", "250 MXN")]);
    }

    #[test]
    fn a_text_that_the_manifest_holds_itself_serves_every_language() {
        let found = |description: &str| {
            let manifest = format!(r#"{{"widget": {{"description": "{description}"}}}}"#);
            Widget::clean().file("manifest.json", manifest).findings("foreign-currency")
        };
        assert_eq!(found("Notas por R$ 49,90"), [suspect("no-usd-or-eur", "manifest.json", "R$ 49,90")]);
        assert_eq!(found("Notas por R$ 49,90 (10 USD)"), []);
    }

    #[test]
    fn without_prices_there_is_nothing_to_judge() {
        let report = Widget::clean().report();
        let item = report.items.iter().find(|result| result.item.id == "pricing-currency").unwrap();
        assert_eq!(item.outcome, Outcome::NotApplicable);
    }
}
