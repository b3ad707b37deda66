//! Addresses in texts: web links, bare domains, e-mails, telephone numbers, chats; and what they tell about their language.

use super::plain::{Piece, Plain, attribute, pieces, span};
use super::tokens::{Phrases, folded, tokens};
use crate::order;
use crate::syntax::Span;
use crate::text::entities;

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A page.
    Web,
    /// An e-mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// A conversation in a messenger.
    Chat,
}

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands, quotes not included.
    pub span: Span,
    /// The address, entities decoded.
    pub address: String,
    /// What it leads to.
    pub kind: LinkKind,
    /// What a person sees in its place, if it is the target of an `<a>`.
    pub anchor: Option<String>,
    /// The words right before an address that is written out.
    lead: String,
}

impl Link {
    /// The host, or the domain of an e-mail address, in lower case.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        host(&self.address)
    }

    /// The two-letter codes of the languages that the address names, the country `.ru` among them.
    #[must_use]
    pub fn languages(&self) -> Vec<&'static str> {
        languages(&self.address)
    }

    /// Whether its anchor, its address or what leads to it speaks of privacy, in one of the languages of the marketplace or in Russian.
    #[must_use]
    pub fn is_about_privacy(&self) -> bool {
        let address = percent_decoded(&self.address);
        [self.anchor.as_deref(), Some(&address), Some(&self.lead)].into_iter().flatten().any(is_about_privacy)
    }
}

/// Phrases that speak of privacy.
static PRIVACY: Phrases = Phrases::of(&[
    "privac*",
    "privasi*",
    "privacypolicy*",
    "gizlilik*",
    "kvkk",
    "gdpr",
    "lgpd",
    "rgpd",
    "конфиденциальност*",
    "персональных данных",
    "personal data",
    "data protection",
    "datos personales",
    "proteccion de datos",
    "dados pessoais",
    "protecao de dados",
    "kisisel veri*",
    "perlindungan data",
]);

/// Whether a text speaks of privacy.
#[must_use]
pub fn is_about_privacy(text: &str) -> bool {
    let tokens = tokens(text);
    PRIVACY.find(&tokens).is_some() || tokens.iter().any(|token| token.word.ends_with("privacy"))
}

/// Hosts that open a conversation.
const CHATS: [&str; 10] = [
    "wa.me",
    "api.whatsapp.com",
    "chat.whatsapp.com",
    "web.whatsapp.com",
    "t.me",
    "telegram.me",
    "m.me",
    "discord.gg",
    "tawk.to",
    "viber.me",
];

/// Every address of a text that may hold mark-up, in order of place.
#[must_use]
pub fn links(text: &str) -> Vec<Link> {
    // Most texts hold neither a tag nor a mark that an address needs.
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'.' | b':' | b'@')) {
        return Vec::new();
    }
    let mut found: Vec<Link> = Vec::new();
    if !text.contains('<') {
        bare_links(text, 0, &mut found);
        return found;
    }
    let pieces = pieces(text);
    // The link whose `<a>` is open, and where its content starts.
    let mut open: Option<(usize, u32)> = None;
    for piece in &pieces {
        match *piece {
            Piece::Text(part) => bare_links(part.of(text), part.start, &mut found),
            Piece::Tag { span, name, closing } if name.eq_ignore_ascii_case("a") => {
                if let Some((link, start)) = open.take() {
                    found[link].anchor = Some(Plain::of(Span::new(start, span.start).of(text)).text.into_owned());
                }
                if !closing && let Some(link) = attribute_link(text, span) {
                    open = Some((found.len(), span.end));
                    found.push(link);
                }
            }
            Piece::Tag { span, closing: false, .. } => found.extend(attribute_link(text, span)),
            Piece::Tag { .. } => {}
        }
    }
    order::sort_by_key(&mut found, |link| link.span);
    found
}

/// The address in the `href` of a tag, or in the `src` of a frame.
fn attribute_link(text: &str, tag: Span) -> Option<Link> {
    let written = tag.of(text);
    let frame = ["<iframe", "<video", "<embed"].iter().any(|name| starts_with_ignore_case(written, name));
    let value = attribute(written, "href").or_else(|| if frame { attribute(written, "src") } else { None })?;
    link_of(text, tag, value)
}

/// The addresses of the pictures of a text, which lead nowhere.
#[must_use]
pub fn pictures(text: &str) -> Vec<Link> {
    let pieces = if text.contains('<') { pieces(text) } else { Vec::new() };
    let source = |piece| match piece {
        Piece::Tag { span, name, closing: false } if name.eq_ignore_ascii_case("img") => {
            link_of(text, span, attribute(span.of(text), "src")?)
        }
        _ => None,
    };
    pieces.into_iter().filter_map(source).collect()
}

/// The link in the `value` of an attribute of a tag.
fn link_of(text: &str, tag: Span, value: Span) -> Option<Link> {
    let written = tag.of(text);
    let address = entities::unescape_attribute(value.of(written)).trim().to_owned();
    let kind = kind_of(&address)?;
    Some(Link { span: value.shifted(tag.start), address, kind, anchor: None, lead: String::new() })
}

fn starts_with_ignore_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// What the value of an attribute leads to; anchors inside a page and scripts lead nowhere.
fn kind_of(address: &str) -> Option<LinkKind> {
    let lower = address.to_ascii_lowercase();
    match lower.split_once(':').map(|(scheme, _)| scheme) {
        Some("mailto") => return Some(LinkKind::Mail),
        Some("tel" | "sms" | "callto") => return Some(LinkKind::Phone),
        Some("whatsapp" | "tg" | "viber" | "skype" | "facetime") => return Some(LinkKind::Chat),
        Some("javascript" | "data" | "blob" | "about") => return None,
        _ => {}
    }
    if lower.is_empty() || lower.starts_with('#') && !lower[1..].contains('#') {
        return None;
    }
    let chat = host(address).is_some_and(|host| CHATS.contains(&host.trim_start_matches("www.")));
    Some(if chat { LinkKind::Chat } else { LinkKind::Web })
}

/// Addresses written out in a text.
fn bare_links(text: &str, start: u32, found: &mut Vec<Link>) {
    let breaks = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '«' | '»' | '“' | '”' | '|' | '\\' | '`');
    let mut at = 0;
    for chunk in text.split(breaks) {
        let begin = at;
        at += chunk.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        let core = chunk.trim_start_matches(['(', '[', '\'', ',', ';', '‘', '¿', '¡', '—', '–', '-', '*']);
        let core = core.strip_prefix("//").unwrap_or(core);
        let offset = begin + chunk.len() - core.len();
        if core.contains(['.', ':', '@'])
            && let Some((range, kind)) = bare_link(core)
        {
            let range_start = range.start;
            let from = start as usize + offset + range_start;
            found.push(Link {
                span: span(from, from + range.len()),
                address: entities::unescape(&core[range]).into_owned(),
                kind,
                anchor: None,
                lead: lead(&text[..offset + range_start]),
            });
        }
    }
}

/// The end of the line that an address goes on with, as in "Privacy policy: https://...".
fn lead(before: &str) -> String {
    const LONGEST: usize = 60;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST))..];
    let sentence = near.rsplit(['\n', '.', '!', '?', ';']).next().unwrap_or_default();
    sentence.trim().to_owned()
}

fn bare_link(chunk: &str) -> Option<(std::ops::Range<usize>, LinkKind)> {
    if let Some(start) = scheme(chunk) {
        let address = &chunk[start..];
        let end = start + end_of_address(address);
        let kind = kind_of(&chunk[start..end])?;
        let target = chunk[start..end].split_once(':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
        return (!target.is_empty()).then_some((start..end, kind));
    }
    let word = &chunk[..end_of_address(chunk)];
    // "Site:example.com" and "site=example.com" name a host after a mark; in "example.com:8080" and "example.com?a=b" it stands before.
    let after_marks = |part: &str| part.rfind(['=', ':', ',', ';', '(', '[', '{', '}']).map_or(0, |at| at + 1);
    let host = &word[..end_of_host(word)];
    let host = match host.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    };
    [after_marks(host), after_marks(word)].into_iter().find_map(|start| {
        let is_number = word[..start].ends_with(':') && word[start..].starts_with(|c: char| c.is_ascii_digit());
        let kind = if is_number { None } else { schemeless(&word[start..]) };
        kind.map(|kind| (start..word.len(), kind))
    })
}

/// Where the host of an address without a scheme ends, its port included.
fn end_of_host(address: &str) -> usize {
    address.find(['/', '?', '#']).unwrap_or(address.len())
}

/// What a word leads to that starts with a host or is an e-mail address.
fn schemeless(word: &str) -> Option<LinkKind> {
    let (host, path) = word.split_at(end_of_host(word));
    if let Some((local, domain)) = host.rsplit_once('@') {
        let valid = !local.is_empty() && is_domain(domain, true) && (path.is_empty() || path.starts_with('?'));
        return valid.then_some(LinkKind::Mail);
    }
    // In "clientes.es?facil" a space is missing.
    let goes_on = if path.starts_with('?') { path.contains('=') } else { !path.is_empty() };
    let is_plain = goes_on || host.starts_with("www.") || host.matches('.').count() > 1;
    is_domain(host, is_plain).then(|| kind_of(word)).flatten()
}

/// Where the first scheme of a web, mail, telephone or messenger address starts.
fn scheme(chunk: &str) -> Option<usize> {
    const NAMES: [&str; 6] = ["mailto", "tel", "whatsapp", "tg", "viber", "skype"];
    chunk.match_indices(':').find_map(|(at, _)| {
        let head = &chunk.as_bytes()[..at];
        let web: &[&str] = if chunk[at..].starts_with("://") { &["https", "http"] } else { &[] };
        let name = web.iter().chain(&NAMES).find(|name| ends_with_ignore_case(head, name.as_bytes()))?;
        Some(at - name.len())
    })
}

fn ends_with_ignore_case(text: &[u8], end: &[u8]) -> bool {
    text.len() >= end.len() && text[text.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// Where an address ends: marks of the sentence around it do not belong to it.
fn end_of_address(text: &str) -> usize {
    let count = |mark: char| text.matches(mark).count();
    // How many brackets close more than were opened, of either kind.
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    let mut end = text.len();
    for last in text.chars().rev() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '’' | '*' => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

/// Ends of domains that are no endings of files.
const DOMAINS: [&str; 84] = [
    "agency",
    "ai",
    "app",
    "ar",
    "at",
    "be",
    "bg",
    "biz",
    "blog",
    "bo",
    "br",
    "by",
    "ca",
    "ch",
    "chat",
    "cl",
    "cloud",
    "club",
    "cn",
    "co",
    "com",
    "cr",
    "cz",
    "de",
    "dev",
    "digital",
    "do",
    "ec",
    "edu",
    "email",
    "es",
    "eu",
    "fi",
    "fr",
    "global",
    "gov",
    "gt",
    "help",
    "hn",
    "hu",
    "id",
    "il",
    "in",
    "info",
    "io",
    "it",
    "jp",
    "kz",
    "lat",
    "link",
    "live",
    "ltd",
    "me",
    "media",
    "mx",
    "net",
    "nl",
    "online",
    "org",
    "pe",
    "pl",
    "pro",
    "pt",
    "ru",
    "shop",
    "site",
    "software",
    "solutions",
    "space",
    "store",
    "su",
    "support",
    "sv",
    "team",
    "tech",
    "top",
    "tr",
    "ua",
    "uk",
    "us",
    "uy",
    "uz",
    "website",
    "рф",
];
/// Of them, those that are everyday words too: after a full stop without a space they prove nothing.
const WORDS: [&str; 26] = [
    "app", "at", "be", "blog", "by", "chat", "co", "de", "do", "es", "global", "help", "in", "it", "link", "live", "me", "media",
    "no", "pro", "site", "space", "store", "support", "team", "top",
];

/// Whether `text` is the name of a host; one with `plain` evidence (a path, `www.`, an at sign) may end in any of the endings.
fn is_domain(text: &str, plain: bool) -> bool {
    let domain = text.split(':').next().unwrap_or_default();
    let Some((names, end)) = domain.rsplit_once('.') else { return false };
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    // "AURORA.RU" is a host, "Hello.Us" two words.
    let shouted = !text.contains(char::is_lowercase) && DOMAINS.contains(&&*end.to_lowercase());
    let known = (shouted || DOMAINS.contains(&end))
        || (plain && end.chars().count() >= 2 && end.chars().all(char::is_alphabetic) && text.contains("www."));
    known && (plain || !WORDS.contains(&end)) && names.split('.').all(is_name) && names.contains(char::is_alphabetic)
}

/// The host of a web address or the domain of an e-mail address, in lower case.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    let rest = match address.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+') => rest,
        _ if address.starts_with("//") => &address[2..],
        _ => {
            let lower = address.get(..7).unwrap_or_default().to_ascii_lowercase();
            let bare = if lower == "mailto:" { &address[7..] } else { address };
            let domain = bare[..end_of_host(bare)].rsplit('@').next().unwrap_or_default();
            return is_domain(domain, true).then(|| domain.split(':').next().unwrap_or_default().to_lowercase());
        }
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Codes that an address may name, with the language that each means.
const CODES: [(&str, &str); 17] = [
    ("en", "en"),
    ("es", "es"),
    ("pt", "pt"),
    ("br", "pt"),
    ("ru", "ru"),
    ("tr", "tr"),
    ("id", "id"),
    ("de", "de"),
    ("fr", "fr"),
    ("it", "it"),
    ("pl", "pl"),
    ("ua", "uk"),
    ("zh", "zh"),
    ("ja", "ja"),
    ("ar", "ar"),
    ("nl", "nl"),
    ("he", "he"),
];

/// The language of `es`, `es-MX` or `pt_BR`.
fn code(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let (language, region) = lower.split_once(['-', '_']).map_or((&*lower, ""), |(language, region)| (language, region));
    let is_region =
        region.is_empty() || (region.len() == 2 || region == "419") && region.chars().all(|c| c.is_ascii_alphanumeric());
    CODES.iter().find(|(code, _)| *code == language && is_region).map(|(_, language)| *language)
}

/// Parts of a path in which a language is looked for.
const LEADING_PARTS: usize = 3;

fn languages(address: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut add = |language: Option<&'static str>| {
        if let Some(language) = language.filter(|language| !found.contains(language)) {
            found.push(language);
        }
    };
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest).trim_start_matches('/');
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    for pair in query.split(['&', ';']).chain(fragment.split(['?', '&'])) {
        if let Some((name, value)) = pair.split_once('=')
            && ["lang", "language", "locale", "hl", "lng", "idioma", "lang_code"].contains(&&*name.to_ascii_lowercase())
        {
            add(code(value));
        }
    }
    // `#/es/help` is a path, too.
    let route = fragment.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = rest.split('/').skip(1).chain(route.split('/').skip(1)).collect();
    for (at, part) in parts.iter().enumerate().take(LEADING_PARTS) {
        let numbered =
            parts.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()) || next.starts_with(['{', '#']));
        // `/id/` names an identifier more often than Indonesian.
        if !(part.eq_ignore_ascii_case("id") && (at > 0 || numbered)) {
            add(code(part));
        }
    }
    if let Some(last) = parts.last() {
        let stem = last.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let suffix = ["en", "es", "pt", "ru", "pt-br", "pt_br", "es-mx", "en-us"]
            .into_iter()
            .find(|suffix| stem.strip_suffix(suffix).is_some_and(|head| head.len() > 1 && head.ends_with(['-', '_'])));
        add(suffix.and_then(code));
    }
    let host = host(address).unwrap_or_default();
    let first = host.trim_start_matches("www.").split('.').next().unwrap_or_default();
    if host.matches('.').count() > 1 && !first.eq_ignore_ascii_case("id") {
        let label = first.split_once('-').map_or(first, |(language, rest)| if rest.len() > 2 { language } else { first });
        add(code(label).filter(|_| label.len() > 1));
    }
    if found.is_empty() && is_russian(&host) {
        found.push("ru");
    }
    found
}

/// Whether a host belongs to one of Russia's domains.
#[must_use]
pub fn is_russian(host: &str) -> bool {
    [".ru", ".рф", ".xn--p1ai", ".su"].iter().any(|end| host.ends_with(end))
}

fn percent_decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    folded(&String::from_utf8_lossy(&decoded)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(&str, LinkKind)> {
        links(text).iter().map(|link| (link.span.of(text), link.kind)).collect()
    }

    #[test]
    fn addresses_written_out() {
        use LinkKind::{Chat, Mail, Phone, Web};
        assert_eq!(
            seen("See https://example.com/help?a=1&b=2. Or (http://example.org/x_(y)), www.example.co!"),
            [("https://example.com/help?a=1&b=2", Web), ("http://example.org/x_(y)", Web), ("www.example.co", Web)]
        );
        assert_eq!(seen("Mail us: ayuda@acme.com.mx, mailto:a@b.co"), [("ayuda@acme.com.mx", Mail), ("mailto:a@b.co", Mail)]);
        assert_eq!(
            seen("acme.ru/help, help.acme.com; site:acme.ru"),
            [("acme.ru/help", Web), ("help.acme.com", Web), ("acme.ru", Web)]
        );
        assert_eq!(
            seen("acme.ru?from=mail.su, (acme.ru:8080) help.acme.ru:443/a:b?c=d; see=acme.es?a=1 acme.ru?"),
            [
                ("acme.ru?from=mail.su", Web),
                ("acme.ru:8080", Web),
                ("help.acme.ru:443/a:b?c=d", Web),
                ("acme.es?a=1", Web),
                ("acme.ru", Web)
            ]
        );
        assert_eq!(
            seen("a@acme.ru?subject=x acme.ru?mail=a@b.com m:a@b.ru"),
            [("a@acme.ru?subject=x", Mail), ("acme.ru?mail=a@b.com", Web), ("a@b.ru", Mail)]
        );
        assert_eq!(
            seen("wa.me/5511999 https://t.me/acme tel:+5511999"),
            [("wa.me/5511999", Chat), ("https://t.me/acme", Chat), ("tel:+5511999", Phone)]
        );
        assert_eq!(seen("See ACME.RU or ACME.COM/HELP"), [("ACME.RU", Web), ("ACME.COM/HELP", Web)]);
        assert_eq!(seen("Пишите на почта@пример.рф или acme.рф"), [("почта@пример.рф", Mail), ("acme.рф", Web)]);
    }

    #[test]
    fn look_alikes_are_no_addresses() {
        for text in [
            "script.js and manifest.json, README.md, style.css",
            "Version 1.2.3, e.g. 5.5 p.m., etc.",
            "Kommo.Es un CRM. Guarda tus clientes.es facil",
            "Guarda tus clientes.es?facil, style.css?v=1.2 app.js:12 clientes.es:10 Kommo.Es?Un",
            "medium.com@x/y, a@b.com/c",
            "Node.js, settings.login, Hello.Us and You",
            "10:30 a 11:45, ratio 1:2, @user, a @ b",
            "http:// is a scheme; mailto: too",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
    }

    #[test]
    fn links_in_mark_up_have_anchors() {
        let text = "<p>Read the <a class=x href='https://acme.com/a?b=1&amp;c=2' target=_blank>privacy <b>policy</b></a> or <a href=\"#top\">go up</a></p>";
        let found = links(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].address, "https://acme.com/a?b=1&c=2");
        assert_eq!(found[0].span.of(text), "https://acme.com/a?b=1&amp;c=2");
        assert_eq!(found[0].anchor.as_deref(), Some("privacy policy"));
        assert!(found[0].is_about_privacy());
        assert_eq!(
            seen("<a href=mailto:a@b.com>x</a> <iframe src=\"https://acme.com/f\"></iframe> <img src='https://acme.com/i.png'>"),
            [("mailto:a@b.com", LinkKind::Mail), ("https://acme.com/f", LinkKind::Web)]
        );
        assert_eq!(seen("<a href=\"https://acme.com\">https://acme.com</a>").len(), 2);
    }

    #[test]
    fn hosts() {
        for (address, expected) in [
            ("https://User@WWW.Acme.com:8080/a.ru", Some("www.acme.com")),
            ("//cdn.acme.ru/x", Some("cdn.acme.ru")),
            ("help@acme.ru", Some("acme.ru")),
            ("mailto:help@acme.com?subject=a.ru", Some("acme.com")),
            ("acme.com/ru", Some("acme.com")),
            ("#HOST#/x", None),
            ("/privacy", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn languages_that_addresses_name() {
        for (address, expected) in [
            ("https://acme.com/ru/help", &["ru"][..]),
            ("https://acme.com/help/es/x", &["es"]),
            ("https://acme.com/pt-BR/", &["pt"]),
            ("https://www.kommo.com/br/", &["pt"]),
            ("https://ru.acme.com", &["ru"]),
            ("https://es-developers.kommo.com/docs", &["es"]),
            ("https://acme.com/?lang=es", &["es"]),
            ("https://acme.com/a?x=1&hl=en-US", &["en"]),
            ("https://acme.com/privacy-en.html", &["en"]),
            ("https://acme.ru/help", &["ru"]),
            ("https://acme.ru/en/help", &["en"]),
            ("https://acme.com/#/es/help", &["es"]),
            ("https://acme.com/#es", &[]),
            ("https://acme.com/privacy", &[]),
            ("https://acme.com/id/1234", &[]),
            ("https://id.acme.com/login", &[]),
            ("https://acme.com/open", &[]),
            ("https://acme.com/trip/italy", &[]),
            ("https://acme.com/rest/fire-engine", &[]),
            ("https://acme.com/a/b/c/d/es", &[]),
            ("https://go.acme.com.br", &[]),
        ] {
            assert_eq!(languages(address), expected, "{address}");
        }
    }

    #[test]
    fn privacy_in_many_languages() {
        for text in [
            "Privacy Policy",
            "Política de privacidad",
            "política de privacidade",
            "Gizlilik Politikası",
            "Kebijakan Privasi",
            "Политика конфиденциальности",
            "Aviso de Privacidad",
            "Tratamiento de datos personales",
        ] {
            assert!(is_about_privacy(text), "{text}");
        }
        for text in ["Private notes", "Terms of use", "Privado", "Personal account", "Политика возврата"] {
            assert!(!is_about_privacy(text), "{text}");
        }
        let link = |address: &str| links(address).remove(0);
        assert!(link("https://acme.com/privacy-policy").is_about_privacy());
        assert!(link("https://acme.com/privacypolicy.html").is_about_privacy());
        assert!(link("https://acme.com/pol%C3%ADtica-de-privacidad").is_about_privacy());
        assert!(!link("https://acme.com/terms").is_about_privacy());
        assert!(link("Política de privacidad: https://acme.com/p").is_about_privacy());
        assert!(!link("We respect your privacy. Help: https://acme.com/p").is_about_privacy());
    }

    #[test]
    fn hostile_text_is_read_once() {
        let started = std::time::Instant::now();
        for part in ["<a href=", "a.com ", "a.", "@", "(", ").", ":", "https://", "<a href=x>", "%41"] {
            assert!(links(&part.repeat(60_000)).len() <= 60_000, "{part}");
        }
        assert!(started.elapsed().as_secs() < 20);
    }
}
