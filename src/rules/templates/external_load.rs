//! Markup or a stylesheet loads code or styles from another host.

use super::loads::loads;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::rules::scripts::external_code::{CHECKED, KNOWN, report};

static FOREIGN: Message = Message {
    id: "foreign-host",
    text: "`{address}` is loaded from {host}, which is none of the checklist's hosts of public libraries.",
    help: "Put the file into the widget's archive, or take a public library from a host of the checklist (jQuery CDN, Google Hosted Libraries, Microsoft Ajax CDN, Yandex).",
};
/// The rule.
pub static RULE: Rule = Rule {
    id: "external-load",
    item: "external-resources",
    title: "Code or styles from another host",
    why: "What another host serves can change after Kommo's review, so only public libraries may come from outside.",
    fix: "Ship your own files in the archive; take public libraries from the hosts of the checklist.",
    messages: &[&FOREIGN, &CHECKED, &KNOWN],
    bad: &[
        Example { path: "templates/panel.twig", text: "<script src=\"«https://cdn.acme-widgets.com/own.js»\"></script>" },
        Example { path: "style.css", text: "@import «url(https://cdnjs.cloudflare.com/x/1.0.0/x.css)»;" },
    ],
    good: &[
        Example {
            path: "templates/panel.twig",
            text: "<script src=\"https://code.jquery.com/jquery-3.7.1.min.js\"></script><img src=\"https://acme.com/a.png\">",
        },
        Example {
            path: "templates/panel.twig",
            text: "<a href=\"https://acme.com\">x</a><iframe src=\"https://acme.com\"></iframe>",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for load in loads(cx) {
        report(&load.address, load.certainty, &FOREIGN, load.location, out);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Certainty;
    use crate::rules::styles::small;
    use crate::testing::{Seen, certain, suspect};

    fn twig(text: &str) -> Vec<Seen> {
        small().file("templates/panel.twig", text).findings(RULE.id)
    }

    #[test]
    fn what_the_page_does_not_use_as_it_stands_is_suspect() {
        let script = "<script src=\"https://cdn.acme.com/a.js\"></script>";
        let inert = [
            format!("<template><b></b>{script}</template>"),
            format!("<TEMPLATE>{script}"),
            format!("<noscript>{script}</noscript>"),
            "<script type=\"text/template\"><link rel=\"stylesheet\" href=\"https://cdn.acme.com/a.css\"></script>".to_owned(),
        ];
        for text in inert {
            assert!(twig(&text).iter().all(|seen| seen.certainty == Certainty::Suspect), "{text}");
            assert!(!twig(&text).is_empty(), "{text}");
        }
        let in_string = small().file("script.js", format!("own.innerHTML = '<template>{script}</template>{script}';"));
        assert_eq!(
            in_string.findings(RULE.id),
            [
                certain("foreign-host", "script.js", "https://cdn.acme.com/a.js"),
                suspect("foreign-host", "script.js", "https://cdn.acme.com/a.js")
            ]
        );
        let behind = twig(&format!("<template></template>{script}"));
        assert_eq!(behind, [certain("foreign-host", "templates/panel.twig", "https://cdn.acme.com/a.js")]);
    }

    #[test]
    fn what_a_script_puts_into_its_text_is_followed() {
        let script = |text: &str| small().file("script.js", text).findings(RULE.id);
        let link = "$('head').append('<link rel=\"stylesheet\" href=\"' + u + '\">')";
        let address = "'https://cdn.acme.com/a.css'";
        for text in [
            format!("[{address}, '/b.css'].forEach(function (u) {{ {link}; }});"),
            format!("const own = [{address}]; for (const u of [...own, './b.css']) {{ {link}; }}"),
            format!("var own = [{address}]; [].concat(own, ['./b.css']).forEach(function (u) {{ {link}; }});"),
            format!("[{address}].forEach(u => {{ if (own) {link}; else {link}; }});"),
            format!("const own = {address}; function add(u) {{ {link}; }} add(own);"),
        ] {
            assert_eq!(script(&text), [certain("foreign-host", "script.js", address)], "{text}");
        }
        for text in [
            format!("const all = {{ help: {address} }}; const u = all[name]; {link};"),
            format!("[{address}].forEach(function (v) {{ var u = settings.path + v; {link}; }});"),
            format!("[{address}].forEach(function (u) {{ $('head').append('<img src=\"' + u + '\">'); }});"),
        ] {
            assert!(script(&text).is_empty(), "{text}");
        }
    }

    #[test]
    fn hosts_are_judged_by_the_checklist() {
        let cases = [
            ("https://cdn.acme.com/a.js", Some(certain("foreign-host", "templates/panel.twig", "https://cdn.acme.com/a.js"))),
            ("https://a1.ngrok.app/a.js", Some(certain("foreign-host", "templates/panel.twig", "https://a1.ngrok.app/a.js"))),
            ("//cdn.acme.com/a.js", Some(certain("foreign-host", "templates/panel.twig", "//cdn.acme.com/a.js"))),
            (
                "https://cdn.jsdelivr.net/npm/vue",
                Some(suspect("checked-host", "templates/panel.twig", "https://cdn.jsdelivr.net/npm/vue")),
            ),
            ("https://unpkg.com/react", Some(suspect("known-host", "templates/panel.twig", "https://unpkg.com/react"))),
            ("https://js.stripe.com/v3/", Some(suspect("known-host", "templates/panel.twig", "https://js.stripe.com/v3/"))),
            ("https://ajax.googleapis.com/a.js", None),
            ("https://www.kommo.com/a.js", None),
            ("/a.js", None),
            ("a.js", None),
            ("{{ path }}/a.js", None),
            ("https://{{ host }}/a.js", None),
            ("http://localhost:3000/a.js", None),
            ("https://192.168.0.2/a.js", None),
        ];
        for (address, expected) in cases {
            let seen = twig(&format!("<script src=\"{address}\"></script>"));
            assert_eq!(seen, expected.into_iter().collect::<Vec<_>>(), "{address}");
        }
    }

    #[test]
    fn loads_are_told_from_other_addresses() {
        for markup in ["<link rel=\"stylesheet\" href=\"//a.com/x.css\">", "<link rel='preload' as='script' href='//a.com/x.js'>"]
        {
            assert_eq!(twig(markup).len(), 1, "{markup}");
        }
        for markup in [
            "<link rel=\"icon\" href=\"//a.com/x.png\">",
            "<script type=\"application/json\" src=\"//a.com/x\"></script>",
            "<img src=//a.com/x>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
            "<!-- <script src=\"//a.com/x.js\"></script> -->",
            "{# <script src='//a.com/x'></script> #}",
        ] {
            assert_eq!(twig(markup), [], "{markup}");
        }
    }

    #[test]
    fn markup_in_scripts_counts() {
        let seen = small()
            .file("script.js", "$('head').append('<link rel=\"stylesheet\" href=\"https://a.com/x.css\">');")
            .findings(RULE.id);
        assert_eq!(seen, [certain("foreign-host", "script.js", "https://a.com/x.css")]);
    }

    #[test]
    fn markup_that_stays_text_in_scripts_loads_nothing() {
        for code in [
            "$('.own').text(s)",
            "$('.own').val(s)",
            "navigator.clipboard.writeText(s)",
            "$('.own').attr('title', s)",
            "own.setAttribute('data-code', s)",
        ] {
            let script = code.replace("s)", "'<script src=\"https://a.com/x.js\"></script>')");
            assert_eq!(small().file("script.js", script).findings(RULE.id), [], "{code}");
        }
        for code in ["own.setAttribute('srcdoc', s)", "$('.own').attr(name, s)", "tpl.replace('%', s)"] {
            let script = code.replace("s)", "'<script src=\"https://a.com/x.js\"></script>')");
            assert_eq!(small().file("script.js", script).findings(RULE.id).len(), 1, "{code}");
        }
    }

    #[test]
    fn a_script_tag_in_a_text_that_may_be_shown_is_suspect() {
        let seen = |code: &str| {
            let script = code.replace("s)", "'<script src=\"https://a.com/x.js\"></script>')");
            small().file("script.js", script).findings(RULE.id)
        };
        let place = "https://a.com/x.js";
        for code in [
            "new FormData().append('code', s)",
            "show({ code: (s) })",
            "var own = (s); list.push(own)",
            "own.copy(s)",
            "$.parseHTML(s)",
        ] {
            assert_eq!(seen(code), [suspect("foreign-host", "script.js", place)], "{code}");
        }
        for code in [
            "$('.own').html(s)",
            "var own = (s); $('.own').append(own)",
            "own.innerHTML = (s)",
            "document.write(s)",
            "var own = '<b>'; own += (s); $('.own').html(own)",
        ] {
            assert_eq!(seen(code), [certain("foreign-host", "script.js", place)], "{code}");
        }
        assert_eq!(seen("own.value = (s)"), []);
    }

    #[test]
    fn constants_count_once() {
        for constant in
            ["<link rel=\"stylesheet\" href=\"https://a.com/x.css\">", "@import \"https://a.com/x.css\"; .own { top: 0 }"]
        {
            let script =
                format!("var own = '{constant}'; $('head').append('<style>' + own + '</style>').append('<p>' + own + '</p>');");
            assert_eq!(small().file("script.js", script).findings(RULE.id).len(), 1, "{constant}");
        }
    }

    #[test]
    fn late_imports_are_suspect() {
        let seen = small().file("style.css", ".own { top: 0 } @import '//a.com/x.css';").findings(RULE.id);
        assert_eq!(seen, [suspect("foreign-host", "style.css", "'//a.com/x.css'")]);
    }
}
