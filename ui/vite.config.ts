import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  // Assets stay files of their own: the window's content policy takes no data in scripts or styles.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    license: { fileName: 'notices.md' },
    modulePreload: { polyfill: false },
    rollupOptions: { input: { main: 'index.html', desk: 'desk.html' } },
    chunkSizeWarningLimit: 1200,
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], globals: false },
});
