//! Whether a comment holds code.

use super::{Dialect, Form, Kind, NodeId, Reason, Script, Tree, parse};
use crate::syntax::Fragment;
use crate::syntax::markup::is_markup;

/// Comments of more bytes are data or licences, and too long to try.
const LONGEST: usize = 20_000;
/// Lines that may stand before commented-out code to say what it was, or after it.
const REMARKS: usize = 3;
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
const EXAMPLES: [&str; 12] = [
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
];
/// The same, where they begin the line.
const EXAMPLE_STARTS: [&str; 2] = ["format", "returns"];

/// Words before code that was turned off.
const OFF: [&str; 5] = ["disabled", "temporar", "removed", "временно", "отключ"];

/// Whether a comment, given without its delimiters, is code.
#[must_use]
pub fn is_code(comment: &str) -> bool {
    code_line(comment).is_some()
}

/// The line of a comment, from 0, at which code starts in it; none if it holds no code.
#[must_use]
pub fn code_line(comment: &str) -> Option<usize> {
    if comment.len() > LONGEST || comment.starts_with('!') {
        return None;
    }
    // A documentation comment shows code in order to explain, unless it says nothing else.
    let is_documentation = comment.starts_with('*');
    if is_documentation && (comment.contains('@') || !comment.contains(';')) {
        return None;
    }
    let start = comment.trim_start().to_ascii_lowercase();
    if DIRECTIVES.iter().any(|directive| start.starts_with(directive))
        || start.contains("copyright")
        || start.contains("license")
        || start.starts_with("e.g.")
        || start.starts_with("i.e.")
    {
        return None;
    }
    // `////` draws a box; where only some lines have marks of their own, they are remarks inside the code.
    let is_marked = comment.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with("//"));
    let undecorated = |line| undecorated(line, is_marked);
    let said = comment.lines().map(undecorated).enumerate().filter(|(_, line)| !line.is_empty());
    let (numbers, lines): (Vec<usize>, Vec<&str>) = said.unzip();
    if !lines.iter().any(|line| may_be_code(line)) {
        return None;
    }
    for introduction in 0..=REMARKS.min(lines.len() - 1) {
        let (before, code) = lines.split_at(introduction);
        let is_example = before.iter().any(|line| {
            let line = line.to_lowercase();
            (line.ends_with(':') && !OFF.iter().any(|word| line.contains(word)))
                || EXAMPLES.iter().any(|word| line.contains(word))
                || EXAMPLE_STARTS.iter().any(|word| line.starts_with(word))
        });
        if is_example {
            return None;
        }
        if holds_code(&code.join("\n")) {
            let first = before.iter().position(|line| may_be_code(line));
            return Some(numbers[first.unwrap_or(introduction)]);
        }
        if is_documentation {
            return None;
        }
    }
    let ends_in_remarks = (1..=REMARKS.min(lines.len() - 1)).any(|remarks| {
        let code = lines[..lines.len() - remarks].join("\n");
        code.ends_with([';', '}']) && holds_code(&code)
    });
    (ends_in_remarks || is_pieces_of_code(&lines)).then(|| numbers[0])
}

/// Whether lines are several pieces of code that do not fit together: calls, and the options of another call below them.
fn is_pieces_of_code(lines: &[&str]) -> bool {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    for line in lines {
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
            piece.push('\n');
        }
        let (opening, closing) = unmatched(line);
        depth = depth.saturating_sub(closing.len()) + opening.len();
        if depth == 0 && line.ends_with(';') {
            pieces.push(String::new());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.len() > 1 && pieces.iter().all(|piece| holds_code(piece))
}

/// A line without the marks that draw boxes and lists; `is_marked` says that every line has marks of comments of its own.
fn undecorated(line: &str, is_marked: bool) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("//").filter(|_| is_marked).unwrap_or(line).trim_start();
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
        return script.children(Tree::ROOT).any(|statement| is_strong(&script, statement, text)) && !is_list_of_words(&script)
            || is_row_of_calls(&script);
    }
    if read(&format!("({{{text}}})")).is_some_and(|script| holds_properties(&script, text)) || is_part(text) {
        return true;
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

/// Whether a text is what was cut out of the middle of something: links of a chain, items of a list, cases, brackets, elements.
fn is_part(text: &str) -> bool {
    let is_strong_in = |whole: String| {
        read(&whole).is_some_and(|script| script.children(Tree::ROOT).any(|statement| is_strong(&script, statement, text)))
    };
    if text.starts_with('.') {
        let (opening, _) = unmatched(text);
        return is_strong_in(format!("a{text}{opening}"));
    }
    if text.starts_with("case ") || text.starts_with("default:") {
        return ["break", "return"].iter().any(|end| text.contains(end)) && read(&format!("switch (a) {{{text}}}")).is_some();
    }
    if text.starts_with("else") {
        let (opening, _) = unmatched(text);
        // else show(row);
        let is_whole = text.ends_with(';') && is_strong_in(text.trim_start_matches("else").to_owned());
        return is_whole || !opening.is_empty() && read(&format!("if (a) {{}} {text}{opening}")).is_some();
    }
    // Lines of a text that goes on below them.
    if let Some(sum) = text.strip_suffix('+') {
        return read(sum).is_some_and(|script| script.nodes().any(|id| script.kind(id) == Kind::Text));
    }
    if let Some(items) = text.strip_suffix(',') {
        return read(&format!("[{items}]")).is_some_and(|script| holds_items(&script));
    }
    is_only_closing(text) || (text.contains("/>") || text.contains("</")) && is_jsx(text)
}

/// Whether every item of the list that a script is could stand in no sentence.
fn holds_items(script: &Script) -> bool {
    let list = script.child(Tree::ROOT, 0).and_then(|statement| script.child(statement, 0));
    list.is_some_and(|list| {
        script.children(list).all(|item| match script.kind(item) {
            Kind::Object => script.children(item).next().is_some_and(|property| script.code(property).contains(':')),
            Kind::Text | Kind::Call | Kind::New | Kind::Array | Kind::Function { .. } => true,
            _ => false,
        })
    })
}

/// `}`, `});`: what is left of code that was commented out; three braces are an editor's mark.
fn is_only_closing(text: &str) -> bool {
    text.starts_with(['}', ']', ')'])
        && text.contains('}')
        && !text.contains("}}}")
        && text.chars().all(|letter| matches!(letter, '}' | ']' | ')' | '(' | ';' | ',') || letter.is_whitespace())
}

/// Whether a text is JavaScript with elements in it.
fn is_jsx(text: &str) -> bool {
    let error = parse(&Fragment::verbatim(&format!("function a() {{{text}\n}}"), 0), Form::Program, 100).err();
    matches!(error.map(|error| error.reason), Some(Reason::Syntax { dialect: Some(Dialect::Jsx), .. }))
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
    let first = script.child(expression, 0);
    match script.kind(expression) {
        Kind::Assign { .. } => {
            let simple_target = first.is_some_and(|target| matches!(script.kind(target), Kind::Name { .. }));
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
            // A text's key names the text: fetching it does nothing.
            let is_key = script.call(expression).and_then(|call| script.callee_name(call)) == Some("i18n");
            ended || !is_key && (has_code_arguments || is_jquery_chain(script, expression) || is_own_call(script, expression))
        }
        Kind::Await => ended || first.is_some_and(|awaited| is_strong_expression(script, awaited, ended)),
        Kind::New | Kind::Update | Kind::Delete => ended,
        Kind::Sequence => script.children(expression).any(|part| is_strong_expression(script, part, ended)),
        Kind::Either { .. } | Kind::Conditional => {
            ended || script.last_child(expression).is_some_and(|value| is_strong_expression(script, value, ended))
        }
        _ => false,
    }
}

/// `$(list).hide()`: a chain of jQuery calls.
fn is_jquery_chain(script: &Script, call: NodeId) -> bool {
    let receiver = script.child(call, 0).and_then(|callee| script.child(callee, 0));
    let root = receiver.filter(|&root| script.kind(root) == Kind::Call && script.child(root, 1).is_some());
    root.and_then(|root| script.child(root, 0))
        .is_some_and(|root| matches!(script.code(root), "$" | "jQuery") || is_jquery_chain(script, root))
}

/// `self.showHint()`, `console.log(list)`: a call of the widget's own, or one of another object's that is given something; prose
/// names the method alone.
fn is_own_call(script: &Script, call: NodeId) -> bool {
    let callee = script.child(call, 0).filter(|&callee| matches!(script.kind(callee), Kind::Member(_)));
    callee.is_some_and(|callee| {
        let is_own = || ["self.", "this.", "that.", "_this."].iter().any(|own| script.code(callee).starts_with(own));
        // "leads.update (batch)" is a remark in brackets.
        let is_joined = || script.code(call).strip_prefix(script.code(callee)).is_some_and(|rest| rest.starts_with('('));
        script.child(call, 1).is_some() && is_joined() || is_own()
    })
}

/// `show()`, `list.hide(a)`, one a line and nothing else: no prose goes on like that.
fn is_row_of_calls(script: &Script) -> bool {
    script.children(Tree::ROOT).count() > 1
        && script.children(Tree::ROOT).all(|statement| {
            script.kind(statement) == Kind::Statement
                && script.child(statement, 0).is_some_and(|expression| script.kind(expression) == Kind::Call)
        })
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
    if script.kind(object) != Kind::Object || is_explained_field(script, object) {
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

/// `"cargo_type": "Type of cargo",`: one field of JSON with words for a value, which says what the field means.
fn is_explained_field(script: &Script, object: NodeId) -> bool {
    let mut properties = script.children(object);
    let (Some(property), None) = (properties.next(), properties.next()) else { return false };
    let value = script.last_child(property).filter(|&value| script.kind(value) == Kind::Text);
    script.code(property).starts_with('"') && value.is_some_and(|value| script.code(value).trim().contains(' '))
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
            " '<b>' +\n '</b>' +",
            " const { a } = b",
            " debugger",
            " <div class=\"own\">x</div>",
            " foo(bar, 'x')",
            " title.text(self.i18n('panel.title'))",
            " self.i18n('panel.title');",
            " } else {\n   show();\n }",
            " async function a() {}",
            " import a from 'b'",
            "\n  $.ajax({\n    url: '/a',\n  });\n",
            " items.forEach(function (item) {",
            " this.state = { a: 1 }",
            " i++;",
            " delete a.b;",
            " .addClass('own')",
            " .fail(function () {",
            " 'own',",
            " { id: 1, name: 'a' },",
            " case 2:\n   show();\n   break;",
            " else {",
            " else self.hide();",
            " }",
            " });\n }",
            " $(list).hide()",
            " return <Box title=\"a\" onClick={save} />;",
            " show();\n but slower",
            " Temporarily disabled:\n show(a);\n hide(a);",
            " The panel is rebuilt once its format is known\n show();\n hide();",
            " Turned off for now\n show()\n list.hide(a)",
            "*\n * show();\n * hide(a);\n ",
            " })\n .on('click', function (e) {",
            " url: '/api',\n method: 'POST',",
            " self.showHint()",
            " console.log(list)",
            " await this.load()",
            " a.token && a.save(a.token)",
            " case 'lead': return show();",
            " function show(list) {\n     // what is shown first\n     list.hide();\n     //\n     // and then\n }",
            "// show();\n// hide();",
            " log($('#a').val());\n self.post(\n   'https://a.com', { \"a\": 1 },\n );\n data:[\n   { \"name\": \"A\" },\n ],",
        ] {
            assert!(is_code(comment), "{comment}");
        }
        for comment in [
            " the \"Save\" + \"Close\" buttons",
            " width + padding +",
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
            " Called by:\n render()\n show()",
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
            " see this.render()",
            " list.hide()",
            " await list",
            " list.update (batch)",
            " self.render() must return true",
            " First the list;\n then the notes;\n and the rest (of all)",
            " e.g. show('a');",
            " .own-list",
            " a, b,",
            " 1, 2,",
            " case 2: the lead is new",
            " default: none",
            " }}}",
            " (c)",
            " else",
            " else nothing;",
            " else the list (of all);",
            "*\n * Shows it:\n * show();\n ",
            "*\n * @example\n * show();\n ",
            " Returns true, if ready;",
            " no i18n here (yet)",
            " i18n('panel.title')",
            " self.i18n('panel.title')",
            " ...",
            "",
        ] {
            assert!(!is_code(comment), "{comment}");
        }
    }
}
