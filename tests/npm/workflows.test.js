// The workflow files follow the published schema.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { validateWorkflow } from '@action-validator/core';
import { workflows } from './support/paths.js';

test('workflow files are valid', async () => {
  const names = await readdir(workflows);
  assert.ok(names.length > 0);
  for (const name of names) {
    const { errors } = validateWorkflow(await readFile(join(workflows, name), 'utf8'));
    assert.deepEqual(errors, [], name);
  }
});

test('a fault would be noticed', () => {
  const { errors } = validateWorkflow('on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    step: []\n');
  assert.ok(errors.length > 0);
});
