import type { LocalizedText } from '../localizedText.ts';
import type { LeftOut } from './outcome.ts';
import type { Pattern } from '../pattern.ts';
import type { ImpressionRecord } from '../ports/libraryOutcomes.ts';

/** Why something was shown, and what became of it. */
export interface Why {
  readonly impression: ImpressionRecord;
  /** Still waited for, or nothing came of it in time. */
  readonly state: 'pending' | 'ignored' | 'resolved';
  /** The pattern as it is now; absent for suggestions that are none, and when it is gone. */
  readonly pattern?: Pick<
    Pattern,
    'id' | 'name' | 'kind' | 'source' | 'pack' | 'provenance' | 'successRate' | 'value' | 'state'
  >;
  /** Its text is another one than what was shown. */
  readonly isChanged: boolean;
  /** The last impressions of the pattern that something became of, latest first; at most five. */
  readonly last: readonly ImpressionRecord[];
  /** What was shown with it, and what was held out. */
  readonly together: readonly { readonly id: string; readonly pattern: string | null }[];
  /** What fitted the same task and was not shown, with the reason for a person. */
  readonly leftOut: readonly (LeftOut & {
    readonly name: string;
    readonly detail: LocalizedText;
  })[];
  /** In sentences, the most important first. */
  readonly reasons: readonly LocalizedText[];
}
