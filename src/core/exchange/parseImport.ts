import type { PatternEvent } from '../model/event.ts';
import { type Told, told, verbatim } from '../model/told.ts';
import { BadLine, parseFields, type Fields } from './fields.ts';
import { parseSeedLine } from './jsonl.ts';
import { packHeader, parsePackLine } from './pack.ts';

/** Longer lines are no pattern anyone would read, and would be held in memory several times. */
const MAX_LINE_CHARACTERS = 2_000_000;

export interface ParsedImport {
  /** As the file's header says; `null` without one. */
  readonly pack: string | null;
  readonly patterns: readonly PatternEvent[];
  /** Lines that could not be read, counting from 1. */
  readonly bad: readonly { readonly line: number; readonly reason: Told }[];
}

/** Reads a pack or the seed's JSONL, line by line; a bad line loses only itself. */
export function parseImport(text: string): ParsedImport {
  let pack: string | null = null;
  const patterns: PatternEvent[] = [];
  const bad: { line: number; reason: Told }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index === 0 ? raw.replace(/^\uFEFF/, '').trim() : raw.trim();
    if (line === '') continue;
    try {
      if (line.length > MAX_LINE_CHARACTERS) {
        throw new BadLine(told`longer than 2,000,000 characters`);
      }
      const fields = parseFields(line);
      const header = packHeader(fields);
      if (header === undefined) patterns.push(parseLine(fields));
      else pack ??= header.name;
    } catch (error) {
      bad.push({ line: index + 1, reason: reasonOf(error) });
    }
  }
  return { pack, patterns, bad };
}

function reasonOf(error: unknown): Told {
  if (error instanceof BadLine) return error.told;
  return verbatim(error instanceof Error ? error.message : String(error));
}

function parseLine(fields: Fields): PatternEvent {
  return 'problem_type' in fields ? parseSeedLine(fields) : parsePackLine(fields);
}
