// A part of the service worker: keeps an archive that was shared with the installed app until the page, opened next, takes it.
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'POST' && new URL(url).pathname.endsWith('/share')) event.respondWith(keep(event.request));
});

async function keep(request) {
  const file = (await request.formData()).get('package');
  if (file instanceof File) {
    const cache = await caches.open('shared');
    await cache.put('./shared', new Response(file, { headers: { 'x-name': encodeURIComponent(file.name) } }));
  }
  return Response.redirect('./#shared', 303);
}
