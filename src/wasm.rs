//! The browser's door: a package in the engine's memory, for JavaScript in a worker or in Node. `pkg/index.d.ts` describes it.

use crate::Step;
use crate::checklist::{ITEMS, Section};
use crate::options::Options;
use crate::output::html::to_html;
use crate::output::json::to_json;
use crate::output::markdown::to_markdown;
use crate::output::{Checked, Secrets, WireReport};
use crate::package::{Bounds, Deadline, Package, SourceFile, Unreadable};
use crate::rule::{Example, Rule};
use crate::rules::RULES;
use crate::syntax::image::Image;
use js_sys::{Array, Function, JSON, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, FileReaderSync, Performance};

/// So many bytes of a Blob are read at a time: only the engine's own copy is ever whole.
const CHUNK: u64 = 4 << 20;

/// Makes a panic's message appear on the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The engine's version.
#[wasm_bindgen(skip_typescript)]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The checklist's items, in order.
///
/// # Errors
/// None in practice: everything in an item has a JavaScript value.
#[wasm_bindgen(skip_typescript)]
pub fn checklist() -> Result<JsValue, JsError> {
    #[derive(Serialize)]
    struct Line {
        id: &'static str,
        section: Section,
        title: &'static str,
        asks: &'static str,
    }
    let lines: Vec<Line> =
        ITEMS.iter().map(|item| Line { id: item.id, section: item.section, title: item.title, asks: item.asks }).collect();
    to_js(&lines)
}

/// Every rule, in report order.
///
/// # Errors
/// None in practice: everything in a rule has a JavaScript value.
#[wasm_bindgen(skip_typescript)]
pub fn rules() -> Result<JsValue, JsError> {
    let rules: Vec<RuleInfo> = RULES.iter().map(|rule| RuleInfo::new(rule)).collect();
    to_js(&rules)
}

#[derive(Serialize)]
struct RuleInfo {
    id: &'static str,
    item: &'static str,
    title: &'static str,
    why: &'static str,
    fix: &'static str,
    messages: Vec<MessageInfo>,
    bad: Vec<ExampleInfo>,
    good: Vec<ExampleInfo>,
}

#[derive(Serialize)]
struct MessageInfo {
    id: &'static str,
    text: &'static str,
    help: &'static str,
}

#[derive(Serialize)]
struct ExampleInfo {
    path: &'static str,
    text: String,
    marked: Option<Marked>,
}

/// Offsets in a JavaScript string: UTF-16 units.
#[derive(Serialize)]
struct Marked {
    start: usize,
    end: usize,
}

impl ExampleInfo {
    fn new(example: &Example) -> Self {
        let text = example.unmarked();
        let offset = |bytes: usize| text[..bytes].encode_utf16().count();
        let marked = example.marked().map(|range| Marked { start: offset(range.start), end: offset(range.end) });
        Self { path: example.path, text, marked }
    }
}

impl RuleInfo {
    fn new(rule: &Rule) -> Self {
        let messages = rule.messages.iter().map(|message| MessageInfo { id: message.id, text: message.text, help: message.help });
        let examples = |examples: &[Example]| examples.iter().map(ExampleInfo::new).collect();
        Self {
            id: rule.id,
            item: rule.item,
            title: rule.title,
            why: rule.why,
            fix: rule.fix,
            messages: messages.collect(),
            bad: examples(rule.bad),
            good: examples(rule.good),
        }
    }
}

/// What a caller in JavaScript may ask of a check.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CallerOptions {
    widget_code: Option<String>,
    skip: Option<Vec<String>>,
    skip_rules: Option<Vec<String>>,
}

/// A package, or why there is none, and how its caller wants it checked.
#[wasm_bindgen(js_name = Package, skip_typescript)]
#[derive(Debug)]
pub struct Handle {
    package: Result<Package, Unreadable>,
    options: Options,
    progress: Progress,
    /// Milliseconds that reading took: they count against the time of the check.
    spent_ms: f64,
    /// What the last check found that must not be shown.
    secrets: RefCell<Secrets>,
}

#[wasm_bindgen(js_class = Package)]
impl Handle {
    /// Reads a zip archive from bytes or from a Blob.
    ///
    /// # Errors
    /// When an argument is of the wrong type, or a Blob cannot be read here.
    pub fn open(archive: &JsValue, name: &str, options: JsValue, progress: Option<Function>) -> Result<Self, JsError> {
        let clock = Clock::start();
        let options = read_options(options)?;
        let progress = Progress(progress);
        progress.tell("reading", None, None);
        let package = read_archive(archive, name, &options.bounds, &clock)?;
        Ok(Self { package, options, progress, spent_ms: clock.elapsed_ms(), secrets: RefCell::default() })
    }

    /// Reads the files of a folder: an array of `{ path, bytes }` or `{ path, blob }`.
    ///
    /// # Errors
    /// When an argument is of the wrong type, or a Blob cannot be read here.
    #[wasm_bindgen(js_name = openFolder)]
    pub fn open_folder(files: &Array, name: &str, options: JsValue, progress: Option<Function>) -> Result<Self, JsError> {
        let clock = Clock::start();
        let options = read_options(options)?;
        let progress = Progress(progress);
        progress.tell("reading", None, None);
        let package = read_folder(files, name, &options.bounds, &clock)?;
        Ok(Self { package, options, progress, spent_ms: clock.elapsed_ms(), secrets: RefCell::default() })
    }

    /// Runs every rule: the report as a plain object.
    ///
    /// # Errors
    /// None in practice: everything in a report has a JavaScript value.
    pub fn check(&self) -> Result<JsValue, JsError> {
        // A browser reads JSON far faster than it makes objects field by field.
        JSON::parse(&self.json()?).map_err(|_| JsError::new("the report could not be handed over"))
    }

    /// Runs every rule: the report as the bytes of its JSON, which a worker can hand on without a copy.
    ///
    /// # Errors
    /// None in practice: everything in a report can be said in JSON.
    #[wasm_bindgen(js_name = checkJson)]
    pub fn check_json(&self) -> Result<Vec<u8>, JsError> {
        Ok(self.json()?.into_bytes())
    }

    fn json(&self) -> Result<String, JsError> {
        let report = self.run();
        let text = to_json(&report);
        self.secrets.replace(report.secrets);
        Ok(text?)
    }

    /// Runs every rule: the report as a document, `markdown` or `html`, as the command writes it.
    ///
    /// # Errors
    /// When there is no such format.
    pub fn render(&self, format: &str) -> Result<String, JsError> {
        let write = match format {
            "markdown" => to_markdown,
            "html" => to_html,
            _ => return Err(JsError::new("a report is rendered as markdown or html")),
        };
        let report = self.run();
        let checked = match &self.package {
            Ok(package) => Checked::new(report, package),
            Err(reason) => Checked::new(report, &reason.package()),
        };
        Ok(write(&[checked]))
    }

    fn run(&self) -> WireReport {
        let clock = Clock::start();
        let now = || self.spent_ms + clock.elapsed_ms();
        let deadline = Deadline::at(&now, self.options.bounds.time_ms as f64);
        let mut progress = |step: Step<'_>| {
            match step {
                Step::Examine(path) => self.progress.tell("examining", Some(path), None),
                Step::Judge(rule) => self.progress.tell("checking", None, Some(rule)),
            }
            #[cfg(feature = "panic-on-demand")]
            self.panic_on_demand(step);
        };
        self.progress.tell("checking", None, None);
        crate::report(&self.package, &self.options, &deadline, &mut progress)
    }

    #[cfg(feature = "panic-on-demand")]
    fn panic_on_demand(&self, step: Step<'_>) {
        match step {
            Step::Examine(path) => assert!(path != "PANIC-ON-DEMAND", "this build panics when it meets {path}"),
            Step::Judge(rule) => assert!(self.file(&format!("PANIC-IN-RULE-{rule}")).is_none(), "this build panics in {rule}"),
        }
    }

    /// A file's text, secrets that a check found dotted out; none when there is no such file, or when it is not UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        self.file(path)?.text().map(|text| self.secrets.borrow().cover(text).into_owned())
    }

    /// A file's bytes; none when there is no such file.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        Some(self.file(path)?.bytes().to_vec())
    }

    /// A picture that a browser may be given to decode; none for everything else.
    ///
    /// # Errors
    /// None in practice: every browser can make a Blob.
    pub fn preview(&self, path: &str) -> Result<Option<Blob>, JsError> {
        let Some(file) = self.file(path) else { return Ok(None) };
        let image = Image::read(file.bytes(), &self.options.bounds);
        let Some(format) = image.format.filter(|_| image.is_safe_to_decode(&self.options.bounds)) else {
            return Ok(None);
        };
        let kind = BlobPropertyBag::new();
        kind.set_type(&format!("image/{}", format.name()));
        let parts = Array::of1(&Uint8Array::from(file.bytes()));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind);
        blob.map(Some).map_err(|_| JsError::new("the picture could not be handed over"))
    }

    fn file(&self, path: &str) -> Option<&SourceFile> {
        self.package.as_ref().ok()?.files.get(path)
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

fn read_options(options: JsValue) -> Result<Options, JsError> {
    if options.is_undefined() {
        return Ok(Options::default());
    }
    // By way of JSON values, for serde-wasm-bindgen passes over fields that it does not know.
    let options: serde_json::Value = serde_wasm_bindgen::from_value(options)?;
    let CallerOptions { widget_code, skip, skip_rules } = serde_json::from_value(options)?;
    let (skip, skip_rules) = (skip.unwrap_or_default(), skip_rules.unwrap_or_default());
    Ok(Options { widget_code, skip, skip_rules, ..Options::default() })
}

fn read_archive(archive: &JsValue, name: &str, bounds: &Bounds, clock: &Clock) -> Result<Result<Package, Unreadable>, JsError> {
    let source = Source::of(archive).ok_or_else(|| JsError::new("an archive is a Blob or an Uint8Array"))?;
    if let Some(refusal) = Unreadable::for_size(name, source.len(), bounds) {
        return Ok(Err(refusal));
    }
    let bytes = source.read(source.len())?;
    let now = || clock.elapsed_ms();
    Ok(Package::from_zip(&bytes, name, bounds, &Deadline::new(&now, bounds), &mut |_| ()))
}

fn read_folder(files: &Array, name: &str, bounds: &Bounds, clock: &Clock) -> Result<Result<Package, Unreadable>, JsError> {
    let now = || clock.elapsed_ms();
    let mut failure = None;
    let contents = files.iter().map_while(|file| read_folder_file(&file, bounds).map_err(|error| failure = Some(error)).ok());
    let package = Package::from_files(name, contents, bounds, &Deadline::new(&now, bounds));
    failure.map_or(Ok(package), Err)
}

/// A file's path and bytes; of one that is too large, only so many that it shows.
fn read_folder_file(file: &JsValue, bounds: &Bounds) -> Result<(String, Vec<u8>), JsError> {
    let field = |name: &str| Reflect::get(file, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let shape = || JsError::new("a file of a folder is { path, bytes } or { path, blob }");
    let path = field("path").as_string().ok_or_else(shape)?;
    let source = Source::of(&field("blob")).or_else(|| Source::of(&field("bytes"))).ok_or_else(shape)?;
    let bytes = source.read(source.len().min(bounds.file_bytes + 1))?;
    Ok((path, bytes))
}

/// Where bytes come from.
enum Source {
    Blob(Blob),
    Bytes(Uint8Array),
}

impl Source {
    fn of(value: &JsValue) -> Option<Self> {
        let blob = value.dyn_ref().cloned().map(Self::Blob);
        blob.or_else(|| value.dyn_ref().cloned().map(Self::Bytes))
    }

    fn len(&self) -> u64 {
        match self {
            Self::Blob(blob) => blob.size() as u64,
            Self::Bytes(bytes) => u64::from(bytes.length()),
        }
    }

    /// The first `length` bytes.
    fn read(&self, length: u64) -> Result<Vec<u8>, JsError> {
        match self {
            Self::Blob(blob) => read_blob(blob, length).map_err(|thrown| JsError::new(&why_unread(&thrown))),
            Self::Bytes(bytes) => Ok(bytes.subarray(0, u32::try_from(length)?).to_vec()),
        }
    }
}

/// Reads a Blob in place, piece by piece.
fn read_blob(blob: &Blob, length: u64) -> Result<Vec<u8>, JsValue> {
    let reader = FileReaderSync::new()?;
    let mut bytes = Vec::new();
    for start in (0..length).step_by(CHUNK as usize) {
        let end = length.min(start + CHUNK);
        let piece = blob.slice_with_f64_and_f64(start as f64, end as f64)?;
        let piece = Uint8Array::new(&reader.read_as_array_buffer(&piece)?.into());
        let filled = bytes.len();
        bytes.resize(filled + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[filled..]);
    }
    Ok(bytes)
}

fn why_unread(thrown: &JsValue) -> String {
    let reason = thrown.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()));
    if Reflect::has(&js_sys::global(), &JsValue::from_str("FileReaderSync")).unwrap_or(false) {
        format!("the file could not be read: {reason}")
    } else {
        "a Blob can be read in a worker of a browser only: give the bytes as an Uint8Array".to_owned()
    }
}

/// The caller's function that hears of progress.
#[derive(Debug)]
struct Progress(Option<Function>);

impl Progress {
    fn tell(&self, step: &str, path: Option<&str>, rule: Option<&str>) {
        let [path, rule] = [path, rule].map(|text| text.map_or(JsValue::NULL, JsValue::from_str));
        if let Some(function) = &self.0 {
            // A listener that throws is no reason to stop.
            let _ = function.call3(&JsValue::UNDEFINED, &JsValue::from_str(step), &path, &rule);
        }
    }
}

/// Milliseconds since a call began, by `performance.now`.
struct Clock {
    performance: Performance,
    start_ms: f64,
}

impl Clock {
    fn start() -> Self {
        // Window, worker and Node have it alike, and no interface of web-sys covers all three.
        let performance = Reflect::get(&js_sys::global(), &JsValue::from_str("performance"));
        let performance: Performance = performance.unwrap_or(JsValue::UNDEFINED).unchecked_into();
        let start_ms = performance.now();
        Self { performance, start_ms }
    }

    fn elapsed_ms(&self) -> f64 {
        self.performance.now() - self.start_ms
    }
}
