//! Addresses of the developer's own machine, test mailboxes and filler text.

use crate::context::{Context, Origin};
use crate::finding::{Findings, Location};
use crate::kommo::hosts::{Address, is_local, is_placeholder, is_tunnel};
use crate::rule::{Example, Message, Rule};
use crate::rules::styles::bytes_at;
use crate::syntax::json::{self, Value};
use crate::syntax::markup::{EmbeddedKind, is_handler};
use crate::syntax::script::{Kind, NodeId, Script, TextRole};
use crate::syntax::{Fragment, Span, has_hole, is_hole};

static ADDRESS: Message = Message {
    id: "address",
    text: "`{host}` is an address of development: nobody else can reach it.",
    help: "Put the address of your public server there, or remove the code that needs it.",
};

static PLACEHOLDER: Message = Message {
    id: "placeholder-host",
    text: "`{host}` is a host for examples: nothing of yours answers there.",
    help: "Put the address of your own server there, or remove the code that needs it.",
};

static MAILBOX: Message = Message {
    id: "mailbox",
    text: "`{mailbox}` looks like a mailbox for tests.",
    help: "Remove it, or put the address that users should write to.",
};

static FILLER: Message =
    Message { id: "filler", text: "\"{text}\" is filler text.", help: "Replace it by the text that users should read." };

/// The rule.
pub static RULE: Rule = Rule {
    id: "test-address",
    item: "debug-leftovers",
    title: "Test data",
    why: "Addresses and texts of development do not work for users, and show them that the widget is unfinished.",
    fix: "Replace test data by real data before you publish.",
    messages: &[&ADDRESS, &PLACEHOLDER, &MAILBOX, &FILLER],
    bad: &[
        Example { path: "script.js", text: "define([], function () {\n  var api = '«http://localhost:3000»/api';\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  var to = '«test@example.com»';\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  var api = 'https://«api.example.com»/v1';\n});\n" },
    ],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  var api = 'https://api.auroranotes.com/v1';\n});\n" },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var api = 'https://api.auroranotes.com/localhost';\n  var to = 'help@auroranotes.com';\n  input.placeholder = 'test@example.com';\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for text in script.texts() {
            let is_hint = matches!(
                script.text_role(text),
                TextRole::Property(Some("placeholder")) | TextRole::Assigned(_, Some("placeholder"))
            );
            if is_hint || !may_hold(script.code(text)) || is_asked_for(script, text) {
                continue;
            }
            // The attributes and texts of markup in strings are looked at one by one below.
            let Some(fragment) = script.text(text).filter(|fragment| !crate::syntax::markup::is_markup(&fragment.text)) else {
                continue;
            };
            if !stands_in_for_page(script, text) {
                report(&fragment, is_test_mailbox, &|span| examined.at(span), out);
            }
            if placeholder_host(&fragment.text).is_some() && is_used_as_address(script, text) {
                report_placeholder(&fragment, &|span| examined.at(span), out);
            }
        }
    }
    for markup in cx.markups() {
        let at = |span: Span| markup.at(span);
        for element in &markup.facts.elements {
            for attribute in element
                .attributes
                .iter()
                .filter(|attribute| !matches!(&*attribute.name, "placeholder" | "title" | "alt") && !is_handler(&attribute.name))
            {
                report(&attribute.value, is_test_mailbox, &at, out);
                if matches!(&*attribute.name, "href" | "src" | "action" | "formaction") {
                    report_placeholder(&attribute.value, &at, out);
                }
            }
        }
        if markup.origin == Origin::File || markup.origin == Origin::ScriptString {
            markup.facts.texts.iter().for_each(|text| report(text, is_test_mailbox, &at, out));
        }
        if markup.origin == Origin::ScriptString {
            let styles = markup.facts.embedded.iter().filter(|embedded| embedded.kind == EmbeddedKind::Style);
            styles.for_each(|style| report(&style.fragment, |_| false, &at, out));
        }
    }
    check_styles(cx, out);
    check_listing(cx, out);
}

/// What stylesheets load; the styles of attributes and of a script's strings are among the texts above.
fn check_styles(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles().iter().filter(|sheet| matches!(sheet.origin, Origin::File | Origin::Element)) {
        let pictures = sheet.facts.addresses.iter().map(|address| address.span);
        let imports = sheet.facts.imports.iter().map(|import| import.span);
        for span in pictures.chain(imports) {
            let code = std::str::from_utf8(bytes_at(cx, &sheet.path, span)).unwrap_or_default();
            report(&Fragment::verbatim(code, span.start), |_| false, &|span| sheet.at(span), out);
        }
    }
}

/// Whether a bare name of a host is only compared with where the page is: `location.hostname === 'localhost'`.
fn is_asked_for(script: &Script, text: NodeId) -> bool {
    let is_question = match script.text_role(text) {
        TextRole::Compared | TextRole::Key => true,
        TextRole::Argument(call, 0) => call.method().is_some_and(|method| SEARCHING.contains(&method)),
        TextRole::Item(list) => is_searched(script, list),
        _ => false,
    };
    is_question && script.constant(text).is_some_and(|text| !text.contains('/'))
}

/// Methods that look for what they are given.
const SEARCHING: [&str; 8] = ["indexOf", "includes", "startsWith", "endsWith", "match", "search", "test", "has"];

/// Whether something is looked for in a list: `['localhost'].includes(host)`.
fn is_searched(script: &Script, list: NodeId) -> bool {
    matches!(script.kind(script.parent(list)), Kind::Member(name) if matches!(script.word(name), "includes" | "indexOf"))
}

/// Whether a text is only taken where the page has no address: `location.href || 'http://localhost'`, as libraries write it.
fn stands_in_for_page(script: &Script, text: NodeId) -> bool {
    let mut at = text;
    loop {
        let parent = script.parent(at);
        let other = match script.kind(parent) {
            Kind::Either { and: false } if script.child(parent, 1) == Some(at) => script.child(parent, 0),
            Kind::Conditional if script.child(parent, 1) == Some(at) => script.child(parent, 2),
            Kind::Conditional if script.child(parent, 2) == Some(at) => script.child(parent, 1),
            Kind::Either { .. } => None,
            _ => return false,
        };
        if other.is_some_and(|other| is_page_address(script, other)) {
            return true;
        }
        at = parent;
    }
}

/// Whether an expression comes out as the address of the page, or as its origin or host.
fn is_page_address(script: &Script, id: NodeId) -> bool {
    script.values(id).into_iter().any(|value| {
        let path = script.path(value);
        let path = path.as_deref().map(|path| path.strip_prefix("document.").unwrap_or(path));
        matches!(path, Some("location" | "location.href" | "location.origin" | "location.host" | "baseURI" | "URL"))
    })
}

/// The host of a text that is an address of nobody's, and nothing but an address.
fn placeholder_host(text: &str) -> Option<&str> {
    let text = text.trim();
    let host = Address::parse(text).filter(|_| !text.contains(char::is_whitespace))?.host;
    let host = host.trim_end_matches(is_hole);
    is_placeholder(host).then_some(host)
}

fn report_placeholder(fragment: &Fragment<'_>, at: &dyn Fn(Span) -> Location, out: &mut Findings<'_>) {
    let text: &str = &fragment.text;
    if let Some((host, start)) = placeholder_host(text).and_then(|host| Some((host, text.find(host)?))) {
        let span = fragment.map.span(Span::new(start as u32, (start + host.len()) as u32));
        out.push(out.suspect(&PLACEHOLDER, at(span)).arg("host", host));
    }
}

/// Whether a text of a script is an address that something is sent to or taken from, rather than what is searched for, compared, shown
/// as an example of what to type, or a name that only looks like an address.
fn is_used_as_address(script: &Script, text: NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Compared | TextRole::Key => false,
        TextRole::Property(name) | TextRole::Assigned(_, name @ Some(_)) => name.is_none_or(|name| !names_example(name)),
        TextRole::Assigned(target, None) => !names_example(script.code(target)),
        TextRole::Argument(call, 0) => !script.callee_name(call).is_some_and(|name| {
            names_example(name)
                || SEARCHING.contains(&name)
                || matches!(name, "replace" | "replaceAll" | "split" | "RegExp" | "createElementNS" | "setAttributeNS")
        }),
        // new URL(path, 'http://example.com') needs some host, whichever it is; attr('placeholder', ...)
        TextRole::Argument(call, 1) => {
            let is_base = call.is_new() && script.callee_name(call) == Some("URL");
            let first = call.argument(0).and_then(|name| script.constant(name));
            !is_base && !first.is_some_and(|name| names_example(&name))
        }
        TextRole::Item(list) => !is_searched(script, list),
        _ => true,
    }
}

/// Whether what has that name shows people what to type, as an input's placeholder or a hint does, or only names something.
fn names_example(name: &str) -> bool {
    const WORDS: [&str; 10] =
        ["placeholder", "hint", "example", "sample", "tooltip", "descr", "xmlns", "namespace", "ejemplo", "exemplo"];
    const NAMES: [&str; 9] = ["title", "label", "help", "text", "textContent", "innerText", "$id", "$schema", "$ref"];
    let lowered = name.to_ascii_lowercase();
    NAMES.contains(&name) || WORDS.iter().any(|word| lowered.contains(word))
}

/// The strings of the manifest, and the texts of each language.
fn check_listing(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(manifest) = cx.manifest() {
        let mut open: Vec<&Value> =
            manifest.root().into_iter().flat_map(|root| &root.members).map(|member| &member.value).collect();
        while let Some(value) = open.pop() {
            match &value.kind {
                json::Kind::String(text) => {
                    let at = |span| Location::span(&*manifest.path, span);
                    report(text, is_test_mailbox, &at, out);
                    report_placeholder(text, &at, out);
                }
                json::Kind::Array(values) => open.extend(values),
                json::Kind::Object(object) => open.extend(object.members.iter().map(|member| &member.value)),
                _ => {}
            }
        }
    }
    for locale in &cx.locales().all {
        for text in &locale.texts {
            let is_hint = text.key.rsplit('.').next().is_some_and(names_example);
            let is_leftover = |word: &str| !is_hint && is_test_mailbox(word) && !may_be_hint(word);
            report(&text.value, is_leftover, &|span| Location::span(&*locale.path, span), out);
        }
    }
}

/// A glance that most strings do not pass.
fn may_hold(code: &str) -> bool {
    let code = code.as_bytes();
    let is_sign = |at: usize| match code[at] {
        b'@' => true,
        b'/' => code[at..].starts_with(b"//"),
        b'1' => code[at..].starts_with(b"127.0.0.1"),
        b'n' => code[at..].starts_with(b"ngrok"),
        b'l' | b'L' => {
            code[at..].starts_with(b"localhost") || code[at..].get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"lorem"))
        }
        _ => false,
    };
    (0..code.len()).any(is_sign)
}

fn report(fragment: &Fragment<'_>, is_mailbox: impl Fn(&str) -> bool, at: &dyn Fn(Span) -> Location, out: &mut Findings<'_>) {
    let text: &str = &fragment.text;
    if !may_hold(text) {
        return;
    }
    let mut start = 0;
    for word in text.split_inclusive(|letter: char| {
        letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | '(' | ')' | ',' | ';' | '|')
    }) {
        let place = start;
        start += word.len();
        let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
        let span = |length: usize| at(fragment.map.span(Span::new(place as u32, (place + length) as u32)));
        if let Some(host) = local_host(word) {
            let length = word.find(host).map_or(word.len(), |found| {
                let port = word[found + host.len()..].bytes().take_while(|byte| *byte == b':' || byte.is_ascii_digit()).count();
                found + host.len() + port
            });
            out.push(out.suspect(&ADDRESS, span(length)).arg("host", host));
        } else if is_mailbox(word) {
            out.push(out.suspect(&MAILBOX, span(word.len())).arg("mailbox", word));
        }
    }
    if let Some(found) = text.to_ascii_lowercase().find("lorem ipsum") {
        let location = at(fragment.map.span(Span::new(found as u32, found as u32 + 11)));
        out.push(out.suspect(&FILLER, location).arg("text", text.get(found..found + 11).unwrap_or_default()));
    }
}

/// The host of a word that is an address of development.
fn local_host(word: &str) -> Option<&str> {
    if let Some(address) = Address::parse(word) {
        return (!has_hole(address.host) && (is_local(address.host) || is_tunnel(address.host))).then_some(address.host);
    }
    let host = word.split([':', '/']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0").then_some(host)
}

fn is_test_mailbox(word: &str) -> bool {
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let Some((name, domain)) = word.split_once('@') else { return false };
    let (name, domain) = (name.to_ascii_lowercase(), domain.to_ascii_lowercase());
    if name.is_empty() || !domain.contains('.') || domain.contains(['/', '@', '{']) || has_hole(word) {
        return false;
    }
    let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    matches!(
        domain.as_str(),
        "example.com" | "example.org" | "example.net" | "test.com" | "test.ru" | "test.test" | "mailinator.com" | "domain.com"
    ) || domain.ends_with(".test")
        || domain.ends_with(".local")
        || matches!(
            base,
            "test" | "tester" | "testuser" | "test.user" | "test-user" | "asdf" | "qwerty" | "foo" | "john.doe" | "johndoe"
        )
}

/// Whether a mailbox in a text may show what an address looks like: it is no link, and made for examples or called like somebody.
fn may_be_hint(mailbox: &str) -> bool {
    let is_example = |domain: &str| domain.starts_with("example.") || domain.starts_with("domain.");
    !mailbox.starts_with("mailto:")
        && mailbox.split_once('@').is_some_and(|(name, domain)| is_example(domain) || !name.starts_with("test"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::testing::{Widget, suspect};

    #[test]
    fn styles_load_from_addresses_too() {
        let found = |css: &str| Widget::clean().file("style.css", css).findings("test-address");
        let picture = ".own { background: url(http://localhost:8080/a.png) }";
        assert_eq!(found(picture), [suspect("address", "style.css", "http://localhost:8080")]);
        let spaced = ".own { background: url( \"http://127.0.0.1/a.png\" ) }";
        assert_eq!(found(spaced), [suspect("address", "style.css", "http://127.0.0.1")]);
        assert_eq!(found("@import 'https://a.ngrok.io/x.css';"), [suspect("address", "style.css", "https://a.ngrok.io")]);
        let script =
            Widget::clean().file("script.js", "$('head').append('<style>.own { background: url(//localhost/a.png) }</style>');");
        assert_eq!(script.findings("test-address"), [suspect("address", "script.js", "//localhost")]);
        assert_eq!(found(".own { background: url(https://acme.com/localhost.png) } /* http://localhost */"), []);
    }

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "test-address",
            &[
                ("x = 'https://127.0.0.1:8080/a'", "?https://127.0.0.1:8080"),
                ("x = `https://a1b2.ngrok.io/${y}`", "?https://a1b2.ngrok.io"),
                ("x = 'localhost:3000'", "?localhost:3000"),
                ("if (event.origin === 'http://localhost:3000') {}", "?http://localhost:3000"),
                ("if (location.hostname === 'localhost' || location.host.includes('127.0.0.1')) {}", ""),
                ("switch (location.hostname) { case 'localhost': f() } if (['localhost', '::1'].includes(h)) {}", ""),
                ("x = 'http://crm.test/a'", "?http://crm.test"),
                ("x = 'test1@gmail.com'", "?test1@gmail.com"),
                ("x = 'Lorem ipsum dolor'", "?Lorem ipsum"),
                ("x = 'https://api.acme.com/test'; y = 'contest@acme.com'; z = '@media x'; a = 'a@b'", ""),
                ("// http://localhost:3000\nvar localhost = 1", ""),
                ("var o = inBrowser && window.location.href || 'http://localhost'", ""),
                ("var o = document.baseURI ?? 'http://localhost'; var p = location ? location.href : 'http://localhost'", ""),
                ("var l = window.location; a = typeof l === 'undefined' ? 'http://localhost' : l.origin", ""),
                ("x = settings.url || 'http://localhost'", "?http://localhost"),
                ("x = location.hostname === 'acme.com' ? 'https://acme.com' : 'http://localhost:3000'", "?http://localhost:3000"),
                ("x = 'http://localhost' || location.href", "?http://localhost"),
                ("x = 'https://a1.share.zrok.io/hook'", "?https://a1.share.zrok.io"),
                ("x = 'https://own.vercel.app'; y = 'https://own.netlify.app/a'", ""),
            ],
        );
    }

    #[test]
    fn hosts_for_examples_are_suspect_where_they_are_used() {
        check(
            "test-address",
            &[
                ("self.crm_post('https://example.com/', d, f, 'json')", "?example.com"),
                ("const API = `https://api.example.org/v1?id=${id}`; fetch(API)", "?api.example.org"),
                (
                    "var api = 'https://yourdomain.com' + path; o = { url: 'https://www.your-domain.example/hook' }",
                    "?yourdomain.com ?www.your-domain.example",
                ),
                (
                    "var urls = ['https://seudominio.com.br/a']; open(a || 'https://example.com/support')",
                    "?seudominio.com.br ?example.com",
                ),
                ("$('.own').html('<a href=\"https://example.com/support\" title=\"https://example.com\">x</a>')", "?example.com"),
                ("$('.own').html('<input placeholder=\"https://example.com/hook\"><p>https://example.com/a</p>')", ""),
                (
                    "x = { placeholder: 'https://example.com', webhook_hint: 'https://example.com' }; input.title = 'https://example.com'",
                    "",
                ),
                ("i.setAttribute('placeholder', 'https://example.com'); $(i).attr('placeholder', 'https://example.com')", ""),
                ("x = 'For instance https://example.com/hook'; y = 'https://example.com, https://example.org'", ""),
                (
                    "if (u === 'https://example.com' || u.startsWith('https://example.com/')) {} /https:\\/\\/example.com/.test(u)",
                    "",
                ),
                ("var u = new URL(path, 'http://example.com'); n = document.createElementNS('http://own.example/ns', 'a')", ""),
                (
                    "showHint('https://example.com'); $('.own').text('https://example.com'); p.textContent = 'https://example.com'",
                    "",
                ),
                ("s = { $id: 'https://example.com/own.json', helpUrl: 'https://example.com/help' }", "?example.com"),
                ("// https://example.com/a\nvar example_url = 'https://example.com'", ""),
                ("x = 'https://myexample.com'; y = 'https://acme.com/?u=https://example.com'; z = 'example.com'", ""),
            ],
        );
    }

    #[test]
    fn the_manifest_and_the_texts_are_read_too() {
        let found = |path: &str, text: &str| {
            let seen = Widget::empty().file("manifest.json", "{}").file(path, text).findings("test-address");
            seen.into_iter().map(|seen| seen.text).collect::<Vec<_>>()
        };
        assert_eq!(found("manifest.json", r#"{"sms": {"endpoint": "https://a1.ngrok.io/sms"}}"#), ["https://a1.ngrok.io"]);
        assert_eq!(found("manifest.json", r#"{"dp": {"webhook_url": "https://example.com/webhook"}}"#), ["example.com"]);
        assert!(found("manifest.json", r#"{"widget": {"name": "For example https://example.com"}}"#).is_empty());
        assert!(found("i18n/en.json", r#"{"a": {"b": "https://example.com/hook"}}"#).is_empty());
        assert_eq!(found("i18n/en.json", r#"{"a": {"b": "Lorem ipsum dolor"}}"#), ["Lorem ipsum"]);
        assert!(found("i18n/en.json", r#"{"a": "For instance test@example.com or https://your-server.com"}"#).is_empty());
        assert_eq!(found("i18n/en.json", r#"{"a": "http://localhost:80 or help@acme.com"}"#), ["http://localhost:80"]);
        assert_eq!(found("i18n/en.json", r#"{"a": "Write to test@test.com"}"#), ["test@test.com"]);
        assert_eq!(found("i18n/en.json", r#"{"a": "<a href='mailto:me@example.com'>x</a>"}"#), ["mailto:me@example.com"]);
        assert!(
            found("i18n/en.json", r#"{"placeholder": "test@test.com", "a": "john.doe@test.com", "b": "a@b.com"}"#).is_empty()
        );
    }
}
