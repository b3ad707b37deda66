/** What the element of the npm package loads for a language other than English: built into ../pkg/translation/. */
import { Translator } from './translator.ts';
import type { Report } from './wire.ts';

const TABLES = {
  es: async () => (await import('./words/es.report.ts')).esReport,
  pt: async () => (await import('./words/pt.report.ts')).ptReport,
};

/** The report in the language of a tag such as `pt-BR`, where there is a table for it; else as it is. */
export async function translated(report: Report, tag: string): Promise<Report> {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  if (language !== 'es' && language !== 'pt') return report;
  return new Translator(await TABLES[language](), language).report(report);
}
