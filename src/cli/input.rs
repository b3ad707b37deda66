//! Reads what a path names: a zip archive, a folder, or standard input.

use crate::options::PROJECT_FILE;
use crate::package::{Bounds, Deadline, NotExamined, Package, Unreadable};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Reads the package at `path` under `bounds`.
///
/// # Errors
/// When there is no package at `path`, or none that can be read.
pub fn read(path: &Path, bounds: &Bounds, deadline: &Deadline<'_>) -> Result<Package, Unreadable> {
    let name = name(path);
    if path.is_dir() {
        return read_folder(path, &name, bounds, deadline);
    }
    let bytes = if is_standard_input(path) {
        read_bounded(io::stdin().lock(), bounds.archive_bytes)
    } else {
        File::open(path).and_then(|file| read_bounded(file, bounds.archive_bytes))
    };
    let bytes = bytes.map_err(|error| cannot_read(&name, &error))?;
    Package::from_zip(&bytes, &name, bounds, deadline, &mut |_| ())
}

/// Whether `path` stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The file or folder name, without the folders that lead to it: they are the caller's, and reports travel.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// All bytes, or one more than `limit` of them.
fn read_bounded(source: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn cannot_read(name: &str, error: &io::Error) -> Unreadable {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "There is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "This user may not read it".to_owned(),
        _ => format!("It could not be read: {error}"),
    };
    let reason = NotExamined::new("cannot-read", message, None).with("reason", error.to_string());
    Unreadable { name: name.to_owned(), sha256: None, compressed_bytes: None, reasons: vec![reason] }
}

fn read_folder(folder: &Path, name: &str, bounds: &Bounds, deadline: &Deadline<'_>) -> Result<Package, Unreadable> {
    let mut left = Vec::new();
    let paths = list_files(folder, bounds.entries, &mut left);
    let files = paths.into_iter().filter_map(|path| {
        let inside = relative(folder, &path);
        // It speaks to this program and is no part of the widget.
        if inside == PROJECT_FILE {
            return None;
        }
        match File::open(&path).and_then(|file| read_bounded(file, bounds.file_bytes)) {
            Ok(bytes) => Some((inside, bytes)),
            Err(error) => {
                left.push(left_out("cannot-read", &inside, &format!("could not be read ({error})")));
                None
            }
        }
    });
    let package = Package::from_files(name, files, bounds, deadline);
    match package {
        Ok(mut package) => {
            package.unread.extend(left.iter().filter_map(|reason| reason.path.clone()));
            package.not_examined.append(&mut left);
            Ok(package)
        }
        Err(mut unreadable) => {
            unreadable.reasons.append(&mut left);
            Err(unreadable)
        }
    }
}

/// Every file below `folder` in the order of the paths, at most one more than `limit`. Links are not followed: they may lead anywhere.
fn list_files(folder: &Path, limit: usize, left: &mut Vec<NotExamined>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) => {
                left.push(left_out("cannot-read", &relative(folder, &next), &format!("could not be read ({error})")));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => files.push(path),
                _ => left.push(left_out("link", &relative(folder, &path), "is a link or a device, which was not followed")),
            }
            if files.len() > limit {
                break;
            }
        }
    }
    files.sort();
    files
}

fn left_out(code: &'static str, path: &str, why: &str) -> NotExamined {
    NotExamined::new(code, format!("{} {why}", crate::package::shown(path)), Some(path))
}

/// `path` below `folder`, with slashes.
fn relative(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
