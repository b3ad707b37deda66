//! Keys of Kommo's old authorization, and secrets, in scripts.

use super::readable;
use crate::context::{Context, Examined};
use crate::finding::{Findings, Location, masked};
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::{Attribute, Element, Markup, is_handler, is_markup};
use crate::syntax::script::{Kind, NodeId, Script, TextRole};
use crate::syntax::{Fragment, Span, find, has_hole};
use crate::text::secrets::{is_token, names_secret, parameters, password};
use std::collections::BTreeSet;

static OLD_KEY: Message = Message {
    id: "old-authorization",
    text: "`{code}` belongs to the authorization that Kommo had before OAuth 2.0.",
    help: "Let your server ask for access with OAuth 2.0 and call it with `self.$authorizedAjax({ url: url })`.",
};

static SECRET: Message = Message {
    id: "secret",
    text: "`{name}` holds a secret, {value}: everyone who has the archive can read it.",
    help: "Keep it on your own server, and replace it there: this one counts as leaked.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "script-secret",
    item: "oauth2",
    title: "Old authorization or a secret in a script",
    why: "Whatever is in the archive can be read by every user of the widget, and Kommo accepts OAuth 2.0 only.",
    fix: "Use OAuth 2.0 from your server, and keep every secret there.",
    messages: &[&OLD_KEY, &SECRET],
    bad: &[Example {
        path: "script.js",
        text: "define([], function () {\n  var data = { client_secret: «'k3Jd82hQpL0zXcV91mNb'» };\n});\n",
    }],
    good: &[
        Example {
            path: "script.js",
            text: "define([], function () {\n  this.$authorizedAjax({ url: 'https://api.auroranotes.com/notes' }).fail(showError);\n  function showError() {}\n});\n",
        },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var data = { token: settings.token, access_token: 'settings.access_token', placeholder: 'your-api-key-goes-here' };\n});\n",
        },
    ],
    about_code: true,
    check,
};

/// The keys of Kommo's old authorization.
const OLD_KEYS: [&str; 2] = ["USER_LOGIN", "USER_HASH"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let scripts = cx.scripts().len();
    out.evidence(
        "note",
        "Scripts",
        format!("Scripts searched for secrets and for Kommo's old authorization: {scripts}."),
        Location::package(),
    );
    for examined in cx.scripts() {
        let script = &examined.facts;
        for uses in old_keys(script).chunk_by(|a, b| statement(script, *a) == statement(script, *b)) {
            let [first, rest @ ..] = uses else { continue };
            let at = |&node: &NodeId| examined.at(script.span(node));
            let finding = out.suspect(&OLD_KEY, at(first)).arg("code", shown(script, *first));
            out.push(finding.also_at(rest.iter().map(at)));
        }
        let mut brought_in = BTreeSet::new();
        for (text, content) in script.contents().filter(|(_, content)| content.text.contains(['=', '@'])) {
            brought_in.extend(report_parameters(examined, text, content, out));
        }
        // What a constant brings into an address is covered where it is written.
        let is_brought_in = |text: &NodeId| script.constant(*text).is_some_and(|value| brought_in.contains(&*value));
        if !brought_in.is_empty() {
            script.texts().filter(is_brought_in).for_each(|text| out.secret(examined.at(script.span(text))));
        }
        // A secret that a variable hands on is reported where it is written.
        let is_written_here =
            |text: NodeId| !script.subtree(text).any(|id| matches!(script.kind(id), Kind::Name { .. } | Kind::Member(_)));
        for (text, content) in script.contents() {
            let value = &*content.text;
            if has_hole(value) || is_old_address(value) {
                continue;
            }
            if let Some(name) = secret_name(script, text, value).filter(|_| is_written_here(text)) {
                let location = examined.at(script.span(text));
                out.secret(location.clone());
                out.push(out.suspect(&SECRET, location).arg("name", name).arg("value", masked(value)));
            }
        }
    }
    for markup in cx.markups() {
        markup.facts.elements.iter().for_each(|element| check_element(markup, element, out));
    }
}

/// Looks at the attributes of an element: `<input type="hidden" name="api_key" value="...">`.
fn check_element(markup: &Examined<Markup>, element: &Element, out: &mut Findings<'_>) {
    let field = element.attribute("name").map_or("value", |name| &*name.value.text);
    // The code of handlers is looked at as a script, and a constant, whose name is shorter than a secret, where it is written.
    let is_written_here = |attribute: &&Attribute| attribute.value_span.len() as usize >= attribute.value.text.len();
    for attribute in element.attributes.iter().filter(|attribute| !is_handler(&attribute.name)).filter(is_written_here) {
        let value = &*attribute.value.text;
        let location = markup.at(attribute.value_span);
        let name = if &*attribute.name == "value" { field } else { &*attribute.name };
        if is_old_address(value) || OLD_KEYS.contains(&value) {
            out.push(out.suspect(&OLD_KEY, location).arg("code", readable(value)));
        } else if is_token(value) || names_secret(name) && is_random(value) && !is_public(value) {
            out.secret(location.clone());
            out.push(out.suspect(&SECRET, location).arg("name", name).arg("value", masked(value)));
        }
    }
}

/// Reports each parameter of an address that holds a secret, `'https://own/api?lead=' + id + '&api_key=...'`, and its password. The
/// secrets that are not written there are given back.
fn report_parameters<'c>(
    examined: &Examined<Script>,
    text: NodeId,
    content: &'c Fragment<'_>,
    out: &mut Findings<'_>,
) -> Vec<&'c str> {
    let mut brought_in = Vec::new();
    let is_secret = |(name, value, _): &(&str, &str, usize)| is_random(value) && !is_public(value) && names_secret(name);
    let password = password(&content.text).map(|(value, start)| ("password", value, start));
    for (name, value, start) in parameters(&content.text).filter(is_secret).chain(password) {
        let from = start as u32;
        let span = content.map.span(Span::new(from, from + value.len() as u32));
        if span.len() as usize == value.len() {
            out.secret(examined.at(span));
        } else {
            brought_in.push(value);
        }
        let location = examined.at(examined.facts.span(text));
        out.push(out.suspect(&SECRET, location).arg("name", name.to_owned()).arg("value", masked(value)));
    }
    brought_in
}

/// Whether a value is a key that its service means to be seen in pages: of Google's maps.
fn is_public(value: &str) -> bool {
    value.starts_with("AIza")
}

/// Everything that speaks of Kommo's old authorization, in order.
fn old_keys(script: &Script) -> Vec<NodeId> {
    // What stands in markup is looked at there.
    let speaks_of_keys =
        |content: &Fragment<'_>| is_old_address(&content.text) && !is_markup(&content.text) || OLD_KEYS.contains(&&*content.text);
    let texts = script.contents().filter(|(_, content)| speaks_of_keys(content)).map(|(text, _)| text);
    // A quoted key is a text already.
    let is_quoted = |id: NodeId| {
        script
            .children(id)
            .any(|child| script.kind(child) == Kind::Text && script.constant(child).is_some_and(|key| OLD_KEYS.contains(&&*key)))
    };
    let names = OLD_KEYS.iter().flat_map(|name| script.named(name)).copied().filter(|&id| !is_quoted(id));
    let mut found: Vec<_> = texts.chain(names).collect();
    order::sort(&mut found);
    found
}

/// The statement that a node is a part of.
fn statement(script: &Script, id: NodeId) -> NodeId {
    let is_statement = |&outer: &NodeId| {
        matches!(script.kind(outer), Kind::Statement | Kind::Declare | Kind::Return | Kind::If | Kind::Function { .. })
    };
    script.ancestors(id).find(is_statement).unwrap_or(id)
}

fn shown(script: &Script, id: NodeId) -> String {
    match script.kind(id) {
        Kind::Property(Some(name)) | Kind::Member(name) | Kind::PatternProperty(Some(name)) => script.word(name).to_owned(),
        _ => script.text(id).map_or_else(|| script.code(id).to_owned(), |content| readable(&content.text)),
    }
}

/// Whether an address is that of Kommo's old authorization, or hands on its key.
fn is_old_address(text: &str) -> bool {
    ["/private/api/auth.php", "USER_LOGIN=", "USER_HASH="].iter().any(|part| find(text.as_bytes(), part.as_bytes()).is_some())
}

/// What a text that is a secret is called.
fn secret_name(script: &Script, text: NodeId, value: &str) -> Option<String> {
    if is_token(value) {
        return Some("token".to_owned());
    }
    let bearer = ["Bearer ", "Basic ", "Token "].iter().find_map(|scheme| value.strip_prefix(scheme));
    if bearer.is_some_and(is_random) {
        return Some("Authorization".to_owned());
    }
    if !is_random(value) {
        return None;
    }
    let name = match script.text_role(text) {
        TextRole::Property(name) => name?.to_owned(),
        TextRole::Assigned(target, name) => match (name, script.kind(target)) {
            (Some(name), _) => name.to_owned(),
            (None, Kind::Binding { name, .. } | Kind::Name { name, .. }) => script.word(name).to_owned(),
            _ => return None,
        },
        // body.append('api_key', '...')
        TextRole::Argument(call, position @ 1..=3) => script.constant(call.argument(position - 1)?)?.into_owned(),
        // { api_key = '...' }
        _ => {
            let holder = script.parent(text);
            let target = script.child(holder, 0).filter(|_| script.kind(holder) == Kind::Default);
            match target.map(|target| script.kind(target)) {
                Some(Kind::Binding { name, .. } | Kind::Name { name, .. }) => script.word(name).to_owned(),
                _ => return None,
            }
        }
    };
    // What is only called a key may be that of a list.
    let is_key =
        || name.eq_ignore_ascii_case("key") && value.len() >= 24 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (names_secret(&name) || is_key()).then_some(name)
}

/// Whether a value looks drawn by lot: long, of letters and digits that stand in one piece, and no words.
fn is_random(value: &str) -> bool {
    let at_least = |count: usize, is_one: fn(&u8) -> bool| value.bytes().filter(is_one).nth(count - 1).is_some();
    let has = |part: &str, is_one: fn(&u8) -> bool| part.bytes().any(|byte| is_one(&byte));
    let is_drawn = |part: &str| part.len() >= 4 && has(part, u8::is_ascii_digit) && has(part, u8::is_ascii_alphabetic);
    value.len() >= 16
        && at_least(3, u8::is_ascii_digit)
        && at_least(3, u8::is_ascii_alphabetic)
        && !has_hole(value)
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+/=:".contains(&byte))
        && value.split(|letter: char| !letter.is_ascii_alphanumeric()).any(is_drawn)
        && !value.contains("//")
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::testing::{Widget, suspect};

    #[test]
    fn attributes_of_templates_count() {
        let found = |tag: &str| Widget::clean().file("templates/panel.twig", tag).findings("script-secret");
        for (tag, message, text) in [
            (
                "<form action=\"https://{{ host }}/private/api/auth.php\">",
                "old-authorization",
                "https://{{ host }}/private/api/auth.php",
            ),
            ("<input name=\"USER_HASH\" value=\"{{ hash }}\">", "old-authorization", "USER_HASH"),
            ("<input name=\"api_key\" value=\"k3Jd82hQpL0zXcV91mNb\">", "secret", "k3Jd82hQpL0zXcV91mNb"),
            ("<div data-secret-key='k3Jd82hQpL0zXcV91mNb'></div>", "secret", "k3Jd82hQpL0zXcV91mNb"),
        ] {
            assert_eq!(found(tag), [suspect(message, "templates/panel.twig", text)], "{tag}");
        }
        for tag in ["<input name=\"token\" value=\"{{ token }}\">", "<div id=\"k3Jd82hQpL0zXcV91mNb\" class=\"api-key\"></div>"] {
            assert_eq!(found(tag), [], "{tag}");
        }
        let script = r#"var apiKey = 'k3Jd82hQpL0zXcV91mNb'; $('.own').html('<input name="api_key" value="' + apiKey + '"><a href="/private/api/auth.php">x</a>')"#;
        let seen = [("secret", "'k3Jd82hQpL0zXcV91mNb'"), ("old-authorization", "/private/api/auth.php")];
        assert_eq!(
            Widget::clean().file("script.js", script).findings("script-secret"),
            seen.map(|(message, text)| suspect(message, "script.js", text))
        );
        let handler = "<button onclick=\"a = 1; $.get('/private/api/auth.php')\">x</button>";
        assert_eq!(found(handler), [suspect("old-authorization", "templates/panel.twig", "'/private/api/auth.php'")]);
    }

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "script-secret",
            &[
                ("var secret_key = 'abcdef0123456789abcdef'", "?'abcdef0123456789abcdef'"),
                ("x.headers = { Authorization: 'Bearer abcdef0123456789abcdef' }", "?'Bearer abcdef0123456789abcdef'"),
                ("$.post('/private/api/auth.php', { USER_LOGIN: a, 'USER_HASH': b })", "?'/private/api/auth.php'"),
                ("a = user.USER_LOGIN; b = { 'USER_HASH': c }", "?user.USER_LOGIN ?'USER_HASH'"),
                ("$.get('https://' + host + '/private/api/auth.php')", "?'https://' + host + '/private/api/auth.php'"),
                ("$.get(url + '?USER_LOGIN=' + a + '&USER_HASH=' + b)", "?url + '?USER_LOGIN=' + a + '&USER_HASH=' + b"),
                (
                    "var token = 'abcdef0123456789abcdef'; x.headers = { Authorization: `Bearer ${token}` }",
                    "?'abcdef0123456789abcdef'",
                ),
                ("x.headers = { 'X-Api-Key': 'abcdef0123456789abcdef' }", "?'abcdef0123456789abcdef'"),
                (
                    "var my_secret = 'abcdef0123456789abcdef'; x = { mySecret: 'abcdef0123456789abcdef' }",
                    "?'abcdef0123456789abcdef' ?'abcdef0123456789abcdef'",
                ),
                (
                    "$.get('https://x/y?lead=' + id + '&my_secret=8965ghubb877y9cnghgfh7y5tctgy5tbfcfc87')",
                    "?'https://x/y?lead=' + id + '&my_secret=8965ghubb877y9cnghgfh7y5tctgy5tbfcfc87'",
                ),
                ("fetch('https://own:Q7w9e2Rt5y@own.dev/x?a=' + id)", "?'https://own:Q7w9e2Rt5y@own.dev/x?a=' + id"),
                ("fetch('https://' + user + ':' + word + '@own.dev/x'); f('https://user:password@own.dev')", ""),
                ("fetch(`/a?api_key=abcdef0123456789abcdef&id=${id}`)", "?`/a?api_key=abcdef0123456789abcdef&id=${id}`"),
                (
                    "x.body = 'client_secret=abcdef0123456789abcdef&code=' + code",
                    "?'client_secret=abcdef0123456789abcdef&code=' + code",
                ),
                (
                    "x.html('<img src=\"https://a/b?id=1&amp;api_key=abcdef0123456789abcdef\">')",
                    "?'<img src=\"https://a/b?id=1&amp;api_key=abcdef0123456789abcdef\">'",
                ),
                (
                    "const { api_key = 'abcdef0123456789abcdef' } = x; f(({ id = 'abcdef0123456789abcdef' }) => id)",
                    "?'abcdef0123456789abcdef'",
                ),
                (
                    "body.append('client_secret', 'abcdef0123456789abcdef'); x.set('lead', 'abcdef0123456789abcdef')",
                    "?'abcdef0123456789abcdef'",
                ),
                ("x.setRequestHeader('Authorization', 'Token abcdef0123456789abcdef')", "?'Token abcdef0123456789abcdef'"),
                (
                    "x = { key: 'abcdef0123456789abcdef0123456789' }; y = { key: 'field-abcdef0123456789abcdef' }",
                    "?'abcdef0123456789abcdef0123456789'",
                ),
                (
                    "x = 'AKIAABCDEFGH7ABCDEFG'; y = ['xoxb-0123456789-abcdef']",
                    "?'AKIAABCDEFGH7ABCDEFG' ?'xoxb-0123456789-abcdef'",
                ),
                (
                    "fetch('https://a/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/send')",
                    "?'https://a/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/send'",
                ),
                ("x = ['AKIA', 'sk_live_your-key-goes-here', 'bot123456789:short', '12345678:00', 'ghp_']", ""),
                ("var k = 'abcdef0123456789abcdef'; fetch('/a?access_token=' + k)", "?'/a?access_token=' + k"),
                ("fetch('/a?token={{token}}&api_key=' + key + '&secret=your-secret-goes-here&password=%PASSWORD%')", ""),
                ("load('https://maps.googleapis.com/maps/api/js?key=AIzaSyA0123456789abcdefghijklmnopqrstuv')", ""),
                (
                    "fetch('/a?id=abcdef0123456789abcdef&sitekey=6Lc0123456789abcdefabcdef'); x = '?apikey=AIzaSyA0123456789abcdefghijk'",
                    "",
                ),
                (
                    "var OPENAI_API_KEY = 'abcdef0123456789abcdef'; x = { APPKEY: 'abcdef0123456789abcdef' }",
                    "?'abcdef0123456789abcdef' ?'abcdef0123456789abcdef'",
                ),
                ("x = { csrfToken: 'abcdef0123456789abcdef', tokenField: 'acme-token-field-2024-01' }", ""),
                ("var token = settings.token; x = { api_key: 'apiKeyOfTheService', password: '' }", ""),
                ("x = { token: 'settings.token', id: 'abcdef0123456789abcdef' }", ""),
            ],
        );
    }
}
