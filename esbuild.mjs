import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { writeDeclarations } from './scripts/declarations.mjs';
import vocabulary from 'gpt-tokenizer/esm/bpeRanks/cl100k_base';

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
];

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Of a large bundle Node finds not all names of exports by reading it.
  supported: { 'dynamic-import': false },
  // Chosen at run time: the embedder falls back to WebAssembly where the native one does not load.
  external: ['onnxruntime-node', 'vscode'],
  legalComments: 'none',
  logLevel: 'warning',
  // Its other form finds its own files in a way that bundles do not.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Some packages find their files by it; a CommonJS bundle has none.
  define: { 'import.meta.url': 'bundleUrl' },
};

const bundleUrl = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

/** What libraries import and what is used of them never needs. */
const unused = {
  name: 'unused',
  setup(setup) {
    setup.onResolve({ filter: /^(onnxruntime-(node|web)|sharp)$/ }, ({ path, importer }) =>
      importer.includes('@xenova') ? { path, namespace: 'unused' } : undefined,
    );
    // Attestations are not asked for, and nothing of a package is run.
    setup.onResolve({ filter: /^(sigstore|@npmcli\/run-script)$/ }, ({ path }) => ({
      path,
      namespace: 'unused',
    }));
    setup.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: 'export default Object.assign(() => undefined, { env: {} });',
    }));
  },
};

/**
 * Large packages that few runs need: each is a file of its own, which is read when something of it is
 * first used, so that every start is spared reading it.
 */
const readLate = [
  '@pydantic/genai-prices',
  '@secretlint/secretlint-rule-preset-recommend',
  'iconv-lite',
  'jschardet',
  'openai',
  're2js',
  'yaml',
];

const fileOf = (name) => `packages/${name.replace(/.*\//, '')}.js`;

const lateReading = {
  name: 'lateReading',
  setup(setup) {
    const names = readLate.join('|');
    setup.onResolve({ filter: new RegExp(`^(?:${names})$`) }, ({ path }) => ({
      path,
      namespace: 'late',
    }));
    setup.onResolve({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ path, external: true }));
    setup.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => {
      const load = `require('./${fileOf(path)}')`;
      const getters = Object.keys(createRequire(import.meta.url)(path))
        .filter((key) => key !== 'default' && key !== '__esModule')
        .map((key) => `get ${key}() { return ${load}.${key}; }`);
      getters.push(`get default() { return ${load}.default ?? ${load}; }`);
      return { contents: `module.exports = { __esModule: true, ${getters.join(', ')} };` };
    });
  },
};

/** The parser's runtime makes itself a `require`, which a bundle has, and which would hide that one. */
const ownRequire = {
  name: 'ownRequire',
  setup(setup) {
    setup.onLoad({ filter: /web-tree-sitter\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('var require = createRequire(', 'void createRequire(') };
    });
  },
};

/** What only one command needs is a bundle of its own, which no other command reads. */
const serving = {
  name: 'serving',
  setup(setup) {
    setup.onResolve({ filter: /\/(mcp|server)\/serve\.ts$/ }, ({ path }) => ({
      path: `./${path.split('/').at(-2)}.js`,
      external: true,
    }));
    setup.onResolve({ filter: /^\.\/registry\.ts$/ }, () => ({
      path: './packRegistry.js',
      external: true,
    }));
  },
};

/** Of zod's messages in forty languages, English: what people read is written here, not there. */
const oneLanguage = {
  name: 'oneLanguage',
  setup(setup) {
    setup.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const bundles = [
  ...readLate.map((name) => ({
    ...node,
    stdin: { contents: `module.exports = require('${name}');`, resolveDir: '.' },
    outfile: `dist/${fileOf(name)}`,
    minify: true,
    banner: { js: bundleUrl },
  })),
  {
    ...node,
    entryPoints: ['src/cli/bin.ts'],
    outfile: 'dist/cli.js',
    plugins: [ownRequire, lateReading, serving],
    // Read anew by every short command; names stay, for the sake of stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: `#!/usr/bin/env node\n${bundleUrl}` },
  },
  {
    ...node,
    entryPoints: ['src/api/main.ts'],
    outfile: 'dist/api.js',
    plugins: [ownRequire, lateReading, serving],
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/mcp/serve.ts'],
    outfile: 'dist/mcp.js',
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/core/packs/registry.ts'],
    outfile: 'dist/packRegistry.js',
    plugins: [unused, lateReading],
    minify: true,
    banner: { js: bundleUrl },
  },
  // Installed beside it: the team server is no part of the extension.
  ...[
    ['src/server/serve.ts', 'server.js'],
    ['src/server/database/embeddedThread.ts', 'embedded.js'],
    ['src/server/adapters/adapterThread.ts', 'adapters.js'],
  ].map(([entry, file]) => ({
    ...node,
    entryPoints: [entry],
    outfile: `dist/${file}`,
    plugins: [ownRequire, lateReading],
    external: [...node.external, '@electric-sql/*', '@fastify/*', 'fastify', 'pg'],
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  })),
  {
    ...node,
    entryPoints: ['src/core/retrieval/embedder/process.ts'],
    outfile: 'dist/embedder.js',
    // The runtime imports its own module by an address, which only a true import can.
    supported: {},
    minify: true,
    plugins: [unused],
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/core/jobs/extract/reading/process.ts'],
    outfile: 'dist/reader.js',
    plugins: [ownRequire, lateReading],
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/core/jobs/sessions/reading/process.ts'],
    outfile: 'dist/logReader.js',
    plugins: [lateReading],
    minifyWhitespace: true,
    minifySyntax: true,
    banner: { js: bundleUrl },
  },
  {
    ...node,
    entryPoints: ['src/engineProcess/bin.ts'],
    outfile: 'dist/engine.js',
    plugins: [ownRequire, lateReading, serving],
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
    entryPoints: ['webview-ui/main.ts', 'webview-ui/session/main.ts'],
    // What it imports of CSS becomes `main.css` beside it.
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  },
].filter(({ entryPoints }) => entryPoints === undefined || existsSync(entryPoints[0]));

mkdirSync('dist/assets', { recursive: true });
for (const asset of assets) {
  if (existsSync(asset)) cpSync(asset, `dist/assets/${asset.split('/').pop()}`);
}
// A fifth smaller than a package would make it, and read only where there is no native runtime.
writeFileSync(
  'dist/assets/ort-wasm-simd-threaded.wasm.br',
  brotliCompressSync(
    readFileSync('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
    { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } },
  ),
);
cpSync('src/core/extraction/queries', 'dist/assets/queries', { recursive: true });
cpSync('media/models', 'dist/assets/models', { recursive: true });
// Read when tokens are first counted, and by no command that counts none.
writeFileSync('dist/assets/cl100k_base.json', JSON.stringify(vocabulary));
writeDeclarations('dist/types');
// Node finds no names of exports in a bundle.
writeFileSync('dist/api.mjs', "import api from './api.js';\nexport const { openEngine } = api;\n");
await Promise.all(
  bundles.map((bundle) => build({ ...bundle, plugins: [oneLanguage, ...(bundle.plugins ?? [])] })),
);
