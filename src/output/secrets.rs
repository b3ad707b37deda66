//! Covers the secrets that a package leaks, wherever something of the package is shown.

use crate::finding::{Arg, Args, Location, masked};
use crate::order;
use crate::package::Package;
use std::borrow::Cow;

/// Texts shorter than this are too common to be covered wherever they stand.
const MIN_CHARS: usize = 6;

/// So many characters of a secret tell it from other texts; a longer one may be cut off where it is quoted.
const TELLING_CHARS: usize = 12;

/// More secrets than this are not covered: they cannot be real.
const MAX_SECRETS: usize = 500;

/// Characters of a secret that are shown.
const SHOWN_CHARS: usize = 4;

/// The texts that must not be shown.
#[derive(Clone, Default)]
pub struct Secrets(Vec<Secret>);

#[derive(Clone)]
struct Secret {
    text: String,
    /// Its first [`TELLING_CHARS`].
    start: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

impl Secrets {
    /// The texts at `places`.
    #[must_use]
    pub fn new(places: &[Location], package: &Package) -> Self {
        let text_at = |place: &Location| {
            let (file, span) = (package.files.get(place.path.as_deref()?)?, place.span?);
            let bytes = file.bytes().get(span.start as usize..span.end as usize)?;
            let text = std::str::from_utf8(bytes).ok()?.trim_matches(['"', '\'', '`']);
            (text.chars().count() >= MIN_CHARS).then(|| text.to_owned())
        };
        let texts = order::set(places.iter().filter_map(text_at).take(MAX_SECRETS));
        let secret = |text: String| Secret { start: text.chars().take(TELLING_CHARS).collect(), text };
        Self(texts.into_iter().map(secret).collect())
    }

    /// `text` with each secret, or the beginning of one at which the text was cut off, replaced by its first characters and dots.
    #[must_use]
    pub fn mask(&self, text: String) -> String {
        let masked = match self.replace(&text, masked) {
            Cow::Borrowed(_) => None,
            Cow::Owned(masked) => Some(masked),
        };
        masked.unwrap_or(text)
    }

    /// The arguments of a message, masked.
    #[must_use]
    pub fn mask_args(&self, mut args: Args) -> Args {
        for arg in args.values_mut() {
            if let Arg::Text(text) = arg {
                *text = self.mask(std::mem::take(text));
            }
        }
        args
    }

    /// Source text with each secret dotted out, byte for byte, so that places hold.
    #[must_use]
    pub fn cover<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replace(text, |secret| {
            let shown: String = secret.chars().take(SHOWN_CHARS).collect();
            let dots = secret.len() - shown.len();
            shown + &".".repeat(dots)
        })
    }

    fn replace<'t>(&self, text: &'t str, cover: impl Fn(&str) -> String) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.0 {
            if text.contains(&secret.start) {
                text = Cow::Owned(secret.replaced_in(&text, &cover));
            }
        }
        text
    }
}

impl Secret {
    fn replaced_in(&self, text: &str, cover: impl Fn(&str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.find(&self.start).map(|at| rest.split_at(at)) {
            out.push_str(before);
            let len: usize = after.chars().zip(self.text.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
            let (found, tail) = after.split_at(len);
            if found == self.text || tail == "…" || tail.is_empty() {
                out.push_str(&cover(found));
            } else {
                out.push_str(found);
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Span;
    use crate::testing::Widget;

    const KEY: &str = "Zx81kQpLm20sWvTt";

    fn secrets() -> Secrets {
        let package = Widget::empty().file("script.js", format!("var key = '{KEY}';")).package();
        Secrets::new(&[Location::span("script.js", Span::new(10, 28))], &package)
    }

    #[test]
    fn secrets_are_masked_in_words() {
        assert_eq!(secrets().mask(format!("send {KEY} and {KEY}.")), "send Zx81.... and Zx81.....");
        assert_eq!(secrets().mask("send Zx81kQpLm20sWv…".to_owned()), "send Zx81....…");
        assert_eq!(secrets().mask("send Zx81kQpLm20 elsewhere".to_owned()), "send Zx81kQpLm20 elsewhere");
    }

    #[test]
    fn secrets_are_dotted_out_in_sources_without_moving_anything() {
        let text = format!("a {KEY} é");
        let covered = secrets().cover(&text).into_owned();
        assert_eq!(covered, "a Zx81............ é");
        assert_eq!(covered.len(), text.len());
    }

    #[test]
    fn secrets_are_not_printed_by_debug() {
        assert_eq!(format!("{:?}", secrets()), "Secrets(1)");
    }
}
