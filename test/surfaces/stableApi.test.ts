import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../support/extension/manifest.ts';

/** Names of proposals of VS Code for inline completions, which types of a later version may hold. */
const PROPOSED =
  /\b(?:yieldTo|yieldsTo|debounceDelayMs|handleDidShowCompletionItem|handleDidPartiallyAcceptCompletionItem|handleEndOfLifetime|handleDidRejectCompletionItem|inlineCompletionsAdditions\w*|InlineCompletionEndOfLifeReasonKind)\b/g;
/** What other extensions are told by is named once. */
const NAMED = ['inlineCompletionsAdditions'];

describe('the API of VS Code', () => {
  it('is used as far as it is stable', () => {
    const folder = join(ROOT, 'src/extension');
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => readFileSync(join(folder, path), 'utf8').match(PROPOSED) ?? []);
    assert.deepEqual(found, NAMED);
    const bundle = readFileSync(join(ROOT, 'dist/extension.js'), 'utf8');
    assert.deepEqual([...new Set(bundle.match(PROPOSED))], NAMED);
    const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
    assert.ok(!manifest.includes('enabledApiProposals'));
  });
});
