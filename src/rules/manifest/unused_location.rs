//! The manifest asks for a place in Kommo that the widget does nothing in.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::kommo::locations::{self, Place, Value};
use crate::package::Kind;
use crate::package::locale::{Locale, LocaleText};
use crate::package::manifest::{Form, Manifest, ManifestText};
use crate::rule::{Example, Message, Rule};
use std::collections::{BTreeMap, BTreeSet};

static NO_BLOCK: Message = Message {
    id: "no-block",
    text: "The location \"{location}\" has no \"{block}\" block in the manifest.",
    help: "Add the \"{block}\" block if the widget works there, or take \"{location}\" out of \"locations\".",
};
static NO_CALLBACK: Message = Message {
    id: "no-callback",
    text: "No script gives the callback {callbacks} that the location \"{location}\" calls.",
    help: "Add the callback if the widget works there, or take \"{location}\" out of \"locations\".",
};
static NO_START: Message = Message {
    id: "no-start",
    text: "No script gives the callback {callbacks}, and so the widget does not start in \"{location}\" or anywhere else.",
    help: "Give Kommo all of render, init and bind_actions, each returning true; it drops a widget that lacks one, without an error message.",
};
static NO_CARD: Message = Message {
    id: "no-card",
    text: "The location \"{location}\" stands alone: it works only together with \"lcard\", \"ccard\" or \"comcard\".",
    help: "Add the card that the widget has a tab in, or take \"{location}\" out of \"locations\".",
};
static NO_TEXT: Message = Message {
    id: "no-text",
    text: "The location \"{location}\" needs the text \"{key}\" in every language; missing in {languages}.",
    help: "Write \"{key}\" in every i18n file, or take \"{location}\" out of \"locations\".",
};
static NOTHING_TO_SET: Message = Message {
    id: "nothing-to-set",
    text: "The location \"{location}\" has neither a field in the manifest nor a settings callback.",
    help: "Describe the fields in \"settings\", add the callback, or take \"{location}\" out of \"locations\".",
};
static BOTH_FORMS: Message = Message {
    id: "both-forms",
    text: "\"{first}\" and \"{second}\" are both there, and exclude each other.",
    help: "Keep the form with -1 if the widget shows something in the right-hand panel, else the one with -0.",
};
static OTHER_FORM: Message = Message { id: "other-form", text: "The other form.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "unused-location",
    item: "unused-locations",
    title: "Location that the widget does not use",
    why: "Kommo loads the widget in every place that it asks for. The checklist asks that only those are named that are used.",
    fix: "Take the location out, or add the block or callback that makes use of it.",
    messages: &[&NO_BLOCK, &NO_CALLBACK, &NO_START, &NO_CARD, &NO_TEXT, &NOTHING_TO_SET, &BOTH_FORMS],
    bad: &[
        Example {
            path: "manifest.json",
            text: r#"{"locations": ["settings", «"digital_pipeline"»], "settings": {"team": {"type": "text"}}}"#,
        },
        Example { path: "manifest.json", text: r#"{"locations": ["lcard-0", «"lcard-1"»]}"# },
    ],
    good: &[Example {
        path: "manifest.json",
        text: r#"{"locations": ["lcard-1", "ccard-0", "settings", "everywhere", "sms"], "sms": {"endpoint": "https://auroranotes.com/sms"}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let locations = manifest.locations();
    let callbacks = Callbacks::of(cx);
    let without_agent = lacking_agent_text(cx).join(", ");
    // A list may name one place again and again.
    let mut judged = BTreeMap::new();
    for location in &locations {
        let Value::Known(place) = locations::read(&location.value.text) else { continue };
        let judge = || unused(cx, manifest, place, (&callbacks, &without_agent));
        if let Some(message) = *judged.entry(place.name).or_insert_with(judge) {
            let finding = out
                .suspect(message, Location::span(&*manifest.path, location.span))
                .arg("location", &*location.value.text)
                .arg("block", place.block.unwrap_or_default())
                .arg("key", AGENT_TEXT)
                .arg("languages", &*without_agent)
                .arg("callbacks", place.callbacks.join(" or "));
            out.push(finding);
        }
    }
    both_forms(manifest, &locations, out);
    no_start(&locations, &callbacks, manifest, out);
}

/// That Kommo cannot start the widget; a card that lacks `init` says so itself.
fn no_start(locations: &[ManifestText<'_>], callbacks: &Callbacks<'_, '_>, manifest: &Manifest, out: &mut Findings<'_>) {
    let has_card = ["lcard", "ccard", "comcard"].iter().any(|card| manifest.has_location(card));
    let needed = ["render", "init", "bind_actions"].into_iter().filter(|name| *name != "init" || !has_card);
    let lacking: Vec<_> = needed.filter(|name| callbacks.surely_lack(name)).collect();
    let is_known = |location: &&ManifestText<'_>| matches!(locations::read(&location.value.text), Value::Known(_));
    if let (Some(first), false) = (locations.iter().find(is_known), lacking.is_empty()) {
        let finding = out.suspect(&NO_START, Location::span(&*manifest.path, first.span));
        out.push(finding.arg("callbacks", lacking.join(" or ")).arg("location", &*first.value.text));
    }
}

/// What an AI agent is described by, in each language.
const AGENT_TEXT: &str = "widget.ai_agent_description";

/// What a location lacks that would show that it is used; `without_agent` names the languages in which the AI agent has no description.
fn unused(
    cx: &Context<'_>,
    manifest: &Manifest,
    place: &Place,
    (callbacks, without_agent): (&Callbacks<'_, '_>, &str),
) -> Option<&'static Message> {
    let whole = cx.manifest_is_whole();
    let lacks_block =
        whole && place.block.is_some_and(|block| manifest.block(&[block]).is_none_or(|block| block.members.is_empty()));
    let lacks_callback = callbacks.lacks(place);
    let has_field = |form| manifest.fields().iter().any(|field| field.form == form);
    match place.name {
        "settings" => (lacks_callback && whole && !has_field(Form::Settings)).then_some(&NOTHING_TO_SET),
        _ if lacks_block => Some(&NO_BLOCK),
        // Its fields, or an address to call, do their work without a callback.
        "digital_pipeline" => {
            let works = has_field(Form::DigitalPipeline) || manifest.member(&["dp", "webhook_url"]).is_some();
            (lacks_callback && whole && !works).then_some(&NO_CALLBACK)
        }
        // A phone number or an address in a list offers the widget's action.
        "llist" | "clist" if callbacks.is_mentioned("add_action") => None,
        "card_sdk" if whole && !["lcard", "ccard", "comcard"].iter().any(|card| manifest.has_location(card)) => Some(&NO_CARD),
        "ai_agent" => (!without_agent.is_empty()).then_some(&NO_TEXT),
        _ => lacks_callback.then_some(&NO_CALLBACK),
    }
}

/// The declared languages in which the AI agent has no description.
fn lacking_agent_text(cx: &Context<'_>) -> Vec<String> {
    let lacks = |locale: &&Locale| locale.proves_absence() && locale.text(AGENT_TEXT).is_none_or(LocaleText::is_empty);
    let with_file = cx.locales().declared().filter(lacks).map(|locale| locale.code.clone());
    with_file.chain(cx.languages_without_file().iter().map(|lacking| lacking.language.clone())).collect()
}

fn both_forms(manifest: &Manifest, locations: &[ManifestText<'_>], out: &mut Findings<'_>) {
    let mut seen: BTreeMap<&str, &ManifestText<'_>> = BTreeMap::new();
    for location in locations {
        let text = &*location.value.text;
        let Some((area, suffix @ ("0" | "1"))) = text.rsplit_once('-') else { continue };
        let Some(earlier) = seen.insert(area, location) else { continue };
        if earlier.value.text.ends_with(suffix) || !matches!(locations::read(text), Value::Known(_)) {
            continue;
        }
        let at = |location: &ManifestText<'_>| Location::span(&*manifest.path, location.span);
        let finding = out.suspect(&BOTH_FORMS, at(location)).related(&OTHER_FORM, at(earlier));
        out.push(finding.arg("first", &*earlier.value.text).arg("second", text));
    }
}

/// The callbacks that the widget's scripts give to Kommo.
struct Callbacks<'a, 'p> {
    cx: &'a Context<'p>,
    names: BTreeSet<String>,
    /// Whether all of them are known.
    closed: bool,
}

impl<'a, 'p> Callbacks<'a, 'p> {
    fn of(cx: &'a Context<'p>) -> Self {
        let mut names = BTreeSet::new();
        let mut open = false;
        for script in cx.scripts() {
            let callbacks = script.facts.callbacks();
            open |= callbacks.open;
            names.extend(callbacks.names.into_keys());
        }
        Self { cx, closed: !open && !names.is_empty(), names }
    }

    /// Whether all callbacks are known and this one is not among them.
    fn surely_lack(&self, callback: &str) -> bool {
        self.closed && !self.is_unread() && !self.are_given(callback)
    }

    fn are_given(&self, callback: &str) -> bool {
        self.names.contains(callback)
    }

    fn is_unread(&self) -> bool {
        self.cx.unparsed().iter().any(|unparsed| unparsed.kind == Kind::Script)
    }

    /// Whether none of a place's callbacks is there, for all that can be told.
    fn lacks(&self, place: &Place) -> bool {
        // That script.js itself is missing is `archive-files`.
        let is_started = self.cx.package().file("script.js").is_some() && !self.cx.scripts().is_empty();
        if place.callbacks.is_empty() || !is_started || self.is_unread() {
            return false;
        }
        if place.callbacks.iter().any(|callback| self.are_given(callback)) {
            return false;
        }
        // Where the callbacks are put together in a way that is not followed, their bare mention counts.
        self.closed || !place.callbacks.iter().any(|callback| self.is_mentioned(callback))
    }

    fn is_mentioned(&self, callback: &str) -> bool {
        let last = callback.rsplit('.').next().unwrap_or(callback);
        self.cx.scripts().iter().map(|script| &script.facts).any(|script| {
            let is_text = |text| script.constant(text).is_some_and(|text| text == callback);
            !script.named(last).is_empty() || script.texts().any(is_text)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn findings(manifest: &str, script: &str) -> Vec<Seen> {
        Widget::clean()
            .file("manifest.json", manifest)
            .file(
                "script.js",
                format!(
                    "define([], function () {{ return function () {{ this.callbacks = {{ render: f, init: f, bind_actions: f, {script} }}; }}; }});"
                ),
            )
            .findings("unused-location")
    }

    #[test]
    fn a_widget_needs_three_callbacks_to_start() {
        let found = |callbacks: &str, locations: &str| {
            let script = format!("define([], function () {{ return function () {{ this.callbacks = {{ {callbacks} }}; }}; }});");
            let manifest = format!(r#"{{"locations": [{locations}]}}"#);
            Widget::clean().file("manifest.json", manifest).file("script.js", script).findings("unused-location")
        };
        let seen = |message: &'static str, place: &str| vec![suspect(message, "manifest.json", place)];
        assert_eq!(found("init: f, bind_actions: f", r#""x", "lcard-1""#), seen("no-start", "\"lcard-1\""));
        assert_eq!(found("render: f, init() {}", r#""everywhere""#), seen("no-start", "\"everywhere\""));
        assert_eq!(found("render: f, bind_actions() {}", r#""everywhere""#), seen("no-start", "\"everywhere\""));
        assert_eq!(found("render: f, bind_actions() {}", r#""lcard-1""#), seen("no-callback", "\"lcard-1\""));
        assert_eq!(found("render: f, init: f, bind_actions: f", r#""lcard-1""#), []);
        assert_eq!(found("init: f, ...shared", r#""lcard-1""#), []);
    }

    #[test]
    fn each_location_needs_its_block_or_callback() {
        for (manifest, script, message, place) in [
            (r#"{"locations": ["advanced_settings"]}"#, "advancedSettings() {}", "no-block", "\"advanced_settings\""),
            (
                r#"{"locations": ["advanced_settings"], "advanced": {"title": "a"}}"#,
                "init() {}",
                "no-callback",
                "\"advanced_settings\"",
            ),
            (r#"{"locations": ["llist-0"]}"#, "init() {}, contacts: {selected() {}}", "no-callback", "\"llist-0\""),
            (r#"{"locations": ["tlist-1"]}"#, "'tasks.selected': f", "no-callback", "\"tlist-1\""),
            (r#"{"locations": ["settings"], "settings": {}}"#, "init() {}", "nothing-to-set", "\"settings\""),
            (r#"{"locations": ["card_sdk"]}"#, "linkCard() {}", "no-card", "\"card_sdk\""),
            (
                r#"{"locations": ["digital_pipeline"], "dp": {"action_multiple": false}}"#,
                "init() {}",
                "no-callback",
                "\"digital_pipeline\"",
            ),
            (r#"{"locations": ["ai_agent"]}"#, "init() {}", "no-text", "\"ai_agent\""),
            (r#"{"locations": ["widget_page"], "left_menu": {"a": {}}}"#, "init() {}", "no-callback", "\"widget_page\""),
            (r#"{"locations": ["ccard-1", "ccard-0"]}"#, "init() {}", "both-forms", "\"ccard-0\""),
        ] {
            assert_eq!(findings(manifest, script), [suspect(message, "manifest.json", place)], "{manifest}");
        }
    }

    #[test]
    fn an_agent_is_described_in_every_declared_language() {
        let found = |locales: &str| {
            let manifest = format!(r#"{{"widget": {{"locale": [{locales}]}}, "locations": ["ai_agent"]}}"#);
            let described = Widget::empty().file("i18n/en.json", r#"{"widget": {"ai_agent_description": "Notes"}}"#);
            described.file("manifest.json", manifest).findings("unused-location")
        };
        assert_eq!(found("\"en\""), []);
        assert_eq!(found("\"en\", \"es\""), [suspect("no-text", "manifest.json", "\"ai_agent\"")]);
    }

    #[test]
    fn used_locations_are_fine() {
        for (manifest, script) in [
            (
                r#"{"locations": ["llist-0", "clist-1", "tlist-0"]}"#,
                "leads: {selected() {}}, 'contacts.selected': f, todo: {selected: f}",
            ),
            (r#"{"locations": ["settings"], "settings": {"a": {"type": "text"}}}"#, "init() {}"),
            (r#"{"locations": ["settings"]}"#, "settings() {}"),
            (r#"{"locations": ["digital_pipeline"], "dp": {"webhook_url": "https://a.com"}}"#, "init() {}"),
            (r#"{"locations": ["everywhere", "website_chat_button"]}"#, "init() {}"),
            (r#"{"locations": ["llist-1", "clist-1"]}"#, "init() { self.add_action('phone', call); }"),
        ] {
            assert_eq!(findings(manifest, script), [], "{manifest}");
        }
    }

    #[test]
    fn nothing_is_claimed_where_the_callbacks_are_not_seen() {
        let manifest = r#"{"locations": ["llist-0"]}"#;
        let unread = Widget::clean().file("manifest.json", manifest).file("script.js", "define([], function ( {");
        assert_eq!(unread.findings("unused-location"), []);
        let missing = unread.without("script.js").file("lib/own.js", "define([], function () { return { render: f }; });");
        assert_eq!(missing.findings("unused-location"), []);
        assert_eq!(findings(manifest, "...others(['leads', 'selected']), selected: f"), []);
        for script in [
            "return { render: f, leads: { selected: f } };",
            "return build({ 'leads.selected': f });",
            "return function () { this.callbacks = callbacksOf(this, ['leads.selected']); };",
            "var own = {}; own.leads = { selected: f }; return unknown(own);",
            "return function () { this.callbacks = shared; shared.leads = { selected: f }; };",
        ] {
            let widget = Widget::clean().file("manifest.json", manifest);
            let found = widget.file("script.js", format!("define([], function () {{ {script} }});")).findings("unused-location");
            assert_eq!(found, [], "{script}");
        }
        assert_eq!(findings(manifest, "...others(function (to) { to['leads.selected'] = f; })"), []);
    }
}
