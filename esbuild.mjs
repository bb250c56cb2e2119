import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync } from 'node:fs';

const grammars = [
  ...[
    'python',
    'javascript',
    'typescript',
    'tsx',
    'go',
    'rust',
    'java',
    'c-sharp',
    'ruby',
    'php',
  ].map((name) => `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
  'node_modules/tree-sitter-c/tree-sitter-c.wasm',
  'node_modules/tree-sitter-cpp/tree-sitter-cpp.wasm',
  'node_modules/@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
];

/** Files that the bundles read at run time; they find them in `assets` beside themselves. */
const assets = [
  ...grammars,
  'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'node_modules/sql.js/dist/sql-wasm.wasm',
  'src/core/library/vectors/vectorScan.wasm',
  'src/core/library/view/schema.sql',
  'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
];

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Chosen at run time: the embedder falls back to WebAssembly where the native one does not load.
  external: ['onnxruntime-node', 'vscode'],
  legalComments: 'none',
  logLevel: 'warning',
  // Some packages find their files by it; a CommonJS bundle has none.
  define: { 'import.meta.url': 'bundleUrl' },
};

const bundleUrl = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

/** What the transformers library imports and its tokenizer never uses. */
const unused = {
  name: 'unused',
  setup(setup) {
    setup.onResolve({ filter: /^(onnxruntime-(node|web)|sharp)$/ }, ({ path, importer }) =>
      importer.includes('@xenova') ? { path, namespace: 'unused' } : undefined,
    );
    setup.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: 'export default Object.assign(() => undefined, { env: {} });',
    }));
  },
};

const bundles = [
  {
    ...node,
    entryPoints: ['src/cli/bin.ts'],
    outfile: 'dist/cli.js',
    // Read anew by every short command; names stay, for the sake of stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: `#!/usr/bin/env node\n${bundleUrl}` },
  },
  {
    ...node,
    entryPoints: ['src/core/retrieval/embedder/process.ts'],
    outfile: 'dist/embedder.js',
    minify: true,
    plugins: [unused],
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/engineProcess/bin.ts'],
    outfile: 'dist/engine.js',
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.js',
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    bundle: true,
    platform: 'browser',
    format: 'iife',
    // The oldest Chromium that a supported VS Code runs webviews in.
    target: 'chrome124',
    entryPoints: ['webview-ui/main.ts'],
    // What it imports of CSS becomes `main.css` beside it.
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  },
].filter(({ entryPoints: [entry] }) => existsSync(entry));

mkdirSync('dist/assets', { recursive: true });
for (const asset of assets) {
  if (existsSync(asset)) cpSync(asset, `dist/assets/${asset.split('/').pop()}`);
}
cpSync('src/core/extraction/queries', 'dist/assets/queries', { recursive: true });
cpSync('media/models', 'dist/assets/models', { recursive: true });
await Promise.all(bundles.map((bundle) => build(bundle)));
