import { expect, test } from 'vitest';
import { partsOf, shownLines } from './prose.ts';

test('code between backticks is told from words', () => {
  expect(partsOf('Use `a` or `b()`.')).toEqual([
    { text: 'Use ', code: false }, { text: 'a', code: true }, { text: ' or ', code: false }, { text: 'b()', code: true }, { text: '.', code: false },
  ]);
});

test('code of the package may hold backticks itself', () => {
  const code = 'fetch(`/a/${id}`)';
  expect(partsOf(`Nothing happens when \`${code}\` or \`b\` fails.`, { code })).toEqual([
    { text: 'Nothing happens when ', code: false }, { text: code, code: true }, { text: ' or ', code: false }, { text: 'b', code: true }, { text: ' fails.', code: false },
  ]);
});

test('a backtick alone stays', () => {
  expect(partsOf('one ` alone')).toEqual([{ text: 'one ` alone', code: false }]);
});

test('line breaks stay, other invisible characters are named', () => {
  expect(shownLines('a\n\u202eb')).toBe('a\n‹RLO›b');
});
