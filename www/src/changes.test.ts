import { expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import { finding, item, report } from './report.fixture.ts';

const withFindings = (...fingerprints: string[]) => report([item('sync-requests', 'fail', fingerprints.map((fingerprint) => ({ ...finding('x'), fingerprint })))], 'fail');

test('counts what went and what came', () => {
  expect(changesBetween(withFindings('a', 'b', 'c'), withFindings('c', 'd'))).toEqual({ repaired: 2, added: 1 });
});

test('the same findings are no change', () => {
  expect(changesBetween(withFindings('a', 'b'), withFindings('b', 'a'))).toEqual({ repaired: 0, added: 0 });
});
