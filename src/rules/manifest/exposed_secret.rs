//! The manifest, a text, a data file or a file of settings holds a secret that everyone who unpacks the archive can read.

use crate::context::Context;
use crate::finding::{Findings, Location, masked};
use crate::package::locale::looks_like_key;
use crate::package::{Kind as FileKind, SourceFile};
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::json::{self, Document, Kind, Member, Value};
use crate::text::secrets::{is_token, may_hold_token, may_name_secret, names_secret, parameters};

static SECRET_KEY: Message = Message {
    id: "secret-key",
    text: "\"{key}\" holds a secret, {value}: everyone who has the archive can read it.",
    help: "Take it out of the archive and ask Kommo for a new one: this one counts as leaked. It belongs to the time before \
           OAuth 2.0, and no manifest needs it any longer.",
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
    title: "Secret inside a data file",
    why: "Whatever is in the archive can be read by every user of the widget. A secret there is leaked, and a widget that needs it \
          does not use OAuth 2.0.",
    fix: "Take the secret out, ask for a new one, and keep it on your server.",
    messages: &[&SECRET_KEY, &TOKEN],
    bad: &[Example {
        path: "manifest.json",
        text: r#"{"widget": {"code": "acme", "secret_key": «"0123456789abcdef0123456789abcdef"»}}"#,
    }],
    good: &[
        Example { path: "manifest.json", text: r#"{"widget": {"code": "acme"}}"# },
        Example {
            path: "manifest.json",
            text: r#"{"widget": {"secret_key": ""}, "settings": {"token": {"name": "settings.team", "type": "pass"}}}"#,
        },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(manifest) = cx.manifest()
        && let Some(file) = cx.package().file(&manifest.path)
    {
        search(file, &manifest.json, out);
    }
    let is_searched = |file: &&SourceFile| {
        matches!(file.kind, FileKind::Json | FileKind::Text) && file.path != "manifest.json" && file.too_large.is_none()
    };
    for file in cx.package().widget_files().filter(is_searched) {
        let Some(text) = file.text() else { continue };
        if file.kind == FileKind::Text {
            search_lines(file, text, out);
        } else if may_name_secret(text) || may_hold_token(text) {
            // A file that names no secret is not worth reading once more.
            search(file, &json::read(text, cx.options().bounds.nesting), out);
        }
    }
}

/// Looks through a file of settings, which has one in a line: `CLIENT_SECRET=...`, `client_secret: "..."`.
fn search_lines(file: &SourceFile, text: &str, out: &mut Findings<'_>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let place = start;
        start += line.len();
        let Some((name, value)) = line.split_once(['=', ':']) else { continue };
        let name = name.trim().trim_start_matches("export ").trim_matches(['"', '\'']);
        let secret = value.trim().trim_matches(['"', '\'', ',', ';']);
        if secret.is_empty() || name.contains(char::is_whitespace) || !is_random(secret) || !names_secret(name) {
            continue;
        }
        let from = place + line.len() - value.len() + value.find(secret).unwrap_or_default();
        let at = Location::span(&*file.path, Span::new(from as u32, (from + secret.len()) as u32));
        out.secret(at.clone());
        out.push(out.suspect(&TOKEN, at).arg("key", name).arg("value", masked(secret)));
    }
}

fn search(file: &SourceFile, document: &Document, out: &mut Findings<'_>) {
    if let Some(root) = &document.root {
        walk(root, file, out);
    }
    // What is wrong with the file is quoted in other findings: a secret in it must not be.
    for problem in &document.problems {
        let quoted = text_at(file, problem.span);
        for word in quoted.split(|letter: char| !is_secret_letter(letter)).filter(|word| is_random(word)) {
            let start = problem.span.start + (word.as_ptr() as usize - quoted.as_ptr() as usize) as u32;
            out.secret(Location::span(&*file.path, Span::new(start, start + word.len() as u32)));
        }
    }
}

fn text_at(file: &SourceFile, span: Span) -> &str {
    file.text().and_then(|text| text.get(span.start as usize..span.end as usize)).unwrap_or_default()
}

fn walk(value: &Value, file: &SourceFile, out: &mut Findings<'_>) {
    match &value.kind {
        Kind::Object(object) => {
            for member in &object.members {
                judge(member, file, out);
                walk(&member.value, file, out);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| walk(item, file, out)),
        _ => {}
    }
}

fn judge(member: &Member, file: &SourceFile, out: &mut Findings<'_>) {
    let secret = match &member.value.kind {
        Kind::String(text) => text.text.trim(),
        // Without its quotes it is no JSON, and a secret all the same.
        Kind::Unknown => text_at(file, member.value.span),
        _ => return,
    };
    let is_given = |name: &str, value: &str| is_random(value) && names_secret(name);
    let parameter = parameters(secret).find(|(name, value, _)| is_given(name, value));
    let message = match &*member.key.to_lowercase().replace(['-', ' '], "_") {
        "secret_key" | "secretkey" if !is_placeholder(secret) => &SECRET_KEY,
        _ if parameter.is_some() || is_given(&member.key, secret) || is_token(secret) => &TOKEN,
        _ => return,
    };
    let secret = parameter.map_or(secret, |(_, value, _)| value);
    let at = Location::span(&*file.path, member.value.span);
    out.secret(at.clone());
    out.push(out.suspect(message, at).arg("key", &*member.key).arg("value", masked(secret)));
}

fn is_secret_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '=' | '+' | '/')
}

/// Whether nothing is given away: an empty value, or one that a build fills in.
fn is_placeholder(value: &str) -> bool {
    let has_letters = value.chars().any(char::is_alphanumeric);
    let repeated = value.chars().all(|c| value.starts_with(c));
    !has_letters
        || repeated
        || value.starts_with(['%', '{', '$', '<', '#'])
        || asks_for_a_value(value)
        || (looks_like_key(value) || value.to_ascii_lowercase().starts_with("your"))
            && !value.contains(|c: char| c.is_ascii_digit())
}

/// Words that tell somebody to put a value in this place.
const ASKING_WORDS: [&str; 33] = [
    "replace",
    "replaceme",
    "generate",
    "your",
    "here",
    "put",
    "insert",
    "enter",
    "paste",
    "change",
    "changeme",
    "example",
    "sample",
    "placeholder",
    "dummy",
    "todo",
    "fill",
    "tu",
    "aqui",
    "aquí",
    "reemplaza",
    "reemplazar",
    "inserta",
    "ejemplo",
    "sua",
    "substitua",
    "insira",
    "exemplo",
    "ваш",
    "замените",
    "вставьте",
    "сюда",
    "пример",
];

/// Whether a value is made of words, one of which asks for another value: `REPLACE_WITH_YOUR_KEY`. A secret that holds such
/// letters by chance has others beside them that are no word.
fn asks_for_a_value(value: &str) -> bool {
    let parts = || value.split(['_', '-', ' ']).filter(|part| !part.is_empty());
    parts().all(is_word) && parts().any(|part| ASKING_WORDS.contains(&&*part.to_lowercase()))
}

/// Whether a part of a value is written as words are: letters of one case, but for the first, or a short number.
fn is_word(part: &str) -> bool {
    let is_number = part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit());
    let rest = part.chars().skip(1);
    is_number
        || part.chars().all(char::is_alphabetic) && (rest.clone().all(char::is_lowercase) || part.chars().all(char::is_uppercase))
}

/// Whether a value is made by a machine: long, in one piece, letters and digits mixed.
fn is_random(value: &str) -> bool {
    value.len() >= 16
        && !is_placeholder(value)
        && value.chars().all(is_secret_letter)
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
    fn a_secret_may_be_a_part_of_an_address() {
        let found = |address: &str| findings(&format!(r#"{{"dp": {{"webhook_url": "{address}"}}}}"#));
        let address = "https://acme.com/hook?from=kommo&api_token=abcdef0123456789";
        assert_eq!(found(address), [suspect("token", "manifest.json", &format!("\"{address}\""))]);
        assert_eq!(found("https://acme.com/hook?id=abcdef0123456789&token=%TOKEN%"), []);
    }

    #[test]
    fn names_of_fields_and_placeholders_give_nothing_away() {
        let text = r#"{"widget": {"secret_key": "%SECRET_KEY%", "code": "0123456789abcdef0"},
            "settings": {"api_token": {"name": "settings.api_token", "type": "text"}}}"#;
        assert_eq!(findings(text), []);
        for calm in [
            "xxxxxxxx",
            "YOUR_SECRET_KEY",
            "your-secret-key",
            "REPLACE_WITH_KEY_FROM_AMOCRM_INTEGRATION",
            "GENERATE_YOUR_SECRET_KEY_HERE",
            "Insert the key here",
            "changeme",
            "example-secret-key-12345",
            "PON_TU_CLAVE_AQUI",
            "Вставьте ваш ключ",
        ] {
            assert_eq!(findings(&format!(r#"{{"widget": {{"secret_key": "{calm}"}}}}"#)), [], "{calm}");
        }
        for secret in ["here-9fK2xQ", "xPutHereQwZ", "k3Jd82hQ-put-zXcV91mN", "aBcDeFgH_here_XyZwVu", "generated"] {
            let text = format!(r#"{{"widget": {{"secret_key": "{secret}"}}}}"#);
            assert_eq!(findings(&text), [suspect("secret-key", "manifest.json", &format!("\"{secret}\""))]);
        }
    }

    #[test]
    fn secrets_in_texts_and_data_are_found_and_those_in_broken_json_are_covered() {
        const KEY: &str = "a8F3kd92LmQ0zXw7Rt5Yb1Nc6Vp4Hs2J";
        for path in ["i18n/en.json", "data/config.json"] {
            let widget = Widget::clean().file(path, format!(r#"{{"api": {{"secret_key": "{KEY}"}}}}"#));
            assert_eq!(widget.findings("exposed-secret"), [suspect("secret-key", path, &format!("\"{KEY}\""))]);
        }
        let calm = Widget::clean().file("data/config.json", r#"{"token": "Your token", "api_key": "settings.api_key"}"#);
        assert_eq!(calm.findings("exposed-secret"), []);
        let unquoted = Widget::clean().file("manifest.json", format!(r#"{{"widget": {{"secret_key": {KEY}}}}}"#));
        assert_eq!(unquoted.findings("exposed-secret"), [suspect("secret-key", "manifest.json", KEY)]);
        let comment = Widget::clean().file("manifest.json", format!("{{\n// \"secret_key\": \"{KEY}\"\n}}"));
        assert_eq!(comment.report().secrets.len(), 1);
    }

    #[test]
    fn a_token_is_one_whatever_it_is_called() {
        const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiI1ZTJmIiwianRpIjoiOTg3In0.c2lnbmF0dXJlLWxvbmc";
        let found = |text: &str| Widget::clean().file("i18n/en.json", text).findings("exposed-secret");
        assert_eq!(
            found(&format!(r#"{{"a": {{"b": "{TOKEN}"}}}}"#)),
            [suspect("token", "i18n/en.json", &format!("\"{TOKEN}\""))]
        );
        assert_eq!(found(r#"{"a": {"b": "eyJ.starts.like a token, and has words in it that nobody would take for one"}}"#), []);
    }

    #[test]
    fn files_of_settings_are_read_line_by_line() {
        const KEY: &str = "a8F3kd92LmQ0zXw7Rt5Yb1Nc6Vp4Hs2J";
        let found = |path: &str, text: &str| Widget::clean().file(path, text).findings("exposed-secret");
        for (path, text) in [
            (".env", format!("# own\nHOST=acme.com\nCLIENT_SECRET={KEY}\n")),
            ("deploy/.env.local", format!("export API_KEY=\"{KEY}\"\n")),
            ("config.yml", format!("oauth:\n  client_secret: '{KEY}'\n")),
        ] {
            assert_eq!(found(path, &text), [suspect("token", path, KEY)], "{path}");
        }
        for text in
            ["CLIENT_SECRET=\nTOKEN=your-token-goes-here\n", "ID=a8F3kd92LmQ0zXw7Rt5Yb1Nc6Vp4Hs2J\n", "The token: see below\n"]
        {
            assert_eq!(found(".env", text), [], "{text}");
        }
    }

    #[test]
    fn the_secret_is_never_shown() {
        let report = Widget::clean().file("manifest.json", r#"{"widget": {"secret_key": "abcdefghijkl"}}"#).report();
        let finding = report.items.iter().flat_map(|item| &item.findings).find(|finding| finding.rule.id == "exposed-secret");
        assert_eq!(finding.unwrap().args["value"].to_string(), "abcd....");
        assert_eq!(report.secrets.len(), 1);
    }
}
