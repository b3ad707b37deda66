//! The widget's name is longer than the marketplace shows.

use super::{TEXT_ABSENT, TEXT_NOWHERE, TEXT_UNNAMED, named, plain, report_unjudged};
use crate::checklist::LIMITS;
use crate::context::{Context, ListingText};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};

static TOO_LONG: Message = Message {
    id: "too-long",
    text: "The name in {language} has {count} characters; {limit} are allowed: \"{name}\".",
    help: "Shorten the name by {excess} or more. Markup does not count; spaces and \"via <creator>\" do.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "overlong-name",
    item: "name-length",
    title: "Name that is too long",
    why: "The marketplace shows 30 characters of a name. The checklist asks for no more, in every language.",
    fix: "Shorten the name in the i18n file to 30 characters.",
    messages: &[&TOO_LONG, &TEXT_NOWHERE, &TEXT_UNNAMED, &TEXT_ABSENT],
    bad: &[Example {
        path: "i18n/es.json", text: r#"{"widget": {"name": «"Notas de turno para todo el equipo vía Aurora"»}}"#
    }],
    good: &[
        Example { path: "i18n/es.json", text: r#"{"widget": {"name": "Notas de turno vía Aurora"}}"# },
        Example { path: "i18n/es.json", text: r#"{"widget": {"name": "  <b>Ñandú &amp; compañía vía Óptica</b> "}}"# },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let name = cx.listing_text(&["widget", "name"]);
    report_unjudged(cx, &name, "name", out);
    let ListingText::Shown { texts, .. } = name else { return };
    for text in &texts {
        let plain = plain(text);
        if plain.length > LIMITS.name_chars {
            let finding = out
                .finding(text.certainty, &TOO_LONG, text.location.clone())
                .arg("language", text.language())
                .arg("count", plain.length)
                .arg("limit", LIMITS.name_chars)
                .arg("excess", plain.length - LIMITS.name_chars)
                .arg("name", &*plain.text);
            out.push(named(finding, text));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn name(locale: &str, name: &str) -> Vec<Seen> {
        let path = format!("i18n/{locale}.json");
        Widget::clean().file(&path, format!(r#"{{"widget": {{"name": "{name}"}}}}"#)).findings("overlong-name")
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let thirty = "ñ".repeat(30);
        assert_eq!(name("es", &thirty), []);
        let longer = format!("{thirty}o");
        assert_eq!(name("es", &longer), [certain("too-long", "i18n/es.json", &format!("\"{longer}\""))]);
    }

    #[test]
    fn undeclared_languages_are_suspect() {
        let long = "a".repeat(31);
        assert_eq!(name("tr", &long), [suspect("too-long", "i18n/tr.json", &format!("\"{long}\""))]);
    }

    #[test]
    fn a_name_in_the_manifest_itself_is_judged_there() {
        let long = "Shift notes for everybody in the team";
        let text = format!(r#"{{"widget": {{"name": "{long}", "locale": ["en"]}}}}"#);
        let found = Widget::clean().file("manifest.json", text).findings("overlong-name");
        assert_eq!(found, [certain("too-long", "manifest.json", &format!("\"{long}\""))]);
    }

    #[test]
    fn a_name_that_cannot_be_found_is_suspect() {
        let nowhere = Widget::clean().file("manifest.json", r#"{"widget": {"name": "widget.title"}}"#);
        assert_eq!(nowhere.findings("overlong-name"), [suspect("text-nowhere", "manifest.json", "\"widget.title\"")]);
        // The file that could not be unpacked may have it.
        assert_eq!(nowhere.unread("i18n/tr.json").findings("overlong-name"), []);
        let absent = Widget::clean().file("i18n/es.json", r#"{"widget": {}}"#).without("i18n/pt.json");
        assert_eq!(absent.findings("overlong-name"), [suspect("text-absent", "i18n/es.json", "\"widget\"")]);
        let no_file = Widget::clean().without("i18n/pt.json");
        assert_eq!(no_file.findings("overlong-name"), [suspect("text-absent", "manifest.json", "\"pt\"")]);
        let unnamed = Widget::clean().file("manifest.json", r#"{"widget": {}}"#);
        assert_eq!(unnamed.findings("overlong-name"), [suspect("text-unnamed", "manifest.json", "\"widget\"")]);
    }

    #[test]
    fn without_a_manifest_the_usual_key_counts() {
        let long = "a".repeat(31);
        let widget =
            Widget::clean().without("manifest.json").file("i18n/en.json", format!(r#"{{"widget": {{"name": "{long}"}}}}"#));
        assert_eq!(widget.findings("overlong-name"), [certain("too-long", "i18n/en.json", &format!("\"{long}\""))]);
    }
}
