//! Dates, sums and numbers that are written the same way for everybody.

use super::readable;
use crate::context::Context;
use crate::finding::Findings;
use crate::rule::{Example, Message, Rule};
use crate::syntax::is_hole;
use crate::syntax::script::{Call, Kind, NodeId, Script, TextRole};

static DATE: Message = Message {
    id: "date",
    text: "`{format}` is one country's way to write dates.",
    help: "Use the user's own: `APP.system.format.date.full` with moment, or `new Intl.DateTimeFormat(locale).format(date)`.",
};

static CURRENCY: Message = Message {
    id: "currency",
    text: "`{text}` glues a currency sign to a number.",
    help: "Use `new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(sum)`.",
};

static TO_FIXED: Message = Message {
    id: "to-fixed",
    text: "`{code}` always shows a decimal point.",
    help: "Use `number.toLocaleString(locale, { minimumFractionDigits: 2 })`.",
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "script-format",
    item: "local-formatting",
    title: "Format hard-coded in a script",
    why: "Dates, numbers and sums are written differently in each country; users read their own way only.",
    fix: "Format with `Intl`, `toLocaleString` or Kommo's own format constants.",
    messages: &[&DATE, &CURRENCY, &TO_FIXED],
    bad: &[Example {
        path: "script.js",
        text: "define(['moment'], function (moment) {\n  return moment().format(«'DD.MM.YYYY'»);\n});\n",
    }],
    good: &[Example {
        path: "script.js",
        text: "define(['moment'], function (moment) {\n  var iso = moment().format('YYYY-MM-DD');\n  return moment().format(APP.system.format.date.full) + (12).toLocaleString() + iso;\n});\n",
    }],
    about_code: true,
    check,
};

/// Signs of currencies that stand beside sums.
const SIGNS: [char; 7] = ['$', '€', '£', '₽', '₹', '₺', '₴'];
/// Calls that show a text to the user.
const SHOWING: [&str; 9] = ["text", "html", "append", "prepend", "val", "before", "after", "insertAdjacentHTML", "show_message"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        for text in script.texts() {
            let code = script.code(text);
            if !code.contains(SIGNS) && !code.contains(['Y', 'y', 'D', 'd', 'm', 'M']) {
                continue;
            }
            let Some(content) = script.text(text) else { continue };
            if is_date_format(&content.text) {
                out.push(out.suspect(&DATE, examined.at(script.span(text))).arg("format", &*content.text));
            } else if holds_sum(&content.text) && !is_replacement(script, text) {
                out.push(out.suspect(&CURRENCY, examined.at(script.span(text))).arg("text", readable(&content.text)));
            }
        }
        for method in ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] {
            for call in script.methods(method) {
                out.evidence("format", "Formatted for the user's country", script.code(call.node), examined.at(call.place()));
            }
        }
        for call in script.methods("toFixed").filter(|call| is_shown(script, call)) {
            out.push(out.suspect(&TO_FIXED, examined.at(call.place())).arg("code", script.code(call.node)));
        }
    }
}

/// Whether a text is a format of day, month and year with dots or slashes: `DD.MM.YYYY`, `d/m/Y`, `MM/DD/YYYY HH:mm`.
fn is_date_format(text: &str) -> bool {
    let Some(date) = text.trim().split(' ').next().filter(|_| text.len() < 40) else { return false };
    let parts: Vec<_> = date.trim_end_matches(',').split(['.', '/']).collect();
    let is = |part: &str, names: &[&str]| names.contains(&part);
    let (days, months, years) = (["DD", "D", "dd", "d"], ["MM", "M", "mm", "m"], ["YYYY", "YY", "yyyy", "yy", "Y", "y"]);
    parts.len() == 3
        && parts.iter().any(|part| is(part, &days))
        && parts.iter().any(|part| is(part, &months))
        && parts.iter().any(|part| is(part, &years))
}

/// Whether a currency sign stands right beside a number, or beside a value that run time puts there.
fn holds_sum(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.iter().enumerate().any(|(at, sign)| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let is_number = |letter: Option<&char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let is_value = |letter: Option<&char>| letter.is_some_and(|letter| is_hole(*letter));
        match sign {
            '$' => {
                is_number(after)
                    || (is_value(after)
                        && before.is_none_or(|before| before.is_whitespace() || matches!(before, '>' | '(' | 'R')))
            }
            _ => SIGNS.contains(sign) && (is_number(before) || is_number(after) || is_value(before) || is_value(after)),
        }
    })
}

/// Whether a text is the replacement of a regular expression, where `$1` means something else, or another text for machines.
fn is_replacement(script: &Script, text: NodeId) -> bool {
    match script.text_role(text) {
        TextRole::Argument(call, n) => {
            matches!(call.method(), Some("replace" | "replaceAll" | "test" | "match" | "split" | "indexOf")) && n < 2
                || call.is_new()
        }
        TextRole::Compared | TextRole::Key => true,
        _ => false,
    }
}

/// Whether what a call gives goes to the user's eyes.
fn is_shown(script: &Script, call: &Call<'_>) -> bool {
    let mut inner = call.node;
    for outer in script.ancestors(call.node).take(8) {
        match script.kind(outer) {
            Kind::Add | Kind::Template | Kind::Either { .. } | Kind::Conditional => {}
            Kind::Call => {
                let Some(outer_call) = script.call(outer) else { return false };
                let is_argument = outer_call.callee != inner;
                return is_argument && outer_call.method().is_some_and(|name| SHOWING.contains(&name));
            }
            Kind::Assign { .. } => {
                let target = script.child(outer, 0).filter(|&target| target != inner);
                return target.is_some_and(|target| matches!(script.kind(target), Kind::Member(name) if matches!(script.word(name), "innerHTML" | "innerText" | "textContent")));
            }
            _ => return false,
        }
        inner = outer;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn what_is_suspect_and_what_is_fine() {
        check(
            "script-format",
            &[
                ("x.format('MM/DD/YYYY HH:mm')", "?'MM/DD/YYYY HH:mm'"),
                ("x = 'd.m.Y'", "?'d.m.Y'"),
                ("x = '$' + price", "?'$' + price"),
                ("x = `${price}€`", "?`${price}€`"),
                ("x = 'only $15 a month'", "?'only $15 a month'"),
                ("$(a).text(sum.toFixed(2))", "?sum.toFixed(2)"),
                ("el.innerHTML = '<b>' + sum.toFixed(2) + '</b>'", "?sum.toFixed(2)"),
                ("x = 'YYYY-MM-DD'; y = Math.round(z.toFixed(2)); a = b.replace(/a/, '$1')", ""),
                ("x = '$'; y = 'a.b.c'; $(a).text(sum.toLocaleString())", ""),
                ("x = '.own$'; y = new RegExp('^' + z + '$'); w = '/$' + id + '/'", ""),
            ],
        );
    }
}
