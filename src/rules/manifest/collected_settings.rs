//! What the widget's forms ask the user for: evidence for a person.

use super::describe;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::manifest::Form;
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "collected-settings",
    item: "data-minimal",
    title: "Data asked for in the settings",
    why: "Every field that a user must fill in is data that the integration collects. Only a person can say whether it is needed.",
    fix: "Take out each field that the integration works without.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let fields = manifest.fields();
    for field in &fields {
        let (field_text, label) = describe(cx, field);
        let form = match field.form {
            Form::Settings => "Settings field",
            Form::DigitalPipeline => "Digital pipeline field",
            Form::Salesbot => "Salesbot field",
        };
        let at = Location::span(&*manifest.path, field.code_span);
        out.evidence("setting", format!("{form} {field_text}"), label, at);
    }
    if fields.is_empty() {
        let at = Location::file(&*manifest.path);
        out.evidence("note", "Settings", "The manifest asks the user for nothing.", at);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn each_field_is_shown_with_its_label_in_each_language() {
        let report = Widget::clean().report();
        let item = report.items.iter().find(|result| result.item.id == "data-minimal").unwrap();
        let field = item.evidence.iter().find(|evidence| evidence.kind == "setting").unwrap();
        assert_eq!(field.label, "Settings field team (text)");
        assert_eq!(field.value, "en: Name of your team / es: Nombre de tu equipo / pt: Nome da sua equipe");
    }
}
