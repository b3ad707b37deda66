//! Examines each file of a package once, and what is embedded in it.

use super::{Context, Examined, Origin, Unparsed};
use crate::order;
use crate::package::{Deadline, Kind, NotExamined, SourceFile, is_dropping};
use crate::parallel;
use crate::syntax::markup::{self, EmbeddedKind, Markup};
use crate::syntax::script::{self, Form};
use crate::syntax::style::{self, Stylesheet};
use crate::syntax::{Fragment, Span};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Context<'_> {
    /// Examines every file, until `deadline`; `progress` is called with each file before.
    pub(super) fn examine(&mut self, deadline: &Deadline<'_>, progress: &mut dyn FnMut(&str)) {
        let mut files: Vec<_> = self.package.widget_files().collect();
        // The manifest and the texts take no time, and most items need them: they must not fall to the deadline.
        order::sort_by_key(&mut files, |file| file.kind != Kind::Json);
        let (package, options) = (self.package, self.options);
        let mut begin = |file: &&SourceFile| {
            if !options.skip.contains(&file.path) {
                progress(&file.path);
            }
        };
        let examine = |file: &&SourceFile| {
            let mut alone = Context::empty(package, options);
            alone.examine_in_time(file, deadline);
            alone
        };
        parallel::each(&files, options.helpers, &mut begin, examine, |alone| self.absorb(alone));
    }

    /// Takes in what was read of one file.
    fn absorb(&mut self, mut alone: Self) {
        self.scripts.append(&mut alone.scripts);
        self.styles.append(&mut alone.styles);
        self.markups.append(&mut alone.markups);
        self.images.extend(alone.images);
        self.unparsed.append(&mut alone.unparsed);
        self.not_examined.append(&mut alone.not_examined);
        self.bundled.extend(alone.bundled);
        self.broken_scripts.append(&mut alone.broken_scripts);
    }

    fn examine_in_time(&mut self, file: &SourceFile, deadline: &Deadline<'_>) {
        if let Some(reason) = self.reason_to_leave_out(file, deadline) {
            return self.leave_out(file, reason);
        }
        if let Some(reason) = &file.too_large {
            return self.unread(file, reason);
        }
        // A fault in one file must not cost the rest of the report. In the browser it ends the worker instead.
        if catch_unwind(AssertUnwindSafe(|| self.examine_file(file))).is_err() {
            let message = format!("{} was not examined: reading it ended by a fault of this program.", file.path);
            self.leave_out(file, NotExamined::new("file-failed", message, Some(&file.path)));
        }
    }

    /// Names the entries of the archive that could not be unpacked, so that what needed them is not taken for sound.
    pub(super) fn note_unread_entries(&mut self) {
        let reasons = self.package.not_examined.iter().filter_map(|entry| Some((entry.path.as_ref()?, &entry.message)));
        let reasons = order::map(reasons);
        for path in self.package.unread.iter().filter(|path| !is_dropping(path)) {
            let Some(kind) = Kind::of_name(path) else { continue };
            let reason =
                reasons.get(path).map_or_else(|| format!("{path} could not be read from the archive."), |&reason| reason.clone());
            self.unparsed.push(Unparsed { path: path.clone(), kind, span: None, reason });
        }
    }

    fn reason_to_leave_out(&self, file: &SourceFile, deadline: &Deadline<'_>) -> Option<NotExamined> {
        let path = Some(file.path.as_str());
        if self.options.skip.contains(&file.path) {
            let message = format!("{} was left out: reading it ended an earlier attempt.", file.path);
            Some(NotExamined::new("skipped", message, path))
        } else if deadline.passed() {
            let message = format!("{} was not examined: the time for the check was over.", file.path);
            Some(NotExamined::new("time-limit", message, path))
        } else {
            None
        }
    }

    fn leave_out(&mut self, file: &SourceFile, reason: NotExamined) {
        self.unread(file, &reason);
        self.not_examined.push(reason);
    }

    fn unread(&mut self, file: &SourceFile, reason: &NotExamined) {
        self.unparsed.push(Unparsed { path: file.path.clone(), kind: file.kind, span: None, reason: reason.message.clone() });
    }

    fn examine_file(&mut self, file: &SourceFile) {
        match file.kind {
            Kind::Script | Kind::Style | Kind::Template | Kind::Json => {}
            Kind::Image | Kind::Svg => return self.read_image(file),
            _ => return,
        }
        let Some(fragment) = file.fragment() else {
            let message = format!("{} could not be read as text: it is not UTF-8.", file.path);
            self.leave_out(file, NotExamined::new("not-utf8", message, Some(&file.path)));
            return;
        };
        let is_code = matches!(file.kind, Kind::Script | Kind::Style);
        if is_code && script::bundled(&file.path, &fragment.text).is_some() {
            self.bundled.insert(file.path.clone());
        }
        match file.kind {
            Kind::Style => self.add_style(&file.path, Origin::File, style::parse(&fragment)),
            Kind::Script => {
                self.examine_script(&file.path, Origin::File, Form::Program, &fragment, false);
            }
            Kind::Template => self.examine_markup(&file.path, Origin::File, false, &fragment),
            _ => {}
        }
    }

    /// Examines markup, and the styles inside it; `is_apart` says that it becomes the content of a shadow root or of
    /// another document.
    pub(super) fn examine_markup(&mut self, path: &str, origin: Origin, is_apart: bool, fragment: &Fragment<'_>) {
        let mut facts = markup::parse(fragment);
        if origin == Origin::ScriptString {
            self.drop_copies(path, &mut facts);
        }
        // A string that only speaks of `<script>` goes on in words; one that opens it for the next string may stop anywhere.
        let is_open = origin == Origin::ScriptString && !has_script_end(&fragment.text);
        // A whole page in a string is written into a window or a frame of its own: what is printed, for example.
        let is_page = || origin == Origin::ScriptString && facts.elements.iter().any(|element| &*element.name == "html");
        let is_apart = is_apart || is_page();
        for embedded in &facts.embedded {
            let place = |inside| if origin == Origin::File { inside } else { origin };
            match embedded.kind {
                EmbeddedKind::Style if is_apart || embedded.in_shadow_root => {
                    self.add_style(path, Origin::Apart, style::parse(&embedded.fragment));
                }
                EmbeddedKind::Style => self.add_style(path, place(Origin::Element), style::parse(&embedded.fragment)),
                EmbeddedKind::StyleAttribute => {
                    self.add_style(path, place(Origin::Attribute), style::parse_attribute(&embedded.fragment));
                }
                EmbeddedKind::Script | EmbeddedKind::Module => {
                    let origin = place(Origin::Element);
                    self.examine_script(path, origin, Form::Program, &embedded.fragment, embedded.is_template || is_open);
                }
                EmbeddedKind::Handler => {
                    let origin = place(Origin::Attribute);
                    self.examine_script(path, origin, Form::Handler, &embedded.fragment, embedded.is_template);
                }
            }
        }
        self.note_cut(path, Kind::Template, facts.cut);
        self.markups.push(Examined { path: path.to_owned(), origin, facts });
    }

    pub(super) fn add_style(&mut self, path: &str, origin: Origin, mut facts: Stylesheet) {
        self.note_cut(path, Kind::Style, facts.cut);
        if origin == Origin::ScriptString {
            facts.imports.retain(|import| !self.is_name(path, import.span));
        }
        // Only the styles of a shadow root speak of its host: Lit's `static styles`, for example.
        let origin = if origin == Origin::ScriptString && facts.names_host() { Origin::Apart } else { origin };
        self.styles.push(Examined { path: path.to_owned(), origin, facts });
    }

    /// Leaves out what stands in a string by the name of a constant only: it is examined where the constant is declared.
    fn drop_copies(&self, path: &str, facts: &mut Markup) {
        let is_copy = |fragment: &Fragment<'_>| {
            let span = fragment.map.span(Span::new(0, fragment.text.len() as u32));
            self.is_name(path, span) && span.len() as usize != fragment.text.len()
        };
        facts.elements.retain(|element| !self.is_name(path, element.span));
        facts.comments.retain(|comment| !self.is_name(path, comment.span));
        facts.tags.retain(|tag| !self.is_name(path, tag.span));
        facts.texts.retain(|text| !is_copy(text));
        facts.embedded.retain(|embedded| !is_copy(&embedded.fragment));
    }

    /// Whether a variable's name stands at a place of a file, and nothing else.
    fn is_name(&self, path: &str, span: Span) -> bool {
        let bytes = self.package.file(path).map(|file| file.bytes()).unwrap_or_default();
        let code = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
        !code.is_empty() && code.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.'))
    }

    /// Names a text of which a limit left a part unread.
    pub(super) fn note_cut(&mut self, path: &str, kind: Kind, cut: bool) {
        let known = |unparsed: &Unparsed| unparsed.path == path && unparsed.kind == kind;
        if cut && !self.unparsed.iter().any(known) {
            let reason =
                format!("{path} is nested too deeply or holds too many rules or elements: a part of it was not examined.");
            self.not_examined.push(NotExamined::new("partly-examined", &*reason, Some(path)));
            self.unparsed.push(Unparsed { path: path.to_owned(), kind, span: None, reason });
        }
    }
}

/// Whether markup ends a script element.
fn has_script_end(text: &str) -> bool {
    text.match_indices("</").any(|(at, _)| text.get(at + 2..at + 8).is_some_and(|name| name.eq_ignore_ascii_case("script")))
}
