//! What a caller may ask of a check.

use crate::finding::Finding;
use crate::package::Bounds;
use crate::syntax::Span;

/// The name of the file, beside the sources, that holds a project's silences.
pub const PROJECT_FILE: &str = "kommo-preflight.toml";

/// How to check a package.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The widget's code, as the integration's form shows it, when the manifest does not name it.
    pub widget_code: Option<String>,
    /// Paths that must not be examined, because an earlier attempt on them ended the worker; the report names them.
    pub skip: Vec<String>,
    /// Ids of rules that must not run, because an earlier attempt on them ended the worker; the report names them.
    pub skip_rules: Vec<String>,
    /// What we are willing to read.
    pub bounds: Bounds,
    /// Findings that the caller's own configuration silences.
    pub silences: Vec<Silence>,
    /// Whether comments inside the package may silence findings too.
    pub allow_inline: bool,
    /// Threads that share the work with the caller's own. The report is the same, however many.
    pub helpers: usize,
}

/// A finding that somebody decided to live with, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The rule's id.
    pub rule: String,
    /// A path of the package; `*` stands for any characters but `/`, `**` for any. Nothing for every path.
    pub path: Option<String>,
    /// The bytes of the file in which a finding starts; nothing for the whole file.
    pub within: Option<Span>,
    /// Why it is fine.
    pub reason: Option<String>,
    /// The file that says so, as the caller names it.
    pub source_path: String,
    /// 1-based line of [`Silence::source_path`].
    pub source_line: u32,
}

impl Silence {
    /// Whether it silences `finding`.
    #[must_use]
    pub fn covers(&self, finding: &Finding) -> bool {
        let start = finding.location.span.map(|span| span.start);
        self.rule == finding.rule.id
            && self.within.is_none_or(|within| start.is_some_and(|start| within.start <= start && start <= within.end))
            && self.path.as_deref().is_none_or(|pattern| {
                finding.location.path.as_deref().is_some_and(|path| glob(pattern.as_bytes(), path.as_bytes()))
            })
    }
}

/// Whether `path` has the shape of `pattern`.
fn glob(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|at| glob(rest, &path[at..])),
        [b'*', rest @ ..] => {
            let stop = path.iter().position(|&byte| byte == b'/').unwrap_or(path.len());
            (0..=stop).any(|at| glob(rest, &path[at..]))
        }
        [byte, rest @ ..] => path.first() == Some(byte) && glob(rest, &path[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_stay_inside_a_folder_and_double_stars_do_not() {
        assert!(glob(b"vendor/*.js", b"vendor/a.js"));
        assert!(!glob(b"vendor/*.js", b"vendor/x/a.js"));
        assert!(glob(b"**/a.js", b"vendor/x/a.js"));
        assert!(glob(b"vendor/**", b"vendor/x/a.js"));
        assert!(!glob(b"a.js", b"b/a.js"));
    }
}
