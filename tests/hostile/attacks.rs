//! The known attacks on a reader of archives, pictures and source texts.

use std::path::Path;

use crate::archive::{Entry, archive};
use serde_json::json;

/// An archive that means harm.
pub struct Attack {
    /// What it does, in kebab case.
    pub name: String,
    /// The archive.
    pub bytes: Vec<u8>,
    /// What the report has to name.
    pub named: Named,
}

/// What a report has to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// An entry of `not_examined` with this code.
    Code(&'static str),
    /// Text in a finding or in evidence of `archive-files`.
    Oddity(&'static str),
    /// That no package could be read.
    Unreadable,
    /// Nothing: it is read as any other.
    Nothing,
}

/// A script that is sound, is found guilty in any case, and reaches every file that attacks are put into.
const CANARY: &str =
    "define(['./js/target.js'], function () {\n  debugger;\n  return '/target.css /target.twig /target.png';\n});\n";

/// A small widget with `extra` entries after its own.
fn widget(extra: impl IntoIterator<Item = Entry>) -> Vec<u8> {
    let manifest = br#"{"widget":{"name":"widget.name","locale":["en"]},"locations":["settings"],"settings":{}}"#;
    let own = [
        Entry::new("manifest.json", manifest),
        Entry::new("script.js", CANARY.as_bytes()),
        Entry::new("i18n/en.json", br#"{"widget":{"name":"Notes via Aurora"}}"#),
    ];
    archive(&own.into_iter().chain(extra).collect::<Vec<_>>())
}

/// Every attack by its maker: they are made one at a time, since some are large.
pub fn attacks() -> Vec<Box<dyn Fn() -> Attack>> {
    let mut all: Vec<Box<dyn Fn() -> Attack>> = Vec::new();
    add_archives(&mut all);
    add_names(&mut all);
    add_pictures(&mut all);
    add_nesting(&mut all);
    add_masses(&mut all);
    all
}

fn add(all: &mut Vec<Box<dyn Fn() -> Attack>>, name: impl Into<String>, named: Named, make: impl Fn() -> Vec<u8> + 'static) {
    let name = name.into();
    all.push(Box::new(move || Attack { name: name.clone(), bytes: make(), named }));
}

const MIB: u32 = 1 << 20;

fn add_archives(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    add(all, "bomb-declared", Named::Code("file-too-large"), || widget([Entry::zeros("js/target.js", 300 * MIB)]));
    add(all, "bomb-lying", Named::Code("damaged-entry"), || {
        widget([Entry { size: 10, ..Entry::zeros("js/target.js", 300 * MIB) }])
    });
    add(all, "bomb-in-parts", Named::Code("archive-too-large"), || {
        widget((0..8).map(|number| Entry::zeros(&format!("part{number}.bin"), 60 * MIB)))
    });
    add(all, "bomb-overlapping", Named::Code("archive-too-large"), || {
        let first = Entry::zeros("images/0.png", MIB);
        let (crc, size) = (first.crc, first.size);
        let others =
            (1..500).map(move |number| Entry { crc, size, body: None, ..Entry::new(format!("images/{number}.png"), b"") });
        widget(std::iter::once(first).chain(others))
    });
    add(all, "bomb-nested", Named::Code("nested-archive"), || {
        let inner =
            (0..6).fold(archive(&[Entry::zeros("zeros", 50 * MIB)]), |inner, _| archive(&[Entry::new("inner.zip", &inner)]));
        widget([Entry::new("inner.zip", &inner)])
    });
    add(all, "entries-65000", Named::Code("too-many-entries"), || {
        widget((0..65_000).map(|number| Entry { method: 0, body: Some(Vec::new()), ..Entry::new(format!("f/{number}"), b"") }))
    });
    add(all, "encrypted", Named::Code("encrypted"), || widget([Entry { flags: 1, ..Entry::new("js/target.js", b"1") }]));
    add(all, "encrypted-whole", Named::Unreadable, || archive(&[Entry { flags: 1, ..Entry::new("manifest.json", b"{}") }]));
    for method in [1, 9, 12, 14, 93, 98, 999] {
        add(all, format!("method-{method}"), Named::Code("unsupported-method"), move || {
            widget([Entry { method, ..Entry::new("js/target.js", b"1") }])
        });
    }
    add(all, "wrong-checksum", Named::Code("damaged-entry"), || widget([Entry { crc: 1, ..Entry::new("js/target.js", b"1") }]));
    add(all, "link", Named::Code("link"), || {
        widget([Entry { attributes: 0o120_777 << 16, ..Entry::new("js/target.js", b"/etc/passwd") }])
    });
    add(all, "broken-deflate", Named::Code("damaged-entry"), || {
        widget([Entry { body: Some(vec![0xFF; 99]), ..Entry::new("js/target.js", b"1") }])
    });
    add(all, "data-around", Named::Oddity("in bytes"), || [b"MZ before ".to_vec(), widget([]), b" after".to_vec()].concat());
    add(all, "duplicates-5000", Named::Oddity("more than once"), || {
        widget((0..5_000).map(|number| Entry::new("js/target.js", format!("a = {number};").as_bytes())))
    });
    add(all, "folders-9000", Named::Nothing, || {
        widget((0..9_000).map(|number| Entry { method: 0, body: Some(Vec::new()), ..Entry::new(format!("f{number}/"), b"") }))
    });
    add(all, "size-understated", Named::Code("damaged-entry"), || {
        widget([Entry { size: 1, ..Entry::new("js/target.js", b"a = 1;") }])
    });
    add(all, "size-overstated", Named::Nothing, || widget([Entry { size: u32::MAX, ..Entry::new("js/target.js", b"a = 1;") }]));
    add(all, "count-understated", Named::Code("unlisted-entries"), || changed_end(8, &[3, 0, 3, 0]));
    add(all, "count-overstated", Named::Unreadable, || changed_end(8, &[0xFE, 0xFF, 0xFE, 0xFF]));
    add(all, "list-elsewhere", Named::Unreadable, || changed_end(16, &[0xFF, 0xFF, 0xFF, 0x7F]));
    add(all, "list-size-overstated", Named::Nothing, || changed_end(12, &[0xFF, 0xFF, 0xFF, 0x7F]));
    add(all, "several-disks", Named::Unreadable, || changed_end(4, &[7, 0, 7, 0]));
    add(all, "file-and-folder", Named::Nothing, || widget([Entry::new("js", b"1"), Entry::new("js/target.js", b"a = 1;")]));
    add(all, "not-a-zip", Named::Unreadable, || vec![7; 100_000]);
    add(all, "empty", Named::Unreadable, Vec::new);
    add(all, "end-record-only", Named::Unreadable, || archive(&[]));
    for percent in 1..100 {
        let sound = || widget([Entry::new("js/target.js", &noise(20_000))]);
        add(all, format!("truncated-{percent}"), Named::Unreadable, move || {
            let bytes = sound();
            bytes[..bytes.len() * percent / 100].to_vec()
        });
    }
}

/// A sound archive, in whose end record other bytes stand from `at` on.
fn changed_end(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut archive = widget([Entry::new("js/target.js", b"a = 1;")]);
    let start = archive.len() - 22 + at;
    archive[start..start + bytes.len()].copy_from_slice(bytes);
    archive
}

fn add_names(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    let odd: [(&str, &[u8], Named); 11] = [
        ("absolute", b"/etc/passwd", Named::Oddity("starts at the root")),
        ("drive", b"C:\\Windows\\x.js", Named::Oddity("starts at the root")),
        ("parent", b"../../x.js", Named::Code("parent-path")),
        ("parent-inside", b"a/../../../x.js", Named::Code("parent-path")),
        ("backslash", b"js\\target.js", Named::Oddity("backslashes")),
        ("bidi", "js/\u{202E}gpj.js".as_bytes(), Named::Oddity("cannot be seen")),
        ("control", b"js/\x1b[2J\x07.js", Named::Oddity("cannot be seen")),
        ("nul", b"js/a\0.js", Named::Oddity("cannot be seen")),
        ("not-utf8", b"js/\xFF\xFE\xE9.js", Named::Oddity("not written in UTF-8")),
        ("duplicate", b"script.js", Named::Oddity("more than once")),
        ("markup", b"<img src=x onerror=alert(1)>.js", Named::Nothing),
    ];
    for (name, path, named) in odd {
        add(all, format!("name-{name}"), named, move || widget([Entry::new(path, CANARY.as_bytes())]));
    }
    add(all, "name-long", Named::Nothing, || {
        widget([Entry::new("a/".repeat(30_000), b""), Entry::new("b".repeat(60_000), b"1")])
    });
    add(all, "name-mismatch", Named::Oddity("where its content stands"), || {
        widget([Entry { local_name: Some(b"evil.js".to_vec()), ..Entry::new("js/target.js", b"1") }])
    });
}

fn add_pictures(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    add(all, "png-2-gigapixels", Named::Code("image-too-large"), || picture(&png(50_000, 50_000, b"", &[])));
    add(all, "png-bomb", Named::Nothing, || picture(&png(7_000, 7_000, &zlib_zeros(7_000 * 7_001), &[])));
    add(all, "png-bomb-too-large", Named::Code("image-too-large"), || {
        picture(&png(20_000, 20_000, &zlib_zeros(200_000_000), &[]))
    });
    for kind in [b"zTXt", b"iCCP", b"iTXt"] {
        let name = format!("png-bomb-{}", String::from_utf8_lossy(kind));
        add(all, name, Named::Nothing, move || {
            let data = [b"name\0\0".as_slice(), &zlib_zeros(300_000_000)].concat();
            picture(&png(10, 10, &zlib_zeros(110), &[(kind, &data)]))
        });
    }
    add(all, "png-one-row", Named::Nothing, || picture(&png(40_000_000, 1, &zlib_zeros(40_000_001), &[])));
    add(all, "png-bomb-tEXt", Named::Nothing, || picture(&png(10, 10, &zlib_zeros(110), &[(b"tEXt", &vec![b'a'; 30_000_000])])));
    add(all, "png-bomb-rows", Named::Nothing, || picture(&png(10, 10, &zlib_zeros(300_000_000), &[])));
    add(all, "png-no-pixels", Named::Nothing, || picture(&png(0, 0, b"", &[])));
    add(all, "png-huge-side", Named::Code("image-too-large"), || picture(&png(u32::MAX, u32::MAX, b"", &[])));
    add(all, "jpeg-huge-side", Named::Nothing, || {
        picture(b"\xFF\xD8\xFF\xE0\0\x02\xFF\xC0\0\x11\x08\xFF\xFF\xFF\xFF\x03\x01\x22\0\x02\x11\x01\x03\x11\x01")
    });
    add(all, "png-many-chunks", Named::Nothing, || {
        let chunk: (&[u8; 4], &[u8]) = (b"tEXt", b"");
        picture(&png(10, 10, &zlib_zeros(110), &vec![chunk; 500_000]))
    });
}

/// The widget with that picture as its logo.
fn picture(png: &[u8]) -> Vec<u8> {
    widget([Entry::new("images/logo.png", png), Entry::new("target.png", png)])
}

/// A grey PNG of 8 bits with `data` as its compressed pixels.
fn png(width: u32, height: u32, data: &[u8], extra: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let checked = [kind.as_slice(), data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(&checked);
        bytes.extend(crc32fast::hash(&checked).to_be_bytes());
    };
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat());
    for (kind, data) in extra {
        chunk(kind, data);
    }
    chunk(b"IDAT", data);
    chunk(b"IEND", b"");
    bytes
}

fn zlib_zeros(length: usize) -> Vec<u8> {
    use std::io::Write;
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = vec![0; 1 << 20];
    let mut left = length;
    while left > 0 {
        let part = &piece[..left.min(piece.len())];
        zlib.write_all(part).expect("memory takes it");
        left -= part.len();
    }
    zlib.finish().expect("memory takes it")
}

/// Unoptimised code gets attacks that are so many times smaller: they take minutes else. Optimised code, and who has them written, gets them whole.
fn scale() -> usize {
    if cfg!(debug_assertions) && std::env::var_os("ATTACKS").is_none() { 8 } else { 1 }
}

/// How deep the nests go in whole attacks.
const DEEP: usize = 200_000;

/// A construct that nests: its name, what opens it, what stands inside, what closes it.
type Nest = (&'static str, &'static str, &'static str, &'static str);

/// Each construct that parsers of JavaScript recurse on.
const SCRIPT_NESTS: &[Nest] = &[
    ("brackets", "[", "", "]"),
    ("parentheses", "(", "1", ")"),
    ("objects", "({a:", "1", "})"),
    ("calls", "f(", "", ")"),
    ("callbacks", "f(function(){", "", "})"),
    ("functions", "function f(){", "", "}"),
    ("arrows", "a=>", "1", ""),
    ("arrow-blocks", "()=>{", "", "}"),
    ("async-arrows", "async()=>", "1", ""),
    ("blocks", "{", "", "}"),
    ("ifs", "if(a){", "", "}"),
    ("bare-ifs", "if(a)", ";", ""),
    ("else-ifs", "if(a){}else ", ";", ""),
    ("loops", "for(;;)", ";", ""),
    ("whiles", "while(a){", "", "}"),
    ("dos", "do ", ";", " while(a)"),
    ("labels", "a:", ";", ""),
    ("switches", "switch(a){case 1:", "", "}"),
    ("tries", "try{", "", "}catch{}"),
    ("classes", "class A{static{", "", "}}"),
    ("extends", "class A extends ", "B{}", "{}"),
    ("templates", "`${", "1", "}`"),
    ("members", "a.", "a", ""),
    ("member-calls", "a().", "a", ""),
    ("indices", "a[", "1", "]"),
    ("sums", "a+", "a", ""),
    ("powers", "a**", "a", ""),
    ("ands", "a&&", "a", ""),
    ("nullish", "a??", "a", ""),
    ("ternaries", "a?b:", "c", ""),
    ("assignments", "a=", "1", ""),
    ("sequences", "a,", "a", ""),
    ("unary", "!", "a", ""),
    ("minus", "- ", "a", ""),
    ("typeofs", "typeof ", "a", ""),
    ("news", "new ", "a", ""),
    ("patterns", "var[a=", "1", "]=b"),
    ("optional-chains", "a?.b(", "", ")"),
    ("optional-members", "a?.", "a", ""),
    ("index-chains", "[a]", ";[a]", ""),
    ("call-chains", "(a)", ";(a)", ""),
    ("tagged-templates", "`a`", ";`a`", ""),
    ("text-sums", "'a'+", "'a'", ""),
    ("comparisons", "a<", "a", ""),
    ("ors", "a||", "a", ""),
    ("ins", "a in ", "a", ""),
    ("ternary-branches", "a?", "b", ":c"),
    ("ternary-tests", "(a?b:c)?b:", "c", ""),
    ("voids", "void ", "a", ""),
    ("deletes", "delete ", "a.b", ""),
    ("increments", "++", "a", ""),
    ("spreads", "[...", "a", "]"),
    ("computed-keys", "({[", "1", "]:1})"),
    ("object-patterns", "({a:{", "", "}}=b)"),
    ("declared-patterns", "let{a:", "b", "}=c"),
    ("parameter-defaults", "(a=", "1", ")=>1"),
    ("getters", "({get a(){", "", "}})"),
    ("methods", "({a(){return ", "1", "}})"),
    ("class-fields", "(class{a=", "1", "})"),
    ("private-names", "(class{#a=", "1", "})"),
    ("imports", "import(", "'a'", ")"),
    ("awaits", "async()=>{", "await a", "}"),
    ("await-chains", "await ", "a", ""),
    ("generators", "function*f(){yield ", "", "}"),
    ("yield-chains", "yield ", "a", ""),
    ("throws", "try{throw a}catch{", "", "}"),
    ("finallys", "try{}finally{", "", "}"),
    ("withs", "with(a)", ";", ""),
    ("for-ins", "for(a in ", "b", ");"),
    ("for-ofs", "for(a of b)", ";", ""),
    ("cases", "switch(a){case b:default:", "", "}"),
    ("invoked", "(function(){", "", "})()"),
    ("bound-this", "(function(){", "", "}.bind(this))"),
    ("jquery-chains", "$(a).find(", "b", ")"),
    ("elements", "<a>", "x", "</a>"),
    ("element-attributes", "<a b={", "1", "}/>"),
    ("regex-groups", "/(?:", "a/", ""),
    ("regex-classes", "/[[", "a/v", ""),
    ("comments", "/*", "", "*/"),
    ("markup-texts", "'<div>'+", "'a'", ""),
    ("types", "a as ", "b", ""),
    ("type-arguments", "let a:b<", "c", ">"),
    ("apart-elements", "<a>;", "x", "</a>;"),
    ("elses", "if(a)b,c;else ", "d", ""),
    ("do-elses", "if(a)do b;while(c);else ", "d", ""),
];

/// Each construct that parsers of CSS recurse on.
const STYLE_NESTS: &[Nest] = &[
    ("rules", "a{", "", "}"),
    ("media", "@media x{", "a{b:c}", "}"),
    ("supports", "@supports (a:b){", "a{b:c}", "}"),
    ("scopes", "@scope (.a){", "a{b:c}", "}"),
    ("is", ":is(", "a", ")"),
    ("not", ":not(", "a", ")"),
    ("descendants", "a ", "a{b:c}", ""),
    ("selector-lists", "a,", "a{b:c}", ""),
    ("calc", "a{b:calc(", "1", ")}"),
    ("brackets", "a{b:[", "", "]}"),
    ("where", ":where(", "a", ")"),
    ("has", ":has(", "a", ")"),
    ("parents", "&{", "b:c", "}"),
    ("layers", "@layer a{", "a{b:c}", "}"),
    ("containers", "@container (a){", "a{b:c}", "}"),
    ("keyframes", "@keyframes a{", "", "}"),
    ("children", "a>", "a{b:c}", ""),
    ("attributes", "[a]", "{b:c}", ""),
    ("pseudo-classes", ":hover", "{b:c}", ""),
    ("variables", "a{b:var(--c,", "d", ")}"),
    ("urls", "a{b:url(", "d", ")}"),
    ("statements", "@import 'a';", "", ""),
    ("values", "a{b:{", "", "}}"),
    ("comments", "/*", "", "*/"),
];

/// Each construct that parsers of templates recurse on.
const TEMPLATE_NESTS: &[Nest] = &[
    ("elements", "<div>", "x", "</div>"),
    ("pictures", "<svg><g>", "x", "</g></svg>"),
    ("tables", "<table><tr><td>", "x", "</td></tr></table>"),
    ("ifs", "{% if a %}", "x", "{% endif %}"),
    ("blocks", "{% block a %}", "x", "{% endblock %}"),
    ("outputs", "{{ (", "x", ") }}"),
    ("unclosed-outputs", "{{ ", "x", ""),
    ("comments", "{# ", "x", " #}"),
    ("templates", "<script type=\"text/template\">", "x", "</script>"),
    ("attributes", "<a b='", "x", "'>"),
    ("unclosed-tags", "<a ", "x", ""),
    ("loops", "{% for a in b %}", "x", "{% endfor %}"),
    ("else-ifs", "{% if a %}{% elseif b %}", "x", "{% endif %}"),
    ("embeds", "{% embed 'a' %}", "x", "{% endembed %}"),
    ("verbatims", "{% verbatim %}", "x", "{% endverbatim %}"),
    ("filters", "{{ a", "|b", " }}"),
    ("filter-chains", "|b", " }}", ""),
    ("lists", "{{ [", "", "] }}"),
    ("hashes", "{{ {a:", "1", "} }}"),
    ("ternaries", "{{ a ? ", "b", " : c }}"),
    ("sums", "{{ a ~ ", "b", " }}"),
    ("scripts", "<script>", "x", "</script>"),
    ("styles", "<style>a{", "b:c", "}</style>"),
    ("html-comments", "<!--", "x", "-->"),
    ("cdata", "<![CDATA[", "x", "]]>"),
    ("forms", "<form><select><option>", "x", "</option></select></form>"),
    ("inner-documents", "<iframe srcdoc='<iframe>'>", "x", "</iframe>"),
    ("entities", "&amp;&#x26;", "x", ""),
];

/// Each construct that parsers of JSON recurse on, alone and where the manifest's own readers follow it.
const DATA_NESTS: &[Nest] = &[
    ("lists", "[", "", "]"),
    ("blocks", "{\"a\":", "1", "}"),
    ("mixed", "[{\"a\":", "1", "}]"),
    ("widgets", "{\"widget\":", "1", "}"),
    ("settings", "{\"settings\":{\"a\":", "1", "}}"),
    ("designers", "{\"salesbot_designer\":{\"settings\":", "1", "}}"),
    ("menus", "{\"left_menu\":{\"submenu\":", "1", "}}"),
];

fn add_nesting(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    let groups: [(&str, &str, &[Nest]); 5] = [
        ("js", "js/target.js", SCRIPT_NESTS),
        ("css", "target.css", STYLE_NESTS),
        ("twig", "target.twig", TEMPLATE_NESTS),
        ("json", "i18n/en.json", DATA_NESTS),
        ("manifest", "manifest.json", DATA_NESTS),
    ];
    for (language, path, nests) in groups {
        for (name, open, inside, close) in nests {
            for is_closed in [true, false] {
                let ending = if is_closed { "" } else { "-unclosed" };
                let close = if is_closed { *close } else { "" };
                add(all, format!("nest-{language}-{name}{ending}"), Named::Nothing, move || {
                    let deep = DEEP / scale();
                    let text = [open.repeat(deep), (*inside).to_owned(), close.repeat(deep)].concat();
                    widget([Entry::new(path, text.as_bytes())])
                });
            }
        }
    }
}

/// What nests unseen: types behind a word that begins them, and brackets behind what looks like the begin of a text.
const HEADED_NESTS: [(&str, &str, &str); 10] = [
    ("declared-types", "let a: ", "b<c,"),
    ("asserted-types", "a as ", "b<c,"),
    ("implemented-types", "class a implements ", "b<c,"),
    ("tags", "{{'}}", "["),
    ("line-separator", "// '\u{2028}", "["),
    ("page-comment", "<!-- `\n", "["),
    ("regex-after-break", "while (1) { break\n/'/.x(", "["),
    ("division-by-text", "x = class {}/'/'", "["),
    ("nested-classes", "x = /", "["),
    ("number-members", "1.", ".a"),
];

/// Code whose parts all have the same names, so that each of them may be compared with every other.
const ALIKE: [(&str, &str); 9] = [
    ("members", "b.innerHTML = `<b>${sum}$</b>`;\n"),
    ("variables", "var me = APP.constant('user'); me.name = 'x';\n"),
    ("functions", "function add(d) { d.createElement('script').src = u } add(document);\n"),
    ("loops", "for (var a of a) a.append('<script>f()</script>');\n"),
    ("requests", "this.x.open('post', u, false); this.x.send();\n"),
    ("promises", "window.addEventListener('unhandledrejection', f); fetch(u);\n"),
    ("callbacks", "var callbacks = {}; callbacks.render = render; this.callbacks = callbacks;\n"),
    ("awaits", "async function g() { await fetch(u) } g()\n"),
    ("fields", "new class { x = new XMLHttpRequest(); f() { this.x.open(m, u, false) } };\n"),
];

fn add_masses(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    let file = |path: &'static str, text: String| widget([Entry::new(path, text.as_bytes())]);
    for (name, statement) in ALIKE {
        add(all, format!("alike-{name}"), Named::Nothing, move || file("js/target.js", statement.repeat(20_000 / scale())));
    }
    for (name, head, open) in HEADED_NESTS {
        add(all, format!("nest-js-{name}"), Named::Nothing, move || {
            file("js/target.js", format!("{head}{}", open.repeat(DEEP / scale())))
        });
    }
    add(all, "findings-debugger", Named::Code("findings-limit"), move || {
        file("js/target.js", "debugger;\n".repeat(400_000 / scale()))
    });
    add(all, "findings-calls", Named::Nothing, move || file("js/target.js", "alert();a=b;x.y();\n".repeat(150_000 / scale())));
    add(all, "findings-rules", Named::Code(if scale() == 1 { "partly-examined" } else { "findings-limit" }), move || {
        file("target.css", "a{b:c}\n".repeat(400_000 / scale()))
    });
    let masses = Named::Code("partly-examined");
    add(all, "line-css-rules", masses, move || file("target.css", "a{}".repeat(2_700_000 / scale().min(2))));
    add(all, "line-css-pseudo", masses, move || {
        file("target.css", format!("{}{{b:c}}", ":not(a)".repeat(1_100_000 / scale().min(2))))
    });
    add(all, "line-css-comments", masses, move || file("target.css", "/*a{b:c}*/".repeat(800_000 / scale().min(2))));
    add(all, "findings-handlers", Named::Code("partly-examined"), move || {
        file("target.twig", "<a onclick=\"alert(1)\">".repeat(100_000 / scale()))
    });
    add(all, "findings-styles", Named::Code("partly-examined"), move || {
        file("target.twig", "<a style=\"position:fixed;bottom:0\">".repeat(100_000 / scale()))
    });
    add(all, "findings-texts", Named::Nothing, move || {
        let texts: Vec<String> = (0..200_000 / scale()).map(|number| format!("\"k{number}\":\"Привет мир {number}\"")).collect();
        file("i18n/en.json", format!("{{{}}}", texts.join(",")))
    });
    add(all, "findings-locations", Named::Nothing, move || {
        let locations = vec!["\"lcrad-1\""; 400_000 / scale()].join(",");
        file("manifest.json", format!("{{\"widget\":{{\"locale\":[{locations}]}},\"locations\":[{locations}]}}"))
    });
    add(all, "findings-languages", Named::Nothing, move || {
        let list = |line: &dyn Fn(usize) -> String| (0..100_000 / scale()).map(line).collect::<Vec<_>>().join(",");
        let languages = list(&|number| format!("\"l{number}\""));
        let slides = list(&|number| format!("\"l{number}\":[\"images/{number}.png\"]"));
        let items = list(&|number| format!("\"m{number}\":{{\"title\":\"t.t{number}\"}}"));
        let texts = list(&|number| format!("\"t{number}\":\"Text {number}\""));
        let manifest = format!(
            "{{\"widget\":{{\"locale\":[\"en\",{languages}]}},\"tour\":{{\"tour_images\":{{{slides}}}}},\"left_menu\":{{{items}}}}}"
        );
        let texts = format!("{{\"t\":{{{texts}}}}}");
        widget([Entry::new("manifest.json", manifest.as_bytes()), Entry::new("i18n/en.json", texts.as_bytes())])
    });
    add(all, "findings-slides", Named::Nothing, move || {
        let slides = vec!["\"images/x.png\""; 200_000 / scale()].join(",");
        file("manifest.json", format!("{{\"tour\":{{\"tour_images\":{{\"en\":[{slides}]}}}}}}"))
    });
    add(all, "findings-fields", Named::Nothing, move || {
        let fields: Vec<String> =
            (0..100_000 / scale()).map(|number| format!("\"f{number}\":{{\"name\":\"a.b\",\"tpye\":\"text\"}}")).collect();
        file("manifest.json", format!("{{\"settings\":{{{}}}}}", fields.join(",")))
    });
    let lines = |line: &dyn Fn(usize) -> String| (0..40_000 / scale()).map(line).collect::<String>();
    add(all, "findings-classes", Named::Nothing, move || {
        file("js/target.js", lines(&|number| format!("$('.left-menu__own{number}').hide();\n")))
    });
    add(all, "findings-script-tags", Named::Nothing, move || {
        file("js/target.js", lines(&|number| format!("x.push('<script src=\"https://a{number}.com/x.js\"></script>');\n")))
    });
    add(all, "findings-listed", Named::Nothing, move || {
        let list = lines(&|number| format!("'.own{number}',"));
        file("js/target.js", format!("var l = [{list}];\n{}", lines(&|_| "$(l[i]).hide();\n".to_owned())))
    });
    add(all, "key-of-dots", Named::Nothing, move || {
        let key = format!("a{}", ".a".repeat(200_000 / scale()));
        let text = format!("{{\"{key}\":\"x\"}}");
        let manifest = format!("{{\"widget\":{{\"name\":\"{key}\",\"locale\":[\"en\"]}}}}");
        widget([Entry::new("manifest.json", manifest.as_bytes()), Entry::new("i18n/en.json", text.as_bytes())])
    });
    add(all, "files-9000", Named::Nothing, || {
        widget((0..9_000).map(|number| Entry::new(format!("js/unused{number}.js"), b"a = 1;\r\n")))
    });
    add(all, "names-9000-computed", Named::Nothing, || {
        let names: Vec<String> = (0..20_000 / scale()).map(|number| format!("f(x+'/js/{number}'+x+'.js');")).collect();
        let script = Entry::new("js/target.js", names.concat().as_bytes());
        widget(std::iter::once(script).chain((0..9_000).map(|number| Entry::new(format!("js/u{number}.js"), b"1;"))))
    });
    add_many_files(all);
    for (name, path) in [("js", "js/target.js"), ("css", "target.css"), ("twig", "target.twig"), ("json", "i18n/en.json")] {
        add(all, format!("nulls-{name}"), Named::Nothing, move || widget([Entry::zeros(path, 8 * MIB)]));
        add(all, format!("noise-{name}"), Named::Nothing, move || widget([Entry::new(path, &noise(2_000_000))]));
        add(all, format!("bom-only-{name}"), Named::Nothing, move || widget([Entry::new(path, b"\xEF\xBB\xBF")]));
        add(all, format!("utf16-{name}"), Named::Nothing, move || widget([Entry::new(path, b"\xFF\xFEa\0b\0c\0")]));
        add(all, format!("huge-{name}"), Named::Code("source-too-large"), move || {
            widget([Entry::new(path, format!("{{\"a\":\"{}\"}}", "x".repeat(30_000_000)).as_bytes())])
        });
    }
    let long = 8 * MIB as usize / scale() - 100;
    add(all, "line-js-string", Named::Nothing, move || file("js/target.js", format!("a = '{}';", "x".repeat(long))));
    add(all, "line-js-escapes", Named::Nothing, move || file("js/target.js", format!("a = '{}';", "\\x41".repeat(long / 4))));
    // At an eighth of the size its tokens are within the bound.
    let sums = if scale() == 1 { Named::Code("too-many-tokens") } else { Named::Nothing };
    add(all, "line-js-sums", sums, move || file("js/target.js", format!("a = [{}];", "'b'+c,".repeat(long / 6))));
    // As many tokens as are read at all.
    add(all, "line-js-tokens", Named::Nothing, move || {
        file("js/target.js", format!("a = [{}];", "'b'+c,".repeat(2_190_000 / 4 / scale())))
    });
    add(all, "line-js-markup", Named::Nothing, move || file("js/target.js", format!("a = '{}';", "<b>".repeat(long / 3))));
    add(all, "line-js-comment", Named::Nothing, move || file("js/target.js", "// a = 1;\n".repeat(long / 10)));
    let costly = if scale() == 1 { Named::Code("too-many-tokens") } else { Named::Nothing };
    add(all, "line-js-flags", Named::Code("too-many-tokens"), move || {
        file("js/target.js", format!("a = /a/{};", "g".repeat(long)))
    });
    add(all, "line-js-digits", Named::Code("too-many-tokens"), move || {
        file("js/target.js", format!("a = 0x{}n;", "f".repeat(long)))
    });
    add(all, "line-js-parameters", costly, move || {
        file("js/target.js", format!("function f({}) {{}}", "a,".repeat(1_000_000 / scale())))
    });
    add(all, "line-js-regex", Named::Nothing, move || file("js/target.js", format!("a = /{}/;", "(a|".repeat(long / 3))));
    add(all, "line-css", Named::Nothing, move || file("target.css", format!("a{{b:url({})}}", "x".repeat(long))));
    add(all, "line-css-classes", Named::Nothing, move || file("target.css", format!("{}{{b:c}}", ".a".repeat(long / 2))));
    add(all, "line-twig", Named::Nothing, move || file("target.twig", format!("<a b='{}'>", "x".repeat(long))));
    add(all, "line-twig-attributes", Named::Nothing, move || file("target.twig", format!("<a {}>", "b=c ".repeat(long / 4))));
    add(all, "line-twig-prices", Named::Nothing, move || file("target.twig", "$ 1.99 ".repeat(long / 7)));
    add(all, "line-twig-less-than", Named::Nothing, move || file("target.twig", "<".repeat(long)));
    add(all, "line-twig-ampersands", Named::Nothing, move || file("target.twig", "&amp".repeat(long / 4)));
    add(all, "line-json", Named::Nothing, move || {
        file("i18n/en.json", format!("{{\"widget\":{{\"name\":\"{}\"}}}}", "x ".repeat(long)))
    });
    add(all, "line-json-entities", Named::Nothing, move || {
        file("i18n/en.json", format!("{{\"widget\":{{\"description\":\"{}\"}}}}", "<b>&lt;".repeat(2_000_000 / scale())))
    });
    add(all, "line-json-links", Named::Nothing, move || {
        file("i18n/en.json", format!("{{\"widget\":{{\"description\":\"{}\"}}}}", "https://a.ru/ru/ ".repeat(500_000 / scale())))
    });
}

/// Many files, and many names that each of them could be the file of.
fn add_many_files(all: &mut Vec<Box<dyn Fn() -> Attack>>) {
    let mut add_files =
        |name: &str, named: Named, of_one: &'static str, path: &'static str, text: &'static dyn Fn(usize) -> String| {
            add(all, format!("names-{name}"), named, move || {
                let lines: String = (0..60_000 / scale()).map(text).collect();
                let files = (0..9_000).map(|number| Entry::new(format!("d{number}/{of_one}"), b""));
                widget(std::iter::once(Entry::new(path, lines.as_bytes())).chain(files))
            });
        };
    let limit = Named::Code("reach-limit");
    add_files("exact", limit, "a.js", "js/target.js", &|number| format!("f('x{number}/a.js');\n"));
    add_files("in-capitals", limit, "a.js", "js/target.js", &|number| format!("f('x{number}/A.js');\n"));
    add_files("of-images", limit, "a.png", "target.css", &|number| format!(".own{{background:url(x{number}/A.png)}}\n"));
    add_files("of-links", Named::Nothing, "a.js", "js/target.js", &|number| {
        format!("$('head').append('<link rel=stylesheet href=\"' + this.params.path + '/x{number}.css\">');\n")
    });
    add_files("of-apart", Named::Nothing, "a.css", "js/target.js", &|number| {
        format!("root.attachShadow({{ mode: 'open' }}); link.href = 'd{number}/a.css';\n")
    });
    add_files("of-modules", Named::Nothing, "node_modules/a.js", "js/target.js", &|number| format!("f('x{number}');\n"));
    add(all, "names-of-slides", Named::Nothing, || {
        let slides: Vec<String> = (0..60_000 / scale()).map(|number| format!("\"/images/X{number}.png\"")).collect();
        let manifest = format!("{{\"tour\":{{\"tour_images\":{{\"en\":[{}]}}}}}}", slides.join(","));
        let files = (0..9_000).map(|number| Entry::new(format!("images/a{number}.png"), b""));
        widget(std::iter::once(Entry::new("manifest.json", manifest.as_bytes())).chain(files))
    });
}

/// Bytes without any order, the same at each call.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Writes every attack into `folder`, and what the reports have to name into `attacks.json`: for the built module and for browsers.
pub fn write_all(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut expected = Vec::new();
    for make in attacks() {
        let attack = make();
        std::fs::write(folder.join(format!("{}.zip", attack.name)), attack.bytes)?;
        expected.push(match attack.named {
            Named::Code(code) => json!({"name": attack.name, "code": code}),
            Named::Oddity(text) => json!({"name": attack.name, "oddity": text}),
            Named::Unreadable => json!({"name": attack.name, "unreadable": true}),
            Named::Nothing => json!({"name": attack.name}),
        });
    }
    std::fs::write(folder.join("attacks.json"), serde_json::to_vec_pretty(&expected)?)
}
