//! A selector that matches elements of the whole page.

use super::names::{is_pseudo, part_has_name, tests_attribute};
use super::{certainty_of, each_selector, is_own_element, text_at};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::kommo::names::VARIABLES;
use crate::rule::{Example, Message, Rule};
use crate::syntax::style::{Declaration, FullSelector, Part, Selector, Test};

static GLOBAL: Message = Message {
    id: "global",
    text: "The selector `{selector}` has no class and no id, so it styles elements all over Kommo's page.",
    help: "Start it at your widget's root, for example `#your_widget_code {selector}`, so that it reaches your own elements only.",
};
static BY_ATTRIBUTE: Message = Message {
    id: "by-attribute",
    text: "The selector `{selector}` has no class and no id, only an attribute: it may change elements of Kommo, too.",
    help: "Start it at your widget's root, for example `#your_widget_code {selector}`.",
};
static VARIABLE: Message = Message {
    id: "overridden-variable",
    text: "`{selector}` sets `{variable}`, a variable that Kommo declares for its whole page.",
    help: "Declare a variable of your own with your widget's code in its name, and leave Kommo's as they are.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "global-selector",
    item: "global-selectors",
    title: "Global selector",
    why: "A widget's styles are loaded into Kommo's own page. A selector without a class or an id changes Kommo's buttons, fields and texts, and those of other widgets.",
    fix: "Put the id or class of your widget's root in front of every selector. Variables of your own may stay on `:root`.",
    messages: &[&GLOBAL, &BY_ATTRIBUTE, &VARIABLE],
    bad: &[
        Example { path: "style.css", text: ".own { top: 0 }\n.own a, «input» { background: red; }" },
        Example { path: "templates/panel.twig", text: "<style>«body > div:not(#own)» { margin: 0 }</style>" },
        Example { path: "style.css", text: "«[type=text]» { margin: 0 }" },
    ],
    good: &[
        Example { path: "style.css", text: ".own { top: 0 }\n.own a, .own input { background: red; }" },
        Example { path: "style.css", text: "#own input, body .own { margin: 0 } @keyframes own { from { top: 0 } }" },
        Example {
            path: "style.css",
            text: ":root { --own-colour: red } :root[data-color-scheme=\"dark\"] { --own-colour: blue }",
        },
        Example { path: "style.css", text: "#own { input { margin: 0 } } body { .own { margin: 0 } }" },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles() {
        each_selector(cx, sheet, |rule, selector, readings| {
            let reach = readings.iter().map(|reading| reach(reading, &rule.declarations)).max().unwrap_or(Reach::Own);
            if reach == Reach::Own {
                return;
            }
            let message = match reach {
                Reach::Attribute => &BY_ATTRIBUTE,
                _ if selector.parts().all(is_root) && overridden(&rule.declarations).is_some() => &VARIABLE,
                _ => &GLOBAL,
            };
            let is_sure = reach == Reach::Page && !selector.has_hole();
            let sure = if is_sure { certainty_of(cx, sheet, rule) } else { Certainty::Suspect };
            let mut finding = out.finding(sure, message, sheet.at(selector.span));
            if let (true, Some(variable)) = (std::ptr::eq(message, &VARIABLE), overridden(&rule.declarations)) {
                finding = finding.arg("variable", &*variable.name).related(&SET_HERE, sheet.at(variable.span));
            }
            out.push(finding.arg("selector", text_at(cx, &sheet.path, selector.span)));
        });
    }
}

static SET_HERE: Message = Message { id: "set-here", text: "The variable is set here.", help: "" };

/// How far a selector reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// Only what has a name.
    Own,
    /// What has an attribute.
    Attribute,
    /// Perhaps the whole page: one of several readings, an element of the widget's own making, or nothing that a browser does.
    Perhaps,
    /// The whole page.
    Page,
}

fn reach(reading: &FullSelector<'_>, declarations: &[Declaration]) -> Reach {
    let parts = || reading.parts();
    if parts().any(always_named) || parts().any(is_shadow) || is_theme(reading, declarations) {
        Reach::Own
    } else if parts().any(is_named) {
        Reach::Perhaps
    } else if parts().any(tests_attribute) {
        Reach::Attribute
    } else if reading.unknown
        || parts()
            .any(|part| is_own_element(part) || is_named_effect(part) || selects_nothing(part) || part.test == Test::Unknown)
    {
        Reach::Perhaps
    } else {
        Reach::Page
    }
}

/// Whether a part demands a name, at least in one of its readings.
fn is_named(part: &Part) -> bool {
    part_has_name(part, &mut |_| true)
}

/// Whether a part demands a name in each of its readings: `:is(.a, .b)` does, `:is(.a, b)` does not.
fn always_named(part: &Part) -> bool {
    let by_selector = |selector: &Selector| selector.parts().any(always_named);
    match &part.test {
        Test::Class(_) | Test::Id(_) => true,
        Test::Type(_) => is_named(part),
        _ => !part.demanded().is_empty() && part.demanded().iter().all(by_selector),
    }
}

/// Whether it styles a shadow root, which no selector of the page enters or leaves.
fn is_shadow(part: &Part) -> bool {
    ["host", "host-context", "slotted"].iter().any(|name| is_pseudo(part, name))
}

/// Whether it styles only what has been given a name of its own: a range of text, a part of an element or of a transition.
fn is_named_effect(part: &Part) -> bool {
    ["part", "highlight", "view-transition-group", "view-transition-image-pair", "view-transition-old", "view-transition-new"]
        .iter()
        .any(|name| is_pseudo(part, name))
}

/// Whether no element can be called so.
fn selects_nothing(part: &Part) -> bool {
    matches!(&part.test, Test::Type(name) if name.starts_with('_'))
}

fn is_root(part: &Part) -> bool {
    is_pseudo(part, "root")
}

/// Whether it stands for the root, as `:root` and `:where(:root)` do.
fn stands_for_root(part: &Part) -> bool {
    is_root(part) || !part.demanded().is_empty() && part.demanded().iter().all(|selector| selector.parts().all(is_root))
}

/// Whether it only says which root: that of a colour scheme, of a language, of a direction.
fn narrows_root(part: &Part) -> bool {
    let is_scheme = |part: &Part| matches!(&part.test, Test::Attribute { name, .. } if &**name == "data-color-scheme");
    match &part.test {
        Test::Type(name) => name.eq_ignore_ascii_case("html"),
        Test::Pseudo { name, selectors } if &**name == "not" => selectors.iter().all(|selector| selector.parts().all(is_scheme)),
        _ => is_scheme(part) || is_pseudo(part, "lang") || is_pseudo(part, "dir"),
    }
}

/// Whether it only declares variables of the widget's own on `:root`, alone or for a colour scheme.
fn is_theme(reading: &FullSelector<'_>, declarations: &[Declaration]) -> bool {
    let [root] = reading.compounds.as_slice() else { return false };
    root.parts().any(stands_for_root)
        && root.parts().all(|part| stands_for_root(part) || narrows_root(part))
        && declarations.iter().all(|declaration| declaration.name.starts_with("--"))
        && overridden(declarations).is_none()
}

/// The first of Kommo's variables that is set.
fn overridden(declarations: &[Declaration]) -> Option<&Declaration> {
    declarations.iter().find(|declaration| VARIABLES.contains(&declaration.name))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, certain, suspect};

    fn css(text: &str) -> Vec<Seen> {
        small().file("style.css", text).findings(RULE.id)
    }

    #[test]
    fn selectors_without_any_name_fail() {
        for selector in [
            "input",
            "*",
            "body > div",
            "div:not(#own)",
            "div:not(.own)",
            "::selection",
            ":focus",
            "a:hover",
            "html body",
            "h1 + p",
            ":is(input, select)",
            ":where(button)",
            "ul li:nth-child(2)",
            "*::before",
            "svg|a",
            "input:not([type=text])",
            "html",
            ":not(.own)",
            "div:has(> img)",
            "table td:first-child a",
            "::-webkit-scrollbar",
        ] {
            assert_eq!(css(&format!("{selector} {{ color: red }}")), [certain("global", "style.css", selector)], "{selector}");
        }
    }

    #[test]
    fn what_may_change_nothing_is_suspect() {
        for selector in [
            ":export",
            ":import('a.css')",
            ":global(p)",
            ":--own",
            "_:-ms-fullscreen",
            "::part(own)",
            "input:visible",
            "a:contains('x')",
            "p::own-part",
            "p:not(:eq(1))",
        ] {
            assert_eq!(css(&format!("{selector} {{ color: red }}")), [suspect("global", "style.css", selector)], "{selector}");
        }
        let list = [suspect("global", "style.css", "p"), suspect("global", "style.css", "a:even")];
        assert_eq!(css("p, a:even { color: red }"), list);
        assert_eq!(css("a:even { p { color: red } }"), [suspect("global", "style.css", "p")]);
        for selector in [":is(p:even, a)", "p:-moz-own"] {
            assert_eq!(css(&format!("{selector} {{ color: red }}")), [certain("global", "style.css", selector)], "{selector}");
        }
    }

    #[test]
    fn each_selector_of_a_list_is_judged_alone() {
        let text = ".own, #own p,\n  button ,a:hover, input.own { color: red }";
        assert_eq!(css(text), [certain("global", "style.css", "button"), certain("global", "style.css", "a:hover")]);
    }

    #[test]
    fn blocks_change_nothing() {
        for block in ["@media print", "@supports (top: 0)", "@layer base", "@container (width > 1px)", "@starting-style"] {
            assert_eq!(css(&format!("{block} {{ p {{ color: red }} }}")), [certain("global", "style.css", "p")], "{block}");
        }
    }

    #[test]
    fn nesting_and_scope_are_resolved() {
        for text in [
            "#own { input { color: red } }",
            ".own { & > p { color: red } @media print { a { color: red } } }",
            "body { .own { color: red } }",
            "p { .own & { color: red } }",
            "@scope (.own) { p { color: red } }",
            "@scope (.own) to (p) { :scope > p { color: red } }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
        assert_eq!(css("body { input { color: red } }"), [certain("global", "style.css", "input")]);
        assert_eq!(css("body { & > a { color: red } }"), [certain("global", "style.css", "& > a")]);
        assert_eq!(css(".own, main { p { color: red } }"), [certain("global", "style.css", "p")]);
        assert_eq!(css("@scope (body) { p { color: red } }"), [certain("global", "style.css", "p")]);
        assert_eq!(css("input { @media print { color: red } }"), [certain("global", "style.css", "input")]);
        assert_eq!(css("@scope { p { color: red } }"), [suspect("global", "style.css", "p")]);
    }

    #[test]
    fn names_anywhere_are_fine() {
        for text in [
            "body .own { top: 0 }",
            ".own input { top: 0 }",
            "input.own { top: 0 }",
            ":root[data-color-scheme=dark] .own { top: 0 }",
            ":is(.own, #own) p { top: 0 }",
            ":where(.own) p { top: 0 }",
            "div:has(.own) { top: 0 }",
            ":host { top: 0 }",
            ":host(.x) p { top: 0 }",
            "::slotted(p) { top: 0 }",
            "@keyframes x { from { top: 0 } 50% { top: 1px } }",
            "@font-face { font-family: x; src: url(x.woff) }",
            "@page :first { margin: 0 }",
            "@property --x { syntax: '*' }",
            "input { }",
            "body { .own { top: 0 } }",
            "/* input { top: 0 } */",
            "[type=text].own { top: 0 }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn attributes_alone_are_suspect() {
        for selector in ["[type=text]", "input[name=own]", "[data-own]", "form [required]", ":is([a], [b])", "html[lang] p"] {
            assert_eq!(css(&format!("{selector} {{ top: 0 }}")), [suspect("by-attribute", "style.css", selector)], "{selector}");
        }
    }

    #[test]
    fn what_may_be_global_is_suspect() {
        for selector in [":is(.own, input)", "own-panel > p", "own-panel"] {
            assert_eq!(css(&format!("{selector} {{ top: 0 }}")), [suspect("global", "style.css", selector)], "{selector}");
        }
    }

    #[test]
    fn styles_that_the_page_does_not_use_as_they_stand_are_suspect() {
        let twig = |text: &str| small().file("templates/panel.twig", text).findings(RULE.id);
        let style = "<style>button { color: red }</style>";
        for text in [
            format!("<template id=\"own\">{style}</template>"),
            format!("<script type=\"text/template\">{style}</script>"),
            format!("<noscript>{style}</noscript>"),
        ] {
            assert_eq!(twig(&text), [suspect("global", "templates/panel.twig", "button")], "{text}");
        }
        assert_eq!(twig(&format!("<template></template>{style}")), [certain("global", "templates/panel.twig", "button")]);
    }

    #[test]
    fn styles_of_a_shadow_root_stay_inside() {
        let style = "<style>button { color: red }</style>";
        let template = |text: &str| small().file("templates/panel.twig", text).findings(RULE.id);
        for text in [
            format!("<own-panel><template shadowrootmode=\"open\"><slot></slot>{style}</template></own-panel>"),
            format!("<template shadowrootmode=closed><template id=\"row\"><b></b></template>{style}</template>"),
            format!("<template><own-panel><template shadowrootmode=\"open\">{style}</template></own-panel></template>"),
        ] {
            assert_eq!(template(&text), [], "{text}");
            let script = format!("define([], function () {{ own.setHTMLUnsafe('{text}'); }});");
            assert_eq!(small().file("script.js", script).findings(RULE.id), [], "{text}");
        }
        let script = |body: &str| {
            let script = format!("define([], function () {{ {body} }});");
            small().file("script.js", script).findings(RULE.id).len()
        };
        for inside in [
            format!("this.shadowRoot.innerHTML = '{style}' + content;"),
            format!("const root = this.attachShadow({{ mode: 'open' }}); root.innerHTML = '{style}';"),
            format!("const html = '{style}'; own.shadowRoot.innerHTML = html;"),
        ] {
            assert_eq!(script(&inside), 0, "{inside}");
        }
        assert_eq!(script(&format!("this.innerHTML = '{style}';")), 1);
        let outside = format!("<template shadowrootmode=\"open\"></template>{style}");
        assert_eq!(template(&outside), [certain("global", "templates/panel.twig", "button")]);
    }

    #[test]
    fn styles_of_a_page_that_a_script_writes_stay_there() {
        let written = |markup: &str| {
            let script = format!("define([], function () {{ show({markup}); }});");
            small().file("script.js", script).findings(RULE.id).len()
        };
        assert_eq!(written("'<!doctype html><html><head><style>' + 'body { margin: 0 }' + '</style></head></html>'"), 0);
        assert_eq!(written("'<style>body { margin: 0 }</style>'"), 1);
    }

    #[test]
    fn styles_of_components_stay_there() {
        let script = |code: &str| {
            let script =
                format!("define(['lib'], function ({{ styled, css, LitElement, createGlobalStyle }}) {{ return {code}; }});");
            small().file("script.js", script).findings(RULE.id).len()
        };
        assert_eq!(script("styled.div`p { margin: 0 } &:hover button { color: red }`"), 0);
        assert_eq!(script("styled(Button)`p { margin: ${gap} }`"), 0);
        assert_eq!(script("css`button { border: 0 }`"), 0);
        assert_eq!(script("createGlobalStyle`body { margin: 0 }`"), 1);
        assert_eq!(script("styled.createGlobalStyle`body { margin: 0 }`"), 1);
        assert_eq!(script("styledText('body { margin: 0 }')"), 1);
    }

    #[test]
    fn own_variables_may_stand_on_root() {
        for text in [":root { --own-x: 1; --own-y: 2 }", "@media (prefers-color-scheme: dark) { :root { --own-x: 1 } }"] {
            assert_eq!(css(text), [], "{text}");
        }
        assert_eq!(css(":root[data-color-scheme=\"dark\"] { --own-x: 1 }"), []);
        for root in [
            ":root:not([data-color-scheme=\"dark\"])",
            ":root:not([data-color-scheme])",
            ":root:lang(ar)",
            ":root:dir(rtl)",
            ":where(:root)",
            ":is(:root)",
            "html:root",
        ] {
            assert_eq!(css(&format!("{root} {{ --own-x: 1 }}")), [], "{root}");
            assert_eq!(css(&format!("{root} {{ color: red }}")), [certain("global", "style.css", root)], "{root}");
        }
        assert_eq!(css(":root { &:not([data-color-scheme=\"dark\"]) { --own-x: 1 } }"), []);
        assert_eq!(css("::highlight(own) { color: red }"), [suspect("global", "style.css", "::highlight(own)")]);
        assert_eq!(css(":root { --own-x: 1; color: red }"), [certain("global", "style.css", ":root")]);
        assert_eq!(css(":root { --palette-outline-primary: red }"), [certain("overridden-variable", "style.css", ":root")]);
        let themed = ":root[data-color-scheme=dark] { --palette-outline-primary: red }";
        assert_eq!(css(themed), [suspect("by-attribute", "style.css", ":root[data-color-scheme=dark]")]);
        assert_eq!(css("body { --own-x: 1 }"), [certain("global", "style.css", "body")]);
    }

    #[test]
    fn styles_of_templates_count_and_holes_are_own_names() {
        let twig = |style: &str| small().file("templates/panel.twig", format!("<style>{style}</style>")).findings(RULE.id);
        assert_eq!(twig("p { top: 0 }"), [certain("global", "templates/panel.twig", "p")]);
        let in_svg = "<svg><style> <![CDATA[ path { top: 0 } ]]></style></svg>";
        let seen = small().file("templates/panel.twig", in_svg).findings(RULE.id);
        assert_eq!(seen, [certain("global", "templates/panel.twig", "path")]);
        assert_eq!(twig("{% if x %}\np { top: 0 }\n{% endif %}"), [certain("global", "templates/panel.twig", "p")]);
        for style in ["#{{ code }} input { top: 0 }", ".{{ a }} p { top: 0 }", "{{ root }} p { top: 0 }", "{{ all }}"] {
            assert_eq!(twig(style), [], "{style}");
        }
        assert_eq!(twig("li:nth-child({{ n }}) { top: 0 }").len(), 1);
        assert_eq!(twig("li:not({{ n }}) { top: 0 }"), [suspect("global", "templates/panel.twig", "li:not({{ n }})")]);
    }

    #[test]
    fn styles_in_script_strings_are_suspect() {
        let script =
            "define([], function () { var css = '.own{top:0} p {top:0}'; $('head').append('<style>' + css + '</style>'); });";
        let seen = small().file("script.js", script).findings(RULE.id);
        assert!(!seen.is_empty() && seen.iter().all(|seen| *seen == suspect("global", "script.js", "p")), "{seen:?}");
        let joined = "define([], function () { add('<style>' + ['p { top: 0 }', '.own { top: 0 }'].join('') + '</style>'); });";
        assert_eq!(small().file("script.js", joined).findings(RULE.id), [suspect("global", "script.js", "p")]);
    }

    #[test]
    fn bundled_stylesheets_get_one_suspect_finding() {
        let rules: String = (0..60).map(|n| format!("h{n}{{margin:0;padding:0}}")).collect();
        let seen = small().file("style.css", &rules).findings(RULE.id);
        assert_eq!(seen, [suspect("global", "style.css", "h0")]);
    }

    #[test]
    fn pages_of_their_own_are_suspect() {
        let page = "<!DOCTYPE html><html><head><link rel=\"stylesheet\" href=\"page.css\"><style>p { top: 0 }</style></head><body></body></html>";
        let seen = small().file("frame/index.html", page).file("frame/page.css", "body { top: 0 }").findings(RULE.id);
        assert_eq!(seen, [suspect("global", "frame/index.html", "p"), suspect("global", "frame/page.css", "body")]);
    }
}
