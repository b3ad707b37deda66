//! A style is built on the on/off classes of Kommo's switcher.

use super::{certainty, is_copy};
use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::kommo::names::is_switcher_state;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::style::{Part, Test};

static SWITCHER: Message = Message {
    id: "switcher-class",
    text: "The selector is built on `{class}`, a class of Kommo's switcher that will go away.",
    help: "Read the state from the checkbox and style a class of your own: `#own input:checked + .own-label { ... }`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "switcher-style",
    item: "switcher-styles",
    title: "Style on the switcher's state",
    why: "Kommo will remove the switcher's on and off classes; what is built on them stops to work.",
    fix: "Use the state of the switcher's checkbox and classes of your own.",
    messages: &[&SWITCHER],
    bad: &[
        Example { path: "style.css", text: "#aurora-notes «.switcher__on» { color: red }" },
        Example { path: "templates/panel.twig", text: "<style>#aurora-notes p:not(«.switcher_off») { color: red }</style>" },
    ],
    good: &[
        Example { path: "style.css", text: "#aurora-notes input:checked { color: red }" },
        Example { path: "style.css", text: "#aurora-notes .own-switcher__on, #aurora-notes .switcher_blue { color: red }" },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles() {
        let sure = certainty(cx, sheet);
        let mut found = Vec::new();
        let rules = sheet.facts.rules.iter().filter(|rule| !is_copy(cx, sheet, rule));
        let selectors = rules.flat_map(|rule| &rule.selectors);
        selectors.flat_map(|selector| selector.parts()).for_each(|part| collect(part, &mut found));
        for (class, certainty, span) in found {
            out.push(out.finding(certainty.max(sure), &SWITCHER, sheet.at(span)).arg("class", class));
        }
    }
}

/// Collects the switcher's classes in a part, those inside its parentheses, too.
fn collect<'s>(part: &'s Part, found: &mut Vec<(&'s str, Certainty, Span)>) {
    match &part.test {
        Test::Class(class) if is_switcher_state(class) => found.push((class, Certainty::Certain, part.span)),
        Test::Attribute { name, value: Some(value) } if &**name == "class" => {
            let states = value.split_ascii_whitespace().find(|class| is_switcher_state(class));
            found.extend(states.map(|class| (class, Certainty::Suspect, part.span)));
        }
        // The parser bounds how deep pseudo-classes nest.
        Test::Pseudo { selectors, .. } => {
            selectors.iter().flat_map(|selector| selector.parts()).for_each(|part| collect(part, found));
        }
        _ => {}
    }
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
    fn states_fail_wherever_they_stand() {
        for class in [".switcher__on", ".switcher__off", ".switcher_on", ".switcher_off"] {
            for text in [
                format!("{class} {{ top: 0 }}"),
                format!("#own p{class}:hover > a {{ }}"),
                format!("#own {{ &{class} {{ top: 0 }} }}"),
                format!(":is(.a, {class}) {{ }}"),
            ] {
                assert_eq!(css(&text), [certain("switcher-class", "style.css", class)], "{text}");
            }
        }
        assert_eq!(css("[class*=switcher__on] { }"), [suspect("switcher-class", "style.css", "[class*=switcher__on]")]);
    }

    #[test]
    fn other_names_are_fine() {
        for text in [
            ".own-switcher__on { }",
            ".switcher__one { }",
            ".switcher { }",
            ".switcher_blue { }",
            "#switcher__on { }",
            "/* .switcher__on */",
            ".a { content: 'switcher__on' }",
            ".switcher--on { }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn strings_of_scripts_are_suspect() {
        let seen = small().file("script.js", "var css = '#own .switcher__on { color: red }';").findings(RULE.id);
        assert_eq!(seen, [suspect("switcher-class", "script.js", ".switcher__on")]);
        let twice = "var css = '#own .switcher__on { color: red }'; $('head').append('<style>' + css + '</style>');";
        assert_eq!(small().file("script.js", twice).findings(RULE.id).len(), 1);
    }
}
