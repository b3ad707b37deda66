/** What changed between two checks of one package. */
import type { Report } from './wire.ts';

export interface Changes { repaired: number; added: number }

/** Findings that went and came, told apart by their fingerprints, which survive moved lines. */
export function changesBetween(before: Report, after: Report): Changes {
  const old = fingerprints(before);
  const now = fingerprints(after);
  return { repaired: missing(old, now), added: missing(now, old) };
}

function fingerprints(report: Report): Set<string> {
  return new Set(report.items.flatMap((item) => item.findings.map((finding) => `${item.id} ${finding.fingerprint}`)));
}

/** How many of `these` are not among `those`. */
function missing(these: Set<string>, those: Set<string>): number {
  return [...these].filter((one) => !those.has(one)).length;
}
