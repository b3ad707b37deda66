//! The teaser is missing or longer than the marketplace shows.

use super::{TEXT_NOWHERE, TEXT_UNNAMED, named, plain, report_absent, required};
use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};

static TOO_LONG: Message = Message {
    id: "too-long",
    text: "The teaser in {language} has {count} characters; {limit} are allowed: \"{teaser}\".",
    help: "Shorten the teaser by {excess} or more. Markup does not count.",
};
static UNNAMED: Message = Message {
    id: "unnamed",
    text: "The manifest names no teaser: \"{field}\" is missing or empty.",
    help: "Add \"short_description\": \"widget.short_description\" to \"widget\", and the text of at most 60 characters to each i18n file.",
};
static ABSENT: Message = Message {
    id: "absent",
    text: "{language} has no teaser: the key \"{key}\" is missing, though other languages have it.",
    help: "Add \"{key}\" to {path}, in at most 60 characters.",
};
static NO_FILE: Message = Message {
    id: "no-file",
    text: "{language} has no teaser: {path} is missing.",
    help: "Add {path} with \"{key}\", in at most 60 characters, or take {language} out of widget.locale.",
};
static EMPTY: Message = Message {
    id: "empty",
    text: "The teaser in {language} is empty (\"{key}\").",
    help: "Write in at most 60 characters why a client should choose the integration.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "teaser-out-of-bounds",
    item: "teaser-length",
    title: "Teaser missing or too long",
    why: "The teaser stands under the name in the marketplace's lists, where there is room for 60 characters.",
    fix: "Write a teaser of at most 60 characters in every language.",
    messages: &[&TOO_LONG, &TEXT_UNNAMED, &UNNAMED, &ABSENT, &NO_FILE, &EMPTY, &TEXT_NOWHERE],
    bad: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"short_description": «"Hand over every single lead at the end of your shift without losing a detail"»}}"#,
        },
        Example { path: "i18n/pt.json", text: r#"{«"widget"»: {"name": "Notas de turno via Aurora"}}"# },
    ],
    good: &[
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"short_description": "Hand over every lead without losing a detail"}}"#,
        },
        Example {
            path: "i18n/en.json",
            text: r#"{"widget": {"short_description": "<span class='teaser'>Hand over leads &amp; notes &ndash; nothing is lost</span>"}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(required) = required(cx, ("short_description", "teaser"), &UNNAMED, out) else { return };
    let (texts, _, key) = &required;
    for text in texts {
        let plain = plain(text);
        let finding = if plain.length == 0 {
            out.finding(text.certainty, &EMPTY, text.location.clone()).arg("key", &**key)
        } else if plain.length > LIMITS.teaser_chars {
            out.finding(text.certainty, &TOO_LONG, text.location.clone())
                .arg("count", plain.length)
                .arg("limit", LIMITS.teaser_chars)
                .arg("excess", plain.length - LIMITS.teaser_chars)
                .arg("teaser", &*plain.text)
        } else {
            continue;
        };
        out.push(named(finding.arg("language", text.language()), text));
    }
    report_absent(&required, [&ABSENT, &NO_FILE], out);
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn teaser(locale: &str, teaser: &str) -> Vec<Seen> {
        let path = format!("i18n/{locale}.json");
        Widget::clean()
            .file(&path, format!(r#"{{"widget": {{"short_description": "{teaser}"}}}}"#))
            .findings("teaser-out-of-bounds")
    }

    #[test]
    fn entities_and_tags_do_not_count() {
        assert_eq!(teaser("en", &format!("{}&amp;<b></b>", "a".repeat(59))), []);
        let long = "a".repeat(61);
        assert_eq!(teaser("en", &long), [certain("too-long", "i18n/en.json", &format!("\"{long}\""))]);
        assert_eq!(teaser("ru", &long), [suspect("too-long", "i18n/ru.json", &format!("\"{long}\""))]);
    }

    #[test]
    fn absence_is_certain_in_declared_languages() {
        assert_eq!(teaser("es", " "), [certain("empty", "i18n/es.json", "\" \"")]);
        let lacking = Widget::clean().file("i18n/es.json", "{}");
        assert_eq!(lacking.findings("teaser-out-of-bounds"), [certain("absent", "i18n/es.json", "")]);
        let no_file = Widget::clean().without("i18n/es.json");
        assert_eq!(no_file.findings("teaser-out-of-bounds"), [certain("no-file", "manifest.json", "\"es\"")]);
        let unreadable = Widget::clean().file("i18n/es.json", b"\xff\xfe{\0}\0");
        assert_eq!(unreadable.findings("teaser-out-of-bounds"), []);
        let undeclared = Widget::clean().file("i18n/tr.json", "{}");
        assert_eq!(undeclared.findings("teaser-out-of-bounds"), []);
        let unnamed = Widget::clean().file("manifest.json", r#"{"widget": {"name": "widget.name"}}"#);
        assert_eq!(unnamed.findings("teaser-out-of-bounds"), [certain("unnamed", "manifest.json", "\"widget\"")]);
        let nowhere = Widget::clean().file("manifest.json", r#"{"widget": {"short_description": "widget.teaser"}}"#);
        assert_eq!(nowhere.findings("teaser-out-of-bounds"), [suspect("text-nowhere", "manifest.json", "\"widget.teaser\"")]);
    }

    #[test]
    fn a_file_that_cannot_be_read_proves_nothing() {
        assert_eq!(Widget::clean().file("i18n/es.json", "{\"widget\": {").findings("teaser-out-of-bounds"), []);
        assert_eq!(Widget::clean().file("manifest.json", "{\"widget\": {").findings("teaser-out-of-bounds"), []);
        let unreadable = Widget::clean().file("manifest.json", b"\xff\xfe{\0}\0").file("i18n/en.json", "{}");
        assert_eq!(unreadable.findings("teaser-out-of-bounds"), []);
        let nothing = Widget::empty().file("script.js", "define([], function () {});");
        assert_eq!(nothing.findings("teaser-out-of-bounds"), [suspect("text-unnamed", "", "")]);
    }
}
