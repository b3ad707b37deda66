/** The sample: a flawed widget of our own, served with the page. */
import sampleUrl from 'virtual:sample.zip';
import type { Intake } from './intake.ts';

let blob: Promise<Blob> | null = null;

async function load(): Promise<Blob> {
  const response = await fetch(sampleUrl);
  if (!response.ok) throw new Error(`the sample could not be loaded (${response.status})`);
  return response.blob();
}

export const sample = {
  /** Fetches the sample ahead, so that checking it needs no request. */
  async warmUp(): Promise<void> {
    blob = load();
    blob.catch(() => { blob = null; });
    await blob.catch(() => undefined);
  },

  async intake(): Promise<Intake> {
    return { kind: 'archive', name: 'sample-widget.zip', blob: await (blob ?? load()) };
  },
};
