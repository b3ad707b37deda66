//! Where a client reaches a human: evidence for a person.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::Rule;
use crate::text::links::{Link, LinkKind};
use crate::text::tokens::{Phrases, tokens};

/// The rule.
pub static RULE: Rule = Rule {
    id: "support-channels",
    item: "human-support",
    title: "Ways to reach a person",
    why: "Clients who get stuck need somebody who answers in their language.",
    fix: "Name a support page or a mailbox in the manifest, and make sure that someone answers in each declared language.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

/// Words of addresses and anchors that lead to help.
static HELP: Phrases = Phrases::of(&[
    "support",
    "help",
    "helpdesk",
    "contact",
    "soporte",
    "ayuda",
    "contacto",
    "suporte",
    "ajuda",
    "contato",
    "destek",
    "bantuan",
    "поддержк*",
    "помощь",
]);

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut any = false;
    for address in cx.addresses().iter().filter(|address| reaches_a_person(&address.link)) {
        any = true;
        out.evidence("support", address.language(cx), address.shown(), address.location.clone());
    }
    if !any {
        let note = "Neither the manifest nor the texts name a support page, a mailbox, a telephone number or a chat.";
        let at = cx.manifest().map_or_else(Location::package, |manifest| Location::file(&*manifest.path));
        out.evidence("note", "Support", note, at);
    }
}

fn reaches_a_person(link: &Link) -> bool {
    let speaks_of_help = |text: &str| HELP.find(&tokens(text)).is_some();
    link.kind != LinkKind::Web || speaks_of_help(&link.address) || link.anchor.as_deref().is_some_and(speaks_of_help)
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    fn support(widget: &Widget) -> Vec<String> {
        let report = widget.report();
        let item = report.items.into_iter().find(|result| result.item.id == "human-support").unwrap();
        item.evidence.into_iter().map(|evidence| format!("{}: {}", evidence.label, evidence.value)).collect()
    }

    #[test]
    fn pages_mailboxes_and_chats() {
        let text = r#"{"a": "wa.me/5511", "b": "<a href='tel:+55 11'>Ligue</a>", "c": "https://acme.com/terms"}"#;
        let found = support(&Widget::clean().file("i18n/pt.json", text));
        assert_eq!(
            found,
            [
                "pt: wa.me/5511",
                "pt: tel:+55 11 (Ligue)",
                "all languages: https://auroranotes.com/support",
                "all languages: help@auroranotes.com"
            ]
        );
    }

    #[test]
    fn nobody_to_reach_is_said() {
        assert!(support(&Widget::empty().file("manifest.json", "{}"))[0].starts_with("Support: Neither"));
    }
}
