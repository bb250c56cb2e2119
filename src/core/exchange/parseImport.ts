import type { ImportSummary } from '../model/api/jobs.ts';
import type { PatternEvent } from '../model/event.ts';
import { type LocalizedText, localized, verbatim } from '../model/localizedText.ts';
import { createLineCutter } from '../platform/text/lineCutter.ts';
import { BadLine, parseFields, type Fields } from './fields.ts';
import { parsePairLine } from './jsonl.ts';
import { isPackHeader, parsePackLine } from './pack.ts';

/** Longer lines are no pattern anyone would read, and would be held in memory several times. */
const MAX_LINE_CHARACTERS = 2_000_000;

/** Nobody reads the reasons of more; a big file of another kind has millions of them. */
const MOST_NAMED = 1000;

/** Reads a pack or before/after pairs in pieces of any length; a bad line loses only itself. */
export interface ImportParser extends Pick<ImportSummary, 'bad' | 'badCount'> {
  /** @returns patterns of the lines that this piece of the text ends, in order */
  take(piece: string): readonly PatternEvent[];
  /** @returns the pattern of a last line that nothing ends, if there is one */
  end(): readonly PatternEvent[];
}

export function createImportParser(): ImportParser {
  const bad: { line: number; reason: LocalizedText }[] = [];
  let badCount = 0;
  let lines = 0;
  const cutter = createLineCutter(MAX_LINE_CHARACTERS);

  function parse(raw: string): readonly PatternEvent[] {
    lines += 1;
    const line = lines === 1 ? raw.replace(/^\uFEFF/, '').trim() : raw.trim();
    if (line === '') return [];
    try {
      if (line.length > MAX_LINE_CHARACTERS) {
        throw new BadLine(localized`longer than 2,000,000 characters`);
      }
      if (lines === 1 && line.startsWith('[')) {
        throw new BadLine(localized`a JSON array, but one object per line is expected`);
      }
      const fields = parseFields(line);
      return isPackHeader(fields) ? [] : [parseLine(fields)];
    } catch (error) {
      badCount += 1;
      if (bad.length < MOST_NAMED) bad.push({ line: lines, reason: reasonOf(error) });
      return [];
    }
  }

  return {
    bad,
    get badCount() {
      return badCount;
    },
    take: (piece) => cutter.take(piece).flatMap(parse),
    end: () => parse(cutter.end()),
  };
}

function reasonOf(error: unknown): LocalizedText {
  if (error instanceof BadLine) return error.localizedMessage;
  return verbatim(error instanceof Error ? error.message : String(error));
}

/** One pattern, be it a before/after pair or a line of a pack. @throws BadLine */
export function parseLine(fields: Fields): PatternEvent {
  return 'problem_type' in fields ? parsePairLine(fields) : parsePackLine(fields);
}
