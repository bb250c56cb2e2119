import { jsonrepair } from 'jsonrepair';
import { parse } from './json.ts';
import type { Json } from './json.ts';
import { readDocument } from './lines.ts';

export interface ReadJson {
  readonly value: Json;
  /** Why it is not all that was written; absent where it is. */
  readonly fault: 'damaged document' | 'not there' | undefined;
}

/** Larger documents are not mended. */
const LARGEST_MENDED = 32 * 1024 * 1024;

/** A document of JSON; of one that was half written or damaged, what can be made out. */
export function readJson(path: string): ReadJson {
  const source = readDocument(path);
  if (source === undefined) return { value: undefined, fault: 'not there' };
  const value = parse(source);
  if (value !== undefined) return { value, fault: undefined };
  return { value: mend(source), fault: 'damaged document' };
}

function mend(source: string): Json {
  if (source.length > LARGEST_MENDED) return undefined;
  try {
    return parse(jsonrepair(source));
  } catch {
    return undefined;
  }
}
