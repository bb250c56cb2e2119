import { openExtractor } from '../../../extraction/extractor.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { survivingText } from '../../../learning/actions/survivingText.ts';
import type { RecordedText } from '../../../model/event.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import type { Session } from '../../../model/sessions/session.ts';
import { fragmentsOf } from '../../curate/draftFragments.ts';
import { editShape } from './editShape.ts';

/** Of what one session wrote. */
const MOST_TEXTS = 20;
const MOST_SHAPES = 20;
const MOST_LINES = 80;
const LEAST_LINES = 4;

/**
 * What a session wrote that was left in the end, tests aside: functions and classes, and the shapes
 * of small changes, each once. What several sessions have in common of it may become patterns.
 */
export async function writtenCode(
  assetsDir: string,
  session: Session,
): Promise<readonly RecordedText[]> {
  const { texts, edits } = survivingText(session);
  const isWanted = ({ path }: { readonly path: string }): boolean =>
    languageOf(path) !== undefined && !isTestPath(path);
  const found = new Map<string, RecordedText>();
  const extractor = await openExtractor({ assetsDir });
  try {
    for (const { path, text } of texts.filter(isWanted)) {
      if (found.size >= MOST_TEXTS) break;
      for (const one of (await fragmentsOf(extractor, { path, code: text })) ?? []) {
        if (one.lines >= LEAST_LINES && one.lines <= MOST_LINES) found.set(one.id, one);
      }
    }
  } finally {
    extractor.close();
  }
  const shapes = new Map<string, RecordedText>();
  const parser = await openSourceParser({ assetsDir });
  try {
    for (const edit of edits.filter(isWanted)) {
      if (shapes.size >= MOST_SHAPES) break;
      const shape = await editShape(parser, edit);
      if (shape !== undefined) shapes.set(shape.id, shape);
    }
  } finally {
    parser.close();
  }
  return [...[...found.values()].slice(0, MOST_TEXTS), ...shapes.values()];
}
