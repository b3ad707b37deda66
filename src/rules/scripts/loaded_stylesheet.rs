//! A script loads a stylesheet from another host.

use crate::context::Context;
use crate::finding::Findings;
use crate::kommo::hosts::{self, Address, Standing};
use crate::rule::{Example, Message, Rule};

static EXTERNAL: Message = Message {
    id: "external",
    text: "The stylesheet `{address}` comes from {host}; Kommo does not accept it if it has a single global selector.",
    help: "Copy the styles that you need into the widget's own `style.css`, with the widget's root in front of every selector: `#your_widget_code .button { ... }`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "loaded-stylesheet",
    item: "external-styles",
    title: "Script loads a stylesheet from another host",
    why: "Stylesheets of libraries nearly always style bare elements, and so change the whole of Kommo's page.",
    fix: "Ship a stylesheet of your own whose selectors all start at the widget's root.",
    messages: &[&EXTERNAL],
    bad: &[Example {
        path: "script.js",
        text: "define([], function () {\n  var link = document.createElement('link');\n  link.rel = 'stylesheet';\n  link.href = «'https://cdn.jsdelivr.net/npm/a@1.0.0/a.css'»;\n});\n",
    }],
    good: &[Example {
        path: "script.js",
        text: "define([], function () {\n  var link = document.createElement('link');\n  link.rel = 'icon';\n  link.href = 'https://acme.com/a.png';\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        for load in examined.facts.loads().iter().filter(|load| load.is_style) {
            let Some(address) = Address::parse(&load.address).filter(|address| !hosts::is_local(address.host)) else { continue };
            if hosts::known(address.host).is_none_or(|host| host.standing != Standing::Kommo) {
                let finding = out.suspect(&EXTERNAL, examined.at(examined.facts.span(load.node)));
                out.push(finding.arg("address", &*load.address).arg("host", address.host));
            }
        }
    }
}
