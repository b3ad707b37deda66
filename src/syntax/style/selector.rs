//! Selectors: what each compound of each selector of a list tests, and where it stands.

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token};

use super::pseudos::is_pseudo;
use crate::package::bounds::PSEUDO_CLASSES;
use crate::syntax::{OffsetMap, Span, has_hole};

/// One selector of a list, as it is written: `.own > input:not(.x)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// From its first to its last character.
    pub span: Span,
    /// Its compounds, from left to right.
    pub compounds: Vec<Compound>,
    /// Whether a part of it may stand for what the rule around it selects: `&`, `:scope`.
    pub nests: bool,
}

/// What must hold for one element: `input.own:hover`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// How the compound stands to the one before it.
    pub combinator: Combinator,
    /// What it tests, as written; empty only where a relative selector starts with a combinator.
    pub parts: Vec<Part>,
}

/// What stands before a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combinator {
    /// Nothing: the selector starts here.
    Start,
    /// White space.
    Descendant,
    /// `>`
    Child,
    /// `+` or `~`
    Sibling,
    /// `||`
    Column,
}

/// One test of a compound, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// From the first to the last character, a leading `.`, `#` or `:` included.
    pub span: Span,
    /// What it tests.
    pub test: Test,
}

/// What a part of a compound tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// An element name.
    Type(Box<str>),
    /// `*`
    Any,
    /// A class name, without the dot.
    Class(Box<str>),
    /// An id, without the hash.
    Id(Box<str>),
    /// An attribute, with the value it is compared with.
    Attribute {
        /// As written.
        name: Box<str>,
        /// Escapes resolved; `None` for a mere presence test.
        value: Option<Box<str>>,
    },
    /// A pseudo-class or pseudo-element, without colons and in lower case.
    Pseudo {
        /// As in `hover`, `not`, `before`.
        name: Box<str>,
        /// The selectors in its parentheses, for those that take selectors.
        selectors: Vec<Selector>,
    },
    /// `&`: what the rule around this one selects.
    Nesting,
    /// Something that was not followed: too deep, or a suffix that only a preprocessor understands.
    Unknown,
}

impl Part {
    /// The selectors in the parentheses of a pseudo-class that demands one of them (`:is`, `:where`, `:has`, `:nth-child(1 of ...)`),
    /// so not those of `:not`.
    #[must_use]
    pub fn demanded(&self) -> &[Selector] {
        match &self.test {
            Test::Pseudo { name, selectors } if &**name != "not" => selectors,
            _ => &[],
        }
    }

    /// Whether it may stand for what the rule around it selects: `&` does, `:scope` inside `@scope`.
    pub(super) fn nests(&self) -> bool {
        match &self.test {
            Test::Nesting => true,
            Test::Pseudo { name, .. } => &**name == "scope",
            _ => false,
        }
    }

    /// Whether a part of the name or value is only known at run time.
    #[must_use]
    pub fn has_hole(&self) -> bool {
        match &self.test {
            Test::Type(name) | Test::Class(name) | Test::Id(name) => has_hole(name),
            Test::Attribute { name, value } => has_hole(name) || value.as_deref().is_some_and(has_hole),
            Test::Pseudo { name, selectors } => has_hole(name) || selectors.iter().any(Selector::has_hole),
            Test::Any | Test::Nesting | Test::Unknown => false,
        }
    }
}

impl Selector {
    /// Whether a part of it is only known at run time.
    #[must_use]
    pub fn has_hole(&self) -> bool {
        self.parts().any(Part::has_hole)
    }

    /// Whether it asks for a pseudo-class or pseudo-element that no browser knows, for which a whole rule is dropped; `:is` and `:where`
    /// pass over one in their parentheses.
    #[must_use]
    pub fn has_unknown_pseudo(&self) -> bool {
        self.parts().any(|part| match &part.test {
            Test::Pseudo { name, .. } if !is_pseudo(name) => true,
            Test::Pseudo { name, .. } if matches!(&**name, "is" | "where") => false,
            Test::Pseudo { selectors, .. } => selectors.iter().any(Self::has_unknown_pseudo),
            _ => false,
        })
    }

    /// Every part of every compound, pseudo-classes not opened.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.compounds.iter().flat_map(|compound| &compound.parts)
    }
}

/// What a list may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// A combinator may not come first.
    No,
    /// A combinator may come first: inside a rule, inside `:has`.
    Yes,
}

/// Something that is no selector.
pub(super) type Failure = ParseError<()>;

/// Reads a whole selector list, and the place of a suffix after `&` that only a preprocessor understands.
/// `room` is the number of parts that may still be kept; a list that needs more is no list.
pub(super) fn selector_list(
    input: &mut Parser<'_>,
    map: &OffsetMap,
    relative: Relative,
    room: &mut usize,
) -> Result<(Vec<Selector>, Option<Span>), Failure> {
    let mut reader = Reader { map, room, suffix: None };
    let selectors = reader.list(input, relative, PSEUDO_CLASSES)?;
    Ok((selectors, reader.suffix))
}

fn invalid<T>() -> Result<T, Failure> {
    Err(ParseError::custom(()))
}

fn at(input: &Parser<'_>) -> u32 {
    input.position().byte_index() as u32
}

struct Reader<'a> {
    map: &'a OffsetMap,
    room: &'a mut usize,
    suffix: Option<Span>,
}

impl Reader<'_> {
    fn list(&mut self, input: &mut Parser<'_>, relative: Relative, depth: u8) -> Result<Vec<Selector>, Failure> {
        let mut selectors = Vec::new();
        loop {
            selectors.push(self.selector(input, relative, depth)?);
            if input.is_exhausted() {
                return Ok(selectors);
            }
            input.expect_comma().map_err(|_| ParseError::custom(()))?;
        }
    }

    /// Reads up to a comma or the end.
    fn selector(&mut self, input: &mut Parser<'_>, relative: Relative, depth: u8) -> Result<Selector, Failure> {
        let mut compounds = Vec::new();
        let mut combinator = Combinator::Start;
        input.skip_whitespace();
        let start = at(input);
        let mut end = start;
        loop {
            let before = input.state();
            let spaced = at(input);
            input.skip_whitespace();
            let gap = at(input) > spaced;
            let Ok(token) = input.next_including_whitespace().cloned() else { break };
            let explicit = match token {
                Token::Comma => {
                    input.reset(&before);
                    break;
                }
                Token::Delim('>') => Some(Combinator::Child),
                Token::Delim('+' | '~') => Some(Combinator::Sibling),
                Token::Delim('|') if input.try_parse(|input| input.expect_delim('|')).is_ok() => Some(Combinator::Column),
                _ => None,
            };
            if let Some(explicit) = explicit {
                let first = compounds.is_empty();
                let doubled = !matches!(combinator, Combinator::Start | Combinator::Descendant);
                if doubled || (first && relative == Relative::No) {
                    return invalid();
                }
                combinator = explicit;
                end = at(input);
                continue;
            }
            input.reset(&before);
            input.skip_whitespace();
            if gap && combinator == Combinator::Start && !compounds.is_empty() {
                combinator = Combinator::Descendant;
            }
            let parts = self.compound(input, depth)?;
            end = at(input);
            compounds.push(Compound { combinator, parts });
            combinator = Combinator::Start;
        }
        let dangling = combinator != Combinator::Start;
        if compounds.is_empty() || dangling {
            return invalid();
        }
        let nests = compounds.iter().flat_map(|compound: &Compound| &compound.parts).any(Part::nests);
        Ok(Selector { span: self.map.span(Span::new(start, end)), compounds, nests })
    }

    /// Reads tests up to white space, a combinator or a comma; at least one.
    fn compound(&mut self, input: &mut Parser<'_>, depth: u8) -> Result<Vec<Part>, Failure> {
        let mut parts = Vec::new();
        loop {
            let before = input.state();
            let start = at(input);
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { break };
            let test = match token {
                Token::WhiteSpace(_) | Token::Comma | Token::Delim('>' | '+' | '~') => {
                    input.reset(&before);
                    break;
                }
                Token::Comment(_) => continue,
                Token::Ident(name) if parts.is_empty() => Test::Type((*name).into()),
                Token::Ident(_) => {
                    let suffix = self.map.span(Span::new(start, at(input)));
                    if !matches!(parts.last(), Some(Part { test: Test::Nesting, .. })) {
                        return invalid();
                    }
                    self.suffix.get_or_insert(suffix);
                    Test::Unknown
                }
                Token::Delim('*') if parts.is_empty() => Test::Any,
                Token::Delim('&') => Test::Nesting,
                Token::Delim('|') => {
                    if input.try_parse(|input| input.expect_delim('|')).is_ok() {
                        input.reset(&before);
                        break;
                    }
                    // What stood before is a namespace; the element's name follows.
                    parts.pop();
                    continue;
                }
                Token::Delim('.') => match input.next_including_whitespace_and_comments() {
                    Ok(Token::Ident(name)) => Test::Class((**name).into()),
                    _ => return invalid(),
                },
                Token::IDHash(name) => Test::Id((*name).into()),
                Token::SquareBracketBlock => input.parse_nested_block(attribute)?,
                Token::Colon => self.pseudo(input, depth)?,
                _ => return invalid(),
            };
            if *self.room == 0 {
                return invalid();
            }
            *self.room -= 1;
            parts.push(Part { span: self.map.span(Span::new(start, at(input))), test });
        }
        if parts.is_empty() { invalid() } else { Ok(parts) }
    }

    /// Reads what follows the first colon of a pseudo-class or pseudo-element.
    fn pseudo(&mut self, input: &mut Parser<'_>, depth: u8) -> Result<Test, Failure> {
        let mut token = input.next_including_whitespace_and_comments().cloned();
        if matches!(token, Ok(Token::Colon)) {
            token = input.next_including_whitespace_and_comments().cloned();
        }
        match token {
            Ok(Token::Ident(name)) => Ok(Test::Pseudo { name: name.to_ascii_lowercase().into(), selectors: Vec::new() }),
            Ok(Token::Function(name)) => {
                let name: Box<str> = name.to_ascii_lowercase().into();
                let read = input.parse_nested_block(|input| self.arguments(&name, input, depth));
                match read {
                    Ok(Some(selectors)) => Ok(Test::Pseudo { name, selectors }),
                    Ok(None) => Ok(Test::Unknown),
                    Err(error) if too_deep(&error) => Ok(Test::Unknown),
                    Err(error) => Err(error),
                }
            }
            _ => invalid(),
        }
    }

    /// The selectors in the parentheses of `name`; `None` when they are not followed.
    fn arguments(&mut self, name: &str, input: &mut Parser<'_>, depth: u8) -> Result<Option<Vec<Selector>>, Failure> {
        let takes_selectors = match name {
            "is" | "where" | "not" | "has" | "matches" | "any" | "-webkit-any" | "-moz-any" | "host" | "host-context"
            | "slotted" | "cue" | "cue-region" | "current" | "global" | "local" | "deep" => true,
            "nth-child" | "nth-last-child" => skip_to_of(input),
            _ => false,
        };
        if !takes_selectors || input.is_exhausted() {
            skip_rest(input);
            return Ok(Some(Vec::new()));
        }
        let Some(deeper) = depth.checked_sub(1) else {
            skip_rest(input);
            return Ok(None);
        };
        let relative = if name == "has" { Relative::Yes } else { Relative::No };
        let selectors = self.list(input, relative, deeper)?;
        skip_rest(input);
        Ok(Some(selectors))
    }
}

/// Whether reading stopped at the parser's own limit of nested blocks.
fn too_deep(error: &Failure) -> bool {
    matches!(error.kind, cssparser::ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks))
}

/// Moves behind the `of` of `:nth-child(2n of ...)`.
fn skip_to_of(input: &mut Parser<'_>) -> bool {
    while let Ok(token) = input.next() {
        if matches!(token, Token::Ident(name) if name.eq_ignore_ascii_case("of")) {
            return true;
        }
    }
    false
}

/// Moves to the end of what the parser may read.
pub(super) fn skip_rest(input: &mut Parser<'_>) {
    while input.next_including_whitespace_and_comments().is_ok() {}
}

/// Reads the inside of `[...]`.
fn attribute(input: &mut Parser<'_>) -> Result<Test, Failure> {
    let mut name: Option<Box<str>> = None;
    let mut value = None;
    while let Ok(token) = input.next() {
        match token {
            // The last name before the comparison counts: what stands before a `|` is a namespace.
            Token::Ident(ident) if value.is_none() => name = Some((**ident).into()),
            Token::Delim('=')
            | Token::IncludeMatch
            | Token::DashMatch
            | Token::PrefixMatch
            | Token::SuffixMatch
            | Token::SubstringMatch => {
                value = match input.next() {
                    Ok(Token::Ident(text) | Token::QuotedString(text)) => Some((**text).into()),
                    // An unquoted number is no valid value, but its meaning is plain.
                    _ => Some("".into()),
                };
            }
            _ => {}
        }
    }
    name.map_or_else(invalid, |name| Ok(Test::Attribute { name, value }))
}
