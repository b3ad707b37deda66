//! Elements that a script makes: what is set on them, and whether they get into the document.

use super::{Call, Kind, NodeId, Script};
use crate::syntax::markup::is_script_type;

/// Expressions that are followed for one element.
const STEPS: usize = 64;

/// Methods that put a node or markup into a document.
pub const INSERTING: [&str; 22] = [
    "appendChild",
    "append",
    "prepend",
    "insertBefore",
    "insertAfter",
    "replaceChild",
    "insertAdjacentElement",
    "insertAdjacentHTML",
    "before",
    "after",
    "replaceWith",
    "replaceChildren",
    "html",
    "appendTo",
    "prependTo",
    "createContextualFragment",
    "write",
    "writeln",
    "insertNode",
    "wrap",
    "parseHTML",
    "$",
];

/// An element that a script makes.
pub struct Made<'s> {
    /// The call that makes it.
    pub call: Call<'s>,
    /// The tag, in lower case.
    pub tag: String,
    /// Whether the tag is surely this one.
    pub is_certain: bool,
}

/// What becomes of a new element.
#[derive(Default)]
pub struct Fate {
    /// Attributes and members that get a value, in lower case, with the value.
    pub set: Vec<(String, NodeId)>,
    /// Whether it is handed to something that puts it into a document.
    pub is_inserted: bool,
    /// Whether more may be set on it than is seen: by names that are computed, from objects or in functions that are not in sight.
    pub is_open: bool,
}

impl Fate {
    /// What an attribute or member is set to.
    pub fn get<'f>(&'f self, name: &'f str) -> impl Iterator<Item = NodeId> + 'f {
        self.set.iter().filter(move |(own, _)| own == name).map(|&(_, value)| value)
    }

    /// Whether an element that becomes a script is one of code: surely, perhaps, or (none) it is a block of data.
    #[must_use]
    pub fn is_code(&self, script: &Script) -> Option<bool> {
        let mut kinds = self.get("type").map(|kind| script.constant(kind)).peekable();
        let mut is_certain = kinds.peek().is_some() || !self.is_open;
        for kind in kinds {
            match kind {
                Some(kind) if !is_script_type(&kind) => return None,
                Some(_) => {}
                None => is_certain = false,
            }
        }
        Some(is_certain)
    }
}

impl Script {
    /// Every element that is made by its tag: `document.createElement(tag)`.
    #[must_use]
    pub fn made_elements(&self) -> Vec<Made<'_>> {
        let mut found = Vec::new();
        for method in ["createElement", "createElementNS"] {
            for call in self.methods(method).filter(|&call| is_document(self, call)) {
                let Some(tag) = call.argument(usize::from(method == "createElementNS")) else { continue };
                let values = match self.constant(tag) {
                    Some(tag) => vec![tag],
                    None => self
                        .sources(tag)
                        .into_iter()
                        .flat_map(|tag| self.values(tag))
                        .filter_map(|tag| self.constant(tag))
                        .collect(),
                };
                let is_certain = values.len() == 1 && self.constant(tag).is_some() && is_surely_document(self, call);
                found.extend(values.iter().map(|tag| Made { call, tag: tag.trim().to_ascii_lowercase(), is_certain }));
            }
        }
        found
    }

    /// What becomes of the element that an expression makes.
    #[must_use]
    pub fn element_fate(&self, made: NodeId) -> Fate {
        let mut fate = Fate::default();
        let mut open = vec![made];
        if let Some(call) = self.call(made).filter(|call| self.jquery(call.callee).is_some()) {
            add_properties(self, call.argument(1), &mut fate);
        }
        for _ in 0..STEPS {
            let Some(at) = open.pop() else { break };
            for used in self.standing_for(at) {
                let holder = self.parent(used);
                match self.kind(holder) {
                    Kind::Member(name) => open.extend(add_member(self, holder, self.word(name), &mut fate)),
                    Kind::Call | Kind::New => open.extend(add_argument(self, holder, used, &mut fate)),
                    // element[name] = value
                    Kind::Index => fate.is_open |= matches!(self.kind(self.parent(holder)), Kind::Assign { .. }),
                    _ => {}
                }
            }
        }
        fate
    }
}

/// Whether a `createElement` may be that of a document: a library's, or one of the script's own objects, makes no element.
fn is_document(script: &Script, call: Call<'_>) -> bool {
    let Some(receiver) = call.receiver() else { return false };
    let name = match script.kind(receiver) {
        Kind::Name { name, .. } | Kind::Member(name) => script.word(name).to_ascii_lowercase(),
        _ => return true,
    };
    !matches!(name.as_str(), "react" | "preact" | "inferno" | "vue") && script.kind(script.value(receiver)) != Kind::Object
}

/// Whether a `createElement` is surely that of a document.
fn is_surely_document(script: &Script, call: Call<'_>) -> bool {
    let names_document = |id: NodeId| match script.kind(script.value(id)) {
        Kind::Name { name, .. } | Kind::Member(name) => {
            matches!(script.word(name), "document" | "contentDocument" | "ownerDocument")
        }
        _ => false,
    };
    call.receiver().is_some_and(|receiver| script.sources(receiver).into_iter().all(names_document))
}

/// `element.name = value`, `element.method(...)`; the call, if it gives the element back.
fn add_member(script: &Script, member: NodeId, name: &str, fate: &mut Fate) -> Option<NodeId> {
    let Some(call) = script.call_of(member) else {
        fate.set.extend(script.assigned_value(member).map(|value| (name.to_ascii_lowercase(), value)));
        return None;
    };
    let first = call.argument(0);
    match name {
        "setAttribute" | "attr" | "prop" => match first.and_then(|first| script.constant(first)) {
            Some(attribute) => fate.set.extend(call.argument(1).map(|value| (attribute.to_ascii_lowercase(), value))),
            None => add_properties(script, first, fate),
        },
        "text" | "html" | "append" | "appendChild" | "prepend" => {
            fate.set.extend(first.map(|content| ("text".to_owned(), content)));
        }
        _ => fate.is_inserted |= INSERTING.contains(&name),
    }
    Some(call.node)
}

/// `parent.append(element)`, `$(element)`, `Object.assign(element, { ... })`; the call, if it gives the element back.
fn add_argument(script: &Script, call: NodeId, element: NodeId, fate: &mut Fate) -> Option<NodeId> {
    let call = script.call(call).filter(|call| call.callee != element)?;
    let is_first = call.argument(0) == Some(element);
    match script.callee_name(call).unwrap_or_default() {
        "assign" | "extend" if is_first => {
            call.arguments().into_iter().skip(1).for_each(|options| add_properties(script, Some(options), fate));
        }
        _ if is_first && script.jquery(call.callee).is_some() => {}
        name if INSERTING.contains(&name) => fate.is_inserted = true,
        _ => {
            let is_shown_only = call.receiver().is_some_and(|receiver| script.is_path(receiver, "console"));
            let is_in_sight = || matches!(script.kind(script.value(call.callee)), Kind::Function { .. });
            fate.is_open |= !is_shown_only && !is_in_sight();
            return None;
        }
    }
    Some(call.node)
}

fn add_properties(script: &Script, object: Option<NodeId>, fate: &mut Fate) {
    let Some(object) = object.map(|object| script.value(object)) else { return };
    if script.kind(object) != Kind::Object {
        fate.is_open = true;
        return;
    }
    for property in script.children(object) {
        match (script.kind(property), script.last_child(property)) {
            (Kind::Property(Some(name)), Some(value)) => fate.set.push((script.word(name).to_ascii_lowercase(), value)),
            _ => fate.is_open = true,
        }
    }
}
