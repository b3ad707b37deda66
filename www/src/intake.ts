/** What a person hands over - a drop, a pick, a paste - turned into one archive or one folder to check. */

/** A file of a folder, by its path inside that folder. */
export interface FolderFile { path: string; blob: Blob }

export type Intake =
  | { kind: 'archive'; name: string; blob: Blob; again?: () => Promise<Intake> }
  | { kind: 'folder'; name: string; files: FolderFile[]; again?: () => Promise<Intake> };

/** The engine reads this many entries and says so when there are more; walking further would only cost time. */
const MOST_FILES = 10_001;

/** What a drop or a paste carries, or null when it holds no file. Call it inside the event: the data is gone afterwards. */
export function fromTransfer(data: DataTransfer): Promise<Intake | null> {
  const items = [...data.items].filter((item) => item.kind === 'file');
  const handles = items.map((item) => handleOf(item));
  const entries = items.map((item) => item.webkitGetAsEntry());
  const files = [...data.files];
  return fromParts(files, entries, handles);
}

async function fromParts(
  files: File[],
  entries: (FileSystemEntry | null)[],
  handles: Promise<FileSystemHandle | null>[],
): Promise<Intake | null> {
  const folder = entries.find((entry) => entry?.isDirectory);
  if (folder) {
    const read = (): Promise<Intake> => walk(folder as FileSystemDirectoryEntry);
    return { ...(await read()), again: read };
  }
  const handle = await handles[files.findIndex(looksLikeZip)] ?? await handles[0];
  return fromFiles(files, handle?.kind === 'file' ? (handle as FileSystemFileHandle) : null);
}

/** What a file picker or a paste gave: an archive, or the loose files of one folder; null when there is none. */
export function fromFiles(files: File[], handle: FileSystemFileHandle | null = null): Intake | null {
  const [first] = files;
  if (!first) return null;
  const manifest = files.some((file) => file.name === 'manifest.json');
  if (files.length > 1 && manifest && !files.some(looksLikeZip)) {
    return { kind: 'folder', name: 'files', files: files.map((file) => ({ path: file.name, blob: file })) };
  }
  return fromFile(files.find(looksLikeZip) ?? first, handle);
}

function fromFile(file: File, handle: FileSystemFileHandle | null): Intake {
  const again = async (): Promise<Intake> => fromFile(handle ? await handle.getFile() : file, handle);
  return { kind: 'archive', name: file.name || 'widget.zip', blob: file, again };
}

/** What `<input webkitdirectory>` gave, or null for an empty folder. */
export function fromFolderInput(files: File[]): Intake | null {
  const [first] = files;
  if (!first) return null;
  const name = first.webkitRelativePath.split('/')[0] ?? '';
  const inside = files.map((file) => ({ path: file.webkitRelativePath.slice(name.length + 1) || file.name, blob: file }));
  return { kind: 'folder', name: name || 'folder', files: inside };
}

function looksLikeZip(file: File): boolean {
  return /\.zip$/i.test(file.name) || file.type === 'application/zip' || file.type === 'application/x-zip-compressed';
}

/** A handle reads the file again after it was saved anew; not every browser has one. */
function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> {
  return item.getAsFileSystemHandle?.().catch(() => null) ?? Promise.resolve(null);
}

async function walk(root: FileSystemDirectoryEntry): Promise<Intake> {
  const files: FolderFile[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder && files.length < MOST_FILES; folder = folders.pop()) {
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
      else files.push({ path: entry.fullPath.slice(root.fullPath.length + 1), blob: await fileOf(entry as FileSystemFileEntry) });
    }
  }
  return { kind: 'folder', name: root.name, files };
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => { reader.readEntries(done, failed); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((done, failed) => { entry.file(done, failed); });
}
