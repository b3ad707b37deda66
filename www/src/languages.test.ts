import { expect, test } from 'vitest';
import { byLanguage, languageOf, listed, sideBySide } from './languages.ts';
import type { Evidence } from './wire.ts';

const entry = (label: string, value: string, path: string | null = null): Evidence => ({ kind: 'text', label, value, path, range: null });
const keyOf = ({ path }: Evidence): string => path ?? '';

test('a label starts with a language or names none', () => {
  expect(languageOf(entry('es', ''), ['en', 'es'])).toBe('es');
  expect(languageOf(entry('es, USD', ''), ['en', 'es'])).toBe('es');
  expect(languageOf(entry('no error path', ''), ['en', 'es'])).toBeNull();
});

test('the same text of all languages stands in one row, with a gap where a language lacks it', () => {
  const entries = [entry('en', 'one', 'a'), entry('en', 'two', 'b'), entry('es', 'dos', 'b'), entry('es', 'dos más', 'b'), entry('', 'nobody', 'a')];
  const side = sideBySide(entries, ['en', 'es'], keyOf);
  expect(side?.rows.map(({ key, cells }) => [key, ...cells.map((cell) => cell.map(({ value }) => value))])).toEqual([
    ['a', ['one'], []],
    ['b', ['two'], ['dos', 'dos más']],
  ]);
  expect(side?.rest.map(({ value }) => value)).toEqual(['nobody']);
});

test('what has no key, or only one language, is a list in the languages\' order', () => {
  const entries = [entry('es', 'uno'), entry('', 'none'), entry('en', 'one'), entry('en', 'two')];
  expect(sideBySide(entries, ['en', 'es'], keyOf)).toBeNull();
  expect(sideBySide([entry('en', 'one', 'a')], ['en'], keyOf)).toBeNull();
  expect(byLanguage(entries, ['en', 'es']).map(({ value }) => value)).toEqual(['one', 'two', 'uno', 'none']);
});

test('what is found in several places is listed once, under its label', () => {
  const entries = [entry('caught', 'a', '1'), entry('no error path', 'b', '2'), entry('caught', 'c', '3'), entry('caught', 'a', '4')];
  expect(listed(entries).map(({ label, value, entries: places }) => [label, value, places.map(({ path }) => path)])).toEqual([
    ['caught', 'a', ['1', '4']], ['caught', 'c', ['3']], ['no error path', 'b', ['2']],
  ]);
});
