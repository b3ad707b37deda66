//! A package as a text that libFuzzer can change with some sense: a mode, then each file under a line with its name.

use crate::zip::{Entry, archive};
use crate::{check_archive, check_folder};

/// What stands before each file's name.
const HEAD: &[u8] = b"\n=== ";

/// The first line says how the files are given: `folder`, `zip`, or else the rest is an archive's own bytes.
/// In a zip, numbers after a name and a tab are the entry's method, flags, attributes and the error in its size.
pub struct Input<'a>(pub &'a [u8]);

impl Input<'_> {
    /// Checks it.
    pub fn check(&self) {
        if let Some(rest) = self.0.strip_prefix(b"folder") {
            let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
            check_folder(files(rest).into_iter().map(|(head, content)| (text(head), content.to_vec())));
        } else if let Some(rest) = self.0.strip_prefix(b"zip") {
            check_archive(&archive(&files(rest).into_iter().map(|(head, content)| entry(head, content)).collect::<Vec<_>>()));
        } else {
            check_archive(self.0);
        }
    }
}

/// Each file's head line and content.
fn files(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, HEAD) {
        let body = &rest[at + HEAD.len()..];
        let end = find(body, HEAD).unwrap_or(body.len());
        let line = body[..end].iter().position(|byte| *byte == b'\n').unwrap_or(end);
        found.push((&body[..line], &body[(line + 1).min(end)..end]));
        rest = &body[end..];
    }
    found
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn entry(head: &[u8], content: &[u8]) -> Entry {
    let mut parts = head.split(|byte| *byte == b'\t');
    let name = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|part| std::str::from_utf8(part).ok()?.parse::<u32>().ok());
    let mut entry = Entry::new(name.get(..u16::MAX.into()).unwrap_or(name), content);
    if let Some(method) = number() {
        entry.method = method as u16;
        if method == 0 {
            entry.body = Some(content.to_vec());
        }
    }
    entry.flags = number().unwrap_or_default() as u16;
    entry.attributes = number().unwrap_or_default();
    entry.size = entry.size.wrapping_add(number().unwrap_or_default());
    entry
}
