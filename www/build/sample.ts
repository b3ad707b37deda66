/** The page's sample: a flawed widget of our own, zipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../../tests/fixtures/flawed', import.meta.url));

export function zippedSample(): Uint8Array {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  const entries = paths.map((path) => [relative(root, path).split(sep).join('/'), new Uint8Array(readFileSync(path))]);
  return zipSync(Object.fromEntries(entries), { mtime: '2024-01-01', level: 9 });
}

/** Gives `virtual:sample.zip`: the address of the sample. */
export function sample(): Plugin {
  const id = '\0virtual:sample.zip';
  let serving = false;
  return {
    name: 'sample',
    configResolved(config) { serving = config.command === 'serve'; },
    configureServer(server) {
      server.middlewares.use('/sample-widget.zip', (_request, response) => { response.end(zippedSample()); });
    },
    resolveId: (source) => (source === 'virtual:sample.zip' ? id : null),
    load(module) {
      if (module !== id) return null;
      if (serving) return 'export default "/sample-widget.zip"';
      const reference = this.emitFile({ type: 'asset', name: 'sample-widget.zip', source: zippedSample() });
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`;
    },
  };
}
