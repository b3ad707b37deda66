//! Did you mean: the known word that a misspelt one stands for.

/// The known word that `word` misspells: one or two edits away, or the same letters in another case or with other separators.
/// Nothing when `word` is known itself.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    all_nearest(word, known).into_iter().next()
}

/// Every known word that `word` may misspell, all equally near.
#[must_use]
pub fn all_nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    const LONGEST: usize = 100;
    /// More separators than a name has, and two letters.
    const LONGER: usize = 6;
    /// Two edits change the length by two at most.
    const MOST_LETTERS: usize = 2;
    if word.len() > LONGEST {
        return Vec::new();
    }
    let letters = letters(word);
    let lower = word.trim().to_lowercase();
    let mut least = usize::MAX;
    let mut nearest = Vec::new();
    for candidate in known {
        if candidate == word {
            return Vec::new();
        }
        if word.len().abs_diff(candidate.len()) > LONGER {
            continue;
        }
        let distance = if is_same(candidate, &letters) {
            0
        } else if lower.chars().count().abs_diff(candidate.len()) > MOST_LETTERS {
            continue;
        } else {
            strsim::osa_distance(&lower, candidate)
        };
        if distance > least || distance > allowed(&lower, candidate) {
            continue;
        }
        if distance < least {
            nearest.clear();
        }
        least = distance;
        nearest.push(candidate);
    }
    nearest
}

/// The edits that still make a misspelling: in short words two changed letters make another word.
fn allowed(word: &str, known: &str) -> usize {
    let same_start = word.chars().next() == known.chars().next();
    match word.chars().count().min(known.chars().count()) {
        0..=2 => 0,
        3 | 4 => 1,
        5 => 1 + usize::from(same_start),
        _ => 2,
    }
}

/// Whether a known word, which is in lower case, has just these letters and digits.
fn is_same(known: &str, letters: &str) -> bool {
    known.chars().filter(|c| c.is_alphanumeric()).eq(letters.chars())
}

/// The letters and digits of a word, in lower case.
fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{all_nearest, nearest};

    const KNOWN: [&str; 6] = ["lcard-1", "lcard", "settings", "sms", "short_description", "salesbot_designer"];

    #[test]
    fn misspellings_are_recognised() {
        for (word, meant) in [
            ("lcrad-1", "lcard-1"),
            ("lcard_1", "lcard-1"),
            ("setings", "settings"),
            ("Settings", "settings"),
            ("shortDescription", "short_description"),
            ("salesbot-designer", "salesbot_designer"),
            ("short_desciptoin", "short_description"),
            ("smss", "sms"),
        ] {
            assert_eq!(nearest(word, KNOWN), Some(meant), "{word}");
        }
    }

    #[test]
    fn what_is_equally_near_is_meant_equally() {
        let known = ["llist", "clist", "lcard", "lists"];
        assert_eq!(all_nearest("list", known), ["llist", "clist", "lists"]);
        assert_eq!(all_nearest("lcrad", known), ["lcard"]);
    }

    #[test]
    fn other_words_are_not() {
        for word in ["sms", "lcard", "board", "mail", "widget", "s", "", "description"] {
            assert_eq!(nearest(word, KNOWN), None, "{word}");
        }
    }
}
