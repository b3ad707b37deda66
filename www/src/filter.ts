/** Which items, and which of their findings, the reader wants to see. */
import type { Answers } from './answers.ts';
import type { Route } from './route.ts';
import { itemAsks, itemTitle, labelOf, messageOf, valueOf } from './texts.ts';
import type { Evidence, Finding, Item, Report } from './wire.ts';

/** An item that is shown, with the indices of its findings that are shown. */
export interface Visible { item: Item; findings: number[] }

/** The items that the route's filters leave, in the report's order. */
export function visible(report: Report, route: Route, answers: Answers): Visible[] {
  const words = route.query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return report.items
    .filter((item) => route.show.length === 0 || route.show.includes(item.status))
    .filter((item) => !route.mine || needsReader(report, item, answers))
    .map((item) => ({ item, findings: matching(item, words) }))
    .filter(({ item, findings }) => words.length === 0 || findings.length > 0 || itemMatches(item, words));
}

/** Whether the reader still has something to do about an item. */
export function needsReader(report: Report, item: Item, answers: Answers): boolean {
  return item.status === 'fail' || item.status === 'review' || (item.status === 'manual' && !answers.has(report, item));
}

/** All findings when the item itself matches, else those that match. */
function matching(item: Item, words: string[]): number[] {
  const all = item.findings.map((_, index) => index);
  if (words.length === 0 || itemMatches(item, words)) return all;
  return all.filter((index) => {
    const finding = item.findings[index];
    return finding !== undefined && holdsAll(textOf(finding), words);
  });
}

function itemMatches(item: Item, words: string[]): boolean {
  return holdsAll([itemTitle(item), itemAsks(item), item.id, ...item.evidence.map(textOfEvidence)].join(' '), words);
}

function holdsAll(text: string, words: string[]): boolean {
  const low = text.toLowerCase();
  return words.every((word) => low.includes(word));
}

function textOf(finding: Finding): string { return `${messageOf(finding)} ${finding.path ?? ''} ${finding.rule}`; }

function textOfEvidence(entry: Evidence): string { return `${labelOf(entry)} ${valueOf(entry)} ${entry.path ?? ''}`; }
