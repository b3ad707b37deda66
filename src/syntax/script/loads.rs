//! What scripts load by an address: code and stylesheets.

use super::{Call, Kind, Loader, NodeId, Script, TextRole};
use crate::order;
use crate::syntax::{has_hole, markup};
use std::borrow::Cow;

/// How a script loads something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// A list that requirejs reads: of `define`, or of a `require` that is no part of another function's work.
    List,
    /// A `require([...])` inside a function.
    NestedRequire,
    /// `$.getScript`, or a request for a script.
    GetScript,
    /// `importScripts`.
    ImportScripts,
    /// `import(...)`.
    DynamicImport,
    /// An `import` declaration.
    Import,
    /// `new Worker(...)`, or a service worker.
    Worker,
    /// A new element's `src` or `href`.
    Element,
    /// The paths that requirejs is configured with.
    Config,
}

/// One load.
#[derive(Clone, Debug)]
pub struct Load {
    /// The expression that gives the address.
    pub node: NodeId,
    /// The address, loader plugins left out.
    pub address: String,
    /// How.
    pub through: Through,
    /// Whether it is a stylesheet.
    pub is_style: bool,
    /// Whether it may be no load of code: a loader plugin only hands it on (`text!`, `json!`), or the element may be another.
    pub is_doubtful: bool,
}

impl Script {
    /// Everything that the script loads by an address that is at least partly known.
    #[must_use]
    pub fn loads(&self) -> &[Load] {
        // Several rules ask.
        self.loads.get_or_init(|| self.find_loads())
    }

    /// The expressions that give an address: what the calls of its function and the lists of its loop put there, if it is no text itself.
    #[must_use]
    pub fn addresses(&self, node: NodeId) -> Vec<NodeId> {
        let mut sources = if self.text(node).is_some() { vec![node] } else { self.sources(node) };
        for source in &mut sources {
            // A variable that stands for one literal is no better place than the literal.
            let value = self.value(*source);
            if matches!(self.kind(value), Kind::Text | Kind::Template) {
                *source = value;
            }
        }
        sources
    }

    fn find_loads(&self) -> Vec<Load> {
        let mut found = Vec::new();
        for dependency in self.dependencies() {
            let through = match dependency.loader {
                Loader::Define => Through::List,
                Loader::Require | Loader::RequireOne if self.function_around(dependency.name).is_some() => Through::NestedRequire,
                Loader::Require | Loader::RequireOne => Through::List,
                Loader::Import => Through::Import,
                Loader::DynamicImport => Through::DynamicImport,
            };
            add(self, dependency.name, through, false, &mut found);
        }
        for call in
            self.methods("getScript").filter(|call| call.receiver().is_some_and(|receiver| self.jquery(receiver).is_some()))
        {
            add_all(self, call.argument(0), Through::GetScript, &mut found);
        }
        for call in self.calls_to("importScripts") {
            call.arguments().into_iter().for_each(|address| add(self, address, Through::ImportScripts, false, &mut found));
        }
        for class in ["Worker", "SharedWorker"] {
            for call in self.calls_to(class) {
                add_all(self, call.argument(0), Through::Worker, &mut found);
            }
        }
        for call in self.calls_to("navigator.serviceWorker.register") {
            add_all(self, call.argument(0), Through::Worker, &mut found);
        }
        for made in self.made_elements() {
            let first = found.len();
            add_element(self, &made.tag, None, made.call.node, &mut found);
            found[first..].iter_mut().for_each(|load| load.is_doubtful |= !made.is_certain);
        }
        for text in self.texts() {
            add_jquery_element(self, text, &mut found);
        }
        for name in ["ajax", "get"] {
            for call in self.methods(name) {
                add_request(self, call, &mut found);
            }
        }
        for call in self.methods("config").filter(|call| {
            call.receiver()
                .is_some_and(|receiver| self.path(receiver).is_some_and(|path| matches!(&*path, "require" | "requirejs")))
        }) {
            add_config(self, call, &mut found);
        }
        order::sort_by_key(&mut found, |load| load.node);
        found.dedup_by_key(|load| load.node);
        found
    }
}

fn add_all(script: &Script, address: Option<NodeId>, through: Through, found: &mut Vec<Load>) {
    if let Some(address) = address {
        add(script, address, through, false, found);
    }
}

/// Adds what an expression names.
fn add(script: &Script, node: NodeId, through: Through, is_style: bool, found: &mut Vec<Load>) {
    for source in script.addresses(node) {
        add_address(script, source, through, is_style, found);
    }
}

fn add_address(script: &Script, node: NodeId, through: Through, is_style: bool, found: &mut Vec<Load>) {
    let Some(text) = script.text(node) else { return };
    let text = text.text.trim().to_owned();
    let (plugin, address) = match text.split_once('!') {
        Some((plugin, address)) if !plugin.contains(['/', ':']) && !has_hole(plugin) => (plugin, address),
        _ => ("", &*text),
    };
    let is_style = is_style || matches!(plugin, "css" | "require-css");
    let is_doubtful = matches!(plugin, "text" | "json" | "image");
    found.push(Load { node, address: address.to_owned(), through, is_style, is_doubtful });
}

/// The `src` of a new script element, the `href` of a new link to a stylesheet.
fn add_element(script: &Script, tag: &str, rel: Option<&str>, made: NodeId, found: &mut Vec<Load>) {
    let (member, is_style) = match tag {
        "script" => ("src", false),
        "link" => ("href", true),
        _ => return,
    };
    let fate = script.element_fate(made);
    if !is_style && fate.is_code(script).is_none() {
        return;
    }
    let rel = fate.get("rel").find_map(|rel| script.constant(rel)).or(rel.map(Cow::Borrowed));
    if !is_style || rel.is_none_or(|rel| rel.to_ascii_lowercase().contains("stylesheet")) {
        fate.get(member).for_each(|address| add(script, address, Through::Element, is_style, found));
    }
}

/// `$('<script>').attr('src', address)`, `$('<link>', { href: address })`.
fn add_jquery_element(script: &Script, text: NodeId, found: &mut Vec<Load>) {
    if memchr::memchr2(b'<', b'\\', script.code(text).as_bytes()).is_none() {
        return;
    }
    let TextRole::Argument(call, 0) = script.text_role(text) else { return };
    let Some(content) = script.text(text).filter(|_| script.jquery(call.callee).is_some()) else { return };
    let markup = markup::parse(&content);
    if let [element] = &*markup.elements {
        let rel = element.attribute("rel").map(|rel| &*rel.value.text);
        add_element(script, &element.name, rel, call.node, found);
    }
}

/// `$.ajax({ url: address, dataType: 'script' })`, `$.get(address, f, 'script')`.
fn add_request(script: &Script, call: Call<'_>, found: &mut Vec<Load>) {
    if script.ajax_call(call).is_none() {
        return;
    }
    let is_script = |kind: NodeId| script.constant(kind).is_some_and(|kind| kind == "script");
    let options = call.arguments().into_iter().map(|options| script.value(options));
    let options: Vec<_> = options.filter(|&options| script.kind(options) == Kind::Object).collect();
    let runs = call.arguments().into_iter().skip(1).any(is_script)
        || options.iter().filter_map(|&options| script.property(options, "dataType")).any(is_script);
    if runs {
        let address = options.iter().find_map(|&options| script.property(options, "url")).or(call.argument(0));
        add_all(script, address, Through::GetScript, found);
    }
}

/// `require.config({ baseUrl: address, paths: { name: address } })`.
fn add_config(script: &Script, call: Call<'_>, found: &mut Vec<Load>) {
    let options = call.argument(0).map(|options| script.value(options));
    add_all(script, options.and_then(|options| script.property(options, "baseUrl")), Through::Config, found);
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
