//! Variables that nobody declares.

use crate::context::{Context, Examined, Origin};
use crate::finding::{Findings, Location};
use crate::kommo::names::{BROWSER_GLOBALS, PAGE_GLOBALS};
use crate::package::Kind as FileKind;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Access, Form, NodeId, Script};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

static ASSIGNED: Message = Message {
    id: "assigned",
    text: "`{name}` gets a value but is declared nowhere.",
    help: "Declare it where it is first used: `var {name} = ...;`. Without that it becomes a global of Kommo's page, or an error in strict mode.",
};

static READ: Message = Message {
    id: "read",
    text: "`{name}` is used but declared nowhere in the widget.",
    help: "Check the spelling, or name the module that provides it in the list of `define`. If another script of the page may provide it, ask first: `typeof {name} !== 'undefined'`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "undeclared-variable",
    item: "declared-variables",
    title: "Variable declared nowhere",
    why: "A variable without declaration is either an error or a global that all widgets on the page share.",
    fix: "Declare every variable with `var`, `let` or `const` in the function that uses it.",
    messages: &[&ASSIGNED, &READ],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  «total» = 1;\n});\n" }],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  var total = 1;\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  show();\n  function show() { return APP.data && _ && window.own; }\n  if (typeof Inputmask !== 'undefined') { Inputmask.show(total); }\n  var total;\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let unknown: Vec<_> = cx.scripts().iter().map(|examined| (examined, unknown(&examined.facts))).collect();
    // Most widgets declare all that they use.
    if unknown.iter().all(|(_, names)| names.is_empty()) {
        return;
    }
    let provided = provided(&unknown);
    // A script that could not be read may declare anything, and so may one whose names are not seen.
    let all_read = LazyCell::new(|| {
        !cx.unparsed().iter().any(|unparsed| unparsed.kind == FileKind::Script)
            && !cx.scripts().iter().any(|examined| examined.facts.declares_unseen_names())
    });
    for (examined, names) in unknown.into_iter().filter(|(_, names)| !names.is_empty()) {
        let in_handler = examined.facts.form() == Form::Handler;
        let guarded = examined.facts.guarded();
        for (name, places) in names {
            if guarded.contains(name) || provided.declared.contains(name) {
                continue;
            }
            let written = places.iter().filter(|(_, access, _)| *access != Access::Read);
            let written = written.min_by_key(|(_, _, may_be_declared)| *may_be_declared);
            if written.is_none() && provided.assigned.contains(name) {
                continue;
            }
            // Handlers in markup read names of the page around them, and the properties of their own element.
            if in_handler && (written.is_none() || OF_ELEMENTS.contains(&name)) {
                continue;
            }
            let message = if written.is_some() { &ASSIGNED } else { &READ };
            let (first, _, may_be_declared) = *written.unwrap_or(&places[0]);
            let is_certain =
                written.is_some() && !may_be_declared && !in_handler && examined.origin != Origin::ScriptString && *all_read;
            let location = location(examined, first);
            let finding = if is_certain { out.certain(message, location) } else { out.suspect(message, location) };
            let others = places.iter().filter(|place| place.0 != first).map(|place| self::location(examined, place.0));
            out.push(finding.arg("name", name).also_at(others));
        }
    }
}

/// Properties that a handler in markup sees as names.
const OF_ELEMENTS: [&str; 12] = [
    "value",
    "checked",
    "disabled",
    "selected",
    "hidden",
    "title",
    "className",
    "innerHTML",
    "textContent",
    "src",
    "href",
    "style",
];

fn location(examined: &Examined<Script>, node: NodeId) -> Location {
    examined.at(examined.facts.span(node))
}

/// The uses of each name that a script does not declare and the page does not have.
type Unknown<'s> = BTreeMap<&'s str, Vec<(NodeId, Access, bool)>>;

fn unknown(script: &Script) -> Unknown<'_> {
    let mut places = Unknown::new();
    for used in script.undeclared() {
        // What a `with` reads is most likely a member of its object: compiled templates of underscore and EJS do so for all that they show.
        if used.access == Access::Read && used.may_be_declared {
            continue;
        }
        if !BROWSER_GLOBALS.contains(used.name) && !PAGE_GLOBALS.contains(used.name) {
            places.entry(used.name).or_default().push((used.node, used.access, used.may_be_declared));
        }
    }
    places
}

/// What the scripts of a package give to each other.
#[derive(Default)]
struct Provided {
    /// Names that are declared outside of functions, or put on window.
    declared: BTreeSet<String>,
    /// Names that get a value without any declaration.
    assigned: BTreeSet<String>,
}

fn provided(unknown: &[(&Examined<Script>, Unknown<'_>)]) -> Provided {
    let mut provided = Provided::default();
    for (examined, names) in unknown {
        provided.declared.extend(examined.facts.globals().into_iter().map(|(name, _)| name));
        let written = names.iter().filter(|(_, places)| places.iter().any(|(_, access, _)| *access != Access::Read));
        provided.assigned.extend(written.map(|(name, _)| (*name).to_owned()));
    }
    provided
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::testing::{Widget, certain, suspect};

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "undeclared-variable",
            &[
                ("x = 1", "!x"),
                ("function f() { for (i = 0; i < 3; i++) {} }", "!i"),
                ("x += 1; x++; f(x); function f() {}", "!x"),
                ("[a, b] = [1, 2]; ({ c: d } = {})", "!a !b !d"),
                ("for (k in {}) {}", "!k"),
                ("show(1)", "?show"),
                ("new Inputmask('9')", "?Inputmask"),
                ("with (a_) { b_ = 1 } var a_", "?b_"),
                ("with (obj || {}) { p += e(texts.title) + rows.length } e(rows_); function e() {} var obj, p", "?rows_"),
                ("function f(x) { eval(x); i = 1 } function g() { i = 2 }", "!i"),
                ("function f() { eval('var a = 1'); a = 2 } function g() { eval('b()'); eval(c_); var c_ } d = 1", "!d ?a"),
                ("f(); function f() {} v = 1; var v", ""),
                ("if (typeof Inputmask !== 'undefined') { Inputmask.x = 1; Inputmask('9') }", ""),
                ("if (window.own) { own() } 'ours' in window && ours()", ""),
                (
                    "(function () { this.Bar = {} }).call(window); (function () { var root = this; root.Baz = {} })(); Bar = Baz",
                    "",
                ),
                ("if (false) { a = 1; b(c) } false && d(); false ? e : 1", ""),
                ("if (false) { a = 1 } else { b = 2 } if (x_) { c = 3 } var x_ = false", "!b !c"),
                ("'theirs' in own && theirs(); var own = {}", "?theirs"),
                ("typeof x", ""),
                (
                    "(function (root, factory) { if (typeof define === 'function' && define.amd) define([], factory); else if (typeof exports === 'object') module.exports = factory(); else root.Lib = factory() })(this, function () {})",
                    "",
                ),
                (
                    "define(['jquery'], function ($) { $(document); _.each(APP, AMOCRM); Twig; require(['a']); jQuery; requirejs })",
                    "",
                ),
                ("window.a = 1; a(); self['b'] = 2; b()", ""),
                (
                    "setTimeout(fetch, localStorage); new IntersectionObserver(Promise); structuredClone(globalThis); arguments; undefined",
                    "",
                ),
                ("name = 'x'; event; status = 1; ontouchstart = null", ""),
                ("class A {} new A(); let [b, { c }] = []; b; c; try {} catch (e) { e } import('x').then(({ d }) => d)", ""),
                ("function f(a = 1, ...rest) { return a + rest } f.name", ""),
                ("x.y = 1; var x = { z: 1 }; ({ q: 1 }).q", ""),
            ],
        );
    }

    #[test]
    fn handlers_of_markup_are_suspect_where_they_assign() {
        let twig = |code: &str| {
            let widget = crate::rules::styles::small();
            widget.file("templates/panel.twig", format!("<b onclick=\"{code}\"></b>")).findings("undeclared-variable")
        };
        assert_eq!(twig("total = 1"), [suspect("assigned", "templates/panel.twig", "total")]);
        assert_eq!(twig("ownPanel.save(this); value = ''; event.preventDefault()"), []);
    }

    #[test]
    fn what_another_file_puts_on_window_is_declared() {
        let widget = Widget::empty().file("script.js", "define(['./lib.js'], function () { Env.x = 1; Other(); free = 2 });");
        let findings = widget.clone().file("lib.js", "window.Env = {}; function Other() {}").findings("undeclared-variable");
        assert_eq!(findings, [certain("assigned", "script.js", "free")]);
        for lib in [
            "for (const k in own) window[k] = own[k]; var own = {}",
            "(function (g) { g.free = 1; })(function () { return this; }())",
            "Function('return this')().free = 1",
        ] {
            let lib = format!("window.Env = {{}}; function Other() {{}} {lib}");
            let certain = widget.clone().file("lib.js", lib).findings("undeclared-variable").into_iter();
            assert_eq!(certain.filter(|seen| seen.certainty == crate::finding::Certainty::Certain).count(), 0);
        }
        assert!(
            widget
                .file("lib.js", "var a = ;")
                .findings("undeclared-variable")
                .iter()
                .all(|seen| seen.certainty == crate::finding::Certainty::Suspect)
        );
    }
}
