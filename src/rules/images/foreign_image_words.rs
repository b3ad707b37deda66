//! The pictures to read for words of another language.

use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "foreign-image-words",
    item: "image-language",
    title: "Pictures to read for words of another language",
    why: "The pictures that users of a language see hold no words of another one. Only a person can read them.",
    fix: "Make a set of slides for each language, with the words on them translated, and list it under the language in tour.tour_images.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for slide in cx.slides() {
        if let Some(file) = slide.file.meant() {
            out.evidence("image", slide.locale, &*file.path, Location::file(&*file.path));
        }
    }
    for file in LIMITS.logos.iter().filter_map(|logo| cx.logo(logo)) {
        out.evidence("image", "every language", &*file.path, Location::file(&*file.path));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn slides_are_shown_under_their_language_and_logos_under_all() {
        let report = Widget::clean().report();
        let item = report.items.into_iter().find(|item| item.item.id == "image-language").expect("an item");
        let has =
            |label: &str, value: &str| item.evidence.iter().any(|evidence| evidence.label == label && evidence.value == value);
        assert!(has("es", "images/tour_1_es.png") && has("every language", "images/logo.png"), "{:?}", item.evidence);
    }
}
