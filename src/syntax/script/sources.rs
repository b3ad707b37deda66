//! Values that come from elsewhere in the script: through the parameters of its functions and the loops over its lists.

use super::{Call, Kind, NodeId, Role, Script, SymbolId};

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

    /// What a parameter, the variable of a loop or a member of either gets.
    fn given(&self, value: NodeId) -> Vec<NodeId> {
        match self.kind(value) {
            Kind::Name { symbol: Some(symbol), .. } => self.given_to(symbol),
            Kind::Member(name) => {
                let object = self.child(value, 0).and_then(|object| self.symbol(self.value(object)));
                self.properties(object.map(|object| self.given_to(object)).unwrap_or_default(), self.word(name))
            }
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
            Kind::Declare if self.kind(self.parent(holder)) == Kind::Each => self.items(self.child(self.parent(holder), 1)),
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
        let here = match self.role(function) {
            Role::Argument(call, position) => vec![(call, position)],
            _ => Vec::new(),
        };
        let mut arguments: Vec<NodeId> = here
            .into_iter()
            .chain(self.passed_to(function))
            .flat_map(|(call, position)| self.gone_through(call, position, index))
            .collect();
        let calls = self.callers(function).into_iter().filter(|call| self.value(call.callee) == function);
        arguments.extend(calls.filter_map(|call| call.argument(index)));
        arguments
    }

    /// The items that a function at that position of a call gets as its `index`th parameter: `list.forEach(f)`, `$.each(list, f)`.
    fn gone_through(&self, call: Call<'_>, position: usize, index: usize) -> Vec<NodeId> {
        match (call.method(), position) {
            (Some("forEach" | "map" | "filter" | "some" | "every"), 0) if index == 0 => self.items(call.receiver()),
            (Some("each"), 1) if index == 1 => self.items(call.argument(0)),
            (Some("map" | "forEach" | "each"), 1) if index == 0 => self.items(call.argument(0)),
            _ => Vec::new(),
        }
    }

    fn items(&self, list: Option<NodeId>) -> Vec<NodeId> {
        let list = list.map(|list| self.value(list)).filter(|&list| self.kind(list) == Kind::Array);
        list.map(|list| self.children(list).collect()).unwrap_or_default()
    }
}
