//! Where a text with markup goes: into the document, to something that reads it as text, or out of sight.

use super::{Call, INSERTING, NodeId, Script, TextRole};

/// Where a text with markup goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Into the document, as markup.
    Document,
    /// To something that reads it as text.
    Text,
    /// Somewhere else.
    Unseen,
}

impl Script {
    /// Where a text goes, directly or through a variable or parameter.
    #[must_use]
    pub fn destination(&self, text: NodeId) -> Destination {
        self.destination_of(&self.standing_for(text))
    }

    /// Whether a text surely becomes a part of the document, as markup.
    #[must_use]
    pub fn enters_document(&self, text: NodeId) -> bool {
        // html += text; $(element).append(html)
        let uses = self.may_stand_for(text);
        let is_content = |&used: &NodeId| matches!(self.text_role(used), TextRole::Assigned(_, Some("innerHTML" | "outerHTML")));
        self.destination_of(&uses) == Destination::Document || uses.iter().any(is_content)
    }

    /// Where a text goes that is used at these places.
    fn destination_of(&self, uses: &[NodeId]) -> Destination {
        let (mut is_read, mut is_doubtful) = (false, false);
        for &used in uses {
            match self.text_role(used) {
                TextRole::Argument(call, position) => {
                    let name = self.callee_name(call).unwrap_or_default();
                    let is_query = self.jquery(call.callee).is_some();
                    let writes = !matches!(name, "write" | "writeln")
                        || call
                            .receiver()
                            .is_some_and(|receiver| self.path(receiver).is_some_and(|path| path.ends_with("document")));
                    let in_place = if name == "insertAdjacentHTML" { position == 1 } else { position == 0 };
                    if is_query && position == 0 {
                        return Destination::Document;
                    }
                    if INSERTING.contains(&name) && in_place && writes {
                        match self.inserted(call, name) {
                            Destination::Document => return Destination::Document,
                            Destination::Text => is_read = true,
                            Destination::Unseen => is_doubtful = true,
                        }
                    }
                    is_read |= self.stays_text(call, position);
                }
                TextRole::Assigned(_, Some("textContent" | "innerText" | "value" | "title" | "placeholder"))
                | TextRole::Compared
                | TextRole::Key => is_read = true,
                _ => {}
            }
        }
        if is_read && !is_doubtful { Destination::Text } else { Destination::Unseen }
    }

    /// What an inserting method makes of a text: `append` of jQuery reads mark-up, that of a node puts the text there as it is, and
    /// that of any other object is not known.
    fn inserted(&self, call: Call<'_>, name: &str) -> Destination {
        if matches!(name, "insertAdjacentHTML" | "createContextualFragment" | "write" | "writeln") {
            return Destination::Document;
        }
        match call.receiver().and_then(|receiver| self.is_jquery_object(receiver)) {
            Some(true) => Destination::Document,
            Some(false) if name != "html" => Destination::Text,
            _ => Destination::Unseen,
        }
    }
}
