import { expect, test } from 'vitest';
import { keysAt } from './json-key.ts';

const text = '{"widget": {"name": "A, \\"b\\": {c", "list": ["x", {"deep": "y"}]}, "after": "z"}';

test('places are named by the keys that lead to them', () => {
  const offsets = ['z"', 'A, ', '{c', '"x"', 'y"'].map((part) => text.indexOf(part));
  const keys = keysAt(text, offsets);
  expect(offsets.map((offset) => keys.get(offset))).toEqual(['after', 'widget.name', 'widget.name', 'widget.list.0', 'widget.list.1.deep']);
});

test('a key stands for its own value', () => {
  const offset = text.indexOf('after');
  expect(keysAt(text, [offset]).get(offset)).toBe('after');
});

test('broken JSON gives what is open', () => {
  expect(keysAt('{"a": {"b": "c', [13]).get(13)).toBe('a.b');
  expect(keysAt('no json', [3]).get(3)).toBe('');
});
