//! Calls, with what they call.

use super::{Kind, NodeId, Script};
use crate::syntax::Span;

/// A call or construction.
#[derive(Clone, Copy, Debug)]
pub struct Call<'s> {
    script: &'s Script,
    /// The call itself.
    pub node: NodeId,
    /// What is called; of `f.call(...)` and `f.apply(...)` it is `f`.
    pub callee: NodeId,
    form: CallForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CallForm {
    Plain,
    /// `f.call(this, ...)`
    Call,
    /// `f.apply(this, [...])`
    Apply,
}

impl<'s> Call<'s> {
    /// The `n`th argument, from 0, if it is seen.
    #[must_use]
    pub fn argument(&self, n: usize) -> Option<NodeId> {
        match self.form {
            CallForm::Plain => self.script.plain_argument(self.node, n),
            CallForm::Call => self.script.plain_argument(self.node, n + 1),
            CallForm::Apply => {
                let list = self.script.value(self.script.plain_argument(self.node, 1)?);
                (self.script.kind(list) == Kind::Array).then(|| self.script.child(list, n))?
            }
        }
    }

    /// Where an argument stands, of the first `most`, unless something is spread before it.
    pub(super) fn position(&self, argument: NodeId, most: usize) -> Option<usize> {
        let script = self.script;
        let (list, skipped) = match self.form {
            CallForm::Plain => (self.node, 1),
            CallForm::Call => (self.node, 2),
            CallForm::Apply => (script.value(script.plain_argument(self.node, 1)?), 0),
        };
        let seen = script.children(list).skip(skipped).take(most).take_while(|&item| script.kind(item) != Kind::Spread);
        seen.enumerate().find(|&(_, item)| item == argument).map(|(position, _)| position)
    }

    /// All arguments that are seen, in order.
    #[must_use]
    pub fn arguments(&self) -> Vec<NodeId> {
        let script = self.script;
        match self.form {
            CallForm::Plain => script.children(self.node).skip(1).collect(),
            CallForm::Call => script.children(self.node).skip(2).collect(),
            CallForm::Apply => (0..).map_while(|n| self.argument(n)).collect(),
        }
    }

    /// The method's name, if the callee is a member.
    #[must_use]
    pub fn method(&self) -> Option<&'s str> {
        match self.script.kind(self.callee) {
            Kind::Member(name) => Some(self.script.word(name)),
            _ => None,
        }
    }

    /// What the method is called on.
    #[must_use]
    pub fn receiver(&self) -> Option<NodeId> {
        match self.script.kind(self.callee) {
            Kind::Member(_) | Kind::Index => self.script.child(self.callee, 0),
            _ => None,
        }
    }

    /// What the method works on: the receiver, or what `call` and `apply` hand over as `this`.
    #[must_use]
    pub fn subject(&self) -> Option<NodeId> {
        match self.form {
            CallForm::Plain => self.receiver(),
            CallForm::Call | CallForm::Apply => self.script.plain_argument(self.node, 0),
        }
    }

    /// Whether it is a `new`.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.script.kind(self.node) == Kind::New
    }

    /// The place to point at: the call; in a chain over several lines only its last link.
    #[must_use]
    pub fn place(&self) -> Span {
        let whole = self.script.local(self.node);
        let start = match (self.method(), self.receiver()) {
            (Some(_), Some(receiver)) if self.script.code(receiver).contains(['\n', '\r']) => self.name_start(receiver),
            _ => whole.start,
        };
        self.script.file(Span::new(start, whole.end))
    }

    fn name_start(&self, receiver: NodeId) -> u32 {
        let after = self.script.local(receiver).end;
        let between = Span::new(after, self.script.local(self.callee).end).of(self.script.source());
        let skipped =
            between.len() - between.trim_start_matches(|letter: char| letter.is_whitespace() || ".?[)".contains(letter)).len();
        after + skipped as u32
    }
}

impl Script {
    /// Whether a call is one of jQuery's requests or sets their defaults: surely, by name alone, or (none) not.
    #[must_use]
    pub fn ajax_call(&self, call: Call<'_>) -> Option<bool> {
        if self.callee_name(call) == Some("$authorizedAjax") {
            return Some(true);
        }
        let receiver = call.receiver()?;
        match call.method()? {
            "ajax" | "ajaxSetup" | "get" | "post" | "getJSON" | "ajaxPrefilter" => self.jquery(receiver),
            _ => None,
        }
    }

    /// The node as a call.
    #[must_use]
    pub fn call(&self, node: NodeId) -> Option<Call<'_>> {
        if !matches!(self.kind(node), Kind::Call | Kind::New) {
            return None;
        }
        // (0, console.log)(...)
        let callee = self.child(node, 0).map(|callee| match self.kind(callee) {
            Kind::Sequence => self.last_child(callee).unwrap_or(callee),
            _ => callee,
        })?;
        let plain = Call { script: self, node, callee, form: CallForm::Plain };
        let form = match plain.method() {
            Some("call") => CallForm::Call,
            Some("apply") => CallForm::Apply,
            _ => return Some(plain),
        };
        let callee = self.child(callee, 0)?;
        // `x.call()` of an object that has such a method is that method: only what looks like a function is called through.
        match self.kind(callee) {
            Kind::Member(_) | Kind::Name { .. } | Kind::Function { .. } => Some(Call { callee, form, ..plain }),
            _ => Some(plain),
        }
    }

    /// Every call of a global, under whatever name; `path` as [`Script::path`] writes it.
    #[must_use]
    pub fn calls_to(&self, path: &str) -> Vec<Call<'_>> {
        self.uses(path).into_iter().filter_map(|callee| self.call_of(callee)).collect()
    }

    /// Every call of a method of that name, whatever it is called on.
    pub fn methods<'s>(&'s self, name: &str) -> impl Iterator<Item = Call<'s>> + use<'s> {
        self.named(name).iter().filter(|&&id| matches!(self.kind(id), Kind::Member(_))).filter_map(|&callee| self.call_of(callee))
    }

    /// The call whose callee the expression is, also through `call` and `apply`.
    #[must_use]
    pub fn call_of(&self, callee: NodeId) -> Option<Call<'_>> {
        let parent = self.parent(callee);
        let node = match self.kind(parent) {
            Kind::Call | Kind::New => parent,
            Kind::Member(name) if matches!(self.word(name), "call" | "apply") => self.parent(parent),
            Kind::Sequence => self.parent(parent),
            _ => return None,
        };
        self.call(node).filter(|call| call.callee == callee)
    }

    /// The name that a call's callee ends in: a variable's or a method's.
    #[must_use]
    pub fn callee_name(&self, call: Call<'_>) -> Option<&str> {
        match self.kind(call.callee) {
            Kind::Member(name) | Kind::Name { name, .. } => Some(self.word(name)),
            _ => None,
        }
    }
}
