import { createImportParser } from '../../src/core/exchange/parseImport.ts';
import type { ImportSummary } from '../../src/core/model/api/jobs.ts';
import type { PatternEvent } from '../../src/core/model/event.ts';

export interface ParsedImport extends Pick<ImportSummary, 'bad' | 'badCount'> {
  readonly patterns: readonly PatternEvent[];
}

/** All that a text holds, handed over in pieces of this length. */
export function parseImport(text: string, length = text.length): ParsedImport {
  const parser = createImportParser();
  const patterns: PatternEvent[] = [];
  for (let start = 0; start < text.length; start += length) {
    patterns.push(...parser.take(text.slice(start, start + length)));
  }
  patterns.push(...parser.end());
  const { bad, badCount } = parser;
  return { patterns, bad, badCount };
}
