//! A file that nothing in the widget names.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::{Kind, SourceFile};
use crate::rule::{Message, Rule};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unused-file",
    item: "unused-files",
    title: "Nothing uses the file",
    why: "The checklist asks to delete files, pictures and scripts that the integration does not use.",
    fix: "Delete the file, or, if the widget loads it under a name put together at run time, keep it and say so to the moderator.",
    messages: &[&UNUSED, &DOCUMENT, &SOURCE, &LOCALE, &MODULES, &MODULES_PART, &NO_START],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static UNUSED: Message = Message {
    id: "unused",
    text: "Nothing that the widget loads names {file}.",
    help: "Delete it if it is not needed. The manifest, script.js, and the files they name were followed, computed names included.",
};
static DOCUMENT: Message = Message {
    id: "document",
    text: "{file} is for developers: the widget does not use it.",
    help: "Keep it in the repository and leave it out of the archive.",
};
static SOURCE: Message = Message {
    id: "source",
    text: "{file} is a source or a tool's file: the widget runs without it.",
    help: "Leave it out of the archive: only what the build makes belongs there.",
};
static LOCALE: Message = Message {
    id: "undeclared-locale",
    text: "{file} is there, but the manifest does not declare its language.",
    help: "Add the language to widget.locale, or delete {file}.",
};
static MODULES: Message = Message {
    id: "node-modules",
    text: "Nothing uses the folder {folder}; files in it: {count}.",
    help: "Delete it: packages of npm are for building, and what the widget needs of them is in its bundle.",
};
static MODULES_PART: Message = Message {
    id: "node-modules-part",
    text: "The folder {folder} is used in part; files of it that nothing uses: {count}.",
    help: "Copy the files that the widget loads to a folder of its own, and delete {folder}.",
};
static NO_START: Message = Message {
    id: "no-start",
    text: "Without manifest.json and script.js nobody can tell which files are used; files in the archive: {count}.",
    help: "Add the two files; then what they name can be followed.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // What a manifest that could not be read whole declares is not known.
    let may_be_declared = cx.package().may_hold("manifest.json") && !cx.manifest_is_whole();
    let is_picture = |file: &SourceFile| cx.manifest().is_none() && matches!(file.kind, Kind::Image | Kind::Svg);
    let is_open = |file: &&SourceFile| may_be_declared && (message(file).id == LOCALE.id || is_picture(file));
    let unused = cx.package().widget_files().filter(|file| !cx.is_reached(&file.path) && !is_open(file));
    let unused: Vec<&SourceFile> = unused.collect();
    if !cx.is_reached("manifest.json") && !cx.is_reached("script.js") {
        let count = cx.package().widget_files().count();
        return out.push(out.suspect(&NO_START, Location::package()).arg("count", count));
    }
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in unused {
        if let Some(folder) = modules_folder(&file.path) {
            modules.entry(folder).or_default().push(&file.path);
        } else {
            out.push(out.suspect(message(file), Location::file(&*file.path)).arg("file", &*file.path));
        }
    }
    // What was not read may name anything.
    let may_be_named = cx.unparsed().iter().any(|unparsed| unparsed.kind != Kind::Image && cx.is_reached(&unparsed.path));
    for (folder, paths) in modules {
        let is_used = cx.package().files_in(folder).any(|file| cx.is_reached(&file.path));
        let mut places = paths.iter().map(|path| Location::file(*path));
        let Some(first) = places.next() else { continue };
        let finding = match (is_used, may_be_named) {
            (true, _) => out.suspect(&MODULES_PART, first),
            (false, true) => out.suspect(&MODULES, first),
            (false, false) => out.certain(&MODULES, first),
        };
        out.push(finding.arg("folder", folder).arg("count", paths.len()).also_at(places));
    }
    show_users(cx, out);
}

/// The `node_modules/` that holds a file.
fn modules_folder(path: &str) -> Option<&str> {
    const NAME: &str = "node_modules/";
    let start = if path.starts_with(NAME) { 0 } else { path.find("/node_modules/")? + 1 };
    path.get(..start + NAME.len())
}

fn message(file: &SourceFile) -> &'static Message {
    const DOCUMENTS: [&str; 6] = ["readme", "license", "licence", "changelog", "contributing", "authors"];
    let name = file.file_name().to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let stem = name.split('.').next().unwrap_or_default();
    let is_document = file.kind == Kind::Text && DOCUMENTS.contains(&stem);
    if is_document || matches!(extension, "md" | "txt") {
        &DOCUMENT
    } else if file.path.starts_with("i18n/") && file.kind == Kind::Json {
        &LOCALE
    } else if name.starts_with('.')
        || matches!(
            extension,
            "map" | "ts" | "tsx" | "jsx" | "vue" | "scss" | "sass" | "less" | "php" | "py" | "sh" | "lock" | "yml"
        )
        || matches!(
            &*name,
            "package.json" | "package-lock.json" | "tsconfig.json" | "gulpfile.js" | "webpack.config.js" | "composer.json"
        )
    {
        &SOURCE
    } else {
        &UNUSED
    }
}

/// For each file that another one names, who does.
fn show_users(cx: &Context<'_>, out: &mut Findings<'_>) {
    for file in cx.package().widget_files() {
        let Some(namer) = cx.namer(&file.path) else { continue };
        let Some(path) = &namer.path else { continue };
        let location = Location { path: Some(path.clone()), span: namer.span };
        out.evidence("used-by", &*file.path, format!("named in {path}"), location);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, suspect};

    const ID: &str = "unused-file";

    #[test]
    fn what_a_broken_manifest_still_names_is_used() {
        let manifest = r#"{"locations": ["settings"}, "tour": {"tour_images": {"en": ["/images/extra.png"]}}}"#;
        let widget = Widget::clean().file("images/extra.png", "x").file("images/none.png", "x").file("manifest.json", manifest);
        let found = widget.findings(ID);
        assert!(found.contains(&suspect("unused", "images/none.png", "")), "{found:?}");
        assert!(!found.contains(&suspect("unused", "images/extra.png", "")), "{found:?}");
    }

    #[test]
    fn a_language_may_be_declared_in_a_manifest_that_cannot_be_read() {
        assert!(!Widget::clean().file("manifest.json", "").findings(ID).iter().any(|seen| seen.message == "undeclared-locale"));
    }

    #[test]
    fn a_manifest_that_is_no_text_may_name_pictures() {
        let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let widget = Widget::clean().file("js/old.js", "1").file("manifest.json", [&b"\xff\xfe"[..], &utf16].concat());
        assert_eq!(widget.findings(ID), [suspect("unused", "js/old.js", "")]);
        let unread = Widget::clean().file("js/old.js", "1").unread("manifest.json");
        assert_eq!(unread.findings(ID), [suspect("unused", "js/old.js", "")]);
    }

    #[test]
    fn a_file_that_nothing_names_is_suspect() {
        let widget = Widget::clean()
            .file("js/old.js", "1")
            .file("README.md", "x")
            .file("script.js.map", "{}")
            .file("i18n/tr.json", "{}")
            .file("old/license_list.html", "");
        let expected = [
            suspect("document", "README.md", ""),
            suspect("undeclared-locale", "i18n/tr.json", ""),
            suspect("unused", "js/old.js", ""),
            suspect("unused", "old/license_list.html", ""),
            suspect("source", "script.js.map", ""),
        ];
        assert_eq!(widget.findings(ID), expected);
    }

    #[test]
    fn files_are_used_however_they_are_named() {
        let scripts = [
            ("js/app.js", "define(['jquery', './js/app.js?v=%WidgetVersion%'], function ($) {});\n"),
            ("js/app.js", "define(['./js/app'], function () {});\n"),
            (
                "templates/card.twig",
                "define([], function () { return function (n) { this.render({ href: '/templates/' + n + '.twig' }); }; });\n",
            ),
            (
                "templates/card.twig",
                "define([], function () { return function (n) { require(['text!' + this.path + '/templates/' + n + '.twig']); }; });\n",
            ),
            (
                "images/question.svg",
                "define([], function () { return function (icons) { return icons.path + '/question.svg'; }; });\n",
            ),
            ("css/panel.css", "define([], function () { return function (file) { return file.name + '.css'; }; });\n"),
            (
                "images/late.svg",
                "define([], function () { return function (n) { return this.path + '/images/%s.svg'.replace('%s', n); }; });\n",
            ),
            (
                "templates/late.html",
                "define([], function () { return function (n) { return this.path + 'templates/{name}.html'.replace('{name}', n); }; });\n",
            ),
            ("build/app.8f3a.js", "define(['./build/app.8f3a.js?cache=' + Date.now()], function () {});\n"),
        ];
        for (path, script) in scripts {
            let found = Widget::clean().file("script.js", script).file(path, "").findings(ID);
            assert!(found.iter().all(|seen| seen.path != path), "{path} in {script}");
        }
    }

    #[test]
    fn styles_and_templates_name_files_too() {
        let widget = Widget::clean()
            .file("style.css", "@import \"more.css\";\n.shift-notes { background: url(images/bg.png); }\n")
            .file("more.css", "")
            .file("images/bg.png", "x")
            .file("images/old.png", "x");
        assert_eq!(widget.findings(ID), [suspect("unused", "images/old.png", "")]);
    }

    #[test]
    fn node_modules_are_one_finding() {
        let widget = Widget::clean().file("node_modules/a/index.js", "1").file("node_modules/b/index.js", "1");
        assert_eq!(widget.findings(ID), [certain("node-modules", "node_modules/a/index.js", "")]);
        let broken = Widget::clean().file("node_modules/a/index.js", "1").file("script.js", "define(");
        assert!(broken.findings(ID).contains(&suspect("node-modules", "node_modules/a/index.js", "")));
        let used = widget.file("script.js", "define(['./node_modules/a/index.js'], function () {});\n");
        assert!(used.findings(ID).contains(&suspect("node-modules-part", "node_modules/b/index.js", "")));
    }

    #[test]
    fn what_a_widget_always_has_is_never_unused() {
        let widget = Widget::clean().file("images/logo_dp.png", "x");
        assert!(widget.findings(ID).is_empty());
    }

    #[test]
    fn without_a_start_one_finding_says_so() {
        let widget = Widget::empty().file("a.js", "1").file("b.js", "2");
        assert_eq!(widget.findings(ID), [suspect("no-start", "", "")]);
    }
}
