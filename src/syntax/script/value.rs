//! What an expression stands for: values followed through variables, names of globals followed through aliases.

use super::{Access, Kind, NodeId, Script, SymbolId};
use crate::order;
use crate::package::bounds::{NAMESAKES, USES};

/// How many variables, members and the like are followed before an expression counts as unknown.
const HOPS: u32 = 48;
/// How many values one expression may have before the rest counts as unknown.
const VALUES: usize = 16;

impl Script {
    /// The expression that gives this one its value: through variables and members that get one value only, parameters of functions
    /// that are called where they stand, assignments and sequences. An expression that says no more than itself is its own value.
    #[must_use]
    pub fn value(&self, id: NodeId) -> NodeId {
        self.follow(id, &mut { HOPS })
    }

    fn follow(&self, id: NodeId, hops: &mut u32) -> NodeId {
        let mut at = id;
        while *hops > 0 {
            *hops -= 1;
            let next = match self.kind(at) {
                Kind::Name { symbol: Some(symbol), access: Access::Read, .. } => {
                    self.only_value(symbol).or_else(|| self.argument_of(symbol))
                }
                Kind::Member(name) => self.only_definition(name).and_then(|place| self.defined_by(at, place, hops)),
                Kind::Sequence => self.last_child(at),
                Kind::Assign { plain: true } => self.child(at, 1),
                Kind::Call => self.frozen(at),
                _ => None,
            };
            match next {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        at
    }

    /// What `Object.freeze(...)` and the like give back as they got it.
    fn frozen(&self, call: NodeId) -> Option<NodeId> {
        let callee = self.child(call, 0)?;
        let Kind::Member(method) = self.kind(callee) else { return None };
        let is_object =
            matches!(self.kind(self.child(callee, 0)?), Kind::Name { name, symbol: None, .. } if self.word(name) == "Object");
        (is_object && matches!(self.word(method), "freeze" | "seal" | "preventExtensions"))
            .then(|| self.plain_argument(call, 0))?
    }

    /// The value that the only definition of a member's name gives to this member, if it is a member of the same object.
    fn defined_by(&self, member: NodeId, definition: NodeId, hops: &mut u32) -> Option<NodeId> {
        let object = self.child(member, 0)?;
        let holder = self.parent(definition);
        if let Kind::Member(_) = self.kind(definition) {
            let owner = self.child(definition, 0)?;
            return (member != definition && self.is_same_object(object, owner)).then(|| self.child(holder, 1))?;
        }
        let is_own = match self.kind(holder) {
            Kind::Class => self.this_meant(object).is_some() && self.is_inside(member, holder),
            _ => {
                self.follow(object, hops) == holder || self.this_meant(object).is_some_and(|this| self.is_method_of(this, holder))
            }
        };
        let is_accessor = self.code(definition).starts_with("get ") || self.code(definition).starts_with("set ");
        (is_own && !is_accessor).then(|| self.last_child(definition))?
    }

    /// Whether two expressions are surely written for one object: the same variable, `this` under whatever name, the same member.
    fn is_same_object(&self, a: NodeId, b: NodeId) -> bool {
        let (mut a, mut b) = (a, b);
        loop {
            match (self.kind(a), self.kind(b)) {
                _ if self.this_meant(a).is_some() => return self.this_meant(b).is_some(),
                (Kind::Name { name, symbol, .. }, Kind::Name { name: other_name, symbol: other, .. }) => {
                    return name == other_name && symbol == other;
                }
                (Kind::Member(name), Kind::Member(other)) if name == other => {
                    let (Some(inner), Some(other_inner)) = (self.child(a, 0), self.child(b, 0)) else { return false };
                    (a, b) = (inner, other_inner);
                }
                _ => return false,
            }
        }
    }

    /// The `this` that an expression is, or that is in the variable that it names.
    #[must_use]
    pub fn this_meant(&self, id: NodeId) -> Option<NodeId> {
        let value = match self.kind(id) {
            Kind::Name { symbol: Some(symbol), .. } => self.only_value(symbol)?,
            _ => id,
        };
        (self.kind(value) == Kind::This).then_some(value)
    }

    /// Whether a `this` stands in a method of an object literal.
    fn is_method_of(&self, this: NodeId, object: NodeId) -> bool {
        let mut around = self.ancestors(this);
        let method = around.find(|&outer| matches!(self.kind(outer), Kind::Function { arrow: false, .. }));
        method
            .map(|method| self.parent(method))
            .is_some_and(|property| matches!(self.kind(property), Kind::Property(_)) && self.parent(property) == object)
    }

    /// Every value that the expression may have, as far as it is seen: both sides of `||`, `??` and `? :`, the right one of `&&`,
    /// whatever is ever assigned to a variable.
    #[must_use]
    pub fn values(&self, id: NodeId) -> Vec<NodeId> {
        let mut open = vec![id];
        let mut values = Vec::new();
        let mut steps = 0;
        while let Some(at) = open.pop() {
            let at = self.value(at);
            steps += 1;
            if steps > VALUES {
                break;
            }
            match self.kind(at) {
                Kind::Either { and } => open.extend(self.children(at).skip(usize::from(and))),
                Kind::Conditional => open.extend(self.children(at).skip(1)),
                Kind::Name { symbol: Some(symbol), .. } => match self.assigned(symbol) {
                    [] => values.push(at),
                    assigned => open.extend(assigned.iter().map(|&(_, value)| value)),
                },
                _ => values.push(at),
            }
        }
        values
    }

    /// What a variable is declared with, and what is assigned to it later, as far as it is seen.
    fn assigned(&self, symbol: SymbolId) -> &[(SymbolId, NodeId)] {
        let assigned = self.assigned.get_or_init(|| self.find_assigned());
        let from = assigned.partition_point(|&(other, _)| other < symbol);
        &assigned[from..][..assigned[from..].partition_point(|&(other, _)| other == symbol)]
    }

    /// What each variable gets, what it is declared with first.
    fn find_assigned(&self) -> Vec<(SymbolId, NodeId)> {
        let given = self.nodes().filter(|&holder| matches!(self.kind(holder), Kind::Declare | Kind::Assign { plain: true }));
        let given = given.filter_map(|holder| {
            let target = self.child(holder, 0)?;
            let symbol = self.symbol(target)?;
            Some((symbol, self.binding(symbol) != Some(target), self.child(holder, 1)?))
        });
        let mut given: Vec<_> = given.collect();
        order::sort(&mut given);
        given.into_iter().map(|(symbol, _, value)| (symbol, value)).collect()
    }

    /// The value of an object literal's own property; of several of that name the last.
    #[must_use]
    pub fn property(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.property_node(object, name).and_then(|property| self.last_child(property))
    }

    /// The property itself: `name: value`.
    #[must_use]
    pub fn property_node(&self, object: NodeId, name: &str) -> Option<NodeId> {
        if !matches!(self.kind(object), Kind::Object) {
            return None;
        }
        self.children(object)
            .filter(|&child| matches!(self.kind(child), Kind::Property(Some(key)) if self.word(key) == name))
            .last()
    }

    /// The path of globals that an expression stands for: `window.console.log` and `var c = console; c['log']` are `console.log`.
    ///
    /// jQuery is `$` under each of its names; a module that the script takes as a parameter or import is `module:<id>`.
    #[must_use]
    pub fn path(&self, id: NodeId) -> Option<String> {
        let mut path = String::new();
        let mut hops = HOPS;
        self.write_path(id, &mut path, &mut hops).then(|| canonical(path))
    }

    /// Whether an expression stands for that path of globals.
    #[must_use]
    pub fn is_path(&self, id: NodeId, path: &str) -> bool {
        self.path(id).is_some_and(|own| own == path)
    }

    fn write_path(&self, id: NodeId, path: &mut String, hops: &mut u32) -> bool {
        if *hops == 0 {
            return false;
        }
        *hops -= 1;
        match self.kind(id) {
            Kind::Name { name, symbol: None, .. } => {
                path.push_str(self.word(name));
                true
            }
            Kind::Name { symbol: Some(symbol), .. } => match self.only_value(symbol) {
                Some(value) => self.write_path(value, path, hops),
                None => self.write_binding(symbol, path, hops),
            },
            Kind::Member(name) => {
                self.child(id, 0).is_some_and(|object| self.write_path(object, path, hops)) && self.step(path, self.word(name))
            }
            Kind::Sequence => self.last_child(id).is_some_and(|last| self.write_path(last, path, hops)),
            Kind::Assign { plain: true } => self.child(id, 1).is_some_and(|value| self.write_path(value, path, hops)),
            Kind::Either { and } => {
                let before = path.len();
                for side in self.children(id).skip(usize::from(and)) {
                    path.truncate(before);
                    if self.write_path(side, path, hops) {
                        return true;
                    }
                }
                false
            }
            Kind::Call => self.write_call(id, path, hops),
            _ => false,
        }
    }

    fn step(&self, path: &mut String, name: &str) -> bool {
        // The default export of a module that exports itself.
        let is_module = matches!(&**path, "$" | "jQuery" | "_" | "Twig") || path.starts_with("module:");
        if is_module && name == "default" {
            return true;
        }
        path.push('.');
        path.push_str(name);
        true
    }

    /// `require('jquery')`, `jQuery.noConflict()`, `console.log.bind(console)`, `__importDefault(jquery)`.
    fn write_call(&self, call: NodeId, path: &mut String, hops: &mut u32) -> bool {
        if let Some(module) = self.imported(call) {
            return self.write_path(module, path, hops);
        }
        let Some(callee) = self.child(call, 0) else { return false };
        let before = path.len();
        match self.kind(callee) {
            Kind::Member(name) if self.word(name) == "bind" || self.word(name) == "noConflict" => {
                self.child(callee, 0).is_some_and(|object| self.write_path(object, path, hops))
            }
            Kind::Name { .. } if self.write_path(callee, path, hops) && &path[before..] == "require" => {
                path.truncate(before);
                self.child(call, 1).and_then(|id| self.constant(id)).is_some_and(|id| self.write_module(&id, path))
            }
            _ => false,
        }
    }

    fn write_module(&self, id: &str, path: &mut String) -> bool {
        let id = id.trim_end_matches(".js");
        match id {
            "jquery" | "jQuery" => path.push('$'),
            "underscore" | "lodash" | "vendor/underscore" => path.push('_'),
            "require" => path.push_str("require"),
            "twigjs" | "twig" | "vendor/twig" => path.push_str("Twig"),
            _ => {
                path.push_str("module:");
                path.push_str(id);
            }
        }
        true
    }

    /// A symbol that gets its value by destructuring, as a parameter or by an import.
    fn write_binding(&self, symbol: SymbolId, path: &mut String, hops: &mut u32) -> bool {
        let Some(binding) = self.binding(symbol) else { return false };
        if !self.is_written_once(symbol) {
            return false;
        }
        let mut keys = Vec::new();
        let mut at = binding;
        for _ in 0..HOPS {
            let parent = self.parent(at);
            match self.kind(parent) {
                Kind::PatternProperty(Some(key)) => keys.push(key),
                Kind::PatternProperty(None) => return false,
                Kind::Pattern | Kind::Default => {}
                Kind::ImportName(name) => {
                    let module = self.last_child(self.parent(parent)).and_then(|from| self.constant(from));
                    return module.is_some_and(|module| self.write_module(&module, path))
                        && name.is_none_or(|name| self.step(path, self.word(name)));
                }
                Kind::Declare => {
                    return self
                        .child(parent, 1)
                        .filter(|&value| value != at)
                        .is_some_and(|value| self.write_path(value, path, hops))
                        && keys.iter().rev().all(|&key| self.step(path, self.word(key)));
                }
                Kind::Parameter(index) => {
                    return self.write_parameter(self.parent(parent), index, path, hops)
                        && keys.iter().rev().all(|&key| self.step(path, self.word(key)));
                }
                _ => return false,
            }
            // An array's items have no keys to follow, and `...rest` is a copy.
            if self.kind(parent) == Kind::Pattern && self.code(parent).starts_with(['[', '.']) {
                return false;
            }
            at = parent;
        }
        false
    }

    fn write_parameter(&self, function: NodeId, index: u16, path: &mut String, hops: &mut u32) -> bool {
        if let Some(argument) = self.argument(function, index) {
            return self.write_path(argument, path, hops);
        }
        match self.module_parameter(function, index) {
            Some(module) => self.write_module(&module, path),
            None => false,
        }
    }

    /// The argument that a parameter gets, if its function is called just where it stands.
    fn argument_of(&self, symbol: SymbolId) -> Option<NodeId> {
        if !self.is_written_once(symbol) {
            return None;
        }
        let parameter = self.parent(self.binding(symbol)?);
        match self.kind(parameter) {
            Kind::Parameter(index) => self.argument(self.parent(parameter), index),
            _ => None,
        }
    }

    fn argument(&self, function: NodeId, index: u16) -> Option<NodeId> {
        let parent = self.parent(function);
        let first = self.child(parent, 0)?;
        let index = usize::from(index);
        match self.kind(parent) {
            Kind::Call if first == function => self.plain_argument(parent, index),
            // (function ($) {}).call(this, jQuery)
            Kind::Member(name) if self.word(name) == "call" => {
                let call = self.parent(parent);
                (self.kind(call) == Kind::Call && self.child(call, 0) == Some(parent))
                    .then(|| self.plain_argument(call, index + 1))?
            }
            _ => None,
        }
    }

    /// The `n`th parameter of a function of the script, if it is a plain name.
    #[must_use]
    pub fn parameter(&self, function: NodeId, n: usize) -> Option<SymbolId> {
        if !matches!(self.kind(function), Kind::Function { .. }) {
            return None;
        }
        let parameter = self.children(function).find(|&child| self.kind(child) == Kind::Parameter(n as u16))?;
        self.child(parameter, 0).and_then(|name| self.symbol(name))
    }

    /// The call's `n`th argument, unless something is spread before it.
    pub(super) fn plain_argument(&self, call: NodeId, n: usize) -> Option<NodeId> {
        let mut arguments = self.children(call).skip(1);
        for _ in 0..n {
            if self.kind(arguments.next()?) == Kind::Spread {
                return None;
            }
        }
        arguments.next().filter(|&argument| self.kind(argument) != Kind::Spread)
    }

    /// The outermost choice that may come out as this value: `a ? value : b`, `value || b`.
    fn chosen(&self, value: NodeId) -> NodeId {
        let mut at = value;
        loop {
            let parent = self.parent(at);
            match self.kind(parent) {
                Kind::Either { and: false } => at = parent,
                Kind::Either { .. } | Kind::Conditional if self.child(parent, 0) != Some(at) => at = parent,
                _ => return at,
            }
        }
    }

    /// The expressions that stand for a value: itself, each use of the variable that holds it and nothing else ever, each member of the
    /// same writing as the one that it is assigned to, and each use of the parameter that it is passed as; of members and parameters as
    /// many as are looked at for one value.
    #[must_use]
    pub fn standing_for(&self, value: NodeId) -> Vec<NodeId> {
        let mut standing = vec![value];
        let value = self.chosen(value);
        let holder = self.parent(value);
        if let Some((call, position)) = self.argument_position(holder, value) {
            let parameter = self.parameter(self.value(call.callee), position);
            standing.extend(parameter.into_iter().flat_map(|symbol| self.references(symbol)).take(USES));
            return standing;
        }
        let target = match self.kind(holder) {
            Kind::Declare | Kind::Assign { plain: true } => self.child(holder, 0).filter(|&target| target != value),
            // const TEXTS = { saved: value }; show(TEXTS.saved)
            Kind::Property(Some(name)) if self.only_definition(name) == Some(holder) => {
                let named = self.named(self.word(name)).iter().copied();
                standing.extend(named.filter(|&id| self.value(id) == self.value(value)));
                return standing;
            }
            _ => None,
        };
        let Some(target) = target else { return standing };
        match self.kind(target) {
            Kind::Member(name) => {
                let code = self.code(target);
                let is_same = |&id: &NodeId| id != target && matches!(self.kind(id), Kind::Member(_)) && self.code(id) == code;
                standing.extend(self.named_near(self.word(name), target).iter().copied().filter(is_same).take(USES));
            }
            _ => {
                if let Some(symbol) = self.symbol(target).filter(|&symbol| self.only_value(symbol) == Some(value)) {
                    standing.extend(self.references(symbol).iter().copied().filter(|&name| name != target));
                }
            }
        }
        standing
    }

    /// What [`Tree::named`](super::Tree::named) gives, as far as it stands near a place.
    pub(crate) fn named_near(&self, name: &str, place: NodeId) -> &[NodeId] {
        nearest(self.named(name), place)
    }

    /// What [`Tree::references`](super::Tree::references) gives, as far as it stands near a place.
    pub(crate) fn references_near(&self, symbol: SymbolId, place: NodeId) -> &[NodeId] {
        nearest(self.references(symbol), place)
    }

    /// What [`Script::standing_for`] gives, and the first uses of a variable that gets the value among others.
    #[must_use]
    pub fn may_stand_for(&self, value: NodeId) -> Vec<NodeId> {
        let mut standing = self.standing_for(value);
        let holder = self.parent(self.chosen(value));
        if standing.len() == 1 && matches!(self.kind(holder), Kind::Declare | Kind::Assign { .. }) {
            let symbol = self.child(holder, 0).and_then(|target| self.symbol(target));
            standing.extend(symbol.into_iter().flat_map(|symbol| self.references(symbol)).take(USES));
        }
        standing
    }

    /// Every place that means a global, whatever it is called there; `path` as [`Script::path`] writes it.
    #[must_use]
    pub fn uses(&self, path: &str) -> Vec<NodeId> {
        let name = path.rsplit('.').next().unwrap_or(path);
        let mut uses = Vec::new();
        let own_names: &[&str] = if path == "$" { &["$", "jQuery"] } else { std::slice::from_ref(&name) };
        for &id in own_names.iter().flat_map(|name| self.named(name)) {
            match self.kind(id) {
                Kind::Name { .. } | Kind::Member(_) if self.is_path(id, path) => {
                    uses.push(id);
                    self.add_aliases(id, &mut uses);
                }
                Kind::PatternProperty(_) => {
                    let target = self.last_child(id).map(|target| match self.kind(target) {
                        Kind::Default => self.child(target, 0).unwrap_or(target),
                        _ => target,
                    });
                    let symbol = target
                        .filter(|&target| matches!(self.kind(target), Kind::Binding { .. }))
                        .and_then(|target| self.symbol(target));
                    if let Some(symbol) = symbol {
                        uses.extend(self.references(symbol).iter().copied().filter(|&name| self.is_path(name, path)));
                    }
                }
                _ => {}
            }
        }
        order::sort(&mut uses);
        uses.dedup();
        uses
    }

    /// Adds the uses of a variable that holds `id`, or a bound copy of it, and nothing else ever.
    fn add_aliases(&self, id: NodeId, uses: &mut Vec<NodeId>) {
        let mut value = id;
        let parent = self.parent(id);
        if matches!(self.kind(parent), Kind::Member(name) if self.word(name) == "bind")
            && self.kind(self.parent(parent)) == Kind::Call
        {
            value = self.parent(parent);
        }
        let holder = self.parent(value);
        let target = match self.kind(holder) {
            Kind::Declare | Kind::Assign { plain: true } => self.child(holder, 0),
            _ => None,
        };
        let Some(symbol) = target.and_then(|target| self.symbol(target)) else { return };
        if self.only_value(symbol) == Some(value) {
            uses.extend(
                self.references(symbol)
                    .iter()
                    .copied()
                    .filter(|&name| matches!(self.kind(name), Kind::Name { access: Access::Read, .. })),
            );
        }
    }
}

/// Of places in order, those that are compared with what stands at `place`.
fn nearest(places: &[NodeId], place: NodeId) -> &[NodeId] {
    let at = places.partition_point(|&id| id < place);
    &places[at.saturating_sub(NAMESAKES)..places.len().min(at + NAMESAKES)]
}

/// Drops the names of the global object itself, and gives jQuery one name.
fn canonical(path: String) -> String {
    let mut rest = path.as_str();
    while let Some((root, after)) = rest.split_once('.') {
        match root {
            "window" | "self" | "globalThis" | "frames" => rest = after,
            "document" if after.starts_with("defaultView.") => rest = &after["defaultView.".len()..],
            _ => break,
        }
    }
    // parent.window.alert
    if let Some((around @ ("top" | "parent"), after)) = rest.split_once(".window.") {
        return format!("{around}.{after}");
    }
    match rest {
        "self" | "globalThis" | "frames" | "document.defaultView" => "window".to_owned(),
        "jQuery" => "$".to_owned(),
        _ => match rest.strip_prefix("jQuery.") {
            Some(member) => format!("$.{member}"),
            None => rest.to_owned(),
        },
    }
}
