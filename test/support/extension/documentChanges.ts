import fc from 'fast-check';

import type { SearchDocument } from '../../../src/core/model/ports/corpus.ts';
import { toDocument, type MemoryCorpus } from '../library/memoryCorpus.ts';

/** Unlike the others it is passed over where no document writes it. */
export const TECHNICAL = 'x1';
export const word = fc.constantFrom(
  'parse',
  'json',
  'open',
  'file',
  'parseJSON',
  'naïve',
  '排序',
  TECHNICAL,
);
/** One change of a corpus: a document that is put at a row, or taken away. */
interface DocumentStep {
  readonly rowId: number;
  readonly document: SearchDocument | undefined;
  readonly refreshes: boolean;
}

export const changes = fc.array(
  fc.record({
    rowId: fc.integer({ min: 1, max: 12 }),
    document: fc.option(
      fc
        .record({ name: word, code: fc.array(word, { maxLength: 8 }) })
        .map(({ name, code }) => toDocument(0, { name, code: code.join(' ') })),
      { nil: undefined },
    ),
    refreshes: fc.boolean(),
  }),
  { maxLength: 25 },
);

/** Makes the changes one after the other; `onRefresh` is called after those that ask for it. */
export function apply(
  corpus: MemoryCorpus,
  steps: readonly DocumentStep[],
  onRefresh?: () => void,
): void {
  for (const { rowId, document, refreshes } of steps) {
    if (document === undefined) corpus.remove(rowId);
    else corpus.put(toDocument(rowId, { name: document.name, code: document.code }));
    if (refreshes) onRefresh?.();
  }
}
