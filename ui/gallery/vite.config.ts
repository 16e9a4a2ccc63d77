import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000, emptyOutDir: true },
  server: { host: '127.0.0.1', port: 5174, strictPort: true, fs: { allow: ['..'] } },
});
