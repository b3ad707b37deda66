//! JavaScript: one script's tree, scopes and comments, and what can be told from them about its values.
//!
//! [`parse`] reads a `.js` file, a `<script>` or an `on...` attribute once. The answer owns plain data, so oxc's tree is gone when a
//! rule sees it. A rule asks for names and follows values:
//! - [`Script::calls_to`], [`Script::uses`]: every place that means a global, whatever it is called there (`window.alert`,
//!   `self['alert']`, `var say = alert; say()`, `({ log }) => ...`); [`Script::methods`]: calls by the method's name alone.
//! - [`Script::value`], [`Script::values`], [`Script::path`], [`Script::property`]: what an expression stands for.
//! - [`Script::sources`]: what gives an expression its value through a parameter or a loop.
//! - [`Script::text`], [`Script::constant`], [`Script::texts`], [`Script::text_role`]: strings, put together from literals,
//!   templates, concatenations and constants, as a [`Fragment`] whose holes are marked; where each is used.
//! - [`Script::selection`]: the elements that a jQuery chain or DOM query speaks of.
//! - [`Script::modules`], [`Script::dependencies`], [`Script::callbacks`]: the AMD module and the widget in it.
//! - [`Script::role`]: how a function comes to be called.
//! - [`Script::comment_blocks`], [`is_code`], [`Script::bundled`], [`Script::undeclared`], [`Script::globals`].

mod bundle;
mod calls;
mod commented;
mod comments;
mod depth;
mod destination;
mod elements;
mod globals;
mod loads;
mod lower;
mod module;
mod role;
mod selection;
mod sources;
mod text;
mod tree;
mod value;
mod words;

pub use bundle::{Bundled, bundled};
pub use calls::Call;
pub use commented::{code_line, is_code};
pub use comments::CommentBlock;
pub use destination::Destination;
pub use elements::{Fate, INSERTING, Made};
pub use globals::Undeclared;
pub use loads::{Load, Through};
pub use module::{Callbacks, Dependency, Loader, Module};
pub use role::Role;
pub use selection::{Root, Selection, Step};
pub use text::TextRole;
pub use tree::{Access, Kind, NodeId, SymbolId, Tree};
pub use words::Word;

use crate::order;
use crate::package::bounds::TOKENS;
use crate::syntax::{Fragment, Span};
use depth::Excess;
use oxc_allocator::Allocator;
use oxc_diagnostics::Diagnostics;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{SemanticBuilder, Stats};
use oxc_span::SourceType;
use std::ops::Deref;
use std::sync::OnceLock;

/// The code of a key in brackets; a longer one names nothing that a rule looks for.
const KEY_BYTES: u32 = 256;

/// What kind of text a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file or a `<script>`.
    Program,
    /// The body of a function: an `on...` attribute.
    Handler,
}

/// One script, read. It gives its [`Tree`]'s methods as its own.
#[derive(Debug)]
pub struct Script {
    source: Fragment<'static>,
    tree: Tree,
    comments: Vec<Span>,
    texts: Vec<NodeId>,
    contents: OnceLock<Vec<(NodeId, Fragment<'static>)>>,
    dependencies: OnceLock<Vec<Dependency>>,
    loads: OnceLock<Vec<Load>>,
    /// For each word whether the script gives a member of that name to an object, once a rule asked for one.
    given_members: OnceLock<Vec<bool>>,
    /// Every node, by where it begins, once a rule asked for one by its place.
    by_place: OnceLock<Vec<(u32, NodeId)>>,
    /// The values that each variable gets, by the variable, once a rule asked for those of one.
    assigned: OnceLock<Vec<(SymbolId, NodeId)>>,
    form: Form,
}

/// Why a script could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unparsed {
    /// The cause.
    pub reason: Reason,
    /// The place in the file.
    pub span: Span,
}

/// The cause that a script could not be read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It nests deeper than this many levels.
    TooDeep(u32),
    /// It has more than this many tokens - names, texts, numbers and signs - or is as much work.
    TooManyTokens(usize),
    /// It is no JavaScript, neither as a script nor as a module.
    Syntax {
        /// What the parser says.
        message: String,
        /// What the file seems to be instead.
        dialect: Option<Dialect>,
    },
}

/// What looks like broken JavaScript but is another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// JavaScript with elements.
    Jsx,
    /// TypeScript.
    TypeScript,
    /// A template whose tags were never filled in.
    Template,
}

impl std::fmt::Display for Unparsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.reason {
            Reason::TooDeep(levels) => write!(f, "the code is nested more than {levels} levels deep"),
            Reason::TooManyTokens(tokens) => {
                let tenths = tokens / 100_000;
                let (millions, tenths) = (tenths / 10, tenths % 10);
                write!(f, "the code has more than {millions}.{tenths} million names, values and signs, or takes as long to read")
            }
            Reason::Syntax { dialect: Some(dialect), .. } => write!(f, "this is {}, not JavaScript", dialect.name()),
            Reason::Syntax { message, dialect: None } => write!(f, "syntax error: {message}"),
        }
    }
}

impl Dialect {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsx => "JSX",
            Self::TypeScript => "TypeScript",
            Self::Template => "a template with tags in it",
        }
    }
}

/// Reads a script of at most `nesting` levels and [`TOKENS`] tokens.
///
/// # Errors
/// When it nests too deep, is too long, or is not JavaScript.
pub fn parse(source: &Fragment<'_>, form: Form, nesting: u32) -> Result<Script, Unparsed> {
    let text: &str = &source.text;
    let tokens = depth::tokens(text, nesting, TOKENS).map_err(|(excess, span)| {
        let reason = match excess {
            Excess::Nesting => Reason::TooDeep(nesting),
            Excess::Tokens => Reason::TooManyTokens(TOKENS),
        };
        Unparsed { reason, span: source.map.span(span) }
    })?;
    let goals = [SourceType::script(), SourceType::mjs()];
    let as_script = match read(text, tokens, goals[0], form) {
        Ok((tree, comments)) => return Ok(Script::new(source, tree, comments, form)),
        Err(error) => error,
    };
    let as_module = match read(text, tokens, goals[1], form) {
        Ok((tree, comments)) => return Ok(Script::new(source, tree, comments, form)),
        Err(error) => error,
    };
    let fault = if as_script.fault == Fault::Grammar { as_module.fault } else { as_script.fault };
    // The goal that got further is the one its author meant.
    let Failure { message, span, .. } = if as_module.span.start > as_script.span.start { as_module } else { as_script };
    let (dialect, span) = match fault {
        Fault::Grammar => dialect(text, &message, span, nesting),
        Fault::Meaning => (None, span),
        Fault::TypeScript => (Some(Dialect::TypeScript), span),
    };
    Err(Unparsed { reason: Reason::Syntax { message, dialect }, span: source.map.span(span) })
}

/// Why a text is no script.
struct Failure {
    /// What the parser says first.
    message: String,
    /// Where, in the text.
    span: Span,
    /// What kind of fault it is.
    fault: Fault,
}

/// What kind of fault makes a text no script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It does not have JavaScript's grammar.
    Grammar,
    /// Its grammar is that of JavaScript, which does not let it mean anything.
    Meaning,
    /// The parser takes what only TypeScript has.
    TypeScript,
}

/// Parses and resolves `text`.
fn read(text: &str, tokens: usize, goal: SourceType, form: Form) -> Result<(Tree, Vec<Span>), Failure> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        parse_regular_expression: true,
        allow_return_outside_function: form == Form::Handler,
        preserve_parens: false,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, text, goal).with_options(options).parse();
    if let Some((message, span)) = first_error(&parsed.diagnostics, text) {
        return Err(Failure { message, span, fault: Fault::Grammar });
    }
    if let Some((letter, span)) = no_space(&parsed.irregular_whitespaces, text) {
        let message = format!("Invisible character U+{:04X} in the code", u32::from(letter));
        return Err(Failure { message, span, fault: Fault::Meaning });
    }
    let program = allocator.alloc(parsed.program);
    let resolved =
        SemanticBuilder::new().with_stats(expected(tokens)).with_build_nodes(true).with_check_syntax_error(true).build(program);
    if let Some((message, span)) = first_error(&resolved.diagnostics, text) {
        return Err(Failure { message, span, fault: Fault::Meaning });
    }
    let (tree, typescript) = lower::lower(resolved.semantic.nodes(), resolved.semantic.scoping());
    if let Some(span) = typescript {
        return Err(Failure { message: "Unexpected token".to_owned(), span, fault: Fault::TypeScript });
    }
    let comments = program.comments.iter().map(|comment| Span::new(comment.span.start, comment.span.end)).collect();
    Ok((tree, comments))
}

/// The first character that the parser takes for a blank, as TypeScript does, but a browser does not.
fn no_space(blanks: &[oxc_span::Span], text: &str) -> Option<(char, Span)> {
    let found = blanks.iter().map(|blank| Span::new(blank.start, blank.end));
    let mut found = found.filter_map(|span| Some((span.of(text).chars().next()?, span)));
    found.find(|(letter, _)| matches!(letter, '\u{200B}' | '\u{85}'))
}

/// About how much a text of so many tokens holds, so that its tree is not walked once more only to count: room is made for so
/// much, and for more when it is there.
fn expected(tokens: usize) -> Stats {
    let tokens = tokens as u32;
    Stats::new(tokens - tokens / 8, tokens / 32, tokens / 16, tokens / 6)
}

/// The first error by place.
fn first_error(diagnostics: &Diagnostics, text: &str) -> Option<(String, Span)> {
    let place = |error: &oxc_diagnostics::OxcDiagnostic| {
        // Of a name that is declared twice, the second declaration is the wrong one.
        let again = error.labels.iter().find(|label| label.label().is_some_and(|said| said.contains("redeclared here")));
        again.or(error.labels.first()).map_or(Span::default(), |label| {
            let start = (label.offset() as usize).min(text.len());
            Span::new(start as u32, (start + label.len() as usize).min(text.len()) as u32)
        })
    };
    diagnostics.errors().map(|error| (error.message.to_string(), place(error))).min_by_key(|(_, span)| span.start)
}

/// What the parser says of an element.
const ELEMENT: &str = "Unexpected JSX expression";

/// Which other language a text that is no JavaScript is, and the place to point at; `error` is where it stops being JavaScript, for
/// the cause that `message` tells.
fn dialect(text: &str, message: &str, error: Span, nesting: u32) -> (Option<Dialect>, Span) {
    let stops = |text: &str, goal: SourceType| {
        let allocator = Allocator::default();
        first_error(&Parser::new(&allocator, text, goal).parse().diagnostics, text).map(|(_, span)| span.start)
    };
    let goals = [SourceType::script(), SourceType::mjs()];
    if goals.iter().any(|&goal| stops(text, goal).is_none()) {
        // What is wrong with it stands in a regular expression.
        return (None, error);
    }
    // Elements are not parsed: how deep they nest cannot be told before.
    let rest = &text[error.start as usize..];
    let ends_element = rest.contains("</") || rest.contains("/>");
    let begins_element = |tag: &str| tag.starts_with(|letter: char| letter.is_alphabetic() || letter == '>');
    if message == ELEMENT && ends_element && rest.strip_prefix('<').is_some_and(begins_element) {
        return (Some(Dialect::Jsx), error);
    }
    let typescript = depth::is_flat_typescript(text, nesting).then(|| stops(text, SourceType::ts()));
    if typescript == Some(None) {
        return (Some(Dialect::TypeScript), error);
    }
    let (filled, tags) = filled(text);
    // Tags inside strings do no harm: what is wrong is then wrong with them filled in, too.
    let is_flat = depth::tokens(&filled, nesting, TOKENS).is_ok();
    let goes_on = is_flat && goals.iter().any(|&goal| stops(&filled, goal).is_none_or(|stop| stop > error.start));
    match tags.into_iter().rev().find(|tag| tag.start <= error.start).filter(|_| goes_on) {
        Some(tag) => (Some(Dialect::Template), tag),
        // Where TypeScript has elements, too, it is read as far as the first.
        None if ends_element && typescript.flatten() > Some(error.start) => (Some(Dialect::TypeScript), error),
        None => (None, error),
    }
}

/// Tags of templates: how they open and close, and whether they print something.
const TAGS: [(&str, &str, bool); 7] = [
    ("{{", "}}", true),
    ("{%", "%}", false),
    ("{#", "#}", false),
    ("<%=", "%>", true),
    ("<%", "%>", false),
    ("<?=", "?>", true),
    ("<?php", "?>", false),
];

/// The text as a template engine might fill it in, byte for byte as long, and the places of its tags.
fn filled(text: &str) -> (String, Vec<Span>) {
    let mut filled = String::with_capacity(text.len());
    let mut tags = Vec::new();
    for (at, _) in text.match_indices(['{', '<']) {
        let Some((_, close, prints)) = TAGS.iter().find(|(open, ..)| at >= filled.len() && text[at..].starts_with(open)) else {
            continue;
        };
        let Some(length) = text[at..].find(close) else { break };
        let end = at + length + close.len();
        filled.push_str(&text[filled.len()..at]);
        filled.extend(std::iter::repeat_n(if *prints { 'a' } else { ' ' }, end - at));
        tags.push(Span::new(at as u32, end as u32));
    }
    filled.push_str(&text[filled.len()..]);
    (filled, tags)
}

impl Script {
    fn new(source: &Fragment<'_>, tree: Tree, comments: Vec<Span>, form: Form) -> Self {
        let source = Fragment { text: source.text.clone().into_owned().into(), map: source.map.clone() };
        let mut script = Self {
            source,
            tree,
            comments,
            texts: Vec::new(),
            contents: OnceLock::new(),
            dependencies: OnceLock::new(),
            loads: OnceLock::new(),
            given_members: OnceLock::new(),
            by_place: OnceLock::new(),
            assigned: OnceLock::new(),
            form,
        };
        script.name_known_members();
        script.texts = script.find_texts();
        script
    }

    /// Makes members of keys in brackets that are known: `window['al' + 'ert']`, `window[name]` of `const name = 'alert'`; and methods of
    /// what Babel makes of those of a class: `{ key: 'name', value: function () {} }`.
    fn name_known_members(&mut self) {
        let (key, value) = (self.find_word("key"), self.find_word("value"));
        let name = |id| {
            let name = match self.kind(id) {
                Kind::Index => self.child(id, 1)?,
                Kind::Property(Some(word)) if Some(word) == value => {
                    self.last_child(id).filter(|&method| matches!(self.kind(method), Kind::Function { .. }))?;
                    let first = self.child(self.parent(id), 0)?;
                    self.last_child(first).filter(|_| key.is_some() && self.kind(first) == Kind::Property(key))?
                }
                _ => return None,
            };
            let name = self.value(name);
            let name = (self.local(name).len() <= KEY_BYTES).then(|| self.constant(name))??;
            Some((id, name.into_owned()))
        };
        let known: Vec<_> = self.nodes().filter_map(name).collect();
        if !known.is_empty() {
            self.tree.name_members(known);
        }
    }

    /// The nodes that begin and end where `place` does.
    pub fn nodes_at(&self, place: Span) -> impl Iterator<Item = NodeId> + '_ {
        let by_place = self.by_place.get_or_init(|| {
            let mut nodes: Vec<_> = self.nodes().map(|id| (self.span(id).start, id)).collect();
            order::sort(&mut nodes);
            nodes
        });
        let first = by_place.partition_point(|&(start, _)| start < place.start);
        let begin_there = by_place[first..].iter().take_while(move |&&(start, _)| start == place.start).map(|&(_, id)| id);
        begin_there.filter(move |&id| self.span(id) == place)
    }

    /// Whether the script gives a member of that name to an object or a class, or may give it to one: `this.name = value`,
    /// `$.extend(this, { name: value })`.
    #[must_use]
    pub fn gives_member(&self, name: &str) -> bool {
        let given = self.given_members.get_or_init(|| {
            let mut given = vec![false; self.words()];
            for word in self.nodes().filter_map(|id| self.given_member(id)) {
                given[word.0 as usize] = true;
            }
            given
        });
        self.find_word(name).is_some_and(|word| given[word.0 as usize])
    }

    fn given_member(&self, id: NodeId) -> Option<Word> {
        match self.kind(id) {
            Kind::Member(name) => self.assigned_value(id).map(|_| name),
            Kind::Property(Some(name)) => {
                let object = self.parent(id);
                let merges = || {
                    let call = self.argument_position(self.parent(object), object);
                    let name = call.and_then(|(call, _)| self.callee_name(call));
                    matches!(name, Some("assign" | "extend" | "merge" | "defaults"))
                };
                (self.kind(object) == Kind::Class || merges()).then_some(name)
            }
            _ => None,
        }
    }

    /// The script's own text.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source.text
    }

    /// Whether it is a program or a handler's body.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Where the node stands in the file.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.file(self.local(id))
    }

    /// The node's own text.
    #[must_use]
    pub fn code(&self, id: NodeId) -> &str {
        self.local(id).of(&self.source.text)
    }

    /// The place in the file of a range of the script's text.
    fn file(&self, local: Span) -> Span {
        self.source.map.span(local)
    }
}

impl Deref for Script {
    type Target = Tree;

    fn deref(&self) -> &Tree {
        &self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(text: &str) -> Script {
        parse(&Fragment::verbatim(text, 0), Form::Program, 200).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[test]
    fn a_global_is_found_under_every_name() {
        for text in [
            "alert(1)",
            "window.alert(1)",
            "self['alert'](1)",
            "globalThis.window.alert(1)",
            "var say = alert; say(1)",
            "var w = window; w.alert(1)",
            "const { alert: say } = window; say(1)",
            "(function (w) { w.alert(1) })(window)",
            "(0, alert)(1)",
            "alert.call(window, 1)",
            "alert.apply(null, [1])",
            "var say = alert.bind(window); say(1)",
            "document.defaultView.alert(1)",
            "window?.alert?.(1)",
            "window['al' + 'ert'](1)",
            "const name = 'alert'; window[name](1)",
            "var part = 'ert'; var say = window[`al${part}`]; say(1)",
            "(function (w, name) { w[name](1) })(window, 'alert')",
        ] {
            let script = script(text);
            let calls = script.calls_to("alert");
            assert_eq!(calls.len(), 1, "{text}");
            assert_eq!(calls[0].argument(0).map(|argument| script.code(argument)), Some("1"), "{text}");
        }
        for text in [
            "function alert() {} alert()",
            "this.alert()",
            "modal.alert()",
            "var alert = f; alert()",
            "alert",
            "function f(alert) { alert() }",
        ] {
            assert!(script(text).calls_to("alert").is_empty(), "{text}");
        }
    }

    #[test]
    fn jquery_is_known_as_parameter_and_import() {
        for text in [
            "$.ajax({})",
            "jQuery.ajax({})",
            "define(['jquery'], function (q) { q.ajax({}) })",
            "define('w', ['a', 'jquery'], (a, q) => q.ajax({}))",
            "(function (q) { q.ajax({}) }(jQuery))",
            "(function (q) { q.ajax({}) }).call(this, window.jQuery)",
            "import q from 'jquery'; q.ajax({})",
            "var q = require('jquery'); q.ajax({})",
            "define(function (require) { var q = require('jquery'); q.ajax({}) })",
            "var q = jQuery.noConflict(); q.ajax({})",
            "function w(q) { q.ajax({}) } define(['jquery'], w)",
            "(function (f) { if (define.amd) define(['jquery'], f); else f(jQuery) })(function (q) { q.ajax({}) })",
            "define(['exports', 'jquery'], function (e, q) { q = __importDefault(q); q.default.ajax({}) })",
            "const q = tslib.__importStar(require('jquery')); q['default'].ajax({})",
            "define(['require', 'jquery'], function (r, q) { var p = _interop_require_default(q); (0, p.default).ajax({}) })",
            "var q = __toESM(require('jquery')); q.default.ajax({})",
            "define(['jquery'], function (q) { var q__default = _interopDefaultLegacy(q), r = q__default['default']; r.ajax({}) })",
        ] {
            assert_eq!(script(text).calls_to("$.ajax").len(), 1, "{text}");
        }
        for text in [
            "define(['other'], function ($) { $.ajax({}) })",
            "define(['jquery'], function (q) { q = adapt(q); q.ajax({}) })",
            "define(['jquery'], function (q) { q = __importDefault(other); q.ajax({}) }); var other",
            "(function (f) { f(own) })(function (q) { q.ajax({}) })",
        ] {
            assert!(script(text).calls_to("$.ajax").is_empty(), "{text}");
        }
    }

    #[test]
    fn texts_are_put_together_and_map_back() {
        let cases = [
            ("x = 'a' + b + 'c'", "aʘc"),
            ("x = `a${b}c${'d'}`", "aʘcd"),
            ("var t = 'script'; x = '<' + t + '>'", "<script>"),
            ("x = ['<b>', y, '</b>'].join('')", "<b>ʘ</b>"),
            ("x = 'it\\'s \\u0041\\x42\\u{43} \\\n on'", "it's ABC  on"),
            ("x = 'a' + 1", "a1"),
            ("x = '\\ud83d\\ude00'", "😀"),
        ];
        for (text, expected) in cases {
            let script = script(text);
            let last = script.texts().last().map(|id| script.text(id).map(|fragment| fragment.text.into_owned()));
            assert_eq!(last, Some(Some(expected.to_owned())), "{text}");
        }
        let text = "x = 'a' +\n  b + '<i>'";
        let script = script(text);
        let fragment = script.texts().next().and_then(|text| script.text(text)).unwrap_or_else(|| panic!("no text"));
        let at = fragment.text.find("<i>").unwrap_or_default() as u32;
        assert_eq!(fragment.map.span(Span::new(at, at + 3)).of(text), "<i>");
    }

    #[test]
    fn texts_know_their_use() {
        let script = script("f('a'); x.title = 'b'; y = { k: 'c' }; z[`d`] = 1; if (q === 'e') {} 'g' in h");
        let roles: Vec<String> = script
            .texts()
            .map(|id| match script.text_role(id) {
                TextRole::Argument(call, n) => format!("{}#{n}", script.code(call.callee)),
                TextRole::Assigned(_, name) => format!("={}", name.unwrap_or_default()),
                TextRole::Property(name) => format!(":{}", name.unwrap_or_default()),
                TextRole::Key => "key".into(),
                TextRole::Compared => "compared".into(),
                _ => "other".into(),
            })
            .collect();
        assert_eq!(roles, ["f#0", "=title", ":k", "key", "compared", "other"]);
    }

    #[test]
    fn chains_lead_to_their_root() {
        let cases = [
            ("$('.a').find('.b').click()", ".a", "find"),
            ("var $b = $('.a'); $b.click()", ".a", ""),
            ("document.querySelector('.a').click()", ".a", ""),
            ("var e = $('.a')[0]; e.click()", ".a", ""),
            ("$($('.a')).first().click()", ".a", "first"),
            ("function one() { return document.querySelector('.a') } one().click()", ".a", ""),
            ("const all = s => $(s); all('.b').hide(); all('.a').find('.c').click()", ".a", "find"),
            (
                "const v = { one(s) { return this.all(s)[0] }, all: s => document.querySelectorAll(s) }; v.one('.a').click()",
                ".a",
                "",
            ),
            ("const [e] = document.querySelectorAll('.a'); e.click()", ".a", ""),
        ];
        for (text, selector, step) in cases {
            let script = script(text);
            let call = script.methods("click").next().unwrap_or_else(|| panic!("{text}"));
            let selection = script.selection(call.receiver().unwrap_or(NodeId(0)));
            let Root::Selector(root) = selection.root else { panic!("{text}: {:?}", selection.root) };
            assert_eq!(script.constant(root).as_deref(), Some(selector), "{text}");
            assert_eq!(selection.steps.first().map_or("", |step| step.method), step, "{text}");
        }
    }

    #[test]
    fn callbacks_are_found_however_they_are_built() {
        let cases = [
            (
                "define(['jquery'], function ($) { return function () { var self = this; this.callbacks = { render: function () {}, init() {}, leads: { selected() {} } } } })",
                "init,leads,leads.selected,render",
            ),
            ("class W { constructor() { this.callbacks = {}; this.callbacks.render = () => true; } }", "render"),
            ("class W { callbacks = { render: () => true } }", "render"),
            ("class W { get callbacks() { return { render() {} } } }", "render"),
            ("const callbacks = { ...base, render() {} }; const base = { init() {} }; self.callbacks = callbacks", "init,render"),
            ("Object.assign(this.callbacks, { render() {} })", "render"),
            ("this.callbacks = { leads: {} }; this.callbacks.leads.selected = () => true", "leads,leads.selected"),
            (
                "var own = {}; own.render = () => true; own.leads = { selected() {} }; this.callbacks = own",
                "leads,leads.selected,render",
            ),
            ("return_({ callbacks: { render() {} } })", "render"),
            ("var own = this.callbacks = { init() {} }; own.render = () => true", "init,render"),
        ];
        for (text, expected) in cases {
            let callbacks = script(text).callbacks();
            assert_eq!(callbacks.names.keys().cloned().collect::<Vec<_>>().join(","), expected, "{text}");
            assert!(!callbacks.open, "{text}");
        }
        assert!(script("this.callbacks = build(x)").callbacks().open);
        assert!(script("this.callbacks = { ...mixin }").callbacks().open);
        assert!(script("var own = {}; names.forEach(name => { own[name] = f; }); this.callbacks = own").callbacks().open);
    }

    #[test]
    fn dependencies_of_every_form_are_found() {
        let cases = [
            ("define(['jquery', './a.js'], function () {})", "jquery ./a.js"),
            ("define('name', ['b'], f)", "b"),
            ("define(function (require) { var x = require('./js/x.js?v=1') })", "./js/x.js?v=1"),
            ("require(['text!./a.twig'], f)", "text!./a.twig"),
            ("import a from './a.js'; export { b } from './b.js'; import('./c.js')", "./a.js ./b.js ./c.js"),
            ("define(['./app.js?cache=' + Date.now()], f)", "./app.js?cache=ʘ"),
            ("var deps = ['a']; define(deps, f)", "a"),
        ];
        for (text, expected) in cases {
            let script = script(text);
            let names: Vec<_> = script
                .dependencies()
                .iter()
                .map(|found| script.text(found.name).map_or(String::new(), |text| text.text.into_owned()))
                .collect();
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let error =
            |text: &str| parse(&Fragment::verbatim(text, 0), Form::Program, 200).err().map(|error| (error.reason, error.span));
        let dialect = |text: &str| match error(text) {
            Some((Reason::Syntax { dialect, .. }, _)) => Some(dialect),
            _ => None,
        };
        assert_eq!(error(&"[".repeat(1000)).map(|(reason, _)| reason), Some(Reason::TooDeep(200)));
        assert_eq!(dialect("var a = <div>x</div>;"), Some(Some(Dialect::Jsx)));
        assert_eq!(dialect("let a: string = 'x'; interface B { c: number }"), Some(Some(Dialect::TypeScript)));
        for member in ["private a = 1", "readonly a", "static readonly a = 1", "public a() {}", "override a() {}", "declare a"] {
            assert_eq!(dialect(&format!("class A {{ {member} }}")), Some(Some(Dialect::TypeScript)), "{member}");
        }
        assert_eq!(dialect("let a: B = <div>x</div>;"), Some(Some(Dialect::TypeScript)));
        assert_eq!(dialect("var a = {{ b }};\nvar c = ;"), Some(Some(Dialect::Template)));
        assert_eq!(dialect("var a = <%= b %>;\nx.html('</div>')"), Some(Some(Dialect::Template)));
        assert_eq!(dialect("if (a == <b) {}"), Some(None));
        for (head, part) in
            [("", "<a>;"), ("let a: ", "B<C,"), ("a as ", "B<C,"), ("a = ", "a<b,"), ("{{'}}", "["), ("a = <b>'", "[")]
        {
            let text = format!("{head}{}; type A = 1; </a>", part.repeat(100_000));
            assert!(error(&text).is_some(), "{head}{part}");
        }
        assert_eq!(dialect("var a = ;"), Some(None));
        assert_eq!(error("x = 1;\nvar a = ;").map(|(_, span)| span.start), Some(15));
        for text in [
            "let a; let a;",
            "const a;",
            "break;",
            "'use strict'; with (a) {}",
            "x = /(/",
            "return 1",
            "let x = 08n",
            "a();\u{200B}b()",
        ] {
            assert!(error(text).is_some(), "{text}");
        }
        for text in [
            "with (a) {}",
            "import a from 'b'",
            "var x = 010",
            "await x",
            "export default 1",
            "class A { #a; static { } }",
            "a ??= b?.c",
            "\u{feff}var a",
            "a()\u{a0}\u{3000};'\u{200B}' // \u{200B}",
            "class A { private; static readonly() {} override = 1; declare }",
        ] {
            assert_eq!(error(text), None, "{text}");
        }
        assert!(parse(&Fragment::verbatim("return false", 0), Form::Handler, 200).is_ok());
    }

    #[test]
    fn names_for_others_are_found() {
        let globals = |text: &str| {
            let script = script(text);
            let mut names: Vec<String> = script.globals().into_iter().map(|(name, _)| name).collect();
            names.sort();
            names.join(",")
        };
        assert_eq!(globals("window.A = 1; self['B'] = 2; var C; function D() { var no }"), "A,B,C,D");
        assert_eq!(globals("(function (root, f) { root.E = f() })(this, function () {})"), "E");
        assert_eq!(globals("Object.assign(window, { F: 1 }); Reflect.set(window, 'I', 1); Reflect.set(own, 'J', 1)"), "F,I");
        assert_eq!(globals("(function () { var a; self2.G = 1 })()"), "");
    }

    #[test]
    fn comments_on_consecutive_lines_are_one_block() {
        let script = script("// a\n// b\n\n// c\nx(); // d\n// e\n/* f */\n");
        let texts: Vec<_> = script.comment_blocks().into_iter().map(|block| block.text).collect();
        assert_eq!(texts, [" a\n b", " c", " d", " e", " f "]);
    }

    #[test]
    fn functions_know_how_they_are_called() {
        let passed = |text: &str| {
            let script = script(text);
            let function = script.nodes().find(|&id| matches!(script.kind(id), Kind::Function { .. })).unwrap_or(Tree::ROOT);
            let mut calls: Vec<_> = script
                .passed_to(function)
                .into_iter()
                .map(|(call, n)| format!("{}#{n}", call.method().unwrap_or_default()))
                .collect();
            if let Role::Argument(call, n) = script.role(function) {
                calls.push(format!("{}#{n}", call.method().unwrap_or_default()));
            }
            calls.join(" ")
        };
        assert_eq!(passed("p.then(a, function () {})"), "then#1");
        assert_eq!(passed("function f() {} p.catch(f)"), "catch#0");
        assert_eq!(passed("var o = { f: function () {} }; p.catch(o.f.bind(o))"), "catch#0");
        assert_eq!(passed("var f = () => 1; p.then(f)"), "then#0");
        assert_eq!(passed("p.catch(function () {}.bind(this))"), "catch#0");
    }
}
