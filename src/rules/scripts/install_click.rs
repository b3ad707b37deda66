//! Clicks on Install that no user made.

use crate::context::{Context, Examined};
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Root, Script};
use crate::syntax::{Span, has_hole, is_hole};

static INSTALL: Message = Message {
    id: "install",
    text: "`{code}` clicks Install for the user.",
    help: "Remove the call: the user installs the integration. To react to it, put your code into the `onInstall` or `onSave` callback.",
};

static SAVE: Message = Message {
    id: "save",
    text: "`{code}` clicks a control of the installation window ({selector}).",
    help: "Let the user click it. To run code when the settings are saved, use the `onSave` callback.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "install-click",
    item: "user-installs",
    title: "Virtual click on Install",
    why: "Kommo installs an integration only when its user clicks Install; a widget that does it by itself is refused.",
    fix: "Leave the click to the user.",
    messages: &[&INSTALL, &SAVE],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  «$('.js-widget-install').trigger('click')»;\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  this.callbacks = { onSave: function () { return true; } };\n});\n",
        },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('.js-widget-install').on('click', function () {});\n  $('#own-file-picker').click();\n});\n",
        },
    ],
    about_code: true,
    check,
};

/// A selector of more bytes than this is not judged.
const LONGEST: usize = 1_000;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for call in clicks(script) {
            let Some(element) = call.subject() else { continue };
            let choices: Vec<_> = script.values(element).into_iter().map(|choice| clicked(script, choice)).collect();
            match &*choices {
                [Clicked::Selector(selector)] => {
                    report(examined, call.node, call.place(), selector, judge_selector(selector), out);
                }
                [Clicked::Unseen(node)] => report_unseen(examined, call, *node, out),
                choices => report_choice(examined, call, choices, out),
            }
        }
    }
}

/// Reports a click on what the function around does not tell: where the elements come from, or by their name alone.
fn report_unseen(examined: &Examined<Script>, call: Call<'_>, node: NodeId, out: &mut Findings<'_>) {
    let script = &examined.facts;
    for source in script.sources(node).into_iter().filter(|&source| source != node) {
        if let Clicked::Selector(selector) = clicked(script, source) {
            report(examined, source, script.span(source), &selector, judge_selector(&selector), out);
        }
    }
    if names_install_control(script.code(node)) {
        let finding = out.suspect(&SAVE, examined.at(call.place()));
        out.push(finding.arg("code", script.code(call.node)).arg("selector", script.code(node)));
    }
}

/// Reports a click on one of several: only what is certain of each is certain.
fn report_choice(examined: &Examined<Script>, call: Call<'_>, choices: &[Clicked], out: &mut Findings<'_>) {
    let judged = choices.iter().filter_map(|choice| match choice {
        Clicked::Selector(selector) => judge_selector(selector).map(|certainty| (selector, certainty)),
        _ => None,
    });
    let judged: Vec<_> = judged.collect();
    let is_certain = judged.len() == choices.len() && judged.iter().all(|(_, certainty)| *certainty == Certainty::Certain);
    let certainty = if is_certain { Certainty::Certain } else { Certainty::Suspect };
    if let Some((selector, _)) = judged.first() {
        report(examined, call.node, call.place(), selector, Some(certainty), out);
    }
}

fn report(
    examined: &Examined<Script>,
    code: NodeId,
    place: Span,
    selector: &Selector,
    certainty: Option<Certainty>,
    out: &mut Findings<'_>,
) {
    let Some(certainty) = certainty else { return };
    let message = if certainty == Certainty::Certain { &INSTALL } else { &SAVE };
    let finding = out.finding(certainty, message, examined.at(place));
    out.push(finding.arg("code", examined.facts.code(code)).arg("selector", &*selector.text));
}

/// Every call that makes a click.
fn clicks(script: &Script) -> Vec<Call<'_>> {
    let direct = script.methods("click").filter(|call| call.arguments().is_empty());
    let triggered = ["trigger", "triggerHandler", "dispatchEvent", "fireEvent"].into_iter().flat_map(|name| script.methods(name));
    let triggered = triggered.filter(|call| call.argument(0).is_some_and(|event| is_click(script, event)));
    direct.chain(triggered).collect()
}

/// Whether an expression is a click event: its name, `new MouseEvent('click')`, `$.Event('click')`, `{ type: 'click' }`.
fn is_click(script: &Script, event: NodeId) -> bool {
    if let Some(name) = script.constant(event) {
        return matches!(name.split('.').next(), Some("click" | "onclick"));
    }
    let event = script.value(event);
    let named_click =
        |call: Call<'_>| call.argument(0).and_then(|name| script.constant(name)).is_some_and(|name| name == "click");
    match script.kind(event) {
        Kind::New | Kind::Call => {
            // document.createEvent('MouseEvents') is told what it is by initEvent('click', ...).
            let members = script.standing_for(event).into_iter().map(|used| script.parent(used));
            let mut inits = members.filter_map(|member| script.call_of(member));
            script.call(event).is_some_and(named_click)
                || inits.any(|call| call.method().is_some_and(|name| name.starts_with("init")) && named_click(call))
        }
        Kind::Object => script.property(event, "type").and_then(|name| script.constant(name)).is_some_and(|name| name == "click"),
        _ => false,
    }
}

/// What a click hits.
enum Clicked {
    /// What this selector finds.
    Selector(Selector),
    /// What this expression stands for, which the function around does not tell.
    Unseen(NodeId),
    /// Something that is no control of the installation window.
    Other,
}

/// A selector.
struct Selector {
    text: String,
    /// Whether it looks through the whole page.
    is_whole_page: bool,
    /// Whether it surely is one: a function that is not seen may take its text for anything.
    is_sure: bool,
}

fn clicked(script: &Script, element: NodeId) -> Clicked {
    let mut is_whole_page = true;
    let mut is_sure = true;
    let (prefix, selector) = match script.text(element) {
        Some(_) => ("", element),
        None => {
            let selection = script.selection(element);
            // `has` keeps the elements outside of those that it looks for.
            let moved = selection.steps.iter().rev().find(|step| step.moves() && step.method != "has");
            is_whole_page = moved.is_none();
            match (moved.map(|step| step.argument), selection.root) {
                (Some(Some(selector)), _) => ("", selector),
                (None, Root::Selector(selector)) => ("", selector),
                (None, Root::Class(class)) => (".", class),
                (None, Root::Id(id)) => ("#", id),
                // find('.own')
                (None, Root::Unknown(node)) => match script.call(node).and_then(|call| call.argument(0)) {
                    Some(argument) => {
                        is_sure = false;
                        ("", argument)
                    }
                    None => ("", node),
                },
                // A neighbour, or what holds it.
                _ => return Clicked::Other,
            }
        }
    };
    match script.text(selector) {
        Some(text) => Clicked::Selector(Selector { text: format!("{prefix}{}", text.text), is_whole_page, is_sure }),
        None if is_sure && matches!(script.kind(selector), Kind::Name { .. } | Kind::Member(_)) => Clicked::Unseen(selector),
        None => Clicked::Other,
    }
}

fn judge_selector(Selector { text, is_whole_page, is_sure }: &Selector) -> Option<Certainty> {
    if text.len() > LONGEST {
        return None;
    }
    let selector = without_conditions(text);
    if has_hole(&selector) {
        let mut known = selector.split(is_hole).flat_map(words).map(|word| word.trim_matches(['-', '_']));
        return known.any(is_install).then_some(Certainty::Suspect);
    }
    // Only what the selector ends at is clicked.
    let ends = || selector.split(',').filter_map(|part| part.rsplit([' ', '>', '+', '~']).find(|end| !end.is_empty()));
    // Any widget may have an action of that name; Kommo's is the one that no other part of the selector narrows.
    let is_action = *is_whole_page && words(&selector).all(|word| matches!(word, "button" | "a" | "data-action" | "install"));
    let is_kommo = |word: &str| word == "js-widget-install" || word == "install" && selector.contains("data-action") && is_action;
    if ends().flat_map(words).any(is_kommo) {
        return Some(if *is_sure { Certainty::Certain } else { Certainty::Suspect });
    }
    ends().flat_map(words).any(|word| word == "js-widget-save" || is_install(word)).then_some(Certainty::Suspect)
}

/// A selector without what its elements must not be, or hold.
fn without_conditions(selector: &str) -> String {
    let mut kept = String::new();
    let mut rest = selector;
    while let Some(at) = [":not(", ":has("].iter().filter_map(|start| rest.find(start)).min() {
        kept.push_str(&rest[..at]);
        let mut depth = 0;
        let end = rest[at..].find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            letter == ')' && depth == 0
        });
        rest = end.map_or("", |end| &rest[at + end + 1..]);
    }
    kept.push_str(rest);
    kept
}

/// The class names, ids and attribute values of a selector.
fn words(selector: &str) -> impl Iterator<Item = &str> {
    selector.split(|letter: char| !(letter.is_alphanumeric() || letter == '-' || letter == '_')).filter(|word| !word.is_empty())
}

/// Whether a class, an id or a value is that of an Install control, not merely of something about installing.
fn is_install(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace('_', "-");
    let word =
        word.trim_start_matches("js-").trim_start_matches("widget-").trim_start_matches("button-").trim_start_matches("btn-");
    matches!(
        word,
        "install"
            | "install-button"
            | "install-btn"
            | "install-widget"
            | "settings-install"
            | "modal-install"
            | "settings--install"
    )
}

/// Whether a variable is named for an Install control.
fn names_install_control(code: &str) -> bool {
    let name = code.rsplit(['.', '$']).next().unwrap_or_default().to_ascii_lowercase().replace('_', "");
    matches!(
        &*name,
        "install"
            | "installbutton"
            | "installbtn"
            | "btninstall"
            | "buttoninstall"
            | "widgetinstall"
            | "installcontrol"
            | "installel"
            | "installlink"
            | "installselector"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "install-click",
            &[
                ("$('.js-widget-install').click()", "!$('.js-widget-install').click()"),
                ("$('[data-action=install]').trigger('click')", "!$('[data-action=install]').trigger('click')"),
                ("var $b = $('.js-widget-install'); $b.triggerHandler('click')", "!$b.triggerHandler('click')"),
                ("const s = '.js-widget-install'; $(s).trigger('click.own')", "!$(s).trigger('click.own')"),
                (
                    "$('.modal').find('button.js-widget-install').first().click()",
                    "!$('.modal').find('button.js-widget-install').first().click()",
                ),
                ("document.querySelector('.js-widget-install').click()", "!document.querySelector('.js-widget-install').click()"),
                (
                    "document.querySelector('.js-widget-install').dispatchEvent(new MouseEvent('click'))",
                    "!document.querySelector('.js-widget-install').dispatchEvent(new MouseEvent('click'))",
                ),
                (
                    "var e = new Event('click'); document.getElementsByClassName('js-widget-install')[0].dispatchEvent(e)",
                    "!document.getElementsByClassName('js-widget-install')[0].dispatchEvent(e)",
                ),
                ("$('.js-widget-install').each(function () { this.click() })", "!this.click()"),
                ("document.querySelectorAll('.js-widget-install').forEach(b => b.click())", "!b.click()"),
                ("for (const b of document.querySelectorAll('.js-widget-install')) b.click()", "!b.click()"),
                ("[...document.querySelectorAll('.js-widget-install')].map((b) => b.click())", "!b.click()"),
                ("Array.from(document.querySelectorAll('.js-widget-install')).forEach(b => b.click())", "!b.click()"),
                ("[].forEach.call($('.js-widget-install'), function (b) { b.click() })", "!b.click()"),
                ("$.each($('.js-widget-install'), function (i, b) { b.click() })", "!b.click()"),
                (
                    "HTMLElement.prototype.click.call(document.querySelector('.js-widget-install'))",
                    "!HTMLElement.prototype.click.call(document.querySelector('.js-widget-install'))",
                ),
                (
                    "var e = document.createEvent('Event'); e.initEvent('click', true, true); $('.js-widget-install')[0].dispatchEvent(e)",
                    "!$('.js-widget-install')[0].dispatchEvent(e)",
                ),
                ("const S = Object.freeze({ install: '.js-widget-install' }); $(S.install).click()", "!$(S.install).click()"),
                ("for (const b of document.querySelectorAll('.own')) b.click()", ""),
                ("$('.own:not(.js-widget-install)').click(); $('.own').filter(':not(.js-widget-install)').click()", ""),
                ("document.querySelector('.own:not([data-action=install]):not(:is(.a, .b))').click()", ""),
                ("$('.modal').has('.js-widget-install').click(); $('.own:has(.js-widget-install)').click()", ""),
                ("$('.js-widget-install').parent().click(); $('.js-widget-install').next().trigger('click')", ""),
                ("document.querySelector('.js-widget-install').parentNode.click()", ""),
                ("$('.js-widget-install:not(.own)').first().click()", "!$('.js-widget-install:not(.own)').first().click()"),
                ("$('.own [data-action=\"install\"]').click()", "?$('.own [data-action=\"install\"]').click()"),
                ("$(own).find('[data-action=install]').click()", "?$(own).find('[data-action=install]').click()"),
                ("$('button[data-action=install]').click()", "!$('button[data-action=install]').click()"),
                (
                    "var e = document.createEvent('Event'); e.initEvent('input', true, true); $('.js-widget-install')[0].dispatchEvent(e)",
                    "",
                ),
                ("document.getElementById('install').click()", "?document.getElementById('install').click()"),
                ("$('#own .install-button').click()", "?$('#own .install-button').click()"),
                ("this.b = $('.js-widget-install'); go(() => this.b.click())", "!this.b.click()"),
                ("function press(s) { $(s).click() } press('.js-widget-install')", "!'.js-widget-install'"),
                ("$.each(['.js-widget-install'], function (i, s) { $(s).click() })", "!'.js-widget-install'"),
                ("[$('.js-widget-install'), $('.own')].forEach(b => b.click())", "!$('.js-widget-install')"),
                ("['.js-widget-install', '.own'].forEach(s => document.querySelector(s).click())", "!'.js-widget-install'"),
                ("$('.' + code + '__install').click()", "?$('.' + code + '__install').click()"),
                ("$('.js-widget-save').click()", "?$('.js-widget-save').click()"),
                ("$('.js-' + code + '-install, .install').click()", "?$('.js-' + code + '-install, .install').click()"),
                ("installButton.click()", "?installButton.click()"),
                (
                    "function b() { return $('.js-widget-install') } b().click(); const c = () => b()[0]; c().click()",
                    "!b().click() !c().click()",
                ),
                ("const v = { b() { return $('.js-widget-install') }, go() { this.b().click() } }", "!this.b().click()"),
                ("const $$ = s => $(s); $$('.js-widget-install').on('click', f); $$('.own').click()", ""),
                ("const q = (s, r = document) => r.querySelector(s); q('.js-widget-install').title = 'a'; q('.own').click()", ""),
                (
                    "const q = (s = '.own') => $(s); q('.js-widget-install').on('click', f); q().click(); const p = s => $(s); p('.js-widget-install').hide(); p().click()",
                    "",
                ),
                (
                    "const find = (s) => document.querySelector(s); find('.js-widget-install').click()",
                    "!find('.js-widget-install').click()",
                ),
                (
                    "class V { get b() { return $('.js-widget-install') } get a() { return $('.own') } go() { this.a.click(); this.b.click() } }",
                    "!this.b.click()",
                ),
                ("const [b] = $('.js-widget-install'); b.click(); const [a] = $('.own'); a.click()", "!b.click()"),
                (
                    "(0, m.default)('.js-widget-install').click(); own('.js-widget-install').click()",
                    "?(0, m.default)('.js-widget-install').click() ?own('.js-widget-install').click()",
                ),
                ("var b = $('.js-widget-install')[0] || document.querySelector('.js-widget-install'); b.click()", "!b.click()"),
                ("var b = a ? $('.js-widget-install') : $('.own'); b.click(); var c = x || $('.own'); c.click()", "?b.click()"),
                ("function b() { if (a) return $('.own'); return $('.js-widget-install') } b().click()", ""),
                ("$(installButton).trigger('click')", "?$(installButton).trigger('click')"),
                ("$('.js-widget-install').on('click', f); $('.js-widget-install').click(f)", ""),
                ("$('.js-widget-uninstall').hide(); $('.js-widget-install').addClass('a').trigger('focus')", ""),
                ("$('.install-guide').click(); $('.postInstallStatus').click()", ""),
                ("installGuard.click(); $('#file').click(); link.click()", ""),
                ("$('.js-widget-install .own-help').click()", ""),
                ("function press(s) { $(s).click() } press('.own'); $('.' + code + '__installed').click()", ""),
                ("$('.js-widget-install').find('.own').click()", ""),
                ("var s = \"$('.js-widget-install').click()\"", ""),
            ],
        );
    }
}
