// The unions of ids in index.d.ts name exactly what the engine has. `UPDATE=1 npm test` writes them anew.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import init, { checklist, rules } from '../../pkg/node.js';
import { pkg } from './support/paths.js';

const path = join(pkg, 'index.d.ts');

async function agrees(type, ids) {
  const text = await readFile(path, 'utf8');
  const union = `export type ${type} =\n${ids.map((id) => `  | '${id}'`).join('\n')};\n`;
  const start = text.indexOf(`export type ${type} =\n`);
  const end = text.indexOf(';\n', start) + 2;
  assert.ok(start >= 0 && end > start, `index.d.ts declares no ${type}`);
  if (process.env.UPDATE) await writeFile(path, text.slice(0, start) + union + text.slice(end));
  else assert.equal(text.slice(start, end), union);
}

test('ids of items', async () => {
  await init();
  await agrees('ItemId', checklist().map((item) => item.id));
});

test('ids of rules', async () => {
  await init();
  const ids = rules().map((rule) => rule.id);
  assert.ok(ids.length > 0);
  await agrees('RuleId', ids.sort());
});
