import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import init, { checklist, rules } from 'kommo-preflight';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { esReport } from './words/es.report.ts';
import { pt } from './words/pt.ts';
import { ptReport } from './words/pt.report.ts';

const LANGUAGES = [['es', es, esReport], ['pt', pt, ptReport]] as const;

const holes = (text: unknown): string[] => [...new Set([...JSON.stringify(text).matchAll(/\{\w+\}/g)].map(([hole]) => hole))].filter((hole) => hole !== '{n}').sort();
const code = (text: string): string[] => [...text.matchAll(/`[^`]*`/g)].map(([part]) => part).sort();

beforeAll(() => init());

for (const [name, words, report] of LANGUAGES) {
  test(`${name} has every text of the page, with the same holes`, () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    for (const [id, text] of Object.entries(en)) expect(holes(words[id as keyof typeof en]), id).toEqual(holes(text));
  });

  test(`${name} has all sixty items`, () => {
    expect(Object.keys(report.items)).toEqual(checklist().map(({ id }) => id));
  });

  test(`${name} has every rule and no other`, () => {
    expect(Object.keys(report.rules).sort()).toEqual(rules().map(({ id }) => id).sort());
    for (const rule of rules()) {
      for (const text of ['title', 'why', 'fix'] as const) expect(code(report.rules[rule.id]?.[text] ?? ''), `${rule.id}: ${text}`).toEqual(code(rule[text]));
    }
  });

  test(`${name} has every message and no other, with the same holes`, () => {
    const messages = rules().flatMap((rule) => rule.messages.map((message) => ({ ...message, id: `${rule.id}/${message.id}` })));
    expect(Object.keys(report.messages).sort()).toEqual(messages.map(({ id }) => id).sort());
    for (const { id, text, help } of messages) {
      const said = report.messages[id];
      expect(holes(said?.text), id).toEqual(holes(text));
      expect(holes(said?.help ?? ''), `${id}: help`).toEqual(holes(help));
      expect(said?.help === undefined, `${id}: help or none`).toBe(help === '');
      // Code is the same in every language: an English text that gained an example has left its translations behind.
      expect([code(said?.text ?? ''), code(said?.help ?? '')], `${id}: code`).toEqual([code(text), code(help)]);
    }
  });

  test(`${name} has phrases with the same holes`, () => {
    for (const [english, text] of Object.entries(report.phrases)) expect(holes(text), english).toEqual(holes(english));
  });
}

test('every phrase is one of the engine', () => {
  const folder = new URL('../../src/', import.meta.url);
  // Rust breaks long texts over lines, and its holes have other names.
  const engine = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.rs'))
    .map((path) => readFileSync(new URL(path, folder), 'utf8')).join('\n').replace(/\\\n\s*/g, '').replace(/\\(["\\])/g, '$1');
  const strangers = Object.keys({ ...esReport.phrases, ...ptReport.phrases })
    .filter((english) => !english.split(/\{\w+\}/).every((part) => engine.includes(part.replace(/^[\s:]+|\s+$/g, ''))));
  expect(strangers).toEqual([]);
  expect(Object.keys(esReport.phrases)).toEqual(Object.keys(ptReport.phrases));
});

test('no text shouts, blames or promises', () => {
  for (const table of [en, es, pt, esReport.items, ptReport.items, esReport.rules, ptReport.rules]) {
    expect(JSON.stringify(table)).not.toMatch(/!|approved|aprobado|aprovado/i);
  }
});

test('every text is used', () => {
  const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('words/') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8')).join('\n');
  // A family of texts is asked for by its beginning: t(`status.${status}`).
  const families = [...sources.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, family]) => family ?? '');
  const unused = Object.keys(en).filter((id) => !sources.includes(`'${id}'`) && !families.some((family) => id.startsWith(family)));
  expect(unused).toEqual([]);
});
