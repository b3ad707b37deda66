//! A language without a link to a privacy policy.

use crate::context::{Address, Context, Lacking};
use crate::finding::Findings;
use crate::package::locale::language_of;
use crate::rule::{Example, Message, Rule};
use crate::text::links::{Link, LinkKind};

static ABSENT: Message = Message {
    id: "no-privacy-link",
    text: "No link for {language} is about privacy.",
    help: "Add a link to your privacy policy in this language, for example at the end of the description. If the link stands only in \
           the form of the integration, check it there.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-privacy-link",
    item: "privacy-policy",
    title: "Privacy policy not linked",
    why: "Clients must be able to read, in their language, what happens to the data of their own customers.",
    fix: "Link the privacy policy in every language, to a page in that language.",
    messages: &[&ABSENT],
    bad: &[Example {
        path: "i18n/es.json",
        text: r#"{"widget": {"description": "Notas para tu equipo. <a href=\"https://auroranotes.com/es/terminos\">Condiciones</a>"}}"#,
    }],
    good: &[Example {
        path: "i18n/es.json",
        text: r#"{"panel": {"legal": "<a href=\"https://auroranotes.com/es/legal\">Tratamiento de datos personales</a>"}}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let is_about_privacy = |link: &Link| link.kind == LinkKind::Web && link.is_about_privacy();
    let links: Vec<_> = cx.addresses().iter().filter(|address| is_about_privacy(&address.link)).collect();
    for address in &links {
        out.evidence("link", address.language(cx), address.shown(), address.location.clone());
    }
    let with_file = cx.locales().declared().filter(|locale| locale.proves_absence());
    let with_file = with_file.map(|locale| Lacking::of(locale, None));
    for Lacking { language, path, location, .. } in with_file.chain(cx.languages_without_file().iter().cloned()) {
        // A link in a template serves every language, unless its address names one.
        let serves = |address: &&Address| match address.locale(cx) {
            Some(other) => other.path == path,
            None => {
                let named = address.link.languages();
                named.is_empty() || named.contains(&&*language_of(&language))
            }
        };
        if !links.iter().any(serves) {
            out.push(out.suspect(&ABSENT, location).arg("language", language));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, suspect};

    #[test]
    fn each_language_needs_its_own() {
        let found =
            Widget::clean().file("i18n/pt.json", r#"{"a": "https://auroranotes.com/ajuda"}"#).findings("missing-privacy-link");
        assert_eq!(found, [suspect("no-privacy-link", "i18n/pt.json", "")]);
        let no_file = Widget::clean().without("i18n/pt.json").findings("missing-privacy-link");
        assert_eq!(no_file, [suspect("no-privacy-link", "manifest.json", "\"pt\"")]);
        assert_eq!(Widget::clean().file("i18n/tr.json", r#"{"a": "b"}"#).findings("missing-privacy-link"), []);
    }

    #[test]
    fn a_template_serves_every_language() {
        let widget = Widget::clean().file("i18n/pt.json", r#"{"a": "Salvar"}"#);
        let template = r#"<a href="https://auroranotes.com/privacy">{{ texts.privacy }}</a>"#;
        assert_eq!(widget.clone().file("templates/panel.twig", template).findings("missing-privacy-link"), []);
        let spanish = r#"<a href="https://auroranotes.com/es/privacidad">{{ texts.privacy }}</a>"#;
        assert_eq!(widget.file("templates/panel.twig", spanish).findings("missing-privacy-link").len(), 1);
    }
}
