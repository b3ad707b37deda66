//! Clicks on Install that no user made.

use crate::context::Context;
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::has_hole;
use crate::syntax::script::{Call, Kind, Root, Script};

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
    good: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $('.js-widget-install').on('click', function () {});\n  $('#own-file-picker').click();\n});\n",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for call in clicks(script) {
            let Some((certainty, selector)) = judge(script, call) else { continue };
            let message = if certainty == Certainty::Certain { &INSTALL } else { &SAVE };
            let finding = out.finding(certainty, message, examined.at(call.place()));
            out.push(finding.arg("code", script.code(call.node)).arg("selector", selector));
        }
    }
}

/// Every call that makes a click.
fn clicks(script: &Script) -> Vec<Call<'_>> {
    let direct = script.methods("click").filter(|call| call.arguments().is_empty());
    let triggered = ["trigger", "triggerHandler", "dispatchEvent", "fireEvent"].into_iter().flat_map(|name| script.methods(name));
    let triggered = triggered.filter(|call| call.argument(0).is_some_and(|event| is_click(script, event)));
    direct.chain(triggered).collect()
}

/// Whether an expression is a click event: its name, `new MouseEvent('click')`, `$.Event('click')`, `{ type: 'click' }`.
fn is_click(script: &Script, event: crate::syntax::script::NodeId) -> bool {
    if let Some(name) = script.constant(event) {
        return matches!(name.split('.').next(), Some("click" | "onclick"));
    }
    let event = script.value(event);
    match script.kind(event) {
        Kind::New | Kind::Call => script
            .call(event)
            .and_then(|call| call.argument(0))
            .is_some_and(|name| script.constant(name).is_some_and(|name| name == "click")),
        Kind::Object => script.property(event, "type").and_then(|name| script.constant(name)).is_some_and(|name| name == "click"),
        _ => false,
    }
}

/// What a click hits, if it is a control of the installation window.
fn judge(script: &Script, call: Call<'_>) -> Option<(Certainty, String)> {
    let receiver = call.receiver()?;
    let selection = script.selection(receiver);
    let moved = selection.steps.iter().rev().find(|step| step.moves()).and_then(|step| step.argument);
    let selector = match (moved, selection.root) {
        (Some(moved), _) => script.text(moved)?.text.into_owned(),
        (None, Root::Selector(selector)) => script.text(selector)?.text.into_owned(),
        (None, Root::Class(class)) => format!(".{}", script.text(class)?.text),
        (None, Root::Id(id)) => format!("#{}", script.text(id)?.text),
        (None, Root::Unknown(node)) => {
            let code = script.code(node);
            let named = matches!(script.kind(node), Kind::Name { .. } | Kind::Member(_)) && names_install_control(code);
            return named.then(|| (Certainty::Suspect, code.to_owned()));
        }
        _ => return None,
    };
    judge_selector(&selector).map(|certainty| (certainty, selector))
}

fn judge_selector(selector: &str) -> Option<Certainty> {
    if has_hole(selector) {
        return words(selector).any(is_install).then_some(Certainty::Suspect);
    }
    // Only what the selector ends at is clicked.
    let ends = || selector.split(',').filter_map(|part| part.rsplit([' ', '>', '+', '~']).find(|end| !end.is_empty()));
    if ends().flat_map(words).any(is_install) {
        return Some(Certainty::Certain);
    }
    ends().flat_map(words).any(|word| word == "js-widget-save").then_some(Certainty::Suspect)
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
                ("document.getElementById('install').click()", "!document.getElementById('install').click()"),
                ("$('.js-widget-save').click()", "?$('.js-widget-save').click()"),
                ("$('.js-' + code + '-install, .install').click()", "?$('.js-' + code + '-install, .install').click()"),
                ("installButton.click()", "?installButton.click()"),
                ("$(installButton).trigger('click')", "?$(installButton).trigger('click')"),
                ("$('.js-widget-install').on('click', f); $('.js-widget-install').click(f)", ""),
                ("$('.js-widget-uninstall').hide(); $('.js-widget-install').addClass('a').trigger('focus')", ""),
                ("$('.install-guide').click(); $('.postInstallStatus').click()", ""),
                ("installGuard.click(); $('#file').click(); link.click()", ""),
                ("$('.js-widget-install .own-help').click()", ""),
                ("$('.js-widget-install').find('.own').click()", ""),
                ("var s = \"$('.js-widget-install').click()\"", ""),
            ],
        );
    }
}
