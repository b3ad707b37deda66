// Times the module and the page in Chromium: `node bench/chromium.js ARCHIVE RUNS` prints `{ engine, cold, warm }` in milliseconds.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('./peers/package.json', import.meta.url))('playwright-core');
const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };
const top = (folder) => fileURLToPath(new URL(`../${folder}`, import.meta.url));
const [, , archive, runs] = process.argv;

// Serves dist/page at /, and pkg/ at /pkg/.
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  if (path === '/blank') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>blank</title>');
    return;
  }
  const file = path.startsWith('/pkg/') ? join(top('.'), path) : join(top('dist/page'), path === '/' ? 'index.html' : path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.KOMMO_PREFLIGHT_CHROMIUM,
  args: (process.env.KOMMO_PREFLIGHT_CHROMIUM_FLAGS ?? '').split(' ').filter(Boolean),
});
const data = readFileSync(archive).toString('base64');

// The engine by itself, on a page without anything else.
async function engine() {
  const page = await browser.newPage();
  await page.goto(`${address}/blank`);
  const times = await page.evaluate(async ({ data, runs }) => {
    const { default: init, Package } = await import('/pkg/index.js');
    await init();
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    // Until then, V8 runs code that it has not optimised yet.
    const warm = performance.now() + 2000;
    const times = [];
    while (times.length < runs) {
      const start = performance.now();
      const widget = Package.open(bytes, 'widget.zip');
      widget.check();
      if (start > warm) times.push(performance.now() - start);
      widget.free();
    }
    return times;
  }, { data, runs: Number(runs) });
  await page.close();
  return times;
}

// From the drop of an archive to the frame that shows its report; the first drop on a fresh page is the cold one.
async function drops(count) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  const times = [];
  for (let run = 0; run < count; run += 1) times.push(await page.evaluate(drop, { data, name: `widget-${run}.zip` }));
  await context.close();
  return times;
}

// Runs in the page.
async function drop({ data, name }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  const app = document.querySelector('preflight-app');
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const shows = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'report-summary') return element.shadowRoot?.querySelector('.package')?.textContent.includes(name);
      if (element.shadowRoot && shows(element.shadowRoot)) return true;
    }
    return false;
  };
  const start = performance.now();
  for (const type of ['dragover', 'drop']) {
    app.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
  }
  while (!shows(document)) await frame();
  await frame();
  return performance.now() - start;
}

const result = { engine: await engine(), cold: [], warm: [] };
for (let run = 0; run < 3; run += 1) result.cold.push(...await drops(1));
result.warm = (await drops(Number(runs) + 2)).slice(2);
console.log(JSON.stringify(result));
await browser.close();
server.close();
server.closeAllConnections();
