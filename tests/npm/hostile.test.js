// The built module on every hostile archive: it ends by itself, in time and in bounded memory, with a whole report that names what was left.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { attacks, pkg } from './support/paths.js';

// Of the processor: a busy machine makes the clock run on.
const MOST_MS = 10_000;
// By the clock: what has not ended by then never will.
const GIVE_UP_MS = 90_000;
const MOST_MEMORY = 512 << 20;

let module;
let list;

before(async () => {
  module = await WebAssembly.compile(await readFile(join(pkg, 'kommo_preflight_bg.wasm')));
  list = JSON.parse(await readFile(join(attacks, 'attacks.json'), 'utf8'));
});

// The report on an attack, made by a fresh instance in a thread whose stack is a browser worker's.
function run(path) {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./support/attacked.js', import.meta.url), {
      workerData: { module, path },
      resourceLimits: { stackSizeMb: 1 },
    });
    const giveUp = setTimeout(() => worker.terminate(), GIVE_UP_MS);
    worker.once('message', done);
    worker.once('error', failed);
    worker.once('exit', () => {
      clearTimeout(giveUp);
      failed(new Error('it ended without a report'));
    });
  });
}

function judge({ name, code, oddity, unreadable }, { report, ms, memory }) {
  assert.equal(report.items.length, 60);
  assert.equal(report.verdict, unreadable ? 'unreadable' : 'fail');
  assert.ok(ms < MOST_MS, `${Math.round(ms)} ms`);
  assert.ok(memory <= MOST_MEMORY, `${memory >> 20} MB`);
  const codes = report.not_examined.map((entry) => entry.code);
  assert.ok(!codes.includes('rule-failed') && !codes.includes('file-failed'), codes.join(', '));
  if (unreadable) assert.ok(codes.length > 0);
  if (code) assert.ok(codes.includes(code), `${code} is not among ${codes.join(', ')}`);
  const item = (id) => JSON.stringify(report.items.find((one) => one.id === id));
  if (oddity) assert.ok(item('archive-files').includes(oddity));
  if (!unreadable && name !== 'name-duplicate') assert.ok(item('debug-leftovers').includes('"path":"script.js"'), 'script.js was not checked');
}

test('every attack ends with a whole report', async (t) => {
  const only = process.env.ATTACK ?? '';
  const chosen = list.filter(({ name }) => name.includes(only));
  assert.ok(chosen.length > 0);
  for (const attack of chosen) {
    await t.test(attack.name, async (t) => {
      const outcome = await run(join(attacks, `${attack.name}.zip`));
      t.diagnostic(`${attack.name}: ${Math.round(outcome.ms)} ms, ${outcome.memory >> 20} MB`);
      judge(attack, outcome);
    });
  }
});
