//! CSS: rules with each selector of each list, declarations, imports, addresses and comments, all with exact spans.

mod properties;
mod pseudos;
mod resolve;
mod selector;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser,
    RuleBodyParser, StyleSheetParser, Token,
};

pub use properties::is_property;
pub use resolve::{FullCompound, FullSelector};
pub use selector::{Combinator, Compound, Part, Selector, Test};

use crate::package::bounds::{PARTS, STYLE_BLOCKS};
use crate::syntax::{Fragment, OffsetMap, Span};
use selector::{Failure, Relative, selector_list, skip_rest};

/// What a stylesheet, a `<style>` element or a `style` attribute holds.
#[derive(Clone, Debug, Default)]
pub struct Stylesheet {
    /// In the order of their first character, nested ones after the rule around them. Rules with an unreadable selector are left out, as browsers do.
    pub rules: Vec<Rule>,
    /// The conditional blocks that rules stand in.
    pub groups: Vec<Group>,
    /// `@import`
    pub imports: Vec<Import>,
    /// `url(...)` and its like in declarations and `@font-face`.
    pub addresses: Vec<Address>,
    /// `/* ... */`
    pub comments: Vec<Span>,
    /// What only a preprocessor (Sass, Less, Tailwind) understands.
    pub leftovers: Vec<Leftover>,
    /// Whether a limit was hit, so that not all of it was read.
    pub cut: bool,
}

/// A style rule, or the root of an `@scope` block.
#[derive(Clone, Debug)]
pub struct Rule {
    /// From the selector's first character to the closing brace.
    pub span: Span,
    /// Its list; empty for a `style` attribute and for an `@scope` that names no root.
    pub selectors: Vec<Selector>,
    /// Its own declarations, those in conditional blocks inside it included.
    pub declarations: Vec<Declaration>,
    /// The rule around this one: an index into [`Stylesheet::rules`].
    pub parent: Option<u32>,
    /// The innermost conditional block around this rule: an index into [`Stylesheet::groups`].
    pub group: Option<u32>,
    /// Whether this is an `@scope` block rather than a rule.
    pub is_scope: bool,
    /// Whether browsers drop it for a pseudo-class that they do not know, in it or around it.
    pub is_dropped: bool,
}

/// A conditional block: `@media`, `@supports`, `@layer`, `@container` and the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// In lower case, without the `@`.
    pub name: Box<str>,
    /// What stands between the name and the brace.
    pub condition: Box<str>,
    /// The block around this one.
    pub outer: Option<u32>,
}

/// `name: value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// In lower case, except custom properties.
    pub name: Box<str>,
    /// As written, without `!important` and surrounding white space.
    pub value: Box<str>,
    /// From the name to the end of the value.
    pub span: Span,
    /// The value's own.
    pub value_span: Span,
    /// Whether `!important` follows.
    pub important: bool,
}

/// `@import`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Escapes resolved.
    pub address: Box<str>,
    /// The address, quotes or `url(...)` included.
    pub span: Span,
    /// Whether browsers ignore it because rules stand before it.
    pub ignored: bool,
}

/// An address that a style loads: an image, a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Escapes resolved.
    pub address: Box<str>,
    /// The address, quotes or `url(...)` included.
    pub span: Span,
}

/// Something that no browser understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What it is.
    pub what: Preprocessor,
    /// Where it stands.
    pub span: Span,
}

/// Constructs of style preprocessors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preprocessor {
    /// `$name` or `@name:`
    Variable,
    /// `@mixin`, `@include`, `@extend`, `@apply` and the like, `.mixin()`
    AtRule,
    /// `// ...`
    LineComment,
    /// `&-suffix`
    Suffix,
    /// `#{...}`, `@{...}` or `%placeholder`
    Interpolation,
}

/// Reads a stylesheet.
#[must_use]
pub fn parse(fragment: &Fragment<'_>) -> Stylesheet {
    let mut input = parser(&fragment.text);
    let mut reader = Reader::new(&fragment.text, &fragment.map);
    // A rule that cannot be read is an error here; the next one is read all the same.
    StyleSheetParser::new(&mut input, &mut reader).for_each(drop);
    reader.finish()
}

/// Reads the declarations of a `style` attribute: one rule without a selector.
#[must_use]
pub fn parse_attribute(fragment: &Fragment<'_>) -> Stylesheet {
    let mut input = parser(&fragment.text);
    let mut reader = Reader::new(&fragment.text, &fragment.map);
    let span = fragment.map.span(Span::new(0, fragment.text.len() as u32));
    let rule = reader.open(span, Vec::new(), false);
    reader.body(&mut input, Some(rule), None);
    reader.finish()
}

fn parser(text: &str) -> Parser<'_> {
    let mut parser = Parser::new(text);
    parser.set_nested_block_limit(STYLE_BLOCKS);
    parser
}

impl Stylesheet {
    /// The conditional blocks around `rule`, innermost first.
    pub fn groups_of<'s>(&'s self, rule: &Rule) -> impl Iterator<Item = &'s Group> {
        let get = |index: u32| self.groups.get(index as usize);
        std::iter::successors(rule.group.and_then(get), move |group| group.outer.and_then(get))
    }

    /// Whether a selector speaks of the element that holds a shadow root: `:host`.
    #[must_use]
    pub fn names_host(&self) -> bool {
        let is_host = |part: &Part| matches!(&part.test, Test::Pseudo { name, .. } if matches!(&**name, "host" | "host-context"));
        self.rules.iter().any(|rule| rule.selectors.iter().any(|selector| selector.parts().any(is_host)))
    }
}

struct Reader<'a> {
    text: &'a str,
    map: &'a OffsetMap,
    sheet: Stylesheet,
    parent: Option<u32>,
    group: Option<u32>,
    /// Whether a rule was seen, so that an `@import` comes too late.
    started: bool,
    /// Whether what comes next goes on with a selector that something to be filled in cuts: `#{$root} input`.
    is_cut: bool,
    depth: u8,
    room: usize,
}

/// What an at-rule's block holds.
enum Block {
    /// Style rules under a condition.
    Rules(Group),
    /// Style rules under a root.
    Scope(Vec<Selector>),
    /// Descriptors: only their addresses are of interest.
    Descriptors,
    /// An `@import`, which has no block.
    Import(Import),
    /// Nothing that concerns elements.
    Other,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, map: &'a OffsetMap) -> Self {
        let found = comments(text);
        let comments = found.iter().take(PARTS).map(|span| map.span(*span)).collect();
        let sheet = Stylesheet { comments, cut: found.len() > PARTS, ..Stylesheet::default() };
        Self { text, map, sheet, parent: None, group: None, started: false, is_cut: false, depth: 0, room: PARTS }
    }

    fn finish(self) -> Stylesheet {
        Stylesheet { cut: self.sheet.cut || self.room == 0, ..self.sheet }
    }

    fn open(&mut self, span: Span, selectors: Vec<Selector>, is_scope: bool) -> u32 {
        let index = self.sheet.rules.len() as u32;
        let (parent, group) = (self.parent, self.group);
        let is_outer_dropped =
            parent.and_then(|parent| self.sheet.rules.get(parent as usize)).is_some_and(|rule| rule.is_dropped);
        let is_dropped = is_outer_dropped || selectors.iter().any(Selector::has_unknown_pseudo);
        self.sheet.rules.push(Rule { span, selectors, declarations: Vec::new(), parent, group, is_scope, is_dropped });
        index
    }

    /// Reads the items of a block whose declarations belong to the rule `parent`.
    fn body(&mut self, input: &mut Parser<'_>, parent: Option<u32>, group: Option<u32>) {
        let outer = (self.parent, self.group);
        (self.parent, self.group) = (parent, group);
        self.depth += 1;
        RuleBodyParser::new(input, self).for_each(drop);
        self.depth -= 1;
        (self.parent, self.group) = outer;
    }

    fn span(&self, start: u32, end: u32) -> Span {
        self.map.span(Span::new(start, end))
    }

    fn leftover(&mut self, what: Preprocessor, start: u32, end: u32) {
        let span = self.span(start, end);
        self.keep_leftover(what, span);
    }

    fn keep_leftover(&mut self, what: Preprocessor, span: Span) {
        if self.take(1) {
            self.sheet.leftovers.push(Leftover { what, span });
        }
    }

    fn take(&mut self, facts: usize) -> bool {
        let fits = self.room > facts;
        self.room = self.room.saturating_sub(facts);
        fits
    }

    /// Whether a selector goes on behind what follows `end` and is to be filled in before the page gets the style: `#{$name}`, `{{ name }}`.
    fn is_filled_in(&self, end: u32) -> bool {
        let (before, after) = self.text.split_at_checked(end as usize).unwrap_or_default();
        let close = match after.strip_prefix('{') {
            Some(inside) if inside.starts_with('{') => "}}",
            Some(_) if before.ends_with(['#', '@', '$']) => "}",
            _ => return false,
        };
        let rest = after.split_once(close).map_or("", |(_, rest)| rest);
        // A declaration ends, a rule opens.
        rest.find(['{', ';', '}']).is_some_and(|at| rest[at..].starts_with('{'))
    }

    /// Names what makes the unreadable selector between `start` and `end` look like a preprocessor's.
    fn explain(&mut self, start: u32, end: u32) {
        let text = Span::new(start, end).of(self.text);
        let what = if text.starts_with('$') {
            Preprocessor::Variable
        } else if text.starts_with("//") {
            Preprocessor::LineComment
        } else if text.starts_with('%') || self.is_cut && !text.is_empty() {
            Preprocessor::Interpolation
        } else if text.starts_with('.') && text.ends_with(')') && !text.contains(':') {
            Preprocessor::AtRule
        } else {
            return;
        };
        let line = text.lines().next().unwrap_or(text).trim_end();
        self.leftover(what, start, start + line.len() as u32);
    }
}

fn at(input: &Parser<'_>) -> u32 {
    input.position().byte_index() as u32
}

fn failure<T>() -> Result<T, Failure> {
    Err(ParseError::custom(()))
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = Vec<Selector>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Self::Prelude, Failure> {
        self.started = true;
        self.sheet.cut |= self.depth >= STYLE_BLOCKS;
        input.skip_whitespace();
        let start = at(input);
        let relative = if self.parent.is_some() { Relative::Yes } else { Relative::No };
        let read = selector_list(input, self.map, relative, &mut self.room);
        let goes_on = std::mem::take(&mut self.is_cut);
        match read {
            Ok(_) if goes_on => failure(),
            Ok((selectors, suffix)) => {
                if let Some(suffix) = suffix {
                    self.keep_leftover(Preprocessor::Suffix, suffix);
                }
                Ok(selectors)
            }
            Err(error) => {
                skip_rest(input);
                self.is_cut = self.is_filled_in(at(input));
                self.explain(start, at(input));
                Err(error)
            }
        }
    }

    fn parse_block(&mut self, selectors: Vec<Selector>, start: &ParserState, input: &mut Parser<'i>) -> Result<(), Failure> {
        let from = start.position().byte_index() as u32;
        let rule = self.open(self.span(from, from), selectors, false);
        self.body(input, Some(rule), self.group);
        let span = self.span(from, at(input) + 1);
        if let Some(rule) = self.sheet.rules.get_mut(rule as usize) {
            rule.span = rule.selectors.first().map_or(span, |first| Span::new(first.span.start, span.end));
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Block;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<Block, Failure> {
        let name_start = at(input).saturating_sub(name.len() as u32 + 1);
        let name = name.to_ascii_lowercase();
        let unprefixed =
            name.strip_prefix("-webkit-").or_else(|| name.strip_prefix("-moz-")).or_else(|| name.strip_prefix("-o-"));
        let ignored = self.started;
        self.started |= !matches!(name.as_str(), "import" | "layer" | "charset" | "namespace");
        input.skip_whitespace();
        let start = at(input);
        let block = match unprefixed.unwrap_or(&name) {
            "import" => Block::Import(import(input, self.map, ignored)?),
            "scope" => Block::Scope(self.scope_roots(input)?),
            "media" | "supports" | "container" | "layer" | "starting-style" | "document" => {
                skip_rest(input);
                let condition = Span::new(start, at(input)).of(self.text).trim().into();
                Block::Rules(Group { name: name.into(), condition, outer: self.group })
            }
            "font-face" | "page" | "keyframes" | "counter-style" | "property" => Block::Descriptors,
            "mixin" | "include" | "extend" | "function" | "return" | "if" | "else" | "each" | "for" | "while" | "at-root"
            | "content" | "use" | "forward" | "debug" | "warn" | "error" | "tailwind" | "apply" | "plugin" => {
                skip_rest(input);
                self.leftover(Preprocessor::AtRule, name_start, at(input));
                Block::Other
            }
            _ => {
                let is_variable = input.try_parse(Parser::expect_colon).is_ok();
                skip_rest(input);
                if is_variable {
                    self.leftover(Preprocessor::Variable, name_start, at(input));
                }
                Block::Other
            }
        };
        skip_rest(input);
        Ok(block)
    }

    fn rule_without_block(&mut self, block: Block, _start: &ParserState) -> Result<(), ()> {
        if let Block::Import(import) = block
            && self.take(1)
        {
            self.sheet.imports.push(import);
        }
        Ok(())
    }

    fn parse_block(&mut self, block: Block, start: &ParserState, input: &mut Parser<'i>) -> Result<(), Failure> {
        match block {
            Block::Rules(group) => {
                let index = self.sheet.groups.len() as u32;
                if self.take(1) {
                    self.sheet.groups.push(group);
                    self.body(input, self.parent, Some(index));
                }
            }
            Block::Scope(roots) => {
                let from = start.position().byte_index() as u32;
                let scope = self.open(self.span(from, from), roots, true);
                self.body(input, Some(scope), self.group);
            }
            Block::Descriptors => {
                let mut found = Vec::new();
                addresses(input, self.map, &mut found);
                self.keep_addresses(found);
            }
            Block::Import(_) | Block::Other => skip_rest(input),
        }
        skip_rest(input);
        Ok(())
    }
}

impl Reader<'_> {
    /// The roots that `@scope (...)` names; its limit, `to (...)`, adds nothing.
    fn scope_roots(&mut self, input: &mut Parser<'_>) -> Result<Vec<Selector>, Failure> {
        let mut roots = Vec::new();
        if matches!(input.next(), Ok(Token::ParenthesisBlock)) {
            let (map, room) = (self.map, &mut self.room);
            roots = input.parse_nested_block(|input| selector_list(input, map, Relative::Yes, room))?.0;
        }
        Ok(roots)
    }

    fn keep_addresses(&mut self, found: Vec<Address>) {
        if self.take(found.len()) {
            self.sheet.addresses.extend(found);
        }
    }
}

impl<'i> DeclarationParser<'i> for Reader<'_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>, start: &ParserState) -> Result<(), Failure> {
        let is_custom = name.starts_with("--");
        let mut found = Vec::new();
        let mut variable = None;
        let mut important = false;
        input.skip_whitespace();
        let value_start = at(input);
        let mut value_end = value_start;
        loop {
            let token_start = at(input);
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { break };
            match token {
                // A rule inside a rule, `a:hover {`: not a declaration after all.
                Token::CurlyBracketBlock if !is_custom => return failure(),
                Token::WhiteSpace(_) | Token::Comment(_) => continue,
                Token::Delim('!') => {
                    important |= input.try_parse(|input| input.expect_ident_matching("important")).is_ok();
                    continue;
                }
                Token::Delim('$') => variable = variable.or(Some(token_start)),
                Token::UnquotedUrl(address) => {
                    let span = self.span(token_start, at(input));
                    found.push(Address { address: (*address).into(), span });
                }
                Token::Function(name) => {
                    let _: Result<(), Failure> = input.parse_nested_block(|input| {
                        function_addresses(&name, token_start, input, self.map, &mut found);
                        Ok(())
                    });
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    let _: Result<(), Failure> = input.parse_nested_block(|input| {
                        addresses(input, self.map, &mut found);
                        Ok(())
                    });
                }
                _ => {}
            }
            value_end = at(input);
        }
        let value = Span::new(value_start, value_end.max(value_start)).of(self.text).trim();
        let from = start.position().byte_index() as u32;
        if let Some(variable) = variable {
            self.leftover(Preprocessor::Variable, variable, value_end);
        }
        let kept = self.take(1);
        if let (true, Some(parent)) = (kept, self.parent) {
            let declaration = Declaration {
                name: if is_custom { (*name).into() } else { name.to_ascii_lowercase().into() },
                value: value.into(),
                span: self.span(from, value_end),
                value_span: self.span(value_start, value_start + value.len() as u32),
                important,
            };
            if let Some(rule) = self.sheet.rules.get_mut(parent as usize) {
                rule.declarations.push(declaration);
            }
        }
        self.keep_addresses(found);
        Ok(())
    }
}

impl RuleBodyItemParser<'_, (), ()> for Reader<'_> {
    fn parse_declarations(&self) -> bool {
        self.parent.is_some()
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}

/// Reads the address of an `@import`.
fn import(input: &mut Parser<'_>, map: &OffsetMap, ignored: bool) -> Result<Import, Failure> {
    let start = at(input);
    let address = input.expect_url_or_string().map_err(|_| ParseError::custom(()))?;
    let span = map.span(Span::new(start, at(input)));
    Ok(Import { address: (*address).into(), span, ignored })
}

/// Collects the addresses in what is left of `input`, at any depth that the parser follows.
fn addresses(input: &mut Parser<'_>, map: &OffsetMap, found: &mut Vec<Address>) {
    loop {
        let start = at(input);
        let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return };
        match token {
            Token::UnquotedUrl(address) => {
                found.push(Address { address: (*address).into(), span: map.span(Span::new(start, at(input))) });
            }
            Token::Function(name) => {
                let _: Result<(), Failure> = input.parse_nested_block(|input| {
                    function_addresses(&name, start, input, map, found);
                    Ok(())
                });
            }
            Token::CurlyBracketBlock | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                let _: Result<(), Failure> = input.parse_nested_block(|input| {
                    addresses(input, map, found);
                    Ok(())
                });
            }
            _ => {}
        }
    }
}

/// Collects the addresses in the parentheses of function `name`, which starts at `open`.
fn function_addresses(name: &str, open: u32, input: &mut Parser<'_>, map: &OffsetMap, found: &mut Vec<Address>) {
    let is_url = name.eq_ignore_ascii_case("url") || name.eq_ignore_ascii_case("src");
    let holds_addresses = is_url || name.eq_ignore_ascii_case("image-set") || name.eq_ignore_ascii_case("-webkit-image-set");
    let state = input.state();
    if holds_addresses && let Ok(address) = input.expect_string_cloned() {
        let start = if is_url { open } else { state.position().byte_index() as u32 };
        let end = at(input) + u32::from(is_url);
        found.push(Address { address: (*address).into(), span: map.span(Span::new(start, end)) });
    } else {
        input.reset(&state);
    }
    addresses(input, map, found);
}

/// The comments of a stylesheet, strings and unquoted addresses set aside.
fn comments(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let starts = |star: &usize| star.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'/');
    let Some(last) = memchr::memrchr_iter(b'*', bytes).find(starts) else { return found };
    let mut at = 0;
    while at <= last {
        let rest = &bytes[at..];
        at += match rest.first() {
            Some(b'/') if rest.starts_with(b"/*") => {
                let inside = text.get(at + 2..).unwrap_or_default();
                let length = inside.find("*/").map_or(rest.len(), |end| end + 4);
                found.push(Span::new(at as u32, (at + length) as u32));
                length
            }
            Some(b'"' | b'\'') => quoted(rest),
            Some(b'u' | b'U') if is_unquoted_url(rest) => memchr::memchr(b')', rest).unwrap_or(rest.len()),
            Some(b'\\') => 2,
            _ => 1,
        };
    }
    found
}

/// The length of the string that `rest` starts with; it ends at an unescaped line end at the latest.
fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return at,
            _ if byte == rest[0] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

fn is_unquoted_url(rest: &[u8]) -> bool {
    let Some((name, inside)) = rest.split_at_checked(4) else { return false };
    let first = inside.iter().find(|byte| !byte.is_ascii_whitespace());
    name.eq_ignore_ascii_case(b"url(") && !matches!(first, Some(b'"' | b'\'') | None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Stylesheet {
        parse(&Fragment::verbatim(text, 0))
    }

    /// The selectors as they stand in the file, rule by rule.
    fn selectors(text: &str) -> Vec<Vec<&str>> {
        sheet(text).rules.iter().map(|rule| rule.selectors.iter().map(|selector| selector.span.of(text)).collect()).collect()
    }

    #[test]
    fn each_selector_of_a_list_has_its_own_place() {
        let text = "/* a, b */\n.own , #id  > input:not(.x, .y),\n  :is(h1, h2) b /* c */ { color: red }";
        assert_eq!(selectors(text), [[".own", "#id  > input:not(.x, .y)", ":is(h1, h2) b"]]);
        assert_eq!(selectors("svg|a,*|*,[data-x='a,b'],a||b{}"), [["svg|a", "*|*", "[data-x='a,b']", "a||b"]]);
    }

    #[test]
    fn compounds_are_taken_apart() {
        let text = "ul.a#b[type=text]:hover::before > * + .c ~ d{}";
        let sheet = sheet(text);
        let compounds = &sheet.rules[0].selectors[0].compounds;
        let combinators: Vec<_> = compounds.iter().map(|compound| compound.combinator).collect();
        assert_eq!(combinators, [Combinator::Start, Combinator::Child, Combinator::Sibling, Combinator::Sibling]);
        let parts: Vec<_> = compounds[0].parts.iter().map(|part| part.span.of(text)).collect();
        assert_eq!(parts, ["ul", ".a", "#b", "[type=text]", ":hover", "::before"]);
        assert_eq!(compounds[0].parts[3].test, Test::Attribute { name: "type".into(), value: Some("text".into()) });
    }

    #[test]
    fn pseudo_classes_are_opened() {
        let sheet = sheet(":is(.a, b):nth-child(2n + 1 of .c):has(> .d):lang(de):not(:is(.e)){}");
        let parts = &sheet.rules[0].selectors[0].compounds[0].parts;
        let counts: Vec<_> = parts.iter().map(|part| part.demanded().len()).collect();
        assert_eq!(counts, [2, 1, 1, 0, 0]);
    }

    #[test]
    fn rules_stand_in_groups_and_in_rules() {
        let text = "@media (min-width: 1px) { @supports (a: b) { .a { color: red; &:hover, b { top: 0 } @media print { left: 0 } } } } @layer x { p {} }";
        let sheet = sheet(text);
        assert_eq!(selectors(text), [vec![".a"], vec!["&:hover", "b"], vec!["p"]]);
        let groups: Vec<_> = sheet.groups_of(&sheet.rules[0]).map(|group| (&*group.name, &*group.condition)).collect();
        assert_eq!(groups, [("supports", "(a: b)"), ("media", "(min-width: 1px)")]);
        assert_eq!(sheet.rules[1].parent, Some(0));
        let names: Vec<_> = sheet.rules[0].declarations.iter().map(|declaration| &*declaration.name).collect();
        assert_eq!(names, ["color", "left"]);
        assert_eq!(sheet.rules[1].span.of(text), "&:hover, b { top: 0 }");
    }

    #[test]
    fn keyframe_stops_and_descriptors_are_no_rules() {
        let text = "@keyframes x { from { top: 0 } 50% { top: 1px } } @-webkit-keyframes y { to { top: 0 } } \
                    @font-face { font-family: x; src: url(a.woff2) format('woff2'), url('b.woff') } @page :first { margin: 0 } .a {}";
        assert_eq!(selectors(text), [[".a"]]);
        let sheet = sheet(text);
        let addresses: Vec<_> = sheet.addresses.iter().map(|address| (&*address.address, address.span.of(text))).collect();
        assert_eq!(addresses, [("a.woff2", "url(a.woff2)"), ("b.woff", "url('b.woff')")]);
    }

    #[test]
    fn declarations_keep_their_places() {
        let text = ".a { Color : RED !important; --Own-x: {a:b}; background: url( \"x.png\" ) no-repeat , linear-gradient(red, (blue)) ; *zoom: 1; _h: 2; filter: a(b=1) }";
        let sheet = sheet(text);
        let seen: Vec<_> = sheet.rules[0].declarations.iter().map(|d| (&*d.name, d.value_span.of(text), d.important)).collect();
        let expected = [
            ("color", "RED", true),
            ("--Own-x", "{a:b}", false),
            ("background", "url( \"x.png\" ) no-repeat , linear-gradient(red, (blue))", false),
            ("_h", "2", false),
            ("filter", "a(b=1)", false),
        ];
        assert_eq!(seen, expected);
        assert_eq!(sheet.rules[0].declarations[0].span.of(text), "Color : RED");
    }

    #[test]
    fn imports_are_found_and_late_ones_marked() {
        let text = "@charset 'utf-8'; @import url(a.css) screen; @import \"b.css\"; .x {} @import 'c.css';";
        let seen: Vec<_> = sheet(text).imports.into_iter().map(|import| (import.address, import.ignored)).collect();
        assert_eq!(seen, [("a.css".into(), false), ("b.css".into(), false), ("c.css".into(), true)]);
    }

    #[test]
    fn comments_are_found_outside_strings_and_addresses() {
        let text = "a { b: '/* no */'; c: url(//x/*y) } /* yes */ d { e: \"\\\"/*no*/\" } /* open";
        let sheet = sheet(text);
        assert_eq!(sheet.comments.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["/* yes */", "/* open"]);
    }

    #[test]
    fn preprocessor_leftovers_are_named() {
        let cases = [
            ("$red: #f00;\n.a { }", Preprocessor::Variable, "$red: #f00;"),
            (".a { color: $red }", Preprocessor::Variable, "$red"),
            ("@red: #f00; .a {}", Preprocessor::Variable, "@red: #f00"),
            ("@mixin x { top: 0 }", Preprocessor::AtRule, "@mixin x "),
            (".a { @include x; }", Preprocessor::AtRule, "@include x"),
            (".a { .mixin(4px); top: 0 }", Preprocessor::AtRule, ".mixin(4px)"),
            ("// note\n.a { }", Preprocessor::LineComment, "// note"),
            (".a { &-b { top: 0 } }", Preprocessor::Suffix, "-b"),
            (".a-#{$i} { top: 0 }", Preprocessor::Interpolation, ".a-#"),
            ("%base { top: 0 }", Preprocessor::Interpolation, "%base"),
        ];
        for (text, what, place) in cases {
            let found = sheet(text).leftovers;
            let seen: Vec<_> = found.iter().map(|leftover| (leftover.what, leftover.span.of(text))).collect();
            assert_eq!(seen.first(), Some(&(what, place)), "{text}: {seen:?}");
        }
        assert_eq!(sheet(".a { content: '$x // y'; background: url(//x) } @unknown x { a { } }").leftovers, []);
    }

    #[test]
    fn unreadable_rules_are_left_out_and_the_rest_is_read() {
        assert_eq!(selectors("> a {} .x,, b {} .1 {} .y { } a > { } :hover {"), [vec![".y"], vec![":hover"]]);
    }

    #[test]
    fn what_goes_on_after_something_to_be_filled_in_is_no_selector_of_its_own() {
        for start in ["#{$root} ", "#{{ code }} ", ".{{code}}-", "#${code} ", "@{root} ", ".a-#{$i} .b-#{$i} "] {
            assert_eq!(selectors(&format!("{start}input {{ top: 0 }} p {{ top: 0 }}")), [["p"]], "{start}");
        }
        assert_eq!(
            selectors(".a { margin: #{$a} #{$b}; color: {{ c }} } .b { top: {{ t }}; left: 0 } p { }"),
            [[".a"], [".b"], ["p"]]
        );
        assert_eq!(selectors(".a-#{$i} { top: 0 } p { top: 0 }"), [["p"]]);
        assert_eq!(
            selectors(".a { #{$side}: 0; p { top: 0 } } .b::after { content: '{{' } {{ all }} { } b { }"),
            [[".a"], ["p"], [".b::after"], ["b"]]
        );
        assert_eq!(selectors(".1 { top: 0 } p { top: 0 }"), [["p"]]);
    }

    /// The readings of every selector that has declarations, as texts.
    fn full(text: &str) -> Vec<Vec<String>> {
        let sheet = sheet(text);
        let mut all = Vec::new();
        sheet.each_selector(
            |_| true,
            |_, _, readings| {
                all.push(
                    readings
                        .iter()
                        .map(|reading| {
                            let compounds = reading.compounds.iter();
                            compounds
                                .map(|compound| compound.parts().map(|part| part.span.of(text)).collect::<String>())
                                .collect::<Vec<_>>()
                                .join(" ")
                        })
                        .collect(),
                );
            },
        );
        all
    }

    #[test]
    fn nesting_is_written_out() {
        let text = ".a, b > c { &.d, e & f { g { } } > h { } }";
        let expected: [&[&str]; 6] = [
            &[".a"],
            &["b c"],
            &[".a.d", "b c.d"],
            &["e .a f", "e b c f"],
            &[".a.d g", "b c.d g", "e .a f g", "e b c f g"],
            &[".a h", "b c h"],
        ];
        let seen = full(text);
        assert_eq!(seen.len(), expected.len());
        for (seen, expected) in seen.iter().zip(expected) {
            let sorted = |mut texts: Vec<String>| {
                texts.sort();
                texts
            };
            let text = |text: &&str| text.to_string();
            assert_eq!(sorted(seen.clone()), sorted(expected.iter().map(text).collect()));
        }
    }

    #[test]
    fn scopes_are_written_out() {
        assert_eq!(full("@scope (.a) to (.b) { c { } :scope { } & > d { } }")[1..], [[".a c"], [".a"], [".a d"]]);
        let sheet = sheet("@scope { input { } }");
        sheet.each_selector(|_| true, |_, _, readings| assert!(readings.iter().all(|reading| reading.unknown)));
    }

    #[test]
    fn deep_and_large_input_ends() {
        for text in
            ["a{".repeat(50_000), ":is(".repeat(50_000), "@media x{".repeat(50_000), ".a{b:c(".repeat(20_000), "a{&,&".repeat(60)]
        {
            sheet(&text).each_selector(|_| true, |_, _, _| {});
        }
        assert!(sheet(&format!(".x{{{}", "a{".repeat(100))).cut);
        let wide = sheet(&"a,".repeat(400_000));
        assert!(wide.cut && wide.rules.is_empty());
    }

    #[test]
    fn fragments_map_into_their_file() {
        let mut builder = crate::syntax::FragmentBuilder::default();
        builder.verbatim(".a", 100);
        builder.hole(Span::new(102, 110));
        builder.verbatim(" b{top:0}", 110);
        let sheet = parse(&builder.finish(0));
        let selector = &sheet.rules[0].selectors[0];
        assert_eq!(selector.span, Span::new(100, 112));
        assert!(selector.has_hole());
        assert_eq!(sheet.rules[0].declarations[0].span, Span::new(113, 118));
    }

    #[test]
    fn attributes_hold_declarations_alone() {
        let sheet = parse_attribute(&Fragment::verbatim("top: 0; position: fixed", 7));
        assert_eq!(sheet.rules[0].declarations.len(), 2);
        assert_eq!(sheet.rules[0].declarations[1].span, Span::new(15, 30));
    }
}
