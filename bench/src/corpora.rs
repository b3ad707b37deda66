//! The packages that the benchmark checks, the same on every machine: made from a seed, and one from libraries that npm installed.

use crate::random::Random;
use crate::writing::{locale, picture, script, style, template};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Files = BTreeMap<String, Vec<u8>>;

const SEED: u64 = 60;

/// Minified files of pinned packages, below `node_modules`; put together they are a bundle of real size.
const LIBRARIES: [&str; 6] = [
    "jquery/dist/jquery.min.js",
    "jquery-ui/dist/jquery-ui.min.js",
    "lodash/lodash.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "highcharts/highstock.js",
    "chart.js/dist/chart.umd.min.js",
];

/// Writes every corpus into `folder`, as `NAME.zip` and unpacked as `NAME/`: the one of libraries only where there are any.
pub fn write_all(folder: &Path, libraries: Option<&Path>) -> Result<()> {
    write(folder, "small", &widget(&Shape { lines: 1_200, css: 30_000, slides: 3, ..PLAIN })?)?;
    write(folder, "large", &large(1)?)?;
    for times in [2, 4, 8] {
        write(folder, &format!("large-x{times}"), &large(times)?)?;
    }
    write(folder, "many", &many()?)?;
    match libraries {
        Some(libraries) => write(folder, "bundle", &bundle(libraries)?),
        None => Ok(()),
    }
}

/// What a widget is made of.
struct Shape {
    scripts: usize,
    /// Of each script.
    lines: usize,
    /// Bytes of its stylesheet.
    css: usize,
    /// Texts in each language.
    texts: usize,
    slides: usize,
    /// Whether its slides are as noisy as photographs.
    grain: bool,
}

/// The widget around a corpus of another kind.
const PLAIN: Shape = Shape { scripts: 1, lines: 200, css: 4_000, texts: 120, slides: 1, grain: false };

fn widget(shape: &Shape) -> Result<Files> {
    let mut random = Random::new(SEED);
    let mut files = Files::new();
    files.insert("manifest.json".into(), manifest(shape.slides).into_bytes());
    for language in ["en", "es", "pt"] {
        files.insert(format!("i18n/{language}.json"), locale(&mut random, shape.texts)?.into_bytes());
    }
    files.insert("script.js".into(), script(&mut random, shape.lines, true).into_bytes());
    for module in 1..shape.scripts {
        files.insert(format!("lib/module{module:02}.js"), script(&mut random, shape.lines, false).into_bytes());
    }
    files.insert("style.css".into(), style(&mut random, shape.css).into_bytes());
    files.insert("templates/panel.twig".into(), template(&mut random, 60).into_bytes());
    files.insert("images/logo_main.png".into(), picture(&mut random, 400, 272, false)?);
    for at in 1..=shape.slides {
        files.insert(format!("images/tour_{at}.png"), picture(&mut random, 1188, 616, shape.grain)?);
    }
    Ok(files)
}

fn manifest(slides: usize) -> String {
    let images: Vec<String> = (1..=slides).map(|at| format!("\"/images/tour_{at}.png\"")).collect();
    let images = images.join(", ");
    format!(
        "{{\n  \"widget\": {{\n    \"name\": \"widget.name\",\n    \"description\": \"widget.description\",\n    \"short_description\": \"widget.short_description\",\n    \
         \"version\": \"1.0.0\",\n    \"interface_version\": 2,\n    \"init_once\": false,\n    \"locale\": [\"en\", \"es\", \"pt\"],\n    \"installation\": true,\n    \
         \"support\": {{ \"link\": \"https://shiftnotes.io\", \"email\": \"help@shiftnotes.io\" }}\n  }},\n  \"locations\": [\"lcard-1\", \"settings\"],\n  \
         \"tour\": {{\n    \"is_tour\": true,\n    \"tour_images\": {{ \"en\": [{images}], \"es\": [{images}], \"pt\": [{images}] }},\n    \
         \"tour_description\": \"widget.short_description\"\n  }},\n  \"settings\": {{}}\n}}\n"
    )
}

/// The large widget, with so many times as many modules and slides.
fn large(times: usize) -> Result<Files> {
    widget(&Shape { scripts: 12 * times, lines: 2_300, css: 300_000 * times, texts: 400, slides: times, grain: true })
}

/// Two thousand small files.
fn many() -> Result<Files> {
    let mut random = Random::new(SEED);
    let mut files = widget(&PLAIN)?;
    for at in 0.. {
        if files.len() >= 2_000 {
            break;
        }
        let (path, text) = match at % 4 {
            0 => (format!("lib/part{at:04}.js"), script(&mut random, 40, false)),
            1 => (format!("css/part{at:04}.css"), style(&mut random, 600)),
            2 => (format!("templates/part{at:04}.twig"), template(&mut random, 3)),
            _ => (format!("data/part{at:04}.json"), locale(&mut random, 3)?),
        };
        files.insert(path, text.into_bytes());
    }
    Ok(files)
}

/// A widget that carries libraries as one minified file of a megabyte.
fn bundle(libraries: &Path) -> Result<Files> {
    let mut files = widget(&PLAIN)?;
    let mut code = Vec::new();
    for library in LIBRARIES {
        let path = libraries.join(library);
        code.extend(fs::read(&path).with_context(|| format!("reading {}", path.display()))?);
        code.extend_from_slice(b"\n;");
    }
    files.insert("lib/bundle.min.js".into(), code);
    Ok(files)
}

fn write(folder: &Path, name: &str, files: &Files) -> Result<()> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path, SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
        let unpacked = folder.join(name).join(path);
        fs::create_dir_all(unpacked.parent().unwrap_or(folder))?;
        fs::write(&unpacked, bytes).with_context(|| format!("writing {}", unpacked.display()))?;
    }
    fs::write(folder.join(format!("{name}.zip")), writer.finish()?.into_inner())?;
    let bytes: usize = files.values().map(Vec::len).sum();
    let lines = |bytes: &Vec<u8>| bytes.iter().filter(|byte| **byte == b'\n').count();
    let script_lines: usize = files.iter().filter(|(path, _)| path.ends_with(".js")).map(|(_, bytes)| lines(bytes)).sum();
    println!("{name}: {} files, {} KB, {script_lines} lines of JavaScript", files.len(), bytes / 1000);
    Ok(())
}
