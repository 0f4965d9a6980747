import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { antdCss } from './antd-css.ts';

// A build started from a test run inherits NODE_ENV=test and would carry React's development code,
// half as large again, to whoever is served from the same folder afterwards.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [antdCss(), react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: ['chrome111', 'safari16.4', 'firefox114'],
    // Files stay files: a data: address has no cache and no hash.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 7301, proxy: { '/api': 'http://localhost:7300' } },
});
