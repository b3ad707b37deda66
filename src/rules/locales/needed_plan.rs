//! What the description says about Kommo's plans: evidence for a person.

use crate::context::{Context, ListingText};
use crate::finding::Findings;
use crate::rule::Rule;
use crate::text::plain::Plain;
use crate::text::prices::plan_sentences;

/// The rule.
pub static RULE: Rule = Rule {
    id: "needed-plan",
    item: "description-plan",
    title: "Plan that the integration needs",
    why: "A client on a smaller plan should know before installing that the integration will not work for them.",
    fix: "If the integration does not work on every plan, name the plan in the description, in every language.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let ListingText::Shown { texts, .. } = cx.listing_text(&["widget", "description"]) else { return };
    for text in &texts {
        let plain = Plain::of(&text.value.text);
        let sentences = plan_sentences(&plain);
        for &sentence in &sentences {
            out.evidence("text", text.language(), sentence.of(&plain.text), text.part(plain.source(sentence)));
        }
        if sentences.is_empty() {
            out.evidence("note", text.language(), "No sentence of the description speaks of a plan.", text.location.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn sentences_about_plans_or_their_absence() {
        let text = r#"{"widget": {"description": "Notes for leads. Needs the Advanced plan of Kommo."}}"#;
        let none = r#"{"widget": {"description": "Notas para leads."}}"#;
        let report = Widget::clean().file("i18n/en.json", text).file("i18n/pt.json", none).report();
        let item = report.items.iter().find(|result| result.item.id == "description-plan").unwrap();
        let shown: Vec<_> = item.evidence.iter().map(|evidence| (evidence.kind, &*evidence.label, &*evidence.value)).collect();
        assert!(shown.contains(&("text", "en", "Needs the Advanced plan of Kommo.")));
        assert!(shown.contains(&("note", "pt", "No sentence of the description speaks of a plan.")));
    }
}
