//! A logo that is no PNG, or a damaged or heavy one.

use crate::checklist::LIMITS;
use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::package::SourceFile;
use crate::rule::{Message, Rule};
use crate::syntax::image::{Damage, Format, Image, bytes_noun};

/// The rule.
pub static RULE: Rule = Rule {
    id: "broken-logo",
    item: "branding-images",
    title: "A logo that is not a sound PNG",
    why: "Kommo takes PNG pictures as logos. It goes by the bytes: another format under a .png name, or a damaged file, may not be shown.",
    fix: "Export the logo again as PNG from the program that drew it; renaming a file does not change its format.",
    messages: &[&FORMAT, &DAMAGED, &ANCILLARY, &TRAILING, &HEAVY],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static FORMAT: Message = Message {
    id: "format",
    text: "{file} is not a PNG picture: its bytes are {format}.",
    help: "Open the picture in an image editor and export it as PNG; changing the name is not enough.",
};
static DAMAGED: Message = Message {
    id: "damaged",
    text: "{file} is a damaged PNG: {damage}.",
    help: "Export the logo again. If Git or an FTP program handled it as text, tell it that *.png is binary.",
};
static ANCILLARY: Message = Message {
    id: "ancillary-damage",
    text: "{file} can be shown, but it is damaged: {damage}.",
    help: "Export the logo again, without metadata; strict readers refuse such a file.",
};
static TRAILING: Message = Message {
    id: "trailing-data",
    text: "{file} goes on after the end of the picture, in bytes: {bytes}.",
    help: "Export the logo again: the bytes after the end are no part of a PNG.",
};
static HEAVY: Message = Message {
    id: "heavy",
    text: "{file} weighs {kilobytes} KB; Kommo's documents ask for {limit} KB at most.",
    help: "Compress it without loss (oxipng, ImageOptim, Squoosh) or reduce its colours to a palette.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    // That they are missing is said elsewhere; there is nothing to judge here.
    let may_be_there = |file: &str| cx.package().may_hold(&format!("images/{file}")) || cx.package().may_hold(file);
    if !LIMITS.logos.iter().any(|logo| may_be_there(logo.file)) {
        out.not_applicable();
    }
    for file in LIMITS.logos.iter().filter_map(|logo| cx.logo(logo)) {
        if let Some(image) = cx.image(&file.path) {
            check_logo(file, image, Certainty::Certain, out);
        }
    }
    // The checklist does not name this one.
    let pipeline = cx.manifest().is_some_and(|manifest| manifest.has_location("digital_pipeline"));
    if let Some(file) = cx.logo(&LIMITS.pipeline_logo).filter(|_| pipeline)
        && let Some(image) = cx.image(&file.path)
    {
        check_logo(file, image, Certainty::Suspect, out);
    }
}

fn check_logo(file: &SourceFile, image: &Image, certainty: Certainty, out: &mut Findings<'_>) {
    let path = &*file.path;
    let at = || Location::file(path);
    if image.format != Some(Format::Png) {
        let format = bytes_noun(image.format, file.bytes());
        return out.push(out.finding(certainty, &FORMAT, at()).arg("file", path).arg("format", format));
    }
    // The worst comes first; the rest follows from it.
    match image.damage.first() {
        Some(Damage::Critical(damage)) => {
            out.push(out.finding(certainty, &DAMAGED, at()).arg("file", path).arg("damage", &**damage));
        }
        Some(Damage::Ancillary(damage)) => out.push(out.suspect(&ANCILLARY, at()).arg("file", path).arg("damage", &**damage)),
        None => {}
    }
    if image.trailing_bytes > 0 {
        out.push(out.suspect(&TRAILING, at()).arg("file", path).arg("bytes", image.trailing_bytes));
    }
    let bytes = file.bytes().len() as u64;
    if bytes > LIMITS.logo_bytes {
        let finding = out.suspect(&HEAVY, at()).arg("file", path).arg("kilobytes", bytes.div_ceil(1024));
        out.push(finding.arg("limit", LIMITS.logo_bytes / 1024));
    }
    for what in image.notes() {
        out.evidence("note", "Logo", format!("{path} {what}"), at());
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::{Widget, certain, drawing, png, suspect, with_chunk};

    const ID: &str = "broken-logo";
    const PATH: &str = "images/logo.png";

    fn found(bytes: &[u8]) -> Vec<crate::testing::Seen> {
        Widget::clean().file(PATH, bytes).findings(ID)
    }

    #[test]
    fn the_format_is_read_from_the_bytes() {
        assert_eq!(found(b"\xFF\xD8\xFF\xE0\0\x04ab"), [certain("format", PATH, "")]);
        assert_eq!(found(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), [certain("format", PATH, "")]);
        assert_eq!(found(b""), [certain("format", PATH, "")]);
    }

    #[test]
    fn without_a_logo_there_is_nothing_to_judge() {
        let none = Widget::empty().file("manifest.json", "{}");
        assert_eq!(none.clone().outcome("branding-images"), Outcome::NotApplicable);
        assert_eq!(none.file(PATH, png(130, 100, drawing(1))).outcome("branding-images"), Outcome::Pass);
    }

    #[test]
    fn damage_is_certain_and_trifles_are_suspect() {
        let sound = png(130, 100, drawing(1));
        assert_eq!(found(&sound), []);
        assert_eq!(found(&sound[..sound.len() / 2]), [certain("damaged", PATH, "")]);
        let mut noted = with_chunk(&sound, b"tEXt", b"Comment\0x");
        assert_eq!(found(&noted), []);
        let checksum = noted.len() - 13;
        noted[checksum] ^= 1;
        assert_eq!(found(&noted), [suspect("ancillary-damage", PATH, "")]);
        assert_eq!(found(&[&*sound, b"\n"].concat()), [suspect("trailing-data", PATH, "")]);
    }

    #[test]
    fn the_logo_of_the_pipeline_is_judged_where_it_is_shown() {
        let widget = Widget::clean().file("images/logo_dp.png", b"\xFF\xD8\xFF\xE0\0\x04ab");
        assert_eq!(widget.findings(ID), []);
        let shown = widget.file("manifest.json", r#"{"locations": ["digital_pipeline"]}"#);
        assert_eq!(shown.findings(ID), [suspect("format", "images/logo_dp.png", "")]);
    }

    #[test]
    fn weight_is_counted_in_bytes() {
        let heavy = with_chunk(&png(130, 100, drawing(1)), b"prVt", &vec![7; 300 * 1024]);
        assert_eq!(found(&heavy), [suspect("heavy", PATH, "")]);
        assert_eq!(found(&with_chunk(&png(130, 100, drawing(1)), b"prVt", &vec![7; 200 * 1024])), []);
    }
}
