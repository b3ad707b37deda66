import { expect, test } from 'vitest';
import { byLanguage, languageOf, sideBySide } from './languages.ts';
import type { Evidence } from './wire.ts';

const entry = (label: string, value: string): Evidence => ({ kind: 'text', label, value, path: null, range: null });

test('a label starts with a language or names none', () => {
  expect(languageOf(entry('es', ''), ['en', 'es'])).toBe('es');
  expect(languageOf(entry('es, USD', ''), ['en', 'es'])).toBe('es');
  expect(languageOf(entry('no error path', ''), ['en', 'es'])).toBeNull();
});

test('texts of all languages stand side by side', () => {
  const side = sideBySide([entry('en', 'one'), entry('en', 'two'), entry('es', 'uno'), entry('es', 'dos')], ['en', 'es']);
  expect(side?.rows.map((row) => row.map(({ value }) => value))).toEqual([['one', 'uno'], ['two', 'dos']]);
});

test('uneven languages are a list, in the languages\' order', () => {
  const entries = [entry('es', 'uno'), entry('', 'none'), entry('en', 'one'), entry('en', 'two')];
  expect(sideBySide(entries, ['en', 'es'])).toBeNull();
  expect(byLanguage(entries, ['en', 'es']).map(({ value }) => value)).toEqual(['one', 'two', 'uno', 'none']);
});
