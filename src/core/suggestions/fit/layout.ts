import type { LineLayout } from '../../model/suggestions/suggestion.ts';

/**
 * Indents lines as the file does: `base` before each, and steps of the origin as steps of the file.
 *
 * @param lines indented relative to the line that `base` is the indentation of
 */
export function laidOut(
  lines: readonly string[],
  base: string,
  layout: LineLayout,
): readonly string[] {
  const origin = stepOf(lines) ?? layout.step;
  return lines.map((line) => {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    const rest = line.slice(indent.length);
    return rest.trim() === '' ? '' : base + inSteps(indent, origin, layout.step) + rest;
  });
}

/** An indentation written in steps of `origin`, in steps of `step`; what is no whole step stays. */
export function inSteps(indent: string, origin: string, step: string): string {
  if (origin === step || indent === '') return indent;
  let steps = 0;
  let rest = indent;
  while (rest.startsWith(origin)) {
    steps += 1;
    rest = rest.slice(origin.length);
  }
  return step.repeat(steps) + rest;
}

/** The smallest indentation there is; `undefined` where nothing is indented. */
export function stepOf(lines: readonly string[]): string | undefined {
  let step: string | undefined;
  for (const line of lines) {
    const indent = /^[ \t]+(?=\S)/.exec(line)?.[0];
    if (indent === undefined) continue;
    if (indent.startsWith('\t')) return '\t';
    if (indent.length > 1 && (step === undefined || indent.length < step.length)) step = indent;
  }
  return step;
}

/**
 * The indentation of a line below one that is indented by `current`, where elsewhere `next` stands
 * below `before`.
 */
export function indentBelow(
  current: string,
  { before, next }: { readonly before: string; readonly next: string },
  step: string,
): string {
  if (next.startsWith(before)) return current + translated(next.slice(before.length), step);
  if (!before.startsWith(next)) return current;
  const less = translated(before.slice(next.length), step).length;
  return current.slice(0, Math.max(0, current.length - less));
}

/** An indentation of unknown step in steps of the file. */
function translated(indent: string, step: string): string {
  if (indent.includes('\t')) return inSteps(indent, '\t', step);
  if (step !== '\t') return indent;
  return inSteps(indent, ' '.repeat(indent.length % 4 === 0 ? 4 : 2), step);
}
