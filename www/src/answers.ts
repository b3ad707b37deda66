/** What the reader ticked off among the manual items, kept on this device only. */
import type { Item, Report } from './wire.ts';

const KEY = 'kommo-preflight.answers';
/** Older answers are forgotten beyond this many. */
const MOST = 2_000;

export class Answers {
  readonly #given: Set<string>;

  constructor(private readonly storage: Storage | null = storageOrNull()) {
    this.#given = new Set(this.#read());
  }

  /** Whether the item was ticked for this very evidence: new evidence asks again. */
  has(report: Report, item: Item): boolean { return this.#given.has(keyOf(report, item)); }

  set(report: Report, item: Item, answered: boolean): void {
    const key = keyOf(report, item);
    this.#given.delete(key);
    if (answered) this.#given.add(key);
    try {
      this.storage?.setItem(KEY, JSON.stringify([...this.#given].slice(-MOST)));
    } catch {
      // A full or forbidden storage only means that the tick is not remembered.
    }
  }

  #read(): string[] {
    try {
      const stored: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [];
    } catch {
      return [];
    }
  }
}

function keyOf(report: Report, item: Item): string {
  const { sha256, name } = report.package;
  return `${item.id}:${item.evidence_digest ?? sha256 ?? name}`;
}

/** Storage is denied in some private windows. */
export function storageOrNull(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
