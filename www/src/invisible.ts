/** Characters that cannot be seen, or that change how others are seen, made visible. */

const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

const NAMES: Record<number, string> = {
  0x00: 'NUL', 0x0d: 'CR', 0x1b: 'ESC', 0x7f: 'DEL', 0xa0: 'NBSP', 0xad: 'SHY', 0x200b: 'ZWSP', 0x200c: 'ZWNJ',
  0x200d: 'ZWJ', 0x200e: 'LRM', 0x200f: 'RLM', 0x2028: 'LS', 0x2029: 'PS', 0x202a: 'LRE', 0x202b: 'RLE', 0x202c: 'PDF',
  0x202d: 'LRO', 0x202e: 'RLO', 0x2060: 'WJ', 0x2066: 'LRI', 0x2067: 'RLI', 0x2068: 'FSI', 0x2069: 'PDI', 0xfeff: 'BOM',
};

/** A piece of text: as it stands, or the name of an invisible character that stands there. */
export interface Piece { text: string; invisible: boolean }

/** Splits a text at its invisible characters. */
export function pieces(text: string): Piece[] {
  const all: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    if (match.index > from) all.push({ text: text.slice(from, match.index), invisible: false });
    all.push({ text: nameOf(match[0]), invisible: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) all.push({ text: text.slice(from), invisible: false });
  return all;
}

/** The text with every invisible character written as ‹NAME›: for names and values from an archive. */
export function shown(text: string): string {
  return text.replace(INVISIBLE, (char) => `‹${nameOf(char)}›`);
}

/** The short name of a character, or its number in hexadecimal. */
export function nameOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The same set for CodeMirror, which asks for a pattern of single characters. */
export const SPECIALS = INVISIBLE;
