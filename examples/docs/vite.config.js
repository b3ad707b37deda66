// Vite's development server would bundle the package beforehand and lose sight of its worker and its wasm.
export default {
  base: './',
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['kommo-preflight'] },
};
