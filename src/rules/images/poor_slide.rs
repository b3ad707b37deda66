//! A slide that is blank, or enlarged from a smaller picture.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Message, Rule};
use crate::syntax::image::Upscaling;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "poor-slide",
    item: "slideshow-quality",
    title: "A slide of poor quality",
    why: "Slides have to be of good quality, with everything on them easy to see.",
    fix: "Take the screenshot anew, large enough that it need not be enlarged.",
    messages: &[&BLANK, &BLOCKS, &SOFT],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static BLANK: Message = Message {
    id: "blank",
    text: "The slide {file} looks blank: {percent} % of its pixels have one colour.",
    help: "Look at the picture. If a placeholder was left there, replace it with a picture of the integration at work.",
};
static BLOCKS: Message = Message {
    id: "blocks",
    text: "The slide {file} looks enlarged: its pixels come in blocks.",
    help: "Take the screenshot in a window large enough for 1188×616 pixels instead of scaling a small one up.",
};
static SOFT: Message = Message {
    id: "soft",
    text: "The slide {file} looks blurred, as if enlarged from a smaller picture: no edge in it is sharp.",
    help: "Take the screenshot in a window large enough for 1188×616 pixels, or reduce a larger one; do not scale a small one up.",
};

/// The share of one colour from which on a slide shows nothing: less than one short line of text is left.
const BLANK_FROM: f64 = 0.997;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut told = BTreeSet::new();
    for slide in cx.slides() {
        let Some(file) = slide.file.meant() else { continue };
        let image = cx.image(&file.path);
        for what in image.iter().flat_map(|image| image.notes()) {
            out.evidence("note", &*slide.locale, format!("{} {what}", file.path), Location::file(&*file.path));
        }
        out.evidence("image", slide.locale, &*file.path, Location::file(&*file.path));
        let Some(pixels) = image.and_then(|image| image.pixels.as_ref()) else { continue };
        if !told.insert(&file.path) {
            continue;
        }
        let message = match pixels.upscaling {
            _ if pixels.uniformity >= BLANK_FROM => &BLANK,
            Some(Upscaling::Blocks) => &BLOCKS,
            Some(Upscaling::Soft) => &SOFT,
            None => continue,
        };
        let finding = out.suspect(message, Location::file(&*file.path)).arg("file", &*file.path);
        out.push(finding.arg("percent", format!("{:.1}", pixels.uniformity * 100.0)));
    }
    if told.is_empty() && cx.slides().iter().all(|slide| slide.file.meant().is_none()) {
        out.not_applicable();
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, drawing, png, suspect};

    const PATH: &str = "images/tour_1_en.png";

    fn found(color: impl Fn(u32, u32) -> [u8; 4]) -> Vec<crate::testing::Seen> {
        Widget::clean().file(PATH, png(1188, 616, color)).findings("poor-slide")
    }

    #[test]
    fn blank_and_enlarged_slides_are_suspect() {
        assert_eq!(found(|_, _| [250, 250, 250, 255]), [suspect("blank", PATH, "")]);
        assert_eq!(found(|x, y| drawing(1)(x / 2, y / 2)), [suspect("blocks", PATH, "")]);
        for percent in [30, 60, 70, 80] {
            let shrunk = |at: u32, length: u32| (2 * at + 1) * (length * percent / 100) / (2 * length);
            let enlarged = |x, y| drawing(1)(shrunk(x, 1188), shrunk(y, 616));
            assert_eq!(found(enlarged), [suspect("blocks", PATH, "")], "{percent} %");
        }
        for percent in [50, 60] {
            let enlarged = |x, y| blurred(f64::from(x * percent) / 100.0, f64::from(y * percent) / 100.0);
            assert_eq!(found(enlarged), [suspect("soft", PATH, "")], "{percent} %");
        }
    }

    /// The drawing between its pixels.
    fn blurred(x: f64, y: f64) -> [u8; 4] {
        let at = |x: f64, y: f64| drawing(1)(x as u32, y as u32).map(f64::from);
        let (right, down) = (x.fract(), y.fract());
        let corners = [at(x, y), at(x + 1.0, y), at(x, y + 1.0), at(x + 1.0, y + 1.0)];
        let weights = [(1.0 - right) * (1.0 - down), right * (1.0 - down), (1.0 - right) * down, right * down];
        std::array::from_fn(|channel| {
            corners.iter().zip(weights).map(|(corner, weight)| corner[channel] * weight).sum::<f64>() as u8
        })
    }

    #[test]
    fn frames_that_move_are_noted() {
        let animated = crate::testing::with_chunk(&png(1188, 616, drawing(5)), b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
        let report = Widget::clean().file(PATH, animated).report();
        let notes = report.items.iter().flat_map(|item| &item.evidence).filter(|evidence| evidence.kind == "note");
        assert_eq!(notes.filter(|note| note.label == "en" && note.value.contains("APNG")).count(), 1);
    }

    #[test]
    fn sharp_slides_are_left_alone() {
        assert_eq!(found(drawing(5)), []);
        // Grain, as a photograph has it, over soft edges.
        let photo = |x: u32, y: u32| {
            let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 29;
            blurred(f64::from(x) / 2.0, f64::from(y) / 2.0).map(|channel| channel.saturating_sub(grain as u8))
        };
        assert_eq!(found(photo), []);
        let widget = Widget::clean().file("images/photo.png", png(1188, 616, |_, _| [0, 0, 0, 255]));
        assert!(widget.findings("poor-slide").is_empty());
    }
}
