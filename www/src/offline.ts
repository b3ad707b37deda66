/** The service worker: registered by the published page, never by the development server. It offers a new version and forces none. */

/** Every open tab of the page holds this lock, shared; a new version may start when only one does. */
const TAB = 'kommo-preflight.tab';

/** A new version waits. `alone` says whether this is the only open tab, in which `start` may begin it. */
export interface NewVersion { alone: boolean; start: () => void }

declare global {
  interface WindowEventMap { 'new-version': CustomEvent<NewVersion> }
}

if ('serviceWorker' in navigator && location.protocol.startsWith('http')) {
  void navigator.locks?.request(TAB, { mode: 'shared' }, () => new Promise(() => undefined));
  void register();
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('./sw.js', { scope: './', updateViaCache: 'none' });
  if (registration.waiting) void offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration.installing;
    next?.addEventListener('statechange', () => {
      // Without a controller this is the first visit, and nothing is replaced.
      if (next.state === 'installed' && navigator.serviceWorker.controller) void offer(next);
    });
  });
}

async function offer(next: ServiceWorker): Promise<void> {
  const held = (await navigator.locks?.query())?.held?.filter((lock) => lock.name === TAB).length ?? 2;
  const start = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => { location.reload(); }, { once: true });
    next.postMessage({ type: 'SKIP_WAITING' });
  };
  window.dispatchEvent(new CustomEvent('new-version', { detail: { alone: held === 1, start } }));
}
