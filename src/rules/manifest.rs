//! Rules that read manifest.json.

pub mod collected_settings;
pub mod exposed_secret;
pub mod kommo_credentials;
pub mod malformed_manifest;
pub mod missing_manifest_field;
pub mod mistyped_manifest_field;
pub mod settings_page_title;
pub mod setup_effort;
pub mod unknown_location;
pub mod unknown_manifest_key;
pub mod unresolved_text_key;
pub mod unused_location;

use crate::context::Context;
use crate::package::locale::Reading;
use crate::package::manifest::Field;

/// The label of a field in each language: the language's code and the text; nothing where no language has one.
fn labels(cx: &Context<'_>, field: &Field<'_>) -> Vec<(String, String)> {
    let Some(name) = &field.name else { return Vec::new() };
    match cx.locales().resolve(name) {
        Reading::Literal(text) => vec![("the manifest".to_owned(), text.text.to_string())],
        Reading::Nowhere => Vec::new(),
        Reading::Key(texts) => {
            texts.into_iter().filter_map(|(locale, text)| Some((locale.code.clone(), text?.value.text.to_string()))).collect()
        }
    }
}

/// A field as evidence shows it: its code and type, and its label in each language.
fn describe(cx: &Context<'_>, field: &Field<'_>) -> (String, String) {
    let kind = field.kind.as_ref().map_or("no type", |kind| kind.text());
    let labels = labels(cx, field);
    let value = if labels.is_empty() {
        "no label".to_owned()
    } else {
        labels.iter().map(|(language, text)| format!("{language}: {text}")).collect::<Vec<_>>().join(" / ")
    };
    (format!("{} ({kind})", field.code), value)
}
