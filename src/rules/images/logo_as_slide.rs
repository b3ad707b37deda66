//! A logo in the slideshow.

use crate::checklist::LIMITS;
use crate::context::{Context, NamedFile};
use crate::finding::{Findings, Location};
use crate::package::SourceFile;
use crate::rule::{Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "logo-as-slide",
    item: "slideshow-shows-product",
    title: "A logo in place of a slide",
    why: "Slides show what the integration does and how it looks inside Kommo; a logo shows neither.",
    fix: "Replace it with a picture of the integration at work.",
    messages: &[&SAME_FILE, &SAME_PIXELS],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static SAME_FILE: Message = Message {
    id: "same-file",
    text: "The manifest lists the logo {file} as a slide.",
    help: "List pictures of 1188×616 pixels that show the integration inside Kommo.",
};
static SAME_PIXELS: Message = Message {
    id: "same-pixels",
    text: "The slide {file} is the same picture as the logo {logo}.",
    help: "Put a picture of the integration inside Kommo in its place, 1188×616 pixels.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let slides = cx.slides();
    if slides.iter().all(|slide| slide.file.meant().is_none()) {
        return out.not_applicable();
    }
    let logos: Vec<&SourceFile> = LIMITS.logos.iter().chain([&LIMITS.pipeline_logo]).filter_map(|logo| cx.logo(logo)).collect();
    let mut told: Vec<&str> = Vec::new();
    for slide in &slides {
        let Some(file) = slide.file.meant() else { continue };
        out.evidence("image", &*slide.locale, &*file.path, Location::file(&*file.path));
        if told.contains(&file.path.as_str()) {
            continue;
        }
        let Some(logo) = logos.iter().find(|logo| is_same(cx, logo, file)) else { continue };
        told.push(&file.path);
        let named = slides.iter().filter(|other| other.file.meant().is_some_and(|meant| meant.path == file.path));
        let named = named.map(|other| other.location.clone());
        let finding = if logo.path == file.path {
            out.suspect(&SAME_FILE, slide.location.clone()).also_at(named.skip(1))
        } else {
            let finding = out.suspect(&SAME_PIXELS, Location::file(&*file.path)).arg("logo", &*logo.path);
            named.fold(finding, |finding, place| finding.related(&crate::finding::ALSO_HERE, place))
        };
        out.push(finding.arg("file", &*file.path));
    }
    note_addresses(&slides, out);
}

/// Whether the two are one picture, whatever they are called and however they are compressed.
fn is_same(cx: &Context<'_>, logo: &SourceFile, slide: &SourceFile) -> bool {
    let hash = |file: &SourceFile| Some(cx.image(&file.path)?.pixels.as_ref()?.hash);
    logo.path == slide.path || logo.bytes() == slide.bytes() || hash(logo).is_some_and(|one| Some(one) == hash(slide))
}

fn note_addresses(slides: &[crate::context::Slide<'_>], out: &mut Findings<'_>) {
    for slide in slides.iter().filter(|slide| matches!(slide.file, NamedFile::Address)) {
        out.evidence("link", &*slide.locale, &*slide.named, slide.location.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    const ID: &str = "logo-as-slide";

    fn with_slides(slides: &str) -> Widget {
        let manifest = r#"{"widget": {"locale": ["en"]}, "tour": {"is_tour": true, "tour_images": {SLIDES}}}"#;
        Widget::clean().file("manifest.json", manifest.replace("SLIDES", slides))
    }

    #[test]
    fn a_logo_is_known_by_its_name_and_by_its_pixels() {
        let named = with_slides(r#""en": ["images/logo_main.png"], "es": ["/images/logo_main.png"]"#);
        assert_eq!(named.findings(ID), [suspect("same-file", "manifest.json", "\"images/logo_main.png\"")]);
        let logo = std::fs::read("tests/fixtures/clean/images/logo_main.png").expect("the fixture");
        let copied = with_slides(r#""en": ["images/tour_9.png"]"#).file("images/tour_9.png", logo);
        assert_eq!(copied.findings(ID), [suspect("same-pixels", "images/tour_9.png", "")]);
    }

    #[test]
    fn real_slides_are_left_alone() {
        assert!(Widget::clean().findings(ID).is_empty());
        assert!(with_slides(r#""en": ["https://host.example/logo_main.png"]"#).findings(ID).is_empty());
    }
}
