//! Real interface texts: the message catalogues of Debian packages, fetched into `target/catalogues/`; nothing of them is committed.

use anyhow::{Context, Result, bail, ensure};
use kommo_preflight::syntax::language::Language;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Catalogues to learn from.
pub const TRAINING: Set = Set {
    name: "training",
    packages: &[
        "akregator",
        "darktable",
        "digikam-data",
        "dolphin",
        "evolution-common",
        "filezilla-common",
        "gajim",
        "gimp-data",
        "gnome-control-center-data",
        "gnome-software-common",
        "gnucash-common",
        "hexchat-common",
        "kaddressbook",
        "kate5-data",
        "kdenlive-data",
        "kget",
        "kmail",
        "kmymoney-common",
        "konversation-data",
        "korganizer",
        "libgtk-3-common",
        "libkf5i18n-data",
        "mate-control-center-common",
        "nautilus-data",
        "network-manager-gnome",
        "okular",
        "pidgin-data",
        "plasma-desktop-data",
        "plasma-workspace-data",
        "python3-django",
        "skrooge-common",
        "vlc-l10n",
        "wordpress-l10n",
        "xfce4-settings",
    ],
};

/// Catalogues to measure with: other packages.
pub const MEASURING: Set = Set {
    name: "measuring",
    packages: &[
        "audacity-data",
        "bleachbit",
        "brasero-common",
        "caja-common",
        "cinnamon-l10n",
        "claws-mail-i18n",
        "deja-dup",
        "epiphany-browser-data",
        "evince-common",
        "geany-common",
        "gnome-calendar",
        "gnome-contacts",
        "gnome-maps",
        "gramps",
        "homebank",
        "krita-l10n",
        "ktorrent-data",
        "mailman3",
        "mumble",
        "phpmyadmin",
        "pitivi",
        "pluma-common",
        "rhythmbox-data",
        "seahorse",
        "shotwell-common",
        "simple-scan",
        "synaptic",
        "tellico-data",
        "thunar-data",
        "totem-common",
        "transmission-common",
    ],
};

/// Some packages with catalogues.
pub struct Set {
    name: &'static str,
    packages: &'static [&'static str],
}

/// One text of a catalogue.
pub struct Entry {
    /// The package that ships it.
    pub package: &'static str,
    /// Its language.
    pub language: Language,
    /// The English text that it translates, or that it is.
    pub source: String,
    /// The text, without keyboard marks.
    pub text: String,
}

impl Set {
    /// All texts of the set, each of a language once, the English sources among them.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        let root = self.fetch()?;
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        for package in self.packages {
            let mut catalogues = Vec::new();
            find_catalogues(&root.join(package), &mut catalogues)?;
            catalogues.sort();
            for path in catalogues {
                let Some(language) = catalogue_language(&path) else { continue };
                for (source, text) in read_catalogue(&fs::read(&path)?) {
                    for (language, text) in [(language, &text), (Language::English, &source)] {
                        if !text.trim().is_empty() && seen.insert((language, text.clone())) {
                            entries.push(Entry { package, language, source: source.clone(), text: text.clone() });
                        }
                    }
                }
            }
        }
        Ok(entries)
    }

    /// Downloads and unpacks the packages that are not there yet.
    fn fetch(&self) -> Result<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/catalogues").join(self.name);
        for package in self.packages.iter().filter(|package| !root.join(package).is_dir()) {
            let download = root.join("download");
            fs::create_dir_all(&download)?;
            let status = Command::new("apt-get")
                .args(["download", "-qq", package])
                .current_dir(&download)
                .stderr(Stdio::null())
                .status()
                .context("the catalogues come from Debian packages, and this machine has no apt-get")?;
            ensure!(status.success(), "apt-get download {package} failed; apt-get update may help");
            let Some(archive) = fs::read_dir(&download)?.flatten().map(|entry| entry.path()).next() else {
                bail!("apt-get download {package} left no file");
            };
            let status = Command::new("dpkg").arg("-x").arg(&archive).arg(root.join(package)).status()?;
            ensure!(status.success(), "dpkg -x {} failed", archive.display());
            fs::remove_dir_all(&download)?;
        }
        Ok(root)
    }
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
    let bare = ["es", "pt", "ru", "tr", "id"].contains(&locale);
    let of_a_country = ["es_", "pt_", "ru_RU", "tr_TR", "id_ID"].iter().any(|start| locale.starts_with(start));
    (bare || of_a_country && !locale.contains('@')).then(|| Language::of_locale(locale)).flatten()
}

/// The pairs of a compiled message catalogue: source and translation, singular forms, without contexts and keyboard marks.
fn read_catalogue(bytes: &[u8]) -> Vec<(String, String)> {
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
    let pairs = (0..count).filter_map(|index| Some((string(sources, index)?, string(texts, index)?)));
    pairs.filter(|(source, _)| !source.is_empty()).collect()
}

/// `_Open` and `&Open` are "Open".
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
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    /// Puts items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
