//! Kommo's own names - classes, ids, custom properties, modules - read from its front end in 2025.

use crate::order;

/// A sorted list of names, each ended by a line feed, searched where it lies: nothing is built at start.
#[derive(Clone, Copy, Debug)]
pub struct Names(&'static str);

/// Classes that Kommo's stylesheets define, the checklist's own example `control-select` included.
pub const CLASSES: Names = Names(include_str!("system_classes.txt"));

/// Classes of Kommo that are plain words: `active`, `icon`.
pub const WORDS: Names = Names(include_str!("generic_words.txt"));

/// Classes of libraries that Kommo's page bundles: `fc-button`, `ql-editor`.
pub const LIBRARY_CLASSES: Names = Names(include_str!("third_party_classes.txt"));

/// Classes that Kommo's scripts look for: `js-widget-save`.
pub const HOOKS: Names = Names(include_str!("js_hooks.txt"));

/// Ids of elements of Kommo's page.
pub const IDS: Names = Names(include_str!("system_ids.txt"));

/// Custom properties that Kommo declares, with their two dashes.
pub const VARIABLES: Names = Names(include_str!("css_variables.txt"));

/// Modules that Kommo's requirejs provides.
pub const MODULES: Names = Names(include_str!("amd_modules.txt"));

/// Global variables of browsers, their workers and their older versions.
pub const BROWSER_GLOBALS: Names = Names(include_str!("browser_globals.txt"));

/// Global variables that Kommo's page, module loaders and bundlers provide.
pub const PAGE_GLOBALS: Names = Names(include_str!("page_globals.txt"));

impl Names {
    /// Whether `name` is in the list, letter by letter.
    #[must_use]
    pub fn contains(self, name: &str) -> bool {
        !name.is_empty() && order::find(self.0, b'\n', |candidate| name.cmp(candidate)).is_some()
    }

    /// Every name, in order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        let mut start = 0;
        memchr::memchr_iter(b'\n', self.0.as_bytes()).map(move |end| {
            let name = &self.0[start..end];
            start = end + 1;
            name
        })
    }
}

/// Whether a class is one of the on/off classes of Kommo's switcher, with one underscore or two.
#[must_use]
pub fn is_switcher_state(class: &str) -> bool {
    matches!(class, "switcher__on" | "switcher__off" | "switcher_on" | "switcher_off")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [Names; 7] = [CLASSES, WORDS, LIBRARY_CLASSES, HOOKS, IDS, VARIABLES, MODULES];

    #[test]
    fn every_name_is_found_and_its_neighbours_are_not() {
        for list in LISTS {
            assert!(list.iter().count() > 50);
            let names: Vec<_> = list.iter().collect();
            assert!(names.is_sorted());
            for name in names {
                assert!(list.contains(name), "{name}");
                assert!(!list.contains(&format!("{name}~")) && !list.contains(&format!(" {name}")), "{name}");
            }
            assert!(!list.contains("") && !list.contains("\n"));
        }
    }

    #[test]
    fn known_names_are_in_their_lists() {
        assert!(CLASSES.contains("control-select") && CLASSES.contains("modal-body") && CLASSES.contains("switcher__on"));
        assert!(!CLASSES.contains("Modal-body") && !CLASSES.contains("widget-settings-block"));
        assert!(WORDS.contains("active") && HOOKS.contains("js-widget-save") && IDS.contains("work_area"));
        assert!(VARIABLES.contains("--palette-outline-primary") && MODULES.contains("lib/components/base/modal"));
    }

    #[test]
    fn switcher_states_are_whole_names() {
        assert!(is_switcher_state("switcher__on") && is_switcher_state("switcher_off"));
        assert!(
            !is_switcher_state("own-switcher__on") && !is_switcher_state("switcher_blue") && !is_switcher_state("switcher__one")
        );
    }
}
