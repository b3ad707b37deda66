import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import init, { Package } from 'kommo-preflight';
import { finding } from './report.fixture.ts';
import { helpOf, labelOf, loadReportWords, messageOf, reasonOf, valueOf } from './texts.ts';
import { setLanguage } from './words.ts';
import type { Report } from './wire.ts';

function reportOn(fixture: string): Report {
  const folder = fileURLToPath(new URL(`../../tests/fixtures/${fixture}`, import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path: relative(folder, path), bytes: new Uint8Array(readFileSync(path)) };
  });
  return Package.openFolder(files, fixture).check();
}

beforeAll(async () => {
  await init();
  vi.stubGlobal('document', { documentElement: {} });
});

test('in English the engine speaks for itself', () => {
  const one = { ...finding('It says so.'), help: 'Do this.' };
  expect([messageOf(one), helpOf(one)]).toEqual(['It says so.', 'Do this.']);
});

describe.each(['es', 'pt'] as const)('in %s', (language) => {
  beforeAll(async () => {
    await setLanguage(language);
    await loadReportWords();
  });

  test.each(['flawed', 'broken', 'clean'])('nothing that the engine says of the %s widget stays English', (fixture) => {
    const report = reportOn(fixture);
    const evidence = report.items.flatMap((item) => item.evidence);
    const findings = report.items.flatMap((item) => item.findings);
    const english = [
      ...findings.filter((one) => messageOf(one) === one.message).map((one) => one.message),
      ...findings.filter((one) => one.help !== null && helpOf(one) === one.help).map((one) => one.help),
      ...findings.flatMap((one) => one.related).filter((one) => messageOf(one) === one.message).map((one) => one.message),
      ...report.not_examined.filter((entry) => reasonOf(entry) === entry.message).map((entry) => entry.message),
      ...evidence.filter((entry) => ['note', 'not-examined', 'callback'].includes(entry.kind) && valueOf(entry) === entry.value && entry.value !== entry.path).map((entry) => entry.value),
      ...evidence.filter((entry) => /^[A-Z][a-z]+( |$)/.test(entry.label) && labelOf(entry) === entry.label).map((entry) => entry.label),
    ];
    expect([...new Set(english)].filter((text) => !SAME.includes(text ?? ''))).toEqual([]);
  });
});

test('languages go by their names, and a message that no table has stays as it is', async () => {
  await setLanguage('es');
  await loadReportWords();
  const absent = { ...finding('pt has no teaser'), message_id: 'teaser-out-of-bounds/absent', args: { language: 'pt', key: 'a.b', path: 'i18n/pt.json' } };
  expect(messageOf(absent)).toBe('Portugués no tiene resumen: falta la clave "a.b", aunque otros idiomas la tienen.');
  const copied = { ...finding(''), message_id: 'identical-translation/identical', args: { key: 'a', languages: 'en and es', text: 'x' } };
  expect(messageOf(copied)).toBe('"a" dice lo mismo en inglés y español: "x".');
  const named = { ...finding(''), message_id: 'missing-file/misspelt', args: { file: 'script.js', found: 'constructor' } };
  expect(messageOf(named)).toBe('Falta script.js; en su lugar está constructor.');
  expect(messageOf({ ...finding('Brand new.'), message_id: 'no/such' })).toBe('Brand new.');
});

/** Alike in all three languages. */
const SAME = ['Cookies', 'Links', 'Logo', 'Scripts', "Use `new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(sum)`."];
