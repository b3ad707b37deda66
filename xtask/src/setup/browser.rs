//! A Chromium and the chromedriver that belongs to it.

use crate::{project, shell};
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Programs that tests run in a browser with.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

const INSTALL: &str = "install Chromium or Chrome with the chromedriver of the same version \
    (Debian and Ubuntu: apt-get install chromium chromium-driver), or name them in CHROME_BIN and CHROMEDRIVER";

/// No traffic of the browser's own: tests count requests, and a closed network makes each attempt wait.
const QUIET: &[&str] =
    &["--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync", "--no-first-run"];

/// The flags that tests start Chromium with.
pub fn flags() -> Vec<&'static str> {
    // Chromium's own sandbox does not work for root.
    let sandbox = is_root().then_some("--no-sandbox");
    QUIET.iter().copied().chain(sandbox).collect()
}

impl Browser {
    /// Writes the file that tells wasm-bindgen's test runner which browser to start, and how.
    pub fn webdriver_json(&self) -> Result<PathBuf> {
        let path = project::path("target/webdriver.json");
        let options = serde_json::json!({
            "goog:chromeOptions": { "binary": self.chromium, "args": flags() }
        });
        fs::write(&path, options.to_string()).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }
}

/// Finds Chromium and chromedriver; where apt can install them without asking, it does.
pub fn ensure_browser() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    println!("No Chromium with chromedriver was found; apt installs them.");
    apt_install().context(INSTALL)?;
    find().context(INSTALL)
}

fn find() -> Option<Browser> {
    Some(Browser { chromium: find_chromium()?, chromedriver: find_chromedriver()? })
}

fn find_chromium() -> Option<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    const PATHS: &[&str] = &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    from_environment("CHROME_BIN")
        .or_else(|| NAMES.iter().find_map(|name| shell::find(name)))
        .or_else(|| PATHS.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn find_chromedriver() -> Option<PathBuf> {
    from_environment("CHROMEDRIVER").or_else(|| shell::find("chromedriver"))
}

fn from_environment(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn apt_install() -> Result<()> {
    shell::find("apt-get").context("apt-get is not here either")?;
    apt(&["update"])?;
    apt(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"])
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut command = as_root("apt-get")?;
    shell::run(command.args(["-o", "DPkg::Lock::Timeout=300"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn as_root(program: &str) -> Result<Command> {
    if is_root() {
        return Ok(shell::command(program));
    }
    shell::output(shell::command("sudo").args(["-n", "true"])).context("apt needs root, and sudo would ask for a password")?;
    let mut command = shell::command("sudo");
    command.args(["-n", program]);
    Ok(command)
}

fn is_root() -> bool {
    shell::output(shell::command("id").arg("-u")).is_some_and(|id| id == "0")
}
