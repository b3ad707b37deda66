/** The archive that was shared with the installed app: `public/share.js` keeps it until it is taken here. */

const ADDRESS = '#shared';

/** Takes the shared archive, when this page was opened for one. */
export async function takeShared(): Promise<File | null> {
  if (location.hash !== ADDRESS) return null;
  history.replaceState(null, '', location.pathname + location.search);
  const cache = await caches.open('shared');
  const kept = await cache.match('./shared');
  await cache.delete('./shared');
  return kept === undefined ? null : new File([await kept.blob()], decodeURIComponent(kept.headers.get('x-name') ?? 'widget.zip'));
}
