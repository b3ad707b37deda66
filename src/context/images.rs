//! The pictures of a widget: what each is for, and what it shows.

use super::Context;
use crate::checklist::{LIMITS, Logo};
use crate::finding::Location;
use crate::order;
use crate::package::reach::{decoded, join};
use crate::package::{Kind, NotExamined, SourceFile};
use crate::report::{ImageFacts, PixelSize};
use crate::syntax::image::Image;
use crate::text::tokens::folded;
use std::collections::BTreeMap;

/// A slide that the manifest lists.
#[derive(Debug)]
pub struct Slide<'a> {
    /// The language that it is listed for.
    pub locale: String,
    /// What the manifest says.
    pub named: String,
    /// Where it says so.
    pub location: Location,
    /// The file that it names.
    pub file: NamedFile<'a>,
}

/// What stands where the manifest names a picture.
#[derive(Clone, Copy, Debug)]
pub enum NamedFile<'a> {
    /// The file.
    Found(&'a SourceFile),
    /// No file of this name, but one whose name differs only in case, accents, slashes, or in `%20` and its like.
    Alike(&'a SourceFile),
    /// An address on a host, or the picture itself in one.
    Address,
    /// It may be there, but the archive could not be read that far.
    Unread,
    /// Nothing.
    Missing,
}

impl Slide<'_> {
    /// The path that the manifest means, from the root of the archive.
    #[must_use]
    pub fn path(&self) -> &str {
        path_in_archive(&self.named)
    }
}

/// The path that the manifest names a picture by, from the root of the archive.
fn path_in_archive(named: &str) -> &str {
    let path = named.split(['?', '#']).next().unwrap_or_default();
    path.trim_start_matches("./").trim_start_matches('/')
}

impl<'a> NamedFile<'a> {
    /// The file that is meant, whichever way its name is written.
    #[must_use]
    pub fn meant(self) -> Option<&'a SourceFile> {
        match self {
            Self::Found(file) | Self::Alike(file) => Some(file),
            _ => None,
        }
    }
}

impl<'p> Context<'p> {
    /// What a picture's bytes show; none for other files, and for those that were not read in time.
    #[must_use]
    pub fn image(&self, path: &str) -> Option<&Image> {
        self.images.get(path)
    }

    /// The file of a logo, inside `images/` or at the root.
    #[must_use]
    pub fn logo(&self, logo: &Logo) -> Option<&'p SourceFile> {
        self.package.file(&format!("images/{}", logo.file)).or_else(|| self.package.file(logo.file))
    }

    /// Every slide that the manifest lists, in its order.
    #[must_use]
    pub fn slides(&self) -> Vec<Slide<'p>> {
        let Some(manifest) = &self.manifest else { return Vec::new() };
        let slides = manifest.slides().into_iter().flat_map(|slides| {
            slides.images.into_iter().map(move |image| Slide {
                locale: slides.locale.to_owned(),
                named: image.text().to_owned(),
                location: Location::span(&*manifest.path, image.span),
                file: self.named_file(image.text()),
            })
        });
        slides.collect()
    }

    /// What stands where the manifest names a picture.
    #[must_use]
    pub fn named_file(&self, named: &str) -> NamedFile<'p> {
        let is_host = |name: &str| name == "localhost" || name.contains(['.', ':']);
        // No host is called "images", as in `//images/a.png`.
        let misses_scheme = named.strip_prefix("//").is_some_and(|rest| rest.split('/').next().is_some_and(is_host));
        if misses_scheme || named.starts_with("data:") || named.contains("://") {
            return NamedFile::Address;
        }
        let path = path_in_archive(named);
        if self.package.unread.contains(path) {
            return NamedFile::Unread;
        }
        if let Some(file) = self.package.file(path) {
            return if named.starts_with("//") { NamedFile::Alike(file) } else { NamedFile::Found(file) };
        }
        match self.spelt_alike(path) {
            Some(Some(file)) => NamedFile::Alike(file),
            Some(None) => NamedFile::Unread,
            None if self.package.may_hold_encoded(path) => NamedFile::Unread,
            None => NamedFile::Missing,
        }
    }

    /// The first file whose path differs from `path` in case, accents, percent signs and slashes alone; nothing inside for one
    /// that could not be unpacked.
    fn spelt_alike(&self, path: &str) -> Option<Option<&'p SourceFile>> {
        // macOS packs an accent as a character of its own.
        let folded = |path: &str| {
            let path = folded(decoded(path).as_deref().unwrap_or(path)).replace('\\', "/");
            join("", &path).unwrap_or(path)
        };
        let by_spelling = self.by_spelling.get_or_init(|| {
            let mut files = BTreeMap::new();
            for file in self.package.widget_files() {
                files.entry(folded(&file.path)).or_insert(Some(file));
            }
            for path in &self.package.unread {
                files.entry(folded(path)).or_insert(None);
            }
            files
        });
        by_spelling.get(&folded(path)).copied()
    }

    /// Pictures that look like slides and that the manifest does not list: of a slide's size, or named like one.
    #[must_use]
    pub fn unlisted_slides(&self) -> Vec<&'p SourceFile> {
        let listed = order::set(self.slides().iter().filter_map(|slide| Some(slide.file.meant()?.path.as_str())));
        let is_slide = |file: &&SourceFile| {
            let name = file.file_name().to_ascii_lowercase();
            let is_named = ["tour", "slide"].iter().any(|word| name.starts_with(word));
            let is_sized = || self.image(&file.path).is_some_and(|image| image.size == Some(LIMITS.slide_size));
            file.kind == Kind::Image && (is_named || is_sized()) && !listed.contains(file.path.as_str())
        };
        self.package.widget_files().filter(is_slide).collect()
    }

    /// Reads a picture.
    pub(super) fn read_image(&mut self, file: &SourceFile) {
        let image = Image::read(file.bytes(), &self.options.bounds);
        if image.is_too_large {
            let (width, height) = image.size.unwrap_or_default();
            let message = format!("{} has {width}×{height} pixels, more than are decoded; only its header was read.", file.path);
            let entry = NotExamined::new("image-too-large", message, Some(&file.path));
            self.not_examined.push(entry.with("width", width).with("height", height));
        }
        self.images.insert(file.path.clone(), image);
    }

    /// Every picture, for the report.
    pub(super) fn image_facts(&self) -> Vec<ImageFacts> {
        let slides = order::set(self.slides().iter().filter_map(|slide| Some(slide.file.meant()?.path.as_str())));
        let menu = self.manifest.iter().flat_map(|manifest| manifest.menu_items()).filter_map(|item| item.icon);
        let icons = order::set(menu.map(|icon| icon.text().trim_start_matches('/').to_owned()));
        let logos = LIMITS.logos.iter().chain([&LIMITS.pipeline_logo]);
        let logos = order::map(logos.filter_map(|logo| Some((self.logo(logo)?.path.as_str(), logo))));
        let facts = self.images.iter().map(|(path, image)| {
            let (role, expected) = match logos.get(path.as_str()) {
                Some(logo) => (Some("logo"), Some((logo.width, logo.height))),
                None if slides.contains(path.as_str()) => (Some("slide"), Some(LIMITS.slide_size)),
                None => (icons.contains(path).then_some("icon"), None),
            };
            ImageFacts {
                path: path.clone(),
                role: role.map(str::to_owned),
                width: image.size.map(|(width, _)| width),
                height: image.size.map(|(_, height)| height),
                format: image.format.map(crate::syntax::image::Format::name),
                bytes: self.package.file(path).map_or(0, |file| file.bytes().len() as u64),
                expected: expected.map(|(width, height)| PixelSize { width, height }),
            }
        });
        facts.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, drawing, png};

    #[test]
    fn pictures_are_listed_with_what_they_are_for() {
        let widget = Widget::clean().file("images/icon.png", png(16, 16, drawing(1)));
        widget.with_context(|cx| {
            let facts = cx.image_facts();
            let of = |path: &str| facts.iter().find(|image| image.path == path).expect("a picture");
            let logo = of("images/logo_min.png");
            assert_eq!((logo.role.as_deref(), logo.width, logo.format), (Some("logo"), Some(84), Some("png")));
            assert_eq!(of("images/tour_1_en.png").expected.map(|size| size.width), Some(1188));
            assert_eq!(of("images/icon.png").role, None);
        });
    }

    #[test]
    fn a_picture_past_the_bound_is_named() {
        let widget = Widget::clean().options(|options| options.bounds.pixels = 10_000);
        widget.with_context(|cx| {
            let named = cx.not_examined().iter().filter(|entry| entry.code == "image-too-large").count();
            assert!(named >= 3, "{:?}", cx.not_examined());
        });
    }
}
