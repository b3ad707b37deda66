//! An archive that holds everything inside one folder.

use crate::context::Context;
use crate::finding::{Findings, Location};
use crate::rule::{Message, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrapping-folder",
    item: "archive-files",
    title: "Everything inside one folder",
    why: "Kommo looks for manifest.json at the root of the archive and finds nothing when the archive holds only a folder.",
    fix: "Zip the files themselves, not the folder that holds them.",
    messages: &[&WRAPPED, &BESIDE],
    bad: &[],
    good: &[],
    about_code: false,
    check,
};

static WRAPPED: Message = Message {
    id: "wrapped",
    text: "Everything in the archive is inside the folder {folder}; manifest.json has to be at the root.",
    help: "Open the folder, select all files in it, and compress the selection; on a command line: cd {folder} && zip -r ../widget.zip . The rest of this report is about what is inside the folder.",
};
static BESIDE: Message = Message {
    id: "beside",
    text: "The widget is inside the folder {folder}, with other files beside it; manifest.json has to be at the root.",
    help: "Open the folder, select all files in it, and compress the selection; on a command line: cd {folder} && zip -r ../widget.zip . The rest of this report is about what is inside the folder, and names the files beside it too.",
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let package = cx.package();
    // A folder on disk is no archive yet: whoever checks it may have named the folder above.
    if !package.root.is_empty() {
        let message = if package.has_files_beside_root { &BESIDE } else { &WRAPPED };
        out.push(out.certain(message, Location::package()).arg("folder", &*package.root));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Widget, certain};

    #[test]
    fn a_wrapped_widget_is_named_and_checked_inside() {
        let wrapped = Widget::clean().inside("my-widget/").file("__MACOSX/my-widget/._logo.png", "x");
        assert_eq!(wrapped.findings("wrapping-folder"), [certain("wrapped", "", "")]);
        assert!(wrapped.findings("missing-file").is_empty());
        let beside = Widget::clean().inside("my-widget/").file("README.md", "x");
        assert_eq!(beside.findings("wrapping-folder"), [certain("beside", "", "")]);
        assert!(beside.findings("missing-file").is_empty());
        assert!(Widget::clean().findings("wrapping-folder").is_empty());
        assert!(Widget::clean().file("extra/manifest.json", "{}").findings("wrapping-folder").is_empty());
    }
}
