import { expect, test } from 'vitest';
import { Answers } from './answers.ts';
import { finding, item, report } from './report.fixture.ts';
import { summaryOf } from './verdict.ts';

const nobody = new Answers(null);

test('counts what fails, what needs a look and what is the reader\'s', () => {
  const whole = report([item('sync-requests', 'fail', [finding('x')]), item('comments', 'review', [finding('y')]), item('data-minimal', 'manual')], 'fail');
  expect(summaryOf(whole, nobody).sentence).toBe('Not ready: 1 item fails, 1 needs a look, and 1 is yours to judge.');
});

test('names silenced findings', () => {
  expect(summaryOf(report([item('data-minimal', 'manual')], 'clear', 3), nobody).remark).toBe('3 findings are silenced');
});

test('says ready only when the engine is clear and every manual item is answered', () => {
  const manual = item('data-minimal', 'manual');
  const clear = report([manual], 'clear');
  const answers = new Answers(null);
  expect(summaryOf(clear, answers).say).toBe('clear');
  answers.set(clear, manual, true);
  expect(summaryOf(clear, answers).say).toBe('ready');
  expect(summaryOf(report([manual, item('comments', 'review', [finding('y')])], 'review'), answers).say).toBe('review');
});

test('an answer holds only for the evidence it was given for', () => {
  const manual = item('data-minimal', 'manual');
  const clear = report([manual], 'clear');
  const answers = new Answers(null);
  answers.set(clear, manual, true);
  expect(answers.has(clear, { ...manual, evidence_digest: 'another' })).toBe(false);
  answers.set(clear, manual, false);
  expect(answers.has(clear, manual)).toBe(false);
});
