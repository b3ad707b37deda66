//! JavaScript that was commented out.

use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::Fragment;
use crate::syntax::markup::is_markup;
use crate::syntax::script::{Form, Kind, NodeId, Script, Tree, parse};

static CODE: Message = Message {
    id: "code",
    text: "This comment holds code rather than a remark: `{code}`",
    help: "Delete it; the version control keeps what was there. If it is meant as an explanation, say it in words.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "commented-out-script",
    item: "comments",
    title: "Commented-out JavaScript",
    why: "Kommo's reviewers ask for comments that explain; dead code makes them guess which of two versions counts.",
    fix: "Delete commented-out code.",
    messages: &[&CODE],
    bad: &[
        Example { path: "script.js", text: "define([], function () {\n  «// self.render(settings);»\n});\n" },
        Example { path: "script.js", text: "define([], function () {\n  «/*\n  if (ready) {\n    show();\n  }\n  */»\n});\n" },
    ],
    good: &[Example {
        path: "script.js",
        text: "/*! Own 1.0 | MIT */\n// TODO: ask the team (see render())\n/** @param {string} name shown = title; */\n/* eslint no-alert: 0 */\ndefine([], function () {\n  // Closed: {a, b}\n});\n",
    }],
    about_code: true,
    check,
};

/// Comments of more bytes are data or licences, and too long to try.
const LONGEST: usize = 20_000;
/// Lines that may stand before commented-out code, to say what it was.
const INTRODUCTION: usize = 3;
/// Starts of comments that tools read.
const DIRECTIVES: [&str; 17] = [
    "eslint",
    "jshint",
    "jslint",
    "jscs",
    "global ",
    "globals ",
    "noinspection",
    "istanbul",
    "prettier",
    "ts-",
    "@",
    "#",
    "webpack",
    "exported",
    "tslint",
    "c8 ",
    "v8 ",
];
/// Words before code that is meant to be read.
const EXAMPLES: [&str; 14] = [
    "example",
    "e.g.",
    "usage",
    "for instance",
    "like this",
    "such as",
    "ejemplo",
    "exemplo",
    "uso",
    "например",
    "пример",
    "i.e.",
    "format",
    "returns",
];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        for block in examined.facts.comment_blocks() {
            if is_code(&block.text) {
                let code = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push(out.suspect(&CODE, examined.at(block.span)).arg("code", code));
            }
        }
    }
}

/// Whether a comment, given without its delimiters, is code.
pub fn is_code(comment: &str) -> bool {
    if comment.len() > LONGEST || comment.starts_with(['*', '!']) {
        return false;
    }
    let start = comment.trim_start().to_ascii_lowercase();
    if DIRECTIVES.iter().any(|directive| start.starts_with(directive)) || start.contains("copyright") || start.contains("license")
    {
        return false;
    }
    let lines: Vec<&str> = comment.lines().map(undecorated).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() || !lines.iter().any(|line| may_be_code(line)) {
        return false;
    }
    for introduction in 0..=INTRODUCTION.min(lines.len() - 1) {
        let (before, code) = lines.split_at(introduction);
        let is_example = before.iter().any(|line| {
            let line = line.to_lowercase();
            line.ends_with(':') || EXAMPLES.iter().any(|word| line.contains(word))
        });
        if is_example {
            return false;
        }
        if holds_code(&code.join("\n")) {
            return true;
        }
    }
    false
}

/// A line without the marks that draw boxes and lists.
fn undecorated(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("//").unwrap_or(line).trim_start();
    let line = line.strip_prefix("* ").unwrap_or(line);
    let is_rule = line.chars().all(|letter| matches!(letter, '-' | '=' | '*' | '#' | '~' | '_' | '/' | '+'));
    if is_rule { "" } else { line.trim() }
}

/// A quick look: prose has runs of plain words, code has brackets and operators.
fn may_be_code(line: &str) -> bool {
    let has_sign = line.contains([';', '=', '(', '{', '}', '<'])
        || line.ends_with([',', ')'])
        || line == "debugger"
        || line.starts_with("import ");
    let mut run = 0;
    let mut longest = 0;
    for word in line.split(' ') {
        let is_plain = word.chars().all(char::is_alphabetic) && !word.is_empty() && !is_keyword(word);
        run = if is_plain { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    has_sign && (longest < 3 || line.contains(['\'', '"', '`']))
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "var"
            | "let"
            | "const"
            | "function"
            | "return"
            | "new"
            | "typeof"
            | "if"
            | "else"
            | "async"
            | "await"
            | "in"
            | "of"
            | "class"
            | "extends"
            | "import"
            | "from"
            | "export"
            | "default"
            | "throw"
            | "delete"
            | "case"
            | "instanceof"
            | "void"
            | "static"
    )
}

fn holds_code(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('<') && text.ends_with('>') && is_markup(text) {
        return true;
    }
    if let Some(script) = read(text) {
        return script.children(Tree::ROOT).any(|statement| is_strong(&script, statement, text)) && !is_list_of_words(&script);
    }
    if let Some(script) = read(&format!("({{{text}}})")) {
        return holds_properties(&script, text);
    }
    let (opening, closing) = unmatched(text);
    if opening.is_empty() && closing.is_empty() {
        return false;
    }
    let whole = format!("{closing}{text}{opening}");
    read(&whole).is_some_and(|script| script.children(Tree::ROOT).any(|statement| is_strong(&script, statement, text)))
        || read(&format!("try {{{text}{opening}")).is_some()
        || read(&format!("if (a) {{{text}{opening}")).is_some_and(|_| text.contains("else"))
}

fn read(text: &str) -> Option<Script> {
    parse(&Fragment::verbatim(text, 0), Form::Handler, 100).ok()
}

/// Whether a statement is one that nobody writes in prose.
fn is_strong(script: &Script, statement: NodeId, text: &str) -> bool {
    let ended = text.trim_end().ends_with(';');
    let first = script.child(statement, 0);
    match script.kind(statement) {
        Kind::Declare => script.child(statement, 1).is_some() || ended,
        Kind::If
        | Kind::Loop
        | Kind::Each
        | Kind::Try
        | Kind::Function { .. }
        | Kind::Class
        | Kind::Throw
        | Kind::ImportFrom
        | Kind::Export
        | Kind::Debugger => true,
        Kind::Return => ended || first.is_some_and(|value| !matches!(script.kind(value), Kind::Name { .. })),
        Kind::Block => script.children(statement).any(|inner| is_strong(script, inner, text)),
        Kind::Statement => first.is_some_and(|expression| is_strong_expression(script, expression, ended)),
        _ => false,
    }
}

fn is_strong_expression(script: &Script, expression: NodeId, ended: bool) -> bool {
    match script.kind(expression) {
        Kind::Assign { .. } => {
            let simple_target =
                script.child(expression, 0).is_some_and(|target| matches!(script.kind(target), Kind::Name { .. }));
            let simple_value = script.child(expression, 1).is_some_and(|value| {
                matches!(
                    script.kind(value),
                    Kind::Name { .. }
                        | Kind::Number
                        | Kind::Text
                        | Kind::Boolean(_)
                        | Kind::Null
                        | Kind::Minus
                        | Kind::Operation
                        | Kind::Add
                        | Kind::Assign { .. }
                )
            });
            ended || !(simple_target && simple_value)
        }
        Kind::Call => {
            let has_code_arguments = script.children(expression).skip(1).any(|argument| {
                matches!(
                    script.kind(argument),
                    Kind::Text | Kind::Object | Kind::Function { .. } | Kind::Template | Kind::Number | Kind::Array | Kind::Call
                )
            });
            ended || has_code_arguments
        }
        Kind::New | Kind::Update | Kind::Delete | Kind::Await => ended,
        Kind::Sequence => script.children(expression).any(|part| is_strong_expression(script, part, ended)),
        Kind::Either { .. } | Kind::Conditional => ended,
        _ => false,
    }
}

/// `a; b; c`: words between semicolons.
fn is_list_of_words(script: &Script) -> bool {
    script.children(Tree::ROOT).all(|statement| {
        let first = script.child(statement, 0);
        script.kind(statement) == Kind::Statement
            && first.is_some_and(|expression| matches!(script.kind(expression), Kind::Name { .. }))
    })
}

/// Whether `({ ... })` holds properties that were taken out of an object: several, or one with its comma.
fn holds_properties(script: &Script, text: &str) -> bool {
    let Some(object) = script.child(Tree::ROOT, 0).and_then(|statement| script.child(statement, 0)) else { return false };
    if script.kind(object) != Kind::Object {
        return false;
    }
    let properties: Vec<_> = script.children(object).collect();
    let is_full = |property: &NodeId| {
        matches!(script.kind(*property), Kind::Property(_)) && script.code(*property).contains([':', '(']) && {
            script.last_child(*property).is_some_and(|value| match script.kind(value) {
                Kind::Object => script.children(value).any(|inner| script.code(inner).contains(':')),
                Kind::Name { .. } => text.ends_with(','),
                _ => true,
            })
        }
    };
    let full = properties.iter().filter(|property| is_full(property)).count();
    full > 0
        && full == properties.len()
        && (text.ends_with(',')
            || full > 1
            || properties.iter().any(|property| {
                script.last_child(*property).is_some_and(|value| matches!(script.kind(value), Kind::Function { .. }))
            }))
}

/// What closes the brackets that a text leaves open, and what opens those that it only closes.
fn unmatched(text: &str) -> (String, String) {
    let mut open = Vec::new();
    let mut missing = Vec::new();
    let mut quote = None;
    for letter in text.chars() {
        match (quote, letter) {
            (Some(mark), _) if mark == letter || letter == '\n' => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(' | '[' | '{') => open.push(letter),
            (None, ')' | ']' | '}') if open.pop().is_none() => missing.push(letter),
            _ => {}
        }
    }
    let closing = |letter: char| match letter {
        '(' => ')',
        '[' => ']',
        _ => '}',
    };
    let opening = |letter: char| match letter {
        ')' => '(',
        ']' => '[',
        _ => '{',
    };
    (open.into_iter().rev().map(closing).collect(), missing.into_iter().rev().map(opening).collect())
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn code_is_told_from_prose() {
        for comment in [
            " var a = 1;",
            " alert('click')",
            " self.render(settings);",
            " a = b;",
            " return false;",
            " if (a) {\n   b();\n }",
            " if (a) {",
            " $('.own').hide();",
            " name: value,",
            " success: function () {},",
            " old version\n console.log(a);",
            " const { a } = b",
            " debugger",
            " <div class=\"own\">x</div>",
            " foo(bar, 'x')",
            " } else {\n   show();\n }",
            " async function a() {}",
            " import a from 'b'",
            "\n  $.ajax({\n    url: '/a',\n  });\n",
            " items.forEach(function (item) {",
            " this.state = { a: 1 }",
            " i++;",
            " delete a.b;",
            " url: '/api',\n method: 'POST',",
        ] {
            assert!(is_code(comment), "{comment}");
        }
        for comment in [
            " Sends the request.",
            " TODO: refactor",
            " see render()",
            " render() must return true",
            " Closed: {a, b}",
            " 1) POST /ajax/merge/...",
            " - #work-area-<code> - advanced_settings",
            "noinspection JSUnusedLocalSymbols",
            " eslint-disable-next-line no-alert",
            "* @param {string} a; b",
            "! Own v1.0 (c) Me; all rights",
            " https://example.com/a?b=c",
            " Отправляем данные (на сервер)",
            " eslint no-alert: 0",
            " -------- Settings --------",
            " Usage:\n render(a);",
            " a, b",
            " init",
            " status",
            " default",
            " Example: foo(bar);",
            " the widget's own area = right column",
            " Note: this is important;",
            " (c) 2024 Me",
            " x",
            " 10px",
            " key: value",
            " @see foo()",
            " settings / advanced",
            " AMOCRM.constant('account').users holds the users",
            " #region a",
            " i = index",
            " getWidgetsArea()",
            " Returns true, if ready;",
            " no i18n here (yet)",
            " ...",
            "",
        ] {
            assert!(!is_code(comment), "{comment}");
        }
    }
}
