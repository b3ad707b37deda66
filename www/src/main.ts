/** Starts the page in the reader's language. */
import { preferredLanguage, setLanguage } from './words.ts';

await setLanguage(preferredLanguage());
await import('./app.ts');
