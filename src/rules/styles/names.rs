//! Whose the names in a selector are: the widget's, Kommo's, or a library's.

use crate::kommo::names::{CLASSES, HOOKS, IDS, LIBRARY_CLASSES, WORDS};
use crate::syntax::has_hole;
use crate::syntax::style::{Part, Test};

/// A class or id of a selector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'s> {
    /// Without `.` or `#`.
    pub text: &'s str,
    /// Whether it is an id.
    pub is_id: bool,
    /// Whose it is.
    pub owner: Owner,
}

/// Who gave a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// Kommo: a class of its stylesheets.
    Kommo,
    /// Kommo, where others may use the same name: a plain word, a hook of its scripts, an id.
    Shared,
    /// A library that Kommo's page loads.
    Library,
    /// The widget, as far as can be told; what is only known at run time, too.
    Own,
}

/// The names that a compound demands, those inside `:is(...)` and the like included, those inside `:not(...)` not.
pub(super) fn names<'s>(parts: &[&'s Part]) -> Vec<Name<'s>> {
    let mut found = Vec::new();
    parts.iter().for_each(|part| collect(part, &mut found));
    found
}

fn collect<'s>(part: &'s Part, found: &mut Vec<Name<'s>>) {
    match &part.test {
        Test::Class(text) => found.push(Name { text, is_id: false, owner: owner_of_class(text) }),
        Test::Id(text) => {
            let owner = if IDS.contains(text) { Owner::Shared } else { Owner::Own };
            found.push(Name { text, is_id: true, owner });
        }
        // A hole in the place of an element's name stands for any selector, and so far always for an own one.
        Test::Type(text) if has_hole(text) => found.push(Name { text, is_id: false, owner: Owner::Own }),
        // The parser bounds how deep pseudo-classes nest.
        _ => part.demanded().iter().flat_map(|selector| selector.parts()).for_each(|part| collect(part, found)),
    }
}

fn owner_of_class(class: &str) -> Owner {
    if CLASSES.contains(class) {
        Owner::Kommo
    } else if WORDS.contains(class) || HOOKS.contains(class) {
        Owner::Shared
    } else if LIBRARY_CLASSES.contains(class) {
        Owner::Library
    } else {
        Owner::Own
    }
}

/// Whether a compound tests an attribute, outside `:not(...)`.
pub(super) fn tests_attribute(parts: &[&Part]) -> bool {
    let inside = |part: &&Part| part.demanded().iter().any(|selector| tests_attribute(&selector.parts().collect::<Vec<_>>()));
    parts.iter().any(|part| matches!(part.test, Test::Attribute { .. }) || inside(part))
}

/// Whether a part holds the pseudo-class or pseudo-element `name`.
pub(super) fn is_pseudo(part: &Part, name: &str) -> bool {
    matches!(&part.test, Test::Pseudo { name: pseudo, .. } if &**pseudo == name)
}
