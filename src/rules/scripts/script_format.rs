//! Dates, sums and numbers that are written the same way for everybody.

use super::readable;
use crate::context::Context;
use crate::finding::Findings;
use crate::order;
use crate::rule::{Example, Message, Rule};
use crate::syntax::script::{Call, Kind, NodeId, Script, TextRole};
use crate::syntax::{Fragment, Span, is_hole, markup};

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
    text: "`{code}` always writes a point for decimals and nothing between thousands.",
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
    good: &[
        Example {
            path: "script.js",
            text: "define(['moment'], function (moment) {\n  return moment().format(APP.system.format.date.full);\n});\n",
        },
        Example {
            path: "script.js",
            text: "define(['moment'], function (moment) {\n  var iso = moment().format('YYYY-MM-DD');\n  return moment().format(APP.system.format.date.full) + (12).toLocaleString() + iso;\n});\n",
        },
    ],
    about_code: true,
    check,
};

/// Signs of currencies that stand beside sums.
const SIGNS: [char; 7] = ['$', '€', '£', '₽', '₹', '₺', '₴'];
/// Calls that show a text to the user.
const SHOWING: [&str; 12] = [
    "text",
    "html",
    "append",
    "prepend",
    "val",
    "before",
    "after",
    "insertAdjacentHTML",
    "createTextNode",
    "show_message",
    "render",
    "$",
];
/// Parts of a date that are written one by one.
const PARTS: [&str; 4] = ["getDate", "getMonth", "getFullYear", "getYear"];

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for examined in cx.scripts() {
        let script = &examined.facts;
        let has_fixed = script.methods("toFixed").next().is_some();
        let mut filled_in = Vec::new();
        for (text, content) in script.contents() {
            if has_fixed && markup::is_markup(&content.text) {
                filled_in.extend(holes_between_tags(content));
            }
            if is_date_format(&content.text) || is_date_by_hand(script, text, &content.text) {
                out.push(out.suspect(&DATE, examined.at(script.span(text))).arg("format", readable(&content.text)));
            } else if let Some(sign) =
                sign_of_sum(&content.text, || is_shown(script, text)).filter(|_| !is_for_machines(script, text, &content.text))
            {
                let place = examined.at(content.map.span(sign));
                out.push(out.suspect(&CURRENCY, place).arg("text", readable(line_around(&content.text, sign))));
            }
        }
        for method in ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] {
            for call in script.methods(method) {
                out.evidence("format", "Formatted for the user's country", script.code(call.node), examined.at(call.place()));
            }
        }
        order::sort(&mut filled_in);
        let is_filled_in = |call: Call<'_>| {
            // sum.toFixed(2).replace('.', ',')
            let outer = script.call(script.parent(script.parent(call.node)));
            let replaced = outer.filter(|outer| outer.receiver() == Some(call.node) && outer.method() == Some("replace"));
            [Some(call), replaced].into_iter().flatten().any(|shown| filled_in.binary_search(&script.span(shown.node)).is_ok())
        };
        for call in script.methods("toFixed").filter(|&call| is_shown(script, call.node) || is_filled_in(call)) {
            out.push(out.suspect(&TO_FIXED, examined.at(call.place())).arg("code", script.code(call.node)));
        }
    }
}

/// The places of what a mark-up text has filled in between its tags.
fn holes_between_tags(content: &Fragment<'_>) -> Vec<Span> {
    let mut is_in_tag = false;
    let mut holes = Vec::new();
    for (at, letter) in content.text.char_indices() {
        match letter {
            '<' => is_in_tag = true,
            '>' => is_in_tag = false,
            _ if !is_in_tag && is_hole(letter) => {
                holes.push(content.map.span(Span::new(at as u32, (at + letter.len_utf8()) as u32)));
            }
            _ => {}
        }
    }
    holes
}

/// The line of a text that a sign stands in, without the mark-up around it.
fn line_around(text: &str, sign: Span) -> &str {
    let (before, after) = text.split_at(sign.start as usize);
    let start = before.rfind(['>', '\n']).map_or(0, |at| at + 1);
    let end = after.find(['<', '\n']).map_or(text.len(), |at| before.len() + at);
    text[start..end].trim()
}

/// Whether a text is a format of day, month and year: `DD.MM.YYYY`, `d/m/Y`, `HH:mm MM-DD-YYYY`, `D MMM YYYY`. Years come first, with
/// dashes, in dates for machines.
fn is_date_format(text: &str) -> bool {
    const DAYS: [&str; 4] = ["DD", "D", "dd", "d"];
    const MONTHS: [&str; 6] = ["MM", "M", "mm", "m", "MMM", "MMMM"];
    const YEARS: [&str; 6] = ["YYYY", "YY", "yyyy", "yy", "Y", "y"];
    if text.len() >= 40 {
        return false;
    }
    // 'D [de] MMMM [de] YYYY'
    let is_literal = |part: &str| part.starts_with('[') && part.ends_with(']');
    let parts: Vec<_> = text.split(['.', '/', '-', ' ', ',']).filter(|part| !part.is_empty() && !is_literal(part)).collect();
    parts.windows(3).any(|date| {
        let has = |names: &[&str]| date.iter().any(|part| names.contains(part));
        let is_for_machines = text.contains('-') && YEARS.contains(&date[0]);
        has(&DAYS) && has(&MONTHS) && has(&YEARS) && !is_for_machines
    })
}

/// Whether a text is put together from the parts of a date with dots or slashes between; with dashes it is for machines.
fn is_date_by_hand(script: &Script, text: NodeId, content: &str) -> bool {
    let parts: Vec<_> = content.split(['.', '/']).take(4).collect();
    if parts.len() != 3 || !parts.iter().all(|part| part.trim_matches('0').starts_with(is_hole)) {
        return false;
    }
    let names_part = |id: NodeId| matches!(script.kind(id), Kind::Member(name) if PARTS.contains(&script.word(name)));
    let used = script.subtree(text).filter(|&id| {
        names_part(id)
            || matches!(script.kind(id), Kind::Name { .. })
                && script.values(id).into_iter().any(|value| value != id && script.subtree(value).any(names_part))
    });
    used.take(PARTS.len()).count() >= 2
}

/// The place of a currency sign beside a number, or beside a value that run time puts there; a `$` right behind a value may also end a
/// pattern, unless the text is shown.
fn sign_of_sum(text: &str, is_shown: impl Fn() -> bool) -> Option<Span> {
    if !text.contains(SIGNS) {
        return None;
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).map(|&(_, letter)| letter);
    let is_gap = |letter: Option<char>| matches!(letter, Some(' ' | '\u{a0}'));
    let found = letters.iter().enumerate().find(|&(at, &(_, sign))| {
        let before = letter(at.checked_sub(1));
        let near_before = if is_gap(before) { letter(at.checked_sub(2)) } else { before };
        let after = letter(at.checked_add(1));
        let near_after = if is_gap(after) { letter(at.checked_add(2)) } else { after };
        let is_number = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let is_value = |letter: Option<char>| letter.is_some_and(is_hole);
        match sign {
            '$' => {
                let begins = before.is_none_or(|before| before.is_whitespace() || matches!(before, '>' | '(' | 'R' | 'S'));
                let ends = after.is_none_or(|after| after.is_whitespace() || matches!(after, '<' | ')' | '.' | ','));
                is_number(after)
                    || begins && (is_value(near_after) || is_number(near_after))
                    || ends && before == Some('R') && is_value(letter(at.checked_sub(3)))
                    || ends && is_value(near_before) && (is_gap(before) || is_shown())
            }
            _ => SIGNS.contains(&sign) && [near_before, near_after].into_iter().any(|near| is_number(near) || is_value(near)),
        }
    });
    found.map(|(_, &(start, sign))| Span::new(start as u32, (start + sign.len_utf8()) as u32))
}

/// Whether a text is the replacement of a regular expression, where `$1` means something else, or another text for machines.
fn is_for_machines(script: &Script, text: NodeId, content: &str) -> bool {
    // replace(text, pattern, '$1')
    let is_group = content.len() == 2 && content.starts_with('$');
    let is_unseen = (is_group || is_marked_name(script, text, content)) && !is_shown(script, text);
    // '$' + key.replace(/[=:]/g, escape), as in React: sums get signs put in, no function
    let is_function = |id: NodeId| matches!(script.kind(script.value(id)), Kind::Function { .. });
    let is_escaped = script
        .subtree(text)
        .filter_map(|id| script.call(id))
        .any(|call| call.method() == Some("replace") && call.argument(1).is_some_and(is_function));
    is_unseen
        || is_escaped
        || script.standing_for(text).into_iter().any(|used| match script.text_role(used) {
            TextRole::Argument(call, n) => {
                matches!(
                    call.method(),
                    Some("replace" | "replaceAll" | "test" | "match" | "split" | "indexOf" | "hasOwnProperty" | "has")
                ) && n < 2
                    || call.is_new()
                    // Of a helper, too: replace(text, /(a)/, '- $1')
                    || n.checked_sub(1).and_then(|n| call.argument(n)).is_some_and(|before| script.kind(before) == Kind::Regex)
            }
            TextRole::Compared | TextRole::Key => true,
            _ => matches!(script.kind(script.parent(used)), Kind::Index),
        })
}

/// Whether a text is a name with a dollar before it, as libraries mark some: `$${name}`, `'$' + key`.
fn is_marked_name(script: &Script, text: NodeId, content: &str) -> bool {
    const NAMES: [&str; 10] = ["name", "key", "id", "prop", "property", "method", "type", "field", "event", "index"];
    const ENDS: [&str; 6] = ["Name", "Key", "Id", "Method", "Type", "Field"];
    let word = script.code(text).trim_end_matches(['`', '}', ' ']).rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next();
    content.strip_prefix('$').is_some_and(|rest| rest.chars().count() == 1)
        && word.is_some_and(|word| NAMES.contains(&word) || ENDS.iter().any(|end| word.ends_with(end)))
}

/// Whether what an expression gives goes to the user's eyes.
fn is_shown(script: &Script, value: NodeId) -> bool {
    script.standing_for(held(script, value)).into_iter().any(|used| goes_to_eyes(script, used))
}

/// The whole text or choice that an expression is a part of.
fn held(script: &Script, id: NodeId) -> NodeId {
    let mut at = id;
    while matches!(script.kind(script.parent(at)), Kind::Add | Kind::Template | Kind::Either { .. } | Kind::Conditional) {
        at = script.parent(at);
    }
    at
}

fn goes_to_eyes(script: &Script, used: NodeId) -> bool {
    let used = held(script, used);
    let holder = script.parent(used);
    match script.kind(holder) {
        Kind::Call => script.call(holder).is_some_and(|call| {
            call.callee != used && script.callee_name(call).is_some_and(|name| SHOWING.contains(&name))
        }),
        Kind::Assign { .. } => script.child(holder, 0).is_some_and(|target| {
            target != used
                && matches!(script.kind(target), Kind::Member(name) if matches!(script.word(name), "innerHTML" | "innerText" | "textContent"))
        }),
        // template.render({ total: sum.toFixed(2) })
        Kind::Property(_) => script.call(script.parent(script.parent(holder))).is_some_and(|call| {
            matches!(script.callee_name(call), Some("render" | "render_template"))
        }),
        _ => false,
    }
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
                ("x = 'HH:mm DD-MM-YYYY'; y = 'D MMM YYYY'", "?'HH:mm DD-MM-YYYY' ?'D MMM YYYY'"),
                ("x = 'D [de] MMMM [de] YYYY'; y = '[D] [M] [Y]'", "?'D [de] MMMM [de] YYYY'"),
                ("x = 'YYYY-MM-DD HH:mm:ss'; y = 'yy-mm-dd'; z = 'a d m'; w = 'd-y'", ""),
                ("x = '$' + price; y = `$${paid}`; $(a).text('$' + value.key)", "?$ ?$ ?$"),
                ("x = `$${name}`; y = '$' + field.key; z = '$' + rowId", ""),
                ("x = `${price}€`; y = price + ' R$'; z = price + ' €'", "?€ ?$ ?€"),
                ("x = 'only $15 a month'", "?$"),
                ("$(a).text(sum + '$'); b.innerHTML = `<b>${sum}$</b>`", "?$ ?$"),
                (
                    "x = d.getDate() + '.' + (d.getMonth() + 1) + '.' + d.getFullYear()",
                    "?d.getDate() + '.' + (d.getMonth() + 1) + '.' + d.getFullYear()",
                ),
                ("var m = pad(d.getMonth()), y = d.getFullYear(); x = `${m}/${day}/${y}`", "?`${m}/${day}/${y}`"),
                ("var sum = n.toFixed(2); $(a).text(sum); t.render({ total: n.toFixed(1) })", "?n.toFixed(2) ?n.toFixed(1)"),
                ("$(a).text(sum.toFixed(2))", "?sum.toFixed(2)"),
                ("el.innerHTML = '<b>' + sum.toFixed(2) + '</b>'", "?sum.toFixed(2)"),
                ("x = 'YYYY-MM-DD'; y = Math.round(z.toFixed(2)); a = b.replace(/a/, '$1')", ""),
                (
                    "h += '<td>' + sum.toFixed(2) + '</td>'; i = \"<p>\".concat(n.toFixed(1), \"</p>\")",
                    "?sum.toFixed(2) ?n.toFixed(1)",
                ),
                ("r.push(`<b>${sum.toFixed(2).replace('.', ',')}</b>`)", "?sum.toFixed(2)"),
                ("h += '<i style=\"width:' + part.toFixed(2) + '%\"></i>'; x = '<path d=\"M' + x.toFixed(1) + '\"/>'", ""),
                ("x = '$' + key.replace(/[=:]/g, function (m) { return map[m] })", ""),
                ("x = '$' + sum.replace(/(\\d)(?=(\\d{3})+$)/g, '$1,')", "?$"),
                ("x = '$'; y = 'a.b.c'; $(a).text(sum.toLocaleString())", ""),
                ("var key = '$' + name; x[key] = 1; var r = '<b>$1</b>'; y = s.replace(/a/, r)", ""),
                ("x = folder + '/' + name + '/' + file; y = major + '.' + minor + '.' + patch", ""),
                ("x = d.getFullYear() + '-' + d.getMonth() + '-' + d.getDate(); var n = a.toFixed(2); send(n)", ""),
                ("x = h(p(t), /^(a)/, '- $1') + h(t, own, '$2')", ""),
                ("x = h(p(t), own, '- $1'); $(a).text('$5')", "?$ ?$"),
                ("x = '.own$'; y = new RegExp('^' + z + '$'); w = '/$' + id + '/'", ""),
            ],
        );
    }
}
