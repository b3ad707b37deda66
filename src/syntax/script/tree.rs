//! A script's tree as plain data: what oxc read, kept in one vector in source order after oxc's own tree is gone.

use super::words::{Word, Words};
use crate::order;
use crate::syntax::Span;
use std::num::NonZeroU32;

/// Helpers of compilers and bundlers that give a module in the form of ES.
const IMPORTERS: [&str; 9] = [
    "__importDefault",
    "__importStar",
    "_interopRequireDefault",
    "_interopRequireWildcard",
    "_interopDefault",
    "_interopDefaultLegacy",
    "_interop_require_default",
    "_interop_require_wildcard",
    "__toESM",
];

/// One node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// Something the script itself declares: a variable, parameter, function, class or import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolId(NonZeroU32);

impl SymbolId {
    pub(super) fn from_index(index: usize) -> Option<Self> {
        u32::try_from(index).ok().and_then(|index| index.checked_add(1)).and_then(NonZeroU32::new).map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a reference does with its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads it.
    Read,
    /// Gives it a new value.
    Write,
    /// Both: `x += 1`, `x++`.
    ReadWrite,
}

/// What a node is. The comment names its children, in order; every kind may have more children that matter only for their own sake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The script: statements.
    Program,
    /// A string literal.
    Text,
    /// A template literal: its chunks first, then its holes.
    Template,
    /// A literal stretch of a template.
    Chunk,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A regular expression.
    Regex,
    /// A reference to a variable; one that the script does not declare has no symbol.
    Name {
        /// Its name.
        name: Word,
        /// Its declaration.
        symbol: Option<SymbolId>,
        /// What happens to it.
        access: Access,
    },
    /// The place that declares a name.
    Binding {
        /// The name.
        name: Word,
        /// What it declares.
        symbol: Option<SymbolId>,
    },
    /// `this`.
    This,
    /// `object.name`, or `object[key]` with a key that is known: object, then the key if it stands in brackets.
    Member(Word),
    /// `object[key]` with any other key: object, key.
    Index,
    /// A call: callee, arguments.
    Call,
    /// `new`: callee, arguments.
    New,
    /// `import(address)`: address.
    Import,
    /// A function of any form: its name, parameters, body. An arrow function without braces has the expression instead of the body.
    Function {
        /// Whether it is an arrow function.
        arrow: bool,
        /// Whether it is `async`.
        asynchronous: bool,
    },
    /// A parameter, by position: its target, its default.
    Parameter(u16),
    /// A function's body: statements.
    Body,
    /// A class: its name, what it extends, properties.
    Class,
    /// An object literal: properties, spreads.
    Object,
    /// A property of an object or class: its key unless it is a plain name, its value if it has one. No name: computed at run time.
    Property(Option<Word>),
    /// `...rest`: what is spread.
    Spread,
    /// An array literal: items.
    Array,
    /// `a + b`.
    Add,
    /// `==`, `===`, `!=`, `!==`: both sides.
    Compare,
    /// Any other operation on two values.
    Operation,
    /// `a || b`, `a && b`, `a ?? b`: both sides; whether it is `&&`.
    Either {
        /// Whether it is `&&`.
        and: bool,
    },
    /// `test ? a : b`.
    Conditional,
    /// `!a`.
    Not,
    /// `-a`.
    Minus,
    /// `void a`.
    Void,
    /// `typeof a`.
    Typeof,
    /// `delete a`.
    Delete,
    /// `a++`, `--a`.
    Update,
    /// An assignment: target, value; whether it is a plain `=`.
    Assign {
        /// Whether it is a plain `=`, which forgets the value before.
        plain: bool,
    },
    /// One name of a `var`, `let` or `const`: target, value if there is one.
    Declare,
    /// A destructuring target: parts.
    Pattern,
    /// A part of one: its key unless it is a plain name, its target.
    PatternProperty(Option<Word>),
    /// A target with a default: target, default.
    Default,
    /// `a, b`: values.
    Sequence,
    /// `await a`; `yield a`, which compilers write for it.
    Await,
    /// `` tag`text` ``: tag, template.
    Tagged,
    /// An expression on its own.
    Statement,
    /// `return`: the value, if any.
    Return,
    /// `throw`: the value.
    Throw,
    /// `if`: test, branches.
    If,
    /// `for`, `while`, `do`: parts, body.
    Loop,
    /// `for ... in`, `for ... of`: target, list, body.
    Each,
    /// `with`: object, body.
    With,
    /// `try`: block, catch clause if there is one, final block if there is one.
    Try,
    /// A catch clause: its parameter, its block.
    Catch,
    /// A block: statements.
    Block,
    /// `debugger`.
    Debugger,
    /// `'use strict'` and the like: its text.
    Directive,
    /// `import ... from`, `export ... from`: names, address.
    ImportFrom,
    /// A name that an import takes: what it binds. No word: the whole module, or its default.
    ImportName(Option<Word>),
    /// `export`: what is exported.
    Export,
    /// Anything else.
    Other,
}

/// A node: what it is, and where.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub(super) kind: Kind,
    /// In the script's text, not in its file.
    pub(super) span: Span,
    pub(super) parent: u32,
    /// The first node after this one's descendants.
    pub(super) end: u32,
}

/// What is known of a symbol.
#[derive(Clone, Copy, Debug, Default)]
pub struct Symbol {
    /// Whether it exists only from its declaration on: `let`, `const`, `class`.
    pub(super) begins_at_declaration: bool,
    /// Whether it keeps its first value: `const`.
    pub(super) is_constant: bool,
    /// Where it is declared first.
    pub(super) binding: Option<NodeId>,
    /// How often it gets a value.
    pub(super) writes: u32,
    /// The value, if it gets one once and the value is seen.
    pub(super) value: Option<NodeId>,
    /// Where it is used: a range of `Tree::references`.
    pub(super) references: (u32, u32),
}

/// All nodes of a script, parents before their children, in source order.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    words: Words,
    pub(super) symbols: Vec<Symbol>,
    /// Name nodes, symbol by symbol.
    pub(super) references: Vec<NodeId>,
    /// Nodes that bear a name (members, globals, pattern properties, properties), word by word.
    named: Vec<NodeId>,
    /// Where each word's nodes start in `named`; one more at the end.
    named_starts: Vec<u32>,
    /// Where members of each word get their value.
    definitions: Vec<Definition>,
}

/// Where members of one name get their value, whatever they are members of.
#[derive(Clone, Copy, Debug, Default)]
enum Definition {
    /// Nowhere in the script.
    #[default]
    Nowhere,
    /// Here and nowhere else: a property with its value, or the member that is assigned to.
    Here(NodeId),
    /// In several places, or where the value is not seen.
    Lost,
}

impl Tree {
    /// The root.
    pub const ROOT: NodeId = NodeId(0);

    /// Completes a tree of which nodes, words and the number of symbols are known.
    pub(super) fn new(nodes: Vec<Node>, words: Words, symbols: Vec<Symbol>) -> Self {
        let mut tree = Self { nodes, words, symbols, ..Self::default() };
        tree.collect_values();
        tree.collect_references();
        tree.collect_names();
        tree.collect_definitions();
        tree
    }

    /// Makes members and properties of nodes that turned out to be those of known names.
    pub(super) fn name_members(&mut self, known: Vec<(NodeId, String)>) {
        let mut added = Vec::new();
        for (id, name) in known {
            let word = self.words.add(&name);
            self.nodes[id.0 as usize].kind = match self.kind(id) {
                Kind::Property(_) => Kind::Property(Some(word)),
                _ => Kind::Member(word),
            };
            added.push((word.0, id));
        }
        order::sort(&mut added);
        self.add_names(&added);
        added.dedup_by_key(|(word, _)| *word);
        self.definitions.resize(self.words.len(), Definition::default());
        for (word, _) in added {
            self.definitions[word as usize] = self.definition(word as usize);
        }
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// What the node is.
    #[must_use]
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// The node that holds this one; the root holds itself.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).parent)
    }

    /// Where it stands in the script's text.
    pub(super) fn local(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The text of a name.
    #[must_use]
    pub fn word(&self, word: Word) -> &str {
        self.words.name(word)
    }

    /// The nodes directly inside, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = NodeId(next);
                next = self.node(child).end;
                child
            })
        })
    }

    /// The `n`th node directly inside, from 0.
    #[must_use]
    pub fn child(&self, id: NodeId, n: usize) -> Option<NodeId> {
        self.children(id).nth(n)
    }

    /// The last node directly inside.
    #[must_use]
    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.children(id).last()
    }

    /// The value that an assignment of any kind gives to this node; none if the node is no assignment's target.
    #[must_use]
    pub fn assigned_value(&self, target: NodeId) -> Option<NodeId> {
        let assignment = self.parent(target);
        let sets = matches!(self.kind(assignment), Kind::Assign { .. }) && self.child(assignment, 0) == Some(target);
        self.child(assignment, 1).filter(|_| sets)
    }

    /// The functions that the script gives to properties and members of that name.
    pub fn functions_named(&self, name: &str) -> impl Iterator<Item = NodeId> + '_ {
        let values = self.named(name).iter().filter_map(|&id| match self.kind(id) {
            Kind::Property(_) => self.last_child(id),
            Kind::Member(_) => self.assigned_value(id),
            _ => None,
        });
        values.filter(|&value| matches!(self.kind(value), Kind::Function { .. }))
    }

    /// The node and everything inside it.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..self.node(id).end).map(NodeId)
    }

    /// The first node after this one and everything inside it; the number of nodes, if there is none.
    pub(super) fn end(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).end)
    }

    /// Every node of the script.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// Whether `inner` lies inside `outer`, or is it.
    #[must_use]
    pub fn is_inside(&self, inner: NodeId, outer: NodeId) -> bool {
        outer <= inner && inner.0 < self.node(outer).end
    }

    /// The nodes around this one, from the nearest to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |&at| (at != Self::ROOT).then(|| self.parent(at))).skip(1)
    }

    /// The function around this node; none at the top.
    #[must_use]
    pub fn function_around(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|&outer| matches!(self.kind(outer), Kind::Function { .. }))
    }

    /// What the symbol of a name or binding is.
    #[must_use]
    pub fn symbol(&self, id: NodeId) -> Option<SymbolId> {
        match self.kind(id) {
            Kind::Name { symbol, .. } | Kind::Binding { symbol, .. } => symbol,
            _ => None,
        }
    }

    /// Whether a symbol exists only from its declaration on: `let`, `const`, `class`.
    #[must_use]
    pub fn begins_at_declaration(&self, symbol: SymbolId) -> bool {
        self.symbols[symbol.index()].begins_at_declaration
    }

    /// Whether a symbol keeps its first value: `const`.
    #[must_use]
    pub fn is_constant(&self, symbol: SymbolId) -> bool {
        self.symbols[symbol.index()].is_constant
    }

    /// The place that declares the symbol.
    #[must_use]
    pub fn binding(&self, symbol: SymbolId) -> Option<NodeId> {
        self.symbols[symbol.index()].binding
    }

    /// Every place that names the symbol, declarations aside.
    #[must_use]
    pub fn references(&self, symbol: SymbolId) -> &[NodeId] {
        let (start, end) = self.symbols[symbol.index()].references;
        &self.references[start as usize..end as usize]
    }

    /// The value of a symbol that gets one value only.
    #[must_use]
    pub fn only_value(&self, symbol: SymbolId) -> Option<NodeId> {
        let symbol = &self.symbols[symbol.index()];
        symbol.value.filter(|_| symbol.writes == 1)
    }

    /// Whether a symbol gets one value at most, seen or not.
    pub(super) fn is_written_once(&self, symbol: SymbolId) -> bool {
        self.symbols[symbol.index()].writes <= 1
    }

    /// How many names occur in the script.
    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// The word of a name that occurs in the script.
    pub(super) fn find_word(&self, name: &str) -> Option<Word> {
        self.words.find(name)
    }

    /// Every member, undeclared variable, property or destructured property of that name.
    pub fn named(&self, name: &str) -> &[NodeId] {
        self.find_word(name).map_or(&[], |word| self.named_by(word.0 as usize))
    }

    /// The nodes that bear the name of a word; none of one that came later.
    fn named_by(&self, word: usize) -> &[NodeId] {
        let start = |word: usize| self.named_starts.get(word).map_or(self.named.len(), |start| *start as usize);
        &self.named[start(word)..start(word + 1)]
    }

    /// The only place that gives members of that name a value, whatever they are members of: a property, or the member that is
    /// assigned to.
    pub(super) fn only_definition(&self, name: Word) -> Option<NodeId> {
        match self.definitions[name.0 as usize] {
            Definition::Here(id) => Some(id),
            Definition::Nowhere | Definition::Lost => None,
        }
    }

    /// Notes each value that each symbol gets.
    fn collect_values(&mut self) {
        for id in self.nodes() {
            match self.kind(id) {
                Kind::Declare => {
                    let in_each = self.kind(self.parent(id)) == Kind::Each;
                    let value = self.child(id, 1);
                    if let Some(target) = self.child(id, 0)
                        && (value.is_some() || in_each || self.kind(target) == Kind::Pattern)
                    {
                        self.assign(target, value.filter(|_| !in_each));
                    }
                }
                Kind::Assign { plain } => {
                    if let Some(target) = self.child(id, 0).filter(|&target| !self.is_imported_again(target)) {
                        let value = self.child(id, 1).filter(|_| plain);
                        self.assign(target, value);
                    }
                }
                Kind::Function { .. } | Kind::Class => {
                    if let Some(name) = self.child(id, 0).filter(|&child| matches!(self.kind(child), Kind::Binding { .. })) {
                        self.assign(name, Some(id));
                    }
                }
                Kind::Update | Kind::Each | Kind::Parameter(_) | Kind::Catch | Kind::ImportName(_) => {
                    if let Some(target) = self.child(id, 0).filter(|&target| self.kind(target) != Kind::Declare) {
                        self.assign(target, None);
                    }
                }
                Kind::Binding { symbol: Some(symbol), .. } => {
                    self.symbols[symbol.index()].binding.get_or_insert(id);
                }
                _ => {}
            }
        }
    }

    /// Whether an assignment only lets a module's variable hold the module in the form of ES: `a = __importDefault(a)`.
    fn is_imported_again(&self, target: NodeId) -> bool {
        let value = self.child(self.parent(target), 1).filter(|&value| self.kind(value) == Kind::Call);
        let imported = value.and_then(|call| self.imported(call));
        imported.is_some_and(|module| self.symbol(module).is_some() && self.symbol(module) == self.symbol(target))
    }

    /// The module that a compiler's helper gives back in the form of ES: its `default` is what the module is.
    pub(super) fn imported(&self, call: NodeId) -> Option<NodeId> {
        let (Kind::Name { name, .. } | Kind::Member(name)) = self.kind(self.child(call, 0)?) else { return None };
        IMPORTERS.contains(&self.word(name)).then(|| self.child(call, 1))?
    }

    /// Notes that `target` gets `value`; names inside a pattern get something unseen.
    fn assign(&mut self, target: NodeId, value: Option<NodeId>) {
        match self.kind(target) {
            Kind::Name { symbol: Some(symbol), .. } | Kind::Binding { symbol: Some(symbol), .. } => {
                let symbol = &mut self.symbols[symbol.index()];
                symbol.writes += 1;
                symbol.value = value;
            }
            Kind::Pattern | Kind::Default => {
                for id in self.subtree(target) {
                    if let Kind::Binding { symbol: Some(symbol), .. }
                    | Kind::Name { symbol: Some(symbol), access: Access::Write, .. } = self.kind(id)
                    {
                        self.symbols[symbol.index()].writes += 1;
                    }
                }
            }
            _ => {}
        }
    }

    fn collect_references(&mut self) {
        let symbol_of = |node: &Node| match node.kind {
            Kind::Name { symbol, .. } => symbol.map(SymbolId::index),
            _ => None,
        };
        let (starts, references) = group(&self.nodes, self.symbols.len(), symbol_of);
        for (symbol, bounds) in self.symbols.iter_mut().zip(starts.windows(2)) {
            symbol.references = (bounds[0], bounds[1]);
        }
        self.references = references;
    }

    fn collect_definitions(&mut self) {
        self.definitions = (0..self.words.len()).map(|word| self.definition(word)).collect();
    }

    /// Where members of the word's name get their value; `null` is a promise of one.
    fn definition(&self, word: usize) -> Definition {
        let mut definition = Definition::Nowhere;
        for &id in self.named_by(word) {
            let value = match self.kind(id) {
                Kind::Property(_) => self.last_child(id),
                Kind::Member(_) => {
                    let holder = self.parent(id);
                    let is_target = self.child(holder, 0) == Some(id);
                    match self.kind(holder) {
                        Kind::Assign { plain: true } if is_target => self.child(holder, 1),
                        Kind::Assign { .. } | Kind::Update | Kind::Delete | Kind::Default | Kind::Each if is_target => None,
                        Kind::Pattern | Kind::PatternProperty(_) => None,
                        _ => continue,
                    }
                }
                _ => continue,
            };
            if value.is_some_and(|value| self.kind(value) == Kind::Null) {
                continue;
            }
            definition = match (definition, value) {
                (Definition::Nowhere, Some(_)) => Definition::Here(id),
                // A field that a class declares gets its value later.
                (before, None) if matches!(self.kind(id), Kind::Property(_)) => before,
                _ => return Definition::Lost,
            };
        }
        definition
    }

    /// Adds nodes that bear a name, given word by word and in order, to those that do.
    fn add_names(&mut self, added: &[(u32, NodeId)]) {
        let mut added = added.iter().copied().peekable();
        let mut named = Vec::with_capacity(self.named.len() + added.len());
        let mut starts = Vec::with_capacity(self.words.len() + 1);
        for word in 0..self.words.len() {
            starts.push(named.len() as u32);
            let mut before = self.named_by(word);
            while let Some((_, id)) = added.next_if(|&(to, _)| to as usize == word) {
                let (first, rest) = before.split_at(before.partition_point(|&other| other < id));
                named.extend_from_slice(first);
                named.push(id);
                before = rest;
            }
            named.extend_from_slice(before);
        }
        starts.push(named.len() as u32);
        (self.named_starts, self.named) = (starts, named);
    }

    fn collect_names(&mut self) {
        let word_of = |node: &Node| match node.kind {
            Kind::Member(word)
            | Kind::Name { name: word, symbol: None, .. }
            | Kind::Property(Some(word))
            | Kind::PatternProperty(Some(word)) => Some(word.0 as usize),
            _ => None,
        };
        (self.named_starts, self.named) = group(&self.nodes, self.words.len(), word_of);
    }
}

/// Sorts the nodes that have a group by it, keeping their order; where each group starts, and one more.
fn group(nodes: &[Node], groups: usize, group_of: impl Fn(&Node) -> Option<usize>) -> (Vec<u32>, Vec<NodeId>) {
    let mut starts = vec![0u32; groups + 1];
    for group in nodes.iter().filter_map(&group_of) {
        starts[group + 1] += 1;
    }
    for group in 1..starts.len() {
        starts[group] += starts[group - 1];
    }
    let mut next = starts.clone();
    let mut sorted = vec![NodeId(0); starts[groups] as usize];
    for (at, node) in nodes.iter().enumerate() {
        if let Some(group) = group_of(node) {
            sorted[next[group] as usize] = NodeId(at as u32);
            next[group] += 1;
        }
    }
    (starts, sorted)
}
