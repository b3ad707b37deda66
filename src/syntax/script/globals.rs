//! Names that the script takes from elsewhere, and names that it gives to the rest of the page.

use super::{Access, Call, Kind, NodeId, Role, Script};
use crate::order;
use crate::syntax::has_hole;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A use of a name that the script does not declare.
#[derive(Clone, Copy, Debug)]
pub struct Undeclared<'s> {
    /// The name.
    pub name: &'s str,
    /// The place.
    pub node: NodeId,
    /// Whether it only reads.
    pub access: Access,
    /// Whether it may be declared where that is not seen: it stands in a `with`, or beside an `eval` whose text may declare it.
    pub may_be_declared: bool,
}

impl Script {
    /// Every use of a name that the script does not declare; `typeof name`, and what never runs, aside.
    #[must_use]
    pub fn undeclared(&self) -> Vec<Undeclared<'_>> {
        let mut undeclared = Vec::new();
        let evaluating = self.evaluating();
        let is_beside_eval = |node| {
            let mut around = self.ancestors(node).map(Some).chain([None]);
            !evaluating.is_empty() && around.any(|function| evaluating.contains(&function))
        };
        // The first node after all `with`s so far, and after all that never runs.
        let (mut with_end, mut dead_end) = (NodeId(0), NodeId(0));
        for node in self.nodes() {
            match self.kind(node) {
                _ if node < dead_end => {}
                Kind::With => with_end = with_end.max(self.end(node)),
                // Bundlers leave `if (false) { ... }` of what they took out.
                Kind::If | Kind::Conditional | Kind::Either { and: true }
                    if self.child(node, 0).is_some_and(|test| self.kind(test) == Kind::Boolean(false)) =>
                {
                    dead_end = self.child(node, 1).map_or(dead_end, |branch| self.end(branch));
                }
                Kind::Name { name, symbol: None, access } if self.kind(self.parent(node)) != Kind::Typeof => {
                    let name = self.word(name);
                    if !has_hole(name) {
                        let may_be_declared = node < with_end || is_beside_eval(node);
                        undeclared.push(Undeclared { name, node, access, may_be_declared });
                    }
                }
                _ => {}
            }
        }
        undeclared
    }

    /// The functions, none for the script itself, that run a text which may declare something in them.
    fn evaluating(&self) -> BTreeSet<Option<NodeId>> {
        let evals = self.named("eval").iter().filter(|&&id| matches!(self.kind(id), Kind::Name { symbol: None, .. }));
        let declares = |call: &Call<'_>| {
            let code = call.argument(0).and_then(|code| self.constant(code));
            code.is_none_or(|code| code.contains("var") || code.contains("function"))
        };
        let calls = evals.filter_map(|&id| self.call_of(id)).filter(declares);
        order::set(calls.map(|call| self.function_around(call.node)))
    }

    /// Names that the script asks for before it uses them: `typeof name`, `window.name`, `'name' in window`.
    #[must_use]
    pub fn guarded(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        // Libraries read members of the same few variables thousands of times.
        let mut known = FxHashMap::default();
        let mut is_global = |object: NodeId| match self.kind(object) {
            Kind::Name { symbol: Some(symbol), .. } => *known.entry(symbol).or_insert_with(|| self.is_global_object(object)),
            _ => self.is_global_object(object),
        };
        for id in self.nodes() {
            match self.kind(id) {
                Kind::Typeof => {
                    if let Some(Kind::Name { name, symbol: None, .. }) = self.child(id, 0).map(|operand| self.kind(operand)) {
                        names.insert(self.word(name));
                    }
                }
                Kind::Member(name) if self.child(id, 0).is_some_and(&mut is_global) => {
                    names.insert(self.word(name));
                }
                Kind::Operation if self.child(id, 1).is_some_and(&mut is_global) => {
                    if let Some(Cow::Borrowed(name)) = self.child(id, 0).and_then(|name| self.constant(name)) {
                        names.insert(name);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// Names that other scripts of the page can use once this one ran, with the place that makes each.
    #[must_use]
    pub fn globals(&self) -> Vec<(String, NodeId)> {
        let mut globals = Vec::new();
        for id in self.nodes() {
            match self.kind(id) {
                Kind::Assign { .. } => {
                    let Some(target) = self.child(id, 0) else { continue };
                    if let Some(name) = self.global_member(target) {
                        globals.push((name, target));
                    }
                }
                Kind::Binding { name, .. } if self.function_around(self.owner(id)).is_none() => {
                    globals.push((self.word(name).to_owned(), id));
                }
                Kind::Call => self.add_defined(id, &mut globals),
                _ => {}
            }
        }
        globals
    }

    /// The node whose surroundings decide where a binding belongs: a function's own name belongs outside the function.
    fn owner(&self, binding: NodeId) -> NodeId {
        let parent = self.parent(binding);
        match self.kind(parent) {
            Kind::Function { .. } | Kind::Class => parent,
            _ => binding,
        }
    }

    /// `Object.assign(window, { ... })`, `Object.defineProperty(window, 'name', ...)`, `Reflect.set(window, 'name', ...)`.
    fn add_defined(&self, node: NodeId, globals: &mut Vec<(String, NodeId)>) {
        let Some(call) = self.call(node) else { return };
        if !matches!(call.method(), Some("assign" | "extend" | "defineProperty" | "defineProperties" | "set")) {
            return;
        }
        let (Some(target), Some(what)) = (call.argument(0), call.argument(1)) else { return };
        if !self.is_global_object(target) {
            return;
        }
        if let Some(name) = self.constant(what) {
            globals.push((name.into_owned(), what));
        }
        let what = self.value(what);
        if self.kind(what) == Kind::Object {
            globals.extend(self.children(what).filter_map(|property| match self.kind(property) {
                Kind::Property(Some(name)) => Some((self.word(name).to_owned(), property)),
                _ => None,
            }));
        }
    }

    /// The name, if the expression is a member of the global object.
    fn global_member(&self, id: NodeId) -> Option<String> {
        let object = self.child(id, 0)?;
        match self.kind(id) {
            Kind::Member(name) => self.is_global_object(object).then(|| self.word(name).to_owned()),
            _ => None,
        }
    }

    /// Whether a call gives the global object: `(function () { return this })()`, `Function('return this')()`.
    fn gives_global(&self, call: NodeId) -> bool {
        let Some(called) = self.child(call, 0) else { return false };
        match self.kind(called) {
            Kind::Function { .. } => self
                .subtree(called)
                .any(|id| self.kind(id) == Kind::Return && self.child(id, 0).is_some_and(|value| self.kind(value) == Kind::This)),
            Kind::Call | Kind::New => {
                let makes = self.child(called, 0).is_some_and(|class| self.is_path(class, "Function"));
                makes
                    && self.child(called, 1).and_then(|code| self.constant(code)).is_some_and(|code| code.contains("return this"))
            }
            _ => false,
        }
    }

    /// Whether the script declares names that are not seen: members of the global object by computed names, or what a template puts
    /// into a declaration. It may declare anything.
    #[must_use]
    pub fn declares_unseen_names(&self) -> bool {
        self.nodes().any(|id| match self.kind(id) {
            Kind::Binding { name, .. } => has_hole(self.word(name)),
            Kind::Index => {
                self.assigned_value(id).is_some() && self.child(id, 0).is_some_and(|object| self.is_global_object(object))
            }
            _ => false,
        })
    }

    /// Whether an expression may be the global object: `window`, `this` outside functions or in one that is called where it stands, or a parameter that gets one of them.
    fn is_global_object(&self, id: NodeId) -> bool {
        // Most objects are plain variables that hold something else.
        if let Kind::Name { symbol: None, name, .. } = self.kind(id) {
            return matches!(self.word(name), "window" | "self" | "globalThis" | "global" | "frames" | "top" | "parent");
        }
        self.values(id).into_iter().any(|value| match self.kind(value) {
            Kind::This => self.function_around(value).is_none_or(|function| matches!(self.role(function), Role::Immediate)),
            Kind::Name { symbol: None, name, .. } => {
                matches!(self.word(name), "window" | "self" | "globalThis" | "global" | "top")
            }
            Kind::Call => self.gives_global(value),
            _ => false,
        })
    }
}
