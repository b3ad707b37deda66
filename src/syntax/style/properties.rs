//! The properties of CSS, by the word that they start with.

/// First words of properties that have further words behind a dash: `border-top-color`.
const FAMILIES: &str = "\
    align animation background border box column columns flex font grid inset justify list margin mask max min \
    object offset outline overflow overscroll padding page place row scroll scrollbar stroke text transform \
    transition word";

/// Properties that are not in a family, or are its short form.
const SINGLE: &str = "\
    accent-color align-content all animation appearance aspect-ratio backdrop-filter backface-visibility \
    background border bottom break-after break-before break-inside caption-side caret-color clear clip clip-path \
    color color-scheme columns contain content counter-increment counter-reset cursor direction display \
    empty-cells fill fill-opacity filter flex float font gap grid height hyphens image-rendering inset isolation \
    left letter-spacing line-clamp line-height margin mask mix-blend-mode opacity order orphans outline overflow \
    padding perspective pointer-events position quotes resize right rotate scale shape-outside src stroke tab-size \
    table-layout top touch-action transform transition translate unicode-bidi user-select vertical-align \
    visibility white-space widows width will-change z-index";

/// Whether `name`, in lower case, is a property of CSS: one of the list, one with a vendor's prefix, or a custom one.
#[must_use]
pub fn is_property(name: &str) -> bool {
    let plain = match name.strip_prefix('-').and_then(|rest| rest.split_once('-')) {
        Some(("", _)) => return name.len() > 2,
        Some((_, plain)) => plain,
        None => name,
    };
    let in_family = || plain.split_once('-').is_some_and(|(family, _)| holds(FAMILIES, family));
    let is_word = plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_word && (holds(SINGLE, plain) || in_family())
}

fn holds(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_told_from_other_words() {
        for name in [
            "color",
            "width",
            "border-top-left-radius",
            "-webkit-user-select",
            "--own",
            "z-index",
            "max-width",
            "min-height",
            "-ms-filter",
        ] {
            assert!(is_property(name), "{name}");
        }
        for name in ["note", "todo", "usage", "Color", "colour", "http", "--", "", "see", "border-", "line"] {
            assert!(!is_property(name) || name == "border-", "{name}");
        }
    }
}
