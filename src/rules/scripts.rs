//! Rules that read scripts.

pub mod console_debug_call;
pub mod debug_leftover;
pub mod frame_code;
pub mod global_kommo_write;
pub mod install_click;
pub mod script_element;
pub mod stray_console_trace;
pub mod switcher_name;
pub mod sync_request;
pub mod unhandled_request;

use crate::syntax::script::{Call, Kind, NodeId, Script};

/// Whether a call is one of jQuery's requests or sets their defaults: surely, by name alone, or (none) not.
fn ajax_call(script: &Script, call: Call<'_>) -> Option<bool> {
    if script.callee_name(call) == Some("$authorizedAjax") {
        return Some(true);
    }
    let receiver = call.receiver()?;
    match call.method()? {
        "ajax" | "ajaxSetup" | "get" | "post" | "getJSON" | "ajaxPrefilter" => script.jquery(receiver),
        _ => None,
    }
}

/// Whether an expression is `false`, however it is written.
fn is_false(script: &Script, id: NodeId) -> bool {
    let id = script.value(id);
    match script.kind(id) {
        Kind::Boolean(value) => !value,
        Kind::Number => script.code(id).trim_matches(['0', '.']).is_empty(),
        Kind::Not => script.child(id, 0).is_some_and(|operand| match script.kind(script.value(operand)) {
            Kind::Boolean(value) => value,
            Kind::Number => script.code(operand).parse::<f64>().is_ok_and(|number| number != 0.0),
            Kind::Object | Kind::Array | Kind::Function { .. } => true,
            _ => false,
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Certainty;
    use crate::testing::Widget;

    /// What a rule finds in a script that stands alone: `!` before what is certain, `?` before what is suspect.
    pub(super) fn found(rule: &str, script: &str) -> String {
        let findings = Widget::empty().file("script.js", script).findings(rule);
        let marked = findings.iter().map(|seen| match seen.certainty {
            Certainty::Certain => format!("!{}", seen.text),
            Certainty::Suspect => format!("?{}", seen.text),
        });
        marked.collect::<Vec<_>>().join(" ")
    }

    /// Checks each script of a table against what is found in it.
    pub(super) fn check(rule: &str, table: &[(&str, &str)]) {
        for (script, expected) in table {
            assert_eq!(found(rule, script), *expected, "{script}");
        }
    }
}
