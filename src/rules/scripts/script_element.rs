//! Script elements that a script makes.

use crate::context::{Context, Examined};
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::{self, Element, is_script_type};
use crate::syntax::script::{Kind, NodeId, Script, TextRole};

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
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  document.createElement('link');\n  $('body').append('<script type=\"text/template\"><b></b></script>');\n});\n",
    }],
    about_code: true,
    check,
};

/// Members that give a script element its code.
const CODE_MEMBERS: [&str; 5] = ["src", "text", "textContent", "innerHTML", "innerText"];
/// Methods that put a node or markup into a document.
const INSERTING: [&str; 22] = [
    "appendChild",
    "append",
    "prepend",
    "insertBefore",
    "insertAfter",
    "replaceChild",
    "insertAdjacentElement",
    "insertAdjacentHTML",
    "before",
    "after",
    "replaceWith",
    "replaceChildren",
    "html",
    "appendTo",
    "prependTo",
    "createContextualFragment",
    "write",
    "writeln",
    "insertNode",
    "wrap",
    "parseHTML",
    "$",
];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for method in ["createElement", "createElementNS"] {
            for call in script.methods(method) {
                let name = call.argument(usize::from(method == "createElementNS"));
                let is_script =
                    name.and_then(|name| script.constant(name)).is_some_and(|name| name.trim().eq_ignore_ascii_case("script"));
                if let Some(certainty) = is_script.then(|| judge_element(script, call.node)).flatten() {
                    let finding = out.finding(certainty, &ELEMENT, examined.at(call.place()));
                    out.push(finding.arg("code", script.code(call.node)));
                }
            }
        }
        for text in script.texts() {
            check_text(examined, text, out);
        }
    }
}

/// Whether a new script element is used as one: surely, perhaps, or (none) as a block of data.
fn judge_element(script: &Script, element: NodeId) -> Option<Certainty> {
    let mut certainty = Certainty::Suspect;
    for used in script.standing_for(element) {
        let parent = script.parent(used);
        match script.kind(parent) {
            Kind::Member(name) => {
                let (member, holder) = (script.word(name), script.parent(parent));
                let call = script.call_of(parent);
                if let Some(call) = call {
                    let argument = call.argument(0).and_then(|argument| script.constant(argument));
                    match (member, argument.as_deref()) {
                        ("setAttribute" | "attr" | "prop", Some("type")) => match data_type(script, call.argument(1)) {
                            Some(true) => return None,
                            Some(false) => {}
                            None => return Some(Certainty::Suspect),
                        },
                        ("setAttribute" | "attr" | "prop", Some("src")) | ("appendChild" | "append" | "text" | "html", _) => {
                            certainty = Certainty::Certain
                        }
                        _ if INSERTING.contains(&member) => certainty = Certainty::Certain,
                        _ => {}
                    }
                } else if matches!(script.kind(holder), Kind::Assign { .. }) && script.child(holder, 0) == Some(parent) {
                    if member == "type" {
                        match data_type(script, script.child(holder, 1)) {
                            Some(true) => return None,
                            Some(false) => {}
                            None => return Some(Certainty::Suspect),
                        }
                    } else if CODE_MEMBERS.contains(&member) {
                        certainty = Certainty::Certain;
                    }
                }
            }
            Kind::Call => {
                let Some(call) = script.call(parent).filter(|call| call.callee != used) else { continue };
                let name = script.callee_name(call).unwrap_or_default();
                if INSERTING.contains(&name) {
                    certainty = Certainty::Certain;
                } else if name == "assign" || name == "extend" {
                    let options = call.argument(1).map(|options| script.value(options));
                    if let Some(options) = options {
                        if data_type(script, script.property(options, "type")) == Some(true) {
                            return None;
                        }
                        if CODE_MEMBERS.iter().any(|member| script.property(options, member).is_some()) {
                            certainty = Certainty::Certain;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Some(certainty)
}

/// Whether a `type` makes a script element a block of data; none if it is not known.
fn data_type(script: &Script, value: Option<NodeId>) -> Option<bool> {
    script.constant(value?).map(|kind| !is_script_type(&kind))
}

fn check_text(examined: &Examined<Script>, text: NodeId, out: &mut Findings<'_>) {
    let script = &examined.facts;
    if !script.code(text).contains('<') {
        return;
    }
    let Some(fragment) = script.text(text).filter(|fragment| contains_ignoring_case(&fragment.text, "<script")) else { return };
    let markup = markup::parse(&fragment);
    let certainty = if is_inserted(script, text) { Certainty::Certain } else { Certainty::Suspect };
    for element in markup.elements.iter().filter(|element| is_code(element)) {
        let code = if element.attributes.is_empty() { "<script>".to_owned() } else { start_tag(element) };
        out.push(out.finding(certainty, &MARKUP, examined.at(element.span)).arg("code", code));
    }
}

fn start_tag(element: &Element) -> String {
    let attributes: String =
        element.attributes.iter().map(|attribute| format!(" {}=\"{}\"", attribute.name, attribute.value.text)).collect();
    format!("<script{attributes}>")
}

fn is_code(element: &Element) -> bool {
    &*element.name == "script" && element.attribute("type").is_none_or(|kind| is_script_type(&kind.value.text))
}

/// Whether a text goes, directly or through a variable, to something that puts markup into a document.
fn is_inserted(script: &Script, text: NodeId) -> bool {
    let mut at = text;
    while matches!(script.kind(script.parent(at)), Kind::Either { .. } | Kind::Conditional) {
        at = script.parent(at);
    }
    script.standing_for(at).into_iter().any(|used| match script.text_role(used) {
        TextRole::Argument(call, position) => {
            let name = script.callee_name(call).unwrap_or_default();
            let is_query = script.jquery(call.callee).is_some();
            let writes = !matches!(name, "write" | "writeln")
                || call.receiver().is_some_and(|receiver| script.path(receiver).is_some_and(|path| path.ends_with("document")));
            let in_place = if name == "insertAdjacentHTML" { position == 1 } else { position == 0 };
            (is_query && position == 0) || (INSERTING.contains(&name) && in_place && writes)
        }
        _ => false,
    })
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
                ("document.head.appendChild(document.createElement('script'))", made),
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
                ("$('<script>', { src: u }).appendTo('head')", "!<script>"),
                ("var html = '<script>f()</script>'; $(a).append(html)", "!<script>"),
                ("document.createElement('script')", "?document.createElement('script')"),
                ("'noModule' in document.createElement('script')", "?document.createElement('script')"),
                ("return_(document.createElement('script'))", "?document.createElement('script')"),
                ("var html = '<script>f()</script>'", "?<script>"),
                ("el.innerHTML = '<script>f()</script>'", "?<script>"),
                ("var s = document.createElement('script'); s.type = 'text/template'; s.text = t; b.appendChild(s)", ""),
                ("$(a).append('<script type=\"application/json\">{}</script>')", ""),
                ("var l = document.createElement('link'); document.head.appendChild(l)", ""),
                ("document.createElement(tag); document.createElement('div')", ""),
                ("$('head').append('<link rel=\"stylesheet\" href=\"/a.css\">')", ""),
                ("var s = 'document.createElement(\"script\")'; $('script').length; a = 'description'", ""),
            ],
        );
    }
}
