//! Text that users see stands in a template or a script instead of the i18n files.

use super::{plain, says_something};
use crate::context::{Context, Examined, ListingText, Origin};
use crate::finding::{Findings, Location};
use crate::order;
use crate::package::bounds::USES;
use crate::package::locale::Reading;
use crate::package::manifest::Manifest;
use crate::rule::{Example, Message, Rule};
use crate::syntax::markup::{Element, Markup, TagKind, TemplateTag};
use crate::syntax::script::{Call, Kind, NodeId, Script, TextRole};
use crate::syntax::style::is_property;
use crate::syntax::{Fragment, Span, is_hole};
use crate::text::plain::SHOWN_ATTRIBUTES;
use crate::text::tokens::{Token, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

static IN_TEMPLATE: Message = Message {
    id: "in-markup",
    text: "The text \"{text}\" stands in the markup itself.",
    help: "Put it into every i18n file and pass it to the template, so that each user reads it in their own language.",
};
static IN_SCRIPT: Message = Message {
    id: "in-script",
    text: "The text \"{text}\" stands in the script itself.",
    help: "Put it into every i18n file and show self.i18n('...') or self.langs instead.",
};
static IN_MANIFEST: Message = Message {
    id: "in-manifest",
    text: "The text \"{text}\" stands in the manifest itself, so every language shows it.",
    help: "Put it into every i18n file and name its key here, such as \"settings.note\".",
};
static MANY: Message = Message {
    id: "many",
    text: "{count} texts stand in {path} itself, first \"{text}\".",
    help: "Put them into every i18n file; show self.i18n('...') in scripts, and pass the texts to templates.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "hard-coded-text",
    item: "translated",
    title: "Text outside the i18n files",
    why: "Text in a template or a script is the same in every language, so some users read it in a language of others.",
    fix: "Move the text into the i18n files and look it up by its key.",
    messages: &[&IN_TEMPLATE, &IN_SCRIPT, &IN_MANIFEST, &MANY],
    bad: &[Example {
        path: "templates/panel.twig",
        text: "<div id=\"aurora-notes\"><label>«Notes of the last shift»</label><textarea></textarea></div>\n",
    }],
    good: &[
        Example {
            path: "templates/panel.twig",
            text: "<div id=\"aurora-notes\"><label>{{ texts.title }}</label><textarea></textarea></div>\n",
        },
        Example {
            path: "templates/panel.twig",
            text: "<div id=\"aurora-notes\"><label>{{ texts.title }}: &times;</label><a title=\"WhatsApp\">Kommo</a><!-- Notes --></div>\n",
        },
    ],
    about_code: true,
    check,
};

/// Texts of one file that are reported one by one; more make one finding.
const SINGLE: usize = 5;

/// How far before a chosen text a tag is looked for.
const TAG_BYTES: usize = 200;

/// The code of a function whose callers are looked at; in a longer one a text is one of many.
const FUNCTION_BYTES: usize = 2000;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let mut by_file: BTreeMap<&str, Vec<(&'static Message, Location, String)>> = BTreeMap::new();
    let own_names = OwnNames::of(cx);
    // Without the widget's script, nobody can tell what it would show, but whole pages are rarely a part of it.
    let may_be_shown = |path: &str| cx.is_reached(path) || !cx.is_reached("script.js") && !path.ends_with(".html");
    // Messages of a library for its developers name tags and close none: "<template> cannot be keyed".
    let names_tags =
        |markup: &Examined<Markup>| markup.origin == Origin::ScriptString && !markup.facts.closes && cx.is_bundled(&markup.path);
    for markup in cx.markups().iter().filter(|markup| may_be_shown(&markup.path) && !names_tags(markup)) {
        for (text, at) in markup_texts(&markup.facts) {
            by_file.entry(&markup.path).or_default().push((&IN_TEMPLATE, Location::span(&*markup.path, at), text));
        }
    }
    for script in cx.scripts().iter().filter(|script| may_be_shown(&script.path)) {
        for (text, at) in script_texts(script) {
            by_file.entry(&script.path).or_default().push((&IN_SCRIPT, at, text));
        }
    }
    if let Some(manifest) = cx.manifest() {
        let texts = manifest_texts(cx, manifest).map(|(text, span)| (&IN_MANIFEST, Location::span(&*manifest.path, span), text));
        by_file.entry(&manifest.path).or_default().extend(texts);
    }
    for (path, mut texts) in by_file {
        order::sort_by(&mut texts, |a, b| a.1.cmp(&b.1));
        texts.dedup_by(|a, b| a.1 == b.1);
        texts.retain(|(_, _, text)| !own_names.contain(text) && !is_language(text));
        drop_repeated_constants(cx, &mut texts);
        if texts.len() <= SINGLE {
            for (message, at, text) in texts {
                out.push(out.suspect(message, at).arg("text", text));
            }
        } else if let [(_, at, text), rest @ ..] = &texts[..] {
            let finding = out.suspect(&MANY, at.clone()).arg("text", &**text).arg("path", path).arg("count", texts.len());
            out.push(finding.also_at(rest.iter().map(|(_, at, _)| at.clone())));
        }
    }
}

/// The widget's own name, and its creator's: the same in every language.
struct OwnNames(BTreeSet<String>);

impl OwnNames {
    fn of(cx: &Context<'_>) -> Self {
        let ListingText::Shown { texts, .. } = cx.listing_text(&["widget", "name"]) else { return Self(BTreeSet::new()) };
        let mut names = BTreeSet::new();
        for text in texts {
            let plain = plain(&text);
            let name = tokens(&plain.text);
            if let Some(via) = name.iter().position(|token| token.word == "via") {
                names.extend(name[via + 1..].iter().map(|token| token.word.to_string()));
                names.extend([joined(&name[..via]), joined(&name[via + 1..])]);
            }
            names.insert(joined(&name));
        }
        Self(names)
    }

    fn contain(&self, text: &str) -> bool {
        self.0.contains(&joined(&tokens(text)))
    }
}

/// Whether a text is what a language calls itself, as lists of languages show it to everybody.
fn is_language(text: &str) -> bool {
    const LANGUAGES: [&str; 10] = [
        "english",
        "español",
        "português",
        "português (brasil)",
        "türkçe",
        "bahasa indonesia",
        "русский",
        "français",
        "deutsch",
        "italiano",
    ];
    LANGUAGES.contains(&&*text.trim().to_lowercase())
}

fn joined(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(|token| &*token.word).collect::<Vec<_>>().join(" ")
}

/// A constant in a string of mark-up shows its text at the constant's name, too: one place is enough.
fn drop_repeated_constants(cx: &Context<'_>, texts: &mut Vec<(&'static Message, Location, String)>) {
    let is_name = |at: &Location| {
        let source = at.path.as_deref().and_then(|path| cx.package().file(path)?.text());
        let written = source.zip(at.span).map(|(source, span)| span.of(source)).unwrap_or_default();
        !written.is_empty() && written.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.'))
    };
    let written_out = order::set(texts.iter().filter(|(_, at, _)| !is_name(at)).map(|(_, _, text)| text.clone()));
    texts.retain(|(_, at, text)| !written_out.contains(text) || !is_name(at));
}

/// Texts that the manifest holds itself where keys should stand, with their places; a widget of one language may do so.
fn manifest_texts<'a>(cx: &'a Context<'_>, manifest: &'a Manifest) -> impl Iterator<Item = (String, Span)> {
    let named = if manifest.locales().len() > 1 { manifest.named_texts() } else { Vec::new() };
    named.into_iter().filter_map(|named| match cx.locales().resolve(&named) {
        Reading::Literal(text) if says_something(&text.text) => Some((text.text.to_string(), named.span)),
        _ => None,
    })
}

/// Texts that markup shows, with their places.
fn markup_texts(markup: &Markup) -> Vec<(String, Span)> {
    let shown = markup.elements.iter().flat_map(|element| {
        element
            .attributes
            .iter()
            .filter(|attribute| is_shown_attribute(element, &attribute.name))
            .map(|attribute| &attribute.value)
    });
    let mut signs: Vec<_> =
        markup.elements.iter().filter(|element| holds_sign(element)).map(|element| element.span.end).collect();
    order::sort(&mut signs);
    let place = |fragment: &Fragment<'_>| fragment.map.span(Span::new(0, fragment.text.len() as u32));
    let shown: Vec<_> =
        markup.texts.iter().filter(|text| signs.binary_search(&place(text).start).is_err()).chain(shown).collect();
    let mut texts: Vec<_> = shown.iter().filter_map(|fragment| shown_part(fragment)).collect();
    let mut places: Vec<_> = shown.iter().map(|fragment| place(fragment)).collect();
    order::sort(&mut places);
    texts.extend(markup.tags.iter().flat_map(passed_texts));
    let set = order::map(markup.tags.iter().filter_map(set_text));
    for tag in markup.tags.iter().filter(|tag| tag.kind == TagKind::Output) {
        let before = places.partition_point(|place| place.start <= tag.span.start);
        if places[..before].last().is_some_and(|place| place.contains(tag.span)) {
            texts.extend(printed_texts(tag));
            texts.extend(set.get(&*tag.code).map(|(text, span)| (text.to_string(), *span)));
        }
    }
    texts
}

/// Texts that a tag prints itself, always or in one case: `{{ open ? 'Close the list' : 'Open the list' }}`, `{{ title|default('Notes') }}`.
fn printed_texts(tag: &TemplateTag) -> Vec<(String, Span)> {
    let mut asked = false;
    let mut texts = Vec::new();
    for (text, span, between) in strings_in_code(tag) {
        let before = &tag.code[between.clone()];
        let goes_on = tag.code[between.end + text.len()..].get(1..).unwrap_or_default().trim_start();
        let is_first = between.start == 0 && before.len() == 1 && (goes_on.is_empty() || goes_on.starts_with('~'));
        asked |= before.contains('?');
        let before = before.strip_suffix(['\'', '"']).unwrap_or_default().trim_end();
        let is_choice = asked && before.ends_with(['?', ':']) || before.ends_with("default(");
        if (is_first || is_choice) && is_shown_text(text) {
            texts.push((text.to_owned(), span));
        }
    }
    texts
}

/// Texts that a tag gives another template to show: `{% include '/tmpl/controls/button.twig' with { text: 'Save the note' } %}`.
fn passed_texts(tag: &TemplateTag) -> Vec<(String, Span)> {
    const SHOWN: [&str; 7] = ["text", "title", "caption", "label", "header", "placeholder", "option"];
    let mut texts = Vec::new();
    if tag.kind == TagKind::Comment || !tag.code.starts_with("include") {
        return texts;
    }
    for (text, span, between) in strings_in_code(tag) {
        let (before, after) = (&tag.code[..between.end], &tag.code[between.end + text.len()..]);
        // 'Select all'|i18n
        let is_looked_up = after.trim_start_matches(['\'', '"']).trim_start().starts_with('|');
        let key = before.trim_end_matches(['\'', '"']).trim_end().strip_suffix(':').unwrap_or_default().trim_end();
        let key = key.trim_end_matches(['\'', '"']).rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next();
        if key.is_some_and(|key| SHOWN.contains(&key)) && is_shown_text(text) && !is_looked_up {
            texts.push((text.to_owned(), span));
        }
    }
    texts
}

/// The texts in a tag, each with the range of the tag's code between the one before and it.
fn strings_in_code(tag: &TemplateTag) -> impl Iterator<Item = (&str, Span, Range<usize>)> {
    let mut past = 0;
    tag.strings.iter().map_while(move |(text, span)| {
        let between = past..past + tag.code[past..].find(&**text)?;
        past = between.end + text.len();
        Some((&**text, *span, between))
    })
}

/// Whether what stands in an element is no word for users: code, or the name of a sign that a font draws in its place.
fn holds_sign(element: &Element) -> bool {
    let draws = |class: &str| class.starts_with("material-icons") || class.starts_with("material-symbols");
    matches!(&*element.name, "code" | "kbd" | "samp")
        || element.attribute("class").is_some_and(|class| class.value.text.split_whitespace().any(draws))
}

/// The name that a tag gives a text, and the text: `{% set title = 'Your notes' %}`.
fn set_text(tag: &TemplateTag) -> Option<(&str, &(Box<str>, Span))> {
    let (name, value) = tag.code.strip_prefix("set ").filter(|_| tag.kind == TagKind::Statement)?.split_once('=')?;
    let [string] = &*tag.strings else { return None };
    let is_whole = value.trim().len() == string.0.len() + 2;
    (is_whole && is_shown_text(&string.0)).then_some((name.trim(), string))
}

/// Whether a string of a template is words for users.
fn is_shown_text(text: &str) -> bool {
    says_something(text) && !is_identifier(text)
}

/// Whether users read the value of an attribute; the `value` of a button is its caption.
fn is_shown_attribute(element: &Element, name: &str) -> bool {
    let is_button = || {
        &*element.name == "input"
            && element.attribute("type").is_some_and(|kind| matches!(&*kind.value.text, "submit" | "button" | "reset"))
    };
    SHOWN_ATTRIBUTES.contains(&name) || name == "value" && is_button() || name == "label" && &*element.name == "optgroup"
}

/// What a fragment says outside its holes, with its place, if that is words.
fn shown_part(fragment: &Fragment<'static>) -> Option<(String, Span)> {
    let text = without_holes(&fragment.text);
    let start = fragment.text.len() - fragment.text.trim_start().len();
    let end = fragment.text.trim_end().len();
    let span = Span::new(start as u32, end as u32);
    says_something(&text).then(|| (text, fragment.map.span(span)))
}

fn without_holes(text: &str) -> String {
    text.split(is_hole).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" … ")
}

/// Texts that a script shows by itself, with their places; markup in its strings is read as markup.
fn script_texts(script: &Examined<Script>) -> Vec<(String, Location)> {
    if script.origin == Origin::ScriptString {
        return Vec::new();
    }
    let facts = &script.facts;
    let words = facts.contents().filter_map(|(id, content)| {
        let text = without_holes(&content.text);
        let is_markup = text.contains('<') && !facts.is_taken_literally(id);
        // '(fn, props) {': a part of a script that a script makes.
        let is_code = text.trim_end().ends_with(['{', '=']);
        let is_words = says_something(&text) && !is_markup && !is_code && !is_identifier(&text) && !is_style(&text);
        is_words.then_some((id, text))
    });
    let shown =
        words.filter(|&(id, _)| is_chosen_in_markup(facts, id) || uses(facts, id).into_iter().any(|used| is_shown(facts, used)));
    shown.map(|(id, text)| (text, script.at(facts.span(id)))).collect()
}

/// Where a text may be used: what a variable holds or a function gives back, where the variable is named or the function called.
fn uses(script: &Script, id: NodeId) -> Vec<NodeId> {
    let mut uses = script.standing_for(id);
    match script.text_role(id) {
        TextRole::Assigned(target, None) => {
            let held = script.symbol(target);
            uses.extend(held.into_iter().flat_map(|held| script.references(held)).take(USES));
        }
        TextRole::Returned => {
            let function = script.function_around(id).filter(|&function| script.code(function).len() < FUNCTION_BYTES);
            uses.extend(function.into_iter().flat_map(|function| script.callers(function)).map(|call| call.node).take(USES));
        }
        _ => {}
    }
    uses
}

/// Whether a text is put between tags in one case or the other: `'<b>' + (saved ? 'Saved' : '') + '</b>'`.
fn is_chosen_in_markup(script: &Script, id: NodeId) -> bool {
    let is_choice = |&node: &NodeId| matches!(script.kind(node), Kind::Conditional | Kind::Either { .. });
    let Some(choice) = script.ancestors(id).take(USES).take_while(is_choice).last() else { return false };
    let whole = script.parent(choice);
    let before = match script.kind(whole) {
        Kind::Add => {
            let left = script.child(whole, 0).filter(|&left| left != choice);
            left.and_then(|left| if script.kind(left) == Kind::Add { script.last_child(left) } else { Some(left) })
        }
        Kind::Template => {
            script.children(whole).take(USES).take_while(|&part| script.span(part).start < script.span(choice).start).last()
        }
        _ => None,
    };
    let is_literal = |&part: &NodeId| matches!(script.kind(part), Kind::Text | Kind::Chunk);
    before.filter(is_literal).is_some_and(|before| {
        let mut back = script.code(before).bytes().rev().take(TAG_BYTES).skip_while(|letter| !matches!(letter, b'<' | b'>'));
        // No arrow, and nothing greater than something.
        back.next() == Some(b'>') && !matches!(back.next(), Some(b'-' | b'=' | b' ') | None)
    })
}

/// Whether a user gets to see the text.
fn is_shown(script: &Script, id: NodeId) -> bool {
    match script.text_role(id) {
        TextRole::Argument(call, 0) => {
            is_dialog(script, &call)
                || shows_first_argument(script, &call)
                || (call.method() == Some("val") || is_notice(script, &call)) && is_phrase(script, id)
        }
        TextRole::Argument(call, 1) => {
            let attribute = call.argument(0).and_then(|name| script.constant(name));
            match call.method() {
                Some("attr" | "prop" | "setAttribute") => attribute.is_some_and(|name| SHOWN_ATTRIBUTES.contains(&&*name)),
                Some("insertAdjacentText") => true,
                _ => is_notice(script, &call) && is_phrase(script, id),
            }
        }
        // React.createElement('p', null, 'text')
        TextRole::Argument(call, _) => is_element(script, call),
        TextRole::Assigned(target, Some("title")) => is_phrase(script, id) && !script.code(target).contains("dataset"),
        TextRole::Assigned(_, Some("innerHTML" | "outerHTML")) => {
            is_phrase(script, id) && script.text(id).is_some_and(|text| !text.text.contains(['=', ';', '{']))
        }
        TextRole::Assigned(_, Some(name)) => matches!(name, "innerText" | "textContent" | "placeholder" | "alt" | "ariaLabel"),
        TextRole::Property(Some(name)) => {
            let of_a_control = matches!(
                name,
                "text"
                    | "title"
                    | "caption"
                    | "label"
                    | "header"
                    | "message"
                    | "content"
                    | "option"
                    | "placeholder"
                    | "button_text"
            );
            of_a_control && is_inside_ui_call(script, id)
                || name == "html" && is_inside_caption(script, id)
                || (name == "children" || SHOWN_ATTRIBUTES.contains(&name)) && is_inside_attributes(script, id)
                || (name == "text" || SHOWN_ATTRIBUTES.contains(&name)) && is_inside_new_element(script, id)
        }
        _ => false,
    }
}

fn is_dialog(script: &Script, call: &Call<'_>) -> bool {
    ["alert", "confirm", "prompt"].iter().any(|name| script.is_path(call.callee, name))
}

fn shows_first_argument(script: &Script, call: &Call<'_>) -> bool {
    match script.callee_name(*call) {
        Some("text" | "html" | "append" | "prepend" | "createTextNode") => call.argument(1).is_none(),
        Some("add_error" | "show_message_error" | "showError" | "showMessage" | "notify" | "swal") => true,
        // What Vue's compiler makes of text.
        Some("_v" | "createTextVNode") => true,
        Some("Option") => call.is_new(),
        _ => false,
    }
}

/// Whether a call is one of a library of notices: `toastr.success('Your note is saved')`.
fn is_notice(script: &Script, call: &Call<'_>) -> bool {
    let library = call.receiver().map(|receiver| script.code(receiver));
    matches!(library, Some("toastr" | "alertify" | "Swal" | "swal" | "iziToast"))
}

/// Whether a text has several words; a single one may be data: what fills a field, what a record is called.
fn is_phrase(script: &Script, id: NodeId) -> bool {
    script.text(id).is_some_and(|text| text.text.trim().contains(' '))
}

/// Whether the text belongs to the options of a call that draws a control, a window or a message.
fn is_inside_ui_call(script: &Script, id: NodeId) -> bool {
    const DRAWING: [&str; 14] = [
        "render",
        "render_template",
        "show_message",
        "show_message_error",
        "show_notification",
        "add_error",
        "add_call",
        "Modal",
        "notify",
        "confirm",
        "alert",
        "dialog",
        "toast",
        "fire",
    ];
    let around = script.ancestors(id).take(10).take_while(|&node| !matches!(script.kind(node), Kind::Function { .. }));
    let draws = |call| script.callee_name(call).is_some_and(|name| DRAWING.contains(&name));
    let around: Vec<_> = around.collect();
    if around.iter().filter_map(|&node| script.call(node)).any(draws) {
        return true;
    }
    // const options = { text: '...' }; self.render(template, options)
    let options = around.iter().rfind(|&&node| script.kind(node) == Kind::Object);
    let used = options.map(|&options| script.standing_for(options)).unwrap_or_default();
    used.into_iter().take(USES).filter_map(|used| script.call(script.parent(used))).any(draws)
}

/// Whether the text belongs to `caption: {html: '...'}`.
fn is_inside_caption(script: &Script, id: NodeId) -> bool {
    let is_caption = |node| matches!(script.kind(node), Kind::Property(Some(name)) if script.word(name) == "caption");
    script.ancestors(id).take(6).any(is_caption) && is_inside_ui_call(script, id)
}

/// Whether the text belongs to `.attr({title: '...'})`, or to an element as React and Vue make it.
fn is_inside_attributes(script: &Script, id: NodeId) -> bool {
    let call = script.ancestors(id).take(6).find_map(|node| script.call(node));
    call.is_some_and(|call| matches!(call.method(), Some("attr" | "prop")) || is_element(script, call))
}

/// Whether a call makes an element as React and Vue do, whatever a bundler calls the function: tag, attributes, what is inside.
fn is_element(script: &Script, call: Call<'_>) -> bool {
    const TAGS: [&str; 16] =
        ["a", "b", "button", "div", "h1", "h2", "h3", "h4", "img", "input", "label", "li", "option", "p", "span", "textarea"];
    let is_tag = || call.argument(0).and_then(|tag| script.constant(tag)).is_some_and(|tag| TAGS.contains(&&*tag));
    let has_attributes = || call.argument(1).is_some_and(|set| matches!(script.kind(set), Kind::Object | Kind::Null));
    matches!(script.callee_name(call), Some("createElement" | "jsx" | "jsxs")) || is_tag() && has_attributes()
}

/// Whether the text belongs to `$('<p>', {text: '...'})`.
fn is_inside_new_element(script: &Script, id: NodeId) -> bool {
    let call = script.ancestors(id).take(6).find_map(|node| script.call(node));
    call.is_some_and(|call| {
        let made = call.argument(0).and_then(|markup| script.constant(markup));
        matches!(script.callee_name(call), Some("$" | "jQuery"))
            && made.is_some_and(|markup| markup.trim_start().starts_with('<'))
    })
}

/// Whether a text is rules of a style sheet: what its innermost braces hold first starts with a property, as `{name}` in a text does not.
fn is_style(text: &str) -> bool {
    let rule = text.split('}').next().and_then(|rule| rule.rsplit_once('{'));
    let property = rule.and_then(|(_, declarations)| declarations.split_once(':'));
    property.is_some_and(|(name, _)| is_property(name.trim()))
}

/// Whether a text is a name for programs: a class, a key, a path, a selector.
fn is_identifier(text: &str) -> bool {
    let one_word = !text.contains(char::is_whitespace);
    // "Saved!", "Loading..."
    let word = text.trim_end_matches(['!', '?', '.', '…', ':']);
    let plain_word =
        word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii());
    one_word && !plain_word
}

#[cfg(test)]
mod tests {
    use crate::testing::{Seen, Widget, suspect};

    fn script(body: &str) -> Vec<Seen> {
        Widget::clean()
            .file(
                "script.js",
                format!("define(['jquery'], function ($) {{ return function () {{ var self = this; {body} }}; }});"),
            )
            .findings("hard-coded-text")
    }

    fn template(text: &str) -> Vec<Seen> {
        Widget::clean().file("templates/panel.twig", text).findings("hard-coded-text")
    }

    #[test]
    fn texts_and_attributes_of_templates() {
        assert_eq!(template("<p title=\"Your note\">{{ a }}</p>"), [suspect("in-markup", "templates/panel.twig", "Your note")]);
        assert_eq!(
            template("<select><optgroup label=\"Your team\"></optgroup></select><track label=\"en\">"),
            [suspect("in-markup", "templates/panel.twig", "Your team")]
        );
        assert_eq!(
            template("<p>\n  Guardar nota {{ name }}\n</p>"),
            [suspect("in-markup", "templates/panel.twig", "Guardar nota {{ name }}")]
        );
        assert_eq!(
            template("<input type=\"submit\" value=\"Save now\"><input type=\"hidden\" value=\"the note\">"),
            [suspect("in-markup", "templates/panel.twig", "Save now")]
        );
        assert_eq!(
            template("<p class=\"your note\" data-x=\"your note\">{{ 'x'|t }} 100% &nbsp; API</p><style>p {}</style>"),
            []
        );
    }

    #[test]
    fn names_of_signs_code_and_languages() {
        assert_eq!(
            template(
                "<i class=\"material-icons own\">close</i><code>Bearer</code><kbd>Delete</kbd><option>Español</option><option> English </option>"
            ),
            []
        );
        assert_eq!(template("<i class=\"own-icons\">close</i><code>a</code>Notes<option>English notes</option>").len(), 3);
    }

    #[test]
    fn texts_that_another_template_shows() {
        for (text, shown) in [
            (
                "{% include '/tmpl/controls/button.twig' with { text: 'Save the note', class_name: 'Own big button' } %}",
                "Save the note",
            ),
            (
                "{% include '/tmpl/controls/input.twig' with {'name': 'Own note', 'placeholder' : \"Your note\"} only %}",
                "Your note",
            ),
            ("{{ include('a.twig', {items: [{id: 'Own one', option: 'First note'}]}) }}", "First note"),
        ] {
            assert_eq!(template(text), [suspect("in-markup", "templates/panel.twig", shown)], "{text}");
        }
        for text in [
            "{% include 'Own notes.twig' with { text: t.save, id: 'Own note', data: 'text' } %}",
            "{# include 'a.twig' with { text: 'Save the note' } #}",
            "{% set options = { text: 'Save the note' } %}",
            "{% include 'a.twig' with { text: 'Save the note'|i18n, title: \"Your note\" | trans } %}",
        ] {
            assert_eq!(template(text), [], "{text}");
        }
    }

    #[test]
    fn files_that_nothing_loads_count_only_where_the_script_is_missing() {
        let widget = || Widget::clean().file("widget/panel.twig", "<p>Your notes</p>");
        assert_eq!(widget().findings("hard-coded-text"), []);
        let without_script = widget().without("script.js");
        assert_eq!(without_script.findings("hard-coded-text"), [suspect("in-markup", "widget/panel.twig", "Your notes")]);
        let page = Widget::clean().without("script.js").file("site/index.html", "<p>Your notes</p>");
        assert_eq!(page.findings("hard-coded-text"), []);
    }

    #[test]
    fn messages_of_libraries_that_name_tags() {
        let script = "warn('<template> cannot be keyed here.', a); warn('Use a <p> inside.'); show('<p>Your notes</p>');";
        let found = |path: &str| {
            let loader = format!("define(['./{path}'], function () {{}});");
            Widget::clean().file("script.js", loader).file(path, script).findings("hard-coded-text")
        };
        assert_eq!(found("vendor/lib.js"), [suspect("in-markup", "vendor/lib.js", "Your notes")]);
        assert_eq!(found("own.js").len(), 4);
    }

    #[test]
    fn texts_that_a_tag_prints() {
        for (text, shown) in [
            ("<p>{{ new ? 'Write a note' : t.edit }}</p>", "Write a note"),
            ("<p>{{ new ? t.write : \"Edit the note\" }}</p>", "Edit the note"),
            ("<a title=\"{{ new ? 'Write a note' : '' }}\">{{ t }}</a>", "Write a note"),
            ("<p>{{ 'Write a note' }}</p>", "Write a note"),
            ("<p>{{ t.write|default(\"Write a note\") }}</p>", "Write a note"),
            ("<p>{{ t.write ?? 'Write a note' }}</p>", "Write a note"),
            ("<p>{{ 'Write a note, ' ~ name }}</p>", "Write a note, "),
            ("{% set label = 'Write a note' %}<p>{{ label }}</p>", "Write a note"),
        ] {
            assert_eq!(template(text), [suspect("in-markup", "templates/panel.twig", shown)], "{text}");
        }
        for text in [
            "<p class=\"{{ new ? 'own big' : 'own small' }}\">{{ new ? 'lead' : 'contact' }}</p>",
            "<p>{{ at|date('the d of m') }} {{ t['a key'] ? t['a key'] : '' }} {{ f({a: 'own big'}) }}</p>",
            "<p>{{ 'Write a note'|trans }} {{ t('Write a note') }} {{ a ~ 'own big' }} {{ a|default('lead') }}</p>",
            "<p>{% set a = new ? 'own big' : '' %}{% set b = 'Own big' %}<b class=\"{{ b }}\">{{ a }}</b></p>",
        ] {
            assert_eq!(template(text), [], "{text}");
        }
    }

    #[test]
    fn calls_that_show_text() {
        for (body, text) in [
            ("$('#a').text('Saved your note');", "'Saved your note'"),
            ("var saved = 'Saved your note'; $('#a').text(saved);", "'Saved your note'"),
            ("function show(text) { $('#a').text(text); } show('Saved your note');", "'Saved your note'"),
            ("$('#a').val('Save note');", "'Save note'"),
            ("html += '<b>' + (ok ? 'Your note' : '') + '</b>';", "'Your note'"),
            ("html = `<i class=\"${ok ? 'own big' : ''}\">${a}</i> <b>${name || 'Nobody yet'}</b>`;", "'Nobody yet'"),
            ("$('#a').text('ENVIAR').attr('title', 'CSV').append('WHATSAPP');", "'ENVIAR'"),
            ("alert('Please fill in the form');", "'Please fill in the form'"),
            ("alert('Aplicado!');", "'Aplicado!'"),
            ("$('#a').text('Загрузка...');", "'Загрузка...'"),
            (
                "const options = {text: 'Saved your note', class_name: 'own big'}; self.render({ref: a}, options);",
                "'Saved your note'",
            ),
            ("$('#a').attr('placeholder', 'Your name');", "'Your name'"),
            ("document.getElementById('a').innerText = 'Готово';", "'Готово'"),
            ("self.render({ref: '/tmpl/controls/button.twig'}, {text: 'Save', class_name: 'own save'});", "'Save'"),
            ("self.render_template({caption: {class_name: 'a', html: 'Notes of today'}, body: ''});", "'Notes of today'"),
            ("$('#a').attr({title: 'Delete this', class: 'own delete'});", "'Delete this'"),
            ("$('<p>', {text: 'Saved your note', 'class': 'own saved note'});", "'Saved your note'"),
            ("box.appendChild(document.createTextNode('Your note is saved'));", "'Your note is saved'"),
            ("APP.notifications.show_message({header: 'Notes', text: self.i18n('a')});", "'Notes'"),
            ("self.el.title = 'Delete this note';", "'Delete this note'"),
            ("self.el.ariaLabel = 'Notes'; self.note.title = 'Notes';", "'Notes'"),
            ("self.el.insertAdjacentText('beforeend', 'Your note');", "'Your note'"),
            ("list.add(new Option('Your team', '1'));", "'Your team'"),
            ("$.confirm({content: 'Delete this note?', buttons: {}});", "'Delete this note?'"),
            ("toastr.success('Saved your note');", "'Saved your note'"),
            ("Swal.fire('a', 'Saved your note', 'success');", "'Saved your note'"),
            ("const TEXTS = {saved: 'Saved your note', x: 'own big'}; $('#a').text(a ? TEXTS.saved : '');", "'Saved your note'"),
            ("React.createElement('b', {className: 'own big'}, 'Saved your note');", "'Saved your note'"),
            ("(0, r.jsx)('b', {children: 'Saved your note'});", "'Saved your note'"),
            ("_c('input', {attrs: {placeholder: 'Your note', type: 'own big'}});", "'Your note'"),
            ("_c('b', [e._v('Saved your note')]);", "'Saved your note'"),
            ("x('p', null, 'Saved your note', -1);", "'Saved your note'"),
            ("$('#a').append('Saved your note');", "'Saved your note'"),
            ("el.innerHTML = 'Saved your note'; code.innerHTML = 'var a = 1; f(a)';", "'Saved your note'"),
            ("const text = ok ? 'Saved your note' : ''; $('#a').text(text);", "'Saved your note'"),
            ("let text = ''; if (ok) { text = 'Saved your note'; } $('#a').text(text);", "'Saved your note'"),
            ("function label() { return 'Saved your note'; } $('#a').text(label());", "'Saved your note'"),
            ("self.render({ref: '/tmpl/controls/select.twig'}, {items: [{option: 'Your team', id: 1}]});", "'Your team'"),
        ] {
            assert_eq!(script(body), [suspect("in-script", "script.js", text)], "{body}");
        }
    }

    #[test]
    fn markup_in_strings_is_read_as_markup() {
        assert_eq!(script("$('#a').append('<b>Your note</b>');"), [suspect("in-markup", "script.js", "Your note")]);
        let constant = "var head = '<th>Your note</th>'; $('#a').html('<table>' + head + '</table>');";
        assert_eq!(script(constant), [suspect("in-markup", "script.js", "Your note")]);
    }

    #[test]
    fn other_strings_are_left_alone() {
        for body in [
            "$('#a').text(self.i18n('panel.title'));",
            "$('#a').attr('class', 'your note here');",
            "console.log('Saved your note');",
            "$('#a').text('loading'); $('#a').text('own.note'); $('#a').text('Own.note');",
            "const options = {text: 'Saved your note'}; log(options.text); send(options);",
            "$('#a').val('London');",
            "html = '<b class=\"' + (ok ? 'own big' : '') + '\">' + (ok ? 'own.note' : ''); log(`a -> ${ok ? 'own big' : ''}`);",
            "var saved = 'Saved your note'; log(saved);",
            "var options = {text: 'Your note is saved'};",
            "$('#a').text(count + ' / ' + all);",
            "throw new Error('Something went wrong here');",
            "style.textContent = '#own .a{color:red;margin:0 auto}';",
            "$('<style>').text('.own p { color: red }'); style.textContent = '@keyframes own { to { top: 0 } }';",
            "$('#a').html('<b>Aurora</b> <i>Shift Notes</i>');",
            "body.prepend('function (row, props) {');",
            "$('#a').data({title: 'the note of today'});",
            "track('click', {title: 'own big'}, 'own big'); track('a', 'b', 'own big');",
            "form.append('a b', 'c d'); let kind = 'own big'; kind = 'own small'; $('#a').addClass(kind);",
            "function kind() { return 'own big'; } $('#a').addClass(kind()); $('#a').text(ok('own big') ? x : y);",
            "var TEXTS = {saved: 'Saved your note'}; log(TEXTS.saved); Other.saved = TEXTS.saved;",
            "box.insertAdjacentHTML('beforeend', html('a b')); own.success('Saved your note'); Option('Your team');",
            "document.createElement('own-box', {is: 'own big'}); model({children: 'own big'}); event.title = 'saved'; box.dataset.title = 'own big';",
        ] {
            assert_eq!(script(body), [], "{body}");
        }
    }

    #[test]
    fn many_texts_of_a_file_are_one_finding() {
        let text = "<p>Your first note</p>".repeat(9);
        assert_eq!(template(&text), [suspect("many", "templates/panel.twig", "Your first note")]);
    }
}
