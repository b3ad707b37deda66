//! From oxc's tree to ours.

use super::tree::{Access, Kind, Node, Symbol, SymbolId, Tree};
use super::words::{Word, Words};
use crate::syntax::Span;
use oxc_ast::AstKind;
use oxc_ast::ast::{AssignmentOperator, BinaryOperator, Expression, LogicalOperator, PropertyKey, UnaryOperator};
use oxc_semantic::{AstNodes, Scoping};
use oxc_span::GetSpan;
use oxc_syntax::symbol::SymbolFlags;

/// Copies what the rules need out of a script's nodes, which stand parents first and in source order. Also says where the first of
/// TypeScript's modifiers stands, which the parser takes in any script.
pub(super) fn lower(nodes: &AstNodes<'_>, scoping: &Scoping) -> (Tree, Option<Span>) {
    let mut lowering = Lowering {
        scoping,
        nodes: Vec::with_capacity(nodes.len()),
        parameters: Vec::new(),
        words: Words::default(),
        typescript: None,
    };
    // For each node of oxc's tree ours: itself, or the one that a transparent node's children belong to.
    let mut ours: Vec<u32> = Vec::with_capacity(nodes.len());
    for (id, node) in nodes.iter_enumerated() {
        let parent = ours.get(nodes.parent_id(id).index()).copied().unwrap_or_default();
        let kind = node.kind();
        ours.push(if is_transparent(&kind) { parent } else { lowering.add(&kind, parent) });
    }
    lowering.close();
    let symbols = scoping.symbol_ids().map(|id| {
        let flags = scoping.symbol_flags(id);
        let begins_at_declaration = flags.intersects(SymbolFlags::BlockScopedVariable | SymbolFlags::Class);
        Symbol { begins_at_declaration, is_constant: flags.contains(SymbolFlags::ConstVariable), ..Symbol::default() }
    });
    (Tree::new(lowering.nodes, lowering.words, symbols.collect()), lowering.typescript)
}

struct Lowering<'s> {
    scoping: &'s Scoping,
    nodes: Vec<Node>,
    /// The functions whose parameters are being read, outermost first, with the parameters seen in each.
    parameters: Vec<(u32, u16)>,
    words: Words,
    /// The first of TypeScript's modifiers.
    typescript: Option<Span>,
}

impl Lowering<'_> {
    /// Adds a node that has no children yet, and says where.
    fn add(&mut self, kind: &AstKind<'_>, parent: u32) -> u32 {
        let span = kind.span();
        let kind = self.kind(kind, parent);
        let at = self.nodes.len() as u32;
        self.nodes.push(Node { kind, span: Span::new(span.start, span.end), parent, end: at + 1 });
        at
    }

    /// Lets each node end where the last of its descendants does.
    fn close(&mut self) {
        for at in (1..self.nodes.len()).rev() {
            let Node { parent, end, .. } = self.nodes[at];
            let parent = &mut self.nodes[parent as usize];
            parent.end = parent.end.max(end);
        }
    }

    fn kind(&mut self, kind: &AstKind<'_>, parent: u32) -> Kind {
        match kind {
            AstKind::Program(_) => Kind::Program,
            AstKind::StringLiteral(_) => Kind::Text,
            AstKind::TemplateLiteral(_) => Kind::Template,
            AstKind::TemplateElement(_) => Kind::Chunk,
            AstKind::NumericLiteral(_) | AstKind::BigIntLiteral(_) => Kind::Number,
            AstKind::BooleanLiteral(literal) => Kind::Boolean(literal.value),
            AstKind::NullLiteral(_) => Kind::Null,
            AstKind::RegExpLiteral(_) => Kind::Regex,
            AstKind::IdentifierReference(name) => {
                let reference = name.reference_id.get().map(|id| self.scoping.get_reference(id));
                let access = match reference {
                    Some(reference) if reference.is_write() && reference.is_read() => Access::ReadWrite,
                    Some(reference) if reference.is_write() => Access::Write,
                    _ => Access::Read,
                };
                let symbol = reference.and_then(|reference| reference.symbol_id());
                let symbol = symbol.and_then(|symbol| SymbolId::from_index(symbol.index()));
                Kind::Name { name: self.word(&name.name), symbol, access }
            }
            AstKind::BindingIdentifier(name) => {
                let symbol = name.symbol_id.get().and_then(|symbol| SymbolId::from_index(symbol.index()));
                Kind::Binding { name: self.word(&name.name), symbol }
            }
            AstKind::ThisExpression(_) => Kind::This,
            AstKind::StaticMemberExpression(member) => Kind::Member(self.word(&member.property.name)),
            AstKind::PrivateFieldExpression(member) => Kind::Member(self.private_word(&member.field.name)),
            AstKind::ComputedMemberExpression(member) => match &member.expression {
                Expression::StringLiteral(key) => Kind::Member(self.word(&key.value)),
                Expression::TemplateLiteral(key) => key.single_quasi().map_or(Kind::Index, |key| Kind::Member(self.word(&key))),
                _ => Kind::Index,
            },
            AstKind::CallExpression(_) => Kind::Call,
            AstKind::NewExpression(_) => Kind::New,
            AstKind::ImportExpression(_) => Kind::Import,
            AstKind::Function(function) => Kind::Function { arrow: false, asynchronous: function.r#async },
            AstKind::ArrowFunctionExpression(arrow) => Kind::Function { arrow: true, asynchronous: arrow.r#async },
            AstKind::FormalParameter(_) | AstKind::FormalParameterRest(_) => Kind::Parameter(self.next_parameter(parent)),
            AstKind::FunctionBody(_) => Kind::Body,
            AstKind::Class(_) => Kind::Class,
            AstKind::ObjectExpression(_) => Kind::Object,
            AstKind::ObjectProperty(property) => Kind::Property(self.key(&property.key)),
            AstKind::MethodDefinition(method) => {
                if method.accessibility.is_some() || method.r#override {
                    self.note_modifier(method.span, &method.key);
                }
                Kind::Property(self.key(&method.key))
            }
            AstKind::PropertyDefinition(property) => {
                if property.accessibility.is_some() || property.r#override || property.readonly || property.declare {
                    self.note_modifier(property.span, &property.key);
                }
                Kind::Property(self.key(&property.key))
            }
            AstKind::AccessorProperty(property) => Kind::Property(self.key(&property.key)),
            AstKind::SpreadElement(_) => Kind::Spread,
            AstKind::ArrayExpression(_) => Kind::Array,
            AstKind::BinaryExpression(binary) => match binary.operator {
                BinaryOperator::Addition => Kind::Add,
                BinaryOperator::Equality
                | BinaryOperator::Inequality
                | BinaryOperator::StrictEquality
                | BinaryOperator::StrictInequality => Kind::Compare,
                _ => Kind::Operation,
            },
            AstKind::LogicalExpression(logical) => Kind::Either { and: logical.operator == LogicalOperator::And },
            AstKind::ConditionalExpression(_) => Kind::Conditional,
            AstKind::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::LogicalNot => Kind::Not,
                UnaryOperator::UnaryNegation => Kind::Minus,
                UnaryOperator::Typeof => Kind::Typeof,
                UnaryOperator::Void => Kind::Void,
                UnaryOperator::Delete => Kind::Delete,
                UnaryOperator::UnaryPlus | UnaryOperator::BitwiseNot => Kind::Other,
            },
            AstKind::UpdateExpression(_) => Kind::Update,
            AstKind::AssignmentExpression(assignment) => {
                Kind::Assign { plain: assignment.operator == AssignmentOperator::Assign }
            }
            AstKind::VariableDeclarator(_) => Kind::Declare,
            AstKind::ObjectPattern(_)
            | AstKind::ArrayPattern(_)
            | AstKind::ObjectAssignmentTarget(_)
            | AstKind::ArrayAssignmentTarget(_)
            | AstKind::BindingRestElement(_)
            | AstKind::AssignmentTargetRest(_) => Kind::Pattern,
            AstKind::BindingProperty(property) => Kind::PatternProperty(self.key(&property.key)),
            AstKind::AssignmentTargetPropertyProperty(property) => Kind::PatternProperty(self.key(&property.name)),
            AstKind::AssignmentTargetPropertyIdentifier(property) => {
                Kind::PatternProperty(Some(self.word(&property.binding.name)))
            }
            AstKind::AssignmentPattern(_) | AstKind::AssignmentTargetWithDefault(_) => Kind::Default,
            AstKind::SequenceExpression(_) => Kind::Sequence,
            AstKind::AwaitExpression(_) | AstKind::YieldExpression(_) => Kind::Await,
            AstKind::TaggedTemplateExpression(_) => Kind::Tagged,
            AstKind::ExpressionStatement(_) => Kind::Statement,
            AstKind::ReturnStatement(_) => Kind::Return,
            AstKind::ThrowStatement(_) => Kind::Throw,
            AstKind::IfStatement(_) => Kind::If,
            AstKind::ForStatement(_) | AstKind::WhileStatement(_) | AstKind::DoWhileStatement(_) => Kind::Loop,
            AstKind::ForInStatement(_) | AstKind::ForOfStatement(_) => Kind::Each,
            AstKind::WithStatement(_) => Kind::With,
            AstKind::TryStatement(_) => Kind::Try,
            AstKind::CatchClause(_) => Kind::Catch,
            AstKind::BlockStatement(_) => Kind::Block,
            AstKind::DebuggerStatement(_) => Kind::Debugger,
            AstKind::Directive(_) => Kind::Directive,
            AstKind::ImportDeclaration(_) | AstKind::ExportFromDeclaration(_) | AstKind::ExportAllDeclaration(_) => {
                Kind::ImportFrom
            }
            AstKind::ImportSpecifier(specifier) => Kind::ImportName(Some(self.word(specifier.imported.name().as_str()))),
            AstKind::ImportDefaultSpecifier(_) | AstKind::ImportNamespaceSpecifier(_) => Kind::ImportName(None),
            AstKind::ExportDeclaration(_) | AstKind::ExportNamedDeclaration(_) | AstKind::ExportDefaultDeclaration(_) => {
                Kind::Export
            }
            _ => Kind::Other,
        }
    }

    fn word(&mut self, text: &str) -> Word {
        self.words.add(text)
    }

    fn note_modifier(&mut self, member: oxc_span::Span, key: &PropertyKey<'_>) {
        self.typescript.get_or_insert(Span::new(member.start, key.span().start));
    }

    /// A private name keeps its `#`: it is never the public name of the same letters.
    fn private_word(&mut self, name: &str) -> Word {
        self.word(&format!("#{name}"))
    }

    fn key(&mut self, key: &PropertyKey<'_>) -> Option<Word> {
        match key {
            PropertyKey::StaticIdentifier(name) => Some(self.word(&name.name)),
            PropertyKey::PrivateIdentifier(name) => Some(self.private_word(&name.name)),
            PropertyKey::StringLiteral(text) => Some(self.word(&text.value)),
            PropertyKey::TemplateLiteral(text) => text.single_quasi().map(|text| self.word(&text)),
            PropertyKey::NumericLiteral(number) => Some(self.word(&number.value.to_string())),
            _ => None,
        }
    }

    /// The position of the next parameter of a function.
    fn next_parameter(&mut self, function: u32) -> u16 {
        // Functions inside of a parameter's default value are over.
        while self.parameters.pop_if(|&mut (open, _)| open > function).is_some() {}
        if self.parameters.last().is_none_or(|&(open, _)| open != function) {
            self.parameters.push((function, 0));
        }
        let Some((_, seen)) = self.parameters.last_mut() else { return 0 };
        *seen = seen.saturating_add(1);
        *seen - 1
    }
}

/// Whether a node says nothing of its own: its children become its parent's.
fn is_transparent(kind: &AstKind<'_>) -> bool {
    matches!(
        kind,
        AstKind::IdentifierName(_)
            | AstKind::PrivateIdentifier(_)
            | AstKind::ChainExpression(_)
            | AstKind::FormalParameters(_)
            | AstKind::ClassBody(_)
            | AstKind::CatchParameter(_)
            | AstKind::VariableDeclaration(_)
            | AstKind::ParenthesizedExpression(_)
    )
}
