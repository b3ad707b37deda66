//! A file that every widget has and this one lacks.

use crate::checklist::LIMITS;
use crate::context::{Context, Examined, Lacking, NamedFile, Origin};
use crate::finding::{ByCause, Findings, Location};
use crate::package::Package;
use crate::package::reach::join;
use crate::rule::{Example, Message, Rule};
use crate::syntax::has_hole;
use crate::syntax::script::{Dependency, Kind, Loader, NodeId, Script};
use rustc_hash::FxHashSet;
use std::cell::LazyCell;

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-file",
    item: "archive-files",
    title: "A required file is missing",
    why: "Kommo refuses an archive without manifest.json, a file for each declared language, and the five logos.",
    fix: "Add the file under exactly the name that is given; names of files are case-sensitive.",
    messages: &[
        &MISSING,
        &MISSPELT,
        &UNREAD,
        &NO_TEXTS,
        &NO_LOCALE,
        &OTHER_LAYOUT,
        &NO_SCRIPT,
        &NO_ICON,
        &NO_MODULE,
        &NO_TEMPLATE,
    ],
    bad: &[
        Example {
            path: "manifest.json",
            text: "{\"widget\": {\"locale\": [\"en\", \"es\", \"pt\", «\"tr\"»]}, \"locations\": [\"settings\"]}\n",
        },
        Example { path: "script.js", text: "define(['jquery', «'./app.js?v=1'»], function ($, App) {\n  return App;\n});\n" },
    ],
    good: &[
        Example { path: "manifest.json", text: "{\"widget\": {\"locale\": [\"en\", \"es\"]}, \"locations\": [\"settings\"]}\n" },
        Example {
            path: "script.js",
            text: "define(['jquery', 'lib/components/base/modal', './i18n/en.json'], function ($, Modal) {\n  return Modal;\n});\n",
        },
    ],
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

static NO_MODULE: Message = Message {
    id: "no-module",
    text: "The script loads {file}, which is not in the archive: it does not start without it.",
    help: "Add {file} to the archive, correct the path, or take it out of the dependencies.",
};

static NO_TEMPLATE: Message = Message {
    id: "no-template",
    text: "The script renders {file}, which is not in the archive: nothing is shown in its place.",
    help: "Add {file} to the archive, or correct the path: it is counted from the root of the archive.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    check_path(cx, out, "manifest.json");
    check_texts(cx, out);
    for logo in &LIMITS.logos {
        let path = format!("images/{}", logo.file);
        match cx.logo(logo) {
            None => check_path(cx, out, if cx.package().unread.contains(logo.file) { logo.file } else { &path }),
            Some(file) if file.path == logo.file => {
                let value = format!("{} is at the root of the archive; its usual place is {path}", logo.file);
                out.evidence("note", "Place of a logo", value, Location::file(logo.file));
            }
            Some(_) => {}
        }
    }
    check_script(cx, out);
    check_menu_icons(cx, out);
    check_loaded(cx, out);
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
        if cx.locales().all.is_empty() && !cx.has_unread_texts() && !cx.package().may_hold("i18n/en.json") {
            out.push(out.certain(&NO_TEXTS, Location::package()).arg("file", "i18n/*.json"));
        }
        return;
    };
    let mut seen = FxHashSet::default();
    let locales = manifest.locales();
    for declared in &locales {
        let code = declared.text();
        let path = format!("i18n/{code}.json");
        // One that is no text is there all the same; its encoding has an item of its own.
        if code.is_empty() || cx.package().file(&path).is_some() || !seen.insert(code) {
            continue;
        }
        if let Some(locale) = cx.locales().get(code) {
            let finding = out.suspect(&OTHER_LAYOUT, Location::span(&*manifest.path, declared.span));
            let finding = finding.related(&crate::finding::ALSO_HERE, Location::file(&*locale.path));
            out.push(finding.arg("locale", code).arg("file", path).arg("found", &*locale.path));
        } else if let Some(path) = cx.unread_texts(code) {
            out.push(out.suspect(&UNREAD, Location::span(&*manifest.path, declared.span)).arg("locale", code).arg("file", path));
        }
    }
    for Lacking { language, path, location, .. } in cx.languages_without_file() {
        out.push(out.certain(&NO_LOCALE, location.clone()).arg("locale", &**language).arg("file", &**path));
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
    let mut missing = ByCause::default();
    for icon in manifest.menu_items().into_iter().filter_map(|item| item.icon) {
        if !icon.text().is_empty() && matches!(cx.named_file(icon.text()), NamedFile::Missing | NamedFile::Alike(_)) {
            let finding = out.suspect(&NO_ICON, Location::span(&*manifest.path, icon.span));
            missing.add(icon.text(), finding.arg("file", icon.text()));
        }
    }
    missing.push_to(out);
}

/// Looks for files of the widget's own that its scripts cannot do without.
fn check_loaded(cx: &Context<'_>, out: &mut Findings<'_>) {
    let is_own = |examined: &&Examined<Script>| {
        examined.origin == Origin::File && cx.is_surely_reached(&examined.path) && !cx.is_bundled(&examined.path)
    };
    let present = LazyCell::new(|| Present::of(cx.package()));
    let mut missing = ByCause::default();
    for examined in cx.scripts().iter().filter(is_own) {
        let script = &examined.facts;
        let mut add = |message: &'static Message, node: NodeId, file: String| {
            missing.add(&file, out.suspect(message, examined.at(script.span(node))).arg("file", &*file));
        };
        let dependencies = script.dependencies();
        // Asked once: a list of dependencies may be long.
        let is_module = !dependencies.is_empty() && !script.modules().is_empty();
        for dependency in dependencies.iter().filter(|dependency| is_needed(script, **dependency, is_module)) {
            let name = script.text(dependency.name);
            if let Some(file) = name.and_then(|name| missing_module(&present, &examined.path, &name.text)) {
                add(&NO_MODULE, dependency.name, file);
            }
        }
        for address in rendered(script) {
            if let Some(file) = script.text(address).and_then(|address| missing_template(&present, &address.text)) {
                add(&NO_TEMPLATE, address, file);
            }
        }
    }
    missing.push_to(out);
}

/// The addresses of templates that a script renders from the widget's own folder:
/// `self.render({ href: '/templates/a.twig', base_path: self.params.path })`.
fn rendered(script: &Script) -> Vec<NodeId> {
    let options = script.methods("render").flat_map(|call| call.arguments()).map(|options| script.value(options));
    let is_own = |options: NodeId| {
        let base = script.property(options, "base_path").filter(|&base| script.constant(base).is_none());
        base.is_some_and(|base| script.code(base).to_ascii_lowercase().ends_with("path"))
    };
    let options = options.filter(|&options| script.kind(options) == Kind::Object && is_own(options));
    options.filter_map(|options| script.property(options, "href")).collect()
}

/// The path of the template that an address in the widget's folder stands for, if the archive has none that it could be.
fn missing_template(present: &Present, address: &str) -> Option<String> {
    let path = address.trim().split(['?', '#']).next()?;
    let is_elsewhere = path.contains("//") || path.trim_start_matches('/').starts_with("tmpl/");
    if is_elsewhere || !path.ends_with(".twig") || !is_known(path) {
        return None;
    }
    let file = join("", path)?;
    (!present.may_hold(&file)).then_some(file)
}

/// Whether requirejs loads a dependency, and reads its name from the script's own folder. What a library does only where there
/// is a `define`, and modules that are named because they stand with others in one file, have ways of their own. `is_module` tells
/// whether the script defines one.
fn is_needed(script: &Script, dependency: Dependency, is_module: bool) -> bool {
    let is_conditional = |id| matches!(script.kind(id), Kind::If | Kind::Conditional | Kind::Either { .. });
    let is_named = |id| {
        script.call(id).is_some_and(|call| {
            script.callee_name(call) == Some("define") && call.argument(0).is_some_and(|name| script.text(name).is_some())
        })
    };
    match dependency.loader {
        Loader::Require => !script.ancestors(dependency.name).any(is_named),
        Loader::Define | Loader::RequireOne => {
            let mut around = script.ancestors(dependency.name);
            is_module && !around.any(|id| is_conditional(id) || is_named(id))
        }
        Loader::Import | Loader::DynamicImport => false,
    }
}

/// The path of the file that a relative name in the script `from` stands for, if the archive has none that it could be.
fn missing_module(present: &Present, from: &str, name: &str) -> Option<String> {
    let name = name.trim().split(['?', '#']).next()?;
    let name = name.strip_suffix("!strip").unwrap_or(name);
    let (plugin, name) = name.rsplit_once('!').unwrap_or(("", name));
    let is_relative = name.starts_with("./") || name.starts_with("../");
    if !is_relative || name.ends_with(['/', '.']) || !is_known(name) || !is_known(plugin) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    // What leads out of the package is on Kommo's servers.
    let file = join(folder, name)?;
    if present.may_hold(&file) || join("", name).is_some_and(|file| present.may_hold(&file)) {
        return None;
    }
    let has_extension = file.rsplit('/').next().is_some_and(|last| last.contains('.'));
    Some(if has_extension || !plugin.is_empty() { file } else { format!("{file}.js") })
}

/// Whether all of a path is known before run time.
fn is_known(path: &str) -> bool {
    !has_hole(path) && !path.contains(['%', '*', '{', '$'])
}

/// What the archive holds or may hold.
struct Present {
    /// Paths with and without their extensions, in lower case.
    paths: FxHashSet<String>,
    /// Whether there are no other files.
    is_complete: bool,
}

impl Present {
    fn of(package: &Package) -> Self {
        let paths = package.files.keys().chain(&package.unread).map(|path| path.to_lowercase());
        let mut present = Self { paths: FxHashSet::default(), is_complete: package.is_complete };
        for path in paths {
            present.paths.extend(path.rsplit_once('.').map(|(stem, _)| stem.to_owned()));
            present.paths.insert(path);
        }
        present
    }

    fn may_hold(&self, path: &str) -> bool {
        !self.is_complete || self.paths.contains(&path.to_lowercase())
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
    fn a_long_list_of_dependencies_is_read_once() {
        let names = (0..30_000).map(|number| format!("'./a{number}'")).collect::<Vec<_>>().join(",\n  ");
        let found = Widget::empty().file("script.js", format!("define([{names}], function () {{}});")).findings(ID);
        assert!(found.contains(&suspect("no-module", "script.js", "'./a0'")));
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
        let unread = Widget::clean().without("images/logo.png").unread("logo.png");
        assert_eq!(unread.findings(ID), [suspect("unread", "", "")]);
        let misspelt = Widget::clean().without("images/logo.png").file("images/Logo.PNG", &logo);
        assert_eq!(misspelt.findings(ID), [certain("misspelt", "", "")]);
    }

    #[test]
    fn a_language_in_another_layout_or_encoding_is_not_missed() {
        let moved = Widget::clean().without("i18n/es.json").file("i18n/es/config.json", "{}");
        assert_eq!(moved.findings(ID), [suspect("other-layout", "manifest.json", "\"es\"")]);
        assert_eq!(Widget::clean().file("i18n/es.json", b"\xff\xfe{\0}\0").findings(ID), []);
        for path in ["i18n/es.json", "i18n/es/config.json"] {
            let unread = Widget::clean().without("i18n/es.json").unread(path);
            assert_eq!(unread.findings(ID), [suspect("unread", "manifest.json", "\"es\"")], "{path}");
            assert_eq!(unread.findings("missing-translation"), [], "{path}");
        }
        let other = Widget::clean().without("i18n/es.json").unread("i18n/es/texts.json");
        assert_eq!(other.findings(ID), [certain("no-locale-file", "manifest.json", "\"es\"")]);
    }

    #[test]
    fn without_any_text_one_finding_says_so() {
        let without = Widget::clean().without("i18n/en.json").without("i18n/es.json").without("i18n/pt.json");
        assert_eq!(without.findings(ID).len(), 3);
        let undeclared = without.file("manifest.json", r#"{"widget": {}}"#);
        assert_eq!(undeclared.findings(ID), [certain("no-texts", "", "")]);
        assert_eq!(undeclared.unread("i18n/es.json").findings(ID), []);
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
        let shared = r#"{"widget": {}, "left_menu": {"a": {"icon": "images/m.svg"}, "b": {"icon": "images/m.svg"}}}"#;
        let found = Widget::clean().file("manifest.json", shared).findings(ID);
        assert_eq!(found, [suspect("no-menu-icon", "manifest.json", "\"images/m.svg\"")]);
        for icon in ["images/logo_min.png", "/images/logo_min.png?v=1", "https://auroranotes.com/menu.svg", ""] {
            assert_eq!(menu(icon).findings(ID), [], "{icon}");
        }
    }

    #[test]
    fn what_a_script_loads_from_its_own_folder_has_to_be_there() {
        let of = |path: &str, script: &str| {
            let start = format!("define(['./{path}'], function (start) {{ return start; }});");
            let widget = if path == "script.js" { Widget::clean() } else { Widget::clean().file("script.js", start) };
            widget.file(path, script).file("lib/there.js", "define({});").file("templates/there.twig", "<b></b>")
        };
        for (path, script, place) in [
            ("script.js", "define(['jquery', './app.js'], function ($, App) { return App; });", "'./app.js'"),
            (
                "script.js",
                "define(['./app.js?cache=' + Date.now()], function (App) { return App; });",
                "'./app.js?cache=' + Date.now()",
            ),
            ("script.js", "define(['jquery'], ($) => { require(['./lib/a'], f); function f() {} });", "'./lib/a'"),
            ("script.js", "define(function (require) { var a = require('./lib/a'); return a; });", "'./lib/a'"),
            ("script.js", "define(['text!./templates/a.twig'], function (a) { return a; });", "'text!./templates/a.twig'"),
            ("script.js", "define(['css!./style/a'], function () {});", "'css!./style/a'"),
            ("lib/a.js", "define(['../app'], function (App) { return App; });", "'../app'"),
        ] {
            assert_eq!(of(path, script).findings(ID), [suspect("no-module", path, place)], "{script}");
        }
        for (path, script) in [
            (
                "script.js",
                "define(['./lib/there', './Lib/There.js', 'text!./templates/there.twig'], function (a) { return a; });",
            ),
            ("script.js", "define(['app', 'lib/app', '/app.js', 'https://auroranotes.com/app.js'], function (a) { return a; });"),
            ("script.js", "define(['./' + name, './lib/' + name + '.js', `./${name}/a.js`], function (a) { return a; });"),
            ("script.js", "define('a', ['./b'], function (b) { return b; });"),
            ("script.js", "if (typeof define === 'function' && define.amd) define(['./b'], f); else f(); function f() {}"),
            ("script.js", "typeof exports === 'object' ? f(require('./b')) : f(); define([], f); function f() {}"),
            ("lib/a.js", "define(['./lib/there', '../../out', './there.js?v=1'], function (a) { return a; });"),
        ] {
            assert_eq!(of(path, script).findings(ID), [], "{script}");
        }
        let unused = Widget::clean().file("old/unused.js", "define(['./gone'], function (a) { return a; });");
        assert_eq!(unused.findings(ID), []);
        let twice = of("lib/a.js", "define(['../app', './app'], function (a) { return a; }); require(['../app.js']);");
        assert_eq!(twice.findings(ID).len(), 2);
    }

    #[test]
    fn a_template_that_a_script_renders_has_to_be_there() {
        let render = |options: &str| {
            let script = format!("define([], function () {{ self.render({{ {options} }}, data); }});");
            Widget::clean().file("script.js", script).file("templates/there.twig", "<b></b>").findings(ID)
        };
        let gone = "href: '/templates/gone.twig', base_path: self.params.path, load: show";
        assert_eq!(render(gone), [suspect("no-template", "script.js", "'/templates/gone.twig'")]);
        let versioned = "href: 'templates/gone.twig?v=' + version, base_path: settings.path";
        assert_eq!(render(versioned), [suspect("no-template", "script.js", "'templates/gone.twig?v=' + version")]);
        for calm in [
            "href: '/templates/There.twig', base_path: self.params.path",
            "href: '/templates/' + name + '.twig', base_path: self.params.path",
            "href: '/tmpl/controls/gone.twig', base_path: self.params.path",
            "href: '/templates/gone.twig', base_path: '/'",
            "href: '/templates/gone.twig', base_path: self.server",
            "href: '/templates/gone.twig'",
        ] {
            assert_eq!(render(calm), [], "{calm}");
        }
    }

    #[test]
    fn a_script_is_missed_only_where_a_location_needs_one() {
        assert_eq!(Widget::clean().without("script.js").findings(ID), [suspect("no-script", "manifest.json", "\"lcard-1\"")]);
        let mobile = r#"{"widget": {"locale": ["en"]}, "locations": ["mobile_card"]}"#;
        assert!(Widget::clean().without("script.js").file("manifest.json", mobile).findings(ID).is_empty());
    }
}
