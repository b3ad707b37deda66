//! What a user meets when setting the widget up, and where support is found: evidence for a person.

use super::describe;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::manifest::Manifest;
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "setup-effort",
    item: "easy-to-use",
    title: "What setting up takes",
    why: "Someone without technical knowledge must be able to enable the integration, set it up, use it, disable it and get help.",
    fix: "Ask for little, label every field in plain words, and name a support page and address.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(manifest) = cx.manifest() {
        for field in manifest.fields() {
            let (field_text, label) = describe(cx, &field);
            out.evidence("setting", format!("Field {field_text}"), label, Location::span(&*manifest.path, field.code_span));
        }
        support(manifest, out);
    }
    for (name, purpose) in [("onSave", "runs when settings are saved"), ("destroy", "runs when the widget is disabled")] {
        callback(cx, name, purpose, out);
    }
}

fn support(manifest: &Manifest, out: &mut Findings<'_>) {
    let mut any = false;
    for (key, label) in [("link", "Support page"), ("email", "Support address")] {
        if let Some(text) = manifest.text(&["widget", "support", key]).filter(|text| !text.text().is_empty()) {
            any = true;
            out.evidence("support", label, text.text(), Location::span(&*manifest.path, text.span));
        }
    }
    if !any {
        let at = Location::file(&*manifest.path);
        out.evidence("note", "Support", "The manifest names neither a support page nor an address.", at);
    }
}

fn callback(cx: &Context<'_>, name: &str, purpose: &str, out: &mut Findings<'_>) {
    for script in cx.scripts() {
        if let Some(&node) = script.facts.callbacks().names.get(name) {
            return out.evidence("callback", name, format!("{name} is there: it {purpose}."), script.at(script.facts.span(node)));
        }
    }
    out.evidence("callback", name, format!("{name} was not found in the widget's scripts: it {purpose}."), Location::package());
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn fields_support_and_callbacks_are_shown() {
        let report = Widget::clean().report();
        let item = report.items.iter().find(|result| result.item.id == "easy-to-use").unwrap();
        let shown: Vec<_> = item.evidence.iter().map(|evidence| (evidence.kind, &*evidence.label, &*evidence.value)).collect();
        assert_eq!(shown[0].1, "Field team (text)");
        assert!(shown.contains(&("support", "Support address", "help@auroranotes.com")));
        assert!(shown.contains(&("callback", "destroy", "destroy is there: it runs when the widget is disabled.")));
    }

    #[test]
    fn missing_support_is_said() {
        let report = Widget::clean().file("manifest.json", r#"{"widget": {}}"#).report();
        let item = report.items.iter().find(|result| result.item.id == "easy-to-use").unwrap();
        assert!(item.evidence.iter().any(|evidence| evidence.kind == "note" && evidence.label == "Support"));
    }
}
