//! Changes that a script makes to Kommo's own interface.

use super::kommo_root;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Script};

static CHANGED: Message = Message {
    id: "changed",
    text: "`{code}` changes Kommo's own `{name}`.",
    help: "Put the widget's content into its own area: `self.render_template({ body: html, caption: {}, render: '' })`, or the areas that its locations give it.",
};

/// Methods that change what is shown.
const CHANGING: [&str; 27] = [
    "append",
    "prepend",
    "before",
    "after",
    "html",
    "text",
    "remove",
    "empty",
    "detach",
    "replaceWith",
    "wrap",
    "wrapAll",
    "wrapInner",
    "unwrap",
    "appendChild",
    "insertBefore",
    "removeChild",
    "replaceChild",
    "insertAdjacentHTML",
    "insertAdjacentElement",
    "insertAdjacentText",
    "replaceChildren",
    "appendTo",
    "prependTo",
    "insertAfter",
    "replaceAll",
    "load",
];
/// Methods of jQuery whose target is the argument.
const TO_ARGUMENT: [&str; 5] = ["appendTo", "prependTo", "insertAfter", "insertBefore", "replaceAll"];

/// The rule.
pub static RULE: Rule = Rule {
    id: "page-change",
    item: "allowed-interfaces",
    title: "Change to Kommo's own interface",
    why: "An integration may only change the interfaces that the checklist lists; the rest of the page is Kommo's.",
    fix: "Show the widget in the areas of its locations only.",
    messages: &[&CHANGED],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  «$('#left-menu-overlay').append('<b>x</b>')»;\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  this.render_template({ body: '<b>x</b>', caption: {}, render: '' });\n});\n",
        },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('.own-panel .nav__menu').append('<b>x</b>');\n  $('.card-widgets__widget-own').html('');\n  $('#left-menu-overlay').text();\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for method in CHANGING {
            for call in script.methods(method) {
                let Some(name) = target(script, call, method).and_then(|target| changed(cx, script, target)) else { continue };
                let finding = out.suspect(&CHANGED, examined.at(call.place()));
                out.push(finding.arg("code", script.code(call.callee)).arg("name", name));
            }
        }
        for member in ["innerHTML", "outerHTML", "innerText", "textContent"] {
            for &id in script.named(member) {
                let object = script.child(id, 0).filter(|_| script.assigned_value(id).is_some());
                if let Some(name) = object.and_then(|object| changed(cx, script, object)) {
                    let finding = out.suspect(&CHANGED, examined.at(script.span(script.parent(id))));
                    out.push(finding.arg("code", script.code(id)).arg("name", name));
                }
            }
        }
    }
}

/// The name of Kommo's at which the elements of an expression start, or may start if it is a variable that gets several values.
fn changed(cx: &Context<'_>, script: &Script, element: NodeId) -> Option<String> {
    kommo_root(cx, script, element).or_else(|| {
        let is_variable = matches!(script.kind(element), Kind::Name { symbol: Some(_), .. });
        let is_element = |value: &NodeId| matches!(script.kind(*value), Kind::Call);
        let values = if is_variable { script.values(element) } else { Vec::new() };
        values.into_iter().filter(is_element).find_map(|value| kommo_root(cx, script, value))
    })
}

/// What a call changes; reading calls change nothing.
fn target(script: &Script, call: Call<'_>, method: &str) -> Option<NodeId> {
    let receiver = call.receiver()?;
    if matches!(method, "html" | "text") && call.argument(0).is_none() {
        return None;
    }
    if method == "load" && !super::loads_address(script, call) {
        return None;
    }
    let is_dom_insert = method == "insertBefore" && call.argument(1).is_some();
    if TO_ARGUMENT.contains(&method) && !is_dom_insert {
        let target = call.argument(0)?;
        return Some(target).filter(|&target| script.text(target).is_some() || script.kind(script.value(target)) == Kind::Call);
    }
    Some(receiver)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "page-change",
            &[
                ("$('.left-menu-content').append(x)", "?$('.left-menu-content').append(x)"),
                (
                    "$('#sidebar').load(u, f); $('#sidebar').load(function () {}); $('#sidebar').load(f); $('.own').load('/a')",
                    "?$('#sidebar').load(u, f)",
                ),
                ("['#sidebar', '.own'].forEach(s => document.querySelector(s).remove())", "?document.querySelector(s).remove()"),
                (
                    "const drop = (s) => { $(s).remove() }; drop('#sidebar'); const own = (s) => { $(s).remove() }; own('.own')",
                    "?$(s).remove()",
                ),
                ("const menu = () => $('#sidebar'); menu().remove()", "?menu().remove()"),
                ("const [menu] = document.querySelectorAll('#sidebar'); menu.innerHTML = ''", "?menu.innerHTML = ''"),
                ("$('#sidebar').find('.a').remove()", "?$('#sidebar').find('.a').remove()"),
                ("function side() { return $('#sidebar'); } side().find('.a').html(x)", "?side().find('.a').html(x)"),
                ("this.side = function () { return $('#sidebar'); }; this.side().append(y)", "?this.side().append(y)"),
                ("function own() { return $('.own'); } own().html(x); function me() { return me(); } me().html(x)", ""),
                ("$('body').find('#sidebar').html(x)", "?$('body').find('#sidebar').html(x)"),
                (
                    "$('body').find('.own').html(x); $('body').children().find('#sidebar').html(x); $(document).find(a).html(x)",
                    "",
                ),
                ("$('<b>').appendTo('.left-menu-content')", "?$('<b>').appendTo('.left-menu-content')"),
                ("$(own).append('<p class=\"left-menu__own\">'); $('.left-menu__own').html(x)", ""),
                ("own.className = 'a left-menu__own'; $('.left-menu__own').html(x)", ""),
                (
                    "$(own).append('<p class=\"left-menu-content\">'); $('.left-menu__own').html(x)",
                    "?$('.left-menu__own').html(x)",
                ),
                (
                    "document.querySelector('.left-menu-content').innerHTML = ''",
                    "?document.querySelector('.left-menu-content').innerHTML = ''",
                ),
                ("document.getElementById('sidebar').appendChild(x)", "?document.getElementById('sidebar').appendChild(x)"),
                (
                    "var area = $('#work-area-x'); if (!area.length) { area = $('#left-menu-overlay'); } area.html(x); area.find('.own').html(y)",
                    "?area.html(x)",
                ),
                ("var p = $('.own'); if (a) p = $('#own'); p.html(x); var s = '#sidebar'; s = a; s.replaceAll('.', '')", ""),
                (
                    "$('.card-widgets__elements').append(x); $('.card-widgets').html(x); $('.card-widgets__new').empty()",
                    "?$('.card-widgets__elements').append(x) ?$('.card-widgets').html(x) ?$('.card-widgets__new').empty()",
                ),
                ("$('#work_area #work-area-own').append(x); $('#sidebar .modal-body .own').append(x)", ""),
                ("$('.left-menu__new-part').append(x)", "?$('.left-menu__new-part').append(x)"),
                ("$('.card-widgets__widget-' + code).html(x); $('.card-widgets__widget__body .own').html(x)", ""),
                ("$('.own-left-menu__part').append(x); $('.own__left-menu').html(x); $('.list__own').html(x)", ""),
                ("$('.own').append(x); $('#own .left-menu-content').html('')", ""),
                (
                    "var areas = ['.own', '#sidebar']; for (var i = 0; i < areas.length; i++) { $(areas[i]).prepend(x); }",
                    "?$(areas[i]).prepend(x)",
                ),
                ("['#sidebar', '.own'].forEach(function (area) { $(area).html(x); })", "?$(area).html(x)"),
                (
                    "for (const area of ['#sidebar']) { document.querySelector(area).remove(); }",
                    "?document.querySelector(area).remove()",
                ),
                ("['.own', '#own-b'].forEach(function (area) { $(area).html(x); }); $(other[i]).html(x)", ""),
                ("$('.left-menu-content').text(); $('.left-menu-content').on('click', f)", ""),
                ("$('.modal-body').append(x); $('.card-widgets__widget__body').html(x)", ""),
                ("$('body').append(x); $(this).append(x); $('.' + code).append(x)", ""),
            ],
        );
    }
}
