//! Where a client reaches a human: evidence for a person; and Kommo's own support in the place of the developer's.

use crate::context::{Address, Context};
use crate::finding::{Findings, Location};
use crate::rule::{Example, Message, Rule};
use crate::text::links::{Link, LinkKind};
use crate::text::tokens::{Phrases, tokens};

static KOMMO: Message = Message {
    id: "support-of-kommo",
    text: "{address} leads to Kommo's own support, which does not answer for this integration.",
    help: "Name a page or a mailbox of your own, where somebody helps with this integration.",
};

static NO_REPLY: Message = Message {
    id: "no-reply",
    text: "{address} is named for support, and by its name nobody reads what is sent there.",
    help: "Name a mailbox that somebody answers, in each declared language.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "support-channels",
    item: "human-support",
    title: "Ways to reach a person",
    why: "Clients who get stuck need somebody who answers in their language.",
    fix: "Name a support page or a mailbox in the manifest, and make sure that someone answers in each declared language.",
    messages: &[&KOMMO, &NO_REPLY],
    bad: &[
        Example {
            path: "manifest.json",
            text: r#"{"widget": {"support": {"link": «"https://www.amocrm.com"», "email": "help@auroranotes.com"}}}"#,
        },
        Example { path: "i18n/en.json", text: r#"{"panel": {"help": "Write to «support@kommo.com»"}}"# },
    ],
    good: &[
        Example {
            path: "manifest.json",
            text: r#"{"widget": {"support": {"link": "https://auroranotes.com/support", "email": "help@auroranotes.com"}}}"#,
        },
        Example {
            path: "i18n/en.json",
            text: r#"{"panel": {"help": "Create a field as <a href='https://www.kommo.com/support/crm/fields/'>Kommo's help pages</a> show"}}"#,
        },
    ],
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
    let own = |address: &&Address| leads_to_kommo(cx, address);
    for address in cx.addresses().iter().filter(own) {
        out.push(out.suspect(&KOMMO, address.location.clone()).arg("address", &*address.link.address));
    }
    for address in cx.addresses().iter().filter(|address| is_in_manifest(cx, address) && takes_no_reply(&address.link)) {
        out.push(out.suspect(&NO_REPLY, address.location.clone()).arg("address", &*address.link.address));
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

fn is_in_manifest(cx: &Context<'_>, address: &Address) -> bool {
    cx.manifest().is_some_and(|manifest| address.location.path.as_ref() == Some(&manifest.path))
}

/// Whether a mailbox only sends.
fn takes_no_reply(link: &Link) -> bool {
    let mailbox = link.address.rsplit(':').next().and_then(|address| address.split('@').next()).unwrap_or_default();
    let name: String = mailbox.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    link.kind == LinkKind::Mail && ["noreply", "donotreply", "dontreply"].contains(&name.to_ascii_lowercase().as_str())
}

/// The domains of Kommo, and those that it had as amoCRM.
const KOMMO_DOMAINS: [&str; 3] = ["kommo.com", "amocrm.com", "amocrm.ru"];

/// Whether an address of the manifest or of a text names Kommo's support as the widget's.
fn leads_to_kommo(cx: &Context<'_>, address: &Address) -> bool {
    let Some(host) = address.link.host() else { return false };
    let Some(kind) = kommo_host(&host) else { return false };
    let is_in_manifest = is_in_manifest(cx, address);
    match address.link.kind {
        LinkKind::Mail => is_in_manifest || address.locale(cx).is_some() && HELP.find(&tokens(&address.link.address)).is_some(),
        LinkKind::Web if is_in_manifest => !leads_to_listing(&address.link.address),
        // A page of the documentation may be named in any text; the door to the support is a contact.
        LinkKind::Web => address.locale(cx).is_some() && is_door(kind, &address.link),
        LinkKind::Phone | LinkKind::Chat => false,
    }
}

/// The name below one of Kommo's domains that the public has to do with: empty for the site itself. Other names are accounts of
/// clients.
fn kommo_host(host: &str) -> Option<&str> {
    const PUBLIC: [&str; 10] = ["", "www", "support", "help", "helpdesk", "es", "pt", "br", "developers", "team"];
    let name = KOMMO_DOMAINS.iter().find_map(|domain| host.strip_suffix(domain))?;
    let name = if name.is_empty() { name } else { name.strip_suffix('.')? };
    PUBLIC.contains(&name).then_some(name)
}

/// The parts of an address's path.
fn path_of(address: &str) -> impl Iterator<Item = &str> {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or_default().split('/').skip(1).filter(|part| !part.is_empty())
}

/// Whether an address is that of a page of the marketplace, where each integration has its own.
fn leads_to_listing(address: &str) -> bool {
    path_of(address).any(|part| ["integrations", "integraciones", "integracoes", "marketplace", "widgets"].contains(&part))
}

/// Whether a link leads to the entrance of Kommo's support rather than to one of its pages.
fn is_door(host: &str, link: &Link) -> bool {
    let mut parts = path_of(&link.address).filter(|part| part.len() > 2);
    match (parts.next(), parts.next()) {
        (None, _) => {
            HELP.find(&tokens(host)).is_some()
                || link.anchor.as_deref().is_some_and(|anchor| HELP.find(&tokens(anchor)).is_some())
        }
        (Some(page), None) => HELP.are(&tokens(page)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn the_support_of_kommo_is_not_that_of_the_widget() {
        const ID: &str = "support-channels";
        let manifest = |key: &str, value: &str| {
            let text = format!(r#"{{"widget": {{"support": {{"{key}": "{value}"}}}}}}"#);
            Widget::clean().file("manifest.json", text).findings(ID)
        };
        for (key, value) in [
            ("link", "https://www.amocrm.com"),
            ("link", "https://www.amocrm.ru/"),
            ("link", "https://www.kommo.com/support"),
            ("link", "www.kommo.com/es/soporte/"),
            ("link", "https://support.kommo.com"),
            ("email", "support@amocrm.com"),
            ("email", "support@kommo.com"),
        ] {
            let quoted = format!("\"{value}\"");
            assert_eq!(manifest(key, value), [suspect("support-of-kommo", "manifest.json", &quoted)], "{value}");
        }
        for (key, value) in [
            ("link", "https://kommo.auroranotes.com"),
            ("link", "https://auroranotes.com/kommo.com"),
            ("link", "https://aurorakommo.com"),
            ("link", "https://aurora.kommo.com/chats"),
            ("link", "https://www.kommo.com/integrations/aurora-notes/"),
            ("email", "kommo@auroranotes.com"),
            ("email", "support@notkommo.com"),
        ] {
            assert_eq!(manifest(key, value), [], "{value}");
        }
        let text = |value: &str| Widget::clean().file("i18n/pt.json", format!(r#"{{"a": "{value}"}}"#)).findings(ID);
        for (value, place) in [
            ("Escreva para support@kommo.com", "support@kommo.com"),
            ("<a href='mailto:support@amocrm.com'>Ajuda</a>", "mailto:support@amocrm.com"),
            ("<a href='https://www.kommo.com/br/suporte/'>Fale conosco</a>", "https://www.kommo.com/br/suporte/"),
            ("<a href='https://www.kommo.com'>Suporte</a>", "https://www.kommo.com"),
        ] {
            assert_eq!(text(value), [suspect("support-of-kommo", "i18n/pt.json", place)], "{value}");
        }
        for value in [
            "Veja como criar um campo: https://www.kommo.com/br/suporte/crm/campos/",
            "<a href='https://www.kommo.com'>Kommo</a>",
            "<a href='https://developers.kommo.com/docs/webhooks'>Ajuda</a>",
            "nome@kommo.com",
        ] {
            assert_eq!(text(value), [], "{value}");
        }
    }

    #[test]
    fn a_mailbox_that_only_sends_is_no_support() {
        let found = |email: &str| {
            let text = format!(r#"{{"widget": {{"support": {{"email": "{email}"}}}}}}"#);
            Widget::clean().file("manifest.json", text).findings("support-channels")
        };
        for email in ["noreply@auroranotes.com", "No-Reply@auroranotes.com", "do_not_reply@auroranotes.com"] {
            assert_eq!(found(email), [suspect("no-reply", "manifest.json", &format!("\"{email}\""))], "{email}");
        }
        assert_eq!(found("reply@auroranotes.com"), []);
        assert_eq!(found("noreplyhelp@auroranotes.com"), []);
    }

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
