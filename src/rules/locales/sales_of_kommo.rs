//! A text that sells Kommo itself, or boasts of a partnership.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::text::plain::Plain;
use crate::text::wording::{may_name_kommo, partner_sales};

static SALES: Message = Message {
    id: "partner-sales",
    text: "This text ({language}) may sell Kommo subscriptions or boast of a partnership: \"{text}\".",
    help: "Take the sentence out. Naming the plan that the integration needs is fine; where to buy it is not.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "sales-of-kommo",
    item: "no-partner-sales",
    title: "Selling Kommo through a partner",
    why: "An integration in the marketplace must not send clients to partners to buy Kommo.",
    fix: "Speak of what the integration does, not of Kommo subscriptions or partnerships.",
    messages: &[&SALES],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"panel": {"ad": "Notes for you. «Buy your Kommo subscription from us and save 10%.»"}}"#,
        },
        Example { path: "manifest.json", text: r#"{"widget": {"description": "«Notes from your official Kommo partner.»"}}"# },
        Example { path: "templates/panel.twig", text: "<p>«Somos socio oficial de Kommo»</p>" },
        Example {
            path: "script.js", text: "define([], function () { return { ad: '«Renove a licença do Kommo conosco»' }; });"
        },
    ],
    good: &[Example {
        path: "i18n/en.json",
        text: r#"{"panel": {"a": "Requires the Kommo Advanced plan", "b": "Share leads with your partner", "c": "Buy a subscription to Aurora and connect it to Kommo"}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let bundled = cx.shown_in_bundles().filter(|text| may_name_kommo(&text.value.text));
    for text in cx.shown().chain(bundled) {
        let plain = Plain::of(&text.value.text);
        let Some(sentence) = partner_sales(&plain) else { continue };
        let at = text.part(plain.source(sentence));
        out.push(out.suspect(&SALES, at).arg("language", text.language()).arg("text", sentence.of(&plain.text)));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn a_bundle_shows_texts_of_the_widget_too() {
        let found = |text: &str| {
            let script = format!("/******/ (function () {{ draw('p', null, '{text}'); }})();");
            Widget::empty().file("script.js", script).findings("sales-of-kommo")
        };
        let sale = "Buy your Kommo subscription from us";
        assert_eq!(found(sale), [suspect("partner-sales", "script.js", sale)]);
        assert_eq!(found("Kommo, a partner of momo"), []);
    }
}
