//! Every link of the widget, with the language that it serves: evidence for a person.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::Rule;
use crate::text::links::LinkKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "link-targets",
    item: "link-language",
    title: "Where the links lead",
    why: "Whether a page is in the language of its reader only a person who opens it can tell.",
    fix: "Open every link and compare the page's language with the language that the link stands in.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut any = false;
    for address in cx.addresses().iter().filter(|address| address.link.kind != LinkKind::Mail) {
        any = true;
        out.evidence("link", address.language(cx), address.shown(), address.location.clone());
    }
    if !any {
        out.evidence(
            "note",
            "Links",
            "No address was found in the texts, templates, scripts and the manifest.",
            Location::package(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    fn links(widget: &Widget) -> Vec<(String, String)> {
        let report = widget.report();
        let item = report.items.into_iter().find(|result| result.item.id == "link-language").unwrap();
        item.evidence.into_iter().map(|evidence| (evidence.label, evidence.value)).collect()
    }

    #[test]
    fn links_come_with_their_language_and_anchor() {
        let found = links(&Widget::clean().file("templates/panel.twig", "<a href=\"https://acme.com/help\">Help</a>"));
        let has = |label: &str, value: &str| assert!(found.contains(&(label.to_owned(), value.to_owned())), "{value}: {found:?}");
        has("es", "https://auroranotes.com/es/privacidad (Política de privacidad)");
        has("all languages", "https://acme.com/help (Help)");
        has("all languages", "https://auroranotes.com/support");
        has("all languages", "https://api.auroranotes.com/v1/notes");
    }

    #[test]
    fn a_widget_without_links_says_so() {
        let found = links(&Widget::empty().file("i18n/en.json", r#"{"a": "b"}"#));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "Links");
    }
}
