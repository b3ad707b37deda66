//! A member of the manifest holds another type or value than Kommo documents.

use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::kommo::manifest::{self as documented, FIELD_TYPES, LANGUAGES, SALESBOT_FIELD_TYPES, Type};
use crate::package::manifest::{Form, Manifest};
use crate::rule::{Example, Message, Rule};
use crate::similar::nearest;
use crate::syntax::json::{Kind, Object, Value};

static WRONG_TYPE: Message = Message {
    id: "wrong-type",
    text: "\"{field}\" holds {found}; Kommo expects {expected}.",
    help: "Write {expected}. Kommo's upload checks the types of the manifest.",
};
static INTERFACE_VERSION: Message = Message {
    id: "interface-version",
    text: "\"interface_version\" is {value}; Kommo's documents know only the number 2.",
    help: "Write \"interface_version\": 2 and test the widget with it.",
};
static UNKNOWN_FIELD_TYPE: Message = Message {
    id: "unknown-field-type",
    text: "The field \"{field}\" has the type \"{value}\", which Kommo does not document.",
    help: "Use one of {known}.",
};
static MISSPELT_FIELD_TYPE: Message = Message {
    id: "misspelt-field-type",
    text: "The field \"{field}\" has the type \"{value}\"; did you mean \"{meant}\"?",
    help: "Write \"type\": \"{meant}\". The documented types are {known}.",
};
static TOUR_OFF: Message = Message {
    id: "tour-off",
    text: "\"is_tour\" is {value}; Kommo's documents know only true.",
    help: "Write \"is_tour\": true, or take the whole \"tour\" block out.",
};
static COLOR: Message = Message {
    id: "color",
    text: "\"mobile.color\" is \"{value}\"; Kommo expects a colour in hexadecimal form.",
    help: "Write it as in \"#ffff00\".",
};
static CUSTOM_WITHOUT_SETTINGS: Message = Message {
    id: "custom-without-settings",
    text: "The field \"{field}\" has the type \"custom\", which works only in the location \"settings\".",
    help: "Add \"settings\" to \"locations\", where the widget fills the field, or give the field another type.",
};
static UNKNOWN_LANGUAGE: Message = Message {
    id: "unknown-language",
    text: "\"{value}\" in \"locale\" is no language that Kommo documents.",
    help: "Kommo takes {known}. Leave other languages out of a widget for Kommo's marketplace.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "mistyped-manifest-field",
    item: "manifest-fields",
    title: "Manifest field of the wrong type",
    why: "Kommo's upload refuses a manifest whose members have other types than documented, often without saying which.",
    fix: "Write lists in brackets, `true`, `false` and numbers without quotes, and field types as Kommo's documents spell them.",
    messages: &[
        &WRONG_TYPE,
        &INTERFACE_VERSION,
        &UNKNOWN_FIELD_TYPE,
        &MISSPELT_FIELD_TYPE,
        &TOUR_OFF,
        &COLOR,
        &CUSTOM_WITHOUT_SETTINGS,
        &UNKNOWN_LANGUAGE,
    ],
    bad: &[
        Example { path: "manifest.json", text: r#"{"widget": {"installation": «"true"»}, "settings": {}}"# },
        Example { path: "manifest.json", text: r#"{"widget": {"locale": «"en"»}}"# },
        Example { path: "manifest.json", text: r#"{"settings": {"key": {"name": "settings.key", "type": «"password"»}}}"# },
    ],
    good: &[
        Example { path: "manifest.json", text: r#"{"widget": {"installation": true}, "settings": {}}"# },
        Example {
            path: "manifest.json",
            text: r#"{
  "widget": {"installation": false, "locale": ["en"], "interface_version": 2},
  "settings": {"phones": {"name": "settings.team", "type": "users_lp"}},
  "salesbot_designer": {"step": {"name": "panel.title", "settings": {"n": {"name": "panel.save", "type": "numeric"}}}}
}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // Where reading lost its way, a value may be cut short or stand in another block than it was written in.
    let Some(manifest) = cx.manifest().filter(|_| cx.manifest_is_whole()) else { return };
    let Some(root) = manifest.root() else { return };
    types(manifest, root, "", "", out);
    interface_version(manifest, out);
    values(manifest, out);
    field_types(manifest, out);
    languages(manifest, out);
}

/// Compares the members of a block with the documents; `pattern` and `place` are its own path, documented and written.
fn types(manifest: &Manifest, object: &Object, pattern: &str, place: &str, out: &mut Findings<'_>) {
    for member in object.effective() {
        let Some((expected, pattern)) = documented::member(pattern, &member.key) else { continue };
        let place = if place.is_empty() { member.key.to_string() } else { format!("{place}.{}", member.key) };
        // What a field of numbers holds at first may be a number. The version of the interface has a message of its own.
        let is_first_number = pattern.ends_with(".default_value") && matches!(member.value.kind, Kind::Number(_));
        if pattern == "widget.interface_version" || is_first_number || has_type(&member.value, expected) {
            if let Some(inner) = member.value.as_object() {
                types(manifest, inner, &pattern, &place, out);
            }
            continue;
        }
        let is_blank = matches!(member.value.kind, Kind::Null) && !documented::is_null_refused(&pattern);
        let is_certain = documented::is_type_settled(&pattern) && !is_blank;
        let certainty = if is_certain { Certainty::Certain } else { Certainty::Suspect };
        let culprit = match &member.value.kind {
            Kind::Array(items) if expected == Type::Texts => {
                items.iter().find(|item| !has_type(item, Type::Text)).unwrap_or(&member.value)
            }
            _ => &member.value,
        };
        let expected = if std::ptr::eq(culprit, &raw const member.value) { expected } else { Type::Text };
        let finding = out
            .finding(certainty, &WRONG_TYPE, Location::span(&*manifest.path, culprit.span))
            .arg("field", place)
            .arg("found", found(culprit))
            .arg("expected", expected.noun());
        out.push(finding);
    }
}

/// Whether a value has the type; one that is no JSON at all says nothing.
fn has_type(value: &Value, expected: Type) -> bool {
    match (&value.kind, expected) {
        (Kind::Unknown, _)
        | (Kind::String(_), Type::Text)
        | (Kind::Bool(_), Type::Flag)
        | (Kind::Number(_), Type::Number)
        | (Kind::Object(_), Type::Block) => true,
        (Kind::Array(items), Type::Texts) => items.iter().all(|item| has_type(item, Type::Text)),
        _ => false,
    }
}

/// What stands there, for a person.
fn found(value: &Value) -> String {
    match &value.kind {
        Kind::String(text) => format!("the text \"{}\"", text.text),
        Kind::Number(number) => format!("the number {number}"),
        Kind::Bool(flag) => flag.to_string(),
        _ => value.noun().to_owned(),
    }
}

fn interface_version(manifest: &Manifest, out: &mut Findings<'_>) {
    let Some(member) = manifest.member(&["widget", "interface_version"]) else { return };
    let is_two = match &member.value.kind {
        Kind::Number(number) => number.parse::<f64>() == Ok(2.0),
        Kind::Unknown => true,
        _ => false,
    };
    if !is_two {
        let at = Location::span(&*manifest.path, member.value.span);
        out.push(out.suspect(&INTERFACE_VERSION, at).arg("value", found(&member.value)));
    }
}

/// Values of the right type that Kommo does not document.
fn values(manifest: &Manifest, out: &mut Findings<'_>) {
    let at = |span| Location::span(&*manifest.path, span);
    if let Some(member) = manifest.member(&["tour", "is_tour"])
        && matches!(member.value.kind, Kind::Bool(false))
    {
        out.push(out.suspect(&TOUR_OFF, at(member.value.span)).arg("value", "false"));
    }
    if let Some(color) = manifest.text(&["mobile", "color"])
        && !is_color(color.text())
    {
        out.push(out.suspect(&COLOR, at(color.span)).arg("value", color.text()));
    }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

fn field_types(manifest: &Manifest, out: &mut Findings<'_>) {
    for field in manifest.fields() {
        let Some(kind) = field.kind else { continue };
        let known: &[&'static str] = if field.form == Form::Salesbot { &SALESBOT_FIELD_TYPES } else { &FIELD_TYPES };
        let value = &*kind.value.text;
        let at = Location::span(&*manifest.path, kind.span);
        if value == "custom" && field.form == Form::Settings && !manifest.has_location("settings") {
            out.push(out.suspect(&CUSTOM_WITHOUT_SETTINGS, at).arg("field", field.code));
            continue;
        }
        if known.contains(&value) {
            continue;
        }
        // Names from other form libraries that the edit distance does not reach.
        let meant = match value {
            "password" if field.form != Form::Salesbot => Some("pass"),
            "string" => Some("text"),
            "number" | "int" | "integer" if field.form == Form::Salesbot => Some("numeric"),
            _ => nearest(value, known.iter().copied()),
        };
        let finding = match meant {
            Some(meant) => out.suspect(&MISSPELT_FIELD_TYPE, at).arg("meant", meant),
            None => out.suspect(&UNKNOWN_FIELD_TYPE, at),
        };
        out.push(finding.arg("field", field.code).arg("value", value).arg("known", known.join(", ")));
    }
}

fn languages(manifest: &Manifest, out: &mut Findings<'_>) {
    for locale in manifest.locales() {
        // Russian is amoCRM's own: a widget for both markets declares it with good reason.
        if !LANGUAGES.contains(&&*locale.value.text) && locale.text() != "ru" {
            let at = Location::span(&*manifest.path, locale.span);
            let finding = out.suspect(&UNKNOWN_LANGUAGE, at);
            out.push(finding.arg("value", &*locale.value.text).arg("known", LANGUAGES.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    fn findings(text: &str) -> Vec<Seen> {
        Widget::clean().file("manifest.json", text).findings("mistyped-manifest-field")
    }

    #[test]
    fn types_of_required_fields_are_certain() {
        for (text, place) in [
            (r#"{"widget": []}"#, "[]"),
            (r#"{"widget": {"name": 5}}"#, "5"),
            (r#"{"widget": {"description": null}}"#, "null"),
            (r#"{"widget": {"locale": {"0": "en"}}}"#, r#"{"0": "en"}"#),
            (r#"{"widget": {"locale": ["en", 7]}}"#, "7"),
            (r#"{"widget": {"installation": 1}}"#, "1"),
            (r#"{"locations": "settings"}"#, "\"settings\""),
            (r#"{"settings": []}"#, "[]"),
            (r#"{"tour": null}"#, "null"),
        ] {
            assert_eq!(findings(text), [certain("wrong-type", "manifest.json", place)], "{text}");
        }
    }

    #[test]
    fn values_that_kommo_does_not_document_are_suspect() {
        for (text, message, place) in [
            (r#"{"tour": {"is_tour": false}}"#, "tour-off", "false"),
            (r#"{"mobile": {"color": "yellow"}}"#, "color", "\"yellow\""),
            (r#"{"locations": ["lcard-1"], "settings": {"a": {"type": "custom"}}}"#, "custom-without-settings", "\"custom\""),
        ] {
            assert_eq!(findings(text), [suspect(message, "manifest.json", place)], "{text}");
        }
        let fine = r##"{"locations": ["settings"], "settings": {"a": {"type": "custom"}}, "tour": {"is_tour": true}, "mobile": {"color": "#FFff00"}}"##;
        assert_eq!(findings(fine), []);
        assert_eq!(findings(r#"{"salesbot_designer": {"a": {"settings": {"b": {"type": "numeric", "default_value": 5}}}}}"#), []);
    }

    #[test]
    fn documented_types_of_optional_fields_are_certain_and_others_suspect() {
        for (text, place) in [
            (r#"{"widget": {"version": 1.2}}"#, "1.2"),
            (r#"{"widget": {"support": "help@auroranotes.com"}}"#, "\"help@auroranotes.com\""),
            (r#"{"widget": {"support": {"link": []}}}"#, "[]"),
            (r#"{"settings": {"a": {"name": "settings.team", "required": "true"}}}"#, "\"true\""),
            (r#"{"settings": {"a": "text"}}"#, "\"text\""),
            (r#"{"tour": {"is_tour": "true"}}"#, "\"true\""),
            (r#"{"tour": {"tour_images": {"en": "images/a.png"}}}"#, "\"images/a.png\""),
            (r#"{"dp": {"action_multiple": "true"}}"#, "\"true\""),
            (r#"{"advanced": {"title": 1}}"#, "1"),
        ] {
            assert_eq!(findings(text), [certain("wrong-type", "manifest.json", place)], "{text}");
        }
        for (text, place) in [
            (r#"{"widget": {"init_once": "Y"}}"#, "\"Y\""),
            (r#"{"widget": {"code": 7}}"#, "7"),
            (r#"{"widget": {"version": null}}"#, "null"),
            (r#"{"dp": null}"#, "null"),
            (r#"{"left_menu": {"a": {"submenu": {"b": {"sort": "1"}}}}}"#, "\"1\""),
            (r#"{"salesbot_designer": {"a": {"settings": {"b": {"default_value": [1]}}}}}"#, "[1]"),
        ] {
            assert_eq!(findings(text), [suspect("wrong-type", "manifest.json", place)], "{text}");
        }
    }

    #[test]
    fn values_outside_the_documents_are_suspect() {
        for (text, message, place) in [
            (r#"{"widget": {"interface_version": 1}}"#, "interface-version", "1"),
            (r#"{"widget": {"interface_version": "2"}}"#, "interface-version", "\"2\""),
            (r#"{"settings": {"a": {"type": "colour"}}}"#, "unknown-field-type", "\"colour\""),
            (r#"{"settings": {"a": {"type": "txt"}}}"#, "misspelt-field-type", "\"txt\""),
            (r#"{"dp": {"settings": {"a": {"type": "numeric"}}}}"#, "unknown-field-type", "\"numeric\""),
            (r#"{"widget": {"locale": ["en", "ru", "english"]}}"#, "unknown-language", "\"english\""),
        ] {
            assert_eq!(findings(text), [suspect(message, "manifest.json", place)], "{text}");
        }
    }
}
