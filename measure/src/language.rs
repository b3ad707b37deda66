//! `measure language`: false alarms and wrong-language texts found, per pair of languages and length of text.

use crate::catalogues::{Entry, MEASURING, Random, TRAINING};
use anyhow::Result;
use kommo_preflight::syntax::language::{self, Language, Verdict, Word};
use kommo_preflight::text::plain::Plain;
use std::collections::{BTreeMap, HashSet};

/// Classes of length, in words.
const LENGTHS: [(&str, std::ops::RangeInclusive<usize>); 4] =
    [("1-3", 1..=3), ("4-5", 4..=5), ("6-9", 6..=9), ("10+", 10..=usize::MAX)];
/// Texts of this class and longer ones are what the targets speak of.
const JUDGED: usize = 1;
const FILES_PER_PAIR: usize = 1_000;
const TEXTS_PER_FILE: usize = 20;
/// Files with fewer texts of four words and more are tables of names, letters or months, and in no language.
const SENTENCES_PER_FILE: usize = 4;

/// A text with its words.
struct Text {
    entry: Entry,
    words: Vec<Word<'static>>,
    length: usize,
}

/// Prints all tables; with `alarms` every false alarm too.
pub fn measure(alarms: bool) -> Result<()> {
    let learned: HashSet<String> = TRAINING.entries()?.into_iter().map(|entry| entry.text).collect();
    let texts: Vec<Text> =
        MEASURING.entries()?.into_iter().filter(|entry| !learned.contains(&entry.text)).filter_map(text).collect();
    single_texts(&texts, alarms);
    other_ways(&texts);
    files(&texts);
    Ok(())
}

/// Leaves out what the catalogue did not translate and what is mostly code.
fn text(entry: Entry) -> Option<Text> {
    if entry.language != Language::English && entry.text == entry.source {
        return None;
    }
    // The words of all texts are kept until the end.
    let plain: &str = Plain::of(&entry.text).text.into_owned().leak();
    let words = language::words(plain);
    let prose: usize = words.iter().map(|word| word.text.len()).sum();
    let written: usize = plain.split_whitespace().map(str::len).sum();
    let count = plain.split_whitespace().count();
    let length = LENGTHS.iter().position(|(_, range)| range.contains(&count))?;
    (prose * 2 >= written).then_some(Text { entry, words, length })
}

/// Cases and hits.
#[derive(Clone, Copy, Default)]
struct Rate {
    cases: usize,
    hits: usize,
}

impl Rate {
    fn count(&mut self, hit: bool) {
        self.cases += 1;
        self.hits += usize::from(hit);
    }

    fn of(rates: &[Self]) -> Self {
        rates.iter().fold(Self::default(), |sum, rate| Self { cases: sum.cases + rate.cases, hits: sum.hits + rate.hits })
    }

    fn per(self, base: f64) -> f64 {
        self.hits as f64 * base / self.cases.max(1) as f64
    }
}

fn single_texts(texts: &[Text], alarms: bool) {
    let mut rates: BTreeMap<(Language, Language), [Rate; LENGTHS.len()]> = BTreeMap::new();
    for text in texts {
        for declared in Language::ALL {
            let verdict = language::judge_words(&text.words, declared);
            let accused = matches!(verdict, Verdict::Other { .. });
            rates.entry((declared, text.entry.language)).or_default()[text.length].count(accused);
            if let Verdict::Other { language, margin } = verdict
                && alarms
                && declared == text.entry.language
                && text.length >= JUDGED
            {
                let Entry { package, text, source, .. } = &text.entry;
                println!("{package}: {} taken for {} ({margin:.1}): {text:?}, from {source:?}", declared.code(), language.code());
            }
        }
    }
    println!("\nSingle texts: false alarms per 1,000, by words");
    table(&rates, 1000.0, |declared, language| declared == language);
    println!("\nSingle texts: found in a wrong language, %, by words");
    table(&rates, 100.0, |declared, language| declared != language);
}

fn table(rates: &BTreeMap<(Language, Language), [Rate; LENGTHS.len()]>, base: f64, shown: impl Fn(Language, Language) -> bool) {
    println!("| declared | text | {} | 4+ | texts of 4+ |", LENGTHS.map(|(name, _)| name).join(" | "));
    println!("|---|---|{}", "--:|".repeat(LENGTHS.len() + 2));
    let mut all = Vec::new();
    for (&(declared, language), rates) in rates.iter().filter(|((declared, language), _)| shown(*declared, *language)) {
        let judged = Rate::of(&rates[JUDGED..]);
        let cells = rates.map(|rate| format!("{:.2}", rate.per(base))).join(" | ");
        println!("| {} | {} | {cells} | {:.2} | {} |", declared.code(), language.code(), judged.per(base), judged.cases);
        all.push(judged);
    }
    let all = Rate::of(&all);
    println!("| all | | {}| {:.2} | {} |", " | ".repeat(LENGTHS.len()), all.per(base), all.cases);
}

/// The same texts judged by two libraries, each at the confidence that keeps its false alarms at 2 in 1,000, if it has one.
fn other_ways(texts: &[Text]) {
    let judged: Vec<&Text> = texts.iter().filter(|text| text.length >= JUDGED).collect();
    println!("\nOther ways, texts of 4+ words: false alarms per 1,000 and found, %");
    println!("| way | confidence needed | false alarms | found |\n|---|--:|--:|--:|");
    for (name, way) in [("whatlang", whatlang as fn(&str) -> Option<(Language, f64)>), ("whichlang", whichlang)] {
        let answers: Vec<_> = judged.iter().map(|text| (text.entry.language, way(&text.entry.text))).collect();
        let mut wrong: Vec<f64> = answers
            .iter()
            .filter_map(|&(own, answer)| answer.filter(|&(language, _)| language != own).map(|(_, confidence)| confidence))
            .collect();
        wrong.sort_by(|one, other| other.total_cmp(one));
        let needed = wrong.get(judged.len() * 2 / 1000).copied().unwrap_or_default();
        for needed in [0.0, needed] {
            let (mut alarms, mut found) = (Rate::default(), Rate::default());
            for (own, answer) in &answers {
                for declared in Language::ALL {
                    let accuses = answer.is_some_and(|(language, confidence)| language != declared && confidence > needed);
                    if declared == *own { &mut alarms } else { &mut found }.count(accuses);
                }
            }
            println!("| {name} | {needed:.3} | {:.2} | {:.2} |", alarms.per(1000.0), found.per(100.0));
        }
    }
}

fn whatlang(text: &str) -> Option<(Language, f64)> {
    use whatlang::Lang;
    const LANGUAGES: [Lang; 6] = [Lang::Eng, Lang::Spa, Lang::Por, Lang::Tur, Lang::Ind, Lang::Rus];
    let info = whatlang::Detector::with_allowlist(LANGUAGES.to_vec()).detect(text)?;
    let at = LANGUAGES.iter().position(|language| *language == info.lang())?;
    Some((Language::ALL[at], info.confidence()))
}

/// It knows no Indonesian and gives no confidence.
fn whichlang(text: &str) -> Option<(Language, f64)> {
    use whichlang::Lang;
    let language = match whichlang::detect_language(text) {
        Lang::Eng => Language::English,
        Lang::Spa => Language::Spanish,
        Lang::Por => Language::Portuguese,
        Lang::Tur => Language::Turkish,
        Lang::Rus => Language::Russian,
        _ => return None,
    };
    Some((language, 1.0))
}

/// Whole files: some texts of one package, of any length, judged together.
fn files(texts: &[Text]) {
    let mut random = Random(3);
    let mut alarms = Rate::default();
    let mut found = Rate::default();
    let mut misnamed = 0;
    let mut tables = 0;
    for language in Language::ALL {
        let mut packages: BTreeMap<&str, Vec<&Text>> = BTreeMap::new();
        for text in texts.iter().filter(|text| text.entry.language == language) {
            packages.entry(text.entry.package).or_default().push(text);
        }
        packages.retain(|_, texts| texts.len() >= TEXTS_PER_FILE);
        let packages: Vec<_> = packages.into_values().collect();
        for declared in Language::ALL {
            for _ in 0..FILES_PER_PAIR {
                let package = &packages[random.below(packages.len())];
                let start = random.below(package.len() - TEXTS_PER_FILE + 1);
                let file = &package[start..start + TEXTS_PER_FILE];
                if file.iter().filter(|text| text.length >= JUDGED).count() < SENTENCES_PER_FILE {
                    tables += 1;
                    continue;
                }
                let verdict = language::judge_group(file.iter().map(|text| text.entry.text.as_str()), declared).together;
                let accused = matches!(verdict, Verdict::Other { .. });
                if declared == language { &mut alarms } else { &mut found }.count(accused);
                misnamed += usize::from(matches!(verdict, Verdict::Other { language: named, .. } if named != language));
            }
        }
    }
    println!("\nFiles of {TEXTS_PER_FILE} texts of any length, {FILES_PER_PAIR} for each pair of languages");
    println!("false alarms: {} of {}; not found: {} of {}; ", alarms.hits, alarms.cases, found.cases - found.hits, found.cases);
    println!(
        "taken for a third language: {misnamed}; left out, as fewer than {SENTENCES_PER_FILE} texts have four words: {tables}"
    );
}
