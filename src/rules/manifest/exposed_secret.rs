//! The manifest holds a secret that everyone who unpacks the archive can read.

use crate::context::Context;
use crate::finding::{Findings, Location, masked};
use crate::package::locale::looks_like_key;
use crate::rule::{Example, Message, Rule};
use crate::syntax::json::{Kind, Member, Value};

static SECRET_KEY: Message = Message {
    id: "secret-key",
    text: "\"{key}\" holds a secret, {value}: everyone who has the archive can read it.",
    help: "Take it out of the manifest and ask Kommo for a new one: this one counts as leaked. It belongs to the time before \
           OAuth 2.0, and the manifest no longer needs it.",
};
static TOKEN: Message = Message {
    id: "token",
    text: "\"{key}\" seems to hold a secret, {value}: everyone who has the archive can read it.",
    help: "Keep tokens and secrets on your own server, and replace this one: it counts as leaked.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "exposed-secret",
    item: "oauth2",
    title: "Secret inside the manifest",
    why: "Whatever is in the archive can be read by every user of the widget. A secret there is leaked, and a widget that needs it \
          does not use OAuth 2.0.",
    fix: "Take the secret out, ask for a new one, and keep it on your server.",
    messages: &[&SECRET_KEY, &TOKEN],
    bad: &[Example {
        path: "manifest.json",
        text: r#"{"widget": {"code": "acme", "secret_key": «"0123456789abcdef0123456789abcdef"»}}"#,
    }],
    good: &[Example {
        path: "manifest.json",
        text: r#"{"widget": {"secret_key": ""}, "settings": {"token": {"name": "settings.team", "type": "pass"}}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    if let Some(root) = &manifest.json.root {
        walk(root, &manifest.path, out);
    }
}

fn walk(value: &Value, path: &str, out: &mut Findings<'_>) {
    match &value.kind {
        Kind::Object(object) => {
            for member in &object.members {
                judge(member, path, out);
                walk(&member.value, path, out);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| walk(item, path, out)),
        _ => {}
    }
}

fn judge(member: &Member, path: &str, out: &mut Findings<'_>) {
    let Some(secret) = member.value.as_str().map(str::trim) else { return };
    let name = member.key.to_lowercase().replace(['-', ' '], "_");
    let message = match name.as_str() {
        "secret_key" | "secretkey" if !is_placeholder(secret) => &SECRET_KEY,
        _ if is_secret_name(&name) && is_random(secret) => &TOKEN,
        _ => return,
    };
    let at = Location::span(path, member.value.span);
    out.secret(at.clone());
    out.push(out.suspect(message, at).arg("key", &*member.key).arg("value", masked(secret)));
}

fn is_secret_name(name: &str) -> bool {
    ["secret", "token", "password", "passwd", "api_key", "apikey", "private_key", "access_key"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether nothing is given away: an empty value, or one that a build fills in.
fn is_placeholder(value: &str) -> bool {
    let has_letters = value.chars().any(char::is_alphanumeric);
    let repeated = value.chars().all(|c| value.starts_with(c));
    !has_letters
        || repeated
        || value.starts_with(['%', '{', '$', '<', '#'])
        || looks_like_key(value) && !value.contains(|c: char| c.is_ascii_digit())
}

/// Whether a value is made by a machine: long, in one piece, letters and digits mixed.
fn is_random(value: &str) -> bool {
    value.len() >= 16
        && !is_placeholder(value)
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.=+/".contains(&byte))
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn findings(text: &str) -> Vec<Seen> {
        Widget::clean().file("manifest.json", text).findings("exposed-secret")
    }

    #[test]
    fn secrets_are_found_wherever_they_stand() {
        let text = r#"{"widget": {"secret_key": "abcdef"}, "dp": {"access_token": "eyJhbGciOiJIUzI1NiJ9.abc123"}}"#;
        assert_eq!(
            findings(text),
            [
                suspect("secret-key", "manifest.json", "\"abcdef\""),
                suspect("token", "manifest.json", "\"eyJhbGciOiJIUzI1NiJ9.abc123\""),
            ]
        );
    }

    #[test]
    fn names_of_fields_and_placeholders_give_nothing_away() {
        let text = r#"{"widget": {"secret_key": "%SECRET_KEY%", "code": "0123456789abcdef0"},
            "settings": {"api_token": {"name": "settings.api_token", "type": "text"}}}"#;
        assert_eq!(findings(text), []);
        assert_eq!(findings(r#"{"widget": {"secret_key": "xxxxxxxx"}}"#), []);
    }

    #[test]
    fn the_secret_is_never_shown() {
        let report = Widget::clean().file("manifest.json", r#"{"widget": {"secret_key": "abcdefghijkl"}}"#).report();
        let finding = report.items.iter().flat_map(|item| &item.findings).find(|finding| finding.rule.id == "exposed-secret");
        assert_eq!(finding.unwrap().args["value"].to_string(), "abcd....");
        assert_eq!(report.secrets.len(), 1);
    }
}
