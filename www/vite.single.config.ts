/** Builds ../dist/kommo-preflight.html: the whole page in one file that needs no server. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin, type Rollup } from 'vite';
import { zippedSample } from './build/sample.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const NAME = 'kommo-preflight.html';

/** In place of the files beside the page, the blocks of data inside it. */
const insideAssets: Plugin = {
  name: 'inside-assets',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('/assets.ts') ? here('src/assets.single.ts') : null),
};

/** The worker as one classic script; it is given the compiled engine and must not bring a copy. */
async function worker(): Promise<string> {
  const withoutEngine: Plugin = {
    name: 'without-engine',
    transform: (code) => code.replace(/new URL\('kommo_preflight_bg\.wasm', import\.meta\.url\)/g, 'undefined'),
  };
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutEngine],
    build: { write: false, target: 'es2022', lib: { entry: here('src/engine/worker.ts'), formats: ['iife'], name: 'worker' } },
  });
  const [output] = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[];
  const chunk = output?.output[0];
  if (!chunk || output.output.length !== 1) throw new Error('the worker did not become one script');
  return chunk.code;
}

/** Puts script, style, engine, worker and sample into the document, and their hashes into its policy. */
const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  generateBundle: { order: 'post', handler: async function (_options, bundle) {
    const files = Object.values(bundle);
    const page = files.find((file) => file.fileName.endsWith('.html'));
    const script = files.find((file) => file.type === 'chunk');
    const style = files.find((file) => file.fileName.endsWith('.css'));
    if (page?.type !== 'asset' || script?.type !== 'chunk' || style?.type !== 'asset') throw new Error('expected one page, one script and one style');
    // Inside a script element, only its own end tag and a comment's start have a meaning.
    const code = script.code.replaceAll(/<(?=\/script|!--)/gi, '\\x3c');
    const css = String(style.source);
    const blocks = {
      engine: gzipSync(readFileSync(here('../pkg/kommo_preflight_bg.wasm')), { level: 9 }),
      worker: Buffer.from(await worker()),
      sample: Buffer.from(zippedSample()),
    };
    const icon = `data:image/svg+xml;base64,${readFileSync(here('public/icon.svg')).toString('base64')}`;
    const policy = `default-src 'none'; script-src '${hash(code)}' 'wasm-unsafe-eval'; style-src '${hash(css)}'; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'`;
    const data = Object.entries(blocks).map(([id, bytes]) => `<script type="text/plain" id="${id}">${bytes.toString('base64')}</script>\n`).join('');
    const source = String(page.source)
      .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start: string) => start + policy)
      .replace(/<link rel="icon"[^>]*>/, () => `<link rel="icon" href="${icon}">`)
      .replace(/\s*<link rel="(?:modulepreload|manifest)"[^>]*>/g, '')
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`)
      .replace(/\s*<script type="module"[^>]*><\/script>/, '')
      .replace('</body>', () => `${data}<script type="module">${code}</script>\n  </body>`);
    for (const name of Object.keys(bundle)) delete bundle[name];
    this.emitFile({ type: 'asset', fileName: NAME, source });
    this.info(`${NAME}: ${(Buffer.byteLength(source) / 1e6).toFixed(2)} MB`);
  } },
};

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [insideAssets, oneFile],
  define: { 'import.meta.env.PROD': 'false' },
  build: {
    outDir: here('../dist'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: { output: { codeSplitting: false } },
  },
});
