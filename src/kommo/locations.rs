//! The places of Kommo where a widget can run, as a manifest's `locations` name them.

use crate::similar::all_nearest;
use std::sync::LazyLock;

/// The day of the page that the list was read from; a newer location may be missing here.
pub const LISTED_ON: &str = "2025-11-25";

/// A place of Kommo where a widget can run.
#[derive(Debug)]
pub struct Place {
    /// Its name, without `-0` or `-1`.
    pub name: &'static str,
    /// Whether `-1` (shown in the right-hand panel) and `-0` (runs without it) can follow.
    pub takes_suffix: bool,
    /// The block of the manifest that belongs to it.
    pub block: Option<&'static str>,
    /// The callbacks of script.js that it calls; one of them shows that it is used.
    pub callbacks: &'static [&'static str],
}

const fn area(name: &'static str, callbacks: &'static [&'static str]) -> Place {
    Place { name, takes_suffix: true, block: None, callbacks }
}

const fn place(name: &'static str, block: Option<&'static str>, callbacks: &'static [&'static str]) -> Place {
    Place { name, takes_suffix: false, block, callbacks }
}

/// Every place that Kommo documents.
pub static PLACES: [Place; 19] = [
    area("lcard", &["init"]),
    area("ccard", &["init"]),
    area("comcard", &["init"]),
    area("llist", &["leads.selected"]),
    area("clist", &["contacts.selected"]),
    area("tlist", &["todo.selected"]),
    place("settings", Some("settings"), &["settings"]),
    place("advanced_settings", Some("advanced"), &["advancedSettings"]),
    place("card_sdk", None, &["loadPreloadedData", "loadElements", "linkCard", "searchDataInCard"]),
    place("catalogs", None, &["loadCatalogElement"]),
    place("digital_pipeline", Some("dp"), &["dpSettings"]),
    place("lead_sources", None, &["onAddAsSource", "onSource"]),
    place("widget_page", Some("left_menu"), &["initMenuPage"]),
    place("sms", Some("sms"), &[]),
    place("mobile_card", Some("mobile"), &[]),
    place("salesbot_designer", Some("salesbot_designer"), &["onSalesbotDesignerSave", "salesbotDesignerSettings"]),
    place("website_chat_button", None, &[]),
    place("everywhere", None, &[]),
    place("ai_agent", None, &[]),
];

/// Places that amoCRM knows and Kommo does not document.
const AMOCRM_ONLY: [&str; 7] = ["cucard", "culist", "whatsapp_modal", "amoforms", "crm_plugin", "crm_template", "catalog_card"];

/// What a value of `locations` is.
#[derive(Debug)]
pub enum Value {
    /// A place of Kommo, rightly written.
    Known(&'static Place),
    /// A place of Kommo with a suffix that it does not take.
    WrongSuffix(&'static Place, String),
    /// It misspells one of these values, all equally near.
    Misspelt(Vec<String>),
    /// A place of amoCRM alone.
    AmocrmOnly,
    /// Nothing that we know.
    Unknown,
}

/// Reads a value of `locations`.
#[must_use]
pub fn read(value: &str) -> Value {
    let (base, suffix) = split(value);
    if let Some(place) = PLACES.iter().find(|place| place.name == base) {
        return match suffix {
            None => Value::Known(place),
            Some("0" | "1") if place.takes_suffix => Value::Known(place),
            Some(suffix) => Value::WrongSuffix(place, format!("-{suffix}")),
        };
    }
    if AMOCRM_ONLY.contains(&base) {
        return Value::AmocrmOnly;
    }
    let mut meant: Vec<_> = all_nearest(value, VALUES.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
    if meant.is_empty() {
        let places = all_nearest(base, PLACES.iter().map(|place| place.name)).into_iter();
        meant = places.map(|place| suffix.map_or_else(|| place.to_owned(), |suffix| format!("{place}-{suffix}"))).collect();
    }
    if meant.is_empty() { Value::Unknown } else { Value::Misspelt(meant) }
}

/// Every value that Kommo takes.
static VALUES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let suffixed = PLACES.iter().filter(|place| place.takes_suffix);
    let suffixed = suffixed.flat_map(|place| ["-0", "-1"].map(|suffix| format!("{}{suffix}", place.name)));
    PLACES.iter().map(|place| place.name.to_owned()).chain(suffixed).collect()
});

/// A value without its suffix, and the suffix without its hyphen.
fn split(value: &str) -> (&str, Option<&str>) {
    match value.rsplit_once('-') {
        Some((base, suffix)) if !suffix.is_empty() && suffix.bytes().all(|byte| byte.is_ascii_digit()) => (base, Some(suffix)),
        _ => (value, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart() {
        for value in ["lcard", "lcard-0", "tlist-1", "settings", "ai_agent", "website_chat_button"] {
            assert!(matches!(read(value), Value::Known(_)), "{value}");
        }
        for value in ["settings-1", "everywhere-0", "lcard-2"] {
            assert!(matches!(read(value), Value::WrongSuffix(..)), "{value}");
        }
        for value in ["cucard-1", "culist", "whatsapp_modal"] {
            assert!(matches!(read(value), Value::AmocrmOnly), "{value}");
        }
        for value in ["anywhere", "widget", "dashboard-widgets", "web_sdk", "board"] {
            assert!(matches!(read(value), Value::Unknown), "{value}");
        }
        for (value, meant) in [
            ("lcrad-1", "lcard-1"),
            ("lcard_1", "lcard-1"),
            ("lcard1", "lcard-1"),
            ("Settings", "settings"),
            ("advanced-settings", "advanced_settings"),
            ("advancedSettings", "advanced_settings"),
            ("digital_pipelines", "digital_pipeline"),
            ("card-sdk", "card_sdk"),
            ("everywere", "everywhere"),
            ("lead_source", "lead_sources"),
            ("lcards-1", "lcard-1"),
        ] {
            assert!(matches!(read(value), Value::Misspelt(found) if found == [meant]), "{value}: {:?}", read(value));
        }
        for (value, meant) in [
            ("card", ["lcard", "ccard"].as_slice()),
            ("card-1", &["lcard-1", "ccard-1"]),
            ("list-1", &["llist-1", "clist-1", "tlist-1"]),
        ] {
            assert!(matches!(read(value), Value::Misspelt(found) if found == meant), "{value}: {:?}", read(value));
        }
    }
}
