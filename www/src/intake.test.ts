import { expect, test } from 'vitest';
import { fromFiles, fromFolderInput } from './intake.ts';

function inFolder(path: string): File {
  const file = new File(['x'], path.split('/').at(-1) ?? '');
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}

test('one file is an archive, whatever it is called', () => {
  expect(fromFiles([new File(['x'], 'notes.txt')])).toMatchObject({ kind: 'archive', name: 'notes.txt' });
});

test('of several files the zip is taken', () => {
  expect(fromFiles([new File(['x'], 'readme.md'), new File(['x'], 'widget.zip')])).toMatchObject({ kind: 'archive', name: 'widget.zip' });
});

test('loose files with a manifest are a folder', () => {
  expect(fromFiles([new File(['{}'], 'manifest.json'), new File(['x'], 'script.js')])).toMatchObject({ kind: 'folder', files: [{ path: 'manifest.json' }, { path: 'script.js' }] });
});

test('a folder\'s own name is no part of its paths', () => {
  expect(fromFolderInput([inFolder('widget/manifest.json'), inFolder('widget/i18n/en.json')])).toMatchObject({
    kind: 'folder', name: 'widget', files: [{ path: 'manifest.json' }, { path: 'i18n/en.json' }],
  });
});

test('nothing is nothing', () => {
  expect(fromFiles([])).toBeNull();
  expect(fromFolderInput([])).toBeNull();
});
