//! A logo of another size than Kommo asks for.

use crate::checklist::{LIMITS, Logo};
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::SourceFile;
use crate::rule::{Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-logo-size",
    item: "branding-images",
    title: "A logo of the wrong size",
    why: "Kommo shows each of the five logos in a place of its own and asks for its exact size in pixels.",
    fix: "Export the picture in exactly the size that is asked for; scaling a smaller one up makes it blurred.",
    messages: &[&SIZE, &SWAPPED, &PIPELINE_SIZE, &PIPELINE_MISSING],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static SIZE: Message = Message {
    id: "size",
    text: "{file} is {width}×{height} pixels; it has to be {expected_width}×{expected_height}.",
    help: "Export the logo anew in {expected_width}×{expected_height} pixels, at a scale of 1x.",
};
static SWAPPED: Message = Message {
    id: "swapped",
    text: "{file} is {width}×{height} pixels and {other} is {expected_width}×{expected_height}: the two are swapped.",
    help: "Exchange the names of {file} and {other}.",
};
static PIPELINE_SIZE: Message = Message {
    id: "pipeline-size",
    text: "{file} is {width}×{height} pixels; for the digital pipeline Kommo asks for {expected_width}×{expected_height}.",
    help: "Export the picture in {expected_width}×{expected_height} pixels. Kommo's documents ask for it, the checklist does not name it.",
};
static PIPELINE_MISSING: Message = Message {
    id: "pipeline-missing",
    text: "The manifest has the location digital_pipeline, and {file} is missing.",
    help: "Add a PNG picture of {expected_width}×{expected_height} pixels as {file}. Kommo's documents ask for it, the checklist does not name it.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let wrong: Vec<(&Logo, &SourceFile, (u32, u32))> = LIMITS
        .logos
        .iter()
        .filter_map(|logo| Some((logo, cx.logo(logo)?)))
        .filter_map(|(logo, file)| Some((logo, file, wrong_size(cx, logo, file)?)))
        .collect();
    let mut told = Vec::new();
    for (logo, file, (width, height)) in &wrong {
        if told.contains(&logo.file) {
            continue;
        }
        let is_swapped_with = |other: &&(&Logo, &SourceFile, (u32, u32))| {
            (other.0.width, other.0.height) == (*width, *height) && other.2 == (logo.width, logo.height)
        };
        let location = Location::file(&*file.path);
        let finding = match wrong.iter().find(is_swapped_with) {
            Some((_, other, _)) => {
                told.push(wrong.iter().find(is_swapped_with).map_or("", |(logo, ..)| logo.file));
                let finding = out.certain(&SWAPPED, location).arg("other", &*other.path);
                finding.also_at([Location::file(&*other.path)])
            }
            None => out.certain(&SIZE, location),
        };
        let finding = finding.arg("file", &*file.path).arg("width", *width).arg("height", *height);
        out.push(finding.arg("expected_width", logo.width).arg("expected_height", logo.height));
    }
    check_pipeline_logo(cx, out);
}

/// The size of a logo, if it is not the one that is asked for.
fn wrong_size(cx: &Context<'_>, logo: &Logo, file: &SourceFile) -> Option<(u32, u32)> {
    // A side of no pixels is damage, and named as such.
    cx.image(&file.path)?.size.filter(|size| *size != (logo.width, logo.height) && size.0 > 0 && size.1 > 0)
}

fn check_pipeline_logo(cx: &Context<'_>, out: &mut Findings<'_>) {
    let logo = &LIMITS.pipeline_logo;
    let Some(manifest) = cx.manifest().filter(|manifest| manifest.has_location("digital_pipeline")) else { return };
    let finding = match cx.logo(logo) {
        Some(file) => {
            let Some((width, height)) = wrong_size(cx, logo, file) else { return };
            let finding = out.suspect(&PIPELINE_SIZE, Location::file(&*file.path)).arg("file", &*file.path);
            finding.arg("width", width).arg("height", height)
        }
        None => {
            let path = format!("images/{}", logo.file);
            let location = manifest.locations().into_iter().find(|location| location.text() == "digital_pipeline");
            let Some(location) = location.filter(|_| !cx.package().may_hold(&path)) else { return };
            out.suspect(&PIPELINE_MISSING, Location::span(&*manifest.path, location.span)).arg("file", path)
        }
    };
    out.push(finding.arg("expected_width", logo.width).arg("expected_height", logo.height));
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, drawing, png, suspect};

    const ID: &str = "wrong-logo-size";

    #[test]
    fn a_wrong_size_is_named_with_the_right_one() {
        let widget = Widget::clean().file("images/logo.png", png(131, 100, drawing(1)));
        assert_eq!(widget.findings(ID), [certain("size", "images/logo.png", "")]);
        let at_root = Widget::clean().without("images/logo.png").file("logo.png", png(260, 200, drawing(1)));
        assert_eq!(at_root.findings(ID), [certain("size", "logo.png", "")]);
        assert!(Widget::clean().file("images/logo_big.png", png(9, 9, drawing(1))).findings(ID).is_empty());
    }

    #[test]
    fn swapped_logos_are_one_finding() {
        let widget = Widget::clean()
            .file("images/logo_small.png", png(84, 84, drawing(1)))
            .file("images/logo_min.png", png(108, 108, drawing(1)));
        assert_eq!(widget.findings(ID), [certain("swapped", "images/logo_small.png", "")]);
    }

    #[test]
    fn the_pipeline_logo_is_asked_for_where_the_pipeline_is() {
        let manifest = r#"{"widget": {"locale": ["en"]}, "locations": ["digital_pipeline"]}"#;
        let widget = Widget::clean().file("manifest.json", manifest);
        assert_eq!(widget.findings(ID), [suspect("pipeline-missing", "manifest.json", "\"digital_pipeline\"")]);
        let small = widget.clone().file("images/logo_dp.png", png(100, 100, drawing(1)));
        assert_eq!(small.findings(ID), [suspect("pipeline-size", "images/logo_dp.png", "")]);
        assert!(widget.file("images/logo_dp.png", png(174, 109, drawing(1))).findings(ID).is_empty());
    }
}
