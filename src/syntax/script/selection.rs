//! The elements that an expression speaks of: jQuery chains and DOM queries, followed through variables and the functions that give them.

use super::{Call, Kind, NodeId, Role, Script, Word};

/// How many links of a chain are followed.
const LINKS: u32 = 256;
/// How many functions of a chain are looked into for what they give back.
const ENTERED: usize = 8;
/// Functions of more bytes do more than find elements.
const FINDING_BYTES: u32 = 1_000;

/// Members that are nodes, whatever they are members of.
const NODES: [&str; 6] =
    ["currentTarget", "parentNode", "parentElement", "firstElementChild", "lastElementChild", "nextElementSibling"];

/// Elements, as a chain of steps from a root.
#[derive(Clone, Debug)]
pub struct Selection<'s> {
    /// Where the chain starts.
    pub root: Root,
    /// The calls on the way from the root, in order.
    pub steps: Vec<Step<'s>>,
    /// Whether the elements are in a jQuery object made by what is surely jQuery.
    pub jquery: bool,
}

/// Where a chain of elements starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The elements that a selector finds: its text.
    Selector(NodeId),
    /// The element with an id: its text, without `#`.
    Id(NodeId),
    /// The elements of a class: its text, without a dot.
    Class(NodeId),
    /// The elements of a tag or name: its text.
    Tag(NodeId),
    /// `document`.
    Document,
    /// `window`.
    Window,
    /// `document.body`.
    Body,
    /// `document.head`.
    Head,
    /// `document.documentElement`.
    Html,
    /// A new element: the call that makes it.
    Created(NodeId),
    /// Something else: the expression.
    Unknown(NodeId),
}

/// One call of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s> {
    /// The method's name.
    pub method: &'s str,
    /// Its first argument.
    pub argument: Option<NodeId>,
}

impl Step<'_> {
    /// Whether the step goes from elements to others.
    #[must_use]
    pub fn moves(&self) -> bool {
        matches!(
            self.method,
            "find"
                | "children"
                | "closest"
                | "parent"
                | "parents"
                | "parentsUntil"
                | "siblings"
                | "next"
                | "nextAll"
                | "nextUntil"
                | "prev"
                | "prevAll"
                | "prevUntil"
                | "filter"
                | "has"
                | "contents"
                | "offsetParent"
                | "querySelector"
                | "querySelectorAll"
                | "getElementsByClassName"
                | "getElementsByTagName"
                | "parentNode"
                | "parentElement"
                | "map"
                | "add"
                | "end"
        )
    }
}

impl Script {
    /// The elements that an expression speaks of.
    #[must_use]
    pub fn selection(&self, id: NodeId) -> Selection<'_> {
        let mut steps = Vec::new();
        let mut at = id;
        let mut jquery = false;
        let mut root = Root::Unknown(id);
        let mut entered = Vec::new();
        for _ in 0..LINKS {
            at = self.passed(self.value(at), &entered);
            root = Root::Unknown(at);
            match self.kind(at) {
                Kind::Await => match self.child(at, 0) {
                    Some(inner) => at = inner,
                    None => break,
                },
                Kind::Call => {
                    let Some(call) = self.call(at) else { break };
                    if let Some(certain) = self.jquery(call.callee) {
                        jquery |= certain;
                        let mut target = call.argument(0).map(|argument| self.passed(argument, &entered));
                        // $('.own', area)
                        if let Some(area) = call.argument(1).filter(|_| target.is_some_and(|target| self.is_selector(target))) {
                            steps.push(Step { method: "find", argument: target });
                            target = Some(self.passed(area, &entered));
                        }
                        match self.jquery_root(call, target) {
                            Ok(found) => {
                                root = found;
                                break;
                            }
                            Err(inner) => {
                                at = inner;
                                continue;
                            }
                        }
                    }
                    if let Some(found) = self.dom_root(call, &entered) {
                        root = found;
                        break;
                    }
                    if let Some(list) = self.copied(call) {
                        at = list;
                        continue;
                    }
                    if let Some(given) = self.given_back(call).filter(|_| entered.len() < ENTERED) {
                        entered.push(call);
                        at = given;
                        continue;
                    }
                    // An unknown module's own function, as compilers write it: (0, module.default)('.own')
                    let method = call.method().filter(|&method| method != "default");
                    let (Some(method), Some(receiver)) = (method, call.receiver()) else { break };
                    let argument = call.argument(0).map(|argument| self.passed(argument, &entered));
                    steps.push(Step { method, argument });
                    at = receiver;
                }
                Kind::Index => match self.child(at, 0).filter(|&list| !self.is_written_out(list)) {
                    Some(object) => at = object,
                    None => break,
                },
                // [...elements]
                Kind::Array => match self.child(at, 0) {
                    Some(spread) if self.kind(spread) == Kind::Spread => match self.child(spread, 0) {
                        Some(list) => at = list,
                        None => break,
                    },
                    _ => break,
                },
                Kind::Member(name) => {
                    if let Some(found) = self.global_root(at) {
                        root = found;
                        break;
                    }
                    if let Some(given) = self.gotten(at, name) {
                        at = given;
                        continue;
                    }
                    let name = self.word(name);
                    if !matches!(
                        name,
                        "parentNode" | "parentElement" | "firstChild" | "firstElementChild" | "lastElementChild" | "0"
                    ) {
                        break;
                    }
                    steps.push(Step { method: name, argument: None });
                    match self.child(at, 0) {
                        Some(object) => at = object,
                        None => break,
                    }
                }
                Kind::Name { .. } | Kind::This => {
                    if let Some(found) = self.global_root(at) {
                        root = found;
                        break;
                    }
                    match self.iterated(at).filter(|&list| !self.is_written_out(list)) {
                        Some(list) => at = list,
                        None => break,
                    }
                }
                _ => break,
            }
        }
        steps.reverse();
        Selection { root, steps, jquery }
    }

    /// What a called function of the script gives back, if it gives back one thing only.
    fn given_back(&self, call: Call<'_>) -> Option<NodeId> {
        if call.is_new() { None } else { self.found_by(self.value(call.callee)) }
    }

    /// What a member of `this` gives that the class around gets by a function: `get button() { return $('.own') }`.
    fn gotten(&self, member: NodeId, name: Word) -> Option<NodeId> {
        let getter = self.only_definition(name).filter(|&place| self.code(place).starts_with("get "))?;
        let is_own = self.this_meant(self.child(member, 0)?).is_some() && self.is_inside(member, self.parent(getter));
        is_own.then(|| self.found_by(self.last_child(getter)?))?
    }

    /// The only thing that a short function gives back.
    fn found_by(&self, function: NodeId) -> Option<NodeId> {
        let is_function = matches!(self.kind(function), Kind::Function { .. });
        if !is_function || self.local(function).len() > FINDING_BYTES {
            return None;
        }
        match *self.returned(function) {
            [given] => Some(given),
            _ => None,
        }
    }

    /// What a parameter of a function that was entered by a call got from it, or its default; the call itself, if it got nothing. Any
    /// other expression is itself.
    fn passed(&self, id: NodeId, entered: &[Call<'_>]) -> NodeId {
        let argument = |id| {
            let holder = self.parent(self.binding(self.symbol(id)?)?);
            let Kind::Parameter(position) = self.kind(holder) else { return None };
            let call = entered.iter().find(|call| self.value(call.callee) == self.parent(holder))?;
            let given = call.argument(usize::from(position)).or_else(|| self.child(holder, 1));
            Some(given.map_or(call.node, |given| self.value(given)))
        };
        // The argument of one call may be the parameter of another.
        entered.iter().try_fold(id, |at, _| argument(at).ok_or(at)).unwrap_or_else(|last| last)
    }

    /// The list that a call makes an array of: `Array.from(list)`, `[].slice.call(list)`.
    fn copied(&self, call: Call<'_>) -> Option<NodeId> {
        match call.method()? {
            "from" | "makeArray" | "toArray" => call.argument(0),
            "slice" => call.subject().filter(|&list| Some(list) != call.receiver()),
            _ => None,
        }
    }

    /// The elements that `this`, a parameter or a variable goes through inside `.each(...)`, `.forEach(...)` or a loop, or that a
    /// variable is taken from by its place: `const [button] = elements`.
    fn iterated(&self, id: NodeId) -> Option<NodeId> {
        let function = match self.symbol(id) {
            Some(symbol) => {
                let holder = self.parent(self.binding(symbol)?);
                let outer = self.parent(holder);
                match self.kind(holder) {
                    Kind::Parameter(_) => outer,
                    Kind::Declare if self.kind(outer) == Kind::Each => return self.child(outer, 1),
                    Kind::Pattern if self.kind(outer) == Kind::Declare && self.code(holder).starts_with('[') => {
                        return self.child(outer, 1);
                    }
                    _ => return None,
                }
            }
            None => self.function_around(id)?,
        };
        match self.role(function) {
            // $.each(elements, f)
            Role::Argument(call, 1) if matches!(call.method(), Some("each" | "map")) => call.argument(0),
            Role::Argument(call, _) if matches!(call.method(), Some("each" | "forEach" | "map")) => call.subject(),
            _ => None,
        }
    }

    /// Whether a list is given item by item, each of which may be something else.
    fn is_written_out(&self, list: NodeId) -> bool {
        let list = self.value(list);
        self.kind(list) == Kind::Array && self.child(list, 0).is_none_or(|first| self.kind(first) != Kind::Spread)
    }

    /// Whether an expression is a jQuery object: surely, surely not since it is a node, or (none) it is not known.
    #[must_use]
    pub fn is_jquery_object(&self, id: NodeId) -> Option<bool> {
        let mut links = LINKS;
        self.is_jquery_within(id, &mut links)
    }

    fn is_jquery_within(&self, id: NodeId, links: &mut u32) -> Option<bool> {
        let mut at = id;
        while *links > 0 {
            *links -= 1;
            at = self.value(at);
            let call = match self.kind(at) {
                Kind::Call => self.call(at)?,
                Kind::Index => return (self.is_jquery_within(self.child(at, 0)?, links)?).then_some(false),
                Kind::Member(name) => {
                    let is_node = self.global_root(at).is_some() || NODES.contains(&self.word(name));
                    return is_node.then_some(false);
                }
                Kind::Name { .. } | Kind::This => {
                    let list = self.iterated(at).filter(|&list| !self.is_written_out(list))?;
                    return self.lists_nodes(list, links).then_some(false);
                }
                _ => return None,
            };
            if let Some(certain) = self.jquery(call.callee) {
                return certain.then_some(true);
            }
            match (call.method()?, call.receiver()?) {
                ("getElementById" | "querySelector" | "createElement" | "createElementNS" | "cloneNode", _) => {
                    return Some(false);
                }
                ("get", receiver) => return (self.is_jquery_within(receiver, links)?).then_some(false),
                // Whatever was kept there.
                ("data" | "prop", _) => return None,
                (_, receiver) => at = receiver,
            }
        }
        None
    }

    /// Whether the items of a list are surely nodes.
    fn lists_nodes(&self, list: NodeId, links: &mut u32) -> bool {
        let list = self.value(list);
        let method = self.call(list).and_then(|call| call.method());
        matches!(method, Some("querySelectorAll" | "getElementsByClassName" | "getElementsByTagName"))
            || self.is_jquery_within(list, links) == Some(true)
    }

    /// Whether an expression is jQuery: surely, by name alone, or (none) not.
    #[must_use]
    pub fn jquery(&self, id: NodeId) -> Option<bool> {
        if self.is_path(id, "$") {
            return Some(true);
        }
        let value = self.value(id);
        match self.kind(value) {
            // A parameter or variable of that name whose value is not seen.
            Kind::Name { name, symbol: Some(_), .. } if matches!(self.word(name), "$" | "jQuery") => Some(false),
            _ => None,
        }
    }

    /// Whether an expression is a text, and not of markup.
    fn is_selector(&self, id: NodeId) -> bool {
        self.text(id).is_some_and(|text| !text.text.trim_start().starts_with('<'))
    }

    /// What `$(argument)` starts from, or the expression that it wraps.
    fn jquery_root(&self, call: Call<'_>, argument: Option<NodeId>) -> Result<Root, NodeId> {
        let Some(argument) = argument else { return Ok(Root::Unknown(call.node)) };
        if let Some(text) = self.text(argument) {
            let text = text.text.trim_start();
            return Ok(match text {
                _ if text.starts_with('<') => Root::Created(call.node),
                "body" => Root::Body,
                "head" => Root::Head,
                "html" => Root::Html,
                _ => Root::Selector(argument),
            });
        }
        Err(argument)
    }

    fn dom_root(&self, call: Call<'_>, entered: &[Call<'_>]) -> Option<Root> {
        let method = call.method()?;
        let argument = call.argument(0).map(|argument| self.passed(argument, entered));
        let on_document = || call.receiver().is_some_and(|receiver| self.is_path(receiver, "document"));
        match (method, argument) {
            ("getElementById", Some(id)) => Some(Root::Id(id)),
            ("querySelector" | "querySelectorAll", Some(selector)) if on_document() => {
                Some(match self.constant(selector).as_deref() {
                    Some("body") => Root::Body,
                    Some("head") => Root::Head,
                    Some("html") => Root::Html,
                    _ => Root::Selector(selector),
                })
            }
            ("getElementsByClassName", Some(class)) if on_document() => Some(Root::Class(class)),
            ("getElementsByTagName" | "getElementsByName", Some(tag)) if on_document() => {
                Some(match self.constant(tag).as_deref() {
                    Some("body") => Root::Body,
                    Some("head") => Root::Head,
                    Some("html") => Root::Html,
                    _ => Root::Tag(tag),
                })
            }
            ("createElement" | "createElementNS", _) if on_document() => Some(Root::Created(call.node)),
            _ => None,
        }
    }

    fn global_root(&self, id: NodeId) -> Option<Root> {
        match self.path(id)?.as_str() {
            "document" => Some(Root::Document),
            "window" => Some(Root::Window),
            "document.body" => Some(Root::Body),
            "document.head" => Some(Root::Head),
            "document.documentElement" => Some(Root::Html),
            _ => None,
        }
    }
}
