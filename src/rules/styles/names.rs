//! Whose the names in a selector are: the widget's, Kommo's, or a library's.

use crate::kommo::names::{CLASSES, HOOKS, IDS, LIBRARY_CLASSES, WORDS};
use crate::syntax::has_hole;
use crate::syntax::style::{FullCompound, Part, Test};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::OnceLock;

/// A class or id of a selector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'s> {
    /// Without `.` or `#`.
    pub text: &'s str,
    /// Whether it is an id.
    pub is_id: bool,
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

impl Name<'_> {
    /// Whose it is.
    pub fn owner(self) -> Owner {
        owners().get(&(self.is_id, self.text)).copied().unwrap_or(Owner::Own)
    }
}

/// The ids and classes that are not the widget's: stylesheets ask for thousands, so they are found by their hash.
fn owners() -> &'static FxHashMap<(bool, &'static str), Owner> {
    static OWNERS: OnceLock<FxHashMap<(bool, &str), Owner>> = OnceLock::new();
    OWNERS.get_or_init(|| {
        let mut owners = FxHashMap::with_capacity_and_hasher(7_000, FxBuildHasher);
        // Of a name in several of these lists, the last one counts.
        for (is_id, names, owner) in [
            (true, IDS, Owner::Shared),
            (false, LIBRARY_CLASSES, Owner::Library),
            (false, HOOKS, Owner::Shared),
            (false, WORDS, Owner::Shared),
            (false, CLASSES, Owner::Kommo),
        ] {
            owners.extend(names.iter().map(|name| ((is_id, name), owner)));
        }
        owners
    })
}

/// Whether a compound demands a name that is `wanted`: those inside `:is(...)` and the like are demanded, those inside `:not(...)` not.
pub(super) fn has_name<'s>(compound: &FullCompound<'s>, mut wanted: impl FnMut(Name<'s>) -> bool) -> bool {
    compound.parts().any(|part| part_has_name(part, &mut wanted))
}

/// The same of a part of a compound.
pub(super) fn part_has_name<'s>(part: &'s Part, wanted: &mut dyn FnMut(Name<'s>) -> bool) -> bool {
    match &part.test {
        // A hole in the place of an element's name stands for any selector, and so far always for an own one.
        Test::Type(text) => has_hole(text) && wanted(Name { text, is_id: false }),
        Test::Class(text) => wanted(Name { text, is_id: false }),
        Test::Id(text) => wanted(Name { text, is_id: true }),
        // The parser bounds how deep pseudo-classes nest.
        _ => part.demanded().iter().flat_map(|selector| selector.parts()).any(|part| part_has_name(part, wanted)),
    }
}

/// The first name of `owner` that a compound demands.
pub(super) fn name_of<'s>(compound: &FullCompound<'s>, owner: Owner) -> Option<Name<'s>> {
    let mut found = None;
    has_name(compound, |name| {
        found = Some(name).filter(|name| name.owner() == owner);
        found.is_some()
    });
    found
}

/// Whether a part tests an attribute, outside `:not(...)`.
pub(super) fn tests_attribute(part: &Part) -> bool {
    let inside = || part.demanded().iter().any(|selector| selector.parts().any(tests_attribute));
    matches!(part.test, Test::Attribute { .. }) || inside()
}

/// Whether a part holds the pseudo-class or pseudo-element `name`.
pub(super) fn is_pseudo(part: &Part, name: &str) -> bool {
    matches!(&part.test, Test::Pseudo { name: pseudo, .. } if &**pseudo == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_belong_to_kommo_before_they_belong_to_others() {
        let class = |text| Name { text, is_id: false }.owner();
        assert!(CLASSES.iter().all(|name| class(name) == Owner::Kommo));
        let shared = || WORDS.iter().chain(HOOKS.iter()).filter(|name| !CLASSES.contains(name));
        assert!(shared().count() > 100 && shared().all(|name| class(name) == Owner::Shared));
        let is_known = |name: &&str| CLASSES.contains(name) || WORDS.contains(name) || HOOKS.contains(name);
        let mut of_libraries = LIBRARY_CLASSES.iter().filter(|name| !is_known(name));
        assert!(of_libraries.all(|name| class(name) == Owner::Library));
        assert!(IDS.iter().all(|text| Name { text, is_id: true }.owner() == Owner::Shared));
        assert_eq!((class("own-list"), class("work_area~"), class("")), (Owner::Own, Owner::Own, Owner::Own));
    }
}
