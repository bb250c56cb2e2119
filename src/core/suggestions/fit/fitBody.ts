import type {
  LineLayout,
  TypingPlace,
  WrittenFunction,
} from '../../model/suggestions/suggestion.ts';
import type { BegunFunction } from '../place/place.ts';
import { inPlaceOf, type FittedText } from './inPlaceOf.ts';
import { laidOut } from './layout.ts';
import { renamed } from './renaming.ts';

const CLOSES = /^(?:[)}\]]|end\b)/;

/**
 * What of a known function is put at the cursor: its body with names, indentation and line ends as
 * they are here, and its head where that is not written yet. `undefined` where what is typed does
 * not lead to it.
 */
export function fitBody(
  known: WrittenFunction,
  begun: BegunFunction,
  place: Pick<TypingPlace, 'typed' | 'after'>,
  layout: LineLayout,
): FittedText | undefined {
  const rest = place.after[0] ?? '';
  if (begun.begun === 'head') {
    const lines = bodyLines(known, begun, place.after, layout);
    const end = rest.trim() === '' ? '' : layout.lineEnd + begun.indent;
    const text = lines.join(layout.lineEnd) + end;
    const isBelow = place.typed.trim() === '';
    return { text: isBelow ? atCursor(text, place.typed) : layout.lineEnd + text, replaces: 0 };
  }
  const head = renamed(known.head, known, wantedHead(known, begun));
  const start = place.typed.trim().replace(/\s+/g, ' ');
  if (!head.startsWith(start)) return undefined;
  const lines = bodyLines(known, begun, ['', ...place.after.slice(1)], layout);
  const text = [head.slice(start.length), ...lines].join(layout.lineEnd);
  return rest.trim() === '' ? { text, replaces: 0 } : inPlaceOf(rest, text);
}

/** The body as it is written here, without what closes it where that stands there already. */
function bodyLines(
  known: WrittenFunction,
  begun: BegunFunction,
  after: readonly string[],
  layout: LineLayout,
): readonly string[] {
  const body = renamed(known.body, known, wantedHead(known, begun)).trimEnd().split('\n');
  const lines = laidOut(body, begun.indent, layout);
  const rest = (after[0] ?? '').trim();
  const below = after.slice(1).find((line) => line.trim() !== '') ?? '';
  const isClosed = CLOSES.test(body.at(-1) ?? '');
  return isClosed && closesBelow(lines.at(-1) ?? '', { rest, below }) ? lines.slice(0, -1) : lines;
}

/** A head like the known one, with the name that is typed. */
function wantedHead(
  known: WrittenFunction,
  begun: BegunFunction,
): Pick<BegunFunction, 'name' | 'head'> {
  if (begun.begun === 'head') return begun;
  if (begun.begun === 'comment') return known;
  return { name: begun.name, head: known.head.replace(known.name, () => begun.name) };
}

/** Whether what closes the body stands there already, on this line or below at its depth. */
function closesBelow(
  last: string,
  { rest, below }: { readonly rest: string; readonly below: string },
): boolean {
  if (rest !== '') return last.trim().startsWith(rest.charAt(0));
  return below.trimEnd() === last.trimEnd();
}

/** The text without the indentation that is typed already. */
export function atCursor(text: string, typed: string): string {
  return text.startsWith(typed) ? text.slice(typed.length) : text.trimStart();
}
