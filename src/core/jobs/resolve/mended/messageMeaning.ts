import { commitTitle } from '../../../model/commitTitle.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import type { MendEvidence } from '../../../resolution/changes/mendEvidence.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import type { CodeMeaning } from '../localizers/codeMeaning.ts';
import type { LikelyMessage } from './likelyMessages.ts';

/** Characters; the model reads no further. */
const LONGEST_TEXT = 2_000;

/**
 * How near each message is to an issue in what the words mean, in order; empty where that cannot be
 * compared.
 *
 * @param title what the issue says first
 */
export async function compareMeanings(
  { title, text }: Pick<Issue, 'title' | 'text'>,
  likely: readonly Pick<LikelyMessage, 'past'>[],
  meaning: CodeMeaning | undefined,
  watch: StageWatch,
): Promise<readonly NonNullable<MendEvidence['meaning']>[]> {
  if (meaning === undefined || likely.length === 0) return [];
  const messages = likely.map(({ past }) => past.message);
  const titles = await meaning.cosines(title, messages.map(commitTitle), watch);
  const texts = await meaning.cosines(beginning(text), messages.map(beginning), watch);
  return (titles ?? []).flatMap((ofTitle, at) => {
    const ofText = texts?.[at];
    return ofText === undefined ? [] : [{ titles: ofTitle, texts: ofText }];
  });
}

function beginning(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}
