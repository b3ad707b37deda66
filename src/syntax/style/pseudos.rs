//! The pseudo-classes and pseudo-elements that browsers know.

use crate::syntax::has_hole;

/// Those without a vendor's prefix.
const KNOWN: &str = "\
    active active-view-transition active-view-transition-type after any-link autofill backdrop before buffering \
    checked checkmark column cue cue-region current default defined details-content dir disabled empty enabled \
    file-selector-button first-child first-letter first-line first-of-type focus focus-visible focus-within \
    fullscreen future grammar-error has has-slotted highlight host host-context hover in-range indeterminate \
    interest-source interest-target invalid is lang last-child last-of-type link local-link marker modal muted not \
    nth-child nth-col nth-last-child nth-last-col nth-last-of-type nth-of-type only-child only-of-type open \
    optional out-of-range part past paused picker picker-icon picture-in-picture placeholder placeholder-shown \
    playing popover-open read-only read-write required root scope scroll-button scroll-marker \
    scroll-marker-group search-text seeking selection slotted spelling-error stalled state target target-after \
    target-before target-current target-text target-within user-invalid user-valid valid view-transition \
    view-transition-group view-transition-image-pair view-transition-new view-transition-old visited \
    volume-locked where";

/// Whether a browser knows the pseudo-class or pseudo-element `name`, in lower case; those of vendors are taken for known.
pub(super) fn is_pseudo(name: &str) -> bool {
    let is_of_vendor = name.starts_with('-') && !name.starts_with("--");
    is_of_vendor || has_hole(name) || KNOWN.split(' ').any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::is_pseudo;

    #[test]
    fn pseudos_are_told_from_made_up_names() {
        for name in ["hover", "before", "nth-child", "root", "-moz-focus-inner", "-webkit-scrollbar", "where", "active"] {
            assert!(is_pseudo(name), "{name}");
        }
        for name in ["", "visible", "contains", "eq", "first", "global", "export", "acme-part", "--heading", "hover focus"] {
            assert!(!is_pseudo(name), "{name}");
        }
    }
}
