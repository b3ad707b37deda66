//! A style changes the look of Kommo's own elements.

use super::names::{Name, Owner, has_name, name_of};
use super::{certainty_of, each_selector, is_own_element, text_at};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::kommo::names::{CLASSES, HOOKS, IDS, LIBRARY_CLASSES, Names, WORDS};
use crate::rule::{Example, Message, Rule};
use crate::syntax::style::{Declaration, FullCompound, FullSelector, Part, Test};

static RESTYLED: Message = Message {
    id: "restyled",
    text: "`{selector}` restyles `{name}`, a class of Kommo's own, on the whole page.",
    help: "Give the element a class of your own, or start the selector at your widget's root: `#your_widget_code {selector}`.",
};
static LEFT_OF_OWN: Message = Message {
    id: "outside-own",
    text: "`{selector}` starts at `{name}`, a class of Kommo's own, and not at the widget.",
    help: "Start the selector at your widget's root, so that a name of your own comes before Kommo's class: `#your_widget_code .control-select`.",
};
static SHARED: Message = Message {
    id: "shared-name",
    text: "`{selector}` styles every `{name}`, a name that Kommo's page uses, too.",
    help: "Put the widget's root in front, or choose a name with a prefix of your own.",
};
static LIBRARY: Message = Message {
    id: "library-name",
    text: "`{selector}` styles every `{name}`, a class of a library that Kommo's page uses.",
    help: "Put the widget's root in front, so that Kommo's own use of the library stays as it is.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "system-class",
    item: "system-classes",
    title: "Kommo's own class restyled",
    why: "Kommo's classes are used all over its page: a style on one of them changes controls that are not the widget's.",
    fix: "Use classes of your own, or put the widget's root in front of Kommo's class: `#your_widget_code .control-select`.",
    messages: &[&RESTYLED, &LEFT_OF_OWN, &SHARED, &LIBRARY],
    bad: &[
        Example { path: "style.css", text: "«.control-select» { color: red }" },
        Example { path: "style.css", text: "#own .modal-body, «div.modal-body:hover» { color: red }" },
        Example { path: "style.css", text: "«.text-input > span» { color: red }" },
    ],
    good: &[
        Example { path: "style.css", text: "#own .control-select { color: green }" },
        Example { path: "style.css", text: ".own-prefix .modal-body, .modal-body.own, .own-modal-body { color: green }" },
    ],
    about_code: true,
    check,
};

/// A file that styles more selectors of libraries than this brings a library's own stylesheet: one finding says so.
const SINGLE: usize = 8;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles() {
        // A word that Kommo's page uses, too, says nothing in a page of its own.
        let is_apart = cx.is_page(&sheet.path) || cx.is_kept_apart(&sheet.path);
        let mut of_libraries = Vec::new();
        each_selector(cx, sheet, |rule, selector, readings| {
            // The first of the gravest readings.
            let worst = readings.iter().filter_map(|reading| judge(reading)).min_by_key(|verdict| verdict.grade);
            let Some(Verdict { grade, name }) = worst else { return };
            let owner = name.owner();
            if is_apart && grade == Grade::Shared {
                return;
            }
            let message = match (grade, owner) {
                (Grade::Restyled | Grade::Perhaps, Owner::Kommo) => &RESTYLED,
                (_, Owner::Kommo) => &LEFT_OF_OWN,
                (_, Owner::Library) => &LIBRARY,
                _ => &SHARED,
            };
            let is_sure = grade == Grade::Restyled && !selector.has_hole() && !sets_own_variables_only(&rule.declarations);
            let sure = if is_sure { certainty_of(cx, sheet, rule) } else { Certainty::Suspect };
            let shown = format!("{}{}", if name.is_id { '#' } else { '.' }, name.text);
            let finding = out.finding(sure, message, sheet.at(selector.span)).arg("name", shown);
            let finding = finding.arg("selector", text_at(cx, &sheet.path, selector.span));
            match owner {
                Owner::Library => of_libraries.push(finding),
                _ => out.push(finding),
            }
        });
        if of_libraries.len() > SINGLE {
            let mut findings = of_libraries.into_iter();
            let first = findings.next();
            let places = findings.map(|finding| finding.location);
            of_libraries = first.map(|first| first.also_at(places)).into_iter().collect();
        }
        of_libraries.into_iter().for_each(|finding| out.push(finding));
    }
}

/// How grave a reading is; the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// A class of Kommo is styled wherever it stands.
    Restyled,
    /// So it seems, but an attribute or something unknown may tie it to the widget.
    Perhaps,
    /// A class of Kommo stands left of what is styled.
    Left,
    /// A name that others use, too, is styled wherever it stands.
    Shared,
}

struct Verdict<'s> {
    grade: Grade,
    name: Name<'s>,
}

fn judge<'s>(reading: &FullSelector<'s>) -> Option<Verdict<'s>> {
    let mut left = None;
    for compound in &reading.compounds {
        if has_name(compound, |name| name.owner() == Owner::Own) || compound.parts().any(compares_own_name) {
            return left;
        }
        left = left.or_else(|| name_of(compound, Owner::Kommo).map(|name| Verdict { grade: Grade::Left, name }));
    }
    if let Some(name) = name_of(reading.compounds.last()?, Owner::Kommo) {
        let is_tied = reading.unknown || reading.parts().any(|part| may_tie(part) || is_own_element(part));
        return Some(Verdict { grade: if is_tied { Grade::Perhaps } else { Grade::Restyled }, name });
    }
    // An element without a name of its own is the other's, too, if what it stands in is.
    let shared = |last: &FullCompound<'s>| name_of(last, Owner::Shared).or_else(|| name_of(last, Owner::Library));
    left.or_else(|| {
        let last = reading.compounds.iter().rfind(|compound| has_name(compound, |_| true))?;
        shared(last).map(|name| Verdict { grade: Grade::Shared, name })
    })
}

/// Whether a part compares the id or the class with a text that no name of Kommo holds: `[id^="own-"]`.
fn compares_own_name(part: &Part) -> bool {
    let Test::Attribute { name, value: Some(value) } = &part.test else { return false };
    let holds = |names: Names| names.iter().any(|name| name.contains(&**value));
    matches!(&**name, "id" | "class")
        && !value.is_empty()
        && ![CLASSES, WORDS, LIBRARY_CLASSES, HOOKS, IDS].into_iter().any(holds)
}

/// Whether a part tests an attribute that may be the widget's own mark: those that any element may have say nothing.
fn may_tie(part: &Part) -> bool {
    const COMMON: [&str; 14] = [
        "type",
        "disabled",
        "checked",
        "selected",
        "readonly",
        "required",
        "hidden",
        "open",
        "href",
        "target",
        "role",
        "lang",
        "dir",
        "data-color-scheme",
    ];
    let is_common = |name: &str| COMMON.contains(&name) || name.starts_with("aria-");
    match &part.test {
        Test::Attribute { name, .. } => !is_common(&name.to_ascii_lowercase()),
        _ => part.demanded().iter().flat_map(|selector| selector.parts()).any(may_tie),
    }
}

/// Variables of the widget's own on an element of Kommo change nothing that is seen.
fn sets_own_variables_only(declarations: &[Declaration]) -> bool {
    declarations.iter().all(|declaration| declaration.name.starts_with("--"))
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
    fn plain_words_may_be_used_in_a_page_of_its_own() {
        let page = "<html><head><style>.loading { color: red } .modal-body { color: red }</style></head><body></body></html>";
        assert_eq!(small().file("demo.html", page).findings(RULE.id), [suspect("restyled", "demo.html", ".modal-body")]);
    }

    fn one(selector: &str) -> Vec<Seen> {
        css(&format!("{selector} {{ color: red }}"))
    }

    #[test]
    fn a_shadow_root_holds_no_class_of_kommo() {
        let text = "<template shadowrootmode=\"open\"><style>.modal-body { color: red }</style></template>";
        assert_eq!(small().file("templates/panel.twig", text).findings(RULE.id), []);
        let held = text.replace(" shadowrootmode=\"open\"", "");
        let seen = small().file("templates/panel.twig", held).findings(RULE.id);
        assert_eq!(seen, [suspect("restyled", "templates/panel.twig", ".modal-body")]);
    }

    #[test]
    fn a_brace_may_be_written_as_an_escape() {
        let script = r"$('head').append('<style>.modal-body \x7b color: red }</style>');";
        assert_eq!(small().file("script.js", script).findings(RULE.id), [suspect("restyled", "script.js", ".modal-body")]);
    }

    #[test]
    fn the_stylesheet_of_a_library_is_one_finding() {
        let seen = css(&(0..9).map(|n| format!(".fc-event:nth-child({n}) {{ color: red }}\n")).collect::<String>());
        assert_eq!(seen, [suspect("library-name", "style.css", ".fc-event:nth-child(0)")]);
        assert_eq!(css(".fc-event { color: red } .fc-toolbar { color: red }").len(), 2);
    }

    #[test]
    fn kommos_classes_without_an_own_name_fail() {
        for selector in [
            ".control-select",
            ".modal-body",
            "div.modal-body",
            "body .modal-body",
            ".modal-body:hover",
            ".modal-body::before",
            ".text-input .modal-body",
            ".modal-body:not(.own)",
            ":is(.modal-body)",
            ".modal-body.active",
            "#work_area .modal-body",
            ".card-widgets__widget",
            "ul > .tabs__item",
            ".text-input[type=text]",
            ":root[data-color-scheme=dark] .modal-body",
        ] {
            assert_eq!(one(selector), [certain("restyled", "style.css", selector)], "{selector}");
        }
        let list = ".own .modal-body, .text-input, .own { top: 0 }";
        assert_eq!(css(list), [certain("restyled", "style.css", ".text-input")]);
    }

    #[test]
    fn an_element_of_the_widgets_own_may_tie_it() {
        let selector = "own-card .modal-body";
        assert_eq!(one(selector), [suspect("restyled", "style.css", selector)]);
    }

    #[test]
    fn an_own_name_left_of_or_at_the_class_is_fine() {
        for selector in [
            "#own .control-select",
            ".own-prefix .modal-body",
            ".own.modal-body",
            ".modal-body.own",
            ".own > * div.modal-body",
            ".own + .modal-body",
            "body.own .modal-body",
            ".modal-body:has(.own)",
            ".card-widgets__widget-own .card-widgets__widget__body",
            ".own-control-select",
            ".control-select-own",
            ".widget-settings-block",
            ".Modal-Body",
            "#own .active",
            ".active .own",
            "div[id^=\"aurora\"] .modal-body",
            ".own",
        ] {
            assert_eq!(one(selector), [], "{selector}");
        }
        for text in [
            ".modal-body { }",
            "#own { .modal-body { top: 0 } }",
            "@scope (.own) { .modal-body { top: 0 } }",
            ".modal-body { &.own { top: 0 } }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn nesting_is_resolved() {
        assert_eq!(css("body { .modal-body { top: 0 } }"), [certain("restyled", "style.css", ".modal-body")]);
        assert_eq!(css(".text-input { &:hover { top: 0 } }"), [certain("restyled", "style.css", "&:hover")]);
    }

    #[test]
    fn kommos_class_left_of_the_rest_is_suspect() {
        for selector in [".modal-body .own", ".text-input > span", ".card-widgets__widget > .own > p"] {
            assert_eq!(one(selector), [suspect("outside-own", "style.css", selector)], "{selector}");
        }
    }

    #[test]
    fn shared_names_are_suspect() {
        for selector in [".active", ".icon", "div.list > .item", ".list li", "#work_area", ".js-aside__action-button"] {
            let seen = one(selector);
            assert_eq!(seen, [suspect("shared-name", "style.css", selector)], "{selector}");
        }
        assert_eq!(one(".fc-agenda-view"), [suspect("library-name", "style.css", ".fc-agenda-view")]);
    }

    #[test]
    fn doubt_makes_it_suspect() {
        assert_eq!(one("[class^=modal] .modal-body"), [suspect("restyled", "style.css", "[class^=modal] .modal-body")]);
        assert_eq!(one("[data-own] .modal-body"), [suspect("restyled", "style.css", "[data-own] .modal-body")]);
        assert_eq!(css(".modal-body { --own-gap: 1px }"), [suspect("restyled", "style.css", ".modal-body")]);
        for selector in [".modal-body:visible", ":global(.modal-body)"] {
            assert_eq!(one(selector), [suspect("restyled", "style.css", selector)], "{selector}");
        }
        let script = "var css = '.modal-body { top: 0 } .' + x + ' .modal-body { top: 0 }';";
        assert_eq!(small().file("script.js", script).findings(RULE.id), [suspect("restyled", "script.js", ".modal-body")]);
    }

    #[test]
    fn templates_count() {
        let style = "<style>.modal-body { top: 0 } #{{ code }} .modal-body { top: 0 }</style>";
        let seen = small().file("templates/panel.twig", style).findings(RULE.id);
        assert_eq!(seen, [certain("restyled", "templates/panel.twig", ".modal-body")]);
    }
}
