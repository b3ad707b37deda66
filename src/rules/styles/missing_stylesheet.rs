//! A stylesheet that the widget links is not in the package, or is empty.

use crate::context::{Context, Examined, Origin};
use crate::finding::{Certainty, Findings, Location};
use crate::package::reach::join;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Kind, NodeId, Role, Script, TextRole};
use crate::syntax::style::{Preprocessor, Stylesheet};
use crate::syntax::{Fragment, Span, has_hole, is_hole};
use std::collections::BTreeSet;

static MISSING: Message = Message {
    id: "missing",
    text: "The stylesheet `{file}` is linked here and is not in the package.",
    help: "Add {file} to the archive, or take the link out. Upper and lower case count in its name.",
};
static IMPORT: Message = Message {
    id: "missing-import",
    text: "`@import` names `{file}`, which is not in the package.",
    help: "Add {file} to the archive, or take the import out. The path counts from the folder of the importing file.",
};
static EMPTY: Message = Message {
    id: "empty",
    text: "The stylesheet {file} has no styles.",
    help: "Delete the file and its link, or put the styles in that belong there.",
};
static PREPROCESSOR: Message = Message {
    id: "preprocessor",
    text: "`{code}` is code for a style preprocessor; browsers skip it.",
    help: "Compile the file (Sass, Less, Tailwind) and ship the CSS that comes out.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-stylesheet",
    item: "style-files",
    title: "Stylesheet that is not there",
    why: "A stylesheet that is linked and missing leaves the widget without its look, and each load asks the server in vain.",
    fix: "Ship every stylesheet that the widget links, and link none that it does not need.",
    messages: &[&MISSING, &IMPORT, &EMPTY, &PREPROCESSOR],
    bad: &[
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  var self = this;\n  $('head').append('<link rel=\"stylesheet\" href=\"' + «self.get_settings().path + '/own.css»\">');\n});\n",
        },
        Example { path: "style.css", text: "@import «'parts/own.css'»; #aurora-notes { top: 0 }" },
    ],
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  var self = this;\n  $('head').append('<link rel=\"stylesheet\" href=\"' + self.get_settings().path + '/style.css?v=1\">');\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut told = BTreeSet::new();
    for link in links(cx) {
        let shown = link.path.trim_start_matches('/');
        if link.exists && !link.has_version {
            out.evidence("link", "Linked without ?v=<version>", shown, link.location.clone());
        }
        if link.exists || !told.insert((link.location.clone(), shown.to_owned())) {
            continue;
        }
        out.push(out.finding(link.certainty, &MISSING, link.location).arg("file", shown));
    }
    for sheet in cx.styles() {
        missing_imports(cx, sheet, out);
        // The checklist itself writes its comments on styles with `//`.
        let mut leftovers = sheet.facts.leftovers.iter().filter(|leftover| leftover.what != Preprocessor::LineComment);
        if let Some(first) = leftovers.next().filter(|_| sheet.origin != Origin::ScriptString) {
            let places = leftovers.map(|leftover| sheet.at(leftover.span));
            let code = super::text_at(cx, &sheet.path, first.span);
            out.push(out.suspect(&PREPROCESSOR, sheet.at(first.span)).also_at(places).arg("code", code));
        }
    }
    for sheet in cx.styles().iter().filter(|sheet| sheet.origin == Origin::File) {
        let bytes = cx.package().file(&sheet.path).map(|file| file.bytes()).unwrap_or_default();
        if is_empty(bytes, &sheet.facts) {
            out.push(out.suspect(&EMPTY, Location::file(&*sheet.path)).arg("file", &*sheet.path));
        }
    }
}

/// Whether nothing but comments and white space stands in a stylesheet.
fn is_empty(bytes: &[u8], sheet: &Stylesheet) -> bool {
    if !sheet.rules.is_empty() {
        return false;
    }
    let in_comments: usize = sheet.comments.iter().map(|comment| comment.len() as usize).sum();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blank = text.iter().filter(|byte| byte.is_ascii_whitespace()).count();
    let blank_in_comments = |span: &Span| {
        let comment = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
        comment.iter().filter(|byte| byte.is_ascii_whitespace()).count()
    };
    let counted_twice: usize = sheet.comments.iter().map(blank_in_comments).sum();
    !sheet.cut && text.len() == in_comments + blank - counted_twice
}

fn missing_imports(cx: &Context<'_>, sheet: &Examined<Stylesheet>, out: &mut Findings<'_>) {
    for import in sheet.facts.imports.iter().filter(|import| is_relative(&import.address) && !has_hole(&import.address)) {
        let folder = sheet.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let address = plain(&import.address);
        // What lies above the widget's folder is on Kommo's server, perhaps.
        let path = join(folder, address);
        if !path.as_deref().is_some_and(|path| cx.package().may_hold_encoded(path)) {
            // `{{ path }}` may be filled in before the page gets it.
            let is_known = path.is_some() && !import.address.contains('{');
            let is_sure = is_known && sheet.origin == Origin::File && !import.ignored;
            let certainty = if is_sure { Certainty::Certain } else { Certainty::Suspect };
            let finding = out.finding(certainty, &IMPORT, sheet.at(import.span));
            out.push(finding.arg("file", path.as_deref().unwrap_or(address)));
        }
    }
}

/// A link to a stylesheet whose path below the widget is known.
struct Link {
    path: String,
    exists: bool,
    /// Whether the address says which version it means, so that browsers load a new one anew.
    has_version: bool,
    certainty: Certainty,
    location: Location,
}

fn links(cx: &Context<'_>) -> Vec<Link> {
    let mut found = Vec::new();
    for markup in cx.markups() {
        let is_page = markup.origin == Origin::File && cx.is_page(&markup.path);
        for element in markup.facts.elements.iter().filter(|element| &*element.name == "link") {
            let Some(href) = element.attribute("href") else { continue };
            let is_sheet =
                element.attribute("rel").is_some_and(|rel| rel.words().any(|(word, _)| word.eq_ignore_ascii_case("stylesheet")));
            if is_sheet {
                let folder = is_page.then(|| markup.path.rsplit_once('/').map_or("", |(folder, _)| folder));
                found.extend(link(cx, &markup.path, &href.value, href.value_span, folder));
            }
        }
    }
    for script in cx.scripts() {
        let of_elements = script.facts.loads().iter().filter(|load| load.is_style).map(|load| load.node);
        // The address has to end so, and few texts do.
        let named = script.facts.contents().filter(|(_, text)| text.text.contains(".css")).map(|(id, _)| id);
        for text in named.filter(|text| is_href(&script.facts, *text)).chain(of_elements) {
            let address = script.facts.text(text).filter(|address| !address.text.contains(['<', ' ']));
            found.extend(address.and_then(|address| link(cx, &script.path, &address, script.facts.span(text), None)));
        }
    }
    found
}

/// Whether a text of a script becomes the address of a link.
fn is_href(script: &Script, text: NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Assigned(_, Some("href")) | TextRole::Property(Some("href")) => true,
        TextRole::Argument(call, 1) => {
            matches!(call.method(), Some("attr" | "prop" | "setAttribute"))
                && call.argument(0).and_then(|name| script.constant(name)).is_some_and(|name| name == "href")
        }
        _ => false,
    }
}

/// Reads an address that names one stylesheet, seen from `folder` or from a base that only run time knows.
fn link(cx: &Context<'_>, path: &str, address: &Fragment<'_>, span: Span, folder: Option<&str>) -> Option<Link> {
    let text = plain(&address.text);
    // The loader plugin is no part of the address: `css!./own.css`.
    let text = text.strip_prefix("css!").unwrap_or(text);
    let constant = text.trim_start_matches(is_hole);
    if has_hole(constant) || !constant.ends_with(".css") {
        return None;
    }
    let location = Location::span(path, span);
    let base = text.len() - constant.len();
    if base == 0 && !is_relative(constant) {
        return None;
    }
    let linked = join(folder.filter(|_| base == 0).unwrap_or_default(), constant)?;
    let is_known = base > 0 && is_own_path(cx, path, address.map.span(Span::new(0, base as u32)));
    // Seen from an unknown base, a file of that name in any folder may be meant.
    let is_page = base == 0 && folder.is_some();
    let in_folder = || cx.has_path_ending(&format!("/{linked}"));
    let exists = cx.package().may_hold_encoded(&linked) || (!is_known && !is_page && in_folder());
    let certainty = if is_known { Certainty::Certain } else { Certainty::Suspect };
    let has_version = is_page || address.text.contains('?');
    Some(Link { path: linked, exists, has_version, certainty, location })
}

/// Whether the expression at `base` is the widget's own path, as Kommo gives it: `settings.path`, `params.path`, `get_settings().path`.
fn is_own_path(cx: &Context<'_>, path: &str, base: Span) -> bool {
    /// Constants that stand for constants.
    const DEPTH: u8 = 4;
    cx.scripts_of(path).iter().any(|script| starts_at_own_path(&script.facts, base, DEPTH))
}

/// Whether the expression at `base` is the widget's own path, or a constant that starts with it.
fn starts_at_own_path(script: &Script, base: Span, depth: u8) -> bool {
    script.nodes_at(base).any(|node| {
        let value = script.value(node);
        let of_constant = || {
            let text = script.text(value).filter(|_| value != node && depth > 0)?;
            let known = text.text.trim_start_matches(is_hole);
            let base = Span::new(0, (text.text.len() - known.len()) as u32);
            (!base.is_empty()).then(|| starts_at_own_path(script, text.map.span(base), depth - 1))
        };
        names_own_path(script, value) || is_destructured_path(script, value) || of_constant() == Some(true)
    })
}

/// Whether an expression is the member `path` of what Kommo gives the widget.
fn names_own_path(script: &Script, value: NodeId) -> bool {
    matches!(script.kind(value), Kind::Member(name) if script.word(name) == "path")
        && script.child(value, 0).is_some_and(|holder| is_settings(script, holder))
}

/// Whether a name is taken out of what Kommo gives the widget: `const { path } = self.get_settings()`.
fn is_destructured_path(script: &Script, name: NodeId) -> bool {
    let Some(binding) = script.symbol(name).and_then(|symbol| script.binding(symbol)) else { return false };
    let key = script.parent(binding);
    let pattern = script.parent(key);
    let declaration = script.parent(pattern);
    let is_path = matches!(script.kind(key), Kind::PatternProperty(Some(word)) if script.word(word) == "path");
    let source = script.child(declaration, 1).filter(|_| is_path && script.kind(declaration) == Kind::Declare);
    source.is_some_and(|source| is_settings(script, source))
}

/// Whether an expression is surely what Kommo gives this widget: `this.params`, `self.get_settings()`. What another object has under
/// these names, and what the script puts there itself, may be anything.
fn is_settings(script: &Script, expression: NodeId) -> bool {
    let value = script.value(expression);
    let (widget, name) = match script.kind(value) {
        Kind::Member(name) if script.word(name) == "params" => (script.child(value, 0), "params"),
        Kind::Call => match script.call(value).filter(|call| call.method() == Some("get_settings")) {
            Some(call) => (call.receiver(), "get_settings"),
            None => return false,
        },
        _ => return false,
    };
    let this = widget.and_then(|widget| script.this_meant(widget));
    this.is_some_and(|this| is_widget(script, this)) && !script.gives_member(name)
}

/// Whether `this` may be the widget itself: in a method it is what has the method, which need not be the one with the callbacks.
fn is_widget(script: &Script, this: NodeId) -> bool {
    let owns_this = |&outer: &NodeId| matches!(script.kind(outer), Kind::Function { arrow: false, .. } | Kind::Class);
    let Some(owner) = script.ancestors(this).find(owns_this) else { return false };
    let holder = script.parent(script.parent(owner));
    let owner = if script.kind(holder) == Kind::Class { holder } else { owner };
    let is_method = script.kind(owner) == Kind::Class || matches!(script.role(owner), Role::Method(_));
    let callbacks = script.named("callbacks");
    let next = callbacks.get(callbacks.partition_point(|&id| id < owner));
    !is_method || next.is_some_and(|&id| script.is_inside(id, owner))
}

/// An address without query and fragment.
fn plain(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

fn is_relative(address: &str) -> bool {
    let plain = plain(address);
    !plain.is_empty() && !plain.starts_with('/') && !plain.contains(':')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, certain, suspect};

    fn script(body: &str) -> Vec<Seen> {
        let text = format!("define(['jquery'], function ($) {{ var self = this; {body} }});");
        small().file("script.js", text).findings(RULE.id)
    }

    #[test]
    fn links_below_the_widgets_own_path_fail() {
        for base in ["self.get_settings().path", "self.params.path", "settings.path", "self.get_settings()['path']"] {
            let seen = script(&format!(
                "var settings = self.get_settings(); $('head').append('<link href=\"' + {base} + '/own.css?v=1\" rel=\"stylesheet\">');"
            ));
            assert_eq!(seen.len(), 1, "{base}");
            assert_eq!((seen[0].certainty, seen[0].message), (crate::finding::Certainty::Certain, "missing"), "{base}");
        }
        for body in [
            "var path = self.get_settings().path; $('head').append('<link rel=\"stylesheet\" href=\"' + path + '/own.css\">');",
            "var s = self.get_settings(); $('head').append(`<link rel=\"stylesheet\" href=\"${s.path}/own.css\">`);",
            "var link = document.createElement('link'); link.rel = 'stylesheet'; link.href = self.params.path + '/css/own.css';",
            "var url = self.params.path + '/own.css'; $('head').append('<link rel=\"stylesheet\" href=\"' + url + '\">');",
            "const { path } = self.get_settings(); $('head').append(`<link rel=\"stylesheet\" href=\"${path}/own.css\">`);",
            "var { path: base } = self.params; $('head').append('<link rel=\"stylesheet\" href=\"' + base + '/own.css\">');",
            "var css = self.params.path + '/own.css'; $('<link>', { rel: 'stylesheet', href: css }).appendTo('head');",
            "var url = self.params.path + '/own.css', link = document.createElement('link'); link.href = url;",
            "$('head').append('<link rel=\"stylesheet\" href=\"'.concat(self.params.path, '/own.css').concat('\">'));",
        ] {
            let seen = script(body);
            assert_eq!(seen.len(), 1, "{body}");
            assert_eq!(seen[0].certainty, crate::finding::Certainty::Certain, "{body}");
        }
    }

    #[test]
    fn a_path_counts_as_the_widgets_own_only_where_that_is_sure() {
        let load = |base: &str| format!("$('head').append('<link rel=\"stylesheet\" href=\"' + {base} + '/own.css\">');");
        let certainties = |script: String| {
            let seen = small().file("script.js", &script).findings(RULE.id);
            seen.iter().map(|seen| seen.certainty).collect::<Vec<_>>()
        };
        let (params, settings) = (load("this.params.path"), load("self.get_settings().path"));
        for sure in [
            format!("class W {{ constructor() {{ this.callbacks = {{}}; }} style() {{ {params} }} }}"),
            format!(
                "exports.W = function () {{ var self = this; this.callbacks = {{ render: function () {{ {settings} }} }}; }};"
            ),
            format!("define([], () => function () {{ const self = this; self.load = () => {{ {settings} }}; }});"),
        ] {
            assert_eq!(certainties(sure.clone()), [crate::finding::Certainty::Certain], "{sure}");
        }
        for unsure in [
            format!("define([], function () {{ return function (settings) {{ {} }}; }});", load("settings.path")),
            format!("define([], function () {{ return function (params) {{ {} }}; }});", load("params.path")),
            format!("define([], function () {{ return function (widget) {{ {} }}; }});", load("widget.params.path")),
            format!("function W() {{ {} }}", load("APP.widgets.list.other.get_settings().path")),
            format!("class Panel {{ style() {{ {params} }} }}"),
            format!("var panel = {{ style: function () {{ {params} }} }};"),
            format!("function Panel(w) {{ this.params = w; {params} }}"),
            format!("function Panel() {{ var self = this; self.get_settings = f; {settings} }}"),
            format!("function Panel(w) {{ $.extend(this, {{ params: w }}); {params} }}"),
            params,
        ] {
            assert_eq!(certainties(unsure.clone()), [crate::finding::Certainty::Suspect], "{unsure}");
        }
    }

    #[test]
    fn unknown_bases_are_suspect() {
        for body in [
            "$('head').append('<link rel=\"stylesheet\" href=\"' + base() + '/own.css\">');",
            "$('head').append('<link rel=\"stylesheet\" href=\"' + self.params.path + folder + '/own.css\">');",
            "var url = self.params.path + folder + '/own.css'; $('head').append('<link rel=\"stylesheet\" href=\"' + url + '\">');",
            "$('head').append('<link rel=\"stylesheet\" href=\"css/own.css\">');",
        ] {
            let seen = script(body);
            assert_eq!(seen.len(), 1, "{body}");
            assert_eq!(seen[0].certainty, crate::finding::Certainty::Suspect, "{body}");
        }
    }

    #[test]
    fn files_that_are_there_and_names_that_are_not_known_are_fine() {
        for body in [
            "$('head').append('<link rel=\"stylesheet\" href=\"' + self.params.path + '/style.css?v=' + self.params.version + '\">');",
            "$('head').append('<link rel=\"stylesheet\" href=\"' + self.params.path + '/' + name + '.css\">');",
            "$('head').append('<link rel=\"stylesheet\" href=\"https://cdn.jsdelivr.net/npm/x@1.0.0/x.css\">');",
            "$('head').append('<link rel=\"icon\" href=\"' + self.params.path + '/own.png\">');",
            "$('link[href^=\"' + self.params.path + '/own.css\"]').remove();",
            "$('head').append('<link rel=\"stylesheet\" href=\"/frontend/own.css\">');",
            "require(['css!./style.css']);",
        ] {
            assert_eq!(script(body), [], "{body}");
        }
    }

    #[test]
    fn links_without_a_version_are_evidence() {
        let evidence = |query: &str| {
            let script = format!(
                "define(['jquery'], function ($) {{ $('head').append('<link rel=\"stylesheet\" href=\"' + this.params.path + '/style.css{query}\">'); }});"
            );
            let report = small().file("script.js", script).report();
            let item = report.items.into_iter().find(|item| item.item.id == "style-files");
            item.map_or(0, |item| item.evidence.iter().filter(|evidence| evidence.kind == "link").count())
        };
        assert_eq!(evidence(""), 1);
        assert_eq!(evidence("?v=1"), 0);
    }

    #[test]
    fn imports_are_seen_from_their_folder() {
        let widget = |import: &str| {
            small().file("css/own.css", format!("@import {import}; .own {{ top: 0 }}")).file("css/part.css", ".own { top: 0 }")
        };
        let link = "define(['jquery'], function ($) { $('head').append('<link rel=\"stylesheet\" href=\"' + this.params.path + '/css/own.css\">'); });";
        let seen = |import: &str| widget(import).file("script.js", link).findings(RULE.id);
        for import in
            ["'part.css'", "url(./part.css)", "'../style.css'", "url('https://a.com/x.css')", "'/x.css'", "'part.css?v=1'"]
        {
            assert_eq!(seen(import), [], "{import}");
        }
        assert_eq!(seen("'style.css'"), [certain("missing-import", "css/own.css", "'style.css'")]);
        assert_eq!(seen("url(../x.css)"), [certain("missing-import", "css/own.css", "url(../x.css)")]);
        assert_eq!(seen("'{{ path }}/x.css'"), [suspect("missing-import", "css/own.css", "'{{ path }}/x.css'")]);
        assert_eq!(seen("'../../x.css'"), [suspect("missing-import", "css/own.css", "'../../x.css'")]);
        assert_eq!(widget("'my%20own.css'").file("css/my own.css", ".own { top: 0 }").findings(RULE.id), []);
    }

    #[test]
    fn empty_stylesheets_and_preprocessor_code_are_suspect() {
        for text in ["", " \n", "/* nothing yet */\n", "\u{feff}"] {
            assert_eq!(small().file("style.css", text).findings(RULE.id), [suspect("empty", "style.css", "")], "{text:?}");
        }
        for text in [
            "@font-face { font-family: x }",
            "// our signature color\n.own { top: 0 }",
            ".own { }",
            ":root { --x: 1 }",
            "@media print { }",
        ] {
            assert_eq!(small().file("style.css", text).findings(RULE.id), [], "{text}");
        }
        let scss = small().file("style.css", "$red: #f00;\n.own { color: $red }");
        assert_eq!(scss.findings(RULE.id), [suspect("preprocessor", "style.css", "$red: #f00;")]);
    }

    #[test]
    fn a_stylesheet_that_is_there_and_could_not_be_read_is_not_missing() {
        let link = "$('head').append('<link rel=\"stylesheet\" href=\"' + this.params.path + '/own.css\">');";
        let script = format!("define(['jquery'], function ($) {{ {link} }});");
        let widget = small().file("script.js", script).file("own.css", " ".repeat(2000));
        let unread = widget.options(|options| options.bounds.file_bytes = 1000);
        assert_eq!(unread.findings(RULE.id), []);
    }
}
