/** Every text of the page, by id; one table per language. */
import { en } from './words/en.ts';
import { storageOrNull } from './answers.ts';

export type WordId = keyof typeof en;

/** A sentence with {holes}; one with a count has a form per plural category. */
export type Text = string | { one: string; other: string };
export type Words = Record<WordId, Text>;

export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português' } as const;
export type Language = keyof typeof LANGUAGES;

const TABLES: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  es: async () => (await import('./words/es.ts')).es,
  pt: async () => (await import('./words/pt.ts')).pt,
};

const KEY = 'kommo-preflight.language';
let words: Words = en;
let language: Language = 'en';
let plurals = new Intl.PluralRules('en');

/** The language that the reader chose before, else the browser's first one that we have. */
export function preferredLanguage(): Language {
  const wanted = [storageOrNull()?.getItem(KEY) ?? '', ...navigator.languages];
  const known = wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES);
  return (known ?? 'en') as Language;
}

/** Shows the page in another language and remembers it. */
export async function setLanguage(next: Language, remember = false): Promise<void> {
  words = await TABLES[next]();
  language = next;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = next;
  if (remember) storageOrNull()?.setItem(KEY, next);
}

export function currentLanguage(): Language { return language; }

/** The text of this id with its holes filled; `n` chooses the plural form. */
export function t(id: WordId, holes: Record<string, string | number> = {}): string {
  const entry: Text = words[id];
  const text = typeof entry === 'string' ? entry : plurals.select(Number(holes['n'])) === 'one' ? entry.one : entry.other;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = holes[name];
    return typeof value === 'number' ? number(value) : value ?? hole;
  });
}

/** A number as people of the page's language write it. */
export function number(value: number): string { return new Intl.NumberFormat(language).format(value); }

/** A size in bytes, in the unit that reads best. */
export function size(bytes: number): string {
  const [value, unit] = bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** "a, b and c" in the page's language. */
export function list(parts: string[]): string { return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts); }

/** The name of a language, in the page's language: "Spanish" for es. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
