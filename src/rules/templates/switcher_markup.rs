//! Markup is built on the on/off classes of Kommo's switcher.

use crate::context::Context;
use crate::finding::Findings;
use crate::kommo::names::is_switcher_state;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::TagKind;
use crate::syntax::{has_hole, is_hole};

static SWITCHER: Message = Message {
    id: "switcher-class",
    text: "`{class}` is built on a class of Kommo's switcher that will go away.",
    help: "Render the switcher with Kommo's own template `/tmpl/controls/switcher.twig` and read its state from the checkbox.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "switcher-markup",
    item: "switcher-styles",
    title: "Markup on the switcher's state",
    why: "Kommo will remove the switcher's on and off classes; what is built on them stops to work.",
    fix: "Use `/tmpl/controls/switcher.twig` and the state of its checkbox.",
    messages: &[&SWITCHER],
    bad: &[Example { path: "templates/panel.twig", text: "<label class=\"switcher «switcher__on»\"></label>" }],
    good: &[
        Example { path: "templates/panel.twig", text: "{% include '/tmpl/controls/switcher.twig' %}" },
        Example {
            path: "templates/panel.twig",
            text: "<label class=\"switcher_blue own-switcher__on\">switcher__on</label>{% include '/tmpl/controls/switcher.twig' %}",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for markup in cx.markups() {
        let elements = markup.facts.elements.iter().filter_map(|element| element.attribute("class"));
        let words = elements.flat_map(|class| class.words()).filter(|(word, _)| is_state(word)).map(|(_, span)| span);
        let tags = markup.facts.tags.iter().filter(|tag| tag.kind != TagKind::Comment).flat_map(|tag| &tag.strings);
        let strings = tags.filter(|(text, _)| text.split_ascii_whitespace().any(is_switcher_state)).map(|(_, span)| *span);
        // A word that is a template's string and nothing else is one place.
        for place in order::set(words.chain(strings)) {
            let class = super::text_at(cx, &markup.path, place);
            out.push(out.suspect(&SWITCHER, markup.at(place)).arg("class", class));
        }
    }
}

/// Whether a class is a state of the switcher, or becomes one at run time.
fn is_state(word: &str) -> bool {
    let rest = word.strip_prefix("switcher__").or_else(|| word.strip_prefix("switcher_"));
    is_switcher_state(word)
        || (has_hole(word) && rest.is_some_and(|rest| matches!(rest.trim_matches(is_hole), "" | "on" | "off")))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, suspect};

    fn twig(text: &str) -> Vec<Seen> {
        small().file("templates/panel.twig", text).findings(RULE.id)
    }

    #[test]
    fn states_in_classes_are_named() {
        for (text, place) in [
            ("<b class=\"a switcher_off\">x</b>", "switcher_off"),
            ("<b class='{% if on %}switcher__on{% endif %}'>x</b>", "switcher__on"),
            ("<b class=\"switcher {{ on ? 'switcher__on' : '' }}\">x</b>", "switcher__on"),
            ("<b class=\"switcher__{{ state }}\">x</b>", "switcher__{{ state }}"),
            ("<script type=\"text/template\"><b class=\"switcher__on\"></b></script>", "switcher__on"),
        ] {
            assert_eq!(twig(text), [suspect("switcher-class", "templates/panel.twig", place)], "{text}");
        }
    }

    #[test]
    fn other_words_are_fine() {
        for text in [
            "<b class=\"own-switcher__on switcher switcher_blue switcher_{{ x }}_own\">switcher__on</b>",
            "<!-- switcher__on -->",
            "{# 'switcher__on' #}",
            "<b id=\"switcher__on\">x</b>",
            "<b data-x=\"switcher__on\">x</b>",
        ] {
            assert_eq!(twig(text), [], "{text}");
        }
    }

    #[test]
    fn markup_in_scripts_counts() {
        let seen = small().file("script.js", "var a = '<b class=\"switcher__off\"></b>';").findings(RULE.id);
        assert_eq!(seen, [suspect("switcher-class", "script.js", "switcher__off")]);
    }
}
