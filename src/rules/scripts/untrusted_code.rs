//! Scripts use a CDN in a way that cannot be trusted.

use super::readable;
use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::kommo::hosts::{self, Address, Standing};
use crate::rule::{Example, Message, Rule};
use crate::syntax::has_hole;

pub(in crate::rules) static INSECURE: Message = Message {
    id: "insecure",
    text: "`{address}` is loaded over http, so anyone on the way can change it.",
    help: "Write `https://` instead of `http://`.",
};

pub(in crate::rules) static LOOK_ALIKE: Message = Message {
    id: "look-alike",
    text: "{host} looks like {known}, but it is another host.",
    help: "Check the spelling. If the address is meant so, ship the file inside the archive instead.",
};

pub(in crate::rules) static NO_VERSION: Message = Message {
    id: "no-fixed-version",
    text: "`{address}` names no fixed version of the library, so it can change after the review.",
    help: "Name the whole version in the address, for example `@3.4.1`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "untrusted-code",
    item: "trusted-cdn",
    title: "Code that cannot be trusted",
    why: "What runs in Kommo's page must be what the reviewers saw: from the right host, unchanged on its way, and the same tomorrow.",
    fix: "Use https, a host of the checklist, and an address with the library's whole version.",
    messages: &[&INSECURE, &LOOK_ALIKE, &NO_VERSION],
    bad: &[
        Example { path: "script.js", text: "define([«'http://code.jquery.com/jquery-3.7.1.min.js'»], function ($) {});\n" },
        Example { path: "script.js", text: "define([«'https://cdn.jsdelivr.net/npm/vue'»], function (Vue) {});\n" },
    ],
    good: &[
        Example { path: "script.js", text: "define(['https://code.jquery.com/jquery-3.7.1.min.js'], function ($) {});\n" },
        Example {
            path: "script.js",
            text: "define(['https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.min.js', 'http://example.com/a.js'], function (Vue) {});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        for load in examined.facts.loads() {
            report(&load.address, Certainty::Certain, &examined.at(examined.facts.span(load.node)), out);
        }
    }
}

/// Reports whatever is wrong with the use of a known host, and a host that looks like one; that it is insecure at that certainty.
pub(in crate::rules) fn report(text: &str, certainty: Certainty, at: &Location, out: &mut Findings<'_>) {
    let Some(address) = Address::parse(text).filter(|address| !has_hole(address.host)) else { return };
    let Some(host) = hosts::known(address.host) else {
        if let Some(known) = hosts::imitated(address.host) {
            out.push(out.suspect(&LOOK_ALIKE, at.clone()).arg("host", address.host).arg("known", known));
        }
        return;
    };
    if address.is_insecure() {
        out.push(out.finding(certainty, &INSECURE, at.clone()).arg("address", readable(text)));
    }
    let is_library = matches!(host.standing, Standing::Advised | Standing::Checked | Standing::Library);
    if is_library && !address.has_fixed_version() {
        out.push(out.suspect(&NO_VERSION, at.clone()).arg("address", readable(text)));
    }
}
