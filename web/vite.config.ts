import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.TARN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    emptyOutDir: true,
    // A file of its own for every asset, so that the page works under `img-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Read by scripts/size.mjs; not served as it starts with a dot.
    manifest: '.vite/manifest.json',
  },
  // docs/engines.md is beside web/: the console shows the very text of its blocks.
  server: { proxy: { '/tarn': server, '/iceberg': server }, fs: { allow: ['..'] } },
});
