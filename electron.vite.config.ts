import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

/**
 * Three builds. main: every process without a window, as CommonJS (`.cjs`, since the package is of type module) for Node
 * 16 up, with all pure JavaScript bundled so that packages without CommonJS work too; native packages and those that load
 * files beside themselves stay outside. preload: one sandboxed file. renderer: the Svelte application.
 *
 * A new process or worker is one line in `entries`; it is found at run time as `join(__dirname, '<name>.cjs')`.
 */
const entries = {
  desktop: 'src-main/desktop/main.ts',
  engine: 'src-main/engine/main.ts',
  cli: 'src-main/cli/main.ts',
  'umap-worker': 'src-main/studio/map/umap-worker.ts',
}

const external = [
  'electron',
  /^electron\//,
  /^sharp(\/|$)/,
  /^libsql(\/|$)/,
  /^@tensorflow\//,
  /^@mdi\/svg/,
  'bufferutil',
  'utf-8-validate',
]

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node16',
      minify: false,
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        input: entries,
        external,
        // No entry doubles as a chunk of another: what two share lies in a chunk of its own.
        preserveEntrySignatures: 'strict',
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node16',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src-main/desktop/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    // Relative addresses: the same files are served from varia://app/ and from http://localhost/.
    base: './',
    plugins: [svelte()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome108',
      cssTarget: 'chrome108',
      cssMinify: 'lightningcss',
      // Nothing inline: the content security policy allows no data: fonts, scripts or styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      minify: true,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
})
