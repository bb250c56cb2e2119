import type { RecordedText } from '../event.ts';
import type { PatternId } from '../pattern.ts';
import type { ExperienceFacts } from './recorded.ts';

/** What is kept of one session. */
export interface Experience extends Omit<ExperienceFacts, 'type'> {
  /** Functions and classes that its changes wrote. */
  readonly code: readonly RecordedText[];
  readonly lessons: readonly PatternId[];
}
