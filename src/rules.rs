//! The rules, in the order of the report.

mod archive;
mod images;
mod locales;
mod manifest;
mod scripts;
mod styles;
mod templates;

use crate::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[
    // data-minimal
    &scripts::collected_data::RULE,
    &manifest::collected_settings::RULE,
    // easy-to-use
    &manifest::setup_effort::RULE,
    &locales::sales_of_kommo::RULE,
    // user-installs
    &scripts::install_click::RULE,
    // name-length
    &locales::overlong_name::RULE,
    // name-via
    &locales::name_without_via::RULE,
    // teaser-length
    &locales::teaser_out_of_bounds::RULE,
    // teaser-purpose
    &locales::pointless_teaser::RULE,
    // description-length
    &locales::description_out_of_bounds::RULE,
    &locales::technical_description::RULE,
    &locales::needed_plan::RULE,
    &locales::uneven_prices::RULE,
    &locales::unfinished_copy::RULE,
    // error-messages
    &scripts::unhandled_request::RULE,
    // branding-images
    &images::wrong_logo_size::RULE,
    &images::broken_logo::RULE,
    // featured-app-logo
    &images::featured_app_logo::RULE,
    // own-identity
    &images::blank_logo::RULE,
    // slideshow-count
    &images::slide_list::RULE,
    // slideshow-shows-product
    &images::logo_as_slide::RULE,
    // slideshow-quality
    &images::poor_slide::RULE,
    // slideshow-size
    &images::unfit_slide::RULE,
    // translated
    &locales::hard_coded_text::RULE,
    &locales::identical_translation::RULE,
    &locales::missing_translation::RULE,
    &locales::foreign_words::RULE,
    // image-language
    &images::foreign_image_words::RULE,
    &locales::missing_privacy_link::RULE,
    &locales::link_targets::RULE,
    &locales::support_channels::RULE,
    &templates::fixed_format::RULE,
    &scripts::script_format::RULE,
    &locales::payment_ways::RULE,
    &locales::foreign_currency::RULE,
    // oauth2
    &scripts::script_secret::RULE,
    &manifest::exposed_secret::RULE,
    &manifest::kommo_credentials::RULE,
    // unused-files
    &archive::system_dropping::RULE,
    &archive::unused_file::RULE,
    // debug-leftovers
    &scripts::test_address::RULE,
    &scripts::debug_leftover::RULE,
    &locales::foreign_locale::RULE,
    &locales::foreign_script::RULE,
    &locales::russian_address::RULE,
    &locales::link_to_other_language::RULE,
    // text-encoding
    &archive::byte_order_mark::RULE,
    &archive::wrong_encoding::RULE,
    &archive::carriage_return::RULE,
    // allowed-interfaces
    &scripts::page_change::RULE,
    &manifest::unknown_location::RULE,
    // no-overlap
    &scripts::blocked_interaction::RULE,
    &styles::overlapping_style::RULE,
    // settings-page
    &manifest::settings_page_title::RULE,
    // not-at-bottom
    &scripts::bottom_position::RULE,
    &styles::bottom_style::RULE,
    // drop-area
    &scripts::drop_zone::RULE,
    // global-selectors
    &styles::global_selector::RULE,
    // system-classes
    &styles::system_class::RULE,
    // scoped-styles
    &styles::unscoped_style::RULE,
    // style-files
    &styles::missing_stylesheet::RULE,
    // comments
    &scripts::commented_out_script::RULE,
    &styles::commented_out_style::RULE,
    &templates::commented_out_markup::RULE,
    // archive-files
    &archive::missing_file::RULE,
    &archive::wrapping_folder::RULE,
    &archive::odd_entry::RULE,
    // manifest-fields
    &manifest::malformed_manifest::RULE,
    &manifest::missing_manifest_field::RULE,
    &manifest::mistyped_manifest_field::RULE,
    &manifest::unknown_manifest_key::RULE,
    &manifest::unresolved_text_key::RULE,
    // unused-locations
    &manifest::unused_location::RULE,
    // console-debug
    &scripts::console_debug_call::RULE,
    // console-trace
    &scripts::stray_console_trace::RULE,
    // declared-variables
    &scripts::constant_write::RULE,
    &scripts::early_use::RULE,
    &scripts::script_syntax_error::RULE,
    &scripts::undeclared_variable::RULE,
    // global-kommo
    &scripts::global_kommo_write::RULE,
    // sync-requests
    &scripts::sync_request::RULE,
    // script-injection
    &scripts::script_element::RULE,
    // requirejs-dependencies
    &scripts::late_dependency::RULE,
    &templates::template_script::RULE,
    // external-resources
    &scripts::external_code::RULE,
    &templates::external_load::RULE,
    // external-styles
    &scripts::loaded_stylesheet::RULE,
    &styles::external_stylesheet::RULE,
    // trusted-cdn
    &scripts::untrusted_code::RULE,
    &templates::untrusted_load::RULE,
    // iframe-code
    &scripts::frame_code::RULE,
    // switcher-styles
    &scripts::switcher_name::RULE,
    &styles::switcher_style::RULE,
    &templates::switcher_markup::RULE,
];

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::checklist::{self, DecidedBy, ITEMS};
    use crate::finding::Location;
    use crate::report::Outcome;
    use crate::rule::{Example, Rule};
    use crate::syntax::Span;
    use crate::testing::{Widget, read_folder};
    use std::collections::BTreeSet;
    use std::path::Path;

    fn is_kebab_case(id: &str) -> bool {
        !id.is_empty()
            && id.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
    }

    #[test]
    fn ids_are_unique_kebab_case_and_serve_an_item() {
        let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES {
            assert!(is_kebab_case(rule.id), "{}", rule.id);
            assert!(checklist::item(rule.item).is_some(), "{} serves no item: {}", rule.id, rule.item);
        }
    }

    #[test]
    fn rules_stand_in_the_order_of_the_checklist() {
        let order = |rule: &&Rule| ITEMS.iter().position(|item| item.id == rule.item);
        let out_of_order = RULES.windows(2).find(|pair| order(&pair[0]) > order(&pair[1]));
        assert!(out_of_order.is_none(), "{:?}", out_of_order.map(|pair| (pair[0].id, pair[1].id)));
    }

    #[test]
    fn a_rule_lives_in_a_file_of_its_name() {
        let sources = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"));
        for rule in RULES {
            let file = format!("/{}.rs", rule.id.replace('-', "_"));
            let home = sources.iter().find(|(path, _)| path.ends_with(&file));
            let (path, text) = home.unwrap_or_else(|| panic!("{} has no file {file}", rule.id));
            let declared = format!("id: \"{}\"", rule.id);
            assert!(String::from_utf8_lossy(text).contains(&declared), "{path} does not declare {}", rule.id);
        }
    }

    #[test]
    fn every_file_of_a_rule_is_registered() {
        for (path, text) in read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")) {
            if String::from_utf8_lossy(&text).contains("pub static RULE: Rule") {
                let id = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs").replace('_', "-");
                assert!(RULES.iter().any(|rule| rule.id == id), "{path} is not in RULES");
            }
        }
    }

    #[test]
    fn texts_say_what_why_and_what_to_do() {
        for rule in RULES {
            let id = rule.id;
            for text in [rule.why, rule.fix] {
                assert!(text.ends_with(['.', '`']) && text.len() > 20, "{id}: {text}");
                assert!(!text.contains('!'), "{id} shouts: {text}");
            }
            let ids: BTreeSet<_> = rule.messages.iter().map(|message| message.id).collect();
            assert_eq!(ids.len(), rule.messages.len(), "{id} has two messages of one id");
            for message in rule.messages {
                assert!(is_kebab_case(message.id), "{id}/{}", message.id);
                assert!(message.text.contains('{'), "{id}/{} names no value: {}", message.id, message.text);
                assert!(message.help.len() > 15 && message.help != message.text, "{id}/{} has no help", message.id);
            }
            assert!(!rule.title.is_empty() && !rule.title.ends_with('.'), "{id}: {}", rule.title);
        }
    }

    fn locations(example: &Example, rule: &Rule) -> Vec<Location> {
        let report = Widget::clean().file(example.path, example.unmarked()).report();
        let item = report.items.into_iter().find(|result| result.item.id == rule.item).expect("sixty items");
        item.findings.into_iter().filter(|finding| finding.rule.id == rule.id).map(|finding| finding.location).collect()
    }

    #[test]
    fn bad_examples_are_caught_at_their_place() {
        for rule in RULES {
            for example in rule.bad {
                let found = locations(example, rule);
                let expected = match example.marked() {
                    Some(range) => Location::span(example.path, Span::new(range.start as u32, range.end as u32)),
                    None => {
                        found.first().cloned().unwrap_or_else(|| panic!("{} misses its bad example:\n{}", rule.id, example.text))
                    }
                };
                assert!(found.contains(&expected), "{}: expected {expected:?}, found {found:?} in\n{}", rule.id, example.text);
            }
        }
    }

    #[test]
    fn good_examples_are_left_alone() {
        for rule in RULES {
            for example in rule.good {
                assert_eq!(example.marked(), None, "{}: a good example marks nothing", rule.id);
                let found = locations(example, rule);
                assert!(found.is_empty(), "{} finds {found:?} in\n{}", rule.id, example.text);
            }
        }
    }

    #[test]
    fn nothing_is_found_in_the_clean_widget() {
        let report = Widget::clean().report();
        for result in &report.items {
            let found: Vec<_> = result
                .findings
                .iter()
                .map(|finding| (finding.rule.id, finding.message.id, &finding.location, &finding.args))
                .collect();
            assert!(found.is_empty(), "{}: {found:?}", result.item.id);
            assert!(
                result.outcome != Outcome::Fail && result.outcome != Outcome::Review,
                "{}: {:?}",
                result.item.id,
                result.evidence
            );
        }
        assert!(report.not_examined.is_empty(), "{:?}", report.not_examined);
    }

    #[test]
    fn every_manual_item_of_the_clean_widget_has_evidence() {
        for result in Widget::clean().report().items {
            if result.item.decided_by == DecidedBy::Person && result.outcome == Outcome::Manual {
                assert!(!result.evidence.is_empty(), "{}", result.item.id);
            }
        }
    }

    #[test]
    fn all_sixty_items_are_in_every_report() {
        for widget in [Widget::clean(), Widget::empty().file("readme.txt", "nothing here")] {
            let ids: Vec<_> = widget.report().items.iter().map(|result| result.item.id).collect();
            assert_eq!(ids, ITEMS.iter().map(|item| item.id).collect::<Vec<_>>());
        }
    }
}
