import { expect, test } from 'vitest';
import { treeOf, type Folder, type Leaf } from './tree.ts';

const file = (path: string) => ({ path, kind: 'text', bytes: 1, bundled: false, reached: true });

function names(entries: (Folder | Leaf)[]): string[] { return entries.map((entry) => entry.name); }

test('folders come first, then files, each by name', () => {
  const root = treeOf([file('b.js'), file('a.js'), file('lib/z.js'), file('images/x/y.png')]);
  expect(names(root.entries)).toEqual(['images', 'lib', 'a.js', 'b.js']);
  const [images] = root.entries as Folder[];
  expect(names(images?.entries ?? [])).toEqual(['x']);
});

test('a path of thousands of folders is no tower', () => {
  const root = treeOf([file(`${'a/'.repeat(5_000)}x.js`)]);
  let depth = 0;
  for (let entry: Folder | Leaf | undefined = root; entry && 'entries' in entry; entry = entry.entries[0]) depth += 1;
  expect(depth).toBeLessThan(20);
});
