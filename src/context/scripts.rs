//! Examines a script, and the markup, the styles and the code in its strings.

use super::apart::is_put_apart;
use super::{Context, Examined, Origin, Unparsed};
use crate::package::{Kind, NotExamined};
use crate::syntax::markup::{self, EmbeddedKind};
use crate::syntax::script::{self, Form, Script, TextRole};
use crate::syntax::{Fragment, Span, has_hole, is_hole, style};

/// A script that could not be read.
#[derive(Debug)]
pub struct BrokenScript {
    /// The file that holds it.
    pub path: String,
    /// Where in the file it stands.
    pub origin: Origin,
    /// Whether parts of it are only known at run time.
    pub has_holes: bool,
    /// Why, and where reading stopped.
    pub unparsed: script::Unparsed,
}

/// How deep handlers may stand in markup in strings of handlers.
const STRINGS_IN_STRINGS: usize = 3;

/// What a string of a script holds.
enum Holds {
    Markup,
    Stylesheet,
    Declarations,
    Code,
}

impl Context<'_> {
    /// Examines the script in `fragment`; one that template statements cut through (`is_template`) may be no valid script.
    pub(super) fn examine_script(&mut self, path: &str, origin: Origin, form: Form, fragment: &Fragment<'_>, is_template: bool) {
        let nesting = u32::try_from(self.options().bounds.nesting).unwrap_or(u32::MAX);
        match script::parse(fragment, form, nesting) {
            Ok(script) => self.add_script(path, origin, script),
            Err(_) if is_template => {}
            Err(unparsed) => self.note_broken(path, origin, has_hole(&fragment.text), unparsed),
        }
    }

    fn add_script(&mut self, path: &str, origin: Origin, script: Script) {
        let depth = self.open_strings;
        if depth < STRINGS_IN_STRINGS {
            self.open_strings += 1;
            for text in script.texts() {
                self.examine_text(path, &script, text);
            }
            self.open_strings = depth;
        }
        self.scripts.push(Examined { path: path.to_owned(), origin, facts: script });
    }

    fn examine_text(&mut self, path: &str, script: &Script, text: script::NodeId) {
        // Most strings are short names: a glance at the source spares putting them together.
        if !script.code(text).contains(['<', '{', ':', '(']) {
            return;
        }
        let Some(fragment) = script.text(text) else { return };
        let holds = holds(script, text, &fragment.text);
        if holds.is_some() && fragment.text.len() as u64 > self.options.bounds.markup_bytes {
            return self.note_cut(path, Kind::Script, true);
        }
        match holds {
            Some(Holds::Markup) => {
                self.examine_markup(path, Origin::ScriptString, is_put_apart(script, text), &fragment);
                self.doubt_handlers(script, text);
            }
            Some(Holds::Stylesheet) => {
                let origin = if is_put_apart(script, text) { Origin::Apart } else { Origin::ScriptString };
                self.add_style(path, origin, style::parse(&fragment));
            }
            Some(Holds::Declarations) => self.add_style(path, Origin::ScriptString, style::parse_attribute(&fragment)),
            // It sees the names around it, as a handler does.
            Some(Holds::Code) => self.examine_script(path, Origin::ScriptString, Form::Handler, &fragment, true),
            None => {}
        }
    }

    /// Notes of the markup examined last, which `text` holds, that its handlers never run if it does not get into the document.
    fn doubt_handlers(&mut self, script: &Script, text: script::NodeId) {
        let Some(markup) = self.markups.last_mut().map(|examined| &mut examined.facts) else { return };
        let handlers = markup.embedded.iter().filter(|embedded| embedded.kind == EmbeddedKind::Handler);
        let mut handlers = handlers.map(|handler| &handler.fragment).peekable();
        if handlers.peek().is_some() && !is_put(script, text) {
            markup.inert.extend(handlers.map(|code| code.map.span(Span::new(0, code.text.len() as u32))));
        }
    }

    fn note_broken(&mut self, path: &str, origin: Origin, has_holes: bool, unparsed: script::Unparsed) {
        let reason = unparsed.to_string();
        let span = Some(unparsed.span);
        let bound = match unparsed.reason {
            script::Reason::TooDeep(_) => Some("too-deep"),
            script::Reason::TooManyTokens(_) => Some("too-many-tokens"),
            script::Reason::Syntax { .. } => None,
        };
        self.not_examined.extend(bound.map(|code| NotExamined::new(code, format!("{path}: {reason}"), Some(path))));
        self.unparsed.push(Unparsed { path: path.to_owned(), kind: Kind::Script, span, reason });
        self.broken_scripts.push(BrokenScript { path: path.to_owned(), origin, has_holes, unparsed });
    }
}

fn holds(script: &Script, text: script::NodeId, content: &str) -> Option<Holds> {
    if is_run(script, text) {
        return (!has_hole(content)).then_some(Holds::Code);
    }
    if markup::is_markup(content) {
        return (!script.is_taken_literally(text)).then_some(Holds::Markup);
    }
    if is_stylesheet(content) {
        return (!is_of_component(script, text)).then_some(Holds::Stylesheet);
    }
    // What a variable holds is used where the variable is.
    let is_declarations =
        starts_with_declaration(content) && script.may_stand_for(text).into_iter().any(|used| is_style_attribute(script, used));
    is_declarations.then_some(Holds::Declarations)
}

/// Whether a tag puts a stylesheet under a component's own class or into its shadow root: styled.div`p { margin: 0 }`, and css`...` of
/// Lit.
fn is_of_component(script: &Script, text: script::NodeId) -> bool {
    let holder = script.parent(text);
    let tag = script.child(holder, 0).filter(|&tag| script.kind(holder) == script::Kind::Tagged && tag != text);
    tag.map(|tag| script.code(tag)).is_some_and(|tag| {
        tag.strip_prefix("styled").is_some_and(|rest| rest.starts_with(['.', '(', '[']) && !rest.contains("Global"))
            || tag == "css" && !script.named("LitElement").is_empty()
    })
}

/// Whether a text is run as code: by `eval`, in which webpack's builds for development hold each module, by a timer, as the body of a
/// function without parameters, as a handler.
fn is_run(script: &Script, text: script::NodeId) -> bool {
    let TextRole::Argument(call, position) = script.text_role(text) else { return false };
    let is_function = |names: &[&str]| script.path(call.callee).is_some_and(|path| names.contains(&&*path));
    match position {
        0 if call.argument(1).is_none() => is_function(&["eval", "setTimeout", "setInterval", "Function"]),
        0 => is_function(&["eval", "setTimeout", "setInterval"]),
        1 if matches!(call.method(), Some("setAttribute" | "attr")) => {
            let name = call.argument(0).and_then(|name| script.constant(name));
            name.is_some_and(|name| markup::is_handler(&name.to_ascii_lowercase()))
        }
        _ => false,
    }
}

/// Whether a text may be what a `style` attribute holds: a property's name and a colon first, but no address.
fn starts_with_declaration(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, value)| {
        let name = name.trim_start_matches([';', ' ', '\n', '\t']).trim_end();
        !value.starts_with("//") && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-' || is_hole(letter))
    })
}

/// Whether a text becomes an element's own style: `element.style.cssText = text`, `element.style = text`, `.attr('style', text)`, `$('<b>', { style: text })`.
fn is_style_attribute(script: &Script, text: script::NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Assigned(_, name) => matches!(name, Some("cssText" | "style")),
        TextRole::Argument(call, 1) => {
            let name = call.argument(0).and_then(|name| script.constant(name));
            match call.method() {
                Some("attr" | "setAttribute") => name.is_some_and(|name| name == "style"),
                Some("css") => name.is_some_and(|name| name == "cssText"),
                _ => false,
            }
        }
        TextRole::Property(Some("style")) => is_attribute(script, text),
        TextRole::Other => begins_style_attribute(script, text),
        _ => false,
    }
}

/// Whether a text stands where the value of a `style` attribute begins in markup: `'<p style="' + text + '">'`, `<p style="${text}">`.
fn begins_style_attribute(script: &Script, text: script::NodeId) -> bool {
    let opens = |markup: &str| ["style=\"", "style='"].iter().any(|attribute| markup.trim_end().ends_with(attribute));
    let holder = script.parent(text);
    match script.kind(holder) {
        script::Kind::Template => {
            let before = script.span(text).start.saturating_sub(script.span(holder).start) as usize;
            let markup = script.code(holder).get(..before).and_then(|before| before.trim_end().strip_suffix("${"));
            markup.is_some_and(opens)
        }
        script::Kind::Add => {
            let before = script.child(holder, 0).filter(|&before| before != text);
            before.and_then(|before| script.text(before)).is_some_and(|markup| opens(&markup.text))
        }
        _ => false,
    }
}

/// Whether a text is seen to get into a document as markup: put there, as a frame's page, by Kommo's `render_template`, as a
/// component's template.
fn is_put(script: &Script, text: script::NodeId) -> bool {
    let is_content = |used| match script.text_role(used) {
        TextRole::Assigned(_, Some("srcdoc")) | TextRole::Property(Some("template" | "__html")) => true,
        // Of something that may be a jQuery object, as the body that Kommo's modal window hands over.
        TextRole::Argument(call, 0) => {
            let may_be_jquery = |receiver| script.is_jquery_object(receiver) != Some(false);
            match call.method() {
                Some("html" | "replaceWith" | "wrap") => call.receiver().is_some_and(may_be_jquery),
                // Forms, lists and loggers have an `append`, too: jQuery objects are told by a `$`, a chain or the word.
                Some("append" | "prepend" | "before" | "after") => call.receiver().is_some_and(|receiver| {
                    may_be_jquery(receiver) && ["$", "(", "body"].iter().any(|sign| script.code(receiver).contains(sign))
                }),
                _ => false,
            }
        }
        TextRole::Property(_) => {
            let call = script.ancestors(used).find_map(|outer| script.call(outer));
            call.is_some_and(|call| call.method() == Some("render_template"))
        }
        _ => false,
    };
    script.enters_document(text) || script.standing_for(text).into_iter().any(is_content)
}

/// Whether a property's value is that of an element's attribute: `$('<b>', { id: text })`, `.attr({ id: text })`.
pub(super) fn is_attribute(script: &Script, text: script::NodeId) -> bool {
    let object = script.ancestors(text).find(|&outer| script.kind(outer) == script::Kind::Object);
    let call = object.and_then(|object| script.argument_position(script.parent(object), object));
    call.is_some_and(|(call, _)| {
        matches!(call.method(), Some("attr" | "prop" | "createElement")) || script.jquery(call.callee).is_some()
    })
}

/// Whether a string looks like a stylesheet: an import, or something, a brace, a declaration, a brace.
fn is_stylesheet(text: &str) -> bool {
    if text.trim_start().starts_with("@import ") {
        return true;
    }
    let Some((selector, rest)) = text.split_once('{') else { return false };
    let Some((body, _)) = rest.split_once('}') else { return false };
    let selector = selector.rsplit(['}', '/', ';']).next().unwrap_or_default().trim();
    let starts_like_one =
        selector.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '.' | '#' | '*' | ':' | '@' | '['));
    let is_code = selector.contains(['(', '=', '$', '"', '\'']) && !selector.contains([':', '[', '@']);
    let body = body.rsplit('{').next().unwrap_or_default();
    let is_declaration = body.split(';').any(|part| {
        part.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim();
            !name.is_empty()
                && !value.trim().is_empty()
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
        })
    });
    starts_like_one && !is_code && is_declaration && !rest.starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::is_stylesheet;
    use crate::context::Origin;
    use crate::testing::Widget;

    #[test]
    fn stylesheets_are_told_from_code_and_data() {
        for text in [
            ".a { color: red }",
            "@media print { .a { color: red } }",
            "#ʘʘ input{display:none;}",
            "*{margin:0}",
            " @import url(a.css);",
            "/* x */ .a{b:c}",
        ] {
            assert!(is_stylesheet(text), "{text}");
        }
        for text in [
            "{\"a\": 1}",
            "function a() { return b ? c : d }",
            "{{ a }}",
            "Hello {name}: you",
            "if (a) { b: c }",
            "a {",
            "var x = { a: 1 }",
        ] {
            assert!(!is_stylesheet(text), "{text}");
        }
    }

    #[test]
    fn what_strings_hold_is_examined_too() {
        let script = "define([], function () {\n  var html = '<b onclick=\"alert(1)\" style=\"top: 0\">x</b>';\n  var css = '.a { color: red }';\n  el.style.cssText = 'top: 0';\n});\n";
        let evaluated = "eval('{ var a = \\'<b>\\'; alert(1) }')";
        Widget::empty().file("script.js", evaluated).with_context(|cx| {
            assert_eq!((cx.scripts().len(), cx.markups().len()), (2, 1));
        });
        for (code, read) in [
            ("eval('alert(1)'); setTimeout(\"alert(1)\", 9); new Function('alert(1)'); setInterval('dl.a()', 9)", 5),
            ("el.setAttribute('onclick', 'alert(1)'); $(el).attr('onclick', 'return confirm(1)')", 3),
            ("own.setTimeout('alert(1)'); f('alert(1)'); new Function('a', 'b(a)'); el.setAttribute('title', 'alert(1)')", 1),
            ("setTimeout('go(' + n + ')', 9); setTimeout('a text (of words)', 9)", 1),
        ] {
            Widget::empty().file("script.js", code).with_context(|cx| assert_eq!(cx.scripts().len(), read, "{code}"));
        }
        Widget::empty().file("script.js", script).with_context(|cx| {
            assert_eq!(cx.scripts().len(), 2);
            assert!(
                cx.scripts().iter().any(|script| script.origin == Origin::ScriptString && script.facts.source() == "alert(1)")
            );
            assert_eq!(cx.markups().len(), 1);
            assert_eq!(cx.styles().len(), 3);
        });
    }
}
