/** Starts the page in the reader's language. */
import './app.ts';
import { whenIdle } from './idle.ts';
import { loadReportWords } from './texts.ts';
import { preferredLanguage, setLanguage } from './words.ts';

void start();

async function start(): Promise<void> {
  await setLanguage(preferredLanguage());
  document.body.prepend(document.createElement('preflight-app'));
  whenIdle(() => { void loadReportWords(); });
  if (import.meta.env.PROD) await import('./offline.ts');
  await keepIcon();
}

/** Browsers ask for the icon anew at every change of the address; from memory, that is no request. */
async function keepIcon(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (!link || !location.protocol.startsWith('http')) return;
  link.href = URL.createObjectURL(await (await fetch(link.href)).blob());
}
