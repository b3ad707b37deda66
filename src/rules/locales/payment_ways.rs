//! How clients pay: evidence for a person, unless the integration is free.

use crate::context::{Context, ListingText};
use crate::finding::{Findings, Location};
use crate::rule::Rule;
use crate::text::plain::Plain;
use crate::text::prices::{Gratis, gratis, prices};
use crate::text::tokens::{Phrases, tokens};

/// The rule.
pub static RULE: Rule = Rule {
    id: "payment-ways",
    item: "payment-methods",
    title: "How clients pay",
    why: "Clients in the Americas and in Europe must be able to pay with means that work where they live.",
    fix: "Offer international cards or an international payment service, or say in every description that the integration is free.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

/// Words that name a way to pay.
static WAYS: Phrases = Phrases::of(&[
    "paypal",
    "stripe",
    "mercado pago",
    "mercadopago",
    "pagseguro",
    "payu",
    "paddle",
    "pix",
    "boleto",
    "visa",
    "mastercard",
    "american express",
    "google pay",
    "apple pay",
    "yookassa",
    "юkassa",
    "юмани",
    "credit card*",
    "bank transfer",
    "tarjeta de credito",
    "transferencia bancaria",
    "cartao de credito",
    "kredi kart*",
    "kartu kredit",
    "банковск* карт*",
    "credit or debit card*",
]);

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut any = false;
    let mut priced = false;
    for text in cx.shown() {
        let plain = Plain::of(&text.value.text);
        let tokens = if WAYS.may_be_in(&plain.text) { tokens(&plain.text) } else { Vec::new() };
        for way in WAYS.find_all(&tokens) {
            any = true;
            out.evidence("payment", text.language(), way.of(&plain.text), text.part(plain.source(way)));
        }
        let prices = if text.locale.is_some() { prices(&plain.text) } else { Vec::new() };
        for price in prices {
            (any, priced) = (true, true);
            out.evidence("price", text.language(), price.span.of(&plain.text), text.part(plain.source(price.span)));
        }
    }
    if !priced && is_free(cx) {
        return out.not_applicable();
    }
    if !any {
        let note = "No text names a price or a way to pay, and not every description says that the integration is free.";
        out.evidence("note", "Payment", note, Location::package());
    }
}

/// Whether every description says that the integration is free.
fn is_free(cx: &Context<'_>) -> bool {
    let ListingText::Shown { texts, missing, .. } = cx.listing_text(&["widget", "description"]) else { return false };
    let says_free = |text: &str| gratis(&Plain::of(text).text).iter().any(|(_, kind)| *kind == Gratis::Free);
    missing.is_empty() && texts.iter().all(|text| says_free(&text.value.text))
}

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::Widget;

    fn item(widget: &Widget) -> (Outcome, Vec<String>) {
        let report = widget.report();
        let item = report.items.into_iter().find(|result| result.item.id == "payment-methods").unwrap();
        (item.outcome, item.evidence.into_iter().map(|evidence| evidence.value).collect())
    }

    #[test]
    fn a_free_widget_has_nothing_to_pay() {
        assert_eq!(item(&Widget::clean()).0, Outcome::NotApplicable);
    }

    #[test]
    fn prices_and_ways_to_pay_are_shown() {
        let text = r#"{"widget": {"description": "Gratis, 10 USD después. Paga con PayPal o tarjeta de crédito."}}"#;
        let (outcome, shown) = item(&Widget::clean().file("i18n/es.json", text));
        assert_eq!(outcome, Outcome::Manual);
        assert_eq!(shown, ["PayPal", "tarjeta de crédito", "10 USD"]);
        let (outcome, shown) = item(&Widget::clean().file("i18n/es.json", r#"{"widget": {"description": "Notas"}}"#));
        assert!(outcome == Outcome::Manual && shown.len() == 1);
    }
}
