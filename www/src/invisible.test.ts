import { expect, test } from 'vitest';
import { nameOf, pieces, shown } from './invisible.ts';

test('names what cannot be seen and leaves the rest alone', () => {
  expect(shown('a\u202eb\u200bc')).toBe('a‹RLO›b‹ZWSP›c');
  expect(shown('Año, coração, Привет, 😀, tab\t')).toBe('Año, coração, Привет, 😀, tab\t');
});

test('names a lone half of a pair, but no whole pair', () => {
  expect(shown('\ud800x')).toBe('‹U+D800›x');
  expect(shown('x\udc00')).toBe('x‹U+DC00›');
  expect(shown('😀')).toBe('😀');
});

test('splits at every invisible character', () => {
  expect(pieces('a\ufeffb')).toEqual([
    { text: 'a', invisible: false }, { text: 'BOM', invisible: true }, { text: 'b', invisible: false },
  ]);
  expect(pieces('')).toEqual([]);
});

test('goes by number where a character has no short name', () => {
  expect(nameOf('\u0001')).toBe('U+0001');
});
