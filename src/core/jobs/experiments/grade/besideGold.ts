import { isLeaf, textOf, typeOf } from '../../../extraction/idioms/codeTree.ts';
import { readCodeTree } from '../../../extraction/idioms/readCodeTree.ts';
import type { SourceParser } from '../../../extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { applyPatch, type PatchedTexts } from '../../../resolution/patches/applyPatch.ts';
import { editSimilarity, type NodeCounts } from '../../../resolution/rewards/generation.ts';
import { normalForm } from '../../resolve/selection/normalForm.ts';
import { openSourceTree } from '../../resolve/sourceTree.ts';
import { type ResolveParts, treeOf } from '../../resolve/stageParts.ts';

/** A patch beside the gold patch. */
export interface BesideGold {
  /** As edits of syntax trees; `undefined` where no grammar reads what the two change. */
  readonly likeness: number | undefined;
  /** Whether it leaves the same code, comments and layout aside. */
  readonly isSame: boolean;
}

/**
 * How each patch stands beside the gold patch, by its id; nothing of a patch that does not apply.
 *
 * @throws AppError as `openSourceTree`
 */
export async function compareWithGold(
  parts: Pick<ResolveParts, 'assetsDir' | 'settings' | 'now'>,
  { instance, gold, patches }: GoldComparison,
  { signal }: StageWatch,
): Promise<ReadonlyMap<string, BesideGold>> {
  const tree = await openSourceTree(instance, treeOf(parts)(instance.folder), signal);
  const parser = await openSourceParser({ assetsDir: parts.assetsDir });
  const found = new Map<string, BesideGold>();
  try {
    const read = (path: string): Promise<string | undefined> => tree.readExact(path);
    const wanted = await applyPatch(gold, read);
    if ('refused' in wanted) return found;
    const form = await normalForm(gold, parser, read);
    for (const patch of patches) {
      signal?.throwIfAborted();
      if (found.has(patch.id)) continue;
      const texts = await applyPatch(patch, read);
      if ('refused' in texts) continue;
      found.set(patch.id, {
        likeness: await compare({ parser, read }, texts, wanted),
        isSame: (await normalForm(patch, parser, read)) === form,
      });
    }
    return found;
  } finally {
    parser.close();
    await tree.close();
  }
}

export interface GoldComparison {
  readonly instance: Instance;
  readonly gold: Patch;
  readonly patches: readonly Patch[];
}

interface Reading {
  readonly parser: SourceParser;
  readonly read: (path: string) => Promise<string | undefined>;
}

async function compare(
  { parser, read }: Reading,
  one: PatchedTexts,
  other: PatchedTexts,
): Promise<number | undefined> {
  const files = [];
  for (const path of new Set([...one.keys(), ...other.keys()])) {
    const before = await read(path);
    const after = (texts: PatchedTexts): Promise<NodeCounts> =>
      nodesOf(parser, path, texts.has(path) ? texts.get(path) : before);
    files.push({
      before: await nodesOf(parser, path, before),
      one: await after(one),
      other: await after(other),
    });
  }
  return editSimilarity(files);
}

/** Each node by its type, that of what it stands in, and where it is a leaf by its text. */
async function nodesOf(
  parser: SourceParser,
  path: string,
  text: string | undefined,
): Promise<NodeCounts> {
  const counts = new Map<string, number>();
  const parsed = text === undefined ? undefined : await parser.parse(path, text);
  if (parsed === undefined) return counts;
  try {
    const tree = readCodeTree(parsed);
    for (let node = 0; node < tree.count; node += 1) {
      const around = tree.parents[node] ?? -1;
      const name = [around < 0 ? '' : typeOf(tree, around), typeOf(tree, node)];
      const key = JSON.stringify(isLeaf(tree, node) ? [...name, textOf(tree, node)] : name);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  } finally {
    parsed.delete();
  }
}
