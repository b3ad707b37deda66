//! The members that a manifest can have, as Kommo documents them.

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// An object.
    Block,
    /// A list of strings.
    Texts,
}

impl Type {
    /// For a person: "a text", "a list of texts" ...
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Flag => "true or false, without quotes",
            Self::Number => "a number, without quotes",
            Self::Block => "a block in braces",
            Self::Texts => "a list of texts in brackets",
        }
    }
}

/// Every documented member by its dotted path; `*` stands for a name that the author chooses.
pub const MEMBERS: [(&str, Type); 66] = [
    ("widget", Type::Block),
    ("widget.name", Type::Text),
    ("widget.description", Type::Text),
    ("widget.short_description", Type::Text),
    ("widget.version", Type::Text),
    ("widget.interface_version", Type::Number),
    ("widget.init_once", Type::Flag),
    ("widget.locale", Type::Texts),
    ("widget.installation", Type::Flag),
    ("widget.support", Type::Block),
    ("widget.support.link", Type::Text),
    ("widget.support.email", Type::Text),
    // Of the days before OAuth 2.0; the secret has a rule of its own.
    ("widget.code", Type::Text),
    ("widget.secret_key", Type::Text),
    ("locations", Type::Texts),
    ("tour", Type::Block),
    ("tour.is_tour", Type::Flag),
    ("tour.tour_images", Type::Block),
    ("tour.tour_images.*", Type::Texts),
    ("tour.tour_description", Type::Text),
    ("settings", Type::Block),
    ("settings.*", Type::Block),
    ("settings.*.name", Type::Text),
    ("settings.*.type", Type::Text),
    ("settings.*.required", Type::Flag),
    ("dp", Type::Block),
    ("dp.settings", Type::Block),
    ("dp.settings.*", Type::Block),
    ("dp.settings.*.name", Type::Text),
    ("dp.settings.*.type", Type::Text),
    ("dp.settings.*.required", Type::Flag),
    ("dp.action_multiple", Type::Flag),
    ("dp.webhook_url", Type::Text),
    ("advanced", Type::Block),
    ("advanced.title", Type::Text),
    ("salesbot_designer", Type::Block),
    ("salesbot_designer.logo", Type::Text),
    ("salesbot_designer.*", Type::Block),
    ("salesbot_designer.*.name", Type::Text),
    ("salesbot_designer.*.logo", Type::Text),
    ("salesbot_designer.*.settings", Type::Block),
    ("salesbot_designer.*.settings.*", Type::Block),
    ("salesbot_designer.*.settings.*.name", Type::Text),
    ("salesbot_designer.*.settings.*.type", Type::Text),
    ("salesbot_designer.*.settings.*.default_value", Type::Text),
    ("salesbot_designer.*.settings.*.manual", Type::Flag),
    ("salesbot_designer.*.settings.*.required", Type::Flag),
    ("sms", Type::Block),
    ("sms.endpoint", Type::Text),
    ("mobile", Type::Block),
    ("mobile.frame_url", Type::Text),
    ("mobile.color", Type::Text),
    ("left_menu", Type::Block),
    ("left_menu.*", Type::Block),
    ("left_menu.*.title", Type::Text),
    ("left_menu.*.icon", Type::Text),
    ("left_menu.*.is_hidden", Type::Flag),
    ("left_menu.*.sort", Type::Block),
    ("left_menu.*.sort.after", Type::Text),
    ("left_menu.*.submenu", Type::Block),
    ("left_menu.*.submenu.*", Type::Block),
    ("left_menu.*.submenu.*.title", Type::Text),
    ("left_menu.*.submenu.*.sort", Type::Number),
    ("left_menu.*.submenu.*.icon", Type::Text),
    ("left_menu.*.submenu.*.is_hidden", Type::Flag),
    // Stands in Kommo's property table where every example has it one level up.
    ("dp.settings.action_multiple", Type::Flag),
];

/// The members that the checklist asks for.
pub const REQUIRED: [&str; 8] = [
    "widget",
    "widget.name",
    "widget.description",
    "widget.short_description",
    "widget.locale",
    "widget.installation",
    "locations",
    "settings",
];

/// Members whose type Kommo's table of properties does not settle: one that real widgets write in other ways, what has gone out of use,
/// and what only examples show.
const LOOSELY_TYPED: [&str; 6] =
    ["widget.init_once", "widget.code", "widget.secret_key", "left_menu.", "salesbot_designer.", "dp.settings.action_multiple"];

/// Whether Kommo's table of properties states the type of a member, by its documented path.
#[must_use]
pub fn is_type_settled(path: &str) -> bool {
    !LOOSELY_TYPED.iter().any(|loose| path == *loose || loose.ends_with('.') && path.starts_with(loose))
}

/// Whether `null` is refused for sure: where a value is required, and for the tour, of which Kommo's upload is known to refuse it.
#[must_use]
pub fn is_null_refused(path: &str) -> bool {
    REQUIRED.contains(&path) || path == "tour"
}

/// The languages that Kommo takes.
pub const LANGUAGES: [&str; 5] = ["en", "es", "pt", "tr", "id"];

/// Types of the fields in the settings window and in the digital pipeline.
pub const FIELD_TYPES: [&str; 5] = ["text", "pass", "users", "users_lp", "custom"];

/// Types of the fields of a Salesbot step.
pub const SALESBOT_FIELD_TYPES: [&str; 3] = ["text", "numeric", "url"];

/// Items of the left menu that a widget's page can stand after.
pub const MENU_ITEMS: [&str; 8] = ["dashboard", "leads", "customers", "tasks", "catalogs", "mail", "stats", "settings"];

/// Type and pattern of a member inside a block; `block` is the block's own pattern, empty for the whole manifest.
#[must_use]
pub fn member(block: &str, key: &str) -> Option<(Type, String)> {
    let exact = join(block, key);
    let any = join(block, "*");
    let find = |path: &str| MEMBERS.iter().find(|(known, _)| *known == path).map(|(_, kind)| *kind);
    find(&exact).map(|kind| (kind, exact)).or_else(|| find(&any).map(|kind| (kind, any)))
}

/// The documented names inside a block, by the block's pattern; nothing when the author chooses the names.
pub fn names(block: &str) -> impl Iterator<Item = &'static str> {
    MEMBERS.iter().filter_map(move |(path, _)| {
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        (parent == block && name != "*").then_some(name)
    })
}

fn join(block: &str, key: &str) -> String {
    if block.is_empty() { key.to_owned() } else { format!("{block}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_by_pattern() {
        assert_eq!(member("", "tour"), Some((Type::Block, "tour".to_owned())));
        assert_eq!(member("settings", "my_key"), Some((Type::Block, "settings.*".to_owned())));
        assert_eq!(member("settings.*", "type"), Some((Type::Text, "settings.*.type".to_owned())));
        assert_eq!(member("salesbot_designer", "logo").map(|(kind, _)| kind), Some(Type::Text));
        assert_eq!(member("widget", "locations"), None);
        assert!(names("widget").any(|name| name == "short_description"));
    }

    #[test]
    fn required_members_are_documented() {
        assert!(REQUIRED.iter().all(|path| MEMBERS.iter().any(|(known, _)| known == path)));
    }
}
