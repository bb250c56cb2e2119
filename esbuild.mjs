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
  'src/core/library/vectorScan.wasm',
  'src/core/library/schema.sql',
];

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Chosen at run time: the embedder falls back to WebAssembly where the native one does not load.
  external: ['onnxruntime-node', 'sharp', 'vscode'],
  legalComments: 'none',
  logLevel: 'warning',
};

const bundles = [
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
];

mkdirSync('dist/assets', { recursive: true });
for (const asset of assets) {
  if (existsSync(asset)) cpSync(asset, `dist/assets/${asset.split('/').pop()}`);
}
cpSync('src/core/extraction/queries', 'dist/assets/queries', { recursive: true });
cpSync('media/models', 'dist/assets/models', { recursive: true });
await Promise.all(bundles.map((bundle) => build(bundle)));
