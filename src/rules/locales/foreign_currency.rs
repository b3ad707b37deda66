//! Prices of a language in other currencies than US dollars and euros alone.

use super::everywhere::shown;
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

/// A price as it is written, its currency, its place, and the places of further ones.
type First = (String, &'static str, Location, Vec<Location>);

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // For each language its first price in another currency, if it has none in dollars or euros.
    let mut other: BTreeMap<String, Option<First>> = BTreeMap::new();
    for text in shown(cx) {
        let plain = Plain::of(&text.value.text);
        // Scripts are full of numbers beside dollar signs that mean something else.
        for price in prices(&plain.text).into_iter().filter(|_| text.locale.is_some()) {
            let written = price.span.of(&plain.text);
            let at = text.part(plain.source(price.span));
            out.evidence("price", format!("{}, {}", text.language(), price.currency), written, at.clone());
            let first = other
                .entry(text.language().to_owned())
                .or_insert_with(|| Some((written.to_owned(), price.currency, at.clone(), Vec::new())));
            if matches!(price.currency, "USD" | "EUR") {
                *first = None;
            } else if let Some((_, _, place, further)) = first
                && *place != at
            {
                further.push(at);
            }
        }
    }
    if other.is_empty() {
        out.not_applicable();
    }
    for (language, first) in other {
        let Some((price, currency, at, further)) = first else { continue };
        let finding = out.suspect(&OTHER, at).arg("price", price).arg("language", language).arg("currency", currency);
        out.push(finding.also_at(further));
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
    fn without_prices_there_is_nothing_to_judge() {
        let report = Widget::clean().report();
        let item = report.items.iter().find(|result| result.item.id == "pricing-currency").unwrap();
        assert_eq!(item.outcome, Outcome::NotApplicable);
    }
}
