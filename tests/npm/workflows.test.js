// The workflow files and the action follow the published schema.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { top, workflows } from './support/paths.js';

test('workflow files are valid', async () => {
  const names = await readdir(workflows);
  assert.ok(names.length > 0);
  for (const name of names) {
    const { errors } = validateWorkflow(await readFile(join(workflows, name), 'utf8'));
    assert.deepEqual(errors, [], name);
  }
});

test('the action is valid', async () => {
  const { errors } = validateAction(await readFile(top('action.yml'), 'utf8'));
  assert.deepEqual(errors, []);
});

test('a fault would be noticed', () => {
  const { errors } = validateWorkflow('on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    step: []\n');
  assert.ok(errors.length > 0);
  assert.ok(validateAction('name: x\nruns:\n  using: composite\n').errors.length > 0);
});
