/** A small report for unit tests. */
import type { Finding, Item, Report, Status } from './wire.ts';

export function finding(message: string, path: string | null = 'script.js'): Finding {
  return {
    rule: 'unknown-manifest-key', certainty: 'certain', message_id: 'unknown-manifest-key/root', args: {}, message, help: null, count: 1,
    fingerprint: '0123456789abcdef', path, range: null, related: [],
  };
}

export function item(id: Item['id'], status: Status, findings: Finding[] = []): Item {
  return { id, section: 'scripts', title: id, asks: `What ${id} asks`, status, evidence_digest: `digest of ${id}`, findings, silenced: [], evidence: [] };
}

export function report(items: Item[], verdict: Report['verdict'], silenced = 0): Report {
  const counts = { 'fail': 0, 'review': 0, 'manual': 0, 'pass': 0, 'not-applicable': 0, silenced };
  for (const one of items) counts[one.status] += 1;
  return {
    schema_version: 1, tool: { name: 'kommo-preflight', version: '0' }, checklist: { edition: 'marketplace-60' },
    package: { name: 'widget.zip', sha256: null, compressed_bytes: null, unpacked_bytes: 0, root: '', locales: [], widget: { code: null, version: null, names: [] }, files: [] },
    verdict, counts, items, images: [], not_examined: [],
  };
}
