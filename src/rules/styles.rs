//! Rules that read stylesheets.

pub mod bottom_style;
pub mod commented_out_style;
pub mod external_stylesheet;
pub mod global_selector;
pub mod missing_stylesheet;
mod names;
pub mod overlapping_style;
pub mod switcher_style;
pub mod system_class;
pub mod unscoped_style;

use crate::context::{Context, Examined, Origin};
use crate::finding::Certainty;
use crate::syntax::Span;
use crate::syntax::style::{FullSelector, Part, Rule, Selector, Stylesheet, Test};

/// How sure a finding about a selector can be where the style stands: the widget's page loads it for certain only from a stylesheet
/// or from a template that it renders.
fn certainty(cx: &Context<'_>, sheet: &Examined<Stylesheet>) -> Certainty {
    match sheet.origin {
        Origin::ScriptString | Origin::Apart => Certainty::Suspect,
        _ if cx.is_page(&sheet.path) || cx.is_kept_apart(&sheet.path) => Certainty::Suspect,
        _ => Certainty::Certain,
    }
}

/// The same for the selectors of a rule, which browsers drop for a pseudo-class that they do not know, in it or around it.
fn certainty_of(cx: &Context<'_>, sheet: &Examined<Stylesheet>, rule: &Rule) -> Certainty {
    if rule.is_dropped { Certainty::Suspect } else { certainty(cx, sheet) }
}

/// Calls `visit` for each selector of a rule that has declarations, with its readings.
fn each_selector<'s>(
    cx: &Context<'_>,
    sheet: &'s Examined<Stylesheet>,
    visit: impl FnMut(&'s Rule, &'s Selector, &[FullSelector<'s>]),
) {
    each_selector_where(cx, sheet, |rule| !rule.declarations.is_empty(), visit);
}

/// Calls `visit` for each selector of a `wanted` rule, with its readings. Those of a shadow root or of another document meet nothing of
/// Kommo's page.
fn each_selector_where<'s>(
    cx: &Context<'_>,
    sheet: &'s Examined<Stylesheet>,
    wanted: impl Fn(&Rule) -> bool,
    visit: impl FnMut(&'s Rule, &'s Selector, &[FullSelector<'s>]),
) {
    if sheet.origin != Origin::Apart {
        sheet.facts.each_selector(|rule| wanted(rule) && !is_copy(cx, sheet, rule), visit);
    }
}

/// Whether a rule in a script's string stands there by the name of a constant only: it is judged where the constant is declared.
fn is_copy(cx: &Context<'_>, sheet: &Examined<Stylesheet>, rule: &Rule) -> bool {
    sheet.origin == Origin::ScriptString
        && !rule.selectors.is_empty()
        && memchr::memchr2(b'{', b'\\', bytes_at(cx, &sheet.path, rule.span)).is_none()
}

/// Whether a rule holds on paper only.
fn is_printed(sheet: &Stylesheet, rule: &Rule) -> bool {
    let prints = |query: &str| query.split_whitespace().find(|word| !word.eq_ignore_ascii_case("only")) == Some("print");
    sheet.groups_of(rule).any(|group| &*group.name == "media" && group.condition.split(',').all(prints))
}

/// The text of a part of a file, for messages: white space folded.
pub(in crate::rules) fn text_at(cx: &Context<'_>, path: &str, span: Span) -> String {
    String::from_utf8_lossy(bytes_at(cx, path, span)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of a part of a file.
pub(in crate::rules) fn bytes_at<'c>(cx: &'c Context<'_>, path: &str, span: Span) -> &'c [u8] {
    let bytes = cx.package().file(path).map(|file| file.bytes()).unwrap_or_default();
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// Whether a part is an element with a dash in its name, as only widgets make.
fn is_own_element(part: &Part) -> bool {
    matches!(&part.test, Test::Type(name) if name.contains('-'))
}

/// A widget with a stylesheet and a template that its script loads, and nothing else: the clean one costs a second to check.
#[cfg(test)]
pub(in crate::rules) fn small() -> crate::testing::Widget {
    let script = "define([], function () { return ['/style.css', '/templates/panel.twig']; });";
    let widget = crate::testing::Widget::empty().file("script.js", script);
    widget.file("style.css", "#aurora-notes { top: 0 }").file("templates/panel.twig", "<p id=\"aurora-notes\"></p>")
}
