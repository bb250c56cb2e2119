import { outlineOf } from '../../extraction/outline.ts';
import type { SourceParser } from '../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../extraction/sourceParser.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import type { FileOutline } from '../../model/outline.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import { toFileRecord } from '../../resolution/localization/fileRecord.ts';
import type { Candidate } from '../../resolution/localization/fileSignals.ts';
import { rest } from '../rest.ts';
import type { RecordCache } from './recordCache.ts';
import type { SourceTree, TreeFile } from './sourceTree.ts';

export interface ReadingParts {
  readonly assetsDir: string;
  readonly gate: SecretGate;
  readonly tokenizer: Tokenizer;
  readonly cache: RecordCache;
}

/**
 * What is known of each file of a tree. Files met before in any revision are not read again; the
 * others are kept for the next time, without their secrets.
 */
export async function readCandidates(
  parts: ReadingParts,
  tree: SourceTree,
  watch: Watch,
): Promise<readonly Candidate[]> {
  const { cache, assetsDir } = parts;
  const candidates: Candidate[] = [];
  let parser: SourceParser | undefined;
  try {
    for (const [index, file] of tree.files.entries()) {
      let candidate = fromCache(cache, file);
      if (candidate === undefined) {
        await rest(watch);
        watch.signal?.throwIfAborted();
        parser ??= await openSourceParser({ assetsDir });
        candidate = await readCandidate({ ...parts, parser, tree }, file);
      }
      if (candidate !== undefined) candidates.push(candidate);
      const { length: total } = tree.files;
      watch.onProgress?.({ stage: 'files', done: index + 1, total, patterns: 0 });
    }
    return candidates;
  } finally {
    parser?.close();
    cache.save();
  }
}

function fromCache(cache: RecordCache, { path, blob }: TreeFile): Candidate | undefined {
  const record = blob === undefined ? undefined : cache.get(recordId(path, blob));
  return record === undefined ? undefined : { path, record };
}

async function readCandidate(
  { ...parts }: ReadingParts & { readonly parser: SourceParser; readonly tree: SourceTree },
  { path }: TreeFile,
): Promise<Candidate | undefined> {
  const { cache, gate, tokenizer, parser, tree } = parts;
  const source = await tree.read(path);
  if (source === undefined) return undefined;
  const id = recordId(path, source.id);
  const known = cache.get(id);
  if (known !== undefined) return { path, record: known };
  const { text } = await gate.redact(source.text);
  const record = toFileRecord(text, await readOutline(parser, path, text), tokenizer);
  cache.set(id, record);
  return { path, record };
}

/** The same bytes read otherwise under the name of another language. */
function recordId(path: string, blob: string): string {
  return `${blob}.${languageOf(path) ?? ''}`;
}

async function readOutline(
  parser: SourceParser,
  path: string,
  text: string,
): Promise<FileOutline | undefined> {
  const parsed = await parser.parse(path, text);
  try {
    return parsed === undefined ? undefined : outlineOf(parsed);
  } finally {
    parsed?.delete();
  }
}
