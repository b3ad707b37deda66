// The fixtures as their authors would send them.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';
import { fixtures } from './paths.js';

// The fixtures' names.
export async function names() {
  const entries = await readdir(fixtures, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

// A fixture's files as `{ path, bytes }`, sorted.
export async function files(name) {
  const folder = join(fixtures, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(paths.map(async (path) => ({
    path: relative(folder, path).split(sep).join('/'),
    bytes: new Uint8Array(await readFile(path)),
  })));
}

// The same files as a zip archive, equal bytes every time.
export async function zip(name) {
  const contents = Object.fromEntries((await files(name)).map(({ path, bytes }) => [path, bytes]));
  return zipSync(contents, { mtime: new Date(2024, 0, 1) });
}
