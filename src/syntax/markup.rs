//! Twig and HTML: elements, attributes, texts, comments, template tags and what is embedded, all with exact spans.

mod template;

use crate::text::entities;
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use lol_html::html_content::{Comment as HtmlComment, Element as HtmlElement, TextChunk, TextType};
use lol_html::{DocumentContentHandlers, ElementContentHandlers, HandlerResult, HtmlRewriter, Settings};

pub use template::{TagKind, TemplateTag};

use crate::kommo::names::BROWSER_GLOBALS;
use crate::package::bounds::{EMBEDDED, PARTS, TEMPLATES_IN_TEMPLATES};
use crate::syntax::{Fragment, FragmentBuilder, Span};

/// What a template, or a string of a script that holds markup, is made of.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// Every start tag, in order; those inside `<script type="text/template">` after the others.
    pub elements: Vec<Element>,
    /// Every stretch of text that people see, entities decoded, white space kept, holes where templates print.
    pub texts: Vec<Fragment<'static>>,
    /// `<!-- ... -->`
    pub comments: Vec<Comment>,
    /// Twig's and Underscore's own tags, their comments included.
    pub tags: Vec<TemplateTag>,
    /// Styles and scripts inside.
    pub embedded: Vec<Embedded>,
    /// What the page holds but does not use as it stands: the content of a `<template>`, a `<noscript>`, a script of a template's type.
    pub inert: Vec<Span>,
    /// Whether an end tag is in it.
    pub closes: bool,
    /// Whether a limit was hit, so that not all of it was read.
    pub cut: bool,
}

/// A start tag.
#[derive(Clone, Debug)]
pub struct Element {
    /// In lower case.
    pub name: Box<str>,
    /// From `<` to `>`.
    pub span: Span,
    /// As written.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a start tag.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// In lower case.
    pub name: Box<str>,
    /// The name's own place.
    pub name_span: Span,
    /// Entities decoded, holes where templates print; empty where there is no value.
    pub value: Fragment<'static>,
    /// The value's own place, without quotes.
    pub value_span: Span,
}

/// `<!-- ... -->`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its first to its last character.
    pub span: Span,
    /// What stands between the marks, template tags unmasked.
    pub text: Box<str>,
}

/// Text of another language inside markup.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// Which, and where it stands.
    pub kind: EmbeddedKind,
    /// The text, with holes where templates print.
    pub fragment: Fragment<'static>,
    /// Whether template statements (`{% if %}`) cut through it: as it stands it may be no valid text of its language.
    pub is_template: bool,
    /// Whether it stands in a shadow root, as `<template shadowrootmode="open">` makes one: its styles stay inside.
    pub in_shadow_root: bool,
}

/// The kinds of embedded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmbeddedKind {
    /// `<style>`
    Style,
    /// `style="..."`
    StyleAttribute,
    /// `<script>` of a classic script
    Script,
    /// `<script type="module">`
    Module,
    /// `onclick="..."`, `href="javascript:..."`
    Handler,
}

impl Element {
    /// The attribute of a name in lower case.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }
}

impl Attribute {
    /// The words of the value and their places: class names, `rel` types.
    pub fn words(&self) -> impl Iterator<Item = (&str, Span)> {
        let text: &str = &self.value.text;
        text.split_ascii_whitespace().map(|word| {
            let start = (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
            (word, self.value.map.span(Span::new(start, start + word.len() as u32)))
        })
    }
}

/// Whether a text holds an element, so that it is worth to be read as markup.
#[must_use]
pub fn is_markup(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or_default();
    text.match_indices('<').take_while(|(at, _)| *at < last).any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default();
        let is_end = inside.starts_with('/');
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let name = inside.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next().unwrap_or_default();
        let after = inside.get(name.len()..).unwrap_or_default();
        // "Bearer <token>" leaves a place for something.
        let is_place = || after.starts_with('>') && !name.contains('-') && !is_html_element(&name.to_ascii_lowercase());
        name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && after.starts_with(|next: char| next.is_ascii_whitespace() || matches!(next, '>' | '/'))
            && (is_end || !is_place())
    })
}

/// Whether `name`, in lower case, is an element of HTML or SVG.
#[must_use]
pub fn is_html_element(name: &str) -> bool {
    const ELEMENTS: &str = "\
        a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center circle \
        cite clippath code col colgroup data datalist dd defs del details dfn dialog div dl dt ellipse em embed \
        fieldset figcaption figure font footer form g h1 h2 h3 h4 h5 h6 head header hr html i iframe image img input \
        ins kbd label legend li line lineargradient link main map mark mask menu meta meter nav noscript object ol \
        optgroup option output p param path pattern picture polygon polyline pre progress q rect rp rt ruby s samp \
        script search section select slot small source span stop strike strong style sub summary sup svg symbol table \
        tbody td template text textarea tfoot th thead time title tr track tspan u ul use var video wbr";
    ELEMENTS.split(' ').any(|element| element == name)
}

/// Reads markup. Broken markup is read as browsers do.
#[must_use]
pub fn parse(fragment: &Fragment<'_>) -> Markup {
    parse_nested(fragment, TEMPLATES_IN_TEMPLATES)
}

fn parse_nested(fragment: &Fragment<'_>, depth: u8) -> Markup {
    let mut room = PARTS;
    let (masked, tags) = template::mask(fragment, &mut room);
    let source = Fragment { text: masked, map: fragment.map.clone() };
    let markup = Markup { tags, closes: fragment.text.contains("</"), ..Markup::default() };
    let reader = RefCell::new(Reader {
        original: &fragment.text,
        source: &source,
        open: None,
        text: 0..0,
        inert_end: 0,
        shadow_end: 0,
        in_shadow_root: false,
        depth,
        room,
        markup,
    });
    let complete = rewrite(&source.text, &reader);
    let mut reader = reader.into_inner();
    reader.close();
    reader.close_text();
    reader.markup.cut |= !complete || reader.room == 0;
    reader.markup
}

/// Shows every element, text and comment to `reader`. False when it ended before the text did.
fn rewrite(text: &str, reader: &RefCell<Reader<'_>>) -> bool {
    let document = DocumentContentHandlers::default()
        .text(|text: &mut TextChunk<'_>| reader.borrow_mut().text(text))
        .comments(|comment: &mut HtmlComment<'_>| reader.borrow_mut().comment(comment));
    let mut settings = Settings::new().with_strict(false).append_document_content_handler(document);
    if let Ok(any) = "*".parse() {
        let handlers =
            ElementContentHandlers::default().element(|element: &mut HtmlElement<'_, '_>| reader.borrow_mut().element(element));
        settings = settings.append_element_content_handler((Cow::Owned(any), handlers));
    }
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(text.as_bytes()).is_ok() && rewriter.end().is_ok()
}

struct Reader<'a> {
    original: &'a str,
    source: &'a Fragment<'a>,
    /// The `<style>` or `<script>` whose text is being read, and how far.
    open: Option<(Body, Range<usize>)>,
    /// The stretch of visible text that is being read.
    text: Range<usize>,
    /// Where the outermost `<template>` ends that was opened last.
    inert_end: usize,
    /// Where the outermost shadow root ends that was opened last.
    shadow_end: usize,
    /// Whether the element that is being read stands in one.
    in_shadow_root: bool,
    /// How many templates inside templates are still followed.
    depth: u8,
    room: usize,
    markup: Markup,
}

/// What the text of an element is.
#[derive(Clone, Copy)]
enum Body {
    Embedded(EmbeddedKind),
    Markup,
    Data,
}

impl Reader<'_> {
    fn element(&mut self, element: &mut HtmlElement<'_, '_>) -> HandlerResult {
        let range = element.source_location().bytes();
        self.close();
        self.close_text();
        self.take(1 + element.attributes().len())?;
        let attributes: Vec<_> = element
            .attributes()
            .iter()
            .filter_map(|attribute| {
                let name = attribute.name_source_location()?.bytes();
                let value = attribute.value_source_location().map_or(name.end..name.end, |value| value.bytes());
                Some(Attribute {
                    name: attribute.name().into(),
                    name_span: self.span(&name),
                    value_span: self.span(&value),
                    value: decoded(self.slice(&value)),
                })
            })
            .collect();
        self.in_shadow_root = range.start < self.shadow_end;
        let read = Element { name: element.tag_name().into(), span: self.span(&range), attributes };
        if &*read.name == "template" {
            if range.start >= self.inert_end {
                self.inert_end = self.end_of_template(range.end);
                self.hold(&(range.end..self.inert_end));
            }
            if !self.in_shadow_root && read.attribute("shadowrootmode").is_some() {
                self.shadow_end = self.end_of_template(range.end);
            }
        }
        self.embed_attributes(&read);
        self.open = body(&read).map(|body| (body, range.end..range.end));
        self.markup.elements.push(read);
        Ok(())
    }

    /// Where a `<template>` whose content starts at `start` ends.
    fn end_of_template(&self, start: usize) -> usize {
        let text = &self.source.text.as_bytes()[start..];
        let mut open = 1u32;
        let ends = |&at: &usize| {
            let starts = |tag: &[u8]| text[at..].get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
            if starts(b"<template") {
                open += 1;
            } else if starts(b"</template") {
                open -= 1;
            }
            open == 0
        };
        start + memchr::memchr_iter(b'<', text).find(ends).unwrap_or(text.len())
    }

    /// Notes what the page holds but does not use as it stands.
    fn hold(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        self.markup.inert.push(span);
    }

    /// Only where the text stands is asked of `chunk`: the stand-in for `encoding_rs` does not decode what it says.
    fn text(&mut self, chunk: &mut TextChunk<'_>) -> HandlerResult {
        let range = chunk.source_location().bytes();
        if range.is_empty() {
            return Ok(());
        }
        match &mut self.open {
            Some((_, body)) if body.end == range.start => body.end = range.end,
            // A style of SVG may stand in `<![CDATA[ ... ]]>`, with nothing but white space around.
            Some((_, body))
                if chunk.text_type() == TextType::CDataSection
                    && self.source.text.get(body.clone()).is_some_and(|text| text.trim().is_empty()) =>
            {
                *body = range;
            }
            _ if matches!(
                chunk.text_type(),
                TextType::Data | TextType::RCData | TextType::CDataSection | TextType::PlainText
            ) =>
            {
                if self.text.end != range.start {
                    self.close_text();
                    self.text.start = range.start;
                }
                self.text.end = range.end;
            }
            _ => {}
        }
        Ok(())
    }

    fn comment(&mut self, comment: &mut HtmlComment<'_>) -> HandlerResult {
        self.take(1)?;
        self.close_text();
        let range = comment.source_location().bytes();
        let text = self.original.get(range.clone()).unwrap_or_default();
        let text = text.strip_prefix("<!--").unwrap_or(text);
        let text = text.strip_suffix("-->").unwrap_or(text);
        let comment = Comment { span: self.span(&range), text: text.into() };
        self.markup.comments.push(comment);
        Ok(())
    }

    /// Makes room for `facts`, or ends reading.
    fn take(&mut self, facts: usize) -> HandlerResult {
        self.room = self.room.saturating_sub(facts);
        if self.room == 0 { Err("too many facts".into()) } else { Ok(()) }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.source.map.span(Span::new(range.start as u32, range.end as u32))
    }

    fn slice(&self, range: &Range<usize>) -> Fragment<'static> {
        self.source.slice(Span::new(range.start as u32, range.end as u32))
    }

    /// Ends the visible text that is being read.
    fn close_text(&mut self) {
        let range = std::mem::take(&mut self.text);
        if !range.is_empty() && self.take(1).is_ok() {
            let text = decoded(self.slice(&range));
            self.markup.texts.push(text);
        }
    }

    /// Ends the `<style>` or `<script>` that is being read.
    fn close(&mut self) {
        let Some((body, range)) = self.open.take() else { return };
        if range.is_empty() {
            return;
        }
        match body {
            Body::Embedded(kind) => self.embed(kind, self.slice(&range), self.span(&range)),
            Body::Markup if self.depth > 0 => {
                self.hold(&range);
                self.absorb(parse_nested(&self.slice(&range), self.depth - 1));
            }
            Body::Markup => self.markup.cut = true,
            Body::Data => {}
        }
    }

    fn embed(&mut self, kind: EmbeddedKind, fragment: Fragment<'static>, span: Span) {
        let cuts = |tag: &TemplateTag| tag.kind == TagKind::Statement && span.contains(tag.span);
        // The tags are in order, so only those from the span's start on can lie inside.
        let first = self.markup.tags.partition_point(|tag| tag.span.start < span.start);
        let inside = self.markup.tags.iter().skip(first).take_while(|tag| tag.span.start < span.end);
        let is_template = inside.into_iter().any(cuts);
        self.keep(Embedded { kind, fragment, is_template, in_shadow_root: self.in_shadow_root });
    }

    /// Each embedded text is parsed by itself, which costs far more than the element around it.
    fn keep(&mut self, embedded: Embedded) {
        if self.markup.embedded.len() < EMBEDDED {
            self.markup.embedded.push(embedded);
        } else {
            self.markup.cut = true;
        }
    }

    fn embed_attributes(&mut self, element: &Element) {
        for attribute in &element.attributes {
            let text = &attribute.value.text;
            let trimmed = text.trim_start();
            let skipped = (text.len() - trimmed.len()) as u32;
            let scheme = trimmed.get(..SCRIPT_SCHEME.len()).filter(|scheme| scheme.eq_ignore_ascii_case(SCRIPT_SCHEME));
            let (kind, start) = match (&*attribute.name, scheme) {
                _ if trimmed.is_empty() => continue,
                ("style", _) => (EmbeddedKind::StyleAttribute, 0),
                (name, _) if is_handler(name) => (EmbeddedKind::Handler, 0),
                ("href" | "action" | "formaction" | "src", Some(scheme)) => {
                    (EmbeddedKind::Handler, skipped + scheme.len() as u32)
                }
                _ => continue,
            };
            let fragment = attribute.value.slice(Span::new(start, text.len() as u32));
            self.embed(kind, fragment, attribute.value_span);
        }
    }

    /// Takes in what a nested template holds.
    fn absorb(&mut self, inner: Markup) {
        self.markup.elements.extend(inner.elements);
        self.markup.texts.extend(inner.texts);
        self.markup.comments.extend(inner.comments);
        inner.embedded.into_iter().for_each(|embedded| self.keep(embedded));
        self.markup.cut |= inner.cut;
    }
}

const SCRIPT_SCHEME: &str = "javascript:";

/// Whether an attribute, in small letters, holds the code of an event handler: of one that windows know as well, or that elements alone know.
/// `once` and `onboarding` are names of frameworks and of people.
#[must_use]
pub fn is_handler(name: &str) -> bool {
    const OF_ELEMENTS: [&str; 13] = [
        "onbeforecopy",
        "onbeforecut",
        "onbeforepaste",
        "onbegin",
        "oncopy",
        "oncut",
        "onend",
        "onfocusin",
        "onfocusout",
        "onfullscreenchange",
        "onfullscreenerror",
        "onpaste",
        "onrepeat",
    ];
    name.starts_with("on") && (BROWSER_GLOBALS.contains(name) || OF_ELEMENTS.contains(&name))
}

/// What the text of an element is, for those whose text is no markup of the page.
fn body(element: &Element) -> Option<Body> {
    let kind = element.attribute("type").map_or("", |kind| kind.value.text.trim()).to_ascii_lowercase();
    match &*element.name {
        "style" if matches!(kind.as_str(), "" | "text/css") => Some(Body::Embedded(EmbeddedKind::Style)),
        "noscript" => Some(Body::Markup),
        "style" => Some(Body::Data),
        "script" if element.attribute("src").is_some() => Some(Body::Data),
        "script" => Some(match kind.as_str() {
            "module" => Body::Embedded(EmbeddedKind::Module),
            kind if is_script_type(kind) => Body::Embedded(EmbeddedKind::Script),
            kind if kind.contains("template") || kind.contains("html") || kind.contains("twig") || kind.contains("tmpl") => {
                Body::Markup
            }
            _ => Body::Data,
        }),
        _ => None,
    }
}

/// Whether a browser runs a `<script>` of this type; no type means JavaScript.
#[must_use]
pub fn is_script_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        &*kind,
        "" | "text/javascript"
            | "application/javascript"
            | "module"
            | "text/ecmascript"
            | "application/ecmascript"
            | "application/x-javascript"
            | "text/jscript"
            | "text/x-javascript"
            | "text/x-ecmascript"
            | "application/x-ecmascript"
            | "text/livescript"
    ) || kind.strip_prefix("text/javascript1.").is_some_and(|version| version.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text with its entities (`&amp;`, `&#39;`) decoded.
fn decoded(source: Fragment<'static>) -> Fragment<'static> {
    let text: &str = &source.text;
    if !text.contains('&') {
        return source;
    }
    let mut builder = FragmentBuilder::default();
    let mut copied = 0;
    for (at, _) in text.match_indices('&') {
        let name = text.get(at + 1..).unwrap_or_default();
        let length = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#').unwrap_or(name.len()).min(32);
        let end = at + 1 + length + usize::from(name.get(length..).is_some_and(|rest| rest.starts_with(';')));
        let entity = text.get(at..end).unwrap_or_default();
        let plain = entities::unescape(entity);
        if at >= copied && plain != entity {
            builder.append(&source.slice(Span::new(copied as u32, at as u32)));
            builder.instead_of(&plain, source.map.span(Span::new(at as u32, end as u32)));
            copied = end;
        }
    }
    builder.append(&source.slice(Span::new(copied as u32, text.len() as u32)));
    builder.finish(source.map.span(Span::new(0, 0)).start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::has_hole;

    fn markup(text: &str) -> Markup {
        parse(&Fragment::verbatim(text, 0))
    }

    fn embedded(text: &str) -> Vec<(EmbeddedKind, String, bool)> {
        let embedded = markup(text).embedded.into_iter();
        embedded.map(|embedded| (embedded.kind, embedded.fragment.text.into_owned(), embedded.is_template)).collect()
    }

    #[test]
    fn elements_and_attributes_have_their_places() {
        let text = "<DIV Class=\"a  b\" data-x=1 hidden title='T&amp;C &copy'>\n  <br/></DIV>";
        let markup = markup(text);
        let names: Vec<_> = markup.elements.iter().map(|element| &*element.name).collect();
        assert_eq!(names, ["div", "br"]);
        let div = &markup.elements[0];
        assert_eq!(div.span.of(text), &text[..text.find('\n').unwrap()]);
        let seen: Vec<_> = div.attributes.iter().map(|a| (&*a.name, &*a.value.text, a.value_span.of(text))).collect();
        let expected =
            [("class", "a  b", "a  b"), ("data-x", "1", "1"), ("hidden", "", ""), ("title", "T&C \u{a9}", "T&amp;C &copy")];
        assert_eq!(seen, expected);
        let words: Vec<_> = div.attributes[0].words().map(|(word, span)| (word, span.of(text))).collect();
        assert_eq!(words, [("a", "a"), ("b", "b")]);
    }

    #[test]
    fn decoded_values_map_to_their_entities() {
        let text = "<a title='x&quot;y&nbsp;z'>";
        let markup = markup(text);
        let value = &markup.elements[0].attributes[0].value;
        assert_eq!(value.text, "x\"y\u{a0}z");
        assert_eq!(value.map.span(Span::new(1, 2)).of(text), "&quot;");
        assert_eq!(value.map.span(Span::new(5, 6)).of(text), "z");
    }

    #[test]
    fn embedded_texts_are_found() {
        let text = "<style>\n.a { }</style>after<script>var a = '<b>';</script><script src=x.js></script>\
                    <script type=module>import 'x'</script><script type='application/json'>{}</script>\
                    <p style=\"top: 0\" onclick=\"go(&quot;x&quot;)\" only=x onboarding=x onPaste=p()><a href=' javascript:void(0)'>x</a>";
        let expected = [
            (EmbeddedKind::Style, "\n.a { }", false),
            (EmbeddedKind::Script, "var a = '<b>';", false),
            (EmbeddedKind::Module, "import 'x'", false),
            (EmbeddedKind::StyleAttribute, "top: 0", false),
            (EmbeddedKind::Handler, "go(\"x\")", false),
            (EmbeddedKind::Handler, "p()", false),
            (EmbeddedKind::Handler, "void(0)", false),
        ];
        let seen = embedded(text);
        assert_eq!(seen, expected.map(|(kind, text, is_template)| (kind, text.to_owned(), is_template)));
        let texts: Vec<_> = markup(text).texts.iter().map(|text| text.text.clone().into_owned()).collect();
        assert_eq!(texts, ["after", "x"]);
        let style = &markup(text).embedded[0];
        assert_eq!(style.fragment.map.span(Span::new(1, 3)).of(text), ".a");
    }

    #[test]
    fn templates_inside_script_elements_are_read() {
        let text = "<script type='text/template'><b class='c' onclick='x()'>hi</b><!-- n --></script><i></i>";
        let markup = markup(text);
        let elements: Vec<_> = markup.elements.iter().map(|element| element.span.of(text)).collect();
        assert_eq!(elements, ["<script type='text/template'>", "<b class='c' onclick='x()'>", "<i>"]);
        assert_eq!(markup.embedded.len(), 1);
        assert_eq!(markup.comments[0].span.of(text), "<!-- n -->");
    }

    #[test]
    fn outputs_become_holes_and_statements_vanish() {
        let text = "<p class=\"a {{ x ? '}}' : \"b\" }} c-{{ y }} {% if z %}d{% endif %}\" {% if q %}id=\"i\"{% endif %} {{ attrs }}>{# no #}text {{ t }}</p>";
        let markup = markup(text);
        let element = &markup.elements[0];
        let names: Vec<_> = element.attributes.iter().map(|attribute| attribute.name_span.of(text)).collect();
        assert_eq!(names, ["class", "id", "{{ attrs }}"]);
        let words: Vec<_> = element.attributes[0].words().map(|(word, span)| (has_hole(word), span.of(text))).collect();
        assert_eq!(words, [(false, "a"), (true, "{{ x ? '}}' : \"b\" }}"), (true, "c-{{ y }}"), (false, "d")]);
    }

    #[test]
    fn tags_name_their_strings() {
        let text = "{% include 'a.twig' with {x: \"b\"} %}{# {% include 'no' %} #}<%= _.escape('c') %>{{ d }}";
        let markup = markup(text);
        let tags: Vec<_> = markup.tags.iter().map(|tag| (tag.kind, tag.keyword(), tag.span.of(text).len())).collect();
        assert_eq!(
            tags.iter().map(|tag| tag.0).collect::<Vec<_>>(),
            [TagKind::Statement, TagKind::Comment, TagKind::Output, TagKind::Output]
        );
        assert_eq!(tags[0].1, "include");
        let strings: Vec<_> =
            markup.tags.iter().flat_map(|tag| &tag.strings).map(|(string, span)| (&**string, span.of(text))).collect();
        assert_eq!(strings, [("a.twig", "a.twig"), ("b", "b"), ("c", "c")]);
    }

    #[test]
    fn holes_in_styles_are_letters_and_never_split_a_name() {
        let cases = [
            ("#{{ code }} input {}", "#H input {}"),
            ("{% if x %}\ninput {}{% endif %}", " \ninput {} "),
            ("#own{% if a %}-x{% endif %} b {}", "#ownH-x  b {}"),
            ("{{ a }}{% if x %}.b{% endif %} {}", "H.b  {}"),
            ("@media x{#a{} b{}", "@media x{#a{} b{}"),
        ];
        for (style, expected) in cases {
            let text = format!("<style>{style}</style>");
            let seen = embedded(&text).remove(0).1;
            assert_eq!(seen.len(), style.len(), "{style}");
            let mut folded = String::new();
            for letter in seen.chars() {
                let letter = if has_hole(&letter.to_string()) { 'H' } else { letter };
                if !(matches!(letter, 'H' | ' ') && folded.ends_with(letter)) {
                    folded.push(letter);
                }
            }
            assert_eq!(folded, expected.replace("  ", " "), "{style}");
        }
    }

    #[test]
    fn a_script_cut_by_template_statements_is_marked() {
        assert!(embedded("<script>{% if x %}a(){% endif %}</script>")[0].2);
        assert!(!embedded("{% if x %}<script>a({{ b }})</script>{% endif %}")[0].2);
    }

    #[test]
    fn element_names_may_be_holes() {
        let markup = markup("<{{ tag }} class='a'>x</{{ tag }}>");
        assert_eq!(markup.elements[0].attributes.len(), 1);
        assert_eq!(markup.texts.len(), 1);
    }

    #[test]
    fn comments_keep_their_template_tags() {
        let markup = markup("<!-- {{ a }} <b> -->");
        assert_eq!(&*markup.comments[0].text, " {{ a }} <b> ");
        assert_eq!(markup.tags.len(), 1);
    }

    #[test]
    fn markup_is_told_from_other_texts() {
        for text in ["<b>", "x <br/> y", "</div>", "<Own>a</Own>", "<Own/>", "<own-a>", "<H2>", "<my-app class='x'>", "a<p\n>"] {
            assert!(is_markup(text), "{text}");
        }
        for text in ["a < b && c > d", "<3 >", "x <y", "<", "", "a <- b >", "List<String, x", "Bearer <token>", "Array<number>"] {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn broken_and_hostile_markup_ends() {
        let pieces = [
            "<div ",
            "<a href='",
            "{{",
            "{% '",
            "<!--",
            "<script>",
            "</",
            "&#x",
            "<noscript><script type=text/html>",
            "<svg><style>",
            "{{ ' }} ",
            "<",
            "{#",
        ];
        for piece in pieces {
            let _ = markup(&piece.repeat(20_000));
        }
        for one in pieces {
            for other in pieces {
                let _ = markup(&format!("{one}x{other}>y{one}"));
            }
        }
        assert!(markup(&"<i>".repeat(PARTS + 1)).cut);
        let handlers = "<a onclick='b()'>".repeat(EMBEDDED);
        assert!(!markup(&handlers).cut);
        assert!(markup(&format!("{handlers}<a style='c:d'>")).cut);
    }

    #[test]
    fn styles_inside_svg_are_styles() {
        assert_eq!(embedded("<svg><style>.a{}</style><text>t</text></svg>")[0].1, ".a{}");
    }

    #[test]
    fn fragments_of_script_strings_map_into_their_file() {
        let mut builder = FragmentBuilder::default();
        builder.verbatim("<b class=\"", 50);
        builder.hole(Span::new(62, 70));
        builder.verbatim(" own\">", 75);
        let markup = parse(&builder.finish(0));
        let words: Vec<_> = markup.elements[0].attributes[0].words().map(|(_, span)| span).collect();
        assert_eq!(words, [Span::new(62, 70), Span::new(76, 79)]);
    }
}
