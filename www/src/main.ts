/** Starts the page in the reader's language. */
import { preferredLanguage, setLanguage } from './words.ts';

await setLanguage(preferredLanguage());
await import('./app.ts');
void keepIcon();
if (import.meta.env.PROD) void import('./offline.ts');

/** Browsers ask for the icon anew at every change of the address; from memory, that is no request. */
async function keepIcon(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (!link || !location.protocol.startsWith('http')) return;
  link.href = URL.createObjectURL(await (await fetch(link.href)).blob());
}
