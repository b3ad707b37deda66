//! What the widget reaches: where reaching starts, and what each kind of file names.

use super::{Context, Examined};
use crate::checklist::LIMITS;
use crate::order;
use crate::package::locale::Locale;
use crate::package::reach::{Namer, Reach, Reference};
use crate::package::{Kind, NotExamined};
use crate::syntax::json::{self, Value};
use crate::syntax::markup::Markup;
use crate::syntax::script::{self, Script, TextRole};
use crate::syntax::style::Stylesheet;
use crate::syntax::{Span, hole};
use std::collections::BTreeMap;

impl Context<'_> {
    /// Whether the widget reaches a file. One that could not be unpacked counts as reached: nobody can tell.
    #[must_use]
    pub fn is_reached(&self, path: &str) -> bool {
        self.reach.contains(path) || self.package.unread.contains(path)
    }

    /// Whether the widget surely reaches a file: what is certain about code is suspect elsewhere.
    #[must_use]
    pub fn is_surely_reached(&self, path: &str) -> bool {
        self.reach.is_certain(path) || self.package.unread.contains(path)
    }

    /// The parts of each file that may do something else than they say, in order and apart: what the page holds but does not use as it
    /// stands, as the content of a `<template>`, and what stands in a `with`, whose object may have any name for its own.
    #[must_use]
    pub fn doubtful_parts(&self) -> BTreeMap<&str, Vec<Span>> {
        let mut parts: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for markup in self.markups.iter().filter(|markup| !markup.facts.inert.is_empty()) {
            parts.entry(&markup.path).or_default().extend(&markup.facts.inert);
        }
        for Examined { path, facts: script, .. } in &self.scripts {
            let withs = script.nodes().filter(|&id| script.kind(id) == script::Kind::With).map(|id| script.span(id));
            let mut withs = withs.peekable();
            if withs.peek().is_some() {
                parts.entry(path).or_default().extend(withs);
            }
        }
        for spans in parts.values_mut() {
            order::sort_by_key(spans, |span| span.start);
            // What stands in a string of a script may stand in a template as well.
            spans.dedup_by(|next, span| {
                let meets = next.start <= span.end;
                span.end = if meets { span.end.max(next.end) } else { span.end };
                meets
            });
        }
        parts
    }

    /// Whether the path of a file ends so.
    #[must_use]
    pub fn has_path_ending(&self, end: &str) -> bool {
        fn backwards<'t>(path: &&'t str) -> std::iter::Rev<std::str::Bytes<'t>> {
            path.bytes().rev()
        }
        let by_end = self.by_end.get_or_init(|| {
            let mut paths: Vec<&str> = self.package.widget_files().map(|file| &*file.path).collect();
            order::sort_by(&mut paths, |a, b| backwards(a).cmp(backwards(b)));
            paths
        });
        let first = by_end.partition_point(|path| backwards(path).lt(backwards(&end)));
        by_end.get(first).is_some_and(|path| path.ends_with(end))
    }

    /// Every script of one file.
    #[must_use]
    pub fn scripts_of(&self, path: &str) -> &[Examined<script::Script>] {
        of_file(&self.scripts, path)
    }

    /// Who names a file that is reached.
    #[must_use]
    pub fn namer(&self, path: &str) -> Option<&Namer> {
        self.reach.namer(path)
    }

    /// Follows what the examined files name.
    pub(super) fn trace_reach(&mut self) {
        let files: Vec<&str> = self.package.widget_files().map(|file| file.path.as_str()).collect();
        self.reach = Reach::trace(&files, self.reach_starts(), |path| {
            let mut found = Vec::new();
            if path == "manifest.json" {
                self.manifest
                    .iter()
                    .filter_map(|manifest| manifest.json.root.as_ref())
                    .for_each(|root| of_json(root, &mut found));
                // What reading lost may name files all the same.
                if !self.manifest_is_whole() {
                    found.extend(self.of_plain_text(path));
                }
                return found;
            }
            if let Some(locale) = self.locales.all.iter().find(|locale| locale.path == path) {
                of_locale(locale, &mut found);
                return found;
            }
            let scripts = of_file(&self.scripts, path);
            let styles = of_file(&self.styles, path);
            let markups = of_file(&self.markups, path);
            scripts.iter().for_each(|script| of_script(&script.facts, &mut found));
            styles.iter().for_each(|style| of_style(&style.facts, &mut found));
            markups.iter().for_each(|markup| of_markup(&markup.facts, &mut found));
            let has_facts = !(scripts.is_empty() && styles.is_empty() && markups.is_empty());
            if !has_facts {
                found.extend(self.of_plain_text(path));
            }
            found
        });
        if self.reach.is_cut {
            let message =
                "The texts of the package hold more names of files than are followed: a file that counts as unused may be used.";
            self.not_examined.push(NotExamined::new("reach-limit", message, None));
        }
    }

    /// What every widget has, and the languages that the manifest declares.
    fn reach_starts(&self) -> Vec<(String, Namer)> {
        let mut starts = Vec::new();
        let mut start = |path: &str, namer: Namer| starts.push((path.to_owned(), namer));
        let everywhere = || Namer { path: None, span: None };
        for path in ["manifest.json", "script.js"] {
            start(path, everywhere());
        }
        for logo in LIMITS.logos.iter().chain([&LIMITS.pipeline_logo]) {
            start(&format!("images/{}", logo.file), everywhere());
            start(logo.file, everywhere());
        }
        let manifest = || Namer { path: Some("manifest.json".to_owned()), span: None };
        for locale in self.locales.declared() {
            start(&locale.path, manifest());
        }
        starts
    }

    /// The text of a file without facts of its own: data, a picture that is drawn, a script that could not be parsed.
    fn of_plain_text(&self, path: &str) -> Option<Reference<'_>> {
        let file = self.package.file(path)?;
        let names_files = matches!(file.kind, Kind::Script | Kind::Style | Kind::Template | Kind::Svg | Kind::Json);
        if !names_files {
            return None;
        }
        Some(Reference { text: file.fragment()?.text, span: None })
    }
}

/// What was examined of a file; files were examined in the order of their paths.
fn of_file<'a, T>(all: &'a [Examined<T>], path: &str) -> &'a [Examined<T>] {
    let start = all.partition_point(|examined| *examined.path < *path);
    let length = all[start..].partition_point(|examined| *examined.path == *path);
    &all[start..start + length]
}

/// The texts of the manifest.
fn of_json<'t>(root: &'t Value, found: &mut Vec<Reference<'t>>) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match &value.kind {
            json::Kind::Array(items) => open.extend(items),
            json::Kind::Object(object) => open.extend(object.effective().map(|member| &member.value)),
            json::Kind::String(text) => found.push(reference(&text.text, value.span)),
            _ => {}
        }
    }
}

/// The texts of a language: a description may show a picture.
fn of_locale<'t>(locale: &'t Locale, found: &mut Vec<Reference<'t>>) {
    found.extend(locale.texts.iter().map(|text| reference(&text.value.text, text.span)));
}

fn of_script<'t>(script: &'t Script, found: &mut Vec<Reference<'t>>) {
    for (id, text) in script.contents() {
        let span = script.span(id);
        // `templates.render('card')`: whoever renders adds the folder and the extension.
        let is_rendered = || match script.text_role(id) {
            TextRole::Argument(call, _) => call.method().is_some_and(|method| {
                let method = method.to_ascii_lowercase();
                ["render", "template", "twig"].iter().any(|word| method.contains(word))
            }),
            _ => false,
        };
        if !text.text.contains(['<', '.', '/']) && is_rendered() {
            found.push(Reference { text: format!("{}.twig", text.text).into(), span: Some(span) });
        }
        if let Some(filled) = with_holes(&text.text) {
            found.push(Reference { text: filled.into(), span: Some(span) });
        }
        found.push(reference(&text.text, span));
    }
}

/// A path with a hole for each place that something is put into later: `'/img/%s.svg'.replace('%s', name)`, `'/parts/{name}.twig'`.
fn with_holes(path: &str) -> Option<String> {
    if !path.contains(['%', '{']) || !path.contains('/') || path.contains(|letter: char| letter.is_whitespace() || letter == '<')
    {
        return None;
    }
    let mut filled = String::new();
    let mut rest = path;
    while let Some(at) = rest.find(['%', '{']) {
        let (before, place) = rest.split_at(at);
        let length = match place.strip_prefix('{') {
            Some(name) => name.find('}').map(|end| end + 2),
            None => place.starts_with("%s").then_some(2).or_else(|| place.starts_with("%d").then_some(2)),
        }?;
        filled.push_str(before);
        filled.push_str(&hole(2));
        rest = &place[length..];
    }
    filled.push_str(rest);
    Some(filled)
}

fn of_style<'t>(style: &'t Stylesheet, found: &mut Vec<Reference<'t>>) {
    let addresses = style.addresses.iter().map(|address| (&address.address, address.span));
    let imports = style.imports.iter().map(|import| (&import.address, import.span));
    found.extend(addresses.chain(imports).map(|(text, span)| reference(text, span)));
}

fn of_markup<'t>(markup: &'t Markup, found: &mut Vec<Reference<'t>>) {
    for attribute in markup.elements.iter().flat_map(|element| &element.attributes) {
        found.push(reference(&attribute.value.text, attribute.value_span));
    }
    for (text, span) in markup.tags.iter().flat_map(|tag| &tag.strings) {
        found.push(reference(text, *span));
    }
}

fn reference(text: &str, span: Span) -> Reference<'_> {
    Reference { text: text.into(), span: Some(span) }
}
