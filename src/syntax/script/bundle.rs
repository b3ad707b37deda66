//! Whether a script or a stylesheet was written by hand or made by a tool, told from the shape of its code.

use crate::syntax::find;

/// Why a script counts as bundled or as a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundled {
    /// Its name or folder says so.
    Path,
    /// White space that only people need was taken out.
    Minified,
    /// It starts as webpack, Rollup, Parcel, esbuild or Browserify write it.
    Bundler,
    /// It starts as a library that serves every module system.
    Universal,
    /// It begins with the banner of a known library.
    Banner,
    /// It ends with the address of its source map.
    SourceMap,
}

/// Code of fewer bytes than this is never minified: there is too little of it to tell.
const SMALLEST: usize = 800;
/// Bytes at the start that hold a banner or a bundler's first lines.
const HEAD: usize = 3000;

/// Folders that hold what others wrote.
const FOLDERS: [&str; 6] = ["node_modules", "vendor", "vendors", "bower_components", "third-party", "third_party"];

/// What bundlers write at the start.
const BUNDLERS: [&str; 12] = [
    "__webpack_require__",
    "__webpack_modules__",
    "webpackJsonp",
    "webpackChunk",
    "webpackUniversalModuleDefinition",
    "parcelRequire",
    "__commonJS",
    "__toESM",
    "__defProp = Object.defineProperty",
    "__esModule\",{value",
    "Cannot find module '\"",
    "/******/",
];

/// Libraries that widgets carry, as their banners spell them.
const LIBRARIES: &[&str] = &[
    "jquery",
    "underscore",
    "lodash",
    "backbone",
    "moment",
    "bootstrap",
    "vue",
    "react",
    "preact",
    "angular",
    "axios",
    "select2",
    "swiper",
    "slick",
    "handlebars",
    "mustache",
    "d3",
    "chart.js",
    "highcharts",
    "highstock",
    "inputmask",
    "sweetalert",
    "toastr",
    "popper",
    "core-js",
    "regenerator",
    "polyfill",
    "fullcalendar",
    "flatpickr",
    "datatables",
    "dropzone",
    "cropper",
    "socket.io",
    "sortable",
    "tippy",
    "dayjs",
    "luxon",
    "crypto-js",
    "xlsx",
    "filesaver",
    "pdf.js",
    "quill",
    "twig.js",
    "requirejs",
    "semantic ui",
    "fancybox",
    "fomantic-ui",
    "fomantic ui",
    "normalize.css",
    "modern-normalize",
    "sanitize.css",
    "http://meyerweb.com/eric/tools/css/reset",
    "html5 boilerplate",
    "tailwindcss",
    "materialize",
    "foundation",
    "bulma.io",
    "milligram",
    "uikit",
    "animate.css",
    "font awesome",
    "ionicons",
    "magnific popup",
    "chosen, a select box",
    "owl carousel",
    "toastify",
    "perfect scrollbar",
    "nouislider",
    "daterangepicker",
    "intl-tel-input",
    "leaflet",
    "highlight.js",
    "clipboard.js",
    "html2canvas",
    "hammer.js",
    "three.js",
];

/// Why the script or stylesheet at `path` counts as bundled; none if people wrote it.
#[must_use]
pub fn bundled(path: &str, text: &str) -> Option<Bundled> {
    if is_vendor_path(path) {
        return Some(Bundled::Path);
    }
    if is_minified(text) {
        return Some(Bundled::Minified);
    }
    let head = head(text);
    let has = |text: &str, word: &str| find(text.as_bytes(), word.as_bytes()).is_some();
    if BUNDLERS.iter().any(|mark| has(head, mark)) || has(text, "__webpack_require__") {
        return Some(Bundled::Bundler);
    }
    // People write such a head by hand, too; what Kommo calls is no library's. Rollup names its parameters as below.
    let is_own = || has(text, "bind_actions") && !has(head, "(global, factory)");
    if (has(head, "define.amd") || has(head, "define[\"amd\"]")) && head.contains("exports") && !is_own() {
        return Some(Bundled::Universal);
    }
    // Tailwind writes variables of its own before its banner.
    if has_banner(head) || has(text, "! tailwindcss v") {
        return Some(Bundled::Banner);
    }
    has_source_map(text).then_some(Bundled::SourceMap)
}

fn head(text: &str) -> &str {
    let mut end = HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_vendor_path(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    [".min.js", "-min.js", ".min.css", "-min.css"].iter().any(|end| name.ends_with(end))
        || [".bundle.js", ".chunk.js"].iter().any(|end| name.ends_with(end))
        || parts.any(|folder| FOLDERS.contains(&folder))
}

/// Whether white space was taken out: little of it, in long lines. Strings, comments and the data of `url(data:...)` do not count, so a
/// long text changes nothing.
fn is_minified(text: &str) -> bool {
    if is_indented(text) {
        return false;
    }
    let shape = shape(text);
    shape.code >= SMALLEST && !is_airy(shape.blanks, shape.code) && shape.code > shape.lines * 100
}

/// Whether so much white space in so many bytes is what people leave.
fn is_airy(blanks: usize, bytes: usize) -> bool {
    blanks * 100 >= bytes * 9
}

/// Whether the indentation alone is as much white space as people leave: most scripts need no longer look.
fn is_indented(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut blanks = 0;
    memchr::memchr_iter(b'\n', bytes).any(|end| {
        blanks += bytes[end + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        is_airy(blanks, bytes.len())
    })
}

#[derive(Default)]
struct Shape {
    /// Bytes outside strings and comments.
    code: usize,
    /// White space among them.
    blanks: usize,
    /// Lines that hold code.
    lines: usize,
}

/// Measures the code outside strings and comments. Regular expressions are taken for code: they only blur the measure a little.
fn shape(text: &str) -> Shape {
    let mut shape = Shape::default();
    for line in text.lines() {
        let before = shape.code;
        let bytes = line.trim_start().as_bytes();
        // Indentation is white space too, and what a minifier removes first.
        let indent = line.len() - bytes.len();
        shape.code += indent;
        shape.blanks += indent;
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`' | b'/' | b'(')).unwrap_or(rest.len());
            shape.code += plain;
            shape.blanks += rest[..plain].iter().filter(|byte| byte.is_ascii_whitespace()).count();
            at += plain;
            match rest.get(plain..) {
                Some([b'/', b'/', ..]) if line.len() < 500 => break,
                Some(data) if data.starts_with(b"(data:") => at += memchr::memchr(b')', data).unwrap_or(data.len()),
                Some([b'/' | b'(', ..]) => {
                    shape.code += 1;
                    at += 1;
                }
                Some([_, ..]) => at = end_of_string(bytes, at),
                _ => {}
            }
        }
        shape.lines += usize::from(shape.code > before + indent);
    }
    shape
}

/// The place after the string that opens at `open`; the line's end for one that goes on there.
fn end_of_string(line: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(&byte) = line.get(at) {
        if byte == line[open] {
            return at + 1;
        }
        at += 1 + usize::from(byte == b'\\');
    }
    line.len()
}

/// What may stand before a banner.
const BEFORE_BANNER: [&str; 4] = ["'use strict';", "\"use strict\";", "@charset \"UTF-8\";", "@charset \"utf-8\";"];

/// Whether the text begins with a comment that names a known library and a version.
fn has_banner(head: &str) -> bool {
    let head = head.trim_start();
    let head = BEFORE_BANNER.iter().find_map(|before| head.strip_prefix(before)).unwrap_or(head).trim_start();
    let banner = match head.strip_prefix("/*") {
        Some(rest) => rest.split("*/").next().unwrap_or_default(),
        None if head.starts_with("//") => head.split("\n\n").next().unwrap_or_default(),
        None => return false,
    };
    let banner: String = banner.chars().take(300).collect::<String>().to_lowercase();
    let has_version =
        banner.as_bytes().windows(3).any(|part| part[0].is_ascii_digit() && part[1] == b'.' && part[2].is_ascii_digit());
    let first_line = banner
        .lines()
        .map(|line| line.trim_matches([' ', '*', '!', '/', '#', '\t']))
        .map(|line| line.strip_prefix("@license").unwrap_or(line).trim_start())
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let is_library = LIBRARIES.iter().any(|name| {
        first_line.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || rest.starts_with("js"))
    });
    is_library && has_version
}

fn has_source_map(text: &str) -> bool {
    let tail = text.trim_end();
    let last = tail.rsplit(['\n', '\r']).next().unwrap_or_default().trim_start();
    last.starts_with("//# sourceMappingURL=")
        || last.starts_with("//@ sourceMappingURL=")
        || last.starts_with("/*# sourceMappingURL=")
}

#[cfg(test)]
mod tests {
    use super::{Bundled, bundled};

    #[test]
    fn tools_leave_their_shape() {
        let minified = "!function(e,t){var n=t(e);for(var r=0;r<n.length;r++)n[r].call(e,t);return n}(window,function(e){return e.a?e.b:e.c});".repeat(20);
        let cases = [
            ("js/a.js", minified.as_str(), Bundled::Minified),
            ("lib/jquery.min.js", "var a = 1;", Bundled::Path),
            ("vendor/a.js", "var a = 1;", Bundled::Path),
            ("a.js", "/******/ (function(modules) { // webpackBootstrap\n", Bundled::Bundler),
            (
                "a.js",
                "(function (root, factory) {\n  if (typeof define === 'function' && define.amd) define([], factory);\n  else module.exports = factory();\n",
                Bundled::Universal,
            ),
            (
                "script.js",
                "(function (global, factory) {\n  typeof exports === 'object' ? module.exports = factory() : define.amd && define(factory);\n})(this, function () { this.callbacks = { bind_actions: f }; });\n",
                Bundled::Universal,
            ),
            ("a.js", "/*!\n * jQuery JavaScript Library v2.1.3\n */\nvar a = 1;", Bundled::Banner),
            ("a.js", "//     Underscore.js 1.9.1\n//     http://underscorejs.org\n\nvar a = 1;", Bundled::Banner),
            (
                "a.js",
                "/**\n * @license\n * Lodash <https://lodash.com/>\n * Copyright 1.8.3\n */\n;(function() {}());",
                Bundled::Banner,
            ),
            ("a.css", " /*\n * # Semantic UI - 2.4.2\n */\n* { margin: 0 }", Bundled::Banner),
            ("a.css", "/*\n * # Fomantic UI - 2.9.2\n * Copyright 2023 Contributors\n */\n* { margin: 0 }", Bundled::Banner),
            (
                "a.css",
                "@charset \"UTF-8\";/*!\n * animate.css - https://animate.style/\n * Version - 4.1.1\n */",
                Bundled::Banner,
            ),
            ("a.css", "/*! normalize.css v8.0.1 | MIT License */\nhtml { margin: 0 }", Bundled::Banner),
            (
                "a.css",
                "*, ::before {\n  --tw-blur: ;\n}\n\n/*\n! tailwindcss v3.4.17 | MIT License\n*/\n\nhtml {}",
                Bundled::Banner,
            ),
            ("a.js", "var a = 1;\n//# sourceMappingURL=a.js.map\n", Bundled::SourceMap),
        ];
        for (path, text, expected) in cases {
            assert_eq!(bundled(path, text), Some(expected), "{path} {text}");
        }
    }

    #[test]
    fn people_write_long_strings_and_short_files() {
        let line = "    if (settings.active) {\n        self.render(settings, 'template');\n    }\n";
        let picture = format!(".own {{ background: url(data:image/png;base64,{}) }}\n.own p {{ top: 0 }}\n", "A".repeat(20_000));
        let long = format!("var logo = 'data:image/png;base64,{}';\n{}", "A".repeat(20_000), line.repeat(20));
        let cases = [
            ("script.js", long.as_str()),
            ("style.css", picture.as_str()),
            ("script.js", "define(['jquery'],function($){return function(){this.callbacks={render:function(){return true}}}});"),
            (
                "script.js",
                "(function (root, factory) {\n  if (typeof define === 'function' && define.amd) define([], factory);\n  else module.exports = factory();\n})(this, function () {\n  return function () {\n    this.callbacks = { bind_actions: f };\n  };\n});\n",
            ),
            ("script.js", "/*! My widget v1.0 (c) Me */\ndefine([], function () {\n  return 1;\n});"),
            ("script.js", "/*\n * Widget 1.0 for react users\n */\ndefine([], function () {});"),
            ("vendors.js", "var a = 1;"),
            ("style.css", "/* Pure widget 1.0 */\n.own { margin: 0 }"),
            ("style.css", "/* Own styles, based on normalize.css v8.0.1 */\n.own { margin: 0 }"),
            ("style.css", "/* The names are those of tailwindcss. */\n.own { margin: 0 }"),
        ];
        for (path, text) in cases {
            assert_eq!(bundled(path, text), None, "{path} {text}");
        }
    }
}
