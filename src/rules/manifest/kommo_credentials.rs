//! A settings field asks for a login, password, hash or API key of Kommo.

use super::{describe, labels};
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::package::manifest::Field;
use crate::rule::{Example, Message, Rule};

static ASKED: Message = Message {
    id: "asked",
    text: "The field \"{field}\" asks for access to Kommo: \"{label}\".",
    help: "Let the user grant access through OAuth 2.0 instead. Kommo gives the integration its tokens when it is installed.",
};
static LEGACY_FORM: Message = Message {
    id: "legacy-form",
    text: "The fields {fields} together look like the old form for access to amoCRM.",
    help: "If they ask for access to Kommo or amoCRM, use OAuth 2.0 instead. If they belong to another service, name it in their labels.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "kommo-credentials",
    item: "oauth2",
    title: "Field for a Kommo password or key",
    why: "An integration that asks its users for their Kommo login or API key does not use OAuth 2.0, and teaches them to give it away.",
    fix: "Take the field out and use the access that OAuth 2.0 gives.",
    messages: &[&ASKED, &LEGACY_FORM],
    bad: &[Example {
        path: "manifest.json",
        text: r#"{"settings": {«"amocrm_api_key"»: {"name": "settings.team", "type": "pass"}}}"#,
    }],
    good: &[Example {
        path: "manifest.json",
        text: r#"{"settings": {"sendpulse_api_key": {"name": "settings.team", "type": "pass"}, "kommo_subdomain": {"name": "settings.team"}}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let mut credentials = Vec::new();
    let mut asked = false;
    for field in manifest.fields().into_iter().filter(|field| field.value.as_object().is_some()) {
        let at = Location::span(&*manifest.path, field.code_span);
        let texts = texts(cx, &field);
        let asks_kommo = |text: &&String| names_kommo(text) && is_credential(text);
        let old_name = Some(&texts[0]).filter(|code| OLD_NAMES.contains(&code.to_lowercase().as_str()));
        if let Some(label) = old_name.or_else(|| texts.iter().find(asks_kommo)) {
            asked = true;
            out.push(out.suspect(&ASKED, at).arg("field", field.code).arg("label", &**label));
        } else if texts.iter().any(|text| is_credential(text)) {
            let (field_text, label) = describe(cx, &field);
            out.evidence("setting", format!("Field {field_text}"), label, at);
            credentials.push(field);
        }
    }
    if credentials.is_empty() && !asked {
        let at = Location::file(&*manifest.path);
        out.evidence("note", "Settings", "No field of the manifest asks for a login, a password or a key.", at);
    }
    legacy_form(&credentials, &manifest.path, out);
}

/// What Kommo's access before OAuth 2.0 called its parameters.
const OLD_NAMES: [&str; 2] = ["user_hash", "amo_hash"];

/// The form of the sample widgets of amoCRM's early days: login and API key (or hash) side by side, under just these names.
fn legacy_form(fields: &[Field<'_>], path: &str, out: &mut Findings<'_>) {
    let find = |names: &[&str]| fields.iter().find(|field| names.contains(&field.code.to_lowercase().as_str()));
    let (Some(login), Some(key)) = (find(&["login", "user_login"]), find(&["api_key", "hash", "api_hash"])) else {
        return;
    };
    let finding = out
        .suspect(&LEGACY_FORM, Location::span(path, login.code_span))
        .arg("fields", format!("\"{}\" and \"{}\"", login.code, key.code));
    out.push(finding.also_at([Location::span(path, key.code_span)]));
}

/// The field's code, and its label in every language.
fn texts(cx: &Context<'_>, field: &Field<'_>) -> Vec<String> {
    std::iter::once(field.code.to_owned()).chain(labels(cx, field).into_iter().map(|(_, text)| text)).collect()
}

fn words(text: &str) -> Vec<String> {
    let mut split = String::new();
    let mut previous = ' ';
    for c in text.chars() {
        if c.is_uppercase() && previous.is_lowercase() {
            split.push(' ');
        }
        split.push(if c.is_alphanumeric() { c } else { ' ' });
        previous = c;
    }
    split.split_whitespace().map(str::to_lowercase).collect()
}

fn names_kommo(text: &str) -> bool {
    words(text).iter().any(|word| matches!(word.as_str(), "kommo" | "amocrm" | "amo" | "амосрм" | "амо"))
}

fn is_credential(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "login",
        "password",
        "passwd",
        "pass",
        "hash",
        "token",
        "secret",
        "apikey",
        "contraseña",
        "clave",
        "senha",
        "chave",
        "usuario",
        "usuário",
        "логин",
        "пароль",
        "хеш",
        "хэш",
        "токен",
        "ключ",
        "sandi",
        "kunci",
        "username",
        "credentials",
    ];
    /// Turkish puts its endings behind them: "şifresi", "anahtarınız".
    const STEMS: [&str; 3] = ["şifre", "parola", "anahtarı"];
    let words = words(text);
    let at = |index: usize| words.get(index).map_or("", String::as_str);
    // A key word is no key, and the user who is responsible no login.
    let is_other = |index: usize| match at(index) {
        "clave" | "chave" | "kunci" => matches!(at(index.wrapping_sub(1)), "palabra" | "palavra" | "kata"),
        "usuario" | "usuário" => at(index + 1).starts_with("respons"),
        _ => false,
    };
    let is_word = |word: &str| WORDS.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem));
    (0..words.len()).any(|index| is_word(at(index)) && !is_other(index))
        || words.windows(2).any(|pair| pair[0] == "api" && matches!(pair[1].as_str(), "key" | "hash"))
}

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::{Seen, Widget, suspect};

    fn findings(settings: &str, label: &str) -> Vec<Seen> {
        Widget::clean()
            .file("manifest.json", format!(r#"{{"widget": {{"locale": ["en"]}}, "settings": {settings}}}"#))
            .file("i18n/en.json", format!(r#"{{"settings": {{"team": "{label}"}}}}"#))
            .findings("kommo-credentials")
    }

    #[test]
    fn labels_that_ask_for_kommo_access_are_suspect() {
        let field = r#"{"key": {"name": "settings.team", "type": "text"}}"#;
        for label in
            ["Kommo API key", "Contraseña de Kommo", "Your amoCRM login", "Senha do Kommo", "API-ключ amoCRM", "Kommo şifresi"]
        {
            assert_eq!(findings(field, label), [suspect("asked", "manifest.json", "\"key\"")], "{label}");
        }
        for label in [
            "Stripe API key",
            "Kommo subdomain",
            "Password",
            "Kommo user who gets the leads",
            "Keyboard layout",
            "Usuario responsable en Kommo",
            "Palavra-chave para a Kommo",
            "Kommo çalışanı",
        ] {
            assert_eq!(findings(field, label), [], "{label}");
        }
    }

    #[test]
    fn the_old_form_is_suspect_once() {
        let form = r#"{"login": {"type": "text"}, "api_key": {"type": "text"}, "account": {"type": "text"}}"#;
        assert_eq!(findings(form, "x"), [suspect("legacy-form", "manifest.json", "\"login\"")]);
        assert_eq!(findings(r#"{"login": {"type": "text"}}"#, "x"), []);
        assert_eq!(findings(r#"{"USER_HASH": {"type": "text"}}"#, "x"), [suspect("asked", "manifest.json", "\"USER_HASH\"")]);
    }

    #[test]
    fn another_services_key_is_evidence() {
        let widget =
            Widget::clean().file("manifest.json", r#"{"settings": {"bot_token": {"name": "settings.team", "type": "pass"}}}"#);
        let report = widget.report();
        let item = report.items.iter().find(|result| result.item.id == "oauth2").unwrap();
        assert!(item.evidence.iter().any(|entry| entry.label == "Field bot_token (pass)"), "{:?}", item.evidence);
        assert_eq!(item.outcome, Outcome::Manual);
    }
}
