//! What fuzzing starts from: the fixtures and every rule's examples, sorted by the target that reads them.

use anyhow::{Context, Result};
use kommo_preflight::package::Kind;
use kommo_preflight::rules::RULES;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Larger files make every run slow and are mutated without aim.
const LARGEST: usize = 32 << 10;

/// Writes the seeds of every target into folders below `folder`.
pub fn write(folder: &str) -> Result<()> {
    let mut seeds = Seeds { folder: folder.into(), count: 0 };
    let fixtures = Path::new("tests/fixtures");
    for widget in fs::read_dir(fixtures)?.collect::<Result<Vec<_>, _>>()? {
        let mut files = Vec::new();
        read_files(&widget.path(), "", &mut files)?;
        for (path, content) in &files {
            seeds.add_file(path, content)?;
        }
        seeds.add_package(&files)?;
    }
    for example in RULES.iter().flat_map(|rule| rule.bad.iter().chain(rule.good)) {
        let file = (example.path.to_owned(), example.unmarked().into_bytes());
        seeds.add_file(&file.0, &file.1)?;
        seeds.add_package(&[file])?;
    }
    println!("{} seeds in {folder}", seeds.count);
    Ok(())
}

fn read_files(folder: &Path, inside: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{inside}{}", path.file_name().context("a name")?.to_string_lossy());
        if path.is_dir() {
            read_files(&path, &format!("{name}/"), files)?;
        } else {
            files.push((name, fs::read(&path)?));
        }
    }
    Ok(())
}

struct Seeds {
    folder: PathBuf,
    count: usize,
}

impl Seeds {
    /// A file for the target that reads its kind.
    fn add_file(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let target = match Kind::of_name(path) {
            Some(Kind::Script) => "script",
            Some(Kind::Style) => "style",
            Some(Kind::Template) => "markup",
            Some(Kind::Image) => "image",
            Some(Kind::Json) => {
                for text in texts(content) {
                    self.add("language", text.as_bytes())?;
                }
                "manifest"
            }
            _ => return Ok(()),
        };
        self.add(target, content)
    }

    /// The files as an archive, and as a folder and a list of entries in the form that the target `engine` reads.
    fn add_package(&mut self, files: &[(String, Vec<u8>)]) -> Result<()> {
        let small: Vec<_> = files.iter().filter(|(_, content)| content.len() <= LARGEST / 8).collect();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut text = Vec::new();
        for (path, content) in small {
            zip.start_file(path, SimpleFileOptions::default())?;
            zip.write_all(content)?;
            text.extend([b"\n=== ", path.as_bytes(), b"\n", content].concat());
        }
        self.add("archive", &zip.finish()?.into_inner())?;
        self.add("engine", &[b"folder", text.as_slice()].concat())?;
        self.add("engine", &[b"zip", text.as_slice()].concat())
    }

    fn add(&mut self, target: &str, content: &[u8]) -> Result<()> {
        if content.len() > LARGEST {
            return Ok(());
        }
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{:04}", self.count)), content)?;
        self.count += 1;
        Ok(())
    }
}

/// Every text in a JSON document, as it stands between its quotes.
fn texts(json: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(json);
    text.split('"').skip(1).step_by(2).filter(|text| text.contains(' ')).map(str::to_owned).collect()
}
