//! A style glues something to the bottom of the screen.

use super::{is_copy, is_printed, text_at};
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::style::{Declaration, Stylesheet};
use std::cell::LazyCell;
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
        Example { path: "style.css", text: "#aurora-notes { position: static; }" },
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
        let positions = LazyCell::new(|| positions(cx, &sheet.path, &sheet.facts));
        for rule in &sheet.facts.rules {
            let Some(bottom) = glued_edge(cx, &sheet.path, &rule.declarations) else { continue };
            if is_copy(cx, sheet, rule) || is_printed(&sheet.facts, rule) {
                continue;
            }
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

/// The last declaration that sets the bottom edge to 20 pixels or less, if none of the same block overrides it.
fn glued_edge<'s>(cx: &Context<'_>, path: &str, declarations: &'s [Declaration]) -> Option<&'s Declaration> {
    let edges: Vec<_> = declarations.iter().filter(|declaration| bottom_edge(declaration).is_some()).collect();
    let at = edges.iter().rposition(|edge| bottom_edge(edge).is_some_and(|bottom| is_small(&bottom)))?;
    let edge = *edges.get(at)?;
    let overridden = edges.iter().enumerate().any(|(n, other)| {
        let between = Span::new(edge.span.end.min(other.span.end), edge.span.start.max(other.span.start));
        let is_same_block = !text_at(cx, path, between).contains(['{', '}']);
        is_same_block && (other.important, n) > (edge.important, at)
    });
    (!overridden).then_some(edge)
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

/// What a declaration sets the bottom edge to, in lower case.
fn bottom_edge(declaration: &Declaration) -> Option<String> {
    let name = &*declaration.name;
    if !matches!(name, "bottom" | "inset-block-end" | "inset" | "inset-block") {
        return None;
    }
    let value = declaration.value.to_ascii_lowercase();
    let edges = split(&value, char::is_whitespace);
    let bottom = match (name, edges.as_slice()) {
        ("bottom" | "inset-block-end", [bottom]) => bottom,
        ("inset", [all]) | ("inset", [all, _]) => all,
        ("inset", [_, _, bottom, ..]) => bottom,
        ("inset-block", [bottom] | [_, bottom]) => bottom,
        _ => return None,
    };
    Some((*bottom).to_owned())
}

/// Whether a length is 20 pixels or less, as far as a stylesheet can tell.
fn is_small(length: &str) -> bool {
    const PIXELS: f64 = 20.0;
    /// Functions inside functions that are followed.
    const DEPTH: u8 = 4;
    pixels(length, DEPTH).is_some_and(|pixels| pixels <= PIXELS)
}

/// A length in pixels: of lengths and of the functions that combine them.
fn pixels(length: &str, depth: u8) -> Option<f64> {
    // Pixels of one unit: the usual size of letters, and a window of 800 pixels.
    const UNITS: [(&str, f64); 14] = [
        ("px", 1.0),
        ("rem", 16.0),
        ("em", 16.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
        ("in", 96.0),
        ("dvh", 8.0),
        ("svh", 8.0),
        ("lvh", 8.0),
        ("vh", 8.0),
        ("%", 8.0),
        ("", 1.0),
    ];
    let length = length.trim();
    let Some((name, inside)) = length.strip_suffix(')').and_then(|call| call.split_once('(')) else {
        let of_unit = |(unit, pixels): &(&str, f64)| Some(length.strip_suffix(unit)?.parse::<f64>().ok()? * pixels);
        return UNITS.iter().find_map(of_unit).filter(|pixels| pixels.is_finite());
    };
    let depth = depth.checked_sub(1)?;
    let arguments = || split(inside, |letter| letter == ',').into_iter().map(|argument| pixels(argument, depth));
    match name {
        // Most screens have no safe area.
        "env" => inside.trim_start().starts_with("safe-area-inset-bottom").then_some(0.0),
        "max" => arguments().collect::<Option<Vec<_>>>()?.into_iter().reduce(f64::max),
        "min" => arguments().collect::<Option<Vec<_>>>()?.into_iter().reduce(f64::min),
        "calc" | "" => {
            let mut sum = 0.0;
            let mut sign = 1.0;
            for word in split(inside, char::is_whitespace) {
                match word {
                    "+" => sign = 1.0,
                    "-" => sign = -1.0,
                    _ => sum += sign * pixels(word, depth)?,
                }
            }
            // A product of lengths is none; what multiplies is not followed.
            (!inside.contains(['*', '/'])).then_some(sum)
        }
        _ => None,
    }
}

/// The pieces of a value between separators that stand outside parentheses.
fn split(value: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut open = 0_u32;
    let pieces = value.split(|letter: char| {
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0 && separates(letter)
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
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
            "bottom: calc(4px + env(safe-area-inset-bottom, 0px))",
            "bottom: max(8px, env(safe-area-inset-bottom))",
            "bottom: 5mm",
            "inset: auto calc(50% - 10px) 0",
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
            ".own { position: fixed; bottom: calc(20px + 5vh) }",
            ".own { position: fixed; bottom: calc(2px * 100) }",
            ".own { position: fixed; bottom: 1cm }",
            ".own { position: fixed; bottom: 0; bottom: 60px }",
            ".own { position: fixed; bottom: 60px !important; bottom: 0 }",
            "@media print { .own { position: fixed; bottom: 0 } }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn conditions_override_nothing() {
        let text = ".own { position: fixed; bottom: 0; @media (min-width: 900px) { bottom: 60px } }";
        assert_eq!(css(text), [suspect("at-bottom", "style.css", "bottom: 0")]);
    }

    #[test]
    fn the_same_selector_in_two_rules_counts() {
        assert_eq!(css(".own { position: fixed } .own { bottom: 0 }"), [suspect("at-bottom", "style.css", "bottom: 0")]);
    }

    #[test]
    fn strings_of_scripts_count() {
        for script in [
            "var a = '<p style=\"position:fixed;bottom:0\"></p>';",
            "var a = 'position:fixed;bottom:0'; el.style.cssText = a;",
            "const css = 'position:fixed;bottom:0'; $(a).attr('style', css)",
            "const css = `\n  position: fixed;\n  bottom:0;\n`; a.setAttribute('style', css)",
            "const base = 'position:fixed;'; el.style.cssText = base + 'bottom:0'",
            "const css = 'position:fixed;bottom:0'; el.style.cssText += css",
            "let css = 'top:0'; if (low) css = 'position:fixed;bottom:0'; el.style.cssText = css",
            "function set(css) { el.style.cssText = css } set('position:fixed;bottom:0')",
            "const css = ['position:fixed', 'bottom:0'].join(';'); el.style.cssText = css",
            "$(a).css('cssText', 'position:fixed;bottom:0')",
            "el.style = 'position:fixed;bottom:0'",
            "const css = 'position:fixed;bottom:0'; $('body').append(`<p style=\"${css}\">x</p>`)",
            "const css = 'position:fixed;bottom:0'; $('body').append('<p class=\"own\" style=\"' + css + '\">x</p>')",
            "const S = { box: 'position:fixed;bottom:0' }; el.innerHTML = `<p style='${S.box}'>x</p>`",
            "$('<p>', { style: 'position:fixed;bottom:0' })",
        ] {
            let seen = small().file("script.js", script).findings(RULE.id);
            assert_eq!(seen, [suspect("at-bottom", "script.js", "bottom:0")], "{script}");
        }
        let script = "var a = 'position:fixed;bottom:0'; el.title = a; el.innerHTML = `<p title=\"${a}\">x</p>`; show({ style: 'position:fixed;bottom:0' })";
        assert!(small().file("script.js", script).findings(RULE.id).is_empty());
    }
}
