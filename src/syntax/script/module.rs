//! The AMD module that a script is, and the widget's callbacks in it.

use super::{Kind, NodeId, Script, SymbolId};
use crate::order;
use std::collections::{BTreeMap, BTreeSet};

/// What a script loads code with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loader {
    /// The dependency list of `define`.
    Define,
    /// The dependency list of `require` or `requirejs`.
    Require,
    /// `require('id')` in a module of CommonJS form.
    RequireOne,
    /// An `import` or `export ... from` declaration.
    Import,
    /// `import(address)`.
    DynamicImport,
}

/// Something that a script names in order to load it.
#[derive(Clone, Copy, Debug)]
pub struct Dependency {
    /// The expression that names it; see [`Script::text`].
    pub name: NodeId,
    /// How it is loaded.
    pub loader: Loader,
}

/// One `define`.
#[derive(Clone, Debug)]
pub struct Module {
    /// The call.
    pub call: NodeId,
    /// Its dependency list.
    pub dependencies: Vec<NodeId>,
    /// What it defines: a function, an object, or an expression that gives one.
    pub factory: Option<NodeId>,
}

/// The callbacks that a widget gives to Kommo.
#[derive(Clone, Debug, Default)]
pub struct Callbacks {
    /// Each by its name (`leads.selected` for one inside another), with the place that gives it.
    pub names: BTreeMap<String, NodeId>,
    /// Whether some are made in a way that is not followed: there may be more.
    pub open: bool,
    /// The variables that hold them, which are looked at once.
    holders: BTreeSet<(SymbolId, String)>,
}

impl Script {
    /// Every `define`.
    #[must_use]
    pub fn modules(&self) -> Vec<Module> {
        self.calls_to("define").into_iter().filter(|call| !call.is_new()).map(|call| self.module(call.node)).collect()
    }

    fn module(&self, call: NodeId) -> Module {
        let mut arguments: Vec<_> = self.children(call).skip(1).collect();
        let mut dependencies = Vec::new();
        if arguments.len() > 1 && self.text(arguments[0]).is_some() {
            arguments.remove(0);
        }
        if arguments.len() > 1 {
            let list = self.value(arguments.remove(0));
            if self.kind(list) == Kind::Array {
                dependencies = self.children(list).collect();
            }
        }
        Module { call, dependencies, factory: arguments.first().copied() }
    }

    /// Everything that the script loads by name, in order.
    #[must_use]
    pub fn dependencies(&self) -> &[Dependency] {
        // Several rules ask.
        self.dependencies.get_or_init(|| self.find_dependencies())
    }

    fn find_dependencies(&self) -> Vec<Dependency> {
        let mut found = Vec::new();
        for module in self.modules() {
            found.extend(module.dependencies.iter().map(|&name| Dependency { name, loader: Loader::Define }));
        }
        for path in ["require", "requirejs"] {
            for call in self.calls_to(path) {
                self.add_required(call.argument(0), &mut found);
            }
        }
        for require in self.wrapped_requires() {
            if let Some(call) = self.call_of(require) {
                self.add_required(call.argument(0), &mut found);
            }
        }
        for id in self.nodes() {
            match self.kind(id) {
                Kind::Import => found.extend(self.child(id, 0).map(|name| Dependency { name, loader: Loader::DynamicImport })),
                Kind::ImportFrom => {
                    let address = self.children(id).filter(|&child| self.kind(child) == Kind::Text).last();
                    found.extend(address.map(|name| Dependency { name, loader: Loader::Import }));
                }
                _ => {}
            }
        }
        order::sort_by_key(&mut found, |dependency| dependency.name);
        found.dedup_by_key(|dependency| dependency.name);
        found
    }

    fn add_required(&self, argument: Option<NodeId>, found: &mut Vec<Dependency>) {
        let Some(argument) = argument else { return };
        let value = self.value(argument);
        if self.kind(value) == Kind::Array {
            found.extend(self.children(value).map(|name| Dependency { name, loader: Loader::Require }));
        } else if self.text(argument).is_some() {
            found.push(Dependency { name: argument, loader: Loader::RequireOne });
        }
    }

    /// Uses of the `require` that `define(function (require) { ... })` and `define(['require'], function (require) { ... })` get.
    fn wrapped_requires(&self) -> Vec<NodeId> {
        let mut uses = Vec::new();
        for module in self.modules() {
            let Some(factory) = module.factory.map(|factory| self.value(factory)) else { continue };
            let is_require = |&name: &NodeId| self.constant(name).is_some_and(|name| name == "require");
            let position = match &*module.dependencies {
                [] => Some(0),
                dependencies => dependencies.iter().position(is_require),
            };
            if let Some(symbol) = position.and_then(|position| self.parameter(factory, position)) {
                uses.extend_from_slice(self.references(symbol));
            }
        }
        uses
    }

    /// The module that a parameter of a factory stands for.
    pub(super) fn module_parameter(&self, function: NodeId, index: u16) -> Option<String> {
        let call = self.loader_call(function).or_else(|| {
            let references = self.references(self.factory_name(function)?);
            references.iter().take(8).find_map(|&reference| self.loader_call(reference))
        })?;
        let list =
            self.children(call).skip(1).map(|argument| self.value(argument)).find(|&argument| self.kind(argument) == Kind::Array);
        let Some(list) = list else {
            return (index == 0).then(|| "require".to_owned());
        };
        self.child(list, usize::from(index)).and_then(|item| self.constant(item)).map(|id| id.into_owned())
    }

    /// The name of a factory that is passed later: its own, its variable's, or the parameter's of the function that it is handed to
    /// where that stands, as a UMD head does.
    fn factory_name(&self, function: NodeId) -> Option<SymbolId> {
        if let Some(name) = self.child(function, 0).filter(|&child| matches!(self.kind(child), Kind::Binding { .. })) {
            return self.symbol(name);
        }
        let parent = self.parent(function);
        if self.kind(parent) == Kind::Declare {
            return self.symbol(self.child(parent, 0)?);
        }
        let (call, position) = self.argument_position(parent, function)?;
        self.parameter(self.value(call.callee), position)
    }

    /// The `define` or `require` call that an expression is the factory of.
    fn loader_call(&self, factory: NodeId) -> Option<NodeId> {
        let call = self.parent(factory);
        let callee = self.child(call, 0).filter(|&callee| self.kind(call) == Kind::Call && callee != factory)?;
        let named = match self.kind(callee) {
            Kind::Name { name, symbol: None, .. } => matches!(self.word(name), "define" | "require" | "requirejs"),
            Kind::Member(name) => matches!(self.word(name), "define" | "require" | "requirejs"),
            _ => false,
        };
        named.then_some(call)
    }

    /// The widget's callbacks, wherever and however they are put together: in an object, a class, or one by one.
    #[must_use]
    pub fn callbacks(&self) -> Callbacks {
        let mut callbacks = Callbacks::default();
        for &id in self.named("callbacks") {
            match self.kind(id) {
                Kind::Property(_) => {
                    if let Some(value) = self.last_child(id) {
                        self.add_callbacks(value, "", &mut callbacks, 8);
                    }
                }
                Kind::Member(_) => self.add_callback_use(id, &mut callbacks),
                _ => {}
            }
        }
        callbacks
    }

    /// `x.callbacks = ...`, `x.callbacks.name = ...`, `Object.assign(x.callbacks, ...)`.
    fn add_callback_use(&self, id: NodeId, callbacks: &mut Callbacks) {
        let parent = self.parent(id);
        match self.kind(parent) {
            Kind::Assign { .. } if self.child(parent, 0) == Some(id) => {
                if let Some(value) = self.child(parent, 1) {
                    self.add_callbacks(value, "", callbacks, 8);
                }
                let outer = self.parent(parent);
                if let (Kind::Declare, Some(variable)) = (self.kind(outer), self.child(outer, 0)) {
                    self.add_members(variable, "", callbacks, 8);
                }
            }
            Kind::Member(_) => self.add_assigned(id, "", callbacks, 8),
            Kind::Index if matches!(self.kind(self.parent(parent)), Kind::Assign { .. }) => callbacks.open = true,
            Kind::Call => {
                let extends = self
                    .call(parent)
                    .is_some_and(|call| matches!(self.callee_name(call), Some("assign" | "extend" | "merge" | "defaults")));
                if extends {
                    for argument in self.children(parent).skip(1).filter(|&argument| argument != id) {
                        self.add_callbacks(argument, "", callbacks, 8);
                    }
                }
            }
            _ => {}
        }
    }

    /// `callbacks.name = ...`, `callbacks.leads.selected = ...`; `object` is what the name follows.
    fn add_assigned(&self, object: NodeId, prefix: &str, callbacks: &mut Callbacks, depth: u32) {
        let member = self.parent(object);
        let Kind::Member(name) = self.kind(member) else { return };
        if depth == 0 || self.child(member, 0) != Some(object) {
            return;
        }
        let name = format!("{prefix}{}", self.word(name));
        let outer = self.parent(member);
        match self.kind(outer) {
            Kind::Assign { .. } if self.child(outer, 0) == Some(member) => {
                if let Some(value) = self.child(outer, 1) {
                    self.add_callback(&name, member, value, callbacks, depth - 1);
                }
            }
            _ => self.add_assigned(member, &format!("{name}."), callbacks, depth - 1),
        }
    }

    /// What is assigned to the members of the variable that holds the callbacks: `var own = {}; own.render = ...; this.callbacks = own`.
    fn add_members(&self, holder: NodeId, prefix: &str, callbacks: &mut Callbacks, depth: u32) {
        let Some(symbol) = self.symbol(holder) else { return };
        if !callbacks.holders.insert((symbol, prefix.to_owned())) {
            return;
        }
        for &reference in self.references(symbol) {
            let member = self.parent(reference);
            let is_computed = self.kind(member) == Kind::Index && self.child(member, 0) == Some(reference);
            callbacks.open |= is_computed && matches!(self.kind(self.parent(member)), Kind::Assign { .. });
            self.add_assigned(reference, prefix, callbacks, depth);
        }
    }

    fn add_callbacks(&self, value: NodeId, prefix: &str, callbacks: &mut Callbacks, depth: u32) {
        self.add_members(value, prefix, callbacks, depth);
        for value in self.values(value) {
            match self.kind(value) {
                Kind::Object | Kind::Class if depth > 0 => {
                    for property in self.children(value) {
                        match self.kind(property) {
                            Kind::Property(Some(name)) => {
                                if let Some(inner) = self.last_child(property) {
                                    self.add_callback(
                                        &format!("{prefix}{}", self.word(name)),
                                        property,
                                        inner,
                                        callbacks,
                                        depth - 1,
                                    );
                                }
                            }
                            Kind::Spread => {
                                if let Some(inner) = self.child(property, 0) {
                                    self.add_callbacks(inner, prefix, callbacks, depth - 1);
                                }
                            }
                            Kind::Property(None) => callbacks.open = true,
                            _ => {}
                        }
                    }
                }
                Kind::Function { .. } if depth > 0 => self.add_returned(value, prefix, callbacks, depth - 1),
                Kind::New if depth > 0 => {
                    let class = self.child(value, 0).map(|class| self.value(class));
                    match class {
                        Some(class) if self.kind(class) == Kind::Class => self.add_callbacks(class, prefix, callbacks, depth - 1),
                        _ => callbacks.open = true,
                    }
                }
                Kind::Call if depth > 0 => {
                    let Some(call) = self.call(value) else { continue };
                    if matches!(self.callee_name(call), Some("assign" | "extend" | "merge" | "defaults" | "freeze" | "create")) {
                        for argument in call.arguments() {
                            self.add_callbacks(argument, prefix, callbacks, depth - 1);
                        }
                        continue;
                    }
                    let function = self.value(call.callee);
                    match self.kind(function) {
                        Kind::Function { .. } => self.add_returned(function, prefix, callbacks, depth - 1),
                        _ => callbacks.open = true,
                    }
                }
                Kind::Null | Kind::Boolean(_) => {}
                _ => callbacks.open = true,
            }
        }
    }

    fn add_callback(&self, name: &str, place: NodeId, value: NodeId, callbacks: &mut Callbacks, depth: u32) {
        let value = self.value(value);
        // A list's callbacks stand one level deeper, perhaps in another module.
        if depth > 0 && (self.kind(value) == Kind::Object || matches!(name, "leads" | "contacts" | "todo")) {
            self.add_callbacks(value, &format!("{name}."), callbacks, depth - 1);
        }
        callbacks.names.entry(name.to_owned()).or_insert(place);
    }

    /// The callbacks in the object that a function gives back.
    fn add_returned(&self, function: NodeId, prefix: &str, callbacks: &mut Callbacks, depth: u32) {
        let returned = self.returned(function);
        if returned.is_empty() {
            callbacks.open = true;
        }
        for value in returned {
            self.add_callbacks(value, prefix, callbacks, depth);
        }
    }

    /// What a function gives back, wherever it returns.
    #[must_use]
    pub fn returned(&self, function: NodeId) -> Vec<NodeId> {
        let Some(body) = self.last_child(function) else { return Vec::new() };
        if self.kind(body) != Kind::Body {
            return vec![body];
        }
        self.subtree(body)
            .filter(|&id| self.kind(id) == Kind::Return && self.function_around(id) == Some(function))
            .filter_map(|id| self.child(id, 0))
            .collect()
    }
}
