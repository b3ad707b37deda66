//! Kommo's on/off classes in scripts.

use crate::context::{Context, Origin};
use crate::finding::Findings;
use crate::kommo::names::is_switcher_state;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::is_markup;
use crate::syntax::script::{Kind, TextRole};
use crate::syntax::{Fragment, Span};

static NAME: Message = Message {
    id: "name",
    text: "The script relies on Kommo's class `{class}`.",
    help: "Kommo will remove this class. Ask the checkbox instead: `$input.prop('checked')`, and set it with `$input.prop('checked', true).trigger('change')`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "switcher-name",
    item: "switcher-styles",
    title: "Switcher class in a script",
    why: "Kommo removes the classes switcher__on and switcher__off from its pages; code that relies on them will break.",
    fix: "Read and set the state of the checkbox inside the switcher.",
    messages: &[&NAME],
    bad: &[Example {
        path: "script.js",
        text: "define(['jquery'], function ($) {\n  $('#own').addClass('«switcher__on»');\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('#own input').prop('checked', true).trigger('change');\n});\n",
        },
        Example {
            path: "script.js",
            text: "define(['jquery'], function ($) {\n  $('#own').addClass('own-switcher__on switcher_blue');\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for text in script.texts() {
            if !script.code(text).contains("switch") {
                continue;
            }
            // The key of a text is no class: self.i18n('panel.switcher_on')
            if matches!(script.text_role(text), TextRole::Argument(call, _) if script.callee_name(call) == Some("i18n")) {
                continue;
            }
            // Markup in strings is judged as markup.
            let Some(fragment) = script.text(text).filter(|fragment| !is_markup(&fragment.text)) else { continue };
            for (class, span) in classes(&fragment).into_iter().filter(|(_, span)| !is_in_style(cx, &examined.path, *span)) {
                out.push(out.suspect(&NAME, examined.at(span)).arg("class", class));
            }
        }
        for name in ["switcher__on", "switcher__off", "switcher_on", "switcher_off"] {
            let keys = script
                .named(name)
                .iter()
                .filter(|&&id| matches!(script.kind(id), Kind::Property(_)) && script.code(id).starts_with(name));
            for &key in keys {
                let start = script.span(key).start;
                let span = Span::new(start, start + name.len() as u32);
                out.push(out.suspect(&NAME, examined.at(span)).arg("class", name));
            }
        }
    }
}

/// Whether a stylesheet in a string stands there, which is judged as a style.
fn is_in_style(cx: &Context<'_>, path: &str, span: Span) -> bool {
    let sheets = cx.styles().iter().filter(|sheet| sheet.path == path && sheet.origin == Origin::ScriptString);
    sheets.into_iter().any(|sheet| sheet.facts.rules.iter().any(|rule| rule.span.contains(span)))
}

/// The on/off classes in a text, and their places; one that becomes a state at run time too.
fn classes(fragment: &Fragment<'_>) -> Vec<(String, Span)> {
    let text: &str = &fragment.text;
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_' || crate::syntax::is_hole(letter);
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    // An id may begin like a class of Kommo's.
    let becomes_state = |word: &str| {
        word.strip_prefix("switcher__").is_some_and(|rest| !rest.is_empty() && rest.chars().all(crate::syntax::is_hole))
            && !text[..start_of(word)].ends_with('#')
    };
    text.split(|letter: char| !is_name(letter))
        .filter(|word| is_switcher_state(word) || becomes_state(word))
        .map(|word| {
            let start = start_of(word) as u32;
            (super::readable(word), fragment.map.span(Span::new(start, start + word.len() as u32)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn whole_names_only() {
        check(
            "switcher-name",
            &[
                ("$('.switcher__on').length", "?switcher__on"),
                ("el.classList.toggle('switcher_off')", "?switcher_off"),
                ("el.className = 'own switcher__off x'", "?switcher__off"),
                ("cx({ switcher__on: a })", "?switcher__on"),
                ("self.i18n('panel.switcher_on')", ""),
                ("$('.own .switcher__on, .switcher_off')", "?switcher__on ?switcher_off"),
                ("el.addClass('switcher__' + (on ? 'on' : 'off'))", "?switcher__' + (on ? 'on' : 'off'"),
                ("$('#switcher__' + id); $('.switcher__' + a + '_own')", ""),
                ("$('.own-switcher__on').addClass('switcher_blue')", ""),
                ("$('.' + prefix + 'switcher__on')", ""),
                ("render('/tmpl/controls/switcher.twig'); x = 'gigantDist_switcher'", ""),
                ("// switcher__on\nvar switcher__one", ""),
                ("style.textContent = '.own .switcher__on { top: 0 }'", ""),
            ],
        );
    }
}
