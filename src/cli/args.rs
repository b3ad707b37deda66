//! What the command understands.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Checks Kommo widget packages against the marketplace's publishing checklist, before they are uploaded.
#[derive(Debug, Parser)]
#[command(name = "kommo-preflight", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub check: CheckArguments,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check packages and print a report; the same as giving only paths
    Check(CheckArguments),
    /// Say what a rule or an item of the checklist is about
    Explain {
        /// The id, as reports name it
        #[arg(value_name = "RULE|ITEM")]
        id: String,
    },
    /// List the rules
    Rules {
        /// How to print the list
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// What to check: zip archives, unpacked folders, or `-` for an archive on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print the reports
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The mildest verdict that ends in exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Fail)]
    pub fail_on: FailOn,
    /// The widget's code as the integration's form shows it, if the manifest does not name it
    #[arg(long, value_name = "CODE")]
    pub widget_code: Option<String>,
    /// Let comments inside the package silence findings: `kommo-preflight-ignore RULE: reason`
    #[arg(long)]
    pub allow_inline: bool,
    /// Read silences from this project file instead of looking for kommo-preflight.toml beside the package
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Look for no project file
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
    /// The folder of the widget inside its repository, put before each path in sarif and github
    #[arg(long, value_name = "FOLDER", default_value = "")]
    pub path_prefix: String,
    /// Where the page's folder `rules/` is published: findings in sarif, markdown and html link to their rule there
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub rules_url: Option<String>,
    /// Print every finding in text, however many there are
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the source around each finding
    Text,
    /// The whole report, one line of JSON for each path
    Json,
    /// For chats, tickets and agents
    Markdown,
    /// One page that stands alone
    Html,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// JUnit XML, for CI servers
    Junit,
    /// Annotations for a workflow of GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// A table
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An item fails
    Fail,
    /// An item fails or needs a look
    Review,
    /// Exit code 1 is never given
    Never,
}

/// An address that a link may lead to.
fn web_address(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    let is_plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    if is_web && is_plain { Ok(text.to_owned()) } else { Err("an address starts with https:// or http://".to_owned()) }
}
