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
    /// The tests of each compound, from the outermost on.
    pub compounds: Vec<Vec<&'s Part>>,
    /// Whether something left of what is known was not followed: no certain word can be said about it.
    pub unknown: bool,
}

impl Stylesheet {
    /// Calls `visit` for each selector of each rule with all its readings: one for a rule that stands on its own, one for each
    /// selector of the list around it for a nested rule.
    pub fn each_selector<'s>(&'s self, mut visit: impl FnMut(&'s Rule, &'s Selector, &[FullSelector<'s>])) {
        let mut around: Vec<(u32, Vec<FullSelector<'s>>)> = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            while around.last().is_some_and(|(outer, _)| rule.parent != Some(*outer)) {
                around.pop();
            }
            let parents = around.last().map(|(_, readings)| readings.as_slice());
            let mut own = Vec::new();
            for selector in &rule.selectors {
                let readings = self.readings(rule, selector, parents);
                visit(rule, selector, &readings);
                own.extend(readings);
            }
            if rule.selectors.is_empty() {
                own.push(FullSelector { compounds: Vec::new(), unknown: true });
            }
            if own.len() > READINGS {
                own.truncate(READINGS);
                own.iter_mut().for_each(|reading| reading.unknown = true);
            }
            around.push((index as u32, own));
        }
    }

    fn readings<'s>(
        &'s self,
        rule: &Rule,
        selector: &'s Selector,
        parents: Option<&[FullSelector<'s>]>,
    ) -> Vec<FullSelector<'s>> {
        let in_scope = rule.parent.and_then(|parent| self.rules.get(parent as usize)).is_some_and(|parent| parent.is_scope);
        match parents {
            Some(parents) => parents.iter().map(|parent| inside(parent, selector, in_scope)).collect(),
            None => vec![inside(&FullSelector::default(), selector, false)],
        }
    }
}

/// `selector` as it reads inside a rule that selects `parent`.
fn inside<'s>(parent: &FullSelector<'s>, selector: &'s Selector, in_scope: bool) -> FullSelector<'s> {
    let stands_for_parent = |part: &Part| match &part.test {
        Test::Nesting => true,
        Test::Pseudo { name, .. } => in_scope && &**name == "scope",
        _ => false,
    };
    let names_parent = selector.parts().any(stands_for_parent);
    let mut full = FullSelector { compounds: Vec::new(), unknown: parent.unknown };
    if !names_parent {
        full.compounds.clone_from(&parent.compounds);
    }
    for compound in &selector.compounds {
        let mut parts = Vec::new();
        if compound.parts.iter().any(stands_for_parent)
            && let Some((last, left)) = parent.compounds.split_last()
        {
            full.compounds.extend_from_slice(left);
            parts.clone_from(last);
        }
        parts.extend(compound.parts.iter().filter(|part| !stands_for_parent(part)));
        full.unknown |= parts.len() > PARTS;
        parts.truncate(PARTS);
        full.compounds.push(parts);
    }
    if full.compounds.len() > COMPOUNDS {
        full.compounds.drain(..full.compounds.len() - COMPOUNDS);
        full.unknown = true;
    }
    full
}
