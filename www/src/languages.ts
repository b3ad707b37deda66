/** Evidence by the language that its label names: texts side by side, everything else in the languages' order. */
import type { Evidence } from './wire.ts';

/** The declared language that a label starts with ("es", "es, USD"), else null. */
export function languageOf({ label }: Evidence, locales: readonly string[]): string | null {
  const [first] = label.split(/[\s,:/]/, 1);
  return first !== undefined && locales.includes(first) ? first : null;
}

/** In the order of the declared languages; what names none keeps its place after them. */
export function byLanguage(entries: readonly Evidence[], locales: readonly string[]): Evidence[] {
  const rank = (entry: Evidence): number => {
    const language = languageOf(entry, locales);
    return language === null ? locales.length : locales.indexOf(language);
  };
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

/** A text by its key, with what each language says there: nothing, one thing or several. */
export interface Row { key: string; cells: Evidence[][] }

/** A column per language and a row per key; `rest` is what belongs to no language or stands under no key. */
export interface SideBySide { rows: Row[]; rest: Evidence[] }

/** Sets the same texts side by side; null where there is nothing to compare. */
export function sideBySide(entries: readonly Evidence[], locales: readonly string[], keyOf: (entry: Evidence) => string): SideBySide | null {
  if (locales.length < 2) return null;
  const rows = new Map<string, Row>();
  const rest: Evidence[] = [];
  for (const entry of byLanguage(entries, locales)) {
    const key = keyOf(entry);
    const cell = locales.indexOf(languageOf(entry, locales) ?? '');
    if (key === '' || cell < 0) { rest.push(entry); continue; }
    const row = rows.get(key) ?? { key, cells: locales.map(() => []) };
    row.cells[cell]?.push(entry);
    rows.set(key, row);
  }
  return rows.size === 0 ? null : { rows: [...rows.values()], rest };
}

/** One thing that was found, with every place where it stands. */
export interface Listed { label: string; value: string; entries: Evidence[] }

/** The same thing once, under its label; labels in the order in which they come first. */
export function listed(entries: readonly Evidence[]): Listed[] {
  const groups = new Map<string, Map<string, Listed>>();
  for (const entry of entries) {
    const group = groups.get(entry.label) ?? new Map<string, Listed>();
    const known = group.get(entry.value) ?? { label: entry.label, value: entry.value, entries: [] };
    known.entries.push(entry);
    groups.set(entry.label, group.set(entry.value, known));
  }
  return [...groups.values()].flatMap((group) => [...group.values()]);
}
