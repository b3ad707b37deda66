//! A style glues something to the bottom of the screen.

use super::{is_copy, text_at};
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::style::{Declaration, Stylesheet};
use std::collections::BTreeMap;

static AT_BOTTOM: Message = Message {
    id: "at-bottom",
    text: "`{position}` with `{declaration}` glues this to the bottom of the screen.",
    help: "Place it inside the widget's own area and let it scroll with its surroundings.",
};
static POSITION: Message = Message { id: "position", text: "The position is set here.", help: "" };

/// The rule.
pub static RULE: Rule = Rule {
    id: "bottom-style",
    item: "not-at-bottom",
    title: "Glued to the bottom of the screen",
    why: "Kommo does not accept widgets that stand at the bottom of the screen and make its interface longer.",
    fix: "Show the widget in the areas that its locations give it.",
    messages: &[&AT_BOTTOM],
    bad: &[
        Example { path: "style.css", text: "#aurora-notes { position: fixed; «bottom: 0»; }" },
        Example { path: "templates/panel.twig", text: "<p style=\"position: sticky; «inset: auto 0 10px»\">x</p>" },
    ],
    good: &[
        Example {
            path: "style.css",
            text: "#aurora-notes { position: fixed; bottom: 120px } .own { position: absolute; bottom: 0 }",
        },
        Example { path: "style.css", text: "#aurora-notes { position: sticky; top: 0; bottom: auto }" },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles() {
        let positions = positions(cx, &sheet.path, &sheet.facts);
        for rule in sheet.facts.rules.iter().filter(|rule| !is_copy(cx, sheet, rule)) {
            let Some(bottom) = rule.declarations.iter().rfind(|declaration| is_at_bottom(declaration)) else { continue };
            let own = rule.declarations.iter().rfind(|declaration| &*declaration.name == "position");
            let elsewhere = || {
                let mut selectors = rule.selectors.iter().map(|selector| text_at(cx, &sheet.path, selector.span));
                selectors.find_map(|selector| positions.get(&(rule.parent, selector)).copied())
            };
            let Some(position) = own.or_else(elsewhere).filter(|position| is_glued(position)) else { continue };
            let finding = out.suspect(&AT_BOTTOM, sheet.at(bottom.span)).related(&POSITION, sheet.at(position.span));
            let finding = finding.arg("position", text_at(cx, &sheet.path, position.span));
            out.push(finding.arg("declaration", text_at(cx, &sheet.path, bottom.span)));
        }
    }
}

/// The `position` that each selector of a stylesheet is given, by the rule around it and its text.
fn positions<'s>(cx: &Context<'_>, path: &str, sheet: &'s Stylesheet) -> BTreeMap<(Option<u32>, String), &'s Declaration> {
    let mut found = BTreeMap::new();
    for rule in &sheet.rules {
        if let Some(position) = rule.declarations.iter().rfind(|declaration| &*declaration.name == "position") {
            found.extend(rule.selectors.iter().map(|selector| ((rule.parent, text_at(cx, path, selector.span)), position)));
        }
    }
    found
}

fn is_glued(position: &Declaration) -> bool {
    matches!(position.value.to_ascii_lowercase().as_str(), "fixed" | "sticky" | "-webkit-sticky")
}

/// Whether a declaration sets the bottom edge to 20 pixels or less.
fn is_at_bottom(declaration: &Declaration) -> bool {
    let values: Vec<&str> = declaration.value.split_whitespace().collect();
    let bottom = match (&*declaration.name, values.as_slice()) {
        ("bottom" | "inset-block-end", [bottom]) => bottom,
        ("inset", [all]) | ("inset", [all, _]) => all,
        ("inset", [_, _, bottom, ..]) => bottom,
        ("inset-block", [bottom] | [_, bottom]) => bottom,
        _ => return false,
    };
    is_small(&bottom.to_ascii_lowercase())
}

/// Whether a length is 20 pixels or less, as far as a stylesheet can tell; a safe area is nothing on most screens.
fn is_small(length: &str) -> bool {
    const PIXELS: f64 = 20.0;
    // Pixels of one unit: the usual size of letters, and a window of 800 pixels.
    const UNITS: [(&str, f64); 10] = [
        ("px", 1.0),
        ("rem", 16.0),
        ("em", 16.0),
        ("pt", 1.33),
        ("dvh", 8.0),
        ("svh", 8.0),
        ("lvh", 8.0),
        ("vh", 8.0),
        ("%", 8.0),
        ("", 1.0),
    ];
    if length.starts_with("env(safe-area-inset-bottom") {
        return true;
    }
    UNITS.iter().any(|(unit, pixels)| {
        length.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok()).is_some_and(|number| number * pixels <= PIXELS)
    })
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
    fn small_bottoms_of_fixed_boxes_are_named() {
        for bottom in [
            "bottom: 0",
            "bottom: 20px",
            "bottom:-4px",
            "bottom: 1rem",
            "inset: 0",
            "inset: auto 0 0",
            "inset: auto 0 5px 0",
            "inset-block-end: 0",
            "inset-block: auto 0",
            "bottom: 0%",
            "bottom: env(safe-area-inset-bottom)",
            "BOTTOM: 0PX",
        ] {
            for position in ["fixed", "sticky", "-webkit-sticky"] {
                let seen = css(&format!(".own {{ position: {position}; {bottom} }}"));
                assert_eq!(seen, [suspect("at-bottom", "style.css", bottom)], "{bottom}");
            }
        }
        assert_eq!(css(".own { bottom: 0 !important; position: fixed }"), [suspect("at-bottom", "style.css", "bottom: 0")]);
    }

    #[test]
    fn others_are_left_alone() {
        for text in [
            ".own { position: absolute; bottom: 0 }",
            ".own { position: fixed; bottom: 21px }",
            ".own { position: fixed; top: 0 }",
            ".own { position: fixed; inset: 0 0 auto 0 }",
            ".own { bottom: 0 }",
            ".own { position: fixed; bottom: auto }",
            ".own { position: fixed } .other { bottom: 0 }",
            ".own { position: fixed; margin-bottom: 0 }",
            ".own { position: fixed; bottom: 2rem }",
            ".own { position: fixed; bottom: calc(100% - 4px) }",
            ".own { position: fixed; border-bottom: 0 }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn the_same_selector_in_two_rules_counts() {
        assert_eq!(css(".own { position: fixed } .own { bottom: 0 }"), [suspect("at-bottom", "style.css", "bottom: 0")]);
    }

    #[test]
    fn strings_of_scripts_count() {
        let script = "var a = '<p style=\"position:fixed;bottom:0\"></p>';";
        let seen = small().file("script.js", script).findings(RULE.id);
        assert_eq!(seen, [suspect("at-bottom", "script.js", "bottom:0")]);
    }
}
