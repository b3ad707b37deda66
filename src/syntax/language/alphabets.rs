//! Words in scripts that none of the judged languages is written in: Chinese, Arabic, Hebrew and others.

use crate::syntax::Span;
use crate::text::plain::span;

/// The scripts, each with its letters and the marks that go with them.
const SCRIPTS: [(std::ops::RangeInclusive<char>, &str); 15] = [
    ('\u{370}'..='\u{3FF}', "Greek"),
    ('\u{531}'..='\u{587}', "Armenian"),
    ('\u{5B0}'..='\u{5EA}', "Hebrew"),
    ('\u{620}'..='\u{6D3}', "Arabic"),
    ('\u{900}'..='\u{97F}', "Devanagari"),
    ('\u{980}'..='\u{9FF}', "Bengali"),
    ('\u{A00}'..='\u{A7F}', "Gurmukhi"),
    ('\u{A80}'..='\u{AFF}', "Gujarati"),
    ('\u{B00}'..='\u{D7F}', "South Indian"),
    ('\u{E01}'..='\u{E4E}', "Thai"),
    ('\u{1000}'..='\u{109F}', "Burmese"),
    ('\u{10A0}'..='\u{10FF}', "Georgian"),
    ('\u{3041}'..='\u{30FE}', "Japanese"),
    ('\u{3400}'..='\u{9FFF}', "Chinese"),
    ('\u{AC00}'..='\u{D7A3}', "Korean"),
];

/// The names that languages of these scripts have for themselves, as lists of languages show them.
const OWN_NAMES: [&str; 33] = [
    "ελληνικά",
    "հայերեն",
    "עברית",
    "العربية",
    "عربي",
    "فارسی",
    "اردو",
    "हिन्दी",
    "हिंदी",
    "मराठी",
    "नेपाली",
    "বাংলা",
    "ਪੰਜਾਬੀ",
    "ગુજરાતી",
    "தமிழ்",
    "తెలుగు",
    "ಕನ್ನಡ",
    "മലയാളം",
    "ไทย",
    "ภาษาไทย",
    "မြန်မာ",
    "ქართული",
    "日本語",
    "中文",
    "汉语",
    "漢語",
    "简体中文",
    "繁體中文",
    "繁体中文",
    "中文简体",
    "中文繁體",
    "한국어",
    "조선말",
];

/// Fewer letters than these are a symbol, a face or a name: "微信", "¯\_(ツ)_/¯".
const FEWEST: usize = 4;

/// The words of a plain text that are in such a script, from the first to the last, and the first one's script. Languages' own names are none,
/// and neither is what stands in brackets behind its translation: "China (中国)".
#[must_use]
pub fn other_script(text: &str) -> Option<(Span, &'static str)> {
    // The first bytes of all these letters, and of few others.
    if !text.bytes().any(|byte| matches!(byte, 0xCD..=0xCF | 0xD4..=0xE1 | 0xE3..=0xED)) {
        return None;
    }
    let mut found: Option<(Span, &'static str)> = None;
    let mut count = 0;
    let mut at = 0;
    for word in text.split(|c| script_of(c).is_none()) {
        let place = span(at, at + word.len());
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        let letters = word.chars().count();
        if letters < 2 || OWN_NAMES.contains(&word) || opens_bracket(&text[..place.start as usize]) {
            continue;
        }
        count += letters;
        let first = found.map_or_else(|| word.chars().find_map(script_of), |(_, first)| Some(first));
        found = first.map(|first| (found.map_or(place, |(all, _)| all.join(place)), first));
    }
    found.filter(|_| count >= FEWEST)
}

fn script_of(c: char) -> Option<&'static str> {
    if c < '\u{370}' {
        return None;
    }
    SCRIPTS.iter().find(|(letters, _)| letters.contains(&c)).map(|(_, name)| *name)
}

/// Whether a bracket is open right before a word; marks of the direction of writing may follow it.
fn opens_bracket(before: &str) -> bool {
    let is_direction = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    before.trim_end_matches(is_direction).ends_with(['(', '（', '['])
}

#[cfg(test)]
mod tests {
    use super::other_script;

    #[test]
    fn words_are_found_from_the_first_to_the_last() {
        for (text, words, script) in [
            ("还没有消息", "还没有消息", "Chinese"),
            ("Open 聊天记录 now", "聊天记录", "Chinese"),
            ("メッセージはまだありません", "メッセージはまだありません", "Japanese"),
            ("لا توجد رسائل بعد.", "لا توجد رسائل بعد", "Arabic"),
            ("No: अभी तक कोई संदेश नहीं है", "अभी तक कोई संदेश नहीं है", "Devanagari"),
            ("Δεν υπάρχουν μηνύματα", "Δεν υπάρχουν μηνύματα", "Greek"),
        ] {
            let found = other_script(text).map(|(span, script)| (span.of(text), script));
            assert_eq!(found, Some((words, script)), "{text}");
        }
    }

    #[test]
    fn names_symbols_and_brackets_are_none() {
        for text in [
            "",
            "Olá, não há “mensagens” — ainda… €",
            "Привет, мир",
            "English, 中文（繁體）, 日本語, 한국어, العربية, हिन्दी, ไทย",
            "WeChat (微信支付服务) pay",
            "Saudi Arabia (\u{202b}المملكة العربية\u{202c})",
            "The values α, β, γ, δ and ε",
            "¯\\_(ツ)_/¯ 微信",
            "🚀 Chat ✅",
        ] {
            assert_eq!(other_script(text), None, "{text}");
        }
    }
}
