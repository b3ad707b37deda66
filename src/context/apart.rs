//! What never meets Kommo's page: the content of shadow roots, of frames and of windows that a script opens.

use crate::package::bounds::USES;
use crate::syntax::script::{Kind, NodeId, Root, Script, TextRole};

/// How many members of one another are followed: `frame.contentWindow.document.head`.
const MEMBERS: u8 = 8;

/// How many shadow roots of a script are followed to the members that hold them.
const ROOTS: usize = 4;

/// Names without which a script has nothing to do with another document or a shadow root.
const WAYS: [&str; 8] =
    ["attachShadow", "shadowRoot", "contentDocument", "contentWindow", "contents", "open", "write", "writeln"];

/// Whether a script may put something anywhere else than into Kommo's page.
pub(super) fn may_leave_page(script: &Script) -> bool {
    WAYS.iter().any(|way| !script.named(way).is_empty()) || script.source().contains("srcdoc")
}

/// Whether a text becomes the content of another document or of a shadow root, or the address of a stylesheet there, at once or by the
/// name of a variable.
pub(super) fn is_put_apart(script: &Script, text: NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Assigned(_, None) => script.may_stand_for(text).into_iter().any(|used| is_used_apart(script, used)),
        _ => is_used_apart(script, text),
    }
}

fn is_used_apart(script: &Script, text: NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Assigned(_, Some("srcdoc")) => true,
        TextRole::Assigned(target, Some("innerHTML" | "textContent")) => script
            .child(target, 0)
            .is_some_and(|element| is_apart(script, element, MEMBERS) || is_inserted_apart(script, element)),
        TextRole::Assigned(target, Some("href")) => script.child(target, 0).is_some_and(|link| is_inserted_apart(script, link)),
        TextRole::Argument(call, position) => {
            let is_receiver_apart = || call.receiver().is_some_and(|receiver| is_apart(script, receiver, MEMBERS));
            match (call.method(), position) {
                // Whoever writes to Kommo's own document replaces its page.
                (Some("write" | "writeln"), 0) => call.receiver().is_some_and(|written| !script.is_path(written, "document")),
                (Some("html" | "append" | "prepend"), 0) | (Some("insertAdjacentHTML"), 1) => is_receiver_apart(),
                (Some("replace" | "replaceSync"), 0) => call.receiver().is_some_and(|sheet| is_adopted_apart(script, sheet)),
                (Some("attr" | "setAttribute"), 1) => match call.argument(0).and_then(|name| script.constant(name)).as_deref() {
                    Some("srcdoc") => true,
                    Some("href") => call.receiver().is_some_and(|link| is_inserted_apart(script, link)),
                    _ => false,
                },
                // What is fetched as text by a script with a shadow root is most likely for it.
                (_, 0) if matches!(script.callee_name(call), Some("fetch" | "get")) => !script.named("attachShadow").is_empty(),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether an element is inserted, and only into other documents and shadow roots.
fn is_inserted_apart(script: &Script, element: NodeId) -> bool {
    is_taken_apart(script, element, |used| {
        let (call, _) = script.argument_position(script.parent(used), used)?;
        call.receiver().filter(|_| matches!(call.method(), Some("append" | "appendChild" | "prepend" | "insertBefore")))
    })
}

/// Whether a stylesheet is adopted, and only by other documents and shadow roots: `root.adoptedStyleSheets = [sheet]`.
fn is_adopted_apart(script: &Script, sheet: NodeId) -> bool {
    is_taken_apart(script, sheet, |used| {
        let TextRole::Item(list) = script.text_role(used) else { return None };
        let TextRole::Assigned(target, Some("adoptedStyleSheets")) = script.text_role(list) else { return None };
        script.child(target, 0)
    })
}

/// Whether uses of a variable give it to something, which `taker` tells of a use, and only to other documents and shadow roots.
fn is_taken_apart(script: &Script, variable: NodeId, taker: impl Fn(NodeId) -> Option<NodeId>) -> bool {
    let references = script.symbol(variable).map(|symbol| script.references(symbol)).unwrap_or_default();
    if references.len() > USES {
        return false;
    }
    let mut takers = references.iter().filter_map(|&used| taker(used));
    let is_apart = |taker| is_apart(script, taker, MEMBERS);
    takers.next().is_some_and(is_apart) && takers.all(is_apart)
}

/// Whether an expression is a shadow root, another window, or a part of either.
fn is_apart(script: &Script, element: NodeId, members: u8) -> bool {
    let Some(members) = members.checked_sub(1) else { return false };
    let selection = script.selection(element);
    if selection.steps.iter().any(|step| matches!(step.method, "attachShadow" | "contents" | "open")) {
        return true;
    }
    let Root::Unknown(root) = selection.root else { return false };
    match script.kind(root) {
        Kind::Member(name) => match script.word(name) {
            "shadowRoot" | "contentDocument" | "contentWindow" => true,
            "document" | "documentElement" | "head" | "body" => {
                script.child(root, 0).is_some_and(|outer| is_apart(script, outer, members))
            }
            // this.root = this.attachShadow({ mode: 'open' })
            _ => script.methods("attachShadow").take(ROOTS).any(|made| script.standing_for(made.node).contains(&root)),
        },
        // frame.contentDocument || frame.contentWindow.document
        Kind::Either { .. } => script.children(root).any(|choice| is_apart(script, choice, members)),
        Kind::Call => script.call(root).is_some_and(|call| script.is_path(call.callee, "open")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Certainty;
    use crate::testing::Widget;

    /// How sure a finding about `own.css` is if the script loads it so; `LINK` stands for the link, `PATH` for its address.
    fn certainty(code: &str) -> Certainty {
        let link = "'<link rel=\"stylesheet\" href=\"' + settings.path + '/own.css\">'";
        let script = code.replace("LINK", link).replace("PATH", "settings.path + '/own.css'");
        let seen = Widget::empty().file("script.js", script).file("own.css", "p { top: 0 }").findings("global-selector");
        assert_eq!(seen.len(), 1, "{code}: {seen:?}");
        seen[0].certainty
    }

    #[test]
    fn a_stylesheet_of_another_document_is_not_certain() {
        for code in [
            "own.attachShadow({ mode: 'open' }).innerHTML = LINK;",
            "class Own extends HTMLElement { connectedCallback() { this.shadowRoot.innerHTML = LINK; } }",
            "const root = own.attachShadow({ mode: 'open' }); const link = document.createElement('link'); link.href = PATH; root.appendChild(link);",
            "const root = own.attachShadow({}); const link = document.createElement('link'); link.setAttribute('href', PATH); root.append(link);",
            "const root = own.attachShadow({}); window.fetch(PATH).then((r) => r.text()).then((css) => { root.innerHTML = css; });",
            "const w = window.open(''); w.document.write(LINK);",
            "var html = '<html>'; html += LINK; open('').document.write(html);",
            "var w = window.open(); w.document.head.innerHTML = LINK;",
            "frame.srcdoc = LINK;",
            "$(frame).attr('srcdoc', LINK);",
            "$('#own-frame').contents().find('head').append(LINK);",
            "$(frame.contentDocument.head).append(LINK);",
            "var doc = frame.contentDocument || frame.contentWindow.document; doc.body.insertAdjacentHTML('beforeend', LINK);",
        ] {
            assert_eq!(certainty(code), Certainty::Suspect, "{code}");
        }
    }

    #[test]
    fn a_stylesheet_of_kommos_page_is_certain() {
        for code in [
            "$('head').append(LINK);",
            "document.write(LINK);",
            "document.head.insertAdjacentHTML('beforeend', LINK);",
            "const link = document.createElement('link'); link.href = PATH; document.head.appendChild(link);",
            "const root = own.attachShadow({}); root.innerHTML = LINK; $('head').append(LINK);",
            "const w = window.open(''); load(PATH);",
            "$.get(PATH, (css) => $('<style>').text(css).appendTo('head'));",
            "const root = own.attachShadow({}); const link = document.createElement('link'); link.href = PATH; root.append(link); document.head.append(link);",
            "var a = a.document; a.document.body.innerHTML = LINK;",
        ] {
            assert_eq!(certainty(code), Certainty::Certain, "{code}");
        }
    }

    #[test]
    fn a_stylesheet_is_where_its_importers_are() {
        let certainty = |code: &str, importer: &str| {
            let script = format!("const root = own.attachShadow({{}}); {code}");
            let widget = Widget::empty().file("script.js", script).file("a.css", "p { top: 0 }");
            let widget =
                widget.file("b.css", "@import \"a.css\";").file("c.css", "@import url(./b.css);").file("d.css", importer);
            widget.findings("global-selector").first().map(|seen| seen.certainty)
        };
        let link = |place: &str, name: &str| format!("{place} = '<link rel=\"stylesheet\" href=\"' + path + '/{name}\">';");
        let inside = link("root.innerHTML", "c.css");
        assert_eq!(certainty(&inside, ""), Some(Certainty::Suspect));
        assert_eq!(certainty("root.innerHTML = '<style>@import \"c.css\";</style>';", ""), Some(Certainty::Suspect));
        let both = format!("{inside} {}", link("document.head.innerHTML", "d.css"));
        assert_eq!(certainty(&both, "@import \"b.css\";"), Some(Certainty::Certain));
        assert_eq!(certainty(&link("document.head.innerHTML", "c.css"), ""), Some(Certainty::Certain));
    }

    #[test]
    fn a_members_name_links_no_stylesheet() {
        let page = "<html><body><link rel=\"stylesheet\" href=\"own.css\"></body></html>";
        let widget = Widget::empty().file("script.js", "load('frame.html'); own.css('top', 0); // own.css");
        let seen = widget.file("frame.html", page).file("own.css", "p { top: 0 }").findings("global-selector");
        assert_eq!(seen.iter().map(|seen| seen.certainty).collect::<Vec<_>>(), [Certainty::Suspect]);
    }

    #[test]
    fn styles_of_another_document_are_not_judged() {
        let seen = |code: &str| {
            let script = code.replace("STYLE", "'<style>p { top: 0 }</style>'").replace("RULES", "'p { top: 0 }'");
            Widget::empty().file("script.js", script).findings("global-selector").len()
        };
        for code in [
            "own.attachShadow({}).innerHTML = STYLE;",
            "var w = window.open(''); w.document.write(STYLE);",
            "own.srcdoc = STYLE;",
            "class Own { connectedCallback() { this.root = own.attachShadow({}); this.root.innerHTML = STYLE; } }",
            "const root = own.attachShadow({}); const box = document.createElement('div'); box.innerHTML = STYLE; root.append(box);",
            "const root = own.attachShadow({}); const style = document.createElement('style'); style.textContent = RULES; root.append(style);",
            "const root = own.attachShadow({}); const sheet = new CSSStyleSheet(); sheet.replaceSync(RULES); root.adoptedStyleSheets = [sheet];",
            "const sheet = new CSSStyleSheet(); sheet.replace(RULES); own.shadowRoot.adoptedStyleSheets = [other, sheet];",
        ] {
            assert_eq!(seen(code), 0, "{code}");
        }
        let script = "own.styles = css`:host { top: 0 } p { top: 0 } .title { top: 0 }`; other.styles = css`b { top: 0 }`;";
        for (rule, count) in [("global-selector", 1), ("system-class", 0), ("unscoped-style", 0)] {
            assert_eq!(Widget::empty().file("script.js", script).findings(rule).len(), count, "{rule}");
        }
        for code in [
            "own.innerHTML = STYLE;",
            "document.write(STYLE);",
            "$('head').append(STYLE);",
            "const root = own.attachShadow({}); const style = document.createElement('style'); style.textContent = RULES; root.append(style); document.head.append(style);",
            "const sheet = new CSSStyleSheet(); sheet.replaceSync(RULES); document.adoptedStyleSheets = [sheet];",
            "const sheet = new CSSStyleSheet(); sheet.replaceSync(RULES); own.shadowRoot.adoptedStyleSheets = [sheet]; document.adoptedStyleSheets = [sheet];",
        ] {
            assert_eq!(seen(code), 1, "{code}");
        }
    }
}
