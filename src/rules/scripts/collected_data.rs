//! What a script sends, where to, and what it keeps in the browser.

use super::readable;
use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::kommo::hosts::{Address, is_local};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "collected-data",
    item: "data-minimal",
    title: "Hosts, cookies and storage",
    why: "Only a person can judge whether the widget needs the data that it collects; the places where it does are listed.",
    fix: "Collect and send only what the widget needs, and explain it in the privacy policy.",
    messages: &[],
    bad: &[],
    good: &[],
    about_code: true,
    check,
};

/// Where browsers keep data for a page.
const STORES: [(&str, &str); 5] = [
    ("document.cookie", "Cookies"),
    ("cookieStore", "Cookies"),
    ("localStorage", "localStorage"),
    ("sessionStorage", "sessionStorage"),
    ("indexedDB", "indexedDB"),
];
/// Hosts that name an XML dialect, and receive nothing.
const NAMESPACES: [&str; 3] = ["www.w3.org", "schemas.microsoft.com", "ns.adobe.com"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for text in script.texts().filter(|&text| script.code(text).contains("//")) {
            if let Some(content) = script.text(text) {
                add_host(&content.text, examined.at(script.span(text)), out);
            }
        }
        for (path, label) in STORES {
            for used in script.uses(path) {
                let written = script.parent(used);
                let writes = script.assigned_value(used).is_some();
                let label = if path == "document.cookie" && !writes { "Cookies, read" } else { label };
                out.evidence(
                    "storage",
                    label,
                    script.code(written).chars().take(80).collect::<String>(),
                    examined.at(script.span(used)),
                );
            }
        }
    }
    for markup in cx.markups() {
        let attributes = markup.facts.elements.iter().flat_map(|element| &element.attributes);
        for attribute in attributes.filter(|attribute| matches!(&*attribute.name, "src" | "action")) {
            add_host(&attribute.value.text, markup.at(attribute.value_span), out);
        }
    }
}

/// Lists the host of a text that is an address, if data can get there.
fn add_host(text: &str, at: Location, out: &mut Findings<'_>) {
    let address = Address::parse(text).filter(|address| !is_local(address.host) && !NAMESPACES.contains(&address.host));
    if let Some(address) = address {
        out.evidence("host", "Host", readable(address.host), at);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Widget;

    #[test]
    fn hosts_and_stores_are_evidence() {
        let script = "fetch('https://api.acme.com/v1'); document.cookie = 'a=1'; localStorage.setItem('a', 1); own = document.cookie; el.innerHTML = '<img src=\"//acme.net/a.png\"><a href=\"//acme.org\"></a>'; ns = 'http://www.w3.org/2000/svg'";
        let report = Widget::clean().file("script.js", script).report();
        let evidence: Vec<_> = report
            .items
            .iter()
            .filter(|item| item.item.id == "data-minimal")
            .flat_map(|item| &item.evidence)
            .filter(|evidence| matches!(evidence.kind, "host" | "storage"))
            .map(|evidence| format!("{}: {}", evidence.label, evidence.value))
            .collect();
        let expected = [
            "Host: api.acme.com",
            "Cookies: document.cookie = 'a=1'",
            "Cookies, read: own = document.cookie",
            "localStorage: localStorage.setItem",
            "Host: acme.net",
        ];
        assert_eq!(evidence, expected);
    }
}
