/** The sample: a flawed widget of our own, kept ready so that checking it needs no request. */
import { loadSample } from './assets.ts';
import type { Intake } from './intake.ts';

let blob: Promise<Blob> | null = null;

function load(): Promise<Blob> {
  blob ??= loadSample();
  blob.catch(() => { blob = null; });
  return blob;
}

export const sample = {
  async warmUp(): Promise<void> { await load().catch(() => undefined); },

  async intake(): Promise<Intake> { return { kind: 'archive', name: 'sample-widget.zip', blob: await load() }; },
};
