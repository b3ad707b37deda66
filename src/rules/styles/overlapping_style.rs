//! A style lays something over Kommo's page, or hides a control of Kommo.

use super::names::{Owner, has_name};
use super::{each_selector_where, is_copy, is_printed, text_at};
use crate::context::Context;
use crate::finding::Findings;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::style::{self, Declaration, FullCompound, FullSelector, Part, Stylesheet, Test};
use std::collections::BTreeSet;

static HIGH: Message = Message {
    id: "high-z-index",
    text: "`{declaration}` may lift this above Kommo's own menus and windows.",
    help: "Use the lowest z-index that works inside your own area; Kommo's modal windows come from `lib/components/base/modal`.",
};
static COVERING: Message = Message {
    id: "covers-page",
    text: "`{declaration}` over the whole window covers Kommo's controls, too.",
    help: "Show it inside the widget's own area, or open Kommo's own modal window with `lib/components/base/modal`.",
};
static HIDDEN: Message = Message {
    id: "hides-control",
    text: "`{declaration}` on `{selector}` hides or disables a part of Kommo.",
    help: "Leave Kommo's controls as they are; hide elements of your own instead.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "overlapping-style",
    item: "no-overlap",
    title: "Style that covers or hides Kommo",
    why: "A widget must not stand in the way of people who work with Kommo.",
    fix: "Keep the widget's elements inside its own area, and leave Kommo's controls visible and usable.",
    messages: &[&HIGH, &COVERING, &HIDDEN],
    bad: &[
        Example { path: "style.css", text: "#aurora-notes { «z-index: 9999»; }" },
        Example { path: "style.css", text: ".own { «position: fixed»; inset: 0 }" },
        Example { path: "style.css", text: ".button-input { «display: none» }" },
    ],
    good: &[
        Example { path: "style.css", text: "#aurora-notes { z-index: 1; }" },
        Example { path: "style.css", text: "#aurora-notes { z-index: 10; position: absolute; inset: 0; display: none }" },
        Example {
            path: "style.css",
            text: "#aurora-notes .button-input { display: none } .own { position: fixed; top: 0; right: 0 }",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles() {
        let shown = |rule: &&style::Rule| !is_copy(cx, sheet, rule) && !is_printed(&sheet.facts, rule);
        let variables = high_variables(&sheet.facts);
        for rule in sheet.facts.rules.iter().filter(shown) {
            let is_high = |declaration: &&Declaration| &*declaration.name == "z-index" && is_high(&declaration.value, &variables);
            let high = rule.declarations.iter().filter(is_high).map(|found| (&HIGH, found));
            for (message, found) in high.chain(covering(&rule.declarations).map(|found| (&COVERING, found))) {
                let declaration = text_at(cx, &sheet.path, found.span);
                out.push(out.suspect(message, sheet.at(found.span)).arg("declaration", declaration));
            }
        }
        // A rule whose list names several of Kommo's controls hides them by one declaration.
        let mut told = BTreeSet::new();
        let hides_some = |rule: &style::Rule| rule.declarations.iter().any(is_hiding) && !is_printed(&sheet.facts, rule);
        each_selector_where(cx, sheet, hides_some, |rule, selector, readings| {
            let Some(found) = rule.declarations.iter().find(|declaration| is_hiding(declaration)) else { return };
            if readings.iter().any(selects_kommo) && told.insert(found.span) {
                let finding = out.suspect(&HIDDEN, sheet.at(found.span)).arg("declaration", text_at(cx, &sheet.path, found.span));
                out.push(finding.arg("selector", text_at(cx, &sheet.path, selector.span)));
            }
        });
    }
}

/// Whether a level is high, be it by a variable: one of `variables`, or what stands in for one that nobody sets.
fn is_high(level: &str, variables: &BTreeSet<&str>) -> bool {
    const HIGH: f64 = 1000.0;
    let variable = level.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')'));
    let (variable, level) = match variable {
        Some(variable) => variable.split_once(',').unwrap_or((variable, "")),
        None => ("", level),
    };
    level.trim().parse::<f64>().is_ok_and(|level| level >= HIGH) || variables.contains(variable.trim())
}

/// The variables of a stylesheet that hold a number which would be a high level.
fn high_variables(sheet: &Stylesheet) -> BTreeSet<&str> {
    let declarations = sheet.rules.iter().flat_map(|rule| &rule.declarations);
    let is_variable = |declaration: &&Declaration| declaration.name.starts_with("--");
    let variables = declarations.filter(is_variable).filter(|found| is_high(&found.value, &BTreeSet::new()));
    order::set(variables.map(|found| &*found.name))
}

/// The `position: fixed` of a block that reaches from edge to edge.
fn covering(declarations: &[Declaration]) -> Option<&Declaration> {
    let last = |name: &str| declarations.iter().rfind(|declaration| &*declaration.name == name);
    let fixed = last("position").filter(|position| position.value.eq_ignore_ascii_case("fixed"))?;
    let is_zero =
        |value: &str| value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%').parse() == Ok(0.0);
    let edge = |name: &str| last(name).is_some_and(|edge| is_zero(&edge.value));
    let full = |name: &str, unit: &str| {
        last(name).or_else(|| last(&format!("min-{name}"))).is_some_and(|size| {
            let value = size.value.to_ascii_lowercase();
            value == "100%" || value.strip_prefix("100").is_some_and(|rest| rest.ends_with(unit) && rest.len() <= unit.len() + 1)
        })
    };
    let inset = last("inset").is_some_and(|inset| !inset.value.is_empty() && inset.value.split_whitespace().all(is_zero));
    let wide = inset || (edge("left") && edge("right")) || full("width", "vw");
    let tall = inset || (edge("top") && edge("bottom")) || full("height", "vh");
    (wide && tall).then_some(fixed)
}

fn is_hiding(declaration: &Declaration) -> bool {
    hides(&declaration.name, &declaration.value)
}

/// Whether a property of this name and value hides an element or keeps it from being used: out of sight and out of the window, too.
pub(in crate::rules) fn hides(name: &str, value: &str) -> bool {
    const OUT_OF_WINDOW: f64 = -999.0;
    let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
    let is = |hiding: &str| value.eq_ignore_ascii_case(hiding);
    let length = || value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%').parse::<f64>();
    match name {
        "display" | "pointer-events" => is("none"),
        "visibility" => is("hidden") || is("collapse"),
        "opacity" | "height" | "max-height" | "width" | "max-width" => length() == Ok(0.0),
        "transform" => is("scale(0)") || is("scale(0, 0)"),
        "left" | "right" | "top" | "margin-left" | "margin-top" => length().is_ok_and(|length| length <= OUT_OF_WINDOW),
        _ => false,
    }
}

/// Whether it selects an element of Kommo outside the widget: own names stand at most on the page's root.
fn selects_kommo(reading: &FullSelector<'_>) -> bool {
    let names_page = |part: &Part| matches!(&part.test, Test::Type(name) if matches!(&**name, "body" | "html"));
    let is_own = |compound: &FullCompound<'_>| has_name(compound, |name| name.owner() == Owner::Own);
    let is_kommo = |compound: &FullCompound<'_>| {
        has_name(compound, |name| match name.owner() {
            Owner::Kommo => true,
            Owner::Shared => name.is_id || name.text.starts_with("js-"),
            _ => false,
        })
    };
    // The menus of the page stand in no widget: what stands around them is the page, whatever a widget calls it.
    let is_menu = |compound: &FullCompound<'_>| {
        has_name(compound, |name| name.owner() == Owner::Kommo && (name.text == "left-menu" || name.text.starts_with("nav__")))
    };
    // An element without a name of its own is Kommo's if what it stands in is.
    let subject = reading.compounds.iter().rfind(|compound| has_name(compound, |_| true));
    let is_inside_own = || reading.compounds.iter().any(|compound| is_own(compound) && !compound.parts().any(names_page));
    subject.is_some_and(|subject| is_kommo(subject) && (is_menu(subject) && !is_own(subject) || !is_inside_own()))
        && !reading.unknown
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, suspect};

    fn css(text: &str) -> Vec<Seen> {
        small().file("style.css", text).findings(RULE.id)
    }

    #[test]
    fn high_levels_are_named() {
        for value in ["1000", "99999", "2147483647", "1000 !important", "1e4"] {
            let text = format!(".own {{ z-index: {value} }}");
            let place = format!("z-index: {}", value.trim_end_matches(" !important"));
            assert_eq!(css(&text), [suspect("high-z-index", "style.css", &place)]);
        }
        for value in ["var(--own-z, 9999)", "var( --own-top )"] {
            let text = format!(":root {{ --own-top: 2000; --own-low: 20 }} .own {{ z-index: {value} }}");
            assert_eq!(css(&text), [suspect("high-z-index", "style.css", &format!("z-index: {value}"))]);
        }
        for text in [
            ":root { --own-low: 20; --own-wide: 2000px } .own { z-index: var(--own-low); order: var(--own-wide) }",
            ".own { z-index: var(--own-low, 20) } .own b { z-index: var(--own-wide) }",
            ".own { z-index: 999 }",
            ".own { z-index: auto }",
            ".own { z-index: var(--z) }",
            ".own { --z-index: 9999 }",
            "/* z-index: 9999 */",
            "@media print { .own { z-index: 9999 } }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn covers_are_named() {
        for edges in [
            "inset: 0",
            "top: 0; left: 0; right: 0; bottom: 0px",
            "top:0; left:0; width: 100%; height: 100%",
            "width: 100vw; height: 100dvh",
            "inset: 0 0",
            "left:0; right:0; min-height: 100vh",
        ] {
            assert_eq!(
                css(&format!(".own {{ position: fixed; {edges} }}")),
                [suspect("covers-page", "style.css", "position: fixed")],
                "{edges}"
            );
        }
        for text in [
            ".own { position: absolute; inset: 0 }",
            ".own { position: fixed; top: 0; right: 0 }",
            ".own { position: fixed; width: 100%; height: 50px }",
            ".own { inset: 0 }",
            ".own { position: fixed; inset: 0 auto auto 0 }",
            ".own { position: fixed; width: 100px; height: 100px }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn hidden_controls_are_named() {
        for (text, place) in [
            (".modal-body { display: none }", "display: none"),
            ("body.own-on .modal-body, .tabs__item { visibility: hidden !important }", "visibility: hidden"),
            (".js-widget-save { pointer-events: none }", "pointer-events: none"),
            ("#work_area { opacity: 0 }", "opacity: 0"),
            (".left-menu > a:last-child { display: none }", "display: none"),
            (".left-menu { max-height: 0; overflow: hidden }", "max-height: 0"),
            (".left-menu { position: absolute; left: -9999px }", "left: -9999px"),
            (".left-menu { transform: scale(0) }", "transform: scale(0)"),
            (".own-wide .left-menu { display: none }", "display: none"),
            (".own-wide .nav__top a { display: none }", "display: none"),
        ] {
            assert_eq!(css(text), [suspect("hides-control", "style.css", place)], "{text}");
        }
        for text in [
            ".own .modal-body { display: none }",
            ".own .left-menu.own-menu { display: none }",
            ".own .left-menu-own { display: none }",
            ".own { display: none }",
            ".modal-body { display: block }",
            ".modal-body .own { display: none }",
            "@media print { .modal-body { display: none } }",
            ".hidden { display: none }",
            ".modal-body { opacity: 0.5 }",
            ".modal-body { min-height: 0; height: auto; top: -8px; right: 9999px }",
            "#own .modal-body { left: -9999px }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn attributes_and_strings_count() {
        let twig = small().file("templates/panel.twig", "<p style=\"z-index: 5000\">x</p>");
        assert_eq!(twig.findings(RULE.id), [suspect("high-z-index", "templates/panel.twig", "z-index: 5000")]);
        let script = small().file("script.js", "var a = '<p style=\"position:fixed;inset:0\"></p>';");
        assert_eq!(script.findings(RULE.id), [suspect("covers-page", "script.js", "position:fixed")]);
    }
}
