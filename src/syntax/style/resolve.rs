//! Full selectors: what a nested selector means once the rules around it are written out.

use super::selector::{Part, Selector, Test};
use super::{Rule, Stylesheet};

/// Readings kept of one selector: a list inside a list inside a list multiplies.
const READINGS: usize = 8;

/// Compounds kept of one reading.
const COMPOUNDS: usize = 48;

/// Tests kept of one compound.
const PARTS: usize = 64;

/// One reading of a selector, with nesting and `@scope` written out.
#[derive(Clone, Debug, Default)]
pub struct FullSelector<'s> {
    /// The compounds, from the outermost on.
    pub compounds: Vec<FullCompound<'s>>,
    /// Whether something left of what is known was not followed: no certain word can be said about it.
    pub unknown: bool,
}

/// The tests of one compound: as written, or put together where it stands for what the rule around it selects.
#[derive(Clone, Debug)]
pub struct FullCompound<'s> {
    around: Vec<&'s Part>,
    written: &'s [Part],
}

impl<'s> FullCompound<'s> {
    /// Every test, those of the rule around it first.
    pub fn parts(&self) -> impl Iterator<Item = &'s Part> + Clone + use<'s, '_> {
        self.around.iter().copied().chain(self.written)
    }
}

impl<'s> FullSelector<'s> {
    /// Every test of every compound.
    pub fn parts(&self) -> impl Iterator<Item = &'s Part> + use<'s, '_> {
        self.compounds.iter().flat_map(FullCompound::parts)
    }
}

impl Stylesheet {
    /// Calls `visit` for each selector of each rule that is `wanted`, with all its readings: one for a rule that stands on its own,
    /// one for each selector of the list around it for a nested rule.
    pub fn each_selector<'s>(
        &'s self,
        wanted: impl Fn(&Rule) -> bool,
        mut visit: impl FnMut(&'s Rule, &'s Selector, &[FullSelector<'s>]),
    ) {
        let mut around: Vec<(u32, Vec<FullSelector<'s>>)> = Vec::new();
        let mut readings = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            while around.last().is_some_and(|(outer, _)| rule.parent != Some(*outer)) {
                around.pop();
            }
            // The first rule inside this one follows it.
            let index = index as u32;
            let is_around = self.rules.get(index as usize + 1).is_some_and(|next| next.parent == Some(index));
            let wanted = wanted(rule);
            if !is_around && !wanted {
                continue;
            }
            let parents = around.last().map(|(_, readings)| readings.as_slice());
            let mut own = Vec::new();
            for selector in &rule.selectors {
                self.read(rule, selector, parents, &mut readings);
                if wanted {
                    visit(rule, selector, &readings);
                }
                if is_around {
                    own.append(&mut readings);
                }
                readings.clear();
            }
            if is_around {
                if rule.selectors.is_empty() {
                    own.push(FullSelector { compounds: Vec::new(), unknown: true });
                }
                if own.len() > READINGS {
                    own.truncate(READINGS);
                    own.iter_mut().for_each(|reading| reading.unknown = true);
                }
                around.push((index, own));
            }
        }
    }

    /// Adds the readings of `selector` inside the rule that reads as `parents`.
    fn read<'s>(
        &'s self,
        rule: &Rule,
        selector: &'s Selector,
        parents: Option<&[FullSelector<'s>]>,
        readings: &mut Vec<FullSelector<'s>>,
    ) {
        let in_scope = rule.parent.and_then(|parent| self.rules.get(parent as usize)).is_some_and(|parent| parent.is_scope);
        match parents {
            Some(parents) => readings.extend(parents.iter().map(|parent| inside(parent, selector, in_scope))),
            None => readings.push(inside(&FullSelector::default(), selector, false)),
        }
    }
}

/// `selector` as it reads inside a rule that selects `parent`.
fn inside<'s>(parent: &FullSelector<'s>, selector: &'s Selector, in_scope: bool) -> FullSelector<'s> {
    let stands_for_parent = |part: &Part| part.nests() && (in_scope || part.test == Test::Nesting);
    let names_parent = selector.nests && selector.parts().any(stands_for_parent);
    let mut full = FullSelector { compounds: Vec::with_capacity(selector.compounds.len()), unknown: parent.unknown };
    if !names_parent {
        full.compounds.extend_from_slice(&parent.compounds);
    }
    for compound in &selector.compounds {
        let mut read = FullCompound { around: Vec::new(), written: &compound.parts };
        if names_parent && compound.parts.iter().any(stands_for_parent) {
            if let Some((last, left)) = parent.compounds.split_last() {
                full.compounds.extend_from_slice(left);
                read.around.extend(last.parts());
            }
            read.around.extend(compound.parts.iter().filter(|part| !stands_for_parent(part)));
            read.written = &[];
        }
        full.unknown |= read.around.len().max(read.written.len()) > PARTS;
        read.around.truncate(PARTS);
        read.written = read.written.get(..PARTS).unwrap_or(read.written);
        full.compounds.push(read);
    }
    if full.compounds.len() > COMPOUNDS {
        full.compounds.drain(..full.compounds.len() - COMPOUNDS);
        full.unknown = true;
    }
    full
}
