//! Sorting, and finding in what is sorted. The standard library's sorts are compiled anew for each type, 5 KB each in the wasm module: these sort places alone.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts; equal items keep their order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key; items of equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison; equal items keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &|a, b| compare(&items[a], &items[b]));
    // `places[n]` says where the item comes from that belongs to place n: from one to the next, they close circles.
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Everything once, in order. To collect a set is to sort its items first, by a sort of their type; to insert them is not.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// Each key with its last value, in order; for the same reason as [`set`].
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}

/// Finds the entry of a sorted text, each ended by the byte `end`, that `compare` calls equal: it says how what is sought compares
/// with an entry. The text is searched where it lies; nothing is built at start.
pub fn find(entries: &str, end: u8, compare: impl Fn(&str) -> Ordering) -> Option<&str> {
    let mut rest = entries;
    while !rest.is_empty() {
        // Entries are short, so that looking at their bytes one by one is soonest done.
        let (before, after) = rest.as_bytes().split_at(rest.len() / 2);
        let is_end = |byte: &u8| *byte == end;
        let start = before.iter().rposition(is_end).map_or(0, |before| before + 1);
        let stop = after.iter().position(is_end).map_or(rest.len(), |length| before.len() + length);
        let entry = rest.get(start..stop).unwrap_or_default();
        rest = match compare(entry) {
            Ordering::Equal => return Some(entry),
            Ordering::Less => rest.get(..start).unwrap_or_default(),
            Ordering::Greater => rest.get(stop + 1..).unwrap_or_default(),
        };
    }
    None
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_equals_keep_their_order() {
        let mut state = 7_u32;
        for length in 0..200_usize {
            let mut items: Vec<(u32, usize)> = (0..length)
                .map(|at| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 28, at)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            assert_eq!(items, expected);
            sort(&mut items);
            assert!(items.is_sorted());
        }
    }
}
