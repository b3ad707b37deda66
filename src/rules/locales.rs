//! Rules that read the i18n files.

pub mod description_out_of_bounds;
pub mod foreign_currency;
pub mod foreign_locale;
pub mod foreign_script;
pub mod foreign_words;
pub mod hard_coded_text;
pub mod identical_translation;
pub mod link_targets;
pub mod link_to_other_language;
pub mod missing_privacy_link;
pub mod missing_translation;
pub mod name_without_via;
pub mod needed_plan;
pub mod overlong_name;
pub mod payment_ways;
pub mod pointless_teaser;
pub mod russian_address;
pub mod sales_of_kommo;
pub mod support_channels;
pub mod teaser_out_of_bounds;
pub mod technical_description;
pub mod uneven_prices;
pub mod unfinished_copy;

use crate::context::{Context, Lacking, ListingText, ShownText};
use crate::finding::{Certainty, Finding, Findings, Location};
use crate::package::locale::{Locale, LocaleText, looks_like_key};
use crate::rule::Message;
use crate::syntax::Span;
use crate::syntax::language::is_loan;
use crate::text::plain::Plain;

/// The manifest names a text of the listing that no language has.
static TEXT_NOWHERE: Message = Message {
    id: "text-nowhere",
    text: "No i18n file has the key \"{key}\", so this text could not be judged.",
    help: "Add the text to every i18n file under \"{key}\", then check again.",
};
/// The manifest does not name a text of the listing at all.
static TEXT_UNNAMED: Message = Message {
    id: "text-unnamed",
    text: "The widget has no {what}, so it could not be judged.",
    help: "Name the {what} in the manifest and write it in every i18n file, then check again.",
};
/// A declared language lacks a text of the listing that others have.
static TEXT_ABSENT: Message = Message {
    id: "text-absent",
    text: "There is no {what} in {languages}, so it could not be judged there: \"{key}\" is missing.",
    help: "Write \"{key}\" in the i18n file of each of these languages, then check again.",
};
/// The related place of a finding about a text: the manifest's key.
static NAMED_HERE: Message = Message { id: "named-here", text: "The manifest names it here.", help: "" };

/// Says of a text of the listing that it could not be judged, or not in every language, if that is so.
fn report_unjudged(cx: &Context<'_>, text: &ListingText<'_>, what: &'static str, out: &mut Findings<'_>) {
    match text {
        // A file of texts that could not be unpacked may have the key; that it was not read is said elsewhere.
        ListingText::Nowhere(named)
            if cx.locales().all.iter().all(|locale| locale.proves_absence()) && !cx.has_unread_texts() =>
        {
            let path = cx.manifest().map(|manifest| manifest.path.as_str()).unwrap_or_default();
            let finding = out.suspect(&TEXT_NOWHERE, Location::span(path, named.span));
            out.push(finding.arg("key", named.text()));
        }
        // A manifest that is there and was not read whole is named as such already.
        ListingText::Unnamed if cx.manifest_is_whole() || !cx.package().may_hold("manifest.json") => {
            out.push(out.suspect(&TEXT_UNNAMED, widget_block(cx)).arg("what", what));
        }
        ListingText::Shown { missing, key, .. } => {
            let Some((first, others)) = missing.split_first() else { return };
            let languages: Vec<_> = missing.iter().map(|lacking| &*lacking.language).collect();
            let finding = out.suspect(&TEXT_ABSENT, first.location.clone()).arg("what", what).arg("key", &**key);
            let finding = finding.arg("languages", languages.join(", "));
            out.push(finding.also_at(others.iter().map(|lacking| lacking.location.clone())));
        }
        _ => {}
    }
}

/// A text of the listing that has to be there: its texts, the declared languages that lack it, and its key.
type Required<'a> = (Vec<ShownText<'a>>, Vec<Lacking>, String);

/// Looks up a required text of the listing; says so where the manifest does not name it, or no language has it.
fn required<'a>(
    cx: &'a Context<'_>,
    (field, what): (&'static str, &'static str),
    unnamed: &'static Message,
    out: &mut Findings<'_>,
) -> Option<Required<'a>> {
    match cx.listing_text(&["widget", field]) {
        ListingText::Shown { texts, missing, key } => return Some((texts, missing, key)),
        ListingText::Unnamed if cx.manifest_is_whole() => {
            out.push(out.certain(unnamed, widget_block(cx)).arg("field", format!("widget.{field}")));
        }
        other => report_unjudged(cx, &other, what, out),
    }
    None
}

/// Says which declared languages lack a required text: it is `absent` from their file, or they have `no_file`.
fn report_absent((texts, missing, key): &Required<'_>, [absent, no_file]: [&'static Message; 2], out: &mut Findings<'_>) {
    for Lacking { language, path, has_file, location } in missing {
        let message = if *has_file { absent } else { no_file };
        let finding = out.certain(message, location.clone()).arg("language", &**language).arg("path", &**path).arg("key", &**key);
        out.push(texts.first().map_or(finding.clone(), |text| named(finding, text)));
    }
}

/// The block of the manifest that names the texts of the listing.
fn widget_block(cx: &Context<'_>) -> Location {
    cx.manifest().map_or_else(Location::package, |manifest| Location {
        path: Some(manifest.path.clone()),
        span: manifest.member(&["widget"]).map(|member| member.key_span),
    })
}

/// The finding with the manifest's key as a related place.
fn named(finding: Finding, text: &ShownText<'_>) -> Finding {
    match &text.named_at {
        Some(at) => finding.related(&NAMED_HERE, at.clone()),
        None => finding,
    }
}

/// The place of a part of a text of an i18n file.
fn part(locale: &Locale, text: &LocaleText, span: Span) -> Location {
    Location::span(&*locale.path, text.value.map.span(span))
}

/// What a person reads of a text.
fn plain<'a>(text: &ShownText<'a>) -> Plain<'a> {
    Plain::of(&text.value.text)
}

/// The key of the widget's name, which may be the same in every language.
fn name_key<'a>(cx: &'a Context<'_>) -> &'a str {
    let named = cx.manifest().and_then(|manifest| manifest.text(&["widget", "name"]));
    named.map(|name| name.value.text.trim()).filter(|name| looks_like_key(name)).unwrap_or("widget.name")
}

/// Whether a text has at least so many words, and not names alone.
fn is_prose(plain: &str, least: usize) -> bool {
    let words = words(plain);
    // Title case throughout is how names are written: "Google Sheets Sync".
    let title_case = words.len() <= 4 && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    // A single letter says nothing.
    let is_letter = |word: &str| word.chars().nth(1).is_none();
    let own = words.iter().filter(|word| !is_letter(word) && !is_name(word) && !is_loan(&word.to_lowercase())).count();
    // But "Save Your Settings" is a sentence with capitals: there is no name in it.
    words.len() >= least && own >= if title_case { least } else { 1 } && !lists_names(plain)
}

/// Whether a text lists names of a few words, each with a known one: "Facebook Messenger, Instagram Direct".
fn lists_names(plain: &str) -> bool {
    const LONGEST: usize = 3;
    let is_known = |word: &&str| is_name(word) || is_loan(&word.to_lowercase());
    plain.contains([',', ';', '|'])
        && plain.split([',', ';', '|']).map(words).all(|name| {
            let is_written_as_name = name.iter().all(|word| word.starts_with(char::is_uppercase));
            name.len() <= LONGEST && is_written_as_name && name.iter().any(is_known)
        })
}

/// Whether a text says anything in a language: a word that is no name, no unit and no abbreviation.
fn says_something(plain: &str) -> bool {
    words(plain).iter().any(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        // "ENVIAR": no abbreviation is so long.
        let is_shouted = || letters > 4 && !word.chars().any(char::is_lowercase) && !is_name(&word.to_lowercase());
        letters > 2 && (!is_name(word) || is_shouted())
    })
}

/// The words of a text; addresses, placeholders and code are none.
fn words(plain: &str) -> Vec<&str> {
    plain
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains(['@', '{', '}', '%', '#', '_', '/', '<', '=']))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().any(char::is_alphabetic) && !word.contains('.'))
        .collect()
}

/// Whether a word is the same in every language: a brand, an abbreviation, a technical loan word.
fn is_name(word: &str) -> bool {
    const NAMES: [&str; 54] = [
        "whatsapp",
        "telegram",
        "instagram",
        "facebook",
        "messenger",
        "viber",
        "skype",
        "slack",
        "google",
        "gmail",
        "outlook",
        "microsoft",
        "kommo",
        "amocrm",
        "salesbot",
        "zapier",
        "make",
        "stripe",
        "paypal",
        "shopify",
        "wordpress",
        "woocommerce",
        "mailchimp",
        "hubspot",
        "openai",
        "chatgpt",
        "zoom",
        "trello",
        "notion",
        "asana",
        "webhook",
        "token",
        "lead",
        "leads",
        "bot",
        "chat",
        "chatbot",
        "email",
        "e-mail",
        "online",
        "offline",
        "login",
        "business",
        "cloud",
        "pro",
        "plus",
        "premium",
        "pipeline",
        "alt",
        "ctrl",
        "shift",
        "esc",
        "enter",
        "tab",
    ];
    let lower = word.to_lowercase();
    let inner_capitals = word.chars().skip(1).any(char::is_uppercase);
    NAMES.contains(&lower.as_str()) || inner_capitals || word.chars().any(char::is_numeric)
}

/// Whether a language is written in Latin letters; one that we do not know, unless its code is one of those in Cyrillic.
fn is_latin_language(language: &str) -> bool {
    const CYRILLIC: [&str; 11] = ["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"];
    !CYRILLIC.contains(&language)
}

/// How sure a finding about the language of a text can be: only declared files of the marketplace's main languages fail.
fn certainty(locale: &Locale) -> Certainty {
    let main = ["en", "es", "pt"].contains(&&*locale.language());
    if main && locale.declared { Certainty::Certain } else { Certainty::Suspect }
}
