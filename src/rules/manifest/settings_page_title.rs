//! A page that the widget adds to Kommo's menu or settings is called like one of Kommo's own, or stands in the wrong place.

use crate::context::{Context, ListingText};
use crate::finding::{Findings, Location};
use crate::kommo::manifest::MENU_ITEMS;
use crate::package::locale::Reading;
use crate::package::manifest::ManifestText;
use crate::rule::{Example, Message, Rule};
use crate::similar::nearest;
use crate::syntax::Fragment;
use crate::text::plain::Plain;

static KOMMO_NAME: Message = Message {
    id: "kommo-name",
    text: "\"{title}\" is the name of a page of Kommo itself.",
    help: "Choose a name of its own, best with your integration's name in it, so that nobody takes the page for Kommo's.",
};
static NAMED_HERE: Message = Message { id: "named-here", text: "Named here.", help: "" };
static WRONG_ORDER: Message = Message {
    id: "wrong-order",
    text: "\"{value}\" is no menu item that a page can stand after.",
    help: "{advice}Kommo takes {known}.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "settings-page-title",
    item: "settings-page",
    title: "Page that passes for one of Kommo's",
    why: "Users must be able to tell the integration's pages from Kommo's own, by their name and by their place.",
    fix: "Name the page after the integration, and let it follow one of Kommo's menu items.",
    messages: &[&KOMMO_NAME, &WRONG_ORDER],
    bad: &[Example {
        path: "manifest.json",
        text: r#"{"left_menu": {"notes": {"title": "panel.title", "sort": {"after": «"home"»}}}, "locations": ["widget_page"]}"#,
    }],
    good: &[Example {
        path: "manifest.json",
        text: r#"{"left_menu": {"notes": {"title": "panel.title", "sort": {"after": "leads"}}}, "locations": ["widget_page"]}"#,
    }],
    about_code: false,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(manifest) = cx.manifest() else { return };
    let items = manifest.menu_items();
    if items.is_empty() && !manifest.has_location("advanced_settings") && manifest.block(&["advanced"]).is_none() {
        // A manifest that was not read whole may have hidden either.
        if cx.manifest_is_whole() {
            out.not_applicable();
        }
        return;
    }
    for item in &items {
        if let Some(after) = &item.after
            && !MENU_ITEMS.contains(&&*after.value.text)
        {
            let meant = nearest(&after.value.text, MENU_ITEMS);
            let advice = meant.map_or_else(String::new, |meant| format!("Did you mean \"{meant}\"? "));
            let finding = out.suspect(&WRONG_ORDER, Location::span(&*manifest.path, after.span));
            out.push(finding.arg("value", &*after.value.text).arg("advice", advice).arg("known", MENU_ITEMS.join(", ")));
        }
    }
    for title in items.into_iter().filter_map(|item| item.title) {
        judge_title(cx, &manifest.path, &title, out);
    }
    match manifest.text(&["advanced", "title"]) {
        Some(title) => judge_title(cx, &manifest.path, &title, out),
        // Without a title of its own, the page has the widget's name.
        None => {
            if let ListingText::Shown { texts, .. } = cx.listing_text(&["widget", "name"]) {
                for text in texts {
                    out.evidence("text", text.language(), &*text.value.text, text.location.clone());
                }
            }
        }
    }
}

fn judge_title(cx: &Context<'_>, path: &str, title: &ManifestText<'_>, out: &mut Findings<'_>) {
    let named_at = Location::span(path, title.span);
    match cx.locales().resolve(title) {
        Reading::Literal(text) => judge_text("the manifest", text, named_at, None, out),
        Reading::Nowhere => out.evidence("text", title.place.clone(), title.text(), named_at),
        Reading::Key(texts) => {
            for (locale, text) in texts {
                if let Some(text) = text {
                    let at = Location::span(&*locale.path, text.span);
                    judge_text(&locale.code, &text.value, at, Some(named_at.clone()), out);
                }
            }
        }
    }
}

fn judge_text(language: &str, title: &Fragment<'static>, at: Location, named_at: Option<Location>, out: &mut Findings<'_>) {
    let plain = Plain::of(&title.text).text;
    out.evidence("text", language, &*plain, at.clone());
    if KOMMO_PAGES.contains(&plain.to_lowercase().as_str()) {
        let mut finding = out.suspect(&KOMMO_NAME, at).arg("title", &*plain);
        if let Some(named_at) = named_at {
            finding = finding.related(&NAMED_HERE, named_at);
        }
        out.push(finding);
    }
}

/// Names of Kommo's menu items and settings pages in the languages that widgets come in, in lower case.
const KOMMO_PAGES: [&str; 98] = [
    "dashboard",
    "leads",
    "chats",
    "inbox",
    "calendar",
    "tasks",
    "lists",
    "mail",
    "stats",
    "statistics",
    "analytics",
    "reports",
    "settings",
    "general settings",
    "integrations",
    "marketplace",
    "users",
    "billing",
    "invoices",
    "purchases",
    "contacts",
    "companies",
    "customers",
    "broadcasting",
    "communication tools",
    "kommo",
    "kommo settings",
    "amocrm",
    "panel",
    "tablero",
    "bandeja de entrada",
    "calendario",
    "tareas",
    "listas",
    "correo",
    "estadísticas",
    "analítica",
    "informes",
    "ajustes",
    "configuración",
    "ajustes generales",
    "configuración general",
    "integraciones",
    "usuarios",
    "facturación",
    "facturas",
    "contactos",
    "empresas",
    "compañías",
    "clientes",
    "configuración de kommo",
    "ajustes de kommo",
    "painel",
    "caixa de entrada",
    "calendário",
    "tarefas",
    "e-mail",
    "email",
    "estatísticas",
    "análises",
    "relatórios",
    "configurações",
    "configurações gerais",
    "integrações",
    "usuários",
    "cobrança",
    "faturamento",
    "faturas",
    "contatos",
    "configurações do kommo",
    "рабочий стол",
    "сделки",
    "чаты",
    "календарь",
    "задачи",
    "списки",
    "почта",
    "аналитика",
    "настройки",
    "общие настройки",
    "интеграции",
    "пользователи",
    "контакты",
    "компании",
    "покупатели",
    "счета",
    "ayarlar",
    "genel ayarlar",
    "kullanıcılar",
    "entegrasyonlar",
    "takvim",
    "görevler",
    "pengaturan",
    "pengaturan umum",
    "pengguna",
    "integrasi",
    "kalender",
    "tugas",
];

#[cfg(test)]
mod tests {
    use crate::report::Outcome;
    use crate::testing::{Widget, suspect};

    const MENU: &str =
        r#"{"widget": {"locale": ["en", "es"]}, "left_menu": {"a": {"title": "panel.title", "sort": {"after": "leads"}}}}"#;

    #[test]
    fn a_name_of_kommo_is_suspect_in_the_language_that_has_it() {
        let widget = Widget::clean().file("manifest.json", MENU).file("i18n/es.json", r#"{"panel": {"title": "Configuración"}}"#);
        assert_eq!(widget.findings("settings-page-title"), [suspect("kommo-name", "i18n/es.json", "\"Configuración\"")]);
    }

    #[test]
    fn titles_are_evidence_and_the_item_is_a_persons() {
        let report = Widget::clean().file("manifest.json", MENU).report();
        let item = report.items.iter().find(|result| result.item.id == "settings-page").unwrap();
        assert_eq!(item.outcome, Outcome::Manual);
        assert!(item.evidence.iter().any(|evidence| evidence.value == "Notes of the last shift"));
    }

    #[test]
    fn widgets_without_pages_have_nothing_to_judge() {
        assert_eq!(Widget::clean().outcome("settings-page"), Outcome::NotApplicable);
    }

    #[test]
    fn a_misspelt_item_is_recognised() {
        let text = MENU.replace("leads", "stat");
        let found = Widget::clean().file("manifest.json", text).findings("settings-page-title");
        assert_eq!(found, [suspect("wrong-order", "manifest.json", "\"stat\"")]);
    }
}
