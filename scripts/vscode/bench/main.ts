/**
 * Prints what the extension costs in a real VS Code, with the packaged extension; nothing here is a test.
 *
 * `npm run bench:vscode -- [--repo DIR]` extracts DIR as well, such as a clone of vuejs/core.
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

const { values } = parseArgs({ options: { repo: { type: 'string' } } });

async function main(): Promise<void> {
  const host = installHost();
  const vsix = packForTests(ownTarget());
  const place = mkdtempSync(join(tmpdir(), 'pattern-foundry-bench-'));
  try {
    unpackZip(vsix, place);
    const unpacked = { extension: join(place, 'extension'), place };
    printTable(await benchActivating(host, unpacked));
    for (const table of await benchBrowsing(host, vsix)) printTable(table);
    if (values.repo === undefined) return;
    const repo = resolve(values.repo);
    for (const table of await benchExtracting(host, { ...unpacked, repo })) printTable(table);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

void main();
