/** After one visit the page works without a network. A new version waits until the page says so: old pages keep their own files. */
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export function offline(): Plugin[] {
  return VitePWA({
    filename: 'sw.js',
    injectRegister: false,
    registerType: 'prompt',
    workbox: {
      // Without the engine and the sample the page would open offline and check nothing.
      globPatterns: ['**/*.{html,js,css,svg,png,wasm,zip}'],
      maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
      cleanupOutdatedCaches: true,
      sourcemap: false,
    },
    manifest: {
      name: 'Kommo preflight',
      short_name: 'Preflight',
      description: 'Checks a Kommo widget.zip against the marketplace’s publishing checklist, on your own device.',
      id: './',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#ffffff',
      theme_color: '#0a58ca',
      categories: ['developer', 'utilities'],
      icons: [
        { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: './icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: './icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
      file_handlers: [{ action: './', accept: { 'application/zip': ['.zip'] } }],
    },
  });
}
