//! Strings: what a literal, a template, a concatenation or a constant says, and where it is used.

use super::{Access, Call, Kind, NodeId, Script};
use crate::syntax::{Fragment, FragmentBuilder, Span, has_hole};
use std::borrow::Cow;

/// Bytes that constants may add to a text that names them; a longer constant is a hole there.
const CONSTANT_BYTES: u32 = 4096;
/// Nodes that are looked at for one text.
const NODES: u32 = 20_000;
/// How deep constants may stand for constants.
const DEPTH: u32 = 24;

/// Calls whose first argument stays a text.
const READING: [&str; 19] = [
    "text",
    "val",
    "escape",
    "createTextNode",
    "writeText",
    "encodeURIComponent",
    "replace",
    "replaceAll",
    "indexOf",
    "lastIndexOf",
    "includes",
    "startsWith",
    "endsWith",
    "split",
    "match",
    "search",
    "test",
    "RegExp",
    "Error",
];

/// Where a text is used.
#[derive(Clone, Copy, Debug)]
pub enum TextRole<'s> {
    /// It is the `n`th argument of a call.
    Argument(Call<'s>, usize),
    /// It is assigned to a member or a variable: the target, and the member's name.
    Assigned(NodeId, Option<&'s str>),
    /// It is the value of an object's property of that name.
    Property(Option<&'s str>),
    /// It is the key of a property, or of a member.
    Key,
    /// It is compared with something, or a case of a switch.
    Compared,
    /// It is the address of an import.
    Import,
    /// It is an item of an array.
    Item(NodeId),
    /// It is what a function gives back.
    Returned,
    /// Anything else.
    Other,
}

/// What is spent while a text is put together.
struct Budget {
    nodes: u32,
    bytes: u32,
}

impl Script {
    /// The text that an expression stands for, with a hole for each part that only run time knows; none if it is no text at all.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<Fragment<'static>> {
        let id = self.value(id);
        if self.kind(id) == Kind::Text {
            let inner = self.inner(id);
            let is_plain = !inner.is_empty() && !inner.of(self.source()).contains('\\');
            if is_plain {
                return Some(self.source.slice(inner));
            }
        }
        if !self.is_text(id) {
            return None;
        }
        let mut builder = FragmentBuilder::default();
        let mut budget = Budget { nodes: NODES, bytes: CONSTANT_BYTES };
        self.append(id, &mut builder, &mut budget, DEPTH);
        Some(builder.finish(self.span(id).start))
    }

    /// The text that an expression stands for, if all of it is known.
    #[must_use]
    pub fn constant(&self, id: NodeId) -> Option<Cow<'_, str>> {
        let id = self.value(id);
        if self.kind(id) == Kind::Text {
            let inner = self.inner(id).of(self.source());
            if !inner.contains('\\') {
                return (!has_hole(inner)).then_some(Cow::Borrowed(inner));
            }
        }
        self.text(id).map(|fragment| fragment.text).filter(|text| !has_hole(text))
    }

    /// Every text of the script that is not a part of a longer one: literals, templates and concatenations.
    pub fn texts(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.texts.iter().copied()
    }

    /// The texts that stand around a place in the file, innermost first.
    pub fn texts_around(&self, place: Span) -> impl Iterator<Item = NodeId> + '_ {
        let before = self.texts.partition_point(|&text| self.span(text).start <= place.start);
        // Whatever else is around it is around the last text that begins before it, too.
        let last = before.checked_sub(1).map(|at| self.texts[at]);
        let around = last.into_iter().flat_map(|last| std::iter::once(last).chain(self.ancestors(last)));
        around.filter(move |id| self.span(*id).contains(place) && self.texts.binary_search(id).is_ok())
    }

    /// Every text with what it says, put together once for all rules that read every text.
    pub fn contents(&self) -> impl Iterator<Item = (NodeId, &Fragment<'static>)> {
        let read = || self.texts.iter().filter_map(|&id| Some((id, self.text(id)?))).collect();
        self.contents.get_or_init(read).iter().map(|(id, content)| (*id, content))
    }

    pub(super) fn find_texts(&self) -> Vec<NodeId> {
        let mut texts = Vec::new();
        let mut covered = vec![false; self.tree.nodes.len()];
        for id in self.nodes() {
            if covered[id.0 as usize] {
                continue;
            }
            match self.kind(id) {
                Kind::Text if self.kind(self.parent(id)) != Kind::Directive => texts.push(id),
                Kind::Template => {
                    self.cover(id, &mut covered);
                    texts.push(id);
                }
                Kind::Add if self.cover(id, &mut covered) => texts.push(id),
                Kind::Call if self.joined(id).is_some() => {
                    self.cover(id, &mut covered);
                    texts.push(id);
                }
                _ => {}
            }
        }
        texts
    }

    /// Marks the parts of a text; whether there is a literal among them.
    fn cover(&self, id: NodeId, covered: &mut [bool]) -> bool {
        let mut open = vec![id];
        let mut literal = false;
        while let Some(at) = open.pop() {
            covered[at.0 as usize] = true;
            match self.kind(at) {
                Kind::Text => literal = true,
                Kind::Template => {
                    literal = true;
                    open.extend(self.children(at).filter(|&child| self.is_part(child)));
                }
                Kind::Add => open.extend(self.children(at).filter(|&child| self.is_part(child))),
                Kind::Call => {
                    if let Some((_, items)) = self.joined(at) {
                        open.extend(items.into_iter().filter(|&item| self.is_part(item)));
                        open.extend(self.children(at).skip(1));
                    }
                }
                _ => {}
            }
        }
        literal
    }

    fn is_part(&self, id: NodeId) -> bool {
        matches!(self.kind(id), Kind::Text | Kind::Template | Kind::Add | Kind::Chunk) || self.joined(id).is_some()
    }

    /// Where a text of [`Script::texts`] is used.
    #[must_use]
    pub fn text_role(&self, id: NodeId) -> TextRole<'_> {
        let mut at = id;
        let mut parent = self.parent(at);
        // A choice between texts is used where either is, and so is a text with a default.
        while matches!(self.kind(parent), Kind::Either { .. } | Kind::Conditional | Kind::Sequence) {
            at = parent;
            parent = self.parent(at);
        }
        let is_first = self.child(parent, 0) == Some(at);
        match self.kind(parent) {
            Kind::Call | Kind::New if !is_first => match self.argument_position(parent, at) {
                Some((call, position)) => TextRole::Argument(call, position),
                None => TextRole::Other,
            },
            Kind::Assign { .. } | Kind::Declare => {
                let target = self.child(parent, 0).unwrap_or(parent);
                let name = match self.kind(target) {
                    Kind::Member(name) => Some(self.word(name)),
                    _ => None,
                };
                TextRole::Assigned(target, name)
            }
            Kind::Property(name) if self.last_child(parent) == Some(at) => TextRole::Property(name.map(|name| self.word(name))),
            Kind::Property(_) | Kind::PatternProperty(_) | Kind::Member(_) => TextRole::Key,
            Kind::Index if !is_first => TextRole::Key,
            Kind::Compare => TextRole::Compared,
            Kind::ImportFrom | Kind::Import => TextRole::Import,
            Kind::Array => TextRole::Item(parent),
            Kind::Return => TextRole::Returned,
            Kind::Function { arrow: true, .. } => TextRole::Returned,
            Kind::Other if self.code(parent).starts_with("case") => TextRole::Compared,
            _ => TextRole::Other,
        }
    }

    /// Whether a call puts a text into a document as it is: `append` and the like of a node, which read no mark-up as those of jQuery do.
    fn is_put_as_text(&self, call: Call<'_>) -> bool {
        matches!(call.method(), Some("append" | "prepend" | "before" | "after" | "replaceWith" | "replaceChildren"))
            && call.receiver().is_some_and(|receiver| self.is_jquery_object(receiver) == Some(false))
    }

    /// Whether a text of [`Script::texts`] is taken letter by letter wherever it is used, mark-up in it too: shown as it is, searched
    /// for, compared.
    #[must_use]
    pub fn is_taken_literally(&self, id: NodeId) -> bool {
        let standing = self.standing_for(id);
        // What a variable holds is used where the variable is.
        let uses = if standing.len() > 1 { &standing[1..] } else { &standing[..] };
        uses.iter().all(|&used| match self.text_role(used) {
            TextRole::Argument(call, position) => (position == 0 && self.is_put_as_text(call)) || self.stays_text(call, position),
            TextRole::Assigned(_, name) => matches!(name, Some("textContent" | "innerText" | "value")),
            TextRole::Compared => true,
            _ => false,
        })
    }

    /// Whether a call takes its argument as a text, mark-up in it too: shows it as it is, searches for it, makes it an attribute.
    #[must_use]
    pub fn stays_text(&self, call: Call<'_>, position: usize) -> bool {
        match (self.callee_name(call), position) {
            (Some("attr" | "prop" | "setAttribute"), 1) => {
                let name = call.argument(0).and_then(|name| self.constant(name));
                let is_code = |name: &str| matches!(name, "srcdoc" | "innerhtml" | "outerhtml");
                name.is_some_and(|name| !is_code(&name.to_ascii_lowercase()))
            }
            (Some(name), 0) => READING.contains(&name),
            _ => false,
        }
    }

    fn is_text(&self, id: NodeId) -> bool {
        let mut open = vec![id];
        let mut seen = 0;
        while let Some(at) = open.pop() {
            seen += 1;
            if seen > NODES {
                return false;
            }
            match self.kind(at) {
                Kind::Text | Kind::Template => return true,
                Kind::Add => open.extend(self.children(at)),
                Kind::Name { .. } | Kind::Member(_) => {
                    if matches!(self.kind(self.value(at)), Kind::Text | Kind::Template) {
                        return true;
                    }
                }
                Kind::Call if self.joined(at).is_some() => return true,
                _ => {}
            }
        }
        false
    }

    fn append(&self, id: NodeId, out: &mut FragmentBuilder, budget: &mut Budget, depth: u32) {
        if budget.nodes == 0 || depth == 0 {
            out.hole(self.span(id));
            return;
        }
        budget.nodes -= 1;
        match self.kind(id) {
            Kind::Text => self.append_literal(self.inner(id), out),
            Kind::Template => self.append_template(id, out, budget, depth),
            Kind::Add => {
                for part in self.summands(id) {
                    self.append(part, out, budget, depth - 1);
                }
            }
            Kind::Number => out.instead_of(self.code(id), self.span(id)),
            Kind::Call => match self.joined(id) {
                Some((separator, items)) => {
                    for (n, item) in items.into_iter().enumerate() {
                        if n > 0 {
                            out.instead_of(&separator, Span::new(self.span(item).start, self.span(item).start));
                        }
                        self.append(item, out, budget, depth - 1);
                    }
                }
                None => out.hole(self.span(id)),
            },
            Kind::Name { access: Access::Read, .. } | Kind::Member(_) => self.append_constant(id, out, budget, depth),
            _ => out.hole(self.span(id)),
        }
    }

    /// A constant's text, standing for its name.
    fn append_constant(&self, name: NodeId, out: &mut FragmentBuilder, budget: &mut Budget, depth: u32) {
        let value = self.value(name);
        let span = self.span(name);
        if value == name || self.local(value).len() > budget.bytes || !self.is_part(value) {
            out.hole(span);
            return;
        }
        let mut inner = FragmentBuilder::default();
        self.append(value, &mut inner, budget, depth - 1);
        let length = inner.text().len() as u32;
        if length <= budget.bytes {
            budget.bytes -= length;
            out.instead_of(inner.text(), span);
        } else {
            out.hole(span);
        }
    }

    /// The parts of a concatenation, in order.
    fn summands(&self, id: NodeId) -> Vec<NodeId> {
        let mut parts = Vec::new();
        let mut at = id;
        while self.kind(at) == Kind::Add {
            let (Some(left), Some(right)) = (self.child(at, 0), self.child(at, 1)) else { break };
            parts.push(right);
            at = left;
        }
        parts.push(at);
        parts.reverse();
        parts
    }

    fn append_template(&self, id: NodeId, out: &mut FragmentBuilder, budget: &mut Budget, depth: u32) {
        let (chunks, holes): (Vec<_>, Vec<_>) = self.children(id).partition(|&child| self.kind(child) == Kind::Chunk);
        let mut holes = holes.into_iter();
        for chunk in chunks {
            self.append_literal(self.chunk(chunk), out);
            if let Some(hole) = holes.next() {
                self.append(hole, out, budget, depth - 1);
            }
        }
    }

    /// The separator and items of `['a', b].join('')` and of `'a'.concat(b)`, which compilers write for templates.
    fn joined(&self, call: NodeId) -> Option<(Cow<'_, str>, Vec<NodeId>)> {
        let callee = self.child(call, 0)?;
        let Kind::Member(name) = self.kind(callee) else { return None };
        match self.word(name) {
            "join" => {}
            "concat" => {
                let start = self.child(callee, 0)?;
                let is_text = match self.kind(start) {
                    Kind::Text | Kind::Template => true,
                    Kind::Call => self.joined(start).is_some(),
                    _ => false,
                };
                let items: Vec<_> = std::iter::once(start).chain(self.children(call).skip(1)).collect();
                let is_known = is_text && !items.iter().any(|&item| self.kind(item) == Kind::Spread);
                return is_known.then_some((Cow::Borrowed(""), items));
            }
            _ => return None,
        }
        let list = self.child(callee, 0).filter(|&list| self.kind(list) == Kind::Array)?;
        let separator = match self.child(call, 1) {
            None => Cow::Borrowed(","),
            Some(text) if self.kind(text) == Kind::Text => self.constant(text)?,
            Some(_) => return None,
        };
        let items: Vec<_> = self.children(list).collect();
        let is_text = items.iter().any(|&item| matches!(self.kind(item), Kind::Text | Kind::Template | Kind::Add));
        (is_text && !items.iter().any(|&item| self.kind(item) == Kind::Spread)).then_some((separator, items))
    }

    /// The script's range between the quotes of a string literal.
    fn inner(&self, id: NodeId) -> Span {
        let span = self.local(id);
        Span::new(span.start + 1, span.end.saturating_sub(1))
    }

    /// The script's range of a template's literal stretch, delimiters left out.
    fn chunk(&self, id: NodeId) -> Span {
        let span = self.local(id);
        let text = span.of(self.source());
        let before = u32::from(text.starts_with(['`', '}']));
        let after = if text.ends_with("${") { 2 } else { u32::from(text.ends_with('`')) };
        Span::new(span.start + before, span.end.saturating_sub(after))
    }

    /// Appends the text between quotes, its escapes decoded.
    fn append_literal(&self, range: Span, out: &mut FragmentBuilder) {
        let raw = range.of(self.source());
        let mut plain = 0;
        let mut at = 0;
        while let Some(found) = raw[at..].find('\\') {
            let start = at + found;
            self.append_verbatim(range.start, &raw[plain..start], plain, out);
            let (decoded, length) = escape(&raw[start..]);
            at = start + length;
            plain = at;
            let span = Span::new(range.start + start as u32, range.start + at as u32);
            out.instead_of(decoded.as_deref().unwrap_or_default(), self.file(span));
        }
        self.append_verbatim(range.start, &raw[plain..], plain, out);
    }

    fn append_verbatim(&self, start: u32, text: &str, offset: usize, out: &mut FragmentBuilder) {
        if !text.is_empty() {
            let start = start + offset as u32;
            out.append(&self.source.slice(Span::new(start, start + text.len() as u32)));
        }
    }
}

/// The text and length of the escape that `raw` begins with; a continued line is no text.
fn escape(raw: &str) -> (Option<String>, usize) {
    let mut letters = raw.chars();
    letters.next();
    let Some(letter) = letters.next() else { return (None, raw.len()) };
    let length = 1 + letter.len_utf8();
    let one = |text: char| (Some(text.to_string()), length);
    match letter {
        'n' => one('\n'),
        't' => one('\t'),
        'r' => one('\r'),
        'b' => one('\u{8}'),
        'f' => one('\u{c}'),
        'v' => one('\u{b}'),
        '\r' if raw[length..].starts_with('\n') => (None, length + 1),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => (None, length),
        'x' => match raw.get(2..4).and_then(|hex| u32::from_str_radix(hex, 16).ok()) {
            Some(code) => (char::from_u32(code).map(String::from), 4),
            None => one('x'),
        },
        'u' => unicode_escape(raw).unwrap_or_else(|| one('u')),
        '0'..='7' => {
            let digits = raw[1..].bytes().take(3).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
            let code = u32::from_str_radix(&raw[1..=digits], 8).unwrap_or_default();
            (char::from_u32(code).map(String::from), 1 + digits)
        }
        other => one(other),
    }
}

/// `\u0041`, `\u{1f600}`, and two that make one character.
fn unicode_escape(raw: &str) -> Option<(Option<String>, usize)> {
    if let Some(rest) = raw.strip_prefix("\\u{") {
        let end = rest.find('}')?;
        let code = u32::from_str_radix(&rest[..end], 16).ok()?;
        return Some((char::from_u32(code).map(String::from), end + 4));
    }
    let unit = |at: usize| raw.get(at..at + 4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    let first = unit(2)?;
    let second = raw.get(6..8).filter(|&prefix| prefix == "\\u").and_then(|_| unit(8));
    if let Some(second) = second.filter(|_| (0xD800..0xDC00).contains(&first))
        && let Ok(text) = String::from_utf16(&[first, second])
    {
        return Some((Some(text), 12));
    }
    Some((Some(String::from_utf16_lossy(&[first])), 6))
}
