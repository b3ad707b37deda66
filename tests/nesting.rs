//! Scripts put together at random from what changes how a script is read, with brackets behind it that nest without end: whatever
//! hides them from the scan for depth, the parser must not get to them and overflow its stack.

use std::thread;

use kommo_preflight::package::Bounds;
use kommo_preflight::syntax::Fragment;
use kommo_preflight::syntax::script::{Form, parse};

/// How many scripts are tried.
const SCRIPTS: u64 = 6_000;
/// How often a script's bracket is repeated.
const LEVELS: usize = 40_000;
/// Bytes of stack: more than a script within bounds takes in unoptimised code, and less than such a nest takes in any.
const STACK: usize = 4 << 20;

/// Pieces that the scan and the parser could read in two ways: what opens and ends texts, comments, regular expressions, types and
/// statements, and what decides between them.
const PIECES: &[&str] = &[
    "a",
    "b ",
    "1",
    "1.",
    ".5",
    "1.a",
    "0x1",
    "1e3",
    "1n",
    "a.b",
    "a?.b",
    "a!",
    "é",
    "\\u0061",
    "\\",
    "#a",
    "@a ",
    "$",
    "_",
    "'",
    "\"",
    "`",
    "''",
    "'\\'",
    "'\\\n'",
    "'\\\r\n'",
    "'\u{2028}'",
    "\"//\"",
    "`${",
    "}`",
    "`/*`",
    "a`b`",
    "a`${b}`",
    "/",
    "/=",
    "//",
    "/*",
    "*/",
    "/**/",
    "/*\n*/",
    "// '\n",
    "// `\u{2028}",
    "<!--",
    "-->",
    "\n-->",
    "#!",
    "<!-- '\n",
    "/a/",
    "/'/",
    "/[/]/",
    "/[[a]']/v",
    "/\\//",
    "/(/",
    "/a/g",
    "/`/",
    "/\"/ /",
    "/[']/",
    "/(?:')/",
    "\n",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{2029}",
    "\u{a0}",
    "\u{feff}",
    " ",
    "\t",
    "\u{c}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "()",
    "[]",
    "{}",
    "<>",
    "({})",
    "({",
    "})",
    "(function () {",
    "=> {",
    "() => {}",
    ";",
    ",",
    ":",
    "?",
    "=",
    "=>",
    "==",
    "!",
    "~",
    "+",
    "-",
    "++",
    "--",
    "*",
    "**",
    "%",
    "&&",
    "||",
    "??",
    "?.",
    "...",
    ".",
    "..",
    "<<",
    ">>",
    "<=",
    ">=",
    "a<b>",
    "a<b,",
    "a as ",
    "a satisfies ",
    "<T>",
    "<T,>(",
    "a: b<",
    "a?: ",
    "!: ",
    "if (a) ",
    "if (a) b; ",
    "else ",
    "else if (a) ",
    "for (;;) ",
    "for (a of ",
    "for await (",
    "while (a) ",
    "do ",
    "do a; while (b) ",
    "with (a) ",
    "switch (a) {",
    "case a: ",
    "default: ",
    "try {} catch {}",
    "finally ",
    "a: ",
    "break\n",
    "continue ",
    "debugger\n",
    "return ",
    "throw ",
    "typeof ",
    "void ",
    "delete ",
    "new ",
    "in ",
    "of ",
    "instanceof ",
    "await ",
    "yield ",
    "async ",
    "let ",
    "var ",
    "const ",
    "var a = ",
    "let a\n",
    "function ",
    "function a() {}",
    "function* a() {",
    "x = function () {}",
    "class ",
    "class A {}",
    "class A extends ",
    "class A { a = ",
    "class A { static {",
    "x = class {}",
    "class A implements ",
    "get ",
    "set ",
    "static ",
    "import ",
    "import 'a'\n",
    "import a from 'b'\n",
    "import * as a from ",
    "export ",
    "export default ",
    "export { a as b }",
    "type A = ",
    "interface A {",
    "enum A {",
    "declare ",
    "abstract class A {",
    "namespace A {",
    "keyof ",
    "readonly ",
    "infer ",
    "is ",
    "<a>",
    "</a>",
    "<a b={",
    "<a>{",
    "<a/>",
    "'use strict'\n",
    "a()\n",
    "a[b]",
    "a(b)",
    "new A",
    "new.target",
    "import.meta",
    "this",
    "super",
];

/// What is repeated behind them.
const NESTS: &[&str] = &[
    "[",
    "(",
    "{",
    "a(",
    "a[",
    "`${",
    "{a:",
    "[[",
    "({",
    "(a=>",
    "f(function(){",
    "/(/,(",
    "<a>",
    "a<b<",
    "- ",
    "!",
    "a+",
    "a.b",
    "a?b:",
    "if(a)",
    "a=>",
    "new ",
    "[']',",
    "[/'/,",
    "(/*(*/",
    "a as b<",
    "else ",
    "typeof ",
    "a?.[",
    "...[",
];

/// A row of numbers that looks random and is the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<'p>(&mut self, pieces: &[&'p str]) -> &'p str {
        pieces[self.below(pieces.len())]
    }
}

fn script(seed: u64) -> String {
    // Small seeds would give much the same first numbers.
    let mut numbers = Numbers(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let before = 1 + numbers.below(6);
    let mut text: String = (0..before).map(|_| numbers.one(PIECES)).collect();
    text += &numbers.one(NESTS).repeat(LEVELS);
    text
}

#[test]
fn no_nest_reaches_the_parser_unseen() {
    let nesting = Bounds::default().nesting as u32;
    for seed in 0..SCRIPTS {
        // Where a stack overflows, the program ends with the thread's name.
        let named = thread::Builder::new().name(format!("script {seed}")).stack_size(STACK);
        let read = move || {
            _ = parse(&Fragment::verbatim(&script(seed), 0), Form::Program, nesting);
        };
        named.spawn(read).expect("a thread starts").join().unwrap_or_else(|_| panic!("script {seed}: {:.100}", script(seed)));
    }
}
