/** Builds ../pkg/translation/: the report's texts in other languages, for the element of the npm package. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  publicDir: false,
  build: {
    outDir: here('../pkg/translation'),
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: here('src/translation.ts'), formats: ['es'] },
    rollupOptions: { output: { entryFileNames: 'index.js', chunkFileNames: '[name].js' } },
  },
});
