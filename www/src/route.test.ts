import { expect, test } from 'vitest';
import { format, HOME, parse, type Route } from './route.ts';

test('an address says the same after a round trip', () => {
  const route: Route = {
    view: 'looks', item: 'sync-requests', finding: 12, file: 'lib/a b#&=.js', line: 7, show: ['fail', 'not-applicable'], mine: true, query: 'é & =',
  };
  expect(parse(format(route))).toEqual(route);
});

test('nothing to say is an empty hash', () => {
  expect(format(HOME)).toBe('');
  expect(parse('')).toEqual(HOME);
});

test('what it does not know it leaves out', () => {
  expect(parse('#show=fail,nonsense&finding=-3&line=1e9&view=else&other=1')).toEqual({ ...HOME, show: ['fail'] });
});
