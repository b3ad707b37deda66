/** The report's own texts in another language: from a table by id where there is one, else the engine's English. */
import { literally } from './pattern.ts';
import type { Evidence, Finding, Item, NotExamined, Related, Report, RuleInfo } from './wire.ts';

/** The report's texts in another language than the engine's. */
export interface ReportWords {
  items: Record<string, { title: string; asks: string }>;
  rules: Record<string, { title: string; why: string; fix: string }>;
  /** By rule and message; `{name}` stands for the argument of that name. A message without help leaves it out. */
  messages: Record<string, { text: string; help?: string }>;
  /** What the engine says without an id, by its English: labels, notes, reasons, and arguments that are words. */
  phrases: Record<string, string>;
}

/** Arguments that can be words of the engine; all others come from the package. */
const WORDS = new Set([
  'advice', 'block', 'damage', 'declared', 'detail', 'dialect', 'encoding', 'expected', 'format', 'found', 'language', 'manifest',
  'meant', 'problem', 'purpose', 'what', 'where',
]);

/** Arguments that can be codes of languages, one or several. */
const LANGUAGE_CODES = new Set(['language', 'languages', 'locale', 'other']);

/** The engine's own sentences are shorter; a longer text comes from the package. */
const LONGEST_PHRASE = 1_000;

export const ENGLISH: ReportWords = { items: {}, rules: {}, messages: {}, phrases: {} };

type Args = Finding['args'];

/** A phrase with holes: what it matches in English, and what it says in the page's language. */
interface Template { english: RegExp; names: string[]; text: string }

export class Translator {
  readonly #templates: Template[];
  readonly #names: Intl.DisplayNames;
  readonly #list: Intl.ListFormat;

  constructor(private readonly words: ReportWords, language: string) {
    this.#templates = Object.entries(words.phrases).filter(([english]) => english.includes('{')).map(([english, text]) => templateOf(english, text));
    this.#names = new Intl.DisplayNames([language], { type: 'language' });
    this.#list = new Intl.ListFormat(language, { type: 'conjunction' });
  }

  itemTitle(item: Item): string { return this.words.items[item.id]?.title ?? item.title; }

  itemAsks(item: Item): string { return this.words.items[item.id]?.asks ?? item.asks; }

  ruleWords(rule: RuleInfo): { title: string; why: string; fix: string } { return this.words.rules[rule.id] ?? rule; }

  messageOf({ message_id, message, args }: Finding | Related): string {
    const text = this.words.messages[message_id]?.text;
    return text === undefined ? this.#phrase(message) : this.#fill(text, args);
  }

  helpOf({ message_id, help, args }: Finding): string {
    const text = this.words.messages[message_id]?.help;
    return text === undefined ? help ?? '' : this.#fill(text, args);
  }

  labelOf({ label }: Evidence): string { return this.#phrase(label); }

  /** Most values stand in the package; some are sentences of the engine. */
  valueOf({ kind, value }: Evidence): string {
    return ['note', 'not-examined', 'callback', 'setting', 'used-by'].includes(kind) ? this.#phrase(value) : value;
  }

  reasonOf({ message }: NotExamined): string { return this.#phrase(message); }

  /** A copy of the report with all its texts in the other language. */
  report(report: Report): Report {
    const said = <F extends Finding>(finding: F): F => ({
      ...finding, message: this.messageOf(finding), help: this.helpOf(finding),
      related: finding.related.map((related) => ({ ...related, message: this.messageOf(related) })),
    });
    return {
      ...report,
      items: report.items.map((item) => ({
        ...item, title: this.itemTitle(item), asks: this.itemAsks(item), findings: item.findings.map(said), silenced: item.silenced.map(said),
        evidence: item.evidence.map((entry) => ({ ...entry, label: this.labelOf(entry), value: this.valueOf(entry) })),
      })),
      not_examined: report.not_examined.map((entry) => ({ ...entry, message: this.reasonOf(entry) })),
    };
  }

  /** A text of the engine that has no id. */
  #phrase(english: string): string {
    return Object.hasOwn(this.words.phrases, english) ? this.words.phrases[english] ?? english : this.#filledPhrase(english);
  }

  /** A phrase with holes, filled with what stands in its English. */
  #filledPhrase(english: string): string {
    if (english.length > LONGEST_PHRASE) return english;
    for (const template of this.#templates) {
      const values = template.english.exec(english);
      if (values) return this.#fill(template.text, Object.fromEntries(template.names.map((name, at) => [name, values[at + 1] ?? ''])));
    }
    return english;
  }

  #fill(text: string, args: Args): string {
    return text.replace(/\{(\w+)\}/g, (hole, name: string, at: number) => {
      if (!Object.hasOwn(args, name)) return hole;
      const given = String(args[name]);
      const value = this.#inWords(name, given);
      return at === 0 && value !== given ? value.charAt(0).toLocaleUpperCase() + value.slice(1) : value;
    });
  }

  /** An argument's value in the other language, where it is a word of the engine or names languages. */
  #inWords(name: string, value: string): string {
    if (LANGUAGE_CODES.has(name) && /^[a-z]{2}((, | and )[a-z]{2})*$/.test(value)) return this.#list.format(value.split(/, | and /).map((code) => this.#names.of(code) ?? code));
    if (WORDS.has(name)) return this.#phrase(value);
    // Values stand in the package, but for "the text ..." and "the number ...".
    return name === 'value' ? this.#filledPhrase(value) : value;
  }
}

function templateOf(english: string, text: string): Template {
  const parts = english.split(/\{(\w+)\}/);
  const pattern = parts.map((part, at) => (at % 2 === 1 ? '(.+?)' : literally(part))).join('');
  return { english: new RegExp(`^${pattern}$`, 's'), names: parts.filter((_, at) => at % 2 === 1), text };
}
