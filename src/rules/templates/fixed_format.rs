//! Date formats and currency signs written into templates; and what the texts say of dates, telephones, taxes and holidays.

use crate::context::{Context, Origin};
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::TagKind;
use crate::syntax::{Span, is_hole};
use crate::text::plain::Plain;
use crate::text::tokens::{Phrases, tokens};

static DATE: Message = Message {
    id: "fixed-date-format",
    text: "The date format \"{format}\" is written into the template.",
    help: "Dates look different in each country. Format them in the script with Intl.DateTimeFormat, toLocaleDateString or the \
           formats of Kommo's own constants, and pass the result to the template.",
};
static CURRENCY: Message = Message {
    id: "fixed-currency-sign",
    text: "The currency sign \"{sign}\" is glued to a value: {text}.",
    help: "The place of the sign differs from country to country. Format the amount with Intl.NumberFormat and its currency option.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "fixed-format",
    item: "local-formatting",
    title: "Format of one country for all",
    why: "Dates and amounts in the format of another country are misread: 03/04 is March in one place and April in another.",
    fix: "Let the browser format dates, numbers and amounts for the user's language.",
    messages: &[&DATE, &CURRENCY],
    bad: &[
        Example { path: "templates/panel.twig", text: "<p>{{ note.created|date('«d.m.Y»') }}</p>" },
        Example { path: "templates/panel.twig", text: r#"<input class="aurora-notes__date" placeholder="«DD/MM/YYYY»">"# },
        Example { path: "templates/panel.twig", text: "<p>Total: «$»{{ total }}</p>" },
    ],
    good: &[
        Example { path: "templates/panel.twig", text: "<p>{{ created }}</p>" },
        Example {
            path: "templates/panel.twig",
            text: r#"<p>{{ note.created|date('Y-m-d') }} {{ price }} <time datetime="2026-01-31">{{ shown }}</time> YYYY</p>"#,
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let before = evidence(cx, out);
    for markup in cx.markups() {
        let tags = || markup.facts.tags.iter().filter(|tag| tag.kind == TagKind::Output);
        // Beside the values of a script, its own rule sees the sign.
        let is_seen = |sign: Span| {
            markup.origin != Origin::ScriptString || tags().any(|tag| tag.span.start == sign.end || tag.span.end == sign.start)
        };
        for text in &markup.facts.texts {
            for span in date_formats(&text.text) {
                out.push(out.suspect(&DATE, markup.at(text.map.span(span))).arg("format", span.of(&text.text)));
            }
            for (sign, span) in glued_signs(&text.text).into_iter().filter(|(_, span)| is_seen(text.map.span(*span))) {
                let finding = out.suspect(&CURRENCY, markup.at(text.map.span(span)));
                out.push(finding.arg("sign", sign).arg("text", text.text.trim()));
            }
        }
        for attribute in markup.facts.elements.iter().flat_map(|element| &element.attributes) {
            if ["placeholder", "title", "aria-label", "data-format", "data-date-format"].contains(&&*attribute.name) {
                for span in date_formats(&attribute.value.text) {
                    let at = markup.at(attribute.value.map.span(span));
                    out.push(out.suspect(&DATE, at).arg("format", span.of(&attribute.value.text)));
                }
            }
        }
        for tag in tags().filter(|tag| tag.code.contains("date") || tag.code.contains("format")) {
            let is_format = |text: &str| is_twig_format(text) || !date_formats(text).is_empty();
            for (string, span) in tag.strings.iter().filter(|(string, _)| is_format(string)) {
                out.push(out.suspect(&DATE, markup.at(*span)).arg("format", &**string));
            }
        }
    }
    if !before {
        let note = "No text holds a whole date or telephone number, or a word for taxes or holidays.";
        out.evidence("note", "Formats", note, Location::package());
    }
}

/// Where a text names a format by letters: `DD.MM.YYYY`, `MM/DD/YY`. `YYYY-MM-DD` is the same everywhere.
fn date_formats(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    // Most texts do not have the two letters of a year.
    let is_year = |pair: &[u8]| matches!(pair, [b'y' | b'Y', b'y' | b'Y'] | [b'a' | b'A', b'a' | b'A']);
    if !text.as_bytes().windows(2).any(is_year) {
        return found;
    }
    let mut start = 0;
    for run in text.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '.' | '/' | '-'))) {
        let at = start;
        start += run.len() + text[start + run.len()..].chars().next().map_or(0, char::len_utf8);
        let format = run.trim_end_matches(['.', '/', '-']);
        // Most runs are words.
        if format.bytes().filter(|byte| !byte.is_ascii_alphabetic()).count() != 2 {
            continue;
        }
        let parts: Vec<String> = format.split(['.', '/', '-']).map(str::to_ascii_lowercase).collect();
        let is_part = |part: &String, names: &[&str]| names.contains(&part.as_str());
        let day = parts.iter().position(|part| is_part(part, &["dd", "d"]));
        let month = parts.iter().position(|part| is_part(part, &["mm", "m", "mmm"]));
        let year = parts.iter().position(|part| is_part(part, &["yyyy", "yy", "aaaa", "гггг"]));
        if let (3, Some(_), Some(_), Some(year)) = (parts.len(), day, month, year)
            && year > 0
        {
            found.push(Span::new(at as u32, (at + format.len()) as u32));
        }
    }
    found
}

/// `d.m.Y` of Twig; a format that begins with the year is for machines.
fn is_twig_format(text: &str) -> bool {
    let parts: Vec<&str> = text.split(' ').next().unwrap_or_default().split(['.', '/', '-']).collect();
    let known = |part: &&str| ["d", "j", "m", "n", "M", "Y", "y"].contains(part);
    parts.len() == 3 && parts.iter().all(known) && !matches!(parts[0], "Y" | "y")
}

/// Each stands before those that it ends with.
const SIGNS: [&str; 12] = ["US$", "R$", "MX$", "$", "€", "£", "₽", "₺", "₴", "₸", "руб", "Rp"];

/// Currency signs right beside a number, or a value that only run time knows.
fn glued_signs(text: &str) -> Vec<(&'static str, Span)> {
    let mut found: Vec<(&'static str, Span)> = Vec::new();
    let is_value = |letter: char| letter.is_ascii_digit() || is_hole(letter);
    // Each sign has one of these bytes.
    let may_be_sign = |byte: u8| matches!(byte, b'$' | b'R' | 0xC2 | 0xD1 | 0xE2);
    if !text.bytes().any(may_be_sign) || !text.contains(is_value) {
        return found;
    }
    let mut past = 0;
    for (at, _) in text.char_indices() {
        let Some(sign) = SIGNS.into_iter().find(|sign| at >= past && text[at..].starts_with(sign)) else { continue };
        past = at + sign.len();
        let after = text[past..].trim_start_matches([' ', '\u{a0}']).starts_with(is_value);
        let before = text[..at].trim_end_matches([' ', '\u{a0}']).ends_with(is_value);
        let is_letter = |letter: char| letter.is_alphabetic() && !is_hole(letter);
        let inside_word = text[..at].ends_with(is_letter) || (sign.ends_with(is_letter) && text[past..].starts_with(is_letter));
        if (after || before) && !inside_word {
            found.push((sign, Span::new(at as u32, past as u32)));
        }
    }
    found
}

/// Words of taxes and holidays.
static TOPICS: Phrases = Phrases::of(&[
    "tax",
    "taxes",
    "vat",
    "holiday",
    "holidays",
    "impuesto*",
    "iva",
    "festivo*",
    "feriado*",
    "imposto*",
    "nf e",
    "nds",
    "ндс",
    "налог*",
    "праздник*",
    "kdv",
    "vergi*",
    "tatil*",
    "pajak",
    "hari libur",
]);

/// Shows what texts say of dates, telephones, taxes and holidays; whether there was anything.
fn evidence(cx: &Context<'_>, out: &mut Findings<'_>) -> bool {
    let mut any = false;
    for locale in &cx.locales().all {
        for text in &locale.texts {
            let plain = Plain::of(&text.value.text);
            let mut found: Vec<(&'static str, Span)> = date_formats(&plain.text).into_iter().map(|span| ("date", span)).collect();
            found.extend(written_dates(&plain.text).into_iter().map(|span| ("date", span)));
            found.extend(telephones(&plain.text).into_iter().map(|span| ("telephone", span)));
            let tokens = tokens(&plain.text);
            found.extend(TOPICS.find_all(&tokens).map(|span| ("tax-or-holiday", span)));
            for (kind, span) in found {
                any = true;
                let at = Location::span(&*locale.path, text.value.map.span(plain.source(span)));
                out.evidence(kind, &*locale.code, span.of(&plain.text), at);
            }
        }
    }
    any
}

/// Dates in digits: `31.12.2026`, `12/31/26`.
fn written_dates(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut separators = memchr::memchr2_iter(b'.', b'/', bytes);
    if !separators.any(|at| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))) {
        return Vec::new();
    }
    runs(text, |c| c.is_ascii_digit() || matches!(c, '.' | '/'))
        .into_iter()
        .filter(|span| {
            let parts: Vec<&str> = span.of(text).split(['.', '/']).collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            matches!(lengths[..], [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2])
        })
        .collect()
}

/// Numbers and masks of telephones: `+55 (11) 99999-9999`, `+7 (___) ___-__-__`.
fn telephones(text: &str) -> Vec<Span> {
    if !text.contains('+') {
        return Vec::new();
    }
    runs(text, |c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '_' | ' ' | '#'))
        .into_iter()
        .filter(|span| {
            let written = span.of(text);
            let digits = written.chars().filter(|c| c.is_ascii_digit() || matches!(c, '_' | '#')).count();
            written.starts_with('+') && (8..=16).contains(&digits)
        })
        .collect()
}

/// The longest stretches of such characters, without white space around.
fn runs(text: &str, wanted: impl Fn(char) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for run in text.split(|c: char| !wanted(c)) {
        let kept = run.trim_matches([' ', '.', '/', '-']);
        if !kept.is_empty() {
            let at = start + run.len() - run.trim_start_matches([' ', '.', '/', '-']).len();
            found.push(Span::new(at as u32, (at + kept.len()) as u32));
        }
        start += run.len() + text[start + run.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn template(text: &str) -> Vec<Seen> {
        Widget::clean().file("templates/panel.twig", text).findings("fixed-format")
    }

    #[test]
    fn formats_and_signs_are_pointed_at() {
        assert_eq!(
            template("<p>Use dd.mm.yyyy please</p>"),
            [suspect("fixed-date-format", "templates/panel.twig", "dd.mm.yyyy")]
        );
        assert_eq!(template("<b>{{ sum }} €</b>"), [suspect("fixed-currency-sign", "templates/panel.twig", "€")]);
        assert_eq!(
            template("<b>{{ row.at|date('DD/MM/YYYY') }}</b>"),
            [suspect("fixed-date-format", "templates/panel.twig", "DD/MM/YYYY")]
        );
        assert_eq!(template("<b>only $15</b>"), [suspect("fixed-currency-sign", "templates/panel.twig", "$")]);
        assert_eq!(template("<b>R$ {{ sum }}</b>"), [suspect("fixed-currency-sign", "templates/panel.twig", "R$")]);
    }

    #[test]
    fn templates_in_scripts_are_read_too() {
        let script = |code: &str| Widget::clean().file("script.js", code).findings("fixed-format");
        assert_eq!(
            script("el.innerHTML = '<input placeholder=\"DD/MM/YYYY\">';"),
            [suspect("fixed-date-format", "script.js", "DD/MM/YYYY")]
        );
        assert_eq!(
            script("var t = '<b>{{ row.at|date(\"d.m.Y\") }}</b>';"),
            [suspect("fixed-date-format", "script.js", "d.m.Y")]
        );
        assert_eq!(script("var t = '<b>${{ row.sum }}</b>';"), [suspect("fixed-currency-sign", "script.js", "$")]);
        // Those that another rule tells, and what is no format.
        assert_eq!(script("el.innerHTML = '<b>$' + sum + '</b><i>$15</i><p>YYYY-MM-DD</p>';"), []);
    }

    #[test]
    fn signs_and_letters_without_values_are_fine() {
        assert_eq!(template("<p>Prices in $ and €. A.D. m/d. YYYY-MM-DD</p>"), []);
        assert_eq!(template("<p>{{ name }} pays in euros</p>"), []);
    }

    #[test]
    fn texts_about_dates_and_taxes_are_evidence() {
        let text = r#"{"a": "Hasta 31.12.2026, IVA incluido", "b": "+55 (11) 99999-9999", "c": "version 1.2.3, 10/20"}"#;
        let report = Widget::clean().file("i18n/es.json", text).report();
        let item = report.items.iter().find(|result| result.item.id == "local-formatting").unwrap();
        let shown: Vec<_> = item.evidence.iter().map(|evidence| &*evidence.value).collect();
        assert_eq!(shown, ["31.12.2026", "IVA", "+55 (11) 99999-9999"]);
    }
}
