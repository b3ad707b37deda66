import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { pt } from './words/pt.ts';

const holes = (text: unknown): string[] => [...JSON.stringify(text).matchAll(/\{\w+\}/g)].map(([hole]) => hole).filter((hole) => hole !== '{n}').sort();

for (const [name, table] of [['es', es], ['pt', pt]] as const) {
  test(`${name} has every text of en, with the same holes`, () => {
    expect(Object.keys(table.words).sort()).toEqual(Object.keys(en).sort());
    for (const [id, text] of Object.entries(en)) expect([...new Set(holes(table.words[id as keyof typeof en]))], id).toEqual([...new Set(holes(text))]);
  });

  test(`${name} has all sixty items`, () => {
    const ids = [...readFileSync(new URL('../../src/checklist.rs', import.meta.url), 'utf8').matchAll(/^ {8}id: "([a-z0-9-]+)"/gm)].map(([, id]) => id);
    expect(ids).toHaveLength(60);
    expect(Object.keys(table.items)).toEqual(ids);
  });
}

test('no text shouts, blames or promises', () => {
  for (const table of [en, es.words, pt.words]) {
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
