import { localized, type LocalizedText } from '../localizedText.ts';
import type { CodePointer } from './codePointer.ts';

/** A commit that seems to have mended what an issue tells, and of which the change is still there. */
export interface MendedBy {
  /** Whole id. */
  readonly commit: string;
  /** When it was committed, ISO 8601. */
  readonly date: string;
  /** What its message says first. */
  readonly subject: string;
  /** 0.55 to 0.95: a score, by which claims compare, and no share of right ones. */
  readonly sureness: number;
  /** Where what it changed stands now, what the issue speaks of first, then as it changed most; `lines` where no function holds it. */
  readonly places: readonly MendedPlace[];
}

export type MendedPlace = Pick<CodePointer, 'path' | 'symbol' | 'range'>;

const SHORT_ID = 8;
const DAY = 10;

/** One sentence for a person, without its full stop. */
export function describeMended({ commit, date, subject }: MendedBy): LocalizedText {
  const [id, day] = [commit.slice(0, SHORT_ID), date.slice(0, DAY)];
  return localized`Probably fixed already by ${id} of ${day}: ${subject}`;
}
