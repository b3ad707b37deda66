//! Writes code as people write it for widgets: modules, stylesheets, templates, texts and pictures, all from a seed.

use crate::random::Random;
use anyhow::Result;
use std::fmt::Write;

const NOUNS: [&str; 24] = [
    "lead", "contact", "company", "task", "note", "invoice", "order", "call", "message", "pipeline", "status", "field", "user",
    "report", "filter", "price", "discount", "shift", "team", "account", "template", "panel", "chart", "event",
];
const VERBS: [&str; 16] = [
    "load", "save", "render", "update", "remove", "collect", "format", "validate", "open", "close", "find", "merge", "split",
    "count", "apply", "prepare",
];
const WORDS: [&str; 32] = [
    "every", "lead", "keeps", "its", "notes", "where", "your", "team", "can", "see", "them", "before", "the", "next", "call",
    "starts", "so", "that", "nobody", "asks", "twice", "and", "each", "client", "gets", "an", "answer", "on", "time", "with",
    "less", "work",
];

/// Some twenty lines of JavaScript that do what widgets do.
type Piece = fn(&mut Random, &str, &mut String);

const PIECES: [Piece; 8] = [request, markup, sums, events, choices, objects, promises, texts];

/// A name that no other number gives.
fn name(random: &mut Random, number: usize) -> String {
    let (verb, noun) = (random.of(&VERBS), random.of(&NOUNS));
    format!("{verb}{}{}{number}", noun[..1].to_uppercase(), &noun[1..])
}

fn sentence(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| random.of(&WORDS)).collect::<Vec<_>>().join(" ")
}

/// A module of about `lines` lines.
pub fn script(random: &mut Random, lines: usize, is_entry: bool) -> String {
    let mut code =
        String::from("define(['jquery', 'underscore'], function ($, _) {\n  'use strict';\n\n  var settings = {};\n\n");
    let mut names = Vec::new();
    while code.bytes().filter(|byte| *byte == b'\n').count() + 20 < lines {
        let name = name(random, names.len());
        random.of(&PIECES)(random, &name, &mut code);
        names.push(name);
    }
    if is_entry {
        code.push_str("  return function Widget() {\n    var self = this;\n    this.callbacks = {\n");
        for callback in ["settings", "init", "bind_actions", "render", "destroy", "onSave"] {
            let _ = writeln!(code, "      {callback}: function () {{\n        return true;\n      }},");
        }
        code.push_str("    };\n    return this;\n  };\n});\n");
    } else {
        code.push_str("  return {\n");
        for name in names.iter().take(12) {
            let _ = writeln!(code, "    {name}: {name},");
        }
        code.push_str("  };\n});\n");
    }
    code
}

fn request(random: &mut Random, name: &str, code: &mut String) {
    let (noun, number) = (random.of(&NOUNS), random.below(1000));
    let _ = writeln!(
        code,
        "  /**\n   * {}\n   */\n  function {name}(id, done) {{\n    return $.ajax({{\n      url: 'https://api.shiftnotes.io/v2/{noun}s/' + id,\n      \
         type: 'POST',\n      dataType: 'json',\n      data: {{ {noun}: id, limit: {number}, page: settings.page || 1 }},\n    }})\n      \
         .done(function (answer) {{\n        settings.{noun} = _.pluck(answer.items, 'id');\n        done(answer);\n      }})\n      \
         .fail(function (xhr) {{\n        settings.error = xhr.status === {number} ? 'none' : xhr.responseText;\n      }});\n  }}\n",
        sentence(random, 9)
    );
}

fn markup(random: &mut Random, name: &str, code: &mut String) {
    let (noun, other) = (random.of(&NOUNS), random.of(&NOUNS));
    let _ = writeln!(
        code,
        "  function {name}(list) {{\n    var html = '<div class=\"shift-notes__{noun}\" data-id=\"' + list.id + '\">' +\n      \
         '<h3 class=\"shift-notes__{other}\">' + _.escape(list.title) + '</h3>' +\n      '<ul>';\n    \
         $.each(list.items, function (index, item) {{\n      html += '<li data-{noun}=\"' + index + '\"><a href=\"#\" class=\"shift-notes__link\">' + \
         _.escape(item.{other}) + '</a></li>';\n    }});\n    html += '</ul></div>';\n    $('#shift-notes .shift-notes__{other}').append(html);\n    \
         return html.length > 0;\n  }}\n"
    );
}

fn sums(random: &mut Random, name: &str, code: &mut String) {
    let (a, b) = (random.below(99) + 1, random.below(50) + 1);
    let noun = random.of(&NOUNS);
    let _ = writeln!(
        code,
        "  // {}\n  function {name}(rows) {{\n    var total = 0;\n    for (var i = 0; i < rows.length; i++) {{\n      var row = rows[i];\n      \
         if (!row || row.{noun} === undefined) {{\n        continue;\n      }}\n      total += (row.{noun} * {b} + {a}) / (row.count || 1);\n      \
         if (total > {a}00) {{\n        total = Math.min(total, {b}000) - i % {b};\n      }}\n    }}\n    return Math.round(total * 100) / 100;\n  }}\n",
        sentence(random, 7)
    );
}

fn events(random: &mut Random, name: &str, code: &mut String) {
    let (noun, other) = (random.of(&NOUNS), random.of(&NOUNS));
    let _ = writeln!(
        code,
        "  function {name}() {{\n    var $panel = $('#shift-notes');\n    $panel.off('.{noun}').on('click.{noun}', '.shift-notes__{other}', function (event) {{\n      \
         event.preventDefault();\n      var $row = $(this).closest('[data-{noun}]');\n      $row.toggleClass('shift-notes__{noun}--open');\n      \
         settings.current = $row.data('{noun}');\n    }});\n    $panel.find('.shift-notes__{noun}').css({{ width: {} }}).show();\n    return $panel;\n  }}\n",
        random.below(400)
    );
}

fn choices(random: &mut Random, name: &str, code: &mut String) {
    let _ = writeln!(code, "  function {name}(kind, value) {{\n    switch (kind) {{");
    for _ in 0..4 {
        let (noun, number) = (random.of(&NOUNS), random.below(99));
        let _ = writeln!(code, "      case '{noun}-{number}':\n        return value ? value.{noun} : null;");
    }
    let noun = random.of(&NOUNS);
    let _ = writeln!(
        code,
        "      default:\n        try {{\n          return JSON.parse(value).{noun};\n        }} catch (error) {{\n          return kind + ': ' + value;\n        }}\n    }}\n  }}\n"
    );
}

fn objects(random: &mut Random, name: &str, code: &mut String) {
    let _ = writeln!(code, "  var {name}Defaults = {{");
    for at in 0..8 {
        let _ = writeln!(
            code,
            "    {}{at}: {{ width: {}, title: '{}' }},",
            random.of(&NOUNS),
            random.below(900),
            sentence(random, 3)
        );
    }
    let _ = writeln!(
        code,
        "  }};\n\n  function {name}(key) {{\n    var known = {name}Defaults[key];\n    return known && known.width > {} ? known : $.extend({{}}, known, {{ key: key }});\n  }}\n",
        random.below(500)
    );
}

fn promises(random: &mut Random, name: &str, code: &mut String) {
    let noun = random.of(&NOUNS);
    let _ = writeln!(
        code,
        "  const {name} = async (ids = [], {{ retry = {}, ...rest }} = {{}}) => {{\n    const found = [];\n    for (const id of ids) {{\n      try {{\n        \
         const answer = await fetch(`https://api.shiftnotes.io/v2/{noun}/${{encodeURIComponent(id)}}?retry=${{retry}}`);\n        \
         const {{ data: {{ items = [] }} = {{}} }} = await answer.json();\n        found.push(...items.filter((item) => item?.{noun} ?? rest.{noun}));\n      \
         }} catch (error) {{\n        settings.failed = [...(settings.failed || []), id];\n      }}\n    }}\n    return found.map((item) => ({{ ...item, seen: true }}));\n  }};\n",
        random.below(5)
    );
}

fn texts(random: &mut Random, name: &str, code: &mut String) {
    let noun = random.of(&NOUNS);
    let _ = writeln!(
        code,
        "  function {name}(value) {{\n    var cleaned = String(value).replace(/[^a-z0-9_-]+/gi, '-').replace(/^-+|-+$/g, '');\n    \
         var parts = cleaned.split('-').slice(0, {});\n    if (!parts.length || typeof value === 'undefined') {{\n      return settings.texts.{noun};\n    }}\n    \
         return parts.join('_').toLowerCase() + '{noun}:' + parts.length;\n  }}\n",
        random.below(9) + 1
    );
}

/// A stylesheet of at least `bytes` bytes.
pub fn style(random: &mut Random, bytes: usize) -> String {
    let mut css = String::new();
    while css.len() < bytes {
        let (noun, other, state) =
            (random.of(&NOUNS), random.of(&VERBS), random.of(&[":hover", ":focus", "", "::before", ":not(.x)"]));
        let _ = writeln!(
            css,
            "#shift-notes .shift-notes__{noun}-{}{state},\n#shift-notes .shift-notes__{other} > li {{\n  margin: {}px auto {}px;\n  padding: 4px {}px;\n  \
             color: #{:06x};\n  background: linear-gradient(to right, rgba({}, 10, 20, 0.4), #fff);\n  transition: opacity 0.{}s ease-in-out;\n}}\n",
            random.below(500),
            random.below(40),
            random.below(40),
            random.below(40),
            random.below(0xFF_FFFF),
            random.below(256),
            random.below(9) + 1
        );
        if random.below(12) == 0 {
            let _ = writeln!(
                css,
                "@media (max-width: {}px) {{\n  #shift-notes .shift-notes__{noun} {{\n    display: none;\n  }}\n}}\n",
                random.below(1200)
            );
        }
    }
    css
}

/// A template of about `rows` rows.
pub fn template(random: &mut Random, rows: usize) -> String {
    let mut html = String::from("<div class=\"shift-notes__panel\">\n");
    for _ in 0..rows {
        let (noun, other) = (random.of(&NOUNS), random.of(&NOUNS));
        let _ = writeln!(
            html,
            "  {{% if {noun}.items %}}\n  <div class=\"shift-notes__{noun}\" data-id=\"{{{{ {noun}.id }}}}\">\n    <label>{{{{ i18n.{other} }}}}</label>\n    \
             <input type=\"text\" name=\"{noun}\" value=\"{{{{ {noun}.value|e }}}}\" placeholder=\"{{{{ i18n.{noun} }}}}\">\n  </div>\n  {{% endif %}}"
        );
    }
    html.push_str("</div>\n");
    html
}

/// An i18n file with the listing's texts and `count` more.
pub fn locale(random: &mut Random, count: usize) -> Result<String> {
    let mut texts = serde_json::Map::new();
    let description = format!("<p>{}.</p>", sentence(random, 40));
    let listing = [("name", sentence(random, 3)), ("short_description", sentence(random, 8)), ("description", description)];
    texts.insert(
        "widget".into(),
        listing.into_iter().map(|(key, text)| (key.to_owned(), text.into())).collect::<serde_json::Map<_, _>>().into(),
    );
    let panel = (0..count).map(|at| (format!("{}_{at}", random.of(&NOUNS)), sentence(random, 6).into()));
    texts.insert("panel".into(), panel.collect::<serde_json::Map<_, _>>().into());
    Ok(serde_json::to_string_pretty(&texts)?)
}

/// A PNG that looks like a screen with words on it; with `grain`, like a photograph of one.
pub fn picture(random: &mut Random, width: u32, height: u32, grain: bool) -> Result<Vec<u8>> {
    let seed = random.below(1 << 20) as u32;
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| pixel(seed, x, y, grain)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(bytes)
}

fn pixel(seed: u32, x: u32, y: u32, grain: bool) -> [u8; 4] {
    let noise = (x.wrapping_mul(374_761_393) ^ y.wrapping_mul(668_265_263) ^ seed.wrapping_mul(2_246_822_519))
        .wrapping_mul(3_266_489_917);
    let is_word = y % 24 > 9 && x % 90 > 25 && !(y / 24 + x / 90 + seed).is_multiple_of(3);
    let mut color = if is_word && noise >> 16 & 3 == 0 {
        [20, 40, (seed % 200) as u8, 255]
    } else {
        [245, 246, (240 + x / 120 % 8) as u8, 255]
    };
    if grain {
        color
            .iter_mut()
            .take(3)
            .zip([20, 22, 24])
            .for_each(|(channel, bit)| *channel = channel.saturating_sub((noise >> bit & 1) as u8));
    }
    color
}
