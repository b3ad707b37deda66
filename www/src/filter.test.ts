import { expect, test } from 'vitest';
import { Answers } from './answers.ts';
import { visible } from './filter.ts';
import { finding, item, report } from './report.fixture.ts';
import { HOME } from './route.ts';

const whole = report([
  item('sync-requests', 'fail', [finding('async: false in $.ajax'), finding('open() with false', 'lib/other.js')]),
  item('comments', 'review', [finding('commented-out code')]),
  item('data-minimal', 'manual'),
  item('console-trace', 'pass'),
], 'fail');

const ids = (route: Partial<typeof HOME>, answers = new Answers(null)): string[] => visible(whole, { ...HOME, ...route }, answers).map(({ item: { id } }) => id);

test('without filters everything is there', () => {
  expect(ids({})).toHaveLength(4);
});

test('statuses add up', () => {
  expect(ids({ show: ['fail', 'manual'] })).toEqual(['sync-requests', 'data-minimal']);
});

test('what needs the reader leaves out what passes and what was judged', () => {
  const answers = new Answers(null);
  expect(ids({ mine: true }, answers)).toEqual(['sync-requests', 'comments', 'data-minimal']);
  for (const one of whole.items) if (one.id === 'data-minimal') answers.set(whole, one, true);
  expect(ids({ mine: true }, answers)).toEqual(['sync-requests', 'comments']);
});

test('a search keeps the findings that match, or all when the item itself matches', () => {
  const search = (query: string) => visible(whole, { ...HOME, query }, new Answers(null));
  expect(search('OTHER.js')).toMatchObject([{ item: { id: 'sync-requests' }, findings: [1] }]);
  expect(search('sync-requests')).toMatchObject([{ item: { id: 'sync-requests' }, findings: [0, 1] }]);
  expect(search('nowhere')).toEqual([]);
});
