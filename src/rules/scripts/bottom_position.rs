//! Scripts that glue something to the bottom of the screen.

use super::styles_set;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};

static AT_BOTTOM: Message = Message {
    id: "at-bottom",
    text: "`{code}` with position {position} glues this to the bottom of the screen.",
    help: "Place it inside the widget's own area and let it scroll with its surroundings: `$('#own').css({ position: 'relative' })`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "bottom-position",
    item: "not-at-bottom",
    title: "Glued to the bottom of the screen by a script",
    why: "Kommo does not accept widgets that stand at the bottom of the screen and make its interface longer.",
    fix: "Show the widget in the areas that its locations give it.",
    messages: &[&AT_BOTTOM],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $('#own').css({ position: 'fixed', «bottom: 0» });\n});\n",
    }],
    good: &[
        Example { path: "script.js", text: "define(['jquery'], function ($) {\n  $('#own').css({ position: 'static' });\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('#own').css({ position: 'fixed', bottom: 100 });\n  $('#own').css({ position: 'absolute', bottom: 0 });\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for (_, styles) in styles_set(script) {
            let position = styles.iter().rev().find(|(name, ..)| name == "position").map(|(_, value, _)| value.as_str());
            let Some(position) = position.filter(|position| matches!(*position, "fixed" | "sticky")) else { continue };
            let bottom = styles.iter().rev().find(|(name, value, _)| match name.as_str() {
                "bottom" => is_near(value),
                "inset" => is_near(bottom_of_inset(value)),
                _ => false,
            });
            if let Some((name, value, node)) = bottom {
                let finding = out.suspect(&AT_BOTTOM, examined.at(script.span(*node)));
                out.push(finding.arg("code", format!("{name}: {value}")).arg("position", position));
            }
        }
    }
}

/// Whether a distance is 20 pixels or less.
fn is_near(value: &str) -> bool {
    value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().is_ok_and(|pixels| pixels <= 20.0)
}

/// The third of `inset`'s distances, or what stands for it.
fn bottom_of_inset(value: &str) -> &str {
    let parts: Vec<_> = value.split_whitespace().collect();
    parts.get(2).or(parts.first()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "bottom-position",
            &[
                ("$(a).css('position', 'fixed').css('bottom', '10px')", "?'bottom'"),
                ("el.style.position = 'sticky'; el.style.bottom = '0'", "?el.style.bottom = '0'"),
                ("Object.assign(el.style, { position: 'fixed', inset: 'auto 0 0 0' })", "?inset: 'auto 0 0 0'"),
                ("$('<div>', { css: { position: 'fixed', bottom: 0 } })", "?bottom: 0"),
                ("h('div', { style: { position: 'fixed', bottom: 0 } }, h('p', { style: { top: 0 } }))", "?bottom: 0"),
                ("$(a).css({ position: 'fixed', bottom: -90 }).animate({ bottom: 0 }, 200)", "?bottom: 0"),
                ("const st = el.style; st.position = 'fixed'; st.bottom = '0'", "?st.bottom = '0'"),
                ("let st = el.style; st = own; st.position = 'fixed'; st.bottom = '0'", ""),
                ("chart({ place: { position: 'fixed', bottom: 0 } })", ""),
                ("el.style.position = 'fixed'; other.style.bottom = '0'", ""),
                ("$(a).css({ position: 'fixed', top: 0 })", ""),
            ],
        );
    }
}
