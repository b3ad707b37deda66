//! `train language`: the table of weights that tells the languages of the Latin script apart.

use crate::catalogues::{Entry, Random, TRAINING};
use anyhow::Result;
use kommo_preflight::syntax::language::{self, BUCKETS, LATIN, Language, Script, WEIGHT_UNIT};
use kommo_preflight::text::plain::Plain;
use std::fs;
use std::path::Path;

const EPOCHS: usize = 6;
const LEARNING_RATE: f32 = 0.25;
const DECAY: f32 = 2e-6;
/// Words of a text that are learned from.
const LONGEST_TEXT: usize = 30;

/// A text: its language, and for each telling word its buckets.
struct Sample {
    label: usize,
    words: Vec<Vec<u32>>,
}

/// Learns from the training catalogues and writes the table.
pub fn language() -> Result<()> {
    let mut random = Random(7);
    let mut entries = TRAINING.entries()?;
    random.shuffle(&mut entries);
    let mut samples: Vec<Sample> = entries.iter().filter_map(sample).collect();
    let weights = fit(&mut samples, &mut random);
    let table: Vec<u8> = weights.iter().map(|weight| quantised(*weight)).collect();
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/syntax/language/weights.bin"), &table)?;
    println!("{} texts, {} bytes of weights", samples.len(), table.len());
    Ok(())
}

fn quantised(weight: f32) -> u8 {
    let limit = f32::from(i8::MAX);
    ((weight / WEIGHT_UNIT).round().clamp(-limit, limit) as i8).cast_unsigned()
}

/// A translation that its catalogue left in English, or a text of fewer than two words, teaches nothing.
fn sample(entry: &Entry) -> Option<Sample> {
    let label = entry.language as usize;
    if label >= LATIN || (entry.language != Language::English && entry.text == entry.source) {
        return None;
    }
    let words: Vec<Vec<u32>> = language::words(&Plain::of(&entry.text).text)
        .iter()
        .filter(|word| word.telling && language::script(&word.text) == Script::Latin)
        .map(|word| {
            let mut buckets = Vec::new();
            language::for_each_feature(&word.text, |bucket| buckets.push(bucket as u32));
            buckets
        })
        .take(LONGEST_TEXT)
        .collect();
    (words.len() >= 2).then_some(Sample { label, words })
}

/// Multinomial logistic regression by AdaGrad; half of the texts are cut to a few words, as short texts are the hard ones.
fn fit(samples: &mut [Sample], random: &mut Random) -> Vec<f32> {
    let mut weights = vec![0.0_f32; BUCKETS * LATIN];
    let mut squares = vec![1e-3_f32; BUCKETS * LATIN];
    for epoch in 1..=EPOCHS {
        random.shuffle(samples);
        let mut right = 0;
        for sample in samples.iter() {
            let words = excerpt(&sample.words, random);
            let likely = probabilities(&weights, words);
            right += usize::from(likely.iter().all(|other| likely[sample.label] >= *other));
            let mut error = likely;
            error[sample.label] -= 1.0;
            for word in words {
                for &bucket in word {
                    for (language, error) in error.iter().enumerate() {
                        let at = bucket as usize * LATIN + language;
                        let gradient = error / (word.len() as f32).sqrt() + DECAY * weights[at];
                        squares[at] += gradient * gradient;
                        weights[at] -= LEARNING_RATE * gradient / squares[at].sqrt();
                    }
                }
            }
        }
        println!("round {epoch}: {:.2} % right", right as f64 * 100.0 / samples.len() as f64);
    }
    weights
}

fn excerpt<'a>(words: &'a [Vec<u32>], random: &mut Random) -> &'a [Vec<u32>] {
    let length = 2 + random.below(5);
    if random.below(2) == 0 || length >= words.len() {
        return words;
    }
    let from = random.below(words.len() - length + 1);
    &words[from..from + length]
}

fn probabilities(weights: &[f32], words: &[Vec<u32>]) -> [f32; LATIN] {
    let mut score = [0.0_f32; LATIN];
    for word in words {
        let scale = 1.0 / (word.len() as f32).sqrt();
        for &bucket in word {
            let row = &weights[bucket as usize * LATIN..][..LATIN];
            score.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * scale);
        }
    }
    let highest = score.iter().copied().fold(f32::MIN, f32::max);
    let exponents = score.map(|sum| (sum - highest).exp());
    let total: f32 = exponents.iter().sum();
    exponents.map(|exponent| exponent / total)
}
