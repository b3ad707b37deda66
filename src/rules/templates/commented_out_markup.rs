//! Markup or a template's tags that were commented out.

use crate::context::Context;
use crate::finding::Findings;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Span;
use crate::syntax::markup::{TagKind, is_html_element, is_markup};

static MARKUP: Message = Message {
    id: "markup",
    text: "This comment holds markup rather than a remark: `{code}`",
    help: "Delete it; the version control keeps what was there. If it is meant as an explanation, say it in words.",
};

/// Words after a tag that say something about it.
const REMARKING: [&str; 9] = ["is", "are", "comes", "come", "holds", "has", "gives", "from", "="];

/// The rule.
pub static RULE: Rule = Rule {
    id: "commented-out-markup",
    item: "comments",
    title: "Commented-out markup",
    why: "Kommo's reviewers ask for comments that explain; dead markup makes them guess which of two versions counts.",
    fix: "Delete commented-out elements and template tags.",
    messages: &[&MARKUP],
    bad: &[
        Example { path: "templates/panel.twig", text: "<p>x</p>\n«<!-- <p class=\"own\">{{ old }}</p> -->»" },
        Example { path: "templates/panel.twig", text: "<p>x</p>\n«{# {% include 'own.twig' %} #}»" },
    ],
    good: &[
        Example { path: "templates/panel.twig", text: "<p>x</p> <!-- The notes follow, newest first. -->" },
        Example {
            path: "templates/panel.twig",
            text: "<!-- The list below holds one <li> for each note. -->{# end of the panel #}<!--[if IE]><p>x</p><![endif]--><!-- /.own -->",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for markup in cx.markups() {
        let html = markup.facts.comments.iter().map(|comment| (comment.span, is_code(&comment.text)));
        let tags = markup.facts.tags.iter().filter(|tag| tag.kind == TagKind::Comment);
        let mut comments: Vec<_> = html.chain(tags.map(|tag| (tag.span, is_code(&tag.code) || is_bare_tag(&tag.code)))).collect();
        order::sort(&mut comments);
        // Comments with nothing between them are one run: its end, and the part of it that is code.
        let mut runs: Vec<(u32, Option<Span>)> = Vec::new();
        for (comment, is_code) in comments {
            let goes_on = |end: u32| comment.start <= end || is_blank(cx, &markup.path, Span::new(end, comment.start));
            if runs.last().is_none_or(|(end, _)| !goes_on(*end)) {
                runs.push((comment.end, None));
            }
            if let Some((end, code)) = runs.last_mut() {
                *end = comment.end.max(*end);
                let joined = code.map_or(comment, |code| code.join(comment));
                *code = if is_code { Some(joined) } else { *code };
            }
        }
        for run in runs.into_iter().filter_map(|(_, code)| code) {
            let code = super::text_at(cx, &markup.path, run);
            out.push(out.suspect(&MARKUP, markup.at(run)).arg("code", code));
        }
    }
}

fn is_blank(cx: &Context<'_>, path: &str, between: Span) -> bool {
    super::text_at(cx, path, between).is_empty()
}

/// Whether a comment starts as markup or as a tag of a template, and ends so.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    let is_tag = (text.starts_with("{{") && text.contains("}}")) || (text.starts_with("{%") && text.contains("%}"));
    let ends = text.ends_with(['>', '}']) || text.lines().count() > 1;
    // A few words may follow a tag that prints something; more of them, or a verb, are a remark about the tag.
    let mut words_after = text.rsplit(['}', '>']).next().unwrap_or_default().split_whitespace();
    let is_remark = words_after.clone().count() > 3 || words_after.next().is_some_and(|word| REMARKING.contains(&word));
    (is_tag && (ends || !is_remark)) || (starts_with_element(text) && is_markup(text) && ends)
}

fn starts_with_element(text: &str) -> bool {
    let name = text.strip_prefix('<').map(|inside| inside.strip_prefix('/').unwrap_or(inside)).unwrap_or_default();
    let name = name.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next().unwrap_or_default();
    is_html_element(&name.to_ascii_lowercase())
        || (name.contains('-') && name.starts_with(|letter: char| letter.is_ascii_alphabetic()))
}

/// Whether it is what stands inside a tag of Twig, its marks replaced by the comment's.
fn is_bare_tag(code: &str) -> bool {
    let words: Vec<&str> = code.split_whitespace().collect();
    match words.as_slice() {
        ["include" | "extends" | "import" | "embed", name, ..] => name.starts_with(['"', '\'']),
        ["set", _, "=", ..] => true,
        ["for", _, "in", _] | ["endif" | "endfor" | "endblock" | "else"] => true,
        ["if", condition] => condition.contains(['.', '(']) && !condition.ends_with('.'),
        ["if", _, "==" | "!=" | ">" | "<" | "is", ..] => true,
        [one] => one.contains('|') || (one.contains('(') && one.ends_with(')')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::styles::small;
    use crate::testing::{Seen, suspect};

    fn twig(text: &str) -> Vec<Seen> {
        small().file("templates/panel.twig", format!("<p>x</p>{text}<p>y</p>")).findings(RULE.id)
    }

    #[test]
    fn code_is_told_from_remarks() {
        for code in [
            "<!-- <b>x</b> -->",
            "<!--<input type=\"text\">-->",
            "<!-- {{ title }} -->",
            "<!-- {% if x %} -->",
            "{# <b>x</b> #}",
            "{# {{ title }} #}",
            "{# include 'a.twig' #}",
            "{# set a = 1 #}",
            "{# endif #}",
            "{# title|trans #}",
            "<!--\n<ul>\n  <li>x\n-->",
            "<!-- </div> -->",
            "<!-- <own-panel> -->",
            "{# if user.admin #}",
            "{# {{ count }} notes #}",
            "{% comment %}<b>{{ x }}</b>{% endcomment %}",
            "{{!-- <b>{{ x }}</b> --}}",
            "{{! <b>x</b> }}",
        ] {
            assert_eq!(twig(code), [suspect("markup", "templates/panel.twig", code)], "{code}");
        }
        for remark in [
            "<!-- title -->",
            "<!-- the <div> below -->",
            "<!-- /.own -->",
            "<!-- end .own > .b -->",
            "<!-- <3 -->",
            "<!--[if lt IE 9]><b>x</b><![endif]-->",
            "{# the panel #}",
            "{# if you need it #}",
            "{# panel.twig #}",
            "{# set the title first #}",
            "{##}",
            "<!---->",
            "<!-- a < b > c -->",
            "<!-- <own> -->",
            "{# for more see the docs #}",
            "{# {{ texts }} comes from script.js #}",
            "<!-- {{ rows }} is a list -->",
            "{# {% if %} is enough here, no macro needed #}",
            "{% comment %} The list of notes. {% endcomment %}",
            "{{!-- The list of {{ notes }} --}}",
        ] {
            assert_eq!(twig(remark), [], "{remark}");
        }
    }

    #[test]
    fn neighbours_are_one_run() {
        let run = "<!-- <b>x</b> -->\n<!-- <i>y</i> -->";
        assert_eq!(twig(run), [suspect("markup", "templates/panel.twig", run)]);
        let mixed = "{# <b> #}{# the number: #}{# {{ x }} #}";
        assert_eq!(twig(&format!("{{# list #}}{mixed}")), [suspect("markup", "templates/panel.twig", mixed)]);
    }

    #[test]
    fn markup_in_scripts_counts() {
        let seen = small().file("script.js", "var a = '<p><!-- <b>x</b> --></p>';").findings(RULE.id);
        assert_eq!(seen, [suspect("markup", "script.js", "<!-- <b>x</b> -->")]);
    }
}
