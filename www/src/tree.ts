/** Paths as a tree of folders. */
import type { PackageFacts } from './wire.ts';

type PackageFile = PackageFacts['files'][number];

export interface Leaf { name: string; path: string; file: PackageFile }
export interface Folder { name: string; path: string; entries: (Folder | Leaf)[] }

/** Deeper folders than this are shown by their joined name: a hostile path can have thousands. */
const DEEPEST = 12;

/** The files by folder, folders first, each by name. */
export function treeOf(files: readonly PackageFile[]): Folder {
  const root: Folder = { name: '', path: '', entries: [] };
  const folders = new Map<string, Folder>([['', root]]);
  for (const file of files) {
    const names = file.path.split('/');
    const last = names.pop() ?? '';
    const name = names.length > DEEPEST ? [...names.splice(DEEPEST), last].join('/') : last;
    folderOf(names, folders).entries.push({ name, path: file.path, file });
  }
  for (const folder of folders.values()) folder.entries.sort(byName);
  return root;
}

function folderOf(names: string[], folders: Map<string, Folder>): Folder {
  const path = names.join('/');
  const known = folders.get(path);
  if (known) return known;
  const parent = folderOf(names.slice(0, -1), folders);
  const folder: Folder = { name: names[names.length - 1] ?? '', path, entries: [] };
  parent.entries.push(folder);
  folders.set(path, folder);
  return folder;
}

function byName(a: Folder | Leaf, b: Folder | Leaf): number {
  return Number('file' in a) - Number('file' in b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
