//! What scripts load by an address: code and stylesheets.

use crate::syntax::has_hole;
use crate::syntax::script::{Call, Kind, Loader, NodeId, Root, Script};

/// How a script loads something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    /// A list that requirejs reads: of `define`, or of a `require` that is no part of another function's work.
    List,
    /// A `require([...])` inside a function.
    NestedRequire,
    /// `$.getScript`.
    GetScript,
    /// `importScripts`.
    ImportScripts,
    /// `import(...)`.
    DynamicImport,
    /// An `import` declaration.
    Import,
    /// `new Worker(...)`.
    Worker,
    /// A new element's `src` or `href`.
    Element,
    /// The paths that requirejs is configured with.
    Config,
}

/// One load.
#[derive(Clone, Debug)]
pub(super) struct Load {
    /// The expression that gives the address.
    pub node: NodeId,
    /// The address, loader plugins left out.
    pub address: String,
    /// How.
    pub through: Through,
    /// Whether it is a stylesheet.
    pub is_style: bool,
}

/// Everything that a script loads by an address that is at least partly known.
pub(super) fn loads(script: &Script) -> Vec<Load> {
    let mut found = Vec::new();
    for dependency in script.dependencies() {
        let through = match dependency.loader {
            Loader::Define => Through::List,
            Loader::Require | Loader::RequireOne if script.function_around(dependency.name).is_some() => Through::NestedRequire,
            Loader::Require | Loader::RequireOne => Through::List,
            Loader::Import => Through::Import,
            Loader::DynamicImport => Through::DynamicImport,
        };
        add(script, dependency.name, through, false, &mut found);
    }
    for call in
        script.methods("getScript").filter(|call| call.receiver().is_some_and(|receiver| script.jquery(receiver).is_some()))
    {
        add_all(script, call.argument(0), Through::GetScript, &mut found);
    }
    for call in script.calls_to("importScripts") {
        call.arguments().into_iter().for_each(|address| add(script, address, Through::ImportScripts, false, &mut found));
    }
    for class in ["Worker", "SharedWorker"] {
        for call in script.calls_to(class) {
            add_all(script, call.argument(0), Through::Worker, &mut found);
        }
    }
    for call in script.methods("createElement") {
        add_element(script, call, &mut found);
    }
    for call in script.methods("config").filter(|call| {
        call.receiver()
            .is_some_and(|receiver| script.path(receiver).is_some_and(|path| matches!(&*path, "require" | "requirejs")))
    }) {
        add_config(script, call, &mut found);
    }
    for name in ["attr", "prop"] {
        for call in script.methods(name) {
            add_jquery_element(script, call, &mut found);
        }
    }
    found.sort_by_key(|load| load.node);
    found.dedup_by_key(|load| load.node);
    found
}

fn add_all(script: &Script, address: Option<NodeId>, through: Through, found: &mut Vec<Load>) {
    if let Some(address) = address {
        add(script, address, through, false, found);
    }
}

fn add(script: &Script, node: NodeId, through: Through, is_style: bool, found: &mut Vec<Load>) {
    let Some(text) = script.text(node) else { return };
    let text = text.text.trim().to_owned();
    let (plugin, address) = match text.split_once('!') {
        Some((plugin, address)) if !plugin.contains(['/', ':']) && !has_hole(plugin) => (plugin, address),
        _ => ("", &*text),
    };
    // What the text and json plugins fetch is data.
    if matches!(plugin, "text" | "json" | "image") {
        return;
    }
    let is_style = is_style || matches!(plugin, "css" | "require-css");
    found.push(Load { node, address: address.to_owned(), through, is_style });
}

/// The `src` of a new script element, the `href` of a new link to a stylesheet.
fn add_element(script: &Script, call: Call<'_>, found: &mut Vec<Load>) {
    let name = call.argument(0).and_then(|name| script.constant(name)).map(|name| name.to_ascii_lowercase());
    let (member, is_style) = match name.as_deref() {
        Some("script") => ("src", false),
        Some("link") => ("href", true),
        _ => return,
    };
    let mut addresses = Vec::new();
    let mut rel = None;
    for used in script.standing_for(call.node) {
        let holder = script.parent(used);
        let Kind::Member(own) = script.kind(holder) else { continue };
        let assignment = script.parent(holder);
        let value = script.child(assignment, 1);
        if matches!(script.kind(assignment), Kind::Assign { .. }) && script.child(assignment, 0) == Some(holder) {
            match script.word(own) {
                "rel" => rel = value.and_then(|value| script.constant(value)),
                own if own == member => addresses.extend(value),
                _ => {}
            }
        } else if let Some(call) = script.call_of(holder).filter(|call| call.method() == Some("setAttribute")) {
            match call.argument(0).and_then(|name| script.constant(name)).as_deref() {
                Some("rel") => rel = call.argument(1).and_then(|value| script.constant(value)),
                Some(name) if name == member => addresses.extend(call.argument(1)),
                _ => {}
            }
        }
    }
    let is_other_link = is_style && rel.is_some_and(|rel| !rel.to_ascii_lowercase().contains("stylesheet"));
    if !is_other_link {
        addresses.into_iter().for_each(|address| add(script, address, Through::Element, is_style, found));
    }
}

/// `$('<script>').attr('src', address)`, `$('<link>').attr({ href: address })`.
fn add_jquery_element(script: &Script, call: Call<'_>, found: &mut Vec<Load>) {
    let Some(Root::Created(made)) = call.receiver().map(|receiver| script.selection(receiver).root) else { return };
    let markup = script.call(made).and_then(|made| made.argument(0)).and_then(|markup| script.text(markup));
    let Some(markup) = markup.map(|markup| markup.text.trim_start().to_ascii_lowercase()) else { return };
    let (name, is_style) = if markup.starts_with("<script") {
        ("src", false)
    } else if markup.starts_with("<link") {
        ("href", true)
    } else {
        return;
    };
    let Some(first) = call.argument(0) else { return };
    let value = match script.constant(first) {
        Some(attribute) => call.argument(1).filter(|_| attribute == name),
        None => script.property(script.value(first), name),
    };
    if let Some(value) = value {
        add(script, value, Through::Element, is_style, found);
    }
}

/// `require.config({ paths: { name: address } })`.
fn add_config(script: &Script, call: Call<'_>, found: &mut Vec<Load>) {
    let options = call.argument(0).map(|options| script.value(options));
    let paths = options.and_then(|options| script.property(options, "paths")).map(|paths| script.value(paths));
    let Some(paths) = paths.filter(|&paths| script.kind(paths) == Kind::Object) else { return };
    for property in script.children(paths).filter(|&property| matches!(script.kind(property), Kind::Property(_))) {
        let Some(value) = script.last_child(property) else { continue };
        match script.kind(value) {
            Kind::Array => script.children(value).for_each(|address| add(script, address, Through::Config, false, found)),
            _ => add(script, value, Through::Config, false, found),
        }
    }
}
