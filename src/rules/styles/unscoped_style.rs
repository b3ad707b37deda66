//! Styles that do not start at the widget's root.

use super::names::{Name, Owner, has_name};
use super::{each_selector, text_at};
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::syntax::style::{FullCompound, FullSelector};
use crate::syntax::{Span, has_hole};
use std::collections::{BTreeMap, BTreeSet};

static UNSCOPED: Message = Message {
    id: "not-at-root",
    text: "{path} has styles that do not start at the widget's root (places: {rules}), the first at `{selector}`.",
    help: "Put all that the widget shows into one element with an id or class, best `#{code}`, and start every selector with it. Then no element of Kommo's that happens to share a name can be hit.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unscoped-style",
    item: "scoped-styles",
    title: "Style outside the widget's root",
    why: "Kommo asks for styles that are relative to one root of the widget, so that they cannot meet elements of Kommo or of other widgets by chance.",
    fix: "Put the root's selector - the widget's code as id or class - in front of every rule; nesting the whole file in it does the same.",
    messages: &[&UNSCOPED],
    bad: &[Example { path: "style.css", text: "#aurora-notes { top: 0 }\n«.own-title» { top: 0 }\n.own-text { top: 0 }" }],
    good: &[
        Example {
            path: "style.css",
            text: "#aurora-notes { top: 0 }\n#aurora-notes .own-title { top: 0 }\n#aurora-notes .own-text { top: 0 }",
        },
        Example { path: "style.css", text: "#aurora-notes .own-title, .card-widgets__widget-aurora .own-text { top: 0 }" },
        Example { path: "style.css", text: "#aurora-notes { .own-title { top: 0 } } :root { --own: 1 }" },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let roots = Roots::of(cx);
    let mut places: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for sheet in cx.styles().iter().filter(|sheet| !cx.is_page(&sheet.path) && !cx.is_kept_apart(&sheet.path)) {
        let mut found = Vec::new();
        each_selector(cx, sheet, |_, selector, readings| {
            if readings.iter().any(|reading| roots.misses(reading)) {
                found.push(selector.span);
            }
        });
        if !found.is_empty() {
            places.entry(&sheet.path).or_default().append(&mut found);
        }
    }
    for (path, places) in places {
        let count = places.len();
        let mut places = places.into_iter();
        let Some(first) = places.next() else { continue };
        let selector = text_at(cx, path, first);
        let at = |span: Span| Location::span(path, span);
        let finding = out.suspect(&UNSCOPED, at(first)).also_at(places.map(at)).arg("path", path).arg("rules", count);
        out.push(finding.arg("selector", selector).arg("code", roots.code.as_deref().unwrap_or("your_widget_code")));
    }
}

/// The names that stand for the widget's root.
struct Roots {
    code: Option<String>,
    /// Ids that the widget itself renders.
    rendered: BTreeSet<String>,
}

impl Roots {
    fn of(cx: &Context<'_>) -> Self {
        let in_manifest = cx.manifest().and_then(|manifest| manifest.code().map(|code| code.text().to_owned()));
        let code = in_manifest.or_else(|| cx.options().widget_code.clone());
        Self { code: code.filter(|code| !code.is_empty()), rendered: cx.rendered_ids() }
    }

    /// Whether a reading starts at a name of the widget's own that is no root. Kommo's names and selectors without a name have rules of their own.
    fn misses(&self, reading: &FullSelector<'_>) -> bool {
        let Some(first) = reading.compounds.iter().find(|compound| has_name(compound, |_| true)) else { return false };
        let is_root = has_name(first, |name| self.is_root(name)) || self.is_modal(first);
        !reading.unknown && !is_root && !has_name(first, |name| name.owner() != Owner::Own)
    }

    fn is_root(&self, name: Name<'_>) -> bool {
        if has_hole(name.text) {
            return true;
        }
        if name.is_id && self.rendered.contains(name.text) {
            return true;
        }
        // Kommo puts the widget's code into these names; where the code is not known, any will do.
        let per_widget = if name.is_id {
            name.text.strip_prefix("work-area-").or_else(|| name.text.strip_suffix("_custom_content"))
        } else {
            let hooks = ["card-widgets__widget-", "digital-pipeline__short-task_widget-style_"];
            hooks.iter().find_map(|hook| name.text.strip_prefix(hook))
        };
        match (&self.code, per_widget) {
            (Some(code), hook) => name.text == code || hook == Some(code),
            (None, hook) => hook.is_some() && name.owner() == Owner::Own,
        }
    }

    /// Whether it is `.modal.<code>`, with a code that is not known.
    fn is_modal(&self, compound: &FullCompound<'_>) -> bool {
        let mut names = 0;
        self.code.is_none()
            && has_name(compound, |name| name.text == "modal")
            && has_name(compound, |_| {
                names += 1;
                names > 1
            })
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, suspect};

    fn css(text: &str) -> Vec<Seen> {
        small().file("style.css", text).findings(RULE.id)
    }

    #[test]
    fn one_finding_per_file_counts_and_points_at_the_first() {
        let widget = small().file("style.css", "#aurora-notes { top: 0 } .a, #b p { top: 0 } .c { top: 0 } .d { }");
        assert_eq!(widget.findings(RULE.id), [suspect("not-at-root", "style.css", ".a")]);
        let report = widget.report();
        let finding = report.items.iter().flat_map(|item| &item.findings).find(|finding| finding.rule.id == RULE.id).unwrap();
        assert_eq!((finding.count, finding.related.len()), (3, 2));
    }

    #[test]
    fn roots_are_known() {
        for text in [
            "#aurora-notes .a { top: 0 }",
            "body #aurora-notes { top: 0 }",
            "#aurora-notes { .a { top: 0 } &.b { top: 0 } }",
            "@scope (#aurora-notes) { .a { top: 0 } }",
            ".card-widgets__widget-whatever .a { top: 0 }",
            "#work-area-whatever .a { top: 0 }",
            ".modal.whatever .a { top: 0 }",
            "input { top: 0 }",
            ".modal-body { top: 0 }",
            "@keyframes a { from { top: 0 } }",
        ] {
            assert_eq!(css(text), [], "{text}");
        }
    }

    #[test]
    fn the_widgets_code_is_a_root() {
        let text = "#acme .a, .acme .b, .modal.acme p, .card-widgets__widget-acme p { top: 0 }";
        assert_eq!(css(text), [suspect("not-at-root", "style.css", "#acme .a")]);
        let given = small().file("style.css", text).options(|options| options.widget_code = Some("acme".to_owned()));
        assert_eq!(given.findings(RULE.id), []);
        let other = small().file("style.css", ".card-widgets__widget-other p { top: 0 }");
        let other = other.options(|options| options.widget_code = Some("acme".to_owned()));
        assert_eq!(other.findings(RULE.id), [suspect("not-at-root", "style.css", ".card-widgets__widget-other p")]);
    }

    #[test]
    fn ids_that_scripts_render_are_roots() {
        let script = "define([], function () { var box = document.createElement('div'); box.id = 'own-box'; $('body').append('<p id=\"own-p\"></p>'); });";
        let widget = small().file("script.js", script).file("style.css", "#own-box a, #own-p { top: 0 }");
        assert_eq!(widget.findings(RULE.id), []);
        let script = "define(['jquery'], function ($) { $('<p>', { id: 'own-p' }); $(self).attr({ id: 'own-box' }); });";
        assert_eq!(widget.file("script.js", script).findings(RULE.id), []);
        let script = "define(['jquery'], function ($) { $.get('/a', { id: 'own-p' }); send({ id: 'own-box' }); });";
        let styles = "#own-box a, #own-p { top: 0 }";
        let sent = small().file("script.js", script).file("style.css", styles);
        assert_eq!(sent.findings(RULE.id), [suspect("not-at-root", "style.css", "#own-box a")]);
    }
}
