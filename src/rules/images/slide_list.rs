//! Slides that are too many, too few, missing or not listed.

use crate::checklist::LIMITS;
use crate::context::{Context, NamedFile};
use crate::finding::{ByCause, Certainty, Finding, Findings, Location};
use crate::package::manifest::Manifest;
use crate::package::reach::decoded;
use crate::rule::{Example, Message, Rule};
use crate::syntax::json::ProblemKind;
use crate::syntax::language::placeholders;
use rustc_hash::FxHashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "slide-list",
    item: "slideshow-count",
    title: "Slides missing or too many",
    why: "The listing of an integration shows one to five slides in every language.",
    fix: "List one to five pictures for each language in tour.tour_images of the manifest, and put them into the archive.",
    messages: &[&TOO_MANY, &MISSING, &PLACEHOLDER, &OTHER_CASE, &UNREAD, &NONE, &NO_LOCALE, &UNLISTED],
    bad: &[
        Example {
            path: "manifest.json",
            text: "{\"tour\": {\"is_tour\": true, \"tour_images\": {\"en\": [\"/images/tour_1_en.png\", «\"/images/tour_9_en.png\"»]}}}\n",
        },
        Example {
            path: "manifest.json",
            text: "{\"tour\": {\"is_tour\": true, \"tour_images\": {\"en\": [«\"/images/Tour_1_en.png\"»]}}}\n",
        },
    ],
    good: &[Example {
        path: "manifest.json",
        text: "{\"widget\": {\"locale\": [\"en\"]}, \"tour\": {\"is_tour\": true, \"tour_images\": {\"en\": [\"images/tour_1_en.png\", \"/images/tour_2_en.png\"], \"es\": [\"/images/tour_1_es.png\", \"/images/tour_2_es.png\"], \"pt\": [\"/images/tour_1_pt.png\", \"/images/tour_2_pt.png\"]}}}\n",
    }],
    about_code: false,
    check,
};

static TOO_MANY: Message = Message {
    id: "too-many",
    text: "{count} slides are listed for the language {locale}; {limit} are the most.",
    help: "Keep the {limit} that show the integration best, and delete the other files.",
};
static MISSING: Message = Message {
    id: "missing",
    text: "The manifest lists the slide {file}, which is not in the archive.",
    help: "Add the picture, or correct its path: it is counted from the root of the archive.",
};
static PLACEHOLDER: Message = Message {
    id: "placeholder",
    text: "The manifest lists the slide {file}, which is not in the archive: a placeholder in its name seems to wait for a build.",
    help: "Write the picture's own path, counted from the root of the archive, or check the manifest that the build makes.",
};
static OTHER_CASE: Message = Message {
    id: "other-case",
    text: "The manifest lists the slide {file}; in the archive it is called {found}.",
    help: "Write both alike: Kommo's servers tell upper from lower case in names of files. A name without spaces needs no `%20`.",
};
static UNREAD: Message = Message {
    id: "unread",
    text: "The slide {file} may be in the archive, but it could not be read.",
    help: "Zip the widget again with Deflate and without a password, and check the new archive.",
};
static NONE: Message = Message {
    id: "none",
    text: "{manifest} lists no slides; the listing shows 1 to {limit}.",
    help: "Add pictures of 1188×616 pixels to images/ and list them for each language in tour.tour_images.",
};
static NO_LOCALE: Message = Message {
    id: "no-slides-for-locale",
    text: "The language {locale} is declared, and no slides are listed for it.",
    help: "Add \"{locale}\" to tour.tour_images with one to five slides in that language.",
};
static UNLISTED: Message = Message {
    id: "unlisted",
    text: "{file} looks like a slide, and the manifest does not list it.",
    help: "List it under its language in tour.tour_images, or delete it.",
};

static LOOKS_LIKE_SLIDE: Message = Message { id: "looks-like-slide", text: "This picture looks like a slide.", help: "" };

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else {
        if !cx.package().may_hold("manifest.json") {
            out.push(none(cx, "The missing manifest.json", Location::package(), out));
        }
        return;
    };
    let problems = manifest.json.problems.iter().filter(|problem| problem.kind == ProblemKind::BadEscape);
    let misread: Vec<_> = problems.map(|problem| problem.span).collect();
    let is_misread = |at: &Location| at.span.is_some_and(|span| misread.iter().any(|problem| span.contains(*problem)));
    // A file that is listed several times is missing once.
    let mut lacking = ByCause::default();
    for slide in cx.slides() {
        let (certainty, message, found) = match slide.file {
            NamedFile::Missing if has_placeholder(&slide.named) => (Certainty::Suspect, &PLACEHOLDER, ""),
            // `"images\slide.png"` is read without its backslash; that it is no JSON is said elsewhere.
            NamedFile::Missing if is_misread(&slide.location) => (Certainty::Suspect, &MISSING, ""),
            NamedFile::Missing => (Certainty::Certain, &MISSING, ""),
            NamedFile::Unread => (Certainty::Suspect, &UNREAD, ""),
            NamedFile::Alike(file) => (Certainty::Suspect, &OTHER_CASE, &*file.path),
            NamedFile::Found(_) | NamedFile::Address => continue,
        };
        let finding = out.finding(certainty, message, slide.location.clone()).arg("found", found);
        let named = if slide.named.is_empty() { "\"\"" } else { &*slide.named };
        lacking.add(slide.path(), finding.arg("file", named));
    }
    lacking.push_to(out);
    check_counts(cx, manifest, out);
}

/// Whether a program is to fill in a part of a name: `%name%`, `#CODE#`, `{{ code }}`. `%20` is a letter.
fn has_placeholder(named: &str) -> bool {
    let is_filled_in = |written: &str| !written.starts_with('%') || written.ends_with('%');
    decoded(named).is_none() && placeholders(named).into_iter().any(|span| is_filled_in(span.of(named)))
}

fn check_counts(cx: &Context<'_>, manifest: &Manifest, out: &mut Findings<'_>) {
    let listed = manifest.slides();
    if listed.iter().all(|slides| slides.images.is_empty()) {
        if cx.manifest_is_whole() {
            out.push(none(cx, "The manifest", tour_place(manifest), out));
        }
        return;
    }
    for slides in &listed {
        if let Some(first_extra) = slides.images.get(LIMITS.slides) {
            let location = Location::span(&*manifest.path, first_extra.span);
            let finding = out.certain(&TOO_MANY, location).arg("count", slides.images.len());
            out.push(finding.arg("locale", slides.locale).arg("limit", LIMITS.slides));
        }
    }
    if cx.manifest_is_whole() {
        let declared = manifest.language_codes();
        for slides in listed.iter().filter(|slides| slides.images.is_empty() && declared.contains(slides.locale)) {
            let at = Location::span(&*manifest.path, slides.locale_span);
            out.push(out.suspect(&NO_LOCALE, at).arg("locale", slides.locale));
        }
        let named: FxHashSet<&str> = listed.iter().map(|slides| slides.locale).collect();
        for locale in manifest.locales().iter().filter(|locale| !locale.text().is_empty() && !named.contains(locale.text())) {
            out.push(out.suspect(&NO_LOCALE, tour_place(manifest)).arg("locale", locale.text()));
        }
    }
    for file in cx.unlisted_slides() {
        out.push(out.suspect(&UNLISTED, Location::file(&*file.path)).arg("file", &*file.path));
    }
}

/// That there are no slides at all, with the pictures that look like some.
fn none(cx: &Context<'_>, manifest: &str, location: Location, out: &Findings<'_>) -> Finding {
    let finding = out.suspect(&NONE, location).arg("manifest", manifest).arg("limit", LIMITS.slides);
    let pictures = cx.unlisted_slides().into_iter().map(|file| Location::file(&*file.path));
    pictures.fold(finding, |finding, place| finding.related(&LOOKS_LIKE_SLIDE, place))
}

/// The innermost block that has to hold the slides, by its key; the manifest as a whole when it has none.
fn tour_place(manifest: &Manifest) -> Location {
    let paths: [&[&str]; 2] = [&["tour", "tour_images"], &["tour"]];
    let member = paths.iter().find_map(|path| manifest.member(path));
    member.map_or_else(|| Location::file(&*manifest.path), |member| Location::span(&*manifest.path, member.key_span))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, drawing, png, suspect};

    const ID: &str = "slide-list";

    fn widget(locales: &str, slides: &str) -> Widget {
        let manifest =
            format!(r#"{{"widget": {{"locale": [{locales}]}}, "tour": {{"is_tour": true, "tour_images": {{{slides}}}}}}}"#);
        let slides = ["1_en", "2_en", "1_es", "2_es", "1_pt", "2_pt"];
        let widget = slides.iter().fold(Widget::clean(), |widget, name| widget.without(&format!("images/tour_{name}.png")));
        widget.file("manifest.json", manifest).file("images/a.png", png(1188, 616, drawing(1)))
    }

    #[test]
    fn five_slides_are_fine_and_six_are_not() {
        let five = ["\"images/a.png\""; 5].join(",");
        assert_eq!(widget("\"en\"", &format!("\"en\": [{five}]")).findings(ID), []);
        let six = format!("\"en\": [{five},\"./images/a.png\"]");
        assert_eq!(widget("\"en\"", &six).findings(ID), [certain("too-many", "manifest.json", "\"./images/a.png\"")]);
    }

    #[test]
    fn listed_files_have_to_be_there() {
        let missing = widget("\"en\"", r#""en": ["images/a.png", "images/b.png"]"#);
        assert_eq!(missing.findings(ID), [certain("missing", "manifest.json", "\"images/b.png\"")]);
        let case = widget("\"en\"", r#""en": ["images/A.png"]"#);
        assert_eq!(case.findings(ID), [suspect("other-case", "manifest.json", "\"images/A.png\"")]);
        let address = widget("\"en\"", r#""en": ["https://host.example/a.png", "//host.example/a.png", "images/a.png"]"#);
        assert_eq!(address.findings(ID), []);
        let empty = widget("\"en\"", r#""en": ["images/a.png", ""]"#);
        assert_eq!(empty.findings(ID), [certain("missing", "manifest.json", "\"\"")]);
        let slashed = |named: &str| widget("\"en\"", &format!(r#""en": ["images/b.png", {named}]"#)).findings(ID);
        for named in [r#""/images//a.png""#, r#""//images/a.png""#, r#""images\\a.png""#, r#""/images/../images/a.png""#] {
            assert!(slashed(named).contains(&suspect("other-case", "manifest.json", named)), "{named}");
        }
        for named in [r#""images\a.png""#, r#""images\c.png""#] {
            assert!(slashed(named).contains(&suspect("missing", "manifest.json", named)), "{named}");
        }
        let inline = widget("\"en\"", r#""en": ["data:image/png;base64,iVBORw0KGgo=", "images/a.png"]"#);
        assert_eq!(inline.findings(ID), []);
    }

    #[test]
    fn a_file_is_missing_once_wherever_it_is_listed() {
        let widget =
            widget("\"en\", \"es\"", r#""en": ["images/b.png", "images/a.png"], "es": ["/images/b.png", "images/c.png"]"#);
        assert_eq!(
            widget.findings(ID),
            [certain("missing", "manifest.json", "\"images/b.png\""), certain("missing", "manifest.json", "\"images/c.png\"")]
        );
        let report = widget.report();
        let findings = report.items.iter().flat_map(|item| &item.findings).filter(|finding| finding.rule.id == ID);
        assert_eq!(findings.map(|finding| (finding.count, finding.related.len())).collect::<Vec<_>>(), [(2, 1), (1, 0)]);
    }

    #[test]
    fn percent_signs_may_stand_for_letters() {
        let slide = |named: &str, path: &str| {
            widget("\"en\"", &format!(r#""en": ["images/a.png", "{named}"]"#)).file(path, png(1188, 616, drawing(2))).findings(ID)
        };
        let other = |named: &str| [suspect("other-case", "manifest.json", &format!("\"{named}\""))];
        assert_eq!(slide("images/my%20tour.png", "images/my tour.png"), other("images/my%20tour.png"));
        assert_eq!(slide("/images/t%C3%BAr.png", "images/túr.png"), other("/images/t%C3%BAr.png"));
        assert_eq!(slide("images/t\u{fa}r.png", "images/tu\u{301}r.png"), other("images/t\u{fa}r.png"));
        assert_eq!(slide("images/my tour.png", "images/my%20tour.png"), other("images/my tour.png"));
        assert_eq!(slide("images/my%20tour.png", "images/my%20tour.png"), []);
        assert_eq!(slide("images/100%25.png", "images/100%.png"), other("images/100%25.png"));
        assert_eq!(
            slide("images/my%20tour.png", "images/mytour.png"),
            [certain("missing", "manifest.json", "\"images/my%20tour.png\""), suspect("unlisted", "images/mytour.png", "")]
        );
    }

    #[test]
    fn a_slide_that_was_not_unpacked_may_be_there_under_another_spelling() {
        let slide = |named: &str, path: &str| {
            widget("\"en\"", &format!(r#""en": ["images/a.png", "{named}"]"#)).unread(path).findings(ID)
        };
        let unread = |named: &str| [suspect("unread", "manifest.json", &format!("\"{named}\""))];
        assert_eq!(slide("images/b.png", "images/b.png"), unread("images/b.png"));
        assert_eq!(slide("images/b.png", "images/B.PNG"), unread("images/b.png"));
        assert_eq!(slide("/images/my%20tour.png", "images/My tour.png"), unread("/images/my%20tour.png"));
        assert_eq!(slide("images/b.png", "images/c.png"), [certain("missing", "manifest.json", "\"images/b.png\"")]);
    }

    #[test]
    fn placeholders_of_a_build_are_suspect() {
        for named in ["images/%name%.png", "/upl/#WIDGET_CODE#/tour.png", "images/tour_{{ lang }}.png", "images/${lang}.png"] {
            let found = widget("\"en\"", &format!(r#""en": ["images/a.png", "{named}"]"#)).findings(ID);
            assert_eq!(found, [suspect("placeholder", "manifest.json", &format!("\"{named}\""))]);
        }
        for named in ["images/my%20dune.png", "images/100%.png", "images/tour#1.png"] {
            let found = widget("\"en\"", &format!(r#""en": ["images/a.png", "{named}"]"#)).findings(ID);
            assert_eq!(found, [certain("missing", "manifest.json", &format!("\"{named}\""))]);
        }
    }

    #[test]
    fn a_manifest_that_cannot_be_read_may_list_slides() {
        assert_eq!(Widget::clean().file("manifest.json", b"\xff\xfe{\0}\0").findings(ID), []);
        assert_eq!(Widget::clean().without("manifest.json").findings(ID)[0], suspect("none", "", ""));
    }

    #[test]
    fn a_comment_lists_no_slides() {
        let slides = r#""_comment": "paths of the pictures", "//": ["pictures"], "en": ["images/a.png"], "pt-BR": ["b.png"]"#;
        assert_eq!(widget("\"en\"", slides).findings(ID), [certain("missing", "manifest.json", "\"b.png\"")]);
        let declared = r#""english": ["images/a.png", "b.png"]"#;
        assert_eq!(widget("\"english\"", declared).findings(ID), [certain("missing", "manifest.json", "\"b.png\"")]);
        let by_default = r#""default": ["images/a.png", "b.png"], "en": ["images/a.png"]"#;
        assert_eq!(widget("\"en\"", by_default).findings(ID), [certain("missing", "manifest.json", "\"b.png\"")]);
        let nothing_else = widget("\"en\"", r#""_comment": ["images/a.png"]"#);
        assert_eq!(nothing_else.findings(ID)[0], suspect("none", "manifest.json", "\"tour_images\""));
    }

    #[test]
    fn every_declared_language_needs_slides() {
        let one = widget("\"en\", \"es\"", r#""en": ["images/a.png"]"#);
        assert_eq!(one.findings(ID), [suspect("no-slides-for-locale", "manifest.json", "\"tour_images\"")]);
        let empty = widget("\"en\", \"es\"", r#""en": ["images/a.png"], "es": []"#);
        assert_eq!(empty.findings(ID), [suspect("no-slides-for-locale", "manifest.json", "\"es\"")]);
        let none = widget("\"en\"", "");
        let found = none.findings(ID);
        assert_eq!(found, [suspect("none", "manifest.json", "\"tour_images\"")]);
        let no_tour = Widget::clean().file("manifest.json", r#"{"widget": {"locale": ["en"]}}"#);
        assert_eq!(no_tour.findings(ID), [suspect("none", "manifest.json", "")]);
        assert_eq!(Widget::clean().without("manifest.json").findings(ID), [suspect("none", "", "")]);
    }

    #[test]
    fn pictures_like_slides_are_asked_about() {
        let widget = widget("\"en\"", r#""en": ["images/a.png"]"#).file("images/tour_7.png", png(10, 10, drawing(1)));
        assert_eq!(widget.findings(ID), [suspect("unlisted", "images/tour_7.png", "")]);
    }
}
