//! CSS that was commented out.

use crate::context::{Context, Examined, Origin};
use crate::finding::Findings;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::is_html_element;
use crate::syntax::style::{Preprocessor, Stylesheet, Test, is_property, parse, parse_attribute};
use crate::syntax::{Fragment, Span};

static STYLE: Message = Message {
    id: "style",
    text: "This comment holds CSS rather than a remark: `{code}`",
    help: "Delete it; the version control keeps what was there. If it is meant as an explanation, say it in words.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "commented-out-style",
    item: "comments",
    title: "Commented-out CSS",
    why: "Kommo's reviewers ask for comments that explain; dead styles make them guess which of two versions counts.",
    fix: "Delete commented-out declarations and rules.",
    messages: &[&STYLE],
    bad: &[
        Example { path: "style.css", text: ".own { top: 0; «/* background: #fafafa; */» }" },
        Example { path: "style.css", text: "«/*\n.own-old {\n  color: red;\n}\n*/»" },
    ],
    good: &[
        Example { path: "style.css", text: ".own {\n  top: 0; /* level with the title */\n}" },
        Example { path: "style.css", text: "/* our signature color */ .own { top: 0 }" },
        Example {
            path: "style.css",
            text: "/*! Own 1.0 | MIT */ /* Note: the color: red of .own is on purpose */ .own { top: 0 }",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for sheet in cx.styles().iter().filter(|sheet| !sheet.facts.comments.is_empty() || !sheet.facts.leftovers.is_empty()) {
        let bytes = cx.package().file(&sheet.path).map(|file| file.bytes()).unwrap_or_default();
        let text = |span: Span| String::from_utf8_lossy(bytes.get(span.start as usize..span.end as usize).unwrap_or_default());
        let mut comments: Vec<Span> = sheet.facts.comments.iter().copied().chain(line_comments(cx, sheet)).collect();
        order::sort(&mut comments);
        let mut runs: Vec<Span> = Vec::new();
        for comment in comments.into_iter().filter(|comment| is_code(&text(*comment))) {
            match runs.last_mut() {
                Some(run) if text(Span::new(run.end, comment.start)).trim().is_empty() => *run = run.join(comment),
                _ => runs.push(comment),
            }
        }
        for run in runs {
            let code = inside(&text(run)).split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(out.suspect(&STYLE, sheet.at(run)).arg("code", code));
        }
    }
}

/// The lines that start with `//` where a rule or a declaration could: comments to their writer, though not to browsers.
fn line_comments(cx: &Context<'_>, sheet: &Examined<Stylesheet>) -> Vec<Span> {
    let Some(file) = cx.package().file(&sheet.path).filter(|_| sheet.origin == Origin::File) else { return Vec::new() };
    let starts = sheet.facts.leftovers.iter().filter(|leftover| leftover.what == Preprocessor::LineComment);
    let lines = starts.map(|leftover| {
        let line = file.lines().line_span(file.bytes(), file.position(leftover.span.start).line);
        let blank = file.bytes().get(line.start as usize..line.end as usize).unwrap_or_default();
        let blank = blank.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        Span::new(leftover.span.start, line.end - blank as u32)
    });
    lines.collect()
}

/// What a comment says, without its marks and a column of stars.
fn inside(comment: &str) -> String {
    let text = comment.strip_prefix("/*").unwrap_or(comment);
    let text = text.strip_suffix("*/").unwrap_or(text);
    let lines = text.lines().map(|line| line.trim().trim_start_matches('*').trim_start_matches("//").trim());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Whether a comment is CSS from end to end.
pub fn is_code(comment: &str) -> bool {
    let text = inside(comment);
    let is_notice = comment.starts_with("/*!") || text.starts_with(['#', '@']) && text.contains("URL=");
    if is_notice || text.is_empty() {
        return false;
    }
    is_import(&text) || is_declarations(&text) || is_rules(&text) || is_piece(&text) || is_block(&text)
}

/// Whether it is a block that styles no element, an animation or a font, or the head of a condition.
fn is_block(text: &str) -> bool {
    let whole = ["@keyframes ", "@-webkit-keyframes ", "@font-face ", "@font-face{", "@page "];
    let begins = |names: &[&str]| names.iter().any(|name| text.starts_with(name));
    text.contains(':') && (text.ends_with('}') && begins(&whole) || text.ends_with('{') && begins(&["@media ", "@supports "]))
}

fn is_import(text: &str) -> bool {
    let sheet = parse(&Fragment::verbatim(text, 0));
    !sheet.imports.is_empty() && text.starts_with('@') && text.ends_with(';') && sheet.rules.is_empty()
}

/// Whether it is declarations alone, each with a property of CSS.
fn is_declarations(text: &str) -> bool {
    let sheet = parse_attribute(&Fragment::verbatim(text, 0));
    let Some(declarations) = sheet.rules.first().map(|rule| &rule.declarations) else { return false };
    let pieces = text.split(';').filter(|piece| !piece.trim().is_empty()).count();
    // An address in quotes may hold a semicolon, so that there are more pieces than declarations.
    let is_whole = declarations.len() >= pieces || text.contains("url(");
    let ends = text.ends_with(';') || text.ends_with('}');
    !declarations.is_empty()
        && sheet.rules.len() == 1
        && is_whole
        && declarations.iter().all(|declaration| {
            let is_plain = text.contains(&*declaration.name);
            is_plain && is_property(&declaration.name) && (ends || is_value(&declaration.value))
        })
}

/// Whether an unfinished declaration's value is rather a value than words: one word, or something that words do not have.
fn is_value(value: &str) -> bool {
    let is_word = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    // `100% of the card`
    let is_plain_run = words.windows(3).any(|three| three.iter().all(is_plain));
    // `12 columns`
    let is_count = words.windows(2).any(|two| two[0].parse::<u32>().is_ok() && is_plain(&two[1]) && two[1].ends_with('s'));
    let is_remark = is_plain_run || is_count;
    let is_measure = value.contains(|letter: char| letter.is_ascii_digit()) && words.len() <= 4;
    is_word
        || words.iter().all(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        || !is_remark && (value.contains(['#', '%', '(']) || is_measure)
}

/// Whether it is rules from end to end, of elements that exist and properties that exist.
fn is_rules(text: &str) -> bool {
    let sheet = parse(&Fragment::verbatim(text, 0));
    let first = sheet.rules.iter().map(|rule| rule.span.start).min();
    let starts = first == Some(0) || text.starts_with('@');
    let ends = text.ends_with('}');
    let declarations: usize = sheet.rules.iter().map(|rule| rule.declarations.len()).sum();
    starts
        && ends
        && selects_elements(&sheet)
        && (declarations > 0 || text.trim_end_matches(['}', ' ', '\n']).ends_with('{'))
        && sheet.rules.iter().flat_map(|rule| &rule.declarations).all(|declaration| is_property(&declaration.name))
}

/// Whether it is the head of a rule, whose foot stands in another comment.
fn is_piece(text: &str) -> bool {
    text.ends_with('{') && {
        let sheet = parse(&Fragment::verbatim(text, 0));
        sheet.rules.len() == 1 && text.starts_with(['.', '#', '@']) && selects_elements(&sheet)
    }
}

fn selects_elements(sheet: &Stylesheet) -> bool {
    let mut parts = sheet.rules.iter().flat_map(|rule| &rule.selectors).flat_map(|selector| selector.parts());
    !sheet.rules.is_empty()
        && parts.all(|part| match &part.test {
            Test::Type(name) => is_html_element(&name.to_ascii_lowercase()) || name.contains('-'),
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_code};
    use crate::rules::styles::small;
    use crate::testing::suspect;

    #[test]
    fn code_is_told_from_remarks() {
        for code in [
            "/* color: red; */",
            "/*background:#fff*/",
            "/* display: none */",
            "/* margin: 0 auto; padding: 1px 2px; */",
            "/* .own { color: red } */",
            "/*\n * .own,\n * .b > p {\n *   color: red;\n * }\n */",
            "/* @media print { .a { color: red } } */",
            "/* @import url('a.css'); */",
            "/* width: 100px !important; */",
            "/* .own { */",
            "/* --own-x: 1px; */",
            "/* a:hover { } */",
            "/* -webkit-box-shadow: none; */",
            "/* background: url(a;b.png) */",
            "/* transform: rotate(45deg) */",
            "/* border: 1px solid red */",
            "/* @media (max-width: 600px) { */",
            "/* @keyframes own { from { top: 0 } to { top: 1px } } */",
            "/*\n@font-face {\n  font-family: Own;\n}\n*/",
        ] {
            assert!(is_code(code), "{code}");
        }
        for remark in [
            "/* our signature color */",
            "/* Note: see .own below */",
            "/* color: the brand's red, see the guide */",
            "/*! own 1.0 */",
            "/* == Header == */",
            "/* stylelint-disable-next-line */",
            "/* 1) top: the bar; 2) left: the menu */",
            "/* TODO: fix */",
            "/*# sourceMappingURL=a.css.map */",
            "/* https://example.com/a;b */",
            "/**/",
            "/* */",
            "/* { */",
            "/* the .own { } rule is for IE */",
            "/* Use .own { color: red } for titles */",
            "/* Header: the top */",
            "/* @keyframes own is in the {other} file */",
            "/* @font-face rules: see fonts.css */",
            "/* @media queries: see below */",
            "/* end of .own */",
            "/* Цвет: красный; */",
            "/* Position: fixed */",
            "/* Color: our red; Font: Arial */",
            "/* z-index above the modal */",
            "/* ---------- */",
            "/* order: first the list, then the form */",
            "/* width: 100% of the card */",
            "/* grid: 12 columns */",
        ] {
            assert!(!is_code(remark), "{remark}");
        }
    }

    #[test]
    fn neighbours_are_one_run() {
        let text = ".own {\n  /* color: red; */\n  /* top: 0; */\n  left: 0;\n  /* right: 0; */\n}";
        let seen = small().file("style.css", text).findings(RULE.id);
        let runs = ["/* color: red; */\n  /* top: 0; */", "/* right: 0; */"];
        assert_eq!(seen, runs.map(|run| suspect("style", "style.css", run)));
    }

    #[test]
    fn lines_after_two_slashes_are_read_as_comments() {
        let text = ".own {\n  // color: red;\n  // top: 0;\n  left: 0;\n}\n// the titles\n.own-title { top: 0 }\n";
        let seen = small().file("style.css", text).findings(RULE.id);
        assert_eq!(seen, [suspect("style", "style.css", "// color: red;\n  // top: 0;")]);
    }

    #[test]
    fn styles_of_templates_count() {
        let text = "<style>/* color: red; */</style>";
        assert_eq!(small().file("templates/panel.twig", text).findings(RULE.id).len(), 1);
    }
}
