/** One checked package while it is on the screen: its report, its rules, and its files read on demand. */
import { changesBetween, type Changes } from './changes.ts';
import type { Checked, Engine, LeftOut } from './engine/client.ts';
import { Lines } from './excerpt.ts';
import type { Finding, Item, Report, RuleInfo } from './wire.ts';

/** A finding with the item it stands under and its place among that item's findings. */
export interface Placed { item: Item; index: number; finding: Finding }

export class Session {
  readonly report: Report;
  readonly leftOut: readonly LeftOut[];
  /** Since the check before, when that was of a package of the same name. */
  readonly changes: Changes | null;
  readonly #rules: Map<string, RuleInfo>;
  readonly #items: Map<string, Item>;
  readonly #inFile = new Map<string, Placed[]>();
  /** What was counted and not listed, by the id of a rule, or of an item for its evidence. */
  readonly #unlisted = new Map<string, number>();
  readonly #lines = new Map<string, Promise<Lines | null>>();
  readonly #previews = new Map<string, Promise<string | null>>();

  constructor(checked: Checked, rules: readonly RuleInfo[], private readonly engine: Engine, before: Report | null) {
    this.report = checked.report;
    this.leftOut = checked.leftOut;
    this.changes = before?.package.name === this.report.package.name ? changesBetween(before, this.report) : null;
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#items = new Map(this.report.items.map((item) => [item.id, item]));
    for (const item of this.report.items) {
      item.findings.forEach((finding, index) => {
        if (finding.path === null) return;
        const placed = this.#inFile.get(finding.path) ?? [];
        placed.push({ item, index, finding });
        this.#inFile.set(finding.path, placed);
      });
    }
    for (const placed of this.#inFile.values()) placed.sort(byPlace);
    for (const { code, args } of this.report.not_examined) {
      const id = String(args['id']);
      if (code === 'findings-limit') this.#unlisted.set(id, (this.#unlisted.get(id) ?? 0) + Number(args['count']));
    }
  }

  /** The report as a document. */
  render(format: 'markdown' | 'html'): Promise<string> { return this.engine.render(format); }

  rule(id: string): RuleInfo | undefined { return this.#rules.get(id); }

  rulesOf(item: Item): RuleInfo[] { return [...this.#rules.values()].filter((rule) => rule.item === item.id); }

  /** Findings of an item that the engine counted and did not list. */
  unlistedFindings(item: Item): number { return this.rulesOf(item).reduce((sum, rule) => sum + (this.#unlisted.get(rule.id) ?? 0), 0); }

  /** Pieces of its evidence likewise. */
  unlistedEvidence(item: Item): number { return this.#unlisted.get(item.id) ?? 0; }

  item(id: string): Item | undefined { return this.#items.get(id); }

  /** The findings of a file in the order of their places. */
  findingsIn(path: string): readonly Placed[] { return this.#inFile.get(path) ?? []; }

  /** Whether a file is a picture to look at; the source of an SVG is text. */
  isPicture(path: string): boolean {
    return this.report.images.some((image) => image.path === path && image.format !== 'svg');
  }

  /** A file's lines, null when it is no text. */
  lines(path: string): Promise<Lines | null> {
    return remembered(this.#lines, path, async () => {
      const text = await this.engine.text(path);
      return text === null ? null : new Lines(text);
    });
  }

  /** The address of an image that is safe to decode, null for any other. */
  preview(path: string): Promise<string | null> {
    return remembered(this.#previews, path, async () => {
      const blob = await this.engine.preview(path);
      return blob === null ? null : URL.createObjectURL(blob);
    });
  }

  /** Gives back what the browser holds for the previews. */
  async close(): Promise<void> {
    for (const preview of this.#previews.values()) {
      const address = await preview;
      if (address !== null) URL.revokeObjectURL(address);
    }
  }
}

/** A read that failed counts as nothing to show; the next one tries again. */
function remembered<T>(known: Map<string, Promise<T | null>>, path: string, read: () => Promise<T | null>): Promise<T | null> {
  const before = known.get(path);
  if (before) return before;
  const reading = read().catch(() => {
    known.delete(path);
    return null;
  });
  known.set(path, reading);
  return reading;
}

function byPlace(a: Placed, b: Placed): number {
  const [left, right] = [a.finding.range?.start, b.finding.range?.start];
  return (left?.line ?? 0) - (right?.line ?? 0) || (left?.column ?? 0) - (right?.column ?? 0);
}
