//! Wordings that the checklist speaks of: selling Kommo itself, technical terms, sample texts, keys shown as text.

use super::links::links;
use super::plain::{Plain, span};
use super::tokens::{Phrases, Token, tokens};
use crate::package::locale::looks_like_key;
use crate::syntax::Span;
use crate::syntax::language::words;
use std::borrow::Cow;

const KOMMO: [&str; 3] = ["kommo", "amocrm", "amo"];
static LICENCES: Phrases = Phrases::of(&[
    "subscription*",
    "license*",
    "licence*",
    "plan",
    "plans",
    "suscripcion*",
    "licencia*",
    "planes",
    "assinatura*",
    "licenca*",
    "plano",
    "planos",
    "подписк*",
    "лиценз*",
    "тариф*",
]);
static BUYING: Phrases = Phrases::of(&[
    "subscribe",
    "suscribete",
    "suscribir*",
    "assine",
    "assinar",
    "buy*",
    "purchas*",
    "renew*",
    "sell",
    "sells",
    "selling",
    "resell*",
    "order",
    "pay",
    "pays",
    "paying",
    "bought",
    "discount*",
    "cheaper",
    "compr*",
    "adqui*",
    "contrat*",
    "renov*",
    "renuev*",
    "extend",
    "extiend*",
    "estend*",
    "pagar",
    "paga",
    "pague",
    "pagan",
    "pagam",
    "vende*",
    "descuento*",
    "rebaja*",
    "desconto*",
    "купи*",
    "покуп*",
    "приобре*",
    "оплат*",
    "оплач*",
    "продл*",
    "продаж*",
    "продае*",
    "продаё*",
    "скидк*",
    "заказ*",
    "bonus*",
    "бонус*",
    "gift",
    "regalo",
    "подар*",
    "upgrade*",
    "best price*",
    "better price*",
    "lower price*",
    "mejor precio*",
    "mejores precios",
    "melhor preco*",
    "melhores precos",
    "лучшей цене",
]);
static SELLERS: Phrases = Phrases::of(&[
    "partner*",
    "reseller*",
    "distributor*",
    "socio",
    "socios",
    "parceir*",
    "distribuidor*",
    "revendedor*",
    "revenda",
    "integrator*",
    "integrador*",
    "партнер*",
    "интегратор*",
]);
static US: Phrases = Phrases::of(&[
    "from us",
    "with us",
    "through us",
    "from our",
    "through our",
    "via our",
    "con nosotros",
    "de nosotros",
    "conosco",
    "com a gente",
    "pela nossa",
    "у нас",
    "с нами",
    "через нас",
    "в нашей",
]);
/// Words that may stand between "plan" and "Kommo" when one belongs to the other.
const CONNECTORS: [&str; 48] = [
    "of",
    "to",
    "for",
    "the",
    "a",
    "an",
    "your",
    "from",
    "in",
    "s",
    "de",
    "del",
    "do",
    "da",
    "a",
    "para",
    "tu",
    "su",
    "seu",
    "sua",
    "el",
    "la",
    "o",
    "na",
    "no",
    "на",
    "для",
    "crm",
    "account",
    "cuenta",
    "conta",
    "base",
    "advanced",
    "pro",
    "enterprise",
    "avanzado",
    "month",
    "months",
    "year",
    "years",
    "mes",
    "meses",
    "ano",
    "anos",
    "месяц",
    "месяца",
    "месяцев",
    "год",
];
/// Words that make a partner an official one.
static BADGES: Phrases = Phrases::of(&[
    "official",
    "certified",
    "authorized",
    "authorised",
    "gold",
    "platinum",
    "oficia*",
    "certificad*",
    "autorizad*",
    "официальн*",
    "сертифицированн*",
    "авторизованн*",
]);

/// The first sentence of a plain text that sells Kommo itself, or sends its readers to a partner who does.
#[must_use]
pub fn partner_sales(plain: &Plain<'_>) -> Option<Span> {
    if !may_name_kommo(&plain.text) {
        return None;
    }
    plain.sentences().into_iter().find(|sentence| {
        let tokens = tokens(sentence.of(&plain.text));
        tokens.iter().any(is_kommo) && (sells_licences(&tokens) || sells_through_partners(&tokens) || boasts(&tokens))
    })
}

/// Whether one of [`KOMMO`] may stand in a text: all have an "m" with "a" or "m" before it, and "o" after it as the last letter or
/// before "c". A letter that is not of ASCII may be one of these with an accent.
pub fn may_name_kommo(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is = |at: usize, letters: &[u8]| {
        bytes.get(at).is_some_and(|byte| !byte.is_ascii() || letters.contains(&byte.to_ascii_lowercase()))
    };
    memchr::memchr2_iter(b'm', b'M', bytes).any(|at| {
        let is_end = || !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric) || is(at + 2, b"c");
        at > 0 && is(at - 1, b"am") && is(at + 1, b"o") && is_end()
    })
}

fn is_kommo(token: &Token<'_>) -> bool {
    KOMMO.contains(&&*token.word)
}

fn sells_licences(tokens: &[Token<'_>]) -> bool {
    let owned = (0..tokens.len()).any(|at| {
        LICENCES.at(&tokens[at..]).is_some()
            && (leads_to_kommo(tokens[at + 1..].iter()) || leads_to_kommo(tokens[..at].iter().rev()))
    });
    owned && BUYING.find(tokens).is_some()
}

/// Whether nothing but small words and numbers stands before the next "Kommo".
fn leads_to_kommo<'t>(mut tokens: impl Iterator<Item = &'t Token<'t>>) -> bool {
    let is_small = |word: &str| CONNECTORS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    tokens.find(|token| !is_small(&token.word)).is_some_and(is_kommo)
}

/// "Buy Kommo" of somebody else, who is a partner or "us"; or a licence of whoever calls themselves a partner of Kommo.
fn sells_through_partners(tokens: &[Token<'_>]) -> bool {
    // "Your partner's order in Kommo" names the place.
    let names_place = |rest: &[Token<'_>]| {
        let kommo = rest.iter().position(is_kommo).and_then(|at| at.checked_sub(1));
        kommo.is_some_and(|before| matches!(&*rest[before].word, "in" | "en" | "no" | "na" | "на" | "в"))
    };
    let before_kommo = |phrases: &Phrases| {
        (0..tokens.len()).any(|at| {
            let rest = &tokens[at + 1..];
            phrases.at(&tokens[at..]).is_some() && leads_to_kommo(rest.iter()) && !names_place(rest)
        })
    };
    let after_kommo =
        |phrases: &Phrases| (1..tokens.len()).any(|at| phrases.at(&tokens[at..]).is_some() && is_kommo(&tokens[at - 1]));
    let is_mentioned = |phrases: &Phrases| phrases.find(tokens).is_some();
    before_kommo(&BUYING) && (is_mentioned(&SELLERS) || is_mentioned(&US))
        || (before_kommo(&SELLERS) || after_kommo(&SELLERS)) && is_mentioned(&BUYING) && is_mentioned(&LICENCES)
}

/// "Official partner" of Kommo, or of nobody in particular beside Kommo's name; "official Kommo partner" too.
fn boasts(tokens: &[Token<'_>]) -> bool {
    let of_others = |end: usize| {
        let mut rest = tokens[end..].iter();
        let of = rest.next().is_some_and(|token| matches!(&*token.word, "of" | "de" | "do" | "da" | "del"));
        of && !leads_to_kommo(rest)
    };
    (0..tokens.len()).any(|first| {
        let end = first + 2 + usize::from(tokens.get(first + 1).is_some_and(is_kommo));
        let Some(last) = tokens.get(end - 1) else { return false };
        let pair = [std::slice::from_ref(&tokens[first]), std::slice::from_ref(last)];
        let in_order = |one: &Phrases, other: &Phrases| one.at(pair[0]).is_some() && other.at(pair[1]).is_some();
        (in_order(&BADGES, &SELLERS) || in_order(&SELLERS, &BADGES)) && !of_others(end)
    })
}

/// Terms that mean nothing to a salesperson; those in capitals are words otherwise.
const TECHNICAL: [&str; 59] = [
    "ajax",
    "api",
    "apis",
    "backend",
    "base64",
    "callback",
    "callbacks",
    "cron",
    "css",
    "curl",
    "debug",
    "dns",
    "dom",
    "endpoint",
    "endpoints",
    "frontend",
    "graphql",
    "grpc",
    "hash",
    "html",
    "http",
    "https",
    "iframe",
    "javascript",
    "json",
    "jwt",
    "localhost",
    "middleware",
    "mysql",
    "npm",
    "oauth",
    "oauth2",
    "parser",
    "payload",
    "php",
    "postgresql",
    "query",
    "regex",
    "regexp",
    "rest",
    "restful",
    "rpc",
    "sandbox",
    "sdk",
    "sha256",
    "smtp",
    "soap",
    "sql",
    "ssl",
    "tls",
    "token",
    "tokens",
    "uuid",
    "webhook",
    "webhooks",
    "websocket",
    "websockets",
    "xml",
    "yaml",
];
/// The beginnings of those that Russian inflects.
const TECHNICAL_STEMS: [&str; 4] = ["вебхук", "токен", "эндпоинт", "бэкенд"];

/// Technical terms of a plain text, in order of place.
#[must_use]
pub fn technical_terms(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut previous = Cow::Borrowed("");
    for word in words(text) {
        let written = word.span.of(text);
        // "the rest" and "a query" are plain English; "WhatsApp Business API" is the name of a product.
        let capitals_only = matches!(&*word.text, "rest" | "soap" | "dom") && written.chars().any(char::is_lowercase);
        let product = written == "API" && ["whatsapp", "business", "cloud"].contains(&&*previous);
        let is_term = TECHNICAL.contains(&&*word.text) || TECHNICAL_STEMS.iter().any(|stem| word.text.starts_with(stem));
        if is_term && !capitals_only && !product {
            found.push(word.span);
        }
        previous = word.text;
    }
    found
}

/// Texts that a template or a generator ships with, whole, without accents and marks.
static SAMPLES: Phrases = Phrases::of(&[
    "teaser",
    "todo",
    "xxx",
    "qwerty",
    "short description of the integration",
    "short description here",
    "descripcion breve del widget",
    "deskripsi singkat widget",
    "kisa widget aciklamasi",
    "widget kisa aciklamasi",
    "mywidget",
    "my widget",
    "my first widget",
    "my new widget",
    "new widget",
    "widget",
    "widget name",
    "name of the widget",
    "your widget name",
    "your widget",
    "test widget",
    "widget test",
    "example widget",
    "sample widget",
    "demo widget",
    "hello world",
    "test",
    "test test",
    "test test test",
    "translate me",
    "texto de prueba",
    "texto de teste",
    "your text here",
    "your teaser here",
    "tu texto aqui",
    "seu texto aqui",
    "insertar texto aqui",
    "inserir texto aqui",
    "вставьте текст сюда",
    "текст заглушка",
    "пример текста",
    "contoh teks",
    "teks contoh",
    "ornek metin",
    "short description of the widget",
    "short description of your widget",
    "widget short description",
    "description",
    "description of the widget",
    "full description of the widget",
    "widget description",
    "your description here",
    "mi widget",
    "nombre del widget",
    "widget de prueba",
    "descripcion corta del widget",
    "descripcion del widget",
    "breve descripcion del widget",
    "meu widget",
    "nome do widget",
    "widget de teste",
    "descricao curta do widget",
    "descricao do widget",
    "breve descricao do widget",
    "мой виджет",
    "название виджета",
    "тестовый виджет",
    "краткое описание виджета",
    "короткое описание виджета",
]);
/// What templates put into the listing and the menu, whole. Elsewhere it may be the caption of a field.
static LISTING_SAMPLES: Phrases = Phrases::of(&[
    "short description",
    "breve descripcion",
    "descripcion corta",
    "breve descricao",
    "descricao curta",
    "краткое описание",
    "короткое описание",
    "deskripsi singkat",
    "kisa aciklama",
    "description",
    "descripcion",
    "descricao",
    "описание",
    "full description",
    "long description",
    "widget full description",
    "widget long description",
    "full widget description",
    "full description of the integration",
    "tour description",
    "widget tour description",
    "description of the tour",
    "settings menu item title",
    "menu item title",
    "left menu item title",
    "settings page title",
    "descripcion completa",
    "descripcion larga",
    "descripcion completa del widget",
    "descripcion larga del widget",
    "descripcion completa de la integracion",
    "descripcion del tour",
    "descripcion del recorrido",
    "titulo del menu",
    "titulo del elemento del menu",
    "titulo del elemento del menu de configuracion",
    "titulo del elemento de menu de configuracion",
    "titulo del menu en la configuracion",
    "titulo del menu de configuracion",
    "titulo del menu de ajustes",
    "descricao completa",
    "descricao longa",
    "descricao completa do widget",
    "descricao longa do widget",
    "descricao completa da integracao",
    "descricao do tour",
    "titulo do menu",
    "titulo do item de menu",
    "titulo do item do menu",
    "titulo do item de menu de configuracoes",
    "titulo do item do menu de configuracoes",
    "titulo do menu nas configuracoes",
    "titulo do menu de configuracoes",
    "полное описание",
    "полное описание виджета",
    "длинное описание",
    "длинное описание виджета",
    "полное описание интеграции",
    "описание виджета",
    "описание тура",
    "описание интеграции",
    "заголовок меню",
    "заголовок меню в настройках",
    "заголовок пункта меню",
    "заголовок пункта меню в настройках",
    "название пункта меню",
]);
static PLACEHOLDERS: Phrases = Phrases::of(&[
    "lorem ipsum",
    "dolor sit amet",
    "text goes here",
    "description goes here",
    "title goes here",
    "insert text here",
    "texto de ejemplo",
    "texto de exemplo",
    "sample text",
    "texto de relleno",
    "placeholder text",
    "asdf*",
]);

/// What a program makes of a value that it has not.
const LEFTOVERS: [&str; 4] = ["undefined", "null", "NaN", "[object Object]"];

/// Whether a teaser is what a template or a generator puts there.
#[must_use]
pub fn is_sample_teaser(text: &str) -> bool {
    let tokens = tokens(text);
    SAMPLES.are(&tokens) || LISTING_SAMPLES.are(&tokens) || PLACEHOLDERS.find(&tokens).is_some()
}

/// Where a plain text is a sample or a placeholder that nobody replaced.
#[must_use]
pub fn sample(text: &str) -> Option<Span> {
    let tokens = tokens(text);
    let (first, last) = (tokens.first()?, tokens.last()?);
    // "Description" and "Test" are captions of fields, too.
    let may_be_caption = tokens.len() == 1 && !matches!(&*first.word, "mywidget" | "xxx" | "qwerty");
    if LEFTOVERS.contains(&text) || !may_be_caption && SAMPLES.are(&tokens) {
        return Some(first.span.join(last.span));
    }
    PLACEHOLDERS.find(&tokens).or_else(|| todo(text, &tokens))
}

/// Where a plain text of the listing or of the menu is a sample that nobody replaced.
#[must_use]
pub fn listing_sample(text: &str) -> Option<Span> {
    let tokens = tokens(text);
    let (first, last) = (tokens.first()?, tokens.last()?);
    if LISTING_SAMPLES.are(&tokens) { Some(first.span.join(last.span)) } else { sample(text) }
}

/// `TODO` and `FIXME` in capitals as notes; "TODO" alone is Spanish and Portuguese for "everything".
fn todo(text: &str, tokens: &[Token<'_>]) -> Option<Span> {
    tokens.iter().map(|token| token.span).find(|span| match span.of(text) {
        "FIXME" | "TBD" => true,
        "TODO" => {
            let rest = &text[span.end as usize..];
            rest.starts_with([':', '(']) || rest.starts_with(" -") || rest.starts_with("] ")
        }
        _ => false,
    })
}

/// Endings that make `name.ending` the name of a file or of a site.
const NAME_ENDINGS: [&str; 26] = [
    "com", "net", "org", "io", "app", "dev", "ru", "br", "mx", "ai", "me", "js", "json", "css", "html", "php", "png", "jpg",
    "svg", "zip", "csv", "xls", "xlsx", "pdf", "txt", "xml",
];

/// Whether a text is the key of a text: its own key, one that begins with a block of its file, or what nothing but a key looks like.
#[must_use]
pub fn is_raw_key(text: &str, own_key: &str, is_block: impl Fn(&str) -> bool) -> bool {
    let text = text.trim();
    if !looks_like_key(text) {
        let last = own_key.rsplit('.').next();
        return text.contains('_') && (last == Some(text) || own_key.replace('.', "_") == text);
    }
    let first = text.split('.').next().unwrap_or_default();
    let last = text.rsplit('.').next().unwrap_or_default();
    text == own_key || !NAME_ENDINGS.contains(&last) && (is_block(first) || is_nothing_but_key(text))
}

/// Whether words joined by dots are many, or have words joined by underscores in them, and are no host.
fn is_nothing_but_key(text: &str) -> bool {
    let are_words = text.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_lowercase()));
    are_words && (text.contains('_') || text.matches('.').count() > 1) && links(text).is_empty()
}

/// Where a plain text was saved in another encoding than it was read in: "TodavÃ­a", "Ð¿Ñ€Ð¸", or a letter that was lost.
#[must_use]
pub fn garbled(text: &str) -> Option<Span> {
    // The first byte of the letters below, or of the sign after them.
    if !text.bytes().any(|byte| matches!(byte, 0xC2 | 0xC3 | 0xEF)) {
        return lost_letters(text);
    }
    let is_garbled = |c: char, next: char| match c {
        '\u{FFFD}' => true,
        // Closing quotation marks and dashes may stand behind a word in capitals.
        'Ã' => "¡©\u{AD}³ºª£µ§±¢´¼¶‡‰Šš“‘œ€ƒ\u{81}\u{8D}".contains(next),
        'Â' => "¿¡ºª«»°®©£".contains(next),
        'Ä' => "±Ÿ°".contains(next),
        'Å' => next == 'Ÿ',
        'â' => next == '€',
        'Ð' => !next.is_ascii(),
        // "а" and "е", read as Windows-1251.
        'Р' => "°µ".contains(next),
        _ => false,
    };
    let mut pairs = text.char_indices().zip(text.chars().skip(1).chain([' ']));
    let Some(at) = pairs.find_map(|((at, c), next)| is_garbled(c, next).then_some(at)) else { return lost_letters(text) };
    let start = text[..at].rfind([' ', '\n']).map_or(0, |space| space + 1);
    let end = text[at..].find([' ', '\n']).map_or(text.len(), |length| at + length);
    Some(span(start, end))
}

/// The first word in which question marks stand for letters: "Configuraci?n", "Configura??es".
fn lost_letters(text: &str) -> Option<Span> {
    if !text.contains('?') {
        return None;
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut next_start = 0;
    text.split([' ', '\n']).find_map(|word| {
        let start = next_start;
        next_start += word.len() + 1;
        let is_lost = |(at, _): (usize, &str)| {
            let (head, rest) = (&word[..at], &word[at + 1..]);
            let ending = rest.strip_prefix('n').filter(|_| head.ends_with("ci") || head.ends_with("si"));
            let in_middle = rest.strip_prefix('?').filter(|_| is_letter(head.chars().next_back()));
            ending.is_some_and(|rest| !is_letter(rest.chars().next()))
                || in_middle.is_some_and(|rest| is_letter(rest.chars().next()))
        };
        let is_address = word.contains(['/', '=']);
        (!is_address && word.match_indices('?').any(is_lost)).then(|| span(start, start + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selling_kommo() {
        for text in [
            "Buy your Kommo subscription from us with a 10% discount.",
            "Renew the Kommo licence through our partners.",
            "Compra tu licencia de Kommo con nosotros",
            "Adquiere tu licencia de Kommo con nuestro partner",
            "Somos socio oficial de Kommo",
            "Contrate o plano do Kommo com desconto",
            "Parceiro oficial Kommo no Brasil",
            "Купите подписку на amoCRM у нас",
            "Мы официальный партнёр Kommo",
            "Скидка 10% на лицензии amoCRM",
            "Buy Kommo from a certified reseller",
            "We are an official Kommo partner",
            "Get a Kommo plan through a certified Kommo partner",
            "Parceira Kommo oficial no Brasil",
            "Suscríbete a Kommo con nosotros",
            "Buy Kommo from us",
            "Buy Ko<b>mm</b>o from us",
            "Buy &#75;ommo from us",
            "BUY KOMMÓ FROM US",
            "Buy amo from us",
            "We are an official Kommo partner and an official partner of Kommo",
            "Buy 6 months of Kommo from us and get 1 free",
            "Extend your Kommo subscription via our partner",
            "Free for clients who bought Kommo through us",
            "Only for accounts that pay for Kommo through our agency",
            "Gratis para clientes que pagan Kommo a través de nosotros",
            "Your Kommo partner: buy the subscription here",
            "Authorized Kommo reseller",
            "Gold partner of Kommo",
            "Kommo licences at the best price",
            "Renueve su licencia Kommo con nosotros",
            "Distribuidor autorizado de Kommo",
            "Revendedor autorizado Kommo",
            "Авторизованный интегратор Kommo",
        ] {
            assert!(partner_sales(&Plain::of(text)).is_some(), "{text}");
        }
    }

    #[test]
    fn partners_and_plans_alone_are_fine() {
        for text in [
            "Share leads with your partner",
            "Requires the Kommo Advanced plan",
            "El socio recibe un mensaje de Kommo",
            "Buy a subscription to Acme, then connect it to Kommo",
            "Our widget's subscription costs 15 USD and works with Kommo",
            "Grátis em todos os planos do Kommo",
            "We are an official partner of Meta and connect WhatsApp to Kommo",
            "Order taxis from Kommo",
            "The official Kommo documentation for partners",
            "Socio de Kommo: ver sus leads",
            "Pay invoices without leaving Kommo. Choose a plan.",
            "Доступно на тарифе Расширенный в Kommo",
            "See the plan of your partner's order in Kommo",
            "Integrador oficial do WhatsApp com o Kommo",
            "Extend the list of fields of Kommo with our widget",
            "Renew the orders of 12 months in Kommo",
            "Bought goods go from our shop to Kommo",
            "Works on paid Kommo plans only",
            "The price depends on your Kommo plan",
            "Clients who paid are moved in Kommo through our widget",
        ] {
            assert_eq!(partner_sales(&Plain::of(text)), None, "{text}");
        }
        let plain = Plain::of("<p>Send messages.</p><p>Buy a Kommo licence here.</p>");
        assert_eq!(partner_sales(&plain).map(|span| span.of(&plain.text)), Some("Buy a Kommo licence here."));
    }

    #[test]
    fn terms_of_engineers() {
        let terms = |text: &'static str| technical_terms(text).iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(terms("Set the webhook URL and the API token (JSON, REST)"), ["webhook", "API", "token", "JSON", "REST"]);
        assert_eq!(terms("Get some rest, then call the rest of your leads"), [""; 0]);
        assert_eq!(terms("Works with WhatsApp Business API at https://acme.com/api/token.json"), [""; 0]);
        assert_eq!(terms("Hashtags and tokenism"), [""; 0]);
        assert_eq!(terms("Для вебхуков и эндпоинтов нужны токены"), ["вебхуков", "эндпоинтов", "токены"]);
    }

    #[test]
    fn samples_nobody_replaced() {
        for text in [
            "MyWidget",
            "My widget",
            "Short description of the widget",
            "Короткое описание виджета",
            "Lorem ipsum dolor",
            "TODO: write this",
            "FIXME later",
            "[TODO] translate",
            "Title goes here",
            "Texto de ejemplo",
            "Descripción del widget",
            "Your text here",
            "Texto de prueba",
            "Insertar texto aquí",
            "Örnek metin",
            "undefined",
            "[object Object]",
        ] {
            assert!(sample(text).is_some(), "{text}");
        }
        for text in [
            "TODO",
            "Seleccionar TODO",
            "Test",
            "Widget",
            "Description",
            "Widget settings",
            "My widgets",
            "Name",
            "A test of the connection",
            "todo: nada",
            "[TODO]",
            "Your logo goes here",
            "Type your text here",
            "Short description",
            "Descripción corta",
            "Undefined",
            "A null value",
            "",
        ] {
            assert_eq!(sample(text), None, "{text}");
        }
    }

    #[test]
    fn texts_in_the_wrong_encoding() {
        for (text, word) in [
            ("TodavÃ\u{AD}a no hay mensajes", "TodavÃ\u{AD}a"),
            ("No hay conexiÃ³n ahora", "conexiÃ³n"),
            ("Donâ€™t close", "Donâ€™t"),
            ("Â¿Seguro?", "Â¿Seguro?"),
            ("Only Â£10", "Â£10"),
            ("BaÄŸlantÄ± yok", "BaÄŸlantÄ±"),
            ("Bir kiÅŸi", "kiÅŸi"),
            ("Ð—Ð´ÐµÑ\u{81}ÑŒ", "Ð—Ð´ÐµÑ\u{81}ÑŒ"),
            ("Todav\u{FFFD}a", "Todav\u{FFFD}a"),
            ("Los mensajes no estÃ¡n aquÃ\u{AD}", "estÃ¡n"),
            ("Ã‰xito al guardar", "Ã‰xito"),
            ("ÃŠxito", "ÃŠxito"),
            ("РќР°СЃС‚СЂРѕР№РєРё", "РќР°СЃС‚СЂРѕР№РєРё"),
            ("La configuraci?n se guard?.", "configuraci?n"),
            ("Configura??es salvas", "Configura??es"),
        ] {
            assert_eq!(garbled(text).map(|span| span.of(text)), Some(word), "{text}");
        }
        for text in [
            "NÃO É «MAÇÃ»",
            "AMANHÃ ¡ya!",
            "MAÑANA Ñ",
            "Él pagó 5 €",
            "Â – â",
            "Ålesund, Ärger",
            "Ñ·Ñ",
            "50 °C · café® ñandú",
            "¿IRMÃ? «MANHû",
            "Сейчас +5 °C",
            "Really??",
            "Continue?now",
            "¿Qué?no",
            "https://acme.com/configuraci?n=1 acme.com/a??b",
            "???",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }

    #[test]
    fn keys_shown_as_text() {
        let blocks = |name: &str| ["settings", "widget"].contains(&name);
        for (text, key) in [
            ("settings.login", "settings.login"),
            ("settings.login", "panel.x"),
            (" widget.name ", "a"),
            ("save_button", "panel.save_button"),
            ("panel_save", "panel.save"),
            ("errors.network.timeout", "a"),
            ("chat_sync.open_chat", "a"),
        ] {
            assert!(is_raw_key(text, key, blocks), "{text}");
        }
        for (text, key) in [
            ("Settings.", "a"),
            ("style.css", "a"),
            ("acme.com", "a"),
            ("settings.json", "a"),
            ("Log in", "log"),
            ("login", "settings.login"),
            ("utm_source", "fields.source"),
            ("ayuda.acme.com.co", "a"),
            ("v1.2.3", "a"),
            ("p.m", "a"),
        ] {
            assert!(!is_raw_key(text, key, blocks), "{text}");
        }
    }
}
