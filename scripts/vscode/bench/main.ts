/**
 * Prints what the extension costs in a real VS Code, with the packaged extension; nothing here is a test.
 *
 * `npm run bench:vscode -- [--repo DIR]` extracts DIR as well, such as a clone of vuejs/core, and types
 * into a copy of it, five minutes or `--seconds N`. `--only NAME` runs one of `activating`, `browsing`,
 * `extracting` and `typing`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { unpackZip } from '../../../test/support/zip.ts';
import { printTable } from '../../bench/table.ts';
import { installHost } from '../install.ts';
import { ownTarget } from '../nativeRuntime.ts';
import { packForTests } from '../pack.ts';
import { benchActivating } from './activating.ts';
import { benchBrowsing } from './browsing.ts';
import { benchExtracting } from './extracting.ts';
import { benchTyping } from './typing.ts';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '300' },
  },
});

function isWanted(name: 'activating' | 'browsing' | 'extracting' | 'typing'): boolean {
  return values.only === undefined || values.only === name;
}

async function main(): Promise<void> {
  const host = installHost();
  const vsix = packForTests(ownTarget());
  const place = mkdtempSync(join(tmpdir(), 'pattern-foundry-bench-'));
  try {
    unpackZip(vsix, place);
    const unpacked = { extension: join(place, 'extension'), place };
    if (isWanted('activating')) printTable(await benchActivating(host, unpacked));
    if (isWanted('browsing')) {
      for (const table of await benchBrowsing(host, vsix)) printTable(table);
    }
    if (values.repo === undefined) return;
    const repo = resolve(values.repo);
    if (isWanted('extracting')) {
      for (const table of await benchExtracting(host, { ...unpacked, repo })) printTable(table);
    }
    if (isWanted('typing')) {
      const seconds = Number(values.seconds);
      const tables = await benchTyping(host, { ...unpacked, repo, seconds });
      for (const table of tables) printTable(table);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

void main();
