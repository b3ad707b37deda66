//! A template brings a script of its own instead of a dependency of `define`.

use crate::context::{Context, Origin};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::is_script_type;

static SCRIPT_TAG: Message = Message {
    id: "script-tag",
    text: "The template loads the script `{address}` by a tag.",
    help: "Name it in the dependency list of `define([...])` in script.js; requirejs loads it once, and before your code runs.",
};
static INLINE: Message = Message {
    id: "inline-script",
    text: "The template brings a script of its own in `{tag}`.",
    help: "Move the code into script.js, or into a module of `define([...])`, and call it once the template is shown.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "template-script",
    item: "requirejs-dependencies",
    title: "Script tag in a template",
    why: "Dependencies belong into define's list, where requirejs loads them once and reviewers find them at a glance.",
    fix: "Move the script's address into the dependency list of `define` and take the tag out of the template.",
    messages: &[&SCRIPT_TAG, &INLINE],
    bad: &[
        Example {
            path: "templates/panel.twig",
            text: "<p>x</p>«<script src=\"https://code.jquery.com/jquery-3.7.1.min.js\">»</script>",
        },
        Example { path: "templates/panel.twig", text: "<p>x</p>«<script>»var own = {};</script>" },
    ],
    good: &[
        Example { path: "templates/panel.twig", text: "<p>x</p>" },
        Example {
            path: "templates/panel.twig",
            text: "<script type=\"text/template\"><p>x</p></script><script type=\"application/json\">{}</script>",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for markup in cx.markups().iter().filter(|markup| markup.origin == Origin::File && !cx.is_page(&markup.path)) {
        for element in markup.facts.elements.iter().filter(|element| &*element.name == "script") {
            let kind = element.attribute("type").map_or(String::new(), |kind| kind.value.text.trim().to_ascii_lowercase());
            if !is_script_type(&kind) {
                continue;
            }
            let at = markup.at(element.span);
            out.push(match element.attribute("src") {
                Some(src) => out.suspect(&SCRIPT_TAG, at).arg("address", super::text_at(cx, &markup.path, src.value_span)),
                None => out.suspect(&INLINE, at).arg("tag", super::text_at(cx, &markup.path, element.span)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;

    #[test]
    fn pages_of_their_own_may_have_scripts() {
        let page = "<html><body><script src=\"own.js\"></script></body></html>";
        assert_eq!(small().file("frame.html", page).findings(RULE.id), []);
        assert_eq!(
            small().file("frame.html", "<script>var own</script><script type=text/template></script>").findings(RULE.id).len(),
            1
        );
        assert_eq!(small().file("frame.html", "<script src=\"own.js\"></script>").findings(RULE.id).len(), 1);
    }
}
