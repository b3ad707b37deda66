//! Writes to Kommo's global object.

use crate::context::{Context, Origin};
use crate::finding::{Certainty, Findings};
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Access, Call, Form, Kind, NodeId, Script, Tree};

/// Kommo's global object, under its names.
const ROOTS: [&str; 3] = ["APP", "AMOCRM", "Kommo"];

static WRITE: Message = Message {
    id: "write",
    text: "`{target}` is changed: it belongs to Kommo's global object.",
    help: "Read from it only. Keep the widget's own data in a variable of the module: `var state = { ready: true };`.",
};

static CHANGING_CALL: Message = Message {
    id: "changing-call",
    text: "`{call}` changes `{target}`, which belongs to Kommo's global object.",
    help: "Copy what you need into an object of your own: `var mine = $.extend({}, APP.data);`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "global-kommo-write",
    item: "global-kommo",
    title: "Kommo's global object changed",
    why: "Everything on Kommo's page shares this object: what one widget changes there breaks Kommo and other widgets.",
    fix: "Only read from it, and keep the widget's data in variables of its own.",
    messages: &[&WRITE, &CHANGING_CALL],
    bad: &[Example { path: "script.js", text: "define([], function () {\n  «APP.data.ready = true»;\n});\n" }],
    good: &[
        Example { path: "script.js", text: "define([], function () {\n  var state = { ready: true };\n});\n" },
        Example {
            path: "script.js",
            text: "define([], function () {\n  var responsible = {};\n  responsible[APP.data.current_card.id] = APP.constant('user');\n  window.KommoWidget = responsible;\n});\n",
        },
    ],
    about_code: true,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let in_kommo = examined.origin == Origin::File && cx.is_reached(&examined.path);
        for id in script.nodes() {
            if let Some((place, target, certainty)) = write(script, id, in_kommo) {
                let finding = out.finding(certainty, &WRITE, examined.at(script.span(place)));
                out.push(finding.arg("target", script.code(target)));
            } else if let Some(certainty) = declares_root(script, id).filter(|_| examined.origin == Origin::File) {
                let certainty = if in_kommo { certainty } else { Certainty::Suspect };
                out.push(out.finding(certainty, &WRITE, examined.at(script.span(id))).arg("target", script.code(id)));
            } else if let Some((call, target)) = changing_call(script, id) {
                let finding = out.suspect(&CHANGING_CALL, examined.at(call.place()));
                out.push(finding.arg("call", script.code(call.callee)).arg("target", script.code(target)));
            }
        }
    }
}

/// The write that the target of an assignment, `++` or `delete` makes: its place, what is written to, and whether it is sure.
/// `in_kommo` says that the script runs in Kommo's own page.
fn write(script: &Script, id: NodeId, in_kommo: bool) -> Option<(NodeId, NodeId, Certainty)> {
    let is_target = match script.kind(id) {
        Kind::Name { symbol: None, access: Access::Write | Access::ReadWrite, .. } => true,
        Kind::Member(_) | Kind::Index => {
            let parent = script.parent(id);
            let first = script.child(parent, 0) == Some(id);
            match script.kind(parent) {
                Kind::Assign { .. } | Kind::Update | Kind::Delete | Kind::Each | Kind::Default => first,
                Kind::Pattern => true,
                Kind::PatternProperty(_) => script.last_child(parent) == Some(id),
                _ => false,
            }
        }
        _ => false,
    };
    if !is_target {
        return None;
    }
    let certainty = rooted(script, id, in_kommo)?;
    let parent = script.parent(id);
    let place = if matches!(script.kind(parent), Kind::Assign { .. } | Kind::Update | Kind::Delete) { parent } else { id };
    Some((place, id, certainty))
}

/// Whether an expression is Kommo's global object or a part of it: surely, or only if a choice falls so or a method hands it out.
fn rooted(script: &Script, id: NodeId, in_kommo: bool) -> Option<Certainty> {
    let mut at = id;
    let mut depth = 0;
    while matches!(script.kind(at), Kind::Member(_) | Kind::Index) && depth < 64 {
        let path = script.path(at);
        match path.as_deref() {
            Some(path) if ROOTS.contains(&path) => return Some(Certainty::Certain),
            // The page around Kommo's is Kommo's; around another it may be any.
            Some(path) if around(path).is_some_and(|name| ROOTS.contains(&name)) => {
                return Some(if in_kommo { Certainty::Certain } else { Certainty::Suspect });
            }
            _ => {}
        }
        // self.app = APP; self.app.x = 1
        let held = script.value(at);
        if at != id && held != at && script.path(held).is_some_and(|path| is_in_root(&path)) {
            return Some(Certainty::Suspect);
        }
        at = script.child(at, 0)?;
        depth += 1;
    }
    // A local variable that is given a new value is not Kommo's object itself.
    if at == id && script.symbol(at).is_some() {
        return None;
    }
    let value = script.value(at);
    let Some(path) = script.path(at) else { return handed_out(script, value).then_some(Certainty::Suspect) };
    if !is_in_root(&path) {
        return None;
    }
    Some(if matches!(script.kind(value), Kind::Name { .. } | Kind::Member(_)) { Certainty::Certain } else { Certainty::Suspect })
}

/// Whether a value is what a method of Kommo's global object gives back, an item of a list in it, or a part of either, and no copy.
fn handed_out(script: &Script, value: NodeId) -> bool {
    let mut at = value;
    for _ in 0..64 {
        at = script.value(at);
        let part_of = match script.kind(at) {
            Kind::Member(_) | Kind::Index => script.child(at, 0),
            Kind::Call => match script.call(at) {
                Some(call) if script.is_path(call.callee, "Object.values") => call.argument(0),
                call => call.filter(|call| !call.method().is_some_and(copies)).and_then(|call| call.receiver()),
            },
            Kind::Name { symbol: Some(symbol), .. } => script.lists_of(symbol).first().copied(),
            _ => None,
        };
        match part_of {
            Some(object) if script.path(object).is_some_and(|path| is_in_root(&path)) => return true,
            Some(object) => at = object,
            None => return false,
        }
    }
    false
}

/// Whether a method of that name gives back something new.
fn copies(method: &str) -> bool {
    matches!(method, "toJSON" | "clone" | "slice" | "map" | "filter" | "concat" | "split" | "pick" | "omit")
}

fn is_in_root(path: &str) -> bool {
    ROOTS.contains(&path.split('.').next().unwrap_or_default())
}

/// The name that a path leads to in the page around the widget's.
fn around(path: &str) -> Option<&str> {
    path.strip_prefix("top.").or_else(|| path.strip_prefix("parent."))
}

/// `var APP = ...` outside every function, which replaces the global: surely, if nothing of the old one goes into it.
fn declares_root(script: &Script, id: NodeId) -> Option<Certainty> {
    let Kind::Declare = script.kind(id) else { return None };
    let target = script.child(id, 0)?;
    let Kind::Binding { name, symbol: Some(symbol) } = script.kind(target) else { return None };
    let is_module = || script.children(Tree::ROOT).any(|part| matches!(script.kind(part), Kind::ImportFrom | Kind::Export));
    if !ROOTS.contains(&script.word(name))
        || script.form() != Form::Program
        || script.function_around(id).is_some()
        || is_module()
    {
        return None;
    }
    let value = script.child(id, 1)?;
    let keeps = script.subtree(value).any(|part| match script.kind(part) {
        Kind::Name { name, .. } | Kind::Member(name) => ROOTS.contains(&script.word(name)),
        _ => false,
    });
    let is_sure = !keeps && script.parent(id) == Tree::ROOT && !script.begins_at_declaration(symbol);
    Some(if is_sure { Certainty::Certain } else { Certainty::Suspect })
}

/// A call that changes its argument, or sets a constant.
fn changing_call(script: &Script, id: NodeId) -> Option<(Call<'_>, NodeId)> {
    let call = script.call(id).filter(|call| !call.is_new())?;
    let receiver = call.receiver()?;
    match call.method()? {
        "constant" => {
            let sets = call.argument(1).is_some() && script.path(receiver).is_some_and(|path| ROOTS.contains(&&*path));
            sets.then_some((call, receiver))
        }
        // Methods that change what they are called on, at the end of a path: APP.data.list.push(1).
        "push" | "unshift" | "pop" | "shift" | "splice" | "sort" | "reverse" | "fill" => {
            let target = call.subject()?;
            let is_inside = matches!(script.kind(target), Kind::Member(_) | Kind::Index | Kind::Call);
            rooted(script, target, false).filter(|_| is_inside).map(|_| (call, target))
        }
        method if changes_argument(&script.path(receiver)?, method) => {
            let arguments = call.arguments();
            let first = usize::from(arguments.first().is_some_and(|&first| matches!(script.kind(first), Kind::Boolean(_))));
            let target = *arguments.get(first)?;
            let source = arguments.get(first + 1).copied();
            if let Some(root) = source.and_then(|source| named_root(script, source)).filter(|_| script.is_path(target, "window"))
            {
                return Some((call, root));
            }
            // `$.extend(APP)` alone extends jQuery.
            let has_source = method != "extend" || source.is_some();
            rooted(script, target, false).filter(|_| has_source).map(|_| (call, target))
        }
        _ => None,
    }
}

/// The place that names Kommo's global object as what a call gives to another: `'APP'`, `{ APP: {} }`.
fn named_root(script: &Script, source: NodeId) -> Option<NodeId> {
    match script.constant(source) {
        Some(name) => ROOTS.contains(&&*name).then_some(source),
        None => ROOTS.iter().find_map(|root| script.property_node(script.value(source), root)),
    }
}

/// Whether a function of that name changes its first argument.
fn changes_argument(library: &str, method: &str) -> bool {
    match library {
        "Object" => matches!(
            method,
            "assign" | "defineProperty" | "defineProperties" | "setPrototypeOf" | "freeze" | "seal" | "preventExtensions"
        ),
        "Reflect" => matches!(method, "set" | "deleteProperty" | "defineProperty" | "setPrototypeOf"),
        "$" => method == "extend",
        "_" => matches!(method, "assign" | "extend" | "merge" | "defaults" | "set" | "unset"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_certain_what_is_suspect_what_is_fine() {
        check(
            "global-kommo-write",
            &[
                ("APP.x = 1", "!APP.x = 1"),
                ("var own = {}; own.app = APP; own.app = {}; own.app.x = 1", ""),
                ("this.app = window.APP; this.app.x = 1; this.card = { own: APP }; this.card.x = 1", "?this.app.x = 1"),
                ("const { data: { card, ...rest } } = APP; rest.b = 1; card.b = 2", "!card.b = 2"),
                ("window.APP.data.a.b = 1", "!window.APP.data.a.b = 1"),
                ("AMOCRM['data'][key] += 1", "!AMOCRM['data'][key] += 1"),
                ("Kommo.a++", "!Kommo.a++"),
                ("delete APP.data.x", "!delete APP.data.x"),
                ("window.APP = {}", "!window.APP = {}"),
                ("APP = {}", "!APP = {}"),
                ("var app = window.AMOCRM; app.x = 1", "!app.x = 1"),
                ("(function (a) { a.x = 1 })(APP)", "!a.x = 1"),
                ("[APP.x] = [1]", "!APP.x"),
                ("APP.widgets.list[code].x = 1", "!APP.widgets.list[code].x = 1"),
                ("APP.constant('user', {})", "?APP.constant('user', {})"),
                ("Object.assign(APP.data, {})", "?Object.assign(APP.data, {})"),
                ("$.extend(true, AMOCRM, {})", "?$.extend(true, AMOCRM, {})"),
                ("_.extend(APP.data, {}); Reflect.set(APP, 'a', 1)", "?_.extend(APP.data, {}) ?Reflect.set(APP, 'a', 1)"),
                ("Object.freeze(APP.data)", "?Object.freeze(APP.data)"),
                ("APP.data.list.push(1)", "?APP.data.list.push(1)"),
                ("APP.constant('user').name = 'x'", "?APP.constant('user').name = 'x'"),
                ("var me = APP.constant('user'); me.name = 'x'; delete me.id", "?me.name = 'x' ?delete me.id"),
                ("var all = APP.constant('account').users; all[id] = 1", "?all[id] = 1"),
                ("APP.data.current_card.model.get('tags')[0].x++", "?APP.data.current_card.model.get('tags')[0].x++"),
                ("APP.constant('groups').push(1)", "?APP.constant('groups').push(1)"),
                ("Array.prototype.push.call(APP.data.list, 1)", "?Array.prototype.push.call(APP.data.list, 1)"),
                ("Object.assign(APP.constant('user'), {})", "?Object.assign(APP.constant('user'), {})"),
                ("APP.x ||= 1; APP['da' + 'ta'].x = 1", "!APP.x ||= 1 !APP['da' + 'ta'].x = 1"),
                ("Object.defineProperty(window, 'APP', {})", "?Object.defineProperty(window, 'APP', {})"),
                ("Object.assign(window, { AMOCRM: {} })", "?Object.assign(window, { AMOCRM: {} })"),
                ("Object.assign(window, { KommoWidget: {} }); Reflect.set(own, 'APP', 1)", ""),
                ("var me = APP.constant('user').name; me = 'x'; var n = APP.getCount(); n++", ""),
                ("const [first] = APP.list; first.x = 1; const [b, ...c] = APP.list.slice(); b.x = c; c.x = 1", "?first.x = 1"),
                ("let [d] = APP.list; d = {}; d.x = 1; const [e] = own; e.x = 1", ""),
                ("for (const w of APP.widgets.list) w.seen = true", "?w.seen = true"),
                ("for (let u of APP.constant('account').users) { delete u.name }", "?delete u.name"),
                ("APP.widgets.list.forEach(function (w) { w.a.b = 1; w = {} })", ""),
                ("APP.widgets.list.forEach(function (w) { w.a.b = 1 })", "?w.a.b = 1"),
                ("function mark(w) { w.seen = true } APP.widgets.list.map(mark)", "?w.seen = true"),
                ("$.each(APP.widgets.list, (code, w) => { w.seen = true })", "?w.seen = true"),
                ("Object.values(APP.widgets.list).forEach(w => { w.tags.push(1) })", "?w.tags.push(1)"),
                ("for (const code in APP.widgets.list) { own[code] = 1; code.x = 1 }", ""),
                ("for (const w of APP.widgets.list.slice()) { list.push(w) } for (const w of own) w.seen = true", ""),
                ("own.forEach(w => { w.seen = APP.widgets.list[w.code] })", ""),
                ("var list = APP.constant('groups').slice(); list.push(1); list[0] = 1; Object.keys(APP.data).sort()", ""),
                ("var me = $.extend({}, APP.constant('user')); me.x = 1; read(APP).x = 1; app.constant('user').x = 1", ""),
                ("top.APP.x = 1", "!top.APP.x = 1"),
                ("var APP = { x: 1 }", "!APP = { x: 1 }"),
                ("if (typeof APP === 'undefined') { var APP = {} }", "?APP = {}"),
                ("var APP = window.APP; const Kommo = {}", "?APP = window.APP ?Kommo = {}"),
                ("import a from 'a'; var APP = {}", ""),
                ("(function () { var APP = {}; APP.x = 1 })()", ""),
                ("seen.set(APP.data.id, 1); View.extend(APP.data); $.extend(APP); list.push(APP)", ""),
                ("var d = APP.data || {}; d.x = 1", "?d.x = 1"),
                ("var APP = APP || {}", "?APP = APP || {}"),
                ("var a = APP.data.x; a = 1", ""),
                ("APP.constant('user'); APP.notifications.show_message({})", ""),
                ("var mine = $.extend({}, APP.data)", ""),
                ("list[APP.data.id] = 1", ""),
                ("function f(APP) { APP.x = 1 }", ""),
                ("define(['./kommo'], function (Kommo) { Kommo.x = 1 })", ""),
                ("class Kommo {} Kommo.x = 1", ""),
                ("window.KommoWidget = 1; this.APP = 1; self2.APP.x = 1", ""),
                ("var s = 'APP.x = 1'; if (APP.x === 1) {}", ""),
            ],
        );
    }

    #[test]
    fn what_kommo_does_not_load_is_suspect() {
        use crate::testing::{Widget, suspect};
        let widget =
            Widget::empty().file("script.js", "define([], function () {});").file("old.js", "var APP = 1; top.APP.x = 2");
        assert_eq!(
            widget.findings("global-kommo-write"),
            [suspect("write", "old.js", "APP = 1"), suspect("write", "old.js", "top.APP.x = 2")]
        );
    }
}
