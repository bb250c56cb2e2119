import type { SourceState } from '../model/api/patterns.ts';
import type { Pattern } from '../model/pattern.ts';

/** What is known of where a pattern is from, for a language model; `undefined` where nothing is amiss. */
export function stalenessOf(pattern: Pattern, source: SourceState | null): string | undefined {
  if ('reverted' in pattern && pattern.reverted) return 'stale: the change was undone later';
  switch (source) {
    case 'gone':
      return 'stale: the code it was read from is no longer there';
    case 'changed':
      return 'stale: the code it was read from has changed since';
    case 'moved':
      return 'the code it was read from stands at another place now';
    case 'unchanged':
    case null:
      return undefined;
  }
}
