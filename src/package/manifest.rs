//! The manifest as Kommo documents it, with the place of each of its parts.

use super::locale::is_language_code;
use crate::order;
use crate::syntax::json::{self, Document, Kind, Member, Object, Value};
use crate::syntax::{Fragment, Span};
use rustc_hash::FxHashSet;

/// The manifest of a widget.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Its path in the package.
    pub path: String,
    /// All that it holds.
    pub json: Document,
}

/// A text of the manifest: the key of a text in the i18n files, a path, a code, or a text itself.
#[derive(Clone, Debug)]
pub struct ManifestText<'a> {
    /// Its dotted path in the manifest, as in `settings.api_key.name`.
    pub place: String,
    /// What it says.
    pub value: &'a Fragment<'static>,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl ManifestText<'_> {
    /// What it says, without white space around.
    #[must_use]
    pub fn text(&self) -> &str {
        self.value.text.trim()
    }
}

/// A field that the user fills in.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Which of the manifest's forms it belongs to.
    pub form: Form,
    /// The code under which its value is stored.
    pub code: &'a str,
    /// The place of the code.
    pub code_span: Span,
    /// The member as a whole.
    pub span: Span,
    /// The block that describes it.
    pub value: &'a Value,
    /// What names its label in the i18n files.
    pub name: Option<ManifestText<'a>>,
    /// `text`, `pass`, ...
    pub kind: Option<ManifestText<'a>>,
}

/// The forms that a manifest describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The settings window.
    Settings,
    /// The window of a digital pipeline trigger.
    DigitalPipeline,
    /// The block of a Salesbot step.
    Salesbot,
}

/// The slides of one language.
#[derive(Clone, Debug)]
pub struct Slides<'a> {
    /// The language, as the manifest writes it.
    pub locale: &'a str,
    /// The place of the language.
    pub locale_span: Span,
    /// The paths.
    pub images: Vec<ManifestText<'a>>,
}

/// A page that the widget adds to Kommo's left menu.
#[derive(Clone, Debug)]
pub struct MenuItem<'a> {
    /// Its code.
    pub code: &'a str,
    /// The place of the code.
    pub code_span: Span,
    /// The code of the item that it stands under, if it is a sub-item.
    pub parent: Option<&'a str>,
    /// What names its title in the i18n files.
    pub title: Option<ManifestText<'a>>,
    /// The path of its icon.
    pub icon: Option<ManifestText<'a>>,
    /// The item that it wants to follow.
    pub after: Option<ManifestText<'a>>,
}

impl Manifest {
    /// Reads the manifest's text.
    #[must_use]
    pub fn read(path: &str, text: &str, max_depth: usize) -> Self {
        Self { path: path.to_owned(), json: json::read(text, max_depth) }
    }

    /// Its members.
    #[must_use]
    pub fn root(&self) -> Option<&Object> {
        self.json.root.as_ref()?.as_object()
    }

    /// The member at a path, as in `["widget", "name"]`.
    #[must_use]
    pub fn member(&self, path: &[&str]) -> Option<&Member> {
        let (last, parents) = path.split_last()?;
        let mut object = self.root()?;
        for key in parents {
            object = object.get(key)?.value.as_object()?;
        }
        object.get(last)
    }

    /// The text at a path.
    #[must_use]
    pub fn text(&self, path: &[&str]) -> Option<ManifestText<'_>> {
        text_of(path.join("."), &self.member(path)?.value)
    }

    /// The block at a path.
    #[must_use]
    pub fn block(&self, path: &[&str]) -> Option<&Object> {
        self.member(path)?.value.as_object()
    }

    /// The widget's code, where a manifest of older days names it.
    #[must_use]
    pub fn code(&self) -> Option<ManifestText<'_>> {
        self.text(&["widget", "code"]).filter(|code| !code.text().is_empty())
    }

    /// The widget's version.
    #[must_use]
    pub fn version(&self) -> Option<ManifestText<'_>> {
        self.text(&["widget", "version"]).filter(|version| !version.text().is_empty())
    }

    /// The declared languages. One that stands without its list declares nothing: nobody can tell whether more were meant.
    #[must_use]
    pub fn locales(&self) -> Vec<ManifestText<'_>> {
        let path = ["widget", "locale"];
        if self.text(&path).is_some() { Vec::new() } else { self.texts(&path) }
    }

    /// The codes of the declared languages, to look one up.
    #[must_use]
    pub fn language_codes(&self) -> FxHashSet<&str> {
        self.locales().into_iter().map(|locale| locale.value.text.trim()).collect()
    }

    /// The places in Kommo where the widget wants to run.
    #[must_use]
    pub fn locations(&self) -> Vec<ManifestText<'_>> {
        self.texts(&["locations"])
    }

    /// Whether one of the locations is `name`, with or without its `-0` or `-1`.
    #[must_use]
    pub fn has_location(&self, name: &str) -> bool {
        self.locations().iter().any(|location| {
            let text = location.text();
            text.strip_suffix("-0").or_else(|| text.strip_suffix("-1")).unwrap_or(text) == name
        })
    }

    /// The texts of a list, of a block of numbered members (as PHP writes lists with gaps), or a single one.
    fn texts(&self, path: &[&str]) -> Vec<ManifestText<'_>> {
        let Some(member) = self.member(path) else { return Vec::new() };
        let place = path.join(".");
        match &member.value.kind {
            Kind::Array(items) => items.iter().filter_map(|item| text_of(place.clone(), item)).collect(),
            Kind::Object(object) => {
                let is_place = |key: &str| key.bytes().all(|byte| byte.is_ascii_digit());
                let items = object.effective().filter(|member| is_place(&member.key));
                items.filter_map(|member| text_of(place.clone(), &member.value)).collect()
            }
            _ => text_of(place, &member.value).into_iter().collect(),
        }
    }

    /// Every field that a user fills in: of the settings, of the digital pipeline, of Salesbot steps.
    #[must_use]
    pub fn fields(&self) -> Vec<Field<'_>> {
        let mut found = Vec::new();
        if let Some(settings) = self.block(&["settings"]) {
            fields_of(Form::Settings, "settings", settings, &mut found);
        }
        if let Some(settings) = self.block(&["dp", "settings"]) {
            fields_of(Form::DigitalPipeline, "dp.settings", settings, &mut found);
        }
        for handler in self.handlers() {
            if let Some(settings) = handler.value.get("settings").and_then(|settings| settings.value.as_object()) {
                fields_of(Form::Salesbot, &format!("salesbot_designer.{}.settings", handler.key), settings, &mut found);
            }
        }
        found
    }

    /// The Salesbot steps.
    #[must_use]
    pub fn handlers(&self) -> Vec<&Member> {
        let Some(designer) = self.block(&["salesbot_designer"]) else { return Vec::new() };
        designer.effective().filter(|member| member.value.as_object().is_some()).collect()
    }

    /// The slides of each language, and those for any other under `default`. A member with another key, as a comment's `_comment`,
    /// lists no slides.
    #[must_use]
    pub fn slides(&self) -> Vec<Slides<'_>> {
        let Some(images) = self.block(&["tour", "tour_images"]) else { return Vec::new() };
        let declared = self.language_codes();
        let is_language = |key: &str| is_language_code(key) || key == "default" || declared.contains(key);
        images
            .effective()
            .filter(|member| is_language(&member.key))
            .map(|member| {
                let place = format!("tour.tour_images.{}", member.key);
                let images = match &member.value.kind {
                    Kind::Array(items) => items.iter().filter_map(|item| text_of(place.clone(), item)).collect(),
                    _ => text_of(place, &member.value).into_iter().collect(),
                };
                Slides { locale: &member.key, locale_span: member.key_span, images }
            })
            .collect()
    }

    /// The items that the widget adds to the left menu, each followed by its sub-items.
    #[must_use]
    pub fn menu_items(&self) -> Vec<MenuItem<'_>> {
        let Some(menu) = self.block(&["left_menu"]) else { return Vec::new() };
        let mut found = Vec::new();
        for member in menu.effective() {
            let place = format!("left_menu.{}", member.key);
            found.push(menu_item(&place, member, None));
            let submenu = member.value.get("submenu").and_then(|submenu| submenu.value.as_object());
            for child in submenu.into_iter().flat_map(Object::effective) {
                found.push(menu_item(&format!("{place}.submenu.{}", child.key), child, Some(&*member.key)));
            }
        }
        found
    }

    /// Every value that names a text of the i18n files, or is such a text itself, in order of place.
    #[must_use]
    pub fn named_texts(&self) -> Vec<ManifestText<'_>> {
        let mut found: Vec<_> = NAMED_TEXTS.iter().filter_map(|path| self.text(path)).collect();
        found.extend(self.fields().into_iter().filter_map(|field| field.name));
        found.extend(self.menu_items().into_iter().filter_map(|item| item.title));
        let handlers = self.handlers().into_iter();
        found
            .extend(handlers.filter_map(|member| {
                text_of(format!("salesbot_designer.{}.name", member.key), &member.value.get("name")?.value)
            }));
        found.retain(|text| !text.text().is_empty());
        order::sort_by_key(&mut found, |text| text.span);
        found
    }

    /// Every value that names a file of the package, in order of place: slides, menu icons, Salesbot logos.
    #[must_use]
    pub fn named_files(&self) -> Vec<ManifestText<'_>> {
        let mut found: Vec<_> = self.slides().into_iter().flat_map(|slides| slides.images).collect();
        found.extend(self.menu_items().into_iter().filter_map(|item| item.icon));
        found.extend(self.text(&["salesbot_designer", "logo"]));
        let handlers = self.handlers().into_iter();
        found
            .extend(handlers.filter_map(|member| {
                text_of(format!("salesbot_designer.{}.logo", member.key), &member.value.get("logo")?.value)
            }));
        found.retain(|text| !text.text().is_empty());
        order::sort_by_key(&mut found, |text| text.span);
        found
    }
}

/// Members of the fixed part of the manifest that name texts.
const NAMED_TEXTS: [&[&str]; 6] = [
    &["widget", "name"],
    &["widget", "short_description"],
    &["widget", "description"],
    &["tour", "tour_description"],
    &["widget", "tour_description"],
    &["advanced", "title"],
];

fn text_of(place: String, value: &Value) -> Option<ManifestText<'_>> {
    Some(ManifestText { place, value: value.as_fragment()?, span: value.span })
}

fn fields_of<'a>(form: Form, place: &str, settings: &'a Object, found: &mut Vec<Field<'a>>) {
    for member in settings.effective() {
        let part = |key: &str| text_of(format!("{place}.{}.{key}", member.key), &member.value.get(key)?.value);
        found.push(Field {
            form,
            code: &member.key,
            code_span: member.key_span,
            span: member.span(),
            value: &member.value,
            name: part("name"),
            kind: part("type"),
        });
    }
}

fn menu_item<'a>(place: &str, member: &'a Member, parent: Option<&'a str>) -> MenuItem<'a> {
    let part = |key: &str| text_of(format!("{place}.{key}"), &member.value.get(key)?.value);
    let after = member.value.get("sort").and_then(|sort| text_of(format!("{place}.sort.after"), &sort.value.get("after")?.value));
    MenuItem { code: &member.key, code_span: member.key_span, parent, title: part("title"), icon: part("icon"), after }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"{
        "widget": {"name": "widget.name", "locale": ["en", "pt"], "code": " acme ", "version": ""},
        "locations": ["lcard-1", "settings"],
        "tour": {"tour_images": {"en": ["/images/a.png"], "pt": "images/b.png"}, "tour_description": "widget.tour"},
        "settings": {"key": {"name": "settings.key", "type": "pass"}, "odd": 5},
        "dp": {"settings": {"text": {"name": "dp.text", "type": "text"}}},
        "left_menu": {"page": {"title": "menu.page", "icon": "images/i.svg", "sort": {"after": "leads"},
            "submenu": {"sub": {"title": "menu.sub", "sort": 1}}}},
        "salesbot_designer": {"logo": "/images/bot.png", "step": {"name": "bot.step", "settings": {"a": {"name": "bot.a"}}}}
    }"#;

    fn manifest(text: &str) -> Manifest {
        Manifest::read("manifest.json", text, 200)
    }

    #[test]
    fn each_part_is_found_with_its_place() {
        let manifest = manifest(SAMPLE);
        assert_eq!(manifest.code().unwrap().text(), "acme");
        assert!(manifest.version().is_none());
        let locales: Vec<_> = manifest.locales().iter().map(|locale| locale.span.of(SAMPLE)).collect();
        assert_eq!(locales, ["\"en\"", "\"pt\""]);
        assert!(manifest.has_location("lcard") && !manifest.has_location("ccard"));
        let fields: Vec<_> = manifest.fields().iter().map(|field| (field.form, field.code)).collect();
        assert_eq!(
            fields,
            [(Form::Settings, "key"), (Form::Settings, "odd"), (Form::DigitalPipeline, "text"), (Form::Salesbot, "a")]
        );
        let menu = manifest.menu_items();
        assert_eq!((menu[0].code, menu[0].after.as_ref().map(ManifestText::text)), ("page", Some("leads")));
        assert_eq!((menu[1].code, menu[1].parent), ("sub", Some("page")));
    }

    #[test]
    fn texts_and_files_come_in_order_of_place() {
        let manifest = manifest(SAMPLE);
        let texts: Vec<_> = manifest.named_texts().iter().map(|text| text.text().to_owned()).collect();
        assert_eq!(
            texts,
            ["widget.name", "widget.tour", "settings.key", "dp.text", "menu.page", "menu.sub", "bot.step", "bot.a"]
        );
        let files: Vec<_> = manifest.named_files().iter().map(|text| text.text().to_owned()).collect();
        assert_eq!(files, ["/images/a.png", "images/b.png", "images/i.svg", "/images/bot.png"]);
    }

    #[test]
    fn odd_shapes_are_read_without_complaint() {
        assert_eq!(manifest(r#"{"widget": {"locale": "en"}}"#).locales().len(), 0);
        assert_eq!(manifest(r#"{"widget": {"locale": {"0": "en", "2": "pt"}}}"#).locales().len(), 2);
        assert_eq!(manifest(r#"{"widget": {"locale": {"0": "en", "_comment": "the languages"}}}"#).locales().len(), 1);
        assert_eq!(manifest(r#"{"locations": {"0": "lcard-1", "2": "settings"}}"#).locations().len(), 2);
        assert!(manifest("[]").fields().is_empty());
        assert!(manifest("").named_texts().is_empty());
    }
}
