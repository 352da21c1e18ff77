import { defineConfig } from 'vite';

/** Builds the page into dist/web. `src/app/page` serves it under /app. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    // All browsers that the page supports load modules ahead by themselves.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // How long plugins take depends on the machine.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
