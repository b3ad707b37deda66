//! A slide of another size or format than Kommo asks for, or a damaged one.

use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::package::SourceFile;
use crate::rule::{Message, Rule};
use crate::syntax::image::{Damage, Format, bytes_noun};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unfit-slide",
    item: "slideshow-size",
    title: "A slide of the wrong size or format",
    why: "Every slide is a PNG picture of 1188×616 pixels; others are cut or stretched in the listing.",
    fix: "Export the slide as PNG in exactly 1188×616 pixels.",
    messages: &[&SIZE, &FORMAT, &JPEG, &DAMAGED],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static SIZE: Message = Message {
    id: "size",
    text: "The slide {file} is {width}×{height} pixels; it has to be {expected_width}×{expected_height}.",
    help: "Export it anew in {expected_width}×{expected_height} pixels, at a scale of 1x; a screenshot of a high-density screen has twice as many.",
};
static FORMAT: Message = Message {
    id: "format",
    text: "The slide {file} is not a PNG picture: its bytes are {format}.",
    help: "Open the picture in an image editor and export it as PNG; changing the name is not enough.",
};
static JPEG: Message = Message {
    id: "jpeg",
    text: "The slide {file} is a JPEG picture; the checklist asks for PNG.",
    help: "Kommo's documents disagree here, and its own sample has JPEG slides, so it may be taken. Export it as PNG to be safe.",
};
static DAMAGED: Message = Message {
    id: "damaged",
    text: "The slide {file} is damaged: {damage}.",
    help: "Export the slide again. If Git or an FTP program handled it as text, tell it that pictures are binary.",
};

static LISTED_HERE: Message = Message { id: "listed-here", text: "The manifest lists it here.", help: "" };

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut slides: BTreeMap<&str, (&SourceFile, Vec<Location>)> = BTreeMap::new();
    for slide in cx.slides() {
        if let Some(file) = slide.file.meant() {
            slides.entry(&file.path).or_insert_with(|| (file, Vec::new())).1.push(slide.location);
        }
    }
    if slides.is_empty() {
        return out.not_applicable();
    }
    for (file, named) in slides.into_values() {
        check_slide(cx, file, &named, out);
    }
}

fn check_slide(cx: &Context<'_>, file: &SourceFile, named: &[Location], out: &mut Findings<'_>) {
    let Some(image) = cx.image(&file.path) else { return check_stranger(file, named, out) };
    let (width, height) = LIMITS.slide_size;
    let at = || Location::file(&*file.path);
    let mut found = Vec::new();
    if let Some(size) = image.size.filter(|size| *size != LIMITS.slide_size && size.0 > 0 && size.1 > 0) {
        let is_shown_right = image.is_turned && size == (height, width);
        let certainty = if is_shown_right { Certainty::Suspect } else { Certainty::Certain };
        let finding = out.finding(certainty, &SIZE, at()).arg("width", size.0).arg("height", size.1);
        found.push(finding.arg("expected_width", width).arg("expected_height", height));
    }
    match image.format {
        Some(Format::Png) => {}
        // Of a wrong size it has to be exported anew in any case.
        Some(Format::Jpeg) if !found.is_empty() || !image.damage.is_empty() => {}
        Some(Format::Jpeg) => found.push(out.suspect(&JPEG, at())),
        format => found.push(out.certain(&FORMAT, at()).arg("format", bytes_noun(format, file.bytes()))),
    }
    match image.damage.first() {
        Some(Damage::Critical(damage)) => found.push(out.certain(&DAMAGED, at()).arg("damage", &**damage)),
        // It can be shown all the same.
        Some(Damage::Ancillary(damage)) => found.push(out.suspect(&DAMAGED, at()).arg("damage", &**damage)),
        None => {}
    }
    for finding in found {
        push(finding, file, named, out);
    }
}

/// A file that is no picture even by its name.
fn check_stranger(file: &SourceFile, named: &[Location], out: &mut Findings<'_>) {
    let is_unread_image = matches!(file.kind, crate::package::Kind::Image | crate::package::Kind::Svg);
    if !is_unread_image {
        let format = format!("those of a {} file", file.kind.name());
        push(out.certain(&FORMAT, Location::file(&*file.path)).arg("format", format), file, named, out);
    }
}

/// Reports with the places of the manifest that list the slide.
fn push(finding: crate::finding::Finding, file: &SourceFile, named: &[Location], out: &mut Findings<'_>) {
    let finding = named.iter().fold(finding, |finding, place| finding.related(&LISTED_HERE, place.clone()));
    out.push(finding.arg("file", &*file.path));
}

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::{Seen, Widget, certain, drawing, png, suspect, with_chunk};

    const PATH: &str = "images/tour_1_en.png";
    const JPEG: &[u8] =
        b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x0B\x08\x02\x68\x04\xA4\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0?\0\x12\x34\xFF\xD9";

    fn found(bytes: &[u8]) -> Vec<Seen> {
        Widget::clean().file(PATH, bytes).findings("unfit-slide")
    }

    #[test]
    fn size_format_and_damage_are_certain() {
        assert_eq!(found(&png(1188, 615, drawing(1))), [certain("size", PATH, "")]);
        assert_eq!(found(b"GIF89a\xA4\x04\x68\x02"), [certain("format", PATH, "")]);
        assert_eq!(found(b"no picture"), [certain("format", PATH, "")]);
        let sound = png(1188, 616, drawing(1));
        assert_eq!(found(&sound[..sound.len() - 40]), [certain("damaged", PATH, "")]);
        assert_eq!(found(&sound), []);
        let mut noted = with_chunk(&sound, b"tEXt", b"Comment\0x");
        let checksum = noted.len() - 13;
        noted[checksum] ^= 1;
        assert_eq!(found(&noted), [suspect("damaged", PATH, "")]);
    }

    #[test]
    fn a_sound_jpeg_of_the_right_size_is_suspect() {
        assert_eq!(found(JPEG), [suspect("jpeg", PATH, "")]);
        assert_eq!(found(&JPEG[..JPEG.len() - 2]), [suspect("damaged", PATH, "")]);
        assert_eq!(found(&JPEG[..JPEG.len() - 14]), [certain("damaged", PATH, "")]);
    }

    #[test]
    fn a_size_that_viewers_turn_right_is_suspect() {
        let exif = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut turned = [&JPEG[..2], &exif[..], &JPEG[2..]].concat();
        assert_eq!(found(&turned), [suspect("jpeg", PATH, "")]);
        let size = turned.windows(4).position(|four| four == b"\x02\x68\x04\xA4").expect("the frame is there");
        turned[size..size + 4].rotate_left(2);
        assert_eq!(found(&turned), [suspect("size", PATH, "")]);
        turned[size] += 1;
        assert_eq!(found(&turned), [certain("size", PATH, "")]);
    }

    #[test]
    fn only_listed_slides_are_judged() {
        assert!(Widget::clean().file("images/other.png", png(10, 10, drawing(1))).findings("unfit-slide").is_empty());
        let none = Widget::clean().file("manifest.json", r#"{"widget": {"locale": ["en"]}}"#);
        assert_eq!(none.outcome("slideshow-size"), Outcome::NotApplicable);
    }

    #[test]
    fn a_slide_listed_twice_is_one_finding() {
        let manifest = r#"{"tour": {"tour_images": {"en": ["/images/a.png"], "es": ["images/a.png"]}}}"#;
        let widget = Widget::clean().file("manifest.json", manifest).file("images/a.png", png(600, 300, drawing(1)));
        assert_eq!(widget.findings("unfit-slide"), [certain("size", "images/a.png", "")]);
    }
}
