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

/**
 * A column per language and a row per text. Only when every language has as many entries as the others:
 * where one lacks a text, rows would set side by side what does not belong together.
 */
export function sideBySide(entries: readonly Evidence[], locales: readonly string[]): { locales: string[]; rows: Evidence[][] } | null {
  const columns = locales.map((locale) => entries.filter((entry) => languageOf(entry, locales) === locale));
  const height = columns[0]?.length ?? 0;
  const even = columns.length > 1 && height > 0 && columns.every((column) => column.length === height) && height * columns.length === entries.length;
  if (!even) return null;
  return { locales: [...locales], rows: Array.from({ length: height }, (_, at) => columns.flatMap((column) => column[at] ?? [])) };
}
