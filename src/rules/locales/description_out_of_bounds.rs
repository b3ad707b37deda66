//! The description is missing, too long, or cut into too many paragraphs.

use super::{TEXT_NOWHERE, TEXT_UNNAMED, named, plain, report_absent, required};
use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};

static TOO_LONG: Message = Message {
    id: "too-long",
    text: "The description in {language} has {count} characters; {limit} are allowed.",
    help: "Shorten the description by {excess} or more. Markup does not count.",
};
static PARAGRAPHS: Message = Message {
    id: "too-many-paragraphs",
    text: "The description in {language} has {count} paragraphs; one or two are asked for.",
    help: "Join paragraphs that belong together, so that one or two are left.",
};
static UNNAMED: Message = Message {
    id: "unnamed",
    text: "The manifest names no description: \"{field}\" is missing or empty.",
    help: "Add \"description\": \"widget.description\" to \"widget\", and the text of at most 400 characters to each i18n file.",
};
static ABSENT: Message = Message {
    id: "absent",
    text: "{language} has no description: the key \"{key}\" is missing, though other languages have it.",
    help: "Add \"{key}\" to {path}, in one or two paragraphs of at most 400 characters in all.",
};
static NO_FILE: Message = Message {
    id: "no-file",
    text: "{language} has no description: {path} is missing.",
    help: "Add {path} with \"{key}\", in one or two paragraphs of at most 400 characters altogether, or take {language} out of widget.locale.",
};
static EMPTY: Message = Message {
    id: "empty",
    text: "The description in {language} is empty (\"{key}\").",
    help: "Say in one or two paragraphs, at most 400 characters in all, what the integration does and what it is good for.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "description-out-of-bounds",
    item: "description-length",
    title: "Description missing or too long",
    why: "The installation window has room for 400 characters in one or two paragraphs. Nobody reads more before installing.",
    fix: "Describe the integration in one or two paragraphs of at most 400 characters in all, in every language.",
    messages: &[&TOO_LONG, &TEXT_UNNAMED, &PARAGRAPHS, &UNNAMED, &ABSENT, &NO_FILE, &EMPTY, &TEXT_NOWHERE],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"description": «"<p>Notes.</p><p>For shifts.</p><p>And more.</p>"»}}"#,
        },
        Example { path: "i18n/es.json", text: r#"{"widget": {"description": «""»}}"# },
    ],
    good: &[Example {
        path: "i18n/en.json",
        text: r#"{"widget": {"description": "<p>Notes for shifts.<br>Free.</p>\n<p><a href=\"https://auroranotes.com/en/privacy\">Privacy policy</a></p>"}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(required) = required(cx, ("description", "description"), &UNNAMED, out) else { return };
    let (texts, _, key) = &required;
    for text in texts {
        let plain = plain(text);
        let at = text.location.clone();
        if plain.length == 0 {
            let finding = out.finding(text.certainty, &EMPTY, at).arg("key", &**key);
            out.push(named(finding.arg("language", text.language()), text));
            continue;
        }
        if plain.length > LIMITS.description_chars {
            let finding = out
                .finding(text.certainty, &TOO_LONG, at.clone())
                .arg("language", text.language())
                .arg("count", plain.length)
                .arg("limit", LIMITS.description_chars)
                .arg("excess", plain.length - LIMITS.description_chars);
            out.push(named(finding, text));
        }
        if plain.paragraphs > LIMITS.description_paragraphs {
            let finding = out.suspect(&PARAGRAPHS, at).arg("language", text.language()).arg("count", plain.paragraphs);
            out.push(named(finding, text));
        }
    }
    report_absent(&required, [&ABSENT, &NO_FILE], out);
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn description(locale: &str, text: &str) -> Vec<Seen> {
        let path = format!("i18n/{locale}.json");
        Widget::clean().file(&path, format!(r#"{{"widget": {{"description": "{text}"}}}}"#)).findings("description-out-of-bounds")
    }

    #[test]
    fn four_hundred_shown_characters_fit() {
        let markup = format!("<p>{}</p><p>{}&nbsp;b</p>", "a".repeat(200), "é".repeat(198));
        assert_eq!(description("en", &markup), []);
        let long = "a".repeat(401);
        assert_eq!(description("pt", &long), [certain("too-long", "i18n/pt.json", &format!("\"{long}\""))]);
    }

    #[test]
    fn paragraphs_are_told_by_tags_breaks_and_blank_lines() {
        for text in ["<p>a</p><p>b</p><p>c</p>", "a<br><br>b<br/><br/>c", "a\\n\\nb\\n\\nc"] {
            let source = format!("\"{text}\"");
            assert_eq!(description("en", text), [suspect("too-many-paragraphs", "i18n/en.json", &source)], "{text}");
        }
        assert_eq!(description("en", "a<br>b<br>c"), []);
    }

    #[test]
    fn absence_is_certain_in_declared_languages() {
        let lacking = Widget::clean().file("i18n/es.json", r#"{"widget": {"name": "Notas vía Aurora"}}"#);
        assert_eq!(lacking.findings("description-out-of-bounds"), [certain("absent", "i18n/es.json", "\"widget\"")]);
        let no_file = Widget::clean().without("i18n/es.json");
        assert_eq!(no_file.findings("description-out-of-bounds"), [certain("no-file", "manifest.json", "\"es\"")]);
        assert_eq!(description("es", "<p> </p>"), [certain("empty", "i18n/es.json", "\"<p> </p>\"")]);
    }
}
