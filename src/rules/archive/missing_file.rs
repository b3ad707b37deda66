//! A file that every widget has and this one lacks.

use crate::checklist::LIMITS;
use crate::context::{Context, NamedFile};
use crate::finding::{Certainty, Findings, Location};
use crate::rule::{Example, Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-file",
    item: "archive-files",
    title: "A required file is missing",
    why: "Kommo refuses an archive without manifest.json, a file for each declared language, and the five logos.",
    fix: "Add the file under exactly the name that is given; names of files are case-sensitive.",
    messages: &[&MISSING, &MISSPELT, &UNREAD, &NO_TEXTS, &NO_LOCALE, &OTHER_LAYOUT, &NO_SCRIPT, &NO_ICON],
    bad: &[Example {
        path: "manifest.json",
        text: "{\"widget\": {\"locale\": [\"en\", \"es\", \"pt\", «\"tr\"»]}, \"locations\": [\"settings\"]}\n",
    }],
    good: &[Example {
        path: "manifest.json",
        text: "{\"widget\": {\"locale\": [\"en\", \"es\"]}, \"locations\": [\"settings\"]}\n",
    }],
    about_code: false,
    check,
};

static MISSING: Message =
    Message { id: "missing", text: "{file} is missing.", help: "Add {file} to the archive, then zip it again." };
static MISSPELT: Message = Message {
    id: "misspelt",
    text: "{file} is missing; {found} is there in its place.",
    help: "Rename or move {found} so that its path inside the archive is exactly {file}.",
};
static UNREAD: Message = Message {
    id: "unread",
    text: "{file} may be in the archive, but it could not be read.",
    help: "Zip the widget again with Deflate and without a password, and check the new archive.",
};
static NO_TEXTS: Message = Message {
    id: "no-texts",
    text: "There is no {file} in the archive: the texts of the widget are missing.",
    help: "Add a folder i18n with one JSON file per language, named by its code: i18n/en.json, i18n/es.json, i18n/pt.json.",
};
static NO_LOCALE: Message = Message {
    id: "no-locale-file",
    text: "The manifest declares the language {locale}, and {file} is missing.",
    help: "Add {file} with the translated texts, or take {locale} out of widget.locale.",
};
static OTHER_LAYOUT: Message = Message {
    id: "other-layout",
    text: "The texts of the language {locale} are in {found}; Kommo looks for {file}.",
    help: "Move {found} to {file}.",
};
static NO_SCRIPT: Message = Message {
    id: "no-script",
    text: "script.js is missing, and the location {location} needs one.",
    help: "Add script.js with the callbacks of the widget, or take the location {location} out of the manifest.",
};
static NO_ICON: Message = Message {
    id: "no-menu-icon",
    text: "The manifest gives an item of the left menu the icon {file}, and no file of that name is in the archive.",
    help: "Add the picture under that name, or correct its path: it is counted from the root of the archive.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    check_path(cx, out, "manifest.json");
    check_texts(cx, out);
    for logo in &LIMITS.logos {
        let path = format!("images/{}", logo.file);
        match cx.logo(logo) {
            None => check_path(cx, out, &path),
            Some(file) if file.path == logo.file => {
                let value = format!("{} is at the root of the archive; its usual place is {path}", logo.file);
                out.evidence("note", "Place of a logo", value, Location::file(logo.file));
            }
            Some(_) => {}
        }
    }
    check_script(cx, out);
    check_menu_icons(cx, out);
}

/// Reports `path` when the package lacks it.
fn check_path(cx: &Context<'_>, out: &mut Findings<'_>, path: &str) {
    let package = cx.package();
    if package.file(path).is_some() {
        return;
    }
    if package.may_hold(path) {
        out.push(out.suspect(&UNREAD, Location::package()).arg("file", path));
        return;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let alike = package.widget_files().find(|file| file.file_name().eq_ignore_ascii_case(name));
    let finding = match alike {
        Some(file) => {
            let finding = out.certain(&MISSPELT, Location::package()).arg("found", &*file.path);
            finding.related(&crate::finding::ALSO_HERE, Location::file(&*file.path))
        }
        None => out.certain(&MISSING, Location::package()),
    };
    out.push(finding.arg("file", path));
}

fn check_texts(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest().filter(|manifest| !manifest.locales().is_empty()) else {
        if cx.locales().all.is_empty() && !cx.package().may_hold("i18n/en.json") {
            out.push(out.certain(&NO_TEXTS, Location::package()).arg("file", "i18n/*.json"));
        }
        return;
    };
    let mut seen = Vec::new();
    for declared in manifest.locales() {
        let code = declared.text().to_owned();
        let path = format!("i18n/{code}.json");
        // One that is no text is there all the same; its encoding has an item of its own.
        if code.is_empty() || cx.package().file(&path).is_some() || seen.contains(&code) {
            continue;
        }
        if let Some(locale) = cx.locales().get(&code) {
            let finding = out.suspect(&OTHER_LAYOUT, Location::span(&*manifest.path, declared.span));
            let finding = finding.related(&crate::finding::ALSO_HERE, Location::file(&*locale.path));
            out.push(finding.arg("locale", &*code).arg("file", path).arg("found", &*locale.path));
            seen.push(code);
            continue;
        }
        let certainty = if cx.package().may_hold(&path) { Certainty::Suspect } else { Certainty::Certain };
        let message = if certainty == Certainty::Certain { &NO_LOCALE } else { &UNREAD };
        let finding = out.finding(certainty, message, Location::span(&*manifest.path, declared.span));
        out.push(finding.arg("locale", &*code).arg("file", path));
        seen.push(code);
    }
}

/// Locations that Kommo serves from the manifest alone.
const WITHOUT_SCRIPT: [&str; 4] = ["sms", "mobile_card", "website_chat_button", "ai_agent"];

fn check_script(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest().filter(|_| !cx.package().may_hold("script.js")) else { return };
    let needs_script = |location: &str| !location.is_empty() && !WITHOUT_SCRIPT.contains(&location);
    if let Some(location) = manifest.locations().into_iter().find(|location| needs_script(location.text())) {
        let finding = out.suspect(&NO_SCRIPT, Location::span(&*manifest.path, location.span));
        out.push(finding.arg("location", location.text()));
    }
}

fn check_menu_icons(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    for icon in manifest.menu_items().into_iter().filter_map(|item| item.icon) {
        if !icon.text().is_empty() && matches!(cx.named_file(icon.text()), NamedFile::Missing | NamedFile::OtherCase(_)) {
            let finding = out.suspect(&NO_ICON, Location::span(&*manifest.path, icon.span));
            out.push(finding.arg("file", icon.text()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, suspect};

    const ID: &str = "missing-file";

    #[test]
    fn each_required_file_is_missed() {
        for path in ["manifest.json", "images/logo.png", "images/logo_main.png", "images/logo_min.png"] {
            assert_eq!(Widget::clean().without(path).findings(ID), [certain("missing", "", "")], "{path}");
        }
        assert_eq!(Widget::clean().without("i18n/es.json").findings(ID), [certain("no-locale-file", "manifest.json", "\"es\"")]);
        assert!(Widget::clean().without("style.css").findings(ID).is_empty());
    }

    #[test]
    fn droppings_satisfy_nothing_and_the_root_is_accepted() {
        let logo = std::fs::read("tests/fixtures/clean/images/logo.png").expect("the fixture");
        let dropped = Widget::clean().without("images/logo.png").file("__MACOSX/images/logo.png", &logo);
        assert_eq!(dropped.findings(ID), [certain("missing", "", "")]);
        let at_root = Widget::clean().without("images/logo.png").file("logo.png", &logo);
        assert!(at_root.findings(ID).is_empty());
        let item = at_root.report().items.into_iter().find(|item| item.item.id == "archive-files").expect("an item");
        assert!(item.evidence.iter().any(|evidence| evidence.value.contains("at the root")));
        let misspelt = Widget::clean().without("images/logo.png").file("images/Logo.PNG", &logo);
        assert_eq!(misspelt.findings(ID), [certain("misspelt", "", "")]);
    }

    #[test]
    fn a_language_in_another_layout_or_encoding_is_not_missed() {
        let moved = Widget::clean().without("i18n/es.json").file("i18n/es/config.json", "{}");
        assert_eq!(moved.findings(ID), [suspect("other-layout", "manifest.json", "\"es\"")]);
        assert_eq!(Widget::clean().file("i18n/es.json", b"\xff\xfe{\0}\0").findings(ID), []);
    }

    #[test]
    fn without_any_text_one_finding_says_so() {
        let without = Widget::clean().without("i18n/en.json").without("i18n/es.json").without("i18n/pt.json");
        assert_eq!(without.findings(ID).len(), 3);
        let undeclared = without.file("manifest.json", r#"{"widget": {}}"#);
        assert_eq!(undeclared.findings(ID), [certain("no-texts", "", "")]);
    }

    #[test]
    fn an_icon_of_the_left_menu_has_to_be_there() {
        let menu = |icon: &str| {
            let manifest = format!(
                r#"{{"widget": {{}}, "left_menu": {{"a": {{"icon": "{icon}"}}, "stats": {{"submenu": {{"b": {{}}}}}}}}}}"#
            );
            Widget::clean().file("manifest.json", manifest)
        };
        for icon in ["images/menu.svg", "/images/Logo_min.png"] {
            let quoted = format!("\"{icon}\"");
            assert_eq!(menu(icon).findings(ID), [suspect("no-menu-icon", "manifest.json", &quoted)]);
        }
        for icon in ["images/logo_min.png", "/images/logo_min.png?v=1", "https://auroranotes.com/menu.svg", ""] {
            assert_eq!(menu(icon).findings(ID), [], "{icon}");
        }
    }

    #[test]
    fn a_script_is_missed_only_where_a_location_needs_one() {
        assert_eq!(Widget::clean().without("script.js").findings(ID), [suspect("no-script", "manifest.json", "\"lcard-1\"")]);
        let mobile = r#"{"widget": {"locale": ["en"]}, "locations": ["mobile_card"]}"#;
        assert!(Widget::clean().without("script.js").file("manifest.json", mobile).findings(ID).is_empty());
    }
}
