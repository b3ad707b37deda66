//! Secrets, known by their own form or by what they are called.

/// How a signed token (JSON Web Token) begins.
const SIGNED_START: &str = "eyJ";

/// Bytes of the shortest token.
const SHORTEST: usize = 20;

/// Bytes of the shortest signed token, less one.
const SHORTEST_SIGNED: usize = 60;

/// How services begin their secret tokens.
const TOKEN_STARTS: [&str; 17] = [
    "AKIA",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "rk_live_",
    "sk-proj-",
    "sk-ant-",
    "sk-or-v1-",
    "gsk_",
    "APP_USR-",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "shpat_",
    "whsec_",
    "SG.",
];

/// What names a secret, in small letters and without separators.
const SECRET_NAMES: [&str; 12] = [
    "secret",
    "token",
    "password",
    "passwd",
    "senha",
    "contrasena",
    "apikey",
    "appkey",
    "authkey",
    "accesskey",
    "privatekey",
    "encryptionkey",
];

/// What tells that a name with such a word in it means no secret.
const CALM_NAMES: [&str; 5] = ["csrf", "xsrf", "pagetoken", "public", "publishable"];

/// What stands between the parameters of an address, or around one in markup.
const PARAMETER_ENDS: [char; 9] = ['?', '&', '#', ' ', '\n', '"', '\'', '<', '>'];

/// Whether a name is that of a secret, however its words are joined: `KOMMO_API_KEY`, `telegramToken`, `x-api-key`.
#[must_use]
pub fn names_secret(name: &str) -> bool {
    let name = squeezed(name);
    SECRET_NAMES.iter().any(|word| name.contains(word)) && !CALM_NAMES.iter().any(|word| name.contains(word))
}

/// Whether a text holds a name that [`names_secret`] may know.
#[must_use]
pub fn may_name_secret(text: &str) -> bool {
    let text = squeezed(text);
    SECRET_NAMES.iter().any(|word| text.contains(word))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The parameters of the addresses in a text: the name of each, its value, and where that starts.
pub fn parameters(text: &str) -> impl Iterator<Item = (&str, &str, usize)> {
    let mut start = 0;
    text.split_inclusive(PARAMETER_ENDS).filter_map(move |part| {
        let place = start;
        start += part.len();
        let (name, value) = part.split_once('=')?;
        // In markup the sign between parameters is `&amp;`.
        Some((name.trim_start_matches("amp;"), value.trim_end_matches(PARAMETER_ENDS), place + name.len() + 1))
    })
}

/// The password that an address holds, and where it starts: `https://user:password@host`. A password of words alone is an example.
#[must_use]
pub fn password(text: &str) -> Option<(&str, usize)> {
    let start = text.find("://")? + "://".len();
    let rest = &text[start..];
    let end = rest.find(|letter: char| matches!(letter, '/' | '?' | '#' | '"' | '\'' | '<') || letter.is_whitespace());
    let (user, host) = rest[..end.unwrap_or(rest.len())].rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    let is_drawn = password.len() >= 8
        && password.bytes().all(|byte| byte.is_ascii_graphic())
        && password.bytes().any(|byte| byte.is_ascii_digit())
        && password.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_drawn && !name.is_empty() && host.contains('.')).then_some((password, start + name.len() + 1))
}

/// Whether a text is a secret token by its own form: a signed one, that of a service, that of a bot in an address or alone.
#[must_use]
pub fn is_token(value: &str) -> bool {
    if value.len() < SHORTEST {
        return false;
    }
    let is_signed = value.starts_with(SIGNED_START)
        && value.matches('.').count() == 2
        && value.len() > SHORTEST_SIGNED
        && !value.contains(char::is_whitespace);
    let is_drawn = || value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().all(is_token_letter);
    let is_of_service = || TOKEN_STARTS.iter().any(|start| value.starts_with(start)) && is_drawn();
    is_signed || is_of_service() || value.split('/').any(is_bot_token)
}

/// Whether a text may hold a token that [`is_token`] knows by its beginning.
#[must_use]
pub fn may_hold_token(text: &str) -> bool {
    TOKEN_STARTS.iter().chain([&SIGNED_START]).any(|start| text.contains(start))
}

/// Whether a text is the token of a bot of Telegram: its number, a colon and 35 letters.
fn is_bot_token(text: &str) -> bool {
    text.strip_prefix("bot").unwrap_or(text).split_once(':').is_some_and(|(number, key)| {
        (8..=10).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && key.len() == 35
            && key.bytes().all(is_token_letter)
    })
}

fn is_token_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in ["OPENAI_API_KEY", "telegramToken", "x-api-key", "widgetSecretKey", "AppKey", "senha_do_banco", "BOT TOKEN"] {
            assert!(names_secret(name) && may_name_secret(&format!("a = 1\n{name} = 2")), "{name}");
        }
        for name in ["id", "csrfToken", "nextPageToken", "public_token", "key", "keyboard", "pass"] {
            assert!(!names_secret(name), "{name}");
        }
    }

    #[test]
    fn parameters_of_addresses_are_read() {
        let found: Vec<_> = parameters("<a href=\"https://a/b?id=1&amp;token=2#top\">").collect();
        assert_eq!(found[1..], [("id", "1", 24), ("token", "2", 36)]);
    }

    #[test]
    fn passwords_of_addresses_are_read() {
        assert_eq!(password("get https://own:Q7w9e2Rt5y@api.own.dev/x"), Some(("Q7w9e2Rt5y", 16)));
        for text in [
            "https://user:password@api.own.dev",
            "https://own.dev:8443/@own",
            "https://own.dev/?a:b12345678@c.d",
            "sftp://own@own.dev",
            "a:Q7w9e2Rt5y@b.c",
        ] {
            assert_eq!(password(text), None, "{text}");
        }
    }

    #[test]
    fn tokens_are_known_by_their_form() {
        const DRAWN: &str = "4f8a2c9e7b1d6035aa9c1e2f";
        let signed = format!("eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiI1ZTJmIiwianRpIn0.{DRAWN}");
        let bot = "123456789:AAF8a2c9e7b1d6035aa9c1e2f-hJ0q5Zx9k";
        assert!(is_token(&signed) && is_token(&format!("glpat-{DRAWN}")) && is_token(bot));
        assert!(is_token(&format!("sk-proj-{DRAWN}")) && is_token(&format!("APP_USR-12345-{DRAWN}")));
        assert!(is_token(&format!("https://api.telegram.org/bot{bot}/send")));
        assert!(may_hold_token(&format!("{{\"a\": \"{signed}\"}}")) && !may_hold_token(bot));
        for text in ["eyJ.starts.like a token, and has words in it that nobody would take for one", "sk_live_", "SG.", "10:30"] {
            assert!(!is_token(text), "{text}");
        }
    }
}
