import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

/** Electron 33 (Node 20.18, Chromium 130) must run what is built too: see scripts/lib/electron.mjs. */
const node = 'node20.18';
const chrome = 'chrome130';

/** Native: it stays in node_modules and is loaded when the keychain is first used. All else is bundled. */
const external = ['keytar'];

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: false,
      rollupOptions: { input: 'src-main/index.ts', external, output: { format: 'es', entryFileNames: 'index.js' } },
    },
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false,
      // A sandboxed preload script can only be CommonJS, and all in one file.
      isolatedEntries: true,
      rollupOptions: {
        input: { index: 'src-main/preload/index.ts', 'human-check': 'src-main/preload/human-check.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue()],
    build: {
      target: chrome,
      outDir: 'out/renderer',
      // Half the text to read at the start; a page's error is told by its message, not by its lines.
      minify: true,
      // The content security policy takes no data: scripts and styles, and no inline ones.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: 'src-renderer/index.html', broken: 'src-renderer/broken.html' } },
    },
  },
});
