//! Markup or a stylesheet uses a CDN in a way that cannot be trusted.

use super::loads::loads;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Rule};
use crate::rules::scripts::untrusted_code::{INSECURE, LOOK_ALIKE, NO_VERSION, report};

/// The rule.
pub static RULE: Rule = Rule {
    id: "untrusted-load",
    item: "trusted-cdn",
    title: "Load that cannot be trusted",
    why: "What runs in Kommo's page must be what the reviewers saw: from the right host, unchanged on its way, and the same tomorrow.",
    fix: "Use https, a host of the checklist, and an address with the library's whole version.",
    messages: &[&INSECURE, &LOOK_ALIKE, &NO_VERSION],
    bad: &[
        Example {
            path: "templates/panel.twig", text: "<script src=\"«http://code.jquery.com/jquery-3.7.1.min.js»\"></script>"
        },
        Example { path: "templates/panel.twig", text: "<script src=\"«https://cdn.jsdelivr.net/npm/vue»\"></script>" },
    ],
    good: &[Example {
        path: "templates/panel.twig",
        text: "<script src=\"https://cdn.jsdelivr.net/npm/vue@2.6.14/dist/vue.min.js\"></script>",
    }],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    loads(cx).iter().for_each(|load| report(&load.address, load.certainty, &load.location, out));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Certainty;
    use crate::rules::styles::small;

    fn script(address: &str) -> Vec<(Certainty, &'static str)> {
        let seen = small().file("templates/panel.twig", format!("<script src=\"{address}\"></script>")).findings(RULE.id);
        seen.into_iter().map(|seen| (seen.certainty, seen.message)).collect()
    }

    #[test]
    fn uses_of_known_hosts_are_judged() {
        assert_eq!(script("http://ajax.googleapis.com/ajax/libs/jquery/3.7.1/jquery.min.js"), [(Certainty::Certain, "insecure")]);
        assert_eq!(script("https://code.jquery.com/jquery-latest.js"), [(Certainty::Suspect, "no-fixed-version")]);
        assert_eq!(script("https://cdn.jsdeliver.net/npm/vue@2.6.14"), [(Certainty::Suspect, "look-alike")]);
        for address in [
            "//code.jquery.com/jquery-3.7.1.js",
            "https://gcore.jsdelivr.net/npm/vue@2.6.14",
            "https://js.stripe.com/v3/",
            "https://cdn.acme.com/x.js",
            "http://cdn.acme.com/x.js",
            "https://www.kommo.com/x.js",
            "http://localhost/x.js",
        ] {
            assert_eq!(script(address), [], "{address}");
        }
    }
}
