//! Script elements that a script makes.

use crate::context::{Context, Examined};
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::is_hole;
use crate::syntax::markup::{self, Element, is_script_type};
use crate::syntax::script::{Destination, Made, NodeId, Script, TextRole};

static ELEMENT: Message = Message {
    id: "element",
    text: "`{code}` makes a script element.",
    help: "Name the library in the dependency list instead: `define(['jquery', 'https://cdn.jsdelivr.net/npm/pkg@1.2.3/dist/pkg.js'], function ($, pkg) { ... })`.",
};

static MARKUP: Message = Message {
    id: "markup",
    text: "The text puts a script element (`{code}`) into the page.",
    help: "Name the library in the dependency list instead: `define(['jquery', 'https://cdn.jsdelivr.net/npm/pkg@1.2.3/dist/pkg.js'], function ($, pkg) { ... })`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "script-element",
    item: "script-injection",
    title: "Script element made by a script",
    why: "Code that enters the page through a script element goes past Kommo's loader and past moderation.",
    fix: "Load code through the dependency list of `define`.",
    messages: &[&ELEMENT, &MARKUP],
    bad: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  var tag = «document.createElement('script')»;\n  tag.src = '/a.js';\n});\n",
        },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('head').append('«<script src=\"/a.js\">»</script>');\n});\n",
        },
    ],
    good: &[
        Example { path: "script.js", text: "define(['./lib/a.js'], function (a) {\n  a.start();\n});\n" },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  document.createElement('link');\n  $('body').append('<script type=\"text/template\"><b></b></script>');\n});\n",
        },
    ],
    about_code: true,
    check,
};

/// Members that give a script element its code.
const CODE_MEMBERS: [&str; 5] = ["src", "text", "textcontent", "innerhtml", "innertext"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for made in script.made_elements().into_iter().filter(|made| made.tag == "script") {
            let Some(certainty) = judge_element(script, &made) else { continue };
            let finding = out.finding(certainty, &ELEMENT, examined.at(made.call.place()));
            out.push(finding.arg("code", script.code(made.call.node)));
        }
        for text in script.texts() {
            check_text(examined, text, out);
        }
    }
}

/// Whether a new script element is used as one: surely, perhaps, or (none) as a block of data.
fn judge_element(script: &Script, made: &Made<'_>) -> Option<Certainty> {
    let fate = script.element_fate(made.call.node);
    let is_code = fate.is_code(script)?;
    let is_used = fate.is_inserted || CODE_MEMBERS.iter().any(|member| fate.get(member).next().is_some());
    Some(if made.is_certain && is_code && is_used { Certainty::Certain } else { Certainty::Suspect })
}

fn check_text(examined: &Examined<Script>, text: NodeId, out: &mut Findings<'_>) {
    let script = &examined.facts;
    let code = script.code(text);
    // document.write(unescape('%3Cscript src="/a.js"%3E%3C/script%3E'))
    if contains_ignoring_case(code, "%3Cscript")
        && let TextRole::Argument(call, 0) = script.text_role(text)
        && matches!(script.callee_name(call), Some("unescape" | "decodeURIComponent" | "decodeURI"))
        && script.destination(call.node) == Destination::Document
    {
        return out.push(out.suspect(&MARKUP, examined.at(script.span(text))).arg("code", "<script>"));
    }
    if !code.contains(['<', '\\']) {
        return;
    }
    let Some(fragment) = script.text(text).filter(|fragment| contains_ignoring_case(&fragment.text, "<script")) else { return };
    let markup = markup::parse(&fragment);
    let mut certainty = match script.destination(text) {
        Destination::Document => Certainty::Certain,
        // "Cannot use <script setup> here" speaks of it.
        Destination::Unseen if !begins_markup(&fragment.text) && !contains_ignoring_case(&fragment.text, "</script") => return,
        Destination::Unseen => Certainty::Suspect,
        Destination::Text => return,
    };
    // $('<script>', { type: ... })
    if let (TextRole::Argument(call, 0), [element]) = (script.text_role(text), &*markup.elements)
        && script.jquery(call.callee).is_some()
        && element.attribute("type").is_none()
    {
        match script.element_fate(call.node).is_code(script) {
            Some(true) => {}
            Some(false) => certainty = Certainty::Suspect,
            None => return,
        }
    }
    for element in markup.elements.iter().filter(|element| is_code(element)) {
        let code = if element.attributes.is_empty() { "<script>".to_owned() } else { start_tag(element) };
        out.push(out.finding(certainty, &MARKUP, examined.at(element.span)).arg("code", code));
    }
}

/// Whether a text starts with a tag, or with what may be one.
fn begins_markup(text: &str) -> bool {
    text.trim_start().starts_with(|letter: char| letter == '<' || is_hole(letter))
}

fn start_tag(element: &Element) -> String {
    let attributes: String =
        element.attributes.iter().map(|attribute| format!(" {}=\"{}\"", attribute.name, attribute.value.text)).collect();
    format!("<script{attributes}>")
}

fn is_code(element: &Element) -> bool {
    &*element.name == "script" && element.attribute("type").is_none_or(|kind| is_script_type(&kind.value.text))
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        let made = "!document.createElement('script')";
        check(
            "script-element",
            &[
                ("var s = document.createElement('script'); s.src = u", made),
                ("var s = document.createElement('script'); s.text = code", made),
                ("var s = document.createElement('script'); s.src = u; console.log(s)", made),
                ("document.head.appendChild(document.createElement('script'))", made),
                ("var s = document.createElement('script'); s.type = 'Text/JavaScript'; s.src = u", made),
                ("let s; s = document.createElement('script'); s.setAttribute('src', u)", made),
                ("this.s = document.createElement('script'); this.s.src = u", made),
                ("Object.assign(document.createElement('script'), { src: u })", made),
                ("$(document.createElement('script')).attr('src', u)", made),
                ("var s = document.createElement('script'); s.type = 'text/javascript'; h.parentNode.insertBefore(s, h)", made),
                ("const t = `SCRIPT`; var s = window.document.createElement(t); s.src = u", "!window.document.createElement(t)"),
                ("var s = document.createElementNS(ns, 'script'); s.src = u", "!document.createElementNS(ns, 'script')"),
                ("$('head').append('<script src=\"/a.js\"></script>')", "!<script src=\"/a.js\">"),
                ("$('body').html('<scr' + 'ipt>f()</scr' + 'ipt>')", "!<scr' + 'ipt>"),
                ("el.insertAdjacentHTML('beforeend', `<script src=\"${u}\"></script>`)", "!<script src=\"${u}\">"),
                ("range.createContextualFragment('<SCRIPT>f()</SCRIPT>')", "!<SCRIPT>"),
                ("document.write('<script>f()<\\/script>')", "!<script>"),
                ("$(a).append('\\x3Cscript src=\"/a.js\">\\u003c/script>')", "!\\x3Cscript src=\"/a.js\">"),
                ("const own = { tag: '<script>f()</script>' }; $(a).append(own.tag)", "!<script>"),
                ("$('<script>', { src: u }).appendTo('head')", "!<script>"),
                ("var html = '<script>f()</script>'; $(a).append(html)", "!<script>"),
                ("function add(el) { el.src = u } add(document.createElement('script'))", made),
                ("function add(html) { $(a).append(html) } add('<script>f()</script>')", "!<script>"),
                ("document.body.appendChild(document.createElement('script')).src = u", made),
                ("function add(d) { d.createElement('script').src = u } add(document)", "!d.createElement('script')"),
                ("frame.contentDocument.createElement('script').src = u", "!frame.contentDocument.createElement('script')"),
                ("tree.createElement('script').src = u", "?tree.createElement('script')"),
                ("var t = 'b'; t = 'script'; document.createElement(t).src = u", "?document.createElement(t)"),
                ("document.createElement('script')", "?document.createElement('script')"),
                ("'noModule' in document.createElement('script')", "?document.createElement('script')"),
                ("return_(document.createElement('script'))", "?document.createElement('script')"),
                ("var html = '<script>f()</script>'", "?<script>"),
                ("document.write(unescape('%3Cscript src=\"/a.js\"%3E'))", "?'%3Cscript src=\"/a.js\"%3E'"),
                ("var own = unescape('%3Cscript%3E'); document.write('%3Cscript%3E')", ""),
                (
                    "warn(`Cannot mutate <script setup> binding \"${key}\"`); own.add(url + '<script src=\"/a.js\">')",
                    "?<script src=\"/a.js\">",
                ),
                ("el.innerHTML = '<script>f()</script>'", "?<script>"),
                ("for (var a of a) a.append('<script>f()</script>')", "?<script>"),
                (
                    "$(a).append($.parseHTML('<script>f()</script>')); data.append('code', '<script>f()</script>')",
                    "?<script> ?<script>",
                ),
                ("panel.append('<script src=\"/a.js\"></script>')", "?<script src=\"/a.js\">"),
                ("class P { tpl() { this.html('<script>f()</script>') } }", "?<script>"),
                ("document.createElement('pre').append('<script>f()</script>'); document.body.prepend('<script></script>')", ""),
                ("document.querySelector('.a').before('<script>f()</script>'); $('.a')[0].append('<script></script>')", ""),
                ("$('.a').get(0).after('<script></script>'); $('.a').each((i, el) => el.append('<script></script>'))", ""),
                ("document.querySelectorAll('.a').forEach((el) => el.append('<script>f()</script>'))", ""),
                ("const $a = $('.a').find('.b'); $a.first().append('<script>f()</script>')", "!<script>"),
                ("$('.a').on('x', function () { $(this).append('<script>f()</script>') })", "!<script>"),
                ("$('<script>', { type: 'text/template', html: t }).appendTo('body')", ""),
                ("$('<script/>').attr('type', 'text/x-template').text('x').appendTo('body')", ""),
                (
                    "$('<script>').attr({ type: 'text/template' }).appendTo('body'); $('<script />').prop({ type: 'text/html' })",
                    "",
                ),
                ("const $t = $('<script/>'); $t.attr('type', 'text/x-handlebars'); $('body').append($t)", ""),
                ("$('<script/>').attr('type', kind).appendTo('body')", "?<script/>"),
                (
                    "var s = document.createElement('script'); panel.configure(s); b.appendChild(s)",
                    "?document.createElement('script')",
                ),
                (
                    "var s = document.createElement('script'); s.setAttribute(k, v); b.append(s)",
                    "?document.createElement('script')",
                ),
                ("var s = document.createElement('script'); s[k] = v; b.append(s)", "?document.createElement('script')"),
                (
                    "var s = document.createElement('script'); Object.assign(s, own.x); b.append(s)",
                    "?document.createElement('script')",
                ),
                ("var s = document.createElement('script'); s.type = 'text/template'; s.text = t; b.appendChild(s)", ""),
                ("$(a).append('<script type=\"application/json\">{}</script>')", ""),
                ("var l = document.createElement('link'); document.head.appendChild(l)", ""),
                ("document.createElement(tag); document.createElement('div')", ""),
                ("React.createElement('script', { src: u }); var d = { createElement() {} }; d.createElement('script')", ""),
                ("$(a).attr('title', 'a <script> tag'); b.setAttribute('alt', '<script>')", ""),
                ("b.setAttribute('srcdoc', '<script>f()</script>')", "?<script>"),
                ("$(a).text('<script>f()</script>'); b.textContent = '<script>'; c.replace('<script>', '')", ""),
                ("$('head').append('<link rel=\"stylesheet\" href=\"/a.css\">')", ""),
                ("var s = 'document.createElement(\"script\")'; $('script').length; a = 'description'", ""),
            ],
        );
    }
}
