import assert from 'node:assert/strict';
import { statSync } from 'node:fs';

import { packForTests } from '../../scripts/vscode/pack.ts';
import { readZip } from '../support/zip.ts';
import { embedUnpacked } from './embedUnpacked.ts';

const MOST_BYTES = 35 * 1024 * 1024;

/** Everything that may be packed; each must be met by at least one file. */
const EXPECTED: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|package\.nls\.json|readme\.md|changelog\.md|LICENSE\.txt|NOTICE)$/,
  /^extension\/l10n\/bundle\.l10n\.json$/,
  /^extension\/media\/(icon\.png|activity\.svg)$/,
  /^extension\/media\/walkthrough\/\w+\.svg$/,
  /^extension\/dist\/(extension|engine|embedder|reader|logReader|mcp|packRegistry)\.js$/,
  /^extension\/dist\/packages\/[\w-]+\.js$/,
  /^extension\/dist\/webview\/(session\/)?\w+\.(js|css|ttf)$/,
  /^extension\/dist\/assets\/(tree-sitter-[\w-]+|web-tree-sitter|sql-wasm|vectorScan)\.wasm$/,
  /^extension\/dist\/assets\/ort-wasm-simd-threaded\.(mjs|wasm\.br)$/,
  /^extension\/dist\/assets\/schema\.sql$/,
  /^extension\/dist\/assets\/cl100k_base\.json$/,
  /^extension\/dist\/assets\/queries\/[\w-]+\.scm$/,
  /^extension\/dist\/assets\/models\/all-MiniLM-L6-v2\/[\w/]+\.(json|onnx)$/,
];

describe('the packaged extension', function () {
  this.timeout(180_000);
  let vsix = '';
  before(() => {
    vsix = packForTests();
  });

  it('holds what runs and nothing else', () => {
    const paths = readZip(vsix).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => !EXPECTED.some((pattern) => pattern.test(path))),
      [],
    );
    assert.deepEqual(
      EXPECTED.filter((pattern) => !paths.some((path) => pattern.test(path))),
      [],
    );
    assert.equal(new Set(paths).size, paths.length);
  });

  it('holds the weights once', () => {
    const large = readZip(vsix).filter(({ sizeBytes }) => sizeBytes > 15_000_000);
    assert.deepEqual(
      large.map(({ path }) => path),
      ['extension/dist/assets/models/all-MiniLM-L6-v2/onnx/model_quantized.onnx'],
    );
  });

  it('is small enough to download', () => {
    assert.ok(statSync(vsix).size <= MOST_BYTES, `${statSync(vsix).size} bytes`);
  });

  it('names no platform, no packages and no scripts', () => {
    const entries = new Map(readZip(vsix).map((entry) => [entry.path, entry]));
    const manifest = JSON.parse(
      entries.get('extension/package.json')?.read().toString('utf8') ?? '',
    ) as Record<string, unknown>;
    for (const field of ['dependencies', 'devDependencies', 'scripts', 'files', 'private', 'bin']) {
      assert.equal(manifest[field], undefined, field);
    }
    assert.equal(manifest['main'], './dist/extension.js');
    const marketplace = entries.get('extension.vsixmanifest')?.read().toString('utf8') ?? '';
    assert.match(marketplace, /Id="pattern-foundry"/);
    assert.doesNotMatch(marketplace, /TargetPlatform/);
  });

  it('embeds where no packages are installed', async () => {
    assert.equal(await embedUnpacked(vsix), 'wasm');
  });
});
