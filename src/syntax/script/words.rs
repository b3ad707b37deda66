//! The names that occur in a script, each kept once.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// A name that occurs in the script; equal names have equal words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word(pub(super) u32);

/// The names of a script by their words, and the words by their names: all names stand in one text, one after another.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    /// Where each word's name ends in the text.
    ends: Vec<u32>,
    by_name: HashTable<Word>,
}

impl Words {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn name(&self, Word(at): Word) -> &str {
        name(&self.text, &self.ends, at as usize)
    }

    /// The word of a name that occurs.
    pub(super) fn find(&self, name: &str) -> Option<Word> {
        self.by_name.find(FxBuildHasher.hash_one(name), |&word| self.name(word) == name).copied()
    }

    /// The word of a name that occurs from now on.
    pub(super) fn add(&mut self, text: &str) -> Word {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(&word) = self.by_name.find(hash, |&word| self.name(word) == text) {
            return word;
        }
        let word = Word(self.len() as u32);
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.by_name.insert_unique(hash, word, |word| FxBuildHasher.hash_one(name(&self.text, &self.ends, word.0 as usize)));
        word
    }
}

fn name<'t>(text: &'t str, ends: &[u32], at: usize) -> &'t str {
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &text[start as usize..ends[at] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_have_equal_words() {
        let mut words = Words::default();
        let names: Vec<String> = (0..1_000).map(|number| format!("имя{number}")).chain([String::new()]).collect();
        let added: Vec<Word> = names.iter().map(|name| words.add(name)).collect();
        assert_eq!(words.len(), names.len());
        for (name, word) in names.iter().zip(added) {
            assert_eq!(words.name(word), name);
            assert_eq!(words.find(name), Some(word));
            assert_eq!(words.add(name), word);
        }
        assert_eq!(words.len(), names.len());
        assert_eq!(words.find("elsewhere"), None);
    }
}
