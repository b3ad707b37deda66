//! A stylesheet comes from another host.

use crate::context::Context;
use crate::finding::Findings;
use crate::kommo::hosts::Standing;
use crate::rule::{Example, Message, Rule};
use crate::rules::templates::loads::loads;

static EXTERNAL: Message = Message {
    id: "external",
    text: "The stylesheet `{address}` comes from {host}; Kommo does not accept it if it has a single global selector.",
    help: "Copy the styles that you need into the widget's own `style.css`, with the widget's root in front of every selector: `#your_widget_code .button { ... }`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "external-stylesheet",
    item: "external-styles",
    title: "Stylesheet from another host",
    why: "Stylesheets of libraries nearly always style bare elements (`body`, `a`, `*`), and so change the whole of Kommo's page.",
    fix: "Ship a stylesheet of your own whose selectors all start at the widget's root.",
    messages: &[&EXTERNAL],
    bad: &[
        Example {
            path: "templates/panel.twig",
            text: "<link rel=\"stylesheet\" href=\"«https://cdn.jsdelivr.net/npm/a@1.0.0/a.css»\">",
        },
        Example { path: "style.css", text: "@import «\"https://fonts.googleapis.com/css?family=Roboto\"»;" },
    ],
    good: &[Example {
        path: "templates/panel.twig",
        text: "<link rel=\"icon\" href=\"https://acme.com/a.png\"><a href=\"https://acme.com/a.css\">x</a>",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for load in loads(cx).into_iter().filter(|load| load.is_style) {
        if load.known().is_none_or(|host| host.standing != Standing::Kommo) {
            let host = load.host().to_owned();
            out.push(out.suspect(&EXTERNAL, load.location).arg("address", load.address).arg("host", host));
        }
    }
}
