//! `cargo xtask bench`: how fast the command, the module and the page are, beside the physical floor and beside other linters.

use crate::{Command, project, setup, shell, wasm};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

pub const COMMAND: Command =
    Command { name: "bench", about: "measures speed and memory, and writes them into the README: bench [--quick]", run };

/// Runs of everything, one after another in each round, so that what disturbs the machine disturbs all alike.
const ROUNDS: usize = 7;

/// Runs inside one process.
const INNER_RUNS: usize = 9;

/// What is measured, and in which corpora.
struct Contender {
    name: &'static str,
    /// What it does with a corpus.
    checks: &'static str,
    corpora: &'static [&'static str],
    /// Milliseconds of one run.
    run: fn(&str) -> Result<f64>,
}

const ALL: &[&str] = &["small", "large", "bundle", "many"];
const WIDGETS: &[&str] = &["small", "large"];
const SCALED: &[&str] = &["large-x2", "large-x4", "large-x8"];

const CONTENDERS: &[Contender] = &[
    Contender { name: COMMAND_RUN, checks: "everything, from a zip to the report", corpora: ALL, run: command },
    Contender {
        name: ENGINE,
        checks: "the same without starting a process",
        corpora: ALL,
        run: |corpus| inside("engine", corpus),
    },
    Contender { name: ENGINE, checks: "", corpora: SCALED, run: |corpus| inside("engine", corpus) },
    Contender {
        name: FLOOR,
        checks: "inflates, parses and decodes once; judges nothing",
        corpora: ALL,
        run: |corpus| inside("floor", corpus),
    },
    Contender {
        name: SCRIPTS,
        checks: "inflates, parses and resolves the scripts alone",
        corpora: &["bundle"],
        run: |corpus| inside("scripts", corpus),
    },
    Contender { name: NODE, checks: "everything; warm", corpora: ALL, run: node },
    Contender { name: ADDONS_LINTER, checks: "the zip, as a browser extension", corpora: WIDGETS, run: addons_linter },
    Contender {
        name: "eslint 10.15 + stylelint 16.26",
        checks: "scripts, then stylesheets",
        corpora: WIDGETS,
        run: eslint_and_stylelint,
    },
    Contender { name: "biome 2.6.8", checks: "scripts, stylesheets, JSON", corpora: WIDGETS, run: biome },
    Contender { name: OXLINT, checks: "scripts alone", corpora: WIDGETS, run: oxlint },
];

const COMMAND_RUN: &str = "kommo-preflight, the command";
const ENGINE: &str = "the engine, one thread";
const FLOOR: &str = "the floor, one thread";
const SCRIPTS: &str = "oxc on the scripts";
const NODE: &str = "the module in Node";
const CHROMIUM: &str = "the module in Chromium";
const DROP_COLD: &str = "the page, drop to report, cold";
const DROP_WARM: &str = "the page, drop to report, warm";
const ADDONS_LINTER: &str = "addons-linter 10.13.0";
const OXLINT: &str = "oxlint 1.94.0";

/// Milliseconds of every run, by contender and corpus.
type Times = BTreeMap<(&'static str, String), Vec<f64>>;

fn run(arguments: &[String]) -> Result<()> {
    let quick = arguments.iter().any(|argument| argument == "--quick");
    prepare(quick)?;
    let mut times = Times::new();
    for round in 0..=ROUNDS {
        eprintln!("round {round} of {ROUNDS}{}", if round == 0 { ", which warms up and does not count" } else { "" });
        for contender in CONTENDERS.iter().filter(|contender| !quick || !contender.name.contains(char::is_numeric)) {
            for corpus in contender.corpora {
                let time = (contender.run)(corpus).with_context(|| format!("{} on {corpus}", contender.name))?;
                if round > 0 {
                    times.entry((contender.name, (*corpus).to_owned())).or_default().push(time);
                }
            }
        }
    }
    if !quick {
        for corpus in ALL {
            browser(corpus, &mut times)?;
        }
    }
    let page = page(&times)?;
    print!("{page}");
    if quick { Ok(()) } else { write_readme(&page) }
}

/// Builds what is measured, the corpora and the peers.
fn prepare(quick: bool) -> Result<()> {
    setup::rust::ensure_wasm_tools()?;
    setup::npm::ensure_packages("bench/peers")?;
    let release = ["build", "--locked", "--release"];
    shell::run(shell::command("cargo").args(release).args(["--bin", "kommo-preflight"]))?;
    shell::run(shell::command("cargo").args(release).args(["--package", "bench"]))?;
    wasm::build_one(wasm::RELEASE)?;
    if !quick {
        setup::npm::ensure_packages("www")?;
        shell::run(&mut shell::script("www", "build"))?;
    }
    let mut corpora = shell::command(&tool("bench"));
    shell::run(corpora.arg("corpora").arg(corpora_folder()).arg(peers().join("node_modules")))
}

/// Outside of the project: some linters leave out what git leaves out.
fn corpora_folder() -> PathBuf {
    std::env::temp_dir().join("kommo-preflight-bench")
}

fn peers() -> PathBuf {
    project::path("bench/peers")
}

fn zip(corpus: &str) -> PathBuf {
    corpora_folder().join(format!("{corpus}.zip"))
}

/// A program that cargo built in the release profile.
fn tool(name: &str) -> String {
    project::path("target/release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).display().to_string()
}

/// The wall time of a process; linters fail on what they find, so how it ends says nothing.
fn wall(command: &mut std::process::Command) -> Result<f64> {
    let start = Instant::now();
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

/// What a program prints, as JSON.
fn printed<T: for<'de> Deserialize<'de>>(command: &mut std::process::Command) -> Result<T> {
    let output = command.stderr(Stdio::inherit()).output()?;
    serde_json::from_slice(&output.stdout).with_context(|| format!("{command:?} printed no times"))
}

fn command(corpus: &str) -> Result<f64> {
    wall(shell::command(&tool("kommo-preflight")).args(["check", "--no-config", "--format", "json"]).arg(zip(corpus)))
}

/// The median inside one process, its first runs left out.
fn inside(what: &str, corpus: &str) -> Result<f64> {
    let times: Vec<f64> = printed(shell::command(&tool("bench")).arg(what).arg(zip(corpus)).arg(INNER_RUNS.to_string()))?;
    Ok(median(times.get(3..).unwrap_or(&times)))
}

fn node(corpus: &str) -> Result<f64> {
    let script = project::path("bench/node.js");
    Ok(median(&printed::<Vec<f64>>(shell::command("node").arg(script).arg(zip(corpus)).arg(INNER_RUNS.to_string()))?))
}

/// A peer's program in Node, in the folder of the unpacked corpus.
fn peer(script: &str, arguments: &[&str], corpus: &str) -> Result<f64> {
    let script = peers().join("node_modules").join(script);
    wall(shell::command("node").current_dir(corpora_folder().join(corpus)).arg(script).args(arguments))
}

fn addons_linter(corpus: &str) -> Result<f64> {
    peer("addons-linter/bin/addons-linter", &["--output", "json", &zip(corpus).display().to_string()], corpus)
}

fn eslint_and_stylelint(corpus: &str) -> Result<f64> {
    let config = |name: &str| peers().join(name).display().to_string();
    let scripts = peer("eslint/bin/eslint.js", &["--no-ignore", "--config", &config("eslint.config.js"), "."], corpus)?;
    let styles = ["--config", &config("stylelint.config.js"), "**/*.css"];
    Ok(scripts + peer("stylelint/bin/stylelint.mjs", &styles, corpus)?)
}

fn biome(corpus: &str) -> Result<f64> {
    peer("@biomejs/biome/bin/biome", &["lint", "--files-max-size=10000000", "."], corpus)
}

fn oxlint(corpus: &str) -> Result<f64> {
    peer("oxlint/bin/oxlint", &["--no-ignore", "."], corpus)
}

#[derive(Deserialize)]
struct InBrowser {
    engine: Vec<f64>,
    cold: Vec<f64>,
    warm: Vec<f64>,
}

fn browser(corpus: &str, times: &mut Times) -> Result<()> {
    let browser = setup::browser::ensure_browser()?;
    let mut command = shell::command("node");
    command
        .arg(project::path("bench/chromium.js"))
        .arg(zip(corpus))
        .arg(INNER_RUNS.to_string())
        .env("KOMMO_PREFLIGHT_CHROMIUM", &browser.chromium)
        .env("KOMMO_PREFLIGHT_CHROMIUM_FLAGS", setup::browser::flags().join(" "));
    let measured: InBrowser = printed(&mut command)?;
    let mut note = |name, runs| times.insert((name, corpus.to_owned()), runs);
    note(CHROMIUM, measured.engine);
    note(DROP_COLD, measured.cold);
    note(DROP_WARM, measured.warm);
    Ok(())
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// `12 ± 1`: the median, and half of what lies between the quarters.
fn shown(times: &[f64]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: usize| sorted.get(sorted.len() * share / 4).copied().unwrap_or_default();
    let digits = usize::from(median(times) < 20.0);
    format!("{:.digits$} ± {:.digits$}", median(times), (at(3) - at(1)) / 2.0)
}

fn page(times: &Times) -> Result<String> {
    let mut page = format!("Milliseconds, median of {ROUNDS} and more, all in one run: {}.\n\n", machine());
    writeln!(page, "| | what it does | {} |\n| --- | --- | {} |", ALL.join(" | "), ["---:"; 4].join(" | "))?;
    let rows = CONTENDERS.iter().map(|contender| (contender.name, contender.checks)).chain([
        (CHROMIUM, "everything; warm"),
        (DROP_COLD, "the first one of a fresh page"),
        (DROP_WARM, "the ones after it"),
    ]);
    for (name, checks) in rows.filter(|(_, checks)| !checks.is_empty()) {
        let cell = |corpus: &&str| times.get(&(name, (*corpus).to_owned())).map_or("-".to_owned(), |times| shown(times));
        let cells: Vec<String> = ALL.iter().map(cell).collect();
        if cells.iter().any(|cell| cell != "-") {
            writeln!(page, "| {name} | {checks} | {} |", cells.join(" | "))?;
        }
    }
    page.push('\n');
    for line in aims(times) {
        writeln!(page, "- {line}")?;
    }
    for corpus in ALL {
        let [kilobytes, allowed]: [f64; 2] = printed(shell::command(&tool("bench")).arg("memory").arg(zip(corpus)))?;
        writeln!(page, "- peak memory on {corpus}: {:.0} MB, of {:.0} MB allowed", kilobytes / 1000.0, allowed / 1000.0)?;
    }
    Ok(page)
}

/// What is to be reached, and how near the measured times are.
fn aims(times: &Times) -> Vec<String> {
    let of = |name: &'static str, corpus: &str| times.get(&(name, corpus.to_owned())).map(|times| median(times));
    let mut lines = Vec::new();
    let mut ratio = |what: &str, corpus: &str, over: Option<f64>, under: Option<f64>, most: f64| {
        if let (Some(over), Some(under)) = (over, under) {
            lines.push(format!("{what}, {corpus}: {:.2} times, at most {most:.2}", over / under));
        }
    };
    ratio("the command to oxlint", "large", of(COMMAND_RUN, "large"), of(OXLINT, "large"), 1.0);
    for corpus in ALL {
        ratio("the engine to the floor", corpus, of(ENGINE, corpus), of(FLOOR, corpus), 2.0);
        ratio("the module in Node to the engine", corpus, of(NODE, corpus), of(ENGINE, corpus), 2.0);
    }
    ratio("the command to oxc on the scripts", "bundle", of(COMMAND_RUN, "bundle"), of(SCRIPTS, "bundle"), 3.0);
    for corpus in ALL {
        let allowed = of(CHROMIUM, corpus).map(|engine| 6.0 * engine + 50.0);
        ratio("a warm drop to six times the module in Chromium and 50 ms", corpus, of(DROP_WARM, corpus), allowed, 1.0);
    }
    for (corpus, times) in SCALED.iter().zip([2.0, 4.0, 8.0]) {
        let linear = of(ENGINE, "large").map(|time| time * times);
        ratio("the engine to linear growth", corpus, of(ENGINE, corpus), linear, 1.3);
    }
    for corpus in WIDGETS {
        if let (Some(over), Some(under)) = (of(ADDONS_LINTER, corpus), of(COMMAND_RUN, corpus)) {
            lines.push(format!("addons-linter to the command, {corpus}: {:.0} times, at least 30", over / under));
        }
    }
    lines
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches([' ', '\t', ':']);
    let date = shell::output(shell::command("date").arg("+%Y-%m-%d")).unwrap_or_default();
    let node = shell::output(shell::command("node").arg("--version")).unwrap_or_default();
    format!("{date}, {} on {cores} cores ({model}), Node {node}", std::env::consts::OS)
}

/// Puts the page between the marks of the README.
fn write_readme(page: &str) -> Result<()> {
    const START: &str = "<!-- bench: written by cargo xtask bench -->\n";
    const END: &str = "<!-- /bench -->\n";
    let path = project::path("README.md");
    let readme = fs::read_to_string(&path).context("reading README.md")?;
    let Some((before, rest)) = readme.split_once(START) else { bail!("README.md has no place for the benchmark") };
    let Some((_, after)) = rest.split_once(END) else { bail!("README.md does not end the benchmark") };
    fs::write(&path, format!("{before}{START}{page}{END}{after}")).context("writing README.md")
}
