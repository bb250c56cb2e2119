import type { PatternFileProblem } from '../model/api/packs.ts';
import { localized, verbatim } from '../model/localizedText.ts';
import { Document, isSeq, LineCounter, parseYaml, visit } from '../platform/text/yaml.ts';
import { isFields, type Fields } from './fields.ts';

/** What a person reviews stands first, what identifies the pattern last. */
const ORDER = [
  ...['name', 'kind', 'language', 'framework', 'description', 'tags'],
  ...['message', 'issues', 'before', 'after', 'code'],
];
/** A place a line: two branches that add places merge. */
const ON_ONE_LINE = 'occurrences';

/** A text that shows line by line loses white space of empty lines at its ends. */
const LOST_IN_BLOCK = /^\s*\n|\n[ \t]+$/;

const COMMENT =
  ' A pattern, as pattern-foundry pack write writes it. What others change here waits to be accepted.';

/** What is wrong with a file, and where. */
export type FileProblem = Pick<PatternFileProblem, 'code' | 'line' | 'reason'>;

/**
 * A pattern as YAML, a field each, long texts as they are: made to be reviewed, and merged by git.
 * `readPatternFile` gives back the same fields.
 *
 * @param fields of a line of a pack
 */
export function toPatternFile(fields: Fields): string {
  const rank = (name: string): number => {
    const at = ORDER.indexOf(name);
    return at === -1 ? ORDER.length : at;
  };
  const sorted = Object.entries(fields).sort(([a], [b]) => rank(a) - rank(b));
  const document = new Document(Object.fromEntries(sorted), { aliasDuplicateObjects: false });
  const places = document.get(ON_ONE_LINE);
  if (isSeq(places)) for (const place of places.items) (place as { flow?: boolean }).flow = true;
  visit(document, {
    Scalar: (_key, scalar) => {
      const { value } = scalar;
      if (typeof value === 'string' && LOST_IN_BLOCK.test(value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  document.commentBefore = COMMENT;
  return document.toString({ lineWidth: 0 });
}

/** The fields of a pattern's file; git may have changed its line ends. */
export function readPatternFile(text: string): { readonly fields: Fields } | FileProblem {
  const conflict = conflictLine(text);
  if (conflict !== undefined) {
    const reason = localized`git could not merge it: choose what it is to hold`;
    return { code: 'pattern-file-conflict', line: conflict, reason };
  }
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  if (document === undefined) return damaged(localized`it is nested too deeply`, null);
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    return damaged(verbatim(syntax.message), lines.linePos(syntax.pos[0]).line);
  }
  try {
    // Nothing that is written has an alias; what has may be an attack on memory.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return isFields(value) ? { fields: value } : damaged(localized`it holds no fields`, 1);
  } catch (error) {
    return damaged(verbatim(error instanceof Error ? error.message : String(error)), null);
  }
}

function damaged(reason: FileProblem['reason'], line: number | null): FileProblem {
  return { code: 'pattern-file-damaged', line, reason };
}

/** From 1. Code in a file is indented, so that its own markers are none. */
function conflictLine(text: string): number | undefined {
  const at = text.startsWith('<<<<<<< ') ? 0 : text.indexOf('\n<<<<<<< ') + 1;
  if (at === 0 && !text.startsWith('<<<<<<< ')) return undefined;
  return text.slice(0, at).split('\n').length;
}
