// The package's entry for Node: the same functions as index.js; the wasm is read from beside this file.
import { readFile } from 'node:fs/promises';
import load from './index.js';

export { Package, checklist, rules, version } from './index.js';

export default async function init(source) {
  await load(source ?? (await readFile(new URL('./kommo_preflight_bg.wasm', import.meta.url))));
}
