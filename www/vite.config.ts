import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page's sample: a flawed widget of our own, zipped. */
function sample(): Plugin {
  const id = '\0virtual:sample.zip';
  const zipped = (): Uint8Array => {
    const root = here(existsSync(here('../tests/fixtures/flawed')) ? '../tests/fixtures/flawed' : '../tests/fixtures/clean');
    const paths = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
    const entries = paths.map((path) => [relative(root, path).split(sep).join('/'), new Uint8Array(readFileSync(path))]);
    return zipSync(Object.fromEntries(entries), { mtime: '2024-01-01', level: 9 });
  };
  let serving = false;
  return {
    name: 'sample',
    configResolved(config) { serving = config.command === 'serve'; },
    configureServer(server) {
      server.middlewares.use('/sample-widget.zip', (_request, response) => { response.end(zipped()); });
    },
    resolveId: (source) => (source === 'virtual:sample.zip' ? id : null),
    load(module) {
      if (module !== id) return null;
      if (serving) return 'export default "/sample-widget.zip"';
      const reference = this.emitFile({ type: 'asset', name: 'sample-widget.zip', source: zipped() });
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`;
    },
  };
}

/** Another build of the engine in place of the package's own: tests take one that panics on demand. */
const engine = process.env['KOMMO_PREFLIGHT_ENGINE'];

export default defineConfig({
  base: './',
  plugins: [sample()],
  resolve: engine === undefined ? {} : { alias: [
    { find: /^kommo-preflight$/, replacement: resolve(engine, 'kommo_preflight.js') },
    { find: /^kommo-preflight\/(.*)$/, replacement: `${resolve(engine)}/$1` },
  ] },
  optimizeDeps: { exclude: ['kommo-preflight'] },
  server: { fs: { allow: [here('..')] } },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
  build: {
    outDir: here('../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
