import * as z from 'zod/mini';
import { THUMBED, type PatternFilter } from '../core/model/filter.ts';
import { PATTERN_KINDS, PATTERN_SOURCES } from '../core/model/pattern.ts';

/** More of one facet than anybody chooses, and longer than any name. */
const MOST_VALUES = 1000;
const LONGEST = 100_000;

const text = z.string().check(z.maxLength(LONGEST));

/** A filter as it crosses to the extension, and as the browser saves it. */
export const FILTER: z.ZodMiniType<PatternFilter> = z.strictObject({
  kind: z.exactOptional(choiceOf(z.enum(PATTERN_KINDS))),
  language: z.exactOptional(choiceOf(text)),
  framework: z.exactOptional(choiceOf(text)),
  tag: z.exactOptional(choiceOf(text)),
  project: z.exactOptional(choiceOf(text)),
  source: z.exactOptional(choiceOf(z.enum(PATTERN_SOURCES))),
  rated: z.exactOptional(choiceOf(z.enum(THUMBED))),
});

function choiceOf<Value extends string>(value: z.ZodMiniType<Value>) {
  const values = z.readonly(z.array(value).check(z.maxLength(MOST_VALUES)));
  return z.strictObject({ any: z.exactOptional(values), not: z.exactOptional(values) });
}
