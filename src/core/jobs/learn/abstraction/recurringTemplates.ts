import { openExtractor } from '../../../extraction/extractor.ts';
import { mineIdioms } from '../../../extraction/idioms/mine.ts';
import type { IdiomSource } from '../../../extraction/idioms/corpus.ts';
import { FILE_NAMES } from '../../../extraction/frames.ts';
import type { Recurring } from '../../../learning/lessons/recurringCode.ts';
import type { Watch } from '../../../model/api/watch.ts';
import { toIdiomText } from '../../../model/conversions.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import type { PatternId } from '../../../model/pattern.ts';
import { groupBy } from '../../../platform/groupBy.ts';
import { rest } from '../../rest.ts';

/** Sessions whose code is compared: the last that ended. */
const MOST_SESSIONS = 500;
/** Templates that few sessions have are one way among many. */
const LEAST_SESSIONS = 2;

/**
 * What the code that several sessions wrote has in common where it is not the same: runs of statements
 * with holes, found as the idioms of a project are. By id, with the sessions.
 */
export async function recurringTemplates(
  assetsDir: string,
  experiences: readonly Pick<Experience, 'session' | 'code' | 'endedAt'>[],
  watch: Watch,
): Promise<ReadonlyMap<PatternId, Recurring>> {
  const newest = [...experiences]
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    .slice(0, MOST_SESSIONS);
  const texts = new Map<string, { readonly session: string; readonly text: string }>();
  for (const [at, { session, code }] of newest.entries()) {
    for (const [language, all] of groupBy(code, (one) => one.language)) {
      if (language === null) continue;
      const text = all.map((one) => one.code).join('\n\n');
      texts.set(`${at}/${FILE_NAMES[language]}`, { session, text });
    }
  }
  const pause = async (): Promise<void> => {
    await rest(watch);
    watch.signal?.throwIfAborted();
  };
  const extractor = await openExtractor({ assetsDir });
  try {
    const sources: IdiomSource[] = [];
    for (const [path, { text }] of texts) {
      await pause();
      const read = await extractor.extract({ path, text });
      if (read !== undefined) sources.push({ path, isTest: false, statements: read.statements });
    }
    const idioms = await mineIdioms(sources, {
      readTree: (path) => extractor.codeTree({ path, text: texts.get(path)?.text ?? '' }),
      pause,
    });
    const found = idioms.map((idiom): [PatternId, Recurring] => {
      const sessions = idiom.places.flatMap(({ path }) => texts.get(path)?.session ?? []);
      const text = toIdiomText(idiom);
      return [text.id, { text, sessions: [...new Set(sessions)].sort() }];
    });
    return new Map(found.filter(([, { sessions }]) => sessions.length >= LEAST_SESSIONS));
  } finally {
    extractor.close();
  }
}
