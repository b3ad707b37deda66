/** The verdict in one sentence. */
import type { Answers } from './answers.ts';
import { list, t } from './words.ts';
import type { Report } from './wire.ts';

/** What the page may say: the engine's verdict, or `ready` once the reader has answered every manual item. */
export type Say = Report['verdict'] | 'ready';

export interface Summary { say: Say; sentence: string; remark: string | null }

/** How many manual items the reader has not ticked. */
export function unanswered(report: Report, answers: Answers): number {
  return report.items.filter((item) => item.status === 'manual' && !answers.has(report, item)).length;
}

export function summaryOf(report: Report, answers: Answers): Summary {
  const open = unanswered(report, answers);
  const { fail, review, silenced } = report.counts;
  const parts = [
    ...(fail > 0 ? [t('verdict.count.fail', { n: fail })] : []),
    ...(review > 0 ? [t('verdict.count.review', { n: review })] : []),
    ...(open > 0 ? [t('verdict.count.manual', { n: open })] : []),
  ];
  const remark = silenced > 0 ? t('verdict.silenced', { n: silenced }) : null;
  if (report.verdict === 'clear' && open === 0) return { say: 'ready', sentence: t('verdict.ready'), remark };
  const sentence = {
    fail: () => t('verdict.fail', { parts: list(parts) }),
    review: () => t('verdict.review', { parts: list(parts) }),
    clear: () => t('verdict.clear', { parts: list(parts) }),
    unreadable: () => t('verdict.unreadable'),
  }[report.verdict]();
  return { say: report.verdict, sentence, remark };
}
