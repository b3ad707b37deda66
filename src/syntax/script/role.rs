//! How a function comes to be called.

use super::{Access, Call, Kind, NodeId, Script};

/// The first arguments of a call are told apart, no more: no function of interest takes so many.
const ARGUMENTS: usize = 12;

/// Places that name a function, as far as they are looked at.
const NAMES: usize = 128;

/// How a function comes to be called.
#[derive(Clone, Copy, Debug)]
pub enum Role<'s> {
    /// It is the `n`th argument of a call.
    Argument(Call<'s>, usize),
    /// It is a property of an object or class, or assigned to a member, of that name.
    Method(&'s str),
    /// It is declared by name, or held by a variable.
    Named,
    /// It is called where it stands.
    Immediate,
    /// Anything else.
    Other,
}

impl Script {
    /// How the function at `id` comes to be called.
    #[must_use]
    pub fn role(&self, id: NodeId) -> Role<'_> {
        let mut at = self.bound(id);
        let mut parent = self.parent(at);
        // So is one that stands for want of another: p.catch(own || function () {}).
        while matches!(self.kind(parent), Kind::Either { .. } | Kind::Conditional) && self.child(parent, 0) != Some(at) {
            at = parent;
            parent = self.parent(at);
        }
        // jQuery takes lists of handlers, too: request.fail([show, log]).
        if self.kind(parent) == Kind::Array {
            let takes_lists = |call: &Call<'_>| matches!(call.method(), Some("done" | "fail" | "always"));
            if let Some((call, position)) =
                self.argument_position(self.parent(parent), parent).filter(|(call, _)| takes_lists(call))
            {
                return Role::Argument(call, position);
            }
        }
        match self.kind(parent) {
            Kind::Call | Kind::New => match self.argument_position(parent, at) {
                Some((call, position)) => Role::Argument(call, position),
                None => Role::Immediate,
            },
            Kind::Member(name) if matches!(self.word(name), "call" | "apply") => Role::Immediate,
            Kind::Property(Some(name)) => Role::Method(self.word(name)),
            Kind::Assign { .. } | Kind::Declare => match self.child(parent, 0).map(|target| self.kind(target)) {
                Some(Kind::Member(name)) => Role::Method(self.word(name)),
                Some(Kind::Name { .. } | Kind::Binding { .. }) => Role::Named,
                _ => Role::Other,
            },
            _ if self.is_declaration(id) => Role::Named,
            _ => Role::Other,
        }
    }

    /// What stands for a function that is passed on with its `this`: `f.bind(this)`, `$.proxy(f, this)`; else the function itself.
    #[must_use]
    pub fn bound(&self, function: NodeId) -> NodeId {
        let parent = self.parent(function);
        let binds = match self.kind(parent) {
            Kind::Member(name) if self.word(name) == "bind" => self.parent(parent),
            _ => parent,
        };
        if self.unbound(binds) == Some(function) { binds } else { function }
    }

    /// What an expression stands for, whatever `this` it is bound to: `f`, `f.bind(this)` and `$.proxy(f, this)` alike.
    #[must_use]
    pub fn value_unbound(&self, id: NodeId) -> NodeId {
        let value = self.value(id);
        self.unbound(value).map_or(value, |function| self.value(function))
    }

    /// The function that a call gives back with its `this`.
    fn unbound(&self, call: NodeId) -> Option<NodeId> {
        let call = self.call(call).filter(|call| !call.is_new())?;
        let receiver = call.receiver()?;
        match call.method()? {
            "proxy" if self.jquery(receiver).is_some() => call.argument(0),
            "bind" if self.is_path(receiver, "_") => call.argument(0),
            "bind" => Some(receiver),
            _ => None,
        }
    }

    fn is_declaration(&self, function: NodeId) -> bool {
        self.child(function, 0).is_some_and(|name| matches!(self.kind(name), Kind::Binding { .. }))
    }

    /// The call that an expression is an argument of, and its position.
    #[must_use]
    pub fn argument_position(&self, call: NodeId, argument: NodeId) -> Option<(Call<'_>, usize)> {
        let call = self.call(call)?;
        Some((call, call.position(argument, ARGUMENTS)?))
    }

    /// Every place that names a function: by its own name, by its variable, or by its method's name whatever that is a method of.
    fn names_of(&self, function: NodeId) -> Vec<NodeId> {
        let mut names = Vec::new();
        let holder = self.parent(function);
        let own_name = self.child(function, 0).filter(|&name| matches!(self.kind(name), Kind::Binding { .. }));
        let variable = match self.kind(holder) {
            Kind::Declare | Kind::Assign { .. } => self.child(holder, 0),
            _ => None,
        };
        for symbol in [own_name, variable].into_iter().flatten().filter_map(|name| self.symbol(name)) {
            names.extend(self.references(symbol).iter().take(NAMES));
        }
        if let Role::Method(name) = self.role(function) {
            let members = self.named(name).iter().filter(|&&id| matches!(self.kind(id), Kind::Member(_))).take(NAMES);
            names.extend(members.filter(|&&id| name != "render" || !self.is_kommo_render(id, function)));
        }
        names.truncate(NAMES);
        names
    }

    /// Whether a member `render` is the method by which Kommo lets a widget render its templates, and not the method `own` of the script:
    /// it is asked for a template, or it is one of the widget, and `own` one of another object, as the callbacks are.
    fn is_kommo_render(&self, member: NodeId, own: NodeId) -> bool {
        let options = self.call_of(member).and_then(|call| call.argument(0)).map(|options| self.value(options));
        let asks = |name| options.is_some_and(|options| self.property(options, name).is_some());
        let holder = self.parent(own);
        let owner = match self.kind(holder) {
            Kind::Property(_) => Some(self.parent(holder)),
            _ => self.child(holder, 0).and_then(|target| self.child(target, 0)),
        };
        let is_other = |&owner: &NodeId| match self.kind(owner) {
            Kind::Object => true,
            Kind::Member(name) => self.word(name) == "callbacks",
            _ => false,
        };
        let this = self.child(member, 0).and_then(|widget| self.this_meant(widget));
        asks("href") || asks("ref") || this.zip(owner.filter(is_other)).is_some_and(|(this, owner)| !self.is_inside(this, owner))
    }

    /// The calls of a function that are seen: by a name of it, or where it stands.
    #[must_use]
    pub fn callers(&self, function: NodeId) -> Vec<Call<'_>> {
        match self.role(function) {
            Role::Immediate => self.call(self.parent(function)).into_iter().collect(),
            _ => self.names_of(function).into_iter().filter_map(|name| self.call_of(name)).collect(),
        }
    }

    /// Every call that a named function or method is passed to, with the position: `p.catch(onError)`, `p.catch(this.onError)`.
    #[must_use]
    pub fn passed_to(&self, function: NodeId) -> Vec<(Call<'_>, usize)> {
        self.names_of(function)
            .into_iter()
            .filter(|&id| !matches!(self.kind(id), Kind::Name { access: Access::Write, .. }))
            .filter_map(|id| {
                let at = self.bound(id);
                let call = self.parent(at);
                matches!(self.kind(call), Kind::Call | Kind::New).then(|| self.argument_position(call, at))?
            })
            .collect()
    }
}
