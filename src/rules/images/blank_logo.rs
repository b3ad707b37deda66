//! A logo with nothing on it.

use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "blank-logo",
    item: "own-identity",
    title: "A logo with nothing on it",
    why: "The logos have to show an identity of the integration's own; an empty picture shows none.",
    fix: "Draw a logo that users can tell from others, and export it in the five sizes.",
    messages: &[&BLANK],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static BLANK: Message = Message {
    id: "blank",
    text: "{file} looks blank: {percent} % of its pixels have one colour.",
    help: "Look at the picture. If a placeholder was left there, replace it with the integration's logo.",
};

/// The share of one colour from which on a logo shows nothing: a mark of 20×20 pixels on the largest is more than the rest.
const BLANK_FROM: f64 = 0.998;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for (logo, file) in LIMITS.logos.iter().filter_map(|logo| Some((logo, cx.logo(logo)?))) {
        out.evidence("image", format!("{}×{}", logo.width, logo.height), &*file.path, Location::file(&*file.path));
        let Some(pixels) = cx.image(&file.path).and_then(|image| image.pixels.as_ref()) else { continue };
        if pixels.uniformity >= BLANK_FROM {
            let percent = format!("{:.1}", pixels.uniformity * 100.0);
            let finding = out.suspect(&BLANK, Location::file(&*file.path));
            out.push(finding.arg("file", &*file.path).arg("percent", percent));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, drawing, png, suspect};

    fn found(color: impl Fn(u32, u32) -> [u8; 4]) -> Vec<crate::testing::Seen> {
        Widget::clean().file("images/logo_main.png", png(400, 272, color)).findings("blank-logo")
    }

    #[test]
    fn one_colour_is_blank() {
        let blank = [suspect("blank", "images/logo_main.png", "")];
        assert_eq!(found(|_, _| [30, 90, 200, 255]), blank);
        assert_eq!(found(|x, y| [(x % 256) as u8, (y % 256) as u8, 0, 0]), blank);
    }

    #[test]
    fn a_small_mark_and_a_white_one_on_nothing_are_logos() {
        let is_mark = |x: u32, y: u32| (180..210).contains(&x) && (120..150).contains(&y);
        assert_eq!(found(|x, y| if is_mark(x, y) { [0, 0, 0, 255] } else { [255; 4] }), []);
        assert_eq!(found(|x, y| if is_mark(x, y) { [255; 4] } else { [255, 255, 255, 0] }), []);
        assert_eq!(found(drawing(3)), []);
    }
}
