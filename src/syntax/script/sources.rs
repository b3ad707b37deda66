//! Values that come from elsewhere in the script: through the parameters of its functions and the loops over its lists.

use super::{Call, Kind, NodeId, Role, Script, SymbolId};
use crate::syntax::Span;

/// How many expressions are looked at for one value.
const STEPS: usize = 64;

impl Script {
    /// The expressions that give this one its value where its function is called, where its list is gone through, where its object is
    /// written; the expression itself if nothing of the kind is seen.
    #[must_use]
    pub fn sources(&self, id: NodeId) -> Vec<NodeId> {
        let mut open = vec![id];
        let mut sources = Vec::new();
        for _ in 0..STEPS {
            let Some(at) = open.pop() else { break };
            let given = self.given(self.value(at));
            match given.is_empty() {
                true => sources.push(at),
                false => open.extend(given.into_iter().rev()),
            }
        }
        sources
    }

    /// What a parameter, the variable of a loop or a member of either gets; what a list holds of which an item is taken.
    fn given(&self, value: NodeId) -> Vec<NodeId> {
        match self.kind(value) {
            Kind::Name { symbol: Some(symbol), .. } => self.given_to(symbol),
            Kind::Member(name) => {
                let object = self.child(value, 0).and_then(|object| self.symbol(self.value(object)));
                self.properties(object.map(|object| self.given_to(object)).unwrap_or_default(), self.word(name))
            }
            Kind::Index | Kind::Spread => self.child(value, 0).map(|list| self.items(list)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn given_to(&self, symbol: SymbolId) -> Vec<NodeId> {
        let Some(binding) = self.binding(symbol).filter(|_| self.is_written_once(symbol)) else { return Vec::new() };
        let mut holder = self.parent(binding);
        let mut key = None;
        if let Kind::PatternProperty(Some(name)) = self.kind(holder) {
            key = Some(self.word(name));
            holder = self.parent(self.parent(holder));
        }
        let values = match self.kind(holder) {
            Kind::Parameter(index) => self.arguments_for(self.parent(holder), index),
            Kind::Declare if self.kind(self.parent(holder)) == Kind::Each => {
                self.child(self.parent(holder), 1).map(|list| self.items(list)).unwrap_or_default()
            }
            Kind::Declare if key.is_some() => self.child(holder, 1).into_iter().collect(),
            _ => Vec::new(),
        };
        match key {
            Some(key) => self.properties(values, key),
            None => values,
        }
    }

    fn properties(&self, objects: Vec<NodeId>, name: &str) -> Vec<NodeId> {
        objects.into_iter().filter_map(|object| self.property(self.value(object), name)).collect()
    }

    /// What a function's parameter gets in its calls, or by going through a list.
    fn arguments_for(&self, function: NodeId, index: u16) -> Vec<NodeId> {
        let index = usize::from(index);
        let lists = self.lists_for(function, index);
        let mut arguments: Vec<NodeId> = lists.into_iter().flat_map(|list| self.items(list)).collect();
        let calls = self.callers(function).into_iter().filter(|call| self.value(call.callee) == function);
        arguments.extend(calls.filter_map(|call| call.argument(index)));
        arguments
    }

    /// The lists whose items a variable stands for: the variable of a loop, the parameter of a function that a list is gone through
    /// with, and a constant that a pattern takes out of one.
    #[must_use]
    pub fn lists_of(&self, symbol: SymbolId) -> Vec<NodeId> {
        let Some(holder) = self.binding(symbol).filter(|_| self.is_written_once(symbol)).map(|binding| self.parent(binding))
        else {
            return Vec::new();
        };
        let outer = self.parent(holder);
        match self.kind(holder) {
            Kind::Parameter(index) => self.lists_for(outer, usize::from(index)),
            Kind::Declare if self.kind(outer) == Kind::Each => {
                // `for (const key in list)` gives keys.
                let list = self.child(outer, 1);
                let between = |list| Span::new(self.local(holder).end, self.local(list).start).of(self.source());
                list.filter(|&list| between(list).trim_start().starts_with("of")).into_iter().collect()
            }
            // `const [first] = list`
            Kind::Pattern if self.is_constant(symbol) && self.kind(outer) == Kind::Declare => {
                self.child(outer, 1).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The lists that a function is called for each item of, with the item as its `index`th parameter.
    fn lists_for(&self, function: NodeId, index: usize) -> Vec<NodeId> {
        let here = match self.role(function) {
            Role::Argument(call, position) => Some((call, position)),
            _ => None,
        };
        let calls = here.into_iter().chain(self.passed_to(function));
        calls.filter_map(|(call, position)| self.gone_through(call, position, index)).collect()
    }

    /// The list whose items a function at that position of a call gets as its `index`th parameter: `list.forEach(f)`, `$.each(list, f)`.
    fn gone_through(&self, call: Call<'_>, position: usize, index: usize) -> Option<NodeId> {
        match (call.method(), position) {
            (Some("forEach" | "map" | "filter" | "some" | "every"), 0) if index == 0 => call.receiver(),
            (Some("each"), 1) if index == 1 => call.argument(0),
            (Some("map" | "forEach" | "each"), 1) if index == 0 => call.argument(0),
            _ => None,
        }
    }

    /// The items of a list, as many as are looked at.
    fn items(&self, list: NodeId) -> Vec<NodeId> {
        let list = self.value(list);
        // own.concat([address])
        let joined = self.call(list).filter(|call| call.method() == Some("concat"));
        let more = joined.into_iter().flat_map(|call| call.receiver().into_iter().chain(self.children(list).skip(1)).take(STEPS));
        let arrays =
            std::iter::once(list).chain(more).map(|list| self.value(list)).filter(|&list| self.kind(list) == Kind::Array);
        arrays.flat_map(|array| self.children(array)).take(STEPS).collect()
    }
}
