//! The widget's name does not say who made it.

use super::{TEXT_ABSENT, TEXT_NOWHERE, TEXT_UNNAMED, named, plain, report_unjudged};
use crate::context::{Context, ListingText};
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};

static NO_CREATOR: Message = Message {
    id: "no-creator",
    text: "The name does not end in \"via\" and its creator's name ({languages}): \"{name}\".",
    help: "Write the name as \"<what it is> via <who made it>\", for example \"{name} via Acme\", within 30 characters.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "name-without-via",
    item: "name-via",
    title: "Name without its creator",
    why: "Several companies may connect the same service. The checklist asks that the name says whose integration it is.",
    fix: "Follow the name by \"via\" and the creator's name, in every language.",
    messages: &[&NO_CREATOR, &TEXT_NOWHERE, &TEXT_UNNAMED, &TEXT_ABSENT],
    bad: &[Example { path: "i18n/pt.json", text: r#"{"widget": {"name": «"Notas de turno"»}}"# }],
    good: &[
        Example { path: "i18n/pt.json", text: r#"{"widget": {"name": "Notas de turno via Aurora"}}"# },
        Example { path: "i18n/pt.json", text: r#"{"widget": {"name": "Notas VIA Aurora"}}"# },
    ],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let name = cx.listing_text(&["widget", "name"]);
    report_unjudged(cx, &name, "name", out);
    let ListingText::Shown { texts, .. } = name else { return };
    let declared = texts.iter().filter(|text| text.locale.is_none_or(|locale| locale.declared));
    let lacking: Vec<_> = declared.filter(|text| !names_creator(&plain(text).text)).collect();
    let Some(first) = lacking.first() else { return };
    let languages: Vec<_> = lacking.iter().map(|text| text.language()).collect();
    let finding = out
        .suspect(&NO_CREATOR, first.location.clone())
        .arg("languages", languages.join(", "))
        .arg("name", &*plain(first).text)
        .also_at(lacking[1..].iter().map(|text| text.location.clone()));
    out.push(named(finding, first));
}

/// Whether "via" stands between two words.
fn names_creator(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().collect();
    // In a file of Latin-1, a "?" stands for the accented letter.
    let is_via =
        |word: &str| matches!(word.trim_start_matches('(').to_lowercase().as_str(), "via" | "vía" | "vi\u{301}a" | "v?a");
    let is_name = |word: &&str| word.contains(char::is_alphanumeric);
    words.iter().enumerate().any(|(at, word)| is_via(word) && at > 0 && words[at + 1..].iter().any(is_name))
}

#[cfg(test)]
mod tests {
    use super::names_creator;
    use crate::testing::Widget;

    #[test]
    fn via_stands_between_two_names() {
        for name in [
            "WhatsApp via Zenvia",
            "Notas vía Aurora",
            "Notas v?a Aurora",
            "Notas Vía Aurora S.A.",
            "A via B",
            "Notes (via Aurora)",
        ] {
            assert!(names_creator(name), "{name}");
        }
        for name in
            ["WhatsApp", "via Zenvia", "WhatsApp via", "Zenvia WhatsApp", "Notes by Aurora", "Aviator viable", "Notes via ..."]
        {
            assert!(!names_creator(name), "{name}");
        }
    }

    #[test]
    fn one_finding_names_every_language() {
        let report = Widget::clean()
            .file("i18n/en.json", r#"{"widget": {"name": "Notes"}}"#)
            .file("i18n/es.json", r#"{"widget": {"name": "Notas"}}"#)
            .file("i18n/ru.json", r#"{"widget": {"name": "Заметки"}}"#)
            .report();
        let found: Vec<_> =
            report.items.iter().flat_map(|item| &item.findings).filter(|f| f.rule.id == "name-without-via").collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].args["languages"].to_string(), "en, es");
        assert_eq!(found[0].related[0].location.path.as_deref(), Some("i18n/es.json"));
    }
}
