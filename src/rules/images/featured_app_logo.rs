//! The two pictures that show another app's logo too, where one is featured.

use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "featured-app-logo",
    item: "featured-app-logo",
    title: "Pictures to look at for both logos",
    why: "Where an integration features another app, its two wide pictures show both logos. Only a person can see that.",
    fix: "If another app is featured, put its logo beside your own on both pictures, as its brand guide allows.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

/// The two that the checklist marks.
const BOTH_LOGOS: [(u32, u32); 2] = [(400, 272), (240, 84)];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for logo in LIMITS.logos.iter().filter(|logo| BOTH_LOGOS.contains(&(logo.width, logo.height))) {
        let label = format!("{}×{}", logo.width, logo.height);
        match cx.logo(logo) {
            Some(file) => out.evidence("image", label, &*file.path, Location::file(&*file.path)),
            None => out.evidence("note", label, format!("{} is missing", logo.file), Location::package()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn the_two_wide_logos_are_shown() {
        let report = Widget::clean().without("images/logo_medium.png").report();
        let item = report.items.into_iter().find(|item| item.item.id == "featured-app-logo").expect("an item");
        let shown: Vec<_> = item.evidence.iter().map(|evidence| (evidence.kind, evidence.value.as_str())).collect();
        assert_eq!(shown, [("image", "images/logo_main.png"), ("note", "logo_medium.png is missing")]);
    }
}
