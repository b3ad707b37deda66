/** The report's own texts in the page's language. */
import { ENGLISH, Translator, type ReportWords } from './translator.ts';
import type { Evidence, Finding, Item, NotExamined, Related, RuleInfo, Section } from './wire.ts';
import { currentLanguage, t, type Language } from './words.ts';

const TABLES: Record<Language, () => Promise<ReportWords>> = {
  en: () => Promise.resolve(ENGLISH),
  es: async () => (await import('./words/es.report.ts')).esReport,
  pt: async () => (await import('./words/pt.report.ts')).ptReport,
};

let translator = new Translator(ENGLISH, 'en');

/** Fetches the table of the page's language; the report is English until then, and where that fails. */
export async function loadReportWords(): Promise<void> {
  const language = currentLanguage();
  const table = await TABLES[language]().catch(() => ENGLISH);
  if (language === currentLanguage()) translator = new Translator(table, language);
}

export function sectionTitle(section: Section): string { return t(`section.${section}`); }

export function itemTitle(item: Item): string { return translator.itemTitle(item); }

export function itemAsks(item: Item): string { return translator.itemAsks(item); }

export function ruleWords(rule: RuleInfo): { title: string; why: string; fix: string } { return translator.ruleWords(rule); }

export function messageOf(finding: Finding | Related): string { return translator.messageOf(finding); }

export function helpOf(finding: Finding): string { return translator.helpOf(finding); }

export function labelOf(evidence: Evidence): string { return translator.labelOf(evidence); }

export function valueOf(evidence: Evidence): string { return translator.valueOf(evidence); }

export function reasonOf(entry: NotExamined): string { return translator.reasonOf(entry); }
