//! `train language` and `measure language`: the weights that tell six languages apart, and how well they do.
//!
//! Both read the message catalogues that Debian packages ship, fetched into `target/catalogues/`; no catalogue is committed.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kommo_preflight::syntax::language::{self, BUCKETS, LATIN, Language, Verdict, WEIGHT_UNIT};
use kommo_preflight::text::plain::Plain;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const TRAINING: [&str; 34] = [
    "akregator", "darktable", "digikam-data", "dolphin", "evolution-common", "filezilla-common", "gajim", "gimp-data",
    "gnome-control-center-data", "gnome-software-common", "gnucash-common", "hexchat-common", "kaddressbook", "kate5-data",
    "kdenlive-data", "kget", "kmail", "kmymoney-common", "konversation-data", "korganizer", "libgtk-3-common",
    "libkf5i18n-data", "mate-control-center-common", "nautilus-data", "network-manager-gnome", "okular", "pidgin-data",
    "plasma-desktop-data", "plasma-workspace-data", "python3-django", "skrooge-common", "vlc-l10n", "wordpress-l10n",
    "xfce4-settings",
];
const MEASURING: [&str; 31] = [
    "audacity-data", "bleachbit", "brasero-common", "caja-common", "cinnamon-l10n", "claws-mail-i18n", "deja-dup",
    "epiphany-browser-data", "evince-common", "geany-common", "gnome-calendar", "gnome-contacts", "gnome-maps", "gramps",
    "homebank", "krita-l10n", "ktorrent-data", "mailman3", "mumble", "phpmyadmin", "pitivi", "pluma-common", "rhythmbox-data",
    "seahorse", "shotwell-common", "simple-scan", "synaptic", "tellico-data", "thunar-data", "totem-common",
    "transmission-common",
];

/// One string of a catalogue.
struct Entry {
    package: String,
    language: Language,
    /// The English text that it translates.
    source: String,
    text: String,
}

/// Downloads and unpacks `packages` under `target/catalogues/<set>`, unless they are there.
fn fetch(set: &str, packages: &[&str]) -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/catalogues").join(set);
    fs::create_dir_all(&root)?;
    for package in packages {
        let unpacked = root.join(package);
        if unpacked.is_dir() {
            continue;
        }
        let download = root.join("download");
        fs::create_dir_all(&download)?;
        let done = Command::new("apt-get").args(["download", "-qq", package]).current_dir(&download).stderr(Stdio::null()).status();
        match done {
            Err(_) => return Err("the catalogues come from Debian packages, and this machine has no apt-get".into()),
            Ok(status) if !status.success() => return Err(format!("apt-get download {package} failed; try apt-get update").into()),
            Ok(_) => {}
        }
        let Some(archive) = fs::read_dir(&download)?.flatten().map(|entry| entry.path()).next() else {
            return Err(format!("apt-get download {package} left no file").into());
        };
        if !Command::new("dpkg").arg("-x").arg(&archive).arg(&unpacked).status()?.success() {
            return Err(format!("dpkg -x {} failed", archive.display()).into());
        }
        fs::remove_dir_all(&download)?;
    }
    Ok(root)
}

/// All strings of the catalogues of a set, each text of a language once; with the English sources as texts of their own.
fn entries(set: &str, packages: &[&str]) -> Result<Vec<Entry>> {
    let root = fetch(set, packages)?;
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    for package in packages {
        let mut catalogues = Vec::new();
        find_catalogues(&root.join(package), &mut catalogues)?;
        catalogues.sort();
        for path in catalogues {
            let Some(language) = catalogue_language(&path) else { continue };
            for (source, text) in read_mo(&fs::read(&path)?) {
                for (language, text) in [(language, &text), (Language::English, &source)] {
                    if !text.trim().is_empty() && seen.insert((language, text.clone())) {
                        entries.push(Entry { package: (*package).to_owned(), language, source: source.clone(), text: text.clone() });
                    }
                }
            }
        }
    }
    Ok(entries)
}

fn find_catalogues(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            find_catalogues(&entry.path(), found)?;
        } else if kind.is_file() && entry.path().extension().is_some_and(|extension| extension == "mo") {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// The language of `es/LC_MESSAGES/x.mo` or `admin-es_ES.mo`.
fn catalogue_language(path: &Path) -> Option<Language> {
    let folder = path.parent()?;
    let locale = if folder.ends_with("LC_MESSAGES") {
        folder.parent()?.file_name()?.to_str()?
    } else {
        path.file_stem()?.to_str()?.rsplit('-').next()?
    };
    let plain = ["es", "pt", "ru", "tr", "id"].contains(&locale);
    let regional = ["es_", "pt_", "ru_RU", "tr_TR", "id_ID"].iter().any(|start| locale.starts_with(start)) && !locale.contains('@');
    (plain || regional).then(|| Language::of_locale(locale)).flatten()
}

/// The pairs of a compiled message catalogue: source and translation, singular forms, without context and keyboard marks.
fn read_mo(bytes: &[u8]) -> Vec<(String, String)> {
    let little = bytes.starts_with(&[0xde, 0x12, 0x04, 0x95]);
    let number = |at: usize| -> Option<usize> {
        let word: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) } as usize)
    };
    let string = |table: usize, index: usize| -> Option<String> {
        let (length, start) = (number(table + index * 8)?, number(table + index * 8 + 4)?);
        let text = std::str::from_utf8(bytes.get(start..start + length)?).ok()?;
        let text = text.split('\u{4}').next_back()?.split('\0').next()?;
        Some(without_keyboard_mark(text))
    };
    let (Some(count), Some(sources), Some(texts)) = (number(8), number(12), number(16)) else { return Vec::new() };
    (0..count).filter_map(|index| Some((string(sources, index)?, string(texts, index)?))).filter(|(source, _)| !source.is_empty()).collect()
}

fn without_keyboard_mark(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let underscores = text.matches('_').count();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let marks = (c == '&' && !text.contains(';')) || (c == '_' && underscores == 1);
        if !(marks && chars.peek().is_some_and(|next| next.is_alphanumeric())) {
            out.push(c);
        }
    }
    out
}

/// A small generator of pseudo-random numbers, the same at every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// A training text: for each telling word its buckets.
struct Sample {
    label: usize,
    words: Vec<Vec<u32>>,
}

const PER_LANGUAGE: usize = 150_000;
const EPOCHS: usize = 6;

/// `cargo xtask train language`: makes the table of weights.
pub fn train() -> Result<()> {
    let mut random = Random(7);
    let mut samples = Vec::new();
    let mut counts = [0; LATIN];
    let mut all = entries("train", &TRAINING)?;
    shuffle(&mut all, &mut random);
    for entry in all {
        let Some(label) = Language::ALL.iter().take(LATIN).position(|&language| language == entry.language) else { continue };
        if counts[label] >= PER_LANGUAGE || (entry.language != Language::English && entry.text == entry.source) {
            continue;
        }
        let plain = Plain::of(&entry.text);
        let words: Vec<Vec<u32>> = language::words(&plain.text)
            .iter()
            .filter(|word| word.telling && language::script(&word.text) == language::Script::Latin)
            .map(|word| {
                let mut buckets = Vec::new();
                language::for_each_feature(&word.text, |bucket| buckets.push(bucket as u32));
                buckets
            })
            .collect();
        if words.len() >= 2 {
            counts[label] += 1;
            samples.push(Sample { label, words });
        }
    }
    println!("training texts: {counts:?}");
    let weights = fit(&mut samples, &mut random);
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let table: Vec<u8> = weights.iter().map(|weight| ((weight / WEIGHT_UNIT).round().clamp(-127.0, 127.0) as i8).cast_unsigned()).collect();
    let zeros = table.iter().filter(|&&byte| byte == 0).count();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/syntax/language/weights.bin");
    fs::write(&path, &table)?;
    println!("{} bytes, {zeros} of them zero, largest weight {largest}", table.len());
    Ok(())
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last + 1));
    }
}

/// Multinomial logistic regression by AdaGrad; every second text is cut to a few words, as short texts are the hard ones.
fn fit(samples: &mut [Sample], random: &mut Random) -> Vec<f32> {
    const RATE: f32 = 0.25;
    const DECAY: f32 = 2e-6;
    let mut weights = vec![0.0_f32; BUCKETS * LATIN];
    let mut squares = vec![1e-3_f32; BUCKETS * LATIN];
    for epoch in 0..EPOCHS {
        shuffle(samples, random);
        let mut right = 0;
        for sample in samples.iter() {
            let (mut from, mut to) = (0, sample.words.len().min(30));
            if random.below(2) == 0 {
                let length = 2 + random.below(5);
                if length < to {
                    from = random.below(to - length);
                    to = from + length;
                }
            }
            let words = &sample.words[from..to];
            let mut score = [0.0_f32; LATIN];
            for word in words {
                let scale = 1.0 / (word.len() as f32).sqrt();
                for &bucket in word {
                    for (language, sum) in score.iter_mut().enumerate() {
                        *sum += weights[bucket as usize * LATIN + language] * scale;
                    }
                }
            }
            let highest = score.iter().copied().fold(f32::MIN, f32::max);
            right += usize::from(score[sample.label] == highest);
            let exponents = score.map(|sum| (sum - highest).exp());
            let total: f32 = exponents.iter().sum();
            let mut error = exponents.map(|exponent| exponent / total);
            error[sample.label] -= 1.0;
            for word in words {
                let scale = 1.0 / (word.len() as f32).sqrt();
                for &bucket in word {
                    for (language, error) in error.iter().enumerate() {
                        let at = bucket as usize * LATIN + language;
                        let gradient = error * scale + DECAY * weights[at];
                        squares[at] += gradient * gradient;
                        weights[at] -= RATE * gradient / squares[at].sqrt();
                    }
                }
            }
        }
        println!("epoch {}: {:.2} % right while learning", epoch + 1, right as f64 * 100.0 / samples.len() as f64);
    }
    weights
}

/// `cargo xtask measure language`.
pub fn measure() -> Result<()> {
    let known: HashSet<String> = entries("train", &TRAINING)?.into_iter().map(|entry| entry.text).collect();
    let mut measured: Vec<Entry> = entries("measure", &MEASURING)?.into_iter().filter(|entry| !known.contains(&entry.text)).collect();
    measured.retain(|entry| entry.language == Language::English || entry.text != entry.source);
    measured.retain(|entry| !mostly_code(&entry.text));
    let mut alarms: BTreeMap<(Language, Language, usize), (usize, usize)> = BTreeMap::new();
    let verbose = std::env::var_os("ALARMS").is_some();
    for entry in &measured {
        let words = language::words(&Plain::of(&entry.text).text);
        let class = match entry.text.split_whitespace().count() { 0..=3 => 0, 4..=5 => 1, 6..=9 => 2, _ => 3 };
        for declared in Language::ALL {
            let verdict = language::judge_words(&words, declared);
            let cell = alarms.entry((declared, entry.language, class)).or_default();
            cell.0 += 1;
            if let Verdict::Other { language, margin } = verdict {
                cell.1 += 1;
                if verbose && declared == entry.language {
                    println!("{} {} -> {} {margin:.1}: {:?} <- {:?}", entry.package, declared.code(), language.code(), entry.text, entry.source);
                }
            }
        }
    }
    for (title, same) in [("False alarms per 1,000", true), ("Found, %", false)] {
        println!("\n{title}\ndeclared text   1-3  4-5  6-9  10+  | 4+");
        let mut sum = (0, 0);
        for declared in Language::ALL {
            for language in Language::ALL {
                if (declared == language) != same { continue; }
                let cells: Vec<(usize, usize)> = (0..4).map(|class| alarms.get(&(declared, language, class)).copied().unwrap_or_default()).collect();
                let long = cells[1..].iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
                sum = (sum.0 + long.0, sum.1 + long.1);
                let rate = |cell: (usize, usize)| cell.1 as f64 * if same { 1000.0 } else { 100.0 } / cell.0.max(1) as f64;
                println!("{} {}  {:6.2} {:6.2} {:6.2} {:6.2} | {:6.2} of {}", declared.code(), language.code(), rate(cells[0]), rate(cells[1]), rate(cells[2]), rate(cells[3]), rate(long), long.0);
            }
        }
        println!("all, 4+ words: {} of {}", sum.1, sum.0);
    }
    Ok(())
}

/// Whether little of a text is prose.
fn mostly_code(text: &str) -> bool {
    let plain = Plain::of(text);
    let prose: usize = language::words(&plain.text).iter().map(|word| word.text.len()).sum();
    let dense = plain.text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
    prose * 2 < dense
}
