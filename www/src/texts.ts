/** The report's own texts in the page's language: a table by id where there is one, else the engine's English. */
import type { Evidence, Finding, Item, NotExamined, Related, RuleInfo, Section } from './wire.ts';
import { currentLanguage, languageName, list, t, type Language } from './words.ts';

/** The report's texts in another language than the engine's. */
export interface ReportWords {
  items: Record<string, { title: string; asks: string }>;
  rules: Record<string, { title: string; why: string; fix: string }>;
  /** By rule and message; `{name}` stands for the argument of that name. A message without help leaves it out. */
  messages: Record<string, { text: string; help?: string }>;
  /** What the engine says without an id, by its English: labels, notes, reasons, and arguments that are words. */
  phrases: Record<string, string>;
}

const ENGLISH: ReportWords = { items: {}, rules: {}, messages: {}, phrases: {} };

const TABLES: Record<Language, () => Promise<ReportWords>> = {
  en: () => Promise.resolve(ENGLISH),
  es: async () => (await import('./words/es.report.ts')).esReport,
  pt: async () => (await import('./words/pt.report.ts')).ptReport,
};

/** Arguments that can be words of the engine; all others come from the package. */
const WORDS = new Set([
  'advice', 'block', 'damage', 'declared', 'detail', 'dialect', 'encoding', 'expected', 'format', 'found', 'language', 'manifest',
  'meant', 'problem', 'purpose', 'what', 'where',
]);

/** Arguments that can be codes of languages, one or several. */
const LANGUAGE_CODES = new Set(['language', 'languages', 'locale', 'other']);

/** The engine's own sentences are shorter; a longer text comes from the package. */
const LONGEST_PHRASE = 1_000;

type Args = Finding['args'];

/** A phrase with holes: what it matches in English, and what it says in the page's language. */
interface Template { english: RegExp; names: string[]; text: string }

let words = ENGLISH;
let templates: Template[] = [];

/** Fetches the table of the page's language; the report is English until then, and where that fails. */
export async function loadReportWords(): Promise<void> {
  const language = currentLanguage();
  const table = await TABLES[language]().catch(() => ENGLISH);
  if (language !== currentLanguage()) return;
  words = table;
  templates = Object.entries(table.phrases).filter(([english]) => english.includes('{')).map(([english, text]) => templateOf(english, text));
}

export function sectionTitle(section: Section): string { return t(`section.${section}`); }

export function itemTitle(item: Item): string { return words.items[item.id]?.title ?? item.title; }

export function itemAsks(item: Item): string { return words.items[item.id]?.asks ?? item.asks; }

export function ruleWords(rule: RuleInfo): { title: string; why: string; fix: string } { return words.rules[rule.id] ?? rule; }

export function messageOf({ message_id, message, args }: Finding | Related): string {
  const text = words.messages[message_id]?.text;
  return text === undefined ? phrase(message) : fill(text, args);
}

export function helpOf({ message_id, help, args }: Finding): string {
  const text = words.messages[message_id]?.help;
  return text === undefined ? help ?? '' : fill(text, args);
}

export function labelOf({ label }: Evidence): string { return phrase(label); }

/** Most values stand in the package; some are sentences of the engine. */
export function valueOf({ kind, value }: Evidence): string {
  return ['note', 'not-examined', 'callback', 'setting', 'used-by'].includes(kind) ? phrase(value) : value;
}

export function reasonOf({ message }: NotExamined): string { return phrase(message); }

/** A text of the engine that has no id. */
function phrase(english: string): string {
  return Object.hasOwn(words.phrases, english) ? words.phrases[english] ?? english : filledPhrase(english);
}

/** A phrase with holes, filled with what stands in its English. */
function filledPhrase(english: string): string {
  if (english.length > LONGEST_PHRASE) return english;
  for (const template of templates) {
    const values = template.english.exec(english);
    if (values) return fill(template.text, Object.fromEntries(template.names.map((name, at) => [name, values[at + 1] ?? ''])));
  }
  return english;
}

function templateOf(english: string, text: string): Template {
  const parts = english.split(/\{(\w+)\}/);
  const pattern = parts.map((part, at) => (at % 2 === 1 ? '(.+?)' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('');
  return { english: new RegExp(`^${pattern}$`, 's'), names: parts.filter((_, at) => at % 2 === 1), text };
}

function fill(text: string, args: Args): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string, at: number) => {
    if (!Object.hasOwn(args, name)) return hole;
    const given = String(args[name]);
    const value = inWords(name, given);
    return at === 0 && value !== given ? value.charAt(0).toLocaleUpperCase() + value.slice(1) : value;
  });
}

/** An argument's value in the page's language, where it is a word of the engine or names languages. */
function inWords(name: string, value: string): string {
  if (LANGUAGE_CODES.has(name) && /^[a-z]{2}((, | and )[a-z]{2})*$/.test(value)) return list(value.split(/, | and /).map(languageName));
  if (WORDS.has(name)) return phrase(value);
  // Values stand in the package, but for "the text ..." and "the number ...".
  return name === 'value' ? filledPhrase(value) : value;
}
