//! The manifest has a member that Kommo does not document.

use super::missing_manifest_field::misspelt;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::kommo::manifest::{self as documented, MEMBERS, REQUIRED, Type};
use crate::package::manifest::Manifest;
use crate::rule::{Example, Message, Rule};
use crate::similar::nearest;
use crate::syntax::Span;
use crate::syntax::json::{Member, Object};

static MISSPELT: Message = Message {
    id: "misspelt",
    text: "Kommo does not know \"{key}\" in {block}; did you mean \"{meant}\"?",
    help: "Rename it to \"{meant}\". As it is, Kommo passes over it.",
};
static ELSEWHERE: Message = Message {
    id: "elsewhere",
    text: "Kommo does not know \"{key}\" in {block}; it belongs in {meant}.",
    help: "Move it into {meant}. Where it stands now, Kommo passes over it.",
};
static UNKNOWN: Message = Message {
    id: "unknown",
    text: "Kommo does not know \"{key}\" in {block}.",
    help: "Take it out if nothing of yours reads it; Kommo passes over it.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unknown-manifest-key",
    item: "manifest-fields",
    title: "Manifest key that Kommo does not know",
    why: "Kommo passes over keys that it does not know: a misspelt one has no effect, and nobody says so.",
    fix: "Spell the key as in Kommo's documents, move it to its place, or take it out.",
    messages: &[&MISSPELT, &ELSEWHERE, &UNKNOWN],
    bad: &[
        Example { path: "manifest.json", text: r#"{"widget": {«"initOnce"»: false}}"# },
        Example { path: "manifest.json", text: r#"{"widget": {}, «"permissions"»: ["crm"]}"# },
    ],
    good: &[
        Example { path: "manifest.json", text: r#"{"widget": {"init_once": false}}"# },
        Example {
            path: "manifest.json",
            text: r#"{"widget": {"code": "acme_notes", "support": {"link": "https://acme.com"}}, "settings": {"permissions": {}}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // Where reading lost its way, a key may be cut short or stand in another block than it was written in.
    let Some(manifest) = cx.manifest().filter(|_| cx.manifest_is_whole()) else { return };
    if let Some(root) = manifest.root() {
        walk(manifest, root, "", &misspelt_fields(manifest), out);
    }
}

/// Reports the unknown keys of a block, but for those that are `known` to another rule.
fn walk(manifest: &Manifest, object: &Object, pattern: &str, known: &[Span], out: &mut Findings<'_>) {
    for member in object.effective() {
        match documented::member(pattern, &member.key) {
            Some((Type::Block, pattern)) => {
                if let Some(inner) = member.value.as_object() {
                    walk(manifest, inner, &pattern, known, out);
                }
            }
            // What stands in a block that is none is no key: the type is what is wrong.
            Some(_) => {}
            None if is_misplaced(manifest, pattern, &member.key) || known.contains(&member.key_span) => {}
            None => unknown(manifest, object, member, pattern, out),
        }
    }
}

/// Whether the rule for missing fields names it as standing in the wrong block.
fn is_misplaced(manifest: &Manifest, pattern: &str, key: &str) -> bool {
    let place = if pattern.is_empty() { vec!["widget", key] } else { vec![key] };
    let is_known = match pattern {
        "" => REQUIRED.iter().any(|field| field.strip_prefix("widget.") == Some(key)),
        "widget" | "tour" => documented::member("", key).is_some() && key != "widget",
        _ => false,
    };
    is_known && manifest.member(&place).is_none()
}

/// Keys that the rule for missing fields names as the misspelt names of required ones.
fn misspelt_fields(manifest: &Manifest) -> Vec<Span> {
    let missing = REQUIRED.iter().filter(|field| manifest.member(&field.split('.').collect::<Vec<_>>()).is_none());
    missing.filter_map(|field| misspelt(manifest, field)).map(|member| member.key_span).collect()
}

fn unknown(manifest: &Manifest, object: &Object, member: &Member, pattern: &str, out: &mut Findings<'_>) {
    let key = &*member.key;
    let at = Location::span(&*manifest.path, member.key_span);
    let free = documented::names(pattern).filter(|name| object.get(name).is_none());
    let finding = if let Some(meant) = nearest(key, free) {
        out.suspect(&MISSPELT, at).arg("meant", meant)
    } else if let Some(home) = home_of(key) {
        out.suspect(&ELSEWHERE, at).arg("meant", home)
    } else {
        out.suspect(&UNKNOWN, at)
    };
    out.push(finding.arg("key", key).arg("block", block_name(pattern)));
}

/// The one block that documents a key of this name, if its name is telling.
fn home_of(key: &str) -> Option<String> {
    const TELLING: [&str; 17] = [
        "locations",
        "settings",
        "tour",
        "dp",
        "advanced",
        "salesbot_designer",
        "sms",
        "mobile",
        "left_menu",
        "installation",
        "locale",
        "short_description",
        "interface_version",
        "init_once",
        "support",
        "tour_images",
        "tour_description",
    ];
    const MORE: [&str; 4] = ["webhook_url", "action_multiple", "frame_url", "is_tour"];
    let (path, _) = MEMBERS.iter().find(|(path, _)| path.rsplit('.').next() == Some(key))?;
    let (parent, _) = path.rsplit_once('.').unwrap_or_default();
    (TELLING.contains(&key) || MORE.contains(&key)).then(|| block_name(parent))
}

fn block_name(pattern: &str) -> String {
    match pattern.rsplit_once(".*") {
        _ if pattern.is_empty() => "the top level of the manifest".to_owned(),
        Some((parent, "")) => format!("a block of \"{}\"", parent.replace(".*", "")),
        _ => format!("\"{}\"", pattern.replace(".*", "")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn findings(text: &str) -> Vec<Seen> {
        Widget::clean().file("manifest.json", text).findings("unknown-manifest-key")
    }

    #[test]
    fn misspelt_misplaced_and_unknown_keys() {
        for (text, message, place) in [
            (r#"{"widget": {"suport": {}}}"#, "misspelt", "\"suport\""),
            (r#"{"left-menu": {}}"#, "misspelt", "\"left-menu\""),
            (r#"{"settings": {"a": {"require": true}}}"#, "misspelt", "\"require\""),
            (r#"{"widget": {"tour_images": {}}}"#, "elsewhere", "\"tour_images\""),
            (r#"{"webhook_url": "https://a.com"}"#, "elsewhere", "\"webhook_url\""),
            (r#"{"widget": {"is_showcase": true}}"#, "unknown", "\"is_showcase\""),
            (r#"{"dp": {"settings": {}, "title": "x"}}"#, "unknown", "\"title\""),
        ] {
            assert_eq!(findings(text), [suspect(message, "manifest.json", place)], "{text}");
        }
    }

    #[test]
    fn names_that_the_author_chooses_are_fine() {
        let text = r#"{"settings": {"nam": {"type": "text"}}, "tour": {"tour_images": {"en": []}},
            "salesbot_designer": {"logo": "/a.png", "setp": {"settings": {"x": {"default_value": "1", "manual": true}}}},
            "left_menu": {"stats": {"submenu": {"a": {"title": "b", "sort": 1}}}}, "dp": {"settings": {"action_multiple": true}}}"#;
        assert_eq!(findings(text), []);
    }

    #[test]
    fn a_block_in_place_of_a_text_or_list_is_left_to_the_rule_for_types() {
        let text = r#"{"widget": {"name": {"en": "Notes"}, "locale": {"0": "en"}}, "locations": {"0": "lcard-1"}}"#;
        assert_eq!(findings(text), []);
    }

    #[test]
    fn a_misplaced_field_is_left_to_its_own_rule() {
        assert_eq!(findings(r#"{"widget": {"locations": []}, "locale": ["en"]}"#), []);
    }
}
