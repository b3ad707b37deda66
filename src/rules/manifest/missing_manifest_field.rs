//! The manifest lacks a member that the checklist names, has it in the wrong place, or leaves it empty.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::kommo::manifest::{self as documented, REQUIRED, Type};
use crate::package::manifest::Manifest;
use crate::rule::{Example, Message, Rule};
use crate::similar::nearest;
use crate::syntax::json::{Kind, Member, Object};

static ABSENT: Message =
    Message { id: "absent", text: "The manifest has no \"{field}\".", help: "Add \"{key}\" {where}: {advice}." };
static SETTINGS_ABSENT: Message = Message {
    id: "settings-absent",
    text: "The manifest has no \"{field}\", although \"installation\" is false.",
    help: "The checklist names \"settings\" for every manifest. Kommo's documents ask for it only when \"installation\" is true, so \
           check whether your widget really has nothing to set.",
};
static MISPLACED: Message = Message {
    id: "misplaced",
    text: "\"{key}\" stands inside {block}; its place is {where}.",
    help: "Move \"{key}\" {where}. Where it stands now, Kommo does not read it.",
};
static MISSPELT: Message = Message {
    id: "misspelt",
    text: "The manifest has no \"{field}\": \"{found}\" stands in its place.",
    help: "Rename \"{found}\" to \"{key}\". As it is, Kommo passes over it and misses the field.",
};
static EMPTY: Message =
    Message { id: "empty", text: "\"{field}\" is empty.", help: "{advice}. An empty one says nothing to Kommo." };
static NO_ACTION_MULTIPLE: Message = Message {
    id: "no-action-multiple",
    text: "The block \"dp\" has no \"{key}\".",
    help: "Add \"action_multiple\": true if one trigger may hold the action several times, else false. Kommo's documents ask for it in every \"dp\" block.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-manifest-field",
    item: "manifest-fields",
    title: "Manifest that lacks a field",
    why: "Kommo cannot list or start a widget whose manifest does not say what it is and where it runs.",
    fix: "Give `widget` a name, description, short_description, locale and installation, and put `locations` and `settings` beside it.",
    messages: &[&ABSENT, &SETTINGS_ABSENT, &MISPLACED, &MISSPELT, &EMPTY, &NO_ACTION_MULTIPLE],
    bad: &[
        Example {
            path: "manifest.json",
            text: r#"{
  «"widget"»: {"name": "widget.name", "description": "widget.description", "locale": ["en"], "installation": true},
  "locations": ["settings"],
  "settings": {"team": {"name": "settings.team", "type": "text"}}
}"#,
        },
        Example {
            path: "manifest.json",
            text: r#"{
  "widget": {
    "name": "widget.name", "description": "widget.description", "short_description": "widget.short_description",
    "locale": ["en"], "installation": true, «"locations"»: ["settings"]
  },
  "settings": {"team": {"name": "settings.team", "type": "text"}}
}"#,
        },
    ],
    good: &[Example {
        path: "manifest.json",
        text: r#"{
  "locations": ["settings"],
  "settings": {"locations": {"name": "settings.team", "type": "text"}},
  "widget": {
    "name": "widget.name", "description": "widget.description", "short_description": "widget.short_description",
    "locale": ["en"], "installation": true
  }
}"#,
    }],
    about_code: false,
    check,
};

/// The member that stands for a required field under a misspelt name.
pub(super) fn misspelt<'m>(manifest: &'m Manifest, field: &str) -> Option<&'m Member> {
    let (parent, key) = field.rsplit_once('.').unwrap_or(("", field));
    let block = if parent.is_empty() { manifest.root()? } else { manifest.block(&[parent])? };
    block.effective().find(|member| documented::member(parent, &member.key).is_none() && nearest(&member.key, [key]).is_some())
}

/// Blocks of the manifest's top level that are met inside others.
const TOP_BLOCKS: [&str; 9] =
    ["locations", "settings", "tour", "dp", "advanced", "salesbot_designer", "sms", "mobile", "left_menu"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(root) = manifest.root() else {
        if let Some(value) = &manifest.json.root
            && cx.manifest_is_whole()
        {
            let at = Location::span(&*manifest.path, value.span);
            out.push(absent(out, "widget", at));
        }
        return;
    };
    if !cx.manifest_is_whole() {
        return;
    }
    let misplaced = misplaced(manifest, root, out);
    for field in REQUIRED {
        let (parent, key) = field.rsplit_once('.').unwrap_or(("", field));
        let path: Vec<&str> = field.split('.').collect();
        let is_there = manifest.member(&path).is_some() || misplaced.contains(&key);
        // Fields beside each other at the top level stand for the block that should hold them.
        let is_spread = field == "widget" && misplaced.iter().any(|key| !TOP_BLOCKS.contains(key));
        if is_there || is_spread || !parent.is_empty() && manifest.block(&[parent]).is_none() && !is_spread_widget(&misplaced) {
            continue;
        }
        let holder = manifest.member(&[parent]).map(|member| member.key_span);
        let at = Location { path: Some(manifest.path.clone()), span: holder };
        if let Some(misspelt) = misspelt(manifest, field) {
            let at = Location::span(&*manifest.path, misspelt.key_span);
            let finding = out.certain(&MISSPELT, at).arg("found", &*misspelt.key).arg("field", field).arg("key", key);
            out.push(finding);
            continue;
        }
        if field == "settings" && is_false(manifest.member(&["widget", "installation"])) {
            out.push(out.suspect(&SETTINGS_ABSENT, at).arg("field", field));
        } else {
            out.push(absent(out, field, at));
        }
    }
    empties(manifest, out);
    action_multiple(manifest, out);
}

/// Kommo's documents put it into two places.
fn action_multiple(manifest: &Manifest, out: &mut Findings<'_>) {
    let Some(dp) = manifest.member(&["dp"]) else { return };
    let is_misspelt = || {
        dp.value
            .as_object()
            .is_some_and(|block| block.effective().any(|member| nearest(&member.key, ["action_multiple"]).is_some()))
    };
    let is_there = [["dp", "action_multiple"].as_slice(), &["dp", "settings", "action_multiple"]]
        .iter()
        .any(|path| manifest.member(path).is_some());
    if dp.value.as_object().is_some_and(|block| !block.members.is_empty()) && !is_there && !is_misspelt() {
        let place = Location::span(&*manifest.path, dp.key_span);
        out.push(out.suspect(&NO_ACTION_MULTIPLE, place).arg("key", "action_multiple"));
    }
}

fn is_spread_widget(misplaced: &[&str]) -> bool {
    misplaced.iter().any(|key| !TOP_BLOCKS.contains(key))
}

fn absent(out: &Findings<'_>, field: &'static str, at: Location) -> crate::finding::Finding {
    let key = field.rsplit('.').next().unwrap_or(field);
    out.certain(&ABSENT, at).arg("field", field).arg("key", key).arg("where", place_of(field)).arg("advice", advice(field))
}

fn is_false(member: Option<&Member>) -> bool {
    matches!(member.map(|member| &member.value.kind), Some(Kind::Bool(false)))
}

/// Reports members that stand in the wrong block while their own place is free; gives their keys.
fn misplaced<'m>(manifest: &'m Manifest, root: &'m Object, out: &mut Findings<'_>) -> Vec<&'m str> {
    let mut found = Vec::new();
    let mut report = |member: &'m Member, block: &str, place: &'static str| {
        let at = Location::span(&*manifest.path, member.key_span);
        let finding = out.certain(&MISPLACED, at).arg("key", &*member.key).arg("block", block).arg("where", place);
        out.push(finding);
        found.push(&*member.key);
    };
    for block in ["widget", "tour"] {
        let inside = manifest.block(&[block]).into_iter().flat_map(Object::effective);
        for member in inside.filter(|member| TOP_BLOCKS.contains(&&*member.key) && root.get(&member.key).is_none()) {
            report(member, &format!("\"{block}\""), place_of(&member.key));
        }
    }
    let widget = manifest.block(&["widget"]);
    for member in root.effective().filter(|member| documented::member("", &member.key).is_none()) {
        let is_required = REQUIRED.iter().any(|field| field.strip_prefix("widget.") == Some(&*member.key));
        if is_required && widget.is_none_or(|widget| widget.get(&member.key).is_none()) {
            report(member, "the top level", "inside \"widget\"");
        }
    }
    found
}

fn place_of(field: &str) -> &'static str {
    if field.starts_with("widget.") { "inside \"widget\"" } else { "at the top level of the manifest" }
}

/// What to write there.
fn advice(field: &str) -> &'static str {
    match field {
        "widget" => "a block with name, description, short_description, locale and installation",
        "widget.name" => "the key of the name in the i18n files, \"widget.name\"",
        "widget.description" => "the key of the description in the i18n files, \"widget.description\"",
        "widget.short_description" => "the key of the teaser in the i18n files, \"widget.short_description\"",
        "widget.locale" => "the list of its languages, such as [\"en\", \"es\"], each with a file in i18n/",
        "widget.installation" => "true if the widget has a settings window, else false",
        "locations" => "the list of the places where the widget runs, such as [\"lcard-1\", \"settings\"]",
        _ => "a block with one member for each field of the settings window",
    }
}

fn empties(manifest: &Manifest, out: &mut Findings<'_>) {
    for (field, path) in REQUIRED.iter().map(|field| (*field, field.split('.').collect::<Vec<_>>())) {
        let Some(member) = manifest.member(&path) else { continue };
        let (parent, key) = field.rsplit_once('.').unwrap_or(("", field));
        // One of the wrong type is `mistyped-manifest-field`.
        let is_empty = match (&member.value.kind, documented::member(parent, key)) {
            (Kind::Array(items), Some((Type::Texts, _))) => items.is_empty(),
            (Kind::Object(object), Some((Type::Block, _))) => object.members.is_empty() && field != "widget",
            (Kind::String(text), Some((Type::Text, _))) => text.text.trim().is_empty(),
            _ => false,
        };
        if is_empty {
            let advice = match field {
                "settings" => {
                    "Describe the fields of the settings window, or check that there is really nothing to set".to_owned()
                }
                _ => format!("Write {}", advice(field)),
            };
            let at = Location::span(&*manifest.path, member.value.span);
            out.push(out.suspect(&EMPTY, at).arg("field", field).arg("advice", advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, certain, suspect};

    const WIDGET: &str = r#""widget": {"name": "widget.name", "description": "widget.description",
        "short_description": "widget.short_description", "locale": ["en"], "installation": true}"#;

    fn findings(text: &str) -> Vec<Seen> {
        Widget::clean().file("manifest.json", text).findings("missing-manifest-field")
    }

    #[test]
    fn each_required_field_is_missed_once() {
        let manifest = String::from_utf8(Widget::clean().package().file("manifest.json").unwrap().bytes().to_vec()).unwrap();
        for field in ["name", "description", "short_description", "locale", "installation"] {
            let changed = manifest.replacen(&format!("\"{field}\":"), "\"note\":", 1);
            assert_eq!(findings(&changed), [certain("absent", "manifest.json", "\"widget\"")], "{field}");
        }
        for field in ["widget", "locations", "settings"] {
            let changed = manifest.replacen(&format!("\"{field}\":"), "\"note\":", 1);
            assert_eq!(findings(&changed), [certain("absent", "manifest.json", "")], "{field}");
        }
    }

    #[test]
    fn settings_may_be_missing_where_nothing_is_installed() {
        let widget = WIDGET.replace("true", "false");
        assert_eq!(
            findings(&format!("{{{widget}, \"locations\": [\"lcard-1\"]}}")),
            [suspect("settings-absent", "manifest.json", "")]
        );
    }

    #[test]
    fn empty_lists_and_blocks_are_suspect() {
        let text = format!("{{{}, \"locations\": [], \"settings\": {{}}}}", WIDGET.replace("[\"en\"]", "[]"));
        assert_eq!(
            findings(&text),
            [
                suspect("empty", "manifest.json", "[]"),
                suspect("empty", "manifest.json", "[]"),
                suspect("empty", "manifest.json", "{}"),
            ]
        );
        let mistyped = format!("{{{}, \"locations\": {{}}, \"settings\": []}}", WIDGET.replace("[\"en\"]", "\"\""));
        assert_eq!(findings(&mistyped), []);
    }

    #[test]
    fn a_misplaced_block_is_not_missed_as_well() {
        let text = r#"{"name": "a", "description": "b", "short_description": "c", "locale": ["en"], "installation": true,
            "locations": ["settings"], "settings": {"a": {}}}"#;
        let places: Vec<_> = findings(text).into_iter().map(|seen| (seen.message, seen.text)).collect();
        assert_eq!(
            places,
            ["name", "description", "short_description", "locale", "installation"].map(|key| ("misplaced", format!("\"{key}\"")))
        );
    }

    #[test]
    fn a_misspelt_field_is_named_at_its_place() {
        let manifest = String::from_utf8(Widget::clean().package().file("manifest.json").unwrap().bytes().to_vec()).unwrap();
        for (field, typo) in
            [("short_description", "shortDescription"), ("locale", "locales"), ("widget", "wiget"), ("settings", "setting")]
        {
            let changed = manifest.replacen(&format!("\"{field}\":"), &format!("\"{typo}\":"), 1);
            let widget = Widget::clean().file("manifest.json", changed);
            assert_eq!(widget.findings("missing-manifest-field"), [certain("misspelt", "manifest.json", &format!("\"{typo}\""))]);
            assert_eq!(widget.findings("unknown-manifest-key"), []);
        }
    }

    #[test]
    fn a_digital_pipeline_says_whether_its_action_repeats() {
        let found = |dp: &str| {
            let text = String::from_utf8(Widget::clean().package().file("manifest.json").unwrap().bytes().to_vec()).unwrap();
            let text = text.replacen("\"locations\"", &format!("\"dp\": {dp},\n  \"locations\""), 1);
            Widget::clean().file("manifest.json", text).findings("missing-manifest-field")
        };
        assert_eq!(found(r#"{"settings": {}}"#), [suspect("no-action-multiple", "manifest.json", "\"dp\"")]);
        for dp in
            [r#"{"action_multiple": false}"#, r#"{"settings": {"action_multiple": true}}"#, r#"{"actionMultiple": true}"#, "{}"]
        {
            assert_eq!(found(dp), [], "{dp}");
        }
    }

    #[test]
    fn nothing_is_missed_where_reading_stopped() {
        assert_eq!(findings("{\"widget\": {\"name\": \"a\""), []);
    }
}
