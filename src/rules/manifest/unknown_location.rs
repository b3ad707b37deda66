//! A value of `locations` is none that Kommo documents.

use crate::context::Context;
use crate::finding::{Certainty, Findings, Location};
use crate::kommo::locations::{self, LISTED_ON, Value};
use crate::rule::{Example, Message, Rule};

static MISSPELT: Message = Message {
    id: "misspelt",
    text: "\"{value}\" is no location of Kommo; did you mean \"{meant}\"?",
    help: "Write \"{meant}\". Kommo does not start the widget in a place whose name it does not know.",
};
static AMBIGUOUS: Message = Message {
    id: "ambiguous",
    text: "\"{value}\" is no location of Kommo; it is equally near to {meant}.",
    help: "Write the one that you meant. Kommo does not start the widget in a place whose name it does not know.",
};
static WRONG_SUFFIX: Message = Message {
    id: "wrong-suffix",
    text: "\"{value}\" carries \"{suffix}\", which {place} does not take.",
    help: "{advice} Only cards and lists take \"-0\" or \"-1\".",
};
static AMOCRM_ONLY: Message = Message {
    id: "amocrm-only",
    text: "\"{value}\" is a location of amoCRM; Kommo's list of {date} does not have it.",
    help: "Take it out of a widget for Kommo's marketplace, unless Kommo's documents have come to name it since.",
};
static UNKNOWN: Message = Message {
    id: "unknown",
    text: "\"{value}\" is not among Kommo's locations as listed on {date}.",
    help: "Compare it with the page on widget locations in Kommo's documents. If it is not there, take it out.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unknown-location",
    item: "allowed-interfaces",
    title: "Location that Kommo does not have",
    why: "A widget may change only the interfaces that Kommo documents, and runs only where `locations` names them rightly.",
    fix: "Write the locations as Kommo's documents spell them; only cards and lists take `-0` or `-1`.",
    messages: &[&MISSPELT, &AMBIGUOUS, &WRONG_SUFFIX, &AMOCRM_ONLY, &UNKNOWN],
    bad: &[
        Example { path: "manifest.json", text: r#"{"locations": [«"lcard_1"», "settings"]}"# },
        Example { path: "manifest.json", text: r#"{"locations": ["settings", «"everywhere-1"»]}"# },
    ],
    good: &[
        Example { path: "manifest.json", text: r#"{"locations": ["lcard-1", "settings"]}"# },
        Example {
            path: "manifest.json",
            text: r#"{"locations": ["lcard", "ccard-0", "comcard-1", "tlist-1", "settings", "everywhere", "website_chat_button", "ai_agent"]}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    // Where reading lost its way, a value may be cut short.
    let sure = if cx.manifest_is_whole() { Certainty::Certain } else { Certainty::Suspect };
    for location in manifest.locations() {
        let value = &*location.value.text;
        let at = Location::span(&*manifest.path, location.span);
        let finding = match locations::read(value) {
            Value::Known(_) => continue,
            Value::Misspelt(meant) => {
                let message = if meant.len() > 1 { &AMBIGUOUS } else { &MISSPELT };
                out.finding(sure, message, at).arg("meant", meant.join(", "))
            }
            Value::WrongSuffix(place, suffix) => {
                let advice = if place.takes_suffix {
                    format!(
                        "Write \"{0}-1\" to show the widget in the right-hand panel, or \"{0}-0\" to run without it.",
                        place.name
                    )
                } else {
                    format!("Write \"{}\" without a suffix.", place.name)
                };
                out.finding(sure, &WRONG_SUFFIX, at).arg("suffix", suffix).arg("place", place.name).arg("advice", advice)
            }
            Value::AmocrmOnly => out.suspect(&AMOCRM_ONLY, at).arg("date", LISTED_ON),
            Value::Unknown => out.suspect(&UNKNOWN, at).arg("date", LISTED_ON),
        };
        out.push(finding.arg("value", value));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain, suspect};

    #[test]
    fn certain_where_the_value_is_wrong_and_suspect_where_we_may_not_know_it() {
        let text = r#"{"locations": ["lcrad-1", "settings-0", "ccard-2", "cucard-1", "anywhere", "lcard-1"]}"#;
        assert_eq!(
            Widget::clean().file("manifest.json", text).findings("unknown-location"),
            [
                certain("misspelt", "manifest.json", "\"lcrad-1\""),
                certain("wrong-suffix", "manifest.json", "\"settings-0\""),
                certain("wrong-suffix", "manifest.json", "\"ccard-2\""),
                suspect("amocrm-only", "manifest.json", "\"cucard-1\""),
                suspect("unknown", "manifest.json", "\"anywhere\""),
            ]
        );
    }

    #[test]
    fn locations_in_a_block_are_read_too() {
        let text = r#"{"locations": {"0": "lcard-1", "2": "setings"}}"#;
        let found = Widget::clean().file("manifest.json", text).findings("unknown-location");
        assert_eq!(found, [certain("misspelt", "manifest.json", "\"setings\"")]);
    }
}
