import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DECLARATIONS } from '../../../../src/core/resolution/localization/rankDeclarations.ts';
import { HYBRID, type Weights } from '../../../../src/core/resolution/localization/rankFiles.ts';

const PAGE = new URL('../../../../docs/resolution.md', import.meta.url);

/** The weights that a table of the page tells, by signal. */
function toldIn(page: string, heading: string): Weights {
  const [, table = ''] = page.split(new RegExp(`^\\| ${heading} +\\|.*\\n`, 'm'));
  const rows = table.split('\n\n')[0]?.split('\n').slice(1) ?? [];
  return Object.fromEntries(
    rows.flatMap((row) => {
      const [, signals = '', weights = ''] = row.split('|');
      const told = weights.split(',').map(Number);
      return [...signals.matchAll(/`(\w+)`/g)].map(([, signal = ''], at) => [signal, told[at]]);
    }),
  );
}

describe('the page about resolution', () => {
  const page = readFileSync(PAGE, 'utf8');

  it('tells what each signal of a file is worth', () => {
    assert.deepEqual(toldIn(page, 'signal of a file'), HYBRID);
  });

  it('tells what each signal of a function is worth', () => {
    assert.deepEqual(toldIn(page, 'signal of a function'), DECLARATIONS);
  });
});
