//! `rules` and `explain`: what is checked, and what one rule or item is about.

use super::Fault;
use super::args::ListFormat;
use crate::checklist::{self, DecidedBy, ITEMS, Item};
use crate::docs;
use crate::rules::RULES;
use crate::similar::nearest;
use std::fmt::Write;

/// The rules in the order of the report.
pub fn rules(format: ListFormat) -> String {
    match format {
        ListFormat::Text => table(),
        ListFormat::Markdown => docs::table(""),
    }
}

/// What the rule or the item called `id` is about.
pub fn explain(id: &str) -> Result<String, Fault> {
    if let Some(rule) = RULES.iter().find(|rule| rule.id == id) {
        return Ok(docs::page(rule));
    }
    if let Some(item) = checklist::item(id) {
        return Ok(item_page(item));
    }
    let known = RULES.iter().map(|rule| rule.id).chain(ITEMS.iter().map(|item| item.id));
    Err(Fault(format!("no rule or item is called `{id}`{}", did_you_mean(id, known))))
}

/// Says that `id` is no rule, and which one may be meant.
pub fn unknown_rule(id: &str) -> String {
    let rules: Vec<&str> = RULES.iter().filter(|rule| rule.item == id).map(|rule| rule.id).collect();
    if !rules.is_empty() {
        return format!("`{id}` is an item; its rules are `{}`", rules.join("`, `"));
    }
    format!("no rule is called `{id}`{}", did_you_mean(id, RULES.iter().map(|rule| rule.id)))
}

fn did_you_mean<'k>(id: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    if let Some(near) = nearest(id, known.clone()) {
        return format!("; did you mean `{near}`?");
    }
    // No misspelling: words in common are the next best thing.
    let alike: Vec<&str> =
        known.filter(|known| known.split('-').any(|word| id.split('-').any(|part| part == word))).take(5).collect();
    if alike.is_empty() {
        "; `kommo-preflight rules` lists them".to_owned()
    } else {
        format!("; there are `{}`", alike.join("`, `"))
    }
}

fn table() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let item_width = RULES.iter().map(|rule| rule.item.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in RULES {
        let _ = writeln!(out, "{:width$}  {:item_width$}  {}", rule.id, rule.item, rule.title);
    }
    let _ = writeln!(out, "\n{} rules for {} items; `kommo-preflight explain RULE` says more.", RULES.len(), ITEMS.len());
    out
}

fn item_page(item: &Item) -> String {
    let mut out = format!("# {} (`{}`)\n\n{}\n", item.title, item.id, item.asks);
    let decided = match item.decided_by {
        DecidedBy::Rules => "The rules decide: without a finding the item passes.",
        DecidedBy::Person => "A person decides: the report shows what there is to look at.",
    };
    let _ = writeln!(out, "\n{decided}");
    for rule in RULES.iter().filter(|rule| rule.item == item.id) {
        let _ = writeln!(out, "- `{}`: {}", rule.id, rule.title);
    }
    out
}
