//! Scripts load code or styles from another host.

use super::readable;
use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::kommo::hosts::{self, Address, Standing};
use crate::rule::{Example, Message, Rule};
use crate::syntax::has_hole;

static FOREIGN: Message = Message {
    id: "foreign-host",
    text: "`{address}` is loaded from {host}, which is none of the checklist's hosts of public libraries.",
    help: "Put the file into the widget's archive and name it in define's list, `define(['./lib/file.js'], function (lib) { ... })`, or take a public library from a host of the checklist.",
};

pub(in crate::rules) static CHECKED: Message = Message {
    id: "checked-host",
    text: "`{address}` comes from {name}: Kommo checks each library that is loaded from there.",
    help: "Make sure that it is a public library in a fixed version, or ship it inside the archive.",
};

pub(in crate::rules) static KNOWN: Message = Message {
    id: "known-host",
    text: "`{address}` comes from {name}, which is well known but not on the checklist.",
    help: "Ship the file inside the archive where you can; else explain in the review what it is needed for.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "external-code",
    item: "external-resources",
    title: "Script loads from another host",
    why: "What another host serves can change after Kommo's review, so only public libraries may come from outside.",
    fix: "Ship your own files in the archive; take public libraries from the hosts of the checklist.",
    messages: &[&FOREIGN, &CHECKED, &KNOWN],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery', «'https://cdn.acme-widgets.com/own.js'»], function ($) {});\n",
    }],
    good: &[
        Example { path: "script.js", text: "define(['jquery', './own.js'], function ($, own) {});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery', 'https://code.jquery.com/ui/1.13.2/jquery-ui.min.js', './lib.js'], function ($) {\n  $.get('https://api.acme-widgets.com/');\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        for load in examined.facts.loads() {
            let certainty = if load.is_doubtful { Certainty::Suspect } else { Certainty::Certain };
            report(&load.address, certainty, &FOREIGN, examined.at(examined.facts.span(load.node)), out);
        }
    }
}

/// Reports a load by the standing of its host; `foreign` at that certainty if the host is not known.
pub(in crate::rules) fn report(
    text: &str,
    certainty: Certainty,
    foreign: &'static Message,
    at: Location,
    out: &mut Findings<'_>,
) {
    let Some(address) = Address::parse(text).filter(|address| !hosts::is_local(address.host)) else { return };
    let known = hosts::known(address.host);
    let (message, certainty) = match known.map(|host| host.standing) {
        Some(Standing::Advised | Standing::Kommo) => return,
        Some(Standing::Checked) => (&CHECKED, Certainty::Suspect),
        Some(Standing::Library | Standing::Service) => (&KNOWN, Certainty::Suspect),
        // A name without a dot leads nowhere outside of a network of somebody's own.
        None if has_hole(address.host) || !address.host.contains(['.', ':']) => (foreign, Certainty::Suspect),
        None => (foreign, certainty),
    };
    let finding = out.finding(certainty, message, at).arg("address", readable(text)).arg("host", readable(address.host));
    out.push(finding.arg("name", known.map_or("", |host| host.name)));
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "external-code",
            &[
                ("define(['https://cdn.acme.com/a.js'], f)", "!'https://cdn.acme.com/a.js'"),
                ("define(['https://a1.ngrok.io/a.js'], f)", "!'https://a1.ngrok.io/a.js'"),
                ("define(['https://intranet/a.js', 'https://test/a.js'], f)", "?'https://intranet/a.js'"),
                ("define(['https://a1.loca.lt/a.js', 'https://app.local/a.js'], f)", "!'https://a1.loca.lt/a.js'"),
                ("define(['css!//cdn.acme.com/a.css'], f)", "!'css!//cdn.acme.com/a.css'"),
                ("$.getScript('https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("import a from 'https://cdn.acme.com/a.js'", "!'https://cdn.acme.com/a.js'"),
                ("import('https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("importScripts('https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("new Worker('https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("var s = document.createElement('script'); s.src = 'https://cdn.acme.com/a.js'", "!'https://cdn.acme.com/a.js'"),
                (
                    "var l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'https://cdn.acme.com/a.css'",
                    "!'https://cdn.acme.com/a.css'",
                ),
                ("navigator.serviceWorker.register('https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("$('<script>').attr('src', 'https://cdn.acme.com/a.js')", "!'https://cdn.acme.com/a.js'"),
                ("$('<link>', { rel: 'stylesheet', href: '//cdn.acme.com/a.css' }).appendTo('head')", "!'//cdn.acme.com/a.css'"),
                (
                    "document.head.append(Object.assign(document.createElement('script'), { src: '//cdn.acme.com/a.js' }))",
                    "!'//cdn.acme.com/a.js'",
                ),
                (
                    "function load(u) { var s = document.createElement('script'); s.src = u } load('//cdn.acme.com/a.js')",
                    "!'//cdn.acme.com/a.js'",
                ),
                ("['//cdn.acme.com/a.js', './b.js'].forEach(u => { $.getScript(u) })", "!'//cdn.acme.com/a.js'"),
                ("var urls = { a: '//cdn.acme.com/a.js' }; $.getScript(urls.a)", "!'//cdn.acme.com/a.js'"),
                ("$.ajax({ url: '//cdn.acme.com/a.js', dataType: 'script' })", "!'//cdn.acme.com/a.js'"),
                (
                    "require.config({ baseUrl: '//cdn.acme.com/', paths: { a: 'https://cdn.acme.com/a' } })",
                    "!'//cdn.acme.com/' !'https://cdn.acme.com/a'",
                ),
                ("document.createElement(a ? 'img' : 'script').src = '//cdn.acme.com/a.js'", "?'//cdn.acme.com/a.js'"),
                ("var s = document.createElement('script'); s.type = 'text/x-template'; s.src = '//cdn.acme.com/a.js'", ""),
                ("define(['text!https://acme.com/a.twig'], f)", "?'text!https://acme.com/a.twig'"),
                ("var u = 'https://cdn.acme.com/a.js'; define([u], f)", "!'https://cdn.acme.com/a.js'"),
                ("(function (u) { $.getScript(u) })('//cdn.acme.com/a.js')", "!'//cdn.acme.com/a.js'"),
                ("var b = '//cdn.acme.com'; $.getScript(b + '/a.js')", "!b + '/a.js'"),
                (
                    "define(['https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.js'], f)",
                    "?'https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.js'",
                ),
                ("define(['https://unpkg.com/react@17.0.0/a.js'], f)", "?'https://unpkg.com/react@17.0.0/a.js'"),
                ("define(['https://' + host + '/a.js'], f)", "?'https://' + host + '/a.js'"),
                ("define(['https://ajax.googleapis.com/a.js', 'https://www.kommo.com/a.js', 'jquery', './a.js'], f)", ""),
                ("define(['http://localhost:3000/a.js', 'text!./a.twig'], f)", ""),
                ("fetch('https://api.acme.com'); $.get('https://api.acme.com'); img.src = 'https://acme.com/a.png'", ""),
                ("var l = document.createElement('link'); l.rel = 'icon'; l.href = 'https://acme.com/a.png'", ""),
                ("var f = document.createElement('iframe'); f.src = 'https://acme.com'", ""),
            ],
        );
    }
}
