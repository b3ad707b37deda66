//! The checklist: its sixty items and its numbers, one table per edition.

use crate::package::Kind;
use serde::Serialize;

/// The edition of the checklist that this program judges by.
pub const EDITION: &str = "marketplace-60";

/// A line of the checklist.
#[derive(Debug)]
pub struct Item {
    /// Stable, in kebab case; a promise to users.
    pub id: &'static str,
    /// The part of the checklist that it belongs to.
    pub section: Section,
    /// A few words, as a heading.
    pub title: &'static str,
    /// What the checklist asks, in one sentence of our own.
    pub asks: &'static str,
    /// Who decides when no rule has a finding.
    pub decided_by: DecidedBy,
    /// What a package must have for the item to speak of it at all.
    pub subject: Subject,
    /// The files that its rules need: one that is reached and cannot be read puts the item in review.
    pub reads: &'static [Input],
}

/// Who has the last word on an item without findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// The rules: no finding is a pass.
    Rules,
    /// A person: the report shows the evidence.
    Person,
}

/// What a package must have for an item to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Every package has it.
    Any,
    /// A script, in a file of its own or inside a template.
    Scripts,
    /// A stylesheet, in a file of its own, inside a template or in a string of a script.
    Styles,
    /// A script, a stylesheet or a template.
    Code,
}

/// What the rules of an item read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Scripts.
    Script,
    /// Stylesheets.
    Style,
    /// Templates.
    Template,
    /// The five logos.
    Logo,
    /// The pictures that the manifest lists as slides.
    Slide,
    /// The manifest.
    Manifest,
    /// The texts in each language.
    Texts,
    /// Other JSON files.
    Data,
    /// The bytes of every text file, which are known of one that does not parse.
    Encoding,
}

impl Input {
    /// What a file of this kind is to the rules by its name alone; nothing when no item depends on it.
    #[must_use]
    pub fn of(kind: Kind, path: &str) -> Option<Self> {
        match kind {
            Kind::Script => Some(Self::Script),
            Kind::Style => Some(Self::Style),
            Kind::Template => Some(Self::Template),
            Kind::Image if LIMITS.logos.iter().any(|logo| path.strip_prefix("images/").unwrap_or(path) == logo.file) => {
                Some(Self::Logo)
            }
            Kind::Json if path == "manifest.json" => Some(Self::Manifest),
            Kind::Json if path.starts_with("i18n/") => Some(Self::Texts),
            Kind::Json => Some(Self::Data),
            _ => None,
        }
    }
}

/// A part of the checklist, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the checklist's own headings")]
pub enum Section {
    General,
    Listing,
    Copy,
    Branding,
    Slideshow,
    Localization,
    CleanFiles,
    Interaction,
    Styles,
    Package,
    Scripts,
}

/// The item with this id.
#[must_use]
pub fn item(id: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.id == id)
}

/// A picture that the checklist names, with its exact size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file's name, inside `images/`.
    pub file: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The numbers of an edition. Lengths are Unicode code points of the text as it is shown.
#[derive(Debug)]
pub struct Limits {
    /// `name-length`.
    pub name_chars: usize,
    /// `teaser-length`.
    pub teaser_chars: usize,
    /// `description-length`.
    pub description_chars: usize,
    /// `description-length`.
    pub description_paragraphs: usize,
    /// `branding-images`: the five logos that every widget has.
    pub logos: [Logo; 5],
    /// The logo that a widget of the digital pipeline has besides (Kommo's documents, not the checklist).
    pub pipeline_logo: Logo,
    /// The weight of a logo in bytes (Kommo's documents, not the checklist).
    pub logo_bytes: u64,
    /// `slideshow-count`: at most so many for a language; at least one.
    pub slides: usize,
    /// `slideshow-size`, in pixels.
    pub slide_size: (u32, u32),
}

/// The numbers of [`EDITION`].
pub static LIMITS: Limits = Limits {
    name_chars: 30,
    teaser_chars: 60,
    description_chars: 400,
    description_paragraphs: 2,
    logos: [
        Logo { file: "logo_main.png", width: 400, height: 272 },
        Logo { file: "logo_medium.png", width: 240, height: 84 },
        Logo { file: "logo.png", width: 130, height: 100 },
        Logo { file: "logo_small.png", width: 108, height: 108 },
        Logo { file: "logo_min.png", width: 84, height: 84 },
    ],
    pipeline_logo: Logo { file: "logo_dp.png", width: 174, height: 109 },
    logo_bytes: 300 * 1024,
    slides: 5,
    slide_size: (1188, 616),
};

/// The sixty items in the checklist's order.
pub static ITEMS: [Item; 60] = [
    Item {
        id: "data-minimal",
        section: Section::General,
        title: "Collects only the data it needs",
        asks: "The integration collects only the data that it needs in order to work.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Manifest],
    },
    Item {
        id: "easy-to-use",
        section: Section::General,
        title: "Easy for non-technical people",
        asks: "Someone without technical knowledge can enable it, set it up, work with it, disable it and get support.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Manifest, Input::Texts],
    },
    Item {
        id: "no-partner-sales",
        section: Section::General,
        title: "No sales of Kommo subscriptions through partners",
        asks: "It neither mentions nor promotes buying a Kommo subscription from a partner.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Texts],
    },
    Item {
        id: "user-installs",
        section: Section::General,
        title: "Installed by the user's own click",
        asks: "It is installed only when the user clicks Install; the code never clicks for them.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "name-length",
        section: Section::Listing,
        title: "Name of at most 30 characters",
        asks: "The name has at most 30 characters in every language.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "name-via",
        section: Section::Listing,
        title: "Name says who made it",
        asks: "The name is followed by its creator's name, joined by the word \"via\".",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "teaser-length",
        section: Section::Listing,
        title: "Teaser of at most 60 characters",
        asks: "There is a short teaser, of at most 60 characters in every language.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "teaser-purpose",
        section: Section::Listing,
        title: "Teaser says why to choose it",
        asks: "The teaser tells a client why this integration is the one to choose.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "description-length",
        section: Section::Listing,
        title: "Description of at most 400 characters",
        asks: "A description of one or two paragraphs, at most 400 characters long, tells what it does and what it is good for.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "description-friendly",
        section: Section::Listing,
        title: "Friendly, not technical",
        asks: "The description is written in a friendly way, without technical language.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "description-plan",
        section: Section::Listing,
        title: "Names the Kommo plan it needs",
        asks: "If it does not work on every Kommo plan, the description names the plan that it needs.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "description-price",
        section: Section::Listing,
        title: "States prices and currencies",
        asks: "If it is not free, the description states the prices and the currencies.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "ui-copy",
        section: Section::Copy,
        title: "Texts that users understand",
        asks: "Every text of the widget is friendly and easy to understand.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Texts],
    },
    Item {
        id: "error-messages",
        section: Section::Copy,
        title: "A clear message for every error",
        asks: "Every possible error has a message that explains the problem and what to do next.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "branding-images",
        section: Section::Branding,
        title: "Five logos in the right sizes",
        asks: "The five branding images are PNG pictures of 400×272, 240×84, 130×100, 108×108 and 84×84 pixels.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Logo],
    },
    Item {
        id: "featured-app-logo",
        section: Section::Branding,
        title: "Both logos where another app is featured",
        asks: "If the integration features another app, the 400×272 and 240×84 images show both logos.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Logo],
    },
    Item {
        id: "own-identity",
        section: Section::Branding,
        title: "Images with their own identity",
        asks: "The branding images have an identity of their own; the company's logo is welcome but not needed.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Logo],
    },
    Item {
        id: "slideshow-count",
        section: Section::Slideshow,
        title: "One to five slides",
        asks: "There are one to five slideshow images for every language.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest],
    },
    Item {
        id: "slideshow-shows-product",
        section: Section::Slideshow,
        title: "Slides show it at work",
        asks: "The slides show what the integration does, how it looks inside Kommo, and its value to the user.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Slide],
    },
    Item {
        id: "slideshow-quality",
        section: Section::Slideshow,
        title: "Slides of good quality",
        asks: "The slides are of good quality and everything on them is easy to see.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Slide],
    },
    Item {
        id: "slideshow-size",
        section: Section::Slideshow,
        title: "Slides of 1188×616 pixels",
        asks: "Every slide is a PNG picture of 1188×616 pixels.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Slide],
    },
    Item {
        id: "translated",
        section: Section::Localization,
        title: "Fully translated",
        asks: "The widget is fully translated and holds no words of other languages.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Texts],
    },
    Item {
        id: "image-language",
        section: Section::Localization,
        title: "Images in the right language",
        asks: "The images hold no words of other languages.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Logo, Input::Slide],
    },
    Item {
        id: "privacy-policy",
        section: Section::Localization,
        title: "Privacy policy in every language",
        asks: "There is a link to a privacy policy in each language.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Texts, Input::Template],
    },
    Item {
        id: "link-language",
        section: Section::Localization,
        title: "Links lead to pages in the right language",
        asks: "Every link leads to a page in the language of the text that holds it.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Manifest, Input::Texts],
    },
    Item {
        id: "human-support",
        section: Section::Localization,
        title: "Human support in every language",
        asks: "People answer support requests in each language, by e-mail and by phone.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Template, Input::Manifest, Input::Texts],
    },
    Item {
        id: "local-formatting",
        section: Section::Localization,
        title: "Local formats",
        asks: "Dates, times, numbers, phone numbers, holidays and taxes follow local custom.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Texts],
    },
    Item {
        id: "payment-methods",
        section: Section::Localization,
        title: "Payment methods for the Americas and Europe",
        asks: "If it is not free, people in North and South America and in Europe can pay for it.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Texts],
    },
    Item {
        id: "pricing-currency",
        section: Section::Localization,
        title: "Prices in USD or EUR",
        asks: "If it is not free, prices are given at least in US dollars or euros.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Texts],
    },
    Item {
        id: "oauth2",
        section: Section::CleanFiles,
        title: "Uses OAuth 2.0",
        asks: "The integration uses OAuth 2.0, and no password, key or token is part of the package.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Manifest, Input::Texts, Input::Data],
    },
    Item {
        id: "unused-files",
        section: Section::CleanFiles,
        title: "No unused files",
        asks: "Files, pictures and scripts that the integration does not use are deleted.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[],
    },
    Item {
        id: "debug-leftovers",
        section: Section::CleanFiles,
        title: "No traces of development",
        asks: "Test data, debug statements, alerts, confirms and other traces of development are deleted.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Manifest, Input::Texts],
    },
    Item {
        id: "locale-language",
        section: Section::CleanFiles,
        title: "Each i18n file is in its language",
        asks: "Each localization file holds text of its own language, and no .ru addresses.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Texts],
    },
    Item {
        id: "locale-links",
        section: Section::CleanFiles,
        title: "Links match the language",
        asks: "Links in en.json, es.json and pt.json lead to sites in English, Spanish or Portuguese.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Texts],
    },
    Item {
        id: "text-encoding",
        section: Section::CleanFiles,
        title: "UTF-8 without BOM, LF line ends",
        asks: "Every text file is UTF-8 without a byte order mark and ends its lines with LF.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Encoding],
    },
    Item {
        id: "allowed-interfaces",
        section: Section::Interaction,
        title: "Changes only the allowed interfaces",
        asks: "The integration changes only the parts of Kommo that integrations may change.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template, Input::Manifest],
    },
    Item {
        id: "no-overlap",
        section: Section::Interaction,
        title: "Nothing covers Kommo's controls",
        asks: "It does not cover Kommo's controls or keep users from using Kommo.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "settings-page",
        section: Section::Interaction,
        title: "An honest page after Kommo's own",
        asks: "A page that it adds to Settings has a unique name that misleads nobody, and stands after Kommo's pages.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Manifest],
    },
    Item {
        id: "not-at-bottom",
        section: Section::Interaction,
        title: "Not glued to the bottom of the screen",
        asks: "The widget does not sit at the bottom of the screen and lengthen the page.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "drop-area",
        section: Section::Interaction,
        title: "Drop area away from menu and corner",
        asks: "A drag-and-drop area is neither in Kommo's left menu nor in the top right corner.",
        decided_by: DecidedBy::Person,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "global-selectors",
        section: Section::Styles,
        title: "No global CSS selectors",
        asks: "No style applies to plain elements of the whole page.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Styles,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "system-classes",
        section: Section::Styles,
        title: "Kommo's classes are not restyled",
        asks: "The style sheets do not restyle the classes of Kommo's own interface.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Styles,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "scoped-styles",
        section: Section::Styles,
        title: "Styles start at the widget's root",
        asks: "Every style is relative to the root selector of the widget.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Styles,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "style-files",
        section: Section::Styles,
        title: "Every style file is there",
        asks: "Every style file that the widget loads is part of the package.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "comments",
        section: Section::Styles,
        title: "Comments explain",
        asks: "Comments are relevant and explain; no code is commented out.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "archive-files",
        section: Section::Package,
        title: "The required files",
        asks: "The archive holds manifest.json, the i18n files and the five logos, at its root and not inside a folder.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[],
    },
    Item {
        id: "manifest-fields",
        section: Section::Package,
        title: "A complete manifest",
        asks: "manifest.json is strict JSON with widget, name, description, short_description, locale, installation, locations and settings.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Manifest, Input::Texts],
    },
    Item {
        id: "unused-locations",
        section: Section::Package,
        title: "No location without a use",
        asks: "The manifest's locations name only places that the integration uses.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Any,
        reads: &[Input::Script, Input::Manifest],
    },
    Item {
        id: "console-debug",
        section: Section::Scripts,
        title: "console.debug only for what matters",
        asks: "If console.debug is used, it logs only what is important for the widget to work.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "console-trace",
        section: Section::Scripts,
        title: "console.trace only where errors are handled",
        asks: "console.trace stands only in a catch block or in the rejection handler of a promise.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "declared-variables",
        section: Section::Scripts,
        title: "Declared variables, correct syntax",
        asks: "Every variable is declared before it is used, and the syntax is correct.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "global-kommo",
        section: Section::Scripts,
        title: "Kommo's global object is left alone",
        asks: "The integration does not change the data of Kommo's global object.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "sync-requests",
        section: Section::Scripts,
        title: "Requests are asynchronous",
        asks: "The integration makes no synchronous requests.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "script-injection",
        section: Section::Scripts,
        title: "No injected script elements",
        asks: "No external file is loaded through document.createElement('script'), and no such element is put into the head.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "requirejs-dependencies",
        section: Section::Scripts,
        title: "Dependencies come through requirejs",
        asks: "External dependencies are named in the dependency list of define.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "external-resources",
        section: Section::Scripts,
        title: "Nothing loaded from elsewhere but public libraries",
        asks: "Nothing is loaded from external addresses except public libraries from the checklist's hosts.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "external-styles",
        section: Section::Scripts,
        title: "No external styles with global selectors",
        asks: "No stylesheet with a global selector is loaded from an external address.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "trusted-cdn",
        section: Section::Scripts,
        title: "Only trusted CDNs",
        asks: "If it uses content delivery networks, they are trusted ones.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
    Item {
        id: "iframe-code",
        section: Section::Scripts,
        title: "No code from an iframe",
        asks: "The integration does not run code that it got from an iframe.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Scripts,
        reads: &[Input::Script, Input::Template],
    },
    Item {
        id: "switcher-styles",
        section: Section::Scripts,
        title: "No switcher classes",
        asks: "The code is not based on the classes switcher__on and switcher__off, and does not contain them.",
        decided_by: DecidedBy::Rules,
        subject: Subject::Code,
        reads: &[Input::Script, Input::Style, Input::Template],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_sections_keep_together() {
        let ids: BTreeSet<_> = ITEMS.iter().map(|item| item.id).collect();
        assert_eq!(ids.len(), ITEMS.len());
        assert!(ITEMS.windows(2).all(|pair| pair[0].section <= pair[1].section));
    }

    #[test]
    fn titles_and_questions_are_sentences() {
        for item in &ITEMS {
            assert!(!item.title.ends_with('.'), "{}", item.id);
            assert!(item.asks.ends_with('.'), "{}", item.id);
        }
    }
}
